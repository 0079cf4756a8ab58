"""Parts of chapter "Hulpvragen en effecten": what trajecten are about and what they should bring about (SMWO 2024)."""

from __future__ import annotations

from kopanalyse.engine.words import Expression
from kopanalyse.indicators.hulpvragen_en_effecten import HERZIEN, SAMENSTELLING
from kopanalyse.indicators.indicator import Indicator, Waarden
from kopanalyse.indicators.registratie import Registratie
from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ONBEKEND, TOTAAL
from kopanalyse.report.charts.style import LICHTER, ZWAAR
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import getal, telling
from kopanalyse.report.parts.catalogue import Hoofdstuk, onderdeel
from kopanalyse.report.parts.forms import distribution, shares_by_year, theme_counts
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import base, nothing, per_year, together, top_met_gelijken
from kopanalyse.report.parts.sentences import development, part_of
from kopanalyse.report.parts.table import Kolom, Rij, Tabel

HOOFDSTUK = Hoofdstuk("hulpvragen_en_effecten", paragrafen=("hulpvragen", "samenstelling", "effecten"))

THEMAS, ANDERE = "unieke_casussen", "Andere hulpvragen"


def _per_aantal_themas(r: Registratie) -> Expression:
    """Trajecten behandeld with a thema, by the number of different themas of their hulpvragen."""
    h = r.hulpvragen()
    h = h.filter(h.thema != ONBEKEND)
    themas = h.group_by("traject_id").aggregate(themas=h.thema.nunique())
    t = r.behandeld().inner_join(themas, "traject_id")
    return t.mutate(categorie=t.themas.cast("string"))


def _aantallen(r: Registratie, waarden: Waarden) -> list[str]:
    themas = set(waarden("hulpvragen", "thema")) - {None, ONBEKEND}
    return [str(aantal) for aantal in range(1, len(themas) + 1)]


# Not in the long table: it only explains why the totals there are less than the sum of their parts.
THEMAS_PER_CASUS = Indicator(
    naam="themas_per_casus",
    regel=_per_aantal_themas,
    titel="Onder hoeveel thema's een casus valt",
    definitie=(
        "Trajecten die in het jaar liepen met een hulpvraag onder een thema, naar het aantal verschillende thema's."
    ),
    waarom="Verklaart waarom de thema's samen meer zijn dan het totaal.",
    kanttekening="Hulpvragen zonder thema tellen niet mee.",
    bron="SMWO 2024, unieke casussen per maatschappelijk effect/thema",
    herzien_op=HERZIEN,
    tabellen=("trajecten", "hulpvragen"),
    categorie=_aantallen,
)


@onderdeel("Waar casussen over gaan", "hulpvragen_casussen")
def hulpvragen_casussen(c: Cijfers) -> Onderdeel:
    return _top(c, "hulpvragen_casussen", "Hulpvragen van casussen", "casussen")


@onderdeel("Waar korte contacten over gaan", "hulpvragen_korte_contacten")
def hulpvragen_korte_contacten(c: Cijfers) -> Onderdeel:
    return _top(c, "hulpvragen_korte_contacten", "Hulpvragen van korte contacten", "korte contacten")


def _top(c: Cijfers, indicator: str, titel: str, waarvan: str) -> Onderdeel:
    """The most frequent questions, every tie at the last place kept, and all others in one row."""
    lengte = c.settings.drempels.top
    namen = [naam for naam in c.niet_leeg(indicator, c.categorieen(indicator)) if naam != TOTAAL]
    top = top_met_gelijken([(naam, c.waarde(indicator, naam)) for naam in namen if naam != ONBEKEND], lengte)
    anders = together(
        c, ANDERE, per_year(c, indicator, [naam for naam in namen if naam not in top]), per_year(c, indicator, top)
    )
    noten = [f"Het aandeel is van alle hulpvragen, niet van de {waarvan}: wie er vier heeft, telt vier keer."]
    if len(top) > lengte:
        noten.append(f"De top {lengte} telt {len(top)} hulpvragen, omdat de laatste plaats gedeeld wordt.")
    return shares_by_year(
        c,
        [*per_year(c, indicator, top), *anders],
        f"{titel}: de {'' if len(top) == 1 else f'{len(top)} '}meest gestelde",
        "Hulpvraag",
        "hulpvraag",
        "hulpvragen",
        noten=noten,
        rest=ANDERE,
    )


