"""What the guide keeps in mind: goal, people, numbers, days, feelings and commitments said in this session.

Notes are a fold over what the person said. Nothing is guessed: each note is a piece of the person's own words, told
back in the second person ("my sister Lena" -> "your sister Lena").
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from vivavoce.providers.guide.words import (
    Clause,
    clauses,
    clean,
    content_words,
    flip,
    tellable,
    tokens,
    word_count,
)

_NUMBER_WORDS: Final = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_NUMBER: Final = (
    r"(?:\d+(?:[.,:]\d+)*|(?:a )?(?:hundred|thousand|dozen)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|fifteen|half an?)(?: (?:hundred|thousand|million))*"
)
_QUANTITY: Final = re.compile(
    rf"\b(?:(?:about|around|over|almost|nearly|at least|more than|less than) )?(?:[$€£] ?)?{_NUMBER}(?: ?[%€$£])?"
    r"(?:(?: more| times a| different| whole| full| long)? (?:times|hours?|minutes?|days?|weeks?|months?|years?|pages?|euros?|dollars?"
    r"|pounds|percent|people|kids|children|kilos?|kilometres?|kilometers?|miles|words|chapters?|exams?|subjects|applications?|interviews?|clients?"
    r"|customers|meetings?|projects?|colleagues|credits|points?|lessons?|employees|versions?|emails?|jobs?|nights?|evenings?|steps|tasks?|o'clock"
    r"|questions?|cigarettes|drinks|beers)(?: (?:a|per|each|every) (?:day|week|month|year|evening|morning|night))?"
    r"| (?:a|per) (?:day|week|month|year))",
    re.IGNORECASE,
)
_WEEKDAY: Final = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTH: Final = r"(?:january|february|march|april|june|july|august|september|october|november|december)"
_AT: Final = rf"(?: at {_NUMBER}(?: (?:o'clock|am|pm))?)?"
_DAY: Final = re.compile(
    rf"\b(?:(?:by|on|until|before|from|since|next|this|every) )*(?:the )?(?:{_WEEKDAY}s?(?: (?:morning|afternoon|evening|night))?{_AT}"
    rf"|tomorrow(?: (?:morning|afternoon|evening|night))?{_AT}|tonight|right (?:after this|away|afterwards)|straight after this|this (?:evening|afternoon|week|weekend|month|year)"
    rf"|next (?:week|weekend|month|year|semester|summer)|the weekend|(?:by|in|until|before|since|next) {_MONTH}(?: \d+)?"
    rf"|{_MONTH} \d+(?:st|nd|rd|th)?|(?:\d+(?:st|nd|rd|th)|first|second|third) of (?:{_MONTH}|may)|in {_NUMBER} (?:days?|weeks?|months?|years?)"
    rf"|after (?:school|work|lunch|dinner|class)|at {_NUMBER}(?: (?:o'clock|am|pm|in the (?:morning|evening|afternoon)))?)\b",
    re.IGNORECASE,
)
_RELATION: Final = (
    r"(?:wife|husband|partner|girlfriend|boyfriend|mother|mom|mum|father|dad|sister|brother|son|daughter|kids|children"
    r"|parents|boss|manager|colleague|coworker|co-worker|teammate|team lead|team|friend|best friend|teacher|professor|supervisor"
    r"|mentor|coach|client|therapist|doctor|neighbour|neighbor|roommate|flatmate|grandmother|grandma|grandfather|grandpa|uncle"
    r"|aunt|cousin|ex|director|boss's boss|director)"
)
_RELATIVE: Final = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur) ((?:best |old |new |older |younger |little |big |good |former |direct )?{_RELATION})\b"
    r"(?!'s)(?:,? (?:called |named )?([A-Z][a-z]{2,})\b)?",
)
_RELATIVE_LOW: Final = re.compile(
    _RELATIVE.pattern.replace("(?:,? (?:called |named )?([A-Z][a-z]{2,})\\b)?", "()"), re.I
)
_NAMED: Final = re.compile(
    r"(?<=[a-z,] )([A-Z][a-z]{2,})(?= (?:is|was|says|said|has|had|thinks|told|wants|will|and I|who|would|could|doesn't|never|always|keeps)\b)"
)
_NAMED_FIRST: Final = re.compile(
    r"(?:^|[.!?] )([A-Z][a-z]{2,})(?= (?:thinks|says|said|told|wants|asked|knows|feels|hates|likes|took|gave|and [A-Z][a-z]+)\b)"
)
_WITH_NAME: Final = re.compile(
    r"\b(?:with|to|from|ask|tell|call|meet|told|asked|called|met|and|text|email) ([A-Z][a-z]{2,})\b"
)
_AND_NAME: Final = re.compile(r"\b[A-Z][a-z]{2,} and ([A-Z][a-z]{2,})\b")
_OWN_NAME: Final = re.compile(
    r"\b(?:[Mm]y name is|[Mm]y name's|I am called|i am called) ([A-Za-z][a-z-]+)|^(?:(?:[Hh]i|[Hh]ello|[Hh]ey)[ ,]+)?(?:I'm|i'm|I am|[Cc]all me|[Tt]his is) ([A-Z][a-z-]+)\b(?! [a-z])"
)
_TITLED: Final = re.compile(r"\b((?:mr|mrs|ms|miss|dr|prof|professor|herr|frau)\.?) ([a-z]{3,})\b", re.IGNORECASE)
_NO_NAMES: Final = frozenset(
    [
        "she",
        "he",
        "they",
        "we",
        "her",
        "his",
        "their",
        "the",
        "i",
        "you",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "german",
        "french",
        "spanish",
        "python",
        "java",
        "excel",
        "google",
        "christmas",
        "easter",
        "europe",
        "america",
        "london",
        "berlin",
        "paris",
        "internet",
        "netflix",
        "instagram",
        "whatsapp",
        "youtube",
        "tiktok",
        "zoom",
        "slack",
        "god",
        "so",
        "very",
        "really",
        "just",
        "not",
        "a",
        "an",
        "trying",
        "going",
        "doing",
        "feeling",
        "thinking",
        "fine",
        "good",
        "okay",
        "sorry",
        "tired",
        "stuck",
        "sad",
        "here",
        "from",
        "in",
        "new",
        "also",
        "still",
        "afraid",
        "nervous",
        "glad",
        "happy",
        "because",
        "well",
        "yes",
        "and",
        "but",
        "what",
        "it",
        "that",
        "this",
        "there",
        "my",
        "hamburg",
        "munich",
        "vienna",
    ]
)
_FEELING: Final = re.compile(
    r"\b(afraid|scared|terrified|anxious|anxiety|nervous|worried|worry|stressed|overwhelmed|exhausted|tired|burnt out|burned out"
    r"|angry|furious|mad|annoyed|irritated|frustrated|frustrating|frustration|sad|lonely|alone|depressed|hopeless|hurt|disappointed"
    r"|ashamed|embarrassed|embarrassing|guilty|guilt|jealous|confused|lost|stuck|bored|ridiculous|unfair|panic|panicking|hate|happy|glad"
    r"|excited|proud|relieved|hopeful|grateful|curious|confident|motivated|calm|love)\b",
    re.IGNORECASE,
)
_UNFELT: Final = re.compile(
    r"\b(?:leaves? me|let me|not|n't|never|no longer|isn't|without)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_OTHERS: Final = re.compile(
    rf"(?:he|she|they|people|everybody|everyone|the \w+|(?:my|our) (?:\w+ )?{_RELATION}(?: \w+)?|[A-Z][a-z]+) "
    r"(?:is|are|was|were|gets|got|feels|felt|seems|looks|says|said|has|will|would|really|always|also)\b",
    re.IGNORECASE,
)
_WISH: Final = re.compile(
    r"\b(?:i|we)(?:'d| would)? (?:really |just |also |finally |only |do |actually |kind of |maybe )*"
    r"(?:want|need|like|love|hope|wish|plan|have been trying|am trying|aim|intend|have decided|would prefer)(?: us)? to (?!talk|know what|say|ask|speak)(.{6,})"
    r"|\bi(?:'m|'ve been| am| have been) (?:really |just |also |currently |seriously )*(?:trying|hoping|planning|struggling|working) to (.{6,})"
    r"|\b(?:my|the) (?:main |big |only |real )?(?:goal|aim|dream|plan|wish|hope) (?:is|would be)(?: that i can| to)? (.{6,})"
    r"|\bi (?:just |really )*(?:want|need|wish|would like|'d like) ((?:him|her|them|people|my \w+|us) to .{4,})"
    r"|\bhelp (?:me )?(?:to |with )?(?=\w+ )(?!me)(.{6,})"
    r"|\bfigure out (.{6,})",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"\b(?:i(?:'m|'ve been| am| was| have been| keep)? (?:really |just |also |seriously |always )*(?:thinking|think|talk|worried|worrying|nervous|anxious|stressed"
    r"|wondering|dreaming|scared|afraid|unsure|struggling)|talk|it's|it is|something) (?:about|of|with) (.{3,})",
    re.IGNORECASE,
)
_MINE: Final = re.compile(
    r"\b(my|our) ((?!own\b|name\b|head\b|mind\b|god\b|life\b)[a-z'-]+(?: (?:exam|job|thesis|project|team|boss|training|application|interview|business|studies|work|school|degree|presentation|test))?)\b",
    re.IGNORECASE,
)
_WILL: Final = re.compile(
    r"\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|i can|i could|i promise to|i'm willing to|let me|i want to|i'd|i would|i might|i should|i plan to|i commit to)"
    r" (?:just |also |probably |maybe |definitely |then |first |simply |actually |try to |start by |try and |at least |go and |have to |like to )*((?!not|be |never|have |still |already |see |hear |imagine |understand |remember |live |say |feel |know |think |guess |love |rather |never |see if|do (?:it|that)\b)[a-z]+.*)",
    re.IGNORECASE,
)
_FIRM: Final = re.compile(r"\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|i promise|i commit)\b", re.IGNORECASE)
_REPORTED: Final = re.compile(r"\b(?:thought|said|told|promised|hoped|swore|if)\b(?:\W+\w+){0,3}\W*$", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"[,;]? (?:and (?:then )?(?:i|he|she|they|we|it|there)\b|but|because|so (?:i|we|it)\b|since|although|though|which|like (?:i|we)\b|where\b|i guess|i think|i suppose|or something|right now|at the moment|to be honest|anyway|you know).*$",
    re.IGNORECASE,
)


KINDS: Final = {
    "decision": re.compile(
        r"\b(?:should i|whether|decide|decision|choose|choice|leaving my|quit|quitting|change (?:my )?(?:job|career)|offer|torn"
        r"|stay or|become|becoming|moving to|move to|break up|accept)\b",
        re.IGNORECASE,
    ),
    "event": re.compile(
        r"\b(?:exam|test|presentation|interview|speech|pitch|defen[cs]e|audition|driving test|wedding|competition|match|finals?)\b",
        re.IGNORECASE,
    ),
    "people": re.compile(
        r"\b(?:conflict|argu\w+|fight\w*|fought|shout\w*|yell\w*|ignores?|disrespect\w*|won't listen|doesn't listen|blames?|blamed|tension|gossip"
        r"|don't talk to each other|not talking|hates? me|against me|attacks?|criticis\w+|criticiz\w+|interrupts?|takes? credit)\b",
        re.IGNORECASE,
    ),
    "habit": re.compile(
        r"\b(?:procrastinat\w+|put(?:ting)? (?:it|things|everything|stuff) off|postpon\w+|distract\w+|scroll\w*|can't (?:start|focus|concentrate)"
        r"|can't get (?:myself|started)|last minute|too late every|keep (?:eating|buying|watching|checking|avoiding)|lazy|discipline|get up)\b",
        re.IGNORECASE,
    ),
}
"""What a matter is about. A word decides; several can be true."""


@dataclass(frozen=True, slots=True)
class Notes:
    """All in the second person, ready to be told back. goal: a verb phrase ("find a new job"); topic: a noun phrase
    ("your exam"). kinds: what sort of matter it is, out of `KINDS`. score: the last answer to a zero-to-ten question; sure: how sure
    they are of their step; when: the day they named for it."""

    name: str = ""
    goal: str = ""
    topic: str = ""
    people: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    obstacle: str = ""
    kinds: frozenset[str] = frozenset()
    score: int | None = None
    sure: int | None = None
    when: str = ""


def note(notes: Notes, said: str, *, early: bool) -> Notes:
    """The notes after the person said this, whatever it answered. early: the matter is only just being named."""
    text = clean(said)
    return replace(
        notes,
        name=own_name(text) or notes.name,
        goal=notes.goal or wish(text),
        topic=notes.topic or topic(text, loose=early),
        people=_merge_people(notes.people, people(text)),
        quantities=_merge(notes.quantities, quantities(text)),
        days=_merge(notes.days, days(text)),
        kinds=notes.kinds | {kind for kind, pattern in KINDS.items() if pattern.search(text)},
        feelings=_merge(notes.feelings, feelings(text)),
        commitments=_merge(notes.commitments, commitments(text, loose=False)),
    )


def _merge(old: tuple[str, ...], new: list[str], limit: int = 12) -> tuple[str, ...]:
    known = {item.lower() for item in old}
    fresh = [item for item in dict.fromkeys(new) if item.lower() not in known]
    return (*old, *fresh)[-limit:]


def with_option(notes: Notes, phrase: str) -> Notes:
    """With another way out; one that says no more than a known one is left out, one that says more replaces it."""
    words = set(content_words(phrase))
    if not words or any(words <= set(content_words(known)) for known in notes.options):
        return notes
    kept = tuple(known for known in notes.options if not set(content_words(known)) <= words)
    return replace(notes, options=(*kept, phrase)[-12:])


def with_commitments(notes: Notes, phrases: list[str]) -> Notes:
    return replace(notes, commitments=_merge(notes.commitments, phrases))


def own_name(text: str) -> str:
    found = _OWN_NAME.search(text)
    name = (found[1] or found[2]) if found else ""
    return name.capitalize() if name and name.lower() not in _NO_NAMES else ""


def people(text: str) -> list[str]:
    """`your sister Lena`, `your boss`, `Tom`, in the order in which they are named."""
    found: dict[int, str] = {}
    for match in _RELATIVE_LOW.finditer(text):
        found[match.start()] = f"your {match[1].lower()}"
    for match in _RELATIVE.finditer(text):
        name = match[2] if match[2] and match[2].lower() not in _NO_NAMES else ""
        found[match.start()] = f"your {match[1]} {name}".strip()
    for match in _TITLED.finditer(text):
        found[match.start()] = f"{match[1].capitalize()} {match[2].capitalize()}"
    for match in (
        match for pattern in (_NAMED_FIRST, _NAMED, _WITH_NAME, _AND_NAME) for match in pattern.finditer(text)
    ):
        if match[1].lower() not in _NO_NAMES and not any(match[1] in known for known in found.values()):
            found[match.start(1)] = match[1]
    return [found[place] for place in sorted(found)]


def _merge_people(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    """People, each under the fullest name so far: `your wife` becomes `your wife Anna`, and `Anna` is she."""
    merged = list(old)
    for who in new:
        if any(who in known for known in merged):
            continue
        merged = [*(known for known in merged if not who.startswith(known + " ")), who]
    return tuple(merged[-12:])


def quantities(text: str) -> list[str]:
    return [match[0].strip().lower() for match in _QUANTITY.finditer(text)]


def days(text: str) -> list[str]:
    return [
        match[0] if re.match(rf"{_WEEKDAY}|{_MONTH}", match[0], re.IGNORECASE) else match[0][0].lower() + match[0][1:]
        for match in _DAY.finditer(text)
    ]


def feelings(text: str) -> list[str]:
    """The person's own feelings; `not afraid` is none, and `my wife is worried` is hers."""
    return [
        match[1].lower()
        for clause in clauses(text)
        if not _OTHERS.match(clause.text)
        for match in _FEELING.finditer(clause.text)
        if not _UNFELT.search(clause.text[: match.start()])
    ]


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
    asked_for = re.match(
        r"(?:well |just |maybe )*(?:that|if|so that|to know that) i(?:'m| am)?(?: can| could| would| will| finally| was able to)? (.+)",
        text,
        re.I,
    )
    if asked_for and not re.match(r"i(?:'m| am)", asked_for[0].split("i", 1)[-1]):
        phrase = _phrase(re.split(r"[.!?]", asked_for[1])[0])
        return phrase if word_count(phrase) >= 2 and tokens(phrase)[0] not in _FINITE | {"don't", "had", "have"} else ""
    thing = re.match(
        r"(?:well |just |maybe |i would have |i'd have )*((?:an?|some|more|less|my) (?!lot\b|bit\b|little\b)[a-z].{3,})",
        text,
        re.I,
    )
    if thing and word_count(thing[1]) <= 10:
        return f"have {_phrase(thing[1])}"
    return ""


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
    mine = [match for match in _MINE.finditer(text) if not re.fullmatch(_RELATION, match[2], re.IGNORECASE)]
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


