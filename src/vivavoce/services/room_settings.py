"""How a session's room behaves: its format, its persona and what this session was given."""

from collections.abc import Mapping

from vivavoce.domain.memory.telling import asks_back
from vivavoce.domain.people.persona import VARIABLE
from vivavoce.domain.sessions.session import Address, Session
from vivavoce.engine.room import RoomSettings, setting_of
from vivavoce.engine.thinking import Setting
from vivavoce.engine.turns.endpointing import Endpointing
from vivavoce.services.briefing import Briefing, as_text, facts_of
from vivavoce.services.format import Format
from vivavoce.services.modalities import hears
from vivavoce.services.persona import Persona


def room_settings(
    session: Session, format: Format, persona: Persona, told: Briefing = (), country: str = ""
) -> RoomSettings:
    """Settings for the live room and for a conversation by messages alike. country: of the owner, if it is known."""
    given = {
        "persona_name": persona.name,
        "session_title": session.title,
        "wake_phrase": persona.wake_phrase,
        **session.variables,
    }
    facts = {**given, **facts_of(told)}
    greeting = None if format.opens else persona.greeting
    if greeting and "last_commitment" in facts:
        greeting = asks_back(greeting, facts["last_commitment"])
    rules = filled(f"{persona.instructions.strip()}\n\n{format.instructions.strip()}", given)
    if persona.reply_words is not None:
        rules += f"\n- No reply has more than {persona.reply_words} words."
    return RoomSettings(
        persona_name=persona.name,
        instructions="\n\n".join(part for part in (rules, as_text(told)) if part),
        voice=persona.voice,
        language=persona.language,
        greeting=filled(greeting, given) if greeting else None,
        script=format.script,
        facts=facts,
        address=session.address,
        wake_names=wake_names(persona),
        wake_phrase=persona.wake_phrase,
        by_name=format.address is Address.WHEN_CALLED,
        wrap_up=format.wrap_up,
        opens_silence=format.greets and format.address is Address.NOBODY,
        listens=hears(format),
        discreet=format.discreet,
        idle=format.idle,
        time_limit_s=session.time_limit_s,
        time_left_s=format.time_left_s,
        endpointing=Endpointing(patience=persona.patience),
        interruptible=persona.interruptible,
        safety=format.safety,
        country=country,
    )


def wake_names(persona: Persona) -> tuple[str, ...]:
    """What the AI is called by."""
    return persona.wake_names or (persona.name,)


def setting(settings: RoomSettings) -> Setting:
    """What a model is told of it."""
    return setting_of(settings)


def filled(text: str, variables: Mapping[str, str]) -> str:
    """`text` with each `{{name}}` replaced; unknown ones become empty."""
    return VARIABLE.sub(lambda match: variables.get(match[1], ""), text)
