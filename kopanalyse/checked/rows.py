"""One table as the rules see it: every column as text and as value, and what had to be looked up elsewhere.

Nothing is computed here: these are expressions over the tables that ``check`` puts in the engine. Per table of the
registration those are ``<tabel>_gelezen`` (as it was read), ``<tabel>_waarden_<kolom>`` (every value of a column once,
where few values stand on many rows), ``<tabel>_vaker`` (numbers of what stands there more than once, though it may
not), ``<tabel>_sleutels`` (its keys, and which of them are clean) and ``<tabel>`` (its clean rows).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kopanalyse.checked import counts, values
from kopanalyse.checked.rules import OVERTOLLIG
from kopanalyse.checked.values import KERNEN
from kopanalyse.engine import Expression, number, table
from kopanalyse.raw.schema import TABELLEN, Kolom, Tabel, column_types
from kopanalyse.settings import Settings

Waarden = Mapping[str, Expression]  # per recurring column its table of values
LOOPTIJD = ("startdatum", "einddatum")


def as_read(tabel: Tabel, extra: Iterable[str] = ()) -> Expression:
    """The rows of ``tabel`` as they stand in the file: text, with ``regelnummer``; ``extra`` names unknown columns."""
    namen = [*(kolom.naam for kolom in tabel.kolommen), *extra, OVERTOLLIG.naam]
    return table(f"{tabel.naam}_gelezen", {**dict.fromkeys(namen, "string"), "regelnummer": "int64"})


def clean(tabel: Tabel) -> Expression:
    """The clean rows of ``tabel``."""
    return table(tabel.naam, column_types(tabel))


# Columns as text and as value

def recurring(tabel: Tabel) -> list[Kolom]:
    """The columns of which a value stands on many rows, so that it is cheaper to judge every value once."""
    return [kolom for kolom in tabel.kolommen if kolom.soort != "tekst" or kolom.categorie or kolom.team]


def values_of(tabel: Tabel, kolom: Kolom, aanwezig: frozenset[str], settings: Settings) -> Expression:
    """Every value that stands in ``kolom``, once, in all its layers: ``Waarden``."""
    naam, ruw = kolom.naam, as_read(tabel)
    rij = ruw.select(**{f"staat_{naam}": ruw[naam]}).distinct()
    rij = rij.mutate(**{f"tekst_{naam}": values.text(kolom, rij[f"staat_{naam}"], settings)})
    in_kernen = None
    if kolom.codelijst == KERNEN and KERNEN in aanwezig:
        rij = _with_kernen(rij)
        in_kernen = rij.in_kernen
    gelezen = values.read(kolom, rij[f"tekst_{naam}"])
    lagen = {f"gelezen_{naam}": gelezen} if kolom.bereik else {}
    return rij.mutate(**lagen, **{naam: values.kept(kolom, gelezen, settings, aanwezig, in_kernen)})


def _with_kernen(rij: Expression) -> Expression:
    """Adds ``in_kernen``: whether the kern of a klant is one of the clean kernen."""
    kernen = clean(TABELLEN[KERNEN]).select(bekende_kern="kern").distinct()
    rij = rij.left_join(kernen, rij.tekst_kern == kernen.bekende_kern)
    return rij.mutate(in_kernen=rij.bekende_kern.notnull()).drop("bekende_kern")


def with_values(tabel: Tabel, waarden: Waarden, settings: Settings, *, kolommen: Sequence[Kolom] = (),
                extra: Iterable[str] = ()) -> Expression:
    """The rows of ``tabel`` with its columns (all, or ``kolommen``) in all their layers, and ``extra`` as read."""
    kolommen, extra = kolommen or (*tabel.kolommen, OVERTOLLIG), tuple(extra)
    ruw = as_read(tabel, extra)
    eigen = {k.naam: values.text(k, ruw[k.naam], settings) for k in kolommen if k.naam not in waarden}
    rij = ruw.select("regelnummer", *extra, **{f"staat_{k.naam}": ruw[k.naam] for k in kolommen},
                     **{f"tekst_{naam}": tekst for naam, tekst in eigen.items()}, **eigen)
    terug = [k.naam for k in kolommen if k.naam in waarden]
    for naam in terug:
        gelijk = waarden[naam].rename(**{f"gelijk_{naam}": f"staat_{naam}"})
        rij = rij.left_join(gelijk, rij[f"staat_{naam}"].identical_to(gelijk[f"gelijk_{naam}"]))
    return rij.drop(*(f"gelijk_{naam}" for naam in terug)) if terug else rij


def keys(tabel: Tabel, waarden: Waarden, settings: Settings) -> Expression:
    """Every key that was read in ``tabel``, once, and what a child has to know of it.

    That is whether a clean row holds it (``schoon``) and, where the table says so, when that began and ended.
    """
    gelezen = with_values(tabel, waarden, settings, kolommen=[tabel[tabel.sleutel]])
    gelezen = gelezen.select(sleutel=f"tekst_{tabel.sleutel}").distinct()
    schone = clean(tabel)
    looptijd = {f"ouder_{naam}": naam for naam in LOOPTIJD if naam in schone.columns}
    schone = schone.select(schone=tabel.sleutel, **looptijd)
    samen = gelezen.filter(gelezen.sleutel.notnull()).left_join(schone, gelezen.sleutel == schone.schone)
    return samen.select("sleutel", *looptijd, schoon=samen.schone.notnull())


# What had to be looked up elsewhere

def with_lookups(rij: Expression, tabel: Tabel, eenmalig: Expression | None, aanwezig: frozenset[str]) -> Expression:
    """``rij``, what ``with_values`` gives, with all else that ``rules.Veld`` describes.

    ``eenmalig`` is what ``at_most_once`` gives. ``eerste_rij`` and ``eerste_intake`` are missing on rows of which the
    key, or the intake, stands on one line only.
    """
    if tabel.ouder and tabel.ouder.verwijst_naar in aanwezig:
        rij = _with_parent(rij, tabel)
    if eenmalig is None:
        return rij
    if tabel.sleutel:
        eerste = _first_lines(eenmalig, "eerste_rij", f"{tabel.naam}_vaker")
        return rij.left_join(eerste, rij[f"tekst_{tabel.sleutel}"] == eerste.dubbel).drop("dubbel")
    eerste = _first_lines(eenmalig, "eerste_intake", f"{tabel.naam}_vaker")
    samen = rij.left_join(eerste, [rij.traject_id == eerste.traject, rij.domein == eerste.op_domein])
    return samen.drop("traject", "op_domein")


def at_most_once(tabel: Tabel, waarden: Waarden, settings: Settings) -> Expression | None:
    """What may stand in ``tabel`` only once, with its lines: a key, or an intake of a traject on a domein.

    ``merk`` is a number made from it, of which few stand on more than one line; None when a table has no such thing.
    """
    if tabel.sleutel:
        rij = with_values(tabel, waarden, settings, kolommen=[tabel[tabel.sleutel]])
        rij = rij.select("regelnummer", dubbel=f"tekst_{tabel.sleutel}")
        rij = rij.filter(rij.dubbel.notnull())
        return rij.mutate(merk=number(rij.dubbel))
    if tabel.naam == "zrm_metingen":
        kolommen = [tabel[naam] for naam in ("traject_id", "domein", "moment")]
        rij = with_values(tabel, waarden, settings, kolommen=kolommen)
        rij = rij.filter(rij.tekst_moment == "intake", rij.traject_id.notnull(), rij.domein.notnull())
        rij = rij.select("regelnummer", traject="traject_id", op_domein="domein")
        return rij.mutate(merk=number(rij.traject, rij.op_domein))
    return None


def _first_lines(rijen: Expression, naam: str, vaker: str) -> Expression:
    """What stands on more than one line of ``at_most_once``, with ``naam``, the first of them.

    The table ``vaker`` has the numbers that stand there more than once, so that few rows have to be compared in full.
    """
    rijen = rijen.semi_join(table(vaker, {"merk": "uint64"}), "merk").drop("merk")
    sleutel = [kolom for kolom in rijen.columns if kolom != "regelnummer"]
    eerste = rijen.group_by(sleutel).agg(**{naam: rijen.regelnummer.min()}, aantal=rijen.count())
    return eerste.filter(eerste.aantal > 1).drop("aantal")


def _with_parent(rij: Expression, tabel: Tabel) -> Expression:
    """Adds ``ouder_gelezen`` and ``ouder_schoon``, and the dates of a clean parent that has those."""
    ouder = TABELLEN[tabel.ouder.verwijst_naar]
    looptijd = {f"ouder_{naam}": "date" for naam in LOOPTIJD if naam in column_types(ouder)}
    sleutels = table(f"{ouder.naam}_sleutels", {"sleutel": "string", **looptijd, "schoon": "boolean"})
    rij = rij.left_join(sleutels, rij[f"tekst_{tabel.ouder.naam}"] == sleutels.sleutel)
    rij = rij.mutate(ouder_gelezen=rij.sleutel.notnull(), ouder_schoon=rij.schoon.fill_null(False))
    return rij.drop("sleutel", "schoon")


def with_counts(rij: Expression, settings: Settings) -> Expression:
    """The rows ``rij`` of trajecten beside what was counted in their clean contacten, as ``counts.with_counts``."""
    rij = counts.with_counts(rij, counts.counted(clean(TABELLEN["contacten"])), settings)
    # As text, to be read in a sentence: a sum of minuten is wider than any whole number that a Parquet file can hold.
    return rij.mutate(minuten=rij.minuten.cast("string"))
