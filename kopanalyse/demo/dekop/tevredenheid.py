"""The satisfaction survey: who was invited and answered, and the marks that they gave.

The figures of De Kop 2019, chapter 4, stand here beside what was invented around them.
"""

from __future__ import annotations

from datetime import date

from kopanalyse.demo.dekop.trajecten import Traject
from kopanalyse.demo.uitnodiging import rij_uitnodiging
from kopanalyse.demo.verdeling import Lot, evenredig, kaarten

BINNEN = 18  # days in which who answers, answers

# Printed for 2019. Chapter 4 says that 348 casussen were closed, chapter 1 that 385 and 112 were. Here the survey is
# for individual trajecten, some weeks after closing: these 348 were closed up to and including 22 November, and the 37
# closed later have not had theirs when the year ends. For 2018 everyone had; that funnel is invented.
VERZENDING = {
    2018: {"verzonden": 140, "no_reply_adres": 119, "geen_adres": 16, "foutief_adres": 15},
    2019: {"verzonden": 176, "no_reply_adres": 143, "geen_adres": 13, "foutief_adres": 16},
}
UITGENODIGD_TOT = date(2019, 11, 22)
# 58 is printed, 33 % of 176. Of 2018 only the 30 % is: 42 of 140.
INGEVULD = {2018: 42, 2019: 58}

# Answers to a question and the sum of their marks, in 2018 and in 2019. Printed is the mean of the first three in 2019
# (8.1, 8.2 and 8.1, "the highest", although "at least 8.2" stands beside it); on how many answers is not said. The
# other questions are invented, below those three, and so is 2018, which the report calls no different.
RAPPORTCIJFERS = {
    "manier waarop de medewerker met de klant omging": {2018: (42, 340), 2019: (58, 470)},
    "bereikbaarheid van de medewerker": {2018: (40, 326), 2019: (55, 451)},
    "nakomen van afspraken door de medewerker": {2018: (41, 331), 2019: (57, 462)},
    "deskundigheid van de medewerker": {2018: (40, 318), 2019: (56, 447)},
    "aandacht en tijd van de medewerker": {2018: (41, 325), 2019: (57, 451)},
    "wachttijd tot het eerste gesprek": {2018: (39, 298), 2019: (54, 411)},
    "wat de hulp heeft opgeleverd": {2018: (38, 287), 2019: (51, 384)},
}
AFGEDRUKTE_VRAGEN = 3
# Mostly passes: how often each mark is given, in shares.
CIJFERS = {10: 8, 9: 24, 8: 44, 7: 16, 6: 5, 5: 2, 4: 1}


def rijen_uitnodigingen(trajecten: list[Traject]) -> list[dict]:
    """Rows of `klanttevredenheid` in order of closing. ValueError when the trajecten do not give as many as printed."""
    lot = Lot("dekop klanttevredenheid")
    rijen = []
    for jaar, verzending in VERZENDING.items():
        gesloten = sorted(
            (t for t in trajecten if t.individueel and t.eind and t.eind.year == jaar and t.eind <= UITGENODIGD_TOT),
            key=lambda t: (t.eind, t.traject_id),
        )
        if len(gesloten) != sum(verzending.values()):
            raise ValueError(f"uitnodigingen {jaar}: {len(gesloten)} trajecten, bedoeld {sum(verzending.values())}")
        statussen = lot.schud([status for status, aantal in verzending.items() for _ in range(aantal)])
        antwoordt = iter(
            kaarten(
                {True: INGEVULD[jaar], False: verzending["verzonden"] - INGEVULD[jaar]}, verzending["verzonden"], lot
            )
        )
        for traject, status in zip(gesloten, statussen):
            verzonden = status == "verzonden"
            rijen.append(
                rij_uitnodiging(traject.traject_id, traject.eind, status, verzonden and next(antwoordt), BINNEN, lot)
            )
    return [{"uitnodiging_id": f"U{nummer:05d}"} | rij for nummer, rij in enumerate(rijen, 1)]


def rijen_antwoorden(trajecten: list[Traject], uitnodigingen: list[dict]) -> list[dict]:
    """Rows of `kto_antwoorden`, in order of invitation and question. Some people skip a question."""
    lot = Lot("dekop kto")
    jaar_van = {t.traject_id: t.eind.year for t in trajecten if t.eind}
    rijen = []
    for jaar, aantal in INGEVULD.items():
        invullers = [
            rij["uitnodiging_id"] for rij in uitnodigingen if rij["ingevuld_op"] and jaar_van[rij["traject_id"]] == jaar
        ]
        if len(invullers) != aantal:
            raise ValueError(f"ingevuld {jaar}: {len(invullers)}, bedoeld {aantal}")
        mildheid = {uitnodiging: lot.getal(100) for uitnodiging in invullers}
        for vraag, per_jaar in RAPPORTCIJFERS.items():
            aantal_antwoorden, som = per_jaar[jaar]
            # Someone who is satisfied with one thing is usually satisfied with another.
            gekozen = sorted(
                lot.schud(invullers)[:aantal_antwoorden], key=lambda uitnodiging: mildheid[uitnodiging] + lot.getal(80)
            )
            rijen += [
                {"uitnodiging_id": uitnodiging, "vraag": vraag, "soort": "rapportcijfer", "waarde": cijfer}
                for uitnodiging, cijfer in zip(gekozen, _cijfers(aantal_antwoorden, som, lot), strict=True)
            ]
    volgorde = list(RAPPORTCIJFERS)
    return sorted(rijen, key=lambda rij: (rij["uitnodiging_id"], volgorde.index(rij["vraag"])))


def _cijfers(aantal: int, som: int, lot: Lot) -> list[int]:
    """So many marks that add up to `som`, from low to high, spread as CIJFERS says and moved a step where needed.

    Only marks from 6 to 9 move. ValueError when that leaves too little room.
    """
    cijfers = [c for c, n in zip(CIJFERS, evenredig(aantal, list(CIJFERS.values()))) for _ in range(n)]
    stap = 1 if sum(cijfers) < som else -1
    while sum(cijfers) != som:
        beweegbaar = [i for i, c in enumerate(cijfers) if 6 <= c <= 9 and 6 <= c + stap <= 9]
        if not beweegbaar:
            raise ValueError(f"een som van {som} past niet op {aantal} rapportcijfers")
        cijfers[lot.een(beweegbaar)] += stap
    return sorted(cijfers)
