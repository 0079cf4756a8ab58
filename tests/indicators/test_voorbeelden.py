"""A worked example per indicator: a tiny registration, and the expected figures written as arithmetic.

Read an example as documentation: which rows are there, and which of them count. Expected figures are keyed by
``periode team categorie subcategorie`` (parts left out: alle, totaal, none) and give teller, or (teller, noemer).
"""

from dataclasses import dataclass

import pytest

from kopanalyse.indicators import INDICATOREN
from kopanalyse.indicators.compute import figures
from kopanalyse.settings import load_settings
from tests.tabel import write_checked


@dataclass
class Voorbeeld:
    indicator: str
    tabellen: dict[str, str]
    verwacht: dict[tuple[str, ...], float | tuple[float, float]]


# t1 runs over the turn of the year, t2 within one day, t3 is still open, t4 belongs to another soort.
TRAJECTEN = """
    traject_id klant_id team trajectsoort  startdatum einddatum
    t1         k1       Oost individueel   2018-11-01 2019-02-01
    t2         k1       Oost individueel   2019-03-31 2019-03-31
    t3         k2       Zuid individueel   2019-04-01 -
    t4         k3       -    leun_en_steun 2019-01-01 2019-12-31
"""
KLANTEN = """
    klant_id geboortedatum geslacht kern
    k1       1991-12-31    man      Dorp
    k2       1992-01-01    vrouw    Stad
    k3       -             -        Dorp
"""
ACTIVITEITEN = """
    activiteit_id naam  team startdatum leeftijdsgroep
    a1            eten  Oost 2018-06-01 75+
    a2            sport Oost 2019-02-01 jeugd
    a3            leeg  Zuid 2019-02-01 -
"""
BIJEENKOMSTEN = """
    bijeenkomst_id activiteit_id datum      aantal_deelnemers
    b1             a1            2018-12-31 9
    b2             a1            2019-01-01 5
    b3             a1            2019-06-01 -
    b4             a2            2019-06-01 0
"""
VRAGEN = """
    vraag_id datum      team domein     direct_doorverwezen
    v1       2019-01-01 Oost Financiën  ja
    v2       2019-12-31 Zuid Financiën  nee
    v3       2019-07-01 -    -          -
    v4       2020-01-01 Oost Huisvesting ja
"""
# Financiën of t1 has two intakes: the earliest counts (2); its latest end counts (4). Huisvesting is no hoofddomein.
# t2 has an intake that was not discussed (99) on its hoofddomein. t5 was scored in two versions of the ZRM.
ZRM_TRAJECTEN = """
    traject_id klant_id team trajectsoort startdatum einddatum
    t1         k1       Oost individueel  2018-11-01 2019-02-01
    t2         k1       Oost individueel  2019-03-01 2019-03-31
    t5         k2       Zuid individueel  2019-04-01 2019-05-01
"""
ZRM = """
    traject_id moment datum      domein      score hoofddomein doelscore zrm_versie
    t1         intake 2018-11-01 Financiën   2     ja          4         2013
    t1         intake 2018-12-01 Financiën   3     ja          2         2013
    t1         eind   2019-01-01 Financiën   5     -           -         2013
    t1         eind   2019-02-01 Financiën   4     -           -         2013
    t1         intake 2018-11-01 Huisvesting 1     nee         -         2013
    t1         eind   2019-02-01 Huisvesting 5     -           -         2013
    t1         intake 2018-11-01 Justitie    3     ja          4         2013
    t1         eind   2019-02-01 Justitie    3     -           -         2013
    t2         intake 2019-03-01 Verslaving  99    ja          -         2013
    t2         eind   2019-03-31 Verslaving  4     -           -         2013
    t5         intake 2019-04-01 Huisvesting 2     ja          3         2013
    t5         eind   2019-05-01 Huisvesting 4     -           -         2017
"""
ZRM_TABELLEN = {"trajecten": ZRM_TRAJECTEN, "zrm_metingen": ZRM}
# t1 was estimated light and had six contacts by the end of 2019, one of them in 2018; the seventh came later.
CONTACT_TRAJECTEN = """
    traject_id klant_id team trajectsoort startdatum einddatum  geschat_aantal_gesprekken
    t1         k1       Oost individueel  2018-11-01 -          5
    t2         k2       Oost individueel  2019-01-01 2019-12-31 6
    t3         k3       Zuid individueel  2019-01-01 -          -
"""
CONTACTEN = """
    contact_id traject_id datum      vorm
    c1         t1         2018-11-01 face_to_face
    c2         t1         2019-01-02 telefonisch
    c3         t1         2019-01-03 face_to_face
    c4         t1         2019-01-04 -
    c5         t1         2019-01-05 e_mail
    c6         t1         2019-12-31 telefonisch
    c7         t1         2020-01-01 face_to_face
    c8         t2         2019-02-01 face_to_face
"""
CONTACT_TABELLEN = {"trajecten": CONTACT_TRAJECTEN, "contacten": CONTACTEN}
NETWERK = """
    traject_id klant_id team trajectsoort  startdatum einddatum aanmeldroute     netwerk_gevraagd reden_geen_netwerk onafhankelijke_clientondersteuning
    t1         k1       Oost individueel   2018-11-01 -         verwezen         ja               -                  ja
    t2         k1       Oost individueel   2019-01-01 -         verwezen         nee              crisis             nee
    t3         k2       Zuid individueel   2019-01-01 -         eigen_initiatief nee              -                  -
    t4         k3       Zuid leun_en_steun 2019-01-01 -         -                ja               -                  ja
    t6         k4       Zuid individueel   2019-01-01 -         -                -                -                  ja
"""
PARTICIPANTEN = """
    traject_id participant_id
    t1         p1
    t2         p1
    t2         p2
    t4         p3
"""
SCHOOL = """
    registratie_id school  datum      soort
    s1             PrO     2019-09-01 casus
    s2             PrO     2019-10-01 casus
    s3             VSO     2019-09-01 informatie_en_advies
"""
KERNEN = """
    kern    inwoners
    Dorp    500
    Stad    2000
    Gehucht 0
"""
KERN_TABELLEN = {"trajecten": TRAJECTEN, "klanten": KLANTEN, "kernen": KERNEN}
CASUISTIEK = {"trajecten": TRAJECTEN, "informatie_en_advies": VRAGEN, "collectieve_activiteiten": ACTIVITEITEN,
              "bijeenkomsten": BIJEENKOMSTEN}
