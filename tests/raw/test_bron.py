"""``kopanalyse bron``: what is in bron/, a first koppeling, and what a koppeling does with a delivery."""

from __future__ import annotations

import tomllib

import pytest

from kopanalyse.cli import main
from kopanalyse.errors import DataError
from kopanalyse.raw.bron.draft import write_draft
from kopanalyse.raw.bron.scan import lines, scan
from kopanalyse.raw.bron.trial import trial
from kopanalyse.settings import standard_settings
from tests.raw.exporteren import zet

CLIENTEN = "Overzicht\n\nCliëntnummer;Geboortedatum;M/V;Naam\n" + "".join(
    f"{n:04};{n % 28 + 1:02}/03/1980;{'MV'[n % 2]};Persoon {n}\n" for n in range(30)
)
CONTACTEN = "Contactnr;Dossiernummer;Datum;Soort contact;Duur\n" + "".join(
    f"{n};{n % 7};{n % 28 + 1:02}-01-2019;{'Telefonisch' if n % 3 else 'Huisbezoek'};0:{n + 10}\n" for n in range(30)
)
DOSSIERS = "Dossiernummer;Cliëntnummer;Product;Begindatum\n" + "".join(f"{n:02};{n};MW;01-02-2019\n" for n in range(7))


@pytest.fixture
def exports(tmp_path):
    zet(
        tmp_path,
        {
            "clienten.csv": CLIENTEN,
            "jaar/contacten_2019.csv": CONTACTEN,
            "jaar/contacten_2020.csv": CONTACTEN,
            "dossiers.csv": DOSSIERS,
            "kapot.xlsx": b"geen werkmap",
        },
        "",
    )
    (tmp_path / "raw" / "proef" / "koppeling.toml").unlink()
    return tmp_path / "raw" / "proef"


def test_a_scan_shows_what_is_there_and_nobody(exports):
    tekst = "\n".join(lines(list(scan(exports))))
    assert "clienten.csv: 30 rijen, 4 kolommen, namen op rij 3" in tekst
    assert "M/V: 100% gevuld, 2 waarden; het meest: M (15), V (15)" in tekst
    assert "Naam: 100% gevuld, 30 waarden\n" in tekst and "Persoon" not in tekst
    assert "Geboortedatum: 100% gevuld, 28 waarden, dd/mm/jjjj" in tekst and "/03/1980" not in tekst
    assert "kapot.xlsx" in tekst


def test_a_value_that_occurs_nine_times_is_not_shown(tmp_path):
    rijen = "".join(f"{n};{'vaak' if n < 10 else 'zelden'}\n" for n in range(19))
    zet(tmp_path, {"a.csv": f"Nummer;Woord\n{rijen}"}, "")
    tekst = "\n".join(lines(list(scan(tmp_path / "raw" / "proef"))))
    assert "vaak (10)" in tekst and "zelden" not in tekst


def test_a_first_koppeling_can_be_carried_out(exports, tmp_path):
    gemaakt = write_draft(exports, list(scan(exports)), standard_settings("proef").codelijsten)
    inhoud = tomllib.loads((exports / "koppeling.toml").read_text())
    assert inhoud["bron"]["contacten"]["bestand"] == "jaar/contacten_*.csv"
    assert inhoud["bron"]["clienten"]["datumvorm"] == "%d/%m/%Y"
    assert inhoud["tabel"]["klanten"]["kolommen"] == {
        "klant_id": "Cliëntnummer",
        "geboortedatum": "Geboortedatum",
        "geslacht": "M/V",
    }
    assert inhoud["tabel"]["contacten"]["uren"] == ["minuten"]
    assert "M,man,15" in (exports / "koppeling" / "geslacht_clienten.csv").read_text()
    tekst = (exports / "koppeling.toml").read_text()
    assert "# kapot.xlsx" in tekst and "kolommen zonder plaats: Naam" in tekst and "Persoon" not in tekst
    assert any(
        regel.strip().startswith("klanten (uit clienten): 30 rijen erin, 30 eruit")
        for regel in trial(exports, tmp_path / "processed")
    )
    with pytest.raises(DataError, match="wordt niet overschreven"):
        write_draft(exports, list(scan(exports)), standard_settings("proef").codelijsten)
    assert (exports / "koppeling.toml").read_text() == tekst and len(gemaakt) >= 3


