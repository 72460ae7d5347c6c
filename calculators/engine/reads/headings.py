"""Which row of a file is the header of a declared table, and which column is which.

The headings by which columns are known are in ``headings.toml``: those of columns that several calculators ask for
beside this, a calculator's own in its folder. Here they are compared, and a table without a header is judged.
Nothing here reads files or rows.
"""

import itertools
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from calculators import CALCULATORS
from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import HALF_WIDTH, NotAnAmount, is_amount, parse_heading
from calculators.engine.reads.dates import parse_date

HEADER_WITHIN: Final = 20
"""How many rows of titles may stand above a header."""
_LONGEST_HEADING: Final = 40
_LOOSE: Final = 1000  # the rank of a heading that only contains a known word


@dataclass(frozen=True)
class _Headings:
    """How one column is headed: whole headings in order of preference, ``parts`` that may stand
    inside a longer one, and ``never``, words that make it another column. English parts are whole words.
    """

    zh: list[str]
    en: list[str]
    parts: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)


def known_headings() -> Mapping[str, _Headings]:
    """Return by which headings declared columns are recognised, by the column's name."""
    return _known(tuple(CALCULATORS))


@lru_cache
def _known(calculators: tuple[str, ...]) -> Mapping[str, _Headings]:
    known: dict[str, _Headings] = {}
    for folder in (Path(__file__).parent, *(CALCULATORS[name].folder for name in calculators)):
        path = folder / "headings.toml"
        if not path.is_file():
            continue
        for name, headings in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in known:
                raise ValueError(f"{path}: another headings.toml has a column {name!r}")
            known[name] = _Headings(**headings)
    return known


_NAMES_CURRENCIES = re.compile(
    r"""(?:.*[^a-z])?(?:currency|currencies|ccy|curr?)(?:\ (?:iso(?:\ code)?|codes?|names?|types?|symbols?))?
    | currencyisocode
    | .*(?:币种|币别|货币|幣種|幣別|貨幣|通貨)(?:代码|代碼|名称|名稱|类型|類型|符号|符號|单位|單位)?""",
    re.VERBOSE,
).fullmatch


