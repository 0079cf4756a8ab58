"""Parts of chapter "Cliënten en casussen": how many, of which kind, and by which way in (SMWO 2024)."""

from __future__ import annotations

from kopanalyse.raw.schema import ALLE, TOTAAL
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import getal, hoofdletter, leesbaar, opsomming
from kopanalyse.report.parts.catalogue import Hoofdstuk, kerncijfers, onderdeel
from kopanalyse.report.parts.forms import counts_by_year, shares_by_year
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import (
    base,
    folded,
    folded_name,
    key_figure,
    nothing,
    per_year,
    sort_down,
    team_kop,
    team_naam,
)
from kopanalyse.report.parts.sentences import Telling, developments
from kopanalyse.report.parts.table import Kolom, Rij, Tabel

HOOFDSTUK = Hoofdstuk(
    "clienten_en_casussen",
    paragrafen=("clienten", "casussen", "afgesloten", "overige_dienstverlening", "verwezen_door"),
)

TELLINGEN = {
    "clienten": "cliënten",
    "korte_contacten": "korte contacten",
    "casussen": "casussen",
    "aanmeldingen": "aanmeldingen voor een casus",
    "formulierenbrigade": "bezoekers van de formulierenbrigade",
}


@kerncijfers
def clienten_en_casussen(c: Cijfers) -> list[Kerncijfer]:
    """What the chapter counts, in a number each."""
    return [key_figure(c, indicator, bij) for indicator, bij in TELLINGEN.items() if c.heeft(indicator)]


@onderdeel("Korte contacten naar trajectsoort", "korte_contacten")
def korte_contacten(c: Cijfers) -> Onderdeel:
    return _per_trajectsoort(
        c, "korte_contacten", "Korte contacten naar trajectsoort", "kort contact", "korte contacten"
    )


@onderdeel("Casussen naar trajectsoort", "casussen")
def casussen(c: Cijfers) -> Onderdeel:
    return _per_trajectsoort(c, "casussen", "Casussen naar trajectsoort", "casus", "casussen")


@onderdeel("Afgesloten trajecten naar trajectsoort", "uitstroom")
def afgesloten(c: Cijfers) -> Onderdeel:
    return _per_trajectsoort(
        c,
        "uitstroom",
        "Afgesloten trajecten naar trajectsoort, kort en casus samen",
        "afgesloten traject",
        "afgesloten trajecten",
    )


def _per_trajectsoort(c: Cijfers, indicator: str, titel: str, enkelvoud: str, meervoud: str) -> Onderdeel:
    soorten = sort_down(c, indicator, c.categorieen(indicator))
    soorten += [s for s in c.niet_leeg(indicator, c.categorieen(indicator)) if s not in soorten]
    return counts_by_year(
        c,
        indicator,
        soorten,
        titel,
        "Trajectsoort",
        meervoud,
        grondslag=base(c, c.waarde(indicator), enkelvoud, meervoud),
        telt=(enkelvoud, meervoud),
    )


@onderdeel("Per locatie", "clienten", "korte_contacten", "casussen", "aanmeldingen")
def clienten_per_team(c: Cijfers) -> Onderdeel:
    """Every team beside the whole; a client of two teams counts in both, so unique clients do not add up."""
    tellingen = {i: bij for i, bij in TELLINGEN.items() if c.heeft(i, c.teams[0] if c.teams else ALLE)}
    teams = [team for team in c.teams if any(c.waarde(i, team=team) for i in tellingen)]
    if not any(c.waarde(i, team=ALLE) for i in tellingen):
        return nothing("cliënten", c)
    titel = f"Cliënten en trajecten per team, {c.periode}"
    kolommen = [Kolom(str(jaar), groep=hoofdletter(bij)) for bij in tellingen.values() for jaar in c.jaren]
    rijen = [
        Rij(
            team_kop(c, team),
            [c.waarde(i, team=team, periode=jaar) for i in tellingen for jaar in c.jaren],
            nadruk=team == ALLE,
        )
        for team in (*teams, ALLE)
    ]
    return Onderdeel(
        titel,
        Tabel(titel, "Team", kolommen, rijen),
        base(c, c.waarde("clienten", team=ALLE), "cliënt", "cliënten"),
        noten=_counted_twice(c, teams),
        duiding=[_of_this_team(c, developments(c, [Telling(bij, i) for i, bij in tellingen.items()]))],
    )


def _of_this_team(c: Cijfers, zin: str) -> str:
    """The sentence, which in the report of a team is about that team and not about the whole table."""
    return zin if c.team == ALLE or not zin else f"Dit gaat over {team_naam(c, c.team)}. {zin}"


def _counted_twice(c: Cijfers, teams: list[str]) -> list[str]:
    """How many more clients the teams have together than there are."""
    dubbel = sum(c.waarde("clienten", team=team) or 0 for team in teams) - (c.waarde("clienten", team=ALLE) or 0)
    return (
        [
            "Wie bij meer teams een traject heeft, telt bij elk daarvan en één keer in het geheel: de teams "
            "komen samen "
            f"{getal(dubbel)} hoger uit."
        ]
        if dubbel > 0
        else []
    )


@onderdeel("Overige dienstverlening", "overige_dienstverlening")
def overige_dienstverlening(c: Cijfers) -> Onderdeel:
    soorten = sort_down(c, "overige_dienstverlening", c.categorieen("overige_dienstverlening"))
    return counts_by_year(
        c,
        "overige_dienstverlening",
        soorten,
        "Overige dienstverlening",
        "Soort",
        "overige diensten",
        totaal=False,
        grondslag=base(c, c.waarde("overige_dienstverlening"), "dienst", "diensten"),
        duiding=[developments(c, [Telling(c.settings.tekst(s), "overige_dienstverlening", s) for s in soorten])],
    )


@onderdeel("Wie verwees", "verwezen_door")
def verwezen_door(c: Cijfers) -> Onderdeel:
    """Referrers, the small ones folded; a note says which onderdelen are large enough to name."""
    namen = sort_down(c, "verwezen_door", [v for v in c.categorieen("verwezen_door") if v != TOTAAL])
    return shares_by_year(
        c,
        folded(c, per_year(c, "verwezen_door", namen)),
        "Hoe cliënten binnenkwamen",
        "Verwijzer",
        "behandeld traject",
        "behandelde trajecten",
        noten=_onderdelen(c, "verwezen_door", namen),
        rest=folded_name(c),
    )


def _onderdelen(c: Cijfers, indicator: str, namen: list[str]) -> list[str]:
    """Which part of all came through one onderdeel of a referrer, where that is not too little to show."""
    noten = []
    for naam in namen:
        delen = [(sub, c.get(indicator, naam, sub)) for sub in c.subcategorieen(indicator, naam)]
        groot = [
            f"{leesbaar(sub)} {getal(deel.waarde, 'aandeel')} (n = {getal(deel.teller)})"
            for sub, deel in delen
            if (deel.waarde or 0) >= c.settings.drempels.overige_onder
        ]
        noten += [f"Onder {c.settings.tekst(naam)} valt {opsomming(groot)} van alle trajecten."] if groot else []
    return noten