def ontwerp(tmp_path, **bestanden):
    """The draft for these exports, as TOML says it, and the folder."""
    zet(tmp_path, {naam.replace("__", "."): inhoud for naam, inhoud in bestanden.items()}, "")
    map_ = tmp_path / "raw" / "proef"
    (map_ / "koppeling.toml").unlink()
    write_draft(map_, list(scan(map_)), standard_settings("proef").codelijsten)
    return tomllib.loads((map_ / "koppeling.toml").read_text()), map_


def test_a_draft_rests_on_all_files_of_a_source(tmp_path):
    kop = "Nr;Dossiernr;Datum;Soort contact;Duur (u:mm)\n"
    jaren = {
        f"contacten_{jaar}__csv": kop
        + "".join(
            f"{jaar}{n};1;01-02-{jaar};{'Huisbezoek' if n % 2 else 'Telefoon'};{'0:30' if n else ''}\n"
            for n in range(rijen)
        )
        for jaar, rijen in ((2018, 1), (2019, 30))
    }
    inhoud, map_ = ontwerp(tmp_path, **jaren)
    assert inhoud["tabel"]["contacten"]["kolommen"]["minuten"] == "Duur (u:mm)"
    assert inhoud["tabel"]["contacten"]["uren"] == ["minuten"]
    lijst = (map_ / "koppeling" / inhoud["tabel"]["contacten"]["codes"]["vorm"]).read_text().splitlines()
    assert lijst[1:] == ["Huisbezoek,face_to_face,15,lijkt erop", "Telefoon,telefonisch,15,lijkt erop"]


def test_a_score_is_no_doel_and_a_list_no_truth(tmp_path):
    domeinen = ["Financiën", "Huisvesting", "Sociaal netwerk"]
    kop = [
        "Dossiernr",
        "Moment",
        "Datum",
        *(f"ZRM {d}{doel}" for d in domeinen for doel in ("", " doel")),
        "Hoofddomeinen",
    ]
    rijen = [["1", "Beginmeting", "2019-01-01", *["3", "4" if n < 5 else ""] * 3, f"lijst {n}"] for n in range(20)]
    inhoud, map_ = ontwerp(tmp_path, zrm__csv="\n".join(map(";".join, [kop, *rijen])))
    assert inhoud["tabel"]["zrm_metingen"]["breed"]["kolommen"] == [f"ZRM {domein}" for domein in domeinen]
    assert "hoofddomein" not in inhoud["tabel"]["zrm_metingen"]["kolommen"]
    assert "Beginmeting,intake,20,lijkt erop" in next((map_ / "koppeling").glob("moment*")).read_text()


def test_a_column_is_found_by_its_values_and_thousands_by_their_form(tmp_path):
    rijen = "".join(f"{n};{n};MW;01-02-2019;{('casus', 'kort')[n % 2]}\n" for n in range(40))
    inhoud, _ = ontwerp(
        tmp_path,
        dossiers__csv=f"Dossiernummer;Cliëntnummer;Product;Begindatum;Aard\n{rijen}",
        wijken__csv="Wijk;Inwoners\nA;4.012\nB;903\nC;12.004\n",
        plaatsen__csv="Kern;Breedtegraad\nA;52.712\nB;52.713\n",
    )
    assert inhoud["tabel"]["trajecten"]["kolommen"]["dienstverlening"] == "Aard"
    assert inhoud["bron"]["wijken"]["getalvorm"] == "1.234,5" and "getalvorm" not in inhoud["bron"]["plaatsen"]


@pytest.mark.parametrize(
    "slot, voettekst", [("Aantal: 12;;", "Aantal: *"), ("Eindtotaal;;", "Eindtotaal*"), ("0031;;", None)]
)
def test_a_last_row_that_counts_is_a_footer(tmp_path, slot, voettekst):
    inhoud, map_ = ontwerp(tmp_path, clienten__csv=f"Cliëntnummer;Geboortedatum;M/V\n12;1980-01-01;M\n{slot}\n")
    assert inhoud["bron"]["clienten"].get("voettekst") == voettekst
    assert ("met een slotregel" in next(lines(list(scan(map_))))) == (voettekst is not None)


