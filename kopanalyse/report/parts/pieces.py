"""Building blocks of the parts: words, notes and tables that more than one part needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report.charts.values import Punt
from kopanalyse.report.cijfers.cijfer import DEELS, VOLLEDIG
from kopanalyse.report.cijfers.compare import MISSCHIEN, doubts
from kopanalyse.report.cijfers.view import Cijfer, Cijfers, small
from kopanalyse.report.dutch import (
    LEEG,
    Maybe,
    downward,
    getal,
    hoofdletter,
    in_zin,
    is_missing,
    leesbaar,
    ontsnapt,
    opsomming,
    team_woord,
    telling,
    uitersten,
    verschil,
    with_code,
)
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.table import Cel, Kolom, Rij, Tabel
from kopanalyse.report.shown import VERBORGEN, Getoond

if TYPE_CHECKING:
    from kopanalyse.indicators.indicator import Indicator
    from kopanalyse.settings import Settings


NIETS_GEPUBLICEERD = "hierover staan geen aantallen in deze publicatie"


def nothing(wat: str, c: Cijfers) -> Onderdeel:
    """The part when there is nothing to count in any year that it shows."""
    jaren = " en ".join(map(str, c.jaren))
    if c.openbaar:
        return Onderdeel("", leeg=NIETS_GEPUBLICEERD)
    waar = "" if c.team == ALLE else f" bij {team_naam(c, c.team)}"
    return Onderdeel("", leeg=f"In {jaren} zijn er{waar} geen {wat}.")


def team_naam(c: Cijfers, team: str) -> str:
    """The team as a reader knows it: ``team Oost``, ``de hele organisatie``, ``onbekend team``."""
    if team == ALLE:
        return "de hele organisatie"
    return "onbekend team" if team == ONBEKEND else team_woord(team)


def team_kop(c: Cijfers, team: str) -> str:
    """The team as the head of a row or a column: ``Team Oost``, and all of them as everywhere else."""
    return c.settings.tekst(ALLE) if team == ALLE else hoofdletter(team_naam(c, team))


def in_sentence(c: Cijfers, code: str) -> str:
    """The words of a code within a sentence; a name that an organisation gave keeps its capitals."""
    tekst = c.settings.tekst(code)
    return tekst if tekst == code and code[:1].isupper() else in_zin(tekst)


def small_note(c: Cijfers, tabel: Tabel, waarvan: str) -> Tabel:
    """The table with the sentence that explains its asterisks, when it has one."""
    if not any(isinstance(w, Cel) and w.klein for rij in tabel.rijen for w in rij.waarden):
        return tabel
    return replace(tabel, noten=[*tabel.noten, f"* {_little(c, waarvan)}"])


def base_note(c: Cijfers, bases: Iterable[Maybe], waarvan: str) -> list[str]:
    """The sentence that explains the asterisks of ``base_mark`` in a figure, when one of the bases has it."""
    return [f"* {_little(c, waarvan)}"] if any(small(c, aantal) for aantal in bases) else []


def _little(c: Cijfers, waarvan: str) -> str:
    return f"Berust op minder dan {c.settings.drempels.klein_aantal} {waarvan}: te weinig om iets uit af te leiden."


def share(c: Cijfers, cijfer: Cijfer) -> list[Cel | Maybe]:
    """Value and base of a share or mean, as two cells of a table."""
    return [Cel(cijfer.waarde, small(c, cijfer.noemer) and cijfer.waarde is not None), cijfer.noemer]


def base(c: Cijfers, aantal: Maybe, enkelvoud: str, meervoud: str, rest: str = "") -> str:
    """How many records are behind a part: ``n = 581 trajecten, 2019``."""
    return f"n = {telling(aantal, enkelvoud, meervoud)}{rest}, {c.periode}"


def base_mark(c: Cijfers, aantal: Maybe) -> str:
    """The base at the end of a bar, with an asterisk when it is small."""
    return f"n = {getal(aantal)}{'*' if small(c, aantal) else ''}"


def jaren_kop(c: Cijfers) -> tuple[str, str] | None:
    """The years that a figure compares (before, now); None without a year before."""
    return (str(c.vorig), str(c.periode)) if c.vorig else None


def top_met_gelijken(waarden: Sequence[tuple[str, Maybe]], aantal: int) -> list[str]:
    """Names with the highest ``aantal`` values, highest first; every tie at the last place stays, zeros never count."""
    rangorde = sorted(((n, w) for n, w in waarden if w and not is_missing(w)), key=lambda p: -p[1])
    grens = rangorde[min(aantal, len(rangorde)) - 1][1] if rangorde else 0
    return [naam for naam, waarde in rangorde if waarde >= grens]


def key_figure(
    c: Cijfers, indicator: str, bij: str, categorie: str = TOTAAL, eenheid: str = "aantal", sub: str = ""
) -> Kerncijfer:
    """The figure of this year in large type, with last year's under it."""
    nu = c.get(indicator, categorie, sub)
    return Kerncijfer(
        getal(nu.waarde, eenheid), f"{bij}{partly(nu)}", year_before(c, indicator, categorie, sub, eenheid)
    )


