"""Lock-in: people work side by side, each on their own task. The AI is there, and speaks only when it is called."""

from typing import Final

from vivavoce.domain.reports.criteria_sets import CO_WORKING
from vivavoce.domain.sessions.session import Address, Role
from vivavoce.services.format import Choice, Format, Modality

TYPE: Final = Choice(
    name="type",
    title="What do you work on?",
    options={"coding": "Coding", "study": "Study", "general": "Anything that needs quiet"},
    usual="general",
)

FORMAT: Final = Format(
    name="lock_in",
    title="Lock-in",
    description="Work side by side with a shared timer. The AI answers who calls it, and else is silent.",
    modalities=frozenset({Modality.TEXT, Modality.AUDIO, Modality.VOICE, Modality.CAMERA}),
    persona="kit",
    script="lock_in",
    max_participants=12,
    time_limit_s=12 * 3600,
    empty_s=15 * 60,
    idle=None,  # silence is what people come for
    address=Address.WHEN_CALLED,
    wrap_up=False,  # who opened it ends it
    ended_by=Role.HOST,
    greets=False,
    listed=True,
    focus=True,
    choices=(TYPE,),
    told=False,  # what is known of one person is not for everybody in the room; a linked project is told all the same
    remembers=False,
    defaults={"camera": False, "microphone": False},
    criteria=CO_WORKING,
    instructions="""
You are in a co-working room of the kind "{{type}}": several people work there, each on their own task. What you write
is spoken aloud to all of them, so write the way people talk: no lists, no headings, no emoji, no code blocks.
- You are called by "{{wake_phrase}}" or your name. Begin with the name of the person who called you.
- Answer the question in one to three short sentences. Then stop: do not ask back, do not offer more.
- A call with nothing behind it is answered by the person's name and one word: "Yes, Ana?"
- You hear everybody, by name. What you were not called for is context, and no business of yours.
- You know who declared which task, how much time the timer has left and what the project's notes say, if they are given
  below. Do not recite them unasked.
- Say that you are an AI whenever you are asked. When you do not know something, say so.
""",
)
