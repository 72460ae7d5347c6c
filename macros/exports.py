"""How lists get from other systems into the calculators, as pages print it: what is asked for, and what is found.

``docs/exports.toml`` has the systems and how they head their columns; what a calculator asks for is its declaration,
and whether it finds a column by itself is what its own reader of headings answers. Nothing here is said twice.
"""

from calculators import CALCULATORS
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.headings import headings_of, match
from calculators.engine.shows.markup import Markup, tag
from calculators.engine.shows.text import Language, Text, base, side
from calculators.engine.shows.wording import Wording
from macros.layers import entries, front_matter_of

SHOWN = 6
"""How many of the headings by which a column is known are shown."""
TAKEN = (
    ("abc_tiers", "customers", {"customer": "customer", "revenue": "revenue", "ordered": "ordered", "owner": "owner"}),
    ("self_check", "results", {"owner": "person", "revenue": "result"}),
)
"""Which lists of calculators a list of payments serves, with what each of its columns is there."""


ELSEWHERE = {"self_check": "self-check/quarterly"}
"""Calculators whose page is not the one of their name in ``calculators``."""


def title(calculator: str, language: Language) -> str:
    """Return what the page of a calculator is called."""
    page = ELSEWHERE.get(calculator, f"calculators/{calculator}")
    return str(front_matter_of(f"{language}/{page}.md")["title"])


def wanted(calculator: str, text: Text, word: dict[str, str]) -> Markup:
    """Return a table of the columns of each list that a calculator asks for: needed or not, known by which headings."""
    wording = Wording(calculator, text)
    tables = [table for table in _declared(calculator, text) if not table.from_result]
    heads = tag("tr", [tag("th", word[key], scope="col") for key in ("column", "needed", "known_by")])
    bodies = []
    for table in tables:
        title = tag("tr", tag("th", wording.field_name(table.name), colspan=3, scope="rowgroup"))
        rows = [
            tag(
                "tr",
                tag("th", _name(wording, column.name), scope="row"),
                tag("td", word["yes" if column.required else "no"]),
                tag("td", text.listed(_headings(column, text.language))),
            )
            for column in table.columns
        ]
        bodies.append(tag("tbody", title, rows))
    return tag("div", tag("table", tag("thead", heads), bodies, class_="pb-wanted"), class_="pb-scroll")


def systems(text: Text, word: dict[str, str]) -> str:
    """Return in Markdown an entry for each system: the way to its list, what to leave in, and its columns as ours."""
    parts = []
    for system in entries("exports.toml", "system"):
        name, menu, kept, beside = (side(system[key], text.language) for key in ("name", "menu", "filter", "beside"))
        parts += [
            f"### {name} {{#{system['id']}}}",
            f"1. {menu}\n2. {word['keep']}{kept}",
            _mapping(system["columns"], text, word),
            f"{beside}{word['as_of'].format(day=system['as_of'])}",
        ]
    return "\n\n".join(parts)


def _mapping(columns: dict[str, str], text: Text, word: dict[str, str]) -> Markup:
    """Return a table of a system's columns with what each calculator takes them for, by itself or when told."""
    heads = [word["theirs"], *(title(calculator, text.language) for calculator, _, _ in TAKEN)]
    cells: dict[str, list[str]] = {heading: [] for heading in columns}
    for calculator, name, meant in TAKEN:
        wording = Wording(calculator, text)
        table = next(table for table in _declared(calculator, text) if table.name == name)
        found = found_by_itself(table, list(columns), text)
        for heading, ours in columns.items():
            column = meant.get(ours)
            if column is None:
                cells[heading].append(word["unused"])
            else:
                said = word["found" if found.get(column) == heading else "choose"]
                cells[heading].append(said.format(column=_name(wording, column)))
    rows = [
        tag("tr", tag("th", heading, scope="row"), [tag("td", said) for said in cells[heading]]) for heading in columns
    ]
    head = tag("thead", tag("tr", [tag("th", said, scope="col") for said in heads]))
    return tag("div", tag("table", head, tag("tbody", rows)), class_="pb-scroll")


def found_by_itself(table: TableSpec, headings: list[str], text: Text) -> dict[str, str]:
    """Return which of these headings a calculator takes for which of its columns without being told."""
    places = match(headings, table.columns, text.settings.currency)
    return {column: headings[indexes[0]] for column, indexes in places.items() if indexes}


def _declared(calculator: str, text: Text) -> tuple[TableSpec, ...]:
    return tuple(CALCULATORS[calculator].declare(text.settings).tables)


def _name(wording: Wording, column: str) -> str:
    return wording.words(f"column.{column}")


def _headings(column: ColumnSpec, language: Language) -> list[str]:
    known = headings_of(column.name)
    return (known.zh if base(language) == "zh" else known.en)[:SHOWN]
