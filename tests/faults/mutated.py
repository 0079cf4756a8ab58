"""A small registration, and what can be wrong with its files: the mutations of ``tests.faults.mutations``."""

from __future__ import annotations

import csv
import io
import random
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from kopanalyse.demo.schrijven import VORMEN, Vorm
from kopanalyse.raw.schema import TABELLEN
from tests.orakel.willekeurig import NAMEN, ONLEESBARE_BOOLEANS, ONLEESBARE_DATUMS, ONLEESBARE_GETALLEN

KLANTEN, LOS = 25, 10  # clients, with all that is theirs; rows of a table that hangs on no client
TABELLEN_VAN = {
    "dekop": ("kernen", "klanten", "trajecten", "contacten", "zrm_metingen", "klanttevredenheid", "kto_antwoorden"),
    "smwo": (
        "klanten",
        "trajecten",
        "hulpvragen",
        "collectieve_activiteiten",
        "deelnames",
        "productie_uren",
        "formulierenbrigade",
    ),
}
"""A few tables of each, with every kind of column: a thousand of them have to be checked in minutes."""
VREEMD = [
    *NAMEN, *ONLEESBARE_DATUMS, *ONLEESBARE_GETALLEN, *ONLEESBARE_BOOLEANS, "", " ", "\x00", "\x00\x00\x00",
    "a\x00b", "\ufeff", "\u200b", "\u202eabc", "\ud7ff", "\uffff", "\x1b[31m", "\x85", "\u2028", "0000-00-00",
    "0001-01-01", "9999-12-31", "10000-01-01", "1-1-1", "2019-02-30", "44197", "1e400", "-0",
    "99999999999999999999", "9" * 400, "x" * 5_000, "=cmd|'/c calc'!A0", '"', '""', '"x', 'x"', "'", "\\",
    "\\N", "{", "%", "-", "--", "$(id)", "; drop table klanten", "\r", "\n", "\r\n", "a\rb", "a\nb", "á" * 300,
    "👩‍👩‍👧", "ﷺ" * 20, "Total", "Eindtotaal",
]  # fmt: skip
CODERINGEN = ("utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-32", "cp437", "utf-7")

Rijen = list[list[str]]


@dataclass
class Bestand:
    """A table on its way to a file: rows and the form in which they are written.

    ``telbaar``: whether every row, and only those, is a row of the file for whoever reads it.
    """

    naam: str
    rijen: Rijen
    scheiding: str = ";"
    codering: str = "utf-8"
    einden: tuple[str, ...] = ("\n",)
    aanhaling: int = csv.QUOTE_MINIMAL
    telbaar: bool = True

    def bytes(self, toeval: random.Random) -> bytes:
        regels = []
        for rij in self.rijen:
            uit = io.StringIO(newline="")
            schrijver = csv.writer(uit, delimiter=self.scheiding, quoting=self.aanhaling, lineterminator="\r\n")
            try:
                schrijver.writerow(rij)
            except csv.Error:  # a separator or quote in it, while nothing is quoted
                uit.write(self.scheiding.join(rij))
                self.telbaar = False
            regels.append(uit.getvalue().removesuffix("\r\n") + toeval.choice(self.einden))
        return "".join(regels).encode(self.codering, "replace")


@cache
def registration(organisatie: str) -> dict[str, Rijen]:
    """Some clients of a demonstration and all that is theirs, in the demonstration's own words."""
    bestanden = import_module(f"kopanalyse.demo.{organisatie}.registratie").bestanden()
    alles = {naam: _rows(bestanden[f"{naam}.csv"], VORMEN.get(naam, Vorm())) for naam in TABELLEN_VAN[organisatie]}
    klein: dict[str, Rijen] = {}
    for naam in sorted(alles, key=_depth):
        kop, *rijen = alles[naam]
        ouder = TABELLEN[naam].ouder
        if ouder and ouder.verwijst_naar in klein:
            waar, sleutel = kop.index(ouder.naam), TABELLEN[ouder.verwijst_naar].sleutel
            kop_ouder, *rijen_ouder = klein[ouder.verwijst_naar]
            bekend = {rij[kop_ouder.index(sleutel)] for rij in rijen_ouder}
            rijen = [rij for rij in rijen if rij[waar] in bekend]
        klein[naam] = [kop, *(rijen[: KLANTEN if naam in ("klanten", "trajecten") else LOS * 5 if ouder else LOS])]
    return klein


