"""`vivavoce credits`: give credits and look at them, on the store itself, without a server."""

from datetime import UTC, datetime

import typer

from vivavoce.base.config import Config
from vivavoce.domain.money.ledger import Entry
from vivavoce.services.asking import SYSTEM
from vivavoce.services.money.accounts import Grant, find, granted
from vivavoce.services.money.purses import locked
from vivavoce.storage.open import open_store

_SHOWN = 10


async def grant(config: Config, given: Grant) -> None:
    """Raises AccountNotFound, Conflict, Invalid."""
    now = datetime.now(UTC)
    async with open_store(config.store.database.get_secret_value()) as store, store.transaction() as tx:
        purse = await find(SYSTEM, given.to, tx)
        await granted(tx, purse, given, by="command line", at=now, money=config.money)
        balance = await tx.credits.balance(SYSTEM, purse)
    typer.echo(f"{given.credits} credits granted. {purse.account} has {balance.credits} now.")


async def show(config: Config, named: str) -> None:
    """Raises AccountNotFound, Conflict."""
    now = datetime.now(UTC)
    async with open_store(config.store.database.get_secret_value()) as store, store.transaction() as tx:
        purse = await find(SYSTEM, named, tx)
        balance = await locked(tx, purse, now, config.money)
        last = await tx.credits.entries(SYSTEM, purse, limit=_SHOWN)
    typer.echo(f"{purse.account}: {balance.credits} credits, {balance.held} of them held.")
    for entry in last.items:
        typer.echo(_line(entry))


def _line(entry: Entry) -> str:
    return f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.credits:+6d}  {entry.kind:<9}  {entry.reason}  ({entry.id})"
