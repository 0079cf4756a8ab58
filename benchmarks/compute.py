"""Indicators: ours beside SQL by hand, beside pandas, and beside only decoding the columns that they need."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from benchmarks.meten import Meting, function, in_turn, table, write_section

ONZE = "ours"


def main(checked: Path, schaal: int, keren: int, *, warm: Path) -> None:
    """Measure on the checked tables of De Kop that hold the demonstration ``schaal`` times.

    ``warm``: tables, no larger, whose queries are the same; they are compiled there before anything is measured.

    RuntimeError, with which figures, when a peer gives other figures than ours.
    """
    map_, gekozen, catalogus = str(checked), str(warm.parent / "gekozen.json"), str(warm.parent / "catalogus.json")
    ours = partial(function, "benchmarks.onze:indicators")
    for queries, alle in ((gekozen, False), (catalogus, True)):
        ours(checked=str(warm), queries=queries, alle=alle)
    jaren = function("benchmarks.onze:years").uitkomst
    deelnemers = {
        ONZE: partial(ours, checked=map_, queries=gekozen),
        "SQL by hand": partial(function, "benchmarks.met_sql:cijfers", checked=map_, jaren=jaren),
        "pandas": partial(function, "benchmarks.met_pandas:cijfers", checked=map_, jaren=jaren),
        "floor: decoding their columns": partial(function, "benchmarks.onze:decode", map_=map_, alle=False),
        "ours, the whole catalogue": partial(ours, checked=map_, queries=catalogus, alle=True),
        "floor: decoding all columns": partial(function, "benchmarks.onze:decode", map_=map_),
    }
    if checked == warm:  # what it costs does not grow with the data
        deelnemers["ours, no query compiled yet"] = partial(ours, checked=map_)
    onze: list[tuple] = []

    def equal(naam: str, meting: Meting) -> None:
        if naam == ONZE:
            onze[:] = meting.uitkomst
        elif naam in ("SQL by hand", "pandas"):
            assert_equal(naam, meting.uitkomst, onze)

    rijen = function("benchmarks.onze:rows", checked=map_).uitkomst
    metingen = in_turn(deelnemers, keren, equal)
    contacten = rijen["contacten"]
    overige = ", ".join(f"{rijen[tabel]:,} {tabel}" for tabel in ("trajecten", "zrm_metingen"))
    write_section(
        f"Compute, {contacten:,} contacten",
        f"""
The demonstration of De Kop {schaal} times ({contacten:,} contacten, {overige}); {len({rij[0] for rij in onze})}
indicators of every kind, with all periods, teams, categories and totals. Every run of SQL and pandas gave our
tellers, noemers and numbers of persons; only ours makes the rows that are zero and the intervals. Ours takes its
compiled queries from the run before, as the command does. "s per million": of contacten.

{table(metingen, ONZE, contacten)}
""",
    )


def assert_equal(naam: str, hunne: list[tuple], onze: list[tuple]) -> None:
    """Raise RuntimeError when two contenders give other figures (rows of ``FIGUUR``); rows of zero may be left out."""
    links, rechts = _figures(onze), _figures(hunne)
    anders = [
        (sleutel, links.get(sleutel), rechts.get(sleutel))
        for sleutel in links | rechts
        if links.get(sleutel) != rechts.get(sleutel)
    ]
    if anders:
        sleutel, wij, zij = anders[0]
        raise RuntimeError(
            f"{naam} gives {len(anders)} other figures than ours; the first is {' / '.join(sleutel)}: "
            f"ours (teller, noemer, n_personen) {wij}, {naam} {zij}"
        )


def _figures(rijen: list[tuple]) -> dict[tuple, tuple]:
    """Teller, noemer and persons by indicator, periode, team, categorie and subcategorie; a missing noemer is None."""
    return {
        (indicator, periode, team, categorie, subcategorie): (
            round(float(teller), 6),
            None if noemer is None or noemer != noemer else float(noemer),
            int(personen),
        )
        for indicator, periode, team, categorie, subcategorie, teller, noemer, personen in rijen
        if teller or personen
    }
