"""What people mean to do in a session, how it went, and the timer they share: a fold over its log."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from vivavoce.base.ids import SeatId
from vivavoce.domain.sessions.events import Fact, FocusChanged, TaskDeclared, TaskReported

_NAMELESS: Final = frozenset({"", "You", "Guest"})


@dataclass(frozen=True, slots=True)
class Task:
    """done: yes, partly, no; empty until its owner has reported. report: in their own words."""

    id: str
    seat: SeatId
    name: str
    text: str
    done: str = ""
    report: str = ""

    @property
    def open(self) -> bool:
        return not self.done


@dataclass(frozen=True, slots=True)
class Focus:
    """The timer that runs. ends_ms: on the session's clock. seat: who started it."""

    seconds: int
    ends_ms: int
    seat: SeatId | None = None


@dataclass(frozen=True, slots=True)
class Work:
    tasks: tuple[Task, ...] = ()
    focus: Focus | None = None

    @property
    def open(self) -> tuple[Task, ...]:
        return tuple(task for task in self.tasks if task.open)

    def task(self, id: str) -> Task | None:
        return next((task for task in self.tasks if task.id == id), None)


def work_after(work: Work, fact: Fact) -> Work:
    """The work after one more fact."""
    match fact:
        case TaskDeclared(id, seat, name, text):
            declared = Task(id, seat, name, text)
            if work.task(id) is None:
                return replace(work, tasks=(*work.tasks, declared))
            return _with(work, declared)
        case TaskReported(id, _, done, text):
            known = work.task(id)
            return work if known is None else _with(work, replace(known, done=done, report=text))
        case FocusChanged("started", seconds, ends_ms, seat):
            return replace(work, focus=Focus(seconds, ends_ms, seat))
        case FocusChanged():
            return replace(work, focus=None)
        case _:
            return work


def work_in(facts: Iterable[Fact]) -> Work:
    """The work of a whole log."""
    work = Work()
    for fact in facts:
        work = work_after(work, fact)
    return work


def _with(work: Work, task: Task) -> Work:
    return replace(work, tasks=tuple(task if known.id == task.id else known for known in work.tasks))


def focus_over_text(work: Work) -> str:
    """What is said when the timer has run down: `The focus time is over. Ana and Ben, how did it go?`"""
    names = list(dict.fromkeys(task.name for task in work.open if task.name not in _NAMELESS))
    if not names:
        return "The focus time is over. How did it go?" if work.open else "The focus time is over."
    several = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"The focus time is over. {several}, how did it go?"


def asks_how_it_went(task: Task) -> str:
    """What its owner is asked at the end."""
    who = "How" if task.name in _NAMELESS else f"{task.name}, how"
    return f'{who} did it go: "{task.text}"?'