def _depth(naam: str) -> int:
    ouder = TABELLEN[naam].ouder
    return 1 + _depth(ouder.verwijst_naar) if ouder else 0


def _rows(inhoud: bytes, vorm: Vorm) -> Rijen:
    return list(csv.reader(io.StringIO(inhoud.decode(vorm.codering), newline=""), delimiter=vorm.scheiding))


@cache
def settings_text(organisatie: str) -> str:
    """The settings of a demonstration."""
    return import_module(f"kopanalyse.demo.{organisatie}.registratie").bestanden()["organisatie.toml"].decode()


# What can be wrong with the rows: who reads them still knows how many there are


def _column(toeval: random.Random, rijen: Rijen) -> int:
    return toeval.randrange(max(1, len(rijen[0])))


def column_removed(toeval: random.Random, b: Bestand) -> None:
    waar = _column(toeval, b.rijen)
    b.rijen = [[*rij[:waar], *rij[waar + 1 :]] for rij in b.rijen]
    b.telbaar &= len(b.rijen[0]) > 0


def column_renamed(toeval: random.Random, b: Bestand) -> None:
    waar, naam = _column(toeval, b.rijen), b.rijen[0][0]
    gekozen = b.rijen[0][waar]
    b.rijen[0][waar] = toeval.choice(
        [gekozen.upper(), gekozen.replace("_", " "), gekozen + "s", naam, "", " ", "Kolom1", toeval.choice(VREEMD)]
    )


def column_doubled(toeval: random.Random, b: Bestand) -> None:
    waar = _column(toeval, b.rijen)
    b.rijen = [[*rij[: waar + 1], *rij[waar : waar + 1], *rij[waar + 1 :]] for rij in b.rijen]


def columns_shuffled(toeval: random.Random, b: Bestand) -> None:
    orde = list(range(len(b.rijen[0])))
    toeval.shuffle(orde)
    b.rijen = [[rij[plaats] for plaats in orde if plaats < len(rij)] for rij in b.rijen]


def columns_added(toeval: random.Random, b: Bestand) -> None:
    aantal = toeval.choice([1, 3, 40, 2_500])
    b.rijen = [
        [*rij, *(f"nieuw{n}" if not plaats else "" for n in range(aantal))] for plaats, rij in enumerate(b.rijen)
    ]


def rows_cut(toeval: random.Random, b: Bestand) -> None:
    del b.rijen[toeval.randrange(1, len(b.rijen) + 1) :]


def rows_doubled(toeval: random.Random, b: Bestand) -> None:
    b.rijen += [list(toeval.choice(b.rijen)) for _ in range(toeval.randint(1, 5))]


def rows_shuffled(toeval: random.Random, b: Bestand) -> None:
    kop, *rijen = b.rijen
    toeval.shuffle(rijen)
    b.rijen = [kop, *rijen]


def row_too_short_or_long(toeval: random.Random, b: Bestand) -> None:
    for _ in range(toeval.randint(1, 4)):
        waar = toeval.randrange(len(b.rijen))
        rij = b.rijen[waar]
        b.rijen[waar] = toeval.choice(
            [rij[: toeval.randint(1, max(1, len(rij)))], [*rij, toeval.choice(VREEMD)], [*rij, ""]]
        )


def header_moved(toeval: random.Random, b: Bestand) -> None:
    b.rijen = [["Export van 3 maart"], *b.rijen] if toeval.random() < 0.5 else [*b.rijen[1:], b.rijen[0]]
    b.telbaar = False


def cells_odd(toeval: random.Random, b: Bestand) -> None:
    for _ in range(toeval.choice([1, 3, 30])):
        rij = toeval.choice(b.rijen[1:] or b.rijen)
        if rij:
            rij[toeval.randrange(len(rij))] = toeval.choice(VREEMD)


def column_odd(toeval: random.Random, b: Bestand) -> None:
    waar, waarde = _column(toeval, b.rijen), toeval.choice(VREEMD)
    for rij in b.rijen[1:]:
        rij[waar : waar + 1] = [waarde]


