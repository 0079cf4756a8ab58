"""The long table of one organisation, as seen from one year and one team: looked up, never computed anew.

What is looked up is remembered, so that ``build`` can tell later whether a page rests on anything that has changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy

from kopanalyse.checked.provenance import outdated
from kopanalyse.indicators.catalogue import Definities, own_definitions
from kopanalyse.periode import Periode, years_in
from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report.cijfers.cijfer import BUITEN, NIETS, VOLLEDIG, Cijfer, Rijen
from kopanalyse.report.cijfers.comparable import Comparable, former
from kopanalyse.report.cijfers.looked_up import BEREKEND, BESTAND, CIJFERS, JAAR, VEROUDERD
from kopanalyse.report.cijfers.stored import compute_beside, has_values, read_columns
from kopanalyse.report.dutch import Maybe
from kopanalyse.statistics import wilson

if TYPE_CHECKING:
    import pandas

    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.settings import Settings


class Cijfers(Comparable):
    """Figures of ``periode`` and a period before it, for ``team``.

    ``vorig`` is that earlier period; without it the one before, when the long table has it. ``frame`` is the long
    table, or holds the rows that were computed beside it; ``map_`` is the folder that it stands in. ``definities`` are
    those of its indicators; without any those of the package. ``gelezen`` is what has been
    looked up, each as the kind and what names it (``looked_up``).
    """

    openbaar = False  # whether these are the figures of an edition
    verzwegen = False  # whether a category was asked for since that has no name here
    drempel, afronden_op = 1, 1  # the least number of persons that is shown, and what such numbers are rounded to

    def __init__(
        self,
        frame: pandas.DataFrame,
        settings: Settings,
        periode: Periode,
        team: str,
        map_: Path,
        vorig: Periode | None = None,
        definities: Definities | None = None,
    ) -> None:
        self.frame, self.settings, self.periode, self.team, self.map = frame, settings, periode, team, map_
        self._vorig, self.definities = vorig, definities or own_definitions()
        self.gelezen: set[tuple[str, ...]] = set()
        self._soort = CIJFERS
        self._rijen_van: dict[tuple[str, str, str], Rijen] = {}
        self._ingevuld: dict[str, bool] = {}

    @cached_property
    def vorig(self) -> Periode | None:
        """The period that this one is held against; None when the long table does not have it."""
        vorig = self._vorig or self.periode.vorige
        self.note(JAAR, str(vorig))
        return vorig if vorig in self.known else None

    @property
    def known(self) -> list[Periode]:
        """The periods that the long table has figures of, in their order."""
        return years_in(self.frame["jaar"])

    @property
    def jaren(self) -> list[Periode]:
        """The period before, where it is there, and the period itself."""
        return [periode for periode in (self.vorig, self.periode) if periode is not None]

    @cached_property
    def teams(self) -> list[str]:
        """Every team, without the whole organisation, in the order of the settings; ``onbekend`` comes last."""
        teams = order_teams(self.frame["team"].unique(), self.settings)
        weg = former(self.settings.teams_hernoemd, teams)
        return [team for team in teams if team not in weg]

    def share_of(self, teller: Maybe, noemer: Maybe) -> Maybe:
        """A share of two numbers; None of nothing."""
        return teller / noemer if noemer else None

    def heeft(self, indicator: str, team: str | None = None) -> bool:
        """Whether the long table has a row of ``indicator`` for the team in this period."""
        naam = str(self.periode)
        return any(sleutel[0] == naam for sleutel in self._rijen(indicator, naam, team))

    def telt(self, indicator: str) -> bool:
        """Whether ``indicator`` counts anything for the team, in the period or the one before."""
        return any(
            cijfer.teller or cijfer.noemer
            for naam in map(str, self.jaren)
            for sleutel, cijfer in self._rijen(indicator, naam).items()
            if sleutel[0] == naam
        )

    def get(
        self,
        indicator: str,
        categorie: str = TOTAAL,
        subcategorie: str = "",
        *,
        periode: Periode | str | None = None,
        team: str | None = None,
    ) -> Cijfer:
        """One figure; without ``periode`` and ``team`` those of the report. A figure that is not there is empty."""
        naam = str(periode or self.periode)
        return self._rijen(indicator, naam, team).get((naam, categorie, subcategorie), NIETS)

    def waarde(self, indicator: str, categorie: str = TOTAAL, subcategorie: str = "", **waar) -> Maybe:
        """Only the value of ``get``."""
        return self.get(indicator, categorie, subcategorie, **waar).waarde

    def categorieen(self, indicator: str, volgorde: tuple[str, ...] = ()) -> list[str]:
        """Categories with a row in either year: first ``volgorde``, then as stored, ``onbekend`` last."""
        aanwezig = dict.fromkeys(
            s[1] for jaar in map(str, self.jaren) for s in self._rijen(indicator, jaar) if s[0] == jaar
        )
        eerst = [naam for naam in volgorde if naam in aanwezig]
        rest = [naam for naam in aanwezig if naam not in (*volgorde, TOTAAL, ONBEKEND)]
        laatst = [ONBEKEND] if ONBEKEND in aanwezig and ONBEKEND not in eerst else []
        return [*eerst, *rest, *laatst]

    def subcategorieen(self, indicator: str, categorie: str) -> list[str]:
        """Subcategories of ``categorie`` with a row in either year, as stored, without ``totaal``."""
        return list(
            dict.fromkeys(
                s[2]
                for jaar in map(str, self.jaren)
                for s in self._rijen(indicator, jaar)
                if s[0] == jaar and s[1] == categorie and s[2] not in ("", TOTAAL)
            )
        )

    def niet_leeg(
        self, indicator: str, categorieen: list[str], subcategorie: str = "", perioden: list[str] | None = None
    ) -> list[str]:
        """Those categories that count anything in the year, the one before, or the given periods."""
        perioden = perioden or [str(jaar) for jaar in self.jaren]
        return [
            naam
            for naam in categorieen
            if any(self.get(indicator, naam, subcategorie, periode=p).teller for p in perioden)
        ]

    def kwartalen(self, indicator: str) -> list[str]:
        """The quarters of both years that ``indicator`` has for the team, in order."""
        return sorted({s[0] for jaar in map(str, self.jaren) for s in self._rijen(indicator, jaar) if s[0] != jaar})

    def computed(self, indicatoren: Sequence[Indicator]) -> Cijfers:
        """Figures of indicators that are not in the long table, computed now, seen from the same years and team.

        There are none where a table that one of them needs is missing.
        """
        frame = compute_beside(self.settings, self.map, self.jaren, indicatoren)
        ernaast = Cijfers(
            self.frame[:0] if frame is None else frame,
            self.settings,
            self.periode,
            self.team,
            self.map,
            self._vorig,
            self.definities,
        )
        ernaast.gelezen, ernaast._soort = self.gelezen, BEREKEND
        return ernaast

    def bestand(self, naam: str, kolommen: Sequence[str]) -> pandas.DataFrame | None:
        """Only the named columns of a file beside the figures, CSV or Parquet; None when it is not there."""
        self.note(BESTAND, naam, *kolommen)
        return read_columns(self.map / naam, kolommen)

    def outdated(self) -> list[str]:
        """A sentence when the registration was checked again after the figures were made; further as ``outdated``."""
        self.note(VEROUDERD)
        return outdated(self.map)

    def note(self, soort: str, *naam: str) -> None:
        """Remember that something was looked up."""
        self.gelezen.add((soort, *naam))

    def ingevuld(self, indicator: str) -> bool:
        """Whether an optional column that ``indicator`` rests on has any value; without one its figures say nothing."""
        steunt_op = self.definities.indicatoren[indicator].steunt_op if indicator in self.definities.indicatoren else ()
        return not steunt_op or any(has_values(self.map / "checked", *kolom.split(".")) for kolom in steunt_op)

    def _rijen(self, indicator: str, periode: str, team: str | None = None) -> Rijen:
        """The figures of one indicator and team of the year that a period of this name begins in, quarters included."""
        team, jaar = team or self.team, periode[:4]
        self.note(self._soort, indicator, team, jaar)
        sleutel = (indicator, team, jaar)
        if indicator not in self._ingevuld:
            self._ingevuld[indicator] = self.ingevuld(indicator)
        if sleutel not in self._rijen_van:
            self._rijen_van[sleutel] = self._read(*sleutel) if self._ingevuld[indicator] else {}
        return self._rijen_van[sleutel]

    def _read(self, indicator: str, team: str, jaar: str) -> Rijen:
        """The figures as they stand; of a team that was renamed with those under its former names added."""
        periode = Periode(int(jaar))
        rijen, *eerder = [self._stored(indicator, naam, periode) for naam in self.names_of(team, periode)]
        for erbij in eerder:
            rijen = _merged(rijen, erbij, self.definities.indicatoren.get(indicator))
        return rijen

    def _stored(self, indicator: str, team: str, periode: Periode) -> Rijen:
        eigen = self._plaatsen.get((indicator, team, periode.jaar), [])
        rijen = zip(*(kolom[eigen] for kolom in self._kolommen))
        # nothing is known of a period outside what is covered, whatever was computed
        return {rij[:3]: NIETS._replace(dekking=BUITEN) if rij[-1] == BUITEN else Cijfer(*rij[3:]) for rij in rijen}

    @cached_property
    def _kolommen(self) -> list[Any]:
        """The columns that figures are made of, as Python values: pages look up a few rows of them very many times."""
        frame = self.frame if "dekking" in self.frame else self.frame.assign(dekking=VOLLEDIG)
        kolommen = [frame[naam] for naam in ("periode", "categorie", "subcategorie", *Cijfer._fields)]
        return [numpy.where(kolom.isna(), None, kolom.to_numpy(object)) for kolom in kolommen]

    @cached_property
    def _plaatsen(self) -> Mapping[tuple[str, str, int], Sequence[int]]:
        return rows_of(self.frame)


def _merged(rijen: Rijen, erbij: Rijen, ind: Indicator | None) -> Rijen:
    """The figures of two names of one team. Who was counted under both cannot be told from two counts: then none."""
    uniek = ind is not None and ind.soort == "uniek"

    def samen(een: Cijfer, ander: Cijfer) -> Cijfer:
        leeg = [cijfer for cijfer in (een, ander) if not (cijfer.teller or cijfer.noemer)]
        if leeg:
            return ander if leeg[0] is een else een
        if uniek:
            return NIETS
        teller = een.teller + ander.teller
        noemer: Maybe = None if een.noemer is None else een.noemer + ander.noemer
        waarde = teller if noemer is None else teller / noemer
        # a mean of two spreads has no interval here: the sums over units say what may be compared
        onder = boven = None
        if noemer is not None and ind is not None and ind.soort == "aandeel":
            onder, boven = map(float, wilson(teller, noemer))
        return Cijfer(teller, noemer, waarde, een.n_personen + ander.n_personen, onder, boven, een.dekking)

    return {sleutel: samen(rijen.get(sleutel, NIETS), erbij.get(sleutel, NIETS)) for sleutel in {**rijen, **erbij}}


def rows_of(frame: pandas.DataFrame) -> Mapping[tuple[str, str, int], Sequence[int]]:
    """Where the rows of every indicator, team and year stand in a long table."""
    return frame.groupby(["indicator", "team", "jaar"], sort=False).indices


def order_teams(teams, settings: Settings) -> list[str]:
    """Team names without ``alle``: first as the settings order them, then by alphabet, ``onbekend`` last."""
    namen = {str(team) for team in teams} - {ALLE}
    volgorde = {team: plaats for plaats, team in enumerate(settings.teams)}
    return sorted(namen, key=lambda team: (team == ONBEKEND, volgorde.get(team, len(volgorde)), team))


def small(c: Cijfers, aantal: Maybe) -> bool:
    """Whether a base is too small to draw a conclusion from."""
    return aantal is not None and aantal < c.settings.drempels.klein_aantal
