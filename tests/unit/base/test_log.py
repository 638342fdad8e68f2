import io
import json
import logging
from typing import cast

import pytest
import structlog

from vivavoce.base import log as log_module
from vivavoce.base.config import LogConfig
from vivavoce.domain.errors import Unavailable

PRIVATE = "I told my boss everything"


def lines(out: io.StringIO) -> list[dict[str, object]]:
    return [cast("dict[str, object]", json.loads(line)) for line in out.getvalue().splitlines()]


def configured(level: str = "info", format: str = "json") -> io.StringIO:
    out = io.StringIO()
    log_module.configure(LogConfig.model_validate({"level": level, "format": format}), out)
    return out


def test_a_line_holds_the_event_its_fields_and_where_it_happened() -> None:
    out = configured()
    with structlog.contextvars.bound_contextvars(session="ses_1", seat="sea_1"):
        structlog.get_logger().info("reply.stopped", turn=3, heard_ms=840)
    (line,) = lines(out)
    assert line["event"] == "reply.stopped"
    assert (line["turn"], line["heard_ms"], line["level"]) == (3, 840, "info")
    assert (line["session"], line["seat"]) == ("ses_1", "sea_1")
    assert str(line["timestamp"]).endswith("Z")


def test_lines_below_the_level_are_not_written() -> None:
    out = configured("warning")
    structlog.get_logger().info("turn.heard")
    logging.getLogger("some.library").info("chatter")
    assert out.getvalue() == ""


def test_a_logger_made_before_configuring_obeys_it() -> None:
    early = structlog.get_logger()
    out = configured()
    early.info("room.opened")
    assert lines(out)[0]["event"] == "room.opened"


def test_what_people_say_and_secrets_are_withheld() -> None:
    out = configured()
    structlog.get_logger().info("turn.heard", text=PRIVATE, words=5, api_key="sk-1")
    (line,) = lines(out)
    assert (line["text"], line["words"], line["api_key"]) == ("(withheld)", 5, "(withheld)")


@pytest.mark.parametrize("format", ["json", "console"])
def test_a_foreign_exception_is_logged_without_its_message(format: str) -> None:
    out = configured(format=format)
    try:
        try:
            int(PRIVATE)
        except ValueError as exc:
            raise Unavailable("The store does not answer.") from exc
    except Unavailable as exc:
        structlog.get_logger().error("room.failed", exc_info=exc)
    said = out.getvalue()
    assert PRIVATE not in said
    assert "ValueError" in said
    assert "Unavailable: The store does not answer." in said
    assert "test_log.py" in said


def test_the_parts_of_a_group_are_told() -> None:
    out = configured()
    try:
        raise ExceptionGroup("many", [ValueError(PRIVATE), OSError(28, "No space left on device")])
    except ExceptionGroup as exc:
        structlog.get_logger().error("room.failed", exc_info=exc)
    told = str(lines(out)[0]["exception"])
    assert PRIVATE not in told
    assert "No space left on device" in told
    assert "ValueError" in told


def test_a_request_becomes_an_event_without_its_query() -> None:
    out = configured()
    sentence = '%s - "%s %s HTTP/%s" %d'
    access = logging.getLogger("uvicorn.access")
    access.info(sentence, "127.0.0.1:1", "GET", f"/api/sessions?q={PRIVATE}", "1.1", 200)
    access.info(sentence, "127.0.0.1:1", "GET", "/healthz", "1.1", 200)
    (line,) = lines(out)
    assert line["event"] == "http.answered"
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/sessions", 200)
    assert PRIVATE not in out.getvalue()
