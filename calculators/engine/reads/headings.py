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
from calculators.engine.asks.limits import MAX_HEADING
from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import NotAnAmount, is_amount, parse_heading
from calculators.engine.reads.dates import parse_date
from calculators.engine.reads.number_style import HALF_WIDTH
from calculators.engine.reads.periods import is_period_row

HEADER_WITHIN: Final = 20
"""How many rows of titles may stand above a header."""
_LONGEST_HEADING: Final = 40
_LOOSE: Final = 1000  # the rank of a heading that only contains a known word
_BY_GROUP: Final = 500  # the rank of one under a group that is known, itself saying nothing known
JOINT: Final = " · "
"""Stands in a column's name between the group that it is in and its own heading."""


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

_CONTRARY: Final = (
    "丢单", "输单", "失单", "流失", "退款", "退货", "退回", "退费", "退单", "预算", "预测", "预计", "预估", "上年",
    "去年", "上期", "前期", "往期", "前年", "同期", "上月", "上季", "上半年同", "目标", "计划", "指标", "任务",
    "成本", "费用", "支出", "折扣", "优惠", "减免", "坏账", "欠款", "未收", "未回", "待收", "应收", "未付", "待付",
    "逾期", "税额", "税金", "运费", "佣金", "提成", "余额", "冲销", "冲红", "作废", "取消", "丟單", "輸單", "退貨",
    "預算", "預測", "預計", "目標", "計劃", "lost", "loss", "losses", "refund", "refunds", "refunded", "return",
    "returns", "returned", "budget", "budgeted", "target", "targets", "plan", "planned", "goal", "quota", "prior",
    "previous", "last year", "last month", "last quarter", "last period", "py", "ly", "forecast", "forecasted",
    "projected", "projection", "expected", "estimate", "estimated", "cost", "costs", "expense", "expenses",
    "discount", "discounts", "outstanding", "overdue", "unpaid", "balance", "receivable", "receivables", "due",
    "cancelled", "canceled", "cancellations", "void", "voided", "credit note", "credit notes", "chargeback",
    "chargebacks", "tax", "vat", "gst", "shipping", "freight", "commission", "pipeline", "weighted", "bad debt",
    "churned", "verlust", "erstattung", "vorjahr",
)  # fmt: skip
"""Words of a heading that make its amounts another thing than what is sought, or one that did not come about."""

_BESIDES = re.compile(
    r"(?<![a-z])(?:net of|before|after|less|ex|excl|excluding|incl|including)\.? [a-z]+|[不未]?含[税稅]"
)
"""What an amount is with or without, which makes it no other amount."""

_QUALIFIERS: Final = (
    "closed won", "won", "actual", "actuals", "total", "net", "gross", "current", "this year", "current year", "ytd",
    "annual", "full year", "in", "of", "the", "赢单", "中标", "已成交", "实际", "本年", "今年", "本期", "当期", "当年",
    "全年", "年度", "累计", "总", "的",
)  # fmt: skip
"""Words beside which a heading says the same as without them."""

_TOTALS: Final = frozenset(
    {
        *(
            "合计",
            "总计",
            "小计",
            "总额",
            "总数",
            "共计",
            "累计",
            "全年",
            "全年合计",
            "年度合计",
            "年度",
            "汇总",
            "合計",
        ),
        *("總計", "total", "totals", "grand total", "sum", "overall", "full year", "year total", "fy", "all", "gesamt"),
        *("summe", "subtotal", "sub total"),
    }
)
"""Headings of a column that adds up those beside it."""


_BRACKETED = re.compile(r"[(\[【<][^)\]】>]*+([)\]】>]?)")  # one that is never closed goes to the end


