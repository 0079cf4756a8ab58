"""Texts of authors as the tests write them: whole ones, of which a test changes one line."""

from pathlib import Path

VERHAAL = """\
---
titel: Een tas vol post
thema: casussen_op_inhoud
dienst: individueel
jaar: 2019
citaat: Ik maakte geen brief meer open.
toestemming: ja
---
Op een dinsdag ging de tas mee.
"""

PERSONA = """\
naam: Ilse
leeftijd: 39 jaar
citaten:
  - Ik reken al uit wanneer het op is.
kijk_op:
  - onderwerp: armoede
    zegt: Arm zijn andere mensen.
wil_graag: [overzicht]
vindt_vervelend: [brieven]
leeftijdsklassen: [28-44, 45-64]
domeinen: [Financiën]
"""

KLANTREIS = """\
groep:
  naam: Kind in de knel
  omschrijving: Kinderen van 6 tot 12 jaar.
fasen: [Thuis, Twee huizen]
stappen:
  - fase: Thuis
    gebeurtenis: Er is ruzie
    gedachte: Ik ben stil.
    gevoel: -2
    signaleerders: [oma, leerkracht]
    organisatie: Een werker belt
  - fase: Twee huizen
    gebeurtenis: Er hangt een kalender
    gedachte: Nu weet ik het.
    gevoel: +1
"""


def write(map_: Path, soort: str, tekst: str, naam: str) -> Path:
    """Write one text into the folder of its kind under ``map_`` (``raw/<organisatie>``)."""
    pad = map_ / soort / naam
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(tekst, encoding="utf-8")
    return pad


def replaced(tekst: str, oud: str, nieuw: str) -> str:
    """``tekst`` with one piece of it replaced; that piece must be there."""
    assert oud in tekst
    return tekst.replace(oud, nieuw, 1)
