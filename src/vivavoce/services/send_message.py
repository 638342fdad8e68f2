"""A conversation turn by turn over HTTP: a message in, the AI's reply out, by the same rules as the live room."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import anyio
import anyio.lowlevel

from vivavoce.base.ids import ReplyId, SessionId, TurnId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Conflict, DomainError, Invalid, Unavailable
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.dialogue import Closing, Command, Dialogue, End, Heard, Record, Said, Say, step
from vivavoce.domain.sessions.events import (
    Event,
    Fact,
    Noticed,
    ReplyEnded,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    Source,
    TurnHeard,
    Word,
)
from vivavoce.domain.sessions.intents import Intent, read_intent
from vivavoce.domain.sessions.lifecycle import Ended
from vivavoce.domain.sessions.session import EndReason, Phase, Seat, Session, WrapUp
from vivavoce.domain.sessions.transcript import Transcript, extend
from vivavoce.engine.ports import ProviderError, ToolUse
from vivavoce.engine.ports import Transcript as Recognised
from vivavoce.engine.sentences import split
from vivavoce.engine.thinking import MAY_CALL_TOOLS, line_of, prompt
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.live_rooms import LiveElsewhere, LiveRoom
from vivavoce.services.moves import move
from vivavoce.services.ports import SYSTEM, Asking, JobKind
from vivavoce.services.room_settings import room_settings, setting
from vivavoce.services.start_session import started
from vivavoce.services.stored_log import kept_up, transcript_from
from vivavoce.services.take_seat import own_seat

MAX_TEXT: Final = 8_000  # characters of a typed message
MAX_AUDIO_S: Final = 300.0
_HOLD_S: Final = 30.0  # how long a node may take for one reply before another may go on
_LIVE_REPLY_S: Final = 60.0
_LOST: Final = "I'm sorry, I could not answer that just now. Please say it once more."


class NothingHeard(Invalid):
    code = "nothing_heard"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn and its answer. reply: None when the AI had nothing to say to it."""

    heard: str
    reply_text: str
    reply: ReplyId | None
    session: Session


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    source: Source
    words: tuple[Word, ...]
    turn: TurnId


@dataclass(slots=True)
class _Outcome:
    """What answering came to: facts to record, in order, and a reason to end."""

    facts: list[Fact] = field(default_factory=list[Fact])
    reply: ReplyId | None = None
    text: str = ""
    end: EndReason | None = None


async def send_text(
    viewer: Viewer, id: SessionId, text: str, *, use: Services, message_id: str | None = None
) -> Exchange:
    """Say `text` and get the answer. A session that is ready starts with it.

    The same `message_id` again gives the same exchange. Raises SessionNotFound, IllegalTransition, Invalid, Conflict.
    """
    if not text.strip():
        raise Invalid("The text is empty: send at least one word.")
    if len(text) > MAX_TEXT:
        raise Invalid(f"The text is too long: at most {MAX_TEXT} characters.")
    return await _exchange(viewer, id, _Message(text.strip(), Source.TEXT, (), _turn_id(id, message_id)), use)


async def send_audio(
    viewer: Viewer, id: SessionId, content: bytes, *, use: Services, message_id: str | None = None
) -> Exchange:
    """Say what an audio file holds and get the answer; as `send_text`.

    Raises also UnsupportedMedia, TooLarge, NothingHeard when no words were understood, Unavailable.
    """
    await _may_talk(viewer, id, use)
    recognised = await _recognised(content, use)
    if not recognised.text:
        raise NothingHeard("No words were understood in this recording. Speak closer to the microphone, or type.")
    message = _Message(recognised.text, Source.AUDIO, recognised.words, _turn_id(id, message_id))
    return await _exchange(viewer, id, message, use)


async def say_goodbye(id: SessionId, reason: EndReason, *, use: Services) -> None:
    """Close an active session that nobody is live in: a goodbye in writing, then the end. Safe to repeat."""
    async with use.message_locks.hold(id):
        async with use.store.reading() as tx:
            session = await tx.sessions.get(SYSTEM, id)
            transcript = await _transcript(SYSTEM, session, use)
        if session.phase is Phase.ACTIVE:
            dialogue, commands = step(transcript.dialogue, Closing(reason))
            outcome = await _carried_out(session, transcript, dialogue, commands, use)
            await _conclude(session, outcome, use)


