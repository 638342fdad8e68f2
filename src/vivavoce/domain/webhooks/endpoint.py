"""Where a community wants to be told what happens, and what waits to be told there."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from vivavoce.base.ids import CommunityId, DeliveryId, SessionId, WebhookId
from vivavoce.domain.errors import Invalid

MOST_ENDPOINTS: Final = 20  # of a community
MOST_FILTERS: Final = 50
LONGEST_URL: Final = 2000
LONGEST_NAME: Final = 200
_FILTER: Final = re.compile(r"\*|[a-z][a-z_]*(?:\.[a-z][a-z_]*)*(?:\.\*)?")


class EndpointState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"  # what happens is kept, and sent once it is active again
    OFF = "off"  # it answered 410 Gone: nothing is kept for it, until somebody makes it active


@dataclass(frozen=True, slots=True)
class Endpoint:
    """events: which are sent: names such as `session.phase`, `session.*` for all that begin so, `*` for all.
    content: whether what people said goes along. previous_secret: signs too, for a while after a new one was made.
    error: why it is off.
    """

    id: WebhookId
    community: CommunityId
    url: str
    events: tuple[str, ...]
    secret: str
    created_at: datetime
    name: str = ""
    content: bool = False
    state: EndpointState = EndpointState.ACTIVE
    previous_secret: str | None = None
    previous_until: datetime | None = None
    error: str = ""

    def wants(self, type: str) -> bool:
        return any(matches(filter, type) for filter in self.events)

    @property
    def keeps(self) -> bool:
        """Whether what happens is kept for it."""
        return self.state is not EndpointState.OFF

    def secrets(self, now: datetime) -> tuple[str, ...]:
        """What to sign with now, the newest first."""
        old = self.previous_secret
        if old is None or self.previous_until is None or now >= self.previous_until:
            return (self.secret,)
        return (self.secret, old)


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"  # given up; it can be sent again by hand


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one endpoint. id: its `webhook-id`, the same however often it is sent.

    session, seq: where it stands in its session's log; None for what belongs to no session. attempts: tries so far.
    since: from when on its three days count: when it was made, or sent anew by hand. due: when it is tried next.
    status: of the last answer; None if there was none.
    """

    id: DeliveryId
    webhook: WebhookId
    community: CommunityId
    type: str
    body: str
    created_at: datetime
    since: datetime
    session: SessionId | None = None
    seq: int | None = None
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    due: datetime | None = None
    status: int | None = None
    error: str = ""
    delivered_at: datetime | None = None
    tried_at: datetime | None = None

    @property
    def queue(self) -> str:
        """What it waits in line with: the messages of its session, or none."""
        return self.session or self.id


def checked_events(events: tuple[str, ...]) -> tuple[str, ...]:
    """The filters, each once. Raises Invalid."""
    found = tuple(dict.fromkeys(one.strip() for one in events))
    if not 1 <= len(found) <= MOST_FILTERS:
        raise Invalid(f"Name 1 to {MOST_FILTERS} kinds of events, or `*` for all.")
    for one in found:
        if len(one) > 100 or _FILTER.fullmatch(one) is None:
            raise Invalid(
                "An event filter is `*`, a name such as `session.phase`, or `session.*` for all that begin so."
            )
    return found


def checked_url(url: str) -> str:
    """The address. Raises Invalid. Whether it may be reached is seen when something is sent."""
    try:
        parts = urlsplit(url)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        raise Invalid("This is not an address.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not port_is_good:
        raise Invalid("The address of a webhook begins with https:// or http:// and names a host.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise Invalid("The address of a webhook holds no user name, password or fragment: messages are signed instead.")
    if len(url) > LONGEST_URL or not url.isascii() or any(char.isspace() for char in url):
        raise Invalid(f"The address of a webhook has at most {LONGEST_URL} characters, all ASCII, and no blanks.")
    return url


def matches(filter: str, type: str) -> bool:
    """Whether an event of this type is one of those that the filter means."""
    if filter.endswith(".*"):
        return type.startswith(filter[:-1])
    return filter in ("*", type)
