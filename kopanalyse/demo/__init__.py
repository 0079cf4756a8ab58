"""Demonstration registrations: synthetic, deterministic, in the form that the library reads."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kopanalyse.demo.schrijven import schrijf_map
from kopanalyse.errors import UserError

__all__ = ["write_demo"]

# Each has a room of its own here, with a module `registratie` that gives its files.
ORGANISATIES = ("dekop", "smwo", "waterwijk")
EIGEN, EXPORT = "eigen", "export"
# Which demonstrations can also be written as a case system exports them, with a koppeling.
MET_EXPORT = ("waterwijk",)


def write_demo(
    organisatie: str,
    doel: Path,
    schaal: int = 1,
    meld: Callable[[str, int, int], None] = lambda naam, gedaan, totaal: None,
    vorm: str = EIGEN,
) -> None:
    """Write the demonstration registration of an organisation into the folder `doel`, whole or not at all.

    The same bytes every time. Above 1, `schaal` says how many times over (see `schaal.py`), as Parquet, and
    `meld(table, done, total)` is told of progress. `vorm` is `eigen` (our tables) or `export` (as a case system exports
    them, with a koppeling). UserError for an organisation without a demonstration and for a
    `schaal` below 1; FileExistsError when the folder holds more than a README.md, .gitkeep or .gitignore.
    """
    if schaal < 1:
        raise UserError(f"--schaal {schaal} kan niet; verwacht wordt een geheel getal vanaf 1.")
    if organisatie not in ORGANISATIES:
        raise UserError(
            f"Voor organisatie '{organisatie}' is er geen demonstratieregistratie; die is er voor: "
            f"{', '.join(ORGANISATIES)}."
        )
    if vorm not in (EIGEN, EXPORT):
        raise UserError(f"--vorm {vorm} bestaat niet. Mogelijk zijn: {EIGEN}, {EXPORT}.")
    if vorm == EXPORT:
        if organisatie not in MET_EXPORT or schaal > 1:
            raise UserError(f"--vorm {EXPORT} is er voor: {', '.join(MET_EXPORT)}, zonder --schaal.")
        schrijf_map(Path(doel), import_module(f"kopanalyse.demo.{organisatie}.export").bestanden())
        return
    bestanden = import_module(f"kopanalyse.demo.{organisatie}.registratie").bestanden
    if schaal == 1:
        schrijf_map(Path(doel), bestanden())
        return
    from kopanalyse.demo.schaal import multiply, readme

    schrijf_map(Path(doel), bestanden() | {"README.md": readme(schaal)}, lambda map_: multiply(map_, schaal, meld))
