"""What a notebook may do in an edition: open a report and show its parts. Anything else could read what is not out."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from kopanalyse.errors import UserError

TONEN = frozenset(
    {
        "alinea",
        "figuur",
        "tabel",
        "kerncijfers",
        "soorten",
        "toelichting",
        "verhalen",
        "personas",
        "personas_kort",
        "klantreizen",
    }
)
PARAMETERS = frozenset({"organisatie", "jaar", "team", "vergeleken_met"})
OPENEN = (
    "from kopanalyse import open_rapport",
    "rapport = open_rapport(organisatie, jaar, team)",
    "rapport = open_rapport(organisatie, jaar, team, vergeleken_met)",
)


class NotebookError(UserError):
    """A notebook does more than show parts; the message (Dutch) names it and the line."""


def check(notebook: Path) -> None:
    """Raise ``NotebookError`` for a notebook that does anything but open a report and show its parts."""
    cellen = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    for nummer, cel in enumerate(cellen, 1):
        bron = cel["source"] if isinstance(cel["source"], str) else "".join(cel["source"])
        if cel["cell_type"] == "code" and not _only_shows(bron):
            raise NotebookError(
                f"{notebook.name}, cel {nummer}: in een editie toont een notebook alleen onderdelen, met "
                f"rapport.{', rapport.'.join(sorted(TONEN))}. Neem het notebook van kopanalyse, of laat het hoofdstuk "
                "weg met publiceren.hoofdstukken_niet."
            )


def _only_shows(bron: str) -> bool:
    try:
        stappen = ast.parse(bron).body
    except SyntaxError:
        return False
    return all(ast.unparse(stap) in OPENEN or _sets_parameter(stap) or _shows(stap) for stap in stappen)


def _sets_parameter(stap: ast.stmt) -> bool:
    return (
        isinstance(stap, ast.Assign)
        and isinstance(stap.value, ast.Constant)
        and all(isinstance(doel, ast.Name) and doel.id in PARAMETERS for doel in stap.targets)
    )


def _shows(stap: ast.stmt) -> bool:
    roep = stap.value if isinstance(stap, ast.Expr) else None
    return (
        isinstance(roep, ast.Call)
        and isinstance(roep.func, ast.Attribute)
        and isinstance(roep.func.value, ast.Name)
        and roep.func.value.id == "rapport"
        and roep.func.attr in TONEN
        and not roep.keywords
        and all(isinstance(deel, ast.Constant) for deel in roep.args)
    )
