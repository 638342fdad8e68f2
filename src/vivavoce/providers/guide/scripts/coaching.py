"""The coaching script: goal, reality, options, will (GROW), one open question at a time.

1. Each stage has its questions; it is left when enough was answered, or when it goes nowhere. A step the person
   commits to opens the last stage early. After `will` comes `more`; a new matter begins a second round.
2. A reply is: what was understood (`reflecting.py`), at a change of stage a sentence that sums up, then one question.
3. The question: one that the last answer calls for, never two such in a row; else the stage's next; for somebody who
   says little, an easy one. None is asked twice.
4. What is not an answer (`noticing.py`) gets its own first sentence, and then the open question in other words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide import notes as noting
from vivavoce.providers.guide import plans
from vivavoce.providers.guide.noticing import Move, plain
from vivavoce.providers.guide.questions import Question, Stock, asked_in, fill, fresh, signature, slots_in, unprefixed
from vivavoce.providers.guide.reflecting import plain_word, reflect
from vivavoce.providers.guide.scripts import coaching_lines as lines
from vivavoce.providers.guide.scripts import coaching_questions as bank
from vivavoce.providers.guide.scripts.coaching_questions import GOAL, MORE, OPTIONS, REALITY, WILL
from vivavoce.providers.guide.scripts.filling import LONGEST_WORDS, joined, slots_of
from vivavoce.providers.guide.talk import ADDS_NOTHING, Reader, Talk
from vivavoce.providers.guide.words import content_words, word_count

STOCK: Final = Stock(bank.QUESTIONS)
LONGEST_REPEATED_WORDS: Final = 30  # a question that another model asked may be longer
_ASIDE: Final = {
    Move.DANGER: bank.DANGER,
    Move.FOREIGN: bank.FOREIGN,
    Move.GARBLED: bank.GARBLED,
    Move.WRONG: bank.WRONG,
}
"""Moves with questions of their own."""


def speak(prompt: Prompt) -> str:
    """What the coach says next. Depends on the prompt's history, cue and facts alone."""
    talk = _READER.read(prompt.history)
    match prompt.cue:
        case ReplyKind.GREETING:
            return _greeting(talk, prompt.facts)
        case ReplyKind.GOODBYE:
            return lines.goodbye(talk, prompt.facts)
        case ReplyKind.WRAP_UP_ASK:
            return lines.ASK_TO_CLOSE
        case ReplyKind.NUDGE:
            return _from(talk, bank.SILENCE)
        case ReplyKind.IDLE_ASK:
            return _from(talk, bank.THERE)
        case ReplyKind.PICK_UP:
            return joined(lines.SORRY_FOR_THE_BREAK, _picked_up(talk, prompt))
        case ReplyKind.ANSWER | ReplyKind.NOTICE | ReplyKind.CRISIS:  # the last two never come here
            return _spoken(talk, prompt.facts) if talk.said else _greeting(talk, prompt.facts)


# --- stages -----------------------------------------------------------------------------------------


def advance(talk: Talk) -> Talk:
    """The talk in the stage that follows from the last thing said."""
    if talk.move in ADDS_NOTHING:
        return talk
    if _asked(talk) == lines.HOW_IT_WENT:  # what became of the last session is not yet the matter of this one
        return replace(talk, answers=0, turns=0)
    if talk.stage in {REALITY, OPTIONS} and talk.move is Move.ANSWER:
        named = plans.could(talk.last) if talk.stage == REALITY else plans.commitments(talk.last, loose=True)
        named = named or [plans.bare_action(talk.last) if talk.stage == OPTIONS else ""]
        talk = replace(talk, notes=noting.with_option(talk.notes, named[0] if named else ""))
    stage = _stage_after(talk)
    if stage == talk.stage:
        return talk
    again = stage == GOAL
    wish, about = plans.wish(talk.last), plans.topic(talk.last, loose=True)
    notes = (
        replace(talk.notes, goal=wish or talk.notes.goal, topic=about or talk.notes.topic, score=None)
        if again
        else talk.notes
    )
    return replace(
        talk, stage=stage, left=talk.stage, entered=True, answers=0, turns=0, round=talk.round + again, notes=notes
    )


