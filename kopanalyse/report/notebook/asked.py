"""What was asked, held against what there is: folders, organisation, year, team, names and papermill parameters."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kopanalyse.errors import UserError, suggestion
from kopanalyse.periode import Periode, years_in
from kopanalyse.report.cijfers.stored import computed_with, read_cijfers
from kopanalyse.settings import Settings

if TYPE_CHECKING:
    import pandas

PARAMETERS = ("organisatie", "jaar", "team")


class RapportError(UserError):
    """What was asked cannot be shown; the message (Dutch) says what is possible. A notebook shows only that."""


def load_figures(settings: Settings, processed: Path) -> pandas.DataFrame:
    """The long table of an organisation; ``RapportError`` with what to run first when it is not there."""
    naam = settings.organisatie
    eerst = (
        f"Voer eerst `make report` uit, of `kopanalyse compute --organisatie {naam}` (en daarvoor, zonder eigen "
        f"registratie, `kopanalyse demo --organisatie {naam}`)."
    )
    try:
        frame = read_cijfers(processed / naam, naam)
    except FileNotFoundError:
        raise RapportError(f"Er zijn nog geen cijfers van {settings.naam} in {processed / naam}. {eerst}") from None
    if frame.empty:
        raise RapportError(f"Het bestand met cijfers van {settings.naam} is leeg. {eerst}")
    if computed_with(processed / naam) not in ("", settings.fingerprint):
        raise RapportError(
            f"De instellingen van {settings.naam} zijn veranderd nadat de cijfers berekend zijn. "
            f"Voer eerst `kopanalyse compute --organisatie {naam}` uit."
        )
    return frame


def find_folders() -> tuple[Path, Path]:
    """Folders of raw and processed data: as the environment says, else ``data/`` here or in a folder above."""
    hier = Path.cwd()
    thuis = next((map_ for map_ in (hier, *hier.parents) if (map_ / "data" / "raw").is_dir()), hier)
    return (
        Path(os.environ.get("KOPANALYSE_RAW") or thuis / "data" / "raw"),
        Path(os.environ.get("KOPANALYSE_PROCESSED") or thuis / "data" / "processed"),
    )


def known_period(frame: pandas.DataFrame, settings: Settings, jaar: Periode | int | str) -> Periode:
    """The period that ``jaar`` names, as a notebook or a command line has it, when the long table has figures of it.

    Otherwise ``RapportError`` with what it has.
    """
    jaren = {str(periode): periode for periode in years_in(frame["jaar"])}
    if str(jaar).strip() not in jaren:
        raise RapportError(
            f"Over {jaar} zijn er geen cijfers van {settings.naam}. Mogelijk zijn: {', '.join(jaren)}. "
            f"Een ander jaar berekent u met `kopanalyse compute --organisatie {settings.organisatie} "
            "--jaar …`."
        )
    return jaren[str(jaar).strip()]


def earlier_period(frame: pandas.DataFrame, settings: Settings, vergeleken_met: int | str, periode: Periode) -> Periode:
    """``vergeleken_met`` when the long table has it and it lies before ``periode``; otherwise ``RapportError``."""
    vorig = known_period(frame, settings, vergeleken_met)
    if vorig >= periode:
        raise RapportError(f"vergeleken_met is {vorig}, maar moet een eerder jaar zijn dan {periode}.")
    return vorig


def known_team(team: object, teams: list[str], settings: Settings) -> str:
    """``team`` when it is one of ``teams``; otherwise ``RapportError`` with what is possible.

    A name that is no text any more (papermill makes 1 of 01, and False of no) comes with how to keep it one.
    """
    try:
        return known_name(str(team), teams, f"Bij {settings.naam} is geen team bekend met de naam", "")
    except RapportError as fout:
        if isinstance(team, str):
            raise
        raise RapportError(
            f"{fout} De naam kwam niet als tekst binnen: zet hem tussen aanhalingstekens in YAML, of "
            "gebruik -r in plaats van -p bij papermill."
        ) from None


def known_name(naam: str, mogelijk: list[str], wat: str, bestaat: str = " bestaat niet") -> str:
    """``naam`` when it is possible; otherwise an error that says what is."""
    if naam in mogelijk:
        return naam
    raise RapportError(f"{wat} {naam}{bestaat}.{suggestion(naam, mogelijk)} Mogelijk zijn: {', '.join(mogelijk)}.")


def check_parameters() -> None:
    """Stop at a misspelt papermill parameter: papermill itself only warns and runs with the default.

    Papermill injects a cell that starts with ``# Parameters``; IPython keeps what has been executed. A name that the
    injected cell sets must be one of ours, or one that an earlier cell (the analyst's own parameters) had set.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    cellen = list(shell.user_ns.get("In", [])) if shell is not None else []
    bekend = list(PARAMETERS)
    for cel in cellen:
        namen = _assigned(cel)
        if cel.startswith("# Parameters\n"):
            vreemd = [naam for naam in namen if naam not in bekend]
            if vreemd:
                raise RapportError(
                    f"De parameter {vreemd[0]} bestaat niet.{suggestion(vreemd[0], bekend)} "
                    f"Mogelijk zijn: {', '.join(bekend)}."
                )
        bekend += [naam for naam in namen if naam not in bekend]


def _assigned(cel: str) -> list[str]:
    try:
        boom = ast.parse(cel)
    except SyntaxError:
        return []
    return [
        doel.id
        for stap in boom.body
        if isinstance(stap, ast.Assign)
        for doel in stap.targets
        if isinstance(doel, ast.Name)
    ]
