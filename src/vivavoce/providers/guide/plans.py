"""What a person wants, could do and will do, cut out of what they said and told back as a phrase.

A goal, an idea and a step are verb phrases in the second person: "I'll call my sister on Friday, I think" gives
"call your sister on Friday". Nothing is returned where that would not read well.
"""

import re
from typing import Final

from vivavoce.base.wording import pattern, words
from vivavoce.providers.guide.mentions import RELATION, feelings, people
from vivavoce.providers.guide.words import Clause, clauses, content_words, flip, tellable, tokens, word_count

_WISH: Final = re.compile(
    pattern(
        r"""\b(?:i|we)(?:'d| would)? (?:really |just |also |finally |only |do |actually |kind of |maybe )*(?:want|
    need|like|
    love|hope|wish|plan|have been trying|am trying|aim|intend|have decided|would prefer)(?: us)? to (?!talk|
    know what|say|ask|speak)(.{6,})|\bi(?:'m|'ve been| am| have been) (?:really |just |also |currently |
    seriously )*(?:trying|hoping|planning|struggling|working) to (.{6,})|\b(?:my|the) (?:main |big |only |
    real )?(?:goal|aim|dream|plan|wish|hope) (?:is|would be)(?: that i can| to)? (.{6,})|\bi (?:just |
    really )*(?:want|need|wish|would like|'d like) ((?:him|her|them|people|my \w+|us) to .{4,})|
    \bhelp (?:me )?(?:to |with )?(?=\w+ )(?!me)(.{6,})|\bfigure out (.{6,})"""
    ),
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    pattern(
        r"""\b(?:i(?:'m|'ve been| am| was| have been| keep)? (?:really |just |also |seriously |always )*(?:thinking|
    think|
    talk|worried|worrying|nervous|anxious|stressed|wondering|dreaming|scared|afraid|unsure|struggling)|talk|it's|
    it is|something) (?:about|of|with) (.{3,})"""
    ),
    re.IGNORECASE,
)
_MINE: Final = re.compile(
    pattern(
        r"""\b(my|our) ((?!own\b|name\b|head\b|mind\b|god\b|life\b)[a-z'-]+(?: (?:exam|job|thesis|project|team|boss|
    training
    |application|interview|business|studies|work|school|degree|presentation|test))?)\b"""
    ),
    re.IGNORECASE,
)
_WILL: Final = re.compile(
    pattern(
        r"""\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|i can|i could|i promise to|i'm willing to|let me|
    i want to
    |i'd|i would|i might|i should|i plan to|i commit to) (?:just |also |probably |maybe |definitely |then |first |
    simply |actually |try to |start by |try and |at least |go and |have to |like to )*((?!not|be |never|have |
    still |already |see |hear |imagine |understand |remember |live |say |feel |know |think |guess |love |rather |
    never |see if|do (?:it|that)\b)[a-z]+.*)"""
    ),
    re.IGNORECASE,
)
_FIRM: Final = re.compile(r"\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|i promise|i commit)\b", re.IGNORECASE)
_REPORTED: Final = re.compile(r"\b(?:thought|said|told|promised|hoped|swore|if)\b(?:\W+\w+){0,3}\W*$", re.IGNORECASE)
_TAIL: Final = re.compile(
    pattern(
        r"""[,;]? (?:and (?:then )?(?:i|he|she|they|we|it|there)\b|but|because|so (?:i|we|it)\b|since|although|though
    |which|
    like (?:i|we)\b|where\b|i guess|i think|i suppose|or something|right now|at the moment|to be honest|anyway|
    you know).*$"""
    ),
    re.IGNORECASE,
)


def wish(text: str) -> str:
    """What the person wants to do, as a verb phrase in the second person, or nothing."""
    for clause in clauses(text):
        if (found := _WISH.search(clause.text)) is not None:
            phrase = _ROUNDABOUT.sub("", _phrase(next(group for group in found.groups() if group)))
            first = tokens(phrase)[0] if word_count(phrase) >= 2 else "it"
            if first in {"him", "her", "them", "people", "your"} and " to " in phrase:
                return f"get {phrase}"
            if first not in {"it", "that", "this", "you", "be"}:
                return phrase
    return ""


