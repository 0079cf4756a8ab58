"""Parts of chapter "Datakwaliteit": what was read, what was found, and what the registration leaves unknown.

Of the findings only counts are read, never a key or a value: nothing here points at a person.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kopanalyse.report.bouwstenen import jaren_kop, share_figure, small, small_note
from kopanalyse.report.cijfers import ALLE, ONBEKEND, TOTAAL, Cijfers
from kopanalyse.report.duiding import largest, part_of
from kopanalyse.report.onderdeel import Kerncijfer, Onderdeel, kerncijfers, onderdeel
from kopanalyse.report.tables import TEKST, Cel, Kolom, Rij, Tabel
from kopanalyse.report.text import getal, hoofdletter, in_zin, telling

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.huisstijl import Maat

HELE_REGISTRATIE = "Dit gaat over de hele registratie: alle teams en alle jaren samen."

UITLEG = {
    "verplicht_leeg": "een verplicht veld is leeg",
    "onleesbaar": "een verplicht veld is niet te lezen",
    "onleesbaar_telt_als_leeg": "een veld is niet te lezen en telt als leeg",
    "buiten_bereik": "een score valt buiten de schaal",
    "buiten_bereik_telt_als_leeg": "een doelscore valt buiten de schaal en telt als leeg",
    "dubbele_sleutel": "hetzelfde kenmerk staat er al",
    "onbekende_verwijzing": "de rij hoort bij iets dat niet in de registratie staat",
    "ouder_in_quarantaine": "de rij hoort bij een rij die zelf niet bruikbaar is",
    "einddatum_voor_startdatum": "het eind ligt voor het begin",
    "kto_waarde": "een antwoord valt buiten de schaal",
    "onbekende_code": "een waarde staat niet in de codelijst en telt als onbekend",
    "gereserveerd_woord": "het woord alle of totaal staat op de plaats van een naam en telt als onbekend",
    "datum_in_toekomst": "een datum ligt in de toekomst",
    "datum_te_lang_geleden": "een datum ligt te ver terug",
    "leeftijd_te_hoog": "een geboortedatum geeft een te hoge leeftijd",
    "contact_buiten_traject": "een contact valt buiten de looptijd van zijn traject",
    "tweede_intake": "een domein heeft twee intakes; de vroegste telt",
    "overtollige_waarden": "op een rij staan meer waarden dan er kolommen zijn",
    "dienstverlening_wijkt_af": "kort of casus is anders geregistreerd dan geteld",
}
GEWICHTEN = {"fout": "Fout: de rij telt niet mee", "waarschuwing": "Waarschuwing: de rij telt mee"}


@kerncijfers
def volledigheid(c: Cijfers) -> list[Kerncijfer]:
    """The two shares that say how far the figures of the other chapters reach."""
    namen = [("zrm_volledig", "van de afgesloten trajecten met een ZRM-meting aan begin én eind", "trajecten"),
             ("collectieve_bijeenkomsten_geteld", "van de bijeenkomsten waar deelnemers geteld zijn", "bijeenkomsten")]
    return [share_figure(c, i, bij, c.get(i), waarvan) for i, bij, waarvan in namen if c.heeft(i)]


@onderdeel("Gelezen rijen")
def inlezen(c: Cijfers) -> Onderdeel:
    frame = c.bestand("inlezen.csv", ["tabel", "gelezen", "schoon", "quarantaine"])
    if frame is None or frame.empty:
        return Onderdeel("", leeg="Er is nog geen verslag van het inlezen: voer eerst kopanalyse check uit.")
    titel = "Gelezen rijen per tabel: schoon en in quarantaine"
    som = frame[["gelezen", "schoon", "quarantaine"]].sum()

    def waarden(gelezen: int, schoon: int, quarantaine: int) -> list:
        return [gelezen, schoon, quarantaine, quarantaine / gelezen if gelezen else None]

    rijen = [Rij(hoofdletter(c.settings.tekst(tabel)), waarden(*aantallen))
             for tabel, *aantallen in frame.itertuples(index=False)]
    kolommen = [Kolom("Gelezen"), Kolom("Schoon"), Kolom("In quarantaine"), Kolom("Aandeel in quarantaine", "aandeel")]
    klopt = "Gelezen is overal schoon plus quarantaine: er is geen rij zoekgeraakt." if (
        frame["gelezen"] == frame["schoon"] + frame["quarantaine"]).all() else (
        "Let op: gelezen is niet overal schoon plus quarantaine. Voer kopanalyse check opnieuw uit.")
    return Onderdeel(titel, Tabel(titel, "Tabel", kolommen, [*rijen, Rij("Samen", waarden(*som), nadruk=True)]),
                     f"n = {telling(int(som['gelezen']), 'rij', 'rijen')}",
                     noten=[*(f"Let op: {in_zin(ouder)}" for ouder in c.outdated()), klopt, HELE_REGISTRATIE],
                     duiding=[part_of(c, int(som["quarantaine"]), int(som["gelezen"]), ("rij", "rijen"), (
                         "staat er {} in quarantaine: die telt nergens mee",
                         "staan er {} in quarantaine: die tellen nergens mee"))])


@onderdeel("Bevindingen per regel")
def bevindingen(c: Cijfers) -> Onderdeel:
    frame = c.bestand("bevindingen.csv", ["tabel", "regel", "gewicht"])
    if frame is None:
        return Onderdeel("", leeg="Er zijn nog geen bevindingen: voer eerst kopanalyse check uit.")
    if frame.empty:
        return Onderdeel("", leeg="Bij het controleren is niets gevonden: elke rij voldoet aan alle regels.")
    titel = "Bevindingen per regel"
    rijen = []
    for gewicht in [g for g in GEWICHTEN if g in set(frame["gewicht"])]:
        eigen = frame[frame["gewicht"] == gewicht]
        rijen.append(Rij(GEWICHTEN[gewicht], [None, len(eigen)], nadruk=True))
        for regel, aantal in eigen["regel"].value_counts().items():
            tabellen = sorted(set(eigen.loc[eigen["regel"] == regel, "tabel"]))
            uitleg = UITLEG.get(regel, c.settings.tekst(regel))
            waar = hoofdletter(", ".join(in_zin(c.settings.tekst(tabel)) for tabel in tabellen))
            rijen.append(Rij(hoofdletter(uitleg), [waar, int(aantal)]))
    rijen = [Rij(r.kop, ["" if r.waarden[0] is None else r.waarden[0], r.waarden[1]], r.nadruk) for r in rijen]
    tabel = Tabel(titel, "Wat is er aan de hand", [Kolom("In de tabellen", TEKST), Kolom("Aantal")], rijen)
    soorten = {uitleg: int(aantal) for regel, aantal in frame["regel"].value_counts().items()
               for uitleg in [UITLEG.get(regel, c.settings.tekst(regel))]}
    duiding = [largest(c, soorten, len(frame), ("bevinding", "bevindingen"))]
    return Onderdeel(titel, tabel, f"n = {telling(len(frame), 'bevinding', 'bevindingen')}",
                     noten=[HELE_REGISTRATIE, "Een rij kan meer bevindingen hebben. Welke rijen het zijn en wat er te "
                            "doen is, staat in bevindingen.csv; dat bestand blijft bij de organisatie."],
                     duiding=duiding)


class _Veld(NamedTuple):
    """Something that a registration can leave unknown: how much is unknown, of how much, in one period."""

    kop: str
    onbekend: Callable[[Cijfers, int], float | None]
    van: Callable[[Cijfers, int], float | None]
    nodig: str


def _categorie(indicator: str, categorie: str = ONBEKEND, sub: str = "") -> Callable[[Cijfers, int], float | None]:
    return lambda c, jaar: c.get(indicator, categorie, sub, periode=jaar).teller


def _noemer(indicator: str, categorie: str) -> Callable[[Cijfers, int], float | None]:
    return lambda c, jaar: c.get(indicator, categorie, periode=jaar).noemer


def _zonder_team(soort: str, team: str) -> Callable[[Cijfers, int], float | None]:
    return lambda c, jaar: c.get("behandelde_casussen", soort, periode=jaar, team=team).teller or 0


VELDEN = (
    _Veld("Informatie- en adviesvragen zonder bekend domein", _categorie("informatie_en_advies"),
          _categorie("informatie_en_advies", TOTAAL), "informatie_en_advies"),
    _Veld("Collectieve activiteiten zonder leeftijdsgroep", _categorie("collectieve_activiteiten"),
          _categorie("collectieve_activiteiten", TOTAAL), "collectieve_activiteiten"),
    _Veld("Klanten zonder bekende leeftijd", _categorie("klanten", ONBEKEND, TOTAAL),
          _categorie("klanten", TOTAAL, TOTAAL), "klanten"),
    _Veld("Klanten zonder bekend geslacht", _categorie("klanten", TOTAAL, ONBEKEND),
          _categorie("klanten", TOTAAL, TOTAAL), "klanten"),
    _Veld("Trajecten zonder bekende kern", _categorie("casussen_per_kern"), _categorie("casussen_per_kern", TOTAAL),
          "casussen_per_kern"),
    _Veld("Trajecten zonder schatting van het aantal gesprekken", _categorie("inschatting", ONBEKEND, TOTAAL),
          _categorie("inschatting", TOTAAL, TOTAAL), "inschatting"),
    _Veld("Gestarte trajecten zonder aanmeldroute", _categorie("verwijzingen"), _noemer("verwijzingen", ONBEKEND),
          "verwijzingen"),
    _Veld("Trajecten waarvan niet bekend is of het netwerk gevraagd is", _categorie("netwerk_gevraagd"),
          _categorie("netwerk_gevraagd", TOTAAL), "netwerk_gevraagd"),
)
ZONDER_TEAM = tuple(
    _Veld(f"{kop} zonder team", _zonder_team(soort, ONBEKEND), _zonder_team(soort, ALLE), "behandelde_casussen")
    for soort, kop in (("individueel", "Individuele trajecten"), ("leun_en_steun", "Leun- en steuntrajecten"),
                       ("informatie_en_advies", "Informatie- en adviesvragen"),
                       ("collectieve_activiteiten", "Collectieve activiteiten")))


@onderdeel("Wat niet ingevuld is")
def onbekend(c: Cijfers) -> Onderdeel:
    velden = [v for v in (*(ZONDER_TEAM if c.team == ALLE else ()), *VELDEN) if c.heeft(v.nodig) and v.van(c, c.jaar)]
    if not velden:
        return Onderdeel("", leeg=f"In {c.jaar} is er niets geregistreerd waarvan de volledigheid te tellen is.")
    titel = f"Wat niet ingevuld is, {c.jaar}"
    kolommen = [kolom for jaar in c.jaren for kolom in (
        Kolom("aandeel", "aandeel", str(jaar)), Kolom("aantal", groep=str(jaar)), Kolom("van", groep=str(jaar)))]

    def aandeel(veld: _Veld, jaar: int) -> float | None:
        van = veld.van(c, jaar)
        return (veld.onbekend(c, jaar) or 0) / van if van else None

    rijen = [Rij(v.kop, [w for jaar in c.jaren for w in (
        Cel(aandeel(v, jaar), bool(v.van(c, jaar)) and small(c, v.van(c, jaar))), v.onbekend(c, jaar), v.van(c, jaar))])
        for v in velden]
    tabel = small_note(c, Tabel(titel, "", kolommen, rijen), "rijen")

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import Staaf, staven

        return staven([Staaf(v.kop, aandeel(v, c.jaar), aandeel(v, c.vorig) if c.vorig else None) for v in velden],
                      maat, "aandeel", jaren_kop(c))

    slechtst = max(velden, key=lambda v: aandeel(v, c.jaar) or 0)
    alt = (f"Staafdiagram van {len(velden)} velden. Het vaakst onbekend: {in_zin(slechtst.kop)} "
           f"({getal(aandeel(slechtst, c.jaar), 'aandeel')}).")
    return Onderdeel(titel, tabel, "n staat per regel in de tabel", teken, alt,
                     duiding=[_most_unknown(c, velden)])


def _most_unknown(c: Cijfers, velden: list[_Veld]) -> str:
    """The field that is unknown most often, of those that say anything."""
    genoeg = [(v, v.onbekend(c, c.jaar) or 0, v.van(c, c.jaar)) for v in velden if not small(c, v.van(c, c.jaar))]
    if not genoeg:
        return ""
    veld, aantal, van = max(genoeg, key=lambda deel: deel[1] / deel[2])
    if not aantal:
        return f"Van deze velden is in {c.jaar} alles ingevuld."
    return (f"Het vaakst niet ingevuld: {in_zin(veld.kop)}, {getal(aantal)} van de {getal(van)} "
            f"({getal(aantal / van, 'aandeel')}).")
