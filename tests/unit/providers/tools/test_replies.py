"""What a reply with tools gives out, and what is recorded of its calls."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import anyio
import anyio.lowlevel
import pytest
from pydantic_ai.messages import ModelMessage, ModelRequest, ToolReturnPart
from pydantic_ai.models.function import AgentInfo, DeltaToolCall, DeltaToolCalls, FunctionModel

from vivavoce.base.config import DeadlinesConfig
from vivavoce.domain.sessions.events import ReplyKind, ToolCalled, ToolPlace
from vivavoce.engine.ports import ClientTool, Line, MalformedReply, Prompt, ProviderUnavailable, ToolFailed, ToolUse
from vivavoce.providers.pydantic_ai.language_model import Deadlines, PydanticAiLanguageModel
from vivavoce.providers.pydantic_ai.toolbox import ROUNDS
from vivavoce.providers.tools.file import ToolsFile
from vivavoce.providers.tools.platform import PlatformTools

pytestmark = pytest.mark.anyio
FILLER = "One moment."


@dataclass
class Pause:
    seconds: float


Step = str | DeltaToolCalls | Pause


def call(name: str = "weather", arguments: str = '{"city": "Oslo"}') -> DeltaToolCalls:
    return {0: DeltaToolCall(name=name, json_args=arguments)}


@dataclass
class Scripted:
    """A model that answers its requests one after the other, the last for ever. requests: what it was asked."""

    answers: Sequence[Sequence[Step]]
    requests: list[list[ModelMessage]] = field(default_factory=list[list[ModelMessage]])
    offered: list[set[str]] = field(default_factory=list[set[str]])

    async def stream(self, messages: list[ModelMessage], info: AgentInfo) -> AsyncIterator[str | DeltaToolCalls]:
        self.requests.append(messages)
        self.offered.append({tool.name for tool in info.function_tools})
        now, *later = self.answers
        self.answers = later or [now]
        for step in now:
            if isinstance(step, Pause):
                await anyio.sleep(step.seconds)
            else:
                yield step

    def told(self) -> list[object]:
        """What tools answered, as the model was told in its last request."""
        last = self.requests[-1][-1]
        assert isinstance(last, ModelRequest)
        return [part.content for part in last.parts if isinstance(part, ToolReturnPart)]


@dataclass
class Tried:
    """Pieces with their times in s, and the calls that were recorded."""

    pieces: list[tuple[float, str]] = field(default_factory=list[tuple[float, str]])
    calls: list[ToolCalled] = field(default_factory=list[ToolCalled])

    @property
    def text(self) -> str:
        return "".join(piece for _, piece in self.pieces)


async def sunny(arguments: Mapping[str, object]) -> object:
    return {"city": arguments["city"], "sky": "clear"}


def slow(seconds: float) -> Callable[[Mapping[str, object]], Awaitable[object]]:
    async def answer(arguments: Mapping[str, object]) -> object:
        await anyio.sleep(seconds)
        return "clear"

    return answer


async def reply(
    model: Scripted,
    run: Callable[[Mapping[str, object]], Awaitable[object]] = sunny,
    *,
    wait_wanted: Callable[[], Awaitable[None]] = anyio.lowlevel.checkpoint,
    deadline_s: float = 20,
    tried: Tried | None = None,
) -> Tried:
    tried = tried or Tried()
    tool = ClientTool("weather", "Weather in a city.", {"type": "object", "properties": {"city": {}}}, run)
    platform = PlatformTools(ToolsFile(), DeadlinesConfig(tool_s=deadline_s))
    llm = PydanticAiLanguageModel(FunctionModel(stream_function=model.stream), "scripted", Deadlines(10, 10), platform)
    use = ToolUse((tool,), wait_wanted, tried.calls.append, FILLER)
    prompt = Prompt("You are Ada.", (Line("Ana", "How is Oslo?"),), ReplyKind.ANSWER, tools=use)
    began_s = anyio.current_time()
    async with llm.reply(prompt) as pieces:
        async for piece in pieces:
            tried.pieces.append((round(anyio.current_time() - began_s, 3), piece))
    return tried


async def test_the_answer_follows_from_what_the_tool_said() -> None:
    model = Scripted([[call()], ["It is ", "clear."]])
    tried = await reply(model)
    assert tried.text == "It is clear."
    assert model.told() == [{"city": "Oslo", "sky": "clear"}]
    assert tried.calls == [ToolCalled("weather", True, 0, ToolPlace.CLIENT)]


async def test_the_model_is_told_who_it_is_in_each_request() -> None:
    model = Scripted([[call()], ["Clear."]])
    await reply(model)
    told = [request[-1] for request in model.requests]
    assert [one.instructions for one in told if isinstance(one, ModelRequest)] == ["You are Ada."] * 2


async def test_words_before_a_call_are_given_out_at_once_and_closed() -> None:
    tried = await reply(Scripted([["Let me look", call()], ["Clear."]]), slow(3))
    assert tried.text == "Let me look\nClear."
    assert [at_s for at_s, piece in tried.pieces if piece.strip()] == [0, 3]


async def test_a_slow_call_is_bridged_by_one_sentence() -> None:
    tried = await reply(Scripted([[call()], [call()], ["Clear."]]), slow(4))
    assert [(at_s, piece) for at_s, piece in tried.pieces if piece] == [(1.2, "One moment. "), (8, "Clear.")]


async def test_a_quick_call_is_not_bridged() -> None:
    assert (await reply(Scripted([[call()], ["Clear."]]), slow(1.1))).text == "Clear."


async def test_a_long_call_shows_that_it_is_at_work() -> None:
    tried = await reply(Scripted([[call()], ["Clear."]]), slow(19))
    at_s = [at_s for at_s, _ in tried.pieces]
    assert max(later - earlier for earlier, later in pairwise(at_s)) <= 5


async def test_a_call_that_takes_too_long_is_told_to_the_model() -> None:
    model = Scripted([[call()], ["I could not find out."]])
    tried = await reply(model, slow(60), deadline_s=2)
    assert tried.text.endswith("I could not find out.")
    assert model.told() == ["it did not answer within 2 s"]
    assert tried.calls == [ToolCalled("weather", False, 2000, ToolPlace.CLIENT)]


async def test_a_call_that_fails_is_told_to_the_model() -> None:
    async def fails(arguments: Mapping[str, object]) -> object:
        raise ToolFailed("no such city")

    model = Scripted([[call()], ["There is no such city."]])
    tried = await reply(model, fails)
    assert tried.text == "There is no such city."
    assert model.told() == ["no such city"]
    assert [one.ok for one in tried.calls] == [False]


async def test_a_call_that_makes_no_sense_is_tried_again_by_the_model() -> None:
    model = Scripted([[call(arguments="[1]")], [call(name="wether")], [call()], ["Clear."]])
    tried = await reply(model)
    assert tried.text == "Clear."
    assert len(tried.calls) == 1


async def test_rounds_are_bounded_and_then_the_model_must_answer() -> None:
    model = Scripted([*([[call()]] * ROUNDS), ["Enough."]])
    assert (await reply(model)).text == "Enough."
    assert model.offered == [{"weather"}] * ROUNDS + [set()]


async def test_a_model_that_never_answers_fails() -> None:
    with pytest.raises(MalformedReply):
        await reply(Scripted([[call()]]))


async def test_a_model_that_falls_silent_fails_in_time() -> None:
    with pytest.raises(ProviderUnavailable):
        await reply(Scripted([[call()], ["It", Pause(30), "is"]]))


async def test_no_tool_is_called_for_a_draft() -> None:
    wanted, tried = anyio.Event(), Tried()
    async with anyio.create_task_group() as tasks:

        async def draft() -> None:
            await reply(Scripted([[call()], ["Clear."]]), wait_wanted=wanted.wait, tried=tried)

        tasks.start_soon(draft)
        await anyio.sleep(12)
        assert (tried.calls, tried.text) == ([], "")
        wanted.set()
        await anyio.sleep(1)
        assert tried.text == "Clear."


async def test_a_reply_that_is_stopped_stops_its_call_and_records_it() -> None:
    tried = Tried()
    with anyio.move_on_after(2):
        await reply(Scripted([[call()], ["Clear."]]), slow(10), tried=tried)
    assert tried.calls == [ToolCalled("weather", False, 2000, ToolPlace.CLIENT)]


async def test_an_error_of_the_reader_comes_out_as_it_is() -> None:
    model = Scripted([[call()], ["Clear."]])
    platform = PlatformTools(ToolsFile(), DeadlinesConfig())
    llm = PydanticAiLanguageModel(FunctionModel(stream_function=model.stream), "scripted", tools=platform)
    tool = ClientTool("weather", "", {"type": "object"}, sunny)
    use = ToolUse((tool,), anyio.lowlevel.checkpoint, lambda called: None)
    with pytest.raises(TimeoutError, match="mine"):
        async with llm.reply(Prompt("", (), ReplyKind.ANSWER, tools=use)):
            raise TimeoutError("mine")


async def test_without_tools_the_model_is_asked_directly() -> None:
    model = Scripted([["Good."]])
    platform = PlatformTools(ToolsFile(), DeadlinesConfig())
    llm = PydanticAiLanguageModel(FunctionModel(stream_function=model.stream), "scripted", tools=platform)
    async with llm.reply(Prompt("You are Ada.", (), ReplyKind.NUDGE)) as pieces:
        assert [piece async for piece in pieces] == ["Good."]
    assert model.offered == [set()]
