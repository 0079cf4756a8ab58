"""The indicators of the benchmark in DuckDB SQL, written by hand for De Kop and its default settings.

As somebody writes them who knows DuckDB well: the rows that several indicators need are made once, contacts are counted
in one pass for all periods, and all totals come from one query. Columns ``FIGUUR``; rows that are zero are left out.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

FIGUUR = ["indicator", "periode", "team", "categorie", "subcategorie", "teller", "noemer", "n_personen"]

# Contacts up to the end of each period: one count per traject for each of the days that a period ends on.
GEDEELD = {
    "individueel": """
        SELECT t.traject_id, t.klant_id, coalesce(t.team, 'onbekend') AS team, p.periode, p.begin, p.eind, p.is_jaar,
            t.geschat_aantal_gesprekken AS geschat
        FROM trajecten t JOIN perioden p
            ON t.startdatum <= p.eind AND (t.einddatum IS NULL OR t.einddatum >= p.begin)
        WHERE t.trajectsoort = 'individueel'""",
    "geteld": """
        UNPIVOT (SELECT traject_id, {tellingen} FROM contacten GROUP BY traject_id)
        ON COLUMNS(* EXCLUDE traject_id) INTO NAME eind VALUE contacten""",
    "met_contacten": """
        SELECT i.*, coalesce(g.contacten, 0) AS contacten
        FROM individueel i LEFT JOIN geteld g ON g.traject_id = i.traject_id AND g.eind = CAST(i.eind AS VARCHAR)""",
    "intake": """
        SELECT traject_id, domein, score, zrm_versie, doelscore FROM (
            SELECT *, row_number() OVER (PARTITION BY traject_id, coalesce(domein, 'onbekend') ORDER BY datum, score,
                coalesce(zrm_versie, 'onbekend'), coalesce(hoofddomein, false) DESC, doelscore) AS plaats
            FROM zrm_metingen WHERE moment = 'intake')
        WHERE plaats = 1 AND hoofddomein""",
}

# {totalen}: GROUP BY with a set for every total of {niveaus}, in which a total has no value.
VRAGEN = {
    "instroom": (
        "team, categorie",
        """
        SELECT periode, {niveaus}, count(*) AS teller, NULL AS noemer, count(DISTINCT klant_id) AS n_personen
        FROM (SELECT periode, coalesce(team, 'onbekend') AS team, coalesce(trajectsoort, 'onbekend') AS categorie,
                  klant_id
              FROM trajecten JOIN perioden ON startdatum BETWEEN begin AND eind) {totalen}""",
    ),
    "eindstand": (
        "team, categorie",
        """
        SELECT periode, {niveaus}, count(*) AS teller, NULL AS noemer, count(DISTINCT klant_id) AS n_personen
        FROM (SELECT periode, coalesce(team, 'onbekend') AS team, coalesce(trajectsoort, 'onbekend') AS categorie,
                  klant_id
              FROM trajecten JOIN perioden ON startdatum <= eind AND (einddatum IS NULL OR einddatum > eind))
        {totalen}""",
    ),
    "informatie_en_advies": (
        "team, categorie",
        """
        SELECT periode, {niveaus}, count(*) AS teller, NULL AS noemer, count(*) AS n_personen
        FROM (SELECT periode, coalesce(team, 'onbekend') AS team, coalesce(domein, 'onbekend') AS categorie
              FROM informatie_en_advies JOIN perioden ON datum BETWEEN begin AND eind) {totalen}""",
    ),
    "collectieve_deelnemers": (
        "team",
        """
        SELECT periode, {niveaus}, sum(aantal_deelnemers) AS teller, NULL AS noemer, count(*) AS n_personen
        FROM (SELECT periode, coalesce(team, 'onbekend') AS team, aantal_deelnemers
              FROM bijeenkomsten JOIN collectieve_activiteiten USING (activiteit_id)
              JOIN perioden ON datum BETWEEN begin AND eind WHERE aantal_deelnemers IS NOT NULL) {totalen}""",
    ),
    "verwijzingen": (
        "team, categorie",
        """
        SELECT periode, {niveaus}, count(*) AS teller, max(count(*)) OVER (PARTITION BY periode, team) AS noemer,
            count(DISTINCT klant_id) AS n_personen
        FROM (SELECT periode, coalesce(team, 'onbekend') AS team, coalesce(aanmeldroute, 'onbekend') AS categorie,
                  klant_id
              FROM trajecten JOIN perioden ON is_jaar AND startdatum BETWEEN begin AND eind
              WHERE trajectsoort = 'individueel') {totalen}""",
    ),
    "klanten": (
        "team, categorie, subcategorie",
        """
        SELECT periode, {niveaus}, count(DISTINCT klant_id) AS teller, NULL AS noemer, teller AS n_personen
        FROM (SELECT periode, i.team, klant_id, coalesce(geslacht, 'onbekend') AS subcategorie,
                  date_sub('year', geboortedatum, eind) AS jaren,
                  CASE WHEN geboortedatum IS NULL OR geboortedatum > eind THEN 'onbekend'
                      WHEN jaren >= 75 THEN '75+' WHEN jaren >= 65 THEN '65-74' WHEN jaren >= 45 THEN '45-64'
                      WHEN jaren >= 28 THEN '28-44' WHEN jaren >= 18 THEN '18-27' WHEN jaren >= 12 THEN '12-17'
                      ELSE '0-11' END AS categorie
              FROM individueel i LEFT JOIN klanten USING (klant_id) WHERE is_jaar) {totalen}""",
    ),
    "netwerkparticipanten": (
        "team",
        """
        SELECT periode, {niveaus}, count(DISTINCT participant_id) AS teller, NULL AS noemer,
            count(DISTINCT klant_id) AS n_personen
        FROM (SELECT periode, coalesce(team, 'onbekend') AS team, participant_id, klant_id
              FROM trajecten JOIN netwerkparticipanten USING (traject_id)
              JOIN perioden ON is_jaar AND startdatum <= eind AND (einddatum IS NULL OR einddatum >= begin)
              WHERE trajectsoort IN ('individueel', 'leun_en_steun')) {totalen}""",
    ),
    "casussen_per_1000_inwoners": (
        "team, categorie",
        """
        WITH inwonend AS (SELECT kern, inwoners FROM kernen WHERE inwoners > 0),
        casussen AS (
            SELECT periode, i.team, klant_id, coalesce(k.kern, 'onbekend') AS categorie, inwoners, inwoners > 0 AS telt
            FROM individueel i LEFT JOIN klanten k USING (klant_id) LEFT JOIN inwonend ON inwonend.kern = k.kern
            WHERE is_jaar)
        SELECT periode, {niveaus},
            CASE GROUPING(categorie) WHEN 1 THEN count(*) FILTER (telt) ELSE count(*) END AS teller,
            CASE GROUPING(categorie) WHEN 1 THEN (SELECT sum(inwoners) FROM inwonend)
                ELSE coalesce(any_value(inwoners), 0) END AS noemer,
            CASE GROUPING(categorie) WHEN 1 THEN count(DISTINCT klant_id) FILTER (telt)
                ELSE count(DISTINCT klant_id) END AS n_personen
        FROM casussen {totalen}""",
    ),
    "contacten_per_traject": (
        "team, categorie",
        """
        SELECT periode, {niveaus}, sum(contacten) AS teller, count(*) AS noemer, count(DISTINCT klant_id) AS n_personen
        FROM (SELECT *, CASE WHEN geschat > 5 THEN 'zwaar' WHEN geschat IS NOT NULL THEN 'licht' ELSE 'onbekend' END
              AS categorie FROM met_contacten WHERE is_jaar) {totalen}""",
    ),
    "zware_trajecten_werkelijk": (
        "team",
        """
        SELECT periode, {niveaus}, count(*) FILTER (contacten > 5) AS teller, count(*) AS noemer,
            count(DISTINCT klant_id) FILTER (contacten > 5) AS n_personen
        FROM met_contacten {totalen}""",
    ),
    "zrm_intake": (
        "team, categorie, subcategorie",
        """
        SELECT periode, {niveaus}, count(*) AS teller, NULL AS noemer, count(DISTINCT klant_id) AS n_personen
        FROM (SELECT periode, team, klant_id, coalesce(domein, 'onbekend') AS categorie,
                  CAST(score AS VARCHAR) AS subcategorie
              FROM individueel JOIN intake USING (traject_id) WHERE is_jaar AND score BETWEEN 1 AND 5) {totalen}""",
    ),
    "zrm_groei": (
        "team, categorie",
        """
        WITH slot AS (
            SELECT traject_id, domein, score, zrm_versie FROM (
                SELECT *, row_number() OVER (PARTITION BY traject_id, coalesce(domein, 'onbekend') ORDER BY datum DESC,
                    score, coalesce(zrm_versie, 'onbekend'), coalesce(hoofddomein, false) DESC, doelscore) AS plaats
                FROM zrm_metingen WHERE moment = 'eind')
            WHERE plaats = 1 AND score BETWEEN 1 AND 5)
        SELECT periode, {niveaus}, sum(slot.score - intake.score) AS teller, count(*) AS noemer,
            count(DISTINCT klant_id) AS n_personen
        FROM (SELECT periode, traject_id, klant_id, coalesce(team, 'onbekend') AS team
              FROM trajecten JOIN perioden ON is_jaar AND einddatum BETWEEN begin AND eind
              WHERE trajectsoort = 'individueel')
        JOIN (SELECT *, coalesce(domein, 'onbekend') AS categorie FROM intake WHERE score BETWEEN 1 AND 5) intake
            USING (traject_id)
        JOIN slot ON slot.traject_id = intake.traject_id AND slot.domein IS NOT DISTINCT FROM intake.domein
            AND slot.zrm_versie = intake.zrm_versie
        {totalen}""",
    ),
    "complexiteit": (
        "team, categorie",
        """
        SELECT periode, {niveaus}, count(*) AS teller, max(count(*)) OVER (PARTITION BY periode, team) AS noemer,
            count(DISTINCT klant_id) AS n_personen
        FROM (SELECT periode, team, klant_id, CASE WHEN aantal >= 4 THEN 'complex' WHEN aantal >= 2 THEN
                  'redelijk complex' ELSE 'niet complex' END AS categorie
              FROM individueel JOIN (SELECT traject_id, count(*) AS aantal FROM intake GROUP BY 1) USING (traject_id))
        {totalen}""",
    ),
    "kto_respons": (
        "team",
        """
        SELECT periode, {niveaus}, count(ingevuld_op) AS teller, count(*) AS noemer,
            count(DISTINCT klant_id) FILTER (ingevuld_op IS NOT NULL) AS n_personen
        FROM (SELECT periode, coalesce(team, 'onbekend') AS team, klant_id, ingevuld_op
              FROM trajecten JOIN klanttevredenheid USING (traject_id)
              JOIN perioden ON is_jaar AND einddatum BETWEEN begin AND eind WHERE verzendstatus = 'verzonden')
        {totalen}""",
    ),
}

# What has to be read for them at the least.
KOLOMMEN = {
    "trajecten": [
        "traject_id",
        "klant_id",
        "team",
        "trajectsoort",
        "startdatum",
        "einddatum",
        "aanmeldroute",
        "geschat_aantal_gesprekken",
    ],
    "klanten": ["klant_id", "geboortedatum", "geslacht", "kern"],
    "contacten": ["traject_id", "datum"],
    "zrm_metingen": ["traject_id", "moment", "datum", "domein", "score", "hoofddomein", "doelscore", "zrm_versie"],
    "informatie_en_advies": ["datum", "team", "domein"],
    "collectieve_activiteiten": ["activiteit_id", "team"],
    "bijeenkomsten": ["activiteit_id", "datum", "aantal_deelnemers"],
    "netwerkparticipanten": ["traject_id", "participant_id"],
    "klanttevredenheid": ["traject_id", "verzendstatus", "ingevuld_op"],
    "kernen": ["kern", "inwoners"],
}


def cijfers(checked: str, jaren: list[int]) -> pd.DataFrame:
    """The figures of all ``VRAGEN`` over the checked tables of De Kop, for these years and their quarters."""
    with duckdb.connect() as con:
        for pad in Path(checked).glob("*.parquet"):
            con.execute(f"CREATE VIEW {pad.stem} AS FROM '{pad}'")
        con.execute(f"""CREATE TABLE perioden AS
            SELECT CAST(jaar AS VARCHAR) AS periode, make_date(jaar, 1, 1) AS begin, make_date(jaar, 12, 31) AS eind,
                true AS is_jaar FROM (SELECT unnest({jaren}) AS jaar)
            UNION ALL
            SELECT jaar || '-K' || k, make_date(jaar, 3 * k - 2, 1),
                last_day(make_date(jaar, 3 * k, 1)), false
            FROM (SELECT unnest({jaren}) AS jaar), (SELECT unnest([1, 2, 3, 4]) AS k)""")
        einden = [str(eind) for (eind,) in con.execute("SELECT DISTINCT eind FROM perioden").fetchall()]
        tellingen = ", ".join(f"count(*) FILTER (datum <= DATE '{eind}') AS \"{eind}\"" for eind in einden)
        for naam, query in GEDEELD.items():
            con.execute(f"CREATE TEMP TABLE {naam} AS {query.format(tellingen=tellingen)}")
        return pd.concat([_figures(con, naam, *vraag) for naam, vraag in VRAGEN.items()], ignore_index=True)


def _figures(con: duckdb.DuckDBPyConnection, naam: str, niveaus: str, query: str) -> pd.DataFrame:
    rijen = con.execute(query.format(niveaus=niveaus, totalen=f"GROUP BY periode, CUBE ({niveaus})")).df()
    rijen = rijen.fillna({"team": "alle", "categorie": "totaal", "subcategorie": "totaal"})
    anders = {"indicator": naam, "categorie": "totaal", "subcategorie": ""}
    return rijen.assign(**{kolom: waarde for kolom, waarde in anders.items() if kolom not in rijen})[FIGUUR]
