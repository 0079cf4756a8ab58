"""The indicators of the benchmark in pandas, for De Kop and its default settings.

As a good analyst writes them: only the columns that are needed, no loops over rows, texts that repeat as categories,
each table read once, and what several indicators need made once. The same figures as ``met_sql``.
"""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.met_sql import FIGUUR, KOLOMMEN

CATEGORIEEN = [
    "team",
    "trajectsoort",
    "aanmeldroute",
    "geslacht",
    "kern",
    "moment",
    "domein",
    "zrm_versie",
    "verzendstatus",
]
SOORTEN = ["individueel", "leun_en_steun"]


def cijfers(checked: str, jaren: list[int]) -> pd.DataFrame:
    """The figures of all indicators over the checked tables of De Kop, for these years and their quarters."""
    tabel = {naam: _read(Path(checked), naam) for naam in KOLOMMEN}
    perioden = _periods(jaren)
    alleen_jaren = perioden[perioden.is_jaar]
    trajecten = tabel["trajecten"]
    for naam in ("trajecten", "informatie_en_advies", "collectieve_activiteiten"):
        tabel[naam]["team"] = _known(tabel[naam].team)

    individueel = _running(trajecten[trajecten.trajectsoort == "individueel"], perioden)
    gestart = _on_date(trajecten, "startdatum", perioden)
    afgesloten = _on_date(trajecten, "einddatum", alleen_jaren)
    intake = _measurement(tabel["zrm_metingen"], "intake", eerste=True)
    intake = intake[intake.hoofddomein.fillna(False)]
    delen = [
        _totals("instroom", gestart.assign(categorie=_known(gestart.trajectsoort)), ["team", "categorie"]),
        _totals("eindstand", _open_at_end(trajecten, perioden), ["team", "categorie"]),
        _advice(tabel["informatie_en_advies"], perioden),
        _participants(tabel["bijeenkomsten"], tabel["collectieve_activiteiten"], perioden),
        _referrals(gestart[gestart.is_jaar & (gestart.trajectsoort == "individueel")]),
        _network(trajecten[trajecten.trajectsoort.isin(SOORTEN)], tabel["netwerkparticipanten"], alleen_jaren),
        *_clients(individueel[individueel.is_jaar], tabel["klanten"], tabel["kernen"]),
        *_contacts(individueel, tabel["contacten"]),
        *_zrm(individueel, afgesloten[afgesloten.trajectsoort == "individueel"], intake, tabel["zrm_metingen"]),
        _response(afgesloten, tabel["klanttevredenheid"]),
    ]
    return pd.concat(delen, ignore_index=True)[FIGUUR]


def _read(checked: Path, naam: str) -> pd.DataFrame:
    kolommen = KOLOMMEN[naam]
    return pd.read_parquet(
        checked / f"{naam}.parquet",
        columns=kolommen,
        read_dictionary=[kolom for kolom in kolommen if kolom in CATEGORIEEN],
        to_pandas_kwargs={"date_as_object": False},
    )


def _periods(jaren: list[int]) -> pd.DataFrame:
    kwartalen = pd.period_range(f"{min(jaren)}Q1", f"{max(jaren)}Q4", freq="Q")
    kwartalen = kwartalen[kwartalen.year.isin(jaren)]
    hele = pd.PeriodIndex([str(jaar) for jaar in jaren], freq="Y")
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "periode": hele.astype(str),
                    "begin": hele.start_time,
                    "eind": hele.end_time.normalize(),
                    "is_jaar": True,
                }
            ),
            pd.DataFrame(
                {
                    "periode": kwartalen.strftime("%Y-K%q"),
                    "begin": kwartalen.start_time,
                    "eind": kwartalen.end_time.normalize(),
                    "is_jaar": False,
                }
            ),
        ],
        ignore_index=True,
    )


def _known(waarden: pd.Series) -> pd.Series:
    """``waarden`` with ``onbekend`` for a missing one; a category stays one."""
    if isinstance(waarden.dtype, pd.CategoricalDtype) and "onbekend" not in waarden.cat.categories:
        waarden = waarden.cat.add_categories("onbekend")
    return waarden.fillna("onbekend")


def _in_periods(rijen: pd.DataFrame, perioden: pd.DataFrame, valt_in) -> pd.DataFrame:
    """The rows that ``valt_in(rijen, periode)`` says yes to, once for each period."""
    delen = [
        rijen[valt_in(rijen, p)].assign(periode=p.periode, eind=p.eind, is_jaar=p.is_jaar)
        for p in perioden.itertuples()
    ]
    alle = pd.concat(delen, ignore_index=True)
    return alle.assign(periode=alle.periode.astype(pd.CategoricalDtype(perioden.periode)))


def _running(rijen: pd.DataFrame, perioden: pd.DataFrame) -> pd.DataFrame:
    return _in_periods(
        rijen, perioden, lambda r, p: (r.startdatum <= p.eind) & (r.einddatum.isna() | (r.einddatum >= p.begin))
    )


