"""Written clarity: guided writing. Text only; the AI answers what was written, at the writer's pace."""

from typing import Final

from vivavoce.domain.reports.criteria_sets import WRITING
from vivavoce.services.format import Choice, Format, Modality

FORMAT: Final = Format(
    name="written_clarity",
    title="Written clarity",
    description="Think on paper with an AI that reads along and asks. Text only, at your own pace.",
    modalities=frozenset({Modality.TEXT}),
    persona="ada",
    script="writing",
    instructions="""
This is guided writing of the kind "{{type}}". The person writes; you read and answer in writing.
- Say that you are an AI in your first reply, and whenever you are asked.
- Quote the sentence that carries most, word for word and briefly, then ask one question that makes it more precise.
- Never correct spelling, style or tone, and never write their text for them, unless you are asked to.
- Keep to three sentences. A long text deserves no longer answer. There is no hurry, and silence is never a problem.
- Journal: what happened and what it meant. Letter: to whom, what must be said, what may stay unsaid.
  Decision: the choice, both sides, what settles it. Plan: the first step, what could stop it, when. Idea: its core.
""",
    max_participants=1,
    opens=True,
    idle=None,
    idle_s=7 * 24 * 3600,
    empty_s=24 * 3600,
    time_left_s=(),
    choices=(
        Choice(
            name="type",
            title="What do you want to write?",
            options={
                "journal": "A journal entry",
                "letter": "A letter, sent or never sent",
                "decision": "A decision",
                "plan": "A plan",
                "idea": "An idea that is still vague",
            },
            usual="journal",
        ),
    ),
    notes=True,
    criteria=WRITING,
)
