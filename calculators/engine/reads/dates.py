"""Calendar days: one cell of a spreadsheet or field of a form, from the ways people write one; months counted on.

Printing dates is for ``text``.
"""

import calendar
import contextlib
import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from calculators.engine.asks.limits import MAX_HEADING
from calculators.engine.reads.amounts import UNKNOWN, is_error
from calculators.engine.reads.chinese_numbers import counted
from calculators.engine.reads.number_style import HALF_WIDTH

Order = Literal["day", "month", "year"]
"""What comes first in ``03/04/2026`` or ``03/04/26``."""
ORDERS: Final[Sequence[Order]] = ("day", "month", "year")
PIVOT: Final = 50
"""Years of two digits from here on are of the last century, as in Excel."""
_DAYS_THAT_MAY_BE_MONTHS: Final = 12

_YEAR_FIRST = re.compile(
    r"""([0-9]{4})(?:
      [-/.]([0-9]{1,2})[-/.]([0-9]{1,2}) | 年\ ?([0-9]{1,2})月\ ?([0-9]{1,2})[日号]? | ([0-9]{2})([0-9]{2})
    )(?:[\ t].*)?""",
    re.VERBOSE | re.ASCII,
).fullmatch
_REAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII).match
_SHORT_YEAR_CHINESE = re.compile(r"'?([0-9]{2})年\ ?([0-9]{1,2})月\ ?([0-9]{1,2})[日号]", re.ASCII).fullmatch
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.]) ?([0-9]{1,2})\2 ?'?([0-9]{4}|[0-9]{2})(?: .*)?", re.ASCII).fullmatch
# In English and as Excel has them in German, French, Spanish, Italian and Portuguese; no name means two months.
_MONTHS: Final[Sequence[str]] = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro",
    "february feb februar février fevrier févr fevr fév febrero febbraio fevereiro fev",
    "march mar märz maerz mär mrz mars marzo março",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août aout agosto ago",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro",
)
MONTH_OF: Final[Mapping[str, int]] = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAME = "[a-zà-ÿ]{3,10}"
_NAMED_MONTH = re.compile(
    rf"""(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]*\ )?(?:
      ([0-9]{{1,2}})(?:st|nd|rd|th|er|º|\.)?(?:\ de\ |[\ \-/.]?\ ?)({_NAME})\.?,?
      | ({_NAME})\.?[\ \-/]([0-9]{{1,2}})(?:st|nd|rd|th)?,?
    )(?:\ de\ |[\ \-/.]\ ?|(?<![0-9]))'?([0-9]{{4}}|[0-9]{{2}})(?:,?\ [0-9]{{1,2}}:.*)?""",
    re.VERBOSE | re.ASCII,
).fullmatch
_YEAR_AND_NAME = re.compile(rf"([0-9]{{4}})[ \-/.]({_NAME})\.?[ \-/.]([0-9]{{1,2}})", re.ASCII).fullmatch
_MONTH_OF_A_YEAR = re.compile(
    rf"""([0-9]{{4}})(?:年\ ?([0-9]{{1,2}})月份?|[-/]([0-9]{{1,2}})|[\ \-/]({_NAME})\.?)
    | (?:({_NAME})\.?[\ ,/-]\ ?|([0-9]{{1,2}})[-/])([0-9]{{4}})""",
    re.VERBOSE | re.ASCII,
).fullmatch
_COUNTED: Final = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_WEEK = re.compile(
    rf"""([0-9]{{4}})[-\ ]?w([0-9]{{1,2}})(?:-?([1-7]))? | ([0-9]{{4}})年?[\ ,-]*第\ ?({_COUNTED})\ ?[周週]
    | (?:w|wk|week|kw)[\ .#-]?([0-9]{{1,2}})[\ ,/-]+([0-9]{{4}})
    | ([0-9]{{4}})[\ ,/-]+(?:wk|week|kw)[\ .#-]?([0-9]{{1,2}})""",
    re.VERBOSE | re.ASCII,
).fullmatch
_QUARTER = re.compile(
    r"""([0-9]{4})[-\ /]?q([1-4]) | ([0-9]{4})年?\ ?第?([1-4一二三四])\ ?季度? | q([1-4])[\ ,/-]+([0-9]{4})""",
    re.VERBOSE | re.ASCII,
).fullmatch
_NO_YEAR = re.compile(
    rf"""(?:w|wk|week|kw)[\ .#-]?(?P<week>[0-9]{{1,2}}) | 第?\ ?(?P<zhou>{_COUNTED})\ ?[周週]
    | q(?P<quarter>[1-4]) | 第?\ ?(?P<jidu>[1-4一二三四])\ ?季度?
    | (?P<yue>[0-9]{{1,2}})月(?:份|(?P<ri>[0-9]{{1,2}})[日号])?
    | (?:(?P<day>[0-9]{{1,2}})[\ .-]\ ?)?(?P<name>{_NAME})\.?""",
    re.VERBOSE | re.ASCII,
).fullmatch
_IN_NUMERALS = re.compile("([〇零一二三四五六七八九十]{1,4})(?=[年月日号])")


