"""What goes over the wire of a message and its answer."""

from pydantic import BaseModel, Field

from vivavoce.api.http.rights_shapes import HelpOut
from vivavoce.api.http.shapes import SESSION_EXAMPLE, SessionOut, shown


class Heard(BaseModel):
    text: str = Field(description="What was typed, or what was understood of the recording.")


class Reply(BaseModel):
    text: str = Field(description="Empty if the AI had nothing to say to it.")
    audio_url: str | None = Field(description="Where its sound is; null without a reply.")


class ExchangeOut(BaseModel):
    """One turn and its answer."""

    model_config = shown(
        {
            "heard": {"text": "I want to ask for a promotion, and I keep putting it off."},
            "reply": {
                "text": "What would be different once you have asked?",
                "audio_url": "/api/sessions/ses_01k9z0c0v5g2m4q8r1t3w6y9b0/audio/rep_01k9z0c0v5g2m4q8r1t3w6y9b3",
            },
            "session": SESSION_EXAMPLE,
            "help": None,
        }
    )

    heard: Heard
    reply: Reply
    session: SessionOut
    help: HelpOut | None = Field(
        description="Where help is to be found, while the crisis protocol is on; also where the AI is silent because a"
        " human coach leads. Show it."
    )
