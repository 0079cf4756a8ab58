"""Casuïstiek in aantallen: how many, per year and quarter (De Kop 2019, chapter 1)."""

from collections.abc import Callable
from datetime import date

from kopanalyse.engine.words import Column, Expression, literal, null, union
from kopanalyse.indicators.catalogue import indicator
from kopanalyse.indicators.indicator import Categorieen, Waarden, codelijst, kolom
from kopanalyse.indicators.registratie import Registratie

HERZIEN = date(2026, 11, 22)


def _soorten(*tabellen_activiteit: str) -> Categorieen:
    """The kinds of casuïstiek whose tables are there; a group activity needs all of ``tabellen_activiteit``."""

    def soorten(registratie: Registratie, waarden: Waarden) -> list[str]:
        trajecten = codelijst("trajectsoort")(registratie, waarden) if registratie.heeft("trajecten") else []
        vragen = ["informatie_en_advies"] if registratie.heeft("informatie_en_advies") else []
        activiteiten = ["collectieve_activiteiten"] if all(map(registratie.heeft, tabellen_activiteit)) else []
        return [*trajecten, *vragen, *activiteiten]

    return soorten


def _tables(*tabellen_activiteit: str) -> Callable[[str], tuple[str, ...]]:
    """The tables that a kind of casuïstiek rests on."""
    soorten = {"informatie_en_advies": ("informatie_en_advies",), "collectieve_activiteiten": tabellen_activiteit}
    return lambda soort: soorten.get(soort, ("trajecten",))


def _casuistiek(
    r: Registratie,
    trajecten: Callable[[], Expression],
    activiteiten: Callable[[], Expression],
    tabellen_activiteit: tuple[str, ...],
) -> Expression:
    """Records of the three sources that are there; the kind of casuïstiek is the category."""
    delen = []
    if r.heeft("trajecten"):
        delen.append(_casus(trajecten(), "trajectsoort"))
    if r.heeft("informatie_en_advies"):
        delen.append(_casus(r.informatie_en_advies(), literal("informatie_en_advies")))
    if all(map(r.heeft, tabellen_activiteit)):
        delen.append(_casus(activiteiten(), literal("collectieve_activiteiten")))
    return union(delen)


def _casus(rijen: Expression, soort: str | Column) -> Expression:
    """Rows of one source in the form that the three share; each keeps the key of its own table."""
    sleutels = {
        naam: rijen[naam] if naam in rijen.columns else null("string")
        for naam in ("traject_id", "vraag_id", "activiteit_id")
    }
    return rijen.select("periode", "team", "persoon", categorie=soort, **sleutels)


_BEHANDELD = ("collectieve_activiteiten", "bijeenkomsten")
_OPGESTART = ("collectieve_activiteiten",)
_CASUISTIEK = dict(
    tabellen=("trajecten", "informatie_en_advies", "collectieve_activiteiten"),
    minstens_een=True,
    totaal=False,
    kwartalen=True,
    herzien_op=HERZIEN,
)


@indicator(
    titel="Behandelde casussen",
    definitie="Trajecten die minstens één dag van de periode liepen, informatie- en adviesvragen die in de periode "
    "gesteld zijn, en collectieve activiteiten met minstens één bijeenkomst in de periode.",
    waarom="Laat zien hoeveel werk er ligt: de caseload.",
    kanttekening="De soorten worden niet opgeteld: een vraag van vijf minuten en een traject van een jaar zijn niet "
    "hetzelfde. Een traject dat in meer kwartalen loopt, telt in elk van die kwartalen.",
    bron="Sociaal Werk De Kop 2019, hoofdstuk 1 en § 1.1 en 1.3",
    categorie=_soorten(*_BEHANDELD),
    tabellen_per_categorie=_tables(*_BEHANDELD),
    **_CASUISTIEK,
)
def behandelde_casussen(r: Registratie) -> Expression:
    return _casuistiek(r, r.behandeld, r.activiteiten_met_bijeenkomst, _BEHANDELD)


@indicator(
    titel="Opgestarte casussen",
    definitie="Trajecten die in de periode begonnen, informatie- en adviesvragen die in de periode gesteld zijn, en "
    "collectieve activiteiten met een startdatum in de periode.",
    waarom="Laat zien hoeveel nieuwe vragen de organisatie bereiken.",
    kanttekening="Telt de start van het traject, niet de aanmelding. De soorten worden niet opgeteld.",
    bron="Sociaal Werk De Kop 2019, hoofdstuk 1",
    categorie=_soorten(*_OPGESTART),
    tabellen_per_categorie=_tables(*_OPGESTART),
    **_CASUISTIEK,
)
def opgestarte_casussen(r: Registratie) -> Expression:
    return _casuistiek(r, r.gestart, lambda: r.op_datum(r.activiteiten(), "startdatum"), _OPGESTART)


