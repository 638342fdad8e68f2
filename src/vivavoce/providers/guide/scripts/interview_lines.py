"""What the interviewer says beside the plan's questions."""

from collections.abc import Mapping
from typing import Final

from vivavoce.domain.interviews.plan import Kind
from vivavoce.providers.guide.answers import Lack

ASK_TO_CLOSE: Final = "Shall we close here?"
RULES: Final = "No language model is configured here, so I follow a plan of questions by simple rules."
THANKS: Final = ("Thank you.", "All right, thank you.", "Okay, thanks.", "Thank you, that is noted.")
FOLLOW_UPS: Final[Mapping[Lack, tuple[str, ...]]] = {
    Lack.SHORT: (
        "Could you tell me a little more about that?",
        "What exactly did you do there?",
        "Could you take me through it step by step?",
    ),
    Lack.EXAMPLE: (
        "Can you give me one concrete example of that?",
        "When did that last happen, and what did you do?",
        "Which situation do you think of there?",
    ),
    Lack.OWN_PART: ("What was your own part in that?", "And what did you yourself do?"),
    Lack.RESULT: ("How did it turn out?", "What came of it in the end?", "How could you tell that it had worked?"),
    Lack.VAGUE: ("Could you put that more precisely?", "What does that mean in practice, in one case?"),
}
"""Each counts as one follow-up of the question that is open."""
NEARLY: Final = "Is there something close to it that you have done or seen, however small?"
CLARIFIED: Final[Mapping[Kind, str]] = {
    Kind.OPENING: "I would like to hear about your path so far, in your own words.",
    Kind.BEHAVIOURAL: "I mean one situation that you remember: what it was, what you did, and how it ended.",
    Kind.SKILL: "I mean your own experience: what you did, and how you went about it.",
    Kind.SITUATIONAL: "It is a case to think through aloud: what would you do first, and what next?",
    Kind.CLOSING: "Here you can say what matters to you.",
}
SKIPPED: Final = ("All right, we leave that one.", "That is fine, we go on.")
UNKNOWN: Final = ("That is all right.", "No problem.")
NO_JUDGING: Final = "I don't say anything about your answers during the interview; the report will, afterwards."
TIP: Final = "One way is to tell it in four steps: the situation, your task, what you did, and what came of it."
PRIVATE: Final = "What you say is kept with this session, for you and for your report."
FOREIGN: Final = "I can only follow English, I am sorry."
GARBLED: Final = "I could not make that out."
COMPLAINT: Final = "I hear you. You can skip a question whenever you like: just say “skip”."
HEARD: Final = "Yes, I can hear you."
WAIT: Final = "Of course, take your time."
DANGER: Final = (
    "I am concerned by what you say. This interview can wait: please talk to somebody you trust, or call your local "
    "emergency number now if you are in danger."
)
NO_KNOWLEDGE: Final = "I cannot answer that: I know the description of the job and nothing more."
TIME_IS_SHORT: Final = "We have little time left, so I come to my last question."
LAST: Final = (
    "That was my last question, thank you. Say “let's finish” when you are ready, and I will close the interview."
)
NOTED: Final = "Thank you, I have noted that. Say “let's finish” whenever you want to close."
BREAK: Final = "Sorry, there was a short interruption."
NUDGES: Final = (
    "Take your time. Shall I repeat the question?",
    "There is no hurry. You can also say “skip”, and we go on.",
    "I am still listening.",
)
STILL_THERE: Final = "Are you still there? We go on whenever you are ready."

POINTS: Final[Mapping[Lack, str]] = {
    Lack.SHORT: "You said “{quote}”. That is a beginning: say more, with the situation, what you did and how it ended.",
    Lack.EXAMPLE: "You said “{quote}”, which holds in general. Tie it to one situation: when it was, and where.",
    Lack.OWN_PART: "You said “{quote}”. Say what you yourself did, with “I”: the listener chooses you, not the team.",
    Lack.RESULT: "You told what you did: “{quote}”. Finish with what came of it, in a number if you have one.",
    Lack.VAGUE: "“{quote}” can mean many things. Name one of them, and stay with it.",
}
WELL_TOLD: Final = (
    "That had a situation, your own part and an outcome: “{quote}”. Keep that order.",
    "“{quote}”: that is a result one remembers. Put it near the beginning next time.",
)
EMPTY_POINT: Final = "For your next try: even a small example from training or daily life is better than none."


def time_left(facts: Mapping[str, str]) -> str:
    """How much time is left, in a sentence."""
    left = facts.get("seconds_left", "")
    if not left.isdigit():
        return "There is no limit here."
    minutes = round(int(left) / 60)
    if minutes < 1:
        return "Less than a minute is left."
    return "About one minute is left." if minutes == 1 else f"About {minutes} minutes are left."
