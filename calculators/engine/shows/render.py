"""HTML of a result: the same at build and in the browser.

Says how things look to a reader, in one language; knows no calculator by name and computes nothing. Forms, and
tables to read in, are in ``form.py``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from calculators.engine.answers.result import (
    PAGE_ROWS,
    Aside,
    Board,
    Chart,
    Column,
    Entry,
    Figure,
    Notice,
    Place,
    Put,
    Result,
    Section,
    Table,
    Value,
    ValueKind,
    page_bounds,
)
from calculators.engine.answers.view import View
from calculators.engine.asks.currencies import decimals
from calculators.engine.shows.arrows import drawn
from calculators.engine.shows.markup import Markup, actions, button, join, scrolled, tag
from calculators.engine.shows.text import number, trimmed
from calculators.engine.shows.wording import Wording

GRID_FROM = 8
"""Columns beyond which the first one stays in sight while a reader goes along a line."""
LONG_FIGURE = 12
"""Characters of a number beyond which a figure takes the room of two: on a phone it would break."""
SHORT_TEXT, LONG_TEXT = 6, 28
"""Characters up to which a column of texts stands on one line, and beyond which it is a column of sentences."""
FEW_ROWS = 8
"""Rows of a long table that nobody needs to search."""
HEADLINES = 4
"""Figures of a result, the first, that stay in sight."""
MANY_SECTIONS = 3
"""Sections from which on a result has a list of them."""
HEAD, ANSWER = "pb-head", "pb-answer"
"""What of a line stays in sight: what it is about, and what it is read for."""
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
        views: Mapping[str, View] | None = None,
        drawings: Mapping[str, str] | None = None,
        example: bool = False,
        choices: Markup | None = None,
    ) -> Markup:
        """Return the result, on paper below its ``choices``; ``drawings`` are SVGs of its charts, drawn at build.

        Of an ``example``, what may be done with the reader's own data only cannot be done.
        """
        first = next((section for section in result.sections if section.figures), None)
        headlines = [figure.name for figure in first.figures[:HEADLINES]] if first else []
        return join(
            [
                choices,
                self._contents(result.sections),
                *(
                    self._section(
                        replace(section, notices=notices),
                        views or {},
                        drawings or {},
                        example,
                        headlines if section is first else [],
                    )
                    for section, notices in self._said_once(result.sections)
                ),
            ]
        )

    def _section(
        self,
        section: Section,
        views: Mapping[str, View],
        drawings: Mapping[str, str],
        example: bool,
        headlines: Sequence[str],
    ) -> Markup:
        first = [self._figure(figure, headline=True) for figure in section.figures if figure.name in headlines]
        figures = [self._figure(figure) for figure in section.figures if figure.name not in headlines]
        after = bool(first) and bool(section.boards or section.charts)  # the picture comes before more figures
        others = tag("dl", figures, class_="pb-figures") if figures else None
        notices = self._notices(section.notices)
        charts = [self._chart(chart, drawings.get(chart.name)) for chart in section.charts]
        return tag(
            "section",
            tag("h4", self.words(f"section.{section.name}.label")),
            tag("p", self.words(f"section.{section.name}.help")) if self.has(f"section.{section.name}.help") else None,
            notices if not section.figures else None,
            tag("dl", first, class_="pb-figures pb-headlines") if first else None,
            None if after else others,
            self._copying(f"section.{section.name}.label", "copy-figures") if section.figures else None,
            self._boards(section.boards),
            tag("div", charts, notices if section.figures else None, class_="pb-seen") if charts else None,
            others if after else None,
            notices if section.figures and not charts else None,
            [self._table(table, views.get(table.name, View()), example) for table in section.tables],
            [self._action(name, put, example) for name, put in section.actions.items()],
            data_section=section.name,
            id=self._place_of(section),
            class_="pb-section",
        )

    def _contents(self, sections: Sequence[Section]) -> Markup | None:
        """Return the way to every section; a section is called there by a short name where it has one."""
        if len(sections) < MANY_SECTIONS:
            return None
        items = []
        for section in sections:
            label, short = (f"section.{section.name}.{name}" for name in ("label", "short"))
            called = self.words(short if self.has(short) else label)
            to = {"href": f"#{self._place_of(section)}", "title": self.words(label)}
            items.append(tag("li", tag("a", called, **to)))
        return tag(
            "nav", tag("ul", items), class_="pb-contents", aria_label=self.words("contents"), data_search_exclude=True
        )

    def _place_of(self, section: Section) -> str:
        return f"{self.wording.calculator}-part-{section.name}"

    def _action(self, name: str, put: Put, example: bool) -> Markup:
        waits = example and put.own_only
        row = self._row(put, {}) or {}
        label = self.words(f"action.{name}", **row)
        return actions(
            button(label, data_put=_as_sent(put, row), disabled=waits, class_="pb-primary"),
            tag("small", self.words("own_data_first"), class_="pb-help") if waits else None,
            data_needs_script=True,
        )

    def _row(self, put: Put, acted_on: Mapping[str, Any]) -> dict[str, str | None] | None:
        """Return the row that acting on something puts, None for what the reader gives; None where it has no row."""
        taken = {name: acted_on[at] for name, at in put.taken.items()}
        if None in taken.values():
            return None
        row: dict[str, str | None] = {name: str(text) for name, text in taken.items()}
        for name, text in put.row.items():
            row[name] = text if isinstance(text, str) else self.text(text.code, **text.params)
        return row | dict.fromkeys(put.asks)

    def _sent(self, put: Put, acted_on: Mapping[str, Any]) -> str | None:
        """Return what acting on something asks of the bridge; None where it has no row."""
        row = self._row(put, acted_on)
        return None if row is None else _as_sent(put, row)

    def _said_once(self, sections: Sequence[Section]) -> Iterator[tuple[Section, tuple[Notice, ...]]]:
        """Yield sections with their notices; a sentence that holds for several of them is said in the first, and one
        of a cell beside it.
        """
        said: set[str] = {
            self.text(aside.said.code, **aside.said.params)
            for section in sections
            for table in section.tables
            for aside in table.asides.values()
            if len(table) <= PAGE_ROWS  # on another page it would not be seen
        }
        for section in sections:
            sentences = [(notice, self.text(notice.code, **notice.params)) for notice in section.notices]
            yield section, tuple(notice for notice, sentence in sentences if sentence not in said)
            said.update(sentence for _, sentence in sentences)

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

    def _figure(self, figure: Figure, *, headline: bool = False) -> Markup:
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
            data_headline=headline,
            data_words=figure.kind in ("key", "text"),
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
            actions(
                button(self.words("action.png"), data_action="png"),
                button(self.words("action.copy_chart"), data_action="copy-chart"),
                data_needs_script=True,
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
        legend = tag("small", self.words(f"{path}.legend"), class_="pb-help") if self.has(f"{path}.legend") else None
        if board.arrows:
            return tag(
                "div",
                tag("p", tag("b", self.words(f"{path}.label"))),
                tag("p", axes, class_="pb-axes", aria_hidden="true"),
                drawn(board, self.words(f"{path}.caption"), self.text),
                legend,
                class_="pb-board",
                data_board=board.name,
            )
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
            legend,
            actions(button(self.words("action.undo"), data_action="undo-here", disabled=True), data_needs_script=True)
            if board.move
            else None,
            class_="pb-board",
            data_board=board.name,
        )

    def _place(self, place: Place, board: Board, element: str, **attributes: str) -> Markup:
        shown, rest = place.entries[:ENTRIES_SHOWN], place.entries[ENTRIES_SHOWN:ENTRIES_AT_MOST]
        beyond = len(place.entries) - len(shown) - len(rest)
        name = self.text(place.name)

        def listed(entries: Sequence[Entry]) -> Markup:
            here = "" if place in board.beside else name
            return tag("ul", [tag("li", self._entry(entry, board.move, here)) for entry in entries], role="list")

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

    def _entry(self, entry: Entry, move: Put | None, place: str) -> Markup:
        marks = [tag("i", self.text(mark), data_mark=mark.rpartition(".")[2]) for mark in entry.marks]
        because = self.text(entry.because.code, **entry.because.params) if entry.because else None
        if because:
            marks.insert(0, tag("small", because, data_because=True))
        if move is None or not entry.movable:
            return tag("span", entry.label, marks, class_="pb-entry")
        return tag(
            "button",
            tag("span", entry.label),
            marks,
            type="button",
            class_="pb-entry",
            data_entry=entry.label,
            data_because=because,
            data_put=self._sent(move, {"entry": entry.label, "place": place}),
            title=self.words("board.move", name=entry.label),
        )

    def _table(self, table: Table, view: View, example: bool) -> Markup | None:
        label = self.words(f"table.{table.name}.label")
        if not len(table) and not table.whole:
            return tag("p", self.words(f"table.{table.name}.empty"), class_="pb-empty", data_table=table.name)
        start, stop = page_bounds(len(table), view.page)
        lines = table.lines(start, stop)
        possible = {name: put for name, put in table.actions.items() if not (example and put.own_only)}
        buttons = [found for name, put in possible.items() if (found := self._buttons(name, put, lines))]
        cells = [self._cells(table, column, lines, table.values(column, start, stop)) for column in table.columns]
        tiers = table.column(table.tier, start, stop) if table.tier else [None] * len(lines)
        asides = self._asides(table, lines, len(cells) + len(buttons))
        body = [
            [tag("tr", line, role="row" if table.prose else None, data_tier=tier), aside]
            for line, tier, aside in zip(zip(*cells, *buttons, strict=True), tiers, asides, strict=True)
        ]
        heads = [self._head(table, column, view) for column in table.columns]
        heads += [tag("td")] * len(buttons)
        wide = len(table.columns) > GRID_FROM
        whole = tag(
            "table",
            tag("caption", label),
            tag("thead", tag("tr", heads)),
            tag("tbody", body, role="rowgroup" if table.prose else None),
            tag("tfoot", self._totals(table)) if table.totals else None,
            # laid out as a list on a narrow screen, it is told as a table all the same
            role="table" if table.prose else None,
            class_="pb-data pb-prose" if table.prose else "pb-data pb-grid" if wide else "pb-data",
            style=f"--pb-columns: {len(table.columns)}" if wide else None,
        )
        return tag(
            "div",
            self._find(view) if table.detail and (table.whole or len(table)) > FEW_ROWS else None,
            scrolled(label, whole),
            tag("p", self.words("none_found", find=view.find), class_="pb-empty") if not len(table) else None,
            self._pager(table, start, stop)
            if table.detail
            else self._copying(f"table.{table.name}.label", "copy-table"),
            data_table=table.name,
            class_="pb-table pb-detail" if table.detail else "pb-table",
        )

    def _asides(self, table: Table, lines: Sequence[Mapping[str, Any]], width: int) -> list[list[Markup]]:
        """Return for each line what is said of its cells, in lines below it."""
        heads = [str(line.get(table.columns[0].name)) for line in lines] if table.asides else [""] * len(lines)
        named = [column.name for column in table.columns]
        return [
            [
                tag("tr", tag("td", self._aside(aside), colspan=width), class_="pb-aside")
                for name in named
                if (aside := table.asides.get((head, name)))
            ]
            for head in heads
        ]

    def _aside(self, aside: Aside) -> Markup:
        box = None
        if aside.box and aside.box.put:
            value = aside.line[aside.box.name]
            box = tag("label", self.wording.heading(aside.box), self._box(aside.box, aside.box.put, aside.line, value))
        buttons = [
            button(self.words(f"action.{name}"), data_put=self._sent(put, aside.line), data_needs_script=True)
            for name, put in aside.actions.items()
        ]
        said = tag("p", self.text(aside.said.code, **aside.said.params), data_code=aside.said.code)
        return tag("div", said, box, buttons)

    def _head(self, table: Table, column: Column, view: View) -> Markup:
        """Return what stands over a column; a long table is sorted by pressing it."""
        heading = self.wording.heading(column)
        css = _classes(_css(column), _kept(table, column))
        if not table.detail or (table.whole or len(table)) < 2:  # noqa: PLR2004 - one line has no order
            return tag("th", heading, scope="col", class_=css)
        order = ("descending" if view.down else "ascending") if view.sort == column.name else None
        pressed = tag("button", heading, type="button", class_="pb-sort", data_action="sort", data_column=column.name)
        return tag("th", pressed, scope="col", class_=css, aria_sort=order)

    def _find(self, view: View) -> Markup:
        words = self.words("action.find")
        box = tag("input", type="search", value=view.find, data_find=True, aria_label=words, placeholder=words)
        return tag("div", box, class_="pb-find", data_needs_script=True)

    def _cells(
        self, table: Table, column: Column, lines: Sequence[Mapping[str, Any]], values: Sequence[Value]
    ) -> Sequence[Markup]:
        """Return a column's cells from the top: to be typed into, to be chosen, or only to be read."""
        css, kept = _css(column), _kept(table, column)
        if column.put and column.put.asks:
            boxes = (self._box(column, column.put, line, value) for line, value in zip(lines, values, strict=True))
            return [tag("td", box, class_=_classes(css, kept)) for box in boxes]
        places = self._places(column, values)
        shown: list[str] = [self.wording.value(column.kind, value, places) for value in values]
        if column.put:
            return self._chosen_from(table, column, column.put, lines, shown)
        if column.kind == "page":  # calculators' pages are one folder below the top of their language
            shown = [
                tag("a", title, href=f"../{value}.html") if value else title
                for title, value in zip(shown, values, strict=True)
            ]
        heads = kept == HEAD
        role = "rowheader" if heads else "cell"
        prose = {"role": role, "data_label": self.wording.heading(column)} if table.prose else {}
        css = _classes(css or _width(shown), kept)
        scope = {"scope": "row"} if heads else {}  # what a line is about is its heading
        return [tag("th" if heads else "td", text, class_=css, **scope, **prose) for text in shown]

    def _box(self, column: Column, put: Put, line: Mapping[str, Any], value: Value) -> Markup:
        return tag(
            "input",
            type="text",
            inputmode=None if column.kind == "money" else "decimal",  # which has no 万
            value=self._as_typed(column.kind, value),
            data_put=self._sent(put, line),
            aria_label=self.wording.heading(column),
        )

    def _as_typed(self, kind: ValueKind, value: Value) -> str:
        """Return a value as it is typed into a cell: money in the currency, not in the company's unit."""
        if value is None:
            return ""
        if kind == "money" and isinstance(value, int):
            settings = self.text.settings
            return trimmed(number(Fraction(value, settings.minor_units), decimals(settings.currency))).replace(",", "")
        return str(value)

    def _chosen_from(
        self, table: Table, column: Column, put: Put, lines: Sequence[Mapping[str, Any]], shown: Sequence[str]
    ) -> list[Markup]:
        """Return the cells of a column that can be chosen."""
        heads = [str(line[table.columns[0].name]) for line in lines]
        marks = [table.marks.get((head, column.name)) for head in heads]
        sent = [self._sent(put, line) for line in lines]  # nothing where a line stands for nobody
        first = next(one.name for one in table.columns if one.put) == column.name
        return [
            tag(
                "td",
                text,
                class_=f"{_css(column) or ''} pb-pick" if puts else _css(column),
                tabindex=("0" if first and at == 0 else "-1") if puts else None,  # arrows lead on from the first
                data_put=puts,
                data_mark=mark and mark.rpartition(".")[2],
                title=mark and self.text(mark),
            )
            for at, (text, mark, puts) in enumerate(zip(shown, marks, sent, strict=True))
        ]

    def _buttons(self, name: str, put: Put, lines: Sequence[Mapping[str, Any]]) -> list[Markup]:
        """Return a column of buttons, empty where a line has no row in the input table."""
        sent = [self._sent(put, line) for line in lines]
        if not any(sent):
            return []
        label = self.words(f"action.{name}")
        return [tag("td", button(label, data_put=one) if one else None, data_needs_script=True) for one in sent]

    def _totals(self, table: Table) -> Markup:
        """Return the line below a table that adds up, over all its rows."""
        totals = [table.total(column) for column in table.columns]
        cells = [
            tag(
                "td",
                None if value is None else self.wording.value(column.kind, value),
                class_=_classes(_css(column), _kept(table, column)),
            )
            for column, value in zip(table.columns, totals, strict=True)
        ]
        head = HEAD if _about(table) is table.columns[0] else None
        return tag("tr", tag("th", self.words("total"), scope="row", class_=head), cells[1:])

    def _places(self, column: Column, values: Sequence[Value]) -> int | None:
        """Return the decimals with which a column lines up."""
        if column.kind == "money":
            return self.text.money_places(value for value in values if isinstance(value, int | Fraction))
        if column.kind == "number":
            whole = all(value.denominator == 1 for value in values if isinstance(value, int | Fraction))
            return 0 if whole else None
        return None

    def _pager(self, table: Table, start: int, stop: int) -> Markup:
        def turn(sign: str, page: int, name: str, *, at_end: bool) -> Markup:
            label = self.words(f"action.{name}")
            return button(sign, data_action="page", data_page=page, disabled=at_end, aria_label=label)

        page = start // PAGE_ROWS + 1
        pages = [
            tag("span", self.words("pager", first=min(start + 1, stop), last=stop, total=len(table))),
            turn("‹", page - 1, "previous", at_end=start == 0),
            turn("›", page + 1, "next", at_end=stop == len(table)),
        ]
        return actions(
            pages if len(table) > stop - start else None,
            button(self.words("action.download_csv"), data_action="download", data_format="csv"),
            button(self.words("action.copy_table"), data_action="copy-table"),
            data_needs_script=True,
        )

    def _copying(self, label: str, action: str) -> Markup:
        """Return the button that copies what is called ``label``; it says so to those who hear it alone."""
        words = self.words(f"action.{action.replace('-', '_')}")
        named = f"{words} · {self.words(label)}"
        copying = tag("button", words, type="button", class_="pb-quiet", data_action=action, aria_label=named)
        return tag("div", copying, class_="pb-copying", data_needs_script=True)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: a grid has thousands of cells


def _as_sent(put: Put, row: Mapping[str, str | None]) -> str:
    """Return what puts.js sends on to the bridge's ``put_row``; what is null in the row the reader gives."""
    sent = {"table": put.table, "row": row, "key": put.key}
    return _json({**sent, "remove": True} if put.remove else sent)


def _about(table: Table) -> Column:
    """Return the column that says what a line is about: the first, unless that only counts the lines."""
    first, *others = table.columns
    return others[0] if others and first.name == "rank" else first


def _kept(table: Table, column: Column) -> str | None:
    """Return as what a column stays in sight where the table is wider than its place, if it does."""
    if column.name == _about(table).name:
        return HEAD
    return ANSWER if column.name == (table.answer or table.tier) else None


def _classes(*names: str | None) -> str | None:
    return " ".join(name for name in names if name) or None


def _width(texts: Sequence[str]) -> str | None:
    """Return what room a column of texts takes: letters and words none to spare, sentences enough to be read."""
    longest = max(map(len, texts), default=0)
    return "pb-short" if longest <= SHORT_TEXT else "pb-long" if longest > LONG_TEXT else None


def _css(column: Column) -> str | None:
    return "pb-number" if column.kind in NUMERIC else "pb-date" if column.kind == "date" else None
