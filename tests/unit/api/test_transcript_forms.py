"""A transcript as text and WebVTT."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.api.http.transcripts import as_text, as_webvtt
from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.sessions.events import Source
from vivavoce.domain.sessions.transcript import Utterance

YOU = SeatId("sea_1")
SPOKEN = Utterance(TurnId("turn_1"), YOU, "Sam", "I keep putting it off.", 5_200, 6_900, source=Source.VOICE)
TYPED = Utterance(TurnId("turn_2"), YOU, "Sam", "1 < 2 & 3 --> 4", 3_725_004, 3_725_004, source=Source.TEXT)
REPLY = Utterance(ReplyId("rep_1"), None, "Ada", "What else?\n\nTell me.", 3_725_604, 3_730_000)


def test_text_has_a_paragraph_for_each_entry() -> None:
    assert as_text("Ask for it", [SPOKEN, TYPED]) == (
        "Ask for it\n\n[0:05] Sam: I keep putting it off.\n\n[62:05] Sam: 1 < 2 & 3 --> 4\n"
    )


def test_webvtt_has_a_voice_for_each_speaker_and_escapes_what_has_a_meaning() -> None:
    assert as_webvtt("Ask", [SPOKEN, TYPED, REPLY]) == (
        "WEBVTT Ask\n\n"
        "turn_1\n00:00:05.200 --> 00:00:06.900\n<v Sam>I keep putting it off.</v>\n\n"
        "turn_2\n01:02:05.004 --> 01:02:05.604\n<v Sam>1 &lt; 2 &amp; 3 --&gt; 4</v>\n\n"
        "rep_1\n01:02:05.604 --> 01:02:10.000\n<v Ada>What else?\nTell me.</v>\n"
    )


def test_what_was_typed_stays_as_long_as_one_needs_to_read_it() -> None:
    long = Utterance(TurnId("turn_3"), YOU, "Sam", "x" * 100, 0, 0)
    assert "00:00:00.000 --> 00:00:06.000" in as_webvtt("", [long])


def test_a_title_cannot_break_the_header() -> None:
    assert as_webvtt("a\nb --> c", []) == "WEBVTT a b → c\n"
    assert as_webvtt("", []) == "WEBVTT\n"


@st.composite
def entries(draw: st.DrawFn) -> Utterance:
    start_ms = draw(st.integers(0, 10**8))
    name, text = draw(st.text()), draw(st.text())
    return Utterance(TurnId("turn_1"), YOU, name, text, start_ms, start_ms + draw(st.integers(0, 10**6)))


@given(st.lists(entries(), max_size=6))
def test_any_conversation_is_webvtt_that_gives_its_words_back(said: list[Utterance]) -> None:
    head, *cues = as_webvtt("", said).removesuffix("\n").split("\n\n")
    assert head == "WEBVTT"
    assert len(cues) == len(said)
    starts: list[str] = []
    for cue, entry in zip(cues, sorted(said, key=lambda one: one.start_ms), strict=True):
        _, times, payload = cue.split("\n", 2)
        start, end = times.split(" --> ")
        assert start < end or len(start) != len(end)
        starts.append(start)
        match = re.fullmatch(r"<v ([^<>]+)>([^<>]*)</v>", payload)
        assert match is not None
        assert html.unescape(match[2]).split() == html.unescape(html.escape(entry.text, quote=False)).split()
    assert starts == sorted(starts, key=lambda text: (len(text), text))
