"""A first ``koppeling.toml`` to correct: proposals by names, values and forms, each with its reason as a comment.

Nothing is decided here: what could not be placed stands in the draft too, and nothing that is there is overwritten.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kopanalyse.errors import DataError
from kopanalyse.raw.bron.koppeling import BESTAND, MAP
from kopanalyse.raw.bron.opened import TEKSTEN
from kopanalyse.raw.bron.scan import Kolom, Vel
from kopanalyse.raw.names import clean_name, meant
from kopanalyse.raw.schema import TABELLEN, Tabel
from kopanalyse.raw.schema import Kolom as OnzeKolom

Codes = Mapping[str, Sequence[str]]
"""The codes of every list of an organisation's settings."""

_DATUMVORMEN = {"dd/mm/jjjj": "%d/%m/%Y", "jjjjmmdd": "%Y%m%d"}
_MEESTE_CODES, _MEESTE_JA_NEE = 60, 6
_WOORDEN = {  # in values of case systems, and which of our codes they then seem to mean
    "intake": ("begin", "start", "nulmeting"),
    "face_to_face": ("huisbezoek", "spreekuur", "op_kantoor", "gesprek_op"),
    "telefonisch": ("telefo", "gebeld"),
    "e_mail": ("mail", "whatsapp"),
    "beeldbellen": ("beeld", "video", "teams"),
    "overig": ("anders", "overig"),
    "eigen_initiatief": ("zelf", "eigen_"),
    "verwezen": ("verwij", "verwez"),
    "no_reply_adres": ("no-reply", "noreply"),
    "foutief_adres": ("fout", "onjuist"),
    "verzonden": ("verstuurd", "verzonden"),
}


@dataclass(frozen=True)
class Ontwerp:
    """The text of ``koppeling.toml`` and the code lists by the name of their file."""

    toml: str
    codelijsten: Mapping[str, str]


@dataclass(frozen=True)
class _Bron:
    """One source: sheets with the same columns, read by one pattern."""

    naam: str
    patroon: str
    blad: str | None
    vellen: tuple[Vel, ...]

    @property
    def kolommen(self) -> tuple[Kolom, ...]:
        """The columns of the first of its sheets, which are those of all, with what all sheets hold of them."""
        per_naam: dict[str, list[Kolom]] = {}
        for vel in self.vellen:
            for kolom in vel.kolommen:
                per_naam.setdefault(clean_name(kolom.naam), []).append(kolom)
        return tuple(_together(per_naam[clean_name(kolom.naam)]) for kolom in self.vellen[0].kolommen)


def _together(kolommen: Sequence[Kolom]) -> Kolom:
    """One column of several sheets: how many values they have together is not known, so it is at least the most."""
    meest: Counter[str] = Counter()
    for kolom in kolommen:
        meest.update(dict(kolom.meest))
    vormen = Counter({kolom.vorm: kolom.gevuld for kolom in sorted(kolommen, key=lambda k: k.gevuld)})
    return Kolom(
        kolommen[0].naam,
        sum(kolom.gevuld for kolom in kolommen),
        max(kolom.waarden for kolom in kolommen),
        tuple(meest.most_common()),
        vormen.most_common(1)[0][0],
    )


def write_draft(map_: Path, vellen: Sequence[Vel], onze_codes: Codes) -> list[Path]:
    """Write the draft into the folder ``map_`` of an organisation; raises ``DataError`` when a file of it is there."""
    ontwerp = draft(vellen, onze_codes)
    bestanden = {map_ / BESTAND: ontwerp.toml} | {
        map_ / MAP / naam: inhoud for naam, inhoud in ontwerp.codelijsten.items()
    }
    al = [pad for pad in bestanden if pad.exists()]
    if al:
        raise DataError(
            f"{', '.join(map(str, al))} staat er al en wordt niet overschreven; geef het eerst een andere naam."
        )
    for pad, inhoud in bestanden.items():
        pad.parent.mkdir(parents=True, exist_ok=True)
        with pad.open("x", encoding="utf-8", newline="") as bestand:
            bestand.write(inhoud)
    return list(bestanden)


