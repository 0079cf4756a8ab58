"""Parts of chapter "Informele ondersteuning": the volunteer centre and the volunteer services (§ 3.1 and 3.2)."""

from __future__ import annotations

from kopanalyse.periode import Periode
from kopanalyse.raw.schema import ONBEKEND
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.dutch import LEEG, hoofdletter, leesbaar, telling
from kopanalyse.report.parts.catalogue import Hoofdstuk, kerncijfers, onderdeel
from kopanalyse.report.parts.forms import by_quarter, counts_by_year
from kopanalyse.report.parts.part import Kerncijfer, Onderdeel
from kopanalyse.report.parts.pieces import base, in_sentence, key_figure, nothing
from kopanalyse.report.parts.sentences import Telling, developments
from kopanalyse.report.parts.table import Kolom, Rij, Tabel

HOOFDSTUK = Hoofdstuk("informele_ondersteuning", paragrafen=("vip", "vrijwilligersdiensten"))

DIENSTEN = "informele_ondersteuning"
EERST = ("vrijwilligers", "inwoners")  # what most services count stands first


@kerncijfers
def vrijwilligerspunt(c: Cijfers) -> list[Kerncijfer]:
    """What happened at the volunteer centre, in a number per kind."""
    return [key_figure(c, "vip", in_sentence(c, soort), soort) for soort in _soorten(c) if soort != ONBEKEND]


def _soorten(c: Cijfers) -> list[str]:
    return c.niet_leeg("vip", c.categorieen("vip", c.settings.codelijsten["soort_vip"]))


@onderdeel("Vrijwilligerspunt (VIP)", "vip")
def vip(c: Cijfers) -> Onderdeel:
    return counts_by_year(
        c,
        "vip",
        _soorten(c),
        "Gebeurtenissen bij het vrijwilligerspunt (VIP)",
        "Soort",
        "gebeurtenissen bij het vrijwilligerspunt",
        totaal=False,
        grondslag=base(c, c.waarde("vip"), "gebeurtenis", "gebeurtenissen"),
        duiding=[developments(c, [Telling(c.settings.tekst(s), "vip", s) for s in _soorten(c) if s != ONBEKEND])],
        noten=["De soorten worden niet opgeteld: één vrijwilliger kan ingeschreven, voorgesteld en bemiddeld worden."],
    )


@onderdeel("Vrijwilligerspunt (VIP) per kwartaal", "vip")
def vip_per_kwartaal(c: Cijfers) -> Onderdeel:
    return by_quarter(c, "vip", "gebeurtenissen bij het vrijwilligerspunt", duid=False)


@onderdeel("Vrijwilligersdiensten", DIENSTEN)
def vrijwilligersdiensten(c: Cijfers) -> Onderdeel:
    """A row per service and what it counts; a year in which a service gave no count has no figure, not 0."""
    diensten = [d for d in c.categorieen(DIENSTEN) if any(_opgegeven(c, d, jaar) for jaar in c.jaren)]
    if not diensten:
        return nothing("aantallen van vrijwilligersdiensten opgegeven", c)
    rijen = []
    for dienst in diensten:
        naam = "Dienst onbekend" if dienst == ONBEKEND else c.settings.tekst(dienst)
        rijen.append(Rij(naam, [""] * len(c.jaren), nadruk=True))
        rijen += [
            Rij(hoofdletter(leesbaar(c.settings.tekst(maat))), [_aantal(c, dienst, maat, jaar) for jaar in c.jaren])
            for maat in _opgegeven(c, dienst, *c.jaren)
        ]
    titel = "Wat de vrijwilligersdiensten tellen"
    noten = [
        "Elke dienst telt op haar eigen manier, en een onderverdeling kan overlappen: wie aan twee dingen "
        "meedoet, telt bij allebei. Daarom staan er geen totalen.",
        *([f"{LEEG}: over dat jaar is dit niet opgegeven."] if _ontbreekt(rijen) else []),
    ]
    eigen = [d for d in diensten if _opgegeven(c, d, c.periode)]
    return Onderdeel(
        titel,
        Tabel(titel, "Dienst", [Kolom(str(jaar)) for jaar in c.jaren], rijen),
        f"n = {telling(len(eigen), 'dienst', 'diensten')}, {c.periode}",
        noten=noten,
    )


def _opgegeven(c: Cijfers, dienst: str, *jaren: Periode) -> list[str]:
    """What the service counted in any of the years: volunteers and residents first, the rest by alphabet."""
    maten = [
        maat
        for maat in c.subcategorieen(DIENSTEN, dienst)
        if any(_aantal(c, dienst, maat, jaar) is not None for jaar in jaren)
    ]
    return sorted(maten, key=lambda maat: (EERST.index(maat) if maat in EERST else len(EERST), maat))


def _aantal(c: Cijfers, dienst: str, maat: str, periode: Periode) -> float | None:
    """The count; None where no row was added up, which is something else than a count of 0."""
    cijfer = c.get(DIENSTEN, dienst, maat, periode=periode)
    return cijfer.waarde if cijfer.n_personen else None


def _ontbreekt(rijen: list[Rij]) -> bool:
    return any(waarde is None for rij in rijen for waarde in rij.waarden)
