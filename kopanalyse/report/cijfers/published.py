"""The figures of an edition: made from the table that is published, and of nothing else.

Every other thing that ``Cijfers`` can read raises here: what is on a page of an edition is in its table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pandas

from kopanalyse.errors import UserError
from kopanalyse.indicators.catalogue import Definities
from kopanalyse.indicators.indicator import Lijst
from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report.cijfers.cijfer import NIETS, VOLLEDIG, Cijfer
from kopanalyse.report.cijfers.view import Cijfers, rows_of
from kopanalyse.report.dutch import Maybe, is_missing
from kopanalyse.report.shown import HEEL_ONDER, KLEINE_BASIS, VERBORGEN, Getoond, is_hidden

if TYPE_CHECKING:
    from kopanalyse.settings import Settings

MINSTE_BASIS = (
    30  # of how many a share is shown, where its numbers are rounded: of fewer, rounding makes the most of it
)
EDITIE = "KOPANALYSE_EDITIE"  # variable of the environment: the folder of the edition that pages are made of
TABEL, BESCHRIJVING = "publicatie.csv", "publicatie.json"
GETALLEN = ("teller", "noemer", "waarde", "n_personen", "ondergrens", "bovengrens")
TEKSTEN = (
    "organisatie",
    "indicator",
    "periode",
    "team",
    "categorie",
    "subcategorie",
    "eenheid",
    "verborgen",
    "afgerond",
)


NIET_GEPUBLICEERD = Cijfer(VERBORGEN, VERBORGEN, VERBORGEN, VERBORGEN, VERBORGEN, VERBORGEN)


class NietInEditie(UserError):
    """Something was looked up for an edition that is not in its table; the message (Dutch) says what."""


@dataclass(frozen=True)
class Editie:
    """An edition as it is published: its table, and what it says of itself."""

    rijen: pandas.DataFrame
    beschrijving: Mapping[str, Any]

    @property
    def naam(self) -> str:
        """What the edition is called."""
        return self.beschrijving["editie"]

    @property
    def drempel(self) -> int:
        """The least number of persons that is shown."""
        return self.beschrijving["instellingen"]["drempel"]

    @property
    def afronden_op(self) -> int:
        """What numbers are rounded to."""
        return self.beschrijving["instellingen"]["afronden_op"]


def read_edition(map_: Path) -> Editie:
    """The edition in ``map_``; FileNotFoundError when it is not there."""
    rijen = pandas.read_csv(
        map_ / TABEL,
        dtype=dict.fromkeys(TEKSTEN, "str") | {"jaar": "int64", "kwartaal": "Int64"} | dict.fromkeys(GETALLEN, float),
        keep_default_na=False,
        na_values={kolom: [""] for kolom in (*GETALLEN, "kwartaal")},
    )
    return Editie(rijen, json.loads((map_ / BESCHRIJVING).read_text(encoding="utf-8")))


def public_settings(settings: Settings) -> Settings:
    """The settings of a report without the chapters that no edition has."""
    niet = settings.publiceren.hoofdstukken_niet
    return replace(settings, hoofdstukken=tuple(naam for naam in settings.hoofdstukken if naam not in niet))


def code_words(settings: Settings, definities: Definities) -> dict[str, int]:
    """Every category that is a word of a list, of the settings or of an indicator itself, with its place in it."""
    d = settings.drempels
    lijsten: list[Sequence[str]] = [*settings.codelijsten.values(), d.leeftijdslabels, d.maandlabels, d.contactlabels]
    for ind in definities.indicatoren.values():
        lijsten += [deel.codes for deel in (ind.categorie, ind.subcategorie) if isinstance(deel, Lijst)]
    return {naam: plaats for lijst in lijsten for plaats, naam in enumerate(lijst)}


class Gepubliceerd(Cijfers):
    """The figures of an edition, as seen from one period and team.

    A figure that is hidden is ``VERBORGEN``; one that is not there stays None. A category that is free text has no name
    here where the edition does not show it for the whole organisation and a year.
    """

    openbaar = True

    def __init__(
        self,
        editie: Editie,
        settings: Settings,
        periode: Periode,
        team: str,
        vorig: Periode | None = None,
        definities: Definities | None = None,
    ) -> None:
        self.editie = editie
        super().__init__(editie.rijen, settings, periode, team, Path(), vorig, definities)

    @property
    def drempel(self) -> int:
        """The least number of persons that is shown."""
        return self.editie.drempel

    @property
    def afronden_op(self) -> int:
        """What numbers of persons are rounded to."""
        return self.editie.afronden_op

    @property
    def map(self) -> Path:
        """There is no folder beside an edition."""
        return self._closed("een bestand naast de cijfers")

    @map.setter
    def map(self, map_: Path) -> None:
        """Nothing is kept of it."""

    def _closed(self, wat: str) -> NoReturn:
        raise NietInEditie(
            f"Gevraagd is {wat}. Een editie is alleen van {TABEL} gemaakt; wat daar niet in staat, staat op geen "
            "pagina."
        )

    def computed(self, indicatoren: Sequence[Any]) -> NoReturn:
        """Nothing is counted from the registration."""
        self._closed(f"een telling uit de registratie ({', '.join(ind.naam for ind in indicatoren)})")

    def bestand(self, naam: str, kolommen: Sequence[str]) -> NoReturn:
        """No file is read."""
        self._closed(f"het bestand {naam}")

    def outdated(self) -> NoReturn:
        """Nothing is known of a registration."""
        self._closed("wanneer de registratie gecontroleerd is")

    @cached_property
    def sommen(self) -> Mapping[tuple[Any, ...], Any]:
        """None are published."""
        return {}

    @cached_property
    def _maanden(self) -> Mapping[tuple[str, ...], Mapping[Any, float]]:
        return {}

    @cached_property
    def _delen(self) -> dict[str, Mapping]:
        return {"namen": {}, "cijfers": {}}

    @property
    def plekken(self) -> Mapping[str, Sequence[float]]:
        """Where villages lie (latitude, longitude), as everybody knows."""
        return self.editie.beschrijving.get("plekken", {})

    def ingevuld(self, indicator: str) -> bool:
        """Whether the edition shows or hides anything of an indicator that rests on an optional column."""
        ind = self.definities.indicatoren.get(indicator)
        if ind is None or not ind.steunt_op:
            return True
        rijen = self.frame[self.frame["indicator"] == indicator]
        return bool((rijen["teller"].fillna(1) != 0).any() or (rijen["noemer"].fillna(0) != 0).any())

    def existed(self, team: str, periode: Periode) -> bool:
        """Whether anything is shown or hidden of this team in the period, under any of its names."""
        eigen = self.frame[(self.frame["jaar"] == periode.jaar) & self.frame["team"].isin(self.names_of(team, periode))]
        return bool(((eigen["teller"].fillna(0) != 0) | (eigen["verborgen"] != "")).any())

    def get(
        self,
        indicator: str,
        categorie: str = TOTAAL,
        subcategorie: str = "",
        *,
        periode: Periode | str | None = None,
        team: str | None = None,
    ) -> Cijfer:
        """As of any figures; of a cell of a table of which only the totals are published nothing is shown."""
        cijfer = super().get(indicator, categorie, subcategorie, periode=periode, team=team)
        if cijfer is NIETS and subcategorie not in ("", TOTAAL):
            naam = str(periode or self.periode)
            subs = {s[2] for s in self._rijen(indicator, naam, team) if s[:2] == (naam, categorie)}
            return NIET_GEPUBLICEERD if subs == {TOTAAL} else cijfer
        return cijfer

    def categorieen(self, indicator: str, volgorde: tuple[str, ...] = ()) -> list[str]:
        """As of any figures, but in the order of the code lists: a published table is sorted by its keys."""
        namen = self._named_of(indicator, 0, super().categorieen(indicator, volgorde))
        eigen = {naam: plaats for plaats, naam in enumerate(volgorde)}
        rest = len(volgorde)
        return sorted(
            namen,
            key=lambda naam: (
                naam == ONBEKEND and naam not in eigen,
                eigen.get(naam, rest),
                self.woorden.get(naam, len(self.woorden)),
            ),
        )

    def subcategorieen(self, indicator: str, categorie: str) -> list[str]:
        """As of any figures, those that a reader may see."""
        return self._named_of(indicator, 1, super().subcategorieen(indicator, categorie))

    def partly(self, periode: Periode) -> bool:
        """Whether the registration covered this period only in part, for some figure."""
        return any(str(periode) in perioden for perioden in self._dekking.values())

    @cached_property
    def woorden(self) -> Mapping[str, int]:
        """The categories that are words of a list, and may be named where they are not shown."""
        return code_words(self.settings, self.definities)

    @property
    def _dekking(self) -> Mapping[str, Mapping[str, str]]:
        return self.editie.beschrijving.get("dekking", {})

    def share_of(self, teller: Maybe, noemer: Maybe) -> Maybe:
        """As of any figures; not shown of so few that rounding makes the most of it."""
        waarde = super().share_of(teller, noemer)
        rond = any(getattr(deel, "afgerond", False) for deel in (teller, noemer))
        return KLEINE_BASIS if waarde and rond and noemer < MINSTE_BASIS else waarde

    def _stored(self, indicator: str, team: str, periode: Periode) -> dict[tuple[str, str, str], Cijfer]:
        dekking = self._dekking.get(indicator, {})
        ind = self.definities.indicatoren.get(indicator)
        personen = ind is None or ind.personen
        uit = {}
        for plaats in self._plaatsen.get((indicator, team, periode.jaar), []):
            naam, categorie, sub, eenheid, verborgen, afgerond = (kolom[plaats] for kolom in self._tekstkolommen)
            getallen = {kolom: self._getalkolommen[kolom][plaats] for kolom in GETALLEN}
            uit[naam, categorie, sub] = _figure(
                getallen, eenheid, verborgen, afgerond, dekking.get(naam, VOLLEDIG), personen
            )
        return uit

    def _named_of(self, indicator: str, plaats: int, namen: Sequence[str]) -> list[str]:
        """Those that a reader may see; that there are others is said under the table (``verzwegen``)."""
        genoemd = [naam for naam in namen if self._is_named(indicator, plaats, naam)]
        self.verzwegen = self.verzwegen or len(genoemd) < len(namen)
        return genoemd

    def _is_named(self, indicator: str, plaats: int, naam: str) -> bool:
        """Whether a reader may see a category (``plaats`` 0) or subcategory (1): a word of a list, or a free text that
        is shown, and is something, for the whole organisation and a year."""
        return naam in ("", TOTAAL, ONBEKEND) or naam in self.woorden or (indicator, plaats, naam) in self._named

    @cached_property
    def _named(self) -> set[tuple[str, int, str]]:
        frame = self.frame
        getoond = frame["teller"].notna() | ((frame["eenheid"] == "gemiddelde") & frame["waarde"].notna())
        groot = getoond & (frame["team"] == ALLE) & frame["kwartaal"].isna() & (frame["teller"].fillna(1) > 0)
        return {
            (indicator, plaats, naam)
            for plaats, kolom in enumerate(("categorie", "subcategorie"))
            for indicator, naam in zip(frame["indicator"][groot], frame[kolom][groot])
        }

    @cached_property
    def _tekstkolommen(self) -> list[list[str]]:
        namen = ("periode", "categorie", "subcategorie", "eenheid", "verborgen", "afgerond")
        return [self.frame[naam].tolist() for naam in namen]

    @cached_property
    def _getalkolommen(self) -> dict[str, list[float]]:
        return {naam: self.frame[naam].tolist() for naam in GETALLEN}

    @cached_property
    def _plaatsen(self) -> Mapping[tuple[str, str, int], Sequence[int]]:
        return rows_of(self.frame)


def _figure(
    getallen: dict[str, float],
    eenheid: str,
    verborgen: str,
    afgerond: str,
    dekking: str,
    personen: bool,
) -> Cijfer:
    """One row of the table as a figure.

    A share of fewer than ``MINSTE_BASIS`` is not shown where its numbers are rounded: 25 of 30 and 25 of 25 can be the
    same. Of a mean its sum is made anew of what is shown: it is not published, and comparing needs one. Numbers that
    are not of persons are what they are in any report.
    """
    if not personen and not verborgen:
        kaal = {kolom: None if is_missing(getal) else getal for kolom, getal in getallen.items()}
        heel = Cijfer(**kaal, dekking=dekking)
        return heel._replace(n_personen=heel.teller if heel.n_personen is None else heel.n_personen)
    weg, rond = set(verborgen.split()), {deel.partition(":")[0] for deel in afgerond.split()}

    def number(kolom: str) -> Maybe:
        if kolom in weg:
            return VERBORGEN
        return None if is_missing(getallen[kolom]) else Getoond(getallen[kolom], afgerond=kolom in rond)

    teller, noemer, aantal = (number(kolom) for kolom in ("teller", "noemer", "n_personen"))
    aantal = teller if aantal is None else aantal  # of what is added up there is no number of rows: 0 is none
    gemiddelde = eenheid == "gemiddelde"
    leeg = VERBORGEN if weg and (not gemiddelde or noemer) else None  # a mean of nothing is not there
    waarde: Maybe = leeg if is_missing(getallen["waarde"]) else Getoond(getallen["waarde"], afgerond="teller" in rond)
    if eenheid == "aandeel" and not is_missing(waarde):
        waarde = Getoond(waarde, heel=noemer < HEEL_ONDER)
        waarde = KLEINE_BASIS if rond and waarde and noemer < MINSTE_BASIS else waarde
    if gemiddelde:
        waarde = waarde if waarde is None or waarde != waarde else Getoond(waarde)
        teller = VERBORGEN if waarde is VERBORGEN else None if waarde is None or noemer is None else waarde * noemer
    onder, boven = (
        (VERBORGEN if is_hidden(waarde) else None)
        if is_missing(getallen[kolom]) or is_hidden(waarde)
        else Getoond(getallen[kolom], heel=getattr(waarde, "heel", False))
        for kolom in ("ondergrens", "bovengrens")
    )
    return Cijfer(teller, noemer, waarde, aantal, onder, boven, dekking)
