from dataclasses import replace
from pathlib import Path

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.errors import Invalid
from vivavoce.transports.aiortc.sdp import MAX_OFFER_CHARACTERS, Local, parse_offer, write_answer

CHROMIUM = (Path(__file__).parent / "offers" / "chromium.sdp").read_text()
LOCAL = Local(
    username="abcd",
    password="0123456789012345678901",
    fingerprints=(("sha-256", ":".join(["AB"] * 32)),),
    candidates=("1 1 udp 2130706431 127.0.0.1 40000 typ host",),
    ssrc=7,
    cname="us",
)
VIDEO = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:9\r\na=sendrecv\r\na=rtcp-mux\r\n"


def without(line_begin: str, sdp: str = CHROMIUM) -> str:
    return "".join(line for line in sdp.splitlines(keepends=True) if not line.startswith(line_begin))


def test_a_browsers_offer_is_understood() -> None:
    offer = parse_offer(CHROMIUM)
    assert offer.audio is not None
    assert (offer.audio.payload_type, offer.audio.direction) == (111, "sendrecv")
    assert (offer.sctp_port, offer.max_message_bytes) == (5000, 262144)
    assert (len(offer.username), len(offer.password), offer.setup) == (4, 24, "active")
    assert offer.fingerprints[0][0] == "sha-256"
    assert offer.candidates == ()


def test_an_answer_says_what_aiortc_reads_in_it() -> None:
    answer = SessionDescription.parse(write_answer(parse_offer(CHROMIUM), LOCAL))
    audio, channel = answer.media
    assert [media.rtp.muxId for media in answer.media] == ["0", "1"] == answer.group[0].items
    assert audio.rtp.codecs[0].payloadType == 111
    assert audio.rtp.codecs[0].parameters["useinbandfec"] == 1
    assert (audio.direction, audio.ssrc[0].ssrc, audio.rtcp_mux) == ("sendrecv", 7, True)
    assert (channel.sctp_port, channel.port) == (5000, 9)
    for media in (audio, channel):
        assert media.ice is not None and media.ice.usernameFragment == "abcd"
        assert media.ice_candidates[0].port == 40000
        assert media.ice_candidates_complete
        assert media.dtls is not None and media.dtls.role == "client"


@pytest.mark.parametrize(
    ("offered", "answered"),
    [("sendrecv", "sendrecv"), ("sendonly", "recvonly"), ("recvonly", "sendonly"), ("inactive", "inactive")],
)
def test_the_answer_looks_from_the_other_side(offered: str, answered: str) -> None:
    answer = write_answer(parse_offer(CHROMIUM.replace("a=sendrecv", f"a={offered}")), LOCAL)
    assert f"a={answered}\r\n" in answer
    assert ("a=ssrc:7" in answer) == (answered in ("sendrecv", "sendonly"))


def test_what_is_not_taken_is_rejected_in_its_place() -> None:
    offer = CHROMIUM.replace("BUNDLE 0 1", "BUNDLE 9 0 1").replace("m=audio", VIDEO + "m=audio")
    answer = SessionDescription.parse(write_answer(parse_offer(offer), LOCAL))
    assert [(media.kind, media.port) for media in answer.media] == [("video", 0), ("audio", 9), ("application", 9)]
    assert answer.group[0].items == ["0", "1"]


def test_a_device_may_come_without_a_microphone() -> None:
    begin, end = CHROMIUM.index("m=audio"), CHROMIUM.index("m=application")
    offer = parse_offer(CHROMIUM[:begin].replace("BUNDLE 0 1", "BUNDLE 1") + CHROMIUM[end:])
    assert offer.audio is None
    assert "m=audio" not in write_answer(offer, LOCAL)


def test_only_candidates_with_an_address_are_kept_and_each_once() -> None:
    lines = [
        "a=candidate:1 1 udp 2113937151 3e3b9d2c-77aa-4f26-a6d8-1ad9f6a0b8b6.local 50000 typ host",
        "a=candidate:2 1 udp 2113937151 192.0.2.7 50001 typ host generation 0",
        "a=candidate:3 1 tcp 1518280447 192.0.2.7 9 typ host tcptype active",
        "a=candidate:4 2 udp 2113937151 192.0.2.7 50002 typ host",
        "a=candidate:5 1 udp",
        *(f"a=candidate:{number} 1 udp 1 192.0.2.{number} 5000 typ host" for number in range(100, 130)),
    ]
    both = CHROMIUM.replace("a=mid:", "\r\n".join(lines) + "\r\na=mid:")
    candidates = parse_offer(both).candidates
    assert candidates[0] == "2 1 udp 2113937151 192.0.2.7 50001 typ host generation 0"
    assert len(candidates) == 16


def test_a_device_that_insists_on_the_active_role_gets_it() -> None:
    offer = parse_offer(CHROMIUM.replace("a=setup:actpass", "a=setup:active"))
    assert "a=setup:passive" in write_answer(offer, LOCAL)


def test_attributes_of_the_whole_session_hold_for_its_sections() -> None:
    head, rest = without("a=ice-ufrag", without("a=ice-pwd")).split("m=audio", 1)
    offer = parse_offer(f"{head}a=ice-ufrag:wxyz\r\na=ice-pwd:{'p' * 22}\r\nm=audio{rest}")
    assert offer.username == "wxyz"


@pytest.mark.parametrize(
    ("offer", "says"),
    [
        ("", "not an SDP offer"),
        ("hello", "not an SDP offer"),
        ('{"type": "offer"}', "not an SDP offer"),
        ("v=0\r\n", "no data channel"),
        (CHROMIUM[: CHROMIUM.index("m=application")], "no data channel"),
        (CHROMIUM.replace("m=application 9", "m=application 0"), "no data channel"),
        (CHROMIUM.replace("a=group:BUNDLE 0 1", "a=group:BUNDLE 0"), "must bundle"),
        (without("a=group"), "must bundle"),
        (without("a=rtcp-mux"), "rtcp-mux"),
        (CHROMIUM.replace("opus/48000/2", "speex/8000"), "no Opus"),
        (CHROMIUM.replace("a=rtpmap:111 opus", "a=rtpmap:x opus"), "rtpmap"),
        (without("a=ice-ufrag"), "ice-ufrag"),
        (without("a=ice-pwd"), "ice-pwd"),
        (without("a=fingerprint"), "fingerprint"),
        (CHROMIUM.replace("sha-256", "sha-1"), "fingerprint"),
        (without("a=setup"), "setup"),
        (CHROMIUM.replace("sctp-port:5000", "sctp-port:many"), "sctp-port"),
        (CHROMIUM.replace("m=audio 9", "m=audio nine"), "section 1"),
        (CHROMIUM + "a=x\r\n" * MAX_OFFER_CHARACTERS, "longer than"),
    ],
)
def test_an_offer_that_makes_no_sense_is_refused_with_the_reason(offer: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        parse_offer(offer)


@given(st.data())
def test_no_damage_to_an_offer_breaks_anything(data: st.DataObject) -> None:
    lines = CHROMIUM.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] = data.draw(st.one_of(st.just(""), st.text(max_size=20), st.sampled_from(lines)))
    try:
        offer = parse_offer("".join(lines))
    except Invalid:
        return
    write_answer(offer, replace(LOCAL, candidates=()))
