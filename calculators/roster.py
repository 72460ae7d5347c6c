"""One roster: a list of people that is read in one calculator, handed to another that asks for one too.

Which table of which calculator another can fill, and by which columns, follows from what both declare and from the
headings that they know (``headings.toml``): two columns are the same where they hold the same kind of thing and each
is known by what the other is called first. Nothing is handed over unless the reader asks.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from calculators import CALCULATORS
from calculators.engine.asks.currencies import decimals
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.headings import known_headings
from calculators.engine.shows.text import number
from calculators.work import Work

PLACES = 4
"""Decimals of a number that is handed over."""


@dataclass(frozen=True)
class Offer:
    """A table of another calculator that can fill one of this: ``columns`` are theirs, by the names that ours have."""

    calculator: str
    table: str
    columns: Mapping[str, str]


def offers(name: str, settings: Settings) -> dict[str, list[Offer]]:
    """Return by table of a calculator what other calculators' lists of people can fill it, all that it needs."""
    found: dict[str, list[Offer]] = {}
    for table in _rosters(name, settings):
        for other in CALCULATORS:
            if other == name:
                continue
            for theirs in _rosters(other, settings):
                columns = _matched(table, theirs)
                if all(column.name in columns for column in table.columns if column.required):
                    found.setdefault(table.name, []).append(Offer(other, theirs.name, columns))
    return found


def _rosters(name: str, settings: Settings) -> list[TableSpec]:
    """Return the lists of people of a calculator: tables that begin with a column of people.

    Of several that begin with the same column the others say more about the people of the first: their absences, what
    they did, where they stood before.
    """
    found: dict[str, TableSpec] = {}
    for table in CALCULATORS[name].declare(settings).tables:
        if table.columns[0].people and not table.from_result:
            found.setdefault(table.columns[0].name, table)
    return list(found.values())


def _matched(table: TableSpec, theirs: TableSpec) -> dict[str, str]:
    """Return which of their columns is which of a table's: people, then one of a name, or headed alike."""
    columns = {table.columns[0].name: theirs.columns[0].name}
    for alike in (_same_name, _headed_alike):
        for column in table.columns:
            for other in theirs.columns:
                free = column.name not in columns and other.name not in columns.values()
                if free and column.kind == other.kind and column.people == other.people and alike(column, other):
                    columns[column.name] = other.name
    return columns


def _same_name(column: ColumnSpec, other: ColumnSpec) -> bool:
    return column.name == other.name


def _headed_alike(column: ColumnSpec, other: ColumnSpec) -> bool:
    """Say whether each is known by what the other is called first.

    One way is not enough: what begins an absence may be headed as what begins a job, and is not.
    """
    known = known_headings()
    if column.name not in known or other.name not in known:
        return False
    ours, theirs = known[column.name], known[other.name]
    return any(one[0] in two and two[0] in one for one, two in ((ours.zh, theirs.zh), (ours.en, theirs.en)))


def handed(work: Work, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return another calculator's list as rows for a table of this one.

    ``asked`` has the other's ``calculator`` with its values, tables and plan as a request has them, its table as
    ``from``, and the table here as ``to``; without a column that this table needs there is none. Names are pseudonyms
    where they are there. Raises InvalidInputs where the
    other list cannot be read, ValueError for what is not offered.
    """
    offered = offers(work.calculator.name, work.settings).get(asked["to"], [])
    offer = next((one for one in offered if (one.calculator, one.table) == (asked["calculator"], asked["from"])), None)
    if offer is None:
        raise ValueError(f"{asked['from']} of {asked['calculator']} is not offered for {asked['to']}")
    request = {name: asked[name] for name in ("calculator", "values", "tables", "plan", "scenario") if name in asked}
    other = Work(work.settings, {**request, "language": work.language}, work.attachments)
    reading, given = other.readings[offer.table], other.tables[offer.table]
    if reading is None or not given.is_own:
        return {"rows": [], "count": 0}
    frame = reading.frame.drop_duplicates(given.spec.columns[0].name)  # one a row, as a roster has them
    kinds = {column.name: column.kind for column in given.spec.columns}
    known = [(ours, theirs) for ours, theirs in offer.columns.items() if reading.mapping.get(theirs) is not None]
    if any(column.required and column.name not in dict(known) for column in work.tables[asked["to"]].spec.columns):
        return {"rows": [], "count": 0}
    header = [work.wording.words(f"column.{ours}") for ours, _ in known]
    cells = [
        [_cell(value, kinds[theirs], work.currency) if there else "" for value, there in _values(frame, theirs)]
        for _, theirs in known
    ]
    rows = [header, *map(list, zip(*cells, strict=True))]
    return {"rows": rows, "count": len(rows) - 1, "columns": header}


def _values(frame: Any, column: str) -> list[tuple[Any, bool]]:
    values = frame[column].tolist()
    known = frame[f"{column}_known"].tolist() if f"{column}_known" in frame else [True] * len(values)
    return list(zip(values, known, strict=True))


def _cell(value: Any, kind: str, currency: str) -> str:
    """Return a value as it is written into a table."""
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if kind == "money":
        return f"{Decimal(int(value)).scaleb(-decimals(currency)):f}"
    if isinstance(value, Fraction):
        return f"{number(100 * value, PLACES)}%" if kind == "percent" else number(value, PLACES)
    return str(value)
