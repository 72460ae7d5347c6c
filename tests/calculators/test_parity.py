"""The same request gives the same reply in CPython and in the browser's Python (Pyodide, 32-bit, under Node)."""

import base64
import json
import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.exports.sheets import write_xlsx
from calculators.engine.shows.text import LANGUAGES
from macros.pages import WARM_UP, bundle
from macros.runtime.bundle import Bundle, build_bundle
from macros.runtime.node import NodeError
from macros.runtime.worker import Request, run
from tests.calculators.engine.reads.test_lists import CASES
from tests.calculators.replies import GENERATED
from tests.conftest import ROOT
from tests.table_files import ods_file, openpyxl_file, workbook_of_parts, xlsb_file

SEED = 20261124
AMOUNTS = [
    "1,234.50",
    "￥1,234",
    "12.5万",
    "1.2亿",
    "(300)",
    "１２３",
    "待定",
    "",
    "$5",
    "abc",
    "5%",
    "-20",
    "0",
    "3e5",
]
MEMORY = """

class Bridge(Bridge):
    def reply(self, request_json, attachments=None):
        reply = super().reply(request_json, attachments)
        if len(request_json) < 1000:
            return reply  # the warm-up's
        from pyodide_js import _module
        return json.dumps(_module.HEAPU8.length)
"""
NAMES = [
    "云杉软件",
    "ＡＢＣ公司",
    "ABC公司",
    "abc 公司",
    "1.23E+11",
    "合计",
    "",
    "O'Neill & <Sons>",
    "=SUM(A1)",
    "海棠",
]


def request(chance: random.Random, number: int) -> dict[str, Any]:
    """Return a generated request: lists small and large, plain and awkward, values right and sometimes wrong."""
    awkward = chance.random() < 0.5
    largest = chance.choice([100, 10**7, 2**31, 10**12])
    rows = [["客户", chance.choice(["收入", "收入(万元)", "Revenue"])]]
    for at in range(chance.choice([1, 3, 10, 40, 150])):
        name = chance.choice(NAMES) if awkward and chance.random() < 0.3 else f"客户{at % chance.choice([7, 1000])}"
        amount = chance.choice(AMOUNTS) if awkward and chance.random() < 0.3 else f"{chance.randrange(largest)}.25"
        rows.append([name, amount])
    values = {
        "driver": chance.choice(["count", "revenue"]),
        "at_cutoff": chance.choice(["include", "exclude", "carry"]),
    }
    if chance.random() < 0.3:
        values |= {
            "count_share_a": chance.choice(["15", "10", "33.33"]),
            "count_share_b": chance.choice(["35", "40", "x"]),
        }
    form = chance.choice(["rows", "text", "list"])
    text = "\n".join("\t".join(row) for row in rows)
    table: Any = {"rows": {"rows": rows, "name": "名单"}, "text": {"text": text, "unit": "10000"}, "list": rows}[form]
    return {
        "id": number,
        "calculator": "abc_tiers",
        "language": chance.choice(["zh", "en"]),
        "values": values,
        "tables": {"customers": table},
        "pages": {"ranking": chance.randrange(3)},
    }


PEOPLE = {"people": {"rows": [["姓名", "区域", "入职日期"], ["陈一诺", "华东", "2026-01-05"], ["方子墨", "", ""]]}}
BESIDE: tuple[dict[str, Any], ...] = (
    {"calculator": "goal_breakdown", "compare": [{"name": "a"}, {"name": "b", "values": {"full": "150000"}}]},
    {"calculator": "five_lines", "compare": [{"name": "a"}, {"name": "b", "values": {"cap": "100"}}]},
    {"calculator": "tracks", "seek": {"field": "churn", "figure": "to_add", "goal": "1000万"}},
    {"calculator": "tracks", "seek": {}},
    {
        "calculator": "nine_box",
        "roster": {"calculator": "goal_breakdown", "from": "people", "to": "people", "tables": PEOPLE},
    },
)
"""What is asked of a calculator beside its result: scenarios compared, a goal sought, a roster handed over."""


def examples() -> list[dict[str, Any]]:
    """Return what any calculator is asked: its worked example, with every field filled in wrongly, and `BESIDE`."""
    asked = [{"id": at, "language": "zh", **one} for at, one in enumerate(BESIDE)]
    for name, calculator in CALCULATORS.items():
        wrong = dict.fromkeys((field.name for field in calculator.declare(Settings()).fields), "?")
        for language in LANGUAGES:
            asked += [
                {"id": name, "calculator": name, "language": language, **more} for more in ({}, {"values": wrong})
            ]
    return asked


