"""The pipeline on one screen: demo → check → compute → report or publish; ``sql`` shows what compute runs.

Every command works on one organisation and on three folders. Messages are Dutch. Exit code 2: the command was not
understood or asks for something that is not there; 1: the data or a notebook stopped the run.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kopanalyse.busy import busy
from kopanalyse.engine.query import cache_file
from kopanalyse.errors import AFGEBROKEN, IS_AFGEBROKEN, UserError, disk_is_full, reason, suggestion
from kopanalyse.files import recover, sweep
from kopanalyse.periode import Periode, PeriodeError, years_in

if TYPE_CHECKING:
    from kopanalyse.publish.run import Opdracht

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)

Organisatie = Annotated[str, typer.Option(help="Organisatie, bijvoorbeeld dekop.")]
Raw = Annotated[Path, typer.Option(help="Map met per organisatie een map ruwe tabellen.")]
Processed = Annotated[Path, typer.Option(help="Map voor gecontroleerde tabellen en cijfers.")]
Reports = Annotated[Path, typer.Option(help="Map voor de rapporten.")]
Notebooks = Annotated[Path, typer.Option(help="Map met de notebooks.")]
Jaar = Annotated[list[str] | None, typer.Option(help="Verslagjaar; mag vaker. Anders de jaren uit de instellingen.")]
Team = Annotated[
    list[str] | None, typer.Option(help="Team, of alle voor de hele organisatie; mag vaker. Anders alle teams.")
]
Schaal = Annotated[int, typer.Option(help="Hoe vaak de registratie erin staat, om met veel rijen te meten.")]
Rekenmachine = Annotated[str, typer.Option("--engine", help="Waarmee gerekend wordt: duckdb of spark.")]
SparkMaster = Annotated[
    str | None,
    typer.Option(
        help="Adres van Spark, zoals local[2] of spark://host:7077. Anders deze computer, met alle processoren."
    ),
]
Werkers = Annotated[
    int,
    typer.Option(min=0, help="Hoeveel notebooks tegelijk draaien; 0: zoveel als er processoren en geheugen voor zijn."),
]
Cluster = Annotated[
    str,
    typer.Option(
        help="Adres van een Dask-scheduler, bijvoorbeeld tcp://adres:8786: de notebooks "
        "draaien dan op de werkers daarvan. Die moeten dezelfde mappen zien."
    ),
]
Publicaties = Annotated[Path, typer.Option(help="Map voor wat naar buiten gaat.")]
Editie = Annotated[
    str, typer.Option(help="Naam van de editie, bijvoorbeeld 2019-1. Anders het laatste jaar met een volgnummer.")
]
Proef = Annotated[bool, typer.Option("--proef", help="Schrijf niets; zeg wat er verborgen zou worden, en waarom.")]
AlleenPaginas = Annotated[
    bool,
    typer.Option("--alleen-paginas", help="Maak alleen de pagina's opnieuw, van de tabel die al gepubliceerd is."),
]
Herzien = Annotated[
    list[str] | None, typer.Option(help="Definitief jaar waarvan de cijfers toch veranderen; mag vaker. Met --reden.")
]
Reden = Annotated[str, typer.Option(help="Waarom een definitief jaar herzien wordt; dit staat bij de editie.")]
Opnieuw = Annotated[
    bool,
    typer.Option(
        "--opnieuw", help="Begin opnieuw, met andere instellingen dan de vorige editie: die wordt niet meer onthouden."
    ),
]
Toch = Annotated[bool, typer.Option("--toch", help="Ga door, ook als te veel van een tabel in quarantaine staat.")]
TochVerouderd = Annotated[
    bool,
    typer.Option("--toch", help="Ga door, ook als de cijfers ouder zijn dan de registratie; het staat op de pagina's."),
]
Alles = Annotated[bool, typer.Option("--alles", help="Maak alles opnieuw, ook waar niets aan veranderd is.")]
Figuren = Annotated[
    bool, typer.Option("--figuren", help="Maak ook van elke figuur een los plaatje (PNG en SVG), voor een presentatie.")
]
Word = Annotated[bool, typer.Option("--word", help="Maak ook van elk rapport een Word-document.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="Maak ook van elk rapport een PDF, met Chromium, Chrome of Edge.")]
Zip = Annotated[
    bool,
    typer.Option("--zip", help="Maak ook van elk jaar en team één bestand om te versturen, waarin elke link werkt."),
]
Vorm = Annotated[
    str,
    typer.Option(
        help="eigen: de tabellen van kopanalyse; export: zoals een cliëntsysteem ze geeft, met een koppeling."
    ),
]
Ontwerp = Annotated[
    bool, typer.Option("--ontwerp", help="Maak een eerste koppeling.toml met codelijsten, om te verbeteren.")
]
Toets = Annotated[bool, typer.Option("--toets", help="Laat zien wat de koppeling met deze levering doet.")]
Neem = Annotated[str, typer.Option(help="Neem een koppeling over die klaarligt, zoals ggm-sociale-teams.")]
SCHIJF_VOL = (
    "Niet gelukt: de schijf is vol, of uw deel ervan. Wat er stond, is nog heel. Maak ruimte en probeer opnieuw."
)
RAW, PROCESSED, REPORTS, NOTEBOOKS = Path("data/raw"), Path("data/processed"), Path("reports"), Path("notebooks")
PUBLICATIES = Path("publicaties")


def _show_version(gevraagd: bool) -> None:
    if gevraagd:
        print(f"kopanalyse {version('kopanalyse')}")
        raise typer.Exit()


Versie = Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Toon de versie.")]


def _alone(commando: Callable[..., None]) -> Callable[..., None]:
    """The command, run while no other works on the processed data of its organisation; a UserError when one does.

    What a command that was killed left half is undone first.
    """

    @wraps(commando)
    def alone(*, organisatie: str, raw: Path, processed: Path, **verder: Any) -> None:
        from kopanalyse.settings import load_settings

        map_ = processed / load_settings(organisatie, raw).organisatie
        with busy(map_, commando.__name__.lstrip("_")):
            recover(map_)
            sweep(map_)
            commando(organisatie=organisatie, raw=raw, processed=processed, **verder)

    return alone


@app.callback()
def kopanalyse(versie: Versie = False) -> None:
    """Van ruwe registratie naar cijfers en rapporten voor sociaal werk."""


@app.command()
def demo(organisatie: Organisatie, raw: Raw = RAW, schaal: Schaal = 1, vorm: Vorm = "eigen") -> None:
    """Maak de demonstratieregistratie (synthetisch), als er nog geen registratie is."""
    from kopanalyse.demo import write_demo

    doel = raw / organisatie
    with _progress("Demonstratie") as meld:
        write_demo(organisatie, doel, schaal, meld, vorm)
    print(f"Demonstratieregistratie (synthetisch) staat in {doel}")


@app.command()
def bron(
    organisatie: Organisatie,
    raw: Raw = RAW,
    processed: Processed = PROCESSED,
    ontwerp: Ontwerp = False,
    toets: Toets = False,
    neem: Neem = "",
) -> None:
    """Toon wat er in bron/ staat, zonder persoonsgegevens; of begin aan een koppeling, of probeer haar."""
    if ontwerp + toets + bool(neem) > 1:
        raise UserError("Verwacht wordt hooguit één van --ontwerp, --toets en --neem.")
    map_ = raw / _folder_name(organisatie)
    # looking at exports leaves nothing behind, and may go on beside anything
    alleen = busy(processed / organisatie, "bron") if ontwerp or toets or neem else nullcontext()
    with alleen:
        sweep(map_)
        if neem:
            from kopanalyse.koppelingen import take

            for pad in take(neem, map_):
                print(f"{pad} is neergezet.")
        elif toets:
            from kopanalyse.raw.bron.trial import trial

            print("\n".join(trial(map_, processed / organisatie)))
        else:
            _show_exports(organisatie, raw, map_, ontwerp)


def _show_exports(organisatie: str, raw: Path, map_: Path, ontwerp: bool) -> None:
    """Tell what stands in bron/, or (``ontwerp``) write a first koppeling for it."""
    from kopanalyse.raw.bron.scan import lines, scan

    vellen = list(scan(map_))
    if not ontwerp:
        print("\n".join(lines(vellen)))
        return
    from kopanalyse.raw.bron.draft import write_draft
    from kopanalyse.settings import known_organisations, load_settings, standard_settings

    bekend = organisatie in known_organisations(raw)
    settings = load_settings(organisatie, raw) if bekend else standard_settings(organisatie)
    codes = {naam: (*lijst, *settings.synoniemen.get(naam, ())) for naam, lijst in settings.codelijsten.items()}
    for pad in write_draft(map_, vellen, codes):
        print(f"{pad} is gemaakt; controleer elke regel.")
    if not bekend:
        print(f"Maak ook {map_ / 'organisatie.toml'}, met minstens naam en jaren.")


@app.command()
@_alone
def check(organisatie: Organisatie, raw: Raw = RAW, processed: Processed = PROCESSED, toch: Toch = False) -> None:
    """Controleer de ruwe tabellen: schone tabellen, quarantaine en bevindingen."""
    _check(organisatie, raw, processed, toch)


@app.command()
@_alone
def compute(
    organisatie: Organisatie,
    jaar: Jaar = None,
    raw: Raw = RAW,
    processed: Processed = PROCESSED,
    engine: Rekenmachine = "duckdb",
    spark_master: SparkMaster = None,
    toch: Toch = False,
) -> None:
    """Controleer de ruwe tabellen en bereken alle indicatoren."""
    jaren, open_engine = _years(jaar), _engine(engine, spark_master)
    settings = _check(organisatie, raw, processed, toch)
    from kopanalyse.indicators.catalogue import load_definitions
    from kopanalyse.indicators.compute import compute as compute_figures

    definities = load_definitions(settings, raw)
    for bron in definities.bronnen:
        print(f"Let op: er draait code van buiten kopanalyse: {bron.naam} ({bron.merk}).", file=sys.stderr)
    let_op: list[str] = []
    with _progress(f"Berekenen met {engine}") as meld:
        cijfers = compute_figures(
            settings,
            processed,
            jaren,
            definities=definities,
            meld=meld,
            zeg=let_op.append,
            open_engine=open_engine,
            queries=cache_file(f"compute-{engine}", organisatie),
        )
    for zin in let_op:
        print(f"Let op: {zin}", file=sys.stderr)
    vreemd = [naam for naam in cijfers.team.unique() if naam not in (*settings.teams, "alle", "onbekend")]
    if settings.teams and vreemd:
        print(
            f"Let op: niet in de instellingen, wel in de registratie: team {', '.join(vreemd)}. Is dat een andere "
            "schrijfwijze van een bestaand team, herstel het dan in de registratie.",
            file=sys.stderr,
        )
    from kopanalyse.report.cijfers.candidates import possible_breaks

    for zin in possible_breaks(cijfers, settings, processed / organisatie, definities):
        print(f"Let op: {zin}", file=sys.stderr)
    aantal = f"{len(cijfers):,}".replace(",", ".")
    print(
        f"{aantal} cijfers over {', '.join(map(str, years_in(cijfers.jaar)))} staan in "
        f"{processed / organisatie / 'cijfers.csv'}"
    )


@app.command()
@_alone
def report(
    organisatie: Organisatie,
    jaar: Jaar = None,
    team: Team = None,
    raw: Raw = RAW,
    processed: Processed = PROCESSED,
    reports: Reports = REPORTS,
    notebooks: Notebooks = NOTEBOOKS,
    werkers: Werkers = 0,
    cluster: Cluster = "",
    alles: Alles = False,
    toch: TochVerouderd = False,
    figuren: Figuren = False,
    word: Word = False,
    pdf: Pdf = False,
    zip: Zip = False,
) -> None:
    """Voer de notebooks uit per jaar en team en maak de HTML-rapporten: alleen waar iets aan veranderd is."""
    from kopanalyse.report.build.build import build
    from kopanalyse.settings import load_settings

    settings = load_settings(organisatie, raw)
    with _progress("Rapporten") as meld:
        uitkomst = build(
            settings,
            raw=raw,
            processed=processed,
            reports=reports,
            notebooks=notebooks,
            jaren=_years(jaar),
            teams=team or [],
            werkers=werkers,
            cluster=cluster,
            alles=alles,
            toch=toch,
            ook=[naam for naam, ja in {"figuren": figuren, "word": word, "pdf": pdf, "zip": zip}.items() if ja],
            voortgang=meld,
            queries=cache_file("handboek", organisatie),
        )
    for let_op in uitkomst.let_op:
        print(f"Let op: {let_op}", file=sys.stderr)
    for mislukt in uitkomst.mislukt:
        print(mislukt, file=sys.stderr)
    for pad in uitkomst.vast:
        print(
            f"{pad} kon niet vervangen worden en is dus oud; staat het nog open, bijvoorbeeld in Excel? Sluit het en "
            "maak de rapporten opnieuw.",
            file=sys.stderr,
        )
    gemaakt, gelaten, mislukt = len(uitkomst.gemaakt), len(uitkomst.gelaten), len(uitkomst.mislukt)
    paginas = "pagina" if gemaakt == 1 else "pagina's"
    klopten = f", {gelaten} {'klopte' if gelaten == 1 else 'klopten'} nog" if gelaten else ""
    print(f"{gemaakt} {paginas} gemaakt{klopten}. Open {uitkomst.index}")
    if mislukt:
        welke = "notebook" if mislukt == 1 else "notebooks"
        print(
            f"{mislukt} {welke} mislukt. Een oude pagina daarvan die niet meer klopt, is weggehaald uit {reports}, met "
            "de pagina voor druk en het Excel-bestand van dat jaar en team.",
            file=sys.stderr,
        )
    if mislukt or uitkomst.vast:
        raise typer.Exit(1)


@app.command()
def publish(
    organisatie: Organisatie,
    jaar: Jaar = None,
    editie: Editie = "",
    proef: Proef = False,
    alleen_paginas: AlleenPaginas = False,
    publicaties: Publicaties = PUBLICATIES,
    herzien: Herzien = None,
    reden: Reden = "",
    opnieuw: Opnieuw = False,
    raw: Raw = RAW,
    processed: Processed = PROCESSED,
    notebooks: Notebooks = NOTEBOOKS,
    werkers: Werkers = 0,
    toch: Toch = False,
    figuren: Figuren = False,
) -> None:
    """Maak een editie die naar buiten kan: verborgen, afgerond, aangevallen en bewezen, met haar pagina's."""
    from kopanalyse.publish.run import Opdracht, pages_only

    opdracht = Opdracht(
        editie=editie,
        proef=proef,
        herzien=_years(herzien, "--herzien"),
        reden=reden,
        opnieuw=opnieuw,
        raw=raw,
        processed=processed,
        publicaties=publicaties,
        notebooks=notebooks,
        werkers=werkers,
        ook=["figuren"] if figuren else [],
    )
    opdracht.check()
    if alleen_paginas:
        if proef or jaar or herzien or opnieuw:
            raise UserError("--alleen-paginas gaat niet samen met --proef, --jaar, --herzien of --opnieuw.")
        eigen = processed / _folder_name(organisatie)  # there need not be any
        alleen = busy(eigen, "publish") if os.access(eigen, os.W_OK) else nullcontext()
        with alleen, _progress("Pagina's") as meld:
            print(pages_only(organisatie, opdracht, meld))
        return
    _publish(organisatie=organisatie, raw=raw, processed=processed, jaren=_years(jaar), toch=toch, opdracht=opdracht)


