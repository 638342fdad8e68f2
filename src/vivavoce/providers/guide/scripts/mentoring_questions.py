"""The mentor's questions, by kind of session and stage, in the order in which they are asked."""

from collections.abc import Mapping
from typing import Final

from vivavoce.providers.guide.questions import Question
from vivavoce.providers.guide.scripts.staged import Stage

STEP: Final = "step"
CLOSE: Final = "close"
_LAST: Final = (Stage(STEP, 4), Stage(CLOSE, 99))

STAGES: Final[Mapping[str, tuple[Stage, ...]]] = {
    "first_steps": (Stage("here", 4), Stage("there", 4), *_LAST),
    "decision": (Stage("choice", 3), Stage("sides", 5), Stage("settle", 3), *_LAST),
    "weekly_check_in": (Stage("went", 3), Stage("hard", 3), Stage("learned", 2), *_LAST),
    "difficult_conversation": (Stage("who", 3), Stage("other", 3), Stage("say", 4), *_LAST),
    "open": (Stage("matter", 4), Stage("view", 4), *_LAST),
}

_END: Final = (
    Question("step_what", STEP, "What will you do about it, and be it small?", "What is your next step?",
             needs=("no_commitment",), fills="commitment", easy=True),
    Question("step_first", STEP, "If you did only one thing about it this week, which would it be?",
             "What is the one thing for this week?", needs=("no_commitment",), fills="commitment", easy=True),
    Question("step_when", STEP, "When will you {commitment}?", "On which day will you do it?",
             needs=("commitment", "no_day"), fills="day", easy=True),
    Question("step_wrong", STEP, "What is the first thing that could go wrong with it?",
             "What might get in between?", fills="obstacle"),
    Question("step_then", STEP, "And if that happens, what will you do then?", "What is your plan for that case?"),
    Question("step_who", STEP, "Who could help you with it?", "Whom will you tell about it?", easy=True),
    Question("step_sure", STEP, "From zero to ten, how sure are you that you will do it?",
             "What number says how sure you are?", needs=("commitment",), fills="sure", easy=True),
    Question("step_raise", STEP, "What would make it {raised}?", "What would make you one point surer?",
             needs=("raised",)),
    Question("close_new", CLOSE, "What do you see now that you did not see when we began?",
             "What is clearer now?", easy=True),
    Question("close_keep", CLOSE, "Which sentence of yours from today do you want to keep?",
             "What do you want to remember of this?"),
    Question("close_more", CLOSE, "What else is there that we should look at?", "What else is on your mind?",
             fills="topic", easy=True),
    Question("close_next", CLOSE, "What would you like to tell me about the next time we talk?",
             "What should I ask you about next time?"),
)  # fmt: skip

_FIRST_STEPS: Final = (
    Question("here_now", "here", "Where are you at the moment with what brought you here?", "How are things today?",
             fills="topic", easy=True),
    Question("here_why", "here", "What made you look for a mentor just now?", "Why now?", easy=True),
    Question("here_have", "here", "What do you already bring that will help you?",
             "What are you good at that helps here?"),
    Question("here_tired", "here", "What part of it costs you the most strength?", "What is hardest about it?",
             fills="obstacle"),
    Question("here_time", "here", "How much time do you honestly have for it in a week?",
             "How many hours a week can you give it?", easy=True),
    Question("there_year", "there", "Suppose it has gone well and we meet again in a year: what do you tell me?",
             "What should be true in a year?", fills="goal"),
    Question("there_sign", "there", "By what would somebody who knows you well notice the change?",
             "Who would notice first, and by what?"),
    Question("there_matter", "there", "What makes that worth the effort to you?", "Why does it matter to you?"),
    Question("there_half", "there", "What would be half of it, and would half be enough for now?",
             "What would be a smaller version of it?"),
    Question("there_not", "there", "What should stay exactly as it is?", "What must not be lost on the way?"),
)  # fmt: skip

_DECISION: Final = (
    Question("choice_what", "choice", "Which decision is it, said in one sentence?", "What do you have to decide?",
             fills="topic", easy=True),
    Question("choice_when", "choice", "By when does it have to be made, and who says so?", "What is the deadline?",
             easy=True),
    Question("choice_third", "choice", "Between what exactly, and is there a third way that you have not named?",
             "What are the choices?", fills="option"),
    Question("choice_whose", "choice", "Who else has a say in it?", "Who is touched by it besides you?", easy=True),
    Question("sides_for", "sides", "What speaks most strongly for the one side?", "What is the best reason for it?"),
    Question("sides_against", "sides", "And what speaks most strongly against it?",
             "What is the best reason against it?", fills="obstacle"),
    Question("sides_regret", "sides", "Which of the two would you regret more in ten years?",
             "What would you be sorry to have missed?"),
    Question("sides_known", "sides", "What of all that do you know, and what do you only assume?",
             "What have you not checked yet?"),
    Question("sides_cost", "sides", "What does it cost you to leave it undecided?", "What happens if you wait?"),
    Question("sides_friend", "sides", "What would you tell a friend who stood where you stand?",
             "What would you tell a friend?"),
    Question("settle_value", "settle", "If only one thing could count in this choice, which should it be?",
             "What matters most to you in it?", fills="goal"),
    Question("settle_test", "settle", "How could you try one side for a week before you choose it?",
             "How could you test it on a small scale?", fills="option"),
    Question("settle_info", "settle", "What single piece of information would settle it, and who has it?",
             "Whom could you ask?", fills="option"),
    Question("settle_coin", "settle", "Imagine the coin has fallen. Which side do you catch yourself hoping for?",
             "What do you hope for when nobody listens?"),
)  # fmt: skip

