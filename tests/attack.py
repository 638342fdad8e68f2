"""Schemathesis over a running server: every operation that it describes, one after the other, all findings at once."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS  # pyright: ignore[reportUnknownVariableType]
from schemathesis.core.failures import FailureGroup

HEALTH: Final = (HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large)
# what would end the account that asks
LEFT_OUT: Final = frozenset({("DELETE", "/api/me"), ("DELETE", "/api/sign-in")})


@schemathesis.serializer("application/sdp")
def plain_text(context: Any, value: Any) -> bytes:
    return str(value).encode(errors="surrogatepass")


def attack(url: str, attempt: Callable[[Any], None], *, examples: int, headers: dict[str, str] | None = None) -> None:
    """Hand `attempt` cases of every operation. Raises AssertionError with all that went wrong."""
    wrong: list[str] = []
    described: Any = schemathesis.openapi.from_url(f"{url}/api/openapi.json", headers=headers or {})
    for found in described.get_all_operations():
        operation = found.ok()
        if (operation.method.upper(), operation.path) in LEFT_OUT:
            continue

        @settings(max_examples=examples, deadline=None, derandomize=True, database=None, suppress_health_check=HEALTH)
        @given(case=operation.as_strategy())
        def one(case: Any) -> None:
            attempt(case)

        try:
            one()
        except (AssertionError, FailureGroup) as error:
            wrong.append(f"{operation.label}: {_told(error)}")
    assert not wrong, "\n\n".join(wrong)


@cache
def checks(names: tuple[str, ...]) -> list[Any]:
    """Schemathesis knows its checks only once it has loaded a description."""
    return [CHECKS.get_one(name) for name in names]


def _told(error: BaseException) -> str:
    if isinstance(error, FailureGroup):
        return "; ".join(str(one)[:600] for one in error.exceptions)
    return str(error)[:600]
