"""The sentences under a figure ("duiding"): what its figures say, and no more than they can.

A few makers of sentences, which the parts fill in. They keep to these rules:

- Rises and falls are only said of a difference that is more than chance: its 95% interval (``verschil``, the method of
  Newcombe, on scipy) lies wholly on one side of 0. Any other difference "kan toeval zijn", and is "vrijwel gelijk" when
  it is also small (``KLEIN_VERSCHIL``).
- A share or a mean comes with its base; the difference of two shares is in procentpunten, that of two counts may be in
  percent.
- What rests on fewer than ``klein_aantal`` records is told and not interpreted.
- Highest and lowest are only said of figures whose 95% intervals do not overlap.
- Nothing is said of why.

Every maker returns one text, empty when there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kopanalyse.report.bouwstenen import small
from kopanalyse.report.cijfers import ONBEKEND, TOTAAL, Cijfer, Cijfers
from kopanalyse.report.text import (
    MATEN, getal, hoofdletter, in_zin, is_missing, leesbaar, opsomming, telling, verschil, werkwoord,
)
from kopanalyse.report.verschil import MET_BASIS, Verschil, change

if TYPE_CHECKING:
    from kopanalyse.indicators.indicator import Indicator

KLEIN_VERSCHIL = 0.02        # of the figure before; of a share 0.01, which is one procentpunt
MEESTE_GELIJKEN = 3          # more that share the first place are not named
MEESTE_NAMEN = 5             # in one list; of more it says how many
TE_WEINIG = "te weinig om iets uit af te leiden"

Wat = tuple[str, str]
"""What is counted, singular and plural."""


class Telling(NamedTuple):
    """One of several counts that a sentence holds against the year before."""

    naam: str
    indicator: str
    categorie: str = TOTAAL
    subcategorie: str = ""


def development(c: Cijfers, indicator: str, onderwerp: str, categorie: str = TOTAAL, subcategorie: str = "", *,
                van: Wat = ("", ""), decimalen: int | None = None) -> str:
    """How a figure stands against the year before. ``van`` names what the base of a share or mean counts."""
    from kopanalyse.indicators import INDICATOREN

    if c.vorig is None:
        return ""
    ind = INDICATOREN[indicator]
    nu, toen = (c.get(indicator, categorie, subcategorie, periode=jaar) for jaar in (c.jaar, c.vorig))
    v = change(c, indicator, categorie, subcategorie)
    if v is None:
        return _too_little(c, ind, onderwerp, nu, toen, van, decimalen)
    if ind.eenheid not in MET_BASIS and not (nu.teller and toen.teller):
        return _nothing_once(c, v, onderwerp)
    a, b = _figure(toen, ind.eenheid, decimalen), _figure(nu, ind.eenheid, decimalen)
    bij_a, bij_b = _base(toen, ind.eenheid), _base(nu, ind.eenheid, van[1])
    groot = hoofdletter(onderwerp)
    if _shown_equal(v, decimalen):
        basis = f" ({c.vorig}: {bij_a[2:-1]}; {c.jaar}: {bij_b[2:-1]})" if bij_a else ""
        return f"{groot} was in {c.vorig} en {c.jaar} gelijk: {b}{basis}."
    hoeveel = _size(c, v, decimalen)
    if v.meer_dan_toeval:
        werk = "steeg" if v.verschil > 0 else "daalde"
        return (f"{groot} {werk} met {hoeveel}, van {a} in {c.vorig}{bij_a} naar {b} in {c.jaar}{bij_b}. Dat is meer "
                "dan toeval.")
    if v.onder is None:
        return f"{groot} was {b} in {c.jaar}, tegen {a} in {c.vorig}: een verschil van {hoeveel}."
    if _nearly_equal(v):
        return (f"{groot} was in {c.jaar} vrijwel gelijk aan {c.vorig}: {b}{bij_b} tegen {a}{bij_a}. Het verschil kan "
                "toeval zijn.")
    return (f"{groot} was {b} in {c.jaar}{bij_b}, tegen {a} in {c.vorig}{bij_a}. Het verschil van {hoeveel} kan toeval "
            "zijn.")


def _too_little(c: Cijfers, ind: Indicator, onderwerp: str, nu: Cijfer, toen: Cijfer, van: Wat,
                decimalen: int | None) -> str:
    """What can be told of figures that cannot be compared."""
    if ind.eenheid in MET_BASIS:
        if small(c, nu.noemer) or not nu.noemer:
            return too_few(c, nu.noemer, van)
        zin = (f"{hoofdletter(onderwerp)} was {_figure(nu, ind.eenheid, decimalen)} in {c.jaar}"
               f"{_base(nu, ind.eenheid, van[1])}. In {c.vorig} {werkwoord(toen.noemer or 0, 'was', 'waren')} er ")
        return zin + (f"{telling(toen.noemer, *van)}: te weinig om mee te vergelijken." if toen.noemer
                      else f"geen {van[1]}.")
    # a sum of no rows was not delivered
    tellers = [cijfer.teller for cijfer in (nu, toen) if not is_missing(cijfer.waarde)]
    if ind.soort == "som" or len(tellers) < 2 or not any(tellers) or not small(c, max(tellers)):
        return ""
    a, b = (_figure(cijfer, ind.eenheid, decimalen) for cijfer in (toen, nu))
    return f"{hoofdletter(onderwerp)} was {b} in {c.jaar} en {a} in {c.vorig}: te weinig om te vergelijken."


def _nothing_once(c: Cijfers, v: Verschil, onderwerp: str) -> str:
    """Nothing in one of the years may as well be a year without registration: no rise and no fall."""
    (vol, jaar), leeg = ((v.nu, c.jaar), c.vorig) if v.nu.teller else ((v.toen, c.vorig), c.jaar)
    return f"{hoofdletter(onderwerp)} was {getal(vol.waarde, v.eenheid)} in {jaar}; in {leeg} is er niets geteld."


def too_few(c: Cijfers, aantal: float | None, wat: Wat) -> str:
    """That there are too few to conclude anything from; nothing when there are none at all."""
    return f"In {c.jaar} gaat het om {telling(aantal, *wat)}: {TE_WEINIG}." if aantal else ""


def _figure(cijfer: Cijfer, eenheid: str, decimalen: int | None) -> str:
    return getal(cijfer.waarde, eenheid, decimalen)


def _base(cijfer: Cijfer, eenheid: str, wat: str = "") -> str:
    """What a share or a mean rests on, between brackets and with a space before them."""
    n = getal(cijfer.noemer)
    kop = f"{getal(cijfer.teller)} van {n}" if eenheid == "aandeel" else f"n = {n}"
    return f" ({' '.join(filter(None, (kop, wat)))})" if eenheid in MET_BASIS else ""


def _shown_equal(v: Verschil, decimalen: int | None) -> bool:
    return verschil(v.nu.waarde, v.toen.waarde, v.eenheid, decimalen)[0] not in "+−"


def _nearly_equal(v: Verschil) -> bool:
    grens = KLEIN_VERSCHIL / 2 if v.eenheid == "aandeel" else KLEIN_VERSCHIL * abs(v.toen.waarde)
    return abs(v.verschil) <= grens


def _size(c: Cijfers, v: Verschil, decimalen: int | None) -> str:
    """How large the difference is, unsigned: ``3,1 procentpunt``, ``0,2``, ``48 (9%)``."""
    hoeveel = getal(abs(v.verschil), v.eenheid, decimalen).removesuffix("%")
    hoeveel += f" {MATEN[v.eenheid]}" if v.eenheid in MATEN else ""
    if v.eenheid in (*MET_BASIS, "per_1000") or not v.toen.waarde or small(c, v.toen.waarde):
        return hoeveel
    procent = getal(abs(v.verschil) / v.toen.waarde, "aandeel", 0)
    return hoeveel if procent == "0%" else f"{hoeveel} ({procent})"


def developments(c: Cijfers, tellingen: Sequence[Telling], meer: str = "Meer", minder: str = "Minder") -> str:
    """How several figures stand against the year before, the sure differences first."""
    if c.vorig is None:
        return ""
    vakken: dict[str, list[str]] = {"meer": [], "minder": [], "gelijk": [], "toeval": [], "nieuw": [],
                                    "weg": [], "klein": []}
    for t in tellingen:
        v, naam = change(c, *t[1:]), in_zin(leesbaar(t.naam))
        tellers = [c.get(*t[1:], periode=jaar).teller for jaar in (c.vorig, c.jaar)]
        if v is None:
            vakken["klein"] += [naam] if any(tellers) else []
        elif v.eenheid not in MET_BASIS and not all(tellers):
            vakken["nieuw" if tellers[1] else "weg"].append(f"{naam} ({getal(max(tellers))})")
        elif _shown_equal(v, None):
            vakken["gelijk"].append(f"{naam} ({getal(v.nu.waarde, v.eenheid)})")
        elif not v.meer_dan_toeval:
            vakken["toeval"].append(naam)
        else:
            van, naar = (getal(cijfer.waarde, v.eenheid) for cijfer in (v.toen, v.nu))
            n = f"; n = {getal(v.toen.noemer)} en {getal(v.nu.noemer)}" if v.eenheid in MET_BASIS else ""
            vakken["meer" if v.verschil > 0 else "minder"].append(f"{naam} (van {van} naar {naar}{n})")
    zinnen = {"meer": f"{meer} dan in {c.vorig}, en dat is meer dan toeval: {{}}.",
              "minder": f"{minder} dan in {c.vorig}, en dat is meer dan toeval: {{}}.",
              "gelijk": f"Gelijk aan {c.vorig}: {{}}.",
              "toeval": f"Bij {{}} kan het verschil met {c.vorig} toeval zijn.",
              "nieuw": f"Wel in {c.jaar} geteld en niet in {c.vorig}: {{}}.",
              "weg": f"Wel in {c.vorig} geteld en niet in {c.jaar}: {{}}.",
              "klein": f"Te weinig om met {c.vorig} te vergelijken: {{}}."}
    stil = vakken["gelijk"] + vakken["toeval"]
    if len(stil) > MEESTE_NAMEN:
        vakken |= {"gelijk": [], "toeval": stil}
        zinnen["toeval"] = f"Bij {{}} is het verschil met {c.vorig} niet meer dan toeval."
    return " ".join(zinnen[vak].format(_named(namen, "cijfers")) for vak, namen in vakken.items() if namen)


def _named(namen: Sequence[str], wat: str) -> str:
    """The names, or how many there are when they would fill the page."""
    return opsomming(namen) if len(namen) <= MEESTE_NAMEN else f"{len(namen)} {wat}"


def largest(c: Cijfers, delen: Mapping[str, float | None], geheel: float | None, wat: Wat, *,
            kop: str = "Het vaakst", onbekend: float | None = None) -> str:
    """Which part is the largest, and its share of the whole; parts that share the first place are named together.

    ``delen``: what each part counts, by the name that a reader sees, without ``onbekend``: what is not known of.
    """
    geteld = {naam: aantal for naam, aantal in delen.items() if aantal}
    if not geheel or not geteld and not onbekend:
        return ""
    if small(c, geheel):
        return too_few(c, geheel, wat)
    hoogste = max(geteld.values(), default=0)
    namen = [leesbaar(naam) for naam, aantal in geteld.items() if aantal == hoogste]
    vooraf = ""
    if onbekend and onbekend >= hoogste:
        vooraf = f"Bij {_part(onbekend, geheel, wat)} is dit onbekend. "
        kop = "Daarna het vaakst"
    if not geteld or len(namen) > MEESTE_GELIJKEN:
        return vooraf.rstrip()
    if hoogste == geheel and len(namen) == 1:
        return f"{kop}: {namen[0]}, bij alle {telling(geheel, *wat)}."
    elk = "elk " if len(namen) > 1 else ""
    return f"{vooraf}{kop}: {opsomming(namen)}, {elk}{_part(hoogste, geheel, wat)}."


def _part(deel: float, geheel: float, wat: Wat) -> str:
    return f"{getal(deel)} van de {telling(geheel, *wat)} ({getal(deel / geheel, 'aandeel')})"


def part_of(c: Cijfers, deel: float | None, geheel: float | None, wat: Wat, gezegde: Wat) -> str:
    """``Van de 751 trajecten gingen er 283 (37,7%) over schulden``; ``gezegde`` has ``{}`` where the number comes."""
    if not geheel or is_missing(deel):
        return ""
    if small(c, geheel):
        return too_few(c, geheel, wat)
    hoeveel = f"{getal(deel)} ({getal(deel / geheel, 'aandeel')})"
    return f"Van de {telling(geheel, *wat)} {werkwoord(deel, *gezegde).format(hoeveel)}."


def extremes(c: Cijfers, rijen: Sequence[tuple[str, Cijfer]], eenheid: str, wat: str, waarvan: str,
             decimalen: int | None = None, woorden: Wat = ("Het hoogst", "het laagst")) -> str:
    """Which of these figures is highest and which lowest, when their intervals allow it.

    ``wat``: what the rows are (domeinen); ``waarvan``: what the base counts. Rows with a small base are left out, and
    named.
    """
    zeker = [(leesbaar(naam), k) for naam, k in rijen
             if not is_missing(k.ondergrens) and k.noemer and not small(c, k.noemer)]
    if len(zeker) < 2:
        return ""
    klein = [leesbaar(naam) for naam, k in rijen if k.noemer and small(c, k.noemer)]
    hoog, laag = max(zeker, key=lambda r: r[1].waarde), min(zeker, key=lambda r: r[1].waarde)
    hoger, lager = max(zeker, key=lambda r: r[1].ondergrens), min(zeker, key=lambda r: r[1].bovengrens)

    def noem(rij: tuple[str, Cijfer]) -> str:
        return f"{rij[0]} ({getal(rij[1].waarde, eenheid, decimalen)}, n = {getal(rij[1].noemer)})"

    if hoog[1].ondergrens > laag[1].bovengrens:
        zin = f"{woorden[0]}: {noem(hoog)}; {woorden[1]}: {noem(laag)}. Hun 95%-intervallen overlappen niet."
    elif hoger[1].ondergrens > lager[1].bovengrens:
        zin = f"{noem(hoger)} ligt hoger dan {noem(lager)}: hun 95%-intervallen overlappen niet."
    else:
        zin = f"De verschillen tussen de {wat} kunnen toeval zijn: alle 95%-intervallen overlappen elkaar."
    return zin + (f" Niet meegewogen, want minder dan {c.settings.drempels.klein_aantal} {waarvan}: "
                  f"{_named(klein, wat)}." if klein else "")


def known_parts(c: Cijfers, indicator: str, categorieen: Sequence[str],
                subcategorie: str = "") -> dict[str, float | None]:
    """What each known category counts this year, by the name that a reader sees: the ``delen`` of ``largest``."""
    return {c.settings.tekst(naam): c.get(indicator, naam, subcategorie).teller for naam in categorieen
            if naam not in (ONBEKEND, TOTAAL)}
