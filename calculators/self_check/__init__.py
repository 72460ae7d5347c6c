"""The quarterly self-check (季度自检): three questions, each answered by the reader or from a list.

From answers and lists to a verdict by our reading and by the source's wording, to the measures behind each
answer, to the quarters before, and to the pages to read next. The rules of each answer are in ``answers.py``, what
lists say in ``lists.py``, the kept quarters in ``quarters.py``, the pages to read in ``reading.toml``.

Source: the closing section, "你的企业处在哪个阶段？".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from calculators.engine.answers.result import (
    Chart,
    Figure,
    Notice,
    Put,
    Result,
    Section,
    Series,
    Table,
    beside,
    columns,
)
from calculators.engine.asks.fields import PRIVACY, Declaration, Field, Group, Inputs, Seek
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.method import METHOD
from calculators.self_check.answers import (
    ANSWERS,
    HEALTHY,
    QUESTIONS,
    Answer,
    Foresight,
    Onboarding,
    Question,
    Reliance,
    literal,
    state,
    verdict,
)
from calculators.self_check.lists import of_onboarding, of_reliance, of_warning
from calculators.self_check.quarters import FOUNDING, MEASURES, UNSTATED, Check, History, Quarter, as_row, changes, read
from calculators.self_check.reading import pages

DAYS_A_MONTH = 30
"""Ours: the source says "a month" and "months"; we count 30 days each."""
PASS_SHARE = 8_000
WARNED_SHARE = 5_000
"""Ours, in basis points: the source names no share for the second and third question."""
EXAMPLE_DAY = date(2020, 9, 30)
STAGES = (UNSTATED, FOUNDING, "2", "3", "4")


def declare() -> Declaration:
    """Return what the calculator asks for."""
    answers = ("list", *ANSWERS)
    month = METHOD["check_process_months"].value * DAYS_A_MONTH
    ahead = METHOD["check_warning_months"].value * DAYS_A_MONTH
    boast = METHOD["churn_foresight_months"].value * DAYS_A_MONTH
    return Declaration(
        fields=(
            *(
                Field(f"answer_{question}", "choice", "answers", "list", options=answers, example="list")
                for question in QUESTIONS
            ),
            Field("as_of", "date", "about", EXAMPLE_DAY, 2000, 2100, today="quarter"),
            Field("stage", "choice", "about", UNSTATED, options=STAGES, example="2"),
            Field("top_people", "whole", "reliance", METHOD["check_top_people"].value, 1, 1_000),
            Field("top_share", "percent", "reliance", METHOD["check_top_share"].value * 100, 1, BASIS_POINTS),
            Field("pass_days", "whole", "onboarding", month, 1, 3_650),
            Field("pass_share", "percent", "onboarding", PASS_SHARE, 1, BASIS_POINTS),
            Field("warning_days", "whole", "warning", ahead, 0, 3_650),
            Field("warned_share", "percent", "warning", WARNED_SHARE, 1, BASIS_POINTS),
            Field("open_days", "whole", "warning", boast, 1, 3_650),
            *PRIVACY,
        ),
        groups=(
            Group("answers", first=True),
            Group("about", first=True),
            Group("reliance", folded=True, columns=2),
            Group("onboarding", folded=True, columns=2),
            Group("warning", folded=True, columns=3),
            Group("privacy", columns=2),
        ),
        tables=(
            TableSpec(
                "results",
                (ColumnSpec("person", "text", people=True), ColumnSpec("result", "money")),
                required=False,
            ),
            TableSpec(
                "hires",
                (
                    ColumnSpec("newcomer", "text", people=True),
                    ColumnSpec("started", "date"),
                    ColumnSpec("passed", "date", required=False, event=True),
                    ColumnSpec("mentor", "text", required=False, people=True),
                ),
                required=False,
            ),
            TableSpec(
                "accounts",
                (
                    ColumnSpec("customer", "text", customers=True),
                    ColumnSpec("alert", "date", required=False, event=True),
                    ColumnSpec("churned", "date", required=False, event=True),
                ),
                required=False,
            ),
            TableSpec(
                "quarters",
                (
                    ColumnSpec("quarter", "text"),
                    ColumnSpec("stage", "text", required=False),
                    *(ColumnSpec(question, "text", required=False) for question in QUESTIONS),
                    *(
                        ColumnSpec(name, "number" if name == "median_days" else "percent", required=False)
                        for name in MEASURES
                    ),
                ),
                required=False,
            ),
        ),
        people=True,
        kept=("quarters",),
        seeks=(
            Seek("pass_days", "passed_share"),
            Seek("top_people", "top_share"),
            Seek("open_days", "warned_share"),
            Seek("open_days", "hit_share"),
        ),
    )


@dataclass(frozen=True)
class _Found:
    """What the lists say: an answer for each question that has one, and the section that shows why."""

    reliance: Reliance | None
    onboarding: Onboarding | None
    warning: Foresight | None
    sections: tuple[Section, ...]

    def answer(self, question: Question) -> Answer | None:
        found = {"reliance": self.reliance, "onboarding": self.onboarding, "warning": self.warning}[question]
        return found.answer if found else None

    @property
    def measures(self) -> Mapping[str, Fraction | None]:
        return {
            "top_share": self.reliance.share if self.reliance else None,
            "passed_share": self.onboarding.test.share if self.onboarding else None,
            "warned_share": self.warning.often.share if self.warning else None,
            "median_days": self.warning.median_days if self.warning else None,
        }


def calculate(inputs: Inputs) -> Result:
    """Answer the three questions, judge, and compare with the quarters before."""
    found = _from_lists(inputs)
    answers = {question: _answer(inputs, found, question) for question in QUESTIONS}
    history = read(inputs.quarters.frame if inputs.quarters else None)
    check = Check(Quarter.of(inputs.as_of), inputs.stage, answers, found.measures)
    judged, *why = _verdict(inputs, found, answers)
    return Result(
        (
            replace(judged, actions=_keep(check, history)),
            *why,
            *found.sections,
            _quarters(check, history, _cutoffs(inputs)),
            _next(inputs, answers),
        )
    )


def _typed(inputs: Inputs, question: Question) -> str:
    """Return what the reader has chosen for a question; "list" where a list answers it."""
    return str(getattr(inputs, f"answer_{question}"))


def _answer(inputs: Inputs, found: _Found, question: Question) -> Answer:
    """Return the answer that counts: the reader's, else the list's, else unknown."""
    for answer in ANSWERS:
        if _typed(inputs, question) == answer:
            return answer
    return found.answer(question) or "unknown"


def _verdict(inputs: Inputs, found: _Found, answers: Mapping[Question, Answer]) -> tuple[Section, ...]:
    founding, counted = inputs.stage == FOUNDING, _counted(inputs.stage)
    ours, by_the_letter = verdict(answers, counted), literal(answers)
    notices = [Notice(f"self_check.because.{ours}", {"topics": _named(answers, ours, counted)})]
    if ours != by_the_letter:
        notices.append(Notice("self_check.readings_differ", level="caution"))
    if founding and answers["reliance"] != "no":
        notices.append(Notice("self_check.founding"))
    for question in QUESTIONS:
        by_list = found.answer(question)
        if by_list and _typed(inputs, question) not in ("list", by_list):
            params = {
                "question": f"self_check.topic.{question}",
                "typed": f"self_check.answer.{answers[question]}",
                "by_list": f"self_check.answer.{by_list}",
            }
            notices.append(Notice("self_check.typed_against_list", params, "caution"))
    rows = [
        {
            "question": f"self_check.question.{question}",
            "answer": f"self_check.answer.{answers[question]}",
            "healthy": f"self_check.answer.{HEALTHY[question]}",
            "state": f"self_check.state.{state(question, answers[question])}",
            "from": f"self_check.from.{_origin(inputs, found, question)}",
        }
        for question in QUESTIONS
    ]
    table = Table("answers", columns("question:key answer:key healthy:key state:key from:key"), rows, prose=True)
    figures = (
        Figure("verdict", "key", f"self_check.verdict.{ours}"),
        Figure("literal", "key", f"self_check.verdict.{by_the_letter}"),
    )
    each = tuple(
        Figure(
            question,
            "key",
            f"self_check.answer.{answers[question]}",
            {"healthy": f"self_check.answer.{HEALTHY[question]}"},
        )
        for question in QUESTIONS
    )
    return (Section("verdict", figures, notices=tuple(notices)), Section("answers", each, tables=(table,)))


def _counted(stage: str) -> Sequence[Question]:
    """Return the questions that count: in stage one results depend on the founder, and should."""
    return QUESTIONS[1:] if stage == FOUNDING else QUESTIONS


def _named(answers: Mapping[Question, Answer], ours: str, counted: Sequence[Question]) -> list[str]:
    """Return the questions that a verdict hangs on."""
    wanted = {"upgrade": "unhealthy", "undecided": "unknown", "healthy": "healthy"}[ours]
    return [f"self_check.topic.{question}" for question in counted if state(question, answers[question]) == wanted]


def _origin(inputs: Inputs, found: _Found, question: Question) -> str:
    if _typed(inputs, question) != "list":
        return "typed"
    return "list" if found.answer(question) else "nothing"


def _from_lists(inputs: Inputs) -> _Found:
    sections = []
    people = hires = accounts = None
    if inputs.results is not None:
        people, section = of_reliance(inputs, inputs.results.frame)
        sections.append(section)
    if inputs.hires is not None:
        hires, section = of_onboarding(inputs, inputs.hires.frame)
        sections.append(section)
    if inputs.accounts is not None:
        accounts, section = of_warning(inputs, inputs.accounts.frame)
        sections.append(section)
    return _Found(people, hires, accounts, tuple(sections))


# --- quarter by quarter --------------------------------------------------------------------------------


def _cutoffs(inputs: Inputs) -> dict[str, int | Fraction]:
    """Return what each measure is held against today."""
    shares = (inputs.top_share, inputs.pass_share, inputs.warned_share)
    return dict(zip(MEASURES, (*(Fraction(share, BASIS_POINTS) for share in shares), inputs.warning_days), strict=True))


def _quarters(check: Check, history: History, cutoffs: Mapping[str, int | Fraction]) -> Section:
    """Show this check beside those kept, what changed since the one before, and the trend."""
    before = [kept for kept in history.checks if kept.quarter < check.quarter]
    shown = [*(kept for kept in history.checks if kept.quarter != check.quarter), check]
    shown.sort(key=lambda one: one.quarter)
    notices = [Notice("self_check.quarter_of", {"quarter": str(check.quarter)})]
    kept = _kept(check, history)
    if kept is not None:
        code = "kept_same" if as_row(kept) == as_row(check) else "kept_other"
        notices.append(Notice(f"self_check.{code}", {"quarter": str(check.quarter)}))
    if not before:
        notices.append(Notice("self_check.nothing_before"))
    notices.append(Notice("self_check.where_kept"))
    for code, at in (
        ("no_quarter", history.no_quarter),
        ("repeated_quarter", history.repeated),
        ("no_answer", history.no_answer),
    ):
        if at:
            notices.append(Notice(f"self_check.{code}", {"count": len(at), "rows": list(at)}, "caution"))
    tables = [_changes(before[-1], check, cutoffs)] if before else []
    by_quarter = columns(
        "quarter:text stage:text verdict:key reliance:key onboarding:key warning:key top_share:share passed_share:share"
        " warned_share:share median_days:number"
    )
    rows = [
        {
            "quarter": str(one.quarter),
            "stage": None if one.stage == UNSTATED else one.stage,
            "verdict": f"self_check.verdict.{verdict(one.answers, _counted(one.stage))}",
            **{question: f"self_check.answer.{one.answers[question]}" for question in QUESTIONS},
            **{name: beside(value, cutoffs[name]) for name, value in one.measures.items()},
            "written": history.written.get(str(one.quarter)),
        }
        for one in shown
    ]
    key = ("quarter",)
    take_out = Put("quarters", key, taken={"quarter": "written"}, remove=True, own_only=True)
    tables.append(Table("quarters", by_quarter, rows, detail=True, actions={"take_out": take_out}))
    return Section("quarters", (), _trend(shown), tuple(tables), tuple(notices))


def _kept(check: Check, history: History) -> Check | None:
    """Return what was kept of the check's quarter."""
    return next((one for one in history.checks if one.quarter == check.quarter), None)


