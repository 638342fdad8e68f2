"""Worker processes: pools, crashes, hangs, back-pressure. The worker is a script without a model."""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import numpy as np
import pytest

from vivavoce.engine.ports import ProviderRejected, ProviderUnavailable, Samples, Transcript
from vivavoce.providers.worker_speech import WorkerSpeechToText, WorkerTextToSpeech
from vivavoce.providers.workers import MAX_BEHIND_BYTES, WorkerPool, WorkerProgram

pytestmark = [pytest.mark.anyio, pytest.mark.integration]

MODULE = "tests.unit.providers.worker_script"


def pool(size: int = 1, *, answer_s: float = 10, start_s: float = 10, wait_s: float = 5, **options: Any) -> WorkerPool:
    return WorkerPool(WorkerProgram("script", MODULE, options, start_s, answer_s), size=size, wait_s=wait_s)


@asynccontextmanager
async def recogniser(size: int = 1, **options: Any) -> AsyncGenerator[WorkerSpeechToText]:
    stt = WorkerSpeechToText("script", pool(size, **options), languages=("en",))
    try:
        yield stt
    finally:
        await stt.aclose()


@asynccontextmanager
async def voice(size: int = 1, **options: Any) -> AsyncGenerator[WorkerTextToSpeech]:
    made = pool(size, voice=True, **options)
    tts = WorkerTextToSpeech("script", made, rate_hz=24_000, voices=("a",), choose=lambda name, language: {})
    try:
        yield tts
    finally:
        await tts.aclose()


def sample(number: int) -> Samples:
    return np.array([number], np.int16)


def ignore(_: str) -> None:
    """Partial words nobody asked for."""


async def hear(stt: WorkerSpeechToText, *numbers: int, on_partial: Callable[[str], None] = ignore) -> Transcript:
    async with stt.recognise(language="en", on_partial=on_partial) as recognition:
        for number in numbers:
            recognition.push(sample(number))
            await anyio.wait_all_tasks_blocked()
        return await recognition.finish()


async def count(tts: WorkerTextToSpeech, text: str) -> int:
    async with tts.speak(text, voice="", language="en") as pieces:
        return len([piece async for piece in pieces])


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):  # it ended before, or while its state was read
        return False
    return state.rsplit(") ", 1)[1][0] != "Z"


async def wait_gone(pid: int) -> None:
    with anyio.fail_after(5):
        while alive(pid):  # noqa: ASYNC110  another process's end rings no bell
            await anyio.sleep(0.01)


async def test_words_times_and_partials_come_back() -> None:
    partials: list[str] = []
    async with recogniser() as stt:
        said = await hear(stt, 7, 8, on_partial=partials.append)
    assert said.text == "7 8"
    assert [(word.text, word.start_ms) for word in said.words] == [("7", 0), ("8", 100)]
    assert (said.confidence, partials) == (0.5, ["7", "7 8"])


async def test_the_phrases_that_are_likely_reach_the_worker() -> None:
    async with recogniser() as stt, stt.recognise(language="en", on_partial=ignore, phrases=("hey agent",)) as one:
        assert (await one.finish()).text == "expecting hey agent"


async def test_no_process_runs_before_the_first_use_and_one_serves_them_all() -> None:
    async with recogniser(3) as stt:
        assert stt.pool.workers == 0
        for number in range(3):
            assert (await hear(stt, number)).text == str(number)
        assert stt.pool.workers == 1


async def test_starting_ahead_makes_them_ready() -> None:
    async with recogniser(3) as stt:
        await stt.start(2)
        await stt.start(2)
        assert stt.pool.workers == 2


async def test_one_more_than_there_are_workers_waits_and_then_is_turned_away() -> None:
    async with recogniser(wait_s=0.05) as stt, stt.recognise(language="en", on_partial=ignore):
        with pytest.raises(ProviderUnavailable, match="all 1 script workers are busy"):
            await hear(stt, 1)


async def test_one_more_waits_for_a_worker_that_gets_free() -> None:
    async with recogniser() as stt, anyio.create_task_group() as tg:
        for number in range(4):
            tg.start_soon(hear, stt, number)
    assert stt.pool.workers == 0


@pytest.mark.parametrize("number", [-1, -2], ids=["exits", "raises"])
async def test_a_crash_is_unavailable_and_healed(number: int) -> None:
    async with recogniser() as stt:
        with pytest.raises(ProviderUnavailable) as caught:
            await hear(stt, 5, number)
        assert "somebody said" not in str(caught.value)
        assert (await hear(stt, 6)).text == "6"


async def test_a_worker_killed_while_idle_is_replaced_unnoticed() -> None:
    async with recogniser() as stt:
        await hear(stt, 1)
        (pid,) = stt.pool.pids
        os.kill(pid, signal.SIGKILL)
        await wait_gone(pid)
        await anyio.sleep(0.05)  # until the event loop has heard of it
        assert (await hear(stt, 2)).text == "2"
        assert stt.pool.pids != (pid,)


async def test_a_refusal_is_a_rejection_and_the_worker_goes_on() -> None:
    async with recogniser() as stt:
        with pytest.raises(ProviderRejected, match="not this one"):
            await hear(stt, -3)
        pids = stt.pool.pids
        assert (await hear(stt, 2)).text == "2"
        assert stt.pool.pids == pids


