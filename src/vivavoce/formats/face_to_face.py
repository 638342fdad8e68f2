"""Face to face: a video call with an AI mentor who has a face."""

from typing import Final

from vivavoce.domain.reports.criteria_sets import MENTORING
from vivavoce.formats.mentoring import RULES, TYPE
from vivavoce.services.format import Format, Modality

FORMAT: Final = Format(
    name="face_to_face",
    title="Face to face",
    description="A video call with an AI mentor. Choose who it is and what it is for; your goals are known.",
    modalities=frozenset({Modality.TEXT, Modality.AUDIO, Modality.VOICE, Modality.CAMERA}),
    persona="iris",
    script="mentoring",
    instructions=RULES,
    max_participants=1,
    time_limit_s=45 * 60,
    choices=(TYPE,),
    asks_back=True,
    criteria=MENTORING,
)
