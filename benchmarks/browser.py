"""Measuring in the browser's Python: the site's worker, with a bridge that measures where it is asked to.

Under Node, or in Chromium where that is what a number is about.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.served import serving
from macros.runtime.bundle import Bundle, build_bundle
from macros.runtime.worker import run_bridge
from tests.driver import Driver

ROOT = Path(__file__).resolve().parent.parent
MEASURING = """

class Bridge(Bridge):
    def reply(self, request_json, attachments=None):
        request = json.loads(request_json)
        if "repeats" not in request:
            return super().reply(request_json, attachments)
        from calculators.measure import measure
        return json.dumps(measure(**request))
"""


# A page's worker, asked one thing.
ASK = """
const worker = new Worker(`/worker.js#${location.origin}/${argument.manifest}`, { type: "module" });
return new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => {
    if (data.type === "ready") worker.postMessage({ id: 1, kind: "reply", request: argument.request, attachments: {} });
    else if (data.type === "reply") resolve(data.reply);
    else if (data.type !== "progress") reject(new Error(data.detail));
  };
});
"""


@contextmanager
def _measuring_bundle(measuring: Path) -> Iterator[Bundle]:
    """Make the site's runtime with calculators whose bridge calls ``measure`` of a file."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "calculators"
        shutil.copytree(ROOT / "calculators", package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(measuring, package / "measure.py")
        with (package / "bridge.py").open("a", encoding="utf-8") as module:
            module.write(MEASURING)
        yield build_bundle([package], {})


def measured_in_browser(measuring: Path, requests: Sequence[Mapping[str, int]]) -> list[dict[str, float]]:
    """Return what ``measure`` of a file returns there for each request's arguments."""
    with _measuring_bundle(measuring) as bundle:
        return [json.loads(reply) for reply in run_bridge(bundle, [json.dumps(request) for request in requests])]


def measured_in_chromium(measuring: Path, requests: Sequence[Mapping[str, int]]) -> list[dict[str, float]]:
    """Return the same from a page in Chromium, a fresh worker for each request."""
    with _measuring_bundle(measuring) as bundle, tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        for path in (*(ROOT / "docs" / "assets" / "javascripts").glob("*.js"), *bundle.files.values()):
            shutil.copy(path, site)
        (site / "index.html").write_text("<!doctype html><title>Measuring</title>", "utf-8")
        with serving(site) as server, Driver("chromium") as driver:
            url = f"http://127.0.0.1:{server.server_port}/"
            asked = [{"manifest": bundle.manifest, "request": json.dumps(request)} for request in requests]
            return [json.loads(driver.visit(url, ASK, one).value) for one in asked]
