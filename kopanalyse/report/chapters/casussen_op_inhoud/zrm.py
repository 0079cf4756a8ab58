"""Parts of chapter "Individuele casussen op inhoud" about the Zelfredzaamheid-Matrix (§ 2.1 and 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ONBEKEND, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.style import RICHTING
from kopanalyse.report.charts.style import SCORES as KLEUREN
from kopanalyse.report.charts.values import Stapel
from kopanalyse.report.cijfers.view import Cijfer, Cijfers, small
from kopanalyse.report.dutch import Maybe, downward, getal, opsomming, telling, werkwoord
from kopanalyse.report.parts.catalogue import kerncijfers, onderdeel
from kopanalyse.report.parts.forms import Regel, estimates
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import (
    base,
    base_mark,
    base_note,
    key_figure,
    nothing,
    role_figure,
    series_words,
    share_figure,
    small_note,
    sort_down,
)
from kopanalyse.report.parts.sentences import extremes, known_parts, largest, too_few
from kopanalyse.report.parts.table import Cel, Kolom, Rij, Tabel
from kopanalyse.report.shown import is_hidden
from kopanalyse.statistics import wilson

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat

INDIVIDUEEL = "individueel"
SCORES = ("1", "2", "3", "4", "5")


@kerncijfers
def inhoud(c: Cijfers) -> list[Kerncijfer]:
    """The chapter in a few numbers."""
    volledig = c.get("zrm_volledig")
    return [
        role_figure(c, "behandelde_casussen", INDIVIDUEEL, "individuele trajecten behandeld"),
        role_figure(c, "uitstroom", INDIVIDUEEL, "individuele trajecten afgesloten"),
        _klanten(c),
        share_figure(
            c, "zrm_volledig", "van de afgesloten trajecten met een ZRM-meting aan begin én eind", volledig, "trajecten"
        ),
    ]


def _klanten(c: Cijfers) -> Kerncijfer:
    return key_figure(c, "klanten", "klanten met een individueel traject", sub=TOTAAL)


@onderdeel("Score bij intake op de hoofddomeinen", "zrm_intake")
def zrm_intake(c: Cijfers) -> Onderdeel:
    return _intake(c, "zrm_intake", "ZRM-scores bij intake op hoofddomeinen", "individuele trajecten")


@onderdeel("Score bij intake op de hoofddomeinen van jongeren", "zrm_intake_jongeren")
def zrm_intake_jongeren(c: Cijfers) -> Onderdeel:
    tot = c.settings.drempels.jongere_tot_en_met
    return _intake(
        c,
        "zrm_intake_jongeren",
        f"ZRM-scores bij intake van jongeren (tot en met {tot} jaar)",
        "trajecten van jongeren",
    )


def _intake(c: Cijfers, indicator: str, wat: str, trajecten: str) -> Onderdeel:
    """A bar per domain as long as the number of trajecten, in parts by score; the longest bar on top."""
    domeinen = sort_down(c, indicator, _domeinen(c, indicator), TOTAAL)
    if not domeinen:
        return nothing(wat, c)
    titel = f"{wat}, {c.periode}"
    getekend = _is_shown([c.waarde(indicator, d, s) for d in domeinen for s in SCORES])
    scores = SCORES if getekend else ()
    kolommen = [
        *[Kolom(score, groep="Score") for score in scores],
        Kolom("Totaal"),
        *([Kolom(f"Totaal {c.vorig}")] if c.vorig else []),
    ]
    rijen = [
        Rij(
            c.settings.tekst(domein),
            [
                *[c.waarde(indicator, domein, score) for score in scores],
                c.waarde(indicator, domein, TOTAAL),
                *([c.waarde(indicator, domein, TOTAAL, periode=c.vorig)] if c.vorig else []),
            ],
            nadruk=domein == TOTAAL,
        )
        for domein in [*domeinen, TOTAAL]
    ]

    def teken(maat: Maat) -> Figure:
        lagen = [(c.settings.tekst(f"score {s}"), KLEUREN[s]) for s in SCORES]
        return charts.gestapeld(
            [
                Stapel(
                    c.settings.tekst(d),
                    [c.waarde(indicator, d, s) or 0 for s in SCORES],
                    getal(c.waarde(indicator, d, TOTAAL)),
                    c.waarde(indicator, d, TOTAAL),
                )
                for d in domeinen
            ],
            lagen,
            maat,
        )

    totaal = c.get(indicator, TOTAAL, TOTAAL)
    alt = (
        f"Gestapelde staven per domein, van lang naar kort. "
        f"{series_words({c.settings.tekst(d): c.waarde(indicator, d, TOTAAL) for d in domeinen})}. Over alle "
        f"hoofddomeinen: {_per_score(c, indicator)}."
    )
    n = (
        f"n = {telling(totaal.teller, 'hoofddomein', 'hoofddomeinen')} met een score bij intake, bij "
        f"{trajecten} van {telling(totaal.n_personen, 'klant', 'klanten')}"
    )
    return Onderdeel(
        titel,
        Tabel(titel, "Domein", kolommen, rijen),
        n,
        teken if getekend else None,
        alt,
        [] if getekend else [f"Over alle hoofddomeinen: {_per_score(c, indicator)}."],
        duiding=[
            largest(
                c,
                known_parts(c, indicator, domeinen, TOTAAL),
                totaal.teller,
                ("hoofddomein met een score", "hoofddomeinen met een score"),
            )
        ],
    )


def _is_shown(delen: Sequence[Maybe]) -> bool:
    """Whether there is a part to draw: of some tables an edition has only the totals."""
    return not all(map(is_hidden, delen))


def _per_score(c: Cijfers, indicator: str) -> str:
    return opsomming(f"{getal(c.waarde(indicator, TOTAAL, score))} keer score {score}" for score in SCORES)


def _domeinen(c: Cijfers, indicator: str) -> list[str]:
    return c.categorieen(indicator, c.settings.codelijsten["domein"])


@onderdeel("Groei op de hoofddomeinen", "zrm_groei")
def zrm_groei(c: Cijfers) -> Onderdeel:
    noot = (
        "Groei is de score aan het eind min de score bij intake. De schaal is een rangorde: een gemiddelde zegt "
        "niet hoeveel mensen een niveau stijgen. Dat staat bij de overgang van scores."
    )
    return _per_domein(
        c,
        "zrm_groei",
        "Gemiddelde groei op de ZRM per hoofddomein",
        "Groei",
        "paren van intake en eind",
        "gemiddelde",
        2,
        [noot],
    )


@onderdeel("Behaalde doelen op de hoofddomeinen", "zrm_doel_behaald")
def zrm_doel_behaald(c: Cijfers) -> Onderdeel:
    return _per_domein(
        c,
        "zrm_doel_behaald",
        "Aandeel behaalde doelen per hoofddomein",
        "Doel behaald",
        "paren met een doelscore",
        "aandeel",
        1,
        [],
    )


def _per_domein(
    c: Cijfers, indicator: str, titel: str, kop: str, grondslag: str, eenheid: str, decimalen: int, noten: list[str]
) -> Onderdeel:
    """An estimate with its interval per domain, the domain with the most records on top; ``totaal`` last."""
    namen = [d for d in _domeinen(c, indicator) if c.get(indicator, d).noemer]
    domeinen = sorted(namen, key=lambda d: (d == ONBEKEND, downward(c.get(indicator, d).noemer)))
    if not domeinen:
        return nothing(f"afgesloten trajecten met {grondslag}", c)
    regels = [Regel(c.settings.tekst(d), indicator, d, samen=d == TOTAAL) for d in [*domeinen, TOTAAL]]
    return estimates(
        c,
        regels,
        titel,
        "Domein",
        kop,
        grondslag,
        eenheid,
        decimalen=decimalen,
        noten=noten,
        wat="domeinen",
        schaal=(-4, 4) if eenheid == "gemiddelde" else None,
    )


@onderdeel("Overgang van scores", "zrm_overgang")
def zrm_overgang(c: Cijfers) -> Onderdeel:
    matrix = [[_overgang(c, TOTAAL, a, b) for b in SCORES] for a in SCORES]
    n = c.waarde("zrm_overgang", TOTAAL, TOTAAL)
    if not n:
        return nothing("paren van een intake- en een eindscore", c)
    titel = f"Van score bij intake naar score aan het eind, {c.periode}"
    kolommen = [*[Kolom(s, groep="Score aan het eind") for s in SCORES], Kolom("Totaal")]
    rijen = [Rij(c.settings.tekst(f"score {a}"), [*rij, sum(rij)]) for a, rij in zip(SCORES, matrix)]
    namen = [c.settings.tekst(f"score {s}") for s in SCORES]

    def teken(maat: Maat) -> Figure:
        return charts.warmte(matrix, namen, SCORES, maat, "Score bij intake", "Score aan het eind")

    daalde, gelijk, steeg = _richting(c, TOTAAL)
    alt = (
        f"Warmtekaart van vijf scores bij intake tegen vijf scores aan het eind. {getal(steeg)} stegen, "
        f"{getal(gelijk)} bleven gelijk, {getal(daalde)} daalden."
    )
    noten = ["Op de omlijnde diagonaal staan de scores die gelijk bleven; rechts daarvan steeg de score."]
    return Onderdeel(
        titel,
        Tabel(titel, "Score bij intake", kolommen, rijen),
        base(c, n, "paar", "paren", " van intake en eind"),
        teken if _is_shown([w for rij in matrix for w in rij]) else None,
        alt,
        noten,
        duiding=[too_few(c, n, ("paar", "paren")) if small(c, n) else _direction_words(daalde, gelijk, steeg)],
    )


def _direction_words(daalde: float, gelijk: float, steeg: float) -> str:
    n = daalde + gelijk + steeg

    def deel(aantal: float) -> str:
        return f"{getal(aantal)} ({getal(aantal / n, 'aandeel')})"

    return (
        f"Van {telling(n, 'score', 'scores')} op een hoofddomein {werkwoord(steeg, 'steeg', 'stegen')} er "
        f"{deel(steeg)}, {werkwoord(gelijk, 'bleef', 'bleven')} er {deel(gelijk)} gelijk en "
        f"{werkwoord(daalde, 'daalde', 'daalden')} er {deel(daalde)}."
    )


def _overgang(c: Cijfers, domein: str, van: str, naar: str, periode: Periode | None = None) -> float:
    return c.waarde("zrm_overgang", domein, f"{van}>{naar}", periode=periode) or 0


def _richting(c: Cijfers, domein: str, periode: Periode | None = None) -> list[float]:
    """How many scores fell, stayed and rose, added up from the table of transitions."""

    def som(past) -> float:
        return sum(_overgang(c, domein, a, b, periode) for a in SCORES for b in SCORES if past(int(b) - int(a)))

    return [som(lambda d: d < 0), som(lambda d: d == 0), som(lambda d: d > 0)]


@onderdeel("Gestegen, gelijk gebleven of gedaald", "zrm_overgang")
def zrm_richting(c: Cijfers) -> Onderdeel:
    domeinen = sort_down(c, "zrm_overgang", _domeinen(c, "zrm_overgang"), TOTAAL)
    if not domeinen:
        return nothing("paren van een intake- en een eindscore", c)
    titel = f"Gestegen, gelijk gebleven en gedaald per hoofddomein, {c.periode}"
    namen = ("Gedaald", "Gelijk", "Gestegen")
    richting = {d: _richting(c, d) for d in [*domeinen, TOTAAL]}
    kolommen = [
        *[Kolom(naam) for naam in namen],
        Kolom("n"),
        Kolom("Gestegen, aandeel", "aandeel"),
        *([Kolom(f"Gestegen {c.vorig}", "aandeel"), Kolom(f"n {c.vorig}")] if c.vorig else []),
    ]

    def gestegen(waarden: list[float]) -> Cel:
        n = sum(waarden)
        return Cel(waarden[2] / n if n else None, bool(n) and small(c, n))

    def vorige(domein: str) -> list:
        toen = _richting(c, domein, c.vorig) if c.vorig else []
        return [gestegen(toen), sum(toen)] if toen else []

    rijen = [
        Rij(c.settings.tekst(d), [*w, sum(w), gestegen(w), *vorige(d)], nadruk=d == TOTAAL) for d, w in richting.items()
    ]
    tabel = small_note(c, Tabel(titel, "Domein", kolommen, rijen), "paren")

    def teken(maat: Maat) -> Figure:
        stapels = [
            Stapel(c.settings.tekst(d), [x / sum(w) for x in w], base_mark(c, sum(w))) for d, w in richting.items()
        ]
        return charts.gestapeld(stapels, list(zip(namen, RICHTING.values())), maat, "aandeel", decimalen=0)

    daalde, gelijk, steeg = richting[TOTAAL]
    alt = (
        f"Gestapelde staven per domein. Over alle domeinen: {getal(daalde)} gedaald, {getal(gelijk)} gelijk, "
        f"{getal(steeg)} gestegen."
    )
    return Onderdeel(
        titel,
        tabel,
        base(c, sum(richting[TOTAAL]), "paar", "paren", " van intake en eind"),
        teken if _is_shown([sum(delen) for delen in richting.values()]) else None,
        alt,
        base_note(c, [sum(w) for w in richting.values()], "paren"),
        duiding=[
            extremes(
                c,
                [(c.settings.tekst(d), _risen(w)) for d, w in richting.items() if d not in (TOTAAL, ONBEKEND)],
                "aandeel",
                "domeinen",
                "paren",
                woorden=("Het vaakst gestegen", "het minst vaak"),
            )
        ],
    )


def _risen(richting: list[float]) -> Cijfer:
    """The share of scores that rose, with its interval."""
    steeg, n = richting[2], sum(richting)
    onder, boven = wilson(steeg, n)
    return Cijfer(steeg, n, steeg / n, None, float(onder), float(boven))
