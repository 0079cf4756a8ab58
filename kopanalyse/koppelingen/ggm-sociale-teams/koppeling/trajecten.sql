-- Een dossier is een traject. Het team staat niet in het GGM: begeleiders.csv zegt van welk team een begeleider is (code is
-- de begeleiderscode, betekenis het team); wie daar niet in staat, heeft geen team.
WITH van AS (
    SELECT heeft_sociaalteamdossier_id AS dossier, min(coalesce(nullif(trim(code), ''), client_id)) AS klant_id
    FROM client GROUP BY dossier
),
door AS (
    SELECT heeft_sociaalteamdossier_id AS dossier, min(betekenis) AS team
    FROM clientbegeleider JOIN begeleiders ON begeleiders.code = begeleiderscode GROUP BY dossier
)
SELECT d.sociaalteamdossier_id AS traject_id, van.klant_id, door.team, soort.naam AS trajectsoort,
       aanmelding.datum AS aanmelddatum, d.datumstart AS startdatum, d.datumeinde AS einddatum,
       d._bestand, d._blad, d._regel
FROM sociaalteamdossier AS d
LEFT JOIN van ON van.dossier = d.sociaalteamdossier_id
LEFT JOIN door ON door.dossier = d.sociaalteamdossier_id
LEFT JOIN sociaalteamdossiersoort AS soort
       ON soort.sociaalteamdossiersoort_id = d.heeft_soort_sociaalteamdossiersoort_id
LEFT JOIN caseaanmelding AS aanmelding ON aanmelding.caseaanmelding_id = d.heeft_aanmelding_caseaanmelding_id
