"""The browser runtime as bundled, booted by the site's own worker under Node, and charts drawn there."""

import hashlib
import io
import json
import shutil
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import zstandard

from macros.runtime import archive
from macros.runtime.bundle import Bundle, build_bundle
from macros.runtime.bytecode import compiled
from macros.runtime.cache import Cache, hashed_name
from macros.runtime.charts import render_svg
from macros.runtime.node import NodeError
from macros.runtime.snapshot import PAGE, Snapshot, frames_of
from macros.runtime.vendor import Vendor, read_lock
from macros.runtime.worker import Request, run, run_bridge
from tests.conftest import ROOT

BRIDGE = """
import io
import json
import pandas

class Bridge:
    def __init__(self, settings):
        self.settings = json.loads(settings)

    def reply(self, request, attachments):
        values = json.loads(request)["values"]
        return json.dumps({
            "sum": int(pandas.Series(values, dtype="int64").sum()),
            "files": {name: [type(content).__name__, len(content)] for name, content in attachments.items()},
            "name": self.settings["name"],
            "pandas": pandas.__version__,
        })

    def download(self, request, attachments):
        return "客户.csv", "text/csv", b"\\xef\\xbb\\xbfA,1"
"""
WITHOUT_PANDAS = (
    BRIDGE.replace("import pandas\n", "")
    .replace('int(pandas.Series(values, dtype="int64").sum())', "sum(values)")
    .replace('"pandas": pandas.__version__,', "")
)
"""What an ordinary start has to import nothing for, so that it takes a second and not five."""
VERSIONS = {file.project: file.version for file in read_lock().files}
SETTINGS = {"name": "某公司"}
BAR: dict[str, Any] = {
    "width": 300,
    "height": 200,
    "options": {
        "animation": True,
        "xAxis": {"type": "category", "data": ["甲"], "axisLabel": {"color": "var(--text)"}},
        "yAxis": {},
        "series": [
            {"type": "bar", "data": [1], "itemStyle": {"color": "var(--bar)"}},
            {"type": "line", "data": [1]},
        ],
    },
}


