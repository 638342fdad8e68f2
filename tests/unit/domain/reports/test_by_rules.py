"""Reports by rule: within their range, resting on what was said, and honest about the rest."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.domain.reports.talk import entries, material

from vivavoce.base.ids import SeatId
from vivavoce.domain.reports.by_rules import in_danger, nothing_said, report_by_rules
from vivavoce.domain.reports.criteria import Aim, Criterion, Figure, Whose
from vivavoce.domain.reports.criteria_sets import CO_WORKING, COACHING, MENTORING, WRITING
from vivavoce.domain.reports.quoting import Quote, find_quote
from vivavoce.domain.reports.report import RULES, Done, Material, Report, Score, Task
from vivavoce.domain.reports.scoring import said_by
from vivavoce.domain.reports.scoring import score as scored
from vivavoce.domain.reports.wording import looks_english, word_groups

EVERY = (*COACHING, *MENTORING, *CO_WORKING, *WRITING)
PIECES = [
    "I will call Karl on Friday",
    "what if we stop",
    "I realised that it is not the money",
    "because nobody asked me",
    "um you know it was twenty pages",
    "no",
    "¿qué?",
    "I don't know",
    "my goal is to write every day",
    "let's wrap up",
    "日本語です",
]
TALK = (
    "AI: What would you like to work on?",
    "Ana: I want to ask for the promotion, and I keep putting it off. I noticed that I wait until I feel ready.",
    "AI: What could you do?",
    "Ana: I could write down three results, or I could ask Robin what counts. I'm afraid that he says no.",
    "AI: So what will you do?",
    "Ana: I will write to Robin tomorrow at nine. I'll bring the three results on one page.",
)


def score(criterion: Criterion, material: Material) -> Score:
    return scored(criterion, said_by(material, criterion.whose))


def quotes_in(report: Report) -> list[Quote]:
    return [*report.highlights, *(quote for one in report.scores for quote in one.quotes)]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["AI", "Ana", "Ben"]), st.lists(st.sampled_from(PIECES), min_size=1)), max_size=12
    )
)
def test_scores_lie_in_their_range_and_every_quote_was_said(talk: list[tuple[str, list[str]]]) -> None:
    said = material(*(f"{name}: {'. '.join(pieces)}." for name, pieces in talk))
    report = report_by_rules(said, EVERY)
    turns = {entry.id: entry for entry in said.entries}
    assert all(one.value is None or (0 <= one.value <= 100 and one.value % 5 == 0) for one in report.scores)
    assert all(one.reason for one in report.scores)
    for quote in quotes_in(report):
        assert find_quote(quote.text, turns[quote.turn]) is not None
        assert quote.seat is not None
    for task in report.tasks:
        assert task.turn is not None
        assert find_quote(task.text, turns[task.turn]) is not None


def test_a_report_by_rule_says_so_and_what_it_cannot_judge() -> None:
    report = report_by_rules(material(*TALK), COACHING)
    assert report.written_by == RULES
    assert "No language model" in report.limits[0]


def test_more_evidence_scores_higher() -> None:
    bare = material(
        *TALK[:2],
        "Ana: It is raining in the town and the bus was late again, as it is on every one of these days here.",
    )
    told = material(*TALK)
    commitment = COACHING[3]
    low, high = score(commitment, bare).value, score(commitment, told).value
    assert low is not None
    assert high is not None
    assert low < high


def test_what_speaks_against_it_scores_lower() -> None:
    plain = Criterion("x", "X", "Y", evidence=("i will",))
    doubting = replace(plain, against=("i'm afraid",))
    assert (score(doubting, material(*TALK)).value or 0) < (score(plain, material(*TALK)).value or 0)


def test_what_ends_a_talk_is_no_evidence() -> None:
    thinks = Criterion("x", "X", "Y", evidence=("i think i",))
    said = material(*TALK, "Ana: Let's wrap up, I think I have what I need.")
    assert score(thinks, said).quotes == ()


def test_too_few_words_are_not_judged() -> None:
    found = score(COACHING[0], material("AI: What would you like?", "Ana: I want to sleep."))
    assert found.value is None
    assert "Too little was said" in found.reason


def test_a_criterion_without_wordings_is_not_judged_by_rules() -> None:
    found = score(Criterion("humour", "Humour", "There was laughter"), material(*TALK))
    assert found.value is None
    assert "No language model" in found.reason


def test_another_language_is_measured_and_not_judged() -> None:
    lines = [
        "AI: What would you like to work on?",
        "Ana: Ich schiebe meine Arbeit seit sechs Wochen vor mir her und weiß nicht, warum ich nie mit ihr anfange.",
        "Ana: Ich werde morgen um neun Uhr eine Seite schreiben und sie am Freitag meiner Schwester zeigen.",
        "Ana: Es ist mir wichtig, dass ich am Ende des Monats fertig bin, weil ich sonst keine Ruhe habe.",
    ]
    report = report_by_rules(material(*lines), COACHING)
    assert {one.value for one in report.scores} == {None}
    assert (report.highlights, report.recommendations) == ((), ())
    assert any("another language" in limit for limit in report.limits)
    pace = Criterion("pace", "Pace", "Easy to follow", aims=(Aim(Figure.WORDS_PER_MINUTE, (120, 160), (60, 240)),))
    assert score(pace, material(*lines)).value == 100


def test_nothing_said_is_said() -> None:
    report = report_by_rules(material("AI: Hello, what would you like to work on?"), COACHING)
    assert report.nothing_said
    assert "Nothing was said" in report.summary
    assert (report.scores, report.highlights, report.overall) == ((), (), None)
    assert nothing_said(material(), "openai:m").written_by == "openai:m"


def test_a_session_in_which_somebody_was_in_danger_is_not_scored() -> None:
    said = replace(material(*TALK), in_danger=True)
    for report in (report_by_rules(said, COACHING), in_danger(said, "openai:m")):
        assert (report.scores, report.highlights, report.recommendations) == ((), (), ())
        assert any("danger" in limit for limit in report.limits)
        assert "“" not in report.summary
    assert in_danger(said, "openai:m").written_by == "openai:m"


def test_a_human_coach_is_neither_scored_nor_quoted() -> None:
    turns = entries(
        [*TALK, "Kim: I will send you the form. My goal is that you realise it, because I noticed how you wait."]
    )
    said = Material("Coaching room", turns, 60, coaches=frozenset({SeatId("sea_kim")}))
    report = report_by_rules(said, COACHING)
    assert all(quote.name == "Ana" for quote in quotes_in(report))
    assert all(task.name == "Ana" for task in report.tasks)


def test_the_ai_can_be_scored_where_a_criterion_says_so() -> None:
    asks = Criterion("asks", "Asks", "Asks", aims=(Aim(Figure.QUESTIONS, (2, 9), (0, 20)),), whose=Whose.AI)
    said = material(*TALK, *(f"AI: And {'so ' * 20}what else?" for _ in range(2)))
    assert score(asks, said).value == 100


def test_recommendations_come_from_the_lowest_scores() -> None:
    report = report_by_rules(material(*TALK), COACHING)
    values = {one.criterion: one.value or 0 for one in report.scores}
    asked = [one.criterion for one in report.recommendations if one.criterion is not None]
    assert asked == sorted(asked, key=lambda id: values[id])
    assert all(values[id] < 70 for id in asked)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("I will write to Robin tomorrow at nine.", "tomorrow"),
        ("I'm going to call the bank and ask.", None),
        ("I've decided to stop on Friday.", "on Friday"),
    ],
)
def test_a_commitment_is_a_task(sentence: str, due: str | None) -> None:
    (task,) = report_by_rules(material(*TALK[:2], f"Ana: {sentence}"), COACHING).tasks
    assert (task.text, task.due) == (sentence.rstrip("."), due)


@pytest.mark.parametrize(
    "sentence",
    [
        "I will not do that, ever.",
        "I'll see what comes of it.",
        "I thought now I will do the garden.",
        "Will I ever be able to sleep?",
        "If she asks me, I will leave.",
        "I'll have to go now, thank you.",
    ],
)
def test_what_only_sounds_like_a_commitment_is_none(sentence: str) -> None:
    assert report_by_rules(material(*TALK[:2], f"Ana: {sentence}"), COACHING).tasks == ()


def test_what_somebody_offers_and_takes_up_is_a_task_in_the_words_of_the_offer() -> None:
    said = material(*TALK[:2], "Ana: I could call the school on Monday morning. Yeah, I'll do that.")
    (task,) = report_by_rules(said, COACHING).tasks
    assert (task.text, task.due) == ("I could call the school on Monday morning", "on Monday")


def test_an_answer_to_when_dates_what_was_said_before() -> None:
    said = material(
        "AI: So what will you do?", "Ana: I'll write to Robin.", "AI: When will you?", "Ana: On Friday after lunch."
    )
    (task,) = report_by_rules(said, COACHING).tasks
    assert (task.text, task.due) == ("I'll write to Robin", "On Friday")


def test_declared_tasks_and_how_they_went_count() -> None:
    declared = (Task("Two pages", "Ana", done=Done.YES), Task("The tests", "Ben", done=Done.PARTLY))
    focus = CO_WORKING[0]
    with_tasks = score(focus, material(*TALK, declared=declared))
    assert "75% of the reported tasks done" in with_tasks.reason
    assert "2 tasks declared, 1 reported as done." in report_by_rules(material(*TALK, declared=declared), ()).summary


def test_what_was_declared_as_a_task_is_no_second_task_when_it_is_said_too() -> None:
    declared = (Task("Tests for the calendar", "Ana", SeatId("sea_ana")),)
    said = material(
        "Ana: I will write the tests of the calendar, the flaky ones.",
        "Ben: I will write tests for the calendar too.",
        "Ana: And I'll call Karl on Friday.",
        declared=declared,
    )
    assert [(task.name, task.text) for task in report_by_rules(said, ()).tasks] == [
        ("Ana", "Tests for the calendar"),
        ("Ben", "I will write tests for the calendar too"),
        ("Ana", "And I'll call Karl on Friday"),
    ]


def test_not_knowing_somebody_speaks_against_no_commitment() -> None:
    said = material(
        *TALK[:4],
        "Ana: I can't decide in a city where I don't know anyone. I'll go and look at it on Saturday, with my sister.",
    )
    found = score(next(one for one in COACHING if one.id == "commitment"), said)
    assert "against" not in found.reason


def test_what_one_could_or_will_do_is_ones_own_part() -> None:
    said = material(
        "Ana: He skipped the tests twice, and nobody said a word to him about it in all these weeks.",
        "Ana: I could ask him how he saw that Friday, and then listen for a while.",
        "Ana: I will talk to him on Wednesday at nine, in the small room.",
    )
    assert (score(next(one for one in COACHING if one.id == "ownership"), said).value or 0) >= 50


def test_what_came_of_it_is_a_highlight() -> None:
    said = material(*TALK, "Ana: And the sick days went down by a fifth that year, on both wards.")
    assert "A result" in [quote.why for quote in report_by_rules(said, ()).highlights]


def test_words_are_looked_for_whole_with_gaps_and_classes() -> None:
    assert word_groups(("i can",)).search("i can't") is None
    assert word_groups(("i'll ... by <day>",)).search("i’ll really finish it by friday")
    assert word_groups(("reali*",)).search("it was realised")
    assert word_groups(("<number> percent",)).search("about twenty percent")


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("I want to have a plan so that I actually write every day and I do not lose the thread of it", True),
        (
            "Je voudrais avoir un plan pour écrire tous les jours sans perdre le fil de mon histoire, parce que sinon",
            False,
        ),
        ("ok", True),
        ("да", False),
    ],
)
def test_english_is_told_from_other_languages(text: str, english: bool) -> None:
    assert looks_english(text) is english
