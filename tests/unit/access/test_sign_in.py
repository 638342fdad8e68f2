"""Signing in and out, by password."""

import statistics
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from tests.unit.access.conftest import ONE, PASSWORD, TWO, Place, running_place

from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access.parts import Access
from vivavoce.services.access.passwords import Passwords
from vivavoce.services.ports import SYSTEM

SIGN_IN = {"email": "ana@one.example", "password": PASSWORD}


async def test_who_is_not_signed_in_is_told_so(place: Place) -> None:
    async with place.client() as nobody:
        answer = await nobody.get("/api/sessions")
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(place: Place) -> None:
    await place.account()
    async with place.client() as client:
        answer = await client.post("/api/sign-in", json=SIGN_IN)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("vivavoce=")
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Secure" not in cookie
        assert answer.headers["cache-control"] == "no-store"
        me = (await client.get("/api/me")).json()
    assert (me["account"]["email"], me["way"], me["standing"]) == ("ana@one.example", "password", "member")


async def test_with_https_the_cookie_is_of_this_host_and_sent_by_https_only() -> None:
    async with running_place(secure=True) as place:
        await place.account()
        async with place.client() as client:
            cookie = (await client.post("/api/sign-in", json=SIGN_IN)).headers["set-cookie"]
    assert cookie.startswith("__Host-vivavoce=")
    assert "Secure" in cookie
    assert "Domain" not in cookie


async def test_the_token_itself_is_not_kept(place: Place) -> None:
    async with await place.signed_in() as client:
        token = client.cookies["vivavoce"]
        assert len(token) >= 43
        async with place.use.store.reading() as tx:
            assert await tx.sign_ins.by_hash(SYSTEM, token) is None


@pytest.mark.parametrize(
    "wrong",
    [{"password": "wrong password 1"}, {"email": "nobody@one.example"}, {"community": "two"}, {"email": "no address"}],
)
async def test_an_unknown_address_and_a_wrong_password_are_told_alike(place: Place, wrong: dict[str, str]) -> None:
    await place.account()
    async with place.client() as client:
        answer = await client.post("/api/sign-in", json=SIGN_IN | wrong)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_failed")
    assert answer.json()["detail"] == "The e-mail address and the password do not belong together."
    assert "set-cookie" not in answer.headers


async def test_an_unknown_address_takes_as_long_as_a_wrong_password() -> None:
    passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=16 * 1024, parallelism=1))
    hash = await passwords.hash(PASSWORD)
    await passwords.verify(None, "wrong")

    async def took(known: str | None) -> float:
        begun = time.perf_counter()
        await passwords.verify(known, "wrong password")
        return time.perf_counter() - begun

    known = statistics.median([await took(hash) for _ in range(7)])
    unknown = statistics.median([await took(None) for _ in range(7)])
    assert 0.3 < unknown / known < 3


async def test_a_password_hashed_with_weaker_parameters_is_hashed_anew(place: Place) -> None:
    account = await place.account()
    stronger = Access(passwords=Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)))
    place.app.state.services = replace(place.use, access=stronger)
    async with place.client() as client:
        assert (await client.post("/api/sign-in", json=SIGN_IN)).status_code == 200
    async with place.use.store.reading() as tx:
        hash = await tx.people.password(SYSTEM, account.id)
    assert hash is not None
    assert "m=16,t=2" in hash


async def test_signing_out_ends_the_sign_in(place: Place) -> None:
    async with await place.signed_in() as client:
        token = client.cookies["vivavoce"]
        answer = await client.delete("/api/sign-in")
        assert answer.status_code == 204
        assert (await client.get("/api/me")).status_code == 401
    async with place.client(cookies={"vivavoce": token}) as thief:
        assert (await thief.get("/api/me")).status_code == 401


async def test_one_sees_and_ends_ones_sign_ins(place: Place) -> None:
    async with await place.signed_in() as here, await place.sign_in("ana@one.example") as there:
        items = (await here.get("/api/me/sign-ins")).json()["items"]
        other = next(one for one in items if not one["this"])
        assert len(items) == 2
        assert (await here.delete(f"/api/me/sign-ins/{other['id']}")).status_code == 204
        assert (await there.get("/api/me")).status_code == 401
        assert (await here.get("/api/me")).status_code == 200


async def test_nobody_ends_a_sign_in_of_somebody_else(place: Place) -> None:
    async with await place.signed_in() as ana, await place.signed_in("ben@one.example", Standing.ADMIN) as ben:
        id = (await ana.get("/api/me/sign-ins")).json()["items"][0]["id"]
        answer = await ben.delete(f"/api/me/sign-ins/{id}")
        assert (answer.status_code, answer.json()["code"]) == (404, "sign_in_not_found")
        assert (await ana.get("/api/me")).status_code == 200


