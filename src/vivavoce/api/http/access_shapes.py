"""What goes over the wire of accounts, sign-in, keys and invitations."""

from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from vivavoce.api.http.shapes import PLAIN, Name, shown
from vivavoce.domain.people.account import MAX_EMAIL, Account, AccountState
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.community import Community, SignUp
from vivavoce.domain.people.invitation import Invitation
from vivavoce.domain.people.scopes import SCOPES
from vivavoce.domain.people.sign_ins import ApiKey, SignIn, Way
from vivavoce.domain.people.viewer import Standing
from vivavoce.domain.sessions.session import Role
from vivavoce.services.access.room_tokens import LONGEST_S


def _taken(*values: JsonValue) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(values)})


Email = Annotated[str, StringConstraints(min_length=3, max_length=MAX_EMAIL, pattern=PLAIN)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=8192, pattern=PLAIN)]
CommunityName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Zone = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=PLAIN)]

_ACCOUNT: Final[dict[str, Any]] = {
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
_WHEN: Final = "2026-03-02T09:00:00Z"
_LATER: Final = "2026-06-01T09:00:00Z"
_TOKEN: Final = "kY3nU2v9gR1mQ7xZc5bT0wLhJ8fDpAsE4iOuVyGtXrM"
_COMMUNITY: Final[dict[str, Any]] = {"id": "lumen", "name": "Lumen", "sign_up": "invited", "created_at": _WHEN}


# --- accounts ---------------------------------------------------------------------------------------


class AccountOut(BaseModel):
    """One person in one community."""

    model_config = shown(_ACCOUNT)

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
    model_config = shown({"items": [_ACCOUNT], "next_cursor": None})

    items: list[AccountOut]
    next_cursor: str | None


class MeOut(BaseModel):
    """Who is asking, and what that allows."""

    model_config = shown(
        {
            "account": _ACCOUNT,
            "community": _COMMUNITY,
            "way": "password",
            "standing": "member",
            "scopes": None,
            "only": None,
            "csrf_token": _TOKEN,
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

    model_config = _taken({"name": "Ana", "time_zone": "Europe/Vienna"}, {"country": "AT"})

    name: Name | None = None
    language: Language | None = None
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-2; empty: not told.")
    time_zone: Zone | None = Field(default=None, description="An IANA name.")


class PersonIn(BaseModel):
    """Who is invited to the community."""

    model_config = _taken({"email": "ben@example.org", "name": "Ben", "standing": "coach"})

    email: Email
    name: Name
    standing: Standing = Standing.MEMBER


class InvitedOut(BaseModel):
    """Somebody who was invited, and the link to give them; it is shown once."""

    model_config = shown(
        {
            "account": {**_ACCOUNT, "state": "invited"},
            "token": _TOKEN,
            "url": f"https://live.example.org/sign-in#reset={_TOKEN}",
        }
    )

    account: AccountOut
    token: str
    url: str


class PersonChangeIn(BaseModel):
    """What is to be another. A field that is left out stays."""

    model_config = _taken({"standing": "host"}, {"state": "disabled"})

    name: Name | None = None
    standing: Standing | None = None
    state: Literal[AccountState.ACTIVE, AccountState.DISABLED] | None = None


# --- signing in -------------------------------------------------------------------------------------


class SignInIn(BaseModel):
    model_config = _taken({"email": "ana@example.org", "password": "a long sentence is best"})

    email: Email
    password: Password
    community: CommunityName | None = Field(default=None, description="Left out: the server's own.")


class SignUpIn(BaseModel):
    model_config = _taken({"email": "ana@example.org", "password": "a long sentence is best", "name": "Ana"})

    email: Email
    password: Password = Field(description="10 to 200 characters.")
    name: Name
    community: CommunityName | None = Field(default=None, description="Left out: the server's own.")


class SignedInOut(BaseModel):
    """Somebody who just signed in; their cookie comes with it."""

    model_config = shown({"account": _ACCOUNT, "csrf_token": _TOKEN, "expires_at": _LATER})

    account: AccountOut
    csrf_token: str = Field(description="For the header `X-CSRF-Token`.")
    expires_at: datetime


class LinkIn(BaseModel):
    model_config = _taken({"token": "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJsdW1lbiJ9.c2lnbmVk"})

    token: Token = Field(description="Signed by the community's platform: docs/access.md.")
    community: CommunityName | None = Field(default=None, description="The only one that is expected.")


class ForgotIn(BaseModel):
    model_config = _taken({"email": "ana@example.org"})

    email: Email
    community: CommunityName | None = Field(default=None, description="Left out: the server's own.")


class ForgotOut(BaseModel):
    model_config = shown({"sent": True})

    sent: bool = Field(description="True if mails can be sent at all; whether there is such an account is not told.")


class ChooseIn(BaseModel):
    model_config = _taken({"token": _TOKEN, "password": "a long sentence is best"})

    token: Token = Field(description="Of the link that was sent.")
    password: Password = Field(description="10 to 200 characters.")
    name: Name | None = Field(default=None, description="For who was invited.")


class VerifyIn(BaseModel):
    model_config = _taken({"token": _TOKEN})

    token: Token = Field(description="Of the link that was sent.")


class PasswordIn(BaseModel):
    model_config = _taken({"old": "a long sentence is best", "new": "and a longer one is better"})

    old: Password
    new: Password = Field(description="10 to 200 characters.")


class ProviderOut(BaseModel):
    model_config = shown({"id": "google", "title": "Google", "url": "/api/sign-in/oidc/google"})

    id: str
    title: str
    url: str = Field(description="To send the browser to. Takes `community` and `to`, a path to come back to.")


class WaysOut(BaseModel):
    """How people come in here."""

    model_config = shown(
        {
            "accounts": True,
            "community": "lumen",
            "sign_up": "invited",
            "mail": True,
            "providers": [{"id": "google", "title": "Google", "url": "/api/sign-in/oidc/google"}],
        }
    )

    accounts: bool = Field(description="False: local mode, where nobody signs in.")
    community: str
    sign_up: SignUp
    mail: bool = Field(description="Whether a forgotten password can be replaced by mail.")
    providers: list[ProviderOut]


class SignInOut(BaseModel):
    """One sign-in of one's own."""

    model_config = shown(
        {
            "id": "sgn_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "way": "password",
            "device": "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0",
            "created_at": _WHEN,
            "seen_at": _WHEN,
            "expires_at": _LATER,
            "this": True,
        }
    )

    id: str
    way: Way
    device: str = Field(description="What the browser calls itself.")
    created_at: datetime
    seen_at: datetime = Field(description="To about five minutes.")
    expires_at: datetime
    this: bool = Field(description="The one that asks.")

    @classmethod
    def of(cls, sign_in: SignIn, this: str | None) -> Self:
        return cls(
            id=sign_in.id,
            way=sign_in.way,
            device=sign_in.device,
            created_at=sign_in.created_at,
            seen_at=sign_in.seen_at,
            expires_at=sign_in.expires_at,
            this=sign_in.id == this,
        )


class SignInList(BaseModel):
    model_config = shown({"items": [], "next_cursor": None})

    items: list[SignInOut]
    next_cursor: None = None


# --- keys -------------------------------------------------------------------------------------------

_KEY: Final[dict[str, Any]] = {
    "id": "key_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "name": "Our web site",
    "start": "viv_kY3n",
    "scopes": ["sessions:read", "sessions:write"],
    "created_at": _WHEN,
    "used_at": None,
    "expires_at": None,
}


class KeyIn(BaseModel):
    model_config = _taken({"name": "Our web site", "scopes": ["sessions:read", "sessions:write"]})

    name: Name
    scopes: list[Annotated[str, StringConstraints(pattern=r"^[a-z]+:[a-z]+$", max_length=40)]] | None = Field(
        default=None,
        max_length=len(SCOPES),
        description="What it may be used for; left out: all that one's account may, save sign-ins and keys.",
    )
    expires_at: AwareDatetime | None = None


class KeyOut(BaseModel):
    model_config = shown(_KEY)

    id: str
    name: str
    start: str = Field(description="The first characters of the key, to know it by.")
    scopes: list[str] | None
    created_at: datetime
    used_at: datetime | None = Field(description="To about a minute.")
    expires_at: datetime | None

    @classmethod
    def of(cls, key: ApiKey) -> Self:
        return cls(
            id=key.id,
            name=key.name,
            start=key.start,
            scopes=None if key.scopes is None else sorted(key.scopes),
            created_at=key.created_at,
            used_at=key.used_at,
            expires_at=key.expires_at,
        )


class NewKeyOut(KeyOut):
    """A key just made: the only time that it is shown."""

    model_config = shown({**_KEY, "key": f"viv_{_TOKEN}"})

    key: str = Field(description="For `Authorization: Bearer`. It is not kept here.")


class KeyList(BaseModel):
    model_config = shown({"items": [_KEY], "next_cursor": None})

    items: list[KeyOut]
    next_cursor: None = None


class ScopeOut(BaseModel):
    model_config = shown({"scope": "sessions:read", "allows": SCOPES["sessions:read"]})

    scope: str
    allows: str


class ScopeList(BaseModel):
    model_config = shown(
        {"items": [{"scope": "sessions:read", "allows": SCOPES["sessions:read"]}], "next_cursor": None}
    )

    items: list[ScopeOut]
    next_cursor: None = None


# --- community --------------------------------------------------------------------------------------


class CommunityOut(BaseModel):
    """The tenant that one belongs to."""

    model_config = shown(_COMMUNITY)

    id: str
    name: str
    sign_up: SignUp = Field(description="Who may make an account for themselves.")
    created_at: datetime

    @classmethod
    def of(cls, community: Community) -> Self:
        return cls(id=community.id, name=community.name, sign_up=community.sign_up, created_at=community.created_at)


class CommunityChangeIn(BaseModel):
    """What is to be another. A field that is left out stays."""

    model_config = _taken({"sign_up": "open"})

    name: Name | None = None
    sign_up: SignUp | None = None


class LinkSecretIn(BaseModel):
    model_config = _taken({"at_once": False})

    at_once: bool = Field(default=False, description="The secret before is void now, not only in a day.")


class LinkSecretOut(BaseModel):
    """What the community's platform signs its links with; it is shown once."""

    model_config = shown({"id": "sec_01k9z0c0v5g2m4q8r1t3w6y9b0", "secret": _TOKEN, "created_at": _WHEN})

    id: str
    secret: str
    created_at: datetime


# --- invitations and room tokens --------------------------------------------------------------------

_INVITATION: Final[dict[str, Any]] = {
    "id": "inv_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "role": "guest",
    "name": "Gus",
    "created_at": _WHEN,
    "expires_at": _LATER,
    "most_uses": 1,
    "uses": 0,
    "anyone_coaches": False,
    "revoked_at": None,
}
Invited = Literal[Role.GUEST, Role.MEMBER, Role.COACH]


class InvitationIn(BaseModel):
    model_config = _taken({"role": "guest", "name": "Gus"}, {"role": "coach", "lasts_hours": 2})

    role: Invited = Role.GUEST
    name: Name | None = Field(default=None, description="What the guest is called unless they say otherwise.")
    lasts_hours: int = Field(default=7 * 24, ge=1, le=90 * 24)
    most_uses: int = Field(default=1, ge=1, le=100)
    anyone_coaches: bool = Field(
        default=False, description="With the role coach: also who is no coach of the community, or has no account."
    )


class InvitationOut(BaseModel):
    model_config = shown(_INVITATION)

    id: str
    session: str
    role: Role
    name: str
    created_at: datetime
    expires_at: datetime
    most_uses: int
    uses: int
    anyone_coaches: bool
    revoked_at: datetime | None

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        return cls(
            id=invitation.id,
            session=invitation.session,
            role=invitation.role,
            name=invitation.name,
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            most_uses=invitation.most_uses,
            uses=invitation.uses,
            anyone_coaches=invitation.anyone_coaches,
            revoked_at=invitation.revoked_at,
        )


class NewInvitationOut(InvitationOut):
    """An invitation just made, with its link: the only time that it is shown."""

    model_config = shown({**_INVITATION, "token": _TOKEN, "url": f"https://live.example.org/sign-in#join={_TOKEN}"})

    token: str
    url: str


class InvitationList(BaseModel):
    model_config = shown({"items": [_INVITATION], "next_cursor": None})

    items: list[InvitationOut]
    next_cursor: None = None


class InvitationLookIn(BaseModel):
    model_config = _taken({"token": _TOKEN})

    token: Token


class InvitationShownOut(BaseModel):
    """What a link is for: for who holds it, before they accept."""

    model_config = shown(
        {
            "role": "guest",
            "name": "Gus",
            "invited_by": "Ana",
            "title": "Ask for the promotion",
            "format": "coaching_room",
            "scheduled_for": None,
            "expires_at": _LATER,
        }
    )

    role: Role
    name: str
    invited_by: str
    title: str
    format: str
    scheduled_for: datetime | None
    expires_at: datetime


class AcceptIn(BaseModel):
    model_config = _taken({"token": _TOKEN, "name": "Gus"})

    token: Token
    name: Name | None = Field(default=None, description="What to be called.")
    cookie: bool = Field(default=True, description="Whether a guest is signed in here by a cookie.")


class RoomTokenOut(BaseModel):
    """For `Authorization: Bearer`, or `?token=` where no header can be set: one session, for a short time."""

    model_config = shown({"token": "eyJhbGciOiJIUzI1NiJ9.eyJjb20iOiJsdW1lbiJ9.c2lnbmVk", "expires_at": _WHEN})

    token: str
    expires_at: datetime


class AcceptedOut(BaseModel):
    """The seat that a link gave."""

    model_config = shown(
        {
            "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
            "role": "guest",
            "account": "acc_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "room": {"token": "eyJhbGciOiJIUzI1NiJ9.eyJjb20iOiJsdW1lbiJ9.c2lnbmVk", "expires_at": _WHEN},
            "csrf_token": _TOKEN,
        }
    )

    session: str
    seat: str
    role: Role
    account: str
    room: RoomTokenOut
    csrf_token: str | None = Field(description="Of a guest who was signed in by a cookie.")


class RoomTokenIn(BaseModel):
    model_config = _taken({"lasts_s": 600})

    lasts_s: int = Field(default=LONGEST_S, ge=1, le=LONGEST_S)


# --- audit ------------------------------------------------------------------------------------------

_ENTRY: Final[dict[str, Any]] = {
    "id": "aud_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "at": _WHEN,
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
