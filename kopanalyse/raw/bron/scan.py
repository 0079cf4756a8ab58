"""What is in ``bron/``: per file and sheet its rows and columns, without a value that points at a person.

Of every column: how full it is, how many values it has, and its commonest values; none that occurs fewer than
``MINSTENS`` times is ever shown, and none of a column that holds keys: whoever has many contacts is one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kopanalyse.engine.sandbox import Sandbox
from kopanalyse.errors import DataError
from kopanalyse.files import work_folder
from kopanalyse.raw.bron.koppeling import BRONMAP, Bron
from kopanalyse.raw.bron.mapping import MACROS
from kopanalyse.raw.bron.opened import Blad, open_export
from kopanalyse.raw.bron.sources import ROND_DE_RIJ, Gelezen, exports, on_disk, read_files
from kopanalyse.raw.names import GEEN_SLEUTEL, clean_text, means, shown
from kopanalyse.raw.schema import TABELLEN

MINSTENS = 10  # how often a value occurs before it is shown
_MEESTE = 5  # values that are shown of a column
_LANG = 40  # signs of a value that are shown
_ZOEKEN = 60  # rows in which a header is looked for
_SLEUTELS = {kolom.naam for tabel in TABELLEN.values() for kolom in tabel.kolommen if kolom.naam.endswith("_id")}
_MEESTE_MET_CIJFER = 50  # values of a column beyond which those with a digit in them may be keys
_VORMEN = {
    "jjjj-mm-dd": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$",
    "dd-mm-jjjj": "^[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}( .*)?$",
    "dd/mm/jjjj": "^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}( .*)?$",
    "jjjjmmdd": "^(19|20)[0-9]{2}[01][0-9][0-3][0-9]$",
    "uu:mm": "^[0-9]{1,3}:[0-9]{2}(:[0-9]{2})?$",
    "heel getal": "^[0-9]+$",
    "1.234": "^[1-9][0-9]{0,2}([.][0-9]{3})*$",
    "getal": "^-?[0-9]+[.,][0-9]+$",
}


@dataclass(frozen=True)
class Kolom:
    """A column of an export: its name, the number of filled rows and of values, and the commonest with their counts.

    ``vorm`` is the form that nine in ten of its values have, if there is one.
    """

    naam: str
    gevuld: int
    waarden: int
    meest: tuple[tuple[str, int], ...]
    vorm: str | None


@dataclass(frozen=True)
class Vel:
    """A file, or one sheet of it: its rows and columns; ``kopregel`` is the row on which the names seem to stand.

    ``fout`` says (Dutch) why it could not be read; then there are no columns. ``voettekst`` is the beginning of a last
    row that counts the others or says something of them.
    """

    bestand: str
    blad: str | None
    kopregel: int
    rijen: int
    kolommen: tuple[Kolom, ...]
    fout: str | None = None
    voettekst: str | None = None


def scan(map_: Path) -> Iterator[Vel]:
    """Everything in ``map_/bron``, sheet by sheet. Raises ``DataError`` when there is nothing."""
    namen = exports(map_ / BRONMAP)
    if not namen:
        raise DataError(f"In {map_ / BRONMAP} staat niets; zet daar de exports neer, zoals zij geleverd zijn.")
    for naam in namen:
        try:
            yield from _scan_file(map_ / BRONMAP, naam, namen)
        except (DataError, OSError) as fout:
            yield Vel(naam, None, 0, 0, (), str(fout))


def _scan_file(map_: Path, naam: str, namen: Sequence[str]) -> Iterator[Vel]:
    with on_disk(map_, naam) as pad, open_export(pad, naam, set()) as bladen:
        gevonden = [(blad.naam, _header(blad)) for blad in bladen if blad.zichtbaar]
    for blad, (kopregel, kop) in gevonden:
        if kop:
            bron = Bron("vel", bestand=naam, blad=blad, kopregel=kopregel or None)
            with work_folder() as tijdelijk:
                gelezen = read_files(bron, map_, [naam], set(kop), tijdelijk / "vel.parquet")
                with _sandbox(gelezen, tijdelijk) as doos:
                    kolommen, slot = tuple(_columns(gelezen, doos)), _footer(gelezen, doos)
                yield Vel(naam, blad, kopregel, gelezen.rijen, kolommen, voettekst=slot)


def _header(blad: Blad) -> tuple[int, list[str]]:
    """The row that seems to hold the names: the first of the widest rows of which all cells are different words."""
    if blad.kop is not None:
        return 0, list(blad.kop)
    begin = [(nummer, [clean_text(waarde or "") for waarde in rij]) for nummer, rij in islice(blad.rijen(), _ZOEKEN)]
    breedste = max((sum(map(bool, rij)) for _, rij in begin), default=0)
    for nummer, rij in begin:
        namen = list(filter(None, rij))
        if (
            len(namen) >= 0.7 * breedste
            and len(set(namen)) == len(namen)
            and not any(naam[0].isdigit() for naam in namen)
        ):
            return nummer, namen
    return next(((nummer, rij) for nummer, rij in begin if any(rij)), (0, []))


def _sandbox(gelezen: Gelezen, tijdelijk: Path) -> Sandbox:
    return Sandbox({"vel": gelezen.pad}, {}, tijdelijk=tijdelijk, verborgen=ROND_DE_RIJ, macros=MACROS)


def _value(kolom: str) -> str:
    return 'schoon("' + kolom.replace('"', '""') + '")'


def _columns(gelezen: Gelezen, doos: Sandbox) -> Iterator[Kolom]:
    for kop, kolom in gelezen.kolommen:
        waarde = _value(kolom)
        vormen = ", ".join(f"count(*) FILTER (regexp_matches({waarde}, '{vorm}'))" for vorm in _VORMEN.values())
        ((gevuld, waarden, *passend),) = doos.rows(
            f"SELECT count({waarde}), count(DISTINCT {waarde}), {vormen} FROM vel"
        )
        meest = doos.rows(
            f"SELECT {waarde} AS w, count(*) AS n FROM vel WHERE {waarde} IS NOT NULL GROUP BY w "
            f"HAVING n >= {MINSTENS} ORDER BY n DESC, w LIMIT {1000}"
        )
        if any(means(kop, sleutel) for sleutel in _SLEUTELS):
            meest = []
        elif waarden > _MEESTE_MET_CIJFER:
            meest = [paar for paar in meest if not re.search("[0-9]", paar[0])]
        vorm = next((naam for naam, aantal in zip(_VORMEN, passend) if gevuld and aantal >= 0.9 * gevuld), None)
        yield Kolom(kop or kolom, gevuld, waarden, tuple(meest), vorm)


def _footer(gelezen: Gelezen, doos: Sandbox) -> str | None:
    """How the last row begins when it has one value only, and that is no key: up to its first digit."""
    if len(gelezen.kolommen) < 2:
        return None
    waarden = ", ".join(_value(kolom) for _, kolom in gelezen.kolommen)
    for rij in doos.rows(f"SELECT {waarden} FROM vel ORDER BY _regel DESC LIMIT 1"):
        gevuld = [waarde for waarde in rij if waarde is not None]
        if len(gevuld) == 1 and re.search(GEEN_SLEUTEL, gevuld[0].lower()):
            return re.split("[0-9]", gevuld[0])[0] or None
    return None


def lines(vellen: Sequence[Vel]) -> Iterator[str]:
    """The scan as lines to read (Dutch)."""
    for vel in vellen:
        waar = f"{vel.bestand}, blad {vel.blad}" if vel.blad is not None else vel.bestand
        if vel.fout:
            yield f"{waar}: {vel.fout}"
            continue
        kop = f", namen op rij {vel.kopregel}" if vel.kopregel > 1 else ""
        kop += f", met een slotregel ({shown(vel.voettekst.strip())} …)" if vel.voettekst else ""
        yield f"{waar}: {_dutch(vel.rijen)} rijen, {len(vel.kolommen)} kolommen{kop}"
        for kolom in vel.kolommen:
            deel = round(100 * kolom.gevuld / vel.rijen) if vel.rijen else 0
            vorm = f", {kolom.vorm}" if kolom.vorm else ""
            meest = ", ".join(f"{shown(waarde[:_LANG])} ({_dutch(aantal)})" for waarde, aantal in kolom.meest[:_MEESTE])
            yield (
                f"    {kolom.naam}: {deel}% gevuld, {_dutch(kolom.waarden)} waarden{vorm}"
                f"{f'; het meest: {meest}' if meest else ''}"
            )


def _dutch(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")
