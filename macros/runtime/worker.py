"""The browser's worker under Node: what a page would be answered, for tests and benchmarks.

Not here: a boot of its own (`worker_under_node.mjs` runs the site's worker.js on the bundle's files).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, TypedDict

from macros.runtime.bundle import Bundle
from macros.runtime.node import NodeError, run_script

_SCRIPT = Path(__file__).with_name("worker_under_node.mjs")
_WORKER = Path(__file__).parents[2] / "docs" / "assets" / "javascripts" / "worker.js"


class Request(TypedDict):
    """One request of the worker protocol; `request` is JSON text."""

    kind: Literal["reply", "download"]
    request: str


def run_worker(
    bundle: Bundle, requests: Sequence[Request], attachments: Mapping[str, bytes] | None = None
) -> list[dict[str, str]]:
    """The worker's messages in answer to the requests, in order, from one start; `content` is base64.

    The files in `attachments` are handed over before the first request. Raises NodeError if the start fails.
    """
    if not requests:
        return []
    files = {name: base64.b64encode(content).decode() for name, content in (attachments or {}).items()}
    text = json.dumps({"attachments": files, "requests": requests})
    answers: list[dict[str, str]] = json.loads(
        run_script(_SCRIPT, str(_WORKER), str(bundle.files[bundle.manifest]), stdin=text)
    )
    return answers


def run_bridge(bundle: Bundle, requests: Sequence[str], attachments: Mapping[str, bytes] | None = None) -> list[str]:
    """The bridge's replies (JSON text) in the browser's Python, one for each request.

    Raises NodeError if Python broke at one of them.
    """
    answers = run_worker(bundle, [{"kind": "reply", "request": text} for text in requests], attachments)
    for answer in answers:
        if answer["type"] == "error":
            raise NodeError(f"request {answer['id']}: {answer['detail']}")
    return [answer["reply"] for answer in answers]