def _turn_id(id: SessionId, message_id: str | None) -> TurnId:
    if message_id is None:
        return TurnId(new_id("turn"))
    return TurnId("turn_" + hashlib.sha256(f"{id}\0{message_id}".encode()).hexdigest()[:26])


async def _may_talk(viewer: Viewer, id: SessionId, use: Services) -> None:
    """Raises what sending would raise, before the costly work of listening."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
    own_seat(viewer, session, None)


async def _recognised(content: bytes, use: Services) -> Recognised:
    samples = await use.audio.decode(content, max_s=MAX_AUDIO_S)
    try:
        async with use.models.stt.recognise(language="en", on_partial=lambda text: None) as recognition:
            recognition.push(samples)
            return await recognition.finish()
    except ProviderError as error:
        raise Unavailable("The recogniser is not working at the moment: type instead, or try again.") from error


async def _exchange(viewer: Viewer, id: SessionId, message: _Message, use: Services) -> Exchange:
    live = use.rooms.find(id)
    if live is not None and not live.over.is_set():
        return await _in_the_room(viewer, live, message, use)
    async with use.message_locks.hold(id):
        session, transcript = await _heard(viewer, id, message, use)
        answered = _answer_to(message.turn, transcript)
        if answered is not None:
            return Exchange(message.text, answered[1], answered[0], session)
        try:
            intent = await _intent(message.text, session.wrap_up is WrapUp.ASKED, use)
            dialogue, commands = step(transcript.dialogue, Heard(message.turn, intent))
            outcome = await _carried_out(session, transcript, dialogue, commands, use)
        except DomainError:
            await _let_go(id, use)
            raise
        session = await _conclude(session, outcome, use)
        return Exchange(message.text, outcome.text, outcome.reply, session)


async def _heard(viewer: Viewer, id: SessionId, message: _Message, use: Services) -> tuple[Session, Transcript]:
    """Record the turn, unless it is recorded already, and hold the session for the answer."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        seat = own_seat(viewer, session, None)
        format = use.format(session.format)
        session = await started(change, session, format)
        if not await change.tx.leases.take(id, use.node, change.at, _HOLD_S):
            raise LiveElsewhere("This session is live on another node, or being answered there: try again in a moment.")
        transcript = await _read(change, session, use)
        if any(entry.id == message.turn for entry in transcript.entries):
            return session, transcript
        fact = _turn(session, seat, message, change)
        session = kept_up(session, [fact])
        await change.tx.sessions.save(session)
        events = await change.record(id, fact)
        await change.push_back(JobKind.IDLE, id, format.idle_s)
        return session, extend(transcript, events)


async def _intent(text: str, asked: bool, use: Services) -> Intent:
    try:
        return await use.models.intents.stop_intent(text, asked)
    except ProviderError:
        return read_intent(text, asked=asked)


def _turn(session: Session, seat: Seat, message: _Message, change: Change) -> TurnHeard:
    end_ms = _clock_ms(session, change)
    spoken_ms = message.words[-1].end_ms if message.words else 0
    start_ms = max(0, end_ms - spoken_ms)
    return TurnHeard(message.turn, seat.id, seat.name, message.text, message.source, start_ms, end_ms, message.words)


def _clock_ms(session: Session, change: Change) -> int:
    return round((change.at - (session.started_at or change.at)).total_seconds() * 1000)


async def _read(change: Change, session: Session, use: Services) -> Transcript:
    persona = await use.personas.get(SYSTEM, session.persona)
    return await transcript_from(SYSTEM, session, persona.name, change.tx)


async def _transcript(asking: Asking, session: Session, use: Services) -> Transcript:
    persona = await use.personas.get(asking, session.persona)
    async with use.store.reading() as tx:
        return await transcript_from(asking, session, persona.name, tx)


def _answer_to(turn: TurnId, transcript: Transcript) -> tuple[ReplyId, str] | None:
    for entry in transcript.entries:
        if entry.answers == turn and entry.seat is None:
            return ReplyId(entry.id), entry.text
    return None


