"""Which session of a format is a person's open one, where the format allows one at a time.

A row per person and format points to the last such session; its unique key makes two that are opened at once wait for
each other. It is never cleared: what it points to may be over.
"""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, bindparam, select, update

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.storage.sql import InsertInto, Row, Running
from vivavoce.storage.tables.sessions import open_sessions, sessions


@dataclass(frozen=True, slots=True)
class SqlOneOpen:
    db: Running

    async def claim(self, session: Session) -> SessionId | None:
        row = {
            "community": session.community,
            "owner": session.owner,
            "format": session.format,
            "session": session.id,
        }
        if (await self.db.run(_claim(self.db.insert), row)).one_or_none() is not None:
            return None
        of: Row = {"by_community": session.community, "by_owner": session.owner, "by_format": session.format}
        known = (await self.db.run(_KNOWN, of)).one()
        found = (await self.db.run(_PHASE, {"by_id": known.session})).scalar_one_or_none()
        if found is not None and Phase(found) not in OVER:
            return SessionId(known.session)
        await self.db.run(_REPLACE, {**of, "new_session": session.id})
        return None


_OF = (
    open_sessions.c.community == bindparam("by_community"),
    open_sessions.c.owner == bindparam("by_owner"),
    open_sessions.c.format == bindparam("by_format"),
)
_KNOWN = select(open_sessions.c.session).where(*_OF).with_for_update()  # SQLite needs none: its one writer is us
_PHASE = select(sessions.c.phase).where(sessions.c.id == bindparam("by_id"))
_REPLACE = update(open_sessions).where(*_OF).values(session=bindparam("new_session"))


@cache
def _claim(insert: InsertInto) -> Executable:
    return insert(open_sessions).on_conflict_do_nothing().returning(open_sessions.c.session)
