"""The community whose rows what runs now may touch: set for each request of somebody who is signed in.

Where the store can, it holds to it by itself (row-level security on PostgreSQL), so that a query which forgot to ask
who is asking still shows nothing of others. Nothing set: the platform itself, which sees all.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from vivavoce.base.ids import CommunityId

_CONFINED: Final[ContextVar[CommunityId | None]] = ContextVar("community", default=None)


def confined_to() -> CommunityId | None:
    return _CONFINED.get()


@contextmanager
def confined(community: CommunityId | None) -> Generator[None]:
    """What runs inside sees one community's rows; None: all. What it starts is confined likewise."""
    token = _CONFINED.set(community)
    try:
        yield
    finally:
        _CONFINED.reset(token)


@contextmanager
def as_platform() -> Generator[None]:
    """For what must look beyond: who is signing in is not known yet."""
    with confined(None):
        yield
