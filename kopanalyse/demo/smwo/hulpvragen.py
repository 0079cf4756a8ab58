"""Rows of `hulpvragen`: the questions of each traject, so that shares, themas and effects come out together.

Each group of trajecten (of one year, or of both) is dealt its part in three rounds: a thema, then an effect under it,
then a hulpvraag under that. What a traject is about decides who is served first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kopanalyse.demo.smwo import themas
from kopanalyse.demo.smwo.themas import GROEIEN, LEEFBAAR, MEEDOEN, PROCES
from kopanalyse.demo.smwo.trajecten import ALLEEN_2023, ALLEEN_2024, BEIDE, Traject
from kopanalyse.demo.smwo.verhaal import BERAAD, CASUS, JEUGD, KORT, MW, OCO, SJD
from kopanalyse.demo.verdeling import Lot, evenredig

Effect = tuple[str, str]
NERGENS: tuple[None, None] = (None, None)

# What each kind of traject is mostly about, 0 to 100.
VOORKEUR = {
    SJD: {(GROEIEN, "Preventie gevolgen armoede"): 95, (LEEFBAAR, "Bevorderen veiligheid"): 40},
    MW: {
        (GROEIEN, "Optimaliseren huiselijke relaties"): 70,
        (MEEDOEN, "Stimuleren gezonde leefstijl"): 60,
        (GROEIEN, "Aanboren talentontwikkeling"): 55,
        (LEEFBAAR, "Uitbouwen sociale netwerken (groep & buurt)"): 40,
    },
    OCO: {
        (PROCES, themas.INFORMEREN): 90,
        (MEEDOEN, "Beperken overbelaste mantelzorgers"): 60,
        (MEEDOEN, "Stimuleren gezonde leefstijl"): 50,
        (PROCES, themas.EENZAAM): 50,
    },
    JEUGD: {(GROEIEN, "Optimaliseren huiselijke relaties"): 95, (GROEIEN, "Aanboren talentontwikkeling"): 60},
    BERAAD: {
        (GROEIEN, "Optimaliseren huiselijke relaties"): 80,
        (LEEFBAAR, "Uitbouwen sociale netwerken (groep & buurt)"): 80,
    },
}
# Of what is counted in both years, the part that falls to the trajecten behandeld in both.
AANDEEL_BEIDE = {CASUS: (653, 1558 + 1312), KORT: (196, 1769 + 1923)}


def rijen_hulpvragen(trajecten: list[Traject]) -> list[dict]:
    """Rows of `hulpvragen` in order of traject; nobody has one hulpvraag twice."""
    themas.controleer()
    lot = Lot("smwo hulpvragen")
    vragen: dict[str, dict[str, Effect | tuple[None, None]]] = {}
    for dienst in (CASUS, KORT):
        for groep in (ALLEEN_2023, BEIDE, ALLEEN_2024):
            eigen = lot.schud([t for t in trajecten if t.dienst == dienst and t.groep == groep])
            vragen |= _Ronde(eigen, groep, dienst, lot).deel()
    return [
        {"traject_id": traject_id, "hulpvraag": hulpvraag, "thema": thema, "effect": effect}
        for traject_id in sorted(vragen)
        for hulpvraag, (thema, effect) in vragen[traject_id].items()
    ]


class _Ronde:
    """Deals the questions of one group of trajecten."""

    def __init__(self, trajecten: list[Traject], groep: str, dienst: str, lot: Lot) -> None:
        self.groep, self.dienst, self.lot = groep, dienst, lot
        if dienst == CASUS:
            met, enkel = themas.MET_HULPVRAAG[groep], themas.ENKELVOUDIG[groep]
        else:
            met, enkel = len(trajecten) - len(trajecten) // themas.KORT_ZONDER_HULPVRAAG, 0
        self.trajecten = trajecten[:met]
        self.enkelvoudig = set(self.trajecten[:enkel])
        self.themas_van: dict[Traject, set[str]] = {t: set() for t in self.trajecten}
        self.effecten_van: dict[Traject, set[Effect]] = {t: set() for t in self.trajecten}
        self.vragen_van: dict[Traject, dict[str, Effect | tuple[None, None]]] = {t: {} for t in self.trajecten}

    def deel(self) -> dict[str, dict[str, Effect | tuple[None, None]]]:
        """The questions of each traject, by traject_id, with the effect of each."""
        paren = {
            e: {r.hulpvraag: self._deel_van(r.aantal(self.dienst)) for r in rijen}
            for e, rijen in themas.HULPVRAGEN.items()
        }
        effecten = {e: sum(p.values()) - self._deel_van(themas.dubbel(e, self.dienst)) for e, p in paren.items()}
        totalen = {
            thema: sum(n for (van, _), n in effecten.items() if van == thema)
            - self._deel_van(themas.overlap(thema, self.dienst))
            for thema in themas.THEMA_TOTALEN
        }
        self._deel_themas(totalen)
        for thema, totaal in totalen.items():
            self._deel_effecten(totaal, {e: n for e, n in effecten.items() if e[0] == thema})
        for effect, aantallen in paren.items():
            self._deel_hulpvragen(effect, effecten[effect], aantallen)
        for rij in themas.ZONDER_EFFECT:
            for traject in self._meervoudigen(self.trajecten, self._deel_van(rij.aantal(self.dienst)), rij.hulpvraag):
                self.vragen_van[traject][rij.hulpvraag] = NERGENS
        return {t.traject_id: vragen for t, vragen in self.vragen_van.items() if vragen}

    def _deel_van(self, aantal: tuple[int, int]) -> int:
        """What falls to this group of a number of 2023 and one of 2024, so that two groups make each of the years."""
        teller, noemer = AANDEEL_BEIDE[self.dienst]
        beide = sum(aantal) * teller // noemer
        return {ALLEEN_2023: aantal[0] - beide, BEIDE: beide, ALLEEN_2024: aantal[1] - beide}[self.groep]

    # --- the three rounds ---

    def _deel_themas(self, totalen: dict[str, int]) -> None:
        """The enkelvoudige get one thema each; of the others everyone gets one before many get two."""
        enkel = evenredig(len(self.enkelvoudig), list(totalen.values()))
        vrij = set(self.enkelvoudig)
        for (thema, totaal), aantal in zip(totalen.items(), enkel):
            eerst = self._kies([t for t in self.trajecten if t in vrij], aantal, lambda t: _trek(t, thema))
            vrij -= set(eerst)
            meer = [t for t in self.trajecten if t not in self.enkelvoudig]
            rest = self._kies(meer, totaal - aantal, lambda t: _trek(t, thema) + 90 * (not self.themas_van[t]))
            for traject in eerst + rest:
                self.themas_van[traject].add(thema)

    def _deel_effecten(self, totaal: int, aantallen: dict[Effect, int]) -> None:
        """Everyone with the thema one effect, rare ones first; then the second effects."""
        eersten = dict(zip(aantallen, evenredig(totaal, list(aantallen.values()), 0, list(aantallen.values()))))
        vrij = [t for t in self.trajecten if next(iter(aantallen))[0] in self.themas_van[t]]
        met_thema = list(vrij)
        for effect in sorted(aantallen, key=aantallen.__getitem__):
            gekozen = set(self._kies(vrij, eersten[effect], lambda t: _voorkeur(t, effect)))
            vrij = [t for t in vrij if t not in gekozen]
            for traject in gekozen:
                self.effecten_van[traject].add(effect)
        for effect, aantal in aantallen.items():
            mag = [t for t in met_thema if t not in self.enkelvoudig and effect not in self.effecten_van[t]]
            for traject in self._kies(mag, aantal - eersten[effect], lambda t: -70 * len(self.effecten_van[t])):
                self.effecten_van[traject].add(effect)

    def _deel_hulpvragen(self, effect: Effect, trajecten: int, aantallen: dict[str, int]) -> None:
        """Everyone with the effect one hulpvraag; then the second ones."""
        eersten = dict(zip(aantallen, evenredig(trajecten, list(aantallen.values()), 0, list(aantallen.values()))))
        met_effect = [t for t in self.trajecten if effect in self.effecten_van[t]]
        vrij = list(met_effect)
        for hulpvraag, aantal in eersten.items():
            mag = [t for t in vrij if hulpvraag not in self.vragen_van[t]]
            gekozen = set(self._kies(mag, aantal, lambda t: 0))
            vrij = [t for t in vrij if t not in gekozen]
            for traject in gekozen:
                self.vragen_van[traject][hulpvraag] = effect
        for hulpvraag, aantal in aantallen.items():
            for traject in self._meervoudigen(met_effect, aantal - eersten[hulpvraag], hulpvraag):
                self.vragen_van[traject][hulpvraag] = effect

    # --- choosing ---

    def _meervoudigen(self, trajecten: Iterable[Traject], aantal: int, hulpvraag: str) -> list[Traject]:
        """So many that may have more than one hulpvraag and lack this one; those with a single one go first."""
        mag = [t for t in trajecten if t not in self.enkelvoudig and hulpvraag not in self.vragen_van[t]]
        return self._kies(mag, aantal, lambda t: 200 * (len(self.vragen_van[t]) < 2) - 15 * len(self.vragen_van[t]))

    def _kies(self, trajecten: list[Traject], aantal: int, gewicht: Callable[[Traject], int]) -> list[Traject]:
        """The `aantal` with the highest weight, with up to 100 of chance added. ValueError when there are too few."""
        if len(trajecten) < aantal:
            raise ValueError(f"{aantal} trajecten gevraagd, maar er zijn er {len(trajecten)} die het mogen zijn")
        loting = {t: gewicht(t) + self.lot.getal(100) for t in trajecten}
        return sorted(trajecten, key=lambda t: -loting[t])[:aantal]


def _voorkeur(traject: Traject, effect: Effect) -> int:
    return VOORKEUR.get(traject.soort, {}).get(effect, 0)


def _trek(traject: Traject, thema: str) -> int:
    """How much a traject is about a thema: as much as about the effect under it that suits it best."""
    return max((waarde for (van, _), waarde in VOORKEUR.get(traject.soort, {}).items() if van == thema), default=0)
