"""Parts of chapter "Individuele casussen op inhoud" about clients, villages and network (§ 2.5 to 2.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.style import kleur
from kopanalyse.report.charts.values import Plek, Punt, Reeks, Staaf
from kopanalyse.report.cijfers.published import Gepubliceerd
from kopanalyse.report.cijfers.view import Cijfer, Cijfers, small
from kopanalyse.report.dutch import downward, getal, hoofdletter, in_zin, is_missing, leesbaar, opsomming, uitersten
from kopanalyse.report.parts.catalogue import kerncijfers, onderdeel
from kopanalyse.report.parts.forms import counts_by_year, shares_by_year
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import (
    base,
    in_sentence,
    key_figure,
    nothing,
    per_year,
    share_figure,
    small_note,
    sort_down,
    year_shares,
)
from kopanalyse.report.parts.sentences import development, known_parts, largest, part_of
from kopanalyse.report.parts.table import INTERVAL, Kolom, Rij, Tabel, bounds
from kopanalyse.report.shown import is_hidden

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat


@onderdeel("Klanten naar leeftijd en geslacht", "klanten")
def klanten(c: Cijfers) -> Onderdeel:
    n = c.waarde("klanten", TOTAAL, TOTAAL)
    if not n:
        return nothing("klanten met een individueel traject", c)
    labels = c.settings.drempels.leeftijdslabels
    geslachten = [g for g in (*c.settings.codelijsten["geslacht"], ONBEKEND) if c.waarde("klanten", TOTAAL, g)]
    geslachten = list(dict.fromkeys(geslachten))
    klassen = [k for k in (*labels, ONBEKEND) if k != ONBEKEND or c.waarde("klanten", k, TOTAAL)]
    titel = f"Klanten naar leeftijd en geslacht, {c.periode}"
    kolommen = [
        *[Kolom(hoofdletter(c.settings.tekst(g))) for g in geslachten],
        Kolom("Totaal"),
        *([Kolom(f"Totaal {c.vorig}")] if c.vorig else []),
    ]
    rijen = [
        Rij(
            c.settings.tekst(k),
            [
                *[c.waarde("klanten", k, g) for g in (*geslachten, TOTAAL)],
                *([c.waarde("klanten", k, TOTAAL, periode=c.vorig)] if c.vorig else []),
            ],
            nadruk=k == TOTAAL,
        )
        for k in (*klassen, TOTAAL)
    ]

    def teken(maat: Maat) -> Figure:
        man, vrouw = (
            Reeks(naam, [c.waarde("klanten", k, code) or 0 for k in klassen], kleur(code))
            for naam, code in (("Mannen", "man"), ("Vrouwen", "vrouw"))
        )
        return charts.piramide([c.settings.tekst(k) for k in klassen], man, vrouw, maat)

    anders = [
        f"{in_sentence(c, g)} {getal(c.waarde('klanten', TOTAAL, g))}" for g in geslachten if g not in ("man", "vrouw")
    ]
    noten = [f"Alleen in de tabel: geslacht {opsomming(anders)}."] if anders else []
    per_klasse = {k: c.waarde("klanten", k, TOTAAL) for k in klassen}
    alt = (
        f"Leeftijdspiramide. {getal(c.waarde('klanten', TOTAAL, 'man'))} mannen en "
        f"{getal(c.waarde('klanten', TOTAAL, 'vrouw'))} vrouwen; naar leeftijd "
        f"{uitersten(list(per_klasse), list(per_klasse.values()), 'aantal')}."
    )
    return Onderdeel(
        titel,
        Tabel(titel, "Leeftijd", kolommen, rijen),
        base(c, n, "klant", "klanten", " met een individueel traject"),
        None if all(is_hidden(c.waarde("klanten", k, g)) for k in klassen for g in ("man", "vrouw")) else teken,
        alt,
        noten,
        duiding=[
            largest(
                c,
                known_parts(c, "klanten", klassen, TOTAAL),
                n,
                ("klant", "klanten"),
                kop="De grootste leeftijdsgroep",
                onbekend=c.waarde("klanten", ONBEKEND, TOTAAL),
            ),
            development(c, "klanten", "het aantal klanten", TOTAAL, TOTAAL),
        ],
    )


@onderdeel("Casussen per kern", "casussen_per_kern", "casussen_per_1000_inwoners")
def kernen(c: Cijfers) -> Onderdeel:
    titel = f"Individuele trajecten per kern, {c.periode}"
    namen = sort_down(c, "casussen_per_kern", c.categorieen("casussen_per_kern"))
    if not namen:
        return nothing("individuele trajecten", c)
    per_inwoner = c.team == ALLE  # inhabitants are of a village, and of no team
    kolommen = [Kolom(str(jaar), groep="Trajecten") for jaar in c.jaren]
    if per_inwoner:
        kolommen += [
            Kolom("Inwoners"),
            Kolom(str(c.periode), "per_1000", "Per 1.000 inwoners"),
            Kolom("95%-interval", INTERVAL, "Per 1.000 inwoners"),
            *([Kolom(str(c.vorig), "per_1000", "Per 1.000 inwoners")] if c.vorig else []),
        ]

    def waarden(naam: str) -> list:
        trajecten = [c.waarde("casussen_per_kern", naam, periode=jaar) for jaar in c.jaren]
        if not per_inwoner:
            return trajecten
        nu = c.get("casussen_per_1000_inwoners", naam)
        return [
            *trajecten,
            nu.noemer or None,
            nu.waarde,
            bounds(nu.ondergrens, nu.bovengrens, "per_1000"),
            *([c.waarde("casussen_per_1000_inwoners", naam, periode=c.vorig)] if c.vorig else []),
        ]

    tabel = Tabel(
        titel,
        "Kern",
        kolommen,
        [
            Rij(_kern(naam), waarden(naam), nadruk=naam == TOTAAL)
            for naam in [*_in_either_year(c, namen, "casussen_per_kern"), TOTAAL]
        ],
    )
    plekken = _plekken(c, namen, "casussen_per_kern")
    ratio = {n: c.get("casussen_per_1000_inwoners", n) for n in namen if per_inwoner}
    ratio = {
        n: cijfer
        for n, cijfer in sorted(ratio.items(), key=lambda p: -(p[1].noemer or 0))
        if not is_missing(cijfer.waarde)
    }
    samen = c.waarde("casussen_per_1000_inwoners", team=ALLE)

    def teken(maat: Maat) -> Figure:
        punten = [Punt(n, k.waarde, k.ondergrens, k.bovengrens) for n, k in ratio.items()]
        return charts.kaart(
            plekken,
            maat,
            punten,
            f"Trajecten per kern in {c.nu}",
            "Per 1.000 inwoners",
            "per_1000",
            Staaf("hele organisatie", samen) if ratio else None,
        )

    groot = {naam: k for naam, k in ratio.items() if not small(c, k.teller)}
    woorden = uitersten(list(groot), [k.waarde for k in groot.values()], "per_1000")
    klein = f", met minstens {c.settings.drempels.klein_aantal} trajecten: {woorden}" if woorden else ""
    alt = f"Kaart met een cirkel per kern, hoe groter hoe meer trajecten: {_grootste(c, namen, 'casussen_per_kern')}."
    alt += f" Daarnaast per kern een punt met 95%-interval per 1.000 inwoners{klein}." if ratio else ""
    n, wat = c.waarde("casussen_per_kern"), ("traject", "trajecten")
    return Onderdeel(
        titel,
        tabel,
        base(c, n, *wat),
        teken if plekken else None,
        alt,
        [*_how_to_read(c, list(ratio.values()), samen), *_niet_op_de_kaart(c, namen, plekken)],
        duiding=[
            largest(
                c,
                known_parts(c, "casussen_per_kern", namen),
                n,
                wat,
                kop="De meeste",
                onbekend=c.waarde("casussen_per_kern", ONBEKEND),
            ),
            development(c, "casussen_per_1000_inwoners", "het aantal trajecten per 1.000 inwoners")
            if per_inwoner
            else "",
        ],
    )


def _how_to_read(c: Cijfers, kernen: list[Cijfer], samen: float | None) -> list[str]:
    """How to read the rates; whether a village stands out is for the funnel."""
    if not kernen or is_missing(samen):
        return []
    return [
        "De lijn om een punt is het 95%-interval: hoe kleiner de kern, hoe langer. De grootste kern staat bovenaan; de "
        f"streep is de hele organisatie ({getal(samen, 'per_1000')} per 1.000 inwoners)."
    ]


@onderdeel("Financiële casussen per kern", "financiele_casussen_per_kern")
def kernen_financieel(c: Cijfers) -> Onderdeel:
    titel = f"Trajecten met hoofddomein Financiën per kern, {c.periode}"
    namen = sort_down(c, "financiele_casussen_per_kern", c.categorieen("financiele_casussen_per_kern"))
    if not namen:
        return nothing("trajecten met hoofddomein Financiën", c)
    kolommen = [*[Kolom(str(jaar)) for jaar in c.jaren], Kolom(f"Alle trajecten {c.periode}")]
    rijen = [
        Rij(
            _kern(naam),
            [
                *[c.waarde("financiele_casussen_per_kern", naam, periode=jaar) for jaar in c.jaren],
                c.waarde("casussen_per_kern", naam),
            ],
            nadruk=naam == TOTAAL,
        )
        for naam in [*_in_either_year(c, namen, "financiele_casussen_per_kern"), TOTAAL]
    ]
    plekken = _plekken(c, namen, "financiele_casussen_per_kern")

    def teken(maat: Maat) -> Figure:
        staven = [Staaf(_kern(n), c.waarde("financiele_casussen_per_kern", n)) for n in namen]
        return charts.kaart(plekken, maat, staven, "Waar zij wonen", f"Trajecten in {c.nu}", "aantal")

    alt = (
        f"Kaart met een cirkel per kern, hoe groter hoe meer trajecten over financiën: "
        f"{_grootste(c, namen, 'financiele_casussen_per_kern')}."
    )
    n = c.waarde("financiele_casussen_per_kern")
    return Onderdeel(
        titel,
        Tabel(titel, "Kern", kolommen, rijen),
        base(c, n, "traject", "trajecten"),
        teken if plekken else None,
        alt,
        _niet_op_de_kaart(c, namen, plekken),
        duiding=[
            part_of(
                c,
                n,
                c.waarde("casussen_per_kern"),
                ("traject", "trajecten"),
                ("heeft er {} hoofddomein Financiën", "hebben er {} hoofddomein Financiën"),
            )
        ],
    )


def _kern(naam: str) -> str:
    return {TOTAAL: "Totaal", ONBEKEND: "Kern onbekend"}.get(naam, naam)


def _in_either_year(c: Cijfers, namen: list[str], indicator: str) -> list[str]:
    """Those villages and the ones that had something the year before; what is unknown comes last."""
    ook = [naam for naam in c.niet_leeg(indicator, c.categorieen(indicator)) if naam not in (*namen, TOTAAL)]
    return sorted([*namen, *ook], key=lambda naam: naam == ONBEKEND)


def _grootste(c: Cijfers, namen: list[str], indicator: str) -> str:
    bekend = [naam for naam in namen if naam != ONBEKEND]
    delen = [f"{leesbaar(n)} {getal(c.waarde(indicator, n))}" for n in (bekend[:3] if len(bekend) > 4 else bekend)]
    laatste = bekend[-1] if len(bekend) > 4 else None
    staart = f"; het minst in {leesbaar(laatste)} ({getal(c.waarde(indicator, laatste))})" if laatste else ""
    return f"het meest in {opsomming(delen)}{staart}" if delen else "geen kern bekend"


def _plekken(c: Cijfers, namen: list[str], indicator: str) -> list[Plek]:
    """Those villages that have coordinates; read from the public table of villages, not from the registration."""
    coordinaten = _coordinaten(c)
    getoond = [(n, c.waarde(indicator, n)) for n in namen if n in coordinaten]
    return [Plek(n, *coordinaten[n], waarde) for n, waarde in getoond if not is_hidden(waarde)]


def _coordinaten(c: Cijfers) -> dict[str, tuple[float, float]]:
    if isinstance(c, Gepubliceerd):
        return {kern: (noord, oost) for kern, (noord, oost) in c.plekken.items()}
    frame = c.bestand("checked/kernen.parquet", ["kern", "breedtegraad", "lengtegraad"])
    if frame is None:
        return {}
    return {
        kern: (float(breed), float(lang))
        for kern, breed, lang in frame.dropna().itertuples(index=False)
        if abs(breed) <= 85 and abs(lang) <= 180
    }


def _niet_op_de_kaart(c: Cijfers, namen: list[str], plekken: list[Plek]) -> list[str]:
    weg = [in_zin(_kern(n)) if n == ONBEKEND else leesbaar(n) for n in namen if n not in {p.naam for p in plekken}]
    jaren = " of ".join(map(str, c.jaren))
    krap = [f"Niet elke kern heeft plaats voor zijn naam; de tabel noemt elke kern met zo'n traject in {jaren}."]
    krap = krap if len(plekken) > 12 else []
    if not plekken:
        return ["Er is geen kaart: van deze kernen zijn geen coördinaten bekend."]
    waarom = "zonder coördinaten of niet getoond" if c.openbaar else "zonder coördinaten"
    return [f"Niet op de kaart, want {waarom}: {opsomming(weg)}.", *krap] if weg else krap


@onderdeel("Hoe inwoners binnenkomen", "verwijzingen")
def verwijzingen(c: Cijfers) -> Onderdeel:
    namen = c.niet_leeg("verwijzingen", c.categorieen("verwijzingen", ("eigen_initiatief", "verwezen")))
    if not namen:
        return nothing("gestarte individuele trajecten", c)
    wat = ("gestart traject", "gestarte trajecten")
    return shares_by_year(
        c,
        per_year(c, "verwijzingen", namen),
        "Aanmeldroute van gestarte trajecten",
        "Aanmeldroute",
        *wat,
        duiding=[development(c, "verwijzingen", "het aandeel verwezen trajecten", "verwezen", van=wat)],
    )


@kerncijfers
def netwerk(c: Cijfers) -> list[Kerncijfer]:
    """How often the network was asked, and how many people of it help."""
    return [
        key_figure(c, "netwerk_gevraagd", "keer is het sociale netwerk gevraagd mee te denken", "gevraagd"),
        key_figure(c, "netwerk_gevraagd", "keer is het (nog) niet gevraagd", "niet_gevraagd"),
        key_figure(c, "netwerkparticipanten", "mensen uit het netwerk helpen mee"),
    ]


@onderdeel("Is het netwerk gevraagd?", "netwerk_gevraagd", "netwerkparticipanten")
def netwerk_gevraagd(c: Cijfers) -> Onderdeel:
    namen = c.niet_leeg("netwerk_gevraagd", c.categorieen("netwerk_gevraagd", ("gevraagd", "niet_gevraagd")))
    steun = c.settings.has_kind("leun_en_steun")
    return counts_by_year(
        c,
        "netwerk_gevraagd",
        namen,
        "Trajecten waarin het netwerk gevraagd is mee te denken",
        "Netwerk",
        f"behandelde individuele {'of leun- en steun' if steun else ''}trajecten",
        grondslag=base(
            c,
            c.waarde("netwerk_gevraagd"),
            f"behandeld individueel {'of leun- en steun' if steun else ''}traject",
            f"behandelde individuele {'en leun- en steun' if steun else ''}trajecten",
        ),
        duiding=[
            part_of(
                c,
                c.waarde("netwerk_gevraagd", "gevraagd"),
                c.waarde("netwerk_gevraagd"),
                ("traject", "trajecten"),
                ("was er {} waarin het netwerk gevraagd is", "waren er {} waarin het netwerk gevraagd is"),
            ),
            development(c, "netwerkparticipanten", "het aantal mensen uit het netwerk dat meehelpt"),
        ],
    )


@onderdeel("Waarom het netwerk niet gevraagd is", "reden_geen_netwerk")
def reden_geen_netwerk(c: Cijfers) -> Onderdeel:
    namen = c.niet_leeg("reden_geen_netwerk", c.categorieen("reden_geen_netwerk"))
    namen = sorted(namen, key=lambda n: (n == ONBEKEND, downward(c.waarde("reden_geen_netwerk", n) or 0)))
    return counts_by_year(
        c,
        "reden_geen_netwerk",
        namen,
        "Redenen om het netwerk niet te vragen",
        "Reden",
        "trajecten waarin het netwerk niet gevraagd is",
        grondslag=base(c, c.waarde("reden_geen_netwerk"), "traject", "trajecten"),
        telt=("traject zonder vraag aan het netwerk", "trajecten zonder vraag aan het netwerk"),
    )


@kerncijfers
def clientondersteuning(c: Cijfers) -> list[Kerncijfer]:
    """In how many trajecten there is independent client support."""
    cijfer = c.get("onafhankelijke_clientondersteuning")
    return [
        Kerncijfer(getal(cijfer.teller), "trajecten met onafhankelijke cliëntondersteuning"),
        share_figure(c, "onafhankelijke_clientondersteuning", "van de behandelde trajecten", cijfer, "trajecten"),
    ]


@onderdeel("Onafhankelijke cliëntondersteuning", "onafhankelijke_clientondersteuning")
def onafhankelijke_clientondersteuning(c: Cijfers) -> Onderdeel:
    indicator = "onafhankelijke_clientondersteuning"
    if not any(c.get(indicator, periode=jaar).noemer for jaar in c.jaren):
        return nothing("behandelde individuele trajecten", c)
    titel = "Trajecten met onafhankelijke cliëntondersteuning"
    tabel = year_shares(c, [("Met ondersteuning", [c.get(indicator, periode=jaar) for jaar in c.jaren])], titel, "")
    tabel = small_note(c, tabel, "trajecten")
    n = c.get(indicator).noemer
    wat = ("behandeld traject", "behandelde trajecten")
    return Onderdeel(
        titel,
        tabel,
        base(c, n, *wat),
        duiding=[development(c, indicator, "het aandeel trajecten met onafhankelijke cliëntondersteuning", van=wat)],
    )
