"""Dienstverlening: how long help takes and how often people meet, how it ends, and the hours that it takes (SMWO 2024).

About trajecten of every soort, and about years. How many there are stands in ``clienten_en_casussen``.
"""

from datetime import date

from kopanalyse.checked.counts import is_registered
from kopanalyse.engine.words import Expression, row_number
from kopanalyse.indicators.catalogue import indicator
from kopanalyse.indicators.indicator import contactklassen, kolom, maandklassen
from kopanalyse.indicators.registratie import Registratie, known

HERZIEN = date(2026, 11, 29)
_TRAJECTEN = dict(tabellen=("trajecten",), herzien_op=HERZIEN)
_VERDELING = dict(soort="aandeel", aandeel_van="alle categorieën", **_TRAJECTEN)


@indicator(
    titel="Productie-uren",
    geheel="Productie-uren",
    definitie="Uren die in de maanden van het jaar geschreven zijn, naar functie.",
    waarom="Laat zien waar de inzet heen gaat.",
    kanttekening="De uren staan niet per traject en niet per team: ze zijn niet te delen door het aantal casussen.",
    bron="SMWO 2024, productie-uren medewerkers",
    tabellen=("productie_uren",),
    soort="uren",
    categorie=kolom("productie_uren", "functie"),
    personen=False,
    herzien_op=HERZIEN,
)
def productie_uren(r: Registratie) -> Expression:
    u = r.tabel("productie_uren")
    u = u.mutate(persoon=row_number().cast("string"))  # a row has no key: it stands for itself
    return r.op_datum(u.mutate(categorie=u.functie, teller=u.uren), "maand")


@indicator(
    titel="Wachttijd",
    definitie="Verdeling van de casussen die in het jaar begonnen naar de tijd tussen aanmelding en start: minder dan "
    "{maanden[0]} maand, {maanden[0]} tot en met {maanden[1]} maanden, langer.",
    waarom="Laat zien hoe snel hulp begint.",
    kanttekening="Zegt niets over wie nog wacht. Casussen zonder aanmelddatum tellen niet mee; een aanmelding na de "
    "start telt als de kortste wachttijd.",
    bron="SMWO 2024, wachttijden casussen",
    categorie=maandklassen,
    steunt_op=("trajecten.aanmelddatum",),
    kort_of_casus=True,
    **_VERDELING,
)
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
    categorie=maandklassen,
    **_VERDELING,
)
def duur(r: Registratie) -> Expression:
    t = r.afgesloten()
    return t.mutate(categorie=r.maandklasse(t.startdatum, t.einddatum))


@indicator(
    titel="Aantal contacten per traject",
    definitie="Verdeling van de trajecten die in het jaar liepen, korte contacten en casussen samen, naar het aantal "
    "contacten tot en met het eind van het jaar.",
    waarom="Laat zien hoe intensief de hulp is.",
    kanttekening="Telt ook contacten uit eerdere jaren. Trajecten die nog lopen, kunnen nog contacten krijgen.",
    bron="SMWO 2024, aantal contacten per casus",
    categorie=contactklassen,
    tot_nu_toe=True,
    **_VERDELING | dict(tabellen=("trajecten", "contacten")),
)
def contacten_per_casus(r: Registratie) -> Expression:
    t = r.with_contacten(r.behandeld())
    return t.mutate(categorie=r.contactklasse(t.contacten))


@indicator(
    titel="Reden van beëindiging",
    definitie="Verdeling van de casussen die in het jaar zijn afgesloten naar de reden.",
    waarom="Laat zien hoe vaak hulp is afgemaakt.",
    kanttekening="De medewerker geeft de reden; of de klant het zo ziet, staat bij klanttevredenheid.",
    bron="SMWO 2024, reden beëindiging afgesloten casussen",
    categorie=kolom("trajecten", "reden_beeindiging"),
    steunt_op=("trajecten.reden_beeindiging",),
    kort_of_casus=True,
    **_VERDELING,
)
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
    categorie=kolom("trajecten", "doorverwezen_naar"),
    steunt_op=("trajecten.doorverwezen_naar",),
    kort_of_casus=True,
    **_VERDELING,
)
def doorverwijzing_na_afsluiting(r: Registratie) -> Expression:
    t = r.casussen(r.afgesloten())
    return t.mutate(categorie=known(t.doorverwezen_naar))


@indicator(
    titel="Afwijkende dienstverlening",
    definitie="Aandeel van de trajecten die in het jaar liepen met kort of casus geregistreerd, waarvoor de telling "
    "van de contacten tot en met het eind van het jaar iets anders zegt: kort is {kort}.",
    waarom="Zegt hoe goed korte contacten en casussen van elkaar te scheiden zijn.",
    kanttekening="De registratie telt, ook waar die afwijkt. Niet geregistreerde contacten maken een casus in de "
    "telling kort.",
    bron="SMWO 2024, cliënten/deelnemers (de grens tussen kort en casus)",
    soort="aandeel",
    steunt_op=("trajecten.dienstverlening",),
    tot_nu_toe=True,
    **_TRAJECTEN | dict(tabellen=("trajecten", "contacten")),
)
def afwijkende_dienstverlening(r: Registratie) -> Expression:
    t = r.behandeld()
    t = r.with_dienstverlening(t.filter(is_registered(t.dienstverlening)))
    return t.mutate(teller=t.dienstverlening != t.geteld)
