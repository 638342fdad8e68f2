"""The pipe between the server and its speech workers."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.providers.messages import (
    BrokenStream,
    Decoder,
    Kind,
    Message,
    Piece,
    count_bytes,
    counted,
    decode_piece,
    encode,
    encode_piece,
    read_words,
)

messages = st.builds(Message, st.sampled_from(Kind), st.integers(0, 2**32 - 1), st.binary(max_size=200))
pieces = st.builds(
    Piece,
    st.binary(max_size=100).map(lambda data: data[: len(data) // 2 * 2]),
    st.lists(st.tuples(st.text(max_size=9), st.integers(0, 9**6), st.integers(0, 9**6)), max_size=4).map(tuple),
    st.lists(st.tuples(st.integers(0, 9**6), st.text(max_size=3)), max_size=4).map(tuple),
)


@given(st.lists(messages, max_size=6), st.lists(st.integers(1, 50)))
def test_messages_arrive_whole_however_the_bytes_are_cut(sent: list[Message], cuts: list[int]) -> None:
    data, decoder, got = b"".join(map(encode, sent)), Decoder(), list[Message]()
    for cut in cuts:
        got += decoder.feed(data[:cut])
        data = data[cut:]
    assert got + decoder.feed(data) == sent


@given(pieces)
def test_a_piece_comes_back_as_it_was(piece: Piece) -> None:
    assert decode_piece(encode_piece(piece)) == piece


@given(st.binary(max_size=60))
def test_a_damaged_piece_is_told_as_such(payload: bytes) -> None:
    with suppress(BrokenStream):
        decode_piece(payload)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xff\xff\xff\x01\0\0\0\0", b"\0\0\0\0\x63\0\0\0\0"],
    ids=["too long", "of no known kind"],
)
def test_a_stream_out_of_step_is_noticed(data: bytes) -> None:
    with pytest.raises(BrokenStream):
        Decoder().feed(data)


def test_a_count_keeps_its_value() -> None:
    assert counted(count_bytes(2**40)) == 2**40
    with pytest.raises(BrokenStream):
        counted(b"123")


@pytest.mark.parametrize("rows", [None, [["a", 1]], [["a", "x", 2]]])
def test_words_of_a_wrong_shape_are_told_as_such(rows: object) -> None:
    with pytest.raises(BrokenStream):
        read_words(rows)


def test_json_of_no_kind_is_told_as_such() -> None:
    with pytest.raises(BrokenStream):
        Message(Kind.DONE, 1, b"{").json()
