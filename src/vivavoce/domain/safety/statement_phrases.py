"""The wordings of danger said outright, as regular expressions over plain text (plain.py).

Each is a statement of the person about themselves, now or soon: negated, past and idiomatic wordings are left out by
how they are written. What a wording cannot know (who is quoted, what is a story) is for the guards in statements.py.
"""

from typing import Final

from vivavoce.base.wording import any_of
from vivavoce.domain.safety import phrases_by_language as abroad
from vivavoce.domain.safety import veiled_phrases as veiled
from vivavoce.domain.safety.kinds import Kind, Level
from vivavoce.domain.safety.statement_words import ADV, PEOPLE, PILLS, PLACES, RELATION, THEY

_DIE: Final = (
    r"(?:die|be dead)(?! (?:of|from|laughing|on (?:this|that|the) hill|happy|peacefully|when|trying|before|old|young"
    r"|rich|with|at|every"
    r"|a|in front of (?:the )?(?:audience|class|everyone)|to))"
)
_ACT: Final = any_of(
    rf"""kill myself(?! (?:off|laughing)) | end (?:my(?: own)? life|it all|everything tonight|it tonight|it today)
    take my (?:own )?life(?! (?:in|into|back|to|seriously)) | commit suicide
    (?:hang|shoot|drown|poison|gas) myself(?! (?:a|an|in the foot|some|in work)) | slit my wrists? | cut my wrists?
    jump off (?:a|the|this|that|my|some) {PLACES} | jump in front of (?:a|the) (?:train|bus|car|truck)
    (?:throw|fling) myself (?:in front of|under|off|out of|from)
    overdose(?! on (?!pills|meds|medication|tablets|\w+day))
    crash my car on purpose
    (?:drive|crash|steer|run)(?: my (?:car|bike|motorbike))? into (?:a|the) (?:wall|tree|bridge|truck|river)
    jump(?= [.,]) | blow my (?:brains|head) out | jump (?:into|in) (?:the|a) river to die
    bleed (?:out|to death) | starve myself to death
    make it look like an accident | walk into (?:the traffic|the sea and|the ocean and)
    drive off (?:a|the) (?:cliff|bridge|road) | disappear for ?ever | cease to exist
    die by suicide | end my suffering"""
)
_ACTING: Final = any_of(
    r"""killing myself(?! (?:to|at|with|over|for|laughing)) | ending (?:it all|my(?: own)? life|everything)
    taking my (?:own )?life(?! in) | committing suicide | hanging myself(?! a) | shooting myself(?! in the foot)
    suicide(?! (?:prevention|squad|rates?|research|hotline|statistics|awareness|watch|note in|in (?:the|my|this)|among))
    jumping off (?:a|the|this|that|my) (?:bridge|roof|building|balcony|cliff|ledge)
    jumping in front of (?:a|the) (?:train|bus)
    throwing myself (?:in front of|under|off|out of) | overdosing(?! on) | slitting my wrists?
    (?:how|where|when) to (?:kill myself|end it|end my life) | driving off (?:a|the) (?:cliff|bridge)"""
)
_ACTING_HARD: Final = any_of(
    r"""killing myself(?! (?:to|at|with|over|for|laughing|trying|off|just|here)) | ending my(?: own)? life
    committing suicide
    taking my own life | hanging myself(?! a) | slitting my wrists?
    jumping in front of (?:a|the) (?:train|bus|car|truck)
    throwing myself (?:in front of|under|off) | overdosing on (?:my )?(?:pills|meds|tablets|medication)"""
)
_MEAN: Final = any_of(
    r"""want to | need to | am going to | would like to | plan to | am planning to | have decided to | decided to
    am ready to | am about to | intend to | am trying to | will | might | should | may | have to | would love to
    feel ready to | feel like i (?:want|have|need) to | am thinking i (?:will|should) | must | long to
    am tempted to"""
)
_WISH: Final = any_of("want to | would like to | am ready to | long to | would love to | plan to | have decided to")
_NOW: Final = any_of(
    r"""last night | yesterday | today | this (?:morning|afternoon|evening|week|weekend) | tonight | just now
    (?:an?|one|two|three) hours? ago | (?:two|three|a few|few) days ago | again
    on (?:mon|tues|wednes|thurs|fri|satur|sun)day"""
)
_NOT_PLACE: Final = (
    r"(?!(?: any more)? (?:in|with|at|near|under|on|off|without|up to|for|by|as|a|the|my|out of|next|there|here|among"
    r"|from|through|so|to|alone in|like)\b)"
)
_MANY: Final = (
    r"(?:too many|all (?:of )?(?:my|the|his|her)|a whole (?:bottle|pack|box) of|the whole (?:bottle|pack|box) of"
    r"|an entire (?:bottle|pack|box) of|a (?:bunch|lot|handful|load|fistful) of|way too many|a whole lot of"
    r"|(?:like |about |around |maybe |over |at least |almost )?(?:ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|a hundred|dozens of|[1-9]\d+))"
)

