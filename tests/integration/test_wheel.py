"""What a person installs: a wheel with the built pages, which needs no Node."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = ROOT / "src/vivavoce/pages/index.html"

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert PAGES.exists(), "the pages are not built: make pages"
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT], check=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the wheel and what the lock names."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements/run.lock"], check=True)
    subprocess.run([*pip, wheel], check=True)
    return folder / "bin"


def vivavoce(programs: Path, data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command where there is nothing else on the path."""
    env = {"PATH": str(programs), "HOME": str(data), "LANG": os.environ.get("LANG", "C.UTF-8")}
    command = [programs / "vivavoce", *arguments]
    return subprocess.run(command, env=env, cwd=data, capture_output=True, text=True, timeout=60, check=False)


def test_the_wheel_holds_pages_model_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "vivavoce/pages/index.html" in names
    assert any(name.startswith("vivavoce/pages/assets/") for name in names)
    assert any(name.endswith(".onnx") for name in names)
    assert sum("/licenses/" in name for name in names) >= 2
    assert not [name for name in names if "node_modules" in name or name.startswith("tests/")]


def test_the_installed_command_helps_and_finds_its_parts(installed: Path, tmp_path: Path) -> None:
    helped = vivavoce(installed, tmp_path, "--help")
    assert helped.returncode == 0, helped.stderr
    assert "serve" in helped.stdout
    looked = vivavoce(installed, tmp_path, "doctor", "--json")
    assert looked.returncode == 0, looked.stdout + looked.stderr
    findings = json.loads(looked.stdout)
    assert {"store", "language_model", "speech_to_text", "text_to_speech", "webrtc"} <= {
        finding["part"] for finding in findings
    }
