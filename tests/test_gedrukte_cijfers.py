"""Every figure that De Kop printed comes out of the demonstration registration as printed."""

import csv
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

GEDRUKT = Path(__file__).parent / "gedrukt" / "dekop-2019.csv"
# How a printed unit reads the long table: the column, and what it was multiplied by. An aantal may be the teller of an
# aandeel.
EENHEDEN = {
    "aantal": ("teller", 1), "%": ("waarde", 100), "gemiddelde": ("waarde", 1), "zrm-niveau": ("waarde", 1),
    "rapportcijfer": ("waarde", 1),
}  # fmt: skip


def printed():
    with GEDRUKT.open(encoding="utf-8", newline="") as bestand:
        return list(csv.DictReader(bestand))


def naam(gedrukt):
    plaats = (gedrukt[kolom] for kolom in ("indicator", "jaar", "categorie", "subcategorie") if gedrukt[kolom])
    return "-".join(plaats)


@pytest.mark.parametrize("gedrukt", printed(), ids=naam)
def test_as_printed(gedrukt, demo_cijfers):
    c = demo_cijfers
    subcategorieen = [gedrukt["subcategorie"]] if gedrukt["subcategorie"] else ["", "totaal"]
    cijfer = c[(c.indicator == gedrukt["indicator"]) & (c.periode == gedrukt["jaar"]) & (c.team == "alle")
               & (c.categorie == gedrukt["categorie"]) & c.subcategorie.isin(subcategorieen)]
    assert len(cijfer) == 1
    kolom, maal = EENHEDEN[gedrukt["eenheid"]]
    stap = Decimal(1).scaleb(-int(gedrukt["decimalen"]))
    gevonden = Decimal(repr(float(cijfer[kolom].iloc[0]))) * maal
    assert gevonden.quantize(stap, ROUND_HALF_UP) == Decimal(gedrukt["waarde"])


def test_no_printed_figure_is_missing():
    assert len({naam(gedrukt) for gedrukt in printed()}) == len(printed()) == 86
    per_hoofdstuk = [sum(gedrukt["paragraaf"].startswith(hoofdstuk) for gedrukt in printed()) for hoofdstuk in "1234"]
    assert per_hoofdstuk == [14, 21, 40, 11]
