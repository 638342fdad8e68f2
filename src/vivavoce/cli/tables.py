"""Tables for people to read."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vivavoce.base.finding import Finding, State

_STYLE: Final = {State.OK: "green", State.MISSING: "yellow", State.FAILING: "bold red"}


def findings_table(findings: Sequence[Finding]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Part", "Choice", "State", "Why"):
        table.add_column(heading, overflow="fold", no_wrap=heading in {"Part", "State"})
    for one in findings:
        table.add_row(one.part, Text(one.choice), Text(one.state, style=_STYLE[one.state]), Text(one.why))
    return table


def print_table(table: Table) -> None:
    console = Console()
    # Piped into a file there is no terminal to wrap for.
    console.print(table, width=None if console.is_terminal else 200)
