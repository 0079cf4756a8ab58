"""Odd surroundings: the same bytes, or a sentence; never a traceback."""

import os
import subprocess
import sys

import pytest

from tests.faults.kills import snapshot
from tests.faults.test_disk import options, write_voorbeeld

pytestmark = [pytest.mark.bouw, pytest.mark.skipif(os.name != "posix", reason="paths and rights as on Unix")]
KETEN = ("compute", "report")


def run(map_, **omgeving):
    """The pipeline on ``map_`` with this environment, in processes of its own; what it said."""
    gezegd = []
    for commando in KETEN:
        gedaan = subprocess.run(
            [sys.executable, "-m", "kopanalyse", *options(map_, commando)],
            capture_output=True,
            text=True,
            env={naam: waarde for naam, waarde in (os.environ | omgeving).items() if waarde is not None},
        )
        gezegd.append((gedaan.returncode, gedaan.stderr))
    return gezegd


@pytest.fixture(scope="module")
def kas(tmp_path_factory):
    """A folder for kept queries, that these runs share."""
    return str(tmp_path_factory.mktemp("kas"))


@pytest.fixture(scope="module")
def gewoon(tmp_path_factory, kas):
    map_ = tmp_path_factory.mktemp("gewoon")
    write_voorbeeld(map_)
    assert [code for code, _ in run(map_, XDG_CACHE_HOME=kas)] == [0, 0]
    return snapshot(map_)


@pytest.mark.parametrize(
    "naam, omgeving",
    [
        ("مجلد 📁 [1] {a}", {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": None, "TZ": "Pacific/Kiritimati"}),
        ("x" * 120 + "/" + "y" * 100, {"TMPDIR": "lang"}),
        ("zonder thuis", {"HOME": None, "XDG_CACHE_HOME": None, "MPLCONFIGDIR": None, "OMP_NUM_THREADS": "1"}),
    ],
)
def test_odd_surroundings_give_the_same_bytes(tmp_path, gewoon, kas, naam, omgeving):
    map_ = tmp_path / naam
    map_.mkdir(parents=True)
    if omgeving.get("TMPDIR"):
        lang = tmp_path / ("t" * 90)
        lang.mkdir()
        omgeving = omgeving | {"TMPDIR": str(lang)}
    write_voorbeeld(map_)
    gezegd = run(map_, **{"XDG_CACHE_HOME": kas} | omgeving)
    assert [(code, "Traceback" in fout) for code, fout in gezegd] == [(0, False), (0, False)], gezegd
    nu = snapshot(map_)
    assert [n for n in {*nu, *gewoon} if nu.get(n) != gewoon.get(n)] == []