def _open_at_end(rijen: pd.DataFrame, perioden: pd.DataFrame) -> pd.DataFrame:
    stand = _in_periods(
        rijen, perioden, lambda r, p: (r.startdatum <= p.eind) & (r.einddatum.isna() | (r.einddatum > p.eind))
    )
    return stand.assign(categorie=_known(stand.trajectsoort))


def _on_date(rijen: pd.DataFrame, datum: str, perioden: pd.DataFrame) -> pd.DataFrame:
    return _in_periods(rijen, perioden, lambda r, p: r[datum].between(p.begin, p.eind))


def _totals(
    indicator: str,
    records: pd.DataFrame,
    niveaus: list[str],
    *,
    teller: str | None = None,
    uniek: str | None = None,
    persoon: str | None = "klant_id",
    telt: str | None = None,
    noemer: str | None = None,
) -> pd.DataFrame:
    """Figures per period at every level: of each of ``niveaus`` itself or all together.

    The teller counts rows, adds up ``teller`` or counts distinct ``uniek``; ``noemer="rijen"`` is their number, and
    ``noemer="totaal"`` that of all categories. Persons are distinct ``persoon`` of the rows where ``telt``, or of all;
    where ``persoon`` is None every row is one.
    """
    delen = []
    for groep in chain.from_iterable(combinations(niveaus, aantal) for aantal in range(len(niveaus) + 1)):
        sleutel = ["periode", *groep]
        per = records.groupby(sleutel, observed=True)
        rijen = per.size()
        if uniek:
            aantal = _distinct(records, sleutel, uniek)
        else:
            aantal = per[teller].sum() if teller else rijen
        mensen = records if telt is None else records[records[telt]]
        personen = rijen if persoon is None else aantal if persoon == uniek else _distinct(mensen, sleutel, persoon)
        deel = pd.DataFrame({"teller": aantal, "n_personen": personen}).fillna(0)
        if noemer == "rijen":
            deel["noemer"] = rijen
        elif noemer == "totaal":
            zonder = [kolom for kolom in sleutel if kolom != "categorie"]
            deel["noemer"] = rijen.groupby(zonder, observed=True).transform("sum")
        delen.append(deel.reset_index())
    figuren = pd.concat(delen, ignore_index=True).astype(dict.fromkeys(niveaus, object))
    totalen = {"team": "alle", "categorie": "totaal", "subcategorie": "totaal"}
    figuren = figuren.fillna({naam: totalen[naam] for naam in niveaus})
    vast = {"noemer": np.nan, "categorie": "totaal", "subcategorie": ""}
    return figuren.assign(indicator=indicator, **{n: w for n, w in vast.items() if n not in figuren})


def _distinct(records: pd.DataFrame, sleutel: list[str], kolom: str) -> pd.Series:
    """Distinct values per group: much quicker than pandas' own ``nunique`` per group."""
    return records[[*sleutel, kolom]].drop_duplicates().groupby(sleutel, observed=True).size()


def _advice(vragen: pd.DataFrame, perioden: pd.DataFrame) -> pd.DataFrame:
    vragen = _on_date(vragen, "datum", perioden)
    return _totals(
        "informatie_en_advies", vragen.assign(categorie=_known(vragen.domein)), ["team", "categorie"], persoon=None
    )


def _participants(bijeenkomsten: pd.DataFrame, activiteiten: pd.DataFrame, perioden: pd.DataFrame) -> pd.DataFrame:
    geteld = _on_date(bijeenkomsten[bijeenkomsten.aantal_deelnemers.notna()], "datum", perioden)
    return _totals(
        "collectieve_deelnemers",
        geteld.merge(activiteiten, on="activiteit_id"),
        ["team"],
        teller="aantal_deelnemers",
        persoon=None,
    )


def _referrals(gestart: pd.DataFrame) -> pd.DataFrame:
    return _totals(
        "verwijzingen", gestart.assign(categorie=_known(gestart.aanmeldroute)), ["team", "categorie"], noemer="totaal"
    )


def _network(trajecten: pd.DataFrame, participanten: pd.DataFrame, jaren: pd.DataFrame) -> pd.DataFrame:
    helpers = _running(trajecten, jaren).merge(participanten, on="traject_id")
    return _totals("netwerkparticipanten", helpers, ["team"], uniek="participant_id")


