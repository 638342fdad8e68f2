"""What goes over the wire of reports and of what people say of a session."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from vivavoce.api.http.shapes import PLAIN, Name, Slug, shown
from vivavoce.domain.reports.criteria import Criterion
from vivavoce.domain.sessions.session import EndReason
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind
from vivavoce.services.feedback.give import MAX_TEXT
from vivavoce.services.reports.ports import StoredReport

MAX_CRITERIA: Final = 12
_QUOTE: Final[dict[str, Any]] = {
    "turn": "turn_01k9z0c0v5g2m4q8r1t3w6y9b4",
    "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
    "name": "You",
    "text": "I will talk to Robin on Thursday",
    "start_ms": 845200,
    "why": "A commitment",
}
_SPEAKER: Final[dict[str, Any]] = {
    "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
    "name": "You",
    "turns": 18,
    "words": 742,
    "word_share": 0.61,
    "words_per_turn": 41.2,
    "questions": 2,
    "fillers": 9,
    "fillers_per_100_words": 1.2,
    "spoken_ms": 318000,
    "talk_share": 0.58,
    "words_per_minute": 140.0,
    "longest_monologue_ms": 48200,
    "response_gap_ms": 1240,
}
_REPORT: Final[dict[str, Any]] = {
    "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "status": "ready",
    "at": "2026-03-02T09:20:31Z",
    "version": 1,
    "error": None,
    "title": "Ask for the promotion",
    "format": "coaching",
    "format_title": "Coaching",
    "persona": "Ada",
    "end_reason": "wrapped_up",
    "duration_s": 1221,
    "message_count": 18,
    "written_by": "rules",
    "limits": ["No language model read this session. ..."],
    "nothing_said": False,
    "summary": "Coaching, 20 minutes, with You (18 turns). What is to follow: “I will talk to Robin on Thursday”.",
    "closing": "You will talk to Robin on Thursday. Goodbye, and good luck.",
    "custom_criteria": False,
    "criteria": [{"id": "commitment", "title": "The next step", "description": "There is a next step with a day."}],
    "overall": 80,
    "scores": [
        {
            "criterion": "commitment",
            "title": "The next step",
            "description": "There is a next step with a day.",
            "value": 80,
            "reason": "In 18 turns 3 sentences speak for it.",
            "quotes": [_QUOTE],
        }
    ],
    "highlights": [_QUOTE],
    "recommendations": [{"text": "Put a day on what you said you will do.", "criterion": "commitment"}],
    "tasks": [
        {
            "text": "I will talk to Robin on Thursday",
            "name": "You",
            "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
            "turn": "turn_01k9z0c0v5g2m4q8r1t3w6y9b4",
            "start_ms": 845200,
            "due": "on Thursday",
            "done": None,
        }
    ],
    "measures": [_SPEAKER],
    "conversation": {
        "speakers": 2,
        "turns": 37,
        "words": 1216,
        "questions": 17,
        "spoken_ms": 548000,
        "interrupted": 1,
        "turn_balance": 0.999,
        "word_balance": 0.965,
        "talk_balance": 0.982,
        "gaps": {
            "count": 36,
            "median_ms": 1180,
            "ninth_tenth_ms": 2900,
            "longest_ms": 6100,
            "up_to_ms": [{"up_to_ms": 500, "count": 4}, {"up_to_ms": None, "count": 1}],
        },
    },
}


class SpeakerOut(BaseModel):
    """What was measured of one speaker. Shares are 0..1; null where nothing was spoken."""

    model_config = ConfigDict(extra="allow")

    seat: str | None = Field(description="Null: the AI.")
    name: str
    turns: int
    words: int
    word_share: float | None = None
    words_per_turn: float | None = None
    questions: int
    fillers: int
    fillers_per_100_words: float | None = None
    spoken_ms: int = Field(description="0 for who only typed.")
    talk_share: float | None = Field(description="Of the time that was spoken.")
    words_per_minute: float | None
    longest_monologue_ms: int | None = Field(description="Spoken until somebody else spoke.")
    response_gap_ms: int | None = Field(description="Median silence before this speaker's start.")


class GapClassOut(BaseModel):
    up_to_ms: int | None = Field(description="Null: longer than all before.")
    count: int


class GapsOut(BaseModel):
    """The silences between one speaker's end and another's start."""

    count: int
    median_ms: int
    ninth_tenth_ms: int = Field(description="Nine in ten were no longer.")
    longest_ms: int
    up_to_ms: list[GapClassOut]


class ConversationOut(BaseModel):
    """What was measured of all together. A balance is 1 where all had the same share, 0 where one had all."""

    speakers: int
    turns: int
    words: int
    questions: int
    spoken_ms: int
    interrupted: int = Field(description="Replies of the AI that were broken off.")
    turn_balance: float | None
    word_balance: float | None
    talk_balance: float | None
    gaps: GapsOut | None


class QuoteOut(BaseModel):
    """What somebody said, word for word: it was found in this turn of the transcript."""

    turn: str
    seat: str | None = Field(description="Null: the AI.")
    name: str
    text: str
    start_ms: int = Field(description="When its first word sounded, since the session became active.")
    why: str = Field(description="What it shows.")


class ScoreOut(BaseModel):
    criterion: str
    title: str
    description: str
    value: int | None = Field(description="0 to 100: from 40 on some, from 70 on much. Null: it cannot be judged.")
    reason: str
    quotes: list[QuoteOut] = Field(description="What it rests on.")


class RecommendationOut(BaseModel):
    text: str
    criterion: str | None = Field(description="The one whose score asks for it, if one does.")


class ReportTaskOut(BaseModel):
    """What somebody said they would do, or declared as a task."""

    text: str
    name: str
    seat: str | None
    turn: str | None = Field(description="Null: it was declared, not said.")
    start_ms: int | None
    due: str | None = Field(description="The words that say when.")
    done: str | None = Field(description="`yes`, `partly`, `no`; null where nothing was reported.")


class CriterionOut(BaseModel):
    id: str
    title: str
    description: str


class ReportOut(BaseModel):
    """What the session showed."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [_REPORT]})

    session: str
    status: str = Field(description="`ready`, or `failed`: then `error` says why, and it can be run again.")
    at: datetime
    version: int = Field(default=1, description="Counts the reports that were written of this session.")
    error: str | None = None
    title: str | None = None
    format: str | None = None
    format_title: str | None = None
    persona: str | None = None
    end_reason: EndReason | None = None
    duration_s: int | None = None
    message_count: int | None = None
    written_by: str | None = Field(default=None, description="`rules`, or the language model that wrote it.")
    limits: list[str] = Field(default=[], description="What this report cannot judge, for people to read.")
    nothing_said: bool = False
    summary: str | None = None
    closing: str | None = Field(default=None, description="What the AI said in closing.")
    custom_criteria: bool = Field(default=False, description="The criteria were given by hand.")
    criteria: list[CriterionOut] = []
    overall: int | None = Field(default=None, description="The mean of the scores there are.")
    scores: list[ScoreOut] = []
    highlights: list[QuoteOut] = Field(default=[], description="In the order in which they were said.")
    recommendations: list[RecommendationOut] = []
    tasks: list[ReportTaskOut] = []
    measures: list[SpeakerOut] = Field(default=[], description="Of each speaker, without any model.")
    conversation: ConversationOut | None = None

    @classmethod
    def of(cls, session: str, report: StoredReport) -> Self:
        own = {"session": session, "status": report.status, "at": report.at, "version": report.version or 1}
        return cls.model_validate({**report.document, **own})


