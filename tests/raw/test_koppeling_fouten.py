"""What is wrong with a koppeling is said all at once, in Dutch, with the key and what is possible."""

from __future__ import annotations

import pytest

from kopanalyse.raw.bron.koppeling import KoppelingError
from tests.raw.exporteren import controleer

EXPORT = {"clienten.csv": "Nr;Geboren;M/V;Team;team \n17;;man;a;b\n", "map/ander.csv": "Nr;x\n"}
GOED = """
[bron.clienten]
bestand = "clienten.csv"
[tabel.klanten]
bron = "clienten"
kolommen = { klant_id = "Nr" }
"""


def fouten(tmp_path, toml, export=EXPORT, **meer):
    with pytest.raises(KoppelingError) as fout:
        controleer(tmp_path, export, toml, **meer)
    assert "Traceback" not in str(fout.value)
    return str(fout.value).splitlines()


def test_all_mistakes_at_once(tmp_path):
    gevonden = fouten(
        tmp_path,
        """
        titel = "x"
        [bron.clienten]
        bestant = "clienten.csv"
        [bron.uren]
        verbinding = "postgresql://u:geheim@h/d"
        tabel = "uren"
        [tabel.clienten]
        bron = "clienten"
        [tabel.klanten]
        bron = "klienten"
        kolommen = { klant = "Nr" }
        codes.geslacht = "geslacht.csv"
        [tabel.contacten]
        query = "contacten.sql"
        bron = "clienten"
        uren = ["vorm"]
        """,
    )
    assert [regel.partition(": ")[0] for regel in gevonden] == [
        "koppeling.toml, titel",
        "koppeling.toml, bron.clienten.bestant",
        "koppeling.toml, bron.clienten",
        "koppeling.toml, bron.uren.verbinding",
        "koppeling.toml, tabel.clienten",
        "koppeling.toml, tabel.klanten.bron",
        "koppeling.toml, tabel.klanten.kolommen",
        "koppeling.toml, tabel.klanten.codes.geslacht",
        "koppeling.toml, tabel.contacten.bron",
        "koppeling.toml, tabel.contacten.uren",
        "koppeling.toml, tabel.contacten.query",
    ]
    assert "Bedoelde u bestand?" in gevonden[1] and "Bedoelde u clienten?" in gevonden[5]
    assert not any("geheim" in regel for regel in gevonden)


@pytest.mark.parametrize(
    ("was", "wordt", "sleutel", "zin"),
    [
        ('bestand = "clienten.csv"', 'bestand = "client_*.csv"', "bron.clienten", "hoort geen bestand"),
        ('bestand = "clienten.csv"', 'bestand = "ander.csv"', "bron.clienten", "map/ander.csv"),
        ('bestand = "clienten.csv"', 'bestand = "clienten.csv"\nkopregel = 9', "bron.clienten", "heeft geen rij 9"),
        ('bestand = "clienten.csv"', 'bestand = "clienten.csv"\nblad = "x"', "bron.clienten", "geen werkbladen"),
        (
            'bestand = "clienten.csv"',
            'bestand = "clienten.csv"\ndatumvorm = "dd-mm-jjjj"',
            "bron.clienten.datumvorm",
            "%d/%m/%Y",
        ),
        (
            'bestand = "clienten.csv"',
            'bestand = "clienten.csv"\ngetalvorm = "1.000"',
            "bron.clienten.getalvorm",
            "1.234,5",
        ),
        (
            'bestand = "clienten.csv"',
            'bestand = "clienten.csv"\ntijdzone = "Amsterdam"',
            "bron.clienten.tijdzone",
            "Europe/Amsterdam",
        ),
        ('"Nr"', '"Nr", kern = "Nummer"', "tabel.klanten.kolommen.kern", "Mogelijk zijn: Nr, Geboren, M/V, Team, team"),
        ('"Nr"', '"Nr", geboortedatum = "Geborn"', "tabel.klanten.kolommen.geboortedatum", "Bedoelde u Geboren?"),
        ('"Nr"', '"{Nr}-{Volg}"', "tabel.klanten.kolommen.klant_id", "geen kolom 'Volg'"),
        ('"Nr"', '"Nr", kern = "TEAM"', "tabel.klanten.kolommen.kern", "staat 2 keer"),
        ("klant_id =", "geslacht =", "tabel.klanten", "de verplichte kolom klant_id ontbreekt"),
        (
            'bron = "clienten"',
            'bron = "clienten"\ncodes.kern = { a = "b" }',
            "tabel.klanten.codes",
            "kern wordt nergens gevuld",
        ),
        ('bron = "clienten"', 'bron = "clienten"\nsleutel = "maak"', "tabel.klanten.sleutel", "klant_id staat al"),
        (
            'bron = "clienten"',
            'bron = "clienten"\nvast = { klant_id = "1" }',
            "tabel.klanten.vast.klant_id",
            "een van de twee",
        ),
        (
            'bron = "clienten"',
            'bron = "clienten"\nweglaten = { Nummer = ["x"] }',
            "tabel.klanten.weglaten",
            "Mogelijk zijn",
        ),
        ('bron = "clienten"', 'bron = "clienten"\nuniek = "ja"', "tabel.klanten.uniek", "true of false"),
        (
            'bron = "clienten"',
            'bron = "clienten"\nsleutel_breedte = { klant_id = 0 }',
            "tabel.klanten.sleutel_breedte.klant_id",
            "aantal cijfers",
        ),
        (
            'bron = "clienten"',
            'bron = "clienten"\nerbij = { ander = "Nr" }',
            "tabel.klanten.erbij.ander",
            "bestaat niet",
        ),
        (
            'bron = "clienten"',
            'bron = "clienten"\nbreed = { kolommen = ["Team"], naam = "x", waarde = "geslacht" }',
            "tabel.klanten.breed.naam",
            "geen kolom x",
        ),
        (
            'bron = "clienten"',
            'bron = "clienten"\nbreed = { kolommen = ["Taem"], naam = "kern", waarde = "geslacht" }',
            "tabel.klanten.breed.kolommen",
            "Taem",
        ),
    ],
)
def test_one_mistake(tmp_path, was, wordt, sleutel, zin):
    (regel,) = fouten(tmp_path, GOED.replace(was, wordt))
    assert regel.startswith(f"koppeling.toml, {sleutel}: ") and zin in regel


