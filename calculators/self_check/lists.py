"""From the self-check's lists to an answer for each of its questions, and the section that shows why.

The rules of an answer are in ``answers.py``: here is what the lists have of it, and what is said about them.
"""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pandas as pd

from calculators.engine.answers.curves import by_mentor, least_told, rising
from calculators.engine.answers.result import Beside, Figure, Notice, Section, Table, about, beside, columns, cutoff
from calculators.engine.arithmetic.chances import ERROR, SIDES, deciding, least_trials
from calculators.engine.arithmetic.survival import curve, median_days
from calculators.engine.asks.fields import Inputs
from calculators.engine.asks.settings import BASIS_POINTS
from calculators.engine.reads.names import more_than_once
from calculators.method import METHOD
from calculators.self_check.answers import (
    AccountState,
    Foresight,
    HireState,
    Onboarding,
    Reliance,
    account,
    hire_state,
    onboarding,
    reliance,
    warning,
)
from calculators.self_check.quarters import FOUNDING


def of_reliance(inputs: Inputs, frame: pd.DataFrame) -> tuple[Reliance, Section]:
    """Add up each person's result and see how much the strongest hold.

    Somebody with several rows is one person; a negative sum counts as nothing, so that shares stay shares.
    """
    by_person: dict[str, list[int]] = {}
    unknown = []
    rows = frame[["person", "result", "result_known", "row", "ruined"]].itertuples(index=False)
    for person, result, known, row, ruined in rows:
        if not known:
            unknown.append(person)
            continue
        name = f"{person} #{row}" if ruined else person
        by_person.setdefault(name, []).append(int(result))
    sums = {person: sum(results) for person, results in by_person.items()}
    negative = sorted(person for person, total in sums.items() if total < 0)
    ordered = sorted(((max(total, 0), person) for person, total in sums.items()), key=lambda pair: (-pair[0], pair[1]))
    line = cutoff(Fraction(inputs.top_share, BASIS_POINTS))
    found = reliance([total for total, _ in ordered], inputs.top_people, line)
    params = {
        "people": found.people,
        "top": found.top,
        "share": beside(found.share, line),
        "line": line,
        "equal": beside(found.equal, line),
        "least": int(inputs.top_people / line) + 1,
        "names": [person for _, person in ordered[: inputs.top_people]],
        "answer": f"self_check.answer.{found.answer}",
    }
    notices = [Notice(f"self_check.reliance.{found.reason}", params)]
    if inputs.stage == FOUNDING and found.reason != "no_results":
        notices.append(
            Notice(
                "self_check.founding_share",
                {"largest": found.largest, "claimed": Fraction(METHOD["founder_order_share"].value, 100)},
            )
        )
    several = sorted(person for person, results in by_person.items() if len(results) > 1)
    notices += about(
        ("self_check.summed", several, "note"),
        ("self_check.negative", negative, "caution"),
        ("self_check.result_unknown", sorted(set(unknown)), "caution"),
    )
    figures = (
        Figure("top_share", "share", beside(found.share, line), {"top": found.top, "line": line}),
        Figure("equal_share", "share", beside(found.equal, line), {"top": found.top, "people": found.people}),
        Figure("effective_people", "number", found.effective, {"people": found.people}),
        Figure("largest_share", "share", found.largest),
        Figure("headcount", "count", found.people),
    )
    whole = sum(total for total, _ in ordered) or 1
    table = Table(
        "people",
        columns("rank:count person:text result:money share:share"),
        [
            {"rank": rank, "person": person, "result": total, "share": Fraction(total, whole)}
            for rank, (total, person) in enumerate(ordered, 1)
        ],
        detail=True,
    )
    return found, Section("reliance", figures, tables=(table,), notices=tuple(notices))


