"""All metrics of a process, in seconds and bytes, with few label values and nothing that people said.

Each hop of a reply is measured from the end of the person's speech: `hop` is one of HOPS. Buckets are finest where
the budgets of docs/performance.md lie.
"""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
REGISTRY: Final = CollectorRegistry(auto_describe=True)

HOPS: Final = (
    "end_of_speech",  # noticed this much after the person fell silent
    "end_of_turn",  # the turn counts as over
    "first_token",  # the model's first piece of text
    "first_sentence",  # a whole sentence to speak
    "first_audio",  # the voice's first samples
    "first_frame_out",  # the first 20 ms handed to the devices
)

_QUICK: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_SPOKEN: Final = (0.01, 0.025, 0.06, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
_LATE: Final = (0.1, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 3600.0)


def _counter(name: str, text: str, *labels: str) -> Counter:
    return Counter(f"vivavoce_{name}", text, labels, registry=REGISTRY)


def _gauge(name: str, text: str, *labels: str) -> Gauge:
    return Gauge(f"vivavoce_{name}", text, labels, registry=REGISTRY)


def _histogram(name: str, text: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
    return Histogram(f"vivavoce_{name}", text, labels, buckets=buckets, registry=REGISTRY)


# --- the conversation -------------------------------------------------------------------------------

reply_hop_seconds = _histogram(
    "reply_hop_seconds", "From the end of a person's speech to each hop of the reply.", _SPOKEN, "hop"
)
turns = _counter("turns", "Turns heard, by source: voice, text, audio.", "source")
replies = _counter(
    "replies", "Replies by kind, and by how they ended: finished, interrupted, failed.", "kind", "status"
)
barge_ins = _counter("barge_ins", "Replies that somebody spoke into.")
false_interruptions = _counter("false_interruptions", "Replies held for a noise or a backchannel, then resumed.")
rooms_live = _gauge("rooms_live", "Rooms that this process runs.")
connections = _gauge("connections", "Connected devices by transport: websocket, webrtc.", "transport")
listeners = _gauge("listeners", "Readers of live events.")
sessions_ended = _counter("sessions_ended", "Ended sessions by format and reason.", "format", "reason")

# --- the audio path ---------------------------------------------------------------------------------

vad_batch_seconds = _histogram("vad_batch_seconds", "One call of the voice activity model.", _QUICK)
vad_batch_windows = _histogram(
    "vad_batch_windows", "Windows in one call of the voice activity model.", (1, 2, 4, 8, 16, 32, 64, 128, 256)
)
playout_late_seconds = _histogram(
    "playout_late_seconds", "How much after it was due a 20 ms beat of playout was served.", _QUICK
)

# --- providers --------------------------------------------------------------------------------------

provider_failures = _counter(
    "provider_failures",
    "Failed calls by port (llm, stt, tts), provider, and fault: unavailable, rejected, malformed, deadline.",
    "port",
    "provider",
    "fault",
)
provider_fallbacks = _counter("provider_fallbacks", "Calls that a fallback took over.", "port", "provider")
workers_busy = _gauge("workers_busy", "Worker processes at work, by port: stt, tts.", "port")

# --- the store and its jobs -------------------------------------------------------------------------

event_append_seconds = _histogram("event_append_seconds", "One transaction that adds to a session's log.", _QUICK)
jobs = _counter("jobs", "Durable jobs by kind and outcome: done, retried, buried.", "kind", "outcome")
job_lag_seconds = _histogram("job_lag_seconds", "How much after it was due a job began.", _LATE, "kind")

# --- HTTP -------------------------------------------------------------------------------------------

http_request_seconds = _histogram(
    "http_request_seconds",
    "One request, to the last byte. status: 2xx, 4xx, ...",
    _QUICK,
    "route",
    "method",
    "status",
)


def exposition() -> bytes:
    """All metrics in Prometheus' text format, as CONTENT_TYPE says."""
    return generate_latest(REGISTRY)
