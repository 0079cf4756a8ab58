"""Build the reports: papermill runs the notebooks for every year and team, the pages appear as folders complete.

Only notebooks run of which something has changed that they rest on (``herkomst``). Other processes run them
(``execute``); this one turns what they ran into pages. A page is written beside its place and then
renamed, so that a reader never meets half a page. A page that no longer holds and cannot be made anew is taken away: a
story of which the consent was withdrawn may stand in it.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from kopanalyse.errors import UserError
from kopanalyse.report.cijfers import ALLE, ONBEKEND, Cijfers, checked_on, order_teams, outdated
from kopanalyse.report.execute import Mislukt, Plek, Taak, as_many_as_fit, execute, workers
from kopanalyse.report.herkomst import UITGEVOERD, Uitgevoerd
from kopanalyse.report.mappen import team_folders
from kopanalyse.report.onderdeel import nothing_to_show
from kopanalyse.report.paginas import Schrijver
from kopanalyse.report.rapport import RAPPORT, known_team, known_year, load_figures
from kopanalyse.report.teksten import Teksten, read_teksten
from kopanalyse.settings import Settings

GEVRAAGD = re.compile(r"""rapport\.(?:figuur|tabel)\(\\?["'](\w+)""")     # the parts that a notebook asks for
GEVRAAGDE_TEKSTEN = re.compile(r"rapport\.(verhalen|personas|klantreizen)\(")

Voortgang = Callable[[str, int, int], None]


class Pool(Protocol):
    """What runs tasks elsewhere, as ``concurrent.futures`` has it."""

    def submit(self, doe: Callable, /, *wat: Any) -> Future: ...


@dataclass
class Uitkomst:
    """What a build made: the pages, what failed, the page to open first, and what the maker should know (Dutch).

    ``gelaten``: pages that were still right, and are left as they were.
    """

    index: Path
    gemaakt: list[Path] = field(default_factory=list)
    gelaten: list[Path] = field(default_factory=list)
    mislukt: list[Mislukt] = field(default_factory=list)
    let_op: list[str] = field(default_factory=list)


def _zwijg(naam: str, gedaan: int, totaal: int) -> None:
    """Report no progress."""


def build(settings: Settings, *, raw: Path, processed: Path, reports: Path, notebooks: Path, jaren: Iterable[int] = (),
          teams: Iterable[str] = (), werkers: int = 0, cluster: str = "", alles: bool = False,
          voortgang: Voortgang = _zwijg, queries: Path | None = None) -> Uitkomst:
    """Make the pages of ``settings.hoofdstukken`` for the years and teams, and the indexes over all there are.

    Without ``jaren`` every year of the long table, without ``teams`` every team and the whole organisation. Each
    ``reports/<organisatie>/<jaar>/<team>/`` gets an opening page (``index.html``), a page per chapter, and all of it on
    one page for print (``volledig.html``). A chapter that has nothing to show for a team is left out there: the opening
    page says why, and its old page goes. A failing notebook stops nothing: it comes back in ``mislukt``, and its old
    page goes when it no longer holds, with the page for print and the Excel file.

    Only what changed is made; with ``alles`` everything. ``werkers``: how many notebooks run at once; 0 means as many
    as this machine has cores and memory for. ``cluster`` is the address of a Dask scheduler whose workers run the
    notebooks instead. ``queries`` as in ``Engine``, for the handbook. Raises ``UserError`` before anything runs for an
    unknown year, team, notebook or key figure, a broken commentary, or a cluster that cannot.
    """
    from kopanalyse.report.onderdelen.jaarverslag import never_counted

    raw, processed, reports, notebooks = (Path(p).resolve() for p in (raw, processed, reports, notebooks))
    frame = load_figures(settings, processed)
    alle_teams = [ALLE, *order_teams(frame["team"].unique(), settings)]
    jaren = [known_year(frame, settings, jaar) for jaar in dict.fromkeys(jaren)] or sorted(set(frame["jaar"]))
    teams = [known_team(team, alle_teams, settings) for team in dict.fromkeys(teams)] or [
        team for team in alle_teams if team != ONBEKEND]
    teksten = read_teksten(raw, settings, alle_teams)
    opening, *hoofdstukken = _notebooks(settings, notebooks)
    map_ = processed / settings.organisatie
    vreemd = never_counted(Cijfers(frame, settings, max(jaren), ALLE, map_))
    mappen = team_folders(alle_teams)
    schrijver = Schrijver(settings, raw, reports, mappen, checked_on(map_), alles=alles)
    uitgevoerd = Uitgevoerd(settings, frame, teksten, map_, mappen)
    for eigen in (map_ / UITGEVOERD, reports / settings.organisatie):
        _must_be_writable(eigen)
    uitkomst = Uitkomst(schrijver.index, let_op=[*outdated(map_), *map(_slip, vreemd), *_waiting(teksten.wachtend)])
    afwezig = {(int(jaar), team): _absent(hoofdstukken, Cijfers(frame, settings, jaar, team, map_), teksten)
               for jaar in jaren for team in teams}
    gewenst = _wanted(opening, hoofdstukken, afwezig)
    boeken = {plek: {pad.stem: boek for pad in paden if (boek := uitgevoerd.get(pad, *plek))}
              for plek, paden in gewenst.items()}

    def write(plek: Plek) -> None:
        uitgevoerd.leave(*plek, boeken[plek])
        gemaakt, gelaten = schrijver.write_folder(*plek, boeken[plek], afwezig[plek])
        uitkomst.gemaakt += gemaakt
        uitkomst.gelaten += gelaten

    with tempfile.TemporaryDirectory(prefix="kop-", ignore_cleanup_errors=True) as werkmap:
        te_draaien = [(pad, *plek) for plek, paden in gewenst.items() for pad in paden
                      if alles or pad.stem not in boeken[plek]]
        taken = [Taak(*wat, Path(werkmap) / f"{nummer}.ipynb") for nummer, wat in enumerate(te_draaien)]
        bezig = Counter(taak.plek for taak in taken)
        for plek in boeken:
            if plek not in bezig:
                write(plek)
        omgeving = {"KOPANALYSE_RAW": str(raw), "KOPANALYSE_PROCESSED": str(processed), RAPPORT: "1"}
        pool = _cluster(cluster, omgeving, map_ / "cijfers.parquet", notebooks) if cluster else workers(
            min(werkers or as_many_as_fit(), len(taken)), omgeving, Path(werkmap))
        with closing(_run(taken, pool, settings.organisatie, voortgang,
                          partial(schrijver.write_handbook, map_ / "checked", frame, queries))) as gedraaid:
            for taak, fout in gedraaid:
                if fout:
                    uitkomst.mislukt.append(fout)
                else:
                    boeken[taak.plek][taak.hoofdstuk] = uitgevoerd.keep(taak.notebook, *taak.plek, taak.uit)
                bezig[taak.plek] -= 1
                if not bezig[taak.plek]:
                    write(taak.plek)
    schrijver.write_indexes()
    return uitkomst


def _wanted(opening: Path, hoofdstukken: Sequence[Path],
            afwezig: Mapping[Plek, Mapping[str, str]]) -> dict[Plek, list[Path]]:
    """The notebooks of each year and team; none where the opening page would stand alone."""
    return {plek: [opening, *(pad for pad in hoofdstukken if pad.stem not in weg)] if len(weg) < len(hoofdstukken) else []
            for plek, weg in afwezig.items()}


def _slip(sleutel: str) -> str:
    return f"Het kerncijfer {sleutel!r} uit de instellingen wordt nergens geteld en blijft dus weg; klopt de categorie?"


def _waiting(verhalen: int) -> list[str]:
    """How many stories wait for consent; which they are is nobody's business here."""
    wat = "1 verhaal wacht" if verhalen == 1 else f"{verhalen} verhalen wachten"
    return [f"{wat} op toestemming; zonder de regel toestemming: ja in de kop wordt een verhaal nergens getoond."
            ] if verhalen else []


def _must_be_writable(map_: Path) -> None:
    """Raise OSError now rather than after all notebooks have run."""
    map_.mkdir(parents=True, exist_ok=True)
    tempfile.TemporaryFile(dir=map_).close()


def _notebooks(settings: Settings, map_: Path) -> list[Path]:
    """The notebook of the opening page, and one per chapter."""
    paden = [map_ / f"{hoofdstuk}.ipynb" for hoofdstuk in settings.notebooks]
    for pad in paden:
        if not pad.is_file():
            aanwezig = ", ".join(sorted(p.stem for p in map_.glob("*.ipynb"))) or "geen"
            raise UserError(f"Het notebook {pad.name} staat niet in {map_}. Aanwezig: {aanwezig}.")
    return paden


def _absent(hoofdstukken: Sequence[Path], c: Cijfers, teksten: Teksten) -> dict[str, str]:
    """Those chapters that have nothing to show for this year and team, each with why, to end a sentence with.

    A chapter has nothing when all its parts are about indicators of which neither this year nor the year before
    counts anything, or about a year before that is not there, and none of the texts that it asks for is there. What is
    not about the long table (the quality of the registration) always has something to show.
    """
    from kopanalyse.report.onderdelen import ONDERDELEN

    weg = {}
    for pad in hoofdstukken:
        bron = pad.read_text(encoding="utf-8", errors="replace")
        redenen = [nothing_to_show(naam, c) if naam in ONDERDELEN else "" for naam in GEVRAAGD.findall(bron)]
        redenen += ["" if teksten.has(soort, pad.stem, c.jaar, c.team) else "er zijn geen teksten"
                    for soort in GEVRAAGDE_TEKSTEN.findall(bron)]
        if redenen and all(redenen):
            weg[pad.stem] = redenen[0]
    return weg


def _run(taken: Sequence[Taak], pool: AbstractContextManager[Pool], organisatie: str, voortgang: Voortgang,
         intussen: Callable[[], None]) -> Iterator[tuple[Taak, Mislukt | None]]:
    """Run all tasks in ``pool``; yield each when it is done, with what failed. ``intussen`` is done while they start."""
    if not taken:
        return intussen()
    with pool as open_pool:
        lopend = {open_pool.submit(execute, taak, organisatie): taak for taak in taken}
        voortgang("", 0, len(taken))
        intussen()
        for gedaan, future in enumerate(as_completed(lopend), 1):
            taak = lopend[future]
            voortgang(f"{taak.hoofdstuk} {taak.jaar} {taak.team}", gedaan, len(taken))
            yield taak, _failure(future, taak)


def _cluster(adres: str, omgeving: dict[str, str], cijfers: Path, notebooks: Path) -> AbstractContextManager[Pool]:
    """The workers of a Dask cluster, instead of processes of our own."""
    try:
        from kopanalyse.report.cluster import on_cluster
    except ModuleNotFoundError as fout:
        raise UserError(f"Voor --cluster is het pakket {fout.name} nodig: pip install 'kopanalyse[cluster]'.") from None
    return on_cluster(adres, omgeving, cijfers, notebooks)


def _failure(future: Future, taak: Taak) -> Mislukt | None:
    try:
        return future.result()
    except Exception as fout:  # the worker itself broke down; the others go on
        melding = f"het proces is gestopt ({type(fout).__name__}: {fout})"
        return Mislukt(taak.hoofdstuk, taak.jaar, taak.team, None, melding)
