"""What a person told about themselves: the answers of their onboarding, preferences, challenges and a picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from vivavoce.base.ids import AccountId
from vivavoce.domain.errors import Invalid

MAX_ANSWERS: Final = 40
MAX_NAME: Final = 64
MAX_ANSWER: Final = 1000
MAX_CHALLENGES: Final = 20
MAX_CHALLENGE: Final = 300
AVATARS: Final = ("amber", "birch", "cedar", "dune", "ember", "fern", "harbour", "indigo", "juniper", "lark")
"""Drawn pictures that can be chosen instead of uploading one."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What reaches the AI of a person, besides their goals.

    onboarding: question and answer, in the order asked. preferences: name and value, such as `tone: direct`.
    avatar: empty, one of AVATARS, or the key of an uploaded picture. memory: False keeps nothing between sessions.
    """

    account: AccountId
    onboarding: Mapping[str, str] = field(default_factory=dict[str, str])
    preferences: Mapping[str, str] = field(default_factory=dict[str, str])
    challenges: tuple[str, ...] = ()
    avatar: str = ""
    memory: bool = True


def checked(profile: Profile) -> Profile:
    """The profile without blank entries. Raises Invalid for one that holds too much."""
    return Profile(
        profile.account,
        _answers("onboarding", profile.onboarding),
        _answers("preferences", profile.preferences),
        _challenges(profile.challenges),
        profile.avatar,
        profile.memory,
    )


def _answers(what: str, given: Mapping[str, str]) -> dict[str, str]:
    kept = {name.strip(): value.strip() for name, value in given.items() if name.strip() and value.strip()}
    too_long = any(len(name) > MAX_NAME or len(value) > MAX_ANSWER for name, value in kept.items())
    if too_long or len(kept) > MAX_ANSWERS:
        raise Invalid(
            f"{what} holds at most {MAX_ANSWERS} answers, names up to {MAX_NAME} and values up to {MAX_ANSWER} "
            "characters long."
        )
    return kept


def _challenges(given: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(text.strip() for text in given if text.strip()))
    if len(kept) > MAX_CHALLENGES or any(len(text) > MAX_CHALLENGE for text in kept):
        raise Invalid(f"At most {MAX_CHALLENGES} challenges of up to {MAX_CHALLENGE} characters each.")
    return kept
