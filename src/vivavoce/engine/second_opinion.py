"""A language model's opinion on a turn that the crisis rules call a concern, or that holds grave words. It can raise an
alarm, never end one."""

from dataclasses import dataclass
from typing import Final

import anyio

from vivavoce.domain.safety.kinds import Kind
from vivavoce.engine.ports import Extractor, ProviderError

WITHIN_S: Final = 2.5
_INSTRUCTIONS: Final = (
    "You read what one person said in a conversation with an AI coach. Decide whether the person is in danger now or "
    "soon, or puts somebody else in danger: suicide, self-harm, an overdose, harm to others, abuse by somebody. Ways "
    "of speaking, work, stories, other people's words and things long past are no danger. When you are not sure, it "
    "is danger."
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """danger: the person, or somebody through them, is in danger now or soon."""

    danger: bool


async def second_opinion(extractor: Extractor | None, text: str, kind: Kind) -> Kind | None:
    """The kind of danger, if the model sees danger in time. None too where there is no model, or it fails."""
    if extractor is None:
        return None
    try:
        with anyio.move_on_after(WITHIN_S):
            opinion = await extractor.extract(Opinion, instructions=_INSTRUCTIONS, text=text)
            return kind if opinion.danger else None
    except ProviderError:
        pass  # the models' own wrapper reports it; the rules' word stands
    return None
