"""Memory over HTTP, with two accounts that never see each other's."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx2 import AsyncClient
from tests.unit.access.conftest import Place, running_place

from vivavoce.base.ids import SessionId
from vivavoce.services.memory.remember import remember


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with running_place() as made:
        yield made


async def talked(place: Place, client: AsyncClient, *sayings: str) -> str:
    """A session in which this was said, over and gone through."""
    id = (await client.post("/api/sessions", json={"format": "coaching"})).json()["id"]
    for text in sayings:
        answer = await client.post(f"/api/sessions/{id}/messages", json={"text": text})
        assert answer.status_code == 200, answer.text
    await client.post(f"/api/sessions/{id}/end")
    await remember(SessionId(id), use=place.use)
    return id


async def listed(client: AsyncClient, **query: str) -> list[dict[str, Any]]:
    answer = await client.get("/api/memories", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_what_was_learnt_is_listed_searched_and_traced_to_its_words(place: Place) -> None:
    async with await place.signed_in() as ana:
        session = await talked(place, ana, "I live in Bonn.", "I'll call my sister on Friday.")
        assert {one["text"] for one in await listed(ana)} == {"I live in Bonn", "I will call my sister on Friday"}
        [found] = await listed(ana, q="calling sisters")
        assert found["kind"] == "commitment"
        [home] = await listed(ana, kind="fact")
        source = (await ana.get(f"/api/memories/{home['id']}/source")).json()
        assert (source["session"], source["turn"], source["quote"]) == (session, home["turn"], "I live in Bonn")
        assert source["at"]


async def test_a_memory_is_edited_pinned_paused_and_forgotten(place: Place) -> None:
    async with await place.signed_in() as ana:
        made = await ana.post("/api/memories", json={"kind": "fact", "text": "I live in Bonn"})
        assert made.status_code == 201
        path = made.headers["Location"]
        for change in ({"text": "I live in Ghent"}, {"pinned": True}, {"paused": True}):
            answer = await ana.patch(path, json=change)
            assert answer.status_code == 200
            assert answer.json().items() >= change.items()
        assert (await ana.get(path)).json()["text"] == "I live in Ghent"
        assert (await ana.get(f"{path}/source")).json()["own_note"] is True
        assert (await ana.delete(path)).status_code == 204
        assert (await ana.get(path)).json()["code"] == "memory_not_found"


async def test_the_history_of_a_memory_is_read(place: Place) -> None:
    async with await place.signed_in() as ana:
        await talked(place, ana, "I live in Berlin.")
        await talked(place, ana, "I moved to Bonn.")
        [now] = await listed(ana)
        history = (await ana.get(f"/api/memories/{now['id']}/history")).json()["items"]
        assert [(one["text"], one["replaced_by"]) for one in history] == [
            ("I live in Berlin", now["id"]),
            ("I live in Bonn", None),
        ]


async def test_memory_is_switched_off_and_all_is_forgotten(place: Place) -> None:
    async with await place.signed_in() as ana:
        await talked(place, ana, "I live in Bonn.")
        assert (await ana.patch("/api/memory", json={"on": False})).json() == {"on": False, "kept": 1}
        assert (await ana.get("/api/profile")).json()["memory"] is False
        assert (await ana.delete("/api/memories")).json() == {"forgotten": 1}
        await talked(place, ana, "I'm vegan.")
        assert (await ana.get("/api/memory")).json() == {"on": False, "kept": 0}


async def test_the_profile_switches_memory_too(place: Place) -> None:
    async with await place.signed_in() as ana:
        assert (await ana.patch("/api/profile", json={"memory": False})).json()["memory"] is False
        assert (await ana.get("/api/memory")).json()["on"] is False
        assert (await ana.patch("/api/profile", json={"avatar": "fern"})).json()["memory"] is False


async def test_nobody_sees_or_touches_anothers_memory(place: Place) -> None:
    async with await place.signed_in() as ana, await place.signed_in("ben@one.example") as ben:
        await talked(place, ana, "I live in Bonn.")
        [home] = await listed(ana)
        assert await listed(ben) == []
        assert await listed(ben, q="Bonn") == []
        for method, path in (("GET", ""), ("GET", "/source"), ("GET", "/history"), ("DELETE", "")):
            answer = await ben.request(method, f"/api/memories/{home['id']}{path}")
            assert answer.status_code == 404
        assert (await ben.patch(f"/api/memories/{home['id']}", json={"pinned": True})).status_code == 404
        assert (await ben.delete("/api/memories")).json() == {"forgotten": 0}
        assert await listed(ana) == [home]


@pytest.mark.parametrize("query", ['"', "a AND", "NEAR(", "*", "x:y", "'; drop table memories; --", "\\"])
async def test_a_search_takes_any_text(place: Place, query: str) -> None:
    async with await place.signed_in() as ana:
        assert await listed(ana, q=query) == []


async def test_wrong_requests_are_refused(place: Place) -> None:
    async with await place.signed_in() as ana:
        for body in ({"text": ""}, {"text": "x" * 501}, {"text": "x", "kind": "mood"}, {"text": "x", "other": 1}):
            assert (await ana.post("/api/memories", json=body)).status_code == 422
        assert (await ana.get("/api/memories", params={"cursor": "nonsense"})).status_code == 422
        assert (await ana.get("/api/memories/mem_%00")).status_code == 404
