"""The workbooks of daily work come to what is counted here from their examples.

That LibreOffice computes the same is in ``test_templates``, for every workbook.
"""

import datetime
from fractions import Fraction
from typing import Any

import pytest

from calculators.engine.asks.settings import Settings
from macros.templates.model import data_of, read
from macros.templates.workbook import Layout, evaluate

SETTINGS = Settings()
LIMITS = {"a": 2, "b": 5, "c": 10}


class Computed:
    """What a filled workbook comes to, by the ids of its data."""

    def __init__(self, name: str) -> None:
        template = read(name, "en", SETTINGS, filled=True)
        self.layout = Layout(template)
        self.values = evaluate(template)
        self.given = data_of(name)["example"]

    def value(self, *place: str) -> Any:
        """Return the value of a row, or of its cell in a column."""
        return self.values[self.layout.place(*place)]

    def column(self, block: str, name: str) -> list[Any]:
        """Return a column as far down as the example goes."""
        sheet, first, _, number = self.layout.column(block, name)
        return [self.values[sheet, first + place, number] for place in range(len(self.given[block]))]


def near(value: Fraction | float) -> Any:
    """Return what compares equal to a computed float."""
    return pytest.approx(float(value), abs=1e-9)


def test_steps_and_waiting_are_counted_before_and_after() -> None:
    """Seven steps become three as in the source's case; what is cut is told in steps, work and waiting apart."""
    found = Computed("shadowing_sheet")
    before, after = found.given["before"], found.given["after"]
    assert (found.value("compared", "steps", "before"), found.value("compared", "steps", "after")) == (7, 3)
    waits = [sum(row["wait"] for row in rows) for rows in (before, after)]
    assert found.value("compared", "waiting", "cut") == near(1 - Fraction(waits[1], waits[0]))
    work = [Fraction(sum(row["minutes"] for row in rows), 60) for rows in (before, after)]
    assert found.value("compared", "whole", "before") == near(work[0] + waits[0])
    longest = max(before, key=lambda row: row["wait"])
    assert found.value("reading", "longest") == longest["step"]["en"]
    assert found.value("reading", "measured") == near(Fraction(2, 3))


def test_a_promise_is_held_to_the_day_first_named() -> None:
    """Kept on the new day is late; a promise past its day without one is overdue; those not due yet stay out."""
    found = Computed("cocreation_log")
    rows = found.given["log"]
    assert found.column("log", "state") == ["kept", "late", "", "overdue", "", ""]
    assert found.value("summary", "kept") == near(Fraction(1, 3))
    in_time = [row for row in rows if "answer" in row and (row["answered"] - row["date"]) <= datetime.timedelta(days=1)]
    assert found.value("summary", "in_time") == near(Fraction(len(in_time), len(rows)))
    assert found.value("summary", "waiting") == 1


def test_a_handover_is_in_time_by_the_customer_s_tier() -> None:
    """From the day the customer was told, by the days of the tier; whoever is not told yet has no state."""
    found = Computed("account_handover")
    states = []
    as_of = found.given["summary"]["as_of"]
    for row in found.given["accounts"]:
        if "told" not in row:
            states.append("")
        elif "contact" in row:
            late = (row["contact"] - row["told"]).days > LIMITS[row["tier"]]
            states.append("late" if late else "in time")
        else:
            states.append("late" if (as_of - row["told"]).days > LIMITS[row["tier"]] else "not yet")
    assert found.column("accounts", "state") == states
    assert {"late", "in time", "not yet", ""} == set(states)


def test_a_step_is_looked_into_where_a_group_loses_more_than_usual() -> None:
    """Usual is of complete groups before it: five proposals' worth above the line, and no other step."""
    found = Computed("funnel")
    groups = found.given["groups"]
    week = found.given["choice"]["week"]
    usual = [one for one in groups if one["week"] < week and one["open"] == 0]
    now = next(one for one in groups if one["week"] == week)
    assert found.value("choice", "before") == len(usual) == 4
    for step, after in (("lead", "opportunity"), ("demo", "offer"), ("contract", "won")):
        lost = 1 - Fraction(now[after], now[step])
        before = 1 - Fraction(sum(one[after] for one in usual), sum(one[step] for one in usual))
        assert found.value("steps", step, "lost") == near(lost)
        assert found.value("steps", step, "usual") == near(before)
    verdicts = [found.value("steps", step, "verdict") for step in ("lead", "opportunity", "demo", "offer", "contract")]
    assert verdicts == ["as usual", "as usual", "look into it", "as usual", "too few to judge"]
