"""What is looked up in a notebook, each as its kind and what names it, and how the build gets to know of it.

A notebook says so itself: while a report is made, its cells carry what was looked up in them (``tell_build``).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

# variable of the environment that ``build`` sets to the name of the notebook: what it shows goes on a page
RAPPORT = "KOPANALYSE_RAPPORT"

# kinds of what is looked up
CIJFERS, BEREKEND, JAAR, BESTAND = "cijfers", "berekend", "jaar", "bestand"
GECONTROLEERD, VEROUDERD = "gecontroleerd", "verouderd"
KANDIDATEN = "kandidaten"  # what may be a break, between which two years: not all that it was looked for in
TOELICHTING, VERHALEN, PERSONAS, KLANTREIZEN = "toelichting", "verhalen", "personas", "klantreizen"
GEOPEND = "geopend"  # not looked up but opened: organisation, and for a report its year and team

GELEZEN = "application/vnd.kopanalyse.gelezen+json"  # the media type of an output that says what was looked up
NIETS = "application/vnd.kopanalyse.niets+json"  # of an output that shows nothing that counts: why, or empty
SLEUTELS = "application/vnd.kopanalyse.sleutels+json"  # of a cell that had rows with keys of clients
Sleutel = tuple[str, ...]  # a kind of what is looked up, and what names it


def tell_build(gelezen: Collection[Sleutel]) -> None:
    """In a notebook: let every cell carry what it adds to ``gelezen``, so that ``build`` finds it in the notebook."""
    from IPython import get_ipython
    from IPython.display import publish_display_data

    verteld: set[Sleutel] = set()

    def tell(*_: Any) -> None:
        if nieuw := sorted(set(gelezen) - verteld):
            verteld.update(nieuw)
            publish_display_data({GELEZEN: nieuw})

    if (shell := get_ipython()) is not None:
        shell.events.register("post_run_cell", tell)


def mark_keys() -> None:
    """In a notebook: let the cell that runs carry that it had rows with keys of clients, so that it is no page."""
    from IPython import get_ipython

    if (shell := get_ipython()) is not None:
        shell.display_pub.publish({SLEUTELS: True})
