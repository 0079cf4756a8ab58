"""What stands in the files beside a report: the long table, the columns of other files, and when they were made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas
import pyarrow.parquet as pq

from kopanalyse.checked.outcome import checked_day

if TYPE_CHECKING:
    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.periode import Periode
    from kopanalyse.settings import Settings


def compute_beside(
    settings: Settings, map_: Path, jaren: Sequence[Periode], indicatoren: Sequence[Indicator]
) -> pandas.DataFrame | None:
    """Rows of indicators that the long table does not have; None where a table that one of them needs is missing."""
    from kopanalyse.indicators.compute import figures

    checked = map_ / "checked"
    aanwezig = all((checked / f"{tabel}.parquet").is_file() for i in indicatoren for tabel in i.tabellen)
    return figures(settings, checked, jaren, indicatoren=indicatoren) if aanwezig else None


def read_columns(pad: Path, kolommen: Sequence[str]) -> pandas.DataFrame | None:
    """Columns of a CSV or Parquet file as a frame; None when it is not there."""
    if not pad.is_file():
        return None
    if pad.suffix == ".parquet":
        return pandas.read_parquet(pad, columns=list(kolommen))
    return pandas.read_csv(pad, usecols=list(kolommen), keep_default_na=False)[list(kolommen)]


def has_values(checked: Path, tabel: str, kolom: str) -> bool:
    """Whether any clean row has a value in this column, as the Parquet file says of itself; true when it cannot say."""
    pad = checked / f"{tabel}.parquet"
    if not pad.is_file():
        return True
    inhoud = pq.read_metadata(pad)
    plaats = inhoud.schema.names.index(kolom)
    delen = [inhoud.row_group(nummer).column(plaats) for nummer in range(inhoud.num_row_groups)]
    return not delen or any(deel.statistics is None or deel.statistics.null_count < deel.num_values for deel in delen)


def read_cijfers(map_: Path, organisatie: str) -> pandas.DataFrame:
    """The long table in ``map_`` (``processed/<organisatie>``) as a frame; FileNotFoundError when it is not there."""
    frame = pandas.read_parquet(map_ / "cijfers.parquet")
    frame = frame[frame["organisatie"] == organisatie]
    return frame.assign(subcategorie=frame["subcategorie"].fillna(""), periode=frame["periode"].astype(str))


def computed_with(map_: Path) -> str:
    """Digest of the settings by which the figures in ``map_`` were computed; empty when the file does not say."""
    return (pq.read_schema(map_ / "cijfers.parquet").metadata or {}).get(b"instellingen", b"").decode()


def computed_on(map_: Path) -> date | None:
    """The day on which the figures in ``map_`` were computed, as their file says; None where it does not."""
    pad = map_ / "cijfers.parquet"
    dag = (pq.read_schema(pad).metadata or {}).get(b"berekend") if pad.is_file() else None
    return date.fromisoformat(dag.decode()) if dag else None


def checked_on(map_: Path) -> date | None:
    """The day on which the registration in ``map_`` was checked, as the checked tables say.

    Tables that were checked before they said so: by the time at which that was written down.
    """
    inlezen = map_ / "inlezen.csv"
    return checked_day(map_ / "checked") or (date.fromtimestamp(inlezen.stat().st_mtime) if inlezen.is_file() else None)
