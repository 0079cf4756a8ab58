"""One table as the rules see it: every column as text and as value, and what had to be looked up elsewhere.

Nothing is computed here: these are expressions over the tables that ``check`` puts in the engine. Per table of the
registration those are ``<tabel>_gelezen`` (as it was read), ``<tabel>_sleutels`` (its keys, and which of them are
clean) and ``<tabel>`` (its clean rows).
"""

from __future__ import annotations

from collections.abc import Iterable

from kopanalyse.checked import counts, values
from kopanalyse.checked.rules import OVERTOLLIG
from kopanalyse.checked.values import KERNEN
from kopanalyse.engine import Expression, table
from kopanalyse.raw.schema import TABELLEN, Tabel, column_types
from kopanalyse.settings import Settings


def as_read(tabel: Tabel, extra: Iterable[str] = ()) -> Expression:
    """The rows of ``tabel`` as they stand in the file: text, with ``regelnummer``; ``extra`` names unknown columns."""
    namen = [*(kolom.naam for kolom in tabel.kolommen), *extra, OVERTOLLIG.naam]
    return table(f"{tabel.naam}_gelezen", {**dict.fromkeys(namen, "string"), "regelnummer": "int64"})


def clean(tabel: Tabel) -> Expression:
    """The clean rows of ``tabel``."""
    return table(tabel.naam, column_types(tabel))


def keys(tabel: Tabel, settings: Settings) -> Expression:
    """Every key that was read in ``tabel``, once, and whether a clean row holds it (``schoon``)."""
    gelezen = as_read(tabel)
    gelezen = gelezen.select(sleutel=values.text(tabel[tabel.sleutel], gelezen[tabel.sleutel], settings)).distinct()
    schone = clean(tabel).select(schone=tabel.sleutel)
    samen = gelezen.filter(gelezen.sleutel.notnull()).left_join(schone, gelezen.sleutel == schone.schone)
    return samen.select("sleutel", schoon=samen.schone.notnull())


def with_values(tabel: Tabel, aanwezig: frozenset[str], settings: Settings) -> Expression:
    """The rows of ``tabel`` as ``rules.Veld`` describes them, by ``regelnummer``."""
    ruw = as_read(tabel)
    kolommen = [*tabel.kolommen, OVERTOLLIG]
    rij = ruw.select("regelnummer", **{f"tekst_{k.naam}": values.text(k, ruw[k.naam], settings) for k in kolommen})
    if tabel.sleutel:
        rij = _with_first_holder(rij, tabel, settings)
    if tabel.ouder and tabel.ouder.verwijst_naar in aanwezig:
        rij = _with_parent(rij, tabel)
    in_kernen = None
    if tabel.naam == "klanten" and KERNEN in aanwezig:
        rij = _with_kernen(rij)
        in_kernen = rij.in_kernen
    gelezen = {k.naam: values.read(k, rij[f"tekst_{k.naam}"]) for k in tabel.kolommen}
    rij = rij.mutate(**{f"gelezen_{k.naam}": gelezen[k.naam] for k in tabel.kolommen if k.bereik},
                     **{k.naam: values.kept(k, gelezen[k.naam], settings, aanwezig, in_kernen) for k in tabel.kolommen})
    return _with_first_intake(rij, tabel, settings, aanwezig) if tabel.naam == "zrm_metingen" else rij


def _texts(tabel: Tabel, settings: Settings, **namen: str) -> Expression:
    """Some columns of ``tabel`` as text, under other names, with ``regelnummer``.

    For what is looked up in the table itself: from all of its columns the engine would make each of them once more.
    """
    ruw = as_read(tabel)
    return ruw.select("regelnummer", **{naam: values.text(tabel[kolom], ruw[kolom], settings)
                                        for naam, kolom in namen.items()})


