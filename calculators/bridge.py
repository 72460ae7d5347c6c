"""The one door to the calculators: JSON text in, JSON text out, file bytes beside it.

Used by the browser's worker, by the command line and by the build, which is why all three agree. A
request is ``{"id", "calculator", "language", "values", "tables"}``; optional are ``"pages"`` (which
page of a table, or its `View`), ``"plan"`` (an attached plan file to start from), ``"rows_of"`` (a table whose raw
rows the page's editor wants), ``"awkward"`` (a table whose example is wanted as a company's file), ``"put_row"``
(`Work.put_row`), ``"presented"`` (a word from which everybody's pseudonym is drawn, customers' too, for a result that
is shown to others), ``"seek"`` (`backwards.asked`), ``"roster"`` (`roster.handed`), ``"compare"`` (`compared.reply`)
and ``"scenarios"``, those that a plan is to keep. A scenario has a ``"name"`` and inputs as a request has them, where
``"scenario"`` means those of that name in the plan. A table is

- ``{"file": NAME, "name": "customers.csv", "sheet", "columns", "unit"}``, its bytes attached as NAME,
- ``{"text": …}`` as pasted, or ``{"rows": [[…], …]}``, with the same options, and ``"aligned": false`` where these
  were cut from text at its ``"delimiter"``, or
- plain text or a list of rows.

A table that is missing, or has options only, is the worked example; an optional one is absent once the reader has
given data of their own. What a table leaves open is answered with ``"answers": {QUESTION: OPTION}``.

The reply is ``{"id", "ok", "result" or "errors", "html", "charts", "inputs", "questions", "values", "example"}``: money
in ``result`` is in whole smallest units of the company's currency (fen, cents, whole yen), shares are fractions of 1,
its ``verdict`` is the sentence that says what matters. ``not_used`` has the fields that were given and do not matter
beside the others, each with the sentence that says when it would. ``questions`` has what the tables leave open
(`Work.questions`), ``example`` says whether it is still the worked example's.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from calculators import backwards, compared, roster
from calculators.engine.answers.result import PAGE_ROWS, plain
from calculators.engine.answers.view import View, arranged
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.settings import Settings
from calculators.engine.reads.table_input import LastReadings
from calculators.engine.shows import charts
from calculators.work import Work


class Bridge:
    """Answers requests for one company's settings (those of the build, as JSON text).

    Keeps the last reading of each table, so that changing a rule does not read a long file again.
    """

    def __init__(self, settings: str | Settings | None = None) -> None:
        if isinstance(settings, str):
            settings = Settings.from_mapping(json.loads(settings))
        self.settings = settings or Settings()
        self._readings = LastReadings(self.settings.currency)

    def reply(self, request_json: str, attachments: Mapping[str, bytes] | None = None) -> str:
        """Answer a request; mistakes in the input come back as errors, never as an exception."""
        request = json.loads(request_json)
        work = Work(self.settings, request, attachments, self._readings)
        reply: dict[str, Any] = {"id": request.get("id"), "ok": True}
        try:
            if "rows_of" in request:
                return _dumps({**reply, **work.rows(request["rows_of"])})
            if "awkward" in request:
                return _dumps({**reply, **work.awkward(request["awkward"])})
            if "put_row" in request:
                return _dumps({**reply, **work.put_row(**request["put_row"])})
            if "roster" in request:
                return _dumps({**reply, **roster.handed(work, request["roster"])})
            if "compare" in request:
                return _dumps({**reply, **compared.reply(work, request["compare"])})
            if "seek" in request:
                return _dumps({**reply, **backwards.asked(work, request["seek"]), "questions": work.questions()})
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
            questions = work.questions()
            return _dumps({**reply, "inputs": work.views(), "questions": questions, **_of_plan(work)})
        views = {name: View.of(given) for name, given in (request.get("pages") or {}).items()}
        seen = arranged(answer, views, lambda column, value: work.wording.value(column.kind, value))
        result = seen.as_json({name: view.page for name, view in views.items()})
        if answer.verdict is not None:
            result["verdict"]["sentence"] = work.text(answer.verdict.code, **answer.verdict.params)
        reply |= {
            "result": result,
            "html": work.page.result(seen, views=views, example=work.is_example, choices=work.choices()),
            "charts": {chart.name: charts.options(chart, work.wording) for chart in answer.charts},
            "inputs": work.views(),
            "questions": work.questions(),
            "values": work.shown_values(),
            "example": work.is_example,
            "not_used": work.not_used(),
            "scenarios": work.planned_scenarios,
        }
        return _dumps(reply)

    def download(self, request_json: str, attachments: Mapping[str, bytes] | None = None) -> tuple[str, str, bytes]:
        """Return name, media type and bytes of a file.

        The request names it in ``"download"``: ``"xlsx"``, ``"plan"``, ``"csv"`` or ``"cells"`` with ``"table"``, and
        ``"comparison"`` of what ``"compare"`` has.
        Raises InvalidInputs where `reply` would answer with errors.
        """
        request = json.loads(request_json)
        work = Work(self.settings, request, attachments, self._readings)
        if request["download"] == "comparison":
            file = compared.download(work, request["compare"])
        else:
            file = work.download(request["download"], request.get("table", ""))
        return file.name, file.media, file.content


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


def _of_plan(work: Work) -> dict[str, Any]:
    """Return what a plan has put into the form, and its scenarios; nothing where it cannot be opened."""
    try:
        return {"values": work.typed_values(), "scenarios": work.planned_scenarios}
    except InvalidInputs:
        return {"values": {}, "scenarios": []}


def _dumps(reply: Mapping[str, Any]) -> str:
    return json.dumps(reply, ensure_ascii=False, allow_nan=False)


def reply(request_json: str, attachments: Mapping[str, bytes] | None = None) -> str:
    """Answer a request with our default settings."""
    return Bridge().reply(request_json, attachments)
