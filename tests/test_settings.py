"""Settings: what an organisation may say, and what it is told when it says it wrongly."""

import dataclasses
import re

import pytest

from kopanalyse.periode import Periode
from kopanalyse.settings import SettingsError, known_organisations, load_settings


def write(raw, organisatie, tekst):
    (raw / organisatie).mkdir(exist_ok=True)
    (raw / organisatie / "organisatie.toml").write_text(tekst, encoding="utf-8")


def test_dekop_comes_with_the_package(tmp_path):
    settings = load_settings("dekop", tmp_path)
    assert settings.naam == "Sociaal Werk De Kop"
    assert settings.codelijsten["trajectsoort"] == ("individueel", "leun_en_steun", "presentie")
    assert settings.drempels.leeftijdslabels == ("0-11", "12-17", "18-27", "28-44", "45-64", "65-74", "75+")
    assert settings.drempels.maandlabels == ("< 1 mnd", "1-2 mnd", "> 2 mnd")
    assert settings.drempels.contactlabels == ("0-3", "4-10", "11-25", "26-50", "51-100", "> 100")


def test_both_versions_of_the_zrm_make_sixteen_domeinen(tmp_path):
    assert len(load_settings("dekop", tmp_path).codelijsten["domein"]) == 16


def test_own_file_overrides_the_package(tmp_path):
    write(tmp_path, "dekop", 'jaren = [2020]\n[drempels]\nzwaar_meer_dan = 8\n[teksten]\nOost = "Team Oost"\n')
    settings = load_settings("dekop", tmp_path)
    assert settings.jaren == (Periode(2020),) and settings.drempels.zwaar_meer_dan == 8
    assert settings.drempels.complex_vanaf == 4 and settings.tekst("Oost") == "Team Oost"


def test_own_file_adds_an_organisation(tmp_path):
    write(tmp_path, "dorp", 'naam = "Welzijn Dorp"\n[codelijsten]\ntrajectsoort = ["hulp"]\n')
    assert load_settings("dorp", tmp_path).codelijsten["trajectsoort"] == ("hulp",)
    assert known_organisations(tmp_path) == ["dekop", "dorp", "smwo"]


def test_who_names_key_figures_names_them_all(tmp_path):
    assert "zrm_groei" in load_settings("dekop", tmp_path).kerncijfers
    write(tmp_path, "dekop", '[kerncijfers]\n"klanten: 75+" = "oudere klanten"\n')
    assert dict(load_settings("dekop", tmp_path).kerncijfers) == {"klanten: 75+": "oudere klanten"}


def test_settings_are_frozen(tmp_path):
    settings = load_settings("dekop", tmp_path)
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.naam = "anders"
    with pytest.raises(TypeError):
        settings.codelijsten["trajectsoort"] = ()


def test_a_code_without_text_loses_its_underscores(tmp_path):
    assert load_settings("dekop", tmp_path).tekst("een_code") == "een code"


@pytest.mark.parametrize(
    "tekst, melding",
    [
        ("jaaren = [2019]", "de sleutel jaaren bestaat niet. Bedoelde u jaren?"),
        ("[drempels]\nzwaar = 5", "de sleutel drempels.zwaar bestaat niet"),
        ("[drempels]\ntop = 'vijf'", "drempels.top = 'vijf' kan niet; verwacht wordt een heel getal"),
        ("[drempels]\ntop = true", "drempels.top = True kan niet; verwacht wordt een heel getal"),
        ("[drempels]\ntop = 0", "drempels.top = 0 kan niet"),
        ("[drempels]\nleeftijdsklassen = [0, 30, 20]", "stijgende lijst"),
        ("[drempels]\nleeftijdsklassen = [10, 20]", "een lijst die met 0 begint"),
        ("[drempels]\nkort_verbinding = 'xor'", "drempels.kort_verbinding"),
        ("[drempels]\nredelijk_complex_vanaf = 4", "meer dan redelijk_complex_vanaf"),
        ("[drempels]\nmaanden = [1]", "twee grenzen"),
        ("jaren = ['2019']", "een lijst van jaartallen"),
        ("jaren = [2019, 2019]", "elk één keer"),
        ("teams = 'Oost'", "verwacht wordt een lijst"),
        ("[codelijsten]\ntrajectsoort = []", "codelijsten.trajectsoort"),
        ("[codelijsten]\ntrajectsoort = ['totaal']", "zonder het woord totaal"),
        ("[codelijsten]\nkleur = ['rood']", "de sleutel codelijsten.kleur bestaat niet"),
        (
            "[synoniemen]\ndomein = { Geld = 'Centen' }",
            "synoniemen.domein.Geld = 'Centen' kan niet; verwacht wordt schrijfw",
        ),
        (
            "[synoniemen]\nkleur = { Geld = 'Centen' }",
            "synoniemen.kleur bestaat niet; verwacht wordt alleen namen van code",
        ),
        ("[synoniemen]\nteam = { oost = '' }", "synoniemen.team.oost = '' kan niet; verwacht wordt een naam"),
        ("[synoniemen]\nteam = { oost = 'alle' }", "synoniemen.team.oost = 'alle' kan niet"),
        (
            "[teksten]\nOost = 'Team Oost'\nnaam = 'Dorp'",
            "naam staat onder [teksten] en geldt daar niet. Zet die regel boven",
        ),
        ("[kerncijfers]\njaren = [2019]", "jaren staat onder [kerncijfers] en geldt daar niet"),
        (
            "[drempels]\nnaam = 'Dorp'",
            "drempels.naam bestaat niet. Zet die regel boven de eerste [..] van het bestand.",
        ),
        (
            "[controle]\nquarantaine_stop = 25",
            "controle.quarantaine_stop = 25 kan niet; verwacht wordt een aandeel van 0",
        ),
        ("[controle]\nzonder_start = -1", "controle.zonder_start = -1 kan niet; verwacht wordt een aantal maanden"),
        ("[teksten]\nOost = 1", "teksten.Oost = 1 kan niet; verwacht wordt een tekst"),
        ("[kerncijfers]\nklanten = 1", "kerncijfers.klanten = 1 kan niet; verwacht wordt een tekst"),
        ("[status]\n2019 = 'bijna'", 'status.2019 = \'bijna\' kan niet; verwacht wordt "voorlopig" of "definitief"'),
        ("[status]\n2019 = 1", "status.2019 = 1 kan niet; verwacht wordt een tekst"),
        (
            "[status]\nvorig_jaar = 'voorlopig'",
            'status.vorig_jaar bestaat niet; verwacht wordt een regel per jaartal, bijvoorbeeld 2019 = "voorlopig"',
        ),
        ("jaren = [\n2019", "geen leesbaar TOML-bestand: het gaat mis"),
        ("naam = x", "geen leesbaar TOML-bestand: het gaat mis op regel 1, kolom 8"),
    ],
)
def test_a_wrong_file_is_told_what_is_wrong(tmp_path, tekst, melding):
    write(tmp_path, "dekop", tekst)
    with pytest.raises(SettingsError, match=re.escape(melding)) as fout:
        load_settings("dekop", tmp_path)
    assert "organisatie.toml" in str(fout.value)


