"""The house: who may import whom. Rooms and wings import downward only, and no two modules import each other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PAKKET = Path(__file__).parent.parent / "kopanalyse"
ROOMS = (
    ("errors", "files", "statistics", "excel"),
    ("busy", "periode", "engine"),
    ("raw",),
    ("settings", "koppelingen"),
    ("checked",),
    ("indicators",),
    ("demo", "report"),
    ("publish",),
    ("cli",),
    ("__main__",),
)
"""The rooms of the package, those that know least first; rooms beside each other do not know each other."""
WINGS = ("shown", "dutch", "cijfers", "charts", "parts", "chapters", "authors", "pages", "notebook", "build")
"""The wings of the reports, in the same order."""
RAW_WINGS = (("schema", "names", "dictionary"), ("formats",), ("tables",), ("bron",))
"""The modules and wings of reading, likewise; only wings know what lies below them."""
NAMES = {
    pad.relative_to(PAKKET.parent).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): pad
    for pad in sorted(PAKKET.rglob("*.py"))
}
TEKENING = (PAKKET.parent / "docs" / "architectuur.md").read_text(encoding="utf-8")


def imported(module: str) -> Iterator[str]:
    """The modules of this package that ``module`` imports, wherever in the module."""
    for knoop in ast.walk(ast.parse(NAMES[module].read_text(encoding="utf-8"))):
        if isinstance(knoop, ast.ImportFrom) and knoop.level == 0:
            yield from {
                f"{knoop.module}.{naam.name}" if f"{knoop.module}.{naam.name}" in NAMES else knoop.module
                for naam in knoop.names
            } & set(NAMES)
        elif isinstance(knoop, ast.Import):
            yield from {naam.name for naam in knoop.names} & set(NAMES)


def place(module: str, plaatsen: dict[str, int], diep: int) -> int | None:
    """On which floor a module stands, by the name at ``diep`` in its path."""
    delen = module.split(".")
    return plaatsen[delen[diep]] if len(delen) > diep else None


ROOM_OF = {naam: hoogte for hoogte, namen in enumerate(ROOMS) for naam in namen}
WING_OF = {naam: hoogte for hoogte, naam in enumerate(WINGS)}
RAW_WING_OF = {naam: hoogte for hoogte, namen in enumerate(RAW_WINGS) for naam in namen}


@pytest.mark.parametrize("module", NAMES)
def test_a_room_imports_only_what_lies_below_it(module):
    eigen = place(module, ROOM_OF, 1)
    for ander in imported(module):
        hoogte = place(ander, ROOM_OF, 1)
        samen = module.split(".")[:2] == ander.split(".")[:2]
        assert eigen is not None and hoogte is not None and (samen or hoogte < eigen), ander


@pytest.mark.parametrize("module", [naam for naam in NAMES if naam.startswith("kopanalyse.report.")])
def test_a_wing_imports_only_wings_above_it_in_the_list(module):
    eigen = place(module, WING_OF, 2)
    for ander in imported(module):
        if ander.startswith("kopanalyse.report."):
            assert place(ander, WING_OF, 2) <= eigen, ander


@pytest.mark.parametrize("module", [naam for naam in NAMES if naam.startswith("kopanalyse.raw.")])
def test_reading_has_wings_too(module):
    eigen = place(module, RAW_WING_OF, 2)
    for ander in imported(module):
        if ander.startswith("kopanalyse.raw."):
            assert place(ander, RAW_WING_OF, 2) <= eigen, ander


def test_the_drawing_of_the_house_has_these_rooms_and_wings_on_these_floors():
    blok = re.search(r"^## The rooms\n[^#]*?\n((?:    .*\n)+)", TEKENING, re.MULTILINE)[1]
    regels = [re.match(r"    ( *)(\w+(?: · \w+)*)(?:  |$)", regel).groups() for regel in blok.splitlines()]
    onder: dict[str, list[list[str]]] = {}
    for diep, namen in regels:
        if diep:
            onder[next(reversed(onder))].append(namen.split(" · "))
        else:
            onder[namen] = []
    assert [namen.split(" · ") for namen in onder] == [sorted(kamers) for kamers in ROOMS[::-1]]
    assert onder["demo · report"] == [[naam] for naam in WINGS[::-1]]
    assert onder["raw"] == [sorted(namen) for namen in RAW_WINGS[::-1]]
    boven = {pad.stem for pad in PAKKET.iterdir() if pad.suffix == ".py" or (pad / "__init__.py").is_file()}
    assert boven - {"__init__"} == set(ROOM_OF)
    for kamer, vleugels in (("report", WING_OF), ("raw", RAW_WING_OF)):
        assert {pad.stem for pad in (PAKKET / kamer).iterdir() if pad.stem[0] not in "_."} == set(vleugels)


@pytest.mark.parametrize(
    "map_",
    [
        pad
        for pad in sorted(PAKKET.rglob("*"))
        if pad.is_dir()
        and pad.name != "__pycache__"
        and (pad.parent == PAKKET or any(pad.glob("*.py")))
        and pad.parent.name not in ("demo", "chapters")  # an organisation or chapter each
    ],
    ids=lambda pad: pad.relative_to(PAKKET).as_posix(),
)
def test_every_folder_is_named_in_the_document(map_):
    assert re.search(rf"\b{map_.name}\b", TEKENING)


def test_no_modules_import_each_other_in_a_circle():
    nu: list[str] = []
    klaar: set[str] = set()

    def visit(module: str) -> None:
        assert module not in nu, " → ".join([*nu[nu.index(module) :], module])
        if module not in klaar:
            nu.append(module)
            for ander in imported(module):
                # a package that gathers its own modules is no circle with them
                if not ander.startswith(f"{module}."):
                    visit(ander)
            nu.pop()
            klaar.add(module)

    for module in NAMES:
        visit(module)


def test_only_the_border_of_a_wing_draws():
    """Who makes a part needs no library that draws: it is loaded when something is drawn."""
    for module, pad in NAMES.items():
        if "report" in module.split(".") and "charts" not in module.split("."):
            boven = [
                knoop
                for knoop in ast.parse(pad.read_text(encoding="utf-8")).body
                if isinstance(knoop, ast.Import | ast.ImportFrom)
            ]
            namen = {
                naam.name.split(".")[0] for knoop in boven if isinstance(knoop, ast.Import) for naam in knoop.names
            }
            namen |= {knoop.module.split(".")[0] for knoop in boven if isinstance(knoop, ast.ImportFrom)}
            assert not namen & {"matplotlib", "seaborn", "nbconvert", "papermill"}, module


@pytest.mark.parametrize("hoofdstuk", sorted(pad.stem for pad in (PAKKET.parent / "notebooks").glob("*.ipynb")))
def test_what_belongs_to_a_chapter_bears_its_name(hoofdstuk):
    """Every chapter of parts, indicators and examples is called after a notebook."""
    voor = PAKKET / "report" / "chapters"
    assert (
        (voor / f"{hoofdstuk}.py").is_file()
        or (voor / hoofdstuk).is_dir()
        or hoofdstuk in ("personas_en_klantreizen", "verkenning")
    ), hoofdstuk


@pytest.mark.parametrize("kamer", ["report/chapters", "indicators/voorbeelden"])
def test_no_chapter_without_a_notebook(kamer):
    namen = {pad.stem for pad in (PAKKET / kamer).iterdir() if pad.suffix == ".py" or pad.is_dir()}
    notebooks = {pad.stem for pad in (PAKKET.parent / "notebooks").glob("*.ipynb")}
    assert namen - {"__init__", "__pycache__", "voorbeeld"} <= notebooks
