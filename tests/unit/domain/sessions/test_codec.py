"""The form facts are stored in and sent in."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import ReplyId, SeatId, SessionId, TurnId
from vivavoce.domain.sessions.codec import (
    Undecodable,
    WireTexts,
    decode,
    encode,
    fact_from_dict,
    fact_to_dict,
    from_dict,
    to_dict,
)
from vivavoce.domain.sessions.events import (
    TYPES,
    Event,
    Fact,
    ReplyKind,
    ReplyStarted,
    Source,
    TurnHeard,
    Word,
)
from vivavoce.domain.sessions.session import Role, Seat

AT = datetime(2026, 11, 21, 9, 30, 0, 250_000, tzinfo=UTC)
TURN = TurnHeard(
    TurnId("trn_1"), SeatId("sea_1"), "Ana", "Hello there", Source.VOICE, 100, 900, (Word("Hello", 0, 300),)
)


# every field from its annotation: enums, ids, words, None
facts: st.SearchStrategy[Fact] = st.sampled_from(list(TYPES.values())).flatmap(st.from_type)
events = st.builds(
    Event,
    session=st.just(SessionId("ses_1")),
    seq=st.integers(1, 10**9),
    at=st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),
    fact=facts,
)


@given(facts)
def test_a_fact_survives_json(fact: Fact) -> None:
    assert fact_from_dict(json.loads(json.dumps(fact_to_dict(fact)))) == fact


@given(events)
def test_an_event_survives_the_wire(event: Event) -> None:
    assert decode(event.session, json.loads(WireTexts().of(event))) == event


@given(events)
def test_an_event_is_flat_and_holds_nothing_that_is_none(event: Event) -> None:
    wire = encode(event)
    assert list(wire)[:3] == ["seq", "type", "at"]
    assert None not in wire.values()


def test_a_turn_reads_as_the_protocol_says() -> None:
    assert encode(Event(SessionId("ses_1"), 7, AT, TURN)) == {
        "seq": 7,
        "type": "turn.heard",
        "at": "2026-11-21T09:30:00.250000Z",
        "turn": "trn_1",
        "seat": "sea_1",
        "name": "Ana",
        "text": "Hello there",
        "source": "voice",
        "start_ms": 100,
        "end_ms": 900,
        "words": [{"text": "Hello", "start_ms": 0, "end_ms": 300}],
        "addressed": True,
    }


def test_a_reply_that_answers_nobody_does_not_say_whom_it_answers() -> None:
    greeting = ReplyStarted(ReplyId("rep_1"), ReplyKind.GREETING, None, 0)
    assert "answers" not in fact_to_dict(greeting)
    assert fact_from_dict(fact_to_dict(greeting)) == greeting


def test_a_time_is_sent_in_utc() -> None:
    abroad = Event(SessionId("ses_1"), 1, AT.astimezone(timezone(timedelta(hours=5, minutes=30))), TURN)
    assert encode(abroad)["at"] == "2026-11-21T09:30:00.250000Z"


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(Undecodable, match="unknown type"):
        fact_from_dict({"type": "turn.imagined"})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", 3),
        ("start_ms", "soon"),
        ("start_ms", True),
        ("addressed", 1),
        ("source", "telepathy"),
        ("words", "Hello"),
        ("words", [{"text": "Hello"}]),
        ("words", ["Hello"]),
        ("text", None),
    ],
)
def test_a_field_of_the_wrong_type_is_refused(field: str, value: object) -> None:
    with pytest.raises(Undecodable):
        fact_from_dict({**fact_to_dict(TURN), field: value})


def test_a_refusal_does_not_repeat_what_was_said() -> None:
    with pytest.raises(Undecodable) as refused:
        fact_from_dict({**fact_to_dict(TURN), "source": "a secret"})
    assert "secret" not in str(refused.value)


def test_fields_of_a_newer_release_are_passed_over() -> None:
    assert fact_from_dict({**fact_to_dict(TURN), "mood": "calm"}) == TURN


def test_fields_an_older_release_did_not_write_take_their_defaults() -> None:
    old = {name: value for name, value in fact_to_dict(TURN).items() if name not in ("words", "addressed")}
    assert fact_from_dict(old) == replace(TURN, words=(), addressed=True)


@pytest.mark.parametrize("at", ["yesterday", "2026-11-21T09:30:00", 5])
def test_a_time_without_zone_or_sense_is_refused(at: object) -> None:
    with pytest.raises(Undecodable):
        decode(SessionId("ses_1"), {**encode(Event(SessionId("ses_1"), 1, AT, TURN)), "at": at})


def test_half_a_surrogate_pair_can_still_be_sent() -> None:
    event = Event(SessionId("ses_1"), 1, AT, replace(TURN, text="odd \ud83d"))
    text = WireTexts().of(event)
    text.encode()
    assert decode(event.session, json.loads(text)) == event


def test_an_event_is_put_into_text_once() -> None:
    texts, event = WireTexts(), Event(SessionId("ses_1"), 1, AT, TURN)
    assert texts.of(event) is texts.of(event)


def test_only_so_many_texts_are_kept() -> None:
    texts = WireTexts(kept=2)
    first = Event(SessionId("ses_1"), 1, AT, TURN)
    kept = texts.of(first)
    for seq in (2, 3):
        texts.of(replace(first, seq=seq))
    assert texts.of(first) is not kept


def test_any_dataclass_of_such_fields_can_be_kept() -> None:
    seat = Seat(SeatId("sea_1"), "Ana", Role.HOST, joined_at=AT)
    assert from_dict(Seat, json.loads(json.dumps(to_dict(seat)))) == seat
