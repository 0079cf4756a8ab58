"""Pages that rest on tables of which much is in quarantine say so, and never that nothing was counted."""

import pytest
from bs4 import BeautifulSoup

from kopanalyse.cli import main
from kopanalyse.report.notebook.rapport import open_rapport
from tests.report.klein import HOOFDMAP
from tests.report.voorbeeld import INSTELLINGEN

KOP = "traject_id,klant_id,team,trajectsoort,startdatum,einddatum\n"


@pytest.fixture
def verlies(tmp_path, monkeypatch):
    """``verlies(aantal)``: the organisation after ``compute`` of forty trajecten, so many of which cannot be used."""
    raw = tmp_path / "data" / "raw" / "voorbeeld"
    raw.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    def compute(aantal):
        begin = ["31/12/2024" if nummer < aantal else "2025-02-01" for nummer in range(40)]
        rijen = "".join(
            f"t{nummer},k{nummer},Centrum,individueel,{dag},2025-03-01\n" for nummer, dag in enumerate(begin)
        )
        (raw / "organisatie.toml").write_text(INSTELLINGEN, encoding="utf-8")
        (raw / "klanten.csv").write_text("klant_id\n" + "".join(f"k{nummer}\n" for nummer in range(40)))
        (raw / "trajecten.csv").write_text(KOP + rijen)
        assert main(["compute", "--organisatie", "voorbeeld", "--toch"]) == 0
        return tmp_path

    return compute


def band(uitvoer):
    gevonden = BeautifulSoup(uitvoer._repr_html_(), "html.parser").select_one("p.status")
    return gevonden and gevonden.get_text()


@pytest.mark.parametrize("aantal, zegt", [(0, None), (2, None), (3, "7,5%"), (40, "100,0%")])
def test_the_opening_page_says_what_is_lost(verlies, aantal, zegt):
    verlies(aantal)
    gezegd = band(open_rapport("voorbeeld", 2025).kerncijfers("jaarverslag"))
    verwacht = f"In quarantaine staat {zegt} van de rijen van trajecten: die rijen tellen op deze pagina nergens mee"
    assert gezegd is None if zegt is None else gezegd.startswith(verwacht)


def test_a_page_says_it_once_above_the_first_part_that_rests_on_it(verlies):
    verlies(8)
    rapport = open_rapport("voorbeeld", 2025)
    gezegd = [band(uitvoer) for uitvoer in (rapport.tabel("inlezen"), rapport.figuur("caseload"))]
    assert gezegd[0] is None and "20,0% van de rijen van trajecten" in gezegd[1]
    assert band(rapport.figuur("individueel_per_team")) is None


def test_what_stands_in_quarantine_is_never_called_nothing_counted(verlies):
    map_ = verlies(40)
    notebooks = str(HOOFDMAP / "notebooks")
    opdracht = ["report", "--organisatie", "voorbeeld", "--jaar", "2025", "--team", "alle", "--notebooks", notebooks]
    assert main(opdracht) == 0
    bladen = map_ / "reports" / "voorbeeld" / "2025" / "alle"
    tekst = {pad.stem: pad.read_text(encoding="utf-8") for pad in bladen.glob("*.html")}
    assert not [naam for naam, inhoud in tekst.items() if "niets geteld" in inhoud]
    for naam in ("index", "vergelijking", "datakwaliteit", "volledig"):
        gezegd = BeautifulSoup(tekst[naam], "html.parser").select("p.status")
        assert any("100,0% van de rijen van trajecten" in deel.get_text() for deel in gezegd), naam
    weg = BeautifulSoup(tekst["index"], "html.parser").find("h2", string="Niet in dit jaarverslag").find_next("ul")
    waarom = dict(li.get_text(" ", strip=True).split(" : ", 1) for li in weg.find_all("li"))
    for titel in ("Casuïstiek in aantallen", "Cliënten en casussen"):
        assert waarom[titel].startswith("in quarantaine staat 100,0% van de rijen van trajecten")
