"""The words of the field, over the checked tables of one organisation.

Rules are written in these words: behandeld, gestart, afgesloten, stand, dienstverlening, intake, pair, leeftijd. Each
word that meets a period gives one row per record and period, with the period's ``periode``, ``begin`` and ``eind``
(both days included), ``team`` filled in, and ``persoon``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps

from kopanalyse.checked.counts import CASUS, KORT, is_registered, judged
from kopanalyse.engine.words import (
    Column,
    Expression,
    cases,
    ifelse,
    literal,
    months,
    null,
    row_number,
    table,
    window,
)
from kopanalyse.raw.schema import ONBEKEND, TABELLEN, column_types
from kopanalyse.settings import Settings

PERIODEN = {"periode": "string", "begin": "date", "eind": "date"}
OPTIONEEL = ("contacten", "bijeenkomsten")
"""What rules use where it is there, besides the tables of their indicator: to count what dienstverlening was given, and
which activities took place."""
GEDEELD: dict[str, Callable[[Registratie], Expression]] = {}
"""Words that take nothing and that several rules use, so that an engine can compute their rows once for all of them."""


def _gedeeld(woord: Callable[[Registratie], Expression]) -> Callable[[Registratie], Expression]:
    """Declare ``woord`` as one of ``GEDEELD``: where the registration shares, it is the table of that name."""
    GEDEELD[woord.__name__] = woord

    @wraps(woord)
    def rijen(registratie: Registratie) -> Expression:
        uitgeschreven = woord(registratie)
        if not registratie.deelt:
            return uitgeschreven
        return table(woord.__name__, uitgeschreven.schema())

    return rijen


@dataclass(frozen=True)
class Registratie:
    """The checked tables of an organisation, as unbound tables, and its settings.

    ``aanwezig`` are the names of the tables that it delivered, as far as a rule may see them. ``perioden`` names the
    table of periods that records are held against: ``jaren``, or ``perioden`` for years and quarters. ``deelt`` says
    that the engine offers the words of ``GEDEELD`` as tables; otherwise they are spelled out where they are used.
    ``geregistreerd`` says whether any clean traject has a registered dienstverlening.
    """

    settings: Settings
    aanwezig: Collection[str]
    perioden: str = "perioden"
    deelt: bool = False
    geregistreerd: bool = True

    def heeft(self, naam: str) -> bool:
        """Whether the organisation delivered table ``naam`` (a table with only a header counts)."""
        return naam in self.aanwezig

    def tabel(self, naam: str) -> Expression:
        """All clean rows of table ``naam``."""
        return table(naam, column_types(TABELLEN[naam]))

    def rol(self, *rollen: str) -> tuple[str, ...]:
        """The trajectsoorten of the organisation in these roles (``individueel``, ``leun_en_steun``), together."""
        soorten = [soort for naam in rollen for soort in self.settings.rollen[naam]]
        return tuple(soort for soort in dict.fromkeys(soorten) if soort in self.settings.codelijsten["trajectsoort"])

    def in_periode(self, rijen: Expression, voorwaarden: Callable[[Expression], list[Column]]) -> Expression:
        """Each row of ``rijen`` beside each period ``p`` for which all of ``voorwaarden(p)`` hold."""
        perioden = table(self.perioden, PERIODEN)
        return rijen.join(perioden, voorwaarden(perioden))

    def op_datum(self, rijen: Expression, datum: str = "datum") -> Expression:
        """Each row beside the periods in which its ``datum`` falls."""
        return self.in_periode(rijen, lambda p: [rijen[datum] >= p.begin, rijen[datum] <= p.eind])

    def trajecten(self, *soorten: str) -> Expression:
        """Trajecten of these soorten (none given: of all), with ``team`` filled in and ``persoon`` the client."""
        t = self.tabel("trajecten")
        t = t.mutate(team=known(t.team), trajectsoort=known(t.trajectsoort), persoon=t.klant_id)
        return t.filter(t.trajectsoort.isin(soorten)) if soorten else t

    def behandeld(self, *soorten: str) -> Expression:
        """Trajecten that ran on at least one day of the period."""
        return self.actief(self.trajecten(*soorten))

    def actief(self, rijen: Expression) -> Expression:
        """Each row beside the periods in which it ran on at least one day, from ``startdatum`` to ``einddatum``."""
        return self.in_periode(
            rijen, lambda p: [rijen.startdatum <= p.eind, rijen.einddatum.isnull() | (rijen.einddatum >= p.begin)]
        )

    def gestart(self, *soorten: str) -> Expression:
        """Trajecten whose first day lies in the period."""
        return self.op_datum(self.trajecten(*soorten), "startdatum")

    def afgesloten(self, *soorten: str) -> Expression:
        """Trajecten whose last day lies in the period."""
        return self.op_datum(self.trajecten(*soorten), "einddatum")

    def beginstand(self, *soorten: str) -> Expression:
        """Trajecten that were open at the end of the day before the period."""
        t = self.trajecten(*soorten)
        return self.in_periode(t, lambda p: [t.startdatum < p.begin, t.einddatum.isnull() | (t.einddatum >= p.begin)])

    def eindstand(self, *soorten: str) -> Expression:
        """Trajecten that were open at the end of the period's last day."""
        t = self.trajecten(*soorten)
        return self.in_periode(t, lambda p: [t.startdatum <= p.eind, t.einddatum.isnull() | (t.einddatum > p.eind)])

    def with_dienstverlening(self, trajecten: Expression) -> Expression:
        """``trajecten`` beside periods, with ``dienstverlening`` filled in: as registered, or else ``geteld``.

        What is counted are the contacten up to the period's last day, so that every period is looked at for as long.
        Without a table contacten nothing can be counted: there both are ``onbekend``.
        """
        if self.heeft("contacten"):
            t = trajecten.left_join(self.contacten_tot(), ["traject_id", "eind"], rname="_{name}")
            # by name: a drop leaves the columns in another order in every process, and the handbook shows this query
            t = judged(t, self.tabel("contacten"), self.settings).select(*trajecten.columns, "geteld")
        else:
            t = trajecten.mutate(geteld=literal(ONBEKEND))
        return t.mutate(dienstverlening=ifelse(is_registered(t.dienstverlening), t.dienstverlening, t.geteld))

    def korte_contacten(self, trajecten: Expression) -> Expression:
        """Those of ``trajecten`` that are a kort contact at the end of the period that they stand beside."""
        t = self.with_dienstverlening(trajecten)
        return t.filter(t.dienstverlening == KORT)

    def casussen(self, trajecten: Expression) -> Expression:
        """Those of ``trajecten`` that are a casus at the end of the period that they stand beside."""
        t = self.with_dienstverlening(trajecten)
        return t.filter(t.dienstverlening == CASUS)

    def with_hulpvragen(self, trajecten: Expression) -> Expression:
        """``trajecten`` beside each row of their hulpvragen; one hulpvraag may stand there more than once."""
        return trajecten.inner_join(self.hulpvragen(), "traject_id")

    def hulpvragen(self) -> Expression:
        """Questions within trajecten, with ``thema`` and ``effect`` filled in."""
        h = self.tabel("hulpvragen")
        return h.mutate(thema=known(h.thema), effect=known(h.effect))

    def maandklasse(self, van: Column, tot: Column) -> Column:
        """The class of the time between two days, in months; a time that runs backwards is in the shortest."""
        d = self.settings.drempels
        kort, lang = d.maanden
        return cases(
            (tot < van + months(kort), d.maandlabels[0]),
            (tot <= van + months(lang), d.maandlabels[1]),
            else_=d.maandlabels[2],
        )

    def contactklasse(self, contacten: Column) -> Column:
        """The class of a number of contacts."""
        d = self.settings.drempels
        return cases(
            *[(contacten <= tot, label) for tot, label in zip(d.contacten_per_casus, d.contactlabels)],
            else_=d.contactlabels[-1],
        )

    def informatie_en_advies(self) -> Expression:
        """Short questions asked in the period; anonymous, so the question stands for the person."""
        v = self.tabel("informatie_en_advies")
        return self.op_datum(v.mutate(team=known(v.team), domein=known(v.domein), persoon=v.vraag_id))

    def activiteiten(self) -> Expression:
        """Group activities, whatever their dates."""
        a = self.tabel("collectieve_activiteiten")
        return a.mutate(
            team=known(a.team),
            leeftijdsgroep=known(a.leeftijdsgroep),
            thema=known(a.thema),
            effect=known(a.effect),
            persoon=a.activiteit_id,
        )

    def bijeenkomsten(self) -> Expression:
        """Meetings in the period, with the team of their activity."""
        b, a = self.tabel("bijeenkomsten"), self.activiteiten()
        return self.op_datum(
            b.mutate(persoon=b.bijeenkomst_id).inner_join(a.select("activiteit_id", "team"), "activiteit_id")
        )

    def activiteiten_met_bijeenkomst(self) -> Expression:
        """Group activities with at least one meeting in the period."""
        gehouden = self.bijeenkomsten().select("activiteit_id", "periode", "begin", "eind").distinct()
        return self.activiteiten().inner_join(gehouden, "activiteit_id")

    def deelnames(self) -> Expression:
        """Participations in the period, with team, thema and effect of their activity; the deelnemer is the person."""
        d, a = self.tabel("deelnames"), self.activiteiten().select("activiteit_id", "team", "thema", "effect")
        return self.op_datum(d.mutate(persoon=d.deelnemer_id).inner_join(a, "activiteit_id"))

    def with_klant(self, trajecten: Expression) -> Expression:
        """``trajecten`` with geslacht and kern of the client, and leeftijd and leeftijdsklasse on the last day."""
        k = self.tabel("klanten").select("klant_id", "geboortedatum", "geslacht", "kern")
        t = trajecten.left_join(k, "klant_id", rname="_{name}")
        t = t.mutate(geslacht=known(t.geslacht), kern=known(t.kern), leeftijd=leeftijd(t.geboortedatum, t.eind))
        return t.mutate(leeftijdsklasse=self._leeftijdsklasse(t.leeftijd))

    def _leeftijdsklasse(self, jaren: Column) -> Column:
        d = self.settings.drempels
        grenzen = list(zip(d.leeftijdsklassen, d.leeftijdslabels))[::-1]
        return cases(*[(jaren >= van, label) for van, label in grenzen], else_=ONBEKEND)

    def is_jongere(self, leeftijden: Column) -> Column:
        """Whether a leeftijd is known and not above the limit for a jongere."""
        return (leeftijden <= self.settings.drempels.jongere_tot_en_met).fill_null(False)

    def with_contacten(self, trajecten: Expression) -> Expression:
        """``trajecten`` with ``contacten`` and ``face_to_face``: how many there were up to the period's last day."""
        samen = trajecten.left_join(self.contacten_tot(), ["traject_id", "eind"], rname="_{name}")
        return samen.mutate(contacten=samen.contacten.fill_null(0), face_to_face=samen.face_to_face.fill_null(0))

    @_gedeeld
    def contacten_tot(self) -> Expression:
        """How many ``contacten`` each traject that had any had up to the ``eind`` of periods; and of those how many
        ``face_to_face``, and their ``minuten``."""
        c = self.tabel("contacten")
        c = c.group_by("traject_id", maand=c.datum.truncate("M")).aggregate(  # no period ends within one
            contacten=c.count(), face_to_face=(c.vorm == "face_to_face").fill_null(False).sum(), minuten=c.minuten.sum()
        )
        einden = table(self.perioden, PERIODEN).select("eind").distinct()
        c = c.inner_join(einden, c.maand <= einden.eind)
        return c.group_by("traject_id", "eind").aggregate(
            contacten=c.contacten.sum().cast("int64"),
            face_to_face=c.face_to_face.sum().cast("int64"),
            minuten=c.minuten.sum(),
        )

    def zwaarte(self, gesprekken: Column) -> Column:
        """``zwaar`` above the limit of the settings, ``licht`` up to it, ``onbekend`` without a number."""
        return cases(
            (gesprekken > self.settings.drempels.zwaar_meer_dan, "zwaar"),
            (gesprekken.notnull(), "licht"),
            else_=ONBEKEND,
        )

    def intake(self) -> Expression:
        """The one intake of each traject on each domein: its earliest."""
        return self._meting("intake", eerste=True)

    def eindmeting(self) -> Expression:
        """The one end measurement of each traject on each domein: its latest."""
        return self._meting("eind", eerste=False)

    def _meting(self, moment: str, *, eerste: bool, van: Expression | None = None) -> Expression:
        """``van``: only of these traject_id and domein, so that fewer rows have to be put in order."""
        z = self._metingen(moment)
        if van is not None:
            z = z.semi_join(van.select("traject_id", "domein"), ["traject_id", "domein"])
        # Several rows on that day: the lowest score (99, not discussed, sorts last by itself) and so on down the line.
        volgorde = [z.datum if eerste else z.datum.desc(), z.score, z.zrm_versie, z.hoofddomein.desc(), z.doelscore]
        plaats = row_number().over(window(group_by=[z.traject_id, z.domein], order_by=volgorde))
        return (
            z.mutate(plaats=plaats)
            .filter(lambda rij: rij.plaats == 0)
            .select("traject_id", "domein", "score", "hoofddomein", "doelscore", "zrm_versie")
        )

    def _metingen(self, moment: str) -> Expression:
        z = self.tabel("zrm_metingen")
        return z.filter(z.moment == moment).mutate(
            domein=known(z.domein), zrm_versie=known(z.zrm_versie), hoofddomein=z.hoofddomein.fill_null(False)
        )

    @_gedeeld
    def hoofdintake(self) -> Expression:
        """The intake of each traject on each of its hoofddomeinen."""
        z = self._metingen("intake")
        i = self._meting("intake", eerste=True, van=z.filter(z.hoofddomein))
        return i.filter(i.hoofddomein)

    @_gedeeld
    def scoreparen(self) -> Expression:
        """The pairs of each traject, whenever it ran; further as ``paren``."""
        i = self.hoofdintake()
        i = i.filter(is_score(i.score), i.zrm_versie != ONBEKEND)
        e = self._meting("eind", eerste=False, van=i)
        e = e.filter(is_score(e.score)).select("traject_id", "domein", "zrm_versie", eindscore="score")
        p = i.inner_join(e, ["traject_id", "domein", "zrm_versie"]).rename(intake="score")
        return p.select("traject_id", "domein", "intake", "eindscore", "doelscore")

    def hoofddomeinen(self, trajecten: Expression) -> Expression:
        """``trajecten`` beside each of their hoofddomeinen at intake, with ``domein`` and ``score`` (99: none)."""
        return trajecten.inner_join(self.hoofdintake(), "traject_id")

    def paren(self, trajecten: Expression) -> Expression:
        """``trajecten`` beside their pairs: an intake and an end score on a hoofddomein, of one known ZRM version.

        Columns ``domein``, ``intake``, ``eindscore`` (1–5) and ``doelscore``.
        """
        return trajecten.inner_join(self.scoreparen(), "traject_id")


def known(waarden: Column) -> Column:
    """``waarden`` with ``onbekend`` for a missing one."""
    return waarden.fill_null(ONBEKEND)


def is_score(scores: Column) -> Column:
    """Whether a ZRM score is one; 99 stands for a domein that was not discussed."""
    return scores.between(1, 5)


def leeftijd(geboortedatum: Column, op: Column) -> Column:
    """Completed years on the day ``op``; missing without a geboortedatum or with a later one."""
    nog_niet_jarig = (op.month() * 100 + op.day()) < (geboortedatum.month() * 100 + geboortedatum.day())
    jaren = op.year() - geboortedatum.year() - nog_niet_jarig.cast("int64")
    return ifelse(geboortedatum <= op, jaren, null("int64"))
