"""What the use cases of money need: the ledger in the store, and a shop that takes money."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from vivavoce.base.ids import AccountId, CommunityId, EntryId, SessionId
from vivavoce.domain.money.ledger import Balance, Entry, Hold
from vivavoce.domain.money.pricing import Purchase, SetPrice
from vivavoce.services.asking import Asking, Cursor, System
from vivavoce.services.people.ports import Listing


@dataclass(frozen=True, slots=True)
class Purse:
    """Whose credits."""

    community: CommunityId
    account: AccountId


class Credits(Protocol):
    """A person sees their own, an admin those of the community. Nothing in the ledger is changed or removed."""

    async def lock(self, purse: Purse, at: datetime) -> bool:
        """Nobody else holds, takes or gives its credits until the transaction ends. True: it was opened by this."""
        ...

    async def is_open(self, asking: Asking, purse: Purse) -> bool: ...

    async def balance(self, asking: Asking, purse: Purse) -> Balance:
        """Nothing for a purse that `asking` may not see."""
        ...

    async def add(self, entry: Entry) -> Entry:
        """The entry of this key: this one, or the one that was there before."""
        ...

    async def entry(self, asking: Asking, id: EntryId) -> Entry:
        """Raises EntryNotFound."""
        ...

    async def keyed(self, asking: Asking, community: CommunityId, key: str) -> Entry | None: ...

    async def entries(
        self, asking: Asking, purse: Purse, *, after: Cursor | None = None, limit: int = 50
    ) -> Listing[Entry]:
        """Newest first. limit: 1 to 100."""
        ...

    async def place(self, hold: Hold) -> None:
        """Raises Conflict if the session or the key has one."""
        ...

    async def hold_of(self, asking: System, session: SessionId) -> Hold | None: ...

    async def close(self, hold: Hold) -> None:
        """Write how a hold ended. Raises Conflict if it was closed before."""
        ...

    async def price(self, asking: Asking, community: CommunityId, format: str) -> SetPrice | None: ...

    async def prices(self, asking: Asking, community: CommunityId) -> list[SetPrice]: ...

    async def set_price(self, price: SetPrice) -> None: ...

    async def unset_price(self, community: CommunityId, format: str) -> None: ...

    async def add_purchase(self, purchase: Purchase) -> None: ...

    async def lock_purchase(self, asking: System, id: str) -> Purchase | None:
        """Nobody else changes it until the transaction ends."""
        ...

    async def save_purchase(self, purchase: Purchase) -> None: ...

    async def first_notice(self, shop: str, event: str, at: datetime) -> bool:
        """False: this event of the shop was acted on before."""
        ...

    async def find(self, asking: Asking, named: str) -> list[Purse]:
        """Accounts with this id or e-mail address; of an admin's community, or for the platform of all."""
        ...


# --- shops ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Order:
    """purchase: also what makes the same order the same checkout. email: known to the shop's form beforehand."""

    purchase: Purchase
    title: str
    return_url: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    purchase: str


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The payment failed, or the checkout ran out."""

    purchase: str


@dataclass(frozen=True, slots=True)
class GivenBack:
    """amount: given back in all so far, of `paid`, in the smallest unit of the currency."""

    purchase: str
    amount: int
    paid: int


@dataclass(frozen=True, slots=True)
class Disputed:
    """Who paid asked their bank for `amount` back, of `paid`. won: it was decided for us, and the money is ours again.

    dispute: the shop's name for it.
    """

    purchase: str
    dispute: str
    amount: int
    paid: int
    won: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What a shop told us, under its own name for the event. news: None: nothing that concerns us."""

    event: str
    news: Paid | Lapsed | GivenBack | Disputed | None


class Shop(Protocol):
    """Takes money. No card number ever comes near us."""

    @property
    def name(self) -> str: ...

    async def checkout(self, order: Order) -> str:
        """The address of the page where the order is paid. Raises Unavailable."""
        ...

    async def read(self, body: bytes, signature: str) -> Notice:
        """A notice, as it came in. Raises NotAllowed if it was not signed by the shop a moment ago; Unavailable, to be
        told again, when the shop had to be asked what it is about, and does not answer."""
        ...
