"""The site's scripts and the runtime's files once more, for pages that are opened from a folder (``file://``).

There browsers fetch nothing, and let no file be a module or a worker; but classic scripts load. So modules become one
script, and every other file a script that hands over its content. Served pages ask for none of this.

Here: making these. Not here: what stands for the server in them (docs/assets/javascripts/folder/), and publishing
(``site``).
"""

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from macros.runtime.bundle import Bundle

PAGE = "from-folder.js"
"""The page's scripts as one, beside them."""
FILES = "from-folder"
"""The folder of the others, beside the runtime's own files."""
MODULES = ("decoder", "hasher", "loader")
"""Of what the manifest starts from, the modules; a third is the runtime's `module`."""
_AT_ONCE = "folder/page.js"
_ENTRIES = ("site.js", "playbook.js", "handbook.js", "suggest.js")
_PART = re.compile(r'(?:\bpart\(|: )"([\w-]+\.js)"')
"""How our modules name one that comes later (parts.js)."""
_LAZY = """\
const $modules = {};
const $module = (name, body) => {
  const get = () => {
    const value = body();
    Object.defineProperty($modules, name, { value });
    return value;
  };
  Object.defineProperty($modules, name, { get, configurable: true });
};"""
"""A module runs when it is first asked for."""
_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"(\.[^"]*)";$', re.MULTILINE)
_EXPORTED = re.compile(r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_LISTED = re.compile(r"export\s*\{([^{}]*)\};?\s*(?://[^\n]*\s*)?\Z")
_LEFT = re.compile(r"^(?:import|export)\b(?! *\()", re.MULTILINE)
_DEFAULT = re.compile(r"export default (\w+);?\s*\Z")


def scripts(folder: Path, search: str, bundle: Bundle) -> dict[str, bytes]:
    """Return the scripts by name, those of the runtime below `FILES`.

    ``folder`` has our own, and ``search`` is the source of Material's search worker.
    """
    manifest = json.loads(bundle.files[bundle.manifest].read_text("utf-8"))
    searching = f"globalThis.material = () => {{\n{search}\n}};\n{(folder / 'search.js').read_text('utf-8')}"
    page = f"window.playbookSearch = {json.dumps(searching)};\n{_page(folder)}"
    return {PAGE: page.encode()} | {
        f"{FILES}/{name}.js": content for name, content in _runtime(folder, bundle, manifest)
    }


def _page(folder: Path) -> str:
    return _in_one(
        "document.currentScript.src",
        _modules(folder, _ENTRIES, {"files.js": _AT_ONCE}),
        _run([_AT_ONCE]),
        f'document.addEventListener("DOMContentLoaded", () => {{ {_run(_ENTRIES)} }});',
    )


def _runtime(folder: Path, bundle: Bundle, manifest: Mapping[str, object]) -> Iterator[tuple[str, bytes]]:
    start: Mapping[str, Mapping[str, str]] = manifest["start"]  # type: ignore[assignment]  # bundle.py wrote it
    brought = [*(start[role]["name"] for role in MODULES), str(manifest["module"])]
    vendored = [
        f"playbook.modules[{json.dumps(name)}] = () => {{\n{classic(bundle.files[name].read_text('utf-8'))}\n}};"
        for name in brought
    ]
    ours = _modules(folder, ["worker.js"], {"files.js": "folder/worker.js"})
    worker = _in_one("playbook.manifest", ours, *vendored, _run(["worker.js"]))
    yield "worker.js", handing_over("worker.js", worker.encode())
    for name, path in bundle.files.items():
        if name in brought or name == start["module"]["name"] or path.suffix == ".css":
            continue
        if path.suffix == ".js":
            body = f"playbookFile({json.dumps(name)}, () => {{\n{classic(path.read_text('utf-8'))}\n}});\n"
            yield name, body.encode()
        else:
            yield name, handing_over(name, path.read_bytes())


def handing_over(name: str, content: bytes) -> bytes:
    r"""Return a script, in windows-1252, that hands over bytes: a character each, but for four that no text may have.

    >>> handing_over("a.bin", b'\x00"\n\xff')
    b'playbookFile("a.bin","\x00\\"\\n\xff");\n'
    """
    for byte, written in ((b"\\", rb"\\"), (b'"', rb"\""), (b"\n", rb"\n"), (b"\r", rb"\r")):
        content = content.replace(byte, written)
    return b'playbookFile("%s","%s");\n' % (name.encode(), content)


def classic(source: str) -> str:
    """Return a module's source as a function's body, which returns what the module exports.

    ``$address`` and ``$modules`` are what it finds for its own address and for the modules that it imports. Raises
    ValueError at a way of importing or exporting that none of the modules here has.

    >>> print(classic('import { b as c } from "./b.js";\\nexport const a = c;\\n'))
    const { b: c } = $modules["b.js"];
    const a = c;
    <BLANKLINE>
    return { "a": a };
    """
    return _classic(source, {})


def _classic(source: str, known_as: Mapping[str, str]) -> str:
    exports = {name: name for _, name in _EXPORTED.findall(source)}
    source = _EXPORTED.sub(r"\1", source)
    if listed := _LISTED.search(source):
        for name in filter(None, (part.strip() for part in listed[1].split(","))):
            own, _, other = name.partition(" as ")
            exports[other or own] = own
        source = source[: listed.start()]
    if default := _DEFAULT.search(source):
        exports["default"] = default[1]
        source = source[: default.start()]

    def taken(match: re.Match[str]) -> str:
        names = re.sub(r"(\w+) as (\w+)", r"\1: \2", match[1] or "{}")
        file = match[2].removeprefix("./")
        return f"const {names} = $modules[{json.dumps(known_as.get(file, file))}];"

    source = _IMPORT.sub(taken, source).replace("import.meta.url", "$address")
    if left := _LEFT.search(source):
        raise ValueError(f"no script can be made of a module with: {source[left.start() :].splitlines()[0][:80]}")
    return f"{source}\nreturn {{ {', '.join(f'{json.dumps(name)}: {own}' for name, own in exports.items())} }};"


def _modules(folder: Path, entries: Sequence[str], instead: Mapping[str, str]) -> dict[str, str]:
    """Return the bodies of all modules that the entries need, at once or later, by name."""
    found: dict[str, str] = {}
    names = list(entries)
    for name in names:  # which grows meanwhile
        if name in found:
            continue
        source = (folder / name).read_text("utf-8")
        known_as = {}
        for _, spec in _IMPORT.findall(source):
            file = posixpath.normpath(posixpath.join(posixpath.dirname(name), spec))
            known_as[spec.removeprefix("./")] = instead.get(file, file)
        names += [*known_as.values(), *_PART.findall(source)]
        found[name] = _classic(source, known_as)
    return found


def _run(names: Sequence[str]) -> str:
    return " ".join(f"$modules[{json.dumps(name)}];" for name in names)


def _in_one(address: str, modules: Mapping[str, str], *parts: str) -> str:
    known = [f"$module({json.dumps(name)}, () => {{\n{body}\n}});" for name, body in modules.items()]
    return "\n".join(["(() => {", '"use strict";', f"const $address = {address};", _LAZY, *known, *parts, "})();\n"])
