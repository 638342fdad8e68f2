"""Each conversation file holds what happens in a room and what the pure machines decide. A change shows as a diff."""

from pathlib import Path

import pytest
from tests.golden.replay import replay

CONVERSATIONS = sorted((Path(__file__).parent / "conversations").glob("*.conv"))


def test_there_are_conversations() -> None:
    assert len(CONVERSATIONS) >= 40


@pytest.mark.parametrize("path", CONVERSATIONS, ids=lambda path: path.stem)
def test_conversation(path: Path) -> None:
    script = path.read_text()
    assert replay(script) == script
