"""A registration of a few hundred trajecten, by arithmetic: figures that can be shown, and some that cannot."""

from datetime import date, timedelta
from pathlib import Path

TEAMS = ("Noord", "Zuid")
HOOFDSTUKKEN = ("casussen_op_inhoud", "vergelijking")
INSTELLINGEN = f"""naam = "Welzijn Proef"
toelichting_gegevens = "Synthetische gegevens."
jaren = [2023, 2024]
teams = {list(TEAMS)!r}
hoofdstukken = {[*HOOFDSTUKKEN, "personas_en_klantreizen", "datakwaliteit"]!r}
[dekking]
tot = 2024-12-31
[kerncijfers]
instroom = "trajecten begonnen"
uitstroom = "trajecten afgesloten"
"""
KERNEN = (("Grotedorp", 4000), ("Middeldorp", 900), ("Kleinedorp", 120))
TOELICHTING = """---
hoofdstuk: jaarverslag
paragraaf: inleiding
jaar: 2024
team: alle
{kop}---
{tekst}
"""


def write_registration(map_: Path, aantal: int = 240) -> None:
    """``map_`` (``raw/<organisatie>``) with clients, trajecten, contacten, ZRM scores, villages and questions."""
    map_.mkdir(parents=True)
    (map_ / "organisatie.toml").write_text(INSTELLINGEN, encoding="utf-8")
    klanten, trajecten, contacten, zrm, vragen = [], [], [], [], []
    for n in range(aantal):
        geboren = date(1935 + (n * 7) % 80, 1 + n % 12, 1 + n % 28)
        kern = KERNEN[0 if n % 8 else 1 if n % 24 else 2][0]
        klanten.append((f"k{n}", geboren.isoformat(), ("man", "vrouw")[n % 3 == 0], kern))
        team, soort = TEAMS[n % 3 == 0], ("individueel", "leun_en_steun")[n % 5 == 0]
        begin = date(2023, 1, 2) + timedelta(days=(n * 37) % 720)
        eind = begin + timedelta(days=20 + (n * 13) % 200)
        klaar = eind.isoformat() if eind <= date(2024, 12, 31) else ""
        route = ("eigen_initiatief", "verwezen")[n % 4 == 0]
        trajecten.append((f"t{n}", f"k{n}", team, soort, begin.isoformat(), klaar, route, "ja" if n % 6 else "nee"))
        for keer in range(1 + n % 9):
            contacten.append((f"c{n}-{keer}", f"t{n}", (begin + timedelta(days=keer)).isoformat(), "telefonisch"))
        domein, score = ("Financiën", "Huisvesting", "Verslaving")[0 if n % 3 else 1 if n % 15 else 2], 1 + n % 4
        if soort == "individueel":
            zrm.append((f"t{n}", "intake", begin.isoformat(), domein, str(score), "ja"))
            if klaar:
                zrm.append((f"t{n}", "eind", klaar, domein, str(min(score + n % 2, 5)), "ja"))
        vragen.append((f"v{n}", begin.isoformat(), team, domein, "ja" if n % 7 == 0 else "nee"))
    _write(map_, "klanten", "klant_id geboortedatum geslacht kern", klanten)
    kop = "traject_id klant_id team trajectsoort startdatum einddatum aanmeldroute netwerk_gevraagd"
    _write(map_, "trajecten", kop, trajecten)
    _write(map_, "contacten", "contact_id traject_id datum vorm", contacten)
    _write(map_, "zrm_metingen", "traject_id moment datum domein score hoofddomein", zrm)
    _write(map_, "informatie_en_advies", "vraag_id datum team domein direct_doorverwezen", vragen)
    kernen = [
        (kern, "Proef", "Noord", str(inwoners), f"52,{7 + p}", f"6,{p}") for p, (kern, inwoners) in enumerate(KERNEN)
    ]
    _write(map_, "kernen", "kern gemeente team inwoners breedtegraad lengtegraad", kernen)


def write_text(map_: Path, naam: str, tekst: str, *kop: str) -> Path:
    """A toelichting at the opening of the report, with these lines in its head."""
    pad = map_ / "toelichting" / naam
    pad.parent.mkdir(exist_ok=True)
    pad.write_text(TOELICHTING.format(kop="".join(f"{regel}\n" for regel in kop), tekst=tekst), encoding="utf-8")
    return pad


def write_persona(map_: Path, naam: str, klassen: str, *kop: str) -> None:
    """A persona of these age classes with money as its domain, and these lines in its head."""
    (map_ / "personas").mkdir(exist_ok=True)
    (map_ / "personas" / f"{naam.lower()}.yaml").write_text(
        f"naam: {naam}\nleeftijd: ergens in het midden\ncitaten: [Ik reken.]\n"
        "kijk_op: [{onderwerp: geld, zegt: Het gaat op.}]\nwil_graag: [rust]\nvindt_vervelend: [post]\n"
        f"leeftijdsklassen: [{klassen}]\ndomeinen: [Financiën]\n" + "".join(f"{regel}\n" for regel in kop),
        encoding="utf-8",
    )


def _write(map_: Path, tabel: str, kop: str, rijen: list[tuple[str, ...]]) -> None:
    regels = [kop.split(), *rijen]
    (map_ / f"{tabel}.csv").write_text("".join(";".join(regel) + "\n" for regel in regels), encoding="utf-8")
