"""`vivavoce models`: which better speech models there are, and fetching one with its progress shown."""

from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table

from vivavoce.cli.tables import plain_table, print_table
from vivavoce.domain.errors import Unavailable
from vivavoce.providers import models
from vivavoce.providers.models import CATALOGUE, PullFailed

_FOR = {"stt": "listening", "tts": "speaking"}


def show(folder: Path) -> None:
    """The catalogue, on standard output."""
    print_table(catalogue_table(folder))


def catalogue_table(folder: Path) -> Table:
    here = models.installed(folder)
    table = plain_table("Model", "For", "About", "Licence", "Size", "Here")
    for model in CATALOGUE.values():
        size = f"{model.size_mb} MB"
        table.add_row(
            model.name, _FOR[model.kind], model.about, model.licence, size, "yes" if model.name in here else "no"
        )
    return table


async def pull(folder: Path, name: str) -> None:
    """Fetch one into `folder`. Raises Unavailable, with what to do instead."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(stderr=True)
    with Progress(*columns, TransferSpeedColumn(), TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task(name, total=None)

        def show_progress(progress: models.Progress) -> None:
            bar.update(task, completed=progress.done_bytes, total=progress.total_bytes)

        try:
            path = await models.pull(name, folder, show_progress)
        except PullFailed as failure:
            raise Unavailable(str(failure)) from failure
    Console().print(f"{name} is in {path}.", soft_wrap=True)
