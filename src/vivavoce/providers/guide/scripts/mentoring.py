"""The mentoring script: one course for each kind of session. It knows the person's goals and what is hard for them,
quotes them where they fit, and each of them once."""

from typing import Final

from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide.reflecting import plain_word, reflect
from vivavoce.providers.guide.scripts import coaching_lines as lines
from vivavoce.providers.guide.scripts.mentoring_questions import CLOSE, QUESTIONS, STAGES, STEP
from vivavoce.providers.guide.scripts.staged import Conversation, Course, Facts
from vivavoce.providers.guide.talk import Talk
from vivavoce.providers.guide.words import capital, clean, content_words, flip, tokens, word_count

_USUAL: Final = "open"
_LONGEST_QUOTE: Final = 18  # words
_LONGEST_ECHO: Final = 14
_FOR: Final = {
    "first_steps": "Today is about first steps: where you are, where you want to be, and one thing to begin with.",
    "decision": "Today is about a decision. I cannot make it for you, but I can help you to look at it from all sides.",
    "weekly_check_in": "This is our check-in: what went well, what did not, and what comes next.",
    "difficult_conversation": "We prepare a conversation that is not easy. You can try out on me what you want to say.",
    "open": "We can look at whatever you bring.",
}
_BRIDGES: Final = {
    "there": "That is where you are. Now let's look ahead.",
    "sides": "Then let's put both sides on the table.",
    "settle": "You have looked at it from many sides. Let's see what settles it.",
    "hard": "Good. Now the other half of the week.",
    "learned": "Let's see what there is to learn from it.",
    "other": "Let's change chairs for a moment, and look at it from over there.",
    "say": "Now let's try it out loud. I am the other person, and I only listen.",
    "view": "I think I see it now. Let's walk around it once.",
}

_HEARD: Final = ("I heard that.", "That came across.", "Yes, I would listen to that.", "That is clear.")


def speak(prompt: Prompt) -> str:
    """What the mentor says next. Depends on the prompt's history, cue and facts alone."""
    kind = prompt.facts.get("type", _USUAL)
    return _CONVERSATIONS.get(kind, _CONVERSATIONS[_USUAL]).speak(prompt)


def _greeting(facts: Facts) -> str:
    name, purpose = lines.first_name(facts), _FOR.get(facts.get("type", _USUAL), _FOR[_USUAL])
    return f"Hello{' ' + name if name else ''}. {_hello(facts)} {purpose}"


def _hello(facts: Facts) -> str:
    persona, goal = facts.get("persona_name", ""), quoted(facts.get("goals", ""))
    who = f"I'm {persona}, an AI mentor" if persona else "I'm an AI mentor"
    told = "what you told about yourself, and " if facts.get("onboarding") or facts.get("challenges") else ""
    known = f" I know {told}this goal of yours: {goal}." if goal else ""
    return f"{who}. I work by simple rules, without a language model.{known}"


def _bridge(talk: Talk, facts: Facts) -> str:
    """Into the step: what is known to be hard for the person. Into the close: the goal it serves."""
    if talk.stage == STEP:
        hard = quoted(facts.get("challenges", ""))
        before = f"You told us what is hard for you: {hard}. Let's plan with that in mind." if hard else ""
        return before or "Let's make something of it that you can do."
    if talk.stage == CLOSE:
        plan = f"Your plan, then: {lines.plan(talk)}." if talk.notes.commitments else ""
        goal = quoted(facts.get("goals", ""))
        serves = f"You said that this matters to you: {goal}." if goal else ""
        return f"{plan} {serves}".strip() or "We have come a good way."
    return _BRIDGES.get(talk.stage, "")


def _understood(talk: Talk, facts: Facts) -> str:
    """While they try out what they want to say there, it is heard and not retold."""
    del facts
    if talk.stage == "say" and not talk.entered:
        return _HEARD[len(talk.replies) % len(_HEARD)]
    found = reflect(talk)
    said = clean(talk.last).rstrip(".!?… ").replace("?", "")
    short = found == plain_word(talk) and 4 <= word_count(said) <= _LONGEST_ECHO
    short = short and not {"you", "your"} & set(tokens(said))
    if short and len(talk.replies) % 2 and len(content_words(said)) > 1:
        return f"{capital(flip(said))}."  # instead of yet another "okay"
    return found


def quoted(fact: str) -> str:
    """The first line of what the person wrote, word for word; nothing if it is too long to be said."""
    line = fact.split("\n", 1)[0].strip().rstrip(".!?")
    return f"“{line.replace('?', '')}”" if line and word_count(line) <= _LONGEST_QUOTE else ""


_CONVERSATIONS: Final = {
    kind: Conversation(QUESTIONS[kind], Course(stages, _greeting, _hello, _bridge, understood=_understood))
    for kind, stages in STAGES.items()
}
