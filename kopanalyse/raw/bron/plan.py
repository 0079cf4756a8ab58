"""A koppeling held against the exports: every name in it becomes a column of a source, or a mistake.

What comes out, a ``Plan`` per ``[tabel.<naam>]``, holds no doubt any more; ``mapping`` turns it into SQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kopanalyse.engine.sandbox import Sandbox, SandboxError, asked
from kopanalyse.errors import suggestion
from kopanalyse.raw.bron.koppeling import HERKOMST, MAP, Deel, Fouten, Koppeling, glue_parts, glued, join_columns
from kopanalyse.raw.bron.sources import Gelezen
from kopanalyse.raw.names import match_name

_TOON = 40  # names that a message sums up


@dataclass(frozen=True)
class Plek:
    """A column of the ``bron``-th source that a part names, under its name in the Parquet file."""

    bron: int
    kolom: str


@dataclass(frozen=True)
class Waarde:
    """What fills a column of ours.

    ``soort`` is ``kolom`` (one of ``plekken``), ``lijm`` (``stukken``: places and texts, in order), ``vast``
    (``tekst``), ``breed_naam``, ``breed_waarde``, ``query`` or ``maak``. ``bron`` is the place of the source whose row
    it stands on, and whose forms of dates and numbers hold; ``staat`` what a worker knows the column by.
    """

    soort: str
    staat: str
    bron: int = 0
    plekken: tuple[Plek, ...] = ()
    stukken: tuple[Plek | str, ...] = ()
    tekst: str = ""


@dataclass(frozen=True)
class Koppelplek:
    """How a source is joined: a column of an earlier one, and its own."""

    links: Plek
    rechts: Plek


@dataclass(frozen=True)
class Plan:
    """One part of a table, ready to be made. ``bronnen`` are its sources in order; none for a query."""

    deel: Deel
    bronnen: tuple[Gelezen, ...]
    erbij: tuple[Koppelplek, ...]
    waarden: Mapping[str, Waarde]
    alleen: tuple[tuple[Plek | str, tuple[str, ...]], ...] = ()
    weglaten: tuple[tuple[Plek | str, tuple[str, ...]], ...] = ()
    breed: tuple[tuple[str, Plek], ...] = ()
    herkomst: bool = True  # whether the rows say where they stand; a query may not
    blad: bool = True  # and on which sheet
    leest: tuple[str, ...] = ()  # the sources that a query reads

    def places(self) -> list[Plek]:
        """Every column of a source that it reads, once."""
        plekken = [plek for waarde in self.waarden.values() for plek in waarde.plekken]
        plekken += [plek for _, plek in self.breed]
        plekken += [plek for plek, _ in (*self.alleen, *self.weglaten) if isinstance(plek, Plek)]
        plekken += [plek for aan in self.erbij for plek in (aan.links, aan.rechts)]
        return list(dict.fromkeys(plekken)) if self.bronnen else []


def make_plans(koppeling: Koppeling, gelezen: Mapping[str, Gelezen], sandbox: Sandbox, fouten: Fouten) -> list[Plan]:
    """A plan for every part of which the sources could be read; mistakes go to ``fouten``."""
    plannen = []
    for deel in koppeling.delen:
        namen = set(deel.bronnen)
        if deel.query:
            tabellen, _ = asked(deel.query)
            namen = {naam for naam in koppeling.bronnen if naam.casefold() in tabellen}
        if namen <= set(gelezen):
            oplosser = None if deel.query is not None else _Oplosser(deel, gelezen, fouten)
            plan = oplosser.plan() if oplosser else _of_query(deel, tuple(sorted(namen)), sandbox, fouten)
            if plan:
                _check_columns(deel, plan.waarden, fouten)
                plannen.append(plan)
    return plannen


def _check_columns(deel: Deel, waarden: Mapping[str, Waarde], fouten: Fouten) -> None:
    """Required columns are given, and what is said of a column is about one that is given."""
    mist = [naam for naam in deel.tabel.verplicht if naam not in waarden and naam not in deel.kolommen]
    if mist:
        wat = "de verplichte kolom {} ontbreekt" if len(mist) == 1 else "de verplichte kolommen {} ontbreken"
        fouten.add(
            deel.plaats, f"{wat.format(', '.join(mist))}; verwacht worden minstens: {', '.join(deel.tabel.verplicht)}."
        )
    for sleutel, namen in (("codes", deel.codes), ("uren", deel.uren), ("sleutel_breedte", deel.sleutel_breedte)):
        for naam in namen:
            if naam not in waarden and naam not in deel.kolommen:
                fouten.add(
                    f"{deel.plaats}.{sleutel}",
                    f"de kolom {naam} wordt nergens gevuld. Gevuld worden: {', '.join(waarden)}.",
                )


class _Oplosser:
    """Finds the columns that one part names."""

    def __init__(self, deel: Deel, gelezen: Mapping[str, Gelezen], fouten: Fouten) -> None:
        self.deel, self.fouten = deel, fouten
        self.namen = deel.bronnen
        self.bronnen = tuple(gelezen[naam] for naam in self.namen)

    def plan(self) -> Plan:
        deel = self.deel
        erbij = self._joins()
        breed = (
            []
            if deel.breed is None
            else [(kolom, plek) for kolom in deel.breed.kolommen if (plek := self._find("breed.kolommen", kolom))]
        )
        waarden = {}
        for naam, tekst in deel.kolommen.items():
            if waarde := self._value(f"kolommen.{naam}", tekst):
                waarden[naam] = waarde
        waarden |= {naam: Waarde("vast", "vast", tekst=tekst) for naam, tekst in deel.vast.items()}
        waarden |= self._wide(waarden)
        if deel.sleutel:
            waarden[deel.tabel.sleutel] = Waarde("maak", "gemaakt van bestand en rij")
        return Plan(
            deel,
            self.bronnen,
            tuple(erbij),
            waarden,
            tuple(self._conditions("alleen", deel.alleen)),
            tuple(self._conditions("weglaten", deel.weglaten)),
            tuple(breed),
        )

    def _wide(self, waarden: Mapping[str, Waarde]) -> dict[str, Waarde]:
        """Where name and value of a wide table go, when that is not said in ``kolommen``."""
        breed, tabel = self.deel.breed, self.deel.tabel
        if breed is None:
            return {}
        eigen = {}
        for naam, soort in ((breed.naam, "breed_naam"), (breed.waarde, "breed_waarde")):
            if naam in [kolom.naam for kolom in tabel.kolommen]:
                if naam not in waarden:
                    eigen[naam] = Waarde(soort, naam)
            elif soort not in [waarde.soort for waarde in waarden.values()]:
                sleutel = "naam" if soort == "breed_naam" else "waarde"
                self.fouten.add(
                    f"{self.deel.plaats}.breed.{sleutel}",
                    f"{tabel.naam} heeft geen kolom {naam}, en kolommen gebruikt die naam niet. Mogelijk "
                    f"zijn: {', '.join(kolom.naam for kolom in tabel.kolommen)}.",
                )
        return eigen

    def _special(self, tekst: str) -> str | None:
        breed = self.deel.breed
        if breed and tekst in (breed.naam, breed.waarde):
            return "breed_naam" if tekst == breed.naam else "breed_waarde"
        return None

    def _value(self, sleutel: str, tekst: str) -> Waarde | None:
        if soort := self._special(tekst):
            return Waarde(soort, tekst)
        if glued(tekst) and not self.bronnen[0].find(tekst):
            gevonden = [(self._find(sleutel, stuk) if is_kolom else stuk) for is_kolom, stuk in glue_parts(tekst)]
            stukken = tuple(stuk for stuk in gevonden if stuk is not None)
            if len(stukken) < len(gevonden):
                return None
            plekken = tuple(stuk for stuk in stukken if isinstance(stuk, Plek))
            return Waarde("lijm", tekst, plekken[0].bron, plekken, stukken)
        plek = self._find(sleutel, tekst)
        return Waarde("kolom", plek.kolom, plek.bron, (plek,)) if plek else None

    def _conditions(
        self, sleutel: str, rijen: Mapping[str, tuple[str, ...]]
    ) -> Iterable[tuple[Plek | str, tuple[str, ...]]]:
        for kolom, waarden in rijen.items():
            plek = self._special(kolom) or self._find(sleutel, kolom)
            if plek:
                yield plek, waarden

    def _joins(self) -> list[Koppelplek]:
        erbij = []
        for nummer, (naam, aan) in enumerate(self.deel.erbij.items(), start=1):
            links, rechts = join_columns(aan)
            sleutel = f"erbij.{naam}"
            plek_rechts = self._find_in(sleutel, nummer, rechts)
            plek_links = self._find(sleutel, links, tot=nummer)
            if plek_links and plek_rechts:
                erbij.append(Koppelplek(plek_links, plek_rechts))
        return erbij

    def _find(self, sleutel: str, tekst: str, tot: int | None = None) -> Plek | None:
        """The column that ``tekst`` names: of the first source, or ``Bron.Kolom``.

        ``tot`` is for a join: then a source that was joined before may hold it too, when it is the only one.
        """
        if self.bronnen[0].find(tekst):
            return self._find_in(sleutel, 0, tekst)
        namen = self.namen[:tot]
        for nummer, naam in enumerate(namen):
            if tekst.casefold().startswith(f"{naam.casefold()}."):
                return self._find_in(sleutel, nummer, tekst[len(naam) + 1 :])
        elders = [nummer for nummer in range(1, len(namen)) if self.bronnen[nummer].find(tekst)]
        if tot is not None and len(elders) == 1:
            return self._find_in(sleutel, elders[0], tekst)
        self._unknown(sleutel, tekst, self.bronnen[0], [f"{self.namen[nummer]}.{tekst}" for nummer in elders])
        return None

    def _find_in(self, sleutel: str, nummer: int, tekst: str) -> Plek | None:
        bron = self.bronnen[nummer]
        gevonden = bron.find(tekst)
        if len(gevonden) == 1:
            return Plek(nummer, gevonden[0])
        if gevonden:
            self.fouten.add(
                f"{self.deel.plaats}.{sleutel}",
                f"de kolom {tekst!r} staat {len(gevonden)} keer in de "
                f"kopregel van {bron.bron.naam} ({', '.join(gevonden)}); verwacht wordt de naam precies, "
                "en elke kolom één keer.",
            )
        else:
            self._unknown(sleutel, tekst, bron, [])
        return None

    def _unknown(self, sleutel: str, tekst: str, bron: Gelezen, elders: Sequence[str]) -> None:
        namen = [kop or kolom for kop, kolom in bron.kolommen]
        tip = f" Bedoelde u {elders[0]}?" if elders else suggestion(tekst, namen)
        meer = f" en nog {len(namen) - _TOON}" if len(namen) > _TOON else ""
        waar = f" ({bron.stukken[0].bestand})" if bron.stukken else ""
        self.fouten.add(
            f"{self.deel.plaats}.{sleutel}",
            f"de bron {bron.bron.naam}{waar} heeft geen kolom {tekst!r}."
            f"{tip} Mogelijk zijn: {', '.join(namen[:_TOON])}{meer}.",
        )


def _of_query(deel: Deel, leest: tuple[str, ...], sandbox: Sandbox, fouten: Fouten) -> Plan | None:
    """The plan of a part that is a SELECT: its columns are held against our table before it runs."""
    bestand = f" ({MAP}/{deel.query_bestand})" if deel.query_bestand != "query" else ""
    waar = f"{deel.plaats}.query{bestand}"
    query = deel.query or ""
    try:
        kolommen = sandbox.columns(query)
        if not {"_bestand", "_blad", "_regel"} & {kolom.casefold() for kolom in kolommen}:
            query = sandbox.with_place(query, HERKOMST) or query
            deel = replace(deel, query=query)
            kolommen = sandbox.columns(query)
    except SandboxError as fout:
        fouten.add(waar, str(fout))
        return None
    bekend = [kolom.naam for kolom in deel.tabel.kolommen]
    waarden, gezien = {}, set()
    for kolom in kolommen:
        passend = match_name(kolom, bekend)
        if kolom.casefold() in gezien:
            fouten.add(waar, f"de kolom {kolom} staat er twee keer in; verwacht wordt elke kolom één keer.")
        elif passend:
            waarden[bekend[passend[0]]] = Waarde("query", deel.query_bestand, tekst=kolom)
        elif kolom.casefold() not in HERKOMST:
            fouten.add(
                waar,
                f"{deel.tabel.naam} heeft geen kolom {kolom}.{suggestion(kolom, bekend)} Mogelijk zijn: "
                f"{', '.join(bekend)}, en {', '.join(HERKOMST)}.",
            )
        gezien.add(kolom.casefold())
    for naam in {*deel.vast} & {*waarden}:
        fouten.add(f"{deel.plaats}.vast.{naam}", "deze kolom komt ook uit de query; verwacht wordt een van de twee.")
    waarden |= {naam: Waarde("vast", "vast", tekst=tekst) for naam, tekst in deel.vast.items()}
    herkomst = {"_bestand", "_regel"} <= gezien
    if deel.sleutel:
        if not herkomst:
            fouten.add(
                f"{deel.plaats}.sleutel",
                "een sleutel wordt gemaakt van bestand en rij: laat de SELECT ook _bestand en _regel geven.",
            )
        if deel.tabel.sleutel in waarden:
            fouten.add(
                f"{deel.plaats}.sleutel", f"{deel.tabel.sleutel} komt al uit de query; verwacht wordt een van de twee."
            )
        waarden[deel.tabel.sleutel] = Waarde("maak", "gemaakt van bestand en rij")
    rijen = {
        sleutel: tuple(_of_outcome(deel, sleutel, eigen, kolommen, fouten))
        for sleutel, eigen in (("alleen", deel.alleen), ("weglaten", deel.weglaten))
    }
    return Plan(
        deel,
        (),
        (),
        waarden,
        rijen["alleen"],
        rijen["weglaten"],
        herkomst=herkomst,
        blad="_blad" in gezien,
        leest=leest,
    )


def _of_outcome(
    deel: Deel, sleutel: str, rijen: Mapping[str, tuple[str, ...]], kolommen: Sequence[str], fouten: Fouten
) -> Iterable[tuple[Plek, tuple[str, ...]]]:
    """Conditions on the rows of a query, by the names of its columns."""
    for kolom, waarden in rijen.items():
        passend = match_name(kolom, kolommen)
        if len(passend) == 1:
            yield Plek(0, kolommen[passend[0]]), waarden
        else:
            fouten.add(
                f"{deel.plaats}.{sleutel}",
                f"de query geeft geen kolom {kolom!r}.{suggestion(kolom, kolommen)} "
                f"Mogelijk zijn: {', '.join(kolommen)}.",
            )
