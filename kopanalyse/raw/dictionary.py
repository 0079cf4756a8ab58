"""The data dictionary as a page (Dutch) for whoever delivers an export: ``python -m kopanalyse.raw.dictionary``.

Its output is ``data/raw/README.md``; a test keeps the two equal.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from kopanalyse.raw.schema import SOORTEN, TABELLEN, Kolom, Tabel

_STANDAARD = Path(__file__).parents[1] / "organisaties" / "standaard.toml"

_INLEIDING = """\
# Gegevens aanleveren

<!-- Gemaakt door `python -m kopanalyse.raw.dictionary`; pas dit bestand niet met de hand aan. -->

Zet de export van uw registratie in een eigen map, met één bestand per tabel:

    data/raw/<organisatie>/klanten.csv
    data/raw/<organisatie>/trajecten.csv
    data/raw/<organisatie>/contacten.xlsx
    ...

Geeft uw systeem andere namen en vormen, dan hoeft u niets om te zetten: zie "Exports zoals zij zijn".

De naam van het bestand is de naam van de tabel. U hoeft alleen te leveren wat u hebt: een tabel die ontbreekt,
geeft geen cijfers; een bestand met alleen een kopregel telt als nul rijen. Bestanden worden alleen gelezen, nooit
veranderd. **Persoonsgegevens horen niet in git:** van deze map staat daar alleen dit bestand.

Wat verder in de map mag staan: `organisatie.toml` (instellingen die bij u anders zijn dan in
`kopanalyse/organisaties/standaard.toml`, zoals uw codelijsten) en de mappen `toelichting`, `verhalen`, `personas` en
`klantreizen` met wat auteurs schrijven (zie "Teksten naast de tabellen"). Andere bestanden worden niet gelezen;
`kopanalyse check` meldt ze.

## Vorm van een bestand

- `.csv`, `.xlsx` of `.parquet`; per tabel één bestand. Is er van een tabel alleen een andere vorm (`.xls`, `.xlsm`,
  `.ods`) of een kopie (`contacten (1).csv`), dan stopt de verwerking en zegt zij wat te doen. Van Excel wordt het
  werkblad gelezen dat naar de tabel heet, en anders het eerste zichtbare met rijen.
- CSV: scheidingsteken `,`, `;`, `|` of een tab, codering UTF-8 of Windows-1252, regeleinden van Windows of van Unix.
  Een veld met een scheidingsteken, aanhalingsteken of regeleinde erin staat tussen `"`; een `"` daarbinnen schrijft u
  als `""`. Een eerste regel `sep=;` mag. Staan er twee coderingen in één bestand, dan wordt elke regel in de zijne
  gelezen, en dat wordt gemeld.
- De eerste regel is de kopregel met de namen van de kolommen. De volgorde is vrij. Een verplichte kolom die
  ontbreekt, of een kolom die er twee keer staat, stopt de verwerking met een melding. Andere kolommen dan hieronder
  mogen: die worden niet gebruikt, en gemeld.
- Namen van bestanden, werkbladen en kolommen: eerst de naam zoals hieronder; is die er niet, dan de enige die alleen
  in hoofdletters verschilt, of in spaties waar wij `_` schrijven. Passen er meer, dan stopt de verwerking.
- Leeg is ontbrekend, en alleen leeg: `NA`, `nan` en `null` zijn gewone teksten. Lege regels zijn geen rijen, ook niet
  als zij tekens bevatten die niemand ziet. Spaties om een waarde tellen niet mee, tekens zonder breedte nergens; een
  vaste spatie is een spatie, en een letter met een los accent is de letter met dat accent.
- Een rij met minder waarden dan de kopregel kolommen is aan het eind leeg, en wordt gemeld. Heeft een rij meer
  waarden, dan is dat een fout, tenzij wat over is leeg is.
- Datum: `2019-03-31`, `31-03-2019` of `1-3-2019`. Er mag een tijd achter staan (`31-03-2019 09:30`); die wordt niet
  gebruikt. Met een tijdzone (`Z`, `+02:00`) is een datum onleesbaar: elders kan het een andere dag zijn.
