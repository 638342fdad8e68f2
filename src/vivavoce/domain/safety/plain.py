"""A person's words in the plain form that the signs of danger are written for.

Lower case, contractions opened, hesitations and quotations dropped, ` . ` between sentences and ` , ` between clauses.
Recognised speech has neither case nor punctuation, so no rule may need them.
"""

import re
from functools import lru_cache
from typing import Final

from vivavoce.base.wording import words

MAX_CHARS: Final = 4000  # a longer turn is read by its beginning and its end

_QUOTED: Final = re.compile(r"(?<!\w)[\"“”«»„‘'][^\"“”«»„\n]{1,300}?[\"“”«»”’'](?!\w)")
_TOKEN: Final = re.compile(r"[a-zà-öø-ÿœß0-9]+(?:['-][a-zà-öø-ÿœß0-9]+)*|[.!?\n…]+|[,;:()–—]")
_HESITATIONS: Final = words("um uh uhm umm uhh er erm eh hm hmm mm ah oh äh ähm bah euh este pues")
_WHOLE: Final = {
    "dont": "do not",
    "cant": "can not",
    "can't": "can not",
    "cannot": "can not",
    "wont": "will not",
    "won't": "will not",
    "wouldnt": "would not",
    "couldnt": "could not",
    "isnt": "is not",
    "arent": "are not",
    "didnt": "did not",
    "doesnt": "does not",
    "havent": "have not",
    "im": "i am",
    "let's": "let us",
    "lets": "let us",
    "ive": "i have",
    "id": "i would",
    "ima": "i am going to",
    "imma": "i am going to",
    "hes": "he is",
    "shes": "she is",
    "theyre": "they are",
    "theres": "there is",
    "thats": "that is",
    "its": "it is",
    "whats": "what is",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "have to",
    "tryna": "trying to",
    "kinda": "kind of",
    "anymore": "any more",
    "everybody": "everyone",
    "noone": "nobody",
    "no-one": "nobody",
    "somebody": "someone",
    "self-harm": "self harm",
    "self-harming": "self harm",
    "self-harmed": "self harmed",
    "selfharm": "self harm",
    "goodbyes": "goodbye",
    "unalive": "kill",
    "kms": "kill myself",
    "'cause": "because",
    "cuz": "because",
    "life's": "life is",
}
_ENDINGS: Final = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am", "'s": "is"}
_MISHEARD: Final = (  # how recognisers spell what they half understood
    (re.compile(r"\bkill my self\b"), "kill myself"),
    (re.compile(r"\bhurt my self\b"), "hurt myself"),
    (re.compile(r"\bcut my self\b"), "cut myself"),
    (re.compile(r"\bharm my self\b"), "harm myself"),
    (re.compile(r"\bover dose[d]?\b"), "overdose"),
    (re.compile(r"\boverdosed\b"), "overdose"),
    (re.compile(r"\bsuicid\b"), "suicide"),
    (re.compile(r"\b(?:no one|not anyone)\b"), "nobody"),
    (re.compile(r"\bwan to\b"), "want to"),
    (re.compile(r"\bgoing too\b"), "going to"),
    (re.compile(r"\bany longer\b"), "any more"),
    (re.compile(r"\b(?:can|could) not (?:stop|help|quit|resist)\b"), "keep"),  # no negation: it goes on
    (re.compile(r"\b(?:will|would|can|could|may|might) as well\b"), "will"),
    (re.compile(r"\bone's self\b"), "myself"),
)


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """`text` in plain form, with a ` . ` at both ends."""
    if len(text) > MAX_CHARS:
        text = f"{text[: MAX_CHARS // 2]}\n{text[-MAX_CHARS // 2 :]}"
    lower = text.lower().replace("’", "'").replace("`", "'")
    unquoted = _QUOTED.sub(" ", lower)
    if not re.search(r"[a-zà-ÿ]", unquoted):
        unquoted = lower  # all of it is quoted: then it is meant
    found: list[str] = []
    for token in _TOKEN.findall(unquoted):
        if token not in _HESITATIONS:
            found.extend(_open(token))
    said = " ".join([".", *found, "."])
    for spelled, meant in _MISHEARD:
        said = spelled.sub(meant, said)
    return said


def _open(token: str) -> list[str]:
    if not token[0].isalnum():
        return ["," if token[0] in ",;:()–—" else "."]
    if token in _WHOLE:
        return _WHOLE[token].split()
    for ending, word in _ENDINGS.items():
        if token.endswith(ending) and len(token) > len(ending):
            return [*_open(token.removesuffix(ending)), word]
    return [token]
