"""Which passwords are refused: the ones that are tried first. No signs of certain kinds are asked for."""

import re
from collections.abc import Iterable
from typing import Final

from vivavoce.base.wording import words
from vivavoce.domain.errors import Invalid

_LEAST, _MOST, _LEAST_DIFFERENT = 10, 200, 5
_LEAST_OWN: Final = 4  # characters of a name or address that are looked for
_ADDED: Final = 5  # so few characters around what everybody knows make no password
_WORDS: Final = words(
    """
    password passwort passwd pass qwerty qwertz welcome letmein iloveyou admin administrator root user guest default
    changeme secret login master hello test football baseball dragon monkey sunshine princess superman batman shadow
    michael jordan liverpool computer internet freedom whatever trustno summer winter spring autumn vivavoce
    """
)
_COMMON: Final = re.compile(rf"(?:{'|'.join(sorted(_WORDS))})+")
_RUNS: Final = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)


def check_password(password: str, own: Iterable[str] = ()) -> None:
    """own: the person's address and name. Raises Invalid for one that is too easily guessed."""
    if not _LEAST <= len(password) <= _MOST:
        raise Invalid(f"A password has {_LEAST} to {_MOST} characters.")
    if len(set(password)) < _LEAST_DIFFERENT:
        raise Invalid(f"A password has at least {_LEAST_DIFFERENT} different characters.")
    lower = password.lower()
    if _is_common(lower):
        raise Invalid("This password is one of the first that are tried. Take a few words that only you would combine.")
    if any(known in lower and len(lower) - len(known) < _ADDED for known in _known(own)):
        raise Invalid("This password is your own address or name, or little more. Take something else.")


def _is_common(lower: str) -> bool:
    if any(lower in run or lower in run[::-1] for run in _RUNS):
        return True
    letters = re.sub(r"[^a-z]", "", lower)
    return _COMMON.fullmatch(letters) is not None and len(lower) - len(letters) < _LEAST


def _known(own: Iterable[str]) -> Iterable[str]:
    for text in own:
        lower = text.lower().strip()
        for part in (lower, lower.partition("@")[0]):
            if len(part) >= _LEAST_OWN:
                yield part
