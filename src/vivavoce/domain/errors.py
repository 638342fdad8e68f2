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


class OwnPersonaNotFound(NotFound):
    code = "own_persona_not_found"


class NoteNotFound(NotFound):
    code = "note_not_found"


class ProjectNotFound(NotFound):
    code = "project_not_found"


class MemoryNotFound(NotFound):
    code = "memory_not_found"


class WebhookNotFound(NotFound):
    code = "webhook_not_found"


class TaskNotFound(NotFound):
    code = "task_not_found"


class MediaNotFound(NotFound):
    code = "media_not_found"


class ReportNotReady(NotFound):
    code = "report_not_ready"


class NotSignedIn(DomainError):
    """Nobody is signed in, or the key or token that came with the request is not valid (any more)."""

    code = "not_signed_in"


class SignInFailed(NotSignedIn):
    """The e-mail address and the password do not belong together, or the account cannot be used."""

    code = "sign_in_failed"


class LinkRefused(NotSignedIn):
    """The signed link is not one of this community's platform, or is not for signing in."""

    code = "link_invalid"


class LinkExpired(LinkRefused):
    code = "link_expired"


class LinkUsed(LinkRefused):
    code = "link_used"


class LinkElsewhere(LinkRefused):
    """The signed link is for another community."""

    code = "link_elsewhere"


class TooMany(DomainError):
    """Tried too often. The member `retry_after_s` and the header `Retry-After` say in how many seconds to try again."""

    code = "too_many_attempts"


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


class EmailTaken(Conflict):
    code = "email_taken"


class InvitationOver(Conflict):
    """The link was used, taken back, or has run out."""

    code = "invitation_over"


class IdempotencyMismatch(Conflict):
    code = "idempotency_mismatch"


class NotAllowed(DomainError):
    code = "not_allowed"


class ScopeMissing(NotAllowed):
    """The API key was not given the scope for this."""

    code = "scope_missing"


class SignUpClosed(NotAllowed):
    """Nobody can make an account for themselves in this community."""

    code = "sign_up_closed"


class CsrfTokenMissing(NotAllowed):
    """A request that changes something and is known by its cookie needs the header `X-CSRF-Token`."""

    code = "csrf_token_missing"


class Invalid(DomainError):
    code = "invalid"


class UnsupportedMedia(Invalid):
    code = "unsupported_media"


class TooLarge(Invalid):
    code = "too_large"


class Unavailable(DomainError):
    """A part that is needed is missing, busy or failing; the same request may succeed later."""

    code = "unavailable"