COLLECTIEF = {"collectieve_activiteiten": ACTIVITEITEN, "bijeenkomsten": BIJEENKOMSTEN}
VIP = """
    gebeurtenis_id datum      soort
    g1             2019-01-01 vacature
    g2             2019-12-31 bemiddeld
    g3             2018-12-31 bemiddeld
"""
INFORMEEL = """
    jaar onderdeel maat      categorie aantal
    2019 Taalpunt  inwoners  -         177
    2019 Taalpunt  deelnemers taalcafé  18
    2019 Taalpunt  deelnemers taalcafé  2
    2018 Op_Stap   inwoners  -         36
"""
# u1 to u4 belong to trajecten that ended in 2019 (t1, t2, t4), u5 to one that has not ended.
UITNODIGINGEN = """
    uitnodiging_id traject_id verzendstatus  verzonden_op ingevuld_op
    u1             t1         verzonden      2019-02-02   2019-02-09
    u2             t2         verzonden      2019-04-01   -
    u3             t2         no_reply_adres -            -
    u4             t4         verzonden      2019-12-31   2020-01-10
    u5             t3         verzonden      2019-12-31   2019-12-31
"""
ANTWOORDEN = """
    uitnodiging_id vraag          soort         waarde
    u1             bereikbaarheid rapportcijfer 8
    u4             bereikbaarheid rapportcijfer 7
    u5             bereikbaarheid rapportcijfer 1
    u1             medewerker     tevreden      1
    u4             medewerker     tevreden      0
    u1             meedoen        effect        1
    u5             eigen_kracht   effect        0
"""
KTO = {"trajecten": TRAJECTEN, "klanttevredenheid": UITNODIGINGEN}
KTO_ANTWOORDEN = KTO | {"kto_antwoorden": ANTWOORDEN}

