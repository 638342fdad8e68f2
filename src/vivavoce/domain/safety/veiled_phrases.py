"""More wordings of danger (see statement_phrases.py): not being there any more, means at hand, a failing body, force.

Here stand those that do not name the act. Each needs two parts that together leave little else it can mean: a wish and
that it is about being alive; a weapon and where it is; a symptom and that it goes on.
"""

from typing import Final

from vivavoce.base.wording import any_of
from vivavoce.domain.safety.statement_words import ADV, PEOPLE, PILLS, RELATION, THEY

_SORRY: Final = any_of(
    """disappointed | sad | sorry | angry | devastated | upset | annoyed | furious | disgusted | gutted | hate | hate it
    regret"""
)
_KIN: Final = rf"my (?:\w+ )?(?:{RELATION}|kids?|children|daughter|son|baby|family|dog|cat|grandchildren)"
_WEAPON: Final = any_of(
    "gun | pistol | rifle | shotgun | revolver | handgun | razor blades? | razor | noose | rope | scalpel | box cutter"
)
_AT_HAND: Final = any_of(
    r"""in front of me | next to me | beside me | in my (?:hands?|lap|mouth) | on my (?:lap|bed) | around my neck
    under my pillow | against my head | to my head"""
)
_LOOKS_UP: Final = any_of(
    r"""(?:googl|search|research)(?:e|ed|ing)(?: for| up| on)? | look(?:ed|ing)? (?:up|for) | read(?:ing)? up on
    reading about | find(?:ing)? out | asked (?:the internet|chat ?gpt|google)"""
)
_NOT_TO_DIE: Final = r"(?!.*\b(?:vitamins?|magnesium|iron|dishwasher|pool|chlorine|plants?)\b)"
_DIE: Final = any_of(
    r"""die(?! (?:well|with dignity|rich|out|in)) | kill (?:myself|yourself) | hang (?:myself|yourself) | overdose
    end my life | bleed (?:out|to death) | end it all | be (?:fatal|lethal)"""
)

