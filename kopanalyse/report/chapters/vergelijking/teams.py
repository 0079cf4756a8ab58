"""Parts of chapter "Vergelijking": teams side by side, for every indicator there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kopanalyse.raw.schema import ALLE, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.values import Punt, Puntpaneel
from kopanalyse.report.cijfers.compare import (
    NIET_GETOOND,
    TE_WEINIG,
    against_rest,
    change,
    rest_of,
    tested_between_teams,
)
from kopanalyse.report.cijfers.view import NIETS, Cijfers, small
from kopanalyse.report.dutch import (
    LEEG,
    getal,
    in_zin,
    is_missing,
    opsomming,
    telling,
    uitgesproken,
    verschil,
    werkwoord,
)
from kopanalyse.report.parts.catalogue import onderdeel
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import interval_notes, small_note, team_kop, team_naam, within
from kopanalyse.report.parts.side_by_side import (
    AANTALLEN,
    ALLEEN_EEN_KEER,
    MET_BASIS,
    PROCENTPUNTEN,
    TEKENS,
    VERSCHIL,
    Meting,
    basis,
    beside_zero,
    bounds_cell,
    compared_cells,
    counts_so_far,
    decimals,
    difference_cells,
    difference_part,
    elsewhere,
    metingen,
    no_figures,
    none_of,
    one_team,
    rows_by_chapter,
    same_part_note,
    sign,
    tally,
    teams_naast,
    value_cell,
    why_not,
    without_doubles,
)
from kopanalyse.report.parts.table import INTERVAL, SAMEN, TEKST, Cel, Deel, Kolom, Rij, Tabel, Woorden
from kopanalyse.report.shown import NIET_GETOOND as VERBORGEN
from kopanalyse.report.shown import is_hidden

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat

MEESTE_TEAMS = 8  # side by side; of more each has a row
KORT = {TE_WEINIG: LEEG, NIET_GETOOND: VERBORGEN}  # why there is no difference, in one sign
MEESTE_NAMEN = 3  # of figures in a sentence; of more it says how many


@onderdeel("Teams naast elkaar: aandelen en gemiddelden")
def teams_naast_elkaar(c: Cijfers) -> Onderdeel:
    """A row per share and mean, a column per team; a sign where a team differs from the rest by more than chance."""
    gekozen = metingen(c, MET_BASIS, per_team=True)
    if leeg := one_team(c) or no_figures(c, gekozen, "aandelen of gemiddelden"):
        return Onderdeel("", leeg=leeg)
    tegen = {(m, team): against_rest(c, *m.sleutel, team=team) for m in gekozen for team in teams_naast(c)}
    titel = f"Aandelen en gemiddelden {_whose(c)}, {c.periode}"
    if c.team == ALLE and len(teams_naast(c)) > MEESTE_TEAMS:
        tabel = _turned(c, gekozen, tegen, titel)
    elif c.team == ALLE:
        kolommen = [Kolom(kop, SAMEN) for kop in (*(team_kop(c, t) for t in teams_naast(c)), "Hele organisatie")]

        def rij(m: Meting) -> list[Rij]:
            per_team = [value_cell(c, m, c.get(*m.sleutel, team=t), sign(tegen[m, t])) for t in teams_naast(c)]
            return [Rij(m.naam, [*per_team, value_cell(c, m, c.get(*m.sleutel))])]

        tabel = Tabel(titel, "", kolommen, rows_by_chapter(c, gekozen, rij, len(kolommen)))
    else:
        kolommen = [Kolom("Dit team", SAMEN), Kolom("De rest", SAMEN), *VERSCHIL]

        def rij(m: Meting) -> list[Rij]:
            rest = rest_of(c, *m.sleutel) or NIETS
            return [
                Rij(
                    m.naam,
                    [
                        value_cell(c, m, c.get(*m.sleutel)),
                        value_cell(c, m, rest),
                        *difference_cells(c, m, tegen[m, c.team]),
                    ],
                )
            ]

        tabel = Tabel(titel, "", kolommen, rows_by_chapter(c, gekozen, rij, len(kolommen)))
    noten = [
        f"{TEKENS} bij de andere teams samen, meer dan bij zoveel vergelijkingen te verwachten is.",
        *([PROCENTPUNTEN] if c.team != ALLE else []),
        *tally({(m.sleutel, team): v for (m, team), v in tegen.items()}),
        *(beside_zero(tegen.values()) if c.team != ALLE else []),
        *counts_so_far(gekozen),
        *elsewhere(c, MET_BASIS),
        *_no_rates(c),
    ]
    return Onderdeel(
        titel, small_note(c, tabel, "waarnemingen"), basis(c, gekozen), noten=noten, duiding=[_all_together(c, gekozen)]
    )


def _turned(c: Cijfers, gekozen: Sequence[Meting], tegen: dict, titel: str) -> Tabel:
    """A row per team under each figure: as many columns as there are teams fit on no page."""
    rijen = []
    for m in gekozen:
        rijen.append(Rij(m.naam, [""] * 2, nadruk=True))
        rijen += [
            Rij(
                team_kop(c, team),
                [
                    value_cell(c, m, c.get(*m.sleutel, team=team), sign(tegen[m, team])),
                    tegen[m, team].oordeel if tegen[m, team] else "",
                ],
            )
            for team in teams_naast(c)
            if c.get(*m.sleutel, team=team).noemer
        ]
        rijen.append(Rij("Hele organisatie", [value_cell(c, m, c.get(*m.sleutel)), ""]))
    return Tabel(titel, "Team", [Kolom("Cijfer (n)", SAMEN), Kolom("Tegenover de rest", TEKST)], rijen)


def _all_together(c: Cijfers, gekozen: Sequence[Meting]) -> str:
    """What all comparisons between teams come to: of the figures in the table, and of what it does not have."""
    tabel = {m.sleutel for m in gekozen}
    vergeleken = {(m.sleutel, team): against_rest(c, *m.sleutel, team=team) for m in gekozen for team in c.known_teams}
    getoetst = {sleutel for (sleutel, _), v in vergeleken.items() if v is not None and v.kans is not None}
    anders = {sleutel for (sleutel, _), v in vergeleken.items() if v is not None and v.zeker}
    buiten = [
        zeker
        for sleutel, zeker in tested_between_teams(c).items()
        if sleutel not in tabel and sleutel[0].startswith("kto_") and sleutel[1] != TOTAAL
    ]
    verwacht = "meer dan bij zoveel vergelijkingen te verwachten is"
    if not getoetst:
        return "Geen aandeel of gemiddelde van de teams berust op genoeg waarnemingen om te vergelijken."
    if not anders:
        zin = f"{none_of(len(getoetst), 'getoetste cijfer', 'getoetste cijfers')} tussen teams {verwacht}."
    elif len(getoetst) == 1:
        zin = f"Het ene getoetste cijfer verschilt tussen teams {verwacht}."
    else:
        zin = (
            f"Van de {len(getoetst)} getoetste cijfers {werkwoord(len(anders), 'verschilt', 'verschillen')} er "
            f"{len(anders)} tussen teams {verwacht}."
        )
    if not buiten:
        return zin
    vragen, erbij = telling(len(buiten), "losse vraag", "losse vragen"), sum(buiten)
    return (
        f"{zin} Ook getoetst {werkwoord(len(buiten), 'is', 'zijn')} {vragen} aan klanten: daarvan "
        f"{werkwoord(erbij or 1, 'verschilt', 'verschillen')} er {erbij or 'geen'}."
    )


def _whose(c: Cijfers) -> str:
    return "per team" if c.team == ALLE else f"van {team_naam(c, c.team)} en de rest"


def _no_rates(c: Cijfers) -> list[str]:
    rates = [in_zin(m.ind.titel) for m in metingen(c, ("per_1000",), per_team=True)]
    return [f"Niet hier: {opsomming(rates)}. Inwoners horen bij een kern en niet bij een team."] if rates else []


@onderdeel("Aandelen per team")
def teams_aandelen(c: Cijfers) -> Onderdeel:
    return _panels(c, "aandeel", "Aandelen", "aandelen", (0, 1))


@onderdeel("Gemiddelden per team")
def teams_gemiddelden(c: Cijfers) -> Onderdeel:
    return _panels(c, "gemiddelde", "Gemiddelden", "gemiddelden", None)


def _panels(c: Cijfers, eenheid: str, kop: str, wat: str, schaal: tuple[float, float] | None) -> Onderdeel:
    """A panel per figure with a dot and its interval per team; in the table each team against the rest.

    The categories of a distribution follow from each other: they stand in the table only, unless there is nothing else.
    """
    gekozen = [
        m
        for m in metingen(c, (eenheid,), per_team=True)
        if any(c.get(*m.sleutel, team=team).noemer for team in teams_naast(c))
    ]
    if leeg := one_team(c) or no_figures(c, gekozen, wat):
        return Onderdeel("", leeg=leeg)
    titel = f"{kop} {_whose(c)}, {c.periode}"
    getekend = [m for m in gekozen if m.categorie == TOTAAL] or gekozen
    getekend = [m for m in getekend if not all(is_hidden(c.waarde(*m.sleutel, team=t)) for t in teams_naast(c))]
    tegen = {(m, team): against_rest(c, *m.sleutel, team=team) for m in gekozen for team in teams_naast(c)}
    kolommen = [Kolom("Cijfer (n)", SAMEN), Kolom("95%-interval", INTERVAL), *VERSCHIL]

    def rij(m: Meting) -> list[Rij]:
        rijen = [Rij(m.naam, [""] * 5, nadruk=True)]
        for team in teams_naast(c):
            cijfer = c.get(*m.sleutel, team=team)
            rijen.append(
                Rij(
                    team_kop(c, team),
                    [
                        value_cell(c, m, cijfer),
                        bounds_cell(c, m, cijfer.ondergrens, cijfer.bovengrens),
                        *difference_cells(c, m, tegen[m, team]),
                    ],
                )
            )
        rest = [] if c.team == ALLE else [("De rest", rest_of(c, *m.sleutel) or NIETS)]
        for naam, cijfer in [*rest, ("Hele organisatie", c.get(*m.sleutel, team=ALLE))]:
            grenzen = bounds_cell(c, m, cijfer.ondergrens, cijfer.bovengrens)
            rijen.append(Rij(naam, [value_cell(c, m, cijfer), grenzen, "", "", ""]))
        return rijen

    def teken(maat: Maat) -> Figure:
        panelen = [
            Puntpaneel(
                m.naam,
                _dots(c, m, tegen, schaal),
                eenheid,
                c.waarde(*m.sleutel, team=ALLE),
                "hele organisatie",
                decimals(c, m),
            )
            for m in getekend
        ]
        return charts.puntpanelen(panelen, maat)

    noemers = [c.get(*m.sleutel, team=team).noemer for m in getekend for team in teams_naast(c)]
    tabel = Tabel(titel, "", kolommen, [r for m in gekozen for r in rij(m)], [PROCENTPUNTEN])
    noten = [
        f"De streep is de hele organisatie. {TEKENS} bij de andere teams samen, meer dan bij zoveel vergelijkingen "
        "te verwachten is. Elke grafiek heeft een eigen schaal.",
        *interval_notes(c, noemers, "waarnemingen"),
        *(["De categorieën van een verdeling staan alleen in de tabel."] if len(getekend) < len(gekozen) else []),
        *tally({(m.sleutel, team): v for (m, team), v in tegen.items()}),
        *beside_zero(tegen.values()),
        *counts_so_far(gekozen),
    ]
    return Onderdeel(
        titel,
        small_note(c, tabel, "waarnemingen"),
        basis(c, gekozen),
        teken if getekend else None,
        _panels_alt(c, getekend, tegen),
        noten,
        duiding=[_stand_out(c, tegen)],
    )


def _dots(c: Cijfers, m: Meting, tegen: dict, schaal: tuple[float, float] | None) -> list[Punt]:
    """A dot per team; in the report of one team that team and the rest."""
    punten = [(team_kop(c, team), c.get(*m.sleutel, team=team), sign(tegen[m, team])) for team in teams_naast(c)]
    if c.team != ALLE:
        punten.append(("De rest", rest_of(c, *m.sleutel) or NIETS, ""))
    return [
        Punt(naam, cijfer.waarde, *within(cijfer, schaal), klein=small(c, cijfer.noemer), teken=teken, n=cijfer.noemer)
        for naam, cijfer, teken in punten
        if not is_missing(cijfer.waarde)
    ]


def _stand_out(c: Cijfers, tegen: dict) -> str:
    """For each team how many figures stand out from the other teams, and which where they are few."""
    delen = []
    for team in teams_naast(c):
        hoger, lager = (
            [uitgesproken(m.naam) for (m, wie), v in tegen.items() if wie == team and sign(v) == teken]
            for teken in "▲▼"
        )
        delen += (
            [f"{team_naam(c, team)} {opsomming(filter(None, (_few('hoger', hoger), _few('lager', lager))))}"]
            if hoger or lager
            else []
        )
    wie = "de rest" if c.team != ALLE else "de andere teams samen"
    return (
        f"Anders dan {wie}, meer dan bij zoveel vergelijkingen te verwachten is: {'; '.join(delen)}." if delen else ""
    )


def _few(woord: str, namen: Sequence[str]) -> str:
    """``hoger bij a en b``; of many only the number."""
    return f"{woord} bij {opsomming(namen) if len(namen) <= MEESTE_NAMEN else f'{len(namen)} cijfers'}" if namen else ""


def _panels_alt(c: Cijfers, gekozen: Sequence[Meting], tegen: dict) -> str:
    """Which teams stand out, and where; of the other figures only how many there are."""
    delen = []
    for m in gekozen:
        wie = {team: sign(tegen[m, team]) for team in teams_naast(c)}
        opvallend = [
            f"{team_naam(c, team)} {'hoger' if teken == '▲' else 'lager'} ("
            f"{getal(c.waarde(*m.sleutel, team=team), m.ind.eenheid, decimals(c, m))})"
            for team, teken in wie.items()
            if teken
        ]
        samen = getal(c.waarde(*m.sleutel, team=ALLE), m.ind.eenheid, decimals(c, m))
        delen += [f"{m.naam}, hele organisatie {samen}: {opsomming(opvallend)}"] if opvallend else []
    return (
        f"Een grafiek per cijfer, {len(gekozen)} in totaal, met een punt en 95%-interval per team. "
        f"Aantoonbaar anders dan de rest: {'; '.join(delen) or 'geen enkel team'}."
    )


@onderdeel("Teams naast elkaar: aantallen")
def teams_aantallen(c: Cijfers) -> Onderdeel:
    """A row per count, a column per team with this year and the change; for one team its share of the whole."""
    alle = metingen(c, AANTALLEN, per_team=True)
    gekozen = without_doubles(c, alle, [*teams_naast(c), ALLE])
    if leeg := one_team(c) or no_figures(c, gekozen, "aantallen"):
        return Onderdeel("", leeg=leeg)
    wie = [*teams_naast(c), ALLE]
    verschillen = {(m, team): change(c, *m.sleutel, team=team) for m in gekozen for team in wie if c.vorig}

    def waarde(m: Meting, team: str) -> Cel | str:
        v = verschillen.get((m, team))
        nu = value_cell(c, m, compared_cells(c, m, v, team)[-1])
        if (m, team) not in verschillen or nu == VERBORGEN:
            return nu
        if v is None:
            waarom = why_not(c, m, team)
            return Woorden(
                f"{nu} ({KORT.get(waarom, waarom)})",
                *getattr(nu, "delen", ()),
                *([] if waarom in KORT else [Deel("verschil", waarom, TEKST)]),
            )
        woord = v.nieuw_of_gestopt
        return Woorden(
            f"{nu} ({woord or verschil(v.nu.waarde, v.toen.waarde, v.eenheid)})",
            *getattr(nu, "delen", ()),
            *difference_part(v, "verschil"),
            *([Deel("bijzonderheid", woord, TEKST)] if woord else []),
        )

    def aandeel(m: Meting) -> list[str]:
        deel, geheel = (c.waarde(*m.sleutel, team=team) for team in (c.team, ALLE))
        samen = deel / geheel if geheel and not is_missing(deel) else None
        return [] if c.team == ALLE else [Woorden(getal(samen, "aandeel"), Deel("", samen, "aandeel"))]

    titel = f"Aantallen {'per team' if c.team == ALLE else f'van {team_naam(c, c.team)}'}, {c.periode}"
    if len(wie) - 1 > MEESTE_TEAMS:
        rijen = [
            rij
            for m in gekozen
            for rij in (Rij(m.naam, [""], nadruk=True), *(Rij(team_kop(c, team), [waarde(m, team)]) for team in wie))
        ]
        tabel = Tabel(titel, "Team", [Kolom("Aantal", SAMEN)], rijen)
    else:
        kolommen = [Kolom(kop, SAMEN) for kop in (*(team_kop(c, t) for t in wie[:-1]), "Hele organisatie")]
        kolommen += [] if c.team == ALLE else [Kolom("Aandeel van dit team", INTERVAL)]
        tabel = Tabel(
            titel,
            "",
            kolommen,
            rows_by_chapter(
                c, gekozen, lambda m: [Rij(m.naam, [*[waarde(m, team) for team in wie], *aandeel(m)])], len(kolommen)
            ),
        )
    noten = [
        *(
            [
                f"Tussen haakjes staat hoeveel het er meer of minder zijn dan in {c.toen}; {LEEG}: te weinig om te "
                "vergelijken."
            ]
            if c.vorig
            else []
        ),
        *same_part_note(c, gekozen),
        "Een groot team heeft vanzelf hogere aantallen: vergelijk hier een team met zichzelf, niet met een ander.",
        *([ALLEEN_EEN_KEER] if len(gekozen) < len(alle) else []),
        *elsewhere(c, AANTALLEN),
    ]
    return Onderdeel(titel, tabel, basis(c, gekozen), noten=noten)
