"""Keys of the registration in what an executed notebook shows: such a notebook is refused, whoever read them.

``records`` and ``tabel`` refuse by themselves; this is for an analyst's own ``read_csv``, and for a key in somebody's
text.

Not every word that equals a key is one. A key may be a number, and numbers are what a report consists of; the number of
rows of a table even equals its last key, where keys are counted. So what is taken for a key is:

- a word of four or more characters with a digit and a letter, a hyphen or a stroke in it, that is a key (``K00150``);
- three or more different numbers of five or more digits in one output, each a key;
- anything that is a key under a column head with the name of that key's column (``klant_id``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kopanalyse.raw.schema import TABELLEN
from kopanalyse.report.build.told import Boom, Geweigerd, numbered

SLEUTEL = "_id"  # how the name of a column ends that names a record; a village names itself
KENMERK = re.compile(r"(?=.{4})(?=.*\d)(?=.*[^\W\d]|.*[-/]).+")
NUMMER, EVENVEEL = re.compile(r"\d{5,}"), 3
WOORDEN = (re.compile(r"\w(?:[\w./-]*\w)?"), re.compile(r"\w+"))  # with and without what may stand inside a key
KOP = re.compile(r"<th\b[^>]*>\s*(\w+_id)\s*</th>")
TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.S | re.I)


class Sleutels:
    """The keys in the checked tables of ``map_``. Only words that were not asked for before are looked up in them."""

    def __init__(self, map_: Path) -> None:
        self._bestanden = [
            (pad, TABELLEN[naam].sleutel)
            for naam in TABELLEN
            if TABELLEN[naam].sleutel.endswith(SLEUTEL) and (pad := map_ / f"{naam}.parquet").is_file()
        ]
        self._kolommen: dict[str, set[str]] = {}

    def check(self, boek: Boom) -> None:
        """Raise ``Geweigerd`` when a text or output of an executed notebook holds keys; it does not repeat them."""
        if not self._bestanden:
            return
        for cel, tekst in _texts(boek):
            if kolom := self._shown(tekst):
                raise Geweigerd(
                    cel,
                    f"deze cel toont gegevens uit de kolom {kolom} van de registratie, en kenmerken van "
                    "klanten en andere records komen nooit op een pagina. Haal ze uit de cel.",
                )

    def _shown(self, tekst: str) -> str:
        """The column of the keys that a text shows; empty when it shows none."""
        koppen = set(KOP.findall(tekst))
        zichtbaar = html.unescape(TAGS.sub(" ", tekst))
        woorden = {woord for vorm in WOORDEN for woord in vorm.findall(zichtbaar)}
        kenmerken = {woord for woord in woorden if KENMERK.fullmatch(woord)}
        nummers = {woord for woord in woorden if NUMMER.fullmatch(woord)}
        kolommen = self._columns(woorden if koppen else kenmerken | nummers)
        gezien = [kolommen[woord] for woord in sorted(kenmerken & set(kolommen))]
        getallen = [kolommen[woord] for woord in sorted(nummers & set(kolommen))]
        gezien += getallen if len(getallen) >= EVENVEEL else []
        gezien += [onder for kolom in kolommen.values() if (onder := kolom & koppen)]
        return min(gezien[0]) if gezien else ""

    def _columns(self, woorden: Collection[str]) -> dict[str, set[str]]:
        """Those words that are keys, with the columns that they are keys in."""
        if nieuw := set(woorden) - set(self._kolommen):
            self._kolommen |= {woord: set() for woord in nieuw}
            gevraagd = pa.array(sorted(nieuw), pa.string())
            for pad, kolom in self._bestanden:
                for deel in pq.ParquetFile(pad).iter_batches(columns=[kolom]):
                    waarden = deel.column(0).cast(pa.string())
                    for woord in set(waarden.filter(pc.is_in(waarden, value_set=gevraagd)).to_pylist()):
                        self._kolommen[woord].add(kolom)
        return {woord: self._kolommen[woord] for woord in woorden if self._kolommen[woord]}


def _texts(boek: Boom) -> Iterator[tuple[int, str]]:
    """What a page shows of every cell, with its number: text, HTML and drawings."""
    for nummer, cel in numbered(boek):
        if cel["cell_type"] == "markdown":
            yield nummer, cel["source"]
        for uitvoer in cel.get("outputs", ()):
            if uitvoer["output_type"] == "stream" and uitvoer["name"] == "stdout":
                yield nummer, _joined(uitvoer["text"])
            data = uitvoer.get("data", {})
            vormen = [
                data[vorm] for vorm in ("text/html", "image/svg+xml", "text/markdown", "text/plain") if vorm in data
            ]
            yield from ((nummer, _joined(vorm)) for vorm in vormen[:1])


def _joined(tekst: Any) -> str:
    return tekst if isinstance(tekst, str) else "".join(tekst)
