"""Schemathesis over the whole interface: whatever is sent, nothing fails on our side, and answers are as described."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import anyio
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS  # pyright: ignore[reportUnknownVariableType]
from schemathesis.config import SchemathesisConfig
from tests.unit.api.fakes import FakeUseCases, wiring

from vivavoce.api.app import build_app
from vivavoce.domain.errors import Invalid
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.session import EndReason
from vivavoce.engine.ports import Connection
from vivavoce.services.open_session import NewSession

EXAMPLES = 25  # of each operation and kind of test: about half a minute in all


@schemathesis.serializer("application/sdp")
def plain_text(context: Any, value: Any) -> bytes:
    return str(value).encode(errors="surrogatepass")


class NoOffer:
    async def answer(self, offer_sdp: str, *, room: str) -> tuple[str, Connection]:
        raise Invalid("This is no offer.")


async def _sessions(use: FakeUseCases) -> list[str]:
    """One that is ready, one that is active, and one that is over."""
    opened = [(await use.open_session(LOCAL, NewSession("coaching"))).id for _ in range(3)]
    for id in opened[1:]:
        await use.start_session(LOCAL, id)
    await use.end_session_of(opened[2], EndReason.WRAPPED_UP)
    return list(opened)


use = FakeUseCases()
READY, ACTIVE, OVER = anyio.run(_sessions, use)
parts = replace(wiring(use, pages=Path(mkdtemp()), hosts=frozenset({"testserver"})), webrtc=NoOffer())
schema = schemathesis.openapi.from_asgi("/api/openapi.json", build_app(parts), config=SchemathesisConfig())


@schema.hook  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Mostly sessions that exist; for events the one that is over, whose stream ends."""
    if not path_parameters or "id" not in path_parameters:
        return path_parameters
    known = {0: READY, 1: ACTIVE, 2: OVER}.get(len(str(path_parameters["id"])) % 4, path_parameters["id"])
    return {**path_parameters, "id": OVER if context.operation.path.endswith("/events") else known}


def _checks() -> list[Callable[..., Any]]:
    # `unsupported_method` wants TRACE and the like on every path to be 405, which HTTP does not ask for
    wanted = (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
        "response_headers_conformance",
    )
    return [CHECKS.get_one(name) for name in wanted]


@pytest.mark.timeout(240)
@schema.parametrize()  # pyright: ignore[reportUnknownMemberType, reportUntypedFunctionDecorator]
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    derandomize=True,
)
def test_whatever_is_sent_the_answer_is_as_described(case: Any) -> None:
    case.call_and_validate(checks=_checks())
