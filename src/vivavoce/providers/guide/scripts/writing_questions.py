"""What is asked of a writer: by what they write, and by what stands in their sentence.

A question about a sentence may have the slot {word}: the writer's own word that is to be made more precise.
"""

from collections.abc import Mapping
from typing import Final

from vivavoce.providers.guide.questions import Question
from vivavoce.providers.guide.scripts.staged import Stage

BEGIN: Final = "begin"
DEEPEN: Final = "deepen"
GATHER: Final = "gather"
STAGES: Final = (Stage(BEGIN, 3), Stage(DEEPEN, 5), Stage(GATHER, 99))

_VAGUE: Final = r"\b(?:something|somehow|things?|stuff|better|worse|a lot|often|soon|sometimes|someone|people)\b"
_SHOULD: Final = r"\bi (?:should|must|have to|ought to|need to)\b"
_ABSOLUTE: Final = (
    r"(?<=\bhe )(?:always|never)\b|(?<=\bshe )(?:always|never)\b|(?<=\bthey )(?:always|never)\b"
    r"|\b(?:everybody|everyone|nobody|everything)\b"
)
_BUT: Final = r"(?<=\w )but\b|(?<=, )but\b"
_MAYBE: Final = r"\b(?:maybe|perhaps|i guess|probably|might)\b"
_FEELING: Final = r"\b(?:angry|afraid|sad|tired|ashamed|lonely|happy|proud|jealous|guilty|worried|anxious|relieved)\b"

PRECISE: Final = (
    Question("precise_should", "precise", "Whose voice is it that says so?",
             "Who would be disappointed if you did not?",
             needs=("should",), follows=_SHOULD),
    Question("precise_vague", "precise", "What exactly stands behind “{word}” here?",
             "Which word would say more than “{word}”?",
             needs=("vague",), follows=_VAGUE),
    Question("precise_absolute", "precise", "“{word}” is a large word: when was it otherwise?",
             "Is there one case in which “{word}” is not true?", needs=("absolute_word",), follows=_ABSOLUTE),
    Question("precise_but", "precise", "What would stand there if the sentence ended before the “but”?",
             "Which half of that sentence is truer?", needs=("but",), follows=_BUT),
    Question("precise_maybe", "precise", "How would you write it if you were sure?",
             "What makes you careful in that sentence?", needs=("maybe",), follows=_MAYBE),
    Question("precise_feeling", "precise", "What does “{word}” do in you: where does it sit, and when does it come?",
             "What is “{word}” made of this time?", needs=("felt",), follows=_FEELING),
)  # fmt: skip

_GATHER: Final = (
    Question("gather_core", GATHER, "If only one sentence of all that could stay, which one would it be?",
             "Which sentence is the heart of it?", easy=True),
    Question("gather_missing", GATHER, "What have you not written yet, though you thought of it?",
             "What is still missing?"),
    Question("gather_title", GATHER, "What would be the title of what you have written?", "What do you call it?",
             easy=True),
    Question("gather_strange", GATHER, "Which of your sentences surprises you when you read it again?",
             "What did you not know before you wrote it?"),
    Question("gather_do", GATHER, "What follows from it for tomorrow?",
             "What will you do with it?", fills="commitment"),
    Question("gather_plain", GATHER, "How would you say all that to a child of ten?",
             "How do you say it quite simply?"),
    Question("gather_last", GATHER, "How does your last sentence go?", "With which words do you want to end?"),
)  # fmt: skip

