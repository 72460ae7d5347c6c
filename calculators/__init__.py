"""The playbook's calculators: pure Python, the same natively, at build time and in the browser.

Every folder here that declares what it asks for is a calculator, and so is every one in a company's own
``calculators`` folder: nothing is registered. The folder's name is the calculator's id, the first part of its texts'
keys and the argument of the macro that prints it, and all that is its own is in it: code, ``words.zh.toml`` and
``words.en.toml``, ``headings.toml`` (how people head its columns), ``examples/TABLE.zh.csv`` and ``.en.csv``.
What calculators share is in ``engine``; what the method and its measures say is in the ``.toml`` files beside this.
"""

import importlib
import os
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from calculators.engine.asks.fields import Declaration, Inputs

if TYPE_CHECKING:
    from calculators.engine.answers.result import Notice, Result
    from calculators.engine.asks.settings import Section, Settings
    from calculators.engine.reads.tables import Reading

COMPANY = Path(os.environ.get("PLAYBOOK_COMPANY") or Path(__file__).parents[1] / "company")
"""A company's own folder, if there is one."""
if (COMPANY / "calculators").is_dir():
    __path__.append(str(COMPANY / "calculators"))


class Calculator:
    """One calculator, asked and answered alike whatever its functions take.

    Its package has ``declare(settings)`` or, where nothing of the company's is asked for, ``declare()``; ``calculate``
    of its inputs, or of nothing where nothing is asked for; its own ``Inputs`` where these are more than fields and
    tables by name; and ``SETTINGS`` where it has a section of the company's settings. A module ``in_short``
    beside these says in one sentence what matters in a result: its ``in_short`` gets the result and nothing else, so
    that every number of the sentence is one of the result's.
    """

    def __init__(self, package: ModuleType) -> None:
        self.name = package.__name__.rpartition(".")[2]
        self.folder = Path(str(package.__file__)).parent
        self.section: type[Section] | None = getattr(package, "SETTINGS", None)
        self._package = package
        says = find_spec(f"{package.__name__}.in_short")
        self._verdict: Callable[[Result], Notice | None] | None = None
        if says is not None:
            self._verdict = importlib.import_module(says.name).in_short

    def declare(self, settings: "Settings") -> Declaration:
        """Return what it asks for."""
        declaration: Declaration = _called(self._package.declare, settings)
        return declaration

    def calculate(self, values: Mapping[str, Any], tables: Mapping[str, "Reading | None"]) -> "Result":
        """Return its result for fields as held and tables as read; raises InvalidInputs for what it cannot take."""
        inputs = getattr(self._package, "Inputs", Inputs).read(values, tables)
        result: Result = _called(self._package.calculate, inputs)
        return result if self._verdict is None else replace(result, verdict=self._verdict(result))


def _called(function: Callable[..., Any], argument: object) -> Any:
    """Return what a function gives, called with an argument if it takes one."""
    return function(argument) if signature(function).parameters else function()


@lru_cache
def _found(path: tuple[str, ...]) -> dict[str, Calculator]:
    """Return every package that declares something, by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(path) if found.ispkg)
    packages = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found = [Calculator(package) for package in packages if hasattr(package, "declare")]
    return {calculator.name: calculator for calculator in found}


class _Calculators(Mapping[str, Calculator]):
    """Every calculator by its id, in the order of their names; a folder that is added to ``__path__`` is seen."""

    def __iter__(self) -> Iterator[str]:
        return iter(_found(tuple(__path__)))

    def __len__(self) -> int:
        return len(_found(tuple(__path__)))

    def __getitem__(self, name: str) -> Calculator:
        return _found(tuple(__path__))[name]


CALCULATORS: Mapping[str, Calculator] = _Calculators()
