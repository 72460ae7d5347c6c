"""Stage two's three levels: who signs alone within three months, what the mentor gets, and the two standards below it.

From a list of newcomers to the share that signs alone with its interval, those not yet due kept apart; to each
mentor's reward; to graded customers and drilled objections where such lists are given. Words are in ``words.*.toml``.

Source: stage two, "季度目标三级穿透法", in ``method.toml``. The source leaves open of what the mentor's 20% are, what
they are paid in and whether there is a cap, and names neither the weights of the grading standard nor the six
scenarios: those are choices here, ours by default.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any, Literal, get_args

import pandas as pd

from calculators.concentration import wilson_interval
from calculators.engine.answers.result import Column, Figure, Notice, Result, Section, Table, about, columns
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import PRIVACY, AddsUp, Declaration, Field, Group
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import LARGEST
from calculators.engine.reads.dates import months_after
from calculators.engine.reads.tables import Reading, more_than_once
from calculators.method import METHOD

Leavers = Literal["apart", "counted"]
Basis = Literal["value", "commission"]
RewardForm = Literal["money", "points"]
Status = Literal["signed", "late", "not_signed", "left", "early", "pending", "not_started", "unclear"]
STATUSES: tuple[Status, ...] = get_args(Status)
CRITERIA = ("budget", "chain", "industry")
WEIGHTS = {criterion: METHOD[f"grading_weight_{criterion}"].value * (BASIS_POINTS // 100) for criterion in CRITERIA}
"""Ours: the source names the criteria and no weights."""
HIGHEST_SCORE = METHOD["grading_top"].value
GRADES = tuple((grade, METHOD[f"grading_line_{grade}"].value * 100) for grade in ("a", "b"))
"""Ours: from which weighted score, in hundredths, a customer is of grade A or B."""


@dataclass(frozen=True)
class Reward:
    """The rule of the mentor's reward: ``share`` of what, paid how, at most ``cap``, as held, for a mentee."""

    share: Fraction
    basis: Basis
    commission: Fraction
    form: RewardForm
    money_a_point: int
    cap: int | None


@dataclass(frozen=True)
class Inputs:
    """Newcomers and the rules.

    ``newcomers`` has newcomer, started, signed (the day of the first order signed alone), left, mentor, first_order
    and commission (as held), with ``_known`` beside each but the names. ``customers`` and ``drills`` may be absent.
    """

    newcomers: pd.DataFrame
    customers: pd.DataFrame | None
    drills: pd.DataFrame | None
    as_of: date
    months: int
    goal: Fraction
    leavers: Leavers
    reward: Reward
    weights: Mapping[str, int]
    grades: Mapping[str, int]
    scenarios: int

    @classmethod
    def read(cls, values: Mapping[str, Any], tables: Mapping[str, Reading | None]) -> "Inputs":
        """Build the inputs from parsed fields and the tables that are there."""
        newcomers, customers, drills = (tables[name] for name in ("newcomers", "customers", "drills"))
        assert newcomers is not None  # the table is required
        return cls(
            newcomers=newcomers.frame,
            customers=None if customers is None else customers.frame,
            drills=None if drills is None else drills.frame,
            as_of=values["as_of"],
            months=values["months"],
            goal=Fraction(values["goal"], BASIS_POINTS),
            leavers=values["leavers"],
            reward=Reward(
                share=Fraction(values["reward_share"], BASIS_POINTS),
                basis=values["reward_basis"],
                commission=Fraction(values["commission_rate"], BASIS_POINTS),
                form=values["reward_form"],
                money_a_point=values["point"],
                cap=values["cap"],
            ),
            weights={criterion: values[f"weight_{criterion}"] for criterion in CRITERIA},
            grades={grade: values[f"grade_{grade}"] for grade, _ in GRADES},
            scenarios=values["scenarios"],
        )


