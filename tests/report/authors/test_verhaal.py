"""Stories: shown where they belong, only with consent, escaped, and refused with a reason when they are broken."""

import dataclasses

import pytest

from kopanalyse.periode import Periode
from kopanalyse.report.authors import Teksten, read_teksten
from kopanalyse.report.authors.reading import TekstError
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.notebook.asked import RapportError
from kopanalyse.report.notebook.rapport import Rapport
from kopanalyse.settings import load_settings
from tests.report.authors.schrijven import VERHAAL, replaced, write

TEAMS = ["alle", "Oost", "Zuid"]


def lees(raw, organisatie="dekop"):
    return read_teksten(raw, load_settings(organisatie, raw), TEAMS)


def schrijf(raw, oud="", nieuw="", naam="a.md", organisatie="dekop"):
    return write(raw / organisatie, "verhalen", replaced(VERHAAL, oud, nieuw), naam)


def html(raw, frame, hoofdstuk="casussen_op_inhoud", jaar=2019, team="alle", organisatie="dekop"):
    lang = frame(("instroom", str(jaar), team, "totaal", 1, None))
    settings = load_settings(organisatie, raw)
    return Rapport(Cijfers(lang, settings, Periode(jaar), team, raw), lees(raw, organisatie)).verhalen(hoofdstuk).html


def test_a_story_looks_like_one(tmp_path, frame):
    schrijf(tmp_path)
    assert html(tmp_path, frame) == (
        '<h2>Verhaal</h2><article class="verhaal"><h3>Een tas vol post</h3>'
        '<blockquote class="citaat"><p>“Ik maakte geen brief meer open.”</p></blockquote>'
        "<p>Op een dinsdag ging de tas mee.</p>\n"
        '<p class="bij">Individuele casussen op inhoud · Individuele trajecten</p></article>'
    )


def test_it_is_shown_in_its_chapter_and_year_only(tmp_path, frame):
    schrijf(tmp_path)
    schrijf(tmp_path, "casussen_op_inhoud", "Klanttevredenheid", naam="b.md")  # the name that a reader sees
    schrijf(tmp_path, "Een tas", "Nog een tas", naam="c.md")
    getoond = html(tmp_path, frame)
    assert getoond.startswith("<h2>Verhalen</h2>") and getoond.count("<article") == 2
    assert getoond.index("Een tas") < getoond.index("Nog een tas")
    assert html(tmp_path, frame, "klanttevredenheid").count("<article") == 1
    assert html(tmp_path, frame, "casuistiek_in_aantallen") == html(tmp_path, frame, jaar=2018) == ""


def test_the_story_of_a_team_is_also_the_organisations(tmp_path, frame):
    schrijf(tmp_path, "jaar: 2019", "jaar: 2019\nteam: Oost")
    assert html(tmp_path, frame, team="Oost") == html(tmp_path, frame, team="alle") != ""
    assert html(tmp_path, frame, team="Zuid") == ""


def test_a_story_of_the_organisation_is_no_teams(tmp_path, frame):
    schrijf(tmp_path)
    assert html(tmp_path, frame, team="Oost") == ""


@pytest.mark.parametrize("organisatie, hoofdstuk", [("dekop", "jaarverslag"), ("smwo", "hulpvragen_en_effecten")])
def test_a_thema_of_the_registration_is_shown_where_themas_are(tmp_path, frame, organisatie, hoofdstuk):
    schrijf(tmp_path, "casussen_op_inhoud", "Preventie gevolgen armoede", organisatie=organisatie)
    assert "Preventie gevolgen armoede · " in html(tmp_path, frame, hoofdstuk, organisatie=organisatie)
    assert html(tmp_path, frame, "klanttevredenheid", organisatie=organisatie) == ""


def test_an_unknown_chapter_is_answered_with_what_is_possible(tmp_path, frame):
    with pytest.raises(RapportError, match="Het hoofdstuk klantevredenheid bestaat niet. Bedoelde u klanttevreden"):
        html(tmp_path, frame, "klantevredenheid")


GEHEIM = "geheim-jansen.md"


