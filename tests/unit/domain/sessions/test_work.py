"""Tasks and timer, from the log."""

from vivavoce.base.ids import SeatId
from vivavoce.domain.sessions.events import FocusChanged, TaskDeclared, TaskReported
from vivavoce.domain.sessions.work import Focus, Work, focus_over_text, work_in

ANA, BEN = SeatId("sea_ana"), SeatId("sea_ben")
DECLARED = TaskDeclared("t1", ANA, "Ana", "Write the tests")


def test_a_task_is_open_until_it_is_reported() -> None:
    assert [task.text for task in work_in([DECLARED]).open] == ["Write the tests"]
    work = work_in([DECLARED, TaskReported("t1", ANA, "partly", "Half.")])
    assert work.open == ()
    assert (work.tasks[0].done, work.tasks[0].report) == ("partly", "Half.")


def test_a_task_in_other_words_is_open_again() -> None:
    again = TaskDeclared("t1", ANA, "Ana", "Write all tests")
    work = work_in([DECLARED, TaskReported("t1", ANA, "yes"), again])
    assert [task.text for task in work.open] == ["Write all tests"]


def test_a_report_on_nothing_means_nothing() -> None:
    assert work_in([TaskReported("t9", ANA, "yes")]) == Work()


def test_the_timer_runs_until_it_is_over_or_stopped() -> None:
    started = FocusChanged("started", 1500, 1_500_000, ANA)
    assert work_in([started]).focus == Focus(1500, 1_500_000, ANA)
    assert work_in([started, FocusChanged("over", 1500, 1_500_000, ANA)]).focus is None
    assert work_in([started, FocusChanged("stopped", 1500, 1_500_000, BEN)]).focus is None


def test_those_with_open_tasks_are_asked_by_name() -> None:
    assert focus_over_text(Work()) == "The focus time is over."
    two = work_in([DECLARED, TaskDeclared("t2", BEN, "Ben", "Read"), TaskDeclared("t3", ANA, "Ana", "Eat")])
    assert focus_over_text(two) == "The focus time is over. Ana and Ben, how did it go?"
