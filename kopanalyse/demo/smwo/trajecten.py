"""Trajecten: when each began and ended, so that the streams of the story come out exactly."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kopanalyse.demo.smwo import verhaal
from kopanalyse.demo.smwo.verhaal import CASUS, JAREN, KORT, LAATSTE_DAG, Stroom
from kopanalyse.demo.verdeling import Lot, werkdag, werkdagen

# The three groups of trajecten by the years in which they are behandeld: every count of a year is that of two groups.
ALLEEN_2023, BEIDE, ALLEEN_2024 = "alleen 2023", "beide", "alleen 2024"
GROEPEN = {2023: (ALLEEN_2023, BEIDE), 2024: (BEIDE, ALLEEN_2024)}
EERSTE_START = {KORT: date(2022, 6, 1), CASUS: date(2021, 3, 1)}
DAG = timedelta(days=1)
BINNEN_MAAND, BINNEN_TWEE, LANGER = range(3)


@dataclass(eq=False)
class Traject:
    """A traject under construction; `duur` is the class of its duration, None while it is open."""

    soort: str
    dienst: str
    start: date
    eind: date | None = None
    duur: int | None = None
    klant_id: str = ""
    traject_id: str = ""
    team: str = ""

    @property
    def groep(self) -> str:
        if self.eind and self.eind.year == JAREN[0]:
            return ALLEEN_2023
        return ALLEEN_2024 if self.start.year == JAREN[1] else BEIDE

    @property
    def tot(self) -> date:
        """The last day that the registration knows about it."""
        return self.eind or LAATSTE_DAG

    @property
    def kort(self) -> bool:
        return self.dienst == KORT


def maanden_later(dag: date, maanden: int) -> date:
    """The same day so many months later, or the last day of that month."""
    jaren, maand = divmod(dag.month - 1 + maanden, 12)
    jaar = dag.year + jaren
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def bouw_trajecten() -> list[Traject]:
    """All trajecten in order of their start, with a number."""
    lot = Lot("smwo trajecten")
    trajecten = []
    for (soort, dienst), stroom in verhaal.STROMEN.items():
        trajecten += _doorloop(_Bouwer(soort, dienst, lot), stroom)
    trajecten = sorted(lot.schud(trajecten), key=lambda t: t.start)
    for nummer, traject in enumerate(trajecten, 1):
        traject.traject_id = f"T{nummer:05d}"
    return trajecten


def _doorloop(bouwer: _Bouwer, stroom: Stroom) -> list[Traject]:
    """The trajecten of one stream: closed within the year they began, closed in a later year, and still open."""
    begin, overloop, eind = stroom.open
    trajecten = []
    for jaar in JAREN:
        for duur, aantal in enumerate(stroom.uit[jaar]):
            trajecten += [bouwer.binnen_jaar(jaar, duur) for _ in range(aantal - stroom.eerder_begonnen[jaar][duur])]
    uit_2023, uit_2024 = (stroom.eerder_begonnen[jaar] for jaar in JAREN)
    blijft = begin - sum(uit_2023)
    # Of what was open on 1 January 2024 and takes long, part was already open a year before.
    oud = uit_2024[LANGER] * blijft // overloop if overloop else 0
    voor_2023, in_2023, in_2024 = (bouwer.eerste, date(2022, 12, 29)), _jaar(2023), _jaar(2024)
    trajecten += [bouwer.over_nieuwjaar(2023, duur, voor_2023) for duur in range(3) for _ in range(uit_2023[duur])]
    trajecten += [bouwer.over_nieuwjaar(2024, duur, in_2023) for duur in range(2) for _ in range(uit_2024[duur])]
    trajecten += [bouwer.over_nieuwjaar(2024, LANGER, voor_2023) for _ in range(oud)]
    trajecten += [bouwer.over_nieuwjaar(2024, LANGER, in_2023) for _ in range(uit_2024[LANGER] - oud)]
    trajecten += [bouwer.open(voor_2023) for _ in range(blijft - oud)]
    trajecten += [bouwer.open(in_2023) for _ in range(overloop - sum(uit_2024) - (blijft - oud))]
    trajecten += [bouwer.open(in_2024) for _ in range(eind - (overloop - sum(uit_2024)))]
    return trajecten


def _jaar(jaar: int) -> tuple[date, date]:
    return date(jaar, 1, 2), date(jaar, 12, 30)


class _Bouwer:
    """Makes trajecten of one kind."""

    def __init__(self, soort: str, dienst: str, lot: Lot) -> None:
        self.soort, self.dienst, self.lot = soort, dienst, lot
        self.eerste = EERSTE_START[dienst]

    def binnen_jaar(self, jaar: int, duur: int) -> Traject:
        """Begun and ended in the year."""
        eerste, laatste = _jaar(jaar)
        if duur == BINNEN_MAAND:
            dagen = self._korte_duur()
            start = werkdag(eerste, laatste - timedelta(days=dagen), self.lot)
            eind = werkdagen(start, start + timedelta(days=dagen))[-1]
        elif duur == BINNEN_TWEE:
            start = werkdag(eerste, date(jaar, 10, 29), self.lot)
            eind = werkdag(maanden_later(start, 1), maanden_later(start, 2), self.lot)
        else:
            start = werkdag(eerste, date(jaar, 8, 31), self.lot)
            na = maanden_later(start, 2) + DAG
            eind = werkdag(na, min(na + timedelta(days=self.lot.tussen(30, 200)), laatste), self.lot)
        return Traject(self.soort, self.dienst, start, eind, duur)

    def _korte_duur(self) -> int:
        """Days, under a month: many korte contacten are over in a week, a casus takes one at the least."""
        if self.dienst == KORT:
            return min(self.lot.getal(28), self.lot.getal(28))
        return self.lot.tussen(8, 27)

    def over_nieuwjaar(self, jaar: int, duur: int, begon: tuple[date, date]) -> Traject:
        """Begun before the year, when it takes long in the stretch `begon`, and ended in it."""
        if duur == BINNEN_MAAND:
            start = werkdag(date(jaar - 1, 12, 6), date(jaar - 1, 12, 27), self.lot)
            tussen = date(jaar, 1, 2), maanden_later(start, 1) - DAG
        elif duur == BINNEN_TWEE:
            start = werkdag(date(jaar - 1, 11, 8), date(jaar - 1, 12, 27), self.lot)
            tussen = max(date(jaar, 1, 2), maanden_later(start, 1)), maanden_later(start, 2)
        else:
            start = werkdag(*begon, self.lot)
            tussen = max(date(jaar, 1, 2), maanden_later(start, 2) + DAG), date(jaar, 12, 30)
        return Traject(self.soort, self.dienst, start, werkdag(*tussen, self.lot), duur)

    def open(self, begon: tuple[date, date]) -> Traject:
        """Still open; most of what has just begun is."""
        starts = [werkdag(*begon, self.lot) for _ in range(3 if self.dienst == KORT else 2)]
        return Traject(self.soort, self.dienst, max(starts))
