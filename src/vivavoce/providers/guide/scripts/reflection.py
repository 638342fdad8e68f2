"""The silent reflection's script: an opening, a closing, and nothing to ask in between."""

from collections.abc import Mapping, Sequence
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.domain.sessions.session import EndReason
from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide.scripts.coaching_lines import first_name

_NUMBERS: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_SETTLE: Final = (
    "Sit as it is comfortable, and let your hands rest.",
    "Let your shoulders come down, and close your eyes if you like.",
    "Put away what is in your hands, and let the next breath come by itself.",
)
_THOUGHTS: Final[Mapping[str, Sequence[str]]] = {
    "open": (
        "There is nothing to do and nothing to find. Thoughts may come and go, as people pass a window.",
        "You need not think of anything. When you notice that you are far away, simply come back to this room.",
    ),
    "the_day": (
        "Let the day pass by once more, from the morning on. You need not judge any of it; it is enough to look.",
        "Go back to this morning, and walk slowly through your day until now. Stay a little where something moved you.",
    ),
    "gratitude": (
        "Think of one thing that you did not have to earn. Stay with it, and then let the next one come.",
        "Think of somebody who did something for you, and be it small. You need not do anything about it now.",
    ),
    "a_question": (
        "Take the question that you carry, and put it down in front of you. You need not answer it; let it be there.",
        "Say your question to yourself once. Then leave it alone, and see what it does in the quiet.",
    ),
    "letting_go": (
        "Think of what you want to let go of. You need not push it away; it is enough to open your hand.",
        "Take what has become heavy, and look at it once more. For these minutes you may put it down.",
    ),
}
_EARLY: Final = "Then the silence ends here. Come back slowly, and move your hands and feet."
_CLOSINGS: Final = (
    "The time is over. Come back slowly, and move your hands and feet.",
    "The silence ends here. Take one more breath before you open your eyes.",
    "That was your time. Let the sounds around you come closer again.",
)


def speak(prompt: Prompt) -> str:
    """The opening, or the closing; should anything else be asked for, that the silence goes on."""
    facts = prompt.facts
    match prompt.cue:
        case ReplyKind.GREETING:
            return _opening(facts)
        case ReplyKind.GOODBYE:
            return _closing(facts)
        case ReplyKind.PICK_UP if not prompt.history:
            return _opening(facts)
        case _:
            return "I am silent now. I will tell you when the time is over."


def _opening(facts: Mapping[str, str]) -> str:
    name, persona, turn = first_name(facts), facts.get("persona_name", ""), _turn(facts)
    thoughts = _THOUGHTS.get(facts.get("theme", ""), _THOUGHTS["open"])
    who = f"I'm {persona}, an AI" if persona else "I am an AI"
    return (
        f"Welcome{', ' + name if name else ''}. {who}. I open this silence and I close it. Nothing you say in between"
        " is kept or answered, unless you ask to stop or are in danger."
        f" {_SETTLE[turn % len(_SETTLE)]} {thoughts[turn % len(thoughts)]}"
        f" {_length(facts)} of silence begin now."
    )


def _closing(facts: Mapping[str, str]) -> str:
    name = first_name(facts)
    early = facts.get("closing", "") == EndReason.WRAPPED_UP
    ending = _EARLY if early else _CLOSINGS[_turn(facts) % len(_CLOSINGS)]
    return (
        f"{ending} If there is something you want to keep, write it down now; your note stays with this session."
        f" Thank you{', ' + name if name else ''}. Goodbye."
    )


def _length(facts: Mapping[str, str]) -> str:
    """`Ten minutes`; `One minute`."""
    given = facts.get("minutes", "")
    minutes = int(given) if given.isdecimal() and len(given) <= 3 else 0
    if not minutes:
        return "The minutes"
    if minutes == 1:
        return "Sixty seconds"
    return f"{_NUMBERS[minutes] if minutes < len(_NUMBERS) else minutes} minutes".capitalize()


def _turn(facts: Mapping[str, str]) -> int:
    """Which of several ways to say it: another for another session, the same for the same."""
    return sum(map(ord, facts.get("session", "") + facts.get("minutes", "") + facts.get("theme", "")))
