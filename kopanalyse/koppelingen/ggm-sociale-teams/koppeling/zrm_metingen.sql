-- Een score hoort bij het dossier van de rij in client die haar heeft. Het GGM zegt niet of het een begin- of eindmeting
-- is: de eerste dag van een dossier is de intake, de laatste is het eind als het dossier gesloten is. Van het niveau telt
-- het getal waarmee het begint.
WITH meting AS (
    SELECT c.heeft_sociaalteamdossier_id AS dossier, s.datum, l.naam AS domein, n.niveau, s._bestand, s._blad, s._regel
    FROM score AS s
    JOIN client AS c ON c.heeft_score_id = s.score_id
    LEFT JOIN leefgebied AS l ON l.leefgebied_id = s.score_bij_leeggebied_leefgebied_id
    LEFT JOIN scoresoort AS n ON n.scoresoort_id = s.hoogte_score_scoresoort_id
    WHERE c.heeft_sociaalteamdossier_id IS NOT NULL
)
SELECT m.dossier AS traject_id,
       CASE WHEN m.datum = min(m.datum) OVER (PARTITION BY m.dossier) THEN 'intake'
            WHEN d.datumeinde IS NOT NULL AND m.datum = max(m.datum) OVER (PARTITION BY m.dossier) THEN 'eind'
            ELSE 'tussen' END AS moment,
       m.datum, m.domein, coalesce(nullif(regexp_extract(m.niveau, '^ *([0-9]+)', 1), ''), m.niveau) AS score,
       m._bestand, m._blad, m._regel
FROM meting AS m LEFT JOIN sociaalteamdossier AS d ON d.sociaalteamdossier_id = m.dossier