@onderdeel("Enkelvoudig of meervoudig", "samenstelling")
def samenstelling(c: Cijfers) -> Onderdeel:
    wat = ("casus met een hulpvraag", "casussen met een hulpvraag")
    return distribution(
        c,
        "samenstelling",
        per_year(c, "samenstelling", SAMENSTELLING),
        (LICHTER, ZWAAR),
        "Casussen met één en met meer soorten hulpvragen",
        "Problematiek",
        *wat,
        duiding=[
            development(
                c, "samenstelling", "het aandeel casussen met meer soorten hulpvragen", SAMENSTELLING[-1], van=wat
            )
        ],
    )


@onderdeel("Casussen per thema en effect", THEMAS)
def casussen_per_effect(c: Cijfers) -> Onderdeel:
    return theme_counts(
        c,
        THEMAS,
        "Unieke casussen per thema en maatschappelijk effect",
        "unieke casus",
        "unieke casussen",
        noten=_overlap_note(c),
    )


def _overlap_note(c: Cijfers) -> list[str]:
    """Why the whole is less than its parts, in the figures themselves."""
    som = sum(c.waarde(THEMAS, thema, TOTAAL) or 0 for thema in c.categorieen(THEMAS) if thema != ONBEKEND)
    alle = c.waarde(THEMAS, TOTAAL, TOTAAL) or 0
    kort = ["Een casus is hier elk traject, ook een kort contact."] if c.waarde("korte_contacten") else []
    if som <= alle:
        return kort
    if c.openbaar:  # of an effect that is not shown nothing adds up
        return ["Een casus kan onder meer thema's en effecten vallen en telt overal één keer.", *kort]
    return [
        f"Een casus kan onder meer thema's en effecten vallen en telt overal één keer. De thema's zijn samen "
        f"{getal(som)}, terwijl er {telling(alle, 'verschillende casus is', 'verschillende casussen zijn')}: elk "
        "totaal is opnieuw geteld.",
        *kort,
    ]


@onderdeel("Onder hoeveel thema's een casus valt", THEMAS, uit_registratie=True)
def overlap_van_themas(c: Cijfers) -> Onderdeel:
    """How many casussen count under one, two, three themas: what is between the sum of the themas and their total."""
    o, naam = c.computed([THEMAS_PER_CASUS]), THEMAS_PER_CASUS.naam
    aantallen = o.niet_leeg(naam, [k for k in o.categorieen(naam) if k != TOTAAL])
    if not aantallen:
        return nothing("casussen met een thema", c)
    titel = f"Onder hoeveel thema's een casus valt, {c.periode}"

    def keer(aantal: str, periode: Periode) -> float | None:
        casussen = o.waarde(naam, aantal, periode=periode)
        return None if casussen is None else casussen * int(aantal)

    kolommen = [
        kolom
        for jaar in c.jaren
        for kolom in (Kolom("casussen", groep=str(jaar)), Kolom("telt samen", groep=str(jaar)))
    ]
    rijen = [
        Rij(
            "1 thema" if aantal == "1" else f"{aantal} thema's",
            [w for jaar in c.jaren for w in (o.waarde(naam, aantal, periode=jaar), keer(aantal, jaar))],
        )
        for aantal in aantallen
    ]
    rijen.append(
        Rij(
            "Totaal",
            [
                w
                for jaar in c.jaren
                for w in (o.waarde(naam, periode=jaar), sum(keer(aantal, jaar) or 0 for aantal in aantallen))
            ],
            nadruk=True,
        )
    )
    return Onderdeel(
        titel,
        Tabel(titel, "Een casus onder", kolommen, rijen),
        base(c, o.waarde(naam), "casus met een thema", "casussen met een thema"),
        duiding=[
            part_of(
                c,
                sum(o.waarde(naam, a) or 0 for a in aantallen if a != "1"),
                o.waarde(naam),
                ("casus met een thema", "casussen met een thema"),
                ("viel er {} onder meer dan één", "vielen er {} onder meer dan één"),
            )
        ],
        noten=["Telt samen: zo vaak tellen deze casussen mee als de thema's worden opgeteld."],
    )
