"""Whole conversations, kept as transcripts that people can read. A change of behaviour shows as a diff."""

from pathlib import Path

import pytest
from tests.unit.providers.guide.conversations import TRANSCRIPTS, replayed


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_guide_says_what_the_transcript_shows(path: Path) -> None:
    transcript = path.read_text()
    assert replayed(transcript) == transcript


def test_there_are_transcripts_of_six_different_people() -> None:
    assert len(TRANSCRIPTS) >= 6
