"""The tree: calculators are found by being there, and what imports what runs one way."""

import ast
from pathlib import Path

import pytest

from calculators import CALCULATORS
from tests.conftest import ROOT

FOLDER = ROOT / "calculators"
ROOMS = ("asks", "reads", "answers", "shows", "exports")
"""Each imports from those before it only; ``arithmetic`` from none of them, and all may compute with it."""
DOOR = {"CALCULATORS", "apportion", "concentration", "measures", "method", "overlay", "stages"}
"""What stands beside the calculators' folders and may be imported by any of them: names that outsiders rely on, and
what the method and its measures say.
"""


def imported(path: Path) -> set[str]:
    """Return the modules of ours that a file imports, below ``calculators``; ``""`` is the package itself."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {
            name.removeprefix("calculators").removeprefix(".") for name in names if name.startswith("calculators")
        }
    return found


def test_every_folder_but_the_engine_is_a_calculator() -> None:
    """The tree alone says which folders are calculators."""
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {*CALCULATORS, "engine"}


@pytest.mark.parametrize("calculator", CALCULATORS)
def test_a_calculator_imports_from_the_engine_and_from_no_other_calculator(calculator: str) -> None:
    """What two calculators need is in the engine, or beside the folders for outsiders."""
    for path in (FOLDER / calculator).rglob("*.py"):
        for name in imported(path):
            first = name.split(".")[0]
            assert first in {"engine", calculator, *DOOR}, f"{path.name} imports calculators.{name}"


def test_the_engines_rooms_import_downwards() -> None:
    """What is asked knows nothing of reading, reading nothing of results, and so on; none knows a calculator."""
    for path in (FOLDER / "engine").rglob("*.py"):
        room = path.relative_to(FOLDER / "engine").parts[0]
        below = ROOMS[: ROOMS.index(room) + 1] if room in ROOMS else (room,)
        for name in imported(path):
            first, _, rest = name.partition(".")
            if first == "engine":
                assert rest.split(".")[0] in {*below, "arithmetic"}, f"{path.name} imports calculators.{name}"
            else:
                assert first in {"CALCULATORS", "COMPANY", *DOOR}, f"{path.name} imports calculators.{name}"


def test_nothing_here_imports_the_adapter_to_mkdocs() -> None:
    """The calculators know nothing of the site that they stand in."""
    importing = ast.Import, ast.ImportFrom
    for path in FOLDER.rglob("*.py"):
        nodes = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, importing)]
        assert not [node for node in nodes if ast.unparse(node).split()[1].split(".")[0] == "macros"], path
