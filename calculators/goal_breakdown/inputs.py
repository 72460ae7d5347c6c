"""What the goal breakdown asks for, and its inputs made of fields and tables, checked.

What is computed from them is in the modules beside this one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from calculators.engine.answers.result import Notice, ValueKind
from calculators.engine.arithmetic.fiscal import MONTHS, WEEKS_OF, Fiscal, FiscalMonth
from calculators.engine.arithmetic.working_days import FIRST_ANNOUNCED, LAST_DAY, WEEKS, Calendar
from calculators.engine.asks.currencies import minor_units
from calculators.engine.asks.errors import InputError, InvalidInputs
from calculators.engine.asks.fields import PRIVACY, Declaration, Field, Group, Seek
from calculators.engine.asks.former import Former
from calculators.engine.asks.settings import BASIS_POINTS, WEEK_STARTS, Settings, WorkingYear
from calculators.engine.asks.tables import ColumnSpec, TableSpec
from calculators.engine.reads.tables import Reading
from calculators.engine.reads.typed import NotTypedError, days_typed, numbers_typed
from calculators.goal_breakdown import funnel
from calculators.goal_breakdown.capacity import FULL_WEIGHT, Rep
from calculators.goal_breakdown.months import CAPACITIES, SPREADS, Seasons, Span, names_a_month, read_month
from calculators.goal_breakdown.settings import LONGEST_RAMP, Goals, year_of_goals

LARGEST_TARGET = 10**13
"""As held: 100 billion yuan. Over-assigned twice over it still fits an int64."""
LONGEST_SPAN = 36
"""Months: beyond three years a monthly target by person is a guess."""
FULL = 100
"""Percent."""
LONGEST_MONTH = 31
LARGEST_WEIGHT = 100_000 * FULL_WEIGHT
MOST_PEOPLE = 2_000
_IN_MONEY, _IN_DEALS = ({"measure": (one,)} for one in ("money", "deals"))
STEPS = {"yuan": 1, "hundred": 100, "thousand": 1_000, "ten_thousand": 10_000}
"""What amounts are rounded to, in units of the currency; ``fen`` beside them is its smallest, where that is not one."""
EVERYBODY = frozenset({"公司", "全公司", "全部", "全体", "团队", "company", "all", "everybody", "everyone", "team"})
"""What stands for the whole company where a locked number names a person."""
_BY_CAPACITY = ("capacity_share", "gap", "hires")
_BY_DEALS = ("funnel_deals", "funnel_first_step")
_CARRIED = ("deals", "full", "full_deals", "attainment", "attrition", "recruiting")
"""What besides the target decides on what people can carry of it."""
_WEEKS_OF_A_QUARTER = re.compile(r"\s*[45]\s*[-–—－]\s*[45]\s*[-–—－]\s*[45]\s*").fullmatch
"""How a year of weeks is written: 4-4-5, 4-5-4, 5-4-4."""
WHOLE_SPAN = frozenset({"", "全期", "全年", "年度", "全部", "all", "year", "whole", "full year", "total"})


@dataclass(frozen=True)
class Inputs:
    """A target, its span and rules, and the team. Amounts are as held, or deals where ``measure`` is ``deals``.

    ``weeks_of`` is a person or a team whose weeks are shown; empty for the company. ``outside`` are locked cells that
    are not in the span, so that they are not used. ``attainment`` is the part of what people can carry that is expected
    to come, in basis points.
    """

    measure: str
    target: int
    step: int
    step_name: str
    minor_units: int
    span: Span
    months_by: str
    vacancies: str
    over_manager: int
    over_rep: int
    weeks_of: str
    people: tuple[Rep, ...]
    locks: tuple["Lock", ...]
    outside: tuple[str, ...]
    ramp: tuple[int, ...]
    attrition: int
    replace_leavers: bool
    attainment: int
    full: Fraction
    recruiting: int
    deal_size: int | None
    won: int
    open_from: int
    as_of: date
    steps: tuple[funnel.Step, ...]
    step_notices: tuple[Notice, ...]

    @classmethod
    def read(cls, values: Mapping[str, Any], tables: Mapping[str, Reading | None]) -> "Inputs":
        """Build the inputs from parsed fields and tables; raises InvalidInputs with every mistake."""
        reader = _Reader(values, tables)
        inputs = reader.inputs()
        if reader.errors:
            raise InvalidInputs(reader.errors)
        return inputs

    @property
    def kind(self) -> ValueKind:
        """What a number of the target is shown as."""
        return "money" if self.measure == "money" else "count"


@dataclass(frozen=True)
class Lock:
    """A row of the table of locked cells: a number to lock, or none where a reader only wants to know why.

    ``person`` is empty for the whole company, ``month`` for the whole span; ``written`` is how the table has the two.
    ``amount`` is as held, or in deals.
    """

    row: int
    person: str
    month: str
    amount: int | None
    written: tuple[str, str]


GROUPS = (
    Group("target", first=True, columns=2),
    Group("calendar", folded=True, columns=2),
    Group("rules", folded=True, columns=2),
    Group("capacity", folded=True, columns=2),
    Group("funnel", folded=True, columns=2),
    Group("privacy", columns=2),
)
TABLES = (
    TableSpec(
        "people",
        (
            ColumnSpec("person", "text", people=True),
            ColumnSpec("region", "text", required=False),
            ColumnSpec("team", "text", required=False),
            ColumnSpec("weight", "number", required=False, relative=True),
            ColumnSpec("start", "date", required=False),
            ColumnSpec("left", "date", required=False),
            ColumnSpec("past", "money", required=False),
            ColumnSpec("potential", "money", required=False),
        ),
    ),
    funnel.STEPS,
    TableSpec(
        "locked",
        (
            ColumnSpec("person", "text", people=True, nobody=EVERYBODY),
            ColumnSpec("month", "text", required=False),
            ColumnSpec("number", "money", required=False),
        ),
        required=False,
        from_result=True,
        formerly=Former("pins"),
    ),
    TableSpec(
        "absences",
        (
            ColumnSpec("person", "text", people=True),
            ColumnSpec("away_from", "date"),
            ColumnSpec("away_to", "date"),
        ),
        required=False,
    ),
    TableSpec("days", (ColumnSpec("month", "text"), ColumnSpec("days", "number")), required=False),
)


def declare(settings: Settings) -> Declaration:
    """Return what the calculator asks for. The defaults are the worked example's, and ours: the source has none."""
    one = settings.minor_units

    def rounded(values: Mapping[str, Any]) -> int:
        """Return the step that a target is a multiple of."""
        return _sizes(one)[values["step"]]

    return Declaration(
        (*_fields(one, settings.section(WorkingYear), settings.section(Goals)), *PRIVACY),
        GROUPS,
        TABLES,
        people=True,
        seeks=(
            *(Seek("target", figure, rounded) for figure in (*_BY_CAPACITY, "overloaded", *_BY_DEALS)),
            *(Seek(field, figure) for field in _CARRIED for figure in _BY_CAPACITY),
            *(Seek("deal_size", figure) for figure in _BY_DEALS),
        ),
    )


