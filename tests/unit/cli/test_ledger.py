"""`vivavoce credits`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from vivavoce.cli import app

cli = CliRunner()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVAVOCE_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def credits(*arguments: str) -> Result:
    return cli.invoke(app, ["credits", *arguments])


@pytest.mark.usefixtures("home")
def test_credits_are_granted_once_for_a_key_and_shown_with_their_reason() -> None:
    assert "local: 60 credits, 0 of them held." in credits("balance").output
    grant = ("grant", "local", "15", "--reason", "Pilot group", "--key", "once")
    assert credits(*grant).output.strip() == "15 credits granted. local has 75 now."
    again = credits(*grant).output
    assert "nothing was granted now" in again
    assert "local has 75 now" in again
    shown = credits("balance", "local").output
    assert shown.count("Pilot group") == 1
    assert "Welcome" in shown


@pytest.mark.usefixtures("home")
def test_a_grant_to_nobody_is_refused_in_a_sentence() -> None:
    told = credits("grant", "nobody@example.org", "15", "--reason", "Pilot")
    assert told.exit_code == 1
    assert "There is no account with this id or e-mail address." in told.stderr


def test_a_grant_needs_a_reason_and_a_number() -> None:
    assert credits("grant", "local", "15").exit_code == 2
    assert credits("grant", "local", "0", "--reason", "x").exit_code == 2
