"""The browser runtime as bundled, booted by the site's own worker under Node, and charts drawn there."""

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from macros.runtime import Bundle, NodeError, build_bundle, render_svg
from macros.runtime.bytecode import compiled
from macros.runtime.cache import Cache
from macros.runtime.vendor import Vendor, read_lock
from macros.runtime.worker import run_bridge, run_worker

BRIDGE = """
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


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package `calculators` with nothing but a small bridge."""
    folder = tmp_path / "calculators"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "bridge.py").write_text(BRIDGE, "utf-8")
    return folder


@pytest.fixture
def bundle(package: Path) -> Bundle:
    """The real runtime around that package."""
    return build_bundle(package, SETTINGS)


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
    for entry in named["start"].values():
        assert bundle.files[entry["name"]].stat().st_size == entry["size"]
    files = {entry["name"] for entry in named["start"].values()} | set(named["libraries"].values())
    assert files | {bundle.manifest} == set(bundle.files)
    assert named["settings"] == SETTINGS


def test_every_file_in_the_browser_has_a_licence(bundle: Bundle) -> None:
    """The manifest says under which terms each vendored part comes."""
    assert all(entry["licence"] for entry in manifest(bundle)["licences"])
    assert {"pyodide", "pandas", "numpy", "echarts"} <= {entry["project"] for entry in manifest(bundle)["licences"]}


def test_names_change_only_with_content(package: Path, bundle: Bundle) -> None:
    """The same input gives the same names; an edited calculator changes its archive and the manifest alone."""
    assert build_bundle(package, SETTINGS) == bundle
    (package / "more.py").write_text("MORE = 1", "utf-8")
    edited = build_bundle(package, SETTINGS)
    gone = {name.rsplit("-", 1)[0] for name in set(bundle.files) - set(edited.files)}
    assert gone == {"calculators", "manifest"}


def test_the_bytecode_is_the_browsers() -> None:
    """Wheels hold cp314 .pyc instead of source, under the names and hashes of the rewritten lock file."""
    archives = compiled(Vendor(), Cache(), print)
    lock = json.loads(archives["pyodide-lock.json"].read_text("utf-8"))
    assert lock["packages"].keys() == {
        "numpy", "pandas", "python-dateutil", "six", "pytz", "openpyxl", "et-xmlfile",
    }  # fmt: skip
    for entry in lock["packages"].values():
        with zipfile.ZipFile(archives[entry["file_name"]]) as wheel:
            suffixes = {Path(name).suffix for name in wheel.namelist()}
            code = next(name for name in wheel.namelist() if name.endswith(".pyc"))
            magic = wheel.read(code)[:4]
        assert ".py" not in suffixes
        assert magic == (3627).to_bytes(2, "little") + b"\r\n", "the magic number of CPython 3.14"


@pytest.mark.parametrize("project", ["pandas", "openpyxl"])
def test_the_browser_has_the_versions_of_the_build(project: str) -> None:
    """What pyproject.toml pins for native replies is what vendor.lock takes into the browser."""
    text = Path(__file__).parents[1].joinpath("pyproject.toml").read_text("utf-8")
    assert f'"{project}=={VERSIONS[project]}"' in text


def test_archives_do_not_depend_on_the_clock(bundle: Bundle) -> None:
    """The time in a gzip header is zero, so that equal content has equal bytes."""
    packed = bundle.files[manifest(bundle)["start"]["calculators"]["name"]].read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    assert b"bridge.py" in gzip.decompress(packed)


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
    broken, download = run_worker(bundle, [{"kind": "reply", "request": "{}"}, {"kind": "download", "request": "{}"}])
    assert broken["type"] == "error"
    assert "KeyError: 'values'" in broken["detail"]
    assert (download["name"], download["media"]) == ("客户.csv", "text/csv")
    assert download["content"] == "77u/QSwx"


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda start: start["packages"].update(name="missing.bin"), "network"),
        (lambda start: start["wasm"].update(name=start["loader"]["name"]), "network"),
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
            run_bridge(Bundle({**bundle.files, "broken": index}, "broken"), ["{}"])
    finally:
        index.unlink()


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
