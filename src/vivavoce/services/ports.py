"""What use cases need: a store, a bus, jobs, files, formats and the live rooms of this node."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from vivavoce.base.ids import JobId, NodeId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.reports.criteria import Criterion
from vivavoce.domain.sessions.events import Event, Fact
from vivavoce.domain.sessions.session import Address, EndReason, IdleStages, Phase, Role, Session
from vivavoce.engine.ports import Extractor, Models
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


# --- files ------------------------------------------------------------------------------------------


class Files(Protocol):
    """Blobs beside the store: spoken replies, recordings. Keys look like `ses_.../reply_....wav`."""

    async def put(self, key: str, content: bytes) -> None:
        """Whole or not at all. Raises ValueError for a key that is no plain path."""
        ...

    async def get(self, key: str) -> bytes:
        """Raises MediaNotFound."""
        ...

    async def list(self, prefix: str) -> list[str]:
        """The keys in a folder and below, or the one that is `prefix`, sorted. An empty prefix: all."""
        ...

    async def delete(self, prefix: str) -> None:
        """What `list` gives is gone. Raises ValueError for an empty prefix."""
        ...


class AudioFiles(Protocol):
    """Sound as files: audio messages in, spoken replies out. Works off the event loop."""

    async def decode(self, content: bytes, *, max_s: float) -> NDArray[np.int16]:
        """The sound of a WAV, Ogg/Opus, WebM, MP3 or M4A file: int16 mono 16 kHz, shape (n,), n > 0.

        What it is, is read from its content. Raises UnsupportedMedia if it is none of these, broken or without sound;
        TooLarge if it lasts longer than `max_s`.
        """
        ...

    async def encode_wav(self, samples: NDArray[np.int16], rate_hz: int) -> bytes:
        """A PCM16 mono WAV file."""
        ...

    async def encode_ogg_opus(self, samples: NDArray[np.int16], rate_hz: int) -> bytes:
        """A mono Ogg/Opus file (24 kbit/s)."""
        ...


# --- what lies outside this process ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What an address answered. media_type: without parameters, in lower case."""

    content: bytes
    media_type: str
    status: int = 200


class Web(Protocol):
    """Requests to addresses that people gave. Private and local addresses are refused unless configured otherwise,
    at every redirect and after name resolution."""

    async def fetch(self, url: str, *, max_bytes: int, timeout_s: float) -> WebAnswer:
        """A page. Raises Invalid (a sentence) for an address that is not allowed or has no page, TooLarge, and
        Unavailable where trying again may help."""
        ...

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> WebAnswer:
        """The answer whatever its status, without following redirects, its content cut short. Raises Unavailable if
        there is none, Invalid for an address that is not allowed."""
        ...

    async def aclose(self) -> None: ...


class Documents(Protocol):
    async def text(self, content: bytes, media_type: str) -> str:
        """The text of a PDF, a DOCX, an HTML page or plain text; what it is, is read from its content first.

        Raises UnsupportedMedia, TooLarge, Invalid when it holds no text.
        """
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """calendar: an iCalendar text that goes with it."""

    to: str
    subject: str
    text: str
    calendar: str | None = None


class Mailer(Protocol):
    async def send(self, mail: Mail) -> None:
        """Raises Unavailable; the mail may then be sent again."""
        ...


# --- formats ----------------------------------------------------------------------------------------


class Modality(StrEnum):
    TEXT = "text"
    AUDIO = "audio"  # audio messages
    VOICE = "voice"  # live
    CAMERA = "camera"


@dataclass(frozen=True, slots=True)
class Preparation:
    """What a format's set-up works with.

    answers: the session's variables, and what was given for its set-up (`document`: the text of an uploaded one).
    extractor: None where no language model is configured. guided: whether rules may take the place of one that fails,
    as the guide does in the room.
    """

    answers: Mapping[str, str]
    web: "Web | None"
    documents: "Documents | None"
    extractor: Extractor | None
    guided: bool = False


@dataclass(frozen=True, slots=True)
class PreparedPlan:
    """variables: for the persona's and the format's instructions. plan: what `Session.plan` is to be, JSON.
    subject: what the session turned out to be about: its title, where nobody gave it one."""

    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    plan: Mapping[str, object] = field(default_factory=dict[str, object])
    subject: str = ""


