import pytest

from vivavoce.domain.sessions.session import Address, Role
from vivavoce.engine.turns.address import is_addressed, only_calls

NAMES = ("Ada", "Coach Theo")


@pytest.mark.parametrize(
    "text",
    [
        "Hey agent, what is a monad?",
        "okay agent go on",
        "Ada, what do you think?",
        "I wonder. Hey Ada, do you know?",
        "coach theo can you help",
        "Hello, Ada!",
    ],
)
def test_a_call(text: str) -> None:
    assert is_addressed(Address.WHEN_CALLED, None, text, NAMES, called=False)


@pytest.mark.parametrize(
    "text",
    [
        "What is a monad?",
        "The agent called me.",
        "agent orange",
        "I asked Ada yesterday.",
        "hey there",
        "Theo knows.",
        "",
    ],
)
def test_no_call(text: str) -> None:
    assert not is_addressed(Address.WHEN_CALLED, None, text, NAMES, called=False)


def test_who_only_called_need_not_call_again() -> None:
    assert only_calls("Hey agent!", NAMES)
    assert only_calls("Ada?", NAMES)
    assert not only_calls("Hey agent, stop.", NAMES)
    assert is_addressed(Address.WHEN_CALLED, None, "What is a monad?", NAMES, called=True)


@pytest.mark.parametrize("role", [Role.HOST, Role.MEMBER, Role.COACH, None])
def test_the_other_policies(role: Role | None) -> None:
    assert is_addressed(Address.EVERYONE, role, "So", NAMES, called=False)
    assert is_addressed(Address.HOSTS, role, "So", NAMES, called=False) is (role is Role.HOST)
    assert not is_addressed(Address.NOBODY, role, "Hey agent", NAMES, called=True)
