"""What the guide says in a room where people work, and in one with a human coach, with no model configured."""

import pytest

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.scripts import speak

FACTS = {
    "script": "lock_in",
    "persona_name": "Kit",
    "person_name": "Ana",
    "person_names": "Ana, Ben",
    "tasks": "Ana: Write the tests (open)\nBen: Read chapter two (done: It was short)",
    "focus_left_s": "750",
    "project_title": "Atlas",
    "project_notes": "Atlas maps the river. The release is due on Friday.",
}


def answer(question: str, **facts: str) -> str:
    return speak(Prompt("", (Line("Ana", question),), ReplyKind.ANSWER, "", {**FACTS, **facts}))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Hey agent", "yes?"),
        ("hey age and", "yes?"),
        ("Hey agent, how much time is left?", "the timer has about 12 minutes left."),
        ("hey kit what is everyone working on", "these are the tasks. Ana: Write the tests (open). Ben: Read"),
        ("Hey agent, what was my task?", "you declared: Write the tests (open)."),
        ("Hey agent, when is the release due?", "the project's notes say: The release is due on Friday."),
        ("Hey agent, tell us about the project", "the project is Atlas. Atlas maps the river."),
        ("Hey agent, I am stuck", "say in one sentence what you expected"),
        ("Hey agent, what should I do next?", "take the smallest piece of Write the tests"),
        ("Hey agent, thanks", "you are welcome."),
        ("Hey agent, are you an AI?", "I am an AI"),
        ("Kit, what can you do?", "I am an AI: a guide by rules"),
        ("Kit, who is here?", "in this room: Ana, Ben, and me."),
        ("Hey agent, who else is in the room", "in this room: Ana, Ben, and me."),
        ("Hey agent, what is the capital of Peru?", "that I cannot know: no language model is configured here"),
    ],
)
def test_it_answers_the_caller_by_name_from_what_it_has(question: str, said: str) -> None:
    assert answer(question).startswith(f"Ana, {said}")


def test_without_timer_tasks_or_project_it_says_so() -> None:
    bare = {"tasks": "", "focus_left_s": "", "project_title": "", "project_notes": ""}
    assert answer("Hey agent, how much time is left?", **bare) == "Ana, no timer runs. Anybody here can start one."
    assert answer("Hey agent, what was my task?", **bare) == "Ana, you have not declared a task yet."
    assert answer("Hey agent, what does the project say?", **bare) == "Ana, no project is linked to this session."


def test_it_calls_nobody_you() -> None:
    assert answer("Hey agent, thanks", person_name="You") == "You are welcome."


def test_who_is_stuck_again_gets_another_hint() -> None:
    first = answer("Hey agent, I am stuck")
    history = (Line("Ana", "Hey agent, I am stuck"), Line(None, first), Line("Ana", "Hey agent, still stuck"))
    assert speak(Prompt("", history, ReplyKind.ANSWER, "", FACTS)) != first


@pytest.mark.parametrize("cue", list(ReplyKind))
def test_it_has_a_word_for_every_occasion(cue: ReplyKind) -> None:
    for script in ("lock_in", "coaching_room"):
        assert speak(Prompt("", (Line("Ana", "Hello"),), cue, "", {**FACTS, "script": script}))


# --- beside a human coach ---------------------------------------------------------------------------

ROOM = {"script": "coaching_room", "persona_name": "Ada", "person_name": "Ana"}
TALK = (Line(None, "What would you like to work on?"), Line("Ana", "I keep putting off my talk with my boss."))


@pytest.mark.parametrize(
    ("whispered", "asked"),
    [
        ("Ask about her sleep.", "What about your sleep?"),
        ("Ask her what she is afraid of", "What are you afraid of?"),
        ("come back to the promise he made", "What about the promise he made?"),
    ],
)
def test_a_whisper_steers_the_next_question_and_is_not_quoted(whispered: str, asked: str) -> None:
    said = speak(Prompt("", TALK, ReplyKind.ANSWER, "", {**ROOM, "whispered": whispered}))
    assert said.endswith(asked)
    assert whispered not in said


def test_a_whisper_that_it_does_not_understand_changes_nothing() -> None:
    plain = speak(Prompt("", TALK, ReplyKind.ANSWER, "", ROOM))
    assert speak(Prompt("", TALK, ReplyKind.ANSWER, "", {**ROOM, "whispered": "Her brother moved."})) == plain


def test_handed_back_it_picks_up_in_one_sentence() -> None:
    said = speak(Prompt("", TALK, ReplyKind.PICK_UP, "", {**ROOM, "handed_back": "Kim"}))
    assert said.count("?") == 1
    assert "technical" not in said
