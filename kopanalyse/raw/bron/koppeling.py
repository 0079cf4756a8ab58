"""``koppeling.toml``: which of our tables come from which columns of exports as they are.

``load_koppeling`` reads the file with the SELECTs and code lists beside it, and holds every key against what there is:
all mistakes at once, in Dutch, each with the file, the key and what is possible. What can only be seen with the exports
open (columns, and whether a query fits) is held against them in ``mapping``.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kopanalyse.errors import DataError, suggestion
from kopanalyse.raw.names import clean_name, clean_text
from kopanalyse.raw.schema import TABELLEN, Tabel

BESTAND, MAP, BRONMAP = "koppeling.toml", "koppeling", "bron"
GETALVORMEN = ("1.234,5", "1,234.5")
HERKOMST = ("_bestand", "_blad", "_regel")  # what stands beside every row of a source
ANDERS = "*"

_BRON = {
    "bestand": str,
    "blad": str,
    "kopregel": int,
    "voettekst": str,
    "datumvorm": str,
    "getalvorm": str,
    "tijdzone": str,
    "verbinding": str,
    "tabel": str,
    "query": str,
}
_TABEL = {
    "bron": str,
    "erbij": dict,
    "kolommen": dict,
    "vast": dict,
    "codes": dict,
    "alleen": dict,
    "weglaten": dict,
    "breed": dict,
    "uniek": bool,
    "sleutel": str,
    "sleutel_voor": str,
    "sleutel_breedte": dict,
    "uren": list,
    "query": str,
}
_BREED = {"kolommen": list, "naam": str, "waarde": str}
_SOORTEN = {str: "een tekst", int: "een heel getal", bool: "true of false", list: "een lijst", dict: "een tabel {..}"}
_PLEK = re.compile(r"\{([^{}]+)\}")


class KoppelingError(DataError):
    """The koppeling cannot be carried out; the message (Dutch) has a line for everything that is wrong."""


class Fouten:
    """Mistakes as they are found, to be told all at once."""

    def __init__(self, waar: str = BESTAND) -> None:
        self.waar, self.zinnen = waar, []

    def add(self, sleutel: str, zin: str) -> None:
        """One mistake at ``sleutel`` (such as ``tabel.contacten.bron``)."""
        plaats = f"{self.waar}, {sleutel}" if sleutel else self.waar
        regel = f"{plaats}: {zin}"
        if regel not in self.zinnen:
            self.zinnen.append(regel)

    def stop(self) -> None:
        """Raise ``KoppelingError`` when there are any."""
        if self.zinnen:
            raise KoppelingError("\n".join(self.zinnen))


@dataclass(frozen=True)
class Bron:
    """One table as delivered: files, or what is read in a database."""

    naam: str
    bestand: str | None = None
    blad: str | None = None
    kopregel: int | None = None
    voettekst: str | None = None
    datumvorm: str | None = None
    getalvorm: str | None = None
    tijdzone: str | None = None
    verbinding: str | None = None
    tabel: str | None = None
    query: str | None = None


@dataclass(frozen=True)
class Codes:
    """What stands in the export and what we call it; ``anders`` is for every other value, None: it stays."""

    betekenis: Mapping[str, str]
    anders: str | None = None
    bestand: str | None = None


@dataclass(frozen=True)
class Breed:
    """Columns that become rows: their name in ``naam``, what stands there in ``waarde``."""

    kolommen: tuple[str, ...]
    naam: str
    waarde: str


@dataclass(frozen=True)
class Deel:
    """One ``[tabel.<naam>]``; a table may be made of several. ``plaats`` is its key in the file."""

    tabel: Tabel
    plaats: str
    bron: str = ""
    erbij: Mapping[str, str] = field(default_factory=dict)
    kolommen: Mapping[str, str] = field(default_factory=dict)
    vast: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Codes] = field(default_factory=dict)
    alleen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weglaten: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    breed: Breed | None = None
    uniek: bool = False
    sleutel: str | None = None
    sleutel_voor: str = ""
    sleutel_breedte: Mapping[str, int] = field(default_factory=dict)
    uren: tuple[str, ...] = ()
    query: str | None = None  # the SQL itself
    query_bestand: str = ""

    @property
    def bronnen(self) -> tuple[str, ...]:
        """The sources that it names, the one that gives its rows first."""
        return (self.bron, *self.erbij) if self.bron else ()


@dataclass(frozen=True)
class Codelijst:
    """A CSV file beside the koppeling: its columns, and its rows as texts."""

    naam: str
    kolommen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Koppeling:
    """All of ``koppeling.toml``. ``map`` is the folder of the organisation."""

    map: Path
    bronnen: Mapping[str, Bron]
    delen: tuple[Deel, ...]
    codelijsten: Mapping[str, Codelijst]

    @property
    def tabellen(self) -> tuple[str, ...]:
        """Names of our tables that it makes, each once."""
        return tuple(dict.fromkeys(deel.tabel.naam for deel in self.delen))

    def delen_van(self, tabel: str) -> list[Deel]:
        """The parts that are put under each other as ``tabel``."""
        return [deel for deel in self.delen if deel.tabel.naam == tabel]


def glued(waarde: str) -> list[str]:
    """The columns between braces in ``"{A}-{B}"``; none when it is the name of one column."""
    return _PLEK.findall(waarde)


def glue_parts(waarde: str) -> list[tuple[bool, str]]:
    """``"{A}-{B}"`` as pieces in order: whether each is a column, and its name or the text between."""
    stukken = _PLEK.split(waarde)
    return [(plaats % 2 == 1, stuk) for plaats, stuk in enumerate(stukken) if stuk]


def join_columns(aan: str) -> tuple[str, str]:
    """``"Clientnr = klantnummer"`` as two names; one name stands for both."""
    links, is_, rechts = aan.partition("=")
    return (links.strip(), rechts.strip()) if is_ else (aan.strip(), aan.strip())


def load_koppeling(map_: Path) -> Koppeling | None:
    """The koppeling in the folder ``map_`` of an organisation; None when it delivers tables in our form.

    Raises ``KoppelingError`` with all mistakes that can be seen without the exports.
    """
    if not (map_ / BESTAND).is_file():
        return None
    fouten = Fouten()
    inhoud = _read_toml(map_ / BESTAND)
    codelijsten = _code_lists(map_ / MAP, fouten)
    for naam in inhoud:
        if naam not in ("bron", "tabel"):
            fouten.add(
                naam,
                f"deze sleutel bestaat niet.{suggestion(naam, ['bron', 'tabel'])} Mogelijk zijn: "
                "[bron.<naam>] en [tabel.<naam>].",
            )
    bronnen = {}
    for naam, eigen in _tables(inhoud, "bron", fouten):
        bronnen[naam] = _bron(naam, eigen, map_ / MAP, fouten)
    for naam in bronnen:
        gelijk = [ander for ander in bronnen if ander.casefold() == naam.casefold() and ander != naam]
        if gelijk:
            fouten.add(
                f"bron.{naam}",
                f"deze naam is er twee keer ({', '.join([naam, *gelijk])}); verwacht wordt voor "
                "elke bron een eigen naam.",
            )
    delen = []
    for naam, eigen in _tables(inhoud, "tabel", fouten, lijst=True):
        if naam not in TABELLEN:
            fouten.add(
                f"tabel.{naam}",
                f"deze tabel bestaat niet.{suggestion(naam, TABELLEN)} Mogelijk zijn: {', '.join(TABELLEN)}.",
            )
            continue
        lijst = eigen if isinstance(eigen, list) else [eigen]
        for nummer, deel in enumerate(lijst, start=1):
            plaats = f"tabel.{naam}" + (f"[{nummer}]" if len(lijst) > 1 else "")
            delen.append(_Lezer(plaats, deel, map_ / MAP, codelijsten, fouten).deel(TABELLEN[naam], bronnen))
    if not delen and not fouten.zinnen:
        fouten.add(
            "",
            "hier staat geen enkele [tabel.<naam>]; verwacht wordt er een voor elke tabel die uit de "
            f"bronnen komt. Mogelijk zijn: {', '.join(TABELLEN)}.",
        )
    fouten.stop()
    return Koppeling(map_, bronnen, tuple(delen), codelijsten)


def _read_toml(pad: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(pad.read_text(encoding="utf-8-sig"))
    except RecursionError as fout:
        raise KoppelingError(f"{pad} is geen leesbaar TOML-bestand: er staan te veel haken in elkaar.") from fout
    except UnicodeDecodeError as fout:
        raise KoppelingError(f"{BESTAND} is geen UTF-8-tekst; bewaar het bestand als UTF-8.") from fout
    except tomllib.TOMLDecodeError as fout:
        plaats = re.search(r"line (\d+), column (\d+)", str(fout))
        waar = " op regel {}, kolom {}".format(*plaats.groups()) if plaats else " aan het eind"
        raise KoppelingError(
            f"{BESTAND} is geen leesbaar TOML-bestand: het gaat mis{waar}. Staat een naam met een "
            "spatie of punt tussen aanhalingstekens, en elke sleutel er één keer?"
        ) from fout


def _tables(inhoud: Mapping[str, Any], wat: str, fouten: Fouten, lijst: bool = False) -> Iterator[tuple[str, Any]]:
    tabellen = inhoud.get(wat, {})
    if not isinstance(tabellen, dict):
        fouten.add(wat, f"verwacht wordt [{wat}.<naam>].")
        return
    for naam, eigen in tabellen.items():
        goed = isinstance(eigen, dict) or (
            lijst and isinstance(eigen, list) and eigen and all(isinstance(deel, dict) for deel in eigen)
        )
        if goed:
            yield naam, eigen
        else:
            fouten.add(f"{wat}.{naam}", f"verwacht wordt [{wat}.<naam>] met sleutels eronder.")


def _typed(plaats: str, eigen: Mapping[str, Any], mogelijk: Mapping[str, type], fouten: Fouten) -> dict[str, Any]:
    """The keys of ``eigen`` that exist and have the right kind; the others are mistakes."""
    goed = {}
    for sleutel, waarde in eigen.items():
        soort = mogelijk.get(sleutel)
        if soort is None:
            fouten.add(
                f"{plaats}.{sleutel}",
                f"deze sleutel bestaat niet.{suggestion(sleutel, mogelijk)} Mogelijk zijn: {', '.join(mogelijk)}.",
            )
        elif type(waarde) is not soort:
            staat = "dit" if sleutel == "verbinding" else repr(waarde)  # it may hold a password
            fouten.add(f"{plaats}.{sleutel}", f"{staat} kan niet; verwacht wordt {_SOORTEN[soort]}.")
        else:
            goed[sleutel] = waarde
    return goed


# Sources


def _bron(naam: str, eigen: Mapping[str, Any], map_: Path, fouten: Fouten) -> Bron:
    plaats = f"bron.{naam}"
    waarden = _typed(plaats, eigen, _BRON, fouten)
    if not clean_text(naam) or naam.startswith("_"):
        fouten.add(plaats, "een bron heeft een naam die niet leeg is en niet met _ begint.")
    if ("bestand" in eigen) == ("verbinding" in eigen):
        fouten.add(
            plaats, "verwacht wordt bestand (een patroon onder bron/) of verbinding (een databank), een van de twee."
        )
    if "verbinding" in waarden:
        _check_connection(plaats, waarden, fouten)
    else:
        for sleutel in {"tabel", "query"} & waarden.keys():
            fouten.add(f"{plaats}.{sleutel}", "hoort bij verbinding, en die is hier niet.")
    if waarden.get("kopregel", 1) < 1:
        fouten.add(f"{plaats}.kopregel", f"{waarden['kopregel']} kan niet; verwacht wordt een rijnummer vanaf 1.")
    if "datumvorm" in waarden and not _is_date_form(waarden["datumvorm"]):
        fouten.add(
            f"{plaats}.datumvorm",
            f"{waarden['datumvorm']!r} kan niet; verwacht wordt een vorm zoals "
            "%d/%m/%Y of %Y%m%d, met dag, maand en jaar.",
        )
    if waarden.get("getalvorm", GETALVORMEN[0]) not in GETALVORMEN:
        fouten.add(
            f"{plaats}.getalvorm", f"{waarden['getalvorm']!r} kan niet; mogelijk zijn: {' en '.join(GETALVORMEN)}."
        )
    if "tijdzone" in waarden and not _is_zone(waarden["tijdzone"]):
        tip = suggestion(waarden["tijdzone"], zoneinfo.available_timezones())
        fouten.add(
            f"{plaats}.tijdzone",
            f"{waarden['tijdzone']!r} kan niet; verwacht wordt een zone zoals Europe/Amsterdam.{tip}",
        )
    if "query" in waarden:
        waarden["query"] = _sql(f"{plaats}.query", waarden["query"], map_, fouten)
    return Bron(naam, **waarden)


def _check_connection(plaats: str, waarden: Mapping[str, Any], fouten: Fouten) -> None:
    if not re.fullmatch(r"env:[A-Za-z_][A-Za-z0-9_]*", waarden["verbinding"]):
        fouten.add(
            f"{plaats}.verbinding",
            "verwacht wordt env:NAAM, met de naam van de omgevingsvariabele waarin de "
            "verbinding staat; een verbinding staat nooit in een bestand.",
        )
    if ("tabel" in waarden) == ("query" in waarden):
        fouten.add(plaats, "bij een verbinding hoort tabel of query, een van de twee.")
    for sleutel in ("blad", "kopregel", "voettekst"):
        if sleutel in waarden:
            fouten.add(f"{plaats}.{sleutel}", "hoort bij een bestand; een tabel van een databank heeft dit niet.")


def _is_date_form(vorm: str) -> bool:
    """Whether a day comes back as it was; of a form without a day (a month), the first."""
    try:
        return any(
            datetime.strptime(dag.strftime(vorm), vorm).date() == dag.date() and "%z" not in vorm.lower()
            for dag in (datetime(2019, 3, 31), datetime(2019, 3, 1))
        )
    except (ValueError, re.error):
        return False


def _is_zone(naam: str) -> bool:
    try:
        zoneinfo.ZoneInfo(naam)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def _sql(plaats: str, waarde: str, map_: Path, fouten: Fouten) -> str:
    """The text of a query: of a file beside the koppeling, or the SELECT itself."""
    if not waarde.strip().lower().endswith(".sql"):
        if re.match(r"\s*(select|with|from)\b", waarde, re.IGNORECASE):
            return waarde
        fouten.add(
            plaats, f"{waarde!r} kan niet; verwacht wordt de naam van een .sql-bestand in {MAP}/, of een SELECT."
        )
        return ""
    pad = _beside(plaats, waarde.strip(), map_, ".sql", fouten)
    if pad is None:
        return ""
    try:
        tekst = pad.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError):
        fouten.add(plaats, f"{MAP}/{waarde} is geen leesbare UTF-8-tekst.")
        return ""
    if not tekst.strip():
        fouten.add(plaats, f"{MAP}/{waarde} is leeg; verwacht wordt één SELECT.")
    return tekst


def _beside(plaats: str, naam: str, map_: Path, einde: str, fouten: Fouten) -> Path | None:
    """The file ``naam`` in the folder of the koppeling."""
    aanwezig = sorted(pad.name for pad in map_.glob(f"*{einde}")) if map_.is_dir() else []
    if naam in aanwezig:
        return map_ / naam
    staat_er = f"Mogelijk zijn: {', '.join(aanwezig)}." if aanwezig else f"In {MAP}/ staat geen {einde}-bestand."
    fouten.add(plaats, f"het bestand {MAP}/{naam} is er niet.{suggestion(naam, aanwezig)} {staat_er}")
    return None


# Code lists


def _code_lists(map_: Path, fouten: Fouten) -> dict[str, Codelijst]:
    lijsten = {}
    for pad in sorted(map_.glob("*.csv")) if map_.is_dir() else []:
        try:
            lijst = _code_list(pad)
        except (DataError, OSError, csv.Error) as fout:
            fouten.waar, waar = f"{MAP}/{pad.name}", fouten.waar
            fouten.add("", str(fout))
            fouten.waar = waar
            continue
        lijsten[pad.stem] = lijst
    return lijsten


def _code_list(pad: Path) -> Codelijst:
    """A small CSV file, whatever its separator and encoding; raises ``DataError`` when it has no usable header."""
    inhoud = pad.read_bytes()
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        tekst = inhoud.decode("cp1252", errors="replace")
    kop = next((regel for regel in tekst.splitlines() if regel.strip()), "")
    scheiding = max(";,\t", key=kop.count)
    rijen = [
        [clean_text(waarde) for waarde in rij]
        for rij in csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding)
    ]
    rijen = [rij for rij in rijen if any(rij)]
    if not rijen:
        raise DataError("deze codelijst is leeg; verwacht wordt een kopregel code,betekenis.")
    namen, *rest = rijen
    if not all(namen) or len({clean_name(naam) for naam in namen}) < len(namen):
        raise DataError(f"de kopregel kan niet ({', '.join(namen)}); verwacht wordt elke kolom met een eigen naam.")
    breedte = len(namen)
    return Codelijst(pad.name, tuple(namen), tuple(tuple((rij + [""] * breedte)[:breedte]) for rij in rest))


def _codes_of_list(plaats: str, lijst: Codelijst, fouten: Fouten) -> Codes:
    namen = [clean_name(naam) for naam in lijst.kolommen]
    if "code" not in namen or "betekenis" not in namen:
        fouten.add(
            plaats,
            f"{MAP}/{lijst.naam} heeft de kolommen {', '.join(lijst.kolommen)}; verwacht worden code en betekenis.",
        )
        return Codes({})
    paren = [(rij[namen.index("code")], rij[namen.index("betekenis")]) for rij in lijst.rijen]
    return _codes(plaats, paren, lijst.naam, fouten)


def _codes(plaats: str, paren: Iterable[tuple[str, str]], bestand: str | None, fouten: Fouten) -> Codes:
    betekenis: dict[str, str] = {}
    for code, wat in paren:
        code, wat = clean_text(code), clean_text(wat)
        if betekenis.get(code, wat) != wat:
            waar = f" in {MAP}/{bestand}" if bestand else ""
            fouten.add(
                plaats,
                f"de code {code!r} staat er twee keer{waar}, met de betekenissen {betekenis[code]!r} en {wat!r}.",
            )
        betekenis[code] = wat
    betekenis.pop("", None)  # empty stays empty
    return Codes({code: wat for code, wat in betekenis.items() if code != ANDERS}, betekenis.get(ANDERS), bestand)


# Our tables


def _as_text(waarde: Any) -> str | None:
    """A value of TOML as the text that an export would hold; None for a list or table."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, (str, int, float)):
        return str(waarde)
    return waarde.isoformat() if isinstance(waarde, date) else None


