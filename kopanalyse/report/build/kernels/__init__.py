"""Warm kernels: a notebook's kernel is forked from a process that has imported what notebooks import, and did no more.

``nursery.py`` is that process, ``provisioner.py`` how jupyter_client asks it for a kernel. Every notebook still has a
full Jupyter kernel in a fresh process. Where a process cannot safely be forked (anywhere but on Linux), or the
provisioner is not installed, the ordinary kernel runs, with the same result.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path

NAAM = "kopanalyse-warm"  # of the provisioner, as pyproject.toml registers it
ADRES = "KOPANALYSE_KERNELS"  # variable of the environment: the socket at which kernels are asked for
LANGSTE_SOCKET = 90  # characters; a Unix socket's path ends at about 104

# No threads while importing: a fork takes along only the thread that forks. Every kernel gets the same, forked or not:
# with a kernel for every core, more threads in each only stand in each other's way.
ZONDER_DRADEN = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


@contextmanager
def warm_kernels(map_: Path, logboek: Path) -> Iterator[dict[str, str]]:
    """The environment in which jupyter_client gets warm kernels, for as long as it lasts; empty where it cannot.

    The socket stands in ``map_``, which only this user may enter; what a kernel mutters goes to ``logboek``.
    """
    pad = map_ / "kernels"
    if not can_fork() or len(str(pad)) > LANGSTE_SOCKET:
        yield {}
        return
    with socket.socket(socket.AF_UNIX) as luistert, open(logboek, "ab") as log:
        luistert.bind(str(pad))
        luistert.listen(128)  # who asks before everything has been imported, waits
        # a session of its own: Ctrl-C is for the process that asked for the notebooks
        proces = subprocess.Popen(
            [sys.executable, "-m", f"{__name__}.nursery", str(luistert.fileno())],
            env=os.environ | ZONDER_DRADEN,
            pass_fds=[luistert.fileno()],
            stdin=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield {ADRES: str(pad), "JUPYTER_DEFAULT_PROVISIONER_NAME": NAAM}
    finally:
        proces.kill()
        proces.wait()


def can_fork() -> bool:
    """Whether the provisioner has been installed and forking is safe: on macOS the system's own libraries object."""
    punten = entry_points(group="jupyter_client.kernel_provisioners", name=NAAM)
    return sys.platform == "linux" and any(punt.module == f"{__name__}.provisioner" for punt in punten)
