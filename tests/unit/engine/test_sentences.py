import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.engine.sentences import LONGEST, SentenceSplitter, speakable, split

WRITING = st.lists(
    st.sampled_from(
        [
            "Yes",
            " and",
            " no",
            ".",
            "?",
            "!",
            "…",
            "...",
            " 3",
            ".5",
            " Dr",
            '"',
            "(",
            ")",
            "\n",
            ",",
            " I",
            "“",
            "”",
            " a.m",
            "e",
        ]
    )
    | st.text(max_size=12),
    max_size=40,
)


@given(WRITING)
def test_the_pieces_joined_are_the_text(pieces: list[str]) -> None:
    splitter = SentenceSplitter()
    given_out = [sentence for piece in pieces for sentence in splitter.push(piece)]
    assert "".join([*given_out, splitter.rest()]) == "".join(pieces)


@given(WRITING)
def test_no_piece_is_much_longer_than_the_longest(pieces: list[str]) -> None:
    splitter = SentenceSplitter()
    for piece in pieces:
        for sentence in splitter.push(piece):
            assert len(sentence) <= LONGEST + len(piece)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Dr. Smith met Mrs. Jones at 5 p.m. yesterday.", ["Dr. Smith met Mrs. Jones at 5 p.m. yesterday."]),
        ("It costs 3.50 euros. Fine.", ["It costs 3.50 euros.", "Fine."]),
        ("J. K. Rowling wrote it.", ["J. K. Rowling wrote it."]),
        ('He said "Stop. Now!" and left. Then?', ['He said "Stop. Now!" and left.', "Then?"]),
        ("Look at example.com for it. Bye.", ["Look at example.com for it.", "Bye."]),
        ("One thing\nAnother thing", ["One thing", "Another thing"]),
        ("Well... I think so. Yes", ["Well...", "I think so.", "Yes"]),
        ("She (my aunt. Yes.) came. Then she left.", ["She (my aunt. Yes.) came.", "Then she left."]),
        ("1. Sleep more.\n2. Eat well.", ["1. Sleep more.", "2. Eat well."]),
        ("It was 1999. Then came 2000.", ["It was 1999.", "Then came 2000."]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("", []),
    ],
)
def test_whole_texts(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_sentence_is_given_out_with_its_end() -> None:
    splitter = SentenceSplitter()
    assert splitter.push(" leaves at nine.") == [" leaves at nine."]


@pytest.mark.parametrize("unsure", ["It costs 3.", "I met Dr.", "That was J.", 'He said "No.', "Look (there."])
def test_an_end_that_may_be_none_waits_for_more(unsure: str) -> None:
    assert SentenceSplitter().push(unsure) == []


def test_a_long_first_sentence_begins_with_its_first_clause() -> None:
    splitter = SentenceSplitter()
    text = "When I think about what you told me last week about your sister and the house, I wonder whether you"
    assert splitter.push(text) == ["When I think about what you told me last week about your sister and the house,"]


def test_a_later_sentence_is_not_cut_at_a_clause() -> None:
    splitter = SentenceSplitter()
    splitter.push("Good. ")
    text = "When I think about what you told me last week about your sister and the house, I wonder whether you"
    assert splitter.push(text) == []


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("**Very** good!", "Very good!"),
        ("- first _point_", "first point"),
        ("See [the page](https://example.org/a).", "See the page."),
        ("Well done 🎉", "Well done"),
        ("...", ""),
        ("  \n", ""),
    ],
)
def test_what_a_voice_is_given(written: str, spoken: str) -> None:
    assert speakable(written) == spoken
