"""Simulated people who practise an interview: with credits, and an interview that is prepared."""

from random import Random
from typing import Final

import anyio

from vivavoce.base.ids import AccountId, SessionId
from vivavoce.domain.errors import SessionOpen
from vivavoce.domain.people.viewer import LOCAL, Viewer
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.money.accounts import Grant, granted
from vivavoce.services.money.ports import Purse
from vivavoce.services.open_session import NewSession
from vivavoce.simulator.node import Node
from vivavoce.simulator.person import Part, Person, Site

_ADVERT: Final = """Barista. We are looking for a barista for our coffee bar.
Requirements: one year of experience in hospitality, coffee making, food safety, friendly with guests, English."""
_CREDITS: Final = 15


async def applicant(site: Site, chance: Random) -> Person:
    """Each applies for themselves: a person has one interview open at a time."""
    number = chance.randrange(10**9)
    viewer = Viewer(AccountId(f"acc_{number}"), LOCAL.community, f"Applicant {number}")
    await site.ask(lambda node: _given_credits(node, viewer))
    session = await site.ask(lambda node: _opened(node, viewer))
    while session.phase is Phase.PREPARING:
        await anyio.sleep(1)
        session = await site.ask(lambda node, id=session.id: _found(node, viewer, id))
    return Person(site, Random(chance.random()), session.id, Part(viewer))


async def _given_credits(node: Node, viewer: Viewer) -> None:
    given = Grant(viewer.account, _CREDITS, "For an interview", key="once")
    async with node.services.records.change() as change:
        purse, money = Purse(viewer.community, viewer.account), node.services.config.money
        await granted(change, purse, given, by=LOCAL.account, money=money)


async def _opened(node: Node, viewer: Viewer) -> Session:
    try:
        return await node.wiring.use.open_session(viewer, NewSession("interview", variables={"description": _ADVERT}))
    except SessionOpen as error:  # it was opened, and the node died before it said so
        return await _found(node, viewer, SessionId(str(error.members["session"])))


async def _found(node: Node, viewer: Viewer, id: SessionId) -> Session:
    return await node.wiring.use.get_session(viewer, id)
