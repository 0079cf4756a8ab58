"""Only what changed is made: what a page rests on, and how a build finds out that it still holds."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kopanalyse import files
from kopanalyse.checked.provenance import HERKOMST
from kopanalyse.cli import main
from kopanalyse.report.build import build as bouwen
from kopanalyse.report.build import kept
from kopanalyse.report.build import run as uitvoeren
from kopanalyse.report.build.build import build
from kopanalyse.report.build.kept import UITGEVOERD
from kopanalyse.report.build.run import Mislukt
from kopanalyse.report.pages import marks
from kopanalyse.report.pages.marks import MERKEN
from kopanalyse.settings import load_settings
from tests.report.authors.schrijven import PERSONA, VERHAAL, replaced, write
from tests.report.klein import GOED, HOOFDMAP, VIJANDIG, write_notebook, write_small
from tests.report.voorbeeld import INSTELLINGEN, TABELLEN
from tests.tabel import write_checked, write_raw

TEAMS = ["alle", "Zuid"]
ALLES = {f"{team}/{naam}" for team in ("alle", "zuid") for naam in ("jaarverslag", "goed", "eigen")}
CONTACTEN = {
    "trajecten": "traject_id klant_id startdatum dienstverlening\nt1 k1 2019-01-01 -",
    "contacten": "contact_id traject_id datum minuten\nc1 t1 2019-01-02 30",
}


@pytest.fixture(scope="module")
def gebouwd(tmp_path_factory):
    """The small organisation with three notebooks that succeed, built once for 2019, ``alle`` and ``Zuid``.

    ``goed`` looks at all teams, ``eigen`` at its own team only, at texts and at the registration.
    """
    map_ = tmp_path_factory.mktemp("gebouwd")
    write_small(map_)
    (map_ / "notebooks" / "fout.ipynb").unlink()
    pad = map_ / "raw" / "klein" / "organisatie.toml"
    pad.write_text(pad.read_text(encoding="utf-8").replace('"fout"', '"eigen"'), encoding="utf-8")
    write_notebook(
        map_ / "notebooks" / "eigen.ipynb",
        [
            "rapport.cijfers('behandelde_casussen').teller.tolist()",
            "rapport.verhalen('eigen')",
            "rapport.tabel('inlezen')",
        ],
    )
    write(map_ / "raw" / "klein", "verhalen", replaced(VERHAAL, "casussen_op_inhoud", "eigen"), "a.md")
    (map_ / "processed" / "klein" / "inlezen.csv").write_text(
        "tabel,gelezen,schoon,quarantaine,tijd\nklanten,4,4,0,1\n"
    )
    (map_ / "processed" / "klein" / "checked").mkdir()
    write_checked(map_ / "processed" / "klein" / "checked", CONTACTEN)
    uitkomst = bouw(map_)
    assert not uitkomst.mislukt and len(uitkomst.gemaakt) == 8 and not uitkomst.gelaten
    return map_


@pytest.fixture
def weer(gebouwd, tmp_path):
    """A copy of all of that, for a test to change something in, with the times of its files."""
    shutil.copytree(gebouwd, tmp_path / "weer")
    return tmp_path / "weer"


def bouw(map_, **anders):
    settings = load_settings("klein", map_ / "raw")
    return build(
        settings,
        raw=map_ / "raw",
        processed=map_ / "processed",
        reports=map_ / "reports",
        notebooks=map_ / "notebooks",
        toch=True,  # tables made by hand do not say what they were made from
        **{"jaren": [2019], "teams": TEAMS} | anders,
    )


def runs(map_, monkeypatch, **anders):
    """The notebooks that a build would run, as ``team/notebook``; none is run."""
    gevraagd = []
    with monkeypatch.context() as m:
        m.setattr(bouwen, "run_tasks", lambda taken, *_: gevraagd.extend(taken) or (_ for _ in ()))
        bouw(map_, **anders)
    return {f"{taak.team.lower()}/{taak.hoofdstuk}" for taak in gevraagd}


def everything(map_):
    """Bytes and time of every file that a build made."""
    mappen = (map_ / "reports", map_ / "processed" / "klein" / UITGEVOERD)
    return {
        pad.relative_to(map_).as_posix(): (pad.stat().st_mtime_ns, pad.read_bytes())
        for m in mappen
        for pad in m.rglob("*")
        if pad.is_file()
    }


def change_figure(map_, team, teller, jaar="2019"):
    pad = map_ / "processed" / "klein" / "cijfers.parquet"
    frame = pd.read_parquet(pad)
    frame.loc[(frame["team"] == team) & (frame["periode"] == jaar), ["teller", "waarde"]] = teller
    frame.to_parquet(pad)


def test_a_second_build_runs_nothing_and_leaves_every_file_with_its_time(weer, monkeypatch):
    monkeypatch.setattr(uitvoeren, "ProcessPoolExecutor", lambda *a, **k: pytest.fail("a notebook ran"))
    monkeypatch.setattr(
        "kopanalyse.report.pages.handbook.handbook", lambda *_: pytest.fail("the handbook was made again")
    )
    eerst = everything(weer)
    assert {Path(naam).name for naam in eerst} >= {"volledig.html", "cijfers.xlsx", "indicatoren.html", MERKEN}
    uitkomst = bouw(weer)
    assert everything(weer) == eerst
    assert not uitkomst.gemaakt and len(uitkomst.gelaten) == 8


def test_checking_again_on_another_day_makes_no_page_new_but_the_index_says_so(weer, monkeypatch):
    inlezen, cijfers = (weer / "processed" / "klein" / naam for naam in ("inlezen.csv", "cijfers.parquet"))
    for pad in (inlezen, cijfers):
        os.utime(pad, (1_950_000_000, 1_950_000_000))  # 17 October 2031
    eerst = everything(weer)
    assert runs(weer, monkeypatch) == set()
    later = {naam for naam, wat in everything(weer).items() if wat != eerst[naam]}
    assert later == {"reports/klein/index.html"}
    assert "zoals gecontroleerd op 17 oktober 2031." in (weer / "reports/klein/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "team, jaar, opnieuw",
    [
        ("Zuid", "2019", {"zuid/jaarverslag", "zuid/goed", "zuid/eigen", "alle/goed"}),
        ("Zuid", "2018", {"zuid/jaarverslag", "zuid/goed", "alle/goed"}),
        ("alle", "2019", {"alle/jaarverslag", "alle/goed", "alle/eigen", "zuid/goed"}),
        (VIJANDIG, "2019", {"alle/goed"}),
    ],
)
def test_a_figure_of_one_team_and_year_runs_only_what_looked_it_up(weer, monkeypatch, team, jaar, opnieuw):
    change_figure(weer, team, 40.0, jaar)
    assert runs(weer, monkeypatch) == opnieuw


def test_a_changed_figure_makes_the_pages_that_show_it_and_leaves_the_others(weer):
    eerst = everything(weer)
    change_figure(weer, VIJANDIG, 5.0)
    uitkomst = bouw(weer)
    gemaakt = {pad.relative_to(weer).as_posix() for pad in uitkomst.gemaakt}
    assert gemaakt == {f"reports/klein/2019/alle/{naam}.html" for naam in ("goed", "volledig")}
    assert len(uitkomst.gelaten) == 6
    anders = {naam for naam, wat in everything(weer).items() if wat != eerst[naam]}
    assert anders == gemaakt | {
        "reports/klein/2019/alle/cijfers.xlsx",
        f"reports/klein/2019/alle/{MERKEN}",
        f"processed/klein/{UITGEVOERD}/2019/alle/goed.json",
    }


def _notebook(map_):
    write_notebook(map_ / "notebooks" / "goed.ipynb", GOED[:1])


def _setting(map_):
    pad = map_ / "raw" / "klein" / "organisatie.toml"
    pad.write_text(pad.read_text(encoding="utf-8").replace("trajecten <b>", "casussen"), encoding="utf-8")


def _story(map_):
    pad = map_ / "raw" / "klein" / "verhalen" / "a.md"
    pad.write_text(pad.read_text(encoding="utf-8").replace("dinsdag", "maandag"), encoding="utf-8")


def _module(map_):
    (map_ / "notebooks" / "hulp.py").write_text("x = 2\n")


def _read_rows(map_, rij="klanten,40,39,1,1"):
    pad = map_ / "processed" / "klein" / "inlezen.csv"
    tijd = pad.stat().st_mtime
    pad.write_text(f"tabel,gelezen,schoon,quarantaine,tijd\n{rij}\n")
    os.utime(pad, (tijd, tijd))


def _lost(map_):
    """More of a table in quarantine than goes unsaid: any page may have to say so."""
    _read_rows(map_, "klanten,4,3,1,1")


def _checked_after_computing(map_):
    """Of which only the page about quality speaks."""
    (map_ / "processed" / "klein" / HERKOMST).write_text('{"tabellen": {"contacten": "andere"}}')


def _only_this_year(map_):
    """The year before goes, beside which that of the report stood; every table asks whether it covers either."""
    pad = map_ / "processed" / "klein" / "cijfers.parquet"
    frame = pd.read_parquet(pad)
    frame[frame["jaar"] == 2019].to_parquet(pad)


def _read_later(map_):
    """A column that no page shows."""
    _read_rows(map_, "klanten,4,4,0,9")


def _table(map_):
    """Rows in a table that was not there: what cannot be counted may be said otherwise on every page."""
    write_checked(map_ / "processed" / "klein" / "checked", {"klanten": "klant_id\nk1"})


def _torn(map_):
    pad = map_ / "processed" / "klein" / UITGEVOERD / "2019" / "zuid" / "goed.json"
    pad.write_bytes(pad.read_bytes()[:-100])


def _older(map_):
    pad = map_ / "processed" / "klein" / UITGEVOERD / "2019" / "zuid" / "goed.json"
    boek = json.loads(pad.read_text(encoding="utf-8"))
    pad.write_text(json.dumps(boek | {"metadata": {"herkomst": "van vroeger"}}))


@pytest.mark.parametrize(
    "verander, opnieuw",
    [
        (_notebook, {"alle/goed", "zuid/goed"}),
        (_setting, ALLES),
        (_story, {"alle/eigen"}),
        (_read_rows, {"alle/eigen", "zuid/eigen"}),
        (_lost, ALLES),
        (_read_later, set()),
        (_checked_after_computing, {"alle/eigen", "zuid/eigen"}),
        (_only_this_year, ALLES),
        (_table, ALLES),
        (_torn, {"zuid/goed"}),
        (_module, ALLES),
        (_older, {"zuid/goed"}),
    ],
)
def test_what_a_notebook_rests_on_runs_it_again(weer, monkeypatch, verander, opnieuw):
    verander(weer)
    assert runs(weer, monkeypatch) == opnieuw


def forget():
    """As in a new process: nothing is known yet of the library."""
    files.package_digest.cache_clear()
    marks.library.cache_clear()


@pytest.mark.parametrize(
    "bestand",
    [
        "report/charts/bars.py",
        "report/pages/template/kopanalyse/stijl.css",
        "report/pages/template/kopanalyse/index.html.j2",
        "organisaties/standaard.toml",
    ],
)
def test_another_library_or_template_runs_everything(weer, tmp_path, monkeypatch, bestand):
    shutil.copytree(files.PAKKET, tmp_path / "pakket", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(files, "PAKKET", tmp_path / "pakket")
    forget()
    try:
        assert runs(weer, monkeypatch) == set()  # the same package elsewhere is the same package
        with (tmp_path / "pakket" / bestand).open("a") as pad:
            pad.write("\n")
        forget()
        assert runs(weer, monkeypatch) == ALLES
    finally:
        forget()


def test_another_version_of_a_package_runs_everything(weer, monkeypatch):
    eerst = marks.library()
    monkeypatch.setattr(marks, "distributions", list)
    marks.library.cache_clear()
    try:
        assert marks.library() != eerst and runs(weer, monkeypatch) == ALLES
    finally:
        marks.library.cache_clear()


def test_everything_is_made_again_when_that_is_asked(weer, monkeypatch):
    assert runs(weer, monkeypatch, alles=True) == ALLES
    eerst = everything(weer)
    uitkomst = bouw(weer, alles=True)
    assert len(uitkomst.gemaakt) == 8 and not uitkomst.gelaten
    for naam, (tijd, inhoud) in everything(weer).items():
        assert inhoud == eerst[naam][1] and (tijd > eerst[naam][0] or naam.endswith(MERKEN)), naam


@pytest.mark.parametrize("stuk", ["weg", "half", "merken weg", "merken half", "merken van iets anders"])
def test_a_page_or_mark_that_is_gone_or_torn_is_made_again_without_running_anything(weer, monkeypatch, stuk):
    eerst = everything(weer)
    map_ = weer / "reports" / "klein" / "2019" / "zuid"
    pad = map_ / (MERKEN if stuk.startswith("merken") else "goed.html")
    if stuk.endswith("weg"):
        pad.unlink()
    else:
        pad.write_text("[1, 2]" if stuk.endswith("anders") else pad.read_text(encoding="utf-8")[:100], encoding="utf-8")
    assert runs(weer, monkeypatch) == set()
    nu = everything(weer)
    assert {naam: inhoud for naam, (_, inhoud) in nu.items()} == {naam: inhoud for naam, (_, inhoud) in eerst.items()}
    assert {naam for naam in nu if nu[naam] != eerst[naam]} == {pad.relative_to(weer).as_posix()}


def test_the_pages_of_a_notebook_that_left_the_settings_go(weer, monkeypatch):
    map_ = weer / "reports" / "klein" / "2019" / "zuid"
    (map_ / "van een mens.html").write_text("niet van ons")
    pad = weer / "raw" / "klein" / "organisatie.toml"
    pad.write_text(pad.read_text(encoding="utf-8").replace('["goed", "eigen"]', '["goed"]'), encoding="utf-8")
    bouw(weer, teams=["Zuid"])
    assert sorted(pad.name for pad in map_.glob("*.html")) == [
        "goed.html",
        "index.html",
        "van een mens.html",
        "volledig.html",
    ]
    assert not (weer / "processed" / "klein" / UITGEVOERD / "2019" / "zuid" / "eigen.json").exists()


def test_the_pages_of_a_team_and_a_year_that_are_no_more_go_with_the_story_in_them(weer, monkeypatch):
    """Zuid was renamed, and the story belongs to nobody now; only another year is made."""
    paginas = weer / "reports" / "klein"
    shutil.copytree(paginas / "2019" / "alle", paginas / "2017" / "alle")
    (paginas / "2019" / "zuid" / "van een mens.txt").write_text("niet van ons")
    pad = weer / "processed" / "klein" / "cijfers.parquet"
    frame = pd.read_parquet(pad)
    frame.assign(team=frame["team"].replace({"Zuid": "Zuidrand"})).to_parquet(pad)
    gezegd = []
    with monkeypatch.context() as m:
        m.setattr(bouwen, "run_tasks", lambda *_: (_ for _ in ()))
        gezegd = bouw(weer, teams=["Zuidrand"]).let_op
    weg = [zin.partition(":")[0] for zin in gezegd if str(paginas) in zin]
    assert weg == [str(paginas / "2017" / "alle"), str(paginas / "2019" / "zuid")]
    assert not (paginas / "2017").exists()
    assert [pad.name for pad in (paginas / "2019" / "zuid").iterdir()] == ["van een mens.txt"]
    assert not (weer / "processed" / "klein" / UITGEVOERD / "2019" / "zuid").exists()
    assert (paginas / "2019" / "alle" / "volledig.html").is_file()


def test_a_chapter_with_nothing_to_show_does_not_run_again_to_find_that_out(weer, monkeypatch):
    write_notebook(weer / "notebooks" / "eigen.ipynb", ["rapport.figuur('vip')"])
    bouw(weer, teams=["Zuid"])
    assert not (weer / "reports/klein/2019/zuid/eigen.html").exists()
    assert runs(weer, monkeypatch, teams=["Zuid"]) == set()
    assert "<strong>eigen</strong>: in de registratie van" in (weer / "reports/klein/2019/zuid/index.html").read_text()
    pad = weer / "processed" / "klein" / "cijfers.parquet"
    frame = pd.read_parquet(pad)
    pd.concat([frame, frame[frame["team"] == "Zuid"].assign(indicator="vip", categorie="vacature")]).to_parquet(pad)
    assert runs(weer, monkeypatch, teams=["Zuid"]) >= {"zuid/eigen"}


def test_a_story_without_consent_is_gone_also_when_its_notebook_fails(weer):
    verhaal = weer / "raw" / "klein" / "verhalen" / "a.md"
    assert "Een tas vol post" in (weer / "reports/klein/2019/alle/volledig.html").read_text(encoding="utf-8")
    verhaal.write_text(replaced(VERHAAL, ": ja", ": nee"), encoding="utf-8")
    write_notebook(weer / "notebooks" / "eigen.ipynb", ["1 / 0"])
    uitkomst = bouw(weer)
    assert sorted(map(str, uitkomst.mislukt), key=str.lower) == [
        f"eigen (2019, {team}), cel 5: ZeroDivisionError: division by zero" for team in TEAMS
    ]
    for team in ("alle", "zuid"):
        assert sorted(pad.name for pad in (weer / "reports/klein/2019" / team).iterdir()) == [
            MERKEN,
            "goed.html",
            "index.html",
        ]
    for naam, (_, inhoud) in everything(weer).items():
        assert b"tas vol post" not in inhoud, naam


def test_a_page_that_still_holds_stays_when_making_everything_again_fails(weer, monkeypatch):
    def run(taken, *_):
        for taak in taken:
            yield taak, Mislukt(taak.hoofdstuk, taak.periode, taak.team, None, "vol")

    monkeypatch.setattr(bouwen, "run_tasks", run)
    eerst = everything(weer)
    uitkomst = bouw(weer, alles=True, teams=["Zuid"])
    assert len(uitkomst.mislukt) == 3
    assert {naam: inhoud for naam, (_, inhoud) in everything(weer).items()} == {
        naam: inhoud for naam, (_, inhoud) in eerst.items()
    }


def test_what_is_checked_again_while_notebooks_run_makes_them_run_again_next_time(weer, monkeypatch):
    echt = bouwen.run_tasks

    def run(*wat):
        for taak, fout in echt(*wat):
            _read_rows(weer, "klanten,9,9,0,1")
            yield taak, fout

    (weer / "processed" / "klein" / UITGEVOERD / "2019" / "alle" / "eigen.json").unlink()
    monkeypatch.setattr(bouwen, "run_tasks", run)
    assert not bouw(weer, teams=["alle"]).mislukt
    assert runs(weer, monkeypatch, teams=["alle"]) == {"alle/eigen"}


def test_what_is_kept_holds_no_code_and_no_messages(weer):
    write_notebook(weer / "notebooks" / "eigen.ipynb", ["import sys; print('letop', file=sys.stderr); print('gezien')"])
    bouw(weer, teams=["Zuid"])
    tekst = (weer / "processed" / "klein" / UITGEVOERD / "2019" / "zuid" / "eigen.json").read_text(encoding="utf-8")
    assert "gezien" in tekst and "letop" not in tekst and "open_rapport" not in tekst and str(weer) not in tekst


def test_two_processes_make_the_same_bytes(gebouwd, tmp_path):
    gemaakt = []
    for nummer, zaad in enumerate(("1", "2")):
        map_ = tmp_path / zaad
        shutil.copytree(gebouwd, map_, ignore=shutil.ignore_patterns("reports", UITGEVOERD))
        mappen = [f"--{naam}={map_ / naam}" for naam in ("raw", "processed", "reports", "notebooks")]
        subprocess.run(
            [
                sys.executable,
                "-m",
                "kopanalyse",
                "report",
                "--organisatie=klein",
                "--jaar=2019",
                "--team=alle",
                "--toch",
                *mappen,
                f"--werkers={nummer + 1}",
            ],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": zaad},
        )
        gemaakt.append({naam: inhoud for naam, (_, inhoud) in everything(map_).items()})
    assert gemaakt[0] == gemaakt[1] and len(gemaakt[0]) == 13
    assert b"dienstverlening" in gemaakt[0]["reports/klein/indicatoren.html"]


def compute_voorbeeld():
    """Compute from the raw tables; the day on which that was is always the same."""
    assert main(["compute", "--organisatie", "voorbeeld"]) == 0
    for naam in ("inlezen.csv", "cijfers.parquet"):
        os.utime(Path("data", "processed", "voorbeeld", naam), (1_950_000_000, 1_950_000_000))


def test_one_late_registration_makes_only_the_pages_of_which_it_moved_the_figures(tmp_path, monkeypatch, capsys):
    """From the raw table to the pages: a traject of Dorpen in 2025 comes in after the reports were made."""
    raw = tmp_path / "data" / "raw" / "voorbeeld"
    write_raw(raw, TABELLEN)
    (raw / "organisatie.toml").write_text(
        'hoofdstukken = ["casuistiek_in_aantallen", "datakwaliteit"]\n' + INSTELLINGEN, encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    opdracht = ["report", "--organisatie", "voorbeeld", "--notebooks", str(HOOFDMAP / "notebooks")]
    compute_voorbeeld()
    assert main(opdracht) == 0
    assert "23 pagina's gemaakt. Open" in capsys.readouterr().out
    eerst = {pad: pad.read_bytes() for pad in (tmp_path / "reports").rglob("*.html")}
    with (raw / "trajecten.csv").open("a", encoding="utf-8") as bestand:
        bestand.write("t3;k1;Dorpen;kortdurend;01-06-2025;\n")
    compute_voorbeeld()
    assert main(opdracht) == 0
    anders = {
        pad.relative_to(tmp_path / "reports" / "voorbeeld").as_posix()
        for pad, inhoud in eerst.items()
        if pad.read_bytes() != inhoud
    }
    # how many rows were read stands on the page about quality, of all teams and years
    kwaliteit = {
        f"{jaar}/{team}/{naam}.html"
        for jaar in (2024, 2025)
        for team in ("alle", "centrum", "dorpen")
        for naam in ("datakwaliteit", "volledig")
    }
    geteld = {f"2025/{team}/{naam}.html" for team in ("alle", "dorpen") for naam in ("casuistiek_in_aantallen",)}
    assert anders >= kwaliteit | geteld and not [naam for naam in anders - kwaliteit if naam.startswith("2024")]
    assert "2025/centrum/index.html" not in anders
    assert f"{len(anders)} pagina's gemaakt, {23 - len(anders)} klopten nog. Open" in capsys.readouterr().out
    # what was left and what was made again is what making everything gives
    assert (
        main([*opdracht, "--jaar", "2025", "--team", "Centrum", "--team", "Dorpen", "--alles", "--reports", "weer"])
        == 0
    )
    weer = [pad for pad in (tmp_path / "weer").rglob("2025/*/*") if pad.is_file()]
    assert len(weer) > 8
    for pad in weer:
        assert pad.read_bytes() == (tmp_path / "reports" / pad.relative_to(tmp_path / "weer")).read_bytes(), pad


def test_a_persona_is_counted_again_only_where_its_tables_changed(weer, monkeypatch):
    """Of what is computed beside the long table, the figures count and not the tables that they came from."""
    write(weer / "raw" / "klein", "personas", PERSONA, "a.yaml")
    checked = weer / "processed" / "klein" / "checked"
    tabellen = {
        "klanten": "klant_id geboortedatum\nk1 1980-01-01",
        "trajecten": "traject_id klant_id team trajectsoort startdatum\nt1 k1 Zuid individueel 2019-01-01",
        "zrm_metingen": "traject_id moment domein score hoofddomein datum\nt1 intake Financiën 2 ja 2019-01-01",
    }
    write_checked(checked, tabellen)
    write_notebook(weer / "notebooks" / "eigen.ipynb", ["rapport.personas()"])
    bouw(weer, teams=["Zuid"])
    assert runs(weer, monkeypatch, teams=["Zuid"]) == set()
    with monkeypatch.context() as m:  # the tables are the same: nothing needs computing
        m.setattr(kept, "compute_beside", lambda *_: pytest.fail("computed"))
        assert runs(weer, m, teams=["Zuid"]) == set()
    write_checked(checked, {"klanten": "klant_id geboortedatum\nk1 1980-01-02"})
    assert runs(weer, monkeypatch, teams=["Zuid"]) == set()
    write_checked(checked, {"klanten": "klant_id geboortedatum\nk1 2001-01-02"})
    assert runs(weer, monkeypatch, teams=["Zuid"]) == {"zuid/eigen"}
