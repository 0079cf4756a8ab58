"""Runs the library through its command line and lays its files beside the oracle's, row for row.

By hand over many seeds: ``python -m tests.orakel.vergelijken dekop 100 200`` (organisation, first seed, one past the
last), with the folder of the repository on the path.
"""

import csv
import math
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory

from . import indicatoren
from .dekking import instellingen_van
from .langetabel import KOLOMMEN, SLEUTEL
from .registratie import TABELLEN, TRAJECTSOORTEN, Registratie, controleer, lees, records, schoon
from .willekeurig import schrijf, schrijf_instellingen

JAREN = (2018, 2019)
SECTIES_ACDE = {
    "behandelde_casussen", "opgestarte_casussen", "instroom", "uitstroom", "beginstand", "eindstand",
    "informatie_en_advies", "informatie_en_advies_doorverwezen", "collectieve_activiteiten",
    "collectieve_activiteiten_doorlopend", "collectieve_bijeenkomsten", "collectieve_deelnemers",
    "collectieve_bijeenkomsten_geteld", "schoolmaatschappelijk_werk",
    "schoolmaatschappelijk_werk_informatie_en_advies",
    "vip", "informele_ondersteuning", "kto_verzending", "kto_ingevuld", "kto_respons", "kto_rapportcijfer",
    "kto_tevreden", "kto_effect",
    "korte_contacten", "casussen", "aanmeldingen", "clienten", "formulierenbrigade", "overige_dienstverlening",
    "hulpvragen_casussen", "hulpvragen_korte_contacten", "verwezen_door", "wachttijd", "duur", "samenstelling",
    "contacten_per_casus", "productie_uren", "reden_beeindiging", "doorverwijzing_na_afsluiting",
    "groepswerk_activiteiten", "groepswerk_deelnemers", "unieke_casussen", "afwijkende_dienstverlening",
}  # fmt: skip
SECTIE_B = {
    "zrm_intake", "zrm_intake_jongeren", "zrm_groei", "zrm_overgang", "zrm_doel_behaald", "zrm_volledig",
    "complexiteit", "contacten_per_traject", "contacten_per_traject_face_to_face", "zware_trajecten",
    "zware_trajecten_werkelijk", "inschatting", "klanten", "casussen_per_kern", "casussen_per_1000_inwoners",
    "financiele_casussen_per_kern", "verwijzingen", "netwerk_gevraagd", "reden_geen_netwerk", "netwerkparticipanten",
    "onafhankelijke_clientondersteuning",
}  # fmt: skip
SECTIES = SECTIES_ACDE | SECTIE_B
PER_ORGANISATIE = {"dekop": SECTIES, "smwo": SECTIES_ACDE}
GETALLEN = ["teller", "noemer", "waarde", "n_personen", "ondergrens", "bovengrens"]
GETOOND = 12

# findings of which the text leaves open on which row or column they stand, or whether they are made at all
VRIJ = {"twee intakes", "twee intakes met quarantaine"}
# warnings that registratie.md does not have; each has its own worked tests
ERBIJ = {
    "aanmelddatum_na_startdatum", "geboren_na_startdatum", "gelijke_rij", "open_zonder_contact", "gelijk_traject",
    "overlappend_traject",
}  # fmt: skip


def draai(raw: Path, processed: Path, organisatie: str) -> None:
    """`kopanalyse compute` for an organisation, in this process."""
    from typer.testing import CliRunner

    from kopanalyse.cli import app

    opdracht = ["compute", "--organisatie", organisatie, "--raw", str(raw), "--processed", str(processed), "--toch"]
    for jaar in JAREN:
        opdracht += ["--jaar", str(jaar)]
    uitkomst = CliRunner().invoke(app, opdracht)
    if uitkomst.exit_code != 0:
        spoor = "".join(traceback.format_exception(uitkomst.exception)) if uitkomst.exception else ""
        raise AssertionError(f"kopanalyse {' '.join(opdracht)}\ngave {uitkomst.exit_code}\n{uitkomst.output}\n{spoor}")


def vergelijk(raw: Path, processed: Path, organisatie: str) -> list[str]:
    """Everything in which library and oracle differ on one registration."""
    draai(raw, processed, organisatie)
    verwacht = controleer(raw / organisatie, organisatie)
    verschillen = verschillen_controle(raw / organisatie, processed / organisatie, verwacht)
    return verschillen + verschillen_cijfers(
        cijfers_uit(processed / organisatie / "cijfers.csv"),
        indicatoren.bereken(verwacht, organisatie, JAREN, instellingen_van(raw / organisatie)),
    )


def tabel_uit(pad: Path) -> list[dict]:
    """A CSV file of the library as text, whichever separator it uses."""
    tekst = pad.read_bytes().decode("utf-8-sig")
    for scheiding in ",;":
        kop, *rijen = [velden for _, velden in records(tekst, scheiding)]
        if len(kop) > 1:
            return [dict(zip(kop, velden, strict=True)) for velden in rijen]
    raise AssertionError(f"{pad.name}: geen tabel")