def declare(settings: Settings) -> Declaration:
    """Return what the calculator asks for; the method's figures are the defaults."""
    percent = BASIS_POINTS // 100
    weights = tuple(f"weight_{criterion}" for criterion in CRITERIA)
    return Declaration(
        fields=(
            Field("as_of", "date", "measure", date(2021, 11, 25), 2000, 2100, today=True),
            Field("months", "whole", "measure", METHOD["solo_signing_months"].value, 1, 24),
            Field("goal", "percent", "measure", METHOD["solo_signing_rate"].value * percent, 0, BASIS_POINTS),
            Field("leavers", "choice", "measure", "counted", options=("counted", "apart")),
            Field("reward_share", "percent", "reward", METHOD["mentor_reward"].value * percent, 0, BASIS_POINTS),
            Field("cap", "money", "reward", None, 0, LARGEST, optional=True),
            Field("reward_basis", "choice", "reward", "commission", options=("value", "commission")),
            Field("commission_rate", "percent", "reward", 10 * percent, 0, BASIS_POINTS),
            Field("reward_form", "choice", "reward", "money", options=("money", "points")),
            Field("point", "money", "reward", 100 * settings.minor_units, 1, LARGEST),
            *(
                Field(f"weight_{criterion}", "percent", "grading", WEIGHTS[criterion], 0, BASIS_POINTS)
                for criterion in CRITERIA
            ),
            *(
                Field(f"grade_{grade}", "hundredths", "grading", score, 0, HIGHEST_SCORE * 100)
                for grade, score in GRADES
            ),
            Field("scenarios", "whole", "drills", METHOD["objection_scenarios"].value, 1, 50),
            *PRIVACY,
        ),
        groups=(
            Group("measure", columns=3),
            Group("reward", columns=2),
            Group("grading", folded=True, columns=3),
            Group("drills", folded=True),
            Group("privacy", columns=2),
        ),
        tables=(
            TableSpec(
                "newcomers",
                (
                    ColumnSpec("newcomer", "text", people=True),
                    ColumnSpec("started", "date"),
                    ColumnSpec("signed", "date", required=False),
                    ColumnSpec("mentor", "text", required=False, people=True),
                    ColumnSpec("first_order", "money", required=False),
                    ColumnSpec("commission", "money", required=False),
                    ColumnSpec("order_rate", "percent", required=False, of_a_whole=True),
                    ColumnSpec("left", "date", required=False),
                ),
            ),
            TableSpec(
                "customers",
                (
                    ColumnSpec("customer", "text"),
                    *(ColumnSpec(f"score_{criterion}", "number") for criterion in CRITERIA),
                ),
                required=False,
            ),
            TableSpec(
                "drills",
                (
                    ColumnSpec("newcomer", "text", people=True),
                    ColumnSpec("scenario", "text"),
                    ColumnSpec("drilled", "date", required=False),
                ),
                required=False,
            ),
        ),
        sums=(AddsUp(weights, BASIS_POINTS),),
        people=True,
    )


def calculate(inputs: Inputs) -> Result:
    """Measure the newcomers and reckon the rewards; raises InvalidInputs for scores that are none."""
    people, notices = _people(inputs)
    sections = [_measure(inputs, people, notices), _who(people), _rewards(inputs, people)]
    if inputs.customers is not None:
        sections.append(_grading(inputs, inputs.customers))
    if inputs.drills is not None:
        sections.append(_drills(inputs, inputs.drills, people))
    return Result(tuple(sections))


# --- who signs alone -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Newcomer:
    """A newcomer and how it stands with the first order signed alone, which ``due`` is the last day for.

    ``commission`` is the order's as held, ``rate`` what it is of the order's value where only that is known.
    """

    name: str
    mentor: str
    started: date | None
    due: date | None
    signed: date | None
    left: date | None
    status: Status
    first_order: int | None
    commission: int | None
    rate: Fraction | None = None


