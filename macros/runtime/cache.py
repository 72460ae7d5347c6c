"""What the build keeps between runs, outside the tree: files under the hash of their content.

Here: where the cache is, storing and verifying, and steps that run once per content of what they depend on.
Not here: what is fetched (`vendor`) and what is made (`bytecode`, `bundle`, `charts`).
"""

import hashlib
import json
import os
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

HASH_LENGTH = 16
"""Hexadecimal digits of the sha256 that a file name carries."""


def cache_directory(environ: Mapping[str, str] = os.environ) -> Path:
    """The directory that the build may fill: `PLAYBOOK_CACHE`, or the platform's place for caches.

    >>> cache_directory({"PLAYBOOK_CACHE": "/srv/cache"}).as_posix()
    '/srv/cache'
    """
    if named := environ.get("PLAYBOOK_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA")
        return Path(base or Path.home() / "AppData" / "Local") / "sales-playbook"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "sales-playbook"
    base = environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "sales-playbook"


def hashed_name(name: str, sha256: str) -> str:
    """`name` with the content's hash before its extension, so that one name never means two contents.

    >>> hashed_name("pyodide.asm.js", hashlib.sha256(b"").hexdigest())
    'pyodide.asm-e3b0c44298fc1c14.js'
    """
    path = PurePosixPath(name)
    return f"{path.stem}-{sha256[:HASH_LENGTH]}{path.suffix}"


class Cache:
    """Content-addressed files under one root, shared by any number of builds, any of which may be killed."""

    def __init__(self, root: Path | None = None) -> None:
        """Use `root`, or `cache_directory()`; it is made when something is stored."""
        self.root = root or cache_directory()

    def store(self, name: str, content: bytes) -> Path:
        """Keeps `content` and returns its file, named as `hashed_name` says."""
        path = self.root / "files" / hashed_name(name, hashlib.sha256(content).hexdigest())
        self._write(path, content)
        return path

    def find(self, filename: str) -> Path | None:
        """The stored file of that hashed name, or None if it is missing or no longer what it was."""
        path = self.root / "files" / filename
        try:
            content = path.read_bytes()
        except OSError:
            return None
        expected = path.stem.rpartition("-")[2]
        return path if hashlib.sha256(content).hexdigest().startswith(expected) else None

    def step(self, name: str, inputs: Sequence[bytes], make: Callable[[], Mapping[str, bytes]]) -> dict[str, Path]:
        """The files that `make` returns for these inputs, made at most once as long as they stay intact.

        `inputs` is everything that the result depends on: the contents, and the code that makes it.
        """
        key = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in inputs)).hexdigest()
        record = self.root / "steps" / f"{name}-{key[:32]}.json"
        try:
            known: dict[str, str] = json.loads(record.read_text("utf-8"))
        except (OSError, ValueError):
            known = {}
        found = {label: self.find(filename) for label, filename in known.items()}
        intact = {label: path for label, path in found.items() if path}
        if intact and len(intact) == len(known):
            return intact
        made = {label: self.store(label, content) for label, content in make().items()}
        index = {label: path.name for label, path in made.items()}
        self._write(record, json.dumps(index, indent=1).encode())
        return made

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not tempfile: its files are private to their owner, and what is copied from here must be served.
        partial = path.with_name(f".{uuid.uuid4().hex}.part")
        try:
            partial.write_bytes(content)
            partial.replace(path)
        except PermissionError:
            # Windows refuses to replace a file that another build has open; that one holds the same content.
            if not path.exists() or path.read_bytes() != content:
                raise
        finally:
            partial.unlink(missing_ok=True)
