"""The guide's scripts, by the name a format asks for: each turns a prompt into what the guide says next."""

from collections.abc import Callable, Mapping
from typing import Final

from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide.scripts import coaching, coaching_room, interview, lock_in, mentoring, reflection, writing

DEFAULT: Final = "coaching"
SCRIPTS: Final[Mapping[str, Callable[[Prompt], str]]] = {
    "coaching": coaching.speak,
    "coaching_room": coaching_room.speak,
    "interview": interview.speak,
    "lock_in": lock_in.speak,
    "mentoring": mentoring.speak,
    "reflection": reflection.speak,
    "writing": writing.speak,
}


def speak(prompt: Prompt) -> str:
    """What the guide says: by `facts["script"]`, or as a coach where that names no script."""
    return SCRIPTS.get(prompt.facts.get("script", DEFAULT), SCRIPTS[DEFAULT])(prompt)