def _clients(individueel: pd.DataFrame, klanten: pd.DataFrame, kernen: pd.DataFrame) -> list[pd.DataFrame]:
    """Clients by age and gender, and casussen per 1,000 inwoners."""
    klanten = klanten.assign(geslacht=_known(klanten.geslacht), kern=_known(klanten.kern))
    t = individueel.merge(klanten, on="klant_id", how="left")
    geboren, eind = t.geboortedatum.dt, t.eind.dt
    nog_niet_jarig = (eind.month * 100 + eind.day) < (geboren.month * 100 + geboren.day)
    leeftijd = (eind.year - geboren.year - nog_niet_jarig).where(t.geboortedatum <= t.eind)
    klassen = pd.cut(
        leeftijd,
        [0, 12, 18, 28, 45, 65, 75, np.inf],
        right=False,
        labels=["0-11", "12-17", "18-27", "28-44", "45-64", "65-74", "75+"],
    )
    naar_leeftijd = t.assign(categorie=_known(klassen), subcategorie=t.geslacht)
    alle = _totals("klanten", naar_leeftijd, ["team", "categorie", "subcategorie"], uniek="klant_id")

    inwoners = kernen[kernen.inwoners > 0].set_index("kern").inwoners
    t = t.assign(categorie=t.kern)
    per_kern = _totals("casussen_per_1000_inwoners", t, ["team", "categorie"])
    per_kern = per_kern[per_kern.categorie != "totaal"]
    samen = _totals("casussen_per_1000_inwoners", t[t.kern.isin(inwoners.index)], ["team"])
    return [
        alle,
        per_kern.assign(noemer=per_kern.categorie.map(inwoners).fillna(0)),
        samen.assign(noemer=inwoners.sum()),
    ]


def _contacts(individueel: pd.DataFrame, contacten: pd.DataFrame) -> list[pd.DataFrame]:
    """Mean contacts by estimate, and the share with more than five; contacts up to the end of each period."""
    einden = np.sort(individueel.eind.unique())
    tot = np.searchsorted(einden, contacten.datum.to_numpy())  # the first period that a contact counts for
    per_traject = contacten.groupby(["traject_id", tot]).size().unstack(fill_value=0)
    per_traject = per_traject.reindex(columns=range(len(einden)), fill_value=0).cumsum(axis=1)
    per_traject.columns = einden
    lang = per_traject.stack().rename("contacten")
    t = individueel.join(lang, on=["traject_id", "eind"])
    t = t.assign(contacten=t.contacten.fillna(0).astype("int64"))
    geschat = t.geschat_aantal_gesprekken
    t["categorie"] = pd.Categorical(np.where(geschat.isna(), "onbekend", np.where(geschat > 5, "zwaar", "licht")))
    t["zwaar"] = t.contacten > 5
    return [
        _totals("contacten_per_traject", t[t.is_jaar], ["team", "categorie"], teller="contacten", noemer="rijen"),
        _totals(
            "zware_trajecten_werkelijk",
            t.drop(columns="categorie"),
            ["team"],
            teller="zwaar",
            telt="zwaar",
            noemer="rijen",
        ),
    ]


def _measurement(metingen: pd.DataFrame, moment: str, *, eerste: bool) -> pd.DataFrame:
    """The one measurement of each traject on each domein: the earliest, or the latest."""
    m = metingen[metingen.moment == moment]
    m = m.assign(domein=_known(m.domein), versie=_known(m.zrm_versie).astype(str), hoofd=m.hoofddomein.fillna(False))
    m = m.sort_values(["datum", "score", "versie", "hoofd", "doelscore"], ascending=[eerste, True, True, False, True])
    return m.drop_duplicates(["traject_id", "domein"])


def _zrm(
    individueel: pd.DataFrame, afgesloten: pd.DataFrame, intake: pd.DataFrame, metingen: pd.DataFrame
) -> list[pd.DataFrame]:
    """Scores at intake, growth over pairs, and complexity."""
    met_score = intake[intake.score.between(1, 5)]
    bij_intake = individueel[individueel.is_jaar].merge(met_score[["traject_id", "domein", "score"]], on="traject_id")
    scores = bij_intake.score.astype(str).astype("category")
    bij_intake = bij_intake.assign(categorie=bij_intake.domein, subcategorie=scores)

    eind = _measurement(metingen, "eind", eerste=False)
    eind = eind[eind.score.between(1, 5)]
    paren = met_score[met_score.versie != "onbekend"].merge(
        eind, on=["traject_id", "domein", "versie"], suffixes=("", "_eind")
    )
    paren = paren[["traject_id", "domein"]].assign(groei=paren.score_eind - paren.score)
    groei = afgesloten.merge(paren, on="traject_id")

    aantal = intake.groupby("traject_id").size().rename("aantal")
    t = individueel.join(aantal, on="traject_id", how="inner")
    t["categorie"] = pd.cut(
        t.aantal, [1, 2, 4, np.inf], right=False, labels=["niet complex", "redelijk complex", "complex"]
    )
    return [
        _totals("zrm_intake", bij_intake, ["team", "categorie", "subcategorie"]),
        _totals(
            "zrm_groei", groei.assign(categorie=groei.domein), ["team", "categorie"], teller="groei", noemer="rijen"
        ),
        _totals("complexiteit", t, ["team", "categorie"], noemer="totaal"),
    ]


def _response(afgesloten: pd.DataFrame, uitnodigingen: pd.DataFrame) -> pd.DataFrame:
    verzonden = uitnodigingen[uitnodigingen.verzendstatus == "verzonden"]
    u = afgesloten.merge(verzonden, on="traject_id")
    return _totals(
        "kto_respons",
        u.assign(ingevuld=u.ingevuld_op.notna()),
        ["team"],
        teller="ingevuld",
        telt="ingevuld",
        noemer="rijen",
    )
