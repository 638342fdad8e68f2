"""Scripted people: they type, speak, interrupt, fall silent, lose the network, and try again until it is over."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Final, TypeVar

import anyio

from vivavoce.api.live.link import Device, serve
from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import Conflict, DomainError
from vivavoce.domain.people.viewer import LOCAL, Viewer
from vivavoce.simulator.device import Message, SimulatedDevice
from vivavoce.simulator.node import Node

T = TypeVar("T")

_LINES: Final = (
    "I want to run more often.",
    "My boss changes the plan every week.",
    "I don't know.",
    "Maybe I could start with ten minutes a day.",
    "What do you think?",
    "I had to say goodbye to my old team.",
)
_STOP: Final = "Let's wrap up."
_CALL: Final = "Hey agent, "
_WHISPERS: Final = ("Ask about the team.", "Slow down.", "She did this before.")


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a session. calls: the AI answers only when called. ends: may end it. coaches: leads, too.

    speaks, types: whether the format takes that.
    """

    viewer: Viewer = LOCAL
    calls: bool = False
    ends: bool = True
    coaches: bool = False
    speaks: bool = True
    types: bool = True


class Ending(StrEnum):
    WRAP_UP = "wrap_up"
    END = "end"  # the host ends it
    VANISH = "vanish"  # the device goes and never comes back
    SILENCE = "silence"  # stays, and says nothing more


@dataclass(slots=True)
class Site:
    """The node of the moment. Changes when one is killed and another takes its place."""

    node: Node | None = None
    changed: anyio.Event = field(default_factory=anyio.Event)

    def becomes(self, node: Node | None) -> None:
        self.node = node
        self.changed.set()
        self.changed = anyio.Event()

    async def wait_node(self) -> Node:
        while self.node is None:
            await self.changed.wait()
        return self.node

    async def ask(self, request: Callable[[Node], Awaitable[T]]) -> T:
        """The answer of whichever node lives to give it: what an HTTP client that retries gets.

        Raises DomainError, but for a conflict, which is waited out.
        """
        while True:
            node = await self.wait_node()
            answers: list[T | DomainError] = []
            answered = anyio.Event()

            node.tasks.start_soon(_answer, request, node, answers, answered)
            changed = self.changed
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_first, answered, tasks.cancel_scope)
                tasks.start_soon(_first, changed, tasks.cancel_scope)
            if not answers or isinstance(answers[0], Conflict):
                await anyio.sleep(0.5)
                continue
            if isinstance(answers[0], DomainError):
                raise answers[0]
            return answers[0]


async def _answer(
    request: Callable[[Node], Awaitable[T]], node: Node, answers: "list[T | DomainError]", answered: anyio.Event
) -> None:
    try:
        answers.append(await request(node))
    except DomainError as error:
        answers.append(error)
    answered.set()


async def _first(event: anyio.Event, scope: anyio.CancelScope) -> None:
    await event.wait()
    scope.cancel()