_WEIGHTY: Final = frozenset(
    [
        "want",
        "need",
        "afraid",
        "hate",
        "love",
        "like",
        "miss",
        "hope",
        "wish",
        "can't",
        "never",
        "always",
        "problem",
        "important",
        "matter",
    ]
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
    r"^(?:tell|say to|advise) (?:him|her|them|(?:my|a) friend) (?:to |that (?:he|she|they) (?:should|could) |(?:he|she|they) (?:should|could) )",
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
    first = next(iter(clauses(text)), None)
    if first is None or not 2 <= word_count(first.text) <= 8:
        return ""
    return (
        ""
        if tokens(first.text)[0].split("'")[0] in _NO_IDEA or tellable(first.text) or people(first.text)
        else _phrase(first.text)
    )


_ACTIONS: Final = frozenset(
    [
        "accept",
        "act",
        "add",
        "agree",
        "allow",
        "apply",
        "arrange",
        "ask",
        "attend",
        "avoid",
        "be",
        "begin",
        "block",
        "book",
        "break",
        "breathe",
        "bring",
        "build",
        "buy",
        "call",
        "cancel",
        "change",
        "check",
        "choose",
        "clean",
        "close",
        "come",
        "compare",
        "contact",
        "continue",
        "cook",
        "copy",
        "count",
        "cut",
        "decide",
        "delete",
        "describe",
        "discuss",
        "do",
        "draw",
        "drink",
        "drop",
        "eat",
        "email",
        "exercise",
        "explain",
        "explore",
        "feel",
        "figure",
        "fill",
        "find",
        "finish",
        "fix",
        "focus",
        "follow",
        "forget",
        "get",
        "give",
        "go",
        "have",
        "help",
        "hire",
        "hold",
        "ignore",
        "invite",
        "join",
        "keep",
        "learn",
        "leave",
        "let",
        "limit",
        "list",
        "listen",
        "live",
        "look",
        "lower",
        "make",
        "meet",
        "message",
        "move",
        "note",
        "offer",
        "open",
        "order",
        "organise",
        "organize",
        "pack",
        "paint",
        "park",
        "pause",
        "pay",
        "phone",
        "plan",
        "play",
        "practice",
        "practise",
        "prepare",
        "print",
        "promise",
        "propose",
        "put",
        "quit",
        "read",
        "record",
        "reduce",
        "register",
        "relax",
        "remove",
        "reply",
        "report",
        "research",
        "reserve",
        "rest",
        "revise",
        "run",
        "save",
        "say",
        "schedule",
        "search",
        "see",
        "sell",
        "send",
        "set",
        "share",
        "show",
        "sign",
        "sit",
        "sketch",
        "skip",
        "sleep",
        "sort",
        "speak",
        "spend",
        "split",
        "start",
        "stay",
        "stop",
        "study",
        "swap",
        "switch",
        "take",
        "talk",
        "teach",
        "tell",
        "test",
        "text",
        "think",
        "throw",
        "train",
        "translate",
        "try",
        "turn",
        "update",
        "use",
        "visit",
        "volunteer",
        "wait",
        "wake",
        "walk",
        "watch",
        "work",
        "write",
    ]
)
_FINITE: Final = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "had",
        "helps",
        "helped",
        "makes",
        "made",
        "feels",
        "felt",
        "worked",
        "works",
        "would",
        "could",
    ]
)
_NO_IDEA: Final = frozenset(
    [
        "i",
        "i'm",
        "i've",
        "i'd",
        "i'll",
        "we",
        "he",
        "she",
        "it",
        "it's",
        "they",
        "there",
        "that",
        "that's",
        "this",
        "yes",
        "no",
        "not",
        "nothing",
        "maybe",
        "well",
        "because",
        "if",
        "when",
        "what",
        "how",
        "who",
        "where",
        "why",
        "probably",
        "sure",
        "don't",
        "you",
        "none",
        "right",
        "after",
        "before",
        "on",
        "in",
        "at",
        "with",
        "by",
        "for",
        "tomorrow",
        "today",
        "tonight",
        "later",
        "soon",
        "now",
        "very",
        "just",
        "only",
        "still",
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
    ]
)


