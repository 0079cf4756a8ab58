"""The Zelfredzaamheid-Matrix: eleven domains at intake and at the end, the hoofddomeinen, their growth and goal."""

from __future__ import annotations

from datetime import date, timedelta

from kopanalyse.demo.dekop import verhaal
from kopanalyse.demo.dekop.trajecten import Traject
from kopanalyse.demo.dekop.verhaal import DOMEINEN
from kopanalyse.demo.verdeling import Lot, kaarten, keuze

# A traject of this length is also scored half-way.
LANG = timedelta(days=210)
NIET_BESPROKEN = 99

Scores = dict[str, int]


def rijen_zrm(trajecten: list[Traject]) -> list[dict]:
    """Rows of `zrm_metingen` for the individual trajecten, in order of traject, moment and domain."""
    lot = Lot("dekop zrm")
    individueel = [t for t in trajecten if t.individueel]
    hoofd = _hoofddomeinen(individueel, lot)
    intake = {t: _intake(hoofd[t], lot) for t in individueel if hoofd[t] or lot.getal(2)}
    eind = _eind(individueel, hoofd, intake, lot)
    doel = _doelscores(hoofd, intake, eind, lot)
    rijen = []
    for traject, scores in intake.items():
        dag = min(traject.start + timedelta(days=lot.getal(15)), traject.tot)
        rijen += [
            _rij(traject, "intake", dag, domein, score, domein in hoofd[traject], doel.get((traject, domein)))
            for domein, score in scores.items()
        ]
        if traject.tot - traject.start > LANG:
            halverwege = traject.start + (traject.tot - traject.start) // 2
            rijen += [_rij(traject, "tussen", halverwege, d, scores[d], True, None) for d in hoofd[traject]]
        if traject in eind:
            dag = max(traject.tot - timedelta(days=lot.getal(8)), dag)
            rijen += [
                _rij(traject, "eind", dag, domein, score, domein in hoofd[traject], None)
                for domein, score in eind[traject].items()
            ]
    return rijen


def _rij(
    traject: Traject, moment: str, dag: date, domein: str, score: int, hoofddomein: bool, doelscore: int | None
) -> dict:
    oud = domein == "Activiteiten dagelijks leven" and dag < verhaal.ZELFZORG_TOT
    return {
        "traject_id": traject.traject_id,
        "moment": moment,
        "datum": dag,
        "domein": "Zelfzorg" if oud else domein,
        "score": score,
        "hoofddomein": hoofddomein,
        "doelscore": doelscore,
        # The old form did not name its version: empty is 2013.
        "zrm_versie": None if dag < verhaal.ZELFZORG_TOT else "2013",
    }


def _hoofddomeinen(individueel: list[Traject], lot: Lot) -> dict[Traject, list[str]]:
    """Per traject its hoofddomeinen, in the printed classes of complexity; trajecten beyond the base get none."""
    begonnen = [t for t in individueel if t.begonnen_in_2019]
    beide = [t for t in individueel if t.in_2019 and not t.begonnen_in_2019]
    eerder = [t for t in individueel if not t.in_2019]
    rest = {klasse: aantal - verhaal.COMPLEXITEIT_BEIDE[klasse] for klasse, aantal in verhaal.COMPLEXITEIT.items()}
    hoofd: dict[Traject, list[str]] = {t: [] for t in individueel}
    for groep, klassen in ((begonnen, rest), (beide, verhaal.COMPLEXITEIT_BEIDE), (eerder, verhaal.COMPLEXITEIT_2018)):
        # What is judged heavy at the start is more often complex; the last of the line stay without a hoofddomein.
        rij = sorted(lot.schud(groep), key=lambda t: lot.getal(100) - 30 * t.zwaar)
        for klasse in ("complex", "redelijk complex", "niet complex"):
            for aantal in kaarten(verhaal.HOOFDDOMEINEN_PER_KLASSE[klasse], klassen[klasse], lot):
                hoofd[rij.pop(0)] = _domeinen(aantal, lot)
    return hoofd


