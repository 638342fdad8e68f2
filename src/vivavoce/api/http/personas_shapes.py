"""What goes over the wire of the personas that a community writes."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from vivavoce.api.http.shapes import PLAIN, shown
from vivavoce.domain.people import persona as rules
from vivavoce.domain.people.persona import OwnPersona, PersonaDraft, PersonaVersion, variables_in


def _text(most: int, least: int = 1) -> StringConstraints:
    return StringConstraints(min_length=least, max_length=most, strip_whitespace=True, pattern=PLAIN)


Short = Annotated[str, _text(60, 0)]
WakeName = Annotated[str, _text(60)]
ModelName = Annotated[str, _text(120)]
Patience = Annotated[float, Field(ge=0, le=1, description="0: quick to answer. 1: waits long.")]
Limit = Annotated[
    int,
    Field(ge=rules.LEAST_LIMIT_S, le=rules.MOST_LIMIT_S, description="Of a session, in seconds; the shorter holds."),
]
Words = Annotated[int, Field(ge=rules.LEAST_WORDS, le=rules.MOST_WORDS, description="How long a reply may be.")]
Instructions = Annotated[
    str, _text(rules.MAX_INSTRUCTIONS), Field(description="Who the AI is. `{{variables}}` are those of the session.")
]

_DRAFT: Final[dict[str, Any]] = {
    "name": "Rosa",
    "title": "AI writing mentor",
    "instructions": "You are Rosa, a patient mentor for {{topic}}. You ask before you answer.",
    "greeting": "Hello, I'm Rosa, an AI. Shall we talk about {{topic}}?",
    "voice": "isla",
    "language": "en",
    "look": "warm",
    "patience": 0.7,
    "interruptible": True,
    "wake_names": ["rosa"],
    "wake_phrase": "hey rosa",
    "models": ["openai:gpt-4.1-mini"],
    "time_limit_s": 1800,
    "reply_words": 60,
}
_PERSONA: Final[dict[str, Any]] = {
    "id": "per_01k9z0c0v5g2m4q8r1t3w6y9f0",
    "draft": _DRAFT,
    "variables": ["topic"],
    "models_missing": [],
    "published": 2,
    "archived": False,
    "created_at": "2026-03-02T09:00:00Z",
    "updated_at": "2026-03-03T10:00:00Z",
}


class PersonaIn(BaseModel):
    """A persona to write."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{name: _DRAFT[name] for name in ("name", "title", "instructions")}]},
    )

    name: Annotated[str, _text(rules.MAX_NAME)]
    title: Annotated[str, _text(rules.MAX_TITLE)]
    instructions: Instructions
    greeting: Annotated[str, _text(rules.MAX_GREETING, 0)] | None = Field(
        default=None, description="Said as it is; left out, the AI makes one."
    )
    voice: Short = Field(default="", description="As the voice's provider names it; empty: the platform's.")
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", max_length=20)] = "en"
    look: Short = "default"
    patience: Patience = 0.5
    interruptible: bool = Field(default=True, strict=True, description="People may speak into its words.")
    wake_names: list[WakeName] = Field(default_factory=list[str], max_length=rules.MAX_WAKE_NAMES)
    wake_phrase: WakeName = "hey agent"
    models: list[ModelName] = Field(
        default_factory=list[str],
        max_length=rules.MAX_MODELS,
        description="Language models, the first that works; only those that this server is configured with are used.",
    )
    time_limit_s: Limit | None = None
    reply_words: Words | None = None

    def draft(self) -> PersonaDraft:
        return PersonaDraft(**_values(self.model_dump()))


