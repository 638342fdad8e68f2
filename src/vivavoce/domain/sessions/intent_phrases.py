"""The wordings the wrap-up rules know, as pieces of regular expressions over plain text.

Plain text is what `intents.plain` makes: lower case, contractions opened, single blanks, ` , ` and ` . ` for the
breaks between clauses and sentences, and ` . ` at the very end. Recognised speech mostly has no other break.

Pieces stand as alternatives, apart by ` | `; the pieces of a longer wording are put together in f-strings.
"""

from typing import Final

from vivavoce.base.wording import any_of, words

_SHORT: Final = """let's = let us; lets = let us; gotta = have to; gotto = have to; gonna = going to; wanna = want to;
goin = going; im = i am; ive = i have; id = i would; dont = do not; cant = can not; cannot = can not; can't = can not;
won't = will not; wont = will not; didnt = did not; isnt = is not; shouldnt = should not; thats = that is; its = it is;
whats = what is; ok = okay; kay = okay; alright = okay; yea = yes; yeah = yes; yah = yes; ya = yes; yep = yes;
yup = yes; nope = no; nah = no; goodbye = bye; byebye = bye; tonight = today; wrap-up = wrap up; cuz = because;
'cause = because;
cause = because; everyone = everybody; anymore = any more"""
CONTRACTIONS: Final = {short: full for short, _, full in (pair.strip().partition(" = ") for pair in _SHORT.split(";"))}
ENDINGS: Final = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am", "'s": "is"}

HESITATIONS: Final = words("um uh uhm umm uhh er erm eh hm hmm mm mhmm")
"""Sounds that recognisers write down: left out."""

FILLERS: Final = words(
    """ah oh well so and but then yes okay right anyway anyways anyhow now listen look hey sorry actually honestly
    basically please maybe perhaps alas cool great good fine wow wonderful perfect coach"""
)
"""Words that may stand before a wish without being part of it, or in front of a new clause."""

_VERY: Final = r"(?:(?:really|very|so|quite|super|pretty|all|a bit|a little|getting) )*"
_FOR_WHAT: Final = r"(?: for (?:today|now|everything|listening|helping me|your \w+|the \w+))?"
_THANKS: Final = rf"(?:many )?thanks?(?: you)?(?: a lot| so much| very much| again)?{_FOR_WHAT}"

_NICE: Final = "helpful|useful|great|good|nice|interesting|fun|enough|lot|okay|lovely"
_TALK: Final = "(?:session|call|conversation|chat|discussion|coaching|talk|meeting)"
_TALKING: Final = "talking (?:to|with) you"

OPENERS: Final = any_of(
    rf"""i (?:do )?(?:really )?(?:think|guess|suppose|believe|feel like|reckon)(?: that(?! is))?
    i would (?:say|suggest)
    i am (?:so |very |really )?(?:afraid|sorry)(?: that| but)?
    (?:to be|being) honest | (?:you )?know what | you know | i mean | (?:like|as) i said | on that note | with that
    if (?:that is|it is|you are) (?:okay|fine|all right)(?: with you)? | if you do not mind | unfortunately
    (?:i )?{_THANKS}
    (?:this|that|it) (?:was|is|has been) (?:a )?{_VERY}(?:{_NICE})(?: (?:for me|for one day|{_TALKING}|today|{_TALK}))*
    (?:good|nice|great|lovely) (?:talk|chat|session|talking to you)
    (?:it is )?(?:getting|gotten) (?:late|dark)(?: here)?
    it is (?:late|lunch ?time|dinner ?time)(?: here| already| now)?
    i am {_VERY}(?:tired|exhausted|hungry|sleepy)(?: now)?"""
)

REPORTING: Final = words(
    """said says say saying told tells tell telling asked asks ask wrote writes texted shouted shouts yelled yells
    announced goes like thought thinks decided called answered replied whispered whispers screamed cries heard"""
)
"""After one of these, a wish is somebody's words told again."""

