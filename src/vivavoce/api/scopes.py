"""Which request needs which scope of an API key, and what a guest link or room token opens. One table, by path.

A key with named scopes opens nothing that is not in the table; a test holds it to the paths there are.
"""

import re
from dataclasses import dataclass
from typing import Final

from vivavoce.base.ids import SessionId

NOTHING: Final = ""  # needs no scope: everybody who is signed in may see it
ALL: Final = "*"  # only by a key with all rights
NEVER: Final = "-"  # not by a key: a person must sign in for it
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Needs:
    """Scopes for looking at, and for changing, what is at a path and below. The first that fits counts."""

    path: re.Pattern[str]
    read: str
    write: str


def _at(path: str, read: str, write: str | None = None) -> Needs:
    return Needs(re.compile(rf"/api/(?:{path})(?:/.*)?"), read, write if write is not None else read)


TABLE: Final = (
    _at("me/password|me/sign-ins|me/identities|keys|password|sign-in|accounts", NEVER),
    _at("me/export", ALL),
    _at("me", NOTHING, "profile:write"),
    _at("help-lines|status|formats|docs|reference|openapi.json|live.schema.json|schema", NOTHING),
    _at("credits/(?:grants|refunds|prices)|prices|purses", "credits:admin"),
    _at("credits|packs|shop", "credits:read", "credits:write"),
    _at(
        "profile|goals|projects|progress|days|streak|record|calendar|appointments|export",
        "profile:read",
        "profile:write",
    ),
    _at("memory|memories", "memory:read", "memory:write"),
    _at("personas", "personas:read", "personas:write"),
    _at("people|community", "people:admin"),
    _at("webhooks", "webhooks:admin"),
    _at("insights|communities/insights", "insights:read"),
    _at("audit", "audit:read"),
    _at("sessions|rooms|invitations|feedback|exchanges|notes", "sessions:read", "sessions:write"),
)


_GRAVE: Final = frozenset({("DELETE", "/api/me")})  # erases the person: not what changing a profile allows


def scope_for(method: str, path: str) -> str | None:
    """The scope a request needs; None: only a key with all rights will do."""
    for needs in TABLE:
        if needs.path.fullmatch(path):
            scope = needs.read if method in _SAFE else needs.write
            return None if scope == ALL or (method, path) in _GRAVE else scope
    return None


_ANYWHERE: Final = re.compile(
    r"/api/(?:me|help-lines|(?:status|formats|personas|docs|openapi\.json|live\.schema\.json)(?:/.*)?)"
)
_ENTERING: Final = re.compile(r"/api/(?:sign-in|invitations)(?:/.*)?")


def opens(only: SessionId, method: str, path: str) -> bool:
    """Whether who came for one session may go there: to that session, and to what it takes to get in and out."""
    if path == f"/api/sessions/{only}" or path.startswith(f"/api/sessions/{only}/"):
        return True
    if _ENTERING.fullmatch(path):
        return True
    return method in _SAFE and (path == "/api/sessions" or _ANYWHERE.fullmatch(path) is not None)
