"""The oracle itself, on cases small enough to do by hand."""

from datetime import date

import pytest

from . import dienstverlening, indicatoren, langetabel
from .registratie import als_datum, als_geheel, als_janee, controleer, records
from .vergelijken import PER_ORGANISATIE, verschillen_cijfers
from .willekeurig import schrijf

VANDAAG = date(2025, 6, 1)


def registreer(map, organisatie="dekop", **tabellen):
    """Write tables given as text and check them."""
    map.mkdir(exist_ok=True)
    for tabel, tekst in tabellen.items():
        regels = [regel.strip() for regel in tekst.strip().splitlines()]
        (map / f"{tabel}.csv").write_text("\n".join(regels), encoding="utf-8")
    return controleer(map, organisatie, vandaag=VANDAAG)


def figuur(registratie, indicator, periode, categorie="totaal", subcategorie="", team="alle", organisatie="dekop"):
    """The one row of a figure."""
    gevonden = [
        rij
        for rij in indicatoren.bereken(registratie, organisatie)
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
        ("1-2-2019", date(2019, 2, 1)),
        ("2019-02-01T09:30:00", date(2019, 2, 1)),
        ("1-2-2019 24:00", None),
        ("2019-02-01T09:30:00Z", None),
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
    assert registratie.quarantaine("kto_antwoorden") == {11, 12, 14, 15}
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


# ----------------------------------------------------------------------------------------------------- section E


def per_categorie(registratie, indicator, periode="2019", team="alle", organisatie="smwo"):
    """The counts of one indicator by categorie, or by both where there are two."""
    return {
        (rij["categorie"], rij["subcategorie"]) if rij["subcategorie"] else rij["categorie"]: rij["teller"]
        for rij in indicatoren.bereken(registratie, organisatie)
        if (rij["indicator"], rij["periode"], rij["team"]) == (indicator, periode, team)
    }


def aandeel(registratie, indicator, categorie="totaal", subcategorie="", team="alle"):
    """Teller, noemer and n_personen of a share of SMWO in 2019."""
    rij = figuur(registratie, indicator, "2019", categorie, subcategorie, team, "smwo")
    assert rij["eenheid"] == "aandeel"
    return rij["teller"], rij["noemer"], rij["n_personen"]


@pytest.mark.parametrize(
    ("dag", "maanden", "later"),
    [
        (date(2019, 1, 31), 1, (2019, 2, 28)),
        (date(2019, 1, 31), 2, (2019, 3, 31)),
        (date(2020, 1, 30), 1, (2020, 2, 29)),
        (date(2000, 1, 31), 1, (2000, 2, 29)),
        (date(2100, 1, 31), 1, (2100, 2, 28)),
        (date(2018, 12, 31), 2, (2019, 2, 28)),
        (date(2019, 11, 30), 1, (2019, 12, 30)),
        (date(9999, 12, 31), 2, (10000, 2, 29)),
    ],
)
def test_months_end_on_the_last_day(dag, maanden, later):
    assert dienstverlening.maanden_later(dag, maanden) == later


@pytest.mark.parametrize(
    ("van", "tot", "klasse"),
    [
        ("2019-01-31", "2019-02-27", "< 1 mnd"),
        ("2019-01-31", "2019-02-28", "1-2 mnd"),
        ("2019-01-31", "2019-03-31", "1-2 mnd"),
        ("2019-01-31", "2019-04-01", "> 2 mnd"),
        ("2019-01-28", "2019-02-28", "1-2 mnd"),
        ("2019-03-30", "2019-01-01", "< 1 mnd"),
        ("2018-12-31", "2019-02-28", "1-2 mnd"),
        ("9999-12-31", "2019-02-28", "< 1 mnd"),
    ],
)
def test_classes_of_months(van, tot, klasse):
    assert dienstverlening.klasse_maanden(date.fromisoformat(van), date.fromisoformat(tot)) == klasse


KORT_OF_CASUS = {
    "trajecten": """traject_id;klant_id;trajectsoort;team;dienstverlening;startdatum;einddatum
        T1;K1;Maatschappelijk werk;Goes;kort;2018-06-01;
        T2;K1;Maatschappelijk werk;Goes;;2018-06-01;
        T3;K2;Bereikbaarheidsdienst;Goes;;2018-06-01;2018-12-31
        T4;K3;Maatschappelijk werk;Goes;;2018-06-01;
        T5;K4;Maatschappelijk werk;;langdurend;2018-06-01;
        T6;K5;Maatschappelijk werk;;casus;2018-06-01;
        T7;K6;Maatschappelijk werk;;;2018-06-01;
        T8;K7;individueel;;casus;2018-06-01;
        T9;K8;Maatschappelijk werk;;casus;2020-01-01;""",
    "contacten": """contact_id;traject_id;datum;minuten
        A1;T1;2018-06-01;5
        A2;T1;2018-06-02;5
        A3;T1;2018-06-03;5
        A4;T1;2018-06-04;5
        B1;T2;2018-06-01;80
        B2;T2;2018-06-02;80
        B3;T2;2018-06-03;79
        C1;T3;2018-06-01;240
        C2;T3;2018-06-01;
        C3;T3;2018-06-01;0
        D1;T4;2018-06-01;
        D2;T4;2018-06-01;
        D3;T4;2018-06-01;
        D4;T4;2018-06-01;veel
        F1;T6;2018-06-01;300
        G1;T7;2018-06-01;
        G2;T7;2018-06-01;
        G3;T7;2021-01-01;
        G4;T7;2021-01-01;
        G5;T9;gisteren;""",
}


def test_kort_and_casus_as_registered_otherwise_as_counted(tmp_path):
    """T1 kort (registered), T2 kort (239 minutes), T3 casus (four hours), T4 casus (four contacts), T5 kort (none),
    T6 casus, T7 kort (two contacts come after the year), T8 casus (registered, no contacts)."""
    registratie = registreer(tmp_path, "smwo", **KORT_OF_CASUS)
    assert per_categorie(registratie, "korte_contacten", "2018") == {
        "Sociaal Juridische Dienstverlening": 0,
        "Maatschappelijk werk": 4,
        "Onafhankelijke cliëntondersteuning": 0,
        "Bereikbaarheidsdienst": 0,
        "Complexe casus jeugd & gezin": 0,
        "Familienetwerkberaden": 0,
        "onbekend": 0,
        "totaal": 4,
    }
    assert list(per_categorie(registratie, "casussen", "2018").values()) == [0, 2, 0, 1, 0, 0, 1, 4]
    assert list(per_categorie(registratie, "casussen").values()) == [0, 2, 0, 0, 0, 0, 1, 3]  # T3 is closed
    assert per_categorie(registratie, "casussen", "2018", "Goes")["totaal"] == 2
    assert per_categorie(registratie, "aanmeldingen", "2018") == {"totaal": 4}
    assert per_categorie(registratie, "clienten", "2018") == {"totaal": 7}
    assert figuur(registratie, "clienten", "2018", team="Goes", organisatie="smwo")["n_personen"] == 3
    # T1, T6 and T8 are registered: T1 and T8 were counted otherwise
    assert aandeel(registratie, "afwijkende_dienstverlening") == (2, 3, 2)
    assert aandeel(registratie, "afwijkende_dienstverlening", team="Goes") == (1, 1, 1)


def test_without_contacts_what_is_not_registered_is_neither_kort_nor_casus(tmp_path):
    registratie = registreer(tmp_path, "smwo", trajecten=KORT_OF_CASUS["trajecten"])
    assert per_categorie(registratie, "korte_contacten", "2018")["totaal"] == 1  # T1, as registered
    gegeven = {rij["indicator"] for rij in indicatoren.bereken(registratie, "smwo")}
    assert gegeven == {
        *["behandelde_casussen", "opgestarte_casussen", "instroom", "uitstroom", "beginstand", "eindstand"],
        *["korte_contacten", "casussen", "aanmeldingen", "clienten", "verwezen_door", "wachttijd", "duur"],
        *["reden_beeindiging", "doorverwijzing_na_afsluiting"],
    }


def test_section_e_is_for_every_organisation_and_for_years(tmp_path):
    registratie = registreer(tmp_path, "dekop", **KORT_OF_CASUS)
    assert list(per_categorie(registratie, "casussen", "2018", organisatie="dekop").values()) == [1, 0, 0, 3, 4]
    rijen = indicatoren.bereken(registratie, "dekop")
    assert {rij["kwartaal"] for rij in rijen if rij["indicator"] == "casussen"} == {None}
    assert any(rij["indicator"] == "zware_trajecten" for rij in rijen)  # and section B beside it


def test_classes_of_contacts_count_up_to_the_end_of_the_period(tmp_path):
    registratie = registreer(tmp_path, "smwo", **KORT_OF_CASUS)
    assert per_categorie(registratie, "contacten_per_casus", "2018") == {
        "0-3": 6, "4-10": 2, "11-25": 0, "26-50": 0, "51-100": 0, "> 100": 0, "totaal": 8,
    }  # fmt: skip
    assert aandeel(registratie, "contacten_per_casus", "4-10") == (2, 7, 2)
    veel = "\n".join(f"X{n};T2;2018-06-05;1\nY{n};T9;2018-06-05;" for n in range(97))
    registratie = registreer(
        tmp_path, "smwo", **{**KORT_OF_CASUS, "contacten": f"{KORT_OF_CASUS['contacten']}\n{veel}\nX97;T2;2019-01-01;"}
    )
    assert per_categorie(registratie, "contacten_per_casus", "2018")["51-100"] == 1  # 3 + 97
    assert per_categorie(registratie, "contacten_per_casus", "2019")["> 100"] == 1


def test_waiting_and_duration(tmp_path):
    """T1 to T6 are casussen; T5 has no aanmelddatum, T6 has an unreadable one, T7 is kort."""
    registratie = registreer(
        tmp_path,
        "smwo",
        trajecten="""traject_id;klant_id;trajectsoort;team;dienstverlening;aanmelddatum;startdatum;einddatum
            T1;K1;Maatschappelijk werk;Goes;casus;2019-01-31;2019-02-27;2019-03-26
            T2;K2;Maatschappelijk werk;Goes;casus;2019-01-31;2019-02-28;2019-03-28
            T3;K3;Maatschappelijk werk;;casus;2018-12-31;2019-02-28;2019-04-28
            T4;K3;Maatschappelijk werk;;casus;2018-12-31;2019-03-01;2019-05-02
            T5;K5;Maatschappelijk werk;;casus;;2019-03-01;2020-01-01
            T6;K6;Maatschappelijk werk;;casus;31-02-2019;2019-03-01;
            T7;K7;Maatschappelijk werk;;kort;2019-01-01;2019-03-01;2019-03-01
            T8;K8;Maatschappelijk werk;;casus;2019-12-31;2020-02-01;
            T9;K9;Maatschappelijk werk;;casus;2019-02-01;2018-12-31;""",
    )
    # T3 and T4 came in 2018; T5 and T6 count by their start, T8 and T9 by their aanmelding
    assert per_categorie(registratie, "aanmeldingen") == {"totaal": 6}
    assert per_categorie(registratie, "aanmeldingen", "2018") == {"totaal": 2}
    assert per_categorie(registratie, "wachttijd") == {"< 1 mnd": 1, "1-2 mnd": 2, "> 2 mnd": 1, "totaal": 4}
    assert aandeel(registratie, "wachttijd", "> 2 mnd", team="onbekend") == (1, 2, 1)
    assert per_categorie(registratie, "wachttijd", "2018") == {"< 1 mnd": 1, "1-2 mnd": 0, "> 2 mnd": 0, "totaal": 1}
    # 27-2 to 26-3, 28-2 to 28-3, 28-2 to 28-4, 1-3 to 2-5, and T7 within a day
    assert per_categorie(registratie, "duur") == {"< 1 mnd": 2, "1-2 mnd": 2, "> 2 mnd": 1, "totaal": 5}
    assert aandeel(registratie, "duur", "1-2 mnd") == (2, 5, 2)


def test_referrers_are_split_at_the_first_sign(tmp_path):
    registratie = registreer(
        tmp_path,
        "smwo",
        trajecten="""traject_id;klant_id;trajectsoort;team;aanmeldroute;verwijzer;startdatum;einddatum
            T1;K1;Maatschappelijk werk;Goes;verwezen;Gemeente > WIZ;2019-01-01;
            T2;K1;Maatschappelijk werk;Goes;;Gemeente > WIZ > loket;2019-01-01;
            T3;K2;Maatschappelijk werk;Goes;verwezen;Gemeente;2019-01-01;
            T4;K3;Maatschappelijk werk;Goes;eigen_initiatief;Huisarts;2019-01-01;
            T5;K4;Maatschappelijk werk;;verwezen;;2019-01-01;
            T6;K5;Maatschappelijk werk;;verwezen;Gemeente >  ;2019-01-01;
            T7;K6;Maatschappelijk werk;;verwezen;totaal > WIZ;2019-01-01;
            T8;K7;Maatschappelijk werk;;verwezen;totaal;2019-01-01;
            T9;K8;Maatschappelijk werk;;verwezen;GGZ > Zeeland;2017-01-01;2017-12-31
            T10;K9;Maatschappelijk werk;;eigen initiatief;Gemeente >WIZ;2019-01-01;""",
    )
    assert per_categorie(registratie, "verwezen_door") == {
        "Gemeente": 3,
        ("Gemeente", "WIZ"): 1,
        ("Gemeente", "WIZ > loket"): 1,
        "Gemeente >": 1,
        "Gemeente >WIZ": 1,
        "GGZ": 0,  # of another year
        ("GGZ", "Zeeland"): 0,
        "eigen_initiatief": 1,
        "onbekend": 3,
        ("onbekend", "WIZ"): 1,
        "totaal": 9,
    }
    assert aandeel(registratie, "verwezen_door", "Gemeente") == (3, 9, 2)
    assert aandeel(registratie, "verwezen_door", "Gemeente", "WIZ", team="Goes") == (1, 4, 1)


HULPVRAGEN = {
    "trajecten": """traject_id;klant_id;trajectsoort;team;dienstverlening;startdatum;einddatum
        T1;K1;Maatschappelijk werk;Goes;casus;2019-01-01;
        T2;K1;Maatschappelijk werk;Goes;casus;2019-01-01;
        T3;K2;Maatschappelijk werk;;casus;2019-01-01;
        T4;K3;Maatschappelijk werk;;kort;2019-01-01;
        T5;K4;Maatschappelijk werk;;kort;2017-01-01;2017-12-31""",
    "hulpvragen": """traject_id;hulpvraag;thema;effect
        T1;Werk;Meedoen;Minder eenzaam
        T1;Werk;Wegwijs;Minder eenzaam
        T1;Geld;Meedoen;Fit
        T2;Werk;Meedoen;Minder eenzaam
        T2;Werk;Meedoen;Minder eenzaam
        T4;Werk;Meedoen;
        T4;werk;;
        T5;Oud;Oud thema;Oud effect
        T9;Nergens;Nergens;Nergens""",
}


def test_questions_are_counted_once_in_a_traject(tmp_path):
    registratie = registreer(tmp_path, "smwo", **HULPVRAGEN)
    assert per_categorie(registratie, "hulpvragen_casussen") == {"Werk": 2, "Geld": 1, "werk": 0, "Oud": 0, "totaal": 3}
    assert aandeel(registratie, "hulpvragen_casussen", "Werk") == (2, 3, 1)
    assert aandeel(registratie, "hulpvragen_casussen", "Werk", team="onbekend") == (0, 0, 0)
    assert aandeel(registratie, "hulpvragen_korte_contacten", "werk") == (1, 2, 1)
    assert per_categorie(registratie, "hulpvragen_korte_contacten", "2018")["totaal"] == 0
    # T1 has Werk and Geld, T2 has Werk twice, T3 has none and T4 is kort
    assert per_categorie(registratie, "samenstelling") == {"enkelvoudig": 1, "meervoudig": 1, "totaal": 2}
    assert aandeel(registratie, "samenstelling", "enkelvoudig") == (1, 2, 1)


def test_trajecten_by_thema_and_effect_are_counted_anew_in_totals(tmp_path):
    registratie = registreer(tmp_path, "smwo", **HULPVRAGEN)
    assert per_categorie(registratie, "unieke_casussen") == {
        ("Meedoen", "Minder eenzaam"): 2,
        ("Meedoen", "Fit"): 1,
        ("Meedoen", "onbekend"): 1,
        ("Meedoen", "totaal"): 3,
        ("Wegwijs", "Minder eenzaam"): 1,
        ("Wegwijs", "totaal"): 1,
        ("onbekend", "onbekend"): 1,
        ("onbekend", "totaal"): 1,
        ("Oud thema", "Oud effect"): 0,
        ("Oud thema", "totaal"): 0,
        ("totaal", "Minder eenzaam"): 2,
        ("totaal", "Fit"): 1,
        ("totaal", "onbekend"): 1,
        ("totaal", "Oud effect"): 0,
        ("totaal", "totaal"): 3,
    }
    assert figuur(registratie, "unieke_casussen", "2019", "totaal", "totaal", "Goes", "smwo")["n_personen"] == 1


def test_why_casussen_ended_and_where_they_went(tmp_path):
    registratie = registreer(
        tmp_path,
        "smwo",
        trajecten="""
            traject_id;klant_id;reden_beeindiging;doorverwezen_naar;trajectsoort;dienstverlening;startdatum;einddatum
            T1;K1;afgerond;GGZ;Maatschappelijk werk;casus;2018-01-01;2019-01-01
            T2;K2;Afgerond;;Maatschappelijk werk;casus;2018-01-01;2019-12-31
            T3;K3;verhuisd;Jeugd;Maatschappelijk werk;casus;2018-01-01;2020-01-01
            T4;K4;afgerond;GGZ;Maatschappelijk werk;kort;2018-01-01;2019-05-01
            T5;K5;totaal;GGZ;Maatschappelijk werk;casus;2018-01-01;""",
    )
    assert per_categorie(registratie, "reden_beeindiging") == {
        "afgerond": 1, "Afgerond": 1, "verhuisd": 0, "onbekend": 0, "totaal": 2,
    }  # fmt: skip
    assert per_categorie(registratie, "doorverwijzing_na_afsluiting") == {
        "GGZ": 1, "Jeugd": 0, "onbekend": 1, "totaal": 2,
    }  # fmt: skip
    assert aandeel(registratie, "doorverwijzing_na_afsluiting", "GGZ") == (1, 2, 1)


GROEPSWERK = {
    "collectieve_activiteiten": """activiteit_id;naam;team;startdatum;thema;effect
        A1;Koken;Goes;2018-01-01;Meedoen;Fit
        A2;Wandelen;Goes;2018-01-01;Meedoen;Fit
        A3;Taal;;2019-01-01;Groeien;Fit
        A4;Schaken;;2019-01-01;;""",
    "bijeenkomsten": """bijeenkomst_id;activiteit_id;datum
        B1;A1;2019-01-01
        B2;A1;2019-12-31
        B3;A2;2018-12-31
        B4;A3;2019-06-01""",
    "deelnames": """activiteit_id;deelnemer_id;datum
        A1;D1;2019-01-01
        A1;D1;2019-02-01
        A2;D1;2019-03-01
        A2;D2;2019-03-01
        A3;D1;2019-03-01
        A3;d1;2019-03-01
        A1;D3;2020-01-01
        A9;D9;2019-01-01""",
}


def test_groups_and_their_distinct_deelnemers(tmp_path):
    registratie = registreer(tmp_path, "smwo", **GROEPSWERK)
    activiteiten = {
        ("Meedoen", "Fit"): 1,
        ("Meedoen", "totaal"): 1,
        ("Groeien", "Fit"): 1,
        ("Groeien", "totaal"): 1,
        ("onbekend", "onbekend"): 0,
        ("onbekend", "totaal"): 0,
        ("totaal", "Fit"): 2,
        ("totaal", "onbekend"): 0,
        ("totaal", "totaal"): 2,
    }
    assert per_categorie(registratie, "groepswerk_activiteiten") == activiteiten
    deelnemers = per_categorie(registratie, "groepswerk_deelnemers")
    assert deelnemers.keys() == activiteiten.keys()
    assert deelnemers["Meedoen", "Fit"] == 2
    assert deelnemers["Groeien", "totaal"] == 2
    assert deelnemers["totaal", "Fit"] == deelnemers["totaal", "totaal"] == 3  # D1, D2 and d1
    assert per_categorie(registratie, "groepswerk_deelnemers", team="Goes")["totaal", "totaal"] == 2
    assert figuur(registratie, "groepswerk_deelnemers", "2019", "totaal", "Fit", organisatie="smwo")["n_personen"] == 3


def test_deelnemers_need_no_meetings_and_no_meetings_are_no_activities(tmp_path):
    zonder = {tabel: tekst for tabel, tekst in GROEPSWERK.items() if tabel != "bijeenkomsten"}
    gegeven = {rij["indicator"] for rij in indicatoren.bereken(registreer(tmp_path, "smwo", **zonder), "smwo")}
    assert gegeven == {"opgestarte_casussen", "groepswerk_deelnemers"}
    (tmp_path / "collectieve_activiteiten.csv").unlink()
    assert indicatoren.bereken(controleer(tmp_path, "smwo"), "smwo") == []


def test_tables_without_a_team(tmp_path):
    registratie = registreer(
        tmp_path,
        "smwo",
        formulierenbrigade="""bezoek_id;klant_id;datum
            F1;K1;2019-01-01
            F2;K1;2019-12-31
            F3;nergens bekend;2019-05-01
            F4;K2;2018-12-31
            F5;K3;morgen""",
        overige_dienstverlening="""registratie_id;soort;startdatum;einddatum
            O1;WLZ;2018-01-01;2019-01-01
            O2;WLZ;2019-12-31;
            O3;wlz;2018-01-01;2018-12-31
            O4;totaal;2019-02-01;2019-02-01
            O5;WLZ;2019-02-02;2019-02-01""",
        productie_uren="""maand;functie;uren
            2019-01-01;Groepswerk;10,5
            2019-12-01;Groepswerk;0.25
            2018-12-01;Groepswerk;7
            2019-06-15;Leiding;1
            2019-07-01;Leiding;veel
            2017-01-01;Balie;3""",
    )
    assert per_categorie(registratie, "formulierenbrigade") == {"totaal": 2}
    assert figuur(registratie, "formulierenbrigade", "2019", organisatie="smwo")["n_personen"] == 2
    assert per_categorie(registratie, "overige_dienstverlening") == {"WLZ": 2, "wlz": 0, "onbekend": 1, "totaal": 3}
    assert per_categorie(registratie, "overige_dienstverlening", "2018")["totaal"] == 2
    assert per_categorie(registratie, "productie_uren") == {
        "Groepswerk": 10.75, "Leiding": 1, "Balie": 0, "totaal": 11.75,
    }  # fmt: skip
    uren = figuur(registratie, "productie_uren", "2019", "Groepswerk", organisatie="smwo")
    assert (uren["eenheid"], uren["waarde"], uren["noemer"], uren["n_personen"]) == ("uren", 10.75, None, 2)
    assert {rij["team"] for rij in indicatoren.bereken(registratie, "smwo")} == {"alle"}


def test_smwo_has_no_section_about_individual_trajecten(tmp_path):
    schrijf(tmp_path, 2046, 30, vuil=0, organisatie="smwo")
    registratie = controleer(tmp_path, "smwo")
    assert registratie.schoon["zrm_metingen"] and registratie.schoon["klanten"]
    gegeven = {rij["indicator"] for rij in indicatoren.bereken(registratie, "smwo")}
    assert gegeven == PER_ORGANISATIE["smwo"]


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
