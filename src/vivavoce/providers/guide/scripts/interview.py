"""The interviewer's script: it follows the plan that the set-up made (`facts["plan"]`).

1. The plan's questions are asked in order, each once. Which were asked is read from the history alone.
2. A thin answer (answers.py) gets a follow-up, as many as question and time allow; then comes the next question.
3. Time: no follow-up while there are not 100 s for each question that is left; from 150 s on the closing question
   comes next. The announcements and the end at the limit are the platform's.
4. In `real` mode nothing is said about an answer. In `study` mode each answer gets one point, made of its own words.
5. What is no answer (`noticing.py`) gets its own sentence, and then the open question once more.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from vivavoce.domain.interviews.bank import Job, chosen
from vivavoce.domain.interviews.plan import Kind, Level, Question, questions_of
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.answers import Lack, Told, told
from vivavoce.providers.guide.noticing import Move, notice, plain
from vivavoce.providers.guide.scripts import interview_lines as lines

_PER_QUESTION_S: Final = 100
_TO_CLOSING_S: Final = 150
_LONG_ANSWER: Final = 25  # words; so much is an answer, whatever single words may look like
_STORIES: Final = frozenset({Kind.BEHAVIOURAL, Kind.SKILL})
_CLARIFY: Final = ("mean", "understand", "clarify", "explain", "rephrase", "differently", "another way")
_GRADE: Final = r"(?:(?:a|an|the) )?(?:good|okay|ok|right|correct|fine|enough|bad|wrong|great)\b"
_JUDGE: Final = re.compile(
    r"^(?:(?:and|so|but|okay|please|sorry|can you|could you|would you|do you|tell me|give me|say|know|think) )*(?:"
    r"how (?:did i do(?! it)|am i doing|was (?:that|it|i|my answer)|were my answers)"
    rf"|(?:was|is|were) (?:that|this|it|my answers?) {_GRADE}|(?:whether|if) (?:that|this|it|my answer) was {_GRADE}"
    r"|did i (?:pass|do well|say (?:it|that) right|answer)"
    r"|what (?:would|is|was|makes) (?:a|an|the) (?:good|right|better|best|ideal|correct|perfect|model) answer"
    r"|what (?:should|could) i (?:have )?(?:say|said|answer(?:ed)?)"
    r"|what (?:do|did) you think (?:of|about) (?:that|it|my)"
    r"|(?:any|some|a|your) (?:feedback|hints?|tips?))\b"
)
"""What asks for a judgment or a hint, from the first word on: an answer may hold the same words further on."""
_ALL_FOLLOW_UPS: Final = (*(text for texts in lines.FOLLOW_UPS.values() for text in texts), lines.NEARLY)


_EXPLAIN: Final = re.compile(
    r"\b(?:can|could|would) you (?:please )?(?:clarify|explain (?:that|it|the question|what)|be more specific)"
    r"|\bwhat (?:exactly )?do you (?:mean|want to (?:know|hear))",
    re.IGNORECASE,
)
_NEVER: Final = re.compile(
    r"^(?:\w+ )?(?:i(?:'ve| have)? )?(?:never|haven't|have not|not yet|no experience|didn't)\b[^.]{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Interview:
    """Where the interview stands. asked: how many of the plan's questions; the last of them is open.

    answers: what was said to the open question; follow_ups: asked to it. replies: of the interviewer so far.
    """

    plan: tuple[Question, ...]
    open: Question | None = None
    asked: frozenset[str] = frozenset()
    answers: tuple[str, ...] = ()
    follow_ups: int = 0
    replies: int = 0
    nudges: int = 0
    over: bool = False  # the last question was answered

    @property
    def left(self) -> list[Question]:
        """The questions behind the open one; those that were passed over are not made up for."""
        last = max((place for place, one in enumerate(self.plan) if one.id in self.asked), default=-1)
        return list(self.plan[last + 1 :])


def speak(prompt: Prompt) -> str:
    """What the interviewer says next. Depends on the prompt's history, cue and facts alone."""
    interview = _read(prompt.history, _plan(prompt.facts))
    match prompt.cue:
        case ReplyKind.GREETING:
            return _joined(_greeting(interview, prompt.facts), _text(interview.plan[0]))
        case ReplyKind.GOODBYE:
            return _goodbye(interview, prompt.facts)
        case ReplyKind.WRAP_UP_ASK:
            return lines.ASK_TO_CLOSE
        case ReplyKind.NUDGE:
            return lines.NUDGES[interview.nudges % len(lines.NUDGES)]
        case ReplyKind.IDLE_ASK:
            return lines.STILL_THERE
        case ReplyKind.PICK_UP:
            waiting = prompt.history and prompt.history[-1].speaker is not None
            rest = _answer(interview, prompt) if waiting else _once_more(interview)
            return _joined(lines.BREAK, rest)
        case _:
            return _answer(interview, prompt)


# --- where it stands --------------------------------------------------------------------------------


