"""Parts of chapter "Individuele casussen op inhoud" about complexity and weight (§ 2.3 and 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kopanalyse.report.bouwstenen import (
    base, base_mark, base_note, estimate, interval_notes, jaren_kop, nothing, per_year, series_words, share,
    small_note, within, year_shares,
)
from kopanalyse.report.cijfers import ONBEKEND, TOTAAL, Cijfers
from kopanalyse.report.duiding import development, extremes, part_of
from kopanalyse.report.onderdeel import Onderdeel, onderdeel
from kopanalyse.report.tables import INTERVAL, Kolom, Rij, Tabel
from kopanalyse.report.text import getal, hoofdletter, in_zin, interval, kwartaal, telling, verloop

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from kopanalyse.report.huisstijl import Maat

COMPLEX = "complex"
LICHT_ZWAAR = ("licht", "zwaar", ONBEKEND)
VANAF_NUL = (0.0, float("inf"))


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

    tabel = small_note(c, Tabel(titel, "Kwartaal", kolommen, [Rij(kwartaal(p), waarden(p)) for p in kwartalen]),
                       "trajecten")
    bases = [c.get("complexiteit", klassen[0], periode=p).noemer for p in kwartalen]

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import Stapel, gestapeld
        from kopanalyse.report.huisstijl import COMPLEXITEIT

        lagen = [(hoofdletter(klasse), COMPLEXITEIT.get(klasse, "#6aa5d5")) for klasse in klassen]
        return gestapeld([Stapel(kwartaal(p), [c.waarde("complexiteit", k, periode=p) or 0 for k in klassen],
                                 base_mark(c, c.get("complexiteit", klassen[0], periode=p).noemer))
                          for p in kwartalen], lagen, maat, "aandeel")

    alt = "Gestapelde staven per kwartaal. " + " ".join(
        f"{hoofdletter(klasse)}: {verloop(list(map(kwartaal, kwartalen)), reeks, 'aandeel')}."
        for klasse in klassen for reeks in [[c.waarde('complexiteit', klasse, periode=p) for p in kwartalen]])
    return Onderdeel(titel, tabel, _met_hoofddomein(c), teken, alt,
                     [*_grenzen(c), *base_note(c, bases, "trajecten")], duiding=[extremes(
                         c, [(kwartaal(p), c.get("complexiteit", COMPLEX, periode=p)) for p in kwartalen], "aandeel",
                         "kwartalen in het aandeel complexe trajecten", "trajecten", woorden=(
                             "Het aandeel complexe trajecten was het hoogst", "het laagst"))])


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
    return [f"Niet complex: {'1 hoofddomein' if laag == 1 else f'1 tot en met {laag} hoofddomeinen'}; "
            f"redelijk complex: {midden}; complex: {d.complex_vanaf} of meer."]


@onderdeel("Complexiteit over het hele jaar", "complexiteit")
def complexiteit_jaar(c: Cijfers) -> Onderdeel:
    klassen = _klassen(c)
    if not any(c.get("complexiteit", klassen[0], periode=jaar).noemer for jaar in c.jaren):
        return nothing("trajecten met een hoofddomein bij intake", c)
    titel = "Complexiteit over het hele jaar"
    tabel = small_note(c, year_shares(c, per_year(c, "complexiteit", klassen), titel, "Klasse"), "trajecten")
    alt = f"{series_words({k: c.waarde('complexiteit', k) for k in klassen}, 'aandeel')}."
    return Onderdeel(titel, tabel, _met_hoofddomein(c), alt=alt, duiding=[
        development(c, "complexiteit", "het aandeel complexe trajecten", COMPLEX, van=(
            "behandeld traject", "behandelde trajecten"))])


@onderdeel("Zware trajecten per kwartaal", "zware_trajecten", "zware_trajecten_werkelijk",
           een_is_genoeg=True)
def zwaarte(c: Cijfers) -> Onderdeel:
    soorten = [("Volgens de schatting bij de start", "zware_trajecten"),
               ("Volgens de getelde contacten", "zware_trajecten_werkelijk")]
    soorten = [(kop, i) for kop, i in soorten if c.heeft(i)]
    kwartalen = [p for p in c.kwartalen(soorten[0][1]) if any(c.get(i, periode=p).noemer for _, i in soorten)]
    if not kwartalen:
        return nothing("behandelde individuele trajecten", c)
    meer_dan = c.settings.drempels.zwaar_meer_dan
    titel = f"Aandeel trajecten met meer dan {meer_dan} gesprekken of contacten"
    kolommen = [Kolom(k, e, kop) for kop, _ in soorten for k, e in (("aandeel", "aandeel"), ("n", "aantal"))]
    perioden = [p for jaar in c.jaren for p in [*[q for q in kwartalen if q.startswith(str(jaar))], str(jaar)]]
    rijen = [Rij(kwartaal(p) if "-" in p else f"Heel {p}",
                 [w for _, i in soorten for w in share(c, c.get(i, periode=p))], nadruk="-" not in p) for p in perioden]
    tabel = small_note(c, Tabel(titel, "Periode", kolommen, rijen), "trajecten")
    reeksen = {kop: [c.waarde(i, periode=p) for p in kwartalen] for kop, i in soorten}

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import Paneel, Reeks, lijnen
        from kopanalyse.report.huisstijl import LICHTER_TEKST, ZWAAR

        kleuren = dict(zip(reeksen, (ZWAAR, LICHTER_TEKST)))
        return lijnen([Paneel(kop, kwartalen, [Reeks(kop, w, kleuren[kop])], "aandeel")
                       for kop, w in reeksen.items()], maat, een_schaal=True)

    alt = "Lijngrafieken per kwartaal. " + " ".join(
        f"{kop}: {verloop(list(map(kwartaal, kwartalen)), w, 'aandeel')}." for kop, w in reeksen.items())
    n = "; ".join(f"{in_zin(kop)} {getal(c.get(i).noemer)} trajecten" for kop, i in soorten)
    noten = ["De schatting is die van de medewerker bij de start; trajecten zonder schatting tellen daarin niet mee. "
             "De getelde contacten zijn alle contacten tot het eind van de periode."]
    return Onderdeel(titel, tabel, f"n in {c.jaar}: {n}", teken, alt, noten, duiding=[
        development(c, i, f"het aandeel zware trajecten {in_zin(kop)}", van=("traject", "trajecten"))
        for kop, i in soorten])


@onderdeel("Contacten per traject", "contacten_per_traject", "contacten_per_traject_face_to_face")
def contacten(c: Cijfers) -> Onderdeel:
    klassen = [k for k in (TOTAAL, "zwaar", "licht", ONBEKEND) if c.get("contacten_per_traject", k).noemer]
    if not klassen:
        return nothing("behandelde individuele trajecten", c)
    if klassen == [TOTAAL, ONBEKEND]:  # nobody made an estimate: the class would repeat the total
        klassen = [TOTAAL]
    titel = "Gemiddeld aantal contacten per traject" + (", naar de schatting bij de start" if klassen[1:] else "")
    maten = [("alle contacten", "contacten_per_traject"), ("face to face", "contacten_per_traject_face_to_face")]
    kolommen = [kolom for jaar in reversed(c.jaren) for kolom in (
        Kolom("Trajecten", groep=str(jaar)), *[Kolom(kop, "gemiddelde", str(jaar)) for kop, _ in maten],
        *([Kolom("95%-interval, alle", INTERVAL, str(jaar))] if jaar == c.jaar else []))]

    def waarden(klasse: str) -> list:
        nu = c.get("contacten_per_traject", klasse)
        rij = [nu.noemer, *[share(c, c.get(i, klasse))[0] for _, i in maten],
               interval(*within(nu, VANAF_NUL), "gemiddelde")]
        if c.vorig:
            toen = [c.get(i, klasse, periode=c.vorig) for _, i in maten]
            rij += [toen[0].noemer, *[share(c, t)[0] for t in toen]]
        return rij

    namen = {k: "Alle trajecten" if k == TOTAAL else f"Schatting: {in_zin(c.settings.tekst(k))}" for k in klassen}
    tabel = small_note(c, Tabel(titel, "", kolommen, [
        Rij(namen[k], waarden(k), nadruk=k == TOTAAL) for k in klassen]), "trajecten")

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import punten

        return punten([estimate(c, "contacten_per_traject", k, namen[k], schaal=VANAF_NUL) for k in klassen], maat,
                      "gemiddelde", jaren_kop(c))

    nu = c.get("contacten_per_traject")
    alt = "Punten met 95%-interval. " + "; ".join(
        f"{namen[k]}: {getal(c.waarde('contacten_per_traject', k), 'gemiddelde')} contacten, waarvan "
        f"{getal(c.waarde('contacten_per_traject_face_to_face', k), 'gemiddelde')} face to face" for k in klassen) + "."
    grens = c.settings.drempels.zwaar_meer_dan
    return Onderdeel(titel, tabel, f"n = {telling(nu.noemer, 'traject', 'trajecten')} met samen "
                     f"{telling(nu.teller, 'contact', 'contacten')}, {c.jaar}", teken, alt,
                     [f"Zwaar is een schatting van meer dan {grens} gesprekken.",
                      *interval_notes(c, [c.get("contacten_per_traject", k).noemer for k in klassen], "trajecten")],
                     duiding=[development(c, "contacten_per_traject", "het gemiddelde aantal contacten per traject",
                                          van=("traject", "trajecten"))])


@onderdeel("Schatting tegenover werkelijkheid", "inschatting")
def inschatting(c: Cijfers) -> Onderdeel:
    n = c.waarde("inschatting", TOTAAL, TOTAAL)
    if not n:
        return nothing("behandelde individuele trajecten", c)
    titel = f"Geschat bij de start en geteld, {c.jaar}"
    geteld = ("licht", "zwaar")
    kolommen = [*[Kolom(c.settings.tekst(g), groep="Geteld") for g in geteld], Kolom("Totaal")]
    rijen = [Rij("Totaal" if s == TOTAAL else f"Geschat: {in_zin(c.settings.tekst(s))}",
                 [c.waarde("inschatting", s, g) for g in (*geteld, TOTAAL)], nadruk=s == TOTAAL)
             for s in (*LICHT_ZWAAR, TOTAAL)]
    geschat = [s for s in LICHT_ZWAAR if c.waarde("inschatting", s, TOTAAL)]

    def teken(maat: Maat) -> Figure:
        from kopanalyse.report.figures import Stapel, gestapeld
        from kopanalyse.report.huisstijl import LICHTER, ZWAAR

        return gestapeld([Stapel(f"Geschat: {in_zin(c.settings.tekst(s))}",
                                 [c.waarde("inschatting", s, g) or 0 for g in geteld],
                                 getal(c.waarde("inschatting", s, TOTAAL))) for s in geschat],
                         [(f"geteld: {in_zin(c.settings.tekst(g))}", kl) for g, kl in zip(geteld, (LICHTER, ZWAAR))],
                         maat)

    raak = sum(c.waarde("inschatting", g, g) or 0 for g in geteld)
    met = sum(c.waarde("inschatting", g, TOTAAL) or 0 for g in geteld)
    zwaarder = c.waarde("inschatting", "licht", "zwaar") or 0
    alt = (f"Gestapelde staven. Van {getal(met)} trajecten met een schatting kwam die bij {getal(raak)} uit; "
           f"{getal(zwaarder)} werden zwaarder dan geschat.")
    wat = ("traject met een schatting", "trajecten met een schatting")
    duiding = [part_of(c, raak, met, wat, ("kwam er {} uit zoals geschat", "kwamen er {} uit zoals geschat")),
               part_of(c, zwaarder, c.waarde("inschatting", "licht", TOTAAL), (
                   "als licht geschat traject", "als licht geschatte trajecten"), (
                       "werd er {} zwaar", "werden er {} zwaar"))]
    return Onderdeel(titel, Tabel(titel, "", kolommen, rijen), base(c, n, "traject", "trajecten"),
                     teken, alt, ["Lopende trajecten kunnen nog zwaar worden."], duiding=duiding)
