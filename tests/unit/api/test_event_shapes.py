"""The described shapes of events are those that are written."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import get_args

import pytest
from pydantic import BaseModel

from vivavoce.api.http.event_shapes import EventPage, StoredEvent
from vivavoce.api.live.messages import EVENT, SERVER
from vivavoce.base.ids import ReplyId, SeatId, SessionId, TurnId
from vivavoce.domain.safety.help_lines import HelpLine
from vivavoce.domain.sessions.codec import encode
from vivavoce.domain.sessions.events import (
    TYPES,
    AssistantChanged,
    CreditsMoved,
    CrisisNoticed,
    Event,
    Fact,
    FocusChanged,
    LedBy,
    MicOn,
    NoteKept,
    Noticed,
    PhaseChanged,
    ProviderFailed,
    ReplyEnded,
    ReplyKind,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    ReportReady,
    Rescheduled,
    SeatJoined,
    SeatLeft,
    SessionCreated,
    Source,
    TaskDeclared,
    TaskReported,
    ToolCalled,
    ToolPlace,
    TurnHeard,
    Whispered,
    Withheld,
    Word,
    WrapUpChanged,
)
from vivavoce.domain.sessions.session import Address, EndReason, Phase, Role, WrapUp

REPLY, TURN, SEAT = ReplyId("rep_1"), TurnId("turn_1"), SeatId("sea_1")
WORDS = (Word("Hello", 0, 300),)
FACTS: list[Fact] = [
    SessionCreated("coaching", "ada", "Ask"),
    PhaseChanged(Phase.ANALYZING, Phase.ACTIVE, EndReason.IDLE, "none"),
    Rescheduled(datetime(2026, 11, 21, 9, tzinfo=UTC)),
    SeatJoined(SEAT, "Sam", Role.HOST, True),
    SeatLeft(SEAT, "lost"),
    TurnHeard(TURN, SEAT, "Sam", "Hello", Source.VOICE, 0, 300, WORDS),
    ReplyStarted(REPLY, ReplyKind.ANSWER, TURN, 400),
    ReplySentence(REPLY, 0, "Hello you.", 400),
    ReplyEnded(REPLY, ReplyStatus.INTERRUPTED, "Hello", "you.", 700, WORDS, "barge_in", "guide"),
    WrapUpChanged(WrapUp.ASKED, TURN),
    CrisisNoticed(
        "danger", "suicide", TURN, False, "de", "DE", "112", (HelpLine("A line", "116 123", "https://a.test"),)
    ),
    Noticed("time_left", 30, "30 seconds left.", SEAT),
    AssistantChanged(Address.NOBODY),
    ProviderFailed("llm", "openai", "unavailable", "guide"),
    ToolCalled("weather", True, 340, ToolPlace.HTTP),
    MicOn(SEAT),
    CreditsMoved("held", 15),
    Whispered(SEAT, "Kim", "Ask about the team."),
    LedBy(SEAT, "Kim", "We spoke about the team."),
    TaskDeclared("task_1", SEAT, "Sam", "Write the tests"),
    TaskReported("task_1", SEAT, "partly", "Half of them"),
    FocusChanged("started", 1500, 1_500_000, SEAT),
    NoteKept(SEAT),
    Withheld(),
    ReportReady("ready"),
]


def test_each_kind_of_fact_is_tried() -> None:
    assert {type(fact) for fact in FACTS} == set(TYPES.values())


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_a_written_event_is_as_described_and_nothing_is_left_out(fact: Fact) -> None:
    wire = encode(Event(SessionId("ses_1"), 7, datetime(2026, 3, 2, tzinfo=UTC), fact))
    shape: BaseModel = EVENT.validate_python(wire)
    assert {field.name for field in fields(fact)} | {"seq", "at", "type"} == set(type(shape).model_fields)
    assert shape.model_dump(mode="json") == wire
    assert EventPage.model_validate({"items": [wire], "next_after": 7}).items == [shape]
    assert SERVER.validate_python(wire) == shape


def test_every_event_has_a_shape() -> None:
    union = get_args(StoredEvent)[0]
    assert {get_args(shape.model_fields["type"].annotation)[0] for shape in get_args(union)} == TYPES.keys()