def keys_doubled(toeval: random.Random, b: Bestand) -> None:
    for rij in b.rijen[1:]:
        if toeval.random() < 0.2 and rij:
            rij[0] = b.rijen[1][0] if b.rijen[1] else ""


def keys_that_refer_nowhere(toeval: random.Random, b: Bestand) -> None:
    for rij in b.rijen[1:]:
        if len(rij) > 1 and toeval.random() < 0.3:
            rij[1] = toeval.choice(["weg", "0017", rij[1].upper(), f" {rij[1]}", f"{rij[1]}.0", ""])


def field_huge(toeval: random.Random, b: Bestand) -> None:
    rij = toeval.choice(b.rijen)
    if rij:
        rij[toeval.randrange(len(rij))] = toeval.choice(["x", "é", "regel\n", "1", "="]) * 400_000


def other_form(toeval: random.Random, b: Bestand) -> None:
    b.scheiding = toeval.choice(";,\t|")
    b.aanhaling = toeval.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])


def unquoted(toeval: random.Random, b: Bestand) -> None:
    b.aanhaling = csv.QUOTE_NONE


def other_encoding(toeval: random.Random, b: Bestand) -> None:
    b.codering = toeval.choice(CODERINGEN)
    b.telbaar &= b.codering in ("utf-8", "utf-8-sig", "cp1252", "latin-1")


def mixed_line_ends(toeval: random.Random, b: Bestand) -> None:
    b.einden = toeval.choice([("\r\n",), ("\r",), ("\n", "\r\n"), ("\n", "\r", "\r\n"), ("\n", "\n\n"), ("\r\r\n",)])


OP_RIJEN: tuple[Callable[[random.Random, Bestand], None], ...] = (
    column_removed, column_renamed, column_doubled, columns_shuffled, columns_added, rows_cut, rows_doubled,
    rows_shuffled, row_too_short_or_long, header_moved, cells_odd, column_odd, keys_doubled, keys_that_refer_nowhere,
    field_huge, other_form, unquoted, other_encoding, mixed_line_ends,
)  # fmt: skip

# What can be wrong with the bytes


def bytes_flipped(toeval: random.Random, inhoud: bytes) -> bytes:
    uit = bytearray(inhoud)
    for _ in range(toeval.choice([1, 5, 200])):
        if uit:
            uit[toeval.randrange(len(uit))] = toeval.randrange(256)
    return bytes(uit)


def bytes_lost(toeval: random.Random, inhoud: bytes) -> bytes:
    begin = toeval.randrange(len(inhoud) + 1)
    return inhoud[:begin] + inhoud[begin + toeval.choice([1, 10, 1_000]) :]


def bytes_put_in(toeval: random.Random, inhoud: bytes) -> bytes:
    stukken = [
        b'"',
        b"\x00" * 600,
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\r",
        b"\x1a",
        b'";"',
        b"\x81\x8d",
        b"sep=,\n",
        b";" * 3_000,
    ]
    begin = toeval.choice([0, toeval.randrange(len(inhoud) + 1), len(inhoud)])
    return inhoud[:begin] + toeval.choice(stukken) + inhoud[begin:]


def cut_off(toeval: random.Random, inhoud: bytes) -> bytes:
    return inhoud[: toeval.choice([0, 1, toeval.randrange(len(inhoud) + 1)])]


def twice_in_a_row(toeval: random.Random, inhoud: bytes) -> bytes:
    return inhoud + inhoud


def shifted(toeval: random.Random, inhoud: bytes) -> bytes:
    begin = toeval.randrange(len(inhoud) + 1)
    return inhoud[begin:] + inhoud[:begin]


OP_BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    bytes_flipped, bytes_lost, bytes_put_in, cut_off, twice_in_a_row, shifted
)  # fmt: skip

# What can be wrong with the files


def other_name(toeval: random.Random, pad: Path) -> None:
    pad.rename(
        pad.with_name(
            toeval.choice([pad.name.upper(), f"Export {pad.name}", f"{pad.stem}.xlsx", f"{pad.stem}.parquet"])
        )
    )


def lost(toeval: random.Random, pad: Path) -> None:
    pad.unlink()


def a_folder_instead(toeval: random.Random, pad: Path) -> None:
    pad.unlink()
    pad.mkdir()


