"""The sessions of the demonstration are held: opened, talked through, ended and reviewed, one after the other."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from vivavoce.base.ids import SessionId, TurnId
from vivavoce.base.new_id import new_id
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Source, Word
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.session import Session
from vivavoce.services.end_session import end_session
from vivavoce.services.exchange import Message
from vivavoce.services.exchanges.log import rate_reply
from vivavoce.services.feedback.give import rate_session
from vivavoce.services.find import get_session
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.people.notes import keep_note
from vivavoce.services.prepare_session import setup_session
from vivavoce.services.send_message import say
from vivavoce.services.start_session import start_session
from vivavoce.services.take_seat import join, leave
from vivavoce.services.together.tasks import declare, report
from vivavoce.simulator.demo.people import viewer_of
from vivavoce.simulator.demo.stage import Stage
from vivavoce.simulator.demo.story import Character, Interview, Planned, SharedRoom, Talk

_WORD_MS: Final = 400  # 150 words a minute
_HEARD_PER_S: Final = 15  # characters of the AI's reply, heard or read
_READY: Final = "Good morning, I am ready."
_ANSWERING_S: Final = (3, 25)  # before they speak in an interview
_THINKING_S: Final = (6, 45)  # and elsewhere
_WRITING_S: Final = (25, 100)  # before they write
_RATES: Final = 0.4  # of the replies, somebody says whether they helped
_HELPED: Final = 0.85


@dataclass(frozen=True, slots=True)
class Director:
    """Puts the story on the stage. today: when the demonstration is filled."""

    play: Stage
    people: dict[str, Character]
    today: datetime

    def _viewer(self, id: str) -> Viewer:
        return viewer_of(self.people[id])

    def at(self, person: str, days_ago: int) -> datetime:
        """An hour of that day at which people where the person lives hold such sessions."""
        zone = ZoneInfo(self.people[person].time_zone)
        day = self.today.astimezone(zone).date() - timedelta(days=days_ago)
        hour, minute = self.play.chance.choice((8, 9, 12, 17, 19)), self.play.chance.randrange(0, 60, 5)
        return datetime.combine(day, time(hour, minute), zone)

    async def talk(self, one: Talk) -> None:
        viewer = self._viewer(one.person)
        given = {"minutes": str(one.minutes)} if one.minutes else {}
        session = await self._open(viewer, NewSession(one.format, title=one.title, variables=given))
        await start_session(viewer, session.id, use=self.play.use)
        for line in one.lines:
            await self._say(viewer, session.id, line, spoken=one.spoken)
        if one.minutes:
            await join(viewer, session.id, use=self.play.use)
            self.play.clock.pass_s(one.minutes * 60 + 1)
            await self.play.work()
        await self._end(viewer, session.id)
        if one.note:
            await keep_note(viewer, session.id, one.note, use=self.play.use)
        await rate_session(viewer, session.id, one.satisfaction, one.said, use=self.play.use)

    async def interview(self, one: Interview) -> None:
        viewer = self._viewer(one.person)
        wanted = NewSession("interview", title=one.title, variables={"mode": one.mode})
        session = await self._open(viewer, wanted)
        await setup_session(viewer, session.id, {"description": one.description}, use=self.play.use)
        await self.play.work()
        await start_session(viewer, session.id, use=self.play.use, mic_on_at=self.play.clock.now())
        for line in (_READY, *one.answers):
            self.play.clock.pass_s(15)
            await self._say(viewer, session.id, line, spoken=True, after_s=_ANSWERING_S)
        await self._end(viewer, session.id)
        await rate_session(viewer, session.id, one.satisfaction, one.said, use=self.play.use)

    async def room(self, one: SharedRoom) -> None:
        host, guests = self._viewer(one.host), [self._viewer(id) for id in one.guests]
        wanted = NewSession("lock_in", title=one.title, variables={"type": one.type}, max_participants=6)
        session = await self._open(host, wanted)
        await start_session(host, session.id, use=self.play.use)
        for viewer in (host, *guests):
            await join(viewer, session.id, use=self.play.use)
        tasks = {
            id: (await declare(self._viewer(id), session.id, text, use=self.play.use)).id
            for id, text in one.tasks.items()
        }
        for id, line in one.lines:
            self.play.clock.pass_s(self.play.chance.uniform(120, 420))
            await self._say(self._viewer(id), session.id, line, spoken=False)
        for id, (done, text) in one.reports.items():
            await report(self._viewer(id), session.id, tasks[id], done, text, use=self.play.use)
        for viewer in guests:
            await leave(viewer, session.id, None, use=self.play.use)
        await self._end(host, session.id)

    async def plan(self, one: Planned) -> None:
        at = self.at(one.person, -one.days_ahead)
        await self._open(self._viewer(one.person), NewSession(one.format, title=one.title, scheduled_for=at))

    async def _open(self, viewer: Viewer, wanted: NewSession) -> Session:
        session = await open_session(viewer, wanted, use=self.play.use)
        await self.play.work()
        return session

    async def _say(
        self, viewer: Viewer, id: SessionId, line: str, *, spoken: bool, after_s: tuple[float, float] | None = None
    ) -> None:
        thinking_s = after_s or (_THINKING_S if spoken else _WRITING_S)
        self.play.clock.pass_s(self.play.chance.uniform(*thinking_s))
        words = _timed(line, self.play.chance) if spoken else ()
        self.play.clock.pass_s(words[-1].end_ms / 1000 if words else len(line) / 5)
        source = Source.VOICE if spoken else Source.TEXT
        answered = await say(viewer, id, Message(line, source, words, TurnId(new_id("turn"))), use=self.play.use)
        self.play.clock.pass_s(len(answered.reply_text) / _HEARD_PER_S)
        if answered.reply is not None and self.play.chance.random() < _RATES:
            helped = self.play.chance.random() < _HELPED
            await rate_reply(viewer, id, answered.reply, helpful=helped, use=self.play.use)
        await self.play.work()

    async def _end(self, viewer: Viewer, id: SessionId) -> None:
        if (await get_session(viewer, id, use=self.play.use)).phase not in OVER:
            self.play.clock.pass_s(5)
            await end_session(viewer, id, use=self.play.use)
        await self.play.work()


def _timed(line: str, chance: Random) -> tuple[Word, ...]:
    """The line as it might have been said: each word with its place in time."""
    words: list[Word] = []
    at_ms = 0
    for text in line.split():
        long_ms = round(_WORD_MS * chance.uniform(0.5, 1.2) * (0.6 + len(text) / 10))
        words.append(Word(text, at_ms, at_ms + long_ms))
        at_ms += long_ms + (350 if text[-1] in ".,?!" else 20)
    return tuple(replace(word, text=word.text.strip(".,?!")) for word in words)
