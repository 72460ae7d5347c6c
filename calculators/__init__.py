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
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType

_COMPANY = Path(os.environ.get("PLAYBOOK_COMPANY") or Path(__file__).parents[1] / "company") / "calculators"
if _COMPANY.is_dir():
    __path__.append(str(_COMPANY))


@lru_cache
def _found(path: tuple[str, ...]) -> dict[str, ModuleType]:
    """Return every package that declares something, by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(path) if found.ispkg)
    packages = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: package for name, package in packages.items() if hasattr(package, "declare")}


class _Calculators(Mapping[str, ModuleType]):
    """Every calculator by its id, in the order of their names; a folder that is added to ``__path__`` is seen."""

    def __iter__(self) -> Iterator[str]:
        return iter(_found(tuple(__path__)))

    def __len__(self) -> int:
        return len(_found(tuple(__path__)))

    def __getitem__(self, name: str) -> ModuleType:
        return _found(tuple(__path__))[name]


CALCULATORS: Mapping[str, ModuleType] = _Calculators()
"""Each has ``declare(settings)`` and ``calculate(inputs)``; ``Inputs`` where these are more than its fields and
tables, and ``SETTINGS`` where it has a section of the company's settings."""


def folder_of(name: str) -> Path | None:
    """Return where all that is one calculator's own is; None where there is no folder of this name.

    >>> folder_of("abc_tiers").name, folder_of("no_such_calculator")
    ('abc_tiers', None)
    """
    if name not in CALCULATORS:
        return None
    return Path(str(CALCULATORS[name].__file__)).parent