@pytest.mark.parametrize("naam", ["../dekop", "", ".", "a/b", "standaard"])
def test_a_name_that_is_no_organisation(tmp_path, naam):
    with pytest.raises(SettingsError):
        load_settings(naam, tmp_path)


def test_a_file_that_is_not_utf8(tmp_path):
    (tmp_path / "dekop").mkdir()
    (tmp_path / "dekop" / "organisatie.toml").write_bytes(b"naam = '\x92'")
    with pytest.raises(SettingsError, match="geen UTF-8-tekst"):
        load_settings("dekop", tmp_path)


def test_the_folder_of_the_organisation_itself_is_not_raw(tmp_path):
    with pytest.raises(SettingsError, match="--raw is de map waarin"):
        load_settings("elders", tmp_path / "elders")


def test_an_unknown_organisation_is_told_what_is_known(tmp_path):
    with pytest.raises(SettingsError, match="Bekend zijn: dekop"):
        load_settings("elders", tmp_path)


@pytest.mark.parametrize(
    "tekst, zin",
    [
        ('[dekking]\nvan = "2023"', "dekking.van = '2023' kan niet; verwacht wordt een datum zonder aanhalingstekens"),
        ("[dekking]\nvan = 2023-01-01T00:00:00", "dekking.van"),
        ("[dekking]\nvanaf = 2023-01-01", "de sleutel dekking.vanaf bestaat niet"),
        ("[dekking.contact]\nvan = 2023-01-01", "dekking.contact bestaat niet. Bedoelde u contacten?"),
        ("[dekking.contacten]\nbegin = 2023-01-01", "dekking.contacten.begin bestaat niet. Mogelijk zijn: van, tot."),
        ("[dekking]\nvan = 2023-01-01\ntot = 2022-12-31", "dekking eindigt op 2022-12-31 en begint op 2023-01-01"),
        ("[dekking]\ntot = 2022-12-31\n[dekking.vip]\nvan = 2023-01-01", "dekking.vip eindigt op 2022-12-31"),
        ('[rollen]\nindividueel = ["Maatschappelijk werk"]', "rollen.individueel"),
        ('[rollen]\nandere = ["individueel"]', "de sleutel rollen.andere bestaat niet"),
        (
            '[codelijsten]\ntrajectsoort = ["individueel", "informatie_en_advies"]',
            "een lijst zonder informatie_en_advies",
        ),
    ],
)
def test_coverage_and_roles_that_cannot_be_are_named(tmp_path, tekst, zin):
    (tmp_path / "dekop").mkdir()
    (tmp_path / "dekop" / "organisatie.toml").write_text(tekst, encoding="utf-8")
    with pytest.raises(SettingsError) as fout:
        load_settings("dekop", tmp_path)
    assert "organisatie.toml: " in str(fout.value) and zin in str(fout.value)


def test_a_table_with_its_own_coverage_takes_the_rest_from_all(tmp_path):
    (tmp_path / "dekop").mkdir()
    (tmp_path / "dekop" / "organisatie.toml").write_text(
        "[dekking]\nvan = 2023-01-01\ntot = 2025-12-31\n[dekking.contacten]\nvan = 2024-01-01\n", encoding="utf-8"
    )
    s = load_settings("dekop", tmp_path)
    assert [
        str(dag) for dag in (s.dekking.of("vip").van, s.dekking.of("contacten").van, s.dekking.of("contacten").tot)
    ] == ["2023-01-01", "2024-01-01", "2025-12-31"]
    assert s.fingerprint != load_settings("dekop").fingerprint
