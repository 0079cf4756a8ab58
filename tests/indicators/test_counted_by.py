"""A threshold that changes between two editions is a break by itself: it is kept, said once, and shown."""

from dataclasses import replace
from datetime import date

import pandas as pd

from kopanalyse.indicators.compute import compute
from kopanalyse.indicators.counted_by import counted_by, remember, said
from kopanalyse.periode import years_in
from kopanalyse.settings import load_settings
from tests.indicators.test_compute import ALLES
from tests.indicators.test_dienstverlening import REGISTRATIE
from tests.tabel import write_checked

DEKOP = load_settings("dekop")


def heavier(settings, **drempels):
    return replace(settings, drempels=replace(settings.drempels, **drempels))


def test_what_changed_is_kept_with_its_day_and_said_once(tmp_path):
    regels = counted_by(DEKOP, [])
    assert regels["drempels.zwaar_meer_dan"] == "5" and regels["rollen.individueel"] == "individueel"
    assert remember(tmp_path, regels, date(2026, 1, 1)) == []
    anders = counted_by(heavier(DEKOP, zwaar_meer_dan=8), [])
    veranderd = remember(tmp_path, anders, date(2027, 1, 1))
    assert [tuple(regel) for regel in veranderd] == [("drempels.zwaar_meer_dan", "8", "2027-01-01", "5")]
    assert said(veranderd)[0].startswith("drempels.zwaar_meer_dan was 5 en is 8: alle jaren zijn opnieuw geteld.")
    assert remember(tmp_path, anders, date(2027, 1, 2)) == []
    assert remember(tmp_path, regels, date(2028, 1, 1))[0].was == "8"


def test_what_is_only_shown_otherwise_is_no_break():
    assert counted_by(heavier(DEKOP, top=20, klein_aantal=5), []) == counted_by(DEKOP, [])


def test_compute_says_it(tmp_path):
    (tmp_path / "dekop" / "checked").mkdir(parents=True)
    write_checked(tmp_path / "dekop" / "checked", ALLES | REGISTRATIE)
    gezegd = []
    for settings in (DEKOP, DEKOP, heavier(DEKOP, complex_vanaf=5)):
        gezegd.append([])
        compute(settings, tmp_path, years_in([2019]), zeg=gezegd[-1].append)
    assert not [zin for keer in gezegd[:2] for zin in keer if "drempels" in zin]
    assert [zin for zin in gezegd[2] if zin.startswith("drempels.complex_vanaf was 4 en is 5")]
    bewaard = pd.read_csv(tmp_path / "dekop" / "telregels.csv", keep_default_na=False)
    assert bewaard[bewaard.was != ""].wat.tolist() == ["drempels.complex_vanaf"]
