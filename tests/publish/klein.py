"""Long tables of a few rows, for attacks."""

import pandas as pd

from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.publish.memory import Vorige
from kopanalyse.publish.publish import make
from kopanalyse.settings import load_settings

SMWO = load_settings("smwo")


def rij(
    indicator, teller, *, periode="2024", team="alle", categorie="totaal", sub="", noemer=None, n=None, eenheid="aantal"
):
    """One row of a long table; as many persons as counted, unless said otherwise."""
    jaar, _, kwartaal = periode.partition("-K")
    waarde = teller if noemer is None else (teller / noemer if noemer else float("nan"))
    return {
        "organisatie": "smwo",
        "indicator": indicator,
        "periode": periode,
        "jaar": int(jaar),
        "kwartaal": int(kwartaal) if kwartaal else None,
        "team": team,
        "categorie": categorie,
        "subcategorie": sub,
        "eenheid": eenheid,
        "teller": float(teller),
        "noemer": float("nan") if noemer is None else float(noemer),
        "waarde": waarde,
        "n_personen": int(teller if n is None else n),
        "ondergrens": float("nan"),
        "bovengrens": float("nan"),
    }


def tabel(*rijen):
    return pd.DataFrame(rijen).astype({"kwartaal": "Int64"})


def uitgave(*rijen, vorige=(), settings=SMWO, herzien=()):
    return make(tabel(*rijen), settings, own_definitions().indicatoren, vorige, herzien)


def getoond(u, indicator, kolom="teller", **waar):
    """What an edition shows of one row; None where it is hidden."""
    rijen = u.rijen[u.rijen.indicator == indicator]
    for naam, waarde in {"periode": "2024", "team": "alle", "categorie": "totaal", "subcategorie": "", **waar}.items():
        rijen = rijen[rijen[naam] == waarde]
    waarde = rijen[kolom].item()
    return None if pd.isna(waarde) else waarde


def als_vorige(u, naam="1"):
    return Vorige(naam, u.rijen)
