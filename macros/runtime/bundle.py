"""The browser runtime as files that any server serves as they are, and the manifest that names them.

Here: which files there are, and their names. Not here: fetching (`vendor`), compiling (`bytecode`), their
format (`archive`), copying into the site (the MkDocs hook), and starting from them
(docs/assets/javascripts/boot.js).

Names end in .js, .css, .json or .bin and carry the SHA-256 of their content, by which pages check what arrives
(docs/assets/javascripts/verified.js). A .bin is compressed; a server that
saw an ending of compressed files would announce a Content-Encoding, and one that sees .wasm, .whl or .mjs may
refuse it.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from macros import said
from macros.runtime import archive, worker
from macros.runtime.bytecode import compiled
from macros.runtime.cache import Cache
from macros.runtime.node import NodeError, node_version
from macros.runtime.slots import slots
from macros.runtime.snapshot import make_snapshot
from macros.runtime.vendor import Vendor

# What wheels carry for compilers, type checkers and their own tests; nothing imports it.
_NOT_SHIPPED = {".a", ".c", ".h", ".pxd", ".pyi", ".pyx"}
_RESTORED = Path(__file__).with_name("restored.py")
_SLOTS = Path(__file__).with_name("slots.py")
# Compiled libraries that pandas does not import by itself: all others are linked before a snapshot is restored.
_NOT_LINKED = (
    "numpy/fft/",
    "numpy/linalg/lapack_lite.",
    "numpy/random/",  # which the snapshot does without (restored.py)
    "pandas/_libs/byteswap.",
    "pandas/_libs/sas.",
)
# What reads workbooks; a page fetches it when the first one comes.
_FOR_WORKBOOKS = ("python_calamine/", "python_calamine-")


@dataclass(frozen=True)
class Bundle:
    """`files` maps each name in the site to the file to copy; `manifest` is the one that names the rest.

    `libraries` are those that pages load by themselves, by what they are called.
    """

    files: dict[str, Path]
    manifest: str
    libraries: dict[str, str]


def build_bundle(
    calculators: Sequence[Path],
    settings: Mapping[str, object],
    say: Callable[[str], None] = print,
    warn: Callable[[str], None] = print,
    *,
    company: Path | None = None,
    warm_up: str | None = None,
) -> Bundle:
    """Everything that a page needs to run the package `calculators`, whose folders these are, in the browser.

    `company` is the company's folder, whose words, measures and stages go along.

    `settings` (JSON values) is handed to the calculators' bridge there. `warm_up` is Python that imports and
    runs what a memory snapshot shall hold ready; without it there is none. The first call fetches and
    compiles; later ones take a moment, since only the calculators are packed again, and with them the
    snapshot is made again. Raises VendorError or NodeError; a snapshot that cannot be made is a warning, since
    pages start without it, but one that is made is restored once, and raises NodeError where it is not.
    """
    cache = Cache()
    vendor = Vendor(cache=cache, say=say)
    archives = compiled(vendor, cache, say)
    core, page = vendor.part("core"), vendor.part("page")
    wheels = sorted(name for name in archives if name.endswith(".whl"))

    def make_runtime() -> dict[str, bytes]:
        say(said.say("runtime.packing"))
        files = [file for name in wheels for file in _wheel_files(archives[name])]
        return {
            "pyodide.js": core["pyodide.mjs"].read_bytes(),
            "pyodide.asm.js": core["pyodide.asm.mjs"].read_bytes(),
            "module.bin": archive.compress(core["pyodide.asm.mjs"].read_bytes()),
            "wasm.bin": archive.compress(core["pyodide.asm.wasm"].read_bytes()),
            "slots.bin": archive.compress(json.dumps(slots(core["pyodide.asm.wasm"].read_bytes())).encode()),
            "stdlib.bin": archive.compress(archives["python_stdlib.zip"].read_bytes()),
            "libraries.bin": _packed(file for file in files if _is_linked(file[0])),
            "packages.bin": _packed(
                [file for file in files if not _is_linked(file[0]) and not file[0].startswith(_FOR_WORKBOOKS)]
                + [("restored.py", _RESTORED.read_bytes())]
            ),
            "workbooks.bin": _packed(file for file in files if file[0].startswith(_FOR_WORKBOOKS)),
            "zstddec.js": page["zstddec.mjs"].read_bytes(),
            "sha256.js": page["sha256.umd.min.js"].read_bytes(),
            "echarts.js": page["echarts.common.min.js"].read_bytes(),
            "tabulator.js": page["tabulator_esm.min.js"].read_bytes(),
            "tabulator.css": page["tabulator.min.css"].read_bytes(),
        }

    sources = [
        *core.values(),
        *archives.values(),
        *page.values(),
        Path(__file__),
        Path(archive.__file__),
        _SLOTS,
        _RESTORED,
    ]
    runtime = cache.step("runtime", [path.read_bytes() for path in sources], make_runtime)
    start = {
        "decoder": runtime["zstddec.js"],
        "hasher": runtime["sha256.js"],
        "loader": runtime["pyodide.js"],
        "module": runtime["module.bin"],
        "wasm": runtime["wasm.bin"],
        "stdlib": runtime["stdlib.bin"],
        "libraries": runtime["libraries.bin"],
        "packages": runtime["packages.bin"],
        "calculators": cache.store("calculators.bin", _packed([*pack_folders(calculators), *pack_company(company)])),
    }
    snapshot = warm_up and make_snapshot(
        {**core, "python_stdlib.zip": archives["python_stdlib.zip"]},
        {role: start[role] for role in ("libraries", "packages", "calculators")},
        warm_up,
        cache=cache,
        say=say,
        warn=warn,
    )
    libraries = {label: runtime[label] for label in ("echarts.js", "tabulator.js", "tabulator.css")}
    names = {label: path.name for label, path in libraries.items()}
    later = {"workbooks": runtime["workbooks.bin"]}
    manifest = {
        "start": {role: _entry(path) for role, path in start.items()},
        "later": {role: _entry(path) for role, path in later.items()},
        "module": runtime["pyodide.asm.js"].name,  # the same again, for pages whose policy forbids the packed one
        "slots": _entry(runtime["slots.bin"]),
        "snapshot": {**_entry(snapshot.file), "layout": snapshot.layout} if snapshot else None,
        "libraries": names,
        "lock": json.loads(archives["pyodide-lock.json"].read_text("utf-8")),
        "settings": settings,
        "licences": [
            {"name": file.name, "project": file.project, "version": file.version, "licence": file.licence}
            for file in vendor.lock.files
            if file.part != "build"
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1)
    index = cache.store("manifest.json", text.encode())
    files = [
        *start.values(),
        *later.values(),
        runtime["slots.bin"],
        runtime["pyodide.asm.js"],
        *libraries.values(),
        *([snapshot.file] if snapshot else []),
        index,
    ]
    bundle = Bundle({path.name: path for path in files}, index.name, names)
    if snapshot:
        _restore_once(bundle, manifest, cache, say)
    return bundle


def _restore_once(bundle: Bundle, manifest: Mapping[str, object], cache: Cache, say: Callable[[str], None]) -> None:
    """Have a page's worker start from the bundle's snapshot, once for all builds of the same.

    Pages start without a snapshot that they cannot restore, only slower, so nobody would hear of it. Raises NodeError.
    """

    def make() -> dict[str, bytes]:
        say(said.say("runtime.restoring"))
        boot, warned = worker.start(bundle)
        if boot != "snapshot":
            raise NodeError(said.say("runtime.not_restored", reason=" ".join(warned)))
        return {"restored.json": json.dumps(boot).encode()}

    restored = [manifest[part] for part in ("start", "later", "slots", "snapshot", "lock")]
    inputs = [json.dumps(restored, sort_keys=True).encode(), node_version().encode()]
    cache.step("restored", [*inputs, *(path.read_bytes() for path in (Path(__file__), *worker.SOURCES))], make)


def _entry(path: Path) -> dict[str, object]:
    return {"name": path.name, "size": path.stat().st_size}


def _is_linked(name: str) -> bool:
    return name.endswith(".so") and not name.startswith((*_NOT_LINKED, *_FOR_WORKBOOKS))


def _packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    return archive.compress(archive.pack(files))


def _wheel_files(wheel: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(wheel) as files:
        for name in sorted(files.namelist()):
            path = PurePosixPath(name)
            if not (name.endswith("/") or path.suffix in _NOT_SHIPPED or "tests" in path.parts):
                yield name, files.read(name)


def pack_folders(folders: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The package as it is, all its folders as one: compiling it costs the browser less than Node would each save.

    What an earlier folder has, a later one has not, as for Python's imports.
    """
    owners: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            if not path.is_file() or "__pycache__" in name.parts:
                continue
            if owners.setdefault(name.parts[0], folder) == folder:
                yield (PurePosixPath("calculators") / name).as_posix(), path.read_bytes()


def pack_company(company: Path | None) -> Iterator[tuple[str, bytes]]:
    """The company's words, measures and stages, beside the package, where it looks for them; and its languages."""
    for path in sorted((company / "docs").glob("*")) if company else ():
        if path.is_dir():
            yield f"company/docs/{path.name}/language", b""
    lists = [company / name for name in ("measures.toml", "stages.toml")] if company else []
    for path in [*lists, *sorted((company / "text").rglob("*.toml"))] if company else ():
        if path.is_file():
            yield (PurePosixPath("company") / path.relative_to(company or path)).as_posix(), path.read_bytes()
