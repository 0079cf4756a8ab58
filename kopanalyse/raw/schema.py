"""The data dictionary: every table and column of a registration, as code.

Reading, checking, the demonstration registration and ``data/raw/README.md`` all follow this one description.
A column says what it holds, not what is done with it; the rules stand in ``kopanalyse.checked``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SOORTEN = {
    "tekst": "tekst",
    "code": "code uit een lijst",
    "datum": "datum (2019-03-31 of 31-03-2019)",
    "geheel": "geheel getal, 0 of meer",
    "decimaal": "getal, met . of ,",
    "ja_nee": "ja/nee, true/false of 1/0",
}

ALLE, TOTAAL, ONBEKEND = "alle", "totaal", "onbekend"
"""The words that stand for every team, for all categories together, and for what a row does not say."""


@dataclass(frozen=True)
class Kolom:
    """One column of a table.

    ``soort`` is a key of ``SOORTEN``. ``codelijst`` names a list in the settings; ``kernen`` is the one list that is a
    table of the registration itself. ``verwijst_naar`` names the table whose key the value must be. ``categorie``
    marks free text that becomes a category in the figures, ``team`` the column that holds a team: in those the words
    ``totaal`` and ``alle`` are taken. ``bereik`` is the lowest and highest value, ``ook`` a value allowed beside it.
    """

    naam: str
    soort: str
    betekenis: str
    verplicht: bool = False
    codelijst: str = ""
    verwijst_naar: str = ""
    categorie: bool = False
    team: bool = False
    bereik: tuple[int, int] | None = None
    ook: int | None = None
    standaard: str | None = None

    @property
    def woordenlijst(self) -> str:
        """Under which name the settings know other ways to write its values: its code list, or else itself."""
        return self.codelijst if self.codelijst and self.codelijst != "kernen" else self.naam


@dataclass(frozen=True)
class Tabel:
    """One table: what a row is, its columns and, where it has one, the column that is its unique key."""

    naam: str
    rij: str
    kolommen: tuple[Kolom, ...]
    sleutel: str = ""

    def __getitem__(self, kolom: str) -> Kolom:
        return next(k for k in self.kolommen if k.naam == kolom)

    @property
    def verplicht(self) -> tuple[str, ...]:
        """Names of the columns that a file must have."""
        return tuple(k.naam for k in self.kolommen if k.verplicht)

    @property
    def ouder(self) -> Kolom | None:
        """The column that refers to another table, if there is one."""
        return next((k for k in self.kolommen if k.verwijst_naar), None)


def _tekst(naam: str, betekenis: str, **meer) -> Kolom:
    return Kolom(naam, "tekst", betekenis, **meer)


def _sleutel(naam: str, betekenis: str) -> Kolom:
    return Kolom(naam, "tekst", betekenis, verplicht=True)


def _verwijzing(naam: str, tabel: str) -> Kolom:
    return Kolom(naam, "tekst", f"verwijst naar {tabel}", verplicht=True, verwijst_naar=tabel)


def _code(naam: str, betekenis: str, codelijst: str = "", **meer) -> Kolom:
    return Kolom(naam, "code", betekenis, codelijst=codelijst or naam, **meer)


def _datum(naam: str, betekenis: str, **meer) -> Kolom:
    return Kolom(naam, "datum", betekenis, **meer)


def _geheel(naam: str, betekenis: str, **meer) -> Kolom:
    return Kolom(naam, "geheel", betekenis, **meer)


def _decimaal(naam: str, betekenis: str, **meer) -> Kolom:
    return Kolom(naam, "decimaal", betekenis, **meer)


def _ja_nee(naam: str, betekenis: str) -> Kolom:
    return Kolom(naam, "ja_nee", betekenis)


_ALLE_TABELLEN = (
    Tabel(
        "klanten",
        "een klant",
        sleutel="klant_id",
        kolommen=(
            _sleutel("klant_id", "kenmerk van de klant"),
            _datum("geboortedatum", "geboortedatum"),
            _code("geslacht", "geslacht"),
            _code("kern", "dorp of wijk waar de klant woont", "kernen"),
        ),
    ),
    Tabel(
        "trajecten",
        "een traject of casus",
        sleutel="traject_id",
        kolommen=(
            _sleutel("traject_id", "kenmerk van het traject"),
            _verwijzing("klant_id", "klanten"),
            _tekst("team", "team dat het traject uitvoert", team=True),
            _code("trajectsoort", "soort traject", verplicht=True),
            _code("dienstverlening", "kort contact of casus, zoals de medewerker het registreert"),
            _datum("aanmelddatum", "dag van aanmelding"),
            _datum("startdatum", "eerste dag van het traject", verplicht=True),
            _datum("einddatum", "laatste dag van het traject; leeg = loopt nog"),
            _code("aanmeldroute", "hoe de klant binnenkwam"),
            _tekst("verwijzer", "wie verwees; een onderdeel staat achter ' > '", categorie=True),
            _geheel("geschat_aantal_gesprekken", "schatting van het aantal gesprekken, bij de start geregistreerd"),
            _ja_nee("onafhankelijke_clientondersteuning", "is er onafhankelijke cliëntondersteuning"),
            _ja_nee("netwerk_gevraagd", "is het sociale netwerk gevraagd mee te denken"),
            _tekst("reden_geen_netwerk", "waarom het netwerk niet gevraagd is", categorie=True),
            _tekst("reden_beeindiging", "waarom het traject eindigde", categorie=True),
            _tekst("doorverwezen_naar", "waarheen de klant na afsluiting verwezen is", categorie=True),
            _datum("geregistreerd_op", "dag waarop de rij in het systeem kwam"),
        ),
    ),
    Tabel(
        "contacten",
        "een contact binnen een traject",
        sleutel="contact_id",
        kolommen=(
            _sleutel("contact_id", "kenmerk van het contact"),
            _verwijzing("traject_id", "trajecten"),
            _datum("datum", "dag van het contact", verplicht=True),
            _code("vorm", "vorm van het contact"),
            _geheel("minuten", "duur in minuten"),
        ),
    ),
    Tabel(
        "zrm_metingen",
        "één domein van de Zelfredzaamheid-Matrix, op één moment gescoord",
        kolommen=(
            _verwijzing("traject_id", "trajecten"),
            _code("moment", "moment van de meting", verplicht=True),
            _datum("datum", "dag van de meting", verplicht=True),
            _code("domein", "ZRM-domein", verplicht=True),
            _geheel(
                "score",
                "1 acute problematiek … 5 volledig zelfredzaam; 99 = niet besproken",
                verplicht=True,
                bereik=(1, 5),
                ook=99,
            ),
            _ja_nee("hoofddomein", "werkt de medewerker aan dit domein"),
            _geheel("doelscore", "score die het traject wil bereiken", bereik=(1, 5)),
            _code("zrm_versie", "versie van de ZRM", standaard="2013"),
        ),
    ),
    Tabel(
        "hulpvragen",
        "één hulpvraag binnen een traject",
        kolommen=(
            _verwijzing("traject_id", "trajecten"),
            _tekst("hulpvraag", "soort hulpvraag", verplicht=True, categorie=True),
            _tekst("thema", "thema", categorie=True),
            _tekst("effect", "maatschappelijk effect", categorie=True),
        ),
    ),
    Tabel(
        "informatie_en_advies",
        "één anonieme korte vraag",
        sleutel="vraag_id",
        kolommen=(
            _sleutel("vraag_id", "kenmerk van de vraag"),
            _datum("datum", "dag van de vraag", verplicht=True),
            _tekst("team", "team dat de vraag beantwoordde", team=True),
            _code("domein", "ZRM-domein"),
            _ja_nee("direct_doorverwezen", "direct naar een andere organisatie verwezen"),
            _code("bron", "waar de vraag geregistreerd is"),
        ),
    ),
    Tabel(
        "collectieve_activiteiten",
        "een groepsactiviteit",
        sleutel="activiteit_id",
        kolommen=(
            _sleutel("activiteit_id", "kenmerk van de activiteit"),
            _tekst("naam", "naam van de activiteit", verplicht=True),
            _tekst("team", "team dat de activiteit uitvoert", team=True),
            _datum("startdatum", "eerste dag van de activiteit", verplicht=True),
            _tekst("leeftijdsgroep", "voor welke leeftijd de activiteit is (niet per deelnemer)", categorie=True),
            _tekst("thema", "thema", categorie=True),
            _tekst("effect", "maatschappelijk effect", categorie=True),
        ),
    ),
    Tabel(
        "bijeenkomsten",
        "één bijeenkomst van een activiteit",
        sleutel="bijeenkomst_id",
        kolommen=(
            _sleutel("bijeenkomst_id", "kenmerk van de bijeenkomst"),
            _verwijzing("activiteit_id", "collectieve_activiteiten"),
            _datum("datum", "dag van de bijeenkomst", verplicht=True),
            _geheel("aantal_deelnemers", "getelde deelnemers; leeg = niet geteld"),
        ),
    ),
    Tabel(
        "deelnames",
        "een bekende deelnemer aan een activiteit",
        kolommen=(
            _verwijzing("activiteit_id", "collectieve_activiteiten"),
            _tekst("deelnemer_id", "kenmerk van de deelnemer", verplicht=True),
            _datum("datum", "dag van deelname", verplicht=True),
        ),
    ),
    Tabel(
        "netwerkparticipanten",
        "iemand uit het netwerk van de klant die meehelpt",
        kolommen=(
            _verwijzing("traject_id", "trajecten"),
            _tekst("participant_id", "kenmerk van de participant", verplicht=True),
        ),
    ),
    Tabel(
        "schoolmaatschappelijk_werk",
        "een casus of vraag op een school",
        sleutel="registratie_id",
        kolommen=(
            _sleutel("registratie_id", "kenmerk van de registratie"),
            _tekst("school", "school", verplicht=True, categorie=True),
            _datum("datum", "dag", verplicht=True),
            _code("soort", "casus of vraag", "soort_schoolmaatschappelijk_werk", verplicht=True),
        ),
    ),
    Tabel(
        "vip",
        "een gebeurtenis bij het vrijwilligerspunt (VIP)",
        sleutel="gebeurtenis_id",
        kolommen=(
            _sleutel("gebeurtenis_id", "kenmerk van de gebeurtenis"),
            _datum("datum", "dag", verplicht=True),
            _code("soort", "soort gebeurtenis", "soort_vip", verplicht=True),
        ),
    ),
    Tabel(
        "informele_ondersteuning",
        "een jaartelling van een vrijwilligersdienst",
        kolommen=(
            _geheel("jaar", "jaar van de telling", verplicht=True),
            _tekst("onderdeel", "vrijwilligersdienst", verplicht=True, categorie=True),
            _tekst("maat", "wat geteld is", verplicht=True, categorie=True),
            _tekst("categorie", "onderverdeling van de maat", categorie=True),
            _geheel("aantal", "aantal", verplicht=True),
        ),
    ),
    Tabel(
        "klanttevredenheid",
        "een uitnodiging voor het onderzoek na een afgesloten traject",
        sleutel="uitnodiging_id",
        kolommen=(
            _sleutel("uitnodiging_id", "kenmerk van de uitnodiging"),
            _verwijzing("traject_id", "trajecten"),
            _code("verzendstatus", "is de uitnodiging verzonden, en zo nee waarom niet", verplicht=True),
            _datum("verzonden_op", "dag van verzending"),
            _datum("ingevuld_op", "dag waarop het antwoord kwam"),
        ),
    ),
    Tabel(
        "kto_antwoorden",
        "één antwoord in het klanttevredenheidsonderzoek",
        kolommen=(
            _verwijzing("uitnodiging_id", "klanttevredenheid"),
            _tekst("vraag", "vraag", verplicht=True, categorie=True),
            _code("soort", "soort antwoord", "soort_kto", verplicht=True),
            _decimaal("waarde", "1 tot en met 10 voor een rapportcijfer, anders 0 of 1", verplicht=True),
        ),
    ),
    Tabel(
        "productie_uren",
        "uren van een functie in een maand",
        kolommen=(
            _datum("maand", "eerste dag van de maand", verplicht=True),
            _tekst("functie", "functie", verplicht=True, categorie=True),
            _decimaal("uren", "uren", verplicht=True),
        ),
    ),
    Tabel(
        "overige_dienstverlening",
        "een dienst buiten het hoofdcontract",
        sleutel="registratie_id",
        kolommen=(
            _sleutel("registratie_id", "kenmerk van de registratie"),
            _tekst("soort", "soort dienst", verplicht=True, categorie=True),
            _datum("startdatum", "eerste dag", verplicht=True),
            _datum("einddatum", "laatste dag; leeg = loopt nog"),
        ),
    ),
    Tabel(
        "formulierenbrigade",
        "één bezoek aan de formulierenbrigade",
        sleutel="bezoek_id",
        kolommen=(
            _sleutel("bezoek_id", "kenmerk van het bezoek"),
            _tekst("klant_id", "kenmerk van de klant", verplicht=True),
            _datum("datum", "dag van het bezoek", verplicht=True),
        ),
    ),
    Tabel(
        "kernen",
        "een dorp of wijk",
        sleutel="kern",
        kolommen=(
            Kolom("kern", "tekst", "naam van het dorp of de wijk", verplicht=True, categorie=True),
            _tekst("gemeente", "gemeente"),
            _tekst("team", "team dat er werkt", team=True),
            _geheel("inwoners", "aantal inwoners"),
            _decimaal("breedtegraad", "breedtegraad (WGS84)"),
            _decimaal("lengtegraad", "lengtegraad (WGS84)"),
        ),
    ),
)

TABELLEN: dict[str, Tabel] = {tabel.naam: tabel for tabel in _ALLE_TABELLEN}


def ouders_eerst() -> Iterator[Tabel]:
    """All tables, each after the table that it refers to, so that a child can be held against its checked parent."""
    gezien: set[str] = set()
    te_gaan = list(TABELLEN.values())
    while te_gaan:
        tabel = te_gaan.pop(0)
        if tabel.ouder and tabel.ouder.verwijst_naar not in gezien:
            te_gaan.append(tabel)
            continue
        gezien.add(tabel.naam)
        yield tabel


# What is no code and may yet be written in more ways than one: teams, kernen, and free text that becomes a category.
VRIJE_WOORDEN = tuple(
    dict.fromkeys(
        kolom.woordenlijst
        for tabel in TABELLEN.values()
        for kolom in tabel.kolommen
        if kolom.categorie or kolom.team or kolom.codelijst == "kernen"
    )
)

TYPEN = {
    "tekst": "string",
    "code": "string",
    "datum": "date",
    "geheel": "int64",
    "decimaal": "float64",
    "ja_nee": "boolean",
}


def column_types(tabel: Tabel) -> dict[str, str]:
    """Type of each column of the clean table, as the engine names types."""
    return {kolom.naam: TYPEN[kolom.soort] for kolom in tabel.kolommen}
