"""Compiles the bundle's wheels and the standard library to .pyc.

Runs inside Pyodide, under `compile.mjs`: pyodide-build compiles for the Python that runs it, which must
be the browser's. SOURCE_DATE_EPOCH is set there, so that the .pyc do not depend on the clock.
"""

import json
import shutil
import sys
from pathlib import Path

WORK = Path("/work")  # the build's directory, mounted: bundle/, build/, wheels.json; compiled/ is what comes of it


def main() -> None:
    """Compile bundle/ into compiled/, with a lock file that names just these packages."""
    sys.path[:0] = [str(wheel) for wheel in sorted(WORK.glob("build/*.whl"))]
    # Only Pyodide has these two, from the wheels above.
    from pyodide_build._py_compile import (  # type: ignore[import-not-found]  # noqa: PLC0415
        _py_compile_archive_dir,
    )
    from pyodide_lock import (  # type: ignore[import-not-found]  # noqa: PLC0415
        PackageSpec,
        PyodideLockSpec,
    )

    bundle = Path("/bundle")  # in memory: the mounted directory is slow
    shutil.copytree(WORK / "bundle", bundle)
    path = bundle / "pyodide-lock.json"

    lock = PyodideLockSpec.from_json(path)
    wheels = json.loads((WORK / "wheels.json").read_text())
    for wheel in wheels:
        known = lock.packages.get(wheel["name"])
        if known is None or known.file_name != wheel["file_name"]:  # from PyPI: Pyodide has none, or an older one
            lock.packages[wheel["name"]] = PackageSpec(install_dir="site", package_type="package", **wheel)
    lock.packages = {wheel["name"]: lock.packages[wheel["name"]] for wheel in wheels}
    lock.to_json(path)

    _py_compile_archive_dir(bundle, keep=False, verbose=False, compression_level=0)

    PyodideLockSpec.from_json(path).check_wheel_filenames()
    shutil.copytree(bundle, WORK / "compiled")


if __name__ == "__main__":
    main()
