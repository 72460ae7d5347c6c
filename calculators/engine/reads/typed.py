"""What was typed into a form, read as its fields are declared (``engine/asks/fields.py``)."""

import datetime
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from calculators.engine.asks.currencies import decimals
from calculators.engine.asks.errors import InputError, InvalidInputs, Unusable
from calculators.engine.asks.fields import DECIMAL_PLACES, OFF, ON, UNREADABLE, Declaration, Field, shown
from calculators.engine.asks.limits import MAX_CELL
from calculators.engine.reads.amounts import NotAnAmount, is_money, parse_amount
from calculators.engine.reads.dates import parse_date
from calculators.engine.reads.number_style import HALF_WIDTH, half_width

LONGEST_HOLIDAY: Final = 366
"""Days between the first and the last day of a line: what is longer is a slip in the year."""


class NotTypedError(ValueError):
    """What stands in a text of several numbers or days is none: which ``cell`` or line, and the ``code`` of why."""

    def __init__(self, code: str, cell: str) -> None:
        super().__init__(f"{code}: {cell}")
        self.code = code
        self.cell = cell


def parse(declaration: Declaration, values: Mapping[str, Any], *, currency: str = "CNY") -> dict[str, Any]:
    """Return the value of every field, as held; a field that is not given keeps its default.

    Reads text as a form gives it or numbers, as cells of lists are read: separators, units (万, k, m), full-width
    digits, a percent sign and the sign of the company's ``currency`` are understood. What stands in a field that does
    not matter beside the others is not looked at. Raises InvalidInputs with every mistake.

    >>> declaration = Declaration((Field("a", "percent", "shares", 2000, 0, 10000),))
    >>> parse(declaration, {"a": "１２.５％"}), parse(declaration, {})
    ({'a': 1250}, {'a': 2000})
    """
    errors: list[InputError] = []
    known = {field.name: field for field in declaration.fields}
    result = {field.name: field.default for field in declaration.fields}
    for name, raw in values.items():
        if name not in known:
            errors.append(InputError(name, "fields.unknown", {"name": name, "names": tuple(known)}))
            continue
        try:
            result[name] = _value(known[name], raw, currency)
        except _NotAcceptedError as error:
            errors.append(InputError(name, error.code, error.params))
    idle = declaration.idle(result)
    result |= {name: known[name].default for name in idle}
    errors = [error for error in errors if error.field not in idle]
    wrong = {error.field for error in errors} | set(idle)
    for rule in declaration.sums:
        total = sum(result[name] for name in rule.fields)
        if total != rule.total and not wrong & set(rule.fields):
            first = known[rule.fields[0]]
            params = {"total": shown(first, total, currency), "wanted": shown(first, rule.total, currency)}
            errors += [InputError(name, "fields.wrong_sum", params) for name in rule.fields]
    if errors:
        raise InvalidInputs(errors)
    return result


class _NotAcceptedError(Unusable):
    """One field's text was refused; the caller adds which field."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"fields.{code}", **params)


def _out_of_bounds(field: Field, raw: Any, currency: str) -> _NotAcceptedError:
    bounds = {"minimum": shown(field, field.minimum, currency), "maximum": shown(field, field.maximum, currency)}
    return _NotAcceptedError("out_of_bounds", value=raw, **bounds)


def _value(field: Field, raw: Any, currency: str) -> Any:
    """Return one field's value as held; text that is blank is no value."""
    if field.kind not in ("line", "text") and isinstance(raw, str) and len(raw) > MAX_CELL:
        raise _NotAcceptedError("too_long", length=len(raw), maximum=MAX_CELL)
    if field.kind not in ("line", "text") and (raw is None or (isinstance(raw, str) and not raw.strip())):
        if field.optional:
            return None
        raise _NotAcceptedError("no_date" if field.kind == "date" else "empty")
    match field.kind:
        case "choice":
            return _choice(field, raw)
        case "switch":
            return _switch(raw)
        case "date":
            return _date(field, raw)
        case "line" | "text":
            return _text(field, raw)
    return _number(field, raw, currency)


def _choice(field: Field, raw: Any) -> str:
    if raw not in field.options:
        raise _NotAcceptedError("not_an_option", value=raw, options=field.options)
    return str(raw)


def _switch(raw: Any) -> bool:
    if raw not in (ON, OFF, True, False):
        raise _NotAcceptedError("not_an_option", value=raw, options=(ON, OFF))
    return raw in (ON, True)


