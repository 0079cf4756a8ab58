"""Parts of chapter "Vergelijking": teams side by side, for every indicator there is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kopanalyse.report.bouwstenen import interval_notes, small, small_note, team_naam, within
from kopanalyse.report.cijfers import ALLE, NIETS, TOTAAL, Cijfers
from kopanalyse.report.metingen import (
    AANTALLEN, MET_BASIS, PROCENTPUNTEN, TEKENS, VERSCHIL, Meting, basis, both_ways, bounds_cell, decimals,
    difference_cells, elsewhere, metingen, no_figures, one_team, rows_by_chapter, sign, tally, teams_naast, value_cell,
)
from kopanalyse.report.onderdeel import Onderdeel, onderdeel
from kopanalyse.report.tables import INTERVAL, SAMEN, Kolom, Rij, Tabel
from kopanalyse.report.text import LEEG, getal, hoofdletter, in_zin, is_missing, leesbaar, opsomming, verschil
from kopanalyse.report.verschil import against_rest, change, rest_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.figures import Punt
    from kopanalyse.report.huisstijl import Maat

MEESTE_NAMEN = 3     # of figures in a sentence; of more it says how many


@onderdeel("Teams naast elkaar: aandelen en gemiddelden")
def teams_naast_elkaar(c: Cijfers) -> Onderdeel:
    """A row per share and mean, a column per team; a sign where a team differs from the rest by more than chance."""
    gekozen = metingen(c, MET_BASIS, per_team=True)
    if leeg := one_team(c) or no_figures(c, gekozen, "aandelen of gemiddelden"):
        return Onderdeel("", leeg=leeg)
    tegen = {(m, team): against_rest(c, *m.sleutel, team=team) for m in gekozen for team in teams_naast(c)}
    titel = f"Aandelen en gemiddelden {_whose(c)}, {c.jaar}"
    if c.team == ALLE:
        kolommen = [Kolom(kop, SAMEN) for kop in (*map(leesbaar, teams_naast(c)), "Hele organisatie")]

        def rij(m: Meting) -> list[Rij]:
            per_team = [value_cell(c, m, c.get(*m.sleutel, team=t), sign(tegen[m, t])) for t in teams_naast(c)]
            return [Rij(m.naam, [*per_team, value_cell(c, m, c.get(*m.sleutel))])]
    else:
        kolommen = [Kolom("Dit team", SAMEN), Kolom("De rest", SAMEN), *VERSCHIL]

        def rij(m: Meting) -> list[Rij]:
            rest = rest_of(c, *m.sleutel) or NIETS
            return [Rij(m.naam, [value_cell(c, m, c.get(*m.sleutel)), value_cell(c, m, rest),
                                 *difference_cells(c, m, tegen[m, c.team])])]

    tabel = small_note(c, Tabel(titel, "", kolommen, rows_by_chapter(c, gekozen, rij, len(kolommen))), "waarnemingen")
    noten = [f"{TEKENS} bij de andere teams samen, en meer dan door toeval.",
             *([PROCENTPUNTEN] if c.team != ALLE else []), *tally(list(tegen.values())), *both_ways(c),
             *elsewhere(c, MET_BASIS), *_no_rates(c)]
    return Onderdeel(titel, tabel, basis(c, gekozen), noten=noten)


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
    gekozen = [m for m in metingen(c, (eenheid,), per_team=True)
               if any(c.get(*m.sleutel, team=team).noemer for team in teams_naast(c))]
    if leeg := one_team(c) or no_figures(c, gekozen, wat):
        return Onderdeel("", leeg=leeg)
    titel = f"{kop} {_whose(c)}, {c.jaar}"
    getekend = [m for m in gekozen if m.categorie == TOTAAL] or gekozen
    tegen = {(m, team): against_rest(c, *m.sleutel, team=team) for m in gekozen for team in teams_naast(c)}
    kolommen = [Kolom("Cijfer (n)", SAMEN), Kolom("95%-interval", INTERVAL), *VERSCHIL]

    def rij(m: Meting) -> list[Rij]:
        rijen = [Rij(m.naam, [""] * 5, nadruk=True)]
        for team in teams_naast(c):
            cijfer = c.get(*m.sleutel, team=team)
            rijen.append(Rij(hoofdletter(team_naam(c, team)), [
                value_cell(c, m, cijfer), bounds_cell(c, m, cijfer.ondergrens, cijfer.bovengrens),
                *difference_cells(c, m, tegen[m, team])]))
        rest = [] if c.team == ALLE else [("De rest", rest_of(c, *m.sleutel) or NIETS)]
        for naam, cijfer in [*rest, ("Hele organisatie", c.get(*m.sleutel, team=ALLE))]:
            grenzen = bounds_cell(c, m, cijfer.ondergrens, cijfer.bovengrens)
            rijen.append(Rij(naam, [value_cell(c, m, cijfer), grenzen, "", "", ""]))
        return rijen

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.panelen import Puntpaneel, puntpanelen

        return puntpanelen([Puntpaneel(m.naam, _dots(c, m, tegen, schaal), eenheid, c.waarde(*m.sleutel, team=ALLE),
                                       "hele organisatie", decimals(c, m)) for m in getekend], maat)

    noemers = [c.get(*m.sleutel, team=team).noemer for m in getekend for team in teams_naast(c)]
    tabel = Tabel(titel, "", kolommen, [r for m in gekozen for r in rij(m)], [PROCENTPUNTEN])
    noten = [f"De streep is de hele organisatie. {TEKENS} bij de andere teams samen, en meer dan door toeval. "
             "Elke grafiek heeft een eigen schaal.", *interval_notes(c, noemers, "waarnemingen"),
             *(["De categorieën van een verdeling staan alleen in de tabel."] if len(getekend) < len(gekozen) else []),
             *tally(list(tegen.values())), *both_ways(c)]
    return Onderdeel(titel, small_note(c, tabel, "waarnemingen"), basis(c, gekozen), teken,
                     _panels_alt(c, getekend, tegen), noten, duiding=[_stand_out(c, tegen)])


def _dots(c: Cijfers, m: Meting, tegen: dict, schaal: tuple[float, float] | None) -> list[Punt]:
    """A dot per team; in the report of one team that team and the rest."""
    from kopanalyse.report.figures import Punt

    punten = [(leesbaar(team), c.get(*m.sleutel, team=team), sign(tegen[m, team])) for team in teams_naast(c)]
    if c.team != ALLE:
        punten.append(("De rest", rest_of(c, *m.sleutel) or NIETS, ""))
    return [Punt(naam, cijfer.waarde, *within(cijfer, schaal), klein=small(c, cijfer.noemer), teken=teken,
                 n=cijfer.noemer)
            for naam, cijfer, teken in punten if not is_missing(cijfer.waarde)]


def _stand_out(c: Cijfers, tegen: dict) -> str:
    """For each team how many figures differ from the other teams by more than chance, and which where they are few."""
    delen = []
    for team in teams_naast(c):
        hoger, lager = ([in_zin(m.naam) for (m, wie), v in tegen.items() if wie == team and sign(v) == teken]
                        for teken in "▲▼")
        delen += [f"{leesbaar(team)} {opsomming(filter(None, (_few('hoger', hoger), _few('lager', lager))))}"
                  ] if hoger or lager else []
    wie = "de rest" if c.team != ALLE else "de andere teams samen"
    return (f"Anders dan {wie}, en meer dan door toeval: {'; '.join(delen)}." if delen else
            f"Geen enkel verschil met {wie} is meer dan toeval.")


def _few(woord: str, namen: Sequence[str]) -> str:
    """``hoger bij a en b``; of many only the number."""
    return f"{woord} bij {opsomming(namen) if len(namen) <= MEESTE_NAMEN else f'{len(namen)} cijfers'}" if namen else ""


def _panels_alt(c: Cijfers, gekozen: Sequence[Meting], tegen: dict) -> str:
    """Which teams stand out, and where; of the other figures only how many there are."""
    delen = []
    for m in gekozen:
        wie = {team: sign(tegen[m, team]) for team in teams_naast(c)}
        opvallend = [f"{leesbaar(team)} {'hoger' if teken == '▲' else 'lager'} ("
                     f"{getal(c.waarde(*m.sleutel, team=team), m.ind.eenheid, decimals(c, m))})"
                     for team, teken in wie.items() if teken]
        samen = getal(c.waarde(*m.sleutel, team=ALLE), m.ind.eenheid, decimals(c, m))
        delen += [f"{m.naam}, hele organisatie {samen}: {opsomming(opvallend)}"] if opvallend else []
    return (f"Een grafiek per cijfer, {len(gekozen)} in totaal, met een punt en 95%-interval per team. "
            f"Meer dan toeval anders dan de rest: {'; '.join(delen) or 'geen enkel team'}.")


@onderdeel("Teams naast elkaar: aantallen")
def teams_aantallen(c: Cijfers) -> Onderdeel:
    """A row per count, a column per team with this year and the change; for one team its share of the whole."""
    gekozen = metingen(c, AANTALLEN, per_team=True)
    if leeg := one_team(c) or no_figures(c, gekozen, "aantallen"):
        return Onderdeel("", leeg=leeg)
    wie = [*teams_naast(c), ALLE]
    verschillen = {(m, team): change(c, *m.sleutel, team=team) for m in gekozen for team in wie[:-1] if c.vorig}

    def waarde(m: Meting, team: str) -> str:
        nu = value_cell(c, m, c.get(*m.sleutel, team=team))
        if (m, team) not in verschillen:
            return nu
        v = verschillen[m, team]
        return f"{nu} ({sign(v)}{verschil(v.nu.waarde, v.toen.waarde, v.eenheid) if v else LEEG})"

    def aandeel(m: Meting) -> list[str]:
        deel, geheel = (c.waarde(*m.sleutel, team=team) for team in (c.team, ALLE))
        return [] if c.team == ALLE else [getal(deel / geheel if geheel else None, "aandeel")]

    kolommen = [Kolom(kop, SAMEN) for kop in (*map(leesbaar, wie[:-1]), "Hele organisatie")]
    kolommen += [] if c.team == ALLE else [Kolom("Aandeel van dit team", INTERVAL)]
    titel = f"Aantallen {'per team' if c.team == ALLE else f'van {team_naam(c, c.team)}'}, {c.jaar}"
    rijen = rows_by_chapter(c, gekozen, lambda m: [Rij(m.naam, [*[waarde(m, team) for team in wie], *aandeel(m)])],
                            len(kolommen))
    waar = "in het rapport van het team" if c.team == ALLE else "op de pagina Wat is er veranderd"
    noten = [*([f"Tussen haakjes staat het verschil met {c.vorig}: {TEKENS} toen, en meer dan door toeval; {LEEG} te "
                f"weinig om te vergelijken. Het interval van elk verschil staat {waar}."] if c.vorig else []),
             "Een groot team heeft vanzelf hogere aantallen: vergelijk hier een team met zichzelf, niet met een ander.",
             *tally(list(verschillen.values())), *elsewhere(c, AANTALLEN)]
    return Onderdeel(titel, Tabel(titel, "", kolommen, rijen), basis(c, gekozen), noten=noten)
