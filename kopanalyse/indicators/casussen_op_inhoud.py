"""Individuele casussen op inhoud: what the cases are about and what comes of them (De Kop 2019, chapter 2).

Unless a rule says otherwise it is about trajecten in the role ``individueel``, and about years.
"""

from datetime import date

from kopanalyse.engine.words import Expression, cases, literal
from kopanalyse.indicators.catalogue import indicator
from kopanalyse.indicators.indicator import codelijst, kernen, kolom, leeftijdsklassen, lijst
from kopanalyse.indicators.registratie import Registratie, is_score
from kopanalyse.raw.schema import ONBEKEND

HERZIEN = date(2026, 11, 29)
INDIVIDUEEL, LEUN_EN_STEUN = "individueel", "leun_en_steun"
SCORES = tuple("12345")
_BEKEND = dict(rol=INDIVIDUEEL, herzien_op=HERZIEN)
_ZRM = dict(tabellen=("trajecten", "zrm_metingen"), **_BEKEND)


# Zelfredzaamheid-Matrix


@indicator(
    titel="ZRM bij intake",
    geheel="Hoofddomeinen met een ZRM-score bij intake",
    definitie="Hoofddomeinen met een intakescore van 1 tot en met 5 van individuele trajecten die in het jaar liepen.",
    waarom="Laat zien waarmee inwoners komen en hoe het er bij binnenkomst voor staat.",
    kanttekening="Eén traject kan meer hoofddomeinen hebben. Een domein dat niet besproken is (99) telt niet mee. "
    "Zegt niets over groei.",
    bron="Sociaal Werk De Kop 2019, § 2.1",
    categorie=codelijst("domein"),
    subcategorie=lijst(*SCORES),
    **_ZRM,
)
def zrm_intake(r: Registratie) -> Expression:
    return _per_domein_en_score(r, r.behandeld(*r.rol(INDIVIDUEEL)))


@indicator(
    titel="ZRM bij intake: jongeren",
    geheel="Hoofddomeinen met een ZRM-score bij intake, jongeren",
    definitie="Hetzelfde als ZRM bij intake, voor klanten die op de laatste dag van het jaar hooguit "
    "{jongere_tot_en_met} jaar zijn.",
    waarom="Laat zien met welke problemen jongeren komen.",
    kanttekening="Jongeren zijn ondergeteld: het dossier staat vaak op naam van een ouder, en schoolmaatschappelijk "
    "werk telt niet mee. Zonder geboortedatum telt een klant niet als jongere.",
    bron="Sociaal Werk De Kop 2019, § 2.2",
    categorie=codelijst("domein"),
    subcategorie=lijst(*SCORES),
    tabellen=("trajecten", "zrm_metingen", "klanten"),
    **_BEKEND,
)
def zrm_intake_jongeren(r: Registratie) -> Expression:
    t = r.with_klant(r.behandeld(*r.rol(INDIVIDUEEL)))
    return _per_domein_en_score(r, t.filter(r.is_jongere(t.leeftijd)))


def _per_domein_en_score(r: Registratie, trajecten: Expression) -> Expression:
    h = r.hoofddomeinen(trajecten)
    return h.filter(is_score(h.score)).mutate(categorie=h.domein, subcategorie=h.score.cast("string"))


@indicator(
    titel="Groei op de ZRM",
    definitie="Gemiddelde van eindscore min intakescore op de hoofddomeinen van individuele trajecten die in het jaar "
    "zijn afgesloten, waar beide scores er zijn in dezelfde versie van de ZRM.",
    waarom="Laat zien of de zelfredzaamheid toeneemt.",
    kanttekening="De ZRM is een rangorde: een gemiddelde zegt niet hoeveel casussen een niveau stijgen. Lees het "
    "naast de overgang van scores. Stabiliseren is vaak het doel.",
    bron="Sociaal Werk De Kop 2019, § 2.1",
    soort="gemiddelde",
    categorie=codelijst("domein"),
    cluster="traject_id",
    **_ZRM,
)
def zrm_groei(r: Registratie) -> Expression:
    p = r.paren(r.afgesloten(*r.rol(INDIVIDUEEL)))
    return p.mutate(categorie=p.domein, teller=p.eindscore - p.intake)


