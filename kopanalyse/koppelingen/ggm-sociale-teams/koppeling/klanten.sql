-- Elke client één keer: code zegt wie dezelfde is, en anders de sleutel van de rij.
SELECT coalesce(nullif(trim(code), ''), client_id) AS klant_id, _bestand, _blad, _regel
FROM client
QUALIFY row_number() OVER (PARTITION BY coalesce(nullif(trim(code), ''), client_id) ORDER BY _regel) = 1