def partly(cijfer: Cijfer) -> str:
    """Behind what a figure counts: that its period is covered in part."""
    return f" ({DEELS})" if cijfer.dekking == DEELS else ""


def kinds(c: Cijfers, rol: str) -> tuple[str, ...]:
    """The trajectsoorten of the organisation in a role; what is no role (informatie en advies) is itself."""
    return tuple(s for s in c.settings.rollen.get(rol, (rol,)) if s in c.categorieen("behandelde_casussen"))


def together_of(
    c: Cijfers, indicator: str, soorten: Sequence[str], *, periode: Periode | None = None, team: str | None = None
) -> float | None:
    """A count over several kinds; None where none of them is known."""
    waarden = [c.waarde(indicator, soort, periode=periode, team=team) for soort in soorten]
    bekend = [waarde for waarde in waarden if waarde is not None]
    return sum(bekend) if bekend else None


def role_figure(c: Cijfers, indicator: str, rol: str, bij: str) -> Kerncijfer:
    """A count over the kinds in a role in large type, by their own names where they are not the library's."""
    soorten = kinds(c, rol)
    eigen = "" if soorten in ((rol,), ()) else f" ({opsomming(in_sentence(c, soort) for soort in soorten)})"
    toen = together_of(c, indicator, soorten, periode=c.vorig) if c.vorig else None
    deels, deels_toen = (
        next(filter(None, (partly(c.get(indicator, soort, periode=jaar)) for soort in soorten)), "")
        for jaar in (c.periode, c.vorig)
    )
    anders = otherwise(c, indicator, *soorten)
    return Kerncijfer(
        getal(together_of(c, indicator, soorten)),
        bij + eigen + deels,
        "" if is_missing(toen) else f"{c.vorig}: {getal(toen)}{deels_toen}{anders}",
    )


def never_had(c: Cijfers, indicator: str, soort: str) -> bool:
    """Whether a kind of traject is only there because the library lists it: no year has one of the organisation's."""
    return soort in c.settings.rollen and not any(c.waarde(indicator, soort, periode=j, team=ALLE) for j in c.known)


def year_before(
    c: Cijfers,
    indicator: str,
    categorie: str = TOTAAL,
    sub: str = "",
    eenheid: str = "aantal",
    *,
    met_voorbehoud: bool = True,
) -> str:
    """``2018: 473``, with the word ``deels`` where that is all there is; empty where nothing is known.

    What was registered otherwise then, says so, unless a sentence beside it does; of what nobody registered at all it
    says that instead of 0.
    """
    if c.vorig is None:
        return ""
    toen = c.get(indicator, categorie, sub, periode=c.vorig)
    if not toen.teller and not is_missing(toen.waarde) and not was_counted(c, indicator, c.vorig):
        return f"{c.vorig}: nog niets geregistreerd"
    anders = otherwise(c, indicator, categorie) if met_voorbehoud else ""
    return "" if is_missing(toen.waarde) else f"{c.vorig}: {getal(toen.waarde, eenheid)}{partly(toen)}{anders}"


def otherwise(c: Cijfers, indicator: str, *categorieen: str) -> str:
    """Behind a figure of the year before: that it was, or may be, registered otherwise, in any of these categories."""
    if any(c.breuken(indicator, naam) for naam in categorieen):
        return " (anders geregistreerd)"
    return f" ({MISSCHIEN})" if any(doubts(c, indicator, naam) for naam in categorieen) else ""


