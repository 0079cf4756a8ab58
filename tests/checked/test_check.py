"""What a check leaves behind: nothing lost, everything as it stood, and the whole result or the old one."""

import csv
import io
import os
import time
from datetime import date

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kopanalyse.checked import check as check_module
from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.words import strip, table, today
from kopanalyse.raw.formats.forms import ReadError
from kopanalyse.raw.names import is_blank
from kopanalyse.raw.schema import TABELLEN, column_types
from tests.checked.controle import run
from tests.tabel import ARROW

KLANTEN = "klant_id,geslacht\n1,man\n2,x\n1,vrouw\n"


def files(map_):
    """Every file below a folder, with its bytes."""
    return {str(pad.relative_to(map_)): pad.read_bytes() for pad in sorted(map_.rglob("*")) if pad.is_file()}


def as_csv(rijen, **vorm):
    uit = io.StringIO(newline="")
    csv.writer(uit, **vorm).writerows(rijen)
    return uit.getvalue()


# The files


def test_the_files_of_a_check(tmp_path):
    uit = run(tmp_path, {"klanten": KLANTEN, "hulpvragen": "traject_id,hulpvraag\n1,a\n"})
    assert sorted(files(uit.map)) == [
        "bevindingen.csv",
        "bevindingen.xlsx",
        "checked/hulpvragen.parquet",
        "checked/klanten.parquet",
        "herkomst.json",
        "inlezen.csv",
        "quarantaine/klanten.csv",
    ]
    assert (uit.map / "inlezen.csv").read_text() == (
        "tabel,gelezen,schoon,quarantaine\nklanten,3,2,1\nhulpvragen,1,1,0\n"
    )
    assert (uit.map / "quarantaine/klanten.csv").read_text() == (
        "bestand,regelnummer,klant_id,geslacht\nklanten.csv,4,1,vrouw\n"
    )
    assert list(uit.bevindingen[0]) == [
        "tabel",
        "bestand",
        "regelnummer",
        "sleutel",
        "kolom",
        "waarde",
        "regel",
        "melding",
        "gewicht",
    ]
    telling, _ = uit.controle.inlezen
    assert (telling.tabel, telling.gelezen, telling.schoon, telling.quarantaine) == ("klanten", 3, 2, 1)
    assert (uit.controle.fouten, uit.controle.waarschuwingen) == (1, 1)


def test_the_worklist_puts_causes_first_and_keeps_texts_as_texts(tmp_path):
    uit = run(
        tmp_path,
        {
            "klanten": "klant_id,geslacht\n0017,=1+1\n0017,man\n",
            "trajecten": "traject_id,klant_id,trajectsoort,startdatum\n1,0018,individueel,gisteren\n",
            "contacten": "contact_id,traject_id,datum\n1,1,2019-01-01\n",
        },
    )
    boek = openpyxl.load_workbook(uit.map / "bevindingen.xlsx")
    assert boek.sheetnames == ["oorzaken", "fouten", "waarschuwingen"] and boek.active.title == "oorzaken"
    fouten, waarschuwingen = ([list(rij) for rij in boek[naam].iter_rows()] for naam in boek.sheetnames[1:])
    for rijen in (fouten, waarschuwingen):
        assert [cel.value for cel in rijen[0]] == [*uit.bevindingen[0], "oorzaak"]
    assert [(rij[0].value, rij[6].value) for rij in fouten[1:]] == [
        ("klanten", "dubbele_sleutel"),
        ("trajecten", "onbekende_verwijzing"),
        ("trajecten", "onleesbaar"),
        ("contacten", "ouder_in_quarantaine"),
    ]
    assert fouten[1][3].value == "0017"
    assert [(rij[6].value, rij[5].value, rij[5].data_type) for rij in waarschuwingen[1:]] == [
        ("onbekende_code", "=1+1", "s")
    ]


