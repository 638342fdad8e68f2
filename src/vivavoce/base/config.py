"""Everything that can be set, as one frozen tree, from the environment (`VIVAVOCE_*`) and from `.env`.

Read once, at the edge (`cli.py`); each piece is handed the part it needs. The environment wins over `.env`, and an
empty value counts as unset. `read_config` reports all wrong values at once (see `config_reading.py`), and never shows
a secret. docs/configuration.md lists every variable; a test compares.
"""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode

from vivavoce.base.config_access import AccessConfig
from vivavoce.base.config_fields import PREFIX, About, Count, Folder, Port, Seconds, settings_from
from vivavoce.base.config_mail import MailConfig, ScheduleConfig
from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.config_outside import OutsideConfig
from vivavoce.base.config_safety import RetentionConfig, SafetyConfig
from vivavoce.base.config_values import (
    database_url,
    existing_file,
    language_model,
    listening_host,
    speech_to_text,
    split_list,
    text_to_speech,
    web_address,
)


class ServerConfig(BaseSettings):
    """Where the server listens, and what it takes in."""

    model_config = settings_from()

    accounts: Annotated[
        Literal["off", "on"],
        About("Sign-in. Off is local mode: one person, on this machine", "off or on"),
    ] = "off"
    host: Annotated[
        str,
        AfterValidator(listening_host),
        About("Address to listen on", "a loopback address (127.0.0.1, ::1, localhost); any with accounts on"),
    ] = "127.0.0.1"
    port: Annotated[
        Port, About("Port to listen on; 0 takes a free one and says which", "a whole number from 0 to 65535")
    ] = 8080
    node: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$"),
        About(
            "This process's name among those on the same store; keep it over restarts",
            "1 to 64 letters, digits, dots, dashes, underscores and colons",
        ),
    ] = Field(default_factory=lambda data: f"{socket.gethostname()[:56]}-{data.get('port', 0)}")
    metrics: Annotated[bool, About("Serve `/metrics` for Prometheus", "true or false")] = True
    upload_limit_mb: Annotated[
        int,
        Field(ge=1, le=1024),
        About("Largest audio message, in megabytes", "a whole number from 1 to 1024"),
    ] = 25
    request_limit_kb: Annotated[
        int,
        Field(ge=1, le=65536),
        About("Largest JSON request, in kilobytes", "a whole number from 1 to 65536"),
    ] = 256

    @property
    def upload_limit_bytes(self) -> int:
        return self.upload_limit_mb * 1024 * 1024

    @property
    def request_limit_bytes(self) -> int:
        return self.request_limit_kb * 1024


class StoreConfig(BaseSettings):
    """Where things are kept."""

    model_config = settings_from()

    data: Annotated[Folder, About("Folder for the database, sound files and models; made when missing", "a folder")] = (
        Field(default_factory=lambda: platformdirs.user_data_path("vivavoce", appauthor=False))
    )
    database: Annotated[
        SecretStr,  # it may hold a password
        AfterValidator(database_url),
        About(
            "The store: SQLite in one file, or PostgreSQL",
            "sqlite:////absolute/path.db or postgresql://USER:PASSWORD@HOST/NAME",
        ),
    ] = Field(default_factory=lambda data: SecretStr(f"sqlite:///{data.get('data')}/vivavoce.db"))
    database_connections: Annotated[
        Count, About("Most connections to PostgreSQL at once", "a whole number from 1 to 1000")
    ] = 10
    models: Annotated[Folder, About("Folder of fetched speech models", "a folder")] = Field(
        default_factory=lambda data: Path(f"{data.get('data')}/models")
    )


class ModelsConfig(BaseSettings):
    """Who listens, thinks and speaks. Lists name the first choice and its fallbacks, in order."""

    model_config = settings_from()

    llm: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(split_list),
        AfterValidator(language_model),
        About(
            "Language models, first choice first. `guide` is the rule-built conversation that needs no model",
            "guide, or PROVIDER:MODEL as pydantic-ai names them, for example openai:gpt-4.1-mini; several with commas",
        ),
    ] = ("guide",)
    llm_base_url: Annotated[
        str | None,
        AfterValidator(web_address),
        About(
            "Address of a server that speaks the OpenAI protocol (Ollama, vLLM, llama.cpp, ...), for `openai:` models",
            "an http:// or https:// address without user name and password",
        ),
    ] = None
    llm_api_key: Annotated[
        SecretStr | None,
        About("Key for the first `PROVIDER:MODEL`; without it the provider's own variable is used", "a key"),
    ] = None
    stt: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(split_list),
        AfterValidator(speech_to_text),
        About(
            "Speech recognisers. `auto` takes sherpa when a model for it is there, else pocketsphinx",
            "auto, pocketsphinx, sherpa or sherpa:MODEL; several with commas",
        ),
    ] = ("auto",)
    tts: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(split_list),
        AfterValidator(text_to_speech),
        About(
            "Voices' engines. `auto` takes sherpa when a voice for it is there, else espeak",
            "auto, espeak, sherpa or sherpa:MODEL; several with commas",
        ),
    ] = ("auto",)
    vad: Annotated[Literal["silero"], About("What tells speech from silence", "silero")] = "silero"
    language: Annotated[
        str,
        Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
        About("Language people speak where the persona names none", "a language tag such as en or en-GB"),
    ] = "en"
    voice: Annotated[
        str, About("Voice where the persona names none; empty is the engine's own", "the name of a voice")
    ] = ""
    tools: Annotated[
        Path | None,
        AfterValidator(existing_file),
        About("File that lists HTTP tools and MCP servers for the AI", "the path of a file that exists"),
    ] = None