def goal_answer(text: str) -> str:
    """The answer to what they want to have, as a verb phrase: `that I feel calmer`, `a plan for Monday`; or nothing."""
    if (asked_for := _THAT_I.match(text)) is not None:
        phrase = _phrase(re.split(r"[.!?]", asked_for[1])[0])
        return phrase if word_count(phrase) >= 2 and tokens(phrase)[0] not in _FINITE | _NO_GOAL else ""
    thing = _A_THING.match(text)
    return f"have {_phrase(thing[1])}" if thing and word_count(thing[1]) <= 10 and not tellable(text) else ""


_THAT_I: Final = re.compile(
    r"(?:well |just |maybe )*(?:that|if|so that|to know that) i"
    r"(?: can| could| would| will| finally| was able to)? (.+)",
    re.I,
)
_A_THING: Final = re.compile(
    r"(?:well |just |maybe |i would have |i'd have )*((?:an?|some|more|less) (?!lot\b|bit\b|little\b)[a-z].{3,})",
    re.I,
)
_NO_GOAL: Final = words("don't had have am been")
_ROUNDABOUT: Final = re.compile(
    r"^(?:(?:find (?:a|some) ways? to|be able to|learn (?:how )?to|figure out how to|try to|get help to|start to) )+",
    re.IGNORECASE,
)


def topic(text: str, *, loose: bool) -> str:
    """What it is about, as a noun phrase in the second person, or nothing. loose: any `my ...` will do."""
    for clause in clauses(text):
        if (found := _ABOUT.search(clause.text)) is not None:
            phrase = _phrase(found[1])
            if tokens(phrase)[:1] not in (["it"], ["that"], ["this"], ["you"], ["how"], ["whether"], ["what"], []):
                return phrase
    if not loose:
        return ""
    mine = [match for match in _MINE.finditer(text) if not re.fullmatch(RELATION, match[2], re.IGNORECASE)]
    return f"your {mine[0][2].lower()}" if mine else ""


def heart(text: str) -> str:
    """The clause of `text` that carries most, told back, or nothing."""
    told = [(told, clause) for clause in clauses(text) if (told := tellable(clause.text))]
    return max(told, key=lambda pair: _weight(*pair))[0] if told else ""


def _weight(told: str, clause: Clause) -> int:
    words = tokens(clause.text)
    return (
        3 * len(content_words(told)[:6])
        + 2 * (words[0] in {"i", "i'm", "i've", "my", "i'd"})
        + 4 * bool(feelings(clause.text))
        + 3 * bool(_WEIGHTY & set(words))
        - 4 * (words[0] in {"he", "she", "they", "it", "it's", "that's"})
        + 2 * (clause.joint in {"but", "because"})
    )


_WEIGHTY: Final = words(
    """want need afraid hate love like miss hope wish can't never always problem important matter"""
)


def commitments(text: str, *, loose: bool) -> list[str]:
    """What the person will do, as verb phrases. loose: `I could`, `I might` and `I want to` count too, because the
    question was what they will do."""
    found: list[str] = []
    parts = clauses(text)
    for index, clause in enumerate(parts):
        match = _WILL.search(clause.text)
        before = parts[index - 1].text if index else ""
        if (
            match is None
            or _REPORTED.search(f"{before} {clause.text[: match.start()]}")
            or not (loose or _FIRM.search(match[0]))
        ):
            continue
        phrase = _phrase(_SAID_TO_A_FRIEND.sub("", match[1]), longest=14)
        if word_count(phrase) >= 2 and not _TOLD_A_FRIEND.match(phrase) and "you" not in tokens(match[1])[:3]:
            found.append(phrase)
    return found


_SAID_TO_A_FRIEND: Final = re.compile(
    pattern(
        r"""^(?:tell|say to|advise) (?:him|her|them|(?:my|a) friend) (?:to |that (?:he|she|they) (?:should|could) |
    (?:he|she
    |they) (?:should|could) )"""
    ),
    re.IGNORECASE,
)


