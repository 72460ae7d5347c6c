"""A headless LibreOffice that computes workbooks: every formula anew, whatever value the file has stored beside it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

MISSING = (
    "no LibreOffice was found. Install its Calc (Debian: apt-get install libreoffice-calc), "
    "or set SOFFICE to the program's path"
)
_NAMES = ("soffice", "libreoffice")
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
"""Its setting “recalculate on loading: always”; by itself it trusts the values in the file."""


def program() -> str | None:
    """Return the LibreOffice to use: $SOFFICE if set, else the one on the path, if there is one."""
    named = os.environ.get("SOFFICE")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


def compute(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    """Return the workbooks as LibreOffice saves them after computing all of them, in one run (starting takes seconds).

    ``folder`` is an empty one. Raises RuntimeError, with what it printed, when one did not come out.
    """
    return _converted(workbooks, folder, "xlsx")


def pages_printed(workbooks: Mapping[str, bytes], folder: Path) -> dict[str, int]:
    """Return how many pages each workbook takes on paper, all in one run; ``folder`` is an empty one."""
    printed = _converted(workbooks, folder, "pdf")
    return {name: len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) for name, path in printed.items()}


def _converted(workbooks: Mapping[str, bytes], folder: Path, kind: str) -> dict[str, Path]:
    given, made, profile = (folder / name for name in ("given", "made", "profile"))
    for place in (given, made, profile / "user"):
        place.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    for name, content in workbooks.items():
        (given / name).write_bytes(content)
    command = [str(program()), "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", kind]
    files = [str(given / name) for name in workbooks]
    ended = subprocess.run(
        [*command, "--outdir", str(made), *files], capture_output=True, encoding="utf-8", check=False
    )
    results = {name: (made / name).with_suffix(f".{kind}") for name in workbooks}
    if lost := [name for name, path in results.items() if not path.is_file()]:
        raise RuntimeError(f"LibreOffice gave nothing for {', '.join(lost)}\n{ended.stdout}{ended.stderr}")
    return results


if __name__ == "__main__":  # make test asks before it installs one
    found = program()
    if found:
        print(subprocess.run([found, "--version"], capture_output=True, encoding="utf-8", check=False).stdout.strip())
    sys.exit(None if found else MISSING)
