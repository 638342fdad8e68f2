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
    rule(PREFERENCE, rf"i{SO}(?: generally| usually)? prefer (not to .+)", "I prefer {0}"),
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
        rf"""i{SO} like (?!to (?:say|think|believe)|how\b|where\b|that\b|the (?:idea|sound|question|thought|plan|
        way)\b){NO_OBJECT}(\w.+)""",
        "I like {0}",
        "taste",
    ),
    rule(
        PREFERENCE,
        r"""i(?:'m| am) (?:more of )?(an? (?:morning|night|early|evening|cat|dog|visual|people) (?:person|owl|bird|
        learner))""",
        "I am {0}",
        "type:{0}",
    ),
    rule(PREFERENCE, r"it(?: really| always)? helps me (?:a lot )?((?:when|if|to) .+)", "It helps me {0}"),
    rule(PREFERENCE, r"i (?:work|learn|think|concentrate|focus|write|sleep) best (\w.+)", "I work best {0}", "best"),
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
        rf"""(?:({WHEN}),? )?(?:i'll|i will|i'm going to|i am going to|i'm gonna|i am gonna|i shall|i promise to|
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
    rule(COMMITMENT, rf"i decided to (?!{NOT_DONE}\b)([a-z]+.*)", "I will {0}"),
    # --- what somebody wants --------------------------------------------------------------------------
    rule(
        GOAL,
        rf"what i(?: really| actually| most)? want (?:most )?is (?:to )?(?!{NOT_WISHED}\b)(\w.+)",
        "I want to {0}",
    ),
    rule(
        GOAL,
        r"""my (?:main |big |biggest |new |real |only |next |current |long[- ]term |personal )?(?:goal|aim|ambition|
        target|resolution)(?: for (?:this|(?:the )?next) (?:\w+ )?(?:years?|months?|weeks?|
        semester))?(?:'s| is| has changed to| changed to)(?: now| still)? (?!not\b|to (?:talk|tell|say)\b|
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
