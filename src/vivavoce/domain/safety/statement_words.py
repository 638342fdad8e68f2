"""What the wordings of danger are made of: parts of regular expressions over plain text (plain.py)."""

from typing import Final

ADV: Final = (
    r"(?:(?:just|really|actually|honestly|still|sometimes|often|also|only|kind of|basically|literally|seriously|truly"
    r"|even"
    r"|now|always|constantly|probably|so|definitely|simply|finally|all of a sudden|today|right now|do|again|honest to"
    r" god"
    r"|once more|badly|desperately|most days|some days) )*"
)
PLACES: Final = "(?:bridge|roof|rooftop|building|balcony|cliff|ledge|tower|window|platform|overpass)"
PILLS: Final = (
    "(?:pills|tablets|painkillers|sleeping pills|paracetamol|tylenol|aspirin|ibuprofen|medication|meds|medicine|xanax"
    "|capsules|antidepressants|opioids|valium|insulin)"
)
RELATION: Final = (
    "(?:husband|wife|boyfriend|girlfriend|partner|dad|father|mom|mum|mother|stepfather|stepdad|step dad|stepmother"
    "|stepmom|brother|sister|uncle|aunt|ex|ex-husband|ex-boyfriend|roommate|flatmate|cousin|grandfather|fiance|parents)"
)
PEOPLE: Final = (
    r"(?:him|her|them all|them(?! (?:a|an|the))|all of them|every one of them|every single one|everyone|someone"
    r"|people"
    rf"|the (?:baby|child|children|kids?)|my (?:\w+ )?(?:{RELATION}|boss|son|daughter|child|children|kids?|baby"
    "|neighbou?r|teacher|classmates?|colleagues?|family|coworkers?|girl|boy|niece|nephew|toddler|patients?|students?|manager|landlord))"
)
THEY: Final = rf"(?:he|she|they|someone|my (?:\w+ )?{RELATION})"
