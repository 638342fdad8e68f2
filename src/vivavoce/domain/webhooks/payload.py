"""What a webhook is told of an event: `{type, timestamp, data}`. Pure.

Without `content` only what is known to hold nobody's words goes along: numbers, yes and no, and the texts named in
`_TELLING`. A field that somebody adds to a fact later is left out until it is named here. What a coach whispers, and
the briefing at handing back, go to nobody.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from vivavoce.domain.sessions.codec import fact_to_dict, time_to_text, to_text
from vivavoce.domain.sessions.events import Event, Whispered, Withheld

NEVER: Final = (Whispered, Withheld)
_SECRET: Final = frozenset({"briefing"})
_TELLING: Final = frozenset(
    {
        *("format", "persona", "phase", "previous", "reason", "seat", "name", "role", "cause", "turn"),
        *("source", "reply", "kind", "answers", "status", "model", "state", "address", "port", "provider", "fault"),
        *("replaced_by", "where", "task", "done", "level", "exchange", "account", "project", "invitation", "rating"),
    }
)
"""Texts that are names of ours, or of people and things; not what somebody said, typed or wrote."""


def payload(event: Event, *, content: bool) -> str:
    """The body for one event of a session, as JSON text. content: whether what people said goes along."""
    fact = fact_to_dict(event.fact)
    type = str(fact.pop("type"))
    told = {name: value for name, value in fact.items() if name not in _SECRET and (content or _tells(name, value))}
    return body(type, event.at, {"session": event.session, "seq": event.seq, **told})


def body(type: str, at: datetime, data: Mapping[str, object]) -> str:
    """The body of any message, as JSON text."""
    return to_text({"type": type, "timestamp": time_to_text(at), "data": dict(data)})


def _tells(name: str, value: object) -> bool:
    return isinstance(value, bool | int | float) or (isinstance(value, str) and name in _TELLING)
