"""The worst inputs in real browsers: each is answered, refused or asked about; neither page nor memory runs away.

    python -m benchmarks.worst [--browsers NAME ...] [--only WORDS] [--json FILE] [--site FOLDER]

Each input of tests/calculators/engine/reads/test_limits.py, and some of the same kinds beside them, is dropped on the
ABC page. What is told: seconds until something is said, when work could be stopped, the longest that the page did not
react, the most memory of the content process (memory.py), and whether a small list is computed afterwards.
"""

import argparse
import io
import json
import os
import random
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.boot import BROWSERS, built
from benchmarks.memory import CONTENT, MB, Watch
from benchmarks.served import serving
from calculators.engine.reads.sources import File, Pasted, Rows, Source
from tests.browser import HOST
from tests.calculators.engine.reads.test_limits import ASKED, BEYOND, INNOCENT, book, opendocument
from tests.driver import Driver, DriverError, Name

PLAN = '{"format": "sales-playbook-plan", "version": 1, "calculator": "abc_tiers", "values": {}, "tables": '
LIMIT_S, LIMIT_MB = 10, 1_000
WORST = """
const section = document.querySelector("[data-calculator]");
const state = () => section.dataset.state;
const figure = () => section.querySelector("[data-figure=revenue]")?.textContent;
const errors = () => section.querySelector("[data-errors]").textContent;
const asks = () => section.querySelector("[data-table-view] [data-question]") !== null;
const sleep = (ms) => new Promise((over) => setTimeout(over, ms));
const drop = (name, content) => {
  const data = new DataTransfer();
  data.items.add(new File([content], name));
  const options = { dataTransfer: data, bubbles: true, cancelable: true };
  section.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", options));
};
while (state() !== "ready") await sleep(50);
const content = await (await fetch(argument.address)).arrayBuffer();
const before = figure();
const began = performance.now();
let last = began;
let frozen = 0;
let stop = null;
let said = null;
drop(argument.name, content);
while (performance.now() - began < argument.patience) {
  await sleep(20);
  const now = performance.now();
  frozen = Math.max(frozen, now - last);
  last = now;
  if (section.querySelector('[data-action="stop"]')) stop ??= now - began;
  if (state() === "failed") { said = section.querySelector("[data-status]").textContent; break; }
  if (state() !== "ready" || now - began < 300) continue;
  const status = section.querySelector("[data-status]").textContent;
  said = errors() || (asks() ? "asked" : figure() !== before ? figure() : status);
  break;
}
const seconds = (performance.now() - began) / 1000;
const wasHeld = said === null;
if (wasHeld) section.querySelector('[data-action="stop"]')?.click();
drop("good.csv", "customer,revenue\\nA,600\\nB,177\\n");
const ends = performance.now() + 60_000;
while (!figure()?.includes("777") && performance.now() < ends) await sleep(50);
return { seconds, stop, frozen, said: wasHeld ? "nothing" : said.trim(), after: figure()?.includes("777") };
"""


def rows(count: int, made: Callable[[int], str]) -> str:
    """Return a list of so many rows."""
    return "客户,收入\n" + "".join(f"{made(at)}\n" for at in range(count))


def sheet(count: int, columns: int, *, odd: bool = False) -> File:
    """Return a workbook of so many rows; ``odd`` is XML in an order that is not Excel's."""

    def cell(row: int, column: int) -> str:
        at = f'r="{"ABCDEFGHIJ"[column]}{row}"'
        at = f's="0" {at}' if odd else at
        if column == 0:
            return f'<c {at} t="inlineStr"><is><t>客户{row}</t></is></c>'
        return f"<c {at}><v>{row * 31 % 9973}.{column}</v></c>"

    made = (
        f'<row r="{row}">{"".join(cell(row, column) for column in range(columns))}</row>' for row in range(3, count + 3)
    )
    return packed("".join(made).encode())