def score(text: str) -> int | None:
    """A number from 0 to 10 that the answer gives, or None."""
    words = tokens(text)
    for index, word in enumerate(words[:12]):
        value = int(word) if word.isdigit() and len(word) <= 2 else _NUMBER_WORDS.get(word, 11)
        counted = words[index + 1] if index + 1 < len(words) else ""
        numbered = index > 0 and words[index - 1] in {
            "chapter",
            "page",
            "class",
            "grade",
            "part",
            "number",
            "at",
            "room",
        }
        if value <= 10 and not numbered and not counted.startswith(_COUNTED) and (word != "one" or len(words) <= 3):
            return value
    return None


_COUNTED: Final = (
    "month",
    "year",
    "week",
    "day",
    "hour",
    "minute",
    "time",
    "people",
    "page",
    "euro",
    "dollar",
    "kid",
    "of ",
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


_CUT_BEFORE: Final = frozenset(
    ["if", "and", "because", "when", "so", "while", "before", "after", "until", "for", "on", "in", "at", "with"]
)
_LOOSE_ENDS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "to",
        "and",
        "or",
        "but",
        "of",
        "with",
        "for",
        "in",
        "on",
        "at",
        "by",
        "that",
        "which",
        "who",
        "is",
        "was",
        "if",
        "when",
        "i",
        "my",
        "our",
        "your",
        "his",
        "their",
        "it's",
        "very",
        "really",
        "not",
        "some",
        "as",
        "than",
        "about",
        "into",
        "more",
        "so",
        "because",
        "like",
        "just",
        "will",
        "would",
        "could",
        "can",
        "be",
        "have",
    ]
)
