"""The header of a file: which of its columns are ours, and what to say when they are not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kopanalyse.raw.formats.cells import seen
from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.names import clean_name, clean_text, match_name, meant, shown
from kopanalyse.raw.schema import Tabel

_APART = 10  # columns that nobody knows, each with a note of its own


@dataclass(frozen=True)
class Kop:
    """The header of a file, and where each of its columns goes.

    ``kolommen`` pairs every name in the file, in its order, with the column of the Parquet file that holds it.
    """

    tabel: Tabel
    kolommen: tuple[tuple[str, str], ...]

    @property
    def onbekend(self) -> tuple[str, ...]:
        """Names in the file that the data dictionary does not know."""
        return tuple(naam for naam, doel in self.kolommen if doel not in self.bekend)

    @property
    def extra(self) -> tuple[str, ...]:
        """Columns of the Parquet file that hold those."""
        return tuple(doel for _, doel in self.kolommen if doel not in self.bekend)

    @property
    def bekend(self) -> tuple[str, ...]:
        """Names of all columns that the data dictionary knows, in its order, present in the file or not."""
        return tuple(kolom.naam for kolom in self.tabel.kolommen)


@dataclass(frozen=True)
class Plek:
    """Where a header was looked for: the file, the row in words, and the rows to look in when it is not there.

    ``rijen`` gives rows with their place in words; ``tekens`` are the signs that may stand between columns, of CSV.
    """

    bestand: str
    rij: str
    rijen: Callable[[], Iterator[tuple[str, Sequence[str | None]]]]
    tekens: str = ""


def find_header(tabel: Tabel, plek: Plek, namen: Sequence[str | None]) -> Kop:
    """The header ``namen``, cleaned; raises ``ReadError`` for names that stand there twice and required ones that lack.

    A column is the one with the exact name, or else the only one that is equal but for capitals and spaces.
    """
    schoon = [clean_text(seen(naam or "")) for naam in namen]
    if not any(schoon):
        raise ReadError(
            f"{plek.bestand} is leeg; verwacht wordt een kopregel met minstens: {', '.join(tabel.verplicht)}."
        )
    for naam in schoon:
        if naam and schoon.count(naam) > 1:
            raise ReadError(
                f"{plek.bestand}: de kolom {shown(naam)} staat {schoon.count(naam)} keer in de kopregel "
                f"({plek.rij}); verwacht wordt elke kolom één keer."
            )
    doelen = [f"extra_{plaats}" for plaats in range(1, len(schoon) + 1)]
    ontbreekt = []
    for kolom in tabel.kolommen:
        plaatsen = match_name(kolom.naam, schoon)
        if len(plaatsen) > 1:
            passend = " en ".join(shown(schoon[plaats]) for plaats in plaatsen)
            raise ReadError(
                f"{plek.bestand}: bij de kolom {kolom.naam} passen in de kopregel ({plek.rij}) {passend}; "
                f"verwacht wordt er één, die {kolom.naam} heet."
            )
        if plaatsen:
            doelen[plaatsen[0]] = kolom.naam
        elif kolom.verplicht:
            ontbreekt.append(kolom.naam)
    if ontbreekt:
        raise ReadError(_missing(tabel, plek, schoon, ontbreekt))
    return Kop(tabel, tuple(zip(schoon, doelen)))


def _missing(tabel: Tabel, plek: Plek, namen: Sequence[str], ontbreekt: Sequence[str]) -> str:
    """What to say of required columns that are not there: what is, what seems to be meant, where the header stands."""
    wat = ("de verplichte kolom {} ontbreekt", "de verplichte kolommen {} ontbreken")[len(ontbreekt) > 1]
    zin = (
        f"{plek.bestand}: {wat.format(', '.join(ontbreekt))}. In de kopregel ({plek.rij}) worden minstens verwacht: "
        f"{', '.join(tabel.verplicht)}. Gevonden: {_found(namen)}."
    )
    if elders := next((plaats for plaats, rij in plek.rijen() if _is_header(tabel, rij)), None):
        return f"{zin} De kopregel moet op de eerste rij staan; gevonden op {elders}. Haal weg wat daarboven staat."
    over = [naam for naam in namen if not any(match_name(kolom.naam, [naam]) for kolom in tabel.kolommen)]
    tips = [f"{shown(naam)} lijkt {gezocht} te zijn" for gezocht in ontbreekt if (naam := meant(gezocht, over))]
    if tips:
        zin += f" Bedoelde u misschien: {'; '.join(tips)}? Geef de kolom dan die naam."
    if plek.tekens and len(namen) <= 1:
        zin += f" Verwacht wordt {plek.tekens} tussen de kolommen."
    return zin


def _found(namen: Sequence[str]) -> str:
    tekst = ", ".join(map(shown, namen))
    return tekst if len(tekst) <= 500 else f"{tekst[:500]}…"


def _is_header(tabel: Tabel, rij: Sequence[str | None]) -> bool:
    namen = {clean_name(seen(naam or "")) for naam in rij}
    return namen.issuperset(map(clean_name, tabel.verplicht))


def notes(kop: Kop, bestand: str) -> tuple[str, ...]:
    """Notes (Dutch) on columns that the data dictionary does not know: each its own, or of many one on all together."""
    gebruikt = {doel for _, doel in kop.kolommen}
    vrij = [naam for naam in kop.bekend if naam not in gebruikt]
    bedoeld: dict[str, str] = {}  # separators at the end of every line make many columns without a name
    for naam in kop.onbekend:
        kolom = next((kolom for kolom in vrij if naam and meant(kolom, [naam])), None)
        bedoeld[naam] = f" Bedoelde u {kolom}?" if kolom else ""
    apart = bedoeld if len(bedoeld) <= _APART else [naam for naam, tip in bedoeld.items() if tip][:_APART]
    notities = []
    for naam in apart:
        wat = f"de kolom {shown(naam)}" if naam else "een kolom zonder naam"
        notities.append(f"{bestand}: {wat} hoort niet bij {kop.tabel.naam} en is niet gebruikt.{bedoeld[naam]}")
    if samen := [naam for naam in bedoeld if naam and naam not in apart]:
        rest = f" en {len(samen) - _APART} andere" if len(samen) > _APART else ""
        notities.append(
            f"{bestand}: {len(samen)} kolommen horen niet bij {kop.tabel.naam} en zijn niet gebruikt: "
            f"{', '.join(map(shown, samen[:_APART]))}{rest}."
        )
    return tuple(notities)
