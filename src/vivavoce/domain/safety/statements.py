"""The first layer: danger that somebody states outright, of themselves, now or soon.

1. The words are made plain (plain.py) and looked through for the wordings of statement_phrases.py.
2. A wording does not count as what another person said ("he said I want to die"), as a story or a song, as the past
   ("when I was sixteen"), as something denied before ("I am not saying that ..."), or as a way of speaking.
3. What says `now` or `again` is not the past. What the person told others about themselves counts.
4. Of several, danger goes before concern.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from vivavoce.base.wording import LatePattern, late
from vivavoce.domain.safety.kinds import CALM, Assessment, Level
from vivavoce.domain.safety.statement_phrases import ABROAD, STATEMENTS

_STATEMENTS: Final = tuple((level, kind, late(wording), wording in ABROAD) for level, kind, wording in STATEMENTS)
_SPOKEN_ABROAD: Final = late(  # small words, one of which stands in nearly every sentence there and hardly any here
    r"\b(?:ich|mich|mir|mein\w*|er|sie|uns|der|den|dem|das|und|nicht|zu|wenn|vom|von|aus|zug|tabletten|je|j'\w+|m'\w+|mon|ma|mes|il"
    r"|elle|ils|elles|tout|le|la|les|des|du|une?|en|sous|dans|si|que|plus|pas|el|los|las|una|un|del?|al|mi|mis|ya|yo|voy|quiero"
    r"|tengo|estoy|sin|con|por|para)\b"
)
_BEFORE_WORDS: Final = 14
_AFTER_WORDS: Final = 8

_REPORTED: Final = late(
    r"(?<!\bi )(?<!\bi just )\b(?:asks?|asked|wonders?|wanted to know|checks?|checked) (?:\w+ ){0,2}?(?:if|whether)"
    r" (?:i|we|you|he|she|they|there|anyone|people)(?: (?!and\b|but\b|so\b|because\b)\w+){0,3} $|"
    r"\b(?:asks?|asked|wonders?|wondered|checks?|checked|worried|worries|fears?)(?: \w+){0,2} (?:if|whether|that)(?:"
    r" ,)? $"
    r"|\b(?:chanson|canción|lied|film|película|roman) (?:dit|dice|sagt|heißt|singt)(?: que)? $"
    r"|(?<!\bi )(?<!\bi just )\b(?:said|says|wrote|writes|texted|texts|yelled|yells|screamed|screams|told (?:me|us"
    r"|him|her|them)"
    r"|goes|sings|sang|shouted|whispered|was like|is like)(?: (?:that|to me|like|and))?(?: ,)? $"
)
_DENIED: Final = late(
    r"\b(?:not|never)(?: \w+)? (?:think|thinks|thought|say|saying|said|mean|meant|like|as if|that|claim|implying"
    r"|because)"
    r"(?: (?:that|like|as if|it is))? $"
)
_STORY: Final = late(
    r"\b(?:in|from|for|of) (?:my|the|a|an|this|that|his|her|our) (?:\w+ )?(?:novel|story|book|movie|film|song|play"
    r"|game|scene|script|poem"
    r"|show|series|episode|chapter|comic|musical|opera|screenplay|simulator|level)\b"
    r"|\b(?:character|hero|heroine|protagonist|villain|narrator|lyrics?|song|quote|chorus|verse|poem|hamlet|title)\b"
    r"(?: \w+){0,4} (?:says?|said|goes|is|are|writes?|sings?|was|were|where|called)\b"
)
_STORY_AFTER: Final = late(
    r"^(?: \w+){0,4} (?:in (?:chapter|act|scene|the \w+ (?:act|scene|chapter|episode))|is one of the (?:scenarios"
    r"|cases|examples)"
    r"|says the (?:character|hero|song))\b"
)
_PAST: Final = late(
    r"\b(?:when i was|years? ago|used to|back then|decades ago|in (?:high school|college|my (?:teens|twenties|youth)"
    r"|(?:19|20)\d\d)"
    r"|as a (?:teen\w*|kid|child|student|boy|girl))\b"
)
_PAST_AFTER: Final = late(
    r"^(?: \w+){0,5} (?:years? ago|when i was|as a (?:teen\w*|kid|child)|in (?:high school|college|(?:19|20)\d\d)"
    r"|back then|decades ago)\b"
)
_PRESENT: Final = late(r"\b(?:now|again|today|tonight|these days|still|lately|but)\b")
_TOO_MUCH: Final = late(
    r"\b(?:so|too) (?:bad|embarrass\w+|awkward|cringe|funny|boring|bored|hungry|full|ashamed)(?: \w+){0,3} $"
    r"|\bembarrass\w+(?: \w+){0,3} $"
)
_NO: Final = late(
    r"\b(?:not|never|no|nobody|documentary|watched|watching|saw|article|podcast|lecture|without|nor|neither|he|she"
    r"|they|you|we|people|students|teens|teenagers|kids|patients"
    r"|clients|users|men"
    r"|women|others|someone|who|why|wanted|thought|tried|attempted|used|was|would have|stopped|prevented|talk|talked"
    r"|wrote|read|heard"
    r"|play|played|almost|nearly|character|joke|joked|him|her|them|made|his|paper|thesis|research|prevent|against"
    r"|helped)\b"
)
_KEPT: Final = late(
    r"\b(?:not sure (?:i|if)|not know (?:if|why i|how)|no idea|not care|not want anything (?:else )?but|why i)\b"
)
_HYPERBOLE: Final = late(r"\b(?:could|would)\b")
_IF_ONE_MORE: Final = late(r"\bif (?:i (?:have to|hear|see|get|must)|he|she|they|one more|there is)\b|\bone more\b")
_HARM: Final = late(r"\bkill (?:someone|him|her|my)\b")
_JUMPS: Final = late(r"\bjump$")
_LEAVES: Final = late(
    r"\b(?:need to|have to|must|should|meeting|calls?|zoom|class|appointment|pool|parachute|bungee)\b"
)
_ALIVE: Final = late(r"\bkeep(?:s|ing)? me alive\b")
_TREATS: Final = late(
    r"\b(?:coffee|caffeine|espresso|chocolate|pizza|snacks?|netflix|air conditioning|tea|sugar|music)\b"
)
_BEATS: Final = late(r"\b(?:beat|beats|beating|hit|kicked) (?:me|us)\b")
_THEY_MAY: Final = late(r"^they (?:will|would|may|might|could)\b")
_SPORT: Final = late(
    r"\b(?:chess|tennis|cards|poker|fifa|football|badminton|monopoly|scrabble|ping pong|mario|judo|karate|boxing|we"
    r" play"
    r"|we race)\b"
)
_AT_WORK: Final = late(r"\b(?:drill|scenario|training|role play|exercise|simulation|test alarms)\b")


@lru_cache(maxsize=512)
def stated(said: str) -> Assessment:
    """What is stated outright in `said`, which is plain text."""
    worrying, abroad = CALM, _SPOKEN_ABROAD.search(said) is not None
    for level, kind, wording, only_abroad in _STATEMENTS:
        if level is Level.CONCERN and worrying.level is Level.CONCERN:
            break
        if only_abroad and not abroad:
            continue
        first = wording.compiled.search(said)
        if first is not None and any(_counts(said, found) for found in _places(first, wording, said)):
            if level is Level.DANGER:
                return Assessment(level, kind)
            worrying = Assessment(level, kind)
    return worrying


def _places(first: re.Match[str], wording: LatePattern, said: str) -> Iterator[re.Match[str]]:
    """Where the wording stands, also where one place begins within another."""
    found: re.Match[str] | None = first
    while found is not None:
        yield found
        found = wording.search(said, found.start() + 1)


def _counts(said: str, found: re.Match[str]) -> bool:
    """Whether the wording is meant: rules 2 and 3."""
    before = _last_words(said[: found.start()].rsplit(" . ", 1)[-1])
    after = _first_words(said[found.end() :].split(" . ", 1)[0])
    if _REPORTED.search(before) or _DENIED.search(before) or _TOO_MUCH.search(before):
        return False
    if _STORY.search(before) or _STORY_AFTER.search(after):
        return False
    if not found[0].startswith("i ") and (_AT_WORK.search(before) or _AT_WORK.search(after)):
        return False
    if (_JUMPS.search(found[0]) and _LEAVES.search(said)) or (_ALIVE.search(found[0]) and _TREATS.search(said)):
        return False  # "I need to jump, my next call": a meeting is left; "only coffee keeps me alive"
    if _BEATS.search(found[0]) and (_SPORT.search(said) or _THEY_MAY.search(found[0])):
        return False  # "they'll beat me to it"
    if not _between(found, before) or (_HARM.search(found[0]) and _IF_ONE_MORE.search(before)):
        return False
    past = _PAST.search(before)
    if past is not None and not _PRESENT.search(before[past.end() :] + found[0]):
        return False
    return _PAST_AFTER.search(after) is None or bool(_PRESENT.search(found[0]))


def _between(found: re.Match[str], before: str) -> bool:
    """Whether what stands between `i` and the act leaves it the speaker's own, meant, and not over."""
    mid = found.groupdict().get("mid")
    if not mid:
        return True
    mid = _KEPT.sub("", mid)
    planned = re.search(r"\b(?:how|where|when) $", before) is not None
    return _NO.search(mid) is None and (planned or _HYPERBOLE.search(mid) is None)


def _last_words(text: str) -> str:
    return " ".join([*text.split()[-_BEFORE_WORDS:], ""])


def _first_words(text: str) -> str:
    return " ".join(["", *text.split()[:_AFTER_WORDS]])
