"""Where a person finds human help, by country: emergency numbers and help lines. Data, with its sources.

`source` is the official site that a line's number is published on. `CHECKED` is when this list was put together. It was
done from what is widely published, not by opening each site or ringing each number on that day: docs/safety.md tells
operators to check the lines of the countries they serve, and to put right here what has changed.
"""

from dataclasses import dataclass
from typing import Final

from vivavoce.domain.safety.kinds import Kind

CHECKED: Final = "2026-11-21"

_ALWAYS: Final = "24/7"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """number: to call, as it is dialled in its country; empty for a site only. text, chat: other ways to reach it.

    for_abuse: it is for people whom somebody hurts; others are for every crisis. languages: ISO 639-1.
    """

    name: str
    number: str
    source: str
    hours: str = _ALWAYS
    languages: tuple[str, ...] = ("en",)
    text: str = ""
    chat: str = ""
    for_abuse: bool = False


@dataclass(frozen=True, slots=True)
class Help:
    """country: ISO 3166-1 alpha-2; empty: it is not known. emergency: police and ambulance."""

    country: str
    emergency: str
    lines: tuple[HelpLine, ...]


def _abuse(name: str, number: str, source: str, *languages: str, hours: str = _ALWAYS, chat: str = "") -> HelpLine:
    return HelpLine(name, number, source, hours, languages, chat=chat, for_abuse=True)


def _line(name: str, number: str, source: str, *languages: str, hours: str = _ALWAYS, chat: str = "") -> HelpLine:
    return HelpLine(name, number, source, hours, languages, chat=chat)


FIND_A_HELPLINE: Final = _line(
    "Find A Helpline", "", "https://findahelpline.com", "en", chat="https://findahelpline.com"
)
INTERNATIONAL: Final = Help("", "112", (FIND_A_HELPLINE,))
"""112 works from mobile phones in most of the world."""

