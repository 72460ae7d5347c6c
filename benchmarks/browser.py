"""Measuring in the browser's Python: the site's worker under Node, with a bridge that measures where it is asked to."""

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from macros.runtime.bundle import build_bundle
from macros.runtime.worker import run_bridge

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


def measured_in_browser(measuring: Path, requests: Sequence[Mapping[str, int]]) -> list[dict[str, float]]:
    """Return what ``measure`` of a file returns there for each request's arguments."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / "calculators"
        shutil.copytree(ROOT / "calculators", package, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(measuring, package / "measure.py")
        with (package / "bridge.py").open("a", encoding="utf-8") as module:
            module.write(MEASURING)
        bundle = build_bundle([package], {})
        return [json.loads(reply) for reply in run_bridge(bundle, [json.dumps(request) for request in requests])]
