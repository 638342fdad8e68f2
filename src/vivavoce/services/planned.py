"""What the AI is told of the plan that a format's set-up made."""

import json
from collections.abc import Iterator, Mapping
from typing import cast

from vivavoce.domain.sessions.session import Session
from vivavoce.services.section import Section


def told_of_plan(session: Session) -> list[Section]:
    """The plan as indented lines, and as JSON in the fact `plan`. Nothing where there is none."""
    if not session.plan:
        return []
    facts = {"plan": json.dumps(session.plan, ensure_ascii=False)}
    return [Section("The plan of this session", "\n".join(_lines(session.plan, 0)), facts)]


def _lines(plan: Mapping[str, object], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for name, value in plan.items():
        match value:
            case dict():
                yield f"{indent}- {name}:"
                yield from _lines(cast("Mapping[str, object]", value), depth + 1)
            case list() | tuple():
                yield f"{indent}- {name}:"
                yield from (
                    f"{indent}  {n}. {_item(one)}" for n, one in enumerate(cast("list[object]", value), start=1)
                )
            case "" | None:
                continue
            case _:
                yield f"{indent}- {name}: {value}"


def _item(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    parts = cast("Mapping[str, object]", value)
    return "; ".join(f"{name}: {part}" for name, part in parts.items() if part not in ("", None))
