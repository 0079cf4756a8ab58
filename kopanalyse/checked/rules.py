"""The rules that a registration is held against, each a small declaration.

A rule says, for one column of one table, on which rows it is broken; nothing when it does not concern that column. Its
name is its id in ``bevindingen.csv``. Its sentence tells the colleague who repairs the registration what was expected
and what happens to the value or the row meanwhile; ``findings.wording`` fills in what stands between braces.

A rule looks at one row. Where it asks for nothing but the layers of its own column, it is answered once for every value
that the column holds, and not for every row; nothing has to be said for that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kopanalyse.checked.counts import is_registered
from kopanalyse.checked.values import KERNEN, in_list, in_range, reserved_word
from kopanalyse.engine import Column, Expression, day, today, years
from kopanalyse.raw.schema import Kolom, Tabel
from kopanalyse.settings import Settings

FOUT = "fout"                  # the row cannot be used and goes to quarantine
WAARSCHUWING = "waarschuwing"  # usable but suspect

MEESTE_JAREN = 9_999  # back from any day: before every date that can be written

# What stands on a row beyond the columns of its header, as if it were one more column.
OVERTOLLIG = Kolom("overtollig", "tekst", "waarden zonder kolom")


@dataclass(frozen=True)
class Veld:
    """One column in the rows of one table, as a rule sees it.

    ``rij`` holds, per column of the table, ``tekst_<kolom>`` (trimmed) and ``<kolom>`` (as the clean table keeps it),
    for a column with a range also ``gelezen_<kolom>``, and what had to be looked up elsewhere: ``eerste_rij`` (line of
    the first row with this key, where there are more), ``ouder_gelezen`` and ``ouder_schoon`` (does the row referred to
    exist, and is it clean), ``ouder_startdatum`` and ``ouder_einddatum`` of a clean traject, ``eerste_intake`` (line of
    the first intake on this domein) and ``in_kernen``. ``aanwezig`` names those of the tables that
    this one is held against, that are there.
    """

    tabel: Tabel
    kolom: Kolom
    rij: Expression
    settings: Settings
    aanwezig: frozenset[str]

    @property
    def tekst(self) -> Column:
        """The value as text, without white space around it; empty is missing."""
        return self.rij[f"tekst_{self.kolom.naam}"]

    @property
    def gelezen(self) -> Column:
        """The value as its type; missing where it cannot be read."""
        if self.kolom.soort in ("tekst", "code"):
            return self.tekst
        return self.rij[f"gelezen_{self.kolom.naam}" if self.kolom.bereik else self.kolom.naam]

    @property
    def onleesbaar(self) -> Column:
        """Something stands there that cannot be read. Texts and codes can always be read."""
        return self.tekst.notnull() & self.gelezen.isnull()

    @property
    def blokkeert(self) -> bool:
        """Whether an unreadable value spoils the row. An einddatum that cannot be read would pass for still open."""
        return self.kolom.verplicht or self.kolom.naam == "einddatum"

    @property
    def verwijst(self) -> bool:
        """Whether this column refers to a table that is there; a reference to another is not checked."""
        return self.kolom.verwijst_naar in self.aanwezig

    def heet(self, tabel: str, kolom: str) -> bool:
        """Whether this is ``kolom`` of ``tabel``."""
        return (self.tabel.naam, self.kolom.naam) == (tabel, kolom)


Geschonden = Callable[[Veld], Column | None]


@dataclass(frozen=True)
class Regel:
    """A rule: its id, its weight, its sentence (Dutch), and where it is broken."""

    naam: str
    gewicht: str
    melding: str
    geschonden: Geschonden


def _fout(melding: str) -> Callable[[Geschonden], Regel]:
    slot = " De rij staat in quarantaine tot dit hersteld is."
    return lambda geschonden: Regel(geschonden.__name__, FOUT, melding + slot, geschonden)


def _waarschuwing(melding: str) -> Callable[[Geschonden], Regel]:
    return lambda geschonden: Regel(geschonden.__name__, WAARSCHUWING, melding, geschonden)


# Fouten

@_fout("Deze rij heeft meer waarden dan de kopregel kolommen, dus is niet zeker welke waarde waar hoort. Staat er een "
       "scheidingsteken in een tekst, zet die tekst dan tussen aanhalingstekens.")
def overtollige_waarden(veld: Veld) -> Column | None:
    return veld.tekst.notnull() if veld.kolom is OVERTOLLIG else None


@_fout("De kolom {kolom} is verplicht, maar hier leeg; verwacht wordt {verwacht}.")
def verplicht_leeg(veld: Veld) -> Column | None:
    return veld.tekst.isnull() if veld.kolom.verplicht else None


@_fout("Deze waarde is niet te lezen; verwacht wordt {verwacht}.")
def onleesbaar(veld: Veld) -> Column | None:
    return veld.onleesbaar if veld.blokkeert else None


@_fout("De waarde van {kolom} moet {bereik} zijn.")
def buiten_bereik(veld: Veld) -> Column | None:
    return ~in_range(veld.kolom, veld.gelezen) if veld.kolom.bereik and veld.kolom.verplicht else None


@_fout("Deze {kolom} staat al op regel {eerste_rij} en mag maar één keer voorkomen; die eerste rij geldt.")
def dubbele_sleutel(veld: Veld) -> Column | None:
    return veld.rij.regelnummer > veld.rij.eerste_rij if veld.kolom.naam == veld.tabel.sleutel else None


@_fout("Deze {kolom} komt niet voor in de tabel {ouder}. Verbeter de {kolom}, of voeg de ontbrekende rij toe aan "
       "{ouder}.")
def onbekende_verwijzing(veld: Veld) -> Column | None:
    return veld.tekst.notnull() & ~veld.rij.ouder_gelezen if veld.verwijst else None


@_fout("De rij in {ouder} waar deze rij bij hoort, staat zelf in quarantaine; herstel die eerst.")
def ouder_in_quarantaine(veld: Veld) -> Column | None:
    return veld.rij.ouder_gelezen & ~veld.rij.ouder_schoon if veld.verwijst else None


@_fout("De einddatum ({einddatum}) ligt voor de startdatum ({startdatum}).")
def einddatum_voor_startdatum(veld: Veld) -> Column | None:
    return veld.rij.einddatum < veld.rij.startdatum if veld.kolom.naam == "einddatum" else None


@_fout("Een rapportcijfer is 1 tot en met 10; de waarde van een ander soort antwoord is 0 of 1.")
def kto_waarde(veld: Veld) -> Column | None:
    if not veld.heet("kto_antwoorden", "waarde"):
        return None
    cijfer = veld.rij.soort == "rapportcijfer"
    return (cijfer & ~veld.gelezen.between(1, 10)) | (~cijfer & ~veld.gelezen.isin([0, 1]))


# Waarschuwingen

@_waarschuwing("Deze waarde staat niet in de codelijst; verwacht wordt {verwacht}. De waarde telt mee als onbekend.")
def onbekende_code(veld: Veld) -> Column | None:
    if veld.kolom.soort != "code" or (veld.kolom.codelijst == KERNEN and KERNEN not in veld.aanwezig):
        return None
    in_kernen = veld.rij.in_kernen if veld.kolom.codelijst == KERNEN else None
    return veld.tekst.notnull() & ~in_list(veld.kolom, veld.gelezen, veld.settings, in_kernen)


@_waarschuwing("Het woord {woord} staat in het rapport voor alles bij elkaar en kan hier niet staan. De waarde telt "
               "mee als onbekend.")
def gereserveerd_woord(veld: Veld) -> Column | None:
    woord = reserved_word(veld.kolom, veld.aanwezig)
    return veld.tekst == woord if woord else None


@_waarschuwing("Deze waarde is niet te lezen; verwacht wordt {verwacht}. De waarde telt mee als leeg.")
def onleesbaar_telt_als_leeg(veld: Veld) -> Column | None:
    return None if veld.blokkeert else veld.onleesbaar


@_waarschuwing("De waarde van {kolom} moet {bereik} zijn. De waarde telt mee als leeg.")
def buiten_bereik_telt_als_leeg(veld: Veld) -> Column | None:
    return ~in_range(veld.kolom, veld.gelezen) if veld.kolom.bereik and not veld.kolom.verplicht else None


@_waarschuwing("Deze datum ligt in de toekomst (na {vandaag}). De rij telt mee; controleer de datum.")
def datum_in_toekomst(veld: Veld) -> Column | None:
    return veld.gelezen > today() if veld.kolom.soort == "datum" else None


@_waarschuwing("Deze datum ligt voor {eerste_jaar}. De rij telt mee; controleer de datum.")
def datum_te_lang_geleden(veld: Veld) -> Column | None:
    if veld.kolom.soort != "datum" or veld.kolom.naam == "geboortedatum":
        return None
    return veld.gelezen < day(date(max(veld.settings.drempels.eerste_jaar, 1), 1, 1))


@_waarschuwing("Wie op deze dag geboren is, is ouder dan {oudste_leeftijd} jaar. De rij telt mee; controleer de datum.")
def leeftijd_te_hoog(veld: Veld) -> Column | None:
    if veld.kolom.naam != "geboortedatum":
        return None
    return veld.gelezen <= today() - years(min(veld.settings.drempels.oudste_leeftijd + 1, MEESTE_JAREN))


@_waarschuwing("Dit contact valt buiten zijn traject ({ouder_startdatum} tot en met {ouder_einddatum}). Het contact "
               "telt mee; controleer de datum van het contact en die van het traject.")
def contact_buiten_traject(veld: Veld) -> Column | None:
    if not (veld.heet("contacten", "datum") and "trajecten" in veld.aanwezig):
        return None
    return (veld.gelezen < veld.rij.ouder_startdatum) | (veld.gelezen > veld.rij.ouder_einddatum)


@_waarschuwing("Dit traject heeft al een intake voor dit domein, op regel {eerste_intake}. De vroegste intake telt; is "
               "dit een latere meting, registreer die dan als tussen of eind.")
def tweede_intake(veld: Veld) -> Column | None:
    if not veld.heet("zrm_metingen", "domein"):
        return None
    return (veld.rij.moment == "intake") & (veld.rij.regelnummer > veld.rij.eerste_intake)


@_waarschuwing("Geregistreerd als {dienstverlening}, maar de telling ({contacten} contacten, {minuten} minuten) wijst "
               "op {geteld}. De registratie telt; controleer welke van de twee klopt.")
def dienstverlening_wijkt_af(veld: Veld) -> Column | None:
    if not veld.heet("trajecten", "dienstverlening"):
        return None
    return is_registered(veld.rij.dienstverlening) & (veld.rij.dienstverlening != veld.rij.geteld)


REGELS = (
    overtollige_waarden, verplicht_leeg, onleesbaar, buiten_bereik, dubbele_sleutel, onbekende_verwijzing,
    ouder_in_quarantaine, einddatum_voor_startdatum, kto_waarde,
    onbekende_code, gereserveerd_woord, onleesbaar_telt_als_leeg, buiten_bereik_telt_als_leeg, datum_in_toekomst,
    datum_te_lang_geleden, leeftijd_te_hoog, contact_buiten_traject, tweede_intake,
)
# Held against the clean contacten, so after those, on the rows of ``rows.with_counts``.
NAREGELS = (dienstverlening_wijkt_af,)
