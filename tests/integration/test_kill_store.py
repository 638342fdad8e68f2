"""What was committed survives `kill -9` of the process that wrote it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.contract.samples import NOW

from vivavoce.base.ids import NodeId, SessionId
from vivavoce.services.ports import SYSTEM
from vivavoce.storage.open import open_store

WRITER = """
import anyio, sys
from tests.contract.samples import NOW, a_session, add, note
from vivavoce.base.ids import NodeId
from vivavoce.services.ports import JobKind
from vivavoce.storage.open import open_store

async def main(url):
    async with open_store(url) as store:
        await add(store, a_session())
        number = 0
        while True:
            number += 1
            async with store.transaction() as tx:
                [event] = await tx.log.append("ses_1", [note(number)], NOW)
                await tx.jobs.enqueue(JobKind.IDLE, {}, key=f"job:{number}", due=NOW)
            print(event.seq, flush=True)

anyio.run(main, sys.argv[1])
"""


def told_before_kill_9(url: str) -> int:
    """The last event that the writer told about before it was killed in the middle of its work."""
    with subprocess.Popen([sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= 200:
                break
        writer.send_signal(signal.SIGKILL)
        return max([200, *map(int, writer.stdout.read().split())])


@pytest.mark.integration
async def test_what_was_committed_survives_kill_9(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    told = told_before_kill_9(url)
    async with open_store(url) as store:
        async with store.reading() as tx:
            seqs = [event.seq for event in await tx.log.after(SYSTEM, SessionId("ses_1"), 0, 100_000)]
            assert (await tx.sessions.get(SYSTEM, SessionId("ses_1"))).last_seq == len(seqs)
        assert seqs == list(range(1, len(seqs) + 1))
        assert len(seqs) in (told, told + 1)  # one may be committed and not told
        jobs = await store.claim_jobs(NodeId("node"), NOW, lease_s=60, limit=100_000)
    assert len(jobs) == len(seqs)  # the change and the job that goes with it
