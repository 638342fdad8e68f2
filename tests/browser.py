"""A real headless Chromium with a recorded voice as its microphone."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from tests.parts import need

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
    flite, sox = need("flite"), need("sox")
    voice, whole = folder / "voice.wav", folder / "microphone.wav"
    subprocess.run([flite, "-voice", "slt", "-t", text, "-o", str(voice)], check=True)
    subprocess.run([sox, str(voice), "-r", "48000", str(whole), "pad", str(silence_s), "120"], check=True)
    return whole


@contextmanager
def browser_page(microphone: Path, *, dark: bool = False, phone: bool = False) -> Iterator[Page]:
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
