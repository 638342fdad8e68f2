"""What is played is what was written, sample by sample, however the voice comes and is held."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.sessions.events import Word
from vivavoce.engine.playout import Clip, LineUp, Playout
from vivavoce.engine.ports import Mouth, Samples, Speech, VoiceFrame
from vivavoce.engine.pulse import Player, Pulse
from vivavoce.providers.scripted import ScriptedVad

RATE_HZ = 16_000
FRAME = 320


class ManualPulse(Pulse):
    """Beats when it is told to."""

    def __init__(self) -> None:
        super().__init__(ScriptedVad())
        self.at = 0
        self.players: set[Player] = set()

    def slot(self) -> int:
        return self.at

    def play(self, player: Player) -> None:
        self.players.add(player)

    def rest(self, player: Player) -> None:
        self.players.discard(player)

    def beat(self) -> None:
        self.at += 1
        for player in list(self.players):
            if not player.beat(self.at):
                self.players.discard(player)


class Recorder:
    """A stage that keeps everything."""

    def __init__(self, pulse: ManualPulse) -> None:
        self._pulse = pulse
        self.frames: list[VoiceFrame] = []
        self.begun: list[int] = []
        self.told: list[tuple[int, list[str]]] = []

    def now_ms(self) -> int:
        return self._pulse.at * 20

    def play(self, frame: VoiceFrame) -> None:
        self.frames.append(frame)

    def sentence_began(self, clip: Clip) -> None:
        self.begun.append(clip.index)

    def lips(self, clip: Clip, words: Sequence[Word], mouth: Sequence[Mouth]) -> None:
        self.told.append((clip.played_ms, [word.text for word in words]))

    def failed(self, error: Exception) -> None:
        raise error

    def sound(self) -> Samples:
        return np.concatenate([frame.samples for frame in self.frames] or [np.zeros(0, np.int16)])


def counting(start: int, length: int) -> Samples:
    """Samples that name their place, so that none can be lost, doubled or moved unseen."""
    return np.arange(start + 1, start + length + 1).astype(np.int16)


CHUNKS = st.lists(st.integers(1, 900), min_size=1, max_size=12)
ACTS = st.lists(st.sampled_from(["write", "beat", "beat", "beat", "hold", "resume"]), max_size=60)


def set_up() -> tuple[ManualPulse, Recorder, Playout, LineUp]:
    pulse = ManualPulse()
    stage = Recorder(pulse)
    return pulse, stage, Playout(pulse, stage), LineUp()


@given(CHUNKS, ACTS)
def test_what_is_heard_is_a_prefix_of_what_was_written(chunks: list[int], acts: list[str]) -> None:
    """Word times that end where each chunk ends: a hold then always rewinds to the start of a chunk."""
    pulse, stage, playout, lineup = set_up()
    clip = lineup.add("text", RATE_HZ)
    playout.start(lineup)
    left, at, written = list(chunks), 0, list[Samples]()
    for act in [*acts, "resume"]:
        if act == "write" and left:
            samples = counting(at, left.pop(0))
            start_ms, at = at * 1000 // RATE_HZ, at + len(samples)
            written.append(samples)
            lineup.write(clip, Speech(samples, (Word("w", start_ms, at * 1000 // RATE_HZ),)))
        elif act == "beat":
            pulse.beat()
        elif act == "hold":
            playout.hold()
        elif act == "resume" and playout.held:
            playout.resume()
    for length in left:
        samples = counting(at, length)
        at += length
        written.append(samples)
        lineup.write(clip, Speech(samples))
    lineup.close(clip)
    lineup.end()
    for _ in range(at // FRAME + 200):
        pulse.beat()
    assert lineup.drained
    whole = np.concatenate(written)
    assert clip.played == len(whole)
    assert _unrolled(stage.sound(), whole)


def _unrolled(sound: Samples, whole: Samples) -> bool:
    """The sound runs through `whole` in order: it only ever steps back, never over a sample, and reaches its end."""
    heard = sound[: len(sound) - _padding(sound)].astype(np.int64)
    steps = np.diff(heard)
    return bool((steps <= 1).all() and heard[0] == 1 and heard[-1] == len(whole) and (steps != 0).all())


def _padding(sound: Samples) -> int:
    zeros = 0
    while zeros < len(sound) and sound[-1 - zeros] == 0:
        zeros += 1
    return zeros


@given(CHUNKS, st.integers(0, 30))
def test_a_stop_keeps_exactly_what_was_given_out(chunks: list[int], beats: int) -> None:
    pulse, stage, playout, lineup = set_up()
    clip = lineup.add("text", RATE_HZ)
    playout.start(lineup)
    at = 0
    for length in chunks:
        lineup.write(clip, Speech(counting(at, length)))
        at += length
    lineup.close(clip)
    for _ in range(beats):
        pulse.beat()
    playout.stop()
    given_out = len(stage.frames)
    for _ in range(10):
        pulse.beat()
    assert len(stage.frames) == given_out
    assert clip.played == min(at, given_out * FRAME)
    assert np.array_equal(stage.sound()[: clip.played], counting(0, clip.played))


@given(CHUNKS)
def test_every_slot_carries_at_most_one_frame(chunks: list[int]) -> None:
    pulse, stage, playout, lineup = set_up()
    clip = lineup.add("text", RATE_HZ)
    playout.start(lineup)
    for length in chunks:
        lineup.write(clip, Speech(counting(0, length)))
        pulse.beat()
    at = [frame.at_ms for frame in stage.frames]
    assert all(earlier < later for earlier, later in pairwise(at))


def test_the_first_sound_does_not_wait_for_the_next_beat() -> None:
    pulse, stage, playout, lineup = set_up()
    clip = lineup.add("text", RATE_HZ)
    playout.start(lineup)
    pulse.at = 7
    lineup.write(clip, Speech(counting(0, 400)))
    assert [frame.at_ms for frame in stage.frames] == [140]


def test_a_frame_that_is_one_chunk_is_handed_over_as_it_is() -> None:
    pulse, stage, playout, lineup = set_up()
    clip = lineup.add("text", RATE_HZ)
    samples = counting(0, FRAME)
    playout.start(lineup)
    lineup.write(clip, Speech(samples))
    assert stage.frames[0].samples is samples
    assert pulse.players == {playout}


def test_sentences_play_one_after_the_other() -> None:
    pulse, stage, playout, lineup = set_up()
    for number in range(3):
        clip = lineup.add(f"Sentence {number}. ", RATE_HZ)
        lineup.write(clip, Speech(counting(1000 * number, 500)))
        lineup.close(clip)
    lineup.end()
    playout.start(lineup)
    for _ in range(8):
        pulse.beat()
    assert stage.begun == [0, 1, 2]
    assert lineup.drained
    assert lineup.heard("Sentence 0. Sentence 1. Sentence 2. ").unheard == ""


def test_a_sentence_without_sound_is_passed_in_no_time() -> None:
    _, stage, playout, lineup = set_up()
    for number in range(3):
        lineup.close(lineup.add(f"Sentence {number}. ", RATE_HZ))
    lineup.end()
    playout.start(lineup)
    assert stage.begun == [0, 1, 2]
    assert lineup.drained


def test_a_hold_goes_on_with_the_word_that_was_cut() -> None:
    pulse, stage, playout, lineup = set_up()
    clip = lineup.add("one two", RATE_HZ)
    playout.start(lineup)
    lineup.write(clip, Speech(counting(0, 6400), (Word("one", 0, 100), Word("two", 100, 400))))
    for _ in range(9):
        pulse.beat()
    playout.hold()
    pulse.beat()
    assert clip.played == 10 * FRAME
    pulse.at += 50
    playout.resume()
    assert stage.frames[10].samples[0] == 1601  # 100 ms
    assert stage.told[-1] == (100, ["two"])
    assert [(word.text, word.start_ms) for word in _finished(pulse, lineup, clip)] == [("one", 0), ("two", 1200)]


def _finished(pulse: ManualPulse, lineup: LineUp, clip: Clip) -> list[Word]:
    lineup.close(clip)
    lineup.end()
    for _ in range(40):
        pulse.beat()
    return list(lineup.heard("one two").words)


def test_curtailed_it_ends_with_the_sentence_that_plays() -> None:
    pulse, stage, playout, lineup = set_up()
    for number in range(3):
        clip = lineup.add(f"Sentence {number}. ", RATE_HZ)
        lineup.write(clip, Speech(counting(0, 1000)))
        lineup.close(clip)
    playout.start(lineup)
    pulse.beat()
    lineup.curtail()
    for _ in range(10):
        pulse.beat()
    assert stage.begun == [0]
    assert lineup.drained
    heard = lineup.heard("Sentence 0. Sentence 1. Sentence 2. ")
    assert (heard.text, heard.unheard) == ("Sentence 0.", "Sentence 1. Sentence 2.")


@given(
    st.lists(st.tuples(st.sampled_from(["One two. ", "Three? ", "Four five six. "]), CHUNKS), max_size=5),
    st.integers(0, 60),
)
def test_heard_and_unheard_together_are_what_was_written(sentences: list[tuple[str, list[int]]], beats: int) -> None:
    pulse, _, playout, lineup = set_up()
    written = "".join(text for text, _ in sentences) + "and more"
    for text, chunks in sentences:
        clip = lineup.add(text, RATE_HZ)
        for length in chunks:
            lineup.write(clip, Speech(counting(0, length)))
        lineup.close(clip)
    playout.start(lineup)
    for _ in range(beats):
        pulse.beat()
    heard = lineup.heard(written)
    assert f"{heard.text} {heard.unheard}".split() == written.split()
    assert written.startswith(heard.text)


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 22_050, 24_000, 48_000])
def test_frames_are_20_ms_at_any_rate(rate_hz: int) -> None:
    pulse, stage, playout, lineup = set_up()
    clip = lineup.add("text", rate_hz)
    lineup.write(clip, Speech(counting(0, rate_hz // 2)))
    lineup.close(clip)
    playout.start(lineup)
    for _ in range(30):
        pulse.beat()
    assert {len(frame.samples) for frame in stage.frames} == {rate_hz // 50}
