"""Make the user's utterance once: espeak-ng -> 16 kHz mono PCM16, trimmed to the speech.

    python make_audio.py            # writes audio/utterance.wav and audio/bargein.wav

Only the Python standard library and the `espeak-ng` program are needed.  The wav files are kept
next to the scripts so that every engine hears the very same samples.
"""

import array
import os
import subprocess
import tempfile
import wave

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "audio")

TEXTS = {
    # 3 s in which the Silero VAD never falls below 0.7 (checked), so no engine ends the turn early
    "utterance": "I wonder when you are going to be home again on Monday morning",
    # what the user says to interrupt: 1.4 s
    "bargein": "No I really mean another one",
}


def resample(x: array.array, src: int, dst: int) -> array.array:
    """Linear interpolation; good enough for a VAD."""
    n = int(len(x) * dst / src)
    out = array.array("h", bytes(2 * n))
    step = src / dst
    last = len(x) - 1
    for i in range(n):
        p = i * step
        j = int(p)
        f = p - j
        a = x[j]
        b = x[min(j + 1, last)]
        out[i] = int(a + (b - a) * f)
    return out


def trim(x: array.array, rate: int, thresh: int) -> array.array:
    """Cut leading and trailing samples below thresh (so 'last sample' = end of speech)."""
    a = next(i for i, v in enumerate(x) if abs(v) > thresh)
    b = len(x) - next(i for i, v in enumerate(reversed(x)) if abs(v) > thresh)
    return x[a:b]


def main() -> None:
    os.makedirs(OUT, exist_ok=True)
    for name, text in TEXTS.items():
        with tempfile.TemporaryDirectory() as d:
            path = os.path.join(d, "a.wav")
            subprocess.run(["espeak-ng", "-v", "en-us", "-s", "165", "-a", "180", "-w", path, text], check=True)
            with wave.open(path) as w:
                rate = w.getframerate()
                pcm = array.array("h", w.readframes(w.getnframes()))
        pcm = resample(pcm, rate, 16000)
        pcm = trim(pcm, 16000, 600)
        peak = max(abs(v) for v in pcm)
        gain = 20000 / peak
        pcm = array.array("h", (int(v * gain) for v in pcm))
        # whole 20 ms frames, padded in front: the last sample of the last frame is speech
        pad = -len(pcm) % 320
        pcm = array.array("h", bytes(2 * pad)) + pcm
        with wave.open(os.path.join(OUT, name + ".wav"), "wb") as w:
            w.setnchannels(1)
            w.setsampwidth(2)
            w.setframerate(16000)
            w.writeframes(pcm.tobytes())
        print(f"{name}: {len(pcm) / 16000:.3f} s")


if __name__ == "__main__":
    main()
