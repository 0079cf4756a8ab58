"""A part as an edition shows it: made of shown figures, said so, and silent where nothing is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kopanalyse.report.cijfers.published import MINSTE_BASIS, Gepubliceerd
from kopanalyse.report.dutch import LEEG, getal, hoofdletter, is_missing, opsomming, team_woord
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import NIETS_GEPUBLICEERD
from kopanalyse.report.parts.table import Cel, Rij, Tabel, Woorden
from kopanalyse.report.shown import KLEINE_BASIS, NIET_GETOOND, Getoond, is_hidden

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat

BASIS = re.compile(r"\bn = ≈(?=\d)")
TEKEN = re.compile(r"≈(?=\d)")
VERBORGEN = re.compile(r"(?<![^\s(])·(?![^\s.,;:)*])")  # a hidden figure among the words of a sentence
ZIN = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý‘“])")


def published(deel: Onderdeel, c: Gepubliceerd) -> Onderdeel:
    """The part of an edition: rows and columns without a shown figure are away, sentences that name a hidden one too,
    and what is rounded says so."""
    if deel.leeg == NIETS_GEPUBLICEERD:
        return replace(deel, leeg=f"{deel.titel.rstrip('?')}: {deel.leeg}.")
    if deel.leeg or deel.tabel is None:
        return replace(deel, leeg=about(deel.leeg))
    tabel, weg = _without_hidden(deel.tabel)
    if not any(_numbers(rij) for rij in tabel.rijen):
        return Onderdeel(deel.titel, leeg=f"{deel.titel.rstrip('?')}: deze aantallen worden niet getoond.")
    gezien = [waarde for rij in tabel.rijen for waarde in _numbers(rij)]
    gezien += [waarde for rij in deel.tabel.rijen for waarde in _numbers(rij) if waarde is KLEINE_BASIS]
    noten = [*filter(None, map(about, tabel.noten)), *_table_note(gezien, c), *_names(weg, c)]
    return replace(
        deel,
        tabel=replace(tabel, noten=noten, rijen=[_plain_row(rij) for rij in tabel.rijen]),
        grondslag=about(deel.grondslag),
        teken=_without_signs(deel.teken),
        alt=TEKEN.sub("", VERBORGEN.sub("niet getoond", deel.alt)),
        noten=list(filter(None, map(about, deel.noten))),
        duiding=list(filter(None, map(about, deel.duiding))),
    )


def about(tekst: str) -> str:
    """Sentences without those that name a hidden figure; the first rounded number of each is said to be about that."""
    return " ".join(_sentence(zin) for zin in ZIN.split(tekst) if not VERBORGEN.search(zin))


def _sentence(zin: str) -> str:
    zin = BASIS.sub("n ≈ ", zin)
    eerste = TEKEN.search(zin)
    if eerste and "≈ " not in zin:
        woord = "ongeveer " if eerste.start() else "Ongeveer "
        zin = f"{zin[: eerste.start()]}{woord}{zin[eerste.end() :]}"
    return TEKEN.sub("", zin)


def published_key_figure(kern: Kerncijfer) -> Kerncijfer | None:
    """A key figure of an edition: away when hidden, with ≈ before a rounded one."""
    if VERBORGEN.search(kern.waarde):
        return None
    return replace(
        kern,
        waarde=kern.waarde.replace("≈", "≈\N{NO-BREAK SPACE}"),
        vorig="; ".join(about(deel) for deel in kern.vorig.split("; ") if not VERBORGEN.search(deel)),
        oordeel=about(kern.oordeel),
    )


def _numbers(rij: Rij) -> list[Any]:
    """The figures of a row, hidden ones too; words that are no figures are none."""
    getallen: list[Any] = []
    for waarde in rij.waarden:
        waarde = waarde.waarde if isinstance(waarde, Cel) else waarde
        if isinstance(waarde, Woorden):
            getallen += [d.waarde for d in waarde.delen if not isinstance(d.waarde, str) and d.waarde is not None]
            getallen += [] if waarde.delen or waarde != NIET_GETOOND else [VERBORGEN_GETAL]
        elif not isinstance(waarde, str) and waarde is not None:
            getallen.append(waarde)
        elif waarde == NIET_GETOOND:
            getallen.append(VERBORGEN_GETAL)
    return getallen


VERBORGEN_GETAL = Getoond(float("nan"))


def _only_hidden(getallen: Sequence[Any]) -> bool:
    return any(map(is_hidden, getallen)) and all(map(is_missing, getallen))


def _without_hidden(tabel: Tabel) -> tuple[Tabel, list[str]]:
    """The table without rows and columns of which all is hidden, and the heads of those rows."""
    weg = [rij.kop for rij in tabel.rijen if _only_hidden(_numbers(rij))]
    rijen = _without_empty_heads([rij for rij in tabel.rijen if not _only_hidden(_numbers(rij))])
    blijft = [
        plaats
        for plaats in range(len(tabel.kolommen))
        if not rijen
        or not _only_hidden([g for rij in rijen for g in _numbers(replace(rij, waarden=[rij.waarden[plaats]]))])
    ]
    if not blijft:
        return replace(tabel, rijen=[]), weg
    kolommen = [tabel.kolommen[plaats] for plaats in blijft]
    rijen = [replace(rij, waarden=[rij.waarden[plaats] for plaats in blijft]) for rij in rijen]
    return replace(tabel, kolommen=kolommen, rijen=rijen), weg


def _without_empty_heads(rijen: Sequence[Rij]) -> list[Rij]:
    """The rows without headings that nothing stands under any more."""

    def is_head(rij: Rij) -> bool:
        return all(isinstance(waarde, str) and not waarde for waarde in rij.waarden)

    paren = zip(rijen, [*rijen[1:], None])
    return [rij for rij, volgende in paren if not is_head(rij) or (volgende is not None and not is_head(volgende))]


def _table_note(getallen: Sequence[Any], c: Gepubliceerd) -> list[str]:
    """What the mark for hidden figures means, and that the others are rounded, where a table has such."""
    verborgen = any(is_hidden(getal_) and getal_ is not KLEINE_BASIS for getal_ in getallen)
    afgerond = any(getattr(getal_, "afgerond", False) for getal_ in getallen)
    klein = any(getal_ is KLEINE_BASIS for getal_ in getallen)
    op = {5: "vijftallen", 10: "tientallen"}[c.editie.afronden_op]
    zinnen = []
    if verborgen:
        zinnen.append(
            f"Aantallen onder de {getal(c.editie.drempel)} staan er niet ({NIET_GETOOND}), en soms een groter aantal "
            "waaruit zo'n aantal te berekenen was."
        )
    if afgerond:
        zinnen.append(
            f"{'Andere aantallen' if verborgen else 'Aantallen'} zijn afgerond op {op}; daardoor tellen ze niet altijd "
            "op."
        )
    if klein:
        zinnen.append(
            f"Een aandeel van minder dan {getal(MINSTE_BASIS)} staat er niet ({NIET_GETOOND}): door de afronding "
            "zegt het te weinig."
        )
    return [" ".join(zinnen)] if zinnen else []


def _names(weg: Collection[str], c: Gepubliceerd) -> list[str]:
    """Which rows are away, by those names that are words of a list; of what somebody typed only that it is away."""
    tekst = c.settings.tekst
    bekend = {hoofdletter(tekst(naam)) for naam in (*c.woorden, "totaal", "onbekend")}
    bekend |= {hoofdletter(team_woord(team)) for team in c.teams}
    namen = list(
        dict.fromkeys(naam.removeprefix("– ") for naam in weg if hoofdletter(naam.removeprefix("– ")) in bekend)
    )
    anders = c.verzwegen or any(hoofdletter(naam.removeprefix("– ")) not in bekend for naam in weg)
    if not namen:
        return ["Niet elke rij wordt getoond."] if anders else []
    werkwoord = "zijn onder meer" if anders else "is" if len(namen) == 1 else "zijn"
    return [f"Niet getoond {werkwoord}: {opsomming(namen)}."]


def _plain_row(rij: Rij) -> Rij:
    return replace(rij, waarden=[_plain_cell(waarde) for waarde in rij.waarden])


def _plain_cell(waarde: Any) -> Any:
    """A cell without the signs of rounding: the note under the table says it once."""
    if isinstance(waarde, Cel):
        return replace(waarde, waarde=_plain_cell(waarde.waarde), klein=waarde.klein and not is_missing(waarde.waarde))
    if isinstance(waarde, Woorden):
        return Woorden(TEKEN.sub("", waarde), *waarde.delen)
    return TEKEN.sub("", waarde) if isinstance(waarde, str) and waarde != LEEG else waarde


def _without_signs(teken: Callable[[Maat], Figure] | None) -> Callable[[Maat], Figure] | None:
    """The same drawing, its numbers without the signs of rounding."""
    if teken is None:
        return None

    def tekening(maat: Maat) -> Figure:
        from matplotlib.text import Text

        figuur = teken(maat)
        for tekst in figuur.findobj(Text):
            tekst.set_text(TEKEN.sub("", tekst.get_text()))
        return figuur

    return tekening