def package_in(place: Path, bridge: str = BRIDGE) -> Path:
    """Make a package `calculators` with nothing but a bridge."""
    folder = place / "calculators"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "bridge.py").write_text(bridge, "utf-8")
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with the small bridge."""
    return package_in(tmp_path)


@contextmanager
def packed_in_a_moment(folder: Path) -> Iterator[None]:
    """Have snapshots packed loosely, which saves half a minute each, once all else that is made is in the cache."""
    build_bundle([folder], SETTINGS)
    loosely = zstandard.ZstdCompressionParameters.from_level(1, write_content_size=True, write_checksum=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "_PARAMETERS", loosely)
        yield


@pytest.fixture
def bundle(package: Path) -> Bundle:
    """The real runtime around that package."""
    return build_bundle([package], SETTINGS)


def manifest(bundle: Bundle) -> dict[str, Any]:
    """What boot.js reads first."""
    parsed: dict[str, Any] = json.loads(bundle.files[bundle.manifest].read_text("utf-8"))
    return parsed


def test_only_names_that_every_server_serves(bundle: Bundle) -> None:
    """No .wasm, .whl, .mjs, .zip or .gz, which some servers refuse or send as something else."""
    assert {Path(name).suffix for name in bundle.files} == {".js", ".css", ".json", ".bin"}


def test_the_manifest_names_everything_with_its_size(bundle: Bundle) -> None:
    """Whatever the page loads is in the bundle, and as big as the progress bar is told."""
    named = manifest(bundle)
    entries = [*named["start"].values(), *named["later"].values(), named["slots"]]
    for entry in entries:
        assert bundle.files[entry["name"]].stat().st_size == entry["size"]
    files = {entry["name"] for entry in entries} | set(named["libraries"].values())
    assert files | {named["module"], bundle.manifest} == set(bundle.files)
    assert named["settings"] == SETTINGS


def test_every_file_in_the_browser_has_a_licence(bundle: Bundle) -> None:
    """The manifest says under which terms each vendored part comes."""
    assert all(entry["licence"] for entry in manifest(bundle)["licences"])
    assert {"pyodide", "pandas", "numpy", "echarts"} <= {entry["project"] for entry in manifest(bundle)["licences"]}


def test_names_change_only_with_content(package: Path, bundle: Bundle) -> None:
    """The same input gives the same names; an edited calculator changes its archive and the manifest alone."""
    assert build_bundle([package], SETTINGS) == bundle
    (package / "more.py").write_text("MORE = 1", "utf-8")
    edited = build_bundle([package], SETTINGS)
    gone = {name.rsplit("-", 1)[0] for name in set(bundle.files) - set(edited.files)}
    assert gone == {"calculators", "manifest"}


def test_the_bytecode_is_the_browsers() -> None:
    """Wheels hold cp314 .pyc instead of source, under the names and hashes of the rewritten lock file."""
    archives = compiled(Vendor(), Cache(), print)
    lock = json.loads(archives["pyodide-lock.json"].read_text("utf-8"))
    assert lock["packages"].keys() == {
        "numpy", "pandas", "python-dateutil", "six", "pytz", "openpyxl", "et-xmlfile", "chinesecalendar", "borax",
        "python-calamine",
    }  # fmt: skip
    for entry in lock["packages"].values():
        with zipfile.ZipFile(archives[entry["file_name"]]) as wheel:
            suffixes = {Path(name).suffix for name in wheel.namelist()}
            code = next(name for name in wheel.namelist() if name.endswith(".pyc"))
            magic = wheel.read(code)[:4]
        assert ".py" not in suffixes
        assert magic == (3627).to_bytes(2, "little") + b"\r\n", "the magic number of CPython 3.14"


@pytest.mark.parametrize("project", ["pandas", "openpyxl", "python-calamine"])
def test_the_browser_has_the_versions_of_the_build(project: str) -> None:
    """What pyproject.toml pins for native replies is what vendor.lock takes into the browser."""
    text = Path("pyproject.toml").read_text("utf-8")
    assert f'"{project}=={VERSIONS[project]}"' in text


def test_archives_do_not_depend_on_the_clock(bundle: Bundle) -> None:
    """Equal content has equal bytes."""
    packed = bundle.files[manifest(bundle)["start"]["calculators"]["name"]].read_bytes()
    assert b"bridge.py" in archive.decompress(packed)
    assert archive.compress(archive.decompress(packed)) == packed


def test_the_worker_boots_and_answers(bundle: Bundle) -> None:
    """Pandas is there, sums pass 2³¹, and a file that crossed once is there for every later request."""
    requests = [json.dumps({"values": [2**40, number]}) for number in range(3)]
    replies = [json.loads(reply) for reply in run_bridge(bundle, requests, {"table": b"abc"})]
    assert [reply["sum"] for reply in replies] == [2**40, 2**40 + 1, 2**40 + 2]
    assert all(reply["files"] == {"table": ["bytes", 3]} for reply in replies)
    assert all(reply["name"] == "某公司" for reply in replies)
    assert replies[0]["pandas"] == VERSIONS["pandas"]


def test_the_worker_gives_downloads_and_reports_bugs(bundle: Bundle) -> None:
    """Bytes come out as they are; Python that breaks is an error with its traceback, and the next request works."""
    broken, download = run(bundle, [{"kind": "reply", "request": "{}"}, {"kind": "download", "request": "{}"}]).answers
    assert broken["type"] == "error"
    assert "KeyError: 'values'" in broken["detail"]
    assert (download["name"], download["media"]) == ("客户.csv", "text/csv")
    assert download["content"] == "77u/QSwx"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda start: start["packages"].update(name="missing.bin"), "network"),
        (lambda start: start["wasm"].update(name=start["loader"]["name"]), "file: pyodide-"),
    ],
    ids=["a file is missing", "another file in its place"],
)
def test_a_failed_start_says_why(bundle: Bundle, damage: Callable[[dict[str, Any]], None], reason: str) -> None:
    """The worker never waits for ever."""
    broken = manifest(bundle)
    damage(broken["start"])
    index = bundle.files[bundle.manifest].with_name("broken-manifest.json")
    index.write_text(json.dumps(broken), "utf-8")
    try:
        with pytest.raises(NodeError, match=reason):
            run_bridge(Bundle({**bundle.files, "broken": index}, "broken", {}), ["{}"])
    finally:
        index.unlink()


WARM_UP = "import calculators.bridge"
ASK = [Request(kind="reply", request='{"values": [1, 2]}')]


@pytest.fixture(scope="module")
def restorable_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package whose bridge needs no pandas."""
    return package_in(tmp_path_factory.mktemp("restorable"), WITHOUT_PANDAS)


@pytest.fixture(scope="module")
def restorable(restorable_package: Path) -> Bundle:
    """The runtime around it, with a snapshot."""
    with packed_in_a_moment(restorable_package):
        return build_bundle([restorable_package], SETTINGS, warm_up=WARM_UP)


