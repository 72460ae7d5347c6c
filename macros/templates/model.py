"""What a template is: sheets of blocks of columns and rows, read from ``<id>.toml``, in the words of one language.

The same data makes a workbook (``workbook.py``) or a form on a page (``paper.py``), empty or filled in. Nothing here
knows how either looks. What a file may say is in the docstring of each class; its figures are the method's
(``{figure = "…"}``), the company's (``{setting = "…"}``), a calculator's default (``{field = "…"}``), or ours, and then
typed there and nowhere else; words of a calculator are named by their key (``{text = "…"}``), a measure's name and
formula by its id (``{measure = "…"}``, ``{defines = "…"}``), and stages of a deal are listed by theirs (``stages``).
"""

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from calculators import CALCULATORS, COMPANY
from calculators.engine.asks.currencies import decimals, name_in_headings
from calculators.engine.asks.settings import Settings
from calculators.engine.shows.text import Language, Text, base, number, side
from calculators.measures import measure
from calculators.method import METHOD
from calculators.stages import STAGES, with_own
from macros.company import listed, with_names
from macros.said import say

FOLDER: Final = Path(__file__).parent
TemplateKind = Literal["text", "count", "number", "percent", "money", "date", "check"]
"""What a cell holds. A percentage is written as such in the data (``60``) and is a fraction in the cell; money is in
currency units; a check is a sentence that begins with ✓ or ✗."""
Value = str | int | float | datetime.date | None

_FIGURE = re.compile(r"\{(figure|setting):([\w.]+)\}")


@dataclass(frozen=True)
class TemplateColumn:
    """A column: its cells are typed in, or computed by ``formula``.

    ``options`` is the list, or the column (``block.column``), whose texts its drop-down offers; data name them by
    id. ``required`` makes the check at the end of a row ask for it. ``tones`` colours a cell by its text: an option (of
    the list that the column ``shows``, if it is computed), else a word. A column of kind ``row`` takes each row's own
    ``kind``. ``lines`` is how many lines there are to write on, on paper.
    """

    id: str
    label: str
    kind: TemplateKind
    width: int
    required: bool
    options: str | None
    formula: str | None
    minimum: float | None
    maximum: float | None
    tones: Mapping[str, str]
    by_row: bool
    lines: int


@dataclass(frozen=True)
class Cell:
    """What stands in a cell before anything is computed: a value, or a formula, or neither, to be filled in.

    ``role`` says who fills it: nobody (``fixed`` words), the company once (a ``standard`` figure), the reader
    (``input``) or the workbook (``computed``).
    """

    role: Literal["fixed", "standard", "input", "computed"]
    kind: TemplateKind
    value: Value = None
    formula: str | None = None
    options: str | None = None
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Row:
    """A row of a block: its cells by column; ``id`` names it in formulas."""

    id: str | None
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Block:
    """Columns and rows under each other; ``items`` says that it is a list of labelled values and not a table."""

    id: str
    title: str | None
    note: str | None
    columns: tuple[TemplateColumn, ...]
    rows: tuple[Row, ...]
    items: bool


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a part of a form on a page."""

    id: str
    title: str
    note: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Template:
    """A template in one language, empty or filled in with the invented example.

    ``decimals`` are those of the company's currency.
    """

    id: str
    stage: int
    title: str
    purpose: str
    steps: tuple[str, ...]
    words: Mapping[str, str]
    sheets: tuple[Sheet, ...]
    wide: bool
    filled: bool
    language: Language
    decimals: int

    def blocks(self) -> Iterator[Block]:
        """Yield every block."""
        for sheet in self.sheets:
            yield from sheet.blocks

    def choices(self, options: str) -> list[str]:
        """Return the texts of a list."""
        return [str(row.cells["name"].value) for block in self.blocks() if block.id == options for row in block.rows]


@lru_cache
def own_templates() -> tuple[str, ...]:
    """Return the company's own templates, those in the place of ours too; what cannot be read, the build tells."""
    found = []
    for path in sorted((COMPANY / "templates").glob("*.toml")):
        try:
            tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            continue
        found.append(path.stem)
    return tuple(found)


