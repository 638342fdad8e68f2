"""DomainError: base of every failure a user can meet.

DomainError
├── NotFound            SessionNotFound, PersonaNotFound, ...
├── IllegalTransition   the session is not in a phase that allows this
├── Conflict            somebody else was first, or the same key came with another request
├── NotAllowed          who asks may not do this
└── Invalid             the request makes no sense; the message says what would
`code` is stable and part of the API; the message is for people and says what to do. `members` are facts that a program
needs beside it, such as the id of the session in the way.
"""

from collections.abc import Mapping
from typing import ClassVar


class DomainError(Exception):
    """A failure a user can meet. `str()` is a sentence that says what is wrong and what to do.

    members: JSON values by name, told beside the sentence: `SessionOpen("...", session=id)`.
    """

    code: ClassVar[str] = "error"

    def __init__(self, said: str = "", /, **members: object) -> None:
        super().__init__(*([said] if said else []))
        self.members: Mapping[str, object] = members


class NotFound(DomainError):
    code = "not_found"


class SessionNotFound(NotFound):
    code = "session_not_found"


class PersonaNotFound(NotFound):
    code = "persona_not_found"


class AccountNotFound(NotFound):
    code = "account_not_found"


class CommunityNotFound(NotFound):
    code = "community_not_found"


class SignInNotFound(NotFound):
    code = "sign_in_not_found"


class KeyNotFound(NotFound):
    code = "key_not_found"


class InvitationNotFound(NotFound):
    code = "invitation_not_found"


class FormatNotFound(NotFound):
    code = "format_not_found"


class GoalNotFound(NotFound):
    code = "goal_not_found"


class ProjectNotFound(NotFound):
    code = "project_not_found"


class MemoryNotFound(NotFound):
    code = "memory_not_found"


class WebhookNotFound(NotFound):
    code = "webhook_not_found"


class MediaNotFound(NotFound):
    code = "media_not_found"


class ReportNotReady(NotFound):
    code = "report_not_ready"


class IllegalTransition(DomainError):
    code = "illegal_transition"


class Conflict(DomainError):
    code = "conflict"


class ModalityNotOffered(Conflict):
    """The format does not take this: typed text, sound, a microphone."""

    code = "modality_not_offered"


class SessionFull(Conflict):
    code = "session_full"


class SessionOpen(Conflict):
    """There is one that is not over, and a person has one at a time. The member `session` is its id."""

    code = "session_open"


class IdempotencyMismatch(Conflict):
    code = "idempotency_mismatch"


class NotAllowed(DomainError):
    code = "not_allowed"


class Invalid(DomainError):
    code = "invalid"


class UnsupportedMedia(Invalid):
    code = "unsupported_media"


class TooLarge(Invalid):
    code = "too_large"


class Unavailable(DomainError):
    """A part that is needed is missing, busy or failing; the same request may succeed later."""

    code = "unavailable"
