"""A node dies in mid-reply, another takes the session over: how long the voice is gone, and whether anything is lost.

    python -m bench.takeover [--stores sqlite,postgres] [--repeats 5]

Two servers with scripted models share one store: a SQLite file, or a private PostgreSQL made for the run. A person
talks on the first over WebSocket; one second into a reply the process gets kill -9. Her device connects to the
second with the number of the last event it has, and again every 100 ms while it is refused. `voice`: from the kill to
the first frame of sound from the second node; `welcome`: to its first answer. `lost`, `doubled`: events missing or
twice in what the device saw over both connections, and turns missing or twice in the log. `greetings`: must be one.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Generator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Final

import anyio
import httpx2
from bench._running import SCRIPTED, Served, load, percentile, prefer, scratch, serving
from tests.live_client import LiveClient, live, new_session
from tests.postgres import fresh_database, running_postgres
from websockets.exceptions import ConnectionClosed

_AGAIN_S: Final = 0.1
_GIVE_UP_S: Final = 20
_SAID: Final = ("My goal is to run ten kilometres by June.", "I run twice a week with my friend Ben.")
_AFTERWARDS: Final = "Ben is away in May, though."
_AUDIO: Final = {"up_hz": 16000, "down_hz": 24000}


@dataclass(frozen=True, slots=True)
class Outcome:
    welcome_s: float
    voice_s: float
    lost: int
    doubled: int
    greetings: int


async def taken_over(first: Served, second: Served) -> Outcome:
    session: str = (await new_session(first.url))["id"]
    async with live(first.ws_url, session, audio=_AUDIO) as client:
        await client.until("reply.ended")
        await client.send(type="text", text=_SAID[0], id="one")
        await client.until("reply.ended")
        await client.send(type="text", text=_SAID[1], id="two")
        await client.until("reply.sentence")
        await _hear(client, seconds=1)
        killed_s = time.monotonic()
        first.process.kill()
        await client.until_lost()
        seen = client.events
    async with AsyncExitStack() as stack:
        client = await _connected(second, session, seen[-1]["seq"], stack)
        welcome_s = time.monotonic() - killed_s
        with anyio.fail_after(_GIVE_UP_S):
            while not client.voice:
                await client.next()
        voice_s = time.monotonic() - killed_s
        await client.send(type="text", text=_AFTERWARDS, id="three")
        heard = await client.until("turn.heard", text=_AFTERWARDS)
        started = await client.until("reply.started", answers=heard["turn"])
        await client.until("reply.ended", reply=started["reply"])
        seen = seen + client.events
    return _judged(seen, await _log(second, session), welcome_s, voice_s)


async def _hear(client: LiveClient, seconds: float) -> None:
    wanted = len(client.voice) + round(seconds * 24_000) * 2
    while len(client.voice) < wanted:
        await client.next()


async def _connected(node: Served, session: str, after: int, stack: AsyncExitStack) -> LiveClient:
    """The device on the other node, as soon as that lets it in."""
    give_up = time.monotonic() + _GIVE_UP_S
    while time.monotonic() < give_up:
        try:
            return await stack.enter_async_context(live(node.ws_url, session, after=after, audio=_AUDIO))
        except ConnectionClosed:
            await anyio.sleep(_AGAIN_S)
    raise SystemExit(f"the other node did not take the session over within {_GIVE_UP_S} s")


async def _log(node: Served, session: str) -> list[dict[str, Any]]:
    async with httpx2.AsyncClient(base_url=node.url) as http:
        return (await http.get(f"/api/sessions/{session}/events?after=0&limit=1000")).json()["items"]


def _judged(seen: list[dict[str, Any]], log: list[dict[str, Any]], welcome_s: float, voice_s: float) -> Outcome:
    numbers = Counter(event["seq"] for event in seen)
    turns = Counter(event["text"] for event in log if event["type"] == "turn.heard")
    lost = sum(number not in numbers for number in range(1, max(numbers) + 1))
    lost += sum(turns[text] == 0 for text in (*_SAID, _AFTERWARDS))
    doubled = sum(count - 1 for count in (*numbers.values(), *turns.values()))
    greetings = sum(event["type"] == "reply.started" and event["kind"] == "greeting" for event in log)
    return Outcome(welcome_s, voice_s, lost, doubled, greetings)


@contextmanager
def store(kind: str) -> Generator[dict[str, str]]:
    """Settings that lead two nodes to one empty store."""
    if kind == "sqlite":
        yield {}
        return
    with running_postgres() as server, fresh_database(server, "takeover") as url:
        yield {"VIVAVOCE_DATABASE": url}


def run_once(kind: str) -> Outcome:
    with ExitStack() as stack:
        settings = stack.enter_context(store(kind))
        data = stack.enter_context(scratch())
        first, second = (
            stack.enter_context(serving(data, program=SCRIPTED, settings={"VIVAVOCE_NODE": node, **settings}))
            for node in ("a", "b")
        )
        return anyio.run(taken_over, first, second)


def main() -> None:
    parser = argparse.ArgumentParser(prog="vivavoce bench takeover", description="kill -9 in mid-reply, two nodes")
    parser.add_argument("--stores", default="sqlite,postgres")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--nice", type=int, help="for example -10 (root), on a machine with other work")
    given = parser.parse_args()
    prefer(given.nice)
    out = sys.stdout
    out.write("| store | kills | welcome p50 / max, s | voice p50 / max, s | lost | doubled | greetings |\n")
    out.write("|---|---|---|---|---|---|---|\n")
    for kind in given.stores.split(","):
        outcomes = [run_once(kind) for _ in range(given.repeats)]
        welcome = [one.welcome_s for one in outcomes]
        voice = [one.voice_s for one in outcomes]
        out.write(
            f"| {kind} | {len(outcomes)} | {percentile(welcome, 50):.2f} / {max(welcome):.2f} "
            f"| {percentile(voice, 50):.2f} / {max(voice):.2f} | {sum(one.lost for one in outcomes)} "
            f"| {sum(one.doubled for one in outcomes)} | {max(one.greetings for one in outcomes)} |\n"
        )
        out.flush()
    out.write(f"\nThe bar: the voice within 3 s, nothing lost or doubled. {load()}.\n")


if __name__ == "__main__":
    main()
