"""Lines that are made wrong on purpose, one at a time: do the nearest tests notice?

By hand, from the folder of the repository (it is no part of ``make test``; all of it takes some minutes):

    python -m tests.mutaties                # all
    python -m tests.mutaties sentences      # those of which the room or the function has this in its name

A mutation names a function and not a file, so that it moves along when the function does. It is made in a copy; exit 1
when one goes unnoticed, or no longer fits the code: then it has to be written anew.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HOOFDMAP = Path(__file__).parent.parent
MEEGENOMEN = ("kopanalyse", "tests", "notebooks", "benchmarks", "data", "docs")

CONTROLE = ("tests/checked",)
LEZEN = ("tests/raw",)
TELLEN = tuple(
    f"tests/indicators/test_{naam}.py" for naam in ("voorbeelden", "zrm_volgorde", "dienstverlening", "records")
)
ZRM = TELLEN[1:2]
CIJFERS = ("tests/report/cijfers", "tests/report/parts")
ZINNEN = ("tests/report/parts",)
STATISTIEK = ("tests/test_statistics.py",)


@dataclass(frozen=True)
class Mutatie:
    """In ``functie`` of the room ``kamer`` the text ``oud`` becomes ``nieuw``; ``tests`` ought to fail."""

    kamer: str
    functie: str
    oud: str
    nieuw: str
    tests: tuple[str, ...]


MUTATIES = [
    # checking
    Mutatie("checked", "_date", ' & ~dag.startswith("0000-")', "", CONTROLE),
    Mutatie("checked", "_date", r"\3-\2-\1", r"\3-\1-\2", CONTROLE),
    Mutatie("checked", "_whole", "([.,]0+)?", "([.,][0-9]+)?", CONTROLE),
    Mutatie("checked", "_boolean", ', "onwaar", "0"', ', "onwaar"', CONTROLE),
    Mutatie("checked", "in_range", "hoogste if kolom.ook is None else kolom.ook", "hoogste", CONTROLE),
    Mutatie("checked", "kept", "if kolom.bereik:", "if kolom.bereik and kolom.verplicht:", CONTROLE),
    Mutatie("checked", "einddatum_voor_startdatum", "veld.rij.einddatum < ", "veld.rij.einddatum <= ", CONTROLE),
    Mutatie("checked", "kto_waarde", "between(1, 10)", "between(0, 10)", CONTROLE),
    Mutatie("checked", "datum_in_toekomst", "veld.gelezen > today()", "veld.gelezen >= today()", CONTROLE),
    Mutatie("checked", "contact_buiten_traject", "veld.gelezen > veld.rij", "veld.gelezen >= veld.rij", CONTROLE),
    Mutatie("checked", "_with_other_trajecten", "rij._tot > rij.startdatum", "rij._tot >= rij.startdatum", CONTROLE),
    # counting
    Mutatie("indicators", "op_datum", "rijen[datum] <= p.eind", "rijen[datum] < p.eind", TELLEN),
    Mutatie("indicators", "actief", "rijen.einddatum >= p.begin", "rijen.einddatum > p.begin", TELLEN),
    Mutatie("indicators", "beginstand", "t.startdatum < p.begin", "t.startdatum <= p.begin", TELLEN),
    Mutatie("indicators", "eindstand", "t.einddatum > p.eind", "t.einddatum >= p.eind", TELLEN),
    Mutatie("indicators", "is_jongere", "leeftijden <= ", "leeftijden < ", TELLEN),
    Mutatie("indicators", "_leeftijdsklasse", "jaren >= van", "jaren > van", TELLEN),
    Mutatie("indicators", "maandklasse", "tot < van + months(kort)", "tot <= van + months(kort)", TELLEN),
    Mutatie("indicators", "contactklasse", "contacten <= tot", "contacten < tot", TELLEN),
    Mutatie("indicators", "zwaarte", "gesprekken > self", "gesprekken >= self", TELLEN),
    Mutatie("indicators", "_meting", "z.datum if eerste else z.datum.desc()", "z.datum", ZRM),
    Mutatie("indicators", "_meting", "z.score, z.zrm_versie,", "z.zrm_versie, z.score,", ZRM),
    Mutatie("indicators", "_meting", "z.zrm_versie, z.hoofddomein.desc()", "z.hoofddomein.desc(), z.zrm_versie", ZRM),
    Mutatie("indicators", "_meting", "z.hoofddomein.desc()", "z.hoofddomein", ZRM),
    Mutatie("indicators", "_meting", ", z.doelscore]", "]", ZRM),
    Mutatie("indicators", "zrm_doel_behaald", "p.eindscore >= p.doelscore", "p.eindscore > p.doelscore", TELLEN),
    Mutatie("indicators", "with_values", "quotient * 1000,", "quotient,", TELLEN),
    Mutatie("indicators", "at_levels", "| ~r.alle_categorieen", "| r.alle_categorieen", TELLEN),
    # intervals and comparing
    Mutatie("statistics", "_wilson", "np.where(p == 1,", "np.where(p > 1,", STATISTIEK),
    Mutatie("statistics", "student", "np.where(genoeg, n - 1, 1)", "np.where(genoeg, n, 1)", STATISTIEK),
    Mutatie("statistics", "difference", "toen_boven - toen)", "toen - toen_onder)", STATISTIEK),
    Mutatie("report", "_is_little", "any(small(c, cijfer.noemer)", "all(small(c, cijfer.noemer)", CIJFERS),
    Mutatie("report", "_rest", "alle.noemer <= deel.noemer", "alle.noemer < deel.noemer", CIJFERS),
    Mutatie("report", "stands_out", "(1 + REKENEN)", "(1 - REKENEN)", CIJFERS),
    Mutatie("report", "cutoff", "p <= deel", "p < deel", CIJFERS),
    # sentences
    Mutatie("report", "small", " < ", " <= ", ZINNEN),
    Mutatie("report", "verschil", "1 if gelijk else MEESTE_ERBIJ + 1", "1", ZINNEN),
    Mutatie("report", "verschil", "0 * hoeveel if gelijk else hoeveel", "hoeveel", ZINNEN),
    Mutatie("report", "how_equal", "van == tot", "van != tot", ZINNEN),
    Mutatie("report", "extremes", "UITERSTEN * (len(c.known_teams) + 1)", "1", ZINNEN),
    Mutatie("report", "largest", "onbekend >= hoogste", "onbekend > hoogste", ZINNEN),
    Mutatie("report", "largest", "len(namen) > MEESTE_GELIJKEN", "len(namen) >= MEESTE_GELIJKEN", ZINNEN),
    Mutatie("report", "largest", "hoogste == geheel and len(namen) == 1", "hoogste == geheel", ZINNEN),
    Mutatie("report", "_apart", " * aantal * (aantal - 1) / 2", "", ZINNEN),
    Mutatie("report", "_distance", "(2 * Z95)", "Z95", ZINNEN),
    Mutatie("report", "_distance", "inf if verschil > 0", "inf if verschil >= 0", ZINNEN),
    Mutatie("report", "_named", "<= MEESTE_NAMEN", "< MEESTE_NAMEN", ZINNEN),
    Mutatie("report", "_named", 'vak not in ("meer", "minder")', "not vak", ZINNEN),
    Mutatie("report", "_named", "rest == 1", "rest >= 1", ZINNEN),
]


def functions(pad: Path) -> Iterator[tuple[str, int, int]]:
    """Name, first and last line (from 0, the last not included) of every function of a module, decorators included."""
    for knoop in ast.walk(ast.parse(pad.read_text(encoding="utf-8"))):
        if isinstance(knoop, ast.FunctionDef):
            begin = min([knoop.lineno, *(versiering.lineno for versiering in knoop.decorator_list)])
            yield knoop.name, begin - 1, knoop.end_lineno or begin


def mutated(map_: Path, mutatie: Mutatie) -> tuple[Path, str] | None:
    """The module with the mutated line and its new text; None when not just one function has the old line once."""
    gevonden = []
    kamer = map_ / "kopanalyse" / mutatie.kamer
    for pad in sorted(kamer.rglob("*.py")) if kamer.is_dir() else [kamer.with_suffix(".py")]:
        geheel = pad.read_text(encoding="utf-8")
        if f"def {mutatie.functie}(" not in geheel or mutatie.oud not in geheel:
            continue  # most modules: reading a tree takes a hundred times as long
        regels = geheel.splitlines(keepends=True)
        for naam, begin, eind in functions(pad):
            tekst = "".join(regels[begin:eind])
            if naam == mutatie.functie and tekst.count(mutatie.oud) == 1:
                nieuw = tekst.replace(mutatie.oud, mutatie.nieuw)
                gevonden.append((pad, "".join([*regels[:begin], nieuw, *regels[eind:]])))
    return gevonden[0] if len(gevonden) == 1 else None


def outcome(map_: Path, mutatie: Mutatie) -> str:
    """``gezien`` when a test failed, ``NIET gezien`` when none did, or what else went wrong."""
    plek = mutated(map_, mutatie)
    if plek is None:
        return "PAST NIET"
    pad, tekst = plek
    gewoon = pad.read_text(encoding="utf-8")
    pad.write_text(tekst, encoding="utf-8")
    try:
        gedraaid = subprocess.run(
            [
                sys.executable,
                "-B",
                "-m",
                "pytest",
                "-q",
                "-x",
                "-m",
                "not (bouw or browser or spark or orakel)",
                *mutatie.tests,
            ],
            cwd=map_,
            env=os.environ | {"PYTHONPATH": str(map_)},
            capture_output=True,
        )
    finally:
        pad.write_text(gewoon, encoding="utf-8")
    return {0: "NIET gezien", 1: "gezien"}.get(gedraaid.returncode, f"pytest gaf {gedraaid.returncode}")


def main(welke: str = "") -> int:
    """Run the mutations of which the room, function or tests have ``welke`` in their name; how many went wrong."""
    gekozen = [m for m in MUTATIES if welke in " ".join((m.kamer, m.functie, *m.tests))]
    mis = 0
    with TemporaryDirectory() as tijdelijk:
        map_ = Path(tijdelijk)
        for naam in MEEGENOMEN:
            shutil.copytree(HOOFDMAP / naam, map_ / naam, ignore=shutil.ignore_patterns("__pycache__"))
        for naam in ("pyproject.toml", "README.md", "Makefile", "CHANGELOG.md"):
            shutil.copy(HOOFDMAP / naam, map_ / naam)
        for m in gekozen:
            begin = time.monotonic()
            uit = outcome(map_, m)
            mis += uit != "gezien"
            print(
                f"{uit:12} {time.monotonic() - begin:5.0f} s  {m.kamer}.{m.functie}: {m.oud} → {m.nieuw or '(weg)'}",
                flush=True,
            )
    print(f"{len(gekozen) - mis} van {len(gekozen)} gezien")
    return mis


if __name__ == "__main__":
    sys.exit(bool(main(*sys.argv[1:2])))
