"""An outsider with a solver: bounds every hidden number of a publicatie.csv, by rules and relations written down anew.

Shares no code with the audit: relations are read from the specification, one indicator after another, and solved by
whole-number programming over everything at once.
"""

from collections import defaultdict

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

SLEUTEL = ["indicator", "periode", "team", "categorie", "subcategorie"]
KOLOMMEN = ["teller", "noemer", "n_personen"]
UNIEK = {
    "klanten",
    "clienten",
    "netwerkparticipanten",
    "groepswerk_deelnemers",
    "formulierenbrigade",
    "unieke_casussen",
}
NIET_PERSONEN = {
    "productie_uren",
    "collectieve_activiteiten",
    "collectieve_activiteiten_doorlopend",
    "collectieve_bijeenkomsten",
    "collectieve_bijeenkomsten_geteld",
    "groepswerk_activiteiten",
}
VER = 1e6  # further than any figure goes
KRUIS = {"inschatting"}  # tables of two lists that add up both ways
STROOM = {"instroom", "uitstroom", "opgestarte_casussen", "informatie_en_advies", "schoolmaatschappelijk_werk", "vip"}
VERDELING = {
    "complexiteit",
    "verwijzingen",
    "wachttijd",
    "duur",
    "contacten_per_casus",
    "reden_beeindiging",
    "doorverwijzing_na_afsluiting",
    "samenstelling",
    "hulpvragen_casussen",
    "hulpvragen_korte_contacten",
}