def _fields(one: int, year: WorkingYear, goals: Goals) -> tuple[Field, ...]:
    """Return the fields with what the company has set, one unit of its currency being held as ``one``."""
    first, last = year_of_goals(year)
    return (
        Field("measure", "choice", "target", "money", options=("money", "deals")),
        Field("target", "money", "target", 12_000_000 * one, 1, LARGEST_TARGET, matters=_IN_MONEY),
        Field("deals", "whole", "target", 240, 1, 10**9, matters=_IN_DEALS),
        Field("first", "date", "target", first, FIRST_ANNOUNCED, LAST_DAY.year),
        Field("last", "date", "target", last, FIRST_ANNOUNCED, LAST_DAY.year),
        Field(
            "step",
            "choice",
            "target",
            "yuan",
            options=("fen", *STEPS) if one > 1 else tuple(STEPS),
            matters=_IN_MONEY,
        ),
        Field("week", "choice", "calendar", year.week, options=WEEKS),
        Field("year_cut", "choice", "calendar", year.year_cut, options=("months", *WEEKS_OF)),
        Field("year_starts", "whole", "calendar", year.year_starts, 1, MONTHS),
        Field("week_starts", "choice", "calendar", year.week_starts, options=tuple(WEEK_STARTS)),
        Field("spread", "choice", "calendar", goals.spread, options=SPREADS),
        Field(
            "season",
            "line",
            "calendar",
            ", ".join(map(str, goals.season)),
            maximum=200,
            matters={"spread": ("days", "own")},
        ),
        Field("days_off", "text", "calendar", "\n".join(year.days_off), maximum=4_000),
        Field("days_on", "text", "calendar", "\n".join(year.days_on), maximum=4_000),
        Field("months_by", "choice", "rules", "calendar", options=("calendar", "team")),
        Field("vacancies", "choice", "rules", "open", options=("open", "spread")),
        Field("over_manager", "percent", "rules", 0, 0, BASIS_POINTS),
        Field("over_rep", "percent", "rules", 0, 0, BASIS_POINTS),
        Field("weeks_of", "line", "rules", "", maximum=60, people=True),
        Field("ramp", "line", "capacity", ", ".join(map(str, goals.ramp)), maximum=200),
        Field("attrition", "percent", "capacity", goals.attrition, 0, 9_000),
        Field("replace_leavers", "switch", "capacity", False),
        Field("attainment", "percent", "capacity", goals.attainment, 100, 2 * BASIS_POINTS),
        Field("capacity_by", "choice", "capacity", goals.capacity_by, options=CAPACITIES),
        Field("full", "money", "capacity", goals.full * one, 0, LARGEST_TARGET, matters=_IN_MONEY),
        Field("full_deals", "hundredths", "capacity", 250, 0, 10**9, matters=_IN_DEALS),
        Field("recruiting", "whole", "capacity", goals.recruiting, 0, 730),
        Field("deal_size", "money", "funnel", goals.deal_size * one, 1, LARGEST_TARGET, optional=True),
        Field("won", "whole", "funnel", 0, 0, 10**9),
        Field("open_from", "whole", "funnel", 2, 1, funnel.MOST_STEPS),
        Field("as_of", "date", "funnel", date(2026, 11, 25), FIRST_ANNOUNCED, LAST_DAY.year, today="day"),
    )


