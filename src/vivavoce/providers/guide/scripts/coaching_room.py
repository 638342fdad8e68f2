"""The coaching script in a room with a human coach: what they whisper steers the next question.

A guide by rules understands little of a whisper: what to ask about, what to ask, and to go slowly. Nothing else of it
is used, and its words are not repeated but for the matter itself.
"""

import re
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide.scripts import coaching
from vivavoce.providers.guide.words import sentences

_ABOUT: Final = re.compile(
    r"\b(?:ask|talk|come back|go back|return)\b[^.]*?\b(?:about|to) (?P<what>[^.?!,;]{3,60})", re.IGNORECASE
)
_WHETHER: Final = re.compile(
    r"\bask\b[^.]*?\b(?P<word>what|how|why|when|where|who)\b (?P<rest>[^.?!;]{3,80})", re.IGNORECASE
)
_SLOWLY: Final = re.compile(
    r"\b(?:slow(?:er|ly)?|gentl[ey]|careful(?:ly)?|soft(?:er|ly)?|give \w+ time)\b", re.IGNORECASE
)
_THEIR: Final = re.compile(r"\b(?:her|his|their)\b", re.IGNORECASE)
_THEM: Final = re.compile(r"^(?:she|he|they) (?:is|are|was|were|has|have|wants?|needs?|feels?)\b", re.IGNORECASE)
_YOU: Final = {"is": "are", "was": "were", "has": "have", "wants": "want", "needs": "need", "feels": "feel"}
_GO_ON: Final = "Let us go on from there: what of all that stays with you?"


def speak(prompt: Prompt) -> str:
    """What the coach says next. Depends on the prompt's history, cue and facts alone."""
    facts = prompt.facts
    if prompt.cue is ReplyKind.PICK_UP and facts.get("handed_back"):
        return _question(facts.get("whispered", "")) or _GO_ON
    said = coaching.speak(prompt)
    whispered = facts.get("whispered", "")
    if not whispered or prompt.cue is not ReplyKind.ANSWER:
        return said
    question = _question(whispered)
    if question:
        kept = [sentence for sentence in sentences(said) if not sentence.endswith("?")]
        said = " ".join([*kept[:2], question])
    return f"Take all the time you need. {said}" if _SLOWLY.search(whispered) else said


def _question(whispered: str) -> str:
    """The question that the last whisper asks for, if one can be made of it."""
    for text in reversed(whispered.splitlines()):
        about = _ABOUT.search(text)
        if about is not None:
            return f"What about {_THEIR.sub('your', about['what']).strip()}?"
        asked = _WHETHER.search(text)
        if asked is not None and _THEM.match(asked["rest"]):
            _, verb, *rest = asked["rest"].split()
            return " ".join([asked["word"].capitalize(), _YOU.get(verb.lower(), verb), "you", *rest]) + "?"
    return ""
