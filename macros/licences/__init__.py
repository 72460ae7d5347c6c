"""The licences of what the site ships of other people's work, as texts to read and as a bill of materials.

Here: where each text comes from, which is the file that its project ships, and how it is called in the site. One is
kept beside this: the wheel of chinesecalendar leaves out the LICENSE of its source. What others have put into a file
of a project is named by that file: the theme's scripts carry notices, calamine's wheel a bill of its own. What a
company adds is its own, and listed by name and hash. Not here: what is shipped (`macros.runtime`).
"""

import hashlib
import json
import re
import uuid
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from macros import layers
from macros.runtime.vendor import Vendor, VendoredFile

FOLDER = "licences"
"""Where the texts are in the site."""
MATERIALS = "bom.cdx.json"
"""The bill of materials, in the same folder."""

ROOT = Path(__file__).resolve().parents[2]
THEME = "mkdocs-material"
_TEXT = re.compile(r"licen[cs]e|notice|copying|authors", re.IGNORECASE)
_NO_TEXT = {".svg", ".py"}
UNUSED = "assets/javascripts/lunr/"
"""What the theme brings to search in other languages' words; no page of a site in Chinese and English asks for it."""
_PUBLISHED = re.compile(r"material/templates/(assets/.+\.(?:js|css|map|png))")
_NOTICE = re.compile(r"/\*!.*?\*/", re.DOTALL)
_OF_COMPANY = ("docs/assets", "theme", "calculators")
"""Where a company's files are that readers get as they are, or that run in their browsers."""
_SOURCE = """\
This site contains Pyodide {version}, whose source code is available under the terms of the Mozilla Public License 2.0,
whose text stands beside this notice, at

    https://github.com/pyodide/pyodide/tree/{version}

What is served here are Pyodide's own files. They are unchanged but for being compressed, and for the standard library,
which is compiled to bytecode with pyodide-build (macros/runtime/compile.py).
"""


def texts(vendor: Vendor) -> dict[str, bytes]:
    """Return every text by its place below `FOLDER`; a folder for each project. Raises VendorError."""
    found: dict[str, bytes] = {"sales-playbook/LICENSE.txt": (ROOT / "LICENSE").read_bytes()}
    for file in vendor.lock.files:
        if file.part == "package":
            for name, content in _of_wheel(vendor.fetch(file)):
                found[f"{file.project}/{name}.txt"] = content
        elif file.part == "licence":
            name = file.name.removeprefix(f"{file.project}-")
            found[f"{file.project}/{name}.txt"] = vendor.fetch(file).read_bytes()
    for path in distribution(THEME).files or []:
        if _TEXT.search(path.name) and path.suffix not in _NO_TEXT:
            kind = "" if ".dist-info" in path.parts[0] else f"icons-{path.parent.name}-"
            found[f"{THEME}/{kind}{path.name}.txt"] = Path(str(path.locate())).read_bytes()
    for name, content in _of_theme():
        if name.endswith(".js") and (notices := dict.fromkeys(_NOTICE.findall(content.decode("utf-8", "replace")))):
            found[f"{THEME}/{PurePosixPath(name).name}-NOTICE.txt"] = "\n\n".join(notices).encode()
    found["python-calamine/crates-NOTICE.txt"] = "\n".join(
        f"{crate['name']} {crate['version']}, {crate['author']}: {crate['licence']}" for crate in _crates(vendor)
    ).encode()
    found["chinesecalendar/LICENSE.txt"] = Path(__file__).with_name("chinesecalendar.txt").read_bytes()
    (version,) = {file.version for file in vendor.lock.files if file.part == "core"}
    found["pyodide/SOURCE.txt"] = _SOURCE.format(version=version).encode()
    return {name.replace(".txt.txt", ".txt"): content for name, content in sorted(found.items())}


