"""What is danger when it comes together (see together.py): parts as regular expressions over plain text (plain.py)."""

from dataclasses import dataclass
from typing import Final

from vivavoce.base.wording import LatePattern, late
from vivavoce.domain.safety.kinds import Kind
from vivavoce.domain.safety.statement_words import PILLS, RELATION

_THEM: Final = rf"(?:he|she|my (?:\w+ )?(?:{RELATION}|teacher|trainer|grandpa|neighbou?r)|his|her)"
_CLOSE: Final = rf"(?:he|she|my (?:\w+ )?(?:{RELATION}))"
_CHILD: Final = (
    r"(?:my (?:\w+ )?(?:son|daughter|baby|kids?|child|children|girl|boy|sister|brother)"
    r"|the (?:baby|kids|children|child))"
)
_I_MEAN: Final = (
    r"\bi (?:\w+ ){0,4}?(?:will|going to|about to|want to|wanted to|could|might|plan|planning|tried|decided|ready"
    r"|scared"
    r"|afraid|swear|almost|nearly|keep|urge|tempted)\b"
)
_ON_MYSELF: Final = (
    r"\b(?:kill|killed|drown|drowned|hang|hanged|hung|shoot|poison|gas|suffocate|electrocute|strangle) myself\b"
    r"|\b(?:end|ended|take|took) my (?:own )?life\b|\b(?:jump|jumped|throw myself|leap) (?:from|off|out of|in front of"
    r"|under) (?:the|a|my|our)\b"
)
_FIGURATIVE: Final = (
    r"\blaugh\w*|embarrass\w*|\bif (?:i have to|i hear|he|she|they|one more|this)\b|\bat the gym\b|\bone more\b|\bbored"
    r"|\bmyself (?:over|for|with work|at|trying|working|laughing|off)\b|\bnot (?:going to|want to|suicidal|planning)\b"
    r"|\bnever (?:want|would|wanted)\b|\bparachute|\bbungee|\bpool\b|\bswim|\bdeadline|\bmeeting"
)
_SOON: Final = (
    r"\b(?:tomorrow|tonight|this (?:weekend|week|evening|month)|next week|the night|by (?:then|monday"
    r"|friday)|any more)\b"
)
_GRAVE_MEANS: Final = (
    r"\b(?:rope|noose|gun|pistol|rifle|shotgun|razor blades?|blades?|sleeping (?:pills|tablets)|stash of (?:pills"
    r"|tablets)"
    r"|(?:pills|tablets))\b"
)
_HARM_VERB: Final = (
    r"\bi (?:\w+ ){0,4}?(?:cut|cutting|slice|slicing|sliced|burn|burning|burned|burnt|scratch|scratching|scratched"
    r"|press"
    r"|pressing|pressed|stab|stabbing|prick|pricking|bite|biting|bit|punch|punching|punched|bang|banging|banged|carve"
    r"|carving|hit|hitting)\b"
)
_OWN_BODY: Final = (
    r"\b(?:my (?:\w+ )?(?:skin|arms?|wrists?|thighs?|legs?|knuckles|stomach|veins|forearms?|hands?|head|body)|myself)\b"
)
_ON_PURPOSE: Final = (
    r"\b(?:deserve|punish\w*|every night|at night|when(?:ever)? i (?:get|feel|am)|to feel|nobody (?:knows|sees)"
    r"|secret\w*"
    r"|long sleeves|calms?|relief|release|razor|blade|iron|lighter|cigarette|needle|until (?:it|i|they|my)|on"
    r" purpose|like this)\b"
)
_BY_CHANCE: Final = (
    r"\b(?:accident\w*|shav\w+|oven|stove|cook\w*|kitchen|cat|thorns?|sun|sunburn|tattoo|gym|workout|boxing|bag|fell"
    r"|doctor"
    r"|surgery|football|wax\w*|hair|nails|budget|costs|skiing|skied|bike|ironing|shirt|coffee|tea|slipped)\b"
)
_TAKEN: Final = r"\bi (?:\w+ ){0,4}?(?:took|taken|swallowed|mixed|downed|popped|injected|drank|had)\b"
_MEDICINE: Final = rf"\b(?:{PILLS}|sleeping|benzos|tramadol|codeine|morphine|oxycodone|lithium)\b"
_AMOUNT: Final = (
    r"\b(?:whole|entire|packets?|packs?|boxes|box|bottles?|strips?|blisters?|handfuls?|too many|too much|dozens|all"
    r" (?:of"
    r" (?:my|the|them)|at once)|vodka|alcohol|whiskey|whisky|gin|a lot of|loads of|[1-9]\d+|ten|twelve|fifteen|twenty"
    r"|thirty|forty|fifty|sixty)\b"
)
_FADING: Final = (
    r"\b(?:eyes open|so sleepy|dizzy|fading|passing out|blurry|blurred|vomit\w*|throwing up|shaking|can not (?:stand"
    r"|walk)"
    r"|scared|strange|weird|heart is|numb|falling asleep)\b"
)
_HARMLESS_PILLS: Final = (
    r"\b(?:vitamins?|probiotics?|prescribed|as usual|antibiotics|minutes|hours of|miles|steps|pages|pregnan\w*"
    r"|bought|dentist"
    r"|magnesium|not (?:take|taken|took)|pharmacy|supplements?|dog|cat)\b"
)
_WEAPONS: Final = r"\b(?:hammer|knife|gun|axe|bat|machete|weapon|crowbar|pistol|rifle|belt|cable|stick)\b"
_NO_CRIME: Final = (
    r"\b(?:late|grades?|mess|bill|broke|scratched|forgot|forget|haircut|tattoo|slides|deadline|report|chess|tennis"
    r"|match"
    r"|laughing|laughed|spoil\w*|surprise|meeting|project|release|contract|launch|market|customers?)\b"
)


