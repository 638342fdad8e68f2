"""The wrap-up rules, on the sentences of tests/golden/wrap_up_sentences.txt."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.sessions.intents import Intent, answer_to_close, could_be_about_stopping, wants_to_stop

GOLDEN = Path(__file__).parents[3] / "golden" / "wrap_up_sentences.txt"
ANSWERS = {Intent.YES: "yes", Intent.NO: "no", Intent.NONE: "other", Intent.STOP: "stop"}


def decide(script: str) -> str:
    """The script with each line's decision as the rules take it now."""
    lines: list[str] = []
    asked = False
    for line in script.splitlines():
        if line.startswith("=="):
            asked = "was asked" in line and "nothing" not in line
        if " | " not in line or line.startswith("#"):
            lines.append(line)
            continue
        text = line.split(" | ", 1)[1]
        stop = "stop" if wants_to_stop(text) else "go on"
        lines.append(f"{ANSWERS[answer_to_close(text)] if asked else stop} | {text}")
    return "\n".join(lines) + "\n"


def sentences(*decisions: str) -> list[str]:
    rows = (line.split(" | ", 1) for line in GOLDEN.read_text().splitlines() if " | " in line)
    return [row[1] for row in rows if row[0] in decisions]


def test_each_sentence_is_decided_as_the_file_says() -> None:
    script = GOLDEN.read_text()
    assert decide(script) == script


def test_the_file_holds_enough_sentences_and_half_of_them_are_traps() -> None:
    wishes, traps = sentences("stop"), sentences("go on")
    assert len(wishes) + len(traps) >= 160
    assert len(traps) >= len(wishes)
    assert len(set(wishes + traps)) == len(wishes + traps)


@pytest.mark.parametrize("text", sentences("stop"))
def test_the_wide_net_holds_every_wish_to_stop(text: str) -> None:
    assert could_be_about_stopping(text)


@pytest.mark.parametrize(
    "text", ["My sister thinks I should take it.", "The exam worries me.", "Twenty euros a month.", ""]
)
def test_the_wide_net_lets_other_talk_pass_without_a_model(text: str) -> None:
    assert not could_be_about_stopping(text)


@pytest.mark.parametrize("text", sentences("stop"))
def test_a_wish_is_recognised_without_capitals_and_punctuation(text: str) -> None:
    bare = "".join(c for c in text.lower() if c.isalnum() or c in " '")
    assert wants_to_stop(f"um okay {bare}")


@given(st.text(max_size=400))
def test_any_text_is_decided(text: str) -> None:
    assert answer_to_close(text) in {Intent.YES, Intent.NO, Intent.NONE}
    assert not wants_to_stop(text) or could_be_about_stopping(text)


@pytest.mark.parametrize("text", sentences("stop"))
def test_a_second_wish_to_stop_is_a_yes(text: str) -> None:
    assert answer_to_close(text) is Intent.YES


@pytest.mark.parametrize("text", sentences("go on"))
def test_a_trap_never_closes_the_session(text: str) -> None:
    assert answer_to_close(text) is not Intent.YES
