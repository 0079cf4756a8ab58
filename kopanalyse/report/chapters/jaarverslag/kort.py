"""The year in a few sentences, and what to mind when it is held against the year before.

A sentence has a place (reach, in and out, about what, result, what clients say); of what an organisation registers the
first that says something takes it. Each names figures that stand in a chapter, and adds none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report.chapters.jaarverslag.kerncijfers import chosen, where
from kopanalyse.report.cijfers.cijfer import VOLLEDIG
from kopanalyse.report.cijfers.compare import (
    NIET_GETOOND,
    TE_WEINIG,
    TE_ZELDZAAM,
    change,
    has_chapter,
    hindrance,
)
from kopanalyse.report.cijfers.view import Cijfers, small
from kopanalyse.report.dutch import (
    getal,
    hoofdletter,
    is_missing,
    leesbaar,
    opsomming,
    telling,
    uitgesproken,
    werkwoord,
)
from kopanalyse.report.parts.catalogue import Zin, alinea
from kopanalyse.report.parts.pieces import in_sentence, kinds, team_naam
from kopanalyse.report.parts.sentences import known_parts, largest

TRAJECT = ("traject", "trajecten")
NIETS_BIJZONDERS = {"", TE_WEINIG, TE_ZELDZAAM, NIET_GETOOND}  # reasons not to compare that say nothing of the year


@alinea
def in_het_kort(c: Cijfers) -> list[Zin]:
    """One sentence in each place; none where the registration has nothing for it."""
    if c.partly(c.periode):
        return []  # of a part of the year the figures below say what they cover
    zinnen = [next((zin for maak in plaats if (zin := maak(c)) is not None), None) for plaats in PLAATSEN]
    return [zin for zin in zinnen if zin is not None]


@alinea
def let_op(c: Cijfers) -> list[Zin]:
    """What of the key figures is not to be compared with the year before, by the reason why."""
    if c.vorig is None:
        return []
    redenen: dict[str, list[str]] = {}
    for sleutel in c.settings.kerncijfers:
        indicator, categorie = chosen(sleutel, c.definities)
        sub = where(c, indicator, categorie)
        if not c.telt(indicator) or sub is None:
            continue
        if (waarom := hindrance(c, indicator, categorie, sub)) not in NIETS_BIJZONDERS:
            titel = c.definities.indicatoren[indicator].titel
            naam = titel if categorie == TOTAAL else f"{titel}: {in_sentence(c, categorie)}"
            redenen.setdefault(waarom, []).append(uitgesproken(naam))
    return [Zin(f"{hoofdletter(opsomming(namen))}: {waarom}.") for waarom, namen in redenen.items()]


def _trajecten(c: Cijfers) -> Zin | None:
    """How many trajecten of the kind that most is written down of, and of how many clients."""
    soort = _only_kind(c)
    if soort is None or not _complete(c, "behandelde_casussen", soort):
        return None
    aantal = c.waarde("behandelde_casussen", soort)
    klanten = c.waarde("klanten", TOTAAL, where(c, "klanten", TOTAAL) or "")
    van = f" van {telling(klanten, 'klant', 'klanten')}" if klanten else ""
    zin = f"In {c.nu} behandelde {_wie(c)} {getal(aantal)} {_kind(c, soort, aantal)}{van}{_more(c, soort)}."
    return Zin(zin, {getal(aantal): "caseload", getal(klanten): "klanten"})


def _more(c: Cijfers, soort: str) -> str:
    v = None if hindrance(c, "behandelde_casussen", soort) else change(c, "behandelde_casussen", soort)
    return f", {v.zin(*TRAJECT)}" if v is not None and not v.nieuw_of_gestopt else ""


def _clienten(c: Cijfers) -> Zin | None:
    aantal, kort, casussen = (c.waarde(naam) for naam in ("clienten", "korte_contacten", "casussen"))
    if not aantal or not _complete(c, "clienten"):
        return None
    waarmee = [
        telling(n, *wat)
        for n, wat in ((kort, ("kort contact", "korte contacten")), (casussen, ("casus", "casussen")))
        if n
    ]
    met = f", met {opsomming(waarmee)}" if waarmee else ""
    zin = f"In {c.nu} hielp {_wie(c)} {telling(aantal, 'cliënt', 'cliënten')}{met}."
    return Zin(zin, {getal(kort): "korte_contacten", getal(casussen): "casussen"})


def _stroom(c: Cijfers) -> Zin | None:
    soort = _only_kind(c)
    if soort is None or not _complete(c, "instroom", soort):
        return None
    erin, eruit, stand = (c.waarde(naam, soort) for naam in ("instroom", "uitstroom", "eindstand"))
    if any(n is None for n in (erin, eruit, stand)):
        return None
    zin = (
        f"Er {werkwoord(erin, 'begon', 'begonnen')} {getal(erin)} {_kind(c, soort, erin)} en {getal(eruit)} "
        f"{werkwoord(eruit, 'werd', 'werden')} afgesloten; aan het eind {werkwoord(stand, 'liep', 'liepen')} er "
        f"{getal(stand)}."
    )
    return Zin(zin, dict.fromkeys(map(getal, (erin, eruit, stand)), "in_en_uitstroom"))


def _aanmeldingen(c: Cijfers) -> Zin | None:
    erin, eruit = c.waarde("aanmeldingen"), c.get("reden_beeindiging", TOTAAL).teller
    if not erin or not _complete(c, "aanmeldingen"):
        return None
    af = f"; {telling(eruit, 'casus werd', 'casussen werden')} afgesloten" if eruit else ""
    kwamen = telling(erin, "aanmelding", "aanmeldingen")
    zin = f"Er {werkwoord(erin, 'kwam', 'kwamen')} {kwamen} voor een casus binnen{af}."
    return Zin(zin, {getal(eruit): "reden_beeindiging"})


def _about(indicator: str, sub: str, wat: tuple[str, str], deel: str) -> Callable[[Cijfers], Zin | None]:
    """Which question is asked most."""

    def zin(c: Cijfers) -> Zin | None:
        geheel = c.waarde(indicator, TOTAAL, sub) if sub else c.get(indicator, TOTAAL).teller
        if not geheel or small(c, geheel) or not _complete(c, indicator):
            return None
        namen = [naam for naam in c.categorieen(indicator) if naam not in (TOTAAL, ONBEKEND)]
        delen = known_parts(c, indicator, namen, sub) if sub else {n: c.get(indicator, n).teller for n in namen}
        tekst = largest(c, delen, geheel, wat, kop="Het vaakst genoemd")
        return Zin(tekst, {getal(max(filter(None, delen.values()), default=None)): deel}) if tekst else None

    return zin


def _doelen(c: Cijfers) -> Zin | None:
    doel = c.get("zrm_doel_behaald")
    if is_missing(doel.waarde) or _few(c, "zrm_doel_behaald") or not _complete(c, "zrm_doel_behaald"):
        return None
    zin = (
        f"Van {telling(doel.noemer, 'doel', 'doelen')} op de Zelfredzaamheid-Matrix "
        f"{werkwoord(doel.teller or 0, 'is', 'zijn')} er {getal(doel.teller)} behaald "
        f"({getal(doel.waarde, 'aandeel')})."
    )
    return Zin(zin, {getal(doel.teller): "zrm_doel_behaald"})


def _einde(c: Cijfers) -> Zin | None:
    """How casussen ended, by the reason that the organisation chose as a key figure."""
    for sleutel, bij in c.settings.kerncijfers.items():
        indicator, categorie = chosen(sleutel, c.definities)
        cijfer = c.get(indicator, categorie)
        if indicator != "reden_beeindiging" or is_missing(cijfer.waarde) or small(c, cijfer.noemer):
            continue
        if _complete(c, indicator):
            aandeel = getal(cijfer.waarde, "aandeel")
            zin = f"{aandeel} {leesbaar(bij)} ({getal(cijfer.teller)} van {getal(cijfer.noemer)})."
            return Zin(zin, {aandeel: "reden_beeindiging"})
    return None


def _klanten_zeggen(c: Cijfers) -> Zin | None:
    cijfer = c.get("kto_rapportcijfer")
    if is_missing(cijfer.waarde) or _few(c, "kto_rapportcijfer") or not _complete(c, "kto_rapportcijfer"):
        return None
    hoog = getal(cijfer.waarde, "gemiddelde")
    antwoorden, klanten = telling(cijfer.noemer, "antwoord", "antwoorden"), cijfer.n_personen
    van = f" van {telling(klanten, 'klant', 'klanten')}" if klanten else ""
    zin = f"Wie de vragenlijst invulde, gaf gemiddeld een {hoog} ({antwoorden}{van})."
    return Zin(zin, {hoog: "rapportcijfers"})


PLAATSEN: Sequence[Sequence[Callable[[Cijfers], Zin | None]]] = (
    (_trajecten, _clienten),
    (_stroom, _aanmeldingen),
    (
        _about("zrm_intake", TOTAAL, ("hoofddomein met een score", "hoofddomeinen met een score"), "zrm_intake"),
        _about("hulpvragen_casussen", "", ("hulpvraag", "hulpvragen"), "hulpvragen_casussen"),
    ),
    (_doelen, _einde),
    (_klanten_zeggen,),
)


def _only_kind(c: Cijfers) -> str | None:
    """The one kind of traject with individual help; None where there are none or more: those are not added up."""
    soorten = kinds(c, "individueel")
    return soorten[0] if len(soorten) == 1 and c.waarde("behandelde_casussen", soorten[0]) else None


def _kind(c: Cijfers, soort: str, aantal: float | None) -> str:
    """``individuele trajecten``, as it goes with a number."""
    return in_sentence(c, soort) if aantal != 1 else "traject"


def _few(c: Cijfers, indicator: str) -> bool:
    """Whether it rests on few records, or on few who answer for many: ten answers of two people are of two people."""
    som = c.som((indicator, TOTAAL, ""), c.periode)
    return small(c, c.get(indicator).noemer) or (som is not None and small(c, som.eenheden))


def _complete(c: Cijfers, indicator: str, categorie: str = TOTAAL) -> bool:
    """Whether a chapter of this organisation tells of the figure, and it covers all of the year."""
    return (
        has_chapter(c, c.definities.indicatoren[indicator])
        and c.get(indicator, categorie).dekking in (VOLLEDIG, "")
        and not c.outside(indicator)
    )


def _wie(c: Cijfers) -> str:
    return leesbaar(c.settings.naam) if c.team == ALLE else team_naam(c, c.team)