def _of_wheel(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """The texts that a wheel has in its metadata, by flat names."""
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            path = PurePosixPath(name)
            if ".dist-info" in path.parts[0] and _TEXT.search(path.name) and not name.endswith("/"):
                within = [part for part in path.parts[1:] if part != "licenses"]
                yield "-".join(within), files.read(name)


def _of_theme() -> Iterator[tuple[str, bytes]]:
    """The scripts, styles and pictures that the theme puts into the site as they are, by their places there."""
    for path in sorted(distribution(THEME).files or [], key=str):
        found = _PUBLISHED.fullmatch(path.as_posix())
        if found and not found[1].startswith(UNUSED):
            yield found[1], Path(str(path.locate())).read_bytes()


def _of_company() -> Iterator[tuple[str, bytes]]:
    """A company's own files, by their places in its folder."""
    for folder in _OF_COMPANY:
        for path in sorted((layers.COMPANY / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(layers.COMPANY).as_posix(), path.read_bytes()


def _crates(vendor: Vendor) -> Iterator[dict[str, str]]:
    """What wheels say has been compiled into them, by the bills of materials that they carry (PEP 770)."""
    for file in vendor.lock.files:
        if file.part != "package":
            continue
        with zipfile.ZipFile(vendor.fetch(file)) as files:
            for name in files.namelist():
                if "/sboms/" not in name:
                    continue
                for one in json.loads(files.read(name)).get("components", []):
                    if one.get("scope") != "excluded":
                        licence = "".join(str(said.get("expression", "")) for said in one.get("licenses", [])[:1])
                        said = {key: str(one.get(key, "")) for key in ("name", "version", "purl")}
                        author = re.sub(r"\s*<[^<>]*>", "", str(one.get("author", "")))
                        yield {**said, "author": author, "licence": licence}


def materials(vendor: Vendor) -> bytes:
    """Return the bill of materials as CycloneDX, the same bytes for the same versions.

    What readers get is required; what only builds the site, pip's whole tree as it is locked, is excluded.
    """
    bom = Bom()
    site = Component(name="sales-playbook", type=ComponentType.APPLICATION, bom_ref="sales-playbook")
    bom.metadata.component = site
    for file in vendor.lock.files:
        if file.part != "licence":
            bom.components.add(_component(file))
    for crate in _crates(vendor):
        bom.components.add(
            Component(
                name=crate["name"],
                version=crate["version"],
                type=ComponentType.LIBRARY,
                scope=ComponentScope.REQUIRED,
                licenses=[LicenseFactory().make_from_string(crate["licence"])] if crate["licence"] else [],
                purl=PackageURL.from_string(crate["purl"]),
                bom_ref=crate["purl"],
            )
        )
    for whose, files in ((THEME, _of_theme()), ("company", _of_company())):
        for name, content in files:
            digest = HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(content).hexdigest())
            bom.components.add(
                Component(
                    name=name,
                    group=whose,
                    type=ComponentType.FILE,
                    scope=ComponentScope.REQUIRED,
                    hashes=[digest],
                    bom_ref=f"{whose}:{name}",
                )
            )
    for name, version in _locked():
        bom.components.add(
            Component(
                name=name,
                version=version,
                type=ComponentType.LIBRARY,
                scope=ComponentScope.REQUIRED if name == THEME else ComponentScope.EXCLUDED,
                purl=PackageURL("pypi", None, name, version),
                bom_ref=f"pip:{name}@{version}",
            )
        )
    bom.register_dependency(site, bom.components)
    written = json.loads(JsonV1Dot6(bom).output_as_string())
    del written["metadata"]["timestamp"]  # of this moment, and so is the number
    del written["serialNumber"]
    text = json.dumps(written, sort_keys=True)
    written["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}"
    return json.dumps(written, indent=1, sort_keys=True, ensure_ascii=False).encode()


def _component(file: VendoredFile) -> Component:
    kind = "npm" if any(source.kind == "npm" for source in file.sources) else "pypi"
    return Component(
        name=file.project,
        version=file.version,
        description=file.name,
        type=ComponentType.LIBRARY,
        scope=ComponentScope.EXCLUDED if file.part == "build" else ComponentScope.REQUIRED,
        licenses=[LicenseFactory().make_from_string(file.licence)],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=file.sha256)],
        purl=PackageURL(kind, None, file.project, file.version),
        bom_ref=file.name,
    )


def _locked() -> Iterator[tuple[str, str]]:
    text = (ROOT / "locks" / "site.txt").read_text("utf-8")
    yield from dict.fromkeys(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE))
