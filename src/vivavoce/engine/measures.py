"""What a room counts and times, for metrics and spans. Nothing here knows what was said."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from vivavoce.base import metrics
from vivavoce.base.tracing import spans
from vivavoce.domain.sessions.events import ReplyKind, ReplyStatus, Source

HOPS: Final = ("end_of_turn", "first_token", "first_sentence", "first_audio", "first_frame")
_NAMES: Final = {hop: hop for hop in HOPS} | {"first_frame": "first_frame_out"}


# the children of a metric are looked up once: these are touched between a person's last word and the model
_HOP: Final = {hop: metrics.reply_hop_seconds.labels(hop=name) for hop, name in _NAMES.items()}
_END_OF_SPEECH: Final = metrics.reply_hop_seconds.labels(hop="end_of_speech")
_TURNS: Final = {source: metrics.turns.labels(source=str(source)) for source in Source}


def speech_ended(noticed_late_ms: int) -> None:
    _END_OF_SPEECH.observe(max(0, noticed_late_ms) / 1000)


def turn_taken(source: Source) -> None:
    _TURNS[source].inc()


def reply_over(kind: ReplyKind, status: ReplyStatus, cause: str | None) -> None:
    metrics.replies.labels(kind=str(kind), status=str(status)).inc()
    if cause == "barge_in":
        metrics.barge_ins.inc()


def reply_resumed() -> None:
    metrics.false_interruptions.inc()


def reply_began(kind: ReplyKind, hops_ms: Mapping[str, int]) -> None:
    """The first frame is out, now. hops_ms: when each hop was reached, from the end of the person's speech."""
    now_ns = round(datetime.now(UTC).timestamp() * 1e9)
    out_ms = hops_ms["first_frame"]
    before_ms = 0
    for hop, at_ms in sorted(hops_ms.items(), key=lambda item: item[1]):
        _HOP[hop].observe(max(0, at_ms) / 1000)
        start_ns, end_ns = (now_ns - (out_ms - ms) * 1_000_000 for ms in (before_ms, at_ms))
        spans.record(f"reply.{_NAMES[hop]}", start_ns, max(start_ns, end_ns), kind=str(kind), after_ms=at_ms)
        before_ms = at_ms
