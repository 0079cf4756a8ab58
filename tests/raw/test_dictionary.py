"""The page for whoever delivers an export is made from the data dictionary, and says all of it."""

from pathlib import Path

from kopanalyse.raw.dictionary import render
from kopanalyse.raw.schema import TABELLEN

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
