"""The templates: the same in both languages, computing what they should, complaining when they should.

What LibreOffice computes is compared with what stands in the files for viewers that do not compute, and, for the
filled ones, with what these tests compute from the examples by themselves.
"""

import csv
import datetime
import io
import json
import os
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page

from calculators.bridge import Bridge
from calculators.engine.arithmetic.chances import exact_interval, share_test
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.method import METHOD
from macros import templates
from macros.handbook import Handbook
from macros.templates import TEMPLATES, model
from macros.templates.model import Template, data_of, read
from macros.templates.workbook import Layout, evaluate, make, write
from tests import office
from tests.browser import URL
from tests.conftest import ROOT
from tests.macros.company import company_in

SETTINGS = Settings()
WORKBOOKS = [name for name, form in TEMPLATES.items() if form == "workbook"]
PAGES = [name for name, form in TEMPLATES.items() if form == "page"]
AS_OF = datetime.date(2021, 11, 20)
"""Of the filled mentor points."""
LEGIBLE = 175
"""Characters across above which a sheet takes two pages of A4."""
PADDING = 0.7109375
"""What XLSX adds to a column's width in characters."""
CHINESE = re.compile("[\u4e00-\u9fff]")
SPOILT: Mapping[str, Mapping[tuple[str, ...], float | datetime.date]] = {
    "customer_grading": {("weights", "budget"): 0.45, ("lines", "b"): 4.5},
    "five_lines": {("measures", "renewal", "weight"): 0.02},
    "health_card": {("weights", "fit"): 0.2},
    "tracks": {("split", "experiment"): 0.05, ("existing", "closing"): 65_000_100},
    "nine_box": {("cutoffs", "output_low"): 75},
    "deal_review": {("rules", "target"): 6_700_000},
    "mutual_plan": {("deal", "live"): datetime.date(2026, 12, 1)},
    "pay_plan": {("plan", "target"): 5_000_000},
}
"""What is changed in a filled workbook, by the place of the cell, so that its checks have something to say."""


def named(name: str, language: Language, *, filled: bool) -> str:
    """Return what the tests call a workbook."""
    return f"{name}-{'filled' if filled else 'empty'}.{language}.xlsx"