class ReportVersionOut(BaseModel):
    version: int
    status: str
    at: datetime
    written_by: str | None
    custom_criteria: bool
    criteria: list[str] = Field(description="Their titles.")
    overall: int | None

    @classmethod
    def of(cls, report: StoredReport) -> Self:
        whole = ReportOut.of("", report)
        return cls(
            version=whole.version,
            status=whole.status,
            at=whole.at,
            written_by=whole.written_by,
            custom_criteria=whole.custom_criteria,
            criteria=[one.title for one in whole.criteria],
            overall=whole.overall,
        )


class ReportVersionsOut(BaseModel):
    """The reports that were written of a session, newest first, at most 50."""

    model_config = shown(
        {
            "items": [
                {
                    "version": 2,
                    "status": "ready",
                    "at": "2026-03-02T10:01:12Z",
                    "written_by": "rules",
                    "custom_criteria": True,
                    "criteria": ["Courage"],
                    "overall": 68,
                }
            ],
            "next_cursor": None,
        }
    )

    items: list[ReportVersionOut]
    next_cursor: str | None = None


Wording = Annotated[str, StringConstraints(min_length=2, max_length=80, strip_whitespace=True, pattern=PLAIN)]
Told = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True, pattern=PLAIN)]


class CriterionIn(BaseModel):
    """What is to be scored."""

    model_config = ConfigDict(extra="forbid")

    id: Slug = Field(description="Names it in the report.")
    title: Name
    description: Told = Field(description="What a high score means.")
    evidence: list[Wording] = Field(
        default=[],
        max_length=40,
        description="Word groups that speak for it, for where no language model reads: `i will`, `<number> percent`.",
    )

    def criterion(self) -> Criterion:
        return Criterion(self.id, self.title, self.description, tuple(self.evidence))


