"""Section E on a registration of a few hundred rows: what must hold whatever the figures are, and its border cases."""

import calendar
import dataclasses
import random
from datetime import date, timedelta

import pandas as pd
import pytest

from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.words import table
from kopanalyse.indicators.compute import figures
from kopanalyse.indicators.registratie import Registratie
from kopanalyse.indicators.voorbeelden.clienten_en_casussen import CONTACTEN, DIENSTVERLENING, KORT_OF_CASUS
from kopanalyse.periode import Periode
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN
from tests.tabel import write_checked

DEKOP = load_settings("dekop")
SLEUTEL = ["periode", "team", "categorie", "subcategorie"]
THEMA_EN_EFFECT = ("unieke_casussen", "groepswerk_activiteiten", "groepswerk_deelnemers")
VERDELINGEN = (
    "hulpvragen_casussen",
    "hulpvragen_korte_contacten",
    "wachttijd",
    "duur",
    "samenstelling",
    "contacten_per_casus",
    "reden_beeindiging",
    "doorverwijzing_na_afsluiting",
    "verwezen_door",
)


def _registration(lot):
    """Text tables with everything that section E reads, drawn by ``lot``."""

    def dag(van=date(2017, 10, 1), dagen=900):
        return van + timedelta(days=lot.randrange(dagen))

    def tekst(kop, rijen):
        return "\n".join([kop, *(" ".join(map(str, rij)) for rij in rijen)])

    trajecten, contacten = [], []
    for n in range(200):
        start = dag()
        eind = lot.choice(["-", start + timedelta(days=lot.randrange(150))])
        aangemeld = lot.choice(["-", start - timedelta(days=lot.randrange(-5, 100))])
        trajecten.append(
            (
                f"t{n}",
                f"k{lot.randrange(120)}",
                lot.choice(["Oost", "Zuid", "-"]),
                lot.choice(["individueel", "leun_en_steun", "onbekend"]),
                lot.choice(["kort", "casus", "onbekend", "-"]),
                aangemeld,
                start,
                eind,
                lot.choice(["eigen_initiatief", "verwezen", "-"]),
                lot.choice(["Gemeente·>·WIZ", "Gemeente", "Huisarts", "-"]),
                lot.choice(["af", "verhuisd", "-"]),
                lot.choice(["GGZ", "-"]),
            )
        )
        contacten += [
            (f"c{n}.{m}", f"t{n}", start + timedelta(days=lot.randrange(200)), lot.choice([0, 60, 80, "-"]))
            for m in range(lot.choice([0, 1, 3, 4, 12]))
        ]
    effecten = ["Meedoen eenzaamheid", "Meedoen leefstijl", "Proces eenzaamheid", "Proces -", "- -"]
    activiteiten = [
        (f"a{n}", "naam", lot.choice(["Oost", "Zuid", "-"]), dag(), lot.choice(effecten)) for n in range(20)
    ]
    return {
        "trajecten": tekst(
            "traject_id klant_id team trajectsoort dienstverlening aanmelddatum startdatum einddatum "
            "aanmeldroute verwijzer reden_beeindiging doorverwezen_naar",
            trajecten,
        ),
        "contacten": tekst("contact_id traject_id datum minuten", contacten),
        "hulpvragen": tekst(
            "traject_id hulpvraag thema effect",
            [
                (f"t{lot.randrange(200)}", lot.choice(["Geld", "Wonen", "Werk"]), lot.choice(effecten))
                for _ in range(300)
            ],
        ),
        "collectieve_activiteiten": tekst("activiteit_id naam team startdatum thema effect", activiteiten),
        "bijeenkomsten": tekst(
            "bijeenkomst_id activiteit_id datum", [(f"b{n}", f"a{lot.randrange(20)}", dag()) for n in range(60)]
        ),
        "deelnames": tekst(
            "activiteit_id deelnemer_id datum",
            [(f"a{lot.randrange(20)}", f"d{lot.randrange(30)}", dag()) for _ in range(200)],
        ),
        "productie_uren": tekst(
            "maand functie uren", [(dag(), lot.choice(["MW", "SJD"]), lot.randrange(9000) / 100) for _ in range(100)]
        ),
        "overige_dienstverlening": tekst(
            "registratie_id soort startdatum einddatum",
            [(f"r{n}", lot.choice(["WLZ", "Buurt"]), dag(), "-") for n in range(40)],
        ),
        "formulierenbrigade": tekst(
            "bezoek_id klant_id datum", [(f"b{n}", f"k{lot.randrange(30)}", dag()) for n in range(60)]
        ),
    }


REGISTRATIE = _registration(random.Random(2024))


