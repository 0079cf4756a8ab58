"""Settings of one organisation: read from TOML, held against ``standaard.toml``, frozen and passed in.

``standaard.toml`` lists every key with its default and thereby says what a valid file may contain. An organisation
overrides it twice: with the file that the package ships (``dekop.toml``) and with ``organisatie.toml`` beside its own
raw tables, which may also describe an organisation that the package has never heard of.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kopanalyse.errors import UserError

_ORGANISATIES = Path(__file__).parent / "organisaties"
_VRIJE_TABELLEN = ("teksten", "synoniemen", "kerncijfers", "status")  # their keys are the organisation's own words
_VERVANGT = ("kerncijfers",)                 # an organisation that names any names them all

VOORLOPIG, DEFINITIEF = "voorlopig", "definitief"
OPENING = "jaarverslag"                      # the notebook of the page that a report opens with


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
        return tuple(f"{a}-{b - 1}" for a, b in zip(van, van[1:])) + (f"{van[-1]}+",)

    @property
    def maandlabels(self) -> tuple[str, str, str]:
        """Names of the classes of a wait or a duration: ``< 1 mnd``, ``1-2 mnd``, ``> 2 mnd``."""
        kort, lang = self.maanden
        return f"< {kort} mnd", f"{kort}-{lang} mnd", f"> {lang} mnd"

    @property
    def contactlabels(self) -> tuple[str, ...]:
        """Names of the classes of a number of contacts in ascending order: ``0-3``, …, ``> 100``."""
        tot = self.contacten_per_casus
        return tuple(f"{a}-{b}" for a, b in zip((0, *(grens + 1 for grens in tot)), tot)) + (f"> {tot[-1]}",)

    @property
    def kort_in_woorden(self) -> str:
        """When a traject is a kort contact, to stand in a sentence (Dutch)."""
        uren = f"{self.kort_uren:g}".replace(".", ",")
        return (f"{'hooguit' if self.kort_uren_inclusief else 'minder dan'} {uren} uur {self.kort_verbinding} hooguit "
                f"{self.kort_contacten} contacten")


@dataclass(frozen=True)
class Settings:
    """Everything that differs between organisations. ``organisatie`` is also the name of its data folder."""

    organisatie: str
    naam: str
    toelichting_gegevens: str
    jaren: tuple[int, ...]
    teams: tuple[str, ...]
    hoofdstukken: tuple[str, ...]
    codelijsten: Mapping[str, tuple[str, ...]]
    synoniemen: Mapping[str, Mapping[str, str]]
    drempels: Drempels
    teksten: Mapping[str, str]
    kerncijfers: Mapping[str, str]
    status: Mapping[str, str]

    @property
    def notebooks(self) -> tuple[str, ...]:
        """Names of the notebooks that make a report: its opening page and the chapters, in order."""
        return OPENING, *self.hoofdstukken

    @property
    def fingerprint(self) -> str:
        """Digest of all settings that figures depend on: the same figures need the same digest."""
        rekent = [self.drempels, *(sorted((naam, *deel) if isinstance(deel, tuple) else (naam, *deel.items())
                                          for naam, deel in lijst.items())
                                   for lijst in (self.codelijsten, self.synoniemen))]
        return hashlib.sha256(repr(rekent).encode()).hexdigest()[:16]

    def tekst(self, code: str) -> str:
        """The words that a reader sees for ``code``; a code without a text of its own loses its underscores."""
        return self.teksten.get(code, code.replace("_", " "))


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
            f"Een andere organisatie beschrijft u in {bestanden[1]}.{zelf}")
    waarden = _read_toml(_ORGANISATIES / "standaard.toml")
    for pad in aanwezig:
        waarden = _merge(waarden, _read_toml(pad), pad)
    return _settings(organisatie, waarden, aanwezig[-1])


def known_organisations(raw: Path = Path("data/raw")) -> list[str]:
    """Names of the organisations that have settings, in the package or beside their own raw tables, sorted."""
    eigen = {pad.parent.name for pad in Path(raw).glob("*/organisatie.toml")}
    meegeleverd = {pad.stem for pad in _ORGANISATIES.glob("*.toml")} - {"standaard"}
    return sorted(eigen | meegeleverd)


def _read_toml(pad: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(pad.read_text(encoding="utf-8-sig"))
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
            tip = f" Bedoelde u {binnen}{lijkt[0]}?" if lijkt else ""
            raise SettingsError(f"{pad}: de sleutel {naam} bestaat niet.{tip} Mogelijk zijn: {', '.join(basis)}.")
        oud = basis.get(sleutel, {} if binnen == "synoniemen." else "")
        _check_type(oud, waarde, naam, pad)
        nieuw = isinstance(oud, dict) and sleutel not in _VERVANGT
        samen[sleutel] = _merge(oud, waarde, pad, f"{naam}.") if nieuw else waarde
    return samen


_SOORTEN = {bool: "true of false", int: "een heel getal", float: "een getal", str: "een tekst", list: "een lijst",
            dict: "een tabel [..]"}


def _check_type(oud: Any, waarde: Any, naam: str, pad: Path) -> None:
    past = type(waarde) is type(oud) or (isinstance(oud, float) and type(waarde) is int)
    if not past:
        raise SettingsError(f"{pad}: {naam} = {waarde!r} kan niet; verwacht wordt {_SOORTEN[type(oud)]}.")


def _settings(organisatie: str, waarden: Mapping[str, Any], pad: Path) -> Settings:
    def eis(goed: bool, naam: str, verwacht: str) -> None:
        if not goed:
            waarde = waarden
            for deel in naam.split("."):
                waarde = waarde[deel]
            raise SettingsError(f"{pad}: {naam} = {waarde!r} kan niet; verwacht wordt {verwacht}.")

    def is_lijst(waarde: Any, soort: type) -> bool:
        return all(type(deel) is soort for deel in waarde) and len(set(waarde)) == len(waarde)

    def stijgt(waarde: list) -> bool:
        return bool(waarde) and is_lijst(waarde, int) and list(waarde) == sorted(waarde)

    eis(is_lijst(waarden["jaren"], int), "jaren", "een lijst van jaartallen, elk één keer")
    eis(all(1900 <= jaar <= 9998 for jaar in waarden["jaren"]), "jaren", "een lijst van jaartallen")
    eis(is_lijst(waarden["teams"], str), "teams", "een lijst van namen, elk één keer")
    eis(is_lijst(waarden["hoofdstukken"], str), "hoofdstukken", "een lijst van namen van notebooks, elk één keer")
    for lijst, codes in waarden["codelijsten"].items():
        naam = f"codelijsten.{lijst}"
        eis(bool(codes) and is_lijst(codes, str), naam, "een lijst van teksten, elk één keer")
        eis("totaal" not in codes and all(code == code.strip() != "" for code in codes), naam,
            "een lijst zonder lege teksten, zonder spaties eromheen en zonder het woord totaal")
    for lijst, namen in waarden["synoniemen"].items():
        eis(lijst in waarden["codelijsten"], "synoniemen", "alleen namen van codelijsten")
        eis(isinstance(namen, dict) and all(code in waarden["codelijsten"][lijst] for code in namen.values()),
            f"synoniemen.{lijst}", "schrijfwijzen van codes uit de lijst")
    for tabel in ("teksten", "kerncijfers"):
        eis(all(isinstance(tekst, str) for tekst in waarden[tabel].values()), tabel, "teksten")

    for jaar in waarden["status"]:
        eis(re.fullmatch("[0-9]{4}", jaar) is not None, "status",
            f'een regel per jaartal, bijvoorbeeld 2019 = "{VOORLOPIG}"')
        eis(waarden["status"][jaar] in (VOORLOPIG, DEFINITIEF), f"status.{jaar}", f'"{VOORLOPIG}" of "{DEFINITIEF}"')

    d = waarden["drempels"]
    for naam in ("leeftijdsklassen", "maanden", "contacten_per_casus"):
        eis(stijgt(d[naam]) and d[naam][0] >= 0, f"drempels.{naam}", "een stijgende lijst van hele getallen vanaf 0")
    eis(d["leeftijdsklassen"][0] == 0, "drempels.leeftijdsklassen", "een lijst die met 0 begint")
    eis(len(d["maanden"]) == 2, "drempels.maanden", "twee grenzen")
    eis(d["kort_verbinding"] in ("en", "of"), "drempels.kort_verbinding", '"en" of "of"')
    eis(2 <= d["redelijk_complex_vanaf"] < d["complex_vanaf"], "drempels.complex_vanaf",
        "meer dan redelijk_complex_vanaf, dat zelf minstens 2 is")
    for naam, waarde in d.items():
        if type(waarde) in (int, float):
            eis(waarde >= 0, f"drempels.{naam}", "0 of meer")
    eis(d["top"] >= 1, "drempels.top", "1 of meer")
    eis(d["overige_onder"] < 1, "drempels.overige_onder", "een aandeel onder 1")

    def vast(waarde: Any) -> Any:
        return tuple(waarde) if isinstance(waarde, list) else waarde

    return Settings(
        organisatie=organisatie,
        naam=waarden["naam"] or organisatie,
        toelichting_gegevens=waarden["toelichting_gegevens"],
        jaren=tuple(sorted(waarden["jaren"])),
        teams=tuple(waarden["teams"]),
        hoofdstukken=tuple(waarden["hoofdstukken"]),
        codelijsten=MappingProxyType({naam: tuple(codes) for naam, codes in waarden["codelijsten"].items()}),
        synoniemen=MappingProxyType({naam: MappingProxyType(dict(w)) for naam, w in waarden["synoniemen"].items()}),
        drempels=Drempels(**{naam: vast(waarde) for naam, waarde in d.items()}),
        teksten=MappingProxyType(dict(waarden["teksten"])),
        kerncijfers=MappingProxyType(dict(waarden["kerncijfers"])),
        status=MappingProxyType(dict(waarden["status"])),
    )
