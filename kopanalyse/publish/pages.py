"""The pages of an edition, made of its published table: the same chapters, by the same notebooks, with nothing else.

They are made in the folder that is to be put out, before it takes the place of the earlier edition.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path
from typing import Any

from kopanalyse.errors import DataError
from kopanalyse.excel import frame_workbook
from kopanalyse.files import digest, replace_file, work_folder
from kopanalyse.indicators.long_table import UITLEG
from kopanalyse.periode import Periode, years_in
from kopanalyse.publish.notebooks import check
from kopanalyse.raw.schema import ALLE
from kopanalyse.report.build.build import find_notebooks, run_tasks, with_and_without
from kopanalyse.report.build.kept import page_cell
from kopanalyse.report.build.run import Mislukt, Plek, Taak, as_many_as_fit, workers
from kopanalyse.report.build.told import check_opened, shows_nothing
from kopanalyse.report.chapters import Catalogus, load_catalogue
from kopanalyse.report.cijfers.published import EDITIE, TABEL, Editie, public_settings, read_edition
from kopanalyse.report.cijfers.view import order_teams
from kopanalyse.report.dutch import datum, getal, opsomming
from kopanalyse.report.pages.folders import team_folders
from kopanalyse.report.pages.handbook import public_handbook
from kopanalyse.report.pages.html import HANDBOEK
from kopanalyse.report.pages.marks import Boek, Merken
from kopanalyse.report.pages.writer import Schrijver
from kopanalyse.report.shown import NIET_GETOOND
from kopanalyse.settings import Settings, load_settings

VERANTWOORDING, WERKBOEK = "verantwoording.html", "publicatie.xlsx"
KOLOMMEN = UITLEG | {
    "verborgen": "welke getallen in deze rij niet getoond worden",
    "afgerond": "welke getallen zijn afgerond, en op hoeveel",
    "grenzen": "waar een afgerond getal tussen ligt",
}  # what each column of the table is
Meld = Callable[[str, int, int], None]


class PagesError(DataError):
    """A page of an edition could not be made; the message (Dutch) says which and why. Nothing has been put out."""


def write_pages(
    map_: Path,
    invoer: Path,
    notebooks: Path,
    werkers: int = 0,
    meld: Meld = lambda *_: None,
    ook: Sequence[str] = (),
) -> int:
    """Make the pages of the edition in ``map_`` (``…/<organisatie>``), beside its table; how many there are.

    ``invoer`` is a folder with the settings and the released texts, in the form of raw data; ``ook`` is what is made
    beside the pages. Raises ``PagesError`` when
    a notebook fails: an edition is whole or is not.
    """
    editie = read_edition(map_)
    settings = public_settings(load_settings(editie.beschrijving["organisatie"], invoer))
    catalogus = _without_own(load_catalogue(settings, invoer))
    paden = find_notebooks(catalogus, notebooks.resolve())
    for pad in paden:
        check(pad)
    teams = [ALLE, *order_teams(editie.rijen["team"].unique(), settings)]
    plekken = list(product(years_in(editie.rijen["jaar"]), teams))
    uitgever = Uitgever(editie, settings, catalogus, invoer, map_.parent, team_folders(teams), ook)
    with work_folder() as werkmap:
        boeken = _run(paden, plekken, settings.organisatie, map_, invoer, werkmap, werkers, meld)
        for plek in plekken:
            uitgever.write_folder(*plek, *with_and_without(boeken[plek], len(paden)))
    uitgever.write_public_handbook()
    uitgever.write_account()
    uitgever.write_table()
    uitgever.write_indexes()
    return len(list(map_.rglob("*.html")))


def _without_own(catalogus: Catalogus) -> Catalogus:
    """Without an organisation's own chapters: what its own notebook reads, and says, nobody has looked through."""
    return replace(catalogus, namen=tuple(naam for naam in catalogus.namen if not catalogus.is_own(naam)))


def _run(
    paden: Sequence[Path],
    plekken: Sequence[Plek],
    organisatie: str,
    map_: Path,
    invoer: Path,
    werkmap: Path,
    werkers: int,
    meld: Meld,
) -> dict[Plek, dict[str, Boek]]:
    """Run every notebook for every period and team, where there is nothing to read but the edition."""
    (werkmap / "leeg").mkdir()
    omgeving = {
        EDITIE: str(map_.resolve()),
        "KOPANALYSE_RAW": str(invoer.resolve()),
        "KOPANALYSE_PROCESSED": str(werkmap / "leeg"),
    }
    taken = [
        Taak(pad, *plek, werkmap / f"{nummer}.ipynb") for nummer, (plek, pad) in enumerate(product(plekken, paden))
    ]
    boeken: dict[Plek, dict[str, Boek]] = {plek: {} for plek in plekken}
    mislukt: list[Mislukt] = []
    pool = workers(min(werkers or as_many_as_fit(), len(taken)), omgeving, werkmap)
    for taak, fout in run_tasks(taken, pool, organisatie, meld):
        if fout:
            mislukt.append(fout)
        else:
            boeken[taak.plek][taak.hoofdstuk] = _kept(taak, organisatie)
    if mislukt:
        rest = f" En nog {len(mislukt) - 1} andere." if len(mislukt) > 1 else ""
        raise PagesError(f"De pagina's van de editie zijn niet te maken. {min(map(str, mislukt))}{rest}")
    volgorde = [pad.stem for pad in paden]
    return {plek: {naam: eigen[naam] for naam in volgorde} for plek, eigen in boeken.items()}


