"""The command line as a user meets it: what it prints, where, and with which exit code."""

import os
import re
import subprocess
import sys

import pytest

from kopanalyse.cli import main
from kopanalyse.errors import IS_AFGEBROKEN
from tests.report.authors.schrijven import VERHAAL, replaced, write
from tests.report.klein import write_small
from tests.tabel import write_raw


@pytest.mark.parametrize(
    "opdracht, zin",
    [
        (["compute", "--taem", "Oost"], "De optie --taem bestaat niet."),
        (["report", "--taem", "Oost"], "Bedoelde u --team?"),
        (["compute"], "--organisatie ontbreekt."),
        (["compute", "--organisatie"], "De optie --organisatie heeft een waarde nodig."),
        (["reken"], "Dat commando bestaat niet. Mogelijk zijn: demo, bron, check, compute, report, publish, sql."),
        (["compute", "--organisatie", "elders"], "Organisatie 'elders' is niet bekend. Bekend zijn: dekop, smwo."),
        (["compute", "--organisatie", "dekop", "--jaar", "19"], "--jaar 19 is geen jaartal"),
        (["compute", "--organisatie", "dekop", "--engine", "sprak"], "--engine sprak bestaat niet. Bedoelde u spark?"),
        (["compute", "--organisatie", "dekop", "--spark-master", "local[2]"], "local[2] hoort bij --engine spark."),
        (
            ["report", "--organisatie", "dekop", "--werkers", "veel"],
            "--werkers veel kan niet; verwacht wordt een positief",
        ),
        (["report", "--organisatie", "dekop", "--werkers", "-1"], "--werkers -1 kan niet; verwacht wordt een positief"),
        (["demo", "--organisatie", "dekop", "--schaal", "1.5"], "--schaal 1.5 kan niet; verwacht wordt een positief"),
        (["demo", "--organisatie", "elders"], "elders"),
        (["sql", "complexitiet"], "Indicator complexitiet bestaat niet. Bedoelde u complexiteit?"),
        (["report", "--organisatie", "dekop"], "kopanalyse compute --organisatie dekop"),
        (["sql", "complexiteit", "--organisatie", "dekop"], "kopanalyse check --organisatie dekop"),
    ],
)
def test_a_wrong_call_gets_a_sentence(opdracht, zin, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    niets_om_mee_te_rekenen = zin.startswith("kopanalyse check")
    assert main(opdracht) == (1 if niets_om_mee_te_rekenen else 2)
    uit, fout = capsys.readouterr()
    assert zin in fout and uit == "" and "Traceback" not in fout


@pytest.mark.parametrize(
    "pyspark, java_home, zin",
    [
        (False, None, "is pyspark nodig, en dat is er niet. Installeer het met: pip install 'pyspark>=4.0,<4.4'."),
        (True, None, "is Java 17 of nieuwer nodig, en java staat niet op het PATH."),
        (True, "/nergens", "java staat niet in JAVA_HOME (/nergens)."),
    ],
)
def test_spark_says_what_to_install_before_it_checks_anything(pyspark, java_home, zin, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("kopanalyse.engine.spark.find_spec", lambda naam: naam if pyspark else None)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    if java_home:
        monkeypatch.setenv("JAVA_HOME", java_home)
    opdracht = ["compute", "--organisatie", "dekop", "--raw", str(tmp_path), "--engine", "spark"]
    assert main(opdracht) == 2
    assert zin in capsys.readouterr().err


@pytest.mark.parametrize(
    "extra, zin",
    [
        (["--team", "Osot"], "Oost"),
        (["--jaar", "2011"], "2018, 2019"),
    ],
)
def test_report_says_which_teams_and_years_there_are(extra, zin, demo_map, tmp_path, capsys):
    opdracht = [
        "report",
        "--organisatie",
        "dekop",
        "--raw",
        str(demo_map / "raw"),
        "--processed",
        str(demo_map / "processed"),
        "--reports",
        str(tmp_path),
        *extra,
    ]
    assert main(opdracht) == 2
    assert zin in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_failing_notebook_is_listed_after_the_others_have_run(tmp_path, capsys):
    write_small(tmp_path)
    mappen = [f"--{naam}={tmp_path / naam}" for naam in ("raw", "processed", "reports", "notebooks")]
    assert main(["report", "--organisatie=klein", "--jaar=2019", "--team=Zuid", *mappen]) == 1
    uit, fout = capsys.readouterr()
    assert uit == f"2 pagina's gemaakt. Open {tmp_path / 'reports' / 'klein' / 'index.html'}\n"
    assert "fout (2019, Zuid), cel" in fout and "1 notebook mislukt" in fout and "Traceback" not in fout
    zuid = tmp_path / "reports" / "klein" / "2019" / "zuid"
    assert sorted(pad.name for pad in zuid.glob("*.html")) == ["goed.html", "index.html"]


@pytest.mark.parametrize("aantal, zin", [(1, "1 verhaal wacht"), (2, "2 verhalen wachten")])
def test_report_says_how_many_stories_wait_for_consent_and_not_which(aantal, zin, tmp_path, capsys):
    write_small(tmp_path)
    for nummer in range(aantal):
        write(tmp_path / "raw" / "klein", "verhalen", replaced(VERHAAL, ": ja", ": nee"), f"geheim-{nummer}.md")
    mappen = [f"--{naam}={tmp_path / naam}" for naam in ("raw", "processed", "reports", "notebooks")]
    main(["report", "--organisatie=klein", "--jaar=2019", "--team=Zuid", *mappen])
    uit, fout = capsys.readouterr()
    assert f"Let op: {zin} op toestemming; zonder de regel toestemming: ja in de kop wordt een" in fout
    assert "geheim" not in uit + fout and "Een tas" not in uit + fout


def test_no_command_shows_what_there_is(capsys):
    assert main([]) == 2
    assert "compute" in capsys.readouterr().out


def test_ctrl_c_says_so(tmp_path, monkeypatch, capsys):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("kopanalyse.demo.write_demo", interrupted)
    assert main(["demo", "--organisatie", "dekop", "--raw", str(tmp_path)]) == 130
    assert "Afgebroken" in capsys.readouterr().err


GESTOPT_IN_C = """
import ctypes, sys, types
run = ctypes.pythonapi.PyRun_String
run.argtypes, run.restype = (ctypes.c_char_p, ctypes.c_int, ctypes.py_object, ctypes.py_object), ctypes.py_object
cli = types.ModuleType("kopanalyse.cli")
cli.main = lambda: run(b"import os, signal; os.kill(os.getpid(), signal.SIGTERM)\\nwhile True: pass", 257, {}, {})
sys.modules["kopanalyse.cli"] = cli
from kopanalyse.__main__ import main
sys.exit(main())
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as on Unix")
def test_told_to_stop_in_code_that_was_started_from_c_it_ends_with_the_same_code(tmp_path):
    (tmp_path / "gestopt.py").write_text(GESTOPT_IN_C, encoding="utf-8")
    klaar = subprocess.run(
        [sys.executable, "-m", "gestopt"], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )  # with -m, as kopanalyse is started: only then Python kills itself
    assert (klaar.returncode, klaar.stderr.splitlines()) == (130, [IS_AFGEBROKEN])


def test_version(capsys):
    assert main(["--version"]) == 0
    assert re.fullmatch(r"kopanalyse \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_a_team_that_the_settings_do_not_name_is_pointed_out(tmp_path, capsys):
    write_raw(
        tmp_path / "raw" / "dekop",
        {"trajecten": "traject_id klant_id team trajectsoort startdatum\n1 1 oost individueel 2019-01-01"},
    )
    assert (
        main(["compute", "--organisatie", "dekop", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "p")])
        == 0
    )
    fout = capsys.readouterr().err
    assert "wel in de registratie: team oost." in fout and "de tabel klanten is er niet" in fout


def test_a_folder_without_tables_stops(tmp_path, capsys):
    (tmp_path / "raw" / "dekop").mkdir(parents=True)
    assert (
        main(["compute", "--organisatie", "dekop", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "p")])
        == 1
    )
    assert "raw" in capsys.readouterr().err
    assert not (tmp_path / "p" / "dekop" / "cijfers.csv").exists()


def test_a_missing_column_stops_with_file_column_and_what_was_expected(tmp_path, capsys):
    write_raw(tmp_path / "raw" / "dekop", {"klanten": "klantnummer geslacht\n1 man"})
    assert (
        main(["check", "--organisatie", "dekop", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "p")])
        == 1
    )
    fout = capsys.readouterr().err
    assert "klanten.csv" in fout and "klant_id" in fout


def test_the_demonstration_never_overwrites_a_registration(tmp_path, capsys):
    write_raw(tmp_path / "dekop", {"klanten": "klant_id\n1"})
    assert main(["demo", "--organisatie", "dekop", "--raw", str(tmp_path)]) == 1
    assert "niet leeg" in capsys.readouterr().err
    assert [pad.name for pad in (tmp_path / "dekop").iterdir()] == ["klanten.csv"]


def test_a_folder_that_is_a_file_gets_a_sentence(tmp_path, capsys):
    write_raw(tmp_path / "raw" / "dekop", {"klanten": "klant_id\n1"})
    (tmp_path / "p").write_text("geen map")
    assert (
        main(["check", "--organisatie", "dekop", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "p")])
        == 1
    )
    assert capsys.readouterr().err == f"{tmp_path / 'p' / 'dekop'}: is geen map.\n"


def test_piped_output_is_quiet(tmp_path):
    write_raw(tmp_path / "raw" / "dekop", {"klanten": "klant_id\n1"})
    gedraaid = subprocess.run(
        [
            sys.executable,
            "-m",
            "kopanalyse",
            "compute",
            "--organisatie",
            "dekop",
            "--raw",
            "raw",
            "--processed",
            "p",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"FORCE_COLOR": "1"},
    )
    assert gedraaid.stderr == ""
    assert len(gedraaid.stdout.splitlines()) == 2 and "\x1b" not in gedraaid.stdout
