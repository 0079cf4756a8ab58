"""Maatschappelijk werk en cliëntondersteuning: how many, by which way in, for how long, and how it ended (SMWO 2024).

About trajecten of every soort, and about years. What the trajecten are about stands in ``effecten``.
"""

from datetime import date

from kopanalyse.checked.counts import is_registered
from kopanalyse.engine import Column, Expression, ifelse, literal, row_number, union
from kopanalyse.indicators.indicator import (
    ONBEKEND, TOTAAL, codelijst, contactklassen, indicator, kolom, lijst, maandklassen,
)
from kopanalyse.indicators.registratie import Registratie, known

HOOFDSTUK = "maatschappelijk_werk"
HERZIEN = date(2026, 11, 25)
EIGEN_INITIATIEF = "eigen_initiatief"
_TRAJECTEN = dict(tabellen=("trajecten",), herzien_op=HERZIEN)
_VERDELING = dict(soort="aandeel", aandeel_van="alle categorieën", **_TRAJECTEN)


# Hoeveel

@indicator(
    titel="Korte contacten",
    definitie="Trajecten die in het jaar liepen en als kort contact geregistreerd zijn, naar trajectsoort. Waar dat "
              "niet geregistreerd is, beslist de telling: kort is {kort}.",
    waarom="Laat zien hoeveel inwoners met weinig hulp verder kunnen.",
    kanttekening="De telling neemt alle contacten van het traject, ook die uit andere jaren; een contact zonder duur "
                 "telt als 0 minuten. Een traject dat net begonnen is, kan nog een casus worden.",
    bron="SMWO 2024, cliënten/deelnemers en trajectsoort korte contacten",
    categorie=codelijst("trajectsoort"), **_TRAJECTEN)
def korte_contacten(r: Registratie) -> Expression:
    return _per_trajectsoort(r.korte_contacten(r.behandeld()))


@indicator(
    titel="Casussen",
    definitie="Trajecten die in het jaar liepen en als casus geregistreerd zijn, naar trajectsoort. Waar dat niet "
              "geregistreerd is, beslist de telling: een casus is alles wat niet {kort} is.",
    waarom="Laat zien hoeveel inwoners meer hulp nodig hebben dan een kort contact.",
    kanttekening="Samen met de korte contacten zijn dit alle trajecten die in het jaar liepen. Een inwoner met twee "
                 "trajecten telt twee keer.",
    bron="SMWO 2024, cliënten/deelnemers en trajectsoort casussen",
    categorie=codelijst("trajectsoort"), **_TRAJECTEN)
def casussen(r: Registratie) -> Expression:
    return _per_trajectsoort(r.casussen(r.behandeld()))


def _per_trajectsoort(trajecten: Expression) -> Expression:
    return trajecten.mutate(categorie=trajecten.trajectsoort)


@indicator(
    titel="Aanmeldingen",
    definitie="Casussen met een aanmelddatum in het jaar; zonder aanmelddatum geldt de startdatum.",
    waarom="Laat zien hoeveel nieuwe vragen om meer dan een kort contact er komen.",
    kanttekening="Korte contacten tellen niet mee. Wie aangemeld is en nog geen traject heeft, staat niet in de "
                 "registratie.",
    bron="SMWO 2024, cliënten/deelnemers", **_TRAJECTEN)
def aanmeldingen(r: Registratie) -> Expression:
    t = r.casussen(r.trajecten())
    return r.op_datum(t.mutate(aangemeld_op=t.aanmelddatum.fill_null(t.startdatum)), "aangemeld_op")


@indicator(
    titel="Cliënten",
    definitie="Verschillende klanten met een traject dat in het jaar liep, korte contacten en casussen samen.",
    waarom="Laat zien hoeveel inwoners de organisatie helpt.",
    kanttekening="Wie bij twee teams een traject heeft, telt bij elk van die teams en één keer voor de hele "
                 "organisatie.",
    bron="SMWO 2024, cliënten/deelnemers", soort="uniek", **_TRAJECTEN)
def clienten(r: Registratie) -> Expression:
    return r.behandeld()


