"""What somebody said, as clean clauses, and the same clause told back ("I am afraid of my boss" -> "you are afraid of
your boss").

Works on typed text and on recognised speech, which has no capitals and no punctuation: there, clauses are told apart
by the words that join them. Everything here is a pure function of text.
"""

import re
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_NOISE: Final = re.compile(
    r"\b(?:um+|uh+|erm?|hmm+|mhm|you know|i mean|kind of|sort of|basically|literally|to be honest|if that makes sense"
    r"|or something(?: like that)?|or whatever|and stuff(?: like that)?|and so on|how do i say|let me see)\b,?\s*",
    re.IGNORECASE,
)
_LIKE: Final = re.compile(r",\s*like,\s*|\blike (?=um|like|i |you know)", re.IGNORECASE)
_STUTTER: Final = re.compile(r"\b(\w+(?:'\w+)?)(?:[,\s]+\1\b)+", re.IGNORECASE)
_JOINTS: Final = re.compile(
    r"\s*[,;:–—(]\s*(?:and |but |so |because |then )*(?=\S)|\s+(?=(?:but|because|although|though|which|whereas)\s)"
    r"|\s+(?=(?:and|so|then|and then|and so)\s+(?:i|i'm|i've|i'd|i'll|we|we're|he|she|they|it|it's|my|our|there|there's|now|that|this)\b)",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"^(?:(?:and|but|so|because|then|although|though|well|okay|ok|yeah|yes|no|right|oh|anyway|actually|honestly|like|just"
    r"|maybe|also|look|listen|first|now)[,\s]+)+",
    re.IGNORECASE,
)
_THINK: Final = re.compile(
    r"^i (?:really |just |do |also )*(?:think|guess|suppose|believe|feel like|would say|realized|realised|noticed|know)(?: that)? "
    r"(?=(?:i|i'm|i've|my|we|it|it's|he|she|they|the|this|that's|there)\b)",
    re.IGNORECASE,
)

_FLIP: Final = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll", "im": "you're", "ive": "you've",
    "we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves",
    "we're": "you're", "we've": "you've", "we'd": "you'd", "we'll": "you'll",
}  # fmt: skip
_TO_BE: Final = {"am": "are", "was": "were", "wasn't": "weren't", "ain't": "aren't"}
_ADVERBS: Final = frozenset("just really always never still also only usually often already probably actually".split())

STOP_WORDS: Final = frozenset(
    """a about actually after all also always am an and any anyway are as at be because been being but by can can't could did
    didn't do does doesn't don't done even ever every for from get gets getting go going gonna got had has have he her here
    him his how i i'd i'll i'm i've if in into is isn't it it's its just kind know let like little lot made make makes maybe
    me mean more most much my myself no not now of off oh ok okay on one only or other our out over really right said say see
    she should so some something sort still stuff such sure than that that's the their them then there there's these they
    thing things think this those though to too um uh up us very want was wasn't way we we're well went were what when where
    which while who why will with would yeah yes yet you you're your yours""".split()
)
_DANGLING: Final = frozenset(
    """a an the my your our his her their to and or but of with for from in on at by because that which who is are was were am
    be been so if when i you he she they we it's i'm very really not too as than about into more some this just where how
    why what have has had do does did can could should would will don't can't won't every each like""".split()
)
_SUBJECT: Final = frozenset(
    """i i'm i've i'd i'll we we're we've we'd we'll he he's she she's they they're they've it it's there there's that's
    nobody everybody everyone somebody someone nothing everything""".split()
)
_NOUN_SUBJECT: Final = frozenset("my our the this that his her their".split())
_VERBS: Final = frozenset(
    """is are was were isn't aren't wasn't weren't has have had hasn't haven't does doesn't did didn't can can't could couldn't
    will won't would wouldn't should wants want wanted needs need needed says said thinks thought keeps kept makes made comes came
    gets got feels felt takes took gives gave goes went knows knew tells told asks asked starts started stops stopped helps
    helped hurts works worked worries scares expects expected decided left leaves lives died moved hates loves likes seems
    looks happens happened changed changes costs pays talks never always just really still also only""".split()
)


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


def clean(text: str) -> str:
    """Without fillers and stutters, on one line."""
    text = text.replace("’", "'").replace('"', "").replace("“", "").replace("”", "")
    text = _LIKE.sub(" ", _NOISE.sub("", text))
    return re.sub(r"\s+", " ", _STUTTER.sub(r"\1", text)).strip(" ,;-")


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def clauses(text: str) -> list[Clause]:
    """The statements in `text`, questions left out, in order."""
    found: list[Clause] = []
    for sentence in sentences(clean(text)):
        if sentence.endswith("?"):
            continue
        for part in _JOINTS.split(sentence.rstrip(".!… ")):
            lead = _LEAD.match(part)
            joint = next((word for word in ("but", "because", "so", "and") if lead and word in tokens(lead[0])), "")
            bare = _THINK.sub("", part[lead.end() :] if lead else part).strip(" ,.;:-)(")
            if bare:
                found.append(Clause(bare, joint))
    return found


def tellable(clause: str, *, longest: int = 16) -> str | None:
    """The clause told back, or None where that would not be a sentence. At most `longest` words; no final stop."""
    words = clause.split()
    lower = [word.lower().strip(",.!") for word in words]
    if "you" in lower or "your" in lower or not 3 <= len(words):
        return None
    if not _begins_like_a_statement(lower):
        return None
    kept = _shortened(words, longest)
    if kept is None or not any(word not in STOP_WORDS for word in map(str.lower, kept)):
        return None
    return flip(" ".join(kept))


def _begins_like_a_statement(lower: list[str]) -> bool:
    if lower[0] in _SUBJECT:
        return lower[0] not in {"i", "we", "he", "she", "they"} or lower[1] not in _DANGLING - _VERBS
    if lower[0] in _NOUN_SUBJECT or re.fullmatch(r"[a-z]+", lower[0]) is None:
        return any(word in _VERBS for word in lower[1:5])
    return lower[1] in _VERBS and lower[0] not in STOP_WORDS


def _shortened(words: list[str], longest: int) -> list[str] | None:
    """Its first words up to a place where a sentence can end."""
    if len(words) > longest:
        breaks = {"because", "which", "when", "while", "although", "since", "where", "if", "and", "or", "so", "for", "with", "in", "at", "after", "before", "until", "like"}
        cut = next((i for i in range(longest, 4, -1) if words[i].lower() in breaks), None)
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
