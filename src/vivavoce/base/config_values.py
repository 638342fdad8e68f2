"""What a setting may be, where its type alone does not say it. A ValueError's text ends the sentence
"VIVAVOCE_X cannot be used: ...", so it never repeats a value that may hold a secret."""

import ipaddress
import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationInfo

_NEEDS_ACCOUNTS: Final = (
    "other machines could reach it, and without sign-in everybody there would see every session. Listening beyond"
    " loopback needs accounts: set VIVAVOCE_ACCOUNTS=on, and make the first one with `vivavoce accounts add`"
    " (docs/access.md)"
)
_CHOICE: Final = re.compile(r"[a-z][a-z0-9_-]*")


def loopback_name(host: str) -> bool:
    """Whether the host is this machine, whoever asks."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:  # a name: it may mean any address, now or later
        return False


def listening_host(host: str, info: ValidationInfo) -> str:
    """Local mode has no sign-in, so nobody but this machine may connect."""
    if info.data.get("accounts") != "on" and not loopback_name(host):
        raise ValueError(_NEEDS_ACCOUNTS)
    return host.strip("[]")


def absolute(folder: Path) -> Path:
    return folder.expanduser().absolute()


def existing_file(path: Path | None) -> Path | None:
    if path is None:
        return None
    if not path.expanduser().is_file():
        raise ValueError("there is no such file")
    return path.expanduser().absolute()


def split_list(value: object) -> object:
    """`"a, b"` as `("a", "b")`."""
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in value.split(",") if part.strip())


def language_model(choices: tuple[str, ...]) -> tuple[str, ...]:
    return _choices(choices, alone={"guide"}, with_model=None)


def speech_to_text(choices: tuple[str, ...]) -> tuple[str, ...]:
    return _choices(choices, alone={"auto", "pocketsphinx", "sherpa"}, with_model={"sherpa"})


def text_to_speech(choices: tuple[str, ...]) -> tuple[str, ...]:
    return _choices(choices, alone={"auto", "espeak", "sherpa"}, with_model={"sherpa"})


def _choices(choices: tuple[str, ...], *, alone: set[str], with_model: set[str] | None) -> tuple[str, ...]:
    """Checks `name` and `name:model`. with_model: the names that may take a model; None: any."""
    if not choices:
        raise ValueError("it names nothing")
    for choice in choices:
        name, colon, model = choice.partition(":")
        allowed = with_model is None or name in with_model
        if choice in alone or (colon and model and allowed and _CHOICE.fullmatch(name)):
            continue
        raise ValueError(f"it does not know {choice!r}")
    return choices


def database_url(url: SecretStr) -> SecretStr:
    """Without driver, or with the driver that is used anyway."""
    value = url.get_secret_value()
    scheme, _, rest = value.partition("://")
    if scheme in {"sqlite", "sqlite+aiosqlite"}:
        if not rest.startswith("/") or rest == "/":
            raise ValueError("the file's name is missing")
        return SecretStr(f"sqlite://{rest}")
    if scheme in {"postgresql", "postgres", "postgresql+asyncpg"}:
        if len(urlsplit(value).path) < 2:
            raise ValueError("the database's name is missing")
        return SecretStr(f"postgresql://{rest}")
    raise ValueError("only SQLite and PostgreSQL are supported")


def web_address(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("it is no web address")
    if parts.username or parts.password:
        raise ValueError("it holds a user name or a password, and addresses are shown in logs")
    return url.rstrip("/")