_ALL: Final = (
    # --- Europe -------------------------------------------------------------------------------------
    Help(
        "AT",
        "112",
        (
            _line(
                "TelefonSeelsorge",
                "142",
                "https://www.telefonseelsorge.at",
                "de",
                chat="https://onlineberatung-telefonseelsorge.at",
            ),
            _abuse("Frauenhelpline gegen Gewalt", "0800 222 555", "https://www.frauenhelpline.at", "de"),
        ),
    ),
    Help(
        "BE",
        "112",
        (
            _line("Zelfmoordlijn", "1813", "https://www.zelfmoord1813.be", "nl", chat="https://www.zelfmoord1813.be"),
            _line("Centre de Prévention du Suicide", "0800 32 123", "https://www.preventionsuicide.be", "fr"),
            _abuse("Écoute violences conjugales", "0800 30 030", "https://www.ecouteviolencesconjugales.be", "fr"),
        ),
    ),
    Help(
        "BG",
        "112",
        (_line("BRC Emotional support line", "02 492 30 30", "https://en.redcross.bg", "bg", hours="not all day"),),
    ),
    Help(
        "CH",
        "112",
        (
            _line(
                "Die Dargebotene Hand / La Main Tendue",
                "143",
                "https://www.143.ch",
                "de",
                "fr",
                "it",
                chat="https://www.143.ch",
            ),
        ),
    ),
    Help("CZ", "112", (_line("Linka první psychické pomoci", "116 123", "https://linkapsychickepomoci.cz", "cs"),)),
    Help(
        "DE",
        "112",
        (
            _line(
                "TelefonSeelsorge",
                "0800 1110111",
                "https://www.telefonseelsorge.de",
                "de",
                chat="https://online.telefonseelsorge.de",
            ),
            _line("TelefonSeelsorge", "116 123", "https://www.telefonseelsorge.de", "de"),
            _abuse(
                "Hilfetelefon Gewalt gegen Frauen",
                "116 016",
                "https://www.hilfetelefon.de",
                "de",
                "en",
                chat="https://www.hilfetelefon.de",
            ),
        ),
    ),
    Help(
        "DK",
        "112",
        (_line("Livslinien", "70 201 201", "https://www.livslinien.dk", "da", hours="daily, 11:00 to 05:00"),),
    ),
    Help(
        "ES",
        "112",
        (
            _line("Línea 024 de atención a la conducta suicida", "024", "https://www.sanidad.gob.es/linea024", "es"),
            _abuse("016 violencia de género", "016", "https://violenciagenero.igualdad.gob.es", "es", "en", "fr"),
        ),
    ),
    Help("FI", "112", (_line("MIELI Kriisipuhelin", "09 2525 0111", "https://mieli.fi", "fi"),)),
    Help(
        "FR",
        "112",
        (
            _line("Numéro national de prévention du suicide", "3114", "https://3114.fr", "fr"),
            _abuse("3919 Violences Femmes Info", "3919", "https://arretonslesviolences.gouv.fr", "fr"),
        ),
    ),
    Help(
        "GB",
        "999",
        (
            _line("Samaritans", "116 123", "https://www.samaritans.org", "en"),
            HelpLine("Shout", "", "https://giveusashout.org", text="SHOUT to 85258"),
            _abuse("National Domestic Abuse Helpline", "0808 2000 247", "https://www.nationaldahelpline.org.uk", "en"),
        ),
    ),
    Help("GR", "112", (_line("Klimaka suicide help line", "1018", "https://suicide-help.gr", "el"),)),
    Help("HU", "112", (_line("Magyar Lelki Elsősegély Szolgálatok", "116-123", "https://sos116-123.hu", "hu"),)),
    Help(
        "IE",
        "112",
        (
            _line("Samaritans", "116 123", "https://www.samaritans.org/ireland", "en"),
            HelpLine("Text About It", "", "https://www.textaboutit.ie", text="HELLO to 50808"),
            _abuse("Women's Aid", "1800 341 900", "https://www.womensaid.ie", "en"),
        ),
    ),
    Help(
        "IS",
        "112",
        (_line("Hjálparsími Rauða krossins", "1717", "https://www.1717.is", "is", chat="https://www.1717.is"),),
    ),
    Help(
        "IT",
        "112",
        (
            _line("Telefono Amico Italia", "02 2327 2327", "https://www.telefonoamico.it", "it"),
            _abuse(
                "1522 Antiviolenza e stalking", "1522", "https://www.1522.eu", "it", "en", chat="https://www.1522.eu"
            ),
        ),
    ),
    Help(
        "LU", "112", (_line("SOS Détresse", "45 45 45", "https://454545.lu", "fr", "de", "lb", hours="not all night"),)
    ),
    Help(
        "NL",
        "112",
        (
            _line("113 Zelfmoordpreventie", "0800-0113", "https://www.113.nl", "nl", chat="https://www.113.nl"),
            _abuse("Veilig Thuis", "0800-2000", "https://veiligthuis.nl", "nl"),
        ),
    ),
    Help("NO", "112", (_line("Mental Helse Hjelpetelefonen", "116 123", "https://mentalhelse.no", "no"),)),
    Help(
        "PL",
        "112",
        (
            _line(
                "Centrum Wsparcia", "800 70 2222", "https://centrumwsparcia.pl", "pl", chat="https://centrumwsparcia.pl"
            ),
        ),
    ),
    Help(
        "PT",
        "112",
        (
            _line("SNS 24", "808 24 24 24", "https://www.sns24.gov.pt", "pt"),
            _line("SOS Voz Amiga", "213 544 545", "https://www.sosvozamiga.org", "pt", hours="daily, 15:30 to 00:30"),
        ),
    ),
    Help(
        "RO",
        "112",
        (
            _line(
                "Telefonul Sufletului / Antisuicid",
                "0800 801 200",
                "https://www.antisuicid.ro",
                "ro",
                hours="evenings and nights",
            ),
        ),
    ),
    Help(
        "SE",
        "112",
        (
            _line("Mind Självmordslinjen", "90101", "https://mind.se", "sv", chat="https://mind.se"),
            _abuse("Kvinnofridslinjen", "020-50 50 50", "https://kvinnofridslinjen.se", "sv"),
        ),
    ),
    Help(
        "SI", "112", (_line("Zaupni telefon Samarijan in Sopotnik", "116 123", "https://www.zaupnitelefon.si", "sl"),)
    ),
    Help("SK", "112", (_line("Linka dôvery Nezábudka", "0800 800 566", "https://dusevnezdravie.sk", "sk"),)),
    Help("UA", "112", (_line("Lifeline Ukraine", "7333", "https://lifelineukraine.com", "uk"),)),
    # --- The Americas -------------------------------------------------------------------------------
    Help(
        "AR",
        "911",
        (
            _line(
                "Centro de Asistencia al Suicida",
                "(011) 5275-1135",
                "https://www.casbuenosaires.com.ar",
                "es",
                hours="not all day",
            ),
            _abuse("Línea 144", "144", "https://www.argentina.gob.ar/linea-144", "es"),
        ),
    ),
    Help(
        "BR",
        "192",
        (
            _line("CVV, Centro de Valorização da Vida", "188", "https://cvv.org.br", "pt", chat="https://cvv.org.br"),
            _abuse("Ligue 180", "180", "https://www.gov.br/mulheres", "pt"),
        ),
    ),
    Help(
        "CA",
        "911",
        (HelpLine("9-8-8 Suicide Crisis Helpline", "988", "https://988.ca", languages=("en", "fr"), text="988"),),
    ),
    Help("CL", "131", (_line("Línea de prevención del suicidio", "*4141", "https://www.minsal.cl", "es"),)),
    Help("CO", "123", (_line("Línea 106", "106", "https://www.saludcapital.gov.co", "es"),)),
    Help(
        "MX",
        "911",
        (
            _line("Línea de la Vida", "800 911 2000", "https://www.gob.mx/salud/conadic", "es"),
            _line("SAPTEL", "55 5259 8121", "https://www.saptel.org.mx", "es"),
        ),
    ),
    Help("PE", "106", (_line("Línea 113 Salud, opción 5", "113", "https://www.gob.pe/minsa", "es"),)),
    Help(
        "US",
        "911",
        (
            HelpLine(
                "988 Suicide & Crisis Lifeline",
                "988",
                "https://988lifeline.org",
                languages=("en", "es"),
                text="988",
                chat="https://chat.988lifeline.org",
            ),
            HelpLine("Crisis Text Line", "", "https://www.crisistextline.org", text="HOME to 741741"),
            _abuse("National Domestic Violence Hotline", "1-800-799-7233", "https://www.thehotline.org", "en", "es"),
        ),
    ),
    Help("UY", "911", (_line("Línea Vida", "0800 0767", "https://www.asse.com.uy", "es"),)),
    # --- Asia and the Pacific -----------------------------------------------------------------------
    Help(
        "AU",
        "000",
        (
            HelpLine(
                "Lifeline",
                "13 11 14",
                "https://www.lifeline.org.au",
                text="0477 13 11 14",
                chat="https://www.lifeline.org.au",
            ),
            _abuse(
                "1800RESPECT", "1800 737 732", "https://1800respect.org.au", "en", chat="https://1800respect.org.au"
            ),
        ),
    ),
    Help("CN", "120", (_line("National mental health line", "12356", "https://www.nhc.gov.cn", "zh"),)),
    Help("HK", "999", (_line("The Samaritan Befrienders Hong Kong", "2389 2222", "https://www.sbhk.org.hk", "zh"),)),
    Help("ID", "112", (_line("SEJIWA", "119 ext. 8", "https://www.healing119.id", "id", hours="not all day"),)),
    Help(
        "IL",
        "101",
        (_line("ERAN", "1201", "https://www.eran.org.il", "he", "ar", "ru", chat="https://www.eran.org.il"),),
    ),
    Help(
        "IN",
        "112",
        (
            _line("Tele MANAS", "14416", "https://telemanas.mohfw.gov.in", "hi", "en"),
            _abuse("Women Helpline", "181", "https://wcd.gov.in", "hi", "en"),
        ),
    ),
    Help(
        "JP",
        "119",
        (
            _line("Yorisoi Hotline", "0120-279-338", "https://www.since2011.net/yorisoi", "ja"),
            _line("TELL Lifeline", "0800-300-8355", "https://telljp.com", "en", hours="not all day"),
        ),
    ),
    Help("KR", "119", (_line("Suicide prevention line", "109", "https://www.mohw.go.kr", "ko"),)),
    Help(
        "LK", "119", (_line("National Mental Health Helpline", "1926", "https://nimh.health.gov.lk", "si", "ta", "en"),)
    ),
    Help("MY", "999", (_line("Befrienders KL", "03-7627 2929", "https://www.befrienders.org.my", "en", "ms"),)),
    Help(
        "NZ",
        "111",
        (
            HelpLine("Need to talk?", "1737", "https://1737.org.nz", text="1737"),
            _line("Lifeline Aotearoa", "0800 543 354", "https://www.lifeline.org.nz", "en"),
            _abuse("Women's Refuge", "0800 733 843", "https://womensrefuge.org.nz", "en"),
        ),
    ),
    Help("PH", "911", (_line("NCMH Crisis Hotline", "1553", "https://ncmh.gov.ph", "en", "tl"),)),
    Help(
        "SG",
        "995",
        (HelpLine("Samaritans of Singapore", "1767", "https://www.sos.org.sg", chat="https://www.sos.org.sg"),),
    ),
    Help("TH", "191", (_line("Mental Health Hotline", "1323", "https://1323alltime.camri.go.th", "th"),)),
    Help("TR", "112", (_line("ALO 183", "183", "https://www.aile.gov.tr", "tr"),)),
    Help("TW", "119", (_line("Anxin line", "1925", "https://www.mohw.gov.tw", "zh"),)),
    # --- Africa -------------------------------------------------------------------------------------
    Help(
        "KE",
        "999",
        (
            _line(
                "Befrienders Kenya", "0722 178 177", "https://www.befrienderskenya.org", "en", "sw", hours="not all day"
            ),
        ),
    ),
    Help(
        "ZA",
        "112",
        (
            _line("SADAG Suicide Crisis Helpline", "0800 567 567", "https://www.sadag.org", "en", "af"),
            _abuse("GBV Command Centre", "0800 428 428", "https://gbv.org.za", "en"),
        ),
    ),
)
COUNTRIES: Final = {help.country: help for help in _ALL}


def help_for(country: str, kind: Kind | None = None) -> Help:
    """Where somebody in this country (ISO 3166-1 alpha-2, any case) finds help; international for one not known.

    The lines that fit `kind` best come first, and the directory of all countries last.
    """
    known = COUNTRIES.get(country.strip().upper())
    if known is None:
        return INTERNATIONAL
    lines = sorted(known.lines, key=lambda line: line.for_abuse is not (kind is Kind.ABUSE))
    return Help(known.country, known.emergency, (*lines, FIND_A_HELPLINE))
