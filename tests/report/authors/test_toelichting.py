"""Commentary of authors: shown where it belongs, escaped, and refused with a reason when it is broken."""

import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.authors import Teksten
from kopanalyse.report.authors.reading import TekstError
from kopanalyse.report.authors.toelichting import read_toelichtingen
from kopanalyse.report.chapters import own_catalogue
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.settings import load_settings

KOP = {"hoofdstuk": "casuistiek_in_aantallen", "paragraaf": "caseload", "jaar": "2019", "team": "alle"}
TEAMS = ["alle", "Oost", "no"]


@pytest.fixture
def schrijf(tmp_path):
    """``schrijf(tekst, **kop)`` writes a commentary; a key with None is left out."""
    map_ = tmp_path / "dekop" / "toelichting"
    map_.mkdir(parents=True)

    def write(tekst="Tekst.", naam="a.md", **anders):
        kop = "".join(f"{s}: {w}\n" for s, w in (KOP | anders).items() if w is not None)
        (map_ / naam).write_text(f"---\n{kop}---\n{tekst}\n", encoding="utf-8")
        return map_ / naam

    return write


def lees(raw):
    return read_toelichtingen(raw / "dekop", own_catalogue(load_settings("dekop", raw)), TEAMS)


def rapport(raw, frame, jaar=2019, team="alle"):
    lang = frame(("instroom", str(jaar), team, "totaal", 1, None))
    return Rapport(Cijfers(lang, load_settings("dekop", raw), Periode(jaar), team, raw), Teksten(lees(raw)))


def test_shown_where_paragraph_year_and_team_match(schrijf, tmp_path, frame):
    schrijf("Eerste.", "a.md", auteur="A. Schrijver")
    schrijf("Tweede.", "b.md")
    html = rapport(tmp_path, frame).toelichting("caseload").html
    assert html.index("Eerste.") < html.index("Tweede.") and "A. Schrijver" in html
    assert rapport(tmp_path, frame).toelichting("opgestart").html == ""
    assert rapport(tmp_path, frame, jaar=2018).toelichting("caseload").html == ""
    assert rapport(tmp_path, frame, team="Oost").toelichting("caseload").html == ""


def test_values_are_the_text_that_stands_there(schrijf, tmp_path):
    schrijf(team="no", auteur="2019-01-01")
    (een,) = lees(tmp_path)
    assert (een.team, een.auteur, een.periode) == ("no", "2019-01-01", Periode(2019))


def test_everything_that_an_author_types_is_escaped(schrijf, tmp_path, frame):
    schrijf(
        "# Kop\n\n<script>alert(1)</script> <img src=x onerror=alert(1)>\n\n"
        "![een kaart](https://elders.example/k.png)\n\n[klik](javascript:alert(1)) [goed](https://elders.example) "
        "**vet**\n\n| a |\n|---|\n| 1 |\n",
        auteur="<b>ik</b>",
    )
    html = rapport(tmp_path, frame).toelichting("caseload").html
    assert "<script" not in html and "<img" not in html and "<b>" not in html and "<h1" not in html
    assert 'href="javascript' not in html and "een kaart" in html and "k.png" not in html
    assert "<strong>vet</strong>" in html and "<strong>Kop</strong>" in html and "<td>1</td>" in html


HOOFDSTUKKEN = (
    "jaarverslag, casuistiek_in_aantallen, casussen_op_inhoud, informele_ondersteuning, klanttevredenheid, "
    "wat_is_er_veranderd, vergelijking, personas_en_klantreizen, datakwaliteit"
)


