"""Headings that name a month, a quarter or another period, so that columns of one measure are known as a row of them.

Nothing here knows rows or amounts.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from calculators.engine.reads.chinese_numbers import counted
from calculators.engine.reads.dates import MONTH_OF
from calculators.engine.reads.number_style import HALF_WIDTH

Kind = Literal["week", "month", "quarter", "half", "year"]

_LONGEST: Final = 40
_WORDS: Final = frozenset({"set", "out", "gen", "ago", "mag", "mars"})
"""Months that are words or names, too: a heading that says more names none by them."""
_SAID: Final = {"正": 1, "上": 1, "下": 2}  # 正月, 上半年, 下半年
_NAMED: Final = rf"(?P<name>{'|'.join(sorted(MONTH_OF, key=len, reverse=True))})\.?(?![a-zà-ÿ])"
_YEAR: Final = r"(?:fy|cy)?\s?'?(?P<year>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])年?度?"
_GAP: Final = r"[\s\-_/.·]*"
_BEFORE: Final = rf"(?:(?<![0-9]){_YEAR}{_GAP})?"
_AFTER: Final = rf"(?:{_GAP}{_YEAR})?(?![a-z0-9])"
_MONTH: Final = "(?P<n>1[0-2]|0?[1-9])"
_MONTH_SAID: Final = "(?P<n>1[0-2]|0?[1-9]|十[一二]?|[正一二三四五六七八九])"
_DAY: Final = "(?:[-/.](?P<day>[0-3]?[0-9])(?: 00:00:00)?)?"
# From the finest on; the number of a period is "n" or "m". The first that is found counts.
_WRITTEN: Final[Sequence[tuple[Kind, str]]] = (
    ("week", r"(?<![0-9])(?P<year>20[0-9]{2})[-_ ]?w(?P<n>[0-5]?[0-9])(?![0-9])"),
    ("week", r"(?<![a-z0-9])(?:week|wk|w)[ .#-]?(?P<n>[0-5]?[0-9])(?![0-9])|第?(?P<m>[0-5]?[0-9])周"),
    ("month", rf"{_BEFORE}(?<![0-9一二三四五六七八九十\-~至到]){_MONTH_SAID}月份?"),
    ("month", rf"(?<![a-zà-ÿ]){_NAMED}(?:{_GAP}{_YEAR})?"),
    ("month", rf"(?<![0-9]){_YEAR}{_GAP}{_NAMED}"),
    ("month", rf"(?<![0-9])(?P<year>20[0-9]{{2}})[-/.]{_MONTH}{_DAY}(?![-/.0-9])"),
    ("month", rf"(?<![0-9]){_MONTH}[-/.](?P<year>20[0-9]{{2}})(?![-/.0-9])"),
    ("month", r"(?<![0-9])(?P<year>20[0-9]{2})(?P<n>1[0-2]|0[1-9])(?![0-9])"),
    ("month", rf"(?<![a-z0-9])m{_MONTH}(?![a-z0-9])"),
    ("quarter", rf"(?<![0-9a-z]){_YEAR}{_GAP}(?:q(?P<n>[1-4])|(?P<m>[1-4])q)(?![a-z0-9])"),
    ("quarter", rf"(?<![a-z0-9])(?:q\s?(?P<n>[1-4])|(?P<m>[1-4])q){_AFTER}"),
    ("quarter", rf"{_BEFORE}第?(?P<n>[1-4一二三四])季度?"),
    ("quarter", r"(?<![a-z])quarter\s?(?P<n>[1-4])(?![0-9])|(?P<m>[1-4])(?:st|nd|rd|th) quarter"),
    ("half", rf"(?<![0-9a-z]){_YEAR}{_GAP}(?:h(?P<n>[12])|(?P<m>[12])h)(?![a-z0-9])"),
    ("half", rf"(?<![a-z0-9])(?:h(?P<n>[12])|(?P<m>[12])h){_AFTER}"),
    ("half", rf"{_BEFORE}(?P<n>[上下])半年"),
    ("year", r"(?<![a-z0-9])(?:fy|cy)?\s?(?P<year>(?:19|20)[0-9]{2})(?![0-9])年?度?"),
)
_PATTERNS: Final = tuple((kind, re.compile(pattern, re.ASCII)) for kind, pattern in _WRITTEN)
_CUMULATIVE = re.compile(r"累计|累積|截止|截至|至今|(?<![a-z])(?:ytd|qtd|mtd|cumulative|to date)(?![a-z])").search
_EMPTY = re.compile(r"[(\[【<]\s*[)\]】>]")
_EDGES: Final = " \t-_/.·:*#'\"，,的"
_DAYS_OF_A_MONTH: Final = frozenset({0, 1, 28, 29, 30, 31})  # what a column of a whole month is dated by


@dataclass(frozen=True)
class Period:
    """A period that a heading names, and the ``rest`` of it: what is measured."""

    kind: Kind
    year: int | None
    number: int
    rest: str


@dataclass(frozen=True)
class Run:
    """Columns of one measure, a period each: their indexes in their order, and their periods."""

    kind: Kind
    rest: str
    columns: tuple[int, ...]
    periods: tuple[Period, ...]

    @property
    def years(self) -> dict[int, tuple[int, ...]]:
        """Return the columns by year, where the same part of more than one year is there; else nothing."""
        years: dict[int, list[int]] = defaultdict(list)
        for column, period in zip(self.columns, self.periods, strict=True):
            if period.year is None:
                return {}
            years[period.year].append(column)
        repeated = len({period.number for period in self.periods}) < len(self.periods)
        return {year: tuple(columns) for year, columns in years.items()} if repeated else {}


@lru_cache(2048)
def period_of(heading: str) -> Period | None:
    """Return the period that a heading names; None where it names none, or what has come together since another.

    >>> period_of("2026年3月回款")
    Period(kind='month', year=2026, number=3, rest='回款')
    >>> period_of("1-6月"), period_of("YTD Mar"), period_of("Marketing")
    (None, None, None)
    """
    text = heading.translate(HALF_WIDTH).lower().strip()
    if not text or len(text) > _LONGEST or _CUMULATIVE(text):
        return None
    for kind, pattern in _PATTERNS:
        found = pattern.search(text)
        if found is None:
            continue
        said = found.groupdict()
        rest = _without(text, found)
        if int(said.get("day") or 0) not in _DAYS_OF_A_MONTH or re.match("[0-9]+[日号]", rest):
            return None
        if said.get("name") in _WORDS and rest:
            return None
        year = said.get("year")
        for other, wider in _PATTERNS:
            if again := wider.search(rest):
                if other == kind:
                    return None  # two of them: from one to the other
                rest, year = _without(rest, again), year or again.groupdict().get("year")
        number = said.get("n") or said.get("m") or ""
        return Period(
            kind,
            None if year is None else int(year) if len(year) > 2 else 2000 + int(year),  # noqa: PLR2004 - two digits
            MONTH_OF[said["name"]] if said.get("name") else _SAID.get(number) or counted(number),
            rest,
        )
    return None


_FISCAL = re.compile(
    r"(?:fy|cy|gj)\s?'?([0-9]{2})|(?:fy|cy|gj)?\s?((?:19|20)[0-9]{2})\s?[/–-]\s?(?:20)?([0-9]{2})"
    r"|((?:19|20)[0-9]{2})\s?(?:财年|财政年度|會計年度|会计年度|财务年度)",
    re.ASCII,
).fullmatch
_POSTING = re.compile(r"0?(1[0-6]|0[1-9])[./]((?:19|20)[0-9]{2})|((?:19|20)[0-9]{2})[./]0(1[0-6]|0[1-9])").fullmatch
_BARE: Final[Mapping[Kind, re.Pattern[str]]] = {
    "month": re.compile(r"月份?|(?:会计)?期间|month(?: no)?|monat|mois|mes|period|posting period"),
    "quarter": re.compile(r"季度?|quarter|quartal|trimestre|qtr"),
}
_MOST: Final[Mapping[Kind, int]] = {"month": 12, "quarter": 4}


@lru_cache(2048)
def period_in(cell: str, heading: str) -> Period | None:
    """Return the period that is all that a cell says; a bare number is a month or a quarter where its heading says so.

    >>> period_in("FY25", "Year"), period_in("2025/26", "Season").year, period_in("3", "月份").number
    (Period(kind='year', year=2025, number=0, rest=''), 2025, 3)
    >>> period_in("3", "Rank"), period_in("2026-03-14", "Date"), period_in("Q1 Ltd", "Account")
    (None, None, None)
    """
    text = cell.translate(HALF_WIDTH).lower().strip()
    if (found := _FISCAL(text)) and (not found[3] or int(found[3]) == (int(found[2]) + 1) % 100):
        year = found[1] or found[2] or found[4]
        return Period("year", int(year) if len(year) > 2 else 2000 + int(year), 0, "")  # noqa: PLR2004 - two digits
    if found := _POSTING(text):
        return Period("month", int(found[2] or found[3]), int(found[1] or found[4]), "")
    if text.isdecimal() and len(text) < len("2026"):
        head = heading.translate(HALF_WIDTH).lower().strip()
        kind = next((kind for kind, known in _BARE.items() if known.fullmatch(head)), None)
        return Period(kind, None, int(text), "") if kind and 1 <= int(text) <= _MOST[kind] else None
    period = period_of(text)
    return period if period and not period.rest else None


def _without(text: str, found: re.Match[str]) -> str:
    """Return what a heading says beside a period."""
    sides = (text[: found.start()].strip(_EDGES), text[found.end() :].strip(_EDGES))
    return _EMPTY.sub("", " ".join(sides)).strip(_EDGES)


def runs(headers: Sequence[str]) -> list[Run]:
    """Return the rows of periods among headings, from the finest kind on; years are none, being alike in nothing.

    >>> [(run.kind, run.rest, run.columns) for run in runs(["客户", "1月目标", "1月收入", "2月目标", "2月收入"])]
    [('month', '目标', (1, 3)), ('month', '收入', (2, 4))]
    """
    found: dict[tuple[Kind, str], list[tuple[int, Period]]] = defaultdict(list)
    for index, header in enumerate(headers):
        period = period_of(header)
        if period is not None and period.kind != "year":
            found[period.kind, period.rest].append((index, period))
    kinds: tuple[Kind, ...] = ("week", "month", "quarter", "half")
    return [
        Run(kind, rest, tuple(index for index, _ in members), tuple(period for _, period in members))
        for kind in kinds
        for (one, rest), members in found.items()
        if one == kind
        and len(members) > 1
        and len({(period.year, period.number) for _, period in members}) == len(members)
    ]


def is_period_row(cells: Sequence[str]) -> bool:
    """Say whether a row has periods for figures, two at the least, of one kind and distinct: then it is a header."""
    periods = [period for cell in cells if (period := period_of(cell)) and not period.rest]
    found = {(period.kind, period.year, period.number) for period in periods}
    return len(found) == len(periods) > 1 and len({kind for kind, *_ in found}) == 1
