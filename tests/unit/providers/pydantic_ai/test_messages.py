"""A prompt as pydantic-ai's messages."""

from pydantic_ai.messages import ModelRequest, TextPart, UserPromptPart

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.pydantic_ai.messages import messages_of


def prompt(*history: Line, task: str = "") -> Prompt:
    return Prompt("You are Ada.", history, ReplyKind.ANSWER, task)


def texts(*history: Line, task: str = "") -> list[tuple[str, str]]:
    """Who says what, as the model is told."""
    found: list[tuple[str, str]] = []
    for message in messages_of(prompt(*history, task=task)):
        for part in message.parts:
            match part:
                case UserPromptPart(content=str(text)):
                    found.append(("people", text))
                case TextPart(content=text):
                    found.append(("model", text))
                case _:
                    raise AssertionError(part)
    return found


def test_one_person_speaks_without_a_name() -> None:
    assert texts(Line(None, "Hello."), Line("Ana", "Hi."))[1:] == [("model", "Hello."), ("people", "Hi.")]


def test_a_conversation_never_begins_with_the_model() -> None:
    assert isinstance(messages_of(prompt(Line(None, "Hello."), Line("Ana", "Hi.")))[0], ModelRequest)


def test_two_replies_in_a_row_are_one_message_of_the_model() -> None:
    kinds = [message.kind for message in messages_of(prompt(Line("Ana", "Hi."), Line(None, "A."), Line(None, "B.")))]
    assert kinds == ["request", "response", "request"]


def test_several_people_are_told_apart_by_their_names() -> None:
    assert texts(Line("Ana", "Hi."), Line("Ben", "Hey.")) == [("people", "Ana: Hi."), ("people", "Ben: Hey.")]


def test_what_was_cut_off_is_marked_so() -> None:
    (_, (_, said), _) = texts(Line(None, "I think that", interrupted=True), Line("Ana", "Wait."))
    assert said.startswith("I think that")
    assert "cut off" in said


def test_lines_of_people_in_a_row_are_one_request() -> None:
    messages = messages_of(prompt(Line("Ana", "Hi."), Line("Ana", "Are you there?")))
    assert len(messages) == 1


def test_a_request_comes_last_also_when_nobody_spoke() -> None:
    for history in ((), (Line(None, "Hello."),)):
        assert isinstance(messages_of(prompt(*history))[-1], ModelRequest)


def test_a_task_is_told_as_nobodys_words() -> None:
    assert "Ask whether they are there." in texts(Line(None, "Hello."), task="Ask whether they are there.")[-1][1]


def test_instructions_go_with_the_last_request() -> None:
    last = messages_of(prompt(Line("Ana", "Hi.")))[-1]
    assert isinstance(last, ModelRequest)
    assert last.instructions == "You are Ada."