def _folded(heading: str) -> str:
    """A heading for comparison: half width, lower case, single spaces between words, no marks."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.translate(HALF_WIDTH)).lower()
    return re.sub(r"[\s_*:#.'\"/\\-]+", " ", text).strip()


def _without_brackets(folded: str) -> str:
    return _BRACKETED.sub(lambda found: " " if found[1] else found[0], folded).strip()


def _contains(folded: str, part: str) -> bool:
    if not part.isascii() or part == "%":
        return part in folded.replace(" ", "")
    return part in folded and re.search(rf"(?<![a-z]){re.escape(part)}(?![a-z])", folded) is not None


def rank(heading: str, name: str) -> int | None:
    """How well a heading fits a declared column, best lowest: the place of a known heading in the list,
    _LOOSE where it only contains a known word, None where it does not fit. Under a group the column's own heading
    counts first, then the group's.

    >>> rank("客户名称（必填）", "customer"), rank("本年收入(万元)", "revenue"), rank("客户经理", "customer")
    (0, 1000, None)
    >>> rank("Customer · Name", "customer") < rank("Customer · City", "customer"), rank("Cost · Total", "revenue")
    (True, None)
    """
    if len(heading) > MAX_HEADING:
        return None
    if JOINT in heading:
        return _rank_under_groups(heading.split(JOINT), name)
    places = _places(name)
    for form in _forms(heading):
        if form in places:
            return places[form]
    known, folded = headings_of(name), _folded(heading)
    if not _forms(heading) or any(_contains(folded, word) for word in known.never):
        return None
    return _LOOSE if any(_contains(folded, part) for part in known.parts) else None


def _rank_under_groups(parts: Sequence[str], name: str) -> int | None:
    places, never = _places(name), headings_of(name).never
    if place := next((places[form] for form in _forms(" ".join(parts)) if form in places), None):
        return place
    ranks = [rank(part, name) for part in parts]
    for part, own in zip(parts, ranks, strict=True):
        if own is None and any(_contains(_folded(part), word) for word in never):
            return None
    *groups, own = ranks
    if own is not None and (own < _LOOSE or says_total(parts[-1])):
        return own
    by_group = [place for place in groups if place is not None]
    if by_group and says_total(parts[-1]):
        return min(by_group)
    return own if not by_group else _BY_GROUP if min(by_group) < _LOOSE else _LOOSE


def says_total(heading: str) -> bool:
    """Whether a heading is of a column that adds up those beside it."""
    return any(form in _TOTALS for form in _forms(heading))


def is_contrary(heading: str, name: str) -> bool:
    """Whether a heading says the contrary of what a declared column seeks, or what did not come about.

    >>> is_contrary("丢单金额", "revenue"), is_contrary("Closed won amount", "revenue"), is_contrary("目标", "target")
    (True, False, False)
    """
    known, folded = headings_of(name), _BESIDES.sub(" ", _folded(heading.replace(JOINT, " ")))
    own = " ".join((*known.zh, *known.en, *known.parts))
    return any(_contains(folded, word) and not _contains(own, word) for word in _CONTRARY)


def is_neutral(text: str) -> bool:
    """Whether a heading says nothing of what is measured: qualifiers, a year, a unit in brackets."""
    return not _without_qualifiers(text)


def _without_qualifiers(heading: str) -> str:
    text = _without_brackets(_folded(heading.replace(JOINT, " ")))
    text = re.sub(r"(?<![0-9])(?:fy)?\s?(?:19|20)[0-9]{2}年?", " ", text)
    for word in _QUALIFIERS:
        text = re.sub(rf"(?<![a-z]){word}(?![a-z])", " ", text) if word.isascii() else text.replace(word, "")
    return re.sub(r"\s+", " ", text).strip()


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
    known = [_forms(heading)[0] for heading in headings.zh + headings.en]  # as what is compared with them is folded
    return {heading: place for place, heading in reversed(list(enumerate(known)))}


def headings_known(heading: str) -> bool:
    """Whether this is exactly a heading of some declared column."""
    return not _all_known(tuple(CALCULATORS)).isdisjoint(_forms(heading))


@lru_cache
def _all_known(calculators: tuple[str, ...]) -> frozenset[str]:
    return frozenset(heading for name in _known(calculators) for heading in _places(name))


def match(
    headers: Sequence[str], columns: Sequence[ColumnSpec], currency: str, hidden: Collection[int] = ()
) -> dict[str, list[int]]:
    """For each declared column the indexes of the headers that fit it, best first.

    No index is the first choice of two columns; those with an exact heading choose first.
    Of money see `money_place`: of those alike the first in the file is best.
    """
    places: dict[str, list[tuple[tuple[int, ...], int]]] = {}
    for column in columns:
        places[column.name] = []
        for index, header in enumerate(headers):
            place: tuple[int, ...] | None
            if column.kind == "money":
                place = money_place(header, column.name, currency, hidden=index in hidden)
            else:
                found = rank(header, column.name)
                place = None if found is None else (0, int(index in hidden), int(found >= _LOOSE), found)
            if place is not None:
                places[column.name].append((place, index))
        places[column.name].sort()
    fitting = {name: [index for _, index in found] for name, found in places.items()}
    taken: dict[int, str] = {}
    for name in sorted(places, key=lambda name: not places[name] or any(places[name][0][0][:3])):
        choice = next((index for index in fitting[name] if index not in taken), None)
        if choice is not None:
            taken[choice] = name
    return {name: [index for index in indexes if taken.get(index, name) == name] for name, indexes in fitting.items()}


def money_place(heading: str, name: str, currency: str, *, hidden: bool = False) -> tuple[int, int, int] | None:
    """How well a heading fits a column of money, best lowest; alike are those between which it decides nothing.

    Those that mean the contrary come last, and before them the hidden ones. An exact heading comes before one under a
    group that is, and this before one that only contains a known word; in each the company's own currency first.

    >>> [money_place(one, "revenue", "CNY") for one in ("赢单金额", "回款金额", "丢单金额", "Revenue 2025")]
    [(0, 0, 0), (0, 0, 0), (1, 0, 4), (0, 0, 0)]
    """
    place = rank(heading, name)
    if place is None:
        return None
    exact = place < _BY_GROUP or _without_qualifiers(heading) in _places(name)
    kind = 0 if exact else 1 if place < _LOOSE else 2
    return int(is_contrary(heading, name)), int(hidden), 2 * kind + (foreign(heading, currency) is not None)


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
    dated = any(column.kind == "date" for column in columns)
    most, found = 0, None
    first: int | None = None  # the first row that is more than a title
    first_is_data = False
    for index, row in enumerate(itertools.islice(rows, HEADER_WITHIN)):
        cells = _filled(row)
        if index and _is_head_of_a_pivot(rows[index - 1], cells):
            return index
        if _is_lone_head(rows, index, columns):
            return index
        has_amounts = any(is_amount(cell) for cell in cells) and (dated or not is_period_row(cells))
        if has_amounts:  # in a row of figures "Total" is no heading
            cells = [cell for cell in cells if not says_total(cell)]
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


def _is_head_of_a_pivot(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row is the header of a pivot below the words that Excel writes over its columns."""
    over = any(_folded(cell) in _COLUMNS_OF_A_PIVOT for cell in above)
    return over and bool(cells) and _folded(cells[0]) in _ROWS_OF_A_PIVOT


