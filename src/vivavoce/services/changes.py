"""One change of the store: all or nothing, and what it recorded is told only after it was committed."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from vivavoce.base.clock import Clock
from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Event, Fact
from vivavoce.domain.sessions.session import Session
from vivavoce.domain.webhooks.news import News
from vivavoce.services.ports import Bus, JobKind, Store, Transaction
from vivavoce.services.webhooks.outbox import Outbox


@dataclass(slots=True)
class Change:
    """A transaction with what it recorded so far. `at` is the one moment it happens."""

    tx: Transaction
    at: datetime
    outbox: Outbox
    recorded: dict[SessionId, list[Event]] = field(default_factory=dict[SessionId, list[Event]])
    last_seq: dict[SessionId, int] = field(default_factory=dict[SessionId, int])

    def current(self, session: Session) -> Session:
        """The session with the number of the last event this change recorded for it."""
        return replace(session, last_seq=self.last_seq.get(session.id, session.last_seq))

    async def record(self, session: SessionId, *facts: Fact) -> list[Event]:
        return await self.record_all(session, facts)

    async def record_all(self, session: SessionId, facts: Sequence[Fact]) -> list[Event]:
        events = await self.tx.log.append(session, facts, self.at)
        self.last_seq[session] = events[-1].seq if events else self.last_seq.get(session, 0)
        self.recorded.setdefault(session, []).extend(events)
        await self.outbox.put_events(self.tx, session, events, self.at)
        return events

    async def tell(self, community: CommunityId, news: News, data: Mapping[str, object]) -> None:
        """Have a community's webhooks told of something that stands in no session's log. data: JSON, nobody's words."""
        await self.outbox.put_other(self.tx, community, news, data, self.at)

    async def timer(self, kind: JobKind, session: SessionId, after_s: float, **payload: str) -> None:
        """Have `kind` happen to the session that long from now, unless it is to happen already."""
        due = self.at + timedelta(seconds=after_s)
        suffix = "".join(f":{value}" for value in payload.values())
        await self.tx.jobs.enqueue(kind, {"session": session, **payload}, key=f"{kind}:{session}{suffix}", due=due)

    async def no_timer(self, kind: JobKind, session: SessionId, **payload: str) -> None:
        suffix = "".join(f":{value}" for value in payload.values())
        await self.tx.jobs.cancel(f"{kind}:{session}{suffix}")

    async def push_back(self, kind: JobKind, session: SessionId, after_s: float) -> None:
        """Let a waiting timer start anew."""
        await self.tx.jobs.reschedule(f"{kind}:{session}", self.at + timedelta(seconds=after_s))

    async def audit(
        self,
        by: Viewer | CommunityId,
        action: str,
        subject: str,
        *,
        session: SessionId | None = None,
        **detail: str,
    ) -> None:
        """Write down who saw or changed what. by: the person, or the community in which the platform did it itself.

        action: `account.disabled`, ...; subject: an id; detail: small, without content or secrets.
        """
        community, actor = (by.community, by.account) if isinstance(by, Viewer) else (by, AccountId("system"))
        entry = AuditEntry(new_id("aud"), community, self.at, actor, action, subject, session, detail)
        await self.tx.audit.add(entry)


@dataclass(frozen=True, slots=True)
class Records:
    """The store, and who is told of its changes. wake_jobs: tells this node's workers of a time a job is due at."""

    store: Store
    bus: Bus
    clock: Clock
    wake_jobs: Callable[[datetime], None]
    outbox: Outbox = field(default_factory=Outbox)

    @asynccontextmanager
    async def change(self) -> AsyncGenerator[Change]:
        """A transaction that publishes what it recorded once it is committed, and wakes the workers for its jobs."""
        async with self.store.transaction() as tx:
            made = Change(tx, self.clock.now(), self.outbox)
            yield made
        for session, events in made.recorded.items():
            self.bus.publish(session, events)
        if made.tx.jobs.next_due is not None:
            self.wake_jobs(made.tx.jobs.next_due)
