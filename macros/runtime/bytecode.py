"""The wheels and the standard library as the browser's own bytecode, made by pyodide-build inside Pyodide.

Here: preparing that run and keeping what it gives. Not here: the run itself (`compile.py` under
`compile.mjs`).
"""

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from macros import said
from macros.runtime.cache import Cache
from macros.runtime.node import run_script
from macros.runtime.vendor import Vendor

_SCRIPTS = (Path(__file__).with_name("compile.mjs"), Path(__file__).with_name("compile.py"))


def compiled(vendor: Vendor, cache: Cache, say: Callable[[str], None]) -> dict[str, Path]:
    """Compiled wheels, `python_stdlib.zip` and the `pyodide-lock.json` that names them, by name.

    The archives are stored without compression: what the browser fetches is compressed as a whole.
    """
    core, packages, build = (vendor.part(part) for part in ("core", "package", "build"))

    def make() -> dict[str, bytes]:
        say(said.say("runtime.compiling"))
        with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
            work = Path(scratch)
            bundled = packages | {name: core[name] for name in ("python_stdlib.zip", "pyodide-lock.json")}
            for folder, files in {"core": core, "bundle": bundled, "build": build}.items():
                (work / folder).mkdir()
                for name, path in files.items():
                    shutil.copyfile(path, work / folder / name)
            (work / "wheels.json").write_text(json.dumps(_wheels(vendor)))
            run_script(_SCRIPTS[0], str(work / "core"), str(work))
            return {path.name: path.read_bytes() for path in (work / "compiled").iterdir()}

    sources = [*core.values(), *packages.values(), *build.values(), *_SCRIPTS]
    return cache.step("bytecode", [path.read_bytes() for path in sources], make)


def _wheels(vendor: Vendor) -> list[dict[str, object]]:
    """What Pyodide's lock file says of a package, for every wheel of the bundle."""
    return [
        {
            "name": file.project.replace("_", "-"),
            "version": file.version,
            "file_name": file.name,
            "sha256": file.sha256,
            "imports": [file.project.replace("-", "_")],
            "depends": ["et-xmlfile"] if file.project == "openpyxl" else [],
        }
        for file in vendor.lock.files
        if file.part == "package"
    ]