def test_the_worklist_opens_on_one_row_per_cause(tmp_path):
    vormen = ["brief"] * 7 + ["=fax"] + ["brief"] * 5
    datums = ["31/12/2019", "gisteren", "30/11/2019"] + ["2019-01-01"] * 10
    uit = run(
        tmp_path,
        {
            "contacten": "contact_id,traject_id,datum,vorm\n"
            + "".join(f"{nummer},1,{datum},{vorm}\n" for nummer, (vorm, datum) in enumerate(zip(vormen, datums)))
        },
    )
    boek = openpyxl.load_workbook(uit.map / "bevindingen.xlsx")
    kop, *rijen = boek["oorzaken"].iter_rows(values_only=True)
    assert kop == ("nummer", "gewicht", "tabel", "kolom", "regel", "waarde", "aantal", "regelnummers", "wat te doen")
    assert [rij[:8] for rij in rijen] == [
        (1, "fout", "contacten", "datum", "onleesbaar", "31/12/2019", 2, "2, 4"),
        (2, "fout", "contacten", "datum", "onleesbaar", "gisteren", 1, "3"),
        (3, "waarschuwing", "contacten", "vorm", "onbekende_code", "brief", 12, "2, 3, 4, 5, 6 …"),
        (4, "waarschuwing", "contacten", "vorm", "onbekende_code", "=fax", 1, "9"),
    ]
    assert all(rij[8].startswith("Deze waarde ") for rij in rijen)
    achter = list(boek["waarschuwingen"].iter_rows(min_row=2, values_only=True))
    assert [(rij[2], rij[9]) for rij in achter] == [(regel, 4 if regel == 9 else 3) for regel in range(2, 15)]


def test_a_worklist_that_does_not_hold_everything_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("kopanalyse.checked.causes.WERKLIJST", 2)
    for aantal in (2, 3):
        rijen = "".join(f"{nummer},x\n" for nummer in range(aantal))
        uit = run(tmp_path / str(aantal), {"klanten": f"klant_id,geslacht\n{rijen}"})
        assert len(uit.bevindingen) == aantal
        boek = openpyxl.load_workbook(uit.map / "bevindingen.xlsx")
        assert boek["waarschuwingen"].max_row == 3 and boek["oorzaken"]["G2"].value == aantal
        assert uit.controle.notities == (
            ()
            if aantal == 2
            else (
                "bevindingen.xlsx heeft alle oorzaken en de eerste 2 van de 3 bevindingen; bevindingen.csv heeft ze "
                "alle.",
            )
        )


def test_a_table_that_is_referred_to_but_not_there_is_noted(tmp_path):
    uit = run(tmp_path, {"contacten": "contact_id,traject_id,datum\n1,1,2019-01-01\n"})
    assert "de tabel trajecten is er niet" in uit.controle.notities[0]


def test_a_clean_table_has_all_columns_in_their_order_with_their_type(tmp_path):
    uit = run(tmp_path, {tabel.naam: ",".join(reversed(tabel.verplicht)) + "\n" for tabel in TABELLEN.values()})
    for tabel in TABELLEN.values():
        schema = pq.read_schema(uit.map / "checked" / f"{tabel.naam}.parquet")
        assert dict(zip(schema.names, schema.types)) == {
            naam: ARROW[soort] for naam, soort in column_types(tabel).items()
        }, tabel.naam


def test_findings_are_sorted_by_table_line_and_column(tmp_path):
    uit = run(
        tmp_path,
        {
            "klanten": "klant_id\n" + "\n".join(["1"] * 12),
            "contacten": "contact_id,traject_id,datum,vorm,minuten\n1,1,1999-01-01,x,x\n2,1,1999-01-01,,\n",
        },
    )
    volgorde = [(b["tabel"], int(b["regelnummer"]), b["kolom"]) for b in uit.bevindingen]
    assert volgorde == sorted(volgorde) and len(volgorde) == 15


