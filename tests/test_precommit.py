"""The hooks of ``.pre-commit-config.yaml`` run as they stand there, with what is installed, and do their work."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HOOFDMAP = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
INSTELLINGEN = yaml.safe_load((HOOFDMAP / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
HAKEN = {haak["id"]: haak for bron in INSTELLINGEN["repos"] for haak in bron["hooks"]}


@pytest.fixture
def hook(tmp_path):
    """``hook(naam, bestand)``: run a hook on one file of a folder with the settings of the project."""
    shutil.copy(HOOFDMAP / "pyproject.toml", tmp_path)
    (tmp_path / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    (tmp_path / "kopanalyse").mkdir()

    def run(naam: str, bestand: str) -> subprocess.CompletedProcess:
        haak = HAKEN[naam]
        programma, *rest = shlex.split(haak["entry"])
        aanroep = [str(BIN / Path(programma).name), *rest, *([bestand] if haak.get("pass_filenames", True) else [])]
        omgeving = os.environ | {"PYTHONPATH": str(HOOFDMAP)}
        return subprocess.run(aanroep, cwd=tmp_path, env=omgeving, capture_output=True, text=True)

    return run


def test_nothing_is_fetched_and_every_command_is_there():
    assert [bron["repo"] for bron in INSTELLINGEN["repos"]] == ["local"]
    assert list(HAKEN) == ["ruff-check", "ruff-format", "leeg", "basedpyright"]  # each has its test below
    for haak in HAKEN.values():
        programma = Path(shlex.split(haak["entry"])[0])
        assert haak["language"] == "system" and programma.parent == Path(".venv/bin")
        assert os.access(BIN / programma.name, os.X_OK), programma


def test_what_can_be_mended_is_mended_before_a_commit(hook, tmp_path):
    pad = tmp_path / "kopanalyse" / "los.py"
    pad.write_text("import sys\nimport os\n\nx = [ os.sep,\n  sys.path ]\n", encoding="utf-8")
    assert hook("ruff-check", "kopanalyse/los.py").returncode == 0
    assert pad.read_text(encoding="utf-8").startswith("import os\nimport sys\n")
    assert hook("ruff-format", "kopanalyse/los.py").returncode == 0
    assert pad.read_text(encoding="utf-8").endswith("\n\nx = [os.sep, sys.path]\n")
    pad.write_text("print(bestaat_niet)\n", encoding="utf-8")
    gezegd = hook("ruff-check", "kopanalyse/los.py")
    assert gezegd.returncode == 1 and "F821" in gezegd.stdout


def test_a_notebook_goes_in_without_outputs(hook, tmp_path):
    pad = tmp_path / "vol.ipynb"
    cel = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [{"data": "751"}], "execution_count": 1}
    pad.write_text(json.dumps({"cells": [cel], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}), encoding="utf-8")
    gezegd = hook("leeg", "vol.ipynb")
    assert gezegd.returncode == 1 and gezegd.stdout.startswith("vol.ipynb: de uitvoer is eruit gehaald")
    assert json.loads(pad.read_text(encoding="utf-8"))["cells"] == [cel | {"outputs": [], "execution_count": None}]
    assert hook("leeg", "vol.ipynb").returncode == 0


def test_types_are_looked_at_before_a_push(hook, tmp_path):
    assert HAKEN["basedpyright"]["stages"] == ["pre-push"] and "pre-push" in INSTELLINGEN["default_install_hook_types"]
    (tmp_path / "kopanalyse" / "fout.py").write_text('aantal: int = "drie"\n', encoding="utf-8")
    gezegd = hook("basedpyright", "")
    assert gezegd.returncode == 1 and "fout.py:1:15 - error" in gezegd.stdout and "1 error" in gezegd.stdout
