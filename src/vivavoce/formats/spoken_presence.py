"""Spoken presence: a conversation with a mentor by voice, without a camera."""

from typing import Final

from vivavoce.domain.reports.criteria_sets import MENTORING
from vivavoce.domain.sessions.session import IdleStages
from vivavoce.formats.mentoring import RULES, TYPE
from vivavoce.services.format import Format, Modality

FORMAT: Final = Format(
    name="spoken_presence",
    title="Spoken presence",
    description="By voice alone with an AI mentor, eyes free: at the desk, on a walk. No camera.",
    modalities=frozenset({Modality.TEXT, Modality.AUDIO, Modality.VOICE}),
    persona="samuel",
    script="mentoring",
    instructions=RULES,
    max_participants=1,
    time_limit_s=45 * 60,
    idle=IdleStages(nudge_s=60, ask_s=120, end_s=200),  # who walks and thinks says nothing for a while
    choices=(TYPE,),
    asks_back=True,
    criteria=MENTORING,
)
