"""What is released, and what the command tells to look at before that."""

import tomllib
from datetime import date

import pytest

from kopanalyse.publish import invoer
from kopanalyse.publish.nakijken import findings, to_look_at
from kopanalyse.report.authors import read_teksten
from kopanalyse.report.authors.reading import TekstError

from .klein import SMWO, rij, tabel
from .registratie import write_text

CIJFERS = tabel(
    rij("casussen_per_kern", 30, categorie="Paasloo"), rij("schoolmaatschappelijk_werk", 30, categorie="De Lijsterbes")
)


@pytest.fixture
def map_(tmp_path):
    (tmp_path / "raw" / "smwo").mkdir(parents=True)
    return tmp_path / "raw" / "smwo"


@pytest.mark.parametrize(
    ("kop", "vrij"),
    [
        (("openbaar: ja", "nagekeken: A. de Vries, 2026-11-29"), True),
        (("openbaar: ja", "nagekeken: A. de Vries, 29 november 2026"), True),
        (("openbaar: ja",), False),
        (("nagekeken: A. de Vries, 2026-11-29",), False),
        (("openbaar: nee", "nagekeken: A. de Vries, 2026-11-29"), False),
        (("openbaar: ja", "nagekeken:"), False),
        ((), False),
    ],
)
def test_a_text_is_released_by_two_lines_in_its_head(map_, kop, vrij):
    pad = write_text(map_, "a.md", "Tekst.", *kop)
    assert invoer.is_released("toelichting", pad) is vrij
    assert len(read_teksten(map_.parent, SMWO, ["alle"], openbaar=True).toelichtingen) == vrij
    assert len(read_teksten(map_.parent, SMWO, ["alle"]).toelichtingen) == 1
    assert ("toelichting/000.md" in invoer.of_raw(map_)) is vrij
    assert "de Vries" not in "".join(invoer.of_raw(map_).values())


@pytest.mark.parametrize("nagekeken", ["ja", "A. de Vries", "2026-11-29", ", 2026-11-29"])
def test_who_looked_it_through_and_when_has_a_form(map_, nagekeken):
    write_text(map_, "a.md", "Tekst.", "openbaar: ja", f"nagekeken: '{nagekeken}'")
    with pytest.raises(TekstError, match="een naam en een datum"):
        read_teksten(map_.parent, SMWO, ["alle"])


def test_a_story_needs_consent_as_well(map_):
    (map_ / "verhalen").mkdir()
    pad = map_ / "verhalen" / "v.md"
    for toestemming in ("ja", "nee"):
        pad.write_text(f"---\ntoestemming: {toestemming}\nopenbaar: ja\nnagekeken: A, 2026-01-01\n---\nTekst.\n")
        assert invoer.is_released("verhalen", pad) is (toestemming == "ja")


@pytest.mark.parametrize(
    ("kop", "binnen", "buiten"),
    [
        ("toestemming: ja", 1, 0),
        ("toestemming: ja\nopenbaar: ja", 1, 0),
        ("toestemming: ja\nnagekeken: A, 2026-01-01", 1, 0),
        ("toestemming: nee\nopenbaar: ja\nnagekeken: A, 2026-01-01", 0, 0),
        ("toestemming: ja\nopenbaar: ja\nnagekeken: A, 2026-01-01", 1, 1),
    ],
)
def test_a22_consent_to_a_report_is_none_to_an_edition(map_, kop, binnen, buiten):
    """Consent lets a story into a report of the organisation; out it goes only when it was released as well."""
    (map_ / "verhalen").mkdir()
    (map_ / "verhalen" / "Jan de Vries.md").write_text(
        "---\ntitel: T\nthema: hulpvragen_en_effecten\ndienst: individueel\njaar: 2024\ncitaat: Zo.\n"
        f"{kop}\n---\nGEHEIM\n",
        encoding="utf-8",
    )
    assert len(read_teksten(map_.parent, SMWO, ["alle"]).verhalen) == binnen
    assert len(read_teksten(map_.parent, SMWO, ["alle"], openbaar=True).verhalen) == buiten
    uit = invoer.of_raw(map_)
    assert sorted(uit) == ["verhalen/000.md"][:buiten]
    assert ("GEHEIM" in "".join(uit.values())) is bool(buiten)
    assert "GEHEIM" not in "".join(to_look_at(map_, CIJFERS, 10))


