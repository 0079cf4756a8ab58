"""Put a new result in the place of the old one, whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BEZIG = ".bezig-"
_OUD = ".oud-"
_WEG = ".weg-"


@contextmanager
def replacing(doel: Path, namen: tuple[str, ...]) -> Iterator[Path]:
    """A new empty folder beside the result in ``doel``; when the block ends well, its ``namen`` replace the old ones.

    The block has to make all of ``namen`` (files or folders); what else it leaves is thrown away, and when it raises,
    the old result stays as it was. Leftovers of a run that was killed are cleaned up first; when it was killed halfway
    changing places, the old result comes back first.
    """
    doel.mkdir(parents=True, exist_ok=True)
    for half in doel.glob(f"{_OUD}*"):
        _put_back(half, doel, namen)
    for rest in (*doel.glob(f"{_BEZIG}*"), *doel.glob(f"{_WEG}*")):
        _remove(rest)
    nieuw = doel / f"{_BEZIG}{os.getpid()}"
    nieuw.mkdir()
    try:
        yield nieuw
        _change_places(nieuw, doel, namen)
    finally:
        shutil.rmtree(nieuw, ignore_errors=True)


def _change_places(nieuw: Path, doel: Path, namen: tuple[str, ...]) -> None:
    oud = doel / f"{_OUD}{os.getpid()}"
    oud.mkdir()
    try:
        for naam in namen:
            if (doel / naam).exists():
                os.replace(doel / naam, oud / naam)
        for naam in namen:
            os.replace(nieuw / naam, doel / naam)
    except OSError:
        _put_back(oud, doel, namen)
        raise
    # Under a name that says so: from here on the new result counts, also when this run is killed while it deletes.
    weg = doel / f"{_WEG}{os.getpid()}"
    os.replace(oud, weg)
    shutil.rmtree(weg, ignore_errors=True)


def _put_back(oud: Path, doel: Path, namen: tuple[str, ...]) -> None:
    """Undo half a change of places: what was put aside goes back, over what had already come instead."""
    for naam in namen:
        if (oud / naam).exists():
            _remove(doel / naam)
            os.replace(oud / naam, doel / naam)
    shutil.rmtree(oud, ignore_errors=True)


def _remove(pad: Path) -> None:
    if pad.is_dir():
        shutil.rmtree(pad)
    else:
        pad.unlink(missing_ok=True)
