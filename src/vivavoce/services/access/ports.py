"""What accounts, ways to sign in, invitations and the audit log need of the store."""

from typing import Protocol

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.community import Community
from vivavoce.services.asking import Asking, Cursor, System
from vivavoce.services.people.ports import Listing


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
