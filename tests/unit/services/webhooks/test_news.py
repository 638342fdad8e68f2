"""What stands in no session's log: a community's webhooks hear of its accounts and of its credits."""

from typing import Any

import anyio
import pytest
from tests.unit.services.webhooks.test_deliver import Scene, playing

from vivavoce.base.ids import AccountId
from vivavoce.domain.errors import Invalid
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.domain.sessions.events import NAMES
from vivavoce.domain.webhooks.endpoint import matches
from vivavoce.domain.webhooks.news import ALL, News, check_known
from vivavoce.domain.webhooks.payload import NEVER
from vivavoce.services.access import accounts
from vivavoce.services.access.by_password import add_account
from vivavoce.services.money.accounts import Grant, grant
from vivavoce.services.money.charging import charge
from vivavoce.services.money.prices import set_price
from vivavoce.services.rights.erase import erase_account
from vivavoce.services.start_session import start_session

pytestmark = pytest.mark.anyio
EVE = Viewer(AccountId("acc_eve"), LOCAL.community, "Eve")


async def told(scene: Scene) -> list[tuple[str, dict[str, Any]]]:
    await anyio.sleep(60)
    return [(sent.type, sent.told["data"]) for sent in scene.receiver.took]


async def has_account(scene: Scene) -> None:
    async with scene.use.records.change() as change:
        eve = Account(EVE.account, EVE.community, "Eve", email="eve@example.org", created_at=change.at)
        await add_account(change, eve)


async def test_an_account_is_told_when_it_is_made_and_when_what_it_may_do_changes() -> None:
    async with playing() as scene:
        await scene.endpoint(events=("account.*",))
        await has_account(scene)
        for changes in (
            accounts.Changes(name="Eva"),
            accounts.Changes(standing=Standing.COACH),
            accounts.Changes(state=AccountState.DISABLED),
            accounts.Changes(state=AccountState.ACTIVE),
        ):
            await accounts.change_account(LOCAL, EVE.account, changes, use=scene.use)
            await anyio.sleep(10)
        found = await told(scene)
    assert [type for type, _ in found] == [
        "account.made",
        "account.standing",
        "account.disabled",
        "account.enabled",
    ]
    assert found[2][1] == {"account": "acc_eve", "standing": "coach", "state": "disabled", "external_id": None}
    assert not any("Ev" in str(data) or "@" in str(data) for _, data in found)


async def test_erasing_somebody_is_told_and_what_was_told_of_them_before_is_gone() -> None:
    async with playing() as scene:
        hook = await scene.endpoint(events=("account.*", "credits.*"))
        await has_account(scene)
        await grant(LOCAL, Grant(EVE.account, 10, "Pilot"), use=scene.use)
        await anyio.sleep(60)
        await erase_account(LOCAL, EVE.account, use=scene.use)
        assert [one.type for one in await scene.deliveries(hook.id)] == ["account.erased"]
        assert (await told(scene))[-1] == ("account.erased", {"account": "acc_eve"})


async def test_credits_are_told_with_what_is_left_each_entry_once() -> None:
    async with playing() as scene:
        await scene.endpoint(events=("credits.*",))
        await has_account(scene)
        entry = await grant(LOCAL, Grant(EVE.account, 10, "Pilot", key="one"), use=scene.use)
        assert await grant(LOCAL, Grant(EVE.account, 10, "Pilot", key="one"), use=scene.use) == entry
        found = await told(scene)
    left = {"account": "acc_eve", "balance": 10, "available": 10}
    assert found == [("credits.granted", {**left, "entry": entry.id, "credits": 10, "session": None})]
    assert "Pilot" not in str(found)


@pytest.mark.parametrize(("has", "low"), [(0, True), (30, False)])
async def test_a_charge_that_leaves_too_little_for_another_is_told_as_low(has: int, low: bool) -> None:
    async with playing() as scene:
        await grant(LOCAL, Grant(LOCAL.account, has + 1, "Pilot"), use=scene.use)  # beside the 60 of local mode
        await set_price(LOCAL, "coaching", 45, 0, use=scene.use)
        id = await scene.session()
        await scene.endpoint(events=("credits.charged", "credits.low"))
        await start_session(LOCAL, id, use=scene.use, mic_on_at=scene.use.clock.now())
        await charge(id, records=scene.use.records)
        types = [type for type, _ in await told(scene)]
    assert types == ["credits.charged", *(["credits.low"] if low else [])]


def test_every_kind_of_news_and_every_fact_that_is_told_can_be_asked_for() -> None:
    never = {name for fact, name in NAMES.items() if issubclass(fact, NEVER)}
    assert {*News} <= ALL
    assert not never & ALL
    assert {*NAMES.values()} - never <= ALL


@pytest.mark.parametrize("filter", ["*", "session.*", "session.phase", "credits.low", "webhook.ping"])
def test_a_filter_names_events_that_there_are(filter: str) -> None:
    assert check_known((filter,)) == (filter,)
    assert any(matches(filter, type) for type in ALL)


@pytest.mark.parametrize("filter", ["sesion.phase", "session.phases", "accounts.*", "assistant.whispered"])
def test_a_filter_that_nothing_would_ever_match_is_refused(filter: str) -> None:
    with pytest.raises(Invalid, match=filter):
        check_known(("session.*", filter))