class _Lezer:
    """Reads one ``[tabel.<naam>]``; what is wrong goes to ``fouten``."""

    def __init__(
        self, plaats: str, eigen: Mapping[str, Any], map_: Path, codelijsten: Mapping[str, Codelijst], fouten: Fouten
    ) -> None:
        self.plaats, self.map, self.codelijsten, self.fouten = plaats, map_, codelijsten, fouten
        self.eigen = eigen
        self.waarden = _typed(plaats, eigen, _TABEL, fouten)

    def deel(self, tabel: Tabel, bronnen: Mapping[str, Bron]) -> Deel:
        w = self.waarden
        self._check_way(bronnen)
        kolommen = {
            kolom: tekst
            for kolom, tekst in self._texts("kolommen", tabel).items()
            if self._not_empty("kolommen", kolom, tekst)
        }
        vast = self._texts("vast", tabel)
        breed = self._breed()
        uren = tuple(
            kolom for kolom in w.get("uren", ()) if self._of_kind(tabel, "uren", kolom, ("geheel", "decimaal"))
        )
        breedte = {kolom: n for kolom, n in w.get("sleutel_breedte", {}).items() if self._width(tabel, kolom, n)}
        for kolom in {*kolommen} & {*vast}:
            self.fouten.add(
                f"{self.plaats}.vast.{kolom}", "deze kolom staat ook in kolommen; verwacht wordt een van de twee."
            )
        if w.get("sleutel", "maak") != "maak":
            self.fouten.add(f"{self.plaats}.sleutel", f'{w["sleutel"]!r} kan niet; verwacht wordt "maak".')
        elif "sleutel" in w and not tabel.sleutel:
            self.fouten.add(f"{self.plaats}.sleutel", f"{tabel.naam} heeft geen sleutel, dus is er geen te maken.")
        elif "sleutel" in w and tabel.sleutel in {*kolommen, *vast}:
            self.fouten.add(
                f"{self.plaats}.sleutel",
                f"{tabel.sleutel} staat al in kolommen of vast; verwacht wordt een van de twee.",
            )
        return Deel(
            tabel,
            self.plaats,
            bron=w.get("bron", ""),
            erbij=self._erbij(bronnen),
            kolommen=kolommen,
            vast=vast,
            codes=self._all_codes(tabel),
            alleen=self._rows("alleen"),
            weglaten=self._rows("weglaten"),
            breed=breed,
            uniek=w.get("uniek", False),
            sleutel=w.get("sleutel"),
            sleutel_voor=w.get("sleutel_voor", ""),
            sleutel_breedte=breedte,
            uren=uren,
            query=_sql(f"{self.plaats}.query", w["query"], self.map, self.fouten) if "query" in w else None,
            query_bestand=w["query"].strip() if w.get("query", "").strip().lower().endswith(".sql") else "query",
        )

    def _check_way(self, bronnen: Mapping[str, Bron]) -> None:
        """A table comes from a source or from a query."""
        mogelijk = ", ".join(bronnen) or "er is nog geen [bron.<naam>]"
        if "query" in self.eigen:
            for sleutel in ("bron", "erbij", "kolommen", "breed"):
                if sleutel in self.eigen:
                    self.fouten.add(
                        f"{self.plaats}.{sleutel}",
                        "kan niet naast query: de SELECT zegt zelf waar de kolommen vandaan komen.",
                    )
        elif "bron" not in self.eigen:
            self.fouten.add(self.plaats, f"verwacht wordt bron of query. Mogelijke bronnen: {mogelijk}.")
        if (naam := self.waarden.get("bron")) is not None and naam not in bronnen:
            self._unknown_source(f"{self.plaats}.bron", naam, bronnen)

    def _unknown_source(self, plaats: str, naam: str, bronnen: Mapping[str, Bron]) -> None:
        mogelijk = ", ".join(bronnen) or "er is nog geen [bron.<naam>]"
        self.fouten.add(plaats, f"de bron {naam!r} bestaat niet.{suggestion(naam, bronnen)} Mogelijk zijn: {mogelijk}.")

    def _erbij(self, bronnen: Mapping[str, Bron]) -> dict[str, str]:
        erbij = {}
        for naam, aan in self.waarden.get("erbij", {}).items():
            plaats = f"{self.plaats}.erbij.{naam}"
            if naam not in bronnen:
                self._unknown_source(plaats, naam, bronnen)
            elif naam == self.waarden.get("bron"):
                self.fouten.add(plaats, "dit is de bron zelf; verwacht wordt een andere bron.")
            elif not isinstance(aan, str) or not all(join_columns(aan)):
                self.fouten.add(plaats, f'{aan!r} kan niet; verwacht wordt een kolom, of "kolom = kolom daar".')
            else:
                erbij[naam] = aan
        return erbij

    def _column(self, tabel: Tabel, sleutel: str, kolom: Any) -> bool:
        namen = [k.naam for k in tabel.kolommen]
        if kolom in namen:
            return True
        self.fouten.add(
            f"{self.plaats}.{sleutel}",
            f"{tabel.naam} heeft geen kolom {kolom}.{suggestion(str(kolom), namen)} Mogelijk zijn: {', '.join(namen)}.",
        )
        return False

    def _of_kind(self, tabel: Tabel, sleutel: str, kolom: Any, soorten: tuple[str, ...]) -> bool:
        if not self._column(tabel, sleutel, kolom):
            return False
        if tabel[kolom].soort in soorten:
            return True
        kan = [k.naam for k in tabel.kolommen if k.soort in soorten]
        self.fouten.add(f"{self.plaats}.{sleutel}", f"{kolom} is geen getal. Mogelijk: {', '.join(kan) or 'geen'}.")
        return False

    def _width(self, tabel: Tabel, kolom: str, breedte: Any) -> bool:
        if not self._column(tabel, "sleutel_breedte", kolom):
            return False
        if type(breedte) is int and 1 <= breedte <= 100:
            return True
        self.fouten.add(
            f"{self.plaats}.sleutel_breedte.{kolom}",
            f"{breedte!r} kan niet; verwacht wordt een aantal cijfers, 1 tot en met 100.",
        )
        return False

    def _texts(self, sleutel: str, tabel: Tabel) -> dict[str, str]:
        teksten = {}
        for kolom, waarde in self.waarden.get(sleutel, {}).items():
            tekst = _as_text(waarde)
            if tekst is None or (sleutel == "kolommen" and not isinstance(waarde, str)):
                self.fouten.add(f"{self.plaats}.{sleutel}.{kolom}", f"{waarde!r} kan niet; verwacht wordt een tekst.")
            elif self._column(tabel, sleutel, kolom):
                teksten[kolom] = tekst
        return teksten

    def _not_empty(self, sleutel: str, kolom: str, tekst: str) -> bool:
        if tekst.strip():
            return True
        self.fouten.add(f"{self.plaats}.{sleutel}.{kolom}", "hier staat geen kolom; laat de regel weg als er geen is.")
        return False

    def _breed(self) -> Breed | None:
        if "breed" not in self.waarden:
            return None
        plaats = f"{self.plaats}.breed"
        w = _typed(plaats, self.waarden["breed"], _BREED, self.fouten)
        mist = [sleutel for sleutel in _BREED if sleutel not in self.waarden["breed"]]
        if mist:
            self.fouten.add(plaats, f"{', '.join(mist)} ontbreekt; verwacht worden kolommen, naam en waarde.")
        kolommen = w.get("kolommen", [])
        if "kolommen" in w and (
            not kolommen or not all(isinstance(k, str) and k for k in kolommen) or len(set(kolommen)) < len(kolommen)
        ):
            self.fouten.add(f"{plaats}.kolommen", "verwacht wordt een lijst van kolommen, elk één keer.")
            return None
        if len(w) < len(_BREED):
            return None
        if w["naam"] == w["waarde"]:
            self.fouten.add(plaats, f"naam en waarde zijn allebei {w['naam']}; verwacht worden twee kolommen.")
        return Breed(tuple(kolommen), w["naam"], w["waarde"])

    def _rows(self, sleutel: str) -> dict[str, tuple[str, ...]]:
        rijen = {}
        for kolom, waarden in self.waarden.get(sleutel, {}).items():
            lijst = waarden if isinstance(waarden, list) else [waarden]
            teksten = [tekst for waarde in lijst if (tekst := _as_text(waarde)) is not None]
            if not lijst or len(teksten) < len(lijst):
                self.fouten.add(
                    f"{self.plaats}.{sleutel}.{kolom}", f"{waarden!r} kan niet; verwacht wordt een lijst van waarden."
                )
            else:
                rijen[kolom] = tuple(clean_text(tekst) for tekst in teksten)
        return rijen

    def _all_codes(self, tabel: Tabel) -> dict[str, Codes]:
        codes = {}
        for kolom, lijst in self.waarden.get("codes", {}).items():
            plaats = f"{self.plaats}.codes.{kolom}"
            if not self._column(tabel, "codes", kolom):
                continue
            if isinstance(lijst, str):
                naam = lijst.strip()
                pad = _beside(plaats, naam, self.map, ".csv", self.fouten)
                if pad is not None and pad.stem in self.codelijsten:
                    codes[kolom] = _codes_of_list(plaats, self.codelijsten[pad.stem], self.fouten)
            elif isinstance(lijst, dict) and all(_as_text(wat) is not None for wat in lijst.values()):
                codes[kolom] = _codes(
                    plaats, [(code, str(_as_text(wat))) for code, wat in lijst.items()], None, self.fouten
                )
            else:
                self.fouten.add(
                    plaats,
                    f"{lijst!r} kan niet; verwacht wordt een tabel {{..}} van code = betekenis, of "
                    "de naam van een .csv-bestand.",
                )
        return codes