def draft(vellen: Sequence[Vel], onze_codes: Codes) -> Ontwerp:
    """A koppeling for what ``scan`` found, as far as names, values and forms say."""
    bronnen = _sources([vel for vel in vellen if not vel.fout and vel.kolommen])
    regels = [
        "# Een eerste ontwerp, gemaakt van de exports in bron/. Controleer elke regel: achter het # staat waarom",
        "# zij er staat. Probeer daarna wat zij doet: kopanalyse bron --organisatie ... --toets",
        "",
    ]
    codelijsten: dict[str, str] = {}
    geplaatst: dict[str, set[str]] = {}
    delen: dict[str, list[list[str]]] = {}
    for bron in bronnen:
        tabel = _table_for(bron, onze_codes)
        if tabel is None:
            continue
        deel, gebruikt = _part(bron, tabel, onze_codes, codelijsten)
        delen.setdefault(tabel.naam, []).append(deel)
        geplaatst[bron.naam] = gebruikt
        if tabel.naam == "klanttevredenheid" and (vragen := _questions(bron, gebruikt)):
            delen.setdefault("kto_antwoorden", []).append(_answers(bron, vragen))
            geplaatst[bron.naam] = gebruikt | set(vragen)
    for bron in bronnen:
        regels += _source(bron, geplaatst.get(bron.naam))
    for naam, lijst in delen.items():
        for deel in lijst:
            regels += [f"[[tabel.{naam}]]" if len(lijst) > 1 else f"[tabel.{naam}]", *deel, ""]
    mist = [naam for naam in TABELLEN if naam not in delen]
    regels += [
        "# Niet geplaatst",
        *(f"# {vel.bestand}: {vel.fout}" for vel in vellen if vel.fout),
        *(
            f"# bron {bron.naam}: bij geen tabel herkend; kolommen: {', '.join(k.naam for k in bron.kolommen)}"
            for bron in bronnen
            if bron.naam not in geplaatst
        ),
        *(
            f"# bron {bron.naam}: kolommen zonder plaats: {', '.join(over)}"
            for bron in bronnen
            if bron.naam in geplaatst
            and (over := [k.naam for k in bron.kolommen if k.naam not in geplaatst[bron.naam]])
        ),
        f"# tabellen zonder bron (hoeven er niet te zijn): {', '.join(mist)}",
    ]
    return Ontwerp("\n".join(regels) + "\n", codelijsten)


# Sources


def _sources(vellen: Sequence[Vel]) -> list[_Bron]:
    """Sheets with the same columns together, where one pattern can name them and no other."""
    groepen: dict[tuple, list[Vel]] = {}
    for vel in vellen:
        namen = frozenset(clean_name(kolom.naam) for kolom in vel.kolommen)
        groepen.setdefault((namen, _stem(vel.bestand)), []).append(vel)
    bronnen: list[_Bron] = []
    for groep in groepen.values():
        bestanden = list(dict.fromkeys(vel.bestand for vel in groep))
        bladen = list(dict.fromkeys(vel.blad for vel in groep))
        naam = _free(
            re.sub(r"\W+", "_", _stem(bestanden[0]).rpartition("/")[2].rpartition(".")[0]).strip("_").lower() or "bron",
            [bron.naam for bron in bronnen],
        )
        if len(vellen) > 1 and bladen[0] is not None and len({v.blad for v in vellen if v.bestand == bestanden[0]}) > 1:
            naam = _free(re.sub(r"\W+", "_", bladen[0]).strip("_").lower() or naam, [bron.naam for bron in bronnen])
            blad = bladen[0] if len(bladen) == 1 else _pattern([naam or "" for naam in bladen])
        else:
            blad = None
        bronnen.append(_Bron(naam, bestanden[0] if len(bestanden) == 1 else _pattern(bestanden), blad, tuple(groep)))
    return bronnen


def _stem(bestand: str) -> str:
    """A name without its years and numbers: what files of one kind share."""
    return re.sub(r"[-_ ]*\(?[0-9]+\)?", "", bestand)


