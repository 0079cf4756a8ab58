"""Notebooks without what they showed: ``python -m kopanalyse.report.notebook.leeg notebook.ipynb ...``.

Outputs would carry an organisation's figures into git. A hook of a commit runs this (``.pre-commit-config.yaml``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from kopanalyse.errors import DataError
from kopanalyse.files import replace_file


def strip_outputs(notebook: Path) -> bool:
    """Take the outputs and counts out of a notebook; whether there were any. An empty one is left byte for byte.

    Raises ``DataError`` (Dutch) for a file that is no notebook: what it would show cannot be taken out.
    """
    try:
        inhoud = json.loads(notebook.read_text(encoding="utf-8"))
        vol = [cel for cel in inhoud["cells"] if cel.get("outputs") or cel.get("execution_count") is not None]
    except OSError as fout:
        raise DataError(f"{notebook} is niet te lezen: het staat er niet, of mag niet gelezen worden.") from fout
    except (ValueError, LookupError, TypeError, AttributeError) as fout:
        raise DataError(f"{notebook} is niet te lezen: het is geen notebook. Er is niets aan veranderd.") from fout
    for cel in vol:
        cel |= {"outputs": [], "execution_count": None}
    if vol:
        replace_file(notebook, json.dumps(inhoud, ensure_ascii=False, indent=1) + "\n")
    return bool(vol)


def main(notebooks: Sequence[str]) -> int:
    """Strip these notebooks; 1 when one of them changed or cannot be read, so that the commit stops."""
    uit = 0
    for naam in notebooks:
        try:
            if strip_outputs(Path(naam)):
                print(f"{naam}: de uitvoer is eruit gehaald; voeg het notebook opnieuw toe.")
                uit = 1
        except DataError as fout:
            print(fout, file=sys.stderr)
            uit = fout.exit_code
    return uit


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
