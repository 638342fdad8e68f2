"""A conversation in stages, by which a script is made from data: its stages, its questions and what it states.

1. Each stage has its questions, asked in order; it is left after so many answers, or when it goes nowhere.
2. A reply is: what was understood, at a change of stage a sentence that leads over, then one question.
3. What the person said last time that they would do is asked about first, before the matter of this talk.
4. Who says little, or does not know, gets an easy question; what is not an answer gets its own first sentence, and
   then the open question in other words. None is asked twice.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide import notes as noting
from vivavoce.providers.guide import plans
from vivavoce.providers.guide.noticing import Move, plain
from vivavoce.providers.guide.questions import Question, Stock, asked_in, fill, fresh, signature, slots_in, unprefixed
from vivavoce.providers.guide.reflecting import plain_word, reflect
from vivavoce.providers.guide.scripts import coaching_lines as lines
from vivavoce.providers.guide.scripts import coaching_questions as bank
from vivavoce.providers.guide.scripts.filling import LONGEST_WORDS, joined, slots_of
from vivavoce.providers.guide.talk import ADDS_NOTHING, Reader, Talk
from vivavoce.providers.guide.words import word_count

Facts = Mapping[str, str]
SHARED: Final = tuple(question for question in bank.QUESTIONS if question.stage not in
                      {bank.GOAL, bank.REALITY, bank.OPTIONS, bank.WILL, bank.MORE})  # fmt: skip
"""Questions that suit any conversation: at any time, in silence, and after what is no answer."""
_ASIDE: Final = {
    Move.DANGER: bank.DANGER,
    Move.FOREIGN: bank.FOREIGN,
    Move.GARBLED: bank.GARBLED,
    Move.WRONG: bank.WRONG,
}
_ONCE_MORE: Final = frozenset(
    {
        Move.REPEAT, Move.SLOWER, Move.WAIT, Move.HEARD, Move.WHO, Move.PRIVATE, Move.CLOCK, Move.ABOUT_YOU,
        Move.KNOWLEDGE, Move.RECALL, Move.HELLO,
    }
)  # fmt: skip
_SAYS_LITTLE: Final = frozenset({Move.SHRUG, Move.YES, Move.NO, Move.UNKNOWING, Move.STUCK})
_MATTER: Final = frozenset({Move.ANSWER, Move.ADVICE, Move.STUCK, Move.KNOWLEDGE})
"""First words that are about the person's matter, whatever they ask for."""
_LONGEST_REPEATED_WORDS: Final = 30


@dataclass(frozen=True, slots=True)
class Stage:
    """answers: after so many it is left; after two turns more it is left in any case."""

    name: str
    answers: int


@dataclass(frozen=True, slots=True)
class Course:
    """One kind of conversation. greeting: statements before the first question. hello: the same in short, for somebody
    who speaks first. bridge: what leads into the stage that
    begins. understood: what shows that the last answer was heard, in place of the usual. goodbye: statements."""

    stages: tuple[Stage, ...]
    greeting: Callable[[Facts], str]
    hello: Callable[[Facts], str]
    bridge: Callable[[Talk, Facts], str]
    goodbye: Callable[[Talk, Facts], str] = lines.goodbye
    understood: Callable[[Talk, Facts], str] = lambda talk, facts: reflect(talk)


