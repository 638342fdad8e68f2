"""A person's own profile and picture."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Invalid, MediaNotFound, TooLarge, Unavailable
from vivavoce.domain.people.profile import AVATARS, Profile, checked
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.container import Services

MAX_PICTURE_BYTES: Final = 5 * 1024 * 1024
_UPLOADED: Final = "avatars/"


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """What is to be another; None stays. memory: False keeps nothing new; what is kept stays until it is forgotten."""

    onboarding: Mapping[str, str] | None = None
    preferences: Mapping[str, str] | None = None
    challenges: tuple[str, ...] | None = None
    avatar: str | None = None
    memory: bool | None = None


async def own_profile(viewer: Viewer, *, use: Services) -> Profile:
    async with use.store.reading() as tx:
        return await tx.profiles.get(viewer, viewer.account)


async def change_profile(viewer: Viewer, wanted: ProfileChange, *, use: Services) -> Profile:
    """The viewer's profile with what is given in place of what was. Raises Invalid."""
    if wanted.avatar and wanted.avatar not in AVATARS:
        raise Invalid(f"An avatar that is not uploaded is one of {', '.join(AVATARS)}, or empty for none.")
    async with use.store.transaction() as tx:
        before = await tx.profiles.get(viewer, viewer.account)
        after = checked(
            replace(
                before,
                onboarding=before.onboarding if wanted.onboarding is None else wanted.onboarding,
                preferences=before.preferences if wanted.preferences is None else wanted.preferences,
                challenges=before.challenges if wanted.challenges is None else wanted.challenges,
                avatar=before.avatar if wanted.avatar is None else wanted.avatar,
                memory=before.memory if wanted.memory is None else wanted.memory,
            )
        )
        await tx.profiles.save(viewer, after)
    await _drop_picture(before.avatar, after.avatar, use)
    return after


async def upload_avatar(viewer: Viewer, content: bytes, *, use: Services) -> Profile:
    """The profile with the picture in `content`, made small and freed of what else the file told.

    Raises TooLarge, UnsupportedMedia, Unavailable.
    """
    if len(content) > MAX_PICTURE_BYTES:
        raise TooLarge(f"A picture has at most {MAX_PICTURE_BYTES // 1024 // 1024} MiB.")
    if use.pictures is None:
        raise Unavailable("This server takes no pictures: choose one of the drawn ones.")
    key = f"{folder_of(viewer.community, viewer.account)}/{new_id('pic')}.png"
    await use.files.put(key, await use.pictures.small(content))
    async with use.store.transaction() as tx:
        before = await tx.profiles.get(viewer, viewer.account)
        after = replace(before, avatar=key)
        await tx.profiles.save(viewer, after)
    await _drop_picture(before.avatar, key, use)
    return after


async def own_picture(viewer: Viewer, *, use: Services) -> bytes:
    """The uploaded picture, a PNG. Raises MediaNotFound."""
    profile = await own_profile(viewer, use=use)
    if not is_uploaded(profile):
        raise MediaNotFound("You have uploaded no picture.")
    return await use.files.get(profile.avatar)


def is_uploaded(profile: Profile) -> bool:
    return profile.avatar.startswith(_UPLOADED)


def folder_of(community: str, account: str) -> str:
    """Where a person's pictures lie among the files: what must go when the person is erased."""
    return f"{_UPLOADED}{community}/{account}"


async def _drop_picture(before: str, after: str, use: Services) -> None:
    if before.startswith(_UPLOADED) and before != after:
        await use.files.delete(before)
