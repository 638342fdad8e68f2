import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from vivavoce.base import tracing
from vivavoce.base.config import TelemetryConfig

PRIVATE = "I told my boss everything"


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def spans(exporter: InMemorySpanExporter) -> tracing.Spans:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return tracing.Spans(provider.get_tracer("test"))


def test_a_span_has_a_name_and_figures(spans: tracing.Spans, exporter: InMemorySpanExporter) -> None:
    with spans.span("reply", session="ses_1", turn=3):
        pass
    (done,) = exporter.get_finished_spans()
    assert (done.name, dict(done.attributes or {})) == ("reply", {"session": "ses_1", "turn": 3})


def test_a_failed_span_tells_the_fault_but_not_its_message(
    spans: tracing.Spans, exporter: InMemorySpanExporter
) -> None:
    with pytest.raises(ValueError, match="boss"), spans.span("reply"):
        raise ValueError(PRIVATE)
    (done,) = exporter.get_finished_spans()
    assert (done.status.status_code, done.status.description) == (StatusCode.ERROR, "ValueError")
    assert PRIVATE not in done.to_json()


def test_a_hop_is_recorded_after_it_happened(spans: tracing.Spans, exporter: InMemorySpanExporter) -> None:
    spans.record("reply.first_token", 1_000, 5_000, turn=3)
    (done,) = exporter.get_finished_spans()
    assert (done.start_time, done.end_time) == (1_000, 5_000)


def test_without_a_collector_nothing_is_set_up() -> None:
    tracing.switch_on(TelemetryConfig(), node="here")()
