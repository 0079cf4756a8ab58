"""What of a figure's days the registration covers, by plain loops; the settings are read from organisatie.toml.

Choice: the first startdatum of what an indicator counts is taken over all of its records of the period, of every team
and category, and asked of the table contacten alone.
"""

import tomllib
from datetime import date
from pathlib import Path

from .langetabel import afgesloten, behandeld, gestart

TRAJECT = ["trajecten"]
ZRM = ["trajecten", "zrm_metingen"]
CONTACT = ["trajecten", "contacten"]
ACTIVITEIT = ["collectieve_activiteiten", "bijeenkomsten"]
KERN = ["trajecten", "klanten", "kernen"]
UITNODIGING = ["trajecten", "klanttevredenheid"]
ANTWOORD = [*UITNODIGING, "kto_antwoorden"]
VRAAG = ["trajecten", "hulpvragen"]
TABELLEN_VAN = {
    "instroom": TRAJECT, "uitstroom": TRAJECT, "beginstand": TRAJECT, "eindstand": TRAJECT,
    "informatie_en_advies": ["informatie_en_advies"], "informatie_en_advies_doorverwezen": ["informatie_en_advies"],
    "collectieve_activiteiten": ACTIVITEIT, "collectieve_activiteiten_doorlopend": ACTIVITEIT,
    "collectieve_bijeenkomsten": ACTIVITEIT, "collectieve_deelnemers": ACTIVITEIT,
    "collectieve_bijeenkomsten_geteld": ACTIVITEIT,
    "schoolmaatschappelijk_werk": ["schoolmaatschappelijk_werk"],
    "schoolmaatschappelijk_werk_informatie_en_advies": ["schoolmaatschappelijk_werk"],
    "zrm_intake": ZRM, "zrm_intake_jongeren": [*ZRM, "klanten"], "zrm_groei": ZRM, "zrm_overgang": ZRM,
    "zrm_doel_behaald": ZRM, "zrm_volledig": ZRM, "complexiteit": ZRM,
    "contacten_per_traject": CONTACT, "contacten_per_traject_face_to_face": CONTACT, "zware_trajecten": TRAJECT,
    "zware_trajecten_werkelijk": CONTACT, "inschatting": CONTACT, "klanten": ["trajecten", "klanten"],
    "casussen_per_kern": KERN, "casussen_per_1000_inwoners": KERN,
    "financiele_casussen_per_kern": [*KERN, "zrm_metingen"], "verwijzingen": TRAJECT, "netwerk_gevraagd": TRAJECT,
    "reden_geen_netwerk": TRAJECT, "netwerkparticipanten": ["trajecten", "netwerkparticipanten"],
    "onafhankelijke_clientondersteuning": TRAJECT,
    "vip": ["vip"], "informele_ondersteuning": ["informele_ondersteuning"],
    "kto_verzending": UITNODIGING, "kto_ingevuld": UITNODIGING, "kto_respons": UITNODIGING,
    "kto_rapportcijfer": ANTWOORD, "kto_tevreden": ANTWOORD, "kto_effect": ANTWOORD,
    "korte_contacten": TRAJECT, "casussen": TRAJECT, "aanmeldingen": TRAJECT, "clienten": TRAJECT,
    "formulierenbrigade": ["formulierenbrigade"], "overige_dienstverlening": ["overige_dienstverlening"],
    "hulpvragen_casussen": VRAAG, "hulpvragen_korte_contacten": VRAAG, "verwezen_door": TRAJECT, "wachttijd": TRAJECT,
    "duur": TRAJECT, "samenstelling": VRAAG, "contacten_per_casus": CONTACT, "productie_uren": ["productie_uren"],
    "reden_beeindiging": TRAJECT, "doorverwijzing_na_afsluiting": TRAJECT, "groepswerk_activiteiten": ACTIVITEIT,
    "groepswerk_deelnemers": ["collectieve_activiteiten", "deelnames"], "unieke_casussen": VRAAG,
    "afwijkende_dienstverlening": CONTACT,
}  # fmt: skip
KORT_OF_CASUS = [
    "korte_contacten", "casussen", "aanmeldingen", "hulpvragen_casussen", "hulpvragen_korte_contacten", "wachttijd",
    "samenstelling", "reden_beeindiging", "doorverwijzing_na_afsluiting",
]  # fmt: skip
INDIVIDUEEL_TOT_NU = [
    "contacten_per_traject", "contacten_per_traject_face_to_face", "zware_trajecten_werkelijk", "inschatting",
]  # fmt: skip


