"""A table as a value: rows and columns with their units, shown as HTML with a caption and scopes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import pandas

from kopanalyse.report.dutch import getal, interval, ontsnapt
from kopanalyse.report.shown import NIET_GETOOND, ONGEVEER, Getoond, is_hidden

VERBORGEN_HTML = '<abbr title="niet getoond" role="img" aria-label="niet getoond">·</abbr>'
MEESTE_KOLOMMEN = 8  # of more the paper needs narrow ones
TEKST, INTERVAL, SAMEN = "tekst", "interval", "samen"
HIDDEN_WORD = re.compile(rf"(?<![^\s(>]){NIET_GETOOND}(?![^\s)<*])")
PROCENTPUNT = "procentpunt"  # the unit of a difference between two shares


class Deel(NamedTuple):
    """One of the values in the words of a cell; ``kop`` says which, behind the head of the column: ``n``.

    Its ``eenheid`` is that of a figure, ``procentpunt`` (of a share, in 0–1) or ``tekst``.
    """

    kop: str
    waarde: float | str | None
    eenheid: str = "aantal"
    decimalen: int | None = None


class Woorden(str):
    """What a cell says in words, ``33% (12)``, with the values in it: whoever takes the table along gets each apart."""

    delen: tuple[Deel, ...]

    @property
    def hides(self) -> bool:
        """Whether one of the values is a figure that an edition hides."""
        return self == NIET_GETOOND or any(is_hidden(deel.waarde) for deel in self.delen)

    def __new__(cls, tekst: str, *delen: Deel) -> Woorden:
        woorden = super().__new__(cls, tekst)
        woorden.delen = delen
        return woorden


def bounds(onder: float | None, boven: float | None, eenheid: str, decimalen: int | None = None) -> Woorden:
    """A 95% interval, or the limits of a funnel, as a cell."""
    return Woorden(interval(onder, boven, eenheid, decimalen), *_bounds(onder, boven, eenheid, decimalen))


def difference_bounds(onder: float | None, boven: float | None, eenheid: str, decimalen: int | None = None) -> Woorden:
    """The interval of a difference as a cell; between shares in procentpunten, without a sign for it."""
    maat = PROCENTPUNT if eenheid == "aandeel" else eenheid
    tekst = interval(onder, boven, eenheid, decimalen).replace("%", "")
    return Woorden(tekst, *_bounds(onder, boven, maat, decimalen))


def _bounds(onder: float | None, boven: float | None, eenheid: str, decimalen: int | None) -> list[Deel]:
    return [Deel(kop, waarde, eenheid, decimalen) for kop, waarde in (("ondergrens", onder), ("bovengrens", boven))]


@dataclass(frozen=True)
class Kolom:
    """One column: its head, the unit of its values and the head over it.

    Words have ``tekst`` or ``interval`` for a unit, and ``samen`` when a value and what goes with it (``33% (n)``)
    stand in one cell, the one under the other.
    """

    kop: str
    eenheid: str = "aantal"
    groep: str = ""
    decimalen: int | None = None


@dataclass(frozen=True)
class Cel:
    """A value that says more than its number: ``klein`` marks a base too small to draw a conclusion from."""

    waarde: float | str | None
    klein: bool = False


@dataclass(frozen=True)
class Rij:
    """One row: its head and one value per column; ``nadruk`` for a total.

    A row of empty texts is a heading over the rows under it, as wide as the table.
    """

    kop: str
    waarden: Sequence[Cel | float | str | None]
    nadruk: bool = False


@dataclass(frozen=True)
class Tabel:
    """A table that a reader sees: ``titel`` is its caption, ``rijkop`` the head over the row heads.

    ``noten`` are sentences under the table. Every text may come from a registration: all are escaped when shown.
    """

    titel: str
    rijkop: str
    kolommen: Sequence[Kolom]
    rijen: Sequence[Rij]
    noten: Sequence[str] = field(default=())

    def __post_init__(self) -> None:
        fout = [rij.kop for rij in self.rijen if len(rij.waarden) != len(self.kolommen)]
        if fout:
            raise ValueError(f"table {self.titel!r}: row {fout[0]!r} does not have {len(self.kolommen)} values")

    def html(self) -> str:
        """The table, with its notes, as HTML that needs no script and loads nothing."""
        rijen = "".join(self._rij(rij) for rij in self.rijen)
        klasse = ' class="breed"' if len(self.kolommen) > MEESTE_KOLOMMEN else ""
        return (
            f'<div class="tabel" role="group" tabindex="0" aria-label="Tabel: {ontsnapt(self.titel)}">'
            f"<table{klasse}><caption><span>{ontsnapt(self.titel)}</span></caption>"
            f"<thead>{self._koppen()}</thead><tbody>{rijen}</tbody></table></div>{noten_html(self.noten)}"
        )

    _repr_html_ = html

    def frame(self) -> pandas.DataFrame:
        """The values as a pandas frame, for an analyst who wants to go on with them."""
        namen = [" ".join(filter(None, (kolom.groep, kolom.kop))) for kolom in self.kolommen]
        waarden = [[_cel(waarde).waarde for waarde in rij.waarden] for rij in self.rijen]
        koppen = pandas.Index([rij.kop for rij in self.rijen], name=self.rijkop)
        return pandas.DataFrame(waarden, columns=namen, index=koppen)

    def _koppen(self) -> str:
        """One row of heads, each with all its words, so that what is copied pastes straight.

        Where heads have one over them, those stand in a row of their own that is only seen: nobody copies or hears it.
        """
        gegroepeerd = any(kolom.groep for kolom in self.kolommen)
        eerste = [f'<th scope="col">{ontsnapt(self.rijkop)}</th>' if self.rijkop else "<td></td>"]
        koppen = "".join([*eerste, *(f'<th scope="col"{_klasse(k)}>{_kop(k)}</th>' for k in self.kolommen)])
        boven = "".join(
            f'<td class="groep" colspan="{len(leden)}">{ontsnapt(groep)}</td>' if groep else "<td></td>" * len(leden)
            for groep, leden in ((g, list(ks)) for g, ks in groupby(self.kolommen, key=lambda kolom: kolom.groep))
        )
        groepen = f'<tr class="groepen" aria-hidden="true"><td></td>{boven}</tr>' if gegroepeerd else ""
        return f"{groepen}<tr>{koppen}</tr>"

    def _rij(self, rij: Rij) -> str:
        klasse = ' class="nadruk"' if rij.nadruk else ""
        if all(isinstance(waarde, str) and not waarde for waarde in rij.waarden):
            breed = len(self.kolommen) + 1
            return f'<tr{klasse}><th scope="row" class="tussenkop" colspan="{breed}">{ontsnapt(rij.kop)}</th></tr>'
        cellen = "".join(
            f"<td{_klasse(kolom)}>{_tekst(_cel(waarde), kolom)}</td>"
            for kolom, waarde in zip(self.kolommen, rij.waarden)
        )
        return f'<tr{klasse}><th scope="row">{ontsnapt(rij.kop)}</th>{cellen}</tr>'


def noten_html(noten: Sequence[str]) -> str:
    """Sentences under a table or figure."""
    return "".join(f'<p class="noot">{ontsnapt(noot)}</p>' for noot in noten)


def _cel(waarde: Cel | float | str | None) -> Cel:
    return waarde if isinstance(waarde, Cel) else Cel(waarde)


def _kop(kolom: Kolom) -> str:
    """The head of a column, after the one over it, which is not seen twice."""
    return (
        f'<span class="erbij">{ontsnapt(kolom.groep)} </span>{ontsnapt(kolom.kop)}'
        if kolom.groep
        else ontsnapt(kolom.kop)
    )


def _klasse(kolom: Kolom) -> str:
    return "" if kolom.eenheid == TEKST else ' class="getal"'


def _tekst(cel: Cel, kolom: Kolom) -> str:
    if cel.waarde == "":
        return ""
    als_tekst = kolom.eenheid in (TEKST, INTERVAL, SAMEN) or isinstance(cel.waarde, str)
    tekst = ontsnapt(cel.waarde) if als_tekst else getal(cel.waarde, kolom.eenheid, kolom.decimalen)
    tekst = tekst.replace(" (", "<br>(", 1) if kolom.eenheid == SAMEN else tekst
    if isinstance(cel.waarde, Getoond):
        tekst = tekst.removeprefix(ONGEVEER).replace(NIET_GETOOND, VERBORGEN_HTML)
    elif isinstance(cel.waarde, Woorden) and cel.waarde.hides:
        tekst = HIDDEN_WORD.sub(VERBORGEN_HTML, tekst)
    return f"{tekst}*" if cel.klein else tekst