class ReportIn(BaseModel):
    """How a report is to be written anew."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "criteria": [
                        {
                            "id": "courage",
                            "title": "Courage",
                            "description": "They said what is hard to say.",
                            "evidence": ["i'm afraid", "to be honest", "i never told"],
                        }
                    ]
                }
            ]
        },
    )

    criteria: list[CriterionIn] | None = Field(
        default=None,
        min_length=1,
        max_length=MAX_CRITERIA,
        description="In place of those of the format. Ids must differ.",
    )


# --- feedback ---------------------------------------------------------------------------------------

_GIVEN: Final = {"satisfaction": 4, "text": "I left with a date.", "at": "2026-03-02T09:25:00Z"}
Remark = Annotated[str, StringConstraints(max_length=MAX_TEXT, strip_whitespace=True, pattern=PLAIN)]


class FeedbackIn(BaseModel):
    """How satisfied one is with a session."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"satisfaction": 4, "text": "I left with a date."}]}
    )

    satisfaction: int = Field(ge=1, le=5, description="1: not at all, 5: very.")
    text: Remark = ""


class ReplyFeedbackOut(BaseModel):
    reply: str
    helpful: bool
    text: str
    at: datetime


class FeedbackOut(BaseModel):
    """What one said oneself of a session, and of replies in it. Nobody else of the session sees it."""

    model_config = shown(
        {
            **_GIVEN,
            "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "replies": [
                {
                    "reply": "rep_01k9z0c0v5g2m4q8r1t3w6y9b3",
                    "helpful": True,
                    "text": "",
                    "at": "2026-03-02T09:12:00Z",
                }
            ],
        }
    )

    session: str
    satisfaction: int | None = Field(description="Null: nothing was said yet.")
    text: str
    at: datetime | None
    replies: list[ReplyFeedbackOut]

    @classmethod
    def of(cls, session: str, given: tuple[Feedback, ...]) -> Self:
        whole = next((one for one in given if one.kind is FeedbackKind.SESSION), None)
        return cls(
            session=session,
            satisfaction=whole.value if whole else None,
            text=whole.text if whole else "",
            at=whole.at if whole else None,
            replies=[
                ReplyFeedbackOut(reply=one.subject, helpful=one.value == 1, text=one.text, at=one.at)
                for one in given
                if one.kind is FeedbackKind.REPLY
            ],
        )
