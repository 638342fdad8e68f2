"""What goes over the wire of questions to the AI and its answers."""

from datetime import datetime
from typing import Annotated, Final, Self

from pydantic import BaseModel, Field, JsonValue, StringConstraints

from vivavoce.api.http.shapes import PLAIN, shown
from vivavoce.api.http.together_shapes import taken
from vivavoce.services.exchanges.log import MAX_TEXT, Rated

_EXCHANGE: Final[JsonValue] = {
    "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "reply": "reply_01k9z0c0v5g2m4q8r1t3w6y9b3",
    "turn": "turn_01k9z0c0v5g2m4q8r1t3w6y9b4",
    "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
    "name": "Sam",
    "question": "Hey agent, how much time is left?",
    "answer": "Sam, the timer has about 12 minutes left.",
    "at": "2026-03-02T09:10:00Z",
    "latency_ms": 640,
    "model": "guide",
    "interrupted": False,
    "helpful": True,
    "ratings": {"helpful": 1, "not_helpful": 0},
}


class RatingsOut(BaseModel):
    helpful: int
    not_helpful: int


class ExchangeLogOut(BaseModel):
    """A question to the AI and its answer."""

    model_config = shown(_EXCHANGE)

    session: str
    reply: str
    turn: str
    seat: str
    name: str = Field(description="Who asked.")
    question: str
    answer: str = Field(description="As it was heard.")
    at: datetime = Field(description="When the answer was over.")
    latency_ms: int = Field(description="From the end of the question to the answer's first sentence.")
    model: str = Field(description="Which language model wrote it.")
    interrupted: bool
    helpful: bool | None = Field(description="What you said of it.")
    ratings: RatingsOut = Field(description="What everybody said of it.")

    @classmethod
    def of(cls, rated: Rated) -> Self:
        exchange = rated.exchange
        return cls(
            session=exchange.session,
            reply=exchange.reply,
            turn=exchange.turn,
            seat=exchange.seat,
            name=exchange.name,
            question=exchange.question,
            answer=exchange.answer,
            at=exchange.at,
            latency_ms=exchange.latency_ms,
            model=exchange.model,
            interrupted=exchange.interrupted,
            helpful=rated.mine,
            ratings=RatingsOut(helpful=rated.helpful, not_helpful=rated.not_helpful),
        )


class ExchangeLogPage(BaseModel):
    """Exchanges."""

    model_config = shown({"items": [_EXCHANGE], "next_cursor": None})

    items: list[ExchangeLogOut]
    next_cursor: str | None = Field(description="For `cursor` of the next page; null on the last one.")


class RatingIn(BaseModel):
    """Whether a reply of the AI was helpful."""

    model_config = taken({"helpful": True}, {"helpful": False, "text": "It was about another file."})

    helpful: bool
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT, pattern=PLAIN)] = ""


class RatingOut(BaseModel):
    """What was kept."""

    model_config = shown({"reply": "reply_01k9z0c0v5g2m4q8r1t3w6y9b3", "helpful": True})

    reply: str
    helpful: bool
