"""A plan is read against its shape: what is wrong with it is said by its place, and never blames the program."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from calculators.bridge import Bridge
from calculators.engine.asks.limits import MAX_PLAN_BYTES
from calculators.engine.asks.settings import Settings
from calculators.engine.exports.downloads import open_plan
from calculators.engine.shows.text import LANGUAGES, Text
from tests.bounded import within

BRIDGE = Bridge()
GOOD: Mapping[str, Any] = {
    "format": "sales-playbook-plan",
    "version": 1,
    "calculator": "abc_tiers",
    "values": {},
    "tables": {"customers": {"rows": [["客户", "收入"], ["甲", "5"]], "name": "名单", "unit": None, "columns": {}}},
}


def said(plan: object) -> list[tuple[str, str]]:
    """Return what is said of a plan: code and English sentence of each mistake."""
    content = plan if isinstance(plan, bytes) else json.dumps(plan).encode()
    request = {"id": 1, "calculator": "abc_tiers", "language": "en", "plan": "p"}
    with within():
        reply = json.loads(BRIDGE.reply(json.dumps(request), {"p": content}))
    return [(error["code"], error["message"]) for error in reply.get("errors", [])]


def table(**changes: object) -> dict[str, Any]:
    """Return the plan with its table changed."""
    return {**GOOD, "tables": {"customers": {**GOOD["tables"]["customers"], **changes}}}


SAVE = "Save the plan again with “Save the plan”, or put this right."
WRONG: Mapping[str, tuple[object, str]] = {
    "rows that are a number": (
        table(rows=5),
        f"In the plan, tables.customers.rows should be rows, each a list of cells, and is 5. {SAVE}",
    ),
    "rows that are words": (
        table(rows=["甲", "乙"]),
        f"In the plan, tables.customers.rows should be rows, each a list of cells, and is [… 2 …]. {SAVE}",
    ),
    "cells that are lists": (
        table(rows=[["客户", "收入"], [["甲"], {}]]),
        f"In the plan, tables.customers.rows should be rows, each a list of cells, and is [… 2 …]. {SAVE}",
    ),
    "a unit that is a word": (
        table(unit="zz"),
        f'In the plan, tables.customers.unit should be a unit: 1, 1000, 10000, 1000000 or 100000000, and is "zz". {SAVE}',
    ),
    "a unit that is true": (
        table(unit=True),
        f"In the plan, tables.customers.unit should be a unit: 1, 1000, 10000, 1000000 or 100000000, and is true. {SAVE}",
    ),
    "a file": (
        table(file="nope"),
        "The plan has tables.customers.file, which no plan has; there can be: rows, text, name, origin, sheet, unit, "
        "columns, answers and 2 more. Save the plan again with “Save the plan”, or delete this.",
    ),
    "a column that is a word": (
        table(columns={"customer": "first"}),
        "In the plan, tables.customers.columns.customer should be the number of a column, from 0, or null where there is "
        f'none, and is "first". {SAVE}',
    ),
    "columns that are a list": (
        table(columns=[0, 1]),
        f"In the plan, tables.customers.columns should be names with what each holds, and is [… 2 …]. {SAVE}",
    ),
    "an answer that is a number": (
        table(answers={"totals": 3}),
        f"In the plan, tables.customers.answers.totals should be a text, and is 3. {SAVE}",
    ),
    "an alignment that is a word": (
        table(aligned="yes"),
        f'In the plan, tables.customers.aligned should be true or false, and is "yes". {SAVE}',
    ),
    "a long delimiter": (
        table(delimiter="; or ,"),
        f'In the plan, tables.customers.delimiter should be one mark between cells, and is "; or ,". {SAVE}',
    ),
    "a table that is a number": (
        {**GOOD, "tables": {"customers": 5}},
        f"In the plan, tables.customers should be a table, and is 5. {SAVE}",
    ),
    "tables that are a list": (
        {**GOOD, "tables": []},
        f"In the plan, tables should be names with what each holds, and is [… 0 …]. {SAVE}",
    ),
    "a value that is a list": (
        {**GOOD, "values": {"basis": ["x"]}},
        f"In the plan, values.basis should be a text, a number, true or false, and is [… 1 …]. {SAVE}",
    ),
    "a version that is a text": (
        {**GOOD, "version": "1"},
        f'In the plan, version should be a whole number, and is "1". {SAVE}',
    ),
    "no values": (
        {key: value for key, value in GOOD.items() if key != "values"},
        "The plan has no values. Save it again with “Save the plan”.",
    ),
    "something else beside": (
        {**GOOD, "author": "x"},
        "The plan has author, which no plan has; there can be: format, version, calculator, values, tables, scenarios. "
        "Save the plan again with “Save the plan”, or delete this.",
    ),
    "brackets 20,000 deep": (
        b'{"format": "sales-playbook-plan", "values": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        "The plan has brackets more than 16 deep within one another: it is damaged. "
        "Save it again with “Save the plan”.",
    ),
    "a hundred megabytes": (
        b" " * (MAX_PLAN_BYTES + 1),
        "The plan has 101 MB, and 100 MB is the most that can be read. Choose the file of the list itself.",
    ),
    "a text that has brackets and never ends": (
        b'{"format": "sales-playbook-plan", "values": "' + b'[{\\"' * 100_000,
        "This is not a plan saved by this playbook. Choose a .plan.json file made with “Save the plan”.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_plan_is_said_by_its_place(name: str) -> None:
    """Which key, what should stand there, and what does."""
    plan, sentence = WRONG[name]
    ((code, message),) = said(plan)
    assert code.startswith("common.plan.")
    assert message == sentence


def test_every_such_sentence_is_there_in_chinese_too() -> None:
    """With the same values."""
    chinese = Text("zh", Settings())
    params = {"place": "tables.x", "wanted": "common.plan.shape.rows", "found": "5"}
    assert chinese("common.plan.wrong_shape", **params) == (
        "方案文件里的 tables.x 应当是许多行，每行是一组格子，写的却是 5。请用“保存方案”重新存一份，或把这一处改好。"
    )
    assert chinese("common.plan.unknown_key", place="tables.x", keys=["rows"]) == (
        "方案文件里不该有 tables.x；这里只能有：rows。请用“保存方案”重新存一份，或删掉这一处。"
    )
    assert chinese("common.plan.missing_key", place="values") == "方案文件里缺了 values。请用“保存方案”重新存一份。"
    assert (
        chinese("common.plan.too_large", size=101, limit=100)
        == "方案文件有 101 MB，最多能读 100 MB。请直接导入名单文件。"
    )
    assert (
        chinese("common.plan.too_deep", limit=16)
        == "方案文件里括号套了 16 层以上，已经损坏。请用“保存方案”重新存一份。"
    )
    english = Text("en", Settings())
    kinds = ("text", "value", "column", "table", "rows", "unit", "mapping", "switch", "mark", "whole")
    assert all(text(f"common.plan.shape.{kind}") for kind in kinds for text in (chinese, english))
    assert len(LANGUAGES) == 2


def test_a_plan_that_was_saved_has_the_shape() -> None:
    """With a table of the reader's own, options and answers; rows may be mappings, and a table a list of rows or text."""
    assert said(GOOD) == []
    request = {
        "id": 1, "calculator": "abc_tiers", "language": "zh", "download": "plan",
        "tables": {"customers": {"text": "客户\t收入\n甲\t5\n", "unit": "10000", "columns": {"customer": "0"}}},
    }  # fmt: skip
    _, _, content = BRIDGE.download(json.dumps(request))
    assert open_plan(content, "abc_tiers").tables["customers"]["unit"] == 10_000
    for given in ([["客户", "收入"], ["甲", "5"]], "客户\t收入\n甲\t5\n", {"rows": [{"客户": "甲", "收入": 5}]}):
        assert said({**GOOD, "tables": {"customers": given}}) == []