@dataclass(frozen=True, slots=True)
class Combination:
    kind: Kind
    parts: tuple[LatePattern, ...]
    unless: LatePattern


def together(kind: Kind, *parts: str, unless: str = r"(?!)") -> Combination:
    return Combination(kind, tuple(late(part) for part in parts), late(unless))


COMBINATIONS: Final = (
    # --- suicide ------------------------------------------------------------------------------------
    together(
        Kind.SUICIDE,
        _I_MEAN,
        _ON_MYSELF,
        r"\b(?:really|scared|afraid|serious|mean it|tonight|tomorrow|today|now|last"
        r" night|nights? ago|days? ago|yesterday|this week|hours? ago|again|so bad|nothing|nobody|pain|over)\b",
        unless=_FIGURATIVE,
    ),
    together(
        Kind.SUICIDE,
        r"\b(?:voices?|something (?:inside|in my head)|my head)\b",
        r"\b(?:say|says|said|saying|tells?|telling"
        r"|orders?|ordering|commands?|whispers?|wants?)\b",
        r"\b(?:jump|kill myself|cut myself|die|hang myself|end it|hurt"
        r" myself|end my life)\b",
        unless=r"\bcritic\b|\bnot (?:true|listen)",
    ),
    together(
        Kind.SUICIDE,
        r"\bi (?:\w+ ){0,5}?(?:not|never|no longer)\b.{0,40}\b(?:alive|exist)\b"
        r"|\bi (?:\w+ ){0,5}?not\b.{0,30}\b(?:make|making) it through\b.{0,30}\balive\b",
        rf"{_SOON}|\balive next\b",
        unless=r"\b(?:company|project|battery|plants?|product|team|coffee|business"
        r"|customers?|contract|does not exist|meeting|file|want to die|budget|bug)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\bbefore i (?:do it|go through with it|end it|jump|take them|pull the trigger)(?= [.,]| and| $)",
        r"\b(?:last|goodbye|sorry|talk|talking|hear|tell|alone)\b",
        unless=r"\b(?:stretch|warm|plane|parachute)\w*",
    ),
    together(
        Kind.SUICIDE,
        r"\b(?:sorry|forgive|goodbye)\b",
        r"\bwhat i (?:am (?:about|going) to do|will do|have to do)\b",
        unless=r"\b(?:cake|joke|code|email)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\b(?:months|weeks|days) (?:left|to live)\b|\bterminal\b|\bnever (?:woke|wake) up\b|\bi was dying\b",
        r"\bi would (?:\w+ )?(?:be|feel) (?:\w+ )?(?:relieved|glad|happy|grateful|okay|fine|good|free)\b",
        unless=r"\b(?:contract|project|notice|probation|lease|school)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\bi\b",
        _GRAVE_MEANS,
        r"\b(?:keep|kept) (?:going|looking|staring|thinking|holding|touching|coming back"
        r"|counting|imagining)\b|\b(?:calls|calling) (?:me|to me)\b",
        unless=r"\b(?:climb\w*|prescri\w*|forget\w*|gym|boat|jump rope|skipping|jumping rope)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\b(?:seat ?belt off|sped up|closed my eyes|let go of the (?:steering )?wheel|accelerated|steered)\b",
        r"\b(?:be over|to end|to crash|to die|be dead|did not care if|into (?:a|the) (?:tree|wall|truck|oncoming))\b",
        unless=r"\b(?:roller|ride|flight|landing)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\bi\b",
        r"\b(?:rather not|hopes? (?:that )?i (?:do|will) not|never (?:have|want|wish|need) to|not want"
        r" to)\b.{0,20}\b(?:be alive|wake up|get up"
        r"|exist|breathe)\b",
        r"\b(?:again|ever|operation|surgery|hurts?|any more|too much|in the morning|living)\b",
        unless=r"\b(?:early|alarm|late|monday|job|snooze|o'clock|at (?:five|six|seven)|hungover)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\bend (?:things|it|everything)\b",
        r"\b(?:tonight|tomorrow|once|when|after|this week)\b",
        r"\b(?:made up my mind|decided|i am going to|my plan|i plan|i will|ready)\b",
        unless=r"\b(?:him|her|them|boyfriend|girlfriend|relationship|job|company|contract|call|meeting|talk|speech|project|with)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\b(?:wish|hope|want|pray)\b",
        r"\b(?:someone|he|they|god) (?:would|will|could|to)? ?(?:just |please )?(?:shoot|kill|stab|poison|run over"
        r"|strangle) me\b",
        unless=r"\b(?:embarrass\w*|bored?|boring|meeting|laugh\w*|late|slides)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\b(?:climbed|went|got|was|stood|leaned) over the (?:railing|edge|barrier|parapet)\b",
        r"\b(?:pulled me|talked me|stopped me|last night|yesterday|again|let go|jump)\b",
        unless=r"\b(?:ball|cat|view|photo|fence)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\bi\b",
        r"\b(?:lined up|laid out|lay out|counted out|poured out|emptied)\b",
        rf"\b{PILLS}\b",
        unless=_HARMLESS_PILLS
        + r"|\b(?:packing|trip|week|organi[sz]er|holiday|for (?:my|the) (?:mum|mother|dad|father))\b",
    ),
    together(
        Kind.SUICIDE,
        r"\b(?:would|will) (?:not )?(?:find|discover) (?:me|my body)\b",
        r"\b(?:on \w+day|days? later|too late|body|in the morning|weeks?|hanging|dead|cleaner)\b",
        unless=r"\b(?:interview|recruiter|office|desk|gps|phone|profile|website|hotel|booth|stand)\b",
    ),
    together(
        Kind.SUICIDE,
        r"\bi\b",
        r"\b(?:window|roof|rooftop|balcony|bridge|edge|ledge|cliff|tracks|\w+(?:th|st|nd|rd) floor)\b",
        r"\b(?:one (?:small )?step|just (?:jump|fall|let go|lean)|how (?:easy|far|high)|what if i (?:jump|fell|fall"
        r"|let go))\b",
        unless=r"\b(?:view|photo|paint\w*|diving|climb\w*|hike|hiking|ladder|clean\w*|beautiful|closer|career"
        r"|away from)\b",
    ),
    # --- self-harm ----------------------------------------------------------------------------------
    together(Kind.SELF_HARM, _HARM_VERB, _OWN_BODY, _ON_PURPOSE, unless=_BY_CHANCE),
    together(
        Kind.SELF_HARM,
        r"\bi (?:\w+ ){0,4}?(?:make|made|making) myself (?:bleed|vomit|throw up|sick)\b",
        r"\b(?:night|again|every|after|secret\w*|nobody|deserve|when|to)\b",
        unless=_BY_CHANCE,
    ),
    together(
        Kind.SELF_HARM,
        r"\bi (?:\w+ ){0,4}?(?:hit|hitting|punch|punching|slap|slapping|bang|banging) (?:myself|my (?:own )?head)\b",
        r"\b(?:in the (?:face|head)|mess|hate|deserve|punish\w*|so hard|bruises?|stupid|mistake|every time|until)\b",
        unless=_BY_CHANCE + r"|\bagainst a wall\b",
    ),
    together(
        Kind.SELF_HARM,
        r"\b(?:cut|cutting|burn|burning|scars|blade|did it)\b",
        r"\b(?:my (?:arms?|legs?|thighs?|wrists?|skin)|myself|scars)\b",
        r"\b(?:only thing (?:that )?helps|so numb|to feel (?:something|anything)|last night because|helps me|fresh)\b",
        unless=_BY_CHANCE.replace("cook", "cooked"),
    ),
    # --- something was taken, a body fails ----------------------------------------------------------
    together(
        Kind.OVERDOSE,
        _TAKEN,
        _MEDICINE,
        _AMOUNT,
        rf"{_FADING}|\b(?:just|tonight|this (?:morning|evening|afternoon)|now|ago"
        r"|sleeping|vodka|alcohol|swallowed)\b",
        unless=_HARMLESS_PILLS,
    ),
    together(
        Kind.OVERDOSE,
        r"\b(?:half (?:of )?my (?:body|face)|(?:one|left|right) (?:side|arm)|my (?:face|mouth))\b",
        r"\b(?:numb|tingling|paraly[sz]ed|droop\w*|hanging|weak|can not (?:move|lift|feel))\b",
        r"\b(?:speak|speech|slur\w*|talk|words|see|vision|smile|confused)\b",
        unless=r"\b(?:dentist|filling|botox|nerves|stage)\b",
    ),
    together(
        Kind.OVERDOSE,
        rf"\b(?:{_CLOSE}|{_CHILD}|my (?:friend|grandmother|grandma|grandpa|colleague))\b",
        r"\b(?:stopped breathing|not breathing|lips are blue|turning blue|blue lips|unconscious(?= [.,]| and|$)|limp"
        r"|will not wake up|not waking up|foaming|convuls\w+)\b",
        unless=r"\b(?:phone|laptop|computer|born|scared me)\b",
    ),
    together(
        Kind.OVERDOSE,
        r"\b(?:blood|bleeding)\b",
        r"\b(?:will not stop|does not stop|not stopping|gush\w*|pouring|soaked)\b",
        r"\b(?:my|his|her|me) ?(?:\w+ )?(?:leg|arm|head|hand|neck|wrist|stomach|nose|face|out)?\b",
        unless=r"\b(?:money|budget|customers|metaphor\w*|company|team)\b",
    ),
    together(
        Kind.OVERDOSE,
        r"\b(?:tongue|throat|lips|face|mouth)\b",
        r"\b(?:swell\w*|swollen|closing)\b",
        r"\b(?:breathe|breath|air|allerg\w+|epipen|sting|stung|(?:pea)?nuts?|ate|shellfish|wasp|bee)\b",
        unless=r"\b(?:speech|stage|presentation|nervous)\b",
    ),
    together(
        Kind.OVERDOSE,
        _TAKEN,
        rf"{_MEDICINE}",
        r"\b(?:ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|a hundred|[1-9]\d+)\b(?! (?:mg|milligrams?"
        r"|minutes|hours|days|years|percent))",
        unless=_HARMLESS_PILLS + r"|\b(?:milligrams?|mg|over (?:the|two)|in total|since)\b",
    ),
    together(
        Kind.OVERDOSE,
        r"\b(?:insulin|medication|meds|heart (?:pills|medication)|dialysis|antipsychotics|lithium)\b",
        r"\bi (?:\w+ ){0,3}?(?:not taken|stopped (?:taking|going)|stop taking|skipp\w+|not taking|refuse)\b",
        r"\b(?:on purpose|deliberately|want to die|do not care (?:if|what)|so that (?:it|i)|let it happen)\b",
    ),
    together(
        Kind.OVERDOSE,
        r"\bmy chest\b|\bchest pains?\b|\bmy heart\b.{0,30}\b(?:irregular\w*|racing|pounding|skipping|stops?)\b",
        r"\b(?:pressure|pains?|hurts?|aches?|tight\w*|squeez\w*|heavy|burning|numb)\b",
        r"\b(?:left arm|my (?:arm|jaw|shoulder|back)|cold sweat|sweating|short of breath|spreading|vomit\w*)\b",
        unless=r"\b(?:gym|workout|muscles?|push ups|physio\w*|before (?:a|my|every)|presentation|massage|tension"
        r"|last (?:year|week))\b",
    ),
    together(
        Kind.OVERDOSE,
        r"\b(?:i (?:\w+ ){0,2}?(?:took|swallowed|drank) (?:something|drugs|stuff|poison)|someone put something in"
        r" my drink|drink was spiked)\b",
        r"\b(?:pass(?:ing)? out|dizzy|can not (?:see|stand|move)|do not know what it|shaking|fading|help me|strange"
        r"|blurry)\b",
        unless=_HARMLESS_PILLS + r"|\bfor my (?:headache|cold|back|stomach)\b",
    ),
    # --- harm to others -----------------------------------------------------------------------------
    together(
        Kind.HARM_TO_OTHERS,
        r"\bi (?:\w+ ){0,4}?(?:will|going to|want to|could|might|swear|about to|have to)\b",
        r"\b(?:kill|stab|shoot|strangle|hurt|burn|beat|poison)\b (?:\w+ )?(?:him|her|them|both|everyone|my|his|their)\b"
        r"|\bset (?:his|her|their|the|my) (?:\w+ )?(?:house|car|flat|place|shop|office) on fire\b",
        r"\b(?:gun|knife|weapon|petrol|gasoline|fire|axe|rifle|pistol|machete|poison)\b|\bwhile (?:he|she|they)"
        r" sleeps?\b"
        r"|\bmean it\b",
        unless=rf"{_NO_CRIME}|\b(?:not (?:going|want)|never|paintball|metaphor\w*|barbecue)\b",
    ),
    together(
        Kind.HARM_TO_OTHERS,
        r"\bi (?:\w+ ){0,3}?(?:shook|shake|hit|hurt|squeezed|smothered|slapped|threw|choked)\b",
        rf"\b(?:{_CHILD}|him|her)\b",
        r"\b(?:trust myself|scared of myself|afraid of (?:myself|what i)|lose control|lost"
        r" control|snap(?:ped)?|what i (?:will|might|could) do)\b",
        unless=_NO_CRIME,
    ),
    together(
        Kind.HARM_TO_OTHERS,
        r"\b(?:voices?|something in my head)\b",
        r"\b(?:say|says|tell\w*|order\w*|command\w*|whispers?)\b",
        r"\b(?:hurt|kill|stab|push|burn|choke|smother)\b (?:my|him|her|them|people|someone|the|others|everyone)\b",
    ),
    together(
        Kind.HARM_TO_OTHERS,
        r"\b(?:gun|rifle|pistol|shotgun|machete|axe|bomb|weapon)\b",
        r"\b(?:gets? what (?:he|she|they) deserves?|will (?:all )?(?:pay|be sorry|regret)|teach (?:him|her|them) a"
        r" lesson|last day|get even)\b",
        unless=_NO_CRIME,
    ),
    together(
        Kind.HARM_TO_OTHERS,
        r"\bi (?:\w+ ){0,4}?(?:want to|urge to|about to|going to|could|will)\b",
        r"\b(?:push|shove|hit|hurt|stab|choke|smother|drown|strangle|kill|beat|throw) (?:my \w+|him|her|them|the"
        r" (?:baby|kids|child))\b",
        r"\b(?:(?:scared|afraid|frightened) (?:that )?i (?:will|might|am going)|really do it|until (?:he|she|they)"
        r" (?:stops?|dies?|bleeds?)|can not"
        r" control|down the stairs|drive over there)\b",
        unless=_NO_CRIME,
    ),
    # --- abuse --------------------------------------------------------------------------------------
    together(
        Kind.ABUSE,
        r"\bif i (?:leave|left|go|break up|tell (?:anyone|the police)|report)\b",
        rf"\b{_CLOSE}\b",
        r"\b(?:kill|post (?:my|the)|naked|hurt (?:me|the|my)|burn|find me and|acid|pictures of me)\b",
        unless=_NO_CRIME + r"|\b(?:early|team|party|before)\b",
    ),
    together(
        Kind.ABUSE,
        rf"\b{_CLOSE}\b (?:\w+ ){{0,2}}?(?:burn\w*|cut\w*|stab\w*|whip\w*|bit|bites|biting|spit\w*|scald\w*) me\b",
        r"\b(?:cigarettes?|iron|boiling|knife|get away|can not leave|punish\w*|every|again|scared|afraid)\b",
        unless=_NO_CRIME + r"|\b(?:hair|cake|slice|off|out|short|deal)\b",
    ),
    together(
        Kind.ABUSE,
        rf"\b{_CLOSE}\b",
        r"\b(?:grabbed|grabs|choked|dragged|drags|pulled|pulls|shoved|shoves|pinned|slammed"
        r"|slams|pressed|holds|held|threw|throws|pushed|lifted)\b (?:me|my)\b",
        r"\b(?:by (?:the|my) (?:throat|neck|hair|arms?)|against the (?:wall|door)|to the (?:floor|ground)|down the"
        r" stairs"
        r"|throat|hair|underwater|could not breathe)\b",
        unless=rf"{_NO_CRIME}|\b(?:dance|yoga|judo|wrestling|massage|cut my hair)\b",
    ),
    together(
        Kind.ABUSE,
        rf"\b(?:{_CLOSE}|someone|a man)\b",
        _WEAPONS,
        r"\b(?:me|my door|the door|my window|us)\b",
        r"\b(?:kill|scared|afraid|hurts?|hits?|beats?|threaten\w*|banging|screaming|outside)\b",
        unless=rf"{_NO_CRIME}|\b(?:fix\w*|repair\w*|shelf|carpent\w*|cook\w*|kitchen)\b(?!.*kill)",
    ),
    together(
        Kind.ABUSE,
        r"\b(?:not allowed to (?:leave|go out|see|talk|call|have|work)|will not let me|does not let me|forbids me"
        r"|locks me|locked me)\b",
        rf"\b{_CLOSE}\b",
        r"\b(?:secret\w*|checks|reads|watches|follows|tracks|passport|my phone|hits?"
        r"|afraid|scared|camera|every (?:message|call|step)|quickly|never leave)\b",
        unless=rf"{_NO_CRIME}|\b(?:school|company|office|doctor|visa|quarantine|covid|nda|landlord|homework|grounded|boss)\b",
    ),
    together(
        Kind.ABUSE,
        rf"\b{_THEM}\b",
        r"\b(?:touch(?:es|ed|ing)?|undress\w*|forced|made|makes|rapes?|raped|sex|naked|assault\w*)\b.{0,25}"
        r"\b(?:me|my)\b|\bsex with me\b",
        r"\b(?:alone|at night|cried|said no|did not want|against my will|my bed|my room"
        r"|secret|when my (?:parents|mum|mom|mother))\b",
        unless=rf"{_NO_CRIME}|\b(?:made me (?:laugh|coffee|breakfast|tea|dinner)"
        r"|makes me (?:feel|laugh|happy|think)|shoulder|deeply|heart)\b",
    ),
    together(
        Kind.ABUSE,
        r"\b(?:scared|afraid|terrified|frightened|fear|know|sure)\b",
        rf"\b{_CLOSE}\b",
        r"\b(?:kill|murder|shoot|stab|strangle) (?:me|us|the kids|my \w+)\b",
        unless=rf"{_NO_CRIME}|\b(?:car|phone|vase|cake|jokes?)\b",
    ),
    together(
        Kind.ABUSE,
        rf"\b{_CLOSE}\b",
        r"\b(?:said|says|told|threatened|threatens|swore|promised)\b",
        r"\bnext time\b",
        r"\b(?:kill|not get up|dead|finish me|hospital|not survive|regret it|worse)\b",
        unless=_NO_CRIME,
    ),
    together(
        Kind.ABUSE,
        rf"\b{_CLOSE}\b (?:\w+ ){{0,3}}?(?:hits?|beats?|kicks?|slaps?|punch\w*|burn\w*|whips?|chokes?)\b (?:me|us)\b",
        r"\b(?:cable|belt|stick|bruises?|blood|bleeding|scared|afraid|crying|when i (?:cry|am|talk)|drunk|drinks"
        r"|every (?:day|week)"
        r"|because|grades)\b",
        unless=r"\b(?:chess|tennis|cards|poker|fifa|race|at every|at (?:table|board)|running|swim\w*|ping)\b",
    ),
)
