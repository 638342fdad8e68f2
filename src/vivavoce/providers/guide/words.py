"""What somebody said, as clean clauses, and the same clause told back ("I am afraid of my boss" -> "you are afraid of
your boss").

Works on typed text and on recognised speech, which has no capitals and no punctuation: there, clauses are told apart
by the words that join them. Everything here is a pure function of text.
"""

import itertools
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vivavoce.base.wording import pattern, words

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_NOISE: Final = re.compile(
    r"\b(?:um+|uh+|erm?|hmm+|mhm|you know|i mean|kind of|sort of|basically|literally|to be honest|if that makes sense"
    r"|or something(?: like that)?|or whatever|and stuff(?: like that)?|and so on|how do i say|let me see)\b,?\s*",
    re.IGNORECASE,
)
_LIKE: Final = re.compile(r",\s*like,\s*|\blike (?=um|uh|like|you know)", re.IGNORECASE)
_LOST_WORDS: Final = re.compile(
    pattern(
        r"""(?<=\w )i (?:don't|dont) know (?!what|how|if|where|why|when|who|which|whether|any|him|her|them|it\b|about
    |the|my
    |that|and|but|yet)"""
    ),
    re.IGNORECASE,
)
_TWICE: Final = re.compile(r"\b(\w+ \w+)(?: \1\b)+", re.IGNORECASE)
_STUTTER: Final = re.compile(r"\b(\w+(?:'\w+)?)(?:[,\s]+\1\b)+", re.IGNORECASE)
_JOINTS: Final = re.compile(
    pattern(
        r"""\s*[,;:–—(]\s*(?:and |but |so (?!that )|because |then )*(?=\S)|\s+(?=(?:but|because|although|though|which|
    whereas)\s)|\s+(?=(?:and|so(?! that (?:i|he|she|we|they|it|my)\b)|then|and then|and so)\s+(?:i|i'm|i've|i'd|i'll
    |we|we're|he|she|they|it|it's|my|our|there|there's|now|that|this)\b)|\s+(?=and (?-i:[A-Z])[a-z]+ (?:is|was|has|
    says|said|will|would|gets|wants|thinks|does)\b)"""
    ),
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    pattern(
        r"""^(?:(?:and|but|so|because|then|although|though|well|okay|ok|yeah|yes|no|right|oh|anyway|actually|honestly
    |like|
    just|maybe|also|look|listen|first|now)[,\s]+)+"""
    ),
    re.IGNORECASE,
)
_THINK: Final = re.compile(
    pattern(
        r"""^(?:what happens is|the (?:thing|problem|point) is|the truth is|it's just)(?: that)? (?=\w)|^(?:that|
    because) (?=(?:i|i'm|i've|my|we|he|she|they)\b)|^i (?:really |just |do |also )*(?:think|guess|suppose|believe|
    feel like|would say|realized|realised|noticed|know)(?: that)? (?=(?:i|i'm|i've|my|we|it|it's|he|she|they|the|
    this|that's|there)\b)"""
    ),
    re.IGNORECASE,
)

_FLIP: Final = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "im": "you're", "ive": "you've",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_TO_BE: Final = {"am": "are", "was": "were", "wasn't": "weren't", "ain't": "aren't"}
_ADVERBS: Final = words("""just really always never still also only usually often already probably actually""")

