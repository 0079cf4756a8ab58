"""Commentary of authors: shown where it belongs, escaped, and refused with a reason when it is broken."""

import pytest

from kopanalyse.report.cijfers import Cijfers
from kopanalyse.report.rapport import Rapport
from kopanalyse.report.toelichting import ToelichtingError, read_toelichtingen
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
    return read_toelichtingen(raw, "dekop", TEAMS, load_settings("dekop", raw).hoofdstukken)


def rapport(raw, frame, jaar=2019, team="alle"):
    lang = frame(("instroom", str(jaar), team, "totaal", 1, None))
    return Rapport(Cijfers(lang, load_settings("dekop", raw), jaar, team, raw), lees(raw))


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
    assert (een.team, een.auteur, een.jaar) == ("no", "2019-01-01", 2019)


def test_everything_that_an_author_types_is_escaped(schrijf, tmp_path, frame):
    schrijf("# Kop\n\n<script>alert(1)</script> <img src=x onerror=alert(1)>\n\n"
            "![een kaart](https://elders.example/k.png)\n\n[klik](javascript:alert(1)) [goed](https://elders.example) "
            "**vet**\n\n| a |\n|---|\n| 1 |\n",
            auteur="<b>ik</b>")
    html = rapport(tmp_path, frame).toelichting("caseload").html
    assert "<script" not in html and "<img" not in html and "<b>" not in html and "<h1" not in html
    assert 'href="javascript' not in html and "een kaart" in html and "k.png" not in html
    assert "<strong>vet</strong>" in html and "<strong>Kop</strong>" in html and "<td>1</td>" in html


@pytest.mark.parametrize("anders, melding", [
    ({"jaar": None}, "de sleutel jaar ontbreekt"),
    ({"team": ""}, "de sleutel team ontbreekt"),
    ({"jaar": "negentien"}, "jaar negentien is geen jaartal"),
    ({"jaar": "²019"}, "is geen jaartal"),
    ({"team": "Ost"}, "team Ost bestaat niet. Mogelijk zijn: alle, Oost, no"),
    ({"hoofdstuk": "casuistiek"}, "hoofdstuk casuistiek bestaat niet. Mogelijk zijn: casuistiek_in_aantallen"),
    ({"paragraaf": "zwaarte"}, "paragraaf zwaarte bestaat niet in casuistiek_in_aantallen. Mogelijk zijn: overzicht"),
    ({"schrijver": "x"}, "de sleutel schrijver bestaat niet"),
    ({"jaar": "[2018, 2019]"}, "één sleutel met één waarde"),
    ({"team": "'Oost"}, "niet te lezen"),
    ({"tekst": " "}, "geen tekst"),
])
def test_a_broken_one_is_refused_by_name(schrijf, tmp_path, anders, melding):
    pad = schrijf(**anders)
    with pytest.raises(ToelichtingError) as fout:
        lees(tmp_path)
    assert str(fout.value).startswith(f"{pad}: ") and melding in str(fout.value)


@pytest.mark.parametrize("inhoud", [
    b"Zonder kop", b"---\njaar: 2019\n", b"", b"---\n- a\n---\nTekst", b"---\n\xe9\n---\nx"])
def test_a_file_without_a_readable_head_is_refused(schrijf, tmp_path, inhoud):
    pad = schrijf()
    pad.write_bytes(inhoud)
    with pytest.raises(ToelichtingError, match="a.md: "):
        lees(tmp_path)


def test_without_a_folder_there_is_none(tmp_path):
    assert lees(tmp_path) == []
