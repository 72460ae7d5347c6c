"""What several test files share: the site, built once, and a guarded browser on it. The harness is in `browser`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser import MISSING, Guard, resolver_rules, serve, start

settings.register_profile("playbook", deadline=None)  # a slow machine is no failure
settings.load_profile("playbook")
expect.set_options(timeout=30_000)  # waiting ends as soon as what is expected is there

ROOT = Path(__file__).resolve().parent.parent


def build(site: Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the real ``mkdocs build --strict`` of a checkout into ``site`` and return how it ended."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site, built once for all tests."""
    folder = tmp_path_factory.mktemp("site")
    ended = build(folder)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return folder


def copy_checkout(folder: Path) -> Path:
    """Copy the checkout to a folder, without what is made of it and without tests, and return the folder."""
    ignored = shutil.ignore_patterns(".*", "site", "node_modules", "build", "tests", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=ignored)
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the checkout that a test may spoil."""
    return copy_checkout(tmp_path / "checkout")


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


@pytest.fixture(scope="session")
def browser(site: Path, playwright: Playwright) -> Iterator[Browser]:
    """Yield a Chromium that sees the site at `browser.URL` and nothing else."""
    with serve(site, _server_headers) as port:
        chromium = start(playwright, resolver_rules(port))
        if chromium is None:
            if os.environ.get("CI"):
                pytest.fail(MISSING)
            pytest.skip(MISSING)
        yield chromium
        chromium.close()


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
