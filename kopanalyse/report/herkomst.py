"""What a page rests on, so that a build makes anew only the pages of which that has changed.

A notebook rests on the library, the settings, itself, and on what it looks up: figures, texts, files. That it says
itself: while a report is made, its cells carry what was looked up in them (``tell_build``). ``Uitgevoerd`` keeps every
executed notebook with a digest of each of these, ``Merken`` what the files of a folder were made from. A notebook that
reads files by itself, past ``rapport`` and ``registratie``, is not known to rest on them.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.report.cijfers import (
    BEREKEND, BESTAND, CIJFERS, GECONTROLEERD, JAAR, KLANTREIZEN, PERSONAS, TOELICHTING, VERHALEN, VEROUDERD,
    compute_beside, has_values, order_teams, outdated, read_columns, rows_of)
from kopanalyse.report.teksten import Teksten
from kopanalyse.settings import Settings

if TYPE_CHECKING:
    import pandas
    from nbformat import NotebookNode

    from kopanalyse.indicators import Indicator

PAKKET = Path(__file__).parent.parent
GELEZEN = "application/vnd.kopanalyse.gelezen+json"     # the media type of an output that says what was looked up
UITGEVOERD, MERKEN = "uitgevoerd", ".herkomst.json"     # the folder of executed notebooks; the file beside pages
Sleutel = tuple[str, ...]                               # a kind of what is looked up, and what names it


def digest(*delen: Any) -> str:
    """Digest of values that have a JSON form, the same in every process."""
    return _hash(json.dumps(delen, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass"))


def _hash(inhoud: bytes) -> str:
    return hashlib.sha256(inhoud).hexdigest()[:24]


def file_digest(pad: Path) -> str:
    """Digest of a file; empty when it is not there."""
    if not pad.is_file():
        return ""
    with pad.open("rb") as bestand:
        return hashlib.file_digest(bestand, "sha256").hexdigest()[:24]


@cache
def library() -> str:
    """Digest of this package, of Python and of the versions of all packages that a notebook could import."""
    bestanden = sorted(pad for pad in PAKKET.rglob("*") if pad.is_file() and "__pycache__" not in pad.parts)
    return digest(sys.version, sorted(f"{pakket.name} {pakket.version}" for pakket in distributions()),
                  [(pad.relative_to(PAKKET).as_posix(), file_digest(pad)) for pad in bestanden])


def replace_file(pad: Path, inhoud: str | bytes, *, alles: bool = True) -> bool:
    """Write ``pad`` beside itself and rename it, so that there is always a whole file; whether it was written.

    Without ``alles`` a file that holds this already is left as it is.
    """
    inhoud = inhoud.encode("utf-8") if isinstance(inhoud, str) else inhoud
    if not alles and pad.is_file() and pad.read_bytes() == inhoud:
        return False
    pad.parent.mkdir(parents=True, exist_ok=True)
    ernaast = pad.with_name(f".{pad.name}.{os.getpid()}")
    try:
        ernaast.write_bytes(inhoud)
        os.replace(ernaast, pad)
    finally:
        ernaast.unlink(missing_ok=True)
    return True


class Merken:
    """The files that were made in the folder ``map_``, and of each a digest of what it was made from and of itself.

    They stand in a file beside them; without it, or when it cannot be read, everything is made anew. With ``alles``
    every file is written, also when nothing changed.
    """

    def __init__(self, map_: Path, alles: bool) -> None:
        self.map, self.alles = map_, alles
        self._toen = self._read()
        self._nu: dict[str, Any] = {}

    def write(self, naam: str, van: str, maak: Callable[[], str | bytes]) -> bool:
        """Make the file ``naam`` from what ``van`` is the digest of, unless that has been done; whether it changed."""
        pad = self.map / naam
        if not self.alles and self._toen.get(naam) == [van, file_digest(pad)]:
            self._nu[naam] = self._toen[naam]
            return False
        nieuw = replace_file(pad, maak(), alles=self.alles)
        self._nu[naam] = [van, file_digest(pad)]
        return nieuw

    def close(self, mogelijk: Iterable[str] = ()) -> None:
        """Take away what was made here before and was not now, and of ``mogelijk`` what is there; keep the marks."""
        for naam in {*self._toen, *mogelijk} - set(self._nu):
            (self.map / naam).unlink(missing_ok=True)
        if self._nu:
            replace_file(self.map / MERKEN, json.dumps(self._nu, indent=1, sort_keys=True), alles=False)
        else:
            (self.map / MERKEN).unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        try:
            gelezen = json.loads((self.map / MERKEN).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        # a name with a folder in it is not one of ours
        return {n: m for n, m in gelezen.items() if Path(n).name == n} if isinstance(gelezen, dict) else {}


@dataclass(frozen=True)
class Boek:
    """An executed notebook that has been kept; ``inhoud`` is the digest of what a page takes from it."""

    pad: Path
    inhoud: str

    def node(self) -> NotebookNode:
        """The notebook, read anew."""
        from kopanalyse.report.quick_nbformat import nbformat

        return nbformat.from_dict(json.loads(self.pad.read_text(encoding="utf-8")))


class Uitgevoerd:
    """The executed notebooks of one organisation, kept in ``map_`` (``processed/<organisatie>``).

    ``frame`` is the long table; ``mappen`` the folder of each team. What is kept holds no code and no messages.
    """

    def __init__(self, settings: Settings, frame: pandas.DataFrame, teksten: Teksten, map_: Path,
                 mappen: Mapping[str, str]) -> None:
        self.settings, self.frame, self.teksten, self.map, self.mappen = settings, frame, teksten, map_, mappen
        self._bestanden: dict[Sleutel, str] = {}
        self._notebooks: dict[Path, str] = {}
        self._begin = self._files()

    def folder(self, jaar: int, team: str) -> Path:
        """Where the notebooks of a year and team are kept."""
        return self.map / UITGEVOERD / str(jaar) / self.mappen[team]

    def get(self, notebook: Path, jaar: int, team: str) -> Boek | None:
        """The notebook as it was executed when nothing that it rests on has changed since; otherwise None."""
        pad = self.folder(jaar, team) / f"{notebook.stem}.json"
        try:
            boek = json.loads(pad.read_text(encoding="utf-8"))
            herkomst = boek["metadata"]["herkomst"]
            if herkomst["vast"] != self._fixed(notebook, jaar, team) or not all(
                    self._same(jaar, team, sleutel, merk) for sleutel, merk in herkomst["gelezen"]):
                return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None  # not there, torn, or kept by another version
        nu = [[sleutel, [self._tables, merk[1]] if sleutel[0] == BEREKEND else merk]
              for sleutel, merk in herkomst["gelezen"]]
        if nu != herkomst["gelezen"]:  # what was computed came out the same: next time these tables are known to do so
            herkomst["gelezen"] = nu
            replace_file(pad, json.dumps(boek, ensure_ascii=False))
        return Boek(pad, herkomst["inhoud"])

    def keep(self, notebook: Path, jaar: int, team: str, uit: Path) -> Boek:
        """Keep what ``notebook`` made of ``uit``, with what it rests on."""
        from kopanalyse.report.quick_nbformat import nbformat

        boek = nbformat.v4.reads(uit.read_text(encoding="utf-8"))  # papermill has just written it: it is valid
        cellen = [_kept(cel) for cel in boek.cells]
        gelezen = {tuple(sleutel) for cel in boek.cells for uitvoer in cel.get("outputs", [])
                   for sleutel in uitvoer.get("data", {}).get(GELEZEN, [])}
        inhoud = digest(cellen)
        # what was checked or computed again meanwhile may not be what the notebook saw: then it runs again next time
        vast = self._fixed(notebook, jaar, team) if self._files() == self._begin else ""
        herkomst = {"inhoud": inhoud, "vast": vast,
                    "gelezen": [[sleutel, self._mark(jaar, team, sleutel)] for sleutel in sorted(gelezen)]}
        pad = self.folder(jaar, team) / f"{notebook.stem}.json"
        replace_file(pad, json.dumps({"cells": cellen, "metadata": {"herkomst": herkomst}, "nbformat": 4,
                                      "nbformat_minor": 4}, ensure_ascii=False))
        return Boek(pad, inhoud)

    def leave(self, jaar: int, team: str, hoofdstukken: Collection[str]) -> None:
        """Take away what was kept of a year and team, but for these chapters."""
        for pad in self.folder(jaar, team).glob("*.json"):
            if pad.stem not in hoofdstukken:
                pad.unlink()

    def _fixed(self, notebook: Path, jaar: int, team: str) -> str:
        """Digest of what a notebook rests on whatever it looks up."""
        if notebook not in self._notebooks:
            self._notebooks[notebook] = file_digest(notebook)
        return digest(self._shape, self._notebooks[notebook], jaar, team)

    def _files(self) -> dict[Path, tuple[int, int]]:
        """Time and size of every file that figures and pages are made from."""
        paden = [pad for map_ in (self.map, self.map / "checked") for pad in map_.glob("*.*") if pad.is_file()]
        return {pad: (pad.stat().st_mtime_ns, pad.stat().st_size) for pad in paden}

    @cached_property
    def _shape(self) -> str:
        """Digest of what any page can depend on: the library, the settings, the teams, indicators and tables there are,
        and which of the optional columns that indicators rest on have any value."""
        from kopanalyse.indicators import INDICATOREN

        checked = self.map / "checked"
        kolommen = sorted({kolom for ind in INDICATOREN.values() for kolom in ind.steunt_op})
        return digest(library(), repr(self.settings), order_teams(self.frame["team"].unique(), self.settings),
                      sorted(self.frame["indicator"].unique()), sorted(pad.name for pad in checked.glob("*.parquet")),
                      [(kolom, has_values(checked, *kolom.split("."))) for kolom in kolommen])

    def _mark(self, jaar: int, team: str, sleutel: Sleutel) -> Any:
        """What is kept of something looked up; of what was computed also the tables, to save computing it again."""
        merk = self._now(jaar, team, sleutel)
        return [self._tables, merk] if sleutel[0] == BEREKEND else merk

    def _same(self, jaar: int, team: str, sleutel: Sequence[str], merk: Any) -> bool:
        """Whether something that was looked up is still what it was."""
        if sleutel[0] != BEREKEND:
            return merk == self._now(jaar, team, sleutel)
        tabellen, merk = merk
        return tabellen == self._tables or sleutel[1] in self._beside and merk == self._now(jaar, team, sleutel)

    def _now(self, jaar: int, team: str, sleutel: Sequence[str]) -> str:
        """Digest of something looked up as it is now; a text is looked up for the year and team of the report."""
        soort, *naam = sleutel
        if soort == CIJFERS:
            return self._rows.get(tuple(naam), "")
        if soort == BEREKEND:
            return self._rows_beside.get(tuple(naam), "")
        if soort == JAAR:
            return str(int(*naam) in self._years)
        if soort == GECONTROLEERD:
            return self._tables
        if soort == VEROUDERD:
            return digest(outdated(self.map))
        if soort == BESTAND:
            return self._file(*naam)
        teksten = {TOELICHTING: lambda: self.teksten.toelichtingen_bij(*naam, jaar, team),
                   VERHALEN: lambda: self.teksten.verhalen_bij(*naam, jaar, team),
                   PERSONAS: lambda: self.teksten.personas, KLANTREIZEN: lambda: self.teksten.klantreizen}
        return digest(repr(teksten[soort]()))

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
    def _years(self) -> set[int]:
        return set(self.frame["jaar"].tolist())

    @cached_property
    def _tables(self) -> str:
        return digest([(pad.name, file_digest(pad)) for pad in sorted((self.map / "checked").glob("*.parquet"))])

    @cached_property
    def _beside(self) -> dict[str, Indicator]:
        """The indicators that pages compute beside the long table."""
        from kopanalyse.report.onderdelen.hulpvragen import THEMAS_PER_CASUS

        return {ind.naam: ind for ind in (*(p.indicator() for p in self.teksten.personas), THEMAS_PER_CASUS)}

    @cached_property
    def _rows_beside(self) -> dict[tuple[str, ...], str]:
        frames = [compute_beside(self.settings, self.map, sorted(self._years), [ind]) for ind in self._beside.values()]
        return {sleutel: merk for frame in frames if frame is not None for sleutel, merk in rows_digest(frame).items()}


def rows_digest(frame: pandas.DataFrame) -> dict[tuple[str, ...], str]:
    """Digest of the rows of every indicator, team and year of a long table, in their order."""
    import pandas

    per_rij = pandas.util.hash_pandas_object(frame, index=False).to_numpy()
    return {(indicator, team, str(jaar)): _hash(per_rij[rijen].tobytes())
            for (indicator, team, jaar), rijen in rows_of(frame).items()}


def tell_build(gelezen: Collection[Sleutel]) -> None:
    """In a notebook: let every cell carry what it adds to ``gelezen``, so that ``build`` finds it in the notebook."""
    from IPython import get_ipython
    from IPython.display import publish_display_data

    verteld: set[Sleutel] = set()

    def tell(*_: Any) -> None:
        if nieuw := sorted(set(gelezen) - verteld):
            verteld.update(nieuw)
            publish_display_data({GELEZEN: nieuw})

    if (shell := get_ipython()) is not None:
        shell.events.register("post_run_cell", tell)


def _kept(cel: Mapping[str, Any]) -> dict[str, Any]:
    """What a page takes from a cell: texts and what was shown; no code, no times, no random names."""
    if cel["cell_type"] != "code":
        return {"cell_type": cel["cell_type"], "metadata": {}, "source": cel["source"]}
    uitvoer = [uit | {"execution_count": None} if "execution_count" in uit else uit for uit in cel["outputs"]
               if uit["output_type"] != "error" and uit.get("name") != "stderr"]
    uitvoer = [uit | {"data": {soort: wat for soort, wat in uit["data"].items() if soort != GELEZEN}} if "data" in uit
               else uit for uit in uitvoer]
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": uitvoer, "source": ""}