def status(
    started: date | None,
    signed: date | None,
    left: date | None,
    *,
    as_of: date,
    months: int,
    leavers: Leavers = "apart",
) -> Status:
    """Return the status of a newcomer at the end of a day; what happens after it is not known yet.

    In time is up to the same day of the month, ``months`` later, that day included. Whoever has had those months is
    due: ``signed`` in time, ``late``, or ``not_signed``. Before that, ``early`` has signed already and ``pending`` not.
    Leaving before the months are over, without an order, is ``left``; counted, it is ``not_signed`` from the due day
    on and no sooner: those who started the same day and are still trying do not count before it either.

    >>> status(date(2026, 8, 25), date(2026, 11, 25), None, as_of=date(2026, 11, 25), months=3)
    'signed'
    >>> status(date(2026, 8, 26), None, None, as_of=date(2026, 11, 25), months=3)
    'pending'
    """
    if (
        started is None
        or (signed and signed < started)
        or (left and left < started)
        or (left and signed and left < signed)
    ):
        return "unclear"
    if started > as_of:
        return "not_started"
    due = months_after(started, months)
    has_signed = signed is not None and signed <= as_of
    in_time = has_signed and signed is not None and signed <= due
    gone = left is not None and left <= as_of and left < due and not has_signed
    if gone and (leavers == "apart" or as_of < due):
        return "left"
    if as_of < due:
        return "early" if has_signed else "pending"
    return "signed" if in_time else "late" if has_signed else "not_signed"


def _people(inputs: Inputs) -> tuple[list[Newcomer], list[Notice]]:
    """Return one person a name: of several orders the first counts, of those on one day the largest."""
    frame = inputs.newcomers
    rows: dict[str, dict[Hashable, Any]] = {}
    repeated: list[str] = []
    disagreeing: list[str] = []
    for row in frame.to_dict("records"):
        name = row["newcomer"]
        known = rows.get(name)
        if known is None or row["ruined"]:
            rows[name if not row["ruined"] else f"{name} ({row['row']})"] = row
            continue
        repeated.append(name)
        if known["started"] != row["started"]:
            disagreeing.append(name)
        first = min((known, row), key=lambda one: (one["signed"] or date.max, -int(one["first_order"])))
        rows[name] = {
            **first,
            "started": min(filter(None, (known["started"], row["started"])), default=None),
            "left": max(filter(None, (known["left"], row["left"])), default=None),
            "mentor": first["mentor"] or known["mentor"] or row["mentor"],
        }
    people = [
        Newcomer(
            name=name,
            mentor=row["mentor"],
            started=row["started"],
            due=months_after(row["started"], inputs.months) if row["started"] else None,
            signed=row["signed"],
            left=row["left"],
            status=status(
                row["started"],
                row["signed"],
                row["left"],
                as_of=inputs.as_of,
                months=inputs.months,
                leavers=inputs.leavers,
            ),
            first_order=int(row["first_order"]) if row["first_order_known"] else None,
            commission=int(row["commission"]) if row["commission_known"] else None,
            rate=Fraction(int(row["order_rate"]), BASIS_POINTS) if row["order_rate_known"] else None,
        )
        for name, row in rows.items()
    ]
    future = [person.name for person in people if person.signed and person.signed > inputs.as_of]
    unclear = [person.name for person in people if person.status == "unclear"]
    notices = about(
        ("solo_signing.repeated", sorted(set(repeated)), "note"),
        ("solo_signing.two_starts", sorted(set(disagreeing)), "caution"),
        ("solo_signing.after_as_of", sorted(future), "caution"),
        ("solo_signing.unclear", sorted(unclear), "caution"),
    )
    return sorted(people, key=lambda one: (STATUSES.index(one.status), one.due or date.max, one.name)), notices


def _left_before_due(person: Newcomer, as_of: date) -> bool:
    """Whether somebody left before having had the months and without an order, however that is counted."""
    if person.status not in ("left", "not_signed") or person.left is None or person.due is None:
        return False
    return person.left <= as_of and person.left < person.due