def spoilt(name: str) -> bytes:
    """Return a filled workbook in English with some cells changed, as somebody would change them."""
    template = read(name, "en", SETTINGS, filled=True)
    book = openpyxl.load_workbook(io.BytesIO(write(template, {}, company="")))
    for place, value in SPOILT[name].items():
        sheet, row, column = Layout(template).place(*place)
        book[sheet].cell(row + 1, column + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    """Return every workbook as LibreOffice computes it from a file that has no values beside its formulas."""
    if office.program() is None:
        if os.environ.get("CI"):
            pytest.fail(office.MISSING)
        pytest.skip(office.MISSING)
    bare = {
        named(name, language, filled=filled): write(read(name, language, SETTINGS, filled=filled), {}, company="")
        for name in WORKBOOKS
        for language in LANGUAGES
        for filled in (False, True)
    }
    changed = {f"{name}-spoilt.xlsx": spoilt(name) for name in SPOILT}
    found = office.compute({**bare, **changed}, tmp_path_factory.mktemp("office"))
    return {name: openpyxl.load_workbook(path, data_only=True) for name, path in found.items()}


class Sheets:
    """Values of a computed workbook by the ids of the template's data."""

    def __init__(self, book: openpyxl.Workbook, template: Template) -> None:
        self.book = book
        self.layout = Layout(template)

    def value(self, *place: str) -> Any:
        """Return the value of a row, or of its cell in a column."""
        sheet, row, column = self.layout.place(*place)
        return self.book[sheet].cell(row + 1, column + 1).value

    def column(self, block: str, name: str) -> list[Any]:
        """Return a column from above, without the empty cells at its end."""
        sheet, first, last, number = self.layout.column(block, name)
        values = [self.book[sheet].cell(row + 1, number + 1).value for row in range(first, last + 1)]
        while values and values[-1] in (None, ""):
            values.pop()
        return [None if value == "" else value for value in values]


@pytest.fixture
def filled(computed: dict[str, openpyxl.Workbook]) -> Callable[[str], Sheets]:
    """Return a function that gives a filled workbook in English as LibreOffice computes it."""
    return lambda name: Sheets(computed[named(name, "en", filled=True)], read(name, "en", SETTINGS, filled=True))


@pytest.fixture
def changed(computed: dict[str, openpyxl.Workbook]) -> Callable[[str], Sheets]:
    """Return a function that gives a spoilt workbook as LibreOffice computes it."""
    return lambda name: Sheets(computed[f"{name}-spoilt.xlsx"], read(name, "en", SETTINGS, filled=True))


@lru_cache
def published() -> dict[str, openpyxl.Workbook]:
    """Return the workbooks that readers get, as openpyxl opens them, with formulas."""
    return {
        Path(address).name: openpyxl.load_workbook(io.BytesIO(content))
        for address, content in templates.files(SETTINGS).items()
    }


def example(name: str) -> Any:
    """Return the invented example of a template."""
    return data_of(name)["example"]


def near(value: float | Fraction) -> Any:
    """Return what compares equal to a computed float."""
    return pytest.approx(float(value), abs=1e-9)


# --- what there is -----------------------------------------------------------------------------------


def test_every_data_file_is_a_template() -> None:
    """No file lies about that nobody gets, and none is missing."""
    assert {path.stem for path in model.FOLDER.glob("*.toml")} == {*TEMPLATES, "common"}


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("filled", [False, True])
def test_both_languages_have_the_same_structure(name: str, filled: bool) -> None:
    """Sheets, blocks, columns, rows, formulas, drop-downs and numbers are the same; only words differ."""

    def structure(language: Language) -> list[object]:
        template = read(name, language, SETTINGS, filled=filled)
        cells = [
            (position.block.id, row, column, what.id, line.id, cell.role, cell.kind, cell.options)
            + (() if isinstance(cell.value, str) else (cell.value,))
            for position, row, column, what, line, cell in Layout(template).cells()
        ]
        return [[sheet.id for sheet in template.sheets], len(template.steps), cells]

    assert structure("zh") == structure("en")


@pytest.mark.parametrize("name", WORKBOOKS)
def test_each_language_speaks_for_itself(name: str) -> None:
    """English files have no Chinese anywhere, formulas included; the sheets of Chinese ones are named in Chinese."""
    for kind in templates.KINDS:
        english = published()[f"{name}-{kind}.en.xlsx"]
        texts = [
            str(cell.value) for sheet in english for row in sheet.iter_rows() for cell in row if cell.value is not None
        ]
        assert texts
        assert [text for text in (*english.sheetnames, *texts) if CHINESE.search(text)] == []
        assert all(CHINESE.search(title) for title in published()[f"{name}-{kind}.zh.xlsx"].sheetnames)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_is_empty_and_filled_on_its_page(name: str, language: Language) -> None:
    """The page has purpose and steps, the form with nothing in it, and the form with the example."""
    page = templates.page(name, language, SETTINGS)
    empty, filled = page.split("{#filled}")
    sheets = len([sheet for sheet in read(name, language, SETTINGS, filled=False).sheets if sheet.id != "lists"])
    assert empty.count(f'data-form="{name}"') == filled.count(f'data-form="{name}"') == sheets
    assert "data-filled" not in empty
    assert "data-chosen" not in empty
    assert len(re.sub("<[^>]*>", "", filled)) > len(re.sub("<[^>]*>", "", empty.split("{#empty}")[1]))
    assert "[zh]" not in page
    assert "</col>" not in page  # HTML knows no such end
    assert language == "zh" or not CHINESE.search(page)


def test_the_same_template_is_the_same_file() -> None:
    """Nothing in a workbook comes from a clock, so that a build without changes changes nothing."""
    template = read("lost_deals", "zh", SETTINGS, filled=True)
    assert make(template, company="甲公司") == make(template, company="甲公司")


def test_a_figure_of_the_company_is_in_its_templates() -> None:
    """A company that sets the grid's cut-offs to 70 and 110 finds them in the nine-box workbook."""
    settings = Settings.from_mapping({"nine_box": {"performance": {"low": 70, "high": 110}}})
    block = next(block for block in read("nine_box", "en", settings, filled=False).blocks() if block.id == "cutoffs")
    assert [row.cells["value"].value for row in block.rows if (row.id or "").startswith("performance")] == [0.7, 1.1]


def test_money_is_in_the_company_s_currency() -> None:
    """Headings of amounts name the currency: in Chinese by its name, 元 for the yuan."""
    cases: list[tuple[str, Language, str]] = [("CNY", "zh", "元"), ("CNY", "en", "CNY"), ("EUR", "zh", "欧元")]
    for code, language, named_currency in cases:
        template = read("lost_deals", language, Settings(currency=code), filled=False)
        labels = [column.label for block in template.blocks() for column in block.columns if column.kind == "money"]
        assert labels
        assert all(named_currency in label for label in labels)


WEIGHTED = (
    ("customer_grading", "weights", "value"),
    ("five_lines", "measures", "weight"),
    ("health_card", "weights", "value"),
    ("tracks", "split", "value"),
    ("drill_plan", "rubric", "weight"),
    ("call_review", "rubric", "weight"),
    ("demo_rubric", "rubric", "weight"),
)


@pytest.mark.parametrize(("name", "block", "column"), WEIGHTED)
def test_weights_add_up_to_the_whole(name: str, block: str, column: str) -> None:
    """The weights that a rubric starts with are 100% exactly."""
    found = next(b for b in read(name, "zh", SETTINGS, filled=False).blocks() if b.id == block)
    cells = [row.cells[column] for row in found.rows]
    assert sum(round(cell.value * 10_000) for cell in cells if isinstance(cell.value, int | float)) == 10_000


def test_every_column_of_weights_is_known_to_the_test_above() -> None:
    """No template has a column or a list called weight that nobody adds up."""
    found = {
        (name, block.id)
        for name in TEMPLATES
        for block in read(name, "zh", SETTINGS, filled=False).blocks()
        if block.id == "weights" or any(column.id == "weight" and column.formula is None for column in block.columns)
    }
    assert found <= {(name, block) for name, block, _ in WEIGHTED}


def test_a_template_that_does_not_exist_is_said() -> None:
    """A page that names a wrong template learns which there are."""
    with pytest.raises(ValueError, match="there is no template 'no_such'; there are: prospect_archive"):
        Handbook("zh", SETTINGS).template("no_such", root="./")


def test_the_weakest_role_play_is_the_one_that_the_rubric_shows() -> None:
    """The plan's rubric is of its lowest score: total and day are one number."""
    given = example("drill_plan")
    template = read("drill_plan", "zh", SETTINGS, filled=True)
    sheet, row, column = Layout(template).place("total", "score")
    total = evaluate(template)[sheet, row, column]
    assert total == min(day["score"] for day in given["days"].values())


# --- how the workbooks are made ----------------------------------------------------------------------


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_is_ready_to_use_and_to_print(name: str, language: Language) -> None:
    """It explains itself first; long tables keep and repeat their headings; everything fits A4 across."""
    for kind in templates.KINDS:
        book = published()[f"{name}-{kind}.{language}.xlsx"]
        template = read(name, language, SETTINGS, filled=kind == "filled")
        guide, *sheets = book.worksheets
        assert guide.title == data_of("common")["guide"]["sheet"][language]
        said = {str(cell.value) for row in guide.iter_rows() for cell in row}
        assert {template.title, template.purpose, *template.steps} <= said
        assert (data_of("common")["guide"]["example"][language] in said) == (kind == "filled")
        for sheet, described in zip(sheets, template.sheets, strict=True):
            assert sheet.page_setup.orientation == "landscape"
            assert str(sheet.page_setup.paperSize) == sheet.PAPERSIZE_A4
            assert sheet.sheet_properties.pageSetUpPr is not None
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            dimensions = sheet.column_dimensions.values()  # each of columns beside one another that are alike
            wide = sum((one.width - PADDING) * ((one.max or 0) - (one.min or 0) + 1) for one in dimensions) > LEGIBLE
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1 + wide, 0)
            assert (sheet.print_title_cols == "$A:$A") is wide
            if len(described.blocks) == 1 and not described.blocks[0].items:
                assert sheet.freeze_panes == "B2"
                assert sheet.print_title_rows == "$1:$1"
            assert all(dimension.width >= 5 for dimension in sheet.column_dimensions.values())


