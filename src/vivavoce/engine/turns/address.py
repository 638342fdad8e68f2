"""Whether a turn is meant for the AI, by the policy of the format.

1. `when_called`: a turn calls the AI when it holds its wake phrase ("hey agent"), one of its names after a greeting
   word, or begins with such a name. Who only called is answered, and need not call again for a short while.
2. Recognisers spell a call as they like ("hay agent", "hey asian", "hey age and"): after a greeting it is enough that
   the words sound like the name (sound.py). Short greetings that are words themselves ("a", "he") count at the start
   of a sentence only.
3. Who speaks of the AI does not call it: "I told him to say hey agent", "Ada said no", "my travel agent called".
4. Each speaker calls for themselves. A human coach is never answered uncalled, whoever else is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from vivavoce.domain.sessions.session import Address, Role
from vivavoce.engine.turns.sound import plain, sounds_like


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CALLED_FOR_MS: Final = 15_000  # who only called may begin this much later without calling again
USUAL_PHRASE: Final = "hey agent"
_GREETINGS: Final = frozenset({"hey", "hi", "hello", "ok", "okay", "dear", "yo", "hay", "hei", "heya", "hiya"})
_LIKE_HEY: Final = frozenset({"a", "ay", "aye", "eh", "hae", "he", "heh", "hate", "hes", "they", "then"})
_FILLERS: Final = frozenset({"um", "uh", "er", "erm", "so", "well", "and", "but", "oh", "ah", "please"})
_QUOTES: Final = _words(
    "say says said saying shout shouted yell yelled type typed typing write wrote writing phrase word words call "
    "called calling like with without name named hear heard"
)
_ABOUT: Final = _words("of said says told thinks thought called went wants wanted likes loves")
_VERBS: Final = _ABOUT | _words(
    "knows asked answered gave gets got has had was is isnt wasnt will would can could did does should needs and or "
    "looks sounds seems helps helped talks spoke works made makes"
)
_INVERTS: Final = _words("has had was is isnt will would can could did does should")
_SUBJECTS: Final = _words("i you we it he she they there that this these those the a an my your our anyone")
_NEVER_NAMES: Final = _words(
    "the to do a an and or at it is in of either other there their they out this that what who how you your i we us "
    "add ad aid odd day data date then than thought though"
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[.!?;,:…@]")
_STOPS: Final = frozenset(".!?;…")


def is_addressed(
    policy: Address, role: Role | None, text: str, names: Iterable[str], *, called: bool, phrase: str = USUAL_PHRASE
) -> bool:
    """Whether the AI is to answer. called: the same person called it a moment ago and said nothing else."""
    match policy:
        case Address.EVERYONE if role is not Role.COACH:
            return True
        case Address.HOSTS:
            return role is Role.HOST
        case Address.WHEN_CALLED | Address.EVERYONE:
            return called or _call(text, names, phrase) is not None
        case Address.NOBODY:
            return False


def only_calls(text: str, names: Iterable[str], phrase: str = USUAL_PHRASE) -> bool:
    """True for a call with nothing behind it: `Hey agent`."""
    found = _call(text, names, phrase)
    return found is not None and not set(found) - _FILLERS


def without_call(text: str, names: Iterable[str], phrase: str = USUAL_PHRASE) -> str:
    """What was said beside the call, in plain words; all of it if nobody called."""
    found = _call(text, names, phrase)
    return text if found is None else " ".join(found)


@dataclass(frozen=True, slots=True)
class _Name:
    """What the AI is called by: plain words, and all in one. bare: also without a greeting, at the start."""

    words: tuple[str, ...]
    joined: str
    bare: bool


def _call(text: str, names: Iterable[str], phrase: str) -> list[str] | None:
    """The words besides the call, or None if nobody called."""
    tokens = [plain(token) for token in _WORD.findall(text)]
    for name in _names(tuple(names), phrase):
        for at in range(len(tokens)):
            end = _called_at(tokens, at, name)
            if end is not None:
                return [word for word in (*tokens[:at], *tokens[end:]) if word[0].isalnum()]
    return None


@cache
def _names(names: tuple[str, ...], phrase: str) -> tuple[_Name, ...]:
    found = [_name(phrase, bare=False), *(_name(name, bare=True) for name in names)]
    return tuple(name for name in found if name.joined)


def _name(text: str, *, bare: bool) -> _Name:
    words = tuple(plain(word) for word in _WORD.findall(text) if word[0].isalnum())
    greeted = len(words) > 1 and words[0] in _GREETINGS
    words = words[1:] if greeted else words
    return _Name(words, "".join(words), bare or not greeted)


def _called_at(tokens: list[str], at: int, name: _Name) -> int | None:
    """Where the call that begins at this token ends; None if none begins there."""
    first, begins = tokens[at], _begins_sentence(tokens, at)
    if first == "@":
        return _exactly(tokens, at + 1, name)
    if first in _GREETINGS or (first in _LIKE_HEY and begins):
        end = _after_greeting(tokens, at + 1, name, weak=first not in _GREETINGS)
        if end is not None and not _is_quoted(tokens, at) and not _is_about(tokens, end):
            return end
    if name.bare and begins:
        end = _exactly(tokens, at, name)
        if end is not None and not _tells_of(tokens, end):
            return end
    return None


def _begins_sentence(tokens: list[str], at: int) -> bool:
    before = at - 1
    while before >= 0 and (tokens[before] in _FILLERS or tokens[before] == ","):
        before -= 1
    return before < 0 or tokens[before] in _STOPS


def _after_greeting(tokens: list[str], at: int, name: _Name, *, weak: bool) -> int | None:
    if at < len(tokens) and tokens[at] == ",":
        at += 1
    exact = _exactly(tokens, at, name)
    if exact is not None:
        return exact
    for size in (len(name.words), len(name.words) + 1, len(name.words) + 2):
        heard = tokens[at : at + size]
        if len(heard) < size or not all(word[0].isalnum() for word in heard):
            break
        if size == len(name.words) and ((weak and size == 1) or not _NEVER_NAMES.isdisjoint(heard)):
            continue  # "he asked" is too little to go by
        if size > len(name.words) and not _is_split(heard, name):
            continue
        if sounds_like("".join(heard), name.joined):
            return at + size
    return None


def _is_split(heard: list[str], name: _Name) -> bool:
    """Whether words can be one name that the recogniser took apart: `age and`, `a gent`."""
    parts = all(word != name.joined and len(word) <= len(name.joined) for word in heard)
    small = len("".join(heard)) <= len(name.joined) + 2
    return parts and small and not _NEVER_NAMES.issuperset(heard)


def _exactly(tokens: list[str], at: int, name: _Name) -> int | None:
    end = at + len(name.words)
    return end if tuple(tokens[at:end]) == name.words else None


def _is_quoted(tokens: list[str], at: int) -> bool:
    return at > 0 and tokens[at - 1] in _QUOTES


def _is_about(tokens: list[str], end: int) -> bool:
    """`hey agent of mine`, `hey agents said`."""
    return end < len(tokens) and tokens[end] in _ABOUT


def _tells_of(tokens: list[str], end: int) -> bool:
    """Whether a sentence that begins with the name is about it: `Ada said no`, but not `Ada, is it late?`."""
    if end >= len(tokens) or tokens[end] not in _VERBS:
        return False
    follows = tokens[end + 1] if end + 1 < len(tokens) else ""
    return not (tokens[end] in _INVERTS and follows in _SUBJECTS)
