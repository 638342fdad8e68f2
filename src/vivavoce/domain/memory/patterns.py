"""What is worth keeping of what a person said, by patterns, where no language model reads it.

1. Only statements of the person about themselves count (sentences.py): no question, no negation, no condition, nothing
   told again. The wordings are in pattern_rules.py.
2. Every statement that a wording begins in gives at most one memory for each place it begins at; the longest wins.
3. What is kept is a short sentence in the first person, and the words it came from, letter for letter.

When in doubt nothing is learnt: a wrong memory is worse than none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vivavoce.base.wording import LatePattern, words
from vivavoce.domain.memory.memory import LONGEST_QUOTE, Learnt, MemoryKind, Turn
from vivavoce.domain.memory.pattern_rules import RULES
from vivavoce.domain.memory.pattern_words import ONE_OF, TAIL, TAIL_OF_TASTE, Rule
from vivavoce.domain.memory.sentences import Sentence, has_condition, is_own_statement, own_sentences
from vivavoce.domain.memory.wording import core

_PIECE: Final = 600  # letters, read in about 5 ms
_ENDS: Final = re.compile(r"(?<=[.!?\n])(?=\s)")
_LONGEST_VALUE: Final = 24  # words
_MAY_HAVE_CONDITIONS: Final = frozenset({MemoryKind.GOAL, MemoryKind.COMMITMENT})
_LOOSE_ENDS: Final = words(
    """a an the to and or but of with for in on at by that which who is was if when i my our your their it's very really
    not some as than about into more so because just like will would could can be have been are"""
)
_NO_NAMES: Final = words(
    """the a an it that this not so very just really fine good okay sorry tired here there back later crazy names stupid
    lazy maybe when if on at in tomorrow today is was and or but who what always never after before again about to from
    old gone right wrong mad names now happy sad i he she they we you monday tuesday wednesday thursday friday saturday
    sunday everything nothing""",
)
_EMPTY: Final = words(
    "it that this them him her something someone stuff things there more better one do things anything"
)


_UNFINISHED: Final = re.compile(
    r"""^(?:stop|finish|close|end|go|rest)(?:\ (?:now|here|there|today|it))?$  # what ends this conversation
    |\b(?:why|what|how|where|whom?)(?:\ (?:today|now|next))?$  # "write down why", when more comes or nothing
    |^\w+\ (?:is|was)\b  # "the sentence I want to keep is ..."
    |\bin\ (?:an?|\w+)\ (?:minutes?|moment|seconds?|hour)\b|\bright\ now\b|\bfor\ a\ (?:second|sec|moment|minute)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def learn(turns: Iterable[Turn]) -> list[Learnt]:
    """What these turns of one person tell, in the order in which it was said; each thing once."""
    return each_once(one for turn in turns for one in _of_turn(turn))


def each_once(learnt: Iterable[Learnt]) -> list[Learnt]:
    """Of those that say the same the last, in order."""
    found: dict[str, Learnt] = {}
    for one in learnt:
        found.pop(one.text.casefold(), None)
        found[one.text.casefold()] = one
    return list(found.values())


def pieces(turn: Turn) -> list[Turn]:
    """A long turn in pieces of whole sentences, each quick to read: about `_PIECE` letters where sentences end. Where
    none does for long, as in recognised speech, a piece ends between words."""
    found: list[str] = []
    for sentence in _ENDS.split(turn.text):
        for part in _between_words(sentence):
            if found and len(found[-1]) + len(part) < _PIECE:
                found[-1] += part
            else:
                found.append(part)
    return [Turn(turn.id, text) for text in found]


def _between_words(sentence: str) -> Iterator[str]:
    while len(sentence) > 2 * _PIECE and (cut := sentence.find(" ", _PIECE)) != -1:
        yield sentence[:cut]
        sentence = sentence[cut:]
    yield sentence


def _of_turn(turn: Turn) -> Iterator[Learnt]:
    for sentence in own_sentences(turn.text):
        taken: list[tuple[int, int]] = []
        for rule, match in _matches(sentence):
            if any(start <= match.start() < end for start, end in taken):
                continue
            learnt, end = _read(turn, sentence, rule, match)
            if learnt is not None:
                taken.append((match.start(), end))
                yield learnt