def _is_lone_head(rows: Sequence[Sequence[str]], index: int, columns: Sequence[ColumnSpec]) -> bool:
    """Whether a row has the heading of figures alone, over the first of them: names beside them have none."""
    row = rows[index]
    below = next(
        (line for line in itertools.islice(rows, index + 1, None) if sum(map(bool, map(str.strip, line))) > 1), ()
    )
    at = next((at for at, cell in enumerate(row) if cell.strip()), 0)
    if not at or sum(bool(cell.strip()) for cell in row) > 1 or at >= len(below) or not is_amount(below[at].strip()):
        return False
    known = (rank(row[at].strip(), column.name) for column in columns if column.kind == "money" and column.required)
    texts = [cell for cell in below[:at] if cell.strip()]
    return (
        len(texts) == 1 and not is_amount(texts[0]) and any(place is not None and place < _BY_GROUP for place in known)
    )


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
    last = next((at for at in range(len(rows) - 1, -1, -1) if any(map(str.strip, rows[at]))), -1)
    for at, row in enumerate(itertools.islice(rows, HEADER_WITHIN), 1):
        cells = set(_filled(row))
        ranks = _ranks(cells, columns)
        places = [(column, min(ranks[column.name].values())) for column in columns if ranks[column.name]]
        if len(places) <= len(cells):
            exact = sum(column.required and place < _LOOSE for column, place in places)
            below = at <= last
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


_ROWS_OF_A_PIVOT: Final = frozenset(
    {
        *("行标签", "列標籤", "行ラベル", "row labels", "zeilenbeschriftungen", "étiquettes de lignes"),
        *("etiquetas de fila", "etichette di riga", "rótulos de linha", "названия строк"),
    }
)
"""What Excel heads the rows of a pivot with, whatever they are."""
_COLUMNS_OF_A_PIVOT: Final = frozenset(
    {
        *("列标签", "欄標籤", "列ラベル", "column labels", "spaltenbeschriftungen", "étiquettes de colonnes"),
        *("etiquetas de columna", "etichette di colonna", "rótulos de coluna", "названия столбцов"),
    }
)
"""What it writes over the columns."""


def missing(
    column: ColumnSpec, headers: Sequence[str], rows: Sequence[Sequence[str]], taken: Collection[int]
) -> list[int]:
    """Return the columns that may be a declared one for what stands in them, where no heading names it.

    Texts that are all distinct come before those that repeat; figures that are percentages, years or a running number
    are no money. A heading that says that it is another thing is none.
    """
    found: list[int] = []
    distinct: list[int] = []
    for index, header in enumerate(headers):
        cells = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
        heading = _folded(header)
        words = (
            ()
            if heading in _ROWS_OF_A_PIVOT
            else (word for word in headings_of(column.name).never if _contains(heading, word))
        )
        if index in taken or not cells or any(words):
            continue
        dates = 2 * sum(parse_date(cell) is not None for cell in cells) > len(cells)
        figures = 2 * sum(map(is_amount, cells)) > len(cells)
        if column.kind == "date" and dates:
            found.append(index)
        elif column.kind == "text" and not dates and not figures:
            found.append(index)
            distinct += [index] if len(set(cells)) == len(cells) else []
        elif column.kind == "money" and figures and not dates and not _is_no_money(cells):
            found.append(index)
    return distinct if len(distinct) == 1 else found


def _is_no_money(cells: Sequence[str]) -> bool:
    digits = [int(cell) for cell in cells if cell.isdecimal()]
    runs_on = len(digits) == len(cells) > 1 and all(later - former == 1 for former, later in itertools.pairwise(digits))
    return runs_on or any(cell.endswith(("%", "％")) for cell in cells)
