"""The peers' results as Markdown tables. Repeats of a measurement are shown by their median."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO

Result = dict[str, Any]
_MOST_BUSY = 0.85  # of the core: above it the cost of a session is no longer a straight line
_FIRST_OF_SLOPE = 20  # below it a session costs more, since each timer wakes an idle core


def write_tables(results: Sequence[Result], out: TextIO) -> None:
    """A section for each question that was measured."""
    for mode, write in (("latency", _latency), ("load", _load), ("bargein", _bargein), ("startup", _startup)):
        if chosen := [one for one in results if one["mode"] == mode]:
            write(_grouped(chosen), out)


def _grouped(results: Iterable[Result]) -> Mapping[tuple[str, int], list[Result]]:
    groups: dict[tuple[str, int], list[Result]] = {}
    for one in results:
        name = f"{one['engine']} ({one['variant']})" if one["variant"] not in ("", "lean", "vad") else one["engine"]
        groups.setdefault((name, one["n"]), []).append(one)
    return groups


def _median(results: Sequence[Result], of: Callable[[Result], float]) -> float:
    return statistics.median(of(one) for one in results)


def _row(out: TextIO, *cells: object) -> None:
    out.write("| " + " | ".join(map(str, cells)) + " |\n")


def _head(out: TextIO, title: str, *cells: str) -> None:
    out.write(f"\n### {title}\n\n")
    _row(out, *cells)
    _row(out, *["---"] * len(cells))


def _pair(results: Sequence[Result], part: str, digits: int = 0) -> str:
    p50 = _median(results, lambda one: one["latency"][part]["p50"])
    p95 = _median(results, lambda one: one["latency"][part]["p95"])
    return f"{p50:.{digits}f} / {p95:.{digits}f}"


def _latency(groups: Mapping[tuple[str, int], list[Result]], out: TextIO) -> None:
    title = "One session: what the engine adds to the fixed 500 ms, in ms (p50 / p95)"
    _head(out, title, "engine", "turns", "added", "end of speech late", "hops", "words → model", "sentence → voice",
          "audio → out", "other load on the core")  # fmt: skip
    for (name, _), runs in groups.items():
        turns = sum(one["latency"]["answered"] for one in runs)
        parts = [_pair(runs, part, 1) for part in ("transcript_to_llm", "sentence_to_tts", "audio_to_out")]
        hops, late = _pair(runs, "hops", 1), _pair(runs, "vad_late")
        _row(out, name, turns, _pair(runs, "added"), late, hops, *parts, _others(runs))


def _others(runs: Sequence[Result]) -> str:
    return f"{_median(runs, lambda one: one['others_share']):.0%}"


def _load(groups: Mapping[tuple[str, int], list[Result]], out: TextIO) -> None:
    _head(out, "Sessions in one process on one core", "engine", "sessions", "% of a core each", "core",
          "added p50 / p95, ms", "p95 over the first row", "answered", "other load on the core")  # fmt: skip
    first: dict[str, float] = {}
    for (name, sessions), runs in sorted(groups.items()):
        p95 = _median(runs, lambda one: one["latency"]["added"]["p95"])
        grown = p95 - first.setdefault(name, p95)
        each = _median(runs, lambda one: 100 * one["cpu_per_session_second"])
        core = _median(runs, lambda one: one["cpu_share"])
        answered = f"{sum(one['latency']['answered'] for one in runs)}/{sum(one['latency']['turns'] for one in runs)}"
        _row(out, name, sessions, f"{each:.2f}", f"{core:.0%}", _pair(runs, "added"), f"{grown:+.0f} ms", answered,
             _others(runs))  # fmt: skip
    out.write(
        f"\nSlope from {_FIRST_OF_SLOPE} sessions on, over rows below {_MOST_BUSY:.0%} of the core that nearly all"
        " were answered in:\n\n"
    )
    for name in first:
        _write_slope(name, [one for (other, _), runs in groups.items() if other == name for one in runs], out)


def _write_slope(name: str, runs: Sequence[Result], out: TextIO) -> None:
    fit = [one for one in runs if one["n"] >= _FIRST_OF_SLOPE and one["cpu_share"] < _MOST_BUSY and _kept_up(one)]
    if len({one["n"] for one in fit}) < 2:
        return
    sessions = [float(one["n"]) for one in fit]
    cpu = statistics.linear_regression(sessions, [100 * one["cpu_share"] for one in fit]).slope
    memory = statistics.linear_regression(sessions, [one["rss_mb"]["end"] for one in fit]).slope
    most = max(one["n"] for one in fit)
    out.write(f"- {name}: {cpu:.2f} % of a core and {memory:.2f} MB per session (up to {most})\n")


def _kept_up(one: Result) -> bool:
    """Whether it answered nearly everybody: one that did not was not doing its work."""
    return one["latency"]["answered"] >= 0.98 * one["latency"]["turns"]


def _bargein(groups: Mapping[tuple[str, int], list[Result]], out: TextIO) -> None:
    _head(out, "Barge-in: ms from the first sample of speech (p50 / p95)", "engine", "sessions", "interrupted",
          "to the last sample of the AI", "to the end of its reply", "other load on the core")  # fmt: skip
    for (name, sessions), runs in groups.items():
        count = (
            f"{sum(one['bargein']['interrupted'] for one in runs)}/{sum(one['bargein']['bargeins'] for one in runs)}"
        )
        cells = [
            " / ".join(f"{_median(runs, lambda one: one['bargein'][part][p]):.0f}" for p in ("p50", "p95"))  # noqa: B023
            for part in ("to_last_frame", "to_clear")
        ]
        _row(out, name, sessions, count, *cells, _others(runs))


def _startup(groups: Mapping[tuple[str, int], list[Result]], out: TextIO) -> None:
    _head(out, "Start of the engine alone", "engine", "import and set-up, s", "its CPU, s", "first session, ms",
          "a later session, ms", "MB with ten sessions")  # fmt: skip
    for (name, _), runs in groups.items():
        ready = _median(runs, lambda one: one["import_and_engine_s"])
        cpu = _median(runs, lambda one: one["import_cpu_s"])
        one_session = _median(runs, lambda one: 1000 * one["first_session_s"])
        later = _median(runs, lambda one: one["later_session_ms"]["p50"])
        memory = _median(runs, lambda one: one["rss_mb"])
        _row(out, name, f"{ready:.2f}", f"{cpu:.2f}", f"{one_session:.0f}", f"{later:.1f}", f"{memory:.0f}")