def was_counted(c: Cijfers, indicator: str, periode: Periode) -> bool:
    """Whether an indicator counts anything in this year, in any team: else it was not registered, which is not 0."""
    return c.remembered(
        ("geteld", indicator, periode),
        lambda: any(
            c.get(indicator, naam, sub, periode=periode, team=ALLE).teller
            for naam in (TOTAAL, *c.categorieen(indicator))
            for sub in ("", TOTAAL)
        ),
    )


def in_year(c: Cijfers, indicator: str, *categorie: str, periode: Periode) -> Maybe:
    """A count for a table of years; nothing for a year in which nobody registered any of its kind."""
    waarde = c.waarde(indicator, *categorie, periode=periode)
    return waarde if waarde or was_counted(c, indicator, periode) else None


def share_figure(c: Cijfers, indicator: str, bij: str, cijfer: Cijfer, waarvan: str) -> Kerncijfer:
    """A share in large type, with its base and last year's under it."""
    delen = [
        f"{getal(cijfer.teller)} van {getal(cijfer.noemer)} {waarvan}",
        year_before(c, indicator, eenheid="aandeel"),
    ]
    return Kerncijfer(getal(cijfer.waarde, "aandeel"), f"{bij}{partly(cijfer)}", "; ".join(filter(None, delen)))


def sort_down(c: Cijfers, indicator: str, namen: Sequence[str], subcategorie: str = "") -> list[str]:
    """Those names that count anything this year, the largest first; what is unknown comes last."""
    geteld = [n for n in namen if c.get(indicator, n, subcategorie).teller]
    return sorted(geteld, key=lambda n: (n == ONBEKEND, downward(c.get(indicator, n, subcategorie).teller)))


def estimate(
    c: Cijfers,
    indicator: str,
    categorie: str,
    naam: str,
    team: str | None = None,
    schaal: tuple[float, float] | None = None,
) -> Punt:
    """A dot for ``charts.punten``; no interval goes past the ends of the ``schaal``."""
    nu = c.get(indicator, categorie, team=team)
    toen = c.waarde(indicator, categorie, periode=c.vorig, team=team) if c.vorig else None
    return Punt(naam, nu.waarde, *within(nu, schaal), toen, small(c, nu.noemer))


def within(cijfer: Cijfer, schaal: tuple[float, float] | None) -> tuple[Maybe, Maybe]:
    """The interval of a figure, as far as it lies on the scale: a mean of a few values can have a wider one."""
    onder, boven = cijfer.ondergrens, cijfer.bovengrens
    if schaal is None or is_missing(onder) or is_missing(boven):
        return onder, boven
    return max(onder, schaal[0]), min(boven, schaal[1])


def interval_notes(c: Cijfers, bases: Iterable[Maybe], waarvan: str) -> list[str]:
    """How to read a dot with its line, and a hollow dot when one of the bases is small."""
    lijn = "De lijn om een punt is het 95%-interval: hoe langer, hoe onzekerder."
    open_punt = (
        f" Een open punt berust{_little(c, waarvan).removeprefix('Berust')} Een pijl: de lijn loopt verder "
        "dan de grafiek."
    )
    return [lijn + open_punt if any(small(c, aantal) for aantal in bases) else lijn]


Aandelen = Sequence[tuple[str, Sequence[Cijfer]]]
"""Rows of shares: a name, and its figure in each year that the report shows."""


def per_year(c: Cijfers, indicator: str, categorieen: Iterable[str]) -> Aandelen:
    """The figures of these categories in each year, under the names that a reader sees."""
    return [
        (c.settings.tekst(naam), [c.get(indicator, naam, periode=jaar) for jaar in c.jaren]) for naam in categorieen
    ]


def together(c: Cijfers, naam: str, rijen: Aandelen, andere: Aandelen) -> Aandelen:
    """One row that is the sum of these rows, which have one base; none when there are none.

    In an edition, which may hide some of them, it is what ``andere``, all other rows, leave of the base.
    """
    if not rijen and not (c.openbaar and andere):
        return []
    samen = []
    for plaats, cijfers in enumerate(zip(*(cijfers for _, cijfers in rijen or andere))):
        teller, noemer = sum(cijfer.teller or 0 for cijfer in cijfers), cijfers[0].noemer
        if c.openbaar:
            teller = rest(c, noemer, [cijfers[plaats].teller or 0 for _, cijfers in andere])
        samen.append(Cijfer(teller, noemer, c.share_of(teller, noemer), None, None, None))
    return [(naam, samen)]


