"""A prompt as pydantic-ai's messages."""

from dataclasses import replace
from typing import Final

from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, UserPromptPart

from vivavoce.engine.ports import Line, Prompt

_BEGINS: Final = "(Stage direction, said by nobody: the session begins.)"  # some models insist that a person begins
_CUT_OFF: Final = " … (you were cut off here; the rest was not heard)"


def messages_of(prompt: Prompt) -> list[ModelMessage]:
    """Instructions, then the conversation as it was heard. Names stand before lines when several people speak."""
    several = len({line.speaker for line in prompt.history if line.speaker is not None}) > 1
    messages: list[ModelMessage] = []
    for line in prompt.history:
        _add(messages, line, several)
    if prompt.task or not messages or isinstance(messages[-1], ModelResponse):
        direction = prompt.task or "Go on."
        _say(messages, f"(Stage direction, said by nobody: {direction})")
    asked = messages.pop()
    return [*messages, replace(asked, instructions=prompt.instructions) if isinstance(asked, ModelRequest) else asked]


def _add(messages: list[ModelMessage], line: Line, several: bool) -> None:
    if line.speaker is not None:
        _say(messages, f"{line.speaker}: {line.text}" if several else line.text)
        return
    if not messages:
        _say(messages, _BEGINS)
    part = TextPart(line.text + (_CUT_OFF if line.interrupted else ""))
    match messages[-1]:
        case ModelResponse(parts=parts) as last:
            last.parts = [*parts, part]
        case _:
            messages.append(ModelResponse(parts=[part]))


def _say(messages: list[ModelMessage], text: str) -> None:
    """Lines that follow each other are one message: some models insist on turns."""
    part = UserPromptPart(text)
    if messages and isinstance(messages[-1], ModelRequest):
        messages[-1].parts = [*messages[-1].parts, part]
    else:
        messages.append(ModelRequest(parts=[part]))
