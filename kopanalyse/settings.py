"""Settings of one organisation: read from TOML, held against ``standaard.toml``, frozen and passed in.

``standaard.toml`` lists every key with its default and thereby says what a valid file may contain. An organisation
overrides it twice: with the file that the package ships (``dekop.toml``) and with ``organisatie.toml`` beside its own
raw tables, which may also describe an organisation that the package has never heard of.
"""

from __future__ import annotations

import difflib
import hashlib
import itertools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kopanalyse.errors import UserError, suggestion
from kopanalyse.periode import EERSTE_JAAR, LAATSTE_JAAR, Periode
from kopanalyse.raw.formats.limits import Grenzen
from kopanalyse.raw.names import plain
from kopanalyse.raw.schema import TABELLEN, VRIJE_WOORDEN

_ORGANISATIES = Path(__file__).parent / "organisaties"
_VRIJE_TABELLEN = ("teksten", "synoniemen", "kerncijfers", "status")  # their keys are the organisation's own words
_WAAR = ("alle", "teams", "geen")  # where figures in detail are published: for whom
_BOVENAAN = ("naam", "toelichting_gegevens", "jaren", "teams", "hoofdstukken")  # keys that stand above all tables
_NAAR_BOVEN = " Zet die regel boven de eerste [..] van het bestand."
_VERVANGT = ("kerncijfers",)  # an organisation that names any names them all

GEEN_TRAJECT = ("informatie_en_advies", "collectieve_activiteiten")  # what stands beside trajectsoorten in the figures
MEESTE_MAANDEN = 1_200  # a span that no registration covers
VOORLOPIG, DEFINITIEF = "voorlopig", "definitief"
OPENING = "jaarverslag"  # the notebook of the page that a report opens with


class SettingsError(UserError):
    """A settings file is missing, cannot be read, or holds a wrong key or value; the message (Dutch) names it."""


@dataclass(frozen=True)
class Drempels:
    """Thresholds of the indicators and of checking; meaning and unit of each stand in ``standaard.toml``."""

    leeftijdsklassen: tuple[int, ...]
    jongere_tot_en_met: int
    redelijk_complex_vanaf: int
    complex_vanaf: int
    zwaar_meer_dan: int
    kort_uren: float
    kort_uren_inclusief: bool
    kort_contacten: int
    kort_verbinding: str
    maanden: tuple[int, ...]
    contacten_per_casus: tuple[int, ...]
    top: int
    overige_onder: float
    klein_aantal: int
    oudste_leeftijd: int
    eerste_jaar: int

    @property
    def leeftijdslabels(self) -> tuple[str, ...]:
        """Names of the age classes in ascending order: ``0-11``, …, ``75+``."""
        van = self.leeftijdsklassen
        return (*tuple(f"{a}-{b - 1}" for a, b in itertools.pairwise(van)), f"{van[-1]}+")

    @property
    def maandlabels(self) -> tuple[str, str, str]:
        """Names of the classes of a wait or a duration: ``< 1 mnd``, ``1-2 mnd``, ``> 2 mnd``."""
        kort, lang = self.maanden
        return f"< {kort} mnd", f"{kort}-{lang} mnd", f"> {lang} mnd"

    @property
    def contactlabels(self) -> tuple[str, ...]:
        """Names of the classes of a number of contacts in ascending order: ``0-3``, …, ``> 100``."""
        tot = self.contacten_per_casus
        return (*tuple(f"{a}-{b}" for a, b in zip((0, *(grens + 1 for grens in tot)), tot)), f"> {tot[-1]}")

    @property
    def kort_in_woorden(self) -> str:
        """When a traject is a kort contact, to stand in a sentence (Dutch)."""
        uren = f"{self.kort_uren:g}".replace(".", ",")
        return (
            f"{'hooguit' if self.kort_uren_inclusief else 'minder dan'} {uren} uur {self.kort_verbinding} hooguit "
            f"{self.kort_contacten} contacten"
        )


@dataclass(frozen=True)
class Publiceren:
    """What an edition shows and how; meaning and possible values of each stand in ``standaard.toml``.

    ``exact`` names indicators, or `indicator: categorie`; ``None`` stands for those of ``kerncijfers``.
    """

    drempel: int
    afronden_op: int
    marge: int
    teams_zonder: tuple[str, ...]
    kruistabellen: str
    kernen: str
    kwartalen: str
    weg: tuple[str, ...]
    exact: tuple[str, ...] | None
    hoofdstukken_niet: tuple[str, ...]
    gevoelig: tuple[str, ...]