def of_onboarding(inputs: Inputs, frame: pd.DataFrame) -> tuple[Onboarding, Section]:
    """See who was due to have passed the exit test, and who did in time."""
    rows: list[dict[str, Any]] = []
    states: list[HireState] = []
    impossible, no_start = [], []
    groups: dict[str, list[tuple[int, bool]]] = {}
    for person, start, passed, mentor in frame[["newcomer", "started", "passed", "mentor"]].itertuples(index=False):
        if start is None:
            no_start.append(person)
        elif passed is not None and passed < start:
            impossible.append(person)
        else:
            found = hire_state(start, passed, inputs.as_of, inputs.pass_days)
            states.append(found)
            if mentor and start <= inputs.as_of:
                groups.setdefault(mentor, []).append(_watched(start, passed, inputs.as_of))
            rows.append(
                {
                    "newcomer": person,
                    "started": start,
                    "due": start + timedelta(inputs.pass_days),
                    "passed": passed,
                    "days": (passed - start).days if passed is not None else None,
                    "state": f"self_check.hire.{found}",
                }
            )
    line = cutoff(Fraction(inputs.pass_share, BASIS_POINTS))
    answer = onboarding(states, line)
    watched = [_watched(row["started"], row["passed"], inputs.as_of) for row in rows if row["started"] <= inputs.as_of]
    steps = curve(watched)
    middle, earliest, latest = median_days(steps)
    low, high = answer.interval
    params = {
        "share": beside(answer.test.share, line),
        "in_time": answer.in_time,
        "count": answer.due,
        "line": line,
        "days": inputs.pass_days,
        "needed": answer.test.needed,
        "chance": answer.test.chance,
        "side": f"self_check.side.{answer.test.side}",
        "answer": f"self_check.answer.{answer.answer}",
        "as_of": inputs.as_of,
    }
    most, fewest = deciding(answer.due, line)
    rule = {
        "line": line,
        "error": ERROR,
        "yes": least_trials(line, "above"),
        "no": least_trials(line, "below"),
        "count": answer.due,
        "most": most,
        "fewest": fewest,
    }
    notices = [
        Notice(f"self_check.onboarding.{answer.reason}", params),
        Notice("self_check.onboarding_rule", rule, "assumed"),
    ]
    repeated = more_than_once(row["newcomer"] for row in rows)
    notices += about(
        ("self_check.passed_before_start", sorted(impossible), "caution"),
        ("self_check.no_start", sorted(no_start), "caution"),
        ("self_check.hire_repeated", repeated, "caution"),
    )
    later = sum(row["passed"] is not None and row["passed"] > inputs.as_of for row in rows)
    if later:
        notices.append(Notice("self_check.after_as_of", {"count": later, "as_of": inputs.as_of}))
    figures = (
        Figure("passed_share", "share", params["share"], params),
        Figure("passed_low", "share", Beside(low, line) if answer.due else None),
        Figure("passed_high", "share", Beside(high, line) if answer.due else None),
        Figure("hires_due", "count", answer.due),
        Figure("hires_late", "count", states.count("late")),
        Figure("hires_not_passed", "count", states.count("not_passed")),
        Figure(
            "hires_not_due",
            "count",
            sum(found in ("not_due", "passed_early", "not_started") for found in states),
            {"early": states.count("passed_early")},
        ),
        Figure("median_pass", "count", middle, {"low": earliest, "high": latest, "count": len(watched)}),
    )
    last = max((days for days, _ in watched), default=0)
    charts = (rising("self_check", "passing", steps, last=last, people=len(watched)),) if steps else ()
    order = {"not_passed": 0, "late": 1, "in_time": 2, "not_due": 3, "passed_early": 4, "not_started": 5}
    rows.sort(key=lambda row: (order[row["state"].rpartition(".")[2]], row["started"], row["newcomer"]))
    shown = columns("newcomer:text started:date due:date passed:date days:count state:key")
    tables = [Table("hires", shown, rows, detail=True, answer="state")]
    if groups:
        tables.insert(0, by_mentor(groups, inputs.pass_days, line))
    if len(groups) > 1:
        notices.append(Notice("self_check.few_each", {"goal": line, "least": least_told(line)}, "caution"))
    return answer, Section("onboarding", figures, charts, tuple(tables), tuple(notices))


def _watched(start: date, passed: date | None, as_of: date) -> tuple[int, bool]:
    """Return how many days there were until somebody passed, or until the day looked at where they have not."""
    has_passed = passed is not None and passed <= as_of
    return ((passed if passed is not None and has_passed else as_of) - start).days, has_passed


