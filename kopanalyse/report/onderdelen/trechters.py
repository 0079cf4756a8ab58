"""Parts of chapter "Vergelijking": funnel plots of villages and teams, which a ranking would get wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kopanalyse.report.bouwstenen import team_naam
from kopanalyse.report.cijfers import ALLE, ONBEKEND, TOTAAL, Cijfers
from kopanalyse.report.grenzen import NIVEAUS, Stip, stip
from kopanalyse.report.metingen import Meting, metingen, one_team
from kopanalyse.report.onderdeel import Onderdeel, onderdeel
from kopanalyse.report.tables import INTERVAL, TEKST, Kolom, Rij, Tabel
from kopanalyse.report.text import getal, hoofdletter, in_zin, interval, leesbaar, opsomming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from kopanalyse.report.huisstijl import Maat

PER_INWONER = "casussen_per_1000_inwoners"
LEES = ("Lees de trechter zo: hoe kleiner, hoe verder een punt door toeval alleen van de streep kan liggen; wie binnen "
        "de grenzen ligt, verschilt niet aantoonbaar van het geheel, en een ranglijst daarvan is ruis.")
ZELDEN = "Door toeval ligt ongeveer 1 op de 20 buiten de 95%-grenzen, en 1 op de 500 buiten de 99,8%-grenzen."


@onderdeel("Trechter van de kernen", PER_INWONER)
def trechter_kernen(c: Cijfers) -> Onderdeel:
    """Every village by its inhabitants: is one found better than another?"""
    if c.team != ALLE:
        return Onderdeel("", leeg="De trechter van de kernen is er alleen voor de hele organisatie: inwoners horen bij "
                                  "een kern en niet bij een team.")
    samen = c.waarde(PER_INWONER)
    stippen = [stip(leesbaar(kern), c.get(PER_INWONER, kern), samen, "per_1000") for kern in c.categorieen(PER_INWONER)
               if kern not in (TOTAAL, ONBEKEND) and c.get(PER_INWONER, kern).noemer]
    if len(stippen) < 2 or not samen:
        return Onderdeel("", leeg=f"In {c.jaar} zijn er geen twee kernen met inwoners en casussen om te vergelijken.")
    stippen.sort(key=lambda s: -s.cijfer.noemer)
    titel = f"Casussen per 1.000 inwoners en de grootte van de kern, {c.jaar}"
    kolommen = [Kolom("Casussen"), Kolom("Inwoners"), Kolom("Per 1.000", "per_1000"),
                *[Kolom(f"{naam}-grenzen", INTERVAL) for naam in NIVEAUS], Kolom("Ligt", TEKST)]
    rijen = [Rij(s.naam, [s.cijfer.teller, s.cijfer.noemer, s.waarde, *_limits(s, "per_1000"), _place(s)])
             for s in stippen]
    geheel = c.get(PER_INWONER)
    rijen.append(Rij("Totaal", [geheel.teller, geheel.noemer, samen, "", "", ""], nadruk=True))

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.trechter import Trechter, trechters

        return trechters([Trechter(titel, stippen, samen, "per_1000", "inwoners van de kern →",
                                   "casussen per 1.000 inwoners")], maat,
                         f"hele organisatie: {getal(samen, 'per_1000')}", 270)

    alt = (f"Trechter van {len(stippen)} kernen rond {getal(samen, 'per_1000')} casussen per 1.000 inwoners. "
           f"{_outside(stippen, 'kernen')}")
    return Onderdeel(titel, Tabel(titel, "Kern", kolommen, rijen),
                     f"n = {getal(geheel.teller)} casussen in {len(stippen)} kernen, {c.jaar}", teken, alt,
                     [_blind(stippen, samen), LEES, ZELDEN,
                      "De grenzen gaan ervan uit dat casussen los van elkaar komen, en houden geen rekening met hoe "
                      "oud of arm een kern is: ook wie even goed gevonden wordt, kan daardoor verschillen."],
                     duiding=[_equally_found(stippen)])


def _limits(s: Stip, eenheid: str) -> list[str]:
    return [interval(laag, hoog, eenheid) for laag, hoog in zip(s.onder, s.boven)]


def _place(s: Stip) -> str:
    return " ".join(filter(None, (s.teken, s.oordeel)))


def _outside(stippen: Sequence[Stip], wat: str) -> str:
    """Which dots lie outside, in a sentence."""
    buiten = [s for s in stippen if s.buiten]
    if not buiten:
        return f"Alle {len(stippen)} {wat} liggen binnen de 95%-grenzen."
    namen = opsomming(f"{s.naam} ({s.oordeel})" for s in buiten)
    hoeveel = "ligt er 1" if len(buiten) == 1 else f"liggen er {len(buiten)}"
    return f"Van de {len(stippen)} {wat} {hoeveel} buiten de 95%-grenzen: {namen}."


def _equally_found(stippen: Sequence[Stip]) -> str:
    """What the funnel says about the claim that every village is found equally well."""
    buiten, ver = (sum(s.buiten >= niveau for s in stippen) for niveau in (1, len(NIVEAUS)))
    verwacht = getal(len(stippen) / 20, decimalen=0 if len(stippen) >= 10 else 1)
    feit = (f"{_outside(stippen, 'kernen')} Door toeval alleen {'zou' if verwacht == '1' else 'zouden'} er ongeveer "
            f"{verwacht} buiten liggen.")
    if ver or buiten > most_by_chance(len(stippen)):
        return f"{feit} Niet elke kern wordt dus even goed gevonden."
    return f"{feit} Uit deze cijfers blijkt niet dat de ene kern beter gevonden wordt dan de andere."


def most_by_chance(aantal: int, kans: float = 1 / 20) -> int:
    """How many of so many lie outside the 95% limits at most, when chance has its say 19 times out of 20."""
    from scipy.special import bdtr

    return next(k for k in range(aantal + 1) if bdtr(k, aantal, kans) >= 0.95)


def _blind(stippen: Sequence[Stip], samen: float) -> str:
    """What the funnel could not have seen in the smallest village."""
    klein = stippen[-1]
    grens = int(klein.boven[0] * klein.cijfer.noemer / 1000) + 1
    verwacht = getal(samen / 1000 * klein.cijfer.noemer, decimalen=1)
    return (f"Kleine verschillen ziet een trechter niet: in {klein.naam} ({getal(klein.cijfer.noemer)} inwoners) zijn "
            f"{verwacht} casussen te verwachten, en vielen pas {grens} of meer op.")


@onderdeel("Trechters van de teams")
def trechter_teams(c: Cijfers) -> Onderdeel:
    """A funnel per share that teams have: every team by its n."""
    if leeg := one_team(c):
        return Onderdeel("", leeg=leeg)
    gekozen = {m: dots for m in metingen(c, ("aandeel",), per_team=True) if m.categorie == TOTAAL
               for dots in [_teams(c, m)] if len(dots) > 1}
    if not gekozen:
        return Onderdeel("", leeg=f"In {c.jaar} zijn er geen aandelen van twee of meer teams om te vergelijken.")
    titel = f"Aandelen per team, naar het aantal waarover zij gaan (n), {c.jaar}"
    kolommen = [Kolom("Aandeel", "aandeel"), Kolom("n"), *[Kolom(f"{naam}-grenzen", INTERVAL) for naam in NIVEAUS],
                Kolom("Ligt", TEKST)]
    rijen = []
    for m, stippen in gekozen.items():
        geheel = c.get(*m.sleutel, team=ALLE)
        rijen.append(Rij(m.naam, [""] * 5, nadruk=True))
        rijen += [Rij(hoofdletter(team_naam(c, s.naam)), [s.waarde, s.cijfer.noemer, *_limits(s, "aandeel"), _place(s)])
                  for s in stippen]
        rijen.append(Rij("Hele organisatie", [geheel.waarde, geheel.noemer, "", "", ""]))

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.trechter import Trechter, trechters

        return trechters([Trechter(m.naam, stippen, c.waarde(*m.sleutel, team=ALLE), "aandeel", "n →")
                          for m, stippen in gekozen.items()], maat, "hele organisatie", 120)

    alles = [s for stippen in gekozen.values() for s in stippen]
    buiten = [f"{s.naam} bij {in_zin(m.naam)} ({s.oordeel})" for m, stippen in gekozen.items() for s in stippen
              if s.buiten]
    alt = (f"Een trechter voor elk van {len(gekozen)} aandelen, met een punt per team. Buiten de 95%-grenzen: "
           f"{opsomming(buiten) or 'geen enkel punt'}.")
    hoeveel = f"liggen {len(buiten)} punten" if len(buiten) > 1 else "ligt 1 punt" if buiten else "ligt geen punt"
    noten = [LEES, f"{ZELDEN} Hier {hoeveel} van de {len(alles)} buiten de 95%-grenzen.",
             "Elk team wordt hier vergeleken met het geheel waar het zelf bij hoort. Dat is iets milder dan de "
             "vergelijking met de andere teams hierboven."]
    return Onderdeel(titel, Tabel(titel, "", kolommen, rijen), f"n = {len(alles)} aandelen van teams, {c.jaar}", teken,
                     alt, noten, duiding=[f"Buiten de 95%-grenzen {hoeveel}: {opsomming(buiten)}." if buiten else ""])


def _teams(c: Cijfers, m: Meting) -> list[Stip]:
    """A dot per team that has a base; the team of the report stands out."""
    samen = c.waarde(*m.sleutel, team=ALLE)
    return [stip(leesbaar(team), c.get(*m.sleutel, team=team), samen, "aandeel", team == c.team) for team in c.teams
            if team != ONBEKEND and c.get(*m.sleutel, team=team).noemer]