- Getal: met `.` of `,` voor de decimalen. Wat duizendtallen kan scheiden is onleesbaar: `4.000` en `1.234.567` in een
  kolom met hele getallen, en `1.234`, `1,234` en `1.234,50` in `uren`. Heel getal: 0 of meer; `3.0` is 3.
- Ja/nee: `ja`/`nee`, `j`/`n`, `true`/`false`, `waar`/`onwaar` of `1`/`0`, in hoofdletters of kleine letters. Vormen
  mogen in één bestand door elkaar staan.
- Excel: een cel met een fout (`#N/A`) of een formule die nooit berekend is, is onleesbaar; een formule met een lege
  uitkomst is leeg. Getallen tellen 15 cijfers, zoals Excel ze toont. Van samengevoegde cellen heeft alleen de eerste
  een waarde; dat wordt gemeld, en werkbladen die niet gelezen zijn ook.
- Sleutels (kenmerken) zijn tekst: `0017` blijft `0017`. Let op als u een CSV eerst in Excel opent: die maakt er
  `17` van.
- Teksten en codes zijn hoofdlettergevoelig.

## Wat er met fouten gebeurt

`kopanalyse check` leest alles en houdt elke rij tegen de regels. Er verdwijnt niets: elke gelezen rij komt schoon
in `data/processed/<organisatie>/checked/`, of zoals zij er stond in `data/processed/<organisatie>/quarantaine/`.
Wat er mis is staat per rij in `data/processed/<organisatie>/bevindingen.csv`, met bestand en regelnummer. Herstel
het in de registratie zelf en lever opnieuw.

- Een **fout** zet de hele rij in quarantaine: een verplichte kolom die leeg of onleesbaar is, een sleutel die al
  voorkwam (de eerste rij geldt), een verwijzing naar een rij die er niet is of zelf in quarantaine staat, een
  einddatum die onleesbaar is of voor de startdatum ligt, een score buiten 1–5 en 99, een antwoord buiten zijn
  bereik, een rij met meer waarden dan de kopregel, en een totaalregel: een rij die als sleutel `totaal`, `totalen`,
  `eindtotaal` of `som` heeft. Wat daar alleen op lijkt (`Subtotaal`, `Aantal: 12`), telt mee en wordt gemeld.
- Een **waarschuwing** laat de rij meetellen: een rij met minder waarden dan de kopregel, een datum in de toekomst of
  van voor 2000, een leeftijd boven 110, een contact buiten zijn traject, een code die niet in de lijst staat (telt als
  `onbekend`), een onleesbare waarde of doelscore buiten 1–5 in een kolom die leeg mag zijn (telt als leeg), een tweede
  intake voor één domein, `alle` als team of `totaal` als categorie (telt als `onbekend`), en een geregistreerde
  dienstverlening die niet klopt met de getelde contacten en uren.
"""

_KOPPELING = """\
## Exports zoals zij zijn

Zet de exports in `data/raw/<organisatie>/bron/`, met welke namen en in welke mappen ook, en zeg in `koppeling.toml`
welke kolommen wat zijn. `kopanalyse bron --organisatie <organisatie>` laat zien wat er staat (geen waarde die minder
dan tien keer voorkomt, en nooit een sleutel), `--ontwerp` maakt een eerste koppeling met codelijsten om te verbeteren,
en `--toets` laat zien wat zij doet: rijen erin en eruit, kolommen en codes die niet gebruikt of nieuw zijn, en sleutels
die nergens passen. `--neem ggm-sociale-teams` neemt de koppeling voor het Gemeentelijk Gegevensmodel (domein Sociale
Teams) over.

```toml
[bron.contacten]
bestand = "contacten_*.csv"            # meer bestanden komen onder elkaar
datumvorm = "%d/%m/%Y"

[tabel.contacten]
bron = "contacten"
kolommen = { contact_id = "Nr", traject_id = "Dossier", datum = "Datum", vorm = "Soort", minuten = "Duur" }
codes.vorm = "soort_contact.csv"       # code,betekenis in koppeling/
uren = ["minuten"]                     # 0:45 wordt 45
weglaten = { Soort = ["Administratie"] }
```

