"""The browser's worker under Node: how Python starts in a page, and what a page would be answered.

Not here: a boot of its own (`worker_under_node.mjs` runs the site's worker.js on the bundle's files).
"""

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict

from macros.runtime.node import NodeError, run_script

if TYPE_CHECKING:
    from macros.runtime.bundle import Bundle  # which starts a worker to see whether it does

_SCRIPT = Path(__file__).with_name("worker_under_node.mjs")
_WORKER = Path(__file__).parents[2] / "docs" / "assets" / "javascripts" / "worker.js"
SOURCES = (_SCRIPT, *sorted(_WORKER.parent.glob("*.js")))
"""What decides how Python starts, beside the bundle."""


class Request(TypedDict):
    """One request of the worker protocol; `request` is JSON text."""

    kind: Literal["reply", "download"]
    request: str


class Start(NamedTuple):
    """How Python started, and what the worker told its console meanwhile."""

    boot: Literal["snapshot", "ordinary"]
    warned: list[str]


class Run(NamedTuple):
    """What the worker said: how Python started, and its answers in order.

    `content` is base64, `memory` how many bytes Python has taken by then.
    """

    boot: Literal["snapshot", "ordinary"]
    answers: list[dict[str, Any]]


def start(bundle: "Bundle") -> Start:
    """One start that is asked nothing. Raises NodeError if it fails."""
    said = _said(bundle, [], {})
    return Start(said["boot"], said["warned"])


def run(bundle: "Bundle", requests: Sequence[Request], attachments: Mapping[str, bytes] | None = None) -> Run:
    """One start, and the answers to the requests.

    The files in `attachments` are handed over before the first request. Raises NodeError if the start fails.
    """
    said = _said(bundle, requests, attachments or {})
    return Run(said["boot"], said["answers"])


def _said(bundle: "Bundle", requests: Sequence[Request], attachments: Mapping[str, bytes]) -> Any:
    files = {name: base64.b64encode(content).decode() for name, content in attachments.items()}
    text = json.dumps({"attachments": files, "requests": requests})
    return json.loads(run_script(_SCRIPT, str(_WORKER), str(bundle.files[bundle.manifest]), stdin=text))


def run_bridge(bundle: "Bundle", requests: Sequence[str], attachments: Mapping[str, bytes] | None = None) -> list[str]:
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
