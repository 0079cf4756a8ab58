"""A shortened run of ``tests.faults.fuzz``; what a longer one finds stands here with it."""

import zipfile

import pytest

from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.raw.tables.read import read_table
from tests.faults.fuzz import DOELEN, _book_bytes, _parquet_bytes, run, whole_workbook, zipped


@pytest.mark.parametrize("doel", DOELEN)
def test_whatever_comes_is_read_or_refused_in_a_sentence(tmp_path, doel):
    assert run(doel, 60, 20261130, tmp_path, klein=False) >= 10


@pytest.mark.parametrize("lees", [whole_workbook, zipped])
def test_a_zip_that_says_to_read_before_its_beginning_is_damaged(tmp_path, lees):
    """Found on 30 November 2026: the system's own words for it (Invalid argument) came through."""
    boek = _book_bytes()
    einde = boek.rindex(b"PK\x05\x06")
    lees(tmp_path, boek[: einde + 16] + b"Noord" + boek[einde + 16 :])


def test_a_parquet_file_of_which_the_end_is_damaged_is_said_to_be_so(tmp_path):
    """Found on 30 November 2026: Arrow calls that an error of the system, and its English came through."""
    inhoud = bytearray(_parquet_bytes())
    inhoud[-200:-180] = b"\xff" * 20
    (tmp_path / "klanten.parquet").write_bytes(inhoud)
    with pytest.raises(ReadError, match="geen leesbaar Parquet-bestand"):
        read_table(TABELLEN["klanten"], tmp_path / "klanten.parquet", tmp_path / "uit.parquet")


def test_a_zip_of_which_the_packing_is_damaged_is_refused(tmp_path):
    """What unpacks for zipfile has errors of its own."""
    boek = bytearray(_book_bytes(zipfile.ZIP_DEFLATED))
    naam = boek.index(b"xl/worksheets/sheet1.xml")
    boek[naam + 24 : naam + 44] = b"\xff" * 20
    zipped(tmp_path, bytes(boek))
