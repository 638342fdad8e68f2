"""Wordings that tell what somebody prefers, will do, wants, and has done."""

from typing import Final

from vivavoce.domain.memory.pattern_words import (
    COMMITMENT,
    FACT,
    GOAL,
    NO_OBJECT,
    NOT_DONE,
    NOT_WISHED,
    PREFERENCE,
    SO,
    WHEN,
    WHEN_DAY,
    rule,
)

WISHES: Final = (
    # --- what somebody prefers ----------------------------------------------------------------------
    rule(
        PREFERENCE,
        r"""i(?:'d| would)(?: much)? rather (?!not\b|die\b|be dead\b|you\b|say\b|talk about (?:something|that|it)\b|
        stop\b|skip\b|go\b|he\b|she\b|they\b|we\b|have died)(\w+.+)""",
        "I'd rather {0}",
    ),
    rule(PREFERENCE, rf"i{SO}(?: generally| usually)? prefer (?!not\b){NO_OBJECT}(\w.+)", "I prefer {0}"),
    rule(
        PREFERENCE,
        rf"i{SO}(?: generally| usually)? prefer (not to (?!answer|say|comment|talk about (?:it|that|this)\b).+)",
        "I prefer {0}",
    ),
    rule(
        PREFERENCE,
        rf"""i{SO} (?:hate|can't stand|cannot stand|detest|loathe|despise) (?!to (?:say|admit|ask|be (?:that|honest|
        rude|the one)))(?!my life|everything|everybody|everyone|being alive|when that){NO_OBJECT}(\w.+)""",
        "I hate {0}",
        "taste",
    ),
    rule(
        PREFERENCE,
        rf"""i{SO} (?:don't|do not|never) (?:really )?(?:like|enjoy) {NO_OBJECT}(\w.+)""",
        "I don't like {0}",
        "taste",
    ),
    rule(
        PREFERENCE,
        rf"""i{SO} (love|enjoy|adore) (?!to (?:say|think)|it\b|how\b|that\b|when\b|my life){NO_OBJECT}(\w.+)""",
        "I {0} {1}",
        "taste",
    ),
    rule(
        PREFERENCE,
        rf"""i{SO} like (?!to (?:say|think(?! (?:out loud|aloud))|believe)|how\b|where\b|that\b|the (?:idea|sound|
        question|thought|plan|
        way)\b){NO_OBJECT}(\w.+)""",
        "I like {0}",
        "taste",
    ),
    rule(
        PREFERENCE,
        r"""i(?:'m| am)(?: really| just)? (not )?(?:more of )?(an? (?:morning|night|early|evening|cat|dog|visual|
        people|numbers|
        details?|big[- ]picture|phone|group|list) (?:person|owl|bird|learner))""",
        "I am {0} {1}",
        "type:{1}",
    ),
    rule(PREFERENCE, r"it(?: really| always)? helps(?: me)? (?:a lot )?((?:when|if|to) .+)", "It helps me {0}"),
    rule(PREFERENCE, r"what(?: really| always)? helps(?: me)?(?: most)? is (.+)", "What helps me is {0}"),
    rule(
        PREFERENCE,
        r"""((?!it\b|that\b|this\b|what\b|nothing\b|you\b|who\b|please\b|can\b)[a-z]+(?: (?!can\b|could\b|you\b|
        to\b)[a-z]+){0,5}
        \ (?:really |always )?(?:helps? me|calms? me down|(?:suits?|works?) (?:me best|best for me|better for me)|
        (?:is|are) (?:better|best|easier|easiest) for me)\b.*)""",
        "{0}",
    ),
    rule(PREFERENCE, r"i (?:work|learn|think|concentrate|focus|write|sleep) best (\w.+)", "I work best {0}", "best"),
    rule(PREFERENCE, r"i do (best|my best (?:work|thinking|writing)) (\w.+)", "I do {0} {1}", "best"),
    rule(
        PREFERENCE,
        r"it(?:'s| is) (easier|harder|better|best) for me (when|if|to) (\w.+)",
        "It is {0} for me {1} {2}",
    ),
    rule(
        PREFERENCE,
        rf"""i{SO} (?:can't|cannot|can hardly) (concentrate|focus|think|sleep|work|write|study|relax) (with|when|
        if|without|in|after)"""
        r" (\w.+)",
        "I can't {0} {1} {2}",
    ),
    rule(PREFERENCE, r"you can (be (?:direct|blunt|honest|strict|tough|hard)(?: with me| on me)?)\b", "You can {0}"),
    rule(
        PREFERENCE,
        rf"""i{SO} need (reminders|structure|quiet|silence|deadlines|pressure|routine|time to think|space|a plan|
        a list|lists)\b""",
        "I need {0}",
    ),
    rule(PREFERENCE, r"it works (better|best) for me (when|if|to) (\w.+)", "It works {0} for me {1} {2}"),
    rule(
        PREFERENCE,
        rf"i{SO} find it (easier|easiest|helpful|useful|hard|harder|difficult) (to|when|if) (?!say\b|believe\b)(\w.+)",
        "I find it {0} {1} {2}",
    ),
    rule(PREFERENCE, rf"i{SO} (prefer|appreciate) it (when|if) (\w.+)", "I {0} it {1} {2}"),
    rule(PREFERENCE, r"i(?:'d| would)(?: really)? appreciate it if (you .+)", "I would appreciate it if {0}"),
    rule(
        PREFERENCE,
        r"i(?:'d| would)(?: much)? rather (you (?:didn't|did not|don't|\w+ed|asked|just) .+)",
        "I'd rather {0}",
    ),
    rule(
        PREFERENCE,
        r"""please (always|never|don't|do not) (?!worry\b|laugh\b|stop\b|go\b|end\b|hang\b|tell anyone|get me wrong|
        be (?:mad|angry|offended)|judge)(\w.+)""",
        "Please {0} {1}",
    ),
    rule(
        PREFERENCE,
        r"""please (keep (?:it|your \w+|things) (?:short|brief|simple|light|formal|informal)|speak (?:more )?slowly|
        use (?:simple|plain) (?:words|language)|be (?:direct|blunt|gentle|honest) with me|challenge me(?: more)?|
        ask (?:me )?one (?:question|thing) at a time)""",
        "Please {0}",
    ),
    rule(PREFERENCE, r"from now on,? please (\w.+)", "Please {0}"),
    rule(
        PREFERENCE,
        r"(?:please |just )*tell me (straight|honestly|directly|when i'm wrong|if i'm wrong)\b.*",
        "Please tell me {0}",
    ),
    rule(PREFERENCE, r"i(?:'d| would) prefer (?:it )?(if .+)", "I prefer it {0}"),
    rule(PREFERENCE, rf"i{SO} (hate|love|like|can't stand|don't like) it when (.+)", "I {0} it when {1}"),
    rule(PREFERENCE, rf"i(?:'m| am){SO} into (?!this\b|it\b|that\b)(\w.+)", "I am into {0}"),
    rule(PREFERENCE, r"it(?:'s| is)(?: really| very)? important to me (that .+|to .+)", "It is important to me {0}"),
    # --- what somebody will do ------------------------------------------------------------------------
    rule(
        COMMITMENT,
        r"""(?:please |can you please |could you )?remind me (?:next time )?((?:to|about|of) (?!what|where|who|how|
        my mother|a time)\w.+)""",
        "Remind me {0}",
    ),
    rule(
        COMMITMENT,
        rf"""(?:({WHEN}),? )?(?:i'll|i will|i(?:'m| am)(?: finally| definitely| really| actually| just|
        \ also)* (?:going to|gonna)|i shall|i promise to|
        i promise i'll|i promise i will|i promise myself to|i commit to|i'm committed to|i'm committing to|
        i've decided to|i have decided to|i've agreed to|i pledge to|i vow to)((?: (?:definitely|really|finally|
        just|also|then|first|now|certainly|surely|go and|try to|make sure to|start to|at least|sit down and|simply|
        actually))*) (?!{NOT_DONE}\b)([a-z]+.*)""",
        "I will {2} {0}",
    ),
    rule(COMMITMENT, rf"(?:({WHEN}),? )my next step(?: is|'s|'ll be| will be) (?:to )?(\w.+)", "I will {1} {0}"),
    rule(COMMITMENT, r"my next step(?: is|'s|'ll be| will be) to (\w.+)", "I will {0}"),
    rule(
        COMMITMENT,
        rf"i(?:'ve got to| have to| must|'ve to) ((?!{NOT_DONE}\b)[a-z]+ .*\bby {WHEN_DAY}.*)",
        "I have to {0}",
    ),
    rule(
        COMMITMENT,
        rf"let me ((?!{NOT_DONE}\b)[a-z]+ .{{0,80}}\b(?:{WHEN})\b.*)",
        "I will {0}",
    ),
    rule(
        COMMITMENT,
        rf"""(?:my |the |a )?(?:very )?(?:first|next|smallest) (?:small |little )?step(?: for me)?(?: would be|'s|
        \ is|'ll be| will be)
        \ (?:to |that i(?:'ll)? )(?!{NOT_DONE}\b)([a-z]+.*)""",
        "I will {0}",
    ),
    rule(
        COMMITMENT,
        r"""i (?:could|can) (?:do |just |maybe |like |probably |,)*([a-z]+[^.;]{0,100}?)[.,;!]?\s*(?:(?:so|and|yes|yeah|
        yep|ok|okay|right|
        alright|sure|good)[,. ]+)*(?:i'll|i will|i'm going to) (?:do|try) (?:that|it|this)\b""",
        "I will {0}",
    ),
    rule(
        COMMITMENT,
        rf"""i(?:'m| am) ((?!going\b|gonna\b|being\b|feeling\b|getting\b|looking\b|coming\b|having\b|trying\b|meeting\b|
        seeing\b|thinking\b|working\b|hoping\b|doing\b)[a-z]+ing .{{0,80}}\b(?:{WHEN})\b.*)""",
        "I am {0}",
    ),
    rule(COMMITMENT, r"i(?:'ve| have) decided(?: that)? i(?:'m| am) ((?!going to\b|not\b)\w+ing .+)", "I am {0}"),
    rule(COMMITMENT, rf"i decided to (?!{NOT_DONE}\b)([a-z]+.*)", "I will {0}"),
    # --- what somebody wants --------------------------------------------------------------------------
    rule(
        GOAL,
        rf"what i(?: really| actually| most)? want (?:most )?is (?:to )?(?!{NOT_WISHED}\b)(\w.+)",
        "I want to {0}",
    ),
    rule(
        GOAL,
        rf"what i(?:'d| would)(?: really| most)? (?:love|like) (?:most )?is (?:to )?(?!{NOT_WISHED}\b)(\w.+)",
        "I want to {0}",
    ),
    rule(GOAL, rf"what i(?: really| actually| most)? need (?:most )?is (?:to )?(?!{NOT_WISHED}\b)(\w.+)", "I need {0}"),
    rule(
        GOAL,
        r"""what i(?:'d| would| really| most| also)* (?:want|love|like) to (change|work on|improve|learn|stop|do|
        get better at) is (?:to )?(\w.+)""",
        "I want to {0} {1}",
    ),
    rule(
        GOAL,
        r"""(?:the |one |another |some)?thing i(?:'d| would| really| also)*(?: want| like| love| need) to (work on|
        change|improve|
        learn|get better at|stop)(?: is|'s) (?:to )?(\w.+)""",
        "I want to {0} {1}",
    ),
    rule(
        GOAL,
        r"""(?:the (?:plan|idea|goal|aim)|my (?:big |long[- ]term )?plan)(?: now|
        \ then)? is (?:still )?to (?!talk\b|say\b|stop here)(\w.+)""",
        "I want to {0}",
    ),
    rule(GOAL, rf"i(?:'ve| have) been (?:meaning|wanting|planning) to (?!{NOT_WISHED}\b)(\w.+)", "I want to {0}"),
    rule(
        GOAL, rf"i{SO} want (my (?:life|weekends?|evenings?|time|energy|body|confidence|freedom) back)\b", "I want {0}"
    ),
    rule(GOAL, rf"i(?:'m| am){SO} (looking for (?:an?|some) \w.+)", "I am {0}"),
    rule(GOAL, rf"i(?:'ve| have)?{SO} signed up for (\w.+)", "I have signed up for {0}"),
    rule(GOAL, rf"i(?:'m| am){SO} learning (?!a lot\b|that\b|more\b|so\b|how much\b)(\w.+)", "I am learning {0}"),
    rule(GOAL, rf"i{SO} want (my (?!mum|mother|dad|father|boss|life back)[\w' ]+? to .+)", "I want {0}"),
    rule(
        GOAL,
        rf"""i(?:'m| am){SO} (working towards? .+|saving (?:up )?for .+|looking to (?!{NOT_WISHED}\b)\w.+|
        determined to .+"""
        rf"|keen to (?!{NOT_WISHED}\b)\w.+)",
        "I am {0}",
    ),
    rule(
        GOAL,
        r"""my (?:main |big |biggest |new year'?s  |new |real |only |next |current |long[- ]term |
        personal )?(?:goal|aim|ambition|
        target|resolution)(?: for (?:this|(?:the )?next) (?:\w+ )?(?:years?|months?|weeks?|
        semester))?(?: now| today| here)?(?:'s| is| has changed to| changed to)(?: now| still)? (?!not\b|
        to (?:talk|tell|say)\b|
        that (?:he|she|they)\b|clear\b|unclear\b|important\b|too\b|very\b|so\b|just\b|what\b)((?:to |that i )?\w.+)""",
        "My goal is {0}",
        "goal",
    ),
    rule(
        GOAL,
        r"""my (?:big |biggest |lifelong )?dream(?:'s| is)(?: still)? ((?:to |that i )\w.+)""",
        "My dream is {0}",
        "dream",
    ),
    rule(
        GOAL,
        rf"""(?:({WHEN}),? )?i(?:(?: (?:really|just|also|finally|actually|now|still|definitely|
        desperately|so|ultimately))* want to|
        (?:'ve| have) always wanted to) (?!{NOT_WISHED}\b)(\w.+)""",
        "I want to {1} {0}",
    ),
    rule(
        GOAL,
        rf"""i(?:'d| would)(?: really| also| just| so| still)? (?:like|love) to (?!{NOT_WISHED}\b)(\w.+)""",
        "I want to {0}",
    ),
    rule(
        GOAL,
        rf"""i(?:'m| am){SO} ((?:trying|hoping|planning|aiming|working|saving up|preparing|training) (?:hard )?(?:to|
        for) (?!{NOT_WISHED}\b|be calm|a (?:living|company|big|small)\b|hours\b|no reason\b|the (?:government|
        company|same)\b|them\b|him\b|her\b|free\b|years\b|now\b)\w.+)""",
        "I am {0}",
    ),
    rule(GOAL, rf"i{SO} (?:plan|intend|aim|hope) to (?!{NOT_WISHED}\b)(\w.+)", "I want to {0}"),
    rule(
        GOAL,
        rf"""i{SO} need to (?!{NOT_WISHED}\b|go\b|be\b|stop\b|get (?:going|back|off)\b|use the\b|eat\b|rest\b|
        breathe\b|remember\b|remind\b|sleep\b|let\b)(\w.+)""",
        "I need to {0}",
    ),
    # --- what somebody did ----------------------------------------------------------------------------
    rule(
        FACT,
        r"""i(?:'ve| have| did)?(?: already| finally| just| actually| also| indeed)* ((?!need|want|like|love|hate|decid|
        promis|plan|tri|wish|hop|agre|turn|mov|stopp|us)[a-z]{2,}ed|sent|wrote|written|told|spoke|spoken|met|bought|
        made|did|done|gave|given|went|gone|ran|run|swam|read|began|begun|found|built|paid|took|taken|had|sold|
        slept|drew|drawn|rang|asked|booked|cleaned|signed)\b (?!not\b|that\b|about it\b)(\w.+)""",
        "I {0} {1}",
        done=True,
    ),
)
