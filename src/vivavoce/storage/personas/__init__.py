"""The built-in personas: one TOML file each, read from the package."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final

from vivavoce.domain.errors import PersonaNotFound
from vivavoce.services.persona import Persona
from vivavoce.services.ports import Asking

_FIELDS: Final = frozenset(Persona.__dataclass_fields__) - {"id", "version"}


class FilePersonas:
    """Implements services.persona.Personas over the files beside this module."""

    def __init__(self, language: str = "en", voice: str = "") -> None:
        """language, voice: of personas that name none."""
        usual = {"language": language, "voice": voice}
        self._personas = {persona.id: persona for persona in _read(usual)}

    async def get(self, asking: Asking, id: str) -> Persona:
        found = self._personas.get(id)
        if found is None:
            known = ", ".join(sorted(self._personas))
            raise PersonaNotFound(f"There is no persona called {id!r}. The personas here are: {known}.")
        return found

    async def all(self, asking: Asking) -> list[Persona]:
        return list(self._personas.values())


def _read(usual: Mapping[str, str]) -> list[Persona]:
    found: list[Persona] = []
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            fields: dict[str, Any] = {**usual, **tomllib.loads(file.read_text("utf-8"))}
            unknown = fields.keys() - _FIELDS
            if unknown:
                raise ValueError(f"{file.name} has unknown fields: {sorted(unknown)}")
            for listed in ("wake_names", "models", "suits"):
                fields[listed] = tuple(fields.get(listed, ()))
            found.append(Persona(id=file.name.removesuffix(".toml"), **fields))
    return found