@_alone
def _publish(
    organisatie: str, raw: Path, processed: Path, jaren: Sequence[Periode], toch: bool, opdracht: Opdracht
) -> None:
    """Check, compute, and make the edition that was asked for."""
    from kopanalyse.publish.run import publish as make_edition

    settings = _check(organisatie, raw, processed, toch)
    from kopanalyse.indicators.catalogue import load_definitions
    from kopanalyse.indicators.compute import compute as compute_figures

    definities = load_definitions(settings, raw)
    with _progress("Publiceren") as meld:
        cijfers = compute_figures(
            settings,
            processed,
            jaren,
            definities=definities,
            meld=meld,
            queries=cache_file("compute-duckdb", organisatie),
        )
        uitkomst = make_edition(cijfers, settings, definities, opdracht, meld)
    print(uitkomst)


@app.command()
def sql(
    indicator: str,
    organisatie: Organisatie = "dekop",
    jaar: Jaar = None,
    raw: Raw = RAW,
    processed: Processed = PROCESSED,
) -> None:
    """Toon de query van een indicator, zoals compute hem draait: uit te voeren met DuckDB."""
    from kopanalyse.indicators.catalogue import load_definitions
    from kopanalyse.indicators.sql import script
    from kopanalyse.settings import load_settings

    settings = load_settings(organisatie, raw)
    bekend = load_definitions(settings, raw).indicatoren
    if indicator not in bekend:
        raise UserError(
            f"Indicator {indicator} bestaat niet.{suggestion(indicator, bekend)} Mogelijk zijn: {', '.join(bekend)}."
        )
    print(script(bekend[indicator], settings, processed, _years(jaar)))


