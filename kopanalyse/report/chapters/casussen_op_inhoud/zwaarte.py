"""Parts of chapter "Individuele casussen op inhoud" about complexity and weight (§ 2.3 and 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kopanalyse.raw.schema import ONBEKEND, TOTAAL
from kopanalyse.report import charts
from kopanalyse.report.charts.style import COMPLEXITEIT, LICHTER, LICHTER_TEKST, ZWAAR
from kopanalyse.report.charts.values import Paneel, Reeks, Stapel
from kopanalyse.report.cijfers.cijfer import VOLLEDIG
from kopanalyse.report.cijfers.view import Cijfers, small
from kopanalyse.report.dutch import getal, hoofdletter, in_zin, is_missing, kwartaal, opsomming, telling
from kopanalyse.report.parts.breaks import break_bars, break_lines, break_notes, since_break
from kopanalyse.report.parts.catalogue import onderdeel
from kopanalyse.report.parts.forms import course
from kopanalyse.report.parts.part import Onderdeel
from kopanalyse.report.parts.pieces import (
    base,
    base_mark,
    base_note,
    estimate,
    in_sentence,
    interval_notes,
    jaren_kop,
    nothing,
    per_year,
    series_words,
    share,
    small_note,
    within,
    year_shares,
)
from kopanalyse.report.parts.sentences import development, extremes, part_of
from kopanalyse.report.parts.table import INTERVAL, Kolom, Rij, Tabel, bounds
from kopanalyse.report.shown import is_hidden

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.periode import Periode
    from kopanalyse.report.charts.style import Maat

COMPLEX = "complex"
LICHT_ZWAAR = ("licht", "zwaar", ONBEKEND)
VANAF_NUL = (0.0, float("inf"))
GETELD = (
    "Geteld zijn alle contacten tot het eind van de periode, ook die van eerdere jaren: een traject dat langer loopt, "
    "heeft er vanzelf meer."
)


@onderdeel("Complexiteit per kwartaal", "complexiteit")
def complexiteit(c: Cijfers) -> Onderdeel:
    klassen = _klassen(c)
    kwartalen = [p for p in c.kwartalen("complexiteit") if c.get("complexiteit", klassen[0], periode=p).noemer]
    if not kwartalen:
        return nothing("trajecten met een hoofddomein bij intake", c)
    titel = "Complexiteit van individuele trajecten per kwartaal"
    kolommen = [*[Kolom(hoofdletter(klasse), "aandeel") for klasse in klassen], Kolom("n")]

    def waarden(periode: str) -> list:
        cijfers = [c.get("complexiteit", klasse, periode=periode) for klasse in klassen]
        return [*[share(c, cijfer)[0] for cijfer in cijfers], cijfers[0].noemer]

    tabel = small_note(
        c, Tabel(titel, "Kwartaal", kolommen, [Rij(kwartaal(p), waarden(p)) for p in kwartalen]), "trajecten"
    )
    bases = [c.get("complexiteit", klassen[0], periode=p).noemer for p in kwartalen]

    def teken(maat: Maat) -> Figure:
        lagen = [(hoofdletter(klasse), COMPLEXITEIT.get(klasse, "#6aa5d5")) for klasse in klassen]
        return charts.gestapeld(
            [
                Stapel(
                    kwartaal(p),
                    [c.waarde("complexiteit", k, periode=p) or 0 for k in klassen],
                    base_mark(c, c.get("complexiteit", klassen[0], periode=p).noemer),
                )
                for p in kwartalen
            ],
            lagen,
            maat,
            "aandeel",
            breuken=break_bars(c, "complexiteit", COMPLEX, kwartalen),
        )

    alt = "Gestapelde staven per kwartaal. " + " ".join(
        f"{hoofdletter(klasse)}: {course(c, 'complexiteit', klasse, kwartalen, reeks, 'aandeel')}."
        for klasse in klassen
        for reeks in [[c.waarde("complexiteit", klasse, periode=p) for p in kwartalen]]
    )
    return Onderdeel(
        titel,
        tabel,
        _met_hoofddomein(c),
        teken,
        alt,
        [
            *_grenzen(c),
            *base_note(c, bases, "trajecten"),
            *break_notes(c, [("complexiteit", COMPLEX)], kwartalen),
        ],
        duiding=[
            extremes(
                c,
                [
                    (kwartaal(p), cijfer)
                    for p in since_break(c, "complexiteit", COMPLEX, kwartalen)
                    if (cijfer := c.get("complexiteit", COMPLEX, periode=p)).dekking == VOLLEDIG
                ],
                "aandeel",
                "kwartalen in het aandeel complexe trajecten",
                "trajecten",
                woorden=("Het aandeel complexe trajecten was het hoogst", "het laagst"),
            )
        ],
    )


def _klassen(c: Cijfers) -> list[str]:
    return c.categorieen("complexiteit", ("niet complex", "redelijk complex", COMPLEX))


def _met_hoofddomein(c: Cijfers) -> str:
    n = c.get("complexiteit", _klassen(c)[0]).noemer
    return base(c, n, "behandeld traject", "behandelde trajecten", " met een hoofddomein bij intake")


def _grenzen(c: Cijfers) -> list[str]:
    d = c.settings.drempels
    tot = d.complex_vanaf - 1
    midden = f"{d.redelijk_complex_vanaf} tot en met {tot}" if tot > d.redelijk_complex_vanaf else str(tot)
    laag = d.redelijk_complex_vanaf - 1
    return [
        f"Niet complex: {'1 hoofddomein' if laag == 1 else f'1 tot en met {laag} hoofddomeinen'}; "
        f"redelijk complex: {midden}; complex: {d.complex_vanaf} of meer."
    ]


@onderdeel("Complexiteit over het hele jaar", "complexiteit")
def complexiteit_jaar(c: Cijfers) -> Onderdeel:
    klassen = _klassen(c)
    if not any(c.get("complexiteit", klassen[0], periode=jaar).noemer for jaar in c.jaren):
        return nothing("trajecten met een hoofddomein bij intake", c)
    titel = "Complexiteit over het hele jaar"
    tabel = small_note(c, year_shares(c, per_year(c, "complexiteit", klassen), titel, "Klasse"), "trajecten")
    alt = f"{series_words({k: c.waarde('complexiteit', k) for k in klassen}, 'aandeel')}."
    return Onderdeel(
        titel,
        tabel,
        _met_hoofddomein(c),
        alt=alt,
        duiding=[
            development(
                c,
                "complexiteit",
                "het aandeel complexe trajecten",
                COMPLEX,
                van=("behandeld traject", "behandelde trajecten"),
            )
        ],
    )


@onderdeel("Zware trajecten per kwartaal", "zware_trajecten", "zware_trajecten_werkelijk", een_is_genoeg=True)
def zwaarte(c: Cijfers) -> Onderdeel:
    soorten = [
        ("Volgens de schatting bij de start", "zware_trajecten"),
        ("Volgens de getelde contacten", "zware_trajecten_werkelijk"),
    ]
    soorten = [(kop, i) for kop, i in soorten if c.heeft(i)]
    kwartalen = [p for p in c.kwartalen(soorten[0][1]) if any(c.get(i, periode=p).noemer for _, i in soorten)]
    if not kwartalen:
        return nothing("behandelde individuele trajecten", c)
    meer_dan = c.settings.drempels.zwaar_meer_dan
    titel = f"Aandeel trajecten met meer dan {meer_dan} gesprekken of contacten"
    kolommen = [Kolom(k, e, kop) for kop, _ in soorten for k, e in (("aandeel", "aandeel"), ("n", "aantal"))]
    perioden = [p for jaar in c.jaren for p in [*[q for q in kwartalen if q.startswith(str(jaar))], str(jaar)]]
    rijen = [
        Rij(
            kwartaal(p) if "-" in p else f"Heel {p}",
            [w for _, i in soorten for w in share(c, c.get(i, periode=p))],
            nadruk="-" not in p,
        )
        for p in perioden
    ]
    tabel = small_note(c, Tabel(titel, "Periode", kolommen, rijen), "trajecten")
    reeksen = {kop: [c.whole(i, periode=p) for p in kwartalen] for kop, i in soorten}

    def teken(maat: Maat) -> Figure:
        kleuren = dict(zip(reeksen, (ZWAAR, LICHTER_TEKST)))
        return charts.lijnen(
            [
                Paneel(
                    kop,
                    kwartalen,
                    [Reeks(kop, w, kleuren[kop])],
                    "aandeel",
                    breuken=break_lines(c, i, TOTAAL, kwartalen),
                )
                for (kop, w), (_, i) in zip(reeksen.items(), soorten)
            ],
            maat,
            een_schaal=True,
        )

    alt = "Lijngrafieken per kwartaal. " + " ".join(
        f"{kop}: {course(c, i, TOTAAL, kwartalen, reeksen[kop], 'aandeel')}." for kop, i in soorten
    )
    n = "; ".join(f"{in_zin(kop)} {getal(c.get(i).noemer)} trajecten" for kop, i in soorten)
    noten = [
        "De schatting is die van de medewerker bij de start; trajecten zonder schatting tellen daarin niet mee. "
        f"{GETELD}",
        *_above_its_quarters(c, [i for _, i in soorten], kwartalen),
        *break_notes(c, [(i, TOTAAL) for _, i in soorten], kwartalen),
    ]
    return Onderdeel(
        titel,
        tabel,
        f"n in {c.nu}: {n}",
        teken,
        alt,
        noten,
        duiding=[
            development(c, i, f"het aandeel zware trajecten {in_zin(kop)}", van=("traject", "trajecten"))
            for kop, i in soorten
        ],
    )


def _above_its_quarters(c: Cijfers, indicatoren: list[str], kwartalen: list[str]) -> list[str]:
    """Why the share of a year can lie above that of each of its quarters, where it does: it does not follow."""
    werkelijk = "zware_trajecten_werkelijk"
    if werkelijk not in indicatoren:
        return []
    hoogste = {
        jaar: max(
            (
                w
                for p in kwartalen
                if p.startswith(f"{jaar}-")
                for w in [c.waarde(werkelijk, periode=p)]
                if not is_missing(w)
            ),
            default=None,
        )
        for jaar in c.jaren
    }
    boven = [
        jaar for jaar, hoog in hoogste.items() if hoog is not None and (c.whole(werkelijk, periode=jaar) or 0) > hoog
    ]
    if not boven:
        return []
    heel = opsomming(f"{getal(c.waarde(werkelijk, periode=jaar), 'aandeel')} in {jaar}" for jaar in boven)
    return [
        f"Het cijfer van het hele jaar ({heel}) ligt boven dat van elk kwartaal, en volgt daar niet uit. In een eerder "
        "kwartaal telt een traject alleen de contacten tot dan toe: wie toen nog licht was, kan later zwaar zijn. En "
        "wie afgesloten is, telt in latere kwartalen niet meer mee en in het jaar wel"
        + _closed_before(c, werkelijk, boven[-1], [p for p in kwartalen if p.startswith(f"{boven[-1]}-")])
    ]


def _closed_before(c: Cijfers, werkelijk: str, jaar: Periode, kwartalen: list[str]) -> str:
    """How heavy those trajecten were that had ended when the last quarter began, beside those of that quarter.

    Both count the contacten up to the same day, so that what the year has more is what was closed before.
    """
    heel, laatst = c.get(werkelijk, periode=jaar), c.get(werkelijk, periode=kwartalen[-1])
    eerder = (heel.noemer or 0) - (laatst.noemer or 0)
    if (
        c.openbaar
        or not kwartalen[-1].endswith("-K4")
        or not laatst.noemer
        or small(c, eerder)
        or small(c, laatst.noemer)
    ):
        return "."
    zwaar = heel.teller - laatst.teller
    return (
        f": van de {getal(eerder)} trajecten die vóór het vierde kwartaal van {jaar} afgesloten zijn, is "
        f"{getal(zwaar / eerder, 'aandeel')} zwaar, van de {getal(laatst.noemer)} die toen nog liepen of begonnen "
        f"{getal(laatst.waarde, 'aandeel')}."
    )


@onderdeel("Contacten per traject", "contacten_per_traject", "contacten_per_traject_face_to_face")
def contacten(c: Cijfers) -> Onderdeel:
    klassen = [k for k in (TOTAAL, "zwaar", "licht", ONBEKEND) if c.get("contacten_per_traject", k).noemer]
    if not klassen:
        return nothing("behandelde individuele trajecten", c)
    if klassen == [TOTAAL, ONBEKEND]:  # nobody made an estimate: the class would repeat the total
        klassen = [TOTAAL]
    titel = "Gemiddeld aantal contacten per traject" + (", naar de schatting bij de start" if klassen[1:] else "")
    maten = [("alle contacten", "contacten_per_traject"), ("face to face", "contacten_per_traject_face_to_face")]
    kolommen = [
        kolom
        for jaar in reversed(c.jaren)
        for kolom in (
            Kolom("Trajecten", groep=str(jaar)),
            *[Kolom(kop, "gemiddelde", str(jaar)) for kop, _ in maten],
            *([Kolom("95%-interval, alle", INTERVAL, str(jaar))] if jaar == c.periode else []),
        )
    ]

    def waarden(klasse: str) -> list:
        nu = c.get("contacten_per_traject", klasse)
        rij = [
            nu.noemer,
            *[share(c, c.get(i, klasse))[0] for _, i in maten],
            bounds(*within(nu, VANAF_NUL), "gemiddelde"),
        ]
        if c.vorig:
            toen = [c.get(i, klasse, periode=c.vorig) for _, i in maten]
            rij += [toen[0].noemer, *[share(c, t)[0] for t in toen]]
        return rij

    namen = {k: "Alle trajecten" if k == TOTAAL else f"Schatting: {in_sentence(c, k)}" for k in klassen}
    tabel = small_note(
        c, Tabel(titel, "", kolommen, [Rij(namen[k], waarden(k), nadruk=k == TOTAAL) for k in klassen]), "trajecten"
    )

    def teken(maat: Maat) -> Figure:
        geschat = [estimate(c, "contacten_per_traject", k, namen[k], schaal=VANAF_NUL) for k in klassen]
        return charts.punten(geschat, maat, "gemiddelde", jaren_kop(c))

    nu = c.get("contacten_per_traject")
    alt = (
        "Punten met 95%-interval. "
        + "; ".join(
            f"{namen[k]}: {getal(c.waarde('contacten_per_traject', k), 'gemiddelde')} contacten, waarvan "
            f"{getal(c.waarde('contacten_per_traject_face_to_face', k), 'gemiddelde')} face to face"
            for k in klassen
        )
        + "."
    )
    grens = c.settings.drempels.zwaar_meer_dan
    return Onderdeel(
        titel,
        tabel,
        f"n = {telling(nu.noemer, 'traject', 'trajecten')} met samen "
        f"{telling(nu.teller, 'contact', 'contacten')}, {c.periode}",
        teken,
        alt,
        [
            GETELD,
            f"Zwaar is een schatting van meer dan {grens} gesprekken.",
            *interval_notes(c, [c.get("contacten_per_traject", k).noemer for k in klassen], "trajecten"),
        ],
        duiding=[
            development(
                c, "contacten_per_traject", "het gemiddelde aantal contacten per traject", van=("traject", "trajecten")
            )
        ],
    )


@onderdeel("Schatting tegenover werkelijkheid", "inschatting")
def inschatting(c: Cijfers) -> Onderdeel:
    n = c.waarde("inschatting", TOTAAL, TOTAAL)
    if not n:
        return nothing("behandelde individuele trajecten", c)
    titel = f"Geschat bij de start en geteld, {c.periode}"
    geteld = ("licht", "zwaar")
    kolommen = [*[Kolom(c.settings.tekst(g), groep="Geteld") for g in geteld], Kolom("Totaal")]
    rijen = [
        Rij(
            "Totaal" if s == TOTAAL else f"Geschat: {in_sentence(c, s)}",
            [c.waarde("inschatting", s, g) for g in (*geteld, TOTAAL)],
            nadruk=s == TOTAAL,
        )
        for s in (*LICHT_ZWAAR, TOTAAL)
    ]
    geschat = [s for s in LICHT_ZWAAR if c.waarde("inschatting", s, TOTAAL)]

    def teken(maat: Maat) -> Figure:
        return charts.gestapeld(
            [
                Stapel(
                    f"Geschat: {in_sentence(c, s)}",
                    [c.waarde("inschatting", s, g) or 0 for g in geteld],
                    getal(c.waarde("inschatting", s, TOTAAL)),
                    c.waarde("inschatting", s, TOTAAL),
                )
                for s in geschat
            ],
            [(f"geteld: {in_sentence(c, g)}", kl) for g, kl in zip(geteld, (LICHTER, ZWAAR))],
            maat,
        )

    raak = sum(c.waarde("inschatting", g, g) or 0 for g in geteld)
    met = sum(c.waarde("inschatting", g, TOTAAL) or 0 for g in geteld)
    zwaarder = c.waarde("inschatting", "licht", "zwaar") or 0
    alt = (
        f"Gestapelde staven. Van {getal(met)} trajecten met een schatting kwam die bij {getal(raak)} uit; "
        f"{getal(zwaarder)} werden zwaarder dan geschat."
    )
    wat = ("traject met een schatting", "trajecten met een schatting")
    duiding = [
        part_of(c, raak, met, wat, ("kwam er {} uit zoals geschat", "kwamen er {} uit zoals geschat")),
        part_of(
            c,
            zwaarder,
            c.waarde("inschatting", "licht", TOTAAL),
            ("als licht geschat traject", "als licht geschatte trajecten"),
            ("werd er {} zwaar", "werden er {} zwaar"),
        ),
    ]
    return Onderdeel(
        titel,
        Tabel(titel, "", kolommen, rijen),
        base(c, n, "traject", "trajecten"),
        None if all(is_hidden(c.waarde("inschatting", s, g)) for s in geschat for g in geteld) else teken,
        alt,
        [
            "Geschat zijn gesprekken, geteld alle contacten, ook korte en niet in persoon: een verschil tussen die "
            f"twee zegt dus niet dat er verkeerd geschat is. {GETELD} Lopende trajecten kunnen nog zwaar worden."
        ],
        duiding=duiding,
    )
