"""The process from which kernels are forked: it imports what notebooks import, and then only waits for who asks.

Not the standard library's fork server: one of those serves only the process that started it, while here every process
that runs papermill asks the same one; and it would run the main program again in every kernel.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
import threading
import time
from importlib import import_module
from importlib.util import find_spec

# What the notebooks of the chapters have imported by the time they end. Without the backend that shows drawings in a
# notebook: it looks for the notebook's shell when it is imported.
INVOER = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "sqlite3",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "scipy.special",
    "seaborn",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "mistune",
    "yaml",
    "encodings.utf_8_sig",
    "sqlglot.dialects.duckdb",
    "sqlglot.generators.duckdb",
    "kopanalyse.report.notebook.rapport",
    "kopanalyse.report.notebook.registratie",
    "kopanalyse.report.charts.bars",
    "kopanalyse.report.charts.dots",
    "kopanalyse.report.charts.funnel",
    "kopanalyse.report.charts.heat",
    "kopanalyse.report.charts.lines",
    "kopanalyse.report.charts.map",
    "kopanalyse.report.charts.svg",
    "kopanalyse.indicators.compute",
    "ibis.backends.sql.compilers",
)
INLINE = "module://matplotlib_inline.backend_inline"  # the backend of every kernel, that matplotlib reads when imported


def main() -> None:
    """Serve on the socket whose number is the first argument, until the process that started this one is gone."""
    ouder = os.getppid()
    luistert = socket.socket(fileno=int(sys.argv[1]))
    if sys.path[0] == os.getcwd():  # as an ordinary kernel does: the folder of the notebook comes instead
        del sys.path[0]
    os.environ.setdefault("MPLBACKEND", INLINE)
    eerst = dict(os.environ)
    for naam in INVOER:
        import_module(naam)
    gezet = {naam: waarde for naam, waarde in os.environ.items() if naam not in eerst}  # by what was imported
    if threads() == 1:
        gc.collect()
        gc.freeze()  # what has been imported stays: no kernel needs to look through it
        if vraag := serve(luistert, ouder):
            become_kernel(vraag, gezet)


def threads() -> int:
    """How many threads this process has, those of libraries included."""
    return len(os.listdir("/proc/self/task"))


def serve(luistert: socket.socket, ouder: int) -> socket.socket | None:
    """Fork for every request: in each child this returns the request, in this process nothing, at the end."""
    while os.getppid() == ouder:
        gevraagd, _, _ = select.select([luistert], [], [], 1)
        _bury()
        if not gevraagd:
            continue
        vraag, _ = luistert.accept()
        if os.fork() == 0:
            luistert.close()
            return vraag
        vraag.close()
    return None


def _bury() -> None:
    """Let the system forget the kernels that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def become_kernel(vraag: socket.socket, gezet: dict[str, str]) -> None:
    """Be the kernel that was asked for: its session, folder, environment and arguments, as if just started."""
    lezer = vraag.makefile("rb")
    gevraagd = json.loads(lezer.readline())
    os.setsid()
    os.chdir(gevraagd["cwd"])
    os.environ.clear()
    os.environ.update(gevraagd["env"] | gezet)
    time.tzset()
    _other_randomness()
    launcher = find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), *gevraagd["argv"]]
    threading.Thread(target=_end_with, args=(lezer,), daemon=True).start()
    vraag.sendall(f"{os.getpid()}\n".encode())

    from ipykernel.kernelapp import IPKernelApp

    # 1 means: no looking every second whether the parent is still there (see _end_with)
    IPKernelApp.launch_instance(parent_handle=1)


def _other_randomness() -> None:
    """A seed of its own for NumPy's old generator; Python sees to its own."""
    import numpy as np

    np.random.seed()


def _end_with(lezer) -> None:
    """End when the process that asked for this kernel ends: its side of the socket closes then."""
    try:
        lezer.read()
    finally:  # it is an error when that process had not read the answer yet
        os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
