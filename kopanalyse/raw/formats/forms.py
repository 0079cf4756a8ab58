"""Columns of a Parquet file as text, value by value the same as a CSV file would hold; and what reading raises."""

from __future__ import annotations

import errno
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kopanalyse.errors import DataError
from kopanalyse.raw.formats.cells import unreadable, value_text

TEKST = pa.large_string()


class ReadError(DataError):
    """The run cannot go on; the message (Dutch) names the file, the column and what was expected."""


def is_damage(fout: Exception) -> bool:
    """Whether what stopped the reading lies in the file, and is not what we say or what the system refuses.

    A damaged file may say to read at a place that cannot be: then the system answers that this is no place.
    """
    return not isinstance(fout, ReadError) and getattr(fout, "errno", None) in (None, errno.EINVAL)


def text_column(kolom: pa.Array) -> pa.Array:
    """A typed column as text, value by value the same as ``value_text``; Arrow does it where its own words are those.

    A moment with a zone keeps it (the day may be another one elsewhere), and a value that is no single value, such as
    a list, is marked as unreadable.
    """
    kolom = _plain(kolom)
    soort = kolom.type
    for is_soort, lezer in _LEZERS:
        if is_soort(soort):
            return lezer(kolom)
    return pa.array([value_text(waarde) for waarde in kolom.to_pylist()], type=TEKST)


def _plain(kolom: pa.Array) -> pa.Array:
    """``kolom`` without the ways to store it: a dictionary, runs, a name for its type."""
    while True:
        if pa.types.is_dictionary(kolom.type):
            kolom = kolom.dictionary_decode()
        elif pa.types.is_run_end_encoded(kolom.type):
            kolom = pc.run_end_decode(kolom)
        elif isinstance(kolom.type, pa.BaseExtensionType):
            kolom = kolom.storage
        else:
            return kolom


def _cast(kolom: pa.Array) -> pa.Array:
    return kolom.cast(TEKST)


def _decoded(kolom: pa.Array) -> pa.Array:
    return pa.array([None if waarde is None else waarde.decode() for waarde in kolom.to_pylist()], type=TEKST)


def _moment(kolom: pa.Array) -> pa.Array:
    """Moments by Arrow, which knows years beyond Python's: without nought behind the seconds, or without midnight."""
    zone = kolom.type.tz
    plaatselijk = kolom if zone is None else _local(kolom)
    tekst = pc.replace_substring_regex(plaatselijk.cast(TEKST), r"\.0+$|(\.[0-9]*[1-9])0+$", r"\1")
    if zone is None:
        return pc.replace_substring_regex(tekst, r" 00:00:00$", "")
    # With its zone an instant is one again: what is lost is how far it is from Greenwich.
    verschil = pc.subtract(plaatselijk.cast(pa.int64()), kolom.cast(pa.timestamp(kolom.type.unit)).cast(pa.int64()))
    per_minuut = 60 * {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}[kolom.type.unit]
    minuten = pc.divide(verschil, per_minuut)
    namen = {minuut: _offset(minuut) for minuut in pc.unique(minuten).to_pylist() if minuut is not None}
    achter = pa.array([namen.get(minuut) for minuut in minuten.to_pylist()], type=TEKST)
    return pc.binary_join_element_wise(tekst, achter, pa.scalar("", TEKST))


def _local(kolom: pa.Array) -> pa.Array:
    try:
        return pc.local_timestamp(kolom)
    except pa.ArrowInvalid:  # a zone that this machine does not know
        return kolom.cast(pa.timestamp(kolom.type.unit))


def _offset(minuten: int) -> str:
    teken, minuten = ("-", -minuten) if minuten < 0 else ("+", minuten)
    return f"{teken}{minuten // 60:02}:{minuten % 60:02}"


def _float(kolom: pa.Array) -> pa.Array:
    """Numbers: all whole ones at once, as whole numbers; short ones with the few digits that they were written with."""
    if kolom.type != pa.float64():
        kort = (None if waarde is None else float(str(np.float32(waarde))) for waarde in kolom.to_pylist())
        kolom = pa.array(kort, type=pa.float64())
    heel = pc.all(pc.and_(pc.equal(kolom, pc.floor(kolom)), pc.less(pc.abs(kolom), 1e15))).as_py()
    if heel is not False:
        return kolom.cast(pa.int64()).cast(TEKST)
    return pa.array([value_text(waarde) for waarde in kolom.to_pylist()], type=TEKST)


def _no_value(kolom: pa.Array) -> pa.Array:
    return pa.array([None if waarde is None else unreadable(str(waarde)) for waarde in kolom.to_pylist()], type=TEKST)


_LEZERS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...] = (
    (pa.types.is_timestamp, _moment),
    (pa.types.is_floating, _float),
    (pa.types.is_nested, _no_value),
    *(
        (is_soort, _cast)
        for is_soort in (
            pa.types.is_string,
            pa.types.is_large_string,
            pa.types.is_string_view,
            pa.types.is_integer,
            pa.types.is_boolean,
            pa.types.is_date,
            pa.types.is_null,
        )
    ),
    *(
        (is_soort, _decoded)
        for is_soort in (
            pa.types.is_binary,
            pa.types.is_large_binary,
            pa.types.is_fixed_size_binary,
            pa.types.is_binary_view,
        )
    ),
)