def _measure(inputs: Inputs, people: list[Newcomer], notices: list[Notice]) -> Section:
    count = {name: sum(person.status == name for person in people) for name in STATUSES}
    due = count["signed"] + count["late"] + count["not_signed"]
    signed = count["signed"]
    low, high = wilson_interval(signed, due)
    rate = Fraction(signed, due) if due else None
    pending = count["pending"] + count["early"]
    to_count = count["left"] if inputs.leavers == "counted" else 0  # they can sign no more, and will be due
    wanted = max(0, ceil(inputs.goal * (due + pending + to_count)) - signed)
    figures = (
        Figure("rate", "share", rate, {"signed": signed, "due": due, "goal": inputs.goal}),
        Figure("rate_low", "share", Fraction(low) if due else None),
        Figure("rate_high", "share", Fraction(high) if due else None),
        Figure("due", "count", due, {"late": count["late"], "not_signed": count["not_signed"]}),
        Figure("pending", "count", pending, {"early": count["early"]}),
        Figure("wanted", "count", wanted if wanted <= pending else None, {"pending": pending}),
    )
    said: list[Notice] = []
    if rate is None:
        said.append(Notice("solo_signing.nobody_due", {"months": inputs.months}, "caution"))
    else:
        verdict = "above" if low >= inputs.goal else "below" if high < inputs.goal else "unsure"
        params = {"goal": inputs.goal, "low": Fraction(low), "high": Fraction(high), "count": due, "rate": rate}
        said.append(Notice(f"solo_signing.{verdict}", params, "note" if verdict == "above" else "caution"))
    if wanted > pending:
        params = {"goal": inputs.goal, "count": pending, "wanted": wanted}
        said.append(Notice("solo_signing.out_of_reach", params, "caution"))
    leavers = [person.due for person in people if _left_before_due(person, inputs.as_of)]
    if leavers:
        leavers_due = sum(day is not None and day <= inputs.as_of for day in leavers)
        others = due + leavers_due if inputs.leavers == "apart" else due - leavers_due
        said.append(
            Notice(
                f"solo_signing.leavers_{inputs.leavers}",
                {"count": len(leavers), "due": leavers_due, "rate": Fraction(signed, others) if others else None},
                "assumed",
            )
        )
    rule = {"months": inputs.months, "date": inputs.as_of}
    table = Table(
        "statuses",
        columns("status:key headcount:count in_rate:key"),
        [
            {
                "status": f"solo_signing.status.{name}",
                "headcount": count[name],
                "in_rate": f"solo_signing.in_rate.{'yes' if name in ('signed', 'late', 'not_signed') else 'no'}",
            }
            for name in STATUSES
            if count[name]
        ],
    )
    return Section("measure", figures, tables=(table,), notices=(*said, Notice("solo_signing.rule", rule), *notices))


def _who(people: list[Newcomer]) -> Section:
    shown = columns("newcomer:text status:key started:date due_day:date signed:date mentor:text")
    rows = [
        {
            "newcomer": person.name,
            "status": f"solo_signing.status.{person.status}",
            "started": person.started,
            "due_day": person.due,
            "signed": person.signed,
            "mentor": person.mentor,
        }
        for person in people
    ]
    return Section("who", tables=(Table("who", shown, rows, detail=True),))


# --- the mentor's reward -------------------------------------------------------------------------------


def reward_of(person: Newcomer, rule: Reward) -> Fraction | None:
    """Return the mentor's reward for a first order as held, exact and before the cap; None where its base is unknown.

    The commission is that of the list where it is known, else the order's value at its own rate, else at the rule's.
    A rate beyond the order itself is none.
    """
    base: Fraction | None = None if person.first_order is None else Fraction(person.first_order)
    if rule.basis == "commission":
        if person.commission is not None:
            base = Fraction(person.commission)
        elif base is not None:
            rate = rule.commission if person.rate is None else person.rate
            base = base * rate if 0 <= rate <= 1 else None
    return None if base is None else base * rule.share


