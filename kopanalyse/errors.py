"""Errors whose message is meant for the person at the keyboard: one Dutch sentence, without a traceback."""

import difflib
from collections.abc import Iterable


class UserError(ValueError):
    """What was asked for is not there or not possible; the message says what is."""

    exit_code = 2

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback."""
        return [str(self)]


class DataError(UserError):
    """The data do not allow the run to go on; the message names file, column and what was expected."""

    exit_code = 1


def suggestion(naam: str, mogelijk: Iterable[str]) -> str:
    """A question (Dutch, with a space before it) about the name that ``naam`` looks like; empty when none does."""
    lijkt = difflib.get_close_matches(naam, list(mogelijk), n=1)
    return f" Bedoelde u {lijkt[0]}?" if lijkt else ""
