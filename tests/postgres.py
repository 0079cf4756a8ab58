"""A PostgreSQL of the tests' own: found on this machine, or installed (``python -m tests.postgres``).

Every cluster is a folder of its own that only listens on this machine, on a free port, and is gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.browser import install_package

STUURPROGRAMMAS = {
    "unixodbc": "libodbc.so.2",
    "odbc-postgresql": "psqlodbcw.so",
    "libsqliteodbc": "libsqlite3odbc.so",
}
"""What a database is read with over ODBC: Debian's packages, and a file of each."""
GEBRUIKER, WACHTWOORD = "toets", "zeer-geheim-27"


def find() -> Path | None:
    """The folder of PostgreSQL's programs; None when there is none."""
    gevonden = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    los = shutil.which("initdb")
    return gevonden[-1].parent if gevonden else Path(los).parent if los else None


def _as_someone() -> tuple[Sequence[str], int | None]:
    """What to put before a command so that it does not run as root, which PostgreSQL refuses; and who that is."""
    if os.name != "posix" or os.geteuid() != 0:
        return (), None
    import pwd

    for naam in ("postgres", "nobody"):
        try:
            wie = pwd.getpwnam(naam)
        except KeyError:
            continue
        if shutil.which("setpriv"):
            return ("setpriv", f"--reuid={wie.pw_uid}", f"--regid={wie.pw_gid}", "--clear-groups"), wie.pw_uid
    return (), None


@contextmanager
def cluster() -> Iterator[str]:
    """The address (``postgresql://...``) of an empty database; raises ``RuntimeError`` where there is no PostgreSQL."""
    programmas = find()
    if programmas is None:
        raise RuntimeError(
            "Er is geen PostgreSQL; installeer hem (Debian: postgresql) of draai python -m tests.postgres."
        )
    voor, wie = _as_someone()
    with tempfile.TemporaryDirectory(prefix="pg") as map_:
        gegevens, woord = Path(map_) / "gegevens", Path(map_) / "wachtwoord"
        woord.write_text(WACHTWOORD)
        if wie is not None:
            os.chown(map_, wie, -1)
            os.chown(woord, wie, -1)
        with socket.socket() as vrij:
            vrij.bind(("127.0.0.1", 0))
            poort = vrij.getsockname()[1]

        def run(programma: str, *argumenten: str) -> None:
            subprocess.run(
                [*voor, str(programmas / programma), *argumenten],
                check=True,
                cwd=map_,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"LC_ALL": "C.UTF-8"},
            )

        run(
            "initdb",
            "-D",
            str(gegevens),
            "-U",
            GEBRUIKER,
            "--auth=scram-sha-256",
            f"--pwfile={woord}",
            "--no-sync",
            "--encoding=UTF8",
        )
        run(
            "pg_ctl",
            "-D",
            str(gegevens),
            "-w",
            "-t",
            "120",
            "-l",
            str(Path(map_) / "log"),
            "-o",
            f"-p {poort} -h 127.0.0.1 -k {map_} -c fsync=off",
            "start",
        )
        try:
            yield f"postgresql://{GEBRUIKER}:{WACHTWOORD}@127.0.0.1:{poort}/postgres"
        finally:
            run("pg_ctl", "-D", str(gegevens), "-m", "immediate", "stop")


@contextmanager
def for_tests() -> Iterator[str]:
    """``cluster``, for a fixture: without PostgreSQL its tests are passed over, but not in CI."""
    if find() is None and not os.environ.get("CI"):
        import pytest

        pytest.skip("Er is geen PostgreSQL; installeer hem (Debian: postgresql) of draai python -m tests.postgres.")
    with cluster() as adres:
        yield adres


if __name__ == "__main__":
    if find() is None:
        print("PostgreSQL for the tests on databases is not here yet; installing it.")
        install_package("postgresql")
    for pakket, bestand in STUURPROGRAMMAS.items():
        if not any(Path("/usr/lib").glob(f"*/**/{bestand}")):
            install_package(pakket)
    if find() is None:
        sys.exit("No PostgreSQL for the tests on databases. Install it (Debian: postgresql).")
