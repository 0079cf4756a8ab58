"""Writing demonstration registrations: the same bytes every time, a folder whole or not at all, exact apportionment."""

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

import kopanalyse
from kopanalyse.demo import ORGANISATIES, schrijven, verdeling, write_demo
from kopanalyse.errors import UserError
from tests.raw.lezen import inhoud_van


@pytest.fixture(scope="module", params=ORGANISATIES)
def organisatie(request):
    return request.param


@pytest.fixture(scope="module")
def bestanden(organisatie):
    return import_module(f"kopanalyse.demo.{organisatie}.registratie").bestanden()


def test_same_bytes_every_time(tmp_path, organisatie, bestanden):
    write_demo(organisatie, tmp_path / "een" / organisatie)
    write_demo(organisatie, tmp_path / "twee" / organisatie)
    assert inhoud_van(tmp_path / "een" / organisatie) == inhoud_van(tmp_path / "twee" / organisatie) == bestanden


@pytest.mark.parametrize("zaad", ["0", "4711"])
def test_same_bytes_whatever_the_hash_order(zaad, organisatie, bestanden):
    code = (
        f"import hashlib; from kopanalyse.demo.{organisatie}.registratie import bestanden; "
        "print(hashlib.sha256(b''.join(bestanden().values())).hexdigest())"
    )
    omgeving = os.environ | {"PYTHONHASHSEED": zaad, "PYTHONPATH": str(Path(kopanalyse.__file__).parents[1])}
    uit = subprocess.run([sys.executable, "-c", code], env=omgeving, capture_output=True, text=True, check=True).stdout
    assert uit.strip() == hashlib.sha256(b"".join(bestanden.values())).hexdigest()


def test_newlines_do_not_depend_on_the_platform(bestanden):
    assert [naam for naam, inhoud in bestanden.items() if b"\r" in inhoud] == []


@pytest.mark.parametrize("naam", ["klanten.csv", "eigen/notitie.txt", ".verborgen"])
def test_refuses_a_folder_in_use(tmp_path, naam):
    doel = tmp_path / "dekop"
    (doel / naam).parent.mkdir(parents=True)
    (doel / naam).write_text("van een ander")
    with pytest.raises(FileExistsError, match="is niet leeg"):
        write_demo("dekop", doel)
    assert inhoud_van(tmp_path) == {f"dekop/{naam}": b"van een ander"}


def test_refuses_a_file_in_its_place(tmp_path):
    (tmp_path / "dekop").write_text("een bestand")
    with pytest.raises(FileExistsError, match="geen map"):
        write_demo("dekop", tmp_path / "dekop")


def test_accepts_a_folder_that_git_keeps(tmp_path, organisatie, bestanden):
    doel = tmp_path / organisatie
    doel.mkdir()
    for naam in ("README.md", ".gitkeep", ".gitignore"):
        (doel / naam).write_text("*")
    write_demo(organisatie, doel)
    assert inhoud_van(doel) == bestanden | {".gitkeep": b"*", ".gitignore": b"*"}
    assert [pad.name for pad in tmp_path.iterdir()] == [organisatie]


@pytest.mark.parametrize("breekt", [(Path, "write_bytes"), (os, "replace")])
def test_whole_or_not_at_all(tmp_path, monkeypatch, breekt):
    doel = tmp_path / "dekop"
    doel.mkdir()
    (doel / ".gitkeep").write_text("")
    echt = getattr(*breekt)

    def stuk(pad, *rest):
        if pad.name == "kernen.csv" or pad.parent.name.startswith(".bezig-"):
            raise OSError("schijf vol")
        return echt(pad, *rest)

    monkeypatch.setattr(*breekt, stuk)
    with pytest.raises(OSError, match="schijf vol"):
        write_demo("dekop", doel)
    assert inhoud_van(tmp_path) == {"dekop/.gitkeep": b""}


def test_unknown_organisation_is_told_which_there_are(tmp_path):
    with pytest.raises(UserError, match="'elders' is er geen demonstratieregistratie"):
        write_demo("elders", tmp_path / "elders")
    assert not (tmp_path / "elders").exists()


def test_only_the_command_line_knows_the_demonstration():
    pakket = Path(kopanalyse.__file__).parent
    kent = [
        pad.relative_to(pakket).as_posix()
        for pad in pakket.rglob("*.py")
        if "demo" not in pad.relative_to(pakket).parts
        and re.search(r"kopanalyse\.demo|kopanalyse import demo", pad.read_text("utf-8"))
    ]
    assert set(kent) <= {"cli.py"}


def test_apportionment_is_exact_and_keeps_its_bounds():
    assert verdeling.evenredig(10, [1, 1, 1]) == [4, 3, 3]
    assert verdeling.evenredig(10, [7, 2, 1]) == [7, 2, 1]
    assert verdeling.evenredig(3, [7, 2, 1]) == [2, 1, 0], "2.1, 0.6 and 0.3: the largest remainder is the second"
    assert verdeling.evenredig(10, [100, 1, 1], minimum=1, maximum=[5, 9, 9]) == [5, 3, 2]
    with pytest.raises(ValueError, match="niet te verdelen"):
        verdeling.evenredig(10, [1, 1], maximum=[4, 4])


def test_every_stretch_of_an_even_sequence_is_near_its_shares():
    reeks = verdeling.gelijkmatig({"a": 3, "b": 1}, 400)
    assert Counter(reeks) == {"a": 300, "b": 100}
    assert all(Counter(reeks[i : i + 40])["b"] == 10 for i in range(0, 400, 40))


def test_a_file_writes_its_own_form():
    rijen = [{"kern": "Onna", "breedtegraad": "52.5", "ja": True, "dag": date(2019, 3, 1), "niets": None}]
    assert schrijven.als_csv("kernen", rijen).splitlines()[1] == b"Onna;52,5;ja;2019-03-01;"
    assert schrijven.als_csv("trajecten", rijen).decode("utf-8-sig").splitlines()[1] == "Onna;52.5;ja;01-03-2019;"
