"""The page for whoever delivers an export is made from the data dictionary, and says all of it."""

import re
from pathlib import Path

from kopanalyse.raw.dictionary import render
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.report.authors import klantreis, persona, read_teksten, toelichting, verhaal
from kopanalyse.report.authors.reading import VRIJGAVE
from kopanalyse.settings import load_settings

PAGINA = Path(__file__).parents[2] / "data" / "raw" / "README.md"


def test_the_page_in_the_repository_is_up_to_date():
    assert PAGINA.read_text(encoding="utf-8") == render(), "python -m kopanalyse.raw.dictionary > data/raw/README.md"


def test_every_table_and_column_is_on_the_page():
    delen = render().split("\n### ")[1:]
    assert [deel.splitlines()[0] for deel in delen] == list(TABELLEN)
    for deel, tabel in zip(delen, TABELLEN.values()):
        rijen = [regel for regel in deel.splitlines() if regel.startswith("| `")]
        assert [rij.split("`")[1] for rij in rijen] == [kolom.naam for kolom in tabel.kolommen]
        assert [rij.split("|")[2].strip() == "ja" for rij in rijen] == [kolom.verplicht for kolom in tabel.kolommen]


def test_forms_and_codes_are_on_the_page():
    pagina = render()
    assert "5 volledig zelfredzaam; 99 = niet besproken | heel getal, 1–5 of 99 |" in pagina
    assert "`Zelfzorg` telt als `Activiteiten dagelijks leven`" in pagina
    assert "| `zrm_versie` |  | versie van de ZRM | `2013`, `2017`; leeg = `2013` |" in pagina
    assert "| `kern` |  | dorp of wijk waar de klant woont | een van de namen in `kernen` |" in pagina


def test_the_examples_of_texts_are_whole_and_can_be_read(tmp_path):
    soorten = ("toelichting", "verhalen", "personas", "klantreizen")
    alles = re.findall("```(markdown|yaml)\n(.*?)```", render(), re.S)
    vrijgave = [tekst for _, tekst in alles if tekst.startswith("openbaar:")]
    assert len(vrijgave) == 1 and all(f"{sleutel}: " in vrijgave[0] for sleutel in VRIJGAVE)
    voorbeelden = [(vorm, tekst) for vorm, tekst in alles if tekst not in vrijgave]
    assert len(voorbeelden) == len(soorten)
    for soort, (vorm, tekst) in zip(soorten, voorbeelden):
        (tmp_path / "dekop" / soort).mkdir(parents=True)
        pad = tmp_path / "dekop" / soort / {"markdown": "a.md", "yaml": "a.yaml"}[vorm]
        pad.write_text(tekst, encoding="utf-8")
    gelezen = read_teksten(tmp_path, load_settings("dekop", tmp_path), ["alle", "Oost"])
    assert [len(getattr(gelezen, s)) for s in ("toelichtingen", *soorten[1:])] == [1, 1, 1, 1]
    sleutels = [(*m.VERPLICHT, *m.MOGELIJK) for m in (toelichting, verhaal, persona, klantreis)]
    sleutels[2] += persona.KIJK_OP
    sleutels[3] += (*klantreis.GROEP, *klantreis.STAP, *klantreis.STAP_MOGELIJK)
    for (_, tekst), alle in zip(voorbeelden, sleutels):
        assert all(re.search(rf"^[ -]*{sleutel}:", tekst, re.M) for sleutel in alle if sleutel not in VRIJGAVE)
