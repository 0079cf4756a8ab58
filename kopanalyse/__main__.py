"""The command line as a program: whatever signal asks it to stop, it ends as Ctrl-C does, with one sentence."""

from __future__ import annotations

import signal
import sys

from kopanalyse.errors import AFGEBROKEN, IS_AFGEBROKEN


class Gestopt(KeyboardInterrupt):
    """The command line was told to stop.

    A kind of its own, since Python remembers a plain KeyboardInterrupt that code started from C let through (as many
    a package does when it is imported), and in the end kills itself for it whatever the exit code.
    """


def main() -> int:
    """Run the command line until it ends or is told to stop; the exit code.

    SIGTERM is what ``docker stop``, a time limit of cron and a machine that shuts down send. What was interrupted may
    call it something else (DuckDB ends a query with an error of its own): it has been stopped all the same.
    """
    gestopt = []

    def stop(*_: object) -> None:
        gestopt.append(True)
        raise Gestopt

    for naam in ("SIGINT", "SIGTERM", "SIGHUP"):
        signaal = getattr(signal, naam, None)  # Windows knows no SIGHUP
        if signaal and signal.getsignal(signaal) is not signal.SIG_IGN:  # as nohup asks
            signal.signal(signaal, stop)
    try:
        from kopanalyse.cli import main as command_line

        uitkomst = command_line()
    except BaseException:
        if not gestopt:
            raise
        print(IS_AFGEBROKEN, file=sys.stderr)
        return AFGEBROKEN
    return AFGEBROKEN if gestopt and uitkomst else uitkomst


if __name__ == "__main__":
    sys.exit(main())
