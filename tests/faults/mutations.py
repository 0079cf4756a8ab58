"""Mutated registrations through ``check``: ``python -m tests.faults.mutations --aantal 1000``.

Of each is read what is in it: every row is clean or in quarantine, or a Dutch sentence says why not and the old result
is as it was. Nothing ends in a traceback. A case is made of its number and the seed:
``--vanaf 510 --aantal 1 --map <folder>`` makes one, to look at.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import os
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from kopanalyse.checked.check import UITKOMST
from kopanalyse.cli import main as kopanalyse
from tests.faults.kills import snapshot
from tests.faults.mutated import write_mutated

ORGANISATIES = ("dekop", "smwo")
HOOGSTENS = 20  # seconds of the processors for one of these small registrations, however busy they are
ENGELS = re.compile(
    r"\b(the|not|expected|invalid|cannot|could|failed|unexpected|error|exception|warning)\b", re.IGNORECASE
)
ZEG_ELKE = 100  # cases: how far it is
GEWEIGERD, GEMAAKT, GESTOPT = "geweigerd", "gecontroleerd", "te veel in quarantaine"


def check(map_: Path, organisatie: str) -> tuple[int | str, str, str]:
    """Run ``kopanalyse check`` in this process: its exit code (a traceback when it raised), and what it said."""
    uit, fout = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(uit), contextlib.redirect_stderr(fout):
        try:
            code: int | str = kopanalyse(
                ["check", f"--organisatie={organisatie}", f"--raw={map_ / 'raw'}", f"--processed={map_ / 'processed'}"]
            )
        except BaseException:
            code = traceback.format_exc()
    return code, uit.getvalue(), fout.getvalue()


def wrong_with(map_: Path, organisatie: str, bekend: dict[str, int]) -> tuple[str, list[str]]:
    """Check what stands in ``map_``: how that ended, and all that was wrong with it."""
    doel = map_ / "processed" / organisatie
    oud, begin = snapshot(doel), time.process_time()
    code, uit, fout = check(map_, organisatie)
    fouten = [f"duurde {duur:.0f} s"] if (duur := time.process_time() - begin) > HOOGSTENS else []
    if not isinstance(code, int):
        return "traceback", [*fouten, code]
    if "Traceback" in fout or (engels := ENGELS.search(fout)):
        fouten.append(f"geen Nederlands: {fout if 'Traceback' in fout else engels}: {fout[-600:]}")
    fouten += [f"bleef staan: {pad.name}" for pad in doel.iterdir() if pad.name.startswith(".") and pad.name != ".slot"]
    if "Rijen: " not in uit:
        if code not in (1, 2) or not fout.strip():
            fouten.append(f"geweigerd met {code} en: {fout!r}")
        return GEWEIGERD, fouten + ([] if snapshot(doel) == oud else ["het oude resultaat is niet heel"])
    fouten += [f"ontbreekt: {naam}" for naam in UITKOMST if not (doel / naam).exists()]
    if code and "in quarantaine; cijfers daarover zouden niet kloppen" not in fout:
        fouten.append(f"eindigde met {code}: {fout[-300:]}")
    return (GESTOPT if code else GEMAAKT), fouten + _lost_rows(doel, bekend)


def _lost_rows(doel: Path, bekend: dict[str, int]) -> list[str]:
    """Tables of which the rows that were read are not those that are clean and those in quarantine."""
    fouten = []
    csv.field_size_limit(10_000_000)
    with (doel / "inlezen.csv").open(encoding="utf-8-sig", newline="") as bestand:
        telling = list(csv.DictReader(bestand))
    for rij in telling:
        naam, gelezen = rij["tabel"], int(rij["gelezen"])
        schoon = pq.read_metadata(doel / "checked" / f"{naam}.parquet").num_rows
        apart = _rows_in(doel / "quarantaine" / f"{naam}.csv")
        if (schoon, apart) != (int(rij["schoon"]), int(rij["quarantaine"])) or gelezen != schoon + apart:
            fouten.append(f"{naam}: {gelezen} gelezen, {schoon} schoon, {apart} in quarantaine")
        if gelezen != bekend.get(naam, gelezen):
            fouten.append(f"{naam}: {gelezen} gelezen van de {bekend[naam]}")
    return fouten


def _rows_in(pad: Path) -> int:
    if not pad.is_file():
        return 0
    with pad.open(encoding="utf-8-sig", newline="") as bestand:
        return sum(1 for _ in csv.reader(bestand)) - 1


def one(map_: Path, zaad: int, nummer: int) -> tuple[list[str], str, list[str]]:
    """Case ``nummer``: its mutations, how its check ended, and what was wrong."""
    toeval = random.Random(f"{zaad} {nummer}")
    organisatie = ORGANISATIES[nummer % len(ORGANISATIES)]
    shutil.rmtree(map_ / "raw", ignore_errors=True)
    gedaan, bekend = write_mutated(map_ / "raw" / organisatie, organisatie, toeval, toeval.randint(1, 3))
    return gedaan, *wrong_with(map_, organisatie, bekend)


def run(nummers: range, zaad: int, map_: Path) -> tuple[Counter[str], Counter[str], list[str]]:
    """The cases ``nummers``: how often each mutation came by, how each check ended, and all that was wrong."""
    mutaties: Counter[str] = Counter()
    einden: Counter[str] = Counter()
    fouten = []
    for organisatie in ORGANISATIES:  # an old result, that has to stay whole
        shutil.rmtree(map_ / "raw", ignore_errors=True)
        write_mutated(map_ / "raw" / organisatie, organisatie, random.Random(zaad), 0)
        code, _, fout = check(map_, organisatie)
        assert code == 0, fout or code
    for nummer in nummers:
        gedaan, einde, mis = one(map_, zaad, nummer)
        mutaties.update(gedaan)
        einden[einde] += 1
        fouten += [f"{nummer} ({', '.join(gedaan)}): {wat}" for wat in mis]
        if einden.total() % ZEG_ELKE == 0:
            print(f"{einden.total()} van {len(nummers)}, {len(fouten)} fouten", file=sys.stderr, flush=True)
    return mutaties, einden, fouten


def main() -> int:
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--aantal", type=int, default=1000)
    lezer.add_argument("--zaad", type=int, default=1)
    lezer.add_argument("--vanaf", type=int, default=0, help="number of the first case")
    lezer.add_argument("--map", type=Path, help="an empty folder, to look at what stands there afterwards")
    gevraagd = lezer.parse_args()
    nummers = range(gevraagd.vanaf, gevraagd.vanaf + gevraagd.aantal)
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = gevraagd.map or Path(tijdelijk)
        os.environ["XDG_CACHE_HOME"] = str(map_ / "cache")
        mutaties, einden, fouten = run(nummers, gevraagd.zaad, map_)
    for wat, hoe_vaak in sorted(mutaties.items()):
        print(f"{hoe_vaak:5}  {wat}")
    for wat, hoe_vaak in sorted(einden.items()):
        print(f"{hoe_vaak:5}  {wat}")
    print(f"{len(nummers)} registraties, {len(fouten)} fouten")
    print("\n".join(fouten))
    return bool(fouten)


if __name__ == "__main__":
    sys.exit(main())
