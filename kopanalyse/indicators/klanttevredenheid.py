"""Klanttevredenheid: the survey after a traject has ended (De Kop 2019, chapter 4; SMWO 2024, tevredenheidsmeting)."""

from datetime import date

from kopanalyse.engine.words import Expression
from kopanalyse.indicators.catalogue import indicator
from kopanalyse.indicators.indicator import codelijst, kolom
from kopanalyse.indicators.registratie import Registratie, known

_KTO = dict(bron="Sociaal Werk De Kop 2019, hoofdstuk 4; SMWO 2024, tevredenheidsmeting", herzien_op=date(2026, 11, 22))
_UITNODIGING = dict(tabellen=("trajecten", "klanttevredenheid"), **_KTO)
_ANTWOORD = dict(
    tabellen=("trajecten", "klanttevredenheid", "kto_antwoorden"),
    cluster="uitnodiging_id",
    **_KTO | dict(herzien_op=date(2026, 11, 29)),
)

_WIE = (
    "Berust op wie antwoordde: let op het aantal antwoorden en het interval. Dat rekent met uitnodigingen, niet met "
    "losse antwoorden: die van één klant lijken op elkaar."
)


def _uitnodigingen(r: Registratie) -> Expression:
    """Invitations whose traject ended in the period."""
    return r.afgesloten().inner_join(r.tabel("klanttevredenheid"), "traject_id")


def _antwoorden(r: Registratie, soort: str) -> Expression:
    """Answers of one soort to those invitations, by question."""
    a = r.tabel("kto_antwoorden").select("uitnodiging_id", "vraag", "waarde", antwoord="soort")
    a = a.filter(a.antwoord == soort)
    samen = _uitnodigingen(r).inner_join(a, "uitnodiging_id")
    return samen.mutate(categorie=known(samen.vraag))


@indicator(
    titel="Verzending van het klanttevredenheidsonderzoek",
    geheel="Uitnodigingen voor het klanttevredenheidsonderzoek",
    definitie="Uitnodigingen bij trajecten die in het jaar zijn afgesloten, naar of ze verzonden zijn en zo nee "
    "waarom niet.",
    waarom="Laat zien wie niet gevraagd kon worden.",
    kanttekening="Niet elk afgesloten traject krijgt een uitnodiging; leg dit naast de uitstroom.",
    categorie=codelijst("verzendstatus"),
    **_UITNODIGING,
)
def kto_verzending(r: Registratie) -> Expression:
    u = _uitnodigingen(r)
    return u.mutate(categorie=known(u.verzendstatus))


@indicator(
    titel="Ingevulde klanttevredenheidsonderzoeken",
    definitie="Uitnodigingen bij trajecten die in het jaar zijn afgesloten, waarop een antwoord kwam.",
    waarom="Op zoveel antwoorden berusten de uitkomsten.",
    kanttekening="Niet elke klant beantwoordt elke vraag.",
    **_UITNODIGING,
)
def kto_ingevuld(r: Registratie) -> Expression:
    u = _uitnodigingen(r)
    return u.filter(u.ingevuld_op.notnull())


@indicator(
    titel="Respons op het klanttevredenheidsonderzoek",
    definitie="Aandeel van de verzonden uitnodigingen waarop een antwoord kwam, bij trajecten die in het jaar zijn "
    "afgesloten.",
    waarom="Zegt of de antwoorden voor alle klanten kunnen spreken.",
    kanttekening="Wie antwoordt, kan anders oordelen dan wie dat niet doet.",
    soort="aandeel",
    **_UITNODIGING,
)
def kto_respons(r: Registratie) -> Expression:
    u = _uitnodigingen(r)
    u = u.filter(u.verzendstatus == "verzonden")
    return u.mutate(teller=u.ingevuld_op.notnull())


@indicator(
    titel="Rapportcijfers",
    definitie="Gemiddeld rapportcijfer (1 tot en met 10) per vraag, van klanten van wie het traject in het jaar is "
    "afgesloten.",
    waarom="Laat zien wat klanten van de dienstverlening vinden.",
    kanttekening=_WIE,
    soort="gemiddelde",
    categorie=kolom("kto_antwoorden", "vraag", soort="rapportcijfer"),
    **_ANTWOORD,
)
def kto_rapportcijfer(r: Registratie) -> Expression:
    a = _antwoorden(r, "rapportcijfer")
    return a.mutate(teller=a.waarde)


@indicator(
    titel="Tevreden klanten",
    definitie="Aandeel tevreden antwoorden per vraag, van klanten van wie het traject in het jaar is afgesloten.",
    waarom="Laat zien waarover klanten tevreden zijn.",
    kanttekening=_WIE,
    soort="aandeel",
    categorie=kolom("kto_antwoorden", "vraag", soort="tevreden"),
    **_ANTWOORD,
)
def kto_tevreden(r: Registratie) -> Expression:
    a = _antwoorden(r, "tevreden")
    return a.mutate(teller=a.waarde == 1)


@indicator(
    titel="Effect volgens klanten",
    definitie="Aandeel klanten dat zegt dat de hulp effect had, per vraag, van klanten van wie het traject in het "
    "jaar is afgesloten.",
    waarom="Laat zien of klanten er zelf verder mee kwamen.",
    kanttekening=_WIE,
    soort="aandeel",
    categorie=kolom("kto_antwoorden", "vraag", soort="effect"),
    **_ANTWOORD,
)
def kto_effect(r: Registratie) -> Expression:
    a = _antwoorden(r, "effect")
    return a.mutate(teller=a.waarde == 1)
