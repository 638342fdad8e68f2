"""Money holds in any order: starts, retries, crashes between any two steps, notices told twice, clocks that jump.

The real services run on the real SQL of the store in memory. What must hold is looked at after every step.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.unit.services.site import ANSWER, CALM

from vivavoce.base.config import Config
from vivavoce.base.ids import NodeId, SessionId
from vivavoce.base.locks import KeyedLocks
from vivavoce.base.packs import Pack
from vivavoce.bus.memory import MemoryBus
from vivavoce.domain.errors import Conflict, IllegalTransition, Invalid
from vivavoce.domain.money.ledger import Entry, EntryKind, Hold, HoldState, balance_of
from vivavoce.domain.money.pricing import NotEnoughCredits
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.engine.ports import Models
from vivavoce.engine.pulse import Pulse
from vivavoce.jobs.handlers import handlers
from vivavoce.providers.intent import RuleIntentRecogniser
from vivavoce.providers.scripted import (
    Answer,
    Heard,
    ScriptedLanguageModel,
    ScriptedSpeechToText,
    ScriptedTextToSpeech,
    ScriptedVad,
    Voicing,
)
from vivavoce.services import recover
from vivavoce.services.asking import SYSTEM
from vivavoce.services.changes import Records
from vivavoce.services.container import Outside, Services
from vivavoce.services.end_session import end_at_once
from vivavoce.services.format import Price
from vivavoce.services.live_rooms import LiveRooms
from vivavoce.services.money import accounts, shopping
from vivavoce.services.money.ports import Disputed, GivenBack, Lapsed, Notice, Order, Paid, Purse
from vivavoce.services.money.prices import set_price
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.ports import JobKind, Store, Transaction
from vivavoce.services.send_message import send_text
from vivavoce.services.start_session import start_session
from vivavoce.simulator.node import NoTape
from vivavoce.simulator.virtual_time import EPOCH
from vivavoce.storage.audio_files import PyAvAudioFiles
from vivavoce.storage.files import MemoryFiles
from vivavoce.storage.memory import MemoryStore
from vivavoce.storage.personas import FilePersonas

PRICE: Final = Price(9, 120)
PRICED: Final = replace(CALM, price=PRICE, time_limit_s=None)
PACK: Final = Pack("small", 40, 800, "eur")
PURSE: Final = accounts.own_purse(LOCAL)
T = TypeVar("T")


class Crash(Exception):
    """The process died here."""


@dataclass(slots=True)
class SetClock:
    """Implements base.clock.Clock: a wall clock that anybody may set."""

    at: datetime = EPOCH

    def now(self) -> datetime:
        return self.at

    def monotonic_ms(self) -> int:
        return 0


@dataclass(slots=True)
class Fuse:
    """steps: how many there are until the process dies; None: it lives."""

    steps: int | None = None

    def burn(self) -> None:
        if self.steps is not None:
            self.steps -= 1
            if self.steps < 0:
                self.steps = None
                raise Crash


@dataclass(frozen=True, slots=True)
class Part:
    """One subject of a transaction, whose every query is a step."""

    inner: object
    fuse: Fuse

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        query: Callable[..., Awaitable[object]] = getattr(self.inner, name)

        async def asked(*given: object, **named: object) -> object:
            self.fuse.burn()
            return await query(*given, **named)

        return asked


@dataclass(frozen=True, slots=True)
class Steps:
    inner: Transaction
    fuse: Fuse

    def __getattr__(self, name: str) -> Part:
        return Part(getattr(self.inner, name), self.fuse)


class FragileStore(MemoryStore):
    def __init__(self, fuse: Fuse) -> None:
        super().__init__()
        self._fuse = fuse

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[Any]:
        async with super().transaction() as tx:
            yield Steps(tx, self._fuse)
            self._fuse.burn()  # before the commit
        self._fuse.burn()  # behind it: done, but nobody was told


@dataclass(slots=True)
class ToyShop:
    """Implements services.money.ports.Shop. Its notices are JSON and need no signature."""

    name: str = "toy"
    orders: list[str] = field(default_factory=list[str])

    async def checkout(self, order: Order) -> str:
        self.orders.append(order.purchase.id)
        return "https://shop.example/pay"

    async def read(self, body: bytes, signature: str) -> Notice:
        told = json.loads(body)
        match told["kind"]:
            case "paid":
                return Notice(told["event"], Paid(told["purchase"]))
            case "lapsed":
                return Notice(told["event"], Lapsed(told["purchase"]))
            case "disputed" | "won":
                won = told["kind"] == "won"
                return Notice(told["event"], Disputed(told["purchase"], "dp", told["amount"], PACK.amount, won=won))
            case _:
                return Notice(told["event"], GivenBack(told["purchase"], told["amount"], PACK.amount))


async def services(store: Store, clock: SetClock, shop: ToyShop) -> Services:
    models = Models(
        ScriptedSpeechToText(lambda: Heard("hello")),
        ScriptedLanguageModel(lambda prompt: Answer(ANSWER)),
        ScriptedTextToSpeech(lambda sentence: Voicing(60), rate_hz=8000),
        RuleIntentRecogniser(),
    )
    records = Records(store, MemoryBus(), clock, lambda due: None)
    formats, personas, node = {PRICED.name: PRICED}, FilePersonas(), NodeId("here")
    rooms = LiveRooms(
        node=node,
        records=records,
        formats=formats,
        personas=personas,
        models=models,
        pulse=Pulse(ScriptedVad()),
        new_tape=lambda id: NoTape(),
    )
    config = Config()
    money = config.money.model_copy(update={"packs": (PACK,), "welcome_credits": 60})
    return Services(
        node,
        records,
        MemoryFiles(),
        PyAvAudioFiles(),
        formats,
        personas,
        models,
        rooms,
        KeyedLocks(),
        outside=Outside(shop=shop),
        config=config.model_copy(update={"money": money}),
    )


DIES: Final = st.sampled_from([None] * 20 + list(range(20)))
MIC: Final = st.sampled_from([0, 0, -30, 30, None, -90, 90])
WEIGHTS: Final = [5, 3, 1, 6, 3, 1, 1, 1, 2]
JUMPS: Final = st.sampled_from([1, 59, 60, 119, 120, 121, 3600, -1, -130, -7200])
REASONS: Final = st.sampled_from([EndReason.ENDED_BY_HOST, EndReason.TIME_LIMIT, EndReason.PLATFORM_FAULT])


class AnyOrder(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.clock, self.fuse, self.shop = SetClock(), Fuse(), ToyShop()
        self.store = FragileStore(self.fuse)
        self.use = self.run(services(self.store, self.clock, self.shop))
        self.ids: list[SessionId] = []
        self.somebody_opens_a_session()

    def teardown(self) -> None:
        if not hasattr(self, "loop"):
            return
        self.let_time_do_the_rest()
        self.loop.run_until_complete(self.store.aclose())
        self.loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def attempt(self, work: Awaitable[object], dies: int | None) -> None:
        """Do it, in a process that may die on the way. What people can meet may happen too."""
        self.fuse.steps = dies
        with suppress(Crash, NotEnoughCredits, IllegalTransition, Conflict, Invalid):
            self.loop.run_until_complete(work)
        self.fuse.steps = None

    def one(self, number: int) -> SessionId:
        return self.ids[number % len(self.ids)]

    # --- what happens ---

    @precondition(lambda self: len(self.ids) < 4)
    @rule()
    def somebody_opens_a_session(self) -> None:
        self.ids.append(self.run(open_session(LOCAL, NewSession("coaching"), use=self.use)).id)

    @rule(number=st.integers(0, 3), mic=MIC, dies=DIES)
    def somebody_starts(self, number: int, mic: int | None, dies: int | None) -> None:
        at = None if mic is None else self.clock.at + timedelta(seconds=mic)
        self.attempt(start_session(LOCAL, self.one(number), use=self.use, mic_on_at=at), dies)

    @rule(number=st.integers(0, 3), dies=DIES)
    def somebody_types(self, number: int, dies: int | None) -> None:
        self.attempt(send_text(LOCAL, self.one(number), "I want to sleep", use=self.use), dies)

    @rule(number=st.integers(0, 3), reason=REASONS, dies=DIES)
    def it_ends(self, number: int, reason: EndReason, dies: int | None) -> None:
        self.attempt(end_at_once(SYSTEM, self.one(number), reason, use=self.use), dies)

    @rule(seconds=JUMPS)
    def the_clock_jumps(self, seconds: int) -> None:
        self.clock.at += timedelta(seconds=seconds)

    @rule(seconds=JUMPS, dies=DIES, twice=st.booleans(), set_back_s=st.sampled_from([0, 0, 100]))
    def time_passes_and_charges_are_run(self, seconds: int, dies: int | None, twice: bool, set_back_s: int) -> None:
        self.clock.at += timedelta(seconds=seconds)
        self.run_charges(dies, twice, set_back_s)

    @rule(credits=st.sampled_from([0, 9, 30]))
    def an_admin_sets_the_price(self, credits: int) -> None:
        self.run(set_price(LOCAL, "coaching", credits, use=self.use))

    def run_charges(self, dies: int | None = None, twice: bool = False, set_back_s: int = 0) -> None:
        """A job whose worker died is claimed again when its lease has run out. set_back_s: of the clock, meanwhile."""
        handler = handlers(self.use)[JobKind.CHARGE]
        for job in self.run(self.store.claim_jobs(NodeId("here"), self.clock.at, lease_s=1, limit=50)):
            if job.kind is not JobKind.CHARGE:
                continue  # the other timers would end the sessions: the rules above do
            self.clock.at -= timedelta(seconds=set_back_s)
            for _ in range(2 if twice else 1):
                self.attempt(handler(job), dies)
            if dies is None:
                self.run(self.store.finish_job(job))

    @rule(dies=DIES)
    def the_node_starts_again(self, dies: int | None) -> None:
        self.attempt(recover.sweep(use=self.use), dies)

    @rule(key=st.integers(0, 2), dies=DIES)
    def an_admin_grants(self, key: int, dies: int | None) -> None:
        self.attempt(accounts.grant(LOCAL, accounts.Grant("local", 10, "Pilot", f"key-{key}"), use=self.use), dies)

    @rule(number=st.integers(0, 9), part=st.none() | st.integers(1, 30), dies=DIES)
    def an_admin_refunds(self, number: int, part: int | None, dies: int | None) -> None:
        charges = [entry for entry in self.entries() if entry.kind is EntryKind.CHARGE]
        if charges:
            charge = charges[number % len(charges)]
            self.attempt(accounts.refund(LOCAL, charge.id, part, "Sorry", use=self.use), dies)

    @precondition(lambda self: len(self.shop.orders) < 2)
    @rule(dies=DIES)
    def somebody_goes_to_the_shop(self, dies: int | None) -> None:
        self.attempt(shopping.checkout(LOCAL, "small", "https://here.example", use=self.use), dies)

    @precondition(lambda self: self.shop.orders)
    @rule(
        number=st.integers(0, 1),
        kind=st.sampled_from(["paid", "lapsed", "given_back", "disputed", "won"]),
        event=st.integers(0, 5),
        amount=st.integers(0, PACK.amount),
        dies=DIES,
    )
    def the_shop_tells(self, number: int, kind: str, event: int, amount: int, dies: int | None) -> None:
        purchase = self.shop.orders[number % len(self.shop.orders)]
        told = {"event": f"evt_{event}_{kind}_{amount}", "kind": kind, "purchase": purchase, "amount": amount}
        self.attempt(shopping.hear(json.dumps(told).encode(), "", use=self.use), dies)

    # --- what holds ---

    @invariant()
    def the_balance_is_the_sum_and_never_below_zero(self) -> None:
        if not hasattr(self, "use"):
            return
        entries, holds = self.entries(), list(self.holds().values())
        found = self.run(self.balance())
        assert found == balance_of(entries, holds)
        assert found.credits >= 0
        assert found.available >= 0

    @invariant()
    def every_session_is_charged_once_or_not_at_all_as_the_rule_says(self) -> None:
        if not hasattr(self, "use"):
            return
        entries, holds = self.entries(), self.holds()
        for id in self.ids:
            session = self.run(self.session(id))
            mine = [entry for entry in entries if entry.session == id]
            charges = [entry for entry in mine if entry.kind is EntryKind.CHARGE]
            hold = holds.get(id)
            if hold is None:  # it was free, or never started
                assert not mine
                continue
            assert len(charges) == (1 if hold.state is HoldState.SETTLED else 0)
            assert sum(entry.credits for entry in mine) <= 0
            self.check(session, hold, mine)

    def check(self, session: Session, hold: Hold, mine: list[Entry]) -> None:
        at = session.ended_at if session.phase in OVER and hold.closed_at == session.ended_at else hold.closed_at
        ran = session.mic_on_at is not None and at is not None and at - session.mic_on_at >= timedelta(seconds=120)
        match hold.state:
            case HoldState.HELD:
                assert session.phase is Phase.ACTIVE
            case HoldState.SETTLED:
                assert ran
            case HoldState.RELEASED:
                assert session.phase in OVER
                assert not ran or session.end_reason is EndReason.PLATFORM_FAULT
        if session.end_reason is EndReason.PLATFORM_FAULT:
            refunded = [entry for entry in mine if entry.kind is EntryKind.REFUND]
            assert len(refunded) == (1 if hold.state is HoldState.SETTLED else 0)

    @invariant()
    def a_purchase_counts_once(self) -> None:
        if not hasattr(self, "use"):
            return
        entries = self.entries()
        bought = sum(entry.credits for entry in entries if entry.kind is EntryKind.PURCHASE)
        taken = sum(entry.credits for entry in entries if entry.kind is EntryKind.TAKE_BACK)
        assert bought + taken <= PACK.credits * len(self.shop.orders)
        assert 0 <= -taken <= bought

    def let_time_do_the_rest(self) -> None:
        """A microphone that stays on is charged in the end, whatever happened before."""
        for _ in range(2):
            self.clock.at += timedelta(days=2)
            self.run_charges()
        for id, hold in self.holds().items():
            session = self.run(self.session(id))
            if session.phase is Phase.ACTIVE and session.mic_on_at is not None:
                assert hold.state is HoldState.SETTLED
        self.every_session_is_charged_once_or_not_at_all_as_the_rule_says()

    # --- looking ---

    def entries(self) -> list[Entry]:
        return list(self.run(self._entries()))

    async def _entries(self) -> tuple[Entry, ...]:
        async with self.store.reading() as tx:
            return (await tx.credits.entries(SYSTEM, PURSE, limit=100)).items

    def holds(self) -> dict[SessionId, Hold]:
        return self.run(self._holds())

    async def _holds(self) -> dict[SessionId, Hold]:
        async with self.store.reading() as tx:
            found = {id: await tx.credits.hold_of(SYSTEM, id) for id in self.ids}
        return {id: hold for id, hold in found.items() if hold is not None}

    async def balance(self) -> Any:
        async with self.store.reading() as tx:
            return await tx.credits.balance(SYSTEM, Purse(LOCAL.community, LOCAL.account))

    async def session(self, id: SessionId) -> Session:
        async with self.store.reading() as tx:
            return await tx.sessions.get(SYSTEM, id)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=8,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("seed", range(6))
def test_a_long_walk_of_likely_steps_keeps_the_books(seed: int) -> None:
    chance, walk = Random(seed), AnyOrder()
    walk.begin()
    walk.an_admin_sets_the_price(9 if seed % 2 else 30)
    for _ in range(100):
        number, dies = chance.randrange(4), chance.choice([None, None, None, chance.randrange(16)])
        match chance.choices(["open", "start", "type", "time", "end", "again", "grant", "refund", "shop"], WEIGHTS)[0]:
            case "open":
                walk.somebody_opens_a_session()
                walk.somebody_starts(-1, 0, dies)
            case "start":
                walk.somebody_starts(-number, chance.choice([0, 0, 0, None, -30]), dies)
            case "type":
                walk.somebody_types(-number, dies)
            case "time":
                seconds = chance.choice([1, 60, 119, 121, 200, -50, -300])
                walk.time_passes_and_charges_are_run(seconds, dies, chance.random() < 0.3, chance.choice([0, 0, 50]))
            case "end":
                reason = chance.choice([EndReason.ENDED_BY_HOST, EndReason.PLATFORM_FAULT])
                walk.it_ends(-number, reason, dies)
            case "again":
                walk.the_node_starts_again(dies)
            case "grant":
                walk.an_admin_grants(number, dies)
            case "refund":
                walk.an_admin_refunds(number, chance.choice([None, 5]), dies)
            case _ if len(walk.shop.orders) < 2:
                walk.somebody_goes_to_the_shop(dies)
            case _:
                kind = chance.choice(["paid", "paid", "lapsed", "given_back", "disputed", "won"])
                walk.the_shop_tells(number, kind, chance.randrange(3), chance.choice([300, 800]), dies)
        walk.the_balance_is_the_sum_and_never_below_zero()
        walk.every_session_is_charged_once_or_not_at_all_as_the_rule_says()
        walk.a_purchase_counts_once()
    walk.teardown()