@pytest.mark.parametrize("name", WORKBOOKS)
def test_empty_rows_are_not_printed(name: str) -> None:
    """A long table prints what is filled in and at most a page of empty rows, and its footer says up to which row."""
    for kind in templates.KINDS:
        book = published()[f"{name}-{kind}.en.xlsx"]
        template = read(name, "en", SETTINGS, filled=kind == "filled")
        for sheet, described in zip(book.worksheets[1:], template.sheets, strict=True):
            block = described.blocks[-1]
            filled_in = max(
                (
                    place
                    for place, row in enumerate(block.rows, 1)
                    if any(c.role == "input" and c.value for c in row.cells.values())
                ),
                default=0,
            )
            _, first, last, _ = Layout(template).column(block.id, block.columns[0].id)
            printed = re.findall(r"\$(\d+)$", sheet.print_area or "") or [str(last + 1)]
            assert first + filled_in <= int(printed[0])
            assert int(printed[0]) <= first + max(25, filled_in + 5)
            footer = sheet.oddFooter.left  # type: ignore[union-attr]  # every sheet has one
            assert (f"up to row {printed[0]}" in (footer.text or "")) is bool(sheet.print_area)


def validated(sheet: Worksheet) -> dict[tuple[int, int], Any]:
    """Return the rule of each cell of a sheet that has one."""
    return {
        (row, column): rule
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


@pytest.mark.parametrize("name", WORKBOOKS)
def test_cells_accept_only_what_belongs_there(name: str) -> None:
    """Choices have a drop-down over a range that holds the words of the example; numbers and dates have bounds."""
    template = read(name, "zh", SETTINGS, filled=True)
    book = published()[f"{name}-filled.zh.xlsx"]
    rules = {sheet.title: validated(sheet) for sheet in book}
    for position, row, column, _, _, cell in Layout(template).cells():
        rule = rules[position.sheet.title].get((row + 1, column + 1))
        if cell.role not in ("input", "standard"):
            assert rule is None
        elif cell.options:
            assert rule is not None
            assert rule.type == "list"
            title, area = rule.formula1.lstrip("=").rsplit("!", 1)
            offered = [line[0].value for line in book[title.strip("'")][area.replace("$", "")]]
            assert cell.value is None or cell.value in offered
        elif cell.kind in ("count", "number", "percent", "money", "date"):
            assert rule is not None
            assert rule.type in ("whole", "decimal", "date")
            assert rule.error
            if isinstance(cell.value, int | float):
                assert float(rule.formula1) <= cell.value
                assert rule.formula2 is None or cell.value <= float(rule.formula2)


# --- what LibreOffice computes -----------------------------------------------------------------------


def plain(value: object) -> object:
    """Return a value of a cell as a formula has it: dates as serial numbers, nothing as an empty text."""
    if isinstance(value, datetime.datetime | datetime.date):
        return to_excel(value)  # type: ignore[no-untyped-call]  # openpyxl's stubs leave it out
    return "" if value is None else value


def compared(name: str, language: Language, *, filled: bool, book: openpyxl.Workbook) -> Iterator[tuple[str, Any, Any]]:
    """Yield place, stored value and LibreOffice's value of each formula, but for those that are today's date."""
    template = read(name, language, SETTINGS, filled=filled)
    stored = openpyxl.load_workbook(io.BytesIO(make(template, company="")), data_only=True)
    for position, row, column, _, _, cell in Layout(template).cells():
        if cell.formula is not None and not ("TODAY()" in cell.formula and not filled):
            here, there = (plain(b[position.sheet.title].cell(row + 1, column + 1).value) for b in (stored, book))
            yield f"{position.sheet.title} {row + 1}:{column + 1}", here, there


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filled", [False, True])
def test_the_stored_values_are_what_libreoffice_computes(
    computed: dict[str, openpyxl.Workbook], name: str, language: Language, filled: bool
) -> None:
    """Every formula, in both languages, empty and filled: the same number or words, and never an error."""
    count = 0
    book = computed[named(name, language, filled=filled)]
    for place, stored, computed_value in compared(name, language, filled=filled, book=book):
        count += 1
        assert not str(computed_value).startswith(("#", "Err:")), place
        if isinstance(computed_value, str):
            assert stored == computed_value, place
        else:
            assert stored == pytest.approx(computed_value, abs=1e-9), place
    assert count > 20


@pytest.mark.parametrize("name", WORKBOOKS)
def test_an_empty_workbook_finds_no_fault_but_with_what_it_lacks(
    computed: dict[str, openpyxl.Workbook], name: str
) -> None:
    """Nothing is flagged in rows that nobody has begun; what the standards must satisfy is satisfied."""
    book = computed[named(name, "en", filled=False)]
    flags = [
        str(cell.value)
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("✗")
    ]
    assert [flag for flag in flags if "still short" not in flag] == []


def test_no_workbook_prints_blank_pages(tmp_path: Path) -> None:
    """On paper a workbook takes a page a sheet, two where it is wide; those with most rows, as LibreOffice prints."""
    if office.program() is None:
        pytest.skip(office.MISSING)
    names = [named(name, "en", filled=False) for name in ("prospect_archive", "mentor_points", "three_powers")]
    names += [named(name, "en", filled=True) for name in ("customer_grading", "receivables")]  # once, 2 blank each
    files = {Path(address).name: content for address, content in templates.files(SETTINGS).items()}
    for name, pages in office.pages_printed({name: files[name] for name in names}, tmp_path).items():
        sheets = published()[name].worksheets
        wide = sum(sheet.page_setup.fitToWidth == 2 for sheet in sheets)
        assert pages <= len(sheets) + wide + 1, name


def test_prospects_are_counted_against_the_aims(filled: Callable[[str], Sheets]) -> None:
    """Prospects, urgency, signed customers, quotes of seven days, overdue steps, as counted here from the rows."""
    sheets, given = filled("prospect_archive"), example("prospect_archive")
    rows, today = given["prospects"], given["summary"]["as_of"]
    urgency = Counter(row["urgency"] for row in rows)
    assert sheets.value("summary", "count") == len(rows)
    assert [sheets.value("by_urgency", level, "count") for level in ("now", "quarter", "year", "unclear")] == [
        urgency[level] for level in ("now", "quarter", "year", "unclear")
    ]
    assert sum(sheets.column("by_urgency", "share")) == near(1)
    assert sheets.value("summary", "signed") == sum(row["stage"] == "won" for row in rows)
    assert sheets.value("summary", "gap").endswith(str(METHOD["prospects"].value - len(rows)))
    week = [row for row in given["quotes"] if today - datetime.timedelta(7) < row["date"] <= today]
    assert sheets.value("summary", "quotes") == len(week) == 2
    late = [row for row in rows if row.get("next_date") and row["next_date"] < today]
    assert sheets.column("prospects", "reminder").count("overdue") == len(late) == 1
    assert sheets.column("prospects", "days") == [(today - row["last_contact"]).days for row in rows]
    assert sheets.column("prospects", "check")[4] == "✗ next step without a date "


def test_customers_are_graded_by_weighted_levels(filled: Callable[[str], Sheets]) -> None:
    """Scores are 40% budget, 35% chain, 25% industry of 1, 3 or 5 points, of 1 without evidence; the lines are ours."""
    sheets = filled("customer_grading")
    weights = {key: METHOD[f"grading_weight_{key}"].value for key in ("budget", "chain", "industry")}
    points = {"none": 1, "asked": 3, "granted": 5, "user": 1, "head": 3, "decider": 5}
    points |= {"outside": 1, "near": 3, "core": 5}
    rows = example("customer_grading")["customers"]
    scores = [
        Fraction(sum(weights[key] * (points[row[key]] if f"{key}_fact" in row else 1) for key in weights), 100)
        for row in rows
    ]
    assert any(points[row[key]] > 1 and f"{key}_fact" not in row for row in rows for key in weights)
    line_a, line_b = METHOD["grading_line_a"].value, METHOD["grading_line_b"].value
    grades = ["A" if score >= line_a else "B" if score >= line_b else "C" for score in scores]
    assert sheets.column("customers", "score") == [near(score) for score in scores]
    assert sheets.column("customers", "grade") == grades
    assert sheets.value("by_grade", "a", "share") == near(Fraction(grades.count("A"), len(rows)))
    outcomes = [row.get("outcome") for row in rows]
    for grade in "ABC":
        signed = sum(g == grade and outcome == "signed" for g, outcome in zip(grades, outcomes, strict=True))
        assert sheets.value("by_grade", grade.lower(), "signed") == signed
        assert sheets.value("by_grade", grade.lower(), "rate") == near(Fraction(signed, grades.count(grade)))
    assert 4 in scores, "somebody stands exactly at the cut-off of A, and is an A"
    assert sum(sheets.column("by_grade", "amount")) == sum(row["amount"] for row in rows)


def test_mentors_get_points_with_evidence_and_a_share_of_the_commission(filled: Callable[[str], Sheets]) -> None:
    """No evidence, no points; the reward is the method's share of the commission; only those due count in the rate."""
    sheets, given = filled("mentor_points"), example("mentor_points")
    points = {"drill": 2, "visit": 5, "review": 3, "demo": 4, "exit": 10}
    earned = [points[row["action"]] * row["times"] if "evidence" in row else 0 for row in given["log"]]
    assert sheets.column("log", "points") == earned
    assert 0 in earned
    share = Fraction(METHOD["mentor_reward"].value, 100)
    rewards = [row.get("amount", 0) * Fraction(row.get("rate", 0), 100) * share for row in given["mentees"]]
    assert sheets.column("mentees", "reward") == [near(reward) for reward in rewards]
    late = [row["signed"] for row in given["mentees"] if "paid" in row and (AS_OF - row["paid"]).days < 30]
    assert sheets.value("summary", "reward") == near(rewards[0] + rewards[1])
    assert sheets.value("summary", "waiting") == near(rewards[2])
    assert late == [given["mentees"][2]["signed"]]
    assert sheets.column("mentees", "stands") == ["payable", "payable", "refund period runs"]
    assert sheets.column("mentors", "now") == [1, 0]
    assert sheets.value("summary", "reached") == "too few people to tell"
    assert [sheets.value("summary", key) for key in ("due", "in_time")] == [4, 2]  # one is not due before January
    assert sheets.value("summary", "rate") == near(Fraction(2, 4))
    assert sheets.column("mentees", "result") == [
        "closed in time", "late", "closed in time", "late", "not due yet",
    ]  # fmt: skip
    assert sheets.column("mentors", "reward") == [near(sum(rewards[:2])), 0]
    assert sheets.column("mentors", "waiting") == [0, near(rewards[2])]


def test_orders_are_summed_by_evidence(filled: Callable[[str], Sheets]) -> None:
    """Number, share, amount and mean cycle of each kind of evidence, and the median cycle of all."""
    sheets, rows = filled("order_decisions"), example("order_decisions")["orders"]
    days = [(row["signed"] - row["first"]).days for row in rows]
    charts = [row for row in rows if row["evidence"] == "chart"]
    assert sheets.value("by_evidence", "chart", "orders") == len(charts)
    assert sheets.value("by_evidence", "chart", "amount") == sum(row["amount"] for row in charts)
    assert sheets.value("by_evidence", "chart", "days") == near(
        Fraction(sum((row["signed"] - row["first"]).days for row in charts), len(charts))
    )
    assert sheets.value("summary", "median") == median(days)
    assert sum(sheets.column("by_step", "share")) == near(1)


def test_the_main_reasons_of_losing_are_ranked(filled: Callable[[str], Sheets]) -> None:
    """By number, then by amount; as many as the method says; a guess is counted as one."""
    sheets, rows = filled("lost_deals"), example("lost_deals")["deals"]
    reasons = Counter(row["reason"] for row in rows)
    amounts = {reason: sum(row["amount"] for row in rows if row["reason"] == reason) for reason in reasons}
    ranked = sorted(reasons, key=lambda reason: (-reasons[reason], -amounts[reason]))[: METHOD["loss_reasons"].value]
    texts = data_of("common")["lists"]["reasons"]
    assert sheets.column("top", "name") == [texts[reason]["en"] for reason in ranked]
    assert sheets.column("top", "amount") == [amounts[reason] for reason in ranked]
    guesses = sum(row["basis"] == "guess" for row in rows)
    assert sheets.value("summary", "guesses") == near(Fraction(guesses, len(rows)))
    assert sheets.column("deals", "state")[1] == "overdue"


def test_lines_are_scored_by_capped_and_weighted_attainment(filled: Callable[[str], Sheets]) -> None:
    """Attainment counts up to the cap; a measure without data is left out and not taken for zero."""
    sheets = filled("five_lines")
    block = next(block for block in data_of("five_lines")["sheet"][0]["block"] if block["id"] == "measures")
    score = known = Fraction(0)
    for row in block["rows"]:
        given = example("five_lines")["measures"][row["id"]]
        if "top" not in given:
            assert sheets.value("measures", row["id"], "attainment") in (None, "")
            continue
        actual = Fraction(given["top"], given.get("base", 1))
        target = Fraction(given["target"], 100 if row["kind"] == "percent" else 1)
        assert sheets.value("measures", row["id"], "attainment") == near(actual / target)
        weight = Fraction(row["weight"], 100)
        known += weight
        score += weight * min(actual / target, Fraction(12, 10))
    assert known < 1
    assert sheets.value("summary", "known") == near(known)
    assert sheets.value("summary", "total") == near(score / known)
    assert sum(sheets.column("by_line", "weight")) == near(1)


def test_health_is_the_weighted_mean_of_what_is_known(filled: Callable[[str], Sheets]) -> None:
    """Dimensions of 1 to 5, weighted, to a hundred; unknown ones stay out; a sharp fall comes first."""
    sheets, rows = filled("health_card"), example("health_card")["cards"]
    dimensions = {"activity": ("logins", "usage"), "fit": ("survey",)}
    dimensions |= {"depth": ("departments", "levels"), "potential": ("influence", "budget")}
    scores = []
    for row in rows:
        known = {
            name: Fraction(sum(given), len(given))
            for name, keys in dimensions.items()
            if (given := [row[key] for key in keys if key in row])
        }
        weights = {name: METHOD[f"health_weight_{name}"].value for name in known}
        exact = sum(weights[name] * known[name] for name in known) * 20 / sum(weights.values())
        scores.append(round(float(exact), 1))
    assert sheets.column("cards", "score") == [near(score) for score in scores]
    assert scores[:3] == [90.0, 56.0, 52.0]  # the three cards of the handbook's page
    assert sheets.column("cards", "unknown") == [0, 0, 0, 2, 4, 0]
    assert sheets.column("cards", "action") == [
        None, "fell sharply", None, "renewal soon", "visit to find out", "an indicator fell to level 1",
    ]  # fmt: skip


def test_a_measure_that_has_been_at_its_lowest_all_along_has_not_fallen(filled: Callable[[str], Sheets]) -> None:
    """Departments at level 1 last month and now are no news; coming from level 2 they are."""
    sheets = filled("health_card")
    found = zip(*(sheets.column("cards", name) for name in ("departments", "before", "action")), strict=False)
    at_lowest = [(before[6], action) for departments, before, action in found if departments == 1]
    assert at_lowest == [("1", "renewal soon"), ("2", "an indicator fell to level 1")]


def test_tracks_show_retention_and_where_resources_went(filled: Callable[[str], Sheets]) -> None:
    """Net and gross retention, lifetime value, and resources by track against the reference."""
    sheets, given = filled("tracks"), example("tracks")
    old = given["existing"]
    kept = old["opening"] - old["contraction"] - old["churn"]
    assert sheets.value("existing", "gross") == near(Fraction(kept, old["opening"]))
    assert sheets.value("existing", "net") == near(Fraction(kept + old["upsell"] + old["cross"], old["opening"]))
    churn = Fraction(old["lost"], old["customers"])
    lifetime = Fraction(old["opening"], old["customers"]) * Fraction(old["margin"], 100) / churn
    assert sheets.value("existing", "ltv") == near(lifetime)
    spent = Counter[str]()
    for row in given["initiatives"]:
        spent[row["track"]] += row["spent"]
    for track, amount in spent.items():
        assert sheets.value("by_track", track, "spent_share") == near(Fraction(amount, spent.total()))
    assert sheets.value("existing", "check").startswith("✓")
    assert sheets.value("summary", "due").endswith("1")


def test_powers_name_everybody_s_strongest_and_all_that_tie(filled: Callable[[str], Sheets]) -> None:
    """No sum; a tie is shown and not broken; a level without evidence and ratings far apart are flagged."""
    sheets, rows = filled("three_powers"), example("three_powers")["reviews"]
    marks = {"none": 0, "once": 1, "steady": 2, "teaches": 3}
    names = {"win": "To win", "pass": "To teach", "open": "To pioneer"}
    for place, row in enumerate(rows):
        levels = {power: marks[row[power]] for power in names}
        best, least = max(levels.values()), min(levels.values())
        expected = ["/ ".join(names[power] for power in names if levels[power] == end) for end in (best, least)]
        assert [sheets.column("reviews", key)[place] for key in ("strongest", "build")] == expected
    assert any("/" in str(value) for value in sheets.column("reviews", "strongest"))
    assert [str(check)[0] for check in sheets.column("reviews", "check")] == ["✓", "✓", "✗", "✗"]
    once = sum(row["win"] == "once" for row in rows)
    assert sheets.value("by_power", "win", "once") == once


def test_people_stand_in_the_box_of_the_company_s_cutoffs(filled: Callable[[str], Sheets]) -> None:
    """A person at a cut-off is above it; new ones and those without data have trays; the counts are the headcount."""
    sheets, rows = filled("nine_box"), example("nine_box")["people"]
    text = Text("en", SETTINGS)
    cutoffs = SETTINGS.as_mapping()["nine_box"]
    order = (
        ("improvement", "climber", "method_first"),
        ("steady_seller", "core", "high_potential"),
        ("lone_ace", "mainstay", "star"),
    )
    expected = []
    for row in rows:
        if row["start"] > datetime.date(2026, 3, 30):
            expected.append("too new")
        elif "actual" not in row or "output" not in row:
            expected.append("data missing")
        else:
            attainment = Fraction(row["actual"] * 100, row["target"])
            up = sum(attainment >= cutoffs["performance"][key] for key in ("low", "high"))
            across = sum(row["output"] >= cutoffs["output"][key] for key in ("low", "high"))
            expected.append(text(f"nine_box.box.{order[up][across]}.name"))
    assert sheets.column("people", "box") == expected
    placed = sum(sum(sheets.column("grid", column)) for column in ("low", "mid", "high"))
    assert placed + sheets.value("summary", "new") + sheets.value("summary", "missing") == len(rows)
    assert sheets.value("grid", "top", "high") == expected.count(text("nine_box.box.star.name")) == 2
    assert any(row.get("output") == cutoffs["output"]["high"] for row in rows), "somebody stands at a cut-off"


def test_the_self_check_answers_from_data_in_both_readings(filled: Callable[[str], Sheets]) -> None:
    """Top-three share, the exact test of those who passed and of warnings; our verdict and the source's words."""
    sheets, given = filled("self_check"), example("self_check")
    amounts = sorted((row["amount"] for row in given["results"]), reverse=True)
    top = METHOD["check_top_people"].value
    assert sheets.value("working", "top_share") == near(Fraction(sum(amounts[:top]), sum(amounts)))
    test = share_test(3, 5, Fraction(4, 5))
    assert [sheets.value("working", key) for key in ("due", "passed", "needed")] == [5, 3, test.needed]
    assert sheets.value("working", "chance") == pytest.approx(float(test.chance), abs=1e-8)
    low, high = exact_interval(3, 5)
    assert sheets.value("working", "low") == pytest.approx(float(low), abs=1e-4)
    assert sheets.value("working", "high") == pytest.approx(float(high), abs=1e-4)
    often, early = share_test(1, 4, Fraction(1, 2)), share_test(0, 1, Fraction(1, 2))
    assert [sheets.value("working", key) for key in ("lost", "warned", "early")] == [4, 1, 0]
    assert sheets.value("working", "often_chance") == near(often.chance)
    assert sheets.value("working", "early_chance") == near(early.chance)
    warned = [(row["lost"] - row["warned"]).days for row in given["churned"] if "warned" in row]
    assert sheets.value("working", "median") == median(warned)
    assert sheets.column("answers", "answer") == ["yes", "not sure", "not sure"]
    assert sheets.column("answers", "state") == ["unhealthy", "not sure", "not sure"]
    assert [sheets.value("verdict", key) for key in ("ours", "literal")] == ["time to upgrade", "time to upgrade"]


def test_a_mutual_plan_says_whose_half_is_late(filled: Callable[[str], Sheets]) -> None:
    """Steps are done, late, due within a week or overdue as of the day; either side's are counted apart."""
    sheets, given = filled("mutual_plan"), example("mutual_plan")
    today, steps = given["deal"]["as_of"], given["plan"]
    states = []
    for one in steps:
        if "done" in one:
            states.append("done" if one["done"] <= one["due"] else "done late")
        else:
            days = (one["due"] - today).days
            states.append("overdue" if days < 0 else "within a week" if days <= 7 else "not due")
    assert sheets.column("plan", "state") == states
    assert set(states) == {"done", "done late", "overdue", "within a week", "not due"}
    theirs = [state for one, state in zip(steps, states, strict=True) if one["side"] == "customer"]
    assert sheets.value("by_side", "customer", "overdue") == theirs.count("overdue") == 1
    assert sheets.value("by_side", "both", "kept") == 1
    assert sheets.value("checks", "theirs").endswith("move a date: 1")


def test_a_forecast_is_counted_by_category_and_discounted_by_stage(filled: Callable[[str], Sheets]) -> None:
    """Commit, best case and all; coverage plain and by stage; slippage of those called at the start; accuracy, bias."""
    sheets, given = filled("deal_review"), example("deal_review")
    rules, deals, record = given["rules"], given["deals"], given["record"]
    called = {name: sum(one["amount"] for one in deals if one["category"] == name) for name in ("commit", "best")}
    assert sheets.value("summary", "commit") == rules["won"] + called["commit"]
    assert sheets.value("summary", "best") == rules["won"] + sum(called.values())
    conversions = {"opportunity": 15, "demo": 25, "trial": 45, "offer": 50, "contract": 90}
    inside = [one for one in deals if one["close"] <= rules["end"]]
    gap = rules["target"] - rules["won"]
    assert sheets.value("summary", "coverage") == near(Fraction(sum(one["amount"] for one in inside), gap))
    weighted = sum(Fraction(one["amount"] * conversions[one["stage"]], 100) for one in inside)
    assert sheets.value("summary", "staged") == near(weighted / gap)
    moved_out = [one for one in deals if one["first"] <= rules["end"] < one["close"]]
    assert sheets.value("summary", "slippage") == near(Fraction(len(moved_out), rules["due"]))
    limits = {"opportunity": 30, "demo": 30, "trial": 45, "offer": 30, "contract": 21}
    aged = [one for one in deals if (rules["as_of"] - one["since"]).days > limits[one["stage"]]]
    assert sheets.value("summary", "aged") == near(Fraction(len(aged), len(deals)))
    biases = [Fraction(one["commit"] - one["actual"], one["actual"]) for one in record]
    assert sheets.column("record", "bias") == [near(bias) for bias in biases]
    assert sheets.column("record", "accuracy") == [near(1 - abs(bias)) for bias in biases]
    assert all(bias > 0 for bias in biases)
    assert sheets.value("accuracy", "habit").startswith("✗")
    reminders = Counter(filter(None, sheets.column("deals", "reminder")))
    assert reminders == {"date moved": 2, "too long in stage": 2, "closing date past": 1, "next step overdue": 1}
    assert [check for check in sheets.column("deals", "check") if check != "✓"] == ["✗ commit without evidence "]


def test_receivables_are_aged_from_their_due_day(filled: Callable[[str], Sheets]) -> None:
    """Bands by days late, part payments taken off, days outstanding, provision, and next week's promises."""
    sheets, given = filled("receivables"), example("receivables")
    today = given["rules"]["as_of"]
    owed, late = [], []
    for one in given["invoices"]:
        owed.append(one["amount"] - one.get("received", 0))
        days = (today - one["from"]).days - one["terms"]
        late.append(max(0, days) if owed[-1] else 0)
    assert sheets.column("invoices", "late") == late
    ends, rates = (0, 30, 60, 90, 9999), (0, 5, 20, 50, 100)
    of_band = [sum(o for o, d in zip(owed, late, strict=True) if d <= end) for end in ends]
    bands = [of_band[0], *(after - before for before, after in pairwise(of_band))]
    assert all(bands)
    assert sheets.column("by_band", "amount") == bands
    assert sheets.value("summary", "provision") == sum(
        amount * rate // 100 for amount, rate in zip(bands, rates, strict=True)
    )
    assert sheets.value("summary", "share") == near(Fraction(sum(bands[1:]), sum(owed)))
    assert sheets.value("summary", "dso") == near(Fraction(sum(owed) * 90, given["rules"]["invoiced"]))
    week = datetime.timedelta(7)
    soon = [
        o
        for o, one in zip(owed, given["invoices"], strict=True)
        if today <= one.get("promise", today - week) <= today + week
    ]
    assert sheets.value("summary", "promised") == sum(soon)
    assert sheets.value("summary", "promises").endswith(": 1")
    assert sum(sheets.column("by_reason", "amount")) == sum(bands[1:])


def test_interviews_are_counted_by_competitor_and_against_the_rep(filled: Callable[[str], Sheets]) -> None:
    """Won over won and lost, those nobody won apart; a rep's reason agrees with the customer's first or second."""
    sheets, rows = filled("win_loss"), example("win_loss")["interviews"]
    for rival in ("first", "second", "cheap", "own", "none"):
        met = Counter(one["outcome"] for one in rows if one["rival"] == rival)
        assert [sheets.value("by_rival", rival, name) for name in ("won", "lost", "nobody")] == [
            met[name] for name in ("won", "lost", "nobody")
        ]
        decided = met["won"] + met["lost"]
        rate = sheets.value("by_rival", rival, "rate")
        assert rate == near(Fraction(met["won"], decided)) if decided else rate in (None, "")
    both = [one for one in rows if "main" in one and "rep_reason" in one]
    agree = [one for one in both if one["rep_reason"] in (one["main"], one.get("second"))]
    assert 0 < len(agree) < len(both)
    assert sheets.value("summary", "agree") == near(Fraction(len(agree), len(both)))
    assert sum(sheets.column("by_reason", "main")) == sum(one["outcome"] != "won" for one in rows)


def test_a_renewal_is_behind_when_a_step_that_is_due_is_not_done(filled: Callable[[str], Sheets]) -> None:
    """The countdown of four steps, and gross and net retention of each year's customers among those decided."""
    sheets, given = filled("renewal_calendar"), example("renewal_calendar")
    today, rows = given["rules"]["as_of"], given["contracts"]
    order = {"review": 1, "proposal": 2, "agreed": 3, "papers": 4}
    states: list[str | None] = []
    for one in rows:
        due = sum((one["renewal"] - today).days <= before for before in (120, 90, 60, 30))
        if "after" in one:
            fell = one["after"] < one["fee"]
            states.append("lost" if not one["after"] else "renewed for less" if fell else "renewed")
        elif due:
            states.append("behind" if order.get(one.get("done"), 0) < due else "on schedule")
        else:
            states.append(None)
    assert sheets.column("contracts", "state") == [*states][: len(states) - (states[-1] is None)]
    years = [int(year) for year in sheets.column("by_cohort", "year")]
    for place, year in enumerate(years):
        decided = [one for one in rows if one["cohort"] == year and "after" in one]
        fees = sum(one["fee"] for one in decided)
        found = [sheets.column("by_cohort", name)[place : place + 1] for name in ("gross", "net")]
        if decided:
            kept = sum(min(one["fee"], one["after"]) for one in decided)
            assert found == [[near(Fraction(kept, fees))], [near(Fraction(sum(o["after"] for o in decided), fees))]]
        else:
            assert all(values in ([], [None]) for values in found)
    warned = [one for one in rows if one.get("warned") == "yes" and "after" in one]
    assert sheets.value("summary", "saved") == near(Fraction(sum(one["after"] > 0 for one in warned), len(warned)))
    assert sheets.value("summary", "schedule") == near(
        Fraction(states.count("on schedule"), states.count("on schedule") + states.count("behind"))
    )


def test_a_plan_ramps_quotas_and_pays_on_cash_less_refunds(filled: Callable[[str], Sheets]) -> None:
    """Month in the job to share of the quota, relief, accelerator above target, guarantee, the mentor's share."""
    sheets, rows = filled("pay_plan"), example("pay_plan")["people"]
    ramp = [0, 0, 25, 50, 75, 90]
    quotas, pays = [], []
    for one in rows:
        months = [12 * (2025 - one["start"].year) + 7 - one["start"].month + 1 + later for later in range(3)]
        share = Fraction(sum(ramp[month - 1] if month <= 6 else 100 for month in months), 300)
        quota = one["full"] * share * (1 - Fraction(one.get("mentees", 0), 20))
        attained = (one["cash"] - one.get("refunds", 0)) / Fraction(round(quota * 100), 100)
        assert attained >= Fraction(1, 2)
        factor = min(attained, 1) + Fraction(3, 2) * max(0, attained - 1)
        reward = Fraction(one.get("first_deal", 0) * METHOD["mentor_reward"].value, 100)
        quotas.append(round(float(quota), 2))
        pays.append(36_000 + 30_000 * share * factor + 15_000 * (1 - share) + reward)
    assert sheets.column("people", "quota") == [near(quota) for quota in quotas]
    assert sheets.column("people", "pay") == [pytest.approx(float(pay), abs=0.01) for pay in pays]
    assert sheets.value("summary", "over") == near(sum(quotas) / example("pay_plan")["plan"]["target"] - 1)
    assert sheets.value("summary", "made") == 4
    heavy = sum(one["full"] for one in rows) / sum(one["potential"] for one in rows)
    off = {one["person"]["en"]: one["full"] / one["potential"] / heavy for one in rows}
    marks = dict(zip(off, [*sheets.column("people", "fair")], strict=False))
    assert {name: mark for name, mark in marks.items() if mark} == {
        name: "heavy" if weight > 1 else "light" for name, weight in off.items() if abs(weight - 1) > 0.25
    }


def test_checks_speak_when_a_standard_is_wrong(changed: Callable[[str], Sheets]) -> None:
    """Weights that do not add up, a weight too small, lines in the wrong order, revenue that does not reconcile."""
    grading = changed("customer_grading")
    assert grading.value("summary", "weights") == "✗ must add up to 100%, now 105.0%"
    assert grading.value("summary", "lines") == "✗ the line of A must be above that of B"
    lines = changed("five_lines")
    assert lines.value("summary", "weights") == "✗ must add up to 100%, now 90.0%"
    assert lines.value("summary", "small") == "✗ KPIs of too little weight: 1"
    assert changed("health_card").value("summary", "weights") == "✗ must add up to 100%, now 95.0%"
    tracks = changed("tracks")
    assert tracks.value("summary", "split") == "✗ must add up to 100%, now 95.0%"
    assert tracks.value("summary", "reconciled") == "✗ closing revenue differs from its parts by 100.00"
    assert changed("nine_box").value("summary", "cutoffs") == "✗ each high cut-off must be above its low one"
    short = changed("deal_review").value("summary", "enough")
    assert short == "✗ after discounting by stage still short by (CNY): 936,000"
    plan = changed("mutual_plan")
    assert plan.value("checks", "order") == "✗ the signature is after the first day of use"
    assert plan.value("checks", "complete") == "✗ rows with gaps or mistakes (see Check): 5"
    assert changed("pay_plan").value("summary", "cover") == "✗ quotas short of the target by (CNY): 318,333"


# --- and the calculators -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "table", "as_of", "figures"),
    [
        ("nine_box", "people", "2026-09-30", {"headcount": 8, "placed": 6, "new": 1, "missing": 1, "star": 2}),
        ("self_check", "results", "2020-03-31", {"top_share": near(Fraction(5475, 10000))}),
    ],
)
def test_a_filled_workbook_can_be_dropped_into_its_calculator(
    language: Language, name: str, table: str, as_of: str, figures: Mapping[str, object]
) -> None:
    """The calculator finds the right sheet by itself and comes to what the workbook's own formulas come to."""
    content = make(read(name, language, SETTINGS, filled=True), company="")
    values = {"as_of": as_of}
    tables = {table: {"file": "file", "name": f"{name}.xlsx"}}
    request = {"id": 1, "calculator": name, "language": language, "values": values, "tables": tables}
    answer = json.loads(Bridge(SETTINGS).reply(json.dumps(request), {"file": content}))
    assert answer["ok"], answer.get("errors")
    found = answer["result"]["figures"]
    assert {key: found[key] for key in figures} == figures


