"""A whole session in the terminal, with what is configured by default."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

SCRIPT = "I keep putting off my thesis.\nLet's wrap up.\nYes, please.\nThis comes too late.\n"


def talk(data: Path, script: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    env = {"PATH": "/usr/bin:/bin", "HOME": str(data), "VIVAVOCE_DATA": str(data), **settings}
    command = [sys.executable, "-m", "vivavoce", "talk"]
    return subprocess.run(
        command, env=env, cwd=data, input=script, capture_output=True, text=True, timeout=110, check=False
    )


def test_it_greets_answers_asks_back_once_and_says_goodbye(tmp_path: Path) -> None:
    talked = talk(tmp_path, SCRIPT)
    assert talked.returncode == 0, talked.stderr
    assert "Traceback" not in talked.stderr
    header, greeting, answer, asks_back, goodbye, *rest = talked.stdout.split("\n\n")
    assert "Type and press Enter" in header
    assert all(": " in reply for reply in (greeting, answer, goodbye))
    assert "Shall we close here?" in asks_back
    assert "".join(rest).strip("> \n") == ""


def test_the_end_of_the_input_ends_the_session_after_the_last_reply(tmp_path: Path) -> None:
    talked = talk(tmp_path, "Good morning!\n")
    assert talked.returncode == 0, talked.stderr
    assert talked.stdout.count("\n> ") == 2


def test_an_unknown_format_is_told_with_those_there_are(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "vivavoce", "talk", "--format", "chess"]
    env = {"HOME": str(tmp_path), "VIVAVOCE_DATA": str(tmp_path)}
    told = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=110, check=False)
    assert told.returncode == 1
    assert "coaching" in told.stderr
    assert "Traceback" not in told.stderr
