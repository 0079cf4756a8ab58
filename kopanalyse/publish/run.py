"""``kopanalyse publish``: from the long table to files, or to what would be in them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from kopanalyse.errors import UserError, suggestion
from kopanalyse.files import work_folder
from kopanalyse.indicators.catalogue import Definities
from kopanalyse.indicators.indicator import Indicator
from kopanalyse.periode import Periode, years_in
from kopanalyse.publish import editions, invoer
from kopanalyse.publish.editions import Bewaard, EditionError
from kopanalyse.publish.nakijken import to_look_at
from kopanalyse.publish.pages import write_pages
from kopanalyse.publish.publish import Uitgave, make
from kopanalyse.publish.rules import PER_KERN
from kopanalyse.report.authors.persona import read_personas
from kopanalyse.report.cijfers.cijfer import VOLLEDIG
from kopanalyse.report.cijfers.stored import checked_on, compute_beside, read_columns
from kopanalyse.report.pages.along import check_possible
from kopanalyse.settings import Settings

Meld = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Opdracht:
    """What was asked for on the command line, besides figures and settings."""

    raw: Path
    processed: Path
    publicaties: Path
    notebooks: Path
    werkers: int = 0
    editie: str = ""
    proef: bool = False
    herzien: Sequence[Periode] = ()
    reden: str = ""
    opnieuw: bool = False
    ook: Sequence[str] = ()  # what is made beside the pages

    def check(self) -> None:
        """Raises ``UserError`` for what cannot be, before anything is computed."""
        check_possible(self.ook)
        if self.editie:
            editions.check_name(self.editie)
        if bool(self.herzien) != bool(self.reden.strip()):
            raise UserError(
                "--herzien en --reden horen bij elkaar: een definitief jaar verandert alleen met een reden."
            )


def publish(
    cijfers: pd.DataFrame,
    settings: Settings,
    definities: Definities,
    opdracht: Opdracht,
    meld: Meld = lambda naam, gedaan, totaal: None,
) -> str:
    """Make the next edition of ``cijfers`` and put it out; what to say about it (Dutch).

    The same figures and settings as those of the last edition give that edition once more. Raises ``EditionError`` for
    a name that is taken, other settings than before or a year without any figure, ``PublishError`` where no edition is
    safe: nothing has changed then.
    """
    if cijfers.empty:
        raise EditionError(f"Er zijn geen cijfers van {settings.organisatie} om te publiceren.")
    _must_count(cijfers, settings)
    organisatie, processed = settings.organisatie, opdracht.processed
    cijfers, indicatoren = _with_personas(cijfers, settings, definities, opdracht)
    eerdere = [] if opdracht.opnieuw else editions.kept(processed, organisatie)
    gemaakt_van = editions.digest(cijfers, settings)
    if eerdere and not opdracht.proef and not opdracht.herzien and _is_last(eerdere[-1], gemaakt_van, opdracht.editie):
        paginas = put_out(eerdere[-1].map, organisatie, opdracht, meld)
        klopt = f"Editie {eerdere[-1].naam} klopt nog en staat, met {paginas}, in {opdracht.publicaties / organisatie}"
        return "\n".join([klopt, *_about_texts(eerdere[-1].map, organisatie, opdracht)])
    naam = opdracht.editie or editions.new_name(processed, organisatie, years_in(cijfers.jaar))
    _check_possible(naam, eerdere, settings, opdracht)
    uitgave = make(cijfers, settings, indicatoren, [editie.as_earlier() for editie in eerdere], opdracht.herzien, meld)
    if opdracht.proef:
        return "\n".join([*_said(uitgave), *_per_chapter(uitgave, definities), "Proef: er is niets geschreven."])
    volgnummer = 1 + max((e.beschrijving["volgnummer"] for e in editions.all_kept(processed, organisatie)), default=0)
    map_ = editions.write(
        uitgave,
        settings,
        editie=naam,
        gemaakt_van=gemaakt_van,
        volgnummer=volgnummer,
        opnieuw=opdracht.opnieuw,
        redenen={str(periode): opdracht.reden for periode in opdracht.herzien},
        processed=processed,
        datum=date.today(),
        verder=_about_registration(cijfers, processed / organisatie),
    )
    paginas = put_out(map_, organisatie, opdracht, meld)
    return "\n".join(
        [
            *_said(uitgave),
            (
                f"Editie {naam} staat, met {paginas}, in {opdracht.publicaties / organisatie}; wat er verborgen is en "
                f"het bewijs in {processed / organisatie / 'publicaties' / naam}"
            ),
            *_about_texts(map_, organisatie, opdracht),
        ]
    )


def pages_only(organisatie: str, opdracht: Opdracht, meld: Meld = lambda naam, gedaan, totaal: None) -> str:
    """Make the pages of the last kept edition, or of the named one, anew; without one kept, of what is out.

    Of the registration nothing is read. Raises ``EditionError`` when there is no edition.
    """
    bewaard = {editie.naam: editie for editie in editions.all_kept(opdracht.processed, organisatie)}
    naam = opdracht.editie or next(reversed(bewaard), "")
    if naam and naam not in bewaard:
        raise EditionError(f"Editie {naam} van {organisatie} is niet bewaard.{suggestion(naam, bewaard)}")
    buiten = opdracht.publicaties / organisatie
    if not naam and not (buiten / editions.TABEL).is_file():
        raise EditionError(f"Er is nog geen editie van {organisatie}. Maak er een met kopanalyse publish.")
    paginas = put_out(bewaard[naam].map if naam else buiten, organisatie, opdracht, meld)
    gemaakt = f"De pagina's zijn opnieuw gemaakt: {paginas} in {buiten}"
    return "\n".join([gemaakt, *_about_texts(buiten, organisatie, opdracht)])


def put_out(map_: Path, organisatie: str, opdracht: Opdracht, meld: Meld) -> str:
    """Put the edition in ``map_`` out with its pages; how many there are, in words.

    With the registration at hand its settings and released texts are taken anew: a release that was withdrawn holds at
    once. Without it what was kept with the edition.
    """
    eigen, bewaard = opdracht.raw / organisatie, map_ / invoer.INVOER / organisatie
    bij_de_hand = eigen.is_dir() and os.access(eigen, os.R_OK | os.X_OK)
    if bij_de_hand or bewaard.is_dir():
        teksten = invoer.of_raw(eigen if bij_de_hand else bewaard)
    else:
        teksten = invoer.of_outside(_said_of_input(map_))
    if teksten is None:
        raise EditionError(
            f"Bij de editie in {map_} horen eigen definities, en die zijn er niet. Zet "
            f"{opdracht.processed / organisatie / 'publicaties'} of {eigen} terug."
        )
    aantal = 0
    with work_folder() as werkmap:
        invoer.keep(teksten, werkmap, organisatie)

        def write(doel: Path) -> None:
            nonlocal aantal
            aantal = write_pages(
                doel, werkmap / invoer.INVOER, opdracht.notebooks, opdracht.werkers, meld, opdracht.ook
            )

        editions.put_out(map_, opdracht.publicaties, organisatie, {"invoer": invoer.outside(teksten)}, write)
    if bij_de_hand and map_ != opdracht.publicaties / organisatie:
        invoer.keep(teksten, map_, organisatie)
    return "1 pagina" if aantal == 1 else f"{aantal} pagina's"


def _with_personas(
    cijfers: pd.DataFrame, settings: Settings, definities: Definities, opdracht: Opdracht
) -> tuple[pd.DataFrame, Mapping[str, Indicator]]:
    """The long table and its indicators, with how many clients each released persona stands for as figures like all.

    Not of a persona whose clients are a part of those of another one: that less this would be a figure of who is left,
    and those can be few.
    """
    openbaar = [p for p in read_personas(opdracht.raw / settings.organisatie, settings) if p.vrijgegeven]
    buiten = [p for p in openbaar if not any(p.is_part_of(ander) for ander in openbaar)]
    eigen = [replace(persona.indicator(), naam=persona.gepubliceerd) for persona in buiten]
    map_ = opdracht.processed / settings.organisatie
    rijen = compute_beside(settings, map_, years_in(cijfers.jaar), eigen) if eigen else None
    if rijen is None:
        return cijfers, definities.indicatoren
    samen = pd.concat([cijfers, rijen], ignore_index=True)
    return samen, {**definities.indicatoren, **{ind.naam: ind for ind in eigen}}


def _about_texts(map_: Path, organisatie: str, opdracht: Opdracht) -> list[str]:
    """What there is to say of the texts that are not in the edition in ``map_``; nothing without the registration."""
    drempel = json.loads((map_ / editions.BESCHRIJVING).read_text(encoding="utf-8"))["instellingen"]["drempel"]
    return to_look_at(opdracht.raw / organisatie, editions.read_table(map_ / editions.TABEL), drempel)


def _said_of_input(map_: Path) -> Mapping[str, str]:
    """What an edition says of the settings and texts that its pages were made with."""
    return json.loads((map_ / editions.BESCHRIJVING).read_text(encoding="utf-8")).get("invoer", {})


def _about_registration(cijfers: pd.DataFrame, map_: Path) -> dict[str, Any]:
    """What pages say of the registration that is about nobody: how many rows it has, to the nearest hundred, what it
    covers, and where villages lie."""
    deels = cijfers[cijfers.dekking != VOLLEDIG] if "dekking" in cijfers else cijfers[:0]
    dekking: dict[str, dict[str, str]] = {}
    for naam, periode, hoe in sorted(set(zip(deels.indicator, deels.periode.astype(str), deels.dekking))):
        dekking.setdefault(naam, {})[periode] = hoe
    kernen = read_columns(map_ / "checked" / "kernen.parquet", ["kern", "breedtegraad", "lengtegraad"])
    gekend = set(cijfers.categorie[cijfers.indicator.isin(PER_KERN)])
    rijen = [] if kernen is None else kernen.dropna().sort_values("kern").itertuples(index=False)
    plekken = {
        kern: [round(float(noord), 4), round(float(oost), 4)]
        for kern, noord, oost in rijen
        if kern in gekend and abs(noord) <= 85 and abs(oost) <= 180
    }
    inlezen = read_columns(map_ / "inlezen.csv", ["gelezen"])
    honderden = 0 if inlezen is None else round(int(inlezen.gelezen.sum()) / 100)
    dag = checked_on(map_)
    return {
        "gecontroleerd": dag.isoformat() if dag else "",
        "gelezen": 100 * honderden,
        "dekking": dekking,
        "plekken": plekken,
    }


def _must_count(cijfers: pd.DataFrame, settings: Settings) -> None:
    """Raises ``EditionError`` for a year of nothing but noughts: a typing error would take the place of an edition."""
    met_iets = set(cijfers.jaar[cijfers.teller > 0])
    if leeg := [str(periode) for periode in years_in(cijfers.jaar) if periode.jaar not in met_iets]:
        raise EditionError(
            f"Over {', '.join(leeg)} is bij {settings.organisatie} niets geteld: daarvan komt geen editie. "
            "Noem de jaren van de registratie met --jaar; de vorige editie blijft staan."
        )


def _is_last(laatste: Bewaard, gemaakt_van: str, editie: str) -> bool:
    return laatste.beschrijving["gemaakt_van"] == gemaakt_van and editie in ("", laatste.naam)


def _check_possible(naam: str, eerdere: Sequence[Bewaard], settings: Settings, opdracht: Opdracht) -> None:
    if (opdracht.processed / settings.organisatie / "publicaties" / naam).exists():
        raise EditionError(f"Editie {naam} bestaat al, met andere cijfers: kies een andere naam met --editie.")
    if eerdere:
        toen, nu = eerdere[-1].beschrijving["instellingen"], editions.as_read(editions.settings_of(settings))
        anders = [sleutel for sleutel in nu if nu[sleutel] != toen.get(sleutel)]
        if anders:
            raise EditionError(
                f"[publiceren] {anders[0]} is anders dan bij editie {eerdere[-1].naam}: twee uitsneden uit dezelfde "
                "cijfers "
                "zijn van elkaar af te trekken. Zet het terug, of begin met --opnieuw."
            )


def _said(uitgave: Uitgave) -> list[str]:
    """What was done, on one screen."""
    rijen, bewijs = uitgave.rijen, uitgave.bewijs
    eigen = int((uitgave.verborgen.waarom == "klein").sum())
    return [
        f"{_n(len(rijen))} cijfers gepubliceerd, waarvan {_n(int((rijen.afgerond != '').sum()))} afgerond.",
        f"Verborgen: {_n(eigen)} getallen om zichzelf, {_n(len(uitgave.verborgen) - eigen)} om andere.",
        *(f"Weggelaten: {blok}." for blok in uitgave.weggelaten),
        *uitgave.afgerond_toch,
        (
            f"Te berekenen voor het herstel: {_n(bewijs['lekken_voor'])}, erna: {_n(bewijs['lekken_na'])}; "
            f"{_n(bewijs['verbanden'])} verbanden, {_n(bewijs['werelden'])} werelden, {bewijs['seconden']:g} s."
        ),
    ]


def _per_chapter(uitgave: Uitgave, definities: Definities) -> list[str]:
    """How much is hidden per chapter, and why."""
    verborgen = uitgave.verborgen
    hoofdstuk = verborgen.indicator.map(
        lambda naam: ind.hoofdstuk if (ind := definities.indicatoren.get(naam)) else naam
    )
    return [
        f"  {naam}: {_n(len(deel))} verborgen, waarvan {_n(int((deel.waarom == 'klein').sum()))} om zichzelf"
        for naam, deel in verborgen.groupby(hoofdstuk, sort=True)
    ]


def _n(aantal: int) -> str:
    return f"{aantal:,}".replace(",", ".")
