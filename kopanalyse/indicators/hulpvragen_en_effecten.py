"""Hulpvragen en effecten: what trajecten and group work are about, and what they should bring about (SMWO 2024).

An effect is known by its thema and its name together: one name stands under two themas. About years.
"""

from datetime import date

from kopanalyse.engine.words import Expression, ifelse
from kopanalyse.indicators.catalogue import indicator
from kopanalyse.indicators.indicator import kolom, lijst
from kopanalyse.indicators.registratie import Registratie

HERZIEN = date(2026, 11, 29)
SAMENSTELLING = ("enkelvoudig", "meervoudig")
_VERDELING = dict(
    tabellen=("trajecten", "hulpvragen"), soort="aandeel", aandeel_van="alle categorieën", herzien_op=HERZIEN
)
_HULPVRAAG = dict(categorie=kolom("hulpvragen", "hulpvraag"), cluster="traject_id", kort_of_casus=True, **_VERDELING)


# Hulpvragen


@indicator(
    titel="Hulpvragen van casussen",
    definitie="Verdeling van de hulpvragen van casussen die in het jaar liepen, naar soort; dezelfde hulpvraag telt "
    "in een casus één keer.",
    waarom="Laat zien waarvoor inwoners langere hulp vragen.",
    kanttekening="Een aandeel van alle hulpvragen, niet van de casussen: een casus met vier hulpvragen weegt vier "
    "keer. Het aantal personen erachter is het aantal klanten met die hulpvraag.",
    bron="SMWO 2024, casussen naar soort hulpvraag",
    **_HULPVRAAG,
)
def hulpvragen_casussen(r: Registratie) -> Expression:
    return _per_hulpvraag(r, r.casussen(r.behandeld()))


@indicator(
    titel="Hulpvragen van korte contacten",
    definitie="Verdeling van de hulpvragen van korte contacten die in het jaar liepen, naar soort; dezelfde hulpvraag "
    "telt in een kort contact één keer.",
    waarom="Laat zien welke vragen met weinig hulp op te lossen zijn.",
    kanttekening="Een aandeel van alle hulpvragen, niet van de korte contacten.",
    bron="SMWO 2024, korte contacten naar soort hulpvraag",
    **_HULPVRAAG,
)
def hulpvragen_korte_contacten(r: Registratie) -> Expression:
    return _per_hulpvraag(r, r.korte_contacten(r.behandeld()))


def _per_hulpvraag(r: Registratie, trajecten: Expression) -> Expression:
    h = r.with_hulpvragen(trajecten)
    return h.select("periode", "team", "persoon", "traject_id", "startdatum", categorie="hulpvraag").distinct()


@indicator(
    titel="Samenstelling van de casussen",
    definitie="Verdeling van de casussen die in het jaar liepen met minstens één hulpvraag: enkelvoudig met één soort "
    "hulpvraag, meervoudig met meer.",
    waarom="Laat zien hoe vaak problemen samengaan.",
    kanttekening="Casussen zonder hulpvraag tellen niet mee in de basis. Hulpvragen hebben geen datum: ook een "
    "hulpvraag van voor of na het jaar telt.",
    bron="SMWO 2024, samenstelling cliëntenbestand casussen",
    categorie=lijst(*SAMENSTELLING),
    kort_of_casus=True,
    **_VERDELING,
)
def samenstelling(r: Registratie) -> Expression:
    h = r.hulpvragen()
    soorten = h.group_by("traject_id").aggregate(hulpvragen=h.hulpvraag.nunique())
    t = r.casussen(r.behandeld()).inner_join(soorten, "traject_id")
    return t.mutate(categorie=ifelse(t.hulpvragen == 1, *SAMENSTELLING))


# Thema's en effecten


def _per_effect(rijen: Expression) -> Expression:
    return rijen.mutate(categorie=rijen.thema, subcategorie=rijen.effect)


@indicator(
    titel="Unieke casussen per maatschappelijk effect",
    geheel="Trajecten met een hulpvraag",
    definitie="Verschillende trajecten die in het jaar liepen met een hulpvraag onder het thema en het effect.",
    waarom="Laat zien aan welke maatschappelijke opgaven het werk bijdraagt.",
    kanttekening="Een traject kan onder meer effecten vallen: elk totaal is opnieuw geteld en kan lager zijn dan de "
    "som. Zegt waarop de hulp gericht is, niet of het effect er kwam.",
    bron="SMWO 2024, unieke casussen per maatschappelijk effect/thema",
    tabellen=("trajecten", "hulpvragen"),
    soort="uniek",
    paren=lambda r: _per_effect(r.hulpvragen()),
    categorie=kolom("hulpvragen", "thema"),
    subcategorie=kolom("hulpvragen", "effect"),
    steunt_op=("hulpvragen.thema", "hulpvragen.effect"),
    herzien_op=HERZIEN,
)
def unieke_casussen(r: Registratie) -> Expression:
    h = r.with_hulpvragen(r.behandeld())
    return _per_effect(h.mutate(uniek=h.traject_id))


_GROEPSWERK = dict(
    paren=lambda r: _per_effect(r.activiteiten()),
    categorie=kolom("collectieve_activiteiten", "thema"),
    subcategorie=kolom("collectieve_activiteiten", "effect"),
    bron="SMWO 2024, activiteiten groepswerk",
    steunt_op=("collectieve_activiteiten.thema", "collectieve_activiteiten.effect"),
    herzien_op=HERZIEN,
)


@indicator(
    titel="Activiteiten van het groepswerk",
    geheel="Activiteiten van het groepswerk",
    definitie="Verschillende groepsactiviteiten met minstens één bijeenkomst in het jaar, naar thema en effect.",
    waarom="Laat zien waarop het groepswerk gericht is.",
    kanttekening="Eén activiteit heeft één thema en één effect, ook als zij aan meer bijdraagt.",
    tabellen=("collectieve_activiteiten", "bijeenkomsten"),
    zonder_klant=True,
    personen=False,
    **_GROEPSWERK,
)
def groepswerk_activiteiten(r: Registratie) -> Expression:
    return _per_effect(r.activiteiten_met_bijeenkomst())


@indicator(
    titel="Deelnemers aan het groepswerk",
    geheel="Deelnemers aan het groepswerk",
    definitie="Verschillende deelnemers die in het jaar minstens één keer meededen, naar thema en effect van de "
    "activiteit.",
    waarom="Laat zien hoeveel inwoners het groepswerk bereikt.",
    kanttekening="Wie aan twee activiteiten meedoet, telt bij elk effect en thema één keer: elk totaal is opnieuw "
    "geteld en kan lager zijn dan de som. Anonieme deelnemers tellen niet mee.",
    tabellen=("collectieve_activiteiten", "deelnames"),
    soort="uniek",
    **_GROEPSWERK,
)
def groepswerk_deelnemers(r: Registratie) -> Expression:
    d = r.deelnames()
    return _per_effect(d)
