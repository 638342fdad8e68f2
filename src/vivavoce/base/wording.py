"""Ways to write long lists of wordings so that they can be read."""

import re


def words(text: str) -> frozenset[str]:
    """The words of `text`, which stand apart by blanks and line breaks."""
    return frozenset(text.split())


def any_of(alternatives: str) -> str:
    """One regular expression for alternatives that stand apart by ` | ` or on lines of their own."""
    return "(?:" + "|".join(part for part in re.split(r"\s+\|\s+|\s*\n\s*", alternatives.strip()) if part) + ")"


def pattern(lines: str) -> str:
    """A regular expression written over several lines: line breaks and the blanks around them do not count."""
    return re.sub(r"\s*\n\s*", "", lines.strip())
