"""Whole conversations with the guide, and the files that keep them: `Name: what they said`, `Guide: its answer`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.scripts import speak

GOLDEN: Final = Path(__file__).parents[3] / "golden" / "guide"
TRANSCRIPTS: Final = sorted(GOLDEN.glob("*.txt"))
FACTS: Final = {"persona_name": "Ada", "script": "coaching"}


class Conversation:
    """A history that grows. Replies follow from it alone."""

    def __init__(self, name: str = "Sam", **facts: str) -> None:
        self.name = name
        self.facts = facts
        self.lines: list[Line] = []

    def guide(self, cue: ReplyKind = ReplyKind.ANSWER) -> str:
        facts = {**FACTS, "person_name": self.name, **self.facts}
        text = speak(Prompt("", tuple(self.lines), cue, facts=facts))
        self.lines.append(Line(None, text, kind=cue))
        return text

    def say(self, text: str) -> str:
        """The guide's answer."""
        self.lines.append(Line(self.name, text))
        return self.guide()

    def through(self, sayings: Iterable[str]) -> list[str]:
        return [self.say(text) for text in sayings]


def begun(*sayings: str) -> Conversation:
    conversation = Conversation()
    conversation.guide(ReplyKind.GREETING)
    conversation.through(sayings)
    return conversation


def replayed(transcript: str) -> str:
    """The transcript with the guide's lines as it says them now. `Last time: call your sister` tells what it knows."""
    title, *rest = transcript.splitlines()
    known = [line.removeprefix("Last time: ") for line in rest if line.startswith("Last time: ")]
    spoken = [line.split(": ", 1) for line in rest if line and not line.startswith("Last time: ")]
    name = next(who for who, _ in spoken if who != "Guide")
    conversation = Conversation(name, **({"last_commitment": known[-1]} if known else {}))
    lines = [title, *(f"Last time: {promise}" for promise in known), ""]
    lines.append(f"Guide: {conversation.guide(ReplyKind.GREETING)}")
    for who, text in spoken:
        if who == name:
            lines += ["", f"{name}: {text}", f"Guide: {conversation.say(text)}"]
    lines += ["", f"Guide: {conversation.guide(ReplyKind.GOODBYE)}"]
    return "\n".join(lines) + "\n"
