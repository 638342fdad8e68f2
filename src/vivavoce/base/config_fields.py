"""What the settings' groups are made of: where their variables come from, and what stands beside each."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_settings import SettingsConfigDict

from vivavoce.base.config_values import absolute

PREFIX: Final = "VIVAVOCE_"


@dataclass(frozen=True, slots=True)
class About:
    """Stands beside a setting's type. does: what it is for. accepts: what follows "it takes"."""

    does: str
    accepts: str


def settings_from(prefix: str = PREFIX) -> SettingsConfigDict:
    return SettingsConfigDict(
        frozen=True,
        env_prefix=prefix,
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,  # a ValidationError that gets away must not print a key
        protected_namespaces=(),
        validate_default=False,
    )


Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Count = Annotated[int, Field(ge=1, le=1000)]
Folder = Annotated[Path, AfterValidator(absolute)]
