"""One request to a calculator, worked out piece by piece as needed: values and tables, result, views, files.

What a request says is told in ``bridge.py``, which is the door; replies are put together there.
"""

import contextlib
import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from calculators import CALCULATORS
from calculators.engine.answers.pseudonyms import Disguise, hidden, hidden_question, same_people
from calculators.engine.answers.result import Figure, Notice, Result, Section, Table, columns
from calculators.engine.answers.reveals import reveals
from calculators.engine.asks.currencies import name_in_headings
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import OFF, ON, PRIVACY, Declaration, shown
from calculators.engine.asks.former import by_todays_names
from calculators.engine.asks.limits import MAX_SCENARIO_NAME, MAX_SCENARIOS
from calculators.engine.asks.settings import Settings
from calculators.engine.asks.tables import TableSpec
from calculators.engine.exports import downloads
from calculators.engine.exports.awkward import awkward
from calculators.engine.exports.downloads import Download, Kept
from calculators.engine.reads.sources import File
from calculators.engine.reads.table_input import LastReadings, TableInput
from calculators.engine.reads.tables import Outline, Reading
from calculators.engine.reads.typed import parse
from calculators.engine.shows.form import Form
from calculators.engine.shows.markup import Markup
from calculators.engine.shows.render import Page
from calculators.engine.shows.text import Language, Text, base, spoken
from calculators.engine.shows.wording import Wording
from calculators.measures import measure

EDITABLE_ROWS = 5_000
"""Rows that the page's table editor takes; longer lists are edited in a spreadsheet."""


