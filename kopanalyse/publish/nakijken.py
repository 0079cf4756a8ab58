"""What somebody has to look at in a text before it may stand in an edition: whatever could point at a person.

It finds what has a form: numbers, ages, dates, names that the figures know, two names in a row, keys. What a story
tells is for who looks it through.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from kopanalyse.periode import MAANDEN
from kopanalyse.publish.invoer import head, is_public, is_released, texts
from kopanalyse.publish.rules import PER_KERN
from kopanalyse.raw.schema import ONBEKEND, TOTAAL

WOORDEN = ("één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
VERDER = ("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
SCHOLEN = ("schoolmaatschappelijk_werk",)
LEEFTIJD = re.compile(
    rf"\b(?:\d{{1,3}}|{'|'.join((*WOORDEN, *VERDER))})[ -](?:jaar|jarige?|maanden oud|weken oud)\b", re.I
)
DATUM = re.compile(rf"\b\d{{1,2}}(?:[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})?| (?:{'|'.join(MAANDEN)}))\b", re.I)
NAMEN = re.compile(r"(?<![.!?:“‘\"'] )(?<!^)\b[A-Z][\w’'-]+ (?:(?:van|de|der|den|ter|ten|het) )*[A-Z][\w’'-]+")
KENMERK = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z0-9]{4,}\b|\b\d{5,}\b")
KOPSLEUTEL = re.compile(
    r"^(?:jaar|openbaar|nagekeken|toestemming|gevoel|leeftijdsklassen|team|hoofdstuk|paragraaf)\s*:|^\s*gevoel:"
)
MEESTE = 40  # lines on a screen


def to_look_at(map_: Path, cijfers: pd.DataFrame, drempel: int) -> list[str]:
    """What to tell about the texts in ``map_`` (``raw/<organisatie>``) that are not in an edition, or should be.

    Of a text that is meant for outside and was not looked through: every place to look at. Of the others how many.
    """
    namen = _known_names(cijfers)
    zinnen, niet = [], 0
    for soort, pad in texts(map_):
        kop = head(soort, pad)
        if kop is None or not is_public(kop):
            niet += 1
        elif not is_released(soort, pad):
            waar = f"{soort}/{pad.name}"
            zinnen.append(
                f"{waar} staat niet in de editie: kijk de tekst na, en zet in de kop nagekeken: <naam>, <datum>."
            )
            zinnen += [f"  {waar}, regel {regel}: {wat}" for regel, wat in findings(pad, namen, drempel)]
    if niet:
        hoeveel = "1 tekst staat" if niet == 1 else f"{niet} teksten staan"
        zinnen.append(f"{hoeveel} niet in de editie: daarvoor is in de kop openbaar: ja nodig, en nagekeken.")
    if len(zinnen) > MEESTE:
        zinnen = [*zinnen[:MEESTE], f"  en nog {len(zinnen) - MEESTE} regels"]
    return zinnen


def findings(pad: Path, namen: Collection[str], drempel: int) -> Iterator[tuple[int, str]]:
    """Every place in a text to look at: the line, and what stands there."""
    for nummer, regel in enumerate(pad.read_text(encoding="utf-8-sig").splitlines(), 1):
        if KOPSLEUTEL.search(regel):
            continue
        for wat in _in_line(regel, namen, drempel):
            yield nummer, wat


def _in_line(regel: str, namen: Collection[str], drempel: int) -> Iterator[str]:
    getallen = "|".join([*WOORDEN, *VERDER][: drempel - 1])
    klein = re.compile(rf"(?<![\w.,-])(?:\d{{1,3}}|{getallen})(?![\w-]|[.,]\d)", re.I)
    vormen = (
        ("leeftijd", LEEFTIJD),
        ("datum", DATUM),
        ("twee namen", NAMEN),
        ("kenmerk", KENMERK),
    )
    gezien: list[tuple[int, int]] = []
    for wat, vorm in vormen:
        for raak in vorm.finditer(regel):
            gezien.append(raak.span())
            yield f"{wat} ‘{raak[0]}’"
    for raak in klein.finditer(regel):
        telt = not raak[0].isdigit() or 1 <= int(raak[0]) < drempel
        if telt and not any(van <= raak.start() < tot for van, tot in gezien):
            yield f"klein getal ‘{raak[0]}’"
    for naam in namen:
        if re.search(rf"(?<!\w){re.escape(naam)}(?!\w)", regel):
            yield f"naam ‘{naam}’"


def _known_names(cijfers: pd.DataFrame) -> list[str]:
    """Villages and schools, as the figures name them."""
    rijen = cijfers[cijfers.indicator.isin({*PER_KERN, *SCHOLEN})]
    return sorted({str(naam) for naam in rijen.categorie} - {"", TOTAAL, ONBEKEND})
