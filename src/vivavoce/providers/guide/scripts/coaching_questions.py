"""The coach's questions, by stage, in the order in which they are asked. See `Question` for what the fields mean.

Slots: {goal} "find a new job", {topic} "your exam", {person} "your sister Lena", {feeling} "afraid",
{commitment} "call Lena", {score} and {sure} "four", {raised} one more than {sure}, {absolute} "always".
"""

from typing import Final

from vivavoce.base.wording import pattern
from vivavoce.domain.memory.telling import HOW_DID_IT_GO
from vivavoce.providers.guide.questions import Question

LAST: Final = "last"
GOAL: Final = "goal"
REALITY: Final = "reality"
OPTIONS: Final = "options"
WILL: Final = "will"
MORE: Final = "more"
ANY: Final = "any"
UNKNOWING: Final = "unknowing"
DANGER: Final = "danger"
FOREIGN: Final = "foreign"
GARBLED: Final = "garbled"
WRONG: Final = "wrong"
SILENCE: Final = "silence"
THERE: Final = "there"

TENSE: Final = pattern(
    r"""\b(?:made me|makes me|doesn't|never|always|wants me|thinks|says i|told me|angry|annoy\w*|won't|refuses|blames?|
    picks on|laughs? at|against me|ignores|yells?|shouts?|hates?|conflict|fights?|fighting|argu\w+|worried|
    disappointed)\b"""
)
"""Words that say there is something between people."""