SUBORDINATE: Final = words(
    """that if when whenever where wherever what how why who which think know knew feel felt feeling until till before
    after unless whether once while not never something place way reason moment day sure hope wish wonder believe
    realise realize me him her them us you point than time times things everybody people imagine suppose pretend as
    though with for of by a an the my your no to"""
)
"""After one of these, `I have to go` is part of a longer thought, not a wish of its own."""

HABIT: Final = words(
    """every each always whenever usually often sometimes if when imagine suppose pretend once until unless used dreamt
    dreamed dream mornings evenings"""
)

# --- what may follow a wish -------------------------------------------------------------------------

_MINUTES = r"in (?:a|one|two|three|five|ten|\d+) (?:minutes?|mins?|moments?|seconds?|secs?|bit|while)"
_WHEN = any_of(
    rf"""now | here | there | today | right (?:here|now|there) | soon | already | then | please | okay | though | again
    early | shortly | for (?:today|now|the day|the moment|the evening|the night|the time being)
    for this (?:morning|evening|week|time) | this (?:evening|morning|afternoon) | at this point
    on (?:that|this|a (?:good|high|positive)) note | {_MINUTES}
    if (?:that is|it is|you are) (?:okay|fine|all right)(?: (?:with|for) you)? | if you do not mind
    if (?:we can|possible|that works) | i (?:think|guess|am afraid|suppose) | with you | too | as well | unfortunately
    actually | really | quickly | or so | everybody | coach | my friend | guys | sorry"""
)
_ON = any_of(
    r"""because(?! of (?:my|the) (?:job|boss)) | since | so(?! (?:badly|much|long as)) | but | thanks? | sorry | bye
        talk
    speak | see | catch | have a | can | could | shall | would | is (?:that|it) | it (?:is|was|has)
        this (?:is|was|has)
    that (?:is|was) | until | till | before | or else | or i | and(?! then\b) | my(?! own\b| way\b) | i | we | someone
    somebody | there is | there are | dinner | lunch | work is | you
    the (?:kids|train|bus|baby|next|doorbell|door|phone|battery|others|dog|taxi|cab|oven)"""
)
END: Final = rf"(?: {_WHEN})*(?= [.,]| {_ON}\b)"
"""Nothing more, a word or two of when and please, or a reason."""
NOW: Final = rf"(?: {_WHEN})+(?= [.,]| {_ON}\b)"
ALONE: Final = rf"(?: {_WHEN})*(?: [.,])+$"

# --- the wishes -------------------------------------------------------------------------------------

