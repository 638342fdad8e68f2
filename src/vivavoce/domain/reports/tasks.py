"""What people said they would do, and what they declared as tasks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.domain.memory.wording import core
from vivavoce.domain.reports.quoting import find_quote
from vivavoce.domain.reports.report import Done, Task
from vivavoce.domain.reports.sentences import around, sentences
from vivavoce.domain.reports.wording import CLOSING, COMMITMENT, DAY, RETOLD
from vivavoce.domain.sessions.events import Event
from vivavoce.domain.sessions.transcript import Utterance
from vivavoce.domain.sessions.work import Work, work_after

_MOST: Final = 12
_LEAST_WORDS: Final = 4
_SAME: Final = 0.5  # of the words that carry it
_ASKED: Final = re.compile(
    r"\bwhat will you do\b|\bnext step\b|\bwhen will you\b|\bwhat would be your first guess\b|\bso what will\b", re.I
)


_OFFERS: Final = re.compile(r"\bi (?:could|can)\b", re.I)
_TAKES_UP: Final = re.compile(
    r"(?:(?:so|and|yes|yeah|ok|okay|right|alright|sure|good)[,. ]+)*"
    r"(?:i'll|i will|i'm going to) (?:try|do) (?:that|it)\b",
    re.I,
)
"""What was just offered: "I could swim on Mondays. Yeah, I'll do that."""


def commitments(entries: Sequence[Utterance], leave_out: frozenset[SeatId] = frozenset()) -> tuple[Task, ...]:
    """The commitments of the people, in their own words, each once; without those of the seats to leave out.

    Where the AI has just asked what somebody will do, an answer that names a day is one too.
    """
    found: dict[str, Task] = {}
    asked = False
    for entry in entries:
        if entry.seat is None:
            asked = _ASKED.search(entry.text) is not None
            continue
        before = ""
        for sentence in sentences(entry.text) if entry.seat not in leave_out else []:
            taken_up = before if _TAKES_UP.match(sentence) and _OFFERS.search(before) else ""
            task = _task(taken_up, entry) if taken_up else _commitment(sentence, entry, asked=asked)
            before = sentence
            if task is None:
                continue
            undated = next((one for one in found.values() if one.seat == entry.seat and one.due is None), None)
            if undated is not None and task.due is not None and COMMITMENT.search(task.text) is None:
                task = replace(undated, due=task.due)  # it says when, of what was said before
            found[task.text.lower()] = task
    return tuple(found.values())[-_MOST:]


def beside(declared: Sequence[Task], said: Sequence[Task]) -> tuple[Task, ...]:
    """Of what people said they would do what they had not declared as a task as well."""
    return tuple(one for one in said if not any(_same(task, one) for task in declared))


def _same(declared: Task, said: Task) -> bool:
    task, words = core(declared.text), core(said.text)
    return declared.seat == said.seat and len(task & words) >= _SAME * min(len(task), len(words))


def declared_tasks(events: Iterable[Event]) -> tuple[Task, ...]:
    """The tasks of a session's board with what was reported of them, in the order they were declared."""
    work = Work()
    for event in events:
        work = work_after(work, event.fact)
    return tuple(
        Task(task.text, task.name, task.seat, done=Done(task.done) if task.done in set(Done) else None)
        for task in work.tasks
    )


def _commitment(sentence: str, entry: Utterance, *, asked: bool) -> Task | None:
    said = next((hit for hit in COMMITMENT.finditer(sentence) if not RETOLD.search(sentence[: hit.start()])), None)
    at = said.start() if said is not None else 0
    due = DAY.search(sentence, at)
    if (said is None and not (asked and due)) or sentence.endswith("?") or CLOSING.search(sentence):
        return None
    return _task(around(sentence, at), entry)


def _task(text: str, entry: Utterance) -> Task | None:
    quote = find_quote(text, entry)
    if quote is None or len(text.split()) < _LEAST_WORDS:
        return None
    due = DAY.search(text)
    when = due[0] if due else None
    return Task(quote.text, quote.name, quote.seat, TurnId(quote.turn), quote.start_ms, when)
