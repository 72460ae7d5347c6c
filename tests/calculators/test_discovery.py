"""A calculator is found by being there, and nothing else in the repository knows one by its name."""

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import calculators
from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.fields import Inputs
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.headings import headings_known, rank
from calculators.engine.shows.text import LANGUAGES, Text
from macros.pages import template_files
from macros.runtime.bundle import pack_folders
from macros.walkthrough import files
from tests.conftest import ROOT

ID = re.compile(rf"(?<![\w/-])(?:{'|'.join(CALCULATORS)})(?![\w/-])")
KNOWN = {
    "macros/examples/stage_2.py": "the worked examples of pages about these calculators ask them",
    "macros/examples/stage_3.py": "the same",
    "macros/examples/stage_4.py": "the same",
    "macros/examples/self_check.py": "the same",
    "macros/examples/paths.py": "the same",
    "macros/examples/story.py": "the same: a quarter's story in the figures of six calculators",
    "macros/exports.py": "which lists of which calculators a system's list of payments serves",
    "macros/pictures.py": "a picture of the company's own ABC model; pictures have names of their own",
    "macros/templates/__init__.py": "workbooks have names of their own, some of them a calculator's",
}
"""Files that may name a calculator, and why."""


@pytest.fixture
def discounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put README's calculator into a second folder of the package, without anything else."""
    for file in files():
        if file.name.startswith("calculators/"):
            place = tmp_path / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(file.text, encoding="utf-8")
    monkeypatch.setattr(calculators, "__path__", [*calculators.__path__, str(tmp_path / "calculators")])
    yield
    sys.modules.pop("calculators.discounts", None)


@pytest.mark.usefixtures("discounts")
def test_a_folder_appended_to_the_package_is_a_calculator() -> None:
    """Its words, headings, example and templates are found as the others' are."""
    assert "discounts" in CALCULATORS
    assert [Text(language, Settings())("discounts.column.price") for language in LANGUAGES] == ["成交价", "Price"]
    assert headings_known("Sold at")
    assert rank("合同金额", "price") == 2
    reply = json.loads(Bridge().reply('{"calculator": "discounts", "language": "zh", "id": 1}'))
    assert (reply["result"]["figures"]["discount"], reply["result"]["figures"]["beyond"]) == (0.1, 1)
    made = {name for name in template_files(Settings()) if "discounts" in name}
    assert len(made) == 2 * len(LANGUAGES)


def test_without_it_nothing_of_it_is_left() -> None:
    """What is asked once is not kept for ever: headings of a folder that is gone are no headings."""
    assert "discounts" not in CALCULATORS
    assert not headings_known("Sold at")


def test_what_declares_nothing_is_no_calculator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of something else beside the calculators is left alone."""
    (tmp_path / "notes_of_ours").mkdir()
    (tmp_path / "notes_of_ours" / "__init__.py").write_text("NOTES = 1\n", encoding="utf-8")
    monkeypatch.setattr(calculators, "__path__", [*calculators.__path__, str(tmp_path)])
    assert "notes_of_ours" not in CALCULATORS


def test_inputs_are_fields_and_tables_by_name() -> None:
    """What a calculator gets that has no inputs of its own; a field called like a table is a mistake of its author."""
    inputs = Inputs.read({"limit": 1_000}, {"deals": None})
    assert (inputs.limit, inputs.deals) == (1_000, None)
    with pytest.raises(TypeError, match="deals"):
        Inputs.read({"deals": 1}, {"deals": None})


def test_the_bundle_packs_folders_as_python_imports_them(tmp_path: Path) -> None:
    """What an earlier folder has, a later one does not replace, not even in part; what is new in it is there."""
    for name, text in {
        "ours/__init__.py": "ours",
        "ours/first/__init__.py": "ours",
        "theirs/__init__.py": "theirs",
        "theirs/first/more.py": "theirs",
        "theirs/second/__init__.py": "theirs",
        "theirs/second/__pycache__/x.pyc": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    packed = dict(pack_folders([tmp_path / "ours", tmp_path / "theirs"]))
    assert {name: content.decode() for name, content in packed.items()} == {
        "calculators/__init__.py": "ours",
        "calculators/first/__init__.py": "ours",
        "calculators/second/__init__.py": "theirs",
    }


def named_in_python(path: Path) -> set[str]:
    """Return the calculators that a module imports from or has in a text, docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "calculators":
            texts += [f"{node.module}.{alias.name}".removeprefix("calculators.") for alias in node.names]
    return {found for text in texts for found in ID.findall(text)}


def test_no_machinery_knows_a_calculator_by_name() -> None:
    """Neither the engine nor what stands beside it, nor the adapter to MkDocs, but for pages' examples and pictures."""
    modules = [*(ROOT / "calculators").glob("*.py"), *(ROOT / "calculators/engine").rglob("*.py")]
    modules += (ROOT / "macros").rglob("*.py")
    found = {path.relative_to(ROOT).as_posix(): named_in_python(path) for path in modules}
    assert {name for name, names in found.items() if names} == KNOWN.keys()


def test_no_script_style_or_shared_word_knows_a_calculator_by_name() -> None:
    """What is written for the page, its theme and for all calculators' words is for any of them."""
    written = [path for folder in ("docs/assets", "overrides") for path in (ROOT / folder).rglob("*.*")]
    scripts = [path for path in written if path.suffix in {".js", ".css", ".html"}]
    words = [*(ROOT / "calculators/engine").rglob("*.toml"), ROOT / "macros/handbook.toml"]
    assert len(scripts) > 20
    in_classes = re.compile(ID.pattern.replace("_", "[_-]"))  # in a word's text, "self-check" is prose
    for paths, named in ((scripts, in_classes), (words, ID)):
        found = {path.name: named.findall(path.read_text(encoding="utf-8")) for path in paths}
        assert {name: names for name, names in found.items() if names} == {}


def test_settings_are_read_for_no_calculator_by_name() -> None:
    """Every key of the settings beside the company's own is a section that a calculator declares."""
    own = {calculator.section.KEY for calculator in CALCULATORS.values() if calculator.section}
    assert (
        Settings().as_mapping().keys()
        == {"company", "currency", "unit", "prefetch", "calendar", "roles", "changes"} | own
    )
