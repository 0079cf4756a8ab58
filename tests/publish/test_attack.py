"""The attack cases about the table, each with a few rows and the answer beside it."""

from dataclasses import replace
from datetime import date

import pytest

from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.periode import Periode
from kopanalyse.publish import editions
from kopanalyse.publish.editions import EditionError
from kopanalyse.publish.publish import PublishError
from kopanalyse.publish.run import Opdracht, publish

from .aanvaller import Aanval, gelekt
from .klein import SMWO, als_vorige, getoond, rij, tabel, uitgave

ZONDER_EXACT = replace(SMWO, publiceren=replace(SMWO.publiceren, exact=()))


def teams(indicator="instroom", **per_team):
    return [rij(indicator, sum(per_team.values())), *(rij(indicator, n, team=team) for team, n in per_team.items())]


def veilig(u, **meer):
    assert not gelekt(u.rijen, **meer)


def test_a1_one_hidden_team_of_three():
    u = uitgave(*teams(A=3, B=40, C=60))
    assert getoond(u, "instroom", team="A") is None
    assert getoond(u, "instroom") == 105  # 103
    veilig(u)


@pytest.mark.parametrize(("a", "b"), [(2, 3), (9, 9), (1, 1)])
def test_a2_two_hidden_that_are_together(a, b):
    u = uitgave(*teams(A=a, B=b, C=60))
    veilig(u)
    minst, meest = Aanval(u.rijen, True).grenzen(("instroom", "2024", "A", "totaal", ""), "teller")
    assert meest - minst > 4


def test_a3_quarter_against_year():
    kwartalen = [rij("instroom", n, periode=f"2024-K{k}") for k, n in enumerate((30, 4, 30, 30), 1)]
    u = uitgave(rij("instroom", 94), *kwartalen, settings=ZONDER_EXACT)
    assert getoond(u, "instroom", periode="2024-K2") is None
    veilig(u)


def test_a4_stands_against_flow():
    u = uitgave(rij("beginstand", 50), rij("instroom", 3), rij("uitstroom", 20), rij("eindstand", 33))
    assert getoond(u, "instroom") is None
    veilig(u)


A5 = {
    "one gap": [(9, 0, 12), (12, 0, 0), (0, 0, 12)],
    "four in a ring": [(1, 2, 40), (1, 5, 40), (40, 0, 40)],
    "five in a staircase": [(2, 6, 0), (0, 8, 6), (0, 0, 5)],
}


@pytest.mark.parametrize("naam", A5)
def test_a5_gaps_in_a_cross_table(naam):
    """Every cell below 10 is hidden, and so much more that no sum says it: as they are, each of these would leak."""
    cijfers = A5[naam]
    u = uitgave(*cross_table(cijfers), settings=ZONDER_EXACT)
    for a, getallen in zip("pqr", cijfers):
        for b, n in zip("xyz", getallen):
            assert not 0 < n < 10 or getoond(u, "inschatting", categorie=a, subcategorie=b) is None
    assert u.bewijs["lekken_voor"]
    veilig(u)


def cross_table(cijfers):
    """Rows p, q and r by columns x, y and z, with all their totals."""
    cellen = {(a, b): n for a, getallen in zip("pqr", cijfers) for b, n in zip("xyz", getallen)}
    for a, b in list(cellen):
        for som in ((a, "totaal"), ("totaal", b), ("totaal", "totaal")):
            cellen[som] = cellen.get(som, 0) + cellen[a, b]
    return [rij("inschatting", n, categorie=a, sub=b) for (a, b), n in cellen.items()]


def test_a6_share_times_base_says_no_more_than_is_shown():
    u = uitgave(rij("kto_respons", 33, noemer=101, eenheid="aandeel"))
    assert getoond(u, "kto_respons", "waarde") == 35 / 100


def test_a7_intervals_are_made_of_what_is_shown():
    een, ander = (
        uitgave(rij("kto_respons", teller, noemer=noemer, eenheid="aandeel"))
        for teller, noemer in ((33, 101), (36, 98))
    )
    assert een.rijen.equals(ander.rijen)


