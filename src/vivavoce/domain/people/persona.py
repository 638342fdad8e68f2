"""Who the AI is, as people write it: a draft that is changed freely, and published versions that never change. Pure.

1. A session runs with the version that was published when it was opened, whatever happens to the persona since.
2. Publishing makes a new version of the draft. Rolling back publishes an older one again; the draft stays.
3. An archived persona is offered to nobody any more; sessions that ran with it go on and can be read.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from vivavoce.base.ids import AccountId, CommunityId, PersonaId
from vivavoce.domain.errors import Invalid

VARIABLE: Final = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
MAX_INSTRUCTIONS: Final = 20_000
MAX_GREETING: Final = 1_000
MAX_NAME: Final = 60
MAX_TITLE: Final = 120
MAX_WAKE_NAMES: Final = 10
MAX_MODELS: Final = 5
LEAST_LIMIT_S, MOST_LIMIT_S = 60, 12 * 3600
LEAST_WORDS, MOST_WORDS = 10, 1000
_WORD: Final = re.compile(r"[^\W_]+(?:['’ -][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class PersonaDraft:
    """What is written of a persona. instructions, greeting: may hold `{{variables}}`.

    models: the language models to use, the first that works; empty: the platform's. time_limit_s: of a session with
    it, where the format's is longer or there is none. reply_words: how long its replies may be.
    """

    name: str
    title: str
    instructions: str
    greeting: str | None = None
    voice: str = ""
    language: str = "en"
    look: str = "default"
    patience: float = 0.5
    interruptible: bool = True
    wake_names: tuple[str, ...] = ()
    wake_phrase: str = "hey agent"
    models: tuple[str, ...] = ()
    time_limit_s: int | None = None
    reply_words: int | None = None


@dataclass(frozen=True, slots=True)
class OwnPersona:
    """A persona that people of a community wrote. published: the version that new sessions get; None: none yet."""

    id: PersonaId
    community: CommunityId
    owner: AccountId
    draft: PersonaDraft
    created_at: datetime
    updated_at: datetime
    published: int | None = None
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonaVersion:
    """version: counts from 1. by: who published it."""

    persona: PersonaId
    version: int
    community: CommunityId
    draft: PersonaDraft
    at: datetime
    by: AccountId


def variables_in(draft: PersonaDraft) -> tuple[str, ...]:
    """The variables it uses, each once, in the order of the alphabet."""
    return tuple(sorted({*VARIABLE.findall(draft.instructions), *VARIABLE.findall(draft.greeting or "")}))


def checked_draft(draft: PersonaDraft) -> PersonaDraft:
    """The draft without outer blanks. Raises Invalid, with a sentence that says what would be right."""
    draft = replace(
        draft,
        name=draft.name.strip(),
        title=draft.title.strip(),
        instructions=draft.instructions.strip(),
        greeting=(draft.greeting or "").strip() or None,
        wake_names=tuple(dict.fromkeys(name.strip().lower() for name in draft.wake_names if name.strip())),
        wake_phrase=draft.wake_phrase.strip().lower() or "hey agent",
        models=tuple(dict.fromkeys(name.strip() for name in draft.models if name.strip())),
    )
    for told in _faults(draft):
        raise Invalid(told)
    return draft


def _faults(draft: PersonaDraft) -> list[str]:
    bounds = {
        f"A persona's name has 1 to {MAX_NAME} characters.": 1 <= len(draft.name) <= MAX_NAME,
        f"A persona's title has 1 to {MAX_TITLE} characters.": 1 <= len(draft.title) <= MAX_TITLE,
        f"Instructions have 1 to {MAX_INSTRUCTIONS} characters.": 1 <= len(draft.instructions) <= MAX_INSTRUCTIONS,
        f"A greeting has at most {MAX_GREETING} characters.": len(draft.greeting or "") <= MAX_GREETING,
        "patience is 0 (quick to answer) to 1 (waits long).": 0 <= draft.patience <= 1,
        f"At most {MAX_WAKE_NAMES} wake names.": len(draft.wake_names) <= MAX_WAKE_NAMES,
        f"At most {MAX_MODELS} models.": len(draft.models) <= MAX_MODELS,
        "Wake names and wake phrase are words.": all(map(_is_called, (*draft.wake_names, draft.wake_phrase))),
        f"time_limit_s is {LEAST_LIMIT_S} to {MOST_LIMIT_S}.": _within(draft.time_limit_s, LEAST_LIMIT_S, MOST_LIMIT_S),
        f"reply_words is {LEAST_WORDS} to {MOST_WORDS}.": _within(draft.reply_words, LEAST_WORDS, MOST_WORDS),
        "{{ and }} stand around the name of a variable: letters, digits and _.": _is_whole(draft),
    }
    return [told for told, right in bounds.items() if not right]


def _is_called(text: str) -> bool:
    return len(text) <= 60 and _WORD.fullmatch(text) is not None


def _within(value: int | None, least: int, most: int) -> bool:
    return value is None or least <= value <= most


def _is_whole(draft: PersonaDraft) -> bool:
    """Whether every brace pair is that of a variable: `{{name` or `{{first name}}` would be said aloud as it stands."""
    rest = VARIABLE.sub("", draft.instructions + "\n" + (draft.greeting or ""))
    return "{{" not in rest and "}}" not in rest


def draft_to_dict(draft: PersonaDraft) -> dict[str, Any]:
    """As JSON."""
    return asdict(draft)


def draft_from_dict(stored: Mapping[str, Any]) -> PersonaDraft:
    """From `draft_to_dict`, also of an earlier release: what is new has its usual value."""
    known = {field.name for field in fields(PersonaDraft)}
    values: dict[str, Any] = {name: value for name, value in stored.items() if name in known}
    for listed in ("wake_names", "models"):
        values[listed] = tuple(values.get(listed, ()))
    return PersonaDraft(**values)
