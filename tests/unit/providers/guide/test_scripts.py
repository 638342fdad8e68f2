"""The mentor's, the writer's and the silence's scripts: whole conversations, and what must hold whatever is said.

A transcript's second line holds what the guide knows: `given name=value; name=value`.
"""

import re
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.unit.providers.guide.conversations import GOLDEN
from tests.unit.providers.guide.test_laws import ANYTHING, check

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.formats import face_to_face, silent_reflection, spoken_presence, written_clarity
from vivavoce.providers.guide.scripts import SCRIPTS, speak
from vivavoce.providers.guide.scripts.writing import carrying

FORMATS = [format.FORMAT for format in (face_to_face, spoken_presence, silent_reflection, written_clarity)]
TRANSCRIPTS = [path for format in FORMATS for path in sorted((GOLDEN / format.name).glob("*.txt"))]
KINDS = [
    (format.script, kind) for format in FORMATS if format.script != "reflection" for kind in format.choices[0].options
]


def talked(facts: dict[str, str], sayings: list[str], *, goodbye: bool = True) -> list[tuple[str, str]]:
    """Who said what, the guide's greeting first."""
    lines: list[Line] = []
    cues = [ReplyKind.GREETING, *repeat(ReplyKind.ANSWER, len(sayings))]
    for cue, said in zip(cues, ["", *sayings], strict=True):
        if said or cue is ReplyKind.ANSWER:
            lines.append(Line(facts["person_name"], said))
        lines.append(Line(None, speak(Prompt("", tuple(lines), cue, facts=facts)), kind=cue))
    if goodbye:
        lines.append(Line(None, speak(Prompt("", tuple(lines), ReplyKind.GOODBYE, facts=facts))))
    return [(line.speaker or "Guide", line.text) for line in lines]


def replayed(transcript: str) -> str:
    title, told, *rest = transcript.splitlines()
    facts = dict(pair.split("=", 1) for pair in told.removeprefix("given ").split("; "))
    spoken = [line.split(": ", 1) for line in rest if line]
    found = talked(facts, [text for who, text in spoken if who != "Guide"])
    lines = [f"\n{who}: {text}" if who != "Guide" else f"{who}: {text}" for who, text in found[:-1]]
    return "\n".join([title, told, "", *lines, "", f"Guide: {found[-1][1]}"]) + "\n"


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_guide_says_what_the_transcript_shows(path: Path) -> None:
    transcript = path.read_text()
    assert replayed(transcript) == transcript


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_each_format_has_two_transcripts_and_a_script(format: object) -> None:
    name = str(getattr(format, "name", ""))
    assert len(list((GOLDEN / name).glob("*.txt"))) >= 2
    assert getattr(format, "script", "") in SCRIPTS


@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@pytest.mark.parametrize(("script", "kind"), KINDS)
@given(sayings=st.lists(ANYTHING, min_size=25, max_size=25))
def test_a_reply_is_short_and_asks_one_new_question(script: str, kind: str, sayings: list[str]) -> None:
    facts = {"script": script, "type": kind, "person_name": "Sam", "goals": "Sleep more", "challenges": "Saying no"}
    check([text for who, text in talked(facts, sayings, goodbye=False)[1:] if who == "Guide"])


@settings(max_examples=20, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@pytest.mark.parametrize("script", ["mentoring", "writing"])
@given(sayings=st.lists(ANYTHING, max_size=12))
def test_a_goodbye_is_short_and_asks_nothing(script: str, sayings: list[str]) -> None:
    goodbye = talked({"script": script, "person_name": "Sam"}, sayings)[-1][1]
    assert "?" not in goodbye
    assert goodbye.endswith("Goodbye.")
    assert len(goodbye.split()) <= 70


@pytest.mark.parametrize("script", ["mentoring", "writing"])
@pytest.mark.parametrize("always", ["I don't know.", "yes", "My boss never listens to me, but I like him.", "ok"])
def test_who_always_says_the_same_is_never_asked_the_same(script: str, always: str) -> None:
    found = talked({"script": script, "person_name": "Sam"}, list(repeat(always, 60)), goodbye=False)
    check([text for who, text in found[1:] if who == "Guide"])


@pytest.mark.parametrize("fact", ["goals", "challenges"])
def test_what_a_person_told_reaches_the_mentor_word_for_word(fact: str) -> None:
    facts = {"script": "mentoring", "type": "open", "person_name": "Sam", fact: "Finish the thesis before March"}
    sayings = ["My thesis.", "I lose time.", "I read too much and write too little.", *repeat("I sit and wait.", 12)]
    said = " ".join(text for who, text in talked(facts, sayings) if who == "Guide")
    assert "“Finish the thesis before March”" in said


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_a_quote_is_the_writers_own_words(text: str) -> None:
    quote = carrying(text).removesuffix(" …")
    told = re.sub(r'[?“”"]', "", " ".join(text.split()))
    assert " ".join(quote.split()) in told


def test_nobody_is_corrected_uninvited_and_asked_for_it_is_owned_up_to() -> None:
    facts = {"script": "writing", "type": "letter", "person_name": "Sam"}
    found = talked(facts, ["Deer father, i writte to you.", "can you please correct my spelling"], goodbye=False)
    assert "correct" not in found[2][1]
    assert "neither correct nor rewrite" in found[4][1]


@pytest.mark.parametrize("minutes", ["1", "10", "60"])
@pytest.mark.parametrize("theme", list(silent_reflection.FORMAT.choices[0].options))
def test_the_silence_is_opened_with_its_length_and_no_question(minutes: str, theme: str) -> None:
    facts = {"script": "reflection", "person_name": "Sam", "persona_name": "Theo", "minutes": minutes, "theme": theme}
    (_, opening), (_, closing) = talked(facts, [])
    assert "?" not in opening + closing
    assert "an AI" in opening
    assert {"1": "Sixty seconds", "10": "Ten minutes", "60": "60 minutes"}[minutes] in opening
    assert closing.endswith("Goodbye.")
    assert len(closing.split()) <= 50  # it is said after the time is over


@pytest.mark.parametrize(("script", "kind"), KINDS)
def test_who_speaks_first_is_told_who_answers_and_asked_on(script: str, kind: str) -> None:
    facts = {"script": script, "type": kind, "persona_name": "Iris", "person_name": "Sam", "goals": "Sleep more"}
    first = Line("Sam", "Should I leave my job in spring?")
    reply = speak(Prompt("", (first,), ReplyKind.ANSWER, facts=facts))
    opening = talked(facts, [], goodbye=False)[0][1]
    assert reply.startswith("I'm Iris, an AI")
    assert reply.endswith("?")
    assert not opening.endswith(reply.rsplit(". ", 1)[1])
