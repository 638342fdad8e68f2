"""Where the conversation stands: a fold over its history, and nothing else.

The guide keeps no state. Each reply reads the whole history again, so it goes on where it was after a restart, after
another model answered in between, and after an interruption: a question that was cut off before it ended was not asked.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line
from vivavoce.providers.guide import mentions, plans
from vivavoce.providers.guide import notes as noting
from vivavoce.providers.guide.notes import Notes
from vivavoce.providers.guide.noticing import Move, is_thin, notice
from vivavoce.providers.guide.questions import Question, Stock, asked_in, signature
from vivavoce.providers.guide.words import clean, content_words, flip


@dataclass(frozen=True, slots=True)
class Talk:
    """stage: where the script is; `answers` and `turns` count in it. asked: signatures of all questions so far.

    pending: the question the person answers now, as asked; `question` is the script's, if it is one of them.
    used: ids of the script's questions that were asked. thin: how many of the last answers in a row said little.
    """

    stage: str
    notes: Notes = field(default_factory=Notes)
    answers: int = 0
    turns: int = 0
    round: int = 1
    said: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    asked: frozenset[str] = frozenset()
    used: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    kinds: tuple[ReplyKind | None, ...] = ()
    pending: str = ""
    question: Question | None = None
    thin: int = 0
    entered: bool = False  # the stage began with the last thing said
    left: str = ""  # the stage before, when `entered`

    @property
    def last(self) -> str:
        return self.said[-1] if self.said else ""

    @property
    def move(self) -> Move:
        return self.moves[-1] if self.moves else Move.ANSWER

    def in_a_row(self, *moves: Move) -> int:
        """How many of the last things said were such moves."""
        count = 0
        for move in reversed(self.moves):
            if move not in moves:
                break
            count += 1
        return count

    def count(self, move: Move) -> int:
        return sum(one is move for one in self.moves)


ADDS_NOTHING: Final = frozenset(
    {
        Move.DANGER, Move.FOREIGN, Move.GARBLED, Move.WHO, Move.PRIVATE, Move.KNOWLEDGE, Move.RECALL, Move.ADVICE,
        Move.ABOUT_YOU, Move.REPEAT, Move.SLOWER, Move.HEARD, Move.CLOCK, Move.WRONG, Move.COMPLAINT, Move.WAIT,
        Move.THANKS, Move.HELLO,
    }
)  # fmt: skip
"""What is said with these moves is about the conversation, not about the person's matter."""


class Reader:
    """Reads histories for one script. `advance` moves the script on after each thing the person said.

    The talk after a history is remembered for a while, so that a reply costs one line and not all of them; what it
    is does not depend on that.
    """

    def __init__(self, stock: Stock, first_stage: str, advance: Callable[[Talk], Talk]) -> None:
        self._stock = stock
        self._first_stage = first_stage
        self._advance = advance
        self._known: OrderedDict[tuple[Line, ...], Talk] = OrderedDict()  # the oldest goes first

    def read(self, history: tuple[Line, ...]) -> Talk:
        """The talk after `history`."""
        known = next((n for n in range(len(history), max(-1, len(history) - 8), -1) if history[:n] in self._known), 0)
        talk = self._known.get(history[:known]) or Talk(self._first_stage)
        for line in history[known:]:
            talk = _heard(talk, line, self._stock) if line.speaker is None else self._advance(_said(talk, line))
        self._known[history] = talk
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return talk


_REMEMBERED: Final = 1000  # talks, a few kilobytes each: as many rooms can speak by turns without reading all again


def _heard(talk: Talk, line: Line, stock: Stock) -> Talk:
    talk = replace(talk, replies=(*talk.replies, line.text), kinds=(*talk.kinds, line.kind))
    asked = asked_in(line.text)
    if not asked or line.kind is ReplyKind.WRAP_UP_ASK:
        return talk
    known = stock.find(asked)
    used = (*talk.used, known.id) if known else talk.used
    return replace(talk, asked=talk.asked | {signature(asked)}, used=used, pending=asked, question=known)


def _said(talk: Talk, line: Line) -> Talk:
    text = line.text.strip()[:4000]
    move = notice(text, talk.said)
    adds = move not in ADDS_NOTHING
    thin = talk.thin + 1 if adds and is_thin(text) else 0 if adds else talk.thin
    notes = noting.note(talk.notes, text, early=talk.turns < 2) if adds else _name_only(talk.notes, text)
    talk = replace(talk, said=(*talk.said, text), moves=(*talk.moves, move), thin=thin, notes=notes)
    talk = replace(talk, turns=talk.turns + adds, entered=False, left="")
    if move in {Move.ANSWER, Move.SAME, Move.YES, Move.NO}:
        talk = _answered(talk, text)
    return talk


def _name_only(notes: Notes, text: str) -> Notes:
    return replace(notes, name=mentions.own_name(text) or notes.name)


def _answered(talk: Talk, text: str) -> Talk:
    """Take down what the answer tells, given what was asked."""
    notes, fills = talk.notes, talk.question.fills if talk.question else ""
    if talk.stage == "will" and talk.question is not None and talk.question.stage == "unknowing":
        fills = "commitment"  # a guess at what they will do
    match fills:
        case "goal":
            notes = replace(notes, goal=plans.wish(text) or notes.goal or plans.goal_answer(clean(text)))
        case "topic" if is_thin(text) and not notes.topic and content_words(text):
            notes = replace(notes, topic=flip(clean(text).strip(".!,; ").lower()))
        case "day":
            notes = replace(notes, when=" ".join(mentions.days(text)[:1]))
        case "obstacle":
            notes = replace(notes, obstacle=plans.heart(text) or notes.obstacle)
        case "score":
            notes = replace(notes, score=mentions.score(text))
        case "sure":
            notes = replace(notes, sure=mentions.score(text))
        case "option":
            notes = noting.with_option(notes, plans.idea(text))
        case "commitment":
            done = plans.commitments(text, loose=True) or [plans.bare_action(text)]
            notes = noting.with_commitments(notes, [phrase for phrase in done if phrase])
        case _:
            pass
    counts = talk.move is Move.ANSWER and (not is_thin(text) or bool(fills) or talk.thin % 2 == 0)
    return replace(talk, notes=notes, answers=talk.answers + counts)
