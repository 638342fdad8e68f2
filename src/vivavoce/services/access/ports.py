"""What accounts, ways to sign in, invitations and the audit log need of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from vivavoce.base.ids import AccountId, CommunityId, InvitationId, KeyId, SessionId, SignInId
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.community import Community
from vivavoce.domain.people.invitation import Invitation
from vivavoce.domain.people.sign_ins import ApiKey, SignIn
from vivavoce.services.asking import Asking, Cursor, System
from vivavoce.services.people.ports import Listing


@dataclass(frozen=True, slots=True)
class Secret:
    """What links (`link`) or room tokens (`room`) of a community are signed with. expires_at: None while in use."""

    id: str
    community: CommunityId
    kind: str
    secret: str
    created_at: datetime
    expires_at: datetime | None = None


class People(Protocol):
    """Accounts. A person sees their own, hosts and admins those of their community, the platform all."""

    async def account(self, asking: Asking, id: AccountId) -> Account:
        """Raises AccountNotFound, also for one that `asking` may not see."""
        ...

    async def accounts(
        self,
        asking: Asking,
        community: CommunityId,
        *,
        state: AccountState | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[Account]:
        """Newest first; for a viewer who is neither host nor admin, only their own. limit: 1 to 100."""
        ...

    async def by_email(self, asking: System, community: CommunityId, email: str) -> Account | None:
        """email: as `normal_email` gives it."""
        ...

    async def by_external_id(self, asking: System, community: CommunityId, external_id: str) -> Account | None: ...

    async def add(self, account: Account) -> None:
        """Raises Conflict when the community has its e-mail address or external id already."""
        ...

    async def save(self, account: Account) -> None:
        """Write all of it but the password. Raises AccountNotFound, and Conflict as `add`."""
        ...

    async def password(self, asking: System, id: AccountId) -> str | None:
        """The hash of the account's password."""
        ...

    async def set_password(self, id: AccountId, hash: str | None) -> None: ...

    async def forget(self, asking: Asking, id: AccountId) -> None:
        """The account is gone, with its ways to sign in and its open links."""
        ...


class Communities(Protocol):
    async def get(self, asking: Asking, id: CommunityId) -> Community:
        """Raises CommunityNotFound, also for one that is not that of who asks."""
        ...

    async def all(self, asking: System) -> list[Community]:
        """By id."""
        ...

    async def save(self, community: Community) -> None:
        """Write it, new or known."""
        ...


class Audit(Protocol):
    async def add(self, entry: AuditEntry) -> None: ...

    async def page(
        self,
        asking: Asking,
        community: CommunityId,
        *,
        actor: AccountId | None = None,
        subject: str | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[AuditEntry]:
        """Newest first; for a viewer of another community none. limit: 1 to 100."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None:
        """What the account did stays, without saying who it was; so does what was done to it."""
        ...


class SignIns(Protocol):
    """Sign-ins, and who other providers know people as."""

    async def add(self, sign_in: SignIn, hash: str) -> None: ...

    async def by_hash(self, asking: System, hash: str) -> tuple[SignIn, Account] | None: ...

    async def seen(self, id: SignInId, at: datetime) -> None: ...

    async def of(self, asking: Asking, account: AccountId) -> list[SignIn]:
        """One's own, newest first, at most 100."""
        ...

    async def end(self, asking: Asking, id: SignInId) -> None:
        """Raises SignInNotFound, also for one that is not that of who asks."""
        ...

    async def end_all(self, account: AccountId, *, but: SignInId | None = None) -> None: ...

    async def forget_before(self, seen: datetime, now: datetime) -> None:
        """Drop those not seen since, and those over by now."""
        ...

    async def known_as(self, asking: System, community: CommunityId, issuer: str, subject: str) -> AccountId | None: ...

    async def link(self, community: CommunityId, issuer: str, subject: str, account: AccountId) -> None:
        """Raises Conflict if the community knows somebody by it already."""
        ...


class Keys(Protocol):
    async def add(self, key: ApiKey, hash: str) -> None: ...

    async def by_hash(self, asking: System, hash: str) -> tuple[ApiKey, Account] | None: ...

    async def used(self, id: KeyId, at: datetime) -> None: ...

    async def of(self, asking: Asking, account: AccountId) -> list[ApiKey]:
        """One's own, newest first, at most 100."""
        ...

    async def remove(self, asking: Asking, id: KeyId) -> None:
        """Raises KeyNotFound, also for one that is not that of who asks."""
        ...

    async def remove_all(self, account: AccountId) -> None: ...


class Links(Protocol):
    """What was sent to people, and what links and tokens are signed with."""

    async def add_ticket(
        self, hash: str, community: CommunityId, account: AccountId, kind: str, expires_at: datetime
    ) -> None: ...

    async def take_ticket(self, asking: System, hash: str, kinds: Sequence[str], now: datetime) -> AccountId | None:
        """Whose it is, once; None if there is none, or it has run out."""
        ...

    async def drop_tickets(self, account: AccountId) -> None: ...

    async def use_once(self, community: CommunityId, nonce: str, expires_at: datetime) -> bool:
        """False if it was used before."""
        ...

    async def add_secret(self, secret: Secret) -> None: ...

    async def secrets(self, asking: System, community: CommunityId, kind: str, now: datetime) -> list[Secret]:
        """Those that are valid, newest first."""
        ...

    async def expire_secrets(self, community: CommunityId, kind: str, at: datetime) -> None:
        """Let those that would last longer end then."""
        ...

    async def forget_before(self, at: datetime) -> None:
        """Drop what has run out."""
        ...


class Invitations(Protocol):
    async def add(self, invitation: Invitation, hash: str) -> None: ...

    async def by_hash(self, asking: System, hash: str) -> Invitation | None:
        """Nobody else uses it until the transaction ends."""
        ...

    async def get(self, asking: Asking, session: SessionId, id: InvitationId) -> Invitation:
        """Raises InvitationNotFound. Who may see a session's invitations is the caller's to know."""
        ...

    async def of(self, asking: Asking, session: SessionId) -> list[Invitation]:
        """A session's, newest first, at most 100."""
        ...

    async def save(self, invitation: Invitation) -> None: ...
