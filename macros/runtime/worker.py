"""The browser's worker under Node: what a page would be answered, for tests and benchmarks.

Not here: a boot of its own (`worker_under_node.mjs` runs the site's worker.js on the bundle's files).
"""

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict

from macros.runtime.bundle import Bundle
from macros.runtime.node import NodeError, run_script

_SCRIPT = Path(__file__).with_name("worker_under_node.mjs")
_WORKER = Path(__file__).parents[2] / "docs" / "assets" / "javascripts" / "worker.js"


class Request(TypedDict):
    """One request of the worker protocol; `request` is JSON text."""

    kind: Literal["reply", "download"]
    request: str


class Run(NamedTuple):
    """What the worker said: how Python started, and its answers in order; `content` is base64."""

    boot: Literal["snapshot", "ordinary"]
    answers: list[dict[str, str]]


def run(bundle: Bundle, requests: Sequence[Request], attachments: Mapping[str, bytes] | None = None) -> Run:
    """One start, and the answers to the requests (at least one).

    The files in `attachments` are handed over before the first request. Raises NodeError if the start fails.
    """
    files = {name: base64.b64encode(content).decode() for name, content in (attachments or {}).items()}
    text = json.dumps({"attachments": files, "requests": requests})
    said = json.loads(run_script(_SCRIPT, str(_WORKER), str(bundle.files[bundle.manifest]), stdin=text))
    return Run(said["boot"], said["answers"])


def run_bridge(bundle: Bundle, requests: Sequence[str], attachments: Mapping[str, bytes] | None = None) -> list[str]:
    """The bridge's replies (JSON text) in the browser's Python, one for each request.

    Raises NodeError if Python broke at one of them.
    """
    if not requests:
        return []
    _, answers = run(bundle, [{"kind": "reply", "request": text} for text in requests], attachments)
    for answer in answers:
        if answer["type"] == "error":
            raise NodeError(f"request {answer['id']}: {answer['detail']}")
    return [answer["reply"] for answer in answers]
