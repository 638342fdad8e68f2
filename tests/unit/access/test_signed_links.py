"""A community's platform vouches for its member by a signed link."""

from typing import Any

import pytest
from httpx2 import AsyncClient, Response
from joserfc import jwt
from joserfc.jwk import OctKey
from tests.unit.access.conftest import ONE, PASSWORD, TWO, Place

from vivavoce.base.ids import CommunityId
from vivavoce.base.new_id import new_id
from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access import by_link
from vivavoce.services.ports import SYSTEM


async def secret_of(place: Place, community: CommunityId = ONE, *, at_once: bool = False) -> str:
    return (await by_link.rotate_secret(community, records=place.use.records, at_once=at_once)).secret


def link(place: Place, secret: str, **changes: Any) -> str:
    now = int(place.clock.now().timestamp())
    claims = {
        "iss": "one",
        "aud": "vivavoce",
        "sub": "member-7",
        "name": "Ana",
        "iat": now,
        "exp": now + 300,
        "jti": new_id("jti"),
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": "HS256"}, kept, OctKey.import_key(secret))


async def follow(client: AsyncClient, token: str, **more: str) -> Response:
    return await client.post("/api/sign-in/link", json={"token": token, **more})


async def test_a_member_is_signed_in_and_found_again(place: Place) -> None:
    secret = await secret_of(place)
    async with place.client() as client:
        first = await follow(client, link(place, secret, email="Ana@one.example"))
        assert first.status_code == 200
        assert first.json()["account"] | {"id": "", "created_at": ""} == {
            "id": "",
            "community": "one",
            "name": "Ana",
            "standing": "member",
            "email": "ana@one.example",
            "email_verified": True,
            "external_id": "member-7",
            "state": "active",
            "language": "en",
            "country": "",
            "time_zone": "UTC",
            "created_at": "",
        }
        assert (await client.get("/api/me")).json()["way"] == "link"
    async with place.client() as other:
        again = await follow(other, link(place, secret, name="Ana B."))
        assert again.json()["account"]["id"] == first.json()["account"]["id"]
        assert again.json()["account"]["name"] == "Ana B."


async def test_a_link_works_once(place: Place) -> None:
    token = link(place, await secret_of(place))
    async with place.client() as client:
        assert (await follow(client, token)).status_code == 200
        answer = await follow(client, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "link_used")


async def test_a_link_that_has_run_out_is_refused(place: Place) -> None:
    token = link(place, await secret_of(place))
    place.clock.ahead_s = 400
    async with place.client() as client:
        answer = await follow(client, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "link_expired")


async def test_a_link_signed_by_somebody_else_is_refused(place: Place) -> None:
    await secret_of(place)
    theirs = await secret_of(place, TWO)
    async with place.client() as client:
        for token in (
            link(place, "x" * 43),
            link(place, theirs),
            "nonsense",
            "a.b.c",
            link(place, theirs, iss="nowhere"),
        ):
            answer = await follow(client, token)
            assert (answer.status_code, answer.json()["code"]) == (401, "link_invalid")


async def test_an_unsigned_link_is_refused(place: Place) -> None:
    token = link(place, await secret_of(place))
    _, claims, _ = token.split(".")
    async with place.client() as client:
        for forged in (f"eyJhbGciOiJub25lIn0.{claims}.", f"eyJhbGciOiJub25lIn0.{claims}.x"):
            assert (await follow(client, forged)).json()["code"] == "link_invalid"


async def test_a_link_for_another_community_is_refused(place: Place) -> None:
    async with place.client() as client:
        answer = await follow(client, link(place, await secret_of(place)), community="two")
        assert (answer.status_code, answer.json()["code"]) == (401, "link_elsewhere")
        theirs = link(place, await secret_of(place, TWO), iss="two")
        account = (await follow(client, theirs)).json()["account"]
    assert (account["community"], account["external_id"]) == ("two", "member-7")


@pytest.mark.parametrize(
    "wrong",
    [
        {"exp": 9999999999},
        {"exp": None},
        {"exp": "soon"},
        {"jti": None},
        {"sub": ""},
        {"name": None},
        {"aud": "elsewhere"},
        {"standing": "admin"},
        {"standing": "king"},
    ],
)
async def test_a_link_that_lacks_something_or_asks_too_much_is_refused(place: Place, wrong: dict[str, Any]) -> None:
    async with place.client() as client:
        answer = await follow(client, link(place, await secret_of(place), **wrong))
    assert (answer.status_code, answer.json()["code"]) == (401, "link_invalid")


async def test_the_platform_says_who_is_a_coach(place: Place) -> None:
    secret = await secret_of(place)
    async with place.client() as client:
        assert (await follow(client, link(place, secret, standing="coach"))).json()["account"]["standing"] == "coach"
        assert (await follow(client, link(place, secret))).json()["account"]["standing"] == "coach"


async def test_a_disabled_member_stays_out(place: Place) -> None:
    secret = await secret_of(place)
    async with place.client() as client, await place.signed_in("ada@one.example", Standing.ADMIN) as ada:
        id = (await follow(client, link(place, secret))).json()["account"]["id"]
        assert (await ada.patch(f"/api/people/{id}", json={"state": "disabled"})).status_code == 200
        answer = await follow(client, link(place, secret))
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_failed")


async def test_an_account_with_an_address_nobody_proved_is_taken_over_without_its_password(place: Place) -> None:
    new = {"email": "ana@example.org", "password": PASSWORD, "name": "Mallory", "community": "two"}
    async with place.client() as mallory, place.client() as ana:
        made = (await mallory.post("/api/accounts", json=new)).json()
        mallory.headers["X-CSRF-Token"] = made["csrf_token"]
        key = (await mallory.post("/api/keys", json={"name": "back door"})).json()["key"]
        token = link(place, await secret_of(place, TWO), iss="two", email="ana@example.org")
        assert (await follow(ana, token)).json()["account"]["id"] == made["account"]["id"]
        assert (await mallory.get("/api/me")).status_code == 401
        assert (await mallory.get("/api/me", headers={"Authorization": f"Bearer {key}"})).status_code == 401
        answer = await mallory.post(
            "/api/sign-in", json={name: new[name] for name in ("email", "password", "community")}
        )
        assert answer.status_code == 401


async def test_a_new_secret_leaves_the_one_before_a_day_or_none(place: Place) -> None:
    old = await secret_of(place)
    async with place.client() as client, await place.signed_in("ada@one.example", Standing.ADMIN) as ada:
        new = (await ada.post("/api/community/link-secret")).json()["secret"]
        for secret in (old, new):
            assert (await follow(client, link(place, secret))).status_code == 200
        last = (await ada.post("/api/community/link-secret", json={"at_once": True})).json()["secret"]
        for secret, status in ((old, 401), (new, 401), (last, 200)):
            assert (await follow(client, link(place, secret))).status_code == status
    async with place.use.store.reading() as tx:
        assert len(await tx.links.secrets(SYSTEM, ONE, "link", place.clock.now())) == 1
