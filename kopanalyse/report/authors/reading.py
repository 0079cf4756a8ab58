"""Reading what an author wrote: YAML and front matter as values that know their place, Markdown as harmless HTML.

Every value stays the text that stands there (``no`` is a team, ``2019-01-01`` may be a name). A value that cannot be
used is refused by ``TekstError`` with the file, the line, the key with its path (``stappen[2].gevoel``), the value and
what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kopanalyse.errors import UserError, suggestion
from kopanalyse.periode import Periode, PeriodeError
from kopanalyse.report.dutch import ingekort

if TYPE_CHECKING:
    import yaml

STREEP = "---"
# Of a table's columns in Markdown, as classes: a page takes no style from an element (its security policy).
UITLIJNING = {"left": "naar-links", "center": "naar-midden", "right": "naar-rechts"}
VRIJGAVE = ("openbaar", "nagekeken")
"""In the head of a text that may stand in an edition: that it may, and by whom and when it was looked through."""
NAGEKEKEN = re.compile(r"[^,]*[^\W\d][^,]*, *(\d{4}-\d\d-\d\d|\d{1,2}[ -][\w]+[ -]\d{4})")


class TekstError(UserError):
    """A text of an author cannot be shown; the message (Dutch) names file, line, key, value and what was expected."""


@dataclass(frozen=True)
class Waarde:
    """One value in a file: a text, a list or a block of keys; ``sleutel`` is its path, empty for the whole file.

    ``boven`` is the number of lines that stand above the YAML in the file.
    """

    pad: Path
    knoop: Any  # a yaml.Node, of one of its three kinds (``id``)
    sleutel: str = ""
    boven: int = 0

    def velden(self, verplicht: Sequence[str], mogelijk: Sequence[str] = ()) -> dict[str, Waarde]:
        """The values of a block by their keys: all of ``verplicht``, perhaps of ``mogelijk``, and no other.

        A key of ``mogelijk`` without a value is a key that was left out.
        """
        if self.knoop.id != "mapping":
            raise self.fout(f"een blok met de sleutels {', '.join(verplicht)}")
        alle, velden = (*verplicht, *mogelijk), {}
        for naam, knoop in self.knoop.value:
            sleutel = naam.value if naam.id == "scalar" else "?"
            deel = self._deel(sleutel, knoop)
            if sleutel not in alle:
                raise deel.melding(
                    f"de sleutel {_kort(deel.sleutel)} bestaat niet.{suggestion(sleutel, alle)} "
                    f"Mogelijk zijn: {', '.join(alle)}",
                    naam,
                )
            if sleutel in velden:
                raise deel.melding(f"de sleutel {deel.sleutel} staat er twee keer; verwacht wordt één keer", naam)
            velden[sleutel] = deel
        for sleutel in verplicht:
            if sleutel not in velden:
                raise self.melding(
                    f"de sleutel {self._deel(sleutel, self.knoop).sleutel} ontbreekt. "
                    f"Verplicht zijn: {', '.join(verplicht)}"
                )
        return {sleutel: deel for sleutel, deel in velden.items() if sleutel in verplicht or deel.knoop.value}

    def onder(self, sleutel: str) -> list[object]:
        """Whatever stands under this key of a block, however often, without judging anything."""
        if self.knoop.id != "mapping":
            return []
        return [knoop.value for naam, knoop in self.knoop.value if naam.value == sleutel]

    def lijst(self) -> list[Waarde]:
        """The values of a list, at least one."""
        if self.knoop.id != "sequence" or not self.knoop.value:
            raise self.fout("een lijst: onder elkaar, elk achter een streepje")
        return [
            Waarde(self.pad, knoop, f"{self.sleutel}[{nummer}]", self.boven)
            for nummer, knoop in enumerate(self.knoop.value, 1)
        ]

    def tekst(self, langste: int | None = None) -> str:
        """A text that is not empty, on one line, of at most ``langste`` characters."""
        tekst = " ".join(self.knoop.value.split()) if self.knoop.id == "scalar" else ""
        if not tekst or (langste and len(tekst) > langste):
            raise self.fout(f"een tekst van hooguit {langste} tekens" if langste else "een tekst")
        return tekst

    def teksten(self, langste: int | None = None) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(deel.tekst(langste) for deel in self.lijst())

    def keuze(self, mogelijk: Sequence[str], wat: str) -> str:
        """One of ``mogelijk``; ``wat`` says what these are (``een team``)."""
        tekst = self.knoop.value.strip() if self.knoop.id == "scalar" else ""
        if tekst not in mogelijk:
            raise self.fout(f"{wat}: {', '.join(mogelijk)}", suggestion(tekst, mogelijk))
        return tekst

    def keuzes(self, mogelijk: Sequence[str], wat: str) -> tuple[str, ...]:
        """A list of some of ``mogelijk``, each once."""
        return self.eenmalig(tuple(deel.keuze(mogelijk, wat) for deel in self.lijst()))

    def eenmalig(self, teksten: tuple[str, ...]) -> tuple[str, ...]:
        """``teksten``, the values of this list, when no two are the same."""
        for nummer, deel in enumerate(self.lijst()):
            if teksten[nummer] in teksten[:nummer]:
                raise deel.fout("elke waarde één keer")
        return teksten

    def periode(self) -> Periode:
        """A year of four digits that a report can be about."""
        tekst = self.knoop.value.strip() if self.knoop.id == "scalar" else ""
        if not re.fullmatch("[0-9]{4}", tekst):
            raise self.fout("een jaartal, zoals 2019")
        try:
            return Periode.parse(tekst)
        except PeriodeError:
            raise self.fout("een jaartal, zoals 2019") from None

    def geheel(self, van: int, tot: int) -> int:
        """A whole number from ``van`` up to and including ``tot``."""
        tekst = self.knoop.value.strip().replace("−", "-") if self.knoop.id == "scalar" else ""
        if not (re.fullmatch("[+-]?[0-9]{1,9}", tekst) and van <= int(tekst) <= tot):
            raise self.fout(f"een heel getal van {van} tot en met {tot}")
        return int(tekst)

    def fout(self, verwacht: str, tip: str = "") -> TekstError:
        """The refusal of this value; ``verwacht`` ends the sentence."""
        soort = {"mapping": "een blok met sleutels", "sequence": "een lijst" if self.knoop.value else "een lege lijst"}
        waarde = repr(_kort(self.knoop.value)) if self.knoop.id == "scalar" else soort[self.knoop.id]
        return self.melding(f"{self.sleutel or 'de inhoud'} = {waarde} kan niet; verwacht wordt {verwacht}", tip=tip)

    def melding(self, zin: str, knoop: yaml.Node | None = None, tip: str = "") -> TekstError:
        """``zin`` with the file and the line where ``knoop``, or else this value, begins."""
        regel = (knoop or self.knoop).start_mark.line + 1 + self.boven
        return TekstError(f"{self.pad}, regel {regel}: {zin}.{tip}")

    def _deel(self, naam: str, knoop: yaml.Node) -> Waarde:
        return Waarde(self.pad, knoop, f"{self.sleutel}.{naam}" if self.sleutel else naam, self.boven)


def released(velden: Mapping[str, Waarde]) -> bool:
    """Whether a text may stand in an edition: its head says so, and who looked it through on which day."""
    openbaar = "openbaar" in velden and velden["openbaar"].keuze(("ja", "nee"), "ja of nee") == "ja"
    if "nagekeken" in velden and not NAGEKEKEN.fullmatch(velden["nagekeken"].tekst()):
        raise velden["nagekeken"].fout("een naam en een datum, zoals A. de Vries, 2026-11-29")
    return openbaar and "nagekeken" in velden


def read_yaml(pad: Path) -> Waarde:
    """The whole of a YAML file."""
    return _compose(pad, _read_text(pad), 0)


def read_markdown(pad: Path, sleutels: Sequence[str]) -> tuple[Waarde, str]:
    """Front matter between two lines ``---``, and the Markdown under it; ``sleutels`` are what the head must hold."""
    regels = _read_text(pad).splitlines()
    einde = next((nummer for nummer, regel in enumerate(regels[1:], 1) if regel.strip() == STREEP), None)
    if not regels or regels[0].strip() != STREEP or einde is None:
        raise TekstError(
            f"{pad}: het bestand moet beginnen met een kop tussen twee regels {STREEP} met daarin "
            f"{', '.join(sleutels)}."
        )
    return _compose(pad, "\n".join(regels[1:einde]), 1), "\n".join(regels[einde + 1 :])


def required_text(pad: Path, tekst: str) -> str:
    """The Markdown under a head, which may not be empty."""
    if not tekst.strip():
        raise TekstError(f"{pad}: onder de kop staat geen tekst; verwacht wordt minstens één zin.")
    return tekst


def markdown_html(tekst: str) -> str:
    """Markdown as HTML that harms no page: HTML escaped, a picture only its words, a heading a bold line."""
    return str(_markdown()(tekst))


def _read_text(pad: Path) -> str:
    try:
        return pad.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TekstError(f"{pad}: het bestand is geen UTF-8-tekst; bewaar het als UTF-8.") from None


def _compose(pad: Path, tekst: str, boven: int) -> Waarde:
    """The nodes of a YAML text: nothing is built from tags or guessed from values."""
    import yaml

    try:
        knoop = yaml.compose(tekst, Loader=yaml.BaseLoader)
    except RecursionError:
        raise TekstError(f"{pad}: er staat te veel in elkaar; verwacht worden sleutels met waarden.") from None
    except yaml.YAMLError as fout:
        plaats = getattr(fout, "problem_mark", None)
        waar = f", regel {plaats.line + 1 + boven}" if plaats else ""
        raise TekstError(
            f"{pad}{waar}: dit is geen leesbare YAML; verwacht wordt sleutel: waarde, en een waarde met "
            "een dubbele punt of een # erin tussen aanhalingstekens."
        ) from None
    if knoop is None:
        raise TekstError(f"{pad}: er staat niets in; verwacht worden sleutels met waarden, zoals jaar: 2019.")
    return Waarde(pad, knoop, "", boven)


def _kort(tekst: str) -> str:
    return ingekort(tekst, 60) if tekst.strip() else ""


@cache
def _markdown():
    import mistune

    class Renderer(mistune.HTMLRenderer):
        def image(self, text: str, url: str, title: str | None = None) -> str:
            return text

        def heading(self, text: str, level: int, **_) -> str:
            return f"<p><strong>{text}</strong></p>\n"

        def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
            soort, waar = "th" if head else "td", f' class="{UITLIJNING[align]}"' if align in UITLIJNING else ""
            return f"  <{soort}{waar}>{text}</{soort}>\n"

    return mistune.create_markdown(renderer=Renderer(escape=True), plugins=["table"])
