"""What several test files share: sites, each built once, and a guarded browser on ours. The harness is in `browser`."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

# Upstream's tests are of upstream's figures, words and pages, whatever the company has in its folder: that is
# checked by its own build. Checkouts that tests make have folders of their own.
NO_COMPANY = {"PLAYBOOK_COMPANY": str(Path(__file__).with_name("no-company"))}
os.environ |= NO_COMPANY
import calculators  # noqa: E402, F401 - which looks for the company's folder as it is imported

del os.environ["PLAYBOOK_COMPANY"]
os.environ["PLAYBOOK_LANG"] = "en"  # what builds and commands say is compared, on whichever machine

from tests import own_company  # noqa: E402 - as below
from tests.browser import MISSING, Guard, Instead, Mischief, resolver_rules, serve, start  # noqa: E402 - as above

settings.register_profile("playbook", deadline=None)  # a slow machine is no failure
settings.register_profile("long", deadline=None, max_examples=2_000)  # pytest --hypothesis-profile=long
settings.load_profile("playbook")
expect.set_options(timeout=30_000)  # waiting ends as soon as what is expected is there

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, for `make pythons` to leave out."""
    for item in items:
        if {"browser", "driver"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")


WITHOUT_SNAPSHOT = """
from mkdocs.__main__ import cli
from macros import pages

made = pages.bundle
pages.bundle = lambda settings, *, snapshot: made(settings, snapshot=False)
cli()
"""


def build(
    site: Path, folder: Path = ROOT, *, snapshot: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the real ``mkdocs build --strict`` of a checkout into ``site`` and return how it ended.

    Without the ``snapshot``, which takes half a minute to make wherever words or calculators are others.
    """
    command = [sys.executable, *(["-m", "mkdocs"] if snapshot else ["-c", WITHOUT_SNAPSHOT])]
    command += ["build", "--strict", "--site-dir", str(site)]
    given = {**os.environ, **(NO_COMPANY if folder == ROOT else {}), **environment}
    return subprocess.run(command, cwd=folder, env=given, capture_output=True, encoding="utf-8", check=False)


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of that name, which ``make`` fills once for all workers of a run (pytest -n 2)."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, making, taken = (shared / f"{name}{ending}" for ending in ("", "-in-the-making", "-taken"))
    while not folder.exists():
        try:
            taken.mkdir()
        except FileExistsError:  # another worker makes it
            time.sleep(0.2)
            continue
        try:
            if not folder.exists():
                make(making)
                making.rename(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
            taken.rmdir()
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, built once for all tests."""

    def make(folder: Path) -> None:
        ended = build(folder, snapshot=True)
        assert ended.returncode == 0, ended.stdout + ended.stderr

    return made_once(tmp_path_factory, "site", make)


def copy_checkout(folder: Path) -> Path:
    """Copy the checkout to a folder, without what is made of it and without tests, and return the folder."""
    ignored = shutil.ignore_patterns(".*", "site", "node_modules", "build", "company", "tests", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=ignored)
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the checkout that a test may spoil."""
    return copy_checkout(tmp_path / "checkout")


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a company's site (``own_company``), built once. Its checkout stands beside the site."""

    def make(folder: Path) -> None:
        checkout = copy_checkout(folder / "checkout")
        own_company.begin(checkout)
        ended = build(folder / "site", folder=checkout, snapshot=True)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert "There is no snapshot" not in ended.stderr

    return made_once(tmp_path_factory, "own", make) / "site"


_server_headers: dict[str, str] = {}


@pytest.fixture
def server_headers() -> Iterator[dict[str, str]]:
    """Yield the headers that the server adds to every answer; what a test puts in is gone after it."""
    yield _server_headers
    _server_headers.clear()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Yield the one Playwright that a process can have."""
    with sync_playwright() as running:
        yield running


@contextmanager
def seeing(
    site: Path,
    playwright: Playwright,
    headers: dict[str, str] | None = None,
    instead: Instead | None = None,
    mischief: list[Mischief] | None = None,
) -> Iterator[Browser]:
    """Yield a Chromium that sees a site at `browser.URL` and nothing else; skip without one, or fail under CI."""
    with serve(site, headers, instead, mischief) as port:
        chromium = start(playwright, resolver_rules(port))
        if chromium is None:
            if os.environ.get("CI"):
                pytest.fail(MISSING)
            pytest.skip(MISSING)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def browser(site: Path, playwright: Playwright) -> Iterator[Browser]:
    """Yield a Chromium that sees the site at `browser.URL` and nothing else."""
    with seeing(site, playwright, _server_headers) as chromium:
        yield chromium


@pytest.fixture
def guard() -> Iterator[Guard]:
    """Fail the test on any request to another origin, console error or uncaught error in its pages.

    A test that provokes an error names it with ``guard.expect(pattern)``.
    """
    guard = Guard()
    yield guard
    guard.check()


@pytest.fixture
def new_page(browser: Browser, guard: Guard) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a guarded page in a context of its own (options: Playwright's new_context)."""
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        guard.watch(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a guarded page 1280 pixels wide."""
    return new_page(viewport={"width": 1280, "height": 900})
