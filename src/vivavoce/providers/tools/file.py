"""The tools file (`VIVAVOCE_TOOLS`, docs/tools.md): TOML with `[[http]]` tools and `[[mcp]]` servers.

Read once, at the start. What is wrong stops the start, with a sentence for each mistake that names the file, the tool
and what is taken; none repeats a secret. `env:NAME` in a header or in a command's environment stands for a variable.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar, cast
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator
from pydantic_core import ErrorDetails

from vivavoce.base.config_reading import ConfigError
from vivavoce.base.config_values import web_address

PARAMETER: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_VARIABLE: Final = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
_SECTIONS: Final = ("http", "mcp")
_SECRETS: Final = ("headers", "env")
_ACCEPTS: Final[Mapping[str, str]] = {
    "name": "a letter, then letters, digits, dashes and underscores, 48 at most; each name once",
    "description": "what the tool does, for the model: 1 to 2,000 characters",
    "method": "GET, POST, PUT, PATCH or DELETE",
    "url": "an http:// or https:// address without user name and password; {parameter} in path and query only",
    "parameters": "a JSON schema of type object with `properties`; those that `url` names are `required`",
    "headers": "a table of texts; env:NAME stands for a variable of the environment",
    "timeout_s": "seconds, more than 0 and at most 3600",
    "allow_private": "true or false",
    "answer_limit_kb": "a whole number from 1 to 1024",
    "command": "a list of texts: the program and its arguments",
    "env": "a table of texts; env:NAME stands for a variable of the environment",
}

Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,47}$")]
Secrets = Annotated[dict[str, SecretStr], Field(default_factory=dict)]


def _object_schema(schema: dict[str, Any]) -> dict[str, Any]:
    properties, required = schema.get("properties", {}), schema.get("required", [])
    if schema.get("type", "object") != "object" or not isinstance(properties, dict) or not isinstance(required, list):
        raise ValueError("it is no schema of an object")
    return {"type": "object", "properties": {}, **schema}


class HttpTool(BaseModel):
    """One function over HTTP. timeout_s, if shorter than VIVAVOCE_DEADLINE_TOOL_S, is the deadline of a call."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, strict=True)

    name: Name
    description: Annotated[str, Field(min_length=1, max_length=2000)]
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    url: Annotated[str, AfterValidator(web_address)]
    parameters: Annotated[dict[str, Any], AfterValidator(_object_schema)] = Field(
        default_factory=lambda: _object_schema({})
    )
    headers: Secrets
    timeout_s: Annotated[float, Field(gt=0, le=3600)] | None = None
    allow_private: bool = False
    answer_limit_kb: Annotated[int, Field(ge=1, le=1024)] = 64

    @property
    def in_url(self) -> frozenset[str]:
        """The parameters that `url` names."""
        return frozenset(PARAMETER.findall(self.url))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        parts = urlsplit(self.url)
        if "{" in parts.netloc or parts.fragment:
            raise ValueError("url: the host is fixed, and nothing follows the query")
        if not self.in_url <= {*self.parameters["properties"]} & {*self.parameters.get("required", [])}:
            raise ValueError("parameters: what `url` names is missing among them, or is not required")
        return self


class McpServer(BaseModel):
    """One MCP server: over Streamable HTTP at `url`, or `command` run as a process that is spoken to by stdio."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, strict=True)

    name: Name
    url: Annotated[str, AfterValidator(web_address)] | None = None
    command: Annotated[list[str], Field(min_length=1)] | None = None
    headers: Secrets
    env: Secrets
    timeout_s: Annotated[float, Field(gt=0, le=3600)] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.url is None) == (self.command is None):
            raise ValueError("url: a server has either `url` or `command`")
        return self


T = TypeVar("T", HttpTool, McpServer)


@dataclass(frozen=True, slots=True)
class ToolsFile:
    http: tuple[HttpTool, ...] = ()
    mcp: tuple[McpServer, ...] = ()


def read_tools(path: Path, environment: Mapping[str, str]) -> ToolsFile:
    """The tools of this file. Raises ConfigError with all that is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError([f"{path} cannot be read as TOML: {error}."]) from None
    problems = [
        f"{path}: {name!r} means nothing here. It takes [[http]] and [[mcp]]."
        for name, value in content.items()
        if name not in _SECTIONS or not _is_tables(value)
    ]
    if problems:
        raise ConfigError(problems)
    reader = _Reader(path, environment, problems)
    http = reader.all(HttpTool, "HTTP tool", content.get("http", []))
    mcp = reader.all(McpServer, "MCP server", content.get("mcp", []))
    if problems:
        raise ConfigError(problems)
    return ToolsFile(tuple(http), tuple(mcp))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in cast(list[object], value))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads tables of one file. problems: what was found wrong, so far."""

    path: Path
    environment: Mapping[str, str]
    problems: list[str]

    def all(self, kind: type[T], called: str, tables: list[dict[str, Any]]) -> list[T]:
        found: list[T] = []
        for number, table in enumerate(tables, 1):
            name = table.get("name")
            label = f"{self.path}: {called} {name!r}" if isinstance(name, str) else f"{self.path}: {called} {number}"
            try:
                found.append(kind.model_validate(self._filled_in(label, table)))
            except ValidationError as error:
                sentences = (_sentence(label, kind, one) for one in error.errors(include_url=False))
                self.problems.extend(dict.fromkeys(sentences))
        counted = Counter(one.name for one in found)
        twice = [name for name, count in counted.items() if count > 1]
        self.problems.extend(f"{self.path}: {called} {name!r} is there twice." for name in twice)
        return found

    def _filled_in(self, label: str, table: Mapping[str, Any]) -> dict[str, Any]:
        """The table with the environment's values in place of `env:NAME`."""
        filled = dict(table)
        for field in _SECRETS:
            texts = table.get(field)
            if isinstance(texts, dict):
                of_field = cast(dict[str, object], texts)
                filled[field] = {key: self._secret(label, field, value) for key, value in of_field.items()}
        return filled

    def _secret(self, label: str, field: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        for name in _VARIABLE.findall(value):
            if name not in self.environment:
                self.problems.append(f"{label}: `{field}` names the variable {name}, which is not set.")
        return SecretStr(_VARIABLE.sub(lambda match: self.environment.get(match[1], ""), value))


def _sentence(label: str, kind: type[BaseModel], error: ErrorDetails) -> str:
    field = str(error["loc"][0]) if error["loc"] else ""
    said = str(error.get("ctx", {}).get("error", ""))
    if error["type"] == "extra_forbidden":
        return f"{label}: `{field}` means nothing here. It takes {_listed(kind.model_fields)}."
    if error["type"] == "missing":
        return f"{label}: `{field}` is missing. It takes {_ACCEPTS[field]}."
    if not field:  # found by looking at several fields together
        field, _, said = said.partition(": ")
    why = f": {said}" if said else ""
    return f"{label}: `{field}` cannot be used{why}. It takes {_ACCEPTS[field]}."


def _listed(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}"
