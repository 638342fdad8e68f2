"""What goes over the wire of the catalogue: formats, personas, status."""

from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from vivavoce.api.http.shapes import shown
from vivavoce.domain.people.persona import VARIABLE
from vivavoce.domain.sessions.session import Address, Role
from vivavoce.services.format import Choice, Format, Length, Modality
from vivavoce.services.modalities import hears
from vivavoce.services.persona import Persona


class ChoiceOut(BaseModel):
    """Something to choose. options: id and title of each; empty: any text."""

    name: str
    title: str
    options: dict[str, str]
    usual: str | None = Field(description="Null where there must be an answer.")

    @classmethod
    def of(cls, choice: Choice) -> Self:
        return cls(name=choice.name, title=choice.title, options=dict(choice.options), usual=choice.usual)


class LengthOut(BaseModel):
    """In minutes."""

    usual: int
    least: int
    most: int

    @classmethod
    def of(cls, length: Length) -> Self:
        return cls(usual=length.usual, least=length.least, most=length.most)


class PriceOut(BaseModel):
    """What a session costs. A community may set other credits."""

    credits: int
    after_s: int = Field(description="Charged so long after the first microphone went on; nothing if it ended before.")


class FormatOut(BaseModel):
    """A kind of session."""

    name: str
    title: str
    description: str
    modalities: list[Modality] = Field(description="What it takes; without `voice` the AI is read, not heard.")
    persona: str = Field(description="Who the AI is where none is named.")
    max_participants: int
    time_limit_s: int | None
    wrap_up: bool = Field(description="The AI asks back once before the session closes.")
    needs_setup: bool
    needs: list[str] = Field(description="Answers that the set-up waits for; any one of them will do.")
    price: PriceOut | None = Field(description="Null: it costs nothing.")
    one_open: bool = Field(description="A person has one such session at a time.")
    listens: bool = Field(description="Microphones are heard.")
    discreet: bool = Field(description="What is said is forgotten at once, but for danger and a wish to stop.")
    remembers: bool = Field(description="Facts are kept from it, unless its person switched memory off.")
    address: Address
    choices: list[ChoiceOut] = Field(description="What is chosen when a session is opened, as variables.")
    length: LengthOut | None = Field(description="Where the time limit is chosen, as the variable `minutes`.")
    listed: bool = Field(description="Everybody of the community may find and join it.")
    coached: bool = Field(description="Has a seat for a human coach.")
    focus: bool = Field(description="Has tasks and a timer.")
    notes: bool = Field(description="A written note is kept with it.")
    ended_by: Role = Field(description="`host`: who opened it alone may end it.")
    defaults: dict[str, bool] = Field(description="Whether `camera` and `microphone` are on when one comes in.")

    @classmethod
    def of(cls, format: Format) -> Self:
        return cls(
            name=format.name,
            title=format.title,
            description=format.description,
            modalities=sorted(format.modalities),
            persona=format.persona,
            max_participants=format.max_participants,
            time_limit_s=format.time_limit_s,
            wrap_up=format.wrap_up,
            needs_setup=format.set_up is not None,
            needs=list(format.needs),
            price=_price(format),
            one_open=format.one_open,
            listens=hears(format),
            discreet=format.discreet,
            remembers=format.remembers,
            address=format.address,
            choices=[ChoiceOut.of(choice) for choice in format.choices],
            length=LengthOut.of(format.length) if format.length is not None else None,
            listed=format.listed,
            coached=format.coached,
            focus=format.focus,
            notes=format.notes,
            ended_by=format.ended_by,
            defaults=dict(format.defaults),
        )


def _price(format: Format) -> PriceOut | None:
    price = format.price
    return PriceOut(credits=price.credits, after_s=price.after_s) if price is not None else None


class FormatsOut(BaseModel):
    """All formats."""

    model_config = shown(
        {
            "items": [
                {
                    "name": "coaching",
                    "title": "Coaching",
                    "description": "One to one with a coach, by text, by audio messages or live by voice.",
                    "modalities": ["audio", "text", "voice"],
                    "persona": "ada",
                    "max_participants": 1,
                    "time_limit_s": 1800,
                    "wrap_up": True,
                    "needs_setup": False,
                    "needs": [],
                    "price": None,
                    "one_open": False,
                    "listens": True,
                    "discreet": False,
                    "remembers": True,
                    "address": "everyone",
                    "choices": [],
                    "length": None,
                    "listed": False,
                    "coached": False,
                    "focus": False,
                    "notes": False,
                    "ended_by": "member",
                    "defaults": {},
                }
            ],
            "next_cursor": None,
        }
    )

    items: list[FormatOut]
    next_cursor: None = None


class PersonaOut(BaseModel):
    """Who the AI can be."""

    id: str
    name: str
    title: str
    language: str
    look: str
    built_in: bool
    version: int | None = Field(description="Of a community's own: the one that new sessions get.")
    wake_phrase: str = Field(description="What calls it where it speaks only when called.")
    time_limit_s: int | None = Field(description="Of a session with it, where the format's is longer.")
    suits: list[str] = Field(description="The formats it is written for; empty: any.")
    variables: list[str] = Field(description="The variables that its instructions and greeting use.")

    @classmethod
    def of(cls, persona: Persona) -> Self:
        used = VARIABLE.findall(f"{persona.instructions} {persona.greeting or ''}")
        return cls(
            id=persona.id,
            name=persona.name,
            title=persona.title,
            language=persona.language,
            look=persona.look,
            built_in=persona.version is None,
            version=persona.version,
            wake_phrase=persona.wake_phrase,
            time_limit_s=persona.time_limit_s,
            suits=list(persona.suits),
            variables=sorted(set(used)),
        )


class PersonasOut(BaseModel):
    """All personas that one may choose."""

    model_config = shown(
        {
            "items": [
                {
                    "id": "ada",
                    "name": "Ada",
                    "title": "AI coach",
                    "language": "en",
                    "look": "warm",
                    "built_in": True,
                    "version": None,
                    "wake_phrase": "hey agent",
                    "time_limit_s": None,
                    "suits": ["coaching"],
                    "variables": [],
                }
            ],
            "next_cursor": None,
        }
    )

    items: list[PersonaOut]
    next_cursor: None = None


class PartOut(BaseModel):
    """A model in use."""

    name: str
    offline: bool = Field(description="Runs on this machine.")
    note: str | None = Field(description="What people should know about it.")


_PART: Final[JsonValue] = {"name": "guide", "offline": True, "note": "No language model is configured."}


class StatusOut(BaseModel):
    """What this server runs with. More fields may be there."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "version": "0.1.0",
                    "mode": "local",
                    "webrtc": True,
                    "language_model": _PART,
                    "speech_to_text": {"name": "pocketsphinx", "offline": True, "note": None},
                    "text_to_speech": {"name": "espeak", "offline": True, "note": None},
                }
            ]
        },
    )

    version: str
    mode: str = Field(description="`local`: no sign-in, this machine only.")
    webrtc: bool = Field(description="Voice by WebRTC is offered; by WebSocket it always is.")
    language_model: PartOut
    speech_to_text: PartOut
    text_to_speech: PartOut
