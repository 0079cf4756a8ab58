"""Readers, front matter, koppeling and settings given what nobody meant: ``python -m tests.faults.fuzz --minuten 30``.

Whole files are changed by Hypothesis, and it makes small ones of nothing. Whatever comes is read, or refused by a
sentence; what is read is all that stands there. What went wrong is shown in its smallest form.
"""

from __future__ import annotations

import argparse
import html.parser
import io
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, Phase, given, seed, settings, target
from hypothesis import strategies as st
from openpyxl import Workbook

import kopanalyse
from kopanalyse.busy import busy
from kopanalyse.checked import provenance
from kopanalyse.errors import UserError
from kopanalyse.raw.bron.koppeling import load_koppeling
from kopanalyse.raw.bron.sources import exports, on_disk
from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.formats.limits import Grenzen
from kopanalyse.raw.formats.workbooks import open_workbook
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.raw.tables.read import read_table
from kopanalyse.report.authors import read_teksten
from kopanalyse.report.authors.reading import markdown_html
from kopanalyse.settings import load_settings, standard_settings
from tests.faults.mutated import VREEMD
from tests.report.authors.schrijven import KLANTREIS, PERSONA, VERHAAL
from tests.report.voorbeeld import INSTELLINGEN

KLEIN = Grenzen(tekens_per_veld=10_000, uitgepakt_mb=2)
KLANTEN = "klant_id;geboortedatum;geslacht;kern\nk1;01-01-1980;man;Dorp\nk2;1990-02-03;vrouw;\nk3;;;Dorp\n"
TOELICHTING = "---\nhoofdstuk: casuistiek_in_aantallen\nparagraaf: caseload\njaar: 2019\n---\nMeer **mensen**, [meer](https://a.nl).\n"
WATERWIJK = Path(kopanalyse.__file__).parent / "demo" / "waterwijk"
KOPPELING = (WATERWIJK / "koppeling.toml").read_text(encoding="utf-8")
STUKKEN = [
    *VREEMD, ": ", "- ", "---\n", "\n", "\t", "&a ", "*a", "<<: *a", "!!python/object:os.system x", "? ", "| ",
    "> ", "{", "}", "[", "]", "[[", "]]", "#", "'", '"', '"""', "'''", "=", ".", ",", "true", "1e999", "0x_",
    "1979-05-27T07:32:00", "nan", "inf", "*", "%d", "<script>alert(1)</script>", "[x](javascript:alert(1))",
    "![x](//a.b/c.png)", "<img src=x onerror=alert(1)>", "| a | b |\n|:-|-:|\n", "<!ENTITY a 'b'>",
    "<![CDATA[", "]]>", "</row>", "</c>", ' r="ZZ99999999"', ' t="s"', ' t="e"', ' s="-1"', "<v>99999</v>",
    "&amp;", "&#0;", "&x;", ' count="999999999"', 'ref="A1:XFD1048576"', "select 1; drop table x",
    "../../etc/passwd", "* ", "bron.", "tabel.", "[tabel.trajecten]\n", "[bron.a]\n", 'sql = "x"\n',
    "jaar: 2019\n", "toestemming: ja\n", "openbaar: ja\n",
]  # fmt: skip
ONGEVAARLIJK = {
    "p", "strong", "em", "a", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "br", "code", "pre",
    "blockquote", "hr", "del",
}  # fmt: skip


@st.composite
def changed(draw: st.DrawFn, heel: str | bytes) -> Any:
    """``heel`` with a few pieces lost, doubled, moved or put in; now and then something else altogether."""
    if draw(st.integers(0, 19)) == 0:
        return draw(st.text(max_size=200) if isinstance(heel, str) else st.binary(max_size=200))
    for _ in range(draw(st.integers(1, 4))):
        van = draw(st.integers(0, len(heel)))
        tot = min(len(heel), van + draw(st.integers(0, 40)))
        stuk: Any = draw(st.sampled_from(STUKKEN) | st.text(max_size=5))
        if isinstance(heel, bytes):
            stuk = draw(st.just(stuk.encode("utf-8", "surrogatepass")) | st.binary(max_size=8))
        midden = draw(st.sampled_from([stuk, heel[:0], heel[van:tot] * 2, heel[van:tot] + stuk, stuk + heel[van:tot]]))
        heel = heel[:van] + midden + heel[tot:]
    return heel


def _bytes(tekst: str) -> bytes:
    return tekst.encode("utf-8", "surrogatepass")


# What is held of each kind


