import socket

import pytest
from typer.testing import CliRunner

from vivavoce.base.config import ServerConfig
from vivavoce.cli import app
from vivavoce.cli.listening import listening, url_of
from vivavoce.domain.errors import Unavailable

cli = CliRunner()


def test_help_names_every_command() -> None:
    told = cli.invoke(app, ["--help"])
    assert told.exit_code == 0
    assert all(name in told.output for name in ("serve", "talk", "doctor", "migrate", "bench", "models"))


def test_without_a_command_it_helps() -> None:
    assert "serve" in cli.invoke(app, []).output


@pytest.mark.parametrize("command", ["serve", "talk", "doctor", "migrate"])
def test_wrong_configuration_ends_in_sentences_and_status_2(command: str) -> None:
    told = cli.invoke(app, [command], env={"VIVAVOCE_PORT": "abc", "VIVAVOCE_PROT": "1"})
    assert told.exit_code == 2
    assert "Did you mean VIVAVOCE_PORT?" in told.stderr
    assert "VIVAVOCE_PORT is 'abc', which cannot be used. It takes a whole number from 0 to 65535." in told.stderr
    assert "Traceback" not in told.output


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with listening(ServerConfig(port=0)) as taken:
        port = int(taken.getsockname()[1])
        with pytest.raises(Unavailable, match="set VIVAVOCE_PORT"), listening(ServerConfig(port=port)):
            pass


def test_the_url_of_a_free_port_can_be_opened() -> None:
    with listening(ServerConfig(port=0)) as listener:
        port = int(url_of(listener).rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            pass


def test_an_ipv6_address_stands_in_brackets() -> None:
    try:
        with listening(ServerConfig(host="::1", port=0)) as listener:
            assert url_of(listener).startswith("http://[::1]:")
    except Unavailable:
        pytest.skip("this machine has no IPv6")