def rest(c: Cijfers, geheel: Maybe, delen: Iterable[Maybe]) -> Getoond:
    """What shown parts leave of a shown whole, to the nearest multiple; hidden where it may be small."""
    over = (geheel or 0) - sum(delen)
    if is_missing(over) or over < c.drempel:
        return VERBORGEN
    return Getoond(int(over / c.afronden_op + 0.5) * c.afronden_op, afgerond=True)


def folded(c: Cijfers, rijen: Aandelen) -> Aandelen:
    """``rijen`` with those below the limit of the settings this year as one row, which comes last."""
    grens = c.settings.drempels.overige_onder
    groot = [(naam, cijfers) for naam, cijfers in rijen if (cijfers[-1].waarde or 0) >= grens]
    klein = [rij for rij in rijen if rij not in groot]
    return [*groot, *together(c, folded_name(c), klein, groot)]


def folded_name(c: Cijfers) -> str:
    """The name of the row that ``folded`` adds; in an edition what is not shown is in it too."""
    if c.openbaar:
        return "Overige, klein of niet getoond"
    grens = c.settings.drempels.overige_onder
    return f"Overige (< {getal(grens, 'aandeel', 0 if grens * 100 % 1 == 0 else 1)})"


def year_shares(c: Cijfers, aandelen: Aandelen, titel: str, rijkop: str) -> Tabel:
    """Shares with their counts, last year beside this year, and between large enough bases the difference."""
    kolommen = [
        kolom
        for jaar in c.jaren
        for kolom in (
            Kolom("aandeel", "aandeel", str(jaar)),
            Kolom("aantal", groep=str(jaar)),
            Kolom("van", groep=str(jaar)),
        )
    ]
    kolommen += [Kolom("Verschil in procentpunten")] if c.vorig else []
    rijen = []
    for naam, cijfers in aandelen:
        waarden = [w for cijfer in cijfers for w in (share(c, cijfer)[0], cijfer.teller, cijfer.noemer)]
        klein = any(small(c, cijfer.noemer) for cijfer in cijfers)
        klein = klein or any(cijfer.dekking != VOLLEDIG for cijfer in cijfers)
        waarden += [LEEG if klein else verschil(cijfers[-1].waarde, cijfers[0].waarde, "aandeel")] if c.vorig else []
        rijen.append(Rij(hoofdletter(naam), waarden))
    return Tabel(titel, rijkop, kolommen, rijen)


def series_words(
    waarden: dict[str, Maybe], eenheid: str = "aantal", decimalen: int | None = None, klein: Collection[str] = ()
) -> str:
    """All values in words where there are few, otherwise the lowest and the highest: of those that are not ``klein``,
    names of which the base is too small to say anything.
    """
    if len(waarden) <= 6:
        return "; ".join(f"{leesbaar(naam)} {getal(waarde, eenheid, decimalen)}" for naam, waarde in waarden.items())
    groot = {naam: waarde for naam, waarde in waarden.items() if naam not in klein}
    tekst = uitersten(list(groot), list(groot.values()), eenheid, decimalen)
    weg = f" (zonder {len(klein)} met een kleine n)" if klein else ""
    return f"{len(waarden)} rijen; {tekst}{weg}" if tekst else f"{len(waarden)} rijen" if groot else "geen waarden"


def definitions_html(indicatoren: Sequence[Indicator], settings: Settings, in_handboek: Collection[str]) -> str:
    """What counts and what to mind, from the indicators themselves; nothing when there are none.

    A built page links those that stand in the handbook.
    """
    if not indicatoren:
        return ""
    merk = {i.naam: f' data-indicator="{i.naam}"' if i.naam in in_handboek else "" for i in indicatoren}
    delen = "".join(
        f"<dt{merk[i.naam]}>{ontsnapt(i.titel)}</dt><dd>{with_code(i.definition(settings))} "
        f'<span class="kanttekening">{with_code(i.kanttekening)}</span></dd>'
        for i in indicatoren
    )
    return f'<details class="definitie"><summary>Wat is geteld</summary><dl>{delen}</dl></details>'


def definition_text(ind: Indicator, settings: Settings) -> str:
    """What counts and what to mind, as words without any form."""
    return f"{ind.titel}: {ind.definition(settings)} {ind.kanttekening}".strip().replace("`", "")
