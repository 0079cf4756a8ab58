"""The satisfaction survey among casussen: who was invited and answered, and what they thought.

The printed figures stand here beside what was invented around them.
"""

from __future__ import annotations

from datetime import date

from kopanalyse.demo.smwo.trajecten import Traject
from kopanalyse.demo.uitnodiging import rij_uitnodiging
from kopanalyse.demo.verdeling import Lot, evenredig, kaarten

BINNEN = 14  # days in which who answers, answers

# 82 of 2024 is printed, the rest is invented: who was closed late in the year has not had an invitation yet, and of one
# in three there is no address.
INGEVULD = {2023: 103, 2024: 82}
UITGENODIGD_TOT = {2023: date(2023, 11, 24), 2024: date(2024, 11, 22)}
VERZENDING = {"verzonden": 66, "no_reply_adres": 12, "geen_adres": 17, "foutief_adres": 5}

# Who agrees, of how many answers. 89.5 and 61.4 % cannot be had on 82 answers; people skip questions, and the largest
# numbers up to 82 on which they can are 76 and 70. 2023 has whole percentages: of a hundred answers each.
TEVREDEN = {
    "De bereikbaarheid": {2023: (89, 100), 2024: (75, 82)},
    "De medewerker": {2023: (92, 100), 2024: (68, 76)},
}
EFFECT = {
    "Effect op zelfredzaamheid / eigen kracht": {2023: (65, 100), 2024: (57, 82)},
    "Effect op maatschappelijke participatie": {2023: (44, 100), 2024: (43, 70)},
}
# Sum of the marks and number of them: 8.5 in 2024, and invented for 2023.
RAPPORTCIJFER = "Rapportcijfer voor de dienstverlening"
RAPPORTCIJFERS = {2023: (843, 101), 2024: (688, 81)}
CIJFERS = {10: 16, 9: 36, 8: 34, 7: 9, 6: 3, 5: 2}


def rijen_uitnodigingen(trajecten: list[Traject]) -> list[dict]:
    """Rows of `klanttevredenheid` in order of closing."""
    lot = Lot("smwo klanttevredenheid")
    rijen = []
    for jaar, tot in UITGENODIGD_TOT.items():
        gesloten = sorted(
            (t for t in trajecten if not t.kort and t.eind and t.eind.year == jaar and t.eind <= tot),
            key=lambda t: (t.eind, t.traject_id),
        )
        statussen = kaarten(VERZENDING, len(gesloten), lot)
        verzonden = statussen.count("verzonden")
        antwoordt = iter(kaarten({True: INGEVULD[jaar], False: verzonden - INGEVULD[jaar]}, verzonden, lot))
        for traject, status in zip(gesloten, statussen):
            antwoord = status == "verzonden" and next(antwoordt)
            rijen.append(rij_uitnodiging(traject.traject_id, traject.eind, status, antwoord, BINNEN, lot))
    return [{"uitnodiging_id": f"U{nummer:05d}"} | rij for nummer, rij in enumerate(rijen, 1)]


def rijen_antwoorden(trajecten: list[Traject], uitnodigingen: list[dict]) -> list[dict]:
    """Rows of `kto_antwoorden`, in order of invitation. Some people skip a question."""
    lot = Lot("smwo kto")
    jaar_van = {t.traject_id: t.eind.year for t in trajecten if t.eind}
    rijen = []
    for jaar in INGEVULD:
        invullers = [
            rij["uitnodiging_id"] for rij in uitnodigingen if rij["ingevuld_op"] and jaar_van[rij["traject_id"]] == jaar
        ]
        mildheid = {uitnodiging: lot.getal(100) for uitnodiging in invullers}
        for soort, vragen in (("tevreden", TEVREDEN), ("effect", EFFECT)):
            for vraag, per_jaar in vragen.items():
                eens, antwoorden = per_jaar[jaar]
                waarden = [0] * (antwoorden - eens) + [1] * eens
                rijen += _antwoorden(vraag, soort, invullers, mildheid, waarden, lot)
        som, aantal = RAPPORTCIJFERS[jaar]
        rijen += _antwoorden(RAPPORTCIJFER, "rapportcijfer", invullers, mildheid, _cijfers(aantal, som, lot), lot)
    return sorted(rijen, key=lambda rij: rij["uitnodiging_id"])


def _antwoorden(
    vraag: str, soort: str, invullers: list[str], mildheid: dict[str, int], waarden: list[int], lot: Lot
) -> list[dict]:
    """The values, low to high, to as many people: who is satisfied with one thing usually is with another."""
    gekozen = lot.schud(invullers)[: len(waarden)]
    loting = {uitnodiging: mildheid[uitnodiging] + lot.getal(80) for uitnodiging in gekozen}
    return [
        {"uitnodiging_id": uitnodiging, "vraag": vraag, "soort": soort, "waarde": waarde}
        for uitnodiging, waarde in zip(sorted(gekozen, key=loting.__getitem__), waarden, strict=True)
    ]


def _cijfers(aantal: int, som: int, lot: Lot) -> list[int]:
    """So many marks that add up to `som`, from low to high, spread as CIJFERS says and moved a step where needed."""
    cijfers = [c for c, n in zip(CIJFERS, evenredig(aantal, list(CIJFERS.values()))) for _ in range(n)]
    stap = 1 if sum(cijfers) < som else -1
    while sum(cijfers) != som:
        beweegbaar = [i for i, c in enumerate(cijfers) if 6 <= c + stap <= 10]
        cijfers[lot.een(beweegbaar)] += stap
    return sorted(cijfers)
