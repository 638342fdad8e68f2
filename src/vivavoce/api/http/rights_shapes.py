"""The shapes of what was erased, and of help lines."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from vivavoce.api.http.event_shapes import HelpLineOut
from vivavoce.domain.safety.help_lines import CHECKED, Help
from vivavoce.services.rights.erase import Erased


class ErasedOut(BaseModel):
    """What was done."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"sessions": 12, "left": 1}]})

    sessions: int = Field(description="Sessions that are gone with all that belonged to them.")
    left: int = Field(description="Sessions of others that the person was taken out of.")

    @classmethod
    def of(cls, erased: Erased) -> "ErasedOut":
        return cls(sessions=erased.sessions, left=erased.left)


class HelpOut(BaseModel):
    """Where help is to be found in a country."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "country": "IE",
                    "emergency": "112",
                    "checked": "2026-11-21",
                    "lines": [
                        {
                            "name": "Samaritans",
                            "number": "116 123",
                            "source": "https://www.samaritans.org/ireland",
                            "hours": "24/7",
                            "languages": ["en"],
                            "text": "",
                            "chat": "",
                            "for_abuse": False,
                        }
                    ],
                }
            ]
        }
    )

    country: str = Field(description="ISO 3166-1 alpha-2; empty where nothing is known for the country asked for.")
    emergency: str
    checked: str = Field(description="When the list was put together.")
    lines: list[HelpLineOut]

    @classmethod
    def of(cls, help: Help) -> "HelpOut":
        lines = [
            HelpLineOut(
                name=line.name,
                number=line.number,
                source=line.source,
                hours=line.hours,
                languages=list(line.languages),
                text=line.text,
                chat=line.chat,
                for_abuse=line.for_abuse,
            )
            for line in help.lines
        ]
        return cls(country=help.country, emergency=help.emergency, checked=CHECKED, lines=lines)


class CrisisCountsOut(BaseModel):
    """How often the crisis protocol began, by year. No personal data."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"years": {"2026": 3}}]})

    years: dict[str, int]


class RetentionIn(BaseModel):
    """Days by format."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"days": {"coaching": 90}}]})

    days: dict[str, Annotated[int, Field(ge=1, le=36500, strict=True)]]


class RetentionOut(BaseModel):
    """Days by format; null: for as long as its people wish."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"days": {"coaching": 90, "interview": None}}]})

    days: dict[str, int | None]
