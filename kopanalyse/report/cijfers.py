"""The long table of one organisation, as seen from one year and one team: looked up, never computed anew."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kopanalyse.report.text import is_missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas

    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.settings import Settings

ALLE, TOTAAL, ONBEKEND = "alle", "totaal", "onbekend"


class Cijfer(NamedTuple):
    """One figure of the long table; what is empty there is None here."""

    teller: float | None
    noemer: float | None
    waarde: float | None
    n_personen: float | None
    ondergrens: float | None
    bovengrens: float | None


NIETS = Cijfer(*[None] * 6)


class Cijfers:
    """Figures of ``jaar`` and a year before it, for ``team``; ``map_`` is the folder of the long table.

    ``vorig`` is that earlier year; without it the year before, when the long table has it.
    """

    def __init__(self, frame: pandas.DataFrame, settings: Settings, jaar: int, team: str, map_: Path,
                 vorig: int | None = None) -> None:
        self.frame, self.settings, self.jaar, self.team, self.map = frame, settings, jaar, team, map_
        self._vorig = vorig
        self._per_indicator: dict[str, dict[tuple[str, str, str, str], Cijfer]] = {}

    @cached_property
    def vorig(self) -> int | None:
        """The year that this one is held against; None when the long table does not have it."""
        vorig = self._vorig or self.jaar - 1
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
        team = team or self.team
        return any(sleutel[0] == str(self.jaar) and sleutel[1] == team for sleutel in self._rijen(indicator))

    def telt(self, indicator: str) -> bool:
        """Whether ``indicator`` counts anything for the team, in the year or the one before."""
        perioden = {str(jaar) for jaar in self.jaren}
        return any(cijfer.teller or cijfer.noemer for sleutel, cijfer in self._rijen(indicator).items()
                   if sleutel[0] in perioden and sleutel[1] == self.team)

    def get(self, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", *, periode: int | str | None = None,
            team: str | None = None) -> Cijfer:
        """One figure; without ``periode`` and ``team`` those of the report. A figure that is not there is empty."""
        sleutel = (str(periode or self.jaar), team or self.team, categorie, subcategorie)
        return self._rijen(indicator).get(sleutel, NIETS)

    def waarde(self, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", **waar) -> float | None:
        """Only the value of ``get``."""
        return self.get(indicator, categorie, subcategorie, **waar).waarde

    def categorieen(self, indicator: str, volgorde: tuple[str, ...] = ()) -> list[str]:
        """Categories with a row in either year: first ``volgorde``, then as stored, ``onbekend`` last."""
        perioden = {str(jaar) for jaar in self.jaren}
        aanwezig = dict.fromkeys(s[2] for s in self._rijen(indicator) if s[0] in perioden and s[1] == self.team)
        eerst = [naam for naam in volgorde if naam in aanwezig]
        rest = [naam for naam in aanwezig if naam not in (*volgorde, TOTAAL, ONBEKEND)]
        laatst = [ONBEKEND] if ONBEKEND in aanwezig and ONBEKEND not in eerst else []
        return [*eerst, *rest, *laatst]

    def subcategorieen(self, indicator: str, categorie: str) -> list[str]:
        """Subcategories of ``categorie`` with a row in either year, as stored, without ``totaal``."""
        perioden = {str(jaar) for jaar in self.jaren}
        return list(dict.fromkeys(s[3] for s in self._rijen(indicator) if s[0] in perioden and s[1] == self.team
                                  and s[2] == categorie and s[3] not in ("", TOTAAL)))

    def niet_leeg(self, indicator: str, categorieen: list[str], subcategorie: str = "",
                  perioden: list[str] | None = None) -> list[str]:
        """Those categories that count anything in the year, the one before, or the given periods."""
        perioden = perioden or [str(jaar) for jaar in self.jaren]
        return [naam for naam in categorieen
                if any(self.get(indicator, naam, subcategorie, periode=p).teller for p in perioden)]

    def kwartalen(self, indicator: str) -> list[str]:
        """The quarters of both years that ``indicator`` has, in order."""
        mogelijk = [f"{jaar}-K{kwartaal}" for jaar in self.jaren for kwartaal in (1, 2, 3, 4)]
        aanwezig = {sleutel[0] for sleutel in self._rijen(indicator)}
        return [periode for periode in mogelijk if periode in aanwezig]

    def computed(self, indicatoren: Sequence[Indicator]) -> Cijfers:
        """Figures of indicators that are not in the long table, computed now, seen from the same years and team.

        There are none where a table that one of them needs is missing.
        """
        from kopanalyse.indicators.compute import figures

        checked = self.map / "checked"
        aanwezig = all((checked / f"{tabel}.parquet").is_file() for i in indicatoren for tabel in i.tabellen)
        frame = figures(self.settings, checked, self.jaren, indicatoren=indicatoren) if aanwezig else self.frame[:0]
        return Cijfers(frame, self.settings, self.jaar, self.team, self.map, self._vorig)

    def ingevuld(self, indicator: str) -> bool:
        """Whether an optional column that ``indicator`` rests on has any value; without one its figures say nothing."""
        from kopanalyse.indicators import INDICATOREN

        steunt_op = INDICATOREN[indicator].steunt_op if indicator in INDICATOREN else ()
        return not steunt_op or any(_has_values(self.map / "checked", *kolom.split(".")) for kolom in steunt_op)

    def _rijen(self, indicator: str) -> dict[tuple[str, str, str, str], Cijfer]:
        if indicator not in self._per_indicator and not self.ingevuld(indicator):
            self._per_indicator[indicator] = {}
        if indicator not in self._per_indicator:
            eigen = self.frame[self.frame["indicator"] == indicator]
            kolommen = ["periode", "team", "categorie", "subcategorie", *Cijfer._fields]
            self._per_indicator[indicator] = {
                tuple(rij[:4]): Cijfer(*(None if is_missing(w) else w for w in rij[4:]))
                for rij in eigen[kolommen].astype(object).itertuples(index=False, name=None)}
        return self._per_indicator[indicator]


def _has_values(checked: Path, tabel: str, kolom: str) -> bool:
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
