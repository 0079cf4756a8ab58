"""Naive reading and checking of a registration, written from the specification only.

Plain loops over plain dicts: slow, and easy to see through. It shares no line with the library, so that the
two can be compared. Only CSV is read here.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

ZRM_2013 = [
    "Financiën", "Dagbesteding", "Huisvesting", "Huiselijke relaties", "Geestelijke gezondheid",
    "Lichamelijke gezondheid", "Verslaving", "Activiteiten dagelijks leven", "Sociaal netwerk",
    "Maatschappelijke participatie", "Justitie",
]  # fmt: skip
ZRM_2017 = [
    "Financiën", "Werk & opleiding", "Tijdsbesteding", "Huisvesting", "Huiselijke relaties",
    "Geestelijke gezondheid", "Lichamelijke gezondheid", "Middelengebruik", "Basale ADL", "Instrumentele ADL",
    "Sociaal netwerk", "Maatschappelijke participatie", "Justitie",
]  # fmt: skip
DOMEINEN = ZRM_2013 + [domein for domein in ZRM_2017 if domein not in ZRM_2013]

CODELIJSTEN = {
    "geslacht": ["man", "vrouw", "anders", "onbekend"],
    "dienstverlening": ["kort", "casus"],
    "aanmeldroute": ["eigen_initiatief", "verwezen"],
    "vorm": ["face_to_face", "telefonisch", "e_mail", "beeldbellen", "overig"],
    "moment": ["intake", "tussen", "eind"],
    "domein": DOMEINEN,
    "zrm_versie": ["2013", "2017"],
    "bron": ["app", "school"],
    "soort_school": ["casus", "informatie_en_advies"],
    "soort_vip": ["vrijwilliger_ingeschreven", "organisatie_ingeschreven", "vacature", "voorgesteld", "bemiddeld"],
    "verzendstatus": ["verzonden", "no_reply_adres", "geen_adres", "foutief_adres"],
    "soort_antwoord": ["rapportcijfer", "tevreden", "effect"],
}
"""The code lists that organisations share. `kern` is added from the clean rows of the table kernen."""
TRAJECTSOORTEN = {
    "dekop": ["individueel", "leun_en_steun", "presentie"],
    "smwo": [
        "Sociaal Juridische Dienstverlening", "Maatschappelijk werk", "Onafhankelijke cliëntondersteuning",
        "Bereikbaarheidsdienst", "Complexe casus jeugd & gezin", "Familienetwerkberaden",
    ],
}  # fmt: skip

# One word per column: what it is, "!" where it is required. `code:x` refers to CODELIJSTEN, `naar:t` to the key of t.
TABELLEN = {
    "kernen": {
        "kern": "sleutel!", "gemeente": "tekst", "team": "team", "inwoners": "geheel",
        "breedtegraad": "decimaal", "lengtegraad": "decimaal",
    },
    "klanten": {"klant_id": "sleutel!", "geboortedatum": "datum", "geslacht": "code:geslacht", "kern": "code:kern"},
    "trajecten": {
        "traject_id": "sleutel!", "klant_id": "naar:klanten!", "team": "team", "trajectsoort": "code:trajectsoort!",
        "dienstverlening": "code:dienstverlening", "aanmelddatum": "datum", "startdatum": "datum!",
        "einddatum": "datum", "aanmeldroute": "code:aanmeldroute", "verwijzer": "categorie",
        "geschat_aantal_gesprekken": "geheel", "onafhankelijke_clientondersteuning": "janee",
        "netwerk_gevraagd": "janee", "reden_geen_netwerk": "categorie", "reden_beeindiging": "categorie",
        "doorverwezen_naar": "categorie", "geregistreerd_op": "datum",
    },
    "contacten": {
        "contact_id": "sleutel!", "traject_id": "naar:trajecten!", "datum": "datum!", "vorm": "code:vorm",
        "minuten": "geheel",
    },
    "zrm_metingen": {
        "traject_id": "naar:trajecten!", "moment": "code:moment!", "datum": "datum!", "domein": "code:domein!",
        "score": "geheel!", "hoofddomein": "janee", "doelscore": "geheel", "zrm_versie": "code:zrm_versie",
    },
    "hulpvragen": {
        "traject_id": "naar:trajecten!", "hulpvraag": "categorie!", "thema": "categorie", "effect": "categorie",
    },
    "informatie_en_advies": {
        "vraag_id": "sleutel!", "datum": "datum!", "team": "team", "domein": "code:domein",
        "direct_doorverwezen": "janee", "bron": "code:bron",
    },
    "collectieve_activiteiten": {
        "activiteit_id": "sleutel!", "naam": "tekst!", "team": "team", "startdatum": "datum!",
        "leeftijdsgroep": "categorie", "thema": "categorie", "effect": "categorie",
    },
    "bijeenkomsten": {
        "bijeenkomst_id": "sleutel!", "activiteit_id": "naar:collectieve_activiteiten!", "datum": "datum!",
        "aantal_deelnemers": "geheel",
    },
    "deelnames": {
        "activiteit_id": "naar:collectieve_activiteiten!", "deelnemer_id": "tekst!", "datum": "datum!",
    },
    "netwerkparticipanten": {"traject_id": "naar:trajecten!", "participant_id": "tekst!"},
    "schoolmaatschappelijk_werk": {
        "registratie_id": "sleutel!", "school": "categorie!", "datum": "datum!", "soort": "code:soort_school!",
    },
    "vip": {"gebeurtenis_id": "sleutel!", "datum": "datum!", "soort": "code:soort_vip!"},
    "informele_ondersteuning": {
        "jaar": "geheel!", "onderdeel": "categorie!", "maat": "categorie!", "categorie": "categorie",
        "aantal": "geheel!",
    },
    "klanttevredenheid": {
        "uitnodiging_id": "sleutel!", "traject_id": "naar:trajecten!", "verzendstatus": "code:verzendstatus!",
        "verzonden_op": "datum", "ingevuld_op": "datum",
    },
    "kto_antwoorden": {
        "uitnodiging_id": "naar:klanttevredenheid!", "vraag": "categorie!", "soort": "code:soort_antwoord!",
        "waarde": "decimaal!",
    },
    "productie_uren": {"maand": "datum!", "functie": "categorie!", "uren": "decimaal!"},
    "overige_dienstverlening": {
        "registratie_id": "sleutel!", "soort": "categorie!", "startdatum": "datum!", "einddatum": "datum",
    },
    "formulierenbrigade": {"bezoek_id": "sleutel!", "klant_id": "tekst!", "datum": "datum!"},
}  # fmt: skip
"""Every table, parents before their children."""


@dataclass
class Registratie:
    """A checked registration.

    `schoon` has the clean rows of every table that is there (typed values, None where missing), `afgekeurd`
    those in quarantine; `gelezen` is the number of rows read; `fouten` and `waarschuwingen` hold
    (tabel, regelnummer, kolom, soort).
    """

    schoon: dict[str, list[dict]] = field(default_factory=dict)
    afgekeurd: dict[str, list[dict]] = field(default_factory=dict)
    gelezen: dict[str, int] = field(default_factory=dict)
    fouten: set[tuple] = field(default_factory=set)
    waarschuwingen: set[tuple] = field(default_factory=set)

    def quarantaine(self, tabel):
        """The line numbers of a table that are in quarantine."""
        return {regel for naam, regel, _, _ in self.fouten if naam == tabel}


# ------------------------------------------------------------------------------------------------------ reading


def records(tekst: str, scheiding: str) -> list[tuple[int, list[str]]]:
    """Every CSV record as (first physical line, fields); lines without anything but white space give none."""
    gevonden = []
    velden, veld = [], ""
    regel = begin = 1
    in_aanhaling, leeg = False, True
    i = 0
    while i < len(tekst):
        teken = tekst[i]
        if in_aanhaling:
            if teken == '"' and tekst[i + 1 : i + 2] == '"':
                veld += '"'
                i += 1
            elif teken == '"':
                in_aanhaling = False
            else:
                veld += teken
                if teken == "\n" or (teken == "\r" and tekst[i + 1 : i + 2] != "\n"):
                    regel += 1
        elif teken in "\r\n":
            if teken == "\r" and tekst[i + 1 : i + 2] == "\n":
                i += 1
            if not leeg:
                gevonden.append((begin, [*velden, veld]))
            velden, veld, leeg = [], "", True
            regel += 1
            begin = regel
        elif teken == '"' and veld == "":
            in_aanhaling = True
            leeg = False
        elif teken == scheiding:
            velden.append(veld)
            veld = ""
            leeg = False
        else:
            veld += teken
            leeg = leeg and teken.isspace()
        i += 1
    if not leeg:
        gevonden.append((begin, [*velden, veld]))
    return gevonden


def tekst_van(pad: Path) -> str:
    """The text of a file: UTF-8 with or without BOM, otherwise Windows-1252."""
    inhoud = pad.read_bytes()
    try:
        return inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        return inhoud.decode("cp1252")


def schoon(tekst: str) -> str:
    """A text as it is read: without signs that nobody sees, with one form for each letter, no space around it."""
    for teken in "\u200b\u200c\u200d\u2060\ufeff\u00ad":
        tekst = tekst.replace(teken, "")
    return unicodedata.normalize("NFC", tekst.replace("\u00a0", " ").replace("\u202f", " ")).strip()


def lees(pad: Path, kolommen: dict[str, str]) -> list[tuple[int, dict[str, str], bool, bool]]:
    """The rows of one CSV file as (line number, column → trimmed text, has filled surplus
    fields, has fewer fields than the header)."""
    tekst = tekst_van(pad)
    beste = []
    hoogste = -1
    for scheiding in ";", ",":
        alles = records(tekst, scheiding)
        kop = [naam.strip() for naam in alles[0][1]]
        bekend = sum(1 for naam in kop if naam in kolommen)
        if bekend > hoogste:
            beste, hoogste = alles, bekend
    kop = [naam.strip() for naam in beste[0][1]]
    for kolom, soort in kolommen.items():
        if soort.endswith("!") and kolom not in kop:
            raise ValueError(f"{pad.name}: verplichte kolom {kolom} ontbreekt")
    rijen = []
    for regel, velden in beste[1:]:
        rij = {}
        for nummer, kolom in enumerate(kop):
            rij[kolom] = schoon(velden[nummer]) if nummer < len(velden) else ""
        overschot = any(veld.strip() for veld in velden[len(kop) :])
        rijen.append((regel, rij, overschot, len(velden) < len(kop)))
    return rijen


TIJD = r"(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.][0-9]+)?)?)?"
DUIZENDTALLEN = re.compile(r"[1-9][0-9]{0,2}([.,][0-9]{3})+([.,][0-9]+)?")


def als_datum(tekst):
    """A date, also with a time behind it that exists, or None when the text is not one."""
    if gevonden := re.fullmatch(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){TIJD}", tekst):
        jaar, maand, dag, *tijd = gevonden.groups()
    elif gevonden := re.fullmatch(rf"([0-9]{{1,2}})-([0-9]{{1,2}})-([0-9]{{4}}){TIJD}", tekst):
        dag, maand, jaar, *tijd = gevonden.groups()
    else:
        return None
    uur, minuut, seconde = (int(deel or 0) for deel in tijd)
    if uur > 23 or minuut > 59 or seconde > 59:
        return None
    try:
        return date(int(jaar), int(maand), int(dag))
    except ValueError:
        return None


def als_geheel(tekst):
    """A whole number of 0 or more, or None; a sign that may stand for thousands is no decimal sign."""
    if re.fullmatch(r"[0-9]+([.,]0+)?", tekst) and not DUIZENDTALLEN.fullmatch(tekst):
        return int(re.split("[.,]", tekst)[0])
    return None


def als_decimaal(tekst):
    """A decimal number with point or comma, or None."""
    if re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", tekst):
        return float(tekst.replace(",", "."))
    return None


def als_uren(tekst):
    """Hours, or None; ``1.234`` may be thousands."""
    return None if DUIZENDTALLEN.fullmatch(tekst.removeprefix("-")) else als_decimaal(tekst)


def als_janee(tekst):
    """True, False, or None when the text is neither."""
    return {
        "ja": True,
        "true": True,
        "1": True,
        "waar": True,
        "j": True,
        "nee": False,
        "false": False,
        "0": False,
        "onwaar": False,
        "n": False,
    }.get(tekst.lower())


LEZERS = {"datum": als_datum, "geheel": als_geheel, "decimaal": als_decimaal, "janee": als_janee}


# ----------------------------------------------------------------------------------------------------- checking


def controleer(map: Path, organisatie: str = "dekop", vandaag: date | None = None) -> Registratie:
    """Read and check all tables of an organisation in a folder; `vandaag` is the day of the run."""
    lijsten = dict(CODELIJSTEN, trajectsoort=TRAJECTSOORTEN[organisatie])
    vandaag = vandaag or date.today()
    registratie = Registratie()
    for tabel, kolommen in TABELLEN.items():
        pad = Path(map) / f"{tabel}.csv"
        if pad.exists():
            controleer_tabel(registratie, tabel, kolommen, lees(pad, kolommen), lijsten, vandaag)
        if tabel == "kernen" and tabel in registratie.schoon:
            lijsten["kern"] = [rij["kern"] for rij in registratie.schoon["kernen"]]
    waarschuw_buiten_periode(registratie)
    waarschuw_twee_intakes(registratie)
    waarschuw_dienstverlening(registratie)
    return registratie


def controleer_tabel(registratie, tabel, kolommen, rijen, lijsten, vandaag):
    """Put every row of one table either with the clean rows or in quarantine, and note why."""
    registratie.gelezen[tabel] = len(rijen)
    registratie.schoon[tabel], registratie.afgekeurd[tabel] = [], []
    gezien = set()
    for regel, ruw, overschot, tekort in rijen:
        fouten, waarschuwingen = [], []
        rij = {"regelnummer": regel}
        if overschot:
            fouten.append(("", "overschot"))
        if tekort:
            waarschuwingen.append(("", "tekort"))
        for kolom, soort in kolommen.items():
            verplicht = soort.endswith("!")
            tekst = ruw.get(kolom, "")
            rij[kolom] = waarde_van(
                registratie, kolom, soort.rstrip("!"), verplicht, tekst, lijsten, gezien, fouten, waarschuwingen
            )
            if isinstance(rij[kolom], date):
                waarschuw_datum(kolom, rij[kolom], vandaag, waarschuwingen)
        if tabel == "kto_antwoorden" and rij["soort"] not in (None, *lijsten["soort_antwoord"]):
            # an answer of an unknown soort is kept, whatever its waarde
            if ("waarde", "onleesbaar") in fouten:
                waarschuwingen.append(("waarde", "onleesbaar"))
            fouten = [fout for fout in fouten if fout[0] != "waarde"]
        controleer_rij(tabel, rij, fouten, waarschuwingen)
        for kolom, reden in fouten:
            registratie.fouten.add((tabel, regel, kolom, reden))
        (registratie.afgekeurd if fouten else registratie.schoon)[tabel].append(rij)
        if not fouten:
            for kolom, reden in waarschuwingen:
                registratie.waarschuwingen.add((tabel, regel, kolom, reden))


def waarde_van(registratie, kolom, soort, verplicht, tekst, lijsten, gezien, fouten, waarschuwingen):
    """The clean value of one cell; what is wrong with it goes to the two lists."""
    if tekst == "":
        if verplicht:
            fouten.append((kolom, "leeg"))
        return "2013" if kolom == "zrm_versie" else None
    if soort == "sleutel":
        if tekst in gezien:
            fouten.append((kolom, "dubbel"))
        gezien.add(tekst)
        if tekst.lower() in ("totaal", "totalen", "eindtotaal", "som"):
            fouten.append((kolom, "totaalregel"))
        return tekst
    if soort.startswith("naar:"):
        ouder = soort.removeprefix("naar:")
        sleutel = next(iter(TABELLEN[ouder]))
        if ouder in registratie.schoon and not any(rij[sleutel] == tekst for rij in registratie.schoon[ouder]):
            fouten.append((kolom, "verwijzing"))
        return tekst
    if soort.startswith("code:"):
        if kolom == "domein" and tekst == "Zelfzorg":
            tekst = "Activiteiten dagelijks leven"
        lijst = lijsten.get(soort.removeprefix("code:"))
        if lijst is None or tekst in lijst:
            return tekst
        waarschuwingen.append((kolom, "codelijst"))
        return "onbekend"
    if soort == "team" and tekst == "alle":
        waarschuwingen.append((kolom, "alle"))
        return "onbekend"
    if soort == "categorie" and tekst == "totaal":
        waarschuwingen.append((kolom, "totaal"))
        return "onbekend"
    if soort in ("tekst", "team", "categorie"):
        return tekst
    waarde = als_uren(tekst) if kolom == "uren" else LEZERS[soort](tekst)
    if waarde is None:
        if verplicht or kolom == "einddatum":
            fouten.append((kolom, "onleesbaar"))
        else:
            waarschuwingen.append((kolom, "onleesbaar"))
    return waarde


def waarschuw_datum(kolom, dag, vandaag, waarschuwingen):
    """Suspect dates: in the future, before 2000, a client of over 110."""
    if dag > vandaag:
        waarschuwingen.append((kolom, "toekomst"))
    if kolom != "geboortedatum" and dag.year < 2000:
        waarschuwingen.append((kolom, "voor 2000"))
    if kolom == "geboortedatum" and leeftijd_op(dag, vandaag) > 110:
        waarschuwingen.append((kolom, "ouder dan 110"))


def leeftijd_op(geboren, dag):
    """Completed years on a day."""
    jaren = dag.year - geboren.year
    if (dag.month, dag.day) < (geboren.month, geboren.day):
        jaren -= 1
    return jaren


def controleer_rij(tabel, rij, fouten, waarschuwingen):
    """The rules that look at more than the form of one cell."""
    begin, eind = rij.get("startdatum"), rij.get("einddatum")
    if begin is not None and eind is not None and eind < begin:
        fouten.append(("einddatum", "einddatum voor startdatum"))
    if tabel == "zrm_metingen":
        if rij["score"] is not None and rij["score"] not in (1, 2, 3, 4, 5, 99):
            fouten.append(("score", "score"))
        if rij["doelscore"] is not None and rij["doelscore"] not in (1, 2, 3, 4, 5):
            waarschuwingen.append(("doelscore", "doelscore"))
            rij["doelscore"] = None
    if tabel == "kto_antwoorden" and rij["waarde"] is not None:
        if rij["soort"] == "rapportcijfer" and not 1 <= rij["waarde"] <= 10:
            fouten.append(("waarde", "waarde"))
        if rij["soort"] in ("tevreden", "effect") and rij["waarde"] not in (0, 1):
            fouten.append(("waarde", "waarde"))


def waarschuw_buiten_periode(registratie):
    """Contacts before the start or after the end of their traject."""
    trajecten = {rij["traject_id"]: rij for rij in registratie.schoon.get("trajecten", [])}
    for contact in registratie.schoon.get("contacten", []):
        traject = trajecten.get(contact["traject_id"])
        if traject is None:
            continue
        te_vroeg = contact["datum"] < traject["startdatum"]
        te_laat = traject["einddatum"] is not None and contact["datum"] > traject["einddatum"]
        if te_vroeg or te_laat:
            registratie.waarschuwingen.add(("contacten", contact["regelnummer"], "datum", "buiten traject"))


def waarschuw_twee_intakes(registratie):
    """All clean rows of a traject and domein that has more than one intake.

    Which of those rows is meant is left open, and so is whether an intake in quarantine counts as one of the two.
    """
    schoon = registratie.schoon.get("zrm_metingen", [])
    for soort, rijen in [
        ("twee intakes", schoon),
        ("twee intakes met quarantaine", schoon + registratie.afgekeurd.get("zrm_metingen", [])),
    ]:
        groepen = {}
        for rij in rijen:
            if rij["moment"] == "intake":
                groepen.setdefault((rij["traject_id"], rij["domein"]), []).append(rij["regelnummer"])
        for rij in schoon:
            groep = (rij["traject_id"], rij["domein"])
            if rij["moment"] == "intake" and len(groepen[groep]) > 1:
                registratie.waarschuwingen.add(("zrm_metingen", rij["regelnummer"], groep, soort))


def waarschuw_dienstverlening(registratie):
    """A registered kort or casus that differs from the counted contacts and hours."""
    for traject in registratie.schoon.get("trajecten", []):
        if traject["dienstverlening"] not in ("kort", "casus"):
            continue
        contacten = [
            rij for rij in registratie.schoon.get("contacten", []) if rij["traject_id"] == traject["traject_id"]
        ]
        if contacten and getelde_dienstverlening(contacten) != traject["dienstverlening"]:
            registratie.waarschuwingen.add(("trajecten", traject["regelnummer"], "dienstverlening", "dienstverlening"))


def getelde_dienstverlening(contacten):
    """Kort or casus by these contacts of a traject: fewer than four hours and at most three contacts are kort.

    Where nobody registers minutes all of them are 0, so hours take no part.
    """
    minuten = sum(rij["minuten"] or 0 for rij in contacten)
    return "kort" if minuten < 240 and len(contacten) <= 3 else "casus"