@indicator(
    titel="Overgang van ZRM-scores",
    geheel="Hoofddomeinen met een ZRM-score bij intake en aan het eind",
    definitie="Hoofddomeinen van afgesloten individuele trajecten naar intakescore en eindscore: `2>3` ging van 2 "
    "naar 3.",
    waarom="Laat zien hoeveel casussen stijgen, gelijk blijven of dalen, wat een gemiddelde verbergt.",
    kanttekening="Alleen waar beide scores er zijn in dezelfde versie van de ZRM.",
    bron="Sociaal Werk De Kop 2019, § 2.1",
    categorie=codelijst("domein"),
    subcategorie=lijst(*(f"{van}>{naar}" for van in SCORES for naar in SCORES)),
    **_ZRM,
)
def zrm_overgang(r: Registratie) -> Expression:
    p = r.paren(r.afgesloten(*r.rol(INDIVIDUEEL)))
    return p.mutate(
        categorie=p.domein, subcategorie=p.intake.cast("string") + literal(">") + p.eindscore.cast("string")
    )


@indicator(
    titel="ZRM-doel behaald",
    definitie="Aandeel van de hoofddomeinen met een doelscore waarop de eindscore minstens de doelscore is, van "
    "individuele trajecten die in het jaar zijn afgesloten.",
    waarom="Vaak is stabiliseren het doel; dit meet of het doel gehaald is in plaats van of de score stijgt.",
    kanttekening="De doelscore is die van de intake. Zonder doelscore telt een domein niet mee.",
    bron="Sociaal Werk De Kop 2019, § 2.1",
    soort="aandeel",
    categorie=codelijst("domein"),
    cluster="traject_id",
    **_ZRM,
)
def zrm_doel_behaald(r: Registratie) -> Expression:
    p = r.paren(r.afgesloten(*r.rol(INDIVIDUEEL)))
    p = p.filter(p.doelscore.notnull())
    return p.mutate(categorie=p.domein, teller=p.eindscore >= p.doelscore)


@indicator(
    titel="ZRM volledig ingevuld",
    definitie="Aandeel van de afgesloten individuele trajecten met op minstens één hoofddomein een intake- en een "
    "eindscore.",
    waarom="Zegt over welk deel van de trajecten groei en doelen iets kunnen zeggen.",
    kanttekening="Afgebroken trajecten hebben vaak geen eindmeting.",
    bron="Sociaal Werk De Kop 2019, § 2.1",
    soort="aandeel",
    **_ZRM,
)
def zrm_volledig(r: Registratie) -> Expression:
    t = r.afgesloten(*r.rol(INDIVIDUEEL))
    met_paar = r.paren(t).select("traject_id", "periode").distinct().mutate(paar=literal(True))
    samen = t.left_join(met_paar, ["traject_id", "periode"], rname="_{name}")
    return samen.mutate(teller=samen.paar.fill_null(False))


# Complexiteit en zwaarte

COMPLEXITEIT = ("niet complex", "redelijk complex", "complex")


@indicator(
    titel="Complexiteit",
    definitie="Verdeling van de individuele trajecten in de periode naar het aantal hoofddomeinen bij intake: vanaf "
    "{redelijk_complex_vanaf} redelijk complex, vanaf {complex_vanaf} complex, minder is niet complex.",
    waarom="Laat zien of de problematiek zwaarder wordt.",
    kanttekening="Trajecten zonder hoofddomein bij intake tellen niet mee in de basis.",
    bron="Sociaal Werk De Kop 2019, § 2.3",
    soort="aandeel",
    aandeel_van="alle categorieën",
    categorie=lijst(*COMPLEXITEIT),
    kwartalen=True,
    **_ZRM,
)
def complexiteit(r: Registratie) -> Expression:
    d = r.settings.drempels
    i = r.hoofdintake().group_by("traject_id").aggregate(aantal=lambda domein: domein.count())
    t = r.behandeld(*r.rol(INDIVIDUEEL)).inner_join(i, "traject_id")
    return t.mutate(
        categorie=cases(
            (t.aantal >= d.complex_vanaf, COMPLEXITEIT[2]),
            (t.aantal >= d.redelijk_complex_vanaf, COMPLEXITEIT[1]),
            else_=COMPLEXITEIT[0],
        )
    )