@dataclass(frozen=True)
class Breuk:
    """From ``datum`` on something is registered or counted in another way: what lies across it cannot be compared.

    ``indicatoren`` are names, a beginning with ``*``, or ``indicator: categorie``.
    """

    indicatoren: tuple[str, ...]
    datum: date
    reden: str

    def about(self, indicator: str, categorie: str = "") -> bool:
        """Whether it is about this indicator, or just this categorie of it."""
        return any(
            self._fits(naam, wat, indicator, categorie) for naam, _, wat in (p.partition(":") for p in self.indicatoren)
        )

    @staticmethod
    def _fits(patroon: str, alleen: str, indicator: str, categorie: str) -> bool:
        patroon = patroon.strip()
        past = indicator.startswith(patroon[:-1]) if patroon.endswith("*") else indicator == patroon
        return past and alleen.strip() in ("", categorie)


@dataclass(frozen=True)
class Hernoemd:
    """From ``datum`` on team ``van`` is called ``naar``, or is a part of it."""

    van: str
    naar: str
    datum: date


@dataclass(frozen=True)
class Toetsing:
    """Bounds of checking that no figure depends on; meaning and unit of each stand in ``standaard.toml``."""

    quarantaine_gemeld: float
    quarantaine_stop: float
    open_zonder_contact: int
    begint_later: int
    zonder_start: int


@dataclass(frozen=True)
class Dekking:
    """The days that a registration covers, both included; without ``van`` from the beginning, without ``tot`` to now.

    ``per_tabel`` are the days of tables that differ, with what those leave out filled in.
    """

    van: date | None = None
    tot: date | None = None
    per_tabel: Mapping[str, Dekking] = field(default_factory=dict)

    def of(self, tabel: str) -> Dekking:
        """The days that ``tabel`` covers."""
        return self.per_tabel.get(tabel, self)


@dataclass(frozen=True)
class Settings:
    """Everything that differs between organisations. ``organisatie`` is also the name of its data folder."""

    organisatie: str
    naam: str
    toelichting_gegevens: str
    jaren: tuple[Periode, ...]
    teams: tuple[str, ...]
    hoofdstukken: tuple[str, ...]
    codelijsten: Mapping[str, tuple[str, ...]]
    synoniemen: Mapping[str, Mapping[str, str]]
    drempels: Drempels
    controle: Toetsing
    grenzen: Grenzen
    teksten: Mapping[str, str]
    kerncijfers: Mapping[str, str]
    status: Mapping[str, str]
    publiceren: Publiceren
    rollen: Mapping[str, tuple[str, ...]]
    dekking: Dekking
    breuken: tuple[Breuk, ...] = ()
    geen_breuken: tuple[Breuk, ...] = ()
    teams_hernoemd: tuple[Hernoemd, ...] = ()

    @property
    def notebooks(self) -> tuple[str, ...]:
        """Names of the notebooks that make a report: its opening page and the chapters, in order."""
        return OPENING, *self.hoofdstukken

    @property
    def of_reading(self) -> str:
        """Digest of the settings that say how a value is read and judged."""
        lijsten = (
            sorted((naam, *deel) if isinstance(deel, tuple) else (naam, *deel.items()) for naam, deel in lijst.items())
            for lijst in (self.codelijsten, self.synoniemen)
        )
        return _digest(self.drempels, *lijsten)

    @property
    def of_counting(self) -> str:
        """Digest of the settings that the query of an indicator depends on."""
        return _digest(self.of_reading, sorted(self.rollen.items()))

    @property
    def fingerprint(self) -> str:
        """Digest of all settings that figures depend on: the same figures need the same digest."""
        dekking = self.dekking
        per_tabel = sorted((tabel, dagen.van, dagen.tot) for tabel, dagen in dekking.per_tabel.items())
        return _digest(self.of_counting, dekking.van, dekking.tot, per_tabel)

    def has_kind(self, rol: str) -> bool:
        """Whether the organisation has a trajectsoort in this role."""
        return not set(self.rollen[rol]).isdisjoint(self.codelijsten["trajectsoort"])

    def tekst(self, code: str) -> str:
        """The words that a reader sees for ``code``; a code without a text of its own loses its underscores."""
        return self.teksten.get(code, code.replace("_", " "))


def _digest(*delen: Any) -> str:
    return hashlib.sha256(repr(delen).encode()).hexdigest()[:16]