def _pattern(namen: Sequence[str]) -> str:
    """What fits all of ``namen``: digits that differ become ``*``."""
    patronen = {re.sub(r"[0-9]+", "*", naam) for naam in namen}
    return patronen.pop() if len(patronen) == 1 else re.sub(r"[0-9]+.*(?=\.[a-z]+$)", "*", namen[0])


def _free(naam: str, bezet: Sequence[str]) -> str:
    nummer, vrij = 1, naam
    while vrij in bezet:
        nummer += 1
        vrij = f"{naam}_{nummer}"
    return vrij


def _source(bron: _Bron, gebruikt: set[str] | None) -> list[str]:
    rijen = sum(vel.rijen for vel in bron.vellen)
    regels = [f"[bron.{_key(bron.naam)}]   # {rijen} rijen", f"bestand = {_text(bron.patroon)}"]
    if bron.blad is not None:
        regels.append(f"blad = {_text(bron.blad)}")
    if gebruikt is not None and len(gebruikt) < 2 and bron.vellen[0].kopregel > 1:
        regels.append(f"kopregel = {bron.vellen[0].kopregel}   # daar staan de namen")
    slot = [vel.voettekst for vel in bron.vellen if vel.voettekst]
    if slot:
        regels.append(f"voettekst = {_text(slot[0] + '*')}   # zo begint de laatste regel, die geen gegeven is")
    vormen = {kolom.vorm for kolom in bron.kolommen if kolom.vorm in _DATUMVORMEN}
    if len(vormen) == 1 and bron.patroon.lower().endswith(TEKSTEN):
        vorm = vormen.pop()
        namen = ", ".join(kolom.naam for kolom in bron.kolommen if kolom.vorm == vorm)
        regels.append(f"datumvorm = {_text(_DATUMVORMEN[vorm])}   # de vorm van {namen}")
    duizend = [kolom.naam for kolom in bron.kolommen if kolom.vorm == "1.234" and _is_whole(kolom.naam)]
    if duizend:
        regels.append(f'getalvorm = "1.234,5"   # de vorm van {", ".join(duizend)}')
    return [*regels, ""]


def _is_whole(naam: str) -> bool:
    """Whether a column seems to be one of ours with whole numbers, in which a dot stands for thousands."""
    return any(k.soort == "geheel" and meant(k.naam, [naam]) for tabel in TABELLEN.values() for k in tabel.kolommen)


# Our tables


def _table_for(bron: _Bron, onze_codes: Codes) -> Tabel | None:
    """The table that the columns of a source say most of: all that is required, or its name and half of that."""
    namen = [kolom.naam for kolom in bron.kolommen]
    beste: tuple[float, str] = (0.0, "")
    for tabel in TABELLEN.values():
        gevonden = {kolom.naam for kolom in tabel.kolommen if meant(kolom.naam, namen)}
        if tabel.naam == "zrm_metingen" and len(_domains(bron, onze_codes)) >= 3:
            gevonden |= {"domein", "score", "moment"}
        verplicht = len(gevonden & {*tabel.verplicht}) / max(len(tabel.verplicht), 1)
        heet = clean_name(tabel.naam)[:6] in clean_name(bron.naam) or clean_name(bron.naam)[:5] in tabel.naam
        punten = verplicht + len(gevonden) / len(tabel.kolommen) + 0.75 * heet
        if (verplicht == 1 or (heet and verplicht >= 0.3)) and len(gevonden) >= 2 and punten > beste[0]:
            beste = punten, tabel.naam
    return TABELLEN[beste[1]] if beste[1] else None


