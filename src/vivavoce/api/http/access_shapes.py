"""What goes over the wire of accounts, communities and the audit log."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from vivavoce.api.http.shapes import PLAIN, Name, shown
from vivavoce.domain.people.account import MAX_EMAIL, Account, AccountState
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.community import Community, SignUp
from vivavoce.domain.people.sign_ins import Way
from vivavoce.domain.people.viewer import Standing


def taken(*values: JsonValue) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(values)})


Email = Annotated[str, StringConstraints(min_length=3, max_length=MAX_EMAIL, pattern=PLAIN)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=8192, pattern=PLAIN)]
CommunityName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Zone = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=PLAIN)]

ACCOUNT_EXAMPLE: Final[dict[str, Any]] = {
    "id": "acc_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "community": "lumen",
    "name": "Ana",
    "standing": "member",
    "email": "ana@example.org",
    "email_verified": True,
    "external_id": None,
    "state": "active",
    "language": "en",
    "country": "AT",
    "time_zone": "Europe/Vienna",
    "created_at": "2026-03-02T09:00:00Z",
}
WHEN: Final = "2026-03-02T09:00:00Z"
LATER: Final = "2026-06-01T09:00:00Z"
TOKEN_EXAMPLE: Final = "kY3nU2v9gR1mQ7xZc5bT0wLhJ8fDpAsE4iOuVyGtXrM"
COMMUNITY_EXAMPLE: Final[dict[str, Any]] = {"id": "lumen", "name": "Lumen", "sign_up": "invited", "created_at": WHEN}


# --- accounts ---------------------------------------------------------------------------------------


class AccountOut(BaseModel):
    """One person in one community."""

    model_config = shown(ACCOUNT_EXAMPLE)

    id: str
    community: str
    name: str
    standing: Standing
    email: str | None
    email_verified: bool
    external_id: str | None = Field(description="How the community's own platform names the person.")
    state: AccountState
    language: str
    country: str = Field(description="ISO 3166-1 alpha-2, or empty.")
    time_zone: str = Field(description="An IANA name.")
    created_at: datetime

    @classmethod
    def of(cls, account: Account) -> Self:
        return cls(
            id=account.id,
            community=account.community,
            name=account.name,
            standing=account.standing,
            email=account.email,
            email_verified=account.email_verified,
            external_id=account.external_id,
            state=account.state,
            language=account.language,
            country=account.country,
            time_zone=account.time_zone,
            created_at=account.created_at,
        )


class AccountPage(BaseModel):
    model_config = shown({"items": [ACCOUNT_EXAMPLE], "next_cursor": None})

    items: list[AccountOut]
    next_cursor: str | None


class MeOut(BaseModel):
    """Who is asking, and what that allows."""

    model_config = shown(
        {
            "account": ACCOUNT_EXAMPLE,
            "community": COMMUNITY_EXAMPLE,
            "way": "password",
            "standing": "member",
            "scopes": None,
            "only": None,
            "csrf_token": TOKEN_EXAMPLE,
        }
    )

    account: AccountOut
    community: "CommunityOut"
    way: Way = Field(description="How they came in.")
    standing: Standing
    scopes: list[str] | None = Field(description="Of an API key; null: all that the standing allows.")
    only: str | None = Field(description="The one session that a guest link or room token opens.")
    csrf_token: str | None = Field(description="For the header `X-CSRF-Token`; null where no cookie was sent.")


class MeChangeIn(BaseModel):
    """What is to be another. A field that is left out stays."""

    model_config = taken({"name": "Ana", "time_zone": "Europe/Vienna"}, {"country": "AT"})

    name: Name | None = None
    language: Language | None = None
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-2; empty: not told.")
    time_zone: Zone | None = Field(default=None, description="An IANA name.")


class PersonIn(BaseModel):
    """Who is invited to the community."""

    model_config = taken({"email": "ben@example.org", "name": "Ben", "standing": "coach"})

    email: Email
    name: Name
    standing: Standing = Standing.MEMBER


class InvitedOut(BaseModel):
    """Somebody who was invited, and the link to give them; it is shown once."""

    model_config = shown(
        {
            "account": {**ACCOUNT_EXAMPLE, "state": "invited"},
            "token": TOKEN_EXAMPLE,
            "url": f"https://live.example.org/sign-in#reset={TOKEN_EXAMPLE}",
        }
    )

    account: AccountOut
    token: str
    url: str


class PersonChangeIn(BaseModel):
    """What is to be another. A field that is left out stays."""

    model_config = taken({"standing": "host"}, {"state": "disabled"})

    name: Name | None = None
    standing: Standing | None = None
    state: Literal[AccountState.ACTIVE, AccountState.DISABLED] | None = None


# --- community --------------------------------------------------------------------------------------


class CommunityOut(BaseModel):
    """The tenant that one belongs to."""

    model_config = shown(COMMUNITY_EXAMPLE)

    id: str
    name: str
    sign_up: SignUp = Field(description="Who may make an account for themselves.")
    created_at: datetime

    @classmethod
    def of(cls, community: Community) -> Self:
        return cls(id=community.id, name=community.name, sign_up=community.sign_up, created_at=community.created_at)


class CommunityChangeIn(BaseModel):
    """What is to be another. A field that is left out stays."""

    model_config = taken({"sign_up": "open"})

    name: Name | None = None
    sign_up: SignUp | None = None


class LinkSecretIn(BaseModel):
    model_config = taken({"at_once": False})

    at_once: bool = Field(default=False, description="The secret before is void now, not only in a day.")


class LinkSecretOut(BaseModel):
    """What the community's platform signs its links with; it is shown once."""

    model_config = shown({"id": "sec_01k9z0c0v5g2m4q8r1t3w6y9b0", "secret": TOKEN_EXAMPLE, "created_at": WHEN})

    id: str
    secret: str
    created_at: datetime


# --- audit ------------------------------------------------------------------------------------------

_ENTRY: Final[dict[str, Any]] = {
    "id": "aud_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "at": WHEN,
    "actor": "acc_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "action": "account.state",
    "subject": "acc_01k9z0c0v5g2m4q8r1t3w6y9b1",
    "session": None,
    "detail": {"was": "active", "now": "disabled"},
}


class AuditOut(BaseModel):
    """Who saw or changed what. It names things and never holds what people said."""

    model_config = shown(_ENTRY)

    id: str
    at: datetime
    actor: str = Field(description="Whose doing it was: an account; `system`; `erased`.")
    action: str
    subject: str = Field(description="The id of what it was done to.")
    session: str | None
    detail: dict[str, str]

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        return cls(
            id=entry.id,
            at=entry.created_at,
            actor=entry.actor,
            action=entry.action,
            subject=entry.subject,
            session=entry.session,
            detail=dict(entry.detail),
        )


class AuditPage(BaseModel):
    model_config = shown({"items": [_ENTRY], "next_cursor": None})

    items: list[AuditOut]
    next_cursor: str | None