def _domeinen(aantal: int, lot: Lot) -> list[str]:
    over = {domein: gewicht for domein, (gewicht, _) in DOMEINEN.items()}
    gekozen = []
    for _ in range(aantal):
        domein = lot.gewogen(over)
        gekozen.append(domein)
        del over[domein]
    return gekozen


def _intake(hoofd: list[str], lot: Lot) -> Scores:
    kansen = {domein: verhaal.SCORE_HOOFDDOMEIN if domein in hoofd else verhaal.SCORE_ANDERS for domein in DOMEINEN}
    return {domein: lot.gewogen(kansen[domein]) for domein in DOMEINEN}


def _eind(individueel: list[Traject], hoofd: dict, intake: dict[Traject, Scores], lot: Lot) -> dict[Traject, Scores]:
    """End scores of the closed trajecten that have them; growth on each hoofddomein is exact per year of closing."""
    eind: dict[Traject, Scores] = {}
    for jaar, procent in verhaal.METING_AAN_EIND.items():
        dicht = [t for t in individueel if t.eind and t.eind.year == jaar]
        gemeten = keuze(dicht, lambda t: bool(hoofd[t]), len(dicht) * procent // 100, lot)
        gemeten.sort(key=lambda t: t.traject_id)
        eind |= {t: {d: _ongeveer(score, lot) for d, score in intake[t].items()} for t in gemeten}
        for domein, (_, groei) in DOMEINEN.items():
            op_domein = [t for t in gemeten if domein in hoofd[t]]
            paren = [t for t in op_domein if intake[t][domein] != NIET_BESPROKEN and lot.getal(80)]
            for traject in op_domein:
                eind[traject][domein] = NIET_BESPROKEN
            if jaar == 2018:
                groei -= verhaal.MINDER_GROEI_2018
            som = (groei * len(paren) + 50) // 100
            stappen = _groei([intake[t][domein] for t in paren], som, lot)
            for traject, stap in zip(paren, stappen):
                eind[traject][domein] = intake[traject][domein] + stap
    return eind


def _ongeveer(score: int, lot: Lot) -> int:
    """A domain that nobody worked on: usually the same at the end."""
    if score == NIET_BESPROKEN:
        return score
    return min(5, max(1, score + lot.gewogen({-1: 8, 0: 78, 1: 14})))


def _groei(intake: list[int], som: int, lot: Lot) -> list[int]:
    """Steps between −1 and +2 for these intake scores that add up to `som`; nobody leaves the scale 1-5.

    ValueError when the scores leave too little room.
    """
    stappen = [0] * len(intake)
    vrij = lot.schud(range(len(intake)))

    def zet(stap: int, aantal: int, past) -> None:
        for i in [i for i in vrij if past(intake[i])][:aantal]:
            stappen[i] = stap
            vrij.remove(i)

    zet(-1, len(intake) * 6 // 100, lambda score: score > 1)
    zet(2, min(len(intake) * 14 // 100, max(som, 0) // 3), lambda score: score < 4)
    zet(1, som - sum(stappen), lambda score: score < 5)
    if sum(stappen) != som:
        raise ValueError(f"een groei van {som} past niet op {len(intake)} metingen")
    return stappen


def _doelscores(hoofd: dict, intake: dict, eind: dict, lot: Lot) -> dict[tuple[Traject, str], int]:
    """Goals as set at intake: of what was closed seven in ten are reached, keeping a situation stable included."""
    doelen = {}
    for traject, scores in intake.items():
        for domein in hoofd[traject]:
            begin, slot = scores[domein], eind.get(traject, {}).get(domein, NIET_BESPROKEN)
            if begin == NIET_BESPROKEN:
                continue
            if slot == NIET_BESPROKEN:
                doelen[traject, domein] = min(5, begin + lot.gewogen({0: 35, 1: 50, 2: 15}))
            elif slot < begin:
                doelen[traject, domein] = begin
            elif lot.getal(100) < 74:
                doelen[traject, domein] = lot.tussen(begin, slot)
            else:
                doelen[traject, domein] = min(5, slot + 1)
    return doelen
