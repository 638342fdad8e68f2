"""What is said in a crisis: fixed, reviewed sentences. No language model writes any of it.

Plain words, no judging, no promise that an AI cannot keep. The same on screen and by voice, so numbers stand as they
are dialled. English where the persona's language has no wording here.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from vivavoce.domain.safety.help_lines import Help, HelpLine
from vivavoce.domain.safety.kinds import Kind


class Line(StrEnum):
    """What a sentence is for."""

    FIRST = "first"  # danger was noticed
    NOTED = "noted"  # danger was noticed in a note
    AGAIN = "again"  # danger was said again
    HELP = "help"  # where to find help, asked for
    SAFE_FIRST = "safe_first"  # the person wants to go on, and has not said that they are safe
    GO_ON = "go_on"  # the person is safe: do they want to go on?
    RESUME = "resume"
    STAY = "stay"  # they do not want to go on yet
    CHECK = "check"  # it is quiet
    CLOSE = "close"  # the person wants to stop
    GOODBYE = "goodbye"


_EN: Final[Mapping[Line, str]] = {
    Line.FIRST: "I am pausing what we were doing, because what you just said worries me. Thank you for telling me. I"
    " am an AI, "
    "and I cannot keep you safe. {opening} {help} I am staying here, and I will not hang up. Are you safe right now?",
    Line.NOTED: "Your note worries me, so I am pausing what we were doing. I am an AI, and I cannot keep you safe."
    " {opening} {help} I am staying here, and I will not hang up. Are you safe right now?",
    Line.AGAIN: "I hear you, and I take it seriously. Please do not stay alone with this. {help} If you can, move"
    " away from anything "
    "you could use to hurt somebody, and ask a person near you to be with you.",
    Line.HELP: "{help} They listen to everybody, and you do not have to explain yourself.",
    Line.SAFE_FIRST: "We can go on in a moment. First I need to know: are you safe right now?",
    Line.GO_ON: "I am glad to hear that. The help lines stay here for you. Do you want to go on with what we were"
    " doing?",
    Line.RESUME: "Good, then we go on. If it changes, tell me, and please talk to a person too. Where would you like"
    " to pick up?",
    Line.STAY: "That is all right. There is no need to go on. I am here, and so are the people on the help lines.",
    Line.CHECK: "I am still here. You do not have to say anything. {help}",
    Line.CLOSE: "We can stop here. Before you go: please talk to a person today. {help} Shall we close here?",
    Line.GOODBYE: "Please reach out to somebody now. {help} Take care of yourself. Goodbye.",
}
_EN_LISTEN: Final = (
    "I am here. I am an AI, so please also tell this to a person who can be with you. {help}",
    "Thank you for going on talking. Is there somebody near you whom you could call or go to now?",
    "That sounds very hard. You do not have to carry it alone. Somebody on the help line can talk with you right now.",
    "I am still with you. What would help you to be a little safer in the next hour?",
)
_DE: Final[Mapping[Line, str]] = {
    Line.FIRST: "Ich unterbreche, was wir gerade tun, denn was du gesagt hast, macht mir Sorgen. Danke, dass du es"
    " mir sagst. Ich bin "
    "eine KI und kann dich nicht schützen. {opening} {help} Ich bleibe hier und lege nicht auf. Bist du gerade in"
    " Sicherheit?",
    Line.NOTED: "Deine Notiz macht mir Sorgen, darum unterbreche ich, was wir gerade tun. Ich bin eine KI und kann dich"
    " nicht schützen. {opening} {help} Ich bleibe hier und lege nicht auf. Bist du gerade in Sicherheit?",
    Line.AGAIN: "Ich höre dich und nehme es ernst. Bitte bleib damit nicht allein. {help} Wenn du kannst, geh weg von"
    " allem, womit "
    "jemand verletzt werden könnte, und bitte einen Menschen in deiner Nähe, bei dir zu sein.",
    Line.HELP: "{help} Dort hört dir jemand zu, und du musst dich nicht erklären.",
    Line.SAFE_FIRST: "Wir können gleich weitermachen. Zuerst muss ich wissen: Bist du gerade in Sicherheit?",
    Line.GO_ON: "Das ist gut zu hören. Die Hilfsangebote bleiben hier für dich. Möchtest du mit dem weitermachen, was"
    " wir getan haben?",
    Line.RESUME: "Gut, dann machen wir weiter. Wenn sich etwas ändert, sag es mir, und sprich bitte auch mit einem"
    " Menschen. Wo "
    "möchtest du weitermachen?",
    Line.STAY: "Das ist in Ordnung. Wir müssen nicht weitermachen. Ich bin hier, und die Menschen an den Telefonen"
    " sind es auch.",
    Line.CHECK: "Ich bin noch hier. Du musst nichts sagen. {help}",
    Line.CLOSE: "Wir können hier aufhören. Bitte sprich heute noch mit einem Menschen. {help} Wollen wir hier"
    " schließen?",
    Line.GOODBYE: "Bitte wende dich jetzt an jemanden. {help} Pass auf dich auf. Auf Wiedersehen.",
}
_DE_LISTEN: Final = (
    "Ich bin hier. Ich bin eine KI, bitte sag es auch einem Menschen, der bei dir sein kann. {help}",
    "Danke, dass du weiterredest. Gibt es jemanden in deiner Nähe, den du jetzt anrufen oder zu dem du gehen kannst?",
    "Das klingt sehr schwer. Du musst es nicht allein tragen. Am Hilfetelefon kann jetzt jemand mit dir sprechen.",
    "Ich bin noch bei dir. Was würde dir helfen, in der nächsten Stunde ein wenig sicherer zu sein?",
)
_ES: Final[Mapping[Line, str]] = {
    Line.FIRST: "Hago una pausa, porque lo que acabas de decir me preocupa. Gracias por contármelo. Soy una IA y no"
    " puedo protegerte. "
    "{opening} {help} Me quedo aquí y no voy a colgar. ¿Estás a salvo ahora mismo?",
    Line.NOTED: "Tu nota me preocupa, así que paro lo que estábamos haciendo. Soy una IA y no puedo protegerte."
    " {opening} {help} Me quedo aquí y no voy a colgar. ¿Estás a salvo ahora mismo?",
    Line.AGAIN: "Te escucho y lo tomo en serio. Por favor, no te quedes a solas con esto. {help} Si puedes, aléjate"
    " de todo lo que pueda "
    "hacer daño y pide a alguien cercano que esté contigo.",
    Line.HELP: "{help} Escuchan a todo el mundo y no tienes que dar explicaciones.",
    Line.SAFE_FIRST: "Podemos seguir en un momento. Primero necesito saber: ¿estás a salvo ahora mismo?",
    Line.GO_ON: "Me alegra saberlo. Las líneas de ayuda siguen aquí para ti. ¿Quieres seguir con lo que estábamos"
    " haciendo?",
    Line.RESUME: "Bien, entonces seguimos. Si algo cambia, dímelo, y habla también con una persona. ¿Por dónde"
    " quieres seguir?",
    Line.STAY: "Está bien. No hace falta seguir. Estoy aquí, y también las personas de las líneas de ayuda.",
    Line.CHECK: "Sigo aquí. No tienes que decir nada. {help}",
    Line.CLOSE: "Podemos parar aquí. Por favor, habla hoy con una persona. {help} ¿Cerramos aquí?",
    Line.GOODBYE: "Por favor, busca a alguien ahora. {help} Cuídate. Adiós.",
}
_ES_LISTEN: Final = (
    "Estoy aquí. Soy una IA, así que cuéntaselo también a una persona que pueda estar contigo. {help}",
    "Gracias por seguir hablando. ¿Hay alguien cerca a quien puedas llamar o ver ahora?",
    "Suena muy duro. No tienes que llevarlo a solas. En la línea de ayuda alguien puede hablar contigo ahora.",
    "Sigo contigo. ¿Qué te ayudaría a estar un poco más a salvo en la próxima hora?",
)
_FR: Final[Mapping[Line, str]] = {
    Line.FIRST: "Je fais une pause, car ce que vous venez de dire m'inquiète. Merci de me l'avoir dit. Je suis une IA"
    " et je ne peux pas vous "
    "protéger. {opening} {help} Je reste ici et je ne raccroche pas. Êtes-vous en sécurité en ce moment ?",
    Line.NOTED: "Votre note m'inquiète, alors je fais une pause. Je suis une IA et je ne peux pas vous protéger."
    " {opening} {help} Je reste ici et je ne raccroche pas. Êtes-vous en sécurité en ce moment ?",
    Line.AGAIN: "Je vous entends et je le prends au sérieux. Ne restez pas seul avec cela. {help} Si vous le pouvez,"
    " éloignez-vous de tout "
    "ce qui pourrait blesser quelqu'un, et demandez à une personne proche d'être avec vous.",
    Line.HELP: "{help} On y écoute tout le monde, et vous n'avez pas à vous expliquer.",
    Line.SAFE_FIRST: "Nous pourrons continuer dans un instant. D'abord je dois savoir : êtes-vous en sécurité en ce"
    " moment ?",
    Line.GO_ON: "Je suis content de l'entendre. Les lignes d'écoute restent ici pour vous. Voulez-vous reprendre ce"
    " que nous faisions ?",
    Line.RESUME: "Bien, alors nous reprenons. Si cela change, dites-le-moi, et parlez aussi à une personne. Où"
    " voulez-vous reprendre ?",
    Line.STAY: "D'accord. Rien ne presse. Je suis là, et les personnes des lignes d'écoute aussi.",
    Line.CHECK: "Je suis toujours là. Vous n'avez rien à dire. {help}",
    Line.CLOSE: "Nous pouvons nous arrêter ici. Parlez à une personne aujourd'hui, s'il vous plaît. {help} On"
    " s'arrête ici ?",
    Line.GOODBYE: "Adressez-vous à quelqu'un maintenant, s'il vous plaît. {help} Prenez soin de vous. Au revoir.",
}
_FR_LISTEN: Final = (
    "Je suis là. Je suis une IA, dites-le aussi à une personne qui peut être avec vous. {help}",
    "Merci de continuer à parler. Y a-t-il près de vous quelqu'un à appeler ou à rejoindre maintenant ?",
    "Cela semble très dur. Vous n'avez pas à le porter seul. Sur la ligne d'écoute quelqu'un peut vous parler"
    " maintenant.",
    "Je suis toujours avec vous. Qu'est-ce qui vous aiderait à être un peu plus en sécurité dans l'heure qui vient ?",
)
_TEXTS: Final = {"en": _EN, "de": _DE, "es": _ES, "fr": _FR}
_LISTEN: Final = {"en": _EN_LISTEN, "de": _DE_LISTEN, "es": _ES_LISTEN, "fr": _FR_LISTEN}
_OPENINGS: Final[Mapping[str, Mapping[Kind, str]]] = {
    "en": {
        Kind.SUICIDE: "Please talk to a person now.",
        Kind.SELF_HARM: "Please talk to a person now.",
        Kind.OVERDOSE: "Please call for medical help now, even if you feel well.",
        Kind.HARM_TO_OTHERS: "Please step away from everybody who could get hurt, and talk to a person now.",
        Kind.ABUSE: "It is not your fault. If you can, go where it is safe.",
    },
    "de": {
        Kind.SUICIDE: "Bitte sprich jetzt mit einem Menschen.",
        Kind.SELF_HARM: "Bitte sprich jetzt mit einem Menschen.",
        Kind.OVERDOSE: "Bitte ruf jetzt ärztliche Hilfe, auch wenn du dich gut fühlst.",
        Kind.HARM_TO_OTHERS: "Bitte geh weg von allen, die verletzt werden könnten, und sprich jetzt mit einem"
        " Menschen.",
        Kind.ABUSE: "Du bist nicht schuld. Wenn du kannst, geh dorthin, wo du sicher bist.",
    },
    "es": {
        Kind.SUICIDE: "Por favor, habla ahora con una persona.",
        Kind.SELF_HARM: "Por favor, habla ahora con una persona.",
        Kind.OVERDOSE: "Por favor, pide ayuda médica ahora, aunque te sientas bien.",
        Kind.HARM_TO_OTHERS: "Por favor, aléjate de quien pueda salir herido y habla ahora con una persona.",
        Kind.ABUSE: "No es culpa tuya. Si puedes, ve a un lugar seguro.",
    },
    "fr": {
        Kind.SUICIDE: "Parlez à une personne maintenant, s'il vous plaît.",
        Kind.SELF_HARM: "Parlez à une personne maintenant, s'il vous plaît.",
        Kind.OVERDOSE: "Appelez une aide médicale maintenant, même si vous vous sentez bien.",
        Kind.HARM_TO_OTHERS: "Éloignez-vous de tous ceux qui pourraient être blessés, et parlez à une personne"
        " maintenant.",
        Kind.ABUSE: "Ce n'est pas votre faute. Si vous le pouvez, allez là où vous êtes en sécurité.",
    },
}  # fmt: skip
_EMERGENCY: Final = {
    "en": "If somebody is in danger right now, call {number}.",
    "de": "Wenn gerade jemand in Gefahr ist, ruf {number} an.",
    "es": "Si alguien está en peligro ahora mismo, llama al {number}.",
    "fr": "Si quelqu'un est en danger en ce moment, appelez le {number}.",
}
_CALL: Final = {
    "en": "You can reach {lines}.",
    "de": "Du erreichst {lines}.",
    "es": "Puedes llamar a {lines}.",
    "fr": "Vous pouvez joindre {lines}.",
}
_AT: Final = {"en": "{name} at {way}", "de": "{name} unter {way}", "es": "{name}, {way}", "fr": "{name} au {way}"}
_TEXTING: Final = {
    "en": "{name} (text {way})",
    "de": "{name} (SMS {way})",
    "es": "{name} (SMS {way})",
    "fr": "{name} (SMS {way})",
}
_OR: Final = {"en": ", or ", "de": " oder ", "es": ", o ", "fr": ", ou "}
_NAMED: Final = 2  # lines that are said; all are shown


def text_of(line: Line, kind: Kind, help: Help, language: str) -> str:
    """The sentences for this, in the language, with the help of the person's country."""
    tongue = _tongue(language)
    return _TEXTS[tongue][line].format(opening=_OPENINGS[tongue][kind], help=help_text(help, tongue))


