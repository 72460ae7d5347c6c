"""HTML of forms, tables to read in, results and errors: the same at build and in the browser.

Says how things look to a reader, in one language; knows no calculator by name and computes nothing.
Names become words by a fixed path: ``abc_tiers.figure.gini.label``, else ``common.figure.gini.label``.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from calculators.errors import InputError
from calculators.fields import ON, Declaration, Field, Group, shown
from calculators.markup import Markup, join, tag
from calculators.result import (
    PAGE_ROWS,
    Board,
    Chart,
    Column,
    Entry,
    Figure,
    Kind,
    Notice,
    Place,
    Put,
    PutRow,
    Result,
    Section,
    Table,
    Value,
    page_bounds,
)
from calculators.settings import UNITS
from calculators.tables import Outline, Reading, TableSpec
from calculators.text import DASH, Text, number, percent, trimmed

RADIOS_AT_MOST = 5
"""Choices that are shown side by side; of more, one is chosen from a list."""
GRID_FROM = 8
"""Columns beyond which the first one stays in sight while a reader goes along a line."""
NUMERIC: frozenset[Kind] = frozenset({"count", "money", "share", "number", "index"})


ENTRIES_SHOWN = 12
"""Entries of a place that are seen without unfolding the rest; on paper all are."""
ENTRIES_AT_MOST = 300
"""Entries of a place that go into the page; how many more there are is said, and the tables have them."""


class Page:
    """Renders one calculator's parts in one language."""

    def __init__(self, calculator: str, text: Text) -> None:
        self.calculator = calculator
        self.text = text

    def _key(self, path: str) -> str:
        own = f"{self.calculator}.{path}"
        return own if self.text.has(own) else f"common.{path}"

    def words(self, path: str, **params: object) -> str:
        """Return a text of the calculator, or the common one."""
        return self.text(self._key(path), **params)

    def template_name(self, table: TableSpec, kind: str) -> str:
        """Return the name of the workbook that a table is filled in with, ``empty`` or ``filled``."""
        return f"{self.calculator}-{table.name}-{kind}.{self.text.language}.xlsx"

    def optional(self, path: str, css: str, **params: object) -> Markup | None:
        """Return an explanation if there is one."""
        if not self.text.has(self._key(path)):
            return None
        return tag("small", self.words(path, **params), class_=css)

    # Forms

    def form(
        self,
        declaration: Declaration,
        values: Mapping[str, Any],
        *,
        views: Mapping[str, str],
        templates: str,
    ) -> Markup:
        """Return the form, filled with ``values`` as held.

        ``views`` shows how each table was read (`table_view`); ``templates`` is the address of the folder of
        the files to download and fill in.
        """
        if not declaration.tables and not declaration.fields:
            run = _button(self.words("action.run"), data_action="run", class_="pb-primary")
            return tag(
                "form",
                tag("div", run, class_="pb-actions"),
                class_="pb-form",
                data_form=True,
                data_needs_script=True,
                aria_label=self.words("form"),
            )
        groups = {
            group: self._group(group, [field for field in declaration.fields if field.group == group.name], values)
            for group in declaration.groups
        }
        return tag(
            "form",
            [markup for group, markup in groups.items() if group.first],
            [
                self._table_input(table, views[table.name], templates, unfolded=not at)
                for at, table in enumerate(declaration.tables)
            ],
            [markup for group, markup in groups.items() if not group.first],
            self._people(declaration.kept) if declaration.people else None,
            tag(
                "div",
                _button(self.words("action.open_plan"), data_action="open-plan"),
                _button(self.words("action.save_plan"), data_action="save-plan"),
                _button(self.words("action.undo"), data_action="undo", disabled=True),
                _button(self.words("action.reset"), data_action="reset"),
                tag(
                    "input",
                    type="file",
                    accept=".json",
                    hidden=True,
                    data_plan_file=True,
                    aria_label=self.words("action.open_plan"),
                ),
                class_="pb-actions",
            ),
            class_="pb-form",
            novalidate=True,
            autocomplete="off",
            data_form=True,
            data_needs_script=True,
            aria_label=self.words("form"),
        )

    def _people(self, kept: Sequence[str]) -> Markup:
        """Return where a reader says whether people's data is kept, and makes it forgotten."""
        keep = tag("input", type="checkbox", data_keep=" ".join(kept) or True)
        return tag(
            "div",
            tag("label", keep, tag("span", self.words("people.keep")), class_="pb-switch"),
            tag("small", self.words("people.keep_help"), class_="pb-help"),
            _button(self.words("people.forget"), data_action="forget"),
            tag("small", self.words("people.forget_help"), class_="pb-help"),
            class_="pb-people",
        )

    def _group(self, group: Group, fields: Sequence[Field], values: Mapping[str, Any]) -> Markup:
        label = self.words(f"group.{group.name}.label")
        content = (
            self.optional(f"group.{group.name}.help", "pb-help"),
            tag(
                "div",
                [self._field(field, values[field.name]) for field in fields],
                class_="pb-fields",
                style=f"--pb-columns: {group.columns}",
            ),
        )
        if not group.folded:
            return tag("fieldset", tag("legend", label), content, data_group=group.name, class_="pb-group")
        inside = tag("fieldset", content, aria_label=label)
        return tag("details", tag("summary", label), inside, data_group=group.name, class_="pb-group")

    def _field(self, field: Field, value: Any) -> Markup:
        label = self.words(f"field.{field.name}.label")
        error = tag("p", id=self._id(f"{field.name}-error"), class_="pb-error", data_error_for=field.name, hidden=True)
        if field.kind == "switch":
            box = tag(
                "input",
                type="checkbox",
                name=field.name,
                value=ON,
                checked=bool(value),
                aria_describedby=self._id(f"{field.name}-error"),
            )
            content = tag("label", box, tag("span", label), class_="pb-switch")
            return tag("div", content, self._help(field), error, class_="pb-field", data_field=field.name)
        if field.kind == "choice" and len(field.options) <= RADIOS_AT_MOST:
            options = [
                tag(
                    "label",
                    tag("input", type="radio", name=field.name, value=option, checked=option == value),
                    tag(
                        "span",
                        tag("b", self._option(field, option)),
                        self.optional(f"field.{field.name}.options.{option}.help", "pb-help"),
                    ),
                )
                for option in field.options
            ]
            attributes = {
                "role": "radiogroup",
                "aria_label": label,
                "aria_describedby": self._id(f"{field.name}-error"),
            }
            content = tag(
                "div",
                tag("span", label, class_="pb-label"),
                self._help(field),
                tag("div", options, class_="pb-options", **attributes),
            )
            own = field.example is not None
            return tag("div", content, error, class_="pb-field pb-choice", data_field=field.name, data_own=own)
        unit = {"percent": "%", "money": self.text.settings.currency}.get(field.kind)
        return tag(
            "div",
            tag("label", label, for_=self._id(field.name), class_="pb-label"),
            tag(
                "span", self._box(field, value), tag("span", unit, class_="pb-unit") if unit else None, class_="pb-box"
            ),
            self._help(field),
            error,
            class_="pb-field pb-wide" if field.kind == "text" else "pb-field",
            data_field=field.name,
            data_own=field.example is not None,
        )

    def _option(self, field: Field, option: str) -> str:
        """Return what a choice is called; yes, no and their like are called the same everywhere."""
        own = f"field.{field.name}.options.{option}.label"
        return self.words(own if self.text.has(self._key(own)) else f"option.{option}")

    def _help(self, field: Field) -> Markup | None:
        return self.optional(f"field.{field.name}.help", "pb-help")

    def _box(self, field: Field, value: Any) -> Markup:
        """Return where a value is typed or chosen."""
        common = {
            "id": self._id(field.name),
            "name": field.name,
            "aria_describedby": self._id(f"{field.name}-error"),
        }
        text = shown(field, value)
        match field.kind:
            case "choice":
                labels = {option: self._option(field, option) for option in field.options}
                options = [tag("option", labels[option], value=option, selected=option == value) for option in labels]
                return tag("select", options, **common)
            case "text":
                return tag("textarea", text, rows="4", maxlength=str(field.maximum), **common)
            case "line":
                return tag("input", type="text", value=text, maxlength=str(field.maximum), **common)
            case "date":
                years = {"min": f"{field.minimum:04}-01-01", "max": f"{field.maximum:04}-12-31"}
                return tag("input", type="date", value=text, data_today=field.today, **years, **common)
            case "money":  # not a number box, which would refuse 12.5万
                return tag("input", type="text", inputmode="decimal", value=text, **common)
        bounds = {"min": shown(field, field.minimum), "max": shown(field, field.maximum), "step": "any"}
        return tag("input", type="number", value=text, **bounds, **common)

    def _id(self, name: str) -> str:
        return f"{self.calculator}-{name}"

    def _table_input(self, table: TableSpec, view: str, templates: str, *, unfolded: bool) -> Markup:
        """Return where a table comes in; an optional one is folded until it is wanted, unless it is the first."""
        label = self.words(f"table_input.{table.name}.label")
        links = [
            tag(
                "a",
                self.words(f"action.template_{kind}"),
                href=templates + self.template_name(table, kind),
                download=True,
                class_="pb-link",
            )
            for kind in ("empty", "filled")
            if kind == "empty" or "data-absent" not in view
        ]
        content = (
            self.optional(f"table_input.{table.name}.help", "pb-help"),
            tag(
                "div",
                tag("p", self.words("drop"), class_="pb-drop-hint"),
                tag(
                    "div",
                    _button(self.words("action.choose_file"), data_action="choose-file", class_="pb-primary"),
                    _button(self.words("action.paste"), data_action="paste"),
                    _button(self.words("action.edit"), data_action="edit"),
                    class_="pb-actions",
                ),
                tag(
                    "input",
                    type="file",
                    accept=".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.json",
                    hidden=True,
                    data_table_file=True,
                    aria_label=label,
                ),
                tag("p", self.words("privacy"), class_="pb-help"),
                class_="pb-drop",
                data_drop=True,
            ),
            None if table.from_result else tag("p", links, class_="pb-links"),
            tag("p", id=self._id(f"{table.name}-error"), class_="pb-error", data_error_for=table.name, hidden=True),
            tag("div", Markup(view), data_table_view=table.name, class_="pb-table-view"),
        )
        if table.required:
            return tag("fieldset", tag("legend", label), content, data_table_input=table.name, class_="pb-group")
        inside = tag("fieldset", content, aria_label=label)
        return tag(
            "details", tag("summary", label), inside, data_table_input=table.name, class_="pb-group", open=unfolded
        )

    def table_view(self, table: TableSpec, known: Reading | Outline, *, name: str, unit: int | None) -> Markup:
        """Return how a table was read, with what the reader can change: sheet, columns and unit.

        ``known`` is an outline where the table could not be used; no ``name`` is the worked example.
        """
        columns = [
            self._select(
                self.words(f"column.{column.name}"),
                f"column:{column.name}",
                [
                    ("", self.words("no_column")),
                    *((str(at), header or DASH) for at, header in enumerate(known.headers)),
                ],
                "" if known.mapping.get(column.name) is None else str(known.mapping[column.name]),
            )
            for column in table.columns
        ]
        units = [("", self.words("unit.auto")), *((str(size), self.words(f"unit.u{size}")) for size in UNITS)]
        preview = tag(
            "details",
            tag("summary", self.words("preview")),
            tag(
                "div",
                tag(
                    "table",
                    tag("thead", tag("tr", [tag("th", header, scope="col") for header in known.headers])),
                    tag("tbody", [tag("tr", [tag("td", cell) for cell in row]) for row in known.preview]),
                    class_="pb-data",
                ),
                class_="pb-scroll",
                tabindex="0",
                role="region",
                aria_label=self.words("preview"),
            ),
        )
        counts = (
            self.words("source.rows", count=known.rows_read, unused=len(known.problems))
            if isinstance(known, Reading)
            else None
        )
        return tag(
            "div",
            tag("p", tag("b", name or self.words("source.example")), " ", counts, class_="pb-source"),
            tag(
                "div",
                self._select(
                    self.words("sheet"), "sheet", [(sheet, sheet) for sheet in known.sheets], known.sheet or ""
                )
                if len(known.sheets) > 1
                else None,
                columns,
                self._select(self.words("unit.label"), "unit", units, "" if unit is None else str(unit))
                if any(column.kind == "money" for column in table.columns)
                else None,
                class_="pb-fields",
            ),
            preview,
        )

    def hidden_table(self, known: Reading | Outline) -> Markup:
        """Return what stands for a table while names are hidden: how many rows, and nothing that a file says."""
        counts = (
            self.words("source.rows", count=known.rows_read, unused=len(known.problems))
            if isinstance(known, Reading)
            else None
        )
        return tag("p", tag("b", self.words("source.hidden")), " ", counts, class_="pb-source")

    def no_table(self) -> Markup:
        """Return what stands for an optional table that is not there."""
        return tag("p", self.words("source.absent"), class_="pb-source", data_absent=True)

    def _select(self, label: str, name: str, options: Sequence[tuple[str, str]], chosen: str) -> Markup:
        choices = [tag("option", words, value=value, selected=value == chosen) for value, words in options]
        return tag(
            "label",
            tag("span", label, class_="pb-label"),
            tag("select", choices, data_reading=name),
            class_="pb-field",
        )

    # Results

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
                    _button(self.words("action.download_xlsx"), data_action="download", data_format="xlsx"),
                    _button(self.words("action.print"), data_action="print"),
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
            tag("p", self.words(f"section.{section.name}.help"))
            if self.text.has(self._key(f"section.{section.name}.help"))
            else None,
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
            _button(
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
        return tag(
            "div",
            tag("dt", self.words(f"figure.{figure.name}.label")),
            tag("dd", self.value(figure.kind, figure.value, places), data_figure=figure.name, class_="pb-value"),
            tag("dd", self.words(f"figure.{figure.name}.help", **params), class_="pb-help")
            if has_value and self.text.has(self._key(f"figure.{figure.name}.help"))
            else None,
        )

    def heading(self, column: Column) -> str:
        """Return what stands over a column."""
        return column.label if column.label is not None else self.words(f"column.{column.name}")

    def value(self, kind: Kind, value: Value, places: int | None = None) -> str:
        """Return a value in words or digits."""
        if value is None:
            return DASH
        if kind == "key":
            return self.text(str(value))
        if kind == "page":
            return self.words(f"page.{value}")
        if isinstance(value, str):
            return value
        if isinstance(value, datetime.date):
            return self.text.date(value)
        if kind == "money":
            return self.text.money(int(value), places)
        if kind == "share":
            return percent(value)
        decimals = {"index": 4, "number": 2}.get(kind, 0) if places is None else places
        return number(value, decimals)

    def _chart(self, chart: Chart, drawing: str | None) -> Markup:
        description = self.words(f"chart.{chart.name}.description", **chart.data)
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
                "div", _button(self.words("action.png"), data_action="png"), class_="pb-actions", data_needs_script=True
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
            self.optional(f"{path}.legend", "pb-help"),
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
        places = [self._places(column, [row[at] for row in rows]) for at, column in enumerate(table.columns)]
        names = [column.name for column in table.columns]
        tier_at = names.index("tier") if "tier" in names else None
        pick_at = names.index(table.pick.row) if table.pick else None
        taken_out = None if example and table.taken_out and table.taken_out.own_only else table.taken_out
        if taken_out and not any(_is_there(taken_out, names, row) for row in rows):
            taken_out = None
        body = [
            tag(
                "tr",
                [self._cell(table, at, names, row, places[at], first=row is rows[0]) for at in range(len(row))],
                self._take_out(taken_out, names, row) if taken_out else None,
                role="row" if table.prose else None,
                data_tier=None if tier_at is None else str(row[tier_at]),
                data_pick_row=None if pick_at is None else str(row[pick_at]),
            )
            for row in rows
        ]
        heads = [tag("th", self.heading(column), scope="col", class_=_css(column)) for column in table.columns]
        if taken_out:
            heads.append(tag("th"))
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

    def _cell(
        self, table: Table, at: int, names: Sequence[str], row: Sequence[Value], places: int | None, *, first: bool
    ) -> Markup:
        column, value = table.columns[at], row[at]
        shown = self.value(column.kind, value, places)
        if column.kind == "page" and value:  # calculators' pages are one folder below the top of their language
            shown = tag("a", shown, href=f"../{value}.html")
        if column.put:
            box = tag(
                "input",
                type="text",
                inputmode="decimal",
                value=_as_typed(column.kind, value),
                data_put=_put(column.put, names, row, {column.name: None}),
                aria_label=self.heading(column),
            )
            return tag("td", box, class_=_css(column))
        pick = table.pick
        if not pick or column.name not in pick.columns:
            prose = {"role": "cell", "data_label": self.heading(column)} if table.prose else {}
            return tag("td", shown, class_=_css(column), **prose)
        mark = pick.marked.get((str(row[names.index(pick.row)]), column.name))
        return tag(
            "td",
            shown,
            class_=f"{_css(column) or ''} pb-pick",
            tabindex="0" if first and column.name == pick.columns[0] else "-1",  # arrows lead on from there
            data_pick=column.name,
            data_mark=mark and mark.rpartition(".")[2],
            title=mark and self.text(mark),
        )

    def _take_out(self, put: Put, names: Sequence[str], row: Sequence[Value]) -> Markup:
        return tag(
            "td",
            _button(
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
            tag("td", None if value is None else self.value(column.kind, value), class_=_css(column))
            for column, value in zip(table.columns, totals, strict=True)
        ]
        return tag("tr", tag("th", self.words("total"), scope="row"), cells[1:])

    def _places(self, column: Column, values: Sequence[Value]) -> int | None:
        """Return the decimals with which a column lines up."""
        if column.kind == "money":
            per_unit = 100 * self.text.settings.unit
            return (
                0
                if all(isinstance(value, int) and value % per_unit == 0 for value in values if value is not None)
                else 2
            )
        numbers = [Fraction(value) for value in values if isinstance(value, int | Fraction)]
        return 0 if column.kind == "number" and all(value.denominator == 1 for value in numbers) else None

    def _pager(self, table: Table, start: int, stop: int) -> Markup:
        page = start // PAGE_ROWS + 1
        more = len(table) > stop - start
        return tag(
            "div",
            tag("span", self.words("pager", first=start + 1, last=stop, total=len(table))) if more else None,
            _button(
                "‹",
                data_action="page",
                data_page=page - 1,
                disabled=start == 0,
                aria_label=self.words("action.previous"),
            )
            if more
            else None,
            _button(
                "›",
                data_action="page",
                data_page=page + 1,
                disabled=stop == len(table),
                aria_label=self.words("action.next"),
            )
            if more
            else None,
            _button(self.words("action.download_csv"), data_action="download", data_format="csv"),
            class_="pb-actions",
            data_needs_script=True,
        )

    def errors(self, errors: Sequence[InputError]) -> Markup:
        """Return the mistakes as a list, each with the name of its field."""
        return tag(
            "ul",
            [
                tag("li", tag("b", self.field_name(error.field)), self.text("common.colon"), self.message(error))
                for error in errors
            ],
        )

    def message(self, error: InputError) -> str:
        """Return the sentence of one mistake."""
        return self.text(error.code, **error.params)

    def field_name(self, name: str) -> str:
        """Return what the reader calls a field or table; an unknown one by its own name."""
        for path in (f"field.{name}.label", f"table_input.{name}.label"):
            if self.text.has(self._key(path)):
                return self.words(path)
        return name


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


def _as_typed(kind: Kind, value: Value) -> str:
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


def _button(label: str, class_: str | None = None, **attributes: str | int | bool | None) -> Markup:
    return tag("button", label, type="button", class_=f"pb-button {class_}" if class_ else "pb-button", **attributes)