_BADLY: Final = (
    r"\b(?:bad|badly|awful\w*|terribl\w+|horribl\w+|nothing (?:went|was)"
    r"|(?:not|n't) (?:go |going )?(?:well|good|great|much)|mess|failed|went wrong|disaster|worse|worst)\b"
)
_WEEKLY: Final = (
    Question("went_well", "went", "What went well since we last spoke, and be it small?",
             "What was good in this week?", easy=True),
    Question("went_yet", "went", "And what went well all the same, however small?", "What was not bad about it?",
             follows=_BADLY),
    Question("went_own", "went", "What was your own part in that?", "What did you do yourself there?"),
    Question("went_goal", "went", "How far did you get with what you had planned?", "What of your plan did you do?",
             easy=True),
    Question("went_proud", "went", "Which moment of the week would you like to have again?",
             "What was the best moment?", easy=True),
    Question("hard_what", "hard", "What did not go the way you wanted?", "What was hard?", fills="obstacle",
             easy=True),
    Question("hard_before", "hard", "What happened just before it went wrong?", "How did it begin?"),
    Question("hard_help", "hard", "What would have helped you at that moment?", "What did you need there?"),
    Question("hard_again", "hard", "Where do you know that from?", "When did it happen before?"),
    Question("learned_what", "learned", "What has the week taught you about how you work?",
             "What have you learned?"),
    Question("learned_keep", "learned", "What will you do in the same way next week?", "What will you keep?",
             easy=True),
    Question("learned_stop", "learned", "What will you leave out next week?", "What could you stop doing?",
             fills="option", easy=True),
)  # fmt: skip

_DIFFICULT: Final = (
    Question("who_with", "who", "With whom is the conversation, and what is it about?", "Who is it with?",
             fills="topic", easy=True),
    Question("who_last", "who", "What happened that makes it necessary now?", "What happened last?"),
    Question("who_want", "who", "What do you want to be true when you leave the room?",
             "What do you want from it?", fills="goal"),
    Question("who_fear", "who", "What are you most afraid of in it?", "What is the worst that could happen?",
             fills="obstacle"),
    Question("other_see", "other", "How would {person} tell the same story?", "How does {person} see it?",
             needs=("person",)),
    Question("other_need", "other", "What does the other side need or fear?", "What is it like for them?"),
    Question("other_right", "other", "Where is the other person right, at least a little?",
             "What could you agree to?"),
    Question("other_own", "other", "What is your own part in how it came to this?", "What did you add to it?"),
    Question("say_first", "say", "What is your first sentence, in the words that you would use there?",
             "How do you begin?"),
    Question("say_short", "say", "Now say it once more in half as many words: what is left?",
             "What is the shortest way to say it?"),
    Question("say_answer", "say", "Suppose the answer is no. What do you say then?",
             "What do you say if they refuse?"),
    Question("say_heat", "say", "What will you do when it gets loud inside you?", "How do you stay calm there?"),
    Question("say_ask", "say", "What could you ask them, instead of telling them?",
             "Which question could you put to them?", fills="option"),
)  # fmt: skip

_OPEN: Final = (
    Question("matter_what", "matter", "What would you like to look at together?", "What is on your mind?",
             fills="topic", easy=True),
    Question("matter_now", "matter", "What makes it a matter for today?", "Why now?", easy=True),
    Question("matter_case", "matter", "Tell me the last time it came up: who was there, and what was said?",
             "What happened the last time?", easy=True),
    Question("matter_want", "matter", "What would you like to have at the end of this talk?",
             "What do you want from today?", fills="goal"),
    Question("matter_hard", "matter", "What about it is hard?", "What stands in the way?", fills="obstacle"),
    Question("view_other", "view", "Who would see it quite differently, and what would they say?",
             "How would somebody else see it?"),
    Question("view_years", "view", "How will you look at it in five years?", "How important is it in five years?"),
    Question("view_before", "view", "When have you mastered something like it, and how?",
             "What helped you the last time?", fills="option"),
    Question("view_true", "view", "What do you know about it, and what do you tell yourself about it?",
             "What of it is certain?"),
    Question("view_gift", "view", "If there were something useful in it, what would that be?",
             "What could be good about it?"),
)  # fmt: skip

QUESTIONS: Final[Mapping[str, tuple[Question, ...]]] = {
    "first_steps": (*_FIRST_STEPS, *_END),
    "decision": (*_DECISION, *_END),
    "weekly_check_in": (*_WEEKLY, *_END),
    "difficult_conversation": (*_DIFFICULT, *_END),
    "open": (*_OPEN, *_END),
}