_SOFT = (
    r"(?:(?:really|just|also|maybe|perhaps|probably|please|kind of|actually|soon|now|better|quickly|should"
    r"|all|rather) )*"
)
_SESSION = rf"(?:(?:the|this|our|my) )?(?:(?:coaching|mentoring|little) )?{_TALK}"
_IT = rf"(?:it|this|that|things|us|{_SESSION})"
_CLOSE = any_of(
    rf"""stop(?: {_SESSION}| this| talking| it)? | (?:finish|end|close)(?: {_IT})?(?: (?:off|up|down|out))?
    wrap(?: {_IT})? up(?: {_IT})? | wrap {_IT} | bring {_IT} to (?:a close|an end) | conclude(?: {_IT})?
    call (?:it|this) (?:a (?:day|night|wrap)|quits) | leave (?:it|this|things) (?:here|there|at that|for today|for now)
    be done | break (?:it )?off | say (?:bye|good bye) | hang up | log off | sign off | quit (?:the|this) {_TALK}
    leave (?:the|this) (?:session|call|room|chat) | exit(?: {_SESSION})? | adjourn | part ways here"""
)
_LATER = (
    r"(?:continue|resume|finish|do|talk|carry on|go on|meet|speak|chat|pick)"
    rf"(?: (?:with )?(?:it|this|that|the rest|(?:our|this|the) {_TALK}))?(?: up)?(?: again)? "
    r"(?:tomorrow|next time|another (?:time|day)|some other time|later|next week|(?:in the )?next session)"
)
_GO = any_of(
    """go | leave | run | get going | get off | be going | be off | take off | dash | head (?:out|off|home|back)
    jump(?: off)? | drop(?: off)? | hop off | hang up | log off | sign off | get off (?:the )?(?:call|phone|line)
    be on my way | rush | bounce | split | get back"""
)
_CHILDREN = r"(?:my |the |our )?(?:\w+ )?(?:kids?|children|son|daughter|girls?|boys?)(?: (?:up|from \w+))?"
_ERRAND = (
    "(?: "
    + any_of(
        rf"""(?:to|into|for|off to) (?:bed|sleep|work|class|school|lunch|dinner|home)
        (?:to|into|for|off to) (?:a|another|my|my next|the next) (?:meeting|call|appointment|class|shift|lesson)
        (?:and )?(?:pick up|get|fetch|collect) {_CHILDREN}
        (?:and )?(?:catch|make|get) (?:my|the|a) (?:train|bus|flight|plane|tram|lift|ride)
        (?:and )?(?:make|cook|have|eat|start) (?:dinner|lunch|breakfast)
        (?:and )?(?:walk|feed) (?:the|my) (?:dog|cat|baby|kids)"""
    )
    + ")?"
)
_HAVE = any_of(
    """have to | (?:have (?:really |just )?)?got to | need to | must | should | had better | would better | better
    ought to
        will have to
    am going to have to | might have to | need | have"""
)
_WANT = (
    any_of(
        """would (?:like|love|prefer|rather) | want | need | prefer | am ready | am happy | are ready | would be happy
        would be ready | am about | wish | feel ready"""
    )
    + "(?: to)?(?: us to)?"
)
_MAY = any_of(
    """(?:can|could|shall|may|should|might|would) (?:we|you|i) | let us | how about we | what if we | why do not we
        let me
    (?:do|would) you mind if (?:we|i) | (?:is|would) it (?:be )?(?:okay|fine|all right|possible) (?:if (?:we|i)|to)
    i (?:think|suggest|propose|vote|would say|would suggest) we(?: should| can| could)?
        i (?:would )?(?:suggest|propose)
    we (?:can|could|should|may|might|have to|need to|must|had better|ought to|might as well) | maybe we
    i am (?:okay|fine|happy|good) to | (?:it is )?(?:about )?time (?:for (?:me|us) )?to
    i am going to | we are going to | i will | we will | i would"""
)
_STOP_ONLY = r"(?:stop|finish|end|close)"
_NEED_NOT_MORE = rf"(?!{_STOP_ONLY}(?: it)?(?: [.,]|$)|stop\b|finish(?! up| this| it| off| on))"

