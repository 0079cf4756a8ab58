"""Which of several measurements on one domein is the intake, and which the end: by date, on one day by what they say.

The order in which they were registered says nothing: each case is counted with its rows in both orders.
"""

import pytest

from kopanalyse.indicators.compute import figures
from kopanalyse.periode import Periode
from kopanalyse.settings import load_settings
from tests.catalogus import INDICATOREN
from tests.tabel import write_checked

TRAJECT = """
    traject_id klant_id team trajectsoort startdatum einddatum
    t1         k1       Oost individueel  2019-01-01 2019-12-31
"""
KOP = "traject_id moment domein datum score zrm_versie hoofddomein doelscore"


def metingen(moment: str, rijen: str) -> list[str]:
    """Rows of one traject and one domein from ``datum score zrm_versie hoofddomein doelscore``."""
    return [f"t1 {moment} Financiën 2019-{rij.strip()}" for rij in rijen.split("|")]


@pytest.fixture
def geteld(tmp_path):
    """``geteld(intakes, einden)``: what the measurements of one traject give, as indicator: (teller, noemer)."""
    settings = load_settings("dekop")
    namen = ("zrm_intake", "zrm_groei", "zrm_doel_behaald")

    def tel(intakes: list[str], einden: list[str]) -> dict[str, object]:
        write_checked(tmp_path, {"trajecten": TRAJECT, "zrm_metingen": "\n".join([KOP, *intakes, *einden])})
        cijfers = figures(settings, tmp_path, [Periode(2019)], indicatoren=[INDICATOREN[naam] for naam in namen])
        hier = cijfers[(cijfers.periode == "2019") & (cijfers.team == "Oost") & (cijfers.categorie == "Financiën")]
        intake = hier[(hier.indicator == "zrm_intake") & (hier.subcategorie != "totaal") & (hier.teller > 0)]
        uit = {"intake": intake.subcategorie.tolist()}
        for naam in ("zrm_groei", "zrm_doel_behaald"):
            (rij,) = hier[hier.indicator == naam].itertuples()
            uit[naam] = (rij.teller, rij.noemer)
        return uit

    return tel


@pytest.mark.parametrize("omgekeerd", [False, True], ids=["zo", "omgekeerd"])
@pytest.mark.parametrize(
    "intakes, einden, wat, verwacht",
    [
        # the earliest intake, and the latest end, whatever they score
        ("02-01 4 2017 ja - | 02-02 1 2017 ja -", "11-01 5 2017 - -", "intake", ["4"]),
        ("02-01 2 2017 ja -", "11-01 3 2017 - - | 11-02 5 2017 - -", "zrm_groei", (5 - 2, 1)),
        # on one day the lowest score, with what was not discussed (99) last
        ("02-01 4 2017 ja - | 02-01 2 2017 ja -", "11-01 5 2017 - -", "intake", ["2"]),
        ("02-01 99 2017 ja - | 02-01 5 2017 ja -", "11-01 5 2017 - -", "intake", ["5"]),
        ("02-01 2 2017 ja -", "11-01 4 2017 - - | 11-01 3 2017 - -", "zrm_groei", (3 - 2, 1)),
        # and a lower score goes before an older version
        ("02-01 3 2017 ja - | 02-01 2 2022 ja -", "11-01 5 2022 - -", "intake", ["2"]),
        ("02-01 2 2022 ja -", "11-01 4 2017 - - | 11-01 3 2022 - -", "zrm_groei", (3 - 2, 1)),
        # a lower score goes before a hoofddomein: then it is none
        ("02-01 2 2017 nee - | 02-01 3 2017 ja -", "11-01 5 2017 - -", "intake", []),
        # with equal scores the older version: only an end of that version makes a pair
        ("02-01 2 2017 ja - | 02-01 2 2022 ja -", "11-01 4 2017 - -", "zrm_groei", (4 - 2, 1)),
        ("02-01 2 2017 ja - | 02-01 2 2022 ja -", "11-01 4 2022 - -", "zrm_groei", (0, 0)),
        # and the version goes before the hoofddomein
        ("02-01 2 2017 nee - | 02-01 2 2022 ja -", "11-01 4 2022 - -", "intake", []),
        # of one version the hoofddomein
        ("02-01 2 2017 nee - | 02-01 2 2017 ja -", "11-01 4 2017 - -", "intake", ["2"]),
        # and the hoofddomein goes before the goal
        ("02-01 2 2017 nee 3 | 02-01 2 2017 ja 5", "11-01 4 2017 - -", "zrm_doel_behaald", (0, 1)),
        # of those the lowest goal, and a goal before none
        ("02-01 2 2017 ja 5 | 02-01 2 2017 ja 3", "11-01 4 2017 - -", "zrm_doel_behaald", (1, 1)),
        ("02-01 2 2017 ja - | 02-01 2 2017 ja 5", "11-01 4 2017 - -", "zrm_doel_behaald", (0, 1)),
    ],
)
def test_of_several_measurements_one_counts(geteld, intakes, einden, wat, verwacht, omgekeerd):
    volgorde = slice(None, None, -1 if omgekeerd else 1)
    assert geteld(metingen("intake", intakes)[volgorde], metingen("eind", einden)[volgorde])[wat] == verwacht
