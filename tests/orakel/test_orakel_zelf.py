"""The oracle itself, on cases small enough to do by hand."""

from datetime import date

import pytest

from . import indicatoren
from .registratie import als_datum, als_geheel, als_janee, controleer, records
from .vergelijken import verschillen_cijfers
from .willekeurig import schrijf

VANDAAG = date(2025, 6, 1)


def registreer(map, **tabellen):
    """Write tables given as text and check them."""
    map.mkdir(exist_ok=True)
    for tabel, tekst in tabellen.items():
        regels = [regel.strip() for regel in tekst.strip().splitlines()]
        (map / f"{tabel}.csv").write_text("\n".join(regels), encoding="utf-8")
    return controleer(map, vandaag=VANDAAG)


def figuur(registratie, indicator, periode, categorie="totaal", subcategorie="", team="alle"):
    """The one row of a figure."""
    gevonden = [
        rij
        for rij in indicatoren.bereken(registratie)
        if (rij["indicator"], rij["periode"], rij["categorie"], rij["subcategorie"], rij["team"])
        == (indicator, periode, categorie, subcategorie, team)
    ]
    assert len(gevonden) == 1
    return gevonden[0]


def test_records_know_their_first_physical_line():
    tekst = 'a;b\r\n\r\n1;"x\ny;""z"""\r\n2;\r\n\n"";3'
    assert records(tekst, ";") == [(1, ["a", "b"]), (3, ["1", 'x\ny;"z"']), (5, ["2", ""]), (7, ["", "3"])]


@pytest.mark.parametrize(
    ("tekst", "dag"),
    [
        ("2020-02-29", date(2020, 2, 29)),
        ("29-02-2020", date(2020, 2, 29)),
        ("29-02-2019", None),
        ("1-2-2019", None),
        ("2019-1-02", None),
        ("20190102", None),
        ("NA", None),
    ],
)
def test_dates(tekst, dag):
    assert als_datum(tekst) == dag


def test_numbers_and_booleans():
    assert [als_geheel(t) for t in ("3", "3.0", "3,00", "03", "-3", "3.5", "", "nan")] == [3, 3, 3, 3] + [None] * 4
    assert [als_janee(t) for t in ("JA", "nee", "True", "0", "x")] == [True, False, True, False, None]


def test_first_of_two_keys_stays_the_holder_even_in_quarantine(tmp_path):
    registratie = registreer(
        tmp_path,
        klanten="klant_id\n0017\n17\n0017",
        trajecten="""traject_id;klant_id;trajectsoort;startdatum;einddatum
            T1;0017;individueel;morgen;
            T1;17;individueel;2019-01-01;
            T2;18;individueel;2019-01-01;
            T3;17;individueel;2019-01-02;01-01-2019
            T4;17;onbekende soort;2019-01-02;""",
        contacten="contact_id,traject_id,datum\nC1,T1,2019-01-01\nC2,T4,2018-12-31",
    )
    assert registratie.fouten == {
        ("klanten", 4, "klant_id", "dubbel"),
        ("trajecten", 2, "startdatum", "onleesbaar"),
        ("trajecten", 3, "traject_id", "dubbel"),
        ("trajecten", 4, "klant_id", "verwijzing"),
        ("trajecten", 5, "einddatum", "einddatum voor startdatum"),
        ("contacten", 2, "traject_id", "verwijzing"),
    }
    assert registratie.waarschuwingen == {
        ("trajecten", 6, "trajectsoort", "codelijst"),
        ("contacten", 3, "datum", "buiten traject"),
    }
    assert [rij["trajectsoort"] for rij in registratie.schoon["trajecten"]] == ["onbekend"]


def test_flows_on_the_edges_of_a_period(tmp_path):
    """T1 ends on the last day of 2018, T2 starts and ends on the first of 2019, T3 is open, T4 is later."""
    registratie = registreer(
        tmp_path,
        trajecten="""traject_id;klant_id;trajectsoort;team;startdatum;einddatum
            T1;K1;individueel;Oost;2017-01-01;31-12-2018
            T2;K1;individueel;Oost;2019-01-01;01-01-2019
            T3;K2;leun_en_steun;;2018-12-31;
            T4;K3;individueel;Zuid;2020-01-01;""",
    )
    for indicator, jaar2018, jaar2019 in [
        ("beginstand", 1, 1),
        ("instroom", 1, 1),
        ("uitstroom", 1, 1),
        ("eindstand", 1, 1),
    ]:
        assert figuur(registratie, indicator, "2018")["waarde"] == jaar2018
        assert figuur(registratie, indicator, "2019")["waarde"] == jaar2019
    assert figuur(registratie, "behandelde_casussen", "2019-K1", "individueel")["teller"] == 1
    assert figuur(registratie, "behandelde_casussen", "2019-K2", "individueel")["teller"] == 0
    assert figuur(registratie, "instroom", "2019", team="Zuid")["teller"] == 0
    assert figuur(registratie, "instroom", "2018", team="onbekend")["n_personen"] == 1


