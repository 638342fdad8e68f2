"""Offer and answer: the part of SDP (RFC 8866, JSEP RFC 9429) that one microphone, one voice and one data channel need.

The offer must hold a data channel, may hold one audio section with Opus, and must bundle the two on one transport with
rtcp-mux, as every browser does. Any other section is answered as rejected (port 0). ICE is complete in the answer: host
candidates and no trickle; the offer may carry no candidate at all, since the browser's checks tell where it is. Header
extensions are left out: with one RTP section the payload type says all, and packets stay small.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from vivavoce.domain.errors import Invalid

Direction = Literal["sendrecv", "sendonly", "recvonly", "inactive"]
Setup = Literal["active", "passive"]

MAX_OFFER_CHARACTERS: Final = 64 * 1024  # a browser's is 3 to 8 thousand
_MAX_CANDIDATES: Final = 16  # each costs a check from our side to an address the offer names
_DEFAULT_MAX_MESSAGE_BYTES: Final = 65536  # RFC 8841 section 6
_ANSWERS: Final[dict[Direction, Direction]] = {
    "sendrecv": "sendrecv",
    "sendonly": "recvonly",
    "recvonly": "sendonly",
    "inactive": "inactive",
}
# What we ask of the browser's encoder (RFC 7587 section 6.1). We decode at 16 kHz, so more than wideband is wasted, and
# wideband is the mode in which in-band FEC works; no DTX, because voice activity wants the noise between the words too.
_OPUS_FMTP: Final = "minptime=20;useinbandfec=1;maxplaybackrate=16000;maxaveragebitrate=32000;stereo=0;usedtx=0"


@dataclass(frozen=True, slots=True)
class Section:
    """One m= line of the offer, as much of it as an answer repeats."""

    media: str
    protocol: str
    formats: str
    mid: str


@dataclass(frozen=True, slots=True)
class AudioOffer:
    """The audio section. direction: as the answer says it; payload_type: of Opus."""

    section: Section
    payload_type: int
    direction: Direction


@dataclass(frozen=True, slots=True)
class Offer:
    """What a device offers. candidates: `a=candidate` values, UDP and with an address; setup: the DTLS role that we
    take."""

    sections: tuple[Section, ...]
    audio: AudioOffer | None
    channel: Section
    sctp_port: int
    max_message_bytes: int
    username: str
    password: str
    fingerprints: tuple[tuple[str, str], ...]  # algorithm, value
    setup: Setup
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Local:
    """Our end of the transport, for the answer. candidates: `a=candidate` values."""

    username: str
    password: str
    fingerprints: tuple[tuple[str, str], ...]
    candidates: tuple[str, ...]
    ssrc: int
    cname: str


@dataclass(frozen=True, slots=True)
class _Block:
    """The attributes below one m= line, or those above the first. port: 0 is a rejected or bundle-only section."""

    section: Section | None
    port: int
    attributes: tuple[tuple[str, str], ...]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]

    def first(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)

    def has(self, name: str) -> bool:
        return any(key == name for key, _ in self.attributes)


def parse_offer(sdp: str) -> Offer:
    """What the offer asks for. Raises Invalid with the reason."""
    session, *blocks = _blocks(sdp)
    live = [block for block in blocks if block.port or block.has("bundle-only")]
    channel = next((block for block in live if _is_channel(block)), None)
    if channel is None or channel.section is None:
        raise Invalid("The SDP offer has no data channel: create one named 'events' before the offer is made.")
    audio = next((block for block in live if block.section and block.section.media == "audio"), None)
    accepted = [block for block in (audio, channel) if block]
    transport = _bundled(session, accepted)
    return Offer(
        sections=tuple(block.section for block in blocks if block.section),
        audio=_audio(audio) if audio else None,
        channel=channel.section,
        sctp_port=_number(channel.first("sctp-port"), "sctp-port", 65535, default=5000),
        max_message_bytes=_number(
            channel.first("max-message-size"), "max-message-size", 2**32, default=_DEFAULT_MAX_MESSAGE_BYTES
        ),
        username=_credential(session, transport, "ice-ufrag", "[A-Za-z0-9+/]{4,256}"),
        password=_credential(session, transport, "ice-pwd", "[A-Za-z0-9+/]{22,256}"),
        fingerprints=_fingerprints(session, transport),
        setup=_setup(transport.first("setup") or session.first("setup")),
        candidates=_candidates(accepted),
    )


def write_answer(offer: Offer, local: Local) -> str:
    """The answer: both sections on one transport, everything else rejected."""
    audio = offer.audio.section if offer.audio else None
    mids = " ".join(section.mid for section in offer.sections if section in (audio, offer.channel))
    lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {mids}", "a=msid-semantic:WMS *"]
    for section in offer.sections:
        if offer.audio and section == audio:
            lines += _transport(f"m=audio 9 {section.protocol} {offer.audio.payload_type}", section, offer, local)
            lines += _audio_answer(offer.audio, local)
        elif section == offer.channel:
            lines += _transport(f"m=application 9 {section.protocol} webrtc-datachannel", section, offer, local)
            lines += ["a=sctp-port:5000", f"a=max-message-size:{_DEFAULT_MAX_MESSAGE_BYTES}"]
        else:
            lines += [f"m={section.media} 0 {section.protocol} {section.formats}", "c=IN IP4 0.0.0.0"]
            lines += [f"a=mid:{section.mid}", "a=inactive"]
    return "\r\n".join(lines) + "\r\n"


def _blocks(sdp: str) -> list[_Block]:
    if len(sdp) > MAX_OFFER_CHARACTERS:
        raise Invalid(f"The SDP offer is longer than {MAX_OFFER_CHARACTERS} characters.")
    if not sdp.startswith("v=0"):
        raise Invalid("This is not an SDP offer: it must begin with the line v=0.")
    parts: list[list[str]] = [[]]
    for line in sdp.splitlines():
        if line.startswith("m="):
            parts.append([])
        parts[-1].append(line.strip())
    return [_block(part, index) for index, part in enumerate(parts)]


def _block(lines: Sequence[str], index: int) -> _Block:
    """index: 0 is the session, 1 the first media section."""
    named = (line[2:].partition(":") for line in lines if line.startswith("a="))
    attributes = tuple((name, value.strip()) for name, _, value in named)
    if index == 0:
        return _Block(None, 0, attributes)
    media, port, protocol, formats = (lines[0][2:].split(" ", 3) + [""] * 4)[:4]
    if not port.isdecimal() or not formats:
        raise Invalid(f"The SDP offer's media section {index} has a first line that makes no sense.")
    mid = next((value for name, value in attributes if name == "mid"), str(index - 1))
    return _Block(Section(media, protocol, formats, mid), int(port), attributes)


def _is_channel(block: _Block) -> bool:
    section = block.section
    return section is not None and section.media == "application" and section.formats == "webrtc-datachannel"


def _bundled(session: _Block, accepted: Sequence[_Block]) -> _Block:
    """The section whose transport all the others share: the first of the bundle that we take."""
    mids = [block.section.mid for block in accepted if block.section]
    groups = [value.split()[1:] for value in session.all("group") if value.startswith("BUNDLE")]
    if len(accepted) == 1:
        return accepted[0]
    group = next((group for group in groups if all(mid in group for mid in mids)), None)
    if group is None:
        raise Invalid("The SDP offer must bundle its audio and its data channel on one transport (a=group:BUNDLE).")
    return min(accepted, key=lambda block: group.index(block.section.mid) if block.section else len(group))


def _audio(block: _Block) -> AudioOffer:
    section = block.section
    assert section is not None
    if not block.has("rtcp-mux"):
        raise Invalid("The SDP offer's audio section must use rtcp-mux.")
    opus = [value.split()[0] for value in block.all("rtpmap") if value.lower().endswith(" opus/48000/2")]
    if not opus:
        raise Invalid("The SDP offer's audio section has no Opus: rtpmap opus/48000/2 is the only codec spoken here.")
    offered: list[Direction] = [name for name in _ANSWERS if block.has(name)]
    direction = _ANSWERS[offered[0]] if offered else "sendrecv"
    return AudioOffer(section, _number(opus[0], "rtpmap", 127), direction)


def _credential(session: _Block, block: _Block, name: str, pattern: str) -> str:
    value = block.first(name) or session.first(name)
    if value is None or not re.fullmatch(pattern, value):
        raise Invalid(f"The SDP offer has no usable a={name}: send the offer as the browser made it.")
    return value


def _fingerprints(session: _Block, block: _Block) -> tuple[tuple[str, str], ...]:
    values = block.all("fingerprint") or session.all("fingerprint")
    pairs = [value.split() for value in values]
    found = tuple((pair[0], pair[1]) for pair in pairs if len(pair) == 2)
    if not any(algorithm.lower() in ("sha-256", "sha-384", "sha-512") for algorithm, _ in found):
        raise Invalid("The SDP offer has no a=fingerprint with SHA-256 or better.")
    return found


def _setup(offered: str | None) -> Setup:
    match offered:
        case "actpass" | "passive":
            return "active"  # RFC 8842 section 5.3: the answerer should be active
        case "active":
            return "passive"
        case _:
            raise Invalid("The SDP offer needs a=setup:actpass.")


def _candidates(blocks: Sequence[_Block]) -> tuple[str, ...]:
    """UDP candidates of component 1, each once. `.local` names are left out: resolving one takes a second, and a
    browser that hides its address finds us by its own checks in a tenth of that."""
    found: dict[str, None] = {}
    for block in blocks:
        for value in block.all("candidate"):
            fields = value.split()
            if (
                len(fields) >= 8
                and fields[1] == "1"
                and fields[2].lower() == "udp"
                and not fields[4].endswith(".local")
            ):
                found.setdefault(value)
    return tuple(found)[:_MAX_CANDIDATES]


def _number(text: str | None, name: str, largest: int, *, default: int | None = None) -> int:
    if text is None and default is not None:
        return default
    if text is None or not text.isdecimal() or int(text) > largest:
        raise Invalid(f"The SDP offer's {name} is not a number up to {largest}.")
    return int(text)


def _transport(first_line: str, section: Section, offer: Offer, local: Local) -> list[str]:
    return [
        first_line,
        "c=IN IP4 0.0.0.0",
        *(f"a=candidate:{candidate}" for candidate in local.candidates),
        "a=end-of-candidates",
        f"a=ice-ufrag:{local.username}",
        f"a=ice-pwd:{local.password}",
        *(f"a=fingerprint:{algorithm} {value}" for algorithm, value in local.fingerprints),
        f"a=setup:{offer.setup}",
        f"a=mid:{section.mid}",
    ]


def _audio_answer(audio: AudioOffer, local: Local) -> list[str]:
    sent = [f"a=ssrc:{local.ssrc} cname:{local.cname}"] if audio.direction in ("sendrecv", "sendonly") else []
    return [
        f"a={audio.direction}",
        "a=msid:vivavoce voice",
        "a=rtcp-mux",
        f"a=rtpmap:{audio.payload_type} opus/48000/2",
        f"a=fmtp:{audio.payload_type} {_OPUS_FMTP}",
        "a=ptime:20",
        *sent,
    ]
