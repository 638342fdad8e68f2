"""Writes what web clients generate their types from: `python -m vivavoce.api.schema OUT_DIR`."""

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from vivavoce.api.app import bare_app
from vivavoce.api.live.messages import CLIENT, EVENT, SERVER
from vivavoce.api.wiring import ApiSettings


def live_schema() -> dict[str, Any]:
    """JSON Schema of the live protocol: `client` and `server` messages, and stored `event`s alone."""
    named, shared = TypeAdapter.json_schemas(
        [("client", "validation", CLIENT), ("server", "serialization", SERVER), ("event", "serialization", EVENT)],
        title="Vivavoce live messages",
        description="See docs/protocol.md.",
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **{key: value for key, value in shared.items() if key != "$defs"},
        "type": "object",
        "properties": {name: schema for (name, _), schema in named.items()},
        "required": ["client", "server", "event"],
        "$defs": shared["$defs"],
    }


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("openapi.json", bare_app(ApiSettings()).openapi()),
        ("live.schema.json", live_schema()),
    ):
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
