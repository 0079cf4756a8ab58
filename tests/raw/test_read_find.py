"""Which file holds which table: by its name, and never in silence as if a table were not there."""

import pytest

from kopanalyse.raw.tables.find import find_tables
from kopanalyse.raw.tables.read import ReadError


def touch(map_, *namen):
    for naam in namen:
        (map_ / naam).touch()


@pytest.mark.parametrize("naam", ["Kernen.csv", "KERNEN.CSV", "kernen\u00a0.csv", "ker\u200bnen.csv"])
def test_a_name_that_fits_is_taken(tmp_path, naam):
    touch(tmp_path, naam)
    bestanden, notities = find_tables(tmp_path)
    assert ({tabel: pad.name for tabel, pad in bestanden.items()}, notities) == ({"kernen": naam}, [])


def test_spaces_are_underscores(tmp_path):
    touch(tmp_path, "Informele Ondersteuning.xlsx")
    assert list(find_tables(tmp_path)[0]) == ["informele_ondersteuning"]


def test_the_exact_name_goes_before_one_that_fits(tmp_path):
    touch(tmp_path, "kernen.csv", "Kernen.xlsx")
    bestanden, notities = find_tables(tmp_path)
    assert bestanden["kernen"].name == "kernen.csv"
    assert notities == ["Kernen.xlsx: dit bestand is niet gelezen; de tabel heeft al een bestand."]


def test_names_that_fit_equally_stop_the_run(tmp_path):
    touch(tmp_path, "Kernen.csv", "KERNEN.xlsx", "klanten.csv", "klanten.parquet")
    with pytest.raises(ReadError) as fout:
        find_tables(tmp_path)
    assert str(fout.value).splitlines() == [
        f"De tabel {tabel} staat er twee keer: {namen}. Verwacht wordt één bestand per tabel; haal er een weg."
        for tabel, namen in (("klanten", "klanten.csv en klanten.parquet"), ("kernen", "KERNEN.xlsx en Kernen.csv"))
    ]


@pytest.mark.parametrize("naam", ["klanten.ods", "klanten.xls", "Klanten.XLSB", "klanten.xlsm", "klanten.zip"])
def test_another_form_of_a_table_that_is_not_there_stops_the_run(tmp_path, naam):
    touch(tmp_path, "kernen.csv", naam)
    with pytest.raises(ReadError, match=f"^{naam}: deze vorm wordt niet gelezen; bewaar als .xlsx"):
        find_tables(tmp_path)


@pytest.mark.parametrize(
    "naam",
    [
        "contacten (1).csv",
        "contacten(2).xlsx",
        "contacten - kopie.csv",
        "Kopie van contacten.xlsx",
        "Contacten - Copy (2).csv",
    ],
)
def test_a_copy_of_a_table_that_is_not_there_stops_the_run(tmp_path, naam):
    touch(tmp_path, "kernen.csv", naam)
    with pytest.raises(ReadError, match="zo heet geen tabel, en contacten is er niet; noem het bestand contacten"):
        find_tables(tmp_path)
    touch(tmp_path, "contacten.csv")
    bestanden, notities = find_tables(tmp_path)
    assert (bestanden["contacten"].name, len(notities)) == ("contacten.csv", 1)


def test_all_of_it_is_said_at_once(tmp_path):
    touch(tmp_path, "kernen.csv", "klanten.ods", "klanten.xls", "contacten (1).csv")
    with pytest.raises(ReadError) as fout:
        find_tables(tmp_path)
    assert [regel.split(":")[0] for regel in str(fout.value).splitlines()] == [
        "contacten (1).csv",
        "klanten.ods",
        "klanten.xls",
    ]


def test_a_folder_and_a_reference_to_nothing_are_noted(tmp_path):
    touch(tmp_path, "kernen.csv")
    (tmp_path / "klanten.csv").mkdir()
    (tmp_path / "bron").mkdir()
    (tmp_path / "contacten.csv").symlink_to(tmp_path / "weg.csv")
    (tmp_path / "trajecten.csv").symlink_to(tmp_path / "kernen.csv")
    bestanden, notities = find_tables(tmp_path)
    assert sorted(bestanden) == ["kernen", "trajecten"]
    assert notities == [
        "contacten.csv: deze verwijzing wijst naar een bestand dat er niet is, en is niet gelezen.",
        "klanten.csv: dit is een map en geen bestand, en is niet gelezen.",
    ]


@pytest.mark.parametrize("eigen", [True, False])
def test_exports_that_no_koppeling_reads_are_named(tmp_path, eigen):
    (tmp_path / "bron" / "2019").mkdir(parents=True)
    if eigen:
        (tmp_path / "klanten.csv").write_text("klant_id\n")
        assert find_tables(tmp_path)[1] == []  # an empty folder says nothing
    (tmp_path / "bron" / "2019" / "export.csv").write_text("a\n")
    zin = f"kopanalyse bron --organisatie {tmp_path.name} --ontwerp"
    if eigen:
        assert [zin in notitie for notitie in find_tables(tmp_path)[1]] == [True]
    else:
        with pytest.raises(ReadError, match=zin):
            find_tables(tmp_path)
    assert not [
        notitie for notitie in find_tables(tmp_path, ["klanten"] if not eigen else ["trajecten"])[1] if zin in notitie
    ]