def could(text: str) -> list[str]:
    """Ways the person named by the way: `I could ask my sister`."""
    return commitments(text, loose=True) if re.search(r"\bi (?:could|might) \w+ \w+", text, re.IGNORECASE) else []


_TOLD_A_FRIEND: Final = re.compile(
    r"(?:tell|say to) (?:him|her|them)\b(?! (?:about|that|tomorrow|today|tonight|on|in|how|what))", re.I
)


def bare_action(text: str) -> str:
    """An answer such as `call Anna tomorrow` or `writing two pages`, as a verb phrase, or nothing."""
    first = next((clause for clause in clauses(text) if word_count(clause.text) >= 2), None)
    if first is None or word_count(first.text) > 14:
        return ""
    words = first.text.split()
    words[0] = words[0].lower()
    if words[0] in _ACTIONS:
        return _phrase(" ".join(words), longest=14)
    if (base := _base(words[0])) and not _FINITE & set(tokens(first.text)):
        done = [
            _base(word) or word if index and words[index - 1] in {"and", "or"} else word
            for index, word in enumerate(words)
        ]
        return _phrase(" ".join([base, *done[1:]]), longest=14)
    return ""


def _base(doing: str) -> str:
    """`calling` -> `call`, `writing` -> `write`, `sitting` -> `sit`; nothing for other words."""
    if not doing.endswith("ing"):
        return ""
    stem = doing[:-3]
    return next((verb for verb in (stem, f"{stem}e", stem[:-1]) if verb in _ACTIONS), "")


def idea(text: str) -> str:
    """What the person could do, as a verb phrase or a noun phrase, or nothing."""
    could = next(iter(commitments(text, loose=True)), "") or bare_action(text)
    if could:
        return could
    first = next((clause.text for clause in clauses(text)), "")
    opening = (tokens(first) or [""])[0].split("'")[0]
    if not 2 <= word_count(first) <= 8 or opening in _NO_IDEA | {""} or tellable(first) or people(first):
        return ""
    return _phrase(first)


_ACTIONS: Final = words(
    """accept act add agree allow apply arrange ask attend avoid be begin block book break breathe bring build buy call
    cancel change check choose clean close come compare contact continue cook copy count cut decide delete describe
    discuss do draw drink drop eat email exercise explain explore feel figure fill find finish fix focus follow
    forget get give go have help hire hold ignore invite join keep learn leave let limit list listen live look lower
    make meet message move note offer open order organise organize pack paint park pause pay phone plan play
    practice practise prepare print promise propose put quit read record reduce register relax remove reply report
    research reserve rest revise run save say schedule search see sell send set share show sign sit sketch skip
    sleep sort speak spend split start stay stop study swap switch take talk teach tell test text think throw train
    translate try turn update use visit volunteer wait wake walk watch work write"""
)
_FINITE: Final = words("""is are was were has had helps helped makes made feels felt worked works would could""")
_NO_IDEA: Final = words(
    """i i'm i've i'd i'll we he she it it's they there that that's this yes no not nothing maybe well because if when
    what how who where why probably sure don't you none right after before on in at with by for tomorrow today
    tonight later soon now very just only still zero one two three four five six seven eight nine ten"""
)


def _phrase(raw: str, longest: int = 12) -> str:
    """A piece of what was said, cut where the thought ends, in the second person."""
    cut = _TAIL.sub("", raw.strip(" .,!;"))
    words = cut.split()
    if len(words) > longest:
        ends = [index for index in range(longest, 2, -1) if words[index].lower() in _CUT_BEFORE]
        words = words[: ends[0] if ends else longest]
    while words and words[-1].lower().strip(",") in _LOOSE_ENDS:
        words.pop()
    return flip(" ".join(words)).strip(" ,.;:-!") if words else ""


_CUT_BEFORE: Final = words("if and because when so while before after until for on in at with")
_LOOSE_ENDS: Final = words(
    """a an the to and or but of with for in on at by that which who is was if when i my our your his their it's very
    really not some as than about into more so because like just will would could can be have"""
)