_JOURNAL: Final = (
    Question("journal_what", BEGIN, "What happened that you want to write about?",
             "What is on your mind?", fills="topic",
             easy=True),
    Question("journal_scene", BEGIN, "Where were you, who was there, and what did you see?", "What was the scene?",
             easy=True),
    Question("journal_moment", BEGIN, "Which moment of it stays with you most?", "Which moment matters?", easy=True),
    Question("journal_body", BEGIN, "What did you want to do in that moment, and what did you do?",
             "What did you do then?"),
    Question("journal_meant", DEEPEN, "What did it mean to you?", "Why does it matter to you?"),
    Question("journal_other", DEEPEN, "How would somebody else who was there write about it?",
             "How did the others see it?"),
    Question("journal_old", DEEPEN, "Of what does it remind you?", "Where do you know it from?"),
    Question("journal_need", DEEPEN, "What did you need just then?", "What was missing in that moment?"),
    Question("journal_said", DEEPEN, "What did you not say?", "What stayed unsaid?"),
    Question("journal_learn", DEEPEN, "What do you know now that you did not know in the morning?", "What is new?"),
)  # fmt: skip
_LETTER: Final = (
    Question("letter_who", BEGIN, "To whom do you write, and would you ever send it?", "Who is the letter for?",
             fills="topic", easy=True),
    Question("letter_why", BEGIN, "What makes you write it now?", "Why now?", easy=True),
    Question("letter_first", BEGIN, "What is the first thing that must be said?",
             "How does the letter begin?", easy=True),
    Question("letter_memory", BEGIN, "Which moment between you do you want them to remember?",
             "Which moment comes to you?"),
    Question("letter_never", DEEPEN, "What have you never told them?", "What stayed unsaid between you?"),
    Question("letter_thank", DEEPEN, "For what would you thank them, in spite of all?", "What was good?"),
    Question("letter_hurt", DEEPEN, "Which sentence would be hard to write?", "What is the hard part?"),
    Question("letter_read", DEEPEN, "What should they feel when they have read it?", "What do you hope for?"),
    Question("letter_unsaid", DEEPEN, "What may stay unsaid?", "What do you leave out on purpose?"),
    Question("letter_answer", DEEPEN, "What would they write back?", "What would the answer be?"),
)  # fmt: skip
_DECISION: Final = (
    Question("decision_what", BEGIN, "Which decision is it, put as one question that can be answered?",
             "What do you have to decide?", fills="topic", easy=True),
    Question("decision_by", BEGIN, "By when, and what happens if you decide nothing?",
             "What is the deadline?", easy=True),
    Question("decision_for", BEGIN, "What speaks for the one side, the strongest reason first?",
             "What is the best reason for it?"),
    Question("decision_against", BEGIN, "And what is the strongest reason against it?", "What speaks against it?"),
    Question("decision_know", DEEPEN, "Which of these reasons do you know, and which do you assume?",
             "What is certain?"),
    Question("decision_regret", DEEPEN, "Write as yourself in ten years: which of the two are you glad about?",
             "What would you regret?"),
    Question("decision_value", DEEPEN, "Which of your reasons would still count if nobody ever knew about it?",
             "What matters most to you in it?"),
    Question("decision_third", DEEPEN, "What would be a third way?", "What else could you do?", fills="option"),
    Question("decision_small", DEEPEN, "How could you find out with little risk?", "What could you try first?",
             fills="option"),
    Question("decision_lean", DEEPEN, "To which side do your sentences lean?", "Which side did you write more about?"),
)  # fmt: skip
_PLAN: Final = (
    Question("plan_what", BEGIN, "What do you want to bring about, so that anybody could see when it is done?",
             "What is the plan for?", fills="goal", easy=True),
    Question("plan_why", BEGIN, "For what is it good?", "Why do you want it?", easy=True),
    Question("plan_first", BEGIN, "What is the very first step, and how long does it take?", "What comes first?",
             fills="commitment", easy=True),
    Question("plan_then", BEGIN, "And what comes after it?", "What is the second step?", easy=True),
    Question("plan_stop", DEEPEN, "What could stop you, and by what would you notice it early?", "What could go wrong?",
             fills="obstacle"),
    Question("plan_help", DEEPEN, "Whom or what do you need for it?", "Who could help?"),
    Question("plan_leave", DEEPEN, "What will you not do, so that there is room for it?", "What do you leave out?"),
    Question("plan_when", DEEPEN, "On which days does it stand in your calendar?", "When exactly?", fills="day"),
    Question("plan_half", DEEPEN, "What would be the version at half the effort?", "How could it be smaller?"),
    Question("plan_done", DEEPEN, "How will you celebrate that it is done?", "How will it feel when it is done?"),
)  # fmt: skip
_IDEA: Final = (
    Question("idea_what", BEGIN, "What is the idea, as far as you can see it?", "What is it about?", fills="topic",
             easy=True),
    Question("idea_whom", BEGIN, "For whom would it be, and what would be different for them?", "Who needs it?",
             easy=True),
    Question("idea_like", BEGIN, "What is it like, and in what is it unlike that?", "What does it resemble?"),
    Question("idea_pull", BEGIN, "What about it does not let you go?", "What do you like about it?", easy=True),
    Question("idea_case", DEEPEN, "What would be one example of it, with a name and a day?", "What is one example?"),
    Question("idea_not", DEEPEN, "What is it certainly not?", "What does not belong to it?"),
    Question("idea_weak", DEEPEN, "Where is it weakest?", "What would somebody say against it?"),
    Question("idea_small", DEEPEN, "What is the smallest form in which it could exist by Sunday?",
             "How could you try it out?", fills="option"),
    Question("idea_core", DEEPEN, "If you may keep only one part of it, which one?", "What is the core?"),
)  # fmt: skip

QUESTIONS: Final[Mapping[str, tuple[Question, ...]]] = {
    kind: (*own, *PRECISE, *_GATHER)
    for kind, own in {
        "journal": _JOURNAL, "letter": _LETTER, "decision": _DECISION, "plan": _PLAN, "idea": _IDEA,
    }.items()
}  # fmt: skip
