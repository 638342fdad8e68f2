"""Fill a community with believable people, sessions, reports and progress."""

from collections.abc import Callable
from datetime import UTC, datetime

from vivavoce.base.config import Config
from vivavoce.domain.errors import AccountNotFound, Conflict
from vivavoce.services.asking import SYSTEM
from vivavoce.services.ports import Store
from vivavoce.simulator.demo.people import bring_people, by_id, first_day, meet_goals, viewer_of
from vivavoce.simulator.demo.sessions import Director
from vivavoce.simulator.demo.stage import stage
from vivavoce.simulator.demo.story import Interview, SharedRoom, Story, Talk, story
from vivavoce.storage.open import open_store


async def fill(config: Config, told: Callable[[str], None], now: datetime | None = None) -> int:
    """Fill the configured store; says what it does by `told`. How many sessions there are then.

    Raises Conflict if it is filled already, Unavailable when the store does not answer.
    """
    config.store.data.mkdir(parents=True, exist_ok=True)
    async with open_store(config.store.database.get_secret_value()) as store:
        return await play_out(config, store, told, now or datetime.now(UTC))


async def play_out(config: Config, store: Store, told: Callable[[str], None], now: datetime) -> int:
    """Hold the story's sessions on `store`, as if in the weeks before `now`."""
    plot = story()
    told_of = [*plot.talk, *plot.interview, *plot.room]
    await _check_empty(plot, store)
    async with stage(config, store, first_day(now, max(one.days_ago for one in told_of))) as play:
        await bring_people(plot.person, play)
        director = Director(play, dict(by_id(plot.person)), now)
        held = [(director.at(_whose(one), one.days_ago), one) for one in told_of]
        for at, one in sorted(held, key=lambda pair: pair[0]):
            told(one.title)
            play.clock.pass_to(at)
            await _hold(director, one)
        await meet_goals(plot.person, play)
        play.clock.pass_to(now)
        for planned in plot.planned:
            await director.plan(planned)
        await play.work()
    return len(held) + len(plot.planned)


def _whose(one: Talk | Interview | SharedRoom) -> str:
    return one.host if isinstance(one, SharedRoom) else one.person


async def _hold(director: Director, one: Talk | Interview | SharedRoom) -> None:
    match one:
        case Talk():
            await director.talk(one)
        case Interview():
            await director.interview(one)
        case SharedRoom():
            await director.room(one)


async def _check_empty(plot: Story, store: Store) -> None:
    """Raises Conflict."""
    async with store.reading() as tx:
        try:
            await tx.people.account(SYSTEM, viewer_of(plot.person[1]).account)
        except AccountNotFound:
            return
    raise Conflict("The demonstration is here already. For a fresh one, use another VIVAVOCE_DATA folder.")
