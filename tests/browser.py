"""The browser that the tests open reports in, and its letters: found on this machine, or installed.

``python -m tests.browser`` installs both. Where a browser takes its letters from fontconfig, as on Linux, ``launch``
gives it one family alone: a narrow one, of the widths of Arial that most readers have, or the widest that the pages'
own stack can end in. Elsewhere it has those of the system.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kopanalyse.report.pages.paper import NAMEN, VASTE_PLAATSEN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

# The family, and Debian's package of it. The widest travels with matplotlib as well.
LETTERS = {"smal": ("Liberation Sans", "fonts-liberation"), "breed": ("DejaVu Sans", "fonts-dejavu-core")}
FONTCONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>{mappen}<cachedir>{kas}</cachedir>
<alias binding="same"><family>{gevraagd}</family><prefer><family>{letter}</family></prefer></alias></fontconfig>
"""


def launch(playwright: Playwright, pad: str, letters: str, map_: Path) -> Browser:
    """The browser at ``pad`` with the letters ``smal`` or ``breed`` of ``LETTERS``; ``map_`` keeps what that needs."""
    return playwright.chromium.launch(
        executable_path=pad,
        env=os.environ | {"FONTCONFIG_FILE": str(_only(letters, map_))},
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
        ],
    )


def _only(letters: str, map_: Path) -> Path:
    """A configuration in which there is no letter but these; signs that the narrow ones lack come from the wide."""
    naam, _ = LETTERS[letters]
    bestanden = [find_font(familie) for familie in dict.fromkeys((naam, LETTERS["breed"][0]))]
    assert bestanden[0], f"De letter {naam} is er niet: `python -m tests.browser` installeert hem."
    mappen = "".join(f"<dir>{bestand.parent}</dir>" for bestand in bestanden if bestand)
    pad = map_ / f"{letters}.conf"
    pad.write_text(
        FONTCONFIG.format(
            mappen=mappen, kas=map_ / "kas", letter=naam, gevraagd="Arial" if letters == "smal" else "sans-serif"
        ),
        encoding="utf-8",
    )
    return pad


def find_font(naam: str) -> Path | None:
    """The file of a family of letters on this machine, or None."""
    from matplotlib.font_manager import FontManager, FontProperties, fontManager

    for bekend in (lambda: fontManager, FontManager):  # what matplotlib remembers, or else what is there now
        with suppress(ValueError):
            return Path(
                bekend().findfont(FontProperties(family=naam), fallback_to_default=False, rebuild_if_missing=False)
            )
    return None


def find() -> str | None:
    """Path of Chromium or a browser built on it; None when there is none. ``CHROMIUM`` overrules the search."""
    eigen = os.environ.get("CHROMIUM")
    gevonden = [eigen] if eigen else [*map(shutil.which, NAMEN), *VASTE_PLAATSEN, _of_playwright()]
    return next((pad for pad in gevonden if pad and Path(pad).exists()), None)


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install_package(*namen: str) -> None:
    """Install packages of the system, where it is Debian's or like it and that is allowed; otherwise nothing."""
    sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not sudo or shutil.which("sudo")):
        environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        stil = ["-qq", "-o=Dpkg::Use-Pty=0"]
        for opdracht in (["update"], ["install", "--yes", "--no-install-recommends", *namen]):
            subprocess.run([*sudo, "apt-get", *stil, *opdracht], env=environ, stdout=subprocess.DEVNULL, check=False)


def install() -> None:
    """Install Chromium: with the system's own packages where that is allowed, otherwise as Playwright does."""
    install_package("chromium")
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    if find() is None:
        print("Chromium for the browser tests is not here yet; installing it.")
        install()
    if find() is None:
        sys.exit("No Chromium for the browser tests. Install Chromium or Chrome, or name one in the variable CHROMIUM.")
    for familie, pakket in LETTERS.values():
        if find_font(familie) is None:
            print(f"The letters {familie} for the browser tests are not here yet; installing them.")
            install_package(pakket)
        if find_font(familie) is None:
            sys.exit(f"No letters {familie} for the browser tests. Install them (Debian: {pakket}).")