def _part(bron: _Bron, tabel: Tabel, onze_codes: Codes, codelijsten: dict[str, str]) -> tuple[list[str], set[str]]:
    """The lines of one ``[tabel.<naam>]``, and the columns of the source that they name."""
    over = {kolom.naam: kolom for kolom in bron.kolommen}
    breed = _domains(bron, onze_codes) if tabel.naam == "zrm_metingen" else {}
    for naam in breed:
        over.pop(naam, None)
    regels, mist, codes = [], [], []
    for kolom in tabel.kolommen:
        if len(breed) >= 3 and kolom.naam in ("domein", "score"):
            continue
        naam = meant(kolom.naam, [ander for ander, hun in over.items() if _may_be(kolom, hun)])
        if naam is None:
            mist.append(kolom)
            continue
        regels.append(f"    {kolom.naam} = {_text(naam)},   # {_why(kolom, over[naam])}")
        codes += _code_lines(bron, kolom, over.pop(naam), onze_codes, codelijsten)
    for kolom in list(mist):
        naam = _by_values(onze_codes.get(kolom.codelijst or "", ()), over.values())
        if naam is not None:
            mist.remove(kolom)
            regels.append(f"    {kolom.naam} = {_text(naam)},   # de waarden zijn die van {kolom.naam}")
            codes += _code_lines(bron, kolom, over.pop(naam), onze_codes, codelijsten)
    deel = [f"bron = {_text(bron.naam)}", *_named(regels)]
    if len(breed) >= 3:
        deel.append(
            f'breed = {{ kolommen = [{", ".join(map(_text, breed))}], naam = "domein", waarde = "score" }}'
            "   # een kolom per domein"
        )
        if any(naam != domein for naam, domein in breed.items()):
            deel.append(f"codes.domein = {{ {', '.join(f'{_text(n)} = {_text(d)}' for n, d in breed.items())} }}")
    deel += codes
    deel += [
        f"# {kolom.naam}: geen kolom gevonden{' (verplicht)' if kolom.verplicht else ''}; {kolom.betekenis}"
        for kolom in mist
    ]
    if tabel.sleutel and tabel.sleutel in [kolom.naam for kolom in mist] and tabel.sleutel != "kern":
        deel.append(f'sleutel = "maak"   # er is geen kolom voor {tabel.sleutel}')
    gebruikt = {kolom.naam for kolom in bron.kolommen} - {*over}
    return deel, gebruikt


def _questions(bron: _Bron, gebruikt: set[str]) -> list[str]:
    """Columns of a survey that seem to hold a rapportcijfer, one column per question; none when there is but one."""
    vragen = [
        kolom.naam
        for kolom in bron.kolommen
        if kolom.naam not in gebruikt and kolom.vorm == "heel getal" and 2 < kolom.waarden <= 10
    ]
    return vragen if len(vragen) > 1 else []


def _answers(bron: _Bron, vragen: Sequence[str]) -> list[str]:
    """The lines of ``[tabel.kto_antwoorden]`` for a survey with a row per respondent."""
    sleutel = meant("uitnodiging_id", [kolom.naam for kolom in bron.kolommen])
    return [
        f"bron = {_text(bron.naam)}",
        f"kolommen.uitnodiging_id = {_text(sleutel)}"
        if sleutel
        else "# uitnodiging_id: geen kolom gevonden (verplicht)",
        'vast = { soort = "rapportcijfer" }   # van vragen met 0 of 1 maakt u een tweede deel, met tevreden of effect',
        f'breed = {{ kolommen = [{", ".join(map(_text, vragen))}], naam = "vraag", waarde = "waarde" }}'
        "   # een kolom per vraag",
    ]


def _may_be(onze: OnzeKolom, kolom: Kolom) -> bool:
    """Whether a column can be ours for what it holds: there are few ways to write yes and no."""
    return onze.soort != "ja_nee" or kolom.waarden <= _MEESTE_JA_NEE


def _by_values(lijst: Sequence[str], kolommen: Iterable[Kolom]) -> str | None:
    """The column of which nearly all rows hold what seems to be one of the codes ``lijst``, two of them or more."""
    for kolom in kolommen:
        wat = {waarde: _likely(waarde, lijst) for waarde, _ in kolom.meest}
        raak = sum(aantal for waarde, aantal in kolom.meest if wat[waarde])
        if len({code for code in wat.values() if code}) >= 2 and raak >= 0.9 * kolom.gevuld:
            return kolom.naam
    return None


def _named(regels: Sequence[str]) -> list[str]:
    """``kolommen`` as a table of its own, so that every line has room for its reason."""
    return [f"kolommen.{regel.strip().replace(',   #', '   #')}" for regel in regels]


