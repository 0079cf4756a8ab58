"""Cliënten en casussen: how many there are, short contacts and cases, and by which way they come in (SMWO 2024).

About trajecten of every soort, and about years. What the trajecten are about stands in ``hulpvragen_en_effecten``.
"""

from datetime import date

from kopanalyse.engine.words import Column, Expression, ifelse, literal, union
from kopanalyse.indicators.catalogue import indicator
from kopanalyse.indicators.indicator import codelijst, kolom, lijst
from kopanalyse.indicators.registratie import Registratie, known
from kopanalyse.raw.schema import ONBEKEND, TOTAAL

HERZIEN = date(2026, 11, 29)
EIGEN_INITIATIEF = "eigen_initiatief"
_TRAJECTEN = dict(tabellen=("trajecten",), herzien_op=HERZIEN)
_KORT_OF_CASUS = dict(kort_of_casus=True, **_TRAJECTEN)
_VERDELING = dict(soort="aandeel", aandeel_van="alle categorieën", **_TRAJECTEN)


@indicator(
    titel="Korte contacten",
    geheel="Korte contacten",
    definitie="Trajecten die in het jaar liepen en als kort contact geregistreerd zijn, naar trajectsoort. Waar dat "
    "niet geregistreerd is, beslist de telling: kort is {kort}.",
    waarom="Laat zien hoeveel inwoners met weinig hulp verder kunnen.",
    kanttekening="De telling neemt de contacten tot en met het eind van het jaar, ook die uit eerdere jaren: een "
    "traject kan in het ene jaar kort zijn en in een later jaar een casus. Een contact zonder duur telt "
    "als 0 minuten; wordt de duur nergens geregistreerd, dan tellen de uren niet mee. Zonder tabel contacten "
    "is een traject zonder registratie geen van beide.",
    bron="SMWO 2024, cliënten/deelnemers en trajectsoort korte contacten",
    categorie=codelijst("trajectsoort"),
    **_KORT_OF_CASUS,
)
def korte_contacten(r: Registratie) -> Expression:
    return _per_trajectsoort(r.korte_contacten(r.behandeld()))


@indicator(
    titel="Casussen",
    geheel="Casussen",
    definitie="Trajecten die in het jaar liepen en als casus geregistreerd zijn, naar trajectsoort. Waar dat niet "
    "geregistreerd is, beslist de telling: een casus is alles wat niet {kort} is.",
    waarom="Laat zien hoeveel inwoners meer hulp nodig hebben dan een kort contact.",
    kanttekening="Telt de contacten tot en met het eind van het jaar. Met een tabel contacten zijn dit, samen met de "
    "korte contacten, alle trajecten die in het jaar liepen. Een inwoner met twee trajecten telt twee "
    "keer.",
    bron="SMWO 2024, cliënten/deelnemers en trajectsoort casussen",
    categorie=codelijst("trajectsoort"),
    **_KORT_OF_CASUS,
)
def casussen(r: Registratie) -> Expression:
    return _per_trajectsoort(r.casussen(r.behandeld()))


def _per_trajectsoort(trajecten: Expression) -> Expression:
    return trajecten.mutate(categorie=trajecten.trajectsoort)


@indicator(
    titel="Aanmeldingen",
    definitie="Casussen met een aanmelddatum in het jaar; zonder aanmelddatum geldt de startdatum. Waar niet "
    "geregistreerd is of het een casus is, telt wat het op de laatste dag van het jaar was.",
    waarom="Laat zien hoeveel nieuwe vragen om meer dan een kort contact er komen.",
    kanttekening="Korte contacten tellen niet mee. Waar niets geregistreerd is, telt een aanmelding pas als zij voor "
    "het eind van het jaar een casus was: van wie laat in het jaar kwam, kan dat later worden. Wie "
    "aangemeld is en nog geen traject heeft, staat niet in de registratie.",
    bron="SMWO 2024, cliënten/deelnemers",
    **_KORT_OF_CASUS,
)
def aanmeldingen(r: Registratie) -> Expression:
    t = r.trajecten()
    return r.casussen(r.op_datum(t.mutate(aangemeld_op=t.aanmelddatum.fill_null(t.startdatum)), "aangemeld_op"))


