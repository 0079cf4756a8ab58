"""From the long table to an edition: what is left out, hidden, rounded, attacked, proved, and what goes out.

Everything is in memory until it holds; ``editions`` writes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from kopanalyse.errors import DataError
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.indicators.long_table import KOLOMMEN as VAN_CIJFERS
from kopanalyse.indicators.relations import (
    GETALLEN,
    MAG_NEGATIEF,
    SLEUTEL,
    Verband,
    broken,
    numbers,
    relations,
)
from kopanalyse.periode import Periode
from kopanalyse.publish import audit, rules, worlds
from kopanalyse.publish.memory import ZELFDE, Herinnering, Vorige, across, frozen
from kopanalyse.publish.rounding import STUDENT_VANAF, Afronding, one_decimal, values
from kopanalyse.publish.system import System, build
from kopanalyse.raw.schema import ALLE, TOTAAL
from kopanalyse.settings import Settings

KOLOMMEN = (*(kolom for kolom in VAN_CIJFERS if kolom != "dekking"), "verborgen", "afgerond", "grenzen")
"""Of ``publicatie.csv``: the figures of the long table (what its tables cover says nothing about persons, and stays
inside), and what a reader may conclude."""
ZONDER_GRENS = ("kto_rapportcijfer", "productie_uren")  # sums that need not be whole

Meld = Callable[[str, int, int], None]


class PublishError(DataError):
    """An edition cannot be made; the message (Dutch) says which figure stands in the way."""


@dataclass
class Uitgave:
    """An edition: ``rijen`` is its table (``KOLOMMEN``), ``verborgen`` what was hidden and why, and the proof of it."""

    rijen: pd.DataFrame
    verborgen: pd.DataFrame
    werelden: pd.DataFrame
    weggelaten: list[str]
    bewijs: dict = field(default_factory=dict)
    afgerond_toch: list[str] = field(default_factory=list)


def make(
    cijfers: pd.DataFrame,
    settings: Settings,
    indicatoren: Mapping[str, Indicator],
    vorige: Sequence[Vorige] = (),
    herzien: Collection[Periode] = (),
    meld: Meld = lambda naam, gedaan, totaal: None,
) -> Uitgave:
    """The edition of a long table, given the declarations of its indicators and the earlier editions of
    the organisation, oldest first.

    Of a year that is ``definitief`` the rows are those of before, unless it is one of ``herzien``. Rows may come in any
    order. Raises ``PublishError`` when a relation does not hold in the figures, or when nothing that may be hidden
    makes the edition safe.
    """
    begonnen = time.process_time()
    meld("verbanden", 0, 4)
    rijen, weggelaten, teams = _published(cijfers, settings)
    vast = frozen(vorige, settings.status, herzien)
    if vast is not None:
        rijen = rijen[~rijen.jaar.isin(vast.jaar)].reset_index(drop=True)
    bouw = _Edition(rijen, teams, settings, indicatoren, vorige)
    lek_vooraf = len(audit.leaks(bouw.systeem, bouw.tabel, bouw.p.marge))
    meld("verbergen en bewijzen", 1, 4)
    bewijs = bouw.secure()
    meld("tabel", 3, 4)
    tabel = bouw.table()
    if vast is not None:
        delen = [deel for deel in (tabel, vast[list(KOLOMMEN)]) if len(deel)]
        tabel = pd.concat(delen).sort_values(list(SLEUTEL), ignore_index=True)
    uitgave = Uitgave(tabel, bouw.hidden(), bouw.worlds(bewijs.werelden), weggelaten, afgerond_toch=bouw.afgerond_toch)
    uitgave.bewijs = {
        "verbanden": len(bouw.systeem.onder),
        "getallen": bouw.systeem.aantal,
        "onderdelen": len(bewijs.delen),
        "grootte_per_onderdeel": sorted(bewijs.delen, reverse=True),
        "werelden": len(bewijs.werelden),
        "lekken_voor": lek_vooraf,
        "lekken_na": 0,
        "verborgen": _extremes(uitgave.werelden, tabel),
        "seconden": round(time.process_time() - begonnen, 1),
    }
    meld("", 4, 4)
    return uitgave


def _published(cijfers: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, list[str], list[str]]:
    """The rows of the edition in the order of their keys, what it leaves out, and all teams of the registration."""
    cijfers = cijfers.reset_index(drop=True)
    blijft, weggelaten = rules.blocks(cijfers, settings)
    teams = sorted(set(cijfers.team) - {ALLE})
    rijen = cijfers[blijft].sort_values(list(SLEUTEL), kind="stable").reset_index(drop=True)
    dubbel = rijen.duplicated(list(SLEUTEL))
    if dubbel.any():
        raise PublishError(f"Het cijfer {' / '.join(rijen.loc[dubbel, list(SLEUTEL)].iloc[0])} staat er twee keer in.")
    return rijen, weggelaten, teams


def _may_be_negative(rijen: pd.DataFrame) -> np.ndarray:
    """Of the three numbers of each row, which may be below 0."""
    return np.outer(rijen.indicator.isin(MAG_NEGATIEF), [True, False, False]).ravel()


def _in_parts(rijen: pd.DataFrame) -> np.ndarray:
    """Of the three numbers of each row, which need not be whole."""
    return np.outer(rijen.indicator.isin(ZONDER_GRENS), [True, False, False]).ravel()


class _Edition:
    """One edition in the making: rows and numbers, and what ties them."""

    def __init__(
        self,
        rijen: pd.DataFrame,
        teams: list[str],
        settings: Settings,
        indicatoren: Mapping[str, Indicator],
        vorige: Sequence[Vorige],
    ) -> None:
        self.rijen, self.p, self.settings = rijen, settings.publiceren, settings
        self.indicatoren, self.afronding = indicatoren, Afronding.of(self.p)
        self.gemiddelde = (rijen.eenheid == "gemiddelde").to_numpy()
        self.waar = numbers(rijen)
        verbanden = relations(rijen, teams, indicatoren, settings.rollen)
        self._check(verbanden)
        self.kolommen = rules.columns(rijen, indicatoren)
        self.vorige = vorige
        over = across(rijen, vorige, lambda alle, van: relations(alle, van, indicatoren, settings.rollen))
        gemiddelden = [
            (rij, float(one_decimal(waarde)))
            for rij, waarde in enumerate(rijen.waarde)
            if self.gemiddelde[rij] and not np.isnan(waarde)
        ]
        oud_kolommen, oud_verbanden, oud_gemiddelden = self._earlier()
        self.systeem: System = build(
            np.concatenate([self.kolommen, *oud_kolommen]),
            [*verbanden, *oud_verbanden],
            [*gemiddelden, *oud_gemiddelden],
            over,
        )
        self.nummer = self.systeem.nummer[: 3 * len(rijen)]
        self.was = Herinnering.of(len(rijen), vorige, over).under_all_names(self.nummer)
        self.plaatsen = np.flatnonzero(self.nummer >= 0)
        self.nummers = self.nummer[self.plaatsen]
        self.beschermd = rules.protected(rijen, indicatoren).ravel()
        self.primair, _ = rules.primary(rijen, self.p, indicatoren)
        self.afgerond_toch: list[str] = []
        self._gezet: set[int] = set()
        self._gezien: set[int] = set()
        self.veranderd = False
        self.exact = self._exact()
        self.tabel = self._table(gemiddelden)
        self._recall()
        self.tabel.hide(sorted(self._numbers(self.primair.ravel())))
        if over:
            self._tie(over)

    def _earlier(self) -> tuple[list[np.ndarray], list[Verband], list[tuple[int, float]]]:
        """The numbers, relations and means of the earlier editions, in rows that come after those of this one."""
        begin, kolommen, verbanden, gemiddelden = len(self.rijen), [], [], []
        for uitgave in self.vorige:
            rijen = uitgave.rijen
            kolommen.append(rules.columns(rijen, self.indicatoren))
            for v in relations(rijen, uitgave.teams, self.indicatoren, self.settings.rollen):
                verbanden.append(v._replace(plaatsen=tuple(plaats + 3 * begin for plaats in v.plaatsen)))
            gemiddelden += [
                (begin + rij, waarde)
                for rij, (eenheid, waarde) in enumerate(zip(rijen.eenheid, rijen.waarde))
                if eenheid == "gemiddelde" and not np.isnan(waarde)
            ]
            begin += len(rijen)
        return kolommen, verbanden, gemiddelden

    def _tie(self, over: Sequence[Verband]) -> None:
        """Let the audit count with who believes that nothing changed since an earlier edition.

        What that edition showed he knows: it is hidden no more. What it hid may be shown once it is large enough, and
        is then taken for something else, but under another name it stands hidden there still. Where a number that was
        shown is hidden now, or too small, he sees that it changed, and something that it adds up with as well.
        """
        tabel, systeem = self.tabel, self.systeem
        nieuw, waar = int(self.nummers.max(initial=-1)) + 1, self._of_numbers(self.waar)
        klein = self._any(self.beschermd) & (waar > 0) & (waar < self.afronding.drempel)
        eigen = {tuple(sorted(systeem.nummer[list(v.plaatsen)].tolist())) for v in over if v.naam == ZELFDE}
        anders, bekend = np.zeros(len(systeem.onder), bool), {}
        paren = [(relatie, nu, toen) for relatie, nu, toen in systeem.equal() if nu < nieuw <= toen]
        om = systeem.beside([nu for _, nu, toen in paren if klein[nu] and not tabel.verborgen[toen]])
        for relatie, nu, toen in paren:
            anders[relatie] = om[nu]
            if not tabel.verborgen[toen]:
                bekend[relatie], systeem.zolang[relatie] = nu, -nu - 1
            elif (nu, toen) in eigen:
                systeem.zolang[relatie] = nu + 1
        onder, boven = tabel.bounds()
        for nummer in self.exact:
            if not tabel.verborgen[nummer]:
                onder[nummer] = boven[nummer] = waar[nummer]
        weg = np.isin(systeem.gemiddelde, list(tabel.zonder_gemiddelde)) & (systeem.gemiddelde >= 0)
        anders[~(weg | anders)] = ~worlds.believable(systeem.part(~(weg | anders)), onder, boven)
        self._gezien = {nu for relatie, nu in bekend.items() if not (anders[relatie] or tabel.verborgen[nu])}
        self._stays_shown()
        self.systeem, self.veranderd = systeem.part(~anders), bool(anders.any())

    def _stays_shown(self) -> None:
        """What was seen before is hidden no more, but for what goes with a number that may be."""
        tabel = self.tabel
        tabel.vast[list(self._gezien)] = True
        los = [n for n in range(self.systeem.aantal) if not tabel.vast[n]]
        while los:
            mee = {m for n in los for m in tabel.samen[n]} & self._gezien
            tabel.vast[list(mee)] = False
            self._gezien -= mee
            los = list(mee)

    def _doubt(self, nummer: int, keer: int) -> bool:
        """Where it shows that something changed: no longer believe that what ties ``nummer`` to earlier editions did
        not, each time (``keer``) further around it; whether there was any."""
        weg = np.zeros(len(self.systeem.onder), bool)
        for _ in range(keer if self.veranderd else 0):
            weg |= self.systeem.nearest_soft(nummer, ~weg)
        for relatie in np.flatnonzero(weg).tolist():
            termen = self.systeem.term[self.systeem.begin[relatie] : self.systeem.begin[relatie + 1]]
            los = self._gezien.intersection(termen.tolist())
            self.tabel.vast[list(los)] = False
            self._gezien -= los
        self._stays_shown()
        self.systeem = self.systeem.part(~weg)
        return bool(weg.any())

    def _recall(self) -> None:
        """What earlier editions said: numbers that stay as they were shown, or hidden; and all that they gave away."""
        tabel, waar = self.tabel, self.waar.reshape(-1, 3)
        self.blijft = self.was.keeps(waar, self.afronding) & self.beschermd.reshape(-1, 3)
        onder, boven = self.afronding.kept(self.was.getoond)
        # what stands elsewhere as rounded anew tells what it does there as well
        self._gezet |= set(np.flatnonzero(self._any(self.beschermd & ~self.blijft.ravel())).tolist())
        for plaats in np.flatnonzero(self.blijft.ravel() & (self.nummer >= 0)).tolist():
            nummer = int(self.nummer[plaats])
            tabel.onder[nummer] = (
                max(tabel.onder[nummer], onder.ravel()[plaats]) if nummer in self._gezet else onder.ravel()[plaats]
            )
            tabel.boven[nummer] = (
                min(tabel.boven[nummer], boven.ravel()[plaats]) if nummer in self._gezet else boven.ravel()[plaats]
            )
            self._gezet.add(nummer)
            self.exact.pop(nummer, None)
        self.primair |= self.was.still_hidden(waar, self.afronding) & self.beschermd.reshape(-1, 3)
        gezien = (self.was.getoond > 0) | (self.was.getoond == 0) & (waar > 0)
        klein = gezien & (waar > 0) & (waar < self.afronding.drempel) & self.beschermd.reshape(-1, 3)
        for nummer in {int(n) for n in self.nummer[klein.ravel()] if n >= 0}:
            tabel.minst[nummer] = 1
        begin = 3 * len(self.rijen)
        for uitgave in self.vorige:
            _, onder, boven, verborgen = (deel.ravel() for deel in uitgave.known())
            negatief, gebroken = _may_be_negative(uitgave.rijen), _in_parts(uitgave.rijen)
            for plaats in range(len(onder)):
                nummer = int(self.systeem.nummer[begin + plaats])
                if nummer >= 0:
                    tabel.minst[nummer] = -np.inf if negatief[plaats] else tabel.minst[nummer]
                    tabel.heel[nummer] &= not gebroken[plaats]
                    tabel.vast[nummer] = True
                    tabel.bewaakt[nummer] = verborgen[plaats]
                    tabel.verborgen[nummer] |= verborgen[plaats]
                    if not (verborgen[plaats] or np.isnan(onder[plaats])):
                        tabel.onder[nummer], tabel.boven[nummer] = onder[plaats], boven[plaats]
                    elif not verborgen[plaats]:
                        tabel.onder[nummer], tabel.boven[nummer] = 0, 0
            begin += len(onder)

    def _check(self, verbanden: Sequence[Verband]) -> None:
        if fout := broken(verbanden, self.waar):
            rij = self.rijen.iloc[fout[0].plaatsen[0] // 3]
            raise PublishError(
                f"De cijfers kloppen niet met elkaar: {fout[0].naam}, bij {self._name(rij)}. "
                "Draai eerst: kopanalyse compute."
            )

    def _name(self, rij: pd.Series) -> str:
        return " / ".join(str(rij[kolom]) for kolom in SLEUTEL if rij[kolom])

    def _numbers(self, masker: np.ndarray) -> set[int]:
        nummers = self.nummer[np.flatnonzero(masker)]
        return {int(n) for n in nummers if n >= 0 and self.tabel.bewaakt[n]}

    def _of_numbers(self, per_plaats: np.ndarray, leeg: float = np.nan) -> np.ndarray:
        """What stands at places, for each number (the same wherever it stands)."""
        per_nummer = np.full(self.systeem.aantal, leeg)
        per_nummer[self.nummers[::-1]] = per_plaats[self.plaatsen[::-1]]
        return per_nummer

    def _any(self, masker: np.ndarray) -> np.ndarray:
        """For each number whether the mask holds at any of its places."""
        return np.bincount(self.nummers, weights=masker[self.plaatsen], minlength=self.systeem.aantal) > 0

    def _exact(self) -> dict[int, str]:
        """The numbers that are to stay exact, with the name of the figure."""
        kern = self._key_figures()
        exact: dict[int, str] = {}
        for rij in np.flatnonzero(kern & (self.rijen.eenheid == "aantal").to_numpy()).tolist():
            nummer = int(self.nummer[3 * rij])
            if self.beschermd[3 * rij] and nummer >= 0:
                exact.setdefault(nummer, self._name(self.rijen.iloc[rij]))
        return exact

    def _key_figures(self, welke: Sequence[str] | None = None) -> np.ndarray:
        """Rows of figures that are named (`indicator` or `indicator: categorie`), of alle and the year."""
        if welke is None:
            welke = tuple(self.settings.kerncijfers) if self.p.exact is None else self.p.exact
        paren = {tuple([*naam.split(": ", 1), TOTAAL][:2]) for naam in welke}
        rijen = self.rijen
        return (
            np.array([paar in paren for paar in zip(rijen.indicator, rijen.categorie)], bool)
            & ((rijen.team == ALLE) & rijen.kwartaal.isna() & rijen.subcategorie.isin(["", TOTAAL])).to_numpy()
        )

    def _rank(self) -> list[tuple]:
        """How important each row is: key figures, then years, the organisation, and totals."""
        rijen = self.rijen
        kern = self._key_figures(tuple(self.settings.kerncijfers)) | self._key_figures()
        totaal = (rijen.categorie == TOTAAL).astype(int) + rijen.subcategorie.isin(["", TOTAAL]).astype(int)
        return list(zip(kern.tolist(), rijen.kwartaal.isna().tolist(), (rijen.team == ALLE).tolist(), totaal.tolist()))

    def _table(self, gemiddelden: Sequence[tuple[int, float]]) -> audit.Table:
        aantal = self.systeem.aantal
        waar = self._of_numbers(self.waar)
        vast = self._any(~self.beschermd)
        getoond = np.where(vast, waar, self.afronding.shown(waar))
        onder, boven = self.afronding.bounds(getoond)
        onder, boven = np.where(vast, waar, onder), np.where(vast, waar, boven)
        som = np.zeros(len(self.waar), bool)
        som[0::3] = self.gemiddelde
        leeg = som & np.repeat((self.rijen.noemer == 0).to_numpy(), 3)
        minst = np.where(self._any(_may_be_negative(self.rijen)), -np.inf, 0.0)
        heel = ~self._any(_in_parts(self.rijen))
        van_niets = self._any(leeg)
        onder[van_niets] = boven[van_niets] = 0
        rang = self._rank()
        van_nummer: list[tuple] = [(False, False, False, 0)] * aantal
        for plaats, nummer in zip(self.plaatsen.tolist(), self.nummers.tolist()):
            van_nummer[nummer] = max(van_nummer[nummer], rang[plaats // 3])
        belang = [
            (kern, getoond[n] == 0, *rest, -float(np.nan_to_num(getoond[n])), n)
            for n, (kern, *rest) in enumerate(van_nummer)
        ]
        samen: list[dict[int, None]] = [{} for _ in range(aantal)]
        for een, ander in rules.together(self.rijen):
            een, ander = int(self.systeem.nummer[een]), int(self.systeem.nummer[ander])
            if een >= 0 and ander >= 0 and een != ander:
                samen[een][ander] = None
        met_noemer: list[list[int]] = [[] for _ in range(aantal)]
        for rij, _ in gemiddelden:
            met_noemer[int(self.systeem.nummer[3 * rij + 1])].append(rij)
        belang_gemiddelde = {rij: (rang[rij][0], False, *rang[rij][1:], False, -np.inf, rij) for rij, _ in gemiddelden}
        return audit.Table(
            onder,
            boven,
            minst,
            heel,
            ~vast & ~van_niets,
            vast | van_niets,
            belang,
            [list(s) for s in samen],
            met_noemer,
            belang_gemiddelde,
            np.zeros(aantal, bool),
        )

    # the attack

    def secure(self) -> worlds.Proof:
        """Hide until nothing leaks; figures that were to stay exact are rounded where they would tell."""
        keer = 0
        while True:
            toen, self.afgerond_toch = self.tabel.copy(), []
            try:
                return self._secured()
            except audit.Leak as lek:
                self.tabel, keer = toen, keer + 1
                if not self._doubt(lek.nummer, keer):
                    raise PublishError(
                        "Een verborgen cijfer blijft te berekenen, wat er ook verborgen wordt: "
                        f"{self._place(lek.nummer)}."
                    ) from lek
            except worlds.Contradiction as fout:
                raise PublishError("De tabel spreekt zichzelf tegen: er zijn geen cijfers die erbij passen.") from fout

    def _secured(self) -> worlds.Proof:
        audit.repair(self.systeem, self.tabel, self.p.marge, self.p.drempel)
        self._keep_exact()
        gebleven = dict(self.tabel.exact)
        bewijs = worlds.secure(self.systeem, self.tabel, self.p.marge, self.p.drempel)
        self.afgerond_toch += [
            f"{self.exact[nummer]} is afgerond: anders is een verborgen cijfer te berekenen."
            for nummer in gebleven
            if nummer not in self.tabel.exact
        ]
        return bewijs

    def _keep_exact(self) -> None:
        """Let the figures that were to stay exact be so, as long as nothing more becomes known by it."""
        tabel, waar = self.tabel, self._of_numbers(self.waar)
        for nummer, naam in self.exact.items():
            if tabel.verborgen[nummer]:
                continue
            tabel.exact[nummer] = tabel.onder[nummer], tabel.boven[nummer]
            tabel.onder[nummer] = tabel.boven[nummer] = waar[nummer]
            if len(lek := audit.leaks(self.systeem, tabel, self.p.marge)):
                audit.apply(tabel, [("exact", nummer)])
                self.afgerond_toch.append(f"{naam} is afgerond: anders is {self._place(int(lek[0]))} te berekenen.")

    def _place(self, nummer: int) -> str:
        """What a number is called, where it stands first."""
        waar = np.flatnonzero(self.nummers == nummer)
        if not len(waar):
            return "een cijfer uit een eerdere editie"
        plaats = int(self.plaatsen[waar[0]])
        return f"{GETALLEN[plaats % 3]} van {self._name(self.rijen.iloc[plaats // 3])}"

    # what comes of it

    def _shown(self) -> tuple[np.ndarray, np.ndarray]:
        """The numbers as shown (rows, 3), empty where hidden, and which of them are rounded."""
        kolommen, beschermd = self.kolommen.copy(), self.beschermd.reshape(-1, 3)
        kolommen[self.gemiddelde, 0] = False
        nummer = self.nummer.reshape(-1, 3)
        verborgen = np.where(nummer >= 0, self.tabel.verborgen[nummer], False)
        waar = self.waar.reshape(-1, 3)
        exact = ~beschermd | np.isin(nummer, list(self.tabel.exact))  # wherever it stands: it is one number
        exact &= ~self.blijft
        getoond = np.where(exact, waar, np.where(self.blijft, self.was.getoond, self.afronding.shown(waar)))
        weg = verborgen | ~kolommen
        return np.where(weg, np.nan, getoond), ~exact & ~weg & (getoond != 0)

    def table(self) -> pd.DataFrame:
        """The rows of ``publicatie.csv``."""
        getoond, afgerond = self._shown()
        rijen, hidden = self.rijen, self._hidden()
        waarde, onder, boven = values(rijen.eenheid.to_numpy(), getoond[:, 0], getoond[:, 1])
        waarde, onder, boven = self._means(getoond, waarde, onder, boven)
        return rijen.assign(
            teller=getoond[:, 0],
            noemer=getoond[:, 1],
            n_personen=getoond[:, 2],
            waarde=waarde,
            ondergrens=onder,
            bovengrens=boven,
            verborgen=_listed(hidden),
            afgerond=_listed(afgerond, f":{self.afronding.op}"),
            grenzen=self._bounds(getoond, afgerond),
        )[list(KOLOMMEN)]

    def _hidden(self) -> np.ndarray:
        """Which numbers of each row are hidden (rows, 3); the sum behind a mean always is, but of nothing."""
        nummer = self.nummer.reshape(-1, 3)
        verborgen = np.where(nummer >= 0, self.tabel.verborgen[nummer], False)
        verborgen[:, 0] &= ~(self.gemiddelde & (self.rijen.noemer == 0).to_numpy())
        return verborgen

    def _means(self, getoond: np.ndarray, *grenzen: np.ndarray) -> list[np.ndarray]:
        """Means in one decimal where they are shown, and their interval where there are enough answers."""
        zichtbaar = (
            self.gemiddelde
            & (getoond[:, 1] > 0)
            & ~np.isin(np.arange(len(getoond)), list(self.tabel.zonder_gemiddelde))
        )
        genoeg = zichtbaar & (getoond[:, 1] >= STUDENT_VANAF)
        return [
            np.where(mag, one_decimal(self.rijen[naam].to_numpy(float)), grens)
            for naam, mag, grens in zip(("waarde", "ondergrens", "bovengrens"), (zichtbaar, genoeg, genoeg), grenzen)
        ]

    def _bounds(self, getoond: np.ndarray, afgerond: np.ndarray) -> list[str]:
        onder, boven = (
            np.where(self.blijft, oud, nieuw)
            for oud, nieuw in zip(self.afronding.kept(self.was.getoond), self.afronding.bounds(getoond))
        )
        delen = np.full(getoond.shape, "", dtype=object)
        for rij, kolom in zip(*np.nonzero(afgerond)):
            delen[rij, kolom] = f"{GETALLEN[kolom]}:{onder[rij, kolom]:.0f}..{boven[rij, kolom]:.0f}"
        return [" ".join(deel for deel in rij if deel) for rij in delen]

    def hidden(self) -> pd.DataFrame:
        """What was hidden, for whoever is responsible: the true figure, and whether it was small itself. Never goes
        out."""
        verborgen = self._hidden()
        verborgen[self.gemiddelde, 0] = False
        rij, kolom = np.nonzero(verborgen)
        tabel = self.rijen.loc[rij, list(SLEUTEL)].reset_index(drop=True)
        eigen = self.primair[rij, kolom]
        return tabel.assign(
            kolom=np.array(GETALLEN)[kolom],
            getal=self.waar.reshape(-1, 3)[rij, kolom],
            waarom=np.where(eigen, "klein", "anders te berekenen"),
        )

    def worlds(self, werelden: Sequence[np.ndarray]) -> pd.DataFrame:
        """Every world as rows: key, kolom and waarde of every number that the table does not give exactly."""
        _getoond, afgerond = self._shown()
        open_ = self._hidden() | afgerond
        rij, kolom = np.nonzero(open_ & (self.nummer.reshape(-1, 3) >= 0))
        nummer = self.nummer.reshape(-1, 3)[rij, kolom]
        keer, lang = len(werelden), len(nummer)
        plek = np.tile(np.arange(lang), keer)
        uit = self.rijen.loc[rij, list(SLEUTEL)].assign(kolom=np.array(GETALLEN)[kolom]).iloc[plek]
        uit.insert(0, "wereld", np.repeat(np.arange(1, keer + 1), lang))
        uit["waarde"] = np.concatenate([wereld[nummer] for wereld in werelden])
        return uit.reset_index(drop=True)


def _listed(masker: np.ndarray, erachter: str = "") -> list[str]:
    """The names of the columns that a mask (rows, 3) names, space between."""
    return [" ".join(naam + erachter for naam, welk in zip(GETALLEN, rij) if welk) for rij in masker]


def _extremes(werelden: pd.DataFrame, tabel: pd.DataFrame) -> list[dict]:
    """Of every hidden number the least and the most over all worlds."""
    uiterste = werelden.groupby([*SLEUTEL, "kolom"], sort=True).waarde.agg(["min", "max"]).reset_index()
    verborgen = {
        (*sleutel, kolom)
        for *sleutel, namen in zip(*(tabel[k] for k in SLEUTEL), tabel.verborgen)
        for kolom in namen.split()
    }
    return [
        dict(zip((*SLEUTEL, "kolom", "minst", "meest"), (*rij[:-2], int(rij[-2]), int(rij[-1]))))
        for rij in uiterste.itertuples(index=False, name=None)
        if rij[:-2] in verborgen
    ]