_READER: Final = Reader(STOCK, GOAL, advance)


def _stage_after(talk: Talk) -> str:
    committed = bool(plans.commitments(talk.last, loose=False)) or _fills(talk) == "commitment"
    match talk.stage:
        case "goal" if _asked(talk) == "f_afraid" and talk.turns < 7:
            return GOAL
        case "goal" if (talk.answers >= 3 and talk.notes.goal) or talk.answers >= 4 or talk.turns >= 5:
            return REALITY
        case "reality" if (talk.answers >= 5 and _asked(talk) not in {"tried", "f_afraid"}) or talk.turns >= 8:
            return OPTIONS
        case "options" if (talk.answers >= 3 and (committed or talk.answers >= 4)) or talk.turns >= 6:
            return WILL
        case "will" if talk.answers >= 6 or talk.turns >= 8 or (talk.answers >= 4 and _sure_enough(talk)):
            return MORE
        case "more" if _fills(talk) == "topic" and talk.move is Move.ANSWER and len(content_words(talk.last)) >= 4:
            return GOAL
        case stage:
            return stage


def _sure_enough(talk: Talk) -> bool:
    """They said how sure they are, and what would make it more where it was little."""
    sure = talk.notes.sure
    return sure is not None and (_asked(talk) in {"will_high", "will_tell"} if sure >= 8 else "will_up" in talk.used)


def _asked(talk: Talk) -> str:
    return talk.question.id if talk.question else ""


def _fills(talk: Talk) -> str:
    return talk.question.fills if talk.question else ""


# --- replies ----------------------------------------------------------------------------------------


def _greeting(talk: Talk, facts: Mapping[str, str]) -> str:
    asked = lines.how_it_went(talk, facts)
    if asked:
        return joined(lines.greeting(facts), *asked)
    opening = STOCK.by_id["opening"]
    return joined(lines.greeting(facts), fresh([opening.text, opening.again], talk.asked))


def _spoken(talk: Talk, facts: Mapping[str, str]) -> str:
    """The reply; to a bare hello at the beginning, the question for the last commitment."""
    if talk.move is Move.HELLO and not talk.replies:
        asked = lines.how_it_went(talk, facts)
        if asked:
            return joined(lines.lead(talk, facts), *asked)
    return _answer(talk, facts)


def _picked_up(talk: Talk, prompt: Prompt) -> str:
    if prompt.history and prompt.history[-1].speaker is not None:
        return _answer(talk, prompt.facts)
    return _once_more(talk)


def _answer(talk: Talk, facts: Mapping[str, str]) -> str:
    move = talk.move
    lead = lines.lead(talk, facts)
    if move in {Move.REPEAT, Move.SLOWER, Move.WAIT, Move.HEARD, Move.WHO, Move.PRIVATE, Move.CLOCK, Move.ABOUT_YOU}:
        return joined(lead, _once_more(talk))
    if move in {Move.KNOWLEDGE, Move.RECALL, Move.HELLO}:
        return joined(lead, _once_more(talk))
    if move is Move.UNKNOWING and (talk.answers or talk.stage != GOAL) and talk.in_a_row(Move.UNKNOWING) <= 2:
        return joined(lead, _from(talk, bank.UNKNOWING))
    if move in _ASIDE:
        return joined(lead, _from(talk, _ASIDE[move]))
    if move is Move.COMPLAINT:
        return joined(lead, _next(talk, first=("a_question", "a_need")))
    if move is Move.ADVICE:
        return joined(lead, _next(talk, first=("friend", "smallest", "worked_before", "a_admire")))
    return _content(talk, lead)


