"""Every chapter that a report can have: a file or folder each, with the name of its notebook.

``load_catalogue`` gathers what they declare into one value, with an organisation's own chapters and indicators.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType

from kopanalyse.errors import UserError
from kopanalyse.indicators.catalogue import Definities, load_definitions, own_definitions
from kopanalyse.report.parts.catalogue import Alinea, Declaratie, Hoofdstuk, Kernrij
from kopanalyse.report.parts.own import part_of
from kopanalyse.settings import OPENING, Settings

HOOFDSTUKKEN = (
    "jaarverslag",
    "casuistiek_in_aantallen",
    "casussen_op_inhoud",
    "clienten_en_casussen",
    "hulpvragen_en_effecten",
    "dienstverlening",
    "groepswerk",
    "informele_ondersteuning",
    "klanttevredenheid",
    "wat_is_er_veranderd",
    "vergelijking",
    "personas_en_klantreizen",
    "datakwaliteit",
)
"""The package's own chapters, by the name of their file here, of their notebook, and wherever else they have one."""

EIGEN = "hoofdstukken"  # the folder beside the raw tables with notebooks of an organisation's own


class HoofdstukError(UserError):
    """An organisation's own chapter cannot be used; the message (Dutch) names the file and what to do."""


@dataclass(frozen=True)
class Catalogus:
    """All that a report of one organisation can be made of: its definitions, and the chapters by name.

    ``namen`` are the chapters of its report in their order, after the opening page: those of the settings, then its own
    in the order of their names.
    """

    definities: Definities
    hoofdstukken: Mapping[str, Hoofdstuk]
    namen: tuple[str, ...]

    @property
    def onderdelen(self) -> dict[str, Declaratie]:
        """Every part by its name; an indicator that others declared is one by its own."""
        eigen = {naam: part_of(ind) for naam, ind in self.definities.indicatoren.items() if not ind.is_ours}
        return {naam: deel for h in self.hoofdstukken.values() for naam, deel in h.onderdelen.items()} | eigen

    @property
    def kernrijen(self) -> dict[str, Kernrij]:
        """Every row of key figures by its name."""
        return {naam: rij for h in self.hoofdstukken.values() for naam, rij in h.kernrijen.items()}

    @property
    def alineas(self) -> dict[str, Alinea]:
        """Every paragraph of sentences by its name."""
        return {naam: alinea for h in self.hoofdstukken.values() for naam, alinea in h.alineas.items()}

    def page_of(self, onderdeel: str) -> str:
        """The chapter of this report that shows a part; empty when none does."""
        toont = (n for n in self.namen if n in self.hoofdstukken and onderdeel in self.hoofdstukken[n].onderdelen)
        return next(toont, "")

    @property
    def paginas(self) -> tuple[str, ...]:
        """The opening page and the chapters, by the names of their notebooks."""
        return OPENING, *self.namen

    def chapter_of(self, paragraaf: str) -> str:
        """The chapter that has this paragraph; empty when none has."""
        return next((h.naam for h in self.hoofdstukken.values() if paragraaf in h.paragrafen), "")

    def is_own(self, naam: str) -> bool:
        """Whether a chapter is the organisation's own: when it fails, it takes nothing else away."""
        return naam in self.hoofdstukken and self.hoofdstukken[naam].notebook is not None

    def titel(self, naam: str, settings: Settings) -> str:
        """What a reader calls a chapter or page: the organisation's word for it, or its notebook's first heading."""
        hoofdstuk = self.hoofdstukken.get(naam)
        return hoofdstuk.titel if hoofdstuk and hoofdstuk.titel else settings.tekst(naam)


def own_catalogue(settings: Settings) -> Catalogus:
    """The catalogue without anything of the organisation's own."""
    return Catalogus(own_definitions(), own_chapters(), settings.hoofdstukken)


def load_catalogue(settings: Settings, raw: Path) -> Catalogus:
    """The catalogue of one organisation; raises ``DefinitieError`` or ``HoofdstukError`` for what cannot be used."""
    hoofdstukken = dict(own_chapters())
    for pad in sorted((Path(raw) / settings.organisatie / EIGEN).glob("*.ipynb")):
        if pad.stem in hoofdstukken:
            raise HoofdstukError(
                f"{pad} heet als een hoofdstuk van kopanalyse zelf; geef het notebook een andere naam."
            )
        hoofdstukken[pad.stem] = Hoofdstuk(pad.stem, notebook=pad, titel=_first_heading(pad))
    eigen = tuple(naam for naam, h in hoofdstukken.items() if h.notebook and naam not in settings.hoofdstukken)
    return Catalogus(load_definitions(settings, raw), hoofdstukken, (*settings.hoofdstukken, *eigen))


@cache
def own_chapters() -> Mapping[str, Hoofdstuk]:
    """The package's own chapters by name: the same for every organisation, and never changed."""
    modules = [import_module(f"{__name__}.{naam}") for naam in HOOFDSTUKKEN]
    hoofdstukken = [
        replace(
            module.HOOFDSTUK,
            onderdelen=_declared(module, Declaratie),
            kernrijen=_declared(module, Kernrij),
            alineas=_declared(module, Alinea),
        )
        for module in modules
    ]
    return MappingProxyType({h.naam: h for h in hoofdstukken})


def _declared(module: ModuleType, soort: type) -> dict:
    """What a chapter's file, or the files of its folder, declare of this kind, by name and in the order of the text."""
    gevonden = {}
    for waarde in vars(module).values():
        if isinstance(waarde, ModuleType) and waarde.__name__.startswith(f"{module.__name__}."):
            gevonden |= _declared(waarde, soort)
        elif isinstance(waarde, soort):
            gevonden[waarde.naam] = waarde
    return gevonden


def _first_heading(notebook: Path) -> str:
    """The first heading of a notebook; the name of its file where it has none, or cannot be read (running tells)."""
    try:
        cellen = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        regels = "".join(
            cel["source"] if isinstance(cel["source"], str) else "".join(cel["source"])
            for cel in cellen
            if cel["cell_type"] == "markdown"
        ).splitlines()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return notebook.stem
    return next((regel[2:].strip() for regel in regels if regel.startswith("# ")), notebook.stem)
