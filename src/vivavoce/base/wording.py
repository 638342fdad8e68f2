"""Ways to write long lists of wordings so that they can be read."""

import re
from collections.abc import Callable, Iterator
from typing import Final


def words(text: str) -> frozenset[str]:
    """The words of `text`, which stand apart by blanks and line breaks."""
    return frozenset(text.split())


def any_of(alternatives: str) -> str:
    """One regular expression for alternatives that stand apart by ` | ` or on lines of their own."""
    return "(?:" + "|".join(part for part in re.split(r"\s+\|\s+|\s*\n\s*", alternatives.strip()) if part) + ")"


def pattern(lines: str) -> str:
    """A regular expression written over several lines: line breaks and the blanks around them do not count."""
    return re.sub(r"\s*\n\s*", "", lines.strip())


class LatePattern:
    """A regular expression that is compiled when it is first used: some hundred of them would be a third of a start."""

    __slots__ = ("_flags", "_made", "_source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags
        self._made: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        if self._made is None:
            self._made = re.compile(self._source, self._flags)
        return self._made

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        return self.compiled.search(text, at)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        return self.compiled.match(text, at)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        return self.compiled.sub(by, text, count)


_late: Final[list[LatePattern]] = []


def late(source: str, flags: int = 0) -> LatePattern:
    """The pattern, compiled when it is first used, or by `compile_late`."""
    made = LatePattern(source, flags)
    _late.append(made)
    return made


def compile_late() -> None:
    """Compile all that are still to be, which takes some tenths of a second. Safe to repeat, and in a thread."""
    for one in list(_late):
        _ = one.compiled
