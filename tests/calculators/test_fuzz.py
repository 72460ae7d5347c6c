"""Damaged and malicious inputs by the thousand: nothing is uncaught, nothing hangs, nothing is silent.

The corpus of the other tests is the seed. ``make fuzz`` sets PLAYBOOK_FUZZ to how many inputs of each kind are made
instead of the few here, which are the same ones in every run.
"""

import io
import json
import os
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from calculators.bridge import Bridge
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.exports.downloads import open_plan
from calculators.engine.reads.sources import File, Pasted, Source
from calculators.engine.reads.tables import read_table
from calculators.engine.shows.text import LANGUAGES, Text
from tests.bounded import within
from tests.table_files import (
    CUSTOMERS,
    csv_text,
    ods_file,
    openpyxl_file,
    workbook_of_parts,
    xlsb_file,
    xlsxwriter_file,
)

MANY: Final = int(os.environ.get("PLAYBOOK_FUZZ", "0"))
ROWS: tuple[list[object], ...] = (
    ["客户", "收入(万元)", "负责人", "日期"],
    ["甲", 5, "林默", "2026-01-02"],
    ["乙", 12.5, "苏远", "3月"],
    ["合计", 17.5],
)
BOOKS: tuple[bytes, ...] = (
    openpyxl_file({"客户": list(ROWS), "空": []}, lambda book: book["客户"].merge_cells("A2:A3")),
    xlsxwriter_file(ROWS),
    xlsxwriter_file(ROWS, constant_memory=True),
    workbook_of_parts(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2" hidden="1" outlineLevel="1"><c r="A2" s="1" t="inlineStr"><is><t>甲</t></is></c>'
        '<c r="B2" s="1"><f>1+1</f></c></row>',
        strings="<si><t>客户</t></si><si><t>收入</t></si>",
        styles='<numFmts><numFmt numFmtId="164" formatCode="[$€-407]0.0%;-0"/></numFmts>'
        "<fonts><font><b/></font></fonts>"
        '<cellXfs><xf/><xf numFmtId="164" fontId="0"><alignment indent="2"/></xf></cellXfs>',
        after='<mergeCells><mergeCell ref="A2:B2"/></mergeCells>',
    ),
    ods_file(),
    xlsb_file(),
)
TEXTS = tuple(csv_text(ROWS, delimiter) for delimiter in ",;\t|")
SCRAPS = (
    *("", "0", "-1", "1" * 30, "1e999", "NaN", "=1+1", "A0", "XFD1048577", "A1:XFD1048576", "合计", "\u2066", "\0"),
    *("\ud800", "<", "&", "]]>", "<!DOCTYPE a>", "&#0;", '"', "'", ",", ";", "\t", "\r\n", "()" * 9, " " * 99),
    *("0" * 99, "[$", "%"),
)
SWAPS: tuple[object, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1.5,
    "",
    "zz",
    "\0",
    [],
    [[]],
    {},
    [None],
    {"a": []},
    [[["x"]]],
    "9" * 99,
    "true",
)


def scrap(rng: random.Random) -> bytes:
    """Return some bytes that stand nowhere."""
    return (
        rng.choice(SCRAPS).encode("utf-8", "surrogatepass") if rng.random() < 0.7 else rng.randbytes(rng.randint(1, 9))
    )


def damaged(rng: random.Random, content: bytes) -> bytes:
    """Return bytes with a few of them changed, left out, doubled or put in."""
    made = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(made) + 1)
        to = min(len(made), at + rng.choice((1, 1, 4, 40, len(made))))
        match rng.randrange(4):
            case 0 if at < len(made):
                made[at] = rng.randrange(256)
            case 1:
                del made[at:to]
            case 2:
                made[at:at] = made[at:to] * rng.choice((1, 3, 50))
            case _:
                made[at:at] = scrap(rng)
    return bytes(made[: 1 << 20])


def reworded(rng: random.Random, content: bytes) -> bytes:
    """Return XML with what stands in its quotes, between its tags or as a tag replaced: well-formed, as a rule."""
    pattern = rng.choice((rb'"[^"<>]*"', rb">[^<>]*<", rb"<[a-zA-Z]+[ />]"))
    found = list(re.finditer(pattern, content))
    if not found:
        return damaged(rng, content)
    one, other = rng.choice(found), rng.choice(found)
    inside = other[0][1:-1] if rng.random() < 0.4 else rng.choice(SCRAPS[:14]).encode("utf-8", "replace")
    return content[: one.start() + 1] + inside + content[one.end() - 1 :]


