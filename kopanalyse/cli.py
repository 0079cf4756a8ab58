"""The pipeline on one screen: demo → check → compute → report; ``sql`` shows what compute runs.

Every command works on one organisation and on three folders. Messages are Dutch. Exit code 2: the command was not
understood or asks for something that is not there; 1: the data or a notebook stopped the run.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from kopanalyse.compiled import cache_file
from kopanalyse.errors import UserError, suggestion

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)

Organisatie = Annotated[str, typer.Option(help="Organisatie, bijvoorbeeld dekop.")]
Raw = Annotated[Path, typer.Option(help="Map met per organisatie een map ruwe tabellen.")]
Processed = Annotated[Path, typer.Option(help="Map voor gecontroleerde tabellen en cijfers.")]
Reports = Annotated[Path, typer.Option(help="Map voor de rapporten.")]
Notebooks = Annotated[Path, typer.Option(help="Map met de notebooks.")]
Jaar = Annotated[list[str] | None, typer.Option(help="Verslagjaar; mag vaker. Anders de jaren uit de instellingen.")]
Team = Annotated[list[str] | None, typer.Option(help="Team, of alle voor de hele organisatie; mag vaker. "
                                                     "Anders alle teams.")]
Schaal = Annotated[int, typer.Option(help="Hoe vaak de registratie erin staat, om met veel rijen te meten.")]
Rekenmachine = Annotated[str, typer.Option("--engine", help="Waarmee gerekend wordt: duckdb of spark.")]
SparkMaster = Annotated[str | None, typer.Option(help="Adres van Spark, zoals local[2] of spark://host:7077. Anders "
                                                      "deze computer, met alle processoren.")]
Werkers = Annotated[int, typer.Option(min=0, help="Hoeveel notebooks tegelijk draaien; 0: zoveel als er processoren en "
                                                 "geheugen voor zijn.")]
Cluster = Annotated[str, typer.Option(help="Adres van een Dask-scheduler, bijvoorbeeld tcp://adres:8786: de notebooks "
                                             "draaien dan op de werkers daarvan. Die moeten dezelfde mappen zien.")]
Alles = Annotated[bool, typer.Option("--alles", help="Maak alles opnieuw, ook waar niets aan veranderd is.")]
AFGEBROKEN = 130  # what a shell calls Ctrl-C
RAW, PROCESSED, REPORTS, NOTEBOOKS = Path("data/raw"), Path("data/processed"), Path("reports"), Path("notebooks")


def _show_version(gevraagd: bool) -> None:
    if gevraagd:
        print(f"kopanalyse {version('kopanalyse')}")
        raise typer.Exit()


Versie = Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Toon de versie.")]


@app.callback()
def kopanalyse(versie: Versie = False) -> None:
    """Van ruwe registratie naar cijfers en rapporten voor sociaal werk."""


@app.command()
def demo(organisatie: Organisatie, raw: Raw = RAW, schaal: Schaal = 1) -> None:
    """Maak de demonstratieregistratie (synthetisch), als er nog geen registratie is."""
    from kopanalyse.raw.demo import write_demo

    doel = raw / organisatie
    with _progress("Demonstratie") as meld:
        write_demo(organisatie, doel, schaal, meld)
    print(f"Demonstratieregistratie (synthetisch) staat in {doel}")


@app.command()
def check(organisatie: Organisatie, raw: Raw = RAW, processed: Processed = PROCESSED) -> None:
    """Controleer de ruwe tabellen: schone tabellen, quarantaine en bevindingen."""
    _check(organisatie, raw, processed)


@app.command()
def compute(organisatie: Organisatie, jaar: Jaar = None, raw: Raw = RAW, processed: Processed = PROCESSED,
            engine: Rekenmachine = "duckdb", spark_master: SparkMaster = None) -> None:
    """Controleer de ruwe tabellen en bereken alle indicatoren."""
    jaren, open_engine = _years(jaar), _engine(engine, spark_master)
    settings = _check(organisatie, raw, processed)
    from kopanalyse.indicators.compute import compute as compute_figures

    with _progress(f"Berekenen met {engine}") as meld:
        cijfers = compute_figures(settings, processed, jaren, meld=meld, open_engine=open_engine,
                                  queries=cache_file(f"compute-{engine}", organisatie))
    vreemd = [naam for naam in cijfers.team.unique() if naam not in (*settings.teams, "alle", "onbekend")]
    if settings.teams and vreemd:
        print(f"Let op: niet in de instellingen, wel in de registratie: team {', '.join(vreemd)}. Is dat een andere "
              "schrijfwijze van een bestaand team, herstel het dan in de registratie.", file=sys.stderr)
    aantal = f"{len(cijfers):,}".replace(",", ".")
    print(f"{aantal} cijfers over {', '.join(map(str, sorted(set(cijfers.jaar))))} staan in "
          f"{processed / organisatie / 'cijfers.csv'}")


@app.command()
def report(organisatie: Organisatie, jaar: Jaar = None, team: Team = None, raw: Raw = RAW,
           processed: Processed = PROCESSED, reports: Reports = REPORTS, notebooks: Notebooks = NOTEBOOKS,
           werkers: Werkers = 0, cluster: Cluster = "", alles: Alles = False) -> None:
    """Voer de notebooks uit per jaar en team en maak de HTML-rapporten: alleen waar iets aan veranderd is."""
    from kopanalyse.report.build import build
    from kopanalyse.settings import load_settings

    settings = load_settings(organisatie, raw)
    with _progress("Rapporten") as meld:
        uitkomst = build(settings, raw=raw, processed=processed, reports=reports, notebooks=notebooks,
                         jaren=_years(jaar), teams=team or [], werkers=werkers, cluster=cluster, alles=alles,
                         voortgang=meld, queries=cache_file("handboek", organisatie))
    for let_op in uitkomst.let_op:
        print(f"Let op: {let_op}", file=sys.stderr)
    for mislukt in uitkomst.mislukt:
        print(mislukt, file=sys.stderr)
    gemaakt, gelaten, mislukt = len(uitkomst.gemaakt), len(uitkomst.gelaten), len(uitkomst.mislukt)
    paginas = "pagina" if gemaakt == 1 else "pagina's"
    klopten = f", {gelaten} {'klopte' if gelaten == 1 else 'klopten'} nog" if gelaten else ""
    print(f"{gemaakt} {paginas} gemaakt{klopten}. Open {uitkomst.index}")
    if mislukt:
        welke = "notebook" if mislukt == 1 else "notebooks"
        print(f"{mislukt} {welke} mislukt. Een oude pagina daarvan die niet meer klopt, is weggehaald uit {reports}, met "
              "de pagina voor druk en het Excel-bestand van dat jaar en team.", file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def sql(indicator: str, organisatie: Organisatie = "dekop", jaar: Jaar = None, raw: Raw = RAW,
        processed: Processed = PROCESSED) -> None:
    """Toon de query van een indicator, zoals compute hem draait: uit te voeren met DuckDB."""
    from kopanalyse.indicators import INDICATOREN
    from kopanalyse.indicators.compute import script
    from kopanalyse.settings import load_settings

    if indicator not in INDICATOREN:
        raise UserError(f"Indicator {indicator} bestaat niet.{suggestion(indicator, INDICATOREN)} "
                         f"Mogelijk zijn: {', '.join(INDICATOREN)}.")
    print(script(INDICATOREN[indicator], load_settings(organisatie, raw), processed, _years(jaar)))


def _check(organisatie: str, raw: Path, processed: Path):
    """Check one organisation, say what was found, and return its settings."""
    from kopanalyse.checked.check import check as check_tables
    from kopanalyse.settings import load_settings

    settings = load_settings(organisatie, raw)
    with _progress("Controleren") as meld:
        controle = check_tables(settings, raw, processed, meld=lambda tabel: meld(tabel, 0, 0),
                                queries=cache_file("check", organisatie))
    for notitie in controle.notities:
        print(f"Let op: {notitie}", file=sys.stderr)
    print(f"{controle} Lees {processed / organisatie / 'bevindingen.csv'}")
    return settings


def _engine(naam: str, spark_master: str | None):
    """What opens the engine ``naam``; a UserError when there is no such engine, or not on this machine."""
    if naam == "spark":
        from kopanalyse.spark import LOKAAL, spark

        return spark(spark_master or LOKAAL)
    if naam != "duckdb":
        raise UserError(f"--engine {naam} bestaat niet.{suggestion(naam, ['duckdb', 'spark'])} Mogelijk zijn: duckdb, "
                        "spark.")
    if spark_master:
        raise UserError(f"--spark-master {spark_master} hoort bij --engine spark.")
    from kopanalyse.engine import Engine

    return Engine


def _years(jaar: Sequence[str] | None) -> list[int]:
    fout = [tekst for tekst in jaar or [] if not (tekst.isdecimal() and len(tekst) == 4)]
    if fout:
        raise UserError(f"--jaar {fout[0]} is geen jaartal; verwacht wordt bijvoorbeeld --jaar 2019.")
    return sorted({int(tekst) for tekst in jaar or []})


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
            taak, description=f"{titel}: {naam}" if naam else titel, completed=gedaan, total=totaal or None)


def _in_dutch(fout: typer.TyperException) -> str:
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
    if soort == "BadParameter":  # only whole numbers are read by the library; it keeps the value in what went wrong
        fouten = getattr(fout.__cause__, "errors", list)()
        gegeven = f" {fouten[0]['input']}" if fouten else ""
        return f"{fout.param.opts[0]}{gegeven} kan niet; verwacht wordt een positief geheel getal."
    commandos = list(getattr(commando, "commands", {}))
    if commandos:
        return f"Dat commando bestaat niet. Mogelijk zijn: {', '.join(commandos)}."
    return f"De aanroep klopt niet ({fout.format_message()}).{mogelijk}"


def _about_file(fout: OSError) -> str:
    """What the operating system says about a file or folder, in Dutch where it is one of the usual things."""
    if fout.errno is None:
        return str(fout)
    gebruikelijk = {PermissionError: "geen toegang", FileNotFoundError: "bestaat niet", FileExistsError: "bestaat al",
                    IsADirectoryError: "is een map, geen bestand", NotADirectoryError: "is geen map"}
    wat = gebruikelijk.get(type(fout), "de schijf is vol" if fout.errno == errno.ENOSPC else fout.strerror)
    return f"{fout.filename or 'Bestand of map'}: {wat}."


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    try:
        uitkomst = app(args=argv, standalone_mode=False, prog_name="kopanalyse")
        if uitkomst == AFGEBROKEN:
            print("Afgebroken; wat er al stond, is niet half veranderd.", file=sys.stderr)
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


if __name__ == "__main__":
    sys.exit(main())