# --- on paper ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_form_is_printed_alone_on_one_sheet(page: Page, language: Language) -> None:
    """“Print this form” prints the empty form and nothing else of the page, on one sheet of A4."""
    page.add_init_script("window.print = () => {}")  # a headless browser has no dialog that would end it
    page.goto(f"{URL}{'' if language == 'zh' else 'en/'}templates/daily_report.html")
    page.locator('.pb-paper:not([data-filled]) [data-action="print-form"]').click()
    page.emulate_media(media="print")
    shown = page.locator(".md-content__inner > :visible")
    assert shown.count() == 1
    assert shown.first.get_attribute("data-form") == "daily_report"
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown.count() > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_five_lines_have_one_set_of_weights(language: Language) -> None:
    """The workbook begins with the weights of the calculator's example, measure by measure, and they are whole."""
    data = tomllib.loads((ROOT / "macros/templates/five_lines.toml").read_text(encoding="utf-8"))
    weights = [row["weight"] for row in rows_with_weights(data)]
    example = ROOT / f"calculators/five_lines/examples/measures.{language}.csv"
    with example.open(encoding="utf-8", newline="") as stream:
        _, *measures = csv.reader(stream)
    assert [f"{weight}%" for weight in weights] == [measure[4] for measure in measures]
    assert sum(weights) == 100


