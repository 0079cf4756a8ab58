"""Building blocks of the parts: words, notes and tables that more than one part needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kopanalyse.report.cijfers import ALLE, ONBEKEND, TOTAAL, Cijfer, Cijfers
from kopanalyse.report.onderdeel import Kerncijfer, Onderdeel
from kopanalyse.report.tables import Cel, Kolom, Rij, Tabel
from kopanalyse.report.text import (
    LEEG, getal, hoofdletter, is_missing, leesbaar, ontsnapt, telling, uitersten, verschil, with_code,
)

if TYPE_CHECKING:
    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.report.figures import Punt
    from kopanalyse.settings import Settings


def nothing(wat: str, c: Cijfers) -> Onderdeel:
    """The part when there is nothing to count in any year that it shows."""
    jaren = " en ".join(map(str, c.jaren))
    waar = "" if c.team == ALLE else f" bij {team_naam(c, c.team)}"
    return Onderdeel("", leeg=f"In {jaren} zijn er{waar} geen {wat}.")


def team_naam(c: Cijfers, team: str) -> str:
    """The team as a reader knows it: ``team Oost``, ``de hele organisatie``, ``onbekend team``."""
    if team == ALLE:
        return "de hele organisatie"
    naam = leesbaar(team)
    return "onbekend team" if team == ONBEKEND else naam if "team" in naam.lower() else f"team {naam}"


def small(c: Cijfers, aantal: float | None) -> bool:
    """Whether a base is too small to draw a conclusion from."""
    return aantal is not None and aantal < c.settings.drempels.klein_aantal


def small_note(c: Cijfers, tabel: Tabel, waarvan: str) -> Tabel:
    """The table with the sentence that explains its asterisks, when it has one."""
    if not any(isinstance(w, Cel) and w.klein for rij in tabel.rijen for w in rij.waarden):
        return tabel
    return replace(tabel, noten=[*tabel.noten, f"* {_little(c, waarvan)}"])


def base_note(c: Cijfers, bases: Iterable[float | None], waarvan: str) -> list[str]:
    """The sentence that explains the asterisks of ``base_mark`` in a figure, when one of the bases has it."""
    return [f"* {_little(c, waarvan)}"] if any(small(c, aantal) for aantal in bases) else []


def _little(c: Cijfers, waarvan: str) -> str:
    return f"Berust op minder dan {c.settings.drempels.klein_aantal} {waarvan}: te weinig om iets uit af te leiden."


def share(c: Cijfers, cijfer: Cijfer) -> list[Cel | float | None]:
    """Value and base of a share or mean, as two cells of a table."""
    return [Cel(cijfer.waarde, small(c, cijfer.noemer) and cijfer.waarde is not None), cijfer.noemer]


def base(c: Cijfers, aantal: float | None, enkelvoud: str, meervoud: str, rest: str = "") -> str:
    """How many records are behind a part: ``n = 581 trajecten, 2019``."""
    return f"n = {telling(aantal, enkelvoud, meervoud)}{rest}, {c.jaar}"


def base_mark(c: Cijfers, aantal: float | None) -> str:
    """The base at the end of a bar, with an asterisk when it is small."""
    return f"n = {getal(aantal)}{'*' if small(c, aantal) else ''}"


def jaren_kop(c: Cijfers) -> tuple[str, str] | None:
    """The years that a figure compares (before, now); None without a year before."""
    return (str(c.vorig), str(c.jaar)) if c.vorig else None


def top_met_gelijken(waarden: Sequence[tuple[str, float | None]], aantal: int) -> list[str]:
    """Names with the highest ``aantal`` values, highest first; every tie at the last place stays, zeros never count."""
    rangorde = sorted(((naam, waarde) for naam, waarde in waarden if waarde), key=lambda p: -p[1])
    grens = rangorde[min(aantal, len(rangorde)) - 1][1] if rangorde else 0
    return [naam for naam, waarde in rangorde if waarde >= grens]


def key_figure(c: Cijfers, indicator: str, bij: str, categorie: str = TOTAAL, eenheid: str = "aantal",
               sub: str = "") -> Kerncijfer:
    """The figure of this year in large type, with last year's under it."""
    vorig = f"{c.vorig}: {getal(c.waarde(indicator, categorie, sub, periode=c.vorig), eenheid)}" if c.vorig else ""
    return Kerncijfer(getal(c.waarde(indicator, categorie, sub), eenheid), bij, vorig)


def share_figure(c: Cijfers, indicator: str, bij: str, cijfer: Cijfer, waarvan: str) -> Kerncijfer:
    """A share in large type, with its base and last year's under it."""
    delen = [f"{getal(cijfer.teller)} van {getal(cijfer.noemer)} {waarvan}"]
    if c.vorig:
        delen.append(f"{c.vorig}: {getal(c.waarde(indicator, periode=c.vorig), 'aandeel')}")
    return Kerncijfer(getal(cijfer.waarde, "aandeel"), bij, "; ".join(delen))


def sort_down(c: Cijfers, indicator: str, namen: Sequence[str], subcategorie: str = "") -> list[str]:
    """Those names that count anything this year, the largest first; what is unknown comes last."""
    geteld = [n for n in namen if c.get(indicator, n, subcategorie).teller]
    return sorted(geteld, key=lambda n: (n == ONBEKEND, -c.get(indicator, n, subcategorie).teller))