_CONTACTEN = dict(
    tabellen=("trajecten", "contacten"),
    tot_nu_toe=True,
    soort="gemiddelde",
    categorie=lijst("zwaar", "licht", ONBEKEND),
    bron="Sociaal Werk De Kop 2019, § 2.4",
    **_BEKEND,
)


@indicator(
    titel="Contacten per traject",
    definitie="Gemiddeld aantal contacten van de individuele trajecten die in het jaar liepen, naar de schatting bij "
    "de start: zwaar is meer dan {zwaar_meer_dan} gesprekken.",
    waarom="Laat zien of de hulp kort kan zijn.",
    kanttekening="Telt alle contacten tot en met het eind van het jaar, ook uit eerdere jaren. Trajecten die nog "
    "lopen, kunnen nog contacten krijgen.",
    **_CONTACTEN,
)
def contacten_per_traject(r: Registratie) -> Expression:
    t = r.with_contacten(r.behandeld(*r.rol(INDIVIDUEEL)))
    return t.mutate(categorie=r.zwaarte(t.geschat_aantal_gesprekken), teller=t.contacten)


@indicator(
    titel="Contacten face to face per traject",
    definitie="Gemiddeld aantal contacten face to face van de individuele trajecten die in het jaar liepen, naar de "
    "schatting bij de start.",
    waarom="Laat zien welk deel van het contact een gesprek in persoon is.",
    kanttekening="Een contact zonder vorm telt niet als face to face.",
    **_CONTACTEN,
)
def contacten_per_traject_face_to_face(r: Registratie) -> Expression:
    t = r.with_contacten(r.behandeld(*r.rol(INDIVIDUEEL)))
    return t.mutate(categorie=r.zwaarte(t.geschat_aantal_gesprekken), teller=t.face_to_face)


@indicator(
    titel="Zware trajecten naar schatting",
    definitie="Aandeel van de individuele trajecten in de periode waarvan bij de start meer dan {zwaar_meer_dan} "
    "gesprekken geschat zijn, van de trajecten met een schatting.",
    waarom="Laat zien welk deel van de hulp naar verwachting niet kort is.",
    kanttekening="De schatting is van de medewerker, bij de start. Het werkelijke aantal contacten kan hoger zijn.",
    bron="Sociaal Werk De Kop 2019, § 2.4",
    tabellen=("trajecten",),
    soort="aandeel",
    kwartalen=True,
    steunt_op=("trajecten.geschat_aantal_gesprekken",),
    **_BEKEND,
)
def zware_trajecten(r: Registratie) -> Expression:
    t = r.behandeld(*r.rol(INDIVIDUEEL))
    t = t.filter(t.geschat_aantal_gesprekken.notnull())
    return t.mutate(teller=r.zwaarte(t.geschat_aantal_gesprekken) == "zwaar")


@indicator(
    titel="Zware trajecten naar telling",
    definitie="Aandeel van de individuele trajecten in de periode met meer dan {zwaar_meer_dan} getelde contacten.",
    waarom="Naast de schatting laat dit zien hoeveel trajecten werkelijk niet kort zijn.",
    kanttekening="Telt alle contacten tot en met het eind van de periode.",
    bron="Sociaal Werk De Kop 2019, § 2.4 (vergelijking met de schatting)",
    tabellen=("trajecten", "contacten"),
    tot_nu_toe=True,
    soort="aandeel",
    kwartalen=True,
    **_BEKEND,
)
def zware_trajecten_werkelijk(r: Registratie) -> Expression:
    t = r.with_contacten(r.behandeld(*r.rol(INDIVIDUEEL)))
    return t.mutate(teller=r.zwaarte(t.contacten) == "zwaar")


@indicator(
    titel="Schatting tegenover telling",
    geheel="Behandelde individuele trajecten",
    definitie="Individuele trajecten die in het jaar liepen, naar de geschatte en de getelde zwaarte.",
    waarom="Laat zien hoe vaak een traject zwaarder of lichter is dan bij de start gedacht.",
    kanttekening="Trajecten die nog lopen, kunnen nog zwaar worden.",
    bron="Sociaal Werk De Kop 2019, § 2.4",
    tabellen=("trajecten", "contacten"),
    tot_nu_toe=True,
    categorie=lijst("licht", "zwaar", ONBEKEND),
    subcategorie=lijst("licht", "zwaar"),
    steunt_op=("trajecten.geschat_aantal_gesprekken",),
    **_BEKEND,
)
def inschatting(r: Registratie) -> Expression:
    t = r.with_contacten(r.behandeld(*r.rol(INDIVIDUEEL)))
    return t.mutate(categorie=r.zwaarte(t.geschat_aantal_gesprekken), subcategorie=r.zwaarte(t.contacten))