def _keep(check: Check, history: History) -> dict[str, Put]:
    """Return what keeps the check among the quarters; it says so where just this is kept already."""
    row: dict[str, str | Notice] = {**as_row(check)}
    row |= {question: Notice(f"self_check.answer.{check.answers[question]}") for question in QUESTIONS}
    kept = _kept(check, history)
    name = "quarter_kept" if kept and as_row(kept) == as_row(check) else "keep_quarter"
    return {name: Put("quarters", ("quarter",), row, own_only=True)}


def _changes(before: Check, now: Check, cutoffs: Mapping[str, int | Fraction]) -> Table:
    """Return what became of each answer and its measure since the last check."""
    measure_of: Mapping[Question, str] = dict(zip(QUESTIONS, MEASURES, strict=False))
    shown = columns("question:key before:key now:key turn:key measure_before:share measure_now:share")
    rows = [
        {
            "question": f"self_check.question.{change.question}",
            "before": f"self_check.answer.{change.before}",
            "now": f"self_check.answer.{change.now}",
            "turn": f"self_check.turn.{change.turn}",
            "measure_before": beside(before.measures[measure], cutoffs[measure]),
            "measure_now": beside(now.measures[measure], cutoffs[measure]),
        }
        for change in changes(before.answers, now.answers)
        for measure in [measure_of[change.question]]
    ]
    return Table("changes", shown, rows, prose=True)


