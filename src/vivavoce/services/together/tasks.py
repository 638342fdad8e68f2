"""People say at the start what they mean to do, and at the end how it went."""

from typing import Final

from vivavoce.base.ids import SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import IllegalTransition, Invalid, NotAllowed, TaskNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import TaskDeclared, TaskReported
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.domain.sessions.work import Task, Work, work_in
from vivavoce.services.container import Services
from vivavoce.services.format import Format
from vivavoce.services.ports import SYSTEM, Transaction
from vivavoce.services.stored_log import whole_log
from vivavoce.services.take_seat import own_seat, speak_up

MAX_TEXT: Final = 500
MAX_TASKS: Final = 20  # of one person in a session
DONE: Final = ("yes", "partly", "no")


async def declare(viewer: Viewer, id: SessionId, text: str, task: str | None = None, *, use: Services) -> Task:
    """A task of the viewer's; with `task`, one of theirs in other words, which is open again.

    Raises SessionNotFound, NotAllowed, TaskNotFound, IllegalTransition when the session is over or its format has no
    tasks, Invalid.
    """
    text = _words(text)
    if not text:
        raise Invalid("A task has at least one word.")
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.SPEAK)
        has_tasks(use.format(session.format))
        if session.phase in OVER:
            raise IllegalTransition(f"A session that is {session.phase} takes no more tasks.")
        session, seat = await speak_up(change, session, own_seat(viewer, session, None))
        work = await work_of(session, change.tx)
        if task is not None:
            task = _own(work, task, seat.id).id
        elif sum(known.seat == seat.id for known in work.tasks) >= MAX_TASKS:
            raise Invalid(f"At most {MAX_TASKS} tasks for each person in a session.")
        declared = Task(task or new_id("task"), seat.id, seat.name, text)
        await change.record(id, TaskDeclared(declared.id, seat.id, seat.name, text))
    return declared


async def report(viewer: Viewer, id: SessionId, task: str, done: str, text: str = "", *, use: Services) -> Task:
    """How one of the viewer's tasks went: yes, partly, no. May be said again, also after the session's end.

    Raises SessionNotFound, NotAllowed for a task of somebody else, TaskNotFound, IllegalTransition before the session
    was started, Invalid.
    """
    text = _words(text)
    if done not in DONE:
        raise Invalid(f"A task is done: {', '.join(DONE)}.")
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.SPEAK)
        if session.started_at is None:
            raise IllegalTransition("The session has not begun: there is nothing to report yet.")
        seat, work = own_seat(viewer, session, None), await work_of(session, change.tx)
        known = _own(work, task, seat.id)
        await change.record(id, TaskReported(known.id, seat.id, done, text))
    return Task(known.id, known.seat, known.name, known.text, done, text)


async def tasks_of(viewer: Viewer, id: SessionId, *, use: Services) -> tuple[Session, Work]:
    """Tasks and timer of a session that the viewer is or was in. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        return session, work_in(event.fact for event in await whole_log(viewer, id, tx))


async def work_of(session: Session, tx: Transaction) -> Work:
    return work_in(event.fact for event in await whole_log(SYSTEM, session.id, tx))


def has_tasks(format: Format) -> None:
    """Raises IllegalTransition."""
    if not format.focus:
        raise IllegalTransition(f"A {format.name} session has neither tasks nor a timer.")


def is_running(session: Session) -> bool:
    return session.phase is Phase.ACTIVE


def _own(work: Work, id: str, seat: str) -> Task:
    """Raises TaskNotFound, NotAllowed."""
    task = work.task(id)
    if task is None:
        raise TaskNotFound("There is no such task in this session.")
    if task.seat != seat:
        raise NotAllowed("This is somebody else's task: only they may change it.")
    return task


def _words(text: str) -> str:
    """Raises Invalid."""
    text = text.strip()
    if len(text) > MAX_TEXT:
        raise Invalid(f"At most {MAX_TEXT} characters.")
    return text