SetUp = Callable[[Preparation], Awaitable[PreparedPlan]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that is chosen when a session is opened, and kept in its variable `name`.

    options: id and title of each; empty: any text. usual: None where there must be an answer.
    """

    name: str
    title: str
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    usual: str | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What a session costs: `credits`, held at the start, due `after_s` from when the first microphone went on.

    A session that ended before, or by a fault of the platform, costs nothing. A community may set other credits.
    """

    credits: int
    after_s: int


@dataclass(frozen=True, slots=True)
class Length:
    """A session's time limit is chosen when it is opened, in minutes, as the variable `minutes`.

    before_s: added to it, for what is said before that time begins.
    """

    usual: int
    least: int
    most: int
    before_s: int = 0


_USUAL_IDLE: Final = IdleStages(nudge_s=40, ask_s=90, end_s=150)


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of session, declared in one module. Adding one touches no other file.

    instructions: the format's rules for a model; the persona's own come first.
    script: which of the guide's scripts serves it when no language model is configured.
    time_limit_s: None for no limit. time_left_s: when the time left is told, in seconds before the limit.
    idle_s: a session by message in which nothing happens this long is ended. empty_s: the same for a live session
    that everybody left. expire_s: a session that is never started is cancelled this long after it could have been.
    no_show_s: a planned session nobody came to is cancelled this long after its time.
    set_up: runs between `preparing` and `ready`; may run twice; raises DomainError with a sentence for the person.
    needs: the names of answers without which the set-up waits for `POST .../setup`; any one of them will do.
    choices: what is chosen when a session is opened. length: of a session whose time limit is chosen.
    price: None: it costs nothing. one_open: a person has one such session at a time that is not over.
    listed: everybody of the community may find and join it. coached: has a seat for a human coach.
    ended_by: the least role that may end it; everybody who is seated where it is MEMBER.
    greets: the AI speaks first, also where nobody may address it. steered: the host may change who addresses the AI.
    listens: microphones are heard; where not, live voice goes one way, and nothing said is known to anybody.
    discreet: what is said is forgotten at once, but for danger and a wish to stop.
    opens: it has an opening of its own, in place of the persona's greeting. focus: tasks and a timer.
    notes: written notes are kept with it. told: the AI is told what is known about the owner (profile, goals,
    project, memory).
    remembers: facts are kept from it. asks_back: it opens by asking how the last commitment went. safety: has the
    crisis protocol. criteria: what its report scores.
    retention_days: how long it is kept after its end; None: for as long as its people wish.
    defaults: for screens: whether `camera` and `microphone` are on when one comes in.
    """

    name: str
    title: str
    description: str
    modalities: frozenset[Modality]
    persona: str
    instructions: str
    script: str
    max_participants: int = 1
    time_limit_s: int | None = None
    time_left_s: tuple[int, ...] = (120, 30)
    idle: IdleStages | None = _USUAL_IDLE
    idle_s: int = 24 * 3600
    empty_s: int = 300
    expire_s: int = 24 * 3600
    no_show_s: int = 300
    address: Address = Address.EVERYONE
    wrap_up: bool = True
    set_up: SetUp | None = None
    needs: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    length: Length | None = None
    price: Price | None = None
    one_open: bool = False
    listed: bool = False
    coached: bool = False
    ended_by: Role = Role.MEMBER
    greets: bool = True
    steered: bool = True
    listens: bool = True
    discreet: bool = False
    opens: bool = False
    focus: bool = False
    notes: bool = False
    told: bool = True
    remembers: bool = True
    asks_back: bool = False
    safety: bool = True
    criteria: tuple[Criterion, ...] = ()
    retention_days: int | None = None
    defaults: Mapping[str, bool] = field(default_factory=dict[str, bool])


# --- personas ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the AI is. `instructions` and `greeting` may hold `{{variables}}`.

    patience: 0 (quick to answer) to 1 (waits long). interruptible: may people barge in. wake_phrase: what calls it
    where it speaks only when called; wake_names: what it is called by besides. models: the language models to use, of
    those the platform has; empty: the platform's choice. time_limit_s: of a session with it, where the format's is
    longer. reply_words: how long its replies may be. suits: the formats it is written for, to choose it by; empty: any.
    version: of a community's own; None for a built-in one.
    """

    id: str
    name: str
    title: str
    instructions: str
    greeting: str | None = None
    voice: str = ""
    language: str = "en"
    look: str = "default"
    patience: float = 0.5
    interruptible: bool = True
    wake_names: tuple[str, ...] = ()
    wake_phrase: str = "hey agent"
    models: tuple[str, ...] = ()
    time_limit_s: int | None = None
    reply_words: int | None = None
    suits: tuple[str, ...] = ()
    version: int | None = None

    @property
    def pinned(self) -> str:
        """What a session keeps: the id, with the version where there are several."""
        return self.id if self.version is None else f"{self.id}@{self.version}"


ModelsOf = Callable[[Sequence[str]], Models]
"""The models to work with where a persona names language models: those of them that are configured, in its order, then
the platform's."""


class Personas(Protocol):
    async def get(self, asking: Asking, id: str) -> Persona:
        """Raises PersonaNotFound."""
        ...

    async def all(self, asking: Asking) -> list[Persona]: ...
