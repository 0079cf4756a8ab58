"""Chapter "Persona's en klantreizen": it shows texts of authors only, so that it declares no parts."""

from kopanalyse.report.parts.catalogue import Hoofdstuk

HOOFDSTUK = Hoofdstuk("personas_en_klantreizen", paragrafen=("personas", "klantreizen"))
