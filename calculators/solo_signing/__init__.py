"""Stage two's three levels: who signs alone within three months, what the mentor gets, and the two standards below it.

From a list of newcomers to the share that signs alone with its interval, those not yet due kept apart; to each
mentor's reward; to graded customers and drilled objections where such lists are given. How a newcomer stands is in
``newcomers.py``, the reward in ``rewards.py``, words are in ``words.*.toml``.

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
from typing import Any

import pandas as pd

from calculators.engine.answers.result import (
    Beside,
    Column,
    Figure,
    Notice,
    Result,
    Section,
    Table,
    about,
    beside,
    columns,
    cutoff,
)
from calculators.engine.arithmetic.chances import ERROR, deciding, exact_interval, least_trials, share_test
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import PRIVACY, AddsUp, Declaration, Field, Group, Seek
from calculators.engine.asks.settings import BASIS_POINTS, Settings
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.amounts import LARGEST
from calculators.engine.reads.dates import months_after
from calculators.engine.reads.names import more_than_once
from calculators.engine.reads.tables import Reading
from calculators.method import METHOD
from calculators.solo_signing import rewards, waiting
from calculators.solo_signing.newcomers import STATUSES, Leavers, Newcomer, status
from calculators.solo_signing.rewards import Reward

CRITERIA = ("budget", "chain", "industry")
WEIGHTS = {criterion: METHOD[f"grading_weight_{criterion}"].value * (BASIS_POINTS // 100) for criterion in CRITERIA}
"""Ours: the source names the criteria and no weights."""
HIGHEST_SCORE = METHOD["grading_top"].value
BANDS = tuple(Fraction(METHOD[f"grading_{band}"].value) for band in ("low", "middle", "top"))
"""Ours: the three scores that evidence can show; a score between two counts as the lower."""
GRADES = tuple((grade, METHOD[f"grading_line_{grade}"].value * 100) for grade in ("a", "b"))
"""Ours: from which weighted score, in hundredths, a customer is of grade A or B."""


@dataclass(frozen=True)
class Inputs:
    """Newcomers and the rules.

    ``newcomers`` has newcomer, started, signed (the day of the first order signed alone), paid (the day its money was
    all in), left, mentor, first_order and commission (as held), with ``_known`` beside each but the names.
    Each list stands alone and may be absent, but not all of them. ``mentees`` is how many a mentor may have at once.
    """

    newcomers: pd.DataFrame | None
    customers: pd.DataFrame | None
    drills: pd.DataFrame | None
    as_of: date
    months: int
    goal: Fraction
    leavers: Leavers
    reward: Reward
    mentees: int
    weights: Mapping[str, int]
    grades: Mapping[str, int]
    three_bands: bool
    scenarios: int

    @classmethod
    def read(cls, values: Mapping[str, Any], tables: Mapping[str, Reading | None]) -> "Inputs":
        """Build the inputs from parsed fields and the tables that are there."""
        frames = {name: None if reading is None else reading.frame for name, reading in tables.items()}
        return cls(
            newcomers=frames["newcomers"],
            customers=frames["customers"],
            drills=frames["drills"],
            as_of=values["as_of"],
            months=values["months"],
            goal=cutoff(Fraction(values["goal"], BASIS_POINTS)),
            leavers=values["leavers"],
            reward=Reward(
                share=Fraction(values["reward_share"], BASIS_POINTS),
                basis=values["reward_basis"],
                commission=Fraction(values["commission_rate"], BASIS_POINTS),
                form=values["reward_form"],
                money_a_point=values["point"],
                cap=values["cap"],
                refund_days=values["refund_days"],
            ),
            mentees=values["mentees"],
            weights={criterion: values[f"weight_{criterion}"] for criterion in CRITERIA},
            grades={grade: values[f"grade_{grade}"] for grade, _ in GRADES},
            three_bands=values["scale"] == "bands",
            scenarios=values["scenarios"],
        )


def declare(settings: Settings) -> Declaration:
    """Return what the calculator asks for; the method's figures are the defaults."""
    percent = BASIS_POINTS // 100
    weights = tuple(f"weight_{criterion}" for criterion in CRITERIA)
    return Declaration(
        fields=(
            Field("as_of", "date", "measure", date(2021, 11, 25), 2000, 2100, today="day"),
            Field("months", "whole", "measure", METHOD["solo_signing_months"].value, 1, 24),
            Field("goal", "percent", "measure", METHOD["solo_signing_rate"].value * percent, 0, BASIS_POINTS),
            Field("leavers", "choice", "measure", "counted", options=("counted", "apart")),
            Field("reward_share", "percent", "reward", METHOD["mentor_reward"].value * percent, 0, BASIS_POINTS),
            Field("cap", "money", "reward", None, 0, LARGEST, optional=True),
            Field("reward_basis", "choice", "reward", "commission", options=("value", "commission")),
            Field(
                "commission_rate",
                "percent",
                "reward",
                10 * percent,
                0,
                BASIS_POINTS,
                matters={"reward_basis": ("commission",)},
            ),
            Field("refund_days", "whole", "reward", METHOD["reward_refund_days"].value, 0, 3_650),
            Field("mentees", "whole", "reward", METHOD["mentees_at_once"].value, 1, 50),
            Field("reward_form", "choice", "reward", "money", options=("money", "points")),
            Field(
                "point", "money", "reward", 100 * settings.minor_units, 1, LARGEST, matters={"reward_form": ("points",)}
            ),
            Field("scale", "choice", "grading", "bands", options=("bands", "free")),
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
                    ColumnSpec("signed", "date", required=False, event=True),
                    ColumnSpec("paid", "date", required=False),
                    ColumnSpec("mentor", "text", required=False, people=True),
                    ColumnSpec("first_order", "money", required=False),
                    ColumnSpec("commission", "money", required=False),
                    ColumnSpec("order_rate", "percent", required=False, of_a_whole=True),
                    ColumnSpec("left", "date", required=False),
                ),
                required=False,
            ),
            TableSpec(
                "customers",
                (
                    ColumnSpec("customer", "text", customers=True),
                    *(ColumnSpec(f"score_{criterion}", "number") for criterion in CRITERIA),
                    *(ColumnSpec(f"evidence_{criterion}", "text", required=False, free=True) for criterion in CRITERIA),
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
        seeks=(
            Seek("months", "rate"),
            Seek("goal", "wanted"),
            Seek("reward_share", "total_money"),
            Seek("commission_rate", "total_money"),
        ),
    )


def calculate(inputs: Inputs) -> Result:
    """Measure the newcomers and reckon the rewards; raises InvalidInputs for scores that are none."""
    sections: list[Section] = []
    people: list[Newcomer] = []
    if inputs.newcomers is not None:
        people, notices = _people(inputs, inputs.newcomers)
        sections += [
            _measure(inputs, people, notices),
            _who(people),
            waiting.section(people, inputs.as_of, inputs.leavers, inputs.months, inputs.goal),
            rewards.section(people, inputs.reward, inputs.as_of, inputs.mentees),
        ]
    if inputs.customers is not None:
        sections.append(_grading(inputs, inputs.customers))
    if inputs.drills is not None:
        sections.append(_drills(inputs, inputs.drills, people))
    return Result(tuple(sections))


# --- who signs alone -----------------------------------------------------------------------------------


def _people(inputs: Inputs, frame: pd.DataFrame) -> tuple[list[Newcomer], list[Notice]]:
    """Return one person a name: of several orders the first counts, of those on one day the largest."""
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
            paid=row["paid"],
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
            rate=row["order_rate"] if row["order_rate_known"] else None,
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
    test = share_test(signed, due, inputs.goal)
    low, high = exact_interval(signed, due)
    rate = beside(test.share, inputs.goal)
    pending = count["pending"] + count["early"]
    to_count = count["left"] if inputs.leavers == "counted" else 0  # they can sign no more, and will be due
    wanted = max(0, ceil(inputs.goal * (due + pending + to_count)) - signed)
    figures = (
        Figure("rate", "share", rate, {"signed": signed, "due": due, "goal": inputs.goal}),
        Figure("rate_low", "share", Beside(low, inputs.goal) if due else None),
        Figure("rate_high", "share", Beside(high, inputs.goal) if due else None),
        Figure("due", "count", due, {"late": count["late"], "not_signed": count["not_signed"]}),
        Figure("pending", "count", pending, {"early": count["early"]}),
        Figure("wanted", "count", wanted if wanted <= pending else None, {"pending": pending}),
    )
    said: list[Notice] = []
    if rate is None:
        said.append(Notice("solo_signing.nobody_due", {"months": inputs.months}, "caution"))
    else:
        verdict = test.side if test.decided else "open" if test.enough else "not_enough"
        params = {
            "goal": inputs.goal,
            "count": due,
            "signed": signed,
            "rate": rate,
            "chance": test.chance,
            "needed": test.needed,
            "side": f"solo_signing.side.{test.side}",
        }
        said.append(Notice(f"solo_signing.{verdict}", params, "note" if verdict == "above" else "caution"))
    most, fewest = deciding(due, inputs.goal)
    told = {
        "goal": inputs.goal,
        "error": ERROR,
        "no": least_trials(inputs.goal, "below"),
        "yes": least_trials(inputs.goal, "above"),
        "count": due,
        "most": most,
        "fewest": fewest,
    }
    said.append(Notice("solo_signing.deciding", told, "assumed"))
    if wanted > pending:
        params = {"goal": inputs.goal, "count": pending, "wanted": wanted, "signed": signed}
        said.append(Notice(f"solo_signing.{'out_of_reach' if pending else 'missed'}", params, "caution"))
    leavers = [person.due for person in people if _left_before_due(person, inputs.as_of)]
    if leavers:
        leavers_due = sum(day is not None and day <= inputs.as_of for day in leavers)
        others = due + leavers_due if inputs.leavers == "apart" else due - leavers_due
        said.append(
            Notice(
                f"solo_signing.leavers_{inputs.leavers}",
                {
                    "count": len(leavers),
                    "due": leavers_due,
                    "rate": Beside(Fraction(signed, others), inputs.goal) if others else None,
                },
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
    return Section("who", tables=(Table("who", shown, rows, detail=True, answer="status"),))


# --- the two standards below ---------------------------------------------------------------------------


def _grading(inputs: Inputs, customers: pd.DataFrame) -> Section:
    """Score customers by budget, decision chain and industry, and grade them."""
    errors = []
    rows: list[dict[str, Any]] = []
    unscored, unproved, between = [], [], []
    proving = any(customers[f"evidence_{criterion}"].str.strip().ne("").any() for criterion in CRITERIA)
    for row in customers.to_dict("records"):
        scores = {criterion: row[f"score_{criterion}"] for criterion in CRITERIA}
        if not all(row[f"score_{criterion}_known"] for criterion in CRITERIA):
            unscored.append(row["customer"])
            continue
        if not all(0 <= score <= HIGHEST_SCORE for score in scores.values()):
            params = {"row": int(row["row"]), "customer": row["customer"], "highest": HIGHEST_SCORE}
            errors.append(InputError("customers", "solo_signing.not_a_score", params))
            continue
        if inputs.three_bands:
            banded = {
                name: max((band for band in BANDS if band <= value), default=BANDS[0]) for name, value in scores.items()
            }
            between += [row["customer"]] if banded != scores else []
            scores = banded
        if proving and (bare := [name for name in CRITERIA if not row[f"evidence_{name}"].strip()]):
            unproved += [row["customer"]] if any(scores[name] > BANDS[0] for name in bare) else []
            scores |= {name: min(scores[name], BANDS[0]) for name in bare}
        score = sum((inputs.weights[name] * value for name, value in scores.items()), Fraction(0)) / BASIS_POINTS
        grade = next((name for name, least in inputs.grades.items() if score * 100 >= least), "c")
        rows.append(
            {
                "customer": row["customer"],
                **{f"score_{name}": value for name, value in scores.items()},
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
    shown = columns(f"customer:text {scored} score:number tier:text")
    cuts = (*(Fraction(least, 100) for least in inputs.grades.values()), *BANDS)
    shown |= {name: Column("number", beside=cuts) for name in (*(f"score_{name}" for name in CRITERIA), "score")}
    table = Table("grading", shown, rows, detail=True, tier="tier")
    notices = (
        Notice("solo_signing.grading_ours", level="assumed"),
        *([] if proving or not rows else [Notice("solo_signing.no_evidence", level="caution")]),
        *about(
            ("solo_signing.between_bands", between, "caution"),
            ("solo_signing.unproved", unproved, "caution"),
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
    return Section(
        "drills", figures, tables=(Table("drills", shown, rows, detail=True, answer="missing"),), notices=tuple(notices)
    )
