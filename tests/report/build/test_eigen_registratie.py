"""An organisation that the package has never heard of, with three tables and without a line of Python."""

import pytest
from bs4 import BeautifulSoup

from kopanalyse.cli import main
from kopanalyse.report.notebook.asked import RapportError
from kopanalyse.report.notebook.rapport import open_rapport
from tests.report.klein import HOOFDMAP
from tests.report.voorbeeld import INSTELLINGEN


def sentence(naam):
    return open_rapport("voorbeeld", 2025).figuur(naam)._repr_html_()


def test_its_own_kinds_and_teams_are_shown(eigen):
    pagina = open_rapport("voorbeeld", 2025).figuur("caseload")._repr_html_()
    assert "Kortdurende trajecten" in pagina and "leun" not in pagina
    assert "Centrum" in sentence("individueel_per_team") and "Oost" not in sentence("individueel_per_team")
    assert open_rapport("voorbeeld", 2025, "Centrum").cijfers("instroom").teller.sum() == 0


def test_its_own_threshold_is_counted_with_and_named(eigen):
    pagina = sentence("zwaarte")
    assert "meer dan 1 gesprekken of contacten" in pagina and "100,0%" in pagina


@pytest.mark.parametrize(
    "onderdeel, zin",
    [
        ("onafhankelijke_clientondersteuning", "is de kolom onafhankelijke_clientondersteuning nergens ingevuld"),
        ("inschatting", "is de kolom geschat_aantal_gesprekken nergens ingevuld"),
        ("kernen", "ontbreekt de tabel kernen"),
        ("zrm_intake", "ontbreekt de tabel zrm_metingen"),
        ("leun_en_steun_per_team", "worden bij Welzijn Voorbeeld niet geregistreerd"),
        ("informatie_en_advies_per_team", "worden bij Welzijn Voorbeeld niet geregistreerd"),
    ],
)
def test_what_was_not_delivered_is_said_and_never_shown_as_nought(eigen, onderdeel, zin):
    pagina = sentence(onderdeel)
    assert zin in pagina and "0,0%" not in pagina and "<table" not in pagina


@pytest.mark.parametrize("kerncijfers", ["clientondersteuning", "vragen"])
def test_a_key_figure_of_what_was_not_delivered_is_left_out(eigen, kerncijfers):
    assert open_rapport("voorbeeld", 2025).kerncijfers(kerncijfers)._repr_html_() == ""


def test_reports_are_made_and_chapters_without_data_stay_away(eigen, capsys):
    assert (
        main(
            [
                "report",
                "--organisatie",
                "voorbeeld",
                "--jaar",
                "2025",
                "--team",
                "alle",
                "--team",
                "Dorpen",
                "--notebooks",
                str(HOOFDMAP / "notebooks"),
            ]
        )
        == 0
    )
    map_ = eigen / "reports" / "voorbeeld" / "2025"
    gemaakt = {pad.stem for pad in (map_ / "alle").glob("*.html")}
    assert gemaakt == {
        "index",
        "casuistiek_in_aantallen",
        "casussen_op_inhoud",
        "clienten_en_casussen",
        "dienstverlening",
        "wat_is_er_veranderd",
        "vergelijking",
        "datakwaliteit",
        "volledig",
    }
    soep = BeautifulSoup((map_ / "alle" / "index.html").read_text(encoding="utf-8"), "html.parser")
    weg = soep.find("h2", string="Niet in dit jaarverslag").find_next("ul")
    assert [li.get_text(" ", strip=True).replace(" :", ":") for li in weg.find_all("li")] == [
        "Hulpvragen en effecten: in de registratie van Welzijn Voorbeeld ontbreekt de tabel hulpvragen.",
        "Groepswerk: in de registratie van Welzijn Voorbeeld ontbreken de tabellen collectieve_activiteiten en "
        "bijeenkomsten.",
        "Informele ondersteuning: in de registratie van Welzijn Voorbeeld ontbreekt de tabel vip.",
        "Klanttevredenheid: in de registratie van Welzijn Voorbeeld ontbreekt de tabel klanttevredenheid.",
        "Persona's en klantreizen: er zijn geen teksten.",
    ]
    kern = {li.select_one(".bij").string: li.select_one(".groot").string for li in soep.select(".kerncijfers > li")}
    assert kern == {"cliënten": "2", "trajecten begonnen": "1", "trajecten afgesloten": "1"}
    assert "Kortdurende trajecten" in (map_ / "dorpen" / "casuistiek_in_aantallen.html").read_text(encoding="utf-8")
    assert "mislukt" not in capsys.readouterr().err


def test_changed_settings_ask_for_new_figures(eigen):
    pad = eigen / "data" / "raw" / "voorbeeld" / "organisatie.toml"
    pad.write_text(INSTELLINGEN.replace("zwaar_meer_dan = 1", "zwaar_meer_dan = 2"), encoding="utf-8")
    with pytest.raises(RapportError, match="`kopanalyse compute --organisatie voorbeeld`"):
        open_rapport("voorbeeld", 2025)


def test_changed_words_do_not(eigen):
    pad = eigen / "data" / "raw" / "voorbeeld" / "organisatie.toml"
    pad.write_text(INSTELLINGEN.replace("Kortdurende trajecten", "Korte trajecten"), encoding="utf-8")
    assert "Korte trajecten" in sentence("caseload")
