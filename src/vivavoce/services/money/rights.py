"""Who may give credits and set prices."""

from vivavoce.domain.errors import NotAllowed
from vivavoce.domain.people.viewer import Standing, Viewer


def is_admin(viewer: Viewer) -> bool:
    return viewer.standing.covers(Standing.ADMIN) and viewer.only is None


def require_admin(viewer: Viewer, what: str) -> None:
    """Raises NotAllowed."""
    if not is_admin(viewer):
        raise NotAllowed(f"Only an admin of the community may {what}.")
