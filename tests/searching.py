"""The search of a built site without a browser: its worker and Material's, run by Node."""

import json
from collections.abc import Sequence
from pathlib import Path

from macros.runtime.node import run_script
from tests.conftest import ROOT

_RUNNER = Path(__file__).with_name("search.mjs")
FIRST = 3
"""How many results a reader looks at."""


def searched(site: Path, language: str, queries: Sequence[str]) -> list[list[str]]:
    """Return for each query where its results lead, page by page, without ``.html``."""
    (material,) = site.glob("assets/javascripts/workers/search.*.js")
    asked = {
        "worker": str(ROOT / "docs/assets/javascripts/search.js"),
        "material": str(material),
        "index": str(site / ("" if language == "zh" else language) / "search/search_index.json"),
        "queries": list(queries),
    }
    pages: list[list[str]] = json.loads(run_script(_RUNNER, stdin=json.dumps(asked)))
    return [[page.removesuffix(".html") for page in found] for found in pages]


def astray(site: Path, language: str, tasks: Sequence[tuple[str, str]]) -> list[tuple[str, str, list[str]]]:
    """Return what is typed and does not lead to its page among the first three, with what it leads to."""
    results = searched(site, language, [typed for typed, _ in tasks])
    return [
        (typed, page, found[:FIRST])
        for (typed, page), found in zip(tasks, results, strict=True)
        if page not in found[:FIRST]
    ]
