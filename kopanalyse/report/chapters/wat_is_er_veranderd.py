"""Parts of chapter "Wat is er veranderd": every figure of a year against that of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kopanalyse.raw.schema import ALLE
from kopanalyse.report import charts
from kopanalyse.report.charts.values import Punt
from kopanalyse.report.cijfers.compare import GESTOPT, NIEUW, TE_WEINIG, TE_ZELDZAAM, Verschil, change, hindrance
from kopanalyse.report.cijfers.view import Cijfers, small
from kopanalyse.report.dutch import Maybe, hoofdletter, leesbaar, opsomming, telling, uitgesproken, verschil, werkwoord
from kopanalyse.report.parts.catalogue import Hoofdstuk, onderdeel
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import small_note, team_kop, team_naam
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
    counts_so_far,
    difference_cells,
    elsewhere,
    metingen,
    no_figures,
    none_of,
    rows_by_chapter,
    same_part_note,
    shares_and_means,
    sign,
    tested,
    value_cell,
    why_not,
    without_doubles,
    year_cells,
)
from kopanalyse.report.parts.table import SAMEN, Kolom, Rij, Tabel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat

HOOFDSTUK = Hoofdstuk("wat_is_er_veranderd", paragrafen=("jaren",))

MEESTE_REGELS = 20  # of the counts that changed; the rest stand in the table
MEESTE_NAMEN = 5  # of what is not compared; of more it says how many
OOK_IN_TABEL = ("", TE_WEINIG, TE_ZELDZAAM)  # what no note repeats
Verschillen = Mapping[Meting, Verschil | None]


@onderdeel("Veranderde aantallen", naast_vorig=True)
def veranderde_aantallen(c: Cijfers) -> Onderdeel:
    """The counts that changed most, as a percentage of what they were: facts, and no more."""
    alle = _changes(c, AANTALLEN)
    verschillen = {
        m: v
        for m, v in alle.items()
        if v
        and not small(c, v.toen.teller)
        and v.nu.teller
        and verschil(v.nu.waarde, v.toen.waarde, v.eenheid)[0] in "+−"
    }
    nieuw, gestopt = ([m for m, v in alle.items() if v and v.nieuw_of_gestopt == wat] for wat in (NIEUW, GESTOPT))
    erbij = [
        f"{kop}: {opsomming(uitgesproken(m.naam) for m in namen[:MEESTE_REGELS])}."
        for kop, namen in (
            (f"Nieuw, in {c.toen} nog niet geteld", nieuw),
            (f"Gestopt, in {c.nu} niet meer geteld", gestopt),
        )
        if namen
    ]
    if not verschillen:
        return Onderdeel("", leeg=_no_percentages(c, alle, erbij))
    grootste = sorted(verschillen, key=lambda m: -abs(_ratio(verschillen[m])))[:MEESTE_REGELS]
    noten = [
        f"In procenten van {c.toen}, waar dat er minstens {c.settings.drempels.klein_aantal} waren. Een aantal is "
        "een feit: er staat hoeveel het er meer of minder zijn, niet waardoor.",
        *same_part_note(c, list(verschillen)),
        *_left_out(c, alle),
    ]
    if len(grootste) < len(verschillen):
        noten.append(
            f"Hier staan de {len(grootste)} grootste van de {len(verschillen)} verschillen; de rest staat in de "
            "tabel Jaren naast elkaar."
        )
    return _differences(
        c,
        {m: verschillen[m] for m in grootste},
        f"Aantallen in {c.nu} tegenover {c.toen}",
        noten,
        in_procenten=True,
        erbij=erbij,
    )


def _no_percentages(c: Cijfers, alle: Verschillen, erbij: Sequence[str]) -> str:
    """Why no count changed by a percentage, without a word on those that cannot be put in one."""
    welk = "getoond aantal" if c.openbaar else "aantal"
    klein = f"Geen enkel {welk} was in {c.toen} minstens {c.settings.drempels.klein_aantal} en is in {c.nu} anders."
    redenen = list(dict.fromkeys(waarom for m in alle if (waarom := hindrance(c, *m.sleutel)) not in OOK_IN_TABEL))
    if c.team != ALLE and c.vorig and not c.existed(c.team, c.vorig):
        return f"{team_kop(c, c.team)} telde in {c.toen} nog niets: het is nieuw en er is niets om mee te vergelijken."
    if redenen and not any(alle.values()):
        return f"Geen vergelijking van aantallen: {'; '.join(redenen)}."
    return " ".join([klein, *erbij])


@onderdeel("Veranderde aandelen", naast_vorig=True)
def veranderde_aandelen(c: Cijfers) -> Onderdeel:
    """Every share that can be compared, with its difference in procentpunten."""
    alle = _changes(c, ("aandeel",))
    verschillen = {m: v for m, v in alle.items() if v and v.kans is not None}
    if not verschillen:
        return Onderdeel("", leeg=f"Er zijn geen aandelen die met {c.toen} te vergelijken zijn.")
    noten = [
        "In procentpunten. De lijn is het 95%-interval van het verschil.",
        *beside_zero(verschillen.values()),
        *counts_so_far(verschillen),
        *_left_out(c, alle),
    ]
    return _differences(c, verschillen, f"Aandelen in {c.nu} tegenover {c.toen}", noten, in_procenten=False)


def _left_out(c: Cijfers, alle: Verschillen) -> list[str]:
    """What is not compared although it counts, by the reason why."""
    redenen: dict[str, list[str]] = {}
    for m in alle:
        waarom = hindrance(c, *m.sleutel)
        if waarom not in OOK_IN_TABEL:
            redenen.setdefault(waarom, []).append(uitgesproken(m.naam))
    return [
        f"Niet vergeleken: {opsomming(namen) if len(namen) <= MEESTE_NAMEN else f'{len(namen)} cijfers'} ({waarom})."
        for waarom, namen in redenen.items()
    ]


def _ratio(v: Verschil) -> float:
    """A difference as a part of what the figure was."""
    return v.verschil / v.toen.waarde


def _differences(
    c: Cijfers,
    verschillen: dict[Meting, Verschil],
    titel: str,
    noten: Sequence[str],
    *,
    in_procenten: bool,
    erbij: Sequence[str] = (),
) -> Onderdeel:
    """A row per difference, from the highest to the lowest: a dot, of a share on the line of its interval.

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
        def deel(m: Meting, waarde: Maybe) -> Maybe:
            return None if waarde is None else waarde / geheel[m]

        return charts.punten(
            [
                Punt(
                    m.naam, deel(m, v.verschil), deel(m, v.onder), deel(m, v.boven), teken=sign(v), label=hoeveel(m, "")
                )
                for m, v in ((m, verschillen[m]) for m in volgorde)
            ],
            maat,
            "aandeel",
            decimalen=0,
            schaal=(min(0, *grenzen), max(0, *grenzen)),
        )

    grenzen = [
        grens / geheel[m]
        for m, v in verschillen.items()
        for grens in (v.verschil, v.onder, v.boven)
        if grens is not None
    ]
    stijgt, daalt = (
        [m for m in volgorde if teken(verschillen[m])]
        for teken in (
            lambda v: v.verschil > 0 and (in_procenten or v.zeker),
            lambda v: v.verschil < 0 and (in_procenten or v.zeker),
        )
    )
    alt = (
        f"Een punt {'' if in_procenten else 'met 95%-interval '}per cijfer, van {hoeveel(volgorde[0])} "
        f"({leesbaar(volgorde[0].naam)}) tot {hoeveel(volgorde[-1])} ({leesbaar(volgorde[-1].naam)})."
    )
    duiding = [
        f"{kop}: {uitgesproken(m.naam)} ({_from_to(c, m, verschillen[m])}; {hoeveel(m)})."
        for kop, namen in (("Het meest gestegen", stijgt), ("Het meest gedaald", daalt[::-1]))
        for m in namen[:1]
    ]
    if not duiding:
        duiding = [
            f"{none_of(len(volgorde), 'aandeel', 'aandelen')} meer van {c.toen} dan bij zoveel vergelijkingen "
            "te verwachten is."
        ]
    duiding += erbij
    return Onderdeel(
        titel,
        _table(c, titel, volgorde, verschillen, per_hoofdstuk=False),
        basis(c, volgorde),
        teken,
        alt,
        noten,
        duiding=duiding,
    )


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
    dubbel, gekozen = len(gekozen) > len(verschillen), list(verschillen)
    titel = f"{c.periode} naast {c.vorig}: {team_naam(c, c.team)}"
    tabel = _table(c, titel, gekozen, verschillen, per_hoofdstuk=True)
    noten = [
        f"{TEKENS} in {c.toen}, alleen bij aandelen en gemiddelden. {PROCENTPUNTEN}",
        *_left_out(c, verschillen),
        *same_part_note(c, gekozen),
        *([ALLEEN_EEN_KEER] if dubbel else []),
        *beside_zero(verschillen.values()),
        *counts_so_far(gekozen),
        "Van aantallen staat er alleen hoeveel het er meer of minder zijn.",
        *elsewhere(c, eenheden, per_team=False),
    ]
    return Onderdeel(titel, tabel, basis(c, gekozen), noten=noten, duiding=[_years_apart(c, verschillen)])


