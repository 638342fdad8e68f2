"""What a session was, in a few sentences made of what is known: its length, what was wanted, seen and agreed."""

from collections.abc import Sequence
from typing import Final

from vivavoce.domain.reports.highlights import best_quotes
from vivavoce.domain.reports.quoting import Quote, find_quote
from vivavoce.domain.reports.report import Done, Material, Task
from vivavoce.domain.reports.sentences import around, sentences
from vivavoce.domain.reports.wording import CLOSING, INSIGHT, WISH
from vivavoce.domain.sessions.session import EndReason
from vivavoce.domain.sessions.transcript import Utterance

_ENDED: Final = {
    EndReason.WRAPPED_UP: "It was wrapped up together.",
    EndReason.ENDED_BY_HOST: "It was ended at once, without a wrap-up.",
    EndReason.TIME_LIMIT: "It ended when its time was up.",
    EndReason.EVERYONE_LEFT: "It ended when everybody had left.",
    EndReason.IDLE: "It ended when nobody went on.",
    EndReason.PLATFORM_FAULT: "It ended by a fault of the platform.",
}


def summary(material: Material, tasks: Sequence[Task], *, english: bool) -> str:
    """english: whether what was said may be quoted by meaning. At least one turn was said."""
    parts = [_opening(material)]
    if english:
        parts += [_wanted(material.people), _seen(material.people), _agreed(tasks)]
    parts += [_declared(tasks), ended(material.end_reason) if material.end_reason else ""]
    return " ".join(part for part in parts if part)


def length(duration_s: int) -> str:
    """In words: `40 seconds`, `12 minutes`, `1 hour 5 minutes`."""
    if duration_s < 60:
        return _count(duration_s, "second")
    hours, minutes = divmod(round(duration_s / 60), 60)
    parts = [_count(hours, "hour") if hours else "", _count(minutes, "minute") if minutes else ""]
    return " ".join(part for part in parts if part)


def ended(reason: EndReason) -> str:
    """How it ended, as a sentence; empty where that goes without saying."""
    return _ENDED.get(reason, "")


def names(entries: Sequence[Utterance]) -> str:
    """Who spoke: `Ana`, `Ana and Ben`, `Ana, Ben and 3 others`."""
    known = list(dict.fromkeys(entry.name for entry in entries))
    if len(known) > 4:
        return f"{known[0]}, {known[1]} and {len(known) - 2} others"
    return " and ".join(filter(None, [", ".join(known[:-1]), known[-1]]))


def _opening(material: Material) -> str:
    turns = _count(len(material.people), "turn")
    return f"{material.title}, {length(material.duration_s)}, with {names(material.people)} ({turns})."


def _wanted(people: Sequence[Utterance]) -> str:
    for turn in people[:6]:
        for sentence in sentences(turn.text):
            sign = WISH.search(sentence)
            if sign and not sentence.endswith("?") and not CLOSING.search(sentence):
                return _told("It began with", find_quote(around(sentence, sign.start()), turn))
    return ""


def _seen(people: Sequence[Utterance]) -> str:
    best = best_quotes([turn for turn in people if INSIGHT.search(turn.text)], 1)
    return _told("On the way came", best[0] if best and INSIGHT.search(best[0].text) else None)


def _agreed(tasks: Sequence[Task]) -> str:
    said = [f"“{task.text.rstrip('.')}”" for task in tasks if task.turn is not None]
    if not said:
        return ""
    return f"What is to follow: {' and '.join(said[-2:])}."


def _declared(tasks: Sequence[Task]) -> str:
    declared = [task for task in tasks if task.turn is None]
    if not declared:
        return ""
    done = sum(task.done is Done.YES for task in declared)
    return f"{_count(len(declared), 'task')} declared, {done} reported as done."


def _told(lead: str, quote: Quote | None) -> str:
    return f"{lead} “{quote.text.rstrip('.')}”." if quote is not None else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
