"""Whole parts in a form that several chapters share: counts by year, lines by quarter, estimates with interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ONBEKEND, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.style import LICHTER, ZWAAR, kleur
from kopanalyse.report.charts.values import Paneel, Reeks, Staaf, Stapel
from kopanalyse.report.cijfers.view import Cijfer, Cijfers, small
from kopanalyse.report.dutch import (
    downward,
    getal,
    hoofdletter,
    is_missing,
    kwartaal,
    leesbaar,
    opsomming,
    uitersten,
    verloop,
    verschil,
)
from kopanalyse.report.parts.breaks import break_lines, break_notes
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import (
    Aandelen,
    base,
    base_mark,
    base_note,
    estimate,
    in_sentence,
    in_year,
    interval_notes,
    jaren_kop,
    never_had,
    nothing,
    series_words,
    share,
    small_note,
    within,
    year_shares,
)
from kopanalyse.report.parts.sentences import Telling, Wat, development, developments, extremes, known_parts, largest
from kopanalyse.report.parts.table import INTERVAL, Kolom, Rij, Tabel, bounds
from kopanalyse.report.parts.usual import unusual_months

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat


def counts_by_year(
    c: Cijfers,
    indicator: str,
    categorieen: Sequence[str],
    titel: str,
    rijkop: str,
    wat: str,
    *,
    totaal: bool = True,
    code: str = "",
    grondslag: str = "",
    noten: Sequence[str] = (),
    eenheid: str = "aantal",
    telt: Wat | None = None,
    duiding: Sequence[str] = (),
) -> Onderdeel:
    """Counts per category: a bar each, last year beside this year where it counts anything, and the same in a table.

    ``wat`` completes "er zijn geen …" when there is nothing; ``code`` gives the bars their colour. With ``telt``, what
    the total counts, the sentences are about the largest category and the total; ``duiding`` replaces them.
    """
    toon = c.settings.tekst
    vergelijkt = bool(c.vorig and c.niet_leeg(indicator, list(categorieen), perioden=[str(c.vorig)]))
    if not categorieen:
        return nothing(wat, c)
    kolommen = [Kolom(str(jaar), eenheid) for jaar in c.jaren]
    rijen = [Rij(toon(naam), [in_year(c, indicator, naam, periode=jaar) for jaar in c.jaren]) for naam in categorieen]
    if totaal:
        rijen.append(Rij("Totaal", [in_year(c, indicator, periode=jaar) for jaar in c.jaren], nadruk=True))
    waarden = {toon(naam): c.waarde(indicator, naam) for naam in categorieen}

    def teken(maat: Maat) -> Figure:
        return charts.staven(
            [
                Staaf(
                    toon(naam),
                    c.waarde(indicator, naam),
                    c.waarde(indicator, naam, periode=c.vorig) if vergelijkt else None,
                    kleur(code),
                )
                for naam in categorieen
            ],
            maat,
            eenheid,
            jaren_kop(c) if vergelijkt else None,
        )

    if telt and not duiding:
        n, ontwikkeling = c.waarde(indicator), development(c, indicator, f"het aantal {telt[1]}")
        grootste = largest(c, known_parts(c, indicator, categorieen), n, telt, onbekend=c.waarde(indicator, ONBEKEND))
        duiding = [ontwikkeling] if small(c, n) and ontwikkeling else [grootste, ontwikkeling]
    return Onderdeel(
        titel,
        Tabel(titel, rijkop, kolommen, rijen),
        grondslag,
        teken,
        f"Staafdiagram over {c.nu}. {series_words(waarden, eenheid)}.",
        noten,
        duiding=duiding,
    )


def shares_by_year(
    c: Cijfers,
    aandelen: Aandelen,
    titel: str,
    rijkop: str,
    enkelvoud: str,
    meervoud: str,
    *,
    noten: Sequence[str] = (),
    rest: str = "",
    kop: str = "Het vaakst",
    duiding: Sequence[str] = (),
) -> Onderdeel:
    """Shares of one base: a bar each, last year beside this year, and in a table with their counts.

    ``enkelvoud`` and ``meervoud`` say what the base counts. The sentence about the largest leaves out the row ``rest``,
    several categories together; ``duiding`` follows it.
    """
    n = aandelen[0][1][-1].noemer if aandelen else None
    if not n and not any(cijfer.noemer for _, cijfers in aandelen for cijfer in cijfers):
        return nothing(meervoud, c)
    tabel = small_note(c, year_shares(c, aandelen, titel, rijkop), meervoud)

    def teken(maat: Maat) -> Figure:
        return charts.staven(
            [Staaf(naam, cijfers[-1].waarde, cijfers[0].waarde if c.vorig else None) for naam, cijfers in aandelen],
            maat,
            "aandeel",
            jaren_kop(c),
        )

    klein = {naam for naam, cijfers in aandelen if small(c, cijfers[-1].noemer)}
    alt = f"Staafdiagram over {c.nu}. {series_words({n: k[-1].waarde for n, k in aandelen}, 'aandeel', klein=klein)}."
    nu = {naam: cijfers[-1].teller for naam, cijfers in aandelen if naam != rest}
    onbekend = nu.pop(c.settings.tekst(ONBEKEND), None)
    zin = largest(c, nu, n, (enkelvoud, meervoud), kop=kop, onbekend=onbekend)
    return Onderdeel(titel, tabel, base(c, n, enkelvoud, meervoud), teken, alt, noten, duiding=[zin, *duiding])


def distribution(
    c: Cijfers,
    indicator: str,
    aandelen: Aandelen,
    kleuren: Sequence[str],
    titel: str,
    rijkop: str,
    enkelvoud: str,
    meervoud: str,
    *,
    noten: Sequence[str] = (),
    duiding: Sequence[str] = (),
) -> Onderdeel:
    """Shares of classes that are in order and make up the whole: a bar in parts per year, with the base at its end."""
    bases = [
        max((cijfers[plaats].noemer or 0 for _, cijfers in aandelen), key=lambda n: (not is_missing(n), n), default=0)
        for plaats in range(len(c.jaren))
    ]
    if not any(bases):
        return nothing(meervoud, c)
    tabel = small_note(c, year_shares(c, aandelen, titel, rijkop), meervoud)
    jaren = [(plaats, jaar) for plaats, jaar in enumerate(c.jaren) if bases[plaats]][::-1]

    # between the bars of the two years; a year without a bar is held against nothing
    breuken = [(1, leesbaar(breuk.reden)) for breuk in c.breuken(indicator)[:1] if len(jaren) > 1]

    def teken(maat: Maat) -> Figure:
        stapels = [
            Stapel(str(jaar), [cijfers[plaats].waarde or 0 for _, cijfers in aandelen], base_mark(c, bases[plaats]))
            for plaats, jaar in jaren
        ]
        lagen = list(zip((naam for naam, _ in aandelen), kleuren))
        return charts.gestapeld(stapels, lagen, maat, "aandeel", breuken=breuken)

    alt = "Gestapelde staven per jaar. " + " ".join(
        f"{jaar}: {series_words({naam: cijfers[plaats].waarde for naam, cijfers in aandelen}, 'aandeel')}."
        for plaats, jaar in jaren
    )
    return Onderdeel(
        titel,
        tabel,
        base(c, bases[-1], enkelvoud, meervoud),
        teken,
        alt,
        [*noten, *base_note(c, [bases[plaats] for plaats, _ in jaren], meervoud)],
        duiding=duiding,
    )


def theme_counts(
    c: Cijfers, indicator: str, titel: str, enkelvoud: str, meervoud: str, *, noten: Sequence[str] = ()
) -> Onderdeel:
    """Unique counts per thema, dark, with its effects under it, light; every total counted anew."""
    if not any(c.waarde(indicator, TOTAAL, TOTAAL, periode=jaar) for jaar in c.jaren):
        return nothing(meervoud, c)
    themas = [
        thema
        for thema in c.categorieen(indicator)
        if any(c.waarde(indicator, thema, TOTAAL, periode=jaar) for jaar in c.jaren)
    ]
    themas.sort(key=lambda thema: (thema == ONBEKEND, downward(c.waarde(indicator, thema, TOTAAL) or 0)))
    # what is known of no thema is known of no effect
    paren = [
        (thema, effect)
        for thema in themas
        for effect in [TOTAAL, *(_largest_first(c, indicator, thema) if thema != ONBEKEND else [])]
    ]

    def naam(thema: str, effect: str) -> str:
        if thema == ONBEKEND:
            return "Thema onbekend"
        return (
            c.settings.tekst(thema)
            if effect == TOTAAL
            else ("Effect onbekend" if effect == ONBEKEND else c.settings.tekst(effect))
        )

    def waarden(thema: str, effect: str) -> list[float | str | None]:
        tellingen = [in_year(c, indicator, thema, effect, periode=jaar) for jaar in c.jaren]
        return [*tellingen, *([verschil(tellingen[-1], tellingen[0])] if c.vorig else [])]

    kolommen = [*[Kolom(str(jaar)) for jaar in c.jaren], *([Kolom("Verschil")] if c.vorig else [])]
    rijen = [
        Rij(naam(*paar) if paar[1] == TOTAAL else f"– {naam(*paar)}", waarden(*paar), nadruk=paar[1] == TOTAAL)
        for paar in paren
    ]
    rijen.append(Rij("Totaal", waarden(TOTAAL, TOTAAL), nadruk=True))

    def teken(maat: Maat) -> Figure:
        return charts.staven(
            [
                Staaf(
                    naam(*paar),
                    c.waarde(indicator, *paar),
                    c.waarde(indicator, *paar, periode=c.vorig) if c.vorig else None,
                    ZWAAR if paar[1] == TOTAAL else LICHTER,
                )
                for paar in paren
            ],
            maat,
            jaren=jaren_kop(c),
        )

    n = c.waarde(indicator, TOTAAL, TOTAAL)
    alt = (
        f"Staafdiagram met per thema een donkere staaf en daaronder per effect een lichte. "
        f"{series_words({naam(thema, TOTAAL): c.waarde(indicator, thema, TOTAAL) for thema in themas})}."
    )
    wat = (enkelvoud, meervoud)
    duiding = [
        largest(
            c,
            known_parts(c, indicator, themas, TOTAAL),
            n,
            wat,
            kop="Het grootste thema",
            onbekend=c.waarde(indicator, ONBEKEND, TOTAAL),
        ),
        development(c, indicator, f"het aantal {meervoud}", TOTAAL, TOTAAL),
    ]
    return Onderdeel(
        titel, Tabel(titel, "Thema en effect", kolommen, rijen), base(c, n, *wat), teken, alt, noten, duiding=duiding
    )


def _largest_first(c: Cijfers, indicator: str, thema: str) -> list[str]:
    """The effects of a thema that count anything in either year, the largest of this year first."""
    effecten = [
        e
        for e in c.subcategorieen(indicator, thema)
        if any(c.waarde(indicator, thema, e, periode=jaar) for jaar in c.jaren)
    ]
    return sorted(effecten, key=lambda e: (e == ONBEKEND, downward(c.waarde(indicator, thema, e) or 0)))


def by_quarter(c: Cijfers, indicator: str, wat: str, noten: Sequence[str] = (), *, duid: bool = True) -> Onderdeel:
    """A panel of lines per category over the quarters of both years; the table adds the years.

    Without ``duid`` there is no sentence about the years, where another figure has it.
    """
    kwartalen = c.kwartalen(indicator)
    perioden = [periode for jaar in c.jaren for periode in [*quarters_of(kwartalen, jaar), str(jaar)]]
    soorten = c.niet_leeg(indicator, c.categorieen(indicator), perioden=perioden)
    if not soorten or not kwartalen:
        return nothing(wat, c)
    titel = f"{hoofdletter(wat)} per kwartaal"
    kolommen = [Kolom(periode.partition("-")[2] or "jaar", groep=periode[:4]) for periode in perioden]
    rijen = [
        Rij(c.settings.tekst(soort), [c.shown(indicator, soort, periode=p) for p in perioden]) for soort in soorten
    ]
    reeksen = {soort: [c.whole(indicator, soort, periode=p) for p in kwartalen] for soort in soorten}

    def teken(maat: Maat) -> Figure:
        return charts.lijnen(
            [
                Paneel(
                    c.settings.tekst(s),
                    kwartalen,
                    [Reeks(c.settings.tekst(s), w, kleur(s))],
                    breuken=break_lines(c, indicator, s, kwartalen),
                )
                for s, w in reeksen.items()
                if s != ONBEKEND or len(reeksen) == 1
            ],
            maat,
        )

    alt = "Lijngrafieken per kwartaal. " + " ".join(
        f"{c.settings.tekst(soort)}: {course(c, indicator, soort, kwartalen, waarden)}."
        for soort, waarden in reeksen.items()
    )
    n = ", ".join(f"{in_sentence(c, s)} {getal(c.waarde(indicator, s))}" for s in soorten)
    duiding = (
        [developments(c, [Telling(c.settings.tekst(s), indicator, s) for s in soorten if s != ONBEKEND])]
        if duid
        else []
    )
    return Onderdeel(
        titel,
        Tabel(titel, "Soort", kolommen, rijen),
        f"n in {c.nu}: {n}",
        teken,
        alt,
        [
            " ".join(["Elke grafiek heeft een eigen schaal, die bij 0 begint.", *noten]),
            *break_notes(c, [(indicator, s) for s in soorten], kwartalen),
            *_left_out(c, indicator, soorten),
        ],
        duiding=[*duiding, *unusual_months(c, indicator, soorten)],
    )


def course(
    c: Cijfers,
    indicator: str,
    soort: str,
    kwartalen: Sequence[str],
    waarden: Sequence[float | None],
    eenheid: str = "aantal",
) -> str:
    """A series in words; over a break only its lowest and highest, for its ends are not to be compared."""
    breuken, namen = break_lines(c, indicator, soort, kwartalen), list(map(kwartaal, kwartalen))
    if eenheid == "aandeel":  # one of very few is no lowest and no highest
        waarden = [
            None if small(c, c.get(indicator, soort, periode=p).noemer) else w for p, w in zip(kwartalen, waarden)
        ]
    if not breuken:
        return verloop(namen, waarden, eenheid)
    return f"{uitersten(namen, waarden, eenheid)}; met een breuk: {'; '.join(reden for _, reden in breuken)}"


def quarters_of(kwartalen: Sequence[str], periode: Periode) -> list[str]:
    """Those quarters that are of ``periode``."""
    return [kwartaal for kwartaal in kwartalen if kwartaal.startswith(f"{periode}-")]


def _left_out(c: Cijfers, indicator: str, getoond: Sequence[str]) -> list[str]:
    """Which categories of the list are left out because no year has any of them; ``onbekend`` goes unsaid."""
    namen = [n for n in c.categorieen(indicator) if n not in (*getoond, ONBEKEND) and not never_had(c, indicator, n)]
    weg = [in_sentence(c, naam) for naam in namen]
    return (
        [f"Niet getoond, want in {opsomming(map(str, c.jaren))} niet geregistreerd: {opsomming(weg)}."] if weg else []
    )


class Regel(NamedTuple):
    """One row of estimates: its name and where its figure stands; ``samen`` when it is all others together."""

    naam: str
    indicator: str
    categorie: str = TOTAAL
    team: str | None = None
    samen: bool = False


def estimates(
    c: Cijfers,
    regels: Sequence[Regel],
    titel: str,
    rijkop: str,
    kop: str,
    grondslag: str,
    eenheid: str,
    *,
    decimalen: int = 1,
    n: float | None = None,
    noten: Sequence[str] = (),
    wat: str = "",
    duiding: Sequence[str] = (),
    schaal: tuple[float, float] | None = None,
    hele_schaal: bool = False,
) -> Onderdeel:
    """Shares or means as dots with their 95% interval, last year's beside them, and in a table with their n.

    ``grondslag`` is what n counts. ``n`` is what the whole part rests on: without it that of the last row. No
    interval goes past the ends of the ``schaal``; with ``hele_schaal`` the figure shows all of it. ``wat`` names the
    rows in a sentence about the highest and lowest (domeinen), after ``duiding``; without it there is none.
    """
    regels = [r for r in regels if _of(c, r).noemer]
    if not regels:
        return nothing(grondslag, c)
    jaren = [c.periode, c.vorig] if c.vorig else [c.periode]
    kolommen = [
        kolom
        for jaar in jaren
        for kolom in (
            Kolom(kop, eenheid, str(jaar), decimalen),
            Kolom("n", groep=str(jaar)),
            *([Kolom("95%-interval", INTERVAL, str(jaar))] if jaar == c.periode else []),
        )
    ]

    def waarden(regel: Regel) -> list:
        nu = _of(c, regel)
        toen = share(c, _of(c, regel, c.vorig)) if c.vorig else []
        return [*share(c, nu), bounds(*within(nu, schaal), eenheid, decimalen), *toen]

    tabel = small_note(
        c, Tabel(titel, rijkop, kolommen, [Rij(r.naam, waarden(r), nadruk=r.samen) for r in regels]), grondslag
    )

    def teken(maat: Maat) -> Figure:
        geschat = [estimate(c, *r[1:3], r.naam, r.team, schaal) for r in regels]
        return charts.punten(geschat, maat, eenheid, jaren_kop(c), decimalen, schaal if hele_schaal else None)

    klein = {r.naam for r in regels if small(c, _of(c, r).noemer)}
    woorden = series_words({r.naam: _of(c, r).waarde for r in regels}, eenheid, decimalen, klein)
    alt = f"Punten met 95%-interval. {woorden}."
    if len(regels) > 6:
        alt += f" {regels[-1].naam}: {getal(_of(c, regels[-1]).waarde, eenheid, decimalen)}."
    n = n if n is not None else _of(c, regels[-1]).noemer
    bekend = [(r.naam, _of(c, r)) for r in regels if wat and not r.samen and ONBEKEND not in (r.categorie, r.team)]
    uitersten = extremes(c, bekend, eenheid, wat, grondslag, decimalen)
    return Onderdeel(
        titel,
        tabel,
        base(c, n, grondslag, grondslag),
        teken,
        alt,
        [*noten, *interval_notes(c, [_of(c, r).noemer for r in regels], grondslag)],
        duiding=[*duiding, uitersten],
    )


def _of(c: Cijfers, regel: Regel, periode: Periode | None = None) -> Cijfer:
    return c.get(regel.indicator, regel.categorie, periode=periode, team=regel.team)
