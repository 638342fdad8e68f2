"""API keys, and what their scopes open."""

from datetime import timedelta

import pytest
from httpx2 import AsyncClient
from tests.unit.access.conftest import Place

from vivavoce.api.scopes import ALL, NEVER, TABLE, opens, scope_for
from vivavoce.base.ids import SessionId
from vivavoce.domain.people.scopes import SCOPES
from vivavoce.domain.people.viewer import Standing


async def key_of(client: AsyncClient, *scopes: str) -> str:
    answer = await client.post("/api/keys", json={"name": "CI", "scopes": list(scopes) or None})
    assert answer.status_code == 201, answer.text
    return answer.json()["key"]


def program(place: Place, key: str) -> AsyncClient:
    return place.client(headers={"Authorization": f"Bearer {key}"})


async def test_a_key_acts_for_its_account(place: Place) -> None:
    async with await place.signed_in() as ana, program(place, await key_of(ana)) as bot:
        me = (await bot.get("/api/me")).json()
        assert (me["account"]["email"], me["way"], me["scopes"]) == ("ana@one.example", "key", None)
        id = (await bot.post("/api/sessions", json={"format": "coaching"})).json()["id"]
        assert (await ana.get(f"/api/sessions/{id}")).status_code == 200


async def test_a_key_is_shown_once(place: Place) -> None:
    async with await place.signed_in() as ana:
        key = await key_of(ana, "sessions:read")
        assert key.startswith("viv_")
        listed = await ana.get("/api/keys")
        assert key not in listed.text
        assert listed.json()["items"][0]["start"] == key[:8]


async def test_a_key_tells_when_it_was_last_used(place: Place) -> None:
    async with await place.signed_in() as ana, program(place, await key_of(ana)) as bot:
        assert (await ana.get("/api/keys")).json()["items"][0]["used_at"] is None
        await bot.get("/api/me")
        assert (await ana.get("/api/keys")).json()["items"][0]["used_at"] is not None


async def test_a_scope_that_is_missing_is_named(place: Place) -> None:
    async with await place.signed_in() as ana, program(place, await key_of(ana, "sessions:read")) as bot:
        assert (await bot.get("/api/sessions")).status_code == 200
        answer = await bot.post("/api/sessions", json={"format": "coaching"})
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
        assert "sessions:write" in answer.json()["detail"]
        assert (await bot.get("/api/people")).json()["code"] == "scope_missing"


async def test_a_scope_gives_nothing_that_the_standing_does_not(place: Place) -> None:
    async with await place.signed_in() as ana, program(place, await key_of(ana, "people:admin")) as bot:
        assert (await bot.get("/api/people")).json()["code"] == "not_allowed"


async def test_a_key_makes_no_keys_and_ends_no_sign_ins(place: Place) -> None:
    async with await place.signed_in() as ana, program(place, await key_of(ana)) as bot:
        for method, path in (("GET", "/api/keys"), ("POST", "/api/keys"), ("DELETE", "/api/me/sign-ins")):
            assert (await bot.request(method, path, json={"name": "x"})).json()["code"] == "scope_missing"


async def test_a_revoked_key_is_void_at_once(place: Place) -> None:
    async with await place.signed_in() as ana, program(place, await key_of(ana)) as bot:
        id = (await ana.get("/api/keys")).json()["items"][0]["id"]
        assert (await ana.delete(f"/api/keys/{id}")).status_code == 204
        answer = await bot.get("/api/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
        assert (await ana.delete(f"/api/keys/{id}")).status_code == 404


async def test_a_key_runs_out(place: Place) -> None:
    async with await place.signed_in() as ana:
        until = (place.clock.now() + timedelta(hours=1)).isoformat()
        key = (await ana.post("/api/keys", json={"name": "CI", "expires_at": until})).json()["key"]
        async with program(place, key) as bot:
            assert (await bot.get("/api/me")).status_code == 200
            place.clock.ahead_s = 3601
            assert (await bot.get("/api/me")).status_code == 401


async def test_nobody_sees_or_revokes_the_keys_of_somebody_else(place: Place) -> None:
    async with await place.signed_in() as ana, await place.signed_in("ben@one.example", Standing.ADMIN) as ben:
        await key_of(ana)
        id = (await ana.get("/api/keys")).json()["items"][0]["id"]
        assert (await ben.get("/api/keys")).json()["items"] == []
        assert (await ben.delete(f"/api/keys/{id}")).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"name": "x", "scopes": ["all:all"]},
        {"name": "x", "scopes": []},
        {"name": "x", "expires_at": "2020-01-01T00:00Z"},
    ],
)
async def test_a_key_that_makes_no_sense_is_refused(place: Place, given: dict[str, object]) -> None:
    async with await place.signed_in() as ana:
        assert (await ana.post("/api/keys", json=given)).status_code == 422


@pytest.mark.parametrize("bearer", ["viv_nonsense", "nonsense", "a.b.c", "Ω"])
async def test_a_key_that_is_none_is_refused_even_where_nobody_needs_one(place: Place, bearer: str) -> None:
    async with place.client() as client:
        answer = await client.get("/api/sign-in", headers={b"authorization": f"Bearer {bearer}".encode()})  # pyright: ignore
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_every_scope_of_the_table_is_one_that_a_key_can_have() -> None:
    assert {scope for needs in TABLE for scope in (needs.read, needs.write)} - {"", ALL, NEVER} <= set(SCOPES)


async def test_every_path_has_a_scope(place: Place) -> None:
    paths = [path for path in place.app.openapi()["paths"] if path.startswith("/api/")]
    assert len(paths) > 30
    assert [path for path in paths if scope_for("GET", path) is None] == ["/api/me/export"]


async def test_only_a_key_with_all_rights_takes_everything_along_or_erases_it(place: Place) -> None:
    every = sorted(SCOPES)
    async with await place.signed_in() as ana, program(place, await key_of(ana, *every)) as bot:
        for method, path in (("GET", "/api/me/export"), ("DELETE", "/api/me")):
            assert (await bot.request(method, path)).json()["code"] == "scope_missing"


@pytest.mark.parametrize(
    ("method", "path", "open"),
    [
        ("POST", "/api/sessions/ses_1/messages", True),
        ("GET", "/api/sessions/ses_1", True),
        ("GET", "/api/sessions", True),
        ("GET", "/api/formats", True),
        ("GET", "/api/me", True),
        ("POST", "/api/sessions", False),
        ("GET", "/api/sessions/ses_12", False),
        ("PATCH", "/api/me", False),
        ("GET", "/api/me/sign-ins", False),
        ("GET", "/api/people", False),
        ("GET", "/api/keys", False),
    ],
)
def test_who_came_for_one_session_goes_nowhere_else(method: str, path: str, open: bool) -> None:
    assert opens(SessionId("ses_1"), method, path) is open