def test_a8_small_parts_are_not_rounded_to_nothing():
    u = uitgave(rij("instroom", 10), *(rij("instroom", n, categorie=c) for c, n in zip("abcd", (2, 3, 3, 2))))
    assert [getoond(u, "instroom", categorie=c) for c in "abcd"] == [None] * 4
    veilig(u)


def test_a9_everybody_of_a_small_group():
    u = uitgave(rij("zrm_doel_behaald", 30, noemer=30, eenheid="aandeel"))
    assert getoond(u, "zrm_doel_behaald") is None
    assert getoond(u, "zrm_doel_behaald", "waarde") is None


def test_a10_visible_complement():
    u = uitgave(
        rij("behandelde_casussen", 100, categorie="x"),
        rij("beginstand", 60, categorie="x"),
        rij("instroom", 40, categorie="x"),
        rij("korte_contacten", 4, categorie="x"),
        rij("casussen", 96, categorie="x"),
        settings=ZONDER_EXACT,
    )
    assert getoond(u, "korte_contacten", categorie="x") is None
    veilig(u)


def test_a11_figures_that_contradict_each_other_are_not_published():
    with pytest.raises(PublishError, match="kloppen niet met elkaar"):
        uitgave(rij("beginstand", 50), rij("instroom", 30), rij("uitstroom", 20), rij("eindstand", 59))


def test_a12_who_takes_himself_off_learns_nothing():
    u = uitgave(*teams(A=1, B=40, C=60))
    sleutel = ("instroom", "2024", "A", "totaal", "")
    minst, meest = Aanval(u.rijen, True).grenzen(sleutel, "teller", [(sleutel, "teller", 1)])
    assert meest - minst > 4


def test_a14_one_late_registration_changes_nothing():
    eerst = uitgave(*teams(A=23, B=40, C=60), settings=ZONDER_EXACT)
    later = uitgave(*teams(A=24, B=40, C=60), vorige=[als_vorige(eerst)], settings=ZONDER_EXACT)
    assert later.rijen.teller.tolist() == eerst.rijen.teller.tolist()
    assert later.rijen.query("team == 'A'").grenzen.item() == "teller:21..29 n_personen:21..29"


def test_a14_what_was_hidden_stays_hidden_until_it_is_well_above():
    eerst = uitgave(*teams(A=8, B=40, C=60))
    for nu, verwacht in ((12, None), (15, 15)):
        later = uitgave(*teams(A=nu, B=40, C=60), vorige=[als_vorige(eerst)])
        assert getoond(later, "instroom", team="A") == verwacht


def stand(begin, erin, eruit, jaar, team="alle"):
    namen = ("beginstand", "instroom", "uitstroom", "eindstand")
    getallen = (begin, erin, eruit, begin + erin - eruit)
    return [rij(naam, n, periode=jaar, team=team) for naam, n in zip(namen, getallen)]


@pytest.mark.parametrize(
    ("eind", "later", "verwacht"),
    [
        (23, 23, (25, "teller:21..29 n_personen:21..29")),
        (23, 22, (25, "teller:21..29 n_personen:21..29")),  # anew it would be 20, and the two say: 21 or 22
        (23, 31, (30, "teller:28..32 n_personen:28..32")),
        (4, 4, (None, "")),
        (4, 12, (None, "")),  # hidden until 15
    ],
)
def test_a15_one_number_in_the_reports_of_two_years(eind, later, verwacht):
    """Where 2023 ends 2024 begins: what the edition of 2023 said of it, that of both years says under both names."""
    eerst = uitgave(*stand(60, 40, 100 - eind, "2023"), settings=ZONDER_EXACT)
    u = uitgave(
        *stand(60, 40, 100 - later, "2023"),
        *stand(later, 60, 30, "2024"),
        vorige=[als_vorige(eerst)],
        settings=ZONDER_EXACT,
    )
    for naam, jaar in (("eindstand", "2023"), ("beginstand", "2024")):
        assert (getoond(u, naam, periode=jaar), u.rijen.set_index(["indicator", "periode"]).grenzen[naam, jaar]) == (
            verwacht
        )
    veilig(u)


