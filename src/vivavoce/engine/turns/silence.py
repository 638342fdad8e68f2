"""Silence and time: when the AI nudges, asks, and ends; when time left is told and time is up. Pure.

Silence counts while nobody speaks or thinks: it stands still while the AI speaks or a turn is undecided, and starts
again from nothing when a person has said something. Each stage is reached once.
"""

from dataclasses import dataclass, replace
from typing import Final

from vivavoce.domain.sessions.dialogue import Closing, DialogueEvent, FellSilent, TimeLeft
from vivavoce.domain.sessions.session import EndReason, IdleStages

_HARDLY_LEFT_S: Final = 5  # less than this is not worth telling


@dataclass(frozen=True, slots=True)
class Silence:
    """counted_ms: silence up to `since_ms`, which is None while somebody speaks or thinks. stage: reached so far."""

    stages: IdleStages | None = None
    counted_ms: int = 0
    since_ms: int | None = None
    stage: int = 0

    @property
    def due_ms(self) -> int | None:
        """When the next stage is reached, if the silence lasts."""
        if self.since_ms is None or self.stages is None or self.stage >= 3:
            return None
        stages = self.stages
        after_s = (stages.nudge_s, stages.ask_s, stages.end_s)[self.stage]
        return self.since_ms + max(0, round(after_s * 1000) - self.counted_ms)


def counted(silence: Silence, *, quiet: bool, at_ms: int) -> Silence:
    """The silence once the room is quiet, or no longer."""
    if quiet and silence.since_ms is None:
        return replace(silence, since_ms=at_ms)
    if not quiet and silence.since_ms is not None:
        return replace(silence, counted_ms=silence.counted_ms + at_ms - silence.since_ms, since_ms=None)
    return silence


def broken(silence: Silence) -> Silence:
    """A person said something."""
    return Silence(silence.stages)


def fell_silent(silence: Silence, at_ms: int) -> tuple[Silence, FellSilent | None]:
    """The stage reached at `at_ms`, if one is."""
    due_ms = silence.due_ms
    if due_ms is None or at_ms < due_ms:
        return silence, None
    reached = silence.stage + 1
    return replace(silence, stage=reached), FellSilent(reached)


@dataclass(frozen=True, slots=True)
class Limit:
    """The session's time limit. left_s: seconds before it that are still to be told, most first."""

    limit_ms: int | None = None
    left_s: tuple[int, ...] = ()

    @property
    def due_ms(self) -> int | None:
        if self.limit_ms is None:
            return None
        return self.limit_ms - 1000 * max(self.left_s, default=0)


def limit(limit_s: int | None, left_s: tuple[int, ...], told: frozenset[int]) -> Limit:
    """The limit of a session in which `told` was already announced."""
    if limit_s is None:
        return Limit()
    still = tuple(sorted((left for left in left_s if left not in told and left < limit_s), reverse=True))
    return Limit(limit_s * 1000, still)


def put_off(now: Limit, limit_s: int | None, left_s: tuple[int, ...], until_ms: int) -> Limit:
    """The limit, not before `until_ms`; what was told of the time left is told anew. A session without one has none."""
    if limit_s is None or until_ms <= (now.limit_ms or 0):
        return now
    return Limit(until_ms, tuple(sorted(left_s, reverse=True)))


def run_down(limit: Limit, at_ms: int) -> tuple[Limit, DialogueEvent | None]:
    """What the time says at `at_ms`: time left, time up, or nothing. Marks that were missed are passed over."""
    if limit.limit_ms is None or limit.due_ms is None or at_ms < limit.due_ms:
        return limit, None
    if at_ms >= limit.limit_ms:
        return Limit(), Closing(EndReason.TIME_LIMIT)
    reached = [left for left in limit.left_s if at_ms >= limit.limit_ms - 1000 * left]
    rest = replace(limit, left_s=tuple(left for left in limit.left_s if left not in reached))
    still_s = (limit.limit_ms - at_ms) / 1000
    return rest, TimeLeft(min(reached)) if still_s >= _HARDLY_LEFT_S else None