def broken_book(rng: random.Random) -> Source:
    """Return a workbook broken as a file, or in one of its parts: styles, relations, texts, the sheet itself."""
    content = rng.choice(BOOKS)
    if rng.random() < 0.25:
        return File("名单.xlsx", damaged(rng, content))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(out, "w") as written:
        names = read.namelist()
        struck = rng.choice(names)
        for name in names:
            part = read.read(name)
            if name == struck:
                if rng.random() < 0.1:
                    continue
                part = (reworded if name.endswith((".xml", ".rels")) and rng.random() < 0.7 else damaged)(rng, part)
            written.writestr(name, part)
    return File("名单.xlsx", out.getvalue())


def broken_text(rng: random.Random) -> Source:
    """Return delimited text with scraps in it, as a file in some encoding or as a paste."""
    text = rng.choice(TEXTS)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(SCRAPS) * rng.choice((1, 1, 20)) + text[at + rng.randrange(3) :]
    if rng.random() < 0.3:
        return Pasted(text)
    encoding = rng.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "cp1252"))
    content = text.encode(encoding, "replace")
    return File("名单.csv", damaged(rng, content) if rng.random() < 0.5 else content)


def swapped(rng: random.Random, node: Any) -> Any:
    """Return data with one thing in it replaced by another, wherever it stands."""
    if isinstance(node, dict) and node and rng.random() < 0.85:
        key = rng.choice(list(node))
        if rng.random() < 0.1:
            return {**node, rng.choice(("x", "file", "rows", "", "text")): rng.choice(SWAPS)}
        return {**node, key: swapped(rng, node[key])}
    if isinstance(node, list) and node and rng.random() < 0.85:
        at = rng.randrange(len(node))
        return [*node[:at], swapped(rng, node[at]), *node[at + 1 :]]
    return rng.choice(SWAPS)


PLAN: Mapping[str, Any] = {
    "format": "sales-playbook-plan", "version": 1, "calculator": "abc_tiers", "values": {"at_cutoff": "include"},
    "tables": {
        "customers": {
            "rows": [["客户", "收入"], ["甲", "5"], ["乙", "3"]], "name": "名单", "unit": 10_000, "sheet": None,
            "columns": {"customer": 0, "revenue": 1}, "answers": {"totals": "count"}, "aligned": True, "delimiter": ",",
        }
    },
}  # fmt: skip
BRIDGE = Bridge()


def heard(errors: InvalidInputs) -> None:
    """See that each mistake has its sentence in both languages."""
    assert errors.errors
    for error in errors.errors:
        for language in LANGUAGES:
            assert Text(language, Settings())(error.code, **error.params).strip()


def read(source: Source) -> None:
    """Read a list: every row that is there is used, or said not to be."""
    try:
        reading = read_table(source, CUSTOMERS)
    except InvalidInputs as errors:
        return heard(errors)
    assert len(reading.frame) + len(reading.problems) == reading.rows_read
    return None


def open_damaged(rng: random.Random) -> None:
    """Open a plan, and answer a request with it."""
    plan = swapped(rng, PLAN)
    for _ in range(rng.randrange(2)):
        plan = swapped(rng, plan)
    content = json.dumps(plan).encode()
    if rng.random() < 0.2:
        content = damaged(rng, content)
    try:
        open_plan(content, "abc_tiers")
    except InvalidInputs as errors:
        return heard(errors)
    request = {"id": 1, "calculator": "abc_tiers", "language": rng.choice(LANGUAGES), "plan": "p"}
    reply = json.loads(BRIDGE.reply(json.dumps(request), {"p": content}))
    assert reply["ok"] or all(error["message"].strip() for error in reply["errors"])
    return None


def settle(rng: random.Random) -> None:
    """Check a company's settings."""
    given = swapped(rng, Settings().as_mapping())
    try:
        assert Settings.from_mapping(given).as_mapping()
    except InvalidInputs as errors:
        heard(errors)


KINDS: Mapping[str, tuple[int, Callable[[random.Random], None]]] = {
    "workbooks": (700, lambda rng: read(broken_book(rng))),
    "texts": (700, lambda rng: read(broken_text(rng))),
    "plans": (400, open_damaged),
    "settings": (200, settle),
}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_uncaught_nothing_hangs_and_nothing_is_silent(kind: str) -> None:
    """Two thousand in all; the number of the one that failed makes it again."""
    few, attempt = KINDS[kind]
    for number in range(MANY or few):
        rng = random.Random(f"{kind} {number}")
        try:
            with within():
                attempt(rng)
        except Exception as error:
            raise AssertionError(f"{kind} {number}") from error
