"""What the build keeps between runs, outside the tree: files under the hash of their content.

Here: where the cache is, storing and verifying, and steps that run once per content of what they depend on. Whoever can
write here can have no other bytes used: a file is compared with its whole hash at every use, and a step's record is
sealed for what it was made from.
Not here: what is fetched (`vendor`) and what is made (`bytecode`, `bundle`, `charts`).
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath


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


def _secret(environ: Mapping[str, str] = os.environ) -> bytes:
    """The key of this user's seals, kept outside the cache; one for this run only where it cannot be kept."""
    home = environ.get("APPDATA") if sys.platform == "win32" else environ.get("XDG_CONFIG_HOME")
    path = Path(home or Path.home() / ".config") / "sales-playbook" / "seal"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two builds may begin at once; the first that has written it all wins.
        drawn = path.with_name(f".{uuid.uuid4().hex}.part")
        if not path.exists():
            drawn.touch(mode=0o600)
            drawn.write_bytes(secrets.token_bytes(32))
            try:
                os.link(drawn, path)
            except FileExistsError:
                pass
            finally:
                drawn.unlink()
        return path.read_bytes()
    except OSError:
        return secrets.token_bytes(32)


def hashed_name(name: str, sha256: str) -> str:
    """`name` with the content's hash before its extension: one name never means two contents, and tells which it means.

    >>> hashed_name("pyodide.asm.js", hashlib.sha256(b"").hexdigest())
    'pyodide.asm-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.js'
    """
    path = PurePosixPath(name)
    return f"{path.stem}-{sha256}{path.suffix}"


def named_hash(filename: str) -> str:
    """The sha256 that a name made by `hashed_name` carries; empty where it carries none.

    >>> named_hash(hashed_name("wasm.bin", "0f" * 32)) == "0f" * 32, named_hash("../wasm-0f0f.bin")
    (True, '')
    """
    found = re.fullmatch(r"[\w.+-]+-([0-9a-f]{64})(?:\.\w+)?", filename)
    return found[1] if found else ""


class Cache:
    """Content-addressed files under one root, shared by any number of builds, any of which may be killed."""

    def __init__(self, root: Path | None = None) -> None:
        """Use `root`, or `cache_directory()`; it is made when something is stored."""
        self.root = root or cache_directory()
        self._secret = b""

    def store(self, name: str, content: bytes) -> Path:
        """Keeps `content` and returns its file, named as `hashed_name` says."""
        path = self.root / "files" / hashed_name(name, hashlib.sha256(content).hexdigest())
        self._write(path, content)
        return path

    def find(self, filename: str) -> Path | None:
        """The stored file of that hashed name, or None if it is missing or no longer what it was."""
        path = self.root / "files" / filename
        expected = named_hash(filename)  # none of a name that leads elsewhere
        try:
            return path if expected and hashlib.sha256(path.read_bytes()).hexdigest() == expected else None
        except OSError:
            return None

    def step(self, name: str, inputs: Sequence[bytes], make: Callable[[], Mapping[str, bytes]]) -> dict[str, Path]:
        """The files that `make` returns for these inputs, made at most once as long as they stay intact.

        `inputs` is everything that the result depends on: the contents, and the code that makes it. What was made
        counts only under the seal of this user, over those inputs and the hashes of all that came of them.
        """
        key = hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in inputs)).hexdigest()
        record = self.root / "steps" / f"{name}-{key}.json"
        found = {label: self.find(filename) for label, filename in self._sealed(name, key, record).items()}
        intact = {label: path for label, path in found.items() if path}
        if intact and len(intact) == len(found):
            return intact
        made = {label: self.store(label, content) for label, content in make().items()}
        index = {label: path.name for label, path in made.items()}
        sealed = {"made": index, "seal": self._seal(name, key, index)}
        self._write(record, json.dumps(sealed, indent=1).encode())
        return made

    def _sealed(self, name: str, key: str, record: Path) -> dict[str, str]:
        """What a record says was made; nothing where its seal is not ours."""
        try:
            said = json.loads(record.read_text("utf-8"))
            made: dict[str, str] = said["made"]
            return made if hmac.compare_digest(said["seal"], self._seal(name, key, made)) else {}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {}

    def _seal(self, name: str, key: str, made: Mapping[str, str]) -> str:
        self._secret = self._secret or _secret()
        return hmac.digest(self._secret, json.dumps([name, key, made], sort_keys=True).encode(), "sha256").hex()

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
