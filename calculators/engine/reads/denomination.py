"""What the amounts of a column count, and in which currency, by all that a table says of it.

That is its heading, a row of units below this, lines above and below the table, and a column that says it row by row.
Here each is read; which one holds where they disagree, and which rows are left out, is for ``money`` and ``foreign``.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from calculators.engine.asks.currencies import NAMING, currency_meant, folded
from calculators.engine.reads.amounts import (
    Heading,
    currency_named,
    currency_of_title,
    is_amount,
    parse_heading,
    parse_unit,
)
from calculators.engine.reads.headings import currency_columns
from calculators.engine.reads.meant import Columns
from calculators.engine.reads.sources import clean

_LONGEST_LINE: Final = 100
_SAMPLE: Final = 200  # rows by which a column that no heading names is known
_UNIT_LINE = re.compile(
    r"(?:单位|單位|unit|currency)\s*[:：]?|\(\s*in |（\s*in |人民币|\bRMB|\bin (?:thousands|millions|billions)"
    r"|\bin (?:\w{3} |[^\w\s])?'?(?:000|k|m)\b|[以按].{1,6}计",
    re.IGNORECASE,
).search
_BETWEEN_NAMES = re.compile(r"[\s()（）\[\]/|:：–-]+")
_COLON = re.compile("[:：]")
_UNIT_BEGINS = re.compile(r"单位|單位|unit|(?<=[以按]).{1,6}(?=计)", re.IGNORECASE)
_BRACKET_LAST = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,20})[)）\]】]\s*$").search
_LETTER = re.compile(r"[^k]", re.ASCII).fullmatch  # a grade or a group as well as a unit
_NOTE_OF_AMOUNTS = re.compile(
    r"\bin\b|currency|amounts|figures|单位|單位|币种|幣種|货币|均[为以按]|[以按].{1,8}[计列]", re.IGNORECASE
).search
_OF_RATES = re.compile(r"convert|exchange|\brates?\b|汇率|匯率|折[算合]|换算|=|→", re.IGNORECASE).search
_SAYS_UNIT = re.compile(
    r"(?:.*[^a-z])?(?:units?|uom|scale|multipliers?|denominations?|magnitude)|.*(?:单位|單位|量级|数量级|倍数|倍數)",
    re.IGNORECASE,
).fullmatch

Place = Literal["heading", "row", "title", "note"]


@dataclass(frozen=True)
class Said:
    """What one place says of the amounts: ``text`` is what stands there."""

    place: Place
    text: str
    says: Heading


def said_of(heading: str, row: str, titles: Sequence[Sequence[str]], notes: Sequence[str], own: str) -> list[Said]:
    """Return what is said of a column to a company that counts in ``own``, the most particular first.

    ``row`` is what a row of units has under the heading. Raises NotAnAmount as `parse_heading` does.

    >>> [(one.place, one.says.unit) for one in said_of("收入(千元)", "", [["单位：万元"]], [], "CNY")]
    [('heading', 1000), ('title', 10000)]
    """
    found = [Said(place, text, _own_yuan(parse_heading(text, own), own)) for place, text in _by_heading(heading, row)]
    for line in (cell for cells in titles for cell in cells):
        if line and len(line) < _LONGEST_LINE and (says := _unit_of_line(line, own)):
            found.append(Said("title", clean(line), says))
            break
    named = {
        currency: line
        for cells in reversed(titles)
        for line in cells
        if line and len(line) < _LONGEST_LINE and (currency := currency_of_title(line, own))
    }
    if named:
        currency = own if own in named else next(iter(named))
        found.append(Said("title", clean(named[currency]), Heading(currency=currency)))
    for note in notes:
        if len(note) < _LONGEST_LINE and _NOTE_OF_AMOUNTS(note) and not _OF_RATES(note):
            says = _unit_of_line(note, own) or Heading()
            currency = says.currency or currency_of_title(note, own)
            found.append(Said("note", clean(note), Heading(says.unit, says.written, currency)))
    return [one for one in found if one.says.unit is not None or one.says.currency is not None]


def _by_heading(heading: str, row: str) -> Iterator[tuple[Place, str]]:
    yield "heading", heading.removesuffix(row).rstrip()
    if row:
        yield "row", row


def _own_yuan(says: Heading, own: str) -> Heading:
    """Return what is said, 元 being the yuan to whom it is the own."""
    yuan = says.currency is None and own == "CNY" and says.written.endswith("元")
    return Heading(says.unit, says.written, own) if yuan else says


def _unit_of_line(line: str, own: str) -> Heading | None:
    """Return what a line such as ``单位：万元`` says, or one that ends with a unit in brackets."""
    if _UNIT_LINE(line):
        begins = _UNIT_BEGINS.search(line)
        part = begins[0] if begins and begins.end() < len(line) and line[begins.end()] == "计" else line
        part = line[begins.start() :] if begins and part is line else part
        says = parse_heading(part, own)
        if says.unit is None and (unit := parse_unit(_COLON.split(part)[-1], own)):
            says = unit
    elif (bracket := _BRACKET_LAST(line)) and not _LETTER(bracket[1].strip().lower()):
        says = parse_unit(bracket[1], own) or Heading()
    else:
        return None
    return says if says.unit is not None or says.currency is not None else None


@dataclass(frozen=True)
class ByRow:
    """A column that says of each row what its amount counts, or in which currency: ``at``, and what its cells say.

    None is what says nothing that is known; blank cells are not among them.
    """

    at: int
    says: dict[str, Heading | None]


def says_nothing(cell: str) -> bool:
    """Whether a cell of such a column is as good as blank."""
    return cell.strip().lower() in _NOTHING


_NOTHING: Final = frozenset({"", "-", "--", "—", "/", "n/a", "na", "none", "null"})


def by_row(columns: Columns, taken: Collection[int], texts: Collection[int], amount: str, own: str) -> list[ByRow]:
    """Return the columns that speak of each row's ``amount``: of its currency, and of its unit.

    They are known by their headings, unless figures stand in them, or for having nothing but currencies, or units.
    Those ``taken`` for something else are none, but for ``texts`` whose heading and cells both are of units.
    """
    headers, rows = columns.headers[: columns.width], columns.rows
    units = {at for at in texts if _SAYS_UNIT(headers[at].strip()) and _all(rows, at, _is_unit, own)}
    taken = set(taken) - units
    found: list[ByRow] = []
    for kind, is_known in ((_currency, _is_currency), (_unit, _is_unit)):
        named = currency_columns(headers, taken, amount) if kind is _currency else []
        if kind is _unit:
            named = [at for at, header in enumerate(headers) if at not in taken and _SAYS_UNIT(header.strip())]
        at = _by_name(rows, named, own, kind)
        if at is None:
            others = [at for at in range(len(headers)) if at not in taken and at not in {one.at for one in found}]
            at = next((at for at in others if _all(rows, at, is_known, own)), None)
        if at is not None and at not in {one.at for one in found}:
            cells = dict.fromkeys(row[at] for row in rows if at < len(row))
            found.append(ByRow(at, {cell: kind(cell, own) for cell in cells if not says_nothing(cell)}))
    return found


def _by_name(
    rows: Sequence[Sequence[str]], named: Sequence[int], own: str, kind: Callable[[str, str], Heading | None]
) -> int | None:
    """Return the first of some columns that holds what its heading says: no figures; of units one at the least."""
    for at in named:
        cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
        different = set(cells)
        if kind is _unit:
            if any(_unit(cell, own) for cell in different):
                return at
        elif 2 * sum(map(is_amount, cells)) <= len(cells):
            return at
    return None


def _all(rows: Sequence[Sequence[str]], at: int, known: Callable[[str, str], bool], own: str) -> bool:
    """Whether all cells of a column that are not blank are known, and there are some."""
    checked: set[str] = set()
    for some in (islice(rows, _SAMPLE), rows):
        for row in some:
            cell = row[at].strip() if at < len(row) else ""
            if cell and cell not in checked:
                if not known(cell, own):
                    return False
                checked.add(cell)
    return bool(checked)


def _currency(cell: str, own: str) -> Heading | None:
    """What a cell of a column of currencies says; it may have a unit, too: ``USD thousand``."""
    currency, says = currency_named(cell, own), parse_unit(cell, own)
    if currency is None and says is None:
        return None
    return Heading(says.unit if says else None, cell.strip(), (says and says.currency) or currency)


def _is_currency(cell: str, own: str) -> bool:
    """Whether a cell says nothing but a currency, in one way or in several: ``USD 美元``, ``EUR - Euro``."""
    if folded(cell) in NAMING:
        return cell not in ("ALL", "TOP") and currency_meant(cell, own) is not None
    first, _, others = _BETWEEN_NAMES.sub(" ", cell).strip().partition(" ")
    meant = currency_meant(first, own)
    return cell == "元" or (meant is not None and folded(first) in NAMING and currency_meant(others, own) == meant)


def _unit(cell: str, own: str) -> Heading | None:
    return parse_unit(cell, own)


def _is_unit(cell: str, own: str) -> bool:
    """Whether a cell is a unit where no heading says so: no letter, no figure, not a currency alone."""
    if (len(cell) == 1 and cell.isascii()) or any(map(str.isdigit, cell)):
        return False
    says = parse_unit(cell, own)
    return says is not None and says.unit is not None


def at_odds(said: Sequence[Said]) -> list[Said]:
    """Return those that give different units, each unit once; none where they agree.

    >>> at_odds(said_of("收入(千元)", "", [["单位：千元"]], [], "CNY"))
    []
    """
    units: dict[int, Said] = {}
    for one in said:
        if one.says.unit is not None:
            units.setdefault(one.says.unit, one)
    return list(units.values()) if len(units) > 1 else []
