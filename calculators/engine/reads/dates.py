"""Calendar days: one cell of a spreadsheet or field of a form, from the ways people write one; months counted on.

Printing dates is for ``text``.
"""

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from calculators.engine.reads.amounts import EXCEL_ERRORS, HALF_WIDTH, UNKNOWN

Order = Literal["day", "month"]
"""What comes first in ``03/04/2026``."""

_YEAR_FIRST = re.compile(
    r"""([0-9]{4})(?:
      [-/.]([0-9]{1,2})[-/.]([0-9]{1,2}) | 年\ ?([0-9]{1,2})月\ ?([0-9]{1,2})[日号]? | ([0-9]{2})([0-9]{2})
    )(?:[\ t].*)?""",
    re.VERBOSE | re.ASCII,
).fullmatch
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?: .*)?", re.ASCII).fullmatch
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED_MONTH = re.compile(
    rf"""(?:
      ([0-9]{{1,2}})[ -]({"|".join(_MONTHS)})[a-z]*\.?,? | ({"|".join(_MONTHS)})[a-z]*\.?\ ([0-9]{{1,2}}),?
    )[ -]([0-9]{{4}})""",
    re.VERBOSE | re.ASCII,
).fullmatch


def parse_date(cell: str, order: Order | None = None) -> datetime.date | None:
    """The day that is written, None where none is. A time of day beside it is left out.

    ``order`` reads ``03/04/2026``; without it such a date is read only if one order gives a day at all.

    >>> [str(parse_date(cell)) for cell in ("2026-3-1", "２０２６年3月1日", "20260301", "1 March 2026", "13/03/2026")]
    ['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-03-13']
    >>> print(parse_date("03/04/2026"), parse_date("03/04/2026", "day"), parse_date("2026-02-30"))
    None 2026-04-03 None
    """
    text = cell.translate(HALF_WIDTH).strip().lower()
    if found := _YEAR_FIRST(text):
        year, *rest = found.groups()
        month, day = (part for part in rest if part)
        return _day(year, month, day)
    if found := _NAMED_MONTH(text):
        day, name, name_first, day_after, year = found.groups()
        return _day(year, _MONTHS.index(name or name_first) + 1, day or day_after)
    if found := _YEAR_LAST(text):
        first, _, second, year = found.groups()
        days = {"day": _day(year, second, first), "month": _day(year, first, second)}
        if order:
            return days[order]
        possible = {day for day in days.values() if day}
        return possible.pop() if len(possible) == 1 else None
    return None


def _day(year: str, month: str | int, day: str) -> datetime.date | None:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None


_DAY_NUMBER = re.compile(r"[0-9]{5}(?:\.[0-9]+)?", re.ASCII).fullmatch
_DAY_ZERO: Final = datetime.date(1899, 12, 30)
_DAY_ZERO_1904: Final = datetime.date(1904, 1, 1)


def day_of_number(text: str, *, from_1904: bool = False) -> datetime.date | None:
    """The day of this century that Excel counts by a number, as it stands in cells that have lost their date format.

    The Macintosh counted ``from_1904``; a workbook says so.

    >>> print(day_of_number("46023"), day_of_number("44561", from_1904=True), day_of_number("12345"))
    2026-01-01 2026-01-01 None
    """
    zero = _DAY_ZERO_1904 if from_1904 else _DAY_ZERO
    day = zero + datetime.timedelta(int(text[:5])) if _DAY_NUMBER(text) else None
    return day if day and 2000 <= day.year < 2100 else None  # noqa: PLR2004 - a century


@dataclass
class DateColumn:
    """A column of dates, read: None where nobody knows the day; ``faults`` are the sentences of what is no date."""

    dates: list[datetime.date | None]
    faults: dict[int, str] = field(default_factory=dict)
    order: Order | None = None
    """Set where it was needed to read the column."""
    numbers: list[int] = field(default_factory=list)
    """Positions of cells read as Excel's day numbers."""


def parse_dates(cells: Sequence[str], *, from_1904: bool = False) -> DateColumn:
    """Every cell of a column as a date; never raises.

    Which of day and month comes first in ``03/04/2026`` is decided for the column as a whole, by the cells that
    can only be read one way; where none can, or they disagree, such cells are faults.

    >>> parse_dates(["03/04/2026", "25/12/2026", "待定"]).dates
    [datetime.date(2026, 4, 3), datetime.date(2026, 12, 25), None]
    """
    texts = [cell.translate(HALF_WIDTH).strip().lower() for cell in cells]
    slashed = [text for text in set(texts) if _YEAR_LAST(text)]
    orders: set[Order] = set()
    for text in slashed:
        by_day, by_month = parse_date(text, "day"), parse_date(text, "month")
        if by_day != by_month and not (by_day and by_month):
            orders.add("day" if by_day else "month")
    order = orders.pop() if len(orders) == 1 else None
    column = DateColumn([], order=order)
    for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        date = None if text in UNKNOWN else parse_date(cell, order)
        if date is None and (date := day_of_number(text, from_1904=from_1904)):
            column.numbers.append(index)
        column.dates.append(date)
        if date is None and text not in UNKNOWN:
            if text.upper() in EXCEL_ERRORS:
                column.faults[index] = "tables.excel_error"
            elif text in slashed and parse_date(text, "day") and parse_date(text, "month"):
                column.faults[index] = "tables.unclear_date"
            else:
                column.faults[index] = "tables.not_a_date"
    return column


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day of the month, so many months later; the month's last day where it has no such day.

    >>> [str(months_after(datetime.date(2026, 11, 30), months)) for months in (1, 3)]
    ['2026-12-30', '2027-02-28']
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))