def _trend(checks: Sequence[Check]) -> tuple[Chart, ...]:
    """Return the answers and the measures of each quarter; one quarter is no trend."""
    if len(checks) < 2:  # noqa: PLR2004 - a line has two ends
        return ()
    quarters = [str(check.quarter) for check in checks]
    span = {"count": len(checks), "first": quarters[0], "last": quarters[-1]}
    by_state = [
        Series(
            f"self_check.state.{name}",
            "count",
            [sum(state(question, check.answers[question]) == name for question in QUESTIONS) for check in checks],
        )
        for name in ("healthy", "unknown", "unhealthy")
    ]
    measures = [
        Series(f"self_check.column.{name}", "share", [check.measures[name] for check in checks])
        for name in MEASURES
        if name != "median_days"
    ]
    charts = [Chart("answers", "stacked", quarters, by_state, span)]
    if sum(any(measure.values[at] is not None for measure in measures) for at in range(len(checks))) > 1:
        charts.append(Chart("measures", "share_lines", quarters, measures, span))
    return tuple(charts)


def _next(inputs: Inputs, answers: Mapping[Question, Answer]) -> Section:
    """Return three pages to read, and why each."""
    found = pages(answers, inputs.stage)
    rows = [{"page": page, "read_for": f"self_check.read_for.{reason}"} for page, reason in found]
    return Section("next", tables=(Table("next", columns("page:page read_for:key"), rows, prose=True),))