def _plan(facts: Mapping[str, str]) -> tuple[Question, ...]:
    """The plan's questions; general ones where there is no plan."""
    try:
        found: object = json.loads(facts.get("plan", "{}"))
    except ValueError:
        found = {}
    kept = questions_of(found) if isinstance(found, dict) else ()  # pyright: ignore[reportUnknownArgumentType]
    return kept or chosen(Job("", Level.MID, "general", (), 0))


def _read(history: tuple[Line, ...], plan: tuple[Question, ...]) -> Interview:
    interview = Interview(plan)
    for line in history:
        interview = _heard(interview, line) if line.speaker is None else _said(interview, line.text)
    return interview


def _heard(interview: Interview, line: Line) -> Interview:
    interview = replace(
        interview, replies=interview.replies + 1, nudges=interview.nudges + (line.kind is ReplyKind.NUDGE)
    )
    new = next((one for one in interview.plan if one.id not in interview.asked and _text(one) in line.text), None)
    if new is not None:
        return replace(interview, open=new, asked=interview.asked | {new.id}, answers=(), follow_ups=0)
    if any(text in line.text for text in _ALL_FOLLOW_UPS):
        return replace(interview, follow_ups=interview.follow_ups + 1)
    return replace(interview, over=interview.over or lines.LAST in line.text)


def _said(interview: Interview, text: str) -> Interview:
    if interview.open is None or _move(text, interview.open) not in _ADDS:
        return interview
    return replace(interview, answers=(*interview.answers, text.strip()))


_ADDS: Final = frozenset({Move.ANSWER, Move.SAME, Move.YES, Move.NO, Move.SHRUG, Move.NOTHING_MORE, Move.STUCK})


def _move(text: str, question: Question | None) -> Move:
    move = Move.REPEAT if _EXPLAIN.search(text) else notice(text, ())
    long = len(text.split()) >= _LONG_ANSWER
    if not long and _JUDGE.search(plain(text)):
        return Move.ADVICE
    closing = question is not None and question.kind is Kind.CLOSING and move is Move.KNOWLEDGE  # their own question
    if move is not Move.DANGER and (long or closing):
        return Move.ANSWER
    return Move.UNKNOWING if move is Move.ANSWER and not long and _NEVER.search(text) else move


def _left_s(facts: Mapping[str, str]) -> int | None:
    left = facts.get("seconds_left", "")
    return int(left) if left.isdigit() else None


# --- replies ----------------------------------------------------------------------------------------


def _answer(interview: Interview, prompt: Prompt) -> str:
    said = prompt.history[-1].text if prompt.history and prompt.history[-1].speaker is not None else ""
    if interview.open is None:
        return _joined(_greeting(interview, prompt.facts), _text(interview.plan[0]))
    move = _move(said, interview.open)
    if move is Move.ADVICE:
        hint = lines.TIP if _studies(prompt.facts) else lines.NO_JUDGING
        return _joined(hint, _once_more(interview))
    aside = _aside(interview, move, said, prompt.facts)
    if aside:
        return _joined(*aside)
    if interview.over:
        return lines.NOTED
    if move is Move.SKIP:
        return _joined(_turned(lines.SKIPPED, interview), _next(interview, prompt.facts))
    if move is Move.UNKNOWING:
        return _unknowing(interview, prompt.facts)
    return _after(interview, prompt.facts)


