"""What use cases need of the store and the bus."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from vivavoce.base.ids import JobId, NodeId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Event, Fact
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.services import asking
from vivavoce.services.access.ports import Audit, Communities, Invitations, Keys, Links, People, SignIns
from vivavoce.services.asking import Asking, Cursor, System
from vivavoce.services.exchanges.ports import Feedbacks
from vivavoce.services.insights.ports import Insights
from vivavoce.services.memory.ports import Memories
from vivavoce.services.money.ports import Credits
from vivavoce.services.people.ports import Days, Goals, Notes, OwnPersonas, Profiles, Projects
from vivavoce.services.reports.ports import Reports
from vivavoce.services.rights.ports import PersonalRows
from vivavoce.services.safety.ports import Crises
from vivavoce.services.scheduling.ports import Calendars
from vivavoce.services.webhooks.ports import Webhooks

SYSTEM: Final = asking.SYSTEM


# --- store ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    items: tuple[Session, ...]
    next: Cursor | None


class Sessions(Protocol):
    async def add(self, session: Session) -> None: ...

    async def get(self, asking: Asking, id: SessionId) -> Session:
        """Raises SessionNotFound, also for a session that `asking` may not see."""
        ...

    async def lock(self, asking: Asking, id: SessionId) -> Session:
        """As `get`, and nobody else changes the session until the transaction ends."""
        ...

    async def save(self, session: Session) -> None:
        """Write all but `last_seq`, which belongs to the log. Raises Conflict if `version` went back."""
        ...

    async def page(
        self,
        asking: Asking,
        *,
        after: Cursor | None = None,
        limit: int = 50,
        phases: frozenset[Phase] | None = None,
        listed: bool = False,
    ) -> Page:
        """Newest first. limit: 1 to 100. listed: those that the whole community may find; else who asks owns or sits
        in them."""
        ...

    async def upcoming(self, asking: Asking, *, after: Cursor | None = None, limit: int = 50) -> Page:
        """Listed sessions that were not begun, soonest first; what is for now stands where it was opened.

        limit: 1 to 100. A cursor's time is that of the plan.
        """
        ...

    async def ended(self, ids: Sequence[SessionId]) -> Mapping[SessionId, EndReason]:
        """Which of these sessions ended, and why. For the node that runs their rooms."""
        ...

    async def last_seqs(self, ids: Sequence[SessionId]) -> Mapping[SessionId, int]:
        """How far the logs of these sessions are. For the node that runs their rooms."""
        ...

    async def in_phase(self, asking: System, phase: Phase) -> list[Session]:
        """All sessions in a phase, oldest first, at most 1,000: for the sweep at start-up."""
        ...


class OneOpen(Protocol):
    async def claim(self, session: Session) -> SessionId | None:
        """Make this session, which was added, the owner's open one of its format; or the id of the one that is not
        over yet, and nothing changed. Two that are opened at once wait for each other."""
        ...


class Log(Protocol):
    async def append(self, session: SessionId, facts: Sequence[Fact], at: datetime) -> list[Event]:
        """Store facts behind the session's last one, in order, and number them. Raises SessionNotFound."""
        ...

    async def after(self, asking: Asking, session: SessionId, seq: int, limit: int = 1000) -> list[Event]:
        """Events behind `seq`, in order. Raises SessionNotFound."""
        ...


class JobKind(StrEnum):
    OPEN = "open"  # a planned session's time has come near
    PREPARE = "prepare"  # run a format's set-up
    NO_SHOW = "no_show"  # cancel a planned session nobody came to
    TIME_LEFT = "time_left"  # tell how much time is left
    TIME_LIMIT = "time_limit"  # end at the format's limit
    IDLE = "idle"  # end a session nobody goes on with
    EMPTY = "empty"  # end a live session everybody left
    AWAY = "away"  # free the seat of somebody whose devices are gone
    HAND_BACK = "hand_back"  # a human coach who leads is gone: the AI goes on
    FOCUS = "focus"  # the shared timer runs down
    EXPIRE = "expire"  # cancel a session that was never started
    ANALYZE = "analyze"  # write the report
    RETAIN = "retain"  # erase sessions that are past their time
    ALERT = "alert"  # tell a human that the crisis protocol began
    REMEMBER = "remember"  # keep what a session told about its people
    DELIVER = "deliver"  # send what waits for a webhook
    MAIL_LINK = "mail_link"  # send somebody the link to choose a password or prove their address
    CHARGE = "charge"  # settle a priced session's hold
    REMIND = "remind"  # tell that a planned session comes near
    MAIL_REMINDER = "mail_reminder"  # write it to one of its people


@dataclass(frozen=True, slots=True)
class Job:
    """Durable work. It may run twice: what it does must be safe to repeat.

    attempts: runs begun, this one included. payload: small, JSON.
    """

    id: JobId
    kind: JobKind
    key: str
    payload: Mapping[str, str]
    due: datetime
    attempts: int


class Jobs(Protocol):
    """Enqueued in the transaction of the change that wants it. next_due: the earliest time it gave to a job, if any."""

    next_due: datetime | None

    async def enqueue(self, kind: JobKind, payload: Mapping[str, str], *, key: str, due: datetime) -> None:
        """Nothing happens if a job with this key is waiting or running; a finished one's key is free again."""
        ...

    async def reschedule(self, key: str, due: datetime) -> None:
        """Move a waiting job; one that is running now runs again then. Nothing happens if there is none."""
        ...

    async def run_again(self, key: str, due: datetime) -> None:
        """One that is running now runs again then; a waiting one stays as it is. Nothing happens if there is none."""
        ...

    async def cancel(self, key: str) -> None:
        """Forget a waiting job; one that is running now is not run again. Nothing happens if there is none."""
        ...


