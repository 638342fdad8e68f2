from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from vivavoce.base.config import Config, ModelsConfig, ServerConfig, StoreConfig
from vivavoce.base.config_reading import ConfigError, read_config, unknown_variables

SECRET = "sk-very-secret"


def problems(env_file: Path = Path("absent.env")) -> str:
    with pytest.raises(ConfigError) as caught:
        read_config(env_file)
    return "\n".join(caught.value.problems)


def test_with_nothing_set_everything_has_a_value() -> None:
    config = read_config(Path("absent.env"))
    assert (config.server.host, config.server.port) == ("127.0.0.1", 8080)
    assert config.models.llm == ("guide",)
    assert config.store.database.get_secret_value() == f"sqlite:///{config.store.data}/vivavoce.db"
    assert config.store.models == config.store.data / "models"


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("VIVAVOCE_PORT=7000\nVIVAVOCE_LANGUAGE=de\nOTHER=1\n")
    monkeypatch.setenv("VIVAVOCE_PORT", "7001")
    config = read_config(env_file)
    assert (config.server.port, config.models.language) == (7001, "de")


def test_an_empty_value_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_PORT", "")
    assert read_config(Path("absent.env")).server.port == 8080


def test_a_list_names_the_first_choice_and_its_fallbacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_LLM", "openai:gpt-4.1-mini, anthropic:claude-haiku-4-5,guide")
    assert ModelsConfig().llm == ("openai:gpt-4.1-mini", "anthropic:claude-haiku-4-5", "guide")


def test_the_tree_cannot_be_changed() -> None:
    config = Config()
    with pytest.raises(ValidationError):
        config.server.port = 1  # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_loopback_is_listened_on(host: str) -> None:
    assert ServerConfig(host=host).host == host.strip("[]")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "example.org", "localhost.example.org"])
def test_a_host_beyond_loopback_is_refused_and_accounts_are_named(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_HOST", host)
    said = problems()
    assert "VIVAVOCE_HOST" in said
    assert "needs accounts" in said
    assert "VIVAVOCE_ACCOUNTS" in said


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "example.org"])
def test_any_host_is_listened_on_with_accounts(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_ACCOUNTS", "on")
    assert ServerConfig(host=host).host == host


@pytest.mark.parametrize(
    ("variable", "value", "accepts"),
    [
        ("VIVAVOCE_PORT", "abc", "a whole number from 0 to 65535"),
        ("VIVAVOCE_PORT", "70000", "a whole number from 0 to 65535"),
        ("VIVAVOCE_NODE", "a b", "1 to 64 letters"),
        ("VIVAVOCE_METRICS", "perhaps", "true or false"),
        ("VIVAVOCE_ACCOUNTS", "perhaps", "off or on"),
        ("VIVAVOCE_PUBLIC_URL", "example.org", "http:// or https://"),
        ("VIVAVOCE_ORIGINS", "https://app.example.org/path", "origins such as"),
        ("VIVAVOCE_OIDC_PROVIDERS", "[{}]", "a JSON list"),
        ("VIVAVOCE_OIDC_PROVIDERS", '[{"id": "a", "issuer": "http://id.example.org", "client_id": "x"}]', "by https"),
        ("VIVAVOCE_UPLOAD_LIMIT_MB", "0", "1 to 1024"),
        ("VIVAVOCE_DATABASE", "mysql://host/name", "sqlite:////absolute/path.db or postgresql://"),
        ("VIVAVOCE_DATABASE", "sqlite://", "sqlite:////absolute/path.db"),
        ("VIVAVOCE_DATABASE", "postgresql://host", "postgresql://USER:PASSWORD@HOST/NAME"),
        ("VIVAVOCE_LLM", "openai", "PROVIDER:MODEL"),
        ("VIVAVOCE_LLM", ",", "PROVIDER:MODEL"),
        ("VIVAVOCE_LLM_BASE_URL", "localhost:11434", "http:// or https://"),
        ("VIVAVOCE_STT", "whisper", "pocketsphinx"),
        ("VIVAVOCE_TTS", "espeak:en", "espeak"),
        ("VIVAVOCE_VAD", "webrtc", "silero"),
        ("VIVAVOCE_LANGUAGE", "English", "en-GB"),
        ("VIVAVOCE_TOOLS", "/does/not/exist.toml", "a file that exists"),
        ("VIVAVOCE_DEADLINE_STT_S", "0", "more than 0"),
        ("VIVAVOCE_WORKERS_STT", "0", "1 to 1000"),
        ("VIVAVOCE_LOG_LEVEL", "loud", "debug, info, warning or error"),
        ("VIVAVOCE_LOG_FORMAT", "xml", "console or json"),
        ("VIVAVOCE_OTEL_ENDPOINT", "collector", "http:// or https://"),
    ],
)
def test_a_wrong_value_is_named_with_what_the_variable_takes(
    variable: str, value: str, accepts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    said = problems()
    assert said.startswith(f"{variable} ")
    assert accepts in said
    assert "\n" not in said


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_PORT", "abc")
    monkeypatch.setenv("VIVAVOCE_LOG_LEVEL", "loud")
    assert len(problems().splitlines()) == 2


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("VIVAVOCE_DATABASE", f"mysql://me:{SECRET}@host/name"),
        ("VIVAVOCE_DATABASE", f"postgresql://me:{SECRET}@host"),
        ("VIVAVOCE_LLM_BASE_URL", f"https://me:{SECRET}@host/v1"),
        ("VIVAVOCE_OTEL_ENDPOINT", f"https://me:{SECRET}@host"),
        ("VIVAVOCE_OIDC_PROVIDERS", f'[{{"id": "a", "client_secret": "{SECRET}"}}]'),
    ],
)
def test_an_error_shows_no_secret(variable: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, value)
    assert SECRET not in problems()


def test_the_tree_shows_no_secret() -> None:
    store = StoreConfig(database=SecretStr(f"postgresql://me:{SECRET}@host/name"))
    config = Config(store=store, models=ModelsConfig(llm_api_key=SecretStr(SECRET)))
    assert SECRET not in repr(config) + str(config) + config.model_dump_json()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite+aiosqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
        ("postgres://host/name", "postgresql://host/name"),
        ("postgresql+asyncpg:///name?host=/run/pg", "postgresql:///name?host=/run/pg"),
    ],
)
def test_a_database_is_written_without_its_driver(given: str, kept: str) -> None:
    assert StoreConfig(database=SecretStr(given)).database.get_secret_value() == kept


def test_an_unknown_variable_brings_a_suggestion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text("VIVAVOCE_PROT=7000\n")
    monkeypatch.setenv("VIVAVOCE_QUITE_ELSE", SECRET)
    prot, other = unknown_variables(env_file)
    assert prot == "VIVAVOCE_PROT is set, but no setting has that name. Did you mean VIVAVOCE_PORT?"
    assert "VIVAVOCE_QUITE_ELSE" in other
    assert SECRET not in other


def test_a_known_variable_brings_no_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVAVOCE_LOG_LEVEL", "debug")
    monkeypatch.setenv("VIVAVOCE_REQUIRE_ALL", "1")
    assert unknown_variables(Path("absent.env")) == []
