"""Waterwijk as its case system exports it: titles above names, a file per year, wide forms, keys without noughts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path

from kopanalyse.demo.verdeling import Lot
from kopanalyse.demo.vuil import Tabellen
from kopanalyse.demo.waterwijk.registratie import beside, tabellen
from kopanalyse.excel import forget_time

_HIER = Path(__file__).parent
GESLACHT = {"man": "M", "vrouw": "V", "anders": "X", "onbekend": "?"}
SOORT = {"individueel": "Individuele begeleiding", "leun_en_steun": "Leun- en steuncontact"}
VORM = {
    "telefonisch": "Telefoongesprek",
    "e_mail": "E-mail / app",
    "face_to_face": "Huisbezoek",
    "beeldbellen": "Beeldbellen",
    "overig": "Anders",
}
ROUTE = {"eigen_initiatief": "Zelf", "verwezen": "Via verwijzer"}
STATUS = {
    "verzonden": "Verstuurd",
    "no_reply_adres": "No-reply",
    "geen_adres": "Geen adres",
    "foutief_adres": "Adres fout",
}
MOMENT = {"intake": "Beginmeting", "tussen": "Tussenmeting", "eind": "Eindmeting"}
KOPPELING = ("koppeling.toml", "koppeling/zrm_metingen.sql", "koppeling/domeinen.csv", "koppeling/soort_contact.csv")


def bestanden() -> dict[str, bytes]:
    """Every file by its path within the folder: the exports under ``bron/``, and the koppeling."""
    t = tabellen()
    uit = {
        f"bron/{naam}": inhoud
        for naam, inhoud in (
            _clienten(t),
            *_dossiers(t),
            *_contacten(t),
            _zrm(t),
            _enquete(t),
            _korte_vragen(t),
            _wijken(t),
        )
    }
    return uit | {naam: (_HIER / naam).read_bytes() for naam in KOPPELING} | beside()


# The files


def _clienten(t: Tabellen) -> tuple[str, bytes]:
    """A workbook in which Excel has made numbers of the keys, so that their noughts are gone."""
    kop = ["Cliëntnummer", "Geb.datum", "M/V", "Woonplaats", "Opmerking"]
    rijen = [
        [int(k["klant_id"]), k["geboortedatum"], GESLACHT.get(k["geslacht"]), k["kern"], None] for k in t["klanten"]
    ]
    blad = [["Overzicht cliënten"], ["Afgedrukt op 06-01-2020 08:12"], [], kop, *rijen, [f"Aantal: {len(rijen)}"]]
    bladen = {"Toelichting": [["Alleen voor intern gebruik"]], "Cliënten": blad}
    return "Cliënten.xlsx", _workbook(bladen, verborgen="Toelichting")


def _dossiers(t: Tabellen) -> Iterable[tuple[str, bytes]]:
    """A file per year of the start, in Windows-1252, with a line that counts below it."""
    kop = [
        "Dossiernr",
        "Cliëntnummer",
        "Wijkteam",
        "Product",
        "Soort",
        "Aangemeld",
        "Startdatum",
        "Einddatum",
        "Aanmelding",
        "Verwijzer",
        "Geschat aantal gesprekken",
        "OCO",
        "Netwerk gevraagd",
        "Reden geen netwerk",
        "Reden afsluiting",
        "Doorverwezen naar",
        "Ingevoerd",
    ]
    for jaar in sorted({rij["startdatum"].year for rij in t["trajecten"]}):
        rijen = [
            [
                rij["traject_id"],
                rij["klant_id"],
                rij["team"],
                SOORT[rij["trajectsoort"]],
                rij["dienstverlening"],
                _moment(rij["aanmelddatum"]),
                _moment(rij["startdatum"]),
                _moment(rij["einddatum"]),
                ROUTE.get(rij["aanmeldroute"]),
                rij["verwijzer"],
                rij["geschat_aantal_gesprekken"],
                _ja(rij["onafhankelijke_clientondersteuning"]),
                _ja(rij["netwerk_gevraagd"]),
                rij["reden_geen_netwerk"],
                rij["reden_beeindiging"],
                rij["doorverwezen_naar"],
                _moment(rij["geregistreerd_op"]),
            ]
            for rij in t["trajecten"]
            if rij["startdatum"].year == jaar
        ]
        boven = [[f"Dossiers {jaar}"], [], kop]
        yield f"dossiers/Dossiers_{jaar}.csv", _csv([*boven, *rijen, [f"Totaal aantal dossiers: {len(rijen)}"]])


def _contacten(t: Tabellen) -> Iterable[tuple[str, bytes]]:
    """A file per year without a key, with a time behind the day and hours for minutes, and rows that are no contact."""
    lot = Lot("waterwijk contacten")
    kop = ["Dossiernr", "Datum/tijd", "Soort contact", "Duur (u:mm)", "Medewerker"]
    for jaar in sorted({rij["datum"].year for rij in t["contacten"]}):
        rijen = []
        for rij in t["contacten"]:
            if rij["datum"].year == jaar:
                minuten = rij["minuten"]
                duur = None if minuten is None else f"{minuten // 60}:{minuten % 60:02}"
                tijd = time(8 + lot.getal(9), 15 * lot.getal(4))
                rijen.append(
                    [
                        rij["traject_id"],
                        _moment(rij["datum"], tijd),
                        VORM.get(rij["vorm"]),
                        duur,
                        f"MW{lot.getal(20):02}",
                    ]
                )
                if lot.getal(12) == 0:
                    rijen.append([rij["traject_id"], _moment(rij["datum"], tijd), "Administratie", "0:10", "MW00"])
        yield f"contacten/Contacten {jaar}.csv", _csv([kop, *rijen], "utf-8-sig")


def _zrm(t: Tabellen) -> tuple[str, bytes]:
    """A row per dossier and moment, with two columns for every domain and the main domains in one."""
    domeinen = list(dict.fromkeys(rij["domein"] for rij in t["zrm_metingen"]))
    metingen: dict[tuple, dict[str, dict]] = {}
    for meting in t["zrm_metingen"]:
        afname = (meting["traject_id"], meting["moment"], meting["datum"], meting["zrm_versie"])
        metingen.setdefault(afname, {})[meting["domein"]] = meting
    kop = [
        "Dossiernr",
        "Meetmoment",
        "Datum meting",
        "Versie",
        *(naam for domein in domeinen for naam in (_short(domein), f"{_short(domein)} doel")),
        "Hoofddomeinen",
        "Geen hoofddomein",
    ]
    rijen = []
    for (dossier, moment, dag, versie), per_domein in metingen.items():
        rij: list[object] = [dossier, MOMENT[moment], dag, versie]
        for domein in domeinen:
            meting = per_domein.get(domein)
            rij += [meting["score"], meting["doelscore"]] if meting else [None, None]
        hoofd, niet = (
            [_short(naam) for naam, meting in per_domein.items() if meting["hoofddomein"] is waarde]
            for waarde in (True, False)
        )
        rijen.append([*rij, "; ".join(hoofd), "; ".join(niet)])
    return "ZRM alle jaren.xlsx", _workbook({"ZRM": [kop, *rijen]})


def _short(domein: str) -> str:
    return f"ZRM {domein}"


def _enquete(t: Tabellen) -> tuple[str, bytes]:
    """A row per respondent, with a column for every question."""
    vragen = list(dict.fromkeys(rij["vraag"] for rij in t["kto_antwoorden"]))
    antwoorden: dict[str, dict[str, object]] = {}
    for rij in t["kto_antwoorden"]:
        antwoorden.setdefault(rij["uitnodiging_id"], {})[rij["vraag"]] = rij["waarde"]
    kop = [
        "Respondent",
        "Dossiernr",
        "Status",
        "Verstuurd op",
        "Ingevuld op",
        *(f"V{nummer}. {vraag}" for nummer, vraag in enumerate(vragen, start=1)),
    ]
    rijen = [
        [
            rij["uitnodiging_id"],
            rij["traject_id"],
            STATUS[rij["verzendstatus"]],
            _slash(rij["verzonden_op"]),
            _slash(rij["ingevuld_op"]),
            *(antwoorden.get(rij["uitnodiging_id"], {}).get(vraag) for vraag in vragen),
        ]
        for rij in t["klanttevredenheid"]
    ]
    return "enquete_export.csv", _csv([["Enquête cliënttevredenheid"], kop, *rijen], "utf-8", ",")


def _korte_vragen(t: Tabellen) -> tuple[str, bytes]:
    kop = ["Nr", "Dag", "Wijkteam", "Onderwerp", "Direct door", "Waar"]
    rijen = [
        [
            rij["vraag_id"],
            rij["datum"].strftime("%Y%m%d"),
            rij["team"],
            rij["domein"] and _short(rij["domein"]),
            _ja(rij["direct_doorverwezen"]),
            rij["bron"],
        ]
        for rij in t["informatie_en_advies"]
    ]
    return "korte_vragen.txt", _csv([kop, *rijen], "utf-8", "\t")


def _wijken(t: Tabellen) -> tuple[str, bytes]:
    rijen = [[rij["kern"], f"{rij['inwoners']:,}".replace(",", ".")] for rij in t["kernen"]]
    return "wijken.csv", _csv([["Wijk", "Inwoners"], *rijen])


# Their form


def _ja(waarde: bool | None) -> str | None:
    return None if waarde is None else "J" if waarde else "N"


def _moment(dag: date | None, tijd: time = time()) -> str | None:
    return None if dag is None else datetime.combine(dag, tijd).strftime("%d-%m-%Y %H:%M")


def _slash(dag: date | None) -> str | None:
    return None if dag is None else dag.strftime("%d/%m/%Y")


def _csv(rijen: Iterable[Sequence[object]], codering: str = "cp1252", scheiding: str = ";") -> bytes:
    uit = io.StringIO(newline="")
    csv.writer(uit, delimiter=scheiding, lineterminator="\r\n").writerows(rijen)
    return uit.getvalue().encode(codering)


def _workbook(bladen: dict[str, list[list]], verborgen: str = "") -> bytes:
    from tempfile import TemporaryDirectory

    from openpyxl import Workbook

    boek = Workbook(write_only=True)
    for naam, rijen in bladen.items():
        blad = boek.create_sheet(naam)
        blad.sheet_state = "hidden" if naam == verborgen else "visible"
        for rij in rijen:
            blad.append(rij)
    with TemporaryDirectory() as map_:
        pad = Path(map_) / "boek.xlsx"
        boek.save(pad)
        forget_time(pad)
        return pad.read_bytes()
