"""One command at a time on one organisation: a second is told who is busy, and nothing is mixed."""

from __future__ import annotations

import errno
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from kopanalyse.errors import UserError

SLOT = ".slot"
PLAATS = 1 << 30  # the byte that is locked: past all that the file says, which others must be able to read
BEZET = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
ZONDER_SLOTEN = (errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)


class BusyError(UserError):
    """Another command works on the same organisation; the message (Dutch) says which, where and since when."""

    exit_code = 1


@contextmanager
def busy(map_: Path, commando: str) -> Iterator[None]:
    """Work alone in ``map_`` (``processed/<organisatie>``) as ``commando``; ``BusyError`` when another command does.

    The lock is the operating system's and ends with the process, whatever ends it: the file that stays behind binds
    nobody. Where a network share knows no locks, what the file says binds, as long as that process may be alive.
    """
    map_.mkdir(parents=True, exist_ok=True)
    with (map_ / SLOT).open("a+", encoding="utf-8") as slot:
        gekregen = _lock(slot)
        ander = _read(slot)
        if gekregen is False or (gekregen is None and _may_live(ander)):
            raise BusyError(_who(map_ / SLOT, ander))
        _write(
            slot,
            {
                "commando": commando,
                "proces": os.getpid(),
                "computer": platform.node(),
                "sinds": datetime.now().astimezone().isoformat(timespec="minutes"),
            },
        )
        try:
            yield
        finally:
            _write(slot, {})


def _lock(slot: IO[str]) -> bool | None:
    """Lock the file for this process: whether that went, None where there are no locks."""
    try:
        if os.name == "nt":
            import msvcrt

            slot.seek(PLAATS)
            msvcrt.locking(slot.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.lockf(slot, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, PLAATS)  # unlike flock not inherited by workers
    except OSError as fout:
        if fout.errno not in (*BEZET, *ZONDER_SLOTEN):
            raise
        return None if fout.errno in ZONDER_SLOTEN else False
    return True


def _read(slot: IO[str]) -> dict[str, Any]:
    slot.seek(0)
    try:
        gelezen = json.loads(slot.read(10_000) or "{}")
    except (OSError, ValueError):
        return {}
    return gelezen if isinstance(gelezen, dict) else {}


def _write(slot: IO[str], wat: dict[str, Any]) -> None:
    slot.truncate(0)
    slot.write(json.dumps(wat))
    slot.flush()


def _may_live(ander: dict[str, Any]) -> bool:
    """Whether the process that wrote itself down may still run: on another computer nobody can tell."""
    if not ander.get("proces"):
        return False
    if ander.get("computer") != platform.node():
        return True
    import psutil

    return psutil.pid_exists(int(ander["proces"]))


def _who(slot: Path, ander: dict[str, Any]) -> str:
    """Who is busy, since when, and what to do."""
    try:
        sinds = f", sinds {datetime.fromisoformat(ander['sinds']):%d-%m-%Y %H:%M}"
    except (KeyError, TypeError, ValueError):
        sinds = ""
    waar = f" (proces {ander['proces']} op {ander['computer']})" if {"proces", "computer"} <= set(ander) else ""
    return (
        f"Er werkt al een opdracht aan {slot.parent.name}: kopanalyse {ander.get('commando', '')}".rstrip()
        + f"{sinds}{waar}. Wacht tot die klaar is. Weet u zeker dat er niets meer loopt, verwijder dan {slot}."
    )
