"""A conversation turn by turn over HTTP: a message in, the AI's reply out, by the same rules as the live room.

The turn is stored before it is answered, and the answer in one transaction with all that follows from it. In between
a lease keeps other nodes from answering too; the same message again finds its turn, and the answer if there is one.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import anyio

from vivavoce.base.ids import SessionId, TurnId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Conflict, DomainError, IllegalTransition, Invalid, Unavailable
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.safety.help_lines import Help
from vivavoce.domain.sessions.crisis import crisis_after
from vivavoce.domain.sessions.dialogue import Closing, Heard, step
from vivavoce.domain.sessions.events import Fact, Source, TurnHeard
from vivavoce.domain.sessions.intents import Intent, read_intent
from vivavoce.domain.sessions.lifecycle import OVER, Ended
from vivavoce.domain.sessions.session import EndReason, Phase, Seat, Session, WrapUp
from vivavoce.domain.sessions.transcript import Transcript, extend
from vivavoce.engine.ports import ProviderError
from vivavoce.engine.ports import Transcript as Recognised
from vivavoce.engine.turns.address import CALLED_FOR_MS, is_addressed, only_calls
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.exchange import Exchange, Message, NothingHeard, answer_to
from vivavoce.services.format import Modality
from vivavoce.services.live_rooms import LiveElsewhere
from vivavoce.services.modalities import modality_of, require_modality
from vivavoce.services.money.charging import first_words
from vivavoce.services.moves import move
from vivavoce.services.persona import Persona
from vivavoce.services.ports import SYSTEM, Asking, JobKind, Transaction
from vivavoce.services.room_settings import wake_names
from vivavoce.services.safety.notice import notice
from vivavoce.services.safety.unanswered import look_at_unanswered, weigh_unanswered
from vivavoce.services.safety.writing import danger_in, needs_care
from vivavoce.services.say_in_room import say_in_room
from vivavoce.services.start_session import started
from vivavoce.services.stored_log import kept_up
from vivavoce.services.take_seat import own_seat, speak_up
from vivavoce.services.written_reply import Outcome, carry_out

MAX_TEXT: Final = 8_000  # characters of a typed message
MAX_AUDIO_S: Final = 300.0
_HOLD_S: Final = 30.0  # how long a node may take for one reply before another may go on


async def send_text(
    viewer: Viewer, id: SessionId, text: str, *, use: Services, message_id: str | None = None
) -> Exchange:
    """Say `text` and get the answer. A session that is ready starts with it.

    The same `message_id` again gives the same exchange. Raises SessionNotFound, IllegalTransition, Invalid, Conflict,
    ModalityNotOffered where the format takes no text.
    """
    if not text.strip():
        raise Invalid("The text is empty: send at least one word.")
    if len(text) > MAX_TEXT:
        raise Invalid(f"The text is too long: at most {MAX_TEXT} characters.")
    return await say(viewer, id, Message(text.strip(), Source.TEXT, (), _turn_id(id, message_id)), use=use)


async def send_audio(
    viewer: Viewer, id: SessionId, content: bytes, *, use: Services, message_id: str | None = None
) -> Exchange:
    """Say what an audio file holds and get the answer; as `send_text`.

    Raises also ModalityNotOffered, UnsupportedMedia, TooLarge, NothingHeard when no words were understood, Unavailable.
    """
    turn = _turn_id(id, message_id)
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        persona, transcript = await _past(viewer, session, tx, use)
    own_seat(viewer, session, None)
    known = _stored(turn, session, transcript)
    if known is not None:
        return known
    if session.phase in OVER:
        raise IllegalTransition(f"A session that is {session.phase} takes no more messages.")
    require_modality(use.format(session.format), Modality.AUDIO)
    recognised = await _recognised(content, persona, use)
    if not recognised.text:
        raise NothingHeard("No words were understood in this recording. Speak closer to the microphone, or type.")
    return await say(viewer, id, Message(recognised.text, Source.AUDIO, recognised.words, turn), use=use)


async def say_goodbye(id: SessionId, reason: EndReason, *, use: Services) -> None:
    """Close an active session that nobody is live in: a goodbye in writing, then the end. Safe to repeat.

    Raises Conflict if somebody is.
    """
    async with use.message_locks.hold(id):
        if use.rooms.find(id) is not None:
            raise LiveElsewhere("The session has become live: its room says goodbye.")
        async with use.store.reading() as tx:
            session = await tx.sessions.get(SYSTEM, id)
            _, transcript = await _past(SYSTEM, session, tx, use)
        if session.phase is Phase.ACTIVE:
            dialogue, commands = step(transcript.dialogue, Closing(reason))
            await _conclude(id, None, transcript, await carry_out(session, transcript, dialogue, commands, use), use)


def _turn_id(id: SessionId, message_id: str | None) -> TurnId:
    if message_id is None:
        return TurnId(new_id("turn"))
    return TurnId("turn_" + hashlib.sha256(f"{id}\0{message_id}".encode()).hexdigest()[:26])


async def _recognised(content: bytes, persona: Persona, use: Services) -> Recognised:
    samples = await use.audio.decode(content, max_s=MAX_AUDIO_S)
    try:
        async with use.models.stt.recognise(language=persona.language, on_partial=lambda text: None) as recognition:
            recognition.push(samples)
            return await recognition.finish()
    except ProviderError as error:
        raise Unavailable("The recogniser is not working at the moment: type instead, or try again.") from error


async def say(viewer: Viewer, id: SessionId, message: Message, *, use: Services) -> Exchange:
    """In the room if there is one here, else in writing. While one is answered in writing no room is opened.

    Raises SessionNotFound, IllegalTransition, Conflict.
    """
    while True:
        live = use.rooms.find(id)
        if live is not None:
            said = await say_in_room(viewer, live, message, use=use)
            if said is not None:
                return said
            continue
        async with use.message_locks.hold(id):
            if use.rooms.find(id) is None:
                return await _in_writing(viewer, id, message, use)


async def _in_writing(viewer: Viewer, id: SessionId, message: Message, use: Services) -> Exchange:
    session, transcript, addressed = await _hear(viewer, id, message, use)
    known = _stored(message.turn, session, transcript)
    if known is not None:
        return known
    if not addressed:
        led = session.led_by is not None
        crisis = await weigh_unanswered(message, session, transcript, use=use) if led else transcript.crisis
        return Exchange(message.text, "", None, session, crisis.help if crisis is not None else None)
    try:
        danger = await danger_in(message, session, transcript, use=use)
        intent = Intent.NONE if danger is not None else await _intent(message.text, session, use)
        heard = Heard(message.turn, intent, danger, message.text)
        dialogue, commands = step(transcript.dialogue, heard)
        outcome = await carry_out(session, transcript, dialogue, commands, use)
        concluded = await _conclude(id, message.turn, transcript, outcome, use)
    except BaseException:  # whoever hung up, too, leaves a session that can be answered at once
        await _let_go(id, use)
        raise
    if concluded is not None:
        if concluded.phase is not Phase.ACTIVE:
            use.transcripts.forget(id)
        return Exchange(message.text, outcome.text, outcome.reply, concluded, _help(transcript, outcome.facts))
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        _, transcript = await _past(viewer, session, tx, use)
    return _stored(message.turn, session, transcript) or Exchange(message.text, "", None, session)


def _stored(turn: TurnId, session: Session, transcript: Transcript) -> Exchange | None:
    """The exchange, if the turn was answered before."""
    answer = answer_to(turn, transcript.entries)
    if answer is None:
        return None
    text = next((entry.text for entry in transcript.entries if entry.id == turn), "")
    return Exchange(text, answer[1], answer[0], session, _help(transcript, ()))


def _help(transcript: Transcript, facts: Sequence[Fact]) -> Help | None:
    """What is to be shown, after these facts too: the help lines, while the crisis protocol is on."""
    crisis = transcript.crisis
    for fact in facts:
        crisis = crisis_after(crisis, fact)
    return crisis.help if crisis is not None else None


async def _hear(viewer: Viewer, id: SessionId, message: Message, use: Services) -> tuple[Session, Transcript, bool]:
    """Record the turn, unless it is recorded already, and hold the session if the AI is to answer."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        seat = own_seat(viewer, session, None)
        persona, transcript = await _past(viewer, session, change.tx, use)
        if answer_to(message.turn, transcript.entries) is not None:
            return session, transcript, True
        format = use.format(session.format)
        require_modality(format, modality_of(message.source), careful=transcript.crisis is not None)
        session, seat = await speak_up(change, await started(change, session, use=use), seat)
        if not await change.tx.leases.take(id, use.node, change.at, _HOLD_S):
            raise LiveElsewhere("This session is live on another node, or being answered there: try again in a moment.")
        addressed = _addressed(session, seat, message.text, transcript, persona, at_ms=session.clock_ms(change.at))
        if format.safety and session.led_by is None:
            addressed = addressed or needs_care(message, seat, transcript)
        if not addressed:
            await change.tx.leases.release(id, use.node)
        if all(entry.id != message.turn for entry in transcript.entries):
            session = await _record(change, session, _turn(session, seat, message, change, addressed))
            if session.led_by is not None:
                await look_at_unanswered(change, session, seat, message, transcript, use=use)
                session = change.current(session)
            await change.push_back(JobKind.IDLE, id, format.idle_s)
            await change.no_timer(JobKind.EMPTY, id)  # who left the room and writes is not away
        return session, extend(transcript, change.recorded.get(id, ())), addressed


