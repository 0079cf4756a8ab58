"""One year and team to send: its pages with all that stands beside them and the handbook, in a zip without a dead link.

Pages lead on to other years and teams, and to the handbook two folders up. Whoever gets one folder has none of those:
in what is sent the handbook comes along, and a link to what does not is left out.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Collection, Mapping
from html import unescape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kopanalyse.files import digest, file_digest
from kopanalyse.report.dutch import ontsnapt
from kopanalyse.report.pages.figures import FIGUREN
from kopanalyse.report.pages.html import HANDBOEK
from kopanalyse.report.pages.marks import MERKEN, Merken, library, read_marks

VERSTUREN = "versturen"  # the folder, beside those of the years, with what can be sent
LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"#]*)([^"]*"[^>]*>)(.*?)(</a>)', re.S)
ELDERS = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)
WEG = "\x00"  # around what a link said that leads nowhere any more
ALLEEN_WEG = re.compile(rf"<(p|li)\b[^>]*>\s*{WEG}[^{WEG}]*{WEG}\s*</\1>")
LEEG = re.compile(r"<(ul|ol|nav)\b[^>]*>\s*</\1>")


def write_parcels(merken: Merken, organisatie: Path, gevraagd: Collection[str]) -> None:
    """Make of these folders (``2019/oost``) one file each to send; keep those of others that still hold.

    ``organisatie`` is the folder of all years, ``merken`` is over the folder of what can be sent.
    """
    for plek in sorted(
        pad.parent.relative_to(organisatie).as_posix() for pad in organisatie.glob(f"[0-9]*/*/{MERKEN}")
    ):
        bestanden = _files(organisatie, plek)
        if not bestanden:
            continue
        naam = f"{organisatie.name}-{plek.replace('/', '-')}"
        van = digest(library(), naam, [(bestand, file_digest(organisatie / bestand)) for bestand in bestanden])
        if plek in gevraagd:
            merken.write(f"{naam}.zip", van, lambda: as_zip(organisatie, plek, bestanden, naam))
        else:
            merken.keep(van)
    merken.close()


def _files(organisatie: Path, plek: str) -> dict[str, str]:
    """What goes along, and what it is called there: what was made for this year and team, and the handbook.

    Never what a person put in the folder: that is not ours to send.
    """
    gemaakt = [*read_marks(organisatie / plek), *(f"{FIGUREN}/{n}" for n in read_marks(organisatie / plek / FIGUREN))]
    eigen = {f"{plek}/{naam}": naam for naam in sorted(gemaakt) if (organisatie / plek / naam).is_file()}
    handboek = {HANDBOEK: HANDBOEK} if (organisatie / HANDBOEK).is_file() else {}
    return eigen | handboek if eigen else {}


def as_zip(organisatie: Path, plek: str, bestanden: Mapping[str, str], naam: str) -> bytes:
    """These files as a zip with one folder in it; the same files give the same bytes."""
    uit = io.BytesIO()
    with ZipFile(uit, "w") as zip_:
        for bron, hier in bestanden.items():
            inhoud = (organisatie / bron).read_bytes()
            if hier.endswith(".html"):
                inhoud = alone(inhoud.decode("utf-8"), posixpath.dirname(bron), bestanden).encode()
            zip_.writestr(ZipInfo(f"{naam}/{hier}"), inhoud, ZIP_DEFLATED)
    return uit.getvalue()


def alone(html: str, map_: str, bestanden: Mapping[str, str]) -> str:
    """A page of the folder ``map_`` whose links lead to ``bestanden`` alone, by what those are called now."""

    def link(gevonden: re.Match[str]) -> str:
        begin, adres, rest, woorden, einde = gevonden.groups()
        if not adres or ELDERS.match(adres):
            return gevonden[0]
        doel = bestanden.get(posixpath.normpath(posixpath.join(map_, unescape(adres))))
        return f"{WEG}{woorden}{WEG}" if doel is None else f"{begin}{ontsnapt(doel)}{rest}{woorden}{einde}"

    html = LINK.sub(link, html)
    return LEEG.sub("", ALLEEN_WEG.sub("", html)).replace(WEG, "")
