"""From exports to our tables, by SQL that a plan says; everything is text, and every row keeps where it stood.

The order in which the keys of ``[tabel.<naam>]`` work: ``erbij``, ``alleen`` and ``weglaten`` (rows of the export),
``breed``, ``kolommen`` and ``vast``, ``codes``, the forms of the source (``datumvorm``, ``getalvorm``, ``tijdzone``)
and ``uren`` for what no code list named, ``sleutel_breedte``, ``sleutel_voor``, and last ``uniek`` over all parts
together.

Beside our columns stands, per row: ``_deel`` (which part), ``_bestand_<n>``, ``_blad_<n>`` and ``_regel_<n>`` of the
n-th source, and ``van_<kolom>``, the value as it stood where the koppeling has changed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from kopanalyse.engine.sandbox import Sandbox, SandboxError, bare, has_order, raw
from kopanalyse.raw.bron.koppeling import BESTAND, Deel, Fouten, Koppeling
from kopanalyse.raw.bron.opened import TEKSTEN
from kopanalyse.raw.bron.plan import Plan, Plek, Waarde, make_plans
from kopanalyse.raw.bron.sources import ROND_DE_RIJ, Gelezen
from kopanalyse.raw.formats.cells import ONLEESBAAR
from kopanalyse.raw.formats.forms import TEKST
from kopanalyse.raw.names import ONZICHTBAAR, SPATIES, shown
from kopanalyse.raw.schema import TABELLEN, Kolom, Tabel
from kopanalyse.raw.tables.read import ROND_DE_TABEL

HELE_RIJ = "extra_1"  # a number of all that stands on the row of the export: rows that differ there are not the same
_IS_GETAL = re.compile(r"[-+]?[0-9][-0-9.,:/ T]*")
_DEEL_RUIMTE = 1 << 44  # numbers of rows that every part has for itself
_TOON = 20  # values or keys that a message sums up

_WITRUIMTE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


def _quoted(naam: str) -> str:
    return '"' + naam.replace('"', '""') + '"'


def _text(tekst: str) -> str:
    return "'" + tekst.replace("'", "''") + "'"


# What a value means, whatever stands around it. Most texts are plain ASCII and need only a trim.
MACROS = (
    f"""CREATE MACRO schoon(x) AS nullif(CASE WHEN strlen(x) = length(x)
        THEN trim(x, ' ' || chr(9) || chr(10) || chr(13))
        ELSE trim(nfc_normalize(translate(regexp_replace(x, '[{ONZICHTBAAR}]', '', 'g'), {_text(SPATIES)},
        '{" " * len(SPATIES)}')), {_text(_WITRUIMTE)}) END, '')""",
    f"CREATE MACRO zichtbaar(x) AS replace(x, {_text(ONLEESBAAR)}, '')",
    f"CREATE MACRO onleesbaar(x) AS {_text(ONLEESBAAR)} || zichtbaar(x)",
    f"CREATE MACRO gelijmd(x) AS CASE WHEN contains(x, {_text(ONLEESBAAR)}) THEN onleesbaar(x) ELSE x END",
)


@dataclass(frozen=True)
class Oorsprong:
    """Where the rows of one of our tables come from: its plans, with the sources that they read."""

    plannen: tuple[Plan, ...]
    getransformeerd: tuple[str, ...]  # columns of which ``van_<kolom>`` says how the value stood

    @property
    def bronnen(self) -> int:
        """The most sources that a part has; a query counts as one."""
        return max(max(len(plan.bronnen), 1) for plan in self.plannen)


@dataclass(frozen=True)
class Gemaakt:
    """One of our tables as made from the exports, in the Parquet file ``pad``; ``gegeven`` are the columns it fills.

    ``codes`` has, per part and coded column, the values that stand in the export with their counts.
    """

    tabel: Tabel
    pad: Path
    rijen: int
    gegeven: tuple[str, ...]
    oorsprong: Oorsprong
    notities: tuple[str, ...]
    codes: Mapping[tuple[str, str], Sequence[tuple[str, int]]]

    def files(self) -> str:
        """The exports that give its rows, to name in a message."""
        namen = list(
            dict.fromkeys(
                naam
                for plan in self.oorsprong.plannen
                for naam in (
                    [stuk.bestand for stuk in plan.bronnen[0].stukken] if plan.bronnen else [plan.deel.query_bestand]
                )
            )
        )
        return ", ".join(namen[:3]) + (f" en {len(namen) - 3} andere" if len(namen) > 3 else "")


def open_sandbox(koppeling: Koppeling, gelezen: Mapping[str, Gelezen], tijdelijk: Path, **grenzen: Any) -> Sandbox:
    """The database in which the koppeling is carried out: it sees the sources, and the code lists of other names."""
    bezet = {naam.casefold() for naam in koppeling.bronnen}
    lijsten = {
        naam: (lijst.kolommen, lijst.rijen)
        for naam, lijst in koppeling.codelijsten.items()
        if naam.casefold() not in bezet
    }
    return Sandbox(
        {naam: bron.pad for naam, bron in gelezen.items()},
        lijsten,
        tijdelijk=tijdelijk,
        verborgen=ROND_DE_RIJ,
        macros=MACROS,
        **grenzen,
    )


def make_tables(koppeling: Koppeling, gelezen: Mapping[str, Gelezen], doel: Path, fouten: Fouten) -> list[Gemaakt]:
    """Make all tables of the koppeling in the folder ``doel``.

    Raises ``KoppelingError`` with everything that is wrong, ``fouten`` so far included.
    """
    with open_sandbox(koppeling, gelezen, doel) as sandbox:
        plannen = make_plans(koppeling, gelezen, sandbox, fouten)
        fouten.stop()
        for plan in plannen:
            _check_joins(plan, sandbox, fouten)
        fouten.stop()
        gemaakt = []
        for naam in koppeling.tabellen:
            eigen = [plan for plan in plannen if plan.deel.tabel.naam == naam]
            try:
                gemaakt.append(_make_table(TABELLEN[naam], eigen, sandbox, doel / f"{naam}.parquet"))
            except SandboxError as fout:
                fouten.add(f"tabel.{naam}", str(fout))
        fouten.stop()
    return gemaakt


def _make_table(tabel: Tabel, plannen: Sequence[Plan], sandbox: Sandbox, pad: Path) -> Gemaakt:
    bekend = [kolom.naam for kolom in tabel.kolommen]
    gegeven = tuple(naam for naam in bekend if any(naam in plan.waarden for plan in plannen))
    anders = tuple(naam for naam in gegeven if any(_changes(plan, naam) for plan in plannen))
    oorsprong = Oorsprong(tuple(plannen), anders)
    schema = pa.schema(
        [
            *((naam, TEKST) for naam in (*bekend, *ROND_DE_TABEL, HELE_RIJ)),
            ("regelnummer", pa.int64()),
            ("_deel", pa.int32()),
            *(
                veld
                for n in range(oorsprong.bronnen)
                for veld in ((f"_bestand_{n}", TEKST), (f"_blad_{n}", TEKST), (f"_regel_{n}", pa.int64()))
            ),
            *((f"van_{naam}", TEKST) for naam in anders),
        ]
    )
    delen = [_part(plan, nummer, oorsprong, schema) for nummer, plan in enumerate(plannen)]
    rijen = sandbox.write(_unique(delen, plannen, gegeven), schema, pad)
    codes = {
        (plan.deel.plaats, naam): _coded_values(plan, naam, sandbox) for plan in plannen for naam in plan.deel.codes
    }
    notities = [notitie for plan in plannen for notitie in _notes(plan, codes, sandbox)]
    if any(plan.deel.uniek for plan in plannen):
        alle = sum(sandbox.rows(f"SELECT count(*) FROM ({deel})")[0][0] for deel in delen)
        if alle > rijen:
            notities.append(
                f"{tabel.naam}: {_dutch(alle - rijen)} rijen zijn gelijk aan een eerdere en tellen niet mee (uniek)."
            )
    return Gemaakt(tabel, pad, rijen, gegeven, oorsprong, tuple(notities), codes)


def _unique(delen: Sequence[str], plannen: Sequence[Plan], gegeven: Sequence[str]) -> str:
    """All parts under each other; equal rows of the parts that ask for that, once."""
    alle = " UNION ALL BY NAME ".join(f"({deel})" for deel in delen)
    uniek = [str(nummer) for nummer, plan in enumerate(plannen) if plan.deel.uniek]
    if not uniek:
        return alle
    gemaakt = {plan.deel.tabel.sleutel for plan in plannen if plan.deel.sleutel}
    gelijk = ", ".join([f"schoon({_quoted(naam)})" for naam in gegeven if naam not in gemaakt] + [*ROND_DE_TABEL])
    return (
        f"SELECT * FROM ({alle}) QUALIFY _deel NOT IN ({', '.join(uniek)}) OR row_number() OVER (PARTITION BY "
        f"_deel IN ({', '.join(uniek)}), {gelijk} ORDER BY regelnummer) = 1"
    )


# One part


def _part(plan: Plan, nummer: int, oorsprong: Oorsprong, schema: pa.Schema) -> str:
    """The SELECT that gives all columns of ``schema`` for one part."""
    velden = dict.fromkeys(schema.names, "NULL")
    velden |= {"regelnummer": f"r.nr + {nummer * _DEEL_RUIMTE + 1}", "_deel": str(nummer)} | {
        naam: f"r.{naam}" for naam in (*ROND_DE_TABEL, HELE_RIJ)
    }
    for n in range(max(len(plan.bronnen), 1)):
        velden |= {f"_bestand_{n}": f"r.f{n}", f"_blad_{n}": f"r.s{n}", f"_regel_{n}": f"r.r{n}"}
    lijsten = []
    for naam, waarde in plan.waarden.items():
        staat = _stands(plan, waarde)
        velden[naam] = _value(plan, plan.deel.tabel[naam], waarde, staat)
        if naam in oorsprong.getransformeerd:
            velden[f"van_{naam}"] = f"zichtbaar({staat})"
        if naam in plan.deel.codes and plan.deel.codes[naam].betekenis:
            lijsten.append(_code_join(plan.deel, naam, staat))
    keuze = ", ".join(f"CAST({sql} AS {_type(schema, naam)}) AS {_quoted(naam)}" for naam, sql in velden.items())
    return f"WITH r AS ({_rows(plan)}) SELECT {keuze} FROM r {' '.join(lijsten)}"


def _type(schema: pa.Schema, naam: str) -> str:
    return {"int64": "BIGINT", "int32": "INTEGER"}.get(str(schema.field(naam).type), "VARCHAR")


def _rows(plan: Plan) -> str:
    """The rows of the export that a part is made from, each with its number, its places and the columns asked for."""
    if plan.deel.query is not None:
        return _rows_of_query(plan)
    kolommen = {plek: f"b{plek.bron}.{_quoted(plek.kolom)}" for plek in plan.places()}
    keuze = [
        "b0.file_row_number AS nr",
        *(f"b{n}._bestand AS f{n}, b{n}._blad AS s{n}, b{n}._regel AS r{n}" for n in range(len(plan.bronnen))),
        *(
            f"coalesce({', '.join(f'b{n}.{rond}' for n in range(len(plan.bronnen)))}) AS {rond.removeprefix('_')}"
            for rond in ROND_DE_RIJ
        ),
        f"CAST(hash({', '.join(f'schoon(b0.{_quoted(kolom)})' for _, kolom in plan.bronnen[0].kolommen)}) AS VARCHAR) "
        f"AS {HELE_RIJ}",
        *(f"{sql} AS {_named(plek)}" for plek, sql in kolommen.items()),
    ]
    waar = _where(plan, lambda plek: kolommen[plek], breed=False)
    rijen = f"SELECT {', '.join(keuze)} FROM {_joined(plan)}{waar}"
    if not plan.breed:
        return rijen
    namen = ", ".join(_text(naam) for naam, _ in plan.breed)
    waarden = ", ".join(_named(plek) for _, plek in plan.breed)
    lang = (
        f"SELECT *, unnest([{namen}]) AS breed_naam, unnest([{waarden}]) AS breed_waarde, "
        f"unnest(range({len(plan.breed)})) AS breed_nr FROM ({rijen})"
    )
    waar = _where(plan, str, breed=True, ook="schoon(breed_waarde) IS NOT NULL")
    return f"SELECT * REPLACE (nr * {len(plan.breed)} + breed_nr AS nr) FROM ({lang}){waar}"


def _rows_of_query(plan: Plan) -> str:
    """The rows of someone's SELECT as texts; numbered in its own order, or else in that of the export."""
    kolommen = [waarde.tekst for waarde in plan.waarden.values() if waarde.soort == "query"]
    namen = {plek.kolom for plek, _ in (*plan.alleen, *plan.weglaten) if isinstance(plek, Plek)} | {*kolommen}
    herkomst = ("CAST(_bestand AS VARCHAR)", "TRY_CAST(_regel AS BIGINT)") if plan.herkomst else ("NULL", "NULL")
    blad = "CAST(_blad AS VARCHAR)" if plan.herkomst and plan.blad else "NULL"
    vast = [
        f"{herkomst[0]} AS f0",
        f"{blad} AS s0",
        f"{herkomst[1]} AS r0",
        *(f"NULL AS {naam}" for naam in (*ROND_DE_TABEL, HELE_RIJ)),
    ]
    velden = [f"CAST({_quoted(naam)} AS VARCHAR) AS {_named(Plek(0, naam))}" for naam in sorted(namen)]
    query = plan.deel.query or ""
    rijen = f"SELECT {', '.join(vast + velden)} FROM ({bare(query)})"
    volgorde = ", ".join(["f0", "s0", "r0", *(_named(Plek(0, naam)) for naam in sorted(namen))])
    over = "" if has_order(query) else f"ORDER BY {volgorde}"
    genummerd = f"SELECT *, row_number() OVER ({over}) - 1 AS nr FROM ({rijen})"
    return f"SELECT * FROM ({genummerd}){_where(plan, _named, breed=False)}"