# Wie en waar


@indicator(
    titel="Klanten naar leeftijd en geslacht",
    geheel="Klanten met een individueel traject",
    definitie="Verschillende klanten met een individueel traject dat in het jaar liep, naar leeftijd op de laatste "
    "dag van het jaar en geslacht.",
    waarom="Laat zien wie de organisatie bereikt.",
    kanttekening="Aan de leeftijd is niet te zien waarover de vraag ging: een opvoedvraag staat bij het kind of bij "
    "een ouder.",
    bron="Sociaal Werk De Kop 2019, § 2.5",
    tabellen=("trajecten", "klanten"),
    soort="uniek",
    categorie=leeftijdsklassen,
    subcategorie=codelijst("geslacht"),
    **_BEKEND,
)
def klanten(r: Registratie) -> Expression:
    t = r.with_klant(r.behandeld(*r.rol(INDIVIDUEEL)))
    return t.mutate(categorie=t.leeftijdsklasse, subcategorie=t.geslacht)


_KERN = dict(categorie=kernen, bron="Sociaal Werk De Kop 2019, § 2.6", **_BEKEND)


@indicator(
    titel="Individuele casussen per kern",
    geheel="Behandelde individuele trajecten",
    definitie="Individuele trajecten die in het jaar liepen, naar de kern waar de klant woont.",
    waarom="Laat zien waar de organisatie gevonden wordt.",
    kanttekening="Een grote kern heeft vanzelf meer casussen: lees het naast het aantal per 1.000 inwoners.",
    tabellen=("trajecten", "klanten", "kernen"),
    **_KERN,
)
def casussen_per_kern(r: Registratie) -> Expression:
    return _per_kern(r)


def _inwoners(r: Registratie) -> Expression:
    k = r.tabel("kernen")
    return k.filter(k.inwoners > 0).group_by(categorie=k.kern).aggregate(noemer=k.inwoners.sum())


@indicator(
    titel="Individuele casussen per 1.000 inwoners",
    definitie="Individuele trajecten die in het jaar liepen per 1.000 inwoners van de kern.",
    waarom="Maakt grote en kleine kernen vergelijkbaar.",
    kanttekening="Ook voor één team gerekend op alle inwoners van de kern. Kernen zonder inwonertal blijven buiten "
    "het totaal. In kleine kernen schommelt het cijfer sterk: let op het interval.",
    tabellen=("trajecten", "klanten", "kernen"),
    soort="per_1000",
    noemers=_inwoners,
    **_KERN,
)
def casussen_per_1000_inwoners(r: Registratie) -> Expression:
    t = _per_kern(r)
    met_inwoners = _inwoners(r).select("categorie", in_totaal=literal(True))
    samen = t.left_join(met_inwoners, "categorie", rname="_{name}")
    return samen.mutate(in_totaal=samen.in_totaal.fill_null(False))


@indicator(
    titel="Financiële casussen per kern",
    geheel="Individuele trajecten met hoofddomein Financiën",
    definitie="Individuele trajecten die in het jaar liepen met hoofddomein Financiën bij intake, naar kern.",
    waarom="Financiële problematiek komt het meest voor; dit laat zien waar.",
    kanttekening="Een grote kern heeft vanzelf meer casussen.",
    tabellen=("trajecten", "klanten", "kernen", "zrm_metingen"),
    **_KERN,
)
def financiele_casussen_per_kern(r: Registratie) -> Expression:
    i = r.hoofdintake()
    financien = i.filter(i.domein == "Financiën").select("traject_id")
    return _per_kern(r).semi_join(financien, "traject_id")


def _per_kern(r: Registratie) -> Expression:
    t = r.with_klant(r.behandeld(*r.rol(INDIVIDUEEL)))
    return t.mutate(categorie=t.kern)


# Hoe binnengekomen en met wie