def test_a_snapshot_made_again_is_the_same_and_tells_nothing_of_this_machine(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the byte, so that builds of one commit are the same and readers fetch nothing anew; no path is in it."""
    made: dict[str, Any] = {}
    step = Cache.step

    def again(cache: Cache, name: str, inputs: Sequence[bytes], make: Callable[[], Mapping[str, bytes]]) -> Any:
        kept = step(cache, name, inputs, make)
        if name == "snapshot":
            made["kept"] = {label: path.read_bytes() for label, path in kept.items()}
            made["anew"] = make()
        return kept

    with packed_in_a_moment(package):
        monkeypatch.setattr(Cache, "step", again)
        build_bundle([package], SETTINGS, warm_up=WARM_UP)
    assert made["anew"] == made["kept"]
    memory = archive.decompress(made["anew"]["snapshot.bin"])
    assert len(memory) > 10**7
    assert not [path for path in (ROOT, package.parent) if str(path).encode() in memory]


def spoilt(bundle: Bundle, folder: Path, damage: Callable[[dict[str, Any], bytes], bytes]) -> Bundle:
    """That bundle, copied, with its snapshot or its layout spoilt by `damage`."""
    files = {name: Path(shutil.copy(path, folder / name)) for name, path in bundle.files.items()}
    named = manifest(bundle)
    content = damage(named["snapshot"]["layout"], files[named["snapshot"]["name"]].read_bytes())
    name = hashed_name("snapshot.bin", hashlib.sha256(content).hexdigest())  # as if the build had made it so
    named["snapshot"] |= {"name": name, "size": len(content)}
    (folder / name).write_bytes(content)
    files[bundle.manifest].write_text(json.dumps(named), "utf-8")
    return Bundle(files, bundle.manifest, bundle.libraries)


def frames(packed: bytes) -> list[tuple[bytes, int]]:
    """Each frame of an archive as it stands there, with the length of what is in it."""
    _, length = struct.unpack_from("<2I", packed)
    lengths = struct.unpack_from(f"<{length // 4}I", packed, 8)
    content = io.BytesIO(packed[8 + length :])
    return [(content.read(size), unpacked) for size, unpacked in zip(lengths[::2], lengths[1::2], strict=True)]


def archived(*parts: tuple[bytes, int]) -> bytes:
    """The archive of these frames; none is compressed again, which takes the most part of a minute."""
    lengths = [length for frame, unpacked in parts for length in (len(frame), unpacked)]
    table = struct.pack(f"<{len(lengths)}I", *lengths)
    magic = archive.compress(b"any")[:4]
    return magic + struct.pack("<I", len(table)) + table + b"".join(frame for frame, _ in parts)


def without_its_header(content: bytes) -> bytes:
    """The snapshot whose first frame does not begin as it should."""
    first, *others = frames(content)
    spoilt = archive.decompress(archived(first)).replace(b"header", b"HEADER")
    return archived(*frames(archive.compress(spoilt)), *others)


def test_frames_put_together_again_are_the_archive(restorable: Bundle) -> None:
    """So that what is spoilt below is spoilt in that one way only."""
    content = restorable.files[manifest(restorable)["snapshot"]["name"]].read_bytes()
    assert archived(*frames(content)) == content
    assert without_its_header(content) != content


def test_memory_without_an_empty_page_is_packed_in_frames_too() -> None:
    """Each part of it, with its name, is one frame: a page reads frame by frame, and cannot read half a part."""
    memory = b"\1" * (2 * archive.FRAME + PAGE)
    parts = list(frames_of(memory, 0))
    assert all(len(archive.pack(part)) <= archive.FRAME for part in parts)
    assert b"".join(content for part in parts for _, content in part) == memory


def test_a_snapshot_is_restored(restorable: Bundle) -> None:
    """Python comes from the snapshot, and answers with the settings and numbers of the ordinary start."""
    boot, (answer,) = run(restorable, ASK)
    assert boot == "snapshot"
    assert json.loads(answer["reply"])["sum"] == 3


def test_a_snapshot_that_no_page_would_restore_stops_the_build(
    restorable: Bundle, restorable_package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages do without it in silence, seconds slower; so the build tries it once, and says what the worker said."""
    made = manifest(restorable)["snapshot"]
    packed = restorable.files[made["name"]].read_bytes()
    cut = Cache().store("snapshot.bin", archived(*frames(packed)[:-1]))
    monkeypatch.setattr("macros.runtime.bundle.make_snapshot", lambda *_, **__: Snapshot(cut, made["layout"]))
    with pytest.raises(NodeError, match=r"every page would start Python the ordinary way.* bytes of memory"):
        build_bundle([restorable_package], SETTINGS, warm_up=WARM_UP)


def test_a_snapshot_is_tried_once(
    restorable: Bundle, restorable_package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later build of the same starts no worker."""
    monkeypatch.setattr("macros.runtime.worker.start", None)
    with packed_in_a_moment(restorable_package):
        assert build_bundle([restorable_package], SETTINGS, warm_up=WARM_UP).manifest == restorable.manifest


@pytest.mark.parametrize(
    "damage",
    [
        lambda _, content: content[: len(content) // 2],
        lambda _, content: content[:9999] + bytes(100) + content[10099:],
        lambda _, content: archived(*frames(content)[:-1]),
        lambda _, content: archived(*frames(content), *frames(archive.compress(archive.pack([("4096", b"more")])))),
        lambda _, content: without_its_header(content),
        lambda _, content: content + b"more",
        lambda layout, content: layout.update(tableStart=14170) or content,
        lambda layout, content: layout.update(checksum=0) or content,
        lambda layout, content: layout.update(size=2**33) or content,
        lambda *_: b"<html>not found</html>",
    ],
    ids=[
        "truncated",
        "corrupted",
        "a piece too few",
        "a piece too many",
        "without its header",
        "more after it",
        "other engine",
        "other libraries",
        "memory",
        "no archive",
    ],
)
def test_python_starts_without_a_snapshot_that_does_not_fit(
    damage: Callable[[dict[str, Any], bytes], bytes], restorable: Bundle, tmp_path: Path
) -> None:
    """Whatever is wrong with the snapshot, the ordinary boot follows by itself, and the answer is the same."""
    boot, (answer,) = run(spoilt(restorable, tmp_path, damage), ASK)
    assert boot == "ordinary"
    assert json.loads(answer["reply"])["sum"] == 3


LATE = ("wave", "numpy.fft", "numpy.random", "openpyxl.chart", "pandas.io.sas.sas7bdat")
LATE_BRIDGE = BRIDGE.replace(
    "values =",
    f"import random, sys; assert not set({LATE}) & set(sys.modules); import {', '.join(LATE)}\n        values =",
).replace('"name"', '"random": [random.random(), numpy.random.random()], "name"', 1)


def test_after_restoring_what_was_not_imported_is_found_and_random_numbers_differ(tmp_path: Path) -> None:
    """Modules of the standard library, of packages, and compiled ones not in the snapshot are there when asked for.

    Python's generator does not go on from the state that the snapshot froze; numpy's begins when it is asked for.
    """
    folder = package_in(tmp_path, LATE_BRIDGE)
    with packed_in_a_moment(folder):
        bundle = build_bundle([folder], SETTINGS, warm_up="import calculators.bridge, random, numpy")
    drawn = []
    for _ in range(2):
        boot, (answer,) = run(bundle, ASK)
        assert boot == "snapshot"
        assert answer["type"] == "reply", answer
        drawn.append(json.loads(answer["reply"])["random"])
    first, second = drawn
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_a_snapshot_that_cannot_be_made_is_told_and_not_needed(package: Path) -> None:
    """The build says why, and pages start the ordinary way."""
    said: list[str] = []
    bundle = build_bundle([package], SETTINGS, warn=said.append, warm_up="raise ValueError('no warm-up')")
    assert "no warm-up" in said[0]
    assert run(bundle, ASK).boot == "ordinary"


def test_charts_are_still_and_keep_the_pages_colours() -> None:
    """No style sheet, class or animation; CSS variables survive; ids begin with the prefix and differ."""
    first, second = render_svg([BAR, BAR], prefix="tiers")
    assert 'fill="var(--bar)"' in first
    assert 'fill="var(--text)"' in first
    for unwanted in ("<style", "class=", "animate", "zr0", "zr1"):
        assert unwanted not in first + second
    assert 'id="tiers-0-0"' in first
    assert "url(#tiers-0-0)" in first
    assert 'id="tiers-1-0"' in second
    assert first.count("</svg>") == 1


def test_a_chart_that_cannot_be_drawn_stops_the_build() -> None:
    """The message is that of ECharts."""
    with pytest.raises(NodeError, match=r"charts\.mjs"):
        render_svg([{**BAR, "options": {"series": [{"type": "bar", "xAxisIndex": 7, "data": [1]}]}}])
