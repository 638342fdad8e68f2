"""A format: a kind of session. One module and one entry point each; what differs between them is a field."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from vivavoce.domain.reports.criteria import Criterion
from vivavoce.domain.sessions.session import Address, IdleStages, Role
from vivavoce.engine.ports import Extractor
from vivavoce.services.ports_outside import Documents, Web


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
