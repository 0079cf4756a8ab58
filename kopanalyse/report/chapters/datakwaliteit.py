"""Parts of chapter "Datakwaliteit": what was read, what was found, and what the registration leaves unknown.

Of the findings only counts are read, never a key or a value: nothing here points at a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from kopanalyse.checked.rules import EXPLAINED
from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.values import Staaf
from kopanalyse.report.cijfers.candidates import PUNTEN, found
from kopanalyse.report.cijfers.view import Cijfers, small
from kopanalyse.report.dutch import Maybe, datum, getal, hoofdletter, in_zin, leesbaar, telling
from kopanalyse.report.parts.catalogue import Hoofdstuk, kerncijfers, onderdeel
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import in_sentence, jaren_kop, share_figure, small_note
from kopanalyse.report.parts.sentences import largest, part_of
from kopanalyse.report.parts.table import TEKST, Cel, Kolom, Rij, Tabel
from kopanalyse.statistics import TELREGELS, TELREGELS_KOLOMMEN

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat

HOOFDSTUK = Hoofdstuk("datakwaliteit", paragrafen=("inlezen", "bevindingen", "volledigheid"), verhalen=False)

HELE_REGISTRATIE = "Dit gaat over de hele registratie: alle teams en alle jaren samen."

GEWICHTEN = {"fout": "Fout: de rij telt niet mee", "waarschuwing": "Waarschuwing: de rij telt mee"}


@kerncijfers
def volledigheid(c: Cijfers) -> list[Kerncijfer]:
    """The two shares that say how far the figures of the other chapters reach."""
    namen = [
        ("zrm_volledig", "van de afgesloten trajecten met een ZRM-meting aan begin én eind", "trajecten"),
        ("collectieve_bijeenkomsten_geteld", "van de bijeenkomsten waar deelnemers geteld zijn", "bijeenkomsten"),
    ]
    return [share_figure(c, i, bij, c.get(i), waarvan) for i, bij, waarvan in namen if c.heeft(i)]


@onderdeel("Gelezen rijen")
def inlezen(c: Cijfers) -> Onderdeel:
    frame = c.bestand("inlezen.csv", ["tabel", "gelezen", "schoon", "quarantaine"])
    if frame is None or frame.empty:
        return Onderdeel("", leeg="Er is nog geen verslag van het inlezen: voer eerst kopanalyse check uit.")
    titel = "Gelezen rijen per tabel: schoon en in quarantaine"
    som = frame[["gelezen", "schoon", "quarantaine"]].sum()

    def waarden(gelezen: int, schoon: int, quarantaine: int) -> list:
        return [gelezen, schoon, quarantaine, quarantaine / gelezen if gelezen else None]

    rijen = [
        Rij(hoofdletter(c.settings.tekst(tabel)), waarden(*aantallen))
        for tabel, *aantallen in frame.itertuples(index=False)
    ]
    kolommen = [Kolom("Gelezen"), Kolom("Schoon"), Kolom("In quarantaine"), Kolom("Aandeel in quarantaine", "aandeel")]
    klopt = (
        "Gelezen is overal schoon plus quarantaine: er is geen rij zoekgeraakt."
        if (frame["gelezen"] == frame["schoon"] + frame["quarantaine"]).all()
        else ("Let op: gelezen is niet overal schoon plus quarantaine. Voer kopanalyse check opnieuw uit.")
    )
    return Onderdeel(
        titel,
        Tabel(titel, "Tabel", kolommen, [*rijen, Rij("Samen", waarden(*som), nadruk=True)]),
        f"n = {telling(int(som['gelezen']), 'rij', 'rijen')}",
        noten=[*(f"Let op: {in_zin(ouder)}" for ouder in c.outdated()), klopt, HELE_REGISTRATIE],
        duiding=[
            part_of(
                c,
                int(som["quarantaine"]),
                int(som["gelezen"]),
                ("rij", "rijen"),
                (
                    "staat er {} in quarantaine: die telt nergens mee",
                    "staan er {} in quarantaine: die tellen nergens mee",
                ),
            )
        ],
    )


@onderdeel("Bevindingen per regel")
def bevindingen(c: Cijfers) -> Onderdeel:
    frame = c.bestand("bevindingen.csv", ["tabel", "regel", "gewicht"])
    if frame is None:
        return Onderdeel("", leeg="Er zijn nog geen bevindingen: voer eerst kopanalyse check uit.")
    if frame.empty:
        return Onderdeel("", leeg="Bij het controleren is niets gevonden: elke rij voldoet aan alle regels.")
    titel = "Bevindingen per regel"
    rijen = []
    for gewicht in [g for g in GEWICHTEN if g in set(frame["gewicht"])]:
        eigen = frame[frame["gewicht"] == gewicht]
        rijen.append(Rij(GEWICHTEN[gewicht], [None, len(eigen)], nadruk=True))
        for regel, aantal in eigen["regel"].value_counts().items():
            tabellen = sorted(set(eigen.loc[eigen["regel"] == regel, "tabel"]))
            uitleg = EXPLAINED.get(regel, c.settings.tekst(regel))
            waar = hoofdletter(", ".join(in_sentence(c, tabel) for tabel in tabellen))
            rijen.append(Rij(hoofdletter(uitleg), [waar, int(aantal)]))
    rijen = [Rij(r.kop, ["" if r.waarden[0] is None else r.waarden[0], r.waarden[1]], r.nadruk) for r in rijen]
    tabel = Tabel(titel, "Wat is er aan de hand", [Kolom("In de tabellen", TEKST), Kolom("Aantal")], rijen)
    soorten = {
        uitleg: int(aantal)
        for regel, aantal in frame["regel"].value_counts().items()
        for uitleg in [EXPLAINED.get(regel, c.settings.tekst(regel))]
    }
    duiding = [largest(c, soorten, len(frame), ("bevinding", "bevindingen"))]
    return Onderdeel(
        titel,
        tabel,
        f"n = {telling(len(frame), 'bevinding', 'bevindingen')}",
        noten=[
            HELE_REGISTRATIE,
            "Een rij kan meer bevindingen hebben. Welke rijen het zijn en wat er te "
            "doen is, staat in bevindingen.csv; dat bestand blijft bij de organisatie.",
        ],
        duiding=duiding,
    )


@onderdeel("Mogelijke breuken in de registratie")
def mogelijke_breuken(c: Cijfers) -> Onderdeel:
    """Where the registration may have changed, and where it is known to have; questions, no verdicts."""
    titel = "Mogelijke breuken in de registratie"
    bekend = [b for b in c.settings.breuken if b.datum <= c.periode.eind]
    gevonden, regels = found(c), _changed_rules(c)
    if not (bekend or gevonden or regels or c.settings.geen_breuken):
        return Onderdeel(
            "",
            leeg="In de maandreeksen en in wat onbekend is, is geen sprong gevonden die op een andere "
            "manier van registreren wijst.",
        )
    rijen = [
        Rij(_titles(c, b.indicatoren), [datum(b.datum), leesbaar(b.reden), stand])
        for breuken, stand in (
            (bekend, "in de instellingen"),
            ([b for b in c.settings.geen_breuken if b.datum <= c.periode.eind], "beoordeeld: geen breuk"),
        )
        for b in breuken
    ]
    rijen += [Rij(_titles(c, [k.sleutel]), [k.wanneer, k.gezien, "nog te beoordelen"]) for k in gevonden]
    rijen += regels
    noten = [
        f"Gezocht is naar een sprong in het niveau van de maanden, en naar {getal(PUNTEN * 100)} procentpunt "
        "verschil in "
        "wat onbekend is of wat überhaupt geteld wordt. Een gevonden plek is een vraag aan wie de registratie kent, "
        "geen oordeel. Zolang zij niet beoordeeld is, staat bij deze cijfers geen vergelijking met een jaar eerder; in "
        "de instellingen hoort of er anders geregistreerd is, en waarom.",
        HELE_REGISTRATIE,
    ]
    return Onderdeel(
        titel,
        Tabel(titel, "Cijfer", [Kolom("Wanneer", TEKST), Kolom("Wat", TEKST), Kolom("Stand", TEKST)], rijen),
        f"n = {telling(len(rijen), 'plek', 'plekken')}",
        noten=noten,
    )


def _titles(c: Cijfers, patronen: Sequence[str]) -> str:
    """What the settings mean by these names of indicators, a beginning with ``*`` among them, by their titles."""
    titels = []
    for patroon in patronen:
        naam, _, soort = (deel.strip() for deel in patroon.partition(":"))
        passend = [
            ind.titel
            for ind in c.definities.indicatoren.values()
            if (ind.naam.startswith(naam[:-1]) if naam.endswith("*") else ind.naam == naam)
            and (c.heeft(ind.naam, ALLE) or not naam.endswith("*"))
        ]
        titels += [f"{titel}: {in_sentence(c, soort)}" if soort else titel for titel in passend or [naam]]
    return "; ".join(dict.fromkeys(titels))


def _changed_rules(c: Cijfers) -> list[Rij]:
    """Thresholds, roles and definitions that changed since figures were first kept: a break between two editions."""
    frame = c.bestand(TELREGELS, TELREGELS_KOLOMMEN)
    if frame is None:
        return []
    frame = frame.astype(str)
    return [
        Rij(
            wat,
            [
                datum(date.fromisoformat(sinds)),
                "de definitie is veranderd" if wat.startswith("definities.") else f"was {was}, is {waarde}",
                "alle jaren opnieuw geteld; niet te vergelijken met rapporten van daarvoor",
            ],
        )
        for wat, waarde, sinds, was in frame.itertuples(index=False, name=None)
        if was and sinds
    ]


class _Veld(NamedTuple):
    """Something that a registration can leave unknown: how much is unknown, of how much, in one period."""

    kop: str
    onbekend: Callable[[Cijfers, Periode], Maybe]
    van: Callable[[Cijfers, Periode], Maybe]
    nodig: str


def _categorie(indicator: str, categorie: str = ONBEKEND, sub: str = "") -> Callable[[Cijfers, Periode], Maybe]:
    return lambda c, jaar: c.get(indicator, categorie, sub, periode=jaar).teller


def _noemer(indicator: str, categorie: str) -> Callable[[Cijfers, Periode], Maybe]:
    return lambda c, jaar: c.get(indicator, categorie, periode=jaar).noemer


def _zonder_team(soort: str, team: str) -> Callable[[Cijfers, Periode], Maybe]:
    return lambda c, jaar: c.get("behandelde_casussen", soort, periode=jaar, team=team).teller or 0


VELDEN = (
    _Veld(
        "Informatie- en adviesvragen zonder bekend domein",
        _categorie("informatie_en_advies"),
        _categorie("informatie_en_advies", TOTAAL),
        "informatie_en_advies",
    ),
    _Veld(
        "Collectieve activiteiten zonder leeftijdsgroep",
        _categorie("collectieve_activiteiten"),
        _categorie("collectieve_activiteiten", TOTAAL),
        "collectieve_activiteiten",
    ),
    _Veld(
        "Klanten zonder bekende leeftijd",
        _categorie("klanten", ONBEKEND, TOTAAL),
        _categorie("klanten", TOTAAL, TOTAAL),
        "klanten",
    ),
    _Veld(
        "Klanten zonder bekend geslacht",
        _categorie("klanten", TOTAAL, ONBEKEND),
        _categorie("klanten", TOTAAL, TOTAAL),
        "klanten",
    ),
    _Veld(
        "Trajecten zonder bekende kern",
        _categorie("casussen_per_kern"),
        _categorie("casussen_per_kern", TOTAAL),
        "casussen_per_kern",
    ),
    _Veld(
        "Trajecten zonder schatting van het aantal gesprekken",
        _categorie("inschatting", ONBEKEND, TOTAAL),
        _categorie("inschatting", TOTAAL, TOTAAL),
        "inschatting",
    ),
    _Veld(
        "Gestarte trajecten zonder aanmeldroute",
        _categorie("verwijzingen"),
        _noemer("verwijzingen", ONBEKEND),
        "verwijzingen",
    ),
    _Veld(
        "Trajecten waarvan niet bekend is of het netwerk gevraagd is",
        _categorie("netwerk_gevraagd"),
        _categorie("netwerk_gevraagd", TOTAAL),
        "netwerk_gevraagd",
    ),
)
NIET_OVER_TRAJECTEN = {
    "informatie_en_advies": "Informatie- en adviesvragen",
    "collectieve_activiteiten": "Collectieve activiteiten",
}


def _without_team(c: Cijfers) -> list[_Veld]:
    """Every kind of casus that the organisation has, by its own name."""
    soorten = [soort for soort in c.categorieen("behandelde_casussen") if soort != ONBEKEND]
    return [
        _Veld(f"{kop} zonder team", _zonder_team(soort, ONBEKEND), _zonder_team(soort, ALLE), "behandelde_casussen")
        for soort in sorted(soorten, key=lambda soort: soort in NIET_OVER_TRAJECTEN)
        for kop in [NIET_OVER_TRAJECTEN.get(soort, hoofdletter(c.settings.tekst(soort)))]
    ]


@onderdeel("Wat niet ingevuld is")
def onbekend(c: Cijfers) -> Onderdeel:
    velden = [
        v for v in (*(_without_team(c) if c.team == ALLE else ()), *VELDEN) if c.heeft(v.nodig) and v.van(c, c.periode)
    ]
    if not velden:
        return Onderdeel("", leeg=f"In {c.nu} is er niets geregistreerd waarvan de volledigheid te tellen is.")
    titel = f"Wat niet ingevuld is, {c.periode}"
    kolommen = [
        kolom
        for jaar in c.jaren
        for kolom in (
            Kolom("aandeel", "aandeel", str(jaar)),
            Kolom("aantal", groep=str(jaar)),
            Kolom("van", groep=str(jaar)),
        )
    ]

    def aandeel(veld: _Veld, periode: Periode) -> float | None:
        van = veld.van(c, periode)
        return (veld.onbekend(c, periode) or 0) / van if van else None

    rijen = [
        Rij(
            v.kop,
            [
                w
                for jaar in c.jaren
                for w in (
                    Cel(aandeel(v, jaar), bool(v.van(c, jaar)) and small(c, v.van(c, jaar))),
                    None if v.van(c, jaar) is None else v.onbekend(c, jaar) or 0,
                    v.van(c, jaar),
                )
            ],
        )
        for v in velden
    ]
    tabel = small_note(c, Tabel(titel, "", kolommen, rijen), "rijen")

    def teken(maat: Maat) -> Figure:
        rijen = [Staaf(v.kop, aandeel(v, c.periode), aandeel(v, c.vorig) if c.vorig else None) for v in velden]
        return charts.staven(rijen, maat, "aandeel", jaren_kop(c))

    alt = f"Staafdiagram van {telling(len(velden), 'veld', 'velden')}. {_most_unknown(c, velden)}".rstrip()
    return Onderdeel(titel, tabel, "n staat per regel in de tabel", teken, alt, duiding=[_most_unknown(c, velden)])


def _most_unknown(c: Cijfers, velden: list[_Veld]) -> str:
    """The field that is unknown most often, of those that say anything."""
    genoeg = [(v, v.onbekend(c, c.periode) or 0, van) for v in velden if not small(c, van := v.van(c, c.periode))]
    if not genoeg:
        return ""
    veld, aantal, van = max(genoeg, key=lambda deel: deel[1] / deel[2])
    if not aantal:
        return f"Van deze velden is in {c.nu} alles ingevuld."
    return (
        f"Het vaakst niet ingevuld: {in_zin(veld.kop)}, {getal(aantal)} van de {getal(van)} "
        f"({getal(aantal / van, 'aandeel')})."
    )
