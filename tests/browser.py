"""The browser that the tests open reports in: found on this machine, or installed (``python -m tests.browser``)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMEN = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
VASTE_PLAATSEN = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def find() -> str | None:
    """Path of Chromium or a browser built on it; None when there is none. ``CHROMIUM`` overrules the search."""
    eigen = os.environ.get("CHROMIUM")
    gevonden = [eigen] if eigen else [*map(shutil.which, NAMEN), *VASTE_PLAATSEN, _of_playwright()]
    return next((pad for pad in gevonden if pad and Path(pad).exists()), None)


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install_package(naam: str) -> None:
    """Install a package of the system, where it is Debian's or like it and that is allowed; otherwise nothing."""
    sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not sudo or shutil.which("sudo")):
        environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        stil = ["-qq", "-o=Dpkg::Use-Pty=0"]
        for opdracht in (["update"], ["install", "--yes", "--no-install-recommends", naam]):
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
