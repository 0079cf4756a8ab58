"""Parts of chapter "Dienstverlening": waiting, duration, contacts, how it ended, and the hours (SMWO 2024)."""

from __future__ import annotations

from kopanalyse.raw.schema import ALLE, TOTAAL
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import getal, telling
from kopanalyse.report.parts.catalogue import Hoofdstuk, onderdeel
from kopanalyse.report.parts.forms import Regel, counts_by_year, distribution, estimates, shares_by_year
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import folded, folded_name, nothing, per_year, sort_down, team_kop
from kopanalyse.report.parts.sentences import Wat, development, known_parts, largest, part_of

HOOFDSTUK = Hoofdstuk("dienstverlening", paragrafen=("wachttijd", "duur", "kort_of_casus", "einde", "uren"))

TRAPPEN = ("#cfe1f2", "#6aa5d5", "#0b4f8a")  # from short to long


@onderdeel("Wachttijd van casussen", "wachttijd")
def wachttijd(c: Cijfers) -> Onderdeel:
    wat = ("gestarte casus met een aanmelddatum", "gestarte casussen met een aanmelddatum")
    return distribution(
        c,
        "wachttijd",
        per_year(c, "wachttijd", c.settings.drempels.maandlabels),
        TRAPPEN,
        "Tijd tussen aanmelding en start van gestarte casussen",
        "Wachttijd",
        *wat,
        duiding=[
            _shortest(
                c,
                "wachttijd",
                "gestarte casussen met een wachttijd",
                wat,
                ("begon er {} binnen", "begonnen er {} binnen"),
            )
        ],
    )


def _shortest(c: Cijfers, indicator: str, welke: str, wat: Wat, gezegde: Wat) -> str:
    """The share of the shortest class against the year before; without one how many it are."""
    d = c.settings.drempels
    maanden = telling(d.maanden[0], "maand", "maanden")
    if c.vorig is None:
        nu = c.get(indicator, d.maandlabels[0])
        een, meer = gezegde
        return part_of(c, nu.teller, nu.noemer, wat, (f"{een} {maanden}", f"{meer} {maanden}"))
    return development(c, indicator, f"het aandeel {welke} van minder dan {maanden}", d.maandlabels[0], van=wat)


@onderdeel("Duur van afgesloten trajecten", "duur")
def duur(c: Cijfers) -> Onderdeel:
    wat = ("afgesloten traject", "afgesloten trajecten")
    return distribution(
        c,
        "duur",
        per_year(c, "duur", c.settings.drempels.maandlabels),
        TRAPPEN,
        "Tijd tussen start en eind van afgesloten trajecten, kort en casus samen",
        "Duur",
        *wat,
        duiding=[
            _shortest(
                c,
                "duur",
                "afgesloten trajecten met een duur",
                wat,
                ("duurde er {} minder dan", "duurden er {} minder dan"),
            )
        ],
        noten=["Lopende trajecten staan hier niet in; juist de lange ontbreken daardoor."],
    )


@onderdeel("Aantal contacten", "contacten_per_casus")
def contacten_per_casus(c: Cijfers) -> Onderdeel:
    klassen = c.niet_leeg("contacten_per_casus", list(c.settings.drempels.contactlabels))
    return shares_by_year(
        c,
        per_year(c, "contacten_per_casus", klassen),
        "Trajecten naar het aantal contacten tot het eind van het jaar, kort en casus samen",
        "Contacten",
        "behandeld traject",
        "behandelde trajecten",
        kop="Het vaakst voorkomende aantal contacten",
        noten=["Ook de contacten van eerdere jaren tellen mee, en trajecten die nog lopen kunnen er nog krijgen."],
    )


@onderdeel("Kort of casus: geregistreerd en geteld", "afwijkende_dienstverlening")
def afwijkende_dienstverlening(c: Cijfers) -> Onderdeel:
    """How often the count of contacts and hours says otherwise than the worker, by team."""
    indicator = "afwijkende_dienstverlening"
    if not any(c.get(indicator, periode=jaar).noemer for jaar in c.jaren):
        return nothing("trajecten waarbij kort of casus geregistreerd is", c)
    teams = c.teams if c.team == ALLE else [c.team]
    regels = [
        *[Regel(team_kop(c, t), indicator, team=t) for t in teams],
        Regel(c.settings.tekst(ALLE), indicator, team=ALLE, samen=True),
    ]
    return estimates(
        c,
        regels,
        "Trajecten waarvan de telling iets anders zegt dan de registratie",
        "",
        "afwijkend",
        "trajecten met kort of casus geregistreerd",
        "aandeel",
        n=c.get(indicator).noemer,
        wat="teams",
        duiding=[
            development(
                c,
                indicator,
                "het aandeel dat afwijkt",
                van=("traject met kort of casus geregistreerd", "trajecten met kort of casus geregistreerd"),
            )
        ],
        noten=[
            "De cijfers in dit rapport volgen de registratie van de medewerker; geteld is kort "
            f"{c.settings.drempels.kort_in_woorden}."
        ],
    )


@onderdeel("Waarom casussen eindigden", "reden_beeindiging")
def reden_beeindiging(c: Cijfers) -> Onderdeel:
    return shares_by_year(
        c,
        per_year(c, "reden_beeindiging", _namen(c, "reden_beeindiging")),
        "Reden van beëindiging van afgesloten casussen",
        "Reden",
        "afgesloten casus",
        "afgesloten casussen",
    )


@onderdeel("Waarheen na afsluiting", "doorverwijzing_na_afsluiting")
def doorverwijzing_na_afsluiting(c: Cijfers) -> Onderdeel:
    indicator = "doorverwijzing_na_afsluiting"
    return shares_by_year(
        c,
        folded(c, per_year(c, indicator, _namen(c, indicator))),
        "Doorverwijzing van afgesloten casussen",
        "Verwezen naar",
        "afgesloten casus",
        "afgesloten casussen",
        rest=folded_name(c),
    )


def _namen(c: Cijfers, indicator: str) -> list[str]:
    """All categories that count anything in either year, the largest of this year first."""
    namen = [naam for naam in c.niet_leeg(indicator, c.categorieen(indicator)) if naam != TOTAAL]
    nu = sort_down(c, indicator, namen)
    return [*nu, *(naam for naam in namen if naam not in nu)]


@onderdeel("Productie-uren", "productie_uren")
def productie_uren(c: Cijfers) -> Onderdeel:
    totaal = c.waarde("productie_uren")
    return counts_by_year(
        c,
        "productie_uren",
        _namen(c, "productie_uren"),
        "Productie-uren naar functie",
        "Functie",
        "geschreven uren",
        eenheid="uren",
        grondslag=f"n = {getal(totaal, 'uren')} uur, {c.periode}",
        duiding=[
            largest(
                c,
                known_parts(c, "productie_uren", _namen(c, "productie_uren")),
                totaal,
                ("uur", "uur"),
                kop="De meeste",
            ),
            development(c, "productie_uren", "het aantal uren"),
        ],
        noten=["Uren zijn op hele uren afgerond; daardoor kan de som van de regels van het totaal afwijken."],
    )
