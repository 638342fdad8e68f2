"""The interviewer's rules, and whole interviews that people can read. A change of behaviour shows as a diff."""

from pathlib import Path

import pytest
from tests.unit.providers.guide.interviews import INTERVIEWS, Interviewing, replayed

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.scripts import speak
from vivavoce.providers.guide.scripts.interview_lines import FOLLOW_UPS, NO_JUDGING, POINTS, WELL_TOLD

FULL = (
    "Last year at my old job I was asked to bring order into a list of 300 open cases. I sorted them by age, called "
    "the twenty oldest customers myself, and wrote a short guide. In the end we closed 280 of them within six weeks."
)


def begun(mode: str = "real") -> Interviewing:
    interview = Interviewing(mode=mode)
    interview.guide(ReplyKind.GREETING)
    return interview


@pytest.mark.parametrize("path", INTERVIEWS, ids=lambda path: path.stem)
def test_the_interviewer_says_what_the_transcript_shows(path: Path) -> None:
    transcript = path.read_text()
    assert replayed(transcript) == transcript


def test_it_greets_as_an_ai_interviewer_with_the_job_and_the_first_question() -> None:
    greeting = Interviewing().guide(ReplyKind.GREETING)
    assert "I'm Morgan, an AI interviewer" in greeting
    assert "Registered Nurse at St. Brigid's Hospital" in greeting
    assert greeting.endswith(Interviewing().plan.questions[0].text)


def test_full_answers_lead_through_all_questions_in_order_and_each_is_asked_once() -> None:
    interview = begun()
    said = [interview.say(f"{FULL} That was case number {n}.") for n in range(len(interview.plan.questions))]
    for question, reply in zip(interview.plan.questions[1:], said, strict=False):
        assert question.text in reply
    assert "That was my last question" in said[-1]


def test_follow_ups_to_a_thin_answer_are_as_many_as_the_plan_allows() -> None:
    interview = begun()
    interview.say(FULL)
    asked = next(one for one in interview.plan.questions[1:])
    replies = [interview.say(f"I did it well, number {n}.") for n in range(asked.follow_ups + 1)]
    follow_ups = [text for texts in FOLLOW_UPS.values() for text in texts]
    assert [any(text in reply for text in follow_ups) for reply in replies] == [True] * asked.follow_ups + [False]
    assert interview.plan.questions[2].text in replies[-1]


@pytest.mark.parametrize(
    "said",
    [
        "How did I do?", "Was that good?", "What should I say?", "Give me a tip.", "how am i doing",
        "Can you tell me whether that was a good answer?", "What would a good answer be?", "Any feedback?",
        "What do you think of my answer?",
    ],
)  # fmt: skip
def test_it_never_coaches_or_judges_in_real_mode(said: str) -> None:
    reply = begun().say(said)
    assert NO_JUDGING in reply


@pytest.mark.parametrize(
    "said", ["How did I do it? I called the doctor at once.", "That was a good year for us.", "It was right to ask."]
)
def test_an_answer_that_sounds_like_asking_for_a_judgment_is_an_answer(said: str) -> None:
    assert NO_JUDGING not in begun().say(said)


def test_no_point_is_made_in_real_mode_whatever_the_answer() -> None:
    interview = begun()
    points = [point.split("{quote}")[-1].strip("” .,:")[:30] for point in (*POINTS.values(), *WELL_TOLD)]
    replies = [interview.say(text) for text in ("Yes.", FULL, "We do things.", FULL, "We usually do various things.")]
    assert not any(point and point in reply for reply in replies for point in points)


def test_it_coaches_after_each_answer_in_study_mode_with_the_answer_s_own_words() -> None:
    interview = begun("study")
    for said in ("I like to work with people.", "We clean the rooms together every day of the week.", FULL):
        reply = interview.say(said)
        quote = reply.split("“")[1].split("”")[0]
        assert quote
        assert quote.lower().strip(".") in said.lower()


def test_little_time_leads_to_the_closing_question() -> None:
    interview = begun()
    interview.left(140)
    assert interview.plan.questions[-1].text in interview.say("Well, hm, I worked.")


def test_a_short_time_allows_no_follow_up() -> None:
    interview = begun()
    interview.left(400)
    assert interview.plan.questions[1].text in interview.say("Yes.")


@pytest.mark.parametrize(
    "said", ["Can you repeat the question?", "Sorry?", "Can you clarify that?", "I don't understand."]
)
def test_a_question_is_repeated_when_asked(said: str) -> None:
    interview = begun()
    interview.say(FULL)
    assert interview.plan.questions[1].text in interview.say(said)


def test_a_question_that_was_cut_off_was_not_asked() -> None:
    interview = begun()
    first = interview.plan.questions[0].text
    interview.lines[-1] = Line(None, interview.lines[-1].text.replace(first, first[:10]), True, ReplyKind.GREETING)
    assert first in interview.say("Hello?")


def test_skip_leads_to_the_next_question() -> None:
    interview = begun()
    assert interview.plan.questions[1].text in interview.say("Next question, please.")


def test_it_says_what_it_is_when_asked() -> None:
    assert "an AI interviewer" in begun().say("Am I talking to a real person?")


def test_without_a_plan_it_asks_general_questions() -> None:
    facts = {"script": "interview", "persona_name": "Morgan"}
    assert speak(Prompt("", (), ReplyKind.GREETING, facts=facts)).count("?") == 1


def test_who_speaks_first_is_greeted_and_asked() -> None:
    interview = Interviewing()
    assert interview.plan.questions[0].text in interview.say("Hi there.")
