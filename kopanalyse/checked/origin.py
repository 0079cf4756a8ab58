"""Where a row of ours stands in the export that it was made from: findings and quarantine are read beside that.

Rows are checked under a number of their own. What the reader sees is the file, sheet and row of the export, the column
there and the value as it stood there, with our column beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kopanalyse.checked.findings import write_csv
from kopanalyse.checked.rules import OVERTOLLIG
from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.words import Column, Expression, cases, literal, null, table, union
from kopanalyse.raw.bron.koppeling import BESTAND, MAP
from kopanalyse.raw.bron.mapping import Gemaakt
from kopanalyse.raw.bron.plan import Plan
from kopanalyse.raw.bron.sources import Gelezen as BronGelezen

EXTRA = ("blad", "bronkolom")  # columns of a finding on a row of an export, after the others
_OP_REGEL = r"op regel ([0-9]+)"


def origin(gemaakt: Gemaakt) -> Expression:
    """The places of the rows of ``gemaakt``, the engine's table ``<tabel>_herkomst``."""
    plaatsen = {
        naam: soort
        for n in range(gemaakt.oorsprong.bronnen)
        for naam, soort in ((f"_bestand_{n}", "string"), (f"_blad_{n}", "string"), (f"_regel_{n}", "int64"))
    }
    van = {f"van_{naam}": "string" for naam in gemaakt.oorsprong.getransformeerd}
    eigen = dict.fromkeys(gemaakt.gegeven, "string")
    kolommen = {"regelnummer": "int64", "_deel": "int32", **plaatsen, **van, **eigen}
    return table(f"{gemaakt.tabel.naam}_herkomst", kolommen)


def add_origins(engine: Engine, gemaakt: Iterable[Gemaakt]) -> None:
    """Let the engine know where the rows of each table stand."""
    for een in gemaakt:
        engine.add_parquet(f"{een.tabel.naam}_herkomst", een.pad)


def at_origin(engine: Engine, bevindingen: Expression, gemaakt: Mapping[str, Gemaakt], pad: Path) -> Expression:
    """``bevindingen`` with ``EXTRA``, those on tables of ``gemaakt`` at their place in the export.

    They wait in the Parquet file ``pad``.
    """
    eigen = bevindingen.filter(bevindingen.tabel.notin(list(gemaakt))) if gemaakt else bevindingen
    delen = [eigen.mutate(blad=null("string"), bronkolom=null("string"))]
    kolommen = delen[0].columns
    delen += [
        _at_origin(bevindingen.filter(bevindingen.tabel == naam), een).select(kolommen) for naam, een in gemaakt.items()
    ]
    return engine.store("bevindingen_herkomst", union(delen), pad)


def _at_origin(rij: Expression, gemaakt: Gemaakt) -> Expression:
    van = origin(gemaakt)
    rij = rij.rename(eigen_regel="regelnummer", eigen_bestand="bestand", eigen_waarde="waarde")
    rij = rij.left_join(van, rij.eigen_regel == van.regelnummer).drop("regelnummer")
    plaatsen = _by_source(rij, gemaakt)
    rij = rij.mutate(
        bestand=plaatsen("_bestand").fill_null(_made_by(rij, gemaakt)),
        blad=plaatsen("_blad"),
        regelnummer=plaatsen("_regel").fill_null(rij.eigen_regel),
        bronkolom=_source_column(rij, gemaakt),
        waarde=_as_it_stood(rij, gemaakt),
        melding=rij.melding,
        ander=rij.melding.re_extract(_OP_REGEL, 1).try_cast("int64"),
    )
    anderen = origin(gemaakt).select(
        op="regelnummer", daar_bestand="_bestand_0", daar_blad="_blad_0", daar_regel="_regel_0"
    )
    rij = rij.left_join(anderen, [("ander", "op")])
    daar = (
        literal("op regel ")
        + rij.daar_regel.cast("string")
        + " van "
        + rij.daar_bestand
        + (literal(", blad ") + rij.daar_blad).fill_null("")
    )
    return rij.mutate(
        melding=cases(
            (
                daar.notnull(),
                rij.melding.re_extract(r"^(.*?)op regel [0-9]+", 1)
                + daar
                + rij.melding.re_extract(r"op regel [0-9]+(.*)$", 1),
            ),
            else_=rij.melding,
        )
    )


def _parts(gemaakt: Gemaakt) -> Iterable[tuple[int, Plan]]:
    return enumerate(gemaakt.oorsprong.plannen)


def _by_source(rij: Expression, gemaakt: Gemaakt):
    """What picks the place of a finding: that of the source which holds the column, in most cases the first."""

    def place(wat: str) -> Column:
        takken = [
            ((rij._deel == nummer) & (rij.kolom == naam), rij[f"{wat}_{waarde.bron}"])
            for nummer, plan in _parts(gemaakt)
            for naam, waarde in plan.waarden.items()
            if waarde.bron
        ]
        return cases(*takken, else_=rij[f"{wat}_0"]) if takken else rij[f"{wat}_0"]

    return place


