"""Wordings of danger in German, French and Spanish (see statement_phrases.py). Accents are often left out."""

from typing import Final

_DE_NOT: Final = r"(?:(?:einfach|nur|jetzt|wirklich|echt|heute|schon|so) )*"
_DE_TRAIN: Final = r"(?:zug|bahn|s-bahn|u-bahn|lkw|auto|bus)"
_DE_MAN: Final = r"(?:mann|freund|freundin|frau|vater|mutter|stiefvater|partner|partnerin|ex|exfreund|bruder|onkel)"
_DE_PILLS: Final = r"\w*(?:tabletten|pillen|medikamente|schmerzmittel|schlafmittel|kapseln|antidepressiva)"
_FR_MAN: Final = (
    r"(?:il|elle|mon (?:\w+ )?(?:mari|copain|père|beau-père|compagnon|ex|conjoint|frère)|ma (?:femme|mère|copine))"
)
_FR_PILLS: Final = (
    r"(?:médicaments|medicaments|cachets|comprimés|comprimes|somnifères|pilules|dolipranes?|antidépresseurs)"
)
_ES_MAN: Final = r"mi (?:marido|novio|padre|padrastro|pareja|esposo|ex|hermano|mujer|novia|madre|tío)"
_ES_PILLS: Final = r"(?:pastillas|medicinas|medicamentos|somníferos|somniferos|tranquilizantes|antidepresivos)"

