"""What the package itself declares, by name, for tests that go through all of it."""

from kopanalyse.indicators.catalogue import own_definitions
from kopanalyse.report.chapters import own_chapters
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.report.parts import catalogue
from kopanalyse.report.parts.part import Onderdeel

INDICATOREN, VOORBEELDEN = own_definitions().indicatoren, own_definitions().voorbeelden
ONDERDELEN = {naam: deel for hoofdstuk in own_chapters().values() for naam, deel in hoofdstuk.onderdelen.items()}
KERNRIJEN = {naam: rij for hoofdstuk in own_chapters().values() for naam, rij in hoofdstuk.kernrijen.items()}
ALINEAS = {naam: alinea for hoofdstuk in own_chapters().values() for naam, alinea in hoofdstuk.alineas.items()}
PARAGRAFEN = {naam: hoofdstuk.paragrafen for naam, hoofdstuk in own_chapters().items()}


def make(naam: str, c: Cijfers) -> Onderdeel:
    """The part of the package with this name."""
    return catalogue.make(ONDERDELEN[naam], c)
