"""Signing in with a real OpenID Connect provider: the certified oidc-provider, run with Node."""

import socket
import subprocess
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2
import pytest
from pydantic import SecretStr
from tests.parts import need
from tests.unit.access.conftest import CHEAP, ONE, PASSWORD, TWO, Place, running_place

from vivavoce.base.config_access import OidcSettings
from vivavoce.outside.oidc import HttpOidcProvider, new_client
from vivavoce.services.access.parts import Access
from vivavoce.services.access.passwords import Passwords
from vivavoce.services.ports import SYSTEM

pytestmark = pytest.mark.integration

BACK = "http://live.example/api/sign-in/oidc/local/callback"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider at work on a free port of loopback."""
    node, script = need("node"), need("oidc-provider").parents[1] / "provider.mjs"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(node), str(script), str(port), BACK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as provider:
        try:
            assert provider.stdout is not None
            assert provider.stdout.readline().strip() == "ready"
            yield f"http://localhost:{port}"
        finally:
            provider.kill()


@asynccontextmanager
async def place_with(issuer: str, **settings: object) -> AsyncGenerator[Place]:
    """A server that the provider may bring people to."""
    async with running_place() as place, new_client() as client:
        known = OidcSettings.model_validate(
            {"id": "local", "issuer": issuer, "client_id": "vivavoce", "client_secret": "a secret & more", **settings}
        )
        provider = HttpOidcProvider(known, BACK, place.clock, client)
        access = Access(passwords=Passwords(CHEAP), providers={"local": provider})
        place.use = replace(place.use, access=access)
        place.app.state.services = place.use
        yield place


async def at_the_provider(address: str, who: str) -> str:
    """A browser that signs in there as somebody; the address it is sent back to."""
    parts = urlsplit(address)
    url = f"{address}&{urlencode({'login_hint': who})}"
    async with httpx2.AsyncClient() as browser:
        for _ in range(8):
            answer = await browser.get(url)
            assert answer.status_code in (302, 303), answer.text
            url = str(httpx2.URL(url).join(answer.headers["location"]))
            if url.startswith(BACK):
                return url
    raise AssertionError(f"{parts.hostname} sent the browser nowhere")


async def signed_in_as(client: httpx2.AsyncClient, who: str, community: str = ONE, to: str = "/") -> httpx2.Response:
    left = await client.get(f"/api/sign-in/oidc/local?{urlencode({'community': community, 'to': to})}")
    assert left.status_code == 303, left.text
    return await client.get(await at_the_provider(left.headers["location"], who))


async def test_an_account_with_a_verified_address_is_found(issuer: str) -> None:
    async with place_with(issuer) as place, place.client() as client:
        ana = await place.account()
        answer = await signed_in_as(client, "ana", to="/sessions/x?y=1")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sessions/x?y=1")
        me = (await client.get("/api/me")).json()
        assert (me["account"]["id"], me["way"]) == (ana.id, "oidc")
        async with place.use.store.reading() as tx:
            assert await tx.sign_ins.known_as(SYSTEM, ONE, issuer, "ana") == ana.id


async def test_a_person_is_known_again_by_issuer_and_subject(issuer: str) -> None:
    async with place_with(issuer) as place, place.client() as client, place.client() as other:
        assert (await signed_in_as(client, "ben", TWO)).headers["location"] == "/"
        assert (await signed_in_as(other, "ben", TWO)).headers["location"] == "/"
        first, second = (await client.get("/api/me")).json(), (await other.get("/api/me")).json()
        assert first["account"]["id"] == second["account"]["id"]
        assert (first["account"]["name"], first["account"]["email"]) == ("Ben", "ben@two.example")


async def test_an_address_that_was_not_verified_opens_no_account(issuer: str) -> None:
    async with place_with(issuer) as place, place.client() as client:
        await place.account()
        answer = await signed_in_as(client, "mallory")
        assert answer.headers["location"] == "/sign-in?error=sign_up_closed"
        assert (await client.get("/api/me")).status_code == 401


@pytest.mark.parametrize(("community", "create"), [(ONE, True), (TWO, False)])
async def test_new_people_are_taken_only_where_both_allow_it(issuer: str, community: str, create: bool) -> None:
    async with place_with(issuer, create=create) as place, place.client() as client:
        answer = await signed_in_as(client, "ben", community)
        assert answer.headers["location"] == "/sign-in?error=sign_up_closed"


async def test_a_password_on_an_address_nobody_proved_is_void_once_its_owner_comes(issuer: str) -> None:
    new = {"email": "ben@two.example", "password": PASSWORD, "name": "Mallory", "community": TWO}
    async with place_with(issuer) as place, place.client() as mallory, place.client() as ben:
        assert (await mallory.post("/api/accounts", json=new)).status_code == 201
        await signed_in_as(ben, "ben", TWO)
        assert (await ben.get("/api/me")).status_code == 200
        assert (await mallory.get("/api/me")).status_code == 401


async def test_who_declines_is_not_signed_in(issuer: str) -> None:
    async with place_with(issuer) as place, place.client() as client:
        assert (await signed_in_as(client, "nobody")).headers["location"] == "/sign-in?error=sign_in_failed"


async def test_an_answer_is_of_no_use_in_another_browser_or_twice_or_late(issuer: str) -> None:
    async with place_with(issuer) as place, place.client() as client, place.client() as other:
        await place.account()
        left = await client.get("/api/sign-in/oidc/local")
        back = await at_the_provider(left.headers["location"], "ana")
        refused = "/sign-in?error=sign_in_failed"
        assert (await other.get(back)).headers["location"] == refused
        state = parse_qs(urlsplit(back).query)["state"][0]
        assert (await client.get(back.replace(state, "x" * 43))).headers["location"] == refused
        late = await client.get("/api/sign-in/oidc/local")
        back = await at_the_provider(late.headers["location"], "ana")
        cookies = dict(client.cookies)
        assert (await client.get(back)).headers["location"] == "/"
        async with place.client(cookies=cookies) as again:
            assert (await again.get(back)).headers["location"] == refused  # the provider takes a code once
        third = await client.get("/api/sign-in/oidc/local")
        back = await at_the_provider(third.headers["location"], "ana")
        place.clock.ahead_s = 601
        assert (await client.get(back)).headers["location"] == refused


async def test_keys_that_the_provider_changed_are_fetched_anew(issuer: str) -> None:
    async with place_with(issuer) as place, place.client() as client, httpx2.AsyncClient() as operator:
        await place.account()
        assert (await signed_in_as(client, "ana")).headers["location"] == "/"
        await operator.put(f"{issuer}/keys")
        place.clock.ahead_s = 10
        assert (await signed_in_as(client, "ana")).headers["location"] == "/"


async def test_a_wrong_client_secret_signs_nobody_in(issuer: str) -> None:
    async with place_with(issuer, client_secret=SecretStr("wrong")) as place, place.client() as client:
        assert (await signed_in_as(client, "ben", TWO)).headers["location"] == "/sign-in?error=sign_in_failed"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_coming_back_leads_to_our_own_pages_only(issuer: str, to: str) -> None:
    async with place_with(issuer) as place, place.client() as client:
        assert (await signed_in_as(client, "ben", TWO, to)).headers["location"] == "/"


async def test_a_provider_that_is_away_is_told_of(issuer: str) -> None:
    async with place_with("http://localhost:9") as place, place.client() as client:
        answer = await client.get("/api/sign-in/oidc/local")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert (await client.get("/api/sign-in/oidc/other")).status_code == 404


def test_the_lock_names_no_registry() -> None:
    lock = (Path(__file__).parents[1] / "oidc" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') > 30
