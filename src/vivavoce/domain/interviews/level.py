"""How much experience a job description asks for: by its title, by what it says, by years."""

import re
from collections.abc import Sequence
from typing import Final

from vivavoce.base.wording import pattern
from vivavoce.domain.interviews.plan import Level
from vivavoce.domain.interviews.sections import Line, Part

_BY_TITLE: Final = (
    (Level.INTERN, r"\b(?:intern(?:ship)?|working student|placement student|werkstudent|student assistant)\b"),
    (Level.EXECUTIVE, r"\b(?:chief \w+|c[ateifm]o|coo|vice president|vp|director|head of|managing director)\b"),
    (
        Level.PRINCIPAL,
        r"""\b(?:principal(?! teacher)|distinguished|fellow)\b
        |\bstaff (?:\w+ )?(?:engineer|developer|designer|scientist|product manager)\b""",
    ),
    (
        Level.LEAD,
        r"""\b(?:team lead(?:er)?|tech(?:nical)? lead|lead(?! generation)|head (?:chef|nurse|teacher|cook)|supervisor
        |foreman|(?:ward|shift|store|restaurant|kitchen|hotel|office|engineering|operations|warehouse
        |production) manager)\b""",
    ),
    (Level.SENIOR, r"\b(?:senior|sr\.?|experienced)(?!\w)(?! (?:living|care|citizens?|home|residents?))"),
    (
        Level.JUNIOR,
        r"""\b(?:junior|jr\.?|graduate|entry[- ]level|trainee|apprentice(?:ship)?|newly qualified|assistant
        |associate (?:software|developer|engineer|product|data|consultant|designer))(?!\w)
        (?! (?:manager|director|professor))""",
    ),
    (Level.MID, r"\b(?:mid(?:dle)?[- ]?(?:level|weight)|intermediate)\b"),
)
_MANAGER: Final = re.compile(r"\b(?:manager|head)\b", re.IGNORECASE)
_LEADS: Final = re.compile(
    pattern(
        r"""\b(?:lead(?:s|ing)?|manag(?:e|es|ing)|build(?:ing)?|grow(?:ing)?) (?:(?:a|an|the|our|your|of|and) ){1,2}
        (?:\w+ ){0,2}team\b|\bline manage\w*|\bpeople management\b|\bdirect reports\b"""
    ),
    re.IGNORECASE,
)
_BY_TEXT: Final = (
    (
        Level.INTERN,
        r"""\b(?:this internship|our interns?|during (?:your|the) internship|enrolled (?:student|at a university)
        |as an intern)\b""",
    ),
    (
        Level.JUNIOR,
        r"""\b(?:no (?:prior |previous |work )?experience (?:is )?(?:needed|necessary|required)|entry[- ]level
        |recent graduates?|career starters?|full training (?:is )?(?:provided|given)|we(?:'ll| will) train you
        |first (?:job|professional experience)|newly qualified)\b""",
    ),
    (
        Level.SENIOR,
        r"\b(?:seasoned|senior[- ]level|highly experienced|many years of experience|extensive experience)\b",
    ),
)
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_YEARS: Final = re.compile(
    r"\b(?:(?P<from>\d{1,2}|" + "|".join(_NUMBERS) + r")\s*(?:\+|plus|or more)?(?:\s*(?:-|\u2013|to)\s*(?:\d{1,2}|"
    + "|".join(_NUMBERS) + r"))?\+?)\s*(?:years?|yrs?)(?!\s*(?:old|of age|ago))\b",
    re.IGNORECASE,
)  # fmt: skip
_OF_WORK: Final = re.compile(
    r"experience|worked|working|work as|practice|in (?:a|the|this) (?:similar |comparable )?(?:role|field|position|job)"
    r"|professional|post[- ]qualified|as an? \w+|background",
    re.IGNORECASE,
)
_OF_THE_COMPANY: Final = re.compile(
    r"\b(?:for (?:over|more than|almost|nearly) \w+ years we|our (?:company|firm|team) |founded|anniversary"
    r"|we(?: have|'ve) been)",
    re.IGNORECASE,
)
_MOST: Final = 25  # more years than that are a company's age


def level_of(title: str, lines: Sequence[Line]) -> Level:
    for level, wording in _BY_TITLE:
        if re.search(pattern(wording), title, re.IGNORECASE):
            return level
    text = "\n".join(line.text for line in lines if line.part is not Part.COMPANY)
    if _MANAGER.search(title) and _LEADS.search(text):
        return Level.LEAD
    years = years_asked(lines)
    if years is None:
        found = (level for level, wording in _BY_TEXT if re.search(pattern(wording), text, re.IGNORECASE))
        return next(found, Level.MID)
    return Level.JUNIOR if years < 2 else Level.MID if years < 5 else Level.SENIOR if years < 10 else Level.LEAD


def years_asked(lines: Sequence[Line]) -> int | None:
    """The years of experience that are asked for at least: the most of what the lines say."""
    asked: list[int] = []
    for line in lines:
        if line.part in (Part.COMPANY, Part.NICE) or _OF_THE_COMPANY.search(line.text):
            continue
        if _OF_WORK.search(line.text) or line.part is Part.REQUIRED:
            asked += [_number(match["from"]) for match in _YEARS.finditer(line.text)]
    return max((years for years in asked if years <= _MOST), default=None)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]