def _folder_name(organisatie: str) -> str:
    """``organisatie`` as the name of its folder; a UserError when it cannot be one."""
    if not re.fullmatch(r"[A-Za-z0-9][\w-]*", organisatie):
        raise UserError(f"Organisatie {organisatie!r} kan geen mapnaam zijn: gebruik letters, cijfers, - of _.")
    return organisatie


def _check(organisatie: str, raw: Path, processed: Path, toch: bool):
    """Check one organisation, say what was found, and return its settings.

    A table of which too much is in quarantine stops the run (exit code 1), unless ``toch``; what was checked is there.
    """
    from kopanalyse.checked.check import check as check_tables
    from kopanalyse.settings import load_settings

    settings = load_settings(organisatie, raw)
    with _progress("Controleren") as meld:
        controle = check_tables(
            settings, raw, processed, meld=lambda tabel: meld(tabel, 0, 0), queries=cache_file("check", organisatie)
        )
    for notitie in controle.notities:
        print(f"Let op: {notitie}", file=sys.stderr)
    print(f"{controle} Lees {processed / organisatie / 'bevindingen.csv'}")
    for verlies in controle.verlies:
        print(verlies, file=sys.stderr)
    if controle.te_veel:
        grens = f"{settings.controle.quarantaine_stop:.0%}".replace("%", " procent")
        waar = " en ".join(controle.te_veel)
        print(
            f"Van {waar} staat meer dan {grens} in quarantaine; cijfers daarover zouden niet kloppen. Herstel de "
            f"registratie, of ga met --toch verder met wat overblijft.",
            file=sys.stderr,
        )
        if not toch:
            raise typer.Exit(1)
    return settings