def csv_file(map_: Path, inhoud: bytes) -> None:
    """A table of texts: all its rows are read, each once, or it is refused under its own name."""
    _read(map_ / "klanten.csv", inhoud)


def _read(pad: Path, inhoud: bytes) -> None:
    pad.write_bytes(inhoud)
    try:
        gelezen = read_table(TABELLEN["klanten"], pad, pad.with_name("uit.parquet"), KLEIN)
    except ReadError as fout:
        _is_told(pad, fout)
        return
    tabel = pq.read_table(gelezen.pad)
    assert tabel.num_rows == gelezen.rijen
    if gelezen.namen is None:
        nummers = tabel["regelnummer"].to_pylist()
        assert nummers == sorted(set(nummers))
    target(float(gelezen.rijen), label="rijen")


def _is_told(pad: Path, fout: ReadError) -> None:
    """A refusal names the file, and lies in the file: the system, whose words are English, refused nothing."""
    assert pad.name in str(fout) and "kan niet worden gelezen" not in str(fout), fout


def csv_values(map_: Path, rijen: list[list[str]]) -> None:
    """What a table holds comes out as it stood, but for rows on which nothing is to be seen."""
    import csv

    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";", quoting=csv.QUOTE_ALL)
    schrijver.writerows([["klant_id", "geslacht", "geboortedatum"], *rijen])
    (map_ / "klanten.csv").write_text(uit.getvalue(), encoding="utf-8", newline="")
    gelezen = read_table(TABELLEN["klanten"], map_ / "klanten.csv", map_ / "uit.parquet", KLEIN)
    tabel = pq.read_table(gelezen.pad)
    kolommen = [tabel[naam].to_pylist() for naam in ("klant_id", "geslacht", "geboortedatum")]
    assert [list(rij) for rij in zip(*kolommen)] == rijen


@cache
def book() -> dict[str, bytes]:
    """The parts of a workbook with all kinds of cells."""
    boek, uit = Workbook(), io.BytesIO()
    for rij in (
        ["klant_id", "geboortedatum", "geslacht"],
        ["k1", "1980-01-01", "man"],
        ["k2", date(1990, 1, 1), True],
        ["=1+1", 1.5],
    ):
        boek.active.append(rij)
    boek.active.merge_cells("A3:B3")
    boek.save(uit)
    with zipfile.ZipFile(uit) as pakket:
        return {naam: pakket.read(naam) for naam in pakket.namelist()}


@cache
def open_document() -> dict[str, bytes]:
    ruimtes = {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0"}
    xmlns = " ".join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}"' for k, v in ruimtes.items())
    rij = "<table:table-row>{}</table:table-row>"
    soort = 'office:value-type="string" table:number-columns-repeated="1"'
    cel = f"<table:table-cell {soort}><text:p>{{}}</text:p></table:table-cell>"
    rijen = "".join(rij.format("".join(map(cel.format, teksten))) for teksten in (["klant_id", "kern"], ["k1", "Dorp"]))
    blad = f'<table:table table:name="B">{rijen}</table:table>'
    inhoud = (
        f"<office:document-content {xmlns}><office:body><office:spreadsheet>{blad}</office:spreadsheet></office:body>"
    )
    return {"content.xml": f"{inhoud}</office:document-content>".encode()}


def workbook(map_: Path, uitgang: str, deel: str, inhoud: bytes) -> None:
    """A workbook of which one part was changed: its rows are read, or it is refused under its own name."""
    pad = map_ / f"klanten{uitgang}"
    with zipfile.ZipFile(pad, "w") as pakket:
        for naam, heel in (book() if uitgang == ".xlsx" else open_document()).items():
            pakket.writestr(naam, inhoud if naam == deel else heel)
    _open_book(pad)


def whole_workbook(map_: Path, inhoud: bytes) -> None:
    """Bytes that were a workbook once."""
    (map_ / "klanten.xlsx").write_bytes(inhoud)
    _open_book(map_ / "klanten.xlsx")


def _open_book(pad: Path) -> None:
    try:
        with open_workbook(pad, KLEIN) as boek:
            for blad in boek.sheets:
                nummers = [nummer for nummer, _ in boek.rows(blad.naam)]
                assert nummers == sorted(set(nummers)), nummers
                boek.merged(blad.naam)
    except ReadError as fout:
        _is_told(pad, fout)