_STROOM = dict(
    tabellen=("trajecten",),
    categorie=codelijst("trajectsoort"),
    kwartalen=True,
    herzien_op=HERZIEN,
    bron="Sociaal Werk De Kop 2019, hoofdstuk 1 (in- en uitstroom) en § 1.1 en 1.3",
)


@indicator(
    titel="Instroom",
    definitie="Trajecten met een startdatum in de periode.",
    waarom="Samen met de uitstroom laat het zien of de caseload groeit of krimpt.",
    kanttekening="Een klant met twee nieuwe trajecten telt twee keer.",
    **_STROOM,
)
def instroom(r: Registratie) -> Expression:
    return _per_trajectsoort(r.gestart())


@indicator(
    titel="Uitstroom",
    definitie="Trajecten met een einddatum in de periode.",
    waarom="Laat zien hoeveel trajecten zijn afgesloten.",
    kanttekening="Zegt niet of het doel gehaald is.",
    **_STROOM,
)
def uitstroom(r: Registratie) -> Expression:
    return _per_trajectsoort(r.afgesloten())


@indicator(
    titel="Beginstand",
    definitie="Trajecten die liepen aan het eind van de dag vóór de periode.",
    waarom="Beginstand plus instroom is het aantal behandelde trajecten.",
    kanttekening="Een traject dat op de laatste dag vóór de periode eindigt, telt niet meer mee.",
    **_STROOM,
)
def beginstand(r: Registratie) -> Expression:
    return _per_trajectsoort(r.beginstand())


@indicator(
    titel="Eindstand",
    definitie="Trajecten die liepen aan het eind van de laatste dag van de periode.",
    waarom="Wat er doorloopt naar de volgende periode.",
    kanttekening="Een traject zonder einddatum loopt nog; een vergeten afsluiting telt dus mee.",
    **_STROOM,
)
def eindstand(r: Registratie) -> Expression:
    return _per_trajectsoort(r.eindstand())


def _per_trajectsoort(trajecten: Expression) -> Expression:
    return trajecten.mutate(categorie=trajecten.trajectsoort)


@indicator(
    titel="Informatie en advies",
    geheel="Informatie en advies",
    definitie="Losse vragen die in de periode gesteld en met een kort antwoord geholpen zijn, naar ZRM-domein.",
    waarom="Laat zien waarover inwoners vragen hebben zonder dat er een traject nodig is.",
    kanttekening="Anoniem geregistreerd: één inwoner met drie vragen telt drie keer. Het aantal hangt ook af van hoe "
    "trouw medewerkers registreren.",
    bron="Sociaal Werk De Kop 2019, § 1.2",
    tabellen=("informatie_en_advies",),
    categorie=codelijst("domein"),
    kwartalen=True,
    zonder_klant=True,
    herzien_op=HERZIEN,
)
def informatie_en_advies(r: Registratie) -> Expression:
    v = r.informatie_en_advies()
    return v.mutate(categorie=v.domein)


@indicator(
    titel="Informatie en advies: direct doorverwezen",
    definitie="Aandeel van de losse vragen waarbij de inwoner direct naar een andere organisatie is verwezen.",
    waarom="Laat zien hoe vaak een vraag ergens anders thuishoort.",
    kanttekening="Een vraag waarbij niets is ingevuld, telt als niet doorverwezen.",
    bron="Sociaal Werk De Kop 2019, § 1.2",
    tabellen=("informatie_en_advies",),
    soort="aandeel",
    kwartalen=True,
    zonder_klant=True,
    herzien_op=HERZIEN,
    steunt_op=("informatie_en_advies.direct_doorverwezen",),
)
def informatie_en_advies_doorverwezen(r: Registratie) -> Expression:
    v = r.informatie_en_advies()
    return v.mutate(teller=v.direct_doorverwezen.fill_null(False))


_COLLECTIEF = dict(
    tabellen=("collectieve_activiteiten", "bijeenkomsten"),
    kwartalen=True,
    zonder_klant=True,
    herzien_op=HERZIEN,
    bron="Sociaal Werk De Kop 2019, § 1.4",
)


