"""Two accounts and two communities never see what is each other's; admins look after their own."""

from typing import Any

import pytest
from httpx2 import AsyncClient
from tests.unit.access.conftest import PASSWORD, TWO, Place

from vivavoce.domain.people.viewer import Standing

ADA = ("ada@one.example", Standing.ADMIN)


async def with_a_talk(client: AsyncClient) -> str:
    """A session with a message and a report."""
    id = (await client.post("/api/sessions", json={"format": "coaching", "title": "Secret"})).json()["id"]
    assert (await client.post(f"/api/sessions/{id}/messages", json={"text": "My secret"})).status_code == 200
    await client.post(f"/api/sessions/{id}/end")
    return id


PATHS = ["", "/events", "/transcript", "/report", "/recordings", "/invitations"]


@pytest.mark.parametrize(
    ("email", "standing", "community"),
    [
        ("ben@one.example", Standing.MEMBER, None),
        ("ada@one.example", Standing.ADMIN, None),
        ("ana@two.example", Standing.MEMBER, TWO),
        ("eve@two.example", Standing.ADMIN, TWO),
    ],
)
async def test_others_see_nothing_of_a_session(place: Place, email: str, standing: Standing, community: Any) -> None:
    async with await place.signed_in() as ana, await place.signed_in(email, standing, community or "one") as other:  # pyright: ignore
        id = await with_a_talk(ana)
        assert (await ana.get(f"/api/sessions/{id}/events")).status_code == 200
        for path in PATHS:
            answer = await other.get(f"/api/sessions/{id}{path}")
            assert (answer.status_code, answer.json()["code"]) == (404, "session_not_found"), path
            assert "Secret" not in answer.text
        for path in ("start", "join", "leave", "end", "token", "invitations"):
            assert (await other.post(f"/api/sessions/{id}/{path}", json={})).status_code == 404, path
        assert (await other.get("/api/sessions")).json()["items"] == []


async def test_admins_see_the_people_of_their_own_community(place: Place) -> None:
    async with await place.signed_in(*ADA) as ada, await place.signed_in("eve@two.example", Standing.ADMIN, TWO) as eve:
        ana = await place.account()
        names = [one["name"] for one in (await ada.get("/api/people")).json()["items"]]
        assert names == ["Ana", "Ada"]
        assert [one["name"] for one in (await eve.get("/api/people")).json()["items"]] == ["Eve"]
        assert (await eve.get(f"/api/people/{ana.id}")).status_code == 404
        assert (await eve.patch(f"/api/people/{ana.id}", json={"state": "disabled"})).status_code == 404
        assert (await ada.get(f"/api/people/{ana.id}")).json()["email"] == "ana@one.example"


async def test_people_are_paged(place: Place) -> None:
    async with await place.signed_in(*ADA) as ada:
        for n in range(4):
            await place.account(f"p{n}@one.example")
        first = (await ada.get("/api/people?limit=3")).json()
        rest = (await ada.get("/api/people", params={"cursor": first["next_cursor"]})).json()
        names = [one["name"] for page in (first, rest) for one in page["items"]]
        assert names == ["P3", "P2", "P1", "P0", "Ada"]


@pytest.mark.parametrize("standing", [Standing.MEMBER, Standing.COACH])
async def test_what_admins_do_others_may_not(place: Place, standing: Standing) -> None:
    async with await place.signed_in("ben@one.example", standing) as ben:
        for method, path in (
            ("GET", "/api/people"),
            ("POST", "/api/people"),
            ("GET", "/api/community"),
            ("PATCH", "/api/community"),
            ("POST", "/api/community/link-secret"),
            ("GET", "/api/audit"),
        ):
            body = {"email": "x@one.example", "name": "X"} if path == "/api/people" else {}
            answer = await ben.request(method, path, json=body if method != "GET" else None)
            assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), path


async def test_a_disabled_account_is_out_at_once_and_comes_back_when_enabled(place: Place) -> None:
    async with await place.signed_in(*ADA) as ada, await place.signed_in() as ana:
        key = (await ana.post("/api/keys", json={"name": "CI"})).json()["key"]
        id = (await ana.get("/api/me")).json()["account"]["id"]
        assert (await ada.patch(f"/api/people/{id}", json={"state": "disabled"})).json()["state"] == "disabled"
        assert (await ana.get("/api/me")).status_code == 401
        async with place.client(headers={"Authorization": f"Bearer {key}"}) as bot:
            assert (await bot.get("/api/me")).status_code == 401
            again = {"email": "ana@one.example", "password": PASSWORD}
            assert (await place.client().post("/api/sign-in", json=again)).status_code == 401
            await ada.patch(f"/api/people/{id}", json={"state": "active"})
            assert (await bot.get("/api/me")).status_code == 200
            assert (await ana.get("/api/me")).status_code == 401  # the sign-in itself is gone