def _aside(interview: Interview, move: Move, said: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    """To what is no answer; empty for what is one."""
    again = _once_more(interview)
    match move:
        case Move.DANGER:
            return (lines.DANGER,)
        case Move.WHO:
            return (f"I am {_name(facts)}, an AI interviewer, no person. {lines.RULES}", again)
        case Move.PRIVATE:
            return (lines.PRIVATE, again)
        case Move.REPEAT | Move.SLOWER:
            asked_to_explain = any(word in plain(said) for word in _CLARIFY)
            kind = interview.open.kind if interview.open is not None else Kind.OPENING
            return ("Of course.", lines.CLARIFIED[kind] if asked_to_explain else "", again)
        case Move.CLOCK:
            return (lines.time_left(facts), again)
        case Move.HEARD:
            return (lines.HEARD, again)
        case Move.WAIT:
            return (lines.WAIT,)
        case Move.FOREIGN:
            return (lines.FOREIGN, again)
        case Move.GARBLED:
            return (lines.GARBLED, again)
        case Move.COMPLAINT:
            return (lines.COMPLAINT, again)
        case Move.KNOWLEDGE | Move.ABOUT_YOU | Move.RECALL:
            return (lines.NO_KNOWLEDGE, again)
        case Move.HELLO | Move.THANKS | Move.WRONG if not interview.answers:
            return (again,)
        case _:
            return ()


def _unknowing(interview: Interview, facts: Mapping[str, str]) -> str:
    """They do not know: asked for something close once, then the next."""
    lead = _turned(lines.UNKNOWN, interview)
    story = interview.open is not None and interview.open.kind in _STORIES
    if story and interview.follow_ups == 0 and _may_follow_up(interview, facts):
        return _joined(lead, lines.NEARLY)
    point = lines.EMPTY_POINT if _studies(facts) else ""
    return _joined(lead, point, _next(interview, facts))


def _after(interview: Interview, facts: Mapping[str, str]) -> str:
    """Behind an answer: in study mode a point, then a follow-up or the next question."""
    question = interview.open
    assert question is not None, "something was answered"
    found = told(interview.answers, story=question.kind in _STORIES)
    lead = _point(found, question, interview) if _studies(facts) else _turned(lines.THANKS, interview)
    if found.lacks and _may_follow_up(interview, facts):
        return _joined(lead, _follow_up(found.lacks, interview))
    following = _next(interview, facts)
    return following if following == lines.LAST and not _studies(facts) else _joined(lead, following)


def _point(found: Told, question: Question, interview: Interview) -> str:
    if not found.quote:
        return lines.EMPTY_POINT
    if found.lacks:
        return lines.POINTS[found.lacks[0]].format(quote=found.quote)
    if question.kind not in _STORIES:
        return "That was clear, and long enough to know you by."
    return _turned(lines.WELL_TOLD, interview).format(quote=found.quote)


def _may_follow_up(interview: Interview, facts: Mapping[str, str]) -> bool:
    question, left_s = interview.open, _left_s(facts)
    if question is None or interview.follow_ups >= question.follow_ups:
        return False
    return left_s is None or left_s >= max(_TO_CLOSING_S, _PER_QUESTION_S * len(interview.left))


def _follow_up(lacks: tuple[Lack, ...], interview: Interview) -> str:
    """For the first thing that is lacking; the second time for the next one."""
    lack = lacks[min(interview.follow_ups, len(lacks) - 1)]
    texts = lines.FOLLOW_UPS[lack]
    return texts[interview.replies % len(texts)]


def _next(interview: Interview, facts: Mapping[str, str]) -> str:
    left, left_s = interview.left, _left_s(facts)
    if not left:
        return lines.LAST
    if left_s is not None and left_s < _TO_CLOSING_S and left[0].kind is not Kind.CLOSING:
        return _joined(lines.TIME_IS_SHORT, _text(left[-1]))
    return _text(left[0])


def _once_more(interview: Interview) -> str:
    if interview.over:
        return lines.NOTED
    return _text(interview.open) if interview.open is not None else _text(interview.plan[0])


# --- the frame --------------------------------------------------------------------------------------


def _greeting(interview: Interview, facts: Mapping[str, str]) -> str:
    who = _person(facts)
    title = _of_plan(facts, "title")
    company = _of_plan(facts, "company")
    job = f"the position of {title}" if title and title != "this position" else "this position"
    job = f"{job} at {company}" if company else job
    left_s = _left_s(facts)
    minutes = f" in about {round(left_s / 60)} minutes" if left_s else ""
    mode = "After each answer I tell you one thing to work on." if _studies(facts) else lines.NO_JUDGING
    return _joined(
        f"Hello {who}." if who else "Hello.",
        f"I'm {_name(facts)}, an AI interviewer. {lines.RULES}",
        f"This is a practice interview for {job}: {len(interview.plan)} questions{minutes}.",
        mode,
        "You can have a question repeated, or say “skip”, at any time. Let's begin.",
    )


def _goodbye(interview: Interview, facts: Mapping[str, str]) -> str:
    who = _person(facts)
    thanks = f"Thank you, {who}." if who else "Thank you."
    done = f"We got through {_count(len(interview.asked))} of {_count(len(interview.plan))} questions."
    about = [one.skill for one in interview.plan if one.id in interview.asked and one.skill][:3]
    topics = f"The topics were: {', '.join(about)}." if about else ""
    follows = "Your report is being written now. Goodbye!"
    match facts.get("closing", ""):
        case "time_limit":
            return _joined(f"Our time is up. {thanks}", done, follows)
        case "idle":
            return _joined(f"I end here, as nobody answers. {thanks}", follows)
        case _:
            return _joined(thanks, done, topics, follows)


def _of_plan(facts: Mapping[str, str], name: str) -> str:
    try:
        found = json.loads(facts.get("plan", "{}"))
    except ValueError:
        return ""
    value = found.get(name, "") if isinstance(found, dict) else ""  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return value if isinstance(value, str) else ""


def _person(facts: Mapping[str, str]) -> str:
    """Empty for the seat of somebody who gave no name."""
    name = facts.get("person_name", "")
    return "" if name == "You" else name


def _name(facts: Mapping[str, str]) -> str:
    return facts.get("persona_name", "") or "Morgan"


def _studies(facts: Mapping[str, str]) -> bool:
    return facts.get("mode") == "study"


def _text(question: Question) -> str:
    return question.text.strip()


def _turned(texts: tuple[str, ...], interview: Interview) -> str:
    """One of them, by turns."""
    return texts[interview.replies % len(texts)]


def _count(number: int) -> str:
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return names[number] if number < len(names) else str(number)


def _joined(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())
