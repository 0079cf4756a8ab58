"""The long table: its columns, its periods, what is worked out per row, and the files that it is kept in."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse import statistics
from kopanalyse.excel import frame_workbook
from kopanalyse.indicators.grouping import CLUSTERSOMMEN
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.periode import Periode, Soort

PARQUET, CSV, WERKBOEK = "cijfers.parquet", "cijfers.csv", "cijfers.xlsx"
KOLOMMEN = (
    "organisatie",
    "indicator",
    "periode",
    "jaar",
    "kwartaal",
    "team",
    "categorie",
    "subcategorie",
    "eenheid",
    "teller",
    "noemer",
    "waarde",
    "n_personen",
    "ondergrens",
    "bovengrens",
    "dekking",
)
UITLEG = {
    "organisatie": "van wie het cijfer is",
    "indicator": "wat er geteld is: de naam waaronder het in het handboek staat",
    "periode": "een verslagjaar (2019) of een kwartaal ervan (2019-K1)",
    "jaar": "het verslagjaar",
    "kwartaal": "1 tot en met 4; leeg bij een heel jaar",
    "team": "een team, of alle: de hele organisatie",
    "categorie": "waarin het cijfer is uitgesplitst; totaal: alles samen",
    "subcategorie": "een tweede uitsplitsing, waar die er is",
    "eenheid": "aantal, aandeel (van 0 tot 1), gemiddelde, uren of per 1.000 inwoners",
    "teller": "wat er geteld is",
    "noemer": "waarvan, bij een aandeel of gemiddelde",
    "waarde": "het cijfer zelf",
    "n_personen": "over hoeveel personen het gaat",
    "ondergrens": "van het 95%-interval, waar er een is",
    "bovengrens": "van het 95%-interval, waar er een is",
    "dekking": "of er over de hele periode geregistreerd is",
}  # what each column is, for who opens the table in Excel


def periods(jaren: Sequence[Periode]) -> pd.DataFrame:
    """The periods and their quarters: periode (``2019``, ``2019-K3``), jaar, kwartaal, begin and eind (included)."""
    return _rows(
        (str(p), p.jaar, p.nummer if p.soort is Soort.KWARTAAL else None, p.begin, p.eind)
        for jaar in jaren
        for p in (jaar, *jaar.kwartalen)
    )


def months(jaren: Sequence[Periode]) -> pd.DataFrame:
    """The months of the periods, with the columns of ``periods``: periode is ``2019-01``, kwartaal is empty."""
    eerste = [
        (jaar.begin.year + maand // 12, maand % 12 + 1)
        for jaar in jaren
        for maand in range(jaar.begin.month - 1, jaar.begin.month - 1 + jaar.maanden)
    ]
    return _rows(
        (f"{jaar}-{maand:02}", jaar, None, date(jaar, maand, 1), date(jaar, maand, monthrange(jaar, maand)[1]))
        for jaar, maand in eerste
    )


def parts(jaren: Sequence[Periode], laatste_dag: date) -> pd.DataFrame:
    """The whole quarters up to ``laatste_dag`` of a year that it falls in, and the same of the year before.

    With the columns of ``periods``: periode is ``2026-tm-K3``, kwartaal is empty. No rows where no quarter is whole, or
    where the year ends with that day.
    """
    heel = sum(k.eind <= laatste_dag for jaar in jaren if jaar.contains(laatste_dag) for k in jaar.kwartalen)
    if heel not in (1, 2, 3):
        return _rows(())
    deel = Periode(laatste_dag.year, Soort.TOT_EN_MET, heel)
    return _rows((str(p), p.jaar, None, p.begin, p.eind) for p in (deel.zelfde_vorig_jaar, deel))


def _rows(rijen: Iterable[tuple[str, int, int | None, date, date]]) -> pd.DataFrame:
    """Rows of periods, as the rules and the long table know them."""
    perioden = pd.DataFrame(list(rijen), columns=["periode", "jaar", "kwartaal", "begin", "eind"])
    return perioden.astype({"kwartaal": "Int64"})


def spread(geteld: pd.Series, plaatsen: list[int], lengte: int) -> np.ndarray:
    """What was counted, each at its place in the grid of ``lengte`` rows, and 0 where nothing was."""
    waarden = np.zeros(lengte)
    waarden[plaatsen] = geteld
    return waarden


def with_values(ind: Indicator, cijfers: pd.DataFrame) -> pd.DataFrame:
    """``waarde`` and the bounds, by the kind of figure; a figure without a base stays empty."""
    teller, noemer = cijfers.teller.to_numpy(), cijfers.noemer.to_numpy()
    leeg = np.full(len(cijfers), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient = np.where(noemer > 0, teller / noemer, np.nan)
    if ind.cluster:
        van = statistics.wilson_clustered if ind.soort == "aandeel" else statistics.student_clustered
        waarde, (onder, boven) = (
            quotient,
            van(teller, noemer, statistics.Clusters(*(cijfers[kolom].to_numpy() for kolom in CLUSTERSOMMEN))),
        )
    elif ind.soort == "aandeel":
        waarde, (onder, boven) = quotient, statistics.wilson(teller, noemer)
    elif ind.soort == "gemiddelde":
        waarde, (onder, boven) = quotient, statistics.student(teller, cijfers.kwadraten.to_numpy(), noemer)
    elif ind.soort == "per_1000":
        schaal = np.where(noemer > 0, 1000 / np.where(noemer > 0, noemer, 1), np.nan)
        waarde, (onder, boven) = quotient * 1000, (grens * schaal for grens in statistics.garwood(teller))
    else:
        waarde, noemer, onder, boven = teller, leeg, leeg, leeg
    return cijfers.assign(
        noemer=noemer, waarde=waarde, n_personen=cijfers.n_personen.astype("int64"), ondergrens=onder, bovengrens=boven
    )


def empty() -> pd.DataFrame:
    """A long table without a row, with its columns and their types; ``organisatie`` comes later."""
    soorten = {"jaar": "int64", "kwartaal": "Int64", "n_personen": "int64"} | dict.fromkeys(
        ("teller", "noemer", "waarde", "ondergrens", "bovengrens"), "float64"
    )
    return pd.DataFrame({kolom: pd.Series(dtype=soorten.get(kolom, "str")) for kolom in KOLOMMEN[1:]})


def write(cijfers: pd.DataFrame, map_: Path, merken: Mapping[str, str]) -> None:
    """Write all forms in the folder ``map_``: for programs, for anybody, and for a Dutch Excel, which reads no CSV
    with points in its numbers.

    The Parquet file remembers by which settings it was computed, on which day, and on which day was checked what it
    was computed from (``merken``).
    """
    tabel = pa.Table.from_pandas(cijfers, preserve_index=False)
    tabel = tabel.replace_schema_metadata({**tabel.schema.metadata, **merken})
    als_tekst = cijfers.astype(object)
    for kolom in ("teller", "noemer", "waarde", "ondergrens", "bovengrens"):
        als_tekst[kolom] = [_number(getal) for getal in cijfers[kolom]]
    pq.write_table(tabel, map_ / PARQUET)
    als_tekst.to_csv(map_ / CSV, index=False, lineterminator="\n")
    wie = {"title": "Cijfers", "creator": "", "language": "nl-NL"}
    (map_ / WERKBOEK).write_bytes(frame_workbook(cijfers, "cijfers", UITLEG, wie))


def _number(getal: float) -> str:
    """Shortest text that reads back as the same number; empty for a missing one."""
    if np.isnan(getal):
        return ""
    return str(int(getal)) if getal == int(getal) else repr(float(getal))
