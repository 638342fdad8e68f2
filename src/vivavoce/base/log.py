"""The log: an event's name and fields, never a built sentence: `log.info("reply.stopped", turn=3, heard_ms=840)`.

`structlog.get_logger()` works everywhere; `configure` decides once per process how it looks. Session, room and seat
come from context variables (`structlog.contextvars`). Libraries that use `logging` are folded into the same form.
What people say never gets in: fields named for it are withheld, and so are the messages of exceptions that are not
our own, which may quote their input.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Final, TextIO, cast
from urllib.parse import urlsplit

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from vivavoce.base.config import LogConfig

WITHHELD: Final = "(withheld)"
_PERSONAL: Final = frozenset(
    {"text", "words", "heard", "unheard", "transcript", "prompt", "sentence", "partial", "history", "body", "messages"}
)
_SECRET: Final = frozenset({"authorization", "api_key", "password", "token", "secret", "cookie"})
_PROBES: Final = frozenset({"/healthz", "/readyz", "/metrics"})
# Chatty at info, and they may quote requests at debug.
_QUIET: Final = (
    "aiosqlite",
    "aioice",
    "aiortc",
    "alembic",
    "asyncio",
    "mcp",
    "stripe",
    "httpcore",
    "httpx",
    "openai",
    "sqlalchemy",
    "websockets",
)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(config: LogConfig, stream: TextIO | None = None) -> None:
    """Send every log line of this process to `stream`, else to standard error. May be repeated."""
    out: TextIO = sys.stderr if stream is None else stream
    level = logging.getLevelNamesMapping()[config.level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        withhold_personal,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,  # tests and `configure` again must reach loggers made at import
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(_ACCESS_FIELDS)],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(plain_traceback),
                _renderer(config, out),
            ],
        )
    )
    _take_over_logging(handler, level)


def _renderer(config: LogConfig, stream: TextIO) -> Processor:
    if config.format == "json":
        return structlog.processors.JSONRenderer(sort_keys=True)
    return structlog.dev.ConsoleRenderer(
        colors=stream.isatty(), exception_formatter=lambda out, _: None, pad_event_to=24
    )


def _take_over_logging(handler: logging.Handler, level: int) -> None:
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
    logging.getLogger("uvicorn.error").setLevel(max(level, logging.WARNING))
    access = logging.getLogger("uvicorn.access")
    access.filters = [_name_request]


# --- what may be seen -------------------------------------------------------------------------------


def withhold_personal(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The event without what people said and without secrets, should somebody log them by mistake."""
    for name in event.keys() & (_PERSONAL | _SECRET):
        if not isinstance(event[name], int | float):  # how many words there were may be told
            event[name] = WITHHELD
    return event


def plain_traceback(exc_info: ExcInfo) -> str:
    """Where it happened, without local variables; what it said only if it is ours or the operating system's."""
    return "\n".join(_describe(exc_info[1], depth=0))


def _describe(exc: BaseException, depth: int) -> list[str]:
    lines: list[str] = []
    cause = exc.__cause__ or (None if exc.__suppress_context__ else exc.__context__)
    if cause is not None and depth < 5:
        lines += [*_describe(cause, depth + 1), "which led to"]
    lines += [line.rstrip() for line in traceback.format_tb(exc.__traceback__)]
    ours = type(exc).__module__.startswith("vivavoce") or isinstance(exc, OSError | ImportError)
    lines.append(f"{type(exc).__qualname__}: {exc}" if ours else type(exc).__qualname__)
    if isinstance(exc, BaseExceptionGroup) and depth < 5:
        for inner in cast("BaseExceptionGroup[BaseException]", exc).exceptions:
            lines += [f"  {line}" for line in _describe(inner, depth + 1)]
    return lines


# --- uvicorn's access log ---------------------------------------------------------------------------

_ACCESS_FIELDS: Final = ("method", "path", "status")


def _name_request(record: logging.LogRecord) -> bool:
    """Turn uvicorn's sentence about a request into an event with fields, without query; drop the probes."""
    match record.args:
        case (_, str(method), str(target), _, int(status)):
            path = urlsplit(target).path
            record.msg, record.args = "http.answered", None
            record.__dict__.update(method=method, path=path, status=status)
            return path not in _PROBES
        case _:
            return True
