"""Fetching what vendor.lock names: the order of the sources, verification, the cache. No network is used."""

import hashlib
import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from macros.runtime import vendor
from macros.runtime.cache import Cache, hashed_name
from macros.runtime.vendor import Lock, Source, Vendor, VendoredFile, VendorError, read_lock

CONTENT = b"the right bytes"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
REGISTRY = Source("pypi", "project==1.0", path="inside/file.js")


def file(*sources: Source, name: str = "file.js") -> VendoredFile:
    """An entry of a lock file, of the right content."""
    return VendoredFile(name, "project", "1.0", "MIT", "page", len(CONTENT), SHA256, sources)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own server is asked directly, whatever the machine's proxy."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What pip was asked for; it gives a wheel that holds the right file."""
    asked: list[str] = []

    def download(requirement: str, target: Path, _tags: str | None) -> Path:
        asked.append(requirement)
        path = target / "project-1.0-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr("inside/file.js", CONTENT)
        return path

    monkeypatch.setattr(vendor, "_pip_download", download)
    return asked


def make(cache: Path, *files: VendoredFile, cdn: str = "", directory: Path | None = None) -> Vendor:
    """A build with these files in its lock."""
    environ = {"PLAYBOOK_VENDOR_DIR": str(directory)} if directory else {}
    return Vendor(Lock(cdn, files), Cache(cache), say=lambda _: None, environ=environ)


@contextmanager
def server(status: int, body: bytes) -> Iterator[tuple[str, list[str]]]:
    """A server that answers everything so, its address, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the test's output clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/", asked
        running.shutdown()


def test_every_file_of_the_lock_is_fully_described() -> None:
    """Each entry has version, licence, size, a whole sha256, and at least one source."""
    for entry in read_lock().files:
        assert entry.version, entry.name
        assert entry.licence, entry.name
        assert entry.size > 0, entry.name
        assert len(bytes.fromhex(entry.sha256)) == 32, entry.name
        assert entry.sources, entry.name


def test_the_lock_can_do_without_the_cdn() -> None:
    """Each file has a registry among its sources, so that pip and npm mirrors are enough."""
    for entry in read_lock().files:
        assert {source.kind for source in entry.sources} & {"npm", "pypi"}, entry.name


def test_a_wrong_hash_stops_the_build_and_says_what_to_do(tmp_path: Path, downloads: list[str]) -> None:
    """The message names file, source, expected and received hash, and the way out."""
    wrong = replace(file(REGISTRY), sha256="0" * 64)
    with pytest.raises(VendorError) as error:
        make(tmp_path, wrong).fetch(wrong)
    for part in ("file.js", "pip's project==1.0", "0" * 64, SHA256, "PLAYBOOK_VENDOR_DIR"):
        assert part in str(error.value)
    assert downloads == ["project==1.0"]


def test_a_second_fetch_needs_no_source(tmp_path: Path, downloads: list[str]) -> None:
    """What was fetched once comes from the cache."""
    wanted = file(REGISTRY)
    first = make(tmp_path, wanted).fetch(wanted)
    assert make(tmp_path, wanted).fetch(wanted) == first
    assert first.read_bytes() == CONTENT
    assert len(downloads) == 1


def test_a_broken_file_in_the_cache_is_fetched_again(tmp_path: Path, downloads: list[str]) -> None:
    """The cache is verified at every use."""
    wanted = file(REGISTRY)
    make(tmp_path, wanted).fetch(wanted).write_bytes(CONTENT[:-1])
    assert make(tmp_path, wanted).fetch(wanted).read_bytes() == CONTENT
    assert len(downloads) == 2


def test_the_named_directory_comes_first(tmp_path: Path, downloads: list[str]) -> None:
    """A file that a person has put there spares every download."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file.js").write_bytes(CONTENT)
    wanted = file(REGISTRY)
    assert make(tmp_path / "cache", wanted, directory=tmp_path / "mine").fetch(wanted).read_bytes() == CONTENT
    assert downloads == []


def test_a_wrong_file_in_the_named_directory_is_not_used(tmp_path: Path, downloads: list[str]) -> None:
    """The next source is asked instead."""
    (tmp_path / "file.js").write_bytes(b"something else")
    wanted = file(REGISTRY)
    assert make(tmp_path / "cache", wanted, directory=tmp_path).fetch(wanted).read_bytes() == CONTENT
    assert downloads == ["project==1.0"]


def test_the_cdn_comes_before_the_registries(tmp_path: Path, downloads: list[str]) -> None:
    """Its answer is taken when the hash is right."""
    wanted = file(Source("cdn", "file.js"), REGISTRY)
    with server(200, CONTENT) as (address, asked):
        assert make(tmp_path, wanted, cdn=address).fetch(wanted).read_bytes() == CONTENT
    assert asked == ["/file.js"]
    assert downloads == []


