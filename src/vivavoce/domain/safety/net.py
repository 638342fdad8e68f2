"""A wide net of grave words, for turns in which the rules see nothing. Pure.

It decides nothing: most of what it catches is harmless. Where a language model is configured, the model is asked about
what it caught (engine/second_opinion.py), for no set of rules knows all the ways in which people say such things.
"""

from typing import Final

from vivavoce.base.wording import late
from vivavoce.domain.safety.kinds import Assessment, Kind, Level
from vivavoce.domain.safety.plain import plain

_OF_ONESELF: Final = late(r"\b(?:i|me|my|myself|us|ich|mich|mir|mein\w*|je|j'\w+|me|moi|mon|ma|yo|mi|mí)\b")
_GRAVE: Final = tuple(
    (kind, late(words))
    for kind, words in (
        (
            Kind.OVERDOSE,
            r"\b(?:overdose\w*|(?:whole|entire|all the|all my) (?:pack|packet|box|bottle|strip)|blood (?:will"
            r"|everywhere)|lot of blood|antidepressants"
            r"|swallowed|went numb|gone numb|\w*tabletten|\w*medikamente|dizzy|paracetamol|tylenol|ibuprofen|vodka"
            r"|pills|tablets|painkillers|sleeping pills|insulin|bleach|poison\w*|unconscious|pulse|seizure"
            r"|(?:my|his|her) (?:chest|throat|tongue|lips)|can not breathe|not breathing|bleeding|collapsed|passing"
            r" out|pass out"
            r"|left arm|tabletten|pastillas|médicaments|somnifères|überdosis)\b",
        ),
        (
            Kind.SUICIDE,
            r"\b(?:(?:my|own) (?:own )?life (?:is not|is over|any more)|(?:end|ending|take|taking|ended) my (?:own"
            r" )?life|hang(?:ing|ed)? (?:myself|yourself)|drown\w*"
            r"|jump(?:ing)? (?:from|off|out|in front)|going to jump|balcony|voices|thoughts|seat ?belt|want(?:ed)?"
            r" (?:it|this|everything) to be over|before i do it"
            r"|about to do|to myself|from myself|keep myself safe|live at all|want to live|not be here any more|woke"
            r" up|nothing left|keeping me here|after tonight"
            r"|shoot me|engine on|under the train|into a wall|months left|death|leben|zug|pulsadern|brücke|métro"
            r"|tren|vida|viviendo|en finir|aguanto"
            r"|selbstmord\w*|die|dying|dead|alive|suicid\w*|kill(?:ing|ed)? (?:myself|me)|exist|existing|noose|rope"
            r"|gun|rifle|end (?:it|things"
            r"|everything)|ending (?:it|things|everything)|not wake up|never wake up|never (?:have to )?(?:get|wake)"
            r" up|hopeless"
            r"|worthless|no (?:hope|future|way out)|(?:point|sense|reason) (?:in|of|to) (?:living|live)|a burden"
            r"|without me|disappear"
            r"|find me|last (?:day|night) (?:alive|here)|go on like this|want it (?:all )?to stop|the (?:railing"
            r"|ledge|tracks|bridge|roof)"
            r"|\w+th floor|do it tonight|goodbye letter|funeral|sterben|tot|umbringen|leben nehmen|mourir|morte?"
            r"|tuer|suicider|en finir"
            r"|morir|muert[oa]|matarme|suicidarme|vivir|leben|vivre)\b",
        ),
        (
            Kind.SELF_HARM,
            r"\b(?:cutting again|cut my (?:arms?|legs?|skin)|my skin|until (?:it|i|they) bleeds?|into my arm|head"
            r" against|los brazos|les bras|rasoir|self harm\w*|razors?|blades?|scars|hurt(?:ing)? myself"
            r"|cut(?:ting)? myself|burn(?:ing)? myself|hit(?:ting)? myself|punish"
            r" myself|bleed|cigarettes? on|my (?:wrists?|thighs?|veins)|ritze\w*|scarifi\w*|cortarme)\b",
        ),
        (
            Kind.HARM_TO_OTHERS,
            r"\b(?:bullet|shake (?:him|her|my|the baby)|shook (?:him|her|my)|on fire|trust myself|lose control|snap"
            r"|stab\w*|strangl\w*|shoot (?:him|her|them|my)|kill (?:him|her|them|my)|hurt (?:him|her|my|the (?:baby"
            r"|kids|child))|smother\w*"
            r"|revenge|weapon|knife|what (?:he|she|they) deserves?|push (?:him|her|my \w+) down|set fire|beat him)\b",
        ),
        (
            Kind.ABUSE,
            r"\b(?:(?:he|she|they) made me|said no|not allowed to (?:leave|go)|let me leave|locked the|took my"
            r" (?:phone|keys|passport)|pushed me|throwing|throws|at me and"
            r"|get into my (?:flat|house|room)|break(?:ing)? in|verprügelt|étranglée?|(?:hits?|hitting|beats?"
            r"|beating|slaps?|slapped|kicks?|chokes?|choked|punched|burning|burns|grabbed|slammed) (?:me|my)"
            r"|rape[sd]?|threat\w*"
            r"|touch(?:es|ed|ing) me|forc(?:es|ed|ing) me|violent|stalk\w*|following me|locked me|bruis\w*|(?:scared"
            r"|afraid|terrified) of (?:him|her"
            r"|my \w+)|not safe|hiding|naked|schlägt|geschlagen|frappe|frappée?|pega|golpe\w*)\b",
        ),
    )
)


def caught(text: str) -> Kind | None:
    """Of which kind the grave words in a turn are; None: there are none, or the turn does not speak of its speaker."""
    said = plain(text)
    if _OF_ONESELF.search(said) is None:
        return None
    return next((kind for kind, words in _GRAVE if words.search(said)), None)


def to_weigh(found: Assessment, text: str) -> Kind | None:
    """Of what kind of danger a language model is to be asked about a turn in which the rules `found` this."""
    match found.level:
        case Level.DANGER:
            return None
        case Level.CONCERN:
            return found.kind
        case Level.NONE:
            return caught(text)