def test_a15_what_an_earlier_year_said_helps_nobody_with_the_next():
    """Team A began 2024 with 23 and 4 came: 23..27 beside what was said before, 21..29, told that to within 2."""
    jaar_2023 = {"A": (7, 25, 9), "B": (7, 12, 19), "C": (20, 25, 27)}
    jaar_2024 = {"A": (23, 4, 27), "B": (0, 40, 3), "C": (18, 40, 9)}
    rijen = {
        jaar: [
            r
            for team, getallen in {**per_team, "alle": [sum(n) for n in zip(*per_team.values())]}.items()
            for r in stand(*getallen, jaar, team)
        ]
        for jaar, per_team in (("2023", jaar_2023), ("2024", jaar_2024))
    }
    eerst = uitgave(*rijen["2023"], settings=ZONDER_EXACT)
    u = uitgave(*rijen["2023"], *rijen["2024"], vorige=[als_vorige(eerst)], settings=ZONDER_EXACT)
    assert getoond(u, "instroom", team="A") is None
    veilig(u)


def test_a15_the_quarter_at_the_turn_of_the_year():
    """eindstand 2023, of its fourth quarter, beginstand 2024 and of its first: all 4, and none is shown."""
    namen = (("eindstand", "2023"), ("eindstand", "2023-K4"), ("beginstand", "2024"), ("beginstand", "2024-K1"))
    rijen = [rij(naam, 4, periode=periode) for naam, periode in namen]
    u = uitgave(*rijen, rij("instroom", 60), rij("uitstroom", 30), rij("eindstand", 34), settings=ZONDER_EXACT)
    assert [getoond(u, naam, periode=periode) for naam, periode in namen] == [None] * 4
    assert getoond(u, "eindstand") == 35
    veilig(u)


def test_one_number_has_one_form():
    """A key figure that stays exact is exact wherever it stands: 1.154 beside 1.155 would be two of them."""
    rijen = [rij(naam, 1154, categorie=c) for naam, c in (("informatie_en_advies", "totaal"),)]
    ook = rij("behandelde_casussen", 1154, categorie="informatie_en_advies")
    exact = replace(SMWO, publiceren=replace(SMWO.publiceren, exact=("behandelde_casussen: informatie_en_advies",)))
    u = uitgave(*rijen, ook, settings=exact)
    assert getoond(u, "behandelde_casussen", categorie="informatie_en_advies") == 1154
    assert getoond(u, "informatie_en_advies") == getoond(u, "informatie_en_advies", "n_personen") == 1154


def test_a16_few_persons_behind_a_larger_number():
    u = uitgave(rij("instroom", 12, n=3), settings=ZONDER_EXACT)
    assert getoond(u, "instroom") is None
    assert getoond(u, "instroom", "n_personen") is None


def test_a17_the_order_of_rows_does_not_tell_what_is_hidden():
    """3 and 9, or 9 and 3; 60 and 60, or 59 and 61: all of it is the same to a reader."""
    een, ander = (
        uitgave(*teams(A=a, B=b, C=c, D=d, E=300), settings=ZONDER_EXACT)
        for a, b, c, d in ((3, 9, 60, 60), (9, 3, 59, 61))
    )
    assert [getoond(een, "instroom", team=team) for team in "ABCD"] == [None, None, 60, 60]
    assert een.rijen.equals(ander.rijen)


A21 = {"drempel": 5, "afronden_op": 10, "marge": 1, "exact": ("instroom",), "kernen": "teams", "gevoelig": ()}


