"""A job's title and company, as the description names them."""

import re
from collections.abc import Sequence
from typing import Final

from vivavoce.base.wording import pattern
from vivavoce.domain.interviews.sections import Line, Part
from vivavoce.domain.interviews.skills import taxonomy
from vivavoce.domain.interviews.words import phrase, singular

_LONGEST: Final = 80  # characters of a title
_LABELLED: Final = re.compile(
    r"^\s*(?:job title|title|position|role|vacancy|job)\s*[:\-\u2013]\s*(.+)$", re.IGNORECASE | re.MULTILINE
)
_SOUGHT: Final = re.compile(
    pattern(
        r"""\b(?:looking for|look for|seeking|seeks?|hiring|recruiting|searching for|in need of
        |join (?:us|our \w+(?: \w+)?) as|opening for|position (?:of|as|for)|role of|vacancy for|work as
        |as our(?: new| next)?|need)\s+(?:(?:an?|our(?: next| new)?|the|two|three|several|some)\s+)?
        (?P<title>[^.,;:!?()\n]{3,90})"""
    ),
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    pattern(
        r"""\s+(?:to|who|that|with|for (?:our|a|an|the|its|their|houses)|in (?:our|a|an|the|its)|at|on (?:our|a)|based
        |from|within|starting|as soon|joining|and you|on-site|onsite|remote|full[- ]time|part[- ]time|of our|where
        |whose)\b.*$|\s+[|\u2013\u2014/-]\s+.*$|\s*\([^)]*\).*$"""
    ),
    re.IGNORECASE,
)
_ADJECTIVES: Final = re.compile(
    pattern(
        r"""^(?:(?:an?|the|talented|passionate|motivated|highly|skilled|dedicated|friendly|enthusiastic|reliable|dynamic|new
        |great|committed|caring|compassionate|creative|hands-on|driven|ambitious|professional|full-time|part-time
        |organi[sz]ed|qualified)\s+)+"""
    ),
    re.IGNORECASE,
)
_NAME: Final = r"[A-Z][\w&.'-]*(?: [A-Z&][\w&.'-]*){0,3}"
_WORD: Final = r"[A-Z&][\w&.'’-]*"
_LEGAL: Final = "Ltd|Limited|GmbH|AG|SE|Inc|LLC|LLP|PLC|plc|Corp|Corporation|BV|AB"
_HOUSE: Final = "Hospital|Trust|Hotel|Council|Bank|College|School|Clinic|University|Academy|Institute"
_NOBODY: Final = "The|Our|Your|This|That|You|We|They|It|Who|What|He|She|Job|Role|Position|Candidates?|Team|There|Here"
_DOES: Final = "builds|makes|sells|provides|operates|runs|develops|designs|delivers|offers|is an?"
_COMPANY: Final = (
    re.compile(
        r"^\s*(?:[Cc]ompany|[Ee]mployer|[Oo]rgani[sz]ation)\s*[:\-\u2013]\s*(?P<name>[^\n.]{2,60})$", re.MULTILINE
    ),
    re.compile(rf"^(?:At )?(?P<name>{_NAME}),? (?:is (?:looking for|hiring|seeking|recruiting)|seeks)\b", re.MULTILINE),
    re.compile(rf"\b(?:About|Join|join us at|work at|working at) (?P<name>(?!Us\b|You\b|The\b|Our\b|us\b){_NAME})"),
    re.compile(rf"^[^\n]{{3,60}}? (?:at|@) (?P<name>{_NAME})\s*$", re.MULTILINE),
    re.compile(rf"^(?P<name>(?:{_WORD} ){{1,4}}(?:{_LEGAL}))\b", re.MULTILINE),
    re.compile(rf"^(?P<name>(?:{_WORD} ){{1,4}}(?:{_HOUSE}))(?=[,.]|\s*$)", re.MULTILINE),
    re.compile(rf"\bWe(?:'re|’re| are) (?P<name>(?!The\b|Hiring\b|Looking\b){_NAME}),? (?:an?|the)\b"),
    re.compile(rf"^(?P<name>(?!(?:{_NOBODY})\b){_NAME}) (?:{_DOES}) ", re.MULTILINE),
)


def title_of(description: str, lines: Sequence[Line]) -> str:
    """Empty where none is named."""
    labelled = _LABELLED.search(description)
    if labelled is not None:
        return _trimmed(labelled[1])
    first = next((line.text for line in lines if line.part is Part.TITLE), "")
    asks = _SOUGHT.search(first) is not None  # `We need a cook!` is no title
    if first and not asks and track_of_title(first):
        return _trimmed(first)
    sought = [_trimmed(match["title"]) for match in _SOUGHT.finditer(description)]
    known = [title for title in sought if track_of_title(title)]
    if known or asks or not first or first.endswith((".", "!")):
        return next(iter([*known, *sought]), "")
    return _trimmed(first)


def _trimmed(title: str) -> str:
    short = _ADJECTIVES.sub("", _AFTER.sub("", title.strip())).strip(" -|,:!\u2013\u2014*#\"'")[:_LONGEST].strip()
    return short.title() if short.isupper() and " " in short else short


def company_of(description: str) -> str:
    """Empty where none is named."""
    found = (match["name"] for pattern in _COMPANY if (match := pattern.search(description)) is not None)
    return next(found, "").strip(" .,")


def track_of_title(title: str) -> str:
    """The field of work that a title tells; empty if it tells none. The longest name wins, then the last."""
    known = taxonomy().titles
    names = phrase(title)
    best, length = "", 0
    for start in range(len(names)):
        for end in range(start + 1, min(len(names), start + 4) + 1):
            words = names[start:end]
            track = known.get(words) or known.get((*words[:-1], singular(words[-1])))
            if track is not None and end - start >= length:
                best, length = track, end - start
    return best
