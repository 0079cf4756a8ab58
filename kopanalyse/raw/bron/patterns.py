"""Patterns for names of files, sheets and rows: ``*``, ``?`` and ``[..]``, as on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kopanalyse.raw.names import clean_name, clean_text

_TEKENS = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}


def is_pattern(patroon: str) -> bool:
    """Whether ``patroon`` can fit more than one name."""
    return any(teken in patroon for teken in "*?[")


def fitting(patroon: str, namen: Iterable[str]) -> list[str]:
    """The names that fit ``patroon`` as they are written, or else all that fit whatever their capitals and underscores.

    ``*`` does not go beyond a ``/``, ``**/`` stands for any folders. The sign itself fits too: ``a[1].csv`` is a name.
    """
    namen = list(namen)
    return _fitting(clean_text, patroon, namen) or _fitting(clean_name, patroon, namen)


def _fitting(schoon, patroon: str, namen: list[str]) -> list[str]:
    vorm = re.compile(_expression(schoon(patroon)), re.DOTALL)
    return [naam for naam in namen if schoon(naam) == schoon(patroon) or vorm.fullmatch(schoon(naam))]


def _expression(patroon: str) -> str:
    delen = re.split(r"(\*\*/|\*|\?|\[[^\]]+\])", patroon)
    return "".join(
        _TEKENS.get(deel) or (_group(deel) if plaats % 2 else re.escape(deel)) for plaats, deel in enumerate(delen)
    )


def _group(deel: str) -> str:
    """``[0-9]`` or ``[!0-9]`` as a regular expression says it."""
    niet, tekens = ("^", deel[2:-1]) if deel.startswith("[!") else ("", deel[1:-1])
    return f"[{niet}{tekens.replace(chr(92), chr(92) * 2).replace('^', chr(92) + '^')}]" if tekens else re.escape(deel)
