"""What the person's last words are, before what they say: an answer, or something that needs another reaction first.

The order of `_RULES` decides; the first that fits wins. A rule sees the text in lower case without fillers and
punctuation, but for the question mark. Nothing fits: it is an ANSWER.
"""

import re
from enum import StrEnum
from typing import Final

from vivavoce.base.wording import pattern, words
from vivavoce.providers.guide.words import clean, content_words, tokens


class Move(StrEnum):
    DANGER = "danger"  # signs that somebody is in danger
    FOREIGN = "foreign"  # another language than English
    GARBLED = "garbled"  # no words that can be understood
    WHO = "who"  # who or what are you
    PRIVATE = "private"  # who hears or keeps this
    KNOWLEDGE = "knowledge"  # a question that needs knowledge, or a task
    RECALL = "recall"  # what did I say about ...
    ADVICE = "advice"  # tell me what to do
    ABOUT_YOU = "about_you"  # how are you, what do you like
    REPEAT = "repeat"  # what did you say
    SLOWER = "slower"
    HEARD = "heard"  # can you hear me
    CLOCK = "clock"  # how much time is left
    WRONG = "wrong"  # that is not what I said
    COMPLAINT = "complaint"  # this does not help
    SKIP = "skip"  # I do not want to talk about that
    WAIT = "wait"  # let me think
    THANKS = "thanks"
    HELLO = "hello"
    UNKNOWING = "unknowing"  # I do not know
    STUCK = "stuck"
    NOTHING_MORE = "nothing_more"  # no, that is all
    YES = "yes"  # a bare yes
    NO = "no"  # a bare no
    SHRUG = "shrug"  # okay, fine, whatever: nothing to go by
    SAME = "same"  # what they have said before
    ANSWER = "answer"


