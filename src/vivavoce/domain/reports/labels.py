"""The transcript as a language model reads it: turns with short labels, in parts that fit a budget."""

from collections.abc import Mapping, Sequence

from vivavoce.domain.sessions.transcript import Utterance


def labelled(entries: Sequence[Utterance]) -> Mapping[str, Utterance]:
    """Each turn under its label: T1, T2, ..."""
    return {f"T{number}": entry for number, entry in enumerate(entries, 1)}


def lines(turns: Mapping[str, Utterance]) -> list[str]:
    """One line a turn: `T3 [1:05] Ana: ...`; what the AI said is marked so."""
    return [
        f"{label} [{clock(one.start_ms)}] {_who(one)}: {' '.join(one.text.split())}" for label, one in turns.items()
    ]


def parts(all_lines: Sequence[str], budget: int) -> list[str]:
    """The lines in parts of at most `budget` characters, in order; a single longer line is a part of its own."""
    found: list[list[str]] = []
    size = 0
    for line in all_lines:
        if not found or size + len(line) + 1 > budget:
            found.append([])
            size = 0
        found[-1].append(line)
        size += len(line) + 1
    return ["\n".join(part) for part in found]


def _who(entry: Utterance) -> str:
    return f"{entry.name} (AI)" if entry.seat is None else entry.name


def clock(ms: int) -> str:
    """`1:05`, or `1:02:03` from an hour on."""
    minutes, seconds = divmod(max(0, ms) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
