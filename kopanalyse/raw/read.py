"""Read the files of a registration: our names, text and line numbers; judges nothing.

Every table comes in one file, ``.csv``, ``.xlsx`` or ``.parquet``, and leaves as one Parquet file of text columns that
the engine can stream: the columns of the data dictionary under their own names, unknown columns as ``extra_<place>``,
values for which the header has no column in ``overtollig``, and ``regelnummer``, the place of the row in its file.
Texts stay as they stood, spaces included. Rows pass through in batches, so that a table may be larger than memory. A
Parquet file of texts needs no reading: the engine takes it as it stands.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.raw.forms import (
    TEKST, ReadError, csv_rows, csv_values, encoding, outcomes, sheet_rows, text_column, workbook,
)
from kopanalyse.raw.schema import TABELLEN, Tabel

__all__ = ["Gelezen", "Kop", "ReadError", "find_tables", "read_table"]

VORMEN = (".csv", ".xlsx", ".parquet")
_SCHEIDINGSTEKENS = ",;"
_RIJEN_PER_KEER = 2_000     # more at once is slower: Python then keeps walking over lists that are still in use
_RIJEN_PER_STUK = 50_000    # of Parquet, which makes no lists of its columns
_BYTES_PER_GROEP = 1 << 25  # what is kept in memory before it is written, whatever the length of a row
_GEEN_TABEL = ("organisatie.toml", "README.md")
_ONLEESBAAR = "het is beschadigd, of van een andere soort"  # what libraries say is English, and may quote


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
class Gelezen:
    """One table as read: ``rijen`` rows from ``bestand`` (a file name), now in the Parquet file ``pad``.

    When ``pad`` is the raw file itself, ``namen`` has for every column its name there, None for one that is not there.
    """

    kop: Kop
    bestand: str
    pad: Path
    rijen: int
    notities: tuple[str, ...]
    namen: Mapping[str, str | None] | None = None


def find_tables(folder: Path) -> tuple[dict[str, Path], list[str]]:
    """The file of every table in ``folder``, and a note (Dutch) for every file that is no table.

    Raises ``ReadError`` when the folder or all tables are missing and when a table has two files.
    """
    if not folder.is_dir():
        raise ReadError(f"De map {folder} bestaat niet; verwacht wordt een map met een bestand per tabel, "
                        "zoals trajecten.csv.")
    bestanden: dict[str, Path] = {}
    notities = []
    for pad in sorted(folder.iterdir()):
        if pad.name.startswith((".", "~$")) or pad.name in _GEEN_TABEL:
            continue
        if not pad.is_file():
            if pad.stem in TABELLEN:
                notities.append(f"{pad.name}: dit is een map en geen bestand, en is niet gelezen.")
        elif pad.stem not in TABELLEN or pad.suffix.lower() not in VORMEN:
            notities.append(_note_on_file(pad))
        elif pad.stem in bestanden:
            raise ReadError(f"De tabel {pad.stem} staat er twee keer: {bestanden[pad.stem].name} en {pad.name}. "
                            "Verwacht wordt één bestand per tabel; haal er een weg.")
        else:
            bestanden[pad.stem] = pad
    if not bestanden:
        gevonden = " ".join(notities)
        raise ReadError(f"In de map {folder} staat geen enkele tabel; verwacht wordt een bestand per tabel, "
                        f"zoals trajecten.csv. {gevonden}".strip())
    return bestanden, notities


def _note_on_file(pad: Path) -> str:
    lijkt = difflib.get_close_matches(pad.name.split(".")[0].lower(), TABELLEN, n=1)
    tip = f" Bedoelde u {lijkt[0]}.csv, {lijkt[0]}.xlsx of {lijkt[0]}.parquet?" if lijkt else ""
    return f"{pad.name}: dit bestand hoort bij geen tabel en is niet gelezen.{tip}"


def read_table(tabel: Tabel, pad: Path, doel: Path) -> Gelezen:
    """Read ``pad`` as ``tabel`` into the Parquet file ``doel``: text columns and ``regelnummer`` (from 1).

    A Parquet file of only texts is not read: then there is no ``doel``, and what is wrong inside comes to light in use.
    ``regelnummer`` is the row's first physical line (csv), its sheet row (xlsx) or its place from 1 (parquet).
    Raises ``ReadError`` for a file that cannot be read or is empty, and for a missing or double column.
    """
    lezers = {".csv": _read_csv, ".xlsx": _read_xlsx, ".parquet": _read_parquet}
    try:
        return lezers[pad.suffix.lower()](tabel, pad, doel)
    except OSError as fout:
        raise ReadError(f"{pad.name} kan niet worden gelezen: {fout.strerror or fout}. Verwacht wordt {tabel.rij} "
                        "per rij.") from fout


def _header(tabel: Tabel, bestand: str, namen: Sequence[str | None]) -> Kop:
    """The header ``namen``, trimmed; raises ``ReadError`` when a name stands there twice or a required one does not."""
    schoon = [(naam or "").strip() for naam in namen]
    for naam in schoon:
        if naam and schoon.count(naam) > 1:
            raise ReadError(f"{bestand}: de kolom {naam} staat {schoon.count(naam)} keer in de kopregel; "
                            "verwacht wordt elke kolom één keer.")
    ontbreekt = [naam for naam in tabel.verplicht if naam not in schoon]
    if ontbreekt:
        wat = ("de verplichte kolom {} ontbreekt", "de verplichte kolommen {} ontbreken")[len(ontbreekt) > 1]
        scheiding = " Verwacht wordt , of ; tussen de kolommen." if len(schoon) <= 1 or schoon[0] == "sep=" else ""
        raise ReadError(f"{bestand}: {wat.format(', '.join(ontbreekt))}. In de kopregel worden minstens verwacht: "
                        f"{', '.join(tabel.verplicht)}. Gevonden: {', '.join(schoon)[:500]}.{scheiding}")
    bekend = {kolom.naam for kolom in tabel.kolommen}
    doelen = [naam if naam in bekend else f"extra_{plaats}" for plaats, naam in enumerate(schoon, start=1)]
    return Kop(tabel, tuple(zip(schoon, doelen)))


def _notes(kop: Kop, bestand: str) -> tuple[str, ...]:
    notities = []
    for naam in kop.onbekend:
        lijkt = difflib.get_close_matches(naam.lower(), kop.bekend, n=1)
        tip = f" Bedoelde u {lijkt[0]}?" if lijkt and lijkt[0] not in dict(kop.kolommen) else ""
        wat = f"de kolom {naam}" if naam else "een kolom zonder naam"
        notities.append(f"{bestand}: {wat} hoort niet bij {kop.tabel.naam} en is niet gebruikt.{tip}")
    return tuple(notities)


# Writing what was read

def _texts(kop: Kop) -> tuple[str, ...]:
    return (*kop.bekend, *kop.extra, "overtollig")


def _text_schema(kop: Kop) -> pa.Schema:
    return pa.schema([(naam, TEKST) for naam in _texts(kop)] + [("regelnummer", pa.int64())])


def _write(kop: Kop, delen: Iterable[dict[str, Any]], pad: Path, doel: Path, notities: Iterable[str] = ()) -> Gelezen:
    """Write parts (columns by name, all of one length, absent ones empty) to ``doel``."""
    schema, rijen, groep, omvang = _text_schema(kop), 0, [], 0
    with pq.ParquetWriter(doel, schema, compression="lz4") as uit:
        for deel in delen:
            aantal = len(deel["regelnummer"])
            kolommen = [pa.array(deel[veld.name], type=veld.type) if veld.name in deel else pa.nulls(aantal, veld.type)
                        for veld in schema]
            groep.append(pa.table(kolommen, schema=schema))
            rijen, omvang = rijen + aantal, omvang + groep[-1].nbytes
            if omvang > _BYTES_PER_GROEP:
                uit.write_table(pa.concat_tables(groep))
                groep, omvang = [], 0
        if groep:
            uit.write_table(pa.concat_tables(groep))
    return Gelezen(kop, pad.name, doel, rijen, (*_notes(kop, pad.name), *notities))


def _parts(kop: Kop, rijen: Iterator[tuple[int, list[str | None]]]) -> Iterator[dict[str, Any]]:
    """Rows as parts for ``_write``: short rows filled up, values beyond the header kept in ``overtollig``."""
    namen = [doel for _, doel in kop.kolommen]
    breedte = len(namen)
    while genummerd := list(islice(rijen, _RIJEN_PER_KEER)):
        deel: dict[str, Any] = {"regelnummer": [nummer for nummer, _ in genummerd]}
        velden = [rij for _, rij in genummerd]
        if any(len(rij) != breedte for rij in velden):
            deel["overtollig"] = [_surplus(rij[breedte:]) for rij in velden]
            velden = [(rij + [None] * breedte)[:breedte] for rij in velden]
        for plaats, naam in enumerate(namen):
            deel[naam] = [rij[plaats] for rij in velden]
        yield deel


def _surplus(waarden: list[str | None]) -> str | None:
    """What stands beyond the header, or nothing when that is empty."""
    teksten = [waarde or "" for waarde in waarden]
    return ";".join(teksten) if any(tekst.strip() for tekst in teksten) else None


# CSV

def _read_csv(tabel: Tabel, pad: Path, doel: Path) -> Gelezen:
    codering = encoding(pad)
    try:
        scheiding = _separator(tabel, pad, codering)
        with pad.open(encoding=codering, newline="") as regels:
            genummerd = enumerate(regels, start=1)
            kop = _header(tabel, pad.name, next(csv_rows(genummerd, scheiding, pad.name))[1])
            return _write(kop, _csv_parts(kop, genummerd, scheiding, pad.name), pad, doel)
    except UnicodeDecodeError as fout:
        raise ReadError(f"{pad.name} is geen leesbare tekst: byte 0x{fout.object[fout.start]:02x} bestaat niet in "
                        "UTF-8 of Windows-1252. Bewaar het bestand opnieuw als CSV (UTF-8).") from fout


def _csv_parts(kop: Kop, genummerd: Iterator[tuple[int, str]], scheiding: str,
               bestand: str) -> Iterator[dict[str, Any]]:
    """The lines after the header as parts for ``_write``: plain ones together, others row by row."""
    namen = [doel for _, doel in kop.kolommen]
    while stuk := list(islice(genummerd, _RIJEN_PER_KEER)):
        waarden = csv_values([regel for _, regel in stuk], scheiding, len(namen))
        if waarden is None:
            yield from _parts(kop, csv_rows(stuk, scheiding, bestand, genummerd))
        else:
            deel: dict[str, Any] = {naam: waarden[plaats::len(namen)] for plaats, naam in enumerate(namen)}
            yield deel | {"regelnummer": [nummer for nummer, _ in stuk]}


def _separator(tabel: Tabel, pad: Path, codering: str) -> str:
    """The separator under which the header holds most columns of ``tabel``, or else most columns."""
    bekend = {kolom.naam for kolom in tabel.kolommen}
    gevonden = []
    for teken in _SCHEIDINGSTEKENS:
        with pad.open(encoding=codering, newline="") as regels:
            _, namen = next(csv_rows(enumerate(regels, start=1), teken, pad.name), (0, []))
        if not namen:
            raise ReadError(f"{pad.name} is leeg; verwacht wordt een kopregel met minstens: "
                            f"{', '.join(tabel.verplicht)}.")
        gevonden.append((sum(naam.strip() in bekend for naam in namen), len(namen), teken))
    return max(gevonden, key=lambda keus: keus[:2])[2]


# Excel

def _read_xlsx(tabel: Tabel, pad: Path, doel: Path) -> Gelezen:
    try:
        with closing(workbook(pad)) as boek:
            blad = tabel.naam if tabel.naam in boek.sheetnames else boek.worksheets[0].title
            rijen = sheet_rows(boek[blad], outcomes(pad, blad))
            namen = next(rijen, (0, []))[1]
            if not namen:
                raise ReadError(f"{pad.name} is leeg; verwacht wordt een kopregel met minstens: "
                                f"{', '.join(tabel.verplicht)}.")
            kop = _header(tabel, pad.name, namen)
            notities = [f"{pad.name}: het werkblad {ander} is niet gelezen, alleen {blad}."
                        for ander in boek.sheetnames if ander != blad]
            return _write(kop, _parts(kop, rijen), pad, doel, notities)
    except (ReadError, OSError):
        raise
    except Exception as fout:  # openpyxl lets through whatever zipfile and its XML parser raise
        raise ReadError(f"{pad.name} is geen leesbaar Excel-bestand ({_ONLEESBAAR}). Verwacht wordt .xlsx zonder "
                        "wachtwoord; open het in Excel en bewaar het opnieuw.") from fout


# Parquet

def _read_parquet(tabel: Tabel, pad: Path, doel: Path) -> Gelezen:
    try:
        with pq.ParquetFile(pad) as bestand:
            namen = bestand.schema_arrow.names
            kop = _header(tabel, pad.name, namen)
            if not _only_texts(bestand):
                return _write(kop, _parquet_parts(kop, bestand), pad, doel)
            in_bestand = {doel: naam for (_, doel), naam in zip(kop.kolommen, namen)}
            return Gelezen(kop, pad.name, pad, bestand.metadata.num_rows, _notes(kop, pad.name),
                           {naam: in_bestand.get(naam) for naam in _texts(kop)})
    except (pa.ArrowException, UnicodeDecodeError) as fout:
        raise unreadable_parquet(tabel, pad.name, _ONLEESBAAR) from fout


def unreadable_parquet(tabel: Tabel, bestand: str, waarom: str) -> ReadError:
    """What to say of a Parquet file that is none."""
    return ReadError(f"{bestand} is geen leesbaar Parquet-bestand ({waarom}). Verwacht wordt een tabel met minstens "
                     f"de kolommen {', '.join(tabel.verplicht)}.")


def _only_texts(bestand: pq.ParquetFile) -> bool:
    """Whether every column holds texts, under a name that an engine blind to capitals can tell from the others."""
    kolommen = [bestand.schema.column(plaats) for plaats in range(len(bestand.schema))]
    namen = {kolom.name.casefold() for kolom in kolommen} - {"", "file_row_number"}
    return len(namen) == len(kolommen) and all(
        str(kolom.logical_type) == "String" and kolom.max_repetition_level == 0 and kolom.path == kolom.name
        for kolom in kolommen)


def _parquet_parts(kop: Kop, bestand: pq.ParquetFile) -> Iterator[dict[str, Any]]:
    vanaf = 1
    for stuk in bestand.iter_batches(batch_size=_RIJEN_PER_STUK):
        stuk.validate(full=True)
        deel = {doel: text_column(kolom) for (_, doel), kolom in zip(kop.kolommen, stuk.columns)}
        deel["regelnummer"] = np.arange(vanaf, vanaf + stuk.num_rows)
        vanaf += stuk.num_rows
        yield deel