_MID: Final = r"(?P<mid>(?:[\w'-]+ ){0,8}?)"  # what stands between: looked at by the guards
SUICIDE: Final = (
    rf"\bi {_MID}(?:{_ACT}|{_ACTING_HARD})",
    rf"\b(?:my|the) plan is to (?:\w+ )?{_ACT}|\b(?:ready|time|tempted|urge|decided|courage|strength) to {_ACT}",
    r"\b(?:be|am|feel)(?: so much| much)? (?:happier|better) dead|\bprefer (?:being dead|death) to",
    r"\b(?:living|life|alive|breathing|pain)\b.{0,40}\bi (?:just )?want to end it(?= [.,])",
    r"\bi am (?:standing |sitting |lying |walking )?on the (?:train |railway |subway )?tracks",
    r"\b(?:knife|blade|razor|gun|scissors|pistol) (?:to|on|at|against|in|at) my (?:own )?(?:wrists?|throat|neck|arm"
    r"|head|skin|mouth|temple|chest)",
    r"\bkeep myself (?:safe|alive)(?= [.,]| tonight| any| today| right| for)",
    r"\b(?:walked|went|drove|climbed) (?:up |out )?(?:to|on|onto) the (?:bridge|roof|tracks|cliff) (?:\w+"
    r" ){0,6}?(?:to (?:jump|end|die)|and (?:\w+ )?jump)",
    rf"\bi {_MID}(?:want|wish|ready|prefer|love|like|long|rather|wanting|longing) (?:to )?{_DIE}",
    r"\bif i (?:just |simply |really )?(?:killed|hanged|shot) myself",
    r"(?:tells?|telling|says?|order(?:s|ing)?|wants?|want) me (?:to|i should) (?:kill|hurt|cut|hang) myself",
    r"\bi (?:do not|did not|never) deserve to (?:live|be alive|exist)|\bi should (?:be dead|not be alive|not exist)",
    r"\bdo not want to be (?:on this (?:earth|planet)|in this world)(?: any more)?",
    r"\bi (?:do not|can not) trust myself (?:to be alone|tonight|with (?:the )?(?:knives|pills|myself)|right now"
    r"|alone)",
    r"\b(?:do|doing) something (?:bad |terrible |stupid )?to myself|\bi am a danger to myself|\bi am not safe"
    r" (?:with|from) myself",
    r"\b(?:no|any|see a|the) (?:point|reason|sense) (?:in|to|of|for) (?:staying alive|stay alive|be alive|being"
    r" alive|keep on living)",
    r"\bgarage\b.{0,30}\bengine\b.{0,12}\b(?:on|running)\b|\bengine\b.{0,12}\b(?:on|running)\b.{0,25}\bgarage\b",
    r"\b(?:take|taking|swallow|swallowing) (?:all|every|the whole|these|a whole|the rest|the entire|enough)(?: of)?"
    rf" (?:\w+ ){{0,4}}?{PILLS}"
    r"(?! (?:with|as|at|after|before|for|like))",
    r"\bi (?:was|am|stood|am standing|was standing) (?:\w+ )?(?:on|at) (?:the|a) (?:\w+ )?(?:bridge|roof|ledge|tracks"
    r"|platform)\b.{0,40}"
    r"\b(?:jumped|let go|nearly did it|almost did it)\b",
    r"\bi (?:am going to|want to|will|am about to) od\b|\bi am (?:planning|preparing) my (?:suicide|death)",
    r"\b(?:ways?|methods?|how) (?:to|of) (?:kill myself|killing myself|end my life|ending my life)|\bpills (?:do )?i"
    r" need to die",
    r"\bwant to (?:just )?(?:go to|fall a?) ?sleep and (?:not|never) wake|\bending it (?:tonight|today|now|all)(?="
    r" [.,])",
    r"\bif i had a (?:gun|pistol|rifle) i would (?:\w+ )?(?:shoot|kill) myself",
    r"\bmy (?:suicide|death) (?:plan|date|is planned)|\bi (?:\w+ )?planned my (?:suicide|death)",
    rf"(?<=[.,] ){ADV}(?:and )?(?:want to|going to|about to|ready to) {ADV}{_ACT}",
    rf"\bi {ADV}{_WISH} {ADV}{_DIE}",
    rf"(?<=[.,] )(?:just |honestly )?want to {_DIE}",
    r"\bi (?:want|am going) to end it(?= (?:tonight|now|today|all)|(?: right)? now)",
    r"(?<=[.,] )(?:going to )?end it (?:tonight|all)",
    r"(?:how (?:do|can|could|would|should) i|(?:should|shall|could) i|(?:what (?:happens|would happen) )?if i|why do"
    r" i not|when i)"
    rf" {ADV}(?:kill myself(?! (?:off|over|trying|for|laughing))|end my life|commit suicide)",
    rf"\bi {ADV}(?:do|would) not {ADV}(?:want|wish) to {ADV}(?:live(?! like){_NOT_PLACE}|be alive(?! to)"
    r"|exist(?! (?:only|just|for|as)\b))",
    r"\bi (?:\w+ )?do not want to wake up(?! (?:at|early|so|before|tomorrow (?:at|with|to|morning)|late|to|in|with"
    r"|next|there|here"
    r"|on|from|my|the|too)\b)",
    r"\bi (?:\w+ )?wish i (?:was|were|had been) (?:dead|never born|not alive|no longer alive)",
    rf"\bi (?:\w+ )?wish i (?:would |could |did |had )?{ADV}(?:not|never) (?:wake up|exist|have to wake up|been"
    r" born|be born)",
    rf"\bi (?:\w+ )?wish i could {ADV}(?:die(?! of)|kill myself|disappear for ?ever|(?:go to|fall a) ?sleep and"
    r" (?:not|never) wake)",
    r"\bi (?:\w+ )?hope i (?:do not|never) wake up",
    r"\bi (?:would|am|will|might)(?: probably| just| all)?(?: be)? better off dead",
    r"better off if i (?:was|were|am|would be) (?:dead|gone|not alive|no longer here|not here|no more|never born|to"
    r" die|to disappear)",
    rf"\bi would {ADV}rather (?:be dead|die) than (?:go back|go on|live|stay|keep|feel|carry on|continue|face)",
    r"(?:i (?:\w+ )?(?:have|see|find|got)|there is|i have got|i do not (?:have|see)) (?:no|any|nothing|a|not a"
    r" single)"
    r"(?: (?:more )?reason| point)?(?: left)?(?: for me)?(?: any more)? (?:to live|to keep living|to stay alive|in"
    r" living|worth living)"
    r"(?! (?:in|here|with|near))",
    r"(?:my|this) life is (?:not worth (?:living|it any more)|over for me)",
    r"\blife is not worth living(?! (?:in|without (?:coffee|music|chocolate)))",
    r"\bi can not (?:go on|keep on|keep) living(?! (?:in|with|at|here|there))",
    rf"\bi am (?:\w+ )?(?:on|at) (?:the|a|this|top of the) (?:\w+ )?{PLACES}\b.{{0,40}}\bjump\b",
    r"\bi am (?:\w+ )?(?:on|at) (?:the|a|this) (?:ledge|edge of (?:the|a) (?:roof|bridge|cliff|building|platform)"
    r"|railing of|parapet"
    r"|train tracks)",
    r"\bi have (?:got )?(?:the|my|some|a lot of|enough|all the|a) (?:\w+ )?(?:pills|tablets|rope|noose|razor|razor"
    r" blade)"
    r" (?:ready|in front of me|in my hand|here|right here|next to me|on the table|with me)",
    r"\b(?:gun|knife|pills|rope|it)\b.{0,20}\b(?:use it|use them) on myself",
    r"\bi (?:\w+ )?(?:wrote|have written|am writing|finished|left) (?:my|a|the) (?:suicide|goodbye) (?:note|letter)"
    r"(?! (?:to (?:the|my) (?:team|colleagues|class|company)|for a))",
    r"by the time you (?:read|hear|see) this i will be (?:gone|dead)",
    r"this is my (?:last|final) goodbye",
    r"\bi (?:\w+ )?(?:tried|attempted)(?: to)? (?:kill myself|end my life|suicide|take my (?:own )?life|hang"
    rf" myself) (?:\w+ )?{_NOW}",
    r"\bi (?:am|feel|am feeling|have been|have been feeling|got|become|am getting)"
    r" (?:(?:really|very|so|quite|a bit|pretty|extremely|actively|kind of|just|still|sometimes|often) )*suicidal",
    rf"\bi {ADV}(?:have|am having|keep having|get|am getting|have been having|started having) (?:\w+ ){{0,3}}"
    r"(?:suicidal (?:thoughts|ideation|feelings|urges)|thoughts (?:of|about) (?:suicide|killing myself|ending (?:it"
    r"|my life)))",
    rf"\bi {ADV}(?:(?:am|keep|have been|can not stop|started|have started|catch myself) )?{ADV}"
    rf"(?:thinking|fantasizing|dreaming|thought|think|fantasize) (?:of|about|on) {_ACTING}",
    rf"(?<=[.,] ){ADV}thinking (?:of|about) {_ACTING}",
    rf"\bi {ADV}(?:am|keep|have been)? ?{ADV}(?:contemplating|considering|planning) {_ACTING}",
    r"\bi (?:have|made) (?:a|my) (?:suicide plan|plan to (?:kill myself|end my life|end it all))",
    r"\bich (?:will|möchte|moechte|werde|würde gerne) (?:(?:nur|einfach|noch|heute|am liebsten|jetzt|wirklich)"
    r" )*(?:sterben|nicht mehr leben|tot sein|mich umbringen"
    r"|mir das leben nehmen|mein leben beenden)",
    r"\bich (?:bring|bringe) mich(?: heute| jetzt)?(?= [.,])",
    r"\bich (?:habe|hab) (?:\w+ )?(?:selbstmordgedanken|suizidgedanken|suizidale gedanken)|\bich bin suizidal",
    r"\bich wünschte ich wäre tot|\bich wäre (?:lieber|besser) tot",
    r"(?<!no )\b(?:quiero|quisiera|deseo) (?:morir(?!me de)|morirme(?! de)|matarme|suicidarme|quitarme la vida|estar"
    r" muert[oa])",
    r"\b(?:voy a|pienso(?: en)?|he pensado en|pensando en) (?:suicidarme|matarme|quitarme la vida|el suicidio)|\bya"
    r" no quiero (?:vivir|seguir viviendo)"
    r"(?! (?:en|aquí|con|así))|\btengo (?:pensamientos|ideas) suicidas",
    r"\bje (?:veux|voudrais|vais) (?:mourir(?! de)|me tuer|me suicider|en finir avec la vie)",
    r"\bje ne veux plus vivre(?! (?:à|en|dans|avec|ici|comme))|\bj'ai (?:des|envie de) (?:pensées suicidaires|idées"
    r" suicidaires|mourir(?! de)|me (?:tuer|suicider))"
    r"|\bje suis suicidaire|\bje pense (?:souvent |toujours |tout le temps )?(?:au suicide|à me (?:tuer|suicider)|à"
    r" mourir)",
    r"\bich denke (?:\w+ ){0,3}?(?:an selbstmord|an suizid|ans sterben|daran mich umzubringen)|\bmir das leben (?:zu"
    r" )?nehmen",
)
SELF_HARM: Final = (
    rf"\bi {ADV}(?:want to|need to|am going to|would like to|am about to|have the urge to|feel the urge to|will"
    r"|might)"
    rf" {ADV}(?:hurt|harm|cut|burn|injure) myself(?! (?:some slack|off|loose|free|short|a |out|in |down|shaving|in"
    r" the (?:race|game)))",
    r"\bi (?:\w+ )?(?:keep|have been|am|started|have started|can not stop|feel like|am back to|am thinking (?:of"
    r"|about))"
    r" (?:\w+ )?(?:hurting|harming|cutting|burning|injuring|scratching) myself(?! (?:some slack|off|short|at the gym"
    r"|shaving|running))",
    rf"\bi {ADV}(?:have been |have |started |am |want to |keep |need to |am going to |have started )?(?:to )?self"
    r" harm(?:ing|ed)?"
    r"(?! (?:prevention|among|research))",
    r"\bi (?:\w+ )?(?:cut|burned|burnt|hurt|harmed) myself (?:\w+ ){0,2}?(?:on purpose|deliberately|again(?!"
    r" (?:shaving|cooking)))",
    r"\b(?:urges? to (?:cut|hurt|harm)|thoughts (?:of|about) (?:cutting|hurting|harming)) myself",
    r"\b(?:scratch|cut|pick|dig|bite|claw)\w*\b.{0,30}\buntil (?:it|i|they) bleeds?",
    r"\b(?:new|fresh) (?:cuts|scars) on my (?:arms?|legs?|thighs?|wrists?)",
    r"\bi (?:\w+ ){0,4}?(?:cut|cutting|slashed|slashing|burned|burning|scratched) my (?:own )?(?:arms?|thighs?"
    r"|wrists?|skin|stomach|legs)"
    r"(?: open| up)?(?! (?:on (?!purpose)|by accident|shaving|while|accidentally|in the (?:kitchen|garden|sun)))",
    r"\bi (?:\w+ )?(?:hurt|harm|cut|burn|punish) myself (?:when(?! i (?:fell|slipped|was|ran|tripped))|whenever"
    r"|because|to feel|every|at night"
    r"|so that|in secret|to cope|until|with (?:a|the|my) (?:razor|blade|knife|lighter|cigarette))",
    r"\bi (?:\w+ )?(?:relapsed|started again|am back) (?:and|with) (?:cut|cutting|self harm)",
    r"\b(?:want|need|going) to cut my (?:arms?|wrists?|legs?|thighs?|skin|veins?)",
    r"\bi (?:\w+ )?(?:started|am back to|can not stop|have been) cutting(?: (?:again|at night)| \.)",
    r"\bich (?:will|möchte|muss) (?:mich (?:verletzen|ritzen|schneiden)|mir (?:etwas|was|weh) ?(?:antun|tun))|\bich"
    r" (?:ritze|verletze) mich",
    r"(?<!no )\bquiero (?:hacerme daño|cortarme(?! el))|\bme estoy cortando(?! el)|\bme corto los brazos",
    r"\bje veux (?:me faire du mal|me faire mal|me couper|me mutiler|me blesser)|\bje me (?:mutile|scarifie)",
)
OVERDOSE: Final = (
    rf"\bi (?:\w+ ){{0,2}}?(?:took|taken|swallowed|downed|ate) {_MANY} (?:\w+ ){{0,4}}?{PILLS}",
    rf"\bi (?:\w+ )?(?:took|taken|swallowed|downed) (?:\w+ ){{0,4}}?{PILLS} (?:, )?(?:all of (?:it|them)|every"
    r" single one|the whole lot)",
    r"\bi (?:have )?(?:just )?(?:took|taken|swallowed) the whole (?:pack|box|bottle)\b",
    r"\bi (?:have )?(?:just )?(?:took|taken) an overdose|\bi (?:have )?(?:just )?overdose(?= [.,]| and| on (?:pills"
    r"|my|tablets|meds)"
    r"| i | please| help)",
    r"\bi (?:have )?(?:just )?(?:drank|drunk|swallowed) (?:\w+ )?(?:bleach|poison|antifreeze|drain cleaner|pesticide"
    r"|weed killer)",
    r"\bi (?:have )?(?:just )?(?:cut|slit|slashed) my wrists?",
    r"\bich (?:habe|hab) (?:\w+ ){0,2}?(?:zu viele|alle meine|eine packung|eine überdosis)(?: \w+)?(?: tabletten|"
    r" pillen)?"
    r"(?: \w+)? ?(?:genommen|geschluckt)",
    r"\b(?:tomé|me tomé|he tomado|me he tomado) (?:demasiadas|todas (?:mis|las)) (?:pastillas|medicinas)|\btomé una"
    r" sobredosis",
    r"\bj'ai (?:pris|avalé) (?:trop de|tous mes|une boîte de) (?:cachets|médicaments|comprimés|somnifères)|\bj'ai"
    r" fait une overdose",
)
_NO_MAIL: Final = (
    r"(?! (?:a|an|the|another|over|my|some) )(?! (?:in|at|on|during) (?:the )?(?:game|chess|tennis|poker|court|fifa))"
)
HARM_TO_OTHERS: Final = (
    rf"\bi {ADV}(?:want to|am going to|am planning to|plan to|will|might|need to|am about to) {ADV}"
    rf"(?:stab|shoot|strangle|poison|beat up|choke|murder|smother|shake|drown|suffocate|slap) {PEOPLE}{_NO_MAIL}(?!"
    r" in the (?:\w+ )?(?:act|scene|chapter))",
    rf"\bi {ADV}(?:want to|am going to|am planning to|plan to|will|might|am about to) {ADV}hurt {PEOPLE}"
    r"(?! (?:by|if|when i|with (?:this|my (?:words|decision))|emotionally|feelings|is feelings|in the (?:market"
    r"|polls|race)))",
    rf"\bi feel like (?:hurting|killing|stabbing|shooting) {PEOPLE}",
    rf"\bi {ADV}(?:want to|am going to|am planning to|will|plan to) kill {PEOPLE}(?! (?:for|if|at|in|when (?:he"
    r"|she) (?:sees|finds)))"
    r"(?=.*\b(?:gun|knife|weapon|i mean it|i am serious|tonight|tomorrow|when (?:he|she) comes|i really mean))",
    rf"\b(?:gun|knife|weapon|axe|bat)\b(?: [\w,]+){{0,8}} (?:going|want|will) (?:to )?(?:kill|shoot|stab|use it on)"
    rf" {PEOPLE}",
    r"\b(?:thoughts (?:of|about)|thinking (?:of|about)|afraid of|scared of) (?:hurting|killing|stabbing|drowning"
    rf"|smothering) {PEOPLE}"
    r"(?! (?:by|feelings|is feelings|emotionally|with))",
    rf"\b(?:before i|i will|i might|i could) (?:snap and |lose it and )(?:hurt|kill) {PEOPLE}",
    r"\bsomeone is going to (?:die|get killed) (?:today|tonight|tomorrow)",
    r"\bi (?:\w+ )?(?:want to|am going to|will|am planning to) (?:shoot up|blow up|bomb|attack) (?:the|my|this|a|our)"
    r" (?:\w+ )?(?:school|office|church|mosque|synagogue|building|place|mall|station|university)",
    r"\bi (?:\w+ )?(?:want to|am going to|will) (?:burn|set) (?:the|this|his|her|our|my) (?:house|place|building"
    r"|flat)"
    r" (?:down|on fire)",
    r"\bich (?:werde|will) (?:ihn|sie|meinen \w+|meine \w+) (?:umbringen|töten|erstechen|erschießen)(?! wenn)",
)
_BLOW: Final = r"(?: with (?:a|his|her|the) (?:belt|stick|fists?|bat|cane|shoe|hand|cable|hammer|bottle|\w+ stick))"
_NO_GAME: Final = (
    rf"(?:{_BLOW}|(?! (?:with|at|to (?:it|the|that)|up (?:with|about|for|on)|by \w+ (?:points|minutes|seconds))))"
)
ABUSE: Final = (
    rf"\b{THEY} (?:\w+ )?(?:hits|beats|is hitting|is beating|are hitting|are beating|hit and kicked|keeps hitting"
    r"|keeps beating|chokes"
    r"|choked|strangled|strangles|punches|punched|kicks|kicked|is choking|is hurting|slaps|slapped|raped|rapes"
    r"|abuses|is abusing"
    rf"|molests|burns|beat|beats and kicks|pushes and hits) me\b{_NO_GAME}",
    rf"\b(?:he|she|my (?:\w+ )?{RELATION}) hit me\b(?:{_BLOW}|(?! (?:with|up)))",
    rf"\b{THEY} (?:\w+ )?(?:put|has|had|wrapped|puts) (?:his|her|their) hands? (?:around|on|over) my (?:throat|neck"
    r"|mouth)",
    r"\b(?:raped|strangled|stabbed|choked) me\b(?! (?:with (?:questions|work)|in the back))|\btried to (?:strangle"
    r"|kill|choke|stab|rape|drown) me\b",
    r"\b(?:a man|a stranger|someone|two men|an intruder|a burglar) (?:is )?(?:in|inside) my (?:kitchen|house|home"
    r"|flat|room|garden|apartment|bedroom)",
    rf"\b{THEY} (?:\w+ ){{0,8}}?(?:touches|touched) me(?! (?:deeply|with (?:his|her) (?:words|story)|to tears))",
    rf"\b{THEY} (?:\w+ ){{0,6}}?(?:stabbed|broke|burned|burnt|smashed|twisted) my (?:\w+ )?(?:hand|arm|ribs?|nose"
    r"|leg|face|jaw|wrist|finger|eye|back)",
    rf"\b{THEY} (?:\w+ )?(?:throws|threw) (?:\w+ ){{0,3}}?at me(?! questions)|\bbruises?\b.{{0,25}}\b(?:from him"
    r"|from her|he|she|grabbed me)",
    rf"\b{THEY} (?:\w+ )?(?:locked|locks) the door|\b{THEY} (?:\w+ ){{0,6}}?took my (?:phone|keys|passport)"
    r" (?:away|so|and)",
    rf"\b{THEY} (?:hurts|is hurting) me (?:at night|every|when|physically|again)|\bnext time (?:he|she) (?:will"
    r" )?(?:kills?|finish(?:es)?)",
    r"\bi am (?:so |really |very )?(?:scared|afraid|terrified) (?:to go home|of going home)"
    r"(?! for (?:christmas|easter|thanksgiving|the holidays))",
    rf"\b{THEY} (?:\w+ )?(?:threw|throws|pushed|pushes|slammed|slams|dragged|drags) me (?:against|down|into|by"
    r"|across|onto)",
    rf"\b{THEY} (?:\w+ )?(?:pulled|pulls|points|pointed|held|holds) (?:a|the|his|her) (?:knife|gun|weapon) (?:on|at"
    r"|to) (?:me|my)",
    rf"\b{THEY} (?:\w+ )?(?:forces|forced|makes|made) me (?:to )?(?:have sex|sleep with|touch)",
    r"\b(?:said|says|threatens?|threatened|swears?|swore)\b.{0,60}\b(?:he|she|they) (?:will|would|is going to)"
    r" (?:kill|hurt|shoot|stab) me\b"
    r"(?! if i (?:am|was|were) late)(?! if i (?:forget|forgot|miss|break|broke|spill|lose))",
    r"\bi am hiding (?:in|from)(?: the \w+)?.{0,20}\b(?:him|her|he|she|my (?:husband|wife|boyfriend|partner|dad"
    r"|father|ex))\b",
    rf"\b{THEY} (?:is|keeps|has been|will not stop) (?:stalking me|following me home)",
    r"\b(?:touches|touched) me (?:at night|in bed|where|when (?:i am|we are) alone|inappropriately)",
    rf"(?:scared|afraid|terrified|frightened)(?: that)?(?: of)? {THEY} (?:is|are|will|might)(?: going to)? (?:kill"
    r"|hurt|murder|beat) me",
    rf"\b{THEY} (?:\w+ )?(?:said|says|told me|swore|promised)(?: that)?(?: (?:he|she|they))? (?:will|would|is going"
    r" to|was going to)"
    r" (?:kill|hurt|stab|shoot) me(?! if i (?:am|was|were) late)(?! if i (?:forget|forgot|miss|break|broke|spill"
    r"|lose|do not (?:call|finish)))",
    rf"\b{THEY} (?:\w+ )?(?:threatens|threatened|is threatening|keeps threatening|tried|tries|wants) (?:me with|to"
    r" (?:kill|hurt|stab|shoot"
    r"|strangle|beat) me)",
    rf"\b{THEY} (?:is|are) (?:outside|at|in front of|inside|in|banging on|pounding on) (?:my|the|our|her) (?:\w+ )?"
    r"(?:door|house|home|window|room|flat)\b.{0,40}\b(?:knife|gun|weapon|axe|bat|hammer)",
    r"\bi (?:am|do)(?: really| just)? not (?:feel )?(?:really )?safe (?:at home|here (?:with|at home)|in my (?:own )?"
    rf"(?:home|house|flat|apartment|room|bed)|(?:with|around) (?:him|her|my (?:\w+ )?{RELATION}))",
    rf"\b{THEY} (?:has |have )?(?:locked|locks|is locking) me (?:in|up|out)|\b{THEY} will not let me (?:out|leave"
    r" the (?:house|flat|room))",
    r"\b(?:someone|a man|two men|people|they|he) (?:is|are) (?:breaking in|breaking into (?:my|the|our)|trying to"
    r" break in"
    r"|following me(?! (?:on|in))|chasing me|in my house)",
    r"\bi (?:was|am|am being|have been|got|just got) (?:just )?(?:raped|sexually assaulted|beaten up by (?:my|him"
    r"|her))(?! (?:when|as a))",
    r"\bi am being (?:\w+ )?(?:abused|beaten|hit|held (?:captive|against)|stalked|trafficked|threatened|held)(?!"
    r" (?:to|up|by the market))",
    r"\bmein (?:\w+ )?(?:mann|freund|vater|partner|ex) (?:schlägt|würgt|verprügelt|bedroht|misshandelt) mich",
    r"\bmi (?:marido|novio|padre|pareja|esposo|ex) (?:me (?:pega|golpea|maltrata|amenaza))",
    r"\bmon (?:mari|copain|père|compagnon|ex|conjoint) me (?:frappe|bat|menace|maltraite)",
)

