"""What readers of earlier editions know, and how a new edition speaks to them.

One traject that is registered late must not show in what changes from edition to edition: a number stays as it was
shown until the true one is a whole multiple away, and what was hidden stays hidden until it is well above the
threshold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kopanalyse.indicators.relations import (
    ALLEEN_TOENAME,
    GETALLEN,
    ONEINDIG,
    SLEUTEL,
    TELLER,
    Verband,
)
from kopanalyse.periode import Periode
from kopanalyse.publish.rounding import Afronding
from kopanalyse.raw.schema import ALLE

ZELFDE = "zelfde cijfer"
LEEG = (np.nan, np.nan, np.nan, False)  # of a number that no edition had: as shown, least, most, whether hidden


@dataclass(frozen=True)
class Vorige:
    """An earlier edition, as its readers know it: the rows of its ``publicatie.csv``, and the teams it leaves out."""

    naam: str
    rijen: pd.DataFrame
    zonder: Sequence[str] = ()

    @property
    def teams(self) -> list[str]:
        """All teams of the registration that it was made of."""
        return sorted({*self.rijen.team, *self.zonder} - {ALLE})

    def known(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Of the three numbers of each row: as shown, the least and the most they can be, and which are hidden."""
        getoond = self.rijen[list(GETALLEN)].to_numpy(float)
        onder, boven, verborgen = getoond.copy(), getoond.copy(), np.zeros(getoond.shape, bool)
        for rij, (grenzen, weg) in enumerate(zip(self.rijen.grenzen, self.rijen.verborgen)):
            for deel in grenzen.split():
                naam, tekst = deel.split(":")
                onder[rij, GETALLEN.index(naam)], boven[rij, GETALLEN.index(naam)] = map(float, tekst.split(".."))
            for naam in weg.split():
                verborgen[rij, GETALLEN.index(naam)] = True
        return getoond, onder, boven, verborgen


def frozen(vorige: Sequence[Vorige], status: Mapping[str, str], herzien: Collection[Periode]) -> pd.DataFrame | None:
    """The rows of years that are ``definitief`` and were published, as they were last; None where there are none."""
    jaren = {int(jaar) for jaar, hoe in status.items() if hoe == "definitief"} - {p.jaar for p in herzien}
    delen = []
    for uitgave in reversed(vorige):
        raak = uitgave.rijen[uitgave.rijen.jaar.isin(jaren)]
        if len(raak):
            delen.append(raak)
            jaren -= set(raak.jaar)
    return pd.concat(delen, ignore_index=True) if delen else None


@dataclass(frozen=True)
class Herinnering:
    """Of the three numbers of each new row what the last edition that had it showed; nan where it showed nothing."""

    getoond: np.ndarray
    onder: np.ndarray
    boven: np.ndarray
    was_verborgen: np.ndarray

    @classmethod
    def of(cls, aantal: int, vorige: Sequence[Vorige], verwant: Sequence[Verband]) -> Herinnering:
        """Of ``aantal`` new rows, given what ties them to those of earlier editions (``across``).

        The same figure comes before the same number under another name, a later edition before an earlier one.
        """
        delen = [uitgave.known() for uitgave in vorige]
        bekend = [np.concatenate([np.full((aantal, 3), leeg), *(d[k] for d in delen)]) for k, leeg in enumerate(LEEG)]
        daar = np.arange(3 * aantal)
        for v in sorted(verwant, key=lambda v: (v.naam == ZELFDE, max(v.plaatsen))):
            een, ander = min(v.plaatsen), max(v.plaatsen)
            if is_same(v) and een < 3 * aantal <= ander:
                daar[een] = ander
        return cls(*(deel.ravel()[daar].reshape(aantal, 3) for deel in bekend))

    def under_all_names(self, nummer: np.ndarray) -> Herinnering:
        """The same, also where a number stands that an earlier edition showed under another name only.

        ``nummer`` says which number stands at each place, -1 for none. Were one name kept and another rounded anew,
        the two together would say more than either.
        """
        gezien = np.flatnonzero(~np.isnan(self.getoond.ravel()) & (nummer >= 0))
        eerste = dict(zip(nummer[gezien[::-1]].tolist(), gezien[::-1].tolist()))
        nieuw = np.isnan(self.getoond.ravel()) & ~self.was_verborgen.ravel()
        paren = [(plaats, eerste[n]) for plaats in np.flatnonzero(nieuw) if (n := int(nummer[plaats])) in eerste]
        hier, daar = np.array(paren, int).reshape(-1, 2).T
        getoond, onder, boven = (deel.copy() for deel in (self.getoond, self.onder, self.boven))
        for deel in (getoond, onder, boven):
            deel.flat[hier] = deel.flat[daar]
        return Herinnering(getoond, onder, boven, self.was_verborgen)

    def still_hidden(self, waar: np.ndarray, afronding: Afronding) -> np.ndarray:
        """What was hidden and is not yet well above the threshold."""
        return self.was_verborgen & (waar < afronding.drempel + afronding.op) & (waar > 0)

    def keeps(self, waar: np.ndarray, afronding: Afronding) -> np.ndarray:
        """What is shown as it was: the true number is less than a multiple away, and not below the threshold."""
        return (self.getoond > 0) & (waar >= afronding.drempel) & (np.abs(waar - self.getoond) < afronding.op)


