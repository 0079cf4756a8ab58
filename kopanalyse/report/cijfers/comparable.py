"""What the registration carries of a comparison: who answers for a figure, what is covered, what changed its name.

``Cijfers`` looks figures up; here is what it knows beside them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kopanalyse.periode import MAANDEN
from kopanalyse.raw.schema import TOTAAL
from kopanalyse.report.cijfers.chance import Som
from kopanalyse.report.cijfers.cijfer import BUITEN, DEELS, VOLLEDIG, Cijfer, Rijen
from kopanalyse.report.dutch import datum, getal
from kopanalyse.statistics import DELEN, SPREIDING, SPREIDING_KOLOMMEN
from kopanalyse.statistics import MAANDEN as MAANDEN_VAN

if TYPE_CHECKING:
    import pandas

    from kopanalyse.periode import Periode
    from kopanalyse.settings import Breuk, Dekking, Hernoemd, Settings

DELEN_KOLOMMEN = (
    "indicator",
    "categorie",
    "subcategorie",
    "team",
    "jaar",
    "periode",
    "teller",
    "noemer",
    "waarde",
    "n_personen",
    "ondergrens",
    "bovengrens",
)
MAANDEN_KOLOMMEN = ("indicator", "categorie", "subcategorie", "team", "maand", "teller", "dekking")
Sleutel = tuple[str, str, str]


class Deel(NamedTuple):
    """The same part of two years: how it is called, and the figure of this year and of the year before."""

    naam: str
    cijfers: tuple[Cijfer, Cijfer]


class Comparable:
    """The side of ``Cijfers`` that says what may be compared with what."""

    settings: Settings
    periode: Periode
    vorig: Periode | None
    team: str
    teams: list[str]
    frame: pandas.DataFrame

    if TYPE_CHECKING:  # how ``Cijfers`` looks things up

        def get(
            self,
            indicator: str,
            categorie: str = TOTAAL,
            subcategorie: str = "",
            *,
            periode: Periode | str | None = None,
            team: str | None = None,
        ) -> Cijfer: ...
        def bestand(self, naam: str, kolommen: Sequence[str]) -> pandas.DataFrame | None: ...
        def _rijen(self, indicator: str, periode: str, team: str | None = None) -> Rijen: ...

    @property
    def nu(self) -> str:
        """The period within a sentence."""
        return self.periode.woorden

    @property
    def toen(self) -> str:
        """The period that it is held against, within a sentence; empty where there is none."""
        return self.vorig.woorden if self.vorig else ""

    def remembered(self, wat: Hashable, maak: Callable[[], Any]) -> Any:
        """What ``maak`` gave the first time that ``wat`` was asked for: one page asks for it very many times."""
        bewaard = self.__dict__.setdefault("_bewaard", {})
        if wat not in bewaard:
            bewaard[wat] = maak()
        return bewaard[wat]

    def breuken(
        self, indicator: str, categorie: str = "", van: date | None = None, tot: date | None = None
    ) -> list[Breuk]:
        """Breaks of this figure between two days; without them between the first day of the period before and the
        last of this one."""
        van = van or (self.vorig or self.periode).begin
        tot = tot or self.periode.eind
        return [b for b in self.settings.breuken if van < b.datum <= tot and b.about(indicator, categorie)]

    @property
    def known_teams(self) -> list[str]:
        """The teams with a name, in the order of the report."""
        return [team for team in self.teams if team != "onbekend"]

    @cached_property
    def sommen(self) -> Mapping[tuple[Any, ...], Som]:
        """Sums over units by indicator, categorie, subcategorie, team, year and the year that it is held against.

        Empty where ``compute`` did not leave them: every record then answers for itself.
        """
        frame = self.bestand(SPREIDING, SPREIDING_KOLOMMEN)
        if frame is None:
            return {}
        # a column at a time: rows of pandas take a hundred times as long
        k = {naam: frame[naam].tolist() for naam in frame.columns}
        sleutels = zip(k["indicator"], k["categorie"], k["subcategorie"], k["team"], k["jaar"], k["tegen"])
        return dict(zip(sleutels, map(Som, k["eenheden"], k["tt"], k["tn"], k["nt"], k["nn"])))

    def som(
        self, sleutel: Sleutel, periode: Periode, tegen: Periode | None = None, *, team: str | None = None
    ) -> Som | None:
        """The sums of a figure of ``periode``, or of what it has in common with ``tegen``; of nothing they are None."""
        wie, tegen = team or self.team, tegen or periode
        delen = [self.sommen.get((*sleutel, naam, periode.jaar, tegen.jaar)) for naam in self.names_of(wie, tegen)]
        delen = [deel for deel in delen if deel is not None]
        if not delen:
            return None
        som = delen[0]
        for deel in delen[1:]:
            som = som.plus(deel)
        return som

    def names_of(self, team: str, periode: Periode) -> list[str]:
        """The names under which the rows of a team stand in a period: its own, and those that it had until then."""
        eerder = [h.van for h in self.settings.teams_hernoemd if h.naar == team and h.datum >= periode.begin]
        return [team, *dict.fromkeys(naam for van in eerder for naam in self.names_of(van, periode))]

    def existed(self, team: str, periode: Periode) -> bool:
        """Whether anything was counted of this team in the period, under any of its names."""
        eigen = self.frame[(self.frame["jaar"] == periode.jaar) & self.frame["team"].isin(self.names_of(team, periode))]
        return bool((eigen["teller"].fillna(0) != 0).any() or (eigen["noemer"].fillna(0) != 0).any())

    @cached_property
    def _maanden(self) -> Mapping[tuple[str, ...], Mapping[date, float]]:
        """The months of every count, by indicator, categorie, subcategorie and team; only those wholly covered."""
        frame = self.bestand(MAANDEN_VAN, MAANDEN_KOLOMMEN)
        if frame is None:
            return {}
        k = {naam: frame[naam].tolist() for naam in MAANDEN_KOLOMMEN}
        reeksen: dict[tuple[str, ...], dict[date, float]] = {}
        for *sleutel, maand, teller, dekking in zip(*(k[naam] for naam in MAANDEN_KOLOMMEN)):
            if dekking == VOLLEDIG:
                reeksen.setdefault(tuple(sleutel), {})[date(*map(int, str(maand)[:10].split("-")))] = teller
        return reeksen

    def months(self, sleutel: Sleutel, team: str | None = None) -> dict[date, float]:
        """The count of each covered month (its first day), in order, since the last break; up to this period's end."""
        reeks: dict[date, float] = {}
        eind = self.periode.eind
        for naam in self.names_of(team or self.team, self.periode):
            for maand, aantal in self._maanden.get((*sleutel, naam), {}).items():
                if maand <= eind:
                    reeks[maand] = reeks.get(maand, 0) + aantal
        vanaf = max(
            (b.datum for b in self.settings.breuken if b.about(*sleutel[:2]) and b.datum <= eind), default=date.min
        )
        return {maand: reeks[maand] for maand in sorted(reeks) if maand >= vanaf}

    def same_part(self, sleutel: Sleutel, team: str | None = None) -> Deel | None:
        """The figure over the part of this year that the registration covers, and over the same part of the year
        before; None where either is not known."""
        if self.vorig is None or self.vorig != self.periode.zelfde_vorig_jaar:
            return None
        delen, jaren = self._delen, (self.periode.jaar, self.vorig.jaar)
        namen = {jaar: naam for jaar, naam in delen["namen"].items() if jaar in jaren}
        nu, toen = (delen["cijfers"].get((*sleutel, team or self.team, jaar)) for jaar in jaren)
        if nu is None or toen is None or not namen:
            return None
        return Deel(months(1, 3 * int(namen[jaren[0]][-1])), (nu, toen))

    @cached_property
    def _delen(self) -> dict[str, Mapping]:
        """The figures of parts of years, by key, team and year; and the name of the part (``2026-tm-K3``) by year."""
        frame = self.bestand(DELEN, DELEN_KOLOMMEN)
        if frame is None or frame.empty:
            return {"namen": {}, "cijfers": {}}
        frame = frame.astype(object).where(frame.notna(), None)
        cijfers = {tuple(rij[:5]): Cijfer(*rij[6:]) for rij in frame.itertuples(index=False, name=None)}
        return {"namen": dict(zip(frame["jaar"], frame["periode"])), "cijfers": cijfers}

    def outside(self, indicator: str, periode: Periode | None = None) -> bool:
        """Whether the registration has nothing about this indicator in the period."""
        return self.coverage(indicator, periode) == BUITEN

    def coverage(self, indicator: str, periode: Periode | None = None) -> str:
        """The least that any row of the indicator in this period says of what is covered; ``volledig`` without rows."""
        naam = str(periode or self.periode)
        rijen = [cijfer for sleutel, cijfer in self._rijen(indicator, naam).items() if sleutel[0] == naam]
        soorten = {cijfer.dekking for cijfer in rijen}
        return BUITEN if soorten == {BUITEN} else DEELS if soorten - {VOLLEDIG} else VOLLEDIG

    def whole(self, *sleutel: str, periode: Periode | str | None = None) -> float | None:
        """A value for a line over time: None where the period is covered in part, for that would be drawn as a fall."""
        cijfer = self.get(*sleutel, periode=periode)
        return cijfer.waarde if cijfer.dekking == VOLLEDIG else None

    def shown(self, *sleutel: str, periode: Periode | str | None = None) -> float | str | None:
        """A count for a table: with the word ``deels`` where its period is covered in part."""
        cijfer = self.get(*sleutel, periode=periode)
        return (
            f"{getal(cijfer.waarde)} ({DEELS})"
            if cijfer.dekking == DEELS and cijfer.waarde is not None
            else cijfer.waarde
        )

    def partly(self, periode: Periode) -> bool:
        """Whether the registration covers this period only in part, for some figure."""
        if "dekking" not in self.frame:
            return False
        return bool(
            (
                (self.frame["jaar"] == periode.jaar) & (self.frame["dekking"] == DEELS) & self.frame["kwartaal"].isna()
            ).any()
        )


def covered_words(dekking: Dekking, gecontroleerd: date | None, periode: Periode) -> str:
    """Which part of a period the registration covers, as a sentence (Dutch); empty for one that it covers wholly."""
    tot = dekking.tot or gecontroleerd
    vanaf = dekking.van if dekking.van and dekking.van > periode.begin else None
    tot = tot if tot and tot < periode.eind else None
    if not (vanaf or tot):
        return ""
    dagen = " ".join(filter(None, (vanaf and f"vanaf {datum(vanaf)}", tot and f"tot en met {datum(tot)}")))
    return f"De registratie van {periode.woorden} is er {dagen}."


def former(hernoemd: tuple[Hernoemd, ...], teams: list[str]) -> list[str]:
    """Those of ``teams`` whose figures stand under the name that came after."""
    return [h.van for h in hernoemd if h.naar in teams]


def months(van: int, tot: int) -> str:
    """``januari tot en met september``: the months from ``van`` to ``tot`` (1–12)."""
    return MAANDEN[van - 1] if van == tot else f"{MAANDEN[van - 1]} tot en met {MAANDEN[tot - 1]}"