_RULES: Final[tuple[tuple[Move, str], ...]] = (
    (
        Move.DANGER,
        pattern(
            r"""\b(?:kill(?:ing)? myself|suicid\w*|end (?:my|it all)(?: own)? life|end it all|want(?:ed)? to die|
    don't want to (?:live|be alive)|do not want to (?:live|be alive)|better off dead|hurt(?:ing)? myself|
    harm(?:ing)? myself|cut(?:ting)? myself|no reason to live|not want to wake up|take my (?:own )?life|
    going to kill (?:him|her|them)|(?:hits|beats|is hitting|is beating) me)\b"""
        ),
    ),
    (
        Move.WHO,
        pattern(
            r"""\bare you (?:an? |really |even |actually |just )*(?:ai|a i|robot|bot|human|person|real|machine|computer|
    chat ?gpt|chat gpt|gpt|program|programme|language model|coach|therapist|alive|claude|gemini|siri|alexa)\b|
    \bwho are you\b|\bwhat are you\b(?! (?:saying|talking|doing|asking|trying|on about|going))|\bwho am i (?:talking
    |speaking) (?:to|with)|\bam i (?:talking|speaking) (?:to|with) an?\b|\bwhat'?s your name|\bwhat is your name|
    \b(?:what|which) (?:language )?(?:model|llm|ai) (?:are|is|do) (?:you|this)|\bwho (?:made|built|programmed|
    trained) you|\bwhat can you do\b|\bhow do you work\b|\byou'?re (?:just |only )?an? (?:bot|robot|machine|ai)\b|
    \byou are (?:just |only )?an? (?:bot|robot|machine|ai)\b"""
        ),
    ),
    (
        Move.PRIVATE,
        pattern(
            r"""\b(?:is|are) (?:this|that|it|we|you) (?:being )?(?:recorded|recording|confidential|private|stored|saved|
    listening)|\bwho (?:else )?(?:can |will |is )?(?:hear|hears|listening|listen|read|reads|see|sees) (?:this|that|
    it|us|me)|\bdo you (?:record|store|save|keep) (?:this|that|it|what|my)|\bwhat happens (?:to|with) (?:my|what i|
    this)\b.*(?:say|said|data|recording|words|conversation)|\bwill you tell (?:anyone|anybody|my)"""
        ),
    ),
    (
        Move.HEARD,
        pattern(
            r"""^(?:hello |hey |hi )*(?:can you hear me|do you hear me|are you (?:still )?there|is (?:this|
    it) (?:working|on)|
    does (?:this|it) work|testing|mic check|hello hello|am i audible)\b"""
        ),
    ),
    (
        Move.CLOCK,
        pattern(
            r"""\bhow (?:much time|long) (?:is left|do we have|have we got|left|is there left|do we still have|
    does this (?:take
    |last))|\bwhat time is it\b|\bhow long (?:will|does) (?:this|it) (?:take|last|go)\b"""
        ),
    ),
    (
        Move.REPEAT,
        pattern(
            r"""^(?:sorry |wait |uh )*(?:(?:the |a )?what|pardon|pardon me|sorry|come again|huh|excuse me|say (?:that
    |it) again|
    again please|once more)\??$|\b(?:can|could|would) you (?:please )?(?:repeat|say (?:that|it) again|rephrase|
    ask (?:that|it) again|say the question|put (?:that|it) (?:differently|another way))|^(?:sorry |please |
    okay )*(?:repeat|rephrase) (?:that|it|the question|please|your question)|\bwhat (?:did you (?:just )?(?:say|ask)
    |was (?:that|the question|your question)|do you mean)\b(?! about)|\b(?:i )?(?:didn't|did not|don't|
    do not) (?:get|understand|hear|catch) (?:that|you|it|the question|your question|what you)|^i don't understand$"""
        ),
    ),
    (
        Move.SLOWER,
        pattern(
            r"""\b(?:slow down|slower|not so fast|you(?:'re| are) (?:too|so|very) fast|too fast for me|you (?:talk|
    speak) too fast|more slowly)\b"""
        ),
    ),
    (
        Move.RECALL,
        pattern(
            r"""\bwhat (?:did i|have i) (?:say|said|tell|told|mention)|\bwhat was (?:my|the) (?:goal|plan|first step|
    idea)|
    \bdo you remember|\bcan you (?:sum|summari[sz]e|recap)|\bwhat do you (?:know|remember) about (?:me|this|my)|
    \b(?:sum (?:it|that|this) up|summari[sz]e|summary please|recap)\b|\bwhere (?:were|are) we\b"""
        ),
    ),
    (
        Move.WRONG,
        pattern(
            r"""^(?:no )?(?:that(?:'s| is) not what i (?:said|meant|mean)|that(?:'s| is) (?:wrong|not (?:right|
    correct|it|true|
    quite right))|you(?:'ve| have)? (?:got|understood|heard) (?:that|me|it) wrong|i didn't say that|
    i never said that|not what i meant|you misunderstood)\b"""
        ),
    ),
    (
        Move.COMPLAINT,
        pattern(
            r"""\b(?:this|that|it|you)(?:'s|'re| is| are)? (?:not|isn't|aren't|doesn't|don't|does not|
    do not) (?:really )?(?:help|helping|helpful|useful|working|work|understand|understanding me|listen|listening|
    get it)|\byou(?:'re| are) (?:stupid|useless|annoying|dumb|an idiot|boring|not listening|repeating yourself|
    just repeating)|\b(?:this|that) (?:is|was) (?:a )?(?:stupid|useless|pointless|silly|dumb|boring|nonsense|
    waste of time)(?: question)?\b|\bstupid (?:question|bot|machine)|\bstop (?:asking|repeating)|
    \btoo many questions\b|\bshut up\b|\bfuck you\b|\bscrew you\b"""
        ),
    ),
    (
        Move.SKIP,
        pattern(
            r"""\b(?:don't|do not|rather not|not) (?:want to |like to |wanna )?(?:talk about (?:that|it|this)|
    answer (?:that|
    this)|say (?:that|it))\b(?! anymore with)|\b(?:next question|skip (?:that|this|it)|pass on that|another question
    |none of your business|too personal|change the (?:subject|topic)|something else please)\b|^(?:pass|skip|next)$"""
        ),
    ),
    (
        Move.WAIT,
        pattern(
            r"""^(?:let me think|give me a (?:moment|second|minute|sec)|one (?:moment|second|sec)|hold on|hang on|wait|
    just a (?:moment|second|minute|sec)|i need (?:a moment|to think|a second)|let me see)(?: about (?:that|
    it))?(?: please)?$"""
        ),
    ),
    (
        Move.ADVICE,
        pattern(
            r"""\b(?:what (?:should|shall|can|could|would) i (?:do|say|try|tell|write)|what would you (?:do|say|suggest|
    recommend|advise)|what do you (?:think|suggest|recommend|advise)|tell me what to do|(?:give|have you got|
    do you have|got) (?:me )?(?:any |some |a )?(?:advice|tips?|suggestions?|ideas?|recommendations?)|should i\b.*\?|
    should i (?:do|go|take|quit|leave|stay|tell|ask|call|accept|try)\b|what(?:'s| is) your (?:advice|opinion|
    suggestion)|how (?:can|do|should|could) i (?:stop|start|deal|handle|cope|get|become|be|find|learn|motivate|
    manage|improve|change|talk|say|tell|decide|overcome|fix|solve|prepare|convince|stay|feel|
    make)\b(?!.*\b(?:in python|in excel|in java|code|recipe|sql|html|javascript|linux|windows)\b)|any (?:advice|tips
    |ideas|suggestions))"""
        ),
    ),
    (
        Move.ABOUT_YOU,
        pattern(
            r"""^(?:and |so |but )*(?:how are you|how are you doing|how's it going|how do you feel|do you (?:like|
    love|have|feel
    |sleep|eat|dream|ever|know how it|want)|what(?:'s| is) your favou?rite|have you (?:ever|got|seen|read|heard)|
    did you (?:see|watch|hear|read|sleep)|are you (?:happy|sad|tired|married|okay|ok|hungry|bored|sure|serious|
    kidding|joking|crazy|ready)|where (?:are you|do you live)|how old are you|what about you|and you|you\??$|
    will you (?:marry|remember))\b"""
        ),
    ),
    (
        Move.KNOWLEDGE,
        pattern(
            r"""^(?:(?:so|and|but|hey|okay|ok|well|oh|please|um|can you tell me|could you tell me|tell me|do you know|
    quick question|i have a question|one question|i want to know|just wondering) )*(?:what(?:'s| is| are| was| were
    | does) (?!(?:(?:the )?(?:point|problem|matter|wrong|difference between us|next|your)|my|this|that|it|going|
    happening)\b)\w+|who (?:is|was|are|were|invented|wrote|won|discovered) (?!(?:he|she|they|it|that|my)\b)|
    when (?:is|was|did|does|will) (?:the|a|an|it|germany|\w+ (?:start|end|born|die))|where (?:is|are|was|
    can i (?:buy|find))|how (?:many|much|far|tall|old|big|deep|fast|high|hot|cold) (?!.*\b(?:i|we) (?:want|need|
    have)\b)|how (?:do|does|can|could|would) (?:i|you|one|we|a|an|the) .*\b(?:python|excel|java|javascript|code|sql|
    html|linux|windows|program|cook|bake|spell|pronounce|say .* in|install|calculate|convert|file|delete|invest|
    fix a|build a)\b|how does \w+|how do (?:you )?(?:spell|pronounce|translate)|why (?:is|are|do|does|did) (?:the|a|
    an|people|cats|dogs|birds|planes)\b|which (?:country|city|is the|year|planet|animal)|what (?:year|day|city|
    country|happened in|colou?r|language do|time does|percent)|is it true that|does the|did the|is there (?:a|
    any) (?:god|life|cure))|\b(?:can|could|would|will) you (?:please )?(?:explain|translate|calculate|write|google|
    look up|search|find|recommend|list|define|solve|play|sing|draw|book|send|call|remind|set|open|code|program|
    help me (?:write|with my homework|code|program)|tell me (?:a joke|about (?!it\b|that\b)|how to|what|who|where|
    when|why))\b|^(?:please )?(?:explain|translate|calculate|write (?:me |a |an )|google|define|tell me (?:a|about|
    the|how|something about)|sing|play|solve|search|look up|recommend|show me|list|remind me to|set (?:a|an)) """
        ),
    ),
    (
        Move.THANKS,
        pattern(
            r"""^(?:okay |ok |well |oh |great |wow |no |yes )*(?:(?:many |a lot of )?thanks?(?: you)?(?: (?:so|
    very) much| a lot
    | again)?|cheers|much appreciated|appreciate it|that (?:helps|helped|was helpful|is helpful|was good|
    is a good question|'s a good question)|good question|good point|that's a good (?:question|
    point))(?: (?:for (?:that|this|your \w+|asking|listening)|coach|ada|theo))?$"""
        ),
    ),
    (
        Move.HELLO,
        pattern(
            r"""^(?:hi|hello|hey|good (?:morning|evening|afternoon)|hallo|hiya|yo|hi there|hello there|
    hey there)(?: (?:there|
    ada|theo|coach|you))?(?: (?:nice to meet you|i'm \w+|my name is \w+))?$"""
        ),
    ),
    (
        Move.NOTHING_MORE,
        pattern(
            r"""^(?:no |nope |nah |well |i think )*(?:nothing(?: else| more| really| comes to mind| that comes to mind
    | i can think of)?|that(?:'s| is| was| would be) (?:all|it|everything|about it)(?: for (?:now|today|
    me))?(?: i think)?|none|not that i know(?: of)?|no (?:more|one|nothing)|nobody|no one|nothing to add)(?: thanks
    | thank you)?$"""
        ),
    ),
    (
        Move.UNKNOWING,
        pattern(
            r"""^(?:(?:well|hmm|uh|um|oh|okay|honestly|actually|sorry|no|yeah|but|so|and|maybe) )*(?:i )?(?:really |
    honestly |
    just |still )*(?:dunno|(?:don't|dont|do not|can't|cannot|wouldn't|have no|no|not)(?: really| even)? (?:know|
    have any idea|idea|clue|a clue|sure|say|think of anything|tell|remember|have an answer))(?: (?:really|yet|
    honestly|right now|exactly|what to say|how to say it|about that|what i want|where to start|how|why|what|either|
    to be honest|at the moment|anymore|it|sorry|man))*$|^(?:hmm |well |uh )*(?:hard to say|difficult to say|
    good question i don't know|who knows|idk|dunno|beats me|never thought about (?:it|that)|
    i've never thought about (?:it|that)|i am not sure|i'm not sure|not sure|no idea|that's a hard question|
    tough question)$"""
        ),
    ),
    (
        Move.STUCK,
        pattern(
            r"""\b(?:i(?:'m| am| feel| keep getting)? (?:really |just |so |totally |completely |kind of )*stuck|
    going (?:round |
    around )?in circles|don't know (?:how to go on|what to do anymore|where to begin|what else to do)|hit a wall|
    no way out|dead end|can't see a way)\b"""
        ),
    ),
    (
        Move.YES,
        pattern(
            r"""^(?:(?:yes|yeah|yep|yup|sure|exactly|right|correct|true|absolutely|definitely|of course|totally|
    indeed|i do|i am
    |it is|that's right|that's true|i think so|i guess so|mhm|uh huh|please|agreed|probably) ?)+$"""
        ),
    ),
    (
        Move.NO,
        pattern(
            r"""^(?:(?:no|nope|nah|not really|never|not at all|i don't think so|i don't|it isn't|i'm not|not yet|no way|
    absolutely not|i guess not) ?)+$"""
        ),
    ),
    (
        Move.SHRUG,
        pattern(
            r"""^(?:(?:okay|ok|fine|whatever|maybe|perhaps|alright|all right|hmm|good|great|cool|nice|so so|meh|eh|well|
    it depends|depends|i guess|kind of|sort of|sometimes|a bit|a little|stuff|things|so|idc|k|oh|ah|wow|lol|haha|
    don't care|i don't care|same|normal|not bad|it's okay|it's fine|could be|possibly|like that) ?)+$"""
        ),
    ),
)
_COMPILED: Final = tuple((move, re.compile(pattern)) for move, pattern in _RULES)

