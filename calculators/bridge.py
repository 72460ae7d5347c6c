"""The one door to the calculators: JSON text in, JSON text out, file bytes beside it.

Used by the browser's worker, by the command line and by the build, which is why all three agree. A
request is ``{"id", "calculator", "language", "values", "tables"}``; optional are ``"pages"`` (which
page of a table), ``"plan"`` (an attached plan file to start from), ``"rows_of"`` (a table whose raw
rows the page's editor wants) and ``"put_row"`` (`Work.put_row`). A table is

- ``{"file": NAME, "name": "customers.csv", "sheet", "columns", "unit"}``, its bytes attached as NAME,
- ``{"text": …}`` as pasted, or ``{"rows": [[…], …]}``, with the same options, and ``"aligned": false`` where these
  were cut from comma-separated text, or
- plain text or a list of rows.

A table that is missing, or has options only, is the worked example; an optional one is absent once the reader has
given data of their own. The reply is ``{"id", "ok", "result" or "errors", "html", "charts", "inputs", "values",
"example"}``: money in ``result`` is in whole fen, shares are fractions of 1, ``example`` says whether it is still
the worked example's.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from calculators import CALCULATORS
from calculators.engine.answers.pseudonyms import Disguise, hidden, same_people
from calculators.engine.answers.result import PAGE_ROWS, Figure, Notice, Result, Section, Table, columns, plain
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import OFF, ON, Declaration, shown
from calculators.engine.asks.former import by_todays_names
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import TableSpec
from calculators.engine.exports import downloads
from calculators.engine.exports.downloads import Download
from calculators.engine.reads.sources import File, Pasted, Rows, Source
from calculators.engine.reads.tables import Outline, Reading, outline, raw_rows, read_table
from calculators.engine.reads.typed import parse
from calculators.engine.shows import charts
from calculators.engine.shows.form import Form
from calculators.engine.shows.render import Page
from calculators.engine.shows.text import LANGUAGES, Language, Text
from calculators.engine.shows.wording import Wording

EDITABLE_ROWS = 5_000
"""Rows that the page's table editor takes; longer lists are edited in a spreadsheet."""


class Bridge:
    """Answers requests for one company's settings (those of the build, as JSON text).

    Keeps the last reading of each table, so that changing a rule does not read a long file again.
    """

    def __init__(self, settings: str | Settings | None = None) -> None:
        if isinstance(settings, str):
            settings = Settings.from_mapping(json.loads(settings))
        self.settings = settings or Settings()
        self._last_readings: dict[str, tuple[tuple[object, ...], Reading]] = {}

    def reply(self, request_json: str, attachments: Mapping[str, bytes] | None = None) -> str:
        """Answer a request; mistakes in the input come back as errors, never as an exception."""
        request = json.loads(request_json)
        work = Work(self, request, attachments)
        reply: dict[str, Any] = {"id": request.get("id"), "ok": True}
        try:
            if "rows_of" in request:
                return _dumps({**reply, **work.rows(request["rows_of"])})
            if "put_row" in request:
                return _dumps({**reply, **work.put_row(**request["put_row"])})
            answer = work.result
        except InvalidInputs as invalid:
            mistakes = _first_of_each(work.without_names(invalid.errors))
            errors = [
                {
                    "field": error.field,
                    "code": error.code,
                    "params": plain(error.params),
                    "message": work.wording.message(error),
                }
                for error in mistakes
            ]
            reply |= {"ok": False, "errors": errors, "html": work.form.errors(mistakes), "charts": {}}
            return _dumps({**reply, "inputs": work.views(), "values": work.typed_values()})
        pages = request.get("pages") or {}
        reply |= {
            "result": answer.as_json(pages),
            "html": work.page.result(answer, pages=pages, example=work.is_example),
            "charts": {chart.name: charts.options(chart, work.wording) for chart in answer.charts},
            "inputs": work.views(),
            "values": work.shown_values(),
            "example": work.is_example,
        }
        return _dumps(reply)

    def download(self, request_json: str, attachments: Mapping[str, bytes] | None = None) -> tuple[str, str, bytes]:
        """Return name, media type and bytes of a file.

        The request names it in ``"download"``: ``"xlsx"``, ``"plan"`` or ``"csv"`` with ``"table"``.
        Raises InvalidInputs where `reply` would answer with errors.
        """
        request = json.loads(request_json)
        work = Work(self, request, attachments)
        file = work.download(request["download"], request.get("table", ""))
        return file.name, file.media, file.content

    def read(self, source: Source, spec: TableSpec, options: "ReadingOptions") -> Reading:
        """Return a table as read, from memory when it was the last of its name."""
        key = (source, spec, options.unit, options.sheet, tuple(sorted(options.mapping.items())))
        last = self._last_readings.get(spec.name)
        if last is None or last[0] != key:
            reading = read_table(
                source,
                spec,
                currency=self.settings.currency,
                unit=options.unit,
                sheet=options.sheet,
                mapping=options.mapping or None,
            )
            self._last_readings[spec.name] = last = key, reading
        return last[1]