WORRYING: Final = (  # concern, not danger: what is often only a way of speaking, or somebody else's danger
    (Kind.SUICIDE, r"\bi (?:would|could)(?: just| honestly)? kill myself(?! (?:for|laughing|over))"),
    (
        Kind.SUICIDE,
        r"\bi (?:could|might)(?: just)? (?:drive|crash|walk|step|swerve) (?:\w+ ){0,2}?(?:into|in front of|off) (?:a"
        r"|the|that|my|"
        r"oncoming) ?(?:tree|wall|traffic|bridge|cliff|bus|train|truck|road)",
    ),
    (
        Kind.SUICIDE,
        r"\bi (?:\w+ )?(?:tried|attempted)(?: to)? (?:kill myself|end my life|suicide|take my (?:own )?life)",
    ),
    (Kind.SUICIDE, r"\bi (?:\w+ )?do not want to (?:live like (?:this|that)|be here)(?: any more)?(?= \.)"),
    (
        Kind.SUICIDE,
        r"\bi (?:\w+ )?(?:keep|have been|am) (?:\w+ )?thinking (?:about|of) (?:death|dying|not being here)(?! (?:of"
        r"|in))",
    ),
    (Kind.SUICIDE, r"what is the point (?:of|in) (?:living|life|being alive|going on)"),
    (Kind.SUICIDE, r"\bi feel like dying(?= [.,])|\bdeath would be (?:a relief|better|easier)"),
    (
        Kind.HARM_TO_OTHERS,
        rf"\bi {ADV}(?:want to|am going to|will) kill {PEOPLE}(?! (?:for|if|at|in|with kindness|today in|when"
        r" (?:he|she) (?:sees|finds)))",
    ),
    (
        Kind.SUICIDE,
        rf"\b(?:my|a|our) (?:\w+ )?(?:{RELATION}|friend|son|daughter|colleague|classmate|neighbou?r|client|student)"
        r" (?:\w+ ){0,5}?(?:is going|wants|is about|is planning|plans|is trying|threatens) to (?:kill|hurt|harm)"
        r" (?:herself|himself|themselves)",
    ),
    (Kind.ABUSE, rf"\b(?:he|she|my (?:\w+ )?{RELATION}) (?:gets|is|becomes) (?:very |really |so )?violent"),
)

