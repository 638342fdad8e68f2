"""What must hold whatever a person says."""

import itertools

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.unit.providers.guide.conversations import FACTS, Conversation

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.questions import asked_in, signature
from vivavoce.providers.guide.scripts import speak

LONGEST_REPLY_WORDS = 62
SAYINGS = st.sampled_from(
    [
        "I don't know.", "yes", "no", "ok", "", "   ", "?", "what", "Can you repeat that?", "slower please",
        "thanks", "I'm stuck", "this is stupid", "fuck off", "What is the capital of France?",
        "How do I sort a list in Python?", "Are you ChatGPT?", "who are you", "What should I do?", "how are you",
        "hello", "Ich weiß nicht, was ich tun soll.", "我不知道", "I want to die", "I want to change my job.",
        "My boss Petra never listens, and I'm so angry.", "a seven", "I'll call my sister Lena on Friday.",
        "I could ask for help.", "I should exercise, but I have no time.", "nothing", "that's not what I said",
        "let me think", "What was my goal?", "My name is Alex", "skip", "Monday at nine",
        "I'm afraid that everybody laughs at me.", "money",
        "I procrastinate and scroll on my phone for 3 hours a day.", "{goal} {0} %s", "a " * 300, "I will " * 80,
        "?!?!?!", "I want to? Really? Do I?", "...", "x", "10", "-1",
    ]
)  # fmt: skip
ANYTHING = st.one_of(SAYINGS, st.text(max_size=80), st.text("abcdefghij ,.?!I'", max_size=200))
CUES = st.sampled_from(
    [ReplyKind.ANSWER] * 12 + [ReplyKind.NUDGE, ReplyKind.IDLE_ASK, ReplyKind.PICK_UP, ReplyKind.NOTICE]
)


def check(replies: list[str]) -> None:
    for reply in replies:
        assert reply.count("?") == 1, reply
        assert reply.endswith("?"), reply
        assert len(reply.split()) <= LONGEST_REPLY_WORDS, reply
    questions = [signature(asked_in(reply)) for reply in replies]
    assert len(set(questions)) == len(questions), [q for q in questions if questions.count(q) > 1]


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(st.tuples(ANYTHING, CUES), min_size=60, max_size=60))
def test_each_reply_is_short_and_asks_one_question_that_was_not_asked_before(talk: list[tuple[str, ReplyKind]]) -> None:
    conversation = Conversation()
    replies = [conversation.guide(ReplyKind.GREETING)]
    for text, cue in talk:
        conversation.lines.append(Line("Sam", text))
        replies.append(conversation.guide(cue))
    check(replies)


@pytest.mark.parametrize(
    "always", ["I don't know.", "yes", "What?", "My sister Lena never listens to me.", "Who are you?", "I'll call her."]
)
def test_who_says_the_same_a_hundred_times_is_asked_a_hundred_questions(always: str) -> None:
    conversation = Conversation()
    check([conversation.guide(ReplyKind.GREETING), *conversation.through(itertools.repeat(always, 100))])


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(ANYTHING, max_size=20))
def test_a_goodbye_is_short_and_asks_nothing(sayings: list[str]) -> None:
    conversation = Conversation()
    conversation.guide(ReplyKind.GREETING)
    conversation.through(sayings)
    goodbye = conversation.guide(ReplyKind.GOODBYE)
    assert "?" not in goodbye
    assert goodbye.endswith("Goodbye.")
    assert len(goodbye.split()) <= LONGEST_REPLY_WORDS


@settings(max_examples=40, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(ANYTHING, min_size=1, max_size=12))
def test_the_same_history_gives_the_same_reply(sayings: list[str]) -> None:
    conversation = Conversation()
    conversation.guide(ReplyKind.GREETING)
    replies = conversation.through(sayings)
    again = speak(Prompt("", tuple(conversation.lines[:-1]), ReplyKind.ANSWER, facts={**FACTS, "person_name": "Sam"}))
    assert again == replies[-1]


@settings(max_examples=60)
@given(
    st.lists(st.builds(Line, st.sampled_from([None, "Sam", "Ana"]), ANYTHING, st.booleans(), st.none()), max_size=12),
    st.sampled_from(list(ReplyKind)),
)
def test_any_history_is_answered_also_one_that_others_made(history: list[Line], cue: ReplyKind) -> None:
    reply = speak(Prompt("", tuple(history), cue))
    assert reply
    assert reply.count("?") == (0 if cue is ReplyKind.GOODBYE else 1)
