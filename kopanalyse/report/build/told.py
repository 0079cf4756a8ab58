"""What an executed notebook says of itself: what it opened and looked up, and whether it shows anything that counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kopanalyse.errors import UserError
from kopanalyse.periode import Periode
from kopanalyse.report.cijfers.looked_up import GELEZEN, GEOPEND, NIETS, Sleutel

INGEVOEGD = "injected-parameters"  # papermill's tag on the cell that it adds
Boom = Mapping[str, Any]  # a notebook, cell or output as Jupyter writes it


class Geweigerd(UserError):
    """What a notebook shows cannot become a page; the message (Dutch) says why. ``cel`` counts from 1."""

    def __init__(self, cel: int | None, melding: str) -> None:
        super().__init__(melding)
        self.cel = cel


def numbered(boek: Boom) -> Iterator[tuple[int, Boom]]:
    """Every cell, with its number in the notebook as it is saved: papermill adds a cell of its own."""
    nummer = 0
    for cel in boek["cells"]:
        nummer += INGEVOEGD not in cel["metadata"].get("tags", ())
        yield nummer, cel


def outputs(boek: Boom) -> Iterator[tuple[int, Boom]]:
    """Every output, with the number of its cell."""
    return ((nummer, uitvoer) for nummer, cel in numbered(boek) for uitvoer in cel.get("outputs", ()))


def looked_up(boek: Boom) -> set[Sleutel]:
    """Everything that was looked up; what was opened is not among it."""
    return {sleutel for _, sleutel in _told(boek) if sleutel[0] != GEOPEND}


def check_opened(boek: Boom, organisatie: str, periode: Periode, team: str) -> None:
    """Raise ``Geweigerd`` when a notebook opened another organisation, period or team than it was asked to show."""
    gevraagd = (organisatie, str(periode), team)
    for cel, (soort, *geopend) in _told(boek):
        if soort == GEOPEND and tuple(geopend) != gevraagd[: len(geopend)]:
            vanaf = int(geopend[0] == organisatie)  # whose figures they are goes without saying, when it is right
            toont, vroeg = (", ".join(wat[vanaf:]) for wat in (geopend, gevraagd[: len(geopend)]))
            raise Geweigerd(
                cel, f"dit notebook toont {toont}; gevraagd was {vroeg}. Heeft de eerste cel het label parameters?"
            )


def shows_nothing(boek: Boom) -> str:
    """Why a notebook has nothing to show, to end a sentence with; empty when it shows anything, or may.

    It has nothing when something under its cells says that it counts nothing, and nothing else stands there.
    """
    redenen = []
    for _, uitvoer in outputs(boek):
        data = uitvoer.get("data", {})
        if NIETS in data:
            redenen.append(data[NIETS])
        elif set(data) - {GELEZEN} or (uitvoer["output_type"] == "stream" and uitvoer["name"] == "stdout"):
            return ""
    return next(filter(None, redenen), "")


def _told(boek: Boom) -> Iterator[tuple[int, Sleutel]]:
    for cel, uitvoer in outputs(boek):
        for sleutel in uitvoer.get("data", {}).get(GELEZEN, ()):
            yield cel, tuple(sleutel)
