"""Who saw or changed what: one entry of the audit log. It names things and never repeats what people said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from vivavoce.base.ids import AccountId, CommunityId, SessionId


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """actor: whose doing it was; `system` for the platform itself. action: `account.disabled`, `report.seen`, ...

    subject: the id of what it was done to. detail: small; no content, no secrets.
    """

    id: str
    community: CommunityId
    created_at: datetime
    actor: AccountId
    action: str
    subject: str
    session: SessionId | None = None
    detail: Mapping[str, str] = field(default_factory=dict[str, str])
