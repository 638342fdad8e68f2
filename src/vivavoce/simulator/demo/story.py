"""Who the people of the demonstration are and what they say, read from the files beside this module."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Character:
    """One person. met: which of their goals they have met, by place."""

    id: str
    name: str
    country: str
    time_zone: str
    standing: str = "member"
    onboarding: Mapping[str, str] = field(default_factory=dict[str, str])
    preferences: Mapping[str, str] = field(default_factory=dict[str, str])
    challenges: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    met: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A session of one person. lines: what they say. minutes: of a silence, whose `note` is kept."""

    person: str
    format: str
    title: str
    days_ago: int
    lines: tuple[str, ...]
    satisfaction: int
    said: str
    spoken: bool = False
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    person: str
    title: str
    days_ago: int
    mode: str
    description: str
    answers: tuple[str, ...]
    satisfaction: int
    said: str


@dataclass(frozen=True, slots=True)
class SharedRoom:
    """People who work together. lines: who, and what they say. reports: done, and a remark."""

    host: str
    guests: tuple[str, ...]
    type: str
    title: str
    days_ago: int
    tasks: Mapping[str, str]
    lines: tuple[tuple[str, str], ...]
    reports: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Planned:
    person: str
    format: str
    title: str
    days_ahead: int


@dataclass(frozen=True, slots=True)
class Story:
    person: tuple[Character, ...]
    talk: tuple[Talk, ...]
    interview: tuple[Interview, ...]
    room: tuple[SharedRoom, ...]
    planned: tuple[Planned, ...]


def story() -> Story:
    """The whole of it. Raises ValidationError for a file that is wrong."""
    read: dict[str, Any] = {}
    for name in ("people.toml", "talks.toml"):
        read |= tomllib.loads((files("vivavoce.simulator.demo") / name).read_text("utf-8"))
    return TypeAdapter(Story).validate_python(read)
