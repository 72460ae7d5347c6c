"""Rows that are no records: without a name, notes, formulas without results, and rows about other rows.

What such rows call themselves is known in ``total_labels`` and what they come to in ``totals``; here they are left out,
asked about and compared with what was read.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, Final

from calculators.engine.asks.errors import Sentence
from calculators.engine.asks.tables import ColumnSpec
from calculators.engine.reads.amounts import LARGEST, is_error
from calculators.engine.reads.periods import period_of
from calculators.engine.reads.rows import LONGEST_SHOWN, TableRows, levels_in, name_of
from calculators.engine.reads.sections import ask_about_parts
from calculators.engine.reads.sources import Remark, clean
from calculators.engine.reads.total_labels import Label, footnotes_of, is_balance, labels_of
from calculators.engine.reads.totals import Body, Compared, Finder, Found, footnotes, levels, lone_footnote, numbered

_SEVERAL: Final = 2
_NAMES_A_GROUP = re.compile(
    r".*(?:区|部|组|队|团队|事业部|中心|分公司|省|市|[:：])|(?:.*[^a-z])?(?:team|region|area|group|department|dept|division|office"
    r"|branch|territory|zone|unit|squad)(?:[^a-z].*)?",
    re.IGNORECASE,
).fullmatch
_ONE_IN: Final = 10
_MOST: Final = 1.25  # named rows in so many have a cell that all without a name have, too


def leave_out_unvalued(table: TableRows) -> None:
    """Rows with a formula in one of our columns whose result the workbook does not hold."""
    names = {
        part: name
        for name, index in table.layout.mapping.items()
        if index is not None
        for part in table.layout.columns.parts(index)
    }
    for (row, at), formula in table.layout.grid.marks.unvalued.items():
        index = row - table.layout.start
        if at in names and 0 <= index < len(table.body) and index not in table.problems and index not in table.blank:
            table.problem(index, "tables.formula", names[at], formula)


def ask_about_names_above(table: TableRows, cells: Mapping[str, list[str]]) -> None:
    """Ask whether rows without a name, otherwise filled like the others, are of the name above, as pivots have them."""
    name = name_of(table.spec)
    if name is None or table.main is None or "" not in cells[name.name]:
        return
    names, place = cells[name.name], table.layout.mapping[name.name]
    amounts = table.layout.columns.parts(table.layout.mapping[table.main.name] or 0)
    used = [index for index in range(len(names)) if index not in table.blank and index not in table.problems]
    lines = {index: {at for at, cell in enumerate(table.body[index]) if cell.strip()} for index in used}
    named = [index for index in used if names[index]]
    usual = {
        at
        for at in set().union(*(lines[index] for index in named))
        if at not in amounts and at != place and _MOST * sum(at in lines[index] for index in named) >= len(named)
    }
    below: dict[int, str] = {}
    above = ""
    for index in used:
        above = names[index] or above
        full = bool(usual) and usual <= lines[index] and not lines[index].isdisjoint(amounts)
        if full and above and not names[index] and not labels_of(clean(table.body[index][at]) for at in usual):
            below[index] = above
    few = len(below) < _SEVERAL or _ONE_IN * len(below) < len(used)  # names that are missing here and there
    if few or any(label.certain for label in labels_of(below.values()).values()):
        return
    first = min(below)
    params = {"header": table.header(name), "count": len(below), "row": table.layout.start + first + 1}
    without: dict[int, list[str]] = {index: [] for index in below}
    options: dict[str, dict[str, object]] = {
        "above": {"cell": below[first][:LONGEST_SHOWN], "total": table.rough_total({})},
        "leave_out": {"total": table.rough_total(without)},
    }
    if table.asking.ask("nameless", params, options) == "above":
        for index, above in below.items():
            names[index] = above


def ask_about_sections(table: TableRows, cells: Mapping[str, list[str]]) -> None:
    """Ask whether rows that say a name and nothing else, the first of all and others, name the rows below them."""
    name = name_of(table.spec)
    if name is None:
        return
    names = cells[name.name]
    order = [index for index in range(len(table.body)) if index not in table.blank and index not in table.problems]
    if not order or sum(map(bool, table.line(order[0]))) != 1:
        return
    lines = {index: sum(bool(cell.strip()) for cell in table.body[index]) for index in order}
    alone = [index for index in order if lines[index] == 1 and names[index]]
    follows = dict(zip(order, [*order[1:], -1], strict=True))
    apart = all(lines.get(follows[index], 1) > 1 for index in alone)
    if len(alone) < _SEVERAL or not apart:
        return
    periods = [period_of(names[index]) for index in alone]
    in_periods = all(periods) and len(set(periods)) == len(alone)
    marks, start = table.layout.grid.marks, table.layout.start
    bands = {top - start for top, left, bottom, right in marks.merged if right > left and top == bottom}
    stand_out = bands | {row - start for row in marks.bold if 4 * len(marks.bold) < len(table.body)}
    if not in_periods and not all(_NAMES_A_GROUP(names[index]) or index in stand_out for index in alone):
        return  # of records the rest may just be unknown
    first = names[alone[0]][:LONGEST_SHOWN]
    params = {"count": len(alone), "cell": first, "row": table.layout.start + alone[0] + 1}
    options = {"leave_out": {"count": len(order) - len(alone)}, "count": {"count": len(order)}}
    if in_periods or table.asking.ask("sections", params, options, assumed="leave_out") == "leave_out":
        for index in alone:
            table.problem(index, "tables.group_heading", name.name, names[index], header=table.header(name))
    if in_periods and table.main:
        ends = zip(alone, [*alone[1:], len(table.body)], strict=True)
        ask_about_parts(table, [(names[at], set(range(at, end))) for at, end in ends])


def leave_out_nameless(table: TableRows, cells: Mapping[str, list[str]]) -> None:
    """Notes below the table, and rows that have no name, or one that is none."""
    names = [column for column in table.spec.columns if column.kind == "text" and column.required]
    for index in footnotes(table.body, table.blank) if names else ():
        note = next(filter(None, table.line(index)), "")
        table.problem(index, "tables.footnote", names[0].name, note, header=table.header(names[0]))
    for column in names:
        _leave_out_by_name(table, column, cells[column.name])


def _leave_out_by_name(table: TableRows, column: ColumnSpec, cells: list[str]) -> None:
    """Rows that are no record: totals, headers once more, footnotes, those without a name."""
    header = table.header(column)
    index = table.layout.mapping[column.name]
    headings = {line[index] for line in table.layout.lines if index is not None and index < len(line)}
    names = set(cells)
    labels = labels_of(names)
    if not table.main:  # without figures nothing is compared with a total: "last year" is a name
        labels = {name: label for name, label in labels.items() if label.function not in ("other", "part")}
    table.known_labels = table.known_labels or labels
    errors = set(filter(is_error, names))
    figures = table.layout.cells(table.layout.mapping[table.main.name] or 0) if table.main else [""] * len(cells)
    alone = {name for name, figure in zip(cells, figures, strict=False) if not figure or not figure.strip()}
    suspects = {"", *headings, *labels, *errors, *footnotes_of(alone)} & names
    # Most tables have no suspects at all, and theirs is the time that counts.
    for index, name in enumerate(cells) if suspects else ():
        if name not in suspects or index in table.blank or index in table.problems:
            continue
        code, cell = _why_nameless(table, table.body[index], name)
        if code == "tables.total_row" or (code == "tables.blank_text" and not name):
            table.aside[index] = labels_of([cell]).get(cell)
        if code:
            table.problem(index, code, column.name, cell, header=header)


def _why_nameless(table: TableRows, row: Sequence[str], name: str) -> tuple[str | None, str]:
    layout = table.layout
    filled = [(at, cell) for at, cell in enumerate(map(clean, row)) if cell]
    mapped = [index for index in layout.mapping.values() if index is not None]
    if layout.is_header([clean(cell) for cell in row], mapped):
        return "tables.repeated_header", name
    if note := lone_footnote(row):
        return "tables.footnote", note
    if is_error(name):
        return "tables.excel_error", name
    if name:
        label = labels_of([name]).get(name)
        is_total = label is not None and label.certain and label.function != "part"  # parts may be records yet
        return ("tables.total_row", name) if is_total else (None, "")
    money = {layout.mapping[column.name] for column in table.spec.columns if column.kind == "money"}
    for at, cell in filled:
        if at not in money and labels_of([cell]):
            return "tables.total_row", cell
    return "tables.blank_text", ""


def label_rows(table: TableRows, cells: Mapping[str, list[str]]) -> dict[int, Label]:
    """What rows call themselves that may be about others, by their names or by another text beside those."""
    name = name_of(table.spec)
    if name is None or table.spec.from_result:
        return {}
    labels = {index: label for index, label in table.aside.items() if label}
    names = cells[name.name]
    known = table.known_labels
    left_out = table.blank | table.problems.keys()
    for index, cell in enumerate(names) if known else ():
        if cell in known and index not in left_out:
            labels[index] = known[cell]
    for at in range(len(table.layout.headers)) if table.main else ():
        if at in (table.layout.mapping[name.name], table.layout.mapping[table.main.name]):  # type: ignore[union-attr]  # asked above
            continue
        column = [row[at] if at < len(row) else "" for row in table.body]
        certain = {cell: label for cell, label in labels_of(column).items() if label.certain}
        said = {cell: label for cell, label in certain.items() if label.function != "part"}
        balances = {cell for cell in said if is_balance(cell)}
        rows = [index for index, cell in enumerate(column) if cell in said] if said else []
        few = 2 * len(rows) <= len(table.body)
        for index in rows:
            is_sure = column[index] in balances
            if index not in left_out and (few or is_sure):
                labels.setdefault(index, Label(said[column[index]].function, is_sure, group=names[index]))
    return labels


def leave_out_totals(
    table: TableRows,
    cells: Mapping[str, list[str]],
    values: Mapping[str, tuple[list[Any], list[bool]]],
) -> None:
    """Rows about other rows, by what they come to; what is open is asked, what they state is compared."""
    name = name_of(table.spec)
    place = None if name is None else table.layout.mapping[name.name]
    if name is None or place is None or table.spec.from_result or not (table.main or table.labels):
        return
    none: tuple[list[Any], list[bool]] = [0] * len(table.body), [False] * len(table.body)
    amounts, known = values[table.main.name] if table.main else none
    column = table.layout.mapping[table.main.name] if table.main else None
    one = table.one(table.main) * table.units.get(table.main.name, 1) if table.main else 1
    if table.main and table.main.kind == "number":
        exact = lcm(*(amount.denominator for amount in amounts))
        one = exact if exact * max(map(abs, amounts), default=0) <= LARGEST else one
        amounts = [round(amount * one) for amount in amounts]
    start, marks = table.layout.start, table.layout.grid.marks
    outline = {row - start: 2 * level for row, level in levels_in(table.layout.grid).items() if row >= start}
    body = Body(
        rows=table.body,
        names=cells[name.name],
        name_column=place,
        labels=table.labels,
        amounts=amounts,
        known=known,
        column=-1 if column is None else column,
        one=one,
        is_money=table.main is not None and table.main.kind == "money",
        out=table.blank | (table.problems.keys() - table.aside.keys()),
        blank=table.blank,
        level=outline
        or levels([row[place] if place < len(row) else "" for row in table.body])
        or numbered(table.body, place, table.layout.unread()),
        bold={row - start for row in marks.bold},
        currency=table.currency,
        strict=name.people or table.main is None or table.main.kind != "money",
    )
    finder = Finder(body)
    found = finder.find()
    for index in [*found.totals, *found.heads]:
        code = "tables.total_row" if index in found.totals else "tables.group_heading"
        table.problem(index, code, name.name, _called(table, index, cells[name.name]), header=table.header(name))
    _ask_totals(table, body, found, name)
    _compare_totals(table, body, finder.compared(found, table.blank | table.problems.keys()))


def _called(table: TableRows, index: int, names: Sequence[str]) -> str:
    """What a row about others is called: its name, else the first words in it."""
    problem = table.problems.get(index)
    return names[index] or (problem.cell if problem else "") or next(filter(None, map(clean, table.body[index])), "")


def _ask_totals(table: TableRows, body: Body, found: Found, name: ColumnSpec) -> None:
    """Ask about rows that may be totals or records, each time with what the list comes to."""
    for question, rows, assumed in (
        ("totals", found.open, found.open_is_total),
        ("totals.called", found.called, found.called_is_total),
        ("totals.below", found.below, None),
        ("totals.parts", found.parts, True if found.parts_are_likely else None),
    ):
        if not rows:
            continue
        first = next(iter(rows))
        kept = [index for index in range(len(table.body)) if index not in body.blank and index not in table.problems]
        amounts = [body.amounts[index] for index in kept if index not in rows]
        both = sum(amounts) + sum(body.amounts[index] for index in rows)
        row = {"cell": body.names[first][:LONGEST_SHOWN], "row": table.layout.start + first + 1}
        why = Sentence(f"tables.ask.totals.{question.partition('.')[2] or 'equal'}", {**row, "count": len(rows)})
        answer = table.asking.ask(
            question,
            {"why": why},
            {
                "leave_out": {"total": _amount(body, sum(amounts)), "count": len(amounts)},
                "count": {"total": _amount(body, both), "count": len(kept)},
            },
            assumed=None if assumed is None else "leave_out" if assumed else "count",
        )
        if answer == "leave_out":
            for index, total in rows.items():
                found.totals[index] = total
                table.problem(index, "tables.total_row", name.name, body.names[index], header=table.header(name))


def _amount(body: Body, amount: int) -> Sentence:
    """A sum of the main column, in money or as a number."""
    if body.is_money:
        return Sentence("tables.ask.totals.money", {"amount": amount})
    return Sentence("tables.ask.totals.number", {"amount": Fraction(amount, body.one)})


def _compare_totals(table: TableRows, body: Body, compared: Sequence[Compared]) -> None:
    """Say whether the totals left out agree with the rows read."""
    differing = [one for one in compared if one.stated != one.read]
    if compared and not differing:
        table.remarks.append(Remark("tables.totals_agree", {"count": len(compared)}))
    if differing:
        worst = max(differing, key=lambda one: abs(one.stated - one.read))
        params = {
            "cell": table.problems[worst.at].cell,
            "row": table.layout.start + worst.at + 1,
            "stated": _amount(body, worst.stated),
            "read": _amount(body, worst.read),
            "difference": _amount(body, abs(worst.stated - worst.read)),
            "count": len(differing),
            "others": len(differing) - 1,
        }
        table.remarks.append(Remark("tables.totals_differ", params))