def _number(field: Field, raw: Any, currency: str) -> int:
    """Return a number as held, read as a cell of a list is; one that is no amount has no currency beside it."""
    places = decimals(currency) if field.kind == "money" else DECIMAL_PLACES[field.kind]
    try:
        number = _read(field.kind, raw, currency, places)
    except NotAnAmount as fault:
        if fault.code == "tables.amount_too_large":
            raise _out_of_bounds(field, raw, currency) from None
        raise
    too_fine = number.denominator > 1
    if too_fine and field.kind == "money":
        raise _NotAcceptedError("too_fine", value=raw, places=places)
    if not field.minimum <= number <= field.maximum:
        raise _out_of_bounds(field, raw, currency)
    if too_fine:
        raise _NotAcceptedError("too_fine" if places else "not_whole", value=raw, places=places)
    return int(number)


def _read(kind: str, raw: Any, currency: str, places: int) -> Fraction:
    """Return a number in units of its last decimal. Raises NotAnAmount for one that is larger than any."""
    text = half_width(str(raw))
    if kind in ("percent", "share"):
        text = text.removesuffix("%").rstrip()
    try:
        amount = None if isinstance(raw, bool) else parse_amount(text, currency=currency, places=places)
    except NotAnAmount as fault:
        if fault.code == "tables.amount_too_large":
            raise
        if fault.code == "tables.separators":
            raise _NotAcceptedError("separators", value=raw) from None
        if fault.code == "tables.foreign_currency" and kind == "money":
            raise _NotAcceptedError("foreign_currency", **{**fault.params, "value": raw}) from None
        amount = None
    if amount is None or (kind != "money" and is_money(text, currency)):
        raise _NotAcceptedError("not_an_amount" if kind == "money" else "not_a_number", value=raw)
    return Fraction(amount.held) if amount.finer is None else amount.finer * 10**places


def _date(field: Field, raw: Any) -> datetime.date:
    date = parse_date(str(raw))
    if date is None:
        raise _NotAcceptedError("unreadable" if raw == UNREADABLE else "not_a_date", value=raw)
    if not field.minimum <= date.year <= field.maximum:
        raise _NotAcceptedError("out_of_years", value=raw, minimum=field.minimum, maximum=field.maximum)
    return date


def _text(field: Field, raw: Any) -> str:
    """Return the text, spaces at the ends of lines taken away."""
    lines = [" ".join(line.split()) for line in str(raw).splitlines()]
    text = (" " if field.kind == "line" else "\n").join(lines).strip()
    if len(text) > field.maximum:
        raise _NotAcceptedError("too_long", length=len(text), maximum=field.maximum)
    return text


def figure_typed(kind: str, raw: str, currency: str) -> int | Fraction:
    """Return what a figure of a kind shall come to, as held; a share is typed as a percentage.

    Raises InvalidInputs for what is none.

    >>> [figure_typed(*one, "CNY") for one in (("share", "102.5%"), ("money", "1.2万"), ("count", "1,200"))]
    [Fraction(41, 40), 1200000, Fraction(1200, 1)]
    """
    money = kind == "money"
    places = decimals(currency) if money else 0
    try:
        number = _read(kind, raw, currency, places)
        if number.denominator > 1 and money:
            raise _NotAcceptedError("too_fine", value=raw, places=places)
    except _NotAcceptedError as mistake:
        raise InvalidInputs([InputError("goal", mistake.code, mistake.params)]) from None
    except NotAnAmount as fault:
        raise InvalidInputs([InputError("goal", fault.code, fault.params)]) from None
    return int(number) if money else number / (100 if kind == "share" else 1)


def numbers_typed(text: str) -> list[Fraction]:
    """Return the numbers of a line, with commas, spaces or slashes between them; NotTypedError names what is none.

    >>> numbers_typed("90, 60.5 100%")
    [Fraction(90, 1), Fraction(121, 2), Fraction(100, 1)]
    """
    cells = [cell for cell in re.split(r"[\s,、;/|]+", text.translate(HALF_WIDTH).replace("%", "")) if cell]
    for cell in cells:
        if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,4})?", cell, re.ASCII):
            raise NotTypedError("not_numbers", cell)
    return [Fraction(cell) for cell in cells]


def days_typed(line: str) -> list[datetime.date]:
    """Return the days of a line: one, or from a first to a last one; NotTypedError says what is wrong with it.

    >>> len(days_typed("2027-02-03 至 2027-02-05"))
    3
    """
    ends = [parse_date(part.strip()) for part in re.split(r"至|到|~|～|–|—|\.\.|\bto\b", line)]
    known = [end for end in ends if end]
    if len(known) != len(ends) or len(known) not in (1, 2) or known[0] > known[-1]:
        raise NotTypedError("not_days", line)
    if (known[-1] - known[0]).days > LONGEST_HOLIDAY:
        raise NotTypedError("too_many_days", line)
    return [datetime.date.fromordinal(at) for at in range(known[0].toordinal(), known[-1].toordinal() + 1)]
