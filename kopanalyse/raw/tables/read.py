"""Read the files of a registration: our names, text and line numbers; judges nothing.

Every table comes in one file, ``.csv``, ``.xlsx`` or ``.parquet``, and leaves as one Parquet file of text columns that
the engine can stream: the columns of the data dictionary under their own names, unknown columns as ``extra_<place>``,
values for which the header has no column in ``overtollig``, the columns for which a row has no value in ``tekort``, and
``regelnummer``, the place of the row in its file. Texts stay as they stood, spaces included; what a sheet shows in a
cell without a value, such as an error, is marked (``cells.unreadable``). Rows pass through in batches, so that a table
may be larger than memory. A Parquet file of texts needs no reading: the engine takes it as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.errors import disk_is_full, reason
from kopanalyse.raw.formats.forms import TEKST, ReadError, is_damage, text_column
from kopanalyse.raw.formats.limits import GRENZEN, Grenzen
from kopanalyse.raw.formats.sheets import Workbook, merged_notes
from kopanalyse.raw.formats.text import (
    RIJEN_TOT_KOP,
    blank_notes,
    csv_rows,
    csv_values,
    first_rows,
    open_text,
    separator,
)
from kopanalyse.raw.formats.workbooks import open_workbook
from kopanalyse.raw.names import is_blank, match_name, shown
from kopanalyse.raw.schema import Tabel
from kopanalyse.raw.tables.header import Kop, Plek, find_header, notes

__all__ = ["Gelezen", "Kop", "ReadError", "read_table", "read_tables"]

_RIJEN_PER_KEER = 2_000  # more at once is slower: Python then keeps walking over lists that are still in use
_RIJEN_PER_STUK = 50_000  # of Parquet, which makes no lists of its columns
_BYTES_PER_GROEP = 1 << 25  # what is kept in memory before it is written, whatever the length of a row
_ONLEESBAAR = "het is beschadigd, of van een andere soort"  # what libraries say is English, and may quote
ROND_DE_TABEL = ("overtollig", "tekort")  # columns of the Parquet file that are about the row as a whole

Rows = Iterator[tuple[int, Sequence[str | None]]]


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


def read_tables(
    bestanden: Iterable[tuple[Tabel, Path]],
    map_: Path,
    meld: Callable[[str], None] = lambda tekst: None,
    grenzen: Grenzen = GRENZEN,
) -> list[Gelezen]:
    """Read every table as ``read_table`` does, into ``map_``; raises one ``ReadError`` with all that stops the run."""
    gelezen, fouten = [], []
    for tabel, pad in bestanden:
        meld(f"{tabel.naam} lezen")
        try:
            gelezen.append(read_table(tabel, pad, map_ / f"{tabel.naam}.parquet", grenzen))
        except ReadError as fout:
            fouten.append(fout)
    if fouten:
        raise ReadError("\n".join(map(str, fouten))) from fouten[0]
    return gelezen


def read_table(tabel: Tabel, pad: Path, doel: Path, grenzen: Grenzen = GRENZEN) -> Gelezen:
    """Read ``pad`` as ``tabel`` into the Parquet file ``doel``: text columns and ``regelnummer`` (from 1).

    A Parquet file of only texts is not read: then there is no ``doel``, and what is wrong inside comes to light in use.
    ``regelnummer`` is the row's first physical line (csv), its sheet row (xlsx) or its place from 1 (parquet).
    Raises ``ReadError`` for a file that cannot be read or is empty, for a missing or double column, and for one that
    holds more than ``grenzen`` allow.
    """
    lezers = {".csv": _read_csv, ".xlsx": _read_xlsx, ".parquet": _read_parquet}
    try:
        return lezers[pad.suffix.lower()](tabel, pad, doel, grenzen)
    except OSError as fout:
        if disk_is_full(fout):  # of where the rows go, and not of the file
            raise
        raise ReadError(
            f"{pad.name} kan niet worden gelezen: {reason(fout)}. Verwacht wordt {tabel.rij} per rij."
        ) from fout


# Writing what was read


def _texts(kop: Kop) -> tuple[str, ...]:
    return (*kop.bekend, *kop.extra, *ROND_DE_TABEL)


def _text_schema(kop: Kop) -> pa.Schema:
    return pa.schema([(naam, TEKST) for naam in _texts(kop)] + [("regelnummer", pa.int64())])


def _write(kop: Kop, delen: Iterable[dict[str, Any]], pad: Path, doel: Path) -> Gelezen:
    """Write parts (columns by name, all of one length, absent ones empty) to ``doel``."""
    schema, rijen, groep, omvang = _text_schema(kop), 0, [], 0
    with pq.ParquetWriter(doel, schema, compression="lz4") as uit:
        for deel in delen:
            aantal = len(deel["regelnummer"])
            kolommen = [
                pa.array(deel[veld.name], type=veld.type) if veld.name in deel else pa.nulls(aantal, veld.type)
                for veld in schema
            ]
            groep.append(pa.table(kolommen, schema=schema))
            rijen, omvang = rijen + aantal, omvang + groep[-1].nbytes
            if omvang > _BYTES_PER_GROEP:
                uit.write_table(pa.concat_tables(groep))
                groep, omvang = [], 0
        if groep:
            uit.write_table(pa.concat_tables(groep))
    return Gelezen(kop, pad.name, doel, rijen, notes(kop, pad.name))


def _with_notes(gelezen: Gelezen, notities: Iterable[str]) -> Gelezen:
    return replace(gelezen, notities=(*gelezen.notities, *notities))


def _parts(kop: Kop, rijen: Rows, *, kort: bool = False) -> Iterator[dict[str, Any]]:
    """Rows as parts for ``_write``: short ones filled up, values beyond the header kept in ``overtollig``.

    ``kort`` says that a row with fewer values than the header is odd: the columns that lack are kept in ``tekort``.
    """
    namen = [doel for _, doel in kop.kolommen]
    breedte = len(namen)
    while genummerd := list(islice(rijen, _RIJEN_PER_KEER)):
        deel: dict[str, Any] = {"regelnummer": [nummer for nummer, _ in genummerd]}
        velden = [rij for _, rij in genummerd]
        if any(len(rij) != breedte for rij in velden):
            deel["overtollig"] = [_surplus(rij[breedte:]) for rij in velden]
            if kort:
                deel["tekort"] = [_lacking(kop, len(rij)) for rij in velden]
            velden = [[*rij, *[None] * breedte][:breedte] for rij in velden]
        for plaats, naam in enumerate(namen):
            deel[naam] = [rij[plaats] for rij in velden]
        yield deel


def _surplus(waarden: Sequence[str | None]) -> str | None:
    """What stands beyond the header, or nothing when that is empty."""
    teksten = [waarde or "" for waarde in waarden]
    return ";".join(teksten) if not all(map(is_blank, teksten)) else None


def _lacking(kop: Kop, aantal: int) -> str | None:
    """The columns for which a row of ``aantal`` values has none; a separator at the end of a header makes no column."""
    return ", ".join(shown(naam) for naam, _ in kop.kolommen[aantal:] if naam) or None


# CSV


def _read_csv(tabel: Tabel, pad: Path, doel: Path, grenzen: Grenzen) -> Gelezen:
    tekst = open_text(pad, grenzen)
    scheiding = separator(tekst, [kolom.naam for kolom in tabel.kolommen])
    leeg: list[int] = []
    with closing(tekst.lines()) as genummerd:
        nummer, namen = next(csv_rows(genummerd, scheiding, pad.name, grenzen=grenzen), (0, []))
        grenzen.hold_columns(pad.name, len(namen))
        plek = Plek(pad.name, f"regel {nummer}", lambda: first_rows(tekst), "een van , ; | of een tab")
        kop = find_header(tabel, plek, namen)
        gelezen = _write(kop, _csv_parts(kop, genummerd, scheiding, pad.name, leeg, grenzen), pad, doel)
    return _with_notes(gelezen, [*tekst.notities, *blank_notes(pad.name, leeg)])


def _csv_parts(
    kop: Kop, genummerd: Iterator[tuple[int, str]], scheiding: str, bestand: str, leeg: list[int], grenzen: Grenzen
) -> Iterator[dict[str, Any]]:
    """The lines after the header as parts for ``_write``: plain ones together, others row by row."""
    namen = [doel for _, doel in kop.kolommen]
    while stuk := list(islice(genummerd, _RIJEN_PER_KEER)):
        waarden = csv_values([regel for _, regel in stuk], scheiding, len(namen))
        if waarden is None:
            yield from _parts(kop, csv_rows(stuk, scheiding, bestand, genummerd, leeg, grenzen), kort=True)
        else:
            deel: dict[str, Any] = {naam: waarden[plaats :: len(namen)] for plaats, naam in enumerate(namen)}
            yield deel | {"regelnummer": [nummer for nummer, _ in stuk]}


# Excel


def _read_xlsx(tabel: Tabel, pad: Path, doel: Path, grenzen: Grenzen) -> Gelezen:
    with open_workbook(pad, grenzen) as boek:
        blad = _sheet(tabel, pad.name, boek)
        with closing(boek.rows(blad)) as rijen:
            nummer, namen = next(rijen, (0, []))
            grenzen.hold_columns(pad.name, len(namen))
            plek = Plek(pad.name, f"blad {shown(blad)}, rij {nummer}", lambda: _first_rows_of_sheets(boek, blad))
            kop = find_header(tabel, plek, namen)
            gelezen = _write(kop, _parts(kop, rijen), pad, doel)
        samen = [vak for vak in boek.merged(blad) if vak.onder > nummer]
        ongelezen = [
            f"{pad.name}: het werkblad {shown(ander.naam)} is niet gelezen, alleen {shown(blad)}."
            for ander in boek.sheets
            if ander.naam != blad
        ]
    return _with_notes(gelezen, [*ongelezen, *merged_notes(pad.name, [naam for naam, _ in kop.kolommen], samen)])


def _sheet(tabel: Tabel, bestand: str, boek: Workbook) -> str:
    """The sheet that is called after the table, or else the first that someone who opens the file sees."""
    namen = [blad.naam for blad in boek.sheets]
    passend = [namen[plaats] for plaats in match_name(tabel.naam, namen)]
    if len(passend) > 1:
        raise ReadError(
            f"{bestand}: bij de tabel {tabel.naam} passen de werkbladen "
            f"{' en '.join(map(shown, passend))}; verwacht wordt er één, dat {tabel.naam} heet."
        )
    return passend[0] if passend else boek.first_sheet()


def _first_rows_of_sheets(boek: Workbook, eerst: str) -> Iterator[tuple[str, list[str | None]]]:
    for blad in sorted((blad.naam for blad in boek.sheets), key=lambda naam: naam != eerst):
        with closing(boek.rows(blad)) as rijen:
            for nummer, cellen in islice(rijen, RIJEN_TOT_KOP):
                yield f"rij {nummer}" if blad == eerst else f"rij {nummer} van blad {shown(blad)}", cellen


# Parquet


def _read_parquet(tabel: Tabel, pad: Path, doel: Path, grenzen: Grenzen) -> Gelezen:
    try:
        with pq.ParquetFile(pad) as bestand:
            namen = bestand.schema_arrow.names
            grenzen.hold_columns(pad.name, len(namen))
            kop = find_header(tabel, Plek(pad.name, "de namen van de kolommen", lambda: iter(())), namen)
            if not _only_texts(bestand):
                return _write(kop, _parquet_parts(kop, bestand), pad, doel)
            in_bestand = {doel: naam for (_, doel), naam in zip(kop.kolommen, namen)}
            return Gelezen(
                kop,
                pad.name,
                pad,
                bestand.metadata.num_rows,
                notes(kop, pad.name),
                {naam: in_bestand.get(naam) for naam in _texts(kop)},
            )
    except Exception as fout:  # Arrow, and Python where it makes texts of values that it does not know
        if is_damage(fout):
            raise unreadable_parquet(tabel, pad.name, _ONLEESBAAR) from fout
        raise


def unreadable_parquet(tabel: Tabel, bestand: str, waarom: str) -> ReadError:
    """What to say of a Parquet file that is none."""
    return ReadError(
        f"{bestand} is geen leesbaar Parquet-bestand ({waarom}). Verwacht wordt een tabel met minstens "
        f"de kolommen {', '.join(tabel.verplicht)}."
    )


def _only_texts(bestand: pq.ParquetFile) -> bool:
    """Whether every column holds texts, under a name that an engine blind to capitals can tell from the others."""
    kolommen = [bestand.schema.column(plaats) for plaats in range(len(bestand.schema))]
    namen = {kolom.name.casefold() for kolom in kolommen} - {"", "file_row_number"}
    return len(namen) == len(kolommen) and all(
        str(kolom.logical_type) == "String" and kolom.max_repetition_level == 0 and kolom.path == kolom.name
        for kolom in kolommen
    )


def _parquet_parts(kop: Kop, bestand: pq.ParquetFile) -> Iterator[dict[str, Any]]:
    vanaf = 1
    for stuk in bestand.iter_batches(batch_size=_RIJEN_PER_STUK):
        stuk.validate(full=True)
        deel = {doel: text_column(kolom) for (_, doel), kolom in zip(kop.kolommen, stuk.columns)}
        deel["regelnummer"] = np.arange(vanaf, vanaf + stuk.num_rows)
        vanaf += stuk.num_rows
        yield deel