def _sizes(minor_units: int) -> dict[str, int]:
    """Return what amounts may be rounded to, by name, as held."""
    return {"fen": 1, **{name: units * minor_units for name, units in STEPS.items()}}


class _Reader:
    """Makes inputs of parsed fields and tables, and gathers what is wrong with them."""

    def __init__(self, values: Mapping[str, Any], tables: Mapping[str, Reading | None]) -> None:
        self.values = values
        self.tables = tables
        self.errors: list[InputError] = []
        self.outside: list[str] = []
        self.months: tuple[FiscalMonth, ...] = ()
        people = tables["people"]
        assert people is not None  # a required table
        self.minor_units = minor_units(people.currency)

    def wrong(self, field: str, code: str, **params: object) -> None:
        self.errors.append(InputError(field, f"goal_breakdown.{code}", params))

    def inputs(self) -> Inputs:
        values = self.values
        money = values["measure"] == "money"
        first, last = values["first"], values["last"]
        if first > last:
            self.wrong("last", "span_reversed", first=first, last=last)
            last = first
        elif (last.year - first.year) * MONTHS + last.month - first.month >= LONGEST_SPAN:
            self.wrong("last", "span_too_long", most=LONGEST_SPAN)
            last = first
        step = _sizes(self.minor_units)[values["step"]] if money else 1
        target = values["target"] if money else values["deals"]
        if target % step:
            option = f"goal_breakdown.field.step.options.{values['step']}.label"
            self.wrong("target", "not_a_multiple", target=target, step=option)
        steps: tuple[funnel.Step, ...] = ()
        step_notices: tuple[Notice, ...] = ()
        if found := self.tables["steps"]:
            try:
                steps, step_notices = funnel.read_steps(found.frame)
            except InvalidInputs as invalid:
                self.errors += invalid.errors
        fiscal = Fiscal(values["year_cut"], values["year_starts"], WEEK_STARTS[values["week_starts"]])
        self.months = tuple(fiscal.between(first, last))
        people = self._people(money)
        seasons = Seasons(values["spread"], self._season(), values["capacity_by"], self._given_days())
        return Inputs(
            measure=values["measure"],
            target=target,
            step=step,
            step_name=values["step"],
            minor_units=self.minor_units,
            span=Span(
                first,
                last,
                fiscal,
                Calendar(values["week"], self._own_days("days_off"), self._own_days("days_on")),
                seasons,
            ),
            months_by=values["months_by"],
            vacancies=values["vacancies"],
            over_manager=values["over_manager"],
            over_rep=values["over_rep"],
            weeks_of=self._weeks_of(people),
            people=people,
            locks=self._locks(money),
            outside=tuple(sorted(self.outside)),
            ramp=self._ramp(),
            attrition=values["attrition"],
            replace_leavers=values["replace_leavers"],
            attainment=values["attainment"],
            full=Fraction(values["full"]) if money else Fraction(values["full_deals"], 100),
            recruiting=values["recruiting"],
            deal_size=values["deal_size"],
            won=values["won"],
            open_from=values["open_from"],
            as_of=values["as_of"],
            steps=steps,
            step_notices=step_notices,
        )

    def _weeks_of(self, people: Sequence[Rep]) -> str:
        """Return the person or team whose weeks are wanted; empty for the company."""
        name: str = self.values["weeks_of"]
        known = {name for person in people for name in (person.name, person.team, person.region)}
        if name and name not in known and name.casefold() not in EVERYBODY:
            self.wrong("weeks_of", "no_such_name", name=name)
        return name if name in known else ""

    def _numbers(self, field: str) -> list[Fraction] | None:
        """Return the numbers of a line; None, and a mistake, where one is none."""
        try:
            return numbers_typed(self.values[field])
        except NotTypedError as mistake:
            self.wrong(field, mistake.code, cell=mistake.cell)
            return None

    def _season(self) -> tuple[Fraction, ...]:
        if _WEEKS_OF_A_QUARTER(self.values["season"]):
            self.wrong("season", "weeks_no_season", cell=self.values["season"])
            return ()
        numbers = self._numbers("season")
        if not numbers:
            if numbers is not None and self.values["spread"] == "own":
                self.wrong("season", "no_season")
            return ()
        if len(numbers) != MONTHS or not any(numbers):
            self.wrong("season", "not_a_season", count=len(numbers))
            return ()
        return tuple(numbers)

    def _ramp(self) -> tuple[int, ...]:
        numbers = self._numbers("ramp") or []
        if max(numbers, default=0) > FULL or len(numbers) > LONGEST_RAMP:
            self.wrong("ramp", "not_a_ramp")
        elif 0 < max(numbers, default=0) <= 1:
            self.wrong("ramp", "ramp_of_fractions")
        return tuple(round(number * 100) for number in numbers)

    def _own_days(self, field: str) -> frozenset[date]:
        """Return the days of several lines: one each, or a first and a last one."""
        found: set[date] = set()
        for line in filter(None, (line.strip() for line in self.values[field].splitlines())):
            try:
                found.update(days_typed(line))
            except NotTypedError as mistake:
                self.wrong(field, mistake.code, line=mistake.cell)
        return frozenset(found)

    def _given_days(self) -> dict[str, Fraction]:
        given: dict[str, Fraction] = {}
        found = self.tables["days"]
        for row in found.frame.to_dict("records") if found else ():
            month = read_month(row["month"], self.months)
            length = row["days"]
            if month is None:
                self.wrong("days", "no_such_month", row=int(row["row"]), cell=row["month"])
            elif not row["days_known"] or not 0 <= length <= LONGEST_MONTH:
                self.wrong("days", "not_working_days", row=int(row["row"]), month=month)
            elif month in given:
                self.wrong("days", "month_twice", row=int(row["row"]), month=month)
            else:
                given[month] = length
        return given

    def _people(self, money: bool) -> tuple[Rep, ...]:
        """Return the team in an order of its own: by team and name, so that the order of rows never matters."""
        reading = self.tables["people"]
        assert reading is not None  # a required table
        frame = reading.frame
        repeated = sorted(set(frame["person"][frame["person"].duplicated()]))
        if repeated:
            self.wrong("people", "same_name", names=repeated, count=len(repeated))
        if len(frame) > MOST_PEOPLE:
            self.wrong("people", "too_many_people", count=len(frame), most=MOST_PEOPLE)
        away = self._absences(set(frame["person"]))
        people = []
        for place, row in enumerate(frame.to_dict("records")):
            weight = int(row["weight"] * FULL_WEIGHT) if row["weight_known"] else FULL_WEIGHT
            start = row["start"] if row["start_known"] else None
            last = row["left"] if row["left_known"] else None
            if not 0 <= weight <= LARGEST_WEIGHT:
                self.wrong("people", "not_a_weight", row=int(row["row"]), person=row["person"])
            if start and last and start > last:
                self.wrong("people", "left_before_start", row=int(row["row"]), person=row["person"])
            people.append(
                Rep(
                    row["person"],
                    row["team"],
                    row["region"],
                    weight,
                    start,
                    last,
                    tuple(away.get(row["person"], ())),
                    past=self._known(row, "past", money),
                    potential=self._known(row, "potential", money),
                    place=0 if reading.order else place,
                )
            )
        places = reading.place
        return tuple(sorted(people, key=lambda one: (places(one.region), places(one.team), places(one.name))))

    def _known(self, row: Mapping[Any, Any], name: str, money: bool) -> int | None:
        """Return an amount of somebody, or deals, where it is known."""
        if not row[f"{name}_known"]:
            return None
        amount = int(row[name])
        if amount < 0 or (not money and amount % self.minor_units):
            column = f"goal_breakdown.column.{name}"
            self.wrong("people", "not_a_result", row=int(row["row"]), person=row["person"], column=column)
        return amount if money else amount // self.minor_units

    def _absences(self, names: set[str]) -> dict[str, list[tuple[date, date]]]:
        away: dict[str, list[tuple[date, date]]] = {}
        found = self.tables["absences"]
        for row in found.frame.to_dict("records") if found else ():
            place = {"row": int(row["row"]), "person": row["person"]}
            if row["person"] not in names:
                self.wrong("absences", "no_such_person", **place)
            elif not (row["away_from_known"] and row["away_to_known"] and row["away_from"] <= row["away_to"]):
                self.wrong("absences", "not_a_span", **place)
            else:
                away.setdefault(row["person"], []).append((row["away_from"], row["away_to"]))
        return away

    def _locks(self, money: bool) -> tuple[Lock, ...]:
        found = self.tables["locked"]
        people = self.tables["people"]
        assert people is not None  # a required table
        names = set(people.frame["person"])
        locks: dict[tuple[str, str], Lock] = {}
        for row in found.frame.to_dict("records") if found else ():
            place = {"row": int(row["row"]), "person": row["person"], "month": row["month"]}
            everybody = row["person"] not in names and row["person"].casefold() in EVERYBODY
            whole = row["month"].casefold() in WHOLE_SPAN
            month = "" if whole else read_month(row["month"], self.months)
            amount = int(row["number"]) if row["number_known"] else None
            if row["person"] not in names and not everybody:
                self.wrong("locked", "no_such_person", **place)
            elif month is None and names_a_month(row["month"]):
                self.outside.append(f"{row['person']} {row['month']}")
            elif month is None:
                self.wrong("locked", "no_such_month", row=place["row"], cell=row["month"])
            elif everybody and whole:
                self.wrong("locked", "locks_the_target", **place)
            elif amount is not None and (amount < 0 or (not money and amount % self.minor_units)):
                self.wrong("locked", "not_a_number_to_lock", **place)
            else:
                person = "" if everybody else row["person"]
                if (person, month) in locks:
                    self.wrong("locked", "locked_twice", **place)
                locked = amount if money or amount is None else amount // self.minor_units
                locks[person, month] = Lock(int(row["row"]), person, month, locked, (row["person"], row["month"]))
        return tuple(sorted(locks.values(), key=lambda lock: (people.place(lock.person), lock.month)))