def two_of_them(toeval: random.Random, pad: Path) -> None:
    shutil.copy(pad, pad.with_suffix(".parquet") if toeval.random() < 0.5 else pad.with_name(pad.name.capitalize()))


def a_link_to_nowhere(toeval: random.Random, pad: Path) -> None:
    pad.unlink()
    pad.symlink_to("weg")


def as_workbook(toeval: random.Random, pad: Path) -> None:
    """A workbook of what was there, of which half the times some bytes are other."""
    boek = Workbook()
    for rij in _lines(pad):
        try:
            boek.active.append(rij)
        except (IllegalCharacterError, ValueError):
            continue
    pad.unlink()
    boek.save(pad.with_suffix(".xlsx"))
    _damage(toeval, pad.with_suffix(".xlsx"))


def as_parquet(toeval: random.Random, pad: Path) -> None:
    kop, *rijen = _lines(pad) or [["leeg"]]
    teksten = [[rij[plaats] if plaats < len(rij) else None for rij in rijen] for plaats in range(len(kop))]
    pad.unlink()
    pq.write_table(
        pa.table([pa.array(tekst, pa.string()) for tekst in teksten], names=kop), pad.with_suffix(".parquet")
    )
    _damage(toeval, pad.with_suffix(".parquet"))


def _lines(pad: Path) -> Rijen:
    tekst = pad.read_bytes().decode("utf-8", "ignore").replace("\x00", "")
    return [regel.split(";")[:50] for regel in tekst.splitlines()[:200]]


def _damage(toeval: random.Random, pad: Path) -> None:
    if toeval.random() < 0.5:
        pad.write_bytes(toeval.choice(OP_BYTES)(toeval, pad.read_bytes()))


OP_BESTANDEN: tuple[Callable[[random.Random, Path], None], ...] = (
    other_name, lost, a_folder_instead, two_of_them, a_link_to_nowhere, as_workbook, as_parquet
)  # fmt: skip


def write_mutated(map_: Path, organisatie: str, toeval: random.Random, aantal: int) -> tuple[list[str], dict[str, int]]:
    """Write a registration with ``aantal`` mutations into ``map_``; their names, and rows of tables where known.

    Of a table that is not there, or of which the rows cannot be counted any more, nothing is known.
    """
    map_.mkdir(parents=True)
    tabellen = {naam: Bestand(naam, [list(rij) for rij in rijen]) for naam, rijen in registration(organisatie).items()}
    (map_ / "organisatie.toml").write_text(settings_text(organisatie), encoding="utf-8")
    gedaan: list[str] = []
    later: list[tuple[str, Callable[..., object]]] = []
    for _ in range(aantal):
        naam = toeval.choice(["trajecten", *tabellen])
        mutatie = toeval.choice(toeval.choice([OP_RIJEN, OP_RIJEN, OP_RIJEN, OP_BYTES, OP_BYTES, OP_BESTANDEN]))
        gedaan.append(mutatie.__name__)
        if mutatie in OP_RIJEN:
            mutatie(toeval, tabellen[naam])  # type: ignore[operator]
        else:
            later.append((naam, mutatie))
            tabellen[naam].telbaar = False
    for bestand in tabellen.values():
        (map_ / f"{bestand.naam}.csv").write_bytes(bestand.bytes(toeval))
    if aantal and toeval.random() < 0.05:
        gedaan.append("settings")
        later.append(("organisatie", toeval.choice(OP_BYTES)))
    for naam, mutatie in later:
        pad = map_ / (f"{naam}.toml" if naam == "organisatie" else f"{naam}.csv")
        if mutatie in OP_BYTES and pad.is_file():
            pad.write_bytes(mutatie(toeval, pad.read_bytes()))  # type: ignore[operator, arg-type]
        elif pad.is_file():
            mutatie(toeval, pad)
    return gedaan, {b.naam: _countable(b.rijen[1:]) for b in tabellen.values() if b.telbaar}


def _countable(rijen: Iterable[list[str]]) -> int:
    """Rows but for those on which nothing is to be seen: a line of white space or nulls is none."""
    return sum(
        len(rij) > 1 or not all(teken.isspace() or not teken.isprintable() for teken in "".join(rij)) for rij in rijen
    )