def _plain(cell: str) -> str:
    """Return what stands in a cell in half width, a day in Chinese numerals in digits."""
    text = cell.translate(HALF_WIDTH).strip().lower().removeprefix("'")
    return text if text.isascii() else _IN_NUMERALS.sub(_in_digits, text)


def _in_digits(found: re.Match[str]) -> str:
    """Return a year digit by digit (二〇二六), a month or a day as the number that it is (十一)."""
    signs = found[1]
    if "十" not in signs and len(signs) > 1:
        return "".join(str(counted(sign)) for sign in signs)
    return str(counted(signs))


def parse_date(cell: str, order: Order | None = None) -> datetime.date | None:
    """The day that is written, None where none is. A time of day beside it is left out.

    ``order`` reads ``03/04/2026``; without it such a date is read only if one order gives a day at all. Of a week, a
    month or a quarter it is the first day.

    >>> [str(parse_date(cell)) for cell in ("2026-3-1", "２０２６年3月1日", "20260301", "1 March 2026", "13/03/2026")]
    ['2026-03-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-03-13']
    >>> [str(parse_date(cell)) for cell in ("15-Jan-26", "15. März 2026", "2026年第三周", "2026-Q3", "01/15/26")]
    ['2026-01-15', '2026-03-15', '2026-01-12', '2026-07-01', '2026-01-15']
    >>> [str(parse_date(cell)) for cell in ("二〇二六年十一月五日", "2026年3月", "March 2026", "2026-03", "5. 3. 2026")]
    ['2026-11-05', '2026-03-01', '2026-03-01', '2026-03-01', 'None']
    >>> print(parse_date("03/04/2026"), parse_date("03/04/2026", "day"), parse_date("2026-02-30"))
    None 2026-04-03 None
    """
    if len(cell) > MAX_HEADING:
        return None
    text = _plain(cell)
    if found := _YEAR_FIRST(text):
        year, *rest = found.groups()
        month, day = (part for part in rest if part)
        return _day(year, month, day)
    if found := _YEAR_LAST(text):
        days = _by_order(found)
        if order:
            return days.get(order)
        possible = {day for day in days.values() if day}
        return possible.pop() if len(possible) == 1 else None
    if found := _NAMED_MONTH(text):
        day, name, name_first, day_after, year = found.groups()
        return _day(year, _month_of(name or name_first), day or day_after)
    if found := _YEAR_AND_NAME(text):
        return _day(found[1], _month_of(found[2]), found[3])
    if found := _SHORT_YEAR_CHINESE(text):
        return _day(*found.groups())
    return day_of_period(text)


def day_of_period(text: str) -> datetime.date | None:
    """Return the first day of a week, as ISO counts them, of a month or a quarter of a year that is named beside it.

    >>> str(day_of_period("2026-w03")), str(day_of_period("2026年第十二周")), day_of_period("第三周")
    ('2026-01-12', '2026-03-16', None)
    """
    if found := _WEEK(text):
        iso, iso_week, weekday, year, chinese, week, after, before, week_after = found.groups()
        with contextlib.suppress(ValueError):
            number = counted(iso_week or chinese or week or week_after)
            return datetime.date.fromisocalendar(int(iso or year or after or before), number, int(weekday or 1))
    if found := _QUARTER(text):
        iso, iso_quarter, year, chinese, quarter, after = found.groups()
        return _day(iso or year or after, 3 * counted(iso_quarter or chinese or quarter) - 2, "1")
    if found := _MONTH_OF_A_YEAR(text):
        year, chinese, iso, named_after, named, digits, after = found.groups()
        name = named or named_after
        month: int | str = _month_of(name) if name else chinese or iso or digits
        return _day(year or after, month, "1")
    return None


def in_year(cell: str, year: int) -> str | None:
    """Return a week, quarter, month or day that is written without its year with this; None where it has one.

    >>> [in_year(cell, 2026) for cell in ("W12", "第三周", "Q3", "一季度", "3月5日", "5-Mar", "2026-W12", "Acme")]
    ['2026-W12', '2026-W03', '2026-Q3', '2026-Q1', '2026-03-05', '2026-03-05', None, None]
    """
    found = _NO_YEAR(_plain(cell))
    if found is None:
        return None
    if week := found["week"] or found["zhou"]:
        return f"{year}-W{counted(week):02}"
    if quarter := found["quarter"] or found["jidu"]:
        return f"{year}-Q{counted(quarter)}"
    month = int(found["yue"]) if found["yue"] else _month_of(found["name"])
    return f"{year}-{month:02}-{int(found['ri'] or found['day'] or 1):02}" if month else None


