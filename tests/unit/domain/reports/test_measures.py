from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.reports.measures import measure
from vivavoce.domain.sessions.events import Source
from vivavoce.domain.sessions.transcript import Utterance

ANA = SeatId("sea_ana")


def spoke(n: int, seat: SeatId | None, text: str, span_ms: tuple[int, int], source: Source | None = None) -> Utterance:
    id = TurnId(f"turn_{n}") if seat else ReplyId(f"rep_{n}")
    return Utterance(id, seat, "Ana" if seat else "Ada", text, *span_ms, source=source)


def test_shares_pace_and_gaps_come_from_the_time_that_was_spoken() -> None:
    ada, ana = measure(
        [
            spoke(1, None, "What would you like to work on?", (0, 2000)),
            spoke(2, ANA, "Um I want to write more, you know, every day", (2500, 8500), Source.VOICE),
            spoke(3, None, "What gets in the way?", (9000, 11000)),
        ]
    )
    assert (ada.turns, ada.questions, ada.talk_share, ada.response_gap_ms) == (2, 2, 0.4, 500)
    assert (ana.words, ana.fillers, ana.words_per_minute, ana.longest_monologue_ms) == (10, 2, 100.0, 6000)


def test_typed_turns_count_words_but_no_time() -> None:
    (ana,) = measure([spoke(1, ANA, "just typing", (500, 500), Source.TEXT)])
    assert (ana.words, ana.talk_share, ana.words_per_minute, ana.longest_monologue_ms) == (2, None, None, None)


def test_an_empty_conversation_has_no_measures() -> None:
    assert measure([]) == ()
