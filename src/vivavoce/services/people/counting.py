"""Where the daily record is written: a session is counted once, in the transaction that ends it, for all who came."""

from vivavoce.base.ids import AccountId
from vivavoce.domain.errors import AccountNotFound
from vivavoce.domain.people.days import counts, day_of
from vivavoce.domain.sessions.session import Role, Session
from vivavoce.services.asking import SYSTEM
from vivavoce.services.changes import Change
from vivavoce.services.ports import Transaction


async def count_day(change: Change, ended: Session) -> None:
    """Count a session that ended just now. To be called once, when it leaves `active`."""
    seconds, began = ended.elapsed_s(change.at), ended.started_at
    if began is None or not counts(ended.message_count, seconds):
        return
    for account in sorted(_took_part(ended)):
        day = day_of(began, await time_zone_of(account, change.tx))
        await change.tx.days.count(ended.community, account, day, seconds)


def _took_part(session: Session) -> set[AccountId]:
    """Whoever opened it, and who came. A human coach and guests do their work elsewhere."""
    came = {
        seat.account
        for seat in session.seats
        if seat.account is not None and seat.role is Role.MEMBER and seat.joined_at is not None
    }
    return came | {session.owner}


async def time_zone_of(account: AccountId, tx: Transaction) -> str:
    """Where a person lives; UTC if that is not known."""
    try:
        return (await tx.people.account(SYSTEM, account)).time_zone
    except AccountNotFound:
        return "UTC"
