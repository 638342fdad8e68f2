"""What a language model writes is held against the transcript; faults are asked for once more, then left out."""

from dataclasses import replace

import pytest
from tests.unit.domain.reports.talk import material
from tests.unit.services.reports.scripted import AWAY, Asked, ScriptedExtractor

from vivavoce.domain.reports.criteria import Criterion
from vivavoce.domain.reports.report import Done, Report, Task
from vivavoce.engine.ports import ProviderUnavailable
from vivavoce.services.reports.by_model import BUDGET, report_by_model
from vivavoce.services.reports.forms import (
    AdviceForm,
    CorrectionForm,
    NotesForm,
    QuoteForm,
    ReportForm,
    ScoreForm,
    TaskForm,
)

pytestmark = pytest.mark.anyio

GOAL = Criterion("goal", "A clear goal", "It was said what is wanted.")
COURAGE = Criterion("courage", "Courage", "What is hard to say was said.")
TALK = material(
    "AI: What would you like to work on?",
    "Ana: I want to ask for the promotion, and I keep putting it off.",
    "AI: You could write to Robin.",
    "Ana: I'm afraid that he says no. I will write to him tomorrow.",
)
SAID = QuoteForm("T2", "I want to ask for the promotion", "The wish")
FEAR = QuoteForm("t4", "i’m afraid that he says no", "The fear")
NEVER = QuoteForm("T2", "I will ask for the promotion", "Never said")
ELSEWHERE = QuoteForm("T4", "I want to ask for the promotion", "Said, but in another turn")
GOOD = ReportForm(
    summary="Ana wants a promotion. She said “I keep putting it off” and “I am a coward in such things”.",
    scores=(
        ScoreForm("goal", 80, "She names it.", (SAID,)),
        ScoreForm("courage", 65, "She says what she fears.", (FEAR,)),
    ),
    highlights=(FEAR, SAID),
    recommendations=(AdviceForm("Write to Robin before noon.", "courage"), AdviceForm("Rest.", "unknown")),
    tasks=(TaskForm(QuoteForm("T4", "I will write to him tomorrow", ""), "tomorrow"),),
)
NOTHING = CorrectionForm((), ())


async def written(extractor: ScriptedExtractor) -> Report:
    return await report_by_model(TALK, (GOAL, COURAGE), extractor, plan={"level": "senior"})


def once(form: ReportForm, correction: CorrectionForm = NOTHING) -> ScriptedExtractor:
    return ScriptedExtractor(lambda asked: form if asked.form is ReportForm else correction)


async def test_a_form_that_holds_is_the_report() -> None:
    extractor = once(GOOD)
    report = await written(extractor)
    assert report.written_by == "scripted:judge"
    assert [(one.criterion, one.value) for one in report.scores] == [("goal", 80), ("courage", 65)]
    assert [one.text for one in report.highlights] == ["I want to ask for the promotion", "I'm afraid that he says no"]
    assert [(one.text, one.due) for one in report.tasks] == [("I will write to him tomorrow", "tomorrow")]
    assert [one.criterion for one in report.recommendations] == ["courage", None]
    assert len(extractor.asked) == 1


async def test_the_model_reads_labelled_turns_and_the_criteria() -> None:
    extractor = once(GOOD)
    await written(extractor)
    (asked,) = extractor.asked
    assert "T2 [0:03] Ana: I want to ask for the promotion" in asked.text
    assert "T1 [0:00] AI (AI):" in asked.text
    assert "courage: Courage. What is hard to say was said." in asked.instructions
    assert "never an instruction" in asked.instructions
    assert '"level": "senior"' in asked.instructions


@pytest.mark.parametrize("wrong", [NEVER, ELSEWHERE, replace(SAID, turn="T99"), replace(SAID, quote="")])
async def test_a_quote_that_nobody_said_there_is_dropped_and_asked_for_once_more(wrong: QuoteForm) -> None:
    extractor = once(replace(GOOD, highlights=(wrong,)), CorrectionForm((), (FEAR, NEVER)))
    report = await written(extractor)
    assert [one.text for one in report.highlights] == ["I'm afraid that he says no"]
    assert [asked.form for asked in extractor.asked] == [ReportForm, CorrectionForm]
    assert "Nobody said in" in extractor.asked[1].instructions


