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
from kopanalyse.checked.values import KERNEN, in_list, in_range, read, reserved_word
from kopanalyse.engine.words import Column, Expression, day, months, today, years
from kopanalyse.raw.schema import Kolom, Tabel
from kopanalyse.settings import Settings

FOUT = "fout"  # the row cannot be used and goes to quarantine
WAARSCHUWING = "waarschuwing"  # usable but suspect

MEESTE_JAREN = 9_999  # back from any day: before every date that can be written
TOTAALREGEL = ("totaal", "totalen", "eindtotaal", "som")  # a key that is one of these, in any capitals, is no key

# What stands on a row beyond the columns of its header, as if it were one more column.
OVERTOLLIG = Kolom("overtollig", "tekst", "waarden zonder kolom")
# The columns of its header for which a row has no value, likewise.
TEKORT = Kolom("tekort", "tekst", "kolommen zonder waarde")


@dataclass(frozen=True)
class Veld:
    """One column in the rows of one table, as a rule sees it.

    ``rij`` holds, per column of the table, ``tekst_<kolom>`` (trimmed) and ``<kolom>`` (as the clean table keeps it),
    for a column with a range also ``gelezen_<kolom>``, and what had to be looked up elsewhere: ``eerste_rij`` (line of
    the first row with this key, where there are more) and ``zelfde`` (does that one say the same), ``eerste_gelijke``
    (line of the first row that is equal, in a table without a key), ``ouder_gelezen`` and ``ouder_schoon`` (does the
    row referred to exist, and is it clean), ``ouder_<datum>`` of a clean parent, ``eerste_intake`` (line of the first
    intake on this domein) and ``in_kernen``. ``aanwezig`` names those of the tables that this one is held against, that
    are there; for a rule on clean rows (``NAREGELS``) all that are there.
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
            return read(self.kolom, self.tekst)
        return self.rij[f"gelezen_{self.kolom.naam}" if self.kolom.bereik else self.kolom.naam]

    @property
    def onleesbaar(self) -> Column:
        """Something stands there that cannot be read. As a text or code all can be read but a cell without a value."""
        return self.tekst.notnull() & self.gelezen.isnull()

    @property
    def blokkeert(self) -> bool:
        """Whether an unreadable value spoils the row. An einddatum that cannot be read would pass for still open."""
        return self.kolom.verplicht or self.kolom.naam == "einddatum"

    @property
    def vrij(self) -> Column | None:
        """On which rows nothing is asked of this value: an answer of an unknown soort is kept whatever its waarde."""
        if not self.heet("kto_antwoorden", "waarde"):
            return None
        return ~in_list(self.tabel["soort"], self.rij.tekst_soort, self.settings, None)

    @property
    def verwijst(self) -> bool:
        """Whether this column refers to a table that is there; a reference to another is not checked."""
        return self.kolom.verwijst_naar in self.aanwezig

    def heet(self, tabel: str, kolom: str) -> bool:
        """Whether this is ``kolom`` of ``tabel``."""
        return (self.tabel.naam, self.kolom.naam) == (tabel, kolom)


Geschonden = Callable[[Veld], Column | None]
WAARDE, VORM = "waarde", "vorm"


@dataclass(frozen=True)
class Regel:
    """A rule: its id, its weight, what is wrong in a few words, its sentence (both Dutch), and where it is broken.

    ``uitleg`` stands in reports, and names no row or value; ``melding`` stands in the findings.
    ``oorzaak`` says what rows of one column must have in common to break it for one cause: the value (``WAARDE``), its
    form (``VORM``: the same signs with other digits), or nothing.
    """

    naam: str
    gewicht: str
    uitleg: str
    melding: str
    geschonden: Geschonden
    oorzaak: str = ""


def _fout(uitleg: str, melding: str, oorzaak: str = "") -> Callable[[Geschonden], Regel]:
    slot = " De rij staat in quarantaine tot dit hersteld is."
    return lambda geschonden: Regel(geschonden.__name__, FOUT, uitleg, melding + slot, geschonden, oorzaak)


def _waarschuwing(uitleg: str, melding: str, oorzaak: str = "") -> Callable[[Geschonden], Regel]:
    return lambda geschonden: Regel(geschonden.__name__, WAARSCHUWING, uitleg, melding, geschonden, oorzaak)


def _except(geschonden: Column | None, vrij: Column | None) -> Column | None:
    """``geschonden``, but not on the rows ``vrij``."""
    return geschonden if geschonden is None or vrij is None else geschonden & ~vrij.fill_null(False)


# Fouten


@_fout(
    "op een rij staan meer waarden dan er kolommen zijn",
    "Deze rij heeft meer waarden dan de kopregel kolommen, dus is niet zeker welke waarde waar hoort. Staat er een "
    "scheidingsteken in een tekst, zet die tekst dan tussen aanhalingstekens.",
)
def overtollige_waarden(veld: Veld) -> Column | None:
    return veld.tekst.notnull() if veld.kolom is OVERTOLLIG else None


@_fout("een verplicht veld is leeg", "De kolom {kolom} is verplicht, maar hier leeg; verwacht wordt {verwacht}.")
def verplicht_leeg(veld: Veld) -> Column | None:
    return _except(veld.tekst.isnull(), veld.vrij) if veld.kolom.verplicht else None


@_fout("een verplicht veld is niet te lezen", "Deze waarde is niet te lezen; verwacht wordt {verwacht}.", VORM)
def onleesbaar(veld: Veld) -> Column | None:
    return _except(veld.onleesbaar, veld.vrij) if veld.blokkeert else None


@_fout(
    "een totaalregel staat tussen de rijen",
    "Dit is een totaalregel en geen {kolom}: wat erin opgeteld is, staat ook al in de andere rijen. Haal de rij weg "
    "uit de export.",
    WAARDE,
)
def totaalregel(veld: Veld) -> Column | None:
    return veld.tekst.lower().isin(TOTAALREGEL) if veld.kolom.naam == veld.tabel.sleutel else None


@_fout("een score valt buiten de schaal", "De waarde van {kolom} moet {bereik} zijn.", WAARDE)
def buiten_bereik(veld: Veld) -> Column | None:
    return ~in_range(veld.kolom, veld.gelezen) if veld.kolom.bereik and veld.kolom.verplicht else None


@_fout(
    "hetzelfde kenmerk staat er al, met iets anders erbij",
    "Deze {kolom} staat al op regel {eerste_rij} en mag maar één keer voorkomen; die eerste rij geldt. De twee "
    "rijen spreken elkaar tegen: zoek uit welke klopt.",
)
def dubbele_sleutel(veld: Veld) -> Column | None:
    if veld.kolom.naam != veld.tabel.sleutel:
        return None
    return (veld.rij.regelnummer > veld.rij.eerste_rij) & ~veld.rij.zelfde


@_fout(
    "dezelfde rij staat er letterlijk al",
    "Deze rij staat letterlijk al op regel {eerste_rij}; die eerste telt. Is de export twee keer geplakt, haal dan "
    "de tweede weg.",
)
def dubbel_aangeleverd(veld: Veld) -> Column | None:
    if veld.kolom.naam != veld.tabel.sleutel:
        return None
    return (veld.rij.regelnummer > veld.rij.eerste_rij) & veld.rij.zelfde


@_fout(
    "de rij hoort bij iets dat niet in de registratie staat",
    "Deze {kolom} komt niet voor in de tabel {ouder}.{lijkt} Verbeter de {kolom}, of voeg de ontbrekende rij toe "
    "aan {ouder}.",
)
def onbekende_verwijzing(veld: Veld) -> Column | None:
    return veld.tekst.notnull() & ~veld.rij.ouder_gelezen if veld.verwijst else None


@_fout(
    "de rij hoort bij een rij die zelf niet bruikbaar is",
    "De rij in {ouder} waar deze rij bij hoort, staat zelf in quarantaine; herstel die eerst.",
)
def ouder_in_quarantaine(veld: Veld) -> Column | None:
    return veld.rij.ouder_gelezen & ~veld.rij.ouder_schoon if veld.verwijst else None


@_fout("het eind ligt voor het begin", "De einddatum ({einddatum}) ligt voor de startdatum ({startdatum}).")
def einddatum_voor_startdatum(veld: Veld) -> Column | None:
    return veld.rij.einddatum < veld.rij.startdatum if veld.kolom.naam == "einddatum" else None


@_fout(
    "een antwoord valt buiten de schaal",
    "Een rapportcijfer is 1 tot en met 10; de waarde van een ander soort antwoord is 0 of 1.",
    WAARDE,
)
def kto_waarde(veld: Veld) -> Column | None:
    if not veld.heet("kto_antwoorden", "waarde"):
        return None
    cijfer = veld.rij.soort == "rapportcijfer"
    mis = (cijfer & ~veld.gelezen.between(1, 10)) | (~cijfer & ~veld.gelezen.isin([0, 1]))
    return _except(mis, veld.vrij)


# Waarschuwingen


@_waarschuwing(
    "een waarde staat niet in de codelijst en telt als onbekend",
    "Deze waarde staat niet in de codelijst; verwacht wordt {verwacht}.{lijkt} De waarde telt mee als onbekend.",
    WAARDE,
)
def onbekende_code(veld: Veld) -> Column | None:
    if veld.kolom.soort != "code" or (veld.kolom.codelijst == KERNEN and KERNEN not in veld.aanwezig):
        return None
    in_kernen = veld.rij.in_kernen if veld.kolom.codelijst == KERNEN else None
    return veld.tekst.notnull() & ~in_list(veld.kolom, veld.gelezen, veld.settings, in_kernen)


@_waarschuwing(
    "het woord alle of totaal staat op de plaats van een naam en telt als onbekend",
    "Het woord {woord} staat in het rapport voor alles bij elkaar en kan hier niet staan. De waarde telt "
    "mee als onbekend.",
    WAARDE,
)
def gereserveerd_woord(veld: Veld) -> Column | None:
    if veld.kolom.naam == veld.tabel.sleutel:
        return None  # a total row, as a whole
    woord = reserved_word(veld.kolom, veld.aanwezig)
    return veld.tekst == woord if woord else None


@_waarschuwing(
    "op een rij staan minder waarden dan er kolommen zijn",
    "Deze rij heeft minder waarden dan de kopregel kolommen: voor {tekort} is er geen. Die telt mee als leeg. "
    "Is de rij afgebroken, in een tekst met een regeleinde of aan het eind van de export, herstel dat dan.",
)
def te_weinig_waarden(veld: Veld) -> Column | None:
    return veld.tekst.notnull() if veld.kolom is TEKORT else None


@_waarschuwing(
    "een veld is niet te lezen en telt als leeg",
    "Deze waarde is niet te lezen; verwacht wordt {verwacht}. De waarde telt mee als leeg.",
    VORM,
)
def onleesbaar_telt_als_leeg(veld: Veld) -> Column | None:
    if veld.blokkeert:
        return None if veld.vrij is None else veld.onleesbaar & veld.vrij
    return veld.onleesbaar


@_waarschuwing(
    "een doelscore valt buiten de schaal en telt als leeg",
    "De waarde van {kolom} moet {bereik} zijn. De waarde telt mee als leeg.",
    WAARDE,
)
def buiten_bereik_telt_als_leeg(veld: Veld) -> Column | None:
    return ~in_range(veld.kolom, veld.gelezen) if veld.kolom.bereik and not veld.kolom.verplicht else None


@_waarschuwing(
    "een datum ligt in de toekomst",
    "Deze datum ligt in de toekomst (na {vandaag}). De rij telt mee; controleer de datum.",
)
def datum_in_toekomst(veld: Veld) -> Column | None:
    return veld.gelezen > today() if veld.kolom.soort == "datum" else None


@_waarschuwing(
    "een datum ligt te ver terug", "Deze datum ligt voor {eerste_jaar}. De rij telt mee; controleer de datum."
)
def datum_te_lang_geleden(veld: Veld) -> Column | None:
    if veld.kolom.soort != "datum" or veld.kolom.naam == "geboortedatum":
        return None
    return veld.gelezen < day(date(max(veld.settings.drempels.eerste_jaar, 1), 1, 1))


@_waarschuwing(
    "een geboortedatum geeft een te hoge leeftijd",
    "Wie op deze dag geboren is, is ouder dan {oudste_leeftijd} jaar. De rij telt mee; controleer de datum.",
)
def leeftijd_te_hoog(veld: Veld) -> Column | None:
    if veld.kolom.naam != "geboortedatum":
        return None
    return veld.gelezen <= today() - years(min(veld.settings.drempels.oudste_leeftijd + 1, MEESTE_JAREN))


@_waarschuwing(
    "een contact valt buiten de looptijd van zijn traject",
    "Dit contact valt buiten zijn traject ({ouder_startdatum} tot en met {ouder_einddatum}). Het contact "
    "telt mee; controleer de datum van het contact en die van het traject.",
)
def contact_buiten_traject(veld: Veld) -> Column | None:
    if not (veld.heet("contacten", "datum") and "trajecten" in veld.aanwezig):
        return None
    return (veld.gelezen < veld.rij.ouder_startdatum) | (veld.gelezen > veld.rij.ouder_einddatum)


@_waarschuwing(
    "een domein heeft twee intakes; de vroegste telt",
    "Dit traject heeft al een intake voor dit domein, op regel {eerste_intake}. De vroegste intake telt; is "
    "dit een latere meting, registreer die dan als tussen of eind.",
)
def tweede_intake(veld: Veld) -> Column | None:
    if not veld.heet("zrm_metingen", "domein"):
        return None
    return (veld.rij.moment == "intake") & (veld.rij.regelnummer > veld.rij.eerste_intake)


@_waarschuwing(
    "de aanmelding ligt na de start van het traject",
    "De aanmelddatum ligt na de startdatum ({startdatum}). De wachttijd van dit traject is zo niet te "
    "meten; controleer beide datums.",
)
def aanmelddatum_na_startdatum(veld: Veld) -> Column | None:
    return veld.gelezen > veld.rij.startdatum if veld.heet("trajecten", "aanmelddatum") else None


@_waarschuwing(
    "een traject begint voor de geboorte van de klant",
    "Dit traject begint voordat de klant geboren is ({ouder_geboortedatum}). De rij telt mee; controleer beide datums.",
)
def geboren_na_startdatum(veld: Veld) -> Column | None:
    if not (veld.heet("trajecten", "startdatum") and "klanten" in veld.aanwezig):
        return None
    return veld.gelezen < veld.rij.ouder_geboortedatum


@_waarschuwing(
    "een rij is letterlijk gelijk aan een eerdere en telt ook mee",
    "Deze rij is letterlijk gelijk aan die op regel {eerste_gelijke}. Beide tellen mee; is de export twee "
    "keer geplakt, haal dan de tweede weg.",
)
def gelijke_rij(veld: Veld) -> Column | None:
    if veld.tabel.sleutel or veld.kolom is not OVERTOLLIG:
        return None
    return veld.rij.regelnummer > veld.rij.eerste_gelijke


# Held against the clean rows of trajecten, beside the clean contacten: those of ``rows.with_context``.


@_waarschuwing(
    "kort of casus is anders geregistreerd dan geteld",
    "Geregistreerd als {dienstverlening}, maar de telling ({contacten} contacten, {minuten} minuten) wijst "
    "op {geteld}. De registratie telt; controleer welke van de twee klopt.",
    WAARDE,
)
def dienstverlening_wijkt_af(veld: Veld) -> Column | None:
    if not veld.heet("trajecten", "dienstverlening") or "contacten" not in veld.aanwezig:
        return None
    geteld = veld.rij.heeft_contact & (veld.rij.dienstverlening != veld.rij.geteld)
    return is_registered(veld.rij.dienstverlening) & geteld


@_waarschuwing(
    "een traject staat open en is lang zonder contact",
    "Dit traject staat open, en het laatste teken ervan is van {laatste_teken}: meer dan {stil} maanden "
    "voor het laatste contact van alle trajecten. Het telt mee als lopend; is het klaar, sluit het dan af.",
)
def open_zonder_contact(veld: Veld) -> Column | None:
    if not veld.heet("trajecten", "einddatum") or "contacten" not in veld.aanwezig:
        return None
    stil = veld.rij.laatste_teken < veld.rij.laatste_van_alle - months(veld.settings.controle.open_zonder_contact)
    return veld.gelezen.isnull() & veld.rij.soort_met_contacten & stil


@_waarschuwing(
    "een klant heeft twee gelijke trajecten",
    "Deze klant heeft op regel {gelijk_aan} een traject van dezelfde soort en hetzelfde team, met dezelfde "
    "begin- en einddatum. Beide tellen mee; is het één traject, haal dan een van de twee weg.",
)
def gelijk_traject(veld: Veld) -> Column | None:
    return veld.rij.gelijk_aan < veld.rij.regelnummer if veld.heet("trajecten", "startdatum") else None


@_waarschuwing(
    "een traject overlapt met een ander van dezelfde klant, soort en team",
    "Dit traject begint terwijl een ander van dezelfde klant, soort en hetzelfde team nog loopt (regel "
    "{overlapt_met}). Beide tellen mee; is het één traject, of is het vorige niet afgesloten, herstel dat.",
)
def overlappend_traject(veld: Veld) -> Column | None:
    if not veld.heet("trajecten", "startdatum"):
        return None
    return veld.rij.overlapt_met.notnull() & ~(veld.rij.gelijk_aan < veld.rij.regelnummer)


REGELS = (
    overtollige_waarden,
    verplicht_leeg,
    onleesbaar,
    totaalregel,
    buiten_bereik,
    dubbele_sleutel,
    dubbel_aangeleverd,
    onbekende_verwijzing,
    ouder_in_quarantaine,
    einddatum_voor_startdatum,
    kto_waarde,
    te_weinig_waarden,
    onbekende_code,
    gereserveerd_woord,
    onleesbaar_telt_als_leeg,
    buiten_bereik_telt_als_leeg,
    datum_in_toekomst,
    datum_te_lang_geleden,
    leeftijd_te_hoog,
    contact_buiten_traject,
    tweede_intake,
    aanmelddatum_na_startdatum,
    geboren_na_startdatum,
    gelijke_rij,
)
NAREGELS = (dienstverlening_wijkt_af, open_zonder_contact, gelijk_traject, overlappend_traject)
EXPLAINED = {regel.naam: regel.uitleg for regel in (*REGELS, *NAREGELS)}
