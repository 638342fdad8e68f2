"""A server with accounts, over a store in memory: real requests, without a network."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from httpx2 import ASGITransport, AsyncClient
from tests.unit.services.site import CALM, Site, running_site

from vivavoce.api.app import build_app
from vivavoce.api.bound import BoundUseCases
from vivavoce.api.wiring import ApiSettings, Wiring
from vivavoce.base.clock import SystemClock
from vivavoce.base.config import Config, ServerConfig
from vivavoce.base.config_access import AccessConfig
from vivavoce.base.ids import CommunityId
from vivavoce.domain.people.account import Account
from vivavoce.domain.people.community import SignUp
from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access import by_hand, communities
from vivavoce.services.access.by_hand import ByHand
from vivavoce.services.access.parts import Access
from vivavoce.services.access.passwords import Passwords
from vivavoce.services.container import Services

PASSWORD = "correct horse battery staple"
ONE, TWO = CommunityId("one"), CommunityId("two")
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class MovedClock(SystemClock):
    """The real time, set ahead."""

    ahead_s: float = 0.0

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self.ahead_s)

    def monotonic_ms(self) -> int:
        return super().monotonic_ms() + round(self.ahead_s * 1000)


@dataclass
class Place:
    """A server with the communities `one` and `two`."""

    site: Site
    use: Services
    app: Any
    clock: MovedClock

    def client(self, **kwargs: Any) -> AsyncClient:
        """A browser or program of its own."""
        transport = ASGITransport(app=self.app, raise_app_exceptions=False)
        return AsyncClient(transport=transport, base_url="http://live.example", **kwargs)

    async def account(
        self, email: str = "ana@one.example", standing: Standing = Standing.MEMBER, community: CommunityId = ONE
    ) -> Account:
        name = email.partition("@")[0].title()
        new = ByHand(community, email, name, standing, PASSWORD)
        return await by_hand.make_account(new, records=self.use.records, passwords=self.use.access.passwords)

    async def signed_in(
        self, email: str = "ana@one.example", standing: Standing = Standing.MEMBER, community: CommunityId = ONE
    ) -> aclosing[AsyncClient]:
        """A browser in which a new account is signed in; it sends the CSRF token by itself."""
        await self.account(email, standing, community)
        return await self.sign_in(email, community)

    async def sign_in(self, email: str, community: CommunityId = ONE) -> aclosing[AsyncClient]:
        client = self.client()
        answer = await client.post("/api/sign-in", json={"email": email, "password": PASSWORD, "community": community})
        assert answer.status_code == 200, answer.text
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return aclosing(client)


@asynccontextmanager
async def running_place(
    *, accounts: str = "on", secure: bool = False, look_s: float = 15, **access: Any
) -> AsyncGenerator[Place]:
    clock = MovedClock()
    async with running_site(jobs=False, clock=clock, format=replace(CALM, max_participants=4)) as site:
        config = Config(server=ServerConfig(accounts=accounts), access=AccessConfig(community="one", **access))  # pyright: ignore
        use = replace(site.use, config=config, access=Access(passwords=Passwords(CHEAP)))
        for id, sign_up in (("one", SignUp.INVITED), ("two", SignUp.OPEN)):
            await communities.make_community(id, id.title(), sign_up, records=use.records)
        settings = ApiSettings(
            local=accounts == "off", secure=secure, pages=Path("/nowhere"), look=timedelta(seconds=look_s)
        )
        wiring = Wiring(BoundUseCases(use), site.store, clock, use.formats, use.personas, settings=settings)
        app = build_app(wiring, use)
        yield Place(site, use, app, clock)


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with running_place() as made:
        yield made
