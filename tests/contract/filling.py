"""One row of every table for a person, made from the tables themselves: a new table is filled without being named."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, LargeBinary, Table, insert, select
from tests.contract.samples import NOW

from vivavoce.base.ids import AccountId, CommunityId, SeatId, TurnId
from vivavoce.domain.sessions.codec import to_dict
from vivavoce.domain.sessions.events import Source, TurnHeard
from vivavoce.domain.sessions.session import Role, Seat
from vivavoce.storage.personal import PERSONAL
from vivavoce.storage.sql import Running
from vivavoce.storage.tables import metadata
from vivavoce.storage.types import UtcTime


def words_of(account: AccountId) -> str:
    """What every text of this person's rows says. It does not hold the account's id."""
    return f"said by {account.removeprefix('acc_')}"


def session_of(account: AccountId) -> str:
    return f"ses_{account.removeprefix('acc_')}"


async def fill(db: Running, community: CommunityId, account: AccountId) -> None:
    """A row of each table, those first that others refer to."""
    for table in metadata.sorted_tables:
        await db.run(insert(table).values(_row(table, community, account)))


async def rows(db: Running, table: Table) -> list[Mapping[str, Any]]:
    return [dict(row) for row in (await db.run(select(table))).mappings()]


def _row(table: Table, community: CommunityId, account: AccountId) -> dict[str, Any]:
    row = {column.name: _value(table, column, account) for column in table.columns if not _counts_itself(column)}
    row |= {column: account for column in PERSONAL[table.name].of}
    row |= {column.name: session_of(account) for column in table.columns if column.name == "session"}
    if "community" in row:
        row["community"] = community
    own = _OWN.get(table.name)
    return row if own is None else {**row, **own(account)}


def _counts_itself(column: Column[Any]) -> bool:
    return column.name == "nr"


def _value(table: Table, column: Column[Any], account: AccountId) -> Any:
    match column.type:
        case UtcTime():
            return NOW
        case JSON():
            return {"text": words_of(account)}
        case Boolean():
            return False
        case Integer() | BigInteger():
            return 1
        case LargeBinary():
            return words_of(account).encode()
        case _:
            return f"{table.name} {words_of(account)}"


def _session(account: AccountId) -> dict[str, Any]:
    seat = Seat(SeatId(f"sea_{account.removeprefix('acc_')}"), words_of(account), Role.HOST, account, NOW)
    own = {"id": session_of(account), "phase": "complete", "end_reason": "wrapped_up", "wrap_up": "none"}
    return {**own, "address": "everyone", "entered": {}, "seats": [to_dict(seat)], "led_by": None, "last_seq": 1}


def _event(account: AccountId) -> dict[str, Any]:
    turn = TurnHeard(TurnId("turn_1"), SeatId("sea_1"), words_of(account), words_of(account), Source.TEXT, 0, 1)
    return {"type": "turn.heard", "fact": to_dict(turn)}


_OWN: Final[Mapping[str, Callable[[AccountId], dict[str, Any]]]] = {
    "sessions": _session,
    "events": _event,
    "personas": lambda account: {"id": f"per_{account.removeprefix('acc_')}"},
    "persona_versions": lambda account: {"persona": f"per_{account.removeprefix('acc_')}"},
    "jobs": lambda account: {"key": f"idle:{session_of(account)}", "payload": {"session": session_of(account)}},
    "crisis_counts": lambda account: {"year": 2020 + len(account)},
    "ledger": lambda account: {"key": f"grant:{account}"},
    "audit": lambda account: {"detail": {"account": account}},
    "goals": lambda account: {"session": None},
}
