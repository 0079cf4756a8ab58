"""Random hostile registrations in every CSV form of the specification, from a seed.

`schrijf(map, zaad, omvang)` writes one registration of De Kop or SMWO. All kinds of defects that checking must find
occur, beside names that break careless code: `NA`, `=1+1`, a newline in a name, `onbekend` as a team, `0017` beside
`17`, and referrers with ` > ` in every place.
"""

import random
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

from .registratie import CODELIJSTEN, TABELLEN, TRAJECTSOORTEN, ZRM_2013, ZRM_2017

NAMEN = [
    "Noord", "Oost", "Zuid", "noord", "NA", "null", "nan", "None", "NULL", "0017", "17", "1.0", "1", "true", "-",
    "<script>alert(1)</script>", "../..", "=1+1", "+31", "@x", "Zuid; West", "Oost, West", '"Oost"', '5" buis',
    "regel een\nregel twee", "Één", "Eén", "Een", "e\u0301e\u0301n", "🙂 buurt", "onbekend", "Onbekend", "Alle",
    "Totaal",
    "O'Brien", "\\N", "a\\", "%s {0}", "2019-01-01", "31-12-2018", "dubbele  spatie", "tab\tbinnen", "Straße",
    "STRASSE", "ﬁets", "#kop", "x" * 120, "--", "1e3", "1000", "Ijlst", "IJlst", "con", "a/b", "a:b*?", "'", "$1", "ÿ",
    "€uro", "inf", "∅", ";", ",", "''", "`x`", "{{7*7}}", "&amp;", "<!-- -->",
]  # fmt: skip
SLEUTELS = [
    "0017",
    "17",
    "NA",
    "null",
    "nan",
    "1e3",
    "1000",
    "k1",
    "K1",
    "é",
    "1.0",
    "1",
    "01",
    "a;b",
    "a,b",
    'q"',
    "-1",
]
ONLEESBARE_DATUMS = [
    "2019-02-29", "29-02-2019", "31-04-2018", "2019-13-01", "00-00-0000", "1-1-2019", "2019-1-5", "2019/01/05",
    "01/05/2019", "20190105", "morgen", "NA", "null", "2019-01-05 10:00", "31-12-18", "2018-31-12", "?", "12-31-2018",
]  # fmt: skip
ONLEESBARE_GETALLEN = ["-3", "3.5", "2,5", "veel", "NA", "1e1", "nan", "inf", "+4", "3 4", "0x1", "½", "٣", "3.", ".5"]
ONLEESBARE_BOOLEANS = ["NA", "j", "n", "yes", "no", "2", "waar", "ja nee", "onwaar"]
GRENZEN = [
    date(2017, 12, 31), date(2018, 1, 1), date(2018, 3, 31), date(2018, 4, 1), date(2018, 6, 30), date(2018, 7, 1),
    date(2018, 9, 30), date(2018, 10, 1), date(2018, 12, 31), date(2019, 1, 1), date(2019, 3, 31), date(2019, 4, 1),
    date(2019, 6, 30), date(2019, 7, 1), date(2019, 9, 30), date(2019, 10, 1), date(2019, 12, 31), date(2020, 1, 1),
]  # fmt: skip
MAANDEINDEN = [
    date(2018, 1, 31), date(2018, 2, 28), date(2018, 4, 30), date(2018, 8, 31), date(2018, 11, 30), date(2018, 12, 30),
    date(2019, 1, 29), date(2019, 1, 31), date(2019, 2, 28), date(2019, 3, 1), date(2019, 5, 31), date(2019, 10, 31),
]  # fmt: skip
GEMIST = ["contacten", "zrm_metingen", "informatie_en_advies", "schoolmaatschappelijk_werk", "netwerkparticipanten",
          "kernen", "klanten", "bijeenkomsten"]  # fmt: skip
INFORMEEL_EN_TEVREDEN = ["vip", "informele_ondersteuning", "klanttevredenheid", "kto_antwoorden"]
DIENSTVERLENING = ["hulpvragen", "deelnames", "overige_dienstverlening", "productie_uren", "formulierenbrigade"]
NIET_BIJ_SMWO = ["zrm_metingen", "netwerkparticipanten", "schoolmaatschappelijk_werk", "informatie_en_advies", "kernen",
                 "vip", "informele_ondersteuning"]  # fmt: skip
