"""Compiles the bundle's wheels and the standard library to .pyc, inside Pyodide.

Runs under `compile.mjs` only: pyodide-build compiles for the Python that runs it, which must be the browser's.
SOURCE_DATE_EPOCH is set there, so that the .pyc do not depend on the clock.
"""

import json
import shutil
import sys
from pathlib import Path

WORK = Path("/work")
sys.path[:0] = [str(wheel) for wheel in sorted(WORK.glob("build/*.whl"))]

from pyodide_build._py_compile import _py_compile_archive_dir  # noqa: E402
from pyodide_lock import PackageSpec, PyodideLockSpec  # noqa: E402

bundle = Path("/tmp/bundle")  # in memory: the mounted directory is slow
shutil.copytree(WORK / "bundle", bundle)

lock = PyodideLockSpec.from_json(bundle / "pyodide-lock.json")
wheels = json.loads((WORK / "wheels.json").read_text())
for wheel in wheels:
    if wheel["name"] not in lock.packages:  # pure Python, from PyPI
        lock.packages[wheel["name"]] = PackageSpec(install_dir="site", package_type="package", **wheel)
lock.packages = {wheel["name"]: lock.packages[wheel["name"]] for wheel in wheels}
lock.to_json(bundle / "pyodide-lock.json")

_py_compile_archive_dir(bundle, keep=False, verbose=False, compression_level=0)

PyodideLockSpec.from_json(bundle / "pyodide-lock.json").check_wheel_filenames()
shutil.copytree(bundle, WORK / "compiled")
