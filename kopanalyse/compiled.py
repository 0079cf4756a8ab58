"""Compiled queries, kept from one run to the next: compiling costs more than running them on a small registration."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple


class Query(NamedTuple):
    """A compiled query: its SQL, the names of the tables that it reads, and the columns of its rows with their types."""

    sql: str
    leest: list[str]
    kolommen: dict[str, str]


def cache_file(stap: str, organisatie: str) -> Path:
    """Where the queries of a step for an organisation are kept: the folder that the system has for what may be lost."""
    map_ = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(map_) / "kopanalyse" / f"{stap}-{organisatie}.json"


class Compiled:
    """The queries of the last run in the file ``pad``, each under a digest of what it was compiled from.

    The key is the whole expression, or a text that says all that the expression is made from, so that no query can be
    older than its rule, settings or tables; ``versie`` says by what it was made and compiled. ``keep`` leaves just the
    queries of this run for the next one. A file that is not there, or that cannot be read or written, costs time and
    nothing else.
    """

    def __init__(self, pad: Path, versie: str) -> None:
        self._pad, self._versie = pad, versie
        self._van_nu: dict[str, Query] = {}
        self._van_toen: dict[str, Query] = {}
        with suppress(OSError, ValueError, TypeError):
            self._van_toen.update((sleutel, Query(*query)) for sleutel, query in
                                  json.loads(pad.read_text(encoding="utf-8")).items())

    def query(self, bron: Any, compileer: Callable[[], Query]) -> Query:
        """The query of ``bron``, a root or a text: from the last run, or else what ``compileer`` gives."""
        sleutel = _digest(self._versie, bron)
        if sleutel not in self._van_nu:
            self._van_nu[sleutel] = self._van_toen.get(sleutel) or compileer()
        return self._van_nu[sleutel]

    def keep(self) -> None:
        """Write the queries of this run, beside the file first."""
        if self._van_nu == self._van_toen:
            return
        ernaast = self._pad.with_name(f"{self._pad.name}.{os.getpid()}")
        try:
            self._pad.parent.mkdir(parents=True, exist_ok=True)
            ernaast.write_text(json.dumps(self._van_nu), encoding="utf-8")
            os.replace(ernaast, self._pad)
        except OSError:
            with suppress(OSError):
                ernaast.unlink(missing_ok=True)


class _Naming(pickle.Pickler):
    """Writes the same expression as the same bytes in every process.

    Sets go in order. Classes go by their names, because those that Ibis makes for functions of our own have no place.
    """

    def persistent_id(self, deel: Any) -> Any:
        if isinstance(deel, type):
            return f"{deel.__module__}.{deel.__qualname__}"
        return sorted(deel, key=repr) if isinstance(deel, frozenset) else None


def _digest(versie: str, bron: Any) -> str:
    uit = io.BytesIO()
    _Naming(uit, protocol=5).dump((versie, bron))
    return hashlib.sha256(uit.getbuffer()).hexdigest()
