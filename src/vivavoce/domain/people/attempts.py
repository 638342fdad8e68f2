"""How often something may be tried: a bucket that fills with each attempt and leaks steadily. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many at once, and as many again `within_s` later."""

    most: int
    within_s: int


@dataclass(frozen=True, slots=True)
class Attempts:
    """How full the bucket was at `at_ms`, on the monotonic clock."""

    level: float = 0.0
    at_ms: int = 0


def level(before: Attempts, now_ms: int, allowed: Allowance) -> float:
    leaked = (now_ms - before.at_ms) / 1000 * allowed.most / allowed.within_s
    return max(0.0, before.level - leaked)


def attempt(before: Attempts, now_ms: int, allowed: Allowance) -> tuple[Attempts, int]:
    """The bucket afterwards, and in how many seconds to try again; 0: this one was allowed."""
    now = level(before, now_ms, allowed)
    if now + 1 <= allowed.most:
        return Attempts(now + 1, now_ms), 0
    wait_s = (now + 1 - allowed.most) * allowed.within_s / allowed.most
    return Attempts(now, now_ms), max(1, -int(-wait_s // 1))
