"""Many starts, charges and refunds at once on PostgreSQL: the books stay right, and nothing waits for itself."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import anyio
import pytest
from tests.unit.services.money.test_any_order import SetClock, ToyShop, services

from vivavoce.domain.money.ledger import Balance, EntryKind
from vivavoce.domain.money.pricing import NotEnoughCredits
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.session import EndReason
from vivavoce.services.asking import SYSTEM
from vivavoce.services.container import Services
from vivavoce.services.end_session import end_at_once
from vivavoce.services.money import accounts, charging
from vivavoce.services.money.prices import set_price
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.start_session import start_session
from vivavoce.storage.open import open_store

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


@asynccontextmanager
async def a_node(url: str, clock: SetClock) -> AsyncGenerator[Services]:
    async with open_store(url) as store:
        use = await services(store, clock, ToyShop())
        await set_price(LOCAL, "coaching", 25, use=use)
        yield use


async def test_starts_at_once_hold_no_more_than_there_is(postgres_url: str) -> None:
    clock, started = SetClock(), list[str]()
    async with a_node(postgres_url, clock) as use:
        ids = [(await open_session(LOCAL, NewSession("coaching"), use=use)).id for _ in range(6)]

        async def start(number: int) -> None:
            with suppress(NotEnoughCredits):
                started.append((await start_session(LOCAL, ids[number], use=use)).id)

        async with anyio.create_task_group() as tasks:
            for number in range(6):
                tasks.start_soon(start, number)
        assert len(started) == 2
        assert await accounts.balance(LOCAL, use=use) == Balance(60, 50)


async def test_a_charge_an_end_and_a_refund_at_once_charge_once(postgres_url: str) -> None:
    clock = SetClock()
    async with a_node(postgres_url, clock) as use:
        id = (await open_session(LOCAL, NewSession("coaching"), use=use)).id
        await start_session(LOCAL, id, use=use, mic_on_at=clock.at)
        clock.at += timedelta(seconds=130)

        async def refund() -> None:
            for entry in (await accounts.entries(LOCAL, use=use)).items:
                if entry.kind is EntryKind.CHARGE:
                    with suppress(accounts.AlreadyRefunded):
                        await accounts.refund(LOCAL, entry.id, None, "Sorry", use=use)

        async def charge() -> None:
            await charging.charge(id, records=use.records)

        async def end() -> None:
            await end_at_once(SYSTEM, id, EndReason.ENDED_BY_HOST, use=use)

        async with anyio.create_task_group() as tasks:
            for work in (charge, end, refund, charge, refund, end, charge, refund):
                tasks.start_soon(work)
        await refund()
        kinds = [entry.kind for entry in (await accounts.entries(LOCAL, use=use)).items]
        assert sorted(kinds) == [EntryKind.CHARGE, EntryKind.GRANT, EntryKind.REFUND]
        assert await accounts.balance(LOCAL, use=use) == Balance(60, 0)
