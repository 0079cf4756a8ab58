"""Figures that are older than the registration, the settings or the rules are never shown as if they were not."""

import shutil

import pandas as pd
import pytest

from kopanalyse import files
from kopanalyse.checked import provenance
from kopanalyse.cli import main
from tests.report.klein import HOOFDMAP
from tests.report.voorbeeld import INSTELLINGEN, TABELLEN
from tests.tabel import write_raw

REPARATIE = "t3 k2 Dorpen individueel 01-03-2025 -\n"


@pytest.fixture(scope="module")
def berekend(tmp_path_factory):
    """A registration that was computed."""
    map_ = tmp_path_factory.mktemp("keten")
    write_raw(map_ / "raw" / "voorbeeld", TABELLEN)
    (map_ / "raw" / "voorbeeld" / "organisatie.toml").write_text(
        'hoofdstukken = ["datakwaliteit"]\n' + INSTELLINGEN, encoding="utf-8"
    )
    assert run(map_, "compute") == 0
    return map_


@pytest.fixture
def keten(berekend, tmp_path):
    """A copy of it, with other times of files."""
    shutil.copytree(berekend, tmp_path / "k", copy_function=shutil.copyfile)
    return tmp_path / "k"


def run(map_, commando, *verder):
    waar = [f"--{naam}={map_ / naam}" for naam in ("raw", "processed")]
    if commando == "report":
        waar += [f"--reports={map_ / 'reports'}", f"--notebooks={HOOFDMAP / 'notebooks'}", "--jaar=2025", "--team=alle"]
    return main([commando, "--organisatie=voorbeeld", *waar, *verder])


def _raw(map_):
    return map_ / "raw" / "voorbeeld"


def _repaired(map_):
    write_raw(_raw(map_), {"trajecten": TABELLEN["trajecten"] + REPARATIE})


def _came(map_):
    write_raw(_raw(map_), {"kernen": "kern gemeente team inwoners\nDorp1 Voorbeeld Dorpen 100\n"})


def _went(map_):
    (_raw(map_) / "contacten.csv").unlink()


def _other_codes(map_):
    """Values are judged by other lists than when they were checked."""
    pad = _raw(map_) / "organisatie.toml"
    pad.write_text(pad.read_text(encoding="utf-8") + "\n[synoniemen.trajectsoort]\nkd = 'kortdurend'\n")


def _checked_again(map_):
    _repaired(map_)
    assert run(map_, "check") == 0


def _earlier_version(map_):
    (map_ / "processed" / "voorbeeld" / provenance.HERKOMST).unlink()


@pytest.mark.parametrize(
    "verander, zin",
    [
        (_repaired, "De registratie is veranderd nadat zij gecontroleerd is: trajecten.csv."),
        (_came, "De registratie is veranderd nadat zij gecontroleerd is: kernen.csv."),
        (_went, "De registratie is veranderd nadat zij gecontroleerd is: contacten.csv."),
        (_other_codes, "De instellingen van Welzijn Voorbeeld zijn veranderd nadat de cijfers berekend zijn."),
        (_checked_again, "De registratie is opnieuw gecontroleerd nadat de cijfers berekend zijn"),
        (_earlier_version, "De registratie is gecontroleerd door een eerdere versie van kopanalyse."),
    ],
)
def test_a_report_of_what_is_outdated_is_refused_and_says_what_mends_it(keten, capsys, verander, zin):
    verander(keten)
    capsys.readouterr()
    assert run(keten, "report") in (1, 2)
    fout = capsys.readouterr().err
    assert zin in fout and "kopanalyse compute --organisatie voorbeeld" in fout
    assert not (keten / "reports").exists()


def test_an_upgraded_rule_is_seen(keten, capsys, monkeypatch):
    monkeypatch.setattr(provenance, "rules_digest", lambda: "een andere versie")
    assert run(keten, "report") == 1
    assert "De regels van kopanalyse zijn veranderd nadat de registratie gecontroleerd is." in capsys.readouterr().err


def test_other_definitions_are_seen(keten, capsys):
    (_raw(keten) / "definities").mkdir()
    (_raw(keten) / "definities" / "eigen.py").write_text('"""Nothing yet."""\n')
    assert run(keten, "report") == 1
    assert "De eigen definities zijn veranderd nadat de cijfers berekend zijn." in capsys.readouterr().err


def test_told_to_go_on_every_page_says_so_until_it_is_mended(keten, capsys):
    _repaired(keten)
    zin = "Let op: De registratie is veranderd nadat zij gecontroleerd is: trajecten.csv."
    assert run(keten, "report", "--toch") == 0
    assert "Let op: De registratie is veranderd" in capsys.readouterr().err
    paginas = {pad.name: pad.read_text(encoding="utf-8") for pad in (keten / "reports").rglob("*.html")}
    assert {"index.html", "datakwaliteit.html", "volledig.html"} <= set(paginas)
    assert [naam for naam, pagina in paginas.items() if zin not in pagina] == ["indicatoren.html"]  # has no figures
    (werkboek,) = (keten / "reports").rglob("cijfers.xlsx")
    assert zin in pd.read_excel(werkboek, header=None).astype(str).to_csv()
    assert run(keten, "compute") == 0 and run(keten, "report") == 0
    assert not [pad for pad in (keten / "reports").rglob("*.html") if zin in pad.read_text(encoding="utf-8")]


def test_what_only_looks_changed_is_no_change(keten, capsys):
    """Copied, saved again, a text or an unread file beside it: the figures are those of this registration."""
    for pad in _raw(keten).iterdir():
        pad.write_bytes(pad.read_bytes())
    (_raw(keten) / "notities.docx").write_bytes(b"PK")
    map_ = keten / "processed" / "voorbeeld"
    settings = provenance_settings(keten)
    assert provenance.older_than(map_, _raw(keten), settings, "") == []
    shutil.rmtree(_raw(keten))  # where only the figures are, there is nothing to hold them against
    assert provenance.older_than(map_, _raw(keten), settings, "") == []


def provenance_settings(map_):
    from kopanalyse.settings import load_settings

    return load_settings("voorbeeld", map_ / "raw")


def test_a_koppeling_and_its_exports_are_part_of_the_registration(tmp_path):
    namen = {"koppeling.toml", "koppeling/trajecten.sql", "bron/2024/dossiers.xlsx", "bron/export.zip", "klanten.csv"}
    for naam in namen:
        (tmp_path / naam).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / naam).write_text(naam)
    (tmp_path / "organisatie.toml").write_text("")
    gelezen = provenance.raw_digests(tmp_path)
    assert set(gelezen) == namen
    assert gelezen["klanten.csv"] == [10 + 1, files.file_digest(tmp_path / "klanten.csv")]


def test_figures_and_their_text_change_places_at_once(keten, monkeypatch):
    """Of a compute that cannot put one of its files in place nothing is there: not new rows beside old ones."""
    _repaired(keten)
    map_ = keten / "processed" / "voorbeeld"
    eerst = {pad.name: pad.read_bytes() for pad in map_.glob("*.*") if pad.name.startswith("cijfers")}
    echt = files.os.replace

    def full(van, naar):
        if str(naar).endswith("voorbeeld/cijfers.csv") and ".bezig-" in str(van):
            raise OSError(28, "No space left on device", str(naar))
        echt(van, naar)

    monkeypatch.setattr(files.os, "replace", full)
    assert run(keten, "compute") == 1
    assert {pad.name: pad.read_bytes() for pad in map_.glob("*.*") if pad.name.startswith("cijfers")} == eerst
