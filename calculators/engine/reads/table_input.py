"""One table of a request, taken apart once: where its rows come from, and how the reader wants them read.

What a request may say of a table is in ``bridge.py``. The rows of a source are read in ``tables.py``; which of a
calculator's tables are the worked example's is for ``work.py``.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

from calculators.engine.asks.errors import InvalidInputs
from calculators.engine.asks.tables import TableSpec
from calculators.engine.reads.sources import File, Pasted, Rows, Source
from calculators.engine.reads.tables import Asked, Outline, RawRows, Reading, outline, raw_rows, read_table

Origin = Literal["absent", "example", "file", "pasted", "rows_given", "pseudonyms", "awkward", "roster"]
_SAVED: tuple[Origin, ...] = ("pasted", "pseudonyms", "awkward", "roster")
"""Where rows may say that they come from, in a plan too."""


@dataclass(frozen=True)
class TableInput:
    """A declared table as it was given.

    ``source`` is None where nothing is there to be read. ``given`` says that the request has rows of the reader's own,
    beside options, also where nothing is written in them: so an optional table is emptied. ``name`` is a file's, or
    what the reader has called the rows; without one they are called by their ``origin``, which a plan keeps. Of a
    ``roster`` it is the calculator and the table that the rows were taken over from, ``nine_box.people``.
    ``columns`` has the index of a header for a declared column, None for "not there"; ``unit`` is what one in the table
    counts, ``sheet`` that of a workbook. ``answers`` are those to what the table leaves open, by the names of the
    questions (``questions.py``).
    """

    spec: TableSpec
    origin: Origin = "absent"
    source: Source | None = None
    given: bool = False
    name: str = ""
    sheet: str | None = None
    unit: int | None = None
    columns: Mapping[str, int | None] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    as_of: datetime.date | None = None
    """The day that the result is of, for a table with days in it."""

    @classmethod
    def of(cls, spec: TableSpec, asked: Any, planned: Any, attachments: Mapping[str, bytes]) -> "TableInput":
        """Take apart what a request says of a table, None where it says nothing.

        What an opened plan has of it, ``planned``, stands where the request has no rows of its own.
        """
        raw = planned if asked is None else asked if _has_rows(asked) or not planned else _over(planned, asked)
        options: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        table = cls(
            spec,
            given=_has_rows(raw),
            sheet=options.get("sheet") or None,
            unit=int(options["unit"]) if options.get("unit") else None,
            columns={
                name: None if at in (None, "") else int(at) for name, at in (options.get("columns") or {}).items()
            },
            answers={str(name): str(option) for name, option in (options.get("answers") or {}).items()},
        )
        if not raw or (table.given and not spec.required and _is_blank(raw)):
            return table
        if isinstance(raw, str):
            return replace(table, origin="pasted", source=Pasted(raw))
        if isinstance(raw, list):
            return replace(table, origin="rows_given", source=Rows.of(raw))
        if "file" in raw:
            name = raw.get("name") or raw["file"]
            return replace(table, origin="file", source=File(name, attachments[raw["file"]]), name=name)
        if "text" in raw:
            return replace(table, origin="pasted", source=Pasted(raw["text"]))
        if "rows" in raw:
            parted = {"aligned": raw.get("aligned", True), "delimiter": raw.get("delimiter") or ""}
            rows = Rows.of(raw["rows"], **parted)
            origin: Origin = next((one for one in _SAVED if one == raw.get("origin")), "rows_given")
            return replace(table, origin=origin, source=rows, name=raw.get("name") or "")
        return table

    def with_example(self, example: File) -> "TableInput":
        """Return the table with the worked example's rows, to be read as the reader wants."""
        return replace(self, origin="example", source=example)

    @property
    def is_own(self) -> bool:
        """Whether there is something of the reader's own to be read."""
        return self.origin not in ("absent", "example")

    def options(self, *, aligned: bool, delimiter: str = "") -> dict[str, Any]:
        """Return how its raw rows are to be read, from no sheet any more."""
        return {
            "aligned": aligned,
            "delimiter": delimiter,
            "sheet": None,
            "unit": self.unit,
            "columns": dict(self.columns),
            "answers": dict(self.answers),
        }

    def read(self, currency: str) -> Reading | None:
        """Return the table, read; None where it is absent. Raises InvalidInputs where it cannot be used."""
        if self.source is None:
            return None
        return read_table(
            self.source,
            self.spec,
            currency=currency,
            unit=self.unit,
            sheet=self.sheet,
            mapping=self.columns or None,
            answers=self.answers,
            as_of=self.as_of,
        )

    def outline(self, currency: str) -> Outline | None:
        """Return what is known of the table before its rows are read; None where it is absent.

        Raises InvalidInputs where it is no table at all.
        """
        if self.source is None:
            return None
        return outline(
            self.source,
            self.spec,
            currency=currency,
            sheet=self.sheet,
            mapping=self.columns or None,
            answers=self.answers,
        )

    def raw_rows(self, currency: str) -> RawRows | None:
        """Return the whole table as text; None where it is absent. Raises InvalidInputs where it is no table at all."""
        if self.source is None:
            return None
        return raw_rows(
            self.source,
            self.sheet,
            spec=self.spec,
            currency=currency,
            mapping=self.columns or None,
            answers=self.answers,
        )


class LastReadings:
    """Reads tables, and keeps the last reading of each, so that changing a rule does not read a long file again.

    What is read of worked examples is the same for everybody, and kept for all: a snapshot has it (warm_up.py).
    """

    _examples: ClassVar[dict[tuple[str, File], tuple[TableInput, Reading | None]]] = {}

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self._kept: dict[str, tuple[TableInput, Reading | None]] = {}

    def read(self, table: TableInput) -> Reading | None:
        """Return a table as read, from memory when it was the last of its name."""
        kept = self._kept.get(table.spec.name)
        if kept is None or kept[0] != table:
            self._kept[table.spec.name] = kept = self._read(table)
        return kept[1]

    def _read(self, table: TableInput) -> tuple[TableInput, Reading | None]:
        if table.origin != "example" or not isinstance(table.source, File):
            return table, table.read(self.currency)
        example = self.currency, table.source
        if (kept := self._examples.get(example)) is None or kept[0] != table:
            self._examples[example] = kept = table, table.read(self.currency)
        return kept

    def known(self, table: TableInput) -> Outline | None:
        """Return a table as read; of one that cannot be used as it is, what lets the reader mend it."""
        try:
            return self.read(table)
        except Asked as asked:
            return asked.known
        except InvalidInputs:
            return table.outline(self.currency)


def _over(planned: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a plan reads a table with what is asked now over it, column by column and answer by answer."""
    each = {name: {**(planned.get(name) or {}), **(asked.get(name) or {})} for name in ("columns", "answers")}
    return {**planned, **asked, **each}


def _has_rows(raw: object) -> bool:
    """Say whether what is said of a table has rows, beside options."""
    return isinstance(raw, str | list) or (isinstance(raw, Mapping) and not {"file", "text", "rows"}.isdisjoint(raw))


def _is_blank(raw: Any) -> bool:
    """Say whether rows have nothing written in them; a file is read before anything is said of it."""
    if isinstance(raw, Mapping):
        raw = raw.get("text", raw.get("rows", "file" in raw))
    if isinstance(raw, str):
        return not raw.strip()
    return isinstance(raw, list) and not any(str(cell).strip() for row in raw for cell in row)