def zipped(map_: Path, inhoud: bytes) -> None:
    """Bytes that were a zip with an export: it is put aside to be read, or refused under its own name."""
    (map_ / "export.zip").write_bytes(inhoud)
    for naam in exports(map_):
        try:
            with on_disk(map_, naam, KLEIN) as pad:
                pad.read_bytes()
        except UserError as fout:
            assert "export.zip" in str(fout), fout


def parquet(map_: Path, inhoud: bytes) -> None:
    """Bytes that were a Parquet file once."""
    pad = map_ / "klanten.parquet"
    pad.write_bytes(inhoud)
    try:
        read_table(TABELLEN["klanten"], pad, map_ / "uit.parquet", KLEIN)
    except ReadError as fout:
        _is_told(pad, fout)


def author_text(map_: Path, waar: str, inhoud: bytes) -> None:
    """A text of an author is read, or refused under its own name; what is made of it harms no page."""
    pad = map_ / "voorbeeld" / waar
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_bytes(inhoud)
    try:
        teksten = read_teksten(map_, _own_settings(), ["Centrum", "Dorpen", "alle"])
    except UserError as fout:
        assert pad.name in str(fout), fout
        return
    finally:
        pad.unlink()
    for tekst in (*teksten.toelichtingen, *teksten.verhalen):
        _harmless(markdown_html(tekst.tekst))


@cache
def _own_settings() -> Any:
    with tempfile.TemporaryDirectory() as map_:
        (Path(map_) / "voorbeeld").mkdir()
        (Path(map_) / "voorbeeld" / "organisatie.toml").write_text(INSTELLINGEN, encoding="utf-8")
        return load_settings("voorbeeld", Path(map_))


class _Harmless(html.parser.HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ONGEVAARLIJK, tag
        for naam, waarde in attrs:
            assert naam in ("href", "class", "title", "start"), (tag, naam)
            assert naam != "href" or not (waarde or "").strip().lower().startswith(
                ("javascript:", "data:", "vbscript:")
            ), waarde


def _harmless(tekst: str) -> None:
    _Harmless(convert_charrefs=True).feed(tekst)


def markdown(map_: Path, tekst: str) -> None:
    """Markdown becomes HTML of the harmless kind."""
    _harmless(markdown_html(tekst))


def koppeling(map_: Path, tekst: str) -> None:
    """A koppeling is read, or all that is wrong with it is said."""
    (map_ / "koppeling.toml").write_bytes(_bytes(tekst))
    link = map_ / "koppeling"
    if not link.exists():
        link.symlink_to(WATERWIJK / "koppeling")
    try:
        load_koppeling(map_)
    except UserError as fout:
        assert str(fout).strip()


def organisation(map_: Path, tekst: str) -> None:
    """Settings are read, or refused under the name of their file."""
    (map_ / "voorbeeld").mkdir(exist_ok=True)
    (map_ / "voorbeeld" / "organisatie.toml").write_bytes(_bytes(tekst))
    try:
        load_settings("voorbeeld", map_)
    except UserError as fout:
        assert "organisatie.toml" in str(fout) or "voorbeeld" in str(fout), fout


def own_files(map_: Path, tekst: bytes) -> None:
    """What stands where we keep where figures came from, or who is busy, stops nobody."""
    (map_ / "checked").mkdir(exist_ok=True)
    (map_ / "checked" / "klanten.parquet").touch()
    for naam in (provenance.HERKOMST, ".slot", "cijfers.parquet"):
        (map_ / naam).write_bytes(tekst)
    assert all(isinstance(zin, str) for zin in provenance.older_than(map_, map_, standard_settings("x"), ""))
    with busy(map_, "check"):
        pass


def _parquet_bytes() -> bytes:
    uit = io.BytesIO()
    pq.write_table(
        pa.table({"klant_id": ["k1", "k2"], "geboortedatum": [date(1980, 1, 1), None], "geslacht": ["man", None]}), uit
    )
    return uit.getvalue()


def _book_bytes(hoe: int = zipfile.ZIP_STORED) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", hoe) as pakket:
        for naam, heel in book().items():
            pakket.writestr(naam, heel)
    return uit.getvalue()


@st.composite
def _part(draw: st.DrawFn) -> tuple[str, str, bytes]:
    uitgang = draw(st.sampled_from([".xlsx", ".xlsx", ".ods"]))
    delen = book() if uitgang == ".xlsx" else open_document()
    deel = draw(st.sampled_from(sorted(naam for naam in delen if naam.endswith((".xml", ".rels")))))
    return uitgang, deel, draw(changed(delen[deel]))


@st.composite
def _author(draw: st.DrawFn) -> tuple[str, bytes]:
    waar, tekst = draw(
        st.sampled_from(
            [
                ("verhalen/a.md", VERHAAL),
                ("toelichting/a.md", TOELICHTING),
                ("personas/a.yaml", PERSONA),
                ("klantreizen/a.yaml", KLANTREIS),
            ]
        )
    )
    return waar, draw(changed(tekst).map(_bytes) | changed(tekst.encode()))


_ZICHTBAAR = st.text(min_size=1, max_size=12).filter(
    lambda tekst: any(c.isprintable() and not c.isspace() for c in tekst)
)
_VELD = st.text(st.characters(codec="utf-8"), max_size=12)
DOELEN: dict[str, tuple[Callable[..., None], st.SearchStrategy[tuple[Any, ...]]]] = {
    "csv": (csv_file, st.tuples(changed(KLANTEN).map(_bytes) | changed(KLANTEN.encode()))),
    "csv_waarden": (
        csv_values,
        st.tuples(
            st.lists(
                st.tuples(_ZICHTBAAR.filter(lambda t: t.isascii() or t.isprintable()), _VELD, _VELD).map(list),
                max_size=5,
            )
        ),
    ),
    "werkmap_deel": (workbook, _part()),
    "werkmap_bytes": (
        whole_workbook,
        st.tuples(changed(_book_bytes()) | changed(_book_bytes(zipfile.ZIP_DEFLATED))),
    ),
    "zip": (zipped, st.tuples(changed(_book_bytes(zipfile.ZIP_DEFLATED)))),
    "parquet": (parquet, st.tuples(changed(_parquet_bytes()))),
    "teksten": (author_text, _author()),
    "markdown": (markdown, st.tuples(changed(TOELICHTING * 2))),
    "koppeling": (koppeling, st.tuples(changed(KOPPELING))),
    "instellingen": (organisation, st.tuples(changed(INSTELLINGEN))),
    "eigen_bestanden": (own_files, st.tuples(changed(b'{"ruw": {"a": [1, "b"]}, "regels": "x", "proces": 12}'))),
}


def run(naam: str, aantal: int, zaad: int, map_: Path, *, klein: bool = True) -> int:
    """Give a goal ``aantal`` examples; raises for what goes wrong with one. Returns how many were tried."""
    eigenschap, voorbeelden = DOELEN[naam]
    geprobeerd = 0
    map_ = map_ / naam
    map_.mkdir(exist_ok=True)

    @seed(zaad)
    @settings(
        max_examples=aantal,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.target, Phase.shrink) if klein else (Phase.generate, Phase.target),
    )
    @given(voorbeelden)
    def probeer(voorbeeld: tuple[Any, ...]) -> None:
        nonlocal geprobeerd
        geprobeerd += 1
        eigenschap(map_, *voorbeeld)

    probeer()
    return geprobeerd


