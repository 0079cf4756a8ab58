"""Errors whose message is meant for the person at the keyboard: one Dutch sentence, without a traceback."""


class UserError(ValueError):
    """What was asked for is not there or not possible; the message says what is."""

    exit_code = 2


class DataError(UserError):
    """The data do not allow the run to go on; the message names file, column and what was expected."""

    exit_code = 1
