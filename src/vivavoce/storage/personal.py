"""What in each table is about a person, how it is exported, and what becomes of it when the person is erased.

Every table of the metadata is declared here; a test fails for one that is not. What `erase` says:
- DELETE: the rows go.
- UNLINK: the rows stay, and wherever they name the account, a made-up id takes its place. It is the same in all rows
  of one erasing, so that books still add up, and leads nowhere.
- SESSION: the rows go with their session. What they hold of somebody else's session is dealt with in
  services/rights/erase.py: that person's words and name are taken out of it.
- NOTHING: no person is named in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Erase(StrEnum):
    DELETE = "delete"
    UNLINK = "unlink"
    SESSION = "session"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Personal:
    """of: the columns that name the account; a row is about the person when one of them does.

    why: what the table holds of a person, and why it is dealt with so. export: the file in a person's export; None:
    not exported by rows. hidden: columns that are left out of it.
    """

    erase: Erase
    why: str
    of: tuple[str, ...] = ()
    export: str | None = None
    hidden: tuple[str, ...] = ()


def _deleted(why: str, *, of: str = "account", export: str | None = None, hidden: tuple[str, ...] = ()) -> Personal:
    return Personal(Erase.DELETE, why, (of,), export, hidden)


def _nothing(why: str) -> Personal:
    return Personal(Erase.NOTHING, why)


def _with_session(why: str) -> Personal:
    return Personal(Erase.SESSION, why)


PERSONAL: Final[Mapping[str, Personal]] = {
    # --- people ---
    "accounts": _deleted("Who somebody is.", of="id", export="account", hidden=("password",)),
    "identities": _deleted("Who an OIDC provider knows them as.", export="identities"),
    "sign_ins": _deleted("Where they are signed in.", export="sign_ins", hidden=("hash",)),
    "api_keys": _deleted("Their keys.", export="api_keys", hidden=("hash",)),
    "tickets": _deleted("Links that were mailed to them."),
    "profiles": _deleted("Onboarding answers, preferences, challenges, avatar.", export="profile"),
    "goals": _deleted("Their goals.", export="goals"),
    "projects": _deleted("Their projects.", of="owner", export="projects"),
    "calendar_feeds": _deleted("The secret address of their calendar.", export="calendar_feeds", hidden=("hash",)),
    "days": _deleted("On which days they had sessions.", export="days"),
    "personas": Personal(
        Erase.UNLINK, "Personas they made: others may have sessions with them. Drafts go.", ("owner",), "personas"
    ),
    "persona_versions": Personal(Erase.UNLINK, "Who published a version.", ("by",)),
    "invitations": _deleted("Invitations they sent.", of="created_by", export="invitations", hidden=("hash",)),
    "used_links": _nothing("Numbers of links that were used."),
    "secrets": _nothing("What links are signed with."),
    "communities": _nothing("The tenant."),
    "audit": Personal(
        Erase.UNLINK, "Who saw or changed what stays on record, without who it was.", ("actor", "subject"), "audit"
    ),
    # --- money ---
    "ledger": Personal(
        Erase.UNLINK, "Books are kept, without whose they are.", ("account", "by"), "credits"
    ),
    "holds": Personal(Erase.UNLINK, "As the ledger.", ("account",)),
    "purses": Personal(Erase.UNLINK, "As the ledger.", ("account",)),
    "purchases": Personal(Erase.UNLINK, "As the ledger: what was bought must be on record.", ("account",), "purchases"),
    "prices": Personal(Erase.UNLINK, "Who set a price.", ("by",)),
    "shop_notices": _nothing("Numbers of notices of the shop."),
    # --- memory, feedback, notes ---
    "memories": _deleted("What is remembered of them.", export="memories", hidden=("words",)),
    "forgotten": _deleted("Marks of what is not to be learnt again."),
    "remembered": _with_session("That a session was gone through for memories."),
    "feedback": _deleted("How they rated sessions and replies.", export="feedback"),
    "notes": _deleted("Notes they kept with sessions.", export="notes"),
    "attendances": _deleted("When they were in which session, and for how long.", export="attendances"),
    # --- sessions ---
    "sessions": Personal(Erase.SESSION, "Their own go; of others' they lose seat and name.", ("owner",)),
    "seat_holders": _deleted("That they have a seat in a session."),
    "open_sessions": _deleted("Their last session of a format.", of="owner"),
    "events": _with_session("The log: their turns, name and notes are taken out of others' sessions."),
    "reports": _with_session("A report of a session they were in is dropped: it may quote them. It can be run again."),
    "report_versions": _with_session("As reports."),
    "report_scores": _with_session("As reports."),
    "leases": _nothing("Which node runs a room."),
    # --- webhooks, requests, jobs ---
    "webhooks": _nothing("Addresses of the community's own programs."),
    "deliveries": _with_session("What webhooks were told of them and of sessions they were in goes, sent or not."),
    "idempotency": _deleted("Answers kept for repeated requests."),
    "jobs": _with_session("Work that names their sessions or account is not done any more."),
    "crisis_counts": _nothing("A number for each community and year."),
}  # fmt: skip
