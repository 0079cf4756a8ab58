"""The oracle itself, on cases small enough to do by hand."""

from datetime import date

import pytest

from . import indicatoren, langetabel
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


def test_volunteer_centre_counts_events_by_day(tmp_path):
    registratie = registreer(
        tmp_path,
        vip="""gebeurtenis_id;datum;soort
            G1;2018-12-31;vacature
            G2;2019-01-01;vacature
            G3;31-03-2019;bemiddeld
            G4;2019-04-01;Vacature
            G4;2019-04-01;vacature
            G5;morgen;vacature""",
    )
    assert registratie.quarantaine("vip") == {6, 7}  # the second G4 and the unreadable day
    assert [figuur(registratie, "vip", p)["teller"] for p in ("2018", "2018-K4", "2019", "2019-K1")] == [1, 1, 3, 2]
    assert figuur(registratie, "vip", "2019", "vacature")["teller"] == 1
    assert figuur(registratie, "vip", "2019", "onbekend")["n_personen"] == 1  # Vacature is no code
    assert figuur(registratie, "vip", "2019", "voorgesteld")["waarde"] == 0
    rijen = [rij for rij in indicatoren.bereken(registratie) if rij["indicator"] == "vip"]
    assert len(rijen) == 2 * 5 * (5 + 2)  # years and quarters, soorten with onbekend and totaal, alle only
    assert {rij["indicator"] for rij in indicatoren.bereken(registratie)} == {"vip"}


def test_yearly_counts_are_added_within_a_pair_only(tmp_path):
    registratie = registreer(
        tmp_path,
        informele_ondersteuning="""jaar;onderdeel;maat;categorie;aantal
            2019;Taalpunt;vragen;juridisch;3
            2019.0;Taalpunt;vragen: juridisch;;4,0
            2019;Taalpunt;vragen;;10
            2018;Taalpunt;vragen;juridisch;7
            2017;taalpunt;vragen;;8
            2019;totaal;vragen;totaal;1
            2019;Taalpunt;vragen;;-1
            2019.5;Taalpunt;vragen;;1
            2019;Taalpunt;;;1""",
    )
    assert registratie.quarantaine("informele_ondersteuning") == {8, 9, 10}
    assert registratie.waarschuwingen == {
        ("informele_ondersteuning", 7, "onderdeel", "totaal"),
        ("informele_ondersteuning", 7, "categorie", "totaal"),
    }
    rijen = [rij for rij in indicatoren.bereken(registratie) if rij["indicator"] == "informele_ondersteuning"]
    assert {(r["periode"], r["categorie"], r["subcategorie"]): (r["teller"], r["n_personen"]) for r in rijen} == {
        ("2018", "Taalpunt", "vragen: juridisch"): (7, 1),
        ("2018", "Taalpunt", "vragen"): (0, 0),
        ("2018", "taalpunt", "vragen"): (0, 0),  # a pair of another year has its row
        ("2018", "onbekend", "vragen: onbekend"): (0, 0),
        ("2019", "Taalpunt", "vragen: juridisch"): (3 + 4, 2),
        ("2019", "Taalpunt", "vragen"): (10, 1),
        ("2019", "taalpunt", "vragen"): (0, 0),
        ("2019", "onbekend", "vragen: onbekend"): (1, 1),
    }


TEVREDEN = {
    "klanten": "klant_id\nK1\nK2\nK3",
    "trajecten": """traject_id;klant_id;trajectsoort;team;startdatum;einddatum
        T1;K1;individueel;Oost;2018-01-01;2019-01-01
        T2;K1;presentie;;2018-01-01;2019-12-31
        T3;K2;leun_en_steun;Oost;2018-01-01;2018-12-31
        T4;K3;individueel;Oost;2018-01-01;""",
    "klanttevredenheid": """uitnodiging_id;traject_id;verzendstatus;verzonden_op;ingevuld_op
        U1;T1;verzonden;2019-02-01;2020-02-01
        U2;T1;verzonden;;gisteren
        U3;T2;geen_adres;;2019-03-01
        U4;T2;per post;;
        U5;T3;verzonden;;
        U6;T4;verzonden;;2019-05-01
        U7;T9;verzonden;;2019-05-01""",
}


