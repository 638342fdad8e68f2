"""A person's own goals: set, met, dropped."""

from vivavoce.base.ids import GoalId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.people.goals import Goal, GoalState, changed, checked_goal
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Cursor
from vivavoce.services.container import Services
from vivavoce.services.people.ports import Listing


async def set_goal(viewer: Viewer, text: str, session: SessionId | None = None, *, use: Services) -> Goal:
    """An open goal of the viewer's. session: where it was set. Raises Invalid, SessionNotFound."""
    async with use.store.transaction() as tx:
        if session is not None:
            await tx.sessions.get(viewer, session)
        goal = Goal(
            GoalId(new_id("goa")),
            viewer.community,
            viewer.account,
            checked_goal(text),
            GoalState.OPEN,
            use.clock.now(),
            session,
        )
        await tx.goals.add(goal)
    return goal


async def change_goal(
    viewer: Viewer, id: GoalId, *, text: str | None = None, state: GoalState | None = None, use: Services
) -> Goal:
    """The goal in other words or another state. Safe to repeat. Raises GoalNotFound, Invalid."""
    async with use.store.transaction() as tx:
        goal = changed(await tx.goals.get(viewer, id), use.clock.now(), text=text, state=state)
        await tx.goals.save(goal)
    return goal


async def own_goals(
    viewer: Viewer, *, state: GoalState | None = None, after: Cursor | None = None, limit: int = 50, use: Services
) -> Listing[Goal]:
    """Newest first. limit: 1 to 100."""
    async with use.store.reading() as tx:
        return await tx.goals.page(viewer, viewer.account, state=state, after=after, limit=limit)