Een bron (`[bron.<naam>]`) heeft `bestand` (patroon onder `bron/`, ook in een zip; CSV, .xlsx, .xls, .xlsb, .ods,
Parquet) of `verbinding` (`env:NAAM`: de verbinding staat in die omgevingsvariabele; `postgresql://`, `sqlite://` of
een ODBC-verbinding) met `tabel` of `query`. Verder mag: `blad`, `kopregel`, `voettekst`, `datumvorm`, `getalvorm`
(`1.234,5` of `1,234.5`) en `tijdzone`. Zonder `kopregel` is het de eerste rij met minstens twee namen waar de
koppeling om vraagt.

Een tabel (`[tabel.<naam>]`, of een paar keer `[[tabel.<naam>]]`) heeft `bron` of `query` (een SELECT in
`koppeling/*.sql`, die de bronnen en codelijsten ziet en verder niets). De sleutels werken in deze volgorde: `erbij`
(andere bronnen, op een kolom), `alleen` en `weglaten` (rijen), `breed` (kolommen worden rijen), `kolommen` en `vast`,
`codes`, de vormen van de bron en `uren` (voor wat geen codelijst noemt), `sleutel_breedte` (voorloopnullen),
`sleutel_voor`, en `uniek`. `sleutel = "maak"` maakt een sleutel van bestand en rij. Wat niet klopt aan een koppeling,
wordt in één keer gezegd.

Bevindingen noemen bestand, blad, rij, kolom en waarde van de export, met onze kolom ernaast; in de quarantaine staat
de rij van de export erbij. `data/processed/<organisatie>/bron/` heeft wat gelezen is. Een voorbeeld met alles:
`kopanalyse demo --organisatie waterwijk --vorm export`.
"""

_TEKSTEN = """\
## Teksten naast de tabellen

Vier soorten teksten komen uit de map van de organisatie in de rapporten. Bewaar ze als UTF-8. Een fout stopt het
maken van rapporten met een melding die bestand, regel, sleutel en waarde noemt. Zet een waarde waarin een `#`, een
dubbele punt met een spatie of een aanhalingsteken aan het begin staat, tussen `"`.

**Toelichting** (`toelichting/*.md`): commentaar van een auteur bij één paragraaf, jaar en team, in Markdown.
`auteur` mag weg.

```markdown
---
hoofdstuk: casuistiek_in_aantallen
paragraaf: caseload
jaar: 2019
team: alle
auteur: teamleider
---
In de zomer viel de instroom terug.
```

**Verhaal** (`verhalen/*.md`): een inwoner vertelt. Alleen met de regel `toestemming: ja` komt een verhaal in een
rapport; zonder die regel, of met iets anders dan `ja`, wordt het nergens getoond of genoemd. `kopanalyse report`
zegt alleen hoeveel verhalen op toestemming wachten. `thema` is een hoofdstuk (dan staat het verhaal aan het eind
daarvan) of een thema uit de registratie (dan staat het bij de hulpvragen en effecten, of in het jaarverslag).
`team` mag weg; een verhaal van een team staat ook bij de hele organisatie. Wordt toestemming ingetrokken, maak dan
de rapporten van dat jaar opnieuw.

**Naar buiten**: in een editie (`kopanalyse publish`) staat een toelichting, verhaal, persona of klantreis alleen met
deze twee regels in de kop, bij een verhaal naast `toestemming: ja`. Zonder `nagekeken` somt het commando op waar u naar
kijkt. Haalt u een regel weg, dan is de tekst bij de volgende `publish` verdwenen. Van een persona wier klanten een deel
zijn van die van een andere (leeftijdsklassen en domeinen die daar alle bij zijn) staat het aantal er niet: het verschil
is een kleine groep.

```yaml
openbaar: ja
nagekeken: A. de Vries, 2026-11-29
```

```markdown
---
titel: Een tas vol post
thema: casussen_op_inhoud
dienst: individueel
jaar: 2019
citaat: Ik maakte geen brief meer open.
toestemming: ja
team: Oost
---
Op een dinsdag ging de tas mee naar het spreekuur.
```

**Persona** (`personas/*.yaml`): iemand die bedacht is en voor een groep klanten staat. Hoeveel dat er zijn, wordt
geteld: klanten met een individueel traject in het jaar, in een van de `leeftijdsklassen`, met een van de `domeinen`
als hoofddomein bij de intake. Beide lijsten komen uit de instellingen. `hoofddomein` (in eigen woorden) en `bron`
mogen weg.