def listening(number: int, help: Help, language: str) -> str:
    """The careful answer to a turn that asks for nothing. number: how many were given before."""
    tongue = _tongue(language)
    lines = _LISTEN[tongue]
    return lines[number % len(lines)].format(help=help_text(help, tongue))


def help_text(help: Help, language: str) -> str:
    """Where to find help, in one or two sentences."""
    tongue = _tongue(language)
    by_name = {line.name: line for line in reversed(help.lines)}  # of one with several numbers, the first
    of_all = not help.lines[0].for_abuse  # then lines for victims of violence are shown, but not said
    first = [line for line in help.lines if by_name[line.name] is line and not (of_all and line.for_abuse)][:_NAMED]
    named = [_named(line, tongue) for line in first]
    emergency = _EMERGENCY[tongue].format(number=help.emergency)
    return f"{emergency} {_CALL[tongue].format(lines=_OR[tongue].join(named))}" if named else emergency


def _named(line: HelpLine, tongue: str) -> str:
    if line.text and not line.number:
        return _TEXTING[tongue].format(name=line.name, way=line.text)
    return _AT[tongue].format(name=line.name, way=line.number or line.chat.removeprefix("https://"))


def _tongue(language: str) -> str:
    short = language[:2].lower()
    return short if short in _TEXTS else "en"
