"""What webhooks need of the store. A community's endpoints are for its admins; the use cases see to that."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from vivavoce.base.ids import CommunityId, DeliveryId, SessionId, WebhookId
from vivavoce.domain.webhooks.endpoint import Delivery, DeliveryState, Endpoint
from vivavoce.services.asking import Asking, Cursor
from vivavoce.services.people.ports import Listing


class Webhooks(Protocol):
    async def add(self, endpoint: Endpoint) -> None: ...

    async def save(self, endpoint: Endpoint) -> None: ...

    async def get(self, asking: Asking, id: WebhookId) -> Endpoint:
        """Raises WebhookNotFound, also for one of another community."""
        ...

    async def lock(self, asking: Asking, id: WebhookId) -> Endpoint:
        """As `get`, and nobody else changes it until the transaction ends."""
        ...

    async def of_community(self, asking: Asking, community: CommunityId) -> list[Endpoint]:
        """Oldest first."""
        ...

    async def remove(self, asking: Asking, id: WebhookId) -> None:
        """With all its deliveries. Raises WebhookNotFound."""
        ...

    async def put(self, waiting: Sequence[Delivery]) -> None: ...

    async def save_delivery(self, delivery: Delivery) -> None:
        """Nothing happens if it is gone."""
        ...

    async def delivery(self, asking: Asking, webhook: WebhookId, id: DeliveryId) -> Delivery:
        """Raises WebhookNotFound."""
        ...

    async def next_waiting(self, webhook: WebhookId, queue: str) -> Delivery | None:
        """The first of a queue that waits, by its place in the session's log."""
        ...

    async def waiting_queues(self, webhook: WebhookId) -> list[str]:
        """Queues in which something waits; at most 10,000."""
        ...

    async def page(
        self,
        asking: Asking,
        webhook: WebhookId,
        *,
        state: DeliveryState | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[Delivery]:
        """Newest first, without their bodies. limit: 1 to 100."""
        ...

    async def replay(self, webhook: WebhookId, since: datetime, states: Sequence[DeliveryState], now: datetime) -> int:
        """Have those made since then wait again, as if never tried; how many."""
        ...

    async def bury_waiting(self, webhook: WebhookId, error: str) -> None:
        """What waits for it is given up."""
        ...

    async def forget_session(self, session: SessionId) -> None:
        """Nothing is left of what was to be told of a session."""
        ...

    async def forget_before(self, at: datetime) -> None:
        """Drop deliveries made before then, and those of endpoints that are gone."""
        ...
