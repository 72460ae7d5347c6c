"""The page's modules that need no page, run by Node: what their functions, or lines that call them, give."""

import json
from pathlib import Path
from typing import Any

from macros.runtime.node import run_script
from tests.conftest import ROOT

_RUNNER = Path(__file__).with_name("modules.mjs")
_SCRIPTS = ROOT / "docs/assets/javascripts"


def called(module: str, *calls: list[Any]) -> list[Any]:
    """Return what functions of a module give, each call its name and arguments (see modules.mjs)."""
    results: list[Any] = json.loads(run_script(_RUNNER, (_SCRIPTS / module).as_uri(), stdin=json.dumps(calls)))
    return results


def returned(head: str, body: str, folder: Path) -> object:
    """Return what lines of JavaScript return; ``head`` imports what they need from the folder ``process.argv[2]``."""
    script = folder / "script.mjs"
    answer = f"const answer = await (async () => {{ {body} }})();\nprocess.stdout.write(JSON.stringify(answer));\n"
    script.write_text(head + answer, encoding="utf-8")
    return json.loads(run_script(script, _SCRIPTS.as_uri()))