def _named(plek: Plek) -> str:
    return _quoted(f"k{plek.bron}.{plek.kolom}")


def _joined(plan: Plan, tot: int | None = None) -> str:
    """The sources of a part, joined; ``tot`` leaves out the later ones."""
    van = f"{_quoted(raw(plan.bronnen[0].bron.naam))} AS b0"
    for nummer, aan in enumerate(plan.erbij[:tot], start=1):
        van += (
            f" LEFT JOIN {_quoted(raw(plan.bronnen[nummer].bron.naam))} AS b{nummer} ON {_key(aan.links)} = "
            f"{_key(aan.rechts)}"
        )
    return van


def _key(plek: Plek) -> str:
    return f"schoon(b{plek.bron}.{_quoted(plek.kolom)})"


def _where(plan: Plan, sql, breed: bool, ook: str = "") -> str:
    """The conditions on rows of the export, or (``breed``) on rows of the long table."""
    eisen = [ook] if ook else []
    for rijen, niet in ((plan.alleen, ""), (plan.weglaten, "NOT ")):
        for plek, waarden in rijen:
            if isinstance(plek, str) == breed:
                lijst = ", ".join(map(_text, waarden))
                eisen.append(f"{niet}coalesce(schoon({sql(plek)}), '') IN ({lijst})")
    return f" WHERE {' AND '.join(eisen)}" if eisen else ""


