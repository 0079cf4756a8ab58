"""Parts of chapter "Casuïstiek in aantallen": what happened, how often, by quarter and by team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ALLE, ONBEKEND, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.style import ACCENT, UITSTROOM, kleur
from kopanalyse.report.charts.values import Paneel, Reeks, Staaf
from kopanalyse.report.cijfers.cijfer import VOLLEDIG
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import (
    getal,
    hoofdletter,
    is_missing,
    kwartaal,
    opsomming,
    team_woord,
    telling,
    werkwoord,
)
from kopanalyse.report.parts.breaks import break_lines, break_notes
from kopanalyse.report.parts.catalogue import Hoofdstuk, kerncijfers, onderdeel
from kopanalyse.report.parts.forms import by_quarter, counts_by_year, course, quarters_of
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import (
    base,
    in_sentence,
    jaren_kop,
    key_figure,
    kinds,
    never_had,
    nothing,
    otherwise,
    partly,
    rest,
    role_figure,
    series_words,
    team_kop,
    together_of,
    top_met_gelijken,
)
from kopanalyse.report.parts.sentences import Telling, Wat, development, developments, known_parts, largest, part_of
from kopanalyse.report.parts.table import Deel, Kolom, Rij, Tabel, Woorden

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.charts.style import Maat

HOOFDSTUK = Hoofdstuk(
    "casuistiek_in_aantallen",
    paragrafen=(
        "overzicht",
        "caseload",
        "opgestart",
        "in_en_uitstroom",
        "schoolmaatschappelijk_werk",
        "individueel",
        "informatie_en_advies",
        "leun_en_steun",
        "collectief",
    ),
)

INDIVIDUEEL, LEUN_EN_STEUN, VRAGEN = "individueel", "leun_en_steun", "informatie_en_advies"
ACTIVITEITEN = "collectieve_activiteiten"


@kerncijfers
def overzicht(c: Cijfers) -> list[Kerncijfer]:
    """Every kind of casuïstiek in one number."""
    soorten = c.niet_leeg("behandelde_casussen", c.categorieen("behandelde_casussen"))
    return [key_figure(c, "behandelde_casussen", in_sentence(c, soort), soort) for soort in soorten]


@kerncijfers
def individueel(c: Cijfers) -> list[Kerncijfer]:
    return _behandeld_en_afgesloten(c, INDIVIDUEEL)


@kerncijfers
def leun_en_steun(c: Cijfers) -> list[Kerncijfer]:
    return _behandeld_en_afgesloten(c, LEUN_EN_STEUN)


@kerncijfers
def vragen(c: Cijfers) -> list[Kerncijfer]:
    doorverwezen = c.get("informatie_en_advies_doorverwezen")
    return [
        key_figure(c, "informatie_en_advies", "informatie- en adviesvragen"),
        Kerncijfer(
            getal(doorverwezen.teller),
            f"direct doorverwezen naar een andere organisatie{partly(doorverwezen)}",
            f"{getal(doorverwezen.waarde, 'aandeel')} van alle vragen{_vorig_aandeel(c)}",
        ),
    ]


def _vorig_aandeel(c: Cijfers) -> str:
    if not c.vorig:
        return ""
    toen = c.get("informatie_en_advies_doorverwezen", periode=c.vorig)
    if is_missing(toen.waarde):
        return ""
    anders = otherwise(c, "informatie_en_advies_doorverwezen", TOTAAL)
    return f"; {c.vorig}: {getal(toen.teller)} ({getal(toen.waarde, 'aandeel')}){anders}"


def _behandeld_en_afgesloten(c: Cijfers, soort: str) -> list[Kerncijfer]:
    return [
        role_figure(c, "behandelde_casussen", soort, "trajecten behandeld"),
        role_figure(c, "uitstroom", soort, "trajecten afgesloten"),
    ]


@onderdeel("Behandelde casussen per kwartaal", "behandelde_casussen")
def caseload(c: Cijfers) -> Onderdeel:
    return by_quarter(
        c,
        "behandelde_casussen",
        "behandelde casussen",
        ["Een casus die in meer kwartalen loopt, telt in elk daarvan: de kwartalen zijn samen meer dan het jaar."],
    )


@onderdeel("Opgestarte casussen per kwartaal", "opgestarte_casussen")
def opgestart(c: Cijfers) -> Onderdeel:
    return by_quarter(c, "opgestarte_casussen", "opgestarte casussen")


@onderdeel("In- en uitstroom per kwartaal", "instroom", "uitstroom", "beginstand", "eindstand")
def in_en_uitstroom(c: Cijfers) -> Onderdeel:
    kwartalen = c.kwartalen("instroom")
    bezig = [
        s
        for s in c.categorieen("instroom", c.settings.codelijsten["trajectsoort"])
        if any(c.get(i, s, periode=p).teller for i in ("instroom", "beginstand") for p in [*kwartalen, c.periode])
    ]
    if not bezig or not kwartalen:
        return nothing("lopende, begonnen of afgesloten trajecten", c)
    stromen = [("Begin", "beginstand"), ("In", "instroom"), ("Uit", "uitstroom"), ("Eind", "eindstand")]
    if c.openbaar:  # of quarters an edition may have only what all kinds are together
        kwartalen = [
            p for p in kwartalen if any(c.get(i, s, periode=p).teller is not None for s in bezig for _, i in stromen)
        ]
    titel = "In- en uitstroom per kwartaal" if kwartalen else "In- en uitstroom"
    kolommen = [Kolom(kop, groep=c.settings.tekst(soort)) for soort in bezig for kop, _ in stromen]
    rijen = [
        Rij(
            kwartaal(p) if "-" in p else f"Heel {p}",
            [c.shown(i, soort, periode=p) for soort in bezig for _, i in stromen],
            nadruk="-" not in p,
        )
        for jaar in c.jaren
        for p in [*quarters_of(kwartalen, jaar), str(jaar)]
    ]

    def reeks(indicator: str, soort: str) -> list[float | None]:
        return [c.whole(indicator, soort, periode=p) for p in kwartalen]

    def teken(maat: Maat) -> Figure:
        stromen = [
            Paneel(
                c.settings.tekst(soort),
                kwartalen,
                [
                    Reeks("Instroom", reeks("instroom", soort), ACCENT),
                    Reeks("Uitstroom", reeks("uitstroom", soort), UITSTROOM),
                ],
                staven=True,
                breuken=break_lines(c, "instroom", soort, kwartalen),
            )
            for soort in bezig
        ]
        standen = [
            Paneel(
                f"{c.settings.tekst(soort)}: eindstand",
                kwartalen,
                [Reeks("Eindstand", reeks("eindstand", soort), kleur(soort))],
                breuken=break_lines(c, "eindstand", soort, kwartalen),
            )
            for soort in bezig
        ]
        return charts.lijnen([*stromen, *standen], maat)

    alt = "Staven van in- en uitstroom en een lijn van de eindstand, per kwartaal. " + " ".join(
        f"{c.settings.tekst(soort)}, {i}: {course(c, i, soort, kwartalen, reeks(i, soort))}."
        for soort in bezig
        for _, i in stromen[1:]
    )
    n = ", ".join(
        f"{in_sentence(c, s)} {getal(c.waarde('instroom', s))} in en {getal(c.waarde('uitstroom', s))} uit"
        for s in bezig
    )
    return Onderdeel(
        titel,
        Tabel(titel, "Periode", kolommen, rijen),
        f"n in {c.nu}: {n}",
        teken if kwartalen else None,
        alt,
        [
            "Beginstand plus instroom min uitstroom is de eindstand."
            + (" Elke grafiek heeft een eigen schaal." if kwartalen else ""),
            *break_notes(c, [(i, s) for s in bezig for i in ("instroom", "eindstand")], kwartalen),
        ],
        duiding=[_balance(c, soort) for soort in bezig],
    )


def _balance(c: Cijfers, soort: str) -> str:
    """What came in, what went out and what that left, of one kind of traject."""
    stromen = [c.get(i, soort) for i in ("beginstand", "instroom", "uitstroom", "eindstand")]
    begin, erbij, eraf, eind = (cijfer.waarde or 0 for cijfer in stromen)
    if not (begin or erbij) or any(cijfer.dekking != VOLLEDIG for cijfer in stromen):
        return ""
    return (
        f"{hoofdletter(c.settings.tekst(soort))}: aan het begin van {c.nu} "
        f"{werkwoord(begin, 'liep', 'liepen')} er {getal(begin)}; {getal(erbij)} "
        f"{werkwoord(erbij, 'begon', 'begonnen')}, {getal(eraf)} "
        f"{werkwoord(eraf, 'werd', 'werden')} afgesloten, en aan het eind {werkwoord(eind, 'liep', 'liepen')} er "
        f"{getal(eind)}."
    )


@onderdeel("Individuele trajecten per team", "behandelde_casussen", "uitstroom")
def individueel_per_team(c: Cijfers) -> Onderdeel:
    return _per_team(c, INDIVIDUEEL, ("individueel traject", "individuele trajecten"), afgesloten=True)


@onderdeel("Informatie- en adviesvragen per team", "behandelde_casussen")
def informatie_en_advies_per_team(c: Cijfers) -> Onderdeel:
    return _per_team(c, VRAGEN, ("informatie- en adviesvraag", "informatie- en adviesvragen"))


@onderdeel("Leun- en steuntrajecten per team", "behandelde_casussen", "uitstroom")
def leun_en_steun_per_team(c: Cijfers) -> Onderdeel:
    return _per_team(c, LEUN_EN_STEUN, ("leun- en steuntraject", "leun- en steuntrajecten"), afgesloten=True)


@onderdeel("Collectieve activiteiten per team", "behandelde_casussen")
def collectief_per_team(c: Cijfers) -> Onderdeel:
    return _per_team(c, ACTIVITEITEN, ("collectieve activiteit", "collectieve activiteiten"))


def _per_team(c: Cijfers, soort: str, eenheid: Wat, afgesloten: bool = False) -> Onderdeel:
    """All teams side by side for the whole organisation; for a team its own figures and its share of the whole."""
    soorten, eigen = kinds(c, soort), ""
    if soorten and soorten != (soort,):  # the organisation's own kinds, by their own names
        eigen, eenheid = opsomming(in_sentence(c, naam) for naam in soorten), ("traject", "trajecten")
    wat = eenheid[1]
    maten = [("behandeld" if afgesloten else "", "behandelde_casussen")] + (
        [("afgesloten", "uitstroom")] if afgesloten else []
    )

    def waarden(team: str) -> list[float | None]:
        return [together_of(c, i, soorten, team=team, periode=jaar) for _, i in maten for jaar in c.jaren]

    titel = f"{hoofdletter(wat)} {'per team' if c.team == ALLE else 'van dit team en van de hele organisatie'}"
    titel += f": {eigen}" if eigen else ""
    if not soorten:
        # a kind of traject that it does not have; of other work the part beside this one says which table is not there
        zwijgt = soort in (VRAGEN, ACTIVITEITEN) or not c.settings.has_kind(soort)
        leeg = f"{hoofdletter(wat)} worden bij {c.settings.naam} niet geregistreerd."
        return Onderdeel(titel, leeg=leeg, zwijgt=zwijgt)
    if not any(waarden(ALLE)):
        return replace(nothing(wat, c), zwijgt=never_had(c, "behandelde_casussen", soort))
    kolommen = [Kolom(str(jaar), groep=kop) for kop, _ in maten for jaar in c.jaren]
    if c.team != ALLE:
        aandeel = [
            deel / geheel if geheel and deel is not None else None
            for deel, geheel in zip(waarden(c.team), waarden(ALLE))
        ]
        rijen = [
            Rij(team_kop(c, c.team), waarden(c.team)),
            Rij("Hele organisatie", waarden(ALLE), nadruk=True),
            Rij("Aandeel van dit team", [Woorden(getal(a, "aandeel"), Deel("", a, "aandeel")) for a in aandeel]),
        ]
        van_team = together_of(c, "behandelde_casussen", soorten)
        geheel = waarden(ALLE)[len(c.jaren) - 1]
        return Onderdeel(
            titel,
            Tabel(titel, "", kolommen, rijen),
            f"n in {c.nu}: {getal(van_team)} van {getal(geheel)} {wat}",
            duiding=[
                part_of(c, van_team, geheel, eenheid, ("was er {} van dit team", "waren er {} van dit team")),
                *(
                    development(c, "behandelde_casussen", f"het aantal {van_soort} van dit team", naam)
                    for naam in soorten
                    for van_soort in [f"{wat} {in_sentence(c, naam)}" if eigen else wat]
                ),
            ],
        )
    teams = [team for team in c.teams if any(waarden(team))]
    rijen = [Rij(_team(team), waarden(team)) for team in teams]
    rijen.append(Rij("Hele organisatie", waarden(ALLE), nadruk=True))
    nu = {_team(team): together_of(c, "behandelde_casussen", soorten, team=team) for team in teams}

    def teken(maat: Maat) -> Figure:
        return charts.staven(
            [
                Staaf(
                    _team(team),
                    nu[_team(team)],
                    together_of(c, "behandelde_casussen", soorten, team=team, periode=c.vorig) if c.vorig else None,
                    kleur(soort),
                )
                for team in teams
            ],
            maat,
            jaren=jaren_kop(c),
        )

    n = together_of(c, "behandelde_casussen", soorten)
    return Onderdeel(
        titel,
        Tabel(titel, "Team", kolommen, rijen),
        base(c, n, wat, wat),
        teken,
        f"Staafdiagram van {wat} per team in {c.nu}. {series_words(nu)}.",
        break_notes(c, [("behandelde_casussen", naam) for naam in soorten], streep=False),
        duiding=[
            largest(
                c, {naam: aantal for naam, aantal in nu.items() if naam != _team(ONBEKEND)}, n, eenheid, kop="De meeste"
            )
        ],
    )


def _team(team: str) -> str:
    return "Onbekend team" if team == ONBEKEND else hoofdletter(team_woord(team))


@onderdeel("Waar de vragen over gaan", "informatie_en_advies")
def informatie_en_advies_domeinen(c: Cijfers) -> Onderdeel:
    namen = c.categorieen("informatie_en_advies", c.settings.codelijsten["domein"])
    bekend = [naam for naam in namen if naam != ONBEKEND]
    top = top_met_gelijken([(naam, c.waarde("informatie_en_advies", naam)) for naam in bekend], c.settings.drempels.top)
    deel = counts_by_year(
        c,
        "informatie_en_advies",
        top,
        "Het domein met de meeste vragen" if len(top) == 1 else f"De {len(top)} domeinen met de meeste vragen",
        "Domein",
        "informatie- en adviesvragen met een domein",
        totaal=False,
        code=VRAGEN,
    )
    if deel.leeg:
        return deel
    verder = [
        Rij("Andere domeinen", [_som(c, set(bekend) - set(top), top, jaar) for jaar in c.jaren]),
        Rij("Domein onbekend", [c.waarde("informatie_en_advies", ONBEKEND, periode=jaar) or 0 for jaar in c.jaren]),
        Rij("Totaal", [c.waarde("informatie_en_advies", periode=jaar) for jaar in c.jaren], nadruk=True),
    ]
    tabel = Tabel(deel.tabel.titel, "Domein", deel.tabel.kolommen, [*deel.tabel.rijen, *verder])
    noten = (
        [f"De top {c.settings.drempels.top} telt {len(top)} domeinen, omdat de laatste plaats gedeeld wordt."]
        if len(top) > c.settings.drempels.top
        else []
    )
    totaal = c.waarde("informatie_en_advies")
    wat = ("vraag", "vragen")
    return Onderdeel(
        deel.titel,
        tabel,
        base(c, totaal, *wat),
        deel.teken,
        deel.alt,
        noten,
        duiding=[
            largest(
                c,
                known_parts(c, "informatie_en_advies", top),
                totaal,
                wat,
                onbekend=c.waarde("informatie_en_advies", ONBEKEND),
            )
        ],
    )


def _som(c: Cijfers, domeinen: set[str], top: Sequence[str], periode: Periode) -> float:
    """The questions in these domains; in an edition what ``top`` and the unknown ones leave of all."""
    if c.openbaar:
        delen = [c.waarde("informatie_en_advies", naam, periode=periode) or 0 for naam in (*top, ONBEKEND)]
        return rest(c, c.waarde("informatie_en_advies", periode=periode), delen)
    return sum(c.waarde("informatie_en_advies", naam, periode=periode) or 0 for naam in domeinen)


@onderdeel(
    "Collectieve activiteiten",
    "collectieve_activiteiten",
    "collectieve_activiteiten_doorlopend",
    "collectieve_bijeenkomsten",
    "collectieve_deelnemers",
    "collectieve_bijeenkomsten_geteld",
)
def collectief(c: Cijfers) -> Onderdeel:
    if not any(c.waarde("collectieve_activiteiten", periode=jaar) for jaar in c.jaren):
        return nothing("collectieve activiteiten", c)
    titel = "Collectieve activiteiten, bijeenkomsten en deelnemers"
    namen = [
        ("Activiteiten", "collectieve_activiteiten"),
        ("waarvan al vóór het jaar begonnen", "collectieve_activiteiten_doorlopend"),
        ("Bijeenkomsten", "collectieve_bijeenkomsten"),
        ("Deelnemers, opgeteld over de bijeenkomsten", "collectieve_deelnemers"),
    ]
    rijen = [Rij(kop, [c.waarde(i, periode=jaar) for jaar in c.jaren]) for kop, i in namen]
    geteld = [c.get("collectieve_bijeenkomsten_geteld", periode=jaar) for jaar in c.jaren]
    rijen.append(
        Rij(
            "Bijeenkomsten waarbij deelnemers geteld zijn",
            [
                Woorden(
                    f"{getal(g.teller)} ({getal(g.waarde, 'aandeel')})",
                    Deel("", g.teller),
                    Deel("aandeel", g.waarde, "aandeel"),
                )
                for g in geteld
            ],
        )
    )
    nu = geteld[-1]
    return Onderdeel(
        titel,
        Tabel(titel, "", [Kolom(str(jaar)) for jaar in c.jaren], rijen),
        f"n in {c.nu}: deelnemers zijn geteld bij {getal(nu.teller)} van "
        f"{telling(nu.noemer, 'bijeenkomst', 'bijeenkomsten')}",
        noten=[
            "Wie bij meer bijeenkomsten was, telt elke keer mee: dit is het bereik, niet het aantal "
            "verschillende deelnemers."
        ],
        duiding=[developments(c, [Telling(kop, i) for kop, i in namen if "waarvan" not in kop])],
    )


@onderdeel("Collectieve activiteiten naar leeftijdsgroep", "collectieve_activiteiten")
def collectief_leeftijdsgroepen(c: Cijfers) -> Onderdeel:
    groepen = c.niet_leeg("collectieve_activiteiten", c.categorieen("collectieve_activiteiten"))
    return counts_by_year(
        c,
        "collectieve_activiteiten",
        groepen,
        "Collectieve activiteiten naar leeftijdsgroep",
        "Leeftijdsgroep",
        "collectieve activiteiten",
        code=ACTIVITEITEN,
        grondslag=base(c, c.waarde("collectieve_activiteiten"), "activiteit", "activiteiten"),
        duiding=[
            largest(
                c,
                known_parts(c, "collectieve_activiteiten", groepen),
                c.waarde("collectieve_activiteiten"),
                ("activiteit", "activiteiten"),
                onbekend=c.waarde("collectieve_activiteiten", ONBEKEND),
            )
        ],
        noten=["De leeftijdsgroep is die waarvoor de activiteit bedoeld is, niet de leeftijd van elke deelnemer."],
    )


@onderdeel(
    "Schoolmaatschappelijk werk", "schoolmaatschappelijk_werk", "schoolmaatschappelijk_werk_informatie_en_advies"
)
def schoolmaatschappelijk_werk(c: Cijfers) -> Onderdeel:
    scholen = c.niet_leeg("schoolmaatschappelijk_werk", c.categorieen("schoolmaatschappelijk_werk"))
    deel = counts_by_year(
        c,
        "schoolmaatschappelijk_werk",
        scholen,
        "Opgepakte casussen per school",
        "School",
        "casussen schoolmaatschappelijk werk",
    )
    if deel.leeg:
        return deel
    vragen = [c.waarde("schoolmaatschappelijk_werk_informatie_en_advies", periode=jaar) for jaar in c.jaren]
    tabel = Tabel(
        deel.tabel.titel,
        "School",
        deel.tabel.kolommen,
        [*deel.tabel.rijen, Rij("Informatie- en adviesvragen (alle scholen)", vragen)],
    )
    n, wat = c.waarde("schoolmaatschappelijk_werk"), ("casus", "casussen")
    duiding = [
        largest(c, known_parts(c, "schoolmaatschappelijk_werk", scholen), n, wat, kop="De meeste"),
        development(c, "schoolmaatschappelijk_werk", "het aantal casussen op school"),
    ]
    return Onderdeel(
        deel.titel,
        tabel,
        base(c, n, *wat, f" en {telling(vragen[-1], 'vraag', 'vragen')}"),
        deel.teken,
        deel.alt,
        ["Deze casussen staan in het systeem van de scholen en tellen nergens anders in dit rapport mee."],
        duiding=duiding,
    )
