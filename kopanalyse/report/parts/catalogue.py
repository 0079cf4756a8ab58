"""What a chapter declares: its paragraphs, its parts and its rows of key figures; and how a part is made, or why not.

Parts are declared with ``@onderdeel``; the name of the function is the name that a notebook asks for. Nothing is
registered: ``chapters.load_catalogue`` gathers what the chapters declare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kopanalyse.checked.outcome import much_lost
from kopanalyse.raw.schema import ALLE
from kopanalyse.report.cijfers.cijfer import DEELS, VOLLEDIG
from kopanalyse.report.cijfers.compare import MISSCHIEN, doubts
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import LEEG, getal, in_zin, opsomming
from kopanalyse.report.parts.breaks import break_notes
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.table import Tabel

if TYPE_CHECKING:
    from kopanalyse.indicators.indicator import Indicator

Maker = Callable[[Cijfers], Onderdeel]
VERSCHIL = "Verschil"  # how a column begins that holds a year against the one before


@dataclass(frozen=True)
class Declaratie:
    """A declared part: how to make it, and the indicators whose definitions belong to it; the first is the main one.

    ``een_is_genoeg``: the part can be made as soon as one of the indicators has figures. ``naast_vorig``: it is about
    the difference with the year before. ``uit_registratie``: it counts something that no long table has, and an edition
    goes without it.
    """

    naam: str
    titel: str
    maak: Maker
    indicatoren: tuple[str, ...]
    een_is_genoeg: bool
    naast_vorig: bool
    uit_registratie: bool = False


@dataclass(frozen=True)
class Kernrij:
    """A declared row of key figures."""

    naam: str
    maak: Callable[[Cijfers], list[Kerncijfer]]


@dataclass(frozen=True)
class Zin:
    """A sentence of figures; ``bij`` says of numbers in it, as they are written there, which part shows them."""

    tekst: str
    bij: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Alinea:
    """A declared paragraph of such sentences."""

    naam: str
    maak: Callable[[Cijfers], list[Zin]]


@dataclass(frozen=True)
class Hoofdstuk:
    """A chapter of a report, by the name of its notebook.

    ``paragrafen`` are the places for commentary in it; no two chapters share the name of one. ``verhalen``: whether it
    shows stories. ``onderdelen``, ``kernrijen`` and ``alineas`` are what its notebook can show, by name. ``notebook``
    is that of an organisation's own chapter and ``titel`` its first heading; both are empty for one of the package.
    """

    naam: str
    paragrafen: tuple[str, ...] = ()
    verhalen: bool = True
    onderdelen: Mapping[str, Declaratie] = field(default_factory=dict)
    kernrijen: Mapping[str, Kernrij] = field(default_factory=dict)
    alineas: Mapping[str, Alinea] = field(default_factory=dict)
    notebook: Path | None = None
    titel: str = ""


def onderdeel(
    titel: str,
    *indicatoren: str,
    een_is_genoeg: bool = False,
    naast_vorig: bool = False,
    uit_registratie: bool = False,
) -> Callable[[Maker], Declaratie]:
    """Declare the decorated function as a part with this title, about these indicators.

    It is shown when there are figures of the first of them; with ``een_is_genoeg``, of any. With ``naast_vorig`` only
    when there is a year before to hold this one against.
    """

    return lambda maak: Declaratie(maak.__name__, titel, maak, indicatoren, een_is_genoeg, naast_vorig, uit_registratie)


def kerncijfers(maak: Callable[[Cijfers], list[Kerncijfer]]) -> Kernrij:
    """Declare the decorated function as a row of key figures."""
    return Kernrij(maak.__name__, maak)


def alinea(maak: Callable[[Cijfers], list[Zin]]) -> Alinea:
    """Declare the decorated function as a paragraph of sentences."""
    return Alinea(maak.__name__, maak)


def make(declaratie: Declaratie, c: Cijfers) -> Onderdeel:
    """The part; when the long table lacks its indicators for this team, the sentence that says why."""
    if declaratie.naast_vorig and c.vorig is None:
        return Onderdeel(declaratie.titel, leeg=f"{declaratie.titel}: {_nothing_before(c)}.")
    if declaratie.uit_registratie and c.openbaar:
        return Onderdeel(declaratie.titel, leeg=f"{declaratie.titel.rstrip('?')}: dit wordt niet gepubliceerd.")
    genoeg = any if declaratie.een_is_genoeg else all
    eerste = next(iter(declaratie.indicatoren), "")
    if eerste and not declaratie.een_is_genoeg and c.heeft(eerste) and c.outside(eerste):
        return Onderdeel(
            declaratie.titel, leeg=f"{declaratie.titel.rstrip('?')}: {why_absent(c.definities.indicatoren[eerste], c)}."
        )
    c.verzwegen = False
    if genoeg(c.heeft(indicator) for indicator in declaratie.indicatoren[: None if declaratie.een_is_genoeg else 1]):
        deel = replace(declaratie.maak(c), titel=declaratie.titel)
        return _with_coverage(_with_breaks(deel, declaratie, c), declaratie, c)
    waarom = why_absent(c.definities.indicatoren[declaratie.indicatoren[0]], c)
    return Onderdeel(declaratie.titel, leeg=f"{declaratie.titel.rstrip('?')}: {waarom}.")


def _with_coverage(deel: Onderdeel, declaratie: Declaratie, c: Cijfers) -> Onderdeel:
    """The part with the word ``deels`` at every year that the registration covers in part, and what it covers."""
    deels = [
        jaar
        for jaar in c.jaren
        if any(c.coverage(i, jaar) == DEELS for i in declaratie.indicatoren if c.heeft(i))
        or (not declaratie.indicatoren and c.partly(jaar))
    ]
    buiten = [jaar for jaar in c.jaren if declaratie.indicatoren and c.outside(declaratie.indicatoren[0], jaar)]
    if not (deels or buiten) or deel.tabel is None:
        return deel

    def marked(tekst: str) -> str:
        return next(
            (f"{tekst} ({DEELS})" for jaar in deels if re.fullmatch(rf"((Heel|Totaal|Gestegen|n) )?{jaar}", tekst)),
            tekst,
        )

    tabel = replace(
        deel.tabel,
        kolommen=[replace(k, kop=marked(k.kop), groep=marked(k.groep)) for k in deel.tabel.kolommen],
        rijen=[replace(rij, kop=marked(rij.kop)) for rij in deel.tabel.rijen],
    )
    noten = (
        [
            f"{DEELS.capitalize()}: over {opsomming(map(str, deels))} is maar een deel geregistreerd; dat wordt alleen "
            "vergeleken met hetzelfde deel van een jaar eerder."
        ]
        if deels
        else []
    )
    noten += [f"Geen gegevens over {opsomming(map(str, buiten))}."] if buiten else []
    return replace(deel, tabel=tabel, noten=[*deel.noten, *noten])


def _with_breaks(deel: Onderdeel, declaratie: Declaratie, c: Cijfers) -> Onderdeel:
    """The part with every break that lies between its years: said where it does not say so itself, and no difference
    across it.
    """
    if deel.tabel is None or c.vorig is None:
        return deel
    gezegd = " ".join(deel.noten)
    noten = [
        noot
        for noot in break_notes(c, [(indicator, "") for indicator in declaratie.indicatoren], streep=False)
        if noot.partition(" ")[2] not in gezegd
    ]
    gezien = dict.fromkeys(
        f"{in_zin(c.definities.indicatoren[k.indicator].titel)} {k.gezien}"
        for indicator in declaratie.indicatoren
        for k in doubts(c, indicator, "")
    )
    noten += [
        f"Dit is in {c.nu} {MISSCHIEN} dan in {c.toen} ({'; '.join(gezien)}). Tot dat beoordeeld is, staat er geen "
        "vergelijking."
    ] * bool(gezien)
    return replace(deel, tabel=_without_differences(deel.tabel, declaratie, c), noten=[*deel.noten, *noten])


def _without_differences(tabel: Tabel, declaratie: Declaratie, c: Cijfers) -> Tabel:
    """The table without what it says of a difference that is none: over a break, or with a year known in part."""
    eerste = next(iter(declaratie.indicatoren), "")
    ver = [plaats for plaats, kolom in enumerate(tabel.kolommen) if kolom.kop.startswith(VERSCHIL)]
    if not (eerste and ver):
        return tabel
    anders = c.breuken(eerste) or doubts(c, eerste, "")
    if not anders and all(c.coverage(eerste, jaar) == VOLLEDIG for jaar in c.jaren):
        return tabel
    rijen = [
        replace(rij, waarden=[LEEG if plaats in ver else waarde for plaats, waarde in enumerate(rij.waarden)])
        for rij in tabel.rijen
    ]
    return replace(tabel, rijen=rijen)


def nothing_to_show(declaratie: Declaratie, c: Cijfers) -> str:
    """Why the part shows nothing that counts, to end a sentence with; empty when it does, or may."""
    if declaratie.naast_vorig and c.vorig is None:
        return _nothing_before(c)
    eerste = next(iter(declaratie.indicatoren), "")
    return why_absent(c.definities.indicatoren[eerste], c) if eerste and not c.telt(eerste) else ""


def _nothing_before(c: Cijfers) -> str:
    return f"over {c.periode.vorige.woorden} zijn er geen cijfers om naast die van {c.nu} te zetten"


def lost_tables(tabellen: Iterable[str], c: Cijfers) -> str:
    """Of which of ``tabellen`` much is in quarantine, as the beginning of a sentence; empty when of none.

    How much is much, is a setting (``controle.quarantaine_gemeld``).
    """
    verloren = much_lost(c.map, dict.fromkeys(tabellen), c.settings.controle.quarantaine_gemeld)
    delen = [
        f"{getal(aandeel, 'aandeel')} van de rijen van {in_zin(c.settings.tekst(tabel))}"
        for tabel, aandeel in verloren.items()
    ]
    return f"in quarantaine {'staat' if len(delen) == 1 else 'staan'} {opsomming(delen)}" if delen else ""


def why_absent(ind: Indicator, c: Cijfers) -> str:
    """Why ``c`` has no figures of this indicator for its team and years, to end a sentence with."""
    if c.openbaar:
        return _why_unpublished(ind, c)
    van = f"in de registratie van {c.settings.naam}"
    ontbreekt = [tabel for tabel in ind.tabellen if not (c.map / "checked" / f"{tabel}.parquet").is_file()]
    if c.heeft(ind.naam) and c.outside(ind.naam):
        return f"geen gegevens over {c.nu}"
    verloren = lost_tables(ind.tabellen, c)
    if c.heeft(ind.naam):
        return _nothing_left(verloren) or f"in {opsomming(map(str, c.jaren))} is hierover niets geteld"
    if c.team != ALLE and c.heeft(ind.naam, ALLE):
        return "dit wordt alleen voor de hele organisatie geteld"
    if ontbreekt and not ind.minstens_een:
        wat = f"de tabel {ontbreekt[0]}" if len(ontbreekt) == 1 else f"de tabellen {opsomming(ontbreekt)}"
        return f"{van} ontbreekt {wat}" if len(ontbreekt) == 1 else f"{van} ontbreken {wat}"
    if ind.rol and not c.settings.has_kind(ind.rol):
        return f"dit gaat over trajecten in de rol {ind.rol}, en die heeft {c.settings.naam} niet"
    if ind.kort_of_casus and not (c.map / "checked" / "contacten.parquet").is_file():
        return f"{van} ontbreekt de tabel contacten, en is van geen traject geregistreerd of het kort of een casus is"
    if not c.ingevuld(ind.naam):
        kolommen = [kolom.split(".")[1] for kolom in ind.steunt_op]
        wat = f"is de kolom {kolommen[0]}" if len(kolommen) == 1 else f"zijn de kolommen {' en '.join(kolommen)}"
        return f"{van} {wat} nergens ingevuld"
    return _nothing_left(verloren) or f"{van} staat hierover niets"


def _why_unpublished(ind: Indicator, c: Cijfers) -> str:
    """Why an edition has no figures of this indicator, by its table alone."""
    if c.heeft(ind.naam) and c.outside(ind.naam):
        return f"geen gegevens over {c.nu}"
    if c.heeft(ind.naam):
        return f"in {opsomming(map(str, c.jaren))} is hierover niets geteld"
    if c.team != ALLE and c.heeft(ind.naam, ALLE):
        return "dit staat er alleen voor de hele organisatie"
    return "hierover staat niets in deze publicatie"


def _nothing_left(verloren: str) -> str:
    return f"{verloren}, zodat hierover niets te zeggen is" if verloren else ""