async def test_an_admin_changes_standings_but_not_their_own(place: Place) -> None:
    async with await place.signed_in(*ADA) as ada, await place.signed_in() as ana:
        id = (await ana.get("/api/me")).json()["account"]["id"]
        await ada.patch(f"/api/people/{id}", json={"standing": "host"})
        assert (await ana.get("/api/me")).json()["standing"] == "host"
        mine = (await ada.get("/api/me")).json()["account"]["id"]
        assert (await ada.patch(f"/api/people/{mine}", json={"standing": "member"})).status_code == 403


async def test_who_is_invited_chooses_a_password_and_is_in(place: Place) -> None:
    async with await place.signed_in(*ADA) as ada, place.client() as ben:
        made = (
            await ada.post("/api/people", json={"email": "Ben@one.example", "name": "Ben", "standing": "coach"})
        ).json()
        assert (made["account"]["state"], made["account"]["email"]) == ("invited", "ben@one.example")
        chosen = {"token": made["token"], "password": PASSWORD, "name": "Benedict"}
        answer = await ben.post("/api/password/choose", json=chosen)
        assert (
            answer.json()["account"] | {"name": "Benedict", "standing": "coach", "state": "active"}
            == answer.json()["account"]
        )
        assert (await ben.get("/api/me")).status_code == 200
        assert (await ben.post("/api/password/choose", json=chosen)).status_code == 401  # once


async def test_one_changes_ones_own_account(place: Place) -> None:
    async with await place.signed_in() as ana:
        change = {"name": "Ana Maria", "country": "AT", "time_zone": "Europe/Vienna", "language": "de"}
        assert (await ana.patch("/api/me", json=change)).json() | change == (await ana.get("/api/me")).json()["account"]
        for wrong in ({"country": "Austria"}, {"time_zone": "Mars/Olympus"}, {"standing": "admin"}, {"name": ""}):
            assert (await ana.patch("/api/me", json=wrong)).status_code == 422


async def test_the_audit_log_tells_who_did_what_to_whom(place: Place) -> None:
    async with await place.signed_in(*ADA) as ada, await place.signed_in() as ana:
        id = (await ana.get("/api/me")).json()["account"]["id"]
        await ana.post("/api/keys", json={"name": "CI"})
        await ada.patch(f"/api/people/{id}", json={"state": "disabled"})
        entries = (await ada.get("/api/audit")).json()["items"]
        assert [one["action"] for one in entries][:3] == ["account.state", "key.made", "sign_in.made"]
        assert (entries[0]["subject"], entries[0]["detail"]) == (id, {"was": "active", "now": "disabled"})
        assert [one["action"] for one in (await ada.get(f"/api/audit?actor={id}&limit=1")).json()["items"]] == [
            "key.made"
        ]
        assert PASSWORD not in (await ada.get("/api/audit")).text


async def test_the_audit_log_of_a_community_is_its_own(place: Place) -> None:
    async with await place.signed_in(*ADA), await place.signed_in("eve@two.example", Standing.ADMIN, TWO) as eve:
        me = (await eve.get("/api/me")).json()["account"]["id"]
        assert {one["actor"] for one in (await eve.get("/api/audit")).json()["items"]} <= {me, "system"}


async def test_every_request_but_those_for_coming_in_asks_who_one_is(place: Place) -> None:
    open_to_all = {
        "/api/sign-in",
        "/api/sign-in/link",
        "/api/accounts",
        "/api/password/forgot",
        "/api/password/choose",
        "/api/password/verify",
        "/api/invitations/look",
        "/api/invitations/accept",
        "/api/status",
        "/api/formats",
        "/api/credits/stripe",  # signed by the shop
        "/api/calendar/{secret}.ics",  # the secret is in it
    }
    async with place.client() as nobody:
        for path, item in place.app.openapi()["paths"].items():
            for method in item:
                if not path.startswith("/api/") or path in open_to_all:
                    continue
                real = path.replace("{id}", "ses_1")
                answer = await nobody.request(method.upper(), real)
                assert answer.status_code in (401, 422), f"{method} {path}: {answer.status_code}"