QUESTIONS: Final = (
    # --- goal -------------------------------------------------------------------------------------
    Question(
        "opening", GOAL,
        "What would you like to work on?",
        "What is on your mind?",
        fills="topic", easy=True,
    ),
    Question(
        "open_week", GOAL,
        "What has been on your mind most this week?",
        "What did you think about most today?",
        needs=("nothing_yet",), fills="topic", easy=True,
    ),
    Question(
        "open_annoying", GOAL,
        "What is the most annoying thing in your life right now?",
        "What would you like to be rid of?",
        needs=("nothing_yet",), fills="topic", easy=True,
    ),
    Question(
        "open_here", GOAL,
        "What made you come here today?",
        "Who or what brought you here?",
        needs=("nothing_yet",), easy=True,
    ),
    Question(
        "outcome", GOAL,
        "If this talk goes well, what will you have at the end of it that you don't have now?",
        "What would you like to take with you from this talk?",
        fills="goal",
    ),
    Question(
        "want_instead", GOAL,
        "What do you want to have instead?",
        "How should it be instead?",
        needs=("no_goal",), fills="goal", easy=True,
    ),
    Question(
        "gives", GOAL,
        "What would that give you?",
        "What would be good about it?",
        needs=("goal",),
    ),
    Question(
        "important", GOAL,
        "What makes this important to you right now?",
        "Why does it matter to you?",
    ),
    Question(
        "notice", GOAL,
        "How would you notice that things have got better?",
        "What would be the first sign that it is better?",
    ),
    Question(
        "own_hands", GOAL,
        "Which part of it is in your own hands?",
        "What of it can you change yourself?",
    ),
    Question(
        "picture", GOAL,
        "Imagine that in three months it has worked out. What does an ordinary day look like then?",
        "What does a day look like when it has worked out?",
        easy=True,
    ),
    Question(
        "one_thing", GOAL,
        "If only one thing about it could change, which should it be?",
        "What is the one thing that should change first?",
        fills="goal",
    ),
    # --- before it: what became of the last session ----------------------------------------------
    Question(
        "how_it_went", LAST,
        HOW_DID_IT_GO,
        "What became of it?",
        easy=True,
    ),
    # --- reality ----------------------------------------------------------------------------------
    Question(
        "scale_answer", REALITY,
        "On a scale from zero to ten, how close are you to an answer today?",
        "If ten is a clear answer, what number are you at?",
        needs=("finding_out",), fills="score", easy=True,
    ),
    Question(
        "scale", REALITY,
        "On a scale from zero to ten, where ten means you are all the way there, where are you with it today?",
        "If zero is nothing and ten is done, what number are you at?",
        needs=("not_finding_out",), fills="score", easy=True,
    ),
    Question(
        "scale_low", REALITY,
        "What makes it {score} and not lower?",
        "What is already there, so that you say {score}?",
        needs=("score_above_zero",),
    ),
    Question(
        "scale_zero", REALITY,
        "What keeps you going even at zero?",
        "Where do you take the strength from?",
        needs=("score_zero",),
    ),
    Question(
        "gets_in_way", REALITY,
        "What gets in the way most?",
        "What is the biggest obstacle?",
        fills="obstacle",
    ),
    Question(
        "for_against", REALITY,
        "What speaks for it, and what speaks against it?",
        "What are the two sides of it?",
        needs=("decision",),
    ),
    Question(
        "regret", REALITY,
        "Which would you regret more in ten years: doing it or leaving it?",
        "Looking back as an old person, what would you have wanted to do?",
        needs=("decision",),
    ),
    Question(
        "still_need", REALITY,
        "What do you still need to know before you can decide?",
        "What is still open?",
        needs=("decision",),
    ),
    Question(
        "moment", REALITY,
        "Which moment of it do you picture when it makes you nervous?",
        "Which part of it worries you?",
        needs=("event",),
    ),
    Question(
        "ready_part", REALITY,
        "What are you already well prepared for?",
        "Which part of it can you do already?",
        needs=("event",),
    ),
    Question(
        "last_words", REALITY,
        "What was the last thing that was said between you?",
        "What did you say to each other last?",
        needs=("people",),
    ),
    Question(
        "want_from", REALITY,
        "What do you want from {person}, in one sentence?",
        "What should {person} do differently?",
        needs=("people", "person"),
    ),
    Question(
        "before_it", REALITY,
        "What happens just before you put it off?",
        "What do you feel in the minute before?",
        needs=("habit",),
    ),
    Question(
        "tried", REALITY,
        "What have you tried so far?",
        "What did you already do about it?",
    ),
    Question(
        "tried_worked", REALITY,
        "What of it helped, even a little?",
        "Which part of that worked at least a bit?",
        needs=("tried_asked",),
    ),
    Question(
        "last_time", REALITY,
        "Take me to the last time it happened. What was going on?",
        "What happened the last time?",
        needs=("repeating",), easy=True,
    ),
    Question(
        "exception", REALITY,
        "When was it a bit better, even for a short while?",
        "When is it less of a problem?",
        needs=("repeating",),
    ),
    Question(
        "others_see", REALITY,
        "How does {person} see it?",
        "What does {person} think about it?",
        needs=("person",),
    ),
    Question(
        "costs", REALITY,
        "What does it cost you if everything stays as it is?",
        "What happens if nothing changes?",
    ),
    Question(
        "underneath", REALITY,
        "If you look underneath, what is this really about for you?",
        "What is the real issue behind it?",
    ),
    Question(
        "body", REALITY,
        "Where do you notice it during your day?",
        "At what time of the day do you feel it most?",
        needs=("repeating",), easy=True,
    ),
    Question(
        "strength", REALITY,
        "What have you got that helps you with this?",
        "What are you good at that is useful here?",
    ),
    Question(
        "fact_or_story", REALITY,
        "What of that do you know, and what do you only suspect?",
        "Which part of it are you sure about?",
    ),
    # --- options ----------------------------------------------------------------------------------
    Question(
        "could_do", OPTIONS,
        "What could you do about it, even if it is only half an idea?",
        "What could you try?",
        needs=("no_option",), fills="option",
    ),
    Question(
        "what_else", OPTIONS,
        "And what else could you do?",
        "What would be another way?",
        needs=("one_option",), fills="option",
    ),
    Question(
        "friend", OPTIONS,
        "If a good friend told you the same story, what would you say to them?",
        "What would you tell a friend?",
    ),
    Question(
        "smallest", OPTIONS,
        "What would be the smallest step that still counts?",
        "What is a very small step you could take?",
        fills="option", easy=True,
    ),
    Question(
        "worked_before", OPTIONS,
        "What has helped you with something like this before?",
        "When have you managed something like this, and how?",
    ),
    Question(
        "person_help", OPTIONS,
        "What could {person} do to help?",
        "How could {person} make it easier?",
        needs=("person",),
    ),
    Question(
        "test_it", OPTIONS,
        "How could you test it on a small scale before you decide?",
        "What could you try out first?",
        needs=("decision",), fills="option",
    ),
    Question(
        "rehearse", OPTIONS,
        "How could you practise for that moment?",
        "What could you rehearse?",
        needs=("event",), fills="option",
    ),
    Question(
        "say_how", OPTIONS,
        "If you talk to {person}, what would be your first sentence?",
        "How would you begin that conversation?",
        needs=("people", "person"),
    ),
    Question(
        "place", OPTIONS,
        "What could you change about the place or the time, so that it gets easier?",
        "Where and when would it be easiest?",
        needs=("habit",), fills="option",
    ),
    Question(
        "no_limits", OPTIONS,
        "If time and money were no issue, what would you try?",
        "What would you do if nothing could hold you back?",
        fills="option",
    ),
    Question(
        "one_up", OPTIONS,
        "You said {score} out of ten. What would be different at {raised_score}?",
        "What would make it one number better?",
        needs=("raised_score",),
    ),
    Question(
        "less_of", OPTIONS,
        "What could you do less of?",
        "What could you leave out?",
        needs=("repeating",), fills="option",
    ),
    Question(
        "opposite", OPTIONS,
        "What would be the opposite of what you usually do?",
        "What have you never tried?",
        needs=("repeating",), fills="option",
    ),
    Question(
        "whos_good", OPTIONS,
        "Who do you know who is good at this, and how do they do it?",
        "Who could you learn from here?",
    ),
    Question(
        "choose", OPTIONS,
        "Which of these ideas pulls you most?",
        "Which idea do you like best?",
        needs=("two_options",), fills="option",
    ),
    # --- will -------------------------------------------------------------------------------------
    Question(
        "will_do", WILL,
        "So what will you do?",
        "What is your next step?",
        needs=("no_commitment",), fills="commitment",
    ),
    Question(
        "will_first", WILL,
        "What exactly will you do first?",
        "What is the first thing you do?",
        needs=("no_commitment",), fills="commitment",
    ),
    Question(
        "will_when", WILL,
        "When will you {commitment}?",
        "On which day, and at what time?",
        needs=("commitment", "no_day"), fills="day", easy=True,
    ),
    Question(
        "will_between", WILL,
        "What could come in between, and what will you do then?",
        "What might stop you?",
    ),
    Question(
        "will_sure", WILL,
        "From zero to ten, how sure are you that you will do it?",
        "What number says how sure you are?",
        needs=("commitment",), fills="sure", easy=True,
    ),
    Question(
        "will_up", WILL,
        "What would have to change to make it {raised}?",
        "What would make you one point surer?",
        needs=("raised",), fills="commitment_more",
    ),
    Question(
        "will_high", WILL,
        "What makes you so sure?",
        "Where does that trust come from?",
        needs=("sure_high",),
    ),
    Question(
        "will_tell", WILL,
        "Who will you tell about it, so that it becomes real?",
        "Who should know about your plan?",
        easy=True,
    ),
    Question(
        "will_know", WILL,
        "How will you know that it worked?",
        "What will be different when you have done it?",
    ),
    Question(
        "will_help", WILL,
        "What do you need, so that it becomes easy?",
        "What would make it easier to begin?",
    ),
    Question(
        "will_remind", WILL,
        "What will remind you when the day is full?",
        "How will you think of it in time?",
    ),
    Question(
        "will_reward", WILL,
        "How will you celebrate when it is done?",
        "What will you treat yourself to?",
        easy=True,
    ),
    # --- more -------------------------------------------------------------------------------------
    Question(
        "anything_else", MORE,
        "What else is there that you would like to look at?",
        "What else is on your mind?",
        fills="topic",
    ),
    Question(
        "take_away", MORE,
        "What do you take with you from this talk?",
        "What was most useful for you?",
    ),
    Question(
        "learned", MORE,
        "What have you noticed about yourself while we talked?",
        "What is new to you after this talk?",
    ),
    Question(
        "feel_now", MORE,
        "How do you feel about it now, compared with the beginning?",
        "What has changed since we began?",
        easy=True,
    ),
    Question(
        "unsaid", MORE,
        "What has not been said yet and should be?",
        "What is still missing?",
    ),
    Question(
        "other_area", MORE,
        "Where else in your life could the same step help?",
        "What else could you use this for?",
    ),
    # --- follow-ups: asked when the last answer calls for them ----------------------------------------
    Question(
        "f_should", ANY,
        "You say should. What do you want yourself?",
        "What would you like, if nobody expected anything?",
        follows=pattern(
    r"""(?<!whether )(?<!if )(?<!that )(?<!says )(?<!said )(?<!thinks )\bi (?:should|ought to|am supposed to|
    'm supposed to)\b"""
),
    ),
    Question(
        "f_absolute", ANY,
        "You say {absolute}. What would be one time when it was different?",
        "When was it not like that?",
        needs=("absolute", "early"),
    ),
    Question(
        "f_afraid", ANY,
        "What exactly are you afraid could happen?",
        "What is the worst that could happen?",
        follows=pattern(
    r"""\bi(?:\'m| am| feel| get| was)?\b.{0,20}\b(?:afraid|scared|terrified|worried|nervous|anxious)\b|
    \bmy (?:biggest )?fear|\b(?:worries|scares|frightens) me\b|\bi (?:worry|panic|fear)\b"""
),
    ),
    Question(
        "f_worst", ANY,
        "And if it did happen, how would you deal with it?",
        "What would you do then?",
        needs=("afraid_asked",),
    ),
    Question(
        "f_angry", ANY,
        "What did that touch in you that made you {feeling}?",
        "What is it that makes you {feeling}?",
        follows=r"\b(?:angry|furious|annoyed|mad|frustrated|irritated)\b", needs=("feeling_hot",),
    ),
    Question(
        "f_cannot", ANY,
        "What holds you back from it?",
        "What would have to be different so that you could?",
        follows=r"\b(?:i can't|i cannot|i can not|i couldn't|impossible|i'm not able)\b",
    ),
    Question(
        "f_tired", ANY,
        "What gives you strength at the moment?",
        "When do you get some rest?",
        follows=r"\b(?:tired|exhausted|burn(?:t|ed) out|no energy|overwhelmed|too much)\b",
    ),
    Question(
        "f_time", ANY,
        "What is your time going into at the moment?",
        "What takes most of your time?",
        follows=pattern(
    r"""\b(?:no time|not enough time|don't have (?:the |enough |any )?time|too busy|so busy|running out of time)\b"""
),
    ),
    Question(
        "f_money", ANY,
        "How much would be enough, in a plain figure?",
        "What is the figure you have in mind?",
        needs=("early",), follows=r"\b(?:money|salary|mortgage|debt|rent|afford|income|savings)\b",
    ),
    Question(
        "f_both", ANY,
        "Both sides seem true. Which one is louder today?",
        "Which of the two weighs more?",
        follows=r"\b(?:on the other hand|part of me|torn|on one hand|either way)\b",
    ),
    Question(
        "f_person", ANY,
        "What would you like {person} to understand?",
        "What do you want to tell {person}?",
        needs=("person_now", "early"), follows=TENSE,
    ),
    Question(
        "f_person_side", ANY,
        "What might it look like from where {person} stands?",
        "What could be going on for {person}?",
        needs=("person_now", "early"), follows=TENSE,
    ),
    Question(
        "f_success", ANY,
        "How did you manage that?",
        "What did you do to make that happen?",
        follows=r"\b(?:i managed|it worked|i did it|i finally|went well|i made it|proud|succeeded|got better)\b",
    ),
    Question(
        "f_try", ANY,
        "You say try. What would you do if you were sure to manage it?",
        "What would you do if it could not go wrong?",
        follows=r"\bi(?:'ll| will|'d| would| could| can|'m going to| might) (?:maybe |probably |just )*try\b",
    ),
    Question(
        "f_lazy", ANY,
        "If it is not laziness, what else could it be?",
        "What else could be behind it?",
        follows=pattern(
    r"""\b(?:lazy|no discipline|undisciplined|not disciplined|weak|stupid|failure|not good enough|loser|dumb)\b"""
),
    ),
    Question(
        "f_decide", ANY,
        "What would help you to decide?",
        "What do you still need to know to decide?",
        follows=r"\b(?:decide|decision|choose|choice)\b",
    ),
    Question(
        "f_phone", ANY,
        "What are you looking for when you reach for it?",
        "What does it give you in that moment?",
        needs=("habit",), follows=pattern(
    r"""\b(?:phone|scroll\w*|tiktok|instagram|youtube|netflix|video games?|gaming|snacks?|cigarettes?)\b"""
),
    ),
    Question(
        "f_start", ANY,
        "What would make the beginning so easy that you could hardly say no?",
        "What is the very first minute of it?",
        follows=pattern(
    r"""\b(?:can't start|getting started|get started|put (?:it|things) off|putting (?:it|things) off|procrastinat\w+|
    postpon\w+)\b"""
),
    ),
    # --- easy ones, for somebody who says little ----------------------------------------------------
    Question("e_worst", ANY, "And what part bothers you most?", "What is the worst bit?", easy=True),
    Question("e_when", ANY, "When did it start?", "How long has it been like that?", easy=True),
    Question("e_who", ANY, "Who else is part of it?", "Who is around when it happens?", easy=True),
    Question("e_magic", ANY, "If you woke up tomorrow and it was gone, what would you do first?",
             "What would you do on the first good day?", easy=True),
    Question("e_rate", ANY, "Is it more like a pebble in your shoe or like a rock on your back?",
             "How heavy is it for you?", easy=True),
    Question("e_example", ANY, "What would be one example?", "What happened once?", easy=True),
    Question("e_best", ANY, "What part of it is the least bad?", "What is okay about it?", easy=True),
    Question("e_alone", ANY, "What do you do when nobody tells you to?", "What do you enjoy doing?", easy=True),
    Question("e_song", ANY, "If it had a headline, what would it say?",
             "What would you call it in three words?", easy=True),
    # --- when the answer was "I don't know" ---------------------------------------------------------
    Question("u_guess", UNKNOWING, "What would be your first guess?", "If you had to guess, what would it be?"),
    Question("u_other", UNKNOWING, "If somebody who knows you well sat here, what would they say?",
             "What would your best friend say?"),
    Question("u_sure", UNKNOWING, "What do you know for certain?", "What is clear to you?"),
    Question("u_if", UNKNOWING, "Suppose you did know: what would it be?", "And if you did know?"),
    Question("u_need", UNKNOWING, "What would you have to find out first?", "Who could tell you?"),
    Question("u_feel", UNKNOWING, "Then let's leave the head out of it. What does your gut say?",
             "What is your gut feeling?"),
    # --- when something else comes first ------------------------------------------------------------
    Question("d_near", DANGER, "Who can you reach right now?", "Who is near you?"),
    Question("d_call", DANGER, "Can you call somebody you trust while we are still here?", "Whom can you call now?"),
    Question("d_safe", DANGER, "Are you in a safe place at this moment?", "Are you safe right now?"),
    Question("l_english", FOREIGN, "Could you say it in English?", "Can we try it in English?"),
    Question("l_simple", FOREIGN, "What would it be in a few simple English words?",
             "How would you say it in English?"),
    Question("g_again", GARBLED, "Could you say that once more?", "What was that?"),
    Question("g_type", GARBLED, "Could you say it in other words, or type it?", "Can you put it another way?"),
    Question("w_put", WRONG, "How would you put it yourself?", "What did you mean?"),
    Question("w_meant", WRONG, "What should I have understood?", "What is the right way to say it?"),
    # --- silence ------------------------------------------------------------------------------------
    Question("n_other", SILENCE, "Take your time. Would it help if I put it another way?", "Shall I ask differently?"),
    Question("n_first", SILENCE, "There is no hurry. What is the first thing that comes to mind?",
             "What comes to mind?"),
    Question("n_quiet", SILENCE, "Silence is fine. What is going through your head?", "What are you thinking of?"),
    Question("n_word", SILENCE, "If it were only one word, which would it be?", "Which word describes it?"),
    Question("n_begin", SILENCE, "You can begin anywhere. Where would you like to start?",
             "Where do you want to begin?"),
    Question("t_still", THERE, "Are you still there?", "Are you with me?"),
    Question("t_hear", THERE, "I can't hear anything. Is your microphone on?", "Can I still hear you?"),
    Question("t_more", THERE, "Do you want to go on?", "Shall we go on?"),
    # --- for any time -------------------------------------------------------------------------------
    Question("a_matters", ANY, "What matters most to you in that?", "Which part of it is most important?"),
    Question("a_else", ANY, "What else belongs to it?", "What have we not looked at yet?"),
    Question("a_say_more", ANY, "What is behind that?", "What more can you tell me about it?"),
    Question("a_mean", ANY, "What does that mean for you?", "What follows from it?"),
    Question("a_need", ANY, "What do you need right now?", "What would do you good now?"),
    Question("a_assume", ANY, "What do you take for granted there that may not be so?",
             "What if the opposite were true?"),
    Question("a_year", ANY, "How will you look at this a year from now?", "What will you think of it in a year?"),
    Question("a_hope", ANY, "What do you hope for, quietly?", "What would be a nice surprise?"),
    Question("a_keep", ANY, "What should stay exactly as it is?", "What is good already?"),
    Question("a_value", ANY, "What does it say about you that you care so much about this?",
             "Which value of yours is in there?"),
    Question("a_permission", ANY, "What would you have to allow yourself?", "What do you not allow yourself?"),
    Question("a_listen", ANY, "If you listen to yourself saying that, what do you hear?",
             "How does that sound to you?"),
    Question("a_admire", ANY, "What would somebody you admire do here?", "Who would handle this well, and how?"),
    Question("a_ready", ANY, "What are you ready to let go of?", "What could you stop doing?"),
    Question("a_next_week", ANY, "What would make next week a bit better than this one?",
             "What should be different next week?"),
    Question("a_question", ANY, "What question should I have asked you?", "Which question would help you now?"),
    Question("a_courage", ANY, "What would you do if you had ten percent more courage?",
             "What would the brave version of you do?"),
    Question("a_old", ANY, "Where do you know this from?", "When have you been in a place like this before?"),
)  # fmt: skip
