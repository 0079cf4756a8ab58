"""Let plain ``jupyter nbconvert --template kopanalyse`` find the template: ``python -m
kopanalyse.report.pages.template_link``.

Jupyter looks for templates in a folder of the Python environment, where an editable install puts nothing. The reports
themselves do not need this: ``build`` knows where the template is.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from kopanalyse.report.pages.writer import TEMPLATE, TEMPLATES


def link_template(omgeving: Path = Path(sys.prefix)) -> Path:
    """Link our template in Jupyter's folder of this environment, or copy it where links are not allowed.

    Returns its place there. What stood there under our name is replaced.
    """
    plaats = omgeving / "share" / "jupyter" / "nbconvert" / "templates" / TEMPLATE
    plaats.parent.mkdir(parents=True, exist_ok=True)
    if plaats.is_symlink():
        plaats.unlink()
    elif plaats.exists():
        shutil.rmtree(plaats)
    try:
        os.symlink(TEMPLATES / TEMPLATE, plaats, target_is_directory=True)
    except OSError:  # Windows, without the right to link
        shutil.copytree(TEMPLATES / TEMPLATE, plaats)
    return plaats


if __name__ == "__main__":
    print(f"nbconvert kent nu het sjabloon {TEMPLATE}: {link_template()}")
