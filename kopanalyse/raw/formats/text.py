"""CSV as rows of texts, whatever its encoding, separator and line ends; every row with its first physical line.

tekst = open_text(pad)
scheiding = separator(tekst, {"klant_id", "team"})
for nummer, velden in csv_rows(tekst.lines(), scheiding, pad.name):
    ...
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import IO

from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.formats.limits import GRENZEN, Grenzen
from kopanalyse.raw.names import clean_name, is_blank

SCHEIDINGSTEKENS = ",;\t|"
_STUK = 1 << 20
RIJEN_TOT_KOP = 100  # how far a header is looked for that does not stand where it should
_SEP = re.compile(r'\ufeff?"?sep=([^\r\n])"?[\r\n]*', re.IGNORECASE)
_EIGEN_BEGIN = {
    b"PK\x03\x04": "een Excel-werkmap; geef het bestand de uitgang .xlsx",
    b"\xd0\xcf\x11\xe0": "een werkmap van een oude Excel; open haar in Excel en bewaar haar als .xlsx",
    b"PAR1": "een Parquet-bestand; geef het de uitgang .parquet",
    b"%PDF": "een PDF; vraag de export als CSV of Excel",
    b"\x1f\x8b": "een ingepakt bestand; pak het eerst uit",
    b"\x89PNG": "een plaatje; vraag de export als CSV of Excel",
}


@dataclass(frozen=True)
class TextFile:
    """A text file that can be read line by line.

    ``codering`` is its encoding, None when UTF-8 and Windows-1252 stand in it side by side; then every line is read in
    its own. ``sep`` is the separator that a first line ``sep=;`` names; that line is for Excel, and is no line here.
    ``notities`` are notes (Dutch) on what is odd about it.
    """

    pad: Path
    codering: str | None
    sep: str | None = None
    notities: tuple[str, ...] = ()
    grenzen: Grenzen = GRENZEN

    def lines(self) -> Generator[tuple[int, str], None, None]:
        """Every line with its number, from 1, and its own end."""
        with closing(self._lines()) as regels:
            genummerd = enumerate(regels, start=1)
            if self.sep:
                next(genummerd)
            yield from genummerd

    def _lines(self) -> Generator[str, None, None]:
        if self.codering:
            with self.pad.open(encoding=self.codering, newline="") as regels:
                yield from regels
        else:
            with self.pad.open("rb") as regels:
                for regel in _byte_lines(regels):
                    yield _decoded(regel)


def open_text(pad: Path, grenzen: Grenzen = GRENZEN) -> TextFile:
    """The text in ``pad``.

    Raises ``ReadError`` (Dutch) when it is no text, in another encoding than we read, or has a line without end.
    """
    with pad.open("rb") as bestand:
        begin = bestand.read(4096)
        _refuse_other_files(pad.name, begin)
        bestand.seek(0)
        _hold_lines(pad.name, bestand, grenzen)
        bestand.seek(0)
        heel = _is_utf8(bestand)
        bestand.seek(0)
        codering, notities = ("utf-8-sig", ()) if heel else _by_line(pad.name, _byte_lines(bestand))
    tekst = TextFile(pad, codering, None, notities, grenzen)
    with closing(tekst._lines()) as regels:
        treffer = _SEP.fullmatch(next(regels, ""))
    return replace(tekst, sep=treffer[1] if treffer else None)


def _refuse_other_files(naam: str, begin: bytes) -> None:
    for teken, soort in _EIGEN_BEGIN.items():
        if begin.startswith(teken):
            raise ReadError(f"{naam} is geen CSV maar {soort}.")
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _every_other_is_null(begin):
        raise ReadError(
            f"{naam} is opgeslagen als UTF-16; verwacht wordt UTF-8 of Windows-1252. Bewaar het bestand "
            "opnieuw als CSV (UTF-8)."
        )


def _every_other_is_null(begin: bytes) -> bool:
    """Whether ``begin`` looks like UTF-16 without a byte order mark: nulls on one side of most pairs only."""
    links, rechts = begin[::2].count(0), begin[1::2].count(0)
    return max(links, rechts) > len(begin) * 0.2 and min(links, rechts) < len(begin) * 0.02


def _hold_lines(naam: str, bestand: IO[bytes], grenzen: Grenzen) -> None:
    """Raises ``ReadError`` for a line that is longer than all columns together may be: it would be read as a whole."""
    zonder_einde, regels = 0, 1
    while stuk := bestand.read(_STUK):
        if b"\n" in stuk or b"\r" in stuk:
            regels += stuk.count(b"\n") or stuk.count(b"\r")
            zonder_einde = 0
        else:
            zonder_einde += len(stuk)
            grenzen.hold_field(naam, f"regel {regels}", zonder_einde)


def _is_utf8(bestand) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while stuk := bestand.read(_STUK):
            decoder.decode(stuk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _byte_lines(bestand: Iterable[bytes]) -> Iterator[bytes]:
    """Lines as text mode makes them: a lone carriage return ends one too."""
    return chain.from_iterable(regel.splitlines(keepends=True) for regel in bestand)


def _decoded(regel: bytes) -> str:
    try:
        return regel.decode("utf-8-sig")
    except UnicodeDecodeError:
        return regel.decode("cp1252")


def _by_line(naam: str, regels: Iterable[bytes]) -> tuple[str | None, tuple[str, ...]]:
    """The encoding of lines that are not all UTF-8, and a note when some of them are."""
    utf8: list[int] = []
    anders: list[int] = []
    for nummer, regel in enumerate(regels, start=1):
        if regel.isascii():
            continue
        try:
            regel.decode("utf-8")
            utf8.append(nummer)
        except UnicodeDecodeError:
            anders.append(nummer)
            _refuse_unknown_bytes(naam, nummer, regel)
    if not utf8:
        return "cp1252", ()
    return None, (
        f"{naam}: er staan twee coderingen in: {_are(utf8)} UTF-8, {_are(anders)} Windows-1252. Elke regel "
        "is in zijn eigen codering gelezen; lever het bestand liever in één codering.",
    )


def _refuse_unknown_bytes(naam: str, nummer: int, regel: bytes) -> None:
    try:
        regel.decode("cp1252")
    except UnicodeDecodeError as fout:
        raise ReadError(
            f"{naam} is geen leesbare tekst: byte 0x{regel[fout.start]:02x} op regel {nummer} bestaat niet "
            "in UTF-8 of Windows-1252. Bewaar het bestand opnieuw als CSV (UTF-8)."
        ) from fout


def _are(nummers: list[int]) -> str:
    return f"{lines_text(nummers)} {'is' if len(nummers) == 1 else 'zijn'}"


def lines_text(nummers: Collection[int], meeste: int = 3) -> str:
    """Line numbers in words: ``regel 3``, ``regels 2 en 4``, ``regels 2, 4, 6 en 812 andere``."""
    namen = [str(nummer) for nummer in islice(nummers, meeste)]
    rest = len(nummers) - len(namen)
    *eerst, laatst = [*namen, f"{rest} andere"] if rest else namen
    return f"regels {', '.join(eerst)} en {laatst}" if eerst else f"regel {laatst}"


def blank_notes(bestand: str, leeg: Collection[int]) -> list[str]:
    """A note (Dutch) on the lines ``leeg``, on which nothing is to be seen (``csv_rows``); none without any."""
    if not leeg:
        return []
    return [
        f"{bestand}: op {lines_text(leeg)} staat niets zichtbaars (zoals nulbytes, wat een mislukte kopie "
        "achterlaat); dat zijn geen rijen."
    ]


# Rows


def separator(tekst: TextFile, gezocht: Collection[str]) -> str:
    """The separator under which the header holds most names of ``gezocht``, or else most names.

    A line ``sep=`` has the last word. Names are compared cleaned, without capitals and with spaces as underscores.
    """
    if tekst.sep:
        return tekst.sep
    gezocht = {clean_name(naam) for naam in gezocht}

    def fits(teken: str) -> tuple[int, int]:
        try:
            _, namen = next(csv_rows(tekst.lines(), teken, tekst.pad.name, grenzen=tekst.grenzen), (0, []))
        except ReadError:  # a quote that is closed under another separator, or under none
            return -1, 0
        return sum(clean_name(naam) in gezocht for naam in namen), len(namen)

    return max(SCHEIDINGSTEKENS, key=fits)


def first_rows(tekst: TextFile) -> Iterator[tuple[str, list[str]]]:
    """The first rows with their place in words, under every separator: for a header, or names that say why not."""
    for teken in SCHEIDINGSTEKENS:
        with suppress(ReadError), closing(tekst.lines()) as genummerd:
            for nummer, velden in csv_rows(
                islice(genummerd, RIJEN_TOT_KOP), teken, tekst.pad.name, grenzen=tekst.grenzen
            ):
                yield f"regel {nummer}", velden


_TOT_SLUITING = re.compile(r'[^"]*+(?:""[^"]*+)*+')


def csv_rows(
    genummerd: Iterable[tuple[int, str]],
    scheiding: str,
    bestand: str = "",
    verder: Iterable[tuple[int, str]] = (),
    leeg: list[int] | None = None,
    grenzen: Grenzen = GRENZEN,
) -> Iterator[tuple[int, list[str]]]:
    """Rows of CSV text, each with the number of its first physical line.

    ``genummerd`` are numbered lines with their ends, ``verder`` those after them, for a row that goes on there. A line
    without a quote is split as it stands. A field that begins with a quote (spaces before it do not count) runs to the
    closing one, across lines; a quote further on in a field is an ordinary character. Lines on which nothing is to be
    seen are no rows: white space, and the nulls that a broken copy leaves at the end of a file (the numbers of those
    come in ``leeg``). Raises ``ReadError`` for a quote that is never closed: the rows after it would disappear in it;
    and for a field that is longer than ``grenzen`` allow.
    """
    genummerd = iter(genummerd)
    for nummer, regel in genummerd:
        if '"' in regel:
            yield nummer, _quoted_row(nummer, regel, chain(genummerd, verder), scheiding, bestand, grenzen)
        elif regel.isspace():
            continue
        elif regel[0].isprintable() or not is_blank(regel):
            yield nummer, regel.rstrip("\r\n").split(scheiding)
        elif leeg is not None:
            leeg.append(nummer)


def csv_values(regels: list[str], scheiding: str, breedte: int) -> list[str] | None:
    """The values of lines that each hold ``breedte`` of them and no quote, one after the other; None for other lines.

    It is what ``csv_rows`` gives for such lines, many times as fast.
    """
    if breedte == 1 or any('"' in regel or regel.count(scheiding) != breedte - 1 for regel in regels):
        return None
    return scheiding.join([regel.rstrip("\r\n") for regel in regels]).split(scheiding)


def _match(patroon: re.Pattern[str], regel: str, plaats: int) -> re.Match[str]:
    """What ``patroon`` fits at ``plaats``; these patterns fit everywhere, if only on nothing."""
    gevonden = patroon.match(regel, plaats)
    assert gevonden
    return gevonden


def _quoted_row(
    nummer: int, regel: str, vervolg: Iterator[tuple[int, str]], scheiding: str, bestand: str, grenzen: Grenzen
) -> list[str]:
    """The fields of the row that begins with ``regel``; takes the lines that it needs from ``vervolg``."""
    velden, plaats = [], 0
    teken = re.escape(scheiding)
    opening_hier, tot_scheiding = re.compile(rf'[^\S\r\n{teken}]*"'), re.compile(rf"[^{teken}\r\n]*")
    while True:
        tekst = ""
        if opening := opening_hier.match(regel, plaats):
            begin, delen, plaats, lengte = nummer, [], opening.end(), 0
            while (sluiting := _match(_TOT_SLUITING, regel, plaats)).end() == len(regel):
                delen.append(regel[plaats:])
                lengte += len(delen[-1])
                grenzen.hold_field(bestand, f"het veld dat op regel {begin} begint", lengte)
                nummer, regel = next(vervolg, (nummer, ""))
                plaats = 0
                if not regel:
                    raise ReadError(_unclosed(bestand, begin))
            tekst = "".join([*delen, sluiting.group()]).replace('""', '"')
            rest = _match(tot_scheiding, regel, sluiting.end() + 1)
            if delen and rest.group().strip():
                raise ReadError(_unclosed(bestand, begin))
            tekst += rest.group() if rest.group().strip() else ""
        else:
            rest = _match(tot_scheiding, regel, plaats)
            tekst = rest.group()
        velden.append(tekst)
        plaats = rest.end() + 1
        if regel[rest.end() : plaats] != scheiding:
            return velden


def _unclosed(bestand: str, nummer: int) -> str:
    return (
        f'{bestand}: het aanhalingsteken (") op regel {nummer} wordt niet gesloten, zodat de rijen erna in één '
        'veld zouden verdwijnen. Verwacht wordt een " aan begin én eind van een veld, en "" voor een " erin.'
    )
