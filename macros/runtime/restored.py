"""Python's own part in starting: what is left before a memory snapshot is taken, what is made good once it is restored,
and what is fetched when it is imported.

A module among the packages, and inside the snapshot: `snapshot.mjs` imports it and calls `begin` and `leave`,
docs/assets/javascripts/boot.js calls `resume`, or `have_later` where Python starts the ordinary way. Runs in Pyodide
only.
"""

import gc
import importlib
import json
import linecache
import random
import struct
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from compression import zstd  # type: ignore[import-not-found]  # since Python 3.14, which the browser has

SITE_PACKAGES = Path(__file__).parent
STANDARD_LIBRARY = Path("/lib/python314.zip")


def begin() -> None:
    """Import pandas without numpy's random numbers.

    It names them in one alias of types and nowhere else before it is asked for a sample; they are nine libraries, which
    every reader would fetch, compile and link. Whoever needs them imports them.
    """
    import numpy as np  # noqa: PLC0415 - this module is imported where there need be no snapshot, too

    named = {name: type(name, (), {}) for name in ("BitGenerator", "Generator", "RandomState")}
    vars(np)["random"] = SimpleNamespace(**named)
    import pandas  # noqa: F401, PLC0415 - so that it is there

    del vars(np)["random"]


def leave() -> None:
    """Leave nothing behind that is not needed: it would be compressed, sent and restored.

    dateutil has read the data of every time zone by now, since pandas asked it for UTC; it reads them again
    when asked for another.
    """
    if "dateutil.zoneinfo" in sys.modules:
        vars(sys.modules["dateutil.zoneinfo"].get_zonefile_instance).clear()
        sys.modules["dateutil.tz"].gettz.cache_clear()
    linecache.clearcache()
    importlib.invalidate_caches()
    sys._clear_internal_caches()  # type: ignore[attr-defined]  # since Python 3.13, which the browser has
    gc.collect()
    gc.freeze()  # all this is there to stay: later collections need not look at it


def resume(fetch: Callable[[str], Any]) -> None:
    """Give random numbers new seeds, and have what was not imported found when it is.

    `fetch` returns a packed file of the bundle by its role, at once.
    """
    have_later(fetch)
    random.seed()
    sys.meta_path.insert(0, _Later(fetch))


def have_later(fetch: Callable[[str], Any]) -> None:
    """Have what reads workbooks fetched when it is imported."""
    sys.meta_path.insert(0, _ForWorkbooks(fetch))


class _ForWorkbooks:
    """The finder of what reads workbooks, which most readers never need."""

    def __init__(self, fetch: Callable[[str], Any]) -> None:
        self._fetch = fetch

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Have the files there for the finders after this one; ImportError where they did not come, to try again."""
        if name == "python_calamine":
            try:
                _unpack(zstd.decompress(self._fetch("workbooks").to_bytes()))
            except Exception as error:  # whatever JavaScript throws
                raise ImportError(str(error)) from error
            sys.meta_path.remove(self)
            importlib.invalidate_caches()
        return None


class _Later:
    """The first finder: Python's files are not in the snapshot, and come when the first module is not there."""

    def __init__(self, fetch: Callable[[str], Any]) -> None:
        self._fetch = fetch
        self._known = _TOP_LEVEL | sys.stdlib_module_names

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> ModuleSpec | None:
        """Have the files there for the finders after this one; a module that nobody has costs nothing."""
        if name.partition(".")[0] in self._known:
            try:
                library, packages = self._file("stdlib"), self._file("packages")
            except Exception as error:  # whatever JavaScript throws
                raise ImportError(str(error)) from error
            sys.meta_path.remove(self)
            STANDARD_LIBRARY.write_bytes(library)
            _unpack(packages)
            importlib.invalidate_caches()
        return None

    def _file(self, role: str) -> bytes:
        content: bytes = zstd.decompress(self._fetch(role).to_bytes())
        return content


def _unpack(archive: bytes) -> None:
    """Do what `unpack` of snapshot.js does, which gets the archive already unzipped."""
    (length,) = struct.unpack_from("<I", archive)
    offset = 4 + length
    for name, size in json.loads(archive[4:offset]):
        path = SITE_PACKAGES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(archive[offset : offset + size])
        offset += size


# Of the calculators all files are there already.
_TOP_LEVEL = {path.name.partition(".")[0] for path in SITE_PACKAGES.iterdir()} - {"calculators"}
