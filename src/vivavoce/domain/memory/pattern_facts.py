"""Wordings that tell who somebody is, where they live and work, who is near them, and what they usually do."""

from typing import Final

from vivavoce.domain.memory.pattern_words import (
    FACT,
    GOAL,
    ILLNESS,
    KIN,
    NAME,
    NUMBER,
    OFTEN,
    PLACE,
    PREFERENCE,
    PROFESSION,
    RELATIVE,
    REST,
    SO,
    rule,
)

FACTS: Final = (
    # --- who somebody is ------------------------------------------------------------------------
    rule(
        PREFERENCE,
        rf"""(?<!n't )(?<!not )(?<!never )(?<!to )(?<!they )(?:please |just |you can |everybody |
        everyone )*call(?:s)? me
        \ {NAME}""",
        "Please call me {0}",
        "called",
        people=True,
    ),
    rule(
        PREFERENCE,
        rf"""i(?:'d| would) (?:rather|prefer to) be called {NAME}""",
        "Please call me {0}",
        "called",
        people=True,
    ),
    rule(PREFERENCE, rf"i go by {NAME}", "Please call me {0}", "called", people=True),
    rule(FACT, rf"my (?:full |first |real )?name(?: is|'s) {NAME}", "My name is {0}", "name", people=True),
    rule(FACT, rf"i(?:'m| am) (?:called|named) {NAME}", "My name is {0}", "name", people=True),
    rule(FACT, rf"i(?:'m| am){SO} ({NUMBER}) years old", "I am {0} years old", "age"),
    rule(FACT, rf"i(?:'ve| have)?{SO} turned ({NUMBER})\b", "I am {0} years old", "age"),
    rule(FACT, r"my birthday(?: is|'s) (?:on |in )?(.+)", "My birthday is {0}", "birthday"),
    rule(FACT, r"i was born (?:in|on) (.+)", "I was born in {0}", "born"),
    rule(FACT, r"my pronouns are (.+)", "My pronouns are {0}", "pronouns"),
    # --- where somebody lives and works -------------------------------------------------------------
    rule(
        FACT, rf"i{SO} live (?:just |right )?(in|near|on|at|outside(?: of)?|with) {REST}", "I live {0} {1}", "home:{0}"
    ),
    rule(
        FACT,
        rf"""i(?:'m| am|'ve been| have been){SO} living (in|near|on|with) {REST}""",
        "I live {0} {1}",
        "home:{0}",
    ),
    rule(
        FACT,
        rf"i(?:'ve| have)?{SO}(?: recently| only)? moved (?:(?:back|out|over|up|down) )?to {PLACE}",
        "I live in {0}",
        "home:in",
    ),
    rule(
        FACT,
        rf"""i(?:'m| am){SO}(?: originally)? from (?!the (?:future|past)|what|here\b|there\b){REST}""",
        "I am from {0}",
        "origin",
    ),
    rule(FACT, rf"i(?:'m| am)?{SO} (?:work|working) as (an?|the) {REST}", "I work as {0} {1}", "job"),
    rule(
        FACT,
        rf"""i(?:'m| am)?{SO} (?:work|working) (?:at|for) (?!it\b|that\b|free\b|my goals?\b|hours\b|long\b|night\b|
        home\b|the moment\b){REST}""",
        "I work at {0}",
        "employer",
    ),
    rule(
        FACT,
        rf"""i(?:'ve| have)?{SO}(?: recently)? (?:started|got) (?:a new job|working) (?:at|for) {REST}""",
        "I work at {0}",
        "employer",
    ),
    rule(
        FACT,
        rf"""i(?:'m| am){SO} (an? (?:[\w-]+ ){{0,3}}?{PROFESSION}\b(?: (?:at|for|in|of) .+)?)""",
        "I am {0}",
        "job",
    ),
    rule(
        FACT,
        rf"""i(?:'m| am)?{SO} (?:study|studying) (?!for\b|hard\b|a lot\b|more\b|it\b|too\b|at night|all\b|every\b|the\b|
        my\b|less\b|enough\b|better\b){REST}""",
        "I study {0}",
        "studies",
    ),
    rule(
        FACT,
        r"""i(?:'m| am)(?: currently| now)? (unemployed|retired|self-employed|freelance|on parental leave|on sick leave|
        between jobs|looking for (?:work|a (?:new )?job))""",
        "I am {0}",
        "job",
    ),
    rule(
        FACT,
        rf"""i{SO} (?:run|own|lead|manage) (an? (?:\w+ ){{0,3}}(?:company|business|shop|store|restaurant|café|cafe|
        bakery|practice|startup|studio|farm|team|department|agency|school)\b.*)""",
        "I run {0}",
    ),
    rule(
        FACT,
        rf"we(?:'ve| have)?(?: just| recently)? moved (?:(?:back|out|over|up|down) )?to {PLACE}",
        "I live in {0}",
        "home:in",
    ),
    rule(FACT, rf"i{SO} teach (?!myself\b|him\b|her\b|them\b|you\b)(\w.+)", "I teach {0}", "job"),
    rule(
        FACT,
        rf"(?:i'm|i am|we're|we are){SO} moving (?:(?:back|out|over|up|down) )?to ((?!the next\b|another\b)\S.*)",
        "I am moving to {0}",
        "moving",
    ),
    rule(FACT, rf"(?:i'm|i am|we're|we are){SO} based (in|near) {REST}", "I live {0} {1}", "home:{0}"),
    rule(
        FACT,
        r"""i(?:'ve| have) been (sober|clean|vegan|vegetarian|single|married|divorced|widowed|unemployed|self-employed|
        off work|on sick leave|(?:in|at|with) \S+(?: \S+){0,3}) ((?:for|since) .+)""",
        "I have been {0} {1}",
    ),
    rule(
        FACT,
        rf"""i{SO} work ((?:(?:night|early|late|day|double|split) )?shifts\b.*|part[- ]time\b.*|full[- ]time\b.*|
        remotely\b.*"""
        r"|nights\b.*|weekends\b.*|abroad\b.*)",
        "I work {0}",
        "hours",
    ),
    rule(
        FACT,
        r"""i(?:'ve| have)?(?: just| recently)? (?:got|was|been) ((?:laid off|fired|made redundant|promoted|transferred|
        accepted|suspended|sacked|let go)\b.*)""",
        "I was {0}",
        "job news",
    ),
    rule(
        FACT,
        r"""i(?:'ve| have)? had (an? (?:\w+ )?(?:burnout|burn-out|stroke|heart attack|miscarriage|breakdown|
        accident|operation|
        concussion|depression)\b.*)""",
        "I had {0}",
    ),
    rule(
        FACT,
        r"""i(?:'m| am)(?: now)? (in (?:sales|marketing|hr|it|tech|finance|banking|insurance|education|retail|
        logistics|politics|
        publishing|construction|real estate|public relations|pr|health ?care)\b)""",
        "I am {0}",
        "job",
    ),
    rule(FACT, r"i(?:'m| am) (retiring (?:in|next|this|at) .+)", "I am {0}", "retiring"),
    rule(
        FACT,
        r"""i(?:'m| am) (not (?:very |so |really )?good|(?:really )?(?:bad|terrible|hopeless)) (with|at) (?!that\b|
        this\b|it\b)(\w.+)""",
        "I am {0} {1} {2}",
    ),
    rule(FACT, r"i grew up (in|near|on|with) (\S.*)", "I grew up {0} {1}", "childhood"),
    rule(FACT, rf"i(?:'ve| have)?{SO} (retired)\b", "I am retired", "job"),
    rule(
        FACT,
        rf"""i(?:'m| am){SO} (in (?:my (?:\w+ )?(?:first|second|third|fourth|fifth|sixth|final|last) (?:year|
        semester)|year"""
        rf""" {NUMBER})\b.*|doing (?:a|my) (?:phd|master'?s?|bachelor'?s?|degree|doctorate|apprenticeship|
        internship)\b.*)""",
        "I am {0}",
        "studies",
    ),
    rule(
        FACT,
        r"""i(?: now| currently)? do ((?:freelance|contract|shift|night|volunteer|voluntary|admin|research|consulting|
        part-time|social|design|field)\b.+|\w.+ for a living)""",
        "I do {0}",
        "job",
    ),
    rule(
        FACT,
        r"""i(?:'ve| have)? (co-?founded|founded|started|set up) (an? (?:\w+ ){0,3}(?:company|business|shop|
        startup|studio|
        charity|agency|practice|school|band|choir|club|podcast)\b.*)""",
        "I {0} {1}",
    ),
    rule(FACT, rf"i(?:'ve got| have) (a team of {NUMBER}\b.*)", "I have {0}", "team"),
    rule(
        FACT,
        rf"i{SO} (?:run|lead|head) the (.{{0,60}}\b(?:team|department|ward|unit|office|branch|kitchen|choir)\b.*)",
        "I run the {0}",
    ),
    rule(
        FACT,
        rf"i(?:'m| am) (?:not|no longer) (an? (?:[\w-]+ ){{0,3}}?{PROFESSION})\b(?: (?:[\w ]{{0,30}} )?any ?more)",
        "I am no longer {0}",
        drops="{0}",
    ),
    rule(
        FACT,
        r"""i(?:'ve| have) been ((?!feeling|thinking|trying|waiting|meaning|wanting|wondering|sitting|hoping|
        planning)\w+ing
        \ .{0,80}?\b(?:since|for) .{0,40}?(?:years?|months?|\d{4}|i was \w+|child|school|birth))\b""",
        "I have been {0}",
    ),
    # --- people and animals ---------------------------------------------------------------------------
    rule(
        FACT,
        rf"""my ((?:older |younger |little |big |new |eldest |youngest )?{RELATIVE})(?:'s name)? (?:is|are) (?:called|
        named) {NAME}""",
        "My {0} is called {1}",
        "relative:{0}",
        people=True,
    ),
    rule(
        FACT,
        rf"""my ((?:older |younger |little |big |new |eldest |youngest )?{RELATIVE})'s (?:called|named) {NAME}""",
        "My {0} is called {1}",
        "relative:{0}",
        people=True,
    ),
    rule(
        FACT,
        rf"""my ((?:older |younger |little |big |new |eldest |youngest )?{RELATIVE})'s name(?: is|'s) {NAME}""",
        "My {0} is called {1}",
        "relative:{0}",
        people=True,
    ),
    rule(
        FACT,
        rf"""my ((?:older |younger |little |big |new |eldest |youngest )?{RELATIVE}),? ((?-i:[A-Z])[\w-]+)\b(?!'s)""",
        "My {0} is called {1}",
        "relative:{0}",
        people=True,
    ),
    rule(
        FACT,
        rf"""i{SO} have (an? (?:\w+ )?(?:dog|cat|son|daughter|sister|brother|horse|baby|rabbit)) (?:called|
        named) {NAME}""",
        "I have {0} called {1}",
        people=True,
    ),
    rule(
        FACT,
        rf"""i(?:'ve got|{SO} have) ((?:{NUMBER}|an?|no|three|two) (?:\w+ )?(?:kids?|child|children|sons?|daughters?|
        sisters?|brothers?|siblings|grandchildren|cats?|dogs?|twins))\b""",
        "I have {0}",
        "count:{0}",
    ),
    rule(
        FACT,
        rf"""i(?:'m| am){SO} (married(?: to (?!my (?:job|work))\S+)?|divorced|widowed|engaged(?: to (?!in|with)\S+)?|
        separated|single|pregnant)\b(?! (?:to the|with the|parent|mum|mom|dad|most|thing|minded|point))""",
        "I am {0}",
        "family",
    ),
    rule(FACT, r"i (?:just |recently )?got (married|divorced|engaged)\b", "I am {0}", "family"),
    rule(
        FACT,
        rf"""my ({KIN})(?: (?:has|have))?(?: just| recently)* ((?:died|passed away)\b(?: in \w+| (?:last|this) \w+|
        \ \w+ \w+ ago)?)""",
        "My {0} {1}",
        "died:{0}",
    ),
    rule(
        FACT,
        rf"my ({KIN})(?: has| is|'s)?(?: just| now)* (?:turned )?({NUMBER})(?: years old\b|\W|$)",
        "My {0} is {1} years old",
        "age:{0}",
    ),
    rule(FACT, rf"my ({KIN})(?: just| recently| now)* ((?:moved in|lives|is living) with (?:me|us)\b)", "My {0} {1}"),
    rule(
        FACT,
        r"(?:i|we)(?:'ve)?(?: just| recently)? got (an? (?:\w+ )?(?:dog|cat|puppy|kitten|baby|rabbit|horse))\b",
        "I have {0}",
    ),
    rule(FACT, rf"my ({KIN})(?: has|'s)(?: got)? ({ILLNESS})\b", "My {0} has {1}"),
    rule(
        FACT,
        r"my (wife|husband|girlfriend|boyfriend|partner|fiancée?) (?:just |recently )?((?:left me|moved out)\b.*)",
        "My {0} {1}",
        "family",
    ),
    rule(
        FACT,
        rf"""(my {KIN}(?: [A-Z]\w+)?) and i(?: have| are|'re|'ve)?(?: just| recently)* (split up|broke up|
        broken up|separated"""
        r"|got (?:married|divorced|engaged)|getting (?:married|divorced))\b",
        "{0} and I {1}",
        "family",
    ),
    rule(
        FACT,
        rf"""we(?:'ve got| have) ((?:{NUMBER}|an?) (?:\w+ )?(?:kids?|child|children|sons?|daughters?|twins|dogs?|
        cats?))\b""",
        "I have {0}",
        "count:{0}",
    ),
    rule(
        FACT,
        rf"(?:i|we|my {KIN} and i)(?:'ve got| have)(?: \w+)? (twins|triplets|grandchildren|foster children)\b",
        "I have {0}",
        "count:{0}",
    ),
    rule(FACT, rf"i{SO} (?:look after|care for|take care of) (my {KIN}\b.*)", "I look after {0}"),
    # --- health, languages, habits ------------------------------------------------------------------
    rule(FACT, r"i (?:don't|do not) (eat|drink) (?!much\b|enough\b|any\b|it\b|that\b)(\w.+?)$", "I don't {0} {1}"),
    rule(
        FACT,
        rf"i(?:'ve got| have| get) ({ILLNESS})\b",
        "I have {0}",
    ),
    rule(
        FACT,
        r"""i(?: (?:was|got|have been)|'ve been)(?: just| recently| finally)? (diagnosed with .+)""",
        "I was {0}",
    ),
    rule(
        FACT,
        r"i(?:'ve| have)? (hurt|broke|broken|injured|tore|torn|sprained) (my \w+.*)",
        "I {0} {1}",
    ),
    rule(
        FACT,
        r"my (?:(?:first|native) language|mother tongue|native tongue) is (.+)",
        "My first language is {0}",
    ),
    rule(
        FACT,
        rf"""i(?:'m| am){SO} (allergic to .+|(?:a )?vegetarian|(?:a )?vegan|lactose intolerant|left-handed|
        colou?r[- ]?blind|dyslexic|deaf|blind in .+|diabetic)""",
        "I am {0}",
    ),
    rule(
        FACT,
        rf"""i{SO} speak ((?:fluent |some |a little |a bit of )?(?-i:[A-Z])\w+(?:(?:,| and|, and) (?-i:[A-Z])\w+)*)""",
        "I speak {0}",
    ),
    rule(
        FACT,
        r"""i(?:'ve| have)? (?:quit|stopped|given up|gave up) (?!on\b|my job\b|trying\b|listening\b|talking\b|when\b|
        because\b|it\b|there\b|here\b)(\w+ing(?: \w+){0,3}|alcohol|sugar|coffee|meat|cigarettes|caffeine|drinking|
        smoking)\b""",
        "I gave up {0}",
        drops="{0}",
    ),
    rule(
        FACT,
        r"""i (?:no longer|don't|do not|never) (?!know\b|think\b|want\b|believe\b|
        have a clue)((?!want\b)\w+(?: .+?)?) (?:any ?more|any longer)\b""",
        "I no longer {0}",
        drops="{0}",
    ),
    rule(FACT, r"i no longer (?!know\b|think\b|want\b|believe\b|care\b)(\w+.*)", "I no longer {0}", drops="{0}"),
    rule(
        GOAL,
        r"""i (?:no longer|don't|do not) want to (\w+.+?)(?: any ?more| any longer)\b""",
        "I no longer want to {0}",
        drops="{0}",
    ),
    rule(
        GOAL,
        r"""i no longer want to (?!talk\b|live\b|be here\b|exist\b|die\b)(\w[^,]*)""",
        "I no longer want to {0}",
        drops="{0}",
    ),
    rule(
        GOAL,
        r"""i(?:'ve| have)? (?:dropped|given up on|gave up on|abandoned) (?:my|the) ((?:goal|plan|
        idea|dream) (?:of |to )?.+)""",
        "I gave up on the {0}",
        drops="{0}",
    ),
    rule(
        FACT,
        rf"""i{SO}(?: usually| normally| often)? ((?!have\b|get\b|feel\b|think\b|see\b|want\b|need\b|do\b|am\b|tell\b|
        ask\b|say\b|wish\b|hope\b|will\b|would\b|should\b|must\b|can\b|could\b|was\b|went\b|did\b|had\b|hear\b|
        used\b|sort\b|kind\b|guess\b|hate\b|love\b|like\b|fight\b|cry\b|procrastinate\b|lie\b|
        wake up angry)[a-z]+\b(?: (?!not\b|
        never\b)[\w'-]+){{0,6}}? {OFTEN}(?: (?:before|after|at|in|with) [\w' ]+)?)""",
        "I {0}",
        "habit",
    ),
)
