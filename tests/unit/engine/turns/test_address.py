from pathlib import Path

import pytest

from vivavoce.domain.sessions.session import Address, Role
from vivavoce.engine.turns.address import is_addressed, only_calls, without_call

NAMES = ("Ada", "Coach Theo")
PHRASES = [
    (line[0] == "+", line[2:].strip())
    for line in (Path(__file__).parent / "calls.txt").read_text("utf-8").splitlines()
    if line[:2] in ("+ ", "- ")
]


def is_called(text: str, phrase: str = "hey agent") -> bool:
    return is_addressed(Address.WHEN_CALLED, None, text, NAMES, called=False, phrase=phrase)


@pytest.mark.parametrize(("calls", "text"), PHRASES)
def test_the_ai_is_addressed_by_those_who_call_it_and_nobody_else(calls: bool, text: str) -> None:
    assert is_called(text) is calls


def test_the_set_of_phrases_is_large_enough() -> None:
    assert len(PHRASES) >= 120
    assert sum(calls for calls, _ in PHRASES) >= 60


def test_no_words_call_nobody() -> None:
    assert not is_called("")
    assert not is_called("...")


def test_each_persona_has_a_wake_phrase_of_its_own() -> None:
    assert is_called("Hey Mira, what is next?", phrase="hey mira")
    assert is_called("hey meera what is next", phrase="hey mira")
    assert is_called("computer what is next", phrase="computer")
    assert is_called("okay computer", phrase="okay computer")
    assert not is_called("Hey agent, what is next?", phrase="hey mira")
    assert not is_called("the computer is slow", phrase="computer")


def test_who_only_called_need_not_call_again() -> None:
    assert only_calls("Hey agent!", NAMES)
    assert only_calls("um, hey age and", NAMES)
    assert only_calls("Ada?", NAMES)
    assert not only_calls("Hey agent, stop.", NAMES)
    assert not only_calls("The agent called.", NAMES)
    assert is_addressed(Address.WHEN_CALLED, None, "What is a monad?", NAMES, called=True)


def test_the_question_is_what_is_left_without_the_call() -> None:
    assert without_call("Hey agent, what is a monad?", NAMES) == "what is a monad"
    assert without_call("What is a monad?", NAMES) == "What is a monad?"


@pytest.mark.parametrize("role", [Role.HOST, Role.MEMBER, Role.GUEST, None])
def test_the_other_policies(role: Role | None) -> None:
    assert is_addressed(Address.EVERYONE, role, "So", NAMES, called=False)
    assert is_addressed(Address.HOSTS, role, "So", NAMES, called=False) is (role is Role.HOST)
    assert not is_addressed(Address.NOBODY, role, "Hey agent", NAMES, called=True)


def test_a_human_coach_is_answered_only_when_they_call() -> None:
    assert not is_addressed(Address.EVERYONE, Role.COACH, "How did that feel?", NAMES, called=False)
    assert is_addressed(Address.EVERYONE, Role.COACH, "Ada, what do you think?", NAMES, called=False)
    assert is_addressed(Address.EVERYONE, Role.COACH, "How did that feel?", NAMES, called=True)