@pytest.fixture(scope="module")
def cijfers(tmp_path_factory):
    map_ = tmp_path_factory.mktemp("checked")
    write_checked(map_, REGISTRATIE)
    return figures(DEKOP, map_, [Periode(2018), Periode(2019)])


def teller(cijfers, naam):
    return cijfers[cijfers.indicator == naam].set_index(SLEUTEL).teller


def test_korte_contacten_and_casussen_are_all_trajecten(cijfers):
    kort, casus = teller(cijfers, "korte_contacten"), teller(cijfers, "casussen")
    samen = (kort + casus).drop("totaal", level="categorie")
    behandeld = teller(cijfers, "behandelde_casussen").reindex(samen.index)
    assert (samen == behandeld).all() and kort.max() > 20 and casus.max() > 20


@pytest.mark.parametrize(
    "naam", ["korte_contacten", "casussen", "aanmeldingen", "groepswerk_activiteiten", *VERDELINGEN]
)
def test_teams_add_up_to_the_organisation(cijfers, naam):
    per_team = teller(cijfers, naam).unstack("team")
    assert list(per_team) == ["Oost", "Zuid", "alle", "onbekend"] and per_team.alle.max() > 0
    assert (per_team.drop(columns="alle").sum(axis=1) == per_team.alle).all()


@pytest.mark.parametrize("naam", ["formulierenbrigade", "overige_dienstverlening", "productie_uren"])
def test_tables_without_a_team_are_for_the_whole_organisation(cijfers, naam):
    assert set(cijfers[cijfers.indicator == naam].team) == {"alle"} and teller(cijfers, naam).max() > 0


def test_a_share_lies_between_nought_and_one_and_within_its_interval(cijfers):
    aandelen = cijfers[(cijfers.eenheid == "aandeel") & (cijfers.noemer > 0)]
    assert set(VERDELINGEN) <= set(aandelen.indicator)
    assert aandelen.waarde.between(0, 1).all()
    assert aandelen.waarde.between(aandelen.ondergrens, aandelen.bovengrens).all()


@pytest.mark.parametrize("naam", VERDELINGEN)
def test_a_distribution_adds_up_to_its_base(cijfers, naam):
    rijen = cijfers[(cijfers.indicator == naam) & (cijfers.subcategorie == "")]
    per_groep = rijen.groupby(["periode", "team"])
    delen = rijen[rijen.categorie != "totaal"].groupby(["periode", "team"]).teller.sum()
    assert (per_groep.noemer.nunique() == 1).all() and (delen == per_groep.noemer.first()).all() and delen.max() > 0


@pytest.mark.parametrize("naam", THEMA_EN_EFFECT)
def test_a_total_is_at_least_its_largest_part_and_at_most_the_sum(cijfers, naam):
    rijen = teller(cijfers, naam)
    totaal = rijen.xs("totaal", level="subcategorie")
    delen = rijen.drop("totaal", level="subcategorie").groupby(level=["periode", "team", "categorie"])
    grootste, som = delen.max(), delen.sum()
    assert (grootste <= totaal.loc[grootste.index]).all() and (totaal.loc[som.index] <= som).all()
    assert naam == "groepswerk_activiteiten" or (totaal.loc[som.index] < som).any()


@pytest.mark.parametrize("naam", THEMA_EN_EFFECT)
def test_only_pairs_that_occur_stand_beside_the_totals(cijfers, naam):
    bekend = {
        ("Meedoen", "eenzaamheid"),
        ("Meedoen", "leefstijl"),
        ("Proces", "eenzaamheid"),
        ("Proces", "onbekend"),
        ("onbekend", "onbekend"),
    }
    themas, effecten = zip(*bekend)
    totalen = {(t, "totaal") for t in (*themas, "totaal")} | {("totaal", e) for e in effecten}
    per_groep = cijfers[cijfers.indicator == naam].groupby(["periode", "team"])
    assert len(per_groep) == 2 * 4
    for _, groep in per_groep:
        assert set(zip(groep.categorie, groep.subcategorie)) == bekend | totalen
        assert not groep.duplicated(SLEUTEL).any()


def test_verwezen_door_has_one_level_and_its_parts(cijfers):
    rijen = cijfers[cijfers.indicator == "verwezen_door"]
    assert set(zip(rijen.categorie, rijen.subcategorie)) == {
        ("eigen_initiatief", ""),
        ("Gemeente", ""),
        ("Gemeente", "WIZ"),
        ("Huisarts", ""),
        ("onbekend", ""),
        ("totaal", ""),
    }