# One value


def _stands(plan: Plan, waarde: Waarde) -> str:
    """What stands in the export for a column of ours."""
    if waarde.soort == "kolom":
        return f"r.{_named(waarde.plekken[0])}"
    if waarde.soort == "lijm":
        stukken = [f"schoon(r.{_named(stuk)})" if isinstance(stuk, Plek) else _text(stuk) for stuk in waarde.stukken]
        return f"gelijmd({' || '.join(stukken)})"
    if waarde.soort == "vast":
        return _text(waarde.tekst)
    if waarde.soort == "query":
        return f"r.{_named(Plek(0, waarde.tekst))}"
    if waarde.soort == "maak":
        vaker = (
            "row_number() OVER (PARTITION BY r.f0, r.s0, r.r0 ORDER BY r.nr)"
            if plan.deel.query is not None
            else ("r.breed_nr + 1" if plan.breed else "1")
        )
        apart = f"CASE WHEN {vaker} > 1 THEN '-' || {vaker} ELSE '' END"
        return f"(r.f0 || coalesce(':' || r.s0, '') || ':' || r.r0 || {apart})"
    return f"r.{waarde.soort}"


def _changes(plan: Plan, naam: str) -> bool:
    """Whether the koppeling makes another text of what stands in the export."""
    if naam not in plan.waarden:
        return False
    waarde, deel, kolom = plan.waarden[naam], plan.deel, plan.deel.tabel[naam]
    sleutel = naam in deel.sleutel_breedte or (deel.sleutel_voor and naam.endswith("_id"))
    return bool(
        naam in deel.codes
        or naam in deel.uren
        or sleutel
        or waarde.soort == "lijm"
        or _form(plan, kolom, waarde) is not None
    )


