"""Modules and files as the classic scripts that pages opened from a folder load; in browsers in ``tests/docs``."""

import subprocess
from pathlib import Path

import pytest

from macros.folder import classic, handing_over
from macros.runtime.node import run_script

TAKE = """
import fs from "node:fs";
import vm from "node:vm";
const [decoder, script] = process.argv.slice(2);
const { decoded } = await import(decoder);
let given;
const playbookFile = (name, text) => (given = [name, text]);
vm.runInNewContext(new TextDecoder("windows-1252").decode(fs.readFileSync(script)), { playbookFile });
process.stdout.write(JSON.stringify([given[0], Buffer.from(decoded(given[1])).toString("hex")]));
"""
ROOT = Path(__file__).parents[2]


def run(source: str, tmp_path: Path) -> str:
    """Return what a script prints under Node."""
    script = tmp_path / "script.mjs"
    script.write_text(source, encoding="utf-8")
    return run_script(script)


def test_every_byte_is_handed_over_as_it_is(tmp_path: Path) -> None:
    """All 256, the pairs that a text would change, and what could end a string or a script."""
    content = bytes(range(256)) + b'\r\n\n\r\\"\\n</script>\xe2\x80\xa8\xef\xbb\xbf${}`' + bytes(reversed(range(256)))
    (tmp_path / "a.bin.js").write_bytes(handing_over("a.bin", content))
    (tmp_path / "take.mjs").write_text(TAKE)
    decoder = (ROOT / "docs/assets/javascripts/folder/bytes.js").as_uri()
    printed = run_script(tmp_path / "take.mjs", decoder, str(tmp_path / "a.bin.js"))
    assert printed == f'["a.bin","{content.hex()}"]'


def test_bytes_take_little_more_room_than_they_are() -> None:
    """A quarter of what base64 would add: four of 256 bytes need a second one."""
    content = bytes(range(256)) * 100
    assert len(handing_over("a.bin", content)) < 1.02 * len(content)


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("export const a = 1;\nexport async function f() {}\nexport class C {}\n", "a,f,C"),
        ("const x=2,y=3;export{x as a,y}", "a,y"),
        ("function m() {}\nexport default m;\n", "default"),
        ("const z = 1;\nexport { z }\n//# sourceMappingURL=z.js.map\n", "z"),
    ],
)
def test_a_script_gives_what_the_module_exports(source: str, printed: str, tmp_path: Path) -> None:
    """However it says so: in front, at the end, renamed, minified, or as its default."""
    assert run(f"process.stdout.write(Object.keys((() => {{{classic(source)}}})()).join());", tmp_path) == printed


def test_a_script_takes_what_the_module_imports(tmp_path: Path) -> None:
    """By the name that it has there, over several lines, and its own address for that of the module."""
    source = 'import {\n  a,\n  b as c,\n} from "./x.js";\nexport const seen = [a, c, import.meta.url];\n'
    around = 'const $address = "file:///d/x.js", $modules = { "x.js": { a: 1, b: 2 } };'
    assert run(f"{around} process.stdout.write((() => {{{classic(source)}}})().seen.join());", tmp_path) == (
        "1,2,file:///d/x.js"
    )


@pytest.mark.parametrize("source", ['import x from "./x.js";', 'export * from "./x.js";', 'import "node:fs"'])
def test_a_module_of_another_kind_stops_the_build(source: str) -> None:
    """Rather than a script that browsers cannot read."""
    with pytest.raises(ValueError, match="no script can be made"):
        classic(source)


def test_every_script_of_the_site_can_be_read_without_modules(site: Path, tmp_path: Path) -> None:
    """Those for folders are classic scripts: Node reads each as one, the worker's own text, too."""
    runtime = site / "assets/runtime/from-folder"
    (page,) = site.glob("assets/playbook-*/javascripts/from-folder.js")
    for path in [page, *sorted(runtime.glob("*.js.js"))]:
        copy = tmp_path / "script.cjs"
        copy.write_bytes(path.read_bytes())
        node = ROOT / ".venv/bin/node"
        checked = subprocess.run([node, "--check", copy], capture_output=True, check=False, encoding="utf-8")
        assert checked.returncode == 0, f"{path.name}: {checked.stderr[:400]}"
