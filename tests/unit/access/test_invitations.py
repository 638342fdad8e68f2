"""Links to a seat in one session, guests, and tokens for a room."""

from dataclasses import replace
from typing import Any

import pytest
from httpx2 import AsyncClient
from tests.unit.access.conftest import Place, running_place

from vivavoce.domain.people.viewer import Standing


async def a_session(host: AsyncClient) -> str:
    answer = await host.post("/api/sessions", json={"format": "coaching"})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def invited(host: AsyncClient, id: str, **how: Any) -> dict[str, Any]:
    answer = await host.post(f"/api/sessions/{id}/invitations", json=how)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def accept(client: AsyncClient, token: str, **how: Any) -> Any:
    return await client.post("/api/invitations/accept", json={"token": token, **how})


def coached(place: Place) -> None:
    """Let the format have a seat for a human coach."""
    formats = {name: replace(one, coached=True) for name, one in place.use.formats.items()}
    place.app.state.services = replace(place.use, formats=formats)


async def test_a_guest_takes_a_seat_and_sees_that_session_only(place: Place) -> None:
    async with await place.signed_in() as ana, place.client() as gus:
        mine, other = await a_session(ana), await a_session(ana)
        made = await invited(ana, mine, name="Gus")
        assert made["url"].endswith(f"#join={made['token']}")
        shown = (await gus.post("/api/invitations/look", json={"token": made["token"]})).json()
        assert (shown["invited_by"], shown["role"]) == ("Ana", "guest")
        accepted = (await accept(gus, made["token"])).json()
        gus.headers["X-CSRF-Token"] = accepted["csrf_token"]
        me = (await gus.get("/api/me")).json()
        assert (me["standing"], me["only"], me["account"]["name"]) == ("guest", mine, "Gus")
        assert [one["id"] for one in (await gus.get("/api/sessions")).json()["items"]] == [mine]
        joined = (await gus.post(f"/api/sessions/{mine}/join")).json()
        assert (joined["seat"]["role"], joined["seat"]["name"]) == ("guest", "Gus")
        assert (await gus.get(f"/api/sessions/{other}")).status_code == 403
        assert (await gus.post("/api/sessions", json={"format": "coaching"})).status_code == 403
        assert (await gus.post(f"/api/sessions/{mine}/invitations", json={})).status_code == 403
        assert (await gus.post(f"/api/sessions/{mine}/end")).status_code == 403


async def test_a_link_is_used_once_unless_it_says_otherwise(place: Place) -> None:
    async with await place.signed_in() as ana:
        id = await a_session(ana)
        once, twice = await invited(ana, id), await invited(ana, id, most_uses=2)
        statuses: list[int] = []
        for token in (once["token"], once["token"], twice["token"], twice["token"], twice["token"]):
            async with place.client() as guest:
                statuses.append((await accept(guest, token)).status_code)
        assert statuses == [200, 409, 200, 200, 409]


@pytest.mark.parametrize("why", ["revoked", "expired"])
async def test_a_link_that_is_over_opens_nothing(place: Place, why: str) -> None:
    async with await place.signed_in() as ana, place.client() as gus:
        id = await a_session(ana)
        made = await invited(ana, id, lasts_hours=1)
        if why == "revoked":
            assert (await ana.delete(f"/api/sessions/{id}/invitations/{made['id']}")).status_code == 204
            assert (await ana.get(f"/api/sessions/{id}/invitations")).json()["items"][0]["revoked_at"]
        else:
            place.clock.ahead_s = 3601
        for path in ("look", "accept"):
            answer = await gus.post(f"/api/invitations/{path}", json={"token": made["token"]})
            assert (answer.status_code, answer.json()["code"]) == (409, "invitation_over")


async def test_a_link_that_is_none_opens_nothing(place: Place) -> None:
    async with place.client() as gus:
        assert (await accept(gus, "nonsense")).status_code == 404


async def test_a_link_of_a_session_that_is_over_opens_nothing(place: Place) -> None:
    async with await place.signed_in() as ana, place.client() as gus:
        id = await a_session(ana)
        made = await invited(ana, id)
        await ana.post(f"/api/sessions/{id}/end")
        assert (await accept(gus, made["token"])).json()["code"] == "illegal_transition"


async def test_who_is_signed_in_takes_the_seat_as_oneself(place: Place) -> None:
    async with await place.signed_in() as ana, await place.signed_in("ben@one.example") as ben:
        id = await a_session(ana)
        assert (await ben.get(f"/api/sessions/{id}")).status_code == 404
        made = await invited(ana, id, role="member")
        accepted = (await accept(ben, made["token"])).json()
        assert accepted["account"] == (await ben.get("/api/me")).json()["account"]["id"]
        assert accepted["csrf_token"] is None
        assert (await ben.get(f"/api/sessions/{id}")).status_code == 200
        assert (await accept(ben, made["token"])).json()["seat"] == accepted["seat"]  # safe to repeat


async def test_somebody_of_another_community_comes_as_a_guest(place: Place) -> None:
    from tests.unit.access.conftest import TWO

    async with await place.signed_in() as ana, await place.signed_in("eve@two.example", community=TWO) as eve:
        id = await a_session(ana)
        before = (await eve.get("/api/me")).json()["account"]["id"]
        accepted = (await accept(eve, (await invited(ana, id))["token"], cookie=False)).json()
        assert accepted["account"] != before
        assert (await eve.get(f"/api/sessions/{id}")).status_code == 404


