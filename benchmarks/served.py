"""A plain server for measuring: counts what it sends, lets browsers keep it, and can be as slow as a line.

The line is slowed here and not in the browser, so that it is the same for every browser, and for workers.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CHUNK = 16_384
TYPES = {".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css"} | {
    ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm",
}  # fmt: skip


class Server(ThreadingHTTPServer):
    """`requests` and `bytes` (of bodies) since the last `reset`; `bits_per_second` of the line, or None."""

    def __init__(self, folder: Path) -> None:
        def handler(*args: Any) -> _Handler:
            return _Handler(*args, directory=str(folder))

        super().__init__(("127.0.0.1", 0), handler)
        self._lock = threading.Lock()
        self.reset(None)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a browser that closes a connection early go in peace."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)

    def reset(self, bits_per_second: float | None) -> None:
        """Begin to count anew, on a line of that speed."""
        self.requests = self.bytes = 0
        self.bits_per_second = bits_per_second
        self._free_at = 0.0

    def pass_on(self, count: int) -> None:
        """Count bytes, and wait as long as all connections together would for them on the line."""
        with self._lock:
            self.bytes += count
            if self.bits_per_second is None:
                return
            self._free_at = max(self._free_at, time.perf_counter()) + count * 8 / self.bits_per_second
            wait = self._free_at - time.perf_counter()
        time.sleep(max(wait, 0))


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = TYPES
    protocol_version = "HTTP/1.1"
    server: Server

    def guess_type(self, path: Any) -> str:
        return TYPES.get(Path(path).suffix, "application/octet-stream")

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache" if self.path.endswith(".html") else "max-age=31536000")
        super().end_headers()

    def send_response(self, code: int, message: str | None = None) -> None:
        self.server.requests += 1
        super().send_response(code, message)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        while chunk := source.read(CHUNK):
            self.server.pass_on(len(chunk))
            outputfile.write(chunk)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve a folder on a free port of this machine."""
    with Server(folder) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
