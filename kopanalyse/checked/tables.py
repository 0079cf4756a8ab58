"""What is strange about whole tables, where no single row is wrong: notes (Dutch) on the clean tables together."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kopanalyse.checked.near import told_apart, visible
from kopanalyse.checked.rows import clean
from kopanalyse.checked.rules import TOTAALREGEL
from kopanalyse.engine.duckdb import Engine
from kopanalyse.engine.words import day, literal, months, today, union
from kopanalyse.raw.names import GEEN_SLEUTEL
from kopanalyse.raw.schema import TABELLEN
from kopanalyse.settings import Settings

# A child and the date of its first row, held against its parent and the date from which children are to be expected.
BEGINT_NA = (
    ("contacten", "datum", "trajecten", "startdatum"),
    ("zrm_metingen", "datum", "trajecten", "startdatum"),
    ("klanttevredenheid", "verzonden_op", "trajecten", "einddatum"),
    ("bijeenkomsten", "datum", "collectieve_activiteiten", "startdatum"),
    ("deelnames", "datum", "collectieve_activiteiten", "startdatum"),
)


_TOON = 5


def notes(engine: Engine, settings: Settings, aanwezig: frozenset[str], vandaag: date) -> list[str]:
    """Notes on the clean tables ``aanwezig``, which stand in ``engine`` under their names; ``vandaag`` is its day."""
    return [
        *_no_records(engine, aanwezig),
        *_teams_alike(engine, settings, aanwezig),
        *_later_than_parent(engine, settings, aanwezig),
        *_no_recent_start(engine, settings, aanwezig, vandaag),
    ]


def _no_records(engine: Engine, aanwezig: frozenset[str]) -> list[str]:
    """Keys and categories that look like a total, a line below the table or a header, and yet count.

    Keys only in tables that ask for nothing else: in others such a row misses what it needs, and is in quarantine.
    """
    notities = []
    for tabel in (tabel for tabel in TABELLEN.values() if tabel.naam in aanwezig):
        for kolom in tabel.kolommen:
            tekst = clean(tabel)[kolom.naam]
            if kolom.naam == tabel.sleutel and tabel.verplicht == (tabel.sleutel,):
                vreemd = tekst.lower().re_search(GEEN_SLEUTEL) | (tekst.lower() == kolom.naam)
            elif kolom.categorie or kolom.team:
                vreemd = tekst.lower().isin(TOTAALREGEL)
            else:
                continue
            rijen = clean(tabel).filter(vreemd).group_by(waarde=kolom.naam).agg(aantal=lambda t: t.count())
            gevonden = [
                f"'{visible(waarde[:30])}' ({aantal} keer)" for waarde, aantal in engine.rows(rijen.order_by("waarde"))
            ]
            if gevonden:
                notities.append(
                    f"in {tabel.naam}.{kolom.naam} staat {', '.join(gevonden[:_TOON])}: dat lijkt geen "
                    f"{kolom.naam.removesuffix('_id')} maar een totaal, of een regel boven of onder de tabel. Het telt "
                    "mee; is het geen gegeven, haal de rij dan weg (in een koppeling: voettekst of weglaten)."
                )
    return notities


def _teams_alike(engine: Engine, settings: Settings, aanwezig: frozenset[str]) -> list[str]:
    """Teams that a reader would take for one: the rarer, and a team that the settings do not know, is named."""
    met_team = [
        tabel for tabel in TABELLEN.values() if tabel.naam in aanwezig and any(kolom.team for kolom in tabel.kolommen)
    ]
    if not met_team:
        return []
    delen = []
    for tabel in met_team:
        rijen = clean(tabel)
        rijen = rijen.filter(rijen.team.notnull()).group_by("team").agg(aantal=lambda t: t.count())
        delen.append(rijen.mutate(tabel=literal(tabel.naam)))
    rijen_per_team: dict[str, dict[str, int]] = defaultdict(dict)
    for team, aantal, tabel in engine.rows(union(delen).order_by(["tabel", "team"])):
        rijen_per_team[team][tabel] = aantal
    volgorde = [
        *settings.teams,
        *sorted(
            rijen_per_team.keys() - set(settings.teams), key=lambda team: (-sum(rijen_per_team[team].values()), team)
        ),
    ]
    notities = []
    for plaats, team in enumerate(volgorde):
        gelijkend = told_apart(team, volgorde[:plaats])
        if team not in rijen_per_team or gelijkend is None:
            continue
        ander, verschil = gelijkend
        waar = ", ".join(f"{tabel} {aantal} keer" for tabel, aantal in rijen_per_team[team].items())
        notities.append(
            f"team '{visible(team)}' ({waar}) lijkt op '{visible(ander)}': alleen {verschil} verschillen. "
            "Zij tellen nu als twee teams; herstel het in de registratie, of zet onder [synoniemen] "
            f'team = {{ "{team}" = "{ander}" }} in organisatie.toml.'
        )
    return notities


def _later_than_parent(engine: Engine, settings: Settings, aanwezig: frozenset[str]) -> list[str]:
    """Tables of which the first row is so much later than the first of its parent that the years between lack it."""
    notities = []
    for kind, datum, ouder, vanaf in BEGINT_NA:
        if not {kind, ouder} <= aanwezig or kind in covered(settings):
            continue
        begin, ouders = _first_day(engine, settings, kind, datum), _first_day(engine, settings, ouder, vanaf)
        if begin and ouders and _months_later(ouders, settings.controle.begint_later) <= begin:
            notities.append(
                f"{kind} begint op {begin}, {ouder} op {ouders}. Is {kind} van daarvoor niet geregistreerd, zet "
                f"dan onder [dekking.{kind}] van = {begin} in organisatie.toml; anders ontbreken er rijen in de "
                "export."
            )
    return notities


def _first_day(engine: Engine, settings: Settings, tabel: str, kolom: str) -> date | None:
    """The first day in a column, of those that are not suspect."""
    rijen = clean(TABELLEN[tabel])
    eerste = day(date(max(settings.drempels.eerste_jaar, 1), 1, 1))
    rijen = rijen.filter(rijen[kolom].between(eerste, today()))
    (dag,) = engine.values(rijen.aggregate(dag=rijen[kolom].min()))
    return dag


def _months_later(dag: date, aantal: int) -> date:
    """The same day that many months later, or else the last day of that month."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def _no_recent_start(engine: Engine, settings: Settings, aanwezig: frozenset[str], vandaag: date) -> list[str]:
    """No traject began in the last month before the day of checking, or before the day until which all is covered."""
    if "trajecten" not in aanwezig:
        return []
    tot = covered_until(settings)
    eerder = tot is not None and tot < vandaag
    peil = day(tot) if tot and eerder else today()
    rijen = clean(TABELLEN["trajecten"])
    rijen = rijen.filter(rijen.startdatum <= peil)
    recent = (rijen.startdatum > peil - months(settings.controle.zonder_start)).any()
    laatste, recent = next(engine.rows(rijen.aggregate(laatste=rijen.startdatum.max(), recent=recent)))
    if laatste is None or recent:
        return []
    voor = f"{tot}, tot wanneer de registratie loopt" if eerder else f"de dag van de controle ({vandaag})"
    return [
        f"het laatste traject begint op {laatste}, {_months(settings.controle.zonder_start)} of meer voor {voor}. Is "
        f"dat de hele registratie, zet dan onder [dekking] tot = {laatste} (of de dag tot waar zij loopt) in "
        "organisatie.toml; anders is de export niet volledig."
    ]


def _months(aantal: int) -> str:
    return "een maand" if aantal == 1 else f"{aantal} maanden"


def covered(settings: Settings) -> Iterable[str]:
    """The tables of which the organisation itself says what they cover."""
    return settings.dekking.per_tabel


def covered_until(settings: Settings) -> date | None:
    """The last day that the registration covers, when the organisation says so."""
    return settings.dekking.tot
