"""The door for others: indicators and chapters of an organisation's own, and a package that several share."""

import shutil
import subprocess
import sys

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from kopanalyse.cli import main
from kopanalyse.errors import UserError
from kopanalyse.indicators.catalogue import DefinitieError, load_definitions
from kopanalyse.report.chapters import HoofdstukError, load_catalogue
from kopanalyse.report.notebook.rapport import open_rapport
from kopanalyse.settings import load_settings
from tests.report.klein import HOOFDMAP, write_notebook

DEFINITIES = '''
"""What Welzijn Voorbeeld counts besides."""
from kopanalyse.indicators import Voorbeeld, indicator


@indicator(titel="Lange trajecten", definitie="Trajecten die afgesloten zijn in een later jaar dan zij begonnen.",
           soort="aandeel", waarom="Laat zien wie lang hulp nodig heeft.")
def lange_trajecten(r):
    t = r.afgesloten()
    return t.mutate(teller=t.einddatum.year() > t.startdatum.year())


@indicator(titel="Begonnen naar soort", soort="aantal", kwartalen=True)
def begonnen_naar_soort(r):
    return r.gestart().mutate(categorie="trajectsoort")


VOORBEELD = Voorbeeld("lange_trajecten", {"trajecten": """
    traject_id klant_id team trajectsoort startdatum einddatum
    t1         k1       Oost individueel  2018-01-01 2019-02-01
"""}, {("2019", "alle"): "1 / 1"}, "Eén traject liep van het ene jaar in het andere.")
'''


@pytest.fixture
def met_definities(eigen):
    """The folder of ``voorbeeld``, that declares two indicators of its own, after ``compute``."""
    map_ = eigen / "data" / "raw" / "voorbeeld" / "definities"
    map_.mkdir()
    (map_ / "lang.py").write_text(DEFINITIES, encoding="utf-8")
    assert main(["compute", "--organisatie", "voorbeeld"]) == 0
    return eigen


def cijfers(map_):
    frame = pd.read_csv(map_ / "data" / "processed" / "voorbeeld" / "cijfers.csv", keep_default_na=False)
    return frame.set_index(["indicator", "periode", "team", "categorie"]).teller


def test_own_indicators_stand_in_the_long_table_and_the_command_says_whose_code_ran(met_definities, capsys):
    tellers = cijfers(met_definities)
    assert float(tellers["lange_trajecten", "2025", "alle", "totaal"]) == 1
    assert float(tellers["begonnen_naar_soort", "2025-K1", "Dorpen", "kortdurend"]) == 1
    assert main(["compute", "--organisatie", "voorbeeld"]) == 0
    assert (
        "Let op: er draait code van buiten kopanalyse: data/raw/voorbeeld/definities/lang.py ("
        in capsys.readouterr().err
    )
    assert main(["sql", "lange_trajecten", "--organisatie", "voorbeeld", "--jaar", "2025"]) == 0
    assert "-- Lange trajecten: Trajecten die afgesloten zijn" in capsys.readouterr().out


def test_own_indicators_are_drawn_without_a_part_and_defined_in_place(met_definities):
    rapport = open_rapport("voorbeeld", 2025)
    figuur = rapport.figuur("begonnen_naar_soort")._repr_html_()
    assert "<img" in figuur and "Kortdurende trajecten 1" in figuur.partition("alt=")[2]
    assert "Laat zien wie" not in rapport.tabel("lange_trajecten")._repr_html_()
    assert (
        "Trajecten die afgesloten zijn in een later jaar dan zij begonnen."
        in rapport.tabel("lange_trajecten")._repr_html_()
    )