@pytest.mark.parametrize("instelling", A21)
def test_a21_another_cut_of_the_same_truth(tmp_path, instelling):
    """Team A has 8: hidden below 10, and 10 where 5 is enough; who has both knows 8 or 9."""
    rijen = tabel(*teams(A=8, B=40, C=60))
    anders = replace(ZONDER_EXACT, publiceren=replace(ZONDER_EXACT.publiceren, **{instelling: A21[instelling]}))
    eerst = uitgave(*teams(A=8, B=40, C=60), settings=ZONDER_EXACT)
    keep(eerst, tmp_path)
    for opnieuw in (False, True):
        opdracht = Opdracht(tmp_path, tmp_path, tmp_path, tmp_path, proef=True, opnieuw=opnieuw)
        assert "Proef" in publish(rijen, ZONDER_EXACT, own_definitions(), opdracht)
        if opnieuw:
            assert "Proef" in publish(rijen, anders, own_definitions(), opdracht)
        else:
            with pytest.raises(EditionError, match=rf"\[publiceren\] {instelling} is anders dan bij editie 2024-1"):
                publish(rijen, anders, own_definitions(), opdracht)


def test_a_year_of_nothing_is_no_edition(tmp_path):
    """Whoever types 1999 gets a grid of noughts from compute; it may not take the place of the last edition."""
    opdracht = Opdracht(tmp_path, tmp_path, tmp_path, tmp_path)
    rijen = tabel(rij("instroom", 0, periode="1999"), *teams(A=8, B=40, C=60))
    with pytest.raises(EditionError, match="Over 1999 is bij smwo niets geteld: daarvan komt geen editie"):
        publish(rijen, ZONDER_EXACT, own_definitions(), opdracht)
    assert not list(tmp_path.iterdir())


def keep(u, map_):
    """Keep an edition as ``publish`` does."""
    editions.write(
        u,
        ZONDER_EXACT,
        editie="2024-1",
        gemaakt_van="",
        volgnummer=1,
        opnieuw=False,
        redenen={},
        processed=map_,
        datum=date(2026, 11, 29),
    )


def test_definitive_year_is_reprinted():
    vast = replace(ZONDER_EXACT, status={"2024": "definitief"})
    eerst = uitgave(*teams(A=23, B=40, C=60), settings=vast)
    for herzien, verwacht in (((), 125), ((Periode(2024),), 150)):
        later = uitgave(*teams(A=50, B=40, C=60), vorige=[als_vorige(eerst)], settings=vast, herzien=herzien)
        assert getoond(later, "instroom") == verwacht


def test_means_need_persons_and_never_show_their_sum():
    u = uitgave(
        *(
            rij("kto_rapportcijfer", 8 * n, categorie=c, noemer=n, n=n, eenheid="gemiddelde")
            for c, n in (("veel", 50), ("weinig", 8), ("totaal", 58))
        )
    )
    assert [getoond(u, "kto_rapportcijfer", "waarde", categorie=c) for c in ("veel", "weinig")] == [8.0, None]
    assert u.rijen.teller.isna().all()


def test_zero_is_zero_and_hours_are_exact():
    u = uitgave(rij("instroom", 0), rij("productie_uren", 7.5, n=1, eenheid="uren"))
    assert getoond(u, "instroom") == 0
    assert getoond(u, "productie_uren") == 7.5


def test_order_of_rows_does_not_matter():
    rijen = tabel(*teams(A=3, B=40, C=60), *teams("uitstroom", A=13, B=30, C=2))
    een, ander = (uitgave(*volgorde.to_dict("records")) for volgorde in (rijen, rijen[::-1]))
    assert een.rijen.equals(ander.rijen) and een.werelden.equals(ander.werelden)


def test_worlds_prove_it_by_adding_up():
    u = uitgave(*teams(A=3, B=40, C=60))
    breed = u.werelden.groupby(["team", "kolom"]).waarde.agg(lambda w: w.max() - w.min())
    assert breed["A", "teller"] > 4
    for _, wereld in u.werelden[u.werelden.kolom == "teller"].groupby("wereld"):
        per_team = wereld.set_index("team").waarde
        assert per_team.drop("alle").sum() == per_team.get("alle", 103)
