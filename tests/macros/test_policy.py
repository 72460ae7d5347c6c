"""What every built page says of itself: hashes of scripts and styles, the strict policy, and the build it is of."""

import hashlib
import re
import struct
from base64 import b64encode
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from macros import publish
from macros.policy import HEADERS
from tests.browser import policies
from tests.conftest import build


def integrity(content: bytes) -> str:
    """Return what an integrity attribute says of a content."""
    return f"sha256-{b64encode(hashlib.sha256(content).digest()).decode()}"


class Page(HTMLParser):
    """What of a page a policy is about: `linked` files with their integrity, inline `scripts`, `handlers`, `policy`."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=False)
        self.linked: list[tuple[str, str | None]] = []
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.policy = ""
        self._inside = False
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        given = dict(attrs)
        self.handlers += [name for name in given if name.startswith("on")]
        if tag == "script" and given.get("src"):
            self.linked.append((given["src"] or "", given.get("integrity")))
        elif tag == "link" and given.get("rel") in {"stylesheet", "modulepreload"}:
            self.linked.append((given["href"] or "", given.get("integrity")))
        elif tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self._inside = tag == "script" and not given.get("src") and given.get("type") != "application/json"
        if self._inside:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        """Note an inline script's text."""
        if self._inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Note that a script ends, within which no tag does."""
        self._inside = self._inside and tag != "script"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    """Return all pages of the site."""
    return {path: Page(path) for path in site.rglob("*.html")}


def test_every_script_and_style_has_its_hash(pages: dict[Path, Page]) -> None:
    """Each tag's integrity is that of the file it names, Material's own included."""
    contents: dict[Path, str] = {}
    for path, page in pages.items():
        assert page.linked or path.name == "404.html"
        for name, said in page.linked:
            file = (path.parent / name).resolve()
            contents[file] = contents.get(file) or integrity(file.read_bytes())
            assert said == contents[file], (path, name)


def test_every_page_has_the_strict_policy(site: Path, pages: dict[Path, Page]) -> None:
    """Nothing but the site's own files and the inline scripts that were printed, by hash; no event handlers."""
    (policy,) = {page.policy for page in pages.values()}
    allowed = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert allowed["default-src"] == "'none'"
    assert allowed["connect-src"] == "'self'"
    assert allowed["object-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    hashes = set(re.findall(r"'(sha256-[^']+)'", allowed["script-src"]))
    others = re.sub(r" 'sha256-[^']+'", "", allowed["script-src"])
    assert others == "'self' 'wasm-unsafe-eval'"
    assert {integrity(script.encode()) for page in pages.values() for script in page.scripts} == hashes
    assert not [page for page in pages.values() if page.handlers]
    header = policies(str(site))["pages"]
    served = policy.replace("worker-src 'self' blob:", "worker-src 'self'")
    assert header == f"{served}; frame-ancestors 'none'"


def test_servers_get_the_same_lines(site: Path) -> None:
    """Those for nginx, Apache and IIS say the same."""
    for name, policy in policies(str(site)).items():
        assert f'"{policy}"' in (site / HEADERS / f"apache-{name}.conf").read_text("utf-8")
        assert f'value="{policy}"' in (site / "web.config").read_text("utf-8")


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def test_two_builds_of_one_commit_are_the_same(site: Path, tmp_path: Path) -> None:
    """To the byte; and the build's hash says which it is. (A snapshot made anew: runtime/test_runtime.py.)"""
    (day,) = struct.unpack_from("<I", (site / "sitemap.xml.gz").read_bytes(), 4)  # it may be the day before by now
    ended = build(tmp_path / "site", snapshot=True, SOURCE_DATE_EPOCH=str(day))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert dict(files(tmp_path / "site")) == dict(files(site))
    name = publish.check(site)
    assert all(name in (site / page).read_text("utf-8") for page in ("about.html", "en/about.html"))
