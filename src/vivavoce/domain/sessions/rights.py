"""Who may do what in a session: one table, by the role of one's seat and the format's rules. Pure."""

from enum import StrEnum

from vivavoce.base.ids import AccountId
from vivavoce.domain.errors import NotAllowed
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.domain.sessions.session import Role, Session


class Right(StrEnum):
    """What is asked for. The text completes "You may not ..."."""

    JOIN = "join this session"
    SPEAK = "speak in this session"
    START = "start this session"
    SET_UP = "set this session up"
    PLAN = "plan this session for another time"
    END = "end this session"
    STEER = "change who may address the AI"
    INVITE = "invite people to this session"
    COACH = "whisper to the AI, take over or hand back"
    REPORT = "have this report written again"


def role_of(viewer: Viewer, session: Session) -> Role | None:
    """The viewer's role: of their seat, or HOST for the owner. None: they have no seat."""
    for seat in session.seats:
        if seat.account == viewer.account:
            return seat.role
    return Role.HOST if owns(viewer.account, session) else None


def owns(account: AccountId, session: Session) -> bool:
    return session.owner == account


def may(viewer: Viewer, session: Session, right: Right, *, ended_by: Role = Role.MEMBER) -> bool:
    """ended_by: of the format: the least role that may end the session."""
    role = role_of(viewer, session)
    match right:
        case Right.JOIN:
            return role is not None or (session.listed and viewer.standing is not Standing.GUEST)
        case Right.SPEAK:
            return role is not None
        case Right.COACH:
            return role is Role.COACH
        case Right.REPORT:
            return role in (Role.HOST, Role.COACH)
        case Right.END:
            return role is Role.HOST or (ended_by is not Role.HOST and role is Role.MEMBER)
        case Right.START | Right.SET_UP | Right.PLAN | Right.STEER | Right.INVITE:
            return role is Role.HOST


def require(viewer: Viewer, session: Session, right: Right, *, ended_by: Role = Role.MEMBER) -> None:
    """Raises NotAllowed."""
    if not may(viewer, session, right, ended_by=ended_by):
        raise NotAllowed(f"You may not {right}: only {_who(right, ended_by)} may.")


def _who(right: Right, ended_by: Role) -> str:
    match right:
        case Right.COACH:
            return "its human coach"
        case Right.REPORT:
            return "who opened it or coached in it"
        case Right.JOIN:
            return "who was invited"
        case Right.SPEAK:
            return "who has a seat in it"
        case Right.END if ended_by is not Role.HOST:
            return "its members"
        case _:
            return "who opened it"
