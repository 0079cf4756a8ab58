"""Where a registration may have changed without anyone saying so: a question for the analyst, never a verdict.

Until it is answered nothing is compared across it (``compare.hindrance``), and a page says no more than that. It is
answered in the settings: ``[[breuken]]``, or ``[[geen_breuken]]`` where nothing was registered otherwise.

Two signs: the level of a monthly series shifts (``series.shift``), and a share that says how much is filled in or
counted at all jumps by ``PUNTEN`` from one year to the next. Neither says what happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kopanalyse.periode import MAANDEN, Periode, years_in
from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report.cijfers.looked_up import KANDIDATEN
from kopanalyse.report.cijfers.series import shift
from kopanalyse.report.cijfers.view import Cijfers, small
from kopanalyse.report.dutch import getal

if TYPE_CHECKING:
    import pandas

    from kopanalyse.indicators.catalogue import Definities
    from kopanalyse.settings import Settings

PUNTEN = 0.05  # of a share
RUIM = 62  # days around a break that is known: a shift there is that break
REEKSEN = (
    ("opgestarte_casussen", None),
    ("informatie_en_advies", TOTAAL),
    ("vip", None),
    ("collectieve_bijeenkomsten", TOTAAL),
    ("schoolmaatschappelijk_werk", TOTAAL),
    ("instroom", TOTAAL),
)
"""The monthly series that are looked at: a total, or (None) each of its kinds. What another repeats is not asked twice.
"""
GETELD = ("collectieve_bijeenkomsten_geteld", "zrm_volledig")
"""Shares that say how much is counted at all."""
GELIJK_OP = ("opgestarte_casussen", "behandelde_casussen", "instroom")  # what shifts in one kind of these, does in all
RAAKT = {
    "netwerk_gevraagd": ("reden_geen_netwerk",),
    "zrm_volledig": ("zrm_groei", "zrm_doel_behaald", "zrm_overgang"),
    "collectieve_bijeenkomsten_geteld": ("collectieve_deelnemers",),
    "informatie_en_advies": ("informatie_en_advies_doorverwezen",),
}
"""What rests on the same field as an indicator: when that is filled in otherwise, so is this."""


class Kandidaat(NamedTuple):
    """Something that may be a break: of which figure, when (in words, and its first day), and what was seen (Dutch).

    ``in_delen``: the whole is what it was, and only how it is divided may have changed.
    """

    indicator: str
    categorie: str
    wanneer: str
    gezien: str
    datum: date
    in_delen: bool = False

    def about(self, indicator: str, categorie: str) -> bool:
        """Whether a figure may differ by it: one of the same indicator, or what rests on the same field.

        Without a ``categorie``, whether any figure of the indicator may.
        """
        if indicator == self.indicator:
            return (
                not categorie
                or categorie == self.categorie != TOTAAL
                or (self.categorie == TOTAAL and not (self.in_delen and categorie == TOTAAL))
            )
        zelf = self.indicator if self.categorie == TOTAAL else self.categorie  # informatie_en_advies is a kind as well
        if indicator in GELIJK_OP and (self.indicator in GELIJK_OP) == (self.categorie != TOTAAL):
            return categorie == zelf
        return indicator in (zelf, *RAAKT.get(zelf, ()))

    @property
    def sleutel(self) -> str:
        """As the settings name it."""
        return self.indicator if self.categorie == TOTAAL else f"{self.indicator}: {self.categorie}"

    @property
    def zin(self) -> str:
        """The sentence for a terminal."""
        return f"mogelijke breuk in {self.sleutel} bij {self.wanneer}: {self.gezien}"


def found(c: Cijfers) -> list[Kandidaat]:
    """``candidates`` for a page: it rests on what was found, and not on every figure that was searched."""

    def search() -> list[Kandidaat]:
        c.note(KANDIDATEN, str(c.periode), str(c.vorig))
        los = copy(c)
        los.gelezen, los.team = set(), ALLE
        return candidates(los)

    return c.remembered(("kandidaten",), search)


def candidates(c: Cijfers) -> list[Kandidaat]:
    """What may be a break in the years that ``c`` shows, for the whole organisation; those in the settings left out."""
    return [*_shifts(c), *_jumps(c)]


def possible_breaks(frame: pandas.DataFrame, settings: Settings, map_: Path, definities: Definities) -> list[str]:
    """A sentence (Dutch) for each candidate in the last year of a long table, and what to do with it."""
    jaren = years_in(frame["jaar"])
    gevonden = candidates(Cijfers(frame, settings, jaren[-1], ALLE, map_, definities=definities)) if jaren else []
    return [
        f"{kandidaat.zin}. Tot u dat beoordeelt, wordt hier niet vergeleken. Is er anders geregistreerd, zet dat dan "
        "met de reden bij [[breuken]] in organisatie.toml; zo niet, bij [[geen_breuken]]."
        for kandidaat in gevonden
    ]


def _shifts(c: Cijfers) -> Iterator[Kandidaat]:
    gezien: set[tuple[float, ...]] = set()
    for indicator, alleen in REEKSEN:
        namen = [alleen] if alleen else [naam for naam in c.categorieen(indicator) if naam not in (TOTAAL, ONBEKEND)]
        for categorie in namen:
            reeks = c.months((indicator, categorie, ""), ALLE)
            waarden = tuple(reeks.values())
            sprong = None if waarden in gezien else shift(waarden)
            gezien.add(waarden)
            if sprong is None or not sprong.voor:  # what began is new, and no break
                continue
            maand = list(reeks)[sprong.plaats]
            if not _known(c, indicator, categorie, maand):
                yield Kandidaat(
                    indicator,
                    categorie,
                    f"{MAANDEN[maand.month - 1]} {maand.year}",
                    f"van ongeveer {getal(sprong.voor)} naar {getal(sprong.na)} per maand",
                    maand,
                )


def _known(c: Cijfers, indicator: str, categorie: str, dag: date) -> bool:
    beoordeeld = (*c.settings.breuken, *c.settings.geen_breuken)
    return any(b.about(indicator, categorie) and abs((b.datum - dag).days) <= RUIM for b in beoordeeld)


def _jumps(c: Cijfers) -> Iterator[Kandidaat]:
    """Shares of this year against the year before."""
    if c.vorig is None:
        return
    for indicator in c.definities.indicatoren:
        if not c.heeft(indicator, ALLE):
            continue
        wat = TOTAAL if indicator in GETELD else ONBEKEND
        toen, nu = (_share(c, indicator, wat, jaar) for jaar in (c.vorig, c.periode))
        if toen is None or nu is None or c.breuken(indicator, wat) or _was_judged(c, indicator, wat):
            continue
        if abs(nu - toen) >= PUNTEN:
            onderwerp = "" if wat == TOTAAL else "onbekend "
            yield Kandidaat(
                indicator,
                TOTAAL,
                str(c.periode),
                f"{onderwerp}van {getal(toen, 'aandeel')} naar {getal(nu, 'aandeel')}",
                c.periode.begin,
                wat == ONBEKEND,
            )


def _was_judged(c: Cijfers, indicator: str, categorie: str) -> bool:
    """Whether the settings say that nothing was registered otherwise between the two years."""
    begin = (c.vorig or c.periode).begin
    return any(b.about(indicator, categorie) and begin < b.datum <= c.periode.eind for b in c.settings.geen_breuken)


def _share(c: Cijfers, indicator: str, wat: str, periode: Periode) -> float | None:
    """The share that is unknown, or that is counted; None where it does not say."""
    ind = c.definities.indicatoren[indicator]
    subs: Sequence[str] = ("", TOTAAL)
    deel, geheel = (
        next(
            (k for sub in subs if (k := c.get(indicator, naam, sub, periode=periode, team=ALLE)).teller is not None),
            None,
        )
        for naam in (wat, TOTAAL)
    )
    if deel is None or geheel is None or deel.dekking != "volledig":
        return None
    if wat == TOTAAL:
        return None if small(c, geheel.noemer) else geheel.waarde
    van = geheel.noemer if ind.eenheid == "aandeel" else geheel.teller
    return None if not van or small(c, van) or ind.eenheid not in ("aantal", "aandeel") else deel.teller / van