@indicator(
    titel="Formulierenbrigade",
    definitie="Verschillende klanten die in het jaar minstens één keer bij de formulierenbrigade kwamen.",
    waarom="Laat zien hoeveel inwoners hulp bij formulieren krijgen.",
    kanttekening="Staat los van de trajecten: wie ook een traject heeft, telt hier en daar.",
    bron="SMWO 2024, cliënten/deelnemers",
    tabellen=("formulierenbrigade",), soort="uniek", herzien_op=HERZIEN)
def formulierenbrigade(r: Registratie) -> Expression:
    b = r.op_datum(r.tabel("formulierenbrigade"))
    return b.mutate(persoon=b.klant_id)


@indicator(
    titel="Overige dienstverlening",
    definitie="Diensten buiten het hoofdcontract die minstens één dag van het jaar liepen, naar soort.",
    waarom="Laat zien wat de organisatie daarnaast doet.",
    kanttekening="Telt diensten, geen personen. Een dienst zonder einddatum loopt nog; een vergeten afsluiting telt "
                 "dus mee.",
    bron="SMWO 2024, overige dienstverlening",
    tabellen=("overige_dienstverlening",), categorie=kolom("overige_dienstverlening", "soort"), herzien_op=HERZIEN)
def overige_dienstverlening(r: Registratie) -> Expression:
    d = r.actief(r.tabel("overige_dienstverlening"))
    return d.mutate(categorie=d.soort, persoon=d.registratie_id)


@indicator(
    titel="Productie-uren",
    definitie="Uren die in de maanden van het jaar geschreven zijn, naar functie.",
    waarom="Laat zien waar de inzet heen gaat.",
    kanttekening="De uren staan niet per traject en niet per team: ze zijn niet te delen door het aantal casussen.",
    bron="SMWO 2024, productie-uren medewerkers",
    tabellen=("productie_uren",), soort="uren", categorie=kolom("productie_uren", "functie"), herzien_op=HERZIEN)
def productie_uren(r: Registratie) -> Expression:
    u = r.tabel("productie_uren")
    u = u.mutate(persoon=row_number().cast("string"))  # a row has no key: it stands for itself
    return r.op_datum(u.mutate(categorie=u.functie, teller=u.uren), "maand")


# Hoe binnengekomen

def _verwezen_door(trajecten: Expression) -> Expression:
    """``trajecten`` under who verwees, and once more under the onderdeel where the first `` > `` parts the two."""
    eigen = known(trajecten.aanmeldroute) == EIGEN_INITIATIEF
    t = trajecten.mutate(wie=ifelse(eigen, EIGEN_INITIATIEF, known(trajecten.verwijzer)))
    t = t.mutate(grens=t.wie.find(" > "))
    t = t.mutate(categorie=_name(ifelse(t.grens >= 0, t.wie.left(t.grens), t.wie)),
                 onderdeel=_name(t.wie.substr(t.grens + 3)))
    onderdelen = t.filter(t.grens >= 0)
    return union([t.mutate(subcategorie=literal(""), in_totaal=literal(True)),
                  onderdelen.mutate(subcategorie=onderdelen.onderdeel, in_totaal=literal(False))])


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
    categorie=lijst(), paren=lambda r: _verwezen_door(r.trajecten()), steunt_op=("trajecten.aanmeldroute", "trajecten.verwijzer"),
    **_VERDELING)
def verwezen_door(r: Registratie) -> Expression:
    return _verwezen_door(r.behandeld())


# Hoe lang en hoe vaak

@indicator(
    titel="Wachttijd",
    definitie="Verdeling van de casussen die in het jaar begonnen naar de tijd tussen aanmelding en start: minder dan "
              "{maanden[0]} maand, {maanden[0]} tot en met {maanden[1]} maanden, langer.",
    waarom="Laat zien hoe snel hulp begint.",
    kanttekening="Zegt niets over wie nog wacht. Casussen zonder aanmelddatum tellen niet mee; een aanmelding na de "
                 "start telt als de kortste wachttijd.",
    bron="SMWO 2024, wachttijden casussen",
    categorie=maandklassen, steunt_op=("trajecten.aanmelddatum",), **_VERDELING)
def wachttijd(r: Registratie) -> Expression:
    t = r.casussen(r.gestart())
    t = t.filter(t.aanmelddatum.notnull())
    return t.mutate(categorie=r.maandklasse(t.aanmelddatum, t.startdatum))


