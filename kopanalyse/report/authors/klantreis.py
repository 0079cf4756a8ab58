"""Klantreizen: what a group of clients goes through, step by step, with how it feels and who does something.

``data/raw/<organisatie>/klantreizen/*.yaml``; its form stands in ``data/raw/README.md``. ``reiskaart`` shows a journey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kopanalyse.report.authors.reading import VRIJGAVE, Waarde, read_yaml, released
from kopanalyse.report.dutch import hoofdletter, verschil

VERPLICHT, MOGELIJK = ("groep", "fasen", "stappen"), ("bron", *VRIJGAVE)
GROEP = ("naam", "omschrijving")
STAP, STAP_MOGELIJK = ("fase", "gebeurtenis", "gedachte", "gevoel"), ("signaleerders", "organisatie")
GEVOEL = {-3: "heel slecht", -2: "slecht", -1: "niet zo goed", 0: "gaat wel", 1: "redelijk", 2: "goed", 3: "heel goed"}
LANGSTE_FASE, LANGSTE, STAPPEN_PER_FASE = 40, 200, 6  # characters and steps that a column of the map has room for


@dataclass(frozen=True)
class Stap:
    """One step of a journey; ``nummer`` counts over the whole journey, ``gevoel`` is a key of ``GEVOEL``."""

    nummer: int
    fase: str
    gebeurtenis: str
    gedachte: str
    gevoel: int
    signaleerders: tuple[str, ...]
    organisatie: str

    @property
    def gevoel_in_woorden(self) -> str:
        """``slecht (−2)``."""
        return f"{GEVOEL[self.gevoel]} ({verschil(self.gevoel, 0)})"

    @property
    def wie_het_ziet(self) -> str:
        """The signaleerders on one line."""
        return hoofdletter(", ".join(self.signaleerders))


@dataclass(frozen=True)
class Klantreis:
    """The journey of a group of clients, in phases; ``bron`` says what it rests on."""

    groep: str
    omschrijving: str
    fasen: tuple[str, ...]
    stappen: tuple[Stap, ...]
    bron: str
    vrijgegeven: bool = field(default=False, compare=False, repr=False)


def read_klantreizen(map_: Path) -> tuple[Klantreis, ...]:
    """All journeys in ``map_`` (``data/raw/<organisatie>``), by file name; ``TekstError`` for a broken one."""
    return tuple(_klantreis(read_yaml(pad)) for pad in sorted((map_ / "klantreizen").glob("*.yaml")))


def _klantreis(bestand: Waarde) -> Klantreis:
    v = bestand.velden(VERPLICHT, MOGELIJK)
    groep = v["groep"].velden(GROEP)
    fasen = v["fasen"].eenmalig(v["fasen"].teksten(LANGSTE_FASE))
    stappen: list[Stap] = []
    for deel in v["stappen"].lijst():
        stappen.append(_stap(deel, fasen, stappen))
    for fase in fasen:
        if fase not in {stap.fase for stap in stappen}:
            raise v["stappen"].melding(f"de fase {fase} heeft geen stap; verwacht wordt minstens één stap per fase")
    return Klantreis(
        groep["naam"].tekst(),
        groep["omschrijving"].tekst(),
        fasen,
        tuple(stappen),
        v["bron"].tekst() if "bron" in v else "",
        released(v),
    )


def _stap(deel: Waarde, fasen: Sequence[str], eerder: Sequence[Stap]) -> Stap:
    """One step, when it follows those before it: in the order of the phases, a handful in each."""
    v = deel.velden(STAP, STAP_MOGELIJK)
    fase = v["fase"].keuze(fasen, "een van de fasen")
    if eerder and fasen.index(fase) < fasen.index(eerder[-1].fase):
        raise v["fase"].fout(f"de volgorde van de fasen: {fase} komt voor {eerder[-1].fase}")
    if sum(stap.fase == fase for stap in eerder) == STAPPEN_PER_FASE:
        raise v["fase"].fout(f"hooguit {STAPPEN_PER_FASE} stappen in één fase")
    return Stap(
        len(eerder) + 1,
        fase,
        v["gebeurtenis"].tekst(LANGSTE),
        v["gedachte"].tekst(LANGSTE),
        v["gevoel"].geheel(min(GEVOEL), max(GEVOEL)),
        v["signaleerders"].teksten(LANGSTE) if "signaleerders" in v else (),
        v["organisatie"].tekst(LANGSTE) if "organisatie" in v else "",
    )
