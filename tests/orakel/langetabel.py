"""The long table: its columns, periods, intervals and the few kinds of rows that every section uses."""

import math
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from statistics import NormalDist, mean, stdev

KOLOMMEN = [
    "organisatie", "indicator", "periode", "jaar", "kwartaal", "team", "categorie", "subcategorie", "eenheid",
    "teller", "noemer", "waarde", "n_personen", "ondergrens", "bovengrens", "dekking",
]  # fmt: skip
SLEUTEL = ["organisatie", "indicator", "periode", "team", "categorie", "subcategorie"]

ONBEKEND, TOTAAL, ALLE = "onbekend", "totaal", "alle"


# ---------------------------------------------------------------------------------------------------- intervals


def wilson(teller, noemer):
    """The 95% Wilson interval of a share."""
    return wilson_van(teller / noemer, noemer)


def wilson_van(p, noemer):
    """The 95% Wilson interval of a share of as many as are worth `noemer`."""
    z = NormalDist().inv_cdf(0.975)
    midden = (p + z * z / (2 * noemer)) / (1 + z * z / noemer)
    half = z / (1 + z * z / noemer) * math.sqrt(p * (1 - p) / noemer + z * z / (4 * noemer * noemer))
    return midden - half, midden + half


@cache
def student(vrijheidsgraden):
    """The 97.5% point of Student's t."""
    from scipy.stats import t

    return float(t.ppf(0.975, vrijheidsgraden))


def student_interval(waarden):
    """The 95% interval of a mean on the sample standard deviation (two values or more)."""
    half = student(len(waarden) - 1) * stdev(waarden) / math.sqrt(len(waarden))
    return mean(waarden) - half, mean(waarden) + half


def geclusterd(eenheid, records):
    """The 95% interval of a share or mean of records (cluster, value) that are not independent within a cluster."""
    n = len(records)
    records = [(cluster, Fraction(waarde)) for cluster, waarde in records]
    m = sum(waarde for _, waarde in records) / n
    afwijking = {}
    for cluster, waarde in records:
        afwijking[cluster] = afwijking.get(cluster, 0) + (waarde - m)
    c = len(afwijking)
    if c < 2:
        return None, None
    kwadraten = sum(e * e for e in afwijking.values())
    if eenheid == "gemiddelde":
        half = student(c - 1) * math.sqrt(Fraction(c, c - 1) * kwadraten / n**2)
        return float(m) - half, float(m) + half
    if m in (0, 1):
        return wilson_van(float(m), c)
    d = max(Fraction(c, c - 1) * Fraction(n - 1, n) * kwadraten / (n * m * (1 - m)), 1)
    return wilson_van(float(m), float(n / d))


@cache
def garwood(aantal):
    """The exact 95% interval of a Poisson count."""
    from scipy.stats import chi2

    onder = 0.0 if aantal == 0 else float(chi2.ppf(0.025, 2 * aantal)) / 2
    return onder, float(chi2.ppf(0.975, 2 * (aantal + 1))) / 2


# ------------------------------------------------------------------------------------------------------ periods


class Periode:
    """A year or a quarter: begin and end, both included."""

    def __init__(self, jaar, kwartaal=None):
        self.jaar, self.kwartaal = jaar, kwartaal
        eerste_maand = 1 if kwartaal is None else 3 * kwartaal - 2
        laatste_maand = 12 if kwartaal is None else 3 * kwartaal
        self.b = date(jaar, eerste_maand, 1)
        na = date(jaar + 1, 1, 1) if laatste_maand == 12 else date(jaar, laatste_maand + 1, 1)
        self.e = na - timedelta(days=1)
        self.naam = str(jaar) if kwartaal is None else f"{jaar}-K{kwartaal}"

    def bevat(self, dag):
        return self.b <= dag <= self.e


def behandeld(traject, p):
    return traject["startdatum"] <= p.e and (traject["einddatum"] is None or traject["einddatum"] >= p.b)


def gestart(traject, p):
    return p.bevat(traject["startdatum"])


def afgesloten(traject, p):
    return traject["einddatum"] is not None and p.bevat(traject["einddatum"])


def in_stand(traject, dag):
    return traject["startdatum"] <= dag and (traject["einddatum"] is None or traject["einddatum"] > dag)


def of_onbekend(waarde):
    return ONBEKEND if waarde is None else waarde


# ----------------------------------------------------------------------------------------------------- the table


class Tabel:
    """Collects the rows of the long table."""

    def __init__(self, organisatie, dekking):
        self.organisatie, self.dekking = organisatie, dekking
        self.rijen = []

    def rij(
        self,
        indicator,
        p,
        team,
        categorie,
        subcategorie,
        eenheid,
        teller,
        noemer,
        n_personen,
        waarden=None,
        clusters=None,
    ):
        """Add one figure; `waarden` are the values behind a mean, `clusters` all records as (cluster, value)."""
        waarde, onder, boven = None, None, None
        if eenheid in ("aantal", "uren"):
            waarde = teller
        elif noemer != 0:
            waarde = teller / noemer
            if eenheid == "per_1000":
                waarde = teller / noemer * 1000
                onder, boven = [grens / noemer * 1000 for grens in garwood(teller)]
            elif clusters is not None:
                onder, boven = geclusterd(eenheid, clusters)
            elif eenheid == "aandeel":
                onder, boven = wilson(teller, noemer)
            elif eenheid == "gemiddelde" and len(waarden) >= 2:
                onder, boven = student_interval(waarden)
        kwartaal = p.kwartaal
        getallen = [teller, noemer, waarde, n_personen, onder, boven, self.dekking(indicator, categorie, p)]
        sleutels = [self.organisatie, indicator, p.naam, p.jaar, kwartaal, team, categorie, subcategorie, eenheid]
        self.rijen.append(dict(zip(KOLOMMEN, sleutels + getallen, strict=True)))


def klanten_van(trajecten):
    return len({traject["klant_id"] for traject in trajecten})


def tel_trajecten(tabel, indicator, p, team, categorie, subcategorie, trajecten):
    """A count of trajecten."""
    n = klanten_van(trajecten)
    tabel.rij(indicator, p, team, categorie, subcategorie, "aantal", len(trajecten), None, n)


def aandeel_trajecten(tabel, indicator, p, team, categorie, deel, geheel):
    """A share of trajecten."""
    tabel.rij(indicator, p, team, categorie, "", "aandeel", len(deel), len(geheel), klanten_van(deel))


def tel_rijen(tabel, indicator, p, team, categorie, rijen):
    """A count of rows without a client."""
    tabel.rij(indicator, p, team, categorie, "", "aantal", len(rijen), None, len(rijen))


def codes(lijst):
    """All codes of a list, and onbekend."""
    return [code for code in lijst if code != ONBEKEND] + [ONBEKEND]


def vrije_tekst(rijen, kolom):
    """All values of a text column; onbekend only when it occurs."""
    return sorted({of_onbekend(rij[kolom]) for rij in rijen})


def valt_onder(waarde, categorie):
    return categorie == TOTAAL or of_onbekend(waarde) == categorie


def valt_onder_team(rij, team):
    return team == ALLE or of_onbekend(rij["team"]) == team