@indicator(
    titel="Collectieve activiteiten",
    geheel="Collectieve activiteiten",
    definitie="Verschillende groepsactiviteiten met minstens één bijeenkomst in de periode.",
    waarom="Laat zien of individuele vragen een collectief antwoord krijgen.",
    kanttekening="De leeftijdsgroep is die waarvoor de activiteit bedoeld is, niet de leeftijd van elke deelnemer.",
    categorie=kolom("collectieve_activiteiten", "leeftijdsgroep"),
    personen=False,
    **_COLLECTIEF,
)
def collectieve_activiteiten(r: Registratie) -> Expression:
    a = r.activiteiten_met_bijeenkomst()
    return a.mutate(categorie=a.leeftijdsgroep)


@indicator(
    titel="Doorlopende collectieve activiteiten",
    definitie="Groepsactiviteiten met een bijeenkomst in de periode die vóór de periode begonnen.",
    waarom="Laat zien welk deel van het aanbod is voortgezet.",
    kanttekening="Gaat uit van de geregistreerde startdatum van de activiteit.",
    personen=False,
    **_COLLECTIEF,
)
def collectieve_activiteiten_doorlopend(r: Registratie) -> Expression:
    a = r.activiteiten_met_bijeenkomst()
    return a.filter(a.startdatum < a.begin)


@indicator(
    titel="Collectieve bijeenkomsten",
    definitie="Bijeenkomsten van groepsactiviteiten met een datum in de periode.",
    waarom="Laat zien hoe vaak groepen bij elkaar kwamen.",
    kanttekening="Zegt niets over hoeveel mensen er waren.",
    personen=False,
    **_COLLECTIEF,
)
def collectieve_bijeenkomsten(r: Registratie) -> Expression:
    return r.bijeenkomsten()


@indicator(
    titel="Bereik van collectieve bijeenkomsten",
    definitie="Som van de getelde deelnemers van alle bijeenkomsten in de periode.",
    waarom="Laat zien hoeveel bezoeken de groepsactiviteiten trokken.",
    kanttekening="Bereik, geen unieke personen: wie tien keer komt, telt tien keer. Bijeenkomsten zonder telling doen "
    "niet mee.",
    soort="som",
    in_groepen=True,
    steunt_op=("bijeenkomsten.aantal_deelnemers",),
    **_COLLECTIEF,
)
def collectieve_deelnemers(r: Registratie) -> Expression:
    b = r.bijeenkomsten()
    return b.filter(b.aantal_deelnemers.notnull()).mutate(teller=b.aantal_deelnemers)


@indicator(
    titel="Bijeenkomsten waarvan de deelnemers geteld zijn",
    definitie="Aandeel van de bijeenkomsten in de periode waarbij een aantal deelnemers is ingevuld.",
    waarom="Zegt hoe volledig het bereik is.",
    kanttekening="Een ingevulde 0 geldt als geteld.",
    soort="aandeel",
    personen=False,
    **_COLLECTIEF,
)
def collectieve_bijeenkomsten_geteld(r: Registratie) -> Expression:
    b = r.bijeenkomsten()
    return b.mutate(teller=b.aantal_deelnemers.notnull())


_SCHOOL = dict(
    tabellen=("schoolmaatschappelijk_werk",),
    kwartalen=True,
    zonder_klant=True,
    herzien_op=HERZIEN,
    bron="Sociaal Werk De Kop 2019, hoofdstuk 1 (schoolmaatschappelijk werk)",
)


@indicator(
    titel="Schoolmaatschappelijk werk: casussen",
    geheel="Schoolmaatschappelijk werk: casussen",
    definitie="Casussen op scholen met een datum in de periode.",
    waarom="Laat het werk op scholen zien.",
    kanttekening="Staat in het systeem van de scholen en telt in geen enkele andere tabel mee.",
    categorie=kolom("schoolmaatschappelijk_werk", "school"),
    **_SCHOOL,
)
def schoolmaatschappelijk_werk(r: Registratie) -> Expression:
    s = _school(r, "casus")
    return s.mutate(categorie=s.school)


@indicator(
    titel="Schoolmaatschappelijk werk: informatie en advies",
    definitie="Losse vragen op scholen met een datum in de periode.",
    waarom="Laat zien hoeveel korte vragen bij de schoolmaatschappelijk werkers terechtkomen.",
    kanttekening="Staat in het systeem van de scholen en telt niet mee bij informatie en advies.",
    **_SCHOOL,
)
def schoolmaatschappelijk_werk_informatie_en_advies(r: Registratie) -> Expression:
    return _school(r, "informatie_en_advies")


def _school(r: Registratie, soort: str) -> Expression:
    s = r.tabel("schoolmaatschappelijk_werk")
    return r.op_datum(s.filter(s.soort == soort).mutate(persoon=s.registratie_id))
