"""The rules of webhooks: who wants what, what is told, when it is tried again, and how it is signed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from vivavoce.base.ids import CommunityId, ReplyId, SeatId, SessionId, TurnId, WebhookId
from vivavoce.domain.errors import Invalid
from vivavoce.domain.sessions.events import (
    TYPES,
    Event,
    Fact,
    LedBy,
    ReplyEnded,
    ReplyStatus,
    Source,
    TaskDeclared,
    TurnHeard,
    Word,
)
from vivavoce.domain.webhooks.endpoint import Endpoint, checked_events, checked_url
from vivavoce.domain.webhooks.payload import NEVER, payload
from vivavoce.domain.webhooks.schedule import GAPS_S, GIVEN_UP_AFTER, next_try
from vivavoce.domain.webhooks.signing import headers, secret_of

NOW: Final = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECRET_WORDS: Final = "I live in Springfield"


# --- filters and addresses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "type", "wanted"),
    [
        (("*",), "session.phase", True),
        (("session.*",), "session.phase", True),
        (("session.*",), "sessions.phase", False),
        (("session.*",), "session", False),
        (("session.phase",), "session.phase", True),
        (("session.phase",), "session.created", False),
        (("report.ready", "credits.*"), "credits.moved", True),
    ],
)
def test_an_endpoint_wants_what_its_filters_name(filters: tuple[str, ...], type: str, wanted: bool) -> None:
    endpoint = Endpoint(WebhookId("whk_1"), CommunityId("com"), "https://a.example", filters, "whsec_", NOW)
    assert endpoint.wants(type) is wanted


@pytest.mark.parametrize("filters", [(), ("",), ("Session.*",), ("*.phase",), ("session.",), ("a b",), ("x" * 101,)])
def test_a_filter_that_names_nothing_is_refused(filters: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        checked_events(filters)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example", "a.example", "https://", "https://me:pw@a.example", "https://a.example/#x", "https://[::1",
        "https://a.example/" + "x" * 2000, "https://a.example/a b", "https://a.example:0", "https://ä.example",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_sent_to_is_refused(url: str) -> None:
    with pytest.raises(Invalid):
        checked_url(url)


def test_an_ordinary_address_is_taken() -> None:
    assert checked_url("https://a.example/hooks?x=1") == "https://a.example/hooks?x=1"


# --- what is told -----------------------------------------------------------------------------------


def told(fact: Fact, *, content: bool = False) -> dict[str, object]:
    return json.loads(payload(Event(SessionId("ses_1"), 7, NOW, fact), content=content))


TURN: Final = TurnHeard(
    TurnId("turn_1"), SeatId("sea_1"), "Ana", SECRET_WORDS, Source.VOICE, 0, 900, (Word("I", 0, 90),)
)
REPLY: Final = ReplyEnded(ReplyId("rep_1"), ReplyStatus.FINISHED, SECRET_WORDS, SECRET_WORDS, 9, model="m")


def test_a_message_has_type_time_session_place_and_fields() -> None:
    assert told(TURN, content=True) == {
        "type": "turn.heard",
        "timestamp": "2026-11-21T09:00:00Z",
        "data": {
            "session": "ses_1",
            "seq": 7,
            "turn": "turn_1",
            "seat": "sea_1",
            "name": "Ana",
            "text": SECRET_WORDS,
            "source": "voice",
            "start_ms": 0,
            "end_ms": 900,
            "words": [{"text": "I", "start_ms": 0, "end_ms": 90}],
            "addressed": True,
        },
    }


@pytest.mark.parametrize("fact", [TURN, REPLY, TaskDeclared("tas_1", SeatId("sea_1"), "Ana", SECRET_WORDS)])
def test_nobodys_words_go_along_unless_asked_for(fact: Fact) -> None:
    assert SECRET_WORDS not in json.dumps(told(fact))
    assert SECRET_WORDS in json.dumps(told(fact, content=True))


def test_what_a_coach_tells_the_ai_goes_to_nobody() -> None:
    assert SECRET_WORDS not in json.dumps(told(LedBy(None, "Cora", SECRET_WORDS), content=True))
    assert {kind.__name__ for kind in NEVER} == {"Whispered", "Withheld"}


@given(st.sampled_from([kind for kind in TYPES.values() if kind not in NEVER]).flatmap(st.from_type), st.booleans())
def test_every_fact_can_be_told(fact: Fact, content: bool) -> None:
    assert told(fact, content=content)["data"]


# --- when it is tried again -------------------------------------------------------------------------


def tries(chance: float) -> list[datetime]:
    """When a message is tried that is never taken, each answer coming at once."""
    found = [NOW]
    while (due := next_try(NOW, found[-1], len(found), chance)) is not None:
        found.append(due)
    return found


@given(st.floats(0, 1))
def test_a_message_is_tried_for_about_three_days_and_never_longer(chance: float) -> None:
    at = tries(chance)
    assert timedelta(days=2) < at[-1] - NOW <= GIVEN_UP_AFTER
    assert len(at) >= len(GAPS_S) - 1


def test_the_gaps_grow_from_seconds_to_half_a_day() -> None:
    assert GAPS_S[0] == 5
    assert list(GAPS_S[:-1]) == sorted(GAPS_S[:-1])
    assert timedelta(days=2.9) < timedelta(seconds=sum(GAPS_S)) <= GIVEN_UP_AFTER


@given(st.integers(1, len(GAPS_S)), st.floats(0, 1))
def test_a_gap_is_changed_by_chance_by_at_most_a_tenth(attempts: int, chance: float) -> None:
    due = next_try(NOW, NOW, attempts, chance)
    assert due is not None
    assert 0.9 * GAPS_S[attempts - 1] - 1e-6 <= (due - NOW).total_seconds() <= 1.1 * GAPS_S[attempts - 1] + 1e-6


def test_what_waited_behind_another_for_three_days_is_tried_once() -> None:
    assert next_try(NOW - timedelta(days=3), NOW, 1, 0.5) is None


# --- signatures -------------------------------------------------------------------------------------

secrets = st.binary(min_size=24, max_size=64).map(secret_of)


@given(st.text(), secrets)
def test_the_standardwebhooks_library_verifies_what_we_sign(text: str, secret: str) -> None:
    body = json.dumps({"text": text}).encode()
    now = datetime.now(UTC)
    assert Webhook(secret).verify(body, headers("msg_1", now, body, [secret])) == {"text": text}


@given(secrets, secrets)
def test_while_a_secret_is_replaced_both_verify(new: str, old: str) -> None:
    signed = headers("msg_1", datetime.now(UTC), b"{}", [new, old])
    assert Webhook(new).verify(b"{}", signed) == {}
    assert Webhook(old).verify(b"{}", signed) == {}


def test_a_changed_body_id_or_time_does_not_verify() -> None:
    secret = secret_of(b"x" * 32)
    signed = headers("msg_1", datetime.now(UTC), b"{}", [secret])
    for body, changed in ((b"[]", {}), (b"{}", {"webhook-id": "msg_2"}), (b"{}", {"webhook-timestamp": "1"})):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body, {**signed, **changed})


def test_an_old_secret_signs_until_its_time_is_over() -> None:
    endpoint = Endpoint(
        WebhookId("whk_1"),
        CommunityId("com"),
        "https://a.example",
        ("*",),
        "whsec_new",
        NOW,
        previous_secret="whsec_old",
        previous_until=NOW + timedelta(hours=24),
    )
    assert endpoint.secrets(NOW) == ("whsec_new", "whsec_old")
    assert endpoint.secrets(NOW + timedelta(hours=24)) == ("whsec_new",)
