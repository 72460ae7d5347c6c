"""HTML of a result: the same at build and in the browser.

Says how things look to a reader, in one language; knows no calculator by name and computes nothing. Forms, and
tables to read in, are in ``form.py``.
"""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

from calculators.engine.answers.result import (
    PAGE_ROWS,
    Board,
    Chart,
    Column,
    Entry,
    Figure,
    Notice,
    Pick,
    Place,
    Put,
    PutRow,
    Result,
    Section,
    Table,
    Value,
    ValueKind,
    page_bounds,
)
from calculators.engine.shows.markup import Markup, button, join, tag
from calculators.engine.shows.text import number, trimmed
from calculators.engine.shows.wording import Wording

GRID_FROM = 8
"""Columns beyond which the first one stays in sight while a reader goes along a line."""
LONG_FIGURE = 12
"""Characters of a number beyond which a figure takes the room of two: on a phone it would break."""
NUMERIC: frozenset[ValueKind] = frozenset({"count", "money", "share", "number", "index"})
ENTRIES_SHOWN = 12
"""Entries of a place that are seen without unfolding the rest; on paper all are."""
ENTRIES_AT_MOST = 300
"""Entries of a place that go into the page; how many more there are is said, and the tables have them."""


class Page:
    """Renders one calculator's results in the words of one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.words = wording.words
        self.has = wording.has
        self.text = wording.text

    def result(
        self,
        result: Result,
        *,
        pages: Mapping[str, int] | None = None,
        drawings: Mapping[str, str] | None = None,
        example: bool = False,
    ) -> Markup:
        """Return the result; ``drawings`` are SVGs of its charts, drawn at build.

        Of an ``example``, what may be done with the reader's own data only cannot be done.
        """
        return join(
            [
                tag(
                    "div",
                    button(self.words("action.download_xlsx"), data_action="download", data_format="xlsx"),
                    button(self.words("action.print"), data_action="print"),
                    class_="pb-actions",
                    data_needs_script=True,
                ),
                [self._section(section, pages or {}, drawings or {}, example) for section in result.sections],
            ]
        )

    def _section(
        self, section: Section, pages: Mapping[str, int], drawings: Mapping[str, str], example: bool
    ) -> Markup:
        return tag(
            "section",
            tag("h3", self.words(f"section.{section.name}.label")),
            tag("p", self.words(f"section.{section.name}.help")) if self.has(f"section.{section.name}.help") else None,
            self._notices(section.notices),
            tag("dl", [self._figure(figure) for figure in section.figures], class_="pb-figures")
            if section.figures
            else None,
            self._boards(section.boards),
            [self._chart(chart, drawings.get(chart.name)) for chart in section.charts],
            [self._table(table, pages.get(table.name, 1), example) for table in section.tables],
            [self._action(action, example) for action in section.actions],
            data_section=section.name,
            class_="pb-section",
        )

    def _action(self, action: PutRow, example: bool) -> Markup:
        row = {**action.row, **{column: self.text(key) for column, key in action.words.items()}}
        waits = example and action.own_only
        put = {"table": action.table, "row": row, "key": action.key}
        return tag(
            "div",
            button(
                self.words(f"action.{action.name}", **row),
                data_action="put-row",
                data_put=json.dumps(put, ensure_ascii=False),
                disabled=waits,
                class_="pb-primary",
            ),
            tag("small", self.words("own_data_first"), class_="pb-help") if waits else None,
            class_="pb-actions",
            data_needs_script=True,
        )

    def _notices(self, notices: Sequence[Notice]) -> Markup | None:
        if not notices:
            return None
        return tag(
            "ul",
            [
                tag(
                    "li",
                    tag("b", self.words(f"level.{notice.level}")) if notice.level != "note" else None,
                    " " if notice.level != "note" else None,
                    self.text(notice.code, **notice.params),
                    data_level=notice.level,
                    data_code=notice.code,
                )
                for notice in notices
            ],
            class_="pb-notices",
        )

    def _figure(self, figure: Figure) -> Markup:
        params = {"value": figure.value, **figure.params}
        has_value = figure.value is not None
        whole = isinstance(figure.value, int | Fraction) and Fraction(figure.value).denominator == 1
        places = 0 if figure.kind == "number" and whole else None
        shown = self.wording.value(figure.kind, figure.value, places)
        return tag(
            "div",
            tag("dt", self.words(f"figure.{figure.name}.label")),
            tag("dd", shown, data_figure=figure.name, class_="pb-value"),
            tag("dd", self.words(f"figure.{figure.name}.help", **params), class_="pb-help")
            if has_value and self.has(f"figure.{figure.name}.help")
            else None,
            data_long=figure.kind in NUMERIC and len(shown) > LONG_FIGURE,
        )

    def _chart(self, chart: Chart, drawing: str | None) -> Markup:
        description = self.words(f"chart.{chart.name}.description", **chart.params)
        title = self.words(f"chart.{chart.name}.label")
        return tag(
            "figure",
            tag("figcaption", tag("b", title), tag("span", description)),
            tag(
                "div",
                Markup(drawing) if drawing else None,
                class_="pb-canvas",
                data_canvas=True,
                role="img",
                aria_label=f"{title}. {description}",
            ),
            tag(
                "div", button(self.words("action.png"), data_action="png"), class_="pb-actions", data_needs_script=True
            ),
            data_chart=chart.name,
            class_="pb-chart",
        )

    def _boards(self, boards: Sequence[Board]) -> Markup | None:
        if not boards:
            return None
        return tag("div", [self._board(board) for board in boards], class_="pb-boards")

    def _board(self, board: Board) -> Markup:
        """Return a board as a table; the roles keep it one where a narrow screen lays it out as a list."""
        path = f"board.{board.name}"
        columns = [self.text(head.code, **head.params) for head in board.columns]
        heads = [tag("th", column, scope="col", role="columnheader") for column in columns]
        body = [
            tag(
                "tr",
                tag("th", tag("span", self.text(head.code, **head.params)), scope="row", role="rowheader"),
                [
                    self._place(place, board, "td", role="cell", data_column=column)
                    for place, column in zip(places, columns, strict=True)
                ],
                role="row",
            )
            for head, places in zip(board.rows, board.places, strict=True)
        ]
        axes = [tag("span", self.words(f"{path}.{axis}")) for axis in ("rows", "columns")]
        return tag(
            "div",
            tag("p", tag("b", self.words(f"{path}.label")), aria_hidden="true"),
            tag("p", axes, class_="pb-axes", aria_hidden="true"),
            tag(
                "table",
                tag("caption", self.words(f"{path}.caption")),
                tag("thead", tag("tr", tag("td", role="cell"), heads, role="row"), role="rowgroup"),
                tag("tbody", body, role="rowgroup"),
                role="table",
                class_="pb-places",
            ),
            tag("div", [self._place(place, board, "div") for place in board.beside], class_="pb-beside")
            if board.beside
            else None,
            tag("small", self.words(f"{path}.legend"), class_="pb-help") if self.has(f"{path}.legend") else None,
            class_="pb-board",
            data_board=board.name,
            data_moves=board.moves or None,
        )

    def _place(self, place: Place, board: Board, element: str, **attributes: str) -> Markup:
        shown, rest = place.entries[:ENTRIES_SHOWN], place.entries[ENTRIES_SHOWN:ENTRIES_AT_MOST]
        beyond = len(place.entries) - len(shown) - len(rest)
        name = self.text(place.name)

        def listed(entries: Sequence[Entry]) -> Markup:
            return tag("ul", [tag("li", self._entry(entry, board)) for entry in entries], role="list")

        return tag(
            element,
            tag(
                "p",
                tag("b", name),
                " ",
                tag("span", self.words("board.count", count=len(place)) if len(place) else self.words("board.nobody")),
                class_="pb-place",
            ),
            tag("p", self.text(place.help), class_="pb-help") if place.help else None,
            listed(shown) if shown else None,
            tag("details", tag("summary", self.words("board.more", count=len(rest))), listed(rest)) if rest else None,
            tag("p", self.words("board.more", count=beyond), class_="pb-help") if beyond else None,
            data_place=place.id,
            data_name=name,
            **attributes,
        )

    def _entry(self, entry: Entry, board: Board) -> Markup:
        marks = [tag("i", self.text(mark), data_mark=mark.rpartition(".")[2]) for mark in entry.marks]
        if not board.moves or not entry.movable:
            return tag("span", entry.label, marks, class_="pb-entry")
        return tag(
            "button",
            tag("span", entry.label),
            marks,
            type="button",
            class_="pb-entry",
            data_action="move",
            data_entry=entry.label,
            title=self.words("board.move", name=entry.label),
        )

    def _table(self, table: Table, page: int, example: bool) -> Markup | None:
        label = self.words(f"table.{table.name}.label")
        if not len(table):
            return tag("p", self.words(f"table.{table.name}.empty"), class_="pb-empty", data_table=table.name)
        start, stop = page_bounds(len(table), page)
        rows = list(table.rows(start, stop))
        names = [column.name for column in table.columns]
        tier_at = names.index("tier") if "tier" in names else None
        pick_at = names.index(table.pick.row) if table.pick else None
        taken_out = None if example and table.taken_out and table.taken_out.own_only else table.taken_out
        if taken_out and not any(_is_there(taken_out, names, row) for row in rows):
            taken_out = None
        cells = [self._cells(table, at, names, rows) for at in range(len(names))]
        body = [
            tag(
                "tr",
                line,
                self._take_out(taken_out, names, row) if taken_out else None,
                role="row" if table.prose else None,
                data_tier=None if tier_at is None else str(row[tier_at]),
                data_pick_row=None if pick_at is None else str(row[pick_at]),
            )
            for row, line in zip(rows, zip(*cells, strict=True), strict=True)
        ]
        heads = [tag("th", self.wording.heading(column), scope="col", class_=_css(column)) for column in table.columns]
        if taken_out:
            heads.append(tag("td"))
        return tag(
            "div",
            tag(
                "div",
                tag(
                    "table",
                    tag("caption", label),
                    tag("thead", tag("tr", heads)),
                    tag("tbody", body, role="rowgroup" if table.prose else None),
                    tag("tfoot", self._totals(table)) if table.totals else None,
                    # laid out as a list on a narrow screen, it is told as a table all the same
                    role="table" if table.prose else None,
                    class_=_table_css(table),
                    style=f"--pb-columns: {len(table.columns)}" if len(table.columns) > GRID_FROM else None,
                ),
                class_="pb-scroll",
                tabindex="0",
                role="region",
                aria_label=label,
            ),
            self._pager(table, start, stop) if table.detail else None,
            data_table=table.name,
            data_puts=next((column.put.table for column in table.columns if column.put), None),
            data_pick_into=json.dumps({"table": table.pick.table, "row": table.pick.row, "column": table.pick.column})
            if table.pick
            else None,
            class_="pb-table pb-detail" if table.detail else "pb-table",
        )

    def _cells(self, table: Table, at: int, names: Sequence[str], rows: Sequence[Sequence[Value]]) -> Sequence[Markup]:
        """Return a column's cells from the top: to be typed into, to be chosen, or only to be read."""
        column = table.columns[at]
        values = [row[at] for row in rows]
        css = _css(column)
        if column.put:
            return [tag("td", self._typed_into(column, column.put, names, row, row[at]), class_=css) for row in rows]
        places = self._places(column, values)
        shown: list[str] = [self.wording.value(column.kind, value, places) for value in values]
        if column.kind == "page":  # calculators' pages are one folder below the top of their language
            shown = [
                tag("a", title, href=f"../{value}.html") if value else title
                for title, value in zip(shown, values, strict=True)
            ]
        if table.pick and column.name in table.pick.columns:
            return self._chosen_from(table.pick, column, [str(row[names.index(table.pick.row)]) for row in rows], shown)
        prose = {"role": "cell", "data_label": self.wording.heading(column)} if table.prose else {}
        return [tag("td", text, class_=css, **prose) for text in shown]

    def _typed_into(self, column: Column, put: Put, names: Sequence[str], row: Sequence[Value], value: Value) -> Markup:
        return tag(
            "input",
            type="text",
            inputmode="decimal",
            value=_as_typed(column.kind, value),
            data_put=_put(put, names, row, {column.name: None}),
            aria_label=self.wording.heading(column),
        )

    def _chosen_from(self, pick: Pick, column: Column, rows: Sequence[str], shown: Sequence[str]) -> list[Markup]:
        """Return the cells of a column of a grid; ``rows`` are the names of its rows."""
        marks = [pick.marked.get((row, column.name)) for row in rows]
        first = column.name == pick.columns[0]
        return [
            tag(
                "td",
                text,
                class_=f"{_css(column) or ''} pb-pick",
                tabindex="0" if first and at == 0 else "-1",  # arrows lead on from there
                data_pick=column.name,
                data_mark=mark and mark.rpartition(".")[2],
                title=mark and self.text(mark),
            )
            for at, (text, mark) in enumerate(zip(shown, marks, strict=True))
        ]

    def _take_out(self, put: Put, names: Sequence[str], row: Sequence[Value]) -> Markup:
        return tag(
            "td",
            button(
                self.words("action.take_out"),
                data_action="put-row",
                data_put=_put(put, names, row, {}, remove=True),
            )
            if _is_there(put, names, row)
            else None,
            data_needs_script=True,
        )

    def _totals(self, table: Table) -> Markup:
        """Return the line below a table that adds up, over all its rows."""
        totals = [table.total(column) for column in table.columns]
        cells = [
            tag("td", None if value is None else self.wording.value(column.kind, value), class_=_css(column))
            for column, value in zip(table.columns, totals, strict=True)
        ]
        return tag("tr", tag("th", self.words("total"), scope="row"), cells[1:])

    def _places(self, column: Column, values: Sequence[Value]) -> int | None:
        """Return the decimals with which a column lines up."""
        if column.kind == "money":
            per_unit = 100 * self.text.settings.unit
            whole = all(value % per_unit == 0 for value in values if isinstance(value, int))
            return 0 if whole else 2
        if column.kind == "number":
            whole = all(value.denominator == 1 for value in values if isinstance(value, int | Fraction))
            return 0 if whole else None
        return None

    def _pager(self, table: Table, start: int, stop: int) -> Markup:
        page = start // PAGE_ROWS + 1
        more = len(table) > stop - start
        return tag(
            "div",
            tag("span", self.words("pager", first=start + 1, last=stop, total=len(table))) if more else None,
            button(
                "‹",
                data_action="page",
                data_page=page - 1,
                disabled=start == 0,
                aria_label=self.words("action.previous"),
            )
            if more
            else None,
            button(
                "›",
                data_action="page",
                data_page=page + 1,
                disabled=stop == len(table),
                aria_label=self.words("action.next"),
            )
            if more
            else None,
            button(self.words("action.download_csv"), data_action="download", data_format="csv"),
            class_="pb-actions",
            data_needs_script=True,
        )