STATEMENTS: Final = (
    *((Level.DANGER, Kind.OVERDOSE, wording) for wording in (*OVERDOSE, *veiled.BODY, *abroad.OVERDOSE)),
    *(
        (Level.DANGER, Kind.SUICIDE, wording)
        for wording in (*SUICIDE, *veiled.NOT_BEING, *veiled.MEANS, *abroad.SUICIDE)
    ),
    *(
        (Level.DANGER, Kind.HARM_TO_OTHERS, wording)
        for wording in (*HARM_TO_OTHERS, *veiled.OTHERS, *abroad.HARM_TO_OTHERS)
    ),
    *((Level.DANGER, Kind.SELF_HARM, wording) for wording in (*SELF_HARM, *veiled.HURTING_ONESELF, *abroad.SELF_HARM)),
    *((Level.DANGER, Kind.ABUSE, wording) for wording in (*ABUSE, *veiled.VIOLENCE, *abroad.ABUSE)),
    *((Level.CONCERN, kind, wording) for kind, wording in WORRYING),
)
"""Level, kind and wording; the first that fits decides among those of the same level."""
ABROAD: Final = frozenset((*abroad.OVERDOSE, *abroad.SUICIDE, *abroad.HARM_TO_OTHERS, *abroad.SELF_HARM, *abroad.ABUSE))
"""Those that need a word of German, French or Spanish."""
