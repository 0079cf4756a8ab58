"""Parts of chapter "Klanttevredenheid": who was asked, who answered and what they say (De Kop 2019, chapter 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.values import Staaf
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import Maybe, downward, getal, hoofdletter, leesbaar, telling
from kopanalyse.report.parts.catalogue import Hoofdstuk, kerncijfers, onderdeel
from kopanalyse.report.parts.forms import Regel, counts_by_year, estimates
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import jaren_kop, nothing, rest, series_words, team_kop, year_before
from kopanalyse.report.parts.sentences import Telling, development, developments, known_parts, largest, part_of
from kopanalyse.report.parts.table import Kolom, Rij, Tabel

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat

HOOFDSTUK = Hoofdstuk("klanttevredenheid", paragrafen=("verzending", "respons", "rapportcijfers", "tevreden_en_effect"))

ANTWOORDEN = "antwoorden"


@kerncijfers
def onderzoek(c: Cijfers) -> list[Kerncijfer]:
    """The survey in three numbers."""
    nu = c.get("kto_respons")
    return [
        Kerncijfer(getal(c.waarde("kto_verzending")), "uitnodigingen", _vorig(c, "kto_verzending")),
        Kerncijfer(getal(c.waarde("kto_ingevuld")), "ingevulde onderzoeken", _vorig(c, "kto_ingevuld")),
        Kerncijfer(
            getal(nu.waarde, "aandeel"),
            "respons",
            "; ".join(
                filter(
                    None, (f"{getal(nu.teller)} van {getal(nu.noemer)} verzonden", _vorig(c, "kto_respons", "aandeel"))
                )
            ),
        ),
    ]


def _vorig(c: Cijfers, indicator: str, eenheid: str = "aantal") -> str:
    return year_before(c, indicator, eenheid=eenheid)


@onderdeel("Van afgesloten traject tot antwoord", "kto_verzending", "kto_ingevuld", "uitstroom")
def trechter(c: Cijfers) -> Onderdeel:
    """The steps from a closed traject to an answer, each with what was left of the step before."""
    if not any(c.waarde("kto_verzending", periode=jaar) for jaar in c.jaren):
        return nothing("uitnodigingen voor het klanttevredenheidsonderzoek", c)
    stappen = {
        "Trajecten afgesloten": ("uitstroom", TOTAAL),
        "Uitgenodigd": ("kto_verzending", TOTAAL),
        "Verzonden": ("kto_verzending", "verzonden"),
        "Ingevuld": ("kto_ingevuld", TOTAAL),
    }

    def aantallen(periode: Periode) -> list[float | None]:
        return [c.waarde(*stap, periode=periode) for stap in stappen.values()]

    per_jaar = {jaar: aantallen(jaar) for jaar in c.jaren}
    titel = "Van afgesloten traject tot ingevuld onderzoek"
    kolommen = [
        kolom
        for jaar in c.jaren
        for kolom in (Kolom("aantal", groep=str(jaar)), Kolom("van de vorige stap", "aandeel", str(jaar)))
    ]
    rijen = [
        Rij(
            stap,
            [w for jaar in c.jaren for w in (per_jaar[jaar][plaats], _left(per_jaar[jaar], plaats) if plaats else "")],
        )
        for plaats, stap in enumerate(stappen)
    ]

    def teken(maat: Maat) -> Figure:
        toen = per_jaar[c.vorig] if c.vorig else [None] * len(stappen)
        return charts.staven([Staaf(*rij) for rij in zip(stappen, per_jaar[c.periode], toen)], maat, jaren=jaren_kop(c))

    alt = f"Staven die steeds korter worden. {series_words(dict(zip(stappen, per_jaar[c.periode])))}."
    noten = [
        "Afgesloten zijn alle soorten trajecten samen; niet elk daarvan krijgt een uitnodiging.",
        *_without_sending(c),
    ]
    return Onderdeel(
        titel,
        Tabel(titel, "Stap", kolommen, rijen),
        f"n = {telling(per_jaar[c.periode][1], 'uitnodiging', 'uitnodigingen')}, {c.periode}",
        teken,
        alt,
        noten,
        duiding=[
            part_of(
                c,
                c.waarde("kto_verzending", "verzonden"),
                c.waarde("kto_verzending"),
                ("uitnodiging", "uitnodigingen"),
                ("is er {} verzonden", "zijn er {} verzonden"),
            ),
            part_of(
                c,
                c.get("kto_respons").teller,
                c.get("kto_respons").noemer,
                ("verzonden uitnodiging", "verzonden uitnodigingen"),
                ("is er {} ingevuld", "zijn er {} ingevuld"),
            ),
        ],
    )


def _left(aantallen: list[Maybe], plaats: int) -> Maybe:
    """The share of the step before; none where that is not a part of it."""
    voor, na = aantallen[plaats - 1], aantallen[plaats]
    return na / voor if voor and na is not None and na <= voor else None


def _without_sending(c: Cijfers) -> list[str]:
    """Answers to invitations that were not registered as sent, which the response leaves out."""
    if c.openbaar:  # a difference of two rounded numbers
        return []
    los = (c.waarde("kto_ingevuld") or 0) - (c.get("kto_respons").teller or 0)
    return (
        [
            f"Van de ingevulde onderzoeken {'staat er 1' if los == 1 else f'staan er {getal(los)}'} niet als verzonden "
            "geregistreerd; bij de respons tellen die niet mee."
        ]
        if los > 0
        else []
    )


@onderdeel("Waarom een uitnodiging niet verzonden is", "kto_verzending")
def niet_verzonden(c: Cijfers) -> Onderdeel:
    statussen = [
        s for s in c.categorieen("kto_verzending", c.settings.codelijsten["verzendstatus"]) if s != "verzonden"
    ]
    deel = counts_by_year(
        c,
        "kto_verzending",
        c.niet_leeg("kto_verzending", statussen),
        "Redenen waarom een uitnodiging niet verzonden is",
        "Reden",
        "uitnodigingen die niet verzonden konden worden",
        totaal=False,
    )
    if deel.leeg:
        return deel
    samen = [
        rest(c, c.waarde("kto_verzending", periode=jaar), [c.waarde("kto_verzending", "verzonden", periode=jaar) or 0])
        if c.openbaar
        else sum(c.waarde("kto_verzending", s, periode=jaar) or 0 for s in statussen)
        for jaar in c.jaren
    ]
    tabel = Tabel(
        deel.tabel.titel, "Reden", deel.tabel.kolommen, [*deel.tabel.rijen, Rij("Niet verzonden", samen, nadruk=True)]
    )
    return Onderdeel(
        deel.titel,
        tabel,
        f"n = {getal(samen[-1])} van "
        f"{telling(c.waarde('kto_verzending'), 'uitnodiging', 'uitnodigingen')}, {c.periode}",
        deel.teken,
        deel.alt,
        duiding=[
            largest(
                c,
                known_parts(c, "kto_verzending", statussen),
                samen[-1],
                ("niet-verzonden uitnodiging", "niet-verzonden uitnodigingen"),
                onbekend=c.waarde("kto_verzending", ONBEKEND),
            )
        ],
    )


@onderdeel("Respons", "kto_respons")
def respons(c: Cijfers) -> Onderdeel:
    teams = c.teams if c.team == ALLE else [c.team]
    regels = [
        *[Regel(team_kop(c, t), "kto_respons", team=t) for t in teams],
        Regel(c.settings.tekst(ALLE), "kto_respons", team=ALLE, samen=True),
    ]
    if not any(c.get("kto_respons", periode=jaar).noemer for jaar in c.jaren):
        return nothing("verzonden uitnodigingen", c)
    return estimates(
        c,
        regels,
        "Respons op het klanttevredenheidsonderzoek",
        "",
        "respons",
        "verzonden uitnodigingen",
        "aandeel",
        n=c.get("kto_respons").noemer,
        wat="teams",
        duiding=[development(c, "kto_respons", "de respons", van=("verzonden uitnodiging", "verzonden uitnodigingen"))],
    )


@onderdeel("Rapportcijfers", "kto_rapportcijfer")
def rapportcijfers(c: Cijfers) -> Onderdeel:
    regels = _questions(c, "kto_rapportcijfer", "")
    if len(regels) > 1:
        regels.append(Regel("Alle vragen samen", "kto_rapportcijfer", samen=True))
    return estimates(
        c,
        regels,
        "Gemiddeld rapportcijfer per vraag",
        "Vraag",
        "cijfer",
        ANTWOORDEN,
        "gemiddelde",
        n=c.get("kto_rapportcijfer").noemer,
        noten=["De schaal loopt van 1 tot en met 10."],
        wat="vragen",
        duiding=_per_question(c, regels),
        schaal=(1, 10),
        hele_schaal=True,
    )


@onderdeel("Tevredenheid en effect", "kto_tevreden", "kto_effect")
def tevreden_en_effect(c: Cijfers) -> Onderdeel:
    regels = [*_questions(c, "kto_tevreden", "Tevreden: "), *_questions(c, "kto_effect", "Effect: ")]
    if not regels:
        return nothing("antwoorden op vragen naar tevredenheid of effect", c)
    n = sum(c.get(i).noemer or 0 for i in ("kto_tevreden", "kto_effect"))
    return estimates(
        c,
        regels,
        "Aandeel klanten dat tevreden is of effect ziet",
        "Vraag",
        "aandeel",
        ANTWOORDEN,
        "aandeel",
        n=n,
        duiding=_per_question(c, regels),
    )


def _per_question(c: Cijfers, regels: list[Regel]) -> list[str]:
    """Every question against the year before; not all together, for the same people answer them."""
    vragen = [r for r in regels if not r.samen]
    if len(vragen) == 1:
        return [
            development(
                c, r.indicator, f"het gemiddelde bij ‘{leesbaar(r.naam)}’", r.categorie, van=("antwoord", ANTWOORDEN)
            )
            for r in vragen
        ]
    namen = [f"‘{leesbaar(c.settings.tekst(r.categorie))}’" for r in vragen]
    if len(set(namen)) < len(namen):  # asked twice: of what one is content with, and of its effect
        namen = [r.naam for r in vragen]
    tellingen = [Telling(naam, r.indicator, r.categorie) for naam, r in zip(namen, vragen)]
    return [developments(c, tellingen, "Hoger", "Lager")]


def _questions(c: Cijfers, indicator: str, ervoor: str) -> list[Regel]:
    """A row per question that was answered this year, the highest first; a question without text comes last."""
    vragen = [v for v in c.categorieen(indicator) if c.get(indicator, v).noemer]
    vragen.sort(key=lambda v: (v == ONBEKEND, downward(c.waarde(indicator, v))))
    return [Regel(hoofdletter(ervoor + c.settings.tekst(v)), indicator, v) for v in vragen]
