"""What the system refuses (a folder, a file, room): a sentence that says which, and the old result whole."""

import os
import resource
import shutil
import subprocess
import sys

import pytest

from tests.faults.kills import snapshot
from tests.faults.test_disk import REPARATIE, options, small_disk, write_voorbeeld

pytestmark = [pytest.mark.bouw, pytest.mark.skipif(os.name != "posix", reason="rights and limits as on Unix")]
KETEN = ("check", "compute", "report", "publish")
NIEMAND = 65534
GEEN_BAAS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]  # root may do anything otherwise
RESULTAAT = {"report": "reports", "publish": "publicaties"}


def run(map_, commando, *, als=None, **omgeving):
    """A command in a process of its own, that has no more rights than any user; its exit code and what it said."""
    baas = GEEN_BAAS if os.getuid() == 0 else []
    if baas and not shutil.which(baas[0]):
        pytest.skip("root without setpriv may do anything")
    gedaan = subprocess.run(
        [*baas, sys.executable, "-m", "kopanalyse", *options(map_, commando)],
        capture_output=True,
        text=True,
        env=os.environ | omgeving,
        preexec_fn=als,
    )
    return gedaan.returncode, gedaan.stderr


@pytest.fixture(scope="module")
def klaar(tmp_path_factory):
    """A registration through the whole pipeline, then repaired so that each command has something to make."""
    map_ = tmp_path_factory.mktemp("klaar")
    kas = {"XDG_CACHE_HOME": str(map_ / "kas")}
    write_voorbeeld(map_ / "k")
    for commando in KETEN[1:]:
        assert run(map_ / "k", commando, **kas)[0] == 0
    write_voorbeeld(map_ / "k", REPARATIE)
    shutil.copytree(map_ / "k", map_ / "report")
    assert run(map_ / "report", "compute", **kas)[0] == 0  # a report of figures that are older is refused for that
    return map_, kas


@pytest.fixture
def keten(klaar, tmp_path):
    """``keten(commando)``: a copy of it, of which a test may close parts; opened again afterwards."""
    map_, kas = klaar

    def copy(commando):
        shutil.copytree(map_ / ("report" if commando == "report" else "k"), tmp_path / "k")
        return tmp_path / "k", kas

    yield copy
    for pad in [tmp_path, *tmp_path.rglob("*")]:
        if pad.is_dir() and not pad.is_symlink():
            pad.chmod(0o700)


def _close(map_):
    for pad in (map_, *map_.rglob("*")):
        if pad.is_dir():
            pad.chmod(0o555)


def _of_another(map_):
    """As another user left it, who lets nobody else in; where files cannot be given away, it is only closed."""
    for pad in (*map_.rglob("*"), map_):
        pad.chmod(0o700 if pad.is_dir() else 0o600)
        if os.getuid() == 0:
            os.chown(pad, NIEMAND, NIEMAND)
        elif pad.is_file():
            pad.chmod(0)


@pytest.mark.parametrize("commando", KETEN)
@pytest.mark.parametrize("hoe", [_close, _of_another])
def test_a_folder_that_cannot_be_written_is_named(keten, commando, hoe):
    map_, kas = keten(commando)
    voor = snapshot(map_)
    for doel in {map_ / "processed", map_ / RESULTAAT.get(commando, "processed")}:
        hoe(doel)
    code, fout = run(map_, commando, **kas)
    assert code in (1, 2) and "geen toegang" in fout and "Traceback" not in fout, fout
    assert snapshot(map_) == voor


@pytest.mark.parametrize("commando", ["report", "publish"])
def test_a_folder_for_pages_that_cannot_be_written_is_named(keten, commando):
    map_, kas = keten(commando)
    doel = map_ / RESULTAAT[commando]
    voor = snapshot(doel)
    _close(doel)
    code, fout = run(map_, commando, **kas)
    assert code == 1 and ("geen toegang" in fout or "kon niet vervangen worden" in fout), fout
    assert "Traceback" not in fout and snapshot(doel) == voor


@pytest.mark.parametrize("bestand", ["trajecten.csv", "organisatie.toml"])
def test_a_file_that_may_not_be_read_is_named(keten, bestand):
    map_, kas = keten("compute")
    voor = snapshot(map_ / "processed")
    _of_another(map_ / "raw" / "voorbeeld" / bestand)
    code, fout = run(map_, "compute", **kas)
    assert code in (1, 2) and bestand in fout and "geen toegang" in fout and "Traceback" not in fout, fout
    assert snapshot(map_ / "processed") == voor


@pytest.mark.parametrize("grens", [2_000, 20_000])
@pytest.mark.parametrize("commando", KETEN)
def test_files_that_may_not_grow_are_as_a_full_disk(keten, commando, grens):
    """As with a quota: how far a command comes differs, and what it makes is there as a whole or not at all."""
    map_, kas = keten(commando)
    voor = _made(map_, commando)
    code, fout = run(map_, commando, als=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (grens, grens)), **kas)
    assert "Traceback" not in fout, fout
    if (commando, grens) == ("check", 20_000):
        assert code == 0
    else:
        assert code == 1 and "de schijf is vol, of uw deel ervan" in fout, fout
        assert _made(map_, commando) == voor


def _made(map_, commando):
    """What a command puts in place itself: earlier steps of the chain may have come first."""
    zelf = {"check": "processed/voorbeeld/", "compute": "processed/voorbeeld/cijfers"}.get(commando)
    return {n: b for n, b in snapshot(map_).items() if n.startswith(zelf or RESULTAAT[commando] + "/")}


@pytest.mark.parametrize("groot", ["4k", "256k"])
@pytest.mark.parametrize("commando", ["report", "publish"])
def test_with_little_room_for_what_is_thrown_away_it_is_whole_or_a_sentence(keten, tmp_path, commando, groot):
    map_, kas = keten(commando)
    voor = _made(map_, commando)
    with small_disk(tmp_path / "klein", groot) as klein:
        code, fout = run(map_, commando, TMPDIR=str(klein), **kas)
        assert "Traceback" not in fout and list(klein.iterdir()) == []
        if code:
            assert code == 1 and "de schijf is vol" in fout, fout
            assert _made(map_, commando) == voor


def test_where_nothing_can_be_thrown_away_another_folder_is_found(keten, tmp_path):
    map_, kas = keten("report")
    code, fout = run(map_, "report", TMPDIR=str(tmp_path / "bestaat" / "niet"), **kas)
    assert code == 0, fout