def test_clean_rows_stay_in_the_order_of_the_file(tmp_path):
    sleutels = [str(nummer % 1999) for nummer in range(6_000, 0, -1)]
    uit = run(tmp_path, {"klanten": "klant_id\n" + "\n".join(sleutels)})
    assert [rij["klant_id"] for rij in uit.clean("klanten")] == sleutels[:1999]


def test_quarantine_keeps_the_row_as_it_stood(tmp_path):
    uit = run(
        tmp_path,
        {
            "klanten": as_csv(
                [["klant_id", "KLANT_ID", "", "bestand", "geboortedatum"], ["", " k ", "\r\n", '=1+1;"', " 31-13-2019"]]
            )
        },
    )
    with (uit.map / "quarantaine/klanten.csv").open(encoding="utf-8", newline="") as bestand:
        assert list(csv.reader(bestand)) == [
            ["bestand", "regelnummer", "klant_id", "KLANT_ID", "", "bestand", "geboortedatum"],
            ["klanten.csv", "2", "", " k ", "\r\n", '=1+1;"', " 31-13-2019"],
        ]


def test_notes_and_progress(tmp_path):
    gehoord = []
    uit = run(tmp_path, {"klanten": "klant_id,haarkleur\n" + "1\n" * 1_200, "trajekten.csv": ""}, meld=gehoord.append)
    assert gehoord == ["klanten lezen", "klanten: 1.200 rijen gelezen, 1.199 in quarantaine"]
    assert uit.controle.notities == (
        "trajekten.csv: dit bestand hoort bij geen tabel en is niet gelezen. Bedoelde u trajecten.csv, trajecten.xlsx "
        "of trajecten.parquet?",
        "klanten.csv: de kolom haarkleur hoort niet bij klanten en is niet gebruikt.",
    )


# The same tables whatever the form

RIJEN = [
    ["traject_id", "klant_id", "team", "trajectsoort", "startdatum", "einddatum", "netwerk_gevraagd", "verwijzer"],
    ["0017", "1", 'Oost; "zo"', "individueel", "2019-01-01", "", "ja", "Gemeente > WIZ, 1"],
    ["NA", "1", "=1+1", "leun_en_steun", "2019-01-01", "2018-01-01", "misschien", "é\n’s avonds"],
    ["0017", "2", "", "Individueel", "2019-02-30", "x", "", "null"],
]


def _xlsx(pad):
    boek = openpyxl.Workbook()
    for nummer, rij in enumerate(RIJEN, start=1):
        for plaats, waarde in enumerate(rij, start=1):
            boek.active.cell(nummer, plaats, waarde or None).data_type = "s" if waarde else "n"
    boek.save(pad)


def _parquet(pad):
    kop, *rijen = RIJEN
    pq.write_table(pa.table({naam: [rij[plaats] or None for rij in rijen] for plaats, naam in enumerate(kop)}), pad)


@pytest.mark.parametrize("vorm", ["puntkomma", "windows_1252", "alles_tussen_aanhalingstekens", "xlsx", "parquet"])
def test_every_form_of_file_gives_the_same_result(tmp_path, vorm):
    (tmp_path / "komma").mkdir()
    gewoon = run(tmp_path / "komma", {"trajecten": as_csv(RIJEN)})
    bestanden = {
        "puntkomma": {"trajecten": "\ufeff" + as_csv(RIJEN, delimiter=";", lineterminator="\n")},
        "windows_1252": {"trajecten": as_csv(RIJEN, delimiter=";").encode("cp1252")},
        "alles_tussen_aanhalingstekens": {"trajecten": as_csv(RIJEN, quoting=csv.QUOTE_ALL)},
    }
    raw = tmp_path / "raw" / "test"
    raw.mkdir(parents=True)
    if vorm not in bestanden:
        {"xlsx": _xlsx, "parquet": _parquet}[vorm](raw / f"trajecten.{vorm}")
    uit = run(tmp_path, bestanden.get(vorm, {}))

    def without_place(rijen):
        return [
            {naam: waarde for naam, waarde in rij.items() if naam not in ("bestand", "regelnummer", "melding")}
            for rij in rijen
        ]

    assert uit.clean("trajecten") == gewoon.clean("trajecten") != []
    assert without_place(uit.bevindingen) == without_place(gewoon.bevindingen) != []
    assert without_place(uit.quarantine("trajecten")) == without_place(gewoon.quarantine("trajecten")) != []
    assert uit.inlezen == gewoon.inlezen