def across(
    rijen: pd.DataFrame, vorige: Sequence[Vorige], verbanden: Callable[[pd.DataFrame, Sequence[str]], list[Verband]]
) -> list[Verband]:
    """What ties the figures of editions to each other for who believes that nothing changed in between.

    Places count the rows of the new edition and then those of the earlier ones, oldest first. A figure is the same as
    when it was published last, or larger where only late registration changes it, and the relations between figures
    (``verbanden``: of a table and all teams of its registration) hold for the whole of what was ever published, each
    figure as it was said last: where 2023 ends 2024 begins.
    """
    tabellen = [*(uitgave.rijen for uitgave in vorige), rijen]
    begin = np.cumsum([len(rijen), *(len(uitgave.rijen) for uitgave in vorige)])
    laatste: dict[tuple[str, ...], tuple[int, int]] = {}
    uit = []
    for nummer, (tabel, eerste) in enumerate(zip(tabellen, [*begin[:-1].tolist(), 0])):
        for rij, sleutel in enumerate(_keys(tabel), eerste):
            if sleutel in laatste:
                uit += _again(sleutel[0], rij, laatste[sleutel][1])
            laatste[sleutel] = nummer, rij
    if len(laatste) == len(rijen):
        return uit
    van = sorted(laatste.values(), key=lambda plek: plek[1])
    alles = pd.concat([rijen, *tabellen[:-1]], ignore_index=True).iloc[[rij for _, rij in van]].reset_index(drop=True)
    teams = sorted({*rijen.team, *(team for uitgave in vorige for team in uitgave.teams)} - {ALLE})
    for v in verbanden(alles, teams):
        if len({van[plaats // 3][0] for plaats in v.plaatsen}) > 1:
            uit.append(v._replace(plaatsen=tuple(3 * van[plaats // 3][1] + plaats % 3 for plaats in v.plaatsen)))
    return uit


def _again(indicator: str, rij: int, eerder: int) -> list[Verband]:
    """What a figure has to do with itself in the last edition that had it."""
    uit = [Verband(ZELFDE, (3 * rij + kolom, 3 * eerder + kolom), (1, -1), 0, 0) for kolom in range(len(GETALLEN))]
    if indicator in ALLEEN_TOENAME:
        plaatsen = (3 * eerder + TELLER, 3 * rij + TELLER)
        uit.append(Verband("later niet minder", plaatsen, (1, -1), -ONEINDIG, 0))
    return uit


def is_same(v: Verband) -> bool:
    """Whether a relation says that two numbers are one."""
    return len(v.plaatsen) == 2 and v.onder == v.boven == 0 and v.gewichten == (1, -1)


def _keys(rijen: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(zip(*(rijen[kolom] for kolom in SLEUTEL)))
