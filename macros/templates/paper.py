"""Templates as forms on a page, to print and fill in by hand, or filled in as an example."""

import datetime
from fractions import Fraction

from calculators.engine.shows.markup import Markup, tag
from calculators.engine.shows.text import number, trimmed
from macros.templates.model import Block, Cell, Sheet, Template, TemplateKind, words
from macros.templates.workbook import Layout, Place, Values, evaluate

_LISTS = "lists"
_YES, _NO = "☑", "☐"


def form(template: Template, *, company: str) -> Markup:
    """Return a template as a form: a part for each of its sheets, each on paper of its own."""
    values = evaluate(template) if template.filled else {}
    sheets = [sheet for sheet in template.sheets if sheet.id != _LISTS]
    return Markup("".join(_Form(template, sheet, values, company).markup() for sheet in sheets))


class _Form:
    """One sheet of paper."""

    def __init__(self, template: Template, sheet: Sheet, values: Values, company: str) -> None:
        self.template = template
        self.sheet = sheet
        self.values = values
        self.company = company
        self.layout = Layout(template)
        self.words = words("paper", template.language)

    def markup(self) -> Markup:
        state = self.words["filled" if self.template.filled else "empty"]
        return tag(
            "section",
            tag(
                "div",
                tag("strong", self.sheet.title),
                tag("span", f"{self.company} · {state}"),
                tag("button", self.words["print"], type="button", class_="md-button", data_action="print-form"),
                class_="pb-paper-head",
            ),
            tag("p", self.sheet.note, class_="pb-paper-note"),
            [self._block(block) for block in self.sheet.blocks],
            class_="pb-paper",
            data_form=self.template.id,
            data_filled=self.template.filled,
            data_wide=self.template.wide,
            aria_label=f"{self.sheet.title}, {state}",
        )

    def _block(self, block: Block) -> list[Markup]:
        title = [tag("p", block.title, class_="pb-paper-title")] if block.title else []
        return [*title, self._fields(block) if block.items else self._table(block)]

    def _fields(self, block: Block) -> Markup:
        """Return a list of labelled values."""
        fields = []
        for place, row in enumerate(block.rows):
            cell = row.cells["value"]
            fields.append(
                tag("div", tag("dt", row.cells["label"].value), tag("dd", self._shown(block, place, "value", cell)))
            )
        return tag("dl", fields)

    def _table(self, block: Block) -> Markup:
        whole = sum(column.width for column in block.columns)
        widths = [tag("col", style=f"width:{100 * column.width / whole:.1f}%") for column in block.columns]
        lines = max(column.lines for column in block.columns)
        head = [tag("th", column.label, scope="col") for column in block.columns]
        body = [
            tag(
                "tr",
                [
                    tag(
                        "td",
                        self._shown(block, place, column.id, row.cells[column.id]),
                        data_role=row.cells[column.id].role,
                        class_="pb-paper-date" if row.cells[column.id].kind == "date" else None,
                    )
                    for column in block.columns
                ],
            )
            for place, row in enumerate(block.rows)
        ]
        return tag(
            "table",
            tag("colgroup", widths),
            tag("thead", tag("tr", head)),
            tag("tbody", body),
            class_="pb-paper-table",
            style=f"--lines:{lines}",
        )

    def _shown(self, block: Block, place: int, column: str, cell: Cell) -> str | Markup:
        """Return what stands in a cell: on the empty form nothing, or boxes to tick where there is a choice."""
        if cell.options and self.template.choices(cell.options):
            boxes = [
                tag("span", _YES if choice == cell.value else _NO, " ", choice, data_chosen=choice == cell.value)
                for choice in self.template.choices(cell.options)
            ]
            return tag("span", boxes, class_="pb-paper-boxes")
        value = cell.value if cell.formula is None else self.values.get(self._place(block, place, column))
        return shown(value, cell.kind)

    def _place(self, block: Block, place: int, column: str) -> Place:
        sheet, first, _, number = self.layout.column(block.id, column)
        return sheet, first + place, number


def shown(value: object, kind: TemplateKind) -> str:
    """Return a value as it is read.

    >>> shown(0.205, "percent"), shown(60000, "money"), shown(2.5, "number"), shown(None, "text")
    ('20.5%', '60,000', '2.5', '')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    assert isinstance(value, int | float)
    exact = Fraction(value).limit_denominator(10**9)  # what a float of a workbook stands for
    if kind == "percent":
        return f"{trimmed(number(exact * 100, 1))}%"
    return trimmed(number(exact, 2))