def estimate(c: Cijfers, indicator: str, categorie: str, naam: str, team: str | None = None,
             schaal: tuple[float, float] | None = None) -> Punt:
    """A dot for figures.punten; no interval goes past the ends of the ``schaal``."""
    from kopanalyse.report.figures import Punt

    nu = c.get(indicator, categorie, team=team)
    toen = c.waarde(indicator, categorie, periode=c.vorig, team=team) if c.vorig else None
    return Punt(naam, nu.waarde, *within(nu, schaal), toen, small(c, nu.noemer))


def within(cijfer: Cijfer, schaal: tuple[float, float] | None) -> tuple[float | None, float | None]:
    """The interval of a figure, as far as it lies on the scale: a mean of a few values can have a wider one."""
    onder, boven = cijfer.ondergrens, cijfer.bovengrens
    if schaal is None or is_missing(onder) or is_missing(boven):
        return onder, boven
    return max(onder, schaal[0]), min(boven, schaal[1])


def interval_notes(c: Cijfers, bases: Iterable[float | None], waarvan: str) -> list[str]:
    """How to read a dot with its line, and a hollow dot when one of the bases is small."""
    lijn = "De lijn om een punt is het 95%-interval: hoe langer, hoe onzekerder."
    open_punt = (f" Een open punt berust{_little(c, waarvan).removeprefix('Berust')} Een pijl: de lijn loopt verder "
                 "dan de grafiek.")
    return [lijn + open_punt if any(small(c, aantal) for aantal in bases) else lijn]


Aandelen = Sequence[tuple[str, Sequence[Cijfer]]]
"""Rows of shares: a name, and its figure in each year that the report shows."""


def per_year(c: Cijfers, indicator: str, categorieen: Iterable[str]) -> Aandelen:
    """The figures of these categories in each year, under the names that a reader sees."""
    return [(c.settings.tekst(naam), [c.get(indicator, naam, periode=jaar) for jaar in c.jaren])
            for naam in categorieen]


def together(naam: str, rijen: Aandelen) -> Aandelen:
    """One row that is the sum of these rows, which have one base; none when there are none."""
    if not rijen:
        return []
    samen = []
    for cijfers in zip(*(cijfers for _, cijfers in rijen)):
        teller, noemer = sum(cijfer.teller or 0 for cijfer in cijfers), cijfers[0].noemer
        samen.append(Cijfer(teller, noemer, teller / noemer if noemer else None, None, None, None))
    return [(naam, samen)]


def folded(c: Cijfers, rijen: Aandelen) -> Aandelen:
    """``rijen`` with those below the limit of the settings this year as one row, which comes last."""
    grens = c.settings.drempels.overige_onder
    groot = [(naam, cijfers) for naam, cijfers in rijen if (cijfers[-1].waarde or 0) >= grens]
    klein = [rij for rij in rijen if rij not in groot]
    return [*groot, *together(folded_name(c), klein)]


def folded_name(c: Cijfers) -> str:
    """The name of the row that ``folded`` adds."""
    grens = c.settings.drempels.overige_onder
    return f"Overige (< {getal(grens, 'aandeel', 0 if grens * 100 % 1 == 0 else 1)})"


def year_shares(c: Cijfers, aandelen: Aandelen, titel: str, rijkop: str) -> Tabel:
    """Shares with their counts, last year beside this year, and between large enough bases the difference."""
    kolommen = [kolom for jaar in c.jaren for kolom in (
        Kolom("aandeel", "aandeel", str(jaar)), Kolom("aantal", groep=str(jaar)), Kolom("van", groep=str(jaar)))]
    kolommen += [Kolom("Verschil in procentpunten")] if c.vorig else []
    rijen = []
    for naam, cijfers in aandelen:
        waarden = [w for cijfer in cijfers for w in (share(c, cijfer)[0], cijfer.teller, cijfer.noemer)]
        klein = any(small(c, cijfer.noemer) for cijfer in cijfers)
        waarden += [LEEG if klein else verschil(cijfers[-1].waarde, cijfers[0].waarde, "aandeel")] if c.vorig else []
        rijen.append(Rij(hoofdletter(naam), waarden))
    return Tabel(titel, rijkop, kolommen, rijen)


def series_words(waarden: dict[str, float | None], eenheid: str = "aantal", decimalen: int | None = None) -> str:
    """All values in words where there are few, otherwise the lowest and the highest."""
    if len(waarden) <= 6:
        return "; ".join(f"{leesbaar(naam)} {getal(waarde, eenheid, decimalen)}" for naam, waarde in waarden.items())
    tekst = uitersten(list(waarden), list(waarden.values()), eenheid, decimalen)
    return f"{len(waarden)} rijen; {tekst}" if tekst else "geen waarden"


def definitions_html(indicatoren: Sequence[Indicator], settings: Settings) -> str:
    """What counts and what to mind, from the indicators themselves; nothing when there are none."""
    from kopanalyse.indicators import INDICATOREN

    if not indicatoren:
        return ""
    # a built page links what stands in the handbook: the library's own
    merk = {i.naam: f' data-indicator="{i.naam}"' if i.naam in INDICATOREN else "" for i in indicatoren}
    delen = "".join(f"<dt{merk[i.naam]}>{ontsnapt(i.titel)}</dt><dd>{with_code(i.definition(settings))} "
                    f'<span class="kanttekening">{with_code(i.kanttekening)}</span></dd>' for i in indicatoren)
    return f'<details class="definitie"><summary>Wat is geteld</summary><dl>{delen}</dl></details>'
