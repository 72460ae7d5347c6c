"""HTML of what a calculator asks for: its form, how each table was read, and mistakes in either.

The same at build and in the browser. Knows no calculator by name; how a field is filled in is in ``widgets.py``,
results are in ``render.py``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from calculators.engine.answers.pseudonyms import hidden_question
from calculators.engine.asks.errors import InputError
from calculators.engine.asks.fields import Declaration, Group
from calculators.engine.asks.settings import UNITS
from calculators.engine.asks.tables import TableSpec
from calculators.engine.reads.questions import Question
from calculators.engine.reads.tables import Outline, Reading
from calculators.engine.shows.markup import Markup, actions, button, join, mistake_of, scrolled, tag
from calculators.engine.shows.text import DASH
from calculators.engine.shows.widgets import Widget, explained
from calculators.engine.shows.wording import Wording

UNUSED_SHOWN = 20
"""Rows of a list that are not used, of which the form says why; all are in the result."""


class Form:
    """Renders what one calculator asks for, in the words of one language."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.words = wording.words

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
            run = button(self.words("action.run"), data_action="run", class_="pb-primary")
            return self._form(declaration, actions(run))
        # Where the example has fields of its own, a list alone would be another.
        tried = all(field.example is None for field in declaration.fields)
        idle = declaration.idle(values)
        groups = {
            group: self._group(
                group,
                [
                    Widget(self.wording, field, values[field.name], idle=field.name in idle)
                    for field in declaration.fields
                    if field.group == group.name
                ],
            )
            for group in declaration.groups
        }
        return self._form(
            declaration,
            self._head(),
            [markup for group, markup in groups.items() if group.first],
            [
                self._table_input(table, views[table.name], templates, unfolded=not at, tried=tried and not at)
                for at, table in enumerate(declaration.tables)
            ],
            [markup for group, markup in groups.items() if not group.first],
            self._people(declaration.kept) if declaration.people else None,
            tag(
                "div",
                self._autosave() if declaration.fields else None,
                actions(
                    button(self.words("action.undo"), data_action="undo", disabled=True),
                    button(self.words("action.redo"), data_action="redo", disabled=True),
                ),
                actions(
                    button(self.words("action.reset"), data_action="reset"),
                    button(self.words("action.open_plan"), data_action="open-plan"),
                    button(self.words("action.save_plan"), data_action="save-plan"),
                    _file_box(self.words("action.open_plan"), ".json", data_plan_file=True),
                ),
                class_="pb-rail-foot",
            ),
            novalidate=True,
            autocomplete="off",
        )

    def choices(
        self, declaration: Declaration, values: Mapping[str, Any], lists: Mapping[str, str], *, names: bool
    ) -> Markup | None:
        """Return what was chosen as one paragraph, for paper: the ``lists`` by what they are called, then every field.

        What is secret is left out, what is not used, and without ``names`` what may name somebody.
        """
        idle = declaration.idle(values)
        colon, between = (self.wording.text(f"common.{mark}") for mark in ("colon", "choice_separator"))
        told = {"inputs": [(self.words(f"table_input.{table}.label"), name) for table, name in lists.items()]}
        for field in declaration.fields:
            widget = Widget(self.wording, field, values[field.name])
            if widget.said() and field.name not in idle and not field.secret and (names or not field.people):
                told.setdefault(f"group.{field.group}.label", []).append((widget.label, widget.said()))
        parts = [
            [tag("b", self.words(path)), " ", between.join(f"{label}{colon}{said}" for label, said in pairs), " "]
            for path, pairs in told.items()
            if pairs
        ]
        return tag("p", parts, tag("span", data_printed=True), class_="pb-choices") if parts else None

    def _head(self) -> Markup:
        """Return the head that the inputs have where they are a drawer or a sheet."""
        close = button(self.words("action.show_result"), data_action="inputs", class_="pb-primary")
        return tag("div", tag("b", self.words("inputs")), close, class_="pb-rail-head")

    def _form(self, declaration: Declaration, *content: object, **attributes: str | bool) -> Markup:
        rail = declaration.fields or declaration.tables
        return tag(
            "form",
            content,
            class_="pb-form pb-rail" if rail else "pb-form",
            id=inputs_id(self.wording.calculator),
            **attributes,
            data_form=True,
            data_needs_script=True,
            aria_label=self.words("form"),
        )

    def _autosave(self) -> Markup:
        """Return the switch by which a reader has no inputs kept on the device."""
        box = tag("input", type="checkbox", checked=True, data_autosave=True)
        switch = tag("label", box, tag("span", self.words("autosave.label")), class_="pb-switch")
        return tag("div", switch, class_="pb-autosave", title=self.words("autosave.help"))

    def _people(self, kept: Sequence[str]) -> Markup:
        """Return where a reader says whether people's data is kept, and makes it forgotten."""
        keep = tag("input", type="checkbox", data_keep=" ".join(kept) or True)
        return tag(
            "div",
            tag("label", keep, tag("span", self.words("people.keep")), class_="pb-switch"),
            tag("small", self.words("people.keep_help"), class_="pb-help"),
            button(self.words("people.forget"), data_action="forget"),
            tag("small", self.words("people.forget_help"), class_="pb-help"),
            class_="pb-people",
        )

    def _group(self, group: Group, fields: Sequence[Widget]) -> Markup:
        """Return fields that stand together; nothing of them is seen while none of them matters."""
        label = self.words(f"group.{group.name}.label")
        content = (
            explained(self.wording, f"group.{group.name}"),
            tag(
                "div",
                [widget.markup() for widget in fields],
                class_="pb-fields pb-pairs" if group.columns > 1 else "pb-fields",
            ),
        )
        hidden = all(widget.idle for widget in fields)
        return _part(label, content, folded=group.folded, data_group=group.name, class_="pb-group", hidden=hidden)

    def _table_input(self, table: TableSpec, view: str, templates: str, *, unfolded: bool, tried: bool) -> Markup:
        """Return where a table comes in; an optional one is folded until it is wanted, unless it is the first.

        ``tried`` offers the example's rows as a company's file would have them.
        """
        label = self.words(f"table_input.{table.name}.label")
        links = [
            tag(
                "a",
                self.words(f"action.template_{kind}"),
                href=templates + self.wording.template_name(table, kind),
                download=True,
            )
            for kind in ("empty", "filled")
            if kind == "empty" or view != self.no_table()
        ]
        try_list = (
            tag("button", self.words("action.try_list"), type="button", class_="pb-quiet", data_action="try-list")
            if tried
            else None
        )
        content = (
            explained(self.wording, f"table_input.{table.name}"),
            tag(
                "div",
                tag("p", self.words("drop"), class_="pb-drop-hint"),
                actions(
                    button(self.words("action.choose_file"), data_action="choose-file", class_="pb-primary"),
                    button(self.words("action.paste"), data_action="paste"),
                    button(self.words("action.edit"), data_action="edit"),
                ),
                _file_box(label, None, data_table_file=True),  # phones know no type of many, and show none of those
                tag("p", self.words("privacy"), class_="pb-help"),
                class_="pb-drop",
                data_drop=True,
            ),
            None if table.from_result else tag("p", links, try_list, class_="pb-links"),
            tag("div", class_="pb-actions", data_roster_offers=True),
            mistake_of(table.name, f"{self.wording.calculator}-{table.name}-error"),
            tag("div", Markup(view), data_table_view=table.name, class_="pb-table-view"),
        )
        open_ = unfolded and not table.required
        return _part(
            label, content, folded=not table.required, data_table_input=table.name, class_="pb-group", open=open_
        )

    def table_view(self, table: TableSpec, known: Outline, *, name: str, unit: int | None) -> Markup:
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
        rows = tag(
            "table",
            tag("thead", tag("tr", [tag("th", header, scope="col") for header in known.headers])),
            tag("tbody", [tag("tr", [tag("td", cell) for cell in row]) for row in known.preview]),
            class_="pb-data",
        )
        label = f"{self.words(f'table_input.{table.name}.label')} · {self.words('preview')}"
        matched = sum(at is not None for at in known.mapping.values())
        others = known.unread if isinstance(known, Reading) else ()
        columns_said = [self.words("source.matched", count=matched)]
        if others:
            columns_said.append(self.words("source.not_matched", count=len(others)))
        line = tag("summary", self._source(name or self.words("source.example"), known, columns_said))
        how = (
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
                class_="pb-fields pb-pairs",
            ),
            tag("p", self.words("source.names_not_matched", names=others), class_="pb-help") if others else None,
            tag("p", self.words("preview"), class_="pb-label"),
            scrolled(label, rows),
        )
        read = tag(
            "details", line, how, class_="pb-read", data_given=bool(name) and name != self.words("source.example")
        )
        return join([self._questions(table.name, known.questions), read, self._unused(known)])

    def _unused(self, known: Outline) -> Markup | None:
        """Return which rows are not used, and why, beside the line that counts them."""
        problems = known.problems if isinstance(known, Reading) else ()
        if not problems:
            return None
        rows = [
            tag(
                "li",
                tag("b", self.words("source.unused_row", row=problem.row)),
                " ",
                self.wording.text(problem.code, **problem.params),
            )
            for problem in problems[:UNUSED_SHOWN]
        ]
        more = len(problems) - len(rows)
        return tag(
            "details",
            tag("summary", self.words("source.unused", count=len(problems))),
            tag("ul", rows),
            tag("p", self.words("source.unused_more", count=more)) if more else None,
            class_="pb-unused",
        )

    def hidden_table(self, table: TableSpec, known: Outline) -> Markup:
        """Return what stands for a table while names are hidden: how many rows, and nothing that a file says."""
        questions = [hidden_question(question) for question in known.questions]
        source = self._source(self.words("source.hidden"), known)
        return tag("div", source, self._questions(table.name, questions)) if questions else source

    def _questions(self, table: str, questions: Sequence[Question]) -> list[Markup]:
        """Return what a table leaves open, each a choice; what the file suggests is chosen until the reader says."""
        return [self._question(f"{table}.{question.name}", question) for question in questions]

    def _question(self, name: str, question: Question) -> Markup:
        said = self.wording.text.said
        state = "answered" if not question.assumed else "assumed" if question.chosen else "open"
        options = [
            tag(
                "label",
                tag(
                    "input",
                    type="radio",
                    name=name,
                    value=option,
                    checked=option == question.chosen,
                    data_reading=f"answer:{question.name}:{option}",
                ),
                tag("span", said(sentence)),
            )
            for option, sentence in question.options.items()
        ]
        return tag(
            "fieldset",
            tag("legend", said(question.sentence)),
            tag("small", self.words(f"question.{state}"), class_="pb-help"),
            tag("div", options, class_="pb-options"),
            class_="pb-question",
            data_question=question.name,
            data_state=state,
        )

    def _source(self, name: str, known: Outline, columns: Sequence[str] = ()) -> Markup:
        counts = (
            self.words("source.rows", count=known.rows_read, unused=len(known.problems))
            if isinstance(known, Reading)
            else None
        )
        change = tag("span", self.words("source.change"), class_="pb-read-change") if columns else None
        parts = [tag("b", name), *(tag("span", part) for part in (counts, *columns) if part), change]
        return tag("span" if columns else "p", [[" ", part] for part in parts], class_="pb-source")

    def no_table(self) -> Markup:
        """Return what stands for an optional table that is not there."""
        return tag("p", self.words("source.absent"), class_="pb-source")

    def _select(self, label: str, name: str, options: Sequence[tuple[str, str]], chosen: str) -> Markup:
        choices = [tag("option", words, value=value, selected=value == chosen) for value, words in options]
        return tag(
            "label",
            tag("span", label, class_="pb-label"),
            tag("select", choices, data_reading=name),
            class_="pb-field",
        )

    def toolbar(self, declaration: Declaration) -> Markup:
        """Return what can be done with a result: taking it away, asking more of it, handing it on.

        Where there is no room for all of it, what comes after the first is in a menu (bench.css, bench.js).
        """
        words, menu = self.words, f"{self.wording.calculator}-menu"
        further = [
            button(words("action.keep_scenario"), data_action="keep-scenario") if declaration.fields else None,
            button(words("action.seek"), data_action="seek") if declaration.seeks else None,
        ]
        return actions(
            button(words("action.download_xlsx"), data_action="download", data_format="xlsx"),
            button(words("action.more"), data_action="more", aria_expanded="false", aria_controls=menu),
            tag(
                "div",
                tag("div", further) if any(further) else None,
                tag(
                    "div",
                    button(words("action.copy_link"), data_action="copy-link"),
                    button(words("action.present"), data_action="present"),
                    button(words("action.print"), data_action="print"),
                ),
                class_="pb-menu",
                id=menu,
            ),
            class_="pb-actions pb-toolbar",
            data_toolbar=True,
            data_needs_script=True,
        )

    def scenarios(self, declaration: Declaration) -> Markup | None:
        """Return where kept scenarios are named, and where they stand side by side; nothing where nothing is asked."""
        if not declaration.fields:
            return None
        words = self.words
        compare = button(words("action.compare"), data_action="compare", class_="pb-primary", hidden=True)
        chips = tag("ul", data_scenario_list=True, class_="pb-scenario-list", role="list")
        comparison = tag(
            "section",
            tag("h3", words("scenario.compare")),
            actions(button(words("action.close_comparison"), data_action="close-comparison")),
            tag("div", data_compared_here=True),
            class_="pb-comparison",
            data_comparison=True,
            tabindex="-1",
            hidden=True,
            aria_label=words("scenario.compare"),
        )
        bar = tag("div", chips, compare, class_="pb-scenarios", data_scenarios=True, data_needs_script=True)
        return join([bar, comparison])

    def errors(self, errors: Sequence[InputError]) -> Markup:
        """Return the mistakes as a list, each with the name of its field."""
        words, colon = self.wording, self.wording.text("common.colon")
        return tag(
            "ul", [tag("li", tag("b", words.field_name(one.field)), colon, words.message(one)) for one in errors]
        )


def inputs_id(calculator: str) -> str:
    """Return the id of a calculator's form."""
    return f"{calculator}-inputs"


def _part(label: str, content: object, *, folded: bool, **attributes: str | bool) -> Markup:
    """Return a part of the form under its name, folded or not; the line of a fold has room for what is in it."""
    if not folded:
        return tag("fieldset", tag("legend", label), content, **attributes)
    line = tag("summary", label, tag("span", class_="pb-fold-values", data_fold_values=True))
    return tag("details", line, tag("fieldset", content, aria_label=label), **attributes)


def _file_box(label: str, accept: str | None, **attributes: bool) -> Markup:
    """Return what opens the window to choose a file; buttons press it."""
    return tag("input", type="file", accept=accept, hidden=True, **attributes, aria_label=label)