class Conversation:
    """Speaks one course. Depends on a prompt's history, cue and facts alone."""

    def __init__(self, questions: Sequence[Question], course: Course) -> None:
        self._stock = Stock((*questions, *SHARED))
        self._course = course
        self._order = [stage.name for stage in course.stages]
        self._reader = Reader(self._stock, self._order[0], self._advance)

    def read(self, history: tuple[Line, ...]) -> Talk:
        """Where the conversation stands after `history`."""
        return self._reader.read(history)

    def speak(self, prompt: Prompt) -> str:
        """What is said next."""
        talk, facts = self.read(prompt.history), prompt.facts
        match prompt.cue:
            case ReplyKind.GREETING:
                return self._greeting(talk, facts)
            case ReplyKind.GOODBYE:
                return self._course.goodbye(talk, facts)
            case ReplyKind.WRAP_UP_ASK:
                return lines.ASK_TO_CLOSE
            case ReplyKind.NUDGE:
                return self._from(talk, bank.SILENCE)
            case ReplyKind.IDLE_ASK:
                return self._from(talk, bank.THERE)
            case ReplyKind.PICK_UP:
                answers = prompt.history and prompt.history[-1].speaker is not None
                goes_on = self._answer(talk, facts) if answers else self.once_more(talk)
                return joined(lines.SORRY_FOR_THE_BREAK, goes_on)
            case _:
                return self._answer(talk, facts) if talk.said else self._greeting(talk, facts)

    # --- stages -------------------------------------------------------------------------------------

    def _advance(self, talk: Talk) -> Talk:
        if talk.move in ADDS_NOTHING:
            return talk
        if talk.question is not None and talk.question.id == lines.HOW_IT_WENT:  # not yet the matter of this talk
            return replace(talk, answers=0, turns=0)
        place = self._order.index(talk.stage)
        stage = self._course.stages[place]
        over = talk.answers >= stage.answers or talk.turns >= stage.answers + 2
        if not over or place + 1 == len(self._order):
            return talk
        named = plans.commitments(talk.last, loose=False)
        return replace(
            talk,
            stage=self._order[place + 1],
            left=talk.stage,
            entered=True,
            answers=0,
            turns=0,
            notes=noting.with_commitments(talk.notes, named),
        )

    # --- replies ------------------------------------------------------------------------------------

    def _greeting(self, talk: Talk, facts: Facts) -> str:
        asked = lines.how_it_went(talk, facts)
        if asked:
            return joined(self._course.greeting(facts), *asked)
        opening = self._opening()
        return joined(self._course.greeting(facts), fresh([opening.text, opening.again], talk.asked))

    def _opening(self) -> Question:
        return next(one for one in self._stock.questions if one.stage == self._order[0])

    def _answer(self, talk: Talk, facts: Facts) -> str:
        move, lead = talk.move, lines.lead(talk, facts)
        if not talk.replies and move is Move.HELLO:
            return self._greeting(talk, facts)
        if not talk.replies and move in _MATTER:
            understood = self._course.understood(talk, facts) if move is Move.ANSWER else ""
            return joined(self._course.hello(facts), understood, self._next(talk, skip=self._opening().id))
        if move in _ONCE_MORE:
            return joined(lead, self.once_more(talk))
        if move in _ASIDE:
            return joined(lead, self._from(talk, _ASIDE[move]))
        if move is Move.UNKNOWING and talk.answers and talk.in_a_row(move) <= 2:
            return joined(lead, self._from(talk, bank.UNKNOWING))
        if move is Move.COMPLAINT:
            return joined(lead, self._next(talk, ("a_question", "a_need")))
        if move is Move.ADVICE:
            return joined(lead, self._next(talk, ("a_admire",)))
        understood = lead or self._course.understood(talk, facts)
        bridge = self._course.bridge(talk, facts) if talk.entered else ""
        question = self._next(talk)
        for parts in ((understood, bridge, question), (bridge, question), (understood, question)):
            if parts[0] and word_count(" ".join(parts)) <= LONGEST_WORDS:
                return joined(*parts)
        return joined(plain_word(talk), question)

    # --- questions ----------------------------------------------------------------------------------

    def once_more(self, talk: Talk) -> str:
        """The open question in other words; without one, the next."""
        if not talk.pending:
            return self._next(talk)
        if talk.question is not None:
            again, slots = talk.question.again, slots_of(talk)
            if slots_in(again) <= slots.keys() and signature(fill(again, slots)) not in talk.asked:
                return fill(again, slots)
        plain_question = unprefixed(talk.pending)
        repeatable = plain_question.count("?") == 1 and 3 <= word_count(plain_question) <= _LONGEST_REPEATED_WORDS
        once = repeatable and talk.in_a_row(talk.move) <= 1
        return fresh([plain_question], talk.asked) if once else self._next(talk)

    def _from(self, talk: Talk, stage: str) -> str:
        own = [question for question in self._stock.questions if question.stage == stage]
        return fresh([*(one.text for one in own), *(one.again for one in own)], talk.asked)

    def _next(self, talk: Talk, first: tuple[str, ...] = (), skip: str = "") -> str:
        """The question to ask now. first: ids to prefer. skip: one that was answered unasked."""
        slots = slots_of(talk)
        for question in self._in_order(talk, first):
            if question.id in (*talk.used, skip) or not question.slots() <= slots.keys():
                continue
            text = fill(question.text, slots)
            if signature(asked_in(text)) not in talk.asked:
                return text
        anytime = [one for one in self._stock.questions if one.stage == bank.ANY and not one.slots()]
        return fresh([*(one.again for one in anytime), *(one.text for one in anytime)], talk.asked)

    def _in_order(self, talk: Talk, first: tuple[str, ...]) -> Iterator[Question]:
        yield from (self._stock.by_id[id] for id in first)
        stage = [question for question in self._stock.questions if question.stage == talk.stage]
        anytime = [question for question in self._stock.questions if question.stage == bank.ANY]
        if talk.move is Move.ANSWER and self._may_follow_up(talk):
            said = plain(talk.last)
            own = [*stage, *anytime]
            yield from (one for one in own if one.follows and re.search(one.follows, said))
        if talk.thin >= 2 or talk.move in _SAYS_LITTLE:
            yield from (one for one in stage if one.easy)
        if talk.move is Move.SAME:
            yield from (one for one in anytime if one.id.startswith("a_"))
        yield from (one for one in stage if not one.follows)
        if talk.stage != self._order[-1]:  # its own are used up: what comes later may be asked now
            later = self._order[self._order.index(talk.stage) + 1 :]
            yield from (one for one in self._stock.questions if one.stage in later and not one.follows)
        yield from (one for one in anytime if one.id.startswith(("a_", "e_")))

    def _may_follow_up(self, talk: Talk) -> bool:
        """Not to the first words, not when a stage begins, not twice in a row, not where a plan is made."""
        again = talk.question is not None and bool(talk.question.follows)
        return not (again or talk.entered or len(talk.said) <= 1 or talk.stage == self._order[-1])
