"""Tables as HTML: captions, scopes, Dutch numbers, and no text that escapes."""

from xml.etree import ElementTree

import pytest

from kopanalyse.report.parts.table import INTERVAL, SAMEN, TEKST, Cel, Kolom, Rij, Tabel
from tests.report.klein import VIJANDIG


def xml(tabel):
    return ElementTree.fromstring(f"<div>{tabel.html()}</div>")


def voorbeeld(**anders):
    delen = dict(
        titel="Casussen",
        rijkop="Soort",
        kolommen=[
            Kolom("aantal", groep="2019"),
            Kolom("aandeel", "aandeel", "2019"),
            Kolom("95%-interval", INTERVAL),
            Kolom("uitleg", TEKST),
        ],
        rijen=[
            Rij("een", [1305, Cel(0.297, klein=True), "0,1 tot 0,4", "goed"]),
            Rij("Totaal", [None, None, "–", ""], nadruk=True),
        ],
    )
    return Tabel(**delen | anders)


def test_every_cell_has_its_heads():
    tabel = xml(voorbeeld()).find(".//table")
    assert "".join(tabel.find("caption").itertext()) == "Casussen"
    assert [("".join(th.itertext()), th.get("scope")) for th in tabel.iter("th")] == [
        ("Soort", "col"),
        ("2019 aantal", "col"),
        ("2019 aandeel", "col"),
        ("95%-interval", "col"),
        ("uitleg", "col"),
        ("een", "row"),
        ("Totaal", "row"),
    ]


def test_a_head_over_heads_is_seen_once_and_said_in_each():
    groepen, koppen = xml(voorbeeld()).findall(".//thead/tr")
    assert groepen.get("aria-hidden") == "true" and koppen.get("aria-hidden") is None
    assert [(td.text, td.get("colspan")) for td in groepen] == [(None, None), ("2019", "2"), (None, None), (None, None)]
    assert [span.text for span in koppen.iter("span")] == ["2019 ", "2019 "]
    assert len(xml(voorbeeld(kolommen=[Kolom("a"), Kolom("b"), Kolom("c"), Kolom("d")])).findall(".//thead/tr")) == 1


def test_a_row_of_empty_texts_is_a_heading_over_the_whole_width():
    tabel = xml(voorbeeld(rijen=[Rij("Deel", ["", "", "", ""], nadruk=True), Rij("een", ["", 0, "", ""])]))
    kop, rij = tabel.findall(".//tbody/tr")
    assert [(th.get("colspan"), th.get("scope")) for th in kop] == [("5", "row")]
    assert len(list(rij)) == 5


def test_what_goes_with_a_value_stands_under_it():
    tabel = Tabel("t", "r", [Kolom("k", SAMEN)], [Rij("een", [Cel("33,0% (9)", klein=True)]), Rij("twee", ["581"])])
    assert '<td class="getal">33,0%<br>(9)*</td>' in tabel.html() and '<td class="getal">581</td>' in tabel.html()
    assert list(tabel.frame()["k"]) == ["33,0% (9)", "581"]


def test_numbers_are_dutch_and_to_the_right():
    cellen = [(td.text, td.get("class")) for td in xml(voorbeeld()).findall(".//tbody//td")]
    assert cellen == [
        ("1.305", "getal"),
        ("29,7%*", "getal"),
        ("0,1 tot 0,4", "getal"),
        ("goed", None),
        ("–", "getal"),
        ("–", "getal"),
        ("–", "getal"),
        (None, None),
    ]


def test_texts_are_escaped_in_every_place():
    tabel = Tabel(VIJANDIG, VIJANDIG, [Kolom(VIJANDIG, TEKST, VIJANDIG)], [Rij(VIJANDIG, [VIJANDIG])], [VIJANDIG])
    assert "<script" not in tabel.html() and len(list(xml(tabel).iter("script"))) == 0
    teksten = [tekst for tekst in xml(tabel).find(".//table").itertext() if tekst.strip()]
    assert {tekst.strip() for tekst in teksten} == {"<script>alert('$x$')</script> & \"../..\\con\""}
    assert len(teksten) == 7  # caption, head over heads, corner, head with what is over it, head of the row, value


def test_a_table_without_row_head_has_an_empty_corner():
    assert "<td></td>" in Tabel("t", "", [Kolom("2019")], [Rij("a", [1])]).html()


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="Casussen"):
        voorbeeld(rijen=[Rij("een", [1])])


def test_an_analyst_gets_the_values():
    frame = voorbeeld().frame()
    assert list(frame.columns) == ["2019 aantal", "2019 aandeel", "95%-interval", "uitleg"]
    assert frame.loc["een", "2019 aandeel"] == 0.297
