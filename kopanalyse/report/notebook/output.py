"""What is shown under a cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kopanalyse.report.cijfers.compare import MEER_DAN_TOEVAL, MISSCHIEN, NIET_AANTOONBAAR
from kopanalyse.report.dutch import ontsnapt

if TYPE_CHECKING:
    from kopanalyse.report.parts.catalogue import Zin
    from kopanalyse.report.parts.part import Onderdeel


OORDELEN = (MEER_DAN_TOEVAL, NIET_AANTOONBAAR, MISSCHIEN, "te verwachten is", "schommeling van maand tot maand")
"""Words of which the handbook says how they came about."""
UITLEG = "<span data-vergelijken>Vergelijken wij zo</span>"


@dataclass(frozen=True)
class Uitvoer:
    """Something to show under a cell; ``html`` holds no text that is not escaped.

    ``meenemen`` is what goes with it, by media type, for whoever makes files of an executed notebook.
    """

    html: str
    kort: str = field(default="", repr=False)
    meenemen: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return dict(self.meenemen)

    def __repr__(self) -> str:
        return self.kort


def sentence(tekst: str, meenemen: Mapping[str, Any] | None = None, *, zwijgt: bool = False) -> Uitvoer:
    """Only a sentence, where there is nothing else to show; with ``zwijgt`` no reader gets it."""
    return Uitvoer(f'<p class="leeg"{" hidden" if zwijgt else ""}>{ontsnapt(tekst)}</p>', tekst, meenemen or {})


def duiding_html(deel: Onderdeel) -> str:
    """What the figures of a part say; nothing when they say nothing."""
    zinnen = " ".join(filter(None, deel.duiding))
    return f'<p class="duiding">{ontsnapt(zinnen)}{how_html(zinnen)}</p>' if zinnen else ""


def how_html(tekst: str) -> str:
    """Behind a verdict the words that a built page links to how it came about; nothing behind anything else."""
    return f" (uitleg: {UITLEG})" if any(woord in tekst for woord in OORDELEN) else ""


def sentence_html(zin: Zin, adres: Callable[[str], str]) -> str:
    """A sentence with a link at each number whose part has an address (``adres``), and behind a verdict how it came."""
    html = ontsnapt(zin.tekst)
    for getal, onderdeel in zin.bij.items():
        kaal = ontsnapt(getal.replace("≈", ""))
        if (href := adres(onderdeel)) and any(map(str.isdigit, kaal)):
            html = re.sub(rf"(?<![\w.,]){re.escape(kaal)}(?![.,]?\d)", rf'<a href="{href}">\g<0></a>', html, count=1)
    return html + how_html(zin.tekst)


def notes_html(noten: Sequence[str]) -> str:
    """Sentences under a part; what explains a verdict that is not given leads on to how they come about."""
    return "".join(
        f'<p class="noot">{ontsnapt(noot)}{how_html(noot) if NIET_AANTOONBAAR in noot or MISSCHIEN in noot else ""}</p>'
        for noot in noten
    )


def table_html(deel: Onderdeel) -> str:
    """The table of a part, with behind it how its verdicts came about."""
    html = deel.tabel.html()
    return f'{html}<p class="noot">Uitleg: {UITLEG}.</p>' if how_html(html) else html


def grondslag_html(deel: Onderdeel, tag: str = "span") -> str:
    """How many records are behind a part."""
    return f'<{tag} class="grondslag">{ontsnapt(deel.grondslag)}</{tag}>' if deel.grondslag else ""
