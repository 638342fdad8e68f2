"""A memory told back to the person it is of: "Last time you wanted to call your sister. How did that go?" Pure."""

import re
from typing import Final

from vivavoce.base.wording import late
from vivavoce.domain.memory.memory import Memory

HOW_DID_IT_GO: Final = "How did that go?"
_LONGEST: Final = 14  # words
_PROMISE: Final = late(r"^(?:i will|i'll|i am going to|i'm going to|remind me to) (?:try to )?(.+?)[.!]*$", re.I)
_SWAPPED: Final = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself", "i'm": "you're", "i've": "you've",
    "i'll": "you'll", "i'd": "you'd", "am": "are", "our": "your", "we": "you", "us": "you", "ourselves": "yourselves",
}  # fmt: skip
_WHEN: Final = late(
    r",? (?:(?:by|on|until|before|starting|from|at|for|in|over) )?(?:(?:this|next|the|every) )?"
    r"(?:tomorrow|today|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?<=(?:this|next) )(?:week|month|year|evening|morning|afternoon)|"
    r"(?<=every )(?:day|week|month|evening|morning|afternoon)|(?<=the )(?:weekend|evening|morning|afternoon)|"
    r"(?<=this )weekend|(?<=next )weekend|end of (?:the |next |this )?\w+|now on)"
    r"(?: (?:morning|evening|night|afternoon))?$",
    re.IGNORECASE,
)


def promised(memory: Memory) -> str:
    """What somebody said they will do, as a verb phrase in the second person: "call your sister"; or nothing.

    Without the day: "tomorrow" was another day.
    """
    found = _PROMISE.match(memory.text.replace("’", "'"))
    if found is None:
        return ""
    bare = _WHEN.sub("", found[1])
    if len(bare.split()) > _LONGEST or re.search(r"[?!.;:\"]", bare):
        return ""
    return second_person(bare)


def second_person(text: str) -> str:
    return re.sub(r"[A-Za-z']+", lambda match: _SWAPPED.get(match[0].lower(), match[0]), text)


def asks_back(greeting: str, promise: str) -> str:
    """The greeting with a question for the promise in place of its own."""
    statements = re.findall(r"[^.!?…]+[.!?…]+", greeting)
    kept = "".join(one for one in statements if not one.rstrip().endswith("?")).strip()
    return f"{kept} Last time you wanted to {promise}. {HOW_DID_IT_GO}".strip()
