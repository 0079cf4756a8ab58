"""A klantreis as a map and as a table of the same words.

The map has phases as columns, a curve of how it feels, and lanes of words; it is SVG written by hand.

A map consists of bands of one or more phases, each a picture of its own, so that a long journey goes on below and a
printed sheet never cuts through one. Only presentation attributes are used: the page's Content-Security-Policy allows
no style of a picture's own. Every step has a number, on the curve and before each of its texts, so that nothing is
said with place or colour alone. The fonts of a reader are not known here: text is wrapped by a careful estimate, and a
line that a wide letter would make too long is held to its length.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kopanalyse.report.authors.klantreis import Klantreis, Stap
from kopanalyse.report.charts.letters import held_to
from kopanalyse.report.charts.style import ACCENT, GRIJS, INKT, LIJN, ZWAAR
from kopanalyse.report.charts.svg import LETTERS
from kopanalyse.report.dutch import LEEG, leesbaar, ontsnapt, quote, verschil
from kopanalyse.report.parts.table import TEKST, Kolom, Rij, Tabel


@dataclass(frozen=True)
class Vorm:
    """How wide a map and its letters are, in pixels, and how many phases stand beside each other."""

    breedte: int
    kolommen: int
    letter: float

    @property
    def regel(self) -> float:
        """The distance between two lines of text."""
        return self.letter * 1.28


BREED, SMAL = Vorm(720, 4, 12.5), Vorm(336, 1, 14)
GOOT = 14  # pixels between columns
HOOGTE, RAND, STRAAL, AS = 132, 16, 10.5, 26  # of the curve: height, room above and below, its dots, its scale
VLAK = "#f3f6f8"


def journey_html(reis: Klantreis, organisatie: str) -> str:
    """The journey as a map for a wide and one for a narrow page, and as a table; all texts escaped."""
    bron = f'<p class="bij">{ontsnapt(reis.bron)}</p>' if reis.bron else ""
    return (
        f'<article class="klantreis"><h3>{ontsnapt(reis.groep)}</h3><p>{ontsnapt(reis.omschrijving)}</p>'
        f'<div class="reiskaart">{maps(reis, organisatie, BREED)}</div>'
        f'<div class="reiskaart smal" hidden>{maps(reis, organisatie, SMAL)}</div>'
        f"<details><summary>Dezelfde reis in een tabel</summary>{_table(reis, organisatie).html()}</details>"
        f"{bron}</article>"
    )


def _table(reis: Klantreis, organisatie: str) -> Tabel:
    koppen = ("Fase", "Wat er gebeurt", "Gedachte", "Gevoel", "Wie het ziet", f"Wat {organisatie} doet")
    rijen = [
        Rij(
            str(s.nummer),
            [
                s.fase,
                s.gebeurtenis,
                quote(s.gedachte),
                s.gevoel_in_woorden,
                s.wie_het_ziet or LEEG,
                s.organisatie or LEEG,
            ],
        )
        for s in reis.stappen
    ]
    return Tabel(f"Klantreis {reis.groep}", "Stap", [Kolom(kop, TEKST) for kop in koppen], rijen)


def maps(reis: Klantreis, organisatie: str, vorm: Vorm) -> str:
    """All bands of the journey, one below the other."""
    aantal = math.ceil(len(reis.fasen) / vorm.kolommen)
    per_band = math.ceil(len(reis.fasen) / aantal)
    return "".join(
        _Band(reis, reis.fasen[van : van + per_band], organisatie, vorm).svg()
        for van in range(0, len(reis.fasen), per_band)
    )


class _Band:
    """One band while it is drawn from top to bottom; ``y`` is where the next thing comes."""

    def __init__(self, reis: Klantreis, fasen: Sequence[str], organisatie: str, vorm: Vorm) -> None:
        self.reis, self.fasen, self.vorm = reis, fasen, vorm
        self.letter, self.regel = vorm.letter, vorm.regel
        self.stappen = [stap for stap in reis.stappen if stap.fase in fasen]
        self.kolom = vorm.breedte / len(fasen)
        self.delen: list[str] = []
        self.y = 0.0
        self._heads()
        self._lane("Wat er gebeurt", lambda stap: stap.gebeurtenis)
        self._curve()
        self._lane("Gedachten", lambda stap: quote(stap.gedachte), cursief=True)
        self._lane("Wie het ziet", lambda stap: stap.wie_het_ziet)
        self._lane(f"Wat {leesbaar(organisatie)} doet", lambda stap: stap.organisatie)

    def svg(self) -> str:
        breedte, hoogte = self.vorm.breedte, math.ceil(self.y)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{ontsnapt(self._alt())}" '
            f'width="{breedte}" height="{hoogte}" viewBox="0 0 {breedte} {hoogte}" font-family="{LETTERS}" '
            f'font-size="{self.letter}" fill="{INKT}">{"".join(self.delen)}</svg>'
        )

    def _alt(self) -> str:
        gevoel = "; ".join(f"stap {stap.nummer} {stap.gevoel_in_woorden}" for stap in self.stappen)
        woord = "fase" if len(self.fasen) == 1 else "fasen"
        return (
            f"Klantreis {self.reis.groep}, {woord} {', '.join(self.fasen)}. Het gevoel per stap: {gevoel}. "
            "De tabel eronder zegt hetzelfde in woorden."
        )

    def _heads(self) -> None:
        """A phase is an arrow that points at the next one."""
        koppen = [wrap(fase, self.kolom - 3 * GOOT, self.letter + 1) for fase in self.fasen]
        hoog = max(map(len, koppen)) * (self.regel + 1) + 12
        for nummer, regels in enumerate(koppen):
            x, punt = nummer * self.kolom, min(12.0, self.kolom / 8)
            rechts = x + self.kolom - 3
            hoeken = [(x, 0), (rechts - punt, 0), (rechts, hoog / 2), (rechts - punt, hoog), (x, hoog)]
            hoeken += [(x + punt, hoog / 2)] if nummer or self.fasen[0] != self.reis.fasen[0] else []
            self.delen.append(f'<polygon points="{" ".join(f"{_n(a)},{_n(b)}" for a, b in hoeken)}" fill="{ZWAAR}"/>')
            boven = (hoog - len(regels) * (self.regel + 1)) / 2 + self.letter
            self._text(
                x + GOOT + 4,
                boven,
                regels,
                ' fill="#ffffff"',
                self.kolom - 3 * GOOT,
                self.letter + 1,
                vet=True,
                afstand=self.regel + 1,
            )
        self.y = hoog

    def _lane(self, titel: str, woorden: Callable[[Stap], str], cursief: bool = False) -> None:
        """One kind of text for all phases; nothing when no step of this band has it."""
        if not any(map(woorden, self.stappen)):
            return
        self._title(titel)
        stijl = ' font-style="italic"' if cursief else ""
        onder = self.y
        for nummer, fase in enumerate(self.fasen):
            x, y = nummer * self.kolom, self.y
            for stap in self.stappen:
                if stap.fase != fase or not woorden(stap):
                    continue
                kop = str(stap.nummer)
                inspring = width(kop, self.letter) + 7
                ruimte = self.kolom - GOOT - inspring
                regels = wrap(woorden(stap), ruimte, self.letter)
                self._text(x, y + self.letter, [kop], f' fill="{ZWAAR}"', inspring, vet=True)
                self._text(x + inspring, y + self.letter, regels, stijl, ruimte)
                y += len(regels) * self.regel + 4
            onder = max(onder, y)
        self.y = onder + 2

    def _curve(self) -> None:
        self._title("Gevoel: hoe hoger de lijn, hoe beter het gaat")
        boven = self.y
        self.delen.append(f'<rect x="0" y="{_n(boven)}" width="{self.vorm.breedte}" height="{HOOGTE}" fill="{VLAK}"/>')
        for gevoel, lijn in ((3, LIJN), (0, GRIJS), (-3, LIJN)):
            streep = "" if gevoel else ' stroke-dasharray="4 4"'
            self.delen.append(
                f'<path d="M{AS} {_n(self._height(gevoel, boven))}H{self.vorm.breedte}" fill="none" '
                f'stroke="{lijn}"{streep}/>'
            )
        for nummer in range(1, len(self.fasen)):
            self.delen.append(
                f'<path d="M{_n(nummer * self.kolom - GOOT / 2)} {_n(boven)}v{HOOGTE}" '
                'stroke="#ffffff" stroke-width="3" fill="none"/>'
            )
        punten = {stap: (x, self._height(stap.gevoel, boven)) for stap, x in self._places().items()}
        self.delen.append(
            f'<path d="{_smooth(self._with_neighbours(punten, boven))}" fill="none" stroke="{ACCENT}" '
            'stroke-width="3"/>'
            f'<rect x="0" y="{_n(boven)}" width="{AS - 2}" height="{HOOGTE}" fill="{VLAK}"/>'
        )
        for gevoel in (3, 0, -3):
            self._text(4, self._height(gevoel, boven) + 4, [verschil(gevoel, 0)], f' fill="{GRIJS}"', AS - 4)
        for stap, (x, y) in punten.items():
            self.delen.append(
                f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{STRAAL}" fill="{ZWAAR}" stroke="#ffffff" stroke-width="2"/>'
            )
            self._text(
                x, y + 4, [str(stap.nummer)], ' text-anchor="middle" fill="#ffffff"', 2 * STRAAL - 3, 12, vet=True
            )
        self.y = boven + HOOGTE

    def _title(self, titel: str) -> None:
        ruimte = self.vorm.breedte - GOOT
        regels = wrap(titel, ruimte, self.letter)
        self._text(0, self.y + 22, regels, f' fill="{GRIJS}"', ruimte, self.letter - 0.5, vet=True)
        self.y += 28 + (len(regels) - 1) * self.regel

    def _places(self) -> dict[Stap, float]:
        """Where each step stands from left to right: evenly within its phase."""
        plaatsen = {}
        for nummer, fase in enumerate(self.fasen):
            binnen = [stap for stap in self.stappen if stap.fase == fase]
            links = nummer * self.kolom + (AS if nummer == 0 else 0)
            ruimte = (nummer + 1) * self.kolom - GOOT / 2 - links
            plaatsen |= {stap: links + ruimte * (deel + 0.5) / len(binnen) for deel, stap in enumerate(binnen)}
        return plaatsen

    def _with_neighbours(self, punten: dict[Stap, tuple[float, float]], boven: float) -> list[tuple[float, float]]:
        """The points of the curve, with the steps of the bands before and after it outside the picture."""
        eerste, laatste = self.stappen[0].nummer, self.stappen[-1].nummer
        lijn = list(punten.values())
        if eerste > 1:
            lijn.insert(0, (AS - self.kolom / 4, self._height(self.reis.stappen[eerste - 2].gevoel, boven)))
        if laatste < len(self.reis.stappen):
            lijn.append((self.vorm.breedte + self.kolom / 4, self._height(self.reis.stappen[laatste].gevoel, boven)))
        return lijn

    def _height(self, gevoel: int, boven: float) -> float:
        return boven + RAND + (3 - gevoel) / 6 * (HOOGTE - 2 * RAND)

    def _text(
        self,
        x: float,
        y: float,
        regels: Sequence[str],
        kenmerken: str,
        ruimte: float,
        grootte: float | None = None,
        vet: bool = False,
        afstand: float | None = None,
    ) -> None:
        """Lines of text, the first on the line ``y``, each in ``ruimte`` pixels whatever the font is."""
        kenmerken += ' font-weight="700"' if vet else ""
        kenmerken += f' font-size="{grootte}"' if grootte else ""
        for nummer, regel in enumerate(regels):
            lengte = held_to(regel, grootte or self.letter, ruimte, vet)
            vast = f' textLength="{_n(lengte)}" lengthAdjust="spacingAndGlyphs"' if lengte else ""
            self.delen.append(
                f'<text x="{_n(x)}" y="{_n(y + nummer * (afstand or self.regel))}"{kenmerken}{vast}>'
                f"{ontsnapt(regel)}</text>"
            )


def wrap(tekst: str, breedte: float, grootte: float) -> list[str]:
    """``tekst`` in lines of at most ``breedte`` pixels; a word that is longer is broken."""
    regels, regel = [], ""
    for woord in leesbaar(tekst).split():
        if regel and width(f"{regel} {woord}", grootte) > breedte:
            regels.append(regel)
            regel = ""
        regel = f"{regel} {woord}".strip()
        while width(regel, grootte) > breedte and len(regel) > 1:
            past = next((n for n in range(len(regel) - 1, 1, -1) if width(regel[:n] + "-", grootte) <= breedte), 1)
            regels.append(regel[:past] + "-")
            regel = regel[past:]
    return [*regels, regel]


def width(tekst: str, grootte: float) -> float:
    """About how wide ``tekst`` is in a sans-serif letter of this size: rather too wide than too narrow."""
    return sum(map(_em, tekst)) * grootte


def _em(teken: str) -> float:
    if unicodedata.east_asian_width(teken) in "WF":
        return 1.05
    if teken in "ijlI.,:;!|'’‘ ":
        return 0.3
    if teken in "frt()[]-“”":
        return 0.37
    if teken in "mwMW@%—…":
        return 0.9
    return 0.72 if teken.isupper() else 0.56


def _smooth(punten: Sequence[tuple[float, float]]) -> str:
    """A curve through the points that is level at each of them, so that it never goes higher than its points."""
    pad = f"M{_n(punten[0][0])} {_n(punten[0][1])}"
    for (x, y), (naar_x, naar_y) in itertools.pairwise(punten):
        midden = _n((x + naar_x) / 2)
        pad += f"C{midden} {_n(y)} {midden} {_n(naar_y)} {_n(naar_x)} {_n(naar_y)}"
    return pad


def _n(getal: float) -> str:
    return f"{getal:.1f}".removesuffix(".0")
