"""Parts for what is not the package's own: an indicator that others declared, and frames that an analyst made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas

from kopanalyse.errors import UserError, suggestion
from kopanalyse.raw.schema import TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.values import Paneel, Reeks, Staaf
from kopanalyse.report.cijfers.compare import MET_BASIS
from kopanalyse.report.dutch import DECIMALEN, hoofdletter, in_zin, is_missing
from kopanalyse.report.parts.catalogue import Declaratie
from kopanalyse.report.parts.forms import Regel, counts_by_year, estimates
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import series_words
from kopanalyse.report.parts.table import TEKST, Kolom, Rij, Tabel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.report.charts.style import Maat
    from kopanalyse.report.cijfers.view import Cijfers

VORMEN = ("staven", "lijnen")


def part_of(ind: Indicator) -> Declaratie:
    """The part that shows ``ind`` by its categories, where no chapter has a part of its own for it."""
    return Declaratie(ind.naam, ind.titel, partial(_by_category, ind), (ind.naam,), False, False)


def _by_category(ind: Indicator, c: Cijfers) -> Onderdeel:
    """Counts as bars, shares and means as estimates with their interval; last year's beside them."""
    namen = c.niet_leeg(ind.naam, [n for n in c.categorieen(ind.naam) if n != TOTAAL])
    if ind.eenheid in MET_BASIS:
        regels = [Regel(hoofdletter(c.settings.tekst(n)), ind.naam, n) for n in namen]
        regels.append(Regel("Totaal", ind.naam, TOTAAL, samen=bool(regels)))
        return estimates(c, regels, ind.titel, "", ind.eenheid, "records", ind.eenheid)
    if not namen and c.heeft(ind.naam):
        namen = [TOTAAL]
    return counts_by_year(
        c,
        ind.naam,
        namen,
        ind.titel,
        "",
        in_zin(ind.titel),
        totaal=namen != [TOTAAL],
        eenheid="uren" if ind.eenheid == "uren" else "aantal",
    )


def shown(
    frame: pandas.DataFrame,
    titel: str,
    *,
    n: float | None = None,
    wat: str = "records",
    eenheid: str = "aantal",
    noten: tuple[str, ...] = (),
) -> Onderdeel:
    """A frame as a table of the house: its index heads the rows. ``n`` is how many ``wat`` stand behind it."""
    rijen = [Rij(str(kop), [_value(waarde) for waarde in waarden]) for kop, *waarden in frame.itertuples(name=None)]
    tabel = Tabel(
        titel, str(frame.index.name or ""), [_column(frame[naam], str(naam), eenheid) for naam in frame], rijen
    )
    return Onderdeel(titel, tabel, "" if n is None else f"n = {n:,.0f} {wat}".replace(",", "."), noten=noten)


def drawn(
    frame: pandas.DataFrame,
    titel: str,
    *,
    vorm: str = "staven",
    eenheid: str = "aantal",
    n: float | None = None,
    wat: str = "records",
    noten: tuple[str, ...] = (),
) -> Onderdeel:
    """A frame of numbers as a figure of the house, with the same numbers in a table and in words.

    ``staven``: a bar per row, of the first column. ``lijnen``: a line per column over the rows. Raises ``UserError``
    (Dutch) for another ``vorm``, an unknown ``eenheid``, or a column that holds no numbers.
    """
    for naam, waarde, mogelijk in (("vorm", vorm, VORMEN), ("eenheid", eenheid, tuple(DECIMALEN))):
        if waarde not in mogelijk:
            raise UserError(
                f"{titel}: {naam} = {waarde!r} kan niet.{suggestion(waarde, mogelijk)} Mogelijk zijn: "
                f"{', '.join(mogelijk)}."
            )
    teksten = [str(naam) for naam in frame if not pandas.api.types.is_numeric_dtype(frame[naam])]
    if teksten or frame.empty:
        raise UserError(
            f"{titel}: "
            + (f"de kolom {teksten[0]} bevat geen getallen." if teksten else "er zijn geen rijen om te tekenen.")
        )
    labels = [str(kop) for kop in frame.index]

    def teken(maat: Maat) -> Figure:
        if vorm == "staven":
            eerste = frame.iloc[:, 0]
            return charts.staven([Staaf(kop, _value(w)) for kop, w in zip(labels, eerste)], maat, eenheid, None)
        reeksen = [Reeks(str(naam), [_value(w) for w in frame[naam]]) for naam in frame]
        return charts.lijnen([Paneel(reeks.naam, labels, [reeks], eenheid) for reeks in reeksen], maat)

    woorden = "; ".join(
        f"{naam}: {series_words(dict(zip(labels, map(_value, frame[naam]))), eenheid)}" for naam in frame
    )
    deel = shown(frame, titel, n=n, wat=wat, eenheid=eenheid, noten=noten)
    return Onderdeel(
        titel,
        deel.tabel,
        deel.grondslag,
        teken,
        f"{'Staafdiagram' if vorm == 'staven' else 'Lijndiagram'}. {woorden}.",
        noten,
    )


def _column(waarden: pandas.Series, naam: str, eenheid: str) -> Kolom:
    return Kolom(naam, eenheid if pandas.api.types.is_numeric_dtype(waarden) else TEKST)


def _value(waarde: Any) -> float | str | None:
    if isinstance(waarde, str):
        return waarde
    return None if is_missing(waarde) else float(waarde) if pandas.api.types.is_number(waarde) else str(waarde)
