import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table
from typer.testing import CliRunner

from vivavoce.base.finding import Finding, State
from vivavoce.cli import app
from vivavoce.cli.speech_models import catalogue_table
from vivavoce.cli.tables import findings_table
from vivavoce.providers.models import CATALOGUE


def drawn(table: Table) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=240).print(table)
    return out.getvalue().splitlines()


def test_a_finding_is_one_row() -> None:
    findings = [
        Finding("llm", "guide", State.OK, "No language model is configured."),
        Finding("stt", "sherpa[x]", State.FAILING, "The model's folder is missing."),
    ]
    heading, first, second = drawn(findings_table(findings))
    assert heading.split() == ["Part", "Choice", "State", "Why"]
    assert first.split(maxsplit=3) == ["llm", "guide", "ok", "No language model is configured."]
    assert second.split(maxsplit=3)[:3] == ["stt", "sherpa[x]", "failing"]


def test_every_model_is_listed_and_those_that_are_here_say_so(tmp_path: Path) -> None:
    name = next(iter(CATALOGUE))
    (tmp_path / name).mkdir()
    _, *rows = drawn(catalogue_table(tmp_path))
    here = {row.split()[0]: row.split()[-1] for row in rows}
    assert here == {each: "yes" if each == name else "no" for each in CATALOGUE}


def test_an_unknown_model_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_DATA", str(tmp_path))
    told = CliRunner().invoke(app, ["models", "pull", "nothing-like-it"])
    assert told.exit_code == 1
    assert "There is no model nothing-like-it." in told.stderr