def agreed(native: Bridge, texts: Sequence[str], answers: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return CPython's replies to requests, and see that the browser's answers are the same."""
    replies: list[dict[str, Any]] = [json.loads(native.reply(text)) for text in texts]
    for text, answer, expected in zip(texts, answers, replies, strict=True):
        assert answer["type"] == "reply", (answer, text)
        assert json.loads(answer["reply"]) == expected, text
    return replies


@pytest.fixture(scope="module")
def requests() -> list[dict[str, Any]]:
    """Return the generated requests and, last, every calculator's worked example and a value that it refuses."""
    chance = random.Random(SEED)
    return [request(chance, number) for number in range(GENERATED)] + examples()


@pytest.mark.parametrize("boot", ["snapshot", "ordinary"])
def test_generated_requests_get_identical_replies(boot: str, requests: list[dict[str, Any]]) -> None:
    """Figures, tables, notices, HTML, charts and errors agree to the letter, sums beyond 2**31 fen among them."""
    settings = Settings()
    native = Bridge(settings)
    texts = [json.dumps(one, ensure_ascii=False) for one in requests]
    runtime = bundle(settings, snapshot=boot == "snapshot")
    started, answers = run(runtime, [Request(kind="reply", request=text) for text in texts])
    assert started == boot
    replies = agreed(native, texts, answers)[:GENERATED]
    revenue = [reply["result"]["figures"]["revenue"] for reply in replies if reply["ok"]]
    assert sum(fen > 2**31 for fen in revenue) > GENERATED / 10
    assert sum(not reply["ok"] for reply in replies) > GENERATED / 20


def test_memory_does_not_grow_with_every_recalculation(tmp_path: Path) -> None:
    """A hundred different lists after one another take no more memory than the first thirty did."""
    package = shutil.copytree(ROOT / "calculators", tmp_path / "calculators")
    with (package / "bridge.py").open("a", encoding="utf-8") as module:
        module.write(MEMORY)
    runtime = build_bundle([package], Settings().as_mapping(), warm_up=WARM_UP)
    texts = []
    for number in range(100):
        rows = [["客户", "收入"], *([f"客户{at}", f"{(at + 1) * (number + 1)}.25"] for at in range(100))]
        tables = {"customers": {"rows": rows, "name": "名单"}}
        texts.append(json.dumps({"id": number, "calculator": "abc_tiers", "language": "zh", "tables": tables}))
    boot, answers = run(runtime, [Request(kind="reply", request=text) for text in texts])
    assert boot == "snapshot"
    memory = [json.loads(answer["reply"]) for answer in answers]
    assert memory[-1] == memory[30]


def test_files_are_read_and_made_byte_for_byte_alike() -> None:
    """An XLSX and a GB18030 CSV are read alike, and workbook, CSV and plan come out identical."""
    settings = Settings()
    rows = [["甲", 123456789012345], ["乙", -500], ["=丙", 7]]
    attachments = {
        "xlsx": write_xlsx([("名单", ["客户", "收入"], rows, ["text", "money"])]),
        "csv": "客户,收入(万元)\n甲,12.5\n乙,3\n合计,15.5\n".encode("gb18030"),
    }
    tables = [{"customers": {"file": name, "name": f"名单.{name}"}} for name in attachments]
    kinds: list[dict[str, str]] = [{"download": "xlsx"}, {"download": "plan"}, {"download": "csv", "table": "ranking"}]
    texts = [
        json.dumps({"id": 1, "calculator": "abc_tiers", "language": "zh", "tables": table, **kind})
        for table in tables
        for kind in kinds
    ]
    native = Bridge(settings)
    answers = run(bundle(settings), [Request(kind="download", request=text) for text in texts], attachments).answers
    for text, answer in zip(texts, answers, strict=True):
        name, media, content = native.download(text, attachments)
        assert (answer["name"], answer["media"]) == (name, media)
        assert base64.b64decode(answer["content"]) == content, text


def workbooks() -> dict[str, bytes]:
    """Return workbooks of every kind and of odd makes, by name."""
    head = '<row r="1"><c r="A1" t="str"><v>客户</v></c><c r="B1" t="str"><v>收入</v></c></row>'
    row = '<row r="{0}"><c r="A{0}" t="str"><v>户{0}</v></c><c r="B{0}"{1}</c></row>'
    odd = "".join(
        row.format(at, cell)
        for at, cell in enumerate(
            ("><v>1234.5</v>", "><f>1+1</f>", ' t="e"><v>#SPILL!</v>', ' s="1"><v>7</v>', "><v>1E-7</v>"), 2
        )
    )
    styles = (
        '<numFmts><numFmt numFmtId="170" formatCode="[$€-407]0"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs>'
    )
    rows: list[list[object]] = [["客户", "收入"], *([f"客户{at}", at / 8] for at in range(1, 400))]
    return {
        "usual.xlsx": openpyxl_file({"名单": rows}),
        "odd.xlsx": workbook_of_parts(head + odd, styles=styles),
        "strict.xlsx": workbook_of_parts(head + odd, styles=styles, strict=True),
        "far.xlsx": workbook_of_parts(
            head + row.format(1048576, "><v>5</v>") + '<row r="9"><c r="XFD9"><v>1</v></c></row>'
        ),
        "damaged.xlsx": workbook_of_parts("<row>"),
        "list.ods": ods_file(),
        "list.xlsb": xlsb_file(),
    }


@pytest.mark.parametrize("boot", ["snapshot", "ordinary"])
def test_workbooks_of_every_kind_are_read_alike(boot: str) -> None:
    """What reads them is compiled for either Python, and their replies agree to the letter."""
    settings = Settings()
    files = workbooks()
    texts = [
        json.dumps({"id": name, "calculator": "abc_tiers", "tables": {"customers": {"file": name, "name": name}}})
        for name in files
    ]
    asked = [Request(kind="reply", request=text) for text in texts]
    started, answers = run(bundle(settings, snapshot=boot == "snapshot"), asked, files)
    assert started == boot
    native = Bridge(settings)
    replies = {}
    for text, answer in zip(texts, answers, strict=True):
        assert answer["type"] == "reply", answer
        expected = json.loads(native.reply(text, files))
        assert json.loads(answer["reply"]) == expected, text
        replies[expected["id"]] = expected["ok"]
    assert [name for name, ok in replies.items() if not ok] == ["damaged.xlsx"]


@pytest.mark.parametrize("boot", ["snapshot", "ordinary"])
def test_where_what_reads_workbooks_does_not_come_the_page_is_told_which_file(boot: str) -> None:
    """Lists of text are read all the same; a workbook is not called damaged, but its reader lost on the way."""
    runtime = bundle(Settings(), snapshot=boot == "snapshot")
    index = runtime.files[runtime.manifest]
    named = json.loads(index.read_text("utf-8"))
    named["later"]["workbooks"]["name"] = "missing.bin"
    spoilt = index.with_name(f"without-workbooks-{boot}.json")
    spoilt.write_text(json.dumps(named), "utf-8")
    files = {"a.csv": "客户,收入\n甲,5\n".encode(), "a.xlsx": workbooks()["usual.xlsx"]}
    asked = {
        name: Request(
            kind="reply",
            request=json.dumps(
                {"id": name, "calculator": "abc_tiers", "tables": {"customers": {"file": name, "name": name}}}
            ),
        )
        for name in files
    }
    lacking = Bundle({**runtime.files, "spoilt": spoilt}, "spoilt", {})
    try:
        started, (answer,) = run(lacking, [asked["a.csv"]], files)
        assert (started, answer["type"]) == (boot, "reply")
        assert json.loads(answer["reply"])["ok"]
        with pytest.raises(NodeError, match=r"network: .*missing\.bin"):
            run(lacking, [asked["a.xlsx"]], files)
    finally:
        spoilt.unlink()


def test_what_a_list_leaves_open_is_asked_alike() -> None:
    """Totals found by their figures, the question about one and what each answer comes to."""
    lists = [
        "客户,收入\n甲,12.5\n乙,30\n华南大区汇总,42.5\n丙,5\n平均,15.83\n总计,47.5\n",
        "客户,收入\n甲,400.25\n乙,250.5\n大家,650.75\n",
        "客户,收入\n甲,99999999999.99\n乙,1\n合计,3\n",
    ]
    answers = [{}, {"totals": "leave_out"}, {"totals": "count"}]
    texts = [
        json.dumps(
            {
                "id": 1,
                "calculator": "abc_tiers",
                "language": "zh",
                "tables": {"customers": {"text": text, "answers": answer}},
            }
        )
        for text in lists
        for answer in answers
    ]
    settings = Settings()
    asked = [Request(kind="reply", request=text) for text in texts]
    replies = agreed(Bridge(settings), texts, run(bundle(settings), asked).answers)
    revenue = [reply["result"]["figures"]["revenue"] if reply["ok"] else None for reply in replies]
    assert revenue[3:6] == [None, 65_075, 130_150]
    assert revenue[0] == 4_750


def test_lists_as_they_come_are_read_alike() -> None:
    """Headers of several rows, months, units, quotes never closed, blank lines: sums, questions and refusals."""
    cases = [case for case in CASES.values() if case.currency == "CNY" and not case.file.name.endswith("xlsx")]
    files = {str(number): case.file.content for number, case in enumerate(cases)}
    texts = [
        json.dumps({"id": name, "calculator": "abc_tiers", "tables": {"customers": {"file": name, "answers": answers}}})
        for name, case in zip(files, cases, strict=True)
        for answers in ({}, {case.asks: case.answer})
    ]
    settings = Settings()
    _, answers = run(bundle(settings), [Request(kind="reply", request=text) for text in texts], files)
    native = Bridge(settings)
    for text, answer in zip(texts, answers, strict=True):
        assert answer["type"] == "reply", answer
        assert json.loads(answer["reply"]) == json.loads(native.reply(text, files)), text