class Aanval:
    """What follows from a table: ``grenzen(sleutel, kolom)`` gives the least and the most of a number."""

    def __init__(self, tabel: pd.DataFrame, teams_compleet: bool) -> None:
        self.rij = {sleutel: n for n, sleutel in enumerate(zip(*(tabel[k] for k in SLEUTEL)))}
        self.tabel, self.regels = tabel, []
        self.laag, self.hoog = np.zeros(3 * len(tabel)), np.full(3 * len(tabel), np.inf)
        self.heel = np.ones(3 * len(tabel))
        self.heel[0::3] = ~tabel.indicator.isin(["productie_uren", "kto_rapportcijfer"])  # hours, and sums of marks
        for n, rij in enumerate(tabel.itertuples(index=False)):
            self._lees(n, rij)
        self._verbanden(teams_compleet)
        rijen = [r for r, (termen, _, _) in enumerate(self.regels) for _ in termen]
        termen = [t for termen, _, _ in self.regels for t in termen]
        vorm = (len(self.regels), len(self.laag))
        matrix = coo_array(([g for _, g in termen], (rijen, [k for k, _ in termen])), shape=vorm)
        self.regel = LinearConstraint(matrix.tocsr(), [o for _, o, _ in self.regels], [b for _, _, b in self.regels])

    def _lees(self, n, rij):
        grenzen = dict(deel.split(":") for deel in rij.grenzen.split())
        verborgen = rij.verborgen.split()
        for k, kolom in enumerate(KOLOMMEN):
            waarde = getattr(rij, kolom)
            if kolom in grenzen:
                self.laag[3 * n + k], self.hoog[3 * n + k] = map(float, grenzen[kolom].split(".."))
            elif not np.isnan(waarde):
                self.laag[3 * n + k] = self.hoog[3 * n + k] = waarde
            elif rij.eenheid == "gemiddelde" and rij.indicator == "zrm_groei" and kolom in verborgen:
                self.laag[3 * n + k] = -np.inf
        if rij.eenheid == "gemiddelde" and not np.isnan(rij.waarde):
            self._som([(3 * n, 1), (3 * n + 1, -(rij.waarde - 0.05))], 0, np.inf)
            self._som([(3 * n, 1), (3 * n + 1, -(rij.waarde + 0.05))], -np.inf, 0)

    def _som(self, termen, onder=0.0, boven=0.0):
        if all(k is not None for k, _ in termen):
            self.regels.append((termen, onder, boven))

    def plek(self, indicator, periode, team, categorie="totaal", sub="", kolom="teller"):
        n = self.rij.get((indicator, periode, team, categorie, sub))
        return None if n is None else 3 * n + KOLOMMEN.index(kolom)

    def _verbanden(self, teams_compleet):
        t = self.tabel
        for n, rij in enumerate(t.itertuples(index=False)):
            x = 3 * n
            if rij.eenheid == "aandeel":
                self._som(
                    [(x, 1), (x + 1, -1)], 0 if rij.indicator in VERDELING and rij.categorie == "totaal" else -np.inf
                )
            if rij.eenheid == "gemiddelde":
                self._som([(x + 2, 1), (x + 1, -1)], -np.inf)
            elif rij.indicator not in (
                "netwerkparticipanten",
                "collectieve_deelnemers",
                "informele_ondersteuning",
                "productie_uren",
            ):
                self._som([(x + 2, 1), (x, -1)], -np.inf)
        groepen = {
            "team": defaultdict(list),
            "categorie": defaultdict(list),
            "subcategorie": defaultdict(list),
            "kwartaal": defaultdict(list),
            "basis": defaultdict(list),
        }
        for (ind, periode, team, cat, sub), n in self.rij.items():
            if team != "alle":
                groepen["team"][(ind, periode, "alle", cat, sub)].append(n)
            if cat != "totaal" and ind != "verwezen_door" and ind != "casussen_per_1000_inwoners":
                groepen["categorie"][(ind, periode, team, "totaal", sub)].append(n)
            if ind in KRUIS and sub != "totaal":
                groepen["subcategorie"][(ind, periode, team, cat, "totaal")].append(n)
            if "-K" in periode and ind in STROOM:
                groepen["kwartaal"][(ind, periode[:4], team, cat, sub)].append(n)
            if ind in VERDELING:
                groepen["basis"][(ind, periode, team)].append(n)
        for soort, per_geheel in groepen.items():
            for sleutel, delen in per_geheel.items():
                if soort == "basis":
                    for n in delen[1:]:
                        self._som([(3 * delen[0] + 1, 1), (3 * n + 1, -1)])
                elif sleutel in self.rij:
                    geheel = 3 * self.rij[sleutel]
                    ongelijk = sleutel[0] in UNIEK
                    onder = -np.inf if soort == "team" and not teams_compleet else 0
                    if not ongelijk:
                        self._som([*((3 * n, 1) for n in delen), (geheel, -1)], onder, 0)
                    for n in delen:
                        self._som([(3 * n, 1), (geheel, -1)], -np.inf)
        for periode, team in {s[1:3] for s in self.rij}:
            self._stromen(periode, team)

    def _stromen(self, periode, team):
        for soort in {s[3] for s in self.rij if s[0] == "beginstand" and s[1:3] == (periode, team)}:
            begin, erin, eruit, eind, behandeld, op = (
                self.plek(naam, periode, team, soort)
                for naam in (
                    "beginstand",
                    "instroom",
                    "uitstroom",
                    "eindstand",
                    "behandelde_casussen",
                    "opgestarte_casussen",
                )
            )
            self._som([(begin, 1), (erin, 1), (eruit, -1), (eind, -1)])
            self._som([(begin, 1), (erin, 1), (behandeld, -1)])
            self._som([(op, 1), (erin, -1)])
            self._som(
                [
                    (self.plek("korte_contacten", periode, team, soort), 1),
                    (self.plek("casussen", periode, team, soort), 1),
                    (behandeld, -1),
                ],
                -np.inf,
            )
            if "-K" not in periode:
                self._som([(eind, 1), (self.plek("beginstand", str(int(periode) + 1), team, soort), -1)])
        self._som([(self.plek("duur", periode, team, kolom="noemer"), 1), (self.plek("uitstroom", periode, team), -1)])

    def grenzen(self, sleutel, kolom, stel=()):
        """The least and the most; ``stel``: (sleutel, kolom, least) that an insider knows besides."""
        welk = 3 * self.rij[sleutel] + KOLOMMEN.index(kolom)
        laag = self.laag.copy()
        for ook, ook_kolom, minst in stel:
            plaats = 3 * self.rij[ook] + KOLOMMEN.index(ook_kolom)
            laag[plaats] = max(laag[plaats], minst)
        uit = []
        for richting in (1, -1):
            doel = np.zeros(len(laag))
            doel[welk] = richting
            r = milp(
                doel,
                constraints=self.regel,
                bounds=Bounds(np.maximum(laag, -VER), np.minimum(self.hoog, VER)),
                integrality=self.heel,
            )
            assert r.status == 0, f"de tabel spreekt zichzelf tegen: {r.message}"
            uit.append(round(r.x[welk]))
        return tuple(uit)


def gelekt(tabel, marge=2, teams_compleet=True, hoogstens=None):
    """The hidden numbers that are known to within ``marge``, each with its bounds."""
    aanval = Aanval(tabel, teams_compleet)
    verborgen = [(sleutel, kolom) for sleutel, n in aanval.rij.items() for kolom in tabel.verborgen.iloc[n].split()]
    uit = []
    for sleutel, kolom in verborgen[:: max(1, len(verborgen) // hoogstens) if hoogstens else 1]:
        minst, meest = aanval.grenzen(sleutel, kolom)
        if meest - minst <= 2 * marge:
            uit.append((sleutel, kolom, minst, meest))
    return uit
