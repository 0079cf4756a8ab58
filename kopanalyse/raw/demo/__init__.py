"""Demonstration registrations: synthetic, deterministic, in the form that the library reads."""

from __future__ import annotations

from pathlib import Path

from kopanalyse.errors import UserError

__all__ = ["write_demo"]


def write_demo(organisatie: str, doel: Path) -> None:
    """Write the demonstration registration of an organisation into the folder `doel`, whole or not at all.

    The same bytes every time. UserError for an organisation without a demonstration; FileExistsError when the folder
    holds more than a README.md, .gitkeep or .gitignore.
    """
    if organisatie != "dekop":
        raise UserError(f"Voor organisatie '{organisatie}' is er geen demonstratieregistratie; die is er voor: dekop.")
    from kopanalyse.raw.demo import dekop
    from kopanalyse.raw.demo.schrijven import schrijf_map

    schrijf_map(Path(doel), dekop.bestanden())
