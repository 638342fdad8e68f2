"""What goes over the wire of a session's review: transcript, recordings, report."""

from pydantic import BaseModel, Field

from vivavoce.api.http.shapes import shown


class WordOut(BaseModel):
    text: str
    start_ms: int
    end_ms: int


class EntryOut(BaseModel):
    """A person's turn, or a reply of the AI as it was heard. Word times count from `start_ms`."""

    id: str
    seat: str | None = Field(description="Null: the AI.")
    name: str
    text: str
    start_ms: int = Field(description="Since the session became active.")
    end_ms: int
    words: list[WordOut]
    source: str | None = Field(description="Of a turn: `voice`, `text` or `audio`.")
    kind: str | None = Field(description="Of a reply: why the AI spoke.")
    interrupted: bool
    audio_url: str | None = Field(description="Of a reply: where its sound is.")


class TranscriptOut(BaseModel):
    """What was said."""

    model_config = shown(
        {
            "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "title": "Ask for the promotion",
            "last_seq": 41,
            "entries": [
                {
                    "id": "turn_01k9z0c0v5g2m4q8r1t3w6y9b4",
                    "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
                    "name": "You",
                    "text": "I keep putting it off.",
                    "start_ms": 5200,
                    "end_ms": 6900,
                    "words": [{"text": "I", "start_ms": 0, "end_ms": 120}],
                    "source": "voice",
                    "kind": None,
                    "interrupted": False,
                    "audio_url": None,
                }
            ],
        }
    )

    session: str
    title: str
    last_seq: int = Field(description="The transcript holds the log up to here.")
    entries: list[EntryOut]


class RecordingOut(BaseModel):
    seat: str | None = Field(description="Null: the AI.")
    name: str
    start_ms: int = Field(description="Where it begins, since the session became active.")
    audio_url: str


class RecordingsOut(BaseModel):
    """What was recorded, with the consent of each; oldest first."""

    model_config = shown(
        {
            "items": [
                {
                    "seat": None,
                    "name": "assistant-0.ogg",
                    "start_ms": 0,
                    "audio_url": "/api/sessions/ses_01k9z0c0v5g2m4q8r1t3w6y9b0/recordings/assistant-0.ogg",
                }
            ]
        }
    )

    items: list[RecordingOut]
