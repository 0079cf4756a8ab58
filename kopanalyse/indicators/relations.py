"""Verbanden: what must hold between figures of one long table, whatever was registered.

Declared once. What follows from the kind of an indicator comes from its declaration: shares, means, distinct figures,
and what adds up over teams, categories and quarters. How a figure of a quarter meets that of its year, and what ties
two indicators, stand here as lists. Three readers: property tests, the proof that an edition can be published, and the
audit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kopanalyse.indicators.indicator import Indicator
from kopanalyse.raw.schema import ALLE, TOTAAL

if TYPE_CHECKING:
    import pandas as pd

SLEUTEL = ("indicator", "periode", "team", "categorie", "subcategorie")
GETALLEN = ("teller", "noemer", "n_personen")
TELLER, NOEMER, PERSONEN = range(3)
ONEINDIG = float("inf")

# How the figure of a quarter meets that of its year: `stroom` adds up; of `overlap` a part is at most the whole, and
# the whole at most their sum; of `groeit` a part is at most the whole, and no more is known.
STROOM, OVERLAP, GROEIT = "stroom", "overlap", "groeit"
KWARTALEN = (
    dict.fromkeys(
        (
            "opgestarte_casussen",
            "instroom",
            "uitstroom",
            "informatie_en_advies",
            "informatie_en_advies_doorverwezen",
            "collectieve_bijeenkomsten",
            "collectieve_deelnemers",
            "collectieve_bijeenkomsten_geteld",
            "schoolmaatschappelijk_werk",
            "schoolmaatschappelijk_werk_informatie_en_advies",
            "vip",
        ),
        STROOM,
    )
    | dict.fromkeys(("behandelde_casussen", "collectieve_activiteiten", "complexiteit", "zware_trajecten"), OVERLAP)
    | {"zware_trajecten_werkelijk": GROEIT}
)  # who has many contacts by the end of a quarter has them by the end of the year
ALLEEN_TOENAME = frozenset(naam for naam, hoe in KWARTALEN.items() if hoe == STROOM) | {
    "behandelde_casussen",
    "kto_verzending",
    "clienten",
    "klanten",
    "formulierenbrigade",
}
"""Figures of a past period that late registration makes larger, never smaller."""

# Kinds of records of which each stands for one person or row, besides those that a declaration calls `zonder_klant`.
RIJEN = frozenset({"overige_dienstverlening"})
ZONDER_KLANT = frozenset({"informatie_en_advies", "collectieve_activiteiten"})  # kinds of casuïstiek
# Distinct figures that add up: a traject has one team, a klant one age and one geslacht.
UNIEK_PER_TEAM, UNIEK_PER_CATEGORIE = frozenset({"unieke_casussen"}), frozenset({"klanten"})
MAG_NEGATIEF = frozenset({"zrm_groei"})  # of a part of these nothing follows: what is left out may be negative
ANDEREN_GETELD = frozenset({"netwerkparticipanten"})  # what is counted are not the persons behind it
PER_TRAJECTSOORT = ("beginstand", "instroom", "uitstroom", "eindstand")


class Verband(NamedTuple):
    """One relation: ``onder`` ≤ Σ ``gewichten`` × the numbers at ``plaatsen`` ≤ ``boven``.

    A place is 3 × the row in the table + the column in ``GETALLEN``. ``naam`` says in Dutch what it is.
    """

    naam: str
    plaatsen: tuple[int, ...]
    gewichten: tuple[int, ...]
    onder: float
    boven: float


ROLLEN = {"individueel": ("individueel",), "leun_en_steun": ("leun_en_steun",)}
"""The trajectsoorten that section B of the indicators is about, where the settings say nothing else."""


def relations(
    rijen: pd.DataFrame,
    teams: Sequence[str],
    indicatoren: Mapping[str, Indicator],
    rollen: Mapping[str, Sequence[str]] = ROLLEN,
) -> list[Verband]:
    """All relations between the figures of ``rijen``: a long table, or a part of it, with a plain index.

    ``teams`` are all teams of the registration, without ``alle``; where a table lacks one, teams add up to at most
    the whole. Of indicators that are not in ``indicatoren`` no more is known than that none is below 0.
    """
    bouw = _Bouw(rijen, teams, rollen)
    for naam in bouw.tabellen:
        if naam in indicatoren:
            bouw.within(indicatoren[naam])
    bouw.between()
    return bouw.verbanden


def broken(verbanden: Sequence[Verband], getallen: np.ndarray, speling: float = 1e-6) -> list[Verband]:
    """The relations that the numbers (three of each row, in one line) do not satisfy; an empty number says nothing."""
    return [
        v
        for v in verbanden
        if not np.isnan(som := float(np.dot(v.gewichten, getallen[list(v.plaatsen)])))
        and not v.onder - speling <= som <= v.boven + speling
    ]


def numbers(rijen: pd.DataFrame) -> np.ndarray:
    """``GETALLEN`` of all rows in one line, as places count them."""
    return rijen[list(GETALLEN)].to_numpy(float).ravel()


def one_to_one(ind: Indicator, categorie: str = "") -> bool:
    """Whether each record counted is one person or row: ``n_personen`` is ``teller``."""
    naam = ind.naam
    if naam in ANDEREN_GETELD | UNIEK_PER_TEAM or ind.soort in ("som", "uren", "gemiddelde"):
        return False
    anoniem = naam in ("behandelde_casussen", "opgestarte_casussen") and categorie in ZONDER_KLANT
    return ind.soort == "uniek" or ind.zonder_klant or naam in RIJEN or anoniem


Tabel = dict[tuple[str, str, str, str], int]  # periode, team, categorie, subcategorie → the row
Groepen = Mapping[tuple, list[int]]


class _Bouw:
    """Makes relations over one table, looked up by key."""

    def __init__(self, rijen: pd.DataFrame, teams: Sequence[str], rollen: Mapping[str, Sequence[str]]) -> None:
        self.verbanden: list[Verband] = []
        self.individueel, self.leun_en_steun = (tuple(rollen.get(rol, ())) for rol in ROLLEN)
        self.aantal_teams = len(set(teams))
        self.tabellen: dict[str, Tabel] = defaultdict(dict)
        for rij, (naam, *sleutel) in enumerate(zip(*(rijen[kolom].tolist() for kolom in SLEUTEL))):
            self.tabellen[naam][tuple(sleutel)] = rij
        self.heeft_noemer = rijen.noemer.to_numpy(float) > 0
        kwartaal = rijen.kwartaal.notna().to_numpy()
        self.per_jaar = {periode: str(jaar) for periode, jaar, k in zip(rijen.periode, rijen.jaar, kwartaal) if k}
        self.perioden = sorted(set(rijen.periode))
        self.jaren = sorted(set(self.perioden) - set(self.per_jaar))

    # what a relation is made of

    def add(self, naam: str, plaatsen: Sequence[int], gewichten: Sequence[int], onder: float, boven: float) -> None:
        self.verbanden.append(Verband(naam, tuple(plaatsen), tuple(gewichten), onder, boven))

    def equal(self, naam: str, een: int, ander: int) -> None:
        if een != ander:
            self.add(naam, (een, ander), (1, -1), 0, 0)

    def at_most(self, naam: str, deel: int, geheel: int) -> None:
        self.add(naam, (deel, geheel), (1, -1), -ONEINDIG, 0)

    def total(self, naam: str, delen: Sequence[int], geheel: int, heel: bool = True) -> None:
        """The parts add up to the whole, or to at most the whole where one is left out."""
        if len(delen) == 1 and heel:
            self.equal(naam, delen[0], geheel)
        elif delen:
            self.add(naam, (*delen, geheel), (*[1] * len(delen), -1), 0 if heel else -ONEINDIG, 0)

    def overlap(self, naam: str, delen: Sequence[int], geheel: int, heel: bool = True) -> None:
        """Each part is at most the whole, and the whole at most their sum where none is left out."""
        for deel in delen:
            self.at_most(naam, deel, geheel)
        if delen and heel:
            self.add(naam, (*delen, geheel), (*[1] * len(delen), -1), 0, ONEINDIG)

    # what follows from the kind of an indicator

    def within(self, ind: Indicator) -> None:
        tabel = self.tabellen[ind.naam]
        for (_, _, categorie, _), rij in tabel.items():
            self._row(ind, categorie, rij)
        if ind.soort == "aandeel" and ind.aandeel_van != "categorie":
            for groep in _grouped(tabel, lambda s: s[:2]).values():
                for rij in groep[1:]:
                    self.equal("één noemer", _at(groep[0], NOEMER), _at(rij, NOEMER))
        self._teams(ind, tabel)
        self._categories(ind, tabel)
        if ind.naam in KWARTALEN:
            self._quarters(ind, tabel)
        if ind.naam in ("beginstand", "eindstand"):
            self._standings(ind, tabel)

    def _row(self, ind: Indicator, categorie: str, rij: int) -> None:
        teller, noemer, personen = (_at(rij, kolom) for kolom in range(3))
        if one_to_one(ind, categorie):
            self.equal("personen = aantal", teller, personen)
        elif ind.soort == "gemiddelde":
            self.at_most("personen ≤ noemer", personen, noemer)
        elif ind.soort not in ("som", "uren") and ind.naam not in ANDEREN_GETELD:
            self.at_most("personen ≤ teller", personen, teller)
        if ind.soort == "aandeel":
            alles = categorie == TOTAAL and ind.aandeel_van != "categorie"
            (self.equal if alles else self.at_most)("teller ≤ noemer", teller, noemer)

    def _columns(self, ind: Indicator, uniek_telt_op: bool) -> Iterator[tuple[int, str]]:
        """The columns that may have to add up, each with how."""
        yield TELLER, STROOM if ind.soort != "uniek" or uniek_telt_op else OVERLAP
        if ind.soort in ("aandeel", "gemiddelde"):
            yield NOEMER, STROOM
        if ind.soort not in ("som", "uren"):
            yield PERSONEN, OVERLAP

    def _add_up(self, naam: str, hoe: str, kolom: int, delen: Sequence[int], geheel: int, heel: bool = True) -> None:
        plaatsen = [_at(rij, kolom) for rij in delen]
        if hoe == GROEIT:
            self.overlap(naam, plaatsen, _at(geheel, kolom), heel=False)
        else:
            (self.total if hoe == STROOM else self.overlap)(naam, plaatsen, _at(geheel, kolom), heel)

    def _teams(self, ind: Indicator, tabel: Tabel) -> None:
        for sleutel, delen in _grouped(tabel, lambda s: (s[0], *s[2:]), lambda s: s[1] != ALLE).items():
            geheel = tabel.get((sleutel[0], ALLE, *sleutel[1:]))
            if geheel is None:
                continue
            for kolom, hoe in self._columns(ind, ind.naam in UNIEK_PER_TEAM):
                heel = len(delen) == self.aantal_teams
                if heel or kolom != TELLER or ind.naam not in MAG_NEGATIEF:
                    self._add_up("teams", hoe, kolom, delen, geheel, heel)

    def _categories(self, ind: Indicator, tabel: Tabel) -> None:
        if ind.categorie is None or not ind.totaal:
            return
        per_onderdeel = ind.paren is not None and ind.subcategorie is None
        kolommen = [
            (kolom, hoe)
            for kolom, hoe in self._columns(ind, ind.naam in UNIEK_PER_CATEGORIE)
            if kolom != NOEMER or ind.aandeel_van == "categorie"
        ]
        rijen = _grouped(tabel, lambda s: (s[0], s[1], s[3]), lambda s: s[2] != TOTAAL)
        for (periode, team, sub), delen in rijen.items():
            geheel = tabel.get((periode, team, TOTAAL, sub))
            if geheel is None:
                continue
            if ind.soort == "per_1000":
                delen = [rij for rij in delen if self.heeft_noemer[rij]]
            for kolom, hoe in kolommen:
                self._add_up("categorieën", hoe, kolom, delen, geheel)
        onder = "" if per_onderdeel else TOTAAL
        for sleutel, delen in _grouped(tabel, lambda s: s[:3], lambda s: s[3] not in ("", TOTAAL)).items():
            geheel = tabel.get((*sleutel, onder))
            if geheel is None:
                continue
            for kolom, hoe in kolommen:
                self._add_up("subcategorieën", hoe, kolom, delen, geheel, heel=not per_onderdeel)

    def _quarters(self, ind: Indicator, tabel: Tabel) -> None:
        kwartalen = _grouped(tabel, lambda s: (self.per_jaar[s[0]], *s[1:]), lambda s: s[0] in self.per_jaar)
        for sleutel, delen in kwartalen.items():
            geheel = tabel.get(sleutel)
            if geheel is None or len(delen) != 4:
                continue
            hoe = KWARTALEN[ind.naam]
            if ind.naam == "behandelde_casussen" and sleutel[2] == "informatie_en_advies":
                hoe = STROOM
            self._add_up("kwartalen", hoe, TELLER, delen, geheel)
            if ind.soort == "aandeel":
                self._add_up("kwartalen", OVERLAP if hoe == GROEIT else hoe, NOEMER, delen, geheel)
            if ind.soort != "som":
                self._add_up("kwartalen", GROEIT if hoe == GROEIT else OVERLAP, PERSONEN, delen, geheel)

    def _standings(self, ind: Indicator, tabel: Tabel) -> None:
        """The first quarter begins where the year begins, the last ends where it ends."""
        for (periode, team, categorie, sub), rij in tabel.items():
            naam = f"{periode}-K{1 if ind.naam == 'beginstand' else 4}"
            kwartaal = tabel.get((naam, team, categorie, sub))
            if kwartaal is not None:
                self.same("stand van jaar en kwartaal", rij, kwartaal)

    def same(self, naam: str, rij: int, ander: int) -> None:
        """Two rows count the same records: so many of them, of so many persons."""
        self.equal(naam, _at(rij, TELLER), _at(ander, TELLER))
        self.equal(naam, _at(rij, PERSONEN), _at(ander, PERSONEN))

    # what ties two indicators

    def between(self) -> None:
        for periode, team in self._places():
            plek = _Plek(self, periode, team)
            _flows(plek)
            _collectief(plek)
            _individueel(plek)
            _zrm(plek)
            _kernen(plek)
            _netwerk(plek)
            _tevredenheid(plek)
            _dienstverlening(plek)
            _hulpvragen(plek)

    def _places(self) -> list[tuple[str, str]]:
        plekken = {sleutel[:2] for tabel in self.tabellen.values() for sleutel in tabel}
        return sorted(plekken)

    def after(self, periode: str) -> str:
        """The period that begins where ``periode`` ends, of its own length."""
        jaar, _, kwartaal = periode.partition("-K")
        if not kwartaal:
            return str(int(jaar) + 1)
        return f"{int(jaar) + int(kwartaal) // 4}-K{int(kwartaal) % 4 + 1}"


def _at(rij: int, kolom: int) -> int:
    return 3 * rij + kolom


def _grouped(tabel: Tabel, op: Callable[[tuple], tuple], waar: Callable[[tuple], bool] = lambda s: True) -> Groepen:
    groepen: dict[tuple, list[int]] = defaultdict(list)
    for sleutel, rij in tabel.items():
        if waar(sleutel):
            groepen[op(sleutel)].append(rij)
    return groepen


class _Plek:
    """The figures of one period and team: what ties two indicators is said about these, where both are there."""

    def __init__(self, bouw: _Bouw, periode: str, team: str) -> None:
        self.bouw, self.periode, self.team = bouw, periode, team

    def row(self, naam: str, categorie: str = TOTAAL, sub: str = "", periode: str = "") -> int | None:
        return self.bouw.tabellen.get(naam, {}).get((periode or self.periode, self.team, categorie, sub))

    def rows(self, naam: str, categorieen: Sequence[str]) -> list[int]:
        return [rij for categorie in categorieen if (rij := self.row(naam, categorie)) is not None]

    def categories(self, naam: str) -> list[tuple[str, str]]:
        """categorie and subcategorie of all rows of ``naam`` here."""
        return [s[2:] for s in self.bouw.tabellen.get(naam, {}) if s[:2] == (self.periode, self.team)]

    def tie(self, naam: str, hoe: str, een: tuple[int | None, int], ander: tuple[int | None, int]) -> None:
        """``een`` = or ≤ ``ander`` (a row and a column), where both are there."""
        (rij, kolom), (andere_rij, andere_kolom) = een, ander
        if rij is not None and andere_rij is not None:
            verband = self.bouw.equal if hoe == "=" else self.bouw.at_most
            verband(naam, _at(rij, kolom), _at(andere_rij, andere_kolom))

    def both(
        self, naam: str, hoe: str, een: int | None, ander: int | None, kolom: int = TELLER, andere: int = TELLER
    ) -> None:
        """The same of the counted (``kolom`` of ``een``, ``andere`` of ``ander``) and of the persons behind them."""
        self.tie(naam, hoe, (een, kolom), (ander, andere))
        self.tie(naam, hoe, (een, PERSONEN), (ander, PERSONEN))

    def parts(
        self, naam: str, delen: Sequence[int], geheel: int | None, kolom: int = TELLER, personen: bool = True
    ) -> None:
        """``delen`` add up to ``kolom`` of ``geheel``; a person may be in more than one of them."""
        if geheel is not None and delen:
            self.bouw.total(naam, [_at(rij, TELLER) for rij in delen], _at(geheel, kolom))
            if personen and len(delen) == 1:
                self.tie(naam, "=", (delen[0], PERSONEN), (geheel, PERSONEN))
            elif personen:
                self.bouw.overlap(naam, [_at(rij, PERSONEN) for rij in delen], _at(geheel, PERSONEN))


def _flows(p: _Plek) -> None:
    soorten = [categorie for categorie, _ in p.categories("beginstand")]
    for soort in soorten:
        begin, instroom, uitstroom, eind = (p.row(naam, soort) for naam in PER_TRAJECTSOORT)
        behandeld = p.row("behandelde_casussen", soort)
        stromen = [rij for rij in (begin, instroom, eind, uitstroom) if rij is not None]
        if len(stromen) == 4:
            p.bouw.add("begin + in = eind + uit", [_at(rij, TELLER) for rij in stromen], (1, 1, -1, -1), 0, 0)
        if behandeld is not None:
            for paar in ((begin, instroom), (eind, uitstroom)):
                p.parts("behandeld = stand + stroom", [rij for rij in paar if rij is not None], behandeld)
        p.both("opgestart = instroom", "=", p.row("opgestarte_casussen", soort), instroom)
        volgende = p.bouw.after(p.periode)
        p.both("eindstand = volgende beginstand", "=", eind, p.row("beginstand", soort, periode=volgende))
    vragen = p.row("informatie_en_advies")
    for naam in ("behandelde_casussen", "opgestarte_casussen"):
        p.both("informatie en advies", "=", p.row(naam, "informatie_en_advies"), vragen)
    p.tie("informatie en advies", "=", (p.row("informatie_en_advies_doorverwezen"), NOEMER), (vragen, TELLER))


def _collectief(p: _Plek) -> None:
    activiteiten = p.row("collectieve_activiteiten")
    p.both("collectieve activiteiten", "=", p.row("behandelde_casussen", "collectieve_activiteiten"), activiteiten)
    p.both("activiteiten van groepswerk", "=", p.row("groepswerk_activiteiten", sub=TOTAAL), activiteiten)
    p.both("doorlopend", "≤", p.row("collectieve_activiteiten_doorlopend"), activiteiten)
    bijeenkomsten, geteld = p.row("collectieve_bijeenkomsten"), p.row("collectieve_bijeenkomsten_geteld")
    p.tie("geteld van bijeenkomsten", "=", (geteld, NOEMER), (bijeenkomsten, TELLER))
    p.tie("activiteit heeft bijeenkomst", "≤", (activiteiten, TELLER), (bijeenkomsten, TELLER))
    p.tie("bereik van getelde", "=", (p.row("collectieve_deelnemers"), PERSONEN), (geteld, TELLER))


def _individueel(p: _Plek) -> None:
    """The base of section B: individuele trajecten, in all their soorten together."""
    soorten = p.rows("behandelde_casussen", p.bouw.individueel)
    bases = [
        ("contacten_per_traject", NOEMER),
        ("contacten_per_traject_face_to_face", NOEMER),
        ("casussen_per_kern", TELLER),
    ]
    for naam, kolom in bases:
        p.parts("behandeld (individueel)", soorten, p.row(naam), kolom)
    p.parts("behandeld (individueel)", soorten, p.row("inschatting", sub=TOTAAL))
    for naam in ("onafhankelijke_clientondersteuning", "zware_trajecten_werkelijk"):
        p.parts("behandeld (individueel)", soorten, p.row(naam), NOEMER, personen=False)
    klanten = p.row("klanten", sub=TOTAAL)
    if klanten is not None and len(soorten) == 1:
        p.tie("klanten = personen", "=", (klanten, TELLER), (soorten[0], PERSONEN))
    p.tie("klanten = personen", "=", (klanten, TELLER), (p.row("inschatting", sub=TOTAAL), PERSONEN))
    p.tie("klanten = personen", "=", (klanten, TELLER), (p.row("casussen_per_kern"), PERSONEN))
    p.tie("klanten ≤ cliënten", "≤", (klanten, TELLER), (p.row("clienten"), TELLER))
    p.parts("gestart (individueel)", p.rows("instroom", p.bouw.individueel), p.row("verwijzingen"), NOEMER)
    p.parts(
        "afgesloten (individueel)",
        p.rows("uitstroom", p.bouw.individueel),
        p.row("zrm_volledig"),
        NOEMER,
        personen=False,
    )
    for zwaarte, _ in p.categories("contacten_per_traject"):
        alle, gezien = p.row("contacten_per_traject", zwaarte), p.row("contacten_per_traject_face_to_face", zwaarte)
        p.both("dezelfde trajecten", "=", gezien, alle, NOEMER, NOEMER)
        p.tie("face to face ≤ contacten", "≤", (gezien, TELLER), (alle, TELLER))
        p.both("naar schatting", "=", p.row("inschatting", zwaarte, TOTAAL), alle, TELLER, NOEMER)
    zwaar, licht = p.row("inschatting", "zwaar", TOTAAL), p.row("inschatting", "licht", TOTAAL)
    geschat, werkelijk = p.row("zware_trajecten"), p.row("zware_trajecten_werkelijk")
    p.both("zwaar naar schatting", "=", geschat, zwaar)
    p.both("zwaar naar telling", "=", werkelijk, p.row("inschatting", TOTAAL, "zwaar"))
    if geschat is not None and zwaar is not None and licht is not None:
        p.bouw.total("met een schatting", [_at(zwaar, TELLER), _at(licht, TELLER)], _at(geschat, NOEMER))
    p.tie("schatting ≤ behandeld", "≤", (geschat, NOEMER), (werkelijk, NOEMER))
    if geschat is not None and len(soorten) == 1:
        p.tie("schatting ≤ behandeld", "≤", (geschat, NOEMER), (soorten[0], TELLER))


def _zrm(p: _Plek) -> None:
    for domein, _ in p.categories("zrm_groei"):
        groei, doel = p.row("zrm_groei", domein), p.row("zrm_doel_behaald", domein)
        p.both("paren", "=", p.row("zrm_overgang", domein, TOTAAL), groei, TELLER, NOEMER)
        p.tie("doel ≤ paren", "≤", (doel, NOEMER), (groei, NOEMER))
        p.tie("doel ≤ paren", "≤", (doel, PERSONEN), (groei, PERSONEN))
        stappen = [
            (p.row("zrm_overgang", domein, sub), int(sub[2]) - int(sub[0]))
            for sub in (f"{van}>{naar}" for van in "12345" for naar in "12345")
        ]
        bekend = [(rij, stap) for rij, stap in stappen if rij is not None]
        if groei is not None and len(bekend) == len(stappen):
            geteld = [(rij, stap) for rij, stap in bekend if stap]
            p.bouw.add(
                "groei = som van stappen",
                [*(_at(rij, TELLER) for rij, _ in geteld), _at(groei, TELLER)],
                [*(stap for _, stap in geteld), -1],
                0,
                0,
            )
    volledig, groei = p.row("zrm_volledig"), p.row("zrm_groei")
    p.tie("trajecten met paren", "≤", (volledig, TELLER), (groei, NOEMER))
    p.tie("trajecten met paren", "=", (volledig, PERSONEN), (groei, PERSONEN))
    for sleutel in p.categories("zrm_intake_jongeren"):
        p.both("jongeren ≤ allen", "≤", p.row("zrm_intake_jongeren", *sleutel), p.row("zrm_intake", *sleutel))
    complex_ = p.row("complexiteit")
    for domein, sub in p.categories("zrm_intake"):
        if domein != TOTAAL and sub == TOTAAL:
            p.tie("domein ≤ trajecten", "≤", (p.row("zrm_intake", domein, sub), TELLER), (complex_, NOEMER))
    p.tie("domein ≤ trajecten", "≤", (p.row("zrm_intake", sub=TOTAAL), PERSONEN), (complex_, PERSONEN))
    soorten = p.rows("behandelde_casussen", p.bouw.individueel)
    if len(soorten) == 1:
        p.both("met hoofddomein ≤ behandeld", "≤", complex_, soorten[0], NOEMER)
    p.tie("met hoofddomein ≤ behandeld", "≤", (complex_, NOEMER), (p.row("casussen_per_kern"), TELLER))
    financieel = p.row("financiele_casussen_per_kern")
    p.both("financieel ≤ met hoofddomein", "≤", financieel, complex_, TELLER, NOEMER)
    p.both("financieel", "≤", p.row("zrm_intake", "Financiën", TOTAAL), financieel)


def _kernen(p: _Plek) -> None:
    for kern, _ in p.categories("casussen_per_kern"):
        alle, per_1000 = p.row("casussen_per_kern", kern), p.row("casussen_per_1000_inwoners", kern)
        p.both("per kern", "≤" if kern == TOTAAL else "=", per_1000, alle)
        p.both("financieel ≤ kern", "≤", p.row("financiele_casussen_per_kern", kern), alle)


def _netwerk(p: _Plek) -> None:
    soorten = list(dict.fromkeys((*p.bouw.individueel, *p.bouw.leun_en_steun)))
    gevraagd = p.row("netwerk_gevraagd")
    p.parts("individueel + leun en steun", p.rows("behandelde_casussen", soorten), gevraagd)
    p.both("niet gevraagd", "=", p.row("reden_geen_netwerk"), p.row("netwerk_gevraagd", "niet_gevraagd"))
    p.tie("met netwerk ≤ alle", "≤", (p.row("netwerkparticipanten"), PERSONEN), (gevraagd, PERSONEN))


def _tevredenheid(p: _Plek) -> None:
    respons, ingevuld, verzending = p.row("kto_respons"), p.row("kto_ingevuld"), p.row("kto_verzending")
    p.tie("verzonden", "=", (respons, NOEMER), (p.row("kto_verzending", "verzonden"), TELLER))
    p.both("respons ≤ ingevuld", "≤", respons, ingevuld)
    p.both("ingevuld ≤ uitnodigingen", "≤", ingevuld, verzending)
    p.tie("uitgenodigd ≤ afgesloten", "≤", (verzending, PERSONEN), (p.row("uitstroom"), PERSONEN))


def _dienstverlening(p: _Plek) -> None:
    allen, verwezen, per_casus = p.row("clienten"), p.row("verwezen_door"), p.row("contacten_per_casus")
    soorten = [categorie for categorie, _ in p.categories("beginstand") if categorie != TOTAAL]
    behandeld = p.rows("behandelde_casussen", soorten)
    if len(behandeld) == len(soorten):
        for geheel in (verwezen, per_casus):
            p.parts("behandeld, alle soorten", behandeld, geheel, NOEMER)
    for geheel in (verwezen, per_casus):
        p.tie("cliënten = personen", "=", (geheel, PERSONEN), (allen, TELLER))
    p.both("behandeld, alle soorten", "=", per_casus, verwezen)
    for kort_of_casus in ("korte_contacten", "casussen"):
        p.both("kort of casus ≤ behandeld", "≤", p.row(kort_of_casus), verwezen)
    for soort in [*soorten, TOTAAL]:
        delen = [rij for naam in ("korte_contacten", "casussen") if (rij := p.row(naam, soort)) is not None]
        geheel = verwezen if soort == TOTAAL else p.row("behandelde_casussen", soort)
        if len(delen) < 2 or geheel is None:
            continue
        heel = per_casus is not None  # without contacten some are neither
        for kolom, verband in ((TELLER, p.bouw.total), (PERSONEN, p.bouw.overlap)):
            verband("kort + casus = behandeld", [_at(rij, kolom) for rij in delen], _at(geheel, kolom), heel)
    duur, reden = p.row("duur"), p.row("reden_beeindiging")
    p.both("duur van afgesloten", "=", duur, p.row("uitstroom"))
    p.both("reden en doorverwijzing", "=", reden, p.row("doorverwijzing_na_afsluiting"))
    p.both("casussen ≤ afgesloten", "≤", reden, duur)
    p.both("wachttijd ≤ gestart", "≤", p.row("wachttijd"), p.row("instroom"))
    p.tie("afwijkend ≤ behandeld", "≤", (p.row("afwijkende_dienstverlening"), NOEMER), (verwezen, NOEMER))


def _hulpvragen(p: _Plek) -> None:
    samen, casussen, kort = p.row("samenstelling"), p.row("casussen"), p.row("korte_contacten")
    van_casussen, van_kort = p.row("hulpvragen_casussen"), p.row("hulpvragen_korte_contacten")
    uniek, verwezen = p.row("unieke_casussen", sub=TOTAAL), p.row("verwezen_door")
    p.both("casus met hulpvraag ≤ casussen", "≤", samen, casussen)
    p.both("casus met hulpvraag ≤ hulpvragen", "≤", samen, van_casussen)
    p.tie("personen met hulpvraag", "=", (samen, PERSONEN), (van_casussen, PERSONEN))
    enkel, meer = p.row("samenstelling", "enkelvoudig"), p.row("samenstelling", "meervoudig")
    if enkel is not None and meer is not None and van_casussen is not None:
        p.bouw.add(
            "meervoudig heeft er twee",
            [_at(enkel, TELLER), _at(meer, TELLER), _at(van_casussen, TELLER)],
            (1, 2, -1),
            -ONEINDIG,
            0,
        )
    for naam, basis in (("hulpvragen_casussen", samen), ("hulpvragen_korte_contacten", kort)):
        for hulpvraag, _ in p.categories(naam):
            if hulpvraag != TOTAAL:
                p.tie("hulpvraag ≤ trajecten", "≤", (p.row(naam, hulpvraag), TELLER), (basis, TELLER))
    p.tie("personen met hulpvraag", "≤", (van_kort, PERSONEN), (kort, PERSONEN))
    p.both("traject met hulpvraag ≤ behandeld", "≤", uniek, verwezen)
    p.both("casus met hulpvraag", "≤", samen, uniek)