WISHES: Final = (
    # I have to go
    rf"i {_SOFT}{_HAVE} {_SOFT}(?:to )?{_GO}{_ERRAND}{END}",
    rf"we {_SOFT}{_HAVE} {_SOFT}(?:to )?{_GO}{END}",
    rf"(?:(?:can|could|may|should|shall) i|(?:is|would) it (?:be )?(?:okay|fine) if i) {_SOFT}(?:go|leave){END}",
    rf"i {_SOFT}(?:am going to|will|would like to|want to) {_SOFT}(?!run){_GO}{_ERRAND}(?:{NOW}|{ALONE})",
    rf"i am (?:leaving|going|heading (?:out|off|home)|logging off|signing off|hanging up){_ERRAND}(?:{NOW}|{ALONE})",
    rf"i am (?:off|out){_ERRAND}{END}",
    rf"(?:it is )?(?:about )?time (?:for (?:me|us) )?to {_SOFT}(?:go|leave|head (?:out|off|home)|run){END}",
    rf"i (?:will|should|better) (?:let you go|leave you to it|leave it (?:here|there|at that)){END}",
    # let us close
    rf"{_MAY} {_SOFT}{_CLOSE}{END}",
    rf"{_MAY} {_SOFT}(?:have to )?{_LATER}{END}",
    rf"(?:i|we) {_SOFT}{_WANT} {_SOFT}(?:to )?(?:{_LATER}|{_NEED_NOT_MORE}{_CLOSE}){END}",
    rf"(?:i|we) {_SOFT}(?:{_WANT}|{_HAVE}) {_SOFT}(?:to )?{_STOP_ONLY}(?: it| this)?{NOW}",
    rf"(?:i|we) {_SOFT}{_WANT} {_SOFT}(?:to )?{_STOP_ONLY}{ALONE}",
    rf"we (?:can|could|should|have to|need to|must) {_SOFT}(?:stop|finish|end|close|go){END}",
    rf"(?:please )?(?:end|stop|close|finish|quit|leave|terminate) {_SESSION}{END}",
    rf"(?:please )?(?:wrap (?:it |this |things )?up|call it a day|(?:stop|end it|finish) here|stop now|finish up){END}",
    rf"(?:please )?(?:stop|quit|exit|end|finish|enough){ALONE}",
    rf"wrapping up{NOW}",
    # I am done
    r"(?:i|we) (?:am|are) (?:all )?(?:done|finished|through)(?: talking)?"
    rf"(?: (?:here|now|today|for (?:today|now|the day|this session|the moment)))+{END}",
    rf"(?:i|we) (?:am|are) (?:all )?(?:done|finished){ALONE}",
    rf"(?:i am |that is me )?(?:all )?(?:done|finished|good) (?:here )?for (?:today|now|the day){END}",
    r"(?:(?:that|this|it) (?:is|will be) |is )?(?:really |about )?(?:all|it|everything|enough|plenty)"
    rf"(?: (?:for (?:today|now|this session|the day|this time)|i (?:have|had)(?: got)? for (?:today|you|now)))+{END}",
    r"that is (?:all|everything) i (?:wanted|needed|had)(?: to (?:say|discuss|talk about|cover|share))?"
    rf"(?: with you)?{END}",
    r"that is (?:all|everything|it)(?: then)?(?: ,)* (?:thanks?(?: you)?|bye)\b",
    rf"nothing (?:else|more) (?:for (?:today|now)|from (?:me|my side)){END}",
    rf"no more (?:for )?(?:today|questions for today|for now){END}",
    rf"i (?:have|have got|got) (?:everything|all|what) i (?:need|needed|wanted|came for){END}",
    rf"i do not want to (?:continue|go on|carry on|keep going){ALONE}",
    rf"i (?:can not|do not want to|would rather not) (?:continue|go on|carry on|keep going|talk|do this|keep talking)"
    rf"(?: (?:any ?more|any longer|right now|now|today|at the moment))+{ALONE}",
    rf"i (?:do not have|have no)(?: any)? more time(?: (?:today|now|right now|left|for this))*{END}",
    rf"i am out of time(?: for today| now| today)?{ALONE}",
    rf"(?:my|our|the) time is up{END}",
    # farewells
    rf"bye(?: bye)*(?! (?:to|for (?!now|today))\b)(?: \w+)?{ALONE}",
    r"bye(?: bye)*(?= (?:thanks?|talk|see|have a|i have|take care)\b)",
    rf"(?:i will )?see (?:you|ya)(?: (?:later|soon|tomorrow|around|then|again|next (?:time|week)|on \w+day))*{ALONE}",
    rf"(?:we will |i will |let us )?(?:talk|speak|chat)(?: (?:to|with) you)?(?: again)?"
    rf"(?: (?:later|soon|tomorrow|next (?:time|week)|another time))+{ALONE}",
    rf"(?:until|till) (?:next time|tomorrow|next week|then){ALONE}",
    rf"(?:catch you later|take care|good night|so long|ciao|farewell){ALONE}",
    rf"have a (?:nice|good|great|lovely) (?:day|evening|night|weekend|one|rest of your day){ALONE}",
)

_SOMEBODY = r"(?:he|she|they|my \w+|people|everybody|someone|the \w+)"
_SAID = r"(?:said|says|say|told|wrote|thought|shouted|goes|saying|texted)"
TOLD_AFTER: Final = r"(?: [.,])* " + any_of(
    rf"""{_SOMEBODY} (?:(?:always|just|often|would|kept) )*{_SAID}\b
    i (?:said|say|thought|told (?:him|her|them|my \w+))\b | (?:is|was) what (?:he|she|they|i|my \w+)"""
)
"""Behind a wish, this makes it somebody's words told again: `I have to go, she said`."""

