"""Verify the calculators (核对计算器): published worked cases, computed again by the very code that the pages run.

Each case has its source, what was put in, what was printed and what we compute. In some the printed figure does
not follow from the figures printed with it; those say what does. A calculator's cases are in its folder, those of what
several compute with in this one (``published.py``). The tests hold that every case comes out, natively and in the
browser's Python.
"""

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from calculators import CALCULATORS
from calculators.engine.answers.published import Case, Outcome
from calculators.engine.answers.result import Figure, Notice, Result, Section, Table, columns
from calculators.engine.asks.fields import Declaration

TOPICS = ("abc", "apportionment", "concentration", "intervals", "waiting", "rules", "funnel", "days")


def cases() -> list[Case]:
    """Return every case, topic by topic, from calculators' folders (``published.py``)."""
    own = {name: f"calculators.{name}.published" for name in CALCULATORS}
    modules = {name: import_module(module) for name, module in own.items() if find_spec(module)}
    found = (replace(case, calculator=name) for name, module in modules.items() for case in module.CASES)
    return sorted(found, key=lambda case: TOPICS.index(case.topic))


def declare() -> Declaration:
    """Return that nothing is asked for: the cases are ours to state."""
    return Declaration(fields=())


def calculate() -> Result:
    """Compute every case and compare."""
    outcomes = {case: case.outcome() for case in cases()}
    found = [outcome for _, outcome in outcomes.values()]
    figures = (
        Figure("cases", "count", len(outcomes)),
        Figure("same", "count", found.count("same")),
        Figure("misprints", "count", found.count("misprint")),
        Figure("different", "count", found.count("different")),
    )
    different = [f"{case.key}.asked" for case, (_, outcome) in outcomes.items() if outcome == "different"]
    notices = (
        [Notice("verify.different", {"count": len(different), "cases": different}, "caution")] if different else []
    )
    summary = Section("summary", figures, notices=tuple(notices))
    return Result((summary, *(_topic(topic, outcomes) for topic in TOPICS)))


def _topic(topic: str, outcomes: Mapping[Case, tuple[str, Outcome]]) -> Section:
    rows = [
        {
            "case": f"{case.key}.asked",
            "source": case.source,
            "given": case.given,
            "published": case.published,
            "computed": computed,
            "outcome": f"verify.outcome.{outcome}",
        }
        for case, (computed, outcome) in outcomes.items()
        if case.topic == topic
    ]
    table = Table(
        topic,
        columns("case:key source:text given:text published:text computed:text outcome:key"),
        rows,
        prose=True,
    )
    why = tuple(Notice(f"{case.key}.why", level="caution") for case in outcomes if case.topic == topic and case.right)
    return Section(topic, tables=(table,), notices=why)
