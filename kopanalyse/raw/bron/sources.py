"""Exports as they are delivered, read into Parquet files of texts, with file, sheet and row beside every row.

A source (``[bron.<naam>]``) is one or more files with the same columns, put under each other. Nothing is judged and no
value is changed here; what a value means is said by the koppeling.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kopanalyse.engine.sandbox import asked
from kopanalyse.errors import DataError, disk_is_full, reason, suggestion
from kopanalyse.files import work_folder
from kopanalyse.raw.bron import database
from kopanalyse.raw.bron.koppeling import BRONMAP, HERKOMST, Bron, Fouten, Koppeling, glued, join_columns
from kopanalyse.raw.bron.opened import Blad, Rij, open_export
from kopanalyse.raw.bron.patterns import fitting, is_pattern
from kopanalyse.raw.formats.cells import seen
from kopanalyse.raw.formats.forms import TEKST, is_damage
from kopanalyse.raw.formats.limits import GRENZEN, Grenzen
from kopanalyse.raw.formats.sheets import merged_notes
from kopanalyse.raw.formats.text import blank_notes, csv_rows, csv_values
from kopanalyse.raw.names import clean_name, clean_text, is_blank, match_name, shown

ROND_DE_RIJ = ("_overtollig", "_tekort")  # about a row as a whole; not for a query to see
_BYTES_PER_GROEP = 1 << 25
_ZOEKEN = 1_000  # rows in which the names are looked for
_TOON = 200  # signs of a row that a message quotes


@dataclass(frozen=True)
class Stuk:
    """One file, or one sheet of it, that is part of a source."""

    bestand: str
    blad: str | None
    rijen: int


@dataclass
class Gelezen:
    """A source as read: its columns as named in the export, each with its column in the Parquet file ``pad``."""

    bron: Bron
    pad: Path
    kolommen: tuple[tuple[str, str], ...]
    stukken: list[Stuk] = field(default_factory=list)
    notities: list[str] = field(default_factory=list)
    over: list[tuple[Stuk, list[str]]] = field(default_factory=list)  # a sheet that was taken, and those beside it

    @property
    def rijen(self) -> int:
        """Rows of all files together."""
        return sum(stuk.rijen for stuk in self.stukken)

    def find(self, naam: str) -> list[str]:
        """Columns of the Parquet file that ``naam`` can mean: one, none, or several that differ in capitals."""
        return [self.kolommen[plaats][1] for plaats in match_name(clean_text(naam), [kop for kop, _ in self.kolommen])]


# What there is


def exports(map_: Path) -> list[str]:
    """Every export under ``bron/``, members of a zip too, as paths below it."""
    namen = []
    for pad in sorted(map_.rglob("*")) if map_.is_dir() else []:
        if not pad.is_file() or any(deel.startswith((".", "~$")) for deel in pad.relative_to(map_).parts):
            continue
        naam = pad.relative_to(map_).as_posix()
        namen.extend(_members(pad, naam) if pad.suffix.lower() == ".zip" else [naam])
    return namen


def _members(pad: Path, naam: str) -> list[str]:
    try:
        with zipfile.ZipFile(pad) as pakket:
            return [
                f"{naam}/{lid.filename}"
                for lid in pakket.infolist()
                if not lid.is_dir() and not lid.filename.startswith("__MACOSX")
            ]
    except Exception:  # what is wrong with it is said by who reads it
        return [naam]


@contextmanager
def on_disk(map_: Path, naam: str, grenzen: Grenzen = GRENZEN) -> Iterator[Path]:
    """The export ``naam`` (as ``exports`` gives it) as a file; a member of a zip is put aside for as long as it is
    read."""
    delen = Path(naam).parts
    for aantal in range(1, len(delen)):
        pakket = map_.joinpath(*delen[:aantal])
        if pakket.is_file():
            lid = "/".join(delen[aantal:])
            with work_folder() as tijdelijk:
                pad = tijdelijk / delen[-1]
                try:
                    with zipfile.ZipFile(pakket) as open_pakket:
                        grenzen.hold_zip(pakket.name, open_pakket)
                        with open_pakket.open(lid) as van, pad.open("wb") as naar:
                            shutil.copyfileobj(van, naar)
                except Exception as fout:  # zipfile, and what unpacks for it, raise errors of their own
                    if not is_damage(fout):
                        raise
                    raise DataError(
                        f"{naam} is niet uit het zip-bestand te halen: het is beschadigd of heeft een wachtwoord."
                    ) from fout
                yield pad
            return
    yield map_ / naam


# What the koppeling asks for


def asked_names(koppeling: Koppeling) -> dict[str, set[str]]:
    """Per source the names of columns that the koppeling asks of it: the row that holds two of them is the header."""
    gevraagd: dict[str, set[str]] = {naam: set() for naam in koppeling.bronnen}
    for deel in koppeling.delen:
        if deel.query:
            tabellen, kolommen = asked(deel.query)
            for naam in koppeling.bronnen:
                if naam.casefold() in tabellen:
                    gevraagd[naam] |= kolommen - {*HERKOMST}
            continue
        kolommen = {*deel.alleen, *deel.weglaten, *(deel.breed.kolommen if deel.breed else ())}
        for waarde in deel.kolommen.values():
            kolommen |= {waarde, *glued(waarde)}
        for naam, aan in deel.erbij.items():
            links, rechts = join_columns(aan)
            kolommen.add(links)
            gevraagd[naam].add(rechts)
        for naam in deel.bronnen:
            gevraagd[naam] |= {kolom.removeprefix(f"{naam}.") for kolom in kolommen if kolom.startswith(f"{naam}.")}
        gevraagd[deel.bron] |= kolommen
    return gevraagd


# Reading


def read_sources(
    koppeling: Koppeling,
    doel: Path,
    fouten: Fouten,
    meld: Callable[[str], None] = lambda tekst: None,
    grenzen: Grenzen = GRENZEN,
) -> dict[str, Gelezen]:
    """Read every source into ``doel/<naam>.parquet``; what cannot be read goes to ``fouten`` and is left out."""
    map_ = koppeling.map / BRONMAP
    aanwezig = exports(map_)
    gevraagd = asked_names(koppeling)
    gelezen: dict[str, Gelezen] = {}
    for naam, bron in koppeling.bronnen.items():
        if bron.bestand is None:
            continue
        meld(f"{naam} lezen")
        try:
            pad = doel / f"{file_name(naam)}.parquet"
            gelezen[naam] = read_files(bron, map_, aanwezig, gevraagd[naam], pad, grenzen)
        except OSError as fout:
            if disk_is_full(fout):  # of where the rows go, and not of the export
                raise
            fouten.add(f"bron.{naam}.bestand", f"{bron.bestand} kan niet worden gelezen: {reason(fout)}.")
        except DataError as fout:
            fouten.add(f"bron.{naam}", str(fout))
    for variabele, bronnen in _by_connection(koppeling.bronnen.values()).items():
        meld(f"{', '.join(bron.naam for bron in bronnen)} lezen")
        gelezen.update(_read_database(variabele, bronnen, doel, fouten))
    _note_sheets(gelezen.values())
    return gelezen


def _note_sheets(bronnen: Iterable[Gelezen]) -> None:
    """Note the sheets that no source reads, of files of which a source took the first one."""
    bronnen = list(bronnen)
    gelezen = {(stuk.bestand, stuk.blad) for bron in bronnen for stuk in bron.stukken}
    for bron in bronnen:
        for stuk, andere in bron.over:
            if ongelezen := [shown(naam) for naam in andere if (stuk.bestand, naam) not in gelezen]:
                wat = ("het werkblad {} is", "de werkbladen {} zijn")[len(ongelezen) > 1].format(", ".join(ongelezen))
                bron.notities.append(
                    f"{stuk.bestand}: {wat} niet gelezen, alleen {shown(stuk.blad or '')}. "
                    f'Hoort het erbij, zet dan blad = met een patroon (zoals "*") onder [bron.{bron.bron.naam}].'
                )


def file_name(naam: str) -> str:
    """The name of a source as a file name on any system."""
    return "".join(teken if teken.isalnum() or teken in "-_ " else f"%{ord(teken):x}" for teken in naam)


def _by_connection(bronnen: Iterable[Bron]) -> dict[str, list[Bron]]:
    per_verbinding: dict[str, list[Bron]] = {}
    for bron in bronnen:
        if bron.verbinding:
            per_verbinding.setdefault(bron.verbinding, []).append(bron)
    return per_verbinding


def _read_database(verbinding: str, bronnen: Sequence[Bron], doel: Path, fouten: Fouten) -> dict[str, Gelezen]:
    """All sources of one connection, read within one transaction."""
    gelezen: dict[str, Gelezen] = {}
    try:
        with database.connect(verbinding.removeprefix("env:")) as lezer:
            for bron in bronnen:
                try:
                    namen, stukken = lezer.read(bron.tabel, bron.query)
                    kop, kolommen = tuple(clean_text(naam) for naam in namen), _columns(namen)
                    uit = Gelezen(bron, doel / f"{file_name(bron.naam)}.parquet", tuple(zip(kop, kolommen)))
                    herkomst = f"databank:{bron.tabel or bron.naam}"
                    with _Schrijver(uit) as schrijver:
                        uit.stukken.append(Stuk(herkomst, None, schrijver.write_texts(herkomst, stukken)))
                    gelezen[bron.naam] = uit
                except DataError as fout:
                    fouten.add(f"bron.{bron.naam}", str(fout))
    except DataError as fout:
        fouten.add(f"bron.{bronnen[0].naam}.verbinding", str(fout))
    return gelezen


def read_files(
    bron: Bron, map_: Path, aanwezig: Sequence[str], gevraagd: set[str], doel: Path, grenzen: Grenzen = GRENZEN
) -> Gelezen:
    patroon = bron.bestand or ""
    namen = fitting(patroon, aanwezig)
    if not namen:
        er_is = f"In {BRONMAP}/ staan: {', '.join(aanwezig)[:1000]}." if aanwezig else f"In {BRONMAP}/ staat niets."
        stuk = next((pad for pad in aanwezig if pad.lower().endswith(".zip") and patroon.startswith(f"{pad}/")), None)
        if stuk:  # a zip that can be opened is there as its members
            raise DataError(f"{stuk} is geen zip-bestand dat open kan: het is beschadigd, of van een andere soort.")
        raise DataError(f"bij het patroon {patroon!r} hoort geen bestand.{suggestion(patroon, aanwezig)} {er_is}")
    if len(namen) > 1 and not is_pattern(patroon):
        raise DataError(
            f"de naam {patroon!r} past op meer bestanden: {', '.join(namen)}. Verwacht wordt de naam "
            "precies zoals hij is."
        )
    uit: Gelezen | None = None
    with ExitStack() as open_:
        schrijver: _Schrijver | None = None
        for naam in namen:
            with on_disk(map_, naam, grenzen) as pad, open_export(pad, naam, gevraagd, grenzen) as bladen:
                for blad in _chosen(bron, naam, bladen):
                    nummer, kop, rijen = _with_header(bron, naam, blad, gevraagd)
                    grenzen.hold_columns(naam, len(kop))
                    if uit is None or schrijver is None:
                        uit = Gelezen(bron, doel, tuple(zip(map(clean_text, kop), _columns(kop))))
                        schrijver = open_.enter_context(_Schrijver(uit))
                    plaatsen = _same_columns(uit, naam, blad, kop)
                    if blad.kolommen and bron.voettekst is None:
                        stukken = ([deel[plaats] for plaats in plaatsen] for deel in blad.kolommen())
                        aantal = schrijver.write_texts(naam, stukken)
                    elif blad.tekst and bron.voettekst is None:
                        aantal = schrijver.write_lines(naam, blad, rijen, plaatsen)
                    else:
                        rijen = _until_footer(rijen, bron.voettekst)
                        aantal = schrijver.write_rows(naam, blad.naam, rijen, plaatsen, kort=blad.tekst is not None)
                    uit.stukken.append(Stuk(naam, blad.naam, aantal))
                    uit.notities.extend(_notes(naam, blad, nummer, kop))
                    if bron.blad is None and blad.naam is not None:
                        uit.over.append(
                            (uit.stukken[-1], [ander.naam or "" for ander in bladen if _holds(ander, blad)])
                        )
    assert uit, "every file that fits gives a sheet, or stops here"
    return uit


def _notes(naam: str, blad: Blad, nummer: int, kop: Sequence[str]) -> Iterator[str]:
    """Notes (Dutch) on what is odd about a sheet or file that was read; ``nummer`` is the row of its header."""
    if blad.tekst:
        yield from blad.tekst.notities
        yield from blank_notes(naam, sorted(set(blad.leeg)))  # the first rows are read twice
    yield from merged_notes(_place(naam, blad), kop, [vak for vak in blad.samengevoegd() if vak.onder > nummer])


def _holds(blad: Blad, behalve: Blad) -> bool:
    """Whether someone who opens the workbook sees rows on ``blad``, another sheet than ``behalve``."""
    return blad is not behalve and blad.zichtbaar and next(iter(blad.rijen()), None) is not None


def _chosen(bron: Bron, naam: str, bladen: Sequence[Blad]) -> list[Blad]:
    """The sheets of one file that belong to the source."""
    if bladen and bladen[0].naam is None:
        if bron.blad:
            raise DataError(f"blad = {bron.blad!r} kan niet: {naam} heeft geen werkbladen.")
        return list(bladen)
    er_zijn = [blad.naam or "" for blad in bladen]
    if bron.blad:
        passend = fitting(bron.blad, er_zijn)
        if not passend:
            raise DataError(
                f"{naam} heeft geen werkblad dat past bij {bron.blad!r}. Mogelijk zijn: {', '.join(er_zijn)}."
            )
        return [blad for blad in bladen if blad.naam in passend]
    gevuld = next((blad for blad in bladen if blad.zichtbaar and next(iter(blad.rijen()), None) is not None), None)
    if gevuld is None:
        raise DataError(f"{naam} heeft geen zichtbaar werkblad met rijen. Er zijn: {', '.join(er_zijn)}.")
    return [gevuld]


def _place(naam: str, blad: Blad) -> str:
    return f"{naam}, blad {blad.naam}" if blad.naam is not None else naam


def _with_header(bron: Bron, naam: str, blad: Blad, gevraagd: set[str]) -> tuple[int, list[str], Iterator[Rij]]:
    """The row of the names (its number and the names), and the rows after it."""
    rijen = iter(blad.rijen())
    if blad.kop is not None:
        return 0, list(blad.kop), rijen
    begin = list(islice(rijen, _ZOEKEN))
    plaats = _header_at(bron, begin, gevraagd)
    if plaats is None:
        raise DataError(_no_header(bron, _place(naam, blad), begin, gevraagd))
    nummer, kop = begin[plaats]
    kop = [seen(waarde or "") for waarde in kop]
    while kop and not clean_text(kop[-1]):
        kop.pop()
    return nummer, kop, chain(begin[plaats + 1 :], rijen)


def _header_at(bron: Bron, begin: Sequence[tuple[int, Sequence[str | None]]], gevraagd: set[str]) -> int | None:
    if bron.kopregel is not None:
        return next((plaats for plaats, (nummer, _) in enumerate(begin) if nummer == bron.kopregel), None)
    schoon = {clean_name(naam) for naam in gevraagd}
    gevuld = [
        (plaats, len(schoon & {clean_name(waarde or "") for waarde in rij}))
        for plaats, (_, rij) in enumerate(begin)
        if any(clean_text(waarde or "") for waarde in rij)
    ]
    # With two names it is certain. With one, it is at least the row to say what is missing of.
    for nodig in (min(2, len(schoon)), min(1, len(schoon))):
        if (eerste := next((plaats for plaats, namen in gevuld if namen >= nodig), None)) is not None:
            return eerste
    return None


def _no_header(bron: Bron, waar: str, begin: Sequence[tuple[int, Sequence[str | None]]], gevraagd: set[str]) -> str:
    if not begin:
        return f"{waar} is leeg; verwacht wordt een kopregel en rijen."
    if bron.kopregel is not None:
        return f"{waar} heeft geen rij {bron.kopregel} (kopregel) met namen."
    staat = ", ".join(filter(None, (clean_text(waarde or "") for waarde in begin[0][1])))[:_TOON]
    return (
        f"in de eerste {len(begin)} rijen van {waar} is de kopregel niet gevonden: er is geen rij met "
        f"een van de namen {', '.join(sorted(gevraagd))[:500]}. Op rij {begin[0][0]} staat: "
        f"{staat}. Verwacht wordt een rij met die namen, of kopregel = met haar nummer."
    )


def _columns(kop: Sequence[str | None]) -> list[str]:
    """Names for the Parquet file: those of the header, made different where an engine blind to capitals needs that."""
    bezet, namen = {*HERKOMST, *ROND_DE_RIJ, "file_row_number", ""}, []
    for plaats, ruw in enumerate(kop, start=1):
        basis = naam = clean_text(ruw or "") or f"kolom_{plaats}"
        nummer = 1
        while naam.casefold() in bezet:
            nummer += 1
            naam = f"{basis}_{nummer}"
        bezet.add(naam.casefold())
        namen.append(naam)
    return namen


def _same_columns(uit: Gelezen, naam: str, blad: Blad, kop: Sequence[str]) -> list[int]:
    """For every column of the source its place in this header; raises ``DataError`` when the columns differ."""
    eigen = [clean_text(waarde) for waarde in kop]
    bekend = [waarde for waarde, _ in uit.kolommen]
    if [clean_name(waarde) for waarde in eigen] == [clean_name(waarde) for waarde in bekend]:
        return list(range(len(bekend)))
    over = list(range(len(eigen)))
    plaatsen = []
    for waarde in bekend:
        plaats = next((p for p in over if clean_name(eigen[p]) == clean_name(waarde)), None)
        if plaats is not None:
            over.remove(plaats)
        plaatsen.append(plaats)
    mist = [waarde or "(zonder naam)" for waarde, plaats in zip(bekend, plaatsen) if plaats is None]
    extra = [eigen[plaats] or "(zonder naam)" for plaats in over]
    if mist or extra:
        eerste = uit.stukken[0]
        waar = f"{eerste.bestand}, blad {eerste.blad}" if eerste.blad is not None else eerste.bestand
        verschil = "; ".join(
            [*([f"mist {', '.join(mist)}"] if mist else []), *([f"heeft ook {', '.join(extra)}"] if extra else [])]
        )
        raise DataError(
            f"{_place(naam, blad)} heeft andere kolommen dan {waar}: {verschil}. Verwacht worden in alle "
            "bestanden van een bron dezelfde kolommen; maak er anders twee bronnen van."
        )
    return plaatsen


def _until_footer(rijen: Iterable[Rij], voettekst: str | None) -> Iterator[Rij]:
    if voettekst is None:
        yield from rijen
        return
    for nummer, rij in rijen:
        eerste = next(filter(None, (clean_text(waarde or "") for waarde in rij)), "")
        if eerste and fitting(voettekst.replace("/", "\x1f"), [eerste.replace("/", "\x1f")]):
            return
        yield nummer, rij


# Writing


class _Schrijver:
    """Writes the rows of a source to its Parquet file, file after file; a context manager."""

    _RIJEN = 2_000  # at a time: more is slower, Python then keeps walking over lists that are still in use

    def __init__(self, uit: Gelezen) -> None:
        self.namen = [kop or kolom for kop, kolom in uit.kolommen]
        self.schema = pa.schema(
            [(kolom, TEKST) for _, kolom in uit.kolommen]
            + [("_bestand", TEKST), ("_blad", TEKST), ("_regel", pa.int64()), *((naam, TEKST) for naam in ROND_DE_RIJ)]
        )
        self._uit = pq.ParquetWriter(uit.pad, self.schema, compression="lz4")
        self._groep: list[pa.Table] = []

    def __enter__(self) -> _Schrijver:
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._uit.close()

    def write_lines(self, bestand: str, blad: Blad, rijen: Iterator[Rij], plaatsen: Sequence[int]) -> int:
        """The lines of a text file from the first of ``rijen`` on: plain ones together, others row by row."""
        assert blad.tekst
        eerste = next(rijen, None)
        if eerste is None:
            return 0
        regels, aantal, breedte = blad.lines(eerste[0]), 0, len(plaatsen)
        while stuk := list(islice(regels, self._RIJEN)):
            waarden = csv_values([regel for _, regel in stuk], blad.scheiding, breedte)
            if waarden is None:
                anders = csv_rows(stuk, blad.scheiding, bestand, regels, blad.leeg, blad.tekst.grenzen)
                aantal += self.write_rows(bestand, None, anders, plaatsen, kort=True)
                continue
            teksten = [pa.array(waarden[plaats::breedte], type=TEKST) for plaats in plaatsen]
            self._add(teksten, bestand, None, pa.array([nummer for nummer, _ in stuk], type=pa.int64()))
            aantal += len(stuk)
        return aantal

    def write_rows(
        self, bestand: str, blad: str | None, rijen: Iterable[Rij], plaatsen: Sequence[int], kort: bool
    ) -> int:
        """Rows with their numbers; ``plaatsen`` says where each column of the source stands in them.

        ``kort`` says that a row with fewer values than the header is odd: the columns that lack are kept.
        """
        rijen, aantal, breedte = iter(rijen), 0, len(plaatsen)
        while deel := list(islice(rijen, self._RIJEN)):
            nummers, velden = zip(*deel)
            rond: list[list[str | None]] = []
            if any(len(rij) != breedte for rij in velden):
                mist = [
                    [naam for naam, plaats in zip(self.namen, plaatsen) if plaats >= len(rij)] if kort else []
                    for rij in velden
                ]
                rond = [[_surplus(rij[breedte:]) for rij in velden], [", ".join(map(shown, m)) or None for m in mist]]
                velden = [(list(rij) + [None] * breedte)[:breedte] for rij in velden]
            kolommen = list(zip(*velden))
            teksten = [pa.array(kolommen[plaats], type=TEKST) for plaats in plaatsen]
            self._add(teksten, bestand, blad, pa.array(nummers, type=pa.int64()), rond)
            aantal += len(deel)
        return aantal

    def write_texts(self, bestand: str, stukken: Iterable[Sequence[pa.Array]]) -> int:
        """Columns of texts, some thousands of rows at a time, numbered from 1."""
        aantal = 0
        for kolommen in stukken:
            hoeveel = len(kolommen[0]) if kolommen else 0
            self._add(
                [kolom.cast(TEKST) for kolom in kolommen],
                bestand,
                None,
                pa.array(range(aantal + 1, aantal + hoeveel + 1), type=pa.int64()),
            )
            aantal += hoeveel
        return aantal

    def _add(
        self,
        teksten: Sequence[pa.Array],
        bestand: str,
        blad: str | None,
        nummers: pa.Array,
        rond: Sequence[Sequence[str | None]] = (),
    ) -> None:
        aantal = len(nummers)
        rest = [pa.array(waarden, type=TEKST) for waarden in rond] or [pa.nulls(aantal, TEKST) for _ in ROND_DE_RIJ]
        herkomst = [pa.repeat(pa.scalar(waarde, type=TEKST), aantal) for waarde in (bestand, blad)]
        self._groep.append(pa.table([*teksten, *herkomst, nummers, *rest], schema=self.schema))
        if sum(tabel.nbytes for tabel in self._groep) > _BYTES_PER_GROEP:
            self._flush()

    def _flush(self) -> None:
        if self._groep:
            self._uit.write_table(pa.concat_tables(self._groep))
            self._groep = []


def _surplus(waarden: Sequence[str | None]) -> str | None:
    teksten = [waarde or "" for waarde in waarden]
    return ";".join(teksten) if not all(map(is_blank, teksten)) else None
