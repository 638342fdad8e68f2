"""The same user over a WebSocket: N callers, latency at the wire, and the server's CPU from /proc.

    taskset -c 0 python ws_client.py --url ws://127.0.0.1:8765/ws --pid SERVER -n 5 -c 4

    ... ws_client.py --rooms http://127.0.0.1:8080 ...      Vivavoce: a session for each caller, opened with `hello`

Speaks raw PCM16 (16 kHz up, any rate down) in binary messages; "clear" or any text is an interruption.
Works with any server that does the same.  Needs `websockets`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import urllib.request

import websockets
import workload as w


def proc_cpu(pid: int) -> float:
    with open(f"/proc/{pid}/stat") as f:
        x = f.read().rsplit(")", 1)[1].split()
    return (int(x[11]) + int(x[12])) / os.sysconf("SC_CLK_TCK")


def proc_rss(pid: int) -> float:
    with open(f"/proc/{pid}/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def into_a_room(url: str) -> websockets.ClientConnection:
    """A device in a new session's room, welcomed."""
    body = json.dumps({"format": "coaching"}).encode()
    ask = urllib.request.Request(url + "/api/sessions", body, {"content-type": "application/json"})
    with urllib.request.urlopen(ask, timeout=10) as answer:
        session = json.load(answer)["id"]
    live = f"ws{url[4:]}/api/sessions/{session}/live"
    c = await websockets.connect(live, compression=None, max_queue=None)
    await c.send(json.dumps({"type": "hello", "audio": {"up_hz": w.IN_RATE, "down_hz": 24000}}))
    welcome = json.loads(await c.recv())
    assert welcome["type"] == "welcome", welcome
    return c


async def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--url", default="ws://127.0.0.1:8765/ws")
    ap.add_argument("--rooms", help="a Vivavoce server, in place of --url")
    ap.add_argument("--pid", type=int)
    ap.add_argument("-n", type=int, default=1)
    ap.add_argument("-c", "--cycles", type=int, default=4)
    ap.add_argument("-o", "--out")
    a = ap.parse_args()
    plan = w.Plan()
    script = w.talk_script(plan)
    rss0 = proc_rss(a.pid) if a.pid else 0.0
    users, conns, tasks = [], [], []
    for i in range(a.n):
        p = w.Probe(plan, i)
        c = await (into_a_room(a.rooms) if a.rooms else websockets.connect(a.url, compression=None, max_queue=None))
        conns.append(c)

        async def rd(p=p, c=c) -> None:
            async for m in c:
                t = p.turn
                if isinstance(m, bytes) and t is not None and t.pushed_last and not t.out_first:
                    t.out_first = w.now()

        tasks.append(asyncio.create_task(rd()))
        out: asyncio.Queue = asyncio.Queue()

        async def wr(q=out, c=c) -> None:
            while True:
                await c.send(await q.get())

        tasks.append(asyncio.create_task(wr()))
        off = (len(script.frames) - 25 + i * len(script.frames) // a.n) % len(script.frames)
        users.append(w.User(p, out.put_nowait, script, off, (i * 0.618034) % 1 * 0.020))
    await asyncio.sleep(2)
    d = w.Driver(users)
    d.recording = False
    task = asyncio.create_task(d.run(w.now() + 0.2))
    await asyncio.sleep(0.7 + script.seconds)
    d.recording = True
    c0, t0 = (proc_cpu(a.pid) if a.pid else 0.0), w.now()
    await asyncio.sleep(script.seconds * a.cycles)
    c1, t1 = (proc_cpu(a.pid) if a.pid else 0.0), w.now()
    rss = proc_rss(a.pid) if a.pid else 0.0
    await asyncio.sleep(1.5)
    d.stop = True
    await task
    turns = [t for u in users for t in u.probe.turns if t0 <= t.speech_last < t1]
    ok = [t for t in turns if t.out_first]
    res = {
        "url": a.rooms or a.url, "n": a.n, "turns": len(turns), "answered": len(ok),
        "total": w.summary_ms([t.out_first - t.speech_last for t in ok]),
        "added": w.summary_ms([t.out_first - t.speech_last - plan.nominal for t in ok]),
        "server_cpu_per_session_second": (c1 - c0) / (t1 - t0) / a.n,
        "server_core_share": (c1 - c0) / (t1 - t0),
        "server_rss_mb": rss, "server_rss_per_session_mb": (rss - rss0) / a.n,
        "client_late": w.summary_ms(d.late), "loadavg": os.getloadavg()[0],
    }  # fmt: skip
    print(json.dumps(res, indent=1))
    if a.out:
        with open(a.out, "w") as f:
            json.dump(res, f, indent=1)
    for t in tasks:
        t.cancel()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
