"""Single replies: what the guide does with what is not an answer, with cues, and with what it remembers."""

import pytest
from tests.unit.providers.guide.conversations import FACTS, Conversation, begun

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.scripts import speak

MATTER = "I want to finish my thesis, but I keep putting it off."


def test_it_greets_as_an_ai_with_one_open_question() -> None:
    greeting = Conversation("Mira").guide(ReplyKind.GREETING)
    assert "Mira" in greeting
    assert "Ada" in greeting
    assert "AI" in greeting
    assert greeting.endswith("What would you like to work on?")


@pytest.mark.parametrize("nobody", ["Guest", "you", ""])
def test_it_calls_nobody_guest(nobody: str) -> None:
    assert Conversation(nobody).guide(ReplyKind.GREETING).startswith("Hello. ")


@pytest.mark.parametrize(
    "question",
    [
        "Are you an AI?",
        "who are you",
        "are you chatgpt",
        "Am I talking to a real person?",
        "are you human",
        "what are you",
    ],
)
def test_it_says_plainly_what_it_is(question: str) -> None:
    reply = begun(MATTER).say(question)
    assert "computer programme" in reply
    assert "not a person" in reply
    assert "No language model is configured" in reply


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?", "how do i sort a list in python", "Can you explain quantum physics?",
        "who won the world cup in 2018", "tell me a joke", "how many people live in berlin",
        "translate hello to spanish", "write me a poem",
        "What's the boiling point of water?", "can you help me write code",
    ],
)  # fmt: skip
def test_it_admits_that_it_knows_nothing_without_a_language_model(question: str) -> None:
    reply = begun(MATTER).say(question)
    assert "no language model is configured" in reply
    assert "your own matter" in reply


@pytest.mark.parametrize(
    "answer",
    [
        "What happens is that I open the file and close it again.", "How I feel is hard to say, mostly empty.",
        "Who I want to be is somebody who finishes things.", "What matters is my family.", "when the kids are in bed",
        "I explain things well.", "That is what is going on.",
    ],
)  # fmt: skip
def test_an_answer_that_begins_like_a_question_is_an_answer(answer: str) -> None:
    assert "language model" not in begun(MATTER).say(answer)


def test_it_gives_no_advice() -> None:
    assert "won't tell you what to do" in begun(MATTER).say("What should I do?")


@pytest.mark.parametrize(
    "question", ["Sorry?", "Can you repeat that?", "what did you say", "I don't understand the question"]
)
def test_it_repeats_a_question_in_other_words(question: str) -> None:
    conversation = begun()
    assert conversation.say(question).endswith("What is on your mind?")


def test_it_slows_down() -> None:
    assert "one thing at a time" in begun(MATTER).say("can you speak slower please")


def test_it_reflects_in_the_second_person() -> None:
    assert begun().say(MATTER).startswith("You want to finish your thesis. ")
    assert begun().say("I'm afraid of my boss.").startswith("You're afraid of your boss. ")


@pytest.mark.parametrize(
    "said", ["Ich weiß nicht, wie ich das sagen soll.", "no sé qué hacer con mi trabajo", "我不知道"]
)
def test_it_says_that_it_understands_english_only(said: str) -> None:
    assert "English" in begun(MATTER).say(said)


@pytest.mark.parametrize("said", ["I want to kill myself.", "i don't want to live anymore", "he beats me"])
def test_it_stops_coaching_where_somebody_is_in_danger(said: str) -> None:
    reply = begun(MATTER).say(said)
    assert "emergency number" in reply
    assert "only a computer programme" in reply


@pytest.mark.parametrize("said", ["This deadline is killing me.", "I'm dying to tell her.", "my phone died"])
def test_a_manner_of_speaking_is_no_danger(said: str) -> None:
    assert "emergency" not in begun(MATTER).say(said)


def test_it_is_told_that_it_was_wrong() -> None:
    assert "got that wrong" in begun(MATTER).say("That's not what I said.")


def test_swearing_is_heard_and_not_scolded() -> None:
    heard = ("That really gets to you.", "I can hear how much that annoys you.", "Strong words, so it matters.")
    assert begun(MATTER).say("It's all bullshit.").startswith(heard)


