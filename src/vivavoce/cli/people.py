"""`vivavoce accounts` and `vivavoce communities`: on the store itself, with or without a server running."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import typer

from vivavoce.base.clock import SystemClock
from vivavoce.base.config import Config
from vivavoce.base.ids import CommunityId
from vivavoce.bus.memory import MemoryBus
from vivavoce.cli.tables import plain_table, print_table
from vivavoce.domain.errors import Invalid
from vivavoce.domain.people.community import SignUp
from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access import by_hand, by_link, communities
from vivavoce.services.access.by_hand import ByHand
from vivavoce.services.access.local import ensure_home
from vivavoce.services.access.passwords import Passwords
from vivavoce.services.asking import SYSTEM
from vivavoce.services.changes import Records
from vivavoce.storage.open import open_store


@dataclass(frozen=True, slots=True)
class NewAccount:
    """As the command line has it."""

    email: str
    name: str
    standing: str
    community: str | None
    from_local: bool


def asked(password: str | None) -> str:
    """The password given, read from the standard input for `-`, or asked for twice."""
    if password is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n") if password == "-" else password


async def add(config: Config, new: NewAccount, password: str) -> None:
    """Raises CommunityNotFound, AccountNotFound, EmailTaken, Invalid."""
    try:
        standing = Standing(new.standing)
    except ValueError:
        raise Invalid(f"{new.standing!r} is no standing: use member, coach, host or admin.") from None
    wanted = ByHand(
        _community(config, new.community),
        new.email,
        new.name or new.email.partition("@")[0],
        standing,
        password,
        new.from_local,
    )
    async with _records(config) as records:
        account = await by_hand.make_account(wanted, records=records, passwords=Passwords())
    typer.echo(f"{account.name} ({account.email}) is {account.standing} of {account.community}: {account.id}")
    if config.server.accounts == "off":
        typer.echo("Nobody signs in yet: set VIVAVOCE_ACCOUNTS=on.")


async def set_password(config: Config, email: str, community: str | None, password: str) -> None:
    """Raises AccountNotFound, Invalid."""
    of = _community(config, community)
    async with _records(config) as records:
        account = await by_hand.set_password(of, email, password, records=records, passwords=Passwords())
    typer.echo(f"{account.name} has a new password, and is signed out everywhere.")


async def add_community(config: Config, id: str, name: str, sign_up: str) -> None:
    """Raises Conflict, Invalid."""
    try:
        who = SignUp(sign_up)
    except ValueError:
        raise Invalid(f"{sign_up!r} is not open, invited or closed.") from None
    async with _records(config) as records:
        made = await communities.make_community(id, name or id, who, records=records)
    typer.echo(f"There is the community {made.id} now.")


async def list_communities(config: Config) -> None:
    async with _records(config) as records, records.store.reading() as tx:
        found = await tx.communities.all(SYSTEM)
    table = plain_table("Id", "Name", "Sign-up")
    for one in found:
        table.add_row(one.id, one.name, one.sign_up)
    print_table(table)


async def new_secret(config: Config, id: str, at_once: bool) -> None:
    """Raises CommunityNotFound."""
    async with _records(config) as records:
        secret = await by_link.rotate_secret(CommunityId(id), records=records, at_once=at_once)
    typer.echo(secret.secret)


def _community(config: Config, named: str | None) -> CommunityId:
    return CommunityId(named or config.access.community)


@asynccontextmanager
async def _records(config: Config) -> AsyncGenerator[Records]:
    """The store, changed beside a server that may be running."""
    config.store.data.mkdir(parents=True, exist_ok=True)
    async with open_store(config.store.database.get_secret_value()) as store:
        records = Records(store, MemoryBus(), SystemClock(), lambda due: None)
        await ensure_home(records, person=config.server.accounts == "off")
        yield records
