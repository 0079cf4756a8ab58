"""In every Excel file that we write a text is a text, whatever it begins with."""

import subprocess
import sys
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from kopanalyse.cli import main
from kopanalyse.excel import cell, value

FORMULES = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+31",
    "-1+1",
    "@SUM(A1)",
    "#N/A",
    "#REF!",
    "{=1}",
    "=",
    "0017",
    "1e5",
    "=\x0b1",
]


@pytest.mark.parametrize("maak", [cell, value])
def test_no_text_becomes_a_formula_a_number_or_an_error(tmp_path, maak):
    boek = Workbook(write_only=True)
    blad = boek.create_sheet()
    blad.append([maak(blad, tekst) for tekst in FORMULES])
    boek.save(tmp_path / "a.xlsx")
    (rij,) = load_workbook(tmp_path / "a.xlsx").active.iter_rows()
    assert [(cel.value, cel.data_type) for cel in rij] == [(tekst.replace("\x0b", "\ufffd"), "s") for tekst in FORMULES]
    assert _formulas(tmp_path / "a.xlsx") == []


def test_the_work_list_of_a_registration_of_formulas_has_none(tmp_path):
    """Keys, dates, codes and the name of a column that nobody knows: all of them come back in a finding."""
    (tmp_path / "raw" / "x").mkdir(parents=True)
    (tmp_path / "raw" / "x" / "organisatie.toml").write_text('naam = "=1+1"\njaren = [2025]\n', encoding="utf-8")
    rijen = ["klant_id;geslacht;kern;geboortedatum;=1+1", *(f"{f};{f};{f};{f};{f}" for f in FORMULES[:8] * 2)]
    (tmp_path / "raw" / "x" / "klanten.csv").write_text("\n".join(rijen), encoding="utf-8")
    main(["check", "--organisatie=x", f"--raw={tmp_path / 'raw'}", f"--processed={tmp_path / 'processed'}", "--toch"])
    lijst = tmp_path / "processed" / "x" / "bevindingen.xlsx"
    waarden = {cel for blad in load_workbook(lijst) for rij in blad.iter_rows(values_only=True) for cel in rij}
    assert set(FORMULES[:8]) <= waarden
    assert _formulas(lijst) == []


def _formulas(pad):
    with zipfile.ZipFile(pad) as boek:
        return [naam for naam in boek.namelist() if b"<f>" in boek.read(naam) or b"<f " in boek.read(naam)]


def test_a_workbook_does_not_depend_on_a_package_that_happens_to_be_there():
    vraag = "import kopanalyse.excel, lxml, openpyxl.xml, sys; sys.exit(openpyxl.xml.LXML)"
    assert subprocess.run([sys.executable, "-c", vraag]).returncode == 0
