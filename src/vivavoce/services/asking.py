"""Who a query is answered for, and where a page begins. Apart from ports.py, so that the ports of each subject can
name them and ports.py can name those."""

from dataclasses import dataclass
from datetime import datetime

from vivavoce.domain.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class System:
    """The platform itself asks: jobs, rooms, recovery. It sees every community."""


SYSTEM = System()
Asking = Viewer | System


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of a page: the next page starts behind it."""

    created_at: datetime
    id: str
