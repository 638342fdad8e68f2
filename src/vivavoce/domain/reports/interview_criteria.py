"""What the report of an interview scores: seven criteria, as interviewers use them."""

from typing import Final

from vivavoce.domain.reports.criteria import Aim, Criterion, Figure

STRUCTURE: Final = Criterion(
    id="structure",
    title="Structure",
    description="Answers have a beginning, a middle and an end: situation, task, what was done, what came of it.",
    evidence=(
        "the situation was", "at that time", "back then", "my task", "my job was", "i was responsible for",
        "i was asked to",
        "the problem was", "the goal was", "first i", "first of all", "then i", "after that", "the next step",
        "finally", "in the end",
        "as a result", "the result was", "what i did", "to begin with", "there was a", "when i was", "last year",
        "before that", "since then", "from then on", "afterwards", "when i had", "when i took", "it turned out",
        "at my last",
    ),
    against=("and so on", "i lost my thread", "where was i", "what was the question"),
    advice="Tell an answer in four steps: the situation, your task, what you did, and what came of it.",
)  # fmt: skip
RELEVANCE: Final = Criterion(
    id="relevance",
    title="Relevance",
    description="Answers answer the question, and bring what matters for this position.",
    evidence=(
        "for this position", "for this role", "for this job", "in this role", "in your company", "in your team",
        "what you are looking for",
        "what you need", "the description", "similar to", "the same kind", "that is why i applied", "that's why i",
        "i want to work",
        "interests me", "appeals to me", "my experience with", "i have experience", "i've worked with",
        "i have worked", "i work with",
    ),
    against=("i don't know", "no idea", "i have never", "next question", "skip"),
    aims=(Aim(Figure.WORDS_PER_TURN, good=(35, 220), poor=(6, 500)),),
    advice="Before you answer, name in half a sentence what is asked, and choose the example that fits it.",
)  # fmt: skip
DEPTH: Final = Criterion(
    id="depth",
    title="Depth and detail",
    description="Answers are specific: names, numbers, tools, what exactly was done, and why.",
    evidence=(
        "for example", "for instance", "such as", "specifically", "in detail", "step by step", "because",
        "the reason was", "i used",
        "i built", "i wrote", "i designed", "i measured", "i compared", "i checked", "i asked", "i noticed",
        "i found", "i set up",
        "i chose", "i decided", "<number>", "the hard part", "what made it", "the trade-off", "instead of",
        "rather than",
    ),
    against=("stuff", "things like that", "and so on", "various things", "somehow", "kind of", "sort of"),
    aims=(Aim(Figure.WORDS_PER_TURN, good=(45, 220), poor=(8, 500)),),
    advice="Give one detail in each answer that only somebody who was there can know.",
)  # fmt: skip
IMPACT: Final = Criterion(
    id="impact",
    title="Impact and results",
    description="Answers say what came of the work, in numbers where there are some.",
    evidence=(
        "as a result", "result*", "in the end", "so that", "improved", "increased", "reduced", "saved", "grew",
        "doubled", "halved",
        "fewer", "faster", "<number> percent", "by <number>", "from <number> to <number>", "per cent", "won",
        "delivered", "finished",
        "launched", "went live", "down to", "went down", "went up",
        "came down", "dropped", "rose", "by half", "by a third",
        "by a quarter", "by a fifth", "by a tenth", "it held", "it worked", "it still runs",
        "in time", "since then", "now they", "turned out", "worked out", "the outcome",
    ),
    advice="End each story with what changed: a number if you have one, else what somebody said or did.",
)  # fmt: skip
COMMUNICATION: Final = Criterion(
    id="communication",
    title="Clear communication",
    description="Answers are easy to follow: not too long, not too quick, with few fillers.",
    evidence=(
        "in short", "to sum up", "what i mean is", "in other words", "the main point", "the most important",
        "there are two",
        "there were two", "there are three", "on the one hand", "does that answer", "let me explain", "to put it",
        "first", "second",
    ),
    aims=(
        Aim(Figure.WORDS_PER_MINUTE, good=(110, 170), poor=(60, 230)),
        Aim(Figure.FILLERS_PER_100_WORDS, good=(0, 3), poor=(-1, 12)),
        Aim(Figure.WORDS_PER_TURN, good=(35, 220), poor=(6, 500)),
        Aim(Figure.LONGEST_MONOLOGUE_S, good=(15, 120), poor=(2, 240)),
    ),
    advice="Answer in one to two minutes: the main point first, then the story, then stop.",
)  # fmt: skip
KNOWLEDGE: Final = Criterion(
    id="knowledge",
    title="Knowledge of the field",
    description="Answers show that the work is known: its methods, tools, standards and pitfalls.",
    evidence=(
        "usually you", "best practice", "standard*", "method*", "process*", "the risk is", "you have to",
        "it depends on", "the difference",
        "the advantage", "the disadvantage", "i learned that", "in my experience", "procedure*", "test*",
        "review*", "analy*", "document*",
        "requirement*", "measure*", "quality", "safety", "customer*", "patient*", "user*", "deadline*", "budget*",
        "guideline*",
    ),
    against=("i'm not sure what that is", "never heard of", "i don't know what"),
    advice="Name the method or tool you used, and one pitfall that you avoid with it.",
)  # fmt: skip
REFLECTION: Final = Criterion(
    id="reflection",
    title="Self-reflection",
    description="Answers show what was learned, from mistakes too, and what would be done differently.",
    evidence=(
        "i learned", "i learnt", "i realized", "i realised", "i noticed that i", "looking back", "in hindsight",
        "next time", "i would do",
        "differently", "my mistake", "i was wrong", "i should have", "since then i", "now i always",
        "i asked for feedback", "feedback",
        "i am working on", "i'm working on", "i want to learn", "i have to learn", "my weakness", "i improved",
        "i got better",
    ),
    against=("it was their fault", "not my fault", "i never make mistakes", "they were all"),
    advice="For each story, have one sentence ready on what you took from it and do differently today.",
)  # fmt: skip

INTERVIEW: Final = (STRUCTURE, RELEVANCE, DEPTH, IMPACT, COMMUNICATION, KNOWLEDGE, REFLECTION)
"""Of a job interview."""
