"""The memory snapshot: Python with pandas and the calculators imported and warm, which a page restores in a second.

Here: preparing the run, its cache, and what is said when it fails. Not here: making it (`snapshot.mjs` under
Node, `restored.py` inside it) and restoring it (docs/assets/javascripts/boot.js).
"""

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from macros import said
from macros.runtime import archive
from macros.runtime.cache import Cache
from macros.runtime.node import NodeError, node_version, run_script

_SCRIPT = Path(__file__).with_name("snapshot.mjs")
_SHARED = Path(__file__).parents[2] / "docs" / "assets" / "javascripts" / "snapshot.js"
_SOURCES = (Path(__file__), Path(archive.__file__), _SCRIPT, Path(__file__).with_name("restored.py"), _SHARED)

PAGE = 4096
"""Bytes of memory that are left out when all are zero."""
_TOGETHER = archive.FRAME - PAGE
"""Bytes of memory whose pieces are packed together: with their names one frame at most, even where no page is zero."""


@dataclass(frozen=True)
class Snapshot:
    """The file, and the numbers that tell a browser whether it fits, as JSON values."""

    file: Path
    layout: Mapping[str, object]


def make_snapshot(
    core: Mapping[str, Path],
    archives: Mapping[str, Path],
    warm_up: str,
    *,
    cache: Cache,
    say: Callable[[str], None],
    warn: Callable[[str], None],
) -> Snapshot | None:
    """The snapshot of Python after `warm_up`, or None when it cannot be made, of which `warn` is told.

    `core` are Pyodide's own files and the compiled standard library, by the names that snapshot.mjs reads, and
    `archives` what goes into its file system, by role.
    """

    def make() -> dict[str, bytes]:
        say(said.say("runtime.snapshot"))
        with tempfile.TemporaryDirectory(prefix="playbook-") as scratch:
            work = Path(scratch)
            for name, path in core.items():
                shutil.copyfile(path, work / name)
            for role, path in archives.items():
                (work / role).write_bytes(archive.decompress(path.read_bytes()))
            run_script(_SCRIPT, str(work), warm_up)
            layout = json.loads((work / "layout.json").read_text("utf-8"))
            header = [("header", (work / "header").read_bytes())]
            frames = [header, *frames_of((work / "memory").read_bytes(), layout["initial"])]
        layout["filled"] = sum(len(content) for frame in frames for _, content in frame)
        return {
            "snapshot.bin": archive.compress(*map(archive.pack, frames)),
            "layout.json": json.dumps(layout).encode(),
        }

    inputs = [path.read_bytes() for path in (*core.values(), *archives.values(), *_SOURCES)]
    try:
        made = cache.step("snapshot", [*inputs, warm_up.encode(), node_version().encode()], make)
    except NodeError as error:
        warn(said.say("runtime.no_snapshot", error=error))
        return None
    return Snapshot(made["snapshot.bin"], json.loads(made["layout.json"].read_text("utf-8")))


def frames_of(memory: bytes, initial: int) -> list[list[tuple[str, bytes]]]:
    """Return what of the memory is not zero, in pieces named by where each begins, together those that make a frame.

    A piece is either below `initial`, where a page takes it for a difference, or not.
    """

    def place(at: int) -> tuple[int, bool, bool]:
        return at // _TOGETHER, at < initial, bool(memory[at : at + PAGE].strip(b"\0"))

    frames: dict[int, list[tuple[str, bytes]]] = {}
    for (frame, _, filled), pages in groupby(range(0, len(memory), PAGE), place):
        if filled:
            places = list(pages)
            frames.setdefault(frame, []).append((str(places[0]), memory[places[0] : places[-1] + PAGE]))
    return list(frames.values())
