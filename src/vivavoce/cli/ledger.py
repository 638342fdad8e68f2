"""`vivavoce credits`: give credits and look at them, on the store itself, without a server."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import typer

from vivavoce.base.clock import SystemClock
from vivavoce.base.config import Config
from vivavoce.bus.memory import MemoryBus
from vivavoce.domain.money.ledger import Entry
from vivavoce.services.asking import SYSTEM
from vivavoce.services.changes import Records
from vivavoce.services.money.accounts import Grant, find, granted
from vivavoce.services.money.purses import locked
from vivavoce.storage.open import open_store

_SHOWN = 10


async def grant(config: Config, given: Grant) -> None:
    """Raises AccountNotFound, Conflict, Invalid."""
    async with _records(config) as records, records.change() as change:
        purse = await find(SYSTEM, given.to, change.tx)
        entry = await granted(change, purse, given, by="command line", money=config.money)
        balance = await change.tx.credits.balance(SYSTEM, purse)
        before = entry.at < change.at
    if before:
        done = f"This key was used before, for {entry.credits} credits ({entry.reason}): nothing was granted now."
    else:
        done = f"{entry.credits} credits granted."
    typer.echo(f"{done} {purse.account} has {balance.credits} now.")


async def show(config: Config, named: str) -> None:
    """Raises AccountNotFound, Conflict."""
    async with _records(config) as records, records.change() as change:
        purse = await find(SYSTEM, named, change.tx)
        balance = await locked(change, purse, config.money)
        last = await change.tx.credits.entries(SYSTEM, purse, limit=_SHOWN)
    typer.echo(f"{purse.account}: {balance.credits} credits, {balance.held} of them held.")
    for entry in last.items:
        typer.echo(_line(entry))


@asynccontextmanager
async def _records(config: Config) -> AsyncGenerator[Records]:
    """The store, changed beside a server that may be running."""
    async with open_store(config.store.database.get_secret_value()) as store:
        yield Records(store, MemoryBus(), SystemClock(), lambda due: None)


def _line(entry: Entry) -> str:
    return f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.credits:+6d}  {entry.kind:<9}  {entry.reason}  ({entry.id})"
