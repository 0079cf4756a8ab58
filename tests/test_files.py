"""Files are whole or not there, and what was made by other code is known to be so."""

import os
import shutil
import subprocess
import sys

import pytest

from kopanalyse import files
from kopanalyse.engine import query
from kopanalyse.report.pages import marks


def forget():
    files.package_digest.cache_clear()
    marks.library.cache_clear()


@pytest.fixture
def pakket(tmp_path, monkeypatch):
    """A copy of the package, that digests are of."""
    kopie = tmp_path / "pakket"
    shutil.copytree(files.PAKKET, kopie, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(files, "PAKKET", kopie)
    forget()
    yield kopie
    forget()


@pytest.mark.parametrize("bestand", ["indicators/registratie.py", "checked/rules.py", "engine/words.py", "settings.py"])
def test_a_changed_rule_is_another_package_for_kept_queries_and_pages(pakket, bestand):
    queries, bladen = query._compiler(), marks.library()
    with (pakket / bestand).open("a") as pad:
        pad.write("\nANDERS = 1\n")
    forget()
    assert query._compiler() != queries and marks.library() != bladen


def test_a_changed_text_is_another_package_for_pages_and_not_for_queries(pakket):
    queries, bladen = query._compiler(), marks.library()
    with (pakket / "organisaties" / "standaard.toml").open("a") as pad:
        pad.write("\n")
    forget()
    assert query._compiler() == queries and marks.library() != bladen


@pytest.mark.parametrize("bestand", ["report/charts/bars.py", "demo/verdeling.py", "cli.py"])
def test_a_changed_page_or_demonstration_leaves_kept_queries(pakket, bestand):
    queries, bladen = query._compiler(), marks.library()
    with (pakket / bestand).open("a") as pad:
        pad.write("\nANDERS = 1\n")
    forget()
    assert query._compiler() == queries and marks.library() != bladen


def test_a_file_written_beside_comes_whole_or_not_at_all(tmp_path):
    een = tmp_path / "een"
    een.write_text("oud")
    with pytest.raises(RuntimeError), files.beside(een) as ernaast:
        ernaast.write_text("nieuw")
        raise RuntimeError
    assert een.read_text() == "oud" and [pad.name for pad in tmp_path.iterdir()] == ["een"]
    with files.beside(een) as ernaast:
        ernaast.write_text("nieuw")
    assert {pad.name: pad.read_text() for pad in tmp_path.iterdir()} == {"een": "nieuw"}


def test_what_killed_runs_left_goes_and_nothing_of_anybody_else(tmp_path, monkeypatch):
    dood, levend, eigen = (tmp_path / naam for naam in ("kop-dood", "kop-levend", "kop-vakantie"))
    for map_ in (dood, levend, eigen):
        map_.mkdir()
        (map_ / "rijen.csv").write_text("rijen")
    (dood / files._LEEFT).touch()
    with (levend / files._LEEFT).open("w") as slot:
        assert files._lock(slot.fileno())
        files._sweep(tmp_path)
    assert not dood.exists() and (levend / "rijen.csv").exists() and (eigen / "rijen.csv").exists()


def test_what_an_engine_could_not_keep_in_memory_goes_when_that_engine_is_gone(tmp_path, monkeypatch):
    """Also where the numbers of processes come back, as in a container; not what one uses that works for a notebook."""
    dood = subprocess.Popen([sys.executable, "-c", ""])
    dood.wait()
    for proces in (dood.pid, os.getpid(), os.getppid()):
        with monkeypatch.context() as patch:
            patch.setattr("kopanalyse.files.os.getpid", lambda proces=proces: proces)
            map_ = files.spill_folder(tmp_path)
        map_.mkdir()
        (map_ / "duckdb_temp_storage-0.tmp").write_text("Jansen")
    files.recover(tmp_path)
    assert [pad.name.rpartition("-")[2] for pad in tmp_path.iterdir()] == [str(os.getppid())]


def test_half_a_file_of_a_killed_run_goes_and_nothing_that_looks_like_it(tmp_path):
    (tmp_path / "diep").mkdir()
    blijft = {".koppeling.2024", ".env.1", "jaar.2024.half", "a.half"}
    for naam in (*blijft, ".cijfers.csv.123.half", "diep/.a.4.half"):
        (tmp_path / naam).write_text("x")
    files.sweep(tmp_path)
    assert {pad.name for pad in tmp_path.rglob("*") if pad.is_file()} == blijft