def _value(plan: Plan, kolom: Kolom, waarde: Waarde, staat: str) -> str:
    """The text that fills ``kolom``: coded, or else brought into a form that is ours."""
    deel, naam = plan.deel, kolom.naam
    sql = _form(plan, kolom, waarde) or staat
    if naam in deel.uren:
        sql = f"CASE {_minutes(staat)} ELSE {sql} END"
    if (codes := deel.codes.get(naam)) is not None:
        anders = (
            sql
            if codes.anders is None
            else (f"CASE WHEN contains({staat}, {_text(ONLEESBAAR)}) THEN {staat} ELSE {_text(codes.anders)} END")
        )
        wel = f"WHEN {_quoted(f'c_{naam}')}.code IS NOT NULL THEN {_quoted(f'c_{naam}')}.betekenis"
        sql = f"CASE WHEN schoon({staat}) IS NULL THEN NULL {wel if codes.betekenis else ''} ELSE {anders} END"
    if breedte := deel.sleutel_breedte.get(naam):
        sql = (
            f"CASE WHEN regexp_full_match(schoon({sql}), '[0-9]+') THEN lpad(schoon({sql}), "
            f"greatest({breedte}, length(schoon({sql}))::INTEGER), '0') ELSE {sql} END"
        )
    if deel.sleutel_voor and naam.endswith("_id"):
        sql = f"gelijmd({_text(deel.sleutel_voor)} || schoon({sql}))"
    return sql


