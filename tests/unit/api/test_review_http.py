"""What is left of a session."""

from starlette.testclient import TestClient
from tests.unit.api.fakes import FakeUseCases

from vivavoce.base.ids import ReplyId, SeatId, SessionId, TurnId
from vivavoce.domain.sessions.events import (
    ReplyEnded,
    ReplyKind,
    ReplyStarted,
    ReplyStatus,
    Source,
    TurnHeard,
    Word,
)


def talk(use: FakeUseCases, id: str) -> None:
    turn, reply = TurnId("turn_1"), ReplyId("rep_1")
    words = (Word("Hello", 0, 300),)
    use.tell(
        SessionId(id),
        TurnHeard(turn, SeatId("sea_1"), "Sam", "Hello", Source.VOICE, 100, 400, words),
        ReplyStarted(reply, ReplyKind.ANSWER, turn, 500),
        ReplyEnded(reply, ReplyStatus.INTERRUPTED, "Hello", "Sam.", 900),
    )


def test_a_transcript_says_who_said_what_and_when(client: TestClient, id: str, use: FakeUseCases) -> None:
    talk(use, id)
    answer = client.get(f"/api/sessions/{id}/transcript")
    assert answer.headers["vary"] == "Accept"
    assert answer.json()["session"] == id
    turn, reply = answer.json()["entries"]
    assert (turn["name"], turn["source"], turn["audio_url"]) == ("Sam", "voice", None)
    assert turn["words"] == [{"text": "Hello", "start_ms": 0, "end_ms": 300}]
    assert (reply["name"], reply["seat"], reply["kind"], reply["interrupted"]) == ("Ada", None, "answer", True)
    assert reply["audio_url"] == f"/api/sessions/{id}/audio/rep_1"


def test_a_transcript_comes_as_text_or_webvtt_by_accept_or_by_name(
    client: TestClient, id: str, use: FakeUseCases
) -> None:
    talk(use, id)
    path = f"/api/sessions/{id}/transcript"
    text = client.get(path, headers={"accept": "text/plain"})
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert text.text == "Coaching with Ada\n\n[0:00] Sam: Hello\n\n[0:00] Ada: Hello\n"
    vtt = client.get(path, params={"as": "vtt"}, headers={"accept": "text/plain"})
    assert vtt.headers["content-type"] == "text/vtt; charset=utf-8"
    assert vtt.text.startswith("WEBVTT Coaching with Ada\n\nturn_1\n00:00:00.100 --> 00:00:00.500\n<v Sam>Hello</v>\n")
    assert client.get(path, params={"as": "json"}, headers={"accept": "text/vtt"}).json()["last_seq"] == 4


def test_a_reply_sounds_as_wav_or_ogg(client: TestClient, id: str) -> None:
    path = f"/api/sessions/{id}/audio/rep_1"
    assert client.get(path).headers["content-type"] == "audio/wav"
    ogg = client.get(path, headers={"accept": "audio/ogg, audio/*;q=0.5"})
    assert (ogg.headers["content-type"], ogg.content[:3]) == ("audio/ogg", b"ogg")
    assert client.get(path, params={"as": "ogg"}, headers={"accept": "audio/wav"}).content == ogg.content
    missing = client.get(f"/api/sessions/{id}/audio/rep_2")
    assert (missing.status_code, missing.json()["code"]) == (404, "media_not_found")


def test_recordings_are_listed_and_heard(client: TestClient, id: str) -> None:
    (one,) = client.get(f"/api/sessions/{id}/recordings").json()["items"]
    assert one["seat"] is None
    assert client.get(one["audio_url"]).content == bytes(range(100))
    assert client.get(f"/api/sessions/{id}/recordings/other.ogg").status_code == 404
    assert client.get(f"/api/sessions/{id}/recordings/..%2Fsecret").status_code == 404


def test_a_part_of_a_recording_is_given_by_range(client: TestClient, id: str) -> None:
    path = f"/api/sessions/{id}/recordings/assistant-0.ogg"
    whole = client.get(path)
    assert (whole.status_code, whole.headers["accept-ranges"]) == (200, "bytes")
    part = client.get(path, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    assert (part.headers["content-range"], part.headers["content-length"]) == ("bytes 10-19/100", "10")
    beyond = client.get(path, headers={"range": "bytes=100-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, "bytes */100")
    assert beyond.json()["code"] == "range_not_satisfiable"
    stale = client.get(path, headers={"range": "bytes=10-19", "if-range": '"older"'})
    assert stale.status_code == 200
    assert client.get(path, headers={"if-none-match": whole.headers["etag"]}).status_code == 304
