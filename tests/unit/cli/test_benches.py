from pathlib import Path

import pytest

from vivavoce.cli import benches


def checkout(folder: Path) -> Path:
    bench = folder / "bench"
    (bench / "peers").mkdir(parents=True)
    (bench / "__init__.py").touch()
    (bench / "peers/__main__.py").write_text('"""Ours beside others."""\n')
    (bench / "turn.py").write_text('"""One message turn.\n\nMore."""\nimport sys\nsys.exit(int(sys.argv[1]))\n')
    return folder


def test_the_benchmarks_are_listed_with_what_they_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert benches.run(None, [], checkout(tmp_path)) == 0
    told = capsys.readouterr().out
    assert "One message turn." in told
    assert "Ours beside others." in told
    assert "pip install" in told


def test_one_is_run_with_what_follows_its_name(tmp_path: Path) -> None:
    assert benches.run("turn", ["7"], checkout(tmp_path)) == 7


def test_an_unknown_one_is_refused_with_those_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert benches.run("trun", [], checkout(tmp_path)) == 1
    assert "peers, turn" in capsys.readouterr().err


def test_an_installed_package_says_where_benchmarks_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert benches.run(None, [], tmp_path) == 1
    assert "clone the project" in capsys.readouterr().err
