"""The demonstration registration of De Kop is synthetic and honest about it, and it tells the story.

The story is counted here by naive loops over the raw rows; the printed figures themselves are tested on `compute`.
"""

import csv
import io
import itertools
import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from kopanalyse.demo import verdeling
from kopanalyse.demo.dekop import informeel, tevredenheid, verhaal
from kopanalyse.demo.dekop import registratie as dekop
from kopanalyse.raw.schema import TABELLEN
from tests.raw.lezen import als_datum, behandeld, bruikbaar, in_periode, ja, lees

TABELLEN_DEKOP = {
    "klanten", "trajecten", "contacten", "zrm_metingen", "informatie_en_advies", "collectieve_activiteiten",
    "bijeenkomsten", "netwerkparticipanten", "schoolmaatschappelijk_werk", "kernen", "vip", "informele_ondersteuning",
    "klanttevredenheid", "kto_antwoorden",
}  # fmt: skip
KWARTALEN = [
    (date(jaar, maand, 1), date(jaar + maand // 10, (maand + 3) % 12 or 12, 1) - timedelta(days=1))
    for jaar in (2018, 2019)
    for maand in (1, 4, 7, 10)
]
JAAR_2018, JAAR_2019 = (date(2018, 1, 1), date(2018, 12, 31)), (date(2019, 1, 1), date(2019, 12, 31))


@pytest.fixture(scope="module")
def bestanden():
    return dekop.bestanden()


@pytest.fixture(scope="module")
def ruw(bestanden):
    return {Path(naam).stem: lees(inhoud) for naam, inhoud in bestanden.items() if naam.endswith(".csv")}


@pytest.fixture(scope="module")
def schoon(ruw):
    return bruikbaar(ruw)


def per_kwartaal(tel):
    return [tel(kwartaal) for kwartaal in KWARTALEN]


def stijgend(reeks):
    return all(links < rechts for links, rechts in itertools.pairwise(reeks))


# --- honesty ---------------------------------------------------------------------------------------------------------


def test_readme_says_synthetic_and_names_the_bases(bestanden):
    assert "Synthetische gegevens" in bestanden["organisatie.toml"].decode()
    tekst = bestanden["README.md"].decode()
    assert "synthetisch" in tekst
    assert "verzonnen" in tekst.lower()
    assert "**579**" in tekst
    assert "58, 55, 57 antwoorden van de 58" in tekst and "de 37 van daarna" in tekst
    assert not re.search(r"\{\w+\}", tekst), "a placeholder was not filled in"


def test_complexity_base_is_the_largest_that_can_give_the_print():
    def past(aantal, basis, procent):
        return f"{100 * aantal / basis:.1f}" == procent

    def mogelijk(basis):
        klassen = [[n for n in range(basis + 1) if past(n, basis, procent)] for procent in ("29.7", "54.4", "15.9")]
        return [(a, b, basis - a - b) for a in klassen[0] for b in klassen[1] if basis - a - b in klassen[2]]

    assert not mogelijk(581) and not mogelijk(580)
    assert mogelijk(579) == [tuple(verhaal.COMPLEXITEIT.values())]


def test_only_tables_and_columns_of_the_data_dictionary(ruw):
    assert set(ruw) == TABELLEN_DEKOP
    for naam, rijen in ruw.items():
        kolommen = [kolom.naam for kolom in TABELLEN[naam].kolommen]
        assert list(rijen[0]) == kolommen, naam


def test_nothing_that_names_a_person(ruw):
    patronen = {
        "klant_id": "K",
        "traject_id": "T",
        "contact_id": "C",
        "vraag_id": "V",
        "participant_id": "P",
        "gebeurtenis_id": "G",
        "uitnodiging_id": "U",
    }
    for naam, rijen in ruw.items():
        for kolom in patronen.keys() & rijen[0].keys():
            vreemd = [r[kolom] for r in rijen if r[kolom] and not re.fullmatch(patronen[kolom] + r"\d+(-2)?", r[kolom])]
            assert vreemd == [], (naam, kolom)


def test_commentary_has_front_matter(bestanden):
    teksten = {naam: inhoud.decode() for naam, inhoud in bestanden.items() if naam.startswith("toelichting/")}
    assert 3 <= len(teksten) <= 8
    koppen = []
    for tekst in teksten.values():
        _, kop, onder = tekst.split("---\n", 2)
        koppen.append(dict(regel.split(": ", 1) for regel in kop.splitlines()))
        assert onder.strip()
    assert all(
        {"hoofdstuk", "paragraaf", "jaar", "team"} <= kop.keys() <= {"hoofdstuk", "paragraaf", "jaar", "team", "auteur"}
        for kop in koppen
    )
    assert Counter(kop["team"] for kop in koppen)["alle"] == len(koppen) - 1, "one of them is for a single team"


# --- form and dirt ---------------------------------------------------------------------------------------------------


def test_files_differ_in_legal_ways(bestanden):
    csvs = {naam: inhoud for naam, inhoud in bestanden.items() if naam.endswith(".csv")}
    koppen = {naam: inhoud.split(b"\n")[0] for naam, inhoud in csvs.items()}
    assert {b";" in kop for kop in koppen.values()} == {True, False}
    assert [naam for naam, inhoud in csvs.items() if inhoud.startswith(b"\xef\xbb\xbf")] == ["trajecten.csv"]
    with pytest.raises(UnicodeDecodeError):
        csvs["collectieve_activiteiten.csv"].decode("utf-8")
    assert "Taalcafé" in csvs["collectieve_activiteiten.csv"].decode("cp1252")
    assert b"52,787" in csvs["kernen.csv"]
    assert re.search(rb"\d\d-\d\d-\d{4}", csvs["klanten.csv"]) and re.search(rb"\d{4}-\d\d-\d\d", csvs["contacten.csv"])


def test_less_than_one_percent_is_unusable(ruw, schoon):
    weg = {naam: len(ruw[naam]) - len(schoon[naam]) for naam in ruw}
    assert all(aantal > 0 for aantal in weg.values()), weg
    assert 0.002 < sum(weg.values()) / sum(map(len, ruw.values())) < 0.01


def test_every_kind_of_finding_occurs(ruw, schoon):
    def kolom(tabel, naam, rijen=ruw):
        return [rij[naam] for rij in rijen[tabel]]

    metingen, trajecten, contacten = ruw["zrm_metingen"], ruw["trajecten"], schoon["contacten"]
    klanten, kernen = set(kolom("klanten", "klant_id")), set(kolom("kernen", "kern"))
    periode = {r["traject_id"]: (als_datum(r["startdatum"]), als_datum(r["einddatum"])) for r in schoon["trajecten"]}
    intakes = Counter((r["traject_id"], r["domein"]) for r in schoon["zrm_metingen"] if r["moment"] == "intake")
    datums = [als_datum(waarde) for waarde in kolom("contacten", "datum")]
    geweerd = set(kolom("trajecten", "traject_id")) - set(periode)
    uitnodigingen = "klanttevredenheid", "uitnodiging_id"
    geweerde_uitnodigingen = set(kolom(*uitnodigingen)) - set(kolom(*uitnodigingen, schoon))
    soorten = {
        "key missing": "" in klanten,
        "key double": max(Counter(kolom("contacten", "contact_id")).values()) > 1,
        "unknown reference": set(kolom("trajecten", "klant_id")) - klanten,
        "parent in quarantine": set(kolom("contacten", "traject_id")) & geweerd,
        "unreadable required date": None in datums,
        "required value empty": "" in kolom("zrm_metingen", "moment"),
        "end before start": any(
            (start := als_datum(r["startdatum"])) and (eind := als_datum(r["einddatum"])) and eind < start
            for r in trajecten
        ),
        "unreadable end": any(r["einddatum"] and not als_datum(r["einddatum"]) for r in trajecten),
        "score 7": "7" in kolom("zrm_metingen", "score"),
        "future": any(dag and dag.year > 2080 for dag in datums),
        "before 2000": any(dag and dag.year < 2000 for dag in datums),
        "outside the traject": any(als_datum(r["datum"]) < periode[r["traject_id"]][0] for r in contacten),
        "after the traject": any(als_datum(r["datum"]) > (periode[r["traject_id"]][1] or date.max) for r in contacten),
        "not in the code list": "whatsapp" in kolom("contacten", "vorm"),
        "unknown village": set(kolom("klanten", "kern")) - kernen - {""},
        "unreadable optional value": any(w and not w.isdigit() for w in kolom("bijeenkomsten", "aantal_deelnemers")),
        "two intakes": max(intakes.values()) == 2,
        "age over 110": any((dag := als_datum(w)) and dag.year < 1900 for w in kolom("klanten", "geboortedatum")),
        "doelscore": {r["doelscore"] for r in metingen} - {"", "1", "2", "3", "4", "5"},
        "unknown verzendstatus": "per post" in kolom("klanttevredenheid", "verzendstatus"),
        "mark out of range": "11" in kolom("kto_antwoorden", "waarde"),
        "answer to an unknown invitation": "U99999" in kolom("kto_antwoorden", "uitnodiging_id"),
        "invitation of a traject in quarantine": set(kolom("klanttevredenheid", "traject_id")) & geweerd,
        "answer to an invitation in quarantine": set(kolom("kto_antwoorden", "uitnodiging_id"))
        & geweerde_uitnodigingen,
        "unreadable number": any(not w.isdigit() for w in kolom("informele_ondersteuning", "aantal")),
        "event registered twice": max(Counter(kolom("vip", "gebeurtenis_id")).values()) > 1,
        "alle as team": "alle" in kolom("informatie_en_advies", "team"),
        "totaal as category": "totaal" in kolom("collectieve_activiteiten", "leeftijdsgroep"),
    }
    assert [soort for soort, komt_voor in soorten.items() if not komt_voor] == []


def test_one_row_has_a_field_too_many(bestanden):
    regels = list(csv.reader(io.StringIO(bestanden["contacten.csv"].decode())))
    assert [len(regel) for regel in regels if len(regel) != len(regels[0])] == [len(regels[0]) + 1]


# --- the story -------------------------------------------------------------------------------------------------------


def test_individual_work_grows_with_a_dip_in_the_third_quarter_of_2019(schoon):
    reeks = per_kwartaal(lambda k: len(behandeld(schoon["trajecten"], k, trajectsoort="individueel")))
    assert stijgend(reeks[:6] + reeks[7:])
    assert 0.9 * reeks[5] < reeks[6] < reeks[5]


def test_new_individual_trajecten_rise_apart_from_that_dip(schoon):
    individueel = [rij for rij in schoon["trajecten"] if rij["trajectsoort"] == "individueel"]
    reeks = per_kwartaal(lambda k: len(in_periode(individueel, "startdatum", k)))
    assert stijgend(reeks[:6] + reeks[7:]) and reeks[6] < reeks[5]


def test_leun_en_steun_shrinks_through_2019_and_differs_between_teams(schoon):
    reeks = per_kwartaal(lambda k: len(behandeld(schoon["trajecten"], k, trajectsoort="leun_en_steun")))
    assert stijgend(reeks[:3:-1]), reeks
    per_team = Counter(rij["team"] for rij in behandeld(schoon["trajecten"], JAAR_2019, trajectsoort="leun_en_steun"))
    assert max(per_team.values()) > 4 * min(per_team.values())


def test_trajecten_reach_beyond_both_years(schoon):
    starts = [als_datum(rij["startdatum"]) for rij in schoon["trajecten"]]
    assert 100 < sum(start < date(2018, 1, 1) for start in starts) < 300
    assert max(starts) < date(2020, 1, 1)
    assert any(not rij["einddatum"] for rij in schoon["trajecten"])


def test_peak_of_short_questions_at_the_end_of_2018(schoon):
    reeks = per_kwartaal(lambda k: len(in_periode(schoon["informatie_en_advies"], "datum", k)))
    assert max(reeks) == reeks[3] > 1.25 * sorted(reeks)[-2]


@pytest.mark.parametrize("jaar", [JAAR_2018, JAAR_2019])
def test_short_questions_are_led_by_money_and_by_team_oost(schoon, jaar):
    vragen = in_periode(schoon["informatie_en_advies"], "datum", jaar)
    domeinen = Counter(rij["domein"].replace("Zelfzorg", "Activiteiten dagelijks leven") for rij in vragen)
    top = [domein for domein, _ in domeinen.most_common(5)]
    assert top[0] == "Financiën"
    assert {"Huisvesting", "Activiteiten dagelijks leven", "Maatschappelijke participatie"} < set(top)
    assert Counter(rij["team"] for rij in vragen).most_common(1)[0][0] == "Oost"


def test_more_activities_every_quarter_and_more_started(schoon):
    def actief(kwartaal):
        return len({rij["activiteit_id"] for rij in in_periode(schoon["bijeenkomsten"], "datum", kwartaal)})

    assert stijgend(per_kwartaal(actief))
    assert stijgend(per_kwartaal(lambda k: len(in_periode(schoon["collectieve_activiteiten"], "startdatum", k))))


def test_some_activities_of_2018_go_on_and_not_every_meeting_is_counted(schoon):
    activiteiten = schoon["collectieve_activiteiten"]
    eerder = {r["activiteit_id"] for r in activiteiten if als_datum(r["startdatum"]) < JAAR_2019[0]}
    bijeenkomsten = in_periode(schoon["bijeenkomsten"], "datum", JAAR_2019)
    assert 20 < len({rij["activiteit_id"] for rij in bijeenkomsten} & eerder) < 65
    ongeteld = [rij for rij in bijeenkomsten if not rij["aantal_deelnemers"].isdigit()]
    assert 0.03 < len(ongeteld) / len(bijeenkomsten) < 0.2


def test_no_meeting_before_its_activity_starts(schoon):
    start = {rij["activiteit_id"]: als_datum(rij["startdatum"]) for rij in schoon["collectieve_activiteiten"]}
    assert all(als_datum(rij["datum"]) >= start[rij["activiteit_id"]] for rij in schoon["bijeenkomsten"])


def test_polish_residents_meet_in_zuid(schoon):
    teams = Counter(rij["team"] for rij in schoon["collectieve_activiteiten"] if "Poolse" in rij["naam"])
    assert set(teams) == {"Zuid"} and teams["Zuid"] > 15
    assert "Wandelgroep Blokzijl" in {rij["naam"] for rij in schoon["collectieve_activiteiten"]}
    nieuw = [r for r in schoon["collectieve_activiteiten"] if re.match("KIES|SOVA|Bikkeltjes", r["naam"])]
    assert nieuw and all(als_datum(rij["startdatum"]) >= JAAR_2019[0] for rij in nieuw)


def test_hoofddomeinen_at_intake_are_led_by_the_four_of_the_report(schoon):
    individueel = {r["traject_id"] for r in behandeld(schoon["trajecten"], JAAR_2019, trajectsoort="individueel")}
    aantal = Counter(
        rij["domein"]
        for rij in schoon["zrm_metingen"]
        if rij["moment"] == "intake" and ja(rij["hoofddomein"]) and rij["traject_id"] in individueel
    )
    top = [domein for domein, _ in aantal.most_common(4)]
    assert top == ["Financiën", "Huisvesting", "Huiselijke relaties", "Geestelijke gezondheid"]


def groei(schoon, jaar):
    """(intake, doelscore, eind) by hoofddomein, of individual trajecten closed in a year; of two intakes the first."""
    dicht = {
        rij["traject_id"]
        for rij in schoon["trajecten"]
        if rij["trajectsoort"] == "individueel" and rij["einddatum"] and als_datum(rij["einddatum"]).year == jaar
    }
    intake, eind, paren = {}, {}, defaultdict(list)
    for rij in schoon["zrm_metingen"]:
        sleutel = rij["traject_id"], rij["domein"].replace("Zelfzorg", "Activiteiten dagelijks leven")
        if rij["traject_id"] not in dicht or rij["score"] == "99":
            continue
        if rij["moment"] == "intake" and ja(rij["hoofddomein"]):
            intake.setdefault(sleutel, (int(rij["score"]), rij["doelscore"]))
        if rij["moment"] == "eind":
            eind[sleutel] = int(rij["score"])
    for sleutel in intake.keys() & eind.keys():
        paren[sleutel[1]].append((*intake[sleutel], eind[sleutel]))
    return paren


def test_growth_on_the_top_five_and_goals_often_reached(schoon):
    paren = groei(schoon, 2019)
    top = sorted(paren, key=lambda domein: -len(paren[domein]))[:5]
    gemiddeld = {domein: sum(eind - begin for begin, _, eind in paren[domein]) / len(paren[domein]) for domein in paren}
    assert top[0] == "Financiën" and 0.70 < gemiddeld["Financiën"] < 0.75
    assert all(gemiddeld[domein] > 0 for domein in top)
    met_doel = [(int(doel), eind) for rijen in paren.values() for _, doel, eind in rijen if doel in "12345" and doel]
    behaald = sum(eind >= doel for doel, eind in met_doel) / len(met_doel)
    assert 0.55 < behaald < 0.9
    assert any(eind < begin for rijen in paren.values() for begin, _, eind in rijen), "some people slide back"


def hoofddomeinen_per_traject(schoon, jaar):
    individueel = {r["traject_id"] for r in behandeld(schoon["trajecten"], jaar, trajectsoort="individueel")}
    domeinen = defaultdict(set)
    for rij in schoon["zrm_metingen"]:
        if rij["moment"] == "intake" and ja(rij["hoofddomein"]) and rij["traject_id"] in individueel:
            domeinen[rij["traject_id"]].add(rij["domein"])
    return [len(gekozen) for gekozen in domeinen.values()]


def test_slightly_more_complex_than_in_2018(schoon):
    eerder, later = (hoofddomeinen_per_traject(schoon, jaar) for jaar in (JAAR_2018, JAAR_2019))
    assert len(later) == 579
    verschil = sum(n >= 4 for n in later) / len(later) - sum(n >= 4 for n in eerder) / len(eerder)
    assert 0.005 < verschil < 0.04
    assert sum(n == 1 for n in later) / len(later) < sum(n == 1 for n in eerder) / len(eerder)


def test_heavy_share_rises_again_in_2019(schoon):
    def aandeel(kwartaal):
        rijen = behandeld(schoon["trajecten"], kwartaal, trajectsoort="individueel")
        schattingen = [int(r["geschat_aantal_gesprekken"]) for r in rijen if r["geschat_aantal_gesprekken"].isdigit()]
        return sum(schatting > 5 for schatting in schattingen) / len(schattingen)

    reeks = per_kwartaal(aandeel)
    assert stijgend(reeks[4:]) and stijgend(reeks[3::-1])


def test_young_people_are_under_counted(schoon):
    geboren = {r["klant_id"]: als_datum(r["geboortedatum"]) for r in schoon["klanten"]}
    klanten = {r["klant_id"] for r in behandeld(schoon["trajecten"], JAAR_2019, trajectsoort="individueel")}
    jong = [k for k in klanten if geboren[k] and geboren[k] > date(1991, 12, 31)]
    assert 0.10 < len(jong) / len(klanten) < 0.22, "of the inhabitants it would be about three in ten"


def test_villages_are_reached_alike_and_two_stand_out(schoon):
    kern = {r["klant_id"]: r["kern"] for r in schoon["klanten"]}
    aantal = Counter(kern[r["klant_id"]] for r in behandeld(schoon["trajecten"], JAAR_2019, trajectsoort="individueel"))
    inwoners = {r["kern"]: int(r["inwoners"]) for r in schoon["kernen"]}
    assert [naam for naam, _ in aantal.most_common(2)] == ["Steenwijk", "Vollenhove"]
    groot = [1000 * aantal[naam] / inwoners[naam] for naam in inwoners if inwoners[naam] >= 1000]
    assert max(groot) < 1.35 * min(groot)


def test_school_social_work_starts_in_september_2019(schoon):
    dagen = [als_datum(rij["datum"]) for rij in schoon["schoolmaatschappelijk_werk"]]
    assert date(2019, 9, 1) <= min(dagen) and max(dagen) <= date(2019, 12, 31)


def test_volunteer_centre_invests_in_the_second_quarter_of_2019_and_reaps_later(schoon):
    def reeks(soort):
        rijen = [rij for rij in schoon["vip"] if rij["soort"] == soort]
        return per_kwartaal(lambda k: len(in_periode(rijen, "datum", k)))

    for soort in ("vrijwilliger_ingeschreven", "organisatie_ingeschreven", "vacature"):
        in_2019 = reeks(soort)[4:]
        assert max(in_2019) == in_2019[1], soort
        assert sum(in_2019) < sum(reeks(soort)[:4]), f"less of {soort} than in 2018"
    assert stijgend(reeks("voorgesteld")[4:]) and stijgend(reeks("bemiddeld")[4:])


def test_services_count_the_same_things_in_both_years(schoon):
    geteld = {
        jaar: {
            (rij["onderdeel"], rij["maat"], rij["categorie"]): int(rij["aantal"])
            for rij in schoon["informele_ondersteuning"]
            if rij["jaar"] == jaar
        }
        for jaar in ("2018", "2019")
    }
    assert list(geteld["2018"]) == list(geteld["2019"]) and len(geteld["2019"]) == 29
    assert sum(map(len, geteld.values())) == len(schoon["informele_ondersteuning"]), "no count stands there twice"
    for telling in geteld.values():
        vragen = [aantal for wat, aantal in telling.items() if wat[:2] == ("Rechtswinkel", "vragen")]
        assert sum(vragen) == telling["Rechtswinkel", "inwoners", ""]
    assert all(0.6 < geteld["2018"][wat] / aantal < 1.4 for wat, aantal in geteld["2019"].items() if aantal > 6)


def uitgenodigd(schoon, jaar):
    """(invitation, traject) of what was closed in a year."""
    trajecten = {rij["traject_id"]: rij for rij in schoon["trajecten"]}
    paren = [(rij, trajecten[rij["traject_id"]]) for rij in schoon["klanttevredenheid"]]
    return [(rij, traject) for rij, traject in paren if als_datum(traject["einddatum"]).year == jaar]


def test_invited_are_individual_trajecten_closed_up_to_22_november(schoon):
    paren = uitgenodigd(schoon, 2018) + uitgenodigd(schoon, 2019)
    assert len(paren) == len(schoon["klanttevredenheid"]) == len({traject["traject_id"] for _, traject in paren})
    individueel = [rij for rij in schoon["trajecten"] if rij["trajectsoort"] == "individueel" and rij["einddatum"]]
    dicht = [rij for rij in individueel if als_datum(rij["einddatum"]) >= JAAR_2018[0]]
    later = [rij for rij in dicht if als_datum(rij["einddatum"]) > date(2019, 11, 22)]
    assert {t["traject_id"] for _, t in paren} == {t["traject_id"] for t in dicht} - {t["traject_id"] for t in later}
    assert (len(uitgenodigd(schoon, 2018)), len(uitgenodigd(schoon, 2019)), len(later)) == (290, 348, 37)


@pytest.mark.parametrize(("jaar", "verzonden", "ingevuld"), [(2018, 140, 42), (2019, 176, 58)])
def test_only_what_was_sent_is_answered_and_in_that_order(schoon, jaar, verzonden, ingevuld):
    paren = uitgenodigd(schoon, jaar)
    assert sum(rij["verzendstatus"] == "verzonden" for rij, _ in paren) == verzonden
    assert all(rij["verzendstatus"] == "verzonden" for rij, _ in paren if als_datum(rij["verzonden_op"]))
    beantwoord = [(rij, traject) for rij, traject in paren if als_datum(rij["ingevuld_op"])]
    assert len(beantwoord) == ingevuld
    for rij, traject in beantwoord:
        einde, op, terug = (als_datum(w) for w in (traject["einddatum"], rij["verzonden_op"], rij["ingevuld_op"]))
        assert rij["verzendstatus"] == "verzonden" and einde < terug <= date(2019, 12, 31)
        # One was typed in the wrong century, and one cannot be read.
        assert op is None or op.year < 2000 or einde < op <= terug


def cijfers_per_vraag(schoon, jaar):
    nummers = {rij["uitnodiging_id"] for rij, _ in uitgenodigd(schoon, jaar) if als_datum(rij["ingevuld_op"])}
    cijfers = defaultdict(dict)
    for rij in schoon["kto_antwoorden"]:
        if rij["soort"] == "rapportcijfer" and rij["uitnodiging_id"] in nummers:
            assert rij["uitnodiging_id"] not in cijfers[rij["vraag"]], "nobody answers a question twice"
            cijfers[rij["vraag"]][rij["uitnodiging_id"]] = int(rij["waarde"])
    return cijfers


def test_only_who_returned_the_survey_answers_and_not_every_question(schoon):
    per_jaar = {jaar: cijfers_per_vraag(schoon, jaar) for jaar in (2018, 2019)}
    antwoorden = [rij for rij in schoon["kto_antwoorden"] if rij["soort"] == "rapportcijfer"]
    assert sum(len(cijfers) for vragen in per_jaar.values() for cijfers in vragen.values()) == len(antwoorden)
    aantallen = [len(cijfers) for cijfers in per_jaar[2019].values()]
    assert max(aantallen) == 58 and min(aantallen) > 45 and len(set(aantallen)) > 3


def test_mostly_passes_the_printed_questions_on_top_and_2018_no_different(schoon):
    gemiddeld = {}
    for jaar in (2018, 2019):
        vragen = cijfers_per_vraag(schoon, jaar)
        alle = [cijfer for cijfers in vragen.values() for cijfer in cijfers.values()]
        assert 0.9 < sum(cijfer >= 6 for cijfer in alle) / len(alle) < 1, "but not everyone is satisfied"
        gemiddeld[jaar] = {vraag: sum(cijfers.values()) / len(cijfers) for vraag, cijfers in vragen.items()}
        top = sorted(gemiddeld[jaar], key=gemiddeld[jaar].get)[-3:]
        assert set(top) == set(list(tevredenheid.RAPPORTCIJFERS)[: tevredenheid.AFGEDRUKTE_VRAGEN])
        assert all(7.5 <= waarde <= 8.2 for waarde in gemiddeld[jaar].values())
    assert all(abs(gemiddeld[2018][vraag] - waarde) < 0.1 for vraag, waarde in gemiddeld[2019].items())


def test_who_is_satisfied_with_one_thing_is_usually_satisfied_with_another(schoon):
    cijfers = cijfers_per_vraag(schoon, 2019)
    omgang = cijfers["manier waarop de medewerker met de klant omging"]
    tijd = cijfers["aandacht en tijd van de medewerker"]
    beide = sorted(omgang.keys() & tijd.keys(), key=omgang.get)
    laag, hoog = beide[: len(beide) // 3], beide[-(len(beide) // 3) :]
    assert sum(tijd[nummer] for nummer in laag) + 10 < sum(tijd[nummer] for nummer in hoog)


# --- what does not fit is refused ------------------------------------------------------------------------------------


def test_a_story_that_contradicts_the_print_is_refused(monkeypatch):
    monkeypatch.setitem(verhaal.UITSTROOM, "individueel", 384)
    with pytest.raises(ValueError, match="individueel uitstroom: het verhaal geeft 385, gedrukt is 384"):
        dekop.bestanden()


def test_quarters_of_the_volunteer_centre_that_contradict_the_print_are_refused(monkeypatch):
    monkeypatch.setitem(informeel.VIP[2019], "bemiddeld", 92)
    with pytest.raises(ValueError, match="bemiddeld 2019: het verhaal geeft 91, gedrukt is 92"):
        informeel.rijen_vip()


def test_a_funnel_that_the_trajecten_do_not_give_is_refused(monkeypatch):
    monkeypatch.setitem(tevredenheid.VERZENDING[2019], "geen_adres", 14)
    with pytest.raises(ValueError, match="uitnodigingen 2019: 348 trajecten, bedoeld 349"):
        dekop.bestanden()


def test_marks_that_do_not_fit_are_refused():
    cijfers = tevredenheid._cijfers(58, 470, verdeling.Lot("proef"))
    assert (len(cijfers), sum(cijfers)) == (58, 470) and cijfers == sorted(cijfers)
    with pytest.raises(ValueError, match="een som van 580 past niet op 58 rapportcijfers"):
        tevredenheid._cijfers(58, 580, verdeling.Lot("proef"))


def test_a_growth_that_does_not_fit_is_refused():
    from kopanalyse.demo.dekop.zrm import _groei

    assert sum(_groei([2, 3, 3, 2], 3, verdeling.Lot("proef"))) == 3
    with pytest.raises(ValueError, match="past niet"):
        _groei([5, 5], 1, verdeling.Lot("proef"))