def _changes(c: Cijfers, eenheden: Sequence[str]) -> Verschillen:
    return {m: change(c, *m.sleutel) for m in without_doubles(c, metingen(c, eenheden), [c.team])}


def _table(
    c: Cijfers, titel: str, gekozen: Sequence[Meting], verschillen: Verschillen, *, per_hoofdstuk: bool
) -> Tabel:
    """A row per figure: the earlier year, this one, the difference with its interval, and the verdict."""
    feiten = not any(m.ind.eenheid in MET_BASIS for m in gekozen)  # of a count there is nothing but the difference
    apart = VERSCHIL[:1] if feiten else VERSCHIL
    kolommen = [*[Kolom(str(jaar), SAMEN) for jaar in c.jaren], *apart]

    def rij(m: Meting) -> list[Rij]:
        return [
            Rij(
                m.naam,
                [
                    *year_cells(c, m, verschillen[m]),
                    *difference_cells(c, m, verschillen[m], why_not(c, m))[: len(apart)],
                ],
            )
        ]

    rijen = rows_by_chapter(c, gekozen, rij, len(kolommen)) if per_hoofdstuk else [r for m in gekozen for r in rij(m)]
    return small_note(c, Tabel(titel, "", kolommen, rijen), "waarnemingen")


def _years_apart(c: Cijfers, verschillen: Verschillen) -> str:
    """How many counts rose and fell, and how many shares and means stand out."""
    alle = [v for v in verschillen.values() if v is not None]
    feiten = [v for v in alle if v.eenheid not in MET_BASIS and not v.nieuw_of_gestopt]
    getoetst = tested(verschillen)
    nieuwe = [(wat, sum(v.nieuw_of_gestopt == wat for v in alle)) for wat in (NIEUW, GESTOPT)]
    meer, minder = (sum((v.verschil > 0) == omhoog for v in feiten if v.verschil) for omhoog in (True, False))
    hoger, lager = ([sign(v) for v in getoetst].count(teken) for teken in "▲▼")
    zinnen = [
        f"Van de {telling(len(feiten), 'aantal', 'aantallen')} {werkwoord(meer, 'is', 'zijn')} er {meer} hoger en "
        f"{minder} lager dan in {c.toen}."
        if feiten
        else "",
        *(f"{hoofdletter(wat)}: {telling(n, 'aantal', 'aantallen')}." for wat, n in nieuwe if n),
        f"Van de {shares_and_means(getoetst)} {werkwoord(hoger + lager, 'verschilt', 'verschillen')} er "
        f"{hoger + lager or 'geen'} meer van {c.toen} dan bij zoveel vergelijkingen te verwachten is."
        if getoetst
        else "",
        f"Niet getoetst: {telling(los, 'cijfer', 'cijfers')}."
        if (los := sum(v.eenheid in MET_BASIS and v.kans is None for v in alle))
        else "",
        f"Niet vergeleken: {telling(klein, 'cijfer', 'cijfers')}."
        if (klein := sum(v is None for v in verschillen.values()))
        else "",
    ]
    return " ".join(filter(None, zinnen))