@pytest.mark.parametrize(
    "code, melding",
    [
        ("def (:", "regel 1: dit is geen Python"),
        ("1 / 0", "regel 1: ZeroDivisionError"),
        (
            "from kopanalyse.indicators import indicator\n@indicator(titel='x')\ndef klanten(r): return r.gestart()",
            "de indicator klanten bestaat al in kopanalyse zelf",
        ),
        (
            "from kopanalyse.indicators import Voorbeeld\nv = Voorbeeld('weg', {}, {}, '')",
            "de indicator weg, en die staat",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_line(eigen, code, melding, capsys):
    map_ = eigen / "data" / "raw" / "voorbeeld" / "definities"
    map_.mkdir()
    (map_ / "stuk.py").write_text(code, encoding="utf-8")
    with pytest.raises(DefinitieError, match="stuk.py") as fout:
        load_definitions(load_settings("voorbeeld", eigen / "data" / "raw"), eigen / "data" / "raw")
    assert melding in str(fout.value)
    assert main(["compute", "--organisatie", "voorbeeld"]) == 2 and "Traceback" not in capsys.readouterr().err


def test_a_rule_that_breaks_is_told_in_a_sentence(eigen, capsys):
    map_ = eigen / "data" / "raw" / "voorbeeld" / "definities"
    map_.mkdir()
    (map_ / "stuk.py").write_text(
        "from kopanalyse.indicators import indicator\n@indicator(titel='Stuk')\n"
        "def stuk(r): return r.gestart().mutate(teller=2, noemer=1)\n"
        "@indicator(titel='Weg')\ndef weg(r): return r.gestart().weg",
        encoding="utf-8",
    )
    assert main(["compute", "--organisatie", "voorbeeld"]) in (1, 2)
    fout = capsys.readouterr().err
    assert "Weg" in fout and "Traceback" not in fout


def test_a_frame_of_ones_own_is_shown_in_house_style(eigen):
    rapport = open_rapport("voorbeeld", 2025)
    frame = pd.DataFrame({"2024": [3.0, 1305.0], "2025": [4.0, None]}, index=["een <b>", "twee"])
    tabel = rapport.toon(frame, titel="Eigen <tabel>", n=1308, wat="vragen")._repr_html_()
    assert "1.305" in tabel and "Eigen &lt;tabel&gt;" in tabel and "n = 1.308 vragen" in tabel and "<b>" not in tabel
    for vorm in ("staven", "lijnen"):
        figuur = rapport.teken(frame, titel="Eigen figuur", vorm=vorm)._repr_html_()
        assert "1.305" in figuur.partition("alt=")[2] and "<table" in figuur
    for fout in ({"vorm": "taart"}, {"eenheid": "euro"}):
        with pytest.raises(UserError, match="Mogelijk zijn"):
            rapport.teken(frame, titel="Eigen figuur", **fout)
    with pytest.raises(UserError, match="de kolom naam bevat geen getallen"):
        rapport.teken(pd.DataFrame({"naam": ["x"]}), titel="Eigen figuur")


@pytest.mark.bouw
def test_chapters_of_its_own_close_the_report_and_one_that_fails_takes_nothing_else_away(met_definities, capsys):
    map_ = met_definities / "data" / "raw" / "voorbeeld" / "hoofdstukken"
    map_.mkdir()
    shutil.copy(HOOFDMAP / "docs" / "eigen_hoofdstuk.ipynb", map_ / "snelheid.ipynb")
    (map_ / "stuk.ipynb").write_text("geen notebook", encoding="utf-8")
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
                "--notebooks",
                str(HOOFDMAP / "notebooks"),
            ]
        )
        == 1
    )
    fout = capsys.readouterr().err
    assert "stuk (2025, alle)" in fout and fout.count("mislukt") == 1
    rapport = met_definities / "reports" / "voorbeeld"
    pagina = BeautifulSoup((rapport / "2025" / "alle" / "snelheid.html").read_text(encoding="utf-8"), "html.parser")
    assert "Hoe snel is er hulp?" in pagina.h1.get_text() and len(pagina.select("table")) >= 2
    assert "Eigen definities " in pagina.footer.get_text()
    for naam in ("index.html", "volledig.html", "cijfers.xlsx"):
        assert (rapport / "2025" / "alle" / naam).is_file()
    handboek = BeautifulSoup((rapport / "indicatoren.html").read_text(encoding="utf-8"), "html.parser")
    assert (
        "Laat zien wie lang hulp nodig heeft." in handboek.select_one("section[aria-labelledby=lange_trajecten]").text
    )
    assert handboek.find("h2", string="Eigen indicatoren") is not None


def test_a_chapter_does_not_take_the_name_of_one_of_the_package(eigen):
    map_ = eigen / "data" / "raw" / "voorbeeld" / "hoofdstukken"
    map_.mkdir()
    write_notebook(map_ / "groepswerk.ipynb", [])
    with pytest.raises(HoofdstukError, match="geef het notebook een andere naam"):
        load_catalogue(load_settings("voorbeeld", eigen / "data" / "raw"), eigen / "data" / "raw")


def test_a_package_that_is_installed_declares_for_several_organisations(eigen, tmp_path):
    pakket, plaats = tmp_path / "bron", tmp_path / "geinstalleerd"
    pakket.mkdir()
    (pakket / "gedeelde_definities.py").write_text(DEFINITIES, encoding="utf-8")
    (pakket / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
        '[project]\nname = "gedeeld"\nversion = "1"\n[tool.setuptools]\npy-modules = ["gedeelde_definities"]\n'
        '[project.entry-points."kopanalyse.definities"]\ngedeeld = "gedeelde_definities"\n',
        encoding="utf-8",
    )
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "--target",
            str(plaats),
            str(pakket),
        ],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    code = (
        f"import sys; sys.path.insert(0, {str(plaats)!r}); from kopanalyse.cli import main; "
        "sys.exit(main(['compute', '--organisatie', 'voorbeeld']))"
    )
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "er draait code van buiten kopanalyse: gedeelde_definities (" in uit.stderr
    assert float(cijfers(eigen)["lange_trajecten", "2025", "alle", "totaal"]) == 1
