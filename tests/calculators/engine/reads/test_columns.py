"""Columns of dates, numbers and percentages, and tables that may be absent. Amounts and files are in test_tables."""

import datetime
import json
import sys
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators.bridge import Bridge
from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.fields import Declaration, Field, shown
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.dates import parse_date, parse_dates
from calculators.engine.reads.number_style import Number
from calculators.engine.reads.sources import Pasted, Rows
from calculators.engine.reads.tables import Asked, Reading, read_table
from calculators.engine.reads.typed import parse
from calculators.engine.shows.wording import Wording
from calculators.work import Work

TEAM = TableSpec(
    "team",
    (
        ColumnSpec("person", "text"),
        ColumnSpec("start", "date"),
        ColumnSpec("attainment", "percent", required=False),
        ColumnSpec("weight", "number", required=False),
    ),
)


def read(*rows: str) -> Reading:
    """Read rows of a pasted team."""
    return read_table(Pasted("\n".join(["person\tstart\tattainment\tweight", *rows])), TEAM)


def codes(reading: Reading) -> list[str]:
    """What the reading says: problems, then remarks."""
    return [problem.code for problem in reading.problems] + [remark.code for remark in reading.remarks]


def test_a_column_without_headings_is_a_mistake_of_its_calculator() -> None:
    """Whoever declares a column is told where its headings belong."""
    with pytest.raises(KeyError, match=r"no headings\.toml has a column 'referrer'"):
        read_table(Pasted("referrer\nAnn"), TableSpec("people", (ColumnSpec("referrer", "text"),)))


@given(st.dates(datetime.date(1000, 1, 1)))
def test_a_date_is_read_however_it_is_written(day: datetime.date) -> None:
    """ISO, with slashes, points, Chinese characters, without any, in English words."""
    forms = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d 00:00:00", "%d %B %Y", "%b %d, %Y")
    assert {parse_date(day.strftime(form)) for form in forms} == {day}


def test_day_and_month_are_told_apart_by_the_column() -> None:
    """25/12 says that days come first; a column in which nothing says so is asked about; one that says both is refused
    cell by cell.
    """
    reading = read("a\t03/04/2026", "b\t25/12/2026")
    assert reading.frame["start"].tolist() == [datetime.date(2026, 4, 3), datetime.date(2026, 12, 25)]
    assert "tables.day_first" in codes(reading)
    assert parse_dates(["12/25/2026", "03/04/2026"]).dates[1] == datetime.date(2026, 3, 4)
    with pytest.raises(Asked, match="open_question"):
        read("a\t03/04/2026", "b\t2026-05-01")
    contradicting = read("a\t25/12/2026", "b\t12/25/2026", "c\t03/04/2026")
    assert [problem.row for problem in contradicting.problems] == [4]


def test_excels_day_numbers_are_dates_and_said() -> None:
    """What a date becomes in a cell without a date format; a number of another century is none."""
    reading = read("a\t46023", "b\t2026-01-02", "c\t46025.5", "d\t12345")
    assert [str(day) for day in reading.frame["start"]] == ["2026-01-01", "2026-01-02", "2026-01-03"]
    assert [(problem.code, problem.row) for problem in reading.problems] == [("tables.not_a_date", 5)]
    (remark,) = (one for one in reading.remarks if one.code == "tables.day_numbers")
    assert (remark.params["count"], remark.params["cell"], str(remark.params["date"])) == (2, "46023", "2026-01-01")


def test_a_date_that_nobody_knows_is_no_mistake_and_no_date_is_one() -> None:
    """待定 leaves the date open; 2026-02-30 loses its row, and says so."""
    reading = read("a\t待定", "b\t2026-02-30", "c\t2026-03-01")
    assert reading.frame["start_known"].tolist() == [False, True]
    assert [(problem.code, problem.row) for problem in reading.problems] == [("tables.not_a_date", 3)]


@pytest.mark.parametrize(
    ("cells", "percents", "said"),
    [
        (["95%", "102.5％"], ["95", "102.5"], []),
        (["0.95", "1.025"], ["95", "102.5"], ["tables.fractions"]),
        (["95", "102.5"], ["95", "102.5"], ["tables.percents"]),
        (["95", "2"], ["95", "2"], ["tables.percents", "tables.small_percents"]),
        (["95%", "1.2"], ["95"], ["tables.percent_or_fraction"]),
        (["95%", "88"], ["95", "88"], []),
        (["0", ""], ["0", "0"], []),
        (["0.12345", "1"], ["12.345", "100"], ["tables.fractions"]),
        (["0.79996", "0.00001", "1"], ["79.996", "0.001", "100"], ["tables.fractions"]),
        (["79.9960001", "100"], ["79.9960001", "100"], ["tables.percents"]),
        (["-0.00004%", "79.996%"], ["-0.00004", "79.996"], []),
    ],
)
def test_percentages_are_decided_by_the_column(cells: list[str], percents: list[str], said: list[str]) -> None:
    """With a sign, as fractions or as percents; what might be either is said, and not used beside signs."""
    reading = read(*(f"p{at}\t2026-01-01\t{cell}" for at, cell in enumerate(cells)))
    assert reading.frame["attainment"].tolist() == [Fraction(one) / 100 for one in percents]
    assert [code for code in codes(reading) if code != "tables.total_row"] == said


