"""A spotted phrase among the words of the free recogniser."""

import pytest

from vivavoce.providers.pocketsphinx.calls import Spotted, with_call
from vivavoce.providers.pocketsphinx.words import Segment, text_of

CLEAR, FAINT = 0.88, 0.84


def words(*rows: tuple[str, int, int, float]) -> list[Segment]:
    return [Segment(*row) for row in rows]


def said(segments: list[Segment], *spotted: Spotted) -> str:
    merged = with_call(segments, spotted)
    return text_of(segment.word for segment in (segments if merged is None else merged))


def call(start: int, end: int, score: float = CLEAR) -> Spotted:
    return Spotted("hey agent", start, end, score)


CAGE = words(
    ("<s>", 0, 35, 1.0), ("cage", 36, 90, 0.37), ("and(2)", 91, 115, 0.86), ("<sil>", 116, 121, 1.0),
    ("how", 122, 142, 0.9), ("much", 143, 157, 0.9), ("</s>", 158, 170, 1.0),
)  # fmt: skip


def test_it_takes_the_place_of_what_was_made_of_it_and_the_question_stays() -> None:
    assert said(CAGE, call(38, 113)) == "hey agent how much"


def test_words_keep_their_order_in_time() -> None:
    merged = with_call(CAGE, [call(38, 126)])
    assert merged is not None
    assert [(one.word, one.start_frame, one.end_frame) for one in merged] == [
        ("hey", 38, 68),
        ("agent", 69, 121),
        ("how", 122, 142),
        ("much", 143, 157),
    ]


def test_without_it_nothing_changes() -> None:
    assert with_call(CAGE, []) is None


def test_it_is_heard_where_nothing_was_understood() -> None:
    assert said([], call(38, 113)) == "hey agent"


def test_a_word_that_reaches_into_it_is_part_of_it() -> None:
    heard = words(("fayed", 3, 93, 0.1), ("said", 94, 112, 0.1), ("how", 130, 140, 0.9))
    assert said(heard, call(68, 122)) == "hey agent how"


def test_noise_behind_it_is_no_question() -> None:
    drawn_out = words(("fade", 4, 94, 0.07), ("tenth", 95, 172, 0.04))
    assert said(drawn_out, call(57, 118)) == "hey agent"
    blip = words(("where", 52, 99, 0.63), ("did", 100, 115, 0.23), ("i", 116, 118, 0.0))
    assert said(blip, call(61, 115)) == "hey agent"
    assert said(words(("cage", 36, 112, 0.4), ("why", 114, 150, 0.9)), call(38, 113)) == "hey agent why"


@pytest.mark.parametrize("greeting", ["hey", "they", "a(2)"])
def test_a_greeting_before_it_is_its_own(greeting: str) -> None:
    heard = words((greeting, 38, 66, 0.9), ("urgent", 80, 126, 0.3), ("help", 130, 150, 0.9))
    assert said(heard, call(80, 127)) == "hey agent help"


def test_hesitation_before_it_stays() -> None:
    heard = words(("um", 20, 35, 0.5), ("cage", 38, 90, 0.4), ("and", 91, 113, 0.8))
    assert said(heard, call(38, 113)) == "um hey agent"


@pytest.mark.parametrize("before", ["the", "my", "her", "an"])
def test_who_speaks_of_an_agent_calls_nobody(before: str) -> None:
    heard = words((before, 36, 52, 0.9), ("agent", 53, 97, 0.6), ("called", 98, 129, 0.2))
    assert said(heard, call(53, 97)) == f"{before} agent called"


def test_an_article_is_a_greeting_misheard_where_nothing_follows() -> None:
    assert said(words(("the", 36, 52, 0.9), ("agent", 53, 97, 0.6)), call(53, 97)) == "hey agent"


def test_a_word_that_is_sure_stands_against_a_faint_call_but_not_against_a_clear_one() -> None:
    heard = words(("asian", 38, 84, 0.96), ("food", 85, 110, 1.0))
    assert said(heard, call(38, 84, FAINT)) == "asian food"
    assert said(heard, call(38, 84, CLEAR)) == "hey agent food"


def test_of_several_the_first_that_is_believed_counts() -> None:
    assert said(CAGE, call(200, 240), call(38, 113)) == "hey agent how much"