def _is_there(put: Put, names: Sequence[str], row: Sequence[Value]) -> bool:
    """Say whether a row of a result is one of the input table that acting on it changes."""
    return put.written is None or all(str(row[names.index(name)]) in put.written for name in put.key)


def _put(
    put: Put, names: Sequence[str], row: Sequence[Value], more: Mapping[str, None], *, remove: bool = False
) -> str:
    """Return what calculator.js sends on to the bridge's ``put_row``."""
    key = {name: str(row[names.index(name)]) for name in put.key}
    if put.written is not None:
        key = {name: put.written[text] for name, text in key.items()}
    return json.dumps(
        {"table": put.table, "row": {**key, **more}, "key": list(put.key), "remove": remove}, ensure_ascii=False
    )


def _as_typed(kind: ValueKind, value: Value) -> str:
    """Return a value as it is typed into a cell: money in the currency, not in the company's unit."""
    if value is None:
        return ""
    if kind == "money" and isinstance(value, int):
        return trimmed(number(Fraction(value, 100), 2)).replace(",", "")
    return str(value)


def _table_css(table: Table) -> str:
    if table.prose:
        return "pb-data pb-prose"
    return "pb-data pb-grid" if len(table.columns) > GRID_FROM else "pb-data"


def _css(column: Column) -> str | None:
    return "pb-number" if column.kind in NUMERIC else "pb-date" if column.kind == "date" else None
