"""What a value nearly is: keys and codes that look equal and are not, and what it is that differs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from kopanalyse.engine.words import Column, Expression, cases, null, table
from kopanalyse.raw.schema import TABELLEN, Tabel

# Everything that may be the only difference, in the order in which it is taken away; RE2 has no class for these signs.
_ONZICHTBAAR = r"[\x{00AD}\x{200B}-\x{200F}\x{2060}\x{FEFF}]+"
_WIT = r"[\s\x{00A0}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]+"
VERSCHIL = (
    ("een onzichtbaar teken", lambda tekst: tekst.re_replace(_ONZICHTBAAR, "")),
    ("een spatie", lambda tekst: tekst.re_replace(_WIT, "")),
    ("de .0 aan het eind", lambda tekst: tekst.re_replace(r"[.,]0+$", "")),
    ("de voorloopnul", lambda tekst: tekst.re_replace(r"^0+(.)", r"\1")),
    ("een hoofdletter", lambda tekst: tekst.lower()),
)
MEER = "meer dan één van: onzichtbare tekens, spaties, .0, voorloopnullen, hoofdletters"


def plain(tekst: Column) -> Column:
    """``tekst`` without anything that the eye may miss."""
    for _, zonder in VERSCHIL:
        tekst = zonder(tekst)
    return tekst


def _plain(code: str) -> str:
    """``plain`` of a text that is known."""
    gezien = "".join(teken for teken in code if unicodedata.category(teken) != "Cf" and not teken.isspace())
    return re.sub(r"^0+(.)", r"\1", re.sub(r"[.,]0+$", "", gezien)).lower()


def difference(een: Column, ander: Column) -> Column:
    """What it is (Dutch) in which two texts differ that are equal when ``plain``."""
    return cases(*[(zonder(een) == zonder(ander), wat) for wat, zonder in VERSCHIL], else_=MEER)


def with_near_key(rij: Expression, tabel: Tabel) -> Expression:
    """``rij``, rows whose reference fits nowhere, with the key that it nearly is (``bijna``) and ``verschil``."""
    assert tabel.ouder
    ouder = TABELLEN[tabel.ouder.verwijst_naar]
    sleutels = table(f"{ouder.naam}_sleutels", {"sleutel": "string"})
    sleutels = sleutels.mutate(kaal=plain(sleutels.sleutel)).group_by("kaal").agg(bijna=lambda t: t.sleutel.min())
    eigen = rij[f"tekst_{tabel.ouder.naam}"]
    rij = rij.left_join(sleutels, plain(eigen) == sleutels.kaal).drop("kaal")
    return rij.mutate(verschil=difference(rij[f"tekst_{tabel.ouder.naam}"], rij.bijna))


def with_near_code(rij: Expression, kolom: str, codes: Sequence[str] | Expression) -> Expression:
    """``rij``, rows with an unknown code in ``kolom``, with the one of ``codes`` that it nearly is, and ``verschil``.

    ``codes`` is a list, or for the list that is a table of the registration that table, with a column ``kern``.
    """
    tekst = rij[f"tekst_{kolom}"]
    if isinstance(codes, Expression):
        kernen = codes.mutate(kaal=plain(codes.kern)).group_by("kaal").agg(bijna=lambda t: t.kern.min())
        rij = rij.left_join(kernen, plain(tekst) == kernen.kaal).drop("kaal")
    else:
        kaal = plain(tekst)
        rij = rij.mutate(bijna=cases(*[(kaal == _plain(code), code) for code in codes], else_=null("string")))
    return rij.mutate(verschil=difference(rij[f"tekst_{kolom}"], rij.bijna))


def visible(tekst: str) -> str:
    """``tekst`` with a name for every sign in it that the eye cannot see.

    ``Team  Oost`` becomes ``Team[2 spaties]Oost``; a space at either end, a no-break space and a sign without any
    width each get a name or a number.
    """
    uit, plaats = [], 0
    while plaats < len(tekst):
        teken = tekst[plaats]
        if teken == " ":
            eind = plaats
            while eind < len(tekst) and tekst[eind] == " ":
                eind += 1
            aantal, aan_de_rand = eind - plaats, plaats == 0 or eind == len(tekst)
            uit.append(f"[{aantal} spaties]" if aantal > 1 else "[spatie]" if aan_de_rand else " ")
            plaats = eind
            continue
        uit.append(f"[U+{ord(teken):04X}]" if unicodedata.category(teken)[0] in "CZ" else teken)
        plaats += 1
    return "".join(uit)


def told_apart(naam: str, namen: Iterable[str]) -> tuple[str, str] | None:
    """The first of ``namen`` that looks like ``naam`` and is not, and what differs (Dutch); None when none does."""
    for ander in namen:
        if ander == naam:
            continue
        verschillen = []
        if _shown(naam) != _shown(ander):
            verschillen.append("hoofdletters")
        if _white(naam) != _white(ander):
            verschillen.append("spaties")
        if _unseen(naam) != _unseen(ander):
            verschillen.append("onzichtbare tekens")
        if _shown(naam).casefold() == _shown(ander).casefold():
            return ander, " en ".join(verschillen) or "de manier waarop een accent is geschreven"
    return None


def _shown(naam: str) -> str:
    """What the eye sees of ``naam``, apart from white space."""
    return "".join(teken for teken in unicodedata.normalize("NFC", naam) if unicodedata.category(teken)[0] not in "CZ")


def _white(naam: str) -> list[str]:
    return [teken for teken in naam if unicodedata.category(teken)[0] == "Z" or teken.isspace()]


def _unseen(naam: str) -> list[str]:
    return [teken for teken in naam if unicodedata.category(teken)[0] == "C" and not teken.isspace()]