@indicator(
    titel="Duur van afgesloten trajecten",
    definitie="Verdeling van de trajecten die in het jaar zijn afgesloten, korte contacten en casussen samen, naar de "
              "tijd tussen start en eind: minder dan {maanden[0]} maand, {maanden[0]} tot en met {maanden[1]} "
              "maanden, langer.",
    waarom="Laat zien hoe lang hulp duurt.",
    kanttekening="Trajecten die nog lopen, staan er niet in: juist lange trajecten ontbreken. Korte contacten drukken "
                 "de duur.",
    bron="SMWO 2024, duur casussen",
    categorie=maandklassen, **_VERDELING)
def duur(r: Registratie) -> Expression:
    t = r.afgesloten()
    return t.mutate(categorie=r.maandklasse(t.startdatum, t.einddatum))


@indicator(
    titel="Aantal contacten per casus",
    definitie="Verdeling van de trajecten die in het jaar liepen, korte contacten en casussen samen, naar het aantal "
              "contacten tot en met het eind van het jaar.",
    waarom="Laat zien hoe intensief de hulp is.",
    kanttekening="Telt ook contacten uit eerdere jaren. Trajecten die nog lopen, kunnen nog contacten krijgen.",
    bron="SMWO 2024, aantal contacten per casus",
    categorie=contactklassen, **_VERDELING | dict(tabellen=("trajecten", "contacten")))
def contacten_per_casus(r: Registratie) -> Expression:
    t = r.with_contacten(r.behandeld())
    return t.mutate(categorie=r.contactklasse(t.contacten))


# Hoe afgelopen

@indicator(
    titel="Reden van beëindiging",
    definitie="Verdeling van de casussen die in het jaar zijn afgesloten naar de reden.",
    waarom="Laat zien hoe vaak hulp is afgemaakt.",
    kanttekening="De medewerker geeft de reden; of de klant het zo ziet, staat bij klanttevredenheid.",
    bron="SMWO 2024, reden beëindiging afgesloten casussen",
    categorie=kolom("trajecten", "reden_beeindiging"), steunt_op=("trajecten.reden_beeindiging",), **_VERDELING)
def reden_beeindiging(r: Registratie) -> Expression:
    t = r.casussen(r.afgesloten())
    return t.mutate(categorie=known(t.reden_beeindiging))


@indicator(
    titel="Doorverwijzing na afsluiting",
    definitie="Verdeling van de casussen die in het jaar zijn afgesloten naar waarheen de klant verwezen is.",
    waarom="Laat zien waar inwoners daarna hulp vinden, en hoe vaak dat niet meer nodig is.",
    kanttekening="Zegt niet of de klant daar ook aankwam. Zonder invulling is een doorverwijzing onbekend, niet "
                 "overbodig.",
    bron="SMWO 2024, doorverwijzing afgesloten casussen",
    categorie=kolom("trajecten", "doorverwezen_naar"), steunt_op=("trajecten.doorverwezen_naar",), **_VERDELING)
def doorverwijzing_na_afsluiting(r: Registratie) -> Expression:
    t = r.casussen(r.afgesloten())
    return t.mutate(categorie=known(t.doorverwezen_naar))


# Hoe geregistreerd

@indicator(
    titel="Afwijkende dienstverlening",
    definitie="Aandeel van de trajecten die in het jaar liepen met kort of casus geregistreerd, waarvoor de telling "
              "iets anders zegt: kort is {kort}.",
    waarom="Zegt hoe goed korte contacten en casussen van elkaar te scheiden zijn.",
    kanttekening="De registratie telt, ook waar die afwijkt. Niet geregistreerde contacten maken een casus in de "
                 "telling kort.",
    bron="SMWO 2024, cliënten/deelnemers (de grens tussen kort en casus)",
    soort="aandeel", steunt_op=("trajecten.dienstverlening",), **_TRAJECTEN)
def afwijkende_dienstverlening(r: Registratie) -> Expression:
    t = r.behandeld()
    t = r.with_dienstverlening(t.filter(is_registered(t.dienstverlening)))
    return t.mutate(teller=t.dienstverlening != t.geteld)
