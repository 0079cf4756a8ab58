"""The report as PDF, of the page with everything: printed by a browser that is on this machine, tagged for who listens,
with its headings as bookmarks."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from kopanalyse.errors import DataError, UserError
from kopanalyse.files import work_folder

VARIABELE = "CHROMIUM"  # the place of the browser, where it is not found
NAMEN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
VASTE_PLAATSEN = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
SECONDEN = 180  # that printing one report may take


class PdfError(DataError):
    """A browser did not print; the message (Dutch) says what it said."""


def find_browser() -> str:
    """Where a browser stands that prints; raises ``UserError`` (Dutch) when there is none."""
    eigen = os.environ.get(VARIABELE)
    mogelijk = [eigen] if eigen else [*map(shutil.which, NAMEN), *VASTE_PLAATSEN]
    gevonden = next((pad for pad in mogelijk if pad and Path(pad).is_file()), None)
    if gevonden is None:
        raise UserError(
            f"Voor --pdf is Chromium, Chrome of Edge nodig, en {f'in {eigen} staat het' if eigen else 'dat is'} niet"
            f"{'' if eigen else ' gevonden'}. Installeer een van die drie, of zet in de variabele {VARIABELE} waar het "
            "staat. Zonder --pdf komen de rapporten er wel; elk is in een browser te bewaren als PDF."
        )
    return gevonden


def as_pdf(pagina: Path) -> bytes:
    """A page of ours as PDF. Nothing of the reader's own browser is used or changed."""
    with work_folder() as map_:
        uit = map_ / "pagina.pdf"
        opdracht = [
            find_browser(),
            "--headless",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            f"--user-data-dir={map_ / 'profiel'}",
            "--no-pdf-header-footer",
            "--export-tagged-pdf",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={uit}",
            pagina.resolve().as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            opdracht.insert(1, "--no-sandbox")  # a browser refuses to run as root with one
        try:
            gezegd = subprocess.run(opdracht, capture_output=True, timeout=SECONDEN, check=False).stderr
        except subprocess.TimeoutExpired:
            raise PdfError(f"De PDF van {pagina} is niet gemaakt: de browser was na {SECONDEN} s niet klaar.") from None
        if not uit.is_file():
            laatste = (gezegd.decode("utf-8", "replace").strip().splitlines() or ["zonder melding"])[-1]
            raise PdfError(f"De PDF van {pagina} is niet gemaakt: {laatste}")
        return uit.read_bytes()