def _code_join(deel: Deel, naam: str, staat: str) -> str:
    rijen = ", ".join(f"({_text(code)}, {_text(wat)})" for code, wat in deel.codes[naam].betekenis.items())
    lijst = _quoted(f"c_{naam}")
    return f"LEFT JOIN (VALUES {rijen}) AS {lijst}(code, betekenis) ON {lijst}.code = schoon(zichtbaar({staat}))"


_KLOK = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
_ZONE = f"^(.*[0-9][ T]{_KLOK}) *(Z|z|UTC|GMT|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$"
_ISO = f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([ T]{_KLOK})?$"
_ONZE_DATUM = f"^([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{4}})([ T]{_KLOK})?$"
_ONS_GETAL = "^-?[0-9]+([.,][0-9]+)?$"


def _form(plan: Plan, kolom: Kolom, waarde: Waarde) -> str | None:
    """The value in a form of ours, where the source has one of its own; None where it has not."""
    if waarde.soort not in ("kolom", "lijm", "breed_waarde"):
        return None
    bron = plan.bronnen[plan.breed[0][1].bron if waarde.soort == "breed_waarde" else waarde.bron]
    staat = _stands(plan, waarde)
    if kolom.soort == "datum" and (bron.bron.datumvorm or bron.bron.tijdzone):
        return f"CASE {_zoned(staat, bron)} {_dated(staat, bron)} ELSE {staat} END"
    if kolom.soort in ("geheel", "decimaal") and bron.bron.getalvorm:
        return _number(staat, kolom, bron)
    return None