def _engine(naam: str, spark_master: str | None):
    """What opens the engine ``naam``; a UserError when there is no such engine, or not on this machine."""
    if naam == "spark":
        from kopanalyse.engine.spark import LOKAAL, spark

        return spark(spark_master or LOKAAL)
    if naam != "duckdb":
        raise UserError(
            f"--engine {naam} bestaat niet.{suggestion(naam, ['duckdb', 'spark'])} Mogelijk zijn: duckdb, spark."
        )
    if spark_master:
        raise UserError(f"--spark-master {spark_master} hoort bij --engine spark.")
    from kopanalyse.engine.duckdb import Engine

    return Engine


def _years(jaar: Sequence[str] | None, optie: str = "--jaar") -> list[Periode]:
    """The report periods that ``optie`` names, each once, in their order; a UserError for what is no year."""
    fout = [tekst for tekst in jaar or [] if not re.fullmatch("[0-9]{4}", tekst)]
    if fout:
        raise UserError(f"{optie} {fout[0]} is geen jaartal; verwacht wordt bijvoorbeeld {optie} 2019.")
    try:
        return sorted({Periode.parse(tekst) for tekst in jaar or []})
    except PeriodeError as geen:
        raise UserError(f"{optie} {geen}") from None


@contextmanager
def _progress(titel: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress line on a terminal, nothing when piped; yields ``meld(name, done, total)``."""
    if not sys.stderr.isatty():
        yield lambda naam, gedaan, totaal: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as voortgang:
        taak = voortgang.add_task(titel, total=None)
        yield lambda naam, gedaan, totaal: voortgang.update(
            taak, description=f"{titel}: {naam}" if naam else titel, completed=gedaan, total=totaal or None
        )


def _in_dutch(fout: Any) -> str:
    """What the command line library says about a wrong call, in Dutch and with what is possible."""
    soort, commando = type(fout).__name__, getattr(fout, "ctx", None) and fout.ctx.command
    opties = [optie for deel in getattr(commando, "params", []) for optie in deel.opts if optie.startswith("--")]
    mogelijk = f" Mogelijk zijn: {', '.join(opties)}." if opties else ""
    if soort == "NoSuchOption":
        return f"De optie {fout.option_name} bestaat niet.{suggestion(fout.option_name, opties)}{mogelijk}"
    if soort == "MissingParameter":
        return f"{fout.param.opts[0]} ontbreekt.{mogelijk}"
    if soort == "BadOptionUsage":
        return f"De optie {fout.option_name} heeft een waarde nodig."
    if soort == "BadParameter" and isinstance(fout.param.get_default(fout.ctx), Path):  # the library looks at folders
        map_ = re.search("'(.+)'", fout.message)
        return f"{fout.param.opts[0]} {map_[1] if map_ else ''}: geen toegang."
    if soort == "BadParameter":  # of the rest it only reads whole numbers; it keeps the value in what went wrong
        fouten = getattr(fout.__cause__, "errors", list)()
        gegeven = f" {fouten[0]['input']}" if fouten else ""
        return f"{fout.param.opts[0]}{gegeven} kan niet; verwacht wordt een positief geheel getal."
    commandos = list(getattr(commando, "commands", {}))
    if commandos:
        return f"Dat commando bestaat niet. Mogelijk zijn: {', '.join(commandos)}."
    return f"De aanroep klopt niet ({fout.format_message()}).{mogelijk}"


def _about_file(fout: OSError) -> str:
    """What the operating system says about a file or folder, in Dutch where it is one of the usual things."""
    if disk_is_full(fout):
        return SCHIJF_VOL
    if fout.errno is None:
        return str(fout)
    return f"{fout.filename or 'Bestand of map'}: {reason(fout)}."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        uitkomst = app(args=argv, standalone_mode=False, prog_name="kopanalyse")
        if uitkomst == AFGEBROKEN:
            print(IS_AFGEBROKEN, file=sys.stderr)
        return uitkomst if isinstance(uitkomst, int) else 0
    except typer.TyperException as fout:
        if type(fout).__name__ == "NoArgsIsHelpError":
            print(fout.format_message())
        else:
            print(_in_dutch(fout), file=sys.stderr)
        return 2
    except UserError as fout:
        print(fout, file=sys.stderr)
        return fout.exit_code
    except OSError as fout:
        print(_about_file(fout), file=sys.stderr)
        return 1
    except Exception as fout:
        if not disk_is_full(fout):
            raise
        print(SCHIJF_VOL, file=sys.stderr)
        return 1
