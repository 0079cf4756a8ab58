"""How much a file may hold: a file beyond it is damaged or meant to harm, and would take all memory or disk."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass

from kopanalyse.raw.formats.forms import ReadError

MEESTE_ONDERDELEN = 10_000  # files in a zip
HOOGSTE_KOLOM, HOOGSTE_RIJ = 16_384, 1_048_576  # of any workbook
MEESTE_SPATIES = 100_000  # in a row, of which a file says only how many there are; a cell cannot hold a third of it
TEKSTEN_VAN_BOEK = 4  # texts that the cells of a workbook share stand in memory: this part of what may be unpacked
ONDERDEEL_VAN_BOEK = 40  # and what describes a workbook, its sheets and styles, this part
INSTELLING = "Is het bestand goed, verhoog dan in organisatie.toml onder [grenzen]"


@dataclass(frozen=True)
class Grenzen:
    """The limits of an organisation; ``standaard.toml`` says what each means and has the same values."""

    kolommen: int = 2_000
    tekens_per_veld: int = 1_000_000
    uitgepakt_mb: int = 4_000

    def hold_columns(self, bestand: str, aantal: int) -> None:
        """Raises ``ReadError`` for more columns than a table can have."""
        if aantal > self.kolommen:
            raise ReadError(
                f"{bestand} heeft {aantal} kolommen; verwacht worden er hooguit {self.kolommen}. {INSTELLING} kolommen."
            )

    def hold_field(self, bestand: str, waar: str, lengte: int) -> None:
        """Raises ``ReadError`` for a field (or a line that may be one) of more signs than anybody writes."""
        if lengte > self.tekens_per_veld:
            raise ReadError(
                f"{bestand}: {waar} is langer dan {self.tekens_per_veld} tekens; ontbreekt er een regeleinde of een "
                f"aanhalingsteken? {INSTELLING} tekens_per_veld."
            )

    def hold_zip(self, bestand: str, pakket: zipfile.ZipFile) -> None:
        """Raises ``ReadError`` for a zip, or a workbook, that would be far larger unpacked; nothing is unpacked for it.

        No more comes out of a member than it says here.
        """
        leden = pakket.infolist()
        megabytes = sum(lid.file_size for lid in leden) / 1e6
        if len(leden) > MEESTE_ONDERDELEN or megabytes > self.uitgepakt_mb:
            raise ReadError(
                f"{bestand} is uitgepakt {megabytes:.0f} MB, in {len(leden)} bestanden; verwacht wordt hooguit "
                f"{self.uitgepakt_mb} MB in {MEESTE_ONDERDELEN} bestanden. {INSTELLING} uitgepakt_mb."
            )

    def hold_member(self, bestand: str, lid: zipfile.ZipInfo, deel: int) -> None:
        """Raises ``ReadError`` for a part of a workbook that has to be in memory and is larger than a ``deel``-th."""
        if lid.file_size / 1e6 > self.uitgepakt_mb / deel:
            raise ReadError(
                f"{bestand}: het onderdeel {lid.filename} is uitgepakt {lid.file_size / 1e6:.0f} MB; verwacht wordt "
                f"hooguit {self.uitgepakt_mb / deel:.0f} MB. {INSTELLING} uitgepakt_mb."
            )


GRENZEN = Grenzen()
