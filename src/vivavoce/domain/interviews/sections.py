"""A job description's lines, each with how much what it names counts.

What is required counts most, then what is to be done, then what would be nice; what the company tells of itself hardly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vivavoce.base.wording import any_of


class Part(StrEnum):
    TITLE = "title"
    REQUIRED = "required"
    TASKS = "tasks"
    NICE = "nice"
    COMPANY = "company"
    TEXT = "text"


WEIGHT: Final = {
    Part.TITLE: 3.0,
    Part.REQUIRED: 3.0,
    Part.TASKS: 2.0,
    Part.NICE: 1.0,
    Part.COMPANY: 0.25,
    Part.TEXT: 1.5,
}
_LONGEST_HEADING: Final = 9  # words


def _heading(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(alternatives)}\b", re.IGNORECASE)


_HEADINGS: Final = (
    (
        Part.NICE,
        _heading(
            """nice[- ]to[- ]haves? | bonus | preferred | desirable | desired | plus points | a plus | good to have
            ideally | extra credit | advantageous"""
        ),
    ),
    (
        Part.COMPANY,
        _heading(
            """about us | who we are | about the company | our company | what we offer | we offer | our offer | benefits
            perks | compensation | salary | why (?:us|join|work|you) | equal opportunit\\w+ | how to apply | to apply
            application | contact | our values | our mission | our story
            about (?!you\\b|the (?:job|role|position|team)\\b)\\w+"""
        ),
    ),
    (
        Part.REQUIRED,
        _heading(
            """requirements? | qualifications? | required | must[- ]haves? | what you(?:'ll)? (?:bring|need|have)
            you (?:have|bring|are|will have|'ll have) | your (?:profile|skills|background|experience|qualifications)
            who you are | about you | skills(?: and experience)? | essential | essentials | experience | education
            what we(?:'re| are)? (?:look\\w* for|expect|need) | we (?:expect|are looking for) | ideal candidate
            person specification | candidate profile | competenc\\w+ | knowledge"""
        ),
    ),
    (
        Part.TASKS,
        _heading(
            """responsibilit\\w+ | duties | tasks | what you(?:'ll| will)? (?:do|be doing|own)
            your (?:role|tasks|job|mission|day) | the (?:role|job|position) | role | job description
            key accountabilities | you will | a day in the life | day to day | job summary | overview"""
        ),
    ),
)
_SOFTLY: Final = re.compile(
    r"\b(?:nice to have|(?:is|are|would be) an? (?:plus|bonus|advantage|asset)|a plus|preferred|preferably|desirable"
    r"|ideally|advantageous|not required|beneficial)\b",
    re.IGNORECASE,
)
_FIRMLY: Final = re.compile(
    r"\b(?:must|required|essential|mandatory|strong|proven|solid|deep|expert\w*|excellent|extensive|in-depth|fluent)\b",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"^\s*(?:[-*\u2022\u2023\u25aa\u25cf\u25e6\u2043\u00b7\u2013\u2014>]+|\(?\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    part: Part

    @property
    def weight(self) -> float:
        if _SOFTLY.search(self.text):
            return min(WEIGHT[self.part], WEIGHT[Part.NICE])
        return WEIGHT[self.part] * (1.3 if _FIRMLY.search(self.text) else 1.0)


def lines_of(description: str) -> Iterator[Line]:
    """The lines and sentences, without bullets and headings. The first line is the title, if it may be one."""
    part, first = Part.TEXT, True
    for raw in description.splitlines():
        text = _BULLET.sub("", raw).strip()
        if not text:
            continue
        heading = _part_of_heading(text, bullet=_BULLET.match(raw) is not None)
        if first and heading is None and len(text.split()) <= _LONGEST_HEADING:
            yield Line(text, Part.TITLE)
        elif heading is not None:
            part, rest = heading, text.partition(":")[2].strip()
            if rest:
                yield Line(rest, part)
        else:
            yield from (Line(sentence, part) for sentence in re.split(r"(?<=[.!?;])\s+(?=[A-Z])", text))
        first = False


def _part_of_heading(text: str, *, bullet: bool) -> Part | None:
    """None for a line that is no heading."""
    head, colon, _ = text.partition(":")
    short = len(head.split()) <= _LONGEST_HEADING
    if bullet or not short or not (colon or not text.endswith((".", "!", ",", ";"))):
        return None
    candidate = head if colon else text
    return next((part for part, pattern in _HEADINGS if pattern.search(candidate) and _looks_like_one(candidate)), None)


def _looks_like_one(text: str) -> bool:
    """Few words, and none of the kind that a sentence of the text has."""
    return len(text.split()) <= 6 or text.isupper()