def load_settings(organisatie: str, raw: Path = Path("data/raw")) -> Settings:
    """Settings of ``organisatie``: defaults, then the package's file, then ``raw/<organisatie>/organisatie.toml``.

    Raises ``SettingsError`` for an organisation without any file and for a wrong key or value, naming file and key.
    """
    if not re.fullmatch(r"[A-Za-z0-9][\w-]*", organisatie):
        raise SettingsError(f"Organisatie {organisatie!r} kan geen mapnaam zijn: gebruik letters, cijfers, - of _.")
    bestanden = [_ORGANISATIES / f"{organisatie}.toml", Path(raw) / organisatie / "organisatie.toml"]
    aanwezig = [pad for pad in bestanden if pad.is_file() and organisatie != "standaard"]
    if not aanwezig:
        zelf = " --raw is de map waarin de map van de organisatie staat." if Path(raw).name == organisatie else ""
        raise SettingsError(
            f"Organisatie {organisatie!r} is niet bekend. Bekend zijn: {', '.join(known_organisations(raw))}. "
            f"Een andere organisatie beschrijft u in {bestanden[1]}.{zelf}"
        )
    waarden = _read_toml(_ORGANISATIES / "standaard.toml")
    for pad in aanwezig:
        waarden = _merge(waarden, _read_toml(pad), pad)
    return _settings(organisatie, waarden, aanwezig[-1])


def standard_settings(organisatie: str) -> Settings:
    """The defaults, for an organisation that has not been described yet."""
    pad = _ORGANISATIES / "standaard.toml"
    return _settings(organisatie, _read_toml(pad), pad)


def known_organisations(raw: Path = Path("data/raw")) -> list[str]:
    """Names of the organisations that have settings, in the package or beside their own raw tables, sorted."""
    eigen = {pad.parent.name for pad in Path(raw).glob("*/organisatie.toml")}
    meegeleverd = {pad.stem for pad in _ORGANISATIES.glob("*.toml")} - {"standaard"}
    return sorted(eigen | meegeleverd)


