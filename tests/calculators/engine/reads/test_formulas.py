"""No text in a CSV becomes a formula, at whichever separator a spreadsheet splits it; what we wrote we read."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.exports.cells import write_csv
from calculators.engine.reads.formulas import armed, disarmed
from calculators.engine.reads.sources import File, clean
from calculators.engine.reads.tables import read_table

SEPARATORS = ";,\t|^~:\n\r"
STARTS = "=+-@＝＋－＠﹦﹢﹣﹫"
NAMES = TableSpec("names", (ColumnSpec("customer", "text"), ColumnSpec("revenue", "money")))
hostile = st.text(st.sampled_from([*"=+-@＝＋－＠﹦;,|^~:\t\"' \u3000a1%.()!"]), min_size=1, max_size=24)


def pieces(content: bytes) -> list[str]:
    """Return what stands in cells, whichever separator is taken, and whether quotes are heeded or not."""
    text = content.decode("utf-8-sig")
    found = []
    for separator in ";,\t|^~:":
        found += [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
        found += [cell for line in text.splitlines() for cell in line.split(separator)]
    return found


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet takes a cell for a formula; a plain number is none."""
    bare = cell.strip(' \u3000\xa0"')
    return bare[:1] in set(STARTS) and not is_number(bare)


def is_number(text: str) -> bool:
    """Say whether a text is a plain number, which goes out as it is: a line that begins with one is no formula."""
    return re.fullmatch(r'[+-]?[0-9]+(?:\.[0-9]+)?%?["\s]*', text.strip(" \u3000")) is not None


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("start", STARTS)
def test_no_piece_of_a_text_is_a_formula_behind_any_separator(start: str, separator: str) -> None:
    """The one that was found, and its kind: in the midst, behind blanks and behind quotes, in a header too."""
    behind = [f"a{separator}{mark}{start}1+1" for mark in ("", " ", '"', "\u3000", ' "')]
    for text in (*behind, f"{start}A1{separator}b"):
        for content in (write_csv([text], []), write_csv(["x", "y"], [["5", text]])):
            assert not [cell for cell in pieces(content) if is_formula(cell)], content


@pytest.mark.parametrize(
    "called", ["=1+1", "=cmd|'/C calc'!A0", "@SUM(1)", "+HYPERLINK(1)", "-cmd|1!A0", "＝A1", "=HYPERLINK(A1)"]
)
def test_what_computes_or_calls_is_none_behind_a_blank_either(called: str) -> None:
    """A blank may be chosen for a separator too; other texts have signs behind blanks, and stay as they are."""
    for text in (f"a {called}", f"a; {called}", f"a  '{called}", f'a "{called}', f" {called}"):
        content = write_csv(["x"], [[text]]).decode("utf-8-sig")
        rows = csv.reader(io.StringIO(content, newline=""), delimiter=" ")
        split = [*(cell for row in rows for cell in row), *content.split(" ")]
        assert not [cell for cell in split if cell.strip('"').startswith(called[0])], content
        assert armed(disarmed(text)) == text
    for text in ("a - b", "Ask @anna", "up +5", "from 3 -> 4", "x = y"):
        assert disarmed(text) == text


@given(st.lists(hostile.filter(lambda text: not is_number(text)), min_size=1, max_size=4))
def test_no_text_that_can_be_made_is_one(texts: list[str]) -> None:
    """Whatever stands beside it."""
    assert not [cell for cell in pieces(write_csv(["x"] * len(texts), [texts])) if is_formula(cell)]


@given(hostile)
def test_what_was_disarmed_is_read_as_it_was(text: str) -> None:
    """Quotes that stood there stay."""
    assert armed(disarmed(text)) == text


@pytest.mark.parametrize(
    "name", ["a;=1+1", "=乙", "'=乙", "甲|@x", "A, -5%", "O'Neill", "x;'=y", "- 丙", "a =1+1", "a^=b", "12:+x"]
)
def test_our_own_reader_has_back_what_was_written(name: str) -> None:
    """A name goes out as a CSV and comes in again the same."""
    reading = read_table(File("a.csv", write_csv(["客户", "收入"], [[name, "5"], ["丁", "6"]])), NAMES)
    assert reading.frame["customer"].tolist() == [clean(name), "丁"]