@lru_cache
def data_of(name: str) -> Mapping[str, Any]:
    """Return what the file ``<name>.toml`` says, its example with what the company's lists have of it.

    A ``listed`` entry names the ``block`` of the example, the calculator's example ``list``, by which column of ours
    and of theirs a row is found (``key``), which of our columns take which of theirs (``cells``), and, where not all
    rows are in that list, whose are (``only``).
    """
    own = COMPANY / "templates" / f"{name}.toml"
    data = tomllib.loads((own if name in own_templates() else FOLDER / f"{name}.toml").read_text(encoding="utf-8-sig"))
    if "example" not in data or name in own_templates():
        return data
    example = with_names(data["example"])
    for entry in data.get("listed", ()):
        ((ours, theirs),) = entry["key"].items()
        columns = {column["id"]: column for column in _block(data, entry["block"])["columns"]}
        for row in example[entry["block"]]:
            who = row.get(ours, {}).get("zh")
            if who in entry.get("only", (who,)):
                found = listed(entry["list"], theirs, who)
                cells = {own: found[other] for own, other in entry["cells"].items() if other in found}
                if twice := sorted(cells.keys() & row.keys()):
                    raise ValueError(say("templates.twice", name=name, what=twice, who=who, list=entry["list"]))
                row |= {own: _as_option(data, columns[own], cell) for own, cell in cells.items()}
    return {**data, "example": example}


