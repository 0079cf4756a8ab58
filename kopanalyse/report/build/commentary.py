"""Commentary that no page shows: which, and why, for the maker of the reports (Dutch)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from kopanalyse.errors import suggestion
from kopanalyse.periode import Periode
from kopanalyse.report.authors.toelichting import Toelichting
from kopanalyse.report.build.run import Plek
from kopanalyse.report.dutch import opsomming
from kopanalyse.report.pages.marks import Boek

SOORTEN = {"toelichting": ".md", "verhalen": ".md", "personas": ".yaml", "klantreizen": ".yaml"}


def unshown(
    toelichtingen: Iterable[Toelichting], mogelijk: Collection[Plek], boeken: Mapping[Plek, Mapping[str, Boek]]
) -> list[str]:
    """A sentence per commentary that no page shows.

    ``mogelijk`` are the years and teams that can have a report; ``boeken`` the notebooks of those that were made now,
    by chapter. Of other reports nothing is known, nor of a notebook that failed.
    """
    zinnen = []
    for t in toelichtingen:
        plek = t.periode, t.team
        boek = boeken.get(plek, {}).get(t.hoofdstuk)
        if plek not in mogelijk:
            waarom = f"over {t.periode}, {t.team} is er geen rapport"
        elif boek is None or (t.paragraaf in boek.paragrafen and not boek.niets):
            continue
        elif boek.niets:
            waarom = f"het hoofdstuk {t.hoofdstuk} staat niet in dat rapport: {boek.niets}"
        else:
            gevraagd = sorted(boek.paragrafen)
            waarom = (
                f"het notebook {t.hoofdstuk} vraagt niet om de paragraaf {t.paragraaf}."
                f"{suggestion(t.paragraaf, gevraagd)} Het vraagt om {opsomming(gevraagd) if gevraagd else 'geen'}"
            )
        zinnen.append(
            f"De toelichting {t.bestand} ({t.hoofdstuk}, {t.paragraaf}, {t.periode}, {t.team}) staat op geen "
            f"enkele pagina: {waarom}."
        )
    return zinnen


def stories_of_no_year(jaren: Iterable[Periode], mogelijk: Collection[Periode]) -> list[str]:
    """How many stories are about a year that can have no report; which they are is nobody's business here."""
    elders = sorted(jaar for jaar in jaren if jaar not in mogelijk)
    wat = "1 verhaal gaat" if len(elders) == 1 else f"{len(elders)} verhalen gaan"
    over = opsomming(dict.fromkeys(map(str, elders)))
    return [f"{wat} over {over}, en daarover is er geen rapport: zo staat het op geen enkele pagina."] if elders else []


def unread(map_: Path) -> list[str]:
    """A sentence per folder of texts in ``map_`` that holds files of another kind than are read there.

    Of commentary these are named; the name of a file among the others may be that of a client.
    """
    zinnen = []
    for soort, eind in SOORTEN.items():
        anders = sorted(
            pad.name for pad in (map_ / soort).glob("*") if pad.suffix != eind and not pad.name.startswith((".", "~$"))
        )
        if anders:
            hoeveel = "1 bestand dat" if len(anders) == 1 else f"{len(anders)} bestanden die"
            welke = f" ({', '.join(anders)})" if soort == "toelichting" else ""
            zinnen.append(
                f"In de map {map_ / soort} {'staat' if len(anders) == 1 else 'staan'} {hoeveel} niet gelezen "
                f"{'wordt' if len(anders) == 1 else 'worden'}{welke}; verwacht worden bestanden op {eind}."
            )
    return zinnen
