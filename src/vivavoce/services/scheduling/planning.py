"""Move planned sessions, and remind their people of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from vivavoce.base.ids import AccountId, SessionId
from vivavoce.domain.errors import AccountNotFound, SessionNotFound
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Noticed, Rescheduled
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.schedule import check_move, how_long, is_due, reminders, told
from vivavoce.domain.sessions.session import Session
from vivavoce.services.asking import SYSTEM
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.ports import JobKind, Transaction
from vivavoce.services.ports_outside import Mail
from vivavoce.services.prepare_session import OPENS_BEFORE_S
from vivavoce.services.scheduling.ics import calendar_of, page_of
from vivavoce.services.stored_log import whole_log


async def reschedule(viewer: Viewer, id: SessionId, wanted: datetime, *, use: Services) -> Session:
    """The session, planned for another time. The same time again changes nothing.

    One that has opened already stays open. Raises SessionNotFound, NotAllowed, IllegalTransition once it was started,
    Invalid.
    """
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.PLAN)
        check_move(session, wanted, change.at, timedelta(seconds=OPENS_BEFORE_S))
        if wanted == session.scheduled_for:
            return session
        wanted = wanted.astimezone(UTC)
        session = replace(
            session, scheduled_for=wanted, rescheduled=session.rescheduled + 1, version=session.version + 1
        )
        await change.tx.sessions.save(session)
        await change.record(id, Rescheduled(wanted))
        until_s = (wanted - change.at).total_seconds()
        await change.push_back(JobKind.OPEN, id, until_s - OPENS_BEFORE_S)
        format = use.format(session.format)
        await change.push_back(JobKind.NO_SHOW, id, until_s + format.no_show_s)
        await change.push_back(JobKind.EXPIRE, id, until_s + format.expire_s)
        await _move_reminders(change, session, wanted, use)
    return change.current(session)


async def remind(change: Change, session: Session, *, use: Services) -> None:
    """Have the people of a planned session reminded at the configured times still to come. Safe to repeat."""
    if session.scheduled_for is None:
        return
    for minutes, due in reminders(session.scheduled_for, change.at, use.config.schedule.reminders).items():
        await change.timer(JobKind.REMIND, session.id, (due - change.at).total_seconds(), minutes=str(minutes))


async def _move_reminders(change: Change, session: Session, wanted: datetime, use: Services) -> None:
    to_come = reminders(wanted, change.at, use.config.schedule.reminders)
    for minutes in use.config.schedule.reminders:
        if minutes not in to_come:
            await change.no_timer(JobKind.REMIND, session.id, minutes=str(minutes))
    await remind(change, session, use=use)
    for minutes, due in to_come.items():  # those that waited already
        await change.tx.jobs.reschedule(f"{JobKind.REMIND}:{session.id}:{minutes}", due)


async def reminder(id: SessionId, minutes: int, *, use: Services) -> None:
    """It is that long until the session: its log says so, which webhooks read, and each of its people gets a mail.

    Safe to repeat: each time of a session is reminded of once.
    """
    async with use.records.change() as change:
        try:
            session = await change.tx.sessions.lock(SYSTEM, id)
        except SessionNotFound:
            return  # it was erased
        if not is_due(session, minutes, change.at) or await _reminded(change.tx, id, minutes):
            return
        await change.record(id, Noticed("reminder", minutes, f"The session begins in {how_long(minutes)}."))
        if use.outside.mailer is None:
            return
        for account in {session.owner, *(seat.account for seat in session.seats if seat.account is not None)}:
            await change.timer(JobKind.MAIL_REMINDER, id, 0, account=account, minutes=str(minutes))


async def _reminded(tx: Transaction, id: SessionId, minutes: int) -> bool:
    """Whether this reminder was given since the session was planned for the time it is planned for now."""
    given = False
    for event in await whole_log(SYSTEM, id, tx):
        match event.fact:
            case Rescheduled():
                given = False
            case Noticed(kind="reminder", value=value) if value == minutes:
                given = True
            case _:
                pass
    return given


async def mail_reminder(id: SessionId, account: AccountId, minutes: int, *, use: Services) -> None:
    """Write to one of a session's people. Raises Unavailable: it may then be sent again."""
    mailer = use.outside.mailer
    if mailer is None:
        return
    async with use.store.reading() as tx:
        try:
            session = await tx.sessions.get(SYSTEM, id)
            person = await tx.people.account(SYSTEM, account)
        except (SessionNotFound, AccountNotFound):
            return
    reached = person.email is not None and person.email_verified and person.state is not AccountState.DISABLED
    if person.email is None or not reached or not is_due(session, minutes, use.clock.now()):
        return
    await mailer.send(_mail(session, person, person.email, minutes, use))


def _mail(session: Session, person: Account, to: str, minutes: int, use: Services) -> Mail:
    base = use.config.access.public_url
    assert session.scheduled_for is not None
    lines = [
        f"Hello {person.name}," if person.name else "Hello,",
        "",
        f'your session "{session.title}" begins in {how_long(minutes)}:',
        told(session.scheduled_for, person.time_zone) + ".",
    ]
    if base is not None:
        lines += ["", f"Join it here: {page_of(base, session)}"]
    calendar = calendar_of([session], person.time_zone, base, use.clock.now()).decode()
    return Mail(to, f"In {how_long(minutes)}: {session.title}", "\n".join([*lines, ""]), calendar)