def packed(part: bytes) -> File:
    """Return a workbook whose sheet goes on with this."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book().content)) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in read.namelist():
            content = read.read(name)
            made.writestr(
                name, content.replace(b"</sheetData>", part + b"</sheetData>") if "sheet1" in name else content
            )
    return File("名单.xlsx", out.getvalue())


def amounts(at: int) -> str:
    """Return a row whose amount is written in yet another way."""
    written = ("{}", "{}.00", "¥{}", "{} 元", "{}万", "({})", "{}-", "1.{}E3", "'{}", "{} kg", "≈{}", "{}/2")
    return f"客户{at},{written[at % len(written)].format(at % 977)}"


chance = random.Random(7)
FRESH: Mapping[str, Callable[[], Source]] = {
    "300,000 rows whose amounts are written in twelve ways": lambda: Pasted(rows(300_000, amounts)),
    "200,000 names that differ in their spaces only": lambda: Pasted(
        rows(200_000, lambda at: f"甲{' ' * (at % 9)}乙{at % 7},5")
    ),
    "300,000 names, each twice": lambda: Pasted(rows(300_000, lambda at: f"客户{at // 2},{at}")),
    "100 columns of 5,000 dates": lambda: Pasted(
        "客户,收入,"
        + ",".join(f"d{at}" for at in range(100))
        + "\n"
        + f"甲,5,{','.join(['2026-02-30'] * 100)}\n" * 5_000
    ),
    "a cell of 32,000 digits in each of 500 rows": lambda: Pasted(rows(500, lambda at: f"甲{at},{'9' * 32_000}")),
    "20 MB of quotes and line ends": lambda: Pasted("客户,收入\n甲,5\n" + '"\n' * 10_000_000),
    "20 MB without a line end": lambda: Pasted("客户,收入\n甲,5\n" + "乙" * 7_000_000),
    "24 MB of random bytes": lambda: File("x.csv", chance.randbytes(24_000_000)),
    "a sheet of 16,000 empty cells that say a style": lambda: packed(
        b'<row r="3">' + b'<c s="0"/>' * 16_000 + b"</row>"
    ),
    "1,000,000 rows of one cell": lambda: packed(
        b"".join(b'<row r="%d"><c><v>5</v></c></row>' % at for at in range(3, 1_000_000))
    ),
    "290,000 rows of two columns in a workbook": lambda: sheet(290_000, 2),
    "290,000 rows of ten columns in a workbook": lambda: sheet(290_000, 10),
    "45,000 rows of ten columns in XML that is not Excel's": lambda: sheet(45_000, 10, odd=True),
    "28 MB of an .ods": lambda: opendocument(
        "".join(
            f'<table:table-row><table:table-cell office:value-type="string"><text:p>客{at}</text:p></table:table-cell>'
            f'<table:table-cell office:value-type="float" office:value="{at}"><text:p>{at}</text:p></table:table-cell>'
            "</table:table-row>"
            for at in range(130_000)
        )
    ),
    "a plan nested 200,000 deep": lambda: File("p.json", (PLAN + "[" * 200_000 + "]" * 200_000 + "}").encode()),
    "a plan of a million keys": lambda: File(
        "p.json", (PLAN + "{" + ",".join(f'"k{at}": 1' for at in range(1_000_000)) + "}}").encode()
    ),
    "a plan of 20 MB of rows": lambda: File(
        "p.json",
        (
            PLAN
            + '{"customers": {"rows": '
            + json.dumps([["客户", "收入"], *([f"客户{at:07d}", str(at)] for at in range(500_000))])
            + "}}}"
        ).encode(),
    ),
    "a plan of one text of 60 MB": lambda: File(
        "p.json", (PLAN + '{"customers": {"rows": [["' + "x" * 60_000_000 + '"]]}}}').encode()
    ),
    "a plan of a number of 1,000,000 digits": lambda: File(
        "p.json", (PLAN + '{"customers": {"rows": [[' + "9" * 1_000_000 + "]]}}}").encode()
    ),
}


def cases() -> Iterator[tuple[str, Source]]:
    """Yield every input by what it is."""
    for case in BEYOND:
        yield case.name, case.source()
    for name, (make, _) in INNOCENT.items():
        yield name, make()
    for name, asked in ASKED.items():
        if not isinstance(source := asked(), Rows):
            yield name, source
    for name, fresh in FRESH.items():
        yield name, fresh()


def measure(browser: Name, folder: Path, only: str) -> Iterator[dict[str, Any]]:
    """Yield what became of each input in a browser; the site is in the folder, which the inputs are put into."""
    with serving(folder) as server, Driver(browser, HOST) as driver:
        url = f"http://{HOST}:{server.server_port}/en/calculators/abc_tiers.html"
        for name, source in cases():
            if only not in name:
                continue
            file = (
                source
                if isinstance(source, File)
                else File("list.csv", source.text.encode() if isinstance(source, Pasted) else b"")
            )
            (folder / "worst.bin").write_bytes(file.content)
            address = f"/worst.bin?{abs(hash(name))}"
            argument = {"address": address, "name": file.name, "patience": 60_000}
            with Watch(os.getpid(), CONTENT[browser]) as watch:
                try:
                    seen = driver.visit(url, WORST, argument).value
                except DriverError as error:
                    seen = {
                        "said": f"the page broke: {error}"[:200],
                        "seconds": 60,
                        "stop": None,
                        "frozen": 0,
                        "after": False,
                    }
            found = {"browser": browser, "case": name, "bytes": len(file.content), **seen, "peak": watch.peak / MB}
            print(line(found), file=sys.stderr, flush=True)
            yield found


def line(found: Mapping[str, Any]) -> str:
    """Return a row of the table."""
    stop = "" if found["stop"] is None else f"{found['stop'] / 1000:.1f}"
    kept = found["after"] and found["seconds"] <= LIMIT_S and found["peak"] <= LIMIT_MB
    said = str(found["said"]).replace("|", " ")
    said = said if len(said) < 60 else f"{said[:57]}…"  # noqa: PLR2004 - characters of a column
    return (
        f"| {found['browser']} | {found['case']} | {found['bytes'] / MB:.1f} | {found['seconds']:.1f} | {stop} "
        f"| {found['frozen']:.0f} | {found['peak']:,.0f} | {'' if kept else '**no** '}{said} |"
    )


def main() -> None:
    """Measure, and print the table as it grows and as a whole."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--browsers", nargs="+", choices=BROWSERS, default=["chromium"])
    parser.add_argument("--only", default="", help="inputs whose description has this")
    parser.add_argument("--json", type=Path, help="where to write all that was found")
    parser.add_argument("--site", type=Path, help="a built site; without it, one is built")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "site"
        if options.site:
            shutil.copytree(options.site, folder)
        else:
            built(folder)
        found = [one for browser in options.browsers for one in measure(browser, folder, options.only)]
    print("| browser | input | MB | seconds | Stop after, s | page held up, ms | most memory, MB | said |")
    print("|---|---|---:|---:|---:|---:|---:|---|")
    print("\n".join(map(line, found)))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
