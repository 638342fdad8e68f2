"""Planned sessions: moved, reminded of, and given up when nobody comes."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import anyio
import pytest
from icalendar import Calendar
from tests.unit.services.site import Site, opened, running_site

from vivavoce.base.ids import AccountId, NodeId, SessionId
from vivavoce.domain.errors import IllegalTransition, NotAllowed, SessionNotFound, Unavailable
from vivavoce.domain.people.account import Account, AccountState, local_account
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.domain.sessions.events import Noticed, Rescheduled
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.services import recover
from vivavoce.services.container import Outside, Services
from vivavoce.services.end_session import end_session
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.ports import JobKind
from vivavoce.services.ports_outside import Mail
from vivavoce.services.scheduling import calendars
from vivavoce.services.scheduling.planning import reminder, reschedule
from vivavoce.services.start_session import start_session
from vivavoce.simulator.virtual_time import EPOCH, VirtualClock
from vivavoce.storage.memory import MemoryStore

pytestmark = pytest.mark.anyio
HOUR_S: Final = 3600.0
BERLIN: Final = ZoneInfo("Europe/Berlin")
BASE: Final = "https://coach.example"


class October(VirtualClock):
    """It is 20:00 in Berlin on the eve of the change from summer to winter time."""

    def now(self) -> datetime:
        return super().now() + (datetime(2026, 10, 24, 18, 0, tzinfo=UTC) - EPOCH)


def at(seconds: float) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


@dataclass(slots=True)
class Postbox:
    """Implements services.ports.Mailer. fails: how often it is away first."""

    mails: list[Mail] = field(default_factory=list[Mail])
    fails: int = 0

    async def send(self, mail: Mail) -> None:
        if self.fails:
            self.fails -= 1
            raise Unavailable("away")
        self.mails.append(mail)


async def people(store: MemoryStore, **fields: object) -> None:
    async with store.transaction() as tx:
        account: Account = replace(local_account(EPOCH), email="you@example.org", email_verified=True)
        await tx.people.add(replace(account, **fields))


def parts(content: bytes, name: str) -> list[Any]:
    """The parts of that name in an iCalendar text, read by the library."""
    return list(Calendar.from_ical(content).walk(name))  # pyright: ignore[reportUnknownMemberType]


async def reminded(site: Site, id: SessionId) -> list[int | None]:
    return [fact.value for fact in await site.facts(id, Noticed) if fact.kind == "reminder"]


# --- reminders --------------------------------------------------------------------------------------


def quick(use: Services) -> Services:
    """Reminders an hour and ten minutes before: a day would take these tests seconds."""
    schedule = use.config.schedule.model_copy(update={"reminders": (60, 10)})
    return replace(use, config=use.config.model_copy(update={"schedule": schedule}))


async def planned(site: Site, hours: float, title: str = "") -> SessionId:
    new = NewSession("coaching", title=title, scheduled_for=at(hours * HOUR_S))
    return (await open_session(LOCAL, new, use=quick(site.use))).id


async def test_people_are_reminded_24_hours_and_10_minutes_before_unless_it_is_set_otherwise() -> None:
    async with running_site(jobs=False) as site:
        await opened(site, scheduled_for=at(48 * HOUR_S))
        jobs = await site.store.claim_jobs(
            NodeId("other"), at(48 * HOUR_S), lease_s=1, limit=50, kinds=[JobKind.REMIND]
        )
    assert [(job.payload["minutes"], job.due) for job in jobs] == [
        *(("1440", at(24 * HOUR_S)), ("10", at(48 * HOUR_S - 600))),
    ]


async def test_a_planned_session_s_log_has_its_reminders_for_screens_and_webhooks() -> None:
    async with running_site() as site:
        id = await planned(site, 2)
        await anyio.sleep(HOUR_S - 1)
        assert await reminded(site, id) == []
        await anyio.sleep(2)
        assert await reminded(site, id) == [60]
        await anyio.sleep(HOUR_S - 600)
        assert await reminded(site, id) == [60, 10]
        told = [fact.text for fact in await site.facts(id, Noticed) if fact.kind == "reminder"]
    assert told == ["The session begins in 1 hour.", "The session begins in 10 minutes."]


async def test_what_is_planned_at_short_notice_has_only_the_reminders_still_to_come() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        await anyio.sleep(HOUR_S - 1)
        assert await reminded(site, id) == [10]


async def test_a_reminder_is_mailed_in_the_person_s_time_zone_with_a_calendar() -> None:
    store, box = MemoryStore(), Postbox(fails=1)
    await people(store, time_zone="Europe/Berlin")
    async with running_site(store, outside=Outside(mailer=box)) as site:
        await planned(site, 2, "Sleep")
        await anyio.sleep(HOUR_S + 60)
    [mail] = box.mails
    assert (mail.to, mail.subject) == ("you@example.org", "In 1 hour: Sleep")
    assert "Thursday 1 January 2026, 03:00 (Europe/Berlin)." in mail.text
    assert mail.calendar is not None
    assert "DTSTART;TZID=Europe/Berlin:20260101T030000" in mail.calendar


@pytest.mark.parametrize("fields", [{"email": None}, {"email_verified": False}, {"state": AccountState.DISABLED}])
async def test_nobody_is_written_to_at_an_address_that_is_not_known_to_be_theirs(fields: dict[str, object]) -> None:
    store, box = MemoryStore(), Postbox()
    await people(store, **fields)
    async with running_site(store, outside=Outside(mailer=box)) as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        await anyio.sleep(HOUR_S)
        assert await reminded(site, id) == [10]
    assert box.mails == []


async def test_a_reminder_whose_job_runs_twice_is_given_once() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        await anyio.sleep(HOUR_S - 300)
        await reminder(id, 10, use=site.use)
        assert await reminded(site, id) == [10]


async def test_what_was_cancelled_or_begun_is_not_reminded_of() -> None:
    async with running_site() as site:
        cancelled = await opened(site, scheduled_for=at(HOUR_S))
        begun = await opened(site, scheduled_for=at(HOUR_S))
        await end_session(LOCAL, cancelled, use=site.use)
        await start_session(LOCAL, begun, use=site.use)
        await anyio.sleep(HOUR_S)
        assert await reminded(site, cancelled) == await reminded(site, begun) == []


async def test_a_reminder_that_was_due_while_the_server_was_down_is_given_late() -> None:
    store = MemoryStore()
    async with running_site(store, jobs=False) as site:
        id = await planned(site, 2)
        await anyio.sleep(1.5 * HOUR_S)
        async with running_site(store) as again:
            await recover.sweep(use=quick(again.use))
            await anyio.sleep(5)
            assert await reminded(again, id) == [60]


# --- moving -----------------------------------------------------------------------------------------


async def test_a_session_that_is_moved_opens_reminds_and_is_given_up_at_its_new_time() -> None:
    async with running_site() as site:
        id = await planned(site, 1.2)
        moved = await reschedule(LOCAL, id, at(3 * HOUR_S), use=quick(site.use))
        assert (moved.scheduled_for, moved.rescheduled) == (at(3 * HOUR_S), 1)
        await anyio.sleep(1.5 * HOUR_S)
        assert (await site.session(id)).phase is Phase.SCHEDULED
        assert await reminded(site, id) == []
        await anyio.sleep(1.5 * HOUR_S - 599)
        assert (await site.session(id)).phase is Phase.READY
        assert await reminded(site, id) == [60, 10]
        await anyio.sleep(599 + 301)
        assert (await site.session(id)).end_reason is EndReason.NO_SHOW
        assert await site.facts(id, Rescheduled) == [Rescheduled(at(3 * HOUR_S))]


async def test_a_session_that_is_moved_after_a_reminder_is_reminded_of_again() -> None:
    async with running_site() as site:
        id = await planned(site, 2)
        await anyio.sleep(1.5 * HOUR_S)
        assert await reminded(site, id) == [60]
        await reschedule(LOCAL, id, at(3 * HOUR_S), use=quick(site.use))
        await anyio.sleep(HOUR_S)
        assert await reminded(site, id) == [60, 60]


async def test_a_session_moved_nearer_loses_the_reminder_it_has_passed() -> None:
    async with running_site() as site:
        id = await planned(site, 5)
        await reschedule(LOCAL, id, at(0.9 * HOUR_S), use=quick(site.use))
        await anyio.sleep(0.9 * HOUR_S - 60)
        assert await reminded(site, id) == [10]


async def test_the_same_time_in_another_time_zone_is_no_move() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(2 * HOUR_S))
        session = await reschedule(LOCAL, id, at(2 * HOUR_S).astimezone(BERLIN), use=site.use)
        assert session.rescheduled == 0
        assert await site.facts(id, Rescheduled) == []


async def test_a_session_that_has_opened_can_be_moved_until_it_begins() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        await anyio.sleep(HOUR_S - 500)
        moved = await reschedule(LOCAL, id, at(30 * HOUR_S), use=site.use)
        assert (moved.phase, moved.scheduled_for) == (Phase.READY, at(30 * HOUR_S))
        await anyio.sleep(29 * HOUR_S + 500 + 299)
        assert (await site.session(id)).phase is Phase.READY
        await anyio.sleep(2)
        assert (await site.session(id)).end_reason is EndReason.NO_SHOW


async def test_a_session_that_has_begun_or_is_for_now_is_not_moved() -> None:
    async with running_site() as site:
        begun, for_now = await opened(site, scheduled_for=at(HOUR_S)), await opened(site)
        await start_session(LOCAL, begun, use=site.use)
        for id in (begun, for_now):
            with pytest.raises(IllegalTransition):
                await reschedule(LOCAL, id, at(3 * HOUR_S), use=site.use)


async def test_who_did_not_open_a_session_does_not_move_it() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        stranger = Viewer(AccountId("acc_ben"), LOCAL.community, "Ben", Standing.ADMIN)
        with pytest.raises((SessionNotFound, NotAllowed)):
            await reschedule(stranger, id, at(3 * HOUR_S), use=site.use)


# --- no-show and time zones -------------------------------------------------------------------------


async def test_no_show_after_5_minutes_holds_over_the_change_of_clocks() -> None:
    """Planned in Berlin's summer time for nine o'clock of the Sunday on which winter time begins."""
    nine = datetime(2026, 10, 25, 9, 0, tzinfo=BERLIN)
    async with running_site(clock=October()) as site:
        id = await opened(site, scheduled_for=nine)
        assert (await site.session(id)).scheduled_for == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)
        await anyio.sleep(14 * HOUR_S - 601)
        assert (await site.session(id)).phase is Phase.SCHEDULED
        await anyio.sleep(601 + 299)
        assert (await site.session(id)).phase is Phase.READY
        await anyio.sleep(2)
        session = await site.session(id)
    assert (session.phase, session.end_reason) == (Phase.CANCELLED, EndReason.NO_SHOW)


async def test_a_time_in_any_offset_is_the_same_moment() -> None:
    async with running_site() as site:
        told = ["2026-01-01T05:30:00+05:30", "2025-12-31T19:00:00-05:00", "2026-01-01T00:00:00Z"]
        ids = [await opened(site, scheduled_for=datetime.fromisoformat(one) + timedelta(hours=2)) for one in told]
        assert {(await site.session(id)).scheduled_for for id in ids} == {at(2 * HOUR_S)}


# --- calendars --------------------------------------------------------------------------------------


async def test_a_planned_session_is_a_calendar_file() -> None:
    async with running_site() as site:
        id = await opened(site, title="Sleep; better, now", scheduled_for=at(48 * HOUR_S))
        content = await calendars.session_calendar(LOCAL, id, BASE, use=site.use)
        [event] = parts(content, "VEVENT")
        [alarm] = parts(content, "VALARM")
    assert (event["UID"], event["SUMMARY"], event["STATUS"]) == (f"{id}@vivavoce", "Sleep; better, now", "CONFIRMED")
    assert (event["DTSTART"].dt, event["SEQUENCE"], event["URL"]) == (at(48 * HOUR_S), 0, f"{BASE}/s/{id}")
    assert b"DTSTART:20260103T000000Z" in content
    assert event["DTEND"].dt > event["DTSTART"].dt
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(minutes=-10))


async def test_a_calendar_in_a_person_s_zone_brings_the_zone_s_rules() -> None:
    store = MemoryStore()
    await people(store, time_zone="Europe/Berlin")
    async with running_site(store) as site:
        winter = await opened(site, scheduled_for=datetime(2026, 10, 25, 8, 0, tzinfo=UTC))
        content = await calendars.session_calendar(LOCAL, winter, BASE, use=site.use)
    assert [str(one["TZID"]) for one in parts(content, "VTIMEZONE")] == ["Europe/Berlin"]
    [event] = parts(content, "VEVENT")
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)
    assert b"DTSTART;TZID=Europe/Berlin:20261025T090000" in content


async def test_a_session_for_now_has_no_place_in_a_calendar() -> None:
    async with running_site() as site:
        with pytest.raises(calendars.NotPlanned):
            await calendars.session_calendar(LOCAL, await opened(site), BASE, use=site.use)


async def test_a_feed_shows_what_is_planned_moved_and_cancelled() -> None:
    store = MemoryStore()
    await people(store)
    async with running_site(store) as site:
        secret = await calendars.new_feed(LOCAL, use=site.use)
        moved = await opened(site, scheduled_for=at(48 * HOUR_S))
        cancelled = await opened(site, scheduled_for=at(20 * HOUR_S))
        await opened(site)
        await reschedule(LOCAL, moved, at(50 * HOUR_S), use=site.use)
        await end_session(LOCAL, cancelled, use=site.use)
        events = parts(await calendars.feed_calendar(secret, BASE, use=site.use), "VEVENT")
    found = [(str(event["UID"]).partition("@")[0], event["STATUS"], event["SEQUENCE"]) for event in events]
    assert found == [(cancelled, "CANCELLED", 1), (moved, "CONFIRMED", 1)]


async def test_a_feed_s_address_is_secret_and_is_replaced_and_revoked() -> None:
    store = MemoryStore()
    await people(store)
    async with running_site(store) as site:
        old, new = [await calendars.new_feed(LOCAL, use=site.use) for _ in range(2)]
        assert len({old, new}) == 2
        for wrong in (old, "", "\ud800"):
            with pytest.raises(calendars.FeedNotFound):
                await calendars.feed_calendar(wrong, BASE, use=site.use)
        await calendars.feed_calendar(new, BASE, use=site.use)
        assert await calendars.own_feed(LOCAL, use=site.use) is not None
        await calendars.revoke_feed(LOCAL, use=site.use)
        with pytest.raises(calendars.FeedNotFound):
            await calendars.feed_calendar(new, BASE, use=site.use)


async def test_who_may_not_sign_in_any_more_has_no_feed_and_a_guest_never_had_one() -> None:
    store = MemoryStore()
    await people(store, state=AccountState.DISABLED)
    async with running_site(store) as site:
        secret = await calendars.new_feed(LOCAL, use=site.use)
        with pytest.raises(calendars.FeedNotFound):
            await calendars.feed_calendar(secret, BASE, use=site.use)
        with pytest.raises(NotAllowed):
            await calendars.new_feed(replace(LOCAL, standing=Standing.GUEST), use=site.use)