# --- the answers to "Shall we close here?" ----------------------------------------------------------

_GOOD = r"(?:good|great|fine|okay|right|nice)"
YES_WORD: Final = any_of(
    rf"""yes | sure(?: thing)? | (?:okay|fine)(?: (?:with|by) me)?
    of course | absolutely | definitely | certainly | exactly
    correct | right | mhm | mm-hm | mmhm | uh-huh | uhuh | mm hm | please(?: do)? | good | great | perfect
    why not | do it | go ahead
    no (?:problem|worries|objections?) | agreed | affirmative | true | indeed | aye | by all means | gladly | totally
    sounds (?:{_GOOD}|like a plan) | (?:that )?works(?: for me)?
    that (?:is|sounds|would be|will be) {_GOOD}(?: (?:with|for|by) me)?
    i (?:think|guess|suppose|believe) (?:so|yes|we (?:can|should)) | we (?:can|should|may|could|shall) | you (?:can|may)
    let us(?: do (?:that|it|so))? | i am (?:okay|fine|good) with (?:that|it) | i would (?:like|love) (?:that|to)
    i (?:do|agree)
        (?:i am|we are)(?: (?:pretty much|more or less|almost|basically|all))? (?:done|finished|ready|through)
    that is (?:all|it|everything|enough) | all good | all right | for (?:sure|now) | very good | good idea
    (?:close|end|stop|finish|wrap)(?: (?:it|this|here|the session|the call|up))* | nothing (?:else|more)
    i (?:have|have got|got) (?:nothing (?:else|more)|everything i need(?:ed)?|to go)
    i have (?:a|another|my next) (?:meeting|call|appointment|class)"""
)
_HERE = r"(?: (?:here|now|it|this|that))*"
EXTRA: Final = any_of(
    rf"""i (?:think|guess|suppose) | {_THANKS} | for (?:today|now) | now | here | then | bye | coach | today | and
        well | so | oh
    (?:this|that|it) (?:was|is|has been) {_VERY}(?:helpful|useful|great|good|nice|enough|okay|lovely)(?: for today)?
    let us (?:close|stop|end|finish|wrap up|do that|do it){_HERE} | we can (?:close|stop|end|finish|wrap up){_HERE}
    that is (?:all|it|everything|enough|fine|okay)(?: for (?:today|me|now))? | very much | we are done(?: here)?
    see you(?: (?:soon|later|tomorrow|next time|next week))? | have a (?:good|nice|great) (?:day|one|evening) | you too
    i am (?:done|good|finished|tired) | please | until next time | take care | talk (?:soon|later) | actually
    i have to go(?: now)? | close (?:it|here|this)(?: here)?"""
)
"""An answer made of such pieces alone, one of them a YES_WORD, is a yes. For text without breaks."""
YES_AFTER_NO: Final = rf"no(?: [.,])* (?:{EXTRA} (?:[.,] )*){{0,2}}" + any_of(
    r"""that is (?:all|it|everything|fine|okay) | nothing (?:else|more)
        i am (?:done|finished|good for (?:today|now)|all good)
    we (?:can (?:close|stop|end|finish|wrap)|are done|should (?:close|stop|end)|(?:have )?covered (?:it all|everything))
    let us (?:close|stop|end|finish|wrap) | go ahead | close | i have to go | more questions
        i have (?:nothing|everything)"""
)
"""`No, that's all`: an answer to `anything else?`, which agrees to close."""
_GO_ON = any_of(
    r"""go on | continue | keep going | carry on | keep (?:talking|on) | proceed | not | stay | talk (?:some )?more
    (?:do|have|take|get) (?:some|a bit|a little|\w+) more | move on | go a bit (?:longer|further)"""
)
_COULD_WE = any_of(
    """let us | i would (?:like|love|prefer|rather)(?: to)? | i want to | we (?:can|could|should) | can we | could we
    i would | please | you can"""
)
_MORE = r"(?:still )?" + any_of(
    r"""another(?! (?:meeting|call|appointment|class))
    (?:one|two|five|ten|some|a bit|a little|a few|a couple|\d+) more
    more | something else | one last | a question | a few"""
)
_MILDLY = "(?: (?:please|just|maybe|still|rather|actually|really))*"
_ASK = "(?:ask|say|tell|discuss|talk about|add)"
NO: Final = any_of(
    rf"""no\b(?! (?:more|problem|worries|objections?|idea|clue|one|matter))
    not (?:yet|now|really|quite|just yet|right now|here|so fast|at all|today|for me|before)
    (?:please )?(?:do not|never) (?:close|stop|end|go|leave|hang up|finish|wrap) | please do not [.,]
    (?:please )?wait(?: a (?:minute|moment|second|sec|bit))?(?= [.,]| (?:no|not|there|i|one|let|before|please|just)\b)
    (?:just )?(?:hold on|hang on|one (?:more|last|second|moment|minute|sec)|a moment|just a (?:minute|moment|sec\w*))\b
    {_COULD_WE}{_MILDLY} {_GO_ON}\b(?!(?: \w+){{0,3}} (?:tomorrow|next|another|later))
    (?:go on|continue|keep going|carry on)(?: please)? [.,]
    (?:i|we) (?:would )?(?:still )?(?:have|have got|got|want|need|like)(?: to {_ASK})? (?:you )?{_MORE}\b
    (?:give me|let me have|just) (?:another|a few more|\w+ more)
    (?:but )?(?:there is|there are) (?:still |also )?(?:something|one more|one thing|another|more|a few|some)
    something else (?:came|comes|popped)
    (?:i am|we are) not (?:quite |yet |really )?(?:done|finished|ready|there)
    i do not (?:want|think|feel)\b(?! (?:to (?:continue|go on|talk|keep)|there is))
    i would (?:rather|prefer) (?:not|continue|go on|keep|to (?:continue|go on|keep|carry on|stay))
    (?:we|you) (?:should|can|could) not (?:stop|close|end|finish|yet) | we should (?:continue|go on|keep going|carry on)
    in (?:a|five|ten|two|\d+) (?:minutes?|moments?|bit) | (?:maybe )?later
    (?:absolutely|of course|certainly|definitely|rather|better) not | why would we | i can stay
    i have (?:still )?(?:got )?(?:some |plenty of )?time"""
)
"""An answer that begins so, after fillers, is a no."""

