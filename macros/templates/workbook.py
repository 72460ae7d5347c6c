"""Templates as XLSX: formulas with their values, drop-downs, checks in colour, ready to print.

Viewers that do not compute (a phone, a chat's preview) show the values stored beside the formulas, so these are
evaluated here first.
"""

import datetime
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import formualizer
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from calculators.engine.shows.text import base
from macros.said import say
from macros.templates.model import Block, Cell, Row, Sheet, Template, TemplateColumn, words

Place = tuple[str, int, int]
"""A sheet's title, row and column, counted from 0."""
Values = Mapping[Place, str | float | bool]

_ALLOWED: Final = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"), True
)
"""What a sheet lets people do though its formulas are locked. There is no password: it keeps off slips, not people."""
_MADE: Final = datetime.datetime(2026, 1, 1)  # in the file's properties; not the clock's, so that files are the same
_FONTS: Final = {"zh": "Microsoft YaHei", "en": "Calibri"}
_NUMBERS: Final = {
    "text": "@",
    "count": "#,##0",
    "number": "#,##0.0#",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "check": "General",
}
_USUAL: Final = 2  # decimals of most currencies
_TEAL: Final = "#1F4E5F"
_LINE: Final = "#C9D6DB"
_SURFACES: Final = {"fixed": "#EAF3F5", "standard": "#FFF4DC", "input": "#FFFFFF", "computed": "#F0F2F3"}
_TONES: Final = {
    "good": {"font_color": "#1B6B3A", "bg_color": "#E3F3E8"},
    "warn": {"font_color": "#8A5200", "bg_color": "#FFF1D6"},
    "bad": {"font_color": "#A4201A", "bg_color": "#FBE3E1"},
}
_WORDS: Final = ("text", "check")  # the kinds that wrap
_LEGIBLE: Final = 175  # characters across that A4 takes in a size that can be read; wider sheets take two pages
_PRINTED: Final = 20  # rows of a table that nobody has begun: what fits a page
_SPARE: Final = 5  # empty rows printed below what is filled in, where they fit the page that it ends on
_MARGINS: Final = {"left": 0.4, "right": 0.4, "top": 0.7, "bottom": 0.6}  # inches
_ACROSS: Final = 841.9 - 72 * 0.8  # points of A4, landscape, between the margins
_DOWN: Final = 0.95 * (595.3 - 72 * 1.3)  # of which programs leave a little
_NOTES: Final = 2  # the column of a list's notes
_COLUMN: Final = 8  # characters of a column that nobody set
_ROW: Final = 18  # points high; a line more takes 14
_NOTE_WIDTH: Final = 56  # characters that a note needs where it stands beside a table
_REFERENCE = re.compile(r"\[([a-z0-9_]+)(?:\.([a-z0-9_]+))?(?:\.([a-z0-9_]+))?\]")
_WORD = re.compile(r"\{([a-z_0-9]+)\}")
_FUNCTION = re.compile(r"[A-Z][A-Z0-9.]*(?=\()")


# --- where everything stands -------------------------------------------------------------------------


class _Nothing(str):
    """The result of a formula that gives an empty text: XlsxWriter takes "" for one that is not known."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Nothing is equal to it, "" least of all."""
        return False

    __hash__ = str.__hash__


_NOTHING = _Nothing()


@dataclass(frozen=True)
class _Position:
    """A block on its sheet: the row of its header, or of its first row where it has none."""

    sheet: Sheet
    block: Block
    header: int

    @property
    def first(self) -> int:
        return self.header + 1

    def column(self, name: str) -> int:
        for place, column in enumerate(self.block.columns):
            if column.id == name:
                return place
        raise ValueError(say("templates.nothing", block=self.block.id, name=name))

    def row(self, name: str) -> int | None:
        for place, row in enumerate(self.block.rows):
            if row.id == name:
                return self.first + place
        return None