def _by_order(found: re.Match[str]) -> dict[Order, datetime.date | None]:
    """Return the day by what comes first; the year only where it might have two digits."""
    first, mark, second, last = found.groups()
    days: dict[Order, datetime.date | None] = {"day": _day(last, second, first), "month": _day(last, first, second)}
    if len(first) == len(last) == 2 and mark != ".":  # noqa: PLR2004 - digits; with points the day comes first
        days["year"] = _day(first, second, last)
    return days


def _month_of(name: str) -> int:
    """Return the number of a month, 0 where a word is none; an English name may be cut anywhere."""
    cut = [number for number, names in enumerate(_MONTHS, 1) if names.partition(" ")[0].startswith(name)]
    return MONTH_OF.get(name) or (cut[0] if len(cut) == 1 else 0)


def _day(year: str, month: str | int, day: str) -> datetime.date | None:
    whole = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < PIVOT else 1900)  # noqa: PLR2004 - digits
    try:
        return datetime.date(whole, int(month), int(day))
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
    short_years: list[int] = field(default_factory=list)
    """Positions of cells whose year has two digits."""
    periods: list[int] = field(default_factory=list)
    """Positions of cells that name a week, a month or a quarter."""


@dataclass(frozen=True)
class DateEvidence:
    """What a column says of the order of day, month and year in it."""

    orders: tuple[Order, ...] = ()
    """Those in which every cell gives a day, the likelier first; none where no cell needs one, or they disagree."""
    likely: bool = False
    """Whether the first is so by more than being possible: the years lie closer together."""
    unclear: int | None = None
    """The position of a cell that gives several days, where one is left open."""
    swapped: tuple[int, ...] = ()
    """Positions of dates whose day and month Excel may have swapped on opening a text: all have a day up to 12, and
    beside them stand texts that it could not take for dates, since they have none.
    """


def date_evidence(cells: Sequence[str]) -> DateEvidence:
    """Return what a column's cells say together.

    >>> date_evidence(["03/04/2026", "25/12/2026"]).orders, date_evidence(["03/04/2026"]).orders
    (('day',), ('day', 'month'))
    >>> date_evidence(["2026-05-01", "13/01/2026"]).swapped
    (0,)
    """
    texts = [cell.translate(HALF_WIDTH).strip().lower() for cell in cells]
    slashed = {at: found for at, text in enumerate(texts) if (found := _YEAR_LAST(text))}
    if not slashed:
        return DateEvidence()
    days = {at: _by_order(found) for at, found in slashed.items()}
    days = {at: each for at, each in days.items() if any(each.values())}
    orders = [order for order in ORDERS if days and all(each.get(order) for each in days.values())]

    def spread(order: Order) -> int:
        years = [day.year for each in days.values() if (day := each[order])]
        return max(years) - min(years)

    spreads = {order: spread(order) for order in orders}
    orders.sort(key=lambda order: spreads[order])
    likely = len(days) > 1 and len(orders) > 1 and spreads[orders[0]] < spreads[orders[1]]
    unclear = next((at for at, each in days.items() if len({day for day in each.values() if day}) > 1), None)
    real = [at for at, text in enumerate(texts) if _REAL(text)]
    may_be = all(int(texts[at][8:10]) <= _DAYS_THAT_MAY_BE_MONTHS for at in real)
    one_way = all(max(int(found[1]), int(found[3])) > _DAYS_THAT_MAY_BE_MONTHS for found in slashed.values())
    swapped = tuple(real) if may_be and one_way else ()
    return DateEvidence(tuple(orders), likely, unclear if len(orders) > 1 else None, swapped)


def parse_dates(
    cells: Sequence[str], order: Order | None = None, swapped: Collection[int] = (), *, from_1904: bool = False
) -> DateColumn:
    """Every cell of a column as a date; never raises.

    Which of day, month and year comes first in ``03/04/2026`` is decided for the column as a whole (`date_evidence`)
    where no ``order`` is given; where that leaves it open, such cells are faults. Those ``swapped`` get their day for
    their month.

    >>> parse_dates(["03/04/2026", "25/12/2026", "待定"]).dates
    [datetime.date(2026, 4, 3), datetime.date(2026, 12, 25), None]
    """
    if order is None and len(possible := date_evidence(cells).orders) == 1:
        (order,) = possible
    column = DateColumn([])
    swap = set(swapped)
    for index, cell in enumerate(cells):
        text = _plain(cell)
        date = None if text in UNKNOWN else parse_date(cell, order)
        found = _YEAR_LAST(text)
        if found and order:
            column.order = order
        if date is None and (date := day_of_number(text, from_1904=from_1904)):
            column.numbers.append(index)
        elif date and index in swap:
            date = datetime.date(date.year, date.day, date.month)
        elif date and str(date.year) not in text:
            column.short_years.append(index)
        elif date and not found and day_of_period(text):
            column.periods.append(index)
        column.dates.append(date)
        if date is None and text not in UNKNOWN:
            if is_error(text):
                column.faults[index] = "tables.excel_error"
            elif found and sum(map(bool, _by_order(found).values())) > 1:
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