```yaml
naam: Ilse
leeftijd: 39 jaar, twee kinderen
hoofddomein: Financiën, en alles wat blijft liggen
citaten:
  - Ik reken al uit wanneer het op is.
kijk_op:
  - onderwerp: armoede
    zegt: Arm zijn andere mensen.
wil_graag:
  - één overzicht
vindt_vervelend:
  - brieven waar ze drie keer over doet
leeftijdsklassen: [28-44, 45-64]
domeinen: [Financiën]
bron: Gesprekken met acht klanten, voorjaar 2019
```

**Klantreis** (`klantreizen/*.yaml`): wat een groep klanten meemaakt, stap voor stap. De stappen volgen de `fasen`,
met hooguit zes stappen per fase. `gevoel` is een heel getal van -3 (heel slecht) tot en met 3 (heel goed).
`signaleerders`, `organisatie` (wat u dan doet) en `bron` mogen weg. Een fase telt hooguit 40 tekens, een tekst in
een stap hooguit 200.

```yaml
groep:
  naam: Kind in de knel
  omschrijving: Kinderen van 6 tot 12 jaar van wie de ouders uit elkaar gaan.
fasen: [Thuis, Twee huizen]
stappen:
  - fase: Thuis
    gebeurtenis: Er is steeds vaker ruzie
    gedachte: Als ik stil ben, houdt het op.
    gevoel: -2
    signaleerders: [grootouders, leerkracht]
    organisatie: Een werker praat met de ouders
  - fase: Twee huizen
    gebeurtenis: Er hangt een kalender in beide huizen
    gedachte: Nu weet ik waar ik zaterdag wakker word.
    gevoel: 1
bron: Gesprekken met vijf gezinnen, najaar 2019
```
"""

_TABELLEN = """\
## Tabellen

Een kolom met **ja** onder verplicht moet er zijn en op elke rij gevuld zijn; de andere mogen leeg zijn of
ontbreken. De codelijsten zijn de standaard; een organisatie kan in haar `organisatie.toml` eigen lijsten zetten,
bijvoorbeeld voor `trajectsoort`.
"""


def render() -> str:
    """The whole page, as Markdown."""
    standaard = tomllib.loads(_STANDAARD.read_text(encoding="utf-8"))
    tabellen = (_table(tabel, standaard) for tabel in TABELLEN.values())
    return "\n".join([_INLEIDING, _KOPPELING, _TEKSTEN, _TABELLEN, *tabellen])


def _table(tabel: Tabel, standaard: dict[str, Any]) -> str:
    sleutel = f" Sleutel: `{tabel.sleutel}`, per rij anders." if tabel.sleutel else ""
    kop = ["", "| kolom | verplicht | wat | vorm |", "|---|---|---|---|"]
    rijen = [
        f"| `{kolom.naam}` | {'ja' if kolom.verplicht else ''} | {_meaning(kolom)} | {_form(kolom, standaard)} |"
        for kolom in tabel.kolommen
    ]
    return "\n".join([f"### {tabel.naam}", "", f"Eén rij is {tabel.rij}.{sleutel}", *kop, *rijen, ""])


def _meaning(kolom: Kolom) -> str:
    return f"verwijst naar `{kolom.verwijst_naar}`" if kolom.verwijst_naar else kolom.betekenis


def _form(kolom: Kolom, standaard: dict[str, Any]) -> str:
    if kolom.codelijst in TABELLEN:
        return f"een van de namen in `{kolom.codelijst}`"
    if kolom.codelijst:
        codes = ", ".join(f"`{code}`" for code in standaard["codelijsten"][kolom.codelijst])
        synoniemen = standaard["synoniemen"].get(kolom.codelijst, {}).items()
        ook = "".join(f"; `{wijze}` telt als `{code}`" for wijze, code in synoniemen)
        return codes + ook + (f"; leeg = `{kolom.standaard}`" if kolom.standaard else "")
    if kolom.bereik:
        ook = f" of {kolom.ook}" if kolom.ook is not None else ""
        return f"heel getal, {kolom.bereik[0]}–{kolom.bereik[1]}{ook}"
    return SOORTEN[kolom.soort]


if __name__ == "__main__":
    print(render(), end="")
