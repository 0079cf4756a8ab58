"""The definitions of indicators: a value that is loaded once and handed on, as settings are.

A chapter's file declares its indicators with ``@indicator``; the name of the function is the id. Importing such a file
registers nothing: ``load_definitions`` gathers what the package declares, what installed packages declare (entry point
``kopanalyse.definities``), and what an organisation declares beside its own tables (``definities/*.py``).
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

from kopanalyse.errors import UserError
from kopanalyse.files import digest, file_digest
from kopanalyse.indicators.indicator import OURS, Indicator
from kopanalyse.indicators.voorbeelden.voorbeeld import Voorbeeld

if TYPE_CHECKING:
    from kopanalyse.engine.words import Expression
    from kopanalyse.indicators.registratie import Registratie
    from kopanalyse.settings import Settings

HOOFDSTUKKEN = (
    "casuistiek_in_aantallen",
    "casussen_op_inhoud",
    "informele_ondersteuning",
    "klanttevredenheid",
    "clienten_en_casussen",
    "dienstverlening",
    "hulpvragen_en_effecten",
)
"""The chapters that declare indicators, in the order of the handbook; each has a file here and in ``voorbeelden/``."""

EIGEN = "eigen_indicatoren"  # the chapter of what an organisation declares itself
ENTRY_POINT = "kopanalyse.definities"
DEFINITIES = "definities"  # the folder beside the raw tables


class DefinitieError(UserError):
    """A file with definitions of others cannot be used; the message (Dutch) names file and line."""


def indicator(**eigenschappen: Any) -> Callable[[Callable[[Registratie], Expression]], Indicator]:
    """Declare the decorated rule as the indicator with the function's name; properties as in ``Indicator``."""
    return lambda regel: Indicator(naam=regel.__name__, regel=regel, **eigenschappen)


@dataclass(frozen=True)
class Bron:
    """Code of others that declares indicators: the file or package (``naam``), and the digest of its text."""

    naam: str
    merk: str


@dataclass(frozen=True)
class Definities:
    """Every indicator by its id, in the order of the chapters, and their worked examples by the same ids.

    ``bronnen``: where code of others came from; empty where all is the package's own.
    """

    indicatoren: Mapping[str, Indicator]
    voorbeelden: Mapping[str, Voorbeeld]
    bronnen: tuple[Bron, ...] = ()

    @property
    def merk(self) -> str:
        """Digest of all code of others, wherever it stands; empty without any."""
        return digest([bron.merk for bron in self.bronnen]) if self.bronnen else ""

    def with_(self, hoofdstuk: str, bron: Bron, module: ModuleType) -> Definities:
        """These definitions and what ``module`` declares; ``DefinitieError`` for an id that is taken."""
        nieuw = [replace(ind, hoofdstuk=hoofdstuk, merk=bron.merk) for ind in _of_kind(module, Indicator)]
        voorbeelden = {voorbeeld.indicator: voorbeeld for voorbeeld in _of_kind(module, Voorbeeld)}
        for ind in nieuw:
            if ind.naam in self.indicatoren:
                raise DefinitieError(
                    f"{bron.naam}: de indicator {ind.naam} bestaat al"
                    f"{_declared_by(self, ind.naam)}. Geef de functie een andere naam."
                )
        for naam in voorbeelden:
            if naam not in {ind.naam for ind in nieuw}:
                raise DefinitieError(
                    f"{bron.naam}: er is een voorbeeld bij de indicator {naam}, en die staat niet in "
                    f"dit bestand. Aanwezig: {', '.join(ind.naam for ind in nieuw) or 'geen'}."
                )
        return Definities(
            MappingProxyType({**self.indicatoren, **{ind.naam: ind for ind in nieuw}}),
            MappingProxyType({**self.voorbeelden, **voorbeelden}),
            (*self.bronnen, bron),
        )


def _declared_by(definities: Definities, naam: str) -> str:
    merk = definities.indicatoren[naam].merk
    van = next((bron.naam for bron in definities.bronnen if bron.merk == merk), "kopanalyse zelf")
    return f" in {van}"


@cache
def own_definitions() -> Definities:
    """What the package itself declares: the same for every organisation, and never changed."""
    indicatoren, voorbeelden = {}, {}
    for naam in HOOFDSTUKKEN:
        for ind in _of_kind(import_module(f"kopanalyse.indicators.{naam}"), Indicator):
            indicatoren[ind.naam] = replace(ind, hoofdstuk=naam, merk=OURS)
        module = import_module(f"kopanalyse.indicators.voorbeelden.{naam}")
        voorbeelden |= {voorbeeld.indicator: voorbeeld for voorbeeld in _of_kind(module, Voorbeeld)}
    return Definities(MappingProxyType(indicatoren), MappingProxyType(voorbeelden))


def load_definitions(settings: Settings, raw: Path) -> Definities:
    """The package's own indicators, those of installed packages, and those in ``raw/<organisatie>/definities/*.py``.

    The files are run, in the order of their names. Raises ``DefinitieError`` (Dutch, with file and line) for one that
    cannot be run or declares an id that exists.
    """
    definities = own_definitions()
    for punt in sorted(entry_points(group=ENTRY_POINT), key=lambda punt: punt.name):
        with _readable(punt.value):
            module = punt.load()
        bron = Bron(punt.value, file_digest(Path(module.__file__)))
        definities = definities.with_(EIGEN, bron, module)
    for pad in sorted((Path(raw) / settings.organisatie / DEFINITIES).glob("*.py")):
        definities = definities.with_(EIGEN, Bron(pad.as_posix(), file_digest(pad)), _run(pad))
    return definities


def _run(pad: Path) -> ModuleType:
    """The module that a file is; it stands in no list of modules, so that it is run anew whenever it is loaded."""
    module = ModuleType(f"{DEFINITIES}.{pad.stem}")
    module.__file__ = str(pad)
    with _readable(pad.as_posix()):
        exec(compile(pad.read_text(encoding="utf-8-sig"), str(pad), "exec"), module.__dict__)  # their own
    return module


@contextmanager
def _readable(bron: str) -> Iterator[None]:
    """What goes wrong in code of others while it is loaded, as one sentence that names the line."""
    try:
        yield
    except UserError:
        raise
    except SyntaxError as fout:
        raise DefinitieError(f"{bron}, regel {fout.lineno}: dit is geen Python ({fout.msg}).") from fout
    except UnicodeDecodeError as fout:
        raise DefinitieError(f"{bron} is geen UTF-8-tekst; bewaar het bestand als UTF-8.") from fout
    except Exception as fout:
        regels = [stap.lineno for stap in traceback.extract_tb(fout.__traceback__) if stap.filename == bron]
        waar = f", regel {regels[-1]}" if regels else ""
        raise DefinitieError(f"{bron}{waar}: {type(fout).__name__}: {fout}.") from fout


def _of_kind(module: ModuleType, soort: type) -> list:
    """What a module declares of this kind, in the order of its text; what it only imports counts too."""
    waarden = [
        deel
        for naam, waarde in vars(module).items()
        if not naam.startswith("_")
        for deel in (waarde if isinstance(waarde, list | tuple) else [waarde])
    ]
    return [waarde for waarde in waarden if isinstance(waarde, soort)]