class Work:
    """One request for one company's settings.

    A request that names only a calculator and a language is that calculator's worked example. Tables are read from
    the memory of ``readings`` where they were read before.
    """

    def __init__(
        self,
        settings: Settings,
        request: Mapping[str, Any],
        attachments: Mapping[str, bytes] | None = None,
        readings: LastReadings | None = None,
    ) -> None:
        self.attachments = attachments or {}
        calculator = str(request.get("calculator"))
        language = request.get("language", "zh")
        if calculator not in CALCULATORS or language not in spoken():
            raise ValueError(f"there is no calculator {calculator!r} in {language!r}")
        self.calculator = CALCULATORS[calculator]
        self.language: Language = language
        self.settings = settings
        self.currency = settings.currency
        self.text = Text(language, settings)
        self.wording = Wording(calculator, self.text)
        self.form = Form(self.wording)
        self.page = Page(self.wording)
        self.declaration: Declaration = self.calculator.declare(settings)
        self._request = request
        self._memory = readings or LastReadings(settings.currency)

    @cached_property
    def _plan(self) -> Kept:
        """Return what an attached plan keeps; raises InvalidInputs for any other file."""
        plan = self._request.get("plan")
        return downloads.open_plan(self.attachments[plan], self.calculator.name) if plan else Kept({}, {})

    @cached_property
    def _planned(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return values and tables of an attached plan, or of the ``scenario`` of it, by today's names."""
        scenario = self._request.get("scenario")
        kept = self._plan if scenario is None else self._plan.scenarios.get(scenario, Kept({}, {}))
        fields, tables = self.declaration.fields, self.declaration.tables
        return by_todays_names(kept.values, fields), by_todays_names(kept.tables, tables)

    @property
    def planned_scenarios(self) -> list[dict[str, Any]]:
        """Return the scenarios of an attached plan: each its name and what stands in its form."""
        return [
            {"name": name, "values": self._filled(by_todays_names(kept.values, self.declaration.fields))}
            for name, kept in self._plan.scenarios.items()
        ]

    def _beside(self, request: Mapping[str, Any], values: Mapping[str, Any] | None = None) -> "Work":
        """Return other inputs of the same calculator, with ``values`` in the place of theirs."""
        asked = {**request, "calculator": self.calculator.name, "language": self.language}
        if values:
            asked["values"] = {**(asked.get("values") or {}), **values}
        return Work(self.settings, asked, self.attachments, self._memory)

    def scenarios(self, asked: Sequence[Mapping[str, Any]]) -> dict[str, "Work"]:
        """Return scenarios, each inputs of this calculator, by their names.

        Whether names are shown is the reader's wish of now, and of every scenario. Raises InvalidInputs for names
        that are none.
        """
        private = {field.name for field in PRIVACY}
        today = {name: value for name, value in self.typed_values().items() if name in private}
        if not self.declaration.people:
            today = {}
        names = [" ".join(str(one.get("name", "")).split()) for one in asked]
        params = {"longest": MAX_SCENARIO_NAME, "most": MAX_SCENARIOS}
        if any(not 0 < len(name) <= MAX_SCENARIO_NAME for name in names):
            raise InvalidInputs([InputError("scenarios", "common.scenario.no_name", params)])
        if len(set(names)) < len(names):
            raise InvalidInputs([InputError("scenarios", "common.scenario.name_taken", params)])
        if len(names) > MAX_SCENARIOS:
            raise InvalidInputs([InputError("scenarios", "common.scenario.too_many", params)])
        return {name: self._beside(one, today) for name, one in zip(names, asked, strict=True)}

    @cached_property
    def typed(self) -> dict[str, Any]:
        """Return what was typed, by field; a plan's where the request has nothing."""
        return self._planned[0] | by_todays_names(self._request.get("values") or {}, self.declaration.fields)

    @cached_property
    def _given(self) -> dict[str, TableInput]:
        """Return every table as it was given; a plan's where the request has no rows."""
        tables = by_todays_names(self._request.get("tables") or {}, self.declaration.tables)
        given = {
            spec.name: TableInput.of(spec, tables.get(spec.name), self._planned[1].get(spec.name), self.attachments)
            for spec in self.declaration.tables
        }
        return {
            name: replace(table, as_of=self._as_of)
            if any(column.kind == "date" for column in table.spec.columns)
            else table
            for name, table in given.items()
        }

    @cached_property
    def _as_of(self) -> datetime.date | None:
        """Return the day that the result is of; None where there is none, or it cannot be read."""
        with contextlib.suppress(InvalidInputs):
            day = self.entered.get("as_of")
            return day if isinstance(day, datetime.date) else None
        return None

    @cached_property
    def tables(self) -> dict[str, TableInput]:
        """Return every table; what is not given is the worked example, an optional one only while all of it is.

        Beside a list of the reader's own none is: one's own is never compared with an invented company's.
        """
        return self._given if self._own else {name: self._or_example(table) for name, table in self._given.items()}

    @property
    def _own(self) -> list[str]:
        """The lists of the reader's own, by name: a header alone is none."""
        own = [table for table in self._given.values() if table.is_own and not table.spec.from_result]
        return [table.spec.name for table in own if self._has_rows(table)]

    def _has_rows(self, table: TableInput) -> bool:
        try:
            reading = self._memory.read(table)
        except InvalidInputs:
            return True
        return reading is not None and reading.rows_read > 0

    def _or_example(self, table: TableInput) -> TableInput:
        path = example_file(self.calculator.name, table.spec.name, self.language)
        section = self.calculator.section
        own = self.settings.section(section).own_lists().get(table.spec.name) if section else None
        if table.source is not None or (
            not table.spec.required and (table.given or not self.is_example or not path.exists())
        ):
            return table
        if own:
            return table.with_example(File(path.name, own[base(self.language)].encode()))
        return table.with_example(example_list(path, self.language, self.currency))

    @cached_property
    def entered(self) -> dict[str, Any]:
        """Return the value of every field as it stands in the form, as held."""
        return parse(self.declaration, self.typed, currency=self.currency)

    def not_used(self) -> dict[str, str]:
        """Return the fields with something of the reader's own in them that is not used, each with the sentence why."""
        typed = self.typed_values()
        known = {field.name: field for field in self.declaration.fields}
        return {
            name: self.wording.matters(known[name])
            for name in self.declaration.idle(self.entered)
            if typed[name] not in ("", known[name].default, shown(known[name], known[name].default, self.currency))
        }

    @cached_property
    def values(self) -> dict[str, Any]:
        """Return the value of every field that is computed with, as held."""
        fields = self.declaration.fields if self.is_example else ()
        return self.entered | {field.name: field.example for field in fields if field.example is not None}

    def shown_values(self) -> dict[str, str]:
        """Return the value of every field as it stands in the form, as text; what is not used as it was typed."""
        idle, typed = self.declaration.idle(self.entered), self.typed_values()
        return {
            field.name: str(typed[field.name])
            if field.name in idle
            else shown(field, self.entered[field.name], self.currency)
            for field in self.declaration.fields
        }

    @cached_property
    def is_example(self) -> bool:
        """Whether this is the worked example still, whichever rule it is computed by: no data are the reader's own."""
        if not self.declaration.fields and not self.declaration.tables:
            return self._request.get("values") is None and not self._request.get("plan")
        own_list = any(table.given and not table.spec.from_result for table in self._given.values())
        return not own_list and all(
            str(self.typed.get(field.name, "")).strip() in ("", shown(field, field.default, self.currency))
            for field in self.declaration.fields
            if field.example is not None
        )

    def typed_values(self) -> dict[str, Any]:
        """Return every field as it was typed, mistakes included; nothing when the plan cannot be opened."""
        try:
            typed = self.typed
        except InvalidInputs:
            return {}
        return self._filled(typed)

    def _filled(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Return every field, the default where nothing was typed."""
        return {
            field.name: typed.get(field.name, shown(field, field.default, self.currency))
            for field in self.declaration.fields
        }

    @cached_property
    def hides_names(self) -> bool:
        """Whether the reader wants pseudonyms in the place of names."""
        return bool(self._presented) or (
            self.declaration.people and self.typed_values().get("pseudonyms") in (ON, True)
        )

    @property
    def _presented(self) -> str:
        """The word that pseudonyms are drawn with where the result is shown to others; empty where it is not."""
        return str(self._request.get("presented") or "")

    @property
    def _free_texts(self) -> bool:
        """Whether free texts stand beside pseudonyms."""
        return not self._presented and bool(self.values["free_texts"])

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
        word = self._presented or self.values["secret_word"]
        if not word.strip():
            raise InvalidInputs([InputError("secret_word", "common.people.no_word")])
        return Disguise.of_tables(read, word, customers=bool(self._presented))

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
            else self.disguise.reading(specs[name], reading, texts=self._free_texts)
            for name, reading in self._as_read.items()
        }

    @cached_property
    def _as_read(self) -> dict[str, Reading | None]:
        """Return every table as read, None where not given; raises InvalidInputs for all that cannot be read."""
        readings: dict[str, Reading | None] = {}
        errors: list[InputError] = []
        for name, table in self.tables.items():
            try:
                reading = self._memory.read(table)
                if reading is None and table.spec.required:
                    errors.append(self._needed(name))
                if reading and not table.spec.from_result:
                    reading = replace(reading, remarks=(*reading.remarks, *same_people(table.spec, reading)))
                readings[name] = reading
            except InvalidInputs as invalid:
                errors += invalid.errors
        if errors:
            raise InvalidInputs(errors)
        return readings

    def _needed(self, name: str) -> InputError:
        """Return what is said where a list is missing that the reader's others go with."""
        given, needed = (self.wording.words(f"table_input.{one}.label") for one in (self._own[0], name))
        return InputError(name, "common.list_needed", {"given": given, "needed": needed})

    @cached_property
    def result(self) -> Result:
        """Return the calculator's result, and after it what became of every row that was read.

        Fields and tables are both checked before either's mistakes are raised.
        """
        _ = self._planned  # a plan that cannot be opened is one mistake, not one for each part
        errors: list[InputError] = []
        for part in ("values", "_as_read"):
            try:
                getattr(self, part)
            except InvalidInputs as invalid:
                errors += invalid.errors
        if errors:
            raise InvalidInputs(errors)
        try:
            answer = self.computed_with({})
        except InvalidInputs as invalid:
            raise InvalidInputs([*invalid.errors, *self._rows_unused(invalid.errors)]) from None
        sections = (*self._answered(answer.sections), *self._reveals(answer), *self._rows_read())
        return replace(answer, sections=sections)

    def _answered(self, sections: Sequence[Section]) -> Sequence[Section]:
        """Return the sections; the first says so where the example was computed with other answers than the form's."""
        fields = [field for field in self.declaration.fields if field.example is not None]
        if not self.is_example or all(self.entered[field.name] == field.example for field in fields):
            return sections
        first, *others = sections
        return replace(first, notices=(Notice("common.example_answers"), *first.notices)), *others

    def computed_with(self, values: Mapping[str, Any]) -> Result:
        """Return the calculator's own result with these values of fields, as held, in the place of those given."""
        held = dict(self.values)
        if self.disguise is not None:
            held |= {name: self.disguise.text(held[name]) for name in self._lines_of_people}
        return self.calculator.calculate({**held, **values}, self.readings)

    def _reveals(self, answer: Result) -> tuple[Section, ...]:
        if self.disguise is None or self._presented:
            return ()
        texts, key = self._free_texts, self.wording.key
        return reveals(answer, self._read_tables(), self.disguise, texts=texts, key=key)

    def _read_tables(self) -> list[tuple[TableSpec, Reading]]:
        return [(spec, reading) for spec in self.declaration.tables if (reading := self.readings[spec.name])]

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
        read = self._read_tables()
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
        example = any(self.tables[table.name].origin == "example" for table, _ in read)
        notices = [Notice("common.example")] if example else []
        notices += [Notice("common.header_only", {"list": names[name]}) for name in headers_only]
        notices += [Notice(remark.code, remark.params) for _, reading in read for remark in reading.remarks]
        whose = columns("list:text" if len(read) > 1 else "")  # of one list, a row need not say whose it is
        places = whose | columns("row:count field:text cell:text reason:text")
        tables = [Table("rows_unused", places, unused, detail=True)]
        if whose:
            tables.insert(0, Table("lists", whose | counts, lists))
        return (Section("rows_read", figures, tables=tuple(tables), notices=tuple(notices)),)

    @cached_property
    def _known(self) -> list[tuple[TableInput, Outline | None]]:
        """Return every table that could be read, None where it is absent; none where a plan cannot be opened.

        Of a table that cannot be used nothing is remembered, so that asking again is reading again.
        """
        known = []
        with contextlib.suppress(InvalidInputs):
            for table in self.tables.values():
                with contextlib.suppress(InvalidInputs):
                    known.append((table, self._memory.known(table)))
        return known

    def views(self) -> dict[str, str]:
        """Return, for every table that could be read, how it was read."""
        views: dict[str, str] = {}
        for table, known in self._known:
            if known is None:
                view = self.form.no_table()
            elif self.hides_names:
                view = self.form.hidden_table(table.spec, known)
            else:
                view = self.form.table_view(table.spec, known, name=self.name_of(table), unit=table.unit)
            views[table.spec.name] = view
        return views

    def choices(self) -> Markup | None:
        """Return what the result was computed from, as one paragraph."""
        lists = {}
        for table, known in self._known:
            if known is not None:
                lists[table.spec.name] = (
                    self.wording.words("source.hidden") if self.hides_names else self.name_of(table)
                )
        return self.form.choices(self.declaration, self.entered, lists, names=not self.hides_names)

    def questions(self) -> dict[str, list[dict[str, Any]]]:
        """Return what the tables leave open, by table: each question, its options, and by which it was read."""
        said = self.text.said
        asked: dict[str, list[dict[str, Any]]] = {}
        for table, known in self._known:
            questions = known.questions if known else ()
            for question in map(hidden_question, questions) if self.hides_names else questions:
                options = {option: said(words) for option, words in question.options.items()}
                state = {"chosen": question.chosen, "assumed": question.assumed}
                one = {"name": question.name, "question": said(question.sentence), "options": options, **state}
                asked.setdefault(table.spec.name, []).append(one)
        return asked

    def name_of(self, table: TableInput) -> str:
        """Return what the reader knows a table by; what we call it is in the language of now."""
        if table.origin == "roster":
            calculator, _, name = table.name.partition(".")
            theirs, label = Wording(calculator, self.text), f"table_input.{name}.label"
            return theirs.words(label) if theirs.has(label) else self.wording.words("source.roster")
        return table.name or self.wording.words(f"source.{table.origin}")

    def rows(self, name: str) -> dict[str, Any]:
        """Return a table's raw rows for the editor, and how they are to be read; raises InvalidInputs when there are
        too many.
        """
        rows, reading = self._raw_rows(self._table(name))
        if len(rows) > EDITABLE_ROWS:
            params = {"count": len(rows), "limit": EDITABLE_ROWS}
            raise InvalidInputs([InputError(name, "common.too_long_to_edit", params)])
        return {"rows": rows, "reading": reading}

    def awkward(self, name: str) -> dict[str, Any]:
        """Return the worked example's rows of a table as a company's file would have them."""
        spec = next(table.spec for table in self._given.values() if table.spec.name == name)
        example = self._or_example(TableInput(spec))
        known = self._memory.known(example)
        assert known is not None  # only asked for where there is an example
        words = {part: self.wording.words(f"awkward.{part}") for part in ("title", "note")}
        rows = self._raw_rows(example)[0]
        return {"rows": awkward(rows, spec, known.mapping, total=self.wording.words("total"), **words)}

    def put_row(
        self, table: str, row: Mapping[str, str], key: Sequence[str], *, remove: bool = False
    ) -> dict[str, Any]:
        """Return a table's raw rows with one put in, in place of those that have the same ``key`` columns, and how
        they are to be read.

        ``row`` has texts by column name. Without a ``key`` the row comes after all others; with ``remove`` the rows
        are only taken out, and the header goes with the last of them. A pseudonym that the result shows stands for the
        name behind it.
        """
        put_into = self._table(table)
        spec = put_into.spec
        if self.disguise is not None:
            names = self.disguise.names
            people = {column.name for column in spec.columns if column.people}
            row = {name: names.get(text, text) if name in people else text for name, text in row.items()}
        rows, reading = self._raw_rows(put_into)
        known = self._memory.known(put_into)
        if known is None:
            mapping: dict[str, int | None] = {column.name: at for at, column in enumerate(spec.columns)}
        else:
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

    def _table(self, name: str) -> TableInput:
        (today,) = by_todays_names({name: None}, self.declaration.tables)
        return self.tables[today]

    def _raw_rows(self, table: TableInput) -> tuple[list[list[str]], dict[str, Any]]:
        """Return a table's raw rows and how they are to be read; of an absent one the header that it would have."""
        raw = table.raw_rows(self.currency)
        if raw is None:
            header = [self.wording.words(f"column.{column.name}") for column in table.spec.columns]
            return [header], TableInput(table.spec).options(aligned=True)
        return raw.rows, table.options(aligned=raw.aligned, delimiter=raw.delimiter)

    def templates(self) -> list[Download]:
        """Return the files to fill in, two for each table that a reader brings: empty, and with the worked example."""
        return [
            downloads.template(self.wording, table.spec, kind, self._raw_rows(table)[0])
            for table in self.tables.values()
            if not table.spec.from_result
            for kind in ("empty", "filled")
            if kind == "empty" or table.source
        ]

    def download(self, kind: str, table_name: str) -> Download:
        """Return the file of a kind: ``plan``, ``xlsx``, ``csv`` or ``cells`` of one table; ``kept`` is what a device
        keeps of a plan, with all names even where a plan has pseudonyms.
        """
        match kind:
            case "kept" if self.declaration.kept:
                saved = self._tables_to_save()
                tables = {name: saved[name] for name in self.declaration.kept if name in saved}
                return downloads.save_plan(self.calculator.name, Kept({}, tables))
            case "plan" | "kept":
                kept, scenarios = self._kept(kind), self.scenarios(self._request.get("scenarios") or ())
                named = {self.as_handed_on(name, kind): one._kept(kind) for name, one in scenarios.items()}
                return downloads.save_plan(self.calculator.name, replace(kept, scenarios=named))
            case "xlsx":
                return downloads.xlsx(self.result, self.wording)
            case "csv" | "cells":
                table = next(table for table in self.result.tables if table.name == table_name)
                if kind == "cells":
                    return downloads.cells(table, self.wording)
                return downloads.csv(table, self.wording, self.result.basis)
        raise ValueError(f"there is no download {kind!r}")

    def _kept(self, kind: str) -> Kept:
        """Return what a plan of a kind keeps of these inputs."""
        if kind == "plan" and self.hides_names:
            values = {**self._disguised_values(), "pseudonyms": OFF, "secret_word": ""}  # they are its names now
            return Kept(values, self._disguised_tables())
        # A device keeps no word: whoever finds it could undo every pseudonym that was handed on.
        values = self.typed_values() | ({"secret_word": ""} if kind == "kept" else {})
        return Kept(values, self._tables_to_save())

    def as_handed_on(self, name: str, kind: str = "plan") -> str:
        """Return a scenario's name without the names of people that are in the lists."""
        if kind != "plan" or self.disguise is None:
            return name
        return self.disguise.text(name)[:MAX_SCENARIO_NAME]

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
        for name, table in self.tables.items():
            reading = self.readings[name]
            if table.is_own and reading:
                headers = {column.name: self.wording.words(f"column.{column.name}") for column in table.spec.columns}
                rows = self.disguise.rows(table.spec, reading, headers)
                saved[name] = {"rows": rows, "origin": "pseudonyms"}
            elif not reading and table.given:
                saved[name] = {"rows": []}
        return saved

    def _tables_to_save(self) -> dict[str, Any]:
        saved = {}
        for name, table in self.tables.items():
            if table.is_own:
                rows, reading = self._raw_rows(table)
                saved[name] = {"rows": rows, "name": table.name, "origin": table.origin, **reading}
            elif table.given and table.source is None:
                saved[name] = {"rows": []}
        return saved


def example_file(calculator: str, table: str, language: Language) -> Path:
    """Return where the worked example of a table is; an optional one may have none."""
    return CALCULATORS[calculator].folder / "examples" / f"{table}.{base(language)}.csv"


def example_list(path: Path, language: Language, currency: str) -> File:
    """Return a worked example's list as a company has it.

    Where it says ``{currency}``, the company's own stands, and where it says ``{measure:win_rate}``, what the
    dictionary calls that.
    """
    written = path.read_text(encoding="utf-8").replace("{currency}", name_in_headings(currency, language))
    written = re.sub(r"\{measure:(\w+)\}", lambda found: getattr(measure(found[1]), base(language)).title, written)
    return File(path.name, written.encode())