def test_invitations_count_in_the_year_their_traject_closed(tmp_path):
    registratie = registreer(tmp_path, **TEVREDEN)
    assert registratie.quarantaine("klanttevredenheid") == {8}
    verzending = {
        status: figuur(registratie, "kto_verzending", "2019", status)["teller"]
        for status in ("verzonden", "no_reply_adres", "geen_adres", "foutief_adres", "onbekend", "totaal")
    }
    assert list(verzending.values()) == [2, 0, 1, 0, 1, 4]
    assert figuur(registratie, "kto_verzending", "2019")["n_personen"] == 1  # K1 four times
    assert figuur(registratie, "kto_verzending", "2019", team="onbekend")["teller"] == 2
    assert figuur(registratie, "kto_verzending", "2018", team="Oost")["teller"] == 1
    assert figuur(registratie, "kto_ingevuld", "2019")["teller"] == 2  # U1, and U3 that was never sent
    assert figuur(registratie, "kto_respons", "2019")["waarde"] == 1 / 2  # U1 of U1 and U2
    assert figuur(registratie, "kto_respons", "2018")["waarde"] == 0
    assert figuur(registratie, "kto_respons", "2018", team="onbekend")["waarde"] is None
    van_kto = [rij for rij in indicatoren.bereken(registratie) if rij["indicator"].startswith("kto_")]
    assert {rij["kwartaal"] for rij in van_kto} == {None}
    assert {rij["indicator"] for rij in van_kto} == {"kto_verzending", "kto_ingevuld", "kto_respons"}  # no answers


def test_answers_by_question_of_their_kind(tmp_path):
    registratie = registreer(
        tmp_path,
        **TEVREDEN,
        kto_antwoorden="""uitnodiging_id;vraag;soort;waarde
            U1;Hulp;rapportcijfer;8,5
            U2;hulp;rapportcijfer;7
            U3;Hulp;rapportcijfer;10.0
            U5;Hulp;rapportcijfer;1
            U6;alleen open;rapportcijfer;3
            U1;Hulp;tevreden;1
            U3;Hulp;tevreden;0
            U4;totaal;tevreden;1
            U1;anders;Effect;1
            U1;Hulp;rapportcijfer;10.5
            U1;Hulp;effect;0.5
            U1;Hulp;Effect;8
            U7;Hulp;effect;1
            U1;Hulp;effect;ja""",
    )
    assert registratie.quarantaine("kto_antwoorden") == {11, 12, 13, 14, 15}
    vragen = {
        (rij["indicator"], rij["categorie"])
        for rij in indicatoren.bereken(registratie)
        if rij["indicator"] in ("kto_rapportcijfer", "kto_tevreden", "kto_effect")
    }
    assert vragen == {
        *[("kto_rapportcijfer", vraag) for vraag in ("Hulp", "hulp", "alleen open", "totaal")],
        *[("kto_tevreden", vraag) for vraag in ("Hulp", "onbekend", "totaal")],
        ("kto_effect", "totaal"),
    }
    cijfer = figuur(registratie, "kto_rapportcijfer", "2019", "Hulp")
    assert (cijfer["teller"], cijfer["noemer"], cijfer["n_personen"]) == (8.5 + 10, 2, 1)
    assert cijfer["bovengrens"] == pytest.approx(9.25 + 12.706204736 * 0.75, rel=1e-9)  # t(1) × 1.0607 / √2
    assert figuur(registratie, "kto_rapportcijfer", "2019")["waarde"] == (8.5 + 7 + 10) / 3
    assert figuur(registratie, "kto_rapportcijfer", "2018")["ondergrens"] is None  # one answer has no interval
    assert figuur(registratie, "kto_rapportcijfer", "2019", "alleen open")["noemer"] == 0
    assert figuur(registratie, "kto_tevreden", "2019")["waarde"] == 2 / 3
    assert figuur(registratie, "kto_tevreden", "2019", team="Oost")["waarde"] == 1
    assert figuur(registratie, "kto_effect", "2019")["waarde"] is None


def test_intervals_against_known_values():
    assert langetabel.wilson(0, 10) == pytest.approx((0, 0.2775327998628892), abs=1e-12)
    assert langetabel.wilson(8, 10) == pytest.approx((0.4901624715, 0.9433178485), abs=1e-9)
    assert langetabel.garwood(0) == pytest.approx((0, 3.6888794541), abs=1e-9)
    assert langetabel.garwood(10) == pytest.approx((4.7953887, 18.3903560), abs=1e-6)
    assert langetabel.student_interval([1, 2, 3]) == pytest.approx((2 - 2.4841377118, 2 + 2.4841377118), abs=1e-9)
    assert langetabel.student_interval([4, 4]) == (4, 4)


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
