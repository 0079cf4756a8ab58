"""Pages of the demonstration registration, built once; and a small organisation with hostile names, made by hand."""

import pandas as pd
import pytest

from kopanalyse.cli import main
from kopanalyse.periode import Periode
from kopanalyse.report.build.build import build
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.settings import load_settings
from tests.conftest import made_once
from tests.report.klein import HOOFDMAP, KOLOMMEN, VIJANDIG, write_small
from tests.report.voorbeeld import INSTELLINGEN, TABELLEN
from tests.tabel import write_raw


@pytest.fixture(scope="session")
def demo_rapporten(tmp_path_factory, demo_map):
    """What ``build`` made of the demonstration registration: 2019, the whole organisation and one team."""

    def make(reports):
        raw = demo_map / "raw"
        uitkomst = build(
            load_settings("dekop", raw),
            raw=raw,
            processed=demo_map / "processed",
            reports=reports,
            notebooks=HOOFDMAP / "notebooks",
            jaren=[Periode(2019)],
            teams=["alle", "Oost"],
        )
        assert not uitkomst.mislukt

    return made_once(tmp_path_factory, "rapporten", make) / "dekop"


@pytest.fixture(scope="session")
def smwo_rapporten(demo_map):
    """What ``build`` made of the other demonstration registration: 2024, the whole organisation."""
    raw, reports = demo_map / "raw", demo_map / "reports-smwo"
    uitkomst = build(
        load_settings("smwo", raw),
        raw=raw,
        processed=demo_map / "processed",
        reports=reports,
        notebooks=HOOFDMAP / "notebooks",
        jaren=[Periode(2024)],
        teams=["alle"],
    )
    assert not uitkomst.mislukt
    return reports / "smwo"


@pytest.fixture(scope="session")
def smwo_open(demo_map):
    """``smwo_open(team, jaar)``: the figures of the demonstration registration of SMWO."""
    processed = demo_map / "processed" / "smwo"
    frame, settings = pd.read_parquet(processed / "cijfers.parquet"), load_settings("smwo", demo_map / "raw")
    return lambda team="alle", jaar=2024: Cijfers(frame, settings, Periode(jaar), team, processed)


@pytest.fixture(scope="session")
def demo_open(demo_map, demo_cijfers):
    """``demo_open(team, jaar)``: the figures of the demonstration registration as seen by a report.

    Two teams are added that no registration should have: one without a single record, one whose name is hostile.
    """
    leeg = _like(demo_cijfers, "West", "Leeg")
    leeg["teller"] = 0.0
    leeg["noemer"] = leeg["noemer"].where(leeg["noemer"].isna(), 0.0)
    leeg["waarde"] = leeg["teller"].where(leeg["noemer"].isna())
    leeg[["ondergrens", "bovengrens"]] = float("nan")
    frame = pd.concat([demo_cijfers, leeg, _like(demo_cijfers, "Oost", VIJANDIG)])
    settings = load_settings("dekop", demo_map / "raw")
    map_ = demo_map / "processed" / "dekop"
    return lambda team="alle", jaar=2019: Cijfers(frame, settings, Periode(jaar), team, map_)


def _like(frame, team, naam):
    return frame[frame["team"] == team].assign(team=naam)


@pytest.fixture
def klein(tmp_path):
    """A folder with ``raw/klein`` and ``processed/klein`` of a small organisation with two years and hostile teams."""
    write_small(tmp_path)
    return tmp_path


@pytest.fixture
def eigen(tmp_path, monkeypatch):
    """The folder of the organisation ``voorbeeld`` after ``compute``, and the current folder."""
    write_raw(tmp_path / "data" / "raw" / "voorbeeld", TABELLEN)
    (tmp_path / "data" / "raw" / "voorbeeld" / "organisatie.toml").write_text(INSTELLINGEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["compute", "--organisatie", "voorbeeld"]) == 0
    return tmp_path


@pytest.fixture
def frame():
    """``frame(*rijen)``: a long table from rows (indicator, periode, team, categorie, teller, noemer)."""

    def make(*rijen):
        uit = []
        for indicator, periode, team, categorie, teller, noemer in rijen:
            waarde = teller if noemer is None else teller / noemer if noemer else None
            uit.append(
                (
                    "dekop",
                    indicator,
                    periode,
                    int(periode[:4]),
                    None,
                    team,
                    categorie,
                    "",
                    "",
                    teller,
                    noemer,
                    waarde,
                    teller,
                    None,
                    None,
                    "volledig",
                )
            )
        return pd.DataFrame(uit, columns=KOLOMMEN)

    return make
