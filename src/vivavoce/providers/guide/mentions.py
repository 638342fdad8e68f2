"""What a person mentions: names, people, numbers, days, feelings. Pieces of their own words, nothing guessed."""

import re
from typing import Final

from vivavoce.base.wording import pattern, words
from vivavoce.providers.guide.words import clauses, tokens

_NUMBER_WORDS: Final = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_NUMBER: Final = pattern(
    r"""(?:\d+(?:[.,:]\d+)*|(?:a )?(?:hundred|thousand|dozen)|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|
    ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|two|three|four|five|six|seven|eight|nine|ten|
    eleven|twelve|fifteen|half an?)(?: (?:hundred|thousand|million))*"""
)
_QUANTITY: Final = re.compile(
    pattern(
        rf"""\b(?:(?:about|around|over|almost|nearly|at least|more than|
    less than) )?(?:[$€£] ?)?{_NUMBER}(?: ?[%€$£])?(?:(?: more| times a| different| whole| full| long)? (?:times|
    hours?|minutes?|days?|weeks?|months?|years?|pages?|euros?|dollars?|pounds|percent|people|kids|children|kilos?|
    kilometres?|kilometers?|miles|words|chapters?|exams?|subjects|applications?|interviews?|clients?|customers|
    meetings?|projects?|colleagues|credits|points?|lessons?|employees|versions?|emails?|jobs?|nights?|evenings?|
    steps|tasks?|o'clock|questions?|cigarettes|drinks|beers)\b(?: (?:a|per|each|every) (?:day|week|month|year|evening|
    morning|night))?| (?:a|per) (?:day|week|month|year))"""
    ),
    re.IGNORECASE,
)
_WEEKDAY: Final = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTH: Final = r"(?:january|february|march|april|june|july|august|september|october|november|december)"
_AT: Final = rf"(?: at {_NUMBER}(?: (?:o'clock|am|pm))?)?"
_DAY: Final = re.compile(
    pattern(
        rf"""\b(?:(?:by|on|until|before|from|since|next|this|every) )*(?:the )?(?:{_WEEKDAY}s?(?: (?:morning|afternoon|
    evening|night))?{_AT}|tomorrow(?: (?:morning|afternoon|evening|night))?{_AT}|tonight|right (?:after this|away|
    afterwards)|straight after this|this (?:evening|afternoon|week|weekend|month|year)|next (?:week|weekend|month|
    year|semester|summer)|the weekend|(?:by|in|until|before|since|next) {_MONTH}(?: \d+)?|{_MONTH} \d+(?:st|nd|rd|
    th)?|(?:\d+(?:st|nd|rd|th)|first|second|third) of (?:{_MONTH}|may)|in {_NUMBER} (?:days?|weeks?|months?|years?)|
    after (?:school|work|lunch|dinner|class)|at {_NUMBER}(?: (?:o'clock|am|pm|in the (?:morning|evening|
    afternoon)))?)\b"""
    ),
    re.IGNORECASE,
)
RELATION: Final = pattern(
    r"""(?:wife|husband|partner|girlfriend|boyfriend|mother|mom|mum|father|dad|sister|brother|son|daughter|kids|children
    |parents|boss|manager|colleague|coworker|co-worker|teammate|team lead|team|friend|best friend|teacher|professor|
    supervisor|mentor|coach|client|therapist|doctor|neighbour|neighbor|roommate|flatmate|grandmother|grandma|
    grandfather|grandpa|uncle|aunt|cousin|ex|director|boss's boss|director)"""
)
_RELATIVE: Final = re.compile(
    rf"\b(?:[Mm]y|[Oo]ur) ((?:best |old |new |older |younger |little |big |good |former |direct )?{RELATION})\b"
    r"(?!'s)(?:,? (?:called |named )?([A-Z][a-z]{2,})\b)?",
)
_RELATIVE_LOW: Final = re.compile(
    _RELATIVE.pattern.replace("(?:,? (?:called |named )?([A-Z][a-z]{2,})\\b)?", "()"), re.I
)
_SAYS: Final = "(?:says|said|thinks|told|wants|asked|knows|never|always|doesn't|keeps|feels|who)"
_NAMED: Final = re.compile(rf"(?<=[a-z,] )([A-Z][a-z]{{2,}})(?= {_SAYS}\b)")
_NAMED_FIRST: Final = re.compile(
    pattern(
        r"""(?:^|[.!?] )([A-Z][a-z]{2,})(?= (?:thinks|says|said|told|wants|asked|knows|feels|hates|likes|took|gave|
    and [A-Z][a-z]+)\b)"""
    )
)
_WITH_NAME: Final = re.compile(
    r"\b(?:with|ask|tell|call|meet|told|asked|called|met|text|email|invite|(?:talk|talked|speak|spoke|write|wrote) to)"
    r" ([A-Z][a-z]{2,})\b"
)
_AND_NAME: Final = re.compile(r"\b[A-Z][a-z]{2,} and ([A-Z][a-z]{2,})\b")
_OWN_NAME: Final = re.compile(
    pattern(
        r"""\b(?:[Mm]y name is|[Mm]y name's|I am called|i am called) ([A-Za-z][a-z-]+)|^(?:(?:[Hh]i|[Hh]ello|
    [Hh]ey)[ ,]+)?(?:I'm|i'm|I am|[Cc]all me|[Tt]his is) ([A-Z][a-z-]+)\b(?! [a-z])"""
    )
)
_TITLED: Final = re.compile(r"\b((?:mr|mrs|ms|miss|dr|prof|professor|herr|frau)\.?) ([a-z]{3,})\b", re.IGNORECASE)
_NO_NAMES: Final = words(
    """she he they we her his their the i you monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december english german french spanish
    python java excel google christmas easter europe america london berlin paris lisbon madrid rome vienna munich
    zurich amsterdam internet portuguese italian dutch turkish polish russian chinese japanese arabic swedish
    american european netflix instagram whatsapp youtube tiktok zoom slack god so very really just not a an trying
    going doing feeling thinking fine good okay sorry tired stuck sad here from in new also still afraid nervous
    glad happy because well yes and but what it that this there my hamburg
    nobody somebody everybody someone everyone nothing everything something"""
)
_FEELING: Final = re.compile(
    pattern(
        r"""\b(afraid|scared|terrified|anxious|anxiety|nervous|worried|worry|stressed|overwhelmed|exhausted|tired|
    burnt out|
    burned out|angry|furious|mad|annoyed|irritated|frustrated|frustrating|frustration|sad|lonely|alone|depressed|
    hopeless|hurt|disappointed|ashamed|embarrassed|embarrassing|guilty|guilt|jealous|confused|lost|stuck|bored|
    ridiculous|unfair|panic|panicking|hate|happy|glad|excited|proud|relieved|hopeful|grateful|curious|confident|
    motivated|calm|love)\b"""
    ),
    re.IGNORECASE,
)
_UNFELT: Final = re.compile(
    r"\b(?:leaves? me|let me|not|n't|never|no longer|isn't|without)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_OTHERS: Final = re.compile(
    rf"(?:he|she|they|people|everybody|everyone|the \w+|(?:my|our) (?:\w+ )?{RELATION}(?: \w+)?|[A-Z][a-z]+) "
    r"(?:is|are|was|were|gets|got|feels|felt|seems|looks|says|said|has|will|would|really|always|also)\b",
    re.IGNORECASE,
)


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
    for match in (match for names in (_NAMED_FIRST, _NAMED, _WITH_NAME, _AND_NAME) for match in names.finditer(text)):
        if match[1].lower() not in _NO_NAMES and not any(match[1] in known for known in found.values()):
            found[match.start(1)] = match[1]
    return [found[place] for place in sorted(found)]


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


def score(text: str) -> int | None:
    """A number from 0 to 10 that the answer gives, or None."""
    words = tokens(text)
    for index, word in enumerate(words[:12]):
        value = int(word) if word.isascii() and word.isdigit() and len(word) <= 2 else _NUMBER_WORDS.get(word, 11)
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