_FOREIGN: Final = words(
    """ich nicht und ist das der die ein eine wir aber auch mit für auf mich mir dass bin habe kann möchte heute sehr
    je suis pas est une les des mais avec pour dans vous nous être très oui merci bonjour yo estoy pero para con una
    que muy porque quiero tengo hola gracias trabajo mañana io sono non che per una mio molto grazie ciao voglio eu
    não uma com meu muito obrigado ik niet een het maar jag inte och att nie jest się mam
    qué sé hacer mi el los las del como cuando trabajo ne sais quoi mon travail chose weiß weiss wie sagen soll tun"""
)
_SHARED: Final = words("die was in an not a i no so am man hat war will bin been per con me sole den")
_SWEARING: Final = re.compile(
    r"\b(?:fuck\w*|shit\w*|bullshit|damn\w*|crap\w*|asshole\w*|bastards?|bitch\w*|bloody hell|wtf|screwed|pissed)\b",
    re.IGNORECASE,
)
_ABSOLUTE: Final = re.compile(
    r"\b(?:always|never|everybody|everyone|nobody|nothing ever|every single|all the time)\b", re.I
)


def notice(said: str, before: tuple[str, ...]) -> Move:
    """What `said` is, given what the same person said before, oldest first."""
    if _is_garbled(said):
        return Move.GARBLED
    if _is_foreign(said):
        return Move.FOREIGN
    lowered = plain(said)
    for move, rule in _COMPILED:
        if rule.search(lowered):
            return move
    own = " ".join(tokens(said))
    if len(own.split()) >= 2 and any(own == " ".join(tokens(earlier)) for earlier in before):
        return Move.SAME
    return Move.ANSWER


def plain(said: str) -> str:
    """Lower case, fillers and punctuation gone, question marks kept."""
    lowered = clean(said).lower()
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s'?-]|_", " ", lowered)).replace(" ?", "?").strip()


def swears(said: str) -> bool:
    return _SWEARING.search(said) is not None


def speaks_in_absolutes(said: str) -> bool:
    return _ABSOLUTE.search(said) is not None


def is_thin(said: str) -> bool:
    """Whether there is little to go by: at most two words that carry meaning."""
    return len(content_words(said)) <= 2


def asks_something(said: str) -> bool:
    return said.rstrip().endswith("?")


def _is_garbled(said: str) -> bool:
    words = tokens(said)
    return not any(re.search(r"[^\W\d]", word) or word.isdigit() for word in words)


def _is_foreign(said: str) -> bool:
    letters = [char for char in said if char.isalpha()]
    if letters and sum(not _latin(char) for char in letters) > len(letters) / 3:
        return True
    words = tokens(said)
    foreign = [word for word in words if word in _FOREIGN and word not in _SHARED]
    return len(foreign) >= 2 and len(foreign) >= len(words) / 4


def _latin(char: str) -> bool:
    return char < "ɐ"