def test_a_verwijzer_called_totaal_stays_out_of_the_total_row(tmp_path):
    trajecten = """
        traject_id klant_id trajectsoort verwijzer       startdatum
        t1         k1       individueel  totaal·>·WIZ    2019-01-01
        t2         k2       individueel  Huisarts        2019-01-01
    """
    write_checked(tmp_path, {"trajecten": trajecten})
    c = figures(DEKOP, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN["verwezen_door"]])
    gevonden = c[c.team == "alle"].set_index(["categorie", "subcategorie"]).teller.to_dict()
    assert gevonden == {("Huisarts", ""): 1, ("onbekend", ""): 1, ("onbekend", "WIZ"): 1, ("totaal", ""): 2}


def test_a_figure_over_several_decimals_and_its_rows(cijfers):
    uren = cijfers[cijfers.indicator == "productie_uren"].set_index(["periode", "categorie"])
    regels = [regel.split() for regel in REGISTRATIE["productie_uren"].splitlines()[1:]]
    van_2019 = [float(aantal) for maand, functie, aantal in regels if maand.startswith("2019") and functie == "MW"]
    cijfer = uren.loc[("2019", "MW")]
    assert cijfer.eenheid == "uren" and cijfer.waarde == pytest.approx(sum(van_2019))
    assert cijfer.n_personen == len(van_2019) > 10 and pd.isna(cijfer.noemer)


def test_rows_in_another_order_give_the_same_table(tmp_path, cijfers):
    lot = random.Random(1)
    for naam, tekst in REGISTRATIE.items():
        kop, *rijen = tekst.splitlines()
        write_checked(tmp_path, {naam: "\n".join([kop, *lot.sample(rijen, len(rijen))])})
    pd.testing.assert_frame_equal(figures(DEKOP, tmp_path, [Periode(2018), Periode(2019)]), cijfers, check_exact=True)


# Kort of casus


def _casussen(map_, tabellen, **drempels):
    settings = dataclasses.replace(DEKOP, drempels=dataclasses.replace(DEKOP.drempels, **drempels))
    write_checked(map_, tabellen)
    namen = ("casussen", "afwijkende_dienstverlening", "contacten_per_casus")
    c = figures(settings, map_, [Periode(2019)], indicatoren=[INDICATOREN[naam] for naam in namen])
    return settings, c[(c.team == "alle") & (c.categorie == "totaal")].set_index("indicator").teller.to_dict()


@pytest.mark.parametrize(
    "drempels, casussen, woorden",
    [
        ({}, 3, "minder dan 4 uur en hooguit 3 contacten"),
        ({"kort_uren_inclusief": True}, 2, "hooguit 4 uur en hooguit 3 contacten"),  # t2 took exactly four hours
        ({"kort_contacten": 4}, 2, "minder dan 4 uur en hooguit 4 contacten"),  # t3 had four
        ({"kort_verbinding": "of"}, 1, "minder dan 4 uur of hooguit 3 contacten"),  # only what is registered
        ({"kort_uren": 3.5}, 4, "minder dan 3,5 uur en hooguit 3 contacten"),  # t1 too
    ],
)
def test_what_is_kort_comes_from_the_settings(tmp_path, drempels, casussen, woorden):
    settings, geteld = _casussen(tmp_path, DIENSTVERLENING, **drempels)
    assert geteld["casussen"] == casussen
    assert woorden in INDICATOREN["korte_contacten"].definition(settings)


def test_without_a_table_contacten_what_is_not_registered_is_neither(tmp_path):
    write_checked(tmp_path, {"trajecten": KORT_OF_CASUS})
    c = figures(DEKOP, tmp_path, [Periode(2019)])
    geteld = c[(c.team == "alle") & (c.categorie == "totaal")].set_index("indicator").teller
    assert (geteld.korte_contacten, geteld.casussen) == (1, 1)  # t6 and t4, as registered
    assert geteld.clienten == 3 and not {"afwijkende_dienstverlening", "contacten_per_casus"} & set(geteld.index)


KORT_OF_CASUS_INDICATOREN = {
    "korte_contacten",
    "casussen",
    "aanmeldingen",
    "hulpvragen_casussen",
    "hulpvragen_korte_contacten",
    "wachttijd",
    "samenstelling",
    "reden_beeindiging",
    "doorverwijzing_na_afsluiting",
}


def test_nothing_registered_and_no_contacten_gives_no_rows_about_kort_or_casus(tmp_path):
    zonder = KORT_OF_CASUS.replace(" casus ", " -     ").replace(" kort ", " -    ")
    write_checked(tmp_path, {"trajecten": zonder, "hulpvragen": "traject_id hulpvraag\nt1 Geld"})
    aanwezig = set(figures(DEKOP, tmp_path, [Periode(2019)]).indicator)
    assert not KORT_OF_CASUS_INDICATOREN & aanwezig
    assert {"clienten", "verwezen_door", "duur", "unieke_casussen"} <= aanwezig
    assert {naam for naam, ind in INDICATOREN.items() if ind.kort_of_casus} == KORT_OF_CASUS_INDICATOREN
    write_checked(tmp_path, {"contacten": CONTACTEN.strip().splitlines()[0]})
    assert set(figures(DEKOP, tmp_path, [Periode(2019)]).indicator) >= KORT_OF_CASUS_INDICATOREN


