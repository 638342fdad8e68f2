"""A whole report by rule, where no language model is configured. It says so, and what it cannot judge."""

from collections.abc import Generator, Mapping, Sequence
from typing import Final, cast

from vivavoce.domain.reports.criteria import LOW, Criterion, Figure, Whose
from vivavoce.domain.reports.figures import figures
from vivavoce.domain.reports.highlights import best_quotes, how_many
from vivavoce.domain.reports.measures import count_words
from vivavoce.domain.reports.report import RULES, Material, Recommendation, Report, Score, Task
from vivavoce.domain.reports.scoring import Said, said_by, score
from vivavoce.domain.reports.summary import length, summary
from vivavoce.domain.reports.tasks import beside, commitments
from vivavoce.domain.reports.wording import looks_english

_MOST_ADVICE: Final = 4
_SHORT: Final = 16  # words; a longer commitment is not said again
_MEASURED_ONLY: Final = (
    "No language model read this session. Scores count English wordings and measured figures: they tell that something "
    "was put into words, not whether it was true, wise or well meant."
)
_NOT_ENGLISH: Final = (
    "The rules know English only, and this was said in another language: only what can be measured is told."
)
_IN_DANGER: Final = "Somebody seemed to be in danger, so nothing in this session is scored or quoted."
_FAST: Final = (
    175,
    "You spoke at {:.0f} words a minute. Try a breath after each sentence: 120 to 160 is easy to follow.",
)
_FILLERS: Final = (
    6,
    "There were {:.0f} fillers in a hundred words. A silent pause does the same work, and sounds surer.",
)
_SHARE: Final = (0.35, "The AI had most of the words: yours were {:.0%}. Take more room, also for thinking aloud.")


def report_by_rules(material: Material, criteria: Sequence[Criterion]) -> Report:
    """The report that rules can write, at one go."""
    steps = writing(material, criteria)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return cast(Report, done.value)


def writing(material: Material, criteria: Sequence[Criterion]) -> Generator[None, None, Report]:
    """The same in steps of a few milliseconds, so that others can go on in between. An hour of talk takes a third of a
    second."""
    people = material.people
    if not people:
        return nothing_said(material, RULES)
    if material.in_danger:
        return in_danger(material, RULES)
    english = looks_english(" ".join(turn.text for turn in people))
    said_so = commitments(material.entries, material.coaches) if english else ()
    tasks = (*material.declared, *beside(material.declared, said_so))
    yield
    scores: list[Score] = []
    said: dict[Whose, Said] = {}
    for criterion in criteria:
        if criterion.whose not in said:
            said[criterion.whose] = said_by(material, criterion.whose)
            yield
        scores.append(score(criterion, said[criterion.whose]))
        yield
    highlights = best_quotes(people, how_many(len(people))) if english else ()
    yield
    return Report(
        written_by=RULES,
        summary=summary(material, tasks, english=english),
        scores=tuple(scores),
        highlights=highlights,
        recommendations=recommendations(criteria, scores, material, tasks),
        tasks=tasks,
        limits=(_MEASURED_ONLY,) if english else (_MEASURED_ONLY, _NOT_ENGLISH),
    )


def nothing_said(material: Material, written_by: str) -> Report:
    """The report of a session in which none of its people said anything."""
    told = f"{material.title}, {length(material.duration_s)}. Nothing was said, so there is nothing to score."
    return Report(written_by, told, tasks=material.declared, nothing_said=True)


def in_danger(material: Material, written_by: str) -> Report:
    """The report of a session in which the crisis protocol ran: nothing in it is scored or quoted, whoever could."""
    told = summary(material, material.declared, english=False)
    return Report(written_by, told, tasks=material.declared, limits=(_IN_DANGER,))


def recommendations(
    criteria: Sequence[Criterion], scores: Sequence[Score], material: Material, tasks: Sequence[Task]
) -> tuple[Recommendation, ...]:
    """What to try next: the advice of the lowest scores first, then what the figures say."""
    advice = {criterion.id: criterion.advice for criterion in criteria}
    low = sorted(
        (one for one in scores if one.value is not None and one.value < LOW + 30), key=lambda one: one.value or 0
    )
    found = [Recommendation(advice[one.criterion], one.criterion) for one in low if advice.get(one.criterion)]
    return tuple([*found[: _MOST_ADVICE - 1], *_by_figures(material, tasks)][:_MOST_ADVICE])


def _by_figures(material: Material, tasks: Sequence[Task]) -> list[Recommendation]:
    if sum(count_words(turn.text) for turn in material.people) < 100:
        return []
    alone = len({turn.seat for turn in material.people}) == 1
    measured: Mapping[Figure, float] = figures(material, Whose.PEOPLE) if alone else {}
    undated = None if material.declared else next((task for task in tasks if task.due is None), None)
    texts = [
        _undated(undated) if undated else "",
        _over(measured.get(Figure.WORDS_PER_MINUTE), _FAST),
        _over(measured.get(Figure.FILLERS_PER_100_WORDS), _FILLERS),
        _under(measured.get(Figure.WORD_SHARE), _SHARE),
    ]
    return [Recommendation(text) for text in texts if text]


def _undated(task: Task) -> str:
    what = f"“{task.text.rstrip('.')}”" if count_words(task.text) <= _SHORT else "What you said you would do"
    return f"{what} has no day yet. Put one on it."


def _over(value: float | None, rule: tuple[float, str]) -> str:
    return rule[1].format(value) if value is not None and value > rule[0] else ""


def _under(value: float | None, rule: tuple[float, str]) -> str:
    return rule[1].format(value) if value is not None and value < rule[0] else ""
