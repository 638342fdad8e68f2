"""Whether a turn is meant for the AI, by the policy of the format.

`when_called`: a turn calls the AI when it holds "hey agent" or one of the persona's names after a greeting word, or
begins with such a name. Who only called ("hey agent" and nothing more) is answered, and need not call again for a
short while. Each speaker calls for themselves.
"""

import re
from collections.abc import Iterable
from typing import Final

from vivavoce.domain.sessions.session import Address, Role

CALLED_FOR_MS: Final = 12_000  # who only called may go on this long without calling again
_GREETINGS: Final = frozenset({"hey", "hi", "hello", "ok", "okay", "dear"})
_ALWAYS: Final = "agent"
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def is_addressed(policy: Address, role: Role | None, text: str, names: Iterable[str], *, called: bool) -> bool:
    """Whether the AI is to answer. called: the same person called it a moment ago and said nothing else."""
    match policy:
        case Address.EVERYONE:
            return True
        case Address.HOSTS:
            return role is Role.HOST
        case Address.WHEN_CALLED:
            return called or _call(text, names) is not None
        case Address.NOBODY:
            return False


def only_calls(text: str, names: Iterable[str]) -> bool:
    """True for a call with nothing behind it: `Hey agent`."""
    found = _call(text, names)
    return found is not None and not found


def _call(text: str, names: Iterable[str]) -> list[str] | None:
    """The words besides the call, or None if nobody called."""
    words = [word.lower() for word in _WORD.findall(text)]
    for name in ([_ALWAYS], *(_split(name) for name in names)):
        size = len(name)
        for at in range(len(words) - size + 1) if size else ():
            if words[at : at + size] != name:
                continue
            greeted = at > 0 and words[at - 1] in _GREETINGS
            if greeted or (at == 0 and name != [_ALWAYS]):
                return words[: at - greeted] + words[at + size :]
    return None


def _split(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]
