"""The writing script: it reads along, quotes the sentence that carries most, word for word, and asks one question.

1. It never corrects and never rewrites. A word that hides something ("somehow", "always", "I should") may be asked
   about, never twice in a row and not in the first text.
2. Otherwise the question is the next of the kind of writing: it begins, goes deeper, and gathers.
"""

import re
from typing import Final

from vivavoce.base.wording import pattern
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide.noticing import Move
from vivavoce.providers.guide.questions import Question, asked_in, fill, signature
from vivavoce.providers.guide.scripts import coaching_lines as lines
from vivavoce.providers.guide.scripts.filling import joined
from vivavoce.providers.guide.scripts.mentoring import quoted
from vivavoce.providers.guide.scripts.staged import Conversation, Course, Facts
from vivavoce.providers.guide.scripts.writing_questions import DEEPEN, GATHER, PRECISE, QUESTIONS, STAGES
from vivavoce.providers.guide.talk import Talk
from vivavoce.providers.guide.words import content_words, sentences

_USUAL: Final = "journal"
_LONGEST_QUOTE: Final = 22  # words
_FOR: Final = {
    "journal": "This is your journal.",
    "letter": "This will be a letter; whether it is ever sent is up to you.",
    "decision": "Let's write your way to a decision.",
    "plan": "Let's write a plan that you can keep.",
    "idea": "Let's give your idea a shape.",
}
_INTRODUCED: Final = ("You write: {}.", "{}.", "I stay with this sentence: {}.", "One sentence stands out: {}.")
_CARRIES: Final = re.compile(
    r"\b(?:but|because|always|never|nobody|everybody|afraid|angry|sad|happy|proud|ashamed|love|hate|wish|want|miss|"
    r"cannot|can't|should|suddenly|instead|nothing|alone|first time|last time|finally)\b",
    re.IGNORECASE,
)

_TASK: Final = re.compile(
    pattern(
        r"""^(?:(?:please|and|now|okay|ok|so) )*(?:can you |could you |would you |will you |please )+(?:please )?
    (?:correct|check|rewrite|improve|edit|proofread|translate|shorten|finish|continue|write|polish|summari[sz]e)\b
    |\bis (?:it|this|that|my \w+) (?:well written|good (?:english|style|enough)|correct)\b
    |\bany (?:mistakes|typos)\b"""
    ),
    re.IGNORECASE,
)
"""The writer wants something done to the text, or judged in it."""
_YOURS: Final = (
    "As I said, I leave your text as it is.",
    "I leave your text to you: without a language model I can neither correct nor rewrite it, and it is good that it"
    " sounds like you.",
)


def speak(prompt: Prompt) -> str:
    """What is answered to the writer. Depends on the prompt's history, cue and facts alone."""
    kind = prompt.facts.get("type", _USUAL)
    conversation = _CONVERSATIONS.get(kind, _CONVERSATIONS[_USUAL])
    if prompt.cue is ReplyKind.ANSWER:
        talk = conversation.read(prompt.history)
        if talk.said and _TASK.search(talk.last):
            return joined(_YOURS[sum(map(bool, map(_TASK.search, talk.said))) % 2], conversation.once_more(talk))
        precise = _precise(talk)
        if precise:
            return precise
    return conversation.speak(prompt)


def _greeting(facts: Facts) -> str:
    name, purpose = lines.first_name(facts), _FOR.get(facts.get("type", _USUAL), _FOR[_USUAL])
    goal = quoted(facts.get("goals", ""))
    known = f" Your goal {goal} is in my mind." if goal else ""
    return (
        f"Hello{' ' + name if name else ''}. {_hello(facts)} {purpose} Take all the time you want, and write as much as"
        f" you like.{known}"
    )


def _hello(facts: Facts) -> str:
    persona = facts.get("persona_name", "")
    who = f"I'm {persona}, an AI that reads along" if persona else "I'm an AI that reads along"
    return f"{who}; no language model is configured here, so I work by simple rules."


def _bridge(talk: Talk, facts: Facts) -> str:
    del facts
    match talk.stage:
        case stage if stage == DEEPEN:
            return "The ground is laid. Let's go deeper."
        case stage if stage == GATHER:
            return "You have written a good deal. Let's gather it."
        case _:
            return ""


def _understood(talk: Talk, facts: Facts) -> str:
    del facts
    quote = carrying(talk.last)
    return _INTRODUCED[len(talk.replies) % len(_INTRODUCED)].format(f"“{quote}”") if quote else "I have read it."


def _goodbye(talk: Talk, facts: Facts) -> str:
    """What was written most to the point, word for word: the writer's own last word."""
    name = talk.notes.name or lines.first_name(facts)
    best = max((carrying(said) for said in talk.said), key=_weight, default="")
    kept = f"This is the sentence of yours that I keep: “{best}”." if best else ""
    done = f"You will {lines.plan(talk)}." if talk.notes.commitments else ""
    parts = (f"Thank you{', ' + name if name else ''}.", kept, done, "All you wrote stays with this session. Goodbye.")
    return " ".join(part for part in parts if part)


def _precise(talk: Talk) -> str:
    """A question about a word in the sentence that carries most, if there is such a word; else nothing."""
    again = talk.question is not None and talk.question.stage == "precise"
    if talk.move is not Move.ANSWER or len(talk.said) < 2 or again or talk.entered or talk.stage == GATHER:
        return ""
    quote = carrying(talk.last)
    for question in PRECISE:
        found = re.search(question.follows, quote, re.IGNORECASE)
        text = _about(question, found[0]) if found else ""
        if text and signature(asked_in(text)) not in talk.asked and question.id not in talk.used[-6:]:
            return joined(f"“{quote}”.", text)
    return ""


def _about(question: Question, word: str) -> str:
    return fill(question.text, {"word": word.lower() if word != "I" else word})


def carrying(text: str) -> str:
    """The sentence of `text` that carries most, word for word without its end mark, cut where it is too long."""
    found = [sentence for sentence in sentences(text) if len(sentence.split()) >= 3 and not sentence.endswith("?")]
    if not found:
        return ""
    best = max(found, key=_weight).rstrip(".!… ").replace("?", "").replace("“", "").replace("”", "").replace('"', "")
    words = best.split()
    return best if len(words) <= _LONGEST_QUOTE else " ".join(words[:_LONGEST_QUOTE]) + " …"


def _weight(sentence: str) -> float:
    words = len(sentence.split())
    signs = len(_CARRIES.findall(sentence))
    own = 1.0 if re.search(r"\b(?:I|my|me)\b", sentence) else 0.0
    too_long = max(0, words - _LONGEST_QUOTE) * 0.2
    return 1.5 * signs + own + 0.3 * min(len(content_words(sentence)), 8) - too_long


_CONVERSATIONS: Final = {
    kind: Conversation(questions, Course(STAGES, _greeting, _hello, _bridge, _goodbye, _understood))
    for kind, questions in QUESTIONS.items()
}