STOP_WORDS: Final = words(
    """a about actually after all also always am an and any anyway are as at be because been being but by can can't
    could did didn't do does doesn't don't done even ever every for from get gets getting go going gonna got had has
    have he her here him his how i i'd i'll i'm i've if in into is isn't it it's its just kind know let like little
    lot made make makes maybe me mean more most much my myself no not now of off oh ok okay on one only or other our
    out over really right said say see she should so some something sort still stuff such sure than that that's the
    their them then there there's these they thing things think this those though to too um uh up us very want was
    wasn't way we we're well went were what when where which while who why will with would yeah yes yet you you're
    your yours"""
)
_DANGLING: Final = words(
    """a an the my your our his her their to and or but of with for from in on at by because which who is are was were
    am be been so if when i you he she they we it's i'm very really not too as than any just where how why what have
    has had do does did can could should would will don't can't won't every each like"""
)
_SUBJECT: Final = words(
    """i i'm i've i'd i'll we we're we've we'd we'll he he's she she's they they're they've it it's there there's
    that's nobody everybody everyone somebody someone nothing everything"""
)
_NO_VERB: Final = words("a an the to of and or but with for in on at that which i me my so as not")
_NOUN_SUBJECT: Final = words("my our the this that his her their")
_BREAKS: Final = words("because which when while although since where if and so until after before")
_PREPOSITIONS: Final = words("for with in at or like")
_NEW_SUBJECT: Final = words("i i'm i've i'll i'd he he's she she's they they're we we're")
_TAKES_A_CLAUSE: Final = words(
    """that think thinks thought whether because when if what how than as like and but or know knows knew say says said
    hope where who whom while before after until since wish sure feel told tells me him her them us though although
    is was for of whenever guess suppose believe realize realise noticed so where's the thing things way time
    something everything all one day"""
)
_PURPOSE: Final = re.compile(
    r"(?:so )?that (?:he|she|they|it) (?:doesn't|don't|can|could|won't)|so that (?:i|he|she|we|they|it|my)\b",
    re.IGNORECASE,
)
_HEDGE: Final = re.compile(r",? i (?:suppose|think|guess|believe|would say)$", re.IGNORECASE)
_VERBS: Final = words(
    """is are was were isn't aren't wasn't weren't has have had hasn't haven't do don't does doesn't did didn't can
    can't could couldn't will won't would wouldn't should wants want wanted needs need needed says said thinks
    thought keeps kept makes made comes came gets got feels felt takes took gives gave goes went knows knew tells
    told asks asked starts started stops stopped helps helped hurts works worked worries scares expects expected
    decided left leaves lives died moved hates loves likes seems looks happens happened changed changes costs pays
    talks never always just really still also only"""
)


_NAME: Final = re.compile(
    r"\b(?:"
    + "|".join(
        [
            "adam",
            "alex",
            "alice",
            "amy",
            "andrea",
            "andrew",
            "anna",
            "anne",
            "ben",
            "carla",
            "carlos",
            "charlie",
            "chris",
            "claire",
            "clara",
            "daniel",
            "david",
            "diana",
            "elena",
            "elias",
            "ella",
            "emily",
            "emma",
            "eric",
            "eva",
            "felix",
            "frank",
            "george",
            "hannah",
            "helen",
            "henry",
            "ines",
            "isabel",
            "jack",
            "jacob",
            "james",
            "jan",
            "jane",
            "jonas",
            "julia",
            "julian",
            "karen",
            "karl",
            "kate",
            "kevin",
            "laura",
            "lena",
            "leo",
            "lisa",
            "louis",
            "lucas",
            "lucy",
            "luis",
            "malik",
            "marco",
            "maria",
            "marie",
            "martha",
            "martin",
            "max",
            "maya",
            "mia",
            "michael",
            "mila",
            "mira",
            "mohammed",
            "nadia",
            "nick",
            "nina",
            "nora",
            "oliver",
            "olivia",
            "omar",
            "oscar",
            "patricia",
            "paul",
            "paula",
            "peter",
            "petra",
            "philip",
            "rachel",
            "robert",
            "rosa",
            "ruth",
            "sam",
            "samira",
            "january",
            "february",
            "april",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "sandra",
            "sara",
            "sarah",
            "simon",
            "sofia",
            "sophia",
            "sophie",
            "stefan",
            "steve",
            "susan",
            "thomas",
            "tim",
            "tom",
            "valentina",
            "victor",
            "walter",
            "yasmin",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "english",
            "french",
            "spanish",
            "italian",
            "german",
        ]
    )
    + r")\b"
)
"""Names (and days) that recognisers write small and that are hardly ever another word."""


@dataclass(frozen=True, slots=True)
class Clause:
    """joint: the word that ties it to the one before: but, because, so, and, or nothing."""

    text: str
    joint: str = ""