@pytest.mark.parametrize(
    ("regel", "gevonden"),
    [
        ("Er kwamen 3 mensen.", ["klein getal ‘3’"]),
        ("Er kwamen drie mensen.", ["klein getal ‘drie’"]),
        ("Er kwamen 30 mensen, 9,5% meer.", []),
        ("Zij is 47 jaar.", ["leeftijd ‘47 jaar’"]),
        ("Een twaalfjarige, een jongen van twaalf jaar.", ["leeftijd ‘twaalf jaar’"]),
        ("Op 3 mei begon het.", ["datum ‘3 mei’"]),
        ("Op 03-05-2024 begon het.", ["datum ‘03-05-2024’"]),
        ("Zij woont in Paasloo.", ["naam ‘Paasloo’"]),
        ("Hij zit op De Lijsterbes.", ["twee namen ‘De Lijsterbes’", "naam ‘De Lijsterbes’"]),
        ("Wij spraken Jan de Vries daar.", ["twee namen ‘Jan de Vries’"]),
        ("Dossier K00150.", ["kenmerk ‘K00150’"]),
        ("Een gewone zin over het jaar 2024.", []),
    ],
)
def test_what_to_look_at_in_a_line(tmp_path, regel, gevonden):
    (tmp_path / "t.md").write_text(regel, encoding="utf-8")
    assert list(findings(tmp_path / "t.md", ["De Lijsterbes", "Paasloo"], 10)) == [(1, wat) for wat in gevonden]


def test_a_text_that_is_meant_for_inside_is_counted_and_not_named(map_):
    write_text(map_, "geheim.md", "In Paasloo.")
    write_text(map_, "straks.md", "In Paasloo.", "openbaar: ja")
    write_text(map_, "klaar.md", "In Paasloo.", "openbaar: ja", "nagekeken: A, 2026-01-01")
    zinnen = to_look_at(map_, CIJFERS, 10)
    assert zinnen == [
        "toelichting/straks.md staat niet in de editie: kijk de tekst na, en zet in de kop nagekeken: <naam>, <datum>.",
        "  toelichting/straks.md, regel 8: naam ‘Paasloo’",
        "1 tekst staat niet in de editie: daarvoor is in de kop openbaar: ja nodig, en nagekeken.",
    ]


def test_what_is_kept_with_an_edition_is_only_what_was_released(map_, tmp_path):
    (map_ / "organisatie.toml").write_text(
        'naam = "X" # opmerking\n[synoniemen]\nteam = { "jan" = "Oost" }\n[[breuken]]\n'
        'indicatoren = ["a", "b"]\ndatum = 2018-10-01\nreden = "zo \\"is\\" het"\n'
        "[dekking.contacten]\nvan = 2020-01-01\n"
    )
    (map_ / "trajecten.csv").write_text("traject_id\nt1\n")
    write_text(map_, "geheim.md", "Tekst.")
    write_text(map_, "klaar.md", "Tekst.", "openbaar: ja", "nagekeken: A, 2026-01-01")
    invoer.keep(invoer.of_raw(map_), tmp_path / "editie", "smwo")
    bewaard = tmp_path / "editie" / invoer.INVOER / "smwo"
    assert sorted(pad.relative_to(bewaard).as_posix() for pad in bewaard.rglob("*") if pad.is_file()) == [
        "organisatie.toml",
        "toelichting/000.md",
    ]
    instellingen = (bewaard / "organisatie.toml").read_text(encoding="utf-8")
    assert tomllib.loads(instellingen) == {
        "naam": "X",
        "breuken": [{"indicatoren": ["a", "b"], "datum": date(2018, 10, 1), "reden": 'zo "is" het'}],
        "dekking": {"contacten": {"van": date(2020, 1, 1)}},
    }
    assert invoer.of_raw(bewaard) == invoer.of_raw(map_) == invoer.of_outside(invoer.outside(invoer.of_raw(map_)))
    (map_ / "toelichting" / "klaar.md").unlink()
    invoer.keep(invoer.of_raw(map_), tmp_path / "editie", "smwo")
    assert not list(bewaard.rglob("*.md"))