def _block(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(block for sheet in data["sheet"] for block in sheet["block"] if block["id"] == name)
    return found


def _as_option(data: Mapping[str, Any], column: Mapping[str, Any], cell: Any) -> Any:
    """Return a cell of a list as the column takes it: a level by its points, an option of a list by its text."""
    block, _, level = column.get("options", "").partition(".")
    if level and "rows" in _block(data, block):
        return next(row["id"] for row in _block(data, block)["rows"] if row["points"] == cell)
    if level or not block:
        return cell
    return next(name for name, text in data["lists"][block].items() if name != "title" and text == cell)


@lru_cache
def words(topic: str, language: Language) -> Mapping[str, str]:
    """Return the words of a topic that all templates share (``common.toml``) in one language."""
    return {key: side(both, language) for key, both in data_of("common")[topic].items()}


def read(name: str, language: Language, settings: Settings, *, filled: bool) -> Template:
    """Return a template in a language, with the company's figures in it."""
    data = data_of(name)
    reader = _Reader(data, language, settings)
    example = data.get("example", {}) if filled else {}
    sheets = [reader.sheet(sheet, example) for sheet in data["sheet"]]
    if reader.lists:
        sheets.append(reader.list_sheet())
    template = Template(
        id=name,
        stage=data["stage"],
        title=reader.text(data["title"]),
        purpose=reader.text(data["purpose"]),
        steps=tuple(reader.text(step) for step in data.get("steps", ())),
        words=reader.words,
        sheets=tuple(sheets),
        wide=data.get("wide", False),
        filled=filled,
        language=language,
        decimals=reader.decimals,
    )
    unknown = set(example) - {block.id for block in template.blocks()}
    if unknown:
        raise ValueError(say("templates.no_such_block", name=name, blocks=sorted(unknown)))
    return template


def _with_stages(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return a list's texts by option; one of stages of a deal names them, and takes their names."""
    stages = {name: STAGES[name] for name in with_own(options.get("stages", ()))}
    named = {name: {"zh": stage.zh.name, "en": stage.en.name} for name, stage in stages.items()}
    return {key: text for key, text in options.items() if key != "stages"} | named


def _with_own_stages(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return a block's rows; of stages of a deal a company's own are among them, with the figures of what they follow.

    They are that company's to change: cells to fill in.
    """
    by_id = {row.get("id"): row for row in rows}
    found: list[Mapping[str, Any]] = list(rows)
    if rows and set(by_id) <= set(STAGES):
        names = with_own(map(str, by_id))
        for name in names:
            if name not in by_id:
                by_id[name] = {**by_id[STAGES[name].after], "id": name, "name": {"formula": f"[stages.{name}]"}}
        found = [by_id[name] for name in names]
    return found


class _Reader:
    """Puts the words of one language and the figures of one company into a template's data."""

    def __init__(self, data: Mapping[str, Any], language: Language, settings: Settings) -> None:
        common = data_of("common")
        self.language: Language = language
        self.settings = settings
        self.playbook = settings.as_mapping()
        self.page_words = Text(language, settings)
        self.lists: dict[str, dict[str, Any]] = {
            name: common["lists"][name] if options == "common" else _with_stages(options)
            for name, options in data.get("lists", {}).items()
        }
        self.rows = {
            block["id"]: {row["id"]: row for row in block.get("rows", ()) if "id" in row}
            for sheet in data["sheet"]
            for block in sheet["block"]
        }
        self.words = {key: self.text(word) for key, word in {**common["words"], **data.get("words", {})}.items()}
        self.decimals = decimals(settings.currency)

    def text(self, node: str | Mapping[str, str]) -> str:
        """Return a text of the language with its ``{figure:name}`` and ``{setting:path}`` filled in."""
        said = node if isinstance(node, str) else self._measure(node) or side(node, self.language)
        said = said.replace("{currency}", self.currency())
        return _FIGURE.sub(lambda found: self._shown(found[1], found[2]), said)

    def _measure(self, node: Mapping[str, str]) -> str:
        """Return the name of the measure that a node names, with its currency, or its formula; empty for words."""
        if not {"measure", "defines"} & set(node):
            return ""
        one = measure(node.get("measure") or node["defines"])
        said = one.zh if base(self.language) == "zh" else one.en
        if "defines" in node:
            return said.formula
        if one.unit != "money":
            return said.title
        return f"{said.title}（{{currency}}）" if base(self.language) == "zh" else f"{said.title} ({{currency}})"

    def currency(self) -> str:
        return name_in_headings(self.settings.currency, base(self.language))

    def _shown(self, source: str, name: str) -> str:
        if source == "figure":
            return number(METHOD[name].value) + ("%" if METHOD[name].unit == "percent" else "")
        return str(self._setting(name))

    def _setting(self, path: str) -> Any:
        node: Any = self.playbook
        for part in path.split("."):
            node = node[part]
        return node

    def _default(self, path: str) -> float:
        """Return what a calculator's form starts with, in the unit in which it is shown."""
        calculator, name = path.split(".")
        field = next(field for field in CALCULATORS[calculator].declare(self.settings).fields if field.name == name)
        start: int = field.default
        if field.kind == "money":
            return start / self.settings.minor_units
        return start / 100 if field.kind in ("percent", "hundredths") else start

    def value(self, node: object, kind: TemplateKind) -> Value:
        """Return the value of a cell: a text of the language, a figure or a setting, or what is typed there."""
        if isinstance(node, Mapping) and "figure" in node:
            return self.value(METHOD[node["figure"]].value, kind)
        if isinstance(node, Mapping) and "setting" in node:
            return self.value(self._setting(node["setting"]), kind)
        if isinstance(node, Mapping) and "field" in node:
            return self.value(self._default(node["field"]), kind)
        if isinstance(node, Mapping) and "text" in node:
            return self.page_words(node["text"])
        if isinstance(node, str | Mapping):
            return self.text(node)
        if kind == "percent" and isinstance(node, int | float):
            return node / 100
        assert isinstance(node, int | float | datetime.date)
        return node

    def option(self, options: str, name: str) -> str:
        """Return the text of an option of a list, or of a column of another block."""
        block, _, column = options.partition(".")
        texts = self.lists[block] if not column else {row: cells[column] for row, cells in self.rows[block].items()}
        if name not in texts or name == "title":
            raise ValueError(say("templates.option", options=options, name=name, known=list(texts)))
        return str(self.value(texts[name], "text"))

    def list_sheet(self) -> Sheet:
        """Return the sheet of the lists that drop-downs offer."""
        blocks = []
        evidence = {name: {"zh": stage.zh.evidence, "en": stage.en.evidence} for name, stage in STAGES.items()}
        for name, texts in self.lists.items():
            of_stages = set(texts) - {"title"} <= set(STAGES)
            rows = [
                {"id": option, "name": text} | ({"evidence": evidence[option]} if of_stages else {})
                for option, text in texts.items()
                if option != "title"
            ]
            columns = [{"id": "name", "label": texts["title"], "width": 30}]
            if of_stages:
                columns.append({"id": "evidence", "label": data_of("common")["lists"]["evidence"], "width": 60})
            blocks.append(self.block({"id": name, "columns": columns, "rows": rows}, None))
        title, note = (self.text(data_of("common")["lists"][key]) for key in ("title", "note"))
        return Sheet("lists", title, note, tuple(blocks))

    def whole(self, node: object) -> int:
        """Return a figure or setting that is a whole number."""
        found = self.value(node, "count")
        assert isinstance(found, int)
        return found

    def sheet(self, data: Mapping[str, Any], example: Mapping[str, Any]) -> Sheet:
        blocks = tuple(self.block(block, example.get(block["id"])) for block in data["block"])
        return Sheet(data["id"], self.text(data["title"]), self.text(data["note"]), blocks)

    def block(self, data: Mapping[str, Any], example: Any) -> Block:
        items = "items" in data
        columns = self._item_columns(data) if items else tuple(self._column(column) for column in data["columns"])
        given: Sequence[Mapping[str, Any]] = data["items"] if items else _with_own_stages(data.get("rows", ()))
        if each := data.get("each"):
            names = self.lists.get(each) or self.rows[each]
            given = [{"id": name, columns[0].id: {"formula": f"[{each}.{name}]"}} for name in names if name != "title"]
        if "count" in data:
            given = [{columns[0].id: {"formula": str(place)}} for place in range(1, self.whole(data["count"]) + 1)]
        if items:
            filled = [{"value": (example or {}).get(item["id"])} for item in given]
        elif isinstance(example, Mapping):
            filled = [example.get(row["id"], {}) for row in given]
        else:
            filled = list(example or ())
        room = len(given) + data.get("blank", 0)
        if len(filled) > room:
            raise ValueError(say("templates.room", block=data["id"], rows=len(filled), room=room))
        conditions = [(check["when"], self.text(check)) for check in data.get("checks", ())]
        if conditions or any(column.required for column in columns):
            asked = [column for column in columns if not any(column.id in row for row in given)]
            columns = (*columns, self._check(asked, conditions))
        rows = []
        for place in range(room):
            fixed = given[place] if place < len(given) else {}
            inputs = filled[place] if place < len(filled) else {}
            if unknown := set(inputs) - {column.id for column in columns}:
                raise ValueError(say("templates.column", block=data["id"], columns=sorted(unknown)))
            cells = {column.id: self._cell(column, fixed, inputs, items=items) for column in columns}
            rows.append(Row(fixed.get("id"), cells))
        title, note = (self.text(data[key]) if key in data else None for key in ("title", "note"))
        return Block(data["id"], title, note, columns, tuple(rows), items)

    def _item_columns(self, data: Mapping[str, Any]) -> tuple[TemplateColumn, ...]:
        common = data_of("common")
        columns = [
            {"id": "label", "label": data.get("label", common["item"]["label"]), "width": 34},
            {"id": "value", "label": common["item"]["value"], "kind": "row", "width": 16},
            {"id": "note", "label": common["item"]["note"], "width": 60},
        ]
        if not any("note" in item for item in data["items"]):
            columns.pop()
        return tuple(self._column(column) for column in columns)

    def _column(self, data: Mapping[str, Any]) -> TemplateColumn:
        kind = data.get("kind", "text")
        options = data.get("options")
        shown = options or data.get("shows")
        return TemplateColumn(
            id=data["id"],
            label=self.text(data["label"]),
            kind="text" if kind == "row" else kind,
            width=data.get("width", {"text": 18, "date": 12, "money": 14, "check": 22}.get(kind, 11)),
            required=data.get("required", False),
            options=options,
            formula=data.get("formula"),
            minimum=data.get("minimum"),
            maximum=data.get("maximum"),
            tones={
                self.option(shown, word) if shown else self.words[word]: tone
                for tone, words in data.get("tones", {}).items()
                for word in words
            },
            by_row=kind == "row",
            lines=data.get("lines", 1),
        )

    def _cell(
        self, column: TemplateColumn, fixed: Mapping[str, Any], inputs: Mapping[str, Any], *, items: bool
    ) -> Cell:
        node = fixed.get(column.id)
        if items and column.id != "value":
            return Cell("fixed", "text", None if node is None else self.text(node))
        kind: TemplateKind = fixed.get("kind", "text") if column.by_row else column.kind
        own: Mapping[str, Any] = fixed if items else vars(column)
        formula, options = own.get("formula"), own.get("options")
        if isinstance(node, Mapping) and "formula" in node:
            formula, node = node["formula"], None
        elif node is not None:
            formula = None
        if formula is not None:
            return Cell("computed", kind, formula=formula)
        given = inputs.get(column.id) if node is None else node
        if options and isinstance(given, str):
            given = self.option(options, given)
        value = None if given is None else self.value(given, kind)
        if node is not None and isinstance(value, str) and not items:
            return Cell("fixed", kind, value)
        limits = {"minimum": own.get("minimum"), "maximum": own.get("maximum")}
        return Cell("input" if node is None else "standard", kind, value, options=options, **limits)

    def _said(self, text: str) -> str:
        """Return a text to stand in a formula, as one of the template's words: whatever is in it, it stays a text."""
        name = next((name for name, word in self.words.items() if word == text), f"said_{len(self.words)}")
        self.words[name] = text
        return f"{{{name}}}"

    def _check(self, columns: Sequence[TemplateColumn], conditions: Sequence[tuple[str, str]]) -> TemplateColumn:
        """Return the column that says of each row with anything in ``columns`` what is missing or wrong."""
        common = data_of("common")
        nothing = ",".join(f'[{column.id}]=""' for column in columns if column.formula is None)
        required = [column for column in columns if column.required]
        found = [f'IF({when},{self._said(f"{said} ")},"")' for when, said in conditions]
        if required:
            complete = ",".join(f'[{column.id}]<>""' for column in required)
            named = [f'IF([{column.id}]="",{self._said(f"{column.label} ")},"")' for column in required]
            found = [f'IF(AND({complete}),"",{self._said(self.text(common["words"]["missing"]))})', *named, *found]
        wrong = "&".join(found)
        formula = f'IF(AND({nothing}),"",IF({wrong}="","✓","✗ "&{wrong}))'
        return self._column({"id": "check", "label": common["check"], "kind": "check", "formula": formula})