def test_a_cdn_that_failed_is_not_asked_again(tmp_path: Path, downloads: list[str]) -> None:
    """One failure is enough for all files of a build, and one download of the package serves them all."""
    files = [file(Source("cdn", "file.js"), REGISTRY, name=name) for name in ("a.js", "b.js")]
    with server(503, b"") as (address, asked):
        build = make(tmp_path, *files, cdn=address)
        assert [build.fetch(wanted).read_bytes() for wanted in files] == [CONTENT, CONTENT]
    assert asked == ["/file.js"]
    assert downloads == ["project==1.0"]


def test_a_login_page_instead_of_the_file_is_refused(tmp_path: Path, downloads: list[str]) -> None:
    """What answers in the CDN's place with other bytes does not get into the cache."""
    wanted = file(Source("cdn", "file.js"), REGISTRY)
    with server(200, b"<html>log in") as (address, _):
        assert make(tmp_path, wanted, cdn=address).fetch(wanted).read_bytes() == CONTENT
    assert downloads == ["project==1.0"]


def test_a_registry_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool's own last words are in the message."""
    monkeypatch.setattr(vendor, "_pip_download", lambda *_: "ERROR: no such project")
    wanted = file(REGISTRY)
    with pytest.raises(VendorError, match="no such project"):
        make(tmp_path, wanted).fetch(wanted)


def test_the_big_download_is_announced(tmp_path: Path, downloads: list[str]) -> None:
    """Whoever waits is told how much it is."""
    said: list[str] = []
    wanted = file(replace(REGISTRY, size=106_000_000))
    Vendor(Lock("", (wanted,)), Cache(tmp_path), said.append, environ={}).fetch(wanted)
    assert len(downloads) == 1
    assert "106 MB" in said[0]


def test_nothing_partial_stays_in_the_cache(tmp_path: Path) -> None:
    """A file is there whole or not at all, and readable as any file that its owner writes."""
    path = Cache(tmp_path).store("file.js", CONTENT)
    (tmp_path / "ordinary").touch()
    assert path.stat().st_mode == (tmp_path / "ordinary").stat().st_mode
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_step_runs_once_per_content(tmp_path: Path) -> None:
    """It runs again when an input changed or when what it made is no longer intact."""
    runs: list[None] = []

    def make_it() -> dict[str, bytes]:
        runs.append(None)
        return {"made.bin": CONTENT}

    cache = Cache(tmp_path)
    made = cache.step("step", [b"input"], make_it)["made.bin"]
    assert cache.step("step", [b"input"], make_it) == {"made.bin": made}
    assert len(runs) == 1
    cache.step("step", [b"changed"], make_it)
    assert len(runs) == 2
    made.write_bytes(b"")
    assert cache.step("step", [b"input"], make_it)["made.bin"].read_bytes() == CONTENT
    assert len(runs) == 3


def test_a_file_of_the_cache_is_compared_with_the_whole_hash(tmp_path: Path) -> None:
    """A name that carries only the beginning of the hash is not believed, nor one that leads out of the cache."""
    cache = Cache(tmp_path / "cache")
    stored = cache.store("file.js", CONTENT)
    assert cache.find(stored.name) == stored
    assert stored.name == hashed_name("file.js", SHA256)
    short = stored.with_name(f"file-{SHA256[:16]}.js")
    outside = tmp_path / stored.name
    for path in (short, outside):
        path.write_bytes(CONTENT)
    assert cache.find(short.name) is None
    assert cache.find(f"../../{outside.name}") is None


@pytest.mark.parametrize("where", ["within", "without"])
def test_a_record_that_somebody_rewrote_is_not_believed(where: str, tmp_path: Path) -> None:
    """Who can write the cache, but not the user's own key, has no other file used than the step made."""
    cache = Cache(tmp_path / "cache")
    made = cache.step("step", [b"input"], lambda: {"made.bin": CONTENT})["made.bin"]
    (record,) = (tmp_path / "cache/steps").iterdir()
    said = json.loads(record.read_text("utf-8"))
    other = cache.store("made.bin", b"other bytes") if where == "within" else tmp_path / f"made-{SHA256}.bin"
    other.write_bytes(b"other bytes" if where == "within" else CONTENT)
    said["made"]["made.bin"] = other.name if where == "within" else f"../../{other.name}"
    record.write_text(json.dumps(said), "utf-8")
    assert Cache(tmp_path / "cache").step("step", [b"input"], lambda: {"made.bin": CONTENT}) == {"made.bin": made}


def test_a_record_is_of_its_own_inputs(tmp_path: Path) -> None:
    """The record of one step under another's name is not believed, though its seal is ours."""
    cache = Cache(tmp_path)
    cache.step("step", [b"one"], lambda: {"made.bin": b"of one"})
    (first,) = (tmp_path / "steps").iterdir()
    cache.step("step", [b"two"], lambda: {"made.bin": b"of two"})
    (second,) = set((tmp_path / "steps").iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert cache.step("step", [b"two"], lambda: {"made.bin": b"of two"})["made.bin"].read_bytes() == b"of two"