async def test_all_other_sign_ins_are_ended_at_once(place: Place) -> None:
    async with await place.signed_in() as here, await place.sign_in("ana@one.example") as there:
        assert (await here.delete("/api/me/sign-ins")).status_code == 204
        assert ((await here.get("/api/me")).status_code, (await there.get("/api/me")).status_code) == (200, 401)


@pytest.mark.parametrize(("days", "status"), [(13, 200), (15, 401)])
async def test_a_sign_in_ends_when_it_is_not_used(place: Place, days: int, status: int) -> None:
    async with await place.signed_in() as client:
        place.clock.ahead_s = timedelta(days=days).total_seconds()
        assert (await client.get("/api/me")).status_code == status


async def test_every_sign_in_ends_some_day(place: Place) -> None:
    async with await place.signed_in() as client:
        token = client.cookies["vivavoce"]
        for day in range(0, 100, 10):
            place.clock.ahead_s = timedelta(days=day).total_seconds()
            answer = await client.get("/api/me", headers={"cookie": f"vivavoce={token}"})
            assert answer.status_code == (200 if day < 90 else 401)


async def test_the_password_is_changed_by_the_old_one_and_others_are_signed_out(place: Place) -> None:
    new = "another long sentence"
    async with await place.signed_in() as here, await place.sign_in("ana@one.example") as there:
        wrong = await here.post("/api/me/password", json={"old": "not the old one", "new": new})
        assert (wrong.status_code, wrong.json()["code"]) == (401, "sign_in_failed")
        assert (await here.post("/api/me/password", json={"old": PASSWORD, "new": new})).status_code == 204
        assert ((await here.get("/api/me")).status_code, (await there.get("/api/me")).status_code) == (200, 401)
    async with place.client() as client:
        assert (await client.post("/api/sign-in", json=SIGN_IN)).status_code == 401
        assert (await client.post("/api/sign-in", json=SIGN_IN | {"password": new})).status_code == 200


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaa", "x" * 201])
async def test_a_password_that_is_easily_guessed_is_refused(place: Place, password: str) -> None:
    new = {"email": "new@two.example", "password": password, "name": "New", "community": "two"}
    async with place.client() as client:
        assert (await client.post("/api/accounts", json=new)).status_code == 422


async def test_an_account_that_is_tried_too_often_must_wait(place: Place) -> None:
    await place.account()
    async with place.client() as client:
        for _ in range(10):
            assert (await client.post("/api/sign-in", json=SIGN_IN | {"password": "wrong one"})).status_code == 401
        answer = await client.post("/api/sign-in", json=SIGN_IN)
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
        assert 0 < int(answer.headers["retry-after"]) <= 90
        place.clock.ahead_s = int(answer.headers["retry-after"])
        assert (await client.post("/api/sign-in", json=SIGN_IN)).status_code == 200


async def test_an_address_that_tries_many_accounts_must_wait(place: Place) -> None:
    async with place.client() as client:
        statuses = [
            (await client.post("/api/sign-in", json=SIGN_IN | {"email": f"{n}@one.example"})).status_code
            for n in range(31)
        ]
    assert statuses == [401] * 30 + [429]


async def test_signing_up_depends_on_the_community(place: Place) -> None:
    new = {"email": "new@example.org", "password": PASSWORD, "name": "New"}
    async with place.client() as client:
        closed = await client.post("/api/accounts", json=new | {"community": ONE})
        assert (closed.status_code, closed.json()["code"]) == (403, "sign_up_closed")
        missing = await client.post("/api/accounts", json=new | {"community": "nowhere"})
        assert missing.status_code == 403
        made = await client.post("/api/accounts", json=new | {"community": TWO})
        assert made.status_code == 201
        me = (await client.get("/api/me")).json()
        assert (me["account"]["community"], me["standing"]) == (TWO, "member")
        again = await client.post("/api/accounts", json=new | {"community": TWO, "email": "New@Example.org"})
        assert (again.status_code, again.json()["code"]) == (409, "email_taken")


async def test_how_to_sign_in_is_told_to_anybody(place: Place) -> None:
    async with place.client() as client:
        assert (await client.get("/api/sign-in")).json() == {
            "accounts": True,
            "community": "one",
            "sign_up": "invited",
            "mail": False,
            "providers": [],
        }
        assert (await client.get("/api/sign-in?community=nowhere")).status_code == 404