def test_it_is_there_when_asked() -> None:
    assert begun(MATTER).say("can you hear me").startswith("Yes, I hear you.")


def test_it_recalls_what_was_said() -> None:
    conversation = begun(MATTER, "My sister Lena helps me.", "I have 20 pages.")
    reply = conversation.say("What did I say so far?")
    assert "finish your thesis" in reply
    assert "Lena" in reply
    assert "20 pages" in reply


def test_it_recalls_what_is_remembered_of_earlier_sessions_in_the_persons_words() -> None:
    conversation = Conversation(remembered="I live in Graz\nMy boss is called Martin")
    reply = conversation.say("What do you remember about me?")
    assert "“I live in Graz”. “My boss is called Martin”." in reply
    assert "not told me much" not in reply


def test_the_goodbye_sums_up_goal_people_figures_and_steps() -> None:
    conversation = begun(
        "I want to run a marathon.", "A training plan.", "My friend Tom would be proud.", "Because I am 50.", "Three.",
        "I run twice a week, 12 kilometres.", "My knee.", "I saw a doctor.", "He said it is fine.",
        "I could join the club.", "I'll call the club on Friday.",
    )  # fmt: skip
    goodbye = conversation.guide(ReplyKind.GOODBYE)
    for remembered in ("run a marathon", "call the club on Friday", "Tom", "12 kilometres", "Sam"):
        assert remembered in goodbye


def test_the_goodbye_of_an_empty_session_claims_nothing() -> None:
    conversation = Conversation()
    conversation.guide(ReplyKind.GREETING)
    assert conversation.guide(ReplyKind.GOODBYE) == "Thank you, Sam. Take care. Goodbye."


def test_silence_is_met_in_changing_words() -> None:
    conversation = begun(MATTER)
    nudges = [conversation.guide(ReplyKind.NUDGE) for _ in range(4)] + [conversation.guide(ReplyKind.IDLE_ASK)]
    assert len(set(nudges)) == 5


def test_after_an_interruption_it_repeats_the_open_question_briefly() -> None:
    conversation = begun()
    picked_up = conversation.guide(ReplyKind.PICK_UP)
    assert picked_up == "Sorry, I was cut off for a moment. What is on your mind?"


def test_after_an_interruption_it_answers_what_was_not_answered() -> None:
    conversation = begun()
    conversation.lines.append(Line("Sam", MATTER))
    assert "You want to finish your thesis." in conversation.guide(ReplyKind.PICK_UP)


def test_a_question_that_was_cut_off_was_not_asked() -> None:
    heard = Line(None, "I see. What makes this", interrupted=True, kind=ReplyKind.ANSWER)
    history = (Line(None, "What would you like to work on?"), Line("Sam", MATTER), heard, Line("Sam", "Go on."))
    assert speak(Prompt("", history, ReplyKind.ANSWER, facts=FACTS)).count("?") == 1


def test_the_wrap_up_question_is_always_the_same() -> None:
    assert begun(MATTER).guide(ReplyKind.WRAP_UP_ASK) == "Shall we close here?"


def test_an_unknown_script_is_the_coach() -> None:
    assert speak(Prompt("", (), ReplyKind.GREETING, facts={"script": "nonsense"})).endswith("?")


@pytest.mark.parametrize(
    ("said", "people"),
    [
        ("My wife Anna and my boss are worried.", ("your wife Anna", "your boss")),
        ("Petra and Malik don't talk.", ("Petra", "Malik")),
        ("I asked Tom, and my sister said no.", ("Tom", "your sister")),
        ("mr brandt picks on me", ("Mr Brandt",)),
        ("my friend karl says yes", ("your friend Karl",)),
        ("I moved to Lisbon and my Portuguese is bad. Monday is hard.", ()),
    ],
)
def test_it_remembers_people_and_not_places(said: str, people: tuple[str, ...]) -> None:
    goodbye = begun(said).guide(ReplyKind.GOODBYE)
    assert all(who in goodbye for who in people)
    assert people or "You spoke of" not in goodbye
