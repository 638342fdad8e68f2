"""The second layer: danger that nobody states, but that several turns add up to.

1. Every turn of a person is looked through for signs. A sign belongs to a group (hopelessness, burden, goodbye, means,
   isolation, no way out) and has a weight. A group counts once a turn, with its heaviest sign.
2. Signs that speak of work, games or travel weigh less (`_EVERYDAY`).
3. What was said earlier weighs less with each turn of the same person since (`FADES`); `REACH` turns are looked at.
4. The sum from `CONCERN` on is a concern. From `DANGER` on it is danger, if at least three groups speak, or two of
   which one is goodbye or means. One sign alone is never danger here.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from vivavoce.base.wording import late
from vivavoce.domain.safety.kinds import CALM, Assessment, Kind, Level

REACH: Final = 12
FADES: Final = 0.92
CONCERN: Final = 2.0
DANGER: Final = 4.0

_SIGNS: Final = tuple(
    (group, weight, late(wording))
    for group, weight, wording in (
        ("hopeless", 1.2, r"\b(?:hopeless|no hope|no future|nothing left(?: for me| here for me)?(?= [.,])|do not"
         r" see any hope|lost (?:all"
        r" )?hope|without hope)\b"),
        ("hopeless", 1.2, r"\b(?:can not|do not|could not) (?:see|imagine) (?:a|any|my) future\b"),
        ("hopeless", 1.0, r"\bnothing (?:really )?matters(?: any more| to me)?(?= [.,])|\bnothing will ever (?:change"
        r"|get better)"),
        ("hopeless", 1.0, r"\b(?:never|not going to|will not|never going to)(?: ever)? gets? (?:any )?better\b|\bdo"
         r" not see how (?:this|it"
        r"|anything) (?:gets|will get|could get) better"
         r"|\bnothing (?:helps|works) any more|\beverything is pointless"),
        ("hopeless", 1.0, r"\bno point(?: in (?:anything|living|trying|going on))?(?: any more)?(?= [.,])"),
        ("hopeless", 1.2, r"\bwhat is the point(?: of (?:anything|it all|living|all this))?(?: any more)?(?= [.,]| of"
        r" (?:anything|living|it all)| like)"),
        ("hopeless", 1.0, r"\bhate my life\b|\bmy life is (?:over|meaningless|a mess i can not fix|pointless|empty)"),
        ("hopeless", 1.0, r"\b(?:feels?|is|seems?) (?:so )?(?:pointless|meaningless|empty)\b|\blost the will to live"
        r"|\bno will to live"),
        ("hopeless", 2.0, r"\bdeath would be (?:a relief|better|easier)|\bfeel like dying\b|\bready to (?:die|go for"
        r" good)(?! on)"),
        ("hopeless", 1.2, r"\b(?:not any|any|lost all|little|hardly any|is no|without) (?:more )?hope(?: left| any"
         r" more)?(?= [.,]| for)"),
        ("hopeless", 1.0, r"\bnothing (?:brings me|makes me|gives me) (?:joy|happy|any joy|pleasure|hope)\b|\b(?:do"
         r" not|can not) enjoy"
        r" anything|\blost interest in everything"),
        ("hopeless", 1.2, r"\bfeel(?:s|ing)? (?:like|as if) i am already (?:gone|dead)|\balready dead inside"),
        ("burden", 1.5, r"\bdeserves? (?:someone|people|a \w+) (?:who|that)\b"),
        ("hopeless", 0.8, r"\bevery day (?:is|feels) (?:the same|grey|empty|nothing|a fight|torture)"),
        ("hopeless", 1.5, r"\bno (?:point|sense|reason) (?:in|to|for) (?:living|live|being alive|staying alive)\b"),
        ("goodbye", 2.0, r"\bit is (?:all )?(?:decided|settled)(?= [.,])|\bmy mind is made up\b"),
        ("means", 1.5, r"\b(?:looked|looking|been|stand|stood|window) (?:\w+ ){0,3}?(?:on|from|at) the (?:\w+"
         r" )?(?:\w+th|top|highest) floor"),
        ("means", 2.5, r"\bi (?:have|got) (?:\w+ ){0,2}?(?:pills|tablets) (?:here|with me|at home|ready|left over)\b"),
        ("goodbye", 2.0, r"\bwrote down (?:where|how|what) (?:everything|all|it)|\blist of (?:passwords|accounts|who)"),
        ("goodbye", 1.3, r"\b(?:calm|peaceful|at peace|relieved) (?:now )?(?:, )?for the first time"),
        ("goodbye", 1.0, r"^ ?\. (?:good)?bye(?: \w+)? \.$|\bthis is goodbye\b"),
        ("means", 3.0, r"\bknow where (?:\w+ ){0,4}?(?:keeps?|hides?|has|puts?) (?:his|her|the|their) (?:\w+"
         r" )?(?:gun|rifle|pills|tablets|medication)"
        r"|\bknow where (?:the|his|her) (?:gun|rifle|pills|tablets) (?:is|are)"),
        ("pain", 1.5, r"\bpain (?:never|does not|will not|is not) (?:stop|end|go|ever)\w*"),
        ("hopeless", 0.5, r"\bcan not (?:sleep|eat)\b.{0,20}\bcan not (?:sleep|eat|think|work)"),
        ("burden", 1.5, r"\b(?:i am|i have become|become|being|been|feel like) (?:\w+ ){0,3}?(?:burden|problem"
         r"|weight|nuisance|disappointment"
        r"|shame|embarrassment) (?:for|to|on) (?:my|the|every\w*|all|them|him|her)\b"),
        ("burden", 0.8, r"\b(?:so |deeply )?ashamed of (?:myself|what i|who i|everything)|\bcan not forgive myself"),
        ("burden", 1.8, r"\b(?:nobody|who) would (?:even )?(?:come to|be at|cry at) my funeral|\bat my funeral"),
        ("hopeless", 1.2, r"\b(?:given|giving|give) up on (?:life|everything|myself)"),
        ("burden", 1.5, r"\b(?:i am|being|feel like|such|just|only)(?: just| only| such| like)? a burden\b"),
        ("burden", 2.5, r"\b(?:better(?: off)?|happier|easier(?: for (?:everyone|them|all))?) (?:without me|if i"
        r" (?:was not|were not|disappeared"
         r"|did not exist))\b"),
        ("burden", 2.8, r"\b(?:nobody|not a soul|who) would (?:even )?(?:care|cry|notice|mind)(?: at all)? if i"
        r" (?:died|was dead|were dead|was gone"
         r"|disappeared|killed)"),
        ("hopeless", 0.8, r"\b(?:fail(?:ing|ed)?|failure) at (?:everything|life)\b|\bi am a (?:\w+ )?failure\b"),
        ("hopeless", 2.0, r"\bnothing (?:is |left )?(?:keeping|keeps|holding|holds) me (?:here|alive)(?= [.,])"),
        ("hopeless", 1.0, r"\b(?:numb|dead|empty) inside\b|\bfeel nothing any more|\bstopped caring (?:about|what)"),
        ("burden", 2.5, r"\b(?:relieved|glad|happy|fine|free|lighter|over it)(?: \w+){0,3}? (?:without me|(?:if|when"
         r"|once|as soon"
        r" as) i (?:was not|were not|am not|am gone|was gone|were gone|disappeared|did not exist))"),
        ("burden", 1.8, r"\bdeserves? (?:\w+ ){0,3}?(?:better|someone better|someone else)(?: \w+)? than me\b"
         r"|\bbetter (?:mother"
        r"|father|parent|wife|husband|son|daughter|friend) than me"),
        ("burden", 1.5, r"\b(?:a|the|such a|just a|nothing but a) (?:weight|load|millstone|drain|nuisance"
         r"|disappointment|waste|problem|mistake)"
        r" (?:on|for|to|around) (?:everyone|my|the|them|all|you)|\b(?:drag|dragging|weigh|weighing) (?:everyone"
        r"|them|my \w+) down"),
        ("burden", 1.5, r"\b(?:everyone|they|my \w+|nobody) (?:would|will|could) (?:be able to )?(?:move on|cope"
         r"|manage|get over it|not even"
        r" notice)(?: \w+)*? (?:without me|if i|when i|after i)"),
        ("burden", 1.2, r"\bi (?:\w+ )?(?:ruin|spoil|destroy|only make) (?:everything|things worse|it worse)(?: for)?"),
        ("burden", 1.2, r"\b(?:do|does) not need me(?= [.,])|\bonly cost (?:them|everyone|my family)|\bwaste of"
        r" (?:space|air|oxygen)"),
        ("burden", 1.0, r"\bi am (?:\w+ )?(?:worthless|useless|nothing)(?= [.,]| and| to)|\bi hate myself"),
        ("isolation", 1.5, r"\b(?:nobody|not a soul|who) would (?:even )?(?:miss me|notice(?: if i)?)"),
        ("goodbye", 2.0, r"\b(?:giving|give|given) away (?:\w+ )?(?:my|all my|everything)\b|\bsold everything i"
        r" (?:own|have)"),
        ("goodbye", 2.0, r"\b(?:soon|then|finally) (?:it|nothing) (?:will|would) (?:not )?hurt|\b(?:my|this is the)"
        r" last (?:day|night|evening) (?:on|alive|here)"),
        ("goodbye", 2.5, r"\bdo not think i will be (?:here|around|alive)|\b(?:will|might|may) not be (?:alive|here"
        r" tomorrow|here next)"
         r"|\bmake it through the night"),
        ("goodbye", 2.5, r"\b(?:do|doing|did) it (?:tonight|tomorrow|this weekend)(?= [.,])|\bdo it when (?:everyone"
        r"|they|nobody)"),
        ("goodbye", 1.3, r"\b(?:sold|gave|giving|given) (?:\w+ ){0,3}?my (?:\w+ ){0,3}?(?:away|things|stuff|dog|cat"
        r"|guitar|piano|books|clothes"
         r"|belongings|records|collection|jewell?ery|bike|car|watch|ring)\b"),
        ("goodbye", 2.0, r"\b(?:wrote|writing|written|write) (?:\w+ )?(?:letters?|notes?) to (?:my|all my|each of my"
        r"|everyone)"
         r"(?: \w+)? ?(?:kids|children|family|parents|friends|wife|husband|son|daughter|mother|love)?"),
        ("goodbye", 2.0, r"\bsaid (?:my )?goodbye to (?:everyone|all|my (?:family|parents|kids|friends|mother|dog))"
        r"|\bmy last goodbye"),
        ("goodbye", 2.0, r"\b(?:put|putting|got|getting) (?:all )?my affairs in order|\b(?:made|wrote|finished) my"
        r" (?:last )?will\b"),
        ("goodbye", 2.0, r"\b(?:sorted|sorting|organi[sz]ed|written down|wrote down|arranged|settled|updated|planned"
         r"|prepared|paid for)"
        r" (?:out )?(?:\w+ ){0,3}?(?:will|passwords|funeral|papers|insurance|affairs|grave|obituary)\b"),
        ("goodbye", 2.0, r"\b(?:life insurance|my (?:will|funeral|ashes|grave|savings))\b.{0,40}\b(?:covers?|pays?"
         r"|goes? to|enough|fine"
        r"|taken care|songs?|buried|scattered)"),
        ("goodbye", 1.8, r"\b(?:can not|do not|could not) (?:see|imagine|picture) myself (?:being |getting |living "
         r"|still )*(?:here|around|alive"
        r"|old|at (?:christmas|forty|fifty|thirty|that age)|next year|any more|in (?:five|ten|twenty) years)"),
        ("goodbye", 2.0, r"\btell (?:my|her|him|them|everyone|mum|mom|dad) (?:\w+ ){0,4}?(?:did (?:what|all"
         r"|everything|nothing wrong)|(?:was"
        r"|is) not (?:her|his|their) fault|i (?:am|was) sorry(?= [.,]| for everything| that)|i loved?|i forgive)"),
        ("goodbye", 2.0, r"\b(?:beneficiary|power of attorney|signed (?:the \w+|everything) over)|\bpaid (?:off"
         r"|back) (?:all )?my debts?\b"
        r"|\bso (?:that )?(?:nobody|they do not|no one) (?:\w+ )?(?:has|have) to (?:deal with|worry|pay|clean)"),
        ("goodbye", 1.5, r"\bjust wanted to (?:say thank you|thank you|say goodbye|tell you)|\byou (?:were|have"
         r" been) (?:good|kind) to me"
        r"|\bwanted you to know"),
        ("goodbye", 2.0, r"\b(?:they|he|she|everyone|my \w+) (?:can|could|will|would) (?:finally )?(?:have a"
         r" (?:normal|better|quiet) life|be"
        r" free|live in peace|start again|start over)|\b(?:would|will|can|could) (?:take|raise|look after|adopt"
        r"|have) my (?:son|daughter|kids"
        r"|children|dog|cat|baby)\b"),
        ("goodbye", 2.0, r"\b(?:be over|be done|end) (?:in|within) (?:\w+ )?(?:seconds?|minutes?|a moment|a"
         r" flash)\b|\bbe over (?:quickly|so fast)"),
        ("goodbye", 1.8, r"\bwill not (?:be needing|need) (?:it|them|that|any of (?:it|that|them))(?= [.,])|\bwill"
         r" not matter"
        r" (?:soon|any more|after|by then|tomorrow|next)"),
        ("goodbye", 2.0, r"\b(?:last|one last|final) time (?:i |we |that |to )*(?:see|saw|hug|hugged|talk|hear|visit"
         r"|visited|say|write)"
        r"|\bsay(?:ing)? goodbye (?:to everyone|properly|for good|for ever)"),
        ("goodbye", 1.8, r"\b(?:made|making|at) (?:my )?peace (?:with (?:it|everything|everyone|dying|god|leaving)"
         r"|now)"),
        ("goodbye", 1.5, r"\bfound (?:a (?:new )?home|someone) for (?:my|the) (?:\w+ )?(?:cat|dog|pets?|birds?"
         r"|rabbit|horse|fish)"),
        ("goodbye", 3.0, r"\bwill not be (?:around|here)(?: for)? ?(?:much longer|any more|then|next (?:week|month"
        r"|year)|for (?:that|christmas))"),
        ("goodbye", 3.0, r"\bwill not (?:be needing|need) (?:it|them|that|any of it|my \w+) (?:any more|where i am"
        r" going|after)"),
        ("goodbye", 2.0, r"\b(?:when|after|once) i am gone\b|\bwhere i am going (?:nobody|i will not)|\bremember me\b"),
        ("goodbye", 2.5, r"\b(?:picked|chosen|chose|set|decided on) (?:the|a|my) (?:day|date)\b(?! (?:for|of|with))"),
        ("goodbye", 2.0, r"\bat peace with it\b|\bi have (?:made my decision|decided)(?= [.,])"),
        ("goodbye", 2.0, r"\b(?:it|everything|this) (?:will|is going to) (?:all )?(?:soon )?be over(?: soon| tonight|"
        r" by then| tomorrow)?(?= [.,])"),
        ("goodbye", 2.0, r"\b(?:list|decided|wrote down|note) (?:of )?who (?:gets|should get|will get) (?:what|my)"),
        ("goodbye", 1.5, r"\bdeleted all my (?:accounts|photos|messages|social)|\bcancelled (?:all my|everything)"),
        ("goodbye", 1.5, r"\b(?:told|tell) (?:\w+ ){1,3}?(?:that )?i (?:love|loved) (?:her|him|them)|\b(?:look after"
        r"|take care of) my (?:kids|dog|cat"
         r"|children|plants)(?: \w+)? (?:when|if|after|once)"),
        ("goodbye", 3.0, r"\bafter (?:tonight|today|tomorrow|friday|this weekend) (?:nobody|they|you|everyone|it)"),
        ("goodbye", 2.0, r"\b(?:tonight|tomorrow|on \w+day|this weekend) (?:it|everything) (?:is|will be) over"),
        ("goodbye", 1.5, r"\bthank you for everything\b.{0,20}\bgoodbye\b|\bgoodbye for ?ever\b"),
        ("means", 3.0, r"\b(?:saving|saved|save|stockpiling|hoarding|collecting|collected) (?:up )?(?:\w+"
        r" ){0,2}?(?:pills|tablets|meds|medication)"),
        ("means", 2.5, r"\bi (?:\w+ )?(?:bought|got|borrowed) (?:a|the|some) (?:rope|gun|razor blades?|noose|helium)"),
        ("means", 3.0, r"\bi (?:\w+ )?know (?:exactly )?(?:how|where|when) (?:i|to) (?:would |will |am going to )?do"
        r" it\b"),
        ("means", 3.0, r"\b(?:looking up|looked up|searching|searched|googling|googled|reading about|researching)(?:"
        r" for)? (?:\w+ ){0,2}?"
         r"(?:ways?|methods?|how) (?:to (?:die|kill|end)|of (?:dying|killing|suicide))"),
        ("means", 3.0, r"\bhow many (?:pills|tablets|of them)(?: \w+){0,2} (?:takes?|need|would|enough)|\benough"
        r" (?:pills|tablets) to\b"),
        ("means", 3.0, r"\b(?:bottle of |box of |pack of )?(?:sleeping )?(?:pills|tablets) (?:next to me|in front of"
        r" me|on the table|in my (?:hand|lap|bag))"),
        ("means", 3.0, r"\b(?:planning|planned) (?:it|my death|this) (?:for|since|in detail)"),
        ("means", 2.5, r"\b(?:looking|look|staring|stare|gazing|looked|stared) (?:up |down )?(?:at|over|from|into)"
         r" (?:\w+ ){0,4}?(?:pills|tablets"
        r"|knives|knife|rope|gun|bridge|tracks|razors?|blades?|balcony|edge|ceiling beam|beam)\b"),
        ("means", 2.5, r"\bthink(?:ing)? (?:of|about) (?:\w+ ){0,3}?(?:train tracks|tracks|railway|bridge|pills"
         r"|tablets|rope|gun|roof|cliff|exit"
        r"|balcony)\b"),
        ("means", 2.5, r"\b(?:found|picked|chosen|chose|know) (?:\w+ ){0,2}?(?:tree|spot|place|bridge|beam|building"
         r"|way)"
        r" (?:\w+ ){0,2}?(?:to do it|where i|strong enough|high enough|for it)"),
        ("means", 3.0, r"\b(?:hidden|hid|hiding|stashed|kept|keeping|bought|put away|put aside|have|got) (?:\w+"
         r" ){0,2}?enough (?:pills|tablets"
        r"|medication|insulin)\b|\b(?:hidden|hid|stashed|put aside) (?:\w+ ){0,3}?(?:pills|tablets|razors?|blades?)\b"),
        ("means", 2.0, r"\b(?:sit|sat|sitting|stand|stood|standing|go|going|went|climb|climbed|been) (?:\w+"
         r" ){0,2}?(?:on|onto|up to) the (?:roof"
        r"|rooftop|bridge|ledge|railing|parapet|cliff|tracks)\b"),
        ("means", 2.0, r"\b(?:driving|drive|drove|walk|walking|walked) (?:\w+ ){0,2}?(?:by|past|over|to|across) the"
         r" (?:bridge|tracks|cliff|quarry)"
        r"\b.{0,30}\b(?:every|again|evening|night|alone)|\b(?:every|again)\b.{0,30}\b(?:by|past|to) the (?:bridge"
        r"|tracks|cliff)"),
        ("pain", 1.3, r"\bdo not want (?:to do )?(?:this|it|any of (?:it|this)) any more\b"),
        ("means", 2.0, r"\b(?:counted|counting|count) (?:\w+ ){0,2}?(?:pills|tablets)\b|\b(?:stopped|not) taking my"
         r" (?:meds|medication|insulin"
        r"|heart \w+|pills)\b"),
        ("means", 2.0, r"\b(?:drove|drive|driving|walked|walk|stood|stand|sat|went) (?:\w+ ){0,3}?(?:to|at|on|near"
         r"|by|past) the (?:\w+ )?(?:bridge|cliff"
        r"|tracks|railway|quarry|viaduct|multi-storey)\b.{0,50}\b(?:again|every|night|alone|stood|sat|an hour"
        r"|hours|thought|long time)"),
        ("means", 2.0, r"\bi (?:\w+ )?have a plan(?= [.,])(?! , (?:first|we))"),
        ("means", 2.0, r"\bwent to (?:the|a) (?:bridge|roof|train tracks|cliff)\b.{0,30}\b(?:look down|looked down"
        r"|just to)"),
        ("means", 2.5, r"\b(?:looking|looked|been) at (?:bridges|train tracks|high buildings)"),
        ("isolation", 1.0, r"\b(?:completely|all|so|totally|utterly) alone\b|\bnobody left\b|\bhave nobody\b|\bnobody"
        r" to talk to"),
        ("isolation", 1.0, r"\b(?:do|did) not (?:talk|speak|see|answer|reply)(?: to)? (?:anyone|anybody|my friends"
         r"|people) any more|\bstay(?:ing)? in"
        r" bed all (?:day|week)|\bnot left (?:the house|my (?:flat|room|bed)) (?:for|in|since)"),
        ("isolation", 1.2, r"\bnobody (?:really )?cares(?! about (?!me))|\bnobody loves me|\bnobody wants me"),
        ("isolation", 1.0, r"\bstopped (?:answering|calling|seeing|talking to) (?:my|all|any|every)"),
        ("isolation", 1.0, r"\b(?:pushed|pushing) (?:everyone|all of them) away|\beveryone (?:has )?left me|\bcut off"
        r" (?:everyone|all my friends)"),
        ("trapped", 1.5, r"\bno way out\b|\b(?:can not|do not) see (?:a|any) way out|\bonly (?:one )?way out"),
        ("trapped", 1.5, r"\bi (?:feel|am) (?:\w+ )?trapped\b"),
        ("trapped", 1.2, r"\bcan not (?:take|do|stand|bear) (?:it|this)(?: any more| much longer)"),
        ("hopeless", 1.2, r"\bcan not go on(?: like this| any more)?(?= [.,])"),
        ("trapped", 1.2, r"\b(?:so )?tired of (?:everything|life|living|fighting|it all|being alive|existing)|\bdone"
        r" with (?:life|everything)"),
        ("pain", 2.0, r"\bwant (?:it|it all|everything|all of it|this all)(?: just)? to (?:end|be over|stop)"),
        ("pain", 2.0, r"\bdo not want to (?:hurt|suffer|feel (?:this|anything|like this))(?: like this)?(?: any"
        r" more)?(?= [.,])"),
        ("pain", 2.0, r"\bwant to sleep for ?ever\b|\bi want to end it(?= [.,])|\bwant it (?:finally )?over\b"),
        ("pain", 2.0, r"\bwant the (?:pain|suffering|hurt|voices) to (?:stop|end|go away)|\bmake (?:the pain|it) stop"),
        ("pain", 2.0, r"\bdo not want to (?:be here|live like (?:this|that)) any more(?= [.,])"),
        ("pain", 2.0, r"\b(?:go to|fall a?) ?sleep and (?:not|never) wake"),
    )
)  # fmt: skip
_EVERYDAY: Final = late(
    r"\b(?:projects?|jobs?|works?|team|deadlines?|company|manager|meetings?|code|documentation|feature|budget|quarter"
    r"|trip|travel|flight"
    r"|fly|exam|chess|game|stand-ups?|colleagues?|charity|declutter|customers?|clients?|sprint|software|printer"
    r"|traffic|website"
    r"|season|match|moving|flea market|ebay|thrift|second hand|bug|office|holiday|vacation|managers?|newsletter"
    r"|marketing|price|contract|business|startup|urgent|graduation|birthday|wedding|lawyer|notary|laptop|exams?"
    r"|concert|course|podcast)\b"
)
_LIFE_OR_DEATH: Final = late(r"\b(?:die|dead|death|suicide|my life|living|alive|kill)\b")
_EVERYDAY_WEIGHS: Final = 0.3
_GRAVE: Final = frozenset({"goodbye", "means"})


def added_up(turns: Sequence[str]) -> Assessment:
    """What a person's turns add up to, oldest first, the last one just said; plain text."""
    sums: dict[str, float] = {}
    for age, said in enumerate(reversed(turns[-REACH:])):
        for group, weight in _signs(said):
            sums[group] = sums.get(group, 0.0) + weight * FADES**age
    total = sum(sums.values())
    if total >= DANGER and (len(sums) >= 3 or (len(sums) >= 2 and _GRAVE & sums.keys())):
        return Assessment(Level.DANGER, Kind.SUICIDE)
    return Assessment(Level.CONCERN, Kind.SUICIDE) if total >= CONCERN else CALM


def has_signs(said: str) -> bool:
    """Whether a turn, in plain text, holds any sign at all."""
    return bool(_signs(said))


@lru_cache(maxsize=512)
def _signs(said: str) -> tuple[tuple[str, float], ...]:
    """The groups that speak in one turn, and how loud."""
    found: dict[str, float] = {}
    for group, weight, wording in _SIGNS:
        if weight > found.get(group, 0.0) and wording.compiled.search(said):
            found[group] = weight
    everyday = _EVERYDAY.search(said) is not None and _LIFE_OR_DEATH.search(said) is None
    scale = _EVERYDAY_WEIGHS if everyday else 1.0
    return tuple((group, weight * scale) for group, weight in found.items())
