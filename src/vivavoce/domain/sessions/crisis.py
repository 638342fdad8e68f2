"""The crisis protocol of a conversation: what the AI says once danger was noticed, until the person is safe. Pure.

1. Danger stops what was going on. The AI says so in fixed words, says where help is to be found, and asks whether the
   person is safe. From then on it says nothing but fixed words (safety/texts.py); no language model is asked.
2. Danger said again is answered again. Who asks for help is told the numbers again. Everything else is listened to.
3. It ends when the person has said both that they are safe and that they want to go on, in either order or at once.
   What they say of only one of the two is followed by the question for the other.
4. Nobody is hung up on: no idle end, and a time limit is put off until `FRESH_S` after the last sign of danger. Only
   the person's own wish to stop closes the session, after being asked once, with the numbers once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import TurnId
from vivavoce.domain.safety import careful
from vivavoce.domain.safety.help_lines import Help, help_for
from vivavoce.domain.safety.kinds import Kind
from vivavoce.domain.safety.texts import Line, listening, text_of
from vivavoce.domain.sessions.events import CrisisNoticed, Fact, ReplyKind, ReplyStarted, TurnHeard

FRESH_S: Final = 30 * 60


@dataclass(frozen=True, slots=True)
class Danger:
    """What was noticed in a turn. country: of the person; language: of the persona."""

    kind: Kind
    country: str = ""
    language: str = "en"


class Stage(StrEnum):
    """Where rule 3 stands. The values are those of `CrisisNoticed.state`."""

    DANGER = "danger"
    SAFE = "safe"  # they say they are safe, and were asked whether to go on
    WANTS_ON = "wants_on"  # they want to go on, and were asked whether they are safe
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Crisis:
    """said: careful answers given so far. noted: it began with a note, to which nobody has answered yet."""

    kind: Kind
    help: Help
    language: str = "en"
    stage: Stage = Stage.DANGER
    said: int = 0
    noted: bool = False

    def text(self, line: Line) -> str:
        return text_of(line, self.kind, self.help, self.language)


def noticed(danger: Danger, turn: TurnId | None, *, again: bool) -> CrisisNoticed:
    """The fact that the protocol begins, or that danger was said again."""
    help = help_for(danger.country, danger.kind)
    return CrisisNoticed(
        Stage.DANGER, danger.kind, turn, again, danger.language, help.country, help.emergency, help.lines
    )


def crisis_after(crisis: Crisis | None, fact: Fact) -> Crisis | None:
    """The protocol's state after a fact of the log; None: it is not on."""
    match fact:
        case CrisisNoticed(state=Stage.DANGER):
            help = Help(fact.country, fact.emergency, fact.lines)
            said = 0 if crisis is None else crisis.said
            return Crisis(Kind(fact.kind), help, fact.language, said=said, noted=fact.turn is None)
        case CrisisNoticed(state=Stage.OVER):
            return None
        case CrisisNoticed(state=state) if crisis is not None:
            return replace(crisis, stage=Stage(state))
        case ReplyStarted(kind=ReplyKind.CRISIS) if crisis is not None:
            return replace(crisis, said=crisis.said + 1)
        case _:
            return crisis


def crisis_turns(facts: Iterable[Fact]) -> frozenset[TurnId]:
    """The turns of a whole log that nothing may be made of: no coaching, no quotation, no memory. They began the
    protocol, or were said while it was on."""
    found: set[TurnId] = set()
    crisis: Crisis | None = None
    for fact in facts:
        if isinstance(fact, TurnHeard) and crisis is not None:
            found.add(fact.turn)
        if isinstance(fact, CrisisNoticed) and fact.turn is not None:
            found.add(fact.turn)
        crisis = crisis_after(crisis, fact)
    return frozenset(found)


def first_text(crisis: Crisis, *, again: bool) -> str:
    """What the AI says to danger."""
    if again:
        return crisis.text(Line.AGAIN)
    return crisis.text(Line.NOTED if crisis.noted else Line.FIRST)


def answer(crisis: Crisis, text: str) -> tuple[Stage, str]:
    """Rules 2 and 3: the stage after a turn in which no danger was said, and what the AI answers."""
    said = careful.read(text)
    asked = crisis.stage is not Stage.DANGER
    safe = said.safe or crisis.stage is Stage.SAFE or (crisis.stage is Stage.WANTS_ON and said.yes)
    on = said.on or crisis.stage is Stage.WANTS_ON or (crisis.stage is Stage.SAFE and said.yes)
    if said.help:
        return crisis.stage, crisis.text(Line.HELP)
    if said.no and asked and not said.safe:
        return Stage.DANGER, crisis.text(Line.STAY)
    if safe and on and (said.safe or said.on or said.yes):
        return Stage.OVER, crisis.text(Line.RESUME)
    if said.safe:
        return Stage.SAFE, crisis.text(Line.GO_ON)
    if said.on:
        return Stage.WANTS_ON, crisis.text(Line.SAFE_FIRST)
    return Stage.DANGER, listening(crisis.said, crisis.help, crisis.language)