def test_pairs_with_ties(tmp_path):
    """On the first day the lowest score is the intake, then the lowest version; 99 is last but is no score."""
    registratie = registreer(
        tmp_path,
        trajecten="""traject_id;klant_id;trajectsoort;startdatum;einddatum
            T1;K1;individueel;2019-01-01;2019-05-01""",
        zrm_metingen="""traject_id;moment;datum;domein;score;hoofddomein;doelscore;zrm_versie
            T1;intake;2019-01-01;Financiën;99;ja;5;
            T1;intake;2019-01-01;Financiën;2;ja;4;2013
            T1;intake;2019-01-01;Financiën;2;ja;3;
            T1;intake;2018-12-31;Justitie;99;ja;;
            T1;intake;2019-01-01;Justitie;2;nee;;
            T1;eind;2019-05-01;Financiën;3;nee;1;
            T1;eind;2019-04-01;Financiën;5;;;
            T1;eind;2019-05-01;Justitie;3;;;
            T1;intake;2019-01-01;Zelfzorg;1;ja;;2013
            T1;eind;2019-05-01;Activiteiten dagelijks leven;4;ja;;2017
            T1;intake;2019-01-01;Huisvesting;3;1;;
            T1;eind;2018-05-01;Huisvesting;3;0;;""",
    )
    assert figuur(registratie, "zrm_groei", "2019")["teller"] == (3 - 2) + (3 - 3)
    assert figuur(registratie, "zrm_groei", "2019")["noemer"] == 2
    assert figuur(registratie, "zrm_overgang", "2019", "Financiën", "2>3")["teller"] == 1
    assert figuur(registratie, "zrm_doel_behaald", "2019", "Financiën")["waarde"] == 1  # 3 >= 3
    assert figuur(registratie, "zrm_intake", "2019", "Activiteiten dagelijks leven", "1")["teller"] == 1
    assert figuur(registratie, "zrm_intake", "2019", "totaal", "totaal")["teller"] == 3
    assert figuur(registratie, "complexiteit", "2019", "complex")["teller"] == 1  # Justitie counts though it is 99
    assert figuur(registratie, "zrm_groei", "2019", "Justitie")["waarde"] is None
    assert figuur(registratie, "zrm_volledig", "2019")["waarde"] == 1


def test_contacts_and_clients(tmp_path):
    registratie = registreer(
        tmp_path,
        klanten="klant_id;geboortedatum;geslacht;kern\nK1;2000-12-31;man;Dorp\nK2;2020-01-01;;Gehucht\nK3;;vrouw;",
        kernen="kern;inwoners\nDorp;500\nGehucht;0",
        trajecten="""traject_id;klant_id;trajectsoort;team;startdatum;einddatum;geschat_aantal_gesprekken
            T1;K1;individueel;A;2018-01-01;;5
            T2;K1;individueel;B;2018-01-01;;6
            T3;K2;individueel;A;2019-07-01;;
            T4;K3;individueel;A;2019-01-01;;6""",
        contacten="contact_id;traject_id;datum;vorm\nC1;T1;2018-12-31;face_to_face\nC2;T1;2019-01-01;\nC3;T2;2020-01-01;",
    )
    assert figuur(registratie, "klanten", "2018", "12-17", "man")["teller"] == 0
    assert figuur(registratie, "klanten", "2018", "18-27", "man")["teller"] == 1
    assert figuur(registratie, "klanten", "2019", "totaal", "totaal")["teller"] == 3
    assert figuur(registratie, "klanten", "2019", "onbekend", "onbekend")["teller"] == 1
    assert figuur(registratie, "contacten_per_traject", "2018")["waarde"] == 1 / 2
    assert figuur(registratie, "contacten_per_traject", "2019", "licht")["waarde"] == 2
    assert figuur(registratie, "contacten_per_traject", "2019", "zwaar")["ondergrens"] == 0
    assert figuur(registratie, "zware_trajecten", "2019-K1")["waarde"] == 2 / 3
    assert figuur(registratie, "casussen_per_1000_inwoners", "2019", "Dorp")["waarde"] == 2 / 500 * 1000
    assert figuur(registratie, "casussen_per_1000_inwoners", "2019", "Gehucht")["teller"] == 1
    assert figuur(registratie, "casussen_per_1000_inwoners", "2019", "Gehucht")["waarde"] is None
    assert figuur(registratie, "casussen_per_1000_inwoners", "2019")["teller"] == 2
    assert figuur(registratie, "casussen_per_kern", "2019")["teller"] == 4
    assert figuur(registratie, "casussen_per_kern", "2019", "onbekend", team="A")["teller"] == 1


def test_intervals_against_known_values():
    assert indicatoren.wilson(0, 10) == pytest.approx((0, 0.2775327998628892), abs=1e-12)
    assert indicatoren.wilson(8, 10) == pytest.approx((0.4901624715, 0.9433178485), abs=1e-9)
    assert indicatoren.garwood(0) == pytest.approx((0, 3.6888794541), abs=1e-9)
    assert indicatoren.garwood(10) == pytest.approx((4.7953887, 18.3903560), abs=1e-6)
    assert indicatoren.student_interval([1, 2, 3]) == pytest.approx((2 - 2.4841377118, 2 + 2.4841377118), abs=1e-9)
    assert indicatoren.student_interval([4, 4]) == (4, 4)


def test_a_seed_gives_the_same_files(tmp_path):
    schrijf(tmp_path / "een", 5, 20)
    schrijf(tmp_path / "twee", 5, 20)
    een = {pad.name: pad.read_bytes() for pad in (tmp_path / "een").iterdir()}
    assert een == {pad.name: pad.read_bytes() for pad in (tmp_path / "twee").iterdir()}
    assert len(een) > 5


def test_the_comparison_sees_planted_differences(tmp_path):
    schrijf(tmp_path, 3, 30)
    goed = indicatoren.bereken(controleer(tmp_path))
    assert verschillen_cijfers(goed, goed) == []
    plek = next(n for n, rij in enumerate(goed) if rij["waarde"])
    anders = [dict(rij) for rij in goed]
    anders[plek]["waarde"] *= 1 + 1e-6
    assert len(verschillen_cijfers(anders, goed)) == 1
    assert len(verschillen_cijfers(goed[1:], goed)) == 1
    assert len(verschillen_cijfers([*goed, goed[0]], goed)) == 1
    assert len(verschillen_cijfers(goed, goed[1:])) == 1
