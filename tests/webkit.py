"""WebKitGTK for driver.py: what driver.mjs does for the others, by the WebDriver protocol.

Reads commands as lines of JSON from stdin and answers each with a line on stdout. Here is all in which WebKit differs:
it wants a display (Xvfb), resolves no name as it is told to (so a proxy does), and tells nothing of its console,
so that only what a page writes there itself is heard, from when it is asked something. Not here: what pages are asked.
"""

import contextlib
import http.client
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

CHUNK = 16_384
_A_DAY = 86_400_000  # milliseconds: who waits gives up by himself
_HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "transfer-encoding"}
_MINIBROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser /usr/libexec/webkit2gtk-4.*/MiniBrowser"


_VISIT = """
const [argument, done] = arguments;
const said = [];
for (const kind of ["log", "info", "warn", "error"]) {
  const say = console[kind];
  console[kind] = (...words) => (said.push(`${kind}: ${words.join(" ")}`), say.apply(console, words));
}
addEventListener("error", ({ message }) => said.push(`error: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => said.push(`error: ${reason}`));
(async () => { %s })().then(
  (value) => done({ value: value ?? null, said }),
  (error) => done({ error: `${error}\\n${error?.stack ?? ""}` }), // WebKit's stack is without the message
);
"""


class WebKitError(Exception):
    """The browser did not start, or what it was asked to do failed."""


class _Proxy(BaseHTTPRequestHandler):
    """Hands every request on to this machine, whatever the name in it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Hand on a request and, as it arrives, its answer."""
        address = urlsplit(self.path)
        server = http.client.HTTPConnection("127.0.0.1", address.port or 80)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP_BY_HOP}
        try:
            server.request("GET", address._replace(scheme="", netloc="").geturl(), headers=headers)
            answer = server.getresponse()
        except OSError as error:
            return self.send_error(502, str(error))
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        self.end_headers()
        left = answer.length or 0
        while chunk := answer.read1(CHUNK):
            self.wfile.write(chunk)
            left -= len(chunk)
        self.close_connection = left != 0  # what came short must look so here, too
        server.close()
        return None

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _ProxyServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a browser that closes a connection early go in peace."""


class WebKit:
    """A WebKitGTK with a fresh profile of its own, until it is closed."""

    def __init__(self, driver: str) -> None:
        self._started = contextlib.ExitStack()
        self.version = ""
        try:
            self.version = self._start(driver)
        except BaseException:
            self.close()
            raise

    def _start(self, driver: str) -> str:
        proxy = self._started.enter_context(_ProxyServer(("127.0.0.1", 0), _Proxy))
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        self._started.callback(proxy.shutdown)
        port = _free_port()
        environment = {**os.environ, "DISPLAY": f":{self._display()}", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        self._run([driver, f"--port={port}"], env=environment)
        self._driver = f"http://127.0.0.1:{port}/session"
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        wanted = {
            "webkitgtk:browserOptions": {"binary": _minibrowser(), "args": ["--automation"]},
            "proxy": {"proxyType": "manual", "httpProxy": f"127.0.0.1:{proxy.server_port}"},
            "timeouts": {"script": _A_DAY, "pageLoad": _A_DAY},
        }
        session = self._ask("POST", "", capabilities={"alwaysMatch": wanted})
        self._driver += f"/{session['sessionId']}"
        self._started.callback(self._ask, "DELETE", "")
        capabilities = session["capabilities"]
        return f"{capabilities['browserName']} {capabilities['browserVersion']}"

    def close(self) -> None:
        """End the browser and all that was started for it."""
        self._started.close()

    def visit(self, url: str, script: str, argument: object = None) -> dict[str, Any]:
        """Open a page, run the body of an async function in it, and return its value and what was said."""
        self._ask("POST", "/url", url=url)
        answer: dict[str, Any] = self._ask("POST", "/execute/async", script=_VISIT % script, args=[argument])
        self._ask("POST", "/url", url="about:blank")
        if "error" in answer:
            raise WebKitError(answer["error"])
        return answer

    def _display(self) -> int:
        """Return the number of a display that nobody sees."""
        xvfb = shutil.which("Xvfb")
        if xvfb is None:
            raise WebKitError("there is no Xvfb")
        process = self._run([xvfb, "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
        assert process.stdout
        if not select.select([process.stdout], [], [], 30)[0]:
            raise WebKitError("Xvfb does not start")
        return int(process.stdout.readline())

    def _run(self, command: list[str], **options: Any) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, **{"stderr": subprocess.DEVNULL, **options},
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        self._started.callback(process.wait, timeout=60)
        self._started.callback(process.terminate)
        return process

    def _ask(self, method: str, path: str, **options: object) -> Any:
        body = json.dumps(options).encode() if method == "POST" else None
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(self._driver + path, data=body, method=method, headers=headers)
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(asked) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            value = json.load(refused)["value"]
            raise WebKitError(f"{value['error']}: {value['message']}") from None


def _minibrowser() -> str:
    found = [path for pattern in _MINIBROWSERS.split() for path in Path("/").glob(pattern[1:])]
    if not found:
        raise WebKitError("there is no MiniBrowser")
    return str(max(found))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers() -> Iterator[dict[str, Any]]:
    """Yield what each command of stdin came to."""
    running: WebKit | None = None
    try:
        for line in sys.stdin:
            asked = json.loads(line)
            command = asked.pop("do")
            try:
                if command == "launch":
                    running = WebKit(asked["executable"])
                    yield {"value": running.version}
                elif command == "visit" and running:
                    yield {"value": running.visit(**asked)}
                else:
                    break
            except (WebKitError, OSError) as error:
                yield {"error": str(error)}
    finally:
        if running:
            running.close()
    yield {"value": None}


if __name__ == "__main__":
    for answer in _answers():
        print(json.dumps(answer), flush=True)
