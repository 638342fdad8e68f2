import pytest
from aiortc.rtp import RtpPacket as Reference
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transports.aiortc.rtp import REORDER_DEPTH, ReorderWindow, RtpPacket, parse, serialize, signed


def packet(sequence: int) -> RtpPacket:
    return RtpPacket(111, sequence & 0xFFFF, sequence * 960 & 0xFFFFFFFF, 1, b"x")


def arrivals(window: ReorderWindow, sequences: list[int]) -> list[int]:
    return [due.sequence for sequence in sequences for due in window.add(packet(sequence))]


@given(st.integers(0, 127), st.integers(0, 65535), st.integers(0, 2**32 - 1), st.binary(max_size=80), st.booleans())
def test_a_packet_survives_the_wire(kind: int, sequence: int, timestamp: int, payload: bytes, marker: bool) -> None:
    sent = RtpPacket(kind, sequence, timestamp, 99, payload)
    data = serialize(sent, marker=marker)
    assert parse(data) == sent
    assert Reference.parse(data).marker == marker


def test_sources_extensions_and_padding_are_passed_over() -> None:
    data = bytes([0xB1, 111]) + bytes(10) + bytes(4) + b"\xbe\xde\x00\x01abcd" + b"voice" + b"\x00\x00\x03"
    assert parse(data).payload == b"voice"


@given(st.binary(max_size=60))
def test_noise_is_a_packet_or_a_value_error(data: bytes) -> None:
    try:
        parse(data)
    except ValueError:
        return


@pytest.mark.parametrize(
    ("difference", "bits", "way"), [(1, 16, 1), (65535, 16, -1), (-65535, 16, 1), (2**32 - 2, 32, -2)]
)
def test_the_shorter_way_round(difference: int, bits: int, way: int) -> None:
    assert signed(difference, bits) == way


def test_packets_in_order_are_due_at_once() -> None:
    window = ReorderWindow()
    assert [len(window.add(packet(sequence))) for sequence in range(65530, 65545)] == [1] * 15


def test_an_overtaken_packet_is_put_back() -> None:
    assert arrivals(ReorderWindow(), [1, 3, 4, 2, 5]) == [1, 2, 3, 4, 5]


def test_a_lost_packet_holds_up_those_behind_it_no_longer_than_the_window() -> None:
    window = ReorderWindow()
    due = [[p.sequence for p in window.add(packet(sequence))] for sequence in [1, 3, 4, 5, 6]]
    assert due == [[1], [], [], [3, 4, 5], [6]]


def test_two_holes_in_a_row_are_given_up_one_by_one() -> None:
    assert arrivals(ReorderWindow(), [1, 3, 5, 6, 7, 8, 9]) == [1, 3, 5, 6, 7, 8, 9]


def test_what_comes_too_late_or_twice_is_dropped() -> None:
    assert arrivals(ReorderWindow(), [1, 3, 4, 5, 2, 3, 6, 6]) == [1, 3, 4, 5, 6]


def test_a_far_step_starts_anew() -> None:
    assert arrivals(ReorderWindow(), [1, 2, 30_000, 30_001, 5]) == [1, 2, 30_000, 30_001, 5]


@given(st.integers(0, 65535), st.lists(st.integers(0, REORDER_DEPTH), min_size=1, max_size=60))
def test_no_packet_is_lost_that_few_enough_overtook(first: int, delays: list[int]) -> None:
    sent = [first, *(first + 1 + number for number in range(len(delays)))]
    late = dict(zip(sent[1:], delays, strict=True))
    order = sorted(sent, key=lambda sequence: (sequence + late.get(sequence, 0), late.get(sequence, 0)))
    arrived = arrivals(ReorderWindow(), order)
    assert arrived == [sequence & 0xFFFF for sequence in sent][: len(arrived)]
    assert len(sent) - len(arrived) <= REORDER_DEPTH  # the last may still wait


@given(st.lists(st.integers(0, 40), max_size=80))
def test_packets_come_out_in_rising_order_and_never_wait_for_long(sequences: list[int]) -> None:
    window, due = ReorderWindow(), [-1]
    for taken, sequence in enumerate(sequences, start=1):
        due += [p.sequence for p in window.add(packet(sequence))]
        newer = {other for other in sequences[:taken] if other > due[-1]}
        assert len(newer) <= REORDER_DEPTH
    assert due == sorted(set(due))
