"""Who sits in a simulated session, and of which format it is."""

from dataclasses import replace
from random import Random
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId, SeatId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.people.viewer import LOCAL, Viewer
from vivavoce.domain.sessions.session import Address, Role, Seat
from vivavoce.services.format import Modality
from vivavoce.services.open_session import NewSession
from vivavoce.services.ports import SYSTEM
from vivavoce.simulator.applicants import applicant
from vivavoce.simulator.node import FORMATS, Node
from vivavoce.simulator.person import Part, Person, Site

_ALONE: Final = (
    *("coaching", "coaching", "coaching", "face_to_face", "spoken_presence", "silent_reflection", "written_clarity"),
    "interview",
)
_TOGETHER: Final = ("lock_in", "coaching_room")
_EACH: Final = (*dict.fromkeys(_ALONE), *_TOGETHER)
_NAMES: Final = ("Ben", "Cyn", "Dan")


async def cast(site: Site, chance: Random, number: int) -> list[Person]:
    """A new session with its people, each in their seat: most are alone with the AI, some are several.

    number: the first ones are one of each format.
    """
    format = _EACH[number] if number < len(_EACH) else chance.choice(_TOGETHER if chance.random() < 0.4 else _ALONE)
    several = format in _TOGETHER
    if FORMATS[format].price is not None:
        return [await applicant(site, chance)]
    id = (await site.ask(lambda node: node.wiring.use.open_session(LOCAL, NewSession(format)))).id
    takes, calls = FORMATS[format].modalities, FORMATS[format].address is Address.WHEN_CALLED
    part = Part(calls=calls, speaks=Modality.VOICE in takes, types=Modality.TEXT in takes)
    people = [Person(site, Random(chance.random()), id, part)]
    if not several:
        return people
    for name in _NAMES[: chance.randrange(1, 4) if calls else 1]:
        viewer = Viewer(AccountId(f"acc_{name.lower()}"), CommunityId("local"), name)
        role = Role.COACH if FORMATS[format].coached else Role.MEMBER
        await site.ask(lambda node, viewer=viewer, role=role: _seated(node, id, viewer, role))
        part = Part(viewer, calls, ends=False, coaches=role is Role.COACH)
        people.append(Person(site, Random(chance.random()), id, part))
    return people


async def _seated(node: Node, id: SessionId, viewer: Viewer, role: Role) -> None:
    """A seat of their own, as an invitation gives it; they have not come yet."""
    async with node.services.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if any(seat.account == viewer.account for seat in session.seats):
            return
        seat = Seat(SeatId(new_id("sea")), viewer.name, role, viewer.account)
        await change.tx.sessions.save(replace(session, seats=(*session.seats, seat), version=session.version + 1))
