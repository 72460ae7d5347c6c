"""The page's modules that need no page, run by Node: what their functions give for arguments."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

_NODE = str(Path(sys.executable).with_name("node"))
_RUNNER = str(Path(__file__).with_name("modules.mjs"))


def called(module: str, *calls: list[Any]) -> list[Any]:
    """Return what functions of a module give, each call its name and arguments (see modules.mjs)."""
    script = (ROOT / "docs/assets/javascripts" / module).as_uri()
    ended = subprocess.run(
        [_NODE, _RUNNER, script], input=json.dumps(calls), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ended.returncode == 0, ended.stderr
    results: list[Any] = json.loads(ended.stdout)
    return results