class ReadingOptions:
    """How a table is to be read, as the reader chose."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.sheet: str | None = raw.get("sheet") or None
        self.unit: int | None = int(raw["unit"]) if raw.get("unit") else None
        self.mapping: dict[str, int | None] = {
            name: None if at in (None, "") else int(at) for name, at in (raw.get("columns") or {}).items()
        }

    def of_rows(self, *, aligned: bool) -> dict[str, Any]:
        """Return how the table's raw rows are to be read, from no sheet any more."""
        return {"aligned": aligned, "sheet": None, "unit": self.unit, "columns": self.mapping}


class Work:
    """One request: what it asks, worked out piece by piece as needed.

    A request that names only a calculator and a language is that calculator's worked example.
    """

    def __init__(
        self, bridge: Bridge, request: Mapping[str, Any], attachments: Mapping[str, bytes] | None = None
    ) -> None:
        self.bridge = bridge
        self.attachments = attachments or {}
        calculator = str(request.get("calculator"))
        language = request.get("language", "zh")
        if calculator not in CALCULATORS or language not in LANGUAGES:
            raise ValueError(f"there is no calculator {calculator!r} in {language!r}")
        self.calculator: ModuleType = CALCULATORS[calculator]
        self.language: Language = language
        self.text = Text(language, bridge.settings)
        self.wording = Wording(calculator, self.text)
        self.form = Form(self.wording)
        self.page = Page(self.wording)
        self.declaration: Declaration = self.calculator.declare(bridge.settings)
        self._request = request

    @cached_property
    def given(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Return values and tables as asked for, an attached plan's where the request has none, by today's names."""
        values, tables = self._by_todays_names(self._request.get("values"), self._request.get("tables"))
        plan = self._request.get("plan")
        if not plan:
            return values, tables
        opened = downloads.open_plan(self.attachments[plan], self.wording.calculator)
        planned_values, planned_tables = self._by_todays_names(*opened)
        own = {name: raw if _is_given(raw) else {**planned_tables.get(name, {}), **raw} for name, raw in tables.items()}
        return {**planned_values, **values}, {**planned_tables, **own}

    def _by_todays_names(
        self, values: Mapping[str, Any] | None, tables: Mapping[str, Any] | None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        declared = self.declaration
        return by_todays_names(values or {}, declared.fields), by_todays_names(tables or {}, declared.tables)

    @cached_property
    def entered(self) -> dict[str, Any]:
        """Return the value of every field as it stands in the form, as held."""
        return parse(self.declaration, self.given[0], currency=self.bridge.settings.currency)

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return the value of every field that is computed with, as held."""
        fields = self.declaration.fields if self.is_example else ()
        return self.entered | {field.name: field.example for field in fields if field.example is not None}

    def shown_values(self) -> dict[str, str]:
        """Return the value of every field as it stands in the form, as text."""
        return {field.name: shown(field, self.entered[field.name]) for field in self.declaration.fields}

    @cached_property
    def is_example(self) -> bool:
        """Whether this is the worked example still, whichever rule it is computed by: no data are the reader's own."""
        if not self.declaration.fields and not self.declaration.tables:
            return self._request.get("values") is None and not self._request.get("plan")
        given = self.given[0]
        return not self.has_own_list and all(
            str(given.get(field.name, "")).strip() in ("", shown(field, field.default))
            for field in self.declaration.fields
            if field.example is not None
        )

    @cached_property
    def has_own_list(self) -> bool:
        """Whether the reader has given a list of their own, beside what acting on results has left."""
        return any(
            _is_given(self.given[1].get(table.name)) for table in self.declaration.tables if not table.from_result
        )

    def source(self, table: TableSpec) -> tuple[Source, ReadingOptions, str] | None:
        """Return where a table comes from, how to read it, and its name for the reader ("" for the example).

        None where an optional table is absent.
        """
        raw = self.given[1].get(table.name) or {}
        if not table.required and _is_given(raw) and _is_blank(raw):
            return None
        if isinstance(raw, str):
            return Pasted(raw), ReadingOptions({}), self.wording.words("source.pasted")
        if isinstance(raw, list):
            return Rows.of(raw), ReadingOptions({}), self.wording.words("source.rows_given")
        options = ReadingOptions(raw)
        if "file" in raw:
            name = raw.get("name") or raw["file"]
            return File(name, self.attachments[raw["file"]]), options, name
        if "text" in raw:
            return Pasted(raw["text"]), options, self.wording.words("source.pasted")
        if "rows" in raw:
            rows = Rows.of(raw["rows"], aligned=raw.get("aligned", True))
            return rows, options, raw.get("name") or self.wording.words("source.rows_given")
        path = example_file(self.wording.calculator, table.name, self.language)
        if not table.required and not (self.is_example and path.exists()):
            return None
        return File(path.name, path.read_bytes()), options, ""

    def typed_values(self) -> dict[str, Any]:
        """Return every field as it was typed, mistakes included; nothing when the plan cannot be opened."""
        try:
            given = self.given[0]
        except InvalidInputs:
            return {}
        return {field.name: given.get(field.name, shown(field, field.default)) for field in self.declaration.fields}

    @cached_property
    def hides_names(self) -> bool:
        """Whether the reader wants pseudonyms in the place of names."""
        return self.declaration.people and self.typed_values().get("pseudonyms") in (ON, True)

    def without_names(self, errors: Sequence[InputError]) -> list[InputError]:
        """Return mistakes as they may be shown: what they quote of a file, or where a name is typed, may be a name."""
        if not self.hides_names:
            return list(errors)
        telling = {table.name for table in self.declaration.tables} | self._lines_of_people
        return [replace(error, params=hidden(error.params)) if error.field in telling else error for error in errors]

    @property
    def _lines_of_people(self) -> set[str]:
        return {field.name for field in self.declaration.fields if field.people}

    @cached_property
    def disguise(self) -> Disguise | None:
        """Return the pseudonyms of everybody named; None where names are shown."""
        if not self.hides_names:
            return None
        read = [(spec, reading) for spec in self.declaration.tables if (reading := self._as_read[spec.name])]
        return Disguise.of_tables(read, self.values["secret_word"])

    @cached_property
    def readings(self) -> dict[str, Reading | None]:
        """Return every table as the calculator gets it: as read, or with pseudonyms for names; None where absent.

        An optional table that is a header alone is absent too: it is what an unfilled template has.
        """
        specs = {spec.name: spec for spec in self.declaration.tables}
        return {
            name: None
            if reading is None or not reading.rows_read
            else reading
            if self.disguise is None
            else self.disguise.reading(specs[name], reading)
            for name, reading in self._as_read.items()
        }

    @cached_property
    def _as_read(self) -> dict[str, Reading | None]:
        """Return every table as read, None where not given; raises InvalidInputs for all that cannot be read."""
        readings: dict[str, Reading | None] = {}
        errors: list[InputError] = []
        for table in self.declaration.tables:
            found = self.source(table)
            try:
                reading = self.bridge.read(found[0], table, found[1]) if found else None
                if reading and not table.from_result:
                    reading = replace(reading, remarks=(*reading.remarks, *same_people(table, reading)))
                readings[table.name] = reading
            except InvalidInputs as invalid:
                errors += invalid.errors
        if errors:
            raise InvalidInputs(errors)
        return readings

    @cached_property
    def result(self) -> Result:
        """Return the calculator's result, and after it what became of every row that was read.

        Fields and tables are both checked before either's mistakes are raised.
        """
        _ = self.given  # a plan that cannot be opened is one mistake, not one for each part
        errors: list[InputError] = []
        for part in ("values", "_as_read"):
            try:
                getattr(self, part)
            except InvalidInputs as invalid:
                errors += invalid.errors
        if errors:
            raise InvalidInputs(errors)
        values = dict(self.values)
        if self.disguise is not None:
            values |= {name: self.disguise.text(values[name]) for name in self._lines_of_people}
        try:
            answer: Result = self.calculator.calculate(self.calculator.Inputs.read(values, self.readings))
        except InvalidInputs as invalid:
            raise InvalidInputs([*invalid.errors, *self._rows_unused(invalid.errors)]) from None
        return replace(answer, sections=(*answer.sections, *self._rows_read()))

    def _rows_unused(self, errors: Sequence[InputError]) -> list[InputError]:
        """Return which rows were not used, where lists are refused: it may be for the lack of these."""
        if not any(error.field in self.readings for error in errors):
            return []
        found: list[InputError] = []
        for name, reading in self.readings.items():
            if reading and reading.problems:
                first = reading.problems[0]
                reason = self.text(first.code, **first.params)
                params = {"count": len(reading.problems), "row": first.row, "reason": reason}
                found.append(InputError(name, "common.rows_unused", params))
        return found

    def _rows_read(self) -> tuple[Section, ...]:
        """Return what became of every row: one section for all tables, which says of which table a row is."""
        read = [(table, reading) for table in self.declaration.tables if (reading := self.readings[table.name])]
        headers_only = [name for name, reading in self._as_read.items() if reading and not reading.rows_read]
        if not read and not headers_only:
            return ()
        names = {table.name: self.wording.words(f"table_input.{table.name}.label") for table in self.declaration.tables}
        unused = [
            {
                "list": names[table.name],
                "row": problem.row,
                "field": problem.column and self.wording.words(f"column.{problem.column}"),
                "cell": problem.cell,
                "reason": self.text(problem.code, **problem.params),
            }
            for table, reading in read
            for problem in reading.problems
        ]
        lists: list[dict[str, Any]] = [
            {
                "list": names[table.name],
                "rows_read": reading.rows_read,
                "rows_used": len(reading.frame),
                "rows_unused": len(reading.problems),
            }
            for table, reading in read
        ]
        counts = columns("rows_read:count rows_used:count rows_unused:count")
        figures = tuple(Figure(name, "count", sum(one[name] for one in lists)) for name in counts)
        example = any(found and not found[2] for found in (self.source(table) for table, _ in read))
        notices = [Notice("common.example")] if example else []
        notices += [Notice("common.header_only", {"list": names[name]}) for name in headers_only]
        notices += [Notice(remark.code, remark.params) for _, reading in read for remark in reading.remarks]
        whose = columns("list:text" if len(read) > 1 else "")  # of one list, a row need not say whose it is
        places = whose | columns("row:count field:text cell:text reason:text")
        tables = [Table("rows_unused", places, unused, detail=True)]
        if whose:
            tables.insert(0, Table("lists", whose | counts, lists))
        return (Section("rows_read", figures, tables=tuple(tables), notices=tuple(notices)),)

    def views(self) -> dict[str, str]:
        """Return, for every table that could be read, how it was read."""
        views: dict[str, str] = {}
        for table in self.declaration.tables:
            try:
                found = self.source(table)
                if found is None:
                    views[table.name] = self.form.no_table()
                    continue
                source, options, name = found
                known = self._known(source, table, options)
            except InvalidInputs:
                continue
            if self.hides_names:
                views[table.name] = self.form.hidden_table(known)
                continue
            views[table.name] = self.form.table_view(table, known, name=name, unit=options.unit)
        return views

    def _known(self, source: Source, table: TableSpec, options: ReadingOptions) -> Outline:
        """Return the table as read; of one that cannot be used as it is, what lets the reader mend it."""
        try:
            return self.bridge.read(source, table, options)
        except InvalidInputs:
            currency, mapping = self.bridge.settings.currency, options.mapping or None
            return outline(source, table, currency=currency, sheet=options.sheet, mapping=mapping)

    def rows(self, name: str) -> dict[str, Any]:
        """Return a table's raw rows for the editor, and how they are to be read; raises InvalidInputs when there are
        too many.
        """
        rows, reading = self._raw_rows(self._table(name))
        if len(rows) > EDITABLE_ROWS:
            params = {"count": len(rows), "limit": EDITABLE_ROWS}
            raise InvalidInputs([InputError(name, "common.too_long_to_edit", params)])
        return {"rows": rows, "reading": reading}

    def put_row(
        self, table: str, row: Mapping[str, str], key: Sequence[str], *, remove: bool = False
    ) -> dict[str, Any]:
        """Return a table's raw rows with one put in, in place of those that have the same ``key`` columns, and how
        they are to be read.

        ``row`` has texts by column name. Without a ``key`` the row comes after all others; with ``remove`` the rows
        are only taken out, and the header goes with the last of them. A pseudonym that the result shows stands for the
        name behind it.
        """
        spec = self._table(table)
        if self.disguise is not None:
            names = self.disguise.names
            people = {column.name for column in spec.columns if column.people}
            row = {name: names.get(text, text) if name in people else text for name, text in row.items()}
        rows, reading = self._raw_rows(spec)
        found = self.source(spec)
        if found is None:
            mapping: dict[str, int | None] = {column.name: at for at, column in enumerate(spec.columns)}
        else:
            known = self._known(found[0], spec, found[1])
            mapping = dict(known.mapping)
            for column in spec.columns:
                if column.name in row and mapping[column.name] is None:
                    mapping[column.name] = len(rows[0])
                    if column.name in reading["columns"]:
                        reading["columns"][column.name] = len(rows[0])
                    rows[0].append(self.wording.words(f"column.{column.name}"))
        places = {name: at for name, at in mapping.items() if at is not None}
        width = max(len(rows[0]), *(at + 1 for at in places.values()))
        kept = [
            line
            for place, line in enumerate(rows)
            if place == 0 or not key or any((line + [""] * width)[places[name]].strip() != row[name] for name in key)
        ]
        if remove:
            return {"rows": kept if len(kept) > 1 else [], "reading": reading}
        made = [""] * width
        for name, text in row.items():
            made[places[name]] = text
        return {"rows": [*kept, made], "reading": reading}

    def _table(self, name: str) -> TableSpec:
        (today,) = by_todays_names({name: None}, self.declaration.tables)
        return next(table for table in self.declaration.tables if table.name == today)

    def _raw_rows(self, table: TableSpec) -> tuple[list[list[str]], dict[str, Any]]:
        """Return a table's raw rows and how they are to be read; of an absent one the header that it would have."""
        found = self.source(table)
        if found is None:
            header = [self.wording.words(f"column.{column.name}") for column in table.columns]
            return [header], ReadingOptions({}).of_rows(aligned=True)
        source, options, _ = found
        currency, mapping = self.bridge.settings.currency, options.mapping or None
        raw = raw_rows(source, options.sheet, spec=table, currency=currency, mapping=mapping)
        return raw.rows, options.of_rows(aligned=raw.aligned)

    def templates(self) -> list[Download]:
        """Return the files to fill in, two for each table that a reader brings: empty, and with the worked example."""
        return [
            downloads.template(self.wording, table, kind, self._raw_rows(table)[0])
            for table in self.declaration.tables
            if not table.from_result
            for kind in ("empty", "filled")
            if kind == "empty" or self.source(table)
        ]

    def download(self, kind: str, table_name: str) -> Download:
        """Return the file of a kind: ``plan``, ``xlsx``, or ``csv`` of one table; ``work`` is a plan not to be handed
        on, which has all names even where a plan has pseudonyms; ``kept`` is what of it a device keeps.
        """
        match kind:
            case "kept" if self.declaration.kept:
                saved = self._tables_to_save()
                tables = {name: saved[name] for name in self.declaration.kept if name in saved}
                return downloads.save_plan(self.wording.calculator, {}, tables)
            case "plan" if self.hides_names:
                values = {**self._disguised_values(), "pseudonyms": OFF, "secret_word": ""}  # they are its names now
                return downloads.save_plan(self.wording.calculator, values, self._disguised_tables())
            case "plan" | "work" | "kept":
                return downloads.save_plan(self.wording.calculator, self.typed_values(), self._tables_to_save())
            case "xlsx":
                return downloads.xlsx(self.result, self.wording)
            case "csv":
                table = next(table for table in self.result.tables if table.name == table_name)
                return downloads.csv(table, self.wording)
        raise ValueError(f"there is no download {kind!r}")

    def _disguised_values(self) -> dict[str, Any]:
        """Return values for a plan that names nobody: of a line for people only what the tables have in it, too."""
        assert self.disguise is not None  # only asked for where names are hidden
        values = self.typed_values()
        told = {
            text
            for table in self.declaration.tables
            if (reading := self.readings[table.name])
            for column in table.columns
            if column.kind == "text"
            for text in reading.frame[column.name]
        }
        for name in self._lines_of_people:
            text = self.disguise.text(" ".join(str(values[name]).split()))
            values[name] = text if text in told else ""
        return values

    def _disguised_tables(self) -> dict[str, Any]:
        """Return tables for a plan that names nobody; raises InvalidInputs while they cannot be read."""
        assert self.disguise is not None  # only asked for where names are hidden
        saved: dict[str, Any] = {}
        for table in self.declaration.tables:
            found, reading = self.source(table), self.readings[table.name]
            if found and found[2] and reading:
                headers = {column.name: self.wording.words(f"column.{column.name}") for column in table.columns}
                rows = self.disguise.rows(table, reading, headers)
                saved[table.name] = {"rows": rows, "name": self.wording.words("source.pseudonyms")}
            elif not reading and _is_given(self.given[1].get(table.name)):
                saved[table.name] = {"rows": []}
        return saved

    def _tables_to_save(self) -> dict[str, Any]:
        saved = {}
        for table in self.declaration.tables:
            found = self.source(table)
            if found and found[2]:
                rows, reading = self._raw_rows(table)
                saved[table.name] = {"rows": rows, "name": found[2], **reading}
            elif found is None and _is_given(self.given[1].get(table.name)):
                saved[table.name] = {"rows": []}
        return saved


def example_file(calculator: str, table: str, language: Language) -> Path:
    """Return where the worked example of a table is; an optional one may have none."""
    return Path(str(CALCULATORS[calculator].__file__)).parent / "examples" / f"{table}.{language}.csv"


def _first_of_each(errors: Sequence[InputError]) -> list[InputError]:
    """Return a page of each field's mistakes of a kind, and how many more there are: every row may have one."""
    found: Counter[tuple[str, str]] = Counter()
    first = []
    for error in errors:
        found[error.field, error.code] += 1
        if found[error.field, error.code] <= PAGE_ROWS:
            first.append(error)
    more = Counter(error.field for error in errors) - Counter(error.field for error in first)
    return [*first, *(InputError(field, "common.more_mistakes", {"count": count}) for field, count in more.items())]


def _is_given(raw: object) -> bool:
    """Say whether a request's table has rows of its own, beside options."""
    return isinstance(raw, str | list) or (isinstance(raw, Mapping) and not {"file", "text", "rows"}.isdisjoint(raw))


def _is_blank(raw: Any) -> bool:
    """Say whether a table that was given has nothing written in it; a file is read before anything is said of it."""
    if isinstance(raw, Mapping):
        raw = raw.get("text", raw.get("rows", "file" in raw))
    if isinstance(raw, str):
        return not raw.strip()
    return isinstance(raw, list) and not any(str(cell).strip() for row in raw for cell in row)


def _dumps(reply: Mapping[str, Any]) -> str:
    return json.dumps(reply, ensure_ascii=False, allow_nan=False)


def reply(request_json: str, attachments: Mapping[str, bytes] | None = None) -> str:
    """Answer a request with our default settings."""
    return Bridge().reply(request_json, attachments)
