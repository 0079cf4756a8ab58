"""What a page rests on, so that a build makes anew only the pages of which that has changed.

A notebook rests on the library, the settings, itself, and on what it looks up: figures, texts, files. That it says
itself: while a report is made, its cells carry what was looked up in them (``tell_build``). ``Uitgevoerd`` keeps every
executed notebook with a digest of each of these; also one that had nothing to show, so that it need not run again to
find that out. Of the files that a notebook reads by itself, past ``rapport`` and ``registratie``, it is known to rest
on those beside it (``beside``).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas

from kopanalyse.checked.outcome import much_lost
from kopanalyse.checked.provenance import outdated
from kopanalyse.files import bytes_digest, digest, file_digest, replace_file
from kopanalyse.indicators.catalogue import Definities
from kopanalyse.periode import Periode, years_in
from kopanalyse.raw.schema import ALLE, TABELLEN
from kopanalyse.report.authors import Teksten
from kopanalyse.report.build.beside import beside_digest
from kopanalyse.report.build.keys import Sleutels
from kopanalyse.report.build.pictures import with_pictures
from kopanalyse.report.build.told import check_opened, looked_up, shows_nothing
from kopanalyse.report.chapters.hulpvragen_en_effecten import THEMAS_PER_CASUS
from kopanalyse.report.cijfers.candidates import candidates
from kopanalyse.report.cijfers.looked_up import (
    BEREKEND,
    BESTAND,
    CIJFERS,
    GECONTROLEERD,
    GELEZEN,
    JAAR,
    KANDIDATEN,
    KLANTREIZEN,
    NIETS,
    PERSONAS,
    TOELICHTING,
    VERHALEN,
    VEROUDERD,
    Sleutel,
)
from kopanalyse.report.cijfers.stored import compute_beside, has_values, read_columns
from kopanalyse.report.cijfers.view import Cijfers, order_teams, rows_of
from kopanalyse.report.pages.marks import Boek, library
from kopanalyse.settings import Settings

if TYPE_CHECKING:
    from kopanalyse.indicators import Indicator

UITGEVOERD = "uitgevoerd"  # the folder of executed notebooks


class Uitgevoerd:
    """The executed notebooks of one organisation, kept in ``map_`` (``processed/<organisatie>``).

    ``frame`` is the long table; ``mappen`` the folder of each team. What is kept holds no code and no messages.
    """

    def __init__(
        self,
        settings: Settings,
        definities: Definities,
        frame: pandas.DataFrame,
        teksten: Teksten,
        map_: Path,
        mappen: Mapping[str, str],
    ) -> None:
        self.settings, self.definities, self.frame = settings, definities, frame
        self.teksten, self.map, self.mappen = teksten, map_, mappen
        self._bestanden: dict[Sleutel, str] = {}
        self._notebooks: dict[Path, str] = {}
        self._sleutels = Sleutels(map_ / "checked")
        self._begin = self._files()

    def folder(self, periode: Periode, team: str) -> Path:
        """Where the notebooks of a period and team are kept."""
        return self.map / UITGEVOERD / periode.folder / self.mappen[team]

    def get(self, notebook: Path, periode: Periode, team: str) -> Boek | None:
        """The notebook as it was executed when nothing that it rests on has changed since; otherwise None."""
        pad = self.folder(periode, team) / f"{notebook.stem}.json"
        try:
            boek = json.loads(pad.read_text(encoding="utf-8"))
            herkomst = boek["metadata"]["herkomst"]
            if herkomst["vast"] != self._fixed(notebook, periode, team) or not all(
                self._same(periode, team, sleutel, merk) for sleutel, merk in herkomst["gelezen"]
            ):
                return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None  # not there, torn, or kept by another version
        nu = [
            [sleutel, [self._tables, merk[1]] if sleutel[0] == BEREKEND else merk]
            for sleutel, merk in herkomst["gelezen"]
        ]
        if nu != herkomst["gelezen"]:  # what was computed came out the same: next time these tables are known to do so
            herkomst["gelezen"] = nu
            replace_file(pad, json.dumps(boek, ensure_ascii=False))
        return _boek(pad, herkomst)

    def keep(self, notebook: Path, periode: Periode, team: str, uit: Path) -> Boek:
        """Keep what ``notebook`` made of ``uit``, with what it rests on; ``Geweigerd`` when it cannot become a page."""
        from kopanalyse.report.pages.quick_nbformat import nbformat

        boek = nbformat.v4.reads(uit.read_text(encoding="utf-8"))  # papermill has just written it: it is valid
        check_opened(boek, self.settings.organisatie, periode, team)
        self._sleutels.check(boek)
        cellen = [page_cell(cel, notebook.parent) for cel in boek.cells]
        gelezen = looked_up(boek)
        inhoud = digest(cellen)
        # what was checked or computed again meanwhile may not be what the notebook saw: then it runs again next time
        vast = self._fixed(notebook, periode, team) if self._files() == self._begin else ""
        herkomst = {
            "inhoud": inhoud,
            "vast": vast,
            "niets": shows_nothing(boek),
            "gelezen": [[sleutel, self._mark(periode, team, sleutel)] for sleutel in sorted(gelezen)],
        }
        pad = self.folder(periode, team) / f"{notebook.stem}.json"
        replace_file(
            pad,
            json.dumps(
                {"cells": cellen, "metadata": {"herkomst": herkomst}, "nbformat": 4, "nbformat_minor": 4},
                ensure_ascii=False,
            ),
        )
        return _boek(pad, herkomst)

    def leave(self, periode: Periode, team: str, hoofdstukken: Collection[str]) -> None:
        """Take away what was kept of a period and team, but for these chapters."""
        for pad in self.folder(periode, team).glob("*.json"):
            if pad.stem not in hoofdstukken:
                pad.unlink()

    def _fixed(self, notebook: Path, periode: Periode, team: str) -> str:
        """Digest of what a notebook rests on whatever it looks up."""
        if notebook not in self._notebooks:
            self._notebooks[notebook] = beside_digest(notebook)
        return digest(self._shape, self._notebooks[notebook], str(periode), team)

    def _files(self) -> dict[Path, tuple[int, int]]:
        """Time and size of every file that figures and pages are made from."""
        paden = [pad for map_ in (self.map, self.map / "checked") for pad in map_.glob("*.*") if pad.is_file()]
        return {pad: (pad.stat().st_mtime_ns, pad.stat().st_size) for pad in paden}

    @cached_property
    def _shape(self) -> str:
        """Digest of what any page can depend on: the library, the settings, the teams, indicators and tables there are,
        which of the optional columns that indicators rest on have any value, and which tables lost much."""
        checked = self.map / "checked"
        kolommen = sorted({kolom for ind in self.definities.indicatoren.values() for kolom in ind.steunt_op})
        return digest(
            library(),
            self.definities.merk,
            repr(self.settings),
            order_teams(self.frame["team"].unique(), self.settings),
            sorted(self.frame["indicator"].unique()),
            sorted(pad.name for pad in checked.glob("*.parquet")),
            [(kolom, has_values(checked, *kolom.split("."))) for kolom in kolommen],
            much_lost(self.map, TABELLEN, self.settings.controle.quarantaine_gemeld),
        )

    def _mark(self, periode: Periode, team: str, sleutel: Sleutel) -> Any:
        """What is kept of something looked up; of what was computed also the tables, to save computing it again."""
        merk = self._now(periode, team, sleutel)
        return [self._tables, merk] if sleutel[0] == BEREKEND else merk

    def _same(self, periode: Periode, team: str, sleutel: Sequence[str], merk: Any) -> bool:
        """Whether something that was looked up is still what it was."""
        if sleutel[0] != BEREKEND:
            return merk == self._now(periode, team, sleutel)
        tabellen, merk = merk
        return tabellen == self._tables or (sleutel[1] in self._beside and merk == self._now(periode, team, sleutel))

    def _now(self, periode: Periode, team: str, sleutel: Sequence[str]) -> str:
        """Digest of something looked up as it is now; a text is looked up for the period and team of the report."""
        soort, *naam = sleutel
        if soort == CIJFERS:
            return self._rows.get(tuple(naam), "")
        if soort == BEREKEND:
            return self._rows_beside.get(tuple(naam), "")
        if soort == JAAR:
            return str(naam[0] in map(str, self._periods))
        if soort == GECONTROLEERD:
            return self._tables
        if soort == VEROUDERD:
            return digest(outdated(self.map))
        if soort == KANDIDATEN:
            return self._candidates(*naam)
        if soort == BESTAND:
            return self._file(*naam)
        teksten = {
            TOELICHTING: lambda: self.teksten.toelichtingen_bij(*naam, periode=periode, team=team),
            VERHALEN: lambda: self.teksten.verhalen_bij(*naam, periode=periode, team=team),
            PERSONAS: lambda: self.teksten.personas,
            KLANTREIZEN: lambda: self.teksten.klantreizen,
        }
        return digest(repr(teksten[soort]()))

    def _candidates(self, *jaren: str) -> str:
        """Digest of what may be a break between a year and the one that it is held against, ``None`` without one."""
        if (KANDIDATEN, *jaren) not in self._bestanden:
            periode, vorig = (None if jaar == str(None) else Periode(int(jaar)) for jaar in jaren)
            assert periode, "a report is about a year"
            c = Cijfers(self.frame, self.settings, periode, ALLE, self.map, vorig, self.definities)
            self._bestanden[KANDIDATEN, *jaren] = digest(repr(candidates(c)))
        return self._bestanden[KANDIDATEN, *jaren]

    def _file(self, naam: str, *kolommen: str) -> str:
        """Digest of the columns of a file beside the figures, as they are when it is first asked for."""
        if (naam, *kolommen) not in self._bestanden:
            frame = read_columns(self.map / naam, kolommen)
            self._bestanden[naam, *kolommen] = "" if frame is None else digest(frame.to_csv(index=False))
        return self._bestanden[naam, *kolommen]

    @cached_property
    def _rows(self) -> dict[tuple[str, ...], str]:
        return rows_digest(self.frame)

    @cached_property
    def _periods(self) -> list[Periode]:
        return years_in(self.frame["jaar"])

    @cached_property
    def _tables(self) -> str:
        return digest([(pad.name, file_digest(pad)) for pad in sorted((self.map / "checked").glob("*.parquet"))])

    @cached_property
    def _beside(self) -> dict[str, Indicator]:
        """The indicators that pages compute beside the long table."""
        return {ind.naam: ind for ind in (*(p.indicator() for p in self.teksten.personas), THEMAS_PER_CASUS)}

    @cached_property
    def _rows_beside(self) -> dict[tuple[str, ...], str]:
        frames = [compute_beside(self.settings, self.map, self._periods, [ind]) for ind in self._beside.values()]
        return {sleutel: merk for frame in frames if frame is not None for sleutel, merk in rows_digest(frame).items()}


def _boek(pad: Path, herkomst: Mapping[str, Any]) -> Boek:
    paragrafen = frozenset(sleutel[2] for sleutel, _ in herkomst["gelezen"] if sleutel[0] == TOELICHTING)
    return Boek(pad, herkomst["inhoud"], herkomst["niets"], paragrafen)


def rows_digest(frame: pandas.DataFrame) -> dict[tuple[str, ...], str]:
    """Digest of the rows of every indicator, team and year of a long table, in their order."""
    per_rij = pandas.util.hash_pandas_object(frame, index=False).to_numpy()
    return {
        (indicator, team, str(jaar)): bytes_digest(per_rij[rijen].tobytes())
        for (indicator, team, jaar), rijen in rows_of(frame).items()
    }


def page_cell(cel: Mapping[str, Any], map_: Path) -> dict[str, Any]:
    """What a page takes from a cell: texts and what was shown; no code, no times, no random names."""
    if cel["cell_type"] != "code":
        tekst = with_pictures(cel["source"], map_, cel.get("attachments", {}))
        return {"cell_type": cel["cell_type"], "metadata": {}, "source": tekst}
    uitvoer = [
        uit | {"execution_count": None} if "execution_count" in uit else uit
        for uit in cel["outputs"]
        if uit["output_type"] != "error" and uit.get("name") != "stderr"
    ]
    uitvoer = [
        uit | {"data": {soort: wat for soort, wat in uit["data"].items() if soort not in (GELEZEN, NIETS)}}
        if "data" in uit
        else uit
        for uit in uitvoer
    ]
    uitvoer = [uit for uit in uitvoer if uit.get("data", True)]  # what only told the build something is nothing to see
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": uitvoer, "source": ""}
