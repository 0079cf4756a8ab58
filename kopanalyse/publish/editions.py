"""The files of an edition, and the memory of earlier ones.

What goes out stands in ``publicaties/<organisatie>``; every edition is kept, with its proof, under
``processed/<organisatie>/publicaties/<editie>``. Both are put in place whole, or not at all.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from kopanalyse.errors import UserError
from kopanalyse.files import replacing
from kopanalyse.indicators.relations import SLEUTEL
from kopanalyse.periode import Periode
from kopanalyse.publish.memory import Vorige
from kopanalyse.publish.publish import KOLOMMEN, Uitgave
from kopanalyse.settings import Settings

TABEL, BESCHRIJVING = "publicatie.csv", "publicatie.json"
BEWIJS, WERELDEN, VERBORGEN = "bewijs.json", "werelden.csv", "verborgen.csv"
BINNEN = ("volgnummer", "opnieuw", "gemaakt_van")  # what is said of an edition that stays inside
GETALKOLOMMEN = ("teller", "noemer", "waarde", "n_personen", "ondergrens", "bovengrens")


class EditionError(UserError):
    """An edition is not possible so; the message (Dutch) says what is."""


@dataclass(frozen=True)
class Bewaard:
    """A kept edition: what its ``publicatie.json`` says, and the folder that it stands in."""

    map: Path
    beschrijving: Mapping

    @property
    def naam(self) -> str:
        return self.beschrijving["editie"]

    def as_earlier(self) -> Vorige:
        zonder = self.beschrijving["instellingen"]["teams_zonder"]
        weg = f"team {', '.join(zonder)}" in self.beschrijving["weggelaten"]
        return Vorige(self.naam, read_table(self.map / TABEL), zonder if weg else ())


def settings_of(settings: Settings) -> dict:
    """The settings of § publiceren as an edition names them."""
    p = asdict(settings.publiceren)
    return p | {"exact": "kerncijfers" if p["exact"] is None else list(p["exact"])}


def all_kept(processed: Path, organisatie: str) -> list[Bewaard]:
    """All editions of an organisation, oldest first."""
    mappen = sorted((processed / organisatie / "publicaties").glob(f"[!.]*/{BESCHRIJVING}"))
    alle = [Bewaard(pad.parent, json.loads(pad.read_text(encoding="utf-8"))) for pad in mappen]
    return sorted(alle, key=lambda e: e.beschrijving["volgnummer"])


def kept(processed: Path, organisatie: str) -> list[Bewaard]:
    """The editions that count, oldest first: from the last that began anew."""
    alle = all_kept(processed, organisatie)
    begin = max((nummer for nummer, e in enumerate(alle) if e.beschrijving["opnieuw"]), default=0)
    return alle[begin:]


def as_read(instellingen: dict) -> dict:
    """Settings as they are when they have been written and read."""
    return json.loads(json.dumps(instellingen, default=list))


def new_name(processed: Path, organisatie: str, jaren: Sequence[Periode]) -> str:
    """The name of the next edition: its last year, and a number that was not used yet."""
    bezet = {editie.naam for editie in all_kept(processed, organisatie)}
    nummer = 1
    while f"{max(jaren)}-{nummer}" in bezet:
        nummer += 1
    return f"{max(jaren)}-{nummer}"


def check_name(naam: str) -> None:
    """Raises ``EditionError`` for a name that cannot be a folder."""
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*", naam):
        raise EditionError(f"--editie {naam} kan geen mapnaam zijn: gebruik letters, cijfers, - of _.")


def digest(cijfers: pd.DataFrame, settings: Settings) -> str:
    """What an edition is made of: the same figures, in any order, and the same settings give the same digest."""
    gesorteerd = cijfers.sort_values(list(SLEUTEL), kind="stable")
    tekst = (
        gesorteerd.to_csv(index=False)
        + json.dumps(settings_of(settings), default=list)
        + repr((sorted(settings.kerncijfers), sorted(settings.status.items())))
    )
    return hashlib.sha256(tekst.encode()).hexdigest()


def table_text(rijen: pd.DataFrame) -> str:
    """``publicatie.csv``: numbers in the shortest form that reads back the same, empty where there is none."""
    als_tekst = rijen.astype(object)
    for kolom in GETALKOLOMMEN:
        als_tekst[kolom] = [_number(getal) for getal in rijen[kolom]]
    return als_tekst.to_csv(index=False, lineterminator="\n")


def _number(getal: float) -> str:
    if pd.isna(getal):
        return ""
    return str(int(getal)) if float(getal).is_integer() else repr(float(getal))


def read_table(pad: Path | io.StringIO) -> pd.DataFrame:
    """A ``publicatie.csv`` as ``make`` gave it."""
    tekst = {kolom: "str" for kolom in KOLOMMEN if kolom not in (*GETALKOLOMMEN, "jaar", "kwartaal")}
    return pd.read_csv(
        pad,
        dtype=tekst | {"jaar": "int64", "kwartaal": "Int64"} | dict.fromkeys(GETALKOLOMMEN, float),
        keep_default_na=False,
        na_values={kolom: [""] for kolom in (*GETALKOLOMMEN, "kwartaal")},
    )


def write(
    uitgave: Uitgave,
    settings: Settings,
    *,
    editie: str,
    gemaakt_van: str,
    volgnummer: int,
    opnieuw: bool,
    redenen: Mapping[str, str],
    processed: Path,
    datum: date,
    verder: Mapping[str, Any] = MappingProxyType({}),
) -> Path:
    """Keep an edition with its proof; the folder that it is kept in. ``verder`` is what else is said of it outside.

    It is kept before it is put out: an edition that the world has seen is always remembered.
    """
    tabel = table_text(uitgave.rijen)
    sha = hashlib.sha256(tabel.encode()).hexdigest()
    beschrijving = {
        "editie": editie,
        "datum": datum.isoformat(),
        "versie": version("kopanalyse"),
        "organisatie": settings.organisatie,
        "jaren": sorted(set(uitgave.rijen.jaar.tolist())),
        "instellingen": settings_of(settings),
        "weggelaten": uitgave.weggelaten,
        "herzien": dict(redenen),
        "sha256": sha,
        **verder,
    }
    inside = beschrijving | {"volgnummer": volgnummer, "opnieuw": opnieuw, "gemaakt_van": gemaakt_van}
    map_ = processed / settings.organisatie / "publicaties"
    with replacing(map_, (editie,)) as nieuw:
        doel = nieuw / editie
        doel.mkdir()
        (doel / TABEL).write_text(tabel, encoding="utf-8", newline="")
        _json(doel / BESCHRIJVING, inside)
        _json(doel / BEWIJS, {"sha256": sha} | uitgave.bewijs)
        _worlds(uitgave.werelden).to_csv(doel / WERELDEN, index=False, lineterminator="\n")
        uitgave.verborgen.to_csv(doel / VERBORGEN, index=False, lineterminator="\n")
    return map_ / editie


def put_out(
    bewaard: Path, publicaties: Path, organisatie: str, verder: Mapping[str, Any], write: Callable[[Path], Any]
) -> None:
    """Make the kept edition the one that is out, with the pages that ``write`` makes in the folder beside its table.

    ``verder`` is added to what it says of itself. The whole folder changes at once and leaves nothing of another; when
    a page fails, the earlier edition stays.
    """
    inside = json.loads((bewaard / BESCHRIJVING).read_text(encoding="utf-8"))
    with replacing(publicaties, (organisatie,)) as nieuw:
        doel = nieuw / organisatie
        doel.mkdir()
        shutil.copyfile(bewaard / TABEL, doel / TABEL)
        buiten = {naam: waarde for naam, waarde in inside.items() if naam not in BINNEN}
        _json(doel / BESCHRIJVING, {**buiten, **verder})
        write(doel)


def _worlds(werelden: pd.DataFrame) -> pd.DataFrame:
    return werelden.astype({"waarde": "int64"})


def _json(pad: Path, inhoud: Mapping) -> None:
    pad.write_text(json.dumps(inhoud, ensure_ascii=False, indent=1, default=list) + "\n", encoding="utf-8")
