"""Every figure that De Kop and SMWO printed comes out of their demonstration registrations as printed."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pandas as pd
import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.parts.pieces import folded, per_year
from kopanalyse.settings import load_settings

GEDRUKT = Path(__file__).parent / "gedrukt"
BESTANDEN = ("dekop-2019.csv", "smwo-2024.csv")
SLEUTEL = ("indicator", "jaar", "categorie", "subcategorie")
# How a printed unit reads the long table: the column, and what it was multiplied by. An aantal may be the teller of an
# aandeel.
EENHEDEN = {
    "aantal": ("teller", 1), "%": ("waarde", 100), "gemiddelde": ("waarde", 1), "zrm-niveau": ("waarde", 1),
    "rapportcijfer": ("waarde", 1), "uren": ("teller", 1),
}  # fmt: skip


def rows(bestand):
    with (GEDRUKT / bestand).open(encoding="utf-8", newline="") as inhoud:
        return list(csv.DictReader(inhoud))


PRINTED = [gedrukt | {"organisatie": bestand.partition("-")[0]} for bestand in BESTANDEN for gedrukt in rows(bestand)]
IMPOSSIBLE = rows("smwo-2024-niet-te-maken.csv")


def naam(gedrukt):
    return "-".join(gedrukt[kolom] for kolom in SLEUTEL if gedrukt[kolom])


@pytest.fixture(scope="module")
def frames(demo_map):
    """The long table of each organisation."""
    return {
        organisatie: pd.read_parquet(demo_map / "processed" / organisatie / "cijfers.parquet")
        for organisatie in ("dekop", "smwo")
    }


@pytest.fixture(scope="module")
def shown(demo_map, frames):
    """``shown(gedrukt)``: the share of what the report folds, of the row that it shows."""

    def find(gedrukt):
        organisatie, jaar = gedrukt["organisatie"], int(gedrukt["jaar"])
        c = Cijfers(
            frames[organisatie],
            load_settings(organisatie, demo_map / "raw"),
            Periode(jaar),
            "alle",
            demo_map / "processed" / organisatie,
        )
        aandelen = dict(folded(c, per_year(c, gedrukt["indicator"], c.categorieen(gedrukt["indicator"]))))
        return aandelen[gedrukt["categorie"]][-1]

    return find


@pytest.mark.parametrize("gedrukt", PRINTED, ids=lambda g: f"{g['organisatie']} {g['paragraaf']} {naam(g)}")
def test_as_printed(gedrukt, frames, shown):
    kolom, maal = EENHEDEN[gedrukt["eenheid"]]
    if gedrukt["categorie"].startswith("Overige (<"):
        gevonden = getattr(shown(gedrukt), kolom)
    else:
        c = frames[gedrukt["organisatie"]]
        subcategorieen = [gedrukt["subcategorie"]] if gedrukt["subcategorie"] else ["", "totaal"]
        cijfer = c[
            (c.indicator == gedrukt["indicator"])
            & (c.periode == gedrukt["jaar"])
            & (c.team == "alle")
            & (c.categorie == gedrukt["categorie"])
            & c.subcategorie.isin(subcategorieen)
        ]
        assert len(cijfer) == 1
        gevonden = float(cijfer[kolom].iloc[0])
    stap = Decimal(1).scaleb(-int(gedrukt["decimalen"]))
    als_gedrukt = (Decimal(repr(gevonden)) * maal).quantize(stap, ROUND_HALF_UP) == Decimal(gedrukt["waarde"])
    assert als_gedrukt != (
        (gedrukt["organisatie"], naam(gedrukt)) in ((rij["organisatie"], naam(rij)) for rij in IMPOSSIBLE)
    )


def test_no_printed_figure_is_missing():
    dekop, smwo = (rows(bestand) for bestand in BESTANDEN)
    assert len({naam(gedrukt) for gedrukt in dekop}) == len(dekop) == 86
    assert [sum(g["paragraaf"].startswith(hoofdstuk) for g in dekop) for hoofdstuk in "1234"] == [14, 21, 40, 11]
    assert len(smwo) == 245 and len({naam(gedrukt) for gedrukt in smwo}) == 241  # four totals are printed twice
    assert all(rij["reden"] for rij in IMPOSSIBLE)
