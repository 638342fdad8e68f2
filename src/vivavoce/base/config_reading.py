"""Reading the configuration, and saying in plain sentences what is wrong with it.

ConfigError   the configuration cannot be used; one sentence per problem, none with a secret
"""

import difflib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings

from vivavoce.base.config import PREFIX, Config, Setting, groups, settings, settings_of

ENV_FILE: Final = Path(".env")
_FOR_TESTS: Final = frozenset({"VIVAVOCE_REQUIRE_ALL"})


class ConfigError(Exception):
    """The configuration cannot be used. problems: one sentence each, for the operator."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def read_config(env_file: Path = ENV_FILE) -> Config:
    """The configuration of this process. Raises ConfigError with all that is wrong."""
    parts: dict[str, BaseSettings] = {}
    problems: list[str] = []
    for name, group in groups().items():
        try:
            parts[name] = group(_env_file=env_file)
        except ValidationError as exc:
            problems += _sentences(group, exc)
    if problems:
        raise ConfigError(problems)
    return Config.model_validate(parts)


def environment(env_file: Path = ENV_FILE) -> dict[str, str]:
    """All variables that are set, also those of others: for files of ours that name some."""
    written = dotenv_values(env_file) if env_file.is_file() else {}
    return {**{name: value for name, value in written.items() if value is not None}, **os.environ}


def _sentences(group: type[BaseSettings], exc: ValidationError) -> Iterable[str]:
    known = settings_of(group)
    # A default that builds on a wrong value is not worked out; the wrong value itself is reported.
    errors = [error for error in exc.errors() if error["type"] != "default_factory_not_called"]
    return dict.fromkeys(_sentence(known[str(error["loc"][0])], error) for error in errors)


def _sentence(setting: Setting, error: ErrorDetails) -> str:
    given = str(error["input"])
    hidden = setting.secret or "@" in given  # an address may hold a password
    shown = "" if hidden else f" is {given!r}, which"
    why = ""
    if error["type"] == "value_error":
        why = f": {error.get('ctx', {}).get('error')}"
    return f"{setting.variable}{shown} cannot be used{why}. It takes {setting.about.accepts}."


def unknown_variables(env_file: Path = ENV_FILE) -> list[str]:
    """A sentence for each VIVAVOCE_* variable that means nothing here, with the one that was probably meant."""
    given = {*os.environ, *dotenv_values(env_file)} if env_file.is_file() else {*os.environ}
    known = settings()
    sentences: list[str] = []
    for name in sorted(name for name in given if name.upper().startswith(PREFIX)):
        if name.upper() in known or name in _FOR_TESTS:
            continue
        close = difflib.get_close_matches(name.upper(), known, n=1)
        hint = f" Did you mean {close[0]}?" if close else " docs/configuration.md lists those that do."
        sentences.append(f"{name} is set, but no setting has that name.{hint}")
    return sentences
