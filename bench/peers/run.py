"""Run one measurement of one engine in this process and write the result as JSON.

    python run.py ENGINE MODE [-v VARIANT] [-n SESSIONS] [-c CYCLES] [-o out.json] [--profile f]

ENGINE   the part after `engine_` of a file here: floor, livekit, pipecat, ...
MODE     latency    N sessions talk for C cycles; response latency, CPU, memory   (load = the same)
         bargein    every answer is interrupted
         startup    import, first session ready, later sessions ready
Pin it to a core from outside:  taskset -c 0 python run.py ...
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import platform
import sys
import time

T0 = time.perf_counter()

import workload as w


async def open_sessions(engine, plan: w.Plan, n: int) -> tuple[list, list[w.Probe], list[float]]:
    sessions, probes, took = [], [], []
    for i in range(n):
        p = w.Probe(plan, i)
        t = w.now()
        s = await engine.open(p)
        took.append(w.now() - t)
        sessions.append(s)
        probes.append(p)
    return sessions, probes, took


async def talk(args, plan: w.Plan, script: w.Script) -> dict:
    rss0 = w.rss_bytes()
    mod = importlib.import_module("engine_" + args.engine)
    engine = mod.Engine(plan, args.variant)
    await engine.start()
    w.settle()
    rss1 = w.rss_bytes()
    sessions, probes, took = await open_sessions(engine, plan, args.n)
    w.settle()
    rss2 = w.rss_bytes()

    n = args.n
    length = len(script.frames)
    users = []
    for i, (s, p) in enumerate(zip(sessions, probes, strict=True)):
        # spread evenly over the cycle, starting in silence where we can; and over the 20 ms
        off = (length - 25 + i * length // n) % length
        users.append(w.User(p, s.push, script, off, (i * 0.618034) % 1 * 0.020))
    driver = w.Driver(users)
    driver.recording = False
    t0 = w.now() + 0.2
    task = asyncio.create_task(driver.run(t0))

    # warm-up: one cycle, so that everybody has had a turn
    await asyncio.sleep(0.2 + script.seconds + 0.5)
    driver.recording = True
    meter = w.Meter()
    t_a = w.now()
    await asyncio.sleep(script.seconds * args.cycles)
    use = meter.read()
    t_b = w.now()
    driver.recording = False
    rss3 = w.rss_bytes()
    nthreads = w.threads()
    ntasks = len(asyncio.all_tasks())
    # let the last answers out (their turns began inside the window)
    await asyncio.sleep(1.5)
    driver.stop = True
    await task

    turns = [t for p in probes for t in p.turns if t_a <= t.speech_last < t_b - 0.0]
    plain = [t for t in turns if t.kind == "turn"]
    res = {
        "latency": w.latency_report(plan, plain),
        "cpu_per_session_second": use.cpu / (use.wall * n),
        "cpu_share": use.cpu / use.wall,
        "user_s": use.user,
        "sys_s": use.sys,
        "wall_s": use.wall,
        "others_share": use.others / use.wall,
        "ctx_per_session_second": use.ctx / (use.wall * n),
        "driver_late": w.summary_ms(driver.late),
        "rss_mb": {
            "start": rss0 / 1e6,
            "engine": rss1 / 1e6,
            "opened": rss2 / 1e6,
            "end": rss3 / 1e6,
            "per_session": (rss3 - rss1) / n / 1e6,
        },
        "threads": nthreads,
        "tasks": ntasks,
        "open_ms": w.summary_ms(took),
        "audio_out_s": sum(p.sink.bytes_out for p in probes) / 2 / plan.tts_rate,
        "stt_ends": sum(p.stt_ends for p in probes),
    }
    if args.mode == "bargein":
        res["bargein"] = w.bargein_report(turns)
    if args.raw:
        res["raw"] = [vars(t) for t in turns]
    for s in sessions:
        try:
            await asyncio.wait_for(s.close(), 10)
        except Exception as e:  # closing is not what we measure
            print("close:", repr(e), file=sys.stderr)
    await engine.stop()
    return res


async def startup(args, plan: w.Plan) -> dict:
    t = w.now()
    c = time.process_time()
    mod = importlib.import_module("engine_" + args.engine)
    engine = mod.Engine(plan, args.variant)
    await engine.start()
    t_import, c_import = w.now() - t, time.process_time() - c
    sessions, _, took = await open_sessions(engine, plan, 10)
    res = {
        "import_and_engine_s": t_import,
        "import_cpu_s": c_import,
        "first_session_s": took[0],
        "later_session_ms": w.summary_ms(took[1:]),
        "rss_mb": w.rss_bytes() / 1e6,
    }
    for s in sessions:
        await asyncio.wait_for(s.close(), 10)
    await engine.stop()
    return res


def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("engine")
    ap.add_argument("mode", choices=["latency", "load", "bargein", "startup"])
    ap.add_argument("-v", "--variant", default="")
    ap.add_argument("-n", type=int, default=1)
    ap.add_argument("-c", "--cycles", type=int, default=4)
    ap.add_argument("-o", "--out")
    ap.add_argument("--raw", action="store_true")
    ap.add_argument("--profile", help="write cProfile statistics of the whole run here")
    args = ap.parse_args()

    if args.mode == "bargein":
        plan = w.Plan(sentence_audio=(4.0, 4.0))
        script = w.bargein_script(plan, 1.5)
    else:
        plan = w.Plan()
        script = w.talk_script(plan)

    coro = startup(args, plan) if args.mode == "startup" else talk(args, plan, script)
    if args.profile:
        import cProfile

        prof = cProfile.Profile()
        prof.enable()
        res = asyncio.run(coro)
        prof.disable()
        prof.dump_stats(args.profile)
    else:
        res = asyncio.run(coro)
    res = {
        "engine": args.engine,
        "variant": args.variant,
        "mode": args.mode,
        "n": args.n,
        "cycles": args.cycles,
        "python": platform.python_version(),
        "cores": len(os.sched_getaffinity(0)),
        "loadavg": os.getloadavg()[0],
        **res,
    }
    text = json.dumps(res, indent=1)
    if args.out:
        with open(args.out, "w") as f:
            f.write(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # native threads of some engines outlive their sessions
