"""Where in a turn somebody speaks for themselves, now, and means it: the places patterns may look at.

1. What stands in quotation marks is somebody's words told again, and is blanked out, letter for letter, so that
   places in the text stay where they are.
2. A turn falls into sentences; a question is none of them, with or without its mark.
3. Recognised speech has no marks: a sentence also ends where a new one begins by itself ("... i live in bonn and i
   work as a nurse"). What leads up to a statement decides whether it counts: "if", "she said", "in my dream",
   "maybe" before it, and it does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vivavoce.base.wording import any_of, late

_QUOTED: Final = late(r"[\"“”«»„][^\"“”«»„\n]{1,400}[\"“”«»„]|(?<!\w)'[^'\n]{2,200}'(?!\w)")
_SENTENCE: Final = late(r"(?:[^.!?;\n…]|\.(?=\w))+[.!?;\n…]*")
_QUESTION: Final = late(
    r"\s*(?:(?:so|and|but|well|hm+|um+|uh|okay|ok|hey|ada)[, ]+)*"
    + any_of(
        """do i | did i | am i | should i | shall i | can i | could i | would i | will i | may i | have i | was i
        do you | did you | can you | could you | would you | will you | are you | have you
        what | where | when will | when should | when did | when do | why | who | whose | which | how | is it | is that
        what if | don't i | aren't i | isn't it"""
    )
    + r"\b(?! matters| i (?:really |actually |most )?(?:want|need)\b| i(?:'d| would)\b| (?:really |always )?helps)",
    re.IGNORECASE,
)
_ACCEPTS: Final = late(
    r"\s*(?:(?:so|and|yes|yeah|yep|ok|okay|right|alright|sure|good)[,. ]+)*"
    r"(?:i'll|i will|i'm going to) (?:try|do) (?:that|it|this)\b",
    re.IGNORECASE,
)
"""It takes up what was said just before: "I could swim on Mondays. Yeah, I'll do that."""
_UNREAL: Final = late(
    r"\b"
    + any_of(
        r"""if | unless | whether | suppose | supposing | imagine | imagining | pretend | pretending | what if
        in case | as though | as if | let's say | say that | assuming | in (?:my|the|a) (?:dream|story|novel|play|movie)
        i dreamt | i dreamed | my character | the character | the hero | role play | for example | for instance
        (?:would|could|might|used to) (?:say|tell|think|ask) | i wish | only if | not that | it's not that
        not because | it isn't that | it is not that | just kidding | just joking | hypothetically | wonder(?:ing)?
        maybe | perhaps | possibly | not sure | unsure | no idea | doubt | don't think | do not think | don't believe
        never said | didn't say | don't say | can't say | wouldn't say | nobody says | back when | in those days
        years ago | when i was | as a child | as a kid | until"""
    )
    + r"\b",
    re.IGNORECASE,
)
_TOLD: Final = late(
    r"\b"
    + any_of(
        r"""(?i:he|she|they|you|we|people|everybody|everyone|somebody|someone|nobody|it|who|my \w+|the \w+|[A-Z][a-z]+)
        """
    )
    + r"(?:'s| is| was| are| were| has| have| had| always| often| just| keeps?| kept| also| once| then| \w+ed)*\s"
    + any_of(
        r"""says? | said | saying | tells? me | told (?:me|him|her|them|us|you) | telling (?:me|him|her|them)
        thinks? | thought | thinking | believes? | believed | claims? | claimed | asks? | asked | insists? | insisted
        assumes? | assumed | hopes? | hoped | wants? | wanted | suggests? | suggested | feels? | felt | writes | wrote
        is like | was like | goes like | expects? | expected | knows? | knew"""
    )
    + r"\b",
)
_OWN_TOLD: Final = late(
    r"(?<!\bas )\bi(?:'ve| have| had| just| always| often| once| then| also| never)* "
    r"(?:said|told \w+|tell (?:him|her|them|people|everyone|everybody)|thought|promised|swore|claimed|lied|"
    r"wrote|pretended|dreamt|dreamed|believed|wished|hoped|guess|suppose)\b(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
_BREAK: Final = late(
    r"[,:–—]\s*(?:(?:and|but|so|well|anyway|also|because|then|still|now|yes|yeah)\b[, ]*)*$"
    r"|\b(?:and|but|so|because|since|also|well|anyway|plus|though|although|however)\W+$",
    re.IGNORECASE,
)
_CONDITION: Final = late(r"\S (?:if|unless|in case|provided|depending|as soon as)\b", re.IGNORECASE)
_FIND_OUT: Final = late(
    r"\b(?:ask|check|find out|see|figure out|decide|learn|look|test|tell\w*)\b[^,]*$", re.IGNORECASE
)


_REACH: Final = 120  # letters: what leads up to a statement


@dataclass(frozen=True, slots=True)
class Sentence:
    """text: without what was quoted, as long as it was. start: where it begins in the turn."""

    text: str
    start: int


def own_sentences(turn: str) -> Iterator[Sentence]:
    """The statements of a turn. Offsets are those of the turn as it is."""
    found: Sentence | None = None
    for match in _SENTENCE.finditer(unquoted(turn)):
        text = match[0]
        if found is not None and _ACCEPTS.match(text):
            found = Sentence(found.text + text, found.start)
            continue
        if found is not None:
            yield found
        asks = "?" in text[-3:] or _QUESTION.match(text)
        found = None if asks else Sentence(text, match.start())
    if found is not None:
        yield found


def unquoted(turn: str) -> str:
    """The turn with blanks for what stands in quotation marks, and plain apostrophes; as long as it was."""
    plain = turn.replace("’", "'").replace("‘", "'").replace("`", "'")
    return _QUOTED.sub(lambda match: " " * len(match[0]), plain)


def is_own_statement(sentence: str, at: int) -> bool:
    """Whether what stands at `at` is said of the speaker, and now, by what leads up to it."""
    before = sentence[max(0, at - _REACH) : at]
    return not (_UNREAL.search(before) or _OWN_TOLD.search(before) or _hangs_on_others(before))


def has_condition(statement: str) -> bool:
    """Whether something must happen first: "call her if she writes", but not "ask her if she comes"."""
    found = _CONDITION.search(statement)
    return found is not None and _FIND_OUT.search(statement[: found.start() + 1]) is None


def _hangs_on_others(before: str) -> bool:
    """Whether somebody else says it: "she thinks (that) i ..." but not "she said no, and i ..."."""
    told = list(_TOLD.finditer(before))
    if not told:
        return False
    between = before[told[-1].end() :]
    return _BREAK.search(between) is None or len(between.split()) <= 1
