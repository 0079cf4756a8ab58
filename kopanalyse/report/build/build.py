"""Build the reports: papermill runs the notebooks for every year and team, the pages appear as folders complete.

Only notebooks run of which something has changed that they rest on (``kept``). Other processes run them
(``run``); this one turns what they ran into pages. A page is written beside its place and then
renamed, so that a reader never meets half a page. A page that no longer holds and cannot be made anew is taken away: a
story of which the consent was withdrawn may stand in it.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, as_completed
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kopanalyse.checked.provenance import mended_by, older_than
from kopanalyse.errors import DataError, UserError, disk_is_full
from kopanalyse.files import sweep, work_folder
from kopanalyse.periode import Periode, years_in
from kopanalyse.raw.schema import ALLE, ONBEKEND
from kopanalyse.report.authors import read_teksten
from kopanalyse.report.build.commentary import stories_of_no_year, unread, unshown
from kopanalyse.report.build.gone import remove_gone
from kopanalyse.report.build.kept import UITGEVOERD, Uitgevoerd
from kopanalyse.report.build.run import Mislukt, Plek, Taak, as_many_as_fit, execute, workers
from kopanalyse.report.build.told import Geweigerd
from kopanalyse.report.chapters import Catalogus, load_catalogue
from kopanalyse.report.chapters.jaarverslag.kerncijfers import never_counted
from kopanalyse.report.cijfers.candidates import possible_breaks
from kopanalyse.report.cijfers.stored import checked_on
from kopanalyse.report.cijfers.view import Cijfers, order_teams
from kopanalyse.report.notebook.asked import known_period, known_team, load_figures
from kopanalyse.report.pages.along import check_possible
from kopanalyse.report.pages.folders import team_folders
from kopanalyse.report.pages.marks import Boek
from kopanalyse.report.pages.writer import Schrijver
from kopanalyse.settings import OPENING, Settings

if TYPE_CHECKING:
    import pandas

EEN_UUR = 3_600  # seconds; no file takes that long to write

Voortgang = Callable[[str, int, int], None]


class Pool(Protocol):
    """What runs tasks elsewhere, as ``concurrent.futures`` has it."""

    def submit(self, doe: Callable, /, *wat: Any) -> Future: ...


@dataclass
class Uitkomst:
    """What a build made: the pages, what failed, the page to open first, and what the maker should know (Dutch).

    ``gelaten``: pages that were still right, and are left as they were. ``vast``: files that could not be replaced or
    taken away, because another program holds them open.
    """

    index: Path
    gemaakt: list[Path] = field(default_factory=list)
    gelaten: list[Path] = field(default_factory=list)
    mislukt: list[Mislukt] = field(default_factory=list)
    let_op: list[str] = field(default_factory=list)
    vast: list[Path] = field(default_factory=list)


class OutdatedError(DataError):
    """Something is older than what it was made from; the message (Dutch) says what, and what to run."""


def _zwijg(naam: str, gedaan: int, totaal: int) -> None:
    """Report no progress."""


def build(
    settings: Settings,
    *,
    raw: Path,
    processed: Path,
    reports: Path,
    notebooks: Path,
    jaren: Iterable[Periode] = (),
    teams: Iterable[str] = (),
    werkers: int = 0,
    cluster: str = "",
    alles: bool = False,
    toch: bool = False,
    ook: Collection[str] = (),
    voortgang: Voortgang = _zwijg,
    queries: Path | None = None,
) -> Uitkomst:
    """Make the pages of ``settings.hoofdstukken`` for the years and teams, and the indexes over all there are.

    Without ``jaren`` every year of the long table, without ``teams`` every team and the whole organisation. Each
    ``reports/<organisatie>/<jaar>/<team>/`` gets an opening page (``index.html``), a page per chapter, and all of it on
    one page for print (``volledig.html``). A chapter whose notebook says that it has nothing to show for a team is left
    out there: the opening page says why, and its old page goes. A failing notebook stops nothing: it comes back in
    ``mislukt``, and its old page goes when it no longer holds, with the page for print and the Excel file. Pages of
    teams, years and chapters that are no more go too.

    Only what changed is made; with ``alles`` everything. ``werkers``: how many notebooks run at once; 0 means as many
    as this machine has cores and memory for. ``cluster`` is the address of a Dask scheduler whose workers run the
    notebooks instead. ``ook`` is what is made beside the pages (``pages.along``); ``queries`` as in ``Engine``,
    for the handbook. Raises ``UserError`` before anything runs for an unknown year, team, notebook or key figure, a
    broken commentary, or a cluster or ``ook`` that cannot be; ``OutdatedError`` when
    figures, checked tables and registration do not belong together, unless ``toch``: every page says so then.
    """
    check_possible(ook)
    raw, processed, reports, notebooks = (Path(p).resolve() for p in (raw, processed, reports, notebooks))
    frame = load_figures(settings, processed)
    alle_teams = [ALLE, *order_teams(frame["team"].unique(), settings)]
    jaren = [known_period(frame, settings, jaar) for jaar in dict.fromkeys(jaren)] or years_in(frame["jaar"])
    teams = [known_team(team, alle_teams, settings) for team in dict.fromkeys(teams)] or [
        team for team in alle_teams if team != ONBEKEND
    ]
    catalogus = load_catalogue(settings, raw)
    teksten = read_teksten(raw, settings, alle_teams, catalogus)
    paden = find_notebooks(catalogus, notebooks)
    map_ = processed / settings.organisatie
    verouderd = older_than(map_, raw / settings.organisatie, settings, catalogus.definities.merk)
    if verouderd and not toch:
        raise OutdatedError(
            f"{' '.join(verouderd)} {mended_by(settings.organisatie)} Met --toch worden de rapporten wel gemaakt; dan "
            "staat dit erop."
        )
    view = partial(_view, frame, settings, map_, catalogus)
    vreemd = never_counted(view(max(jaren), ALLE))
    mappen = team_folders(alle_teams)
    schrijver = Schrijver(settings, catalogus, raw, reports, mappen, checked_on(map_), verouderd, alles=alles, ook=ook)
    uitgevoerd = Uitgevoerd(settings, catalogus.definities, frame, teksten, map_, mappen)
    for eigen in (map_ / UITGEVOERD, reports / settings.organisatie):
        _must_be_writable(eigen)
    sweep(reports / settings.organisatie)
    sweep(reports, dieper=False, seconden=EEN_UUR)  # the index over all organisations: another may write it now
    uitkomst = Uitkomst(
        schrijver.index,
        let_op=[
            *verouderd,
            *map(_slip, vreemd),
            *_waiting(teksten.wachtend),
            *unread(raw / settings.organisatie),
            *possible_breaks(frame, settings, map_, catalogus.definities),
        ],
    )
    boeken = {
        plek: {pad.stem: boek for pad in paden if (boek := uitgevoerd.get(pad, *plek))}
        for plek in product(jaren, teams)
    }

    def write(plek: Plek) -> None:
        uitgevoerd.leave(*plek, boeken[plek])
        gemaakt, gelaten, vast = schrijver.write_folder(*plek, *with_and_without(boeken[plek], len(paden)))
        uitkomst.gemaakt += gemaakt
        uitkomst.gelaten += gelaten
        uitkomst.vast += vast

    with work_folder() as werkmap:
        te_draaien = [(pad, *plek) for plek in boeken for pad in paden if alles or pad.stem not in boeken[plek]]
        taken = [Taak(*wat, werkmap / f"{nummer}.ipynb") for nummer, wat in enumerate(te_draaien)]
        bezig = Counter(taak.plek for taak in taken)
        for plek in boeken:
            if plek not in bezig:
                write(plek)
        omgeving = {"KOPANALYSE_RAW": str(raw), "KOPANALYSE_PROCESSED": str(processed)}
        pool = (
            _cluster(cluster, omgeving, map_ / "cijfers.parquet", notebooks)
            if cluster
            else workers(min(werkers or as_many_as_fit(), len(taken)), omgeving, werkmap)
        )
        with closing(
            run_tasks(
                taken,
                pool,
                settings.organisatie,
                voortgang,
                partial(schrijver.write_handbook, map_ / "checked", frame, queries),
            )
        ) as gedraaid:
            for taak, fout in gedraaid:
                if not fout:
                    fout = _keep(uitgevoerd, taak, boeken[taak.plek])
                if fout:
                    if disk_is_full(
                        OSError(str(fout))
                    ):  # no notebook's fault: its old page stays, and so do the others
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                    uitkomst.mislukt.append(fout)
                bezig[taak.plek] -= 1
                if not bezig[taak.plek]:
                    write(taak.plek)
    alle_jaren = years_in(frame["jaar"])
    blijft = {(jaar.folder, mappen[team]) for jaar in alle_jaren for team in alle_teams}
    uitkomst.let_op += remove_gone(schrijver.map, map_ / UITGEVOERD, blijft, catalogus.paginas, *schrijver.files())
    mogelijk = {*boeken, *((jaar, team) for jaar in alle_jaren for team in alle_teams if team != ONBEKEND)}
    uitkomst.let_op += unshown(teksten.toelichtingen, mogelijk, boeken)
    uitkomst.let_op += stories_of_no_year((verhaal.periode for verhaal in teksten.verhalen), alle_jaren)
    schrijver.write_indexes()
    uitkomst.vast += schrijver.write_parcels(boeken)
    return uitkomst


def _keep(uitgevoerd: Uitgevoerd, taak: Taak, boeken: dict[str, Boek]) -> Mislukt | None:
    """Keep what a task executed among ``boeken``; what is wrong with it, or None."""
    try:
        boeken[taak.hoofdstuk] = uitgevoerd.keep(taak.notebook, *taak.plek, taak.uit)
    except Geweigerd as fout:
        boeken.pop(taak.hoofdstuk, None)
        return Mislukt(taak.hoofdstuk, *taak.plek, fout.cel, str(fout))
    return None


def with_and_without(boeken: Mapping[str, Boek], aantal: int) -> tuple[dict[str, Boek], dict[str, str]]:
    """The notebooks to make pages of, and why each of the others has none: it has nothing to show.

    None of the ``aantal`` where the opening page would stand alone.
    """
    afwezig = {naam: boek.niets for naam, boek in boeken.items() if boek.niets and naam != OPENING}
    alleen = len(afwezig) == aantal - 1
    return {naam: boek for naam, boek in boeken.items() if naam not in afwezig and not alleen}, afwezig


def _slip(sleutel: str) -> str:
    return f"Het kerncijfer {sleutel!r} uit de instellingen wordt nergens geteld en blijft dus weg; klopt de categorie?"


def _waiting(verhalen: int) -> list[str]:
    """How many stories wait for consent; which they are is nobody's business here."""
    wat = "1 verhaal wacht" if verhalen == 1 else f"{verhalen} verhalen wachten"
    return (
        [f"{wat} op toestemming; zonder de regel toestemming: ja in de kop wordt een verhaal nergens getoond."]
        if verhalen
        else []
    )