@indicator(
    titel="Cliënten",
    definitie="Verschillende klanten met een traject dat in het jaar liep, korte contacten en casussen samen.",
    waarom="Laat zien hoeveel inwoners de organisatie helpt.",
    kanttekening="Wie bij twee teams een traject heeft, telt bij elk van die teams en één keer voor de hele "
    "organisatie.",
    bron="SMWO 2024, cliënten/deelnemers",
    soort="uniek",
    **_TRAJECTEN,
)
def clienten(r: Registratie) -> Expression:
    return r.behandeld()


@indicator(
    titel="Formulierenbrigade",
    definitie="Verschillende klanten die in het jaar minstens één keer bij de formulierenbrigade kwamen.",
    waarom="Laat zien hoeveel inwoners hulp bij formulieren krijgen.",
    kanttekening="Staat los van de trajecten: wie ook een traject heeft, telt hier en daar.",
    bron="SMWO 2024, cliënten/deelnemers",
    tabellen=("formulierenbrigade",),
    soort="uniek",
    herzien_op=HERZIEN,
)
def formulierenbrigade(r: Registratie) -> Expression:
    b = r.op_datum(r.tabel("formulierenbrigade"))
    return b.mutate(persoon=b.klant_id)


@indicator(
    titel="Overige dienstverlening",
    geheel="Overige diensten",
    definitie="Diensten buiten het hoofdcontract die minstens één dag van het jaar liepen, naar soort.",
    waarom="Laat zien wat de organisatie daarnaast doet.",
    kanttekening="Telt diensten, geen personen. Een dienst zonder einddatum loopt nog; een vergeten afsluiting telt "
    "dus mee.",
    bron="SMWO 2024, overige dienstverlening",
    tabellen=("overige_dienstverlening",),
    categorie=kolom("overige_dienstverlening", "soort"),
    herzien_op=HERZIEN,
)
def overige_dienstverlening(r: Registratie) -> Expression:
    d = r.actief(r.tabel("overige_dienstverlening"))
    return d.mutate(categorie=d.soort, persoon=d.registratie_id)


def _verwezen_door(trajecten: Expression) -> Expression:
    """``trajecten`` under who verwees, and once more under the onderdeel where the first `` > `` parts the two."""
    eigen = known(trajecten.aanmeldroute) == EIGEN_INITIATIEF
    t = trajecten.mutate(wie=ifelse(eigen, EIGEN_INITIATIEF, known(trajecten.verwijzer)))
    t = t.mutate(grens=t.wie.find(" > "))
    t = t.mutate(
        categorie=_name(ifelse(t.grens >= 0, t.wie.left(t.grens), t.wie)), onderdeel=_name(t.wie.substr(t.grens + 3))
    )
    onderdelen = t.filter(t.grens >= 0)
    return union(
        [
            t.mutate(subcategorie=literal(""), in_totaal=literal(True)),
            onderdelen.mutate(subcategorie=onderdelen.onderdeel, in_totaal=literal(False)),
        ]
    )


def _name(deel: Column) -> Column:
    """A part of a verwijzer; one that is called `totaal` is kept under `onbekend`, as it is where it is the whole."""
    return ifelse(deel == TOTAAL, ONBEKEND, deel)


@indicator(
    titel="Verwezen door",
    definitie="Verdeling van de trajecten die in het jaar liepen, korte contacten en casussen samen, naar wie de "
    "klant verwees. Een onderdeel staat onder zijn organisatie en telt daarin mee.",
    waarom="Laat zien wie de weg naar de organisatie kent, en hoe vaak inwoners die zelf vinden.",
    kanttekening="Is eigen initiatief geregistreerd, dan telt dat, ook als er een verwijzer bij staat. Namen worden "
    "letterlijk vergeleken: twee schrijfwijzen zijn twee verwijzers.",
    bron="SMWO 2024, verwezen door",
    categorie=lijst(),
    paren=lambda r: _verwezen_door(r.trajecten()),
    steunt_op=("trajecten.aanmeldroute", "trajecten.verwijzer"),
    **_VERDELING,
)
def verwezen_door(r: Registratie) -> Expression:
    return _verwezen_door(r.behandeld())