def rows_with_weights(data: Any) -> list[dict[str, Any]]:
    """Every entry of a template's data that has a weight."""
    if isinstance(data, dict):
        own = [data] if isinstance(data.get("weight"), int) else []
        return own + [row for value in data.values() for row in rows_with_weights(value)]
    return [row for value in data for row in rows_with_weights(value)] if isinstance(data, list) else []


@pytest.mark.parametrize("name", WORKBOOKS)
def test_formulas_are_locked_and_what_is_filled_in_is_not(name: str) -> None:
    """Every sheet is protected without a password: a slip overwrites no formula, and every input can be typed in."""
    template = read(name, "zh", SETTINGS, filled=True)
    book = openpyxl.load_workbook(io.BytesIO(make(template, company="")))
    for sheet in book.worksheets[1:]:
        assert sheet.protection.sheet, sheet.title
        assert sheet.protection.password is None, sheet.title
    for position, down, across, _column, _row, cell in Layout(template).cells():
        locked = book[position.sheet.title].cell(down + 1, across + 1).protection.locked
        assert locked == (cell.role not in ("input", "standard")), (position.sheet.title, down, across)


def test_whatever_a_company_calls_its_columns_stays_a_text_in_formulas(tmp_path: Path) -> None:
    """Quotation marks and references in labels and in what is checked, apostrophes in the title of a sheet."""
    said = "l\" [x] 'a'"
    own = f"""
stage = 2
title = {{zh = "T", en = "T"}}
purpose = {{zh = "P", en = "P"}}
[[sheet]]
id = "deals"
title = {{zh = "it's", en = "it's"}}
note = {{zh = "N", en = "N"}}
[[sheet.block]]
id = "deals"
blank = 3
columns = [
  {{id = "customer", label = {{zh = {json.dumps(said)}, en = {json.dumps(said)}}}, required = true}},
  {{id = "amount", label = {{zh = "B", en = "B"}}, kind = "money", required = true}},
]
checks = [ {{when = '[amount]>9', zh = {json.dumps(said)}, en = {json.dumps(said)}}} ]
[[sheet]]
id = "sum"
title = {{zh = "S", en = "S"}}
note = {{zh = "N", en = "N"}}
[[sheet.block]]
id = "sum"
items = [ {{id = "all", label = {{zh = "A", en = "A"}}, formula = "SUM([deals.amount])"}} ]
"""
    with company_in(tmp_path, {"templates/mine.toml": own}):
        made = make(read("mine", "en", Settings(), filled=False), company="")
    sheets = openpyxl.load_workbook(io.BytesIO(made))
    formulas = [str(cell.value) for sheet in sheets for row in sheet for cell in row if str(cell.value).startswith("=")]
    literal = '"' + said.replace('"', '""') + ' "'
    assert any(literal in formula for formula in formulas)
    assert any("'it''s'!" in formula for formula in formulas)
