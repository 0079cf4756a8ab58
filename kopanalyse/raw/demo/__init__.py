"""Demonstration registrations: synthetic, deterministic, in the form that the library reads."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from kopanalyse.errors import UserError

__all__ = ["write_demo"]

# Each has a room of its own here, with a module `registratie` that gives its files.
ORGANISATIES = ("dekop", "smwo")


def write_demo(organisatie: str, doel: Path) -> None:
    """Write the demonstration registration of an organisation into the folder `doel`, whole or not at all.

    The same bytes every time. UserError for an organisation without a demonstration; FileExistsError when the folder
    holds more than a README.md, .gitkeep or .gitignore.
    """
    if organisatie not in ORGANISATIES:
        raise UserError(f"Voor organisatie '{organisatie}' is er geen demonstratieregistratie; die is er voor: "
                        f"{', '.join(ORGANISATIES)}.")
    from kopanalyse.raw.demo.schrijven import schrijf_map

    registratie = import_module(f"kopanalyse.raw.demo.{organisatie}.registratie")
    schrijf_map(Path(doel), registratie.bestanden())
