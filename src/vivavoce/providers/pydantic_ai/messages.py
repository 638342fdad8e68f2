"""A prompt as pydantic-ai's messages."""

from collections.abc import Sequence
from typing import Final

from pydantic_ai.messages import ModelMessage, ModelRequest, ModelResponse, TextPart, UserPromptPart

from vivavoce.engine.ports import Line, Prompt

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
    last = messages[-1]
    assert isinstance(last, ModelRequest)
    last.instructions = prompt.instructions
    return messages


def _add(messages: list[ModelMessage], line: Line, several: bool) -> None:
    if line.speaker is not None:
        _say(messages, f"{line.speaker}: {line.text}" if several else line.text)
        return
    text = line.text + (_CUT_OFF if line.interrupted else "")
    messages.append(ModelResponse(parts=[TextPart(text)]))


def _say(messages: list[ModelMessage], text: str) -> None:
    """Lines of people that follow each other are one request: some models insist on turns."""
    part = UserPromptPart(text)
    if messages and isinstance(messages[-1], ModelRequest):
        messages[-1].parts = [*messages[-1].parts, part]
    else:
        messages.append(ModelRequest(parts=[part]))


def lines_of(messages: Sequence[ModelMessage]) -> tuple[Line, ...]:
    """The conversation in messages that were not made from a prompt of ours."""
    lines: list[Line] = []
    for message in messages:
        for part in message.parts:
            match part:
                case UserPromptPart(content=str(text)):
                    lines.append(Line("", text))
                case TextPart(content=text):
                    lines.append(Line(None, text))
                case _:
                    continue  # what is neither said nor heard: system prompts, tool calls
    return tuple(lines)
