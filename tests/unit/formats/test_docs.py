"""docs/formats.md and docs/personas.md say what there is, and their example works."""

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest
from tests.unit.services.site import opened, running_site

from vivavoce.bootstrap import FORMATS, installed_formats
from vivavoce.domain.people.persona import PersonaDraft
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.session import Address
from vivavoce.services.format import Format, Modality
from vivavoce.services.people.notes import keep_note
from vivavoce.services.send_message import send_text
from vivavoce.storage.personas import FilePersonas

DOCS: Final = Path(__file__).parents[3] / "docs"
_CALLS: Final = {
    Address.EVERYONE: "everybody",
    Address.WHEN_CALLED: "who calls it by its wake phrase",
    Address.HOSTS: "hosts",
    Address.NOBODY: "nobody",
}


def rows() -> list[str]:
    """The table of formats, made from them."""
    head = "| format | takes | calls the AI | people | minutes | chosen |"
    return [head, "|---|---|---|---|---|---|", *(_row(one) for _, one in sorted(installed_formats().items()))]


def _row(format: Format) -> str:
    takes = ", ".join(modality for modality in Modality if modality in format.modalities)
    parts = (f"`{format.name}`", takes, _CALLS[format.address], str(format.max_participants), _minutes(format))
    return f"| {' | '.join(parts)} | {'; '.join(map(_choice, _chosen(format))) or '–'} |"


def _minutes(format: Format) -> str:
    if format.length is not None:
        return f"{format.length.least} to {format.length.most}"
    return f"{format.time_limit_s // 60}" if format.time_limit_s is not None else "no limit"


def _chosen(format: Format) -> list[tuple[str, list[str], str | None]]:
    found = [(choice.name, list(choice.options), choice.usual) for choice in format.choices]
    return [*found, ("minutes", [], str(format.length.usual))] if format.length is not None else found


def _choice(choice: tuple[str, list[str], str | None]) -> str:
    name, options, usual = choice
    if not options:
        return f"`{name}` **{usual}**" if usual else f"`{name}`"
    return f"`{name}` " + ", ".join(f"**{option}**" if option == usual else option for option in options)


def _block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", (DOCS / "formats.md").read_text(), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_table_of_formats_is_true() -> None:
    assert "\n".join(rows()) in (DOCS / "formats.md").read_text()


def test_the_entry_point_of_the_example_is_in_the_group_that_is_read() -> None:
    assert tomllib.loads(_block("toml"))["project"]["entry-points"] == {
        FORMATS: {"standup": "my_formats.standup:FORMAT"}
    }


async def test_the_example_of_a_format_holds_a_session() -> None:
    there: dict[str, Format] = {}
    exec(_block("python"), there)
    format = there["FORMAT"]
    async with running_site(format=format) as site:
        id = await opened(site, format="standup")
        assert (await site.session(id)).variables["team"] == "web"
        assert (await send_text(LOCAL, id, "I finished the login page.", use=site.use)).reply_text
        assert (await keep_note(LOCAL, id, "Ask Tom", use=site.use)).text == "Ask Tom"


@pytest.mark.parametrize("format", installed_formats().values(), ids=lambda format: format.name)
async def test_a_format_names_a_persona_that_is_there(format: Format) -> None:
    assert format.persona in {persona.id for persona in await FilePersonas().all(LOCAL)}


async def test_every_persona_and_every_field_is_described() -> None:
    text = (DOCS / "personas.md").read_text()
    assert all(f"`{persona.id}`" in text for persona in await FilePersonas().all(LOCAL))
    assert all(f"`{field}`" in text for field in PersonaDraft.__dataclass_fields__)