async def _carried_out(
    session: Session, transcript: Transcript, dialogue: Dialogue, commands: Sequence[Command], use: Services
) -> _Outcome:
    """Do what the dialogue asks for, in writing."""
    outcome = _Outcome()
    waiting = list(commands)
    while waiting:
        match waiting.pop(0):
            case Record(fact):
                outcome.facts.append(fact)
            case Say() as say:
                await _write(session, transcript, say, dialogue, outcome, use=use)
                dialogue, more = step(dialogue, Said(say.kind))
                waiting.extend(more)
            case End(reason):
                outcome.end = reason
    return outcome


async def _write(
    session: Session, transcript: Transcript, say: Say, dialogue: Dialogue, outcome: _Outcome, *, use: Services
) -> None:
    """Have the AI write one reply and add its facts. A model that fails is owned up to in one sentence."""
    text = say.text
    if text is None:
        try:
            text = await _by_model(session, transcript, say, dialogue, outcome, use=use)
        except ProviderError:
            outcome.facts.append(Noticed("provider_lost", text=_LOST))
            text = _LOST
    started_at = session.started_at or use.clock.now()
    at_ms = round((use.clock.now() - started_at).total_seconds() * 1000)
    reply = ReplyId(new_id("rep"))
    outcome.facts.append(ReplyStarted(reply, say.kind, say.answers, at_ms))
    sentences = split(text)
    outcome.facts.extend(ReplySentence(reply, n, sentence, at_ms) for n, sentence in enumerate(sentences))
    outcome.facts.append(ReplyEnded(reply, ReplyStatus.FINISHED, text, "", at_ms))
    outcome.reply, outcome.text = reply, f"{outcome.text} {text}".strip()


async def _by_model(
    session: Session, transcript: Transcript, say: Say, dialogue: Dialogue, outcome: _Outcome, *, use: Services
) -> str:
    persona = await use.personas.get(SYSTEM, session.persona)
    settings = room_settings(session, use.format(session.format), persona)
    history = [line_of(entry) for entry in transcript.entries]
    names = [seat.name for seat in session.seats]
    asked = prompt(setting(settings), history, say.kind, names=names, closing=dialogue.closing)
    if say.kind in MAY_CALL_TOOLS:
        asked = replace(asked, tools=ToolUse((), anyio.lowlevel.checkpoint, outcome.facts.append))
    async with use.models.llm.reply(asked) as words:
        text = "".join([piece async for piece in words]).strip()
    if not text:
        raise ProviderError("the model wrote nothing")
    return text


async def _conclude(session: Session, outcome: _Outcome, use: Services) -> Session:
    """Store the answer and, if it is time, the end. Raises Conflict if another node went on meanwhile."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, session.id)
        if not await change.tx.leases.take(session.id, use.node, change.at, _HOLD_S):
            raise Conflict("Another node answered this session meanwhile: read its events.")
        if session.phase is not Phase.ACTIVE:
            await change.tx.leases.release(session.id, use.node)
            return session
        session = kept_up(session, outcome.facts)
        await change.tx.sessions.save(session)
        await change.record_all(session.id, outcome.facts)
        session = change.current(session)
        if outcome.end is not None:
            session = await move(change, session, Ended(change.at, outcome.end))
        await change.tx.leases.release(session.id, use.node)
    return session


async def _let_go(id: SessionId, use: Services) -> None:
    with anyio.CancelScope(shield=True), anyio.move_on_after(2):
        async with use.store.transaction() as tx:
            await tx.leases.release(id, use.node)


async def _in_the_room(viewer: Viewer, live: LiveRoom, message: _Message, use: Services) -> Exchange:
    """Say it in the live room, where the AI answers aloud, and wait until that answer is over."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, live.id)
    seat = own_seat(viewer, session, None)
    async with use.records.bus.listen(live.id, signals=False) as listener:
        await live.room.say(seat.id, message.text, message.source, message.turn, message.words)
        reply: ReplyId | None = None
        said = ""
        with anyio.move_on_after(_LIVE_REPLY_S):
            async for item in listener:
                match item:
                    case Event(fact=ReplyStarted(reply=started, answers=turn)) if turn == message.turn:
                        reply = started
                    case Event(fact=ReplyEnded(reply=over, heard=heard)) if over == reply:
                        said = heard
                        break
                    case _:
                        continue
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, live.id)
    return Exchange(message.text, said, reply, session)