def _content(talk: Talk, lead: str) -> str:
    """The reply to something that was said about the matter itself."""
    understood = lead or reflect(talk)
    bridge = lines.bridge(talk) if talk.entered else ""
    matter = talk.notes.goal or talk.notes.topic
    question = _next(talk, first=("opening",) if _asked(talk) == lines.HOW_IT_WENT and not matter else ())
    if question.startswith("You say") and understood.startswith("You say "):
        understood = f"So {understood.removeprefix('You say ')}"
    for parts in ((understood, bridge, question), (bridge, question), (understood, question)):
        fits = word_count(" ".join(parts)) <= LONGEST_WORDS
        if parts[0] and fits and not _says_twice(" ".join(parts), talk):
            return joined(*parts)
    return joined(plain_word(talk), question)


def _says_twice(reply: str, talk: Talk) -> bool:
    """Whether one thing the person wants, fears or plans stands in the reply two times."""
    notes = talk.notes
    kept = (notes.goal, notes.obstacle, *notes.options[-2:], *notes.commitments[-2:])
    return any(phrase and reply.lower().count(phrase.lower()) > 1 for phrase in kept)


# --- questions --------------------------------------------------------------------------------------


def _once_more(talk: Talk) -> str:
    """The open question in other words; without one, the next."""
    if not talk.pending:
        return _next(talk)
    if talk.question is not None:
        again = talk.question.again
        slots = slots_of(talk)
        if slots_in(again) <= slots.keys() and signature(fill(again, slots)) not in talk.asked:
            return fill(again, slots)
    plain_question = unprefixed(talk.pending)
    repeatable = plain_question.count("?") == 1 and 3 <= word_count(plain_question) <= LONGEST_REPEATED_WORDS
    return fresh([plain_question], talk.asked) if repeatable and talk.in_a_row(talk.move) <= 1 else _next(talk)


def _from(talk: Talk, stage: str) -> str:
    """The next question of a small set of its own."""
    own = [question for question in STOCK.questions if question.stage == stage]
    return fresh([*(question.text for question in own), *(question.again for question in own)], talk.asked)


def _next(talk: Talk, first: tuple[str, ...] = ()) -> str:
    """The question to ask now. first: ids to prefer."""
    slots = slots_of(talk)
    fitting = (question for question in _in_order(talk, first) if _fits(question, slots))
    texts = (fill(question.text, slots) for question in fitting if question.id not in talk.used)
    chosen = next((text for text in texts if signature(asked_in(text)) not in talk.asked), None)
    if chosen is not None:
        return chosen
    anytime = [question for question in STOCK.questions if question.stage == bank.ANY and not question.slots()]
    return fresh([*(question.again for question in anytime), *(question.text for question in anytime)], talk.asked)


def _in_order(talk: Talk, first: tuple[str, ...]) -> Iterator[Question]:
    yield from (STOCK.by_id[id] for id in first)
    stage = [question for question in STOCK.questions if question.stage == talk.stage]
    anytime = [question for question in STOCK.questions if question.stage == bank.ANY]
    if talk.move is Move.ANSWER and _may_follow_up(talk):
        said = plain(talk.last)
        yield from (one for one in anytime if one.id.startswith("f_") and re.search(one.follows, said))
    openers = [one for one in stage if one.id.startswith("open_")]
    if talk.stage in {GOAL, REALITY} and (
        talk.thin >= 2 or talk.move in {Move.SHRUG, Move.YES, Move.NO, Move.UNKNOWING, Move.STUCK}
    ):
        simple = (*openers, STOCK.by_id["e_worst"], *stage, *anytime)
        yield from (one for one in simple if one.easy and one.id != "opening")
    if talk.move is Move.SAME:
        yield from (one for one in anytime if one.id.startswith("a_"))
    yield from (one for one in stage if one.id != "opening")
    yield from (one for one in anytime if one.id.startswith("a_"))
    yield from (one for one in anytime if one.id.startswith("e_"))


def _may_follow_up(talk: Talk) -> bool:
    """Not to the first words, not when a stage begins, not twice in a row, and not where a plan is being made."""
    previous = _asked(talk)
    early = talk.round == 1 and talk.stage == GOAL and talk.turns <= 1
    again = previous.startswith("f_") and previous != "f_afraid"
    return not (early or again or talk.entered or talk.stage in {WILL, MORE})


def _fits(question: Question, slots: Mapping[str, str]) -> bool:
    return question.slots() <= slots.keys()
