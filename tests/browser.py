"""A real headless Chromium with a recorded voice as its microphone."""

import subprocess
import wave
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import soxr
from playwright.sync_api import Page, sync_playwright

from tests.parts import need

_RATE_HZ: Final = 48_000
SCREENSHOTS: Final = Path(__file__).parent.parent / "build" / "screenshots"
_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
)


def spoken_file(folder: Path, *, silence_s: float, text: str) -> Path:
    """A WAV file: silence, then `text` spoken by flite, then a long silence (Chromium plays the file in a loop)."""
    voice, whole = folder / "voice.wav", folder / "microphone.wav"
    subprocess.run([need("flite"), "-voice", "slt", "-t", text, "-o", str(voice)], check=True)
    with wave.open(str(voice)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        samples = soxr.resample(samples, file.getframerate(), _RATE_HZ)
    before, after = np.zeros(round(silence_s * _RATE_HZ), np.int16), np.zeros(120 * _RATE_HZ, np.int16)
    with wave.open(str(whole), "wb") as file:
        file.setparams((1, 2, _RATE_HZ, 0, "NONE", ""))
        file.writeframes(np.concatenate([before, samples, after]).tobytes())
    return whole


@contextmanager
def browser_page(microphone: Path, *, dark: bool = False, phone: bool = False) -> Generator[Page]:
    """A page that may use its microphone, which plays the file."""
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 800}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(need("chromium")),
            args=[*_FLAGS, f"--use-file-for-fake-audio-capture={microphone}"],
        )
        page = browser.new_page(viewport=size, color_scheme="dark" if dark else "light")  # type: ignore[arg-type]
        page.set_default_timeout(20_000)
        yield page
        browser.close()


def keep_screenshot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
