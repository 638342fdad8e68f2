"""Sound files from outside, and for outside."""

import io
import wave
from functools import cache

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from vivavoce.domain.errors import TooLarge, UnsupportedMedia
from vivavoce.storage.audio_files import HEARD_HZ, PyAvAudioFiles, sniff, wav

Samples = NDArray[np.int16]

KINDS = {  # container, codec and rate as recorders and browsers write them
    "wav": ("wav", "pcm_s16le", 44_100),
    "wav of telephones": ("wav", "pcm_mulaw", 8_000),
    "ogg": ("ogg", "libopus", 48_000),
    "webm": ("webm", "libopus", 48_000),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "m4a": ("ipod", "aac", 44_100),
}
files = PyAvAudioFiles()


def tone(seconds: float, rate_hz: int, hz: float = 440) -> Samples:
    time_s = np.arange(round(seconds * rate_hz)) / rate_hz
    return (np.sin(2 * np.pi * hz * time_s) * 8000).astype(np.int16)


def pitch_hz(samples: Samples, rate_hz: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * rate_hz / len(samples)


@cache
def recording(kind: str, layout: str = "mono") -> bytes:
    """Two seconds of 440 Hz."""
    container_format, codec, rate_hz = KINDS[kind]
    file = io.BytesIO()
    with av.open(file, "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=rate_hz, layout=layout)  # pyright: ignore
        sound = av.AudioFrame.from_ndarray(tone(2, rate_hz).reshape(1, -1), format="s16", layout="mono")
        sound.sample_rate = rate_hz
        for frame in (sound, None):
            container.mux(stream.encode(frame))  # pyright: ignore
    return file.getvalue()


@pytest.mark.parametrize("layout", ["mono", "stereo"])
@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_is_heard_at_16_khz(kind: str, layout: str) -> None:
    heard = await files.decode(recording(kind, layout), max_s=10)
    assert (heard.dtype, heard.ndim) == (np.int16, 1)
    assert len(heard) == pytest.approx(2 * HEARD_HZ, abs=0.06 * HEARD_HZ)
    assert pitch_hz(heard, HEARD_HZ) == pytest.approx(440, abs=2)
    loud = 8000 if layout == "mono" else 8000 / 2**0.5  # each side of what was mono is 3 dB softer
    assert np.abs(heard).max() == pytest.approx(loud, rel=0.1)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_recording_cut_short_is_heard_as_far_as_it_goes_or_refused(kind: str) -> None:
    whole = recording(kind)
    for share in (0.0, 0.01, 0.1, 0.5, 0.9):
        try:
            heard = await files.decode(whole[: round(share * len(whole))], max_s=10)
        except UnsupportedMedia:
            assert share < 0.5 or kind == "m4a"  # whose index stands at the end
        else:
            assert 0 < len(heard) <= 2.1 * HEARD_HZ


@settings(max_examples=150)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    damage=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=20),
    near_the_start=st.booleans(),
)
async def test_a_damaged_recording_is_heard_or_refused(
    kind: str, damage: list[tuple[float, bytes]], near_the_start: bool
) -> None:
    content = bytearray(recording(kind))
    reach = 200 if near_the_start else len(content)
    for place, noise in damage:
        start = 12 + round(place * (reach - 12))  # what it is stays readable
        content[start : start + len(noise)] = noise
    try:
        heard = await files.decode(bytes(content), max_s=10)
    except (UnsupportedMedia, TooLarge):
        return
    assert (heard.dtype, heard.ndim) == (np.int16, 1)
    assert 0 < len(heard) <= 10 * HEARD_HZ


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"hello, this is text",
        b"#EXTM3U\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0AVI LIST",
        b"\xff\xf1\x50\x80\0\0\0\0\0\0\0\0",  # AAC without a container
        b"fLaC" + bytes(100),
    ],
)
async def test_anything_else_is_refused(content: bytes) -> None:
    assert sniff(content) is None
    with pytest.raises(UnsupportedMedia, match="WAV"):
        await files.decode(content, max_s=10)


@pytest.mark.parametrize("start", [b"OggS", b"ID3", b"\x1a\x45\xdf\xa3", b"\0\0\0\x18ftypM4A ", b"RIFF\0\0\0\0WAVE"])
async def test_only_the_first_bytes_of_a_kind_are_no_recording(start: bytes) -> None:
    assert sniff(start) is not None
    with pytest.raises(UnsupportedMedia):
        await files.decode(start + bytes(500), max_s=10)


async def test_a_film_without_a_sound_track_is_refused() -> None:
    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx", rate=10)  # pyright: ignore
        stream.width = stream.height = 16
        for frame in (av.VideoFrame(16, 16, "yuv420p"), None):
            container.mux(stream.encode(frame))  # pyright: ignore
    with pytest.raises(UnsupportedMedia):
        await files.decode(file.getvalue(), max_s=10)


async def test_silence_is_sound() -> None:
    assert not np.any(await files.decode(wav(np.zeros(16_000, np.int16), 16_000), max_s=10))


async def test_a_file_without_a_sample_is_refused() -> None:
    with pytest.raises(UnsupportedMedia):
        await files.decode(wav(np.zeros(0, np.int16), 16_000), max_s=10)


async def test_a_recording_may_last_only_so_long() -> None:
    assert len(await files.decode(recording("ogg"), max_s=2.1))
    with pytest.raises(TooLarge, match=r"1\.9 s"):
        await files.decode(recording("ogg"), max_s=1.9)


async def test_a_wav_that_claims_to_be_endless_is_heard_as_far_as_it_goes() -> None:
    content = bytearray(wav(tone(1, 16_000), 16_000))
    content[40:44] = b"\xff\xff\xff\xff"  # as streaming recorders leave it
    assert len(await files.decode(bytes(content), max_s=10)) == 16_000


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 48_000])
async def test_a_reply_as_wav_holds_its_samples(rate_hz: int) -> None:
    samples = tone(0.5, rate_hz)
    with wave.open(io.BytesIO(await files.encode_wav(samples, rate_hz))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, rate_hz)
        assert np.array_equal(np.frombuffer(file.readframes(file.getnframes()), "<i2"), samples)


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000, 48_000])
@pytest.mark.parametrize("seconds", [0.01, 0.5, 3.337])
async def test_a_reply_as_opus_sounds_the_same_and_as_long(rate_hz: int, seconds: float) -> None:
    content = await files.encode_ogg_opus(tone(seconds, rate_hz), rate_hz)
    assert sniff(content) == "ogg"
    assert len(content) < 1000 + 6000 * seconds
    if seconds >= 0.5:
        heard = await files.decode(content, max_s=10)
        assert len(heard) == pytest.approx(seconds * HEARD_HZ, abs=0.005 * HEARD_HZ)
        assert pitch_hz(heard, HEARD_HZ) == pytest.approx(440, abs=2)