# Parquet files of texts, which are taken as they stand


def _raw(map_, naam, tabel):
    raw = map_ / "raw" / "test"
    raw.mkdir(parents=True, exist_ok=True)
    pq.write_table(tabel, raw / f"{naam}.parquet", row_group_size=20_000)


def test_a_parquet_file_of_texts_is_taken_under_our_names_with_the_place_of_the_row(tmp_path):
    _raw(
        tmp_path,
        "klanten",
        pa.table(
            {
                "haarkleur ": ["rood", "grijs", None],
                " klant_id ": [" 1", "2", "1"],
                "geslacht": pa.array(["man", " x", "man"]).dictionary_encode(),
            }
        ),
    )
    uit = run(tmp_path, {})
    assert uit.clean("klanten") == [{"klant_id": "1", "geslacht": "man"}, {"klant_id": "2", "geslacht": "onbekend"}]
    assert uit.found() == [
        (2, "geslacht", "onbekende_code", "waarschuwing"),
        (3, "klant_id", "dubbele_sleutel", "fout"),
    ]
    assert uit.bevindingen[0]["waarde"] == " x"
    assert uit.quarantine("klanten") == [
        {"bestand": "klanten.parquet", "regelnummer": "3", "haarkleur": "", "klant_id": "1", "geslacht": "man"}
    ]


@pytest.mark.parametrize("namen", [("klant_id", "KLANT_ID"), ("klant_id", ""), ("klant_id", "file_row_number")])
def test_names_that_an_engine_would_confuse_do_no_harm(tmp_path, namen):
    _raw(tmp_path, "klanten", pa.table([["1"], ["2"]], names=list(namen)))
    assert run(tmp_path, {}).clean("klanten") == [{"klant_id": "1"}]


def test_a_parquet_file_that_turns_out_to_be_damaged_stops_the_run_and_is_named(tmp_path):
    kenmerken = pa.array([b"1", b"\xff"], pa.binary()).view(pa.string())
    _raw(tmp_path, "klanten", pa.table({"klant_id": kenmerken}))
    with pytest.raises(ReadError) as fout:
        run(tmp_path, {})
    assert str(fout.value) == (
        "klanten.parquet is geen leesbaar Parquet-bestand (de inhoud is beschadigd). Verwacht wordt "
        "een tabel met minstens de kolommen klant_id."
    )
    assert not list((tmp_path / "processed" / "test").iterdir())


def test_clean_rows_keep_the_order_of_the_file_also_when_several_processors_work_on_them(tmp_path):
    kenmerken = [f"K{nummer}" for nummer in range(400_000)]
    _raw(tmp_path, "klanten", pa.table({"klant_id": kenmerken, "geslacht": ["man", "vrouw"] * 200_000}))
    uit = run(tmp_path, {})
    assert pq.read_table(uit.map / "checked" / "klanten.parquet")["klant_id"].to_pylist() == kenmerken


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("a!~\x7f \t\r\n\x1c\x85\xa0\u0301\u200d\u2003\u3000\u00e9\U0001f469", max_size=5), min_size=1))
def test_white_space_goes_from_both_sides_as_python_takes_it(teksten):
    with Engine() as engine:
        engine.add("rijen", pa.table({"tekst": teksten}))
        rijen = table("rijen", {"tekst": "string"})
        assert engine.values(rijen.select(tekst=strip(rijen.tekst))) == [tekst.strip() for tekst in teksten]


