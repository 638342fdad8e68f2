"""What the rules look for in English words: commitments, insights, times, numbers, small talk. Patterns only."""

import re
from functools import cache
from typing import Final

from vivavoce.base.wording import any_of, pattern, words

_NUMBER: Final = pattern(
    r"""(?:[$€£]\s?)?\d+(?:[.,:]\d+)*\s?(?:%|percent|k\b|million\b)?|\b(?:one|two|three|four|five|six|seven|eight|nine|
    ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half an?)\b"""
)
NUMBER: Final = re.compile(_NUMBER, re.I)
QUANTITY: Final = re.compile(
    pattern(
        rf"""\b(?:{_NUMBER})(?:\s(?:hundred|thousand|million|or \w+))?\s(?:times|hours?|minutes?|days?|weeks?|months?|
    years?|pages?|percent|people|users?|customers?|clients?|euros?|dollars?|pounds|words|tickets?|bugs|tests|steps|calls?|
    meetings?|applications?|chapters?|points?|kilos?|miles|kilometres?)\b|\d+(?:[.,]\d+)?\s?%|[$€£]\s?\d"""
    ),
    re.I,
)
_WEEKDAY: Final = "(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_MONTH: Final = "(?:january|february|march|april|june|july|august|september|october|november|december)"
_DAY: Final = pattern(
    rf"""\b(?:(?:by|on|until|before|from|since|next|this|every|each)\s+)*(?:{_WEEKDAY}|tomorrow|tonight|{_MONTH}|today|
    (?:this|next|every|each)\s+(?:morning|afternoon|evening|week|weekend|month|year)|right after this|straight away|
    (?:by|at|until|before)\s+(?:noon|midnight|lunch|dinner|breakfast|\d{{1,2}}(?::\d\d)?|(?:one|two|three|four|five|six|
    seven|eight|nine|ten|eleven|twelve)\b(?!\s+(?:of|or|out)))|in\s+(?:a|one|two|three|four|five|six|\d+)\s+
    (?:minutes?|hours?|days?|weeks?|months?)|after\s+(?:work|school|lunch|dinner|breakfast|class|the meeting)|daily|
    (?:once|twice)\s+a\s+(?:day|week|month))\b"""
)
DAY: Final = re.compile(_DAY, re.I)
_NO_PLAN: Final = any_of(
    r"""be honest | be able | be fine | be okay | be ok | see\b | think about | try to be | have to | need to | never |
    not\b | do (?:it|that|this)\b
    miss | be late | get back to you | always | probably never | say\b | tell you | guess"""
)
COMMITMENT: Final = re.compile(
    pattern(
        rf"""\b(?:i will|i'll|i am going to|i'm going to|i'm gonna|i promise|i commit to|i have decided to|
    i've decided to|i decided to|my (?:next|first) step (?:is|will be)|i want to start|we will|we'll|
    we are going to|we're going to)\b
    (?!\s+(?:just\s+|definitely\s+|still\s+)?(?:{_NO_PLAN}))"""
    ),
    re.I,
)
RETOLD: Final = re.compile(r"\b(?:thought|said|says|told|promised|if|when|before)\b[^.!?]{0,20}$", re.I)
"""Before a commitment: it is of another time, or only in a case."""
INSIGHT: Final = re.compile(
    pattern(
        r"""\bi (?:just |now |only now |suddenly )?(?:reali[sz]ed?|notice[d]?|see now|understand now|learned|learnt|
    discovered|found out|figured out|recogni[sz]ed?)\b|\bi never (?:thought|saw|looked) (?:of|at)? ?(?:it|that)\b|
    \bthat(?:'s| is) (?:why|what i|the real|exactly)\b|\bwhat i (?:really|actually) (?:want|need|mean|fear)\b|
    \bthe (?:real|actual|deeper) (?:reason|problem|question|thing|issue)\b|\bnow i (?:see|understand|get)\b|
    \bit (?:strikes|struck|hits|hit|occurs|occurred) (?:to )?me\b|\bin the end it(?:'s| is| was)\b|
    \bthe (?:pattern|point|truth) is\b|\bmaybe it(?:'s| is) not\b|\bturns out\b|\bwhat if i\b|\bdeep down\b"""
    ),
    re.I,
)
OUTCOME: Final = re.compile(
    r"\b(?:went|came|were|was|got) (?:up|down) (?:by|to|from)\b|"
    r"\b(?:dropped|rose|grew|fell|increased|improved|reduced|cut|doubled|halved|saved)\b"
    r"[^.!?]{0,40}\b(?:by|to|from|in half|a third|a quarter)\b|"
    r"\bas a result\b|\bthe result was\b",
    re.I,
)
"""What came of something."""
WISH: Final = re.compile(
    r"\bi (?:really |just )?(?:want|need|would like|'d like|hope|wish) (?:to|a|an|my|more|some|that)\b|\bi'd like to\b|"
    r"\bi(?:'d| would) (?:really )?love to\b|"
    r"\bmy goal\b|\bi'm here (?:to|because)\b|\bi want\b|\bi keep \w+ing\b",
    re.I,
)
REASON: Final = re.compile(r"\b(?:because|since then|therefore|which means|so that|as a result|which led to)\b", re.I)
FEELING: Final = re.compile(
    pattern(
        r"""\b(?:afraid|scared|anxious|nervous|worried|stressed|overwhelmed|exhausted|angry|frustrated|sad|lonely|hurt|
    disappointed|ashamed|embarrassed|guilty|jealous|proud|relieved|hopeful|grateful|excited|confident|motivated|calm)\b"""
    ),
    re.I,
)
_FAREWELL: Final = pattern(
    r"""wrap (?:this |it )?up|let's (?:stop|close|end|finish)|i (?:have|need|got) to go|goodbye|bye\b|see you|
    that's (?:all|it|enough) for (?:today|now)|talk to you|can you hear me"""
)
FAREWELL: Final = re.compile(rf"\b(?:{_FAREWELL})", re.I)
"""Said to end a talk, or to begin it: it is about nothing else."""
CLOSING: Final = re.compile(rf"\b(?:{_FAREWELL}|thank you|thanks\b|hey (?:agent|\w+),?$)", re.I)
_COMMON: Final = words(
    """the a an and or but to of in on at for with from is are was were be been it that this these those i you he she
    we they my your his her our their me him them do does did have has had not no so if as by what when how who because
    about just can could would should will up out there then than more very really get got go going know think want
    like all some one it's i'm don't that's yes okay well"""
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LEAST_WORDS: Final = 20  # to tell a language by
_ENGLISH_SHARE: Final = 0.25  # of common words; written English has about 0.5, German and French under 0.1


def looks_english(text: str) -> bool:
    """Whether the rules here apply. A text of a few words gets the benefit of the doubt."""
    found = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if len(found) < _LEAST_WORDS:
        return text.isascii() or not found or all(word.isascii() for word in found)
    return sum(word in _COMMON for word in found) >= _ENGLISH_SHARE * len(found)


@cache
def word_groups(groups: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern of a criterion's word groups (criteria.Criterion), for text in lower case. At least one group."""
    return re.compile("|".join(_group(group) for group in groups))


def _group(group: str) -> str:
    body = ""
    for part in group.replace("’", "'").lower().split():
        body += _GAP if part == "..." else (r"\s+" if body else "") + _part(part)
    return rf"(?<![\w'’-]){body}(?![\w]|['’]\w)"


_GAP: Final = r"(?:\s+[^\s.!?]+){0,4}?"


def _part(part: str) -> str:
    match part:
        case "<number>":
            return rf"(?:{_NUMBER})"
        case "<day>":
            return rf"(?:{_DAY})"
        case _:
            ending = r"[\w'’-]*" if part.endswith("*") else ""
            return re.escape(part.removesuffix("*")).replace("'", "['’]") + ending
