"""What the guide keeps in mind: goal, people, numbers, days, feelings and commitments said in this session.

Notes are a fold over what the person said; what is kept is told back in the second person ("your sister Lena").
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from vivavoce.base.wording import pattern
from vivavoce.providers.guide.mentions import days, feelings, own_name, people, quantities
from vivavoce.providers.guide.plans import commitments, topic, wish
from vivavoce.providers.guide.words import clean, content_words

KINDS: Final = {
    "decision": re.compile(
        pattern(
            r"""\b(?:should i|whether|decide|decision|choose|choice|leaving my|quit|quitting|change (?:my )?(?:job|
    career)|offer
    |torn|stay or|become|becoming|moving to|move to|break up|accept)\b"""
        ),
        re.IGNORECASE,
    ),
    "event": re.compile(
        pattern(
            r"""\b(?:exam|test|presentation|interview|speech|pitch|defen[cs]e|audition|driving test|wedding|
    competition|match|
    finals?)\b"""
        ),
        re.IGNORECASE,
    ),
    "people": re.compile(
        pattern(
            r"""\b(?:conflict|argu\w+|fight\w*|fought|shout\w*|yell\w*|ignores?|disrespect\w*|won't listen|
    doesn't listen|
    blames?|blamed|tension|gossip|don't talk to each other|not talking|hates? me|against me|attacks?|criticis\w+|
    criticiz\w+|interrupts?|takes? credit)\b"""
        ),
        re.IGNORECASE,
    ),
    "habit": re.compile(
        pattern(
            r"""\b(?:procrastinat\w+|put(?:ting)? (?:it|things|everything|stuff) off|postpon\w+|distract\w+|scroll\w*|
    can't (?:start|focus|concentrate)|can't get (?:myself|started)|last minute|too late every|keep (?:eating|buying|
    watching|checking|avoiding)|lazy|discipline|get up)\b"""
        ),
        re.IGNORECASE,
    ),
}
"""What a matter is about. A word decides; several can be true."""


@dataclass(frozen=True, slots=True)
class Notes:
    """All in the second person, ready to be told back.

    goal: a verb phrase ("find a new job"); topic: a noun phrase ("your exam"). kinds: what sort of matter it is, out
    of `KINDS`. score: the last answer to a zero-to-ten question; sure: how sure they are of their step; when: the day
    they named for it.
    """

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


def _merge_people(old: tuple[str, ...], new: list[str]) -> tuple[str, ...]:
    """People, each under the fullest name so far: `your wife` becomes `your wife Anna`, and `Anna` is she."""
    merged = list(old)
    for who in new:
        if any(who in known for known in merged):
            continue
        merged = [*(known for known in merged if not who.startswith(known + " ")), who]
    return tuple(merged[-12:])