class Leases(Protocol):
    """Which node runs a session's live room. A lease that is not renewed runs out."""

    async def take(self, session: SessionId, node: NodeId, now: datetime, ttl_s: float) -> bool:
        """Take or renew. False: another node holds it."""
        ...

    async def renew(
        self, sessions: Sequence[SessionId], node: NodeId, now: datetime, ttl_s: float
    ) -> frozenset[SessionId]:
        """Those of the node's leases that it still holds, renewed."""
        ...

    async def release(self, session: SessionId, node: NodeId) -> None: ...

    async def owner(self, session: SessionId, now: datetime) -> NodeId | None: ...

    async def expired(self, now: datetime) -> list[SessionId]:
        """Sessions whose lease ran out without being released."""
        ...


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    status: int
    body: bytes
    content_type: str


class Idempotency(Protocol):
    async def begin(self, viewer: Viewer, key: str, fingerprint: str, now: datetime) -> StoredAnswer | None:
        """None: this request is the first and must be run. An answer: it was run. Raises IdempotencyMismatch if the
        key came with another request, Conflict while the first is still running (begun under 60 s ago)."""
        ...

    async def finish(self, viewer: Viewer, key: str, answer: StoredAnswer) -> None: ...

    async def abandon(self, viewer: Viewer, key: str) -> None:
        """The request failed on our side: the key may be used again."""
        ...

    async def forget_before(self, at: datetime) -> None: ...


class Transaction(Protocol):
    """All or nothing. Everything read in it is of one moment."""

    @property
    def sessions(self) -> Sessions: ...
    @property
    def one_open(self) -> OneOpen: ...
    @property
    def log(self) -> Log: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def idempotency(self) -> Idempotency: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def insights(self) -> Insights: ...
    @property
    def credits(self) -> Credits: ...
    @property
    def calendars(self) -> Calendars: ...
    @property
    def people(self) -> People: ...
    @property
    def communities(self) -> Communities: ...
    @property
    def sign_ins(self) -> SignIns: ...
    @property
    def keys(self) -> Keys: ...
    @property
    def links(self) -> Links: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def profiles(self) -> Profiles: ...
    @property
    def goals(self) -> Goals: ...
    @property
    def memories(self) -> Memories: ...
    @property
    def webhooks(self) -> Webhooks: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def days(self) -> Days: ...
    @property
    def notes(self) -> Notes: ...
    @property
    def personas(self) -> OwnPersonas: ...
    @property
    def feedback(self) -> Feedbacks: ...

    @property
    def crises(self) -> Crises: ...
    @property
    def personal(self) -> PersonalRows: ...


class Store(Protocol):
    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Commits at the end, rolls back on an exception."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """The same for reading only; does not wait for writers."""
        ...

    async def claim_jobs(
        self, node: NodeId, now: datetime, *, lease_s: float, limit: int, kinds: Collection[JobKind] = tuple(JobKind)
    ) -> list[Job]:
        """Jobs that are due, and those whose worker's lease ran out; oldest first; marked as this node's."""
        ...

    async def reclaim_jobs(self, node: NodeId, now: datetime) -> None:
        """A node that starts: what its former life was running can be claimed again, from now on."""
        ...

    async def finish_job(self, job: Job) -> None:
        """Done. As the next two, without effect if the job was claimed again since: the lease ran out."""
        ...

    async def retry_job(self, job: Job, due: datetime, error: str) -> None: ...

    async def bury_job(self, job: Job, error: str) -> None:
        """Dead letter: kept with its error, never run again by itself."""
        ...

    async def forget_jobs(self, due_before: datetime) -> None:
        """Drop the records of finished jobs that old. Waiting, running and dead ones stay."""
        ...

    async def next_due(self, kinds: Collection[JobKind] = tuple(JobKind)) -> datetime | None:
        """When the next job can be claimed: a waiting one is due, or the lease of a running one runs out."""
        ...

    async def ping(self) -> None:
        """Raises Unavailable if the store does not answer."""
        ...

    async def scrub(self) -> None:
        """Something was erased: leave nothing of it in the store's files, search index and logs of its own included, as
        far as the store can do that at once. Raises Unavailable."""
        ...

    async def aclose(self) -> None: ...


# --- bus --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signal:
    """A short-lived message beside the log: partial words, levels, mouth shapes, the AI's state. JSON text, made
    once for all who listen."""

    text: str


class Listener(Protocol):
    def __aiter__(self) -> AsyncIterator[Event | Signal]: ...

    def close(self) -> None: ...


class Bus(Protocol):
    """Stored events and signals of a session, to all who listen. In process: a slow listener loses signals first and
    is closed (raises Lagged) when events pile up; it then reads the log."""

    def publish(self, session: SessionId, items: Sequence[Event | Signal]) -> None:
        """Never blocks."""
        ...

    def listen(self, session: SessionId, *, signals: bool) -> AbstractAsyncContextManager[Listener]: ...


class Lagged(Exception):
    """The listener was too slow: read the log from the last seen sequence number and listen again."""