def instellingen_van(map: Path) -> dict:
    """What an organisation sets itself."""
    pad = map / "organisatie.toml"
    return tomllib.loads(pad.read_text(encoding="utf-8")) if pad.exists() else {}


class Dekking:
    """Answers for every figure what is covered of its days."""

    def __init__(self, instellingen, schoon, trajecten, individueel, dienst_van):
        self.dagen = instellingen.get("dekking", {})
        self.schoon, self.trajecten, self.individueel, self.dienst_van = schoon, trajecten, individueel, dienst_van
        self.gezien = {}

    def van_en_tot(self, tabel):
        eigen = self.dagen.get(tabel, {})
        van = eigen.get("van", self.dagen.get("van", date.min))
        tot = eigen.get("tot", self.dagen.get("tot", date.today()))
        return van, tot

    def tabellen(self, indicator, categorie):
        if indicator in ("behandelde_casussen", "opgestarte_casussen"):
            if categorie == "informatie_en_advies":
                return ["informatie_en_advies"]
            if categorie == "collectieve_activiteiten":
                return ACTIVITEIT if indicator == "behandelde_casussen" else ["collectieve_activiteiten"]
            return TRAJECT
        if indicator in KORT_OF_CASUS and "contacten" in self.schoon:
            return [*TABELLEN_VAN[indicator], "contacten"]
        return TABELLEN_VAN[indicator]

    def __call__(self, indicator, categorie, p):
        sleutel = indicator, categorie if indicator in ("behandelde_casussen", "opgestarte_casussen") else "", p.naam
        if sleutel not in self.gezien:
            self.gezien[sleutel] = self.bepaal(indicator, categorie, p)
        return self.gezien[sleutel]

    def bepaal(self, indicator, categorie, p):
        binnen = True
        for tabel in self.tabellen(indicator, categorie):
            van, tot = self.van_en_tot(tabel)
            if p.e < van or p.b > tot:
                return "buiten"
            if not (van <= p.b and p.e <= tot):
                binnen = False
        if "contacten" in self.tabellen(indicator, categorie):
            starts = [t["startdatum"] for t in self.geteld(indicator, p)]
            if starts and min(starts) < self.van_en_tot("contacten")[0]:
                binnen = False
        return "volledig" if binnen else "deels"

    def geteld(self, indicator, p):
        """The trajecten that an indicator counts in a period, of every team."""
        if indicator in INDIVIDUEEL_TOT_NU:
            return [t for t in self.trajecten if t["trajectsoort"] in self.individueel and behandeld(t, p)]
        lopend = [t for t in self.trajecten if behandeld(t, p)]
        if indicator == "contacten_per_casus":
            return lopend
        if indicator == "afwijkende_dienstverlening":
            return [t for t in lopend if t["dienstverlening"] in ("kort", "casus")]
        if indicator in ("korte_contacten", "hulpvragen_korte_contacten"):
            van_dienst = [t for t in lopend if self.dienst_van(t, p) == "kort"]
        elif indicator in ("casussen", "hulpvragen_casussen", "samenstelling"):
            van_dienst = [t for t in lopend if self.dienst_van(t, p) == "casus"]
        else:
            casussen = [t for t in self.trajecten if self.dienst_van(t, p) == "casus"]
            if indicator == "aanmeldingen":
                return [t for t in casussen if p.bevat(t["aanmelddatum"] or t["startdatum"])]
            if indicator == "wachttijd":
                return [t for t in casussen if gestart(t, p) and t["aanmelddatum"] is not None]
            return [t for t in casussen if afgesloten(t, p)]
        if indicator in ("korte_contacten", "casussen"):
            return van_dienst
        return [t for t in van_dienst if t["hulpvragen"]]