SOORTEN = {
    "dekop": ["individueel"] * 6 + ["leun_en_steun"] * 3 + ["presentie"],
    "smwo": [*TRAJECTSOORTEN["smwo"], "Maatschappelijk werk", "Sociaal Juridische Dienstverlening"],
}
VREEMDE_SOORTEN = {"dekop": ["Maatschappelijk werk"], "smwo": ["individueel", "Maatschappelijk Werk", "casus"]}
VERWIJZERS = [
    "Gemeente", "Gemeente > WIZ", "Gemeente > wiz", "gemeente > WIZ", "Gemeente > Wmo > loket", "Gemeente > Wmo",
    "Gemeente >  > WIZ", "Gemeente > > WIZ", "Gemeente  > WIZ", "Gemeente >WIZ", "Gemeente> WIZ", "Gemeente > ",
    " > WIZ", " > ", ">", "> > >", "WIZ", "huisarts", "a\r\nb", "regel\n > twee", "NA > NA", "onbekend > x",
    "onbekend", "eigen_initiatief", "eigen_initiatief > x", "verwezen", "totaal > WIZ", "Gemeente > totaal",
    "Gemeente > onbekend", "alle > alle", 'GGZ > "Noord"', "GGZ > a;b,c", "Één > 🙂", "GGZ >\u00a0Noord",
]  # fmt: skip
HULPVRAGEN = ["Werk", "werk", "Wonen (eigen huis)", "Financiën / administratie", "Gezondheid > geestelijk", "Totaal "]
AFLOPEN = ["doel bereikt", "Doel bereikt", "verhuizing", "GGZ > Noord", "geen doorverwijzing nodig", "eigen_initiatief"]
FUNCTIES = ["Groepswerk", "groepswerk", "(Onafhankelijke) Cliëntondersteuning", "a; b"]
OP_DE_GRENS = [
    [240], [239], [120, 120], [80, 80, 80], [80, 80, 79], [60, 60, 60, 60], [59, 60, 60, 60], [240, 0, ""],
    [239, "", ""], ["", "", ""], ["", "", "", ""], [0, 0, 0, 0], [100, 100, "", 40], [300, 1], [10, 10, 10],
]  # fmt: skip
"""Minutes per contact of one traject, around four hours and three contacts."""
VRAGEN = ["HULP", "hulp?", "totaal ", "Wat vond u; van ons, echt?", "oordeel > algemeen", "hulp: snel"]
DIENSTEN = ["Taalpunt", "taalpunt", "Rechtswinkel", "In Eigen Hand"]
MATEN = ["vrijwilligers", "inwoners", "vragen", "Vragen", "vragen: juridisch", "vragen:", "vragen: "]
ONDERVERDELINGEN = ["juridisch", "juridisch ", "NA", "onbekend", "belasting, toeslagen", "a: b", ": juridisch"]


