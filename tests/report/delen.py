"""What tests of compared figures read from a part, and how they make one from a few rows."""

from kopanalyse.periode import Periode
from kopanalyse.report.cijfers.view import Cijfers
from kopanalyse.settings import load_settings
from kopanalyse.statistics import wilson
from tests.catalogus import INDICATOREN

EENHEDEN = ("aantal", "uren", "aandeel", "gemiddelde", "per_1000")


def rijen(deel):
    return {rij.kop: list(rij.waarden) for rij in deel.tabel.rijen}


def tekst(waarde):
    return getattr(waarde, "waarde", waarde)


def from_frame(frame, tmp_path, *rijen_, jaar=2019, team="alle"):
    lang = frame(*rijen_)
    aandeel = lang["indicator"].isin([i.naam for i in INDICATOREN.values() if i.eenheid == "aandeel"])
    lang.loc[aandeel, "ondergrens"], lang.loc[aandeel, "bovengrens"] = (
        grens[aandeel] for grens in wilson(lang["teller"].astype(float), lang["noemer"].astype(float))
    )
    return Cijfers(lang, load_settings("dekop", tmp_path), Periode(jaar), team, tmp_path)
