"""What an API key may be used for: the scopes there are. Which request needs which is in api/scopes.py."""

from collections.abc import Mapping
from typing import Final

SCOPES: Final[Mapping[str, str]] = {
    "sessions:read": "See sessions, their events, transcripts, reports and sound",
    "sessions:write": "Open, prepare, hold and end sessions; invite to them",
    "profile:read": "See one's own account, profile, goals, projects and progress",
    "profile:write": "Change them",
    "memory:read": "See what is remembered about oneself",
    "memory:write": "Change and forget it",
    "personas:read": "See the community's own personas and their versions",
    "personas:write": "Make, change and publish them",
    "credits:read": "See one's balance, entries and what can be bought",
    "credits:write": "Buy credits",
    "credits:admin": "Grant and refund credits, and set prices",
    "people:admin": "See, invite and change the community's people and settings",
    "webhooks:admin": "Make, change and replay webhooks",
    "insights:read": "See how the community goes, without anyone's words",
    "audit:read": "See who saw or changed what",
}
