"""What is renamed has been written to the disk first, and the renaming itself after it: held against what was asked.

A machine that stops without a warning keeps what it was told to sync, and may keep the rest or not.
"""

import os
from pathlib import Path

import pytest

from kopanalyse import files
from kopanalyse.cli import main
from tests.faults.test_disk import REPARATIE, options, write_voorbeeld

pytestmark = [pytest.mark.bouw, pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")]
GEEN_RESULTAAT = (".slot",)


class Recorded:
    """What this process asks to be synced and renamed, and what of that came too late or not at all."""

    def __init__(self, patch):
        self.gesynct, self.geplaatst, self.te_laat, self.mappen = {}, [], [], set()
        self._fsync, self._replace = os.fsync, os.replace
        patch.setattr(os, "fsync", self.fsync)
        patch.setattr(os, "replace", self.replace)
        patch.setattr(os, "rename", self.replace)

    def fsync(self, nummer):
        self._fsync(nummer)
        pad = Path(os.readlink(f"/proc/self/fd/{nummer}"))
        self.gesynct[_who(pad)] = _state(pad)
        self.mappen.discard(pad)

    def replace(self, van, naar):
        van, naar = Path(van), Path(naar)
        delen = [van, *(van.rglob("*") if van.is_dir() else ())]
        self.te_laat += [deel for deel in delen if self.gesynct.get(_who(deel)) != _state(deel)]
        self._replace(van, naar)
        self.geplaatst.append(naar)
        self.mappen.add(naar.parent)  # of which the name of what came is not on the disk yet


def _who(pad):
    return os.lstat(pad).st_dev, os.lstat(pad).st_ino


def _state(pad):
    """What changes when something is written; of a folder its names."""
    staat = os.lstat(pad)
    return sorted(os.listdir(pad)) if pad.is_dir() else (staat.st_mtime_ns, staat.st_size)


def _files(map_):
    return {
        pad: _state(pad) + _who(pad)
        for pad in map_.rglob("*")
        if pad.is_file() and not pad.is_relative_to(map_ / "raw") and pad.name not in GEEN_RESULTAAT
    }


@pytest.mark.parametrize("commando", ["check", "compute", "report", "publish"])
def test_all_that_a_command_leaves_was_synced_then_renamed_then_its_folder_synced(tmp_path, commando):
    write_voorbeeld(tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        opgenomen = Recorded(patch)
        assert main(options(tmp_path, "compute" if commando == "report" else commando)) == 0
        if commando != "report":
            write_voorbeeld(tmp_path, REPARATIE)  # so that it replaces a result
        voor = _files(tmp_path)
        opgenomen.geplaatst.clear()
        assert main(options(tmp_path, commando)) == 0
    nieuw = {pad for pad, staat in _files(tmp_path).items() if voor.get(pad) != staat}
    assert len(nieuw) > 3
    assert [p for p in nieuw if not any(p.is_relative_to(doel) for doel in opgenomen.geplaatst)] == []
    blijvend = tmp_path / "raw", tmp_path / "processed", tmp_path / "reports", tmp_path / "publicaties"
    assert [pad for pad in opgenomen.te_laat if any(pad.is_relative_to(map_) for map_ in blijvend)] == []
    assert {m for m in opgenomen.mappen if m.is_dir() and any(m.is_relative_to(map_) for map_ in blijvend)} == set()


def test_a_file_that_is_not_synced_is_seen(tmp_path):
    (tmp_path / "a").write_text("x")
    with pytest.MonkeyPatch.context() as patch:
        opgenomen = Recorded(patch)
        os.replace(tmp_path / "a", tmp_path / "b")
    assert opgenomen.te_laat == [tmp_path / "a"] and opgenomen.mappen == {tmp_path}


def test_what_is_written_after_it_was_synced_is_seen(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_text("x")
    with pytest.MonkeyPatch.context() as patch:
        opgenomen = Recorded(patch)
        files.to_disk(tmp_path / "a")
        (tmp_path / "a" / "b").write_text("xyz")
        (tmp_path / "a" / "c").write_text("")
        os.replace(tmp_path / "a", tmp_path / "d")
        files.to_disk(tmp_path, dieper=False)
    assert {pad.name for pad in opgenomen.te_laat} == {"a", "b", "c"} and opgenomen.mappen == set()