NOT_BEING: Final = (
    r"\b(?:do|did) not (?:\w+ )?want to (?:be alive|live|be here) at all(?= [.,])",
    r"\b(?:not|stopped|never) car(?:e|ing) (?:\w+ )?(?:if|whether) i (?:live|die|wake up|get killed)|\bwhether i"
    r" live or die\b",
    r"\b(?:would|will|does) (?:anyone|anybody|someone) (?:even )?(?:notice|care|be sad|cry|miss me)(?: at all)? if i"
    r" (?:\w+ )?(?:dead|died|killed)",
    rf"\b{_SORRY}(?: that| because)? i (?:even )?(?:woke|wake|still wake) up(?= [.,]| again| this morning| at all"
    r"| alive| every day| each)",
    rf"\b{_SORRY}(?: that)? (?:i am|to be|about being) (?:still )?(?:alive|breathing)\b",
    r"\bif it (?:was|were|is) not for .{1,50}\bi would (?:\w+ )?(?:not be (?:here|alive|around) any more"
    r"|have (?:\w+ )?(?:done it(?= [.,])|ended (?:it|things|everything)|killed myself|jumped))",
    rf"\bif it (?:was|were|is) not for {_KIN}(?: ,)? i would (?:\w+ )?(?:be (?:dead|gone)|not be alive)(?! today)",
    r"\bonly (?:thing|person|reason|ones?|people) (?:that (?:is |are )?|who (?:is |are )?)?(?:keeping|keeps?) me alive"
    r"|\bonly reason (?:that |why )?i (?:am|stay|am staying|have stayed) (?:still )?alive\b"
    r"|\bonly reason (?:that |why )?i have not (?:done it|killed myself|ended (?:it|my life)|jumped)",
    rf"\bi {ADV}(?:am|stay) only (?:still )?alive (?:because of|for) {_KIN}(?= [.,])",
    r"\b(?:not|never) (?:going to |want(?:ing)? to |plan(?:ning)? to |wish to |intend to |to )*(?:see|reach) (?:my"
    r"|another"
    r"|one more|the next|next) (?:\w+ )?(?:birthday|christmas|new year|spring|summer|sunrise)(?= [.,])",
    r"\b(?:not|never) (?:going to |want to |plan(?:ning)? to )*(?:live to (?:see|be|turn)|be alive (?:by|at|for|next"
    r"|tomorrow|to see|when)|make it to (?:thirty|forty|fifty|eighteen|twenty|my (?:next|\w+th|\w+st) birthday)(?="
    r" [.,]))",
    r"\bi (?:\w+ ){0,3}?(?:want|wish|would like|need|long) (?:to )?(?:just )?(?:to )?(?:stop (?:existing(?! as)"
    r"|being alive)"
    r"|not exist|cease to exist|disappear and (?:never|not) (?:come|be)|vanish for ?ever|be gone for ?ever)",
    r"\b(?:put up with|worry about|deal with|look after|take care of|be ashamed of|bother (?:about|with)|suffer"
    r" (?:under"
    r"|because of)|be burdened (?:by|with)) me (?:any more )?(?:, )?(?:after|from) (?:tonight|tomorrow)\b",
    r"\b(?:hope|wish|pray|praying|hoping|wishing) (?:that )?(?:a|some|the|this|that) (?:\w+ )?(?:car|truck|lorry|bus"
    r"|train|plane|lightning|tram) (?:\w+ ){0,2}?(?:hits?|kills?|crash(?:es)?|runs? me over) ?(?:me\b|with me|[.,])",
    r"\b(?:hope|wish|pray|praying|hoping|wishing) (?:that )?i (?:would |could |just |will )*(?:get|got|had|am|was)"
    r" (?:hit by a|run over|killed|cancer|something terminal|a terminal)",
    r"\b(?:i am|i feel|so) (?:just |so |really )?(?:tired|sick|done|exhausted)(?: (?:of|with))? (?:being alive|existing"
    r"|living(?= [.,]))",
    r"\bi (?:\w+ ){0,3}?(?:do|did|would|will) not (?:\w+ )?(?:want|wish|need|intend|plan)(?: to)? (?:stay alive"
    r"|be alive(?! to)|go on living|keep living|live any more(?= [.,])|be here on earth|wake up (?:tomorrow(?= [.,])"
    r"|ever again|any more))",
    r"\b(?:no|not any|any|a|single|see|have) (?:reason|point|sense)(?: for me)? (?:to|in|why i should) (?:live|living"
    r"|exist(?:ing)?|be(?:ing)? alive|wake up) (?:any more|ever again|at all|tomorrow(?= [.,]))",
    r"\bi want out of (?:this )?life\b|\bi want (?:this|my) life to (?:end|be over|stop)|\bwant my heart to stop",
    r"\b(?:easier|better|simpler|best)(?: for \w+(?: \w+)?)? if i (?:just )?(?:died|did not wake up|never woke up"
    r"|(?:was|were) dead|stopped (?:breathing|existing)|(?:was|were) not (?:alive|around any more))",
    rf"\b(?:note|letters?|message|video) for (?:{_KIN}|my parents|them|him|her) (?:to find(?= [.,])|(?:for"
    rf" )?(?:after|when)"
    r" i am (?:gone|dead))",
    r"\b(?:this (?:will|is going to) be|it is|today is|tonight is) my last (?:day|night|evening|message) (?:on earth"
    r"|alive|in this (?:life|world))",
    r"\bi (?:have )?(?:decided|picked|chosen|worked out|planned) (?:on )?(?:how|when|where|the (?:day|date|way|place))"
    r" (?:that )?(?:i (?:am going to|will|want to) )?(?:to )?(?:die|end my life|kill myself|hang myself|jump(?= [.,]))",
)
MEANS: Final = (
    rf"\b{_LOOKS_UP}{_NOT_TO_DIE} .{{0,50}}\b(?:pills|tablets|dose|drugs|rope|knots?|bridges?)\b.{{0,40}}\b(?:do it"
    rf"|kill|be"
    rf" enough|{_DIE})\b",
    rf"\b{_LOOKS_UP}{_NOT_TO_DIE} .{{0,50}}\b(?:methods?|ways?|how (?:\w+ )?(?:to|many|much|long|high"
    rf"|painful))\b.{{0,30}}\b{_DIE}",
    r"\b(?:painless|least painful|gentlest|surest|quickest|easiest|quick|easy) (?:and \w+ )?(?:way|method)s? (?:to"
    r" (?:die"
    r"|kill myself|end my life)|of dying|out of (?:this )?life|for me to die)|\bpainless way to go\b",
    r"\b(?:which|what|how many) (?:\w+ ){0,2}?(?:pills|tablets|painkillers)(?: \w+){0,2} would (?:do it|kill|be"
    r" (?:fatal"
    r"|lethal))",
    rf"\bi (?:have|am holding|got|put|am sitting with|am looking at)(?: got| out)? (?:the|a|my|his|her|\w+ is)"
    rf" (?:\w+ )?"
    rf"{_WEAPON} (?:\w+ ){{0,5}}?{_AT_HAND}",
    r"\b(?:tied|tying|made|hung|hanging) (?:a|the|my) (?:noose|(?:rope|belt) (?:\w+ ){0,2}?(?:to|from|on|over"
    r"|around) (?:the|a"
    r"|my) (?:beam|ceiling|fan|rafters?|banister|neck|hook|door handle|light))",
    r"\bi am (?:\w+ )?(?:standing|sitting|leaning|stood|sat)(?: \w+)? (?:on|at|over|by) (?:the|a|this|that) (?:\w+"
    r" )?(?:edge"
    r" of the )?(?:bridge|roof|rooftop|cliff|ledge|overpass|tracks|railing|railway|edge|balcony)\b.{0,60}\b(?:can"
    r" not (?:go"
    r" (?:home|back|on)|come down)|so easy|one step|let go|it would (?:all )?(?:be over|stop|end)|no reason|goodbye"
    r"|want it"
    r" to (?:stop|end)|so tired of|do not want to (?:live|be here|come down|go home))",
    r"\bi am (?:\w+ )?waiting for the (?:next )?train\b.{0,40}\b(?:jump|step in front|to end|be over)",
)
HURTING_ONESELF: Final = (
    r"\bi (?:\w+ ){0,3}?(?:put|putting|press|pressed|pressing|stub|stubbed) (?:out )?(?:\w+ ){0,2}?cigarettes?"
    r" (?:out )?on (?:my|me"
    r"|them)\b",
    r"\bi (?:have |just |had |did )*(?:cut|burned|burnt|stabbed|scratched) myself(?! (?:some slack|off|loose|short|a ))"
    r"(?!.*\b(?:shav\w+|accident\w*|broken|glass|mirror|plaster|cooking|paper|oven|stove|pan|iron|kettle|coffee|tea|sun"
    r"|slipped|cat|thorns?)\b)(?= (?:\w+ )?(?:just now|tonight|last night|in the (?:bathroom|toilet|bedroom|shower|bath"
    r"|restroom)|in my (?:room|bed)|on purpose))",
    r"\bi (?:\w+ ){0,2}?(?:keep|start|started|was|am|been) (?:\w+ )?(?:banging|hitting|punching|bashing|slapping|biting"
    r"|burning|scratching|pinching|choking) (?:my (?:own )?(?:head|legs?|arms?|face|thighs?|hands?|skin)"
    r"|myself)\b.{0,40}"
    r"\b(?:until (?:i|it)|to (?:feel (?!awake)|punish|hurt|make it stop|calm)|again and again|so hard|on purpose"
    r"|with (?:a"
    r"|my) (?:lighter|cigarette|knife|blade|belt|hammer|iron))",
    r"\bi (?:\w+ )?(?:bang|punch|bite|burn|pinch|choke|hit|slap) (?:my (?:own )?(?:head|legs?|arms?|face|thighs?|skin)"
    r"|myself)\b.{0,40}\b(?:until (?:i|it)|to (?:punish|hurt|make it stop)|on purpose|with (?:a|my) (?:lighter"
    r"|cigarette"
    r"|blade|hammer))",
    r"\b(?:razor|razor blade|blade|knife)\b.{0,60}\b(?:stop myself(?= [.,]| from)|use it on (?:me\b|myself|my))",
    r"\b(?:cutting|burning|hurting|scratching) (?:myself|my (?:arms?|legs?|thighs?|skin)) (?:is|helps|makes|calms"
    r"|feels)"
    r" (?:the only|me|like the only|good|better)",
    r"\b(?:only|just) (?:thing|way) (?:that |which )?(?:helps|calms me(?: down)?|works|i (?:can )?(?:feel|cope|calm"
    r" down)) is (?:to )?(?:cut|cutting|burn|burning|hurt|hurting) (?:myself|my (?:arms?|skin|legs?))",
    r"\bi (?:\w+ ){0,3}?(?:made|carved|put) (?:\w+ ){0,3}?cuts? (?:in|on|into|all over) my (?:arms?|legs?|thighs?"
    r"|wrists?"
    r"|skin|stomach)",
)
_TOOK: Final = "(?:took|taken|swallowed|injected|snorted|gave myself|given myself)"
_DRUG: Final = (
    rf"(?:{PILLS}|\w+ tablets|morphine|methadone|fentanyl|heroin|codeine|oxycodone|tramadol|lithium|beta blockers"
    r"|blood pressure \w+|heart \w+)"
)
_SOMEBODY: Final = (
    rf"(?:he|she|the baby|my (?:\w+ )?(?:{RELATION}|son|daughter|baby|child|friend|grandmother|grandma|grandpa))"
)
BODY: Final = (
    r"\bi (?:have )?(?:\w+ ){0,2}?(?:drank|drunk|swallowed|downed|drinking) (?:(?!for\b|against\b|and\b|instead\b"
    r"|next\b)\w+"
    r" ){0,5}?(?:bleach|poison(?! of)|antifreeze|drain cleaner|pesticides?|weed killer|detergent|petrol|paint thinner"
    r"|nail polish remover)",
    rf"\b{_DRUG}\b.{{0,40}}\bi (?:\w+ ){{0,2}}?{_TOOK} (?:way |far |much |probably )*(?:too (?:much|many)|double"
    rf"|twice)",
    rf"\bi (?:\w+ ){{0,2}}?{_TOOK} (?:way |far |much |probably )*(?:too (?:much|many)|double|twice|triple)(?: of|"
    rf" the| my"
    rf"| dose| as much| as many)* (?:\w+ )?{_DRUG}",
    r"\b(?:took|taken|injected|swallowed) the wrong (?:pills|tablets|dose|medicine|medication|injection)\b.{0,40}"
    r"\b(?:feel|dizzy|shak|help|what|sick)",
    r"\bmy chest\b.{0,40}\b(?:crush(?:ed|ing)|squeez(?:ed|ing)|elephant|exploding|unbearabl[ey]|stabbing)\b",
    r"\bi (?:have|am having|am getting|have got|got) (?:\w+ ){0,3}?(?:chest pains?|pains? in my chest)(?! (?:last|in"
    r" (?:may|june|march)|years?|months?|before|when|whenever|every|from|a (?:year|month)))",
    r"\bmy (?:whole )?(?:left|right|one) (?:arm|leg|side|hand|half)\b.{0,40}\b(?:can not (?:move|lift|feel|raise)|will"
    r" not move|drooping|paraly[sz]ed)(?!.*\b(?:cast|gym|workout|physio\w*|surgery|broke\w*)\b)",
    r"\b(?:half|one side|the (?:left|right) side) of my face\b.{0,30}\b(?:droop\w*|hanging|numb|will not|can"
    r" not)(?!.*dentist)"
    r"|\bmy face (?:\w+ ){0,3}?(?:droop\w*|is hanging)",
    r"\bmy (?:throat|tongue|lips|airways?) (?:is|are|keeps?|feels? like it is) (?:\w+ )?swelling"
    r"|\bthroat\b.{0,15}\bclosing\b.{0,40}\bbreathe|\bcan not breathe\b.{0,30}\b(?:swelling|swollen|allerg\w+|epipen"
    r"|lips"
    r" are blue|chest (?:feels|hurts|is|pain))",
    r"\bi (?:have lost|lost|am losing|have been losing) (?:a lot of|so much|too much|lots of)"
    r" blood\b(?!.{0,40}\b(?:last"
    r"|years?|back then|surgery|operation|birth))",
    r"\b(?:bleeding|blood)\b.{0,25}\b(?:will not stop|does not stop|is not stopping|keeps (?:coming|pouring|gushing))"
    r"|\bi keep the bleeding(?= [.,])|\bi am bleeding (?:a lot|badly|heavily|out|so much|to death)",
    r"\bi (?:think|am afraid) (?:that )?i am having a (?:heart attack|stroke|seizure|miscarriage)(?! (?:over|when|if"
    r"|because of the|every))",
    rf"\b{_SOMEBODY} (?:is|has|just)(?: \w+)?? (?:not breathing|unconscious(?= [.,]| and| on the| in the| right)"
    rf"|collapsed(?!"
    r" (?:laughing|with laughter|on the sofa|into|last|in \w+ty))|not waking up|turning blue|choking(?= [.,]| and|"
    r" on (?:a"
    r"|the|his|her|some))|having a (?:seizure|stroke|heart attack)(?! (?:over|when|because)))",
    rf"\b{_SOMEBODY} (?:has |just |have )*(?:took|taken|swallowed) (?:a whole|the whole|too many|a bottle|loads"
    rf"|dozens)(?: of)?"
    rf"(?: \w+){{0,3}} {PILLS}(?!.{{0,30}}\b(?:years|last|when|in \w+ties))",
)
OTHERS: Final = (
    rf"\b(?:going to|want to|will|swear i|about to) (?:\w+ )?put (?:a|two|some|the) (?:bullets?|knife|blade) (?:in|into"
    rf"|through) (?:{PEOPLE}|(?:his|her|their) (?:head|chest|brain|face|back|skull|throat|heart))",
    r"\bi (?:\w+ ){0,3}?(?:planning|planned|plan|thinking about|think about) (?:exactly )?(?:how|ways|a way|where"
    r"|when) (?:to"
    rf" |i (?:will|would|can|could) )(?:kill|poison|stab|shoot|strangle|drown) (?!them){PEOPLE}(?! (?:in (?:the|my)"
    r" (?:novel|book|story|game)|(?:with|by) (?:humou?r|kindness)))",
    r"\bi (?:\w+ ){0,3}?(?:think|thinking|thought|thoughts|fantasi[sz]e|fantasi[sz]ing) (?:of|about) (?:killing"
    r"|stabbing"
    rf"|smothering|drowning|strangling|shooting|poisoning|shaking) (?!them){PEOPLE}(?! (?:off|by|feelings|with"
    rf" kindness))",
    r"\b(?:gun|rifle|pistol|shotgun|machete|bomb|ammo|ammunition|petrol|gasoline|weapons?)\b.{0,70}\b(?:make (?:\w+"
    r" ){0,6}?pay(?= [.,]| for (?:it|this|what))|they will (?:all )?(?:see(?= [.,])|be sorry|regret|die))",
    r"\b(?:taking|bring|bringing|brought|take) (?:the|a|my|\w+ is) (?:gun|rifle|pistol|shotgun|bomb) (?:\w+"
    r" ){0,2}?to (?:school"
    r"|work|the office|class|the party|church|his|her)",
    r"\btake (?:him|her|them|everyone|as many (?:of (?:them|you) )?(?:as i can )?) ?(?:down )?with me when i"
    r" (?:go(?= [.,])|die)",
    r"\bi (?:am going to|will|want to|plan to|am about to) (?:\w+ )?(?:slit (?:his|her|their) (?:throats?|wrists)"
    r"|(?:bash|smash)"
    r" (?:his|her|their) (?:skulls?|heads? in|faces? in))\b",
    rf"\bi (?:have )?(?:just )?(?:stabbed|shot|strangled|hit|pushed|punched|poisoned) {PEOPLE}\b.{{0,40}}\b(?:not"
    rf" (?:moving"
    r"|breathing|waking)|blood|bleeding|unconscious|is dead)",
)
_HE: Final = rf"(?:he|she|my (?:\w+ )?{RELATION})"
_VIOLENT: Final = any_of(
    "hitting | beating | kicking | punching | slapping | choking | strangling | raping | molesting"
)
_MINE: Final = (
    r"(?:my (?:\w+ )?(?:son|daughter|kids?|children|mum|mom|mother|sister|brother|baby|boy|girl)|the"
    r" (?:kids|children|baby))"
)
_NO_SPORT: Final = r"(?! (?:at|with|up|out|off|on|in (?:chess|tennis|cards|the)|to|by|hard with))"
VIOLENCE: Final = (
    r"\b(?:someone|a man|he|she|they|my ex) (?:is|are) trying to (?:get|break|force) (?:\w+ )?(?:in|into) (?:my|our"
    r"|the) (?:flat|house"
    r"|home|apartment|room|bedroom|door)\b",
    rf"\b{_HE} (?:is|was|has been|keeps|started|starts|will not stop|just started) (?:\w+ )?{_VIOLENT} (?:me|us"
    rf"|{_MINE})\b"
    rf"{_NO_SPORT}",
    rf"\b{_HE} (?:\w+ ){{0,3}}?(?:hit|hits|beats|slapped|slaps|punched|kicked|kicks|choked) {_MINE}\b{_NO_SPORT}",
    rf"\b{_HE} (?:is|was|keeps|started) (?:\w+ )?(?:throwing|hurling) (?:\w+ ){{0,4}}?at (?:me|us)\b(?! questions)",
    rf"\b{_HE} (?:is|was|keeps|started) (?:\w+ )?(?:throwing|smashing) (?:things|the (?:door|furniture|dishes"
    rf"|plates))\b.{{0,50}}"
    r"\b(?:scared|afraid|hiding|kids|children|screaming|help)",
    rf"\b{_HE} (?:will not|does not|would not|never) (?:let|lets|allow|allows) me (?:to )?(?:leave(?= [.,]| the"
    rf" (?:house|flat"
    r"|room|apartment|building))|out of the (?:house|flat|room)|see my (?:family|friends|mother|sister)|talk to (?:my"
    r" (?:family|friends|mother|sister)|anyone(?= [.,])))",
    rf"\b{_HE} (?:\w+ ){{0,2}}?(?:took|has taken|hid|keeps) (?:away )?my (?:phone|keys|passport|papers|bank card"
    rf"|money)\b"
    r".{0,50}\b(?:scared|afraid|lets me|not let|locked me|can not (?:leave|call|get out)|kill)",
    rf"\b{_HE} (?:\w+ ){{0,2}}?(?:comes?|came|gets?|got|climbs) (?:in)?to my (?:room|bed"
    rf"|bedroom)\b.{{0,40}}\b(?:touch(?:es|ed"
    r"|ing)?|undress\w*|makes me|on top of me)",
    rf"\b(?:someone|a man|my ex|{_HE}) (?:is )?(?:in|inside|breaking into|trying to get into|outside) (?:my|our|the)"
    rf" (?:house|flat"
    r"|home|apartment|bedroom)\b.{0,60}\b(?:kill|hurt me|scared|afraid|knife|gun|threat\w*|break(?:ing)? in)",
    r"\bi (?:have )?(?:locked|barricaded|am locking|shut) myself (?:\w+ )?in (?:the|my|a) (?:bathroom|bedroom|toilet"
    r"|room|car"
    rf"|closet|basement)\b.{{0,60}}\b(?:{_HE} (?:is|has|was|keeps|will|hit|came)|scared of|afraid of|banging)",
    rf"\b{_HE} (?:is|was|gets|comes home|has been) (?:\w+ )?(?:drunk|drinking|raging)\b.{{0,60}}\b(?:beats?|hits?"
    rf"|hurts?|kills?|hitting"
    rf"|beating) (?:me|us|{_MINE})\b",
    rf"\b{THEY} (?:beats?|hits?|hurts?|kicks?|punches|rapes|chokes) me (?:when (?:he|she|i (?:cry|talk|do|say|come"
    rf"|am|burn|leave))"
    r"|whenever (?:he|she|i)|if i|because|in front of|until)\b",
    r"\bif i (?:leave(?= [.,]| him| her| he| she)|left|call the police|go to the police|tell (?:anyone|the police"
    r"|somebody))\b.{0,40}"
    r"\b(?:he|she|they) (?:\w+ ){0,4}?(?:kill|hurt|shoot|stab) (?:me|us|himself|herself|my \w+)\b",
    r"\b(?:forced|forces|forcing) (?:himself|herself) on me\b|\bforc(?:es|ed|ing) me to (?:have sex|sleep with|undress)"
    r"|\b(?:had|has) sex with me (?:against my will|while i (?:was (?:asleep|drunk)|slept)|although i said no)",
    r"\b(?:pulled|held|pointed|put|holding|pointing) (?:a |the |his |her )(?:knife|gun|blade) (?:on|to|at|against)"
    r" (?:me\b"
    r"|my (?:throat|head|neck|face)|us\b)",
)