class DeadlinesConfig(BaseSettings):
    """How long others may take, in seconds, before the call counts as failed and the next provider is tried."""

    model_config = settings_from("VIVAVOCE_DEADLINE_")

    connect_s: Annotated[Seconds, About("To connect to a provider", "seconds, more than 0 and at most 3600")] = 5.0
    stt_s: Annotated[
        Seconds, About("From the end of speech to its last words", "seconds, more than 0 and at most 3600")
    ] = 6.0
    llm_first_s: Annotated[
        Seconds, About("To a language model's first word", "seconds, more than 0 and at most 3600")
    ] = 10.0
    llm_next_s: Annotated[
        Seconds, About("Between two pieces of its answer", "seconds, more than 0 and at most 3600")
    ] = 10.0
    form_s: Annotated[
        Seconds,
        About(
            "For a form that a language model fills in: a set-up, a report, what is remembered",
            "seconds, more than 0 and at most 3600",
        ),
    ] = 60.0
    tts_first_s: Annotated[
        Seconds, About("To the first sound of a sentence", "seconds, more than 0 and at most 3600")
    ] = 4.0
    tool_s: Annotated[Seconds, About("For one tool call", "seconds, more than 0 and at most 3600")] = 20.0


class WorkersConfig(BaseSettings):
    """Sizes of the pools that do the heavy work."""

    model_config = settings_from("VIVAVOCE_WORKERS_")

    stt: Annotated[
        Count,
        About(
            "Recogniser processes, about 130 MB each: that many utterances are recognised at once",
            "a whole number from 1 to 1000",
        ),
    ] = Field(default_factory=lambda: min(4, max(1, (os.cpu_count() or 1) // 2)))
    tts: Annotated[Count, About("Voice processes", "a whole number from 1 to 1000")] = 1
    jobs: Annotated[Count, About("Durable jobs run at once", "a whole number from 1 to 1000")] = 4


class LogConfig(BaseSettings):
    """What is told to the operator."""

    model_config = settings_from("VIVAVOCE_LOG_")

    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value),
        About("Least important log line that is written", "debug, info, warning or error"),
    ] = "info"
    format: Annotated[Literal["console", "json"], About("How log lines look, on standard error", "console or json")] = (
        "console"
    )


class TelemetryConfig(BaseSettings):
    model_config = settings_from("VIVAVOCE_OTEL_")

    endpoint: Annotated[
        str | None,
        AfterValidator(web_address),
        About(
            "OpenTelemetry collector that spans are sent to (OTLP over HTTP); needs the extra `telemetry`",
            "an http:// or https:// address without user name and password",
        ),
    ] = None


class Config(BaseModel):
    """The whole tree. `Config()` reads the environment; use `read_config` for `.env` and for readable errors."""

    model_config = ConfigDict(frozen=True)

    server: ServerConfig = Field(default_factory=ServerConfig)
    access: AccessConfig = Field(default_factory=AccessConfig)
    store: StoreConfig = Field(default_factory=StoreConfig)
    models: ModelsConfig = Field(default_factory=ModelsConfig)
    deadlines: DeadlinesConfig = Field(default_factory=DeadlinesConfig)
    workers: WorkersConfig = Field(default_factory=WorkersConfig)
    money: MoneyConfig = Field(default_factory=MoneyConfig)
    mail: MailConfig = Field(default_factory=MailConfig)
    schedule: ScheduleConfig = Field(default_factory=ScheduleConfig)
    outside: OutsideConfig = Field(default_factory=OutsideConfig)
    safety: SafetyConfig = Field(default_factory=SafetyConfig)
    retention: RetentionConfig = Field(default_factory=RetentionConfig)
    log: LogConfig = Field(default_factory=LogConfig)
    telemetry: TelemetryConfig = Field(default_factory=TelemetryConfig)


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable. default: None where it is worked out at the start."""

    variable: str
    about: About
    default: object
    secret: bool


def settings() -> Mapping[str, Setting]:
    """Every variable there is, by name, in the order of the tree."""
    found = [setting for group in groups().values() for setting in settings_of(group).values()]
    return {setting.variable: setting for setting in found}


def groups() -> Mapping[str, type[BaseSettings]]:
    """The tree's branches."""
    branches: dict[str, type[BaseSettings]] = {}
    for name, field in Config.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseSettings):
            branches[name] = field.annotation
    return branches


def settings_of(group: type[BaseSettings]) -> Mapping[str, Setting]:
    """A branch's settings by field."""
    prefix = group.model_config.get("env_prefix", PREFIX)
    found: dict[str, Setting] = {}
    for name, field in group.model_fields.items():
        about = next(item for item in field.metadata if isinstance(item, About))
        default = None if field.default_factory else field.default
        found[name] = Setting(f"{prefix}{name}".upper(), about, default, "SecretStr" in str(field.annotation))
    return found
