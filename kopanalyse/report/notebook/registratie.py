"""What an analyst calls to look behind the figures: the checked tables, the records of a figure, figures of one's own.

Records and tables hold keys of clients. They are for the screen: where ``build`` makes a page of what a notebook
shows, they are refused; elsewhere their cell is marked, and our template makes no page of a notebook that holds such a
cell. Nothing here writes a file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from kopanalyse.engine.words import table
from kopanalyse.errors import UserError
from kopanalyse.indicators import compute
from kopanalyse.indicators.catalogue import Definities, load_definitions, own_definitions
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.periode import Periode, PeriodeError
from kopanalyse.raw.schema import ALLE, TABELLEN, TOTAAL, column_types
from kopanalyse.report.cijfers.looked_up import GECONTROLEERD, GEOPEND, RAPPORT, mark_keys, tell_build
from kopanalyse.report.cijfers.published import EDITIE, NietInEditie
from kopanalyse.report.notebook.asked import RapportError, find_folders, known_name
from kopanalyse.settings import Settings, load_settings

MET_NOEMER = ("aandeel", "gemiddelde")


class Verkenning:
    """The checked registration of one organisation, in ``map_`` (``processed/<organisatie>``), to look around in.

    ``settings`` are its settings. ``tabellen``, ``indicatoren`` and ``bevindingen`` say what there is; ``tabel`` and
    ``records`` give rows, ``cijfers`` figures. All are pandas frames.
    """

    def __init__(self, settings: Settings, map_: Path, definities: Definities | None = None) -> None:
        self.settings, self._map, self._definities = settings, Path(map_), definities or own_definitions()

    def __repr__(self) -> str:
        return f"Registratie van {self.settings.naam}: {len(self._aanwezig)} tabellen"

    def tabellen(self) -> pd.DataFrame:
        """A row per checked table: what one row of it is, how many there are, and its columns."""
        rijen = [
            (
                naam,
                TABELLEN[naam].rij,
                pq.read_metadata(self._map / "checked" / f"{naam}.parquet").num_rows,
                ", ".join(column_types(TABELLEN[naam])),
            )
            for naam in self._aanwezig
        ]
        return pd.DataFrame(rijen, columns=["tabel", "een rij is", "rijen", "kolommen"]).set_index("tabel")

    def tabel(self, naam: str, *, met: Sequence[str] = ()) -> pd.DataFrame:
        """The clean rows of table ``naam``, on screen only, beside the rows that they refer to in the tables ``met``.

        ``met=["trajecten", "klanten"]`` puts beside a contact its traject, and beside that its client.
        """
        _only_on_screen()
        return self._joined(self._rows(known_name(naam, self._aanwezig, "De tabel", " is er niet")), met)

    def bevindingen(self) -> pd.DataFrame:
        """What checking found, one row per broken rule; it names keys and is for the screen only."""
        _only_on_screen()
        pad = self._map / "bevindingen.csv"
        if not pad.is_file():
            raise RapportError(
                f"De bevindingen van {self.settings.naam} staan niet in {self._map}. "
                f"Voer eerst `kopanalyse check --organisatie {self.settings.organisatie}` uit."
            )
        return pd.read_csv(pad, dtype=str, keep_default_na=False).astype({"regelnummer": "int64"})

    def indicatoren(self) -> pd.DataFrame:
        """A row per indicator that the tables of this organisation allow, with its titel, eenheid and definitie."""
        definities = self._definities.indicatoren.values()
        rijen = [
            (ind.naam, ind.titel, ind.eenheid, ind.definition(self.settings))
            for ind in definities
            if ind.is_possible(
                compute.registratie_for(ind, self.settings, self._aanwezig, compute.has_dienstverlening(self._checked))
            )
        ]
        return pd.DataFrame(rijen, columns=["indicator", "titel", "eenheid", "definitie"]).set_index("indicator")

    def cijfers(self, indicator: str | Indicator, *jaren: int | str, team: str | None = None) -> pd.DataFrame:
        """Rows of the long table, computed anew, of an indicator of the library (by name) or of one's own.

        Of the years asked (none: those of the settings), their quarters where the indicator has them, and every team
        or the one asked.
        """
        cijfers = self._figures(self._indicator(indicator), _years(jaren))
        return cijfers if team is None else _where(cijfers, "team", team).reset_index(drop=True)

    def records(
        self,
        indicator: str | Indicator,
        periode: int | str,
        team: str = ALLE,
        *,
        categorie: str | None = None,
        subcategorie: str | None = None,
        met: Sequence[str] = (),
    ) -> pd.DataFrame:
        """The records that one figure counts, on screen only: a row each, keys first.

        ``periode`` is a year or a quarter (``"2019-K3"``); period, team, categorie and subcategorie are named as in
        the long table; a categorie or subcategorie that is left out is ``totaal``. ``teller`` (``uniek``: what is
        counted once) makes the figure; ``noemer`` is there for shares and means, and a share of all categories together
        has the records of ``totaal`` as its base. Then come all other columns of the record, and those of the rows that
        it refers to in the tables ``met``, such as ``["klanten"]``. Raises ``RapportError`` for what the long table
        does not have.
        """
        _only_on_screen()
        jaren = _years([periode])
        ind = self._indicator(indicator)
        plaats = {"periode": str(periode).strip(), "team": team, "categorie": categorie, "subcategorie": subcategorie}
        cijfers = self._figures(ind, jaren)
        for kolom, waarde in plaats.items():
            cijfers = cijfers if waarde is None else _where(cijfers, kolom, waarde)
        if subcategorie is None and cijfers.subcategorie.eq("").any():
            plaats["subcategorie"] = ""  # the row of the categorie itself
        perioden = compute.periods(jaren)
        rijen = compute.records(ind, self.settings, self._checked, perioden[perioden.periode == plaats["periode"]])
        if categorie in (None, TOTAAL):
            rijen = rijen[rijen.in_totaal]
        for kolom, waarde in plaats.items():
            if waarde not in (None, ALLE, TOTAAL):
                rijen = rijen[rijen[kolom] == waarde]
        overtollig = [
            "in_totaal",
            *(["uniek"] if ind.soort != "uniek" else []),
            *(["noemer"] if ind.soort not in MET_NOEMER else []),
        ]
        return self._joined(rijen.drop(columns=overtollig).reset_index(drop=True), met)

    @property
    def _checked(self) -> Path:
        return self._map / "checked"

    @property
    def _aanwezig(self) -> list[str]:
        return sorted(pad.stem for pad in self._checked.glob("*.parquet"))

    def _rows(self, naam: str) -> pd.DataFrame:
        with compute.open_checked(self.settings, self._checked) as (engine, _):
            return engine.frame(table(naam, column_types(TABELLEN[naam])))

    def _joined(self, rijen: pd.DataFrame, met: Sequence[str]) -> pd.DataFrame:
        """``rijen`` beside the rows of the tables ``met`` that they refer to; a column that is there already stays."""
        for naam in [met] if isinstance(met, str) else met:
            sleutels = {tabel: TABELLEN[tabel].sleutel for tabel in self._aanwezig}
            passend = [tabel for tabel, sleutel in sleutels.items() if sleutel in rijen.columns]
            erbij = self._rows(known_name(naam, passend, "De tabel", " past niet bij deze rijen"))
            nieuw = [kolom for kolom in erbij.columns if kolom not in rijen.columns]
            rijen = rijen.merge(erbij[[sleutels[naam], *nieuw]], on=sleutels[naam], how="left", validate="many_to_one")
        return rijen

    def _indicator(self, indicator: str | Indicator) -> Indicator:
        if isinstance(indicator, Indicator):
            return indicator
        bekend = self._definities.indicatoren
        return bekend[known_name(str(indicator), list(bekend), "De indicator")]

    def _figures(self, ind: Indicator, jaren: Sequence[Periode]) -> pd.DataFrame:
        cijfers = compute.figures(self.settings, self._checked, jaren, indicatoren=[ind])
        if cijfers.empty:
            raise RapportError(
                f"{ind.titel} kan niet voor {self.settings.naam}: nodig zijn {', '.join(ind.tabellen)}; "
                f"aanwezig zijn {', '.join(self._aanwezig)}."
            )
        return cijfers


def open_registratie(organisatie: str) -> Verkenning:
    """Open the checked registration of ``organisatie``, as ``kopanalyse check`` left it.

    Raises ``RapportError`` (Dutch, one sentence) for an unknown organisation and when nothing has been checked yet.
    """
    if os.environ.get(EDITIE):
        raise NietInEditie("De registratie zelf is voor een editie niet te openen. Haal deze cel uit het notebook.")
    raw, processed = find_folders()
    try:
        settings = load_settings(str(organisatie), raw)
    except UserError as fout:
        raise RapportError(str(fout)) from None
    verkenning = Verkenning(settings, processed / settings.organisatie, load_definitions(settings, raw))
    if not list((processed / settings.organisatie / "checked").glob("*.parquet")):
        raise RapportError(
            f"Er zijn nog geen gecontroleerde tabellen van {settings.naam} in {processed / settings.organisatie}. Voer "
            f"eerst `kopanalyse compute --organisatie {settings.organisatie}` uit (en daarvoor, zonder eigen "
            f"registratie, `kopanalyse demo --organisatie {settings.organisatie}`)."
        )
    if os.environ.get(RAPPORT):
        tell_build({(GECONTROLEERD,), (GEOPEND, settings.organisatie)})
    return verkenning


def _only_on_screen() -> None:
    """Stop where a report is being made: what follows holds keys of clients. Elsewhere the cell says that it does."""
    if os.environ.get(RAPPORT):
        raise RapportError(
            "Records, tabellen en bevindingen bevatten kenmerken van klanten en zijn er alleen op het "
            "scherm, nooit in een rapport. Haal deze cel uit het notebook."
        )
    mark_keys()


def _years(perioden: Sequence[int | str]) -> list[Periode]:
    """The years that these years and quarters lie in."""
    for periode in perioden:
        if not re.fullmatch(r"\s*\d{4}(-K[1-4])?\s*", str(periode)):
            raise RapportError(f'{periode} is geen periode; verwacht wordt bijvoorbeeld 2019 of "2019-K3".')
    try:
        return [Periode.parse(str(periode).strip()[:4]) for periode in perioden]
    except PeriodeError as fout:
        raise RapportError(str(fout)) from None


def _where(cijfers: pd.DataFrame, kolom: str, waarde: str) -> pd.DataFrame:
    """The rows where ``kolom`` is ``waarde``; otherwise an error that says what is possible."""
    wat = "Het team" if kolom == "team" else f"De {kolom}"
    return cijfers[cijfers[kolom] == known_name(str(waarde), list(cijfers[kolom].unique()), wat)]
