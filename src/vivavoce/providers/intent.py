"""Does the person want to stop? By the tested rules, and by the language model where one is configured."""

from typing import Final, Literal

import anyio

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.domain.sessions.intents import Intent, could_be_about_stopping, read_intent
from vivavoce.engine.ports import LanguageModel, Line, Prompt, ProviderError

_WITHIN_S: Final = 1.5  # a person who waits for an answer must not notice
_ASKED: Final = """
The assistant has just asked the person whether to close the session here. Read the person's answer and reply with one
word: yes (they agree to close, or say again that they want to stop), no (they want to go on), or other.
"""
_UNASKED: Final = """
Does the person say, now and for themselves, that they want to end this session (to stop, to wrap up, to go)? Talking
about goodbyes, endings or stopping as a topic, quoting others or joking does not count. Reply with one word: stop or
other.
"""
_WORDS: Final = {"yes": Intent.YES, "no": Intent.NO, "stop": Intent.STOP}


class RuleIntentRecogniser:
    """Implements engine.ports.IntentRecogniser by the rules alone."""

    async def stop_intent(self, text: str, asked: bool) -> Intent:
        return read_intent(text, asked=asked)


class ModelIntentRecogniser:
    """Implements engine.ports.IntentRecogniser: what the rules recognise stands, and the model is asked about the rest.

    The rules find few wishes that are none, but miss some (tests/golden/wrap_up_sentences.txt has the figures), and
    they cost nothing. A model that is slow, fails or rambles is overruled by them too.
    """

    def __init__(self, model: LanguageModel, within_s: float = _WITHIN_S) -> None:
        self._model = model
        self._within_s = within_s

    async def stop_intent(self, text: str, asked: bool) -> Intent:
        by_rule = read_intent(text, asked=asked)
        if by_rule is not Intent.NONE or not (asked or could_be_about_stopping(text)):
            return by_rule
        try:
            with anyio.fail_after(self._within_s):
                said = await self._ask(text, _ASKED if asked else _UNASKED)
        except (ProviderError, TimeoutError):
            return by_rule
        return by_rule if said is None else _WORDS.get(said, Intent.NONE)

    async def _ask(self, text: str, instructions: str) -> Literal["yes", "no", "stop", "other"] | None:
        prompt = Prompt(instructions.strip(), (Line("Person", text),), ReplyKind.ANSWER, "Reply with one word.")
        async with self._model.reply(prompt) as words:
            said = "".join([piece async for piece in words]).strip(" .!\"'\n").lower()
        return said if said in ("yes", "no", "stop", "other") else None
