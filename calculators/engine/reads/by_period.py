"""A list that has a row per name and period, which a column of years, quarters or months tells apart.

Added up without a word, two years of a customer would be one, and in a roster one person would be two: which rows are
meant is asked here. Columns per period are for ``meant``, lists below one another for ``sections``. What a cell says of
a period is read in ``periods``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from calculators.engine.reads.periods import PeriodKind, period_in
from calculators.engine.reads.rows import LISTED, TableRows, cell_at

_SEEN: Final = 50  # rows by which most columns are known to hold something else
_PERIODS: Final = 400  # different periods of a column
_YEARS_ASKED: Final = 4
_PERIODS_ASKED: Final = 12
_ORDERS: Final = 10  # one row in so many that is there twice for a name and a period makes a list of orders

Place = tuple[int, int]
"""The year of a period, 0 where none is named, and its number in it."""


def ask_about_periods(table: TableRows, names: Sequence[str]) -> None:
    """Ask which rows are meant where the same ``names`` stand there for several periods.

    Of several years nobody knows; the months of one are added up until the reader says otherwise. In a table in which
    a name has one row nothing is added up, so that of several periods nobody knows either.
    """
    used = [
        index
        for index, name in enumerate(names)
        if name and index not in table.blank and index not in table.problems and index not in table.labels
    ]
    found = sorted(_columns_of_periods(table, used), key=lambda one: (one[1] != "year", one[0]))
    for at, kind, places in found:
        said = _said(table, used, at)
        by_name: dict[str, list[Place]] = {}
        for index, cell in zip(used, said, strict=True):
            by_name.setdefault(names[index], []).append(places[cell])
        several = [some for some in by_name.values() if len(some) > 1]
        spread = sum(len(set(some)) > 1 for some in several)
        again = sum(len(some) - len(set(some)) for some in several)
        years = {year for year, _ in places.values()}
        if not several or 2 * spread < len(several):
            continue
        if len(years) > 1 or _ORDERS * again <= sum(map(len, several)):
            cells = dict(zip(used, said, strict=True))
            if table.spec.a_row_each:
                _ask_which(table, at, cells, places)
            else:
                _ask(table, at, cells, places, in_years=kind == "year" or _repeat(places))
            return


def _repeat(places: Mapping[str, Place]) -> bool:
    """Whether the same month or quarter is there of more than one year."""
    return len({number for _, number in places.values()}) < len(set(places.values()))


def _said(table: TableRows, used: Sequence[int], at: int) -> list[str]:
    """Return what a column says of some rows; a blank cell says what the one above it does, as in merged areas."""
    said: list[str] = []
    for index in used:
        cell = cell_at(table.body[index], at)
        said.append(cell or (said[-1] if said else ""))
    return said


def _columns_of_periods(table: TableRows, used: Sequence[int]) -> Iterator[tuple[int, PeriodKind, dict[str, Place]]]:
    """Yield the columns that name a period in every row, several in all: what each is, and where each cell belongs."""
    columns, main = table.layout.columns, table.main
    place = None if main is None else table.layout.mapping[main.name]
    amounts = () if place is None else columns.parts(place)
    # What a roster reads from a column says when somebody came, say, and not of when the row is.
    read = set(range(columns.width)) - set(table.layout.unread()) if table.spec.a_row_each else set(amounts)
    for at in range(columns.width) if used else ():
        heading = table.layout.headers[at]
        if at in read or not all(period_in(cell, heading) for cell in _said(table, used[:_SEEN], at)):
            continue
        cells = set(_said(table, used, at))
        found = {cell: period_in(cell, heading) for cell in cells} if len(cells) <= _PERIODS else {}
        periods = {cell: period for cell, period in found.items() if period}
        kinds = {period.kind for period in periods.values()}
        places = {cell: (period.year or 0, period.number) for cell, period in periods.items()}
        if len(kinds) == 1 and len(periods) == len(cells) and len(set(places.values())) > 1:
            yield at, kinds.pop(), places


def _ask_which(table: TableRows, at: int, cells: Mapping[int, str], places: Mapping[str, Place]) -> None:
    """Ask which period is meant, and leave out the rows of others."""
    of_row = {index: places[cell] for index, cell in cells.items()}
    said_as: dict[Place, str] = {}
    for cell, place in places.items():
        said_as.setdefault(place, cell)
    latest_first = sorted(said_as, reverse=True)
    options = {f"period.{year}-{number}": (year, number) for year, number in latest_first[:_PERIODS_ASKED]}
    counted = Counter(of_row.values())
    said: dict[str, dict[str, object]] = {
        option: {"cell": said_as[place], "count": counted[place]} for option, place in options.items()
    }
    params = {
        "header": table.layout.headers[at],
        "count": len(said_as),
        "periods": [said_as[place] for place in reversed(latest_first)][:LISTED],
    }
    answer = table.asking.ask("whose", params, {**said, "all": {"count": len(of_row)}})
    for index, place in of_row.items():
        if answer in options and place != options[answer]:
            table.problem(index, "tables.other_part", None, cells[index])


def _ask(table: TableRows, at: int, cells: Mapping[int, str], places: Mapping[str, Place], *, in_years: bool) -> None:
    """Ask which periods are meant, or years where several have the same, and leave out the rows of others."""
    of_row = {index: places[cell] for index, cell in cells.items()}
    if in_years:
        of_row = {index: (year, 0) for index, (year, _) in of_row.items()}
    first_said: dict[Place, str] = {}
    for index, place in of_row.items():
        first_said.setdefault(place, str(place[0]) if in_years else cells[index])
    latest_first = sorted(first_said, reverse=True)
    options: dict[str, Place] = {"latest": latest_first[0]}
    if in_years:
        options |= {f"year.{place[0]}": place for place in latest_first[1:_YEARS_ASKED]}
    said: dict[str, dict[str, object]] = {"all": {"total": table.rough_total({})}}
    for option, place in options.items():
        others: dict[int, list[str]] = {index: [] for index, own in of_row.items() if own != place}
        said[option] = {"cell": first_said[place], "total": table.rough_total(others)}
    params = {
        "header": table.layout.headers[at],
        "count": len(first_said),
        "periods": [first_said[place] for place in reversed(latest_first)][:LISTED],
    }
    answer = table.asking.ask("rows", params, said, assumed=None if in_years else "all")
    for index, place in of_row.items():
        if answer in options and place != options[answer]:
            table.problem(index, "tables.other_part", None, cells[index])