def _matches(sentence: Sentence) -> list[tuple[Rule, re.Match[str]]]:
    """Where wordings begin, in the order of the text; of those that begin together, the rules' order."""
    found = [
        (rule, match)
        for rule in RULES
        for match in _everywhere(rule.pattern, sentence.text)
        if is_own_statement(sentence.text, match.start())
    ]
    return sorted(found, key=lambda pair: pair[1].start())


def _everywhere(pattern: LatePattern, text: str) -> Iterator[re.Match[str]]:
    """Matches also where another one reaches: what they catch is cut short only later."""
    match = pattern.search(text)
    while match is not None:
        yield match
        match = pattern.search(text, match.start() + 1)


def _read(turn: Turn, sentence: Sentence, rule: Rule, match: re.Match[str]) -> tuple[Learnt | None, int]:
    """The memory, and where its words end in the sentence."""
    groups = [group or "" for group in match.groups()]
    last = match.lastindex or 0
    kept = _name(groups[-1]) if rule.people else _value(groups[-1], rule.kind)
    if not kept:
        return None, match.end()
    if rule.kind in _MAY_HAVE_CONDITIONS and has_condition(_up_to_break(groups[-1])):
        return None, match.end()
    end = match.end() if kept == groups[-1] else match.start(last) + len(kept)
    values = [*(_when(group.strip(" ,")) for group in groups[:-1]), kept]
    text = _sentence(rule.text.format(*values))
    begin = sentence.start + match.start()
    quote = turn.text[begin : sentence.start + end][:LONGEST_QUOTE].strip()
    about = _about(rule, values)
    if _says_nothing(rule, kept):
        return None, end
    return Learnt(rule.kind, text, turn.id, quote, about, _dropped(rule, values, kept), rule.done), end


def _up_to_break(raw: str) -> str:
    return re.split(r",? (?:and|but) (?:i|i'm|i'll|my|he|she|they)\b", raw, maxsplit=1, flags=re.IGNORECASE)[0]


def _value(raw: str, kind: MemoryKind) -> str:
    """What was caught, as far as the thought goes. Nothing where no thought is left."""
    tail = TAIL_OF_TASTE if kind is MemoryKind.PREFERENCE else TAIL
    cut = tail.sub("", f" {raw.rstrip(' .,!;:…-')}").strip(" ,.")
    found = cut.split(" ")
    if len(found) > _LONGEST_VALUE:
        found = found[:_LONGEST_VALUE]
    while found and found[-1].lower().strip(",") in _LOOSE_ENDS:
        found.pop()
    return " ".join(found).rstrip(" ,.;:")


def _name(raw: str) -> str:
    first = raw.split(" ", 1)[0]
    return raw if first.lower() not in _NO_NAMES and len(first) > 1 else ""


def _when(said: str) -> str:
    """When something is to be done, as it stands in the middle of a sentence."""
    first = said.split(" ", 1)[0].lower()
    return said if first.endswith("day") and first != "today" else said[:1].lower() + said[1:]


def _says_nothing(rule: Rule, kept: str) -> bool:
    if rule.people:
        return False
    wish = rule.kind in _MAY_HAVE_CONDITIONS and _UNFINISHED.search(kept) is not None
    return wish or set(re.findall(r"\w+", kept.lower())) <= _EMPTY


def _about(rule: Rule, values: list[str]) -> str:
    match rule.about:
        case "taste" | "habit":
            return f"{rule.about}:{' '.join(sorted(core(values[-1])))}"
        case "relative:{0}" if values[0].split(" ")[-1] not in ONE_OF:
            return f"relative:{values[0].split(' ')[-1]}:{values[1]}".lower()
        case about:
            return re.sub(r"(?<=:)(?:older|younger|little|big|new) ", "", about.format(*(v.lower() for v in values)))


def _dropped(rule: Rule, values: list[str], kept: str) -> str:
    if rule.drops:
        return rule.drops.format(*values)
    if rule.kind in {MemoryKind.GOAL, MemoryKind.COMMITMENT}:
        instead = re.search(r"\b(?:instead of|rather than) (.+)", kept, re.IGNORECASE)
        return instead[1] if instead else ""
    return ""


def _sentence(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy[:1].upper() + tidy[1:]