def _why(onze: OnzeKolom, kolom: Kolom) -> str:
    waarom = "heet zo" if clean_name(onze.naam) == clean_name(kolom.naam) else "lijkt op de naam, of betekent hetzelfde"
    vorm = f"; vorm {kolom.vorm}" if kolom.vorm else ""
    return f"{waarom}{vorm}; {kolom.gevuld} gevuld, {kolom.waarden} waarden"


def _code_lines(
    bron: _Bron, onze: OnzeKolom, kolom: Kolom, onze_codes: Codes, codelijsten: dict[str, str]
) -> Iterable[str]:
    """A code list for a column with values that are not ours."""
    lijst = onze_codes.get(onze.codelijst or "")
    if not lijst or not kolom.meest or all(waarde in lijst for waarde, _ in kolom.meest):
        if onze.soort == "geheel" and kolom.vorm == "uu:mm":
            yield f'uren = ["{onze.naam}"]   # uren en minuten'
        return
    bestand = f"{_free(f'{onze.naam}_{bron.naam}', [naam.removesuffix('.csv') for naam in codelijsten])}.csv"
    rijen = ["code,betekenis,aantal,waarom"]
    for waarde, aantal in kolom.meest[:_MEESTE_CODES]:
        wat = _likely(waarde, lijst)  # without one it stays as it stands, and checking will say so
        rijen.append(f"{_csv(waarde)},{_csv(wat or waarde)},{aantal},{'lijkt erop' if wat else 'geen voorstel'}")
    codelijsten[bestand] = "\n".join(rijen) + "\n"
    yield f"codes.{onze.naam} = {_text(bestand)}   # vul de betekenis aan: {', '.join(lijst)}"


def _likely(waarde: str, lijst: Sequence[str]) -> str:
    """The code that a value seems to mean; empty when none does."""
    schoon = {clean_name(code): code for code in lijst}
    if clean_name(waarde) in schoon:
        return schoon[clean_name(waarde)]
    hun = clean_name(waarde)
    begin = [code for naam, code in schoon.items() if naam.startswith(hun) or (len(naam) > 3 and hun.startswith(naam))]
    begin = begin or [code for code in lijst if any(woord in hun for woord in _WOORDEN.get(code, ()))]
    lijkt = get_close_matches(clean_name(waarde), schoon, n=1, cutoff=0.6)
    return begin[0] if len(begin) == 1 else schoon[lijkt[0]] if lijkt else ""


def _domains(bron: _Bron, onze_codes: Codes) -> dict[str, str]:
    """Columns that are called after a domain of the ZRM, with that domain.

    Where there are more of a domain (a score and a doel), those with the same words around it that are filled most.
    """
    domeinen = {clean_name(domein): domein for domein in onze_codes["domein"]}
    per_vorm: dict[tuple[str, str], dict[str, str]] = {}
    gevuld: Counter[tuple[str, str]] = Counter()
    for kolom in bron.kolommen:
        naam = clean_name(kolom.naam)
        kern = max((domein for domein in domeinen if domein in naam), key=len, default="")
        if not kern:
            begin = re.match(r"(zrm|score|domein)[ _:-]+|", naam)
            lijkt = get_close_matches(naam[begin.end() :] if begin else naam, domeinen, n=1, cutoff=0.85)
            kern = naam[begin.end() :] if begin and lijkt else ""
            domein = domeinen[lijkt[0]] if lijkt else ""
        else:
            domein = domeinen[kern]
        if kern:
            voor, _, na = naam.partition(kern)
            per_vorm.setdefault((voor, na), {})[kolom.naam] = domein
            gevuld[voor, na] += kolom.gevuld
    return per_vorm[max(per_vorm, key=lambda vorm: (len(per_vorm[vorm]), gevuld[vorm]))] if per_vorm else {}


def _text(tekst: str) -> str:
    return json.dumps(tekst, ensure_ascii=False)


def _key(naam: str) -> str:
    return naam if re.fullmatch(r"[A-Za-z0-9_-]+", naam) else _text(naam)


def _csv(tekst: str) -> str:
    return '"' + tekst.replace('"', '""') + '"' if re.search('[",\n]', tekst) else tekst