class Layout:
    """Where the blocks, columns and rows of a template are, and formulas in terms of cells.

    In a formula of the data, ``[column]`` is the cell of the same row, ``[block.column]`` a whole column,
    ``[block.row]`` the value of a row (of a table: its first cell), ``[block.row.column]`` a certain cell, and
    ``{word}`` one of the template's words; ``{decimals}`` are those of the company's currency.
    """

    def __init__(self, template: Template) -> None:
        self.words = template.words
        self.decimals = template.decimals
        self.positions: dict[str, _Position] = {}
        self._addresses: dict[tuple[str, str], str] = {}  # by reference and the sheet it is seen from
        for sheet in template.sheets:
            top = 0
            for block in sheet.blocks:
                if block.title:
                    top += 1 + (block.note is not None)
                self.positions[block.id] = _Position(sheet, block, top)
                top += len(block.rows) + 2

    def place(self, block: str, name: str, column: str | None = None) -> Place:
        """Return where a row's value is, or its cell in a column."""
        position = self.positions[block]
        row = position.row(name)
        if row is None:
            raise ValueError(say("templates.row", block=block, name=name))
        own = "value" if position.block.items else position.block.columns[0].id
        return position.sheet.title, row, position.column(column or own)

    def column(self, block: str, name: str) -> tuple[str, int, int, int]:
        """Return a column's sheet, its first and last row and its number."""
        position = self.positions[block]
        last = position.first + len(position.block.rows) - 1
        return position.sheet.title, position.first, last, position.column(name)

    def formula(self, formula: str, block: Block, row: int) -> str:
        """Return a formula of the data as Excel writes it, for a cell in a row of a block."""
        here = self.positions[block.id]

        def address(found: re.Match[str]) -> str:
            first, second, third = found.groups()
            if second is None:
                return _address(row, here.column(first))
            place = found[0], here.sheet.title
            if place not in self._addresses:
                self._addresses[place] = self._address_of(first, second, third, seen_from=here.sheet.title)
            return self._addresses[place]

        text = _REFERENCE.sub(address, formula).replace("{decimals}", str(self.decimals))
        return "=" + _WORD.sub(lambda found: '"' + self.words[found[1]].replace('"', '""') + '"', text)

    def _address_of(self, block: str, name: str, column: str | None, *, seen_from: str) -> str:
        """Return the address of what a reference with a block means: a column, a row's value or a certain cell."""
        written = ".".join(filter(None, (block, name, column)))
        if block not in self.positions:
            raise ValueError(say("templates.no_block", found=f"[{written}]"))
        if column is None and name in [one.id for one in self.positions[block].block.columns]:
            if self.positions[block].row(name) is not None:
                raise ValueError(say("templates.both", found=f"[{written}]"))
            return self.range(block, name, seen_from=seen_from)
        sheet, row, across = self.place(block, name, column)
        cell = _address(row, across, absolute=True)
        return cell if sheet == seen_from else f"{_quoted(sheet)}!{cell}"

    def range(self, block: str, column: str, *, seen_from: str = "") -> str:
        """Return the address of a whole column."""
        sheet, first, last, number = self.column(block, column)
        area = ":".join(_address(row, number, absolute=True) for row in (first, last))
        return area if sheet == seen_from else f"{_quoted(sheet)}!{area}"

    def cells(self) -> Iterator[tuple[_Position, int, int, TemplateColumn, Row, Cell]]:
        """Yield every cell with its block's position, its row and column on the sheet, and what they are."""
        for position in self.positions.values():
            for down, row in enumerate(position.block.rows, position.first):
                for across, column in enumerate(position.block.columns):
                    yield position, down, across, column, row, row.cells[column.id]


