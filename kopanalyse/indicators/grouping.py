"""Records to figures at every level, as an expression: the only place where records are grouped.

A record counts at up to eight levels: its own team and ``alle``, its own categorie and ``totaal``, and so for its
subcategorie. ``plain`` says just that, for who wants to read or rerun it. ``grouped`` gives the same rows in less time:
at all levels it groups only what cannot be added up.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import pandas as pd

from kopanalyse.checked.values import KERNEN
from kopanalyse.engine.words import Column, Expression, dense_rank, ifelse, literal, null, row_number, table, window
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.raw.schema import ALLE, TABELLEN, TOTAAL

SLEUTEL = ["periode", "team", "categorie", "subcategorie"]
CLUSTERSOMMEN = ["clusters", "ss", "sn", "nn"]
"""What ``statistics.Clusters`` needs."""
CEL = [*SLEUTEL, "in_totaal"]
"""What makes a cel: records that have all of this in common count together at every level."""
DECIMALEN = 9  # of a sum of decimals: far more than registrations have, far fewer than rounding errors reach
TABELLEN_MET_TEAM = tuple(
    naam for naam, tabel in TABELLEN.items() if naam != KERNEN and any(kolom.team for kolom in tabel.kolommen)
)
"""Tables of which a row belongs to a team. In ``kernen`` stands who works there, which makes it no table of a team."""

NIVEAUS = pd.DataFrame(
    product([False, True], repeat=3), columns=["alle_teams", "alle_categorieen", "alle_subcategorieen"]
)
"""The levels at which a record can count: itself or everything, for team, categorie and subcategorie."""


def plain(ind: Indicator, records: Expression) -> Expression:
    """The figures of the records of ``ind``, by the shortest query: every record at every level, grouped.

    Columns: ``SLEUTEL``, ``teller``, ``noemer``, ``kwadraten`` (sum of squares of teller) and ``n_personen``; of
    records in clusters ``CLUSTERSOMMEN`` instead of ``kwadraten``.
    """
    r = at_levels(ind, _complete(ind, records))
    if ind.cluster:
        return _clustered(ind, r)
    achter_de_teller = (r.teller > 0) if ind.soort == "aandeel" else None
    personen = r.count(where=achter_de_teller) if ind.zonder_klant else r.persoon.nunique(where=achter_de_teller)
    return r.group_by(SLEUTEL).aggregate(
        teller=r.uniek.nunique() if ind.soort == "uniek" else _rounded(r.teller.sum()),
        noemer=r.noemer.sum(),
        kwadraten=_rounded((r.teller * r.teller).sum()),
        n_personen=personen,
    )


def grouped(ind: Indicator, records: Expression) -> Expression:
    """As ``plain``, by way of *cellen* (``CEL``), of which there are few.

    Sums are made per cel, and those are added up to levels. So are persons with records in one cel only, nearly all of
    them; the others are counted anew at every level. Clusters are few records each, and are grouped as in ``plain``.
    """
    r = _complete(ind, records)
    if ind.cluster:
        return _clustered(ind, at_levels(ind, r))
    achter_de_teller = (r.teller > 0) if ind.soort == "aandeel" else None
    cellen = r.group_by(CEL).aggregate(
        teller=r.teller.sum(),
        noemer=r.noemer.sum(),
        kwadraten=(r.teller * r.teller).sum(),
        n_personen=r.count(where=achter_de_teller),
    )
    if ind.zonder_klant:
        return _added_up(at_levels(ind, cellen))
    cellen = cellen.mutate(cel=row_number().over(window(order_by=CEL)))
    gelden = r if achter_de_teller is None else r.filter(achter_de_teller)
    figuren = _with_distinct(ind, gelden, cellen, "n_personen", "persoon")
    if ind.soort != "uniek":
        return figuren
    if "uniek" not in records.columns:
        return figuren.mutate(teller=figuren.n_personen)
    uniek = _with_distinct(ind, r, cellen, "teller", "uniek").select(*SLEUTEL, "teller")
    return figuren.drop("teller").inner_join(uniek, SLEUTEL)


def _clustered(ind: Indicator, op_niveau: Expression) -> Expression:
    """Records at their levels by cluster, and the clusters added up."""
    per_cluster = op_niveau.group_by([*SLEUTEL, "cluster"]).aggregate(
        s=op_niveau.teller.sum(), n=op_niveau.noemer.sum(), persoon=op_niveau.persoon.min()
    )
    c = per_cluster.mutate(van=per_cluster.n)
    if ind.aandeel_van != "categorie":  # behind the noemer stands all of the cluster, in whatever category
        alles = ifelse(base(ind, c), c.n, null("int64")).max()
        c = c.mutate(van=alles.over(window(group_by=[c.periode, c.team, c.cluster])))
    achter_de_teller = (c.s > 0) if ind.soort == "aandeel" else None
    return c.group_by(SLEUTEL).aggregate(
        teller=_rounded(c.s.sum()),
        noemer=c.n.sum(),
        n_personen=c.persoon.nunique(where=achter_de_teller),
        clusters=c.count(),
        ss=_rounded((c.s * c.s).sum()),
        sn=_rounded((c.s * c.van).sum()),
        nn=(c.van * c.van).sum(),
    )


def base(ind: Indicator, rijen: Any) -> Any:
    """Which of ``rijen``, columns of an expression or a frame, a share of all categories is a share of."""
    return (rijen["categorie"] == TOTAAL) & (rijen["subcategorie"] == (TOTAAL if ind.subcategorie else ""))


def _with_distinct(ind: Indicator, records: Expression, cellen: Expression, naam: str, wie: str) -> Expression:
    """``cellen`` added up to levels, with how many different ``wie`` the records have there as ``naam``."""
    waar = records.filter(records[wie].notnull()).inner_join(cellen.select(*CEL, "cel"), CEL)
    waar = waar.select("periode", "cel", wie=wie)
    # who has records in one cel only counts there, and once at each of its levels: that can be added up
    cellen_van = waar.group_by("periode", "wie").aggregate(eerste=waar.cel.min(), laatste=waar.cel.max())
    in_een = cellen_van.filter(cellen_van.eerste == cellen_van.laatste)
    in_een = in_een.group_by(cel="eerste").aggregate(aantal=in_een.count())
    cellen = cellen.left_join(in_een, "cel", rname="_{name}")
    op_niveau = at_levels(ind, cellen.mutate(**{naam: cellen.aantal.fill_null(0)}))
    # who has them in more is counted at every level, each with a number: that is quicker to group by than four texts
    op_niveau = op_niveau.mutate(doel=dense_rank().over(window(order_by=SLEUTEL)))
    in_meer = waar.semi_join(cellen_van.filter(cellen_van.eerste < cellen_van.laatste), ["periode", "wie"])
    in_meer = in_meer.inner_join(op_niveau.select("cel", "doel"), "cel")
    in_meer = in_meer.group_by("doel").aggregate(erbij=in_meer.wie.nunique())
    figuren = _added_up(op_niveau, doel=op_niveau.doel.min()).left_join(in_meer, "doel", rname="_{name}")
    return figuren.mutate(**{naam: figuren[naam] + figuren.erbij.fill_null(0)}).select(
        *SLEUTEL, "teller", "noemer", "kwadraten", "n_personen"
    )


def _added_up(op_niveau: Expression, **meer: Column) -> Expression:
    return op_niveau.group_by(SLEUTEL).aggregate(
        teller=_rounded(op_niveau.teller.sum()),
        noemer=op_niveau.noemer.sum(),
        kwadraten=_rounded(op_niveau.kwadraten.sum()),
        n_personen=op_niveau.n_personen.sum(),
        **meer,
    )


def _rounded(som: Column) -> Column:
    """A sum, the same in whatever order the rows come: adding decimals leaves a last digit that depends on it."""
    return som.round(DECIMALEN) if som.type().is_floating() else som


def _complete(ind: Indicator, records: Expression) -> Expression:
    """Records with every column that grouping needs, and no other."""
    return records.select(**columns(ind, records))


def columns(ind: Indicator, records: Expression) -> dict[str, Column]:
    """Every column that grouping needs: as the rule gives it, or what it is where the rule leaves it out."""

    def kolom(naam: str, anders: object) -> Column:
        return records[naam] if naam in records.columns else literal(anders)

    return dict(
        periode=records.periode,
        team=kolom("team", ALLE),
        categorie=kolom("categorie", TOTAAL),
        subcategorie=kolom("subcategorie", ""),
        persoon=records.persoon,
        uniek=null("string") if ind.soort != "uniek" else records["uniek" if "uniek" in records.columns else "persoon"],
        teller=kolom("teller", 1).cast("float64" if ind.soort in ("som", "uren", "gemiddelde") else "int64"),
        noemer=kolom("noemer", 1),
        in_totaal=kolom("in_totaal", True),
        **({"cluster": records[ind.cluster]} if ind.cluster else {}),
    )


def at_levels(ind: Indicator, rijen: Expression) -> Expression:
    """Each of ``rijen`` at each of the levels at which it counts: there ``SLEUTEL`` is that of the level."""
    r = rijen.cross_join(_levels(ind))
    r = r.filter(r.in_totaal | ~r.alle_categorieen)
    return r.mutate(
        team=ifelse(r.alle_teams, ALLE, r.team),
        categorie=ifelse(r.alle_categorieen, TOTAAL, r.categorie),
        subcategorie=ifelse(r.alle_subcategorieen, TOTAAL, r.subcategorie),
    )


def _levels(ind: Indicator) -> Expression:
    """The levels that the indicator has; one that it lacks is left out, so that no record counts twice."""
    niveaus = table("niveaus", dict.fromkeys(NIVEAUS, "boolean"))
    if not has_team(ind):
        niveaus = niveaus.filter(~niveaus.alle_teams)
    if ind.categorie is None or not ind.totaal:
        niveaus = niveaus.filter(~niveaus.alle_categorieen)
    if ind.subcategorie is None:
        niveaus = niveaus.filter(~niveaus.alle_subcategorieen)
    return niveaus


def has_team(ind: Indicator) -> bool:
    """Whether the indicator has figures per team; otherwise it has them for the whole organisation only."""
    return any(tabel in TABELLEN_MET_TEAM for tabel in ind.tabellen)
