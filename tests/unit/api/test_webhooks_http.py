"""Webhooks over HTTP: for admins, and each community its own."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx2 import AsyncClient
from tests.unit.access.conftest import TWO, Place, running_place

from vivavoce.domain.people.viewer import Standing

HOOK = {"url": "https://crm.example/hooks", "events": ["session.*"], "name": "CRM"}
ADMIN = "admin@one.example"


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with running_place() as made:
        yield made


async def made(client: AsyncClient, **fields: Any) -> dict[str, Any]:
    answer = await client.post("/api/webhooks", json={**HOOK, **fields})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_the_secret_is_shown_once_and_can_be_replaced(place: Place) -> None:
    async with await place.signed_in(ADMIN, Standing.ADMIN) as admin:
        hook = await made(admin)
        assert hook["secret"].startswith("whsec_")
        shown = (await admin.get(f"/api/webhooks/{hook['id']}")).json()
        assert "secret" not in shown
        assert shown.items() <= hook.items()
        rotated = (await admin.post(f"/api/webhooks/{hook['id']}/rotate")).json()
        assert rotated["secret"] != hook["secret"]
        [listed] = (await admin.get("/api/webhooks")).json()["items"]
        assert listed == shown


async def test_an_endpoint_is_changed_paused_and_removed(place: Place) -> None:
    async with await place.signed_in(ADMIN, Standing.ADMIN) as admin:
        path = f"/api/webhooks/{(await made(admin))['id']}"
        changed = await admin.patch(path, json={"state": "paused", "events": ["*"], "content": True})
        assert changed.json().items() >= {"state": "paused", "events": ["*"], "content": True}.items()
        assert (await admin.post(f"{path}/ping")).json()["code"] == "conflict"
        assert (await admin.delete(path)).status_code == 204
        assert (await admin.get(path)).json()["code"] == "webhook_not_found"


async def test_deliveries_are_listed_and_sent_again(place: Place) -> None:
    async with await place.signed_in(ADMIN, Standing.ADMIN) as admin:
        path = f"/api/webhooks/{(await made(admin))['id']}"
        session = (await admin.post("/api/sessions", json={"format": "coaching"})).json()["id"]
        ping = (await admin.post(f"{path}/ping")).json()
        items = (await admin.get(f"{path}/deliveries")).json()["items"]
        assert {one["session"] for one in items} == {session, None}
        assert {one["state"] for one in items} == {"waiting"}
        assert all("body" not in one for one in items)
        again = await admin.post(f"{path}/deliveries/{ping['id']}/replay")
        assert (again.status_code, again.json()["id"]) == (202, ping["id"])
        since = {"since": "2020-01-01T00:00:00Z", "all": True}
        assert (await admin.post(f"{path}/replay", json=since)).json() == {"count": 0}
        page = (await admin.get(f"{path}/deliveries", params={"limit": 1, "state": "waiting"})).json()
        assert page["next_cursor"]
        following = {"limit": "1", "cursor": page["next_cursor"]}
        assert (await admin.get(f"{path}/deliveries", params=following)).status_code == 200


async def test_who_is_no_admin_is_refused(place: Place) -> None:
    async with await place.signed_in(standing=Standing.HOST) as host:
        assert (await host.get("/api/webhooks")).status_code == 403
        assert (await host.post("/api/webhooks", json=HOOK)).status_code == 403


async def test_each_community_has_its_own(place: Place) -> None:
    async with (
        await place.signed_in(ADMIN, Standing.ADMIN) as ours,
        await place.signed_in("admin@two.example", Standing.ADMIN, TWO) as theirs,
    ):
        path = f"/api/webhooks/{(await made(ours))['id']}"
        assert (await theirs.get("/api/webhooks")).json()["items"] == []
        for method, below in (
            ("GET", ""),
            ("DELETE", ""),
            ("POST", "/rotate"),
            ("POST", "/ping"),
            ("GET", "/deliveries"),
            ("POST", "/deliveries/msg_1/replay"),
        ):
            assert (await theirs.request(method, path + below)).status_code == 404
        await theirs.post("/api/sessions", json={"format": "coaching"})
        assert (await ours.get(f"{path}/deliveries")).json()["items"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://x.example/"},
        {"url": "https://me:pw@x.example/"},
        {"events": []},
        {"events": ["Not A Type"]},
        {"other": 1},
    ],
)
async def test_a_wrong_endpoint_is_refused(place: Place, wrong: dict[str, Any]) -> None:
    async with await place.signed_in(ADMIN, Standing.ADMIN) as admin:
        assert (await admin.post("/api/webhooks", json={**HOOK, **wrong})).status_code == 422