def _moment(staat: str, datumvorm: str | None) -> str:
    """A text as a moment: in the form of the source, with or without a time behind it, or in one of ours."""
    klok = f"regexp_extract({staat}, '[ T]([0-9]{{1,2}}:.*)$', 1)"
    dag = f"regexp_extract({staat}, '^(.*?)[ T][0-9]{{1,2}}:', 1)"
    eigen = []
    if datumvorm:
        vorm = _text(datumvorm)
        met_klok = (
            f"try_cast(strftime(try_strptime({dag}, {vorm}), '%Y-%m-%d ') || replace({klok}, ',', '.') AS TIMESTAMP)"
        )
        eigen = [f"try_strptime({staat}, {vorm})", met_klok]
    iso = f"CASE WHEN regexp_matches({staat}, '{_ISO}') THEN try_cast(replace({staat}, ',', '.') AS TIMESTAMP) END"
    if not datumvorm:
        eigen = [f"try_strptime({staat}, '%d-%m-%Y %H:%M:%S')", f"try_strptime({staat}, '%d-%m-%Y %H:%M')"]
    return f"coalesce({', '.join([*eigen, iso])})"


def _zoned(staat: str, bron: Gelezen) -> str:
    """The day of a moment with a zone, in the zone of the source."""
    if not bron.bron.tijdzone:
        return ""
    schoon = f"schoon({staat})"
    deel = f"regexp_extract({schoon}, '{_ZONE}', 1)"
    afstand = (
        f"regexp_replace(regexp_replace(regexp_extract({schoon}, '{_ZONE}', 4), '^(Z|z|UTC|GMT)$', '+00:00'), "
        "'^([+-][0-9]{2})$', '\\1:00')"
    )
    plaatselijk = f"strftime({_moment(deel, bron.bron.datumvorm)}, '%Y-%m-%d %H:%M:%S')"
    moment = f"try_cast({plaatselijk} || {afstand} AS TIMESTAMPTZ)"
    dag = f"strftime(timezone({_text(bron.bron.tijdzone)}, {moment}), '%Y-%m-%d')"
    return f"WHEN regexp_matches({schoon}, '{_ZONE}') THEN coalesce({dag}, {staat})"


def _dated(staat: str, bron: Gelezen) -> str:
    """The day of a date in the form of the source; what only has another form of ours would be a guess: unreadable."""
    if not bron.bron.datumvorm:
        return ""
    schoon = f"schoon({staat})"
    moment = _moment(schoon, bron.bron.datumvorm)
    gewoon = f"year({moment}) BETWEEN 1000 AND 9999"
    return (
        f"WHEN {gewoon} THEN strftime({moment}, '%Y-%m-%d') "
        f"WHEN regexp_matches({schoon}, '{_ONZE_DATUM}') THEN onleesbaar({staat})"
    )


