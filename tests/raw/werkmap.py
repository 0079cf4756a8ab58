"""Workbooks written part by part, so that a test says exactly what stands in a cell."""

import struct
import zipfile
from xml.sax.saxutils import escape, quoteattr

HOOFD = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
VERWANT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRIKT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRIKT_VERWANT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PAKKET = "http://schemas.openxmlformats.org/package/2006/relationships"


def xlsx(pad, *bladen, teksten=(), vormen=(), vanaf_1904=False, strikt=False, voorvoegsel="", slot=""):
    """Write ``pad``: ``bladen`` are pairs of a name and the XML of its rows, ``teksten`` the XML of shared texts.

    ``vormen`` are number formats: style 1 is the first of them. ``slot`` follows on the rows of every sheet, such as
    merged cells. ``voorvoegsel`` stands before every name in the sheets, as some programs write them.
    """
    hoofd, verwant = (STRIKT, STRIKT_VERWANT) if strikt else (HOOFD, VERWANT)
    with zipfile.ZipFile(pad, "w") as uit:
        uit.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PAKKET}"><Relationship Id="r" '
            f'Type="{verwant}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
        )
        namen = "".join(
            f'<sheet name={quoteattr(naam)} sheetId="{nummer}" r:id="b{nummer}"{staat}/>'
            for nummer, (naam, _, staat) in enumerate(map(_with_state, bladen), start=1)
        )
        uit.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{hoofd}" xmlns:r="{verwant}"><workbookPr '
            f'date1904="{int(vanaf_1904)}"/><sheets>{namen}</sheets></workbook>',
        )
        delen = "".join(
            f'<Relationship Id="b{nummer}" Type="{verwant}/worksheet" Target="worksheets/b{nummer}.xml"/>'
            for nummer in range(1, len(bladen) + 1)
        )
        uit.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PAKKET}">{delen}<Relationship Id="s" '
            f'Type="{verwant}/styles" Target="styles.xml"/><Relationship Id="t" Type="{verwant}/sharedStrings"'
            ' Target="sharedStrings.xml"/></Relationships>',
        )
        eigen = "".join(
            f'<numFmt numFmtId="{nummer}" formatCode={quoteattr(vorm)}/>'
            for nummer, vorm in enumerate(vormen, start=170)
        )
        stijlen = "".join(f'<xf numFmtId="{nummer}"/>' for nummer in (0, *range(170, 170 + len(vormen))))
        uit.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{hoofd}"><numFmts>{eigen}</numFmts><cellXfs>{stijlen}</cellXfs></styleSheet>',
        )
        uit.writestr("xl/sharedStrings.xml", f'<sst xmlns="{hoofd}">{"".join(teksten)}</sst>')
        for nummer, (_, rijen, _) in enumerate(map(_with_state, bladen), start=1):
            v = voorvoegsel
            uit.writestr(
                f"xl/worksheets/b{nummer}.xml",
                f'<{v}worksheet xmlns{":" + v[:-1] if v else ""}="{hoofd}">'
                f"<{v}sheetData>{rijen}</{v}sheetData>{slot}</{v}worksheet>",
            )


def _with_state(blad):
    return (*blad, "") if len(blad) == 2 else (*blad[:2], f' state="{blad[2]}"')


def text_rows(*rijen):
    """The XML of rows of texts."""
    return "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(tekst)}</t></is></c>' for tekst in rij)
        + "</row>"
        for rij in rijen
    )


