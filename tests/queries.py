"""Compiled queries of all tests: shared by the processes of a run, and kept for the next run of the same code.

Compiling takes most tests longer than counting. Each process adds to a file of its own and reads those of the others;
whatever code makes queries is in the name of their folder, so that no test meets the query of an older rule.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kopanalyse.engine import query
from kopanalyse.engine.query import Query, QueryEngine

HOOGSTENS = 200_000_000  # bytes, of a folder; tests over random tables may make queries that never come back


class Shared:
    """What an engine asks of its kept queries (``Compiled``), over a folder that more processes read and write."""

    def __init__(self, map_: Path, naam: str) -> None:
        self._map = map_
        self._eigen = os.open(map_ / f"{naam}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._bekend: dict[str, Query] = {}
        self._gelezen: dict[Path, int] = {}

    def query(self, versie: str, bron: Any, compileer: Callable[[], Query]) -> Query:
        """The query of ``bron``: what any process has made of it, or else what ``compileer`` gives."""
        sleutel = query._digest(versie, bron)
        if sleutel not in self._bekend:
            self._read()
        if sleutel not in self._bekend:
            self._bekend[sleutel] = compileer()
            os.write(self._eigen, json.dumps([sleutel, self._bekend[sleutel]]).encode() + b"\n")
        return self._bekend[sleutel]

    def _read(self) -> None:
        """Take in what was added to the files since they were read last."""
        for pad in self._map.glob("*.jsonl"):
            begin = self._gelezen.get(pad, 0)
            if pad.stat().st_size == begin:
                continue
            with pad.open("rb") as bestand:
                bestand.seek(begin)
                heel, nieuwe_regel, _ = bestand.read().rpartition(b"\n")
            self._gelezen[pad] = begin + len(heel) + len(nieuwe_regel)
            for regel in heel.splitlines():
                with suppress(ValueError):
                    sleutel, delen = json.loads(regel)
                    self._bekend[sleutel] = Query(*delen)


class _Kept:
    """``Shared`` as one engine sees it."""

    def __init__(self, shared: Shared, versie: str) -> None:
        self._shared, self._versie = shared, versie

    def query(self, bron: Any, compileer: Callable[[], Query]) -> Query:
        return self._shared.query(self._versie, bron, compileer)

    def keep(self) -> None:
        """Nothing: every query was kept when it was made."""


def folder(alles: Path) -> Path:
    """The folder in ``alles`` for queries that the code of now makes; those of other code go."""
    map_ = alles / query._digest(query._compiler(), "")[:16]
    if map_.is_dir() and sum(pad.stat().st_size for pad in map_.iterdir()) > HOOGSTENS:
        shutil.rmtree(map_, ignore_errors=True)
    map_.mkdir(parents=True, exist_ok=True)
    for oud in alles.iterdir():
        if oud != map_:
            shutil.rmtree(oud, ignore_errors=True)
    return map_


def share(patch: pytest.MonkeyPatch, map_: Path, naam: str) -> None:
    """Let every engine that is not told where to keep its queries keep them in ``map_``."""
    shared, gewoon = Shared(map_, naam), QueryEngine.__init__

    def start(engine: QueryEngine, queries: Path | None = None) -> None:
        gewoon(engine, queries)
        if queries is None:
            engine._queries = _Kept(shared, f"{engine.dialect} {query._compiler()}")

    patch.setattr(QueryEngine, "__init__", start)
