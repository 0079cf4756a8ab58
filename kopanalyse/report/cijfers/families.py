"""Many comparisons at once: which of them still say something, by Benjamini and Hochberg (1995).

Of a hundred comparisons between teams that do not differ, five come out at the 5% level. Held against the number of
comparisons, of those that are called different no more than one in twenty is expected to be not. What follows from
another figure (its mirror image, the same count under a second name) is no comparison of its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

REKENEN = 1e-9  # of a p-value: what two ways to the same one differ
DEEL = 0.05  # of what is called different, at most so much is expected not to be


def cutoff(kansen: Sequence[float], deel: float = DEEL) -> float:
    """The largest p-value that still counts, in a family of these; 0 when none does."""
    op_rij, aantal = sorted(kansen), len(kansen)
    return max((p for plaats, p in enumerate(op_rij, 1) if p <= deel * plaats / aantal), default=0.0)


def stands_out(kans: float, kansen: Sequence[float]) -> bool:
    """Whether a p-value still counts in its family; that of a mirror image differs in its last decimals only."""
    return kans <= cutoff(kansen) * (1 + REKENEN)


def distinct(kansen: Mapping[Any, float], zelfde: Mapping[Any, Hashable]) -> list[float]:
    """One p-value for each figure: of those with the same mark in ``zelfde`` only the first."""
    eerste: dict[Hashable, float] = {}
    for wie, p in kansen.items():
        eerste.setdefault(zelfde.get(wie, wie), p)
    return list(eerste.values())