def test_every_way_to_ask_knows_the_day():
    rijen = table("rijen", {"a": "int64"}).select(dag=today())
    with Engine() as engine:
        engine.add("rijen", pa.table({"a": [1]}))
        engine.start_on(date(2020, 2, 29))
        assert list(engine.rows(rijen)) == [(date(2020, 2, 29),)]
        assert engine.values(rijen) == engine.fetch(rijen).column(0).to_pylist() == [date(2020, 2, 29)]


# Queries that were kept


@pytest.mark.parametrize(
    "anders",
    [
        {"bestanden": {"klanten": "klant_id;haarkleur;geslacht\n1;rood;vrouw\n2;grijs;x"}},
        {"bestanden": {"kernen": "kern;inwoners\nDorp;10"}},
        {"vandaag": date(2018, 1, 1)},
        {"instellingen": '[codelijsten]\ngeslacht = ["vrouw", "x"]'},
    ],
    ids=lambda anders: next(iter(anders)),
)
def test_kept_queries_are_those_of_these_files_settings_and_day(tmp_path, anders):
    gewoon = {"klanten": "klant_id;geslacht;geboortedatum;kern\n1;vrouw;2018-05-01;Dorp\n2;x;2000-01-01;"}
    run(tmp_path / "toen", gewoon, queries=tmp_path / "queries")
    nieuw = {"bestanden": gewoon | anders.pop("bestanden", {}), **anders}
    kaal, bewaard = (
        run(tmp_path / naam, **nieuw, **meer)
        for naam, meer in (("kaal", {}), ("bewaard", {"queries": tmp_path / "queries"}))
    )
    assert bewaard.bevindingen == kaal.bevindingen and bewaard.clean("klanten") == kaal.clean("klanten")
    assert bewaard.inlezen == kaal.inlezen


@pytest.mark.parametrize("komt", [True, False], ids=["comes", "goes"])
def test_an_unknown_column_that_comes_or_goes_makes_no_sentence_anew(komt, tmp_path, monkeypatch):
    kaal = {"klanten": "klant_id;geslacht;geboortedatum\n1;vrouw;2018-05-01\n2;x;2000-01-40"}
    vol = {"klanten": "klant_id;haarkleur;geslacht;geboortedatum\n1;rood;vrouw;2018-05-01\n2;grijs;x;2000-01-40"}
    eerst, nu = (kaal, vol) if komt else (vol, kaal)
    toen = run(tmp_path / "toen", eerst, queries=tmp_path / "queries")

    def made(*_):
        raise AssertionError("a sentence was made anew")

    monkeypatch.setattr("kopanalyse.checked.findings._finding", made)
    uit = run(tmp_path / "nu", nu, queries=tmp_path / "queries")
    assert len(uit.bevindingen) == 2 and uit.bevindingen == toen.bevindingen
    assert uit.inlezen == toen.inlezen


# Nothing lost

waarde = st.sampled_from(
    [
        "",
        " ",
        "1",
        "2",
        "01",
        "man",
        "x",
        "ja",
        "2019-01-01",
        "01-01-2021",
        "1899-01-01",
        "alle",
        "totaal",
        "individueel",
        "kort",
        "NA",
        "3,0",
        "99",
        "-1",
    ]
) | st.text(max_size=4)


@st.composite
def _table(draw, naam):
    kolommen = [kolom.naam for kolom in TABELLEN[naam].kolommen] + ["onbekend"]
    rij = st.lists(waarde, max_size=len(kolommen) + 1).filter(lambda rij: not is_blank("".join(rij)))
    return kolommen, draw(st.lists(rij, max_size=6))