def of_warning(inputs: Inputs, frame: pd.DataFrame) -> tuple[Foresight, Section]:
    """See how early each churned account was warned of, and which alarms came to nothing.

    Several rows of one account are one, with all their alerts and its first day of churn.
    """
    accounts: dict[str, tuple[list[date], list[date]]] = {}
    several = set()
    names = frame[["customer", "alert", "churned", "row", "ruined"]].itertuples(index=False)
    for customer, alert, churned, row, ruined in names:
        name = f"{customer} #{row}" if ruined else customer
        if name in accounts:
            several.add(name)
        alerts, gone = accounts.setdefault(name, ([], []))
        alerts += [] if alert is None else [alert]
        gone += [] if churned is None else [churned]
    rows: list[dict[str, Any]] = []
    states: list[AccountState] = []
    days: list[int] = []
    for name, (alerts, gone) in accounts.items():
        churned = min(gone, default=None)
        found = account(alerts, churned, inputs.as_of, inputs.open_days)
        states.append(found.state)
        days += [] if found.days_ahead is None else [found.days_ahead]
        if found.state != "quiet":
            row = {"customer": name, "alert": found.alert, "churned": churned, "days_ahead": found.days_ahead}
            rows.append({**row, "state": f"self_check.account.{found.state}"})
    line = cutoff(Fraction(inputs.warned_share, BASIS_POINTS))
    answer = warning(states, days, inputs.warning_days, line)
    often, early = answer.often, answer.early
    params = {
        "churned": answer.churned,
        "warned": answer.warned,
        "share": beside(often.share, line),
        "median": beside(answer.median_days, inputs.warning_days),
        "needed": inputs.warning_days,
        "line": line,
        "in_time": early.successes,
        "chance": often.chance,
        "side": f"self_check.side.{often.side}",
        "early_chance": early.chance,
        "early_side": f"self_check.side.{early.side}",
        "answer": f"self_check.answer.{answer.answer}",
        "as_of": inputs.as_of,
    }
    if answer.reason == "not_enough":
        short = answer.lacking
        params |= {
            "whom": f"self_check.counted.{'churned' if short is often else 'warned'}",
            "there": short.trials,
            "least": short.needed,
        }
    rule = {
        "line": line,
        "error": ERROR,
        "either": 2 * ERROR,
        "days": inputs.open_days,
        "often": max(least_trials(line, side) or 0 for side in SIDES),
        "early": least_trials(Fraction(1, 2), "above"),
    }
    notices = [
        Notice(f"self_check.warning.{answer.reason}", params),
        Notice("self_check.warning_rule", rule, "assumed"),
    ]
    if inputs.open_days < inputs.warning_days:
        window = {"days": inputs.open_days, "needed": inputs.warning_days}
        notices.append(Notice("self_check.valid_too_short", window, "caution"))
    if answer.false_alarms:
        notices.append(Notice("self_check.false_alarms", {"count": answer.false_alarms, "days": inputs.open_days}))
    notices += about(("self_check.account_joined", sorted(several), "note"))
    later = sum(any(day > inputs.as_of for day in (*alerts, *gone)) for alerts, gone in accounts.values())
    if later:
        notices.append(Notice("self_check.account_after_as_of", {"count": later, "as_of": inputs.as_of}))
    months = {name: METHOD[name].value for name in ("check_warning_months", "churn_foresight_months")}
    notices.append(
        Notice(
            "self_check.one_month_or_three",
            {"asked": months["check_warning_months"], "boasted": months["churn_foresight_months"]},
        )
    )
    figures = (
        Figure(
            "median_days", "number", beside(answer.median_days, inputs.warning_days), {"needed": inputs.warning_days}
        ),
        Figure("warned_share", "share", beside(often.share, line), params),
        Figure("churned", "count", answer.churned),
        Figure("late_alerts", "count", states.count("late_alert")),
        Figure("expired_alerts", "count", states.count("expired"), {"days": inputs.open_days}),
        Figure("false_alarms", "count", answer.false_alarms, {"days": inputs.open_days}),
        Figure("hit_share", "share", answer.hit_share),
        Figure("open_alarms", "count", states.count("open_alarm")),
        Figure("quiet", "count", states.count("quiet")),
    )
    order = {"not_warned": 0, "expired": 1, "late_alert": 2, "warned": 3, "false_alarm": 4, "open_alarm": 5}
    rows.sort(key=lambda row: (order[row["state"].rpartition(".")[2]], row["days_ahead"] or 0, row["customer"]))
    shown = columns("customer:text alert:date churned:date days_ahead:count state:key")
    table = Table("accounts", shown, rows, detail=True, answer="state")
    return answer, Section("warning", figures, tables=(table,), notices=tuple(notices))
