"""What goes over the wire of profiles, goals and projects."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from vivavoce.api.http.shapes import PLAIN, shown, taken
from vivavoce.domain.people import goals, profile, projects
from vivavoce.domain.people.goals import Goal, GoalState
from vivavoce.domain.people.profile import Profile
from vivavoce.domain.people.projects import Link, Project
from vivavoce.services.people.profiles import is_uploaded


def _text(most: int, least: int = 1) -> StringConstraints:
    return StringConstraints(min_length=least, max_length=most, strip_whitespace=True, pattern=PLAIN)


Answer = Annotated[str, _text(profile.MAX_ANSWER, 0)]
Question = Annotated[str, _text(profile.MAX_NAME)]
Challenge = Annotated[str, _text(profile.MAX_CHALLENGE)]

_PROFILE: Final[dict[str, Any]] = {
    "onboarding": {"What brings you here?": "I lead a team for the first time."},
    "preferences": {"tone": "direct", "pace": "slow"},
    "challenges": ["I take everything on myself"],
}


# --- profile ----------------------------------------------------------------------------------------


class ProfileIn(BaseModel):
    """What is to be another. A field that is left out stays; one that is given replaces the whole of it."""

    model_config = taken(_PROFILE, {"avatar": "fern"})

    onboarding: dict[Question, Answer] | None = Field(
        default=None, max_length=profile.MAX_ANSWERS, description="Question and answer. Empty answers are dropped."
    )
    preferences: dict[Question, Answer] | None = Field(default=None, max_length=profile.MAX_ANSWERS)
    challenges: list[Challenge] | None = Field(default=None, max_length=profile.MAX_CHALLENGES)
    avatar: str | None = Field(
        default=None,
        max_length=40,
        description=f"One of {', '.join(profile.AVATARS)}, or empty for none. A picture: `POST /api/profile/avatar`.",
    )
    memory: bool | None = Field(
        default=None,
        strict=True,
        description="Whether anything is remembered between sessions. What is kept: `DELETE /api/memories`.",
    )


class ProfileOut(BaseModel):
    """What the AI is told of a person, besides their goals."""

    model_config = shown({**_PROFILE, "avatar": "fern", "avatar_url": None, "memory": True})

    onboarding: dict[str, str]
    preferences: dict[str, str]
    challenges: list[str]
    avatar: str = Field(description="The drawn picture that was chosen; `uploaded` for one's own; empty: none.")
    avatar_url: str | None = Field(description="Where one's own picture is. A new picture has a new address.")
    memory: bool = Field(description="Whether anything is remembered between sessions.")

    @classmethod
    def of(cls, found: Profile) -> Self:
        uploaded = is_uploaded(found)
        name = found.avatar.rpartition("/")[2].removesuffix(".png")
        return cls(
            onboarding=dict(found.onboarding),
            preferences=dict(found.preferences),
            challenges=list(found.challenges),
            avatar="uploaded" if uploaded else found.avatar,
            avatar_url=f"/api/profile/avatar?v={name}" if uploaded else None,
            memory=found.memory,
        )


# --- goals ------------------------------------------------------------------------------------------

_GOAL: Final[dict[str, Any]] = {
    "id": "goa_01k9z0c0v5g2m4q8r1t3w6y9c0",
    "text": "Ask for the promotion before summer",
    "state": "open",
    "session": None,
    "created_at": "2026-03-02T09:00:00Z",
    "closed_at": None,
}


class GoalIn(BaseModel):
    """A goal to set."""

    model_config = taken({"text": _GOAL["text"]})

    text: Annotated[str, _text(goals.MAX_GOAL)]
    session: str | None = Field(default=None, max_length=80, description="The session it was set in, if in one.")


class GoalChangeIn(BaseModel):
    """What is to be another."""

    model_config = taken({"state": "met"})

    text: Annotated[str, _text(goals.MAX_GOAL)] | None = None
    state: GoalState | None = None


class GoalOut(BaseModel):
    """A goal: open until it is met or dropped."""

    model_config = shown(_GOAL)

    id: str
    text: str
    state: GoalState
    session: str | None
    created_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, goal: Goal) -> Self:
        return cls(
            id=goal.id,
            text=goal.text,
            state=goal.state,
            session=goal.session,
            created_at=goal.created_at,
            closed_at=goal.closed_at,
        )


class GoalPage(BaseModel):
    """One's goals, newest first."""

    model_config = shown({"items": [_GOAL], "next_cursor": None})

    items: list[GoalOut]
    next_cursor: str | None


# --- projects ---------------------------------------------------------------------------------------

_LINKS: Final[JsonValue] = [{"url": "https://example.org/plan", "title": "The plan"}]
_PROJECT: Final[dict[str, Any]] = {
    "id": "pro_01k9z0c0v5g2m4q8r1t3w6y9d0",
    "title": "The new booking page",
    "notes": "Two developers, four weeks. The old page must stay up.",
    "links": _LINKS,
    "created_at": "2026-03-02T09:00:00Z",
    "updated_at": "2026-03-03T10:00:00Z",
}
Title = Annotated[str, _text(projects.MAX_TITLE)]
NotesText = Annotated[str, StringConstraints(max_length=projects.MAX_NOTES, pattern=PLAIN)]


class WebLinkIn(BaseModel):
    """An address on the web. It is told to the AI and never fetched."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(min_length=8, max_length=projects.MAX_ADDRESS, description="Begins with http:// or https://.")
    title: Annotated[str, _text(projects.MAX_TITLE, 0)] = ""

    def link(self) -> Link:
        return Link(self.url, self.title)


class ProjectIn(BaseModel):
    """A project to keep."""

    model_config = taken({"title": _PROJECT["title"], "notes": _PROJECT["notes"], "links": _LINKS})

    title: Title
    notes: NotesText = ""
    links: list[WebLinkIn] = Field(default_factory=list[WebLinkIn], max_length=projects.MAX_LINKS)


class ProjectChangeIn(BaseModel):
    """What is to be another."""

    model_config = taken({"notes": "The old page may go."})

    title: Title | None = None
    notes: NotesText | None = None
    links: list[WebLinkIn] | None = Field(default=None, max_length=projects.MAX_LINKS)


class LinkOut(BaseModel):
    """An address on the web."""

    url: str
    title: str


class ProjectOut(BaseModel):
    """What a person works on. A session that is linked to it tells the AI its notes and links."""

    model_config = shown(_PROJECT)

    id: str
    title: str
    notes: str
    links: list[LinkOut]
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, project: Project) -> Self:
        return cls(
            id=project.id,
            title=project.title,
            notes=project.notes,
            links=[LinkOut(url=link.url, title=link.title) for link in project.links],
            created_at=project.created_at,
            updated_at=project.updated_at,
        )


class ProjectPage(BaseModel):
    """One's projects, newest first."""

    model_config = shown({"items": [_PROJECT], "next_cursor": None})

    items: list[ProjectOut]
    next_cursor: str | None
