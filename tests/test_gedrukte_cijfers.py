"""Every figure that De Kop printed in chapters 1 and 2 comes out of the demonstration registration as printed."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

GEDRUKT = Path(__file__).parent / "gedrukt" / "dekop-2019.csv"


def printed():
    with GEDRUKT.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


@pytest.mark.parametrize("gedrukt", printed(), ids=lambda rij: f"{rij['indicator']}-{rij['categorie']}")
def test_as_printed(gedrukt, demo_cijfers):
    c = demo_cijfers
    cijfer = c[(c.indicator == gedrukt["indicator"]) & (c.periode == gedrukt["jaar"]) & (c.team == "alle")
               & (c.categorie == gedrukt["categorie"]) & c.subcategorie.isin(["", "totaal"])]
    assert len(cijfer) == 1
    if gedrukt["eenheid"] == "aantal":
        gevonden = cijfer.teller.iloc[0]
    else:
        gevonden = cijfer.waarde.iloc[0] * (100 if gedrukt["eenheid"] == "%" else 1)
    stap = Decimal(1).scaleb(-int(gedrukt["decimalen"]))
    assert Decimal(repr(float(gevonden))).quantize(stap, ROUND_HALF_UP) == Decimal(gedrukt["waarde"])


def test_no_printed_figure_is_missing():
    assert len(printed()) == 35