class PersonaChangeIn(BaseModel):
    """What is to be another in a draft. A field that is left out stays."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"patience": 0.8}]})

    name: Annotated[str, _text(rules.MAX_NAME)] | None = None
    title: Annotated[str, _text(rules.MAX_TITLE)] | None = None
    instructions: Instructions | None = None
    greeting: Annotated[str, _text(rules.MAX_GREETING, 0)] | None = None
    voice: Short | None = None
    language: (
        Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", max_length=20)] | None
    ) = None
    look: Short | None = None
    patience: Patience | None = None
    interruptible: bool | None = Field(default=None, strict=True)
    wake_names: list[WakeName] | None = Field(default=None, max_length=rules.MAX_WAKE_NAMES)
    wake_phrase: WakeName | None = None
    models: list[ModelName] | None = Field(default=None, max_length=rules.MAX_MODELS)
    time_limit_s: Limit | None = None
    reply_words: Words | None = None

    def on(self, draft: PersonaDraft) -> PersonaDraft:
        """The draft with what was given. `greeting`, `time_limit_s` and `reply_words` may be taken away by null."""
        given = self.model_dump(exclude_unset=True)
        kept = {name: value for name, value in given.items() if value is not None or name in _MAY_BE_NONE}
        return _replaced(draft, _values(kept))


_LISTS: Final = frozenset({"wake_names", "models"})
_MAY_BE_NONE: Final = frozenset({"greeting", "time_limit_s", "reply_words"})


def _values(given: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if name in _LISTS else value for name, value in given.items()}


def _replaced(draft: PersonaDraft, values: dict[str, Any]) -> PersonaDraft:
    return PersonaDraft(**{**{name: getattr(draft, name) for name in PersonaDraft.__dataclass_fields__}, **values})


class RollBackIn(BaseModel):
    """The version to publish again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": 1}]})

    version: int = Field(ge=1, le=1_000_000)


class DraftOut(BaseModel):
    """What is written of a persona."""

    model_config = shown(_DRAFT)

    name: str
    title: str
    instructions: str
    greeting: str | None
    voice: str
    language: str
    look: str
    patience: float
    interruptible: bool
    wake_names: list[str]
    wake_phrase: str
    models: list[str]
    time_limit_s: int | None
    reply_words: int | None

    @classmethod
    def of(cls, draft: PersonaDraft) -> Self:
        values: dict[str, JsonValue] = {name: getattr(draft, name) for name in PersonaDraft.__dataclass_fields__}
        return cls.model_validate(values)


class OwnPersonaOut(BaseModel):
    """A persona that people of this community wrote, as its hosts see it."""

    model_config = shown(_PERSONA)

    id: str
    draft: DraftOut
    variables: list[str] = Field(description="The variables that the draft uses: sessions with it should give them.")
    models_missing: list[str] = Field(description="Models it names that this server is not configured with.")
    published: int | None = Field(description="The version that new sessions get.")
    archived: bool
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, persona: OwnPersona, configured: Collection[str]) -> Self:
        return cls(
            id=persona.id,
            draft=DraftOut.of(persona.draft),
            variables=list(variables_in(persona.draft)),
            models_missing=[name for name in persona.draft.models if name not in configured],
            published=persona.published,
            archived=persona.archived_at is not None,
            created_at=persona.created_at,
            updated_at=persona.updated_at,
        )


class OwnPersonasOut(BaseModel):
    """The community's own personas, newest first."""

    model_config = shown({"items": [_PERSONA], "next_cursor": None})

    items: list[OwnPersonaOut]
    next_cursor: None = None


class VersionOut(BaseModel):
    """A published version. It never changes."""

    version: int
    at: datetime
    by: str = Field(description="Whose account published it.")
    content: DraftOut

    @classmethod
    def of(cls, version: PersonaVersion) -> Self:
        return cls(version=version.version, at=version.at, by=version.by, content=DraftOut.of(version.draft))


class VersionsOut(BaseModel):
    """All versions of a persona, newest first."""

    model_config = shown(
        {
            "items": [{"version": 1, "at": "2026-03-02T09:30:00Z", "by": "local", "content": _DRAFT}],
            "next_cursor": None,
        }
    )

    items: list[VersionOut]
    next_cursor: None = None