VOORBEELDEN = [
    Voorbeeld("behandelde_casussen", CASUISTIEK, {
        ("2019", "alle", "individueel"): 1 + 1 + 1,            # t1, t2, t3
        ("2019-K1", "alle", "individueel"): 1 + 1,             # t1 and t2; t3 starts the day after
        ("2019", "onbekend", "leun_en_steun"): 1,              # t4 has no team
        ("2019", "alle", "informatie_en_advies"): 3,
        ("2019", "alle", "collectieve_activiteiten"): 2,       # a1 and a2; a3 never met
        ("2019", "alle", "presentie"): 0,
    }),
    Voorbeeld("opgestarte_casussen", CASUISTIEK, {
        ("2019", "alle", "individueel"): 1 + 1,                # t2, t3
        ("2019-K1", "alle", "collectieve_activiteiten"): 1 + 1,  # a2, a3
    }),
    Voorbeeld("instroom", {"trajecten": TRAJECTEN}, {
        ("2019", "alle", "individueel"): 2, ("2019", "alle", "totaal"): 2 + 1, ("2019-K2", "Zuid", "individueel"): 1}),
    Voorbeeld("uitstroom", {"trajecten": TRAJECTEN}, {
        ("2019", "alle", "individueel"): 2, ("2019-K1", "alle", "individueel"): 2, ("2019-K4", "alle", "totaal"): 1}),
    Voorbeeld("beginstand", {"trajecten": TRAJECTEN}, {
        ("2019", "alle", "individueel"): 1, ("2019-K2", "alle", "individueel"): 0,
        ("2019", "alle", "totaal"): 1}),                       # t4 starts on the first day, so is not there before
    Voorbeeld("eindstand", {"trajecten": TRAJECTEN}, {
        ("2019", "alle", "individueel"): 1 + 2 - 2, ("2019", "alle", "totaal"): 1}),   # t4 ends on the last day
    Voorbeeld("informatie_en_advies", {"informatie_en_advies": VRAGEN}, {
        ("2019", "alle", "Financiën"): 2, ("2019", "alle", "onbekend"): 1, ("2019", "alle", "totaal"): 2 + 1}),
    Voorbeeld("informatie_en_advies_doorverwezen", {"informatie_en_advies": VRAGEN}, {
        ("2019", "alle"): (1, 3), ("2019", "onbekend"): (0, 1), ("2018", "alle"): (0, 0)}),
    Voorbeeld("collectieve_activiteiten", COLLECTIEF, {
        ("2019", "alle", "75+"): 1, ("2019", "alle", "totaal"): 2, ("2019", "alle", "onbekend"): 0}),
    Voorbeeld("collectieve_activiteiten_doorlopend", COLLECTIEF, {
        ("2019", "alle"): 1, ("2019-K2", "alle"): 2, ("2018", "alle"): 0}),
    Voorbeeld("collectieve_bijeenkomsten", COLLECTIEF, {("2019", "alle"): 3, ("2019", "Oost"): 3, ("2018", "alle"): 1}),
    Voorbeeld("collectieve_deelnemers", COLLECTIEF, {("2019", "alle"): 5 + 0, ("2018", "alle"): 9}),
    Voorbeeld("collectieve_bijeenkomsten_geteld", COLLECTIEF, {("2019", "alle"): (2, 3)}),
    Voorbeeld("schoolmaatschappelijk_werk", {"schoolmaatschappelijk_werk": SCHOOL}, {
        ("2019", "alle", "PrO"): 2, ("2019", "alle", "VSO"): 0, ("2019-K3", "alle", "totaal"): 1}),
    Voorbeeld("schoolmaatschappelijk_werk_informatie_en_advies", {"schoolmaatschappelijk_werk": SCHOOL}, {
        ("2019", "alle"): 1}),
    Voorbeeld("zrm_intake", ZRM_TABELLEN, {
        ("2019", "alle", "Financiën", "2"): 1, ("2019", "alle", "Financiën", "3"): 0,
        ("2019", "alle", "Verslaving", "totaal"): 0, ("2019", "alle", "totaal", "2"): 1 + 1,
        ("2019", "alle", "totaal", "totaal"): 3}),
    Voorbeeld("zrm_intake_jongeren", ZRM_TABELLEN | {"klanten": KLANTEN}, {
        # k1 turns 28 on the last day of 2019; k2 turns 28 the day after
        ("2019", "alle", "totaal", "totaal"): 1, ("2018", "alle", "totaal", "totaal"): 2}),
    Voorbeeld("zrm_groei", ZRM_TABELLEN, {
        ("2019", "alle", "Financiën"): (4 - 2, 1), ("2019", "alle", "totaal"): ((4 - 2) + (3 - 3), 2),
        ("2019", "Zuid", "totaal"): (0, 0)}),                  # two versions are never subtracted
    Voorbeeld("zrm_overgang", ZRM_TABELLEN, {
        ("2019", "alle", "Financiën", "2>4"): 1, ("2019", "alle", "totaal", "totaal"): 2,
        ("2019", "alle", "totaal", "3>3"): 1}),
    Voorbeeld("zrm_doel_behaald", ZRM_TABELLEN, {
        ("2019", "alle", "Financiën"): (1, 1), ("2019", "alle", "Justitie"): (0, 1), ("2019", "alle", "totaal"): (1, 2)}),
    Voorbeeld("zrm_volledig", ZRM_TABELLEN, {("2019", "alle"): (1, 3), ("2019", "Oost"): (1, 2)}),
    Voorbeeld("complexiteit", ZRM_TABELLEN, {
        # t1 has two hoofddomeinen; t2 (99 still is a hoofddomein) and t5 have one
        ("2019", "alle", "niet complex"): (2, 3), ("2019", "alle", "redelijk complex"): (1, 3),
        ("2019", "alle", "totaal"): (3, 3), ("2019-K3", "alle", "complex"): (0, 0)}),
    Voorbeeld("contacten_per_traject", CONTACT_TABELLEN, {
        ("2019", "alle", "licht"): (6, 1), ("2019", "alle", "zwaar"): (1, 1), ("2019", "alle", "onbekend"): (0, 1),
        ("2019", "alle", "totaal"): (6 + 1 + 0, 3), ("2018", "alle", "totaal"): (1, 1)}),
    Voorbeeld("contacten_per_traject_face_to_face", CONTACT_TABELLEN, {
        ("2019", "alle", "licht"): (2, 1), ("2019", "alle", "totaal"): (2 + 1 + 0, 3)}),
    Voorbeeld("zware_trajecten", CONTACT_TABELLEN, {("2019", "alle"): (1, 2), ("2019", "Zuid"): (0, 0)}),
    Voorbeeld("zware_trajecten_werkelijk", CONTACT_TABELLEN, {
        ("2019", "alle"): (1, 3), ("2019-K3", "alle"): (0, 3), ("2019-K4", "Oost"): (1, 2)}),
    Voorbeeld("inschatting", CONTACT_TABELLEN, {
        ("2019", "alle", "licht", "zwaar"): 1, ("2019", "alle", "zwaar", "licht"): 1,
        ("2019", "alle", "totaal", "licht"): 2, ("2019", "alle", "totaal", "totaal"): 3}),
    Voorbeeld("klanten", {"trajecten": TRAJECTEN, "klanten": KLANTEN}, {
        # k1 has two trajecten and counts once; k3 has no individueel traject
        ("2019", "alle", "28-44", "man"): 1, ("2019", "alle", "18-27", "vrouw"): 1,
        ("2019", "alle", "totaal", "totaal"): 2}),
    Voorbeeld("casussen_per_kern", KERN_TABELLEN, {
        ("2019", "alle", "Dorp"): 2, ("2019", "alle", "Stad"): 1, ("2019", "alle", "totaal"): 3,
        ("2019", "alle", "onbekend"): 0}),
    Voorbeeld("casussen_per_1000_inwoners", KERN_TABELLEN, {
        ("2019", "alle", "Dorp"): (2, 500), ("2019", "Oost", "Stad"): (0, 2000), ("2019", "alle", "Gehucht"): (0, 0),
        ("2019", "alle", "totaal"): (2 + 1, 500 + 2000)}),
    Voorbeeld("financiele_casussen_per_kern", KERN_TABELLEN | ZRM_TABELLEN, {
        ("2019", "alle", "Dorp"): 1, ("2019", "alle", "totaal"): 1}),
    Voorbeeld("verwijzingen", {"trajecten": NETWERK}, {
        ("2019", "alle", "verwezen"): (1, 3), ("2019", "alle", "onbekend"): (1, 3), ("2019", "alle", "totaal"): (3, 3),
        ("2018", "Zuid", "verwezen"): (0, 0)}),
    Voorbeeld("netwerk_gevraagd", {"trajecten": NETWERK}, {
        ("2019", "alle", "gevraagd"): 1 + 1, ("2019", "alle", "niet_gevraagd"): 2, ("2019", "alle", "onbekend"): 1,
        ("2019", "alle", "totaal"): 5}),
    Voorbeeld("reden_geen_netwerk", {"trajecten": NETWERK}, {
        ("2019", "alle", "crisis"): 1, ("2019", "alle", "onbekend"): 1, ("2019", "alle", "totaal"): 2}),
    Voorbeeld("netwerkparticipanten", {"trajecten": NETWERK, "netwerkparticipanten": PARTICIPANTEN}, {
        ("2019", "alle"): 3, ("2019", "Oost"): 2, ("2018", "alle"): 1}),
    Voorbeeld("onafhankelijke_clientondersteuning", {"trajecten": NETWERK}, {
        ("2019", "alle"): (1 + 1, 4), ("2019", "Zuid"): (1, 2)}),
    Voorbeeld("vip", {"vip": VIP}, {
        ("2019", "alle", "bemiddeld"): 1, ("2019-K4", "alle", "totaal"): 1, ("2019", "alle", "totaal"): 1 + 1,
        ("2019", "alle", "voorgesteld"): 0}),
    Voorbeeld("informele_ondersteuning", {"informele_ondersteuning": INFORMEEL}, {
        ("2019", "alle", "Taalpunt", "inwoners"): 177, ("2019", "alle", "Taalpunt", "deelnemers: taalcafé"): 18 + 2,
        ("2018", "alle", "Taalpunt", "inwoners"): 0, ("2018", "alle", "Op_Stap", "inwoners"): 36}),
    Voorbeeld("kto_verzending", KTO, {
        ("2019", "alle", "verzonden"): 3, ("2019", "Oost", "no_reply_adres"): 1, ("2019", "alle", "totaal"): 3 + 1}),
    Voorbeeld("kto_ingevuld", KTO, {("2019", "alle"): 2, ("2018", "alle"): 0, ("2019", "onbekend"): 1}),
    Voorbeeld("kto_respons", KTO, {("2019", "alle"): (2, 3), ("2019", "Zuid"): (0, 0)}),
    Voorbeeld("kto_rapportcijfer", KTO_ANTWOORDEN, {
        ("2019", "alle", "bereikbaarheid"): (8 + 7, 2), ("2019", "alle", "totaal"): (8 + 7, 2),
        ("2018", "alle", "bereikbaarheid"): (0, 0)}),
    Voorbeeld("kto_tevreden", KTO_ANTWOORDEN, {("2019", "alle", "medewerker"): (1, 2), ("2019", "Oost", "totaal"): (1, 1)}),
    Voorbeeld("kto_effect", KTO_ANTWOORDEN, {
        ("2019", "alle", "meedoen"): (1, 1), ("2019", "alle", "eigen_kracht"): (0, 0)}),
]


@pytest.mark.parametrize("voorbeeld", VOORBEELDEN, ids=lambda voorbeeld: voorbeeld.indicator)
def test_voorbeeld(voorbeeld, tmp_path):
    write_checked(tmp_path, voorbeeld.tabellen)
    settings = load_settings("dekop")
    cijfers = figures(settings, tmp_path, [2018, 2019], indicatoren=[INDICATOREN[voorbeeld.indicator]])
    rij = cijfers.set_index(["periode", "team", "categorie", "subcategorie"])
    heeft_sub = cijfers.subcategorie.ne("").any()
    for sleutel, verwacht in voorbeeld.verwacht.items():
        periode, team, categorie, sub = (*sleutel, *("totaal", "totaal" if heeft_sub else "")[len(sleutel) - 2:])
        cijfer = rij.loc[(periode, team, categorie, sub)]
        gevonden = (cijfer.teller, cijfer.noemer) if isinstance(verwacht, tuple) else cijfer.teller
        assert gevonden == verwacht, sleutel


def test_every_indicator_has_an_example():
    assert [voorbeeld.indicator for voorbeeld in VOORBEELDEN] == list(INDICATOREN)
