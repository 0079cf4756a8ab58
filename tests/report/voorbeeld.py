"""An organisation with three tables, kinds and teams of its own, described in its settings alone."""

INSTELLINGEN = """
naam = "Welzijn Voorbeeld"
jaren = [2024, 2025]
teams = ["Centrum", "Dorpen"]

[codelijsten]
trajectsoort = ["individueel", "kortdurend"]

[drempels]
zwaar_meer_dan = 1

[teksten]
kortdurend = "Kortdurende trajecten"
"""
TABELLEN = {
    "klanten": "klant_id geslacht\nk1 man\nk2 vrouw\n",
    "trajecten": "traject_id klant_id team trajectsoort startdatum einddatum\n"
    "t1 k1 Centrum individueel 01-02-2024 01-03-2025\nt2 k2 Dorpen kortdurend 01-02-2025 -\n",
    "contacten": "contact_id traject_id datum vorm\nc1 t1 01-02-2024 telefonisch\nc2 t1 01-03-2024 face_to_face\n",
}
