"""The interface's description is complete and true."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

from vivavoce.api.app import bare_app
from vivavoce.api.http import (
    access_shapes,
    catalogue_shapes,
    event_shapes,
    health,
    insights_shapes,
    invitation_shapes,
    people_shapes,
    personas_shapes,
    records_shapes,
    report_shapes,
    review_shapes,
    shapes,
    sign_in_shapes,
)
from vivavoce.api.live import messages
from vivavoce.api.live.messages import CLIENT, SERVER
from vivavoce.api.reference import example_of, reference_page
from vivavoce.api.schema import live_schema, write
from vivavoce.api.wiring import ApiSettings

OPENAPI = bare_app(ApiSettings(version="1.2.3")).openapi()
OPERATIONS: list[tuple[str, dict[str, Any]]] = [
    (f"{method} {path}", operation) for path, item in OPENAPI["paths"].items() for method, operation in item.items()
]
FIXED = {
    *("/api/sessions", "/api/sessions/{id}", "/api/sessions/{id}/messages", "/api/sessions/{id}/setup"),
    *("/api/sessions/{id}/start", "/api/sessions/{id}/join", "/api/sessions/{id}/leave", "/api/sessions/{id}/end"),
    *("/api/sessions/{id}/assistant", "/api/sessions/{id}/events", "/api/sessions/{id}/transcript"),
    *("/api/sessions/{id}/report", "/api/sessions/{id}/webrtc", "/healthz", "/readyz", "/metrics"),
}
MODELS = [
    model
    for module in (
        access_shapes,
        sign_in_shapes,
        invitation_shapes,
        shapes,
        people_shapes,
        personas_shapes,
        records_shapes,
        review_shapes,
        report_shapes,
        insights_shapes,
        catalogue_shapes,
        event_shapes,
        messages,
        health,
    )
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model is not BaseModel
]


def test_all_fixed_paths_are_there() -> None:
    assert OPENAPI["paths"].keys() >= FIXED
    assert OPENAPI["openapi"].startswith("3.1")


@pytest.mark.parametrize(("name", "operation"), OPERATIONS, ids=[name for name, _ in OPERATIONS])
def test_an_operation_is_told_in_words_with_examples(name: str, operation: dict[str, Any]) -> None:
    assert operation["operationId"]
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    assert all(one.get("description") for one in operation.get("parameters", []) if one["in"] != "path")
    body = operation.get("requestBody", {}).get("content", {})
    done = {status: answer for status, answer in operation["responses"].items() if status.startswith("2")}
    assert done
    forms = [*body.values(), *(form for answer in done.values() for form in answer.get("content", {}).values())]
    assert all(example_of(OPENAPI, form) is not None for form in forms), name


def test_names_of_operations_are_their_own() -> None:
    names = {operation["operationId"] for _, operation in OPERATIONS}
    assert len(names) == len(OPERATIONS)


def test_every_failure_is_described_as_a_problem() -> None:
    for name, operation in OPERATIONS:
        for status, answer in operation["responses"].items():
            if status >= "4" and name != "get /readyz":
                assert list(answer["content"]) == ["application/problem+json"]
    assert "HTTPValidationError" not in json.dumps(OPENAPI)


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(OPENAPI)
    for part in text.split('"$ref": "#/components/schemas/')[1:]:
        assert part.split('"')[0] in OPENAPI["components"]["schemas"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_example_is_of_its_kind(model: type[BaseModel]) -> None:
    extra = model.model_config.get("json_schema_extra")
    for example in extra["examples"] if isinstance(extra, dict) else []:  # pyright: ignore
        model.model_validate(example)


def test_the_live_schema_describes_both_directions_and_events() -> None:
    schema = live_schema()
    assert schema["properties"].keys() == {"client", "server", "event"}
    names = schema["$defs"].keys()
    assert {"Hello", "Text", "Ping", "Welcome", "TurnHeardEvent", "Failure", "MouthMove"} <= names
    text = json.dumps(schema)
    assert all(part.split('"')[0] in names for part in text.split('"$ref": "#/$defs/')[1:])
    assert TypeAdapter(dict[str, Any]).validate_json(text)
    assert CLIENT.json_schema()
    assert SERVER.json_schema()


def test_both_descriptions_are_written_to_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "new")
    assert json.loads((tmp_path / "new/openapi.json").read_text())["info"]["title"] == "Vivavoce"
    assert json.loads((tmp_path / "new/live.schema.json").read_text()) == live_schema()


def test_the_reference_shows_every_operation_and_escapes_what_it_shows() -> None:
    page = reference_page({**OPENAPI, "info": {**OPENAPI["info"], "title": "<b>"}})
    assert "<b>" not in page
    assert all(f"id='{operation['operationId']}'" in page for _, operation in OPERATIONS)


def test_no_two_shapes_have_the_same_name() -> None:
    assert [name for name in OPENAPI["components"]["schemas"] if "__" in name] == []