def _quoted(sheet: str) -> str:
    """Return a sheet's title as formulas have it."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'"


def _address(row: int, column: int, *, absolute: bool = False) -> str:
    return str(xl_rowcol_to_cell(row, column, row_abs=absolute, col_abs=absolute))


def evaluate(template: Template) -> Values:
    """Return what every formula of a template comes to. ValueError names a cell that comes to an error."""
    layout = Layout(template)
    book = formualizer.Workbook()
    book.set_temporal_egress("serial")
    for sheet in template.sheets:
        book.add_sheet(sheet.title)
    formulas: dict[Place, str] = {}
    for position, row, column, _, _, cell in layout.cells():
        place = position.sheet.title, row, column
        if cell.formula is not None:
            formulas[place] = layout.formula(cell.formula, position.block, row)
            book.set_formula(position.sheet.title, row + 1, column + 1, formulas[place])
        elif cell.value is not None:
            book.set_value(position.sheet.title, row + 1, column + 1, cell.value)
    book.evaluate_all()
    values: dict[Place, str | float | bool] = {}
    for place, formula in formulas.items():
        title, row, column = place
        found = book.get_value(title, row + 1, column + 1)
        if isinstance(found, Mapping) or (isinstance(found, str) and found.startswith("#")):
            at = f"{title}!{_address(row, column)}"
            raise ValueError(say("templates.comes_to", template=template.id, cell=at, found=found, formula=formula))
        today = "TODAY()" in formula and not template.filled  # not for a file to remember
        values[place] = "" if found is None or today else found
    return values


def make(template: Template, *, company: str) -> bytes:
    """Return a template as a workbook whose formulas have their values."""
    return write(template, evaluate(template), company=company)


# --- writing -----------------------------------------------------------------------------------------


def write(template: Template, values: Values, *, company: str) -> bytes:
    """Return a template as a workbook, with these values beside its formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": template.title, "company": company, "created": _MADE})
    book.set_calc_mode("auto")
    _Writer(book, template, values, company).write()
    book.close()
    return out.getvalue()


