"""Files and folders: written beside their place and then renamed, so that a reader meets them whole or not at all.

What is renamed has been written to the disk first: after a power failure too there is the old or the new. And the
digests by which what was made is known to be made of the same things still.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

PAKKET = Path(__file__).parent
# Rooms in which no rule stands: a page, a demonstration or an edition that changes leaves every figure as it was.
ZONDER_REGELS = ("report", "demo", "publish", "cli.py", "__main__.py")

_BEZIG, _OUD, _WEG = ".bezig", ".oud", ".weg"
_GEHEUGEN = "geheugen"  # what an engine cannot keep in memory
_HALF = ".half"  # how the name of what is being written beside its place ends: nobody calls a file of his own so
_WISSEL = ".wissel.json"  # in what is put aside: which names change places, and which of them were there before
_WERK, _LEEFT = "kop-", ".leeft"  # a folder for what is thrown away, and the file in it that is locked while it is used


@contextmanager
def replacing(doel: Path, namen: tuple[str, ...]) -> Iterator[Path]:
    """A new empty folder beside the result in ``doel``; when the block ends well, its ``namen`` replace the old ones.

    The block has to make all of ``namen`` (files or folders); what else it leaves is thrown away, and when it raises,
    the old result stays as it was. Leftovers of a run for the same names that was killed are cleaned up first; when it
    was killed halfway changing places, the old result comes back first (``recover``).
    """
    doel.mkdir(parents=True, exist_ok=True)
    recover(doel, namen[0])
    nieuw = doel / f"{_BEZIG}-{namen[0]}-{os.getpid()}"
    nieuw.mkdir()
    try:
        yield nieuw
        for naam in namen:
            to_disk(nieuw / naam)
        _change_places(nieuw, doel, namen)
    finally:
        shutil.rmtree(nieuw, ignore_errors=True)


def recover(doel: Path, naam: str = "") -> None:
    """Undo in ``doel`` what killed runs left, of the first of their names or of all: the old result comes back whole.

    Nobody may be at work there under those names; but an engine may, that counts for a notebook (``spill_folder``).
    """
    if not doel.is_dir():
        return
    van_wie = re.compile(rf"\.(?:bezig|oud|weg)-(?:{re.escape(naam) if naam else '.+'}-)?\d+")
    resten = [pad for pad in doel.iterdir() if van_wie.fullmatch(pad.name)]
    for pad in resten:
        if pad.name.startswith(f"{_BEZIG}-{_GEHEUGEN}-") and _other_lives(int(pad.name.rpartition("-")[2])):
            continue
        if pad.name.startswith(_OUD):
            _put_back(pad, doel)
        else:
            _remove(pad)


def spill_folder(doel: Path) -> Path:
    """Where an engine of this process puts what does not fit in memory; what a killed one left, ``recover`` takes."""
    return doel / f"{_BEZIG}-{_GEHEUGEN}-{os.getpid()}"


def _other_lives(proces: int) -> bool:
    """Whether there is a process of that number, other than this one; in a container numbers come back."""
    if proces == os.getpid():
        return False
    import psutil

    return psutil.pid_exists(proces)


def sweep(map_: Path, *, dieper: bool = True, seconden: float = 0) -> None:
    """Throw away what killed runs were writing beside a file in ``map_`` (``dieper``: and below), ``seconden`` ago.

    Where others may be writing now, ``seconden`` has to be longer than that takes.
    """
    patroon = f".*.[0-9]*{_HALF}"
    for pad in map_.rglob(patroon) if dieper else map_.glob(patroon):
        if pad.is_file() and pad.stat().st_mtime <= time.time() - seconden:
            pad.unlink(missing_ok=True)


def _change_places(nieuw: Path, doel: Path, namen: tuple[str, ...]) -> None:
    was = [naam for naam in namen if (doel / naam).exists()]
    oud = doel / f"{_OUD}-{namen[0]}-{os.getpid()}"
    oud.mkdir()
    (oud / _WISSEL).write_text(json.dumps({"namen": namen, "was": was}), encoding="utf-8")
    to_disk(oud)
    to_disk(doel, dieper=False)
    try:
        for naam in was:
            os.replace(doel / naam, oud / naam)
        to_disk(oud, dieper=False)  # all of the old result or none: half of it put back would be a mixture
        for naam in namen:
            os.replace(nieuw / naam, doel / naam)
        to_disk(doel, dieper=False)
    except OSError:
        _put_back(oud, doel)
        raise
    # Under a name that says so: from here on the new result counts, also when this run is killed while it deletes.
    weg = doel / f"{_WEG}-{namen[0]}-{os.getpid()}"
    os.replace(oud, weg)
    to_disk(doel, dieper=False)
    shutil.rmtree(weg, ignore_errors=True)


def _put_back(oud: Path, doel: Path) -> None:
    """Undo half a change of places: what was put aside goes back, over what had already come instead."""
    aanwezig = [pad.name for pad in oud.iterdir() if pad.name != _WISSEL]
    wissel: dict[str, list[str]] = {"namen": aanwezig, "was": aanwezig}
    with suppress(OSError, ValueError):  # killed before that stood there, or put aside by an earlier version
        wissel = json.loads((oud / _WISSEL).read_text(encoding="utf-8"))
    for naam in wissel["namen"]:
        if naam in aanwezig:
            _remove(doel / naam)
            os.replace(oud / naam, doel / naam)
        elif naam not in wissel["was"]:
            _remove(doel / naam)
    shutil.rmtree(oud, ignore_errors=True)


def _remove(pad: Path) -> None:
    if pad.is_dir():
        shutil.rmtree(pad)
    else:
        pad.unlink(missing_ok=True)


def to_disk(pad: Path, *, dieper: bool = True) -> None:
    """Have the system write a file, or a folder (``dieper``: with all in it), to the disk: only then rename."""
    if os.name == "nt":  # there a folder has no such thing, and a file needs to be open for writing
        return
    for deel in pad.rglob("*") if dieper and pad.is_dir() else ():
        _sync(deel)
    _sync(pad)


def _sync(pad: Path) -> None:
    nummer = os.open(pad, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


@contextmanager
def beside(pad: Path) -> Iterator[Path]:
    """A place beside ``pad`` to write it; when the block ends well, that is renamed."""
    ernaast = pad.with_name(f".{pad.name}.{os.getpid()}{_HALF}")
    try:
        yield ernaast
        to_disk(ernaast)
        os.replace(ernaast, pad)
        to_disk(pad.parent, dieper=False)
    finally:
        ernaast.unlink(missing_ok=True)


@contextmanager
def work_folder() -> Iterator[Path]:
    """An empty folder for what is thrown away when the block ends, however that is.

    It stands in the system's folder for such things, open to this user alone. What a killed run left there goes when
    the next one starts: rows of a registration may stand in it.
    """
    with tempfile.TemporaryDirectory(dir=process_folder(), ignore_cleanup_errors=True) as map_:
        yield Path(map_)


def process_folder() -> Path:
    """The folder in which all of this process' work folders stand; gone when the process ends."""
    return _process_folder(os.getpid(), tempfile.gettempdir())


