"""Errors whose message is meant for the person at the keyboard: one Dutch sentence, without a traceback."""

import difflib
import errno
import os
from collections.abc import Iterable

AFGEBROKEN = 130  # exit code, as a shell has it for Ctrl-C
IS_AFGEBROKEN = "Afgebroken; wat er al stond, is niet half veranderd."


class UserError(ValueError):
    """What was asked for is not there or not possible; the message says what is."""

    exit_code = 2

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback."""
        return [str(self)]


class DataError(UserError):
    """The data do not allow the run to go on; the message names file, column and what was expected."""

    exit_code = 1


def disk_is_full(fout: BaseException) -> bool:
    """Whether a write failed for lack of room: the disk is full, or this user's part of it, or a file may not grow.

    Some libraries only say so in words.
    """
    vol = errno.ENOSPC, errno.EDQUOT, errno.EFBIG
    return getattr(fout, "errno", None) in vol or any(os.strerror(code) in str(fout) for code in vol)


def reason(fout: OSError) -> str:
    """What the operating system says of a file or folder, in Dutch where it is one of the usual things."""
    gebruikelijk = {
        PermissionError: "geen toegang",
        FileNotFoundError: "bestaat niet",
        FileExistsError: "bestaat al",
        IsADirectoryError: "is een map, geen bestand",
        NotADirectoryError: "is geen map",
    }
    return gebruikelijk.get(type(fout), fout.strerror or str(fout))


def suggestion(naam: str, mogelijk: Iterable[str]) -> str:
    """A question (Dutch, with a space before it) about the name that ``naam`` looks like; empty when none does."""
    lijkt = difflib.get_close_matches(naam, list(mogelijk), n=1)
    return f" Bedoelde u {lijkt[0]}?" if lijkt else ""