def _number(staat: str, kolom: Kolom, bron: Gelezen) -> str:
    """A number in the form of the source, written so that no sign in it can stand for thousands."""
    duizend, komma = (".", ",") if bron.bron.getalvorm == "1.234,5" else (",", ".")
    schoon = f"schoon({staat})"
    groepen = f"^-?[0-9]{{1,3}}([{duizend}][0-9]{{3}})+([{komma}][0-9]+)?$"
    plat = f"replace(replace({schoon}, '{duizend}', ''), '{komma}', '.')"
    veilig = f"CASE WHEN regexp_matches({plat}, '[.][0-9]{{3}}$') THEN {plat} || '0' ELSE {plat} END"
    takken = [f"WHEN regexp_matches({schoon}, '^-?[0-9]+([{komma}][0-9]+)?$') THEN {veilig}"]
    if not any(stuk.bestand.lower().endswith(TEKSTEN) for stuk in bron.stukken):
        # Numbers that a workbook or database holds as numbers come with a dot, whatever the form of its texts.
        dubbel = f"regexp_matches({schoon}, '^-?[0-9]{{1,3}}[.][0-9]{{3}}$')"
        if duizend == "." and kolom.soort == "decimaal":
            takken.append(f"WHEN {dubbel} THEN onleesbaar({staat})")
        takken.append(f"WHEN regexp_matches({schoon}, '^-?[0-9]+[.][0-9]+$') AND NOT {dubbel} THEN {schoon}")
    takken.append(f"WHEN regexp_matches({schoon}, '{groepen}') THEN {veilig}")
    takken.append(f"WHEN regexp_matches({schoon}, '{_ONS_GETAL}') THEN onleesbaar({staat})")
    return f"CASE {' '.join(takken)} ELSE {staat} END"


def _minutes(staat: str) -> str:
    """Hours and minutes as minutes, to the nearest: ``0:45``, ``1:30:00``, a time of Excel with its days since 1900."""
    schoon = f"schoon({staat})"
    klok = "^([0-9]+):([0-5][0-9])(:([0-5][0-9])([.,][0-9]+)?)?$"
    excel = "^(18|19)[0-9]{2}-[0-9]{2}-[0-9]{2}[ T]([0-9]{1,2}:[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?)$"

    def minuten(tekst: str) -> str:
        deel = [f"try_cast(nullif(regexp_extract({tekst}, '{klok}', {groep}), '') AS BIGINT)" for groep in (1, 2, 4)]
        return f"({deel[0]} * 60 + {deel[1]} + CASE WHEN coalesce({deel[2]}, 0) >= 30 THEN 1 ELSE 0 END)"

    dag = f"try_cast(left({schoon}, 10) AS DATE)"
    dagen = f"(CASE WHEN {dag} >= DATE '1900-03-01' THEN {dag} - DATE '1899-12-30' ELSE {dag} - DATE '1899-12-31' END)"
    rest = minuten(f"regexp_extract({schoon}, '{excel}', 2)")
    return (
        f"WHEN regexp_matches({schoon}, '{klok}') THEN CAST({minuten(schoon)} AS VARCHAR) "
        f"WHEN regexp_matches({schoon}, '{excel}') AND {dagen} BETWEEN -1 AND 400 "
        f"THEN CAST(greatest({dagen}, 0) * 1440 + {rest} AS VARCHAR)"
    )


# What is said about it


def _check_joins(plan: Plan, sandbox: Sandbox, fouten: Fouten) -> None:
    """Every key of a source that is joined may fit once."""
    for nummer, aan in enumerate(plan.erbij, start=1):
        bron = plan.bronnen[nummer]
        sleutel = f"schoon({_quoted(aan.rechts.kolom)})"
        kolommen = {plek: f"b{plek.bron}.{_quoted(plek.kolom)}" for plek in plan.places()}
        eigen = _only_of(plan, nummer)
        waar = _where(eigen, lambda plek: kolommen[plek], False)
        gevraagd = f"SELECT {_key(aan.links)} FROM {_joined(plan, nummer - 1)}{waar}"
        dubbel = sandbox.rows(
            f"SELECT {sleutel} AS sleutel, count(*) AS aantal, min_by(_bestand || coalesce(', blad ' || _blad, ''), "
            f"file_row_number), list(_regel ORDER BY file_row_number)[1:3] FROM {_quoted(raw(bron.bron.naam))} "
            f"WHERE {sleutel} IN ({gevraagd}) GROUP BY sleutel HAVING count(*) > 1 ORDER BY min(file_row_number)"
        )
        if dubbel:
            genoemd = "; ".join(
                f"{shown(naam)} ({_dutch(aantal)} keer, in {bestand} op rij {', '.join(map(str, rijen))})"
                for naam, aantal, bestand, rijen in dubbel[:5]
            )
            meer = f"; en nog {_dutch(len(dubbel) - 5)} andere" if len(dubbel) > 5 else ""
            fouten.add(
                f"{plan.deel.plaats}.erbij.{bron.bron.naam}",
                f"een sleutel past op meer dan een rij: kolom "
                f"{aan.rechts.kolom}, waarde {genoemd}{meer}. Verwacht wordt elke sleutel één keer; neem anders "
                "een query.",
            )


