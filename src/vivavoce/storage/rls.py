"""Row-level security on PostgreSQL: the database itself holds each transaction to one community.

Every transaction names its community (`vivavoce.community`; `*` is the platform, which sees all). A row of another
community is neither found nor written, also by a query that forgot to ask who is asking, and a connection that names
none sees nothing. FORCE: it binds the role that owns the tables too, as ours does. Superusers and roles with BYPASSRLS
it does not bind: `vivavoce doctor` warns of them.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import text

from vivavoce.services.confined import confined_to
from vivavoce.storage.sql import Running
from vivavoce.storage.tables import metadata

SETTING: Final = "vivavoce.community"
EVERYTHING: Final = "*"
POLICY: Final = "one_community"
_HOME: Final = {"communities": "id"}  # where the community stands in another column than `community`


def confined_tables() -> dict[str, str]:
    """The tables that hold rows of communities, and the column that says whose each is."""
    found = {name: "community" for name, table in metadata.tables.items() if "community" in table.c}
    return found | _HOME


def statements(tables: Mapping[str, str] | None = None) -> Sequence[str]:
    """What makes tables keep communities apart; may be run again. tables: each with the column that says whose its rows
    are, as a migration knew them; None: all there are now."""
    made: list[str] = []
    for table, column in sorted((confined_tables() if tables is None else tables).items()):
        made += [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'DROP POLICY IF EXISTS {POLICY} ON "{table}"',
            f'CREATE POLICY {POLICY} ON "{table}"'
            f" USING (current_setting('{SETTING}', true) IN ('{EVERYTHING}', \"{column}\"))",
        ]
    return made


_CONFINE: Final = text(f"SELECT set_config('{SETTING}', :community, true)")
_BOUND: Final = text("SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user")


async def confine(db: Running) -> None:
    """Hold the transaction to the community that what runs now is confined to."""
    await db.run(_CONFINE, {"community": confined_to() or EVERYTHING})


async def binds(db: Running) -> bool:
    """Whether row-level security binds the role we are."""
    return bool((await db.run(_BOUND)).scalar_one())
