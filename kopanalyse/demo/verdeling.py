"""Exact apportionment and reproducible chance, in whole numbers only.

Only `random.Random.random()` promises the same sequence on every Python version, and sums of floats differ between
versions, so everything here is built on that one call and on integers: the same bytes everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

T = TypeVar("T")
C = TypeVar("C", bound=Hashable)

# Public holidays on a weekday in the years that matter: nobody meets then.
FEESTDAGEN = frozenset(
    date.fromisoformat(dag)
    for dag in [
        "2018-01-01",
        "2018-04-02",
        "2018-04-27",
        "2018-05-10",
        "2018-05-21",
        "2018-12-25",
        "2018-12-26",
        "2019-01-01",
        "2019-04-22",
        "2019-05-30",
        "2019-06-10",
        "2019-12-25",
        "2019-12-26",
        "2021-01-01",
        "2021-04-05",
        "2021-04-27",
        "2021-05-13",
        "2021-05-24",
        "2022-04-18",
        "2022-04-27",
        "2022-05-26",
        "2022-06-06",
        "2022-12-26",
        "2023-04-10",
        "2023-04-27",
        "2023-05-18",
        "2023-05-29",
        "2023-12-25",
        "2023-12-26",
        "2024-01-01",
        "2024-04-01",
        "2024-05-09",
        "2024-05-20",
        "2024-12-25",
        "2024-12-26",
    ]
)


class Lot:
    """A seeded source of chance; each table has its own, so that adding a table leaves the others as they were."""

    def __init__(self, naam: str) -> None:
        self._bron = random.Random(naam)

    def getal(self, n: int) -> int:
        """A whole number from 0 up to and including n − 1."""
        return int(self._bron.random() * n)

    def tussen(self, laag: int, hoog: int) -> int:
        """A whole number from laag up to and including hoog."""
        return laag + self.getal(hoog - laag + 1)

    def een(self, rij: Sequence[T]) -> T:
        """One element of the sequence."""
        return rij[self.getal(len(rij))]

    def schud(self, rij: Sequence[T]) -> list[T]:
        """The same elements in another order (Fisher-Yates)."""
        kopie = list(rij)
        for i in range(len(kopie) - 1, 0, -1):
            j = self.getal(i + 1)
            kopie[i], kopie[j] = kopie[j], kopie[i]
        return kopie

    def gewogen(self, gewichten: Mapping[C, int]) -> C:
        """One category, with chances in proportion to the whole-number weights."""
        punt = self.getal(sum(gewichten.values()))
        for categorie, gewicht in gewichten.items():
            punt -= gewicht
            if punt < 0:
                return categorie
        raise ValueError("geen gewichten om uit te kiezen")


def evenredig(
    totaal: int, gewichten: Sequence[int], minimum: int = 0, maximum: Sequence[int] | None = None
) -> list[int]:
    """`totaal` split over the whole-number weights by largest remainders, within the bounds.

    Each gets at least `minimum` and at most its own maximum. The result has one number per weight and adds up exactly.
    ValueError when the bounds leave no solution.
    """
    aantallen = [minimum] * len(gewichten)
    plafond = list(maximum) if maximum is not None else [totaal] * len(gewichten)
    over = totaal - sum(aantallen)
    if over < 0 or sum(plafond) < totaal or any(p < minimum for p in plafond):
        raise ValueError(f"{totaal} is niet te verdelen over {len(gewichten)} binnen de grenzen")
    while over:
        ruim = [i for i, aantal in enumerate(aantallen) if aantal < plafond[i] and gewichten[i] > 0]
        som = sum(gewichten[i] for i in ruim)
        if not som:
            raise ValueError(f"{over} van {totaal} blijft over: alle gewichten zijn nul of vol")
        vol = [i for i in ruim if over * gewichten[i] // som >= plafond[i] - aantallen[i]]
        if vol:  # these get all they may have; the rest is divided anew
            over -= sum(plafond[i] - aantallen[i] for i in vol)
            for i in vol:
                aantallen[i] = plafond[i]
            continue
        delen = {i: divmod(over * gewichten[i], som) for i in ruim}
        tekort = over - sum(geheel for geheel, _ in delen.values())
        bovenop = set(sorted(ruim, key=lambda i: -delen[i][1])[:tekort])
        for i in ruim:
            aantallen[i] += delen[i][0] + (i in bovenop)
        over = 0
    return aantallen


def kaarten(gewichten: Mapping[C, int], aantal: int, lot: Lot) -> list[C]:
    """`aantal` cards in shuffled order, each category as often as its exact share says."""
    delen = evenredig(aantal, list(gewichten.values()))
    return lot.schud([categorie for categorie, deel in zip(gewichten, delen) for _ in range(deel)])


def gelijkmatig(gewichten: Mapping[C, int], aantal: int) -> list[C]:
    """`aantal` categories in an order in which every stretch is close to the shares: always the one furthest behind."""
    som = sum(gewichten.values())
    gegeven = dict.fromkeys(gewichten, 0)
    reeks = []
    for i in range(1, aantal + 1):
        achterop = max(gewichten, key=lambda c: gewichten[c] * i - gegeven[c] * som)
        gegeven[achterop] += 1
        reeks.append(achterop)
    return reeks


@cache
def werkdagen(eerste: date, laatste: date) -> tuple[date, ...]:
    """The working days from eerste up to and including laatste."""
    dagen = (eerste + timedelta(days=i) for i in range((laatste - eerste).days + 1))
    return tuple(dag for dag in dagen if dag.weekday() < 5 and dag not in FEESTDAGEN)


def werkdag(eerste: date, laatste: date, lot: Lot) -> date:
    """One working day in the stretch; the first day itself when the stretch has none."""
    dagen = werkdagen(eerste, laatste)
    return lot.een(dagen) if dagen else eerste


def keuze(rijen: Sequence[T], voorwaarde: Callable[[T], bool], aantal: int, lot: Lot) -> list[T]:
    """`aantal` different elements that satisfy the condition. ValueError when there are too few."""
    kandidaten = [rij for rij in rijen if voorwaarde(rij)]
    if len(kandidaten) < aantal:
        raise ValueError(f"{aantal} gevraagd, maar er zijn er {len(kandidaten)} die voldoen")
    return lot.schud(kandidaten)[:aantal]
