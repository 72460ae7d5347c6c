"""The licences that the site shows: complete, as each project ships them, and linked; and the bill of materials."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest

from macros import licences
from macros.runtime.vendor import Vendor
from tests.conftest import ROOT
from tests.macros.company import company_in

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


def test_every_script_and_style_that_is_not_ours_is_in_the_bill_by_its_hash(site: Path) -> None:
    """Whatever the theme puts there; of the words of other languages nothing, with which nobody searches."""
    bill = json.loads((site / licences.FOLDER / licences.MATERIALS).read_text("utf-8"))
    known = {one["content"] for component in bill["components"] for one in component.get("hashes", [])}
    ours = re.compile(r"assets/(playbook-|runtime/)|(.+/)?search/|arrival\.js$|assets/images/favicon\.svg$")
    code = {".js", ".mjs", ".css", ".map", ".wasm", ".woff", ".woff2", ".png", ".svg", ".bin"}
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.suffix in code}
    others = {name for name in files if not ours.match(name)}
    assert any("bundle." in name for name in others)
    assert [one for one in others if hashlib.sha256(files[one].read_bytes()).hexdigest() not in known] == []
    vendored = {re.sub(r"-[0-9a-f]{64}", "", name.rpartition("/")[2]) for name in files if "/runtime/" in name}
    assert vendored >= {"echarts.js", "tabulator.js", "wasm.bin", "packages.bin", "workbooks.bin"}


def test_what_is_compiled_into_others_is_named_and_what_a_company_adds() -> None:
    """calamine's crates by the bill that its wheel has, the theme's libraries by their notices, files by their hash."""
    vendor = Vendor()
    texts = licences.texts(vendor)
    assert "quick-xml" in texts["python-calamine/crates-NOTICE.txt"].decode()
    assert b"@" not in texts["python-calamine/crates-NOTICE.txt"]
    notices = "".join(text.decode() for name, text in texts.items() if name.startswith(f"{licences.THEME}/"))
    assert all(library in notices for library in ("clipboard.js", "escape-html", "lunr.Index"))


def test_a_companys_own_files_are_in_the_bill(tmp_path: Path) -> None:
    """Pictures, what it looks like, calculators: by name and hash, as its own; pages and words are no files of code."""
    added = {"docs/assets/images/a b.svg": "<svg/>", "theme/logo.svg": "<svg />", "calculators/x/__init__.py": "1\n"}
    with company_in(tmp_path, {**added, "docs/zh/a.md": "# A\n", "playbook.yml": "currency: EUR\n"}):
        bill = json.loads(licences.materials(Vendor()))
    listed = {one["name"]: one["hashes"][0]["content"] for one in bill["components"] if one.get("group") == "company"}
    assert listed == {name: hashlib.sha256(text.encode()).hexdigest() for name, text in added.items()}


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
