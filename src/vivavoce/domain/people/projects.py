"""What a person works on: notes and links that reach the AI of a session that is linked to it. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from vivavoce.base.ids import AccountId, CommunityId, ProjectId
from vivavoce.domain.errors import Invalid

MAX_TITLE: Final = 200
MAX_NOTES: Final = 20_000
MAX_LINKS: Final = 30
MAX_ADDRESS: Final = 2000


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web. It is shown and told, never fetched."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    id: ProjectId
    community: CommunityId
    owner: AccountId
    title: str
    notes: str
    links: tuple[Link, ...]
    created_at: datetime
    updated_at: datetime


def checked_project(project: Project) -> Project:
    """The project without outer blanks. Raises Invalid for one that holds too much, or a link that is none."""
    title, notes = project.title.strip(), project.notes.strip()
    if not 1 <= len(title) <= MAX_TITLE:
        raise Invalid(f"A project's title has 1 to {MAX_TITLE} characters.")
    if len(notes) > MAX_NOTES:
        raise Invalid(f"A project's notes have at most {MAX_NOTES} characters.")
    if len(project.links) > MAX_LINKS:
        raise Invalid(f"A project has at most {MAX_LINKS} links.")
    return replace(project, title=title, notes=notes, links=tuple(_link(link) for link in project.links))


def _link(link: Link) -> Link:
    url, title = link.url.strip(), link.title.strip()
    if not _is_address(url):
        raise Invalid("A link is an address that begins with http:// or https://, up to 2000 characters, no blanks.")
    if len(title) > MAX_TITLE:
        raise Invalid(f"A link's title has at most {MAX_TITLE} characters.")
    return Link(url, title)


def _is_address(url: str) -> bool:
    if len(url) > MAX_ADDRESS or not url.isprintable() or any(char.isspace() for char in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port or an IPv6 address that is none
        return False