def _made_by(rij: Expression, gemaakt: Gemaakt) -> Column:
    """What a row comes from when no row of an export is to blame: the query that made it."""
    takken = [
        (rij._deel == nummer, literal(f"{MAP}/{plan.deel.query_bestand}"))
        for nummer, plan in _parts(gemaakt)
        if plan.deel.query is not None
    ]
    return cases(*takken, else_=literal(BESTAND)) if takken else literal(BESTAND)


def _source_column(rij: Expression, gemaakt: Gemaakt) -> Column:
    """What the worker knows the column by; of a wide table the column that became this row."""
    takken = []
    for nummer, plan in _parts(gemaakt):
        breed = next((naam for naam, waarde in plan.waarden.items() if waarde.soort == "breed_naam"), None)
        for naam, waarde in plan.waarden.items():
            hier = (rij._deel == nummer) & (rij.kolom == naam)
            if waarde.soort.startswith("breed") and breed:
                wijd = rij[f"van_{breed}"] if breed in gemaakt.oorsprong.getransformeerd else rij[breed]
                takken.append((hier, wijd))
            else:
                takken.append((hier, literal(waarde.staat)))
    return cases(*takken, else_=null("string")) if takken else null("string")


def _as_it_stood(rij: Expression, gemaakt: Gemaakt) -> Column:
    takken = [(rij.kolom == naam, rij[f"van_{naam}"]) for naam in gemaakt.oorsprong.getransformeerd]
    return cases(*takken, else_=rij.eigen_waarde) if takken else rij.eigen_waarde


# Quarantine


def write_quarantined(
    engine: Engine, gemaakt: Gemaakt, fouten: Expression, bronnen: Mapping[str, BronGelezen], pad: Path
) -> int:
    """Write the rows ``fouten`` with the rows of the export that they were made from, and return how many.

    First its place, then what our columns became, then every column of the sources under ``<bron>.<kolom>``.
    """
    aantal, overtollig = next(
        engine.rows(fouten.aggregate(aantal=fouten.count(), overtollig=fouten[f"staat_{OVERTOLLIG.naam}"].count()))
    )
    if not aantal:
        return 0
    van = origin(gemaakt)
    rij = fouten.select(eigen_regel="regelnummer", over=f"staat_{OVERTOLLIG.naam}")
    rij = rij.inner_join(van, rij.eigen_regel == van.regelnummer).order_by("eigen_regel")
    kop = ["bestand", "blad", "regelnummer", *gemaakt.gegeven, *([OVERTOLLIG.naam] if overtollig else [])]
    velden = {
        "k0": rij._bestand_0.fill_null(_made_by(rij, gemaakt)),
        "k1": rij._blad_0,
        "k2": rij._regel_0.fill_null(rij.eigen_regel),
        **{f"k{n}": rij[naam] for n, naam in enumerate(gemaakt.gegeven, start=3)},
    }
    if overtollig:
        velden[f"k{len(velden)}"] = rij.over
    rij = rij.mutate(**velden)
    for naam, plaatsen in _sources(gemaakt).items():
        bron = bronnen[naam]
        kolommen = [kolom for _, kolom in bron.kolommen]
        nieuw = {f"k{len(kop) + n}": kolom for n, kolom in enumerate(kolommen)}
        ruw = table(
            _raw(naam),
            {**dict.fromkeys(kolommen, "string"), "_bestand": "string", "_blad": "string", "_regel": "int64"},
        )
        engine.add_parquet(_raw(naam), bron.pad)
        ruw = ruw.select(in_bestand="_bestand", in_blad="_blad", in_regel="_regel", **nieuw)
        rij = rij.mutate(
            **{
                wat: cases(
                    *((rij._deel == deel, rij[f"_{wat}_{n}"]) for deel, n in plaatsen.items()), else_=null(soort)
                )
                for wat, soort in (("bestand", "string"), ("blad", "string"), ("regel", "int64"))
            }
        )
        rij = rij.left_join(
            ruw, [rij.bestand == ruw.in_bestand, rij.blad.identical_to(ruw.in_blad), rij.regel == ruw.in_regel]
        )
        rij = rij.drop("in_bestand", "in_blad", "in_regel", "bestand", "blad", "regel")
        kop += [f"{naam}.{kop_naam or kolom}" for kop_naam, kolom in bron.kolommen]
    return write_csv(pad, kop, engine.rows(rij.order_by("eigen_regel").select([f"k{n}" for n in range(len(kop))])))


def _raw(naam: str) -> str:
    return f"bron {naam}"


def _sources(gemaakt: Gemaakt) -> Mapping[str, Mapping[int, int]]:
    """The sources whose rows stand in the table: per part that reads one, its place among the sources of the part."""
    gevonden: dict[str, dict[int, int]] = {}
    for deel, plan in _parts(gemaakt):
        namen = [bron.bron.naam for bron in plan.bronnen] or (plan.leest if plan.herkomst else ())
        for plaats, naam in enumerate(namen):
            gevonden.setdefault(naam, {}).setdefault(deel, plaats if plan.bronnen else 0)
    return gevonden
