"""How far a share or a mean goes up and down by itself: sums of squares over the units that answer for it.

A row is not a person. Answers are of respondents, domeinen and hulpvragen of trajecten, meetings of activities; and a
traject that runs in two years counts in both. The interval of the long table is that of one figure. To compare two of
them one has to know how much of either are the same units. For each share and mean this adds up, per unit, what it
contributes: nothing of a unit remains but its part in a sum.

Over the units of ``jaar`` and of ``tegen`` (the same year, or the year before) that are the same: ``tt`` = Σ t·t',
``tn`` = Σ t·n', ``nt`` = Σ n·t', ``nn`` = Σ n·n', t and n being what a unit adds to teller and noemer. From these
follow, for any pair of figures m and m' of them, Σ (t − m·n)(t' − m'·n') = tt − m'·tn − m·nt + m·m'·nn.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from kopanalyse.engine.query import QueryEngine
from kopanalyse.engine.words import Column, Expression, table
from kopanalyse.indicators.grouping import SLEUTEL, at_levels, base, columns
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.indicators.registratie import Registratie
from kopanalyse.periode import Periode
from kopanalyse.statistics import SPREIDING_KOLOMMEN as KOLOMMEN

SOORTEN = ("aandeel", "gemiddelde")
EENHEDEN = ("uitnodiging_id", "activiteit_id", "traject_id", "vraag_id")
"""The keys of who answers for a record, the first that it has; a household has no column of its own in our tables."""
PAREN = {"nu": "string", "toen": "string"}
GROEP = SLEUTEL[1:]
PER_EENHEID = dict.fromkeys([*SLEUTEL, "eenheid"], "string") | dict.fromkeys(("t", "n"), "float64")
VERST = 5  # years between the two of a pair


def spread(
    indicatoren: Iterable[tuple[Indicator, Registratie, str]], engine: QueryEngine, jaren: Sequence[Periode]
) -> pd.DataFrame:
    """The sums (``KOLOMMEN``) of every share and mean among these, of each pair of years.

    Each comes with what names its query (``made_from``). ``engine`` knows the tables of the registration, ``niveaus``,
    and the years as ``jaren``.
    """
    paren = [(str(jaar), str(ander)) for jaar in jaren for ander in jaren if abs(jaar.jaar - ander.jaar) <= VERST]
    engine.add("jaarparen", pd.DataFrame(paren, columns=list(PAREN)))
    delen = [
        _sums(ind, replace(r, perioden="jaren"), naam, engine) for ind, r, naam in indicatoren if ind.soort in SOORTEN
    ]
    leeg = pd.DataFrame(columns=list(KOLOMMEN))
    sommen = pd.concat([leeg, *delen], ignore_index=True) if delen else leeg
    soorten = dict.fromkeys(("jaar", "tegen", "eenheden"), "int64") | dict.fromkeys(("tt", "tn", "nt", "nn"), "float64")
    return sommen.astype(soorten)[list(KOLOMMEN)]


def unit(rijen: Expression) -> Column:
    """Who answers for a record: the first of ``EENHEDEN`` that it has, else its ``persoon``."""
    return rijen[next((naam for naam in EENHEDEN if naam in rijen.columns), "persoon")]


def _sums(ind: Indicator, registratie: Registratie, naam: str, engine: QueryEngine) -> pd.DataFrame:
    """The sums of one indicator. Where all categories share one base, t is of the category and n of that base."""
    engine.create_of("eenheden", naam and f"{naam} eenheden", lambda: _per_unit(ind, registratie))
    if ind.aandeel_van == "categorie":
        rijen = engine.frame_of("spreiding", _own_base)
    else:
        rijen = engine.frame_of(f"spreiding gedeeld {bool(ind.subcategorie)}", lambda: _shared_base(ind))
        sleutel = ["nu", "toen", *GROEP]
        nn = rijen.loc[base(ind, rijen), ["nu", "toen", "team", "eenheden", "nn"]]
        tn = rijen.loc[rijen.eenheden > 0, [*sleutel, "tn"]]
        nt = tn.rename(columns={"nu": "toen", "toen": "nu", "tn": "nt"})
        rijen = tn.merge(nt, how="outer", on=sleutel).merge(rijen[[*sleutel, "tt"]], how="left", on=sleutel)
        rijen = rijen.merge(nn, how="left", on=["nu", "toen", "team"])
        rijen = rijen.fillna(dict.fromkeys(("eenheden", "tt", "tn", "nt", "nn"), 0))
    rijen = rijen[rijen.toen <= rijen.nu].sort_values([*GROEP, "nu", "toen"])
    return rijen.assign(indicator=ind.naam, jaar=rijen.nu.astype(int), tegen=rijen.toen.astype(int))[list(KOLOMMEN)]


def _per_unit(ind: Indicator, registratie: Registratie) -> Expression:
    """What each unit adds to teller (``t``) and noemer (``n``) at every level: rows of ``PER_EENHEID``."""
    rijen = ind.regel(registratie)
    r = at_levels(ind, rijen.select(**columns(ind, rijen), eenheid=unit(rijen).cast("string")))
    return r.group_by([*SLEUTEL, "eenheid"]).aggregate(
        t=r.teller.cast("float64").sum(), n=r.noemer.cast("float64").sum()
    )


def _own_base() -> Expression:
    """The sums over units that are the same, of each pair of years of which the second is not the later."""
    nu, toen = _sides(table("eenheden", PER_EENHEID))
    s = nu.filter(nu.toen <= nu.nu).inner_join(toen, [*GROEP, "eenheid", "toen"])
    return s.group_by(["nu", "toen", *GROEP]).aggregate(
        eenheden=s.count(),
        tt=(s.t * s.t_toen).sum(),
        tn=(s.t * s.n_toen).sum(),
        nt=(s.n * s.t_toen).sum(),
        nn=(s.n * s.n_toen).sum(),
    )


def _shared_base(ind: Indicator) -> Expression:
    """The same where n is that of the unit over all categories: ``nn`` is right in the rows of the base only."""
    delen = table("eenheden", PER_EENHEID)
    nu, toen = _sides(delen)
    basis = delen.filter(base(ind, delen)).select("team", "eenheid", toen="periode", n_toen="n")
    s = nu.left_join(basis, ["team", "eenheid", "toen"], rname="b_{name}")
    s = s.left_join(toen.drop("n_toen"), [*GROEP, "eenheid", "toen"], rname="d_{name}")
    return s.group_by(["nu", "toen", *GROEP]).aggregate(
        eenheden=s.n_toen.count(), tt=(s.t * s.t_toen).sum(), tn=(s.t * s.n_toen).sum(), nn=(s.n * s.n_toen).sum()
    )


def _sides(delen: Expression) -> tuple[Expression, Expression]:
    """Units of each year beside the years that it is held against, and those of the latter."""
    sleutel = [*GROEP, "eenheid"]
    nu = delen.select(*sleutel, "t", "n", nu="periode").inner_join(table("jaarparen", PAREN), "nu")
    return nu, delen.select(*sleutel, toen="periode", t_toen="t", n_toen="n")
