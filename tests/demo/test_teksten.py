"""The texts of the demonstrations: they can be read, say that they are invented, and one story each waits."""

from pathlib import Path

import pytest

import kopanalyse.demo
from kopanalyse.demo import write_demo
from kopanalyse.report.authors import read_teksten
from kopanalyse.settings import load_settings

DEMO = Path(kopanalyse.demo.__file__).parent
SOORTEN = ("verhalen", "personas", "klantreizen")


@pytest.mark.parametrize(
    "pad", sorted(p for soort in SOORTEN for p in DEMO.rglob(f"teksten/{soort}/*")), ids=lambda pad: pad.name
)
def test_a_text_says_that_it_is_invented(pad):
    tekst = pad.read_text(encoding="utf-8")
    assert "demonstratieregistratie" in tekst and "verzonnen" in tekst


def test_the_texts_of_de_kop_come_with_its_registration(tmp_path):
    write_demo("dekop", tmp_path / "dekop")
    teksten = read_teksten(tmp_path, load_settings("dekop", tmp_path), ["alle", "Oost"])
    assert len(teksten.verhalen) == 3 and teksten.wachtend == 1 and len(teksten.toelichtingen) > 5
    assert [persona.domeinen for persona in teksten.personas] == [("Financiën",), ("Huiselijke relaties",)]
    (reis,) = teksten.klantreizen
    assert reis.groep == "Kind in de knel" and len(reis.fasen) == 4 and len(reis.stappen) == 8
    assert {verhaal.hoofdstuk for verhaal in teksten.verhalen} == {
        "casuistiek_in_aantallen",
        "casussen_op_inhoud",
        "informele_ondersteuning",
    }


def test_the_stories_of_smwo_belong_to_its_themas(tmp_path):
    (tmp_path / "smwo").symlink_to(DEMO / "smwo" / "teksten")
    teksten = read_teksten(tmp_path, load_settings("smwo", tmp_path), ["alle"])
    assert len(teksten.verhalen) == 3 and teksten.wachtend == 1
    assert {verhaal.hoofdstuk for verhaal in teksten.verhalen} == {"hulpvragen_en_effecten"}
    assert "Preventie gevolgen armoede" in {verhaal.thema for verhaal in teksten.verhalen}
