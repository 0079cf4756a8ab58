"""What a koppeling does with this delivery: rows in and out, what is not used or new, and keys that fit nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kopanalyse.engine.sandbox import Sandbox
from kopanalyse.errors import DataError
from kopanalyse.files import work_folder
from kopanalyse.raw.bron.delivery import Levering, remember
from kopanalyse.raw.bron.exports import Exports, read_exports
from kopanalyse.raw.bron.koppeling import BESTAND, load_koppeling
from kopanalyse.raw.bron.mapping import MACROS, Gemaakt
from kopanalyse.raw.names import shown
from kopanalyse.raw.schema import TABELLEN

_TOON = 20
_REDENEN = (  # what makes a key equal to one that is there, in the order in which it is tried
    ("alleen de voorloopnullen verschillen", "ltrim({0}, '0')"),
    ("alleen hoofdletters verschillen", "lower({0})"),
    ("alleen de .0 aan het eind verschilt", "regexp_replace({0}, '[.,]0+$', '')"),
    ("alleen spaties en leestekens verschillen", "regexp_replace({0}, '[^[:alnum:]]', '', 'g')"),
    ("voorloopnullen, hoofdletters en .0 samen verschillen", "ltrim(lower(regexp_replace({0}, '[.,]0+$', '')), '0')"),
)


def trial(map_: Path, processed: Path) -> list[str]:
    """Carry the koppeling out on a copy and tell (Dutch) what it does. ``processed`` remembers the last delivery.

    Raises ``KoppelingError`` with everything that is wrong.
    """
    koppeling = load_koppeling(map_)
    if koppeling is None:
        raise DataError(f"{map_ / BESTAND} is er niet. Een eerste maakt u met kopanalyse bron --ontwerp.")
    with work_folder() as tijdelijk:
        bronmap, tabelmap = tijdelijk / "bron", tijdelijk / "tabellen"
        bronmap.mkdir()
        tabelmap.mkdir()
        gelezen = read_exports(koppeling, bronmap, tabelmap)
        vorige = remember(map_, gelezen, processed)
        return [*_rows(gelezen), *_columns(gelezen, vorige), *_codes(gelezen, vorige), *_keys(gelezen, tijdelijk)]


# Rows


def _rows(gelezen: Exports) -> Iterator[str]:
    yield "Bronnen"
    for naam, bron in gelezen.bronnen.items():
        waar = ", ".join(dict.fromkeys(stuk.bestand for stuk in bron.stukken))
        yield f"    {naam}: {_dutch(bron.rijen)} rijen uit {waar}"
    yield "Tabellen"
    for naam, een in gelezen.tabellen.items():
        erin = sum(plan.bronnen[0].rijen for plan in een.oorsprong.plannen if plan.bronnen)
        bronnen = " en ".join(
            plan.bronnen[0].bron.naam if plan.bronnen else plan.deel.query_bestand for plan in een.oorsprong.plannen
        )
        in_ = f"{_dutch(erin)} rijen erin, " if all(plan.bronnen for plan in een.oorsprong.plannen) else ""
        yield f"    {naam} (uit {bronnen}): {in_}{_dutch(een.rijen)} eruit"
        yield from (f"        {notitie}" for notitie in een.notities)


# Columns and codes


def _columns(gelezen: Exports, vorige: Levering | None) -> Iterator[str]:
    yield "Kolommen"
    gebruikt = _used(gelezen)
    for naam, bron in gelezen.bronnen.items():
        namen = [kop or kolom for kop, kolom in bron.kolommen]
        in_query = any(naam in plan.leest for een in gelezen.tabellen.values() for plan in een.oorsprong.plannen)
        over = [kop or kolom for kop, kolom in bron.kolommen if kolom not in gebruikt.get(naam, set())]
        if in_query:
            yield f"    {naam}: een query leest deze bron; welke kolommen zij gebruikt, staat daar"
        elif naam not in gebruikt:
            yield f"    {naam}: deze bron wordt niet gebruikt"
        elif over:
            yield f"    {naam}: niet gebruikt: {_summed(over)}"
        eerder = vorige.kolommen.get(naam) if vorige else None
        if eerder is not None:
            if nieuw := [kolom for kolom in namen if kolom not in eerder]:
                yield f"    {naam}: nieuw sinds de vorige levering: {_summed(nieuw)}"
            if weg := [kolom for kolom in eerder if kolom not in namen]:
                yield f"    {naam}: weg sinds de vorige levering: {_summed(weg)}"
    if vorige is None:
        yield "    er is nog geen vorige levering om mee te vergelijken"


def _used(gelezen: Exports) -> dict[str, set[str]]:
    gebruikt: dict[str, set[str]] = {}
    for een in gelezen.tabellen.values():
        for plan in een.oorsprong.plannen:
            for plek in plan.places():
                gebruikt.setdefault(plan.bronnen[plek.bron].bron.naam, set()).add(plek.kolom)
    return gebruikt


def _codes(gelezen: Exports, vorige: Levering | None) -> Iterator[str]:
    gezien = {waar: waarden for een in gelezen.tabellen.values() for waar, waarden in een.codes.items()}
    plannen = {plan.deel.plaats: plan for een in gelezen.tabellen.values() for plan in een.oorsprong.plannen}
    regels = []
    for (plaats, naam), waarden in gezien.items():
        codes, staat = plannen[plaats].deel.codes[naam], {waarde for waarde, _ in waarden}
        waar = f"{plaats.removeprefix('tabel.')}.{naam}"
        if ongebruikt := [code for code in codes.betekenis if code not in staat]:
            regels.append(f"    {waar}: in de codelijst, niet in de levering: {_summed(ongebruikt)}")
        buiten = [f"{shown(waarde)} ({_dutch(aantal)})" for waarde, aantal in waarden if waarde not in codes.betekenis]
        if buiten:
            wat = "vallen onder *" if codes.anders is not None else "blijven staan"
            regels.append(f"    {waar}: in de levering, niet in de codelijst ({wat}): {_summed(buiten)}")
        eerder = vorige.codes.get(f"{plaats}.{naam}") if vorige else None
        if eerder is not None and (nieuw := [waarde for waarde, _ in waarden if waarde not in eerder]):
            regels.append(f"    {waar}: nieuw sinds de vorige levering: {_summed(map(shown, nieuw))}")
    if regels:
        yield "Codes"
        yield from regels


def _summed(namen: Iterable[str]) -> str:
    namen = list(namen)
    meer = f" en nog {len(namen) - _TOON} andere" if len(namen) > _TOON else ""
    return ", ".join(namen[:_TOON]) + meer


# Keys


def _keys(gelezen: Exports, tijdelijk: Path) -> Iterator[str]:
    """References to a row that is not there, and what would make them fit."""
    tabellen = gelezen.tabellen
    regels = []
    with Sandbox({naam: een.pad for naam, een in tabellen.items()}, {}, tijdelijk=tijdelijk, macros=MACROS) as doos:
        for naam in tabellen:
            ouder = TABELLEN[naam].ouder
            if ouder and ouder.verwijst_naar in tabellen:
                regels.extend(_unfitting(naam, ouder.naam, tabellen[ouder.verwijst_naar], doos))
    if regels:
        yield "Sleutels die nergens passen"
        yield from regels


def _unfitting(naam: str, kolom: str, ouder: Gemaakt, doos: Sandbox) -> Iterator[str]:
    hier = f"SELECT schoon({kolom}) AS k FROM {naam} WHERE schoon({kolom}) IS NOT NULL"
    daar = f"SELECT DISTINCT schoon({ouder.tabel.sleutel}) AS k FROM {ouder.tabel.naam}"
    los = f"SELECT k FROM ({hier}) WHERE k NOT IN (SELECT k FROM ({daar}) WHERE k IS NOT NULL)"
    ((alle,),) = doos.rows(f"SELECT count(*) FROM ({hier})")
    ((mist,),) = doos.rows(f"SELECT count(*) FROM ({los})")
    if not mist:
        return
    yield (
        f"    {naam}.{kolom}: {_dutch(mist)} van {_dutch(alle)} verwijzingen passen op geen rij van {ouder.tabel.naam}"
    )
    over = los
    for reden, vorm in _REDENEN:
        past = f"SELECT {vorm.format('k')} FROM ({daar})"
        ((aantal,),) = doos.rows(f"SELECT count(*) FROM ({over}) WHERE {vorm.format('k')} IN ({past})")
        if aantal:
            yield f"        {_dutch(aantal)} keer: {reden}{_remedy(reden, naam, kolom, ouder, hier, daar, doos)}"
            over = f"SELECT k FROM ({over}) WHERE {vorm.format('k')} NOT IN ({past})"
    ((rest,),) = doos.rows(f"SELECT count(*) FROM ({over})")
    if rest:
        yield f"        {_dutch(rest)} keer: er is niets dat erop lijkt"


def _remedy(reden: str, naam: str, kolom: str, ouder: Gemaakt, hier: str, daar: str, doos: Sandbox) -> str:
    """What to write in the koppeling when only noughts differ, as at least one of both sides has lost them."""
    if "voorloopnullen verschillen" not in reden:
        return ""
    ((breedte,),) = doos.rows(
        f"SELECT max(length(k)) FROM ({hier} UNION ALL {daar}) WHERE k NOT SIMILAR TO '.*[^0-9].*'"
    )
    tabellen = [
        f"sleutel_breedte = {{ {sleutel} = {breedte} }} onder [tabel.{tabel}]"
        for tabel, sleutel in ((ouder.tabel.naam, ouder.tabel.sleutel), (naam, kolom))
    ]
    return f"; zet {' en '.join(tabellen)}" if breedte else ""


def _dutch(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")
