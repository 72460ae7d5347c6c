"""The licences that the site shows: complete, as each project ships them, and linked; and the bill of materials."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from macros import licences
from macros.runtime.vendor import Vendor
from tests.conftest import ROOT

PHRASES = {
    "pyodide/LICENSE.txt": "Mozilla Public License Version 2.0",
    "pyodide/SOURCE.txt": "https://github.com/pyodide/pyodide/tree/",
    "cpython/LICENSE.txt": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
    "echarts/NOTICE.txt": "Apache ECharts",
    "echarts/LICENSE.txt": "Apache License",
    "tabulator-tables/LICENSE.txt": "Oli Folkerd",
    "pandas/LICENSE.txt": "BSD 3-Clause License",
    "mkdocs-material/LICENSE.txt": "Martin Donath",
    "mkdocs-material/icons-material-LICENSE.txt": "Pictogrammers",
}


def test_everything_that_is_shipped_has_its_licence_to_read(site: Path) -> None:
    """Each project of vendor.lock that readers get, and the theme, has texts in the site, word for word its own."""
    shipped = {file.project for file in Vendor().lock.files if file.part != "build"} | {licences.THEME}
    there = {path.name for path in (site / licences.FOLDER).iterdir() if path.is_dir()}
    assert shipped <= there
    for name, phrase in PHRASES.items():
        assert phrase in (site / licences.FOLDER / name).read_text("utf-8"), name
    assert all(path.stat().st_size > 50 for path in (site / licences.FOLDER).rglob("*.txt"))


@pytest.mark.parametrize("page", ["about.html", "en/about.html"])
def test_about_links_every_text(page: str, site: Path) -> None:
    """Nothing in the folder is out of a reader's reach, nor the bill of materials."""
    hrefs = re.findall(r'href="([^"]*licences/[^"]+)"', (site / page).read_text("utf-8"))
    linked = {(site / page).parent.joinpath(href).resolve() for href in hrefs}
    assert linked == {path.resolve() for path in (site / licences.FOLDER).rglob("*") if path.is_file()}


def test_the_bill_of_materials_names_all(site: Path) -> None:
    """Valid CycloneDX with the hash of every vendored file, and what builds the site marked as not shipped."""
    bill = json.loads((site / licences.FOLDER / licences.MATERIALS).read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    hashes = {component["bom-ref"]: component.get("hashes", [{}])[0].get("content") for component in bill["components"]}
    for file in Vendor().lock.files:
        if file.part != "licence":
            assert hashes[file.name] == file.sha256
    scopes = {re.sub("@.*", "", component["bom-ref"]): component["scope"] for component in bill["components"]}
    assert scopes["pyodide.asm.wasm"] == scopes["pip:mkdocs-material"] == "required"
    assert scopes["pip:pandas"] == scopes["pip:mkdocs"] == "excluded"


@pytest.mark.parametrize(("name", "extras"), [("site", []), ("test", ["test"]), ("mutants", ["test", "mutants"])])
def test_pips_whole_tree_is_locked(name: str, extras: list[str]) -> None:
    """Everything that pyproject.toml asks for is in the lock, and each entry of it has hashes."""
    text = (ROOT / "locks" / f"{name}.txt").read_text("utf-8")
    entries = re.findall(r"^([\w.-]+)==\S+.*?(?=^[\w.-]+==|\Z)", text, re.MULTILINE | re.DOTALL)
    blocks = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(blocks)
    assert all("--hash=sha256:" in block for block in blocks)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in extras for one in project["optional-dependencies"][extra])]
    names = {entry.lower().replace("_", "-") for entry in entries}
    assert {re.split(r"[^\w.-]", one)[0].lower().replace("_", "-").split("~")[0] for one in asked} <= names


def test_make_installs_by_hash_and_npm_runs_nothing() -> None:
    """No other way of installing is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text("utf-8").splitlines()
    lines = [line for line in makefile if "pip install" in line and not line.startswith("#")]
    others = [line for line in lines if "--require-hashes" not in line and "build/uv" not in line]
    assert others == []
    assert "npm ci --ignore-scripts" in (ROOT / "Makefile").read_text("utf-8")
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text("utf-8")