def cijfers_uit(pad: Path) -> list[dict]:
    """The rows of cijfers.csv with numbers as numbers and empties as None."""
    with pad.open(encoding="utf-8-sig", newline="") as bestand:
        rijen = list(csv.DictReader(bestand))
    assert not rijen or list(rijen[0]) == KOLOMMEN, list(rijen[0])
    for rij in rijen:
        for kolom in [*GETALLEN, "jaar", "kwartaal"]:
            rij[kolom] = None if rij[kolom] == "" else float(rij[kolom])
    return rijen


def gelijk(een, ander) -> bool:
    if isinstance(een, str) or isinstance(ander, str) or een is None or ander is None:
        return een == ander
    return math.isclose(een, ander, rel_tol=1e-9, abs_tol=1e-12)


def sleutel_van(rij):
    return tuple(rij[kolom] for kolom in SLEUTEL)


def verschillen_cijfers(gekregen: list[dict], verwacht: list[dict]) -> list[str]:
    """One line per row that is too many, missing, double or different."""
    gekregen = [rij for rij in gekregen if rij["indicator"] in SECTIES]
    regels = []
    per_sleutel = {}
    for rij in gekregen:
        if sleutel_van(rij) in per_sleutel:
            regels.append(f"dubbel   {sleutel_van(rij)}")
        per_sleutel[sleutel_van(rij)] = rij
    verwachte = {sleutel_van(rij): rij for rij in verwacht}
    assert len(verwachte) == len(verwacht), "the oracle itself has double rows"
    regels += [f"ontbreekt {sleutel}" for sleutel in verwachte if sleutel not in per_sleutel]
    regels += [f"te veel  {sleutel}" for sleutel in per_sleutel if sleutel not in verwachte]
    for sleutel, rij in verwachte.items():
        ander = per_sleutel.get(sleutel, rij)
        anders = [kolom for kolom in KOLOMMEN if not gelijk(rij[kolom], ander[kolom])]
        if anders:
            stukken = [f"{kolom}: verwacht {rij[kolom]!r}, kreeg {ander[kolom]!r}" for kolom in anders]
            regels.append(f"anders   {sleutel} {'; '.join(stukken)}")
    return regels


def verschillen_controle(raw: Path, processed: Path, verwacht: Registratie) -> list[str]:
    """What differs in inlezen.csv, quarantaine/*.csv and bevindingen.csv."""
    return (
        verschillen_inlezen(processed, verwacht)
        + verschillen_quarantaine(raw, processed, verwacht)
        + verschillen_bevindingen(processed, verwacht)
    )


def verschillen_inlezen(processed, verwacht):
    regels = []
    inlezen = {rij["tabel"]: rij for rij in tabel_uit(processed / "inlezen.csv")}
    for tabel, gelezen in verwacht.gelezen.items():
        quarantaine = len(verwacht.quarantaine(tabel))
        goed = [gelezen, gelezen - quarantaine, quarantaine]
        rij = inlezen.get(tabel, {"gelezen": -1, "schoon": -1, "quarantaine": -1})
        kreeg = [int(rij[kolom]) for kolom in ("gelezen", "schoon", "quarantaine")]
        if kreeg != goed:
            regels.append(f"inlezen.csv {tabel}: verwacht gelezen, schoon, quarantaine {goed}, kreeg {kreeg}")
    for tabel in inlezen:
        if tabel not in verwacht.gelezen and int(inlezen[tabel]["gelezen"]) != 0:
            regels.append(f"inlezen.csv {tabel}: deze tabel is er niet, kreeg {inlezen[tabel]}")
    return regels


def verschillen_quarantaine(raw, processed, verwacht):
    regels = []
    for tabel in verwacht.gelezen:
        pad = processed / "quarantaine" / f"{tabel}.csv"
        rijen = tabel_uit(pad) if pad.exists() else []
        kreeg = {int(rij["regelnummer"]) for rij in rijen}
        goed = verwacht.quarantaine(tabel)
        if len(rijen) != len(kreeg):
            regels.append(f"quarantaine/{tabel}.csv: een regel staat er twee keer in")
        for regel in sorted(kreeg ^ goed):
            soort = "te veel" if regel in kreeg else "ontbreekt"
            redenen = [vondst[2:] for vondst in verwacht.fouten if vondst[:2] == (tabel, regel)]
            regels.append(f"quarantaine/{tabel}.csv regel {regel} {soort} {redenen}")
        ruw = {regel: rij for regel, rij, *_ in lees(raw / f"{tabel}.csv", TABELLEN[tabel])}
        for rij in rijen:
            for kolom, waarde in ruw.get(int(rij["regelnummer"]), {}).items():
                stond_er = rij.get(kolom, rij.get(kolom + " "))
                if stond_er is None or schoon(stond_er) != waarde:
                    regels.append(
                        f"quarantaine/{tabel}.csv regel {rij['regelnummer']} {kolom}: {waarde!r} werd {stond_er!r}"
                    )
    return regels


