"""The long table of one organisation, as seen from one year and one team: looked up, never computed anew.

What is looked up is remembered, so that ``build`` can tell later whether a page rests on anything that has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy
    import pandas

    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.settings import Settings

ALLE, TOTAAL, ONBEKEND = "alle", "totaal", "onbekend"
# kinds of what is looked up
CIJFERS, BEREKEND, JAAR, BESTAND = "cijfers", "berekend", "jaar", "bestand"
GECONTROLEERD, VEROUDERD = "gecontroleerd", "verouderd"
TOELICHTING, VERHALEN, PERSONAS, KLANTREIZEN = "toelichting", "verhalen", "personas", "klantreizen"


class Cijfer(NamedTuple):
    """One figure of the long table; what is empty there is None here."""

    teller: float | None
    noemer: float | None
    waarde: float | None
    n_personen: float | None
    ondergrens: float | None
    bovengrens: float | None


NIETS = Cijfer(*[None] * 6)
Rijen = Mapping[tuple[str, str, str], Cijfer]        # by periode, categorie and subcategorie


class Cijfers:
    """Figures of ``jaar`` and a year before it, for ``team``.

    ``vorig`` is that earlier year; without it the year before, when the long table has it. ``frame`` is the long table,
    or holds the rows that were computed beside it; ``map_`` is the folder that it stands in. ``gelezen`` is what has been
    looked up, each as the kind and what names it (``herkomst``).
    """

    def __init__(self, frame: pandas.DataFrame, settings: Settings, jaar: int, team: str, map_: Path,
                 vorig: int | None = None) -> None:
        self.frame, self.settings, self.jaar, self.team, self.map = frame, settings, jaar, team, map_
        self._vorig = vorig
        self.gelezen: set[tuple[str, ...]] = set()
        self._soort = CIJFERS
        self._rijen_van: dict[tuple[str, str, int], Rijen] = {}
        self._ingevuld: dict[str, bool] = {}

    @cached_property
    def vorig(self) -> int | None:
        """The year that this one is held against; None when the long table does not have it."""
        vorig = self._vorig or self.jaar - 1
        self.note(JAAR, str(vorig))
        return vorig if vorig in set(self.frame["jaar"]) else None

    @property
    def jaren(self) -> list[int]:
        """The year before, where it is there, and the year itself."""
        return [jaar for jaar in (self.vorig, self.jaar) if jaar is not None]

    @cached_property
    def teams(self) -> list[str]:
        """Every team, without the whole organisation, in the order of the settings; ``onbekend`` comes last."""
        return order_teams(self.frame["team"].unique(), self.settings)

    def heeft(self, indicator: str, team: str | None = None) -> bool:
        """Whether the long table has a row of ``indicator`` for the team in this year."""
        return any(sleutel[0] == str(self.jaar) for sleutel in self._rijen(indicator, self.jaar, team))

    def telt(self, indicator: str) -> bool:
        """Whether ``indicator`` counts anything for the team, in the year or the one before."""
        return any(cijfer.teller or cijfer.noemer for jaar in self.jaren
                   for sleutel, cijfer in self._rijen(indicator, jaar).items() if sleutel[0] == str(jaar))

    def get(self, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", *, periode: int | str | None = None,
            team: str | None = None) -> Cijfer:
        """One figure; without ``periode`` and ``team`` those of the report. A figure that is not there is empty."""
        periode = str(periode or self.jaar)
        return self._rijen(indicator, int(periode[:4]), team).get((periode, categorie, subcategorie), NIETS)

    def waarde(self, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", **waar) -> float | None:
        """Only the value of ``get``."""
        return self.get(indicator, categorie, subcategorie, **waar).waarde

    def categorieen(self, indicator: str, volgorde: tuple[str, ...] = ()) -> list[str]:
        """Categories with a row in either year: first ``volgorde``, then as stored, ``onbekend`` last."""
        aanwezig = dict.fromkeys(s[1] for jaar in self.jaren for s in self._rijen(indicator, jaar) if s[0] == str(jaar))
        eerst = [naam for naam in volgorde if naam in aanwezig]
        rest = [naam for naam in aanwezig if naam not in (*volgorde, TOTAAL, ONBEKEND)]
        laatst = [ONBEKEND] if ONBEKEND in aanwezig and ONBEKEND not in eerst else []
        return [*eerst, *rest, *laatst]

    def subcategorieen(self, indicator: str, categorie: str) -> list[str]:
        """Subcategories of ``categorie`` with a row in either year, as stored, without ``totaal``."""
        return list(dict.fromkeys(s[2] for jaar in self.jaren for s in self._rijen(indicator, jaar)
                                  if s[0] == str(jaar) and s[1] == categorie and s[2] not in ("", TOTAAL)))

    def niet_leeg(self, indicator: str, categorieen: list[str], subcategorie: str = "",
                  perioden: list[str] | None = None) -> list[str]:
        """Those categories that count anything in the year, the one before, or the given periods."""
        perioden = perioden or [str(jaar) for jaar in self.jaren]
        return [naam for naam in categorieen
                if any(self.get(indicator, naam, subcategorie, periode=p).teller for p in perioden)]

    def kwartalen(self, indicator: str) -> list[str]:
        """The quarters of both years that ``indicator`` has for the team, in order."""
        return sorted({s[0] for jaar in self.jaren for s in self._rijen(indicator, jaar) if s[0] != str(jaar)})

    def computed(self, indicatoren: Sequence[Indicator]) -> Cijfers:
        """Figures of indicators that are not in the long table, computed now, seen from the same years and team.

        There are none where a table that one of them needs is missing.
        """
        frame = compute_beside(self.settings, self.map, self.jaren, indicatoren)
        ernaast = Cijfers(self.frame[:0] if frame is None else frame, self.settings, self.jaar, self.team, self.map,
                          self._vorig)
        ernaast.gelezen, ernaast._soort = self.gelezen, BEREKEND
        return ernaast

    def bestand(self, naam: str, kolommen: Sequence[str]) -> pandas.DataFrame | None:
        """Only the named columns of a file beside the figures, CSV or Parquet; None when it is not there."""
        self.note(BESTAND, naam, *kolommen)
        return read_columns(self.map / naam, kolommen)

    def outdated(self) -> list[str]:
        """A sentence when the registration was checked again after the figures were made; further as ``outdated``."""
        self.note(VEROUDERD)
        return outdated(self.map)

    def note(self, soort: str, *naam: str) -> None:
        """Remember that something was looked up."""
        self.gelezen.add((soort, *naam))

    def ingevuld(self, indicator: str) -> bool:
        """Whether an optional column that ``indicator`` rests on has any value; without one its figures say nothing."""
        from kopanalyse.indicators import INDICATOREN

        steunt_op = INDICATOREN[indicator].steunt_op if indicator in INDICATOREN else ()
        return not steunt_op or any(has_values(self.map / "checked", *kolom.split(".")) for kolom in steunt_op)

    def _rijen(self, indicator: str, jaar: int, team: str | None = None) -> Rijen:
        """The figures of one indicator, year and team, quarters included."""
        team = team or self.team
        self.note(self._soort, indicator, team, str(jaar))
        sleutel = (indicator, team, jaar)
        if indicator not in self._ingevuld:
            self._ingevuld[indicator] = self.ingevuld(indicator)
        if sleutel not in self._rijen_van:
            self._rijen_van[sleutel] = self._read(*sleutel) if self._ingevuld[indicator] else {}
        return self._rijen_van[sleutel]

    def _read(self, *sleutel: str | int) -> Rijen:
        eigen = self._plaatsen.get(sleutel, [])
        rijen = zip(*(kolom[eigen] for kolom in self._kolommen))
        return {rij[:3]: Cijfer(*rij[3:]) for rij in rijen}

    @cached_property
    def _kolommen(self) -> list[numpy.ndarray]:
        """The columns that figures are made of, as Python values: pages look up a few rows of them very many times."""
        import numpy

        kolommen = [self.frame[naam] for naam in ("periode", "categorie", "subcategorie", *Cijfer._fields)]
        return [numpy.where(kolom.isna(), None, kolom.to_numpy(object)) for kolom in kolommen]

    @cached_property
    def _plaatsen(self) -> Mapping[tuple[str, str, int], Sequence[int]]:
        return rows_of(self.frame)


def rows_of(frame: pandas.DataFrame) -> Mapping[tuple[str, str, int], Sequence[int]]:
    """Where the rows of every indicator, team and year stand in a long table."""
    return frame.groupby(["indicator", "team", "jaar"], sort=False).indices


def compute_beside(settings: Settings, map_: Path, jaren: Sequence[int],
                   indicatoren: Sequence[Indicator]) -> pandas.DataFrame | None:
    """Rows of indicators that the long table does not have; None where a table that one of them needs is missing."""
    from kopanalyse.indicators.compute import figures

    checked = map_ / "checked"
    aanwezig = all((checked / f"{tabel}.parquet").is_file() for i in indicatoren for tabel in i.tabellen)
    return figures(settings, checked, jaren, indicatoren=indicatoren) if aanwezig else None


def read_columns(pad: Path, kolommen: Sequence[str]) -> pandas.DataFrame | None:
    """Columns of a CSV or Parquet file as a frame; None when it is not there."""
    import pandas

    if not pad.is_file():
        return None
    if pad.suffix == ".parquet":
        return pandas.read_parquet(pad, columns=list(kolommen))
    return pandas.read_csv(pad, usecols=list(kolommen), keep_default_na=False)[list(kolommen)]


def has_values(checked: Path, tabel: str, kolom: str) -> bool:
    """Whether any clean row has a value in this column, as the Parquet file says of itself; true when it cannot say."""
    import pyarrow.parquet as pq

    pad = checked / f"{tabel}.parquet"
    if not pad.is_file():
        return True
    inhoud = pq.read_metadata(pad)
    plaats = inhoud.schema.names.index(kolom)
    delen = [inhoud.row_group(nummer).column(plaats) for nummer in range(inhoud.num_row_groups)]
    return not delen or any(deel.statistics is None or deel.statistics.null_count < deel.num_values for deel in delen)


def read_cijfers(map_: Path, organisatie: str) -> pandas.DataFrame:
    """The long table in ``map_`` (``processed/<organisatie>``) as a frame; FileNotFoundError when it is not there."""
    import pandas

    frame = pandas.read_parquet(map_ / "cijfers.parquet")
    frame = frame[frame["organisatie"] == organisatie]
    return frame.assign(subcategorie=frame["subcategorie"].fillna(""), periode=frame["periode"].astype(str))


def computed_with(map_: Path) -> str:
    """Digest of the settings by which the figures in ``map_`` were computed; empty when the file does not say."""
    import pyarrow.parquet as pq

    return (pq.read_schema(map_ / "cijfers.parquet").metadata or {}).get(b"instellingen", b"").decode()


def checked_on(map_: Path) -> date | None:
    """The day on which the registration in ``map_`` was checked, by the time at which that was written down."""
    inlezen = map_ / "inlezen.csv"
    return date.fromtimestamp(inlezen.stat().st_mtime) if inlezen.is_file() else None


def outdated(map_: Path) -> list[str]:
    """A sentence (Dutch) when the registration in ``map_`` was checked again after the figures were made; else none.

    The two files are compared by the time at which they were written; a second of play is for folders that were
    copied file by file.
    """
    cijfers, inlezen = map_ / "cijfers.parquet", map_ / "inlezen.csv"
    if not inlezen.is_file() or inlezen.stat().st_mtime <= cijfers.stat().st_mtime + 1:
        return []
    return ["De registratie is opnieuw gecontroleerd nadat de cijfers berekend zijn: cijfers en datakwaliteit horen "
            f"niet bij elkaar. Voer eerst kopanalyse compute --organisatie {map_.name} uit."]


def order_teams(teams, settings: Settings) -> list[str]:
    """Team names without ``alle``: first as the settings order them, then by alphabet, ``onbekend`` last."""
    namen = {str(team) for team in teams} - {ALLE}
    volgorde = {team: plaats for plaats, team in enumerate(settings.teams)}
    return sorted(namen, key=lambda team: (team == ONBEKEND, volgorde.get(team, len(volgorde)), team))