def ods(pad, rijen, naam="klanten", stijl=""):
    """Write ``pad``: one sheet with the XML of its rows."""
    ruimtes = "".join(
        f' xmlns:{kort}="urn:oasis:names:tc:opendocument:xmlns:{kort}:1.0"'
        for kort in ("office", "table", "text", "style")
    )
    ruimtes += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    with zipfile.ZipFile(pad, "w") as uit:
        uit.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        uit.writestr(
            "content.xml",
            f"<office:document-content{ruimtes}><office:automatic-styles>{stijl}"
            f'</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="{naam}" '
            f'table:style-name="ta1">{rijen}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )


def xls(pad, *cellen, naam="klanten", versleuteld=False):
    """Write ``pad`` as Excel 97 did: ``cellen`` are records, as ``label`` and its like make them."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    begin = _record(0x809, bof) + (_record(0x2F, b"\1\0\1\0" + bytes(50)) if versleuteld else b"")
    begin += _record(0x42, struct.pack("<H", 1200))
    blad = (
        _record(0x809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        + _record(0x200, struct.pack("<IIHHH", 0, 100, 0, 20, 0))
        + b"".join(cellen)
        + _record(0x0A, b"")
    )
    plek = len(begin) + 4 + 8 + len(naam) + 4
    globaal = begin + _record(0x85, struct.pack("<IBBBB", plek, 0, 0, len(naam), 0) + naam.encode())
    globaal += _record(0x0A, b"")
    _compound(pad, (globaal + blad).ljust(4096, b"\0"))


def label(rij, kolom, tekst):
    return _record(0x204, struct.pack("<HHHHB", rij, kolom, 0, len(tekst), 0) + tekst.encode("latin-1"))


def number(rij, kolom, getal):
    return _record(0x203, struct.pack("<HHHd", rij, kolom, 0, getal))


def error(rij, kolom, code):
    return _record(0x205, struct.pack("<HHHBB", rij, kolom, 0, code, 1))


def formula(rij, kolom, uitkomst, vlaggen=0):
    """A formula (1+1) with its stored outcome of eight bytes."""
    som = bytes([0x1E, 1, 0, 0x1E, 1, 0, 0x03])
    return _record(
        0x06, struct.pack("<HHH", rij, kolom, 0) + uitkomst + struct.pack("<HIH", vlaggen, 0, len(som)) + som
    )


def _record(soort, blok):
    return struct.pack("<HH", soort, len(blok)) + blok


def _compound(pad, stroom):
    """A compound file with one stream, ``Workbook``, of whole sectors of 512 bytes."""
    sectoren = -(-len(stroom) // 512)
    stroom = stroom.ljust(sectoren * 512, b"\0")
    tafel = [*range(1, sectoren), 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFD]  # the stream, the folder, the table itself
    tafel += [0xFFFFFFFF] * (128 - len(tafel))
    kop = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, 1, sectoren, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
        + struct.pack("<I", sectoren + 1)
        + b"\xff" * 4 * 108
    )
    mappen = (_entry("Root Entry", 5, 0xFFFFFFFE, 0, kind=1) + _entry("Workbook", 2, 0, len(stroom))).ljust(512, b"\0")
    pad.write_bytes(kop + stroom + mappen + struct.pack("<128I", *tafel))


def _entry(naam, soort, begin, omvang, kind=0xFFFFFFFF):
    heet = naam.encode("utf-16-le") + b"\0\0"
    return (
        heet.ljust(64, b"\0")
        + struct.pack("<HBB", len(heet), soort, 1)
        + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, kind)
        + bytes(36)
        + struct.pack("<III", begin, omvang, 0)
    )


def xlsb(pad, *records, naam="klanten"):
    """Write ``pad`` in Excel's binary form: ``records`` are pairs of a kind and its bytes."""
    wijd = lambda tekst: struct.pack("<I", len(tekst)) + tekst.encode("utf-16-le")  # noqa: E731
    blad = [(129, b""), (148, struct.pack("<IIII", 0, 99, 0, 9)), (145, b""), *records, (146, b""), (130, b"")]
    boek = [
        (131, b""),
        (143, b""),
        (156, struct.pack("<II", 0, 1) + wijd("b1") + wijd(naam)),
        (144, b""),
        (157, bytes(26)),
        (132, b""),
    ]
    with zipfile.ZipFile(pad, "w") as uit:
        uit.writestr("[Content_Types].xml", "<Types/>")
        uit.writestr("xl/workbook.bin", b"".join(_binary(*deel) for deel in boek))
        uit.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{PAKKET}"><Relationship Id="b1" '
            f'Type="{VERWANT}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        uit.writestr("xl/worksheets/sheet1.bin", b"".join(_binary(*deel) for deel in blad))


def binary_row(nummer):
    return 0, struct.pack("<IIHHBI", nummer, 0, 300, 0, 0, 0)


def binary_text(kolom, tekst):
    return 6, struct.pack("<II", kolom, 0) + struct.pack("<I", len(tekst)) + tekst.encode("utf-16-le")


def binary_error(kolom, code):
    return 3, struct.pack("<IIB", kolom, 0, code)


def _binary(soort, blok):
    def number(getal):
        groepen = []
        while True:
            getal, groep = getal >> 7, getal & 0x7F
            groepen.append(groep | (0x80 if getal else 0))
            if not getal:
                return bytes(groepen)

    kind = bytes([soort]) if soort < 128 else bytes([soort & 0x7F | 0x80, soort >> 7])
    return kind + number(len(blok)) + blok