def _only_of(plan: Plan, tot: int) -> Plan:
    """The plan with the conditions that can be held before the ``tot``-th source is joined."""

    def before(rijen):
        return tuple((plek, waarden) for plek, waarden in rijen if isinstance(plek, Plek) and plek.bron < tot)

    return Plan(plan.deel, plan.bronnen, plan.erbij, plan.waarden, before(plan.alleen), before(plan.weglaten))


def _notes(plan: Plan, gezien: Mapping[tuple[str, str], Sequence[tuple[str, int]]], sandbox: Sandbox) -> Iterable[str]:
    """What the reader has to know: rows left out, and values that no code list names."""
    deel = plan.deel
    if plan.alleen or plan.weglaten:
        zonder = Plan(deel, plan.bronnen, plan.erbij, plan.waarden, (), (), plan.breed, plan.herkomst, plan.blad)
        alle, over = (sandbox.rows(f"SELECT count(*) FROM ({_rows(keuze)})")[0][0] for keuze in (zonder, plan))
        sleutels = " en ".join(
            sleutel for sleutel, rijen in (("alleen", plan.alleen), ("weglaten", plan.weglaten)) if rijen
        )
        yield (
            f"{deel.plaats.removeprefix('tabel.')}: {_dutch(alle - over)} van de {_dutch(alle)} rijen weggelaten "
            f"({sleutels} in {BESTAND})."
        )
    for naam, codes in deel.codes.items():
        if codes.anders is None:
            yield from _unlisted(deel, naam, gezien[deel.plaats, naam])


def _unlisted(deel: Deel, naam: str, gezien: Sequence[tuple[str, int]]) -> Iterable[str]:
    """The values of a column that its code list does not name, each with its count.

    In a column of dates or numbers only what looks like neither: those are no codes.
    """
    codes = deel.codes[naam]
    getal = deel.tabel[naam].soort in ("datum", "geheel", "decimaal")
    rijen = [
        f"{shown(waarde)} ({_dutch(aantal)})"
        for waarde, aantal in gezien
        if waarde not in codes.betekenis and not (getal and _IS_GETAL.fullmatch(waarde))
    ]
    if rijen:
        meer = f" en nog {_dutch(len(rijen) - _TOON)} andere" if len(rijen) > _TOON else ""
        yield (
            f"{deel.plaats.removeprefix('tabel.')}.{naam}: niet in de codelijst {codes.bestand or f'codes.{naam}'}, en "
            f"blijft staan zoals het er stond (met het aantal keren): {', '.join(rijen[:_TOON])}{meer}."
        )


def _coded_values(plan: Plan, naam: str, sandbox: Sandbox) -> list[tuple[str, int]]:
    """All values of a coded column as they stand in the export, with their counts, the commonest first."""
    staat = _stands(plan, plan.waarden[naam])
    return sandbox.rows(
        f"WITH r AS ({_rows(plan)}), w AS (SELECT schoon(zichtbaar({staat})) AS waarde FROM r) "
        "SELECT waarde, count(*) AS aantal FROM w WHERE waarde IS NOT NULL GROUP BY waarde "
        "ORDER BY aantal DESC, waarde"
    )


def _dutch(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")
