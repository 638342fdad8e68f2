"""A person's own projects."""

from dataclasses import dataclass, replace

from vivavoce.base.ids import ProjectId
from vivavoce.base.new_id import new_id
from vivavoce.domain.people.projects import Link, Project, checked_project
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Cursor
from vivavoce.services.container import Services
from vivavoce.services.people.ports import Listing


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """What is to be another; None stays."""

    title: str | None = None
    notes: str | None = None
    links: tuple[Link, ...] | None = None


async def add_project(
    viewer: Viewer, title: str, notes: str = "", links: tuple[Link, ...] = (), *, use: Services
) -> Project:
    """A project of the viewer's. Raises Invalid."""
    at = use.clock.now()
    id = ProjectId(new_id("pro"))
    project = checked_project(Project(id, viewer.community, viewer.account, title, notes, links, at, at))
    async with use.store.transaction() as tx:
        await tx.projects.add(project)
    return project


async def get_project(viewer: Viewer, id: ProjectId, *, use: Services) -> Project:
    """Raises ProjectNotFound."""
    async with use.store.reading() as tx:
        return await tx.projects.get(viewer, id)


async def change_project(viewer: Viewer, id: ProjectId, wanted: ProjectChange, *, use: Services) -> Project:
    """Raises ProjectNotFound, Invalid."""
    async with use.store.transaction() as tx:
        before = await tx.projects.get(viewer, id)
        after = replace(
            before,
            title=before.title if wanted.title is None else wanted.title,
            notes=before.notes if wanted.notes is None else wanted.notes,
            links=before.links if wanted.links is None else wanted.links,
            updated_at=use.clock.now(),
        )
        after = checked_project(after)
        await tx.projects.save(after)
    return after


async def remove_project(viewer: Viewer, id: ProjectId, *, use: Services) -> None:
    """Sessions that were linked to it stay as they are. Raises ProjectNotFound."""
    async with use.store.transaction() as tx:
        await tx.projects.remove(viewer, id)


async def own_projects(
    viewer: Viewer, *, after: Cursor | None = None, limit: int = 50, use: Services
) -> Listing[Project]:
    """Newest first. limit: 1 to 100."""
    async with use.store.reading() as tx:
        return await tx.projects.page(viewer, viewer.account, after=after, limit=limit)
