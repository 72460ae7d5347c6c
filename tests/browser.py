"""A real browser on a site served as an unfriendly intranet would, and a guard over what it does.

The address is http://playbook.intranet/sub/path/ and not 127.0.0.1, which browsers treat as a secure context:
on an intranet's plain HTTP there is no crypto.subtle, no clipboard API and no cache storage.
"""

import io
import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    Request,
    sync_playwright,
)

HOST = "playbook.intranet"
PREFIX = "/sub/path/"
URL = f"http://{HOST}{PREFIX}"

Mischief = Callable[[str, bytes, dict[str, str]], tuple[bytes, dict[str, str]]]
"""What a proxy makes of a file: of its name, content and headers, the content and headers that arrive.

Among the headers `STATUS` is that of the answer, 200 without it; with `STALLS` nothing comes after the content, and the
connection stays open.
"""
STATUS, STALLS = ":status", ":stalls"
Instead = dict[str, list[tuple[bytes, str]]]
"""By a file's name: contents and types that the server gives for it, one each time, before it gives the file."""

SERVED_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "application/javascript",
    ".json": "application/json",
    ".xml": "text/xml",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".bin": "application/octet-stream",
    ".csv": "application/octet-stream",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What IIS serves without being configured, as far as a site like this could use it; anything else is a 404."""
HIDDEN_FOLDERS = {"bin", "app_code", "app_data", "app_browsers", "app_globalresources", "app_localresources"}
"""Folder names that IIS's request filtering refuses wherever they stand."""