def verschillen_bevindingen(processed, verwacht):
    regels = []
    bevindingen = tabel_uit(processed / "bevindingen.csv")
    fouten, waarschuwingen = set(), []
    for rij in bevindingen:
        if rij["regelnummer"] in ("", "0", "1") or rij["regel"] in ERBIJ:
            continue  # about a file or its header, not about a row; or beyond the specification
        plek = (rij["tabel"], int(rij["regelnummer"]), rij["kolom"])
        if rij["gewicht"] == "fout":
            fouten.add(plek)
        elif rij["gewicht"] == "waarschuwing":
            waarschuwingen.append(plek)

    for tabel, regel, kolom, reden in sorted(verwacht.fouten):
        kolommen = {kolom}
        if reden == "overschot":
            kolommen = {plek[2] for plek in fouten}
        if reden == "einddatum voor startdatum":
            kolommen = {"einddatum", "startdatum"}
        if not any((tabel, regel, k) in fouten for k in kolommen):
            regels.append(f"bevindingen.csv: fout ontbreekt: {tabel} regel {regel} {kolom} {reden}")
    verwachte_regels = {vondst[:2] for vondst in verwacht.fouten}
    ruim = {vondst[:2] for vondst in verwacht.fouten if vondst[3] in ("overschot", "einddatum voor startdatum")}
    precies = {vondst[:3] for vondst in verwacht.fouten}
    for plek in sorted(fouten):
        if plek[:2] not in verwachte_regels or (plek not in precies and plek[:2] not in ruim):
            regels.append(f"bevindingen.csv: fout te veel: {plek}")

    vast = {vondst[:3]: vondst[3] for vondst in verwacht.waarschuwingen if vondst[3] not in VRIJ}
    vrij = {vondst[:2] for vondst in verwacht.waarschuwingen if vondst[3] in VRIJ}
    for plek, soort in sorted(vast.items()):
        if plek not in waarschuwingen:
            regels.append(f"bevindingen.csv: waarschuwing ontbreekt: {plek} {soort}")
    for plek in sorted(set(waarschuwingen)):
        if plek not in vast and plek[:2] not in vrij and plek[:2] not in verwachte_regels:
            regels.append(f"bevindingen.csv: waarschuwing te veel: {plek}")
    return regels + ontbrekende_dubbele_intakes(waarschuwingen, vast, verwacht)


def ontbrekende_dubbele_intakes(waarschuwingen, vast, verwacht):
    """Every group of double intakes has at least one warning of its own, on whichever of its rows."""
    groepen = {}
    for tabel, regel, groep, soort in verwacht.waarschuwingen:
        if soort == "twee intakes" and groep[1] != "onbekend":
            groepen.setdefault((tabel, groep), set()).add(regel)
    regels = []
    for (tabel, groep), regelnummers in groepen.items():
        eigen = [plek for plek in waarschuwingen if plek[0] == tabel and plek[1] in regelnummers]
        verklaard = [plek for plek in vast if plek[0] == tabel and plek[1] in regelnummers]
        if len(eigen) <= len(verklaard):
            regels.append(f"bevindingen.csv: twee intakes niet gemeld: {groep} regels {sorted(regelnummers)}")
    return regels


def toon(regels: list[str]) -> str:
    """The first differences, readable."""
    meer = f"\n… en nog {len(regels) - GETOOND}" if len(regels) > GETOOND else ""
    return f"{len(regels)} verschillen:\n" + "\n".join(regels[:GETOOND]) + meer


def vergelijk_zaden(organisatie: str, zaden: range) -> int:
    """Compare many random registrations and print the differences; gives the number of seeds that had any."""
    mis = 0
    for zaad in zaden:
        with TemporaryDirectory() as tijdelijk:
            raw, processed = Path(tijdelijk) / "raw", Path(tijdelijk) / "processed"
            schrijf(raw / organisatie, zaad, omvang=10 + zaad * 37 % 170, organisatie=organisatie)
            schrijf_instellingen(raw / organisatie, zaad, organisatie)
            try:
                verschillen = vergelijk(raw, processed, organisatie)
            except AssertionError as fout:
                verschillen = [str(fout)]
        print(f"{organisatie} zaad {zaad}: {toon(verschillen) if verschillen else 'gelijk'}", flush=True)
        mis += bool(verschillen)
    print(f"{mis} van {len(zaden)} zaden met verschillen")
    return mis


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in TRAJECTSOORTEN:
        sys.exit(f"python -m tests.orakel.vergelijken {'|'.join(TRAJECTSOORTEN)} eerste_zaad voorbij_laatste_zaad")
    sys.exit(vergelijk_zaden(sys.argv[1], range(int(sys.argv[2]), int(sys.argv[3]))) > 0)