def whole_half_up(value: Fraction) -> int:
    """Return the nearest whole number, halves up.

    >>> whole_half_up(Fraction(5, 2)), whole_half_up(Fraction(7, 3))
    (3, 2)
    """
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _rewards(inputs: Inputs, people: list[Newcomer]) -> Section:
    rule = inputs.reward
    reward = f"reward_{rule.form}"
    rows: list[dict[str, Any]] = []
    by_mentor: dict[str, list[int]] = {}
    rewarded: list[Newcomer] = []
    capped, baseless, mentorless = [], [], []
    for person in people:
        if person.status not in ("signed", "late", "early"):
            continue
        exact = reward_of(person, rule)
        if not person.mentor:
            mentorless.append(person.name)
            continue
        if exact is None or exact < 0:
            baseless.append(person.name)
            continue
        if rule.cap is not None and exact > rule.cap:
            capped.append(person.name)
            exact = Fraction(rule.cap)
        paid = whole_half_up(exact if rule.form == "money" else exact / rule.money_a_point)
        rewarded.append(person)
        rows.append(
            {
                "mentor": person.mentor,
                "newcomer": person.name,
                "signed": person.signed,
                "first_order": person.first_order,
                "commission": person.commission,
                reward: paid,
            }
        )
        one = by_mentor.setdefault(person.mentor, [0, 0])
        one[0] += 1
        one[1] += paid
    kind: Literal["money", "count"] = "money" if rule.form == "money" else "count"
    rows.sort(key=lambda row: (row["mentor"], str(row["signed"]), row["newcomer"]))
    detail = columns(f"mentor:text newcomer:text signed:date first_order:money commission:money {reward}:{kind}")
    summary = columns(f"mentor:text mentees:count {reward}:{kind}")
    ordered = sorted(by_mentor.items(), key=lambda one: (-one[1][1], one[0]))
    totals = [{"mentor": mentor, "mentees": mentees, reward: paid} for mentor, (mentees, paid) in ordered]
    params = {
        "share": rule.share,
        "basis": f"solo_signing.field.reward_basis.options.{rule.basis}.label",
        "form": f"solo_signing.field.reward_form.options.{rule.form}.label",
        "point": rule.money_a_point,
    }
    cap = "solo_signing.no_cap" if rule.cap is None else "solo_signing.cap"
    notices = [Notice(f"solo_signing.reward_{rule.form}", params, "assumed"), Notice(cap, {"cap": rule.cap}, "assumed")]
    count = sum(person.commission is None and person.rate is None for person in rewarded)
    if rule.basis == "commission" and count:
        notices.append(Notice("solo_signing.commission_assumed", {"count": count, "rate": rule.commission}, "assumed"))
    for code, names in (("capped", capped), ("baseless", baseless), ("mentorless", mentorless)):
        if names:
            params = {"names": sorted(names), "count": len(names), "cap": rule.cap}
            notices.append(Notice(f"solo_signing.{code}", params, "note" if code == "capped" else "caution"))
    figures = (
        Figure(f"total_{rule.form}", kind, sum(row[reward] for row in rows), {"count": len(rows)}),
        Figure("mentors", "count", len(by_mentor)),
    )
    tables = (
        Table("mentors", summary, totals, totals=("mentees", reward)),
        Table("rewards", detail, rows, detail=True, totals=(reward,)),
    )
    return Section("rewards", figures, tables=tables, notices=tuple(notices))


# --- the two standards below ---------------------------------------------------------------------------