@settings(max_examples=15, deadline=None)
@given(
    klanten=_table("klanten"),
    trajecten=_table("trajecten"),
    zrm=_table("zrm_metingen"),
    scheiding=st.sampled_from(",;"),
)
def test_every_row_is_clean_or_in_quarantine(tmp_path_factory, klanten, trajecten, zrm, scheiding):
    tabellen = {"klanten": klanten, "trajecten": trajecten, "zrm_metingen": zrm}
    uit = run(
        tmp_path_factory.mktemp("t"),
        {
            naam: as_csv([kop, *rijen], delimiter=scheiding).encode("utf-8", "replace")
            for naam, (kop, rijen) in tabellen.items()
        },
    )
    met_fout = {(b["tabel"], b["regelnummer"]) for b in uit.bevindingen if b["gewicht"] == "fout"}
    assert met_fout == {(naam, rij["regelnummer"]) for naam in tabellen for rij in uit.quarantine(naam)}
    for naam, (_, rijen) in tabellen.items():
        schoon, quarantaine = len(uit.clean(naam)), len(uit.quarantine(naam))
        assert uit.inlezen[naam] == (len(rijen), schoon, quarantaine) and schoon + quarantaine == len(rijen)
    plaatsen = [(b["tabel"], b["regelnummer"], b["kolom"], b["regel"]) for b in uit.bevindingen]
    assert len(set(plaatsen)) == len(plaatsen)


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=60))
def test_whatever_bytes_are_read_or_refused(tmp_path_factory, inhoud):
    map_ = tmp_path_factory.mktemp("b")
    try:
        uit = run(map_, {"klanten": b"klant_id;kern\n" + inhoud})
    except ReadError as fout:
        assert "klanten.csv" in str(fout)
        assert files(map_ / "processed") == {}
        return
    gelezen, schoon, quarantaine = uit.inlezen["klanten"]
    assert (len(uit.clean("klanten")), len(uit.quarantine("klanten"))) == (schoon, quarantaine)
    assert gelezen == schoon + quarantaine


HOSTILE = {
    "aanhalingstekens": 'a"b""c',
    "regeleinden": "a\r\nb\rc\nd",
    "formule": "=1+1",
    "nul": "a\x00b",
    "lang": "x" * 50_000,
    "sql": "'; DROP TABLE klanten; --",
    "accolades": "{kolom} %s \\",
    "html": "<script>alert(1)</script>",
    "scheidingstekens": ",;\t|",
    "emoji": "👩‍👩‍👧",
    "rechts_naar_links": "\u202egnitset",
    "nfd": "e\u0301",
}


@pytest.mark.parametrize("soort", HOSTILE)
def test_hostile_values_come_through_as_they_are(tmp_path, soort):
    waarde = HOSTILE[soort]
    uit = run(
        tmp_path,
        {
            "klanten": as_csv([["klant_id", waarde.strip()[:100]], [waarde, waarde]]),
            "trajecten": as_csv(
                [
                    ["traject_id", "klant_id", "team", "trajectsoort", "startdatum"],
                    [waarde, waarde, waarde, waarde, "2019-01-01"],
                    ["2", waarde, waarde, waarde, waarde],
                ]
            ),
        },
    )
    bedoeld = {"emoji": "👩👩👧", "nfd": "é"}.get(
        soort, waarde
    )  # signs without width do not count; one form of a letter
    assert uit.clean("klanten") == [{"klant_id": bedoeld}]
    (traject,) = uit.clean("trajecten")
    assert (traject["traject_id"], traject["klant_id"], traject["team"]) == (bedoeld, bedoeld, bedoeld)
    assert [b["waarde"] for b in uit.bevindingen] == [waarde, waarde, waarde]
    assert uit.quarantine("trajecten")[0]["startdatum"] == waarde


# The whole result or the old one


