"""The co-working script: it answers who called, by name, from what it has: tasks, timer, and the project's notes.

It knows nothing else and says so. It asks nothing back but where somebody is stuck, which is what it can help with.
"""

import re
from collections.abc import Mapping
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Prompt
from vivavoce.engine.turns.address import USUAL_PHRASE, without_call
from vivavoce.providers.guide.words import content_words, sentences, tokens

_TIME: Final = re.compile(
    r"\b(?:time (?:is |do we have |have we got )?left|how (?:long|much time)|minutes left|timer"
    r"|when (?:is it|are we) (?:over|done))\b",
    re.IGNORECASE,
)
_WHO: Final = re.compile(
    r"\b(?:who (?:is|are|declared|works|does)|everyone|everybody|what (?:is|are) (?:we|they|the others?|others|all)"
    r"|(?:the|all|our) tasks|tasks? of)\b",
    re.IGNORECASE,
)
_HERE: Final = re.compile(
    r"\bwho(?:'s| is| are|s)? (?:else )?(?:is |are )?(?:here|there|around|with us|in (?:the|this) (?:room|session))\b",
    re.IGNORECASE,
)
_MINE: Final = re.compile(r"\b(?:my (?:task|goal)|what (?:was|am|did) i\b|i (?:declare|say i))", re.IGNORECASE)
_PROJECT: Final = re.compile(r"\b(?:project|notes?)\b", re.IGNORECASE)
_STUCK: Final = re.compile(
    r"\b(?:stuck|blocked|(?:does|do|is)(?:n't| not|nt) work\w*|help me|can't|cant|cannot|fails?|failing|errors?|bugs?"
    r"|distracted|procrastinat\w+|no idea)\b",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(r"\b(?:next|start|begin|first step|where do i|plan)\b", re.IGNORECASE)
_THANKS: Final = re.compile(r"\b(?:thanks?|thank you|cheers|great|perfect)\b", re.IGNORECASE)
_WHAT_ARE_YOU: Final = re.compile(
    r"\b(?:who are you|what are you|what can you do|how do you work|are you (?:an? )?(?:ai|real|human|robot))\b",
    re.IGNORECASE,
)

_NAMELESS: Final = frozenset({"", "you", "guest"})
NO_MODEL: Final = (
    "that I cannot know: no language model is configured here, so I have only tasks, time and the project's notes."
)
_UNSTICKING: Final = (
    "say in one sentence what you expected, and in one what happened instead.",
    "what is the smallest part of it that you can try by itself?",
    "what did you change last before it went wrong?",
    "write down what you know for sure; the first line you cannot write is where to look.",
    "leave it for five minutes, then explain it aloud from the beginning.",
)


def speak(prompt: Prompt) -> str:
    """What the assistant says next. Depends on the prompt's history, cue and facts alone."""
    facts = prompt.facts
    match prompt.cue:
        case ReplyKind.ANSWER:
            return _answer(prompt)
        case ReplyKind.GREETING:
            name = facts.get("persona_name") or "your assistant"
            phrase = facts.get("wake_phrase", USUAL_PHRASE)
            return f"Hello! I am {name}, an AI. I stay silent until you call me: say {phrase}."
        case ReplyKind.GOODBYE:
            return _goodbye(facts)
        case ReplyKind.WRAP_UP_ASK:
            return "Shall we close here?"
        case ReplyKind.PICK_UP:
            return "There was a short interruption. Call me when you need me."
        case _:
            return "I am here. Call me when you need me."


def _answer(prompt: Prompt) -> str:
    facts = prompt.facts
    last = next((line for line in reversed(prompt.history) if line.speaker is not None), None)
    name = facts.get("person_name") or (last.speaker if last is not None else "") or ""
    phrase = facts.get("wake_phrase", USUAL_PHRASE)
    asked = without_call(last.text, [facts.get("persona_name", "")], phrase) if last is not None else ""
    said = _said(asked, name, prompt)
    return said[:1].upper() + said[1:] if name.lower() in _NAMELESS else f"{name}, {said}"


def _said(asked: str, name: str, prompt: Prompt) -> str:
    """What is said behind the name."""
    facts = prompt.facts
    if not tokens(asked):
        return "yes?"
    if _WHAT_ARE_YOU.search(asked):
        return "I am an AI: a guide by rules, without a language model. I keep tasks, time and the project's notes."
    if _TIME.search(asked):
        return _time(facts)
    if _HERE.search(asked) and facts.get("person_names"):
        return f"in this room: {facts['person_names']}, and me."
    if _MINE.search(asked):
        return _mine(facts, name)
    if _WHO.search(asked) and facts.get("tasks"):
        return f"these are the tasks. {_tasks(facts)}"
    if _PROJECT.search(asked):
        return _project(asked, facts)
    if _STUCK.search(asked):
        return _UNSTICKING[_helped(prompt) % len(_UNSTICKING)]
    if _NEXT.search(asked):
        return _next(facts, name)
    if _THANKS.search(asked) and len(content_words(asked)) <= 2:
        return "you are welcome."
    return _noted(asked, facts) or NO_MODEL


def _time(facts: Mapping[str, str]) -> str:
    focus, session = facts.get("focus_left_s", ""), facts.get("seconds_left", "")
    if focus.isdecimal():
        return f"the timer has {_minutes(int(focus))} left."
    if session.isdecimal() and int(session) < 3600:
        return f"no timer runs; the session has {_minutes(int(session))} left."
    return "no timer runs. Anybody here can start one."


def _minutes(seconds: int) -> str:
    if seconds < 60:
        return "less than a minute"
    minutes = seconds // 60
    return "about a minute" if minutes == 1 else f"about {minutes} minutes"


def _tasks(facts: Mapping[str, str]) -> str:
    return " ".join(f"{line.rstrip('.')}." for line in facts.get("tasks", "").splitlines()[:8])


def _own(facts: Mapping[str, str], name: str) -> list[str]:
    mine = f"{name}: "
    return [line.removeprefix(mine) for line in facts.get("tasks", "").splitlines() if name and line.startswith(mine)]


def _mine(facts: Mapping[str, str], name: str) -> str:
    own = _own(facts, name)
    return f"you declared: {'; '.join(own)}." if own else "you have not declared a task yet."


def _next(facts: Mapping[str, str], name: str) -> str:
    still = [task for task in _own(facts, name) if "(open" in task]
    what = f"of {still[0].partition(' (open')[0]}" if still else "of your task"
    return f"take the smallest piece {what} that you can finish in ten minutes, and do only that."


def _project(asked: str, facts: Mapping[str, str]) -> str:
    if not facts.get("project_title"):
        return "no project is linked to this session."
    found = _noted(asked, facts)
    if found:
        return found
    first = " ".join(sentences(facts.get("project_notes", ""))[:2])
    return f"the project is {facts['project_title']}. {first}".strip()


def _noted(asked: str, facts: Mapping[str, str]) -> str:
    """What the project's notes say on it: the line that shares most words with the question, if it shares enough."""
    wanted = set(content_words(asked)) - {"project", "note", "notes", "say"}
    lines = [line.strip(" -*") for part in facts.get("project_notes", "").splitlines() for line in sentences(part)]
    scored = [(len(wanted & set(content_words(line))), line) for line in lines if line]
    shared, line = max(scored, default=(0, ""), key=lambda each: each[0])
    enough = shared >= (2 if len(wanted) > 2 else 1) and bool(wanted)
    return f"the project's notes say: {line}" if enough else ""


def _helped(prompt: Prompt) -> int:
    return sum(1 for line in prompt.history if line.speaker is None and line.text.endswith(_UNSTICKING))


def _goodbye(facts: Mapping[str, str]) -> str:
    tasks = _tasks(facts)
    return f"That was the session. {tasks} Goodbye!" if tasks else "That was the session. Goodbye!"