def _addressed(
    session: Session, seat: Seat, text: str, transcript: Transcript, persona: Persona, *, at_ms: int
) -> bool:
    """By the format's policy; nobody is answered while a human coach leads."""
    if session.led_by is not None:
        return False
    names, phrase = wake_names(persona), persona.wake_phrase
    before = next((entry for entry in reversed(transcript.entries) if entry.seat == seat.id), None)
    lately = before is not None and at_ms - before.end_ms <= CALLED_FOR_MS
    called = lately and before is not None and only_calls(before.text, names, phrase)
    return is_addressed(session.address, seat.role, text, names, called=called, phrase=phrase)


async def _record(change: Change, session: Session, turn: TurnHeard) -> Session:
    session = kept_up(session, [turn])
    await change.tx.sessions.save(session)
    await change.record(session.id, turn)
    return await first_words(change, change.current(session), [turn])


async def _intent(text: str, session: Session, use: Services) -> Intent:
    format, asked = use.format(session.format), session.wrap_up is WrapUp.ASKED
    if not format.wrap_up:
        return read_intent(text, asked=asked) if format.discreet else Intent.NONE
    try:
        return await use.models.intents.stop_intent(text, asked)
    except ProviderError:
        return read_intent(text, asked=asked)


def _turn(session: Session, seat: Seat, message: Message, change: Change, addressed: bool) -> TurnHeard:
    end_ms = round((change.at - (session.started_at or change.at)).total_seconds() * 1000)
    spoken_ms = message.words[-1].end_ms if message.words else 0
    start_ms = max(0, end_ms - spoken_ms)
    return TurnHeard(
        message.turn, seat.id, seat.name, message.text, message.source, start_ms, end_ms, message.words, addressed
    )


