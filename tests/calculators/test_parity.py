"""The same request gives the same reply in CPython and in the browser's Python (Pyodide, 32-bit, under Node)."""

import base64
import json
import random
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.exports.sheets import write_xlsx
from calculators.engine.shows.text import LANGUAGES
from macros.pages import bundle
from macros.runtime.bundle import Bundle
from macros.runtime.node import NodeError
from macros.runtime.worker import Request, run
from tests.calculators.engine.reads.test_lists import CASES
from tests.calculators.replies import GENERATED
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
    replies = [json.loads(native.reply(text)) for text in texts]
    alike(texts, answers, replies)
    return replies


def alike(texts: Sequence[str], answers: Sequence[Mapping[str, str]], replies: Sequence[Mapping[str, Any]]) -> None:
    """See that the browser's answers to requests are these replies."""
    for text, answer, expected in zip(texts, answers, replies, strict=True):
        assert answer["type"] == "reply", (answer, text)
        assert json.loads(answer["reply"]) == expected, text


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


OPEN = (
    "客户,收入\n甲,12.5\n乙,30\n华南大区汇总,42.5\n丙,5\n平均,15.83\n总计,47.5\n",
    "客户,收入\n甲,400.25\n乙,250.5\n大家,650.75\n",
    "客户,收入\n甲,99999999999.99\n乙,1\n合计,3\n",
)
"""Lists with totals, and with a row that may be one."""
LISTS = [case for case in CASES.values() if case.currency == "CNY" and not case.file.name.endswith("xlsx")]
"""Headers of several rows, months, units, quotes never closed, blank lines."""


@cache
def files() -> dict[str, bytes]:
    """Return what goes along with that, by name."""
    return workbooks() | {f"list {at}": case.file.content for at, case in enumerate(LISTS)}


@cache
def everything() -> dict[str, list[str]]:
    """Return what both Pythons are asked, by kind: generated requests, examples, workbooks, lists."""
    chance = random.Random(SEED)
    asked: dict[str, list[dict[str, Any]]] = {
        "generated": [request(chance, number) for number in range(GENERATED)],
        "examples": examples(),
        "workbooks": [of_customers({"file": name, "name": name}, id=name) for name in workbooks()],
        "open": [
            of_customers({"text": text, "answers": answer}, language="zh")
            for text in OPEN
            for answer in ({}, {"totals": "leave_out"}, {"totals": "count"})
        ],
        "lists": [
            of_customers({"file": f"list {at}", "answers": answers})
            for at, case in enumerate(LISTS)
            for answers in ({}, {case.asks: case.answer})
        ],
    }
    return {kind: [json.dumps(one, ensure_ascii=False) for one in ones] for kind, ones in asked.items()}


def of_customers(table: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a request about a list of customers."""
    return {"id": 1, "calculator": "abc_tiers", "tables": {"customers": table}, **more}


@cache
def natively(kind: str) -> list[dict[str, Any]]:
    """Return CPython's replies to one kind of all that."""
    native = Bridge(Settings())
    return [json.loads(native.reply(text, files())) for text in everything()[kind]]


Replies = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module", params=["snapshot", "ordinary"])
def replies(request: pytest.FixtureRequest) -> Replies:
    """Return a function that gives CPython's replies to a kind of requests, with which the browser's Python agrees.

    It is started once for all of them.
    """
    texts = everything()
    runtime = bundle(Settings(), snapshot=request.param == "snapshot")
    asked = [Request(kind="reply", request=text) for kind in texts.values() for text in kind]
    started, answers = run(runtime, asked, files())
    assert started == request.param
    of_all = iter(answers)
    by_kind = {kind: [next(of_all) for _ in ones] for kind, ones in texts.items()}

    def agreeing(kind: str) -> list[dict[str, Any]]:
        alike(texts[kind], by_kind[kind], natively(kind))
        return natively(kind)

    return agreeing


def test_generated_requests_get_identical_replies(replies: Replies) -> None:
    """Figures, tables, notices, HTML, charts and errors agree to the letter, sums beyond 2**31 fen among them."""
    found = replies("generated")
    revenue = [reply["result"]["figures"]["revenue"] for reply in found if reply["ok"]]
    assert sum(fen > 2**31 for fen in revenue) > GENERATED / 10
    assert sum(not reply["ok"] for reply in found) > GENERATED / 20


def test_examples_and_wrong_values_get_identical_replies(replies: Replies) -> None:
    """Of every calculator, in both languages, and what is asked beside a result."""
    assert {reply["ok"] for reply in replies("examples")} == {True, False}


def test_workbooks_of_every_kind_are_read_alike(replies: Replies) -> None:
    """What reads them is compiled for either Python, and their replies agree to the letter."""
    assert [reply["id"] for reply in replies("workbooks") if not reply["ok"]] == ["damaged.xlsx"]


def test_what_a_list_leaves_open_is_asked_alike(replies: Replies) -> None:
    """Totals found by their figures, the question about one and what each answer comes to."""
    revenue = [reply["result"]["figures"]["revenue"] if reply["ok"] else None for reply in replies("open")]
    assert revenue[3:6] == [None, 65_075, 130_150]
    assert revenue[0] == 4_750


def test_lists_as_they_come_are_read_alike(replies: Replies) -> None:
    """Sums, questions and refusals."""
    assert {reply["ok"] for reply in replies("lists")} == {True, False}


def test_memory_does_not_grow_with_every_recalculation() -> None:
    """A hundred different lists after one another take no more memory than the first thirty did."""
    texts = []
    for number in range(100):
        rows = [["客户", "收入"], *([f"客户{at}", f"{(at + 1) * (number + 1)}.25"] for at in range(100))]
        tables = {"customers": {"rows": rows, "name": "名单"}}
        texts.append(json.dumps({"id": number, "calculator": "abc_tiers", "language": "zh", "tables": tables}))
    boot, answers = run(bundle(Settings()), [Request(kind="reply", request=text) for text in texts])
    assert boot == "snapshot"
    assert all(json.loads(answer["reply"])["ok"] for answer in answers)
    assert answers[-1]["memory"] == answers[30]["memory"]


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