async def test_a_worker_that_hangs_is_killed_and_replaced() -> None:
    async with recogniser(answer_s=0.2) as stt:
        with pytest.raises(ProviderUnavailable, match="gave no answer"):
            await hear(stt, -4)
        assert (await hear(stt, 3)).text == "3"
        assert stt.pool.workers == 1


async def test_a_recogniser_that_falls_behind_fails_and_push_never_waits() -> None:
    async with recogniser() as stt:
        with pytest.raises(ProviderUnavailable, match="30 s behind"):
            async with stt.recognise(language="en", on_partial=ignore) as recognition:
                recognition.push(np.zeros(MAX_BEHIND_BYTES // 2, np.int16))
                recognition.push(sample(1))
                recognition.push(sample(1))
                await recognition.finish()
        assert (await hear(stt, 3)).text == "3"


async def test_leaving_in_the_middle_frees_the_worker() -> None:
    async with recogniser() as stt:
        for _ in range(3):
            async with stt.recognise(language="en", on_partial=ignore) as recognition:
                recognition.push(sample(1))
        pids = stt.pool.pids
        assert (await hear(stt, 4)).text == "4"
        assert stt.pool.pids == pids


async def test_an_unknown_language_is_rejected() -> None:
    async with recogniser() as stt:
        with pytest.raises(ProviderRejected, match="de"):
            async with stt.recognise(language="de-DE", on_partial=ignore):
                pass


@pytest.mark.parametrize(
    ("start", "error", "text"),
    [
        ("refuse", ProviderRejected, "the model is missing"),
        ("crash", ProviderUnavailable, r"KeyError at worker_script\.py:\d+"),
        ("exit", ProviderUnavailable, "ended unexpectedly"),
        ("hang", ProviderUnavailable, r"not ready in 0\.5 s"),
    ],
)
async def test_a_start_that_fails_says_why(start: str, error: type[Exception], text: str) -> None:
    async with recogniser(2, start=start, start_s=0.5 if start == "hang" else 10) as stt:
        with pytest.raises(error, match=text):
            await hear(stt, 1)
        with pytest.raises(error, match=text):
            await stt.start(2)
        assert stt.pool.workers == 0


async def test_what_a_library_prints_does_not_break_the_stream() -> None:
    async with recogniser(start="noise") as stt:
        assert (await hear(stt, 1)).text == "1"


async def test_closing_ends_all_processes_and_fails_what_is_under_way() -> None:
    async with recogniser(2) as stt:
        await stt.start(2)
        pids = stt.pool.pids
        with pytest.raises(ProviderUnavailable):
            async with stt.recognise(language="en", on_partial=ignore) as recognition:
                recognition.push(sample(1))
                await stt.aclose()
                await recognition.finish()
        for pid in pids:
            await wait_gone(pid)
        with pytest.raises(ProviderUnavailable):
            await hear(stt, 1)


async def test_workers_end_when_the_server_is_killed(tmp_path: Path) -> None:
    program = f"""
import anyio
from vivavoce.providers.workers import WorkerPool, WorkerProgram
async def main():
    pool = WorkerPool(WorkerProgram("script", "{MODULE}"), size=2, wait_s=5)
    await pool.start(2)
    print(*pool.pids, flush=True)
    await anyio.sleep_forever()
anyio.run(main)
"""
    async with await anyio.open_process([sys.executable, "-c", program], stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in (await server.stdout.receive()).split()]
        assert all(map(alive, pids))
        server.kill()
    for pid in pids:
        await wait_gone(pid)


async def test_a_sentence_comes_in_pieces() -> None:
    async with voice() as tts, tts.speak("one two", voice="", language="en") as pieces:
        words = [word.text for piece in [piece async for piece in pieces] for word in piece.words]
    assert words == ["one", "two"]


async def test_a_sentence_left_in_the_middle_stops_its_worker() -> None:
    async with voice() as tts:
        for _ in range(3):
            async with tts.speak("forever", voice="", language="en") as pieces:
                async for _piece in pieces:
                    break
        assert await count(tts, "one two three") == 3
        assert tts.pool.workers == 1


async def test_a_slow_listener_makes_the_worker_wait_and_loses_nothing() -> None:
    async with voice() as tts, tts.speak(" ".join(["word"] * 2_000), voice="", language="en") as pieces:
        await anyio.sleep(0.2)
        assert len([piece async for piece in pieces]) == 2_000


async def test_the_pieces_before_a_crash_are_heard_and_then_it_is_told() -> None:
    async with voice() as tts:
        heard = 0
        with pytest.raises(ProviderUnavailable):
            async with tts.speak("one two exit", voice="", language="en") as pieces:
                async for _ in pieces:
                    heard += 1
        assert heard == 2
        assert await count(tts, "one") == 1


async def test_a_voice_that_hangs_is_unavailable() -> None:
    async with voice(answer_s=0.2) as tts:
        with pytest.raises(ProviderUnavailable, match="gave no answer"):
            await count(tts, "one hang")


async def test_what_goes_wrong_in_the_body_comes_out_as_it_is() -> None:
    async with voice() as tts:
        with pytest.raises(KeyError):
            async with tts.speak("forever", voice="", language="en"):
                raise KeyError("mine")