async def _past(asking: Asking, session: Session, tx: Transaction, use: Services) -> tuple[Persona, Transcript]:
    persona = await use.personas.get(asking, session.persona)
    return persona, await use.transcripts.read(asking, session, persona.name, tx)


async def _conclude(
    id: SessionId, turn: TurnId | None, seen: Transcript, outcome: Outcome, use: Services
) -> Session | None:
    """Store the answer and, if it is time, the end. None, and nothing stored: the session ended meanwhile, or the turn
    was answered by another node, which had waited long enough. Raises Conflict while another node is at it."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if not await change.tx.leases.take(id, use.node, change.at, _HOLD_S):
            raise Conflict("Another node answered this session meanwhile: read its events.")
        await change.tx.leases.release(id, use.node)
        if session.phase is not Phase.ACTIVE:
            return None
        if turn is not None and session.last_seq != seen.last_seq:
            now = extend(seen, await change.tx.log.after(SYSTEM, id, seen.last_seq))
            if answer_to(turn, now.entries) is not None:
                return None
        session = kept_up(session, outcome.facts)
        await change.tx.sessions.save(session)
        await change.record_all(id, outcome.facts)
        await notice(change, session, outcome.facts)
        session = change.current(session)
        if outcome.end is not None:
            session = await move(change, session, Ended(change.at, outcome.end))
    return session


async def _let_go(id: SessionId, use: Services) -> None:
    """Give the lease back. If the store does not take it, it runs out."""
    with anyio.CancelScope(shield=True), anyio.move_on_after(2), suppress(DomainError):
        async with use.store.transaction() as tx:
            await tx.leases.release(id, use.node)
