"""What the wordings that patterns.py learns from are made of, and where the value that they catch ends."""

import re
from dataclasses import dataclass
from typing import Final

from vivavoce.base.wording import LatePattern, any_of, late, pattern, words
from vivavoce.domain.memory.memory import MemoryKind


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording, matched without regard to case.

    text and about: what is kept, with `{0}`, `{1}` for what the pattern's groups caught. about: empty where several
    may hold at once. drops: what is no longer so. done: tells that a commitment was kept. people: it catches a name.
    """

    kind: MemoryKind
    pattern: LatePattern
    text: str
    about: str = ""
    drops: str = ""
    done: bool = False
    people: bool = False


def rule(
    kind: MemoryKind,
    lines: str,
    text: str,
    about: str = "",
    *,
    drops: str = "",
    done: bool = False,
    people: bool = False,
) -> Rule:
    """lines: a regular expression; line breaks and the blanks around them do not count."""
    made = late(rf"(?<![\w'])(?:{pattern(lines)})", re.IGNORECASE)
    return Rule(kind, made, text, about, drops, done, people)


FACT, GOAL = MemoryKind.FACT, MemoryKind.GOAL
COMMITMENT, PREFERENCE = MemoryKind.COMMITMENT, MemoryKind.PREFERENCE

NAME: Final = r"([^\W\d_][\w'-]+(?: (?-i:[A-Z])[\w'-]+)?)"
REST: Final = r"(\S.*)"
PLACE: Final = pattern(
    r"""(\S.*?)(?:(?: back)? in (?:january|february|march|april|may|june|july|august|september|october|november|
    december|spring|summer|autumn|winter|\d{4})\b.*| last \w+.*| this \w+.*| \w+ (?:years?|months?|weeks?) ago.*)?$"""
)
"""Where somebody moved, without when."""
SO: Final = r"(?: (?:really|just|also|actually|finally|now|still|currently|simply|always|definitely|absolutely|truly))*"
RELATIVE: Final = any_of(
    """(?:ex-?)?wife | (?:ex-?)?husband | (?:ex-?)?girlfriend | (?:ex-?)?boyfriend | partner | fiancée? | mother
    mom | mum | father | dad | sister | brother | son | daughter | boss | manager | best friend | dog | cat | horse
    grandmother | grandfather | grandson | granddaughter | niece | nephew | therapist | mentor | supervisor | cofounder
    co-founder | flatmate | roommate | baby | company | startup | business | band"""
)
ONE_OF: Final = words("wife husband girlfriend boyfriend partner fiancé fiancée mother mom mum father dad boss manager")
"""Relatives of whom there is one at a time."""
PROFESSION: Final = any_of(
    r"""nurse | doctor | teacher | lawyer | engineer | developer | programmer | designer | student | manager
    accountant | architect | artist | baker | barista | biologist | carpenter | chef | chemist | cleaner | coach | cook
    dentist | director | driver | economist | editor | electrician | farmer | firefighter | freelancer | gardener
    hairdresser | historian | journalist | judge | librarian | mechanic | midwife | musician | officer | painter
    paramedic | pastor | pharmacist | philosopher | photographer | physicist | physiotherapist | physio | pilot
    plumber
    policeman | policewoman | postman | producer | professor | psychologist | receptionist | researcher | salesman
    salesperson | scientist | secretary | singer | soldier | social worker | surgeon | tailor | technician | therapist
    trainer | translator | veterinarian | vet | waiter | waitress | writer | analyst | administrator | apprentice
    assistant | founder | entrepreneur | trainee | intern | pensioner | carer | caretaker | consultant | mum of \w+
    dad of \w+ | mother of \w+ | father of \w+ | single (?:mum|mom|dad|parent|mother|father)"""
)
ILLNESS: Final = any_of(
    r"""adhd | add | autism | diabetes | asthma | epilepsy | dyslexia | migraines | arthritis | c(?:o)?eliac disease
    parkinson's | dementia | alzheimer's | cancer | ms | multiple sclerosis | depression | anxiety | ptsd | tinnitus
    crohn's | endometriosis | panic attacks | long covid | insomnia | (?:high|low) blood pressure | a heart condition"""
)
KIN: Final = rf"(?:(?:older|younger|little|big|new|eldest|youngest|first|second|late|ex)[ -])?{RELATIVE}"
_ONES: Final = "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_TENS: Final = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)"
NUMBER: Final = rf"(?:\d{{1,3}}|{_ONES}|{_TENS}(?:[- ]{_ONES})?)"
OFTEN: Final = any_of(
    r"""every (?:single )?(?:other )?(?:\w+day|day|morning|evening|night|week|weekend|month|year)
    (?:once|twice) a \w+
    (?:\d+|two|three|four|five|six|seven) (?:times|days|hours|evenings|nights) (?:a|per) \w+
    on \w+days(?: and \w+days)?"""
)
WHEN_DAY: Final = any_of(
    r"""\w+day | tomorrow | tonight | the end of \w+(?: \w+)? | end of \w+ | january | february | march | april | may
    june | july | august | september | october | november | december | christmas | easter | noon | weekend"""
)
_TIME_OF_DAY: Final = r"(?: (?:morning|evening|night|afternoon|\d+\w*))?"
WHEN: Final = any_of(
    rf"""(?:by|before|on|until|till|no later than) (?:next |this |the )?{WHEN_DAY}{_TIME_OF_DAY}
    tomorrow{_TIME_OF_DAY} | tonight | this (?:week|weekend|evening|afternoon|month|morning)
    next (?:week|month|weekend|\w+day) | today | from (?:now|tomorrow|today|\w+day) on | starting (?:tomorrow|\w+day)
    (?:mon|tues|wednes|thurs|fri|satur|sun)day{_TIME_OF_DAY} | every (?:morning|evening|day|night|week|\w+day)
    in (?:two|three|four|five|six|\d+) (?:days|weeks) | after work"""
)
NOT_DONE: Final = any_of(
    r"""make sure(?! (?:to|that|i|we|my|the)\b)
    go with | try to (?:explain|say|describe|remember|think|answer|understand)
    be(?! (?:on time|ready|kinder|nicer|more|less|honest with (?!you\b)))
    have(?! (?:a|the|my) (?:talk|conversation|word|call|meeting)|(?: \S+){1,4} (?:done|ready|finished|sent|written)\b)
    give (?:it|that|this) | turn (?:the|this|that|it|down|off|up|on) | switch (?:the|this|that|it|on|off) | keep quiet
    get (?:some|a|my) (?:water|coffee|tea|air|glass|drink|charger|pen) | grab | check (?:that|this|it) now
    (?:just )?(?:close|open) the (?:door|window) | say\b.*
    not | never | always | the | a | an | my | our | his | her | their | this | that | these | those | see | say
    need | think | know | feel | miss | lose | fail | die | cry | regret | forget | end up
    (?:tell|show|give|let|ask|send|thank) you | go (?:crazy|mad|now|then|ahead|first|with that)
    get (?:fired|sick|angry|mad|old|nervous|it|there|back to you) | start (?:with|by saying|over)
    stop (?:here|there|now|talking) | wait | stay here | (?:try|take|do|leave|return to|keep) (?:that|it|this)
    pass | skip | guess | assume | admit | explain | repeat | answer | come back to | stick | probably | maybe
    possibly | perhaps | want | like | love | hate | survive | manage | explode | burst | throw up | wrap | hang up
    remember that | check in with you"""
)
"""What somebody "will" do without promising it."""
NOT_WISHED: Final = any_of(
    r"""talk | say | ask(?! for (?:a|more|my|the)\b) | know | see (?:if|whether|what|how|you) | mention | tell | show
    start with | start by
    begin | thank | stop(?: here| now| this| talking|\W*$) | end (?:this|here|the|it|my) | go(?: now| on| back to|\W*$)
    go home | leave(?: now|\W*$) | finish here | wrap | be honest | be clear | be fair | add | explain
    understand (?:what|that|this|you|how) | hear | discuss | think | speak | share | point | apologi[sz]e | say sorry
    clarify | repeat | continue | move on | take a (?:break|moment|second) | pee | die | kill | disappear | cry | scream
    hurt | vanish | be dead | it | that | this | (?:do|try|have) (?:that|this|it) | look at | focus on this | go deeper
    skip | admit | believe | (?:come|go|get) back to | return to | pick up (?:on|where) | stay with (?:that|this|it)
    answer | repeat | hold on | wait"""
)
"""What somebody wants for the moment only, or should be met by somebody else than a memory."""
NO_OBJECT: Final = r"(?!(?:it|that|this|you|your|to say|the way you|how you|myself|him|them|these|those|what)\b)"

