"""The handbook of indicators: the rule, the texts, a worked example and the query of every figure, on one page.

Everything comes from the declarations and their worked examples; this module only arranges it for the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.engine.duckdb import Engine
from kopanalyse.indicators.catalogue import Definities
from kopanalyse.indicators.compute import has_dienstverlening, registratie_for
from kopanalyse.indicators.grouping import has_team
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.indicators.sql import script_over
from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld, calculate, rows
from kopanalyse.periode import years_in
from kopanalyse.raw.schema import TOTAAL
from kopanalyse.report.dutch import LEEG, datum, getal, hoofdletter, opsomming, with_code
from kopanalyse.report.parts.table import TEKST, Kolom, Rij, Tabel
from kopanalyse.settings import Settings

if TYPE_CHECKING:
    import pandas

PROCESSED = Path("data/processed")  # as the commands have it from the project folder; a page names no one's own folders
EENHEDEN = {"aandeel": "aandeel, als percentage", "per_1000": "aantal per 1.000 inwoners"}


def handbook(
    settings: Settings, definities: Definities, checked: Path, cijfers: pandas.DataFrame, queries: Path | None = None
) -> dict[str, Any]:
    """What the page shows, ready for its template.

    ``hoofdstukken``: the indicators that the long table ``cijfers`` holds or the tables in ``checked`` allow, by
    chapter; ``buiten``: the others, each with what it waits for. ``queries`` as in ``Engine``.
    """
    aanwezig = sorted(pad.stem for pad in checked.glob("*.parquet"))
    jaren = years_in(cijfers["jaar"])
    met_cijfers = set(cijfers["indicator"])
    map_ = PROCESSED / settings.organisatie / "checked"
    geregistreerd = has_dienstverlening(checked)
    binnen, buiten = [], []
    with Engine(queries) as engine:
        for ind in definities.indicatoren.values():
            if ind.is_possible(registratie_for(ind, settings, aanwezig, geregistreerd)):
                binnen.append((ind, script_over(ind, settings, map_, aanwezig, jaren, engine)))
            elif ind.naam in met_cijfers:  # its tables have gone since: there is nothing left to query
                binnen.append((ind, ""))
            else:
                buiten.append({"naam": ind.naam, "titel": ind.titel, "mist": _missing(ind, settings, aanwezig)})
    hoofdstukken = [
        (titel, [_lemma(ind, settings, definities.voorbeelden.get(ind.naam)) | {"sql": sql} for ind, sql in leden])
        for titel, leden in groupby(binnen, key=lambda lid: hoofdletter(settings.tekst(lid[0].hoofdstuk)))
    ]
    return {
        "hoofdstukken": hoofdstukken,
        "buiten": buiten,
        "aantal": len(binnen),
        "klein_aantal": settings.drempels.klein_aantal,
        "jaren": jaren,
        "map": settings.organisatie,
    }


def public_handbook(settings: Settings, definities: Definities, gepubliceerd: Collection[str]) -> dict[str, Any]:
    """As ``handbook``, of what the table of an edition has; what only helps who has the registration is away."""
    binnen = [ind for ind in definities.indicatoren.values() if ind.naam in gepubliceerd]

    def lemma(ind: Indicator) -> dict[str, Any]:
        eigen = _lemma(ind, settings, None)
        kenmerken = [
            (naam.replace("cijfers.csv", "publicatie.csv"), t) for naam, t in eigen["kenmerken"] if naam != "Tabellen"
        ]
        return eigen | {"kenmerken": kenmerken, "sql": ""}

    return {
        "hoofdstukken": [
            (titel, [lemma(ind) for ind in leden])
            for titel, leden in groupby(binnen, key=lambda ind: hoofdletter(settings.tekst(ind.hoofdstuk)))
        ],
        "buiten": [],
        "aantal": len(binnen),
        "klein_aantal": settings.drempels.klein_aantal,
    }


def arithmetic(som: str, eenheid: str) -> str:
    """Arithmetic of an example with its outcome in Dutch numbers: ``(4 − 2) / 1 = 2``, ``2 / 3 = 66,7%``."""
    teller, noemer = calculate(som)
    netjes = re.sub(r"\d+(?:\.(\d+))?", lambda m: getal(float(m[0]), decimalen=len(m[1] or "")), som)
    netjes = netjes.replace(" - ", " − ").replace(" * ", " × ")
    if noemer is None:
        return netjes if " " not in som else f"{netjes} = {_short(teller)}"
    if eenheid == "per_1000":
        teller, netjes = teller * 1000, f"{netjes} × 1.000"
    uitkomst = teller / noemer if noemer else None
    return f"{netjes} = {getal(uitkomst, 'aandeel') if eenheid == 'aandeel' else _short(uitkomst)}"


def _short(waarde: float | None) -> str:
    """At most two decimals, and none that say nothing."""
    tekst = getal(waarde, decimalen=2)
    return tekst.rstrip("0").rstrip(",") if "," in tekst else tekst


def _lemma(ind: Indicator, settings: Settings, voorbeeld: Voorbeeld | None) -> dict[str, Any]:
    """What the handbook says of one indicator; what others declare may lack texts and an example."""
    tabellen = [f"<code>{tabel}</code>" for tabel in ind.tabellen]
    return {
        "naam": ind.naam,
        "titel": ind.titel,
        "definitie": with_code(ind.definition(settings)),
        "kenmerken": [
            (naam, tekst)
            for naam, tekst in [
                ("Waarom", with_code(ind.waarom)),
                ("Let op", with_code(ind.kanttekening)),
                ("Eenheid", EENHEDEN.get(ind.eenheid, ind.eenheid)),
                ("Perioden", "jaren en kwartalen" if ind.kwartalen else "jaren"),
                ("Per team", "ja, en voor de hele organisatie" if has_team(ind) else "nee, alleen de hele organisatie"),
                ("Tabellen", f"minstens één van {opsomming(tabellen)}" if ind.minstens_een else opsomming(tabellen)),
                ("In cijfers.csv", f"<code>{ind.naam}</code>"),
                ("Bron", with_code(ind.bron)),
                ("Herzien op", datum(ind.herzien_op) if ind.herzien_op else ""),
            ]
            if tekst
        ],
        "uitleg": voorbeeld.uitleg if voorbeeld else "",
        "tabellen": [_table(naam, tekst).html() for naam, tekst in voorbeeld.tabellen.items()] if voorbeeld else [],
        "uitkomsten": _outcomes(ind, voorbeeld).html() if voorbeeld else "",
    }


def _table(naam: str, tekst: str) -> Tabel:
    """A text table of an example; the first column heads the rows."""
    rijen = rows(tekst)
    eerste, *kolommen = rijen[0]
    return Tabel(
        naam,
        eerste,
        [Kolom(kolom, TEKST) for kolom in kolommen],
        [Rij(rij[eerste], [LEEG if rij[kolom] == "-" else rij[kolom] for kolom in kolommen]) for rij in rijen],
    )


def _outcomes(ind: Indicator, voorbeeld: Voorbeeld) -> Tabel:
    """What the example must give, under the words of the long table."""
    delen = ["team"] + ["categorie"] * bool(ind.categorie or ind.paren)
    delen += ["subcategorie"] * bool(ind.subcategorie or ind.paren)
    rijen = []
    for (periode, *sleutel), som in voorbeeld.verwacht.items():
        sleutel += [TOTAAL] * (len(delen) - len(sleutel))
        rijen.append(Rij(periode, [*sleutel, arithmetic(som, ind.eenheid)]))
    return Tabel("Uitkomst", "periode", [Kolom(deel, TEKST) for deel in [*delen, "waarde"]], rijen)


def _missing(ind: Indicator, settings: Settings, aanwezig: Sequence[str]) -> str:
    """What an indicator without figures waits for."""
    mist = [tabel for tabel in ind.tabellen if tabel not in aanwezig]
    registratie = registratie_for(ind, settings, aanwezig)
    if ind.rol and not registratie.rol(ind.rol):
        return f"gaat over trajecten in de rol {ind.rol}"
    if ind.kort_of_casus and not mist:
        return "nodig is de tabel contacten, of een traject waarvan de dienstverlening geregistreerd is"
    if ind.minstens_een:
        return f"nodig is minstens één van de tabellen {opsomming(mist)}"
    return f"{'de tabel ontbreekt' if len(mist) == 1 else 'de tabellen ontbreken'}: {opsomming(mist)}"
