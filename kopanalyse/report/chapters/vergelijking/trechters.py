"""Parts of chapter "Vergelijking": funnel plots of villages and teams, which a ranking would get wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy.special import bdtr

from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.values import Trechter
from kopanalyse.report.cijfers.limits import NIVEAUS, Stip, stip
from kopanalyse.report.cijfers.view import Cijfer, Cijfers
from kopanalyse.report.dutch import getal, is_missing, leesbaar, opsomming, uitgesproken
from kopanalyse.report.parts.catalogue import onderdeel
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import team_kop
from kopanalyse.report.parts.side_by_side import Meting, metingen, one_team
from kopanalyse.report.parts.table import INTERVAL, TEKST, Kolom, Rij, Tabel, bounds
from kopanalyse.report.shown import is_hidden

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat

PER_INWONER = "casussen_per_1000_inwoners"
LEES = (
    "Lees de trechter zo: hoe kleiner, hoe verder een punt vanzelf van de streep kan liggen; wie binnen de grenzen "
    "ligt, verschilt niet aantoonbaar van het geheel, en een ranglijst daarvan is ruis."
)
ZELDEN = (
    "Ook als er niets verschilt, ligt ongeveer 1 op de 20 buiten de 95%-grenzen, en 1 op de 500 buiten de "
    "99,8%-grenzen."
)


@onderdeel("Trechter van de kernen", PER_INWONER)
def trechter_kernen(c: Cijfers) -> Onderdeel:
    """Every village by its inhabitants: is one found better than another?"""
    if c.team != ALLE:
        return Onderdeel(
            "",
            leeg="De trechter van de kernen is er alleen voor de hele organisatie: inwoners horen bij "
            "een kern en niet bij een team.",
        )
    samen = c.waarde(PER_INWONER)
    stippen = [
        stip(leesbaar(kern), c.get(PER_INWONER, kern), samen, "per_1000")
        for kern in c.categorieen(PER_INWONER)
        if kern not in (TOTAAL, ONBEKEND) and _has_place(c.get(PER_INWONER, kern))
    ]
    if len(stippen) < 2 or not samen or is_missing(samen):
        return Onderdeel(
            "",
            leeg=f"In {c.nu} zijn er geen twee kernen met {'getoonde' if c.openbaar else 'inwoners en'} casussen om te "
            "vergelijken.",
        )
    stippen.sort(key=lambda s: -s.cijfer.noemer)
    titel = f"Casussen per 1.000 inwoners en de grootte van de kern, {c.periode}"
    kolommen = [
        Kolom("Casussen"),
        Kolom("Inwoners"),
        Kolom("Per 1.000", "per_1000"),
        *[Kolom(f"{naam}-grenzen", INTERVAL) for naam in NIVEAUS],
        Kolom("Ligt", TEKST),
    ]
    rijen = [
        Rij(s.naam, [s.cijfer.teller, s.cijfer.noemer, s.waarde, *_limits(s, "per_1000"), _place(s)]) for s in stippen
    ]
    geheel = c.get(PER_INWONER)
    rijen.append(Rij("Totaal", [geheel.teller, geheel.noemer, samen, "", "", ""], nadruk=True))

    def teken(maat: Maat) -> Figure:
        return charts.trechters(
            [Trechter(titel, stippen, samen, "per_1000", "inwoners van de kern →", "casussen per 1.000 inwoners")],
            maat,
            f"hele organisatie: {getal(samen, 'per_1000')}",
            270,
        )

    alt = (
        f"Trechter van {len(stippen)} kernen rond {getal(samen, 'per_1000')} casussen per 1.000 inwoners. "
        f"{_outside(stippen, 'kernen')}"
    )
    return Onderdeel(
        titel,
        Tabel(titel, "Kern", kolommen, rijen),
        f"n = {getal(geheel.teller)} casussen in {len(stippen)} kernen, {c.periode}",
        teken,
        alt,
        [
            _blind(stippen, samen),
            LEES,
            ZELDEN,
            "De grenzen gaan ervan uit dat casussen los van elkaar komen, en houden geen rekening met hoe "
            "oud of arm een kern is: ook wie even goed gevonden wordt, kan daardoor verschillen.",
        ],
        duiding=[_equally_found(stippen)],
    )


def _has_place(cijfer: Cijfer) -> bool:
    """Whether a figure has a place in a funnel: a base, and a value that is known."""
    return bool(cijfer.noemer) and not is_hidden(cijfer.waarde)


def _limits(s: Stip, eenheid: str) -> list[str]:
    return [bounds(laag, hoog, eenheid) for laag, hoog in zip(s.onder, s.boven)]


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
    feit = f"{_outside(stippen, 'kernen')} {_expected(len(stippen), 'Ook als elke kern even goed gevonden werd')}"
    if ver or buiten > most_by_chance(len(stippen)):
        return f"{feit} Niet elke kern wordt dus even goed gevonden."
    return f"{feit} Uit deze cijfers blijkt niet dat de ene kern beter gevonden wordt dan de andere."


def _expected(aantal: int, als: str = "Ook als er niets verschilde") -> str:
    """How many of so many lie outside the 95% limits by themselves."""
    verwacht = getal(aantal / 20, decimalen=0 if aantal >= 10 else 1)
    return f"{als}, {'zou' if verwacht == '1' else 'zouden'} er ongeveer {verwacht} buiten liggen."


def most_by_chance(aantal: int, kans: float = 1 / 20) -> int:
    """How many of so many lie outside the 95% limits at most, when chance has its say 19 times out of 20."""
    return next(k for k in range(aantal + 1) if bdtr(k, aantal, kans) >= 0.95)


def _blind(stippen: Sequence[Stip], samen: float) -> str:
    """What the funnel could not have seen in the smallest village."""
    klein = stippen[-1]
    grens = int(klein.boven[0] * klein.cijfer.noemer / 1000) + 1
    verwacht = getal(samen / 1000 * klein.cijfer.noemer, decimalen=1)
    return (
        f"Kleine verschillen ziet een trechter niet: in {klein.naam} ({getal(klein.cijfer.noemer)} inwoners) zijn "
        f"{verwacht} casussen te verwachten, en zou pas {grens} of meer opvallen."
    )


@onderdeel("Trechters van de teams")
def trechter_teams(c: Cijfers) -> Onderdeel:
    """A funnel per share that teams have: every team by its n."""
    if leeg := one_team(c):
        return Onderdeel("", leeg=leeg)
    totalen = [
        m
        for m in metingen(c, ("aandeel",), per_team=True)
        if m.categorie == TOTAAL and not is_hidden(c.waarde(*m.sleutel, team=ALLE))
    ]
    gekozen = {m: dots for m in totalen if not _clustered(c, m) for dots in [_teams(c, m)] if len(dots) > 1}
    samenhang = [uitgesproken(m.naam) for m in totalen if _clustered(c, m)]
    if not gekozen:
        return Onderdeel("", leeg=f"In {c.nu} zijn er geen aandelen van twee of meer teams om te vergelijken.")
    titel = f"Aandelen per team, naar het aantal waarover zij gaan (n), {c.periode}"
    kolommen = [
        Kolom("Aandeel", "aandeel"),
        Kolom("n"),
        *[Kolom(f"{naam}-grenzen", INTERVAL) for naam in NIVEAUS],
        Kolom("Ligt", TEKST),
    ]
    rijen = []
    for m, stippen in gekozen.items():
        geheel = c.get(*m.sleutel, team=ALLE)
        rijen.append(Rij(m.naam, [""] * 5, nadruk=True))
        rijen += [Rij(s.naam, [s.waarde, s.cijfer.noemer, *_limits(s, "aandeel"), _place(s)]) for s in stippen]
        rijen.append(Rij("Hele organisatie", [geheel.waarde, geheel.noemer, "", "", ""]))

    def teken(maat: Maat) -> Figure:
        return charts.trechters(
            [
                Trechter(m.naam, stippen, c.waarde(*m.sleutel, team=ALLE), "aandeel", "n →")
                for m, stippen in gekozen.items()
            ],
            maat,
            "hele organisatie",
            120,
        )

    alles = [s for stippen in gekozen.values() for s in stippen]
    buiten = [
        f"{s.naam} bij {uitgesproken(m.naam)} ({s.oordeel})"
        for m, stippen in gekozen.items()
        for s in stippen
        if s.buiten
    ]
    alt = (
        f"Een trechter voor elk van {len(gekozen)} aandelen, met een punt per team. Buiten de 95%-grenzen: "
        f"{opsomming(buiten) or 'geen enkel punt'}."
    )
    hoeveel = f"liggen {len(buiten)} punten" if len(buiten) > 1 else "ligt 1 punt" if buiten else "ligt geen punt"
    noten = [
        LEES,
        f"{ZELDEN} Hier {hoeveel} van de {len(alles)} buiten de 95%-grenzen.",
        "Elk team wordt hier vergeleken met het geheel waar het zelf bij hoort. Dat is iets milder dan de "
        "vergelijking met de andere teams hierboven.",
        *(
            [
                f"Niet in een trechter: {opsomming(samenhang)}. Daarvan komen er meer van dezelfde persoon of "
                "hetzelfde traject, en die lijken op elkaar: de grenzen zouden te smal zijn."
            ]
            if samenhang
            else []
        ),
    ]
    return Onderdeel(
        titel,
        Tabel(titel, "", kolommen, rijen),
        f"n = {len(alles)} aandelen van teams, {c.periode}",
        teken,
        alt,
        noten,
        duiding=[f"Buiten de 95%-grenzen {hoeveel}: {opsomming(buiten)}. {_expected(len(alles))}" if buiten else ""],
    )


def _clustered(c: Cijfers, m: Meting) -> bool:
    """Whether one unit answers for more than one record: the limits of a funnel are those of loose records.

    An edition, which has no sums of units, says it by the declaration and by how many persons are behind a teller.
    """
    som, cijfer = c.som(m.sleutel, c.periode, team=ALLE), c.get(*m.sleutel, team=ALLE)
    if c.openbaar:
        return bool(m.ind.cluster) or bool(cijfer.n_personen and cijfer.n_personen < cijfer.teller)
    return som is not None and bool(cijfer.noemer) and som.eenheden < cijfer.noemer


def _teams(c: Cijfers, m: Meting) -> list[Stip]:
    """A dot per team that has a base; the team of the report stands out."""
    samen = c.waarde(*m.sleutel, team=ALLE)
    return [
        stip(team_kop(c, team), c.get(*m.sleutel, team=team), samen, "aandeel", team == c.team)
        for team in c.teams
        if team != ONBEKEND and _has_place(c.get(*m.sleutel, team=team))
    ]
