"""Tables for people to read."""

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from vivavoce.base.finding import Finding, State

_STYLE: Final = {State.OK: "green", State.MISSING: "yellow", State.FAILING: "bold red"}
_PIPED_COLUMNS: Final = 240  # into a file or a pipe there is no terminal to wrap for


def plain_table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def findings_table(findings: Sequence[Finding]) -> Table:
    table = plain_table("Part", "Choice", "State", "Why")
    for one in findings:  # as Text: square brackets in a choice are not markup
        table.add_row(one.part, Text(one.choice), Text(one.state, style=_STYLE[one.state]), Text(one.why))
    return table


def print_table(table: Table) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=_PIPED_COLUMNS)
    console.print(table)