class Maker:
    """Makes the rows of one registration; `vuil` is the chance of a defect per cell."""

    def __init__(self, zaad, omvang, vuil, organisatie):
        self.zaad, self.organisatie = zaad, organisatie
        self.rng = random.Random(f"{organisatie} {zaad}")
        self.omvang, self.vuil = omvang, vuil
        namen = list(NAMEN)
        self.rng.shuffle(namen)
        self.teams = namen[: self.rng.randint(1, 6)]
        namen.remove("onbekend")
        self.kernen = namen[-self.rng.randint(1, 9) :]
        self.scholen = self.rng.sample(namen, self.rng.randint(1, 5))
        self.groepen = self.rng.sample(namen, self.rng.randint(1, 5))
        self.redenen = self.rng.sample(NAMEN, self.rng.randint(1, 6))
        self.aflopen = self.rng.sample([*AFLOPEN, *NAMEN], self.rng.randint(2, 8))
        self.verwijzers = [*self.rng.sample(VERWIJZERS, self.rng.randint(3, 14)), self.rng.choice(NAMEN)]
        self.themas = ["geld", *self.rng.sample(NAMEN, self.rng.randint(1, 3))]
        self.effecten = ["sterker", "Sterker", *self.rng.sample(NAMEN, self.rng.randint(1, 3))]
        self.versie_2017 = self.rng.random() < 0.5
        self.tabellen = {}

    # ---- values

    def kans(self, p):
        return self.rng.random() < p

    def gek(self):
        """Whether this cell gets a defect."""
        return self.kans(self.vuil)

    def sleutels(self, aantal, voorvoegsel):
        """Different keys, some of them nasty."""
        gekozen = self.rng.sample(SLEUTELS, min(aantal, self.rng.randint(0, len(SLEUTELS))))
        stijl = self.rng.choice([f"{voorvoegsel}{{}}", "{:06d}", "{}"])
        nummer = self.rng.choice([1, 18, 1001])
        while len(gekozen) < aantal:
            sleutel = stijl.format(nummer)
            nummer += 1
            if sleutel not in gekozen:
                gekozen.append(sleutel)
        self.rng.shuffle(gekozen)
        return gekozen

    def dag(self, van=date(2017, 4, 1), tot=date(2020, 4, 1)):
        """A day, often one on the edge of a period."""
        randen = [grens for grens in GRENZEN if van <= grens <= tot]
        if randen and self.kans(0.35):
            return self.rng.choice(randen)
        return van + timedelta(days=self.rng.randint(0, max(0, (tot - van).days)))

    def maanden_verder(self, dag, maanden):
        """The same day so many months later or earlier, cut at the end of that month, or a few days beside it."""
        jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
        gelijk = date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))
        return gelijk + timedelta(days=self.rng.choice([0, 0, 0, 1, -1, 2, -2, 3]))

    def aangemeld(self, start):
        """The day of an aanmelding: often a month or two before the start, sometimes after it."""
        if self.kans(0.5):
            return self.maanden_verder(start, self.rng.choice([-1, -2]))
        return start - timedelta(days=self.rng.choice([0, -1, -40, 1, 10, 90, self.rng.randint(0, 90)]))

    def beeindigd(self, start):
        """The day of an end: often a month or two after the start; empty is still open."""
        if self.kans(0.3):
            return ""
        if self.kans(0.05):
            return start
        if self.kans(0.3):
            return max(start, self.maanden_verder(start, self.rng.choice([1, 2])))
        return self.dag(start, start + timedelta(days=self.rng.choice([30, 300, 900])))

    def datum(self, dag, verplicht=False):
        """A date as it will be written, now and then a wrong or suspect one."""
        if self.gek():
            keuze = [*self.rng.sample(ONLEESBARE_DATUMS, 3), date(2031, 5, 5), date(1999, 12, 31), date(2000, 1, 1)]
            keuze.append(date(9999, 12, 31))
            return self.rng.choice(keuze if not verplicht else [*keuze, ""])
        return dag

    def code(self, lijst, leeg=0.08):
        if self.gek():
            return self.rng.choice(["iets anders", "NA", self.rng.choice(lijst).upper(), self.rng.choice(lijst) + "."])
        return "" if self.kans(leeg) else self.rng.choice(lijst)

    def tekst(self, namen, leeg=0.15, verboden=""):
        if verboden and self.kans(0.02):
            return verboden
        return "" if self.kans(leeg) else self.rng.choice(namen)

    def team(self):
        return self.tekst(self.teams, 0.08, "alle")

    def geheel(self, waarde, leeg=0.1):
        if self.gek():
            return self.rng.choice(ONLEESBARE_GETALLEN)
        return "" if self.kans(leeg) else waarde

    def janee(self, leeg=0.2):
        if self.gek():
            return self.rng.choice(ONLEESBARE_BOOLEANS)
        return "" if self.kans(leeg) else self.kans(0.5)

    def verwijzing(self, sleutels):
        if self.gek() or not sleutels:
            return self.rng.choice(["bestaat niet", "", "NA?", "0" + str(self.rng.choice(sleutels or ["x"]))])
        return self.rng.choice(sleutels)

    # ---- tables

    def alles(self):
        self.maak_kernen()
        self.maak_klanten()
        self.maak_trajecten()
        self.maak_contacten()
        self.maak_zrm()
        self.maak_groepen()
        self.maak_losse()
        for tabel, rijen in self.tabellen.items():
            self.verdubbel(tabel, rijen)
        # their own streams of chance: what these tables hold does not change the others
        self.rng = random.Random(f"dienstverlening {self.organisatie} {self.zaad}")
        self.maak_hulpvragen()
        self.maak_dienstverlening()
        for tabel in DIENSTVERLENING:
            self.verdubbel(tabel, self.tabellen[tabel])
        self.rng = random.Random(f"informeel en tevreden {self.organisatie} {self.zaad}")
        self.maak_vip()
        self.maak_informele_ondersteuning()
        self.maak_klanttevredenheid()
        self.maak_antwoorden()
        for tabel in INFORMEEL_EN_TEVREDEN:
            self.verdubbel(tabel, self.tabellen[tabel])
        return self.tabellen

    def verdubbel(self, tabel, rijen):
        """Double keys with another content, and a first holder that is itself unusable."""
        if self.vuil == 0:
            return
        sleutel = next(iter(TABELLEN[tabel]))
        if TABELLEN[tabel][sleutel] != "sleutel!" or not rijen:
            return
        for _ in range(self.rng.randint(0, 1 + len(rijen) // 40)):
            bron = self.rng.randrange(len(rijen))
            dubbel = dict(self.rng.choice(rijen), **{sleutel: rijen[bron][sleutel]})
            if self.kans(0.3):
                verplicht = [k for k, soort in TABELLEN[tabel].items() if soort.endswith("!")][-1]
                rijen[bron] = dict(rijen[bron], **{verplicht: ""}) if verplicht != sleutel else rijen[bron]
            rijen.insert(self.rng.randint(0, len(rijen)), dubbel)

    def maak_kernen(self):
        self.tabellen["kernen"] = [
            {
                "kern": kern,
                "gemeente": "Steenwijkerland",
                "team": self.team(),
                "inwoners": self.rng.choice(["", 0, "-40", 1, 250, 12345, self.rng.randint(100, 9000)]),
                "breedtegraad": 52.7 + self.rng.random() / 10,
                "lengtegraad": self.rng.choice(["", 6.0, "oost", -1.5]),
            }
            for kern in self.kernen
        ]

    def geboren(self):
        keuze = self.rng.random()
        if keuze < 0.1:
            return ""
        if keuze < 0.3:  # an age class that begins at the end of a period, or a day beside it
            leeftijd = self.rng.choice([0, 12, 18, 27, 28, 45, 65, 75, 111])
            jaar = self.rng.choice([2018, 2019]) - leeftijd
            return self.rng.choice([date(jaar, 12, 31), date(jaar + 1, 1, 1), date(jaar, 12, 30)])
        if keuze < 0.4:
            return date(self.rng.choice([1904, 1940, 1992, 2000, 2004]), 2, 29)
        if keuze < 0.42:
            return date(self.rng.randint(1905, 1922), self.rng.randint(1, 12), 15)
        if keuze < 0.45:
            return self.rng.choice([date(2030, 1, 1), date(2019, 6, 1), date(1850, 1, 1), date(2018, 12, 31)])
        return self.dag(date(1925, 1, 1), date(2015, 1, 1))

    def maak_klanten(self):
        aantal = max(3, int(self.omvang * 0.7))
        self.klant_ids = self.sleutels(aantal, "K")
        self.tabellen["klanten"] = [
            {
                "klant_id": sleutel,
                "geboortedatum": self.datum(self.geboren()),
                "geslacht": self.code(CODELIJSTEN["geslacht"]),
                "kern": "" if self.kans(0.1) else self.rng.choice([*self.kernen, "Nergenshuizen"]),
            }
            for sleutel in self.klant_ids
        ]

    def maak_trajecten(self):
        self.traject_ids = self.sleutels(self.omvang, "T")
        self.duur = {}
        rijen = []
        for sleutel in self.traject_ids:
            start = self.dag(date(2016, 1, 1) if self.kans(0.3) else date(2017, 9, 1), date(2020, 2, 1))
            if self.kans(0.15):
                start = self.rng.choice(MAANDEINDEN)
            eind = self.beeindigd(start)
            self.duur[sleutel] = (start, eind or date(2020, 3, 1))
            if eind and self.gek():
                eind = start - timedelta(days=1)
            rijen.append(
                {
                    "traject_id": sleutel,
                    "klant_id": self.verwijzing(self.klant_ids),
                    "team": self.team(),
                    "trajectsoort": self.trajectsoort(),
                    "dienstverlening": self.dienstverlening(),
                    "aanmelddatum": self.datum(self.aangemeld(start)) if self.kans(0.8) else "",
                    "startdatum": self.datum(start, verplicht=True),
                    "einddatum": self.datum(eind),
                    "aanmeldroute": self.code(["eigen_initiatief", "verwezen"]),
                    "verwijzer": self.tekst(self.verwijzers, 0.2, "totaal"),
                    "geschat_aantal_gesprekken": self.geheel(self.rng.choice([0, 1, 5, 6, 7, 20]), 0.25),
                    "onafhankelijke_clientondersteuning": self.janee(),
                    "netwerk_gevraagd": self.janee(),
                    "reden_geen_netwerk": self.tekst(self.redenen, 0.3, "totaal"),
                    "reden_beeindiging": self.tekst(self.aflopen, 0.2, "totaal"),
                    "doorverwezen_naar": self.tekst(self.aflopen, 0.4, "totaal"),
                    "geregistreerd_op": self.datum(start),
                }
            )
        self.tabellen["trajecten"] = rijen

    def trajectsoort(self):
        if self.kans(0.02):
            return self.rng.choice(VREEMDE_SOORTEN[self.organisatie])
        return self.code(SOORTEN[self.organisatie], 0.004)

    def dienstverlening(self):
        if self.kans(0.05):
            return self.rng.choice(["Kort", "langdurend", "onbekend", "kort en casus"])
        return self.code(["kort", "casus"], 0.4)

    def minuten(self):
        """The minutes of every contact of one traject, often around a border of kort or of a class."""
        if self.kans(0.3):
            return self.rng.choice(OP_DE_GRENS)
        if self.kans(0.07):
            return [15] * self.rng.choice([10, 11, 25, 26, 50, 51, 100, 101, 130])
        aantal = self.rng.choice([0, 1, 2, 3, 4, 5, 6, 7, 12])
        return [self.rng.choice([0, 15, 45, 60, 80, 120, 240, ""]) for _ in range(aantal)]

    def maak_contacten(self):
        rijen = []
        for traject in self.traject_ids:
            start, eind = self.duur[traject]
            for minuten in self.minuten():
                buiten = timedelta(days=self.rng.choice([0] * 12 + [-10, 10, 400]))
                rijen.append(
                    {
                        "traject_id": self.verwijzing(self.traject_ids) if self.kans(0.02) else traject,
                        "datum": self.datum(self.dag(start, max(start, eind)) + buiten, verplicht=True),
                        "vorm": self.code(CODELIJSTEN["vorm"]),
                        "minuten": self.geheel(minuten, 0.0),
                    }
                )
        for rij, sleutel in zip(rijen, self.sleutels(len(rijen), "C"), strict=True):
            rij["contact_id"] = "" if self.kans(0.002) else sleutel
        self.tabellen["contacten"] = rijen

    def maak_zrm(self):
        rijen = []
        for traject in self.traject_ids:
            if self.kans(0.1):
                continue
            start, eind = self.duur[traject]
            nieuw = self.versie_2017 and start.year >= 2018
            domeinen = self.rng.sample(ZRM_2017 if nieuw else [*ZRM_2013, "Zelfzorg"], self.rng.choice([1, 2, 3, 5, 8]))
            if self.kans(0.4) and "Financiën" not in domeinen:
                domeinen.append("Financiën")
            if self.kans(0.1):
                domeinen += ["Onbekend domein", "NA"]
            for domein in domeinen:
                rijen += self.metingen(traject, domein, "2017" if nieuw else self.rng.choice(["2013", ""]), start, eind)
        self.tabellen["zrm_metingen"] = rijen

    def metingen(self, traject, domein, versie, start, eind):
        """Intake, tussen and eind of one domein, with doubles on the same and on other days."""
        momenten = [("intake", start), ("eind", eind)]
        if self.kans(0.15):
            momenten.append(("tussen", start + timedelta(days=20)))
        if self.kans(0.15):
            momenten.append(("intake", start + timedelta(days=self.rng.choice([0, 0, 0, 1, -1]))))
        if self.kans(0.15):
            momenten.append(("eind", eind + timedelta(days=self.rng.choice([0, 0, 0, 1, -1]))))
        if self.kans(0.1):
            momenten.pop(self.rng.randrange(len(momenten)))
        if self.kans(0.05):
            versie = "2020"
        andere_versie = 0.3 if len(momenten) > 2 else 0.03
        gelijkspel = self.rng.choice([1, 2, 3, 4]) if self.kans(0.5) and len(momenten) > 2 else None
        rijen = []
        for moment, dag in momenten:
            score = gelijkspel or self.rng.choice([1, 2, 2, 3, 3, 4, 5, 99 if self.kans(0.5) else 3])
            if self.gek():
                score = self.rng.choice([0, 6, 98, 100, "", "drie", "-1", "2.5", 999])
            doel = self.geheel(self.rng.choice([2, 3, 4, 5]), 0.4)
            rijen.append(
                {
                    "traject_id": self.verwijzing(self.traject_ids) if self.kans(0.01) else traject,
                    "moment": "halverwege" if self.gek() else ("" if self.kans(0.003) else moment),
                    "datum": self.datum(dag, verplicht=True),
                    "domein": "Zelfzorg" if domein == "Activiteiten dagelijks leven" and self.kans(0.5) else domein,
                    "score": score,
                    "hoofddomein": self.rng.choice([True, True, False, ""]) if not self.gek() else "misschien",
                    "doelscore": self.rng.choice([0, 6, 99]) if self.gek() else doel,
                    "zrm_versie": self.rng.choice(["2013", "2017", "2020", "onb"])
                    if self.kans(andere_versie)
                    else versie,
                }
            )
        self.rng.shuffle(rijen)
        return rijen

    def maak_groepen(self):
        ids = self.sleutels(max(2, self.omvang // 6), "A")
        self.tabellen["collectieve_activiteiten"] = [
            {
                "activiteit_id": sleutel,
                "naam": self.tekst(NAMEN, 0.0),
                "team": self.team(),
                "startdatum": self.datum(self.dag(date(2017, 6, 1), date(2019, 12, 31)), verplicht=True),
                "leeftijdsgroep": self.tekst(self.groepen, 0.15, "totaal"),
                "thema": self.tekst(self.themas, 0.2, "totaal"),
                "effect": self.tekst(self.effecten, 0.2, "totaal"),
            }
            for sleutel in ids
        ]
        aantal = self.omvang
        self.tabellen["bijeenkomsten"] = [
            {
                "bijeenkomst_id": sleutel,
                "activiteit_id": self.verwijzing(ids),
                "datum": self.datum(self.dag(date(2017, 10, 1), date(2020, 2, 1)), verplicht=True),
                "aantal_deelnemers": self.geheel(self.rng.choice([0, 1, 8, 25, 1000]), 0.25),
            }
            for sleutel in self.sleutels(aantal, "B")
        ]

    def maak_losse(self):
        """The tables without children."""
        vragen = self.sleutels(self.omvang, "V")
        self.tabellen["informatie_en_advies"] = [
            {
                "vraag_id": sleutel,
                "datum": self.datum(self.dag(date(2017, 10, 1), date(2020, 2, 1)), verplicht=True),
                "team": self.team(),
                "domein": self.code([*ZRM_2013, *ZRM_2017, "Zelfzorg"]),
                "direct_doorverwezen": self.janee(),
                "bron": self.code(["app", "school"]),
            }
            for sleutel in vragen
        ]
        self.tabellen["netwerkparticipanten"] = [
            {
                "traject_id": self.verwijzing(self.traject_ids),
                "participant_id": ""
                if self.kans(0.01)
                else self.rng.choice([f"P{n}" for n in range(self.omvang)] + SLEUTELS),
            }
            for _ in range(self.omvang)
        ]
        self.tabellen["schoolmaatschappelijk_werk"] = [
            {
                "registratie_id": sleutel,
                "school": self.tekst(self.scholen, 0.01, "totaal"),
                "datum": self.datum(self.dag(date(2017, 10, 1), date(2020, 2, 1)), verplicht=True),
                "soort": self.code(["casus", "informatie_en_advies"], 0.01),
            }
            for sleutel in self.sleutels(self.omvang // 2, "S")
        ]

    def maak_hulpvragen(self):
        """Questions of the trajecten; a question mostly has one thema and effect, an effect may stand under several.

        Doubles of a question within a traject occur, under the same and under another thema.
        """
        vragen = [*self.rng.sample(HULPVRAGEN, 4), *self.rng.sample(NAMEN, 3)]
        onder = {vraag: (self.rng.choice(self.themas), self.rng.choice(self.effecten)) for vraag in vragen}
        rijen = []
        for traject in self.traject_ids:
            for _ in range(self.rng.choice([0, 0, 1, 1, 1, 2, 3, 5])):
                vraag = self.rng.choice(vragen)
                thema, effect = onder[vraag]
                if self.kans(0.2):
                    thema = self.tekst(self.themas, 0.4, "totaal")
                if self.kans(0.2):
                    effect = self.tekst(self.effecten, 0.4, "totaal")
                rijen.append(
                    {
                        "traject_id": self.verwijzing(self.traject_ids) if self.kans(0.02) else traject,
                        "hulpvraag": self.tekst([vraag], 0.01, "totaal"),
                        "thema": thema,
                        "effect": effect,
                    }
                )
                if self.kans(0.2):
                    rijen.append(dict(rijen[-1], effect=self.rng.choice([effect, effect, "", *self.effecten])))
        self.rng.shuffle(rijen)
        self.tabellen["hulpvragen"] = rijen

    def maak_dienstverlening(self):
        """Deelnames, other services, hours and visits; a deelnemer comes to several activities."""
        ids = [rij["activiteit_id"] for rij in self.tabellen["collectieve_activiteiten"]]
        deelnemers = [*SLEUTELS[:6], *(f"D{nummer}" for nummer in range(self.omvang // 4))]
        self.tabellen["deelnames"] = [
            {
                "activiteit_id": self.verwijzing(ids),
                "deelnemer_id": self.tekst(deelnemers, 0.02),
                "datum": self.datum(self.dag(), verplicht=True),
            }
            for _ in range(self.rng.randint(0, self.omvang))
        ]
        diensten = ["spreekuur", "Spreekuur", *self.rng.sample(NAMEN, 3)]
        self.tabellen["overige_dienstverlening"] = []
        for sleutel in self.sleutels(self.rng.randint(0, 30), "O"):
            start = self.dag()
            eind = self.rng.choice(["", "", start, start + timedelta(days=self.rng.randint(-3, 60)), self.dag(start)])
            self.tabellen["overige_dienstverlening"].append(
                {
                    "registratie_id": sleutel,
                    "soort": self.tekst(diensten, 0.02, "totaal"),
                    "startdatum": self.datum(start, verplicht=True),
                    "einddatum": self.datum(eind),
                }
            )
        functies = [*self.rng.sample(FUNCTIES, 3), *self.rng.sample(NAMEN, 2)]
        uren = [0, 0.1, 0.2, 0.3, 7.333, 12.5, "7,75", "08,0", 1200.25, 38941, "veel", "1.200,5", "8 uur", -3.5, ""]
        self.tabellen["productie_uren"] = [
            {
                "maand": self.datum(self.maand(), verplicht=True),
                "functie": self.tekst(functies, 0.02, "totaal"),
                "uren": self.rng.choice(uren if self.kans(0.3) else uren[:10]),
            }
            for _ in range(self.rng.randint(0, 60))
        ]
        bezoekers = [*self.klant_ids, "elders bekend", "Elders bekend", "totaal", "NA"]
        self.tabellen["formulierenbrigade"] = [
            {
                "bezoek_id": sleutel,
                "klant_id": self.tekst(bezoekers, 0.02),
                "datum": self.datum(self.dag(), verplicht=True),
            }
            for sleutel in self.sleutels(self.rng.randint(0, self.omvang), "F")
        ]

    def maand(self):
        """Mostly the first day of a month."""
        eerste = date(self.rng.choice([2017, 2018, 2018, 2019, 2019, 2020]), self.rng.choice([1, 5, 12]), 1)
        return eerste if self.kans(0.9) else eerste + timedelta(days=self.rng.choice([14, 30]))

    def maak_vip(self):
        self.tabellen["vip"] = [
            {
                "gebeurtenis_id": sleutel,
                "datum": self.datum(self.dag(date(2017, 10, 1), date(2020, 2, 1)), verplicht=True),
                "soort": self.code(CODELIJSTEN["soort_vip"], 0.02),
            }
            for sleutel in self.sleutels(self.omvang, "G")
        ]

    def maak_informele_ondersteuning(self):
        """Yearly counts: some pairs in one year only, a categorie for some rows of a maat, sums over several rows."""
        diensten = [*self.rng.sample(DIENSTEN, 3), *self.rng.sample(NAMEN, 2)]
        maten = [*self.rng.sample(MATEN, 4), *self.rng.sample(NAMEN, 2)]
        delen = [*self.rng.sample(ONDERVERDELINGEN, 3), *self.rng.sample(NAMEN, 2)]
        rijen = []
        for _ in range(self.omvang // 2):
            jaar = self.rng.choice([2017, 2018, 2018, 2019, 2019, 2020, "2019.0", "2018,00", "02019"])
            if self.gek():
                jaar = self.rng.choice(["negentien", "", "-2019", "2019.5", "20l9", "2019-01-01", "0", "10000", "1e3"])
            aantal = self.rng.choice([0, 1, 5, 12, 1279, "3.0"]) if not self.gek() else self.rng.choice(["", "1.279"])
            rijen.append(
                {
                    "jaar": jaar,
                    "onderdeel": self.tekst(diensten, 0.01, "totaal"),
                    "maat": self.tekst(maten, 0.01, "totaal"),
                    "categorie": self.tekst(delen, 0.5, "totaal"),
                    "aantal": self.geheel(aantal, 0.0),
                }
            )
        self.tabellen["informele_ondersteuning"] = rijen

    def maak_klanttevredenheid(self):
        """Invitations of closed and open trajecten, with and without team, sometimes several of one traject."""
        uitgenodigd = []
        for traject in self.traject_ids:
            uitgenodigd += [traject] * self.rng.choice([0, 1, 1, 1, 2, 4])
        self.rng.shuffle(uitgenodigd)
        self.uitnodigingen = self.sleutels(len(uitgenodigd), "U")
        rijen = []
        for sleutel, traject in zip(self.uitnodigingen, uitgenodigd, strict=True):
            rijen.append(
                {
                    "uitnodiging_id": "" if self.kans(0.003) else sleutel,
                    "traject_id": self.verwijzing(self.traject_ids) if self.kans(0.03) else traject,
                    "verzendstatus": self.code(["verzonden"] * 4 + CODELIJSTEN["verzendstatus"], 0.01),
                    "verzonden_op": self.datum(self.dag()) if self.kans(0.8) else "",
                    "ingevuld_op": self.datum(self.dag()) if self.kans(0.4) else "",
                }
            )
        self.tabellen["klanttevredenheid"] = rijen

    def waarde(self, soort):
        """The value of an answer, as written; now and then one that cannot be."""
        cijfer = soort == "rapportcijfer"
        if self.gek() or self.kans(0.05):
            buiten = ["0", "11", "0.99", "0,99", "10,01", "10.5"] if cijfer else ["2", "0.5", "0,1", "ja", "true", "10"]
            geen_getal = ["", "goed", "NA", "nan", "inf", "1e0", "7.", ".5", "8½", "1.000,5", "+1"]
            return self.rng.choice([*buiten, "-1", *geen_getal])
        goed = [1, 10, 7, 8, 8.5, 7.25, 6.1, "8,10", "10,0", "1.00", "07", "9.999"]
        return self.rng.choice(goed if cijfer else [0, 1, 1, "1.0", "0,00", "01", "-0"])

    def maak_antwoorden(self):
        """Answers; the questions overlap between the kinds, some question is of one kind only."""
        vragen = [*self.rng.sample(VRAGEN, 4), *self.rng.sample(NAMEN, 3)]
        per_soort = {soort: ["hulp", "Hulp", *self.rng.sample(vragen, 3)] for soort in CODELIJSTEN["soort_antwoord"]}
        rijen = []
        for uitnodiging in self.uitnodigingen:
            for _ in range(self.rng.choice([0, 0, 1, 2, 4])):
                soort = self.rng.choice(CODELIJSTEN["soort_antwoord"])
                rijen.append(
                    {
                        "uitnodiging_id": self.verwijzing(self.uitnodigingen) if self.kans(0.02) else uitnodiging,
                        "vraag": self.tekst(per_soort[soort], 0.005, "totaal"),
                        "soort": self.code([soort], 0.005),
                        "waarde": self.waarde(soort),
                    }
                )
        self.rng.shuffle(rijen)
        self.tabellen["kto_antwoorden"] = rijen


# ------------------------------------------------------------------------------------------------------- writing


class Schrijver:
    """Writes tables as CSV files; every file gets its own habits, every cell may differ from them."""

    def __init__(self, rng):
        self.rng = rng

    def kans(self, p):
        return self.rng.random() < p

    def tabel(self, map: Path, tabel, rijen, vuil):
        """One table as a file, now and then without some of its optional columns."""
        kolommen = TABELLEN[tabel]
        weg = [naam for naam, soort in kolommen.items() if not soort.endswith("!") and self.kans(0.04)]
        blijft = [naam for naam in kolommen if naam not in weg]
        if len(blijft) == 1:
            blijft = list(kolommen)
        self.bestand(map / f"{tabel}.csv", blijft, rijen, vuil)

    def bestand(self, pad: Path, kolommen, rijen, vuil):
        rng = self.rng
        self.scheiding = rng.choice(";,")
        self.einde = rng.choice(["\n", "\r\n"])
        self.nederlands = self.kans(0.5)
        self.wissel = rng.choice([0.0, 0.3])
        self.ja_nee = rng.choice([("ja", "nee"), ("JA", "Nee"), ("true", "false"), ("TRUE", "False"), ("1", "0")])
        self.altijd_aanhalen = self.kans(0.15)
        kolommen = list(kolommen)
        if self.kans(0.5):
            rng.shuffle(kolommen)
        extra = rng.sample(["opmerking", "a;b", "a,b", "Team", "verwijderd", "datum "], 2) if self.kans(0.3) else []
        extra = [naam for naam in extra if naam.strip() not in kolommen]
        for naam in extra:
            kolommen.insert(rng.randint(0, len(kolommen)), naam)
        regels = ["" for _ in range(rng.choice([0, 0, 0, 0, 1]))]
        regels.append(self.scheiding.join(self.aangehaald(naam, naam) for naam in kolommen))
        for rij in rijen:
            velden = [self.veld(rij.get(kolom, self.opmerking() if kolom in extra else "")) for kolom in kolommen]
            if vuil and self.kans(vuil / 10):
                velden = velden[: rng.randint(2, len(velden))]
            elif vuil and self.kans(vuil / 10):
                velden.append(rng.choice(["", " ", "te veel"]))
            regels.append(self.scheiding.join(velden))
            regels += [rng.choice(["", "", " \t"])] * rng.choice([0] * 30 + [1, 2])
        tekst = self.einde.join(regels) + rng.choice(["", self.einde])
        codering = rng.choice(["utf-8", "utf-8-sig", "cp1252"])
        try:
            inhoud = tekst.encode(codering)
        except UnicodeEncodeError:
            inhoud = tekst.encode("utf-8")
        pad.write_bytes(inhoud)

    def opmerking(self):
        return self.rng.choice(["", "x", 'let op; "dit", en\r\ndat', "é", "NA", "=cmd", "\n"])

    def veld(self, waarde):
        """One cell, in one of its written forms."""
        rng = self.rng
        anders = self.kans(self.wissel)
        if waarde == "" or waarde is None:
            return rng.choice(["", "", "", " ", '""', "\t"]) if self.kans(0.3) else ""
        if isinstance(waarde, bool):
            vormen = rng.choice([("ja", "nee"), ("true", "false"), ("1", "0")]) if anders else self.ja_nee
            tekst = vormen[0] if waarde else vormen[1]
        elif isinstance(waarde, date):
            tekst = f"{waarde:%d-%m-}{waarde.year:04d}" if self.nederlands != anders else waarde.isoformat()
        elif isinstance(waarde, int):
            tekst = rng.choice([str(waarde)] * 8 + [f"{waarde}.0", f"{waarde},0", f"{waarde}.00", f"0{waarde}"])
        elif isinstance(waarde, float):
            tekst = str(waarde).replace(".", "," if self.nederlands != anders else ".")
        else:
            tekst = waarde
        return self.aangehaald(
            tekst, rng.choice(["{}"] * 9 + [" {}", "{}  ", "\t{} ", "\u00a0{}"]).replace("{}", tekst)
        )

    def aangehaald(self, tekst, met_spaties):
        nodig = any(teken in tekst for teken in '"\r\n;,') or self.altijd_aanhalen or self.kans(0.05)
        return '"' + met_spaties.replace('"', '""') + '"' if nodig else met_spaties


def schrijf(map: Path, zaad: int, omvang: int, vuil: float | None = None, organisatie: str = "dekop") -> None:
    """Write a registration of about `omvang` trajecten; the same seed gives the same files.

    `vuil` is the chance of a defect per cell (None: chosen by the seed; 0: no double keys and hardly a defect).
    """
    map = Path(map)
    map.mkdir(parents=True, exist_ok=True)
    keuze = random.Random(f"vuil {zaad}")
    if vuil is None:
        vuil = keuze.choice([0.003, 0.01, 0.03])
    tabellen = Maker(zaad, omvang, vuil, organisatie).alles()
    rng = random.Random(f"vorm {organisatie} {zaad}")
    for tabel in [naam for naam in GEMIST if rng.random() < 0.06]:
        tabellen.pop(tabel)
    if "bijeenkomsten" not in tabellen and rng.random() < 0.5:
        tabellen.pop("collectieve_activiteiten")
    keuze = random.Random(f"gemist of leeg 44651 {zaad}")  # so that the seeds of the tests meet most cases
    for tabel in [naam for naam in INFORMEEL_EN_TEVREDEN if keuze.random() < 0.06]:
        tabellen.pop(tabel)
    leeg = {naam for naam in TABELLEN if naam != "trajecten" and keuze.random() < 0.03}
    keuze = random.Random(f"gemist bij {organisatie} {zaad}")
    for tabel in [naam for naam in DIENSTVERLENING if keuze.random() < 0.06]:
        tabellen.pop(tabel)
    if organisatie == "smwo":
        for tabel in [naam for naam in NIET_BIJ_SMWO if keuze.random() < 0.4]:
            tabellen.pop(tabel, None)
    eigen = Schrijver(random.Random(f"vorm van informeel en tevreden {organisatie} {zaad}"))
    schrijver = Schrijver(rng)
    for tabel, rijen in tabellen.items():
        wie = eigen if tabel in INFORMEEL_EN_TEVREDEN + DIENSTVERLENING else schrijver
        wie.tabel(map, tabel, [] if tabel in leeg else rijen, vuil)


def schrijf_instellingen(map: Path, zaad: int, organisatie: str) -> None:
    """Write an organisatie.toml with a coverage of its own, and other roles; with one seed in four there is none."""
    keuze = random.Random(f"instellingen {organisatie} {zaad}")
    if keuze.random() < 0.25:
        return
    regels = ["[dekking]"]
    dagen = [date(2017, 6, 1), date(2018, 1, 1), date(2018, 1, 2), date(2018, 4, 1), date(2019, 1, 1)]
    einden = [date(2019, 12, 31), date(2019, 12, 30), date(2019, 9, 30), date(2040, 1, 1)]
    if keuze.random() < 0.6:
        regels.append(f"van = {keuze.choice(dagen)}")
    if keuze.random() < 0.6:
        regels.append(f"tot = {keuze.choice(einden)}")
    for tabel in ["contacten", *keuze.sample(sorted(TABELLEN), 3)]:
        if f"[dekking.{tabel}]" in regels:
            continue
        regels += [f"[dekking.{tabel}]", f"van = {keuze.choice([date(2014, 1, 1), date(2016, 3, 1), *dagen])}"]
        if keuze.random() < 0.4:
            regels.append(f"tot = {keuze.choice(einden)}")
    if organisatie == "smwo" and keuze.random() < 0.7:
        regels += ["[rollen]", 'individueel = ["Maatschappelijk werk", "Complexe casus jeugd & gezin"]']
        regels += ['leun_en_steun = ["Familienetwerkberaden"]'] * keuze.randint(0, 1)
    if organisatie == "dekop" and keuze.random() < 0.3:
        regels += ["[rollen]", 'individueel = ["individueel", "presentie"]']
    (map / "organisatie.toml").write_text("\n".join(regels) + "\n", encoding="utf-8")
