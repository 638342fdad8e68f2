"""New memories meet known ones: what is the same is refreshed, what contradicts is replaced, the rest is added. Pure.

1. The same thing said again refreshes the known one: its date, and its source.
2. A known one is replaced when the new one answers the same question ("home"), says the opposite of the same thing, is
   named by it as no longer true (`drops`), or tells that the commitment was kept. The newer wins; the older stays in
   the history and leads to it.
3. A memory that only tells that something was done is kept only in place of the commitment it keeps.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from vivavoce.domain.memory.memory import Learnt, Memory, MemoryKind
from vivavoce.domain.memory.wording import alike, core, negative, stems

_SAME: Final = 0.8  # how alike the words of two memories are that say the same
_KEPT: Final = 0.5  # and those of a commitment and of what was done


@dataclass(frozen=True, slots=True)
class Add:
    """Keep it. replaces: the known memories whose place it takes."""

    learnt: Learnt
    replaces: tuple[Memory, ...] = ()


@dataclass(frozen=True, slots=True)
class Refresh:
    """It was said again."""

    known: Memory
    learnt: Learnt


Merge = Add | Refresh


def merge(known: Iterable[Memory], learnt: Learnt) -> Merge | None:
    """What becomes of a new memory, given those that hold today. None: nothing is kept."""
    current = [memory for memory in known if memory.current]
    same = next((memory for memory in current if _same(memory, learnt)), None)
    if same is not None:
        return None if learnt.done else Refresh(same, learnt)
    replaced = tuple(memory for memory in current if _gives_way(memory, learnt))
    if learnt.done and not replaced:
        return None
    return Add(learnt, replaced)


def refreshed(known: Memory, learnt: Learnt) -> Memory:
    """The known memory in the fuller of the two wordings."""
    fuller = learnt.text if len(learnt.text) > len(known.text) else known.text
    return replace(known, text=fuller, about=known.about or learnt.about)


def _same(known: Memory, learnt: Learnt) -> bool:
    if known.kind is not learnt.kind or negative(known.text) is not negative(learnt.text):
        return False
    if known.text.casefold() == learnt.text.casefold():
        return True
    if known.about != learnt.about and known.about and learnt.about:
        return False
    return alike(stems(known.text), stems(learnt.text)) >= _SAME


def _gives_way(known: Memory, learnt: Learnt) -> bool:
    if learnt.replaces == known.id:
        return True
    if learnt.done:
        return known.kind is MemoryKind.COMMITMENT and _keeps(known, learnt)
    if known.about and known.about == learnt.about:
        return True
    if learnt.drops:
        return core(learnt.drops) <= core(known.text) and known.text != learnt.text
    return known.kind is learnt.kind and _opposite(known, learnt)


def _opposite(known: Memory, learnt: Learnt) -> bool:
    if negative(known.text) is negative(learnt.text):
        return False
    one, other = core(known.text), core(learnt.text)
    return one <= other or other <= one


def _keeps(known: Memory, learnt: Learnt) -> bool:
    done, meant = core(learnt.text), core(known.text)
    return alike(done, meant) >= _KEPT or meant <= done
