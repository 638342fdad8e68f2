"""What somebody says while the crisis protocol is on: are they safe, do they want to go on, do they ask for help? Pure.

When in doubt the rules hear nothing of it: the AI then stays careful, which does no harm.
"""

import re
from dataclasses import dataclass
from typing import Final

from vivavoce.base.wording import late
from vivavoce.domain.safety.plain import plain


@dataclass(frozen=True, slots=True)
class Said:
    """safe: they say that they are safe. on: they want to go on with the session. yes, no: the turn begins with it."""

    safe: bool = False
    on: bool = False
    help: bool = False
    yes: bool = False
    no: bool = False


_VERY: Final = r"(?:(?:really|now|totally|completely|actually|perfectly|quite|all|right now|definitely) )*"
_SAFE: Final = late(
    rf"\bi am {_VERY}(?:safe|fine|okay|ok|all right|alright|out of danger|good now|with (?:my )?\w+ now)\b(?! (?:with"
    r" dying|to die))"
    r"|\bi am not (?:in (?:any )?danger|going to (?:hurt|kill|harm|do anything|do it|cut)|suicidal)|\bi (?:feel|am"
    r" feeling) (?:safe|better)\b"
    r"|\bi (?:did not|do not) (?:really )?mean (?:it|that)\b|\b(?:it|that) was (?:only |just )?(?:a joke|a"
    r" misunderstanding|not meant)"
    r"|\bi was (?:only |just )?(?:joking|kidding)|\bfalse alarm\b|\bi will not (?:do (?:it|anything)|hurt|kill)|\bi"
    r" am not alone (?:now|any more)"
    r"|\b(?:ich bin (?:wieder |jetzt )?(?:in sicherheit|sicher|okay|ok)|mir geht es (?:wieder )?(?:gut|besser)|es war"
    r" (?:nur )?ein (?:scherz|missverständnis))"
    r"|\bestoy (?:a salvo|bien|mejor)\b|\bera una broma\b|\bje suis en sécurité\b|\bje vais (?:bien|mieux)\b"
    r"|\bc'était une blague\b"
)
_ON: Final = late(
    r"\b(?:let us|can we|could we|i want to|i would like to|we can|please|shall we|i am ready to|want to)(?: \w+)?"
    r" (?:go on|continue|keep going|carry on|get back|go back to|move on|talk about (?:my|the|something)|resume"
    r"|proceed|pick up)"
    r"|\b(?:lass uns|ich möchte|können wir)(?: bitte)? (?:weitermachen|weiter machen|fortfahren)|\b(?:sigamos|quiero"
    r" seguir|podemos seguir|continuemos)"
    r"|\b(?:continuons|je veux continuer|on peut continuer|reprenons)\b"
)
_HELP: Final = late(
    r"\b(?:what|which|give me|tell me|repeat|say|is there)(?: \w+){0,5} (?:number|numbers|help line|helpline|hotline"
    r"|line)\b"
    r"|\b(?:who|where|whom) (?:can|could|should|do) i (?:call|talk to|find help|get help|turn)|\b(?:i need|please|get"
    r" me) help\b|\bhelp me\b"
    r"|\bwelche nummer|\bwen kann ich anrufen|\bqué número|\ba quién puedo llamar|\bquel numéro|\bqui puis-je appeler"
)
_YES: Final = late(
    r"^\. (?:, )?(?:yes|yeah|yep|yup|sure|okay|ok|of course|definitely|absolutely|i do|i am|please|ja|sí|si|oui"
    r"|d'accord|klar|claro)\b(?! (?:but|not))"
)
_NO: Final = late(r"^\. (?:, )?(?:no|nope|not really|nah|nein|non|not yet|i am not|i do not)\b")


def read(text: str) -> Said:
    """What the turn says of this."""
    said = plain(text)
    no = _NO.search(said) is not None
    return Said(
        safe=_SAFE.search(said) is not None,
        on=_ON.search(said) is not None
        and not re.search(r"\b(?:not|never) (?:want to |wish to )?(?:go on|continue)", said),
        help=_HELP.search(said) is not None,
        yes=_YES.search(said) is not None and not no,
        no=no,
    )
