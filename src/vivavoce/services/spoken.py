"""A reply of the AI as sound, made when it is first asked for and kept."""

from typing import Literal

import numpy as np

from vivavoce.base.ids import ReplyId, SessionId
from vivavoce.domain.errors import MediaNotFound, Unavailable
from vivavoce.domain.people.viewer import Viewer
from vivavoce.engine.ports import ProviderError, Samples
from vivavoce.engine.sentences import speakable, split
from vivavoce.services.container import Services
from vivavoce.services.persona import Persona
from vivavoce.services.stored_log import transcript_from

Kind = Literal["wav", "ogg"]


async def reply_audio(viewer: Viewer, id: SessionId, reply: ReplyId, kind: Kind, *, use: Services) -> bytes:
    """The reply as it was heard, spoken in the persona's voice: WAV or Ogg/Opus.

    Raises SessionNotFound, MediaNotFound for an unknown reply, Unavailable when the voice fails.
    """
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        persona = await use.personas.get(viewer, session.persona)
        transcript = await transcript_from(viewer, session, persona.name, tx)
    entry = next((entry for entry in transcript.entries if entry.id == reply and entry.seat is None), None)
    if entry is None:
        raise MediaNotFound("There is no such reply in this session.")
    key = f"{id}/replies/{reply}.{kind}"
    try:
        return await use.files.get(key)
    except MediaNotFound:
        content = await _spoken(entry.text, persona, kind, use)
        await use.files.put(key, content)
        return content


async def _spoken(text: str, persona: Persona, kind: Kind, use: Services) -> bytes:
    tts = use.models.tts
    pieces: list[Samples] = []
    try:
        for sentence in filter(None, map(speakable, split(text))):
            async with tts.speak(sentence, voice=persona.voice, language=persona.language) as speech:
                pieces.extend([piece.samples async for piece in speech])
    except ProviderError as error:
        raise Unavailable("The voice is not working at the moment. The text is in the transcript.") from error
    samples = np.concatenate(pieces) if pieces else np.zeros(tts.rate_hz // 50, np.int16)
    encode = use.audio.encode_wav if kind == "wav" else use.audio.encode_ogg_opus
    return await encode(samples, tts.rate_hz)
