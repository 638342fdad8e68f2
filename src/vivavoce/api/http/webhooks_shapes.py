"""What goes over the wire of webhooks."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from vivavoce.api.http.shapes import PLAIN, shown, taken
from vivavoce.domain.webhooks.endpoint import (
    LONGEST_NAME,
    LONGEST_URL,
    MOST_FILTERS,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
)

_WEBHOOK: Final[dict[str, Any]] = {
    "id": "whk_01k9z0c0v5g2m4q8r1t3w6y9f0",
    "name": "CRM",
    "url": "https://crm.example/hooks/vivavoce",
    "events": ["session.*", "report.ready"],
    "content": False,
    "state": "active",
    "error": "",
    "created_at": "2026-03-02T09:00:00Z",
}
_DELIVERY: Final[dict[str, Any]] = {
    "id": "msg_01k9z0c0v5g2m4q8r1t3w6y9f1",
    "type": "session.phase",
    "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "seq": 3,
    "state": "waiting",
    "attempts": 2,
    "due": "2026-03-02T09:00:40Z",
    "status": 503,
    "error": "It answered 503.",
    "created_at": "2026-03-02T09:00:04Z",
    "tried_at": "2026-03-02T09:00:10Z",
    "delivered_at": None,
}
_SECRET: Final = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD0gEnNTOUS1U="

Url = Annotated[str, StringConstraints(min_length=8, max_length=LONGEST_URL)]
Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME, strip_whitespace=True, pattern=PLAIN)]
Filter = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z_]*(\.[a-z][a-z_]*)*(\.\*)?)$", max_length=100)]
Filters = Annotated[
    list[Filter],
    Field(
        min_length=1,
        max_length=MOST_FILTERS,
        description="Which events: names such as `session.phase`, `session.*` for all that begin so, `*` for all.",
    ),
]


class WebhookIn(BaseModel):
    """An address that is to be told what happens."""

    model_config = taken({"name": "CRM", "url": _WEBHOOK["url"], "events": ["session.*", "report.ready"]})

    url: Url = Field(description="https:// or http://. A private address only where the server allows it.")
    events: Filters = ["*"]
    name: Name = ""
    content: bool = Field(default=False, description="Whether what people said goes along.")


class WebhookChangeIn(BaseModel):
    """What is to be another. A field that is left out stays."""

    model_config = taken({"state": "paused"}, {"events": ["*"]})

    url: Url | None = None
    events: Filters | None = None
    name: Name | None = None
    content: bool | None = None
    state: Literal["active", "paused"] | None = Field(
        default=None, description="While it is paused, what happens is kept, and sent once it is active again."
    )


class WebhookOut(BaseModel):
    """An address that is told what happens. Its secret is shown once, when it is made."""

    model_config = shown(_WEBHOOK)

    id: str
    name: str
    url: str
    events: list[str]
    content: bool
    state: EndpointState = Field(description="`off`: it answered 410 Gone; make it active to try again.")
    error: str = Field(description="Why it is off.")
    created_at: datetime

    @classmethod
    def of(cls, endpoint: Endpoint) -> Self:
        return cls(**_fields(endpoint))


class WebhookSecretOut(WebhookOut):
    """The endpoint with its secret, which is not shown again."""

    model_config = shown({**_WEBHOOK, "secret": _SECRET})

    secret: str = Field(description="Verifies what is sent (Standard Webhooks). Keep it.")

    @classmethod
    def of(cls, endpoint: Endpoint) -> Self:
        return cls(**_fields(endpoint), secret=endpoint.secret)


class WebhookList(BaseModel):
    model_config = shown({"items": [_WEBHOOK], "next_cursor": None})

    items: list[WebhookOut]
    next_cursor: None = Field(default=None, description="All are on one page.")


class DeliveryOut(BaseModel):
    """One message to one endpoint."""

    model_config = shown(_DELIVERY)

    id: str = Field(description="Its `webhook-id`: the same however often it is sent.")
    type: str
    session: str | None
    seq: int | None = Field(description="Its place in the session's log; those of one session are sent in this order.")
    state: DeliveryState = Field(description="`dead`: given up after three days; it can be sent again.")
    attempts: int
    due: datetime | None = Field(description="When it is tried next.")
    status: int | None = Field(description="Of the last answer; null: there was none.")
    error: str
    created_at: datetime
    tried_at: datetime | None
    delivered_at: datetime | None

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        return cls(
            id=delivery.id,
            type=delivery.type,
            session=delivery.session,
            seq=delivery.seq,
            state=delivery.state,
            attempts=delivery.attempts,
            due=delivery.due,
            status=delivery.status,
            error=delivery.error,
            created_at=delivery.created_at,
            tried_at=delivery.tried_at,
            delivered_at=delivery.delivered_at,
        )


class DeliveryPage(BaseModel):
    """What was and is to be sent, newest first. Bodies are not shown."""

    model_config = shown({"items": [_DELIVERY], "next_cursor": None})

    items: list[DeliveryOut]
    next_cursor: str | None


class ReplayIn(BaseModel):
    """What is to be sent again."""

    model_config = taken({"since": "2026-03-01T00:00:00Z"}, {"since": "2026-03-01T00:00:00Z", "all": True})

    since: AwareDatetime = Field(description="What happened from then on.")
    all: bool = Field(default=False, description="Also what was delivered; else only what was given up.")


class ReplayOut(BaseModel):
    model_config = shown({"count": 12})

    count: int = Field(description="How many messages wait again.")


def _fields(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": endpoint.id,
        "name": endpoint.name,
        "url": endpoint.url,
        "events": list(endpoint.events),
        "content": endpoint.content,
        "state": endpoint.state,
        "error": endpoint.error,
        "created_at": endpoint.created_at,
    }