def _first_lines(rijen: Expression, naam: str, *sleutel: str) -> Expression:
    """Every key (columns ``sleutel``) that stands on more than one line, with ``naam``, the first of them.

    Numbers made from the keys come first: they take less memory than texts, and leave few rows to compare in full.
    """
    merken = [f"merk_{kolom}" for kolom in sleutel]
    rijen = rijen.mutate(**{merk: rijen[kolom].hash() for merk, kolom in zip(merken, sleutel)})
    vaker = rijen.group_by(merken).agg(aantal=rijen.count()).filter(lambda merk: merk.aantal > 1)
    rijen = rijen.semi_join(vaker, merken)
    eerste = rijen.group_by(sleutel).agg(**{naam: rijen.regelnummer.min()}, aantal=rijen.count())
    return eerste.filter(eerste.aantal > 1).drop("aantal")


def _with_first_holder(rij: Expression, tabel: Tabel, settings: Settings) -> Expression:
    """Adds ``eerste_rij``: the first line with the same key, where more than one line has it."""
    sleutels = _texts(tabel, settings, dubbel=tabel.sleutel)
    houders = _first_lines(sleutels.filter(sleutels.dubbel.notnull()), "eerste_rij", "dubbel")
    return rij.left_join(houders, rij[f"tekst_{tabel.sleutel}"] == houders.dubbel).drop("dubbel")


def _with_parent(rij: Expression, tabel: Tabel) -> Expression:
    """Adds ``ouder_gelezen`` and ``ouder_schoon``; for contacten also the dates of a clean traject."""
    ouder, verwijzing = TABELLEN[tabel.ouder.verwijst_naar], f"tekst_{tabel.ouder.naam}"
    sleutels = table(f"{ouder.naam}_sleutels", {"sleutel": "string", "schoon": "boolean"})
    rij = rij.left_join(sleutels, rij[verwijzing] == sleutels.sleutel)
    rij = rij.mutate(ouder_gelezen=rij.sleutel.notnull(), ouder_schoon=rij.schoon.fill_null(False))
    rij = rij.drop("sleutel", "schoon")
    if tabel.naam != "contacten":
        return rij
    trajecten = clean(ouder).select(traject="traject_id", ouder_startdatum="startdatum", ouder_einddatum="einddatum")
    return rij.left_join(trajecten, rij[verwijzing] == trajecten.traject).drop("traject")


def _with_kernen(rij: Expression) -> Expression:
    """Adds ``in_kernen``: whether the kern of a klant is one of the clean kernen."""
    kernen = clean(TABELLEN[KERNEN]).select(bekende_kern="kern").distinct()
    rij = rij.left_join(kernen, rij.tekst_kern == kernen.bekende_kern)
    return rij.mutate(in_kernen=rij.bekende_kern.notnull()).drop("bekende_kern")


def _with_first_intake(rij: Expression, tabel: Tabel, settings: Settings, aanwezig: frozenset[str]) -> Expression:
    """Adds ``eerste_intake``: the first line with an intake of this traject on this domein, where there are more."""
    metingen = _texts(tabel, settings, traject="traject_id", op_domein="domein", moment="moment")
    intakes = metingen.filter(metingen.moment == "intake")
    intakes = intakes.mutate(op_domein=values.kept(tabel["domein"], intakes.op_domein, settings, aanwezig, None))
    eerste = _first_lines(intakes, "eerste_intake", "traject", "op_domein")
    samen = rij.left_join(eerste, [rij.traject_id == eerste.traject, rij.domein == eerste.op_domein])
    return samen.drop("traject", "op_domein")


def with_counts(rij: Expression, settings: Settings) -> Expression:
    """The rows ``rij`` of trajecten beside what was counted in their clean contacten, as ``counts.with_counts``."""
    rij = counts.with_counts(rij, counts.counted(clean(TABELLEN["contacten"])), settings)
    # As text, to be read in a sentence: a sum of minuten is wider than any whole number that a Parquet file can hold.
    return rij.mutate(minuten=rij.minuten.cast("string"))
