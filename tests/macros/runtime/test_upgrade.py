"""Taking vendor.lock to newer versions: what is changed, and what stands in the way. No network is used."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from macros.runtime import upgrade
from macros.runtime.vendor import LOCK, read_lock


def theirs(changes: dict[str, str]) -> bytes:
    """Return a Pyodide's lock that names our wheels, but for these projects' hashes."""
    files = [file for file in read_lock().files if file.part == "package"]
    packages = {
        file.project: {
            "name": file.project,
            "file_name": file.name,
            "sha256": changes.get(file.project, file.sha256),
        }
        for file in files
    }
    return json.dumps({"packages": packages}).encode()


def test_a_pyodide_with_our_wheels_can_be_had() -> None:
    """Nothing hinders it; another build of one wheel does, and is named."""
    files = read_lock().files
    assert upgrade.hindrances(theirs({}), files) == []
    (reason,) = upgrade.hindrances(theirs({"numpy": "0f" * 32}), files)
    assert reason.startswith("numpy: it wants numpy-")
    assert "0f0f0f0f0f0f" in reason


def test_the_newest_that_can_be_had_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Versions are tried from the newest on; the lock has the sizes and hashes of the one taken, and no more."""
    path = tmp_path / "vendor.lock"
    path.write_text(LOCK.read_text("utf-8"), "utf-8")
    before = read_lock()
    old = next(file.version for file in before.files if file.project == "pyodide")
    locks = {"999.0.2": theirs({"pandas": "00" * 32}), "999.0.1": theirs({})}
    monkeypatch.setattr(upgrade, "LOCK", path)
    monkeypatch.setattr(upgrade, "versions", lambda name: [*locks, old] if name == "pyodide" else [])
    monkeypatch.setattr(
        upgrade,
        "_fetched",
        lambda _package, new, files: {
            file.name: locks[new] if file.name == "pyodide-lock.json" else f"{file.name} of {new}".encode()
            for file in files
        },
    )
    assert upgrade.main([]) == 0
    said = capsys.readouterr().out
    assert "999.0.2 cannot be had: pandas" in said
    assert f"pyodide {old} → 999.0.1" in said
    after = tomllib.loads(path.read_text("utf-8"))
    assert "999.0.1" in after["cdn"]
    for entry, file in zip(after["file"], before.files, strict=True):
        if file.project != "pyodide":
            assert (entry["version"], entry["sha256"]) == (file.version, file.sha256)
        else:
            assert entry["version"] == "999.0.1"
            assert (entry["sha256"] != file.sha256) is (file.part == "core")
    assert replace(before, files=()).cdn not in path.read_text("utf-8")
