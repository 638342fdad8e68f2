"""From the text of a job description to a plan, by rules. They read English."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vivavoce.base.wording import any_of
from vivavoce.domain.errors import Invalid
from vivavoce.domain.interviews.bank import Job, chosen, seed_of
from vivavoce.domain.interviews.heading import company_of, title_of, track_of_title
from vivavoce.domain.interviews.level import level_of
from vivavoce.domain.interviews.plan import InterviewPlan, Level, Skill
from vivavoce.domain.interviews.sections import Line, lines_of
from vivavoce.domain.interviews.skills import Term, skills_in, taxonomy
from vivavoce.domain.interviews.words import words_of

NO_JOB: Final = (
    "This does not read like a job description. Give the advert's text (title, tasks and what is asked for), a PDF or "
    "DOCX of it, or its web address."
)
_MOST_SKILLS: Final = 12
_LEAST_SHARE: Final = 0.02  # less is named in passing
_GENERAL: Final = "general"
_TITLE_COUNTS: Final = 12.0  # as much as four required skills: a title tells the field best
_ENOUGH: Final = 4
_JOB_WORDS: Final = re.compile(
    r"\b"
    + any_of(
        """experience | experienced | responsibilit(?:y|ies) | responsible | requirements? | qualifications?
        candidates? | skills? | salary | role | position | job | apply | applicants? | looking for | seeking | hiring
        degree | diploma | full[- ]time | part[- ]time | shifts? | team | duties | tasks | you will | you'll
        your profile | we offer | benefits | join us | employment | employer | work | working | colleagues
        knowledge | training | contract | vacancy | career | customers? | clients? | patients? | manage | develop"""
    )
    + r"\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A term with the sum of what its mentions count."""

    term: Term
    score: float


def plan_of(description: str, level: Level | None = None) -> InterviewPlan:
    """The plan of an interview for this job. level: where it was chosen. Raises Invalid for what describes no job."""
    lines = tuple(lines_of(description))
    found = ranked(lines)
    title = title_of(description, lines)
    if not _describes_a_job(description, title, found):
        raise Invalid(NO_JOB)
    track = _track(title, found)
    asked = level or level_of(title, lines)
    skills = weighted(found, track)
    job = Job(title, asked, track, skills, seed_of(description))
    return InterviewPlan(title or "this position", asked, track, skills, chosen(job), company_of(description))


def ranked(lines: Sequence[Line]) -> tuple[Found, ...]:
    """The skills that are named, those that count most first. Each further line that names one counts less."""
    mentions: dict[str, list[float]] = {}
    terms: dict[str, Term] = {}
    for line in lines:
        for term in dict.fromkeys(skills_in(words_of(line.text))):
            terms[term.name] = term
            mentions.setdefault(term.name, []).append(line.weight)
    scores = {
        name: sum(weight / (place + 1) for place, weight in enumerate(sorted(weights, reverse=True)))
        for name, weights in mentions.items()
    }
    return tuple(Found(terms[name], scores[name]) for name in sorted(scores, key=lambda name: (-scores[name], name)))


def weighted(found: Sequence[Found], track: str) -> tuple[Skill, ...]:
    """The skills of a plan. Those of the field count more than those that every job asks for."""
    scores = {one.term: one.score * _relevance(one.term, track) for one in found}
    best = sorted(scores, key=lambda term: (-scores[term], term.name))[:_MOST_SKILLS]
    total = math.fsum(scores[term] for term in best) or 1.0
    shares = [(term, scores[term] / total) for term in best]
    return tuple(Skill(term.name, term.category, round(share, 3)) for term, share in shares if share >= _LEAST_SHARE)


def _relevance(term: Term, track: str) -> float:
    return 1.0 if term.track == track else 0.45 if term.track == _GENERAL else 0.7


def _track(title: str, found: Sequence[Found]) -> str:
    scores = dict.fromkeys(sorted(taxonomy().tracks()), 0.0)
    for one in found:
        if one.term.track in scores:
            scores[one.term.track] += one.score
    titled = track_of_title(title)
    if titled:
        scores[titled] += _TITLE_COUNTS
    best = max(scores, key=lambda track: scores[track])
    return best if scores[best] > 0 else _GENERAL


def _describes_a_job(description: str, title: str, found: Sequence[Found]) -> bool:
    said = {match.lower() for match in _JOB_WORDS.findall(description)}
    titled = 3 if track_of_title(title) else 0
    return len(said) + min(len(found), 4) + titled >= _ENOUGH and (titled > 0 or len(description.split()) >= 12)
