"""What a calculator makes for others' eyes: cells for spreadsheets, a result without names, a messy list to try."""

import csv
import json
from typing import Any

import pytest

from calculators import CALCULATORS
from calculators.bridge import Bridge
from calculators.engine.asks.settings import Settings
from calculators.engine.exports.cells import write_cells
from calculators.engine.reads.formulas import disarmed
from calculators.engine.shows.text import Language
from calculators.work import example_file

NAMED = [
    (name, table.name, column.name, language)
    for name, calculator in CALCULATORS.items()
    for table in calculator.declare(Settings()).tables
    for column in table.columns
    if (column.people or column.customers) and example_file(name, table.name, "zh").exists()
    for language in ("zh", "en")
]
LISTS = [
    (name, table.name, language)
    for name, calculator in CALCULATORS.items()
    for declared in [calculator.declare(Settings())]
    for table in declared.tables[:1]
    if all(field.example is None for field in declared.fields)
    for language in ("zh", "en")
]


def reply(calculator: str, language: str, **more: Any) -> dict[str, Any]:
    """Return the answer to the worked example, or to what is given beside it."""
    request = {"calculator": calculator, "language": language, "values": None, "tables": {}, **more}
    answer: dict[str, Any] = json.loads(Bridge().reply(json.dumps(request)))
    return answer


def names(calculator: str, table: str, column: str, language: Any) -> set[str]:
    """Return who is named in a column of an example, by its place in the declaration's order of headings."""
    specs = {one.name: one for one in CALCULATORS[calculator].declare(Settings()).tables}
    with example_file(calculator, table, language).open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    spec = next(one for one in specs[table].columns if one.name == column)
    headings = {
        "zh": {"person": "姓名", "newcomer": "新人", "mentor": "师傅", "owner": "负责人", "manager": "主管"},
        "en": {"person": "name", "newcomer": "new hire", "mentor": "mentor", "owner": "owner", "manager": "manager"},
    }[language]
    wanted = headings.get(column, "")
    at = next((place for place, head in enumerate(header) if wanted and wanted in head.casefold()), 0)
    return {row[at] for row in rows if len(row) > at and len(row[at]) > 1 and row[at].casefold() not in spec.nobody}


@pytest.mark.parametrize(("calculator", "table", "column", "language"), NAMED)
def test_a_result_shown_to_others_names_nobody(calculator: str, table: str, column: str, language: str) -> None:
    """Neither its HTML nor its charts have a name of a person or customer; every figure is the same."""
    plain, shown = reply(calculator, language), reply(calculator, language, presented="word")
    assert shown["result"]["figures"] == plain["result"]["figures"]
    text = shown["html"] + json.dumps(shown["charts"], ensure_ascii=False)
    # The name of a total is no name; it stands in the table of rows that were not used.
    found = {name for name in names(calculator, table, column, language) if name in text} - {"合计", "Total"}
    assert not found
    assert 'data-section="reveals"' not in shown["html"]


def test_one_word_gives_one_pseudonym_at_every_press() -> None:
    """Whoever has seen a customer's code on one page knows it on the next; another word gives others."""
    first, again, other = (reply("abc_tiers", "en", presented=word)["html"] for word in ("one", "one", "two"))
    assert first == again != other


@pytest.mark.parametrize(("calculator", "table", "language"), LISTS)
def test_a_messy_list_comes_to_what_the_clean_one_comes_to(calculator: str, table: str, language: Language) -> None:
    """Title, blank lines, repeated header, total and note are told from rows; nothing else is left out or asked."""
    with example_file(calculator, table, language).open(encoding="utf-8-sig", newline="") as file:
        clean = [list(row) for row in csv.reader(file)]
    messy = reply(calculator, language, awkward=table)["rows"]
    assert len(messy) >= len(clean) + 4
    one, other = (reply(calculator, language, tables={table: {"rows": rows}}) for rows in (_written(clean), messy))
    assert other["ok"], other["errors"]
    counts = {"rows_read", "rows_unused"}
    assert {**one["result"]["figures"], **dict.fromkeys(counts)} == {
        **other["result"]["figures"],
        **dict.fromkeys(counts),
    }
    added = other["result"]["figures"]["rows_unused"] - one["result"]["figures"]["rows_unused"]
    assert added in {2, 3}
    assert not other["questions"]


def _written(rows: list[list[str]]) -> list[list[str]]:
    """Return an example's rows with its headings as a company of the default settings has them."""
    return [[cell.replace("({currency})", "").replace("{currency}", "") for cell in row] for row in rows]


def test_copied_cells_are_no_formulas_and_stay_in_their_cells() -> None:
    """Tabs and line breaks in a text would make other cells of it; what would be a formula gets its quote."""
    text = write_cells(["a", "b"], [["=1+1", "x\ty\nz"], ["-5.00", ""]]).decode()
    assert text == f"a\tb\n{disarmed('=1+1')}\tx {disarmed('y').strip()} z\n-5.00\t\n"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_copied_table_has_the_cells_of_the_download(language: str) -> None:
    """The same rows and texts, all of them, whatever page of the table is shown."""
    request: dict[str, Any] = {
        "calculator": "abc_tiers",
        "language": language,
        "values": None,
        "tables": {},
        "table": "ranking",
    }
    files = [Bridge().download(json.dumps({**request, "download": kind}))[2] for kind in ("csv", "cells")]
    rows = list(csv.reader(files[0].decode("utf-8-sig").splitlines()))
    assert [line.split("\t") for line in files[1].decode().splitlines()] == rows