@pytest.mark.parametrize(
    "oud, nieuw",
    [
        ("toestemming: ja", "toestemming: nee"),
        ("toestemming: ja\n", ""),
        ("toestemming: ja", "toestemming:"),
        ("toestemming: ja", "toestemming: Ja"),
        ("toestemming: ja", "toestemming: true"),
        ("toestemming: ja", "toestemming: yes"),
        ("toestemming: ja", "toestemming: ja, mondeling"),
        ("toestemming: ja", "toestemming: [ja]"),
        ("toestemming: ja", "toestemming: {ja: ja}"),
        ("toestemming: ja", "toestemming: ja\ntoestemming: nee"),
        ("toestemming: ja", "toestemming: nee\ntoestemming: ja"),
        ("toestemming: ja", "Toestemming: ja"),
        ("toestemming: ja", "x: {toestemming: ja}"),
        ("toestemming: ja", "toestemming: 'ja"),
        ("---\nOp een", "Op een"),
        ("---\ntitel", "titel"),
        ("toestemming: ja", "# toestemming: ja"),
        ("jaar: 2019", "jaar: x\ntoestemming: nee"),
    ],
)
def test_without_exactly_ja_a_story_is_only_counted(tmp_path, oud, nieuw):
    schrijf(tmp_path, oud, nieuw, naam=GEHEIM)
    assert lees(tmp_path) == Teksten(wachtend=1)


@pytest.mark.parametrize(
    "inhoud", [b"", b"---\ntoestemming: ja\ntitel: \xe9\n---\nx", b"---\n- toestemming: ja\n---\nx"]
)
def test_a_file_that_cannot_be_read_waits_too(tmp_path, inhoud):
    schrijf(tmp_path, naam=GEHEIM).write_bytes(inhoud)
    assert lees(tmp_path) == Teksten(wachtend=1)


def test_a_folder_in_the_place_of_a_story_waits(tmp_path):
    (tmp_path / "dekop" / "verhalen" / GEHEIM).mkdir(parents=True)
    assert lees(tmp_path) == Teksten(wachtend=1)


def test_the_waiting_do_not_stop_the_others(tmp_path):
    schrijf(tmp_path, "toestemming: ja", "toestemming: nee", naam=GEHEIM)
    schrijf(tmp_path)
    teksten = lees(tmp_path)
    assert [v.titel for v in teksten.verhalen] == ["Een tas vol post"] and teksten.wachtend == 1


VERPLICHT = "titel, thema, dienst, jaar, citaat, toestemming"


@pytest.mark.parametrize(
    "oud, nieuw, melding",
    [
        ("titel: Een tas vol post\n", "", f", regel 2: de sleutel titel ontbreekt. Verplicht zijn: {VERPLICHT}."),
        (
            "titel",
            "tittel",
            f", regel 2: de sleutel tittel bestaat niet. Bedoelde u titel? Mogelijk zijn: {VERPLICHT}, team, openbaar, "
            "nagekeken.",
        ),
        ("dienst: individueel", "dienst:", ", regel 4: dienst = '' kan niet; verwacht wordt een tekst."),
        ("jaar: 2019", "jaar: 19", ", regel 5: jaar = '19' kan niet; verwacht wordt een jaartal, zoals 2019."),
        (
            "jaar: 2019",
            "jaar: 2019\nteam: Oosst",
            ", regel 6: team = 'Oosst' kan niet; verwacht wordt een team: alle, Oost, Zuid. Bedoelde u Oost?",
        ),
        (
            "casussen_op_inhoud",
            "datakwaliteit",
            ", regel 3: thema = 'datakwaliteit' kan niet; verwacht wordt een "
            "hoofdstuk met verhalen, of een thema uit de registratie.",
        ),
        ("Op een dinsdag ging de tas mee.", "", ": onder de kop staat geen tekst; verwacht wordt minstens één zin."),
    ],
)
def test_a_broken_one_with_consent_is_refused(tmp_path, oud, nieuw, melding):
    pad = schrijf(tmp_path, oud, nieuw)
    with pytest.raises(TekstError) as fout:
        lees(tmp_path)
    assert str(fout.value) == f"{pad}{melding}"


def test_everything_that_an_author_types_is_escaped(tmp_path, frame):
    kwaad = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    schrijf(tmp_path)
    (verhaal,) = lees(tmp_path).verhalen
    velden = dict.fromkeys(("titel", "thema", "dienst", "citaat"), kwaad)
    getoond = dataclasses.replace(verhaal, **velden, tekst=f"{kwaad}\n\n![kaart](https://elders.example/k.png)").html()
    assert "<script" not in getoond and "<img" not in getoond and "k.png" not in getoond
    assert getoond.count("&lt;script&gt;") == 5


def test_a_typed_quotation_mark_is_not_doubled(tmp_path, frame):
    schrijf(tmp_path, "Ik maakte", "\"'s Avonds maakte")
    getoond = html(tmp_path, frame)
    assert lees(tmp_path).wachtend == 1 and getoond == ""  # that is no readable YAML: nothing says ja
    schrijf(tmp_path, "Ik maakte geen brief meer open.", "“'s Avonds las ik.”")
    assert "<p>“&#x27;s Avonds las ik.”</p>" in html(tmp_path, frame)
