"""When a priced session is charged: the one rule, on times alone. No format is treated in its own way.

1. The price is fixed when the session starts, and held.
2. It is due `after_s` after the first microphone went on; in a session where people only type, after the first message.
3. A session that ended before costs nothing, nor does one that ended by a fault of the platform.

Late timers, repeated runs and clocks that jump change nothing of it: what counts is when the microphone went on and
when the session ended.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from vivavoce.domain.errors import Invalid
from vivavoce.domain.money.ledger import Hold
from vivavoce.domain.sessions.session import EndReason, Session

SKEW: Final = timedelta(minutes=1)  # how far a device's clock may be off


class Verdict(StrEnum):
    WAIT = "wait"
    SETTLE = "settle"
    RELEASE = "release"


def verdict(hold: Hold, session: Session, now: datetime) -> Verdict:
    """What is to become of the session's open hold."""
    due = due_at(hold, session.mic_on_at)
    ended = session.ended_at
    if ended is None:
        return Verdict.SETTLE if due is not None and now >= due else Verdict.WAIT
    if due is None or ended < due or session.end_reason is EndReason.PLATFORM_FAULT:
        return Verdict.RELEASE
    return Verdict.SETTLE


def due_at(hold: Hold, mic_on_at: datetime | None) -> datetime | None:
    """When the hold is settled, if the session goes on. None: the microphone was not on yet."""
    return None if mic_on_at is None else mic_on_at + timedelta(seconds=hold.after_s)


def microphone_time(told: datetime, started_at: datetime, now: datetime) -> datetime:
    """When a device says that its microphone went on, as it is taken: a moment of the future is now.

    Raises Invalid without a time zone, more than a minute before the session's start, or more than a minute from now.
    """
    if told.tzinfo is None:
        raise Invalid("mic_on_at needs a time zone, such as 2026-11-21T09:00:00Z.")
    if told < started_at - SKEW:
        raise Invalid("mic_on_at lies before the session's start.")
    if told > now + SKEW:
        raise Invalid("mic_on_at lies in the future.")
    return min(told, now)