def _must_be_writable(map_: Path) -> None:
    """Raise OSError now rather than after all notebooks have run."""
    map_.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=map_).close()


def _view(
    frame: pandas.DataFrame, settings: Settings, map_: Path, catalogus: Catalogus, periode: Periode, team: str
) -> Cijfers:
    """The figures as one period and team see them."""
    return Cijfers(frame, settings, periode, team, map_, definities=catalogus.definities)


def find_notebooks(catalogus: Catalogus, map_: Path) -> list[Path]:
    """The notebook of the opening page, and one per chapter; those of the organisation stand beside its tables."""
    eigen = {naam: h.notebook for naam, h in catalogus.hoofdstukken.items() if h.notebook}
    paden = [eigen.get(naam) or map_ / f"{naam}.ipynb" for naam in catalogus.paginas]
    for pad in paden:
        if not pad.is_file():
            aanwezig = ", ".join(sorted(p.stem for p in map_.glob("*.ipynb"))) or "geen"
            raise UserError(f"Het notebook {pad.name} staat niet in {map_}. Aanwezig: {aanwezig}.")
    return paden


def run_tasks(
    taken: Sequence[Taak],
    pool: AbstractContextManager[Pool],
    organisatie: str,
    voortgang: Voortgang,
    intussen: Callable[[], None] = lambda: None,
) -> Generator[tuple[Taak, Mislukt | None], None, None]:
    """Run all tasks in ``pool``; yield each when done, with what failed. ``intussen`` is done while they start."""
    if not taken:
        return intussen()
    with pool as open_pool:
        lopend = {open_pool.submit(execute, taak, organisatie): taak for taak in taken}
        voortgang("", 0, len(taken))
        intussen()
        for gedaan, future in enumerate(as_completed(lopend), 1):
            taak = lopend[future]
            voortgang(f"{taak.hoofdstuk} {taak.periode} {taak.team}", gedaan, len(taken))
            yield taak, _failure(future, taak)


def _cluster(adres: str, omgeving: dict[str, str], cijfers: Path, notebooks: Path) -> AbstractContextManager[Pool]:
    """The workers of a Dask cluster, instead of processes of our own."""
    try:
        from kopanalyse.report.build.cluster import on_cluster
    except ModuleNotFoundError as fout:
        raise UserError(f"Voor --cluster is het pakket {fout.name} nodig: pip install 'kopanalyse[cluster]'.") from None
    return on_cluster(adres, omgeving, cijfers, notebooks)


def _failure(future: Future, taak: Taak) -> Mislukt | None:
    try:
        return future.result()
    except Exception as fout:  # the worker itself broke down; the others go on
        melding = f"het proces is gestopt ({type(fout).__name__}: {fout})"
        return Mislukt(taak.hoofdstuk, taak.periode, taak.team, None, melding)