@dataclass(slots=True)
class Person:
    """One person in one session. said: what they typed, each to be found once in the log. seen: events they got."""

    site: Site
    chance: Random
    session: SessionId
    part: Part = field(default_factory=Part)
    said: list[str] = field(default_factory=list[str])
    spoken: int = 0
    seen: list[Message] = field(default_factory=list[Message])
    over: bool = False
    news: anyio.Event = field(default_factory=anyio.Event)
    _heard: set[str] = field(default_factory=set[str])
    _replies_over: int = 0

    def _told(self, message: Message) -> None:
        if "seq" in message:
            self.seen.append(message)
            if message["type"] == "turn.heard":
                self._heard.add(message["text"])
            self._replies_over += message["type"] == "reply.ended"
            self.over |= message["type"] == "session.phase" and message["phase"] == "analyzing"
            self.news.set()
            self.news = anyio.Event()

    async def live(self) -> None:
        """A live session, to its end as this person sees it."""
        ending = self.chance.choice(self._endings())
        plan = [self._line(n) for n in range(self.chance.randrange(1, 6))] if self.part.types else []
        async with anyio.create_task_group() as tasks:
            connected: list[SimulatedDevice] = []
            tasks.start_soon(self._stay_connected, connected)
            for line in plan:
                if self.part.coaches:
                    await self._coach(connected)
                await self._turn(connected, line)
            await self._end(connected, ending)
            tasks.cancel_scope.cancel()

    def _endings(self) -> tuple[Ending, ...]:
        if not self.part.ends:
            return (Ending.VANISH, Ending.SILENCE)
        if not self.part.speaks:
            return (Ending.WRAP_UP, Ending.END)
        if not self.part.types:
            return (Ending.END, Ending.VANISH, Ending.SILENCE)
        return (Ending.END, Ending.VANISH, Ending.SILENCE) if self.part.calls else tuple(Ending)

    def _line(self, n: int) -> str:
        call = _CALL if self.part.calls and self.chance.random() < 0.5 else ""
        mark = str(n) if self.part.ends else f"{self.part.viewer.name} {n}"  # what each types is theirs alone
        return f"{call}{self.chance.choice(_LINES)} ({mark})"

    async def _coach(self, connected: list[SimulatedDevice]) -> None:
        """Now and then they whisper, take over for a while, and hand back or just go."""
        for device in list(connected):
            if self.chance.random() < 0.6:
                device.say("whisper", text=self.chance.choice(_WHISPERS))
            if self.chance.random() < 0.5:
                device.say("take_over")
                await anyio.sleep(self.chance.random() * 20)
            if self.chance.random() < 0.7:
                device.say("hand_back", briefing=self.chance.choice(_WHISPERS))

    async def _stay_connected(self, connected: list[SimulatedDevice]) -> None:
        while True:
            node = await self.site.wait_node()
            device = SimulatedDevice(self._told)
            node.tasks.start_soon(serve, Device(device), self.part.viewer, self.session, node.wiring)
            audio: dict[str, int] | None = {} if self.part.speaks else None
            device.say("hello", after=self.seen[-1]["seq"] if self.seen else 0, audio=audio, input="ptt")
            connected[:] = [device]
            with anyio.move_on_after(self.chance.expovariate(1 / 60)):  # the network is not reliable either
                while not device.gone.is_set():
                    await anyio.sleep(2)
                    device.say("ping", id="p")
            device.drop()
            await anyio.sleep(self.chance.random() * 3)

    async def _turn(self, connected: list[SimulatedDevice], line: str) -> None:
        await self._wait_reply(within_s=self.chance.choice((1.0, 20.0)))  # impatient ones interrupt
        await anyio.sleep(self.chance.random() * 5)
        if self.part.speaks and self.chance.random() < 0.4:
            self.spoken += 1
            await self._speak(connected)
        else:
            await self._type(connected, line)

    async def _type(self, connected: list[SimulatedDevice], line: str) -> None:
        """Type it, and again over each new connection until it was heard: the same id makes it one turn."""
        self.said.append(line)
        number = len(self.said)
        for _ in range(100):
            if line in self._heard or self.over:
                return
            for device in connected:
                device.say("text", text=line, id=f"line-{number}")
            with anyio.move_on_after(3):
                while line not in self._heard and not self.over:
                    await self.news.wait()

    async def _speak(self, connected: list[SimulatedDevice]) -> None:
        for device in list(connected):
            device.say("ptt", on=True)
            device.make_sound()
            await anyio.sleep(self.chance.random())
            device.make_sound()
            device.say("ptt", on=False)

    async def _wait_reply(self, within_s: float) -> None:
        before = self._replies_over
        with anyio.move_on_after(within_s):
            while self._replies_over == before and not self.over:
                await self.news.wait()

    async def _end(self, connected: list[SimulatedDevice], ending: Ending) -> None:
        match ending:
            case Ending.WRAP_UP:
                for n in range(30):
                    if self.over:
                        break
                    await self._type(connected, f"{_STOP} ({n})" if n % 2 == 0 else f"Yes, please. ({n})")
                    await self._wait_reply(15)
            case Ending.END:
                await self.site.ask(lambda node: node.wiring.use.end_session(self.part.viewer, self.session))
            case Ending.VANISH:
                return
            case Ending.SILENCE:
                pass
        with anyio.move_on_after(400):
            while not self.over:
                await self.news.wait()

    async def write(self) -> None:
        """A session by messages, each sent again until it is answered."""
        lines = [self._line(n) for n in range(self.chance.randrange(1, 6))]
        for n, line in enumerate([*lines, _STOP, "Yes, please."]):
            self.said.append(line)
            try:
                await self.site.ask(
                    lambda node, n=n, line=line: node.wiring.use.send_text(
                        self.part.viewer, self.session, line, message_id=f"{self.part.viewer.name}-{n}"
                    )
                )
            except DomainError:
                self.said.pop()  # it is over already: a yes to an earlier question
                return
