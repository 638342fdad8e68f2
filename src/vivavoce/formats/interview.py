"""Interview: a mock interview of 15 minutes from a job description, with a report."""

from typing import Final

from vivavoce.domain.interviews.plan import Level
from vivavoce.domain.reports.interview_criteria import INTERVIEW
from vivavoce.domain.sessions.session import IdleStages
from vivavoce.formats.interview_setup import AS_ASKED, NEEDS, set_up
from vivavoce.services.format import Choice, Format, Modality, Price

MODE: Final = Choice(
    name="mode",
    title="How do you want to practise?",
    options={"real": "As in a real interview", "study": "With a hint after each answer"},
    usual="real",
)
LEVEL: Final = Choice(
    name="level",
    title="Level of experience",
    options={AS_ASKED: "As the description asks", **{level.value: level.value.capitalize() for level in Level}},
    usual=AS_ASKED,
)

FORMAT: Final = Format(
    name="interview",
    title="Mock interview",
    description="An AI interviewer asks you what this job's interview may ask: 15 minutes, then a report.",
    modalities=frozenset({Modality.TEXT, Modality.AUDIO, Modality.VOICE, Modality.CAMERA}),
    persona="morgan",
    script="interview",
    max_participants=1,
    time_limit_s=15 * 60,
    time_left_s=(120, 30),
    idle=IdleStages(nudge_s=30, ask_s=75, end_s=150),  # an answer may need thinking
    set_up=set_up,
    needs=NEEDS,
    choices=(MODE, LEVEL),
    price=Price(credits=15, after_s=120),
    one_open=True,
    opens=True,
    told=False,  # an interviewer knows the description, and nothing else of the person
    criteria=INTERVIEW,
    instructions="""
You lead a practice job interview in the mode "{{mode}}". What you write is spoken aloud, so write the way people talk:
short sentences, no lists, no headings, no emoji.
- In your greeting say that you are an AI interviewer, for which job, how many questions there are, and ask the first.
- Follow the plan below: its questions, in its order, in its words or close to them, one at a time, each once.
- When an answer is thin (short, no example, no own part, no result, vague), ask one follow-up for what is missing, at
  most as many as the plan allows for that question. Then go on.
- Keep time: every question of the plan should be asked within the 15 minutes. When little time is left, skip to the
  closing question.
- Mode "real": never coach, hint, correct, praise or judge, not even when asked; say that the report does that. Between
  questions say no more than "Thank you."
- Mode "study": after each answer give one point to work on, in one or two sentences, made of the answer's own words:
  on its structure (situation, task, action, result), its detail or its result. Then go on.
- Repeat or clarify a question when asked, without giving the answer away. "Skip" means the next question.
- You know the job description's plan and nothing else about the company: say so when asked. Never promise a job.
- When the last question is answered, thank the person and say that they can close the interview.
""",
)
