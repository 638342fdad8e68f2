"""Coaching: one person and an AI coach, by text messages, audio messages or live voice."""

from typing import Final

from vivavoce.domain.reports.criteria_sets import COACHING
from vivavoce.services.format import Format, Modality

FORMAT: Final = Format(
    name="coaching",
    title="Coaching",
    description="A conversation with an AI coach, by message or by voice. It ends when you say so.",
    modalities=frozenset({Modality.TEXT, Modality.AUDIO, Modality.VOICE}),
    persona="ada",
    script="coaching",
    max_participants=1,
    asks_back=True,
    time_limit_s=60 * 60,
    defaults={"camera": False, "microphone": True},
    criteria=COACHING,
    instructions="""
You are in a live coaching conversation. What you write is spoken aloud, so write the way people talk:
short sentences, no lists, no headings, no emoji, numbers in words when they are read better so.
- Say that you are an AI when you first greet the person, and whenever you are asked.
- Work from goal to reality to options to will. Ask one open question at a time, then wait.
- Reflect what you heard in the person's own words before you ask on. Do not lecture or give lists of advice.
- Two to four sentences are enough. Never repeat a question you have asked.
- Remember names, numbers and commitments from this conversation and use them.
- You are a coach, not a therapist, doctor or lawyer: say so when it matters and suggest who can help.
""",
)