def _grading(inputs: Inputs, customers: pd.DataFrame) -> Section:
    """Score customers by budget, decision chain and industry, and grade them."""
    errors = []
    rows: list[dict[str, Any]] = []
    unscored = []
    for row in customers.to_dict("records"):
        scores = {criterion: int(row[f"score_{criterion}"]) for criterion in CRITERIA}
        if not all(row[f"score_{criterion}_known"] for criterion in CRITERIA):
            unscored.append(row["customer"])
            continue
        if not all(0 <= score <= HIGHEST_SCORE * 100 for score in scores.values()):
            params = {"row": int(row["row"]), "customer": row["customer"], "highest": HIGHEST_SCORE}
            errors.append(InputError("customers", "solo_signing.not_a_score", params))
            continue
        score = Fraction(sum(inputs.weights[name] * value for name, value in scores.items()), BASIS_POINTS * 100)
        grade = next((name for name, least in inputs.grades.items() if score * 100 >= least), "c")
        rows.append(
            {
                "customer": row["customer"],
                **{f"score_{name}": Fraction(value, 100) for name, value in scores.items()},
                "score": score,
                "tier": grade.upper(),
            }
        )
    if inputs.grades["a"] <= inputs.grades["b"]:
        errors.append(InputError("grade_a", "solo_signing.grades_overlap", {"b": Fraction(inputs.grades["b"], 100)}))
    if errors:
        raise InvalidInputs(errors)
    rows.sort(key=lambda row: (-row["score"], row["customer"]))
    scored = " ".join(f"score_{criterion}:number" for criterion in CRITERIA)
    table = Table("grading", columns(f"customer:text {scored} score:number tier:text"), rows, detail=True, tier="tier")
    notices = (
        Notice("solo_signing.grading_ours", level="assumed"),
        *about(
            ("solo_signing.graded_repeatedly", more_than_once(row["customer"] for row in rows), "caution"),
            ("solo_signing.unscored", unscored, "caution"),
        ),
    )
    figures = tuple(
        Figure(f"grade_{grade}", "count", sum(row["tier"] == grade.upper() for row in rows))
        for grade in ("a", "b", "c")
    )
    return Section("grading", figures, tables=(table,), notices=notices)


def _drills(inputs: Inputs, drills: pd.DataFrame, people: list[Newcomer]) -> Section:
    """Say for each newcomer which of the scenarios have been drilled by the day, and how often."""
    later = [day is not None and day > inputs.as_of for day in drills["drilled"]]
    drills = drills[[not one for one in later]]
    here = {one.name for one in people if one.status != "not_started" and not (one.left and one.left <= inputs.as_of)}
    names = sorted({*drills["newcomer"], *here})
    scenarios = sorted(set(drills["scenario"]))
    counted = Counter(zip(drills["newcomer"], drills["scenario"], strict=True))
    known = drills[drills["drilled_known"]]
    last = {str(name): max(days) for name, days in known.groupby("newcomer")["drilled"]}
    rows: list[dict[str, Any]] = []
    for name in names:
        times = [counted[name, scenario] for scenario in scenarios]
        covered = sum(time > 0 for time in times)
        rows.append(
            {
                "newcomer": name,
                "covered": covered,
                "missing": max(0, inputs.scenarios - covered),
                "drills": sum(times),
                "last_drill": last.get(name),
                **{f"scenario_{at}": time for at, time in enumerate(times)},
            }
        )
    shown = {
        **columns("newcomer:text covered:count missing:count drills:count last_drill:date"),
        **{f"scenario_{at}": Column("count", label=scenario) for at, scenario in enumerate(scenarios)},
    }
    notices = []
    if any(later):
        notices.append(Notice("solo_signing.drills_later", {"count": sum(later)}, "caution"))
    strangers = sorted({*drills["newcomer"]} - {one.name for one in people})
    notices += about(("solo_signing.drills_strangers", strangers, "caution"))
    if scenarios and len(scenarios) != inputs.scenarios:
        params = {"count": len(scenarios), "wanted": inputs.scenarios, "names": scenarios}
        notices.append(Notice("solo_signing.other_scenarios", params, "caution"))
    figures = (
        Figure("all_covered", "count", sum(row["missing"] == 0 for row in rows), {"people": len(rows)}),
        Figure("drills", "count", len(drills)),
    )
    return Section("drills", figures, tables=(Table("drills", shown, rows, detail=True),), notices=tuple(notices))
