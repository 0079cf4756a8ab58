"""The benchmarks: their peers compute our figures, and a section of the page of results replaces only itself."""

import pytest

from benchmarks import met_pandas, met_sql
from benchmarks.compute import assert_equal
from benchmarks.meten import Meting, in_turn, table, write_section
from benchmarks.onze import indicators


@pytest.fixture(scope="module")
def checked(demo_map):
    return str(demo_map / "processed" / "dekop" / "checked")


@pytest.fixture(scope="module")
def onze(checked):
    return list(indicators(checked).itertuples(index=False, name=None))


@pytest.mark.parametrize("peer", [met_sql, met_pandas], ids=lambda peer: peer.__name__)
def test_a_peer_gives_our_figures(peer, checked, onze):
    hunne = list(peer.cijfers(checked, [2018, 2019]).itertuples(index=False, name=None))
    assert_equal(peer.__name__, hunne, onze)
    assert {rij[0] for rij in hunne} == {rij[0] for rij in onze} == set(met_sql.VRAGEN)


def test_another_figure_stops_the_benchmark(onze):
    plaats = next(plaats for plaats, rij in enumerate(onze) if rij[5])
    *sleutel, teller, noemer, personen = onze[plaats]
    anders = [*onze[:plaats], (*sleutel, teller + 1, noemer, personen), *onze[plaats + 1 :]]
    with pytest.raises(RuntimeError, match=f"pandas gives 1 other .* {sleutel[0]} / "):
        assert_equal("pandas", anders, onze)


def test_a_figure_that_is_left_out_stops_the_benchmark(onze):
    with pytest.raises(RuntimeError, match="pandas gives 1 other"):
        assert_equal("pandas", [rij for rij in onze if rij != next(rij for rij in onze if rij[5])], onze)


def test_contenders_take_turns():
    beurten = []
    deelnemers = {naam: lambda naam=naam: beurten.append(naam) or Meting(len(beurten), 0, 0) for naam in "abc"}
    metingen = in_turn(deelnemers, {"a": 3, "b": 2, "c": 3})
    assert "".join(beurten) == "abcabcac"
    assert [meting.seconden for meting in metingen["a"]] == [1, 4, 7]


def test_the_table_holds_medians_and_ratios():
    metingen = {"ours": [Meting(seconden, 1, 10) for seconden in (1, 9, 2)], "theirs": [Meting(5, 2, 20)]}
    *_, onze, hunne = table(metingen, "ours", rijen=2_000_000).splitlines()
    assert onze == "| ours | 3 | 2.00 | 1.00–9.00 | 1.00 | 10 | 1.00 | 1.00 |"
    assert hunne == "| theirs | 1 | 5.00 | 5.00–5.00 | 2.00 | 20 | 2.50 | 2.50 |"


def test_a_section_replaces_itself_and_nothing_else(tmp_path):
    pad = tmp_path / "RESULTS.md"
    for titel, tekst in (
        ("Compute, 2,000 rows", "klein"),
        ("Batch", "oud"),
        ("Compute, 200 rows", "kleiner"),
        ("Batch", "nieuw"),
    ):
        write_section(titel, tekst, pad)
    pagina = pad.read_text(encoding="utf-8")
    assert [regel for regel in pagina.splitlines() if regel.startswith("## ")] == [
        "## Batch",
        "## Compute, 200 rows",
        "## Compute, 2,000 rows",
    ]
    assert "nieuw" in pagina and "oud" not in pagina and "klein\n" in pagina and "kleiner\n" in pagina
