import pytest
from aiortc.rtp import RtcpPacket, RtcpRrPacket, RtcpSdesPacket, RtcpSrPacket
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.transports.aiortc.rtcp import LossReport, Reception, SenderReport, Sent, is_rtcp, parse, report
from vivavoce.transports.aiortc.rtp import RtpPacket


def received(sequences: list[int], *, delay_s: float = 0.0) -> Reception:
    reception = Reception(5)
    for number, sequence in enumerate(sequences):
        packet = RtpPacket(111, sequence & 0xFFFF, (sequence * 960) & 0xFFFFFFFF, 5, b"")
        reception.add(packet, sequence * 0.02 + (delay_s if number % 2 else 0))
    return reception


def receiver_report(reception: Reception, now_s: float = 0.0) -> RtcpRrPacket:
    first, _ = RtcpPacket.parse(report(1, "us", None, reception.block(now_s), 0))
    assert isinstance(first, RtcpRrPacket)
    return first


def test_nothing_lost_is_reported_as_nothing() -> None:
    block = receiver_report(received(list(range(65500, 65600)))).reports[0]
    assert (block.ssrc, block.fraction_lost, block.packets_lost, block.jitter) == (5, 0, 0, 0)
    assert block.highest_sequence == 65599  # one wrap and 63


def test_a_quarter_lost_is_reported_once_as_fraction_and_kept_in_the_sum() -> None:
    reception = received([number for number in range(101) if number % 4])
    reception.add(RtpPacket(111, 101, 0, 5, b""), 9)
    block = receiver_report(reception).reports[0]
    assert (block.packets_lost, block.fraction_lost) == (25, (25 << 8) // 101)
    later = receiver_report(reception).reports[0]
    assert (later.packets_lost, later.fraction_lost) == (25, 0)


def test_packets_that_come_unevenly_show_as_jitter() -> None:
    block = receiver_report(received(list(range(200)), delay_s=0.005)).reports[0]
    assert 200 < block.jitter <= 240  # 5 ms are 240 ticks


def test_the_senders_time_goes_back_to_it_with_how_long_ago_it_came() -> None:
    theirs = report(5, "them", Sent(1, 2, 3), b"", wall_s=1_700_000_000.25)
    (heard,) = parse(theirs)
    assert isinstance(heard, SenderReport) and heard.ssrc == 5
    assert heard.ntp_middle & 0xFFFF == 0x4000  # a quarter of a second
    reception = received([1, 2])
    reception.heard(heard, arrival_s=10.0)
    block = receiver_report(reception, now_s=10.5).reports[0]
    assert (block.lsr, block.dlsr) == (heard.ntp_middle, 32768)


def test_our_own_stream_is_reported_with_our_name() -> None:
    first, second = RtcpPacket.parse(report(1, "us", Sent(48_000, 7, 800), received([1]).block(0), 0.5))
    assert isinstance(first, RtcpSrPacket) and isinstance(second, RtcpSdesPacket)
    info = first.sender_info
    assert (info.rtp_timestamp, info.packet_count, info.octet_count) == (48_000, 7, 800)
    assert info.ntp_timestamp == (2_208_988_800 << 32) | 1 << 31
    assert len(first.reports) == 1
    assert second.chunks[0].items == [(1, b"us")]


@given(st.text("abcdef", max_size=20))
def test_a_name_of_any_length_is_padded(name: str) -> None:
    assert len(RtcpPacket.parse(report(1, name, None, b"", 0))) == 2


@given(st.binary(max_size=80))
def test_noise_holds_no_more_than_it_can(data: bytes) -> None:
    assert len(list(parse(data))) <= len(data)


@pytest.mark.parametrize("sent", [None, Sent(1, 2, 3)])
def test_what_the_other_end_missed_is_read_from_either_report(sent: Sent | None) -> None:
    reception = received([number for number in range(1, 101) if number % 4 != 2])
    found = list(parse(report(9, "them", sent, reception.block(0), 0)))
    assert found[-1] == LossReport(5, 64 / 256)


def test_media_and_reports_are_told_apart() -> None:
    assert is_rtcp(report(1, "us", None, b"", 0))
    assert not is_rtcp(bytes([0x80, 111]) + bytes(10))
