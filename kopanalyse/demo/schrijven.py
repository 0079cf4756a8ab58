"""Tables to bytes, each in one of the legal forms of a raw file, and a folder that appears whole or not at all."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from kopanalyse.demo.verdeling import Lot
from kopanalyse.demo.vuil import ZONDER_KOP, Tabellen
from kopanalyse.files import replacing

# What may stand in the folder beforehand. A README is replaced by the one of the demonstration, the rest stays.
MAG_BLIJVEN = (".gitkeep", ".gitignore")
MAG_ER_STAAN = (*MAG_BLIJVEN, "README.md")


class Vorm(NamedTuple):
    """How a file writes what it holds: separator, encoding, dates, decimals and booleans."""

    scheiding: str = ","
    codering: str = "utf-8"
    datum: str = "%Y-%m-%d"
    komma: str = "."
    booleans: tuple[str, str] = ("ja", "nee")


NEDERLANDS = "%d-%m-%Y"
VORMEN = {
    "klanten": Vorm(";", datum=NEDERLANDS),
    "trajecten": Vorm(";", "utf-8-sig", NEDERLANDS),
    "zrm_metingen": Vorm(booleans=("true", "false")),
    "informatie_en_advies": Vorm(";", booleans=("1", "0")),
    "collectieve_activiteiten": Vorm(";", "cp1252", NEDERLANDS),
    "schoolmaatschappelijk_werk": Vorm(";", datum=NEDERLANDS),
    "kernen": Vorm(";", komma=","),
    "vip": Vorm(";", datum=NEDERLANDS),
    "informele_ondersteuning": Vorm(codering="cp1252"),
    "klanttevredenheid": Vorm(";", datum=NEDERLANDS),
    "hulpvragen": Vorm(";", "cp1252"),
    "deelnames": Vorm(datum=NEDERLANDS),
    "productie_uren": Vorm(";", datum=NEDERLANDS, komma=","),
    "overige_dienstverlening": Vorm(";", "utf-8-sig"),
    "formulierenbrigade": Vorm(";", datum=NEDERLANDS),
}
# One row in so many has a loose space or a date in the other form.
ANDERS_GETYPT = 150


def als_csv(tabel: str, rijen: list[dict]) -> bytes:
    """The table as the bytes of a CSV file; values are dates, numbers, booleans, texts or None.

    A text stands as it is, so a decimal is a text with a point.
    """
    vorm, lot = VORMEN.get(tabel, Vorm()), Lot(f"vorm {tabel}")
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=vorm.scheiding, lineterminator="\n")
    kolommen = list(rijen[0])
    schrijver.writerow(kolommen)
    for rij in rijen:
        velden = [_veld(rij[kolom], vorm) for kolom in kolommen]
        if lot.getal(ANDERS_GETYPT) == 0:
            velden = [_anders(rij[kolom], veld, vorm) for kolom, veld in zip(kolommen, velden)]
        if ZONDER_KOP in rij:
            velden.append(rij[ZONDER_KOP])
        schrijver.writerow(velden)
    return uit.getvalue().encode(vorm.codering)


def _veld(waarde: object, vorm: Vorm) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return vorm.booleans[0 if waarde else 1]
    if isinstance(waarde, date):
        return waarde.strftime(vorm.datum)
    if isinstance(waarde, str) and vorm.komma != "." and waarde.replace(".", "", 1).isdigit():
        return waarde.replace(".", vorm.komma)
    return str(waarde)


def _anders(waarde: object, veld: str, vorm: Vorm) -> str:
    """The same value as someone else would type it."""
    if isinstance(waarde, date):
        return waarde.isoformat() if vorm.datum == NEDERLANDS else waarde.strftime(NEDERLANDS)
    if isinstance(waarde, bool):
        return veld.capitalize()
    return f"{veld} " if veld else veld


def als_bestanden(tabellen: Tabellen, teksten: Path, getallen: dict[str, str]) -> dict[str, bytes]:
    """Every file of a demonstration by its path within the folder: its tables, and the texts in the folder `teksten`.

    In its README `{name}` becomes the number of that name; `{tabellen}` is a row per table with how many it has.
    """
    uit = {f"{tabel}.csv": als_csv(tabel, rijen) for tabel, rijen in tabellen.items()}
    for pad in sorted(teksten.glob("*/*")):
        uit[f"{pad.parent.name}/{pad.name}"] = _tekst(pad)
    uit["organisatie.toml"] = _tekst(teksten / "organisatie.toml")
    telling = "\n".join(f"| `{tabel}.csv` | {len(rijen)} |" for tabel, rijen in sorted(tabellen.items()))
    uit["README.md"] = _tekst(teksten / "README.md", tabellen=telling, **getallen)
    return uit


def _tekst(pad: Path, **waarden: str) -> bytes:
    tekst = pad.read_text(encoding="utf-8")
    for naam, waarde in waarden.items():
        tekst = tekst.replace(f"{{{naam}}}", waarde)
    return tekst.encode("utf-8")


def schrijf_map(doel: Path, bestanden: dict[str, bytes], bewerk: Callable[[Path], None] = lambda map_: None) -> None:
    """Writes the files, named by their path within the folder, beside `doel` and then puts the folder in place.

    `bewerk` may change the folder before it is put in place. FileExistsError when `doel` already holds a registration.
    """
    if doel.exists() and not doel.is_dir():
        raise FileExistsError(f"{doel} bestaat al en is geen map.")
    staat_er = sorted(pad.name for pad in doel.iterdir()) if doel.exists() else []
    bezet = [naam for naam in staat_er if naam not in MAG_ER_STAAN]
    if bezet:
        raise FileExistsError(
            f"{doel} is niet leeg (er staat onder meer {bezet[0]}). Een registratie wordt nooit overschreven: "
            "kies een lege map of maak deze zelf eerst leeg."
        )
    doel = doel.resolve()
    doel.parent.mkdir(parents=True, exist_ok=True)
    with replacing(doel.parent, (doel.name,)) as ernaast:
        nieuw = ernaast / doel.name
        for naam, inhoud in bestanden.items():
            pad = nieuw / naam
            pad.parent.mkdir(parents=True, exist_ok=True)
            pad.write_bytes(inhoud)
        bewerk(nieuw)
        for naam in MAG_BLIJVEN:
            if naam in staat_er:
                shutil.copy2(doel / naam, nieuw / naam)
