"""What is drawn, as plain values: a chapter makes them, and needs no library that draws to do so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kopanalyse.report.charts.style import ACCENT
from kopanalyse.report.dutch import Maybe

if TYPE_CHECKING:
    from kopanalyse.report.cijfers.limits import Stip


@dataclass(frozen=True)
class Reeks:
    """A line: one value per label of its panel; None where there is none."""

    naam: str
    waarden: Sequence[Maybe]
    kleur: str = ACCENT


@dataclass(frozen=True)
class Paneel:
    """One small chart in a set: lines, or pairs of bars, over the same labels.

    ``breuken``: where the registration changed (0 is the first label, 0.5 halfway to the next) and why.
    """

    titel: str
    labels: Sequence[str]
    reeksen: Sequence[Reeks]
    eenheid: str = "aantal"
    staven: bool = False
    decimalen: int | None = None
    breuken: Sequence[tuple[float, str]] = ()


@dataclass(frozen=True)
class Staaf:
    """A bar with its value; ``vorig`` is the same figure of the year before."""

    naam: str
    waarde: Maybe
    vorig: Maybe = None
    kleur: str = ACCENT


@dataclass(frozen=True)
class Stapel:
    """A bar in parts: one value per part; ``bijschrift`` stands at its end.

    ``geheel`` is what the parts are together, where an edition shows that and not each of them.
    """

    naam: str
    waarden: Sequence[float]
    bijschrift: str = ""
    geheel: Maybe = None


@dataclass(frozen=True)
class Punt:
    """An estimate with its 95% interval, and the value of the year before; ``klein`` when its base is small.

    ``teken`` (▲ or ▼) marks one that stands out; ``n`` is its base, where that is to be written beside it; ``label`` is
    written instead of the value.
    """

    naam: str
    waarde: float
    onder: Maybe = None
    boven: Maybe = None
    vorig: Maybe = None
    klein: bool = False
    teken: str = ""
    n: Maybe = None
    label: str = ""


@dataclass(frozen=True)
class Plek:
    """A place on the map with what is counted there."""

    naam: str
    breedtegraad: float
    lengtegraad: float
    waarde: float


@dataclass(frozen=True)
class Puntpaneel:
    """One panel: estimates side by side; ``samen`` is the figure of all together, called ``naam_samen``."""

    titel: str
    punten: Sequence[Punt]
    eenheid: str
    samen: Maybe
    naam_samen: str
    decimalen: int | None = None


@dataclass(frozen=True)
class Trechter:
    """One funnel: its dots, the figure ``samen`` of the whole, and what stands along its axes.

    ``log``: the sizes lie so far apart that their axis is logarithmic.
    """

    titel: str
    stippen: Sequence[Stip]
    samen: float
    eenheid: str
    xkop: str
    ykop: str = ""

    @property
    def log(self) -> bool:
        noemers = [s.cijfer.noemer for s in self.stippen]
        return max(noemers) > 10 * min(noemers)

    @property
    def x_bereik(self) -> tuple[float, float]:
        noemers = [s.cijfer.noemer for s in self.stippen]
        return (min(noemers) / 1.3, max(noemers) * 1.3) if self.log else (min(noemers) * 0.5, max(noemers) * 1.1)

    @property
    def y_bereik(self) -> tuple[float, float]:
        """Past every dot, and past the 95% limits of the smallest; a share stays within 0 and 1."""
        alles = [self.samen, *(w for s in self.stippen for w in (s.waarde, s.onder[0], s.boven[0]))]
        marge = (max(alles) - min(alles)) * 0.12 or 0.1
        hoogste = max(alles) + marge
        return max(min(alles) - marge, 0), min(hoogste, 1) if self.eenheid == "aandeel" else hoogste