def test_a_table_contacten_without_rows_makes_all_kort_that_is_not_registered(tmp_path):
    _, geteld = _casussen(tmp_path, DIENSTVERLENING | {"contacten": CONTACTEN.strip().splitlines()[0]})
    assert geteld == {"casussen": 1, "afwijkende_dienstverlening": 1, "contacten_per_casus": 6}  # t4, and so it differs


def test_a_traject_can_be_kort_in_one_year_and_a_casus_in_a_later_one(tmp_path):
    trajecten = """
        traject_id klant_id trajectsoort startdatum aanmelddatum
        t1         k1       individueel  2018-12-01 2018-11-30
    """
    contacten = "\n".join(
        [
            "contact_id traject_id datum",
            *(f"c{n} t1 {dag}" for n, dag in enumerate(("2018-12-31", "2018-12-31", "2018-12-31", "2019-01-01"))),
        ]
    )
    write_checked(tmp_path, {"trajecten": trajecten, "contacten": contacten})
    c = figures(DEKOP, tmp_path, [Periode(2018), Periode(2019)])
    per_jaar = c[(c.team == "alle") & (c.categorie == "totaal")].set_index(["indicator", "periode"]).teller
    assert list(per_jaar.korte_contacten) == [1, 0] and list(per_jaar.casussen) == [0, 1]
    assert per_jaar.aanmeldingen.sum() == 0  # in 2018 it was kort, and it did not come in 2019


@pytest.mark.parametrize("verbinding", ["en", "of"])
def test_hours_take_no_part_where_no_minutes_are_registered(tmp_path, verbinding):
    zonder = [" ".join(regel.split()[:3]) for regel in CONTACTEN.strip().splitlines()]
    _, geteld = _casussen(tmp_path, DIENSTVERLENING | {"contacten": "\n".join(zonder)}, kort_verbinding=verbinding)
    assert geteld["casussen"] == 2  # t3 by its four contacts, t4 as registered


# Maanden


def _class_of(van, tot, grenzen):
    """The class by counting along the calendar: the day that many months later, or the last day of that month."""

    def later(maanden):
        jaar, maand = divmod(van.year * 12 + van.month - 1 + maanden, 12)
        return date(jaar, maand + 1, min(van.day, calendar.monthrange(jaar, maand + 1)[1]))

    kort, lang = grenzen
    if tot < later(kort):
        return f"< {kort} mnd"
    return f"{kort}-{lang} mnd" if tot <= later(lang) else f"> {lang} mnd"


@pytest.mark.parametrize("grenzen", [(1, 2), (3, 12)])
def test_months_are_counted_along_the_calendar(grenzen):
    settings = dataclasses.replace(DEKOP, drempels=dataclasses.replace(DEKOP.drempels, maanden=grenzen))
    dagen = [date(2019, 11, 25) + timedelta(days=n) for n in range(100)]  # through 29 February
    paren = [(van, van + timedelta(days=n)) for van in dagen for n in (*range(-2, 100), *range(360, 370))]
    with Engine() as engine:
        engine.add("paren", pd.DataFrame(paren, columns=["van", "tot"]))
        p = table("paren", {"van": "date", "tot": "date"})
        klasse = Registratie(settings, ["paren"]).maandklasse(p.van, p.tot)
        gevonden = engine.frame(p.select(van=p.van, tot=p.tot, klasse=klasse))
    assert list(gevonden.klasse) == [_class_of(van, tot, grenzen) for van, tot in paren]
    assert gevonden.klasse.nunique() == 3


def test_classes_are_named_after_their_bounds(tmp_path):
    drempels = dataclasses.replace(DEKOP.drempels, maanden=(2, 6), contacten_per_casus=(0, 5))
    write_checked(tmp_path, DIENSTVERLENING)
    c = figures(dataclasses.replace(DEKOP, drempels=drempels), tmp_path, [Periode(2019)])
    assert list(c[c.indicator == "duur"].categorie.unique()) == ["< 2 mnd", "2-6 mnd", "> 6 mnd", "totaal"]
    contacten = c[(c.indicator == "contacten_per_casus") & (c.team == "alle")].set_index("categorie").teller.to_dict()
    assert contacten == {"0-0": 2, "1-5": 4, "> 5": 0, "totaal": 6}
