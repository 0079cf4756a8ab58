"""The raw files of a demonstration registration, read by naive code that shares nothing with the library."""

import csv
import io
import re
from datetime import date

from kopanalyse.raw.schema import TABELLEN

KTO_WAARDEN = {"rapportcijfer": tuple(map(str, range(1, 11)))}


def als_datum(tekst):
    """A date in one of the two legal forms, else None."""
    if treffer := re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", tekst):
        tekst = "-".join(reversed(treffer.groups()))
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None


def ja(tekst):
    """Whether a boolean says yes."""
    return tekst.lower() in ("ja", "true", "1")


def lees(inhoud: bytes) -> list[dict[str, str]]:
    """The rows as texts without spaces around them; `overtollig` where a row has more fields than the header."""
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        tekst = inhoud.decode("cp1252")
    scheiding = ";" if ";" in tekst.splitlines()[0] else ","
    rijen = csv.DictReader(io.StringIO(tekst, newline=""), delimiter=scheiding, restkey="overtollig")
    return [{kolom: "".join(waarde or "").strip() for kolom, waarde in rij.items()} for rij in rijen]


def bruikbaar(tabellen: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """What is left without double keys, orphans and rows that miss something they need."""
    schoon = {}
    for naam in sorted(tabellen, key=lambda naam: (TABELLEN[naam].ouder is not None, naam not in ("trajecten",))):
        tabel, gezien, rijen = TABELLEN[naam], set(), []
        ouder = tabel.ouder
        ouders = {rij[TABELLEN[ouder.verwijst_naar].sleutel] for rij in schoon[ouder.verwijst_naar]} if ouder else set()
        for rij in tabellen[naam]:
            dubbel = tabel.sleutel and rij[tabel.sleutel] in gezien
            gezien.add(rij.get(tabel.sleutel))
            datums = [als_datum(rij[k.naam]) for k in tabel.kolommen if k.soort == "datum" and k.verplicht]
            eind = als_datum(rij.get("einddatum", ""))
            slecht = (
                "overtollig" in rij
                or any(not rij[kolom] for kolom in tabel.verplicht)
                or (ouder and rij[ouder.naam] not in ouders)
                or None in datums
                or (rij.get("einddatum") and (eind is None or eind < datums[0]))
                or (naam == "zrm_metingen" and rij["score"] not in ("1", "2", "3", "4", "5", "99"))
                or (naam == "informele_ondersteuning" and not rij["aantal"].isdigit())
                or (naam == "productie_uren" and not re.fullmatch(r"\d+([.,]\d+)?", rij["uren"]))
                or (naam == "kto_antwoorden" and rij["waarde"] not in KTO_WAARDEN.get(rij["soort"], ("0", "1")))
            )
            if not dubbel and not slecht:
                rijen.append(rij)
        schoon[naam] = rijen
    return schoon


def behandeld(trajecten, periode, **waar):
    """Rows that are open somewhere in the period, with these values."""
    begin, eind = periode
    return [
        rij
        for rij in trajecten
        if als_datum(rij["startdatum"]) <= eind
        and (not rij["einddatum"] or als_datum(rij["einddatum"]) >= begin)
        and all(rij[kolom] == waarde for kolom, waarde in waar.items())
    ]


def in_periode(rijen, kolom, periode):
    """Rows whose date in that column lies in the period."""
    return [rij for rij in rijen if periode[0] <= als_datum(rij[kolom]) <= periode[1]]


def inhoud_van(map):
    """Every file under the folder by its path within it."""
    return {pad.relative_to(map).as_posix(): pad.read_bytes() for pad in map.rglob("*") if pad.is_file()}