def test_keys_are_never_shown_however_often_they_occur(tmp_path):
    rijen = "".join(f"D{n % 60:03};W{n % 60:03};{'ja' if n % 2 else 'nee'};mw{n % 3}\n" for n in range(1200))
    zet(tmp_path, {"a.csv": f"Dossiernr;Volg;Vraag;Wie\n{rijen}"}, "")
    tekst = "\n".join(lines(list(scan(tmp_path / "raw" / "proef"))))
    assert "D001" not in tekst and "W001" not in tekst and "ja (600)" in tekst and "mw0 (400)" in tekst


TOML = """
[bron.clienten]
bestand = "clienten.csv"
[bron.dossiers]
bestand = "dossiers.csv"
[tabel.klanten]
bron = "clienten"
kolommen = { klant_id = "Cliëntnummer", geslacht = "M/V" }
codes.geslacht = { M = "man", X = "anders" }
weglaten = { Naam = ["Persoon 3"] }
[tabel.trajecten]
bron = "dossiers"
kolommen = { traject_id = "Dossiernummer", klant_id = "Cliëntnummer", startdatum = "Begindatum" }
vast = { trajectsoort = "individueel" }
"""


def test_a_trial_says_what_the_koppeling_does(exports, tmp_path):
    (exports / "koppeling.toml").write_text(TOML)
    tekst = "\n".join(trial(exports, tmp_path / "processed"))
    assert "klanten (uit clienten): 30 rijen erin, 29 eruit" in tekst and "1 van de 30 rijen weggelaten" in tekst
    assert "clienten: niet gebruikt: Geboortedatum" in tekst and "dossiers: niet gebruikt: Product" in tekst
    assert "klanten.geslacht: in de codelijst, niet in de levering: X" in tekst
    assert "klanten.geslacht: in de levering, niet in de codelijst (blijven staan): V (14)" in tekst
    assert "trajecten.klant_id: 7 van 7 verwijzingen passen op geen rij van klanten" in tekst
    assert "6 keer: alleen de voorloopnullen verschillen; zet sleutel_breedte = { klant_id = 4 } onder" in tekst
    assert "6 keer: alleen de voorloopnullen" in tekst and "1 keer: er is niets dat erop lijkt" in tekst
    assert "nog geen vorige levering" in tekst


def test_a_trial_says_what_is_new_since_the_last_delivery(exports, tmp_path):
    (exports / "koppeling.toml").write_text(TOML)
    trial(exports, tmp_path / "processed")
    nieuw = "Cliëntnummer;M/V;Naam;BSN\n" + "".join(f"{n:04};{'MVQ'[n % 3]};Persoon {n};\n" for n in range(30))
    (exports / "bron" / "clienten.csv").write_text(nieuw)
    for _ in range(2):  # the same files again are no new delivery
        tekst = "\n".join(trial(exports, tmp_path / "processed"))
        assert "clienten: nieuw sinds de vorige levering: BSN" in tekst
        assert "clienten: weg sinds de vorige levering: Geboortedatum" in tekst
        assert "klanten.geslacht: nieuw sinds de vorige levering: Q" in tekst


def test_the_command_line(exports, capsys, tmp_path):
    basis = ["bron", "--organisatie", "proef", "--raw", str(exports.parent), "--processed", str(tmp_path / "p")]
    assert main(basis) == 0 and "clienten.csv: 30 rijen" in capsys.readouterr().out
    assert main([*basis, "--toets"]) == 1 and "--ontwerp" in capsys.readouterr().err
    assert main([*basis, "--ontwerp"]) == 0 and "koppeling.toml is gemaakt" in capsys.readouterr().out
    assert main([*basis, "--ontwerp"]) == 1 and "niet overschreven" in capsys.readouterr().err
    assert main([*basis, "--toets"]) == 0 and "Sleutels die nergens passen" in capsys.readouterr().out
    assert main([*basis, "--toets", "--ontwerp"]) == 2
    assert main(["bron", "--organisatie", "leeg", "--raw", str(exports.parent)]) == 1
    assert "staat niets" in capsys.readouterr().err
