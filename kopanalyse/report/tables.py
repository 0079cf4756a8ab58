"""A table as a value: rows and columns with their units, shown as HTML with a caption and scopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from kopanalyse.report.text import getal, ontsnapt

if TYPE_CHECKING:
    import pandas

TEKST, INTERVAL, SAMEN = "tekst", "interval", "samen"


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
        return (f'<div class="tabel" role="group" tabindex="0" aria-label="Tabel: {ontsnapt(self.titel)}">'
                f"<table><caption><span>{ontsnapt(self.titel)}</span></caption>"
                f"<thead>{self._koppen()}</thead><tbody>{rijen}</tbody></table></div>{noten_html(self.noten)}")

    _repr_html_ = html

    def frame(self) -> pandas.DataFrame:
        """The values as a pandas frame, for an analyst who wants to go on with them."""
        import pandas

        namen = [" ".join(filter(None, (kolom.groep, kolom.kop))) for kolom in self.kolommen]
        waarden = [[_cel(waarde).waarde for waarde in rij.waarden] for rij in self.rijen]
        koppen = pandas.Index([rij.kop for rij in self.rijen], name=self.rijkop)
        return pandas.DataFrame(waarden, columns=namen, index=koppen)

    def _koppen(self) -> str:
        gegroepeerd = any(kolom.groep for kolom in self.kolommen)
        hoog = ' rowspan="2"' if gegroepeerd else ""
        eerste = [f'<th scope="col"{hoog}>{ontsnapt(self.rijkop)}</th>' if self.rijkop else f"<td{hoog}></td>"]
        tweede = []
        for groep, leden in groupby(self.kolommen, key=lambda kolom: kolom.groep):
            leden = list(leden)
            if groep:
                eerste.append(f'<th scope="colgroup" class="groep" colspan="{len(leden)}">{ontsnapt(groep)}</th>')
            (tweede if groep else eerste).extend(
                f'<th scope="col"{_klasse(kolom)}{"" if groep else hoog}>{ontsnapt(kolom.kop)}</th>' for kolom in leden)
        return "".join(f"<tr>{''.join(rij)}</tr>" for rij in (eerste, tweede) if rij)

    def _rij(self, rij: Rij) -> str:
        klasse = ' class="nadruk"' if rij.nadruk else ""
        if all(isinstance(waarde, str) and not waarde for waarde in rij.waarden):
            breed = len(self.kolommen) + 1
            return f'<tr{klasse}><th scope="row" class="tussenkop" colspan="{breed}">{ontsnapt(rij.kop)}</th></tr>'
        cellen = "".join(f"<td{_klasse(kolom)}>{_tekst(_cel(waarde), kolom)}</td>"
                         for kolom, waarde in zip(self.kolommen, rij.waarden))
        return f'<tr{klasse}><th scope="row">{ontsnapt(rij.kop)}</th>{cellen}</tr>'


def noten_html(noten: Sequence[str]) -> str:
    """Sentences under a table or figure."""
    return "".join(f'<p class="noot">{ontsnapt(noot)}</p>' for noot in noten)


def _cel(waarde: Cel | float | str | None) -> Cel:
    return waarde if isinstance(waarde, Cel) else Cel(waarde)


def _klasse(kolom: Kolom) -> str:
    return "" if kolom.eenheid == TEKST else ' class="getal"'


def _tekst(cel: Cel, kolom: Kolom) -> str:
    if cel.waarde == "":
        return ""
    als_tekst = kolom.eenheid in (TEKST, INTERVAL, SAMEN) or isinstance(cel.waarde, str)
    tekst = ontsnapt(cel.waarde) if als_tekst else getal(cel.waarde, kolom.eenheid, kolom.decimalen)
    tekst = tekst.replace(" (", "<br>(", 1) if kolom.eenheid == SAMEN else tekst
    return f"{tekst}*" if cel.klein else tekst