SUICIDE: Final = (
    rf"\bich (?:will|möchte|moechte|kann|mag) {_DE_NOT}nicht mehr (?:leben(?! (?:in|mit|bei|hier|wie))|weiterleben"
    rf"|aufwachen"
    r"|da sein(?= [.,])|existieren)|\bich (?:will|möchte) (?:\w+ )?(?:für immer schlafen|alles beenden)",
    rf"\b(?:vor|unter) (?:den|einen|die|eine) (?:\w+ )?{_DE_TRAIN} (?:zu )?(?:springen|werfen|schmeißen|schmeissen"
    rf"|legen|laufen)"
    rf"|\b(?:springe?|werfe|schmeiße?) (?:ich )?(?:mich )?(?:\w+ )?vor (?:den|einen|die) {_DE_TRAIN}",
    r"\b(?:von der brücke|vom dach|von einer brücke|vom balkon|vom hochhaus|aus dem fenster) (?:zu )?(?:springen"
    r"|stürzen)(?= [.,])"
    r"|\bich (?:springe?|stürze mich) (?:\w+ )?(?:von der brücke|vom dach|vom balkon|aus dem fenster)",
    r"\b(?:daran|überlege|versucht|vor|angefangen|kurz davor) (?:\w+ )?(?:, )?(?:mich|mir) (?:\w+ )?(?:umzubringen"
    r"|aufzuhängen|zu"
    r" erhängen|zu erschießen|zu töten|das leben zu nehmen|die pulsadern aufzuschneiden|etwas anzutun|was anzutun)",
    r"\bich (?:werde|will|muss|möchte) mich (?:\w+ ){0,2}?(?:umbringen|aufhängen|erhängen|erschießen|töten)(?!"
    r" (?:vor|für|wenn))",
    r"\b(?:besser|leichter|einfacher)(?: \w+){0,3}(?: ,)? wenn ich (?:tot wäre|tot bin|nicht mehr (?:da wäre|leben"
    r" würde|am leben)"
    r"|nie geboren)",
    r"\b(?:keinen|kein) (?:sinn|grund)(?: mehr)?(?: ,)? (?:zu leben|weiterzuleben|am leben|im leben)(?= [.,]| zu)"
    r"|\bmein leben hat"
    r" keinen sinn",
    r"\bich (?:habe|hab) (?:\w+ ){0,2}?abschiedsbriefe? (?:\w+ ){0,4}?geschrieben",
    r"\bich wünschte(?: ,)? ich (?:wäre (?:nicht mehr|nie geboren|tot)|würde nicht mehr aufwachen)",
    r"\bje (?:ne )?(?:veux|voudrais|peux) plus (?:vivre(?! (?:à|en|dans|avec|ici|comme|chez))|être (?:là(?= [.,])|en"
    r" vie)|exister"
    r"|me réveiller(?= [.,]))",
    r"\bme (?:jeter|jette|balancer) (?:sous|du|de la|d'un|par la|dans le|devant) (?:un |une |le |la )?(?:métro|metro"
    r"|train|pont|toit"
    r"|fenêtre|fenetre|balcon|vide|seine|camion)",
    r"\b(?:j'ai|je|j'avais) (?:\w+ ){0,3}?(?:envie|pense|songe|décidé|prête?|pensées?|idées?) (?:à |a |de |d')?(?:en"
    r" finir(?! avec (?:ce|le"
    r" |cette|la réunion))|mourir(?! de (?:rire|faim|soif|chaud))|me (?:tuer|suicider|pendre)|suicidaires)",
    r"\bje (?:vais|veux|voudrais) (?:\w+ )?(?:en finir(?= [.,]| ce soir| avec (?:la vie|ma vie|tout))|me pendre|me"
    r" tirer une balle"
    r"|m'ouvrir les veines|disparaître pour (?:toujours|de bon)|dormir et ne (?:plus|jamais) me réveiller)",
    r"\b(?:ils|elles|tout le monde|ma famille|mes \w+) (?:\w+ ){0,2}?(?:serait|seraient|sera|seront) mieux sans moi"
    r"|\bj'aimerais (?:ne plus (?:être là|exister|me réveiller)|être morte?)|\bje voudrais être morte?(?= [.,])",
    r"\b(?:plus|pas|aucune) (?:de |aucune )?raisons? de vivre|\bj'ai écrit (?:une|ma|mes) lettres? d'adieu",
    r"\b(?:no|ya no|nunca más) (?:quiero|quisiera|deseo|puedo) (?:seguir (?:viviendo|con vida|en este mundo)(?!"
    r" (?:en|aquí|con|así"
    r"|lejos|sol[oa]))|vivir(?: más)?(?= [.,])|existir|despertar(?:me)?(?= [.,]| más| mañana [.,])|estar viv[oa])",
    r"\b(?:voy a|quiero|pienso|pensando en|ganas de|pensado en|a punto de) (?:tirarme|lanzarme|saltar|arrojarme)"
    r" (?:del?|por|desde|a|al|a"
    r" las) (?:un |una |el |la )?(?:puente|ventana|balcón|balcon|tren|metro|vías?|vacío|azotea)",
    r"(?<!no )(?<!no tengo )\b(?:tengo ganas de|voy a|quiero|pienso en|pensando en|he decidido) (?:morir(?= [.,])"
    r"|matarme(?! (?:a|de"
    r"|por))|ahorcarme|suicidarme|acabar con (?:mi vida|todo(?= [.,]))|desaparecer para siempre)",
    r"\bmejor si (?:yo )?(?:estuviera muert[oa]|no existiera|me muriera)|\b(?:estarían|estaría|estarán) mejor sin"
    r" mí(?= [.,])|\bojalá (?:me"
    r" muriera|estuviera muert[oa]|no (?:despertara|me despertara|hubiera nacido))",
    r"\b(?:no|ninguna|sin|ni una) (?:\w+ ){0,3}?(?:razón|razon|razones|motivos?|sentido) (?:para|de) (?:vivir|seguir"
    r" (?:viviendo|con"
    r" vida))(?= [.,])|\b(?:he escrito|escribí) (?:una |mi |mis |unas )?cartas? de despedida",
    r"\bohne mich (?:\w+ ){0,2}?besser (?:dran|gehen)\b|\b(?:ginge|geht|ging) es (?:\w+ ){0,3}?besser ohne mich(?="
    r" [.,])",
    r"\b(?:ob|dass|glaube) (?:\w+ ){0,4}?(?:das wochenende|morgen|die nacht|nächste woche|weihnachten) (?:\w+"
    r" )?(?:überlebe"
    r"|erlebe|noch lebe|noch erleben)|\bich (?:werde|will) (?:\w+ ){0,3}?(?:morgen|das wochenende) nicht mehr"
    r" (?:erleben|leben)",
    rf"\b{_DE_PILLS} (?:\w+ ){{0,3}}?(?:bereitgelegt|bereit|gesammelt|gehortet|in der hand|vor mir)\b|\b(?:strick"
    rf"|seil|messer"
    r"|pistole|waffe) (?:\w+ ){0,3}?(?:in der hand|vor mir|um den hals)",
    r"\b(?:plus simple|mieux|plus facile|soulag\w+)(?: pour \w+)?(?: \w+)? si (?:j'étais morte?|je (?:mourais"
    r"|n'existais pas|n'étais"
    r" (?:plus|pas) là|disparaissais|ne me réveillais))",
    rf"\bj'ai (?:les|mes|des|une corde|le|un) ?(?:{_FR_PILLS}|corde|couteau|rasoir|pistolet|fusil)? (?:\w+ )?(?:dans"
    rf" la main|devant"
    r" moi|à la main|sous la main)(?= [.,]| et)",
    r"\b(?:sería más fácil|estarían mejor|estaría mejor|mejor|más tranquilos)\b.{0,20}\bsi (?:yo )?(?:no"
    r" (?:estuviera|existiera|despertara)|me"
    r" (?:muriera|fuera para siempre)|estuviera muert[oa])",
    rf"\btengo (?:las|unas|todas las|un|una|la|el) (?:{_ES_PILLS}|cuchillo|pistola|cuerda|soga|navaja) (?:\w+"
    rf" )?(?:en la mano|delante|aquí|lista"
    r"|preparadas?)",
    r"\bme (?:voy|vaya) a (?:tirar|lanzar|matar|ahorcar|colgar(?! de)|cortar las venas)(?= (?:al|del?|por|desde|a"
    r" las|esta|hoy|mañana)| [.,])"
    r"(?! (?:a la piscina|al agua|de la risa))",
)
SELF_HARM: Final = (
    r"\b(?:pulsadern|arme|handgelenke?) (?:\w+ )?(?:auf)?geschnitten|\bich (?:tue|tu|füge) mir (?:\w+ )?(?:weh"
    r"|schmerzen zu)\b"
    r"(?= (?:um|damit|wenn|jeden|mit)| [.,])",
    r"\bje me fais (?:du )?(?:mal|saigner)\b.{0,30}\b(?:rasoir|lame|couteau|exprès|soirs?|nuits?|quand|pour)",
    r"\bme (?:hago daño|lastimo|quemo|corto)\b.{0,30}\b(?:cuchilla|navaja|noches?|cuando|para|a"
    r" propósito)(?!.*\b(?:pelo|cocin\w+"
    r"|uñas|entren\w+)\b)",
    r"\bich (?:habe|hab) (?:mich|mir) (?:\w+ ){0,4}?(?:geritzt|aufgeritzt|selbst verletzt|absichtlich (?:geschnitten"
    r"|verbrannt|verletzt)|die"
    r" (?:arme?|beine?) (?:\w+ )?(?:auf)?(?:geschnitten|geritzt)|in (?:den|die) (?:arme?|beine?) geschnitten)",
    r"\bich (?:ritze|ritz|verletze|schneide) mich(?= (?:\w+ )?(?:wieder|selbst|seit|jeden|immer|absichtlich|um"
    r" mich)| [.,])",
    r"\bje me (?:suis )?(?:(?:encore|de nouveau|souvent|exprès|toujours|re) )*(?:(?:re)?coupée?|taillade|tailladée?"
    r"|coupe|scarifie|scarifiée?"
    r"|mutilée?|brûlée?) (?:(?:encore|exprès) )?(?:les (?:bras|veines|cuisses|poignets)|aux? (?:bras|veines"
    r"|poignets?)|le bras|volontairement"
    r"|exprès)|\bje me suis (?:encore )?(?:scarifiée?|mutilée?)",
    r"\b(?:vuelto a|volví a|volvi a|sigo|empecé a|he empezado a|acabo de) (?:cortarme|cortándome|cortandome|hacerme"
    r" daño|autolesionarme"
    r"|quemarme)(?! (?:el|las uñas|cocinando|con (?:el|la)))",
    r"\bme (?:corto|corté|he cortado) (?:a propósito|los brazos|las (?:venas|muñecas|piernas))|\bme (?:autolesiono"
    r"|hago daño a propósito)",
)
OVERDOSE: Final = (
    rf"\bich (?:habe|hab) (?:\w+ ){{0,3}}?(?:eine (?:ganze )?(?:packung|schachtel|handvoll)|die ganze (?:packung"
    rf"|schachtel)|(?:viel )?zu viele"
    rf"|alle(?: meine)?|dreißig|zwanzig|vierzig)(?: \w+)? {_DE_PILLS}(?: \w+)? (?:genommen|geschluckt|eingenommen)",
    r"\bich (?:verblute|blute (?:\w+ )?(?:stark|sehr|so sehr))|\bich (?:bekomme|bekomm|krieg|kriege) (?:\w+ )?keine"
    r" luft(?= [.,]| und| mehr)",
    rf"\b(?:j'ai|je viens) (?:\w+ ){{0,2}}?(?:d'avaler|de prendre|avalé|pris) (?:\w+ )?(?:tous|toute|trop|(?:une"
    rf"|deux|trois|quatre|cinq) boîtes?|une boîte"
    rf"|une boite|un tube|plein|une"
    rf" plaquette|vingt|trente)(?: \w+){{0,3}} (?:d')?{_FR_PILLS}|\b(?:j'ai|je viens) (?:d'avaler|avalé|de prendre)"
    rf" (?:une|la|toute la)"
    r" (?:boîte|boite|plaquette)",
    r"\bje (?:saigne beaucoup|perds (?:beaucoup|énormément) de sang|me vide de mon sang)|\bj'ai (?:fait une surdose"
    r"|bu de (?:la javel|l'eau de"
    r" javel))",
    rf"\b(?:me (?:tomé|tome|he tomado|tragué)|tomé|he tomado|acabo de tomarme?) (?:\w+ )?(?:todas?|demasiad[oa]s|un"
    rf" (?:frasco|bote|puñado)"
    rf"|una caja|veinte|treinta|muchas|el frasco)(?: \w+){{0,3}}? {_ES_PILLS}|\b(?:me tomé|me he tomado|me tragué)"
    rf" (?:todo )?(?:el|un) (?:frasco"
    r"|bote)",
    r"\b(?:me estoy desangrando|estoy sangrando mucho|estoy perdiendo mucha sangre|he bebido lejía)",
)
ABUSE: Final = (
    rf"\bmeine? (?:\w+ )?{_DE_MAN} hat (?:mich|uns) (?:(?!um\b|im\b|beim\b|knapp\b)\w+ ){{0,5}}?(?:geschlagen"
    rf"|gewürgt|vergewaltigt|verprügelt"
    r"|eingesperrt|getreten)|\ber hat (?:mich|uns) (?:\w+ ){0,2}?(?:gewürgt|vergewaltigt|verprügelt|eingesperrt)",
    r"\b(?:er|sie) (?:schlägt|würgt|verprügelt|vergewaltigt) (?:mich|die kinder|meine kinder)(?! (?:beim|im|vor|um"
    r"|mit \d))"
    rf"|\b(?:er|sie|meine? {_DE_MAN}) (?:\w+ ){{0,3}}?(?:droht|gedroht) (?:\w+ )?(?:, )?(?:mich|uns) umzubringen"
    rf"|\bsperrt mich (?:\w+ )?ein\b",
    r"\b(?:habe|hab) angst(?: ,)? (?:\w+ ){0,3}?(?:nach hause zu gehen|dass er mich (?:\w+ )?(?:umbringt|schlägt)"
    r"|vor meinem (?:mann|freund"
    r"|vater|ex)(?= [.,]))",
    rf"\b{_FR_MAN} (?:m'a |me |m'|va me |veut me )(?:\w+ )?(?:frappée?|frappe|frapper|battue?|bat|étranglée?"
    rf"|étrangle|violée?|viole|enfermée?"
    r"|enferme|cogne|tabasse|tabassée?)(?! (?:au|aux|à|dans le jeu|par|toujours))",
    rf"\b{_FR_MAN} (?:\w+ ){{0,2}}?(?:menace|menacé) de me (?:tuer|frapper)|\bj'ai peur (?:de rentrer chez|qu'il me"
    rf" (?:tue|frappe))",
    rf"\b{_ES_MAN} (?:\w+ )?(?:me|nos) (?:ha |está |volvió a |intentó |ha intentado |amenaza con )*(?:pega|pegó|pego"
    rf"|pegado|pegando|pegar|golpea"
    r"|golpeó|golpeado|golpear|viola|violó|violado|maltrata|encierra|encerró|amenaza|amenazó|amenazado|estranguló"
    r"|estrangular)(?! (?:un grito"
    r"|su|el))",
    rf"\b{_ES_MAN} (?:\w+ ){{0,3}}?(?:amenaza|amenazó|amenazado|intentó) (?:con )?matarme|\bmiedo (?:de )?(?:que"
    rf" (?:\w+ )?me (?:mate|pegue)(?= [.,])"
    r"|volver a casa(?= [.,]))",
)
HARM_TO_OTHERS: Final = (
    r"\bich (?:werde|will|möchte) (?:\w+ )?(?:ihn|sie|meinen \w+|meine \w+|alle) (?:\w+ ){0,3}?(?:umbringen|töten"
    r"|erstechen|erschießen|abstechen"
    r"|erwürgen)(?= [.,]| heute| morgen)(?=.*\b(?:messer|pistole|waffe|heute|ernst|morgen|nacht))",
    r"\bich (?:steche|erschieße|erwürge) (?:ihn|sie|meinen \w+|meine \w+) (?:\w+ )?(?:ab|heute|morgen|[.,])",
    r"\bje vais (?:le |la |les )?(?:tuer|poignarder|étrangler|buter)\b(?=.*\b(?:ce soir|couteau|sérieux|pistolet"
    r"|fusil|demain))",
    r"\bvoy a (?:matar|apuñalar|disparar)(?:lo|la|los|le)?(?= |[.,])(?=.*\b(?:esta noche|cuchillo|pistola|en serio"
    r"|mañana))",
)
