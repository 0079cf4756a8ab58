"""Parts of chapter "Vergelijking": teams side by side and years side by side, for every indicator there is.

Which figures stand here is not written down anywhere: it follows from the declarations and the long table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kopanalyse.report.bouwstenen import interval_notes, small, small_note, team_naam, within
from kopanalyse.report.cijfers import ALLE, NIETS, ONBEKEND, TOTAAL, Cijfer, Cijfers
from kopanalyse.report.onderdeel import Onderdeel, onderdeel
from kopanalyse.report.tables import INTERVAL, SAMEN, TEKST, Cel, Kolom, Rij, Tabel
from kopanalyse.report.text import (
    LEEG, getal, hoofdletter, in_zin, interval, is_missing, leesbaar, opsomming, telling, verschil, werkwoord,
)
from kopanalyse.report.verschil import TE_WEINIG, Verschil, against_rest, change, rest_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.indicators import Indicator
    from kopanalyse.report.figures import Punt
    from kopanalyse.report.huisstijl import Maat

HOOFDSTUKKEN = {"aantallen": "casuistiek_in_aantallen", "inhoud": "casussen_op_inhoud",
                "informeel": "informele_ondersteuning", "tevredenheid": "klanttevredenheid",
                "dienstverlening": "maatschappelijk_werk"}
"""The chapter of a report by the file of its declarations."""

AANTALLEN, MET_BASIS = ("aantal", "uren"), ("aandeel", "gemiddelde")
MEESTE_CATEGORIEEN = 6       # of an indicator without a total; one with more is only pointed to
TOEVAL = 0.05                # so many comparisons come out as more than chance when there is nothing but chance
TEKENS = "▲ hoger en ▼ lager dan"


class Meting(NamedTuple):
    """One row of a comparison: a figure of an indicator, by the name that a reader gets."""

    ind: Indicator
    naam: str
    categorie: str
    subcategorie: str

    @property
    def sleutel(self) -> tuple[str, str, str]:
        """What ``Cijfers.get`` asks for."""
        return self.ind.naam, self.categorie, self.subcategorie


def metingen(c: Cijfers, eenheden: Sequence[str], *, per_team: bool = False) -> list[Meting]:
    """Every figure of these units to compare, in the order of the chapters.

    That is the total of an indicator. One without a total, or whose total is always 100%, gives its categories where
    they are few, without ``onbekend``. With ``per_team`` only indicators that teams have.
    """
    from kopanalyse.indicators import INDICATOREN

    gekozen = [ind for ind in INDICATOREN.values() if ind.eenheid in eenheden and c.heeft(ind.naam)
               and (not per_team or any(c.heeft(ind.naam, team) for team in c.teams))]
    return [meting for ind in gekozen for meting in _of(c, ind) if _counts(c, meting)]


def _of(c: Cijfers, ind: Indicator) -> list[Meting]:
    if ind.totaal and ind.aandeel_van == "categorie":
        opgeteld = ": totaal" if ind.eenheid in AANTALLEN and (ind.categorie or ind.paren) else ""
        return [Meting(ind, ind.titel + opgeteld, TOTAAL, sub) for sub in _subs(c, ind, TOTAAL)]
    namen = [n for n in c.categorieen(ind.naam) if n not in (TOTAAL, ONBEKEND)]
    delen = [Meting(ind, f"{ind.titel}: {in_zin(c.settings.tekst(n))}", n, sub)
             for n in namen for sub in _subs(c, ind, n)]
    delen = [meting for meting in delen if _counts(c, meting)]
    return delen if len(delen) <= MEESTE_CATEGORIEEN else []


def _subs(c: Cijfers, ind: Indicator, categorie: str) -> list[str]:
    """The subcategorie under which all of a categorie stands: none, or ``totaal``."""
    return [sub for sub in ("", TOTAAL) if c.get(ind.naam, categorie, sub) is not NIETS][:1]


def _counts(c: Cijfers, meting: Meting) -> bool:
    """Whether the figure counts anything, in either year."""
    return any(cijfer.noemer or cijfer.teller for cijfer in (c.get(*meting.sleutel, periode=jaar) for jaar in c.jaren))


def _elsewhere(c: Cijfers, eenheden: Sequence[str], getoond: Sequence[Meting]) -> list[str]:
    """Where the rest is: the categories of what stands here as a total, and what has no total."""
    from kopanalyse.indicators import INDICATOREN

    noten = ["De onderverdeling van een totaal staat in het hoofdstuk dat erboven genoemd is."]
    zonder = [in_zin(ind.titel) for ind in INDICATOREN.values() if ind.eenheid in eenheden and c.heeft(ind.naam)
              and c.telt(ind.naam) and ind not in [m.ind for m in getoond]]
    return [*noten, f"Niet op te tellen, en daarom alleen daar: {opsomming(zonder)}."] if zonder else noten


def teams_naast(c: Cijfers) -> list[str]:
    """The teams to compare: all that are known for the whole organisation, otherwise the one of the report."""
    return [team for team in c.teams if team != ONBEKEND] if c.team == ALLE else [c.team]


def one_team(c: Cijfers) -> str:
    """The sentence for an organisation that has no two teams to compare; else empty."""
    aantal = len([team for team in c.teams if team != ONBEKEND])
    if aantal > 1:
        return ""
    return (f"In de registratie van {c.settings.naam} {'is er maar één team' if aantal else 'staan geen teams'}: er zijn "
            "geen teams om naast elkaar te zetten.")


def _rows(c: Cijfers, gekozen: Sequence[Meting], rijen: Callable[[Meting], list[Rij]], breedte: int) -> list[Rij]:
    """The rows of every figure under the name of its chapter."""
    uit = []
    for bestand, groep in groupby(gekozen, lambda m: m.ind.regel.__module__.rpartition(".")[2]):
        uit.append(Rij(hoofdletter(c.settings.tekst(HOOFDSTUKKEN.get(bestand, bestand))), [""] * breedte, nadruk=True))
        uit += [rij for meting in groep for rij in rijen(meting)]
    return uit


def _decimals(c: Cijfers, meting: Meting) -> int | None:
    """Two decimals for a mean below 1, otherwise as its unit has them."""
    samen = c.waarde(*meting.sleutel, team=ALLE)
    return 2 if meting.ind.eenheid == "gemiddelde" and abs(samen or 0) < 1 else None


def _value(c: Cijfers, meting: Meting, cijfer: Cijfer, teken: str = "") -> Cel | str:
    """A figure as a cell: with its sign, and its n between brackets where it has one."""
    if is_missing(cijfer.waarde):
        return LEEG
    tekst = teken + getal(cijfer.waarde, meting.ind.eenheid, _decimals(c, meting))
    if meting.ind.eenheid not in MET_BASIS:
        return tekst
    return Cel(f"{tekst} ({getal(cijfer.noemer)})", small(c, cijfer.noemer))


def _bounds(c: Cijfers, meting: Meting, onder: float | None, boven: float | None) -> str:
    """An interval as a cell; of a difference between shares in procentpunten, as the column says."""
    return interval(onder, boven, meting.ind.eenheid, _decimals(c, meting))


def _difference(c: Cijfers, meting: Meting, v: Verschil | None) -> list[str]:
    """A difference, its interval and the verdict, as three cells."""
    if v is None:
        return [LEEG, LEEG, TE_WEINIG]
    grenzen = _bounds(c, meting, v.onder, v.boven).replace("%", "")
    return [verschil(v.nu.waarde, v.toen.waarde, v.eenheid, _decimals(c, meting)), grenzen,
            " ".join(filter(None, (_sign(v), v.oordeel)))]


def _sign(v: Verschil | None) -> str:
    """▲ or ▼ for a difference that is more than chance."""
    return "" if v is None or not v.meer_dan_toeval else "▲" if v.verschil > 0 else "▼"


def _tally(verschillen: Sequence[Verschil | None]) -> list[str]:
    """How many comparisons were made, and how many signs chance alone would have set."""
    gedaan = [v for v in verschillen if v is not None and v.oordeel]
    if not gedaan:
        return []
    aantal, tekens = len(gedaan), sum(v.meer_dan_toeval for v in gedaan)
    toeval = f"ongeveer {getal(aantal * TOEVAL)}" if aantal * TOEVAL >= 1 else "minder dan 1"
    return [f"Hier {'is 1 vergelijking' if aantal == 1 else f'zijn {getal(aantal)} vergelijkingen'} gemaakt. Was er "
            f"alleen toeval, dan kreeg 5% daarvan een teken: {toeval}. Het {werkwoord(tekens, 'is', 'zijn')} er "
            f"{getal(tekens)}. "
            "Veel cijfers hangen bovendien samen: één teken op zichzelf zegt weinig."]


VERSCHIL = (Kolom("Verschil", INTERVAL), Kolom("95%-interval ervan", INTERVAL), Kolom("Oordeel", TEKST))
PROCENTPUNTEN = "Het verschil van twee percentages is in procentpunten."


@onderdeel("Teams naast elkaar: aandelen en gemiddelden")
def teams_naast_elkaar(c: Cijfers) -> Onderdeel:
    """A row per share and mean, a column per team; a sign where a team differs from the rest by more than chance."""
    gekozen = metingen(c, MET_BASIS, per_team=True)
    if leeg := one_team(c) or _no_figures(c, gekozen, "aandelen of gemiddelden"):
        return Onderdeel("", leeg=leeg)
    tegen = {(m, team): against_rest(c, *m.sleutel, team=team) for m in gekozen for team in teams_naast(c)}
    titel = f"Aandelen en gemiddelden {'per team' if c.team == ALLE else f'van {team_naam(c, c.team)} en de rest'}, {c.jaar}"
    if c.team == ALLE:
        kolommen = [Kolom(kop, SAMEN) for kop in (*map(leesbaar, teams_naast(c)), "Hele organisatie")]

        def rij(m: Meting) -> list[Rij]:
            return [Rij(m.naam, [*[_value(c, m, c.get(*m.sleutel, team=t), _sign(tegen[m, t])) for t in teams_naast(c)],
                                 _value(c, m, c.get(*m.sleutel))])]
    else:
        kolommen = [Kolom("Dit team", SAMEN), Kolom("De rest", SAMEN), *VERSCHIL]

        def rij(m: Meting) -> list[Rij]:
            rest = rest_of(c, *m.sleutel) or NIETS
            return [Rij(m.naam, [_value(c, m, c.get(*m.sleutel)), _value(c, m, rest),
                                 *_difference(c, m, tegen[m, c.team])])]

    tabel = small_note(c, Tabel(titel, "", kolommen, _rows(c, gekozen, rij, len(kolommen))), "waarnemingen")
    noten = [f"{TEKENS} bij de andere teams samen, en meer dan door toeval.",
             *([PROCENTPUNTEN] if c.team != ALLE else []), *_tally(list(tegen.values())),
             *_elsewhere(c, MET_BASIS, gekozen), *_no_rates(c)]
    return Onderdeel(titel, tabel, _basis(c, gekozen), noten=noten)


def _no_figures(c: Cijfers, gekozen: Sequence[Meting], wat: str) -> str:
    return "" if gekozen else f"In {opsomming(map(str, c.jaren))} zijn er geen {wat} om te vergelijken."


def _basis(c: Cijfers, gekozen: Sequence[Meting]) -> str:
    n = " van aandelen en gemiddelden" if any(m.ind.eenheid not in MET_BASIS for m in gekozen) else ""
    haakjes = f"; tussen haakjes staat de n{n}" if any(m.ind.eenheid in MET_BASIS for m in gekozen) else ""
    return f"{telling(len(gekozen), 'cijfer', 'cijfers')} over {c.jaar}{haakjes}"


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
    """A panel per figure with a dot and its interval per team; in the table each team against the rest."""
    gekozen = [m for m in metingen(c, (eenheid,), per_team=True) if c.get(*m.sleutel, team=ALLE).noemer]
    if leeg := one_team(c) or _no_figures(c, gekozen, wat):
        return Onderdeel("", leeg=leeg)
    titel = f"{kop} {'per team' if c.team == ALLE else f'van {team_naam(c, c.team)} en de rest'}, {c.jaar}"
    tegen = {(m, team): against_rest(c, *m.sleutel, team=team) for m in gekozen for team in teams_naast(c)}
    kolommen = [Kolom("Cijfer (n)", SAMEN), Kolom("95%-interval", INTERVAL), *VERSCHIL]

    def rij(m: Meting) -> list[Rij]:
        rijen = [Rij(m.naam, [""] * 5, nadruk=True)]
        for team in teams_naast(c):
            cijfer = c.get(*m.sleutel, team=team)
            rijen.append(Rij(hoofdletter(team_naam(c, team)), [
                _value(c, m, cijfer), _bounds(c, m, cijfer.ondergrens, cijfer.bovengrens),
                *_difference(c, m, tegen[m, team])]))
        rest = [] if c.team == ALLE else [("De rest", rest_of(c, *m.sleutel) or NIETS)]
        for naam, cijfer in [*rest, ("Hele organisatie", c.get(*m.sleutel, team=ALLE))]:
            grenzen = _bounds(c, m, cijfer.ondergrens, cijfer.bovengrens)
            rijen.append(Rij(naam, [_value(c, m, cijfer), grenzen, "", "", ""]))
        return rijen

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.panelen import Puntpaneel, puntpanelen

        return puntpanelen([Puntpaneel(m.naam, _dots(c, m, tegen, schaal), eenheid, c.waarde(*m.sleutel, team=ALLE),
                                       "hele organisatie", _decimals(c, m)) for m in gekozen], maat)

    noemers = [c.get(*m.sleutel, team=team).noemer for m in gekozen for team in teams_naast(c)]
    tabel = Tabel(titel, "", kolommen, [r for m in gekozen for r in rij(m)], [PROCENTPUNTEN])
    noten = [f"De streep is de hele organisatie. {TEKENS} bij de andere teams samen, en meer dan door toeval. "
             "Elke grafiek heeft een eigen schaal.", *interval_notes(c, noemers, "waarnemingen"),
             *_tally(list(tegen.values()))]
    return Onderdeel(titel, small_note(c, tabel, "waarnemingen"), _basis(c, gekozen), teken, _panels_alt(c, gekozen, tegen),
                     noten)


def _dots(c: Cijfers, m: Meting, tegen: dict, schaal: tuple[float, float] | None) -> list[Punt]:
    """A dot per team; in the report of one team that team and the rest."""
    from kopanalyse.report.figures import Punt

    punten = [(leesbaar(team), c.get(*m.sleutel, team=team), _sign(tegen[m, team])) for team in teams_naast(c)]
    if c.team != ALLE:
        punten.append(("De rest", rest_of(c, *m.sleutel) or NIETS, ""))
    return [Punt(naam, cijfer.waarde, *within(cijfer, schaal), klein=small(c, cijfer.noemer), teken=teken,
                 n=cijfer.noemer)
            for naam, cijfer, teken in punten if not is_missing(cijfer.waarde)]


def _panels_alt(c: Cijfers, gekozen: Sequence[Meting], tegen: dict) -> str:
    """Which teams stand out, and where; of the other figures only how many there are."""
    delen = []
    for m in gekozen:
        wie = {team: _sign(tegen[m, team]) for team in teams_naast(c)}
        opvallend = [f"{leesbaar(team)} {'hoger' if teken == '▲' else 'lager'} ("
                     f"{getal(c.waarde(*m.sleutel, team=team), m.ind.eenheid, _decimals(c, m))})"
                     for team, teken in wie.items() if teken]
        samen = getal(c.waarde(*m.sleutel, team=ALLE), m.ind.eenheid, _decimals(c, m))
        delen += [f"{m.naam}, hele organisatie {samen}: {opsomming(opvallend)}"] if opvallend else []
    return (f"Een grafiek voor elk van {len(gekozen)} cijfers, met een punt en 95%-interval per team. "
            f"Meer dan toeval anders dan de rest: {'; '.join(delen) or 'geen enkel team'}.")


@onderdeel("Teams naast elkaar: aantallen")
def teams_aantallen(c: Cijfers) -> Onderdeel:
    """A row per count, a column per team with this year and the change; for one team its share of the whole."""
    gekozen = metingen(c, AANTALLEN, per_team=True)
    if leeg := one_team(c) or _no_figures(c, gekozen, "aantallen"):
        return Onderdeel("", leeg=leeg)
    wie = [*teams_naast(c), ALLE]
    verschillen = {(m, team): change(c, *m.sleutel, team=team) for m in gekozen for team in wie[:-1] if c.vorig}

    def waarde(m: Meting, team: str) -> str:
        nu = _value(c, m, c.get(*m.sleutel, team=team))
        if (m, team) not in verschillen:
            return nu
        v = verschillen[m, team]
        return f"{nu} ({_sign(v)}{verschil(v.nu.waarde, v.toen.waarde, v.eenheid) if v else LEEG})"

    def aandeel(m: Meting) -> list[str]:
        deel, geheel = (c.waarde(*m.sleutel, team=team) for team in (c.team, ALLE))
        return [] if c.team == ALLE else [getal(deel / geheel if geheel else None, "aandeel")]

    kolommen = [Kolom(kop, SAMEN) for kop in (*map(leesbaar, wie[:-1]), "Hele organisatie")]
    kolommen += [] if c.team == ALLE else [Kolom("Aandeel van dit team", INTERVAL)]
    titel = f"Aantallen {'per team' if c.team == ALLE else f'van {team_naam(c, c.team)}'}, {c.jaar}"
    rijen = _rows(c, gekozen, lambda m: [Rij(m.naam, [*[waarde(m, team) for team in wie], *aandeel(m)])], len(kolommen))
    waar = "in het rapport van het team" if c.team == ALLE else "hieronder, bij de jaren naast elkaar"
    noten = [*([f"Tussen haakjes staat het verschil met {c.vorig}: {TEKENS} toen, en meer dan door toeval; {LEEG} te "
                f"weinig om te vergelijken. Het interval van elk verschil staat {waar}."] if c.vorig else []),
             "Een groot team heeft vanzelf hogere aantallen: vergelijk hier een team met zichzelf, niet met een ander.",
             *_tally(list(verschillen.values())),
             *_elsewhere(c, AANTALLEN, gekozen)]
    return Onderdeel(titel, Tabel(titel, "", kolommen, rijen), _basis(c, gekozen), noten=noten)


@onderdeel("Jaren naast elkaar")
def jaren_naast_elkaar(c: Cijfers) -> Onderdeel:
    """A row per figure of any kind: last year, this year, the difference with its interval, and the verdict."""
    if c.vorig is None:
        return Onderdeel("", leeg=f"Over {c.jaar - 1} zijn er geen cijfers: er is geen jaar om {c.jaar} naast te zetten.")
    eenheden = (*AANTALLEN, *MET_BASIS, "per_1000")
    gekozen = metingen(c, eenheden)
    if leeg := _no_figures(c, gekozen, "cijfers"):
        return Onderdeel("", leeg=leeg)
    verschillen = {m: change(c, *m.sleutel) for m in gekozen}
    kolommen = [*[Kolom(str(jaar), SAMEN) for jaar in c.jaren], *VERSCHIL]
    titel = f"{c.jaar} naast {c.vorig}: {team_naam(c, c.team)}"
    tabel = Tabel(titel, "", kolommen, _rows(c, gekozen, lambda m: [Rij(m.naam, [
        *[_value(c, m, c.get(*m.sleutel, periode=jaar)) for jaar in c.jaren], *_difference(c, m, verschillen[m])])], 5))
    noten = [f"{TEKENS} in {c.vorig}, en meer dan door toeval. {PROCENTPUNTEN}",
             "Ook een aantal schommelt: kwam een jaar nog eens, dan meldden zich niet precies evenveel mensen. Dat toeval "
             "is hier meegerekend; een andere manier van registreren niet.",
             *_tally(list(verschillen.values())), *_elsewhere(c, eenheden, gekozen)]
    return Onderdeel(titel, small_note(c, tabel, "waarnemingen"), _basis(c, gekozen), noten=noten)
