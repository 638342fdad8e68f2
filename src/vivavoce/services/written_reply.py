"""The AI's replies in writing, where no live room says them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import anyio.lowlevel

from vivavoce.base.ids import ReplyId
from vivavoce.base.new_id import new_id
from vivavoce.domain.safety.is_ai import is_ai_text, says_ai
from vivavoce.domain.sessions.dialogue import Command, Dialogue, End, Record, Said, Say, step
from vivavoce.domain.sessions.events import Fact, Noticed, ReplyEnded, ReplySentence, ReplyStarted, ReplyStatus
from vivavoce.domain.sessions.session import EndReason, Session
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.engine.ports import Prompt, ProviderError, ToolUse
from vivavoce.engine.sentences import split
from vivavoce.engine.thinking import MAY_CALL_TOOLS, Aside, line_of, prompt
from vivavoce.services.briefing import briefing
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM
from vivavoce.services.room_settings import room_settings, setting

_LOST: Final = "I'm sorry, I could not answer that just now. Please say it once more."


@dataclass(slots=True)
class Outcome:
    """What answering came to: facts to record, in order, and a reason to end."""

    facts: list[Fact] = field(default_factory=list[Fact])
    reply: ReplyId | None = None
    text: str = ""
    end: EndReason | None = None


@dataclass(frozen=True, slots=True)
class _Written:
    """model: which language model wrote it; empty: the platform's own sentence."""

    text: str
    model: str = ""


async def carry_out(
    session: Session, transcript: Transcript, dialogue: Dialogue, commands: Sequence[Command], use: Services
) -> Outcome:
    """What it comes to when all that the dialogue asks for is done, in writing. Nothing is stored yet."""
    outcome = Outcome()
    waiting = list(commands)
    while waiting:
        match waiting.pop(0):
            case Record(fact):
                outcome.facts.append(fact)
            case Say() as say:
                written = await _written(session, transcript, say, dialogue, outcome, use=use)
                if outcome.reply is None and all(entry.seat is not None for entry in transcript.entries):
                    written = replace(written, text=await _with_ai_told(session, written.text, use))
                _note(session, say, written, outcome, use)
                dialogue, more = step(dialogue, Said(say.kind))
                waiting.extend(more)
            case End(reason):
                outcome.end = reason
    return outcome


async def _with_ai_told(session: Session, text: str, use: Services) -> str:
    """The first thing the AI writes in a session says that it is an AI."""
    if says_ai(text):
        return text
    persona = await use.personas.get(SYSTEM, session.persona)
    return f"{is_ai_text(persona.language)} {text}"


async def _written(
    session: Session, transcript: Transcript, say: Say, dialogue: Dialogue, outcome: Outcome, *, use: Services
) -> _Written:
    """The reply's words. A model that fails is owned up to in one sentence."""
    if say.text is not None:
        return _Written(say.text)
    llm = use.models_for(await use.personas.get(SYSTEM, session.persona)).llm
    writers = [llm.name]
    try:
        asked = await _prompt(session, transcript, say, dialogue, outcome, use=use)
        asked = replace(asked, written_by=writers.append)
        async with llm.reply(asked) as words:
            text = "".join([piece async for piece in words]).strip()
    except ProviderError:
        text = ""
    if text:
        return _Written(text, writers[-1])
    outcome.facts.append(Noticed("provider_lost", text=_LOST))
    return _Written(_LOST)


async def _prompt(
    session: Session, transcript: Transcript, say: Say, dialogue: Dialogue, outcome: Outcome, *, use: Services
) -> Prompt:
    persona = await use.personas.get(SYSTEM, session.persona)
    format = use.format(session.format)
    async with use.store.reading() as tx:
        told = await briefing(session, format, tx)
    settings = room_settings(session, format, persona, told)
    history = [line_of(entry) for entry in transcript.entries]
    names = [seat.name for seat in session.seats]
    speaker = next((entry.name for entry in transcript.entries if entry.id == say.answers), None)
    aside = Aside(transcript.work, transcript.guidance, session.clock_ms(use.clock.now()))
    asked = prompt(
        setting(settings),
        history,
        say.kind,
        names=names,
        speaker=speaker,
        closing=dialogue.closing,
        left_s=_left_s(session, use),
        aside=aside,
    )
    if say.kind not in MAY_CALL_TOOLS:
        return asked
    return replace(asked, tools=ToolUse((), anyio.lowlevel.checkpoint, outcome.facts.append))


def _left_s(session: Session, use: Services) -> int | None:
    if session.time_limit_s is None:
        return None
    return session.time_limit_s - session.elapsed_s(use.clock.now())


def _note(session: Session, say: Say, written: _Written, outcome: Outcome, use: Services) -> None:
    at_ms, text = session.clock_ms(use.clock.now()), written.text
    reply = ReplyId(new_id("reply"))
    outcome.facts.append(ReplyStarted(reply, say.kind, say.answers, at_ms))
    outcome.facts.extend(ReplySentence(reply, n, sentence, at_ms) for n, sentence in enumerate(split(text)))
    outcome.facts.append(ReplyEnded(reply, ReplyStatus.FINISHED, text, "", at_ms, model=written.model))
    outcome.reply, outcome.text = reply, f"{outcome.text} {text}".strip()
