"""One table as the rules see it: every column as text and as value, and what had to be looked up elsewhere.

Nothing is computed here: these are expressions over the tables that ``check`` puts in the engine. Per table of the
registration those are ``<tabel>_gelezen`` (as it was read), ``<tabel>_waarden_<kolom>`` (every value of a column once,
where few values stand on many rows), ``<tabel>_vaker_<eerste>`` (numbers of what stands there more than once, though
it may not), ``<tabel>_sleutels`` (its keys, and which of them are clean) and ``<tabel>`` (its clean rows).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kopanalyse.checked import counts, values
from kopanalyse.checked.rules import OVERTOLLIG, TEKORT
from kopanalyse.checked.values import KERNEN
from kopanalyse.engine.words import Column, Expression, day, ifelse, number, strip, table, today, window
from kopanalyse.raw.schema import TABELLEN, Kolom, Tabel, column_types
from kopanalyse.settings import Settings

Waarden = Mapping[str, Expression]  # per recurring column its table of values
FOREVER = day(date(9999, 12, 31))  # when what is still open ends, to compare with
OUDERDATUMS = ("startdatum", "einddatum", "geboortedatum")  # what a child is held against, of a parent that has it


def as_read(tabel: Tabel, extra: Iterable[str] = ()) -> Expression:
    """The rows of ``tabel`` as they stand in the file: text, with ``regelnummer``; ``extra`` names unknown columns."""
    namen = [*(kolom.naam for kolom in tabel.kolommen), *extra, OVERTOLLIG.naam, TEKORT.naam]
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


def with_values(
    tabel: Tabel, waarden: Waarden, settings: Settings, *, kolommen: Sequence[Kolom] = (), extra: Iterable[str] = ()
) -> Expression:
    """The rows of ``tabel`` with its columns (all, or ``kolommen``) in all their layers, and ``extra`` as read."""
    kolommen, extra = kolommen or (*tabel.kolommen, OVERTOLLIG, TEKORT), tuple(extra)
    ruw = as_read(tabel, extra)
    eigen = {k.naam: values.text(k, ruw[k.naam], settings) for k in kolommen if k.naam not in waarden}
    rij = ruw.select(
        "regelnummer",
        *extra,
        **{f"staat_{k.naam}": ruw[k.naam] for k in kolommen},
        **{f"tekst_{naam}": tekst for naam, tekst in eigen.items()},
        **{k.naam: values.read(k, eigen[k.naam]) for k in kolommen if k.naam in eigen},
    )
    terug = [k.naam for k in kolommen if k.naam in waarden]
    for naam in terug:
        gelijk = waarden[naam].rename(**{f"gelijk_{naam}": f"staat_{naam}"})
        rij = rij.left_join(gelijk, rij[f"staat_{naam}"].identical_to(gelijk[f"gelijk_{naam}"]))
    return rij.drop(*(f"gelijk_{naam}" for naam in terug)) if terug else rij


def keys(tabel: Tabel, waarden: Waarden, settings: Settings) -> Expression:
    """Every key that was read in ``tabel``, once, and what a child has to know of it.

    That is whether a clean row holds it (``schoon``) and the ``OUDERDATUMS`` of that row, where the table has those.
    """
    gelezen = with_values(tabel, waarden, settings, kolommen=[tabel[tabel.sleutel]])
    gelezen = gelezen.select(sleutel=f"tekst_{tabel.sleutel}").distinct()
    schone = clean(tabel)
    datums = {f"ouder_{naam}": naam for naam in OUDERDATUMS if naam in schone.columns}
    schone = schone.select(schone=tabel.sleutel, **datums)
    samen = gelezen.filter(gelezen.sleutel.notnull()).left_join(schone, gelezen.sleutel == schone.schone)
    return samen.select("sleutel", *datums, schoon=samen.schone.notnull())


# What had to be looked up elsewhere


def with_lookups(
    rij: Expression, tabel: Tabel, vaker: Mapping[str, Expression], aanwezig: frozenset[str]
) -> Expression:
    """``rij``, what ``with_values`` gives, with all else that ``rules.Veld`` describes.

    ``vaker`` has what ``repeated_lines`` gives, per name; its columns are missing on rows that stand there once.
    """
    if tabel.ouder and tabel.ouder.verwijst_naar in aanwezig:
        rij = _with_parent(rij, tabel)
    for regels in vaker.values():
        regels = regels.rename(op_regel="regelnummer")
        rij = rij.left_join(regels, rij.regelnummer == regels.op_regel).drop("op_regel")
    return rij


def at_most_once(tabel: Tabel, waarden: Waarden, settings: Settings, extra: Sequence[str]) -> dict[str, Expression]:
    """What should stand in ``tabel`` only once, with its lines, by the name of the column for the first of those.

    That is a key (``eerste_rij``), or else a whole row (``eerste_gelijke``); and an intake of a traject on a domein
    (``eerste_intake``). ``merk`` is a number made from it, of which few stand on more than one line.
    """
    if tabel.sleutel:
        rij = with_values(tabel, waarden, settings, kolommen=[tabel[tabel.sleutel]])
        rij = rij.select("regelnummer", dubbel=f"tekst_{tabel.sleutel}")
        rij = rij.filter(rij.dubbel.notnull())
        return {"eerste_rij": rij.mutate(merk=number(rij.dubbel))}
    ruw = as_read(tabel, extra)
    eenmalig = {"eerste_gelijke": ruw.select("regelnummer", merk=_as_number(ruw))}
    if tabel.naam == "zrm_metingen":
        kolommen = [tabel[naam] for naam in ("traject_id", "domein", "moment")]
        rij = with_values(tabel, waarden, settings, kolommen=kolommen)
        rij = rij.filter(rij.tekst_moment == "intake", rij.traject_id.notnull(), rij.domein.notnull())
        rij = rij.select("regelnummer", traject="traject_id", op_domein="domein")
        eenmalig["eerste_intake"] = rij.mutate(merk=number(rij.traject, rij.op_domein))
    return eenmalig


def _as_number(ruw: Expression) -> Column:
    """A number made from all texts of a row, without the white space around them."""
    return number(*(strip(ruw[naam]).fill_null("") for naam in ruw.columns if naam != "regelnummer"))


def repeated_lines(tabel: Tabel, naam: str, rijen: Expression, extra: Sequence[str]) -> Expression:
    """The lines of what stands more than once in ``rijen`` (of ``at_most_once``), each with ``naam``, the first one.

    For a key also ``zelfde``: whether the whole row says what the first one says. The table ``<tabel>_vaker_<naam>``
    has the numbers that stand there more than once, so that few rows have to be compared in full.
    """
    rijen = rijen.semi_join(table(f"{tabel.naam}_vaker_{naam}", {"merk": "uint64"}), "merk")
    if naam == "eerste_gelijke":
        sleutel = ["merk"]  # a number of the whole row: rows that differ have another one
    else:
        rijen = rijen.drop("merk")
        sleutel = [kolom for kolom in rijen.columns if kolom != "regelnummer"]
    if naam == "eerste_rij":
        ruw = as_read(tabel, extra)
        rijen = rijen.inner_join(ruw.select("regelnummer", afdruk=_as_number(ruw)), "regelnummer")
    groep = window(group_by=sleutel)
    eerste = {naam: rijen.regelnummer.min().over(groep)}
    if naam == "eerste_rij":
        eerste["zelfde"] = rijen.afdruk == rijen.afdruk.argmin(rijen.regelnummer).over(groep)
    rijen = rijen.mutate(**eerste, aantal=rijen.regelnummer.count().over(groep))
    return rijen.filter(rijen.aantal > 1).select("regelnummer", *eerste)


def _with_parent(rij: Expression, tabel: Tabel) -> Expression:
    """Adds ``ouder_gelezen`` and ``ouder_schoon``, and the dates of a clean parent that has those."""
    assert tabel.ouder
    ouder = TABELLEN[tabel.ouder.verwijst_naar]
    datums = {f"ouder_{naam}": "date" for naam in OUDERDATUMS if naam in column_types(ouder)}
    sleutels = table(f"{ouder.naam}_sleutels", {"sleutel": "string", **datums, "schoon": "boolean"})
    rij = rij.left_join(sleutels, rij[f"tekst_{tabel.ouder.naam}"] == sleutels.sleutel)
    rij = rij.mutate(ouder_gelezen=rij.sleutel.notnull(), ouder_schoon=rij.schoon.fill_null(False))
    return rij.drop("sleutel", "schoon")


# Clean trajecten beside each other, and beside their contacten


def with_context(rij: Expression, settings: Settings, aanwezig: frozenset[str]) -> Expression:
    """The clean rows ``rij`` of trajecten, with what ``rules.NAREGELS`` ask of other rows."""
    rij = _with_other_trajecten(rij)
    return _with_contacten(rij, settings) if "contacten" in aanwezig else rij


def _with_other_trajecten(rij: Expression) -> Expression:
    """Adds lines of other trajecten of one client, kind and team: ``gelijk_aan`` and ``overlapt_met``.

    ``gelijk_aan`` is the first with the same dates, perhaps the row itself; ``overlapt_met`` the one that ends last of
    those that began before this one and were then not over; missing when there is none. A traject that begins on the
    day that another ends goes on from it. Windows and no pairs: a client who stands for thousands makes millions.
    """
    soort = ["klant_id", "trajectsoort", "team"]
    rij = rij.mutate(_eind=rij.einddatum.fill_null(FOREVER))
    gelijk = rij.regelnummer.min().over(window(group_by=[*soort, "startdatum", "_eind"]))
    eerder = window(group_by=soort, order_by=["startdatum", "regelnummer"], preceding=(None, 1))
    rij = rij.mutate(
        gelijk_aan=gelijk,
        _tot=rij._eind.max().over(eerder),
        _begin=rij.startdatum.max().over(eerder),
        _welke=rij.regelnummer.argmax(rij._eind).over(eerder),
    )
    loopt = (rij._tot > rij.startdatum) | (rij._begin == rij.startdatum)
    return rij.mutate(overlapt_met=ifelse(loopt, rij._welke, None)).drop("_eind", "_tot", "_begin", "_welke")


def _with_contacten(rij: Expression, settings: Settings) -> Expression:
    """Adds what was counted in the clean contacten, as ``counts.with_counts``, and the last of them.

    ``laatste_teken`` is the last contact of a traject, or its startdatum; ``laatste_van_alle`` the last contact of all;
    ``soort_met_contacten`` whether contacts are registered of trajecten of this kind at all.
    """
    contacten = clean(TABELLEN["contacten"])
    rij = counts.with_counts(rij, counts.counted(contacten), settings)
    geweest = contacten.filter(contacten.datum <= today())
    laatste = geweest.group_by(bij_traject="traject_id").agg(laatste=geweest.datum.max())
    rij = rij.left_join(laatste, rij.traject_id == laatste.bij_traject).drop("bij_traject")
    rij = rij.cross_join(geweest.aggregate(laatste_van_alle=geweest.datum.max()))
    teken = ifelse(rij.laatste > rij.startdatum, rij.laatste, rij.startdatum)
    # As text, to be read in a sentence: a sum of minuten is wider than any whole number that a Parquet file can hold.
    return rij.mutate(
        heeft_contact=rij.contacten > 0,
        minuten=rij.minuten.cast("string"),
        laatste_teken=teken,
        soort_met_contacten=(rij.contacten > 0).any().over(window(group_by="trajectsoort")),
    )