class _Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter says nothing of its types
    """A sheet that asks once whether a function is newer than the format; XlsxWriter looks for thirty in each formula.

    That is half the time that workbooks take.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        if any(self._is_newer(name) for name in set(_FUNCTION.findall(formula))):
            return str(super()._prepare_formula(formula, expand_future_functions))
        return formula.removeprefix("=")

    @staticmethod
    @cache
    def _is_newer(name: str) -> bool:
        return bool(Worksheet()._prepare_formula(f"{name}(") != f"{name}(")


class _Writer:
    """Writes one template into one workbook."""

    def __init__(self, book: xlsxwriter.Workbook, template: Template, values: Values, company: str) -> None:
        self.book = book
        self.template = template
        self.layout = Layout(template)
        self.values = values
        self.company = company
        self.guide_words = words("guide", template.language)
        self.errors = words("error", template.language)
        self.print = words("print", template.language)
        # Hundredths would only be in the way; thousandths of a dinar are money.
        self._money = "#,##0.000" if template.decimals > _USUAL else "#,##0"
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> None:
        self._guide(self._new_sheet(self.guide_words["sheet"]))
        for sheet in self.template.sheets:
            made = self._new_sheet(sheet.title)
            self._columns(made, sheet)
            for block in sheet.blocks:
                self._block(made, self.layout.positions[block.id])
            self._print_set_up(made, sheet)

    def _new_sheet(self, title: str) -> Worksheet:
        made = self.book.add_worksheet(title, _Sheet)
        made.hide_gridlines(2)
        made.set_default_row(_ROW)
        made.set_paper(9)  # A4
        made.set_margins(**_MARGINS)
        made.set_header(f"&L&9{self._escaped(self.template.title)} · &A&R&9{self._escaped(self.company)}")
        made.set_footer("&C&9&P / &N")
        return made

    @staticmethod
    def _escaped(text: str) -> str:
        return text.replace("&", "&&")

    def _format(self, **properties: Any) -> Format:
        """Return a format in the template's font; one and the same for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            font = {"font_name": _FONTS[base(self.template.language)], "font_size": 10, "valign": "vcenter"}
            self._formats[key] = self.book.add_format(font | properties)
        return self._formats[key]

    def _cell_format(self, cell: Cell) -> Format:
        shown: dict[str, Any] = {"text_wrap": True} if cell.kind in _WORDS else {"align": "right"}
        surface = {"indent": 1, "bg_color": _SURFACES[cell.role], "border": 1, "border_color": _LINE}
        if cell.role in ("input", "standard"):
            surface["locked"] = False
        # A formula in a cell of text format would be shown as its own text once somebody edits it.
        computed_text = cell.role == "computed" and cell.kind == "text"
        number = "General" if computed_text else self._money if cell.kind == "money" else _NUMBERS[cell.kind]
        return self._format(num_format=number, **surface, **shown)

    # --- the first sheet -----------------------------------------------------------------------------

    def _guide(self, sheet: Worksheet) -> None:
        words, template = self.guide_words, self.template
        sheet.set_column(0, 0, 4)
        sheet.set_column(1, 1, 24)
        sheet.set_column(2, 2, 66)
        wrap, bold = self._format(text_wrap=True, valign="top"), self._format(bold=True, font_color=_TEAL, font_size=11)
        sheet.set_row(0, 30)
        sheet.write(0, 0, template.title, self._format(bold=True, font_size=16, font_color=_TEAL))
        row = 1

        def line(text: str, form: Format = wrap, across: int = 0) -> None:
            nonlocal row
            width = 88 if across == 0 else 84
            sheet.merge_range(row, across, row, 2, text, form)
            sheet.set_row(row, 17 * max(1, -(-_width(text) // width)))
            row += 1

        line(template.purpose)
        if template.filled:
            line(words["example"], self._format(bold=True, text_wrap=True, font_color="#8A5200"))
        row += 1
        line(words["steps"], bold)
        for number, step in enumerate((*template.steps, words["more_rows"]), 1):
            sheet.write(row, 0, number, self._format(align="center", valign="top"))
            line(step, wrap, 1)
        row += 1
        line(words["sheets"], bold)
        link = self._format(font_color="#0F6A78", underline=1, valign="top")
        for each in template.sheets:
            sheet.write_url(row, 1, f"internal:{_quoted(each.title)}!A1", link, each.title)
            sheet.write(row, 2, each.note, wrap)
            sheet.set_row(row, 17 * max(1, -(-_width(each.note) // 64)))
            row += 1
        row += 1
        line(words["colours"], bold)
        for role in ("input", "standard", "computed", "fixed"):
            sheet.write_blank(row, 0, None, self._format(bg_color=_SURFACES[role], border=1, border_color=_LINE))
            line(words[role], wrap, 1)
        row += 1
        small = self._format(text_wrap=True, font_size=9, font_color="#5A6A72")
        line(words["private"], small)
        line(words["made"].format(company=self.company), small)
        sheet.fit_to_pages(1, 1)

    # --- the others ----------------------------------------------------------------------------------

    def _columns(self, made: Worksheet, sheet: Sheet) -> None:
        """Set each column as wide as the widest block needs; a list's notes reach over the columns of tables."""
        self.widths: dict[int, int] = {}
        self.heights: dict[int, int] = {}
        mixed = not all(block.items for block in sheet.blocks)
        for block in sheet.blocks:
            for place, column in enumerate(block.columns):
                if not (mixed and block.items and column.id == "note"):
                    self.widths[place] = max(self.widths.get(place, 0), column.width)
        for place, width in self.widths.items():
            made.set_column(place, place, width)
        self.last_of_notes = _NOTES
        while sum(self.widths.get(place, _COLUMN) for place in range(_NOTES, self.last_of_notes + 1)) < _NOTE_WIDTH:
            self.last_of_notes += 1

    def _block(self, made: Worksheet, position: _Position) -> None:
        block = position.block
        if block.title:
            title = self._format(bold=True, font_size=12, font_color=_TEAL)
            above = position.header - 1 - (block.note is not None)
            self._high(made, above, 24)
            made.write(above, 0, block.title, title)
            if block.note:
                made.write(above + 1, 0, block.note, self._format(font_size=9, font_color="#5A6A72"))
        self._header(made, position)
        for down, row in enumerate(block.rows, position.first):
            self._row(made, position, down, row)
        for across, column in enumerate(block.columns):
            self._validate(made, position, across, column)
            self._colour(made, position, across, column)

    def _header(self, made: Worksheet, position: _Position) -> None:
        head = self._format(
            bold=True,
            font_color="#FFFFFF",
            bg_color=_TEAL,
            border=1,
            border_color=_LINE,
            text_wrap=True,
            align="center",
        )
        lines = 1
        for across, column in enumerate(position.block.columns):
            last = self.last_of_notes if across == _NOTES and position.block.items else across
            lines = max(lines, self._lines(column.label, across, last))
            if last > across:
                made.merge_range(position.header, across, position.header, last, "", head)
            made.write_string(position.header, across, column.label, head)
        self._high(made, position.header, _ROW + 8 + 14 * (lines - 1))

    def _row(self, made: Worksheet, position: _Position, down: int, row: Row) -> None:
        """Write a row, as high as its longest text needs; in a list, notes and sentences reach over what is free."""
        block, lines, last = position.block, 1, -1
        for across, column in enumerate(block.columns):
            if across <= last:
                continue
            cell = row.cells[column.id]
            note = row.cells.get("note")
            sentence = column.id == "value" and cell.kind == "check" and (note is None or note.value is None)
            last = self.last_of_notes if block.items and (across == _NOTES or sentence) else across
            if last > across:
                made.merge_range(down, across, down, last, "", self._cell_format(cell))
            stored = self.values.get((position.sheet.title, down, across), "")
            self._cell(made, position, (down, across), cell, stored)
            if cell.kind in _WORDS:
                lines = max(lines, self._lines(str(cell.value or stored), across, last))
        if lines > 1:
            self._high(made, down, _ROW + 14 * (lines - 1))

    def _high(self, made: Worksheet, row: int, points: int) -> None:
        self.heights[row] = points
        made.set_row(row, points)

    def _lines(self, text: str, first: int, last: int) -> int:
        """Return how many lines a text takes in the columns from first to last."""
        room = sum(self.widths.get(place, _COLUMN) for place in range(first, last + 1)) - 2
        return -(-_width(text) // max(1, room)) or 1

    def _cell(
        self, made: Worksheet, position: _Position, place: tuple[int, int], cell: Cell, stored: str | float | bool
    ) -> None:
        form = self._cell_format(cell)
        if cell.formula is not None:
            result = _NOTHING if stored == "" else stored
            made.write_formula(*place, self.layout.formula(cell.formula, position.block, place[0]), form, result)
        elif cell.value is None:
            made.write_blank(*place, None, form)
        elif isinstance(cell.value, datetime.date):
            made.write_datetime(*place, datetime.datetime.combine(cell.value, datetime.time()), form)
        elif isinstance(cell.value, str):
            made.write_string(*place, cell.value, form)
        else:
            made.write_number(*place, cell.value, form)

    def _validate(self, made: Worksheet, position: _Position, across: int, column: TemplateColumn) -> None:
        """Let each run of cells to fill in, or of standards, accept only what its kind allows."""
        cells = [row.cells[column.id] for row in position.block.rows]
        start = 0
        while start < len(cells):
            end = start
            key = self._rule_key(cells[start])
            while end < len(cells) and self._rule_key(cells[end]) == key:
                end += 1
            rule = self._rule(cells[start]) if key else None
            if rule:
                made.data_validation(position.first + start, across, position.first + end - 1, across, rule)
            start = end

    @staticmethod
    def _rule_key(cell: Cell) -> tuple[object, ...] | None:
        known = cell.role in ("input", "standard")
        return (cell.kind, cell.options, cell.minimum, cell.maximum) if known else None

    def _rule(self, cell: Cell) -> dict[str, Any] | None:
        if cell.options:
            block, _, name = cell.options.partition(".")
            return self._stop("options", {"validate": "list", "source": "=" + self.layout.range(block, name or "name")})
        if cell.kind == "date":
            limits = {"minimum": datetime.date(2000, 1, 1), "maximum": datetime.date(2100, 12, 31)}
            return self._stop("date", {"validate": "date", "criteria": "between", **limits})
        if cell.kind not in ("count", "number", "percent", "money"):
            return None
        minimum = 0 if cell.minimum is None else cell.minimum
        maximum = 100 if cell.kind == "percent" and cell.maximum is None else cell.maximum
        scale, sign = (100, "%") if cell.kind == "percent" else (1, "")
        what = {"validate": "integer" if cell.kind == "count" else "decimal"}
        if maximum is None:
            said = "count" if cell.kind == "count" else "number"
            return self._stop(said, what | {"criteria": ">=", "value": minimum / scale}, minimum=f"{minimum:g}{sign}")
        limits_shown = {"minimum": f"{minimum:g}{sign}", "maximum": f"{maximum:g}{sign}"}
        between = {"criteria": "between", "minimum": minimum / scale, "maximum": maximum / scale}
        return self._stop("between", what | between, **limits_shown)

    def _stop(self, said: str, rule: Mapping[str, Any], **params: str) -> dict[str, Any]:
        return {**rule, "error_title": self.errors["title"], "error_message": self.errors[said].format(**params)}

    def _colour(self, made: Worksheet, position: _Position, across: int, column: TemplateColumn) -> None:
        first, last = position.first, position.first + len(position.block.rows) - 1
        rules = [
            {"type": "cell", "criteria": "==", "value": f'"{text}"', "tone": tone}
            for text, tone in column.tones.items()
        ]
        if any(row.cells[column.id].kind == "check" for row in position.block.rows):
            for mark, tone in (("✓", "good"), ("✗", "bad")):
                rules.append({"type": "text", "criteria": "begins with", "value": mark, "tone": tone})
        for rule in rules:
            form = self.book.add_format(_TONES[rule.pop("tone")])
            made.conditional_format(first, across, last, across, {**rule, "format": form})

    def _print_set_up(self, made: Worksheet, sheet: Sheet) -> None:
        made.protect("", _ALLOWED)
        made.set_landscape()
        across = 1 + (sum(self.widths.values()) > _LEGIBLE)
        made.fit_to_pages(across, 0)
        if across > 1:
            made.repeat_columns(0, 0)
            made.print_across()
        self._print_area(made, sheet)
        first = self.layout.positions[sheet.blocks[0].id]
        if len(sheet.blocks) == 1 and not first.block.items:
            made.freeze_panes(first.header + 1, 1)
            made.repeat_rows(0, first.header)
            last = first.header + len(first.block.rows), len(first.block.columns) - 1
            if len(first.block.rows) > len([row for row in first.block.rows if row.id]):
                made.autofilter(first.header, 0, *last)

    def _print_area(self, made: Worksheet, sheet: Sheet) -> None:
        """Print of a table at the end of a sheet what is filled in, and a page's worth of empty rows, but not all.

        The footer says up to which row, so that nobody misses what they typed below it.
        """
        block = sheet.blocks[-1]
        begun = max((place for place, row in enumerate(block.rows, 1) if row.id or _filled(row)), default=0)
        header = self.layout.positions[block.id].header
        shown = min(max(_PRINTED, begun + _SPARE), len(block.rows))
        while shown > max(begun, 1) and self._pages(header, header + shown) > self._pages(header, header + begun):
            shown -= 1
        if shown < len(block.rows):
            last = header + shown
            made.print_area(0, 0, last, max(len(one.columns) for one in sheet.blocks) - 1)
            made.set_footer(f"&L&9{self.print['footer'].format(row=last + 1)}&R&9&P / &N")

    def _pages(self, header: int, last: int) -> int:
        """Return how many pages of A4 a sheet takes from its top to a row, its heading repeated on each."""
        wide = sum(0.75 * (7 * width + 5) for width in self.widths.values())
        scale = min(1.0, (1 + (sum(self.widths.values()) > _LEGIBLE)) * _ACROSS / wide)
        room, pages, used = _DOWN / scale, 1, 0.0
        for row in range(last + 1):
            high = self.heights.get(row, _ROW)
            if used + high > room:
                pages, used = pages + 1, float(self.heights.get(header, _ROW))
            used += high
        return pages


def _filled(row: Row) -> bool:
    return any(cell.role == "input" and cell.value is not None for cell in row.cells.values())


def _width(text: str) -> int:
    """Return how many Latin letters wide a text is."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
