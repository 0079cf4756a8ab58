"""What the tests take from the system's packages, installed in one go: ``python -m tests.pakketten``.

Any Python does, and nothing else has to be there yet. What is not found then, each of ``tests.browser``, ``tests.java``
and ``tests.postgres`` installs for itself, or says that it lacks.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests import postgres
from tests.browser import NAMEN, VASTE_PLAATSEN, install_package


def missing() -> list[str]:
    """Debian's names of what is not here."""
    van_playwright = Path.home() / ".cache" / "ms-playwright"
    browser = os.environ.get("CHROMIUM") or any(map(shutil.which, NAMEN)) or any(map(os.path.exists, VASTE_PLAATSEN))
    is_er = {
        "chromium": browser or any(van_playwright.glob("chromium-*")),
        "fonts-liberation": _has("/usr/share/fonts", "LiberationSans-Regular.ttf"),
        "fonts-dejavu-core": _has("/usr/share/fonts", "DejaVuSans.ttf"),
        "default-jre-headless": shutil.which("java"),
        "postgresql": postgres.find(),
    } | {pakket: _has("/usr/lib", bestand) for pakket, bestand in postgres.STUURPROGRAMMAS.items()}
    return [pakket for pakket, gevonden in is_er.items() if not gevonden]


def _has(map_: str, bestand: str) -> bool:
    return any(Path(map_).rglob(bestand))


if __name__ == "__main__":
    if pakketten := missing():
        print(f"For the tests from the system's packages: {', '.join(pakketten)}.")
        install_package(*pakketten)