@indicator(
    titel="Verwijzingen",
    definitie="Verdeling van de individuele trajecten die in het jaar begonnen naar hoe de klant binnenkwam.",
    waarom="Laat zien of inwoners zelf de weg vinden.",
    kanttekening="Eigen initiatief is via spreekuur, mailbox of website.",
    bron="Sociaal Werk De Kop 2019, § 2.7",
    tabellen=("trajecten",),
    soort="aandeel",
    aandeel_van="alle categorieën",
    categorie=lijst("verwezen", "eigen_initiatief", ONBEKEND),
    steunt_op=("trajecten.aanmeldroute",),
    **_BEKEND,
)
def verwijzingen(r: Registratie) -> Expression:
    t = r.gestart(*r.rol(INDIVIDUEEL))
    return t.mutate(categorie=t.aanmeldroute.fill_null(ONBEKEND))


_NETWERK = dict(bron="Sociaal Werk De Kop 2019, § 2.8", **_BEKEND)


@indicator(
    titel="Netwerk gevraagd",
    geheel="Behandelde individuele {en_steun}trajecten",
    definitie="Individuele {en_steun}trajecten die in het jaar liepen, naar of het sociale netwerk van de "
    "inwoner gevraagd is mee te denken.",
    waarom="Sociale netwerkversterking is een uitgangspunt van het werk.",
    kanttekening="Zegt niet of het netwerk ook meedeed.",
    tabellen=("trajecten",),
    categorie=lijst("gevraagd", "niet_gevraagd", ONBEKEND),
    steunt_op=("trajecten.netwerk_gevraagd",),
    **_NETWERK,
)
def netwerk_gevraagd(r: Registratie) -> Expression:
    t = r.behandeld(*r.rol(INDIVIDUEEL, LEUN_EN_STEUN))
    return t.mutate(
        categorie=cases((t.netwerk_gevraagd, "gevraagd"), (~t.netwerk_gevraagd, "niet_gevraagd"), else_=ONBEKEND)
    )


@indicator(
    titel="Waarom het netwerk niet gevraagd is",
    geheel="Trajecten waarin het netwerk niet gevraagd is",
    definitie="De trajecten waarin het netwerk (nog) niet gevraagd kon worden, naar reden.",
    waarom="Laat zien wat netwerkversterking in de weg staat.",
    kanttekening="Eén reden per traject.",
    tabellen=("trajecten",),
    categorie=kolom("trajecten", "reden_geen_netwerk"),
    steunt_op=("trajecten.reden_geen_netwerk",),
    **_NETWERK,
)
def reden_geen_netwerk(r: Registratie) -> Expression:
    t = r.behandeld(*r.rol(INDIVIDUEEL, LEUN_EN_STEUN))
    return t.filter(~t.netwerk_gevraagd).mutate(categorie=t.reden_geen_netwerk.fill_null(ONBEKEND))


@indicator(
    titel="Netwerkparticipanten",
    definitie="Verschillende mensen uit het netwerk van klanten die meehelpen in individuele "
    "{en_steun}trajecten die in het jaar liepen.",
    waarom="Laat zien hoeveel mensen rond de klant actief zijn.",
    kanttekening="Wie in twee trajecten helpt, telt één keer. Het aantal personen erachter is het aantal klanten.",
    tabellen=("trajecten", "netwerkparticipanten"),
    soort="uniek",
    **_NETWERK,
)
def netwerkparticipanten(r: Registratie) -> Expression:
    t = r.behandeld(*r.rol(INDIVIDUEEL, LEUN_EN_STEUN))
    p = t.inner_join(r.tabel("netwerkparticipanten"), "traject_id")
    return p.mutate(uniek=p.participant_id)


@indicator(
    titel="Onafhankelijke cliëntondersteuning",
    definitie="Aandeel van de individuele trajecten die in het jaar liepen waarbij onafhankelijke "
    "cliëntondersteuning is aangegeven.",
    waarom="Inwoners hebben recht op iemand die met hen meedenkt en los staat van de aanbieder.",
    kanttekening="Waar niets is ingevuld, telt het als nee.",
    bron="Sociaal Werk De Kop 2019, § 2.9",
    tabellen=("trajecten",),
    soort="aandeel",
    steunt_op=("trajecten.onafhankelijke_clientondersteuning",),
    **_BEKEND,
)
def onafhankelijke_clientondersteuning(r: Registratie) -> Expression:
    t = r.behandeld(*r.rol(INDIVIDUEEL))
    return t.mutate(teller=t.onafhankelijke_clientondersteuning.fill_null(False))
