"""Names and texts as a reader means them: signs that no eye can see do not count, and equal names are found equal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

ONZICHTBAAR = "\u200b\u200c\u200d\u2060\ufeff\u00ad"  # signs without width, and the hyphen that only shows at line ends
SPATIES = "\u00a0\u202f"  # spaces at which no line breaks
_SPATIE = "⟨spatie⟩"
_SCHOON = str.maketrans(dict.fromkeys(ONZICHTBAAR, "") | dict.fromkeys(SPATIES, " "))


def clean_text(tekst: str) -> str:
    """``tekst`` as it is meant: without signs that cannot be seen, composed, without white space around it.

    A text on which nothing can be seen is empty.
    """
    tekst = plain(tekst).strip()
    return "" if is_blank(tekst) else tekst


def plain(tekst: str) -> str:
    """``tekst`` without signs that cannot be seen, composed: a letter and its accent are one."""
    return unicodedata.normalize("NFC", tekst.translate(_SCHOON))


def clean_name(naam: str) -> str:
    """A name to find its equals by: cleaned, without capitals, spaces as underscores."""
    return clean_text(naam).casefold().replace(" ", "_")


def is_blank(tekst: str) -> bool:
    """Whether no sign of ``tekst`` leaves ink: control and format signs, white space, unassigned places."""
    return not any(teken.isprintable() and teken != " " for teken in tekst)


def match_name(gezocht: str, namen: Sequence[str]) -> list[int]:
    """Places in ``namen`` of what goes for ``gezocht``: the exact name, or else all that differ in form only."""
    schoon = [clean_text(naam) for naam in namen]
    exact = [plaats for plaats, naam in enumerate(schoon) if naam == gezocht]
    return exact or [plaats for plaats, naam in enumerate(schoon) if clean_name(naam) == clean_name(gezocht)]


def shown(tekst: str) -> str:
    """``tekst`` as a message quotes it: what the eye cannot see has its number, as in ``K1⟨U+200B⟩``.

    So have spaces other than the plain one, and the plain one at either end.
    """
    kern = tekst.strip(" ")
    links = len(tekst) - len(tekst.lstrip(" "))
    return _SPATIE * links + "".join(map(_visible, kern)) + _SPATIE * (len(tekst) - links - len(kern))


def _visible(teken: str) -> str:
    gewoon = teken == " " or (teken.isprintable() and not unicodedata.combining(teken))
    return teken if gewoon else f"⟨U+{ord(teken):04X}⟩"


# A line that counts what stands above it, or says what the table is: no key is called so. In small letters.
GEEN_SLEUTEL = (
    r"^\(?((sub|eind|grand|generaal|algemeen)[ -]?)?(totaal|totalen|total|totals|som|gemiddelde?)([^a-z]|$)"
    r"|^\(?(aantal|einde|bron|afgedrukt|gemaakt|pagina|selectie|filter)[ :]"
    r"|^\(?[0-9]+ (rij|rijen|records|regels|klanten|rows)\b"
)

# Names that mean the same. What stands first in a group is a name of ours.

_BETEKENISSEN = """
klant_id: clientnummer clientnr client_id clientid cliëntnummer cliëntnr cliënt klantnummer klantnr klantid klantcode
klant_id: persoonsnummer relatienummer inwoner_id inwonernummer client klant
geboortedatum: gebdatum geb_datum gebdat datum_geboorte geboren geboren_op dateofbirth birthdate
geslacht: gender sekse m_v man_vrouw
kern: woonplaats wijk buurt dorp plaats woonkern
traject_id: trajectnummer trajectnr trajectid casusnummer casusnr casus_id dossiernummer dossiernr dossier_id
traject_id: dossier zaaknummer zaak_id trajectcode casus traject
team: wijkteam teamnaam gebiedsteam afdeling gebied
trajectsoort: soort_traject soort product producttype dienst type_traject type
dienstverlening: soort_dienstverlening vorm_dienstverlening
aanmelddatum: datum_aanmelding aangemeld aangemeld_op aanmelding datum_melding meldingsdatum
startdatum: begindatum datum_start start datum_begin ingangsdatum begonnen begin entrydate startdate datum_ingang
einddatum: datum_einde datum_eind eind einde afsluitdatum datum_afsluiting afgesloten afgesloten_op sluitdatum
einddatum: uitstroomdatum exitdate enddate beeindigd_op datum_beeindiging
aanmeldroute: route wijze_van_aanmelding aanmelding_via
verwijzer: verwezen_door verwijzende_instantie herkomst aangemeld_door
reden_beeindiging: reden_einde reden_afsluiting afsluitreden beeindigingsreden uitstroomreden
doorverwezen_naar: verwezen_naar doorverwijzing
geregistreerd_op: registratiedatum invoerdatum aangemaakt_op datum_invoer ingevoerd ingevoerd_op
onafhankelijke_clientondersteuning: oco clientondersteuning
contact_id: contactnummer contactnr contactid registratienummer afspraak_id
datum: contactdatum datum_contact dag datum_tijd date meetdatum datum_meting datum_bijeenkomst bezoekdatum
vorm: contactvorm soort_contact contactsoort wijze
minuten: duur tijdsduur duur_minuten tijd aantal_minuten duur_in_minuten bestede_tijd
moment: meetmoment soort_meting fase
domein: leefgebied zrm_domein levensgebied levensdomein
score: zrm_score waardering cijfer
hulpvraag: vraag probleem aandachtsgebied
vraag_id: vraagnummer vraagnr
activiteit_id: activiteitnummer activiteitnr activiteit
bijeenkomst_id: bijeenkomstnummer bijeenkomstnr
aantal_deelnemers: deelnemers aantal_aanwezigen aanwezigen opkomst
deelnemer_id: deelnemernummer deelnemer persoon_id
participant_id: participantnummer participant
uren: aantal_uren uur
maand: periode
functie: rol functienaam
inwoners: aantal_inwoners inwonertal
uitnodiging_id: uitnodigingsnummer respondent_id respondent
verzendstatus: status status_verzending
verzonden_op: verstuurd_op verzonddatum datum_verzending
waarde: antwoord
"""


@cache
def _meanings() -> dict[str, set[str]]:
    betekenissen: dict[str, set[str]] = {}
    for regel in _BETEKENISSEN.strip().splitlines():
        naam, _, anders = regel.partition(":")
        betekenissen.setdefault(naam, set()).update(map(_bare, anders.split()))
    return betekenissen


def _bare(naam: str) -> str:
    """Letters and digits of a name, without accents: ``Cliënt-nr.`` is ``clientnr``."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFD", clean_name(naam)))


def _without_unit(naam: str) -> str:
    """A name without what stands between brackets behind it: ``Duur (u:mm)`` is ``Duur``."""
    return re.sub(r"\s*[(\[][^)\]]*[)\]]\s*$", "", naam)


def means(naam: str, gezocht: str) -> bool:
    """Whether ``naam`` is another word for ``gezocht``, a name of ours; what is only spelt like it is not."""
    wel = _meanings().get(gezocht, set()) | {_bare(gezocht)}
    return bool({_bare(naam), _bare(_without_unit(naam))} & wel)


def meant(gezocht: str, namen: Iterable[str]) -> str | None:
    """The one of ``namen`` that seems to be meant by ``gezocht``, a name of ours: by its meaning, or its spelling."""
    from difflib import get_close_matches

    namen = [naam for naam in namen if naam]
    bloot = {_bare(_without_unit(naam)): naam for naam in reversed(namen)} | {_bare(n): n for n in reversed(namen)}
    if zelfde := [naam for naam in namen if means(naam, gezocht)]:
        return zelfde[0]
    lijkt = get_close_matches(_bare(gezocht), bloot, n=1, cutoff=0.75)
    return bloot[lijkt[0]] if lijkt else None