LAUNCH_ARGUMENTS = [
    "--headless",
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chromiums(playwright: Playwright) -> list[str]:
    """Return the Chromiums to try, best first: $CHROMIUM alone if set, those on the path, Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return [named]
    installed = [found for name in BROWSERS if (found := shutil.which(name))]
    own = playwright.chromium.executable_path
    return [*installed, own] if Path(own).exists() else installed


def start(playwright: Playwright, *arguments: str) -> Browser | None:
    """Start the first Chromium that starts (one may lack its libraries); None where there is none."""
    for executable in chromiums(playwright):
        try:
            return playwright.chromium.launch(executable_path=executable, args=[*LAUNCH_ARGUMENTS, *arguments])
        except Error as error:
            print(f"{executable} does not start: {str(error).splitlines()[0]}", file=sys.stderr)
    return None


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder under `PREFIX` with IIS's types and refusals."""

    extensions_map = SERVED_TYPES
    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        inside = unquote(urlsplit(path).path).removeprefix(PREFIX)
        return super().translate_path(f"/{inside}")

    def send_head(self):  # type: ignore[no-untyped-def]  # its return type is private to the standard library
        path = unquote(urlsplit(self.path).path)
        if instead := self.server.instead.get(Path(path).name):  # type: ignore[attr-defined]  # our _Server has it
            content, kind = instead.pop(0)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            return io.BytesIO(content)
        served = Path(path).suffix in SERVED_TYPES or path.endswith("/")
        hidden = HIDDEN_FOLDERS.intersection(path.lower().split("/"))
        if not path.startswith(PREFIX) or not served or hidden:
            self.send_error(404)
            return None
        file = Path(self.translate_path(self.path))
        mischief = self.server.mischief  # type: ignore[attr-defined]  # our _Server has it
        if mischief and file.is_file():
            content = file.read_bytes()
            plain = {"Content-Type": self.guess_type(file), "Content-Length": str(len(content))}
            content, headers = mischief[0](file.name, content, plain)
            self.send_response(int(headers.get(STATUS, 200)))
            for name, value in headers.items():
                if name not in (STATUS, STALLS):
                    self.send_header(name, value)
            self.close_connection = headers.get("Content-Length") != str(len(content))
            self.end_headers()
            over = self.server.over  # type: ignore[attr-defined]  # our _Server has it
            return _Stalling(content, over) if STALLS in headers else io.BytesIO(content)
        return super().send_head()

    def end_headers(self) -> None:
        named_by_content = "/assets/runtime/" in self.path or "/assets/playbook-" in self.path
        policy = policies(self.directory).get("scripts" if named_by_content else "pages", "")
        sent = {"Content-Security-Policy": policy, **self.server.headers}  # type: ignore[attr-defined]  # ours has them
        for name, value in sent.items():
            if value:
                self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Return the type by the ending; a folder's page is HTML."""
        return SERVED_TYPES.get(Path(path).suffix, "text/html")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a test's output is its failures."""


@cache
def policies(site: str) -> dict[str, str]:
    """Return the policies that a site gives for nginx, of ``pages`` and of ``scripts``; none of any other folder."""
    lines = Path(site).glob("headers/nginx-*.conf")
    return {path.stem.removeprefix("nginx-"): path.read_text("utf-8").split('"')[1] for path in lines}


class _Stalling(io.BytesIO):
    """A content after which nothing comes until the server is over."""

    def __init__(self, content: bytes, over: threading.Event) -> None:
        super().__init__(content)
        self._over = over

    def read(self, size: int | None = -1, /) -> bytes:
        """Return what there is, and then nothing, late."""
        found = super().read(size)
        if not found:
            self._over.wait()
        return found


class _Server(ThreadingHTTPServer):
    headers: dict[str, str]
    instead: Instead
    mischief: list[Mischief]
    over: threading.Event

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser that closes a connection early go in peace."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # what the server passes on


@contextmanager
def serve(
    folder: Path,
    headers: dict[str, str] | None = None,
    instead: Instead | None = None,
    mischief: list[Mischief] | None = None,
) -> Iterator[int]:
    """Serve a folder at a free port of this machine, under the policies that a site brings, and yield the port.

    ``headers``, ``instead`` and ``mischief`` may change meanwhile: what is sent with every answer, once each in a
    file's place, and what a proxy makes of every file, if there is one.
    """

    def handler(*args: object) -> _Handler:
        return _Handler(*args, directory=str(folder))  # type: ignore[arg-type]  # what the server passes on

    with _Server(("127.0.0.1", 0), handler) as server:
        server.headers = {} if headers is None else headers
        server.instead = {} if instead is None else instead
        server.mischief = [] if mischief is None else mischief
        server.over = threading.Event()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.over.set()
        server.shutdown()
        thread.join()


def resolver_rules(port: int) -> str:
    """Return the argument by which `HOST` is our server and no other name exists."""
    return f"--host-resolver-rules=MAP {HOST} 127.0.0.1:{port}, MAP * ~NOTFOUND"


class Guard:
    """Notes requests elsewhere or with a content, console errors and uncaught errors of the pages that it watches."""

    def __init__(self) -> None:
        self.offences: list[str] = []
        self._expected: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Note what any page of a context does from now on."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.offences.append(f"page error: {error.error}"))

    def expect(self, pattern: str) -> None:
        """Let offences that match a pattern pass; a test that provokes an error names it so."""
        self._expected.append(pattern)

    def check(self) -> None:
        """Fail with everything noted that was not expected."""
        found = [o for o in self.offences if not any(re.search(pattern, o) for pattern in self._expected)]
        assert not found, "\n".join(found)

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and (parts.scheme, parts.netloc) != ("http", HOST):
            self.offences.append(f"request to another origin: {request.url}")
        if request.method not in {"GET", "HEAD"} or request.post_data:
            self.offences.append(f"something is sent: {request.method} {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.offences.append(f"console error: {message.text} ({message.location.get('url')})")


MISSING = (
    "no Chromium that starts was found. Install one (Debian: apt-get install chromium), "
    "or run .venv/bin/python -m playwright install chromium, or set CHROMIUM to its path"
)

if __name__ == "__main__":  # make test asks before it installs one
    with sync_playwright() as running:
        found = start(running)
        if found:
            print(f"Chromium {found.version}")
            found.close()
        sys.exit(None if found else MISSING)


def becomes(page: Page, expression: str, *, within: float = 30) -> bool:
    """Say whether an expression becomes true in a page within some seconds.

    Playwright's own waiting asks again by ``eval`` in the page, which our policy forbids.
    """
    until = time.monotonic() + within
    while not page.evaluate(expression):
        if time.monotonic() > until:
            return False
        page.wait_for_timeout(50)
    return True
