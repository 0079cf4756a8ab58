"""A period: what a figure, a page or a report is about.

A period is a value from the command line to the pages, never a bare number: a year, a half-year, a quarter, a year so
far ("tot en met"), or a school or book year that begins in another month than January.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import total_ordering

from kopanalyse.errors import UserError

EERSTE_JAAR, LAATSTE_JAAR = 1900, 9998  # what lies outside is a slip of the keyboard; the calendar ends with 9999
MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
RANG = ("eerste", "tweede", "derde", "vierde")
VORMEN = "2024, 2024-K3, 2024-H1, 2024-tm-K3 of 2024/2025"


class PeriodeError(UserError):
    """A text that is no period; the message (Dutch) says which forms there are."""


class Soort(Enum):
    """What part of time a period is, with its length in months; a year so far is as long as its quarters."""

    JAAR = 12
    HALFJAAR = 6
    KWARTAAL = 3
    TOT_EN_MET = 0
    BOEKJAAR = -12


@total_ordering
@dataclass(frozen=True)
class Periode:
    """One period. ``jaar`` is the year in which it begins, ``nummer`` which half-year or quarter (1-4).

    Of a year so far ``nummer`` is the last quarter that it holds. ``eerste_maand`` (1-12) is the month in which a book
    year begins; ``str`` gives the name in the long table, ``folder`` the name of its folder. Periods are ordered by
    their first and then their last day. Make one with ``parse``.
    """

    jaar: int
    soort: Soort = Soort.JAAR
    nummer: int = 0
    eerste_maand: int = 1

    @classmethod
    def parse(cls, tekst: str, eerste_maand: int = 1) -> Periode:
        """The period that ``tekst`` names, in the forms of ``VORMEN``; ``PeriodeError`` for any other text.

        A book year (``2024/2025``) begins in ``eerste_maand`` of the settings.
        """
        tekst = tekst.strip()
        if (past := re.match(r"\d{4}(?=$|[-/])", tekst, re.ASCII)) and not EERSTE_JAAR <= int(past[0]) <= LAATSTE_JAAR:
            raise PeriodeError(
                f"{past[0]} kan geen verslagjaar zijn; verwacht wordt een jaar van {EERSTE_JAAR} tot en "
                f"met {LAATSTE_JAAR}."
            )
        if past := re.fullmatch(r"(\d{4})(?:-(?:([KH])([1-4])|tm-K([1-4])))?", tekst, re.ASCII):
            jaar, letter, deel, tot = past.groups()
            if tot:
                return cls(int(jaar), Soort.TOT_EN_MET, int(tot))
            if letter == "K":
                return cls(int(jaar), Soort.KWARTAAL, int(deel))
            if letter == "H" and int(deel) <= 2:
                return cls(int(jaar), Soort.HALFJAAR, int(deel))
            if not letter:
                return cls(int(jaar))
        past = re.fullmatch(r"(\d{4})/(\d{4})", tekst, re.ASCII)
        if past and int(past[2]) == int(past[1]) + 1:
            return cls(int(past[1]), Soort.BOEKJAAR, eerste_maand=eerste_maand)
        raise PeriodeError(f"{tekst or 'Een lege tekst'} is geen periode; verwacht wordt bijvoorbeeld {VORMEN}.")

    def __str__(self) -> str:
        if self.soort is Soort.JAAR:  # a page asks for it very many times
            return str(self.jaar)
        return {
            Soort.KWARTAAL: f"{self.jaar}-K{self.nummer}",
            Soort.HALFJAAR: f"{self.jaar}-H{self.nummer}",
            Soort.TOT_EN_MET: f"{self.jaar}-tm-K{self.nummer}",
            Soort.BOEKJAAR: f"{self.jaar}/{self.jaar + 1}",
        }[self.soort]

    def __lt__(self, ander: Periode) -> bool:
        return (self.begin, self.eind) < (ander.begin, ander.eind)

    @property
    def begin(self) -> date:
        """The first day, included."""
        deel = self.soort.value * (self.nummer - 1) if self.soort in (Soort.HALFJAAR, Soort.KWARTAAL) else 0
        return date(self.jaar, self.eerste_maand + deel, 1)

    @property
    def eind(self) -> date:
        """The last day, included."""
        maanden = 3 * self.nummer if self.soort is Soort.TOT_EN_MET else abs(self.soort.value)
        na = self.begin.month - 1 + maanden
        return date(self.begin.year + na // 12, na % 12 + 1, 1) - timedelta(days=1)

    @property
    def maanden(self) -> int:
        """How many months it lasts."""
        return (self.eind.year - self.begin.year) * 12 + self.eind.month - self.begin.month + 1

    @property
    def vorige(self) -> Periode:
        """The period of its kind just before; of a year so far the same part of the year before."""
        delen = {Soort.HALFJAAR: 2, Soort.KWARTAAL: 4}.get(self.soort)
        if delen and self.nummer > 1:
            return Periode(self.jaar, self.soort, self.nummer - 1)
        return Periode(self.jaar - 1, self.soort, delen or self.nummer, self.eerste_maand)

    @property
    def zelfde_vorig_jaar(self) -> Periode:
        """The same part of the year before: what a period is compared with."""
        return Periode(self.jaar - 1, self.soort, self.nummer, self.eerste_maand)

    @property
    def kwartalen(self) -> list[Periode]:
        """The calendar quarters that it is made of; none of a quarter itself, nor of a book year that splits one."""
        if self.soort is Soort.KWARTAAL or (self.begin.month - 1) % 3:
            return []
        eerste = (self.begin.month - 1) // 3
        return [
            Periode(self.jaar + nummer // 4, Soort.KWARTAAL, nummer % 4 + 1)
            for nummer in range(eerste, eerste + self.maanden // 3)
        ]

    @property
    def folder(self) -> str:
        """Name of its folder: as in the long table, without a sign that a file system takes for something else."""
        return str(self).replace("/", "-")

    @property
    def woorden(self) -> str:
        """The period within a sentence: ``2024``, ``het derde kwartaal van 2024``, ``januari tot en met juni 2024``."""
        if self.soort is Soort.KWARTAAL:
            return f"het {RANG[self.nummer - 1]} kwartaal van {self.jaar}"
        if self.soort is Soort.HALFJAAR:
            return f"de {RANG[self.nummer - 1]} helft van {self.jaar}"
        if self.soort is Soort.TOT_EN_MET:
            return f"januari tot en met {MAANDEN[3 * self.nummer - 1]} {self.jaar}"
        return str(self)

    @property
    def parameter(self) -> int | str:
        """As the parameter ``jaar`` of a notebook has it: a year as a number, another period by its name."""
        return self.jaar if self.soort is Soort.JAAR else str(self)

    def contains(self, dag: date) -> bool:
        """Whether ``dag`` lies in it."""
        return self.begin <= dag <= self.eind


def years_in(kolom: Iterable[int]) -> list[Periode]:
    """The years that stand in a column ``jaar`` of a table, each once, in their order."""
    return [Periode(int(jaar)) for jaar in sorted(set(kolom))]