NET: Final = (
    r"\b"
    + any_of(
        r"""stop | stopping | finish(?:ed|ing)? | wrap | wrapping | close | closing | bye | good bye | quit | exit
        enough
        leav(?:e|ing) | hang up | log off | sign off | call it | head (?:out|off|home) | heading (?:out|off|home)
        good night
        end(?:ing)?(?: (?:the|this|it|our|here|now|on|session|call|today)) | take care | see you | see ya | ciao
        farewell
        adios | done | later | next (?:time|week|session) | another (?:time|day) | pick (?:this|it) up
        i am (?:off|out)
        (?:continue|do|finish) (?:it |this |\w+ \w+ )?(?:tomorrow|another) | time is up | out of time
        no (?:more )?time
        running late | late for | that (?:is|will be) (?:all|it|everything) | all for (?:today|now) | for today
        for now
        let you go | leave (?:it|you) | tired | exhausted | break | pause | waiting for me | calling me | need me
        picking me up | is here | at the door | starts in | meeting in | in (?:a|five|ten|two|\w+) minutes?
        if i (?:go|leave)
        (?:have|has|got|need|must|should|better|time|want|ought|going|about|let|may|can)"""
        r""" (?:(?:to|us|me|i|really|get|be) )*"""
        r"""(?:go|going|run|jump|drop|dash|rush|off|move)"""
    )
    + r"\b"
)
"""Anything that may be about stopping: the gate before a language model is asked."""