def _read_toml(pad: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(plain(pad.read_text(encoding="utf-8-sig")))  # names as the registration is read
    except RecursionError as fout:
        raise SettingsError(f"{pad} is geen leesbaar TOML-bestand: er staan te veel haken in elkaar.") from fout
    except UnicodeDecodeError as fout:
        raise SettingsError(f"{pad} is geen UTF-8-tekst; bewaar het bestand als UTF-8.") from fout
    except tomllib.TOMLDecodeError as fout:
        plaats = re.search(r"line (\d+), column (\d+)", str(fout))
        waar = " op regel {}, kolom {}".format(*plaats.groups()) if plaats else " aan het eind"
        raise SettingsError(f"{pad} is geen leesbaar TOML-bestand: het gaat mis{waar}.") from fout


def _merge(basis: Mapping[str, Any], eigen: Mapping[str, Any], pad: Path, binnen: str = "") -> dict[str, Any]:
    """``basis`` with the values of ``eigen``; every key must exist in ``basis`` and keep its type."""
    samen = dict(basis)
    for sleutel, waarde in eigen.items():
        naam = f"{binnen}{sleutel}"
        if sleutel not in basis and binnen.split(".")[0] not in _VRIJE_TABELLEN:
            lijkt = difflib.get_close_matches(sleutel, basis, n=1)
            tip = f" Bedoelde u {binnen}{lijkt[0]}?" if lijkt else _NAAR_BOVEN if sleutel in _BOVENAAN else ""
            raise SettingsError(f"{pad}: de sleutel {naam} bestaat niet.{tip} Mogelijk zijn: {', '.join(basis)}.")
        verdwaald = [naam for naam in _BOVENAAN if isinstance(waarde, dict) and naam in waarde]
        if verdwaald and naam in _VRIJE_TABELLEN:
            raise SettingsError(f"{pad}: {verdwaald[0]} staat onder [{naam}] en geldt daar niet.{_NAAR_BOVEN}")
        if naam == "dekking":
            samen[sleutel] = _merge_coverage(oud=basis[sleutel], eigen=waarde, pad=pad)
            continue
        oud = basis.get(sleutel, {} if binnen == "synoniemen." else "")
        _check_type(oud, waarde, naam, pad)
        nieuw = isinstance(oud, dict) and sleutel not in _VERVANGT
        samen[sleutel] = _merge(oud, waarde, pad, f"{naam}.") if nieuw else waarde
    return samen


def _merge_coverage(oud: Mapping[str, Any], eigen: Any, pad: Path) -> dict[str, Any]:
    """``[dekking]`` of two files: two days, and two days for every table that differs."""
    _check_type({}, eigen, "dekking", pad)
    samen = {sleutel: dict(waarde) if isinstance(waarde, dict) else waarde for sleutel, waarde in oud.items()}
    for sleutel, waarde in eigen.items():
        if sleutel in ("van", "tot"):
            samen[sleutel] = _day(waarde, f"dekking.{sleutel}", pad)
        elif sleutel not in TABELLEN:
            raise SettingsError(
                f"{pad}: de sleutel dekking.{sleutel} bestaat niet.{suggestion(sleutel, TABELLEN)} "
                f"Mogelijk zijn: van, tot, {', '.join(TABELLEN)}."
            )
        else:
            _check_type({}, waarde, f"dekking.{sleutel}", pad)
            if vreemd := sorted(set(waarde) - {"van", "tot"}):
                raise SettingsError(
                    f"{pad}: de sleutel dekking.{sleutel}.{vreemd[0]} bestaat niet. Mogelijk zijn: van, tot."
                )
            dagen = {naam: _day(dag, f"dekking.{sleutel}.{naam}", pad) for naam, dag in waarde.items()}
            samen[sleutel] = samen.get(sleutel, {}) | dagen
    return samen


def _day(waarde: Any, naam: str, pad: Path) -> date:
    if type(waarde) is not date:
        raise SettingsError(
            f"{pad}: {naam} = {waarde!r} kan niet; verwacht wordt een datum zonder aanhalingstekens, "
            f"bijvoorbeeld {naam.rpartition('.')[2]} = 2024-01-01."
        )
    return waarde


def _coverage(waarden: Mapping[str, Any], pad: Path) -> Dekking:
    """``[dekking]`` with what a table leaves out filled in; no coverage may end before it begins."""
    dagen: dict[str, Any] = {"van": waarden.get("van"), "tot": waarden.get("tot")}
    per_tabel = {}
    for tabel, eigen in waarden.items():
        if isinstance(eigen, dict):
            per_tabel[tabel] = Dekking(**dagen | eigen)
    for naam, dekking in {"": Dekking(**dagen), **per_tabel}.items():
        if dekking.van and dekking.tot and dekking.tot < dekking.van:
            waar = ".".join(filter(None, ("dekking", naam)))
            raise SettingsError(
                f"{pad}: {waar} eindigt op {dekking.tot} en begint op {dekking.van}; verwacht wordt "
                "een tot op of na van."
            )
    return Dekking(**dagen, per_tabel=MappingProxyType(per_tabel))


_SOORTEN = {
    bool: "true of false",
    int: "een heel getal",
    float: "een getal",
    str: "een tekst",
    list: "een lijst",
    dict: "een tabel [..]",
}


def _check_type(oud: Any, waarde: Any, naam: str, pad: Path) -> None:
    past = type(waarde) is type(oud) or (isinstance(oud, float) and type(waarde) is int)
    past |= naam == "publiceren.exact" and type(waarde) in (str, list)  # a word, or a list of figures
    if not past:
        raise SettingsError(f"{pad}: {naam} = {waarde!r} kan niet; verwacht wordt {_SOORTEN[type(oud)]}.")


def _settings(organisatie: str, waarden: Mapping[str, Any], pad: Path) -> Settings:
    def eis(goed: bool, naam: str | tuple[str, ...], verwacht: str) -> None:
        if not goed:
            delen, waarde = naam.split(".") if isinstance(naam, str) else naam, waarden
            for deel in delen:
                waarde = waarde[deel]
            raise SettingsError(f"{pad}: {'.'.join(delen)} = {waarde!r} kan niet; verwacht wordt {verwacht}.")

    def bekend(goed: bool, naam: str, verwacht: str) -> None:
        if not goed:
            raise SettingsError(f"{pad}: de sleutel {naam} bestaat niet; verwacht wordt {verwacht}.")

    def is_lijst(waarde: Any, soort: type) -> bool:
        return all(type(deel) is soort for deel in waarde) and len(set(waarde)) == len(waarde)

    def stijgt(waarde: list) -> bool:
        return bool(waarde) and is_lijst(waarde, int) and list(waarde) == sorted(waarde)

    eis(is_lijst(waarden["jaren"], int), "jaren", "een lijst van jaartallen, elk één keer")
    eis(all(EERSTE_JAAR <= jaar <= LAATSTE_JAAR for jaar in waarden["jaren"]), "jaren", "een lijst van jaartallen")
    eis(is_lijst(waarden["teams"], str), "teams", "een lijst van namen, elk één keer")
    eis(is_lijst(waarden["hoofdstukken"], str), "hoofdstukken", "een lijst van namen van notebooks, elk één keer")
    for lijst, codes in waarden["codelijsten"].items():
        naam = f"codelijsten.{lijst}"
        eis(bool(codes) and is_lijst(codes, str), naam, "een lijst van teksten, elk één keer")
        eis(
            "totaal" not in codes and all(code == code.strip() != "" for code in codes),
            naam,
            "een lijst zonder lege teksten, zonder spaties eromheen en zonder het woord totaal",
        )
    botst = [code for code in GEEN_TRAJECT if code in waarden["codelijsten"]["trajectsoort"]]
    eis(
        not botst,
        "codelijsten.trajectsoort",
        f"een lijst zonder {' en '.join(botst)}: zo heet in de cijfers iets anders",
    )
    for rol, soorten in waarden["rollen"].items():
        eis(is_lijst(soorten, str), f"rollen.{rol}", "een lijst van trajectsoorten, elk één keer")
        eis(
            soorten == [rol] or set(soorten) <= set(waarden["codelijsten"]["trajectsoort"]),
            f"rollen.{rol}",
            "een lijst van trajectsoorten uit codelijsten.trajectsoort: "
            f"{', '.join(waarden['codelijsten']['trajectsoort'])}",
        )
    for lijst, namen in waarden["synoniemen"].items():
        codes = waarden["codelijsten"].get(lijst)
        bekend(
            codes is not None or lijst in VRIJE_WOORDEN,
            f"synoniemen.{lijst}",
            f"alleen namen van codelijsten of van {', '.join(VRIJE_WOORDEN)}",
        )
        eis(isinstance(namen, dict), f"synoniemen.{lijst}", "schrijfwijzen van codes uit de lijst")
        for wijze, code in namen.items():
            naam = ("synoniemen", lijst, wijze)
            if codes is not None:
                eis(code in codes, naam, f"schrijfwijzen van codes uit de lijst: {', '.join(codes)}")
            else:
                eis(
                    isinstance(code, str) and code.strip() == code != "" and code not in ("alle", "totaal"),
                    naam,
                    "een naam zonder spaties eromheen, en niet alle of totaal",
                )
    for tabel in ("teksten", "kerncijfers"):
        for code, tekst in waarden[tabel].items():
            eis(isinstance(tekst, str), (tabel, code), "een tekst")

    for jaar in waarden["status"]:
        bekend(
            re.fullmatch("[0-9]{4}", jaar) is not None,
            f"status.{jaar}",
            f'een regel per jaartal, bijvoorbeeld 2019 = "{VOORLOPIG}"',
        )
        eis(waarden["status"][jaar] in (VOORLOPIG, DEFINITIEF), f"status.{jaar}", f'"{VOORLOPIG}" of "{DEFINITIEF}"')

    def rijen(tabel: str, sleutels: Mapping[str, type | tuple[type, ...]]) -> list[dict[str, Any]]:
        """The rows of ``[[tabel]]``, each with just these keys."""
        for rij in waarden[tabel]:
            goed = (
                isinstance(rij, dict)
                and rij.keys() == sleutels.keys()
                and all(isinstance(rij[naam], soort) and rij[naam] not in ("", []) for naam, soort in sleutels.items())
            )
            if not goed:
                raise SettingsError(
                    f"{pad}: [[{tabel}]] {_toml(rij)} kan niet; verwacht worden {', '.join(sleutels)}, "
                    "met een datum als 2018-10-01."
                )
        return waarden[tabel]

    breuken, geen_breuken = (
        [
            Breuk(tuple(i) if isinstance(i := rij["indicatoren"], list) else (i,), rij["datum"], rij["reden"])
            for rij in rijen(tabel, {"indicatoren": (list, str), "datum": date, "reden": str})
        ]
        for tabel in ("breuken", "geen_breuken")
    )
    hernoemd = [Hernoemd(**rij) for rij in rijen("teams_hernoemd", {"van": str, "naar": str, "datum": date})]
    for rij in hernoemd:
        eis(rij.van != rij.naar, "teams_hernoemd", "een team dat anders gaat heten")

    d = waarden["drempels"]
    for naam in ("leeftijdsklassen", "maanden", "contacten_per_casus"):
        eis(stijgt(d[naam]) and d[naam][0] >= 0, f"drempels.{naam}", "een stijgende lijst van hele getallen vanaf 0")
    eis(d["leeftijdsklassen"][0] == 0, "drempels.leeftijdsklassen", "een lijst die met 0 begint")
    eis(len(d["maanden"]) == 2, "drempels.maanden", "twee grenzen")
    eis(d["kort_verbinding"] in ("en", "of"), "drempels.kort_verbinding", '"en" of "of"')
    eis(
        2 <= d["redelijk_complex_vanaf"] < d["complex_vanaf"],
        "drempels.complex_vanaf",
        "meer dan redelijk_complex_vanaf, dat zelf minstens 2 is",
    )
    for naam, waarde in d.items():
        if type(waarde) in (int, float):
            eis(waarde >= 0, f"drempels.{naam}", "0 of meer")
    eis(d["top"] >= 1, "drempels.top", "1 of meer")
    eis(d["overige_onder"] < 1, "drempels.overige_onder", "een aandeel onder 1")
    for naam, waarde in waarden["controle"].items():
        aandeel = isinstance(waarde, float) or naam.startswith("quarantaine")
        eis(
            0 <= waarde <= (1 if aandeel else MEESTE_MAANDEN),
            f"controle.{naam}",
            "een aandeel van 0 tot en met 1" if aandeel else f"een aantal maanden van 0 tot en met {MEESTE_MAANDEN}",
        )

    for naam, waarde in waarden["grenzen"].items():
        eis(waarde >= 1, f"grenzen.{naam}", "1 of meer")

    p = waarden["publiceren"]
    eis(p["drempel"] >= 5, "publiceren.drempel", "5 of meer")
    eis(p["afronden_op"] in (5, 10), "publiceren.afronden_op", "5 of 10")
    eis(1 <= p["marge"] <= 100, "publiceren.marge", "1 tot en met 100")
    for naam, mogelijk in (("kruistabellen", _WAAR), ("kernen", _WAAR), ("kwartalen", ("totaal", "alles", "geen"))):
        eis(p[naam] in mogelijk, f"publiceren.{naam}", " of ".join(f'"{woord}"' for woord in mogelijk))
    for naam in ("teams_zonder", "weg", "hoofdstukken_niet", "gevoelig"):
        eis(is_lijst(p[naam], str), f"publiceren.{naam}", "een lijst van teksten, elk één keer")
    eis("alle" not in p["teams_zonder"], "publiceren.teams_zonder", "een lijst van teams, zonder alle")
    eis(
        p["exact"] == "kerncijfers" or (isinstance(p["exact"], list) and is_lijst(p["exact"], str)),
        "publiceren.exact",
        '"kerncijfers" of een lijst van cijfers',
    )

    def vast(waarde: Any) -> Any:
        return tuple(waarde) if isinstance(waarde, list) else waarde

    return Settings(
        organisatie=organisatie,
        naam=waarden["naam"] or organisatie,
        toelichting_gegevens=waarden["toelichting_gegevens"],
        jaren=tuple(map(Periode, sorted(waarden["jaren"]))),
        teams=tuple(waarden["teams"]),
        hoofdstukken=tuple(waarden["hoofdstukken"]),
        codelijsten=MappingProxyType({naam: tuple(codes) for naam, codes in waarden["codelijsten"].items()}),
        synoniemen=MappingProxyType({naam: MappingProxyType(dict(w)) for naam, w in waarden["synoniemen"].items()}),
        drempels=Drempels(**{naam: vast(waarde) for naam, waarde in d.items()}),
        controle=Toetsing(**waarden["controle"]),
        grenzen=Grenzen(**waarden["grenzen"]),
        teksten=MappingProxyType(dict(waarden["teksten"])),
        kerncijfers=MappingProxyType(dict(waarden["kerncijfers"])),
        status=MappingProxyType(dict(waarden["status"])),
        publiceren=Publiceren(
            exact=None if p["exact"] == "kerncijfers" else vast(p["exact"]),
            **{naam: vast(waarde) for naam, waarde in p.items() if naam != "exact"},
        ),
        breuken=tuple(sorted(breuken, key=lambda breuk: breuk.datum)),
        geen_breuken=tuple(geen_breuken),
        teams_hernoemd=tuple(hernoemd),
        rollen=MappingProxyType({rol: tuple(soorten) for rol, soorten in waarden["rollen"].items()}),
        dekking=_coverage(waarden["dekking"], pad),
    )


def _toml(rij: Any) -> str:
    """What a file says of one row, short enough for a message."""
    return str(rij)[:120]
