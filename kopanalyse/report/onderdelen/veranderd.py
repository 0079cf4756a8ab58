"""Parts of chapter "Wat is er veranderd": every figure of a year against that of an earlier one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kopanalyse.report.bouwstenen import small, small_note, team_naam
from kopanalyse.report.cijfers import Cijfers
from kopanalyse.report.metingen import (
    AANTALLEN, MET_BASIS, PROCENTPUNTEN, TEKENS, VERSCHIL, Meting, basis, difference_cells, elsewhere, metingen,
    no_figures, rows_by_chapter, sign, tally, value_cell,
)
from kopanalyse.report.onderdeel import Onderdeel, onderdeel
from kopanalyse.report.tables import SAMEN, Kolom, Rij, Tabel
from kopanalyse.report.text import in_zin, leesbaar, telling, verschil, werkwoord
from kopanalyse.report.verschil import Verschil, change

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.huisstijl import Maat

MEESTE_REGELS = 20      # of the counts that changed; the rest stand in the table
Verschillen = dict[Meting, Verschil | None]


@onderdeel("Veranderde aantallen", naast_vorig=True)
def veranderde_aantallen(c: Cijfers) -> Onderdeel:
    """The counts and rates that changed by more than chance, as a percentage of what they were."""
    verschillen = {m: v for m, v in _changes(c, (*AANTALLEN, "per_1000")).items() if v and not small(c, v.toen.teller)}
    zeker = _once({m: v for m, v in verschillen.items() if v.meer_dan_toeval})
    if not zeker:
        return Onderdeel("", leeg=f"Geen enkel aantal verschilt meer van {c.vorig} dan door toeval.")
    grootste = sorted(zeker, key=lambda m: -abs(_ratio(zeker[m])))[:MEESTE_REGELS]
    noten = [f"In procenten van {c.vorig}, waar dat er minstens {c.settings.drempels.klein_aantal} waren. De lijn is het "
             "95%-interval van het verschil.", *tally(list(verschillen.values()))]
    if len(grootste) < len(zeker):
        noten.append(f"Hier staan de {len(grootste)} grootste van de {len(zeker)} verschillen die meer dan toeval zijn.")
    return _differences(c, {m: zeker[m] for m in grootste}, f"Aantallen in {c.jaar} tegenover {c.vorig}", noten,
                        in_procenten=True)


@onderdeel("Veranderde aandelen", naast_vorig=True)
def veranderde_aandelen(c: Cijfers) -> Onderdeel:
    """Every share that can be compared, with its difference in procentpunten."""
    verschillen = {m: v for m, v in _changes(c, ("aandeel",)).items() if v}
    if not verschillen:
        return Onderdeel("", leeg=f"Er zijn geen aandelen die met {c.vorig} te vergelijken zijn.")
    noten = ["In procentpunten. De lijn is het 95%-interval van het verschil.", *tally(list(verschillen.values()))]
    return _differences(c, verschillen, f"Aandelen in {c.jaar} tegenover {c.vorig}", noten, in_procenten=False)


def _once(verschillen: dict[Meting, Verschil]) -> dict[Meting, Verschil]:
    """Counts that were the same in both years are the same count under more than one name: the first stands for all."""
    eerste: dict[tuple, Meting] = {}
    for m, v in verschillen.items():
        eerste.setdefault((m.ind.eenheid, v.toen.waarde, v.nu.waarde), m)
    return {m: verschillen[m] for m in eerste.values()}


def _ratio(v: Verschil) -> float:
    """A difference as a part of what the figure was."""
    return v.verschil / v.toen.waarde


def _differences(c: Cijfers, verschillen: dict[Meting, Verschil], titel: str, noten: Sequence[str], *,
                 in_procenten: bool) -> Onderdeel:
    """A row per difference, from the highest to the lowest: a dot on the line of its interval.

    ``in_procenten`` of what the figure was; otherwise in procentpunten.
    """
    decimalen = 0 if in_procenten else 1
    geheel = {m: v.toen.waarde if in_procenten else 1 for m, v in verschillen.items()}
    volgorde = sorted(verschillen, key=lambda m: -verschillen[m].verschil / geheel[m])

    def hoeveel(m: Meting, maat: str = " procentpunt") -> str:
        v = verschillen[m]
        woord = verschil(v.nu.waarde / geheel[m], v.toen.waarde / geheel[m], "aandeel", decimalen)
        return woord + ("%" if in_procenten else maat)

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import Punt, punten

        return punten([Punt(m.naam, *(w / geheel[m] for w in (v.verschil, v.onder, v.boven)), teken=sign(v),
                            label=hoeveel(m, "")) for m, v in ((m, verschillen[m]) for m in volgorde)],
                      maat, "aandeel", decimalen=0, schaal=(min(0, *grenzen), max(0, *grenzen)))

    grenzen = [grens / geheel[m] for m, v in verschillen.items() for grens in (v.onder, v.boven)]
    hoger, lager = ([m for m in volgorde if sign(verschillen[m]) == wat] for wat in "▲▼")
    alt = (f"Een punt met 95%-interval per cijfer. Hoogste {hoeveel(volgorde[0])} ({leesbaar(volgorde[0].naam)}), "
           f"laagste {hoeveel(volgorde[-1])} ({leesbaar(volgorde[-1].naam)}). Meer dan toeval hoger: {len(hoger)}; "
           f"lager: {len(lager)}.")
    duiding = [f"{kop}: {in_zin(leesbaar(m.naam))} ({_from_to(c, m, verschillen[m])}; {hoeveel(m)})."
               for kop, namen in (("Het meest gestegen", hoger), ("Het meest gedaald", lager[::-1])) for m in namen[:1]]
    if not duiding:
        duiding = [f"Geen enkel verschil met {c.vorig} is meer dan toeval."]
    return Onderdeel(titel, _table(c, titel, volgorde, verschillen, per_hoofdstuk=False), basis(c, volgorde), teken,
                     alt, noten, duiding=duiding)


def _from_to(c: Cijfers, m: Meting, v: Verschil) -> str:
    van, naar = (value_cell(c, m, cijfer) for cijfer in (v.toen, v.nu))
    return f"van {getattr(van, 'waarde', van)} naar {getattr(naar, 'waarde', naar)}"


@onderdeel("Jaren naast elkaar", naast_vorig=True)
def jaren_naast_elkaar(c: Cijfers) -> Onderdeel:
    """A row per figure of any kind: last year, this year, the difference with its interval, and the verdict."""
    eenheden = (*AANTALLEN, *MET_BASIS, "per_1000")
    gekozen = metingen(c, eenheden)
    if leeg := no_figures(c, gekozen, "cijfers"):
        return Onderdeel("", leeg=leeg)
    verschillen = _changes(c, eenheden)
    titel = f"{c.jaar} naast {c.vorig}: {team_naam(c, c.team)}"
    tabel = _table(c, titel, gekozen, verschillen, per_hoofdstuk=True)
    noten = [f"{TEKENS} in {c.vorig}, en meer dan door toeval. {PROCENTPUNTEN}",
             "Ook een aantal schommelt: kwam een jaar nog eens, dan meldden zich niet precies evenveel mensen. Dat "
             "toeval is hier meegerekend; dat iets anders of voor het eerst geregistreerd is, niet.",
             *tally(list(verschillen.values())), *elsewhere(c, eenheden, per_team=False)]
    return Onderdeel(titel, tabel, basis(c, gekozen), noten=noten,
                     duiding=[_years_apart(c, list(verschillen.values()))])


def _changes(c: Cijfers, eenheden: Sequence[str]) -> Verschillen:
    return {m: change(c, *m.sleutel) for m in metingen(c, eenheden)}


def _table(c: Cijfers, titel: str, gekozen: Sequence[Meting], verschillen: Verschillen, *, per_hoofdstuk: bool) -> Tabel:
    """A row per figure: the earlier year, this one, the difference with its interval, and the verdict."""
    kolommen = [*[Kolom(str(jaar), SAMEN) for jaar in c.jaren], *VERSCHIL]

    def rij(m: Meting) -> list[Rij]:
        per_jaar = [value_cell(c, m, c.get(*m.sleutel, periode=jaar)) for jaar in c.jaren]
        return [Rij(m.naam, [*per_jaar, *difference_cells(c, m, verschillen[m])])]

    rijen = rows_by_chapter(c, gekozen, rij, len(kolommen)) if per_hoofdstuk else [r for m in gekozen for r in rij(m)]
    return small_note(c, Tabel(titel, "", kolommen, rijen), "waarnemingen")


def _years_apart(c: Cijfers, verschillen: Sequence[Verschil | None]) -> str:
    """How many figures rose, fell, and may be chance."""
    tekens = [sign(v) for v in verschillen if v is not None and v.oordeel]
    hoger, lager = tekens.count("▲"), tekens.count("▼")
    toeval, klein = len(tekens) - hoger - lager, sum(v is None for v in verschillen)
    zin = (f"Van de {telling(len(tekens), 'vergelijking', 'vergelijkingen')} met {c.vorig} "
           f"{werkwoord(hoger, 'is', 'zijn')} er {hoger or 'geen'} hoger en {lager or 'geen'} lager, meer dan door "
           f"toeval; bij {toeval} kan het verschil toeval zijn.") if tekens else ""
    rest = f"Te weinig om te vergelijken: {telling(klein, 'cijfer', 'cijfers')}." if klein else ""
    return " ".join(filter(None, (zin, rest)))
