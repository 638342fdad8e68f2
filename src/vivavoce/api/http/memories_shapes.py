"""What goes over the wire of memories."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, Field, StringConstraints

from vivavoce.api.http.shapes import PLAIN, shown, taken
from vivavoce.domain.memory.memory import LONGEST_TEXT, Memory, MemoryKind
from vivavoce.services.memory.known import Origin
from vivavoce.services.memory.switch import Switch

_MEMORY: Final[dict[str, Any]] = {
    "id": "mem_01k9z0c0v5g2m4q8r1t3w6y9e0",
    "kind": "commitment",
    "text": "I will call my sister on Friday",
    "about": "",
    "pinned": False,
    "paused": False,
    "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "turn": "turn_01k9z0c0v5g2m4q8r1t3w6y9b4",
    "replaced_by": None,
    "created_at": "2026-03-02T09:20:31Z",
    "updated_at": "2026-03-02T09:20:31Z",
}
Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, strip_whitespace=True, pattern=PLAIN)]


class MemoryIn(BaseModel):
    """A note of one's own."""

    model_config = taken({"kind": "preference", "text": "I'd rather write than talk", "pinned": True})

    kind: MemoryKind = MemoryKind.FACT
    text: Text = Field(description="A short sentence in the first person.")
    pinned: bool = Field(default=False, description="Told to every session first.")


class MemoryChangeIn(BaseModel):
    """What is to be another. A field that is left out stays."""

    model_config = taken({"pinned": True}, {"text": "I live in Bonn"}, {"paused": True})

    kind: MemoryKind | None = None
    text: Text | None = None
    pinned: bool | None = Field(default=None, description="Told to every session first.")
    paused: bool | None = Field(default=None, description="Kept, and not used.")


class MemoryOut(BaseModel):
    """One thing that is remembered, in the person's own words."""

    model_config = shown(_MEMORY)

    id: str
    kind: MemoryKind
    text: str
    about: str = Field(description="What there is one of at a time, such as `home`; a newer one replaces it.")
    pinned: bool
    paused: bool
    session: str | None = Field(description="Where it was learnt; null: an own note, or the session is gone.")
    turn: str | None
    replaced_by: str | None = Field(description="The newer memory that took its place; null: it holds today.")
    created_at: datetime
    updated_at: datetime = Field(description="When it was last said, or changed.")

    @classmethod
    def of(cls, memory: Memory) -> Self:
        return cls(
            id=memory.id,
            kind=memory.kind,
            text=memory.text,
            about=memory.about,
            pinned=memory.pinned,
            paused=memory.paused,
            session=memory.session,
            turn=memory.turn,
            replaced_by=memory.replaced_by,
            created_at=memory.created_at,
            updated_at=memory.updated_at,
        )


class MemoryPage(BaseModel):
    """What holds today, newest first."""

    model_config = shown({"items": [_MEMORY], "next_cursor": None})

    items: list[MemoryOut]
    next_cursor: str | None


class MemoryHistory(BaseModel):
    """A memory with what it replaced and what replaced it, oldest first."""

    model_config = shown({"items": [_MEMORY]})

    items: list[MemoryOut]


class SourceOut(BaseModel):
    """Where a memory comes from."""

    model_config = shown(
        {
            "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "session_title": "Ask for the promotion",
            "turn": "turn_01k9z0c0v5g2m4q8r1t3w6y9b4",
            "quote": "I'll call my sister on Friday",
            "at": "2026-03-02T09:20:31Z",
            "own_note": False,
        }
    )

    session: str | None = Field(description="Null: an own note, or the session is gone.")
    session_title: str | None
    turn: str | None
    quote: str = Field(description="Word for word as it was said; empty for an own note.")
    at: datetime = Field(description="When it was learnt.")
    own_note: bool

    @classmethod
    def of(cls, origin: Origin) -> Self:
        memory, session = origin.memory, origin.session
        return cls(
            session=session.id if session is not None else None,
            session_title=session.title if session is not None else None,
            turn=memory.turn,
            quote=memory.quote,
            at=memory.created_at,
            own_note=memory.noted,
        )


class ForgottenOut(BaseModel):
    model_config = shown({"forgotten": 12})

    forgotten: int = Field(description="How many memories, replaced ones counted too.")


class SwitchIn(BaseModel):
    """Whether anything is remembered."""

    model_config = taken({"on": False, "forget": True}, {"on": True})

    on: bool
    forget: bool = Field(default=False, description="What is kept goes as well.")


class SwitchOut(BaseModel):
    """Whether anything is remembered, and how much is kept."""

    model_config = shown({"on": False, "kept": 12})

    on: bool = Field(description="False: nothing new is kept, and nothing is used.")
    kept: int = Field(description="Memories that hold today. `DELETE /api/memories` forgets them.")

    @classmethod
    def of(cls, switch: Switch) -> Self:
        return cls(on=switch.on, kept=switch.kept)
