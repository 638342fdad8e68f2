"""One turn of a person and the AI's answer to it, wherever it is given: in writing or in the live room."""

from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.base.ids import ReplyId, TurnId
from vivavoce.domain.errors import Invalid
from vivavoce.domain.safety.help_lines import Help
from vivavoce.domain.sessions.events import Source, Word
from vivavoce.domain.sessions.session import Session
from vivavoce.domain.sessions.transcript import Utterance


class NothingHeard(Invalid):
    code = "nothing_heard"


@dataclass(frozen=True, slots=True)
class Message:
    """What a person says. words: timed, where it was spoken."""

    text: str
    source: Source
    words: tuple[Word, ...]
    turn: TurnId


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn and its answer. reply: None when the AI had nothing to say to it.

    help: what is to be shown while the crisis protocol is on, also where the AI says nothing.
    """

    heard: str
    reply_text: str
    reply: ReplyId | None
    session: Session
    help: Help | None = None


def answer_to(turn: TurnId, entries: Sequence[Utterance]) -> tuple[ReplyId, str] | None:
    """The reply to a turn, as it was heard."""
    for entry in entries:
        if entry.answers == turn and entry.seat is None:
            return ReplyId(entry.id), entry.text
    return None