def tokens(text: str) -> list[str]:
    """Its words in lower case, apostrophes made straight."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def content_words(text: str) -> list[str]:
    return [word for word in tokens(text) if word not in STOP_WORDS and len(word) > 1]


@lru_cache(maxsize=32)  # a line is looked at from many sides
def clean(text: str) -> str:
    """Without fillers and stutters, on one line."""
    text = text.replace("’", "'").replace('"', "").replace("“", "").replace("”", "")
    text = _LIKE.sub(" ", _NOISE.sub("", text))
    text = re.sub(r"\s+", " ", _STUTTER.sub(r"\1", _TWICE.sub(r"\1", text))).strip(" ,;-")
    text = _LOST_WORDS.sub("", text)
    return _NAME.sub(lambda match: match[0].capitalize(), text) if text == text.lower() else text


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


@lru_cache(maxsize=32)
def clauses(text: str) -> tuple[Clause, ...]:
    """The statements in `text`, questions left out, in order."""
    found: list[Clause] = []
    for sentence in sentences(clean(text)):
        if sentence.endswith("?"):
            continue
        for part in _JOINTS.split(sentence.rstrip(".!… ")):
            lead = _LEAD.match(part)
            joint = next((word for word in ("but", "because", "so", "and") if lead and word in tokens(lead[0])), "")
            if _PURPOSE.match(part):
                continue
            bare = _HEDGE.sub("", _THINK.sub("", part[lead.end() :] if lead else part).strip(" ,.;:-)("))
            found += [Clause(one, joint) for one in _run_on(bare) if one]
    return tuple(found)


def _run_on(clause: str) -> list[str]:
    """Recognised speech has no full stops: a new subject in the middle begins a clause of its own."""
    words = clause.split()
    if clause != clause.lower() and any(mark in clause for mark in ".,;"):
        return [clause]
    cuts = [
        index
        for index in range(4, len(words) - 2)
        if _begins_anew(words, index) and words[index - 1].lower() not in _TAKES_A_CLAUSE
    ]
    edges = [0, *cuts, len(words)]
    return [" ".join(words[start:end]) for start, end in itertools.pairwise(edges)]


def _begins_anew(words: list[str], index: int) -> bool:
    word, after = words[index].lower(), words[index + 1].lower()
    return (
        word in _NEW_SUBJECT or (word in {"that", "it", "this"} and after in {"was", "is", "were"}) or word == "that's"
    )


def tellable(clause: str, *, longest: int = 16) -> str | None:
    """The clause told back, or None where that would not be a sentence. At most `longest` words; no final stop."""
    words = clause.split()
    lower = [word.lower().strip(",.!") for word in words]
    if "you" in lower or "your" in lower or not len(words) >= 3:
        return None
    if not _begins_like_a_statement(lower):
        return None
    kept = _shortened(words, longest)
    if kept is None or not any(word not in STOP_WORDS for word in map(str.lower, kept)):
        return None
    return flip(" ".join(kept))


def first_tellable(text: str, *, longest: int = 14) -> str:
    """The first clause of `text` that can be told back, or nothing."""
    return next((told for clause in clauses(text) if (told := tellable(clause.text, longest=longest))), "")


def _begins_like_a_statement(lower: list[str]) -> bool:
    if lower[0] in _SUBJECT:
        return lower[0] not in {"i", "we", "he", "she", "they"} or lower[1] not in _NO_VERB
    if lower[0] in _NOUN_SUBJECT or lower[1:2] == ["and"]:
        return any(word in _VERBS for word in lower[1:5])
    return lower[1] in _VERBS and lower[0] not in STOP_WORDS


def _shortened(words: list[str], longest: int) -> list[str] | None:
    """Its first words up to a place where a sentence can end."""
    if len(words) > longest:
        places = [
            [i for i in range(longest, 4, -1) if words[i].lower() in breaks] for breaks in (_BREAKS, _PREPOSITIONS)
        ]
        cut = next((found[0] for found in places if found), None)
        if cut is None:
            return None
        words = words[:cut]
    while words and words[-1].lower().strip(",") in _DANGLING:
        words = words[:-1]
    return words if len(words) >= 3 else None


def flip(text: str) -> str:
    """First person made second person. Proper names keep their capitals; the first word loses an ordinary one."""
    flipped: list[str] = []
    subject = ""
    for word in text.replace("’", "'").split():
        core = word.strip(",.;:!")
        lower = core.lower()
        if lower in _FLIP:
            new = _FLIP[lower]
        elif lower in _TO_BE and subject in {"i", "we"}:
            new = _TO_BE[lower]
        else:
            new = core
        flipped.append(word.replace(core, new, 1) if core else word)
        if lower not in _ADVERBS:
            subject = lower
    return lower_first(" ".join(flipped))


def lower_first(text: str) -> str:
    """Its first word in lower case if it is one that only stands large at the beginning."""
    first, _, rest = text.partition(" ")
    if first.lower() in STOP_WORDS or first.lower() in _FLIP.values() or first.lower() in _SUBJECT | _NOUN_SUBJECT:
        return f"{first.lower()} {rest}" if rest else first.lower()
    return text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def word_count(text: str) -> int:
    return len(text.split())