def test_numbers_are_as_written_and_what_is_none_loses_its_row() -> None:
    """3.5 is held as seven halves; a word is a problem of its row, a percentage too."""
    reading = read("a\t2026-01-01\t\t3.5", "b\t2026-01-01\t\tmany", "c\t2026-01-01\t\t5%", "d\t2026-01-01\t\t1,200")
    assert reading.frame["weight"].tolist() == [Fraction(7, 2), 1_200]
    assert [problem.code for problem in reading.problems] == ["tables.not_a_number", "tables.not_a_number"]


@given(st.decimals(-1_000, 1_000, allow_nan=False))
def test_a_number_and_a_percentage_are_held_with_all_their_decimals(written: Decimal) -> None:
    """Nothing is rounded, however many decimals a cell has."""
    cell = f"{written:.20f}"
    exact = Fraction(cell)
    frame = read(f"a\t2026-01-01\t{cell}%\t{cell}", "b\t2026-01-01\t50%\t7").frame
    assert frame["attainment"].tolist()[0] == exact / 100
    assert frame["weight"].tolist()[0] == exact


def test_a_number_that_a_workbook_holds_has_all_its_decimals_beside_commas() -> None:
    """A file's own number has a point for its decimals, whatever the texts beside it have."""
    rows = [["person", "start", "attainment", "weight"], ["a", "2026-01-01", "0,5", "1,25"]]
    rows.append(["b", "2026-01-01", Number("0.79996"), Number("69.996")])
    frame = read_table(Rows.of(rows), TEAM).frame
    assert frame["attainment"].tolist()[1] == Fraction("0.79996")
    assert frame["weight"].tolist()[1] == Fraction("69.996")


def test_a_table_without_a_header_finds_names_dates_and_figures_by_their_looks() -> None:
    """Each kind in its order from the left."""
    spec = TableSpec("t", (ColumnSpec("person", "text"), ColumnSpec("weight", "number"), ColumnSpec("start", "date")))
    reading = read_table(Pasted("2026-01-05\t林默\t80\n2026-02-05\t苏远\t75"), spec)
    assert reading.frame["start"].tolist()[0] == datetime.date(2026, 1, 5)
    assert reading.frame["weight"].tolist() == [80, 75]


def test_a_missing_column_of_dates_is_named() -> None:
    """The sentence is that of dates."""
    with pytest.raises(InvalidInputs) as invalid:
        read_table(Rows.of([["person", "weight"], ["a", "5"]]), TEAM)
    assert invalid.value.errors[0].code == "tables.no_date_column"


FIELDS = Declaration(
    (
        Field("target", "money", "g", 100, 1, 10**13),
        Field("start", "date", "g", datetime.date(2026, 1, 1), 2000, 2100),
        Field("end", "date", "g", None, 2000, 2100, optional=True),
        Field("over", "switch", "g", False),
        Field("days", "text", "g", "", maximum=20),
    )
)


def test_fields_are_read_as_people_type_them() -> None:
    """12.5万, a Chinese date, a switch, lines of text, nothing where nothing is needed."""
    typed = {"target": "１２.５万", "start": "2026年3月1日", "end": " ", "over": "yes", "days": " a  b \n c"}
    assert parse(FIELDS, typed) == {
        "target": 12_500_000,
        "start": datetime.date(2026, 3, 1),
        "end": None,
        "over": True,
        "days": "a b\nc",
    }