@cache
def _process_folder(proces: int, tijdelijk: str) -> Path:
    _sweep(Path(tijdelijk))
    map_ = Path(tempfile.mkdtemp(prefix=_WERK, dir=tijdelijk))
    slot = os.open(map_ / _LEEFT, os.O_RDWR | os.O_CREAT, 0o600)  # open, and so locked, for as long as this process is
    _lock(slot)

    from multiprocessing.util import Finalize

    # after what multiprocessing leaves in it; of a fork of this process it is not
    Finalize(None, shutil.rmtree, args=(map_,), kwargs={"ignore_errors": True}, exitpriority=-1_000)
    return map_


def _lock(slot: int) -> bool:
    """Lock an open file until it is closed, whatever closes it; whether that went. True where there are no locks."""
    if os.name == "nt":
        return True
    import fcntl

    try:
        fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _sweep(tijdelijk: Path) -> None:
    """Throw away the work folders of this user's processes that are no more."""
    if os.name == "nt":  # a file that another has open stops the removal there, so nothing tells who is alive
        return
    for map_ in tijdelijk.glob(f"{_WERK}*"):
        with suppress(OSError):
            if map_.is_symlink() or map_.stat().st_uid != os.getuid():
                continue
            slot = os.open(map_ / _LEEFT, os.O_RDWR)  # a folder without it is somebody's own, or was not made yet
            try:
                dood = _lock(slot)
            finally:
                os.close(slot)
            if dood:
                shutil.rmtree(map_, ignore_errors=True)


def replace_file(pad: Path, inhoud: str | bytes, *, alles: bool = True) -> bool:
    """Write ``pad``, whole or not; whether it was written.

    Without ``alles`` a file that holds this already is left as it is.
    """
    inhoud = inhoud.encode("utf-8") if isinstance(inhoud, str) else inhoud
    if not alles and pad.is_file() and pad.read_bytes() == inhoud:
        return False
    pad.parent.mkdir(parents=True, exist_ok=True)
    with beside(pad) as ernaast:
        ernaast.write_bytes(inhoud)
    return True


def digest(*delen: Any) -> str:
    """Digest of values that have a JSON form, the same in every process."""
    return bytes_digest(
        json.dumps(delen, ensure_ascii=False, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    )


def bytes_digest(inhoud: bytes) -> str:
    """Digest of bytes."""
    return hashlib.sha256(inhoud).hexdigest()[:24]


def file_digest(pad: Path) -> str:
    """Digest of a file; empty when it is not there."""
    if not pad.is_file():
        return ""
    with pad.open("rb") as bestand:
        return hashlib.file_digest(bestand, "sha256").hexdigest()[:24]


@cache
def package_digest(soort: str = "*", buiten: tuple[str, ...] = ()) -> str:
    """Digest of every file of this package, or of those with a name like ``soort``: its code and what comes with it.

    From the root of the package, wherever the asker stands: what was made by other code has to be made anew. What
    stands at its root under a name of ``buiten``, a folder or a file, is left out.
    """
    bestanden = sorted(
        pad.relative_to(PAKKET) for pad in PAKKET.rglob(soort) if pad.is_file() and "__pycache__" not in pad.parts
    )
    return digest([(pad.as_posix(), file_digest(PAKKET / pad)) for pad in bestanden if pad.parts[0] not in buiten])


def rules_digest() -> str:
    """Digest of the code by which is checked and counted: every module but for those that only show."""
    return package_digest("*.py", buiten=ZONDER_REGELS)
