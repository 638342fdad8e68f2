"""One open session of a format per person, also when two are opened at once."""

from dataclasses import replace

import anyio
import pytest
from tests.contract.samples import ANA, BEN, EVE, a_session

from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.ports import Store

pytestmark = pytest.mark.anyio


async def opened(store: Store, id: str, *, of: Viewer = ANA, format: str = "interview") -> SessionId | None:
    """The id of the one that is in the way; then nothing was stored."""
    session = replace(a_session(id, of=of), format=format)

    class InTheWay(Exception):
        pass

    other: SessionId | None = None
    try:
        async with store.transaction() as tx:
            await tx.sessions.add(session)
            other = await tx.one_open.claim(session)
            if other is not None:
                raise InTheWay
    except InTheWay:
        return other
    return None


async def test_the_second_is_told_the_first(store: Store) -> None:
    assert await opened(store, "ses_1") is None
    assert await opened(store, "ses_2") == "ses_1"


async def test_other_people_communities_and_formats_have_their_own(store: Store) -> None:
    assert await opened(store, "ses_1") is None
    assert await opened(store, "ses_2", of=BEN) is None
    assert await opened(store, "ses_3", of=EVE) is None
    assert await opened(store, "ses_4", format="lock_in") is None


@pytest.mark.parametrize("phase", sorted(OVER))
async def test_one_that_is_over_is_not_in_the_way(store: Store, phase: Phase) -> None:
    await opened(store, "ses_1")
    async with store.transaction() as tx:
        session = await tx.sessions.lock(ANA, SessionId("ses_1"))
        await tx.sessions.save(replace(session, phase=phase, version=session.version + 1))
    assert await opened(store, "ses_2") is None
    assert await opened(store, "ses_3") == "ses_2"


async def test_of_many_opened_at_once_one_is(store: Store) -> None:
    in_the_way: list[SessionId | None] = []

    async def open_one(number: int) -> None:
        in_the_way.append(await opened(store, f"ses_{number}"))

    async with anyio.create_task_group() as tasks:
        for number in range(6):
            tasks.start_soon(open_one, number)
    assert in_the_way.count(None) == 1
    assert len(set(in_the_way)) == 2
