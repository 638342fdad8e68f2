"""OpenTelemetry spans. Without a collector configured they cost next to nothing and go nowhere.

Span names and attributes are of the same kind as log events: what happened, ids and figures, never people's words.
"""

import importlib.util
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

from opentelemetry import trace
from opentelemetry.trace import Span

from vivavoce.base.config import TelemetryConfig
from vivavoce.base.config_reading import ConfigError

Attribute = str | int | float | bool


class Spans:
    """Makes spans with one tracer; `spans` below is the process's own."""

    def __init__(self, tracer: trace.Tracer) -> None:
        self._tracer = tracer

    @contextmanager
    def span(self, name: str, **attributes: Attribute) -> Generator[Span]:
        """A span around the block. An exception marks it by class alone: its message may quote what people said."""
        with self._tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as current:
            try:
                yield current
            except BaseException as exc:
                current.set_status(trace.StatusCode.ERROR, type(exc).__qualname__)
                raise

    def record(self, name: str, start_ns: int, end_ns: int, **attributes: Attribute) -> None:
        """A span that is already over. Times in nanoseconds since 1970, UTC."""
        self._tracer.start_span(name, start_time=start_ns, attributes=attributes).end(end_ns)


spans: Final = Spans(trace.get_tracer("vivavoce"))  # a proxy until `switch_on`, which it then follows


def switch_on(config: TelemetryConfig, node: str) -> Callable[[], None]:
    """Send spans to the configured collector, if any; call what comes back at the end, to send the last ones.

    Raises ConfigError when the libraries that send are not installed.
    """
    if config.endpoint is None:
        return lambda: None
    if importlib.util.find_spec("opentelemetry.sdk") is None:
        raise ConfigError(
            ["VIVAVOCE_OTEL_ENDPOINT is set, but what sends spans is missing: pip install 'vivavoce[telemetry]'."]
        )
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.name": "vivavoce", "service.instance.id": node})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{config.endpoint}/v1/traces")))
    trace.set_tracer_provider(provider)
    return provider.shutdown
