"""Short-lived tokens with which a device takes part in one session and does nothing else: for embedding."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from vivavoce.base.ids import SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Invalid, NotAllowed
from vivavoce.domain.people.sign_ins import Signed, Way
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.services.access import signing
from vivavoce.services.access.who import ROOM
from vivavoce.services.changes import Change
from vivavoce.services.container import Services

LONGEST_S: Final = 3600


@dataclass(frozen=True, slots=True)
class RoomToken:
    token: str
    expires_at: datetime


async def room_token(signed: Signed, id: SessionId, *, use: Services, lasts_s: int = LONGEST_S) -> RoomToken:
    """A token for the viewer's own seat. lasts_s: 1 to 3600.

    Raises SessionNotFound, NotAllowed without a seat, and for who came with such a token: it cannot renew itself.
    """
    if not 1 <= lasts_s <= LONGEST_S:
        raise Invalid(f"A room token lasts 1 to {LONGEST_S} seconds.")
    if signed.way is Way.ROOM:
        raise NotAllowed("A room token cannot be made with a room token.")
    async with use.records.change() as change:
        session = await change.tx.sessions.get(signed.viewer, id)
        require(signed.viewer, session, Right.SPEAK)
        return await make_token(change, signed.viewer, id, lasts_s)


async def make_token(change: Change, viewer: Viewer, id: SessionId, lasts_s: int = LONGEST_S) -> RoomToken:
    """A token for somebody who has a seat."""
    secret = await signing.own_secret(change, viewer.community, ROOM)
    expires_at = (change.at + timedelta(seconds=lasts_s)).replace(microsecond=0)
    claims = {
        "com": viewer.community,
        "sub": viewer.account,
        "ses": id,
        "exp": int(expires_at.timestamp()),
        "jti": new_id("tok"),
    }
    return RoomToken(signing.sign(claims, secret, ROOM), expires_at)
