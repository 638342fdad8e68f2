"""What goes over the wire of signing in and of API keys."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from vivavoce.api.http.access_shapes import (
    ACCOUNT_EXAMPLE,
    LATER,
    TOKEN_EXAMPLE,
    WHEN,
    AccountOut,
    CommunityName,
    Email,
    Password,
    Token,
    taken,
)
from vivavoce.api.http.shapes import Name, shown
from vivavoce.domain.people.community import SignUp
from vivavoce.domain.people.scopes import SCOPES
from vivavoce.domain.people.sign_ins import ApiKey, SignIn, Way

# --- signing in -------------------------------------------------------------------------------------


class SignInIn(BaseModel):
    model_config = taken({"email": "ana@example.org", "password": "a long sentence is best"})

    email: Email
    password: Password
    community: CommunityName | None = Field(default=None, description="Left out: the server's own.")


class SignUpIn(BaseModel):
    model_config = taken({"email": "ana@example.org", "password": "a long sentence is best", "name": "Ana"})

    email: Email
    password: Password = Field(description="10 to 200 characters.")
    name: Name
    community: CommunityName | None = Field(default=None, description="Left out: the server's own.")


class SignedInOut(BaseModel):
    """Somebody who just signed in; their cookie comes with it."""

    model_config = shown({"account": ACCOUNT_EXAMPLE, "csrf_token": TOKEN_EXAMPLE, "expires_at": LATER})

    account: AccountOut
    csrf_token: str = Field(description="For the header `X-CSRF-Token`.")
    expires_at: datetime


class LinkIn(BaseModel):
    model_config = taken({"token": "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJsdW1lbiJ9.c2lnbmVk"})

    token: Token = Field(description="Signed by the community's platform: docs/access.md.")
    community: CommunityName | None = Field(default=None, description="The only one that is expected.")


class ForgotIn(BaseModel):
    model_config = taken({"email": "ana@example.org"})

    email: Email
    community: CommunityName | None = Field(default=None, description="Left out: the server's own.")


class ForgotOut(BaseModel):
    model_config = shown({"sent": True})

    sent: bool = Field(description="True if mails can be sent at all; whether there is such an account is not told.")


class ChooseIn(BaseModel):
    model_config = taken({"token": TOKEN_EXAMPLE, "password": "a long sentence is best"})

    token: Token = Field(description="Of the link that was sent.")
    password: Password = Field(description="10 to 200 characters.")
    name: Name | None = Field(default=None, description="For who was invited.")


class VerifyIn(BaseModel):
    model_config = taken({"token": TOKEN_EXAMPLE})

    token: Token = Field(description="Of the link that was sent.")


class PasswordIn(BaseModel):
    model_config = taken({"old": "a long sentence is best", "new": "and a longer one is better"})

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
            "created_at": WHEN,
            "seen_at": WHEN,
            "expires_at": LATER,
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
    "created_at": WHEN,
    "used_at": None,
    "expires_at": None,
}


class KeyIn(BaseModel):
    model_config = taken({"name": "Our web site", "scopes": ["sessions:read", "sessions:write"]})

    name: Name
    scopes: list[Annotated[str, StringConstraints(min_length=1, max_length=40)]] | None = Field(
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

    model_config = shown({**_KEY, "key": f"viv_{TOKEN_EXAMPLE}"})

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
