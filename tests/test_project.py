"""The project's own promises: one list of packages, quick to import, one room that knows the engine, nothing leaked."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest
import yaml

from tests.conftest import LANGE, LOS

HOOFDMAP = Path(__file__).parent.parent
LOCKS = [HOOFDMAP / "requirements.lock", HOOFDMAP / "requirements-spark.lock"]
MODULES = sorted((HOOFDMAP / "kopanalyse").rglob("*.py"))


def test_environment_yml_equals_pyproject():
    project = tomllib.loads((HOOFDMAP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    omgeving = yaml.safe_load((HOOFDMAP / "environment.yml").read_text(encoding="utf-8"))
    python, pip, met_pip = omgeving["dependencies"]
    assert python == "python" + project["requires-python"] and pip == "pip"
    assert met_pip["pip"] == [*project["dependencies"], "--editable ."]


def test_every_dependency_is_locked():
    project = tomllib.loads((HOOFDMAP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    vast = set(re.findall(r"^([a-z0-9._-]+)==", "".join(lock.read_text() for lock in LOCKS), re.MULTILINE))
    gevraagd = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    assert {re.match(r"[a-z0-9-]+", naam).group() for naam in gevraagd} <= vast | {project["name"]}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda pad: pad.stem)
def test_the_lock_names_no_index(lock):
    assert "://" not in lock.read_text()


def imports(pad: Path) -> set[str]:
    boom = ast.parse(pad.read_text(encoding="utf-8"))
    namen = set()
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Import):
            namen |= {alias.name.split(".")[0] for alias in knoop.names}
        elif isinstance(knoop, ast.ImportFrom) and knoop.level == 0:
            namen.add(knoop.module.split(".")[0])
    return namen


@pytest.mark.parametrize("module", MODULES, ids=lambda pad: str(pad.relative_to(HOOFDMAP)))
def test_only_the_engine_knows_the_engine(module):
    if module.parent.name != "engine":
        assert not imports(module) & {"ibis", "duckdb", "sqlglot", "pyspark", "py4j"}


def test_importing_the_library_loads_nothing_heavy():
    zwaar = "pandas numpy scipy seaborn matplotlib ibis duckdb papermill nbconvert IPython"
    code = f"import sys, kopanalyse; print([m for m in {zwaar.split()} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("notebook", sorted((HOOFDMAP / "notebooks").glob("*.ipynb")), ids=lambda pad: pad.stem)
def test_notebooks_are_thin(notebook):
    cellen = [cel for cel in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if cel["cell_type"] == "code"]
    for cel in cellen:
        code = "".join(cel["source"])
        assert not cel["outputs"] and cel["execution_count"] is None
        assert not re.search(r"^\s*(def|class|for|while) ", code, re.MULTILINE), code
        assert len(code.splitlines()) <= (4 if "parameters" in cel["metadata"].get("tags", []) else 3), code


def test_what_takes_longest_is_there_to_be_handed_out_first():
    """A file that moved would wait for its turn, and keep one process busy when the others are done."""
    assert [naam for naam in LANGE if not (HOOFDMAP / "tests" / naam).is_file()] == []
    bestand, test = LOS.split("::")
    assert f"\ndef {test}" in (HOOFDMAP / "tests" / bestand).read_text(encoding="utf-8")