def _kept(taak: Taak, organisatie: str) -> Boek:
    """What a page takes from the notebook that a task executed, in the place of it."""
    from kopanalyse.report.pages.quick_nbformat import nbformat

    boek = nbformat.v4.reads(taak.uit.read_text(encoding="utf-8"))
    check_opened(boek, organisatie, *taak.plek)
    cellen = [page_cell(cel, taak.notebook.parent) for cel in boek.cells]
    inhoud = {"cells": cellen, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    replace_file(taak.uit, json.dumps(inhoud, ensure_ascii=False))
    return Boek(taak.uit, digest(cellen), shows_nothing(boek))


class Uitgever(Schrijver):
    """Writes the pages of an edition: the pages of a report, that say of themselves which edition they are of."""

    def __init__(
        self,
        editie: Editie,
        settings: Settings,
        catalogus: Catalogus,
        invoer: Path,
        uit: Path,
        mappen: dict[str, str],
        ook: Sequence[str] = (),
    ) -> None:
        gecontroleerd = editie.beschrijving.get("gecontroleerd")
        dag = date.fromisoformat(gecontroleerd) if gecontroleerd else None
        super().__init__(settings, catalogus, invoer, uit, mappen, dag, ook=ook)
        self.editie = editie

    def _marks(self, map_: Path) -> Merken:
        return Merken(map_, True, bewaar=False)

    def _common(self, periode: Periode | None = None, team: str | None = None) -> dict[str, Any]:
        b = self.editie.beschrijving
        dag = datum(date.fromisoformat(b["datum"]))
        verantwoording = VERANTWOORDING if periode is None else f"../../{VERANTWOORDING}"
        return super()._common(periode, team) | {
            "openbaar": True,
            "editie": b["editie"],
            "verantwoording": verantwoording,
            "tabel": TABEL,
            "tabelboek": WERKBOEK,
            "gecontroleerd": "",
            "herkomst": "",
            "voet": f"Editie {b['editie']} van {dag}, afgerond en onherleidbaar gemaakt.",
            "opdrachten": [],
        }

    def _source(self, pagina: dict[str, Any]) -> str:
        return f"{pagina['organisatie']}, editie {pagina['editie']}, afgerond"

    def write_public_handbook(self) -> None:
        """What every published figure counts; without queries and examples, which are for who has the registration."""
        gepubliceerd = set(self.editie.rijen["indicator"])
        inhoud = public_handbook(self.settings, self.catalogus.definities, gepubliceerd)
        pagina = self._common() | {"index": self.index.name} | inhoud
        replace_file(self.map / HANDBOEK, self._jinja.get_template("handboek.html.j2").render(p=pagina))

    def write_account(self) -> None:
        """What was done to the figures and why, for who reads them."""
        b = self.editie.beschrijving
        pagina = self._common() | {
            "index": self.index.name,
            "drempel": b["instellingen"]["drempel"],
            "op": b["instellingen"]["afronden_op"],
            "exact": b["instellingen"]["exact"] != [],
            "weggelaten": [self._readable(blok) for blok in b["weggelaten"]],
            "gelezen": getal(b["gelezen"]) if b.get("gelezen") else "",
            "herzien": sorted(b["herzien"].items()),
            "hoofdstukken": [
                self._title(naam)
                for naam in b["instellingen"]["hoofdstukken_niet"]
                if naam in self.catalogus.hoofdstukken
            ],
        }
        html = self._jinja.get_template("verantwoording.html.j2").render(p=pagina)
        replace_file(self.map / VERANTWOORDING, html)

    def write_table(self) -> None:
        """The table of the edition as a workbook, in which a figure that is not shown is a point."""
        rijen = self.editie.rijen
        namen = rijen.verborgen.str.split()
        getoond = rijen.astype(object)
        for kolom in ("teller", "noemer", "n_personen", "waarde"):
            weg = {kolom} | ({"teller", "noemer"} if kolom == "waarde" else set())
            verborgen = rijen[kolom].isna() & namen.map(lambda eigen: not weg.isdisjoint(eigen))
            getoond.loc[verborgen, kolom] = NIET_GETOOND
        wie = {"title": f"Editie {self.editie.naam}", "creator": self.settings.naam, "language": "nl-NL"}
        replace_file(self.map / WERKBOEK, frame_workbook(getoond, "cijfers", KOLOMMEN, wie))

    def _readable(self, blok: str) -> str:
        """A block that is left out, with titles of indicators in the place of the patterns of their names."""
        alle = self.catalogus.definities.indicatoren.values()
        for patroon in self.editie.beschrijving["instellingen"]["weg"]:
            titels = [f"‘{ind.titel}’" for ind in alle if fnmatchcase(ind.naam, patroon)]
            blok = blok.replace(patroon, opsomming(titels) if titels else patroon)
        return blok

    _extra_style = "\nabbr { text-decoration: none; }"  # the mark of what is not shown stays a point
    _upward = ""

    def _write_organisations(self, zoeken: dict[str, str]) -> None:
        """Nothing: an edition is of one organisation."""
