-- Een rij per dossier en moment, met twee kolommen per domein, wordt een rij per domein. Wat in Hoofddomeinen staat is
-- ja, wat in Geen hoofddomein staat nee, en anders is het niet ingevuld.
WITH lang AS (
    FROM zrm UNPIVOT INCLUDE NULLS ((score, doelscore) FOR kolom IN (
        ("ZRM Financiën", "ZRM Financiën doel") AS 'ZRM Financiën',
        ("ZRM Huisvesting", "ZRM Huisvesting doel") AS 'ZRM Huisvesting',
        ("ZRM Huiselijke relaties", "ZRM Huiselijke relaties doel") AS 'ZRM Huiselijke relaties',
        ("ZRM Geestelijke gezondheid", "ZRM Geestelijke gezondheid doel") AS 'ZRM Geestelijke gezondheid',
        ("ZRM Maatschappelijke participatie", "ZRM Maatschappelijke participatie doel") AS 'ZRM Maatschappelijke participatie',
        ("ZRM Zelfzorg", "ZRM Zelfzorg doel") AS 'ZRM Zelfzorg',
        ("ZRM Sociaal netwerk", "ZRM Sociaal netwerk doel") AS 'ZRM Sociaal netwerk',
        ("ZRM Dagbesteding", "ZRM Dagbesteding doel") AS 'ZRM Dagbesteding',
        ("ZRM Lichamelijke gezondheid", "ZRM Lichamelijke gezondheid doel") AS 'ZRM Lichamelijke gezondheid',
        ("ZRM Verslaving", "ZRM Verslaving doel") AS 'ZRM Verslaving',
        ("ZRM Justitie", "ZRM Justitie doel") AS 'ZRM Justitie',
        ("ZRM Activiteiten dagelijks leven", "ZRM Activiteiten dagelijks leven doel") AS 'ZRM Activiteiten dagelijks leven'))
)
SELECT lang.Dossiernr AS traject_id,
       lang.Meetmoment AS moment,
       lang."Datum meting" AS datum,
       domeinen.betekenis AS domein,
       lang.score,
       CASE WHEN list_contains(string_split(lang.Hoofddomeinen, '; '), lang.kolom) THEN 'ja'
            WHEN list_contains(string_split(lang."Geen hoofddomein", '; '), lang.kolom) THEN 'nee' END AS hoofddomein,
       lang.doelscore,
       lang.Versie AS zrm_versie,
       lang._bestand, lang._blad, lang._regel
FROM lang JOIN domeinen ON domeinen.code = lang.kolom
WHERE lang.score IS NOT NULL
