"""What scripts share: a reply put together from its parts, and what can be put into questions."""

import re
from typing import Final

from vivavoce.base.wording import words
from vivavoce.providers.guide import mentions
from vivavoce.providers.guide import notes as noting
from vivavoce.providers.guide.reflecting import SCALE
from vivavoce.providers.guide.scripts import coaching_lines as lines
from vivavoce.providers.guide.scripts.coaching_questions import GOAL, REALITY
from vivavoce.providers.guide.talk import Talk
from vivavoce.providers.guide.words import sentences, word_count

LONGEST_WORDS: Final = 60
_ABSOLUTE: Final = re.compile(
    r"\b(?:he|she|they|it|we|i|people) (always|never)\b(?! (?:will|would|did|again|thought|had))"
    r"|\b(everybody|everyone|nobody)\b(?! (?:says|said|told|will))",
    re.IGNORECASE,
)
_HOT: Final = words("angry furious annoyed mad frustrated irritated")


def joined(*parts: str) -> str:
    """The parts as one reply of at most `LONGEST_WORDS`. The last is the question: no other may look like one."""
    *statements, question = [part for part in parts if part]
    room = LONGEST_WORDS - word_count(question)
    kept: list[str] = []
    for sentence in sentences(" ".join(statement.replace("?", "").strip() for statement in statements)):
        room -= word_count(sentence)
        if room < 0:
            break
        kept.append(sentence)
    return " ".join([*kept, question])


def slots_of(talk: Talk) -> dict[str, str]:
    """What can be put into questions now, and what they need to be asked at all."""
    notes = talk.notes
    now = mentions.people(talk.last)
    previous = talk.question.id if talk.question else ""
    absolute = _ABSOLUTE.search(talk.last)
    hot = [feeling for feeling in mentions.feelings(talk.last) if feeling in _HOT]
    step = notes.commitments[-1] if notes.commitments else ""
    found: dict[str, str | bool] = {
        "goal": notes.goal,
        "no_goal": not notes.goal,
        "nothing_yet": not (notes.goal or notes.topic or talk.answers),
        "finding_out": lines.finding_out(notes.goal),
        "not_finding_out": not lines.finding_out(notes.goal),
        "topic": notes.topic,
        "person": now[0] if now else (notes.people or ("",))[-1],
        "person_now": bool(now),
        "early": talk.stage in {GOAL, REALITY},
        "feeling": hot[-1] if hot else "",
        "feeling_hot": bool(hot),
        "absolute": next((word.lower() for word in absolute.groups() if word), "") if absolute else "",
        "commitment": step,
        "no_commitment": not step,
        "no_day": bool(step) and not mentions.days(step),
        "no_option": not notes.options,
        "one_option": bool(notes.options),
        "two_options": len(notes.options) >= 2,
        "tried_asked": previous == "tried",
        "afraid_asked": previous == "f_afraid",
        "repeating": not notes.kinds or bool(notes.kinds & {"habit", "people"}),
        **{kind: True for kind in notes.kinds},
        **_numbers(notes),
    }
    return {name: _bare(value) if isinstance(value, str) else "yes" for name, value in found.items() if value}


def _numbers(notes: noting.Notes) -> dict[str, str | bool]:
    found: dict[str, str | bool] = {}
    if notes.score is not None:
        found |= {"score": SCALE[notes.score], "score_zero": notes.score == 0, "score_above_zero": notes.score > 0}
        if notes.score < 10:
            found["raised_score"] = SCALE[notes.score + 1]
    if notes.sure is not None:
        found["sure_high"] = notes.sure >= 8
        if notes.sure < 8:
            found["raised"] = SCALE[notes.sure + 1]
    return found


def _bare(phrase: str) -> str:
    """A slot's words without anything that could end the sentence."""
    return " ".join(re.sub(r"[?!.;:…\"]", " ", phrase).split()[:12])
