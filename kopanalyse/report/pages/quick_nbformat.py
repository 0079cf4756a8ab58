"""nbformat (and after it papermill and nbconvert), imported without what makes that slow.

jsonschema, which they check notebooks with, looks for ``rfc3987_syntax`` to check international addresses. Notebooks'
schemas have none, and that package builds forty grammars when it is imported: more than a second in every process.
"""

from __future__ import annotations

import sys

SLOOM = "rfc3987_syntax"

if "jsonschema" not in sys.modules:
    sys.modules[SLOOM] = None  # type: ignore[assignment]  # to an import: there is no such package
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules[SLOOM]

import nbformat  # noqa: E402, F401