async def test_the_coachs_seat_is_for_coaches_unless_the_link_says_otherwise(place: Place) -> None:
    coached(place)
    async with await place.signed_in() as ana, await place.signed_in("cleo@one.example", Standing.COACH) as cleo:
        id = await a_session(ana)
        made = await invited(ana, id, role="coach")
        async with place.client() as gus, await place.signed_in("ben@one.example") as ben:
            for other in (gus, ben):
                answer = await accept(other, made["token"])
                assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
            anyone = await invited(ana, id, role="coach", anyone_coaches=True)
            assert (await accept(gus, anyone["token"])).json()["role"] == "coach"
        assert (await accept(cleo, made["token"])).json()["role"] == "coach"


async def test_only_a_coached_format_has_a_coachs_seat(place: Place) -> None:
    async with await place.signed_in() as ana:
        answer = await ana.post(f"/api/sessions/{await a_session(ana)}/invitations", json={"role": "coach"})
        assert answer.status_code == 422


async def test_in_local_mode_a_guest_comes_by_a_link_too() -> None:
    async with (
        running_place(accounts="off") as place,
        place.client(headers={"host": "localhost"}) as host,
        place.client(headers={"host": "localhost"}) as gus,
    ):
        id = await a_session(host)
        accepted = (await accept(gus, (await invited(host, id))["token"], name="Gus")).json()
        assert (await gus.get("/api/me")).json()["only"] == id
        assert (await host.get("/api/me")).json()["way"] == "local"
        assert accepted["role"] == "guest"


# --- room tokens ------------------------------------------------------------------------------------


async def room_token(client: AsyncClient, id: str, **how: Any) -> str:
    answer = await client.post(f"/api/sessions/{id}/token", json=how)
    assert answer.status_code == 200, answer.text
    return answer.json()["token"]


async def test_a_room_token_opens_its_session_and_nothing_else(place: Place) -> None:
    async with await place.signed_in() as ana:
        id, other = await a_session(ana), await a_session(ana)
        token = await room_token(ana, id)
        async with place.client() as device:
            assert (await device.get(f"/api/sessions/{id}?token={token}")).status_code == 200
            device.headers["Authorization"] = f"Bearer {token}"
            assert (await device.post(f"/api/sessions/{id}/join")).status_code == 200
            for path in (f"/api/sessions/{other}", "/api/keys", "/api/people", "/api/me/sign-ins"):
                answer = await device.get(path)
                assert answer.status_code in (403, 404) or answer.json()["items"] == [], path
            assert (await device.get("/api/sessions")).json()["items"][0]["id"] == id
            assert (await device.post("/api/sessions", json={"format": "coaching"})).status_code == 403


async def test_a_room_token_runs_out(place: Place) -> None:
    async with await place.signed_in() as ana:
        id = await a_session(ana)
        token = await room_token(ana, id, lasts_s=60)
        async with place.client(headers={"Authorization": f"Bearer {token}"}) as device:
            assert (await device.get(f"/api/sessions/{id}")).status_code == 200
            place.clock.ahead_s = 61
            answer = await device.get(f"/api/sessions/{id}")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert "run out" in answer.json()["detail"]


async def test_a_room_token_lasts_an_hour_at_most_and_cannot_renew_itself(place: Place) -> None:
    async with await place.signed_in() as ana:
        id = await a_session(ana)
        assert (await ana.post(f"/api/sessions/{id}/token", json={"lasts_s": 3601})).status_code == 422
        token = await room_token(ana, id)
        async with place.client(headers={"Authorization": f"Bearer {token}"}) as device:
            assert (await device.post(f"/api/sessions/{id}/token")).status_code == 403


async def test_a_room_token_is_for_ones_own_seat(place: Place) -> None:
    async with await place.signed_in() as ana, await place.signed_in("ada@one.example", Standing.ADMIN) as ada:
        assert (await ada.post(f"/api/sessions/{await a_session(ana)}/token")).status_code == 404


async def test_a_room_token_of_somebody_disabled_is_void(place: Place) -> None:
    async with await place.signed_in() as ana, await place.signed_in("ada@one.example", Standing.ADMIN) as ada:
        id = await a_session(ana)
        token = await room_token(ana, id)
        account = (await ana.get("/api/me")).json()["account"]["id"]
        await ada.patch(f"/api/people/{account}", json={"state": "disabled"})
        async with place.client(headers={"Authorization": f"Bearer {token}"}) as device:
            assert (await device.get(f"/api/sessions/{id}")).status_code == 401


async def test_a_forged_room_token_is_refused(place: Place) -> None:
    async with await place.signed_in() as ana:
        id = await a_session(ana)
        head, body, _ = (await room_token(ana, id)).split(".")
        async with place.client() as device:
            for forged in (f"{head}.{body}.AAAA", f"eyJhbGciOiJub25lIn0.{body}."):
                answer = await device.get(f"/api/sessions/{id}", headers={"Authorization": f"Bearer {forged}"})
                assert answer.status_code == 401
