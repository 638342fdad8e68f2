"""The tools file: what is read, and what is said of mistakes."""

from pathlib import Path

import pytest

from vivavoce.base.config_reading import ConfigError
from vivavoce.providers.tools.file import read_tools

GOOD = """
[[http]]
name = "weather"
description = "Weather in a city."
url = "https://api.example.org/v1/{city}"
headers = { Authorization = "Bearer env:WEATHER_KEY" }
[http.parameters]
required = ["city"]
[http.parameters.properties.city]
type = "string"

[[mcp]]
name = "notes"
command = ["notes-mcp"]
"""


def written(folder: Path, content: str) -> Path:
    path = folder / "tools.toml"
    path.write_text(content)
    return path


def complaints(folder: Path, content: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read_tools(written(folder, content), {"KEY": "hush-hush"})
    assert "hush-hush" not in str(caught.value)
    return [problem.removeprefix(str(folder / "tools.toml")) for problem in caught.value.problems]


def test_tools_and_servers_are_read_with_their_secrets(tmp_path: Path) -> None:
    file = read_tools(written(tmp_path, GOOD), {"WEATHER_KEY": "hush-hush"})
    weather, notes = file.http[0], file.mcp[0]
    assert weather.headers["Authorization"].get_secret_value() == "Bearer hush-hush"
    assert weather.in_url == {"city"}
    assert weather.parameters["type"] == "object"
    assert notes.command == ["notes-mcp"]
    assert "hush-hush" not in repr(file)


def test_a_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    assert complaints(tmp_path, GOOD) == [
        ": HTTP tool 'weather': `headers` names the variable WEATHER_KEY, which is not set."
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('name = "weather"', 'name = "we ather"'), "HTTP tool 'we ather': `name` cannot be used. It takes a letter"),
        (("https://api", "ftp://api"), "`url` cannot be used: it is no web address. It takes an http:// or https://"),
        (("api.example.org", "{city}.org"), "`url` cannot be used: the host is fixed"),
        (('required = ["city"]', ""), "`parameters` cannot be used: what `url` names is missing among them"),
        (("description =", 'timeout_s = "5"\ndescription ='), "`timeout_s` cannot be used. It takes seconds"),
        (("description =", "methd = 1\ndescription ="), "`methd` means nothing here. It takes name, description"),
        (('command = ["notes-mcp"]', ""), "MCP server 'notes': `url` cannot be used: a server has either"),
        (('name = "notes"', ""), "MCP server 1: `name` is missing. It takes a letter"),
        (("[[mcp]]", "[[mcps]]"), "'mcps' means nothing here. It takes [[http]] and [[mcp]]."),
        (("[[mcp]]", "[mcp]"), "'mcp' means nothing here. It takes [[http]] and [[mcp]]."),
        (("[[mcp]]", "[[mcp"), " cannot be read as TOML: "),
    ],
)
def test_a_mistake_is_told_in_one_sentence(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    content = GOOD.replace("WEATHER_KEY", "KEY").replace(*change)
    assert [problem for problem in complaints(tmp_path, content) if said in problem]


def test_a_name_stands_for_one_tool(tmp_path: Path) -> None:
    twice = GOOD.replace("WEATHER_KEY", "KEY") + '[[mcp]]\nname = "notes"\nurl = "https://a.example/mcp"\n'
    assert complaints(tmp_path, twice) == [": MCP server 'notes' is there twice."]
