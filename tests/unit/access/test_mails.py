"""Links that are mailed: a new password, an invitation, the proof of an address."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from httpx2 import AsyncClient
from tests.unit.access.conftest import ONE, PASSWORD, TWO, Place, running_place

from vivavoce.base.ids import AccountId, NodeId
from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access.mails import mail_link_to
from vivavoce.services.container import Outside
from vivavoce.services.ports import JobKind
from vivavoce.services.ports_outside import Mail

NEW = "another long sentence"


@dataclass
class Post:
    """Implements services.ports.Mailer: keeps what was sent."""

    sent: list[Mail] = field(default_factory=list[Mail])

    async def send(self, mail: Mail) -> None:
        self.sent.append(mail)


@asynccontextmanager
async def place_with_mail() -> AsyncGenerator[tuple[Place, Post]]:
    async with running_place(public_url="https://live.example.org") as place:
        post = Post()
        place.use = replace(place.use, outside=Outside(mailer=post))
        place.app.state.services = place.use
        yield place, post


async def delivered(place: Place, post: Post) -> str:
    """What the one mail's link holds, once the job for it was worked."""
    jobs = await place.use.store.claim_jobs(NodeId("here"), place.clock.now(), lease_s=60, limit=10)
    for job in jobs:
        assert job.kind is JobKind.MAIL_LINK
        assert set(job.payload) == {"account", "kind"}  # no job holds a link
        await mail_link_to(AccountId(job.payload["account"]), job.payload["kind"], use=place.use)
        await place.use.store.finish_job(job)
    assert len(post.sent) == 1
    found = re.search(r"https://live\.example\.org/sign-in#\w+=(\S+)", post.sent.pop().text)
    assert found is not None
    return found[1]


async def choose(client: AsyncClient, token: str) -> int:
    return (await client.post("/api/password/choose", json={"token": token, "password": NEW})).status_code


async def test_a_forgotten_password_is_replaced_by_a_mailed_link_once() -> None:
    async with place_with_mail() as (place, post), await place.signed_in() as ana, place.client() as client:
        answer = await client.post("/api/password/forgot", json={"email": "Ana@one.example"})
        assert (answer.status_code, answer.json()) == (202, {"sent": True})
        token = await delivered(place, post)
        assert await choose(client, token) == 200
        assert await choose(client, token) == 401
        assert (await ana.get("/api/me")).status_code == 401  # all sign-ins before it are over
        for password, status in ((PASSWORD, 401), (NEW, 200)):
            given = {"email": "ana@one.example", "password": password}
            assert (await client.post("/api/sign-in", json=given)).status_code == status


async def test_a_mailed_link_runs_out() -> None:
    async with place_with_mail() as (place, post), place.client() as client:
        await place.account()
        await client.post("/api/password/forgot", json={"email": "ana@one.example"})
        token = await delivered(place, post)
        place.clock.ahead_s = 3601
        assert await choose(client, token) == 401


async def test_whether_there_is_an_account_is_not_told() -> None:
    async with place_with_mail() as (place, post), place.client() as client:
        answer = await client.post("/api/password/forgot", json={"email": "nobody@one.example"})
        assert (answer.status_code, answer.json()) == (202, {"sent": True})
        assert await place.use.store.claim_jobs(NodeId("here"), place.clock.now(), lease_s=60, limit=10) == []
        assert post.sent == []


async def test_links_are_not_mailed_too_often() -> None:
    async with place_with_mail() as (place, _), place.client() as client:
        await place.account()
        answers = [await client.post("/api/password/forgot", json={"email": "ana@one.example"}) for _ in range(5)]
        assert [one.status_code for one in answers] == [202] * 4 + [429]


async def test_who_is_invited_gets_a_mail() -> None:
    async with place_with_mail() as (place, post), await place.signed_in("ada@one.example", Standing.ADMIN) as ada:
        made = (await ada.post("/api/people", json={"email": "ben@one.example", "name": "Ben"})).json()
        assert made["url"].startswith("https://live.example.org/sign-in#reset=")
        async with place.client() as ben:
            assert await choose(ben, await delivered(place, post)) == 200
            assert (await ben.get("/api/me")).json()["account"]["community"] == ONE


async def test_an_address_is_proved_by_the_link_sent_to_it() -> None:
    new = {"email": "new@two.example", "password": PASSWORD, "name": "New", "community": TWO}
    async with place_with_mail() as (place, post), place.client() as client:
        assert (await client.post("/api/accounts", json=new)).json()["account"]["email_verified"] is False
        token = await delivered(place, post)
        assert await choose(client, token) == 401  # it proves an address, and changes no password
        assert (await client.post("/api/password/verify", json={"token": token})).status_code == 204
        assert (await client.get("/api/me")).json()["account"]["email_verified"] is True