def test_money_is_typed_in_the_companys_currency() -> None:
    """A company that counts in dollars types $; of another currency it is told which that is and which its own."""
    company = Bridge(Settings.from_mapping({"currency": "USD"}))

    def refused(target: str) -> list[str]:
        request = {"calculator": "goal_breakdown", "language": "en", "values": {"target": target}}
        reply = json.loads(company.reply(json.dumps(request)))
        return [error["message"] for error in reply.get("errors", ())]

    assert refused("$12,000,000") == []
    for written, currency in (("¥12,000,000", "CNY"), ("€12m", "EUR"), ("12,000,000 JPY", "JPY")):
        (message,) = refused(written)
        assert written in message
        assert f"({currency})" in message
        assert "USD" in message


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"target": ""}, "fields.empty"),
        ({"target": "待定"}, "fields.not_an_amount"),
        ({"target": "0.001"}, "fields.too_fine"),
        ({"target": "0"}, "fields.out_of_bounds"),
        ({"target": "$5"}, "fields.foreign_currency"),
        ({"target": "1e30"}, "fields.out_of_bounds"),
        ({"start": ""}, "fields.no_date"),
        ({"start": "2026-13-01"}, "fields.not_a_date"),
        ({"end": "1999-12-31"}, "fields.out_of_years"),
        ({"over": "maybe"}, "fields.not_an_option"),
        ({"days": "x" * 21}, "fields.too_long"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(values: dict[str, Any], code: str) -> None:
    """Each mistake has a sentence of its own."""
    with pytest.raises(InvalidInputs) as invalid:
        parse(FIELDS, values)
    assert [error.code for error in invalid.value.errors] == [code]


@given(st.integers(1, 10**13), st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)), st.booleans())
def test_a_form_reads_back_what_it_shows(target: int, start: datetime.date, over: bool) -> None:
    """What `shown` gives, `parse` takes, for every kind."""
    held = {"target": target, "start": start, "end": None, "over": over, "days": ""}
    assert parse(FIELDS, {field.name: shown(field, held[field.name], "CNY") for field in FIELDS.fields}) == held


# --- tables that may be absent -------------------------------------------------------------------------

LOCKED = TableSpec(
    "locked", (ColumnSpec("person", "text"), ColumnSpec("weight", "number")), required=False, from_result=True
)
NOTES = TableSpec("notes", (ColumnSpec("person", "text"),), required=False)
PEOPLE = f"""
from calculators.engine.asks.fields import Declaration
from {__name__} import NOTES, LOCKED, TEAM


def declare(settings):
    return Declaration((), (), (TEAM, LOCKED, NOTES))
"""
TEAM_ROWS = [["person", "start"], ["林默", "2026-01-05"]]


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Work]:
    """Return the work on a calculator with three tables, of which two may be absent."""
    sys.modules.pop("calculators.people", None)
    monkeypatch.setattr(calculators, "__path__", [*calculators.__path__, str(tmp_path)])
    examples = tmp_path / "people" / "examples"
    examples.mkdir(parents=True)
    (examples.parent / "__init__.py").write_text(PEOPLE, encoding="utf-8")
    for name in ("team", "notes"):
        (examples / f"{name}.en.csv").write_text("person,start\nExample,2026-01-01\n", encoding="utf-8")
    monkeypatch.setattr(Wording, "words", lambda _wording, path, **_params: path.removeprefix("column."))

    def work(**request: Any) -> Work:
        return Work(Settings(), {"calculator": "people", "language": "en", **request})

    return work


def names_read(work: Work) -> dict[str, list[str] | None]:
    """The persons of each table, None where it is absent."""
    return {
        name: None if reading is None else reading.frame["person"].tolist() for name, reading in work.readings.items()
    }


def test_without_a_list_of_ones_own_every_table_is_the_example(people: Callable[..., Work]) -> None:
    """One that has no example is absent; a row from acting on the result changes neither."""
    assert names_read(people()) == {"team": ["Example"], "locked": None, "notes": ["Example"]}
    pinned = {"locked": {"rows": [["person", "weight"], ["Example", "5"]]}}
    assert names_read(people(tables=pinned)) == {"team": ["Example"], "locked": ["Example"], "notes": ["Example"]}


def test_with_a_list_of_ones_own_an_optional_table_is_absent(people: Callable[..., Work]) -> None:
    """So that no invented row mixes with the reader's; one that is emptied is absent too."""
    assert names_read(people(tables={"team": TEAM_ROWS})) == {"team": ["林默"], "locked": None, "notes": None}
    emptied: dict[str, Any] = {"notes": {"rows": [["person"]]}}
    assert names_read(people(tables=emptied)) == {"team": ["Example"], "locked": None, "notes": None}


def test_a_row_is_put_in_replaced_and_taken_out_by_its_key(people: Callable[..., Work]) -> None:
    """Whatever the order of the columns; a column that is missing is added."""
    row = {"person": "林默", "weight": "7"}
    assert people().put_row("locked", row, ["person"])["rows"] == [["person", "weight"], ["林默", "7"]]
    swapped = {"locked": {"rows": [["weight", "person"], ["5", "林默"], ["6", "苏远"]]}}
    replaced = [["weight", "person"], ["6", "苏远"], ["7", "林默"]]
    assert people(tables=swapped).put_row("locked", row, ["person"])["rows"] == replaced
    left = people(tables=swapped).put_row("locked", row, ["person"], remove=True)
    assert left["rows"] == [["weight", "person"], ["6", "苏远"]]
    added = people(tables={"team": TEAM_ROWS}).put_row("team", {"person": "苏远", "attainment": "90%"}, ["person"])
    assert added["rows"] == [["person", "start", "attainment"], ["林默", "2026-01-05"], ["苏远", "", "90%"]]
