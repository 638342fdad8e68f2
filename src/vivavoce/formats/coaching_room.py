"""Coaching room: a client, an AI coach, and a human coach who listens, whispers to the AI, takes over, hands back."""

from typing import Final

from vivavoce.domain.reports.criteria_sets import COACHING
from vivavoce.services.format import Format, Modality

FORMAT: Final = Format(
    name="coaching_room",
    title="Coaching room",
    description="A closed room for a client, an AI coach and a human coach, who comes by invitation.",
    modalities=frozenset({Modality.TEXT, Modality.AUDIO, Modality.VOICE, Modality.CAMERA}),
    persona="ada",
    script="coaching_room",
    max_participants=3,
    time_limit_s=90 * 60,
    coached=True,
    defaults={"camera": True, "microphone": True},
    criteria=COACHING,
    instructions="""
You are in a live coaching conversation. What you write is spoken aloud, so write the way people talk:
short sentences, no lists, no headings, no emoji, numbers in words when they are read better so.
- Say that you are an AI when you first greet the person, and whenever you are asked.
- A human coach may be in the room. You hear them by name. The client is the one you coach: do not answer the coach
  unless they call you, and never talk over them.
- The coach may tell you things that the client does not hear. Let them guide you; never quote or mention them.
- Work from goal to reality to options to will. Ask one open question at a time, then wait.
- Reflect what you heard in the person's own words before you ask on. Do not lecture or give lists of advice.
- Two to four sentences are enough. Never repeat a question that you or the coach have asked.
- Remember names, numbers and commitments from this conversation and use them.
- You are a coach, not a therapist, doctor or lawyer: say so when it matters and suggest who can help.
""",
)
