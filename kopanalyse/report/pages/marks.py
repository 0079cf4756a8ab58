"""What the files of a folder were made from, so that only those are made anew of which that has changed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.files import digest, file_digest, package_digest, replace_file

if TYPE_CHECKING:
    from nbformat import NotebookNode

MERKEN = ".herkomst.json"  # the file beside the pages


@cache
def library() -> str:
    """Digest of this package, of Python and of the versions of all packages that a notebook could import."""
    pakketten = sorted(f"{pakket.name} {pakket.version}" for pakket in distributions())
    return digest(sys.version, pakketten, package_digest())


class Merken:
    """The files that were made in the folder ``map_``, and of each a digest of what it was made from and of itself.

    They stand in a file beside them; without it, or when it cannot be read, everything is made anew. With ``alles``
    every file is written, also when nothing changed. Without ``bewaar`` nothing is said of what files were made of.
    ``vast`` are the files that could not be replaced or taken away,
    because another program holds them open; they are made again next time.
    """

    def __init__(self, map_: Path, alles: bool, *, bewaar: bool = True) -> None:
        self.map, self.alles, self.bewaar = map_, alles, bewaar
        self.vast: list[Path] = []
        self._toen = read_marks(map_)
        self._nu: dict[str, Any] = {}

    def write(self, naam: str, van: str, maak: Callable[[], str | bytes]) -> bool:
        """Make the file ``naam`` from what ``van`` is the digest of, unless that has been done; whether it changed."""
        pad = self.map / naam
        if not self.alles and self._toen.get(naam) == [van, file_digest(pad)]:
            self._nu[naam] = self._toen[naam]
            return False
        inhoud = maak()
        try:
            nieuw = replace_file(pad, inhoud, alles=self.alles)
        except PermissionError:
            return self._held(naam)
        self._nu[naam] = [van, file_digest(pad)]
        return nieuw

    def keep(self, van: str) -> bool:
        """Leave every file that was made from what ``van`` is the digest of; False when there is none, or one is not
        what it was."""
        eigen = {naam: merk for naam, merk in self._toen.items() if merk and merk[0] == van}
        if not eigen or any(merk != [van, file_digest(self.map / naam)] for naam, merk in eigen.items()):
            return False
        self._nu |= eigen
        return True

    def close(self, mogelijk: Iterable[str] = ()) -> None:
        """Take away what was made here before and was not now, and of ``mogelijk`` what is there; keep the marks."""
        for naam in {*self._toen, *mogelijk} - set(self._nu):
            try:
                (self.map / naam).unlink(missing_ok=True)
            except PermissionError:
                self._held(naam)
        if self._nu and self.bewaar:
            replace_file(self.map / MERKEN, json.dumps(self._nu, indent=1, sort_keys=True), alles=False)
        else:
            (self.map / MERKEN).unlink(missing_ok=True)
        if not self._nu:
            with suppress(OSError):  # not there, or a person's files are
                self.map.rmdir()

    def _held(self, naam: str) -> bool:
        """Remember a file that another program holds, as ours and to be made anew; it did not change."""
        self.vast.append(self.map / naam)
        self._nu[naam] = []
        return False


def read_marks(map_: Path) -> dict[str, Any]:
    """The names of the files that were made in ``map_`` with their marks; none when these are not there or torn."""
    try:
        gelezen = json.loads((map_ / MERKEN).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    # a name with a folder in it is not one of ours
    return {n: m for n, m in gelezen.items() if Path(n).name == n} if isinstance(gelezen, dict) else {}


@dataclass(frozen=True)
class Boek:
    """An executed notebook that has been kept; ``inhoud`` is the digest of what a page takes from it.

    ``niets`` says why it has nothing to show, where it has not; ``paragrafen`` are those that it showed commentary of.
    """

    pad: Path
    inhoud: str
    niets: str = ""
    paragrafen: frozenset[str] = frozenset()

    def node(self) -> NotebookNode:
        """The notebook, read anew."""
        from kopanalyse.report.pages.quick_nbformat import nbformat

        node: Any = nbformat.from_dict(json.loads(self.pad.read_text(encoding="utf-8")))
        return node
