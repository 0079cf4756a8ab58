"""A small organisation, made by hand: a few figures, two notebooks, and names that mean harm."""

import json
from pathlib import Path

import pandas as pd

from kopanalyse.indicators.long_table import KOLOMMEN

HOOFDMAP = Path(__file__).parent.parent.parent
VIJANDIG = "<script>alert('$x$')</script> & \"../..\\con\" \u202e\x07"
KOLOMMEN = list(KOLOMMEN)

OPENEN = ["rapport.kerncijfers('jaarverslag')"]
GOED = ["rapport.kerncijfers('overzicht')", "rapport.figuur('individueel_per_team')", "rapport.toelichting('caseload')"]
FOUT = ["rapport.figuur('bestaat_niet')"]


def write_small(map_: Path) -> None:
    """Settings, figures of two years and the hostile team ``VIJANDIG``, and notebooks to open with, ``goed`` and
    ``fout``."""
    raw, processed, notebooks = map_ / "raw" / "klein", map_ / "processed" / "klein", map_ / "notebooks"
    for nieuw in (raw, processed, notebooks):
        nieuw.mkdir(parents=True)
    (raw / "organisatie.toml").write_text(
        'naam = "Klein <Welzijn> & Co"\ntoelichting_gegevens = "Synthetische gegevens."\n'
        'hoofdstukken = ["goed", "fout"]\n[kerncijfers]\n"behandelde_casussen: individueel" = "trajecten <b>"\n',
        encoding="utf-8",
    )
    rijen = [
        (
            "klein",
            "behandelde_casussen",
            str(jaar),
            jaar,
            None,
            team,
            "individueel",
            "",
            "aantal",
            aantal,
            None,
            aantal,
            aantal,
            None,
            None,
            "volledig",
        )
        for jaar in (2018, 2019)
        for team, aantal in (("alle", 7.0), (VIJANDIG, 4.0), ("Zuid", 3.0))
    ]
    pd.DataFrame(rijen, columns=KOLOMMEN).to_parquet(processed / "cijfers.parquet")
    write_notebook(notebooks / "jaarverslag.ipynb", OPENEN)
    write_notebook(notebooks / "goed.ipynb", GOED)
    write_notebook(notebooks / "fout.ipynb", FOUT)


def write_notebook(pad: Path, regels: list[str]) -> None:
    """A notebook with a title, parameters, ``open_rapport`` and a cell for every line of code."""

    def code(bron: str, **metadata) -> dict:
        return {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": bron}

    cellen = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Titel\n\nInleiding."},
        code("organisatie = 'klein'\njaar = 2019\nteam = 'alle'", tags=["parameters"]),
        code("from kopanalyse import open_rapport\nrapport = open_rapport(organisatie, jaar, team)"),
        {"cell_type": "markdown", "metadata": {}, "source": "## Eerste\n\n## Eerste"},
        *map(code, regels),
    ]
    pad.write_text(
        json.dumps(
            {
                "cells": cellen,
                "nbformat": 4,
                "nbformat_minor": 4,
                "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
            }
        )
    )