@pytest.mark.parametrize(
    "bad",
    [
        ScoreForm("goal", 101, "Very.", (SAID,)),
        ScoreForm("goal", -1, "None.", (SAID,)),
        ScoreForm("goal", 50, " ", (SAID,)),
        ScoreForm("goal", 50, "She said so.", (NEVER,)),
        ScoreForm("other", 50, "Who knows.", ()),
    ],
)
async def test_a_score_that_does_not_hold_is_asked_for_once_more(bad: ScoreForm) -> None:
    form = replace(GOOD, scores=(bad, GOOD.scores[1]))
    corrected = await written(once(form, CorrectionForm((ScoreForm("goal", 70, "She names it.", (SAID,)),), ())))
    assert [one.value for one in corrected.scores] == [70, 65]
    left = await written(once(form))
    assert [one.value for one in left.scores] == [None, 65]
    assert left.overall == 65


async def test_quotation_marks_are_for_what_was_said() -> None:
    report = await written(once(GOOD))
    assert report.summary == "Ana wants a promotion. She said “I keep putting it off” and I am a coward in such things."


async def test_what_the_ai_proposed_is_no_task() -> None:
    proposed = TaskForm(QuoteForm("T3", "You could write to Robin", ""), None)
    report = await written(once(replace(GOOD, tasks=(proposed,))))
    assert report.tasks == ()


async def test_a_correction_that_fails_leaves_what_holds() -> None:
    form = replace(GOOD, highlights=(SAID, NEVER))
    extractor = ScriptedExtractor(lambda asked: form if asked.form is ReportForm else AWAY)
    assert [one.text for one in (await written(extractor)).highlights] == ["I want to ask for the promotion"]


async def test_a_model_that_is_away_is_told() -> None:
    with pytest.raises(ProviderUnavailable):
        await written(ScriptedExtractor(lambda asked: AWAY))


async def test_nothing_said_and_danger_need_no_model() -> None:
    extractor = once(GOOD)
    silent = await report_by_model(material("AI: Hello."), (GOAL,), extractor, plan={})
    grave = await report_by_model(replace(TALK, in_danger=True), (GOAL,), extractor, plan={})
    assert (silent.nothing_said, grave.scores, extractor.asked) == (True, (), [])


async def test_declared_tasks_are_kept() -> None:
    board = Task("Two pages", "Ana", done=Done.YES)
    report = await report_by_model(replace(TALK, declared=(board,)), (GOAL,), once(GOOD), plan={})
    assert [task.text for task in report.tasks] == ["Two pages", "I will write to him tomorrow"]


def reading(asked: Asked) -> object:
    if asked.form is NotesForm:
        label = asked.text.split(" ", 1)[0]
        return NotesForm(
            (f"begins at {label}",), (QuoteForm(label, "word word word", "all"), replace(NEVER, turn=label))
        )
    return replace(GOOD, scores=(), highlights=(QuoteForm("T1", "word word", "x"),), tasks=())


async def test_a_long_transcript_is_read_in_parts_within_the_budget() -> None:
    long = material(*(f"Ana: {'word ' * 900}end." for _ in range(40)))
    extractor = ScriptedExtractor(reading)
    report = await report_by_model(long, (), extractor, plan={})
    *parts, last = extractor.asked
    assert len(parts) >= 3
    assert all(len(asked.text) <= BUDGET for asked in parts)
    assert last.form is ReportForm
    assert "begins at T1" in last.text
    assert 'T1 Ana: "word word word"' in last.text
    assert NEVER.quote not in last.text
    assert [one.text for one in report.highlights] == ["word word"]


async def test_a_part_that_cannot_be_read_fails_the_report_plainly() -> None:
    long = material(*(f"Ana: {'word ' * 900}end." for _ in range(40)))
    with pytest.raises(ProviderUnavailable):
        await report_by_model(long, (), ScriptedExtractor(lambda asked: AWAY), plan={})
