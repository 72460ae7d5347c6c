"""Chromium, Firefox and WebKitGTK driven alike, the first two by puppeteer-core: Playwright drives neither Firefox nor
WebKit as distributions ship them.

    with Driver("firefox") as firefox:
        title = firefox.visit("http://127.0.0.1:8000/", "return document.title").value

Not here: what pages are asked, and the guarded Chromium of most browser tests (`browser`).
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from tests.browser import BROWSERS, LAUNCH_ARGUMENTS

Name = Literal["chromium", "firefox", "webkit"]
_EXECUTABLES: dict[Name, tuple[str, ...]] = {
    "chromium": BROWSERS,
    "firefox": ("firefox-esr", "firefox"),
    "webkit": ("WebKitWebDriver",),
}
_PUPPETEER = [str(Path(sys.executable).with_name("node")), str(Path(__file__).with_name("driver.mjs"))]
_WEBKIT = [sys.executable, "-m", "tests.webkit"]


class DriverError(Exception):
    """The browser did not start, or what it was asked to do failed."""


class Visit(NamedTuple):
    """What the script returned, and what the page wrote to its console."""

    value: Any
    said: list[str]


def find(browser: Name) -> str | None:
    """Return the browser's executable: $CHROMIUM, $FIREFOX or $WEBKIT if set, else the first that is on the path."""
    named = os.environ.get(browser.upper())
    return named or next((found for name in _EXECUTABLES[browser] if (found := shutil.which(name))), None)


class Driver:
    """A browser with a fresh profile of its own, from entering the context to leaving it.

    `host` is a name that it shall resolve to this machine; `preferences` are Firefox's.
    """

    def __init__(self, browser: Name, host: str | None = None, preferences: Mapping[str, object] | None = None) -> None:
        self.browser = browser
        self.host = host
        self.preferences = {**(preferences or {}), **({"network.dns.localDomains": host} if host else {})}
        self.version = ""

    def __enter__(self) -> Self:
        """Start it; raises DriverError when it does not start."""
        executable = find(self.browser)
        if executable is None:
            raise DriverError(f"there is no {self.browser}")
        self._process = subprocess.Popen(
            _WEBKIT if self.browser == "webkit" else _PUPPETEER,
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        arguments = list(LAUNCH_ARGUMENTS) if self.browser == "chromium" else []
        if self.host and self.browser == "chromium":
            arguments.append(f"--host-resolver-rules=MAP {self.host} 127.0.0.1, MAP * ~NOTFOUND")
        try:
            self.version = self._ask(
                "launch", browser=self.browser, executable=executable, args=arguments, preferences=self.preferences
            )
        except DriverError:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        try:
            self._ask("close")
        finally:
            self._end()

    def visit(self, url: str, script: str, argument: object = None, window: dict[str, int] | None = None) -> Visit:
        """Open a page, run the body of an async JavaScript function of `argument` in it, and close it again.

        ``window`` is its ``width`` and ``height``, for all but WebKit.
        """
        more = {} if window is None else {"window": window}
        return Visit(**self._ask("visit", url=url, script=script, argument=argument, **more))

    def _ask(self, command: str, **options: object) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": command, **options}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise DriverError(f"{self.browser} is gone")
        answer = json.loads(line)
        if "error" in answer:
            raise DriverError(answer["error"])
        return answer["value"]

    def _end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=60)


if __name__ == "__main__":  # make test asks before it installs one
    asked: Name = next((name for name in _EXECUTABLES if sys.argv[1:] == [name]), "chromium")
    try:
        with Driver(asked) as found:
            print(found.version)
    except DriverError as error:
        sys.exit(str(error))