_SUBJECT: Final = any_of(
    r"""i | i'm | i'll | i've | i'd | my | he | she | they | we | it | it's | that's | you | there | there's | this
    people | nobody | everybody | the \w+ (?:is|was|are) | that"""
)
_JOINTS: Final = "and|but|because|so|since|although|though|cause|cos|which|whereas"
_AFTERTHOUGHT: Final = any_of(
    r"""but | because | although | though | however | which | whereas | you know | to be honest | i think
    i guess | i suppose | i mean | or something | or so | or whatever | and so on | and stuff | right now
    at the moment | these days | and all that | please | as well | too | anyway | after all | actually | honestly
    finally | and that | for now | already | again and again"""
)
_AFTER_COMMA: Final = any_of(
    "i | i'm | i'll | my | he | she | they | we | it | it's | that's | that | not | and not | you | right | okay | ok"
    " | yes | no | just | even | then"
)
_GOES_ON: Final = "".join(
    f"(?<!{word} i )"
    for word in sorted(words("that as what than when before where how while after things work so if until"))
)


def _tail(joints: str) -> LatePattern:
    return late(
        rf"(?<=[\w\)%])(?:,? (?:{joints}) (?:then |now |also |that |maybe |actually |perhaps )*{_SUBJECT}\b"
        rf"|,? {_AFTERTHOUGHT}\b|, so\b| so (?:i|i'm|i'll|i've|i'd|my|he|she|they|we|it|it's|that's|there|now|then|"
        rf"yeah|yes|anyway|basically)\b| [-–—] |, {_AFTER_COMMA}\b| i {_GOES_ON}(?=\w+)"
        r"| (?<!what )(?<!that )(?<!while )(?<!when )(?:i'm|i'll|i've|i'd) (?=\w+)| my name| and my | and please ).*$",
        re.IGNORECASE | re.DOTALL,
    )


TAIL: Final = _tail(f"{_JOINTS}|while|when")
TAIL_OF_TASTE: Final = _tail(_JOINTS)
"""What no longer belongs to the value that was caught. Of a preference it does when it holds."""