def _folded(heading: str) -> str:
    """A heading for comparison: half width, lower case, single spaces between words, no marks."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.translate(HALF_WIDTH)).lower()
    return re.sub(r"[\s_*:#.'\"/\\-]+", " ", text).strip()


def _without_brackets(folded: str) -> str:
    return re.sub(r"[(\[【<].*?[)\]】>]", " ", folded).strip()


def _contains(folded: str, part: str) -> bool:
    if not part.isascii() or part == "%":
        return part in folded.replace(" ", "")
    return part in folded and re.search(rf"(?<![a-z]){re.escape(part)}(?![a-z])", folded) is not None


def rank(heading: str, name: str) -> int | None:
    """How well a heading fits a declared column, best lowest: the place of a known heading in the list,
    _LOOSE where it only contains a known word, None where it does not fit.

    >>> rank("客户名称（必填）", "customer"), rank("本年收入(万元)", "revenue"), rank("客户经理", "customer")
    (0, 1000, None)
    """
    forms = _forms(heading)
    places = _places(name)
    for form in forms:
        if form in places:
            return places[form]
    known, folded = headings_of(name), _folded(heading)
    if not forms or any(_contains(folded, word) for word in known.never):
        return None
    return _LOOSE if any(_contains(folded, part) for part in known.parts) else None


@lru_cache(1024)  # asked of every cell near the top of a file, for each declared column
def _forms(heading: str) -> tuple[str, ...]:
    """The forms in which a heading may be known: whole, and without what is in brackets; none of one too long."""
    folded = _folded(heading)
    if not folded or len(folded) > _LONGEST_HEADING:
        return ()
    forms = (folded, _without_brackets(folded))
    return tuple(form if form.isascii() else form.replace(" ", "") for form in forms)


def headings_of(name: str) -> _Headings:
    """Return by which headings a column is known; KeyError says where they belong when there are none."""
    try:
        return known_headings()[name]
    except KeyError:
        raise KeyError(f"no headings.toml has a column {name!r}") from None


@lru_cache
def _places(name: str) -> Mapping[str, int]:
    """The place of each heading of a column in its list, from the best on."""
    headings = headings_of(name)
    return {heading: place for place, heading in reversed(list(enumerate(headings.zh + headings.en)))}


def headings_known(heading: str) -> bool:
    """Whether this is exactly a heading of some declared column."""
    return not _all_known(tuple(CALCULATORS)).isdisjoint(_forms(heading))


@lru_cache
def _all_known(calculators: tuple[str, ...]) -> frozenset[str]:
    return frozenset(heading for name in _known(calculators) for heading in _places(name))


def match(headers: Sequence[str], columns: Sequence[ColumnSpec], currency: str) -> dict[str, list[int]]:
    """For each declared column the indexes of the headers that fit it, best first.

    No index is the first choice of two columns; those with an exact heading choose first.
    Of exact headings of money the first in the file is best, one in another currency the last.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for column in columns:
        places[column.name] = []
        for index, header in enumerate(headers):
            place = rank(header, column.name)
            if place is None:
                continue
            if column.kind == "money":
                place = _LOOSE * (place >= _LOOSE) + (_LOOSE // 2 if foreign(header, currency) else 0)
            places[column.name].append((place, index))
        places[column.name].sort()
    fitting = {name: [index for _, index in found] for name, found in places.items()}
    taken: dict[int, str] = {}
    for name in sorted(places, key=lambda name: not places[name] or places[name][0][0] >= _LOOSE):
        choice = next((index for index in fitting[name] if index not in taken), None)
        if choice is not None:
            taken[choice] = name
    return {name: [index for index in indexes if taken.get(index, name) == name] for name, indexes in fitting.items()}


def foreign(heading: str, currency: str) -> str | None:
    """The code of another currency than the company's, where a heading names one and no other."""
    try:
        named = parse_heading(heading, currency).currency
    except NotAnAmount:
        return None
    return named if named != currency else None


def currency_columns(headers: Sequence[str], taken: Collection[int], amount: str) -> list[int]:
    """The indexes of the columns that are headed as naming the currency of each row's ``amount``, the likeliest first.

    >>> currency_columns(["Cost Currency", "Amount Currency", "Amount", "币种代码"], {2}, "Amount")
    [1, 0, 3]
    """
    named = {index: _without_brackets(_folded(header)) for index, header in enumerate(headers) if index not in taken}
    found = [index for index, heading in named.items() if _NAMES_CURRENCIES(heading)]
    own = _without_brackets(_folded(amount))
    return sorted(found, key=lambda index: (not named[index].startswith(own), index))


def find_header(rows: Sequence[Sequence[str]], columns: Sequence[ColumnSpec]) -> int | None:
    """The index of the header row; None where the first row is data already.

    It is the first row with a heading for every required column, else the one with most, else the
    first that has two texts and no amount. In a row that has amounts only exact headings count: a customer may be
    called ``客户之声科技``.
    """
    required = {column.name for column in columns if column.required}
    most, found = 0, None
    first: int | None = None  # the first row that is more than a title
    first_is_data = False
    for index, row in enumerate(itertools.islice(rows, HEADER_WITHIN)):
        cells = _filled(row)
        has_amounts = any(is_amount(cell) for cell in cells)
        worst = _LOOSE - 1 if has_amounts else _LOOSE
        fits = {
            name: mine
            for name, ranks in _ranks(cells, columns).items()
            if (mine := {cell for cell, place in ranks.items() if place <= worst})
        }
        fitting = min(len(fits), len(set().union(*fits.values())))
        if required <= fits.keys() and fitting >= len(required):
            return index
        if fitting > most and len(cells) > 1:
            most, found = fitting, index
        if first is None and len(cells) > 1:
            first, first_is_data = index, has_amounts
    if found is not None:
        return found
    if first is None:
        return next((index for index, row in enumerate(rows) if any(map(str.strip, row))), None)
    return None if first_is_data else first


def _filled(row: Sequence[str]) -> list[str]:
    """The cells of a row that may be headings."""
    return [cell for cell in map(str.strip, row[: 4 * HEADER_WITHIN]) if cell]


def _ranks(cells: Collection[str], columns: Sequence[ColumnSpec]) -> dict[str, dict[str, int]]:
    """For each declared column the cells that fit it, each with its rank."""
    return {
        column.name: {cell: place for cell in cells if (place := rank(cell, column.name)) is not None}
        for column in columns
    }


def fit(rows: Sequence[Sequence[str]], columns: Sequence[ColumnSpec]) -> tuple[int, bool, int]:
    """How well the best header among the first rows fits: required columns that it has by an exact heading, since a
    sentence about a table holds its words too, whether anything is below it, and columns that it has in any way.

    >>> required = ColumnSpec("customer", "text"), ColumnSpec("revenue", "money")
    >>> columns = (*required, ColumnSpec("owner", "text", required=False))
    >>> fit([["客户", "一行一家，写明收入和负责人"], ["客户", "收入"]], columns)
    (2, False, 2)
    """
    best = (0, False, 0)
    for at, row in enumerate(itertools.islice(rows, HEADER_WITHIN), 1):
        cells = set(_filled(row))
        ranks = _ranks(cells, columns)
        places = [(column, min(ranks[column.name].values())) for column in columns if ranks[column.name]]
        if len(places) <= len(cells):
            exact = sum(column.required and place < _LOOSE for column, place in places)
            below = any(cell.strip() for line in itertools.islice(rows, at, None) for cell in line)
            best = max(best, (exact, below, len(places)))
    return best


def guess(rows: Sequence[Sequence[str]], width: int, columns: Sequence[ColumnSpec]) -> dict[str, list[int]]:
    """Columns of a table without a header: texts, dates and figures, each kind in its order from the left.

    Optional columns are left for the reader to choose. Figures stand to the right of the first text; the
    last one declared may be any that is left.
    """
    filled = [[row[index].strip() for row in rows if index < len(row) and row[index].strip()] for index in range(width)]
    dated = [bool(cells) and 2 * sum(parse_date(cell) is not None for cell in cells) > len(cells) for cells in filled]
    numeric = [bool(cells) and 2 * sum(map(is_amount, cells)) > len(cells) for cells in filled]
    dates = [index for index in range(width) if dated[index]]
    texts = [index for index in range(width) if filled[index] and not numeric[index] and not dated[index]]
    numbers = [index for index in range(width) if numeric[index] and not dated[index]]
    if not texts and len(numbers) > 1:
        texts = [numbers.pop(0)]
    figures = [index for index in numbers if texts and index > texts[0]] or numbers
    left = {"text": texts, "date": dates, "number": figures}
    guessed: dict[str, list[int]] = {}
    required = [column for column in columns if column.required]
    for place, column in enumerate(required):
        kind = "text" if column.kind == "choice" else column.kind if column.kind in left else "number"
        is_last = all(other.kind in ("text", "date") for other in required[place + 1 :])
        guessed[column.name] = left[kind] if kind == "number" and is_last else left[kind][:1]
        left[kind] = left[kind][1:]
    return guessed
