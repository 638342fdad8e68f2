"""The live protocol over a WebSocket, from hello to its end."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient, WebSocketTestSession
from tests.unit.api.conftest import client_of
from tests.unit.api.fakes import FakeUseCases, domain_error

from vivavoce.api.live.messages import SERVER
from vivavoce.api.wiring import Wiring
from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import Conflict, DomainError, IllegalTransition, NotAllowed, SessionFull, Unavailable
from vivavoce.domain.sessions.events import Noticed
from vivavoce.engine.ports import VoiceFrame
from vivavoce.services.ports import Signal

ORIGIN = "ws://127.0.0.1:8080"
HELLO: dict[str, Any] = {"type": "hello", "audio": {"up_hz": 16000, "down_hz": 24000}}


@contextmanager
def connected(client: TestClient, id: str, hello: object = None) -> Generator[WebSocketTestSession]:
    with client.websocket_connect(f"{ORIGIN}/api/sessions/{id}/live") as socket:
        if hello is not None:
            socket.send_json(hello)
        yield socket


def read_until(socket: WebSocketTestSession, kind: str) -> list[dict[str, Any]]:
    """Messages up to one of this kind. Each must be as described."""
    found: list[dict[str, Any]] = []
    while not found or found[-1]["type"] != kind:
        found.append(socket.receive_json())
        SERVER.validate_python(found[-1])
    return found


def in_step(socket: WebSocketTestSession) -> list[dict[str, Any]]:
    """What came before the answer to a ping: by then all that was sent before it was read."""
    socket.send_json({"type": "ping", "id": "step"})
    return read_until(socket, "pong")[:-1]


def close_of(socket: WebSocketTestSession) -> int:
    while True:
        message = socket.receive()
        if message["type"] == "websocket.close":
            return message["code"]


def test_hello_is_answered_by_welcome_and_the_log(client: TestClient, id: str, use: FakeUseCases) -> None:
    with connected(client, id, HELLO | {"input": "ptt"}) as socket:
        welcome, *events = read_until(socket, "session.phase")
        seat = use.seats[0]
        assert (welcome["type"], welcome["protocol"], welcome["seat"]) == ("welcome", 1, seat.seat)
        assert welcome["session"]["id"] == id
        assert welcome["session"]["phase"] == "active"
        assert welcome["persona"] == {"id": "ada", "name": "Ada", "title": "Coach", "look": "default"}
        assert welcome["audio"] == {"down_hz": 24000, "frame_ms": 20}
        assert (welcome["heartbeat_s"], welcome["input"]) == (2, "ptt")
        assert [event["seq"] for event in events] == [1, 2]
        assert (seat.hello.input, seat.hello.audio) == ("ptt", {"up_hz": 16000, "down_hz": 24000})
        assert seat.connection.name == "websocket"


def test_after_a_drop_the_log_goes_on_without_gap_or_repeat(client: TestClient, id: str, use: FakeUseCases) -> None:
    with connected(client, id, HELLO) as socket:
        last = read_until(socket, "session.phase")[-1]["seq"]
    use.tell(SessionId(id), *[Noticed("idle", number) for number in range(300)])
    with connected(client, id, HELLO | {"after": last}) as socket:
        assert socket.receive_json()["type"] == "welcome"
        assert [socket.receive_json()["seq"] for _ in range(300)] == list(range(last + 1, last + 301))


def test_messages_reach_the_room(client: TestClient, id: str, use: FakeUseCases) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "welcome")
        for message in (
            {"type": "ptt", "on": True},
            {"type": "ptt", "on": False},
            {"type": "input", "mode": "open"},
            {"type": "mute", "on": True},
            {"type": "interrupt"},
            {"type": "dance", "unknown": "passed over"},
            {"type": "text", "text": "Hello", "id": "m1"},
        ):
            socket.send_json(message)
        assert all("seq" in message for message in in_step(socket))
        assert use.seats[0].did[:5] == [
            ("ptt", True),
            ("ptt", False),
            ("input", "open"),
            ("mute", True),
            ("interrupt",),
        ]
        in_step(socket)
        assert use.seats[0].did[5:] == [("say", "Hello", "m1")]


def test_sound_reaches_the_room_and_the_voice_comes_back(client: TestClient, id: str, use: FakeUseCases) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "session.phase")
        for number in range(3):
            socket.send_bytes(np.full(320, number, "<i2").tobytes())
        in_step(socket)
        assert [(frame.start, int(frame.samples[0])) for frame in use.seats[0].frames] == [(0, 0), (320, 1), (640, 2)]
        voice = VoiceFrame(np.arange(480, dtype=np.int16), 24_000, 0)
        use.seats[0].connection.play(voice)
        use.seats[0].connection.send('{"type":"flush"}')
        assert socket.receive_json() == {"type": "flush"}
        assert socket.receive_bytes() == voice.samples.tobytes()


def test_signals_pass_through_beside_the_log(client: TestClient, id: str, use: FakeUseCases) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "session.phase")
        use.tell(SessionId(id), Signal('{"type":"partial","seat":"sea_1","text":"I wo"}'), Noticed("idle", 1))
        # told from another thread: a ping wakes the server's loop
        assert [message["type"] for message in [*in_step(socket), *in_step(socket)]] == ["partial", "notice"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("garbage", "invalid"), ("[1]", "invalid"), ('{"type":"text"}', "invalid"), ('{"type":"hello"}', "invalid")],
)
def test_a_message_that_makes_no_sense_is_told_and_the_connection_goes_on(
    client: TestClient, id: str, text: str, code: str
) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "session.phase")
        socket.send_text(text)
        failure = read_until(socket, "error")[-1]
        assert failure["code"] == code
        in_step(socket)


def test_what_the_room_refuses_is_told(client: TestClient, id: str, use: FakeUseCases) -> None:
    use.fails = {"say_text": domain_error(IllegalTransition), "end": domain_error(NotAllowed)}
    with connected(client, id, HELLO) as socket:
        read_until(socket, "session.phase")
        for message, code in (({"type": "text", "text": "a"}, "illegal_transition"), ({"type": "end"}, "not_allowed")):
            socket.send_json(message)
            assert read_until(socket, "error")[-1] == {
                "type": "error",
                "code": code,
                "detail": "A sentence that says what to do.",
            }


def test_leaving_closes_the_connection(client: TestClient, id: str, use: FakeUseCases) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "welcome")
        socket.send_json({"type": "leave"})
        assert close_of(socket) == 1000
    assert use.seats[0].did == [("leave",)]


def test_the_end_is_told_before_the_connection_closes(client: TestClient, id: str) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "session.phase")
        socket.send_json({"type": "end"})
        phases = [read_until(socket, "session.phase")[-1]["phase"] for _ in range(2)]
        assert phases == ["analyzing", "complete"]
        assert close_of(socket) == 1000


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ('{"type":"text","text":"Hi"}', "hello"),
        ("garbage", "JSON"),
        ('{"type":"dance"}', "hello"),
        ('{"type":"hello","audio":{"up_hz":44100}}', "up_hz"),
        (b"\0\0" * 320, "hello"),
        (b"\0", "hello"),
    ],
)
def test_without_a_sensible_hello_the_connection_is_closed(
    client: TestClient, id: str, first: str | bytes, reason: str, use: FakeUseCases
) -> None:
    with connected(client, id) as socket:
        socket.send_text(first) if isinstance(first, str) else socket.send_bytes(first)
        closed = socket.receive()
        assert (closed["type"], closed["code"]) == ("websocket.close", 4400)
        assert reason in closed["reason"]
    assert use.seats == []


def test_a_hello_that_does_not_come_is_not_waited_for(parts: Wiring, id: str) -> None:
    with client_of(parts, hello=timedelta(milliseconds=10)) as client, connected(client, id) as socket:
        assert close_of(socket) == 4400


def test_a_device_that_falls_silent_is_closed(parts: Wiring, id: str) -> None:
    with client_of(parts, heartbeat=timedelta(milliseconds=50)) as client, connected(client, id, HELLO) as socket:
        assert close_of(socket) == 4408


@pytest.mark.parametrize(
    ("kind", "code"),
    [(NotAllowed, 4403), (IllegalTransition, 4409), (SessionFull, 4409), (Conflict, 4409), (Unavailable, 1013)],
)
def test_who_cannot_come_in_is_told_by_the_close_code(
    client: TestClient, id: str, use: FakeUseCases, kind: type[DomainError], code: int
) -> None:
    use.fails["attach"] = domain_error(kind)
    with connected(client, id, HELLO) as socket:
        closed = socket.receive()
        assert (closed["code"], closed["reason"]) == (code, "A sentence that says what to do.")


@pytest.mark.parametrize("id", ["ses_00000000000000000000000009", "other", "ses_%00"])
def test_a_session_that_is_not_there_is_told_by_the_close_code(client: TestClient, id: str) -> None:
    with connected(client, id, HELLO) as socket:
        assert close_of(socket) == 4404


def test_another_seat_than_ones_own_cannot_be_taken(client: TestClient, id: str) -> None:
    with connected(client, id, HELLO | {"seat": "sea_9"}) as socket:
        assert close_of(socket) == 4403


def test_a_room_that_goes_elsewhere_asks_to_connect_again(client: TestClient, id: str, use: FakeUseCases) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "session.phase")
        use.seats[0].ended = False
        use.seats[0].over.set()
        socket.send_json({"type": "ping", "id": 1})
        assert close_of(socket) == 1001


def test_a_fault_of_ours_is_told_by_the_close_code(client: TestClient, id: str, use: FakeUseCases) -> None:
    use.fails["attach"] = ZeroDivisionError("inner workings")
    with connected(client, id, HELLO) as socket:
        closed = socket.receive()
        assert (closed["code"], "inner" in closed["reason"]) == (1011, False)


def test_a_reason_is_cut_to_what_a_close_frame_can_hold(client: TestClient, id: str, use: FakeUseCases) -> None:
    use.fails["attach"] = NotAllowed("é" * 200)
    with connected(client, id, HELLO) as socket:
        assert socket.receive()["reason"] == "é" * 60


def test_a_human_coach_and_people_at_work_have_messages_of_their_own(
    client: TestClient, id: str, use: FakeUseCases
) -> None:
    with connected(client, id, {"type": "hello"}) as socket:
        read_until(socket, "session.phase")
        for message in (
            {"type": "whisper", "text": "Ask."},
            {"type": "take_over"},
            {"type": "hand_back", "briefing": "Go on."},
            {"type": "task", "text": "Write"},
            {"type": "task.report", "task": "task_1", "done": "yes"},
            {"type": "focus", "minutes": 25},
            {"type": "signal", "to": "sea_other", "data": {"sdp": "v=0"}},
            {"type": "leave"},
        ):
            socket.send_json(message)
        assert close_of(socket) == 1000
        wanted: list[tuple[object, ...]] = [
            ("whisper", "Ask."),
            ("take_over",),
            ("hand_back", "Go on."),
            ("declare", "Write", None),
            ("report", "task_1", "yes", ""),
            ("focus", 25),
            ("signal", "sea_other", {"sdp": "v=0"}),
        ]
        assert [each for each in wanted if each not in use.seats[0].did] == []


def test_signals_to_others_are_bounded_in_size_and_number(client: TestClient, id: str) -> None:
    with connected(client, id, {"type": "hello"}) as socket:
        read_until(socket, "session.phase")
        socket.send_json({"type": "signal", "to": "sea_other", "data": "a" * 40_000})
        assert [message["code"] for message in in_step(socket)] == ["invalid"]
        for _ in range(130):
            socket.send_json({"type": "signal", "to": "sea_other", "data": {}})
        refused = [message["code"] for message in in_step(socket)]
        assert 10 < len(refused) <= 30
        assert set(refused) == {"busy"}
