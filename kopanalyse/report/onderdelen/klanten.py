"""Parts of chapter "Individuele casussen op inhoud" about clients, villages and network (§ 2.5 to 2.9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kopanalyse.report.bouwstenen import (
    base, key_figure, nothing, per_year, share_figure, small_note, sort_down, year_shares,
)
from kopanalyse.report.cijfers import ALLE, ONBEKEND, TOTAAL, Cijfer, Cijfers
from kopanalyse.report.duiding import development, known_parts, largest, part_of
from kopanalyse.report.onderdeel import Kerncijfer, Onderdeel, kerncijfers, onderdeel
from kopanalyse.report.tables import INTERVAL, Kolom, Rij, Tabel
from kopanalyse.report.text import getal, hoofdletter, in_zin, interval, is_missing, leesbaar, opsomming, uitersten
from kopanalyse.report.vormen import counts_by_year, shares_by_year

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.figures import Plek
    from kopanalyse.report.huisstijl import Maat


@onderdeel("Klanten naar leeftijd en geslacht", "klanten")
def klanten(c: Cijfers) -> Onderdeel:
    n = c.waarde("klanten", TOTAAL, TOTAAL)
    if not n:
        return nothing("klanten met een individueel traject", c)
    labels = c.settings.drempels.leeftijdslabels
    geslachten = [g for g in (*c.settings.codelijsten["geslacht"], ONBEKEND) if c.waarde("klanten", TOTAAL, g)]
    geslachten = list(dict.fromkeys(geslachten))
    klassen = [k for k in (*labels, ONBEKEND) if k != ONBEKEND or c.waarde("klanten", k, TOTAAL)]
    titel = f"Klanten naar leeftijd en geslacht, {c.jaar}"
    kolommen = [*[Kolom(hoofdletter(c.settings.tekst(g))) for g in geslachten], Kolom("Totaal"),
                *([Kolom(f"Totaal {c.vorig}")] if c.vorig else [])]
    rijen = [Rij(c.settings.tekst(k), [
        *[c.waarde("klanten", k, g) for g in (*geslachten, TOTAAL)],
        *([c.waarde("klanten", k, TOTAAL, periode=c.vorig)] if c.vorig else [])], nadruk=k == TOTAAL)
        for k in (*klassen, TOTAAL)]

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import Reeks, piramide
        from kopanalyse.report.huisstijl import kleur

        man, vrouw = (Reeks(naam, [c.waarde("klanten", k, code) or 0 for k in klassen], kleur(code))
                      for naam, code in (("Mannen", "man"), ("Vrouwen", "vrouw")))
        return piramide([c.settings.tekst(k) for k in klassen], man, vrouw, maat)

    anders = [f"{in_zin(c.settings.tekst(g))} {getal(c.waarde('klanten', TOTAAL, g))}" for g in geslachten
              if g not in ("man", "vrouw")]
    noten = [f"Alleen in de tabel: geslacht {opsomming(anders)}."] if anders else []
    per_klasse = {k: c.waarde("klanten", k, TOTAAL) for k in klassen}
    alt = (f"Leeftijdspiramide. {getal(c.waarde('klanten', TOTAAL, 'man'))} mannen en "
           f"{getal(c.waarde('klanten', TOTAAL, 'vrouw'))} vrouwen; naar leeftijd "
           f"{uitersten(list(per_klasse), list(per_klasse.values()), 'aantal')}.")
    return Onderdeel(titel, Tabel(titel, "Leeftijd", kolommen, rijen),
                     base(c, n, "klant", "klanten", " met een individueel traject"), teken, alt, noten, duiding=[
                         largest(c, known_parts(c, "klanten", klassen, TOTAAL), n, ("klant", "klanten"),
                                 kop="De grootste leeftijdsgroep", onbekend=c.waarde("klanten", ONBEKEND, TOTAAL)),
                         development(c, "klanten", "het aantal klanten", TOTAAL, TOTAAL)])


@onderdeel("Casussen per kern", "casussen_per_kern", "casussen_per_1000_inwoners")
def kernen(c: Cijfers) -> Onderdeel:
    titel = f"Individuele trajecten per kern, {c.jaar}"
    namen = sort_down(c, "casussen_per_kern", c.categorieen("casussen_per_kern"))
    if not namen:
        return nothing("individuele trajecten", c)
    kolommen = [Kolom(str(jaar), groep="Trajecten") for jaar in c.jaren] + [
        Kolom("Inwoners"), Kolom(str(c.jaar), "per_1000", "Per 1.000 inwoners"),
        Kolom("95%-interval", INTERVAL, "Per 1.000 inwoners"),
        *([Kolom(str(c.vorig), "per_1000", "Per 1.000 inwoners")] if c.vorig else [])]

    def waarden(naam: str) -> list:
        nu = c.get("casussen_per_1000_inwoners", naam)
        return [*[c.waarde("casussen_per_kern", naam, periode=jaar) for jaar in c.jaren], nu.noemer or None, nu.waarde,
                interval(nu.ondergrens, nu.bovengrens, "per_1000"),
                *([c.waarde("casussen_per_1000_inwoners", naam, periode=c.vorig)] if c.vorig else [])]

    tabel = Tabel(titel, "Kern", kolommen, [
        Rij(_kern(naam), waarden(naam), nadruk=naam == TOTAAL) for naam in [*_onbekend_laatst(namen), TOTAAL]])
    plekken = _plekken(c, namen, "casussen_per_kern")
    ratio = {n: c.get("casussen_per_1000_inwoners", n) for n in namen}
    ratio = {n: cijfer for n, cijfer in sorted(ratio.items(), key=lambda p: -(p[1].noemer or 0))
             if not is_missing(cijfer.waarde)}
    samen = c.waarde("casussen_per_1000_inwoners", team=ALLE)

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import Punt, Staaf
        from kopanalyse.report.kaart import kaart

        punten = [Punt(n, k.waarde, k.ondergrens, k.bovengrens) for n, k in ratio.items()]
        return kaart(plekken, maat, punten, f"Trajecten per kern in {c.jaar}", "Per 1.000 inwoners", "per_1000",
                     Staaf("hele organisatie", samen) if ratio else None)

    woorden = uitersten(list(ratio), [k.waarde for k in ratio.values()], "per_1000")
    alt = (f"Kaart met een cirkel per kern, hoe groter hoe meer trajecten: {_grootste(c, namen, 'casussen_per_kern')}. "
           f"Daarnaast per kern een punt met 95%-interval per 1.000 inwoners{': ' + woorden if woorden else ''}.")
    n, wat = c.waarde("casussen_per_kern"), ("traject", "trajecten")
    return Onderdeel(titel, tabel, base(c, n, *wat), teken if plekken else None, alt,
                     [*_toeval(c, list(ratio.values()), samen), *_niet_op_de_kaart(c, namen, plekken), *_team_noot(c)],
                     duiding=[largest(c, known_parts(c, "casussen_per_kern", namen), n, wat, kop="De meeste",
                                      onbekend=c.waarde("casussen_per_kern", ONBEKEND)),
                              development(c, "casussen_per_1000_inwoners", "het aantal trajecten per 1.000 inwoners")])


def _toeval(c: Cijfers, kernen: list[Cijfer], samen: float | None) -> list[str]:
    """How to read the rates, and how many intervals leave out the rate of all: by chance one in twenty would."""
    if not kernen or is_missing(samen):
        return []
    noot = ("De lijn om een punt is het 95%-interval: hoe kleiner de kern, hoe meer het toeval meespeelt. De grootste "
            f"kern staat bovenaan; de streep is de hele organisatie ({getal(samen, 'per_1000')} per 1.000 inwoners).")
    if c.team != ALLE:
        return [noot]
    buiten = sum(samen < (k.ondergrens or 0) or samen > (k.bovengrens or samen) for k in kernen)
    hoeveel = "geen enkele" if not buiten else f"{buiten} van de {len(kernen)}"
    return [f"{noot} Bij {hoeveel} {'kern' if not buiten else 'kernen'} valt die streep buiten het interval; alleen al "
            "door toeval gebeurt dat bij ongeveer 1 op de 20."]


@onderdeel("Financiële casussen per kern", "financiele_casussen_per_kern")
def kernen_financieel(c: Cijfers) -> Onderdeel:
    titel = f"Trajecten met hoofddomein Financiën per kern, {c.jaar}"
    namen = sort_down(c, "financiele_casussen_per_kern", c.categorieen("financiele_casussen_per_kern"))
    if not namen:
        return nothing("trajecten met hoofddomein Financiën", c)
    kolommen = [*[Kolom(str(jaar)) for jaar in c.jaren], Kolom(f"Alle trajecten {c.jaar}")]
    rijen = [Rij(_kern(naam), [
        *[c.waarde("financiele_casussen_per_kern", naam, periode=jaar) for jaar in c.jaren],
        c.waarde("casussen_per_kern", naam)], nadruk=naam == TOTAAL) for naam in [*_onbekend_laatst(namen), TOTAAL]]
    plekken = _plekken(c, namen, "financiele_casussen_per_kern")

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import Staaf
        from kopanalyse.report.kaart import kaart

        staven = [Staaf(_kern(n), c.waarde("financiele_casussen_per_kern", n)) for n in namen]
        return kaart(plekken, maat, staven, "Waar zij wonen", f"Trajecten in {c.jaar}", "aantal")

    alt = (f"Kaart met een cirkel per kern, hoe groter hoe meer trajecten over financiën: "
           f"{_grootste(c, namen, 'financiele_casussen_per_kern')}.")
    n = c.waarde("financiele_casussen_per_kern")
    return Onderdeel(titel, Tabel(titel, "Kern", kolommen, rijen), base(c, n, "traject", "trajecten"),
                     teken if plekken else None, alt, _niet_op_de_kaart(c, namen, plekken), duiding=[
                         part_of(c, n, c.waarde("casussen_per_kern"), ("traject", "trajecten"),
                                 ("heeft er {} hoofddomein Financiën", "hebben er {} hoofddomein Financiën"))])


def _kern(naam: str) -> str:
    return {TOTAAL: "Totaal", ONBEKEND: "Kern onbekend"}.get(naam, naam)


def _onbekend_laatst(namen: list[str]) -> list[str]:
    return sorted(namen, key=lambda naam: naam == ONBEKEND)


def _grootste(c: Cijfers, namen: list[str], indicator: str) -> str:
    bekend = [naam for naam in namen if naam != ONBEKEND]
    delen = [f"{leesbaar(n)} {getal(c.waarde(indicator, n))}" for n in (bekend[:3] if len(bekend) > 4 else bekend)]
    laatste = bekend[-1] if len(bekend) > 4 else None
    staart = f"; het minst in {leesbaar(laatste)} ({getal(c.waarde(indicator, laatste))})" if laatste else ""
    return f"het meest in {opsomming(delen)}{staart}" if delen else "geen kern bekend"


def _plekken(c: Cijfers, namen: list[str], indicator: str) -> list[Plek]:
    """Those villages that have coordinates; read from the public table of villages, not from the registration."""
    from kopanalyse.report.figures import Plek

    coordinaten = _coordinaten(c)
    return [Plek(n, *coordinaten[n], c.waarde(indicator, n)) for n in namen if n in coordinaten]


def _coordinaten(c: Cijfers) -> dict[str, tuple[float, float]]:
    frame = c.bestand("checked/kernen.parquet", ["kern", "breedtegraad", "lengtegraad"])
    if frame is None:
        return {}
    return {kern: (float(b), float(l)) for kern, b, l in frame.dropna().itertuples(index=False)
            if abs(b) <= 85 and abs(l) <= 180}


def _niet_op_de_kaart(c: Cijfers, namen: list[str], plekken: list[Plek]) -> list[str]:
    weg = [in_zin(_kern(n)) if n == ONBEKEND else leesbaar(n) for n in namen if n not in {p.naam for p in plekken}]
    krap = ["Niet elke kern heeft plaats voor zijn naam; de tabel noemt ze alle."] if len(plekken) > 12 else []
    if not plekken:
        return ["Er is geen kaart: van deze kernen zijn geen coördinaten bekend."]
    return [f"Niet op de kaart, want zonder coördinaten: {opsomming(weg)}.", *krap] if weg else krap


def _team_noot(c: Cijfers) -> list[str]:
    return [] if c.team == ALLE else ["De verhouding rekent met alle inwoners van de kern, ook voor één team."]


@onderdeel("Hoe inwoners binnenkomen", "verwijzingen")
def verwijzingen(c: Cijfers) -> Onderdeel:
    namen = c.niet_leeg("verwijzingen", c.categorieen("verwijzingen", ("eigen_initiatief", "verwezen")))
    if not namen:
        return nothing("gestarte individuele trajecten", c)
    wat = ("gestart traject", "gestarte trajecten")
    return shares_by_year(c, per_year(c, "verwijzingen", namen), "Aanmeldroute van gestarte trajecten", "Aanmeldroute",
                          *wat, duiding=[development(c, "verwijzingen", "het aandeel verwezen trajecten", "verwezen",
                                                     van=wat)])


@kerncijfers
def netwerk(c: Cijfers) -> list[Kerncijfer]:
    """How often the network was asked, and how many people of it help."""
    return [key_figure(c, "netwerk_gevraagd", "keer is het sociale netwerk gevraagd mee te denken", "gevraagd"),
            key_figure(c, "netwerk_gevraagd", "keer is het (nog) niet gevraagd", "niet_gevraagd"),
            key_figure(c, "netwerkparticipanten", "mensen uit het netwerk helpen mee")]


@onderdeel("Is het netwerk gevraagd?", "netwerk_gevraagd", "netwerkparticipanten")
def netwerk_gevraagd(c: Cijfers) -> Onderdeel:
    namen = c.niet_leeg("netwerk_gevraagd", c.categorieen("netwerk_gevraagd", ("gevraagd", "niet_gevraagd")))
    return counts_by_year(
        c, "netwerk_gevraagd", namen, "Trajecten waarin het netwerk gevraagd is mee te denken", "Netwerk",
        "behandelde individuele of leun- en steuntrajecten", grondslag=base(
            c, c.waarde("netwerk_gevraagd"), "behandeld individueel of leun- en steuntraject",
            "behandelde individuele en leun- en steuntrajecten"), duiding=[
                part_of(c, c.waarde("netwerk_gevraagd", "gevraagd"), c.waarde("netwerk_gevraagd"),
                        ("traject", "trajecten"),
                        ("was er {} waarin het netwerk gevraagd is", "waren er {} waarin het netwerk gevraagd is")),
                development(c, "netwerkparticipanten", "het aantal mensen uit het netwerk dat meehelpt")])


@onderdeel("Waarom het netwerk niet gevraagd is", "reden_geen_netwerk")
def reden_geen_netwerk(c: Cijfers) -> Onderdeel:
    namen = c.niet_leeg("reden_geen_netwerk", c.categorieen("reden_geen_netwerk"))
    namen = sorted(namen, key=lambda n: (n == ONBEKEND, -(c.waarde("reden_geen_netwerk", n) or 0)))
    return counts_by_year(c, "reden_geen_netwerk", namen, "Redenen om het netwerk niet te vragen", "Reden",
                          "trajecten waarin het netwerk niet gevraagd is",
                          grondslag=base(c, c.waarde("reden_geen_netwerk"), "traject", "trajecten"),
                          telt=("traject zonder vraag aan het netwerk", "trajecten zonder vraag aan het netwerk"))


@kerncijfers
def clientondersteuning(c: Cijfers) -> list[Kerncijfer]:
    """In how many trajecten there is independent client support."""
    cijfer = c.get("onafhankelijke_clientondersteuning")
    return [Kerncijfer(getal(cijfer.teller), "trajecten met onafhankelijke cliëntondersteuning"),
            share_figure(c, "onafhankelijke_clientondersteuning", "van de behandelde trajecten", cijfer, "trajecten")]


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
    return Onderdeel(titel, tabel, base(c, n, *wat), duiding=[
        development(c, indicator, "het aandeel trajecten met onafhankelijke cliëntondersteuning", van=wat)])
