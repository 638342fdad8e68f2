"""What the AI wants to say and waits to: in which order, and what makes what needless. Pure.

A goodbye comes before everything and ends all other wishes; next comes what the crisis protocol has to say. An answer
replaces an older one, and makes greeting, pick-up and nudges needless. Notices are kept beside it; a newer one on the
time left replaces the older.
"""

from dataclasses import dataclass
from typing import Final

from vivavoce.domain.sessions.dialogue import Say
from vivavoce.domain.sessions.events import ReplyKind


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to be said. protected: to its end, whoever speaks. since_ms: wanted since then. chime: before it."""

    say: Say
    since_ms: int
    protected: bool = False
    chime: bool = False


Agenda = tuple[Wish, ...]

_RANK: Final = {
    ReplyKind.GOODBYE: 0,
    ReplyKind.CRISIS: 1,
    ReplyKind.GREETING: 2,
    ReplyKind.PICK_UP: 2,
    ReplyKind.ANSWER: 3,
    ReplyKind.WRAP_UP_ASK: 3,
    ReplyKind.NOTICE: 4,
    ReplyKind.NUDGE: 5,
    ReplyKind.IDLE_ASK: 5,
}
_ANSWERS: Final = frozenset({ReplyKind.ANSWER, ReplyKind.WRAP_UP_ASK})
_MUST: Final = frozenset({ReplyKind.GOODBYE, ReplyKind.CRISIS, ReplyKind.NOTICE})
_NUDGES: Final = frozenset({ReplyKind.NUDGE, ReplyKind.IDLE_ASK})
_OPENINGS: Final = frozenset({ReplyKind.GREETING, ReplyKind.PICK_UP})


def add(agenda: Agenda, wish: Wish) -> Agenda:
    """The agenda with one more wish, next first."""
    kind = wish.say.kind
    if any(other.say.kind is ReplyKind.GOODBYE for other in agenda):
        return agenda
    if kind is ReplyKind.GOODBYE:
        return (wish,)
    kept = [other for other in agenda if not _makes_needless(wish, other)]
    return tuple(sorted([*kept, wish], key=lambda each: _RANK[each.say.kind]))


def without_nudges(agenda: Agenda) -> Agenda:
    """Somebody speaks: nobody needs to be nudged."""
    return tuple(wish for wish in agenda if wish.say.kind not in _NUDGES)


def only_what_must(agenda: Agenda) -> Agenda:
    """The AI is to be silent: what is left is what the platform itself has to say."""
    return tuple(wish for wish in agenda if wish.say.kind in _MUST)


def only_goodbye(agenda: Agenda) -> Agenda:
    """A person leads: the AI says nothing."""
    return tuple(wish for wish in agenda if wish.say.kind is ReplyKind.GOODBYE)


def _makes_needless(wish: Wish, other: Wish) -> bool:
    kind, old = wish.say.kind, other.say.kind
    if kind is ReplyKind.CRISIS:
        return old is not ReplyKind.NOTICE
    if kind in _ANSWERS:
        return old in _ANSWERS | _OPENINGS | _NUDGES
    if kind is ReplyKind.NOTICE:
        return old is ReplyKind.NOTICE and other.protected and wish.protected and not other.chime
    return _RANK[old] == _RANK[kind]
