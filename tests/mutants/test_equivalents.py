"""What explains a surviving fault says so of a line that is there: code that has changed is looked at anew."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.mutants.__main__ import HERE, ROOT

MODULES = tomllib.loads((HERE / "modules.toml").read_text(encoding="utf-8"))["module"]
EQUIVALENTS = tomllib.loads((HERE / "equivalents.toml").read_text(encoding="utf-8"))["equivalent"]


def lines_of(function: str) -> set[str]:
    """Return the lines of a function, by module and name, without the spaces around them; none where it is not."""
    for module in sorted((one["path"] for one in MODULES), key=len, reverse=True):
        named = module.removeprefix("calculators/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        path, *inner = function.removeprefix(f"{named}.").split(".")
        if function.startswith(f"{named}.") and (found := _lines(ROOT / module, [path, *inner])):
            return found
    return set()


def _lines(module: Path, names: list[str]) -> set[str]:
    source = module.read_text(encoding="utf-8")
    nodes: list[ast.AST] = [ast.parse(source)]
    for name in names:
        nodes = [child for node in nodes for child in ast.iter_child_nodes(node) if getattr(child, "name", "") == name]
    return {line.strip() for node in nodes for line in (ast.get_source_segment(source, node) or "").splitlines()}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module["path"])
def test_what_is_broken_and_what_should_notice_are_there(module: dict[str, str]) -> None:
    """A module that has moved, or tests that have, would be tried no more."""
    assert all((ROOT / path).exists() for path in (module["path"], *module["tests"]))


@pytest.mark.parametrize("one", EQUIVALENTS, ids=lambda one: one["in"])
def test_each_explanation_is_of_a_line_that_is_there(one: dict[str, str]) -> None:
    """Its function is in a module that is broken, and has the line as it is told."""
    assert set(one["was"].splitlines()) <= lines_of(one["in"])