def test_old_results_are_gone_and_the_figures_of_compute_stay(tmp_path):
    run(tmp_path, {"klanten": KLANTEN, "hulpvragen": "traject_id,hulpvraag\n1,a\n"})
    processed = tmp_path / "processed" / "test"
    (processed / "cijfers.csv").touch()
    (tmp_path / "raw" / "test" / "hulpvragen.csv").unlink()
    run(tmp_path, {"klanten": "klant_id\n1\n"})
    assert sorted(files(processed)) == [
        "bevindingen.csv",
        "bevindingen.xlsx",
        "checked/klanten.parquet",
        "cijfers.csv",
        "herkomst.json",
        "inlezen.csv",
    ]


def test_the_same_input_gives_the_same_bytes(tmp_path):
    eerst = files(run(tmp_path, {"klanten": KLANTEN}).map)
    time.sleep(2.1)  # longer than the steps in which a zip file keeps time
    assert files(run(tmp_path, {}).map) == eerst


def test_a_run_that_cannot_read_leaves_the_old_result_whole(tmp_path):
    oud = files(run(tmp_path, {"klanten": KLANTEN}).map)
    with pytest.raises(ReadError, match="trajecten.csv is leeg"):
        run(tmp_path, {"klanten": "klant_id\n9\n", "trajecten": ""})
    assert files(tmp_path / "processed" / "test") == oud
    assert sorted(os.listdir(tmp_path / "processed" / "test")) == sorted(check_module.UITKOMST)


def test_a_count_that_does_not_add_up_stops_the_run(tmp_path, monkeypatch):
    oud = files(run(tmp_path, {"klanten": KLANTEN}).map)
    monkeypatch.setattr(check_module, "write_quarantine", lambda *_: 0)
    with pytest.raises(RuntimeError, match="klanten: 3 rijen gelezen, maar 2 schoon en 0 in quarantaine"):
        run(tmp_path, {})
    assert files(tmp_path / "processed" / "test") == oud


@pytest.mark.parametrize("beurt", range(8))
def test_a_change_of_places_that_fails_is_undone(tmp_path, monkeypatch, beurt):
    oud = files(run(tmp_path, {"klanten": KLANTEN}).map)
    gewoon, beurten = os.replace, iter(range(99))

    def replace(van, naar):
        if next(beurten) == beurt:
            raise PermissionError("in gebruik")
        gewoon(van, naar)

    monkeypatch.setattr(
        "kopanalyse.files.os.replace",
        lambda van, naar: (
            replace(van, naar)
            if (".bezig-" in str(van) and str(naar).endswith(check_module.UITKOMST)) or ".oud-" in str(naar)
            else gewoon(van, naar)
        ),
    )
    with pytest.raises(PermissionError):
        run(tmp_path, {"klanten": "klant_id\n9\n"})
    assert files(tmp_path / "processed" / "test") == oud


@pytest.mark.parametrize("verplaatst, vervangen", [(0, 0), (2, 0), (4, 0), (4, 2), (4, 4)])
def test_a_run_that_was_killed_halfway_is_undone_by_the_next(tmp_path, verplaatst, vervangen):
    oud = files(run(tmp_path, {"klanten": KLANTEN}).map)
    processed = tmp_path / "processed" / "test"
    aside, half = processed / ".oud-999999", processed / ".bezig-999999"
    aside.mkdir(), half.mkdir()
    for naam in check_module.UITKOMST[:verplaatst]:
        os.replace(processed / naam, aside / naam)
    for naam in check_module.UITKOMST[:vervangen]:
        (processed / naam).write_text("nieuw")
    with pytest.raises(ReadError):
        run(tmp_path, {"klanten": "\x81"})  # reads nothing, but cleans up first
    assert files(processed) == oud
    assert sorted(os.listdir(processed)) == sorted(check_module.UITKOMST)


def test_what_a_killed_run_left_is_cleaned_up(tmp_path):
    processed = tmp_path / "processed" / "test"
    for rest in (".bezig-999999/gelezen", ".weg-999999/checked"):
        (processed / rest).mkdir(parents=True)
    run(tmp_path, {"klanten": KLANTEN})
    assert sorted(os.listdir(processed)) == sorted(check_module.UITKOMST)
