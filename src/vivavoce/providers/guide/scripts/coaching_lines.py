"""The coach's statements: greeting, first sentences for what is not an answer, summaries, goodbye. No
questions but the one for what was planned last time."""

from collections.abc import Mapping, Sequence
from typing import Final

from vivavoce.domain.memory.telling import HOW_DID_IT_GO
from vivavoce.providers.guide import mentions
from vivavoce.providers.guide.noticing import Move, swears
from vivavoce.providers.guide.reflecting import SCALE
from vivavoce.providers.guide.talk import Talk
from vivavoce.providers.guide.words import capital, clauses, content_words, tellable, word_count

ASK_TO_CLOSE: Final = "Shall we close here?"
SORRY_FOR_THE_BREAK: Final = "Sorry, I was cut off for a moment."
LONGEST_GOODBYE: Final = 60
HOW_IT_WENT: Final = "how_it_went"  # the id of that question
_NOBODY: Final = frozenset(
    {"", "guest", "you", "me", "user", "participant", "client", "anonymous", "owner", "host", "local"}
)

_LEADS: Final[Mapping[Move, Sequence[str]]] = {
    Move.DANGER: (
        "I am worried by what you say, and I am only a computer programme: this needs a person. Please call your local"
        " emergency number or a crisis line now, or go to somebody near you.",
        "I take that seriously. I cannot help with it, but people can: please call the emergency number or a crisis"
        " line.",
    ),
    Move.FOREIGN: (
        "I am sorry, I only understand English, and I think that was another language.",
        "I am afraid English is the only language I know.",
    ),
    Move.GARBLED: ("I could not make out any words.", "I did not catch that.", "That did not reach me as words."),
    Move.WHO: (
        "I am an AI: a computer programme that works by fixed rules, not a person. No language model is configured"
        " here, so I am not ChatGPT or anything like it. I listen, ask, and remember what you say in this session.",
        "As I said, I am a computer programme, an AI with simple rules and without a language model.",
    ),
    Move.PRIVATE: (
        "I cannot see what is kept here; the people who run this service can tell you. I only use what you say in this"
        " session.",
    ),
    Move.KNOWLEDGE: (
        "I can't answer that: no language model is configured here, so I have no knowledge to look things up in. What I"
        " can do is help you think about your own matter.",
        "That needs knowledge I don't have without a language model. Let's go back to you.",
        "Again something I cannot know here. Back to your own matter.",
    ),
    Move.ADVICE: (
        "I won't tell you what to do: you know your life, and I am a programme with simple rules. But I can help you"
        " find your own answer.",
        "I have no advice of my own to give. Let's see what you already know.",
    ),
    Move.ABOUT_YOU: (
        "I am a programme, so there is not much to tell about me. I would rather hear about you.",
        "There is no life behind me to tell of. Back to yours.",
    ),
    Move.REPEAT: ("Of course.", "Sure, let me put it more simply.", "Yes."),
    Move.SLOWER: ("Of course, one thing at a time.", "Sure, slowly."),
    Move.HEARD: ("Yes, I hear you.", "Yes, I am here."),
    Move.CLOCK: (
        "I cannot see the clock, but you will be told before the time is over, and you can stop whenever you like.",
    ),
    Move.WRONG: ("Sorry, then I got that wrong.", "Thank you for putting me right."),
    Move.COMPLAINT: (
        "Fair enough. I am a simple programme, and I miss things.",
        "I understand. Rules like mine only go so far.",
    ),
    Move.SKIP: ("That is fine, we leave it.", "All right, let's take something else."),
    Move.WAIT: ("Take all the time you need.", "There is no hurry."),
    Move.THANKS: ("You are welcome.", "Gladly."),
    Move.HELLO: ("Hello.", "Hello again."),
    Move.UNKNOWING: ("That is fine, you don't have to know.", "Not knowing is a good place to start.", "That happens."),
    Move.STUCK: (
        "Being stuck often means that something matters and pulls both ways.",
        "Then let's try another door.",
    ),
    Move.NOTHING_MORE: ("All right.", "Okay, then we have that.", "Good."),
    Move.YES: ("Good.", "All right.", "Okay, yes."),
    Move.NO: ("Okay, no then.", "All right.", "I see."),
    Move.SHRUG: ("Okay.", "All right.", "Let me ask something simpler."),
    Move.SAME: (
        "You have said that before, so it seems to weigh on you.",
        "There it is again, in the same words.",
        "I have that, yes.",
    ),
}


def greeting(facts: Mapping[str, str]) -> str:
    name, persona = _name(facts.get("person_name", "")), facts.get("persona_name", "")
    who = f"I'm {persona}, an AI coach" if persona else "I'm an AI coach"
    return (
        f"Hello{' ' + name if name else ''}. {who}. No language model is configured here, so I work by simple rules:"
        " I listen, I ask, and I remember what you tell me."
    )


def lead(talk: Talk, facts: Mapping[str, str]) -> str:
    """The first sentence for what is not an answer; nothing for an answer, unless it was sworn."""
    move = talk.move
    if move is Move.ANSWER:
        return _SWORN[len(talk.replies) % len(_SWORN)] if swears(talk.last) else ""
    if move is Move.RECALL:
        return recalled(talk, facts)
    choices = _LEADS[move]
    chosen = (
        choices[min(talk.count(move), len(choices)) - 1]
        if move in _IN_ORDER
        else choices[(talk.count(move) - 1) % len(choices)]
    )
    earlier = _earlier(talk) if move in {Move.SHRUG, Move.STUCK} and talk.in_a_row(move) == 1 else ""
    return f"{chosen} {earlier}".strip()


