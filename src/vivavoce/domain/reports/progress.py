"""How somebody fares over many sessions. Pure; what each figure means is said here.

*Return rate* within N days: of the sessions that began at least N days ago, the share after which the same person began
another within N days. Sessions too young to tell are left out; None where there is none old enough.

*Trend* of a criterion: the mean of the last scores less the mean of the first, of as many at each end as there are, at
most three and never the same one at both. None for fewer than two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

DAY_S: Final = 86_400
_ENDS: Final = 3  # scores at each end of a trend


@dataclass(frozen=True, slots=True)
class Rate:
    """share: 0..1 of `counted`, None if that is 0."""

    counted: int
    share: float | None


def rate(counted: int, fulfilled: int) -> Rate:
    return Rate(counted, round(fulfilled / counted, 3) if counted else None)


def return_rate(started_s: Sequence[int], now_s: int, days: int) -> Rate:
    """Of one person. started_s: when each session began, in any order."""
    ordered = sorted(started_s)
    within_s = days * DAY_S
    old = (
        [
            (start, after)
            for start, after in zip(ordered, [*ordered[1:], None], strict=True)
            if start <= now_s - within_s
        ]
        if ordered
        else []
    )
    came_back = sum(after is not None and after - start <= within_s for start, after in old)
    return rate(len(old), came_back)


def trend(values: Sequence[int]) -> float | None:
    """values: oldest first."""
    ends = min(_ENDS, len(values) // 2)
    if ends == 0:
        return None
    return round(sum(values[-ends:]) / ends - sum(values[:ends]) / ends, 1)


# --- figures of many --------------------------------------------------------------------------------


def middle(histogram: Mapping[int, int]) -> float | None:
    """The median of values that occur so often each. None for none."""
    total = sum(histogram.values())
    if total == 0:
        return None
    low, high = (total - 1) // 2, total // 2
    seen = 0
    found: list[int] = []
    for value in sorted(histogram):
        before, seen = seen, seen + histogram[value]
        found += [value for place in {low, high} if before <= place < seen]
    return sum(found) / len(found)


def classes(histogram: Mapping[int, int], steps: Sequence[int]) -> tuple[int, ...]:
    """How many values lie below each step, from the one before on, and how many beyond the last."""
    edges = [*steps, None]
    counts: list[int] = []
    low: int | None = None
    for high in edges:
        counts.append(
            sum(
                number
                for value, number in histogram.items()
                if (low is None or value >= low) and (high is None or value < high)
            )
        )
        low = high
    return tuple(counts)
