"""`vivavoce bench`: the benchmarks of a source checkout, each a module of `bench/`."""

import ast
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import typer

_CHECKOUT: Final = Path(__file__).parents[3]
_ELSEWHERE: Final = (
    "Benchmarks are part of the source, not of the installed package: clone the project and run this in it."
)
_PEERS: Final = """
`peers` measures other engines beside ours. Its first run gets them by `pip install`, into bench/.venvs.
docs/performance.md tells the method, the versions and the figures."""


def run(name: str | None, arguments: Sequence[str], checkout: Path = _CHECKOUT) -> int:
    """Run one benchmark, or list them; the status to leave with."""
    found = benchmarks(checkout)
    if not found:
        typer.echo(_ELSEWHERE, err=True)
        return 1
    if name is None:
        for each, meaning in found.items():
            typer.echo(f"vivavoce bench {each:<18} {meaning}")
        typer.echo(_PEERS)
        return 0
    if name not in found:
        typer.echo(f"There is no benchmark {name!r}. There are: {', '.join(found)}.", err=True)
        return 1
    return subprocess.run([sys.executable, "-m", f"bench.{name}", *arguments], cwd=checkout, check=False).returncode


def benchmarks(checkout: Path) -> Mapping[str, str]:
    """Name and first line of each: modules of `bench/`, and packages that can be run."""
    folder = checkout / "bench"
    scripts = {path.stem: path for path in folder.glob("*.py") if not path.name.startswith("_")}
    packages = {path.parent.name: path for path in folder.glob("*/__main__.py")}
    return {name: _first_line(path) for name, path in sorted({**scripts, **packages}.items())}


def _first_line(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return said.partition("\n")[0]