_SWORN: Final = ("That really gets to you.", "I can hear how much that annoys you.", "Strong words, so it matters.")
_IN_ORDER: Final = frozenset({Move.DANGER, Move.WHO, Move.KNOWLEDGE, Move.ADVICE, Move.ABOUT_YOU})


def _earlier(talk: Talk) -> str:
    """Something the person said before, called back to mind."""
    told = [
        found
        for said in talk.said[:-1]
        for clause in clauses(said)
        if (found := tellable(clause.text, longest=12)) is not None and len(content_words(found)) >= 3
    ]
    return f"Earlier you said: {told[len(talk.replies) % len(told)]}." if told else ""


def bridge(talk: Talk) -> str:
    """What is summed up when a stage begins."""
    notes = talk.notes
    match talk.stage:
        case "reality":
            return "Let's look at how things are now."
        case "options" if notes.options:
            return f"You have named a way already: {notes.options[-1]}."
        case "options" if notes.goal and notes.obstacle:
            stands = f"So you want to {notes.goal}, and what stands in the way is that {notes.obstacle}."
            return f"{stands} Let's look for ways."
        case "options" if notes.goal and not finding_out(notes.goal):
            return f"I think I have the picture. Let's look for ways to {notes.goal}."
        case "options":
            return "I think I have the picture. Let's look for ways."
        case "will" if len(notes.options) >= 2:
            return f"You have some ideas now: {notes.options[-2]}, and {notes.options[-1]}."
        case "will":
            return "Let's make that concrete."
        case "more" if notes.commitments:
            return f"Your plan, then: {plan(talk)}."
        case "goal":
            return "All right, let's turn to that."
        case _:
            return ""


def finding_out(goal: str) -> bool:
    """Whether the goal is an answer rather than a change."""
    return goal.startswith(("know", "decide", "find out", "figure", "understand", "see "))


def plan(talk: Talk) -> str:
    """The last two commitments, with the day that was named when none is in them."""
    said = " and ".join(talk.notes.commitments[-2:])
    return f"{said}, {talk.notes.when}" if talk.notes.when and not mentions.days(said) else said


def how_it_went(talk: Talk, facts: Mapping[str, str]) -> tuple[str, ...]:
    """What the person said last time that they would do, and the question for it; nothing where there is none."""
    promise = facts.get("last_commitment", "")
    if not promise or HOW_IT_WENT in talk.used:
        return ()
    return f"Last time you wanted to {promise}.", HOW_DID_IT_GO


def recalled(talk: Talk, facts: Mapping[str, str]) -> str:
    """What the guide remembers, of today and of earlier sessions, as far as it fits into a reply."""
    earlier = _within([f"“{line}”." for line in facts.get("remembered", "").splitlines()], 30)
    kept = _within(_kept(talk), 15 if earlier else 40)
    today = f"This is what I have kept. {kept}" if kept else ""
    before = f"From earlier sessions I know, in your words: {earlier}" if earlier else ""
    return " ".join(part for part in (today, before) if part) or "You have not told me much yet."


def goodbye(talk: Talk, facts: Mapping[str, str]) -> str:
    """A short summary with what was remembered, then goodbye."""
    name = talk.notes.name or _name(facts.get("person_name", ""))
    first = f"Thank you{', ' + name if name else ''}."
    last = "Take good care of it. Goodbye." if talk.notes.commitments else "Take care. Goodbye."
    room = LONGEST_GOODBYE - word_count(first) - word_count(last)
    kept = _within(_kept(talk), room) or (
        "We have only just begun, and you can come back any time." if talk.said else ""
    )
    return " ".join(part for part in (first, kept, last) if part)


def _kept(talk: Talk) -> list[str]:
    """Sentences about what was remembered, the most important first, each of at most about 20 words."""
    notes = talk.notes
    found: list[str] = []
    if notes.goal:
        found.append(f"You want to {notes.goal}.")
    elif notes.topic:
        found.append(f"We talked about {notes.topic}.")
    if notes.commitments:
        found.append(f"You will {plan(talk)}.")
    if notes.sure is not None and notes.commitments:
        found.append(f"You gave it {SCALE[notes.sure]} out of ten.")
    told = " ".join(found).lower()
    if others := sorted((who for who in notes.people if who.lower() not in told), key=str.islower)[:3]:
        found.append(f"You spoke of {', '.join(others[:-1])}{' and ' if others[1:] else ''}{others[-1]}.")
    if figures := [figure for figure in notes.quantities if figure.lower() not in told][-3:]:
        found.append(f"Your figures were {', '.join(figures)}.")
    if notes.obstacle and not notes.commitments:
        found.append(f"What stands in the way: {notes.obstacle}.")
    if not notes.commitments and notes.options:
        found.append(f"One idea was: {notes.options[-1]}.")
    return found


def _within(sentences: Sequence[str], words: int) -> str:
    kept: list[str] = []
    for sentence in sentences:
        if word_count(" ".join([*kept, sentence])) <= words:
            kept.append(capital(sentence))
    return " ".join(kept).replace("?", "")


def first_name(facts: Mapping[str, str]) -> str:
    """The first name of the person who is there; nothing where it is no name."""
    return _name(facts.get("person_name", ""))


def _name(name: str) -> str:
    first = name.split(maxsplit=1)[0] if name.split() else ""
    return "" if first.lower() in _NOBODY else first
