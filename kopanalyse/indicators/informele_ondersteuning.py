"""Informele ondersteuning: volunteers and what they do (De Kop 2019, chapter 3)."""

from datetime import date

from kopanalyse.engine.words import Expression, ifelse, literal, row_number
from kopanalyse.indicators.catalogue import indicator
from kopanalyse.indicators.indicator import codelijst
from kopanalyse.indicators.registratie import Registratie, known

HERZIEN = date(2026, 11, 22)


@indicator(
    titel="Vrijwilligerspunt (VIP)",
    definitie="Gebeurtenissen bij het vrijwilligerspunt met een datum in de periode: ingeschreven vrijwilligers en "
    "organisaties, vacatures, voorgestelde en bemiddelde vrijwilligers.",
    waarom="Laat zien of vraag en aanbod van vrijwilligers elkaar vinden.",
    kanttekening="Eén vrijwilliger kan aan meer organisaties worden voorgesteld; de soorten optellen zegt niets over "
    "personen.",
    bron="Sociaal Werk De Kop 2019, § 3.1",
    tabellen=("vip",),
    categorie=codelijst("soort_vip"),
    kwartalen=True,
    zonder_klant=True,
    herzien_op=HERZIEN,
)
def vip(r: Registratie) -> Expression:
    v = r.op_datum(r.tabel("vip"))
    return v.mutate(categorie=known(v.soort), persoon=v.gebeurtenis_id)


def _onderdeel_en_maat(r: Registratie) -> Expression:
    """The yearly counts, with what was counted in full: ``maat``, or ``maat: categorie`` where that is filled."""
    i = r.tabel("informele_ondersteuning")
    maat = ifelse(i.categorie.isnull(), i.maat, i.maat + literal(": ") + i.categorie)
    return i.select("jaar", "aantal", categorie=i.onderdeel, subcategorie=maat)


@indicator(
    titel="Vrijwilligersdiensten",
    definitie="Wat de vrijwilligersdiensten zelf over het jaar tellen: per dienst het aantal vrijwilligers, bereikte "
    "inwoners en andere maten.",
    waarom="Laat zien wat vrijwilligers voor inwoners betekenen.",
    kanttekening="Elke dienst telt op haar eigen manier, en onderverdelingen kunnen elkaar overlappen: er is geen "
    "totaal over diensten of maten.",
    bron="Sociaal Werk De Kop 2019, § 3.2",
    tabellen=("informele_ondersteuning",),
    soort="som",
    paren=_onderdeel_en_maat,
    totaal=False,
    jaartelling=True,
    herzien_op=HERZIEN,
)
def informele_ondersteuning(r: Registratie) -> Expression:
    i = _onderdeel_en_maat(r)
    i = i.mutate(teller=i.aantal, persoon=row_number().cast("string"))  # a row has no key: it stands for itself
    return r.in_periode(i, lambda p: [i.jaar == p.begin.year()])