def main() -> int:
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--minuten", type=float, default=30)
    lezer.add_argument("--zaad", type=int, default=1)
    lezer.add_argument("--doel", choices=sorted(DOELEN), action="append")
    gevraagd = lezer.parse_args()
    einde, zaad = time.monotonic() + 60 * gevraagd.minuten, gevraagd.zaad
    geprobeerd: Counter[str] = Counter()
    gevonden: dict[str, str] = {}
    open_doelen = list(gevraagd.doel or DOELEN)
    with tempfile.TemporaryDirectory() as map_:
        while open_doelen and time.monotonic() < einde:
            for naam in list(open_doelen):
                try:
                    geprobeerd[naam] += run(naam, 300, zaad, Path(map_))
                except BaseException as fout:
                    if isinstance(fout, KeyboardInterrupt):
                        raise
                    gevonden[naam] = _told(fout)
                    open_doelen.remove(naam)
            zaad += 1
    for naam in gevraagd.doel or DOELEN:
        print(f"{geprobeerd[naam]:7}  {naam}{': ' + gevonden[naam] if naam in gevonden else ''}")
    print(f"{geprobeerd.total()} voorbeelden, {len(gevonden)} doelen met een vondst")
    return bool(gevonden)


def _told(fout: BaseException) -> str:
    """What went wrong and with what, of which the end may be long."""
    voorbeeld = " ".join(getattr(fout, "__notes__", []))
    return f"{''.join(traceback.format_exception(fout)[-6:])[-2_000:]}\n{voorbeeld[:20_000]}"


if __name__ == "__main__":
    sys.exit(main())