def test_no_header_says_what_stands_there(tmp_path):
    (regel,) = fouten(tmp_path, GOED.replace('"Nr"', '"Nummer"'))
    assert "de kopregel niet gevonden" in regel and "Op rij 1 staat: Nr, Geboren" in regel


def test_toml_that_cannot_be_read(tmp_path):
    (regel,) = fouten(tmp_path, "[bron.x]\nbestand = \n")
    assert "geen leesbaar TOML-bestand: het gaat mis op regel 2" in regel


def test_a_table_in_two_places(tmp_path):
    from kopanalyse.raw.formats.forms import ReadError

    (tmp_path / "raw" / "proef").mkdir(parents=True)
    (tmp_path / "raw" / "proef" / "klanten.csv").write_text("klant_id\n1\n")
    with pytest.raises(ReadError, match="klanten komt uit koppeling.toml, en staat ook in klanten.csv"):
        controleer(tmp_path, EXPORT, GOED)


def test_a_double_code(tmp_path):
    toml = GOED.replace('"Nr"', '"Nr", geslacht = "M/V"') + 'codes.geslacht = "g.csv"\n'
    (regel,) = fouten(tmp_path, toml, g__csv="code,betekenis\nm,man\nm,vrouw\n")
    assert "de code 'm' staat er twee keer in koppeling/g.csv" in regel


QUERY = """
[bron.clienten]
bestand = "clienten.csv"
[tabel.klanten]
query = "klanten.sql"
"""


@pytest.mark.parametrize(
    ("sql", "zin"),
    [
        ("SELECT Nr AS klant_id, x FROM clienten", 'Referenced column "x" not found'),
        ("SELECT Nr AS klant_id, Team FROM clienten", "heeft geen kolom Team"),
        ("SELECT Geboren AS geboortedatum FROM clienten", "de verplichte kolom klant_id ontbreekt"),
        ("SELECT Nr AS klant_id FROM clinten", "de tabel clinten is er niet. Mogelijk zijn: clienten"),
        ("SELECT Nr AS klant_id FROM clienten; SELECT 1", "2 opdrachten"),
        ("DELETE FROM clienten", "DELETE"),
        ("SELEC Nr", "geen leesbare SQL"),
        ("   ", "is leeg"),
    ],
)
def test_a_query_is_held_against_our_table_before_it_runs(tmp_path, sql, zin):
    gevonden = fouten(tmp_path, QUERY, klanten__sql=sql)
    assert any(zin in regel for regel in gevonden), gevonden
    assert all("tabel.klanten" in regel for regel in gevonden)