@pytest.mark.parametrize(
    "anders, melding",
    [
        ({"jaar": None}, "regel 2: de sleutel jaar ontbreekt. Verplicht zijn: hoofdstuk, paragraaf, jaar, team."),
        ({"team": ""}, "regel 5: team = '' kan niet; verwacht wordt een team: alle, Oost, no."),
        ({"jaar": "negentien"}, "regel 4: jaar = 'negentien' kan niet; verwacht wordt een jaartal, zoals 2019."),
        ({"jaar": "²019"}, "regel 4: jaar = '²019' kan niet; verwacht wordt een jaartal, zoals 2019."),
        ({"team": "Ost"}, "regel 5: team = 'Ost' kan niet; verwacht wordt een team: alle, Oost, no. Bedoelde u Oost?"),
        (
            {"hoofdstuk": "casuistiek"},
            "regel 2: hoofdstuk = 'casuistiek' kan niet; verwacht wordt een hoofdstuk: "
            f"{HOOFDSTUKKEN}. Bedoelde u casuistiek_in_aantallen?",
        ),
        (
            {"hoofdstuk": "informele_ondersteuning", "paragraaf": "vop"},
            "regel 3: paragraaf = 'vop' kan niet; verwacht wordt een paragraaf van informele_ondersteuning: vip, "
            "vrijwilligersdiensten. Bedoelde u vip?",
        ),
        (
            {"schrijver": "x"},
            "regel 6: de sleutel schrijver bestaat niet. Mogelijk zijn: hoofdstuk, paragraaf, jaar, team, auteur, "
            "openbaar, nagekeken.",
        ),
        ({"auteur": "a\nauteur: b"}, "regel 7: de sleutel auteur staat er twee keer; verwacht wordt één keer."),
        ({"jaar": "[2018, 2019]"}, "regel 4: jaar = een lijst kan niet; verwacht wordt een jaartal, zoals 2019."),
        ({"auteur": "{naam: x}"}, "regel 6: auteur = een blok met sleutels kan niet; verwacht wordt een tekst."),
        (
            {"team": "'Oost"},
            "regel 5: dit is geen leesbare YAML; verwacht wordt sleutel: waarde, en een waarde met een "
            "dubbele punt of een # erin tussen aanhalingstekens.",
        ),
    ],
)
def test_a_broken_one_is_refused_by_name_and_place(schrijf, tmp_path, anders, melding):
    pad = schrijf(**anders)
    with pytest.raises(TekstError) as fout:
        lees(tmp_path)
    assert str(fout.value) == f"{pad}, {melding}"


@pytest.mark.parametrize(
    "inhoud, melding",
    [
        (
            b"Zonder kop",
            ": het bestand moet beginnen met een kop tussen twee regels --- met daarin hoofdstuk, paragraaf, "
            "jaar, team.",
        ),
        (
            b"---\njaar: 2019\n",
            ": het bestand moet beginnen met een kop tussen twee regels --- met daarin hoofdstuk, "
            "paragraaf, jaar, team.",
        ),
        (
            b"",
            ": het bestand moet beginnen met een kop tussen twee regels --- met daarin hoofdstuk, paragraaf, jaar, "
            "team.",
        ),
        (b"---\n---\nTekst", ": er staat niets in; verwacht worden sleutels met waarden, zoals jaar: 2019."),
        (
            b"---\n- a\n---\nTekst",
            ", regel 2: de inhoud = een lijst kan niet; verwacht wordt een blok met de sleutels "
            "hoofdstuk, paragraaf, jaar, team.",
        ),
        (b"---\n\xe9\n---\nx", ": het bestand is geen UTF-8-tekst; bewaar het als UTF-8."),
        (
            b"---\nhoofdstuk: klanttevredenheid\nparagraaf: respons\njaar: 2019\nteam: alle\n---\n \n",
            ": onder de kop staat geen tekst; verwacht wordt minstens één zin.",
        ),
    ],
)
def test_a_file_without_a_readable_head_or_text_is_refused(schrijf, tmp_path, inhoud, melding):
    pad = schrijf()
    pad.write_bytes(inhoud)
    with pytest.raises(TekstError) as fout:
        lees(tmp_path)
    assert str(fout.value) == f"{pad}{melding}"


def test_an_author_may_be_left_out_or_empty(schrijf, tmp_path):
    schrijf(auteur="")
    assert lees(tmp_path)[0].auteur == ""


def test_without_a_folder_there_is_none(tmp_path):
    assert lees(tmp_path) == ()
