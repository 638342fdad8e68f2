"""Silent reflection: a timed silence. The AI opens and closes it aloud, and says nothing in between.

The silence is nobody's: what is said in it is forgotten at once, and messages are not taken. Two things are heard all
the same, a clear wish to stop and danger. What is kept is the note that the person writes, during it or after.
"""

from typing import Final

from vivavoce.domain.sessions.session import Address
from vivavoce.services.format import Choice, Format, Length, Modality

FORMAT: Final = Format(
    name="silent_reflection",
    title="Silent reflection",
    description="A silence of one to sixty minutes, opened and closed aloud. Your written note is kept.",
    modalities=frozenset({Modality.VOICE}),
    persona="theo",
    script="reflection",
    instructions="""
This is a silent reflection of {{minutes}} minutes on "{{theme}}". You speak twice: once to open it, once to close it.
What you write is spoken aloud: short, calm sentences, no lists, no questions that wait for an answer.
- Opening: say that you are an AI, how long the silence is, that what is said in it is neither kept nor answered unless
  the person asks to stop or is in danger, one thought to rest on, and that you will be silent now.
- Closing: say that the silence is over, invite the person to write a note for themselves, and say goodbye.
Never describe feelings that the person should have, and promise no effect.
""",
    address=Address.NOBODY,
    greets=True,
    steered=False,
    discreet=True,
    wrap_up=False,
    opens=True,
    idle=None,
    time_left_s=(),
    length=Length(usual=10, least=1, most=60, before_s=25),  # so long the opening takes, said slowly
    choices=(
        Choice(
            name="theme",
            title="What do you want to rest on?",
            options={
                "open": "Nothing in particular",
                "the_day": "The day behind me",
                "gratitude": "What I am grateful for",
                "a_question": "A question I carry with me",
                "letting_go": "Something I want to let go of",
            },
            usual="open",
        ),
    ),
    notes=True,
    remembers=False,
)
